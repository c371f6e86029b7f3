/*
 * test_json.c: views in and out of JSON values, strict parsing, compact writing.
 */
#include "ct_test.h"

#include "ct/text/json.h"

#include "ct/base/limits.h"

#include "ct/base/banned.h"

enum { MAX = 4096 };

static void text_of_views(void **state)
{
    (void)state;
    static const struct {
        const char *name;
        struct ct_sv in, want;
    } cases[] = {
        {"plain", {"abc", 3}, {"abc", 3}},
        {"null view", {NULL, 0}, {"", 0}},
        {"empty", {"", 0}, {"", 0}},
        {"part of a longer text", {"abcdef", 2}, {"ab", 2}},
        {"two, three and four bytes", {"é€😀", 9}, {"é€😀", 9}},
        {"lone continuation", {"a\x80z", 3}, {"a\xEF\xBF\xBDz", 5}},
        {"cut short at the end", {"a\xE2\x82", 3}, {"a\xEF\xBF\xBD\xEF\xBF\xBD", 7}},
        {"overlong slash", {"\xC0\xAF", 2}, {"\xEF\xBF\xBD\xEF\xBF\xBD", 6}},
        {"surrogate", {"\xED\xA0\x80", 3}, {"\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD", 9}},
        {"NUL",
         {"a\0b", 3},
         {"a\xEF\xBF\xBD"
          "b",
          5}},
    };
    CT_EACH (c, cases) {
        CT_AUTO_JSON *value = ct_json_sv(c->in);
        CT_EQ_SV(c->name, ct_sv_n(json_string_value(value), json_string_length(value)), c->want);
    }
}

static void fields(void **state)
{
    (void)state;
    CT_AUTO_JSON *obj = json_object();
    ct_json_set_sv(obj, "a", CT_SV("1"));
    ct_json_set_sv(obj, "b", CT_SV_NULL);
    ct_json_set_sv(obj, "c", CT_SV(""));
    ct_json_set_sv(obj, "a", CT_SV("2"));
    json_object_set_new(obj, "n", json_integer(3));

    CT_EQ_I64("only what is there", json_object_size(obj), 3);
    CT_EQ_SV("the later one", ct_json_get_sv(obj, "a"), CT_SV("2"));
    assert_null(ct_json_get_sv(obj, "b").p);
    assert_non_null(ct_json_get_sv(obj, "c").p);
    assert_null(ct_json_get_sv(obj, "n").p);
    assert_null(ct_json_get_sv(obj, "absent").p);
    assert_null(ct_json_get_sv(NULL, "a").p);
}

static void what_is_read_is_written(void **state)
{
    (void)state;
    static const struct {
        const char *name, *in, *want;
    } cases[] = {
        {"keys keep their order", "{\"b\": 1, \"a\": [true, false, null]}",
         "{\"b\":1,\"a\":[true,false,null]}"},
        {"text alone", " \"x\" ", "\"x\""},
        {"number alone", "7", "7"},
        {"escapes", "\"\\u00e9\\n\\\"\"", "\"é\\n\\\"\""},
        {"surrogate pair", "\"\\ud83d\\ude00\"", "\"😀\""},
        {"real", "[1.5]", "[1.5]"},
        {"empty", "{}", "{}"},
    };
    CT_EACH (c, cases) {
        CT_AUTO_JSON *value = NULL;
        CT_AUTO_STR out = CT_STR_INIT(MAX);
        struct ct_err err = CT_ERR_INIT;
        CT_OK_(c->name, ct_json_parse(ct_sv_c(c->in), MAX, &value, &err), &err);
        ct_json_write(&out, value);
        CT_EQ_STR(c->name, out.p, c->want);
    }
}

