/*
 * test_past_completion.c: what an imported completion is worth: it meets a requirement of its
 * course and gives hours, from the moment on at which it was recorded.
 */
#include "assignment_test.h"

#include "ct/learn/credit.h"
#include "ct/learn/import.h"

#include "ct/base/banned.h"

static void import(struct site *s, const char *lines)
{
    struct ct_err err = CT_ERR_INIT;
    struct ct_import_result result = {0};
    struct ct_import_wish wish = {
        .text = ct_arena_printf(&s->o.a,
                                "email,course,completed_on,score_percent,hours,source,"
                                "evidence,withdrawn\n%s",
                                lines),
        .cat = s->cat};

    CT_OK_(lines,
           ct_import(s->o.store, &s->o.clock, &s->o.a, CT_IMPORT_COMPLETIONS, &wish, &result, &err),
           &err);
    CT_EQ_I64(lines, result.added + result.changed, 1);
}

static struct ct_sv cell(struct site *s, const struct ct_assignments *r, size_t row,
                         const char *column)
{
    struct ct_table t;

    ct_assignments_table(&s->o.a, r, &t);
    for (size_t c = 0; c < t.n_columns; c++)
        if (strcmp(t.columns[c], column) == 0)
            return t.cells[row * t.n_columns + c];
    fail_msg("no column %s", column);
    return CT_SV_NULL;
}

static void an_import_meets_a_requirement_from_then_on(void **state)
{
    static const struct {
        const char *column, *want;
    } cells[] = {
        {"status", "completed"},         {"completed_on", "2023-11-05"},
        {"expires_on", "2024-11-05"},    {"score_percent", "88"},
        {"source", "imported"},          {"evidence", "page 3"},
        {"note", "County records 2023"}, {"certificate_code", ""},
    };
    struct site *s = *state;
    struct ct_assignment_filter ann = CT_ASSIGNMENT_FILTER_INIT;

    site_require(s, "yearly", yearly(s, "2024-01-01"));
    ann.person = s->ann;
    s->o.now = noon("2024-01-20");
    import(s, "ann@example.org,core,2023-11-05,88,6.5,County records 2023,page 3,\n");
    struct ct_assignments before = report_of(s, "2024-01-19", ann);
    CT_EQ_SV("nothing was known", told(s, &before), CT_SV("ann 2024-01-31 not started"));
    struct ct_assignments then = report_of(s, "2024-01-21", ann);
    CT_EQ_I64("one row", then.n, 1);
    CT_EACH (c, cells)
        CT_EQ_SV(c->column, cell(s, &then, 0, c->column), ct_sv_c(c->want));
    s->o.now = noon("2024-01-25");
    import(s, "ann@example.org,core,2023-11-05,,,County records 2023,,yes\n");
    struct ct_assignments after = report_of(s, "2024-01-26", ann);
    CT_EQ_SV("withdrawn", told(s, &after), CT_SV("ann 2024-01-31 not started"));
    struct ct_assignments again = report_of(s, "2024-01-21", ann);
    CT_EQ_SV("a past day stays as it was", cell(s, &again, 0, "status"), CT_SV("completed"));
}

static int hours_on(struct site *s, const char *day)
{
    struct ct_err err = CT_ERR_INIT;
    struct ct_credit *list;
    size_t n;
    CT_AUTO_READER rd = ct_store_reader(s->o.store);

    CT_OK_(day, ct_credit_list(rd.db, &s->o.a, s->ann, noon(day), &list, &n, &err), &err);
    return ct_credit_sum(list, n, s->ann, CT_SV_NULL, day_in("2023-07-01"), day_in("2024-06-30"));
}

static void its_hours_are_training_in_service(void **state)
{
    struct site *s = *state;

    s->o.now = noon("2024-01-20");
    import(s, "ann@example.org,core,2023-11-05,88,6.5,County records,,\n");
    CT_EQ_I64("before", hours_on(s, "2024-01-19"), 0);
    CT_EQ_I64("after", hours_on(s, "2024-01-20"), 650);
    s->o.now = noon("2024-01-22");
    import(s, "ann@example.org,core,2023-11-06,88,1,County records,,\n");
    CT_EQ_I64("the same course counts once a year", hours_on(s, "2024-01-23"), 650);
    import(s, "ann@example.org,core,2023-11-04,88,2,County records,,\n");
    CT_EQ_I64("the first time", hours_on(s, "2024-01-23"), 200);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, site_open, site_close)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(an_import_meets_a_requirement_from_then_on),
        TEST(its_hours_are_training_in_service),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
