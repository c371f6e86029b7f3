/*
 * test_input.c: declared fields: what fits, what is refused, and by which name.
 */
#include "ct_test.h"

#include "ct/web/route.h"

#include "ct/base/banned.h"

struct in {
    struct ct_sv note, slug;
    int64_t step;
    bool yes;
    struct ct_form answers;
};

static const struct ct_field fields[] = {
    {"note", CT_FIELD_TEXT, offsetof(struct in, note), false, 0, 5},
    {"slug", CT_FIELD_SLUG, offsetof(struct in, slug), false, 0, 64},
    {"step", CT_FIELD_I64, offsetof(struct in, step), true, 0, 20},
    {"yes", CT_FIELD_FLAG, offsetof(struct in, yes), false, 0, 0},
    {"q.", CT_FIELD_FORM, offsetof(struct in, answers), false, 0, 0},
    {NULL, CT_FIELD_TEXT, 0, false, 0, 0},
};

static void fields_fit_their_rows_or_are_named(void **state)
{
    static const struct {
        const char *name, *form;
        int want;
        const char *what;
    } cases[] = {
        {"all of them", "note=abc&slug=a-b&step=7&yes=on&q.a=1&q.a=2&q.b=x", CT_OK, ""},
        {"only what is needed", "step=0", CT_OK, ""},
        {"a needed one is missing", "note=a", CT_BAD_INPUT, "step"},
        {"a needed one is empty", "step=", CT_BAD_INPUT, "step"},
        {"no number", "step=seven", CT_BAD_INPUT, "step"},
        {"below its range", "step=-1", CT_BAD_INPUT, "step"},
        {"above its range", "step=21", CT_BAD_INPUT, "step"},
        {"too long", "step=1&note=abcdef", CT_BAD_INPUT, "note"},
        {"no slug", "step=1&slug=A%20B", CT_BAD_INPUT, "slug"},
        {"unknown", "step=1&role=admin", CT_BAD_INPUT, "role"},
        {"a long name is cut between characters", "éééééééééééééééééééééééééééééééééééééééé=1",
         CT_BAD_INPUT, "ééééééééééééééééééééééééééééééé"},
        {"given twice", "step=1&step=2", CT_BAD_INPUT, "step"},
        {"a prefix is not a name", "step=1&q=1", CT_BAD_INPUT, "q"},
    };

    (void)state;
    CT_EACH (c, cases) {
        CT_AUTO_ARENA a = CT_ARENA_INIT;
        struct ct_err err = CT_ERR_INIT;
        struct ct_form form;
        void *input;
        CT_OK_(c->name, ct_form_parse(&a, ct_sv_c(c->form), &form, &err), &err);
        CT_EQ_I64(c->name, ct_input_parse(&a, fields, sizeof(struct in), &form, &input, &err),
                  c->want);
        CT_EQ_STR(c->name, err.what, c->what);
    }
}

static void values_arrive_typed(void **state)
{
    CT_AUTO_ARENA a = CT_ARENA_INIT;
    struct ct_form form;
    void *input;
    const struct in *in;

    (void)state;
    assert_int_equal(
        ct_form_parse(&a, CT_SV("step=7&yes=1&q.b=x&note=+a+&q.a=1&q.a=2"), &form, NULL), CT_OK);
    assert_int_equal(ct_input_parse(&a, fields, sizeof(struct in), &form, &input, NULL), CT_OK);
    in = input;
    CT_EQ_I64("number", in->step, 7);
    assert_true(in->yes);
    CT_EQ_SV("blanks are kept", in->note, CT_SV(" a "));
    assert_null(in->slug.p);
    CT_EQ_I64("gathered", in->answers.n, 3);
    CT_EQ_SV("in their order", in->answers.fields[0].name, CT_SV("q.b"));
    CT_EQ_SV("repeated", in->answers.fields[2].value, CT_SV("2"));
}

struct with_file {
    struct ct_part file;
    struct ct_sv note;
};

static const struct ct_field file_fields[] = {
    {"file", CT_FIELD_FILE, offsetof(struct with_file, file), true, 0, 4},
    {"note", CT_FIELD_TEXT, offsetof(struct with_file, note), false, 0, 5},
    {NULL, CT_FIELD_TEXT, 0, false, 0, 0},
};

static void files_come_to_rows_of_files_alone(void **state)
{
    static const struct {
        const char *name, *field, *bytes;
        size_t n;
        int want;
        const char *what;
    } cases[] = {
        {"a file", "file", "abcd", 1, CT_OK, ""},
        {"none", "file", "abcd", 0, CT_BAD_INPUT, "file"},
        {"an empty one, as browsers send where none was chosen", "file", "", 1, CT_BAD_INPUT,
         "file"},
        {"too large", "file", "abcde", 1, CT_TOO_BIG, "file"},
        {"two", "file", "a", 2, CT_BAD_INPUT, "file"},
        {"for a field that is none of files", "note", "a", 1, CT_BAD_INPUT, "note"},
        {"for no field", "x", "a", 1, CT_BAD_INPUT, "file"},
    };

    (void)state;
    CT_EACH (c, cases) {
        struct with_file in = {.note = CT_SV_NULL};
        struct ct_part part = {
            .name = ct_sv_c(c->field), .file_name = CT_SV("a.png"), .bytes = ct_sv_c(c->bytes)};
        const struct ct_part files[] = {part, part};
        struct ct_err err = CT_ERR_INIT;
        CT_EQ_I64(c->name, ct_input_files(file_fields, files, c->n, &in, &err), c->want);
        CT_EQ_STR(c->name, err.what, c->what);
        if (c->want == CT_OK)
            CT_EQ_SV(c->name, in.file.bytes, ct_sv_c(c->bytes));
    }
}