static void depth_is_limited(void **state)
{
    static const struct {
        const char *name, *before, *open, *after;
        int levels, status;
    } cases[] = {
        {"as deep as may be", "", "[", "", CT_JSON_DEPTH_MAX, CT_OK},
        {"one deeper", "", "[", "", CT_JSON_DEPTH_MAX + 1, CT_BAD_INPUT},
        {"deep enough to end a thread's stack", "", "[", "", 100000, CT_BAD_INPUT},
        {"objects", "", "{\"a\":", "1", CT_JSON_DEPTH_MAX + 1, CT_BAD_INPUT},
        {"brackets in a text are none", "\"\\\"", "[", "\"", 1000, CT_OK},
    };

    (void)state;
    CT_EACH (c, cases) {
        CT_AUTO_STR text = CT_STR_INIT((size_t)2 * 1024 * 1024);
        CT_AUTO_JSON *value = NULL;
        struct ct_err err = CT_ERR_INIT;
        ct_str_add_c(&text, c->before);
        for (int i = 0; i < c->levels; i++)
            ct_str_add_c(&text, c->open);
        ct_str_add_c(&text, c->after);
        for (int i = 0; i < c->levels && !*c->before; i++)
            ct_str_add_char(&text, c->open[0] == '[' ? ']' : '}');
        CT_EQ_I64(c->name, ct_json_parse(ct_str_sv(&text), text.max, &value, &err), c->status);
    }
}

static void refused(void **state)
{
    (void)state;
    static const struct {
        const char *name;
        struct ct_sv in;
        int status;
    } cases[] = {
        {"nothing", {NULL, 0}, CT_BAD_INPUT},
        {"blanks", {"  ", 2}, CT_BAD_INPUT},
        {"duplicate key", {"{\"a\":1,\"a\":2}", 13}, CT_BAD_INPUT},
        {"duplicate key by escape", {"{\"a\":1,\"\\u0061\":2}", 18}, CT_BAD_INPUT},
        {"two documents", {"{} {}", 5}, CT_BAD_INPUT},
        {"not closed", {"[1", 2}, CT_BAD_INPUT},
        {"comma at the end", {"[1,]", 4}, CT_BAD_INPUT},
        {"comment", {"[1] // x", 8}, CT_BAD_INPUT},
        {"single quotes", {"['a']", 5}, CT_BAD_INPUT},
        {"line break in a text", {"[\"a\nb\"]", 7}, CT_BAD_INPUT},
        {"not UTF-8", {"[\"\xFF\"]", 5}, CT_BAD_INPUT},
        {"lone surrogate", {"[\"\\ud800\"]", 10}, CT_BAD_INPUT},
        {"escaped NUL", {"[\"\\u0000\"]", 10}, CT_BAD_INPUT},
        {"NUL byte", {"[1]\0", 4}, CT_BAD_INPUT},
        {"number out of range", {"[1e999]", 7}, CT_BAD_INPUT},
        {"integer out of range", {"[99999999999999999999]", 22}, CT_BAD_INPUT},
        {"not a number", {"[NaN]", 5}, CT_BAD_INPUT},
        {"over the maximum", {"[1, 2, 3, 4, 5, 6, 7, 8, 9]", 27}, CT_TOO_BIG},
    };
    CT_EACH (c, cases) {
        json_t *value = NULL;
        struct ct_err err = CT_ERR_INIT;
        CT_EQ_I64(c->name, ct_json_parse(c->in, 26, &value, &err), c->status);
        assert_null(value);
        assert_true(err.text[0] != '\0');
        assert_null(strchr(err.text, '\n'));
    }
}

static void place_of_an_error(void **state)
{
    (void)state;
    json_t *value = NULL;
    struct ct_err err = CT_ERR_INIT;
    CT_EQ_I64("place", ct_json_parse(CT_SV("{\n \"a\": x}"), MAX, &value, &err), CT_BAD_INPUT);
    assert_non_null(strstr(err.text, "line 2"));
}

static void full_output(void **state)
{
    (void)state;
    CT_AUTO_JSON *value = json_pack("{s:[i,i,s]}", "list", 1, 2, "three");
    const char *want = "{\"list\":[1,2,\"three\"]}";
    for (size_t max = 0; max <= strlen(want); max++) {
        CT_AUTO_STR out = CT_STR_INIT(max);
        ct_json_write(&out, value);
        CT_EQ_I64("fits", ct_str_ok(&out), max == strlen(want));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(text_of_views),
        cmocka_unit_test(fields),
        cmocka_unit_test(what_is_read_is_written),
        cmocka_unit_test(depth_is_limited),
        cmocka_unit_test(refused),
        cmocka_unit_test(place_of_an_error),
        cmocka_unit_test(full_output),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
