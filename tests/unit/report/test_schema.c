/*
 * test_schema.c: every statement of this floor on a fresh schema: it can be prepared, it reads, and
 * it walks through a table that grows with people only where the report is about everybody.
 */
#include "learn/schema_test.h"

#include "../../../server/report/sql_priv.h"

#include "ct/base/banned.h"

static const struct sql_file files[] = {
    {"assignment_more", ct_assignment_more_sql},
    {"assignment_people", ct_assignment_people_sql},
    {"assignment_work", ct_assignment_work_sql},
    {"audit_record", ct_audit_record_sql},
    {"audit_work", ct_audit_work_sql},
    {"coverage_data", ct_coverage_data_sql},
    {"report", ct_report_sql},
    {"report_discipline", ct_report_discipline_sql},
    {"report_moment", ct_report_moment_sql},
    {"report_certificates", ct_report_certificates_sql},
    {"report_people", ct_report_people_sql},
    {"transcript", ct_transcript_sql},
    {"transcript_beside", ct_transcript_beside_sql},
    {"trend", ct_trend_sql},
};

/* Reports are about everybody, so they read what everybody did: each table once, and no more. */
static const struct may_scan may[] = {
    {"report_people", "SCAN person"}, /* everybody */
    {"report_certificates", "SCAN"},  /* those of everybody, by code */
    {"report_discipline", "SCAN x"},  /* who holds what no curriculum ever had */
    {"report", "SCAN x"},             /* what everybody did */
    {"assignment_people", "SCAN p"},  /* everybody, and what is said of everybody */
    {"assignment_people", "SCAN m"},
    {"assignment_people", "SCAN f"},
    {"assignment_people", "SCAN n"},
    {"assignment_more", "SCAN x"}, /* tries and active time of everybody */
    {"assignment_work", "SCAN x"}, /* what everybody did */
    {"coverage_data", "SCAN x"},   /* what everybody completed, and played */
    {"coverage_data", "SCAN r"},
    {"trend", "SCAN x"}, /* who completed which course when */
};

static void every_statement_is_prepared_and_searches(void **state)
{
    plans_search(*state, files, sizeof files / sizeof files[0], may, sizeof may / sizeof may[0]);
}

static void a_report_changes_nothing(void **state)
{
    (void)state;
    CT_EACH (f, files)
        for (const struct ct_sql *const *sql = f->list; *sql; sql++)
            if (!ct_sv_starts(ct_sv_c((*sql)->text), CT_SV("select ")) &&
                !ct_sv_starts(ct_sv_c((*sql)->text), CT_SV("with ")))
                fail_msg("%s does not only read: %s", f->name, (*sql)->text);
}

static void every_file_with_sql_lists_it(void **state)
{
    lists_are_complete(*state, CT_SOURCE_DIR "/server/report", sizeof files / sizeof files[0]);
}

int main(void)
{
#define T(test) cmocka_unit_test_setup_teardown(test, open_schema, close_schema)
    const struct CMUnitTest tests[] = {
        T(every_statement_is_prepared_and_searches),
        T(a_report_changes_nothing),
        T(every_file_with_sql_lists_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
