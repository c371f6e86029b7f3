/*
 * Problems: order, wording of a line, JSON, the limit for a file, the table of codes.
 */
#include "course/course_test.h"

#include "ct/base/limits.h"

#include "ct/base/banned.h"

static void a_line_names_place_severity_and_code(void **state)
{
    static const struct {
        const char *name, *code;
        int line, column;
        const char *want;
    } cases[] = {
        {"error with a column", "E11", 9, 3, "a.md:9:3: error E11: mend it\n"},
        {"a whole line begins at column 1", "E11", 9, 0, "a.md:9:1: error E11: mend it\n"},
        {"W is a warning", "W18", 2, 1, "a.md:2:1: warning W18: mend it\n"},
    };
    (void)state;
    CT_EACH (c, cases) {
        CT_AUTO_ARENA a = CT_ARENA_INIT;
        struct ct_problems p = {.arena = &a};
        CT_AUTO_STR out = CT_STR_INIT(1000);
        ct_problem_add(&p, c->code, CT_SV("a.md"), c->line, c->column, "mend %s", "it");
        ct_problem_write(&out, &p.items[0]);
        CT_EQ_STR(c->name, out.p, c->want);
    }
}

static void problems_are_sorted_by_file_line_column_code(void **state)
{
    CT_AUTO_ARENA a = CT_ARENA_INIT;
    struct ct_problems p = {.arena = &a};
    (void)state;
    ct_problem_add(&p, "W18", CT_SV("b.md"), 1, 1, "5");
    ct_problem_add(&p, "E17", CT_SV("a.md"), 10, 1, "4");
    ct_problem_add(&p, "E17", CT_SV("a.md"), 2, 7, "3");
    ct_problem_add(&p, "E17", CT_SV("a.md"), 2, 5, "2");
    ct_problem_add(&p, "E11", CT_SV("a.md"), 2, 5, "1");
    ct_problems_sort(&p);
    CT_EQ_I64("n", p.n, 5);
    CT_EQ_I64("errors", p.n_errors, 4);
    for (size_t i = 0; i < p.n; i++)
        CT_EQ_I64("place", p.items[i].text.p[0] - '0', i + 1);
}

static void what_a_trainer_wrote_stays_on_one_line(void **state)
{
    CT_AUTO_ARENA a = CT_ARENA_INIT;
    struct ct_problems p = {.arena = &a};
    (void)state;
    ct_problem_add(&p, "E24", CT_SV("a.md"), 1, 0, "unknown \"%s\"", "two\nlines\x1b[31m");
    CT_EQ_SV("text", p.items[0].text, CT_SV("unknown \"two lines [31m\""));
}

static void a_long_text_is_cut_between_characters(void **state)
{
    CT_AUTO_ARENA a = CT_ARENA_INIT;
    struct ct_problems p = {.arena = &a};
    char text[2001];
    (void)state;
    for (size_t i = 0; i < 2000; i += 2) {
        text[i] = (char)0xc3;
        text[i + 1] = (char)0xa9;
    }
    text[2000] = '\0';
    ct_problem_add(&p, "E24", CT_SV("a.md"), 1, 0, "x%s", text);
    assert_true(p.items[0].text.n > 900);
    assert_true(ct_sv_utf8(p.items[0].text));
}

static void beyond_the_limit_of_a_file_problems_only_count(void **state)
{
    CT_AUTO_ARENA a = CT_ARENA_INIT;
    struct ct_problems p = {.arena = &a};
    (void)state;
    for (int i = 0; i < CT_PROBLEMS_MAX + 50; i++)
        ct_problem_add(&p, "E11", CT_SV("a.md"), i, 0, "x");
    ct_problem_add(&p, "E11", CT_SV("b.md"), 1, 0, "another file has its own limit");
    CT_EQ_I64("kept", p.n, CT_PROBLEMS_MAX + 1);
    CT_EQ_I64("counted", p.n_errors, CT_PROBLEMS_MAX + 51);
}

static void json_has_all_fields(void **state)
{
    CT_AUTO_ARENA a = CT_ARENA_INIT;
    struct ct_problems p = {.arena = &a};
    CT_AUTO_STR out = CT_STR_INIT(1000);
    (void)state;
    ct_problem_add(&p, "W18", CT_SV("a.md"), 3, 4, "all \"right\"");
    CT_AUTO_JSON *json = ct_problem_json(&p.items[0]);
    ct_json_write(&out, json);
    CT_EQ_STR("json", out.p,
              "{\"file\":\"a.md\",\"line\":3,\"column\":4,\"severity\":\"warning\","
              "\"code\":\"W18\",\"text\":\"all \\\"right\\\"\","
              "\"expected\":\"at least one option that is not right\",\"mend\":null}");
}

static void every_code_is_there_once_and_has_a_meaning(void **state)
{
    size_t n;
    const struct ct_problem_code *codes = ct_problem_codes(&n);
    (void)state;
    assert_true(n > 40);
    for (size_t i = 0; i < n; i++) {
        assert_true(codes[i].code[0] == 'E' || codes[i].code[0] == 'W');
        assert_true(strlen(codes[i].meaning) > 10);
        assert_non_null(codes[i].expected);
        assert_true(strlen(codes[i].expected) > 10);
        for (size_t k = 0; k < i; k++)
            assert_true(strcmp(codes[i].code + 1, codes[k].code + 1) != 0);
    }
    assert_string_equal(ct_problem_meaning("E11"), "feedback outside its option");
    assert_null(ct_problem_meaning("E999"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_line_names_place_severity_and_code),
        cmocka_unit_test(problems_are_sorted_by_file_line_column_code),
        cmocka_unit_test(what_a_trainer_wrote_stays_on_one_line),
        cmocka_unit_test(a_long_text_is_cut_between_characters),
        cmocka_unit_test(beyond_the_limit_of_a_file_problems_only_count),
        cmocka_unit_test(json_has_all_fields),
        cmocka_unit_test(every_code_is_there_once_and_has_a_meaning),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