static void text_is_no_file(void **state)
{
    CT_AUTO_ARENA a = CT_ARENA_INIT;
    struct ct_err err = CT_ERR_INIT;
    struct ct_form form;
    void *input;

    (void)state;
    assert_int_equal(ct_form_parse(&a, CT_SV("file=abc"), &form, NULL), CT_OK);
    CT_EQ_I64("a text under the name of a file",
              ct_input_parse(&a, file_fields, sizeof(struct with_file), &form, &input, &err),
              CT_BAD_INPUT);
    CT_EQ_STR("is named", err.what, "file");
}

static int nothing(struct ct_request *rq, struct ct_response *rs, struct ct_err *err)
{
    (void)rq;
    (void)rs;
    (void)err;
    return CT_OK;
}

static const struct ct_route table[] = {
    {CT_GET, "/", 0, NULL, 0, nothing, 0},
    {CT_GET, "/c/:course/:module/:section", 0, NULL, 0, nothing, 0},
    {CT_GET, "/c/:course/:module/quiz", 0, NULL, 0, nothing, 0},
    {CT_POST, "/c/:course/:module/quiz", 0, NULL, 0, nothing, 0},
    {CT_POST, "/c/:course/:module/:section/done", 0, NULL, 0, nothing, 0},
    {CT_GET, "/files/:course/:rest*", 0, NULL, 0, nothing, 0},
};

static void addresses_find_their_routes(void **state)
{
    static const struct {
        const char *name;
        enum ct_method verb;
        const char *path;
        int want;
        size_t route;
        const char *detail; /* last parameter, or the methods allowed */
    } cases[] = {
        {"the front page", CT_GET, "/", CT_OK, 0, NULL},
        {"a section", CT_GET, "/c/a/b/one", CT_OK, 1, "one"},
        {"a literal wins", CT_GET, "/c/a/b/quiz", CT_OK, 2, "b"},
        {"by method", CT_POST, "/c/a/b/quiz", CT_OK, 3, "b"},
        {"decoded", CT_GET, "/c/a/b/o%6Ee", CT_OK, 1, "one"},
        {"a folder of files", CT_GET, "/files/a/images/x.png", CT_OK, 5, "images/x.png"},
        {"wrong method", CT_GET, "/c/a/b/one/done", CT_DENIED, 0, "POST"},
        {"wrong method on a literal", CT_OTHER_METHOD, "/c/a/b/quiz", CT_DENIED, 0,
         "GET, HEAD, POST"},
        {"posting to what is only read", CT_POST, "/c/a/b/one", CT_DENIED, 0, "GET, HEAD"},
        {"too short", CT_GET, "/c/a/b", CT_NOT_FOUND, 0, NULL},
        {"too long", CT_GET, "/c/a/b/one/two/three", CT_NOT_FOUND, 0, NULL},
        {"an empty part", CT_GET, "/c//b/one", CT_NOT_FOUND, 0, NULL},
        {"a slash at the end", CT_GET, "/c/a/b/one/", CT_NOT_FOUND, 0, NULL},
        {"a hidden slash", CT_GET, "/c/a/b/o%2Fe", CT_BAD_INPUT, 0, NULL},
        {"a broken escape", CT_GET, "/c/a/b/o%zz", CT_BAD_INPUT, 0, NULL},
        {"a hidden NUL", CT_GET, "/c/a/b/o%00", CT_BAD_INPUT, 0, NULL},
    };

    (void)state;
    CT_EACH (c, cases) {
        CT_AUTO_ARENA a = CT_ARENA_INIT;
        const struct ct_route *route = NULL;
        struct ct_sv params[CT_PARAMS_MAX] = {{NULL, 0}}, allow = CT_SV_NULL, last = CT_SV_NULL;
        CT_EQ_I64(c->name,
                  ct_route_find(table, sizeof table / sizeof table[0], &a, c->verb,
                                ct_sv_c(c->path), &route, params, &allow, NULL),
                  c->want);
        if (c->want == CT_DENIED)
            CT_EQ_SV(c->name, allow, ct_sv_c(c->detail));
        if (c->want != CT_OK)
            continue;
        CT_EQ_I64(c->name, route - table, c->route);
        for (size_t i = 0; i < CT_PARAMS_MAX && params[i].p; i++)
            last = params[i];
        if (c->detail)
            CT_EQ_SV(c->name, last, ct_sv_c(c->detail));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(fields_fit_their_rows_or_are_named), cmocka_unit_test(values_arrive_typed),
        cmocka_unit_test(files_come_to_rows_of_files_alone),  cmocka_unit_test(text_is_no_file),
        cmocka_unit_test(addresses_find_their_routes),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
