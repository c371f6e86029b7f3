/*
 * test_err.c: the first failure is kept, cut to fit, on one line.
 */
#include "ct_test.h"

#include "ct/base/banned.h"

static void the_code_comes_back_without_an_object(void **state)
{
    (void)state;
    CT_EQ_I64("null err", ct_fail(NULL, CT_DENIED, "x", "y"), CT_DENIED);
}

static void the_first_failure_stays(void **state)
{
    (void)state;
    struct ct_err err = CT_ERR_INIT;
    CT_EQ_I64("first", ct_fail(&err, CT_BAD_INPUT, "name", "%d is too many", 7), CT_BAD_INPUT);
    CT_EQ_I64("second", ct_fail(&err, CT_INTERNAL, "sql", "vaguer"), CT_INTERNAL);
    CT_EQ_I64("code", err.code, CT_BAD_INPUT);
    CT_EQ_STR("what", err.what, "name");
    CT_EQ_STR("text", err.text, "7 is too many");
}

static void clearing_makes_room_for_another(void **state)
{
    (void)state;
    struct ct_err err = CT_ERR_INIT;
    ct_fail(&err, CT_BAD_INPUT, "name", "one");
    ct_err_clear(&err);
    CT_EQ_I64("code", err.code, CT_OK);
    CT_EQ_STR("what", err.what, "");
    CT_EQ_STR("text", err.text, "");
    ct_fail(&err, CT_TOO_BIG, NULL, "two");
    CT_EQ_I64("code", err.code, CT_TOO_BIG);
    CT_EQ_STR("a missing what is empty", err.what, "");
    CT_EQ_STR("text", err.text, "two");
}

static void long_texts_are_cut(void **state)
{
    (void)state;
    struct ct_err err = CT_ERR_INIT;
    char longer[1000];
    memset(longer, 'a', sizeof longer);
    longer[sizeof longer - 1] = '\0';
    ct_fail(&err, CT_BAD_INPUT, longer, "%s", longer);
    CT_EQ_I64("what", strlen(err.what), sizeof err.what - 1);
    CT_EQ_I64("text", strlen(err.text), sizeof err.text - 1);
}

static void a_cut_leaves_whole_characters(void **state)
{
    (void)state;
    static const struct {
        const char *name, *rune;
    } cases[] = {{"two bytes", "é"}, {"three bytes", "€"}, {"four bytes", "😀"}};
    CT_EACH (c, cases) {
        for (size_t lead = 0; lead < 4; lead++) {
            struct ct_err err = CT_ERR_INIT;
            char text[600] = "";
            size_t n = lead, size = strlen(c->rune);
            memset(text, '.', lead);
            for (; n + size < sizeof text; n += size)
                memcpy(text + n, c->rune, size);
            ct_fail(&err, CT_BAD_INPUT, text, "%s", text);
            size_t room = sizeof err.text - 1 - lead;
            CT_EQ_I64(c->name, strlen(err.text), lead + room / size * size);
            assert_true(ct_sv_utf8(ct_sv_c(err.text)));
            assert_true(ct_sv_utf8(ct_sv_c(err.what)));
        }
    }
}

static void controls_become_blanks(void **state)
{
    (void)state;
    struct ct_err err = CT_ERR_INIT;
    ct_fail(&err, CT_BAD_INPUT, "a\nb", "one\ntwo\tthree\x7f\x1b[0m");
    CT_EQ_STR("what", err.what, "a b");
    CT_EQ_STR("text", err.text, "one two three  [0m");
}

static void each_code_has_a_name(void **state)
{
    (void)state;
    static const struct {
        const char *name;
        int code;
    } cases[] = {{"ok", CT_OK},
                 {"bad-input", CT_BAD_INPUT},
                 {"not-found", CT_NOT_FOUND},
                 {"denied", CT_DENIED},
                 {"conflict", CT_CONFLICT},
                 {"too-big", CT_TOO_BIG},
                 {"internal", CT_INTERNAL},
                 {"unknown", 1},
                 {"unknown", -7}};
    CT_EACH (c, cases)
        CT_EQ_STR(c->name, ct_status_name(c->code), c->name);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_code_comes_back_without_an_object),
        cmocka_unit_test(the_first_failure_stays),
        cmocka_unit_test(clearing_makes_room_for_another),
        cmocka_unit_test(long_texts_are_cut),
        cmocka_unit_test(a_cut_leaves_whole_characters),
        cmocka_unit_test(controls_become_blanks),
        cmocka_unit_test(each_code_has_a_name),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
