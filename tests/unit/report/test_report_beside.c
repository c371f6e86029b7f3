/*
 * test_report_beside.c: what the completion report says of who has not completed a course here:
 * waivers, outside training, completions that were imported.
 */
#include "learn/fixture.h"

#include "ct/learn/requirement.h"
#include "ct/learn/training.h"
#include "ct/report/report.h"

#include "ct/base/banned.h"

enum { DAY_LONG = 24 * 3600 };

static int day_in(const char *text)
{
    int day = 0;

    assert_true(ct_day_parse(ct_sv_c(text), &day));
    return day;
}

static struct ct_report report_of(struct world *w, const char *day)
{
    struct ct_err err = CT_ERR_INIT;
    struct ct_report_filter filter = {.as_of = ((int64_t)day_in(day) + 1) * DAY_LONG - 1};
    struct ct_report report;
    CT_AUTO_READER rd = ct_store_reader(w->store);

    CT_OK_("report",
           ct_report_completion(rd.db, &w->arena, w->cat, &w->clock, &filter, &report, &err), &err);
    return report;
}

static const struct ct_report_person *person_in(const struct ct_report *r, int64_t id)
{
    for (size_t i = 0; i < r->n; i++)
        for (size_t k = 0; k < r->rows[i].n_members; k++)
            if (r->rows[i].members[k].id == id)
                return &r->rows[i].members[k];
    return NULL;
}

static void require_core(struct world *w, int every)
{
    struct ct_err err = CT_ERR_INIT;
    struct ct_requirement_rule rule = {.due = {.from = day_in("2023-11-01"),
                                               .kind = CT_DUE_ASSIGNED,
                                               .days = 30,
                                               .fixed = CT_DAY_NONE,
                                               .every = every},
                                       .everybody = true};
    struct ct_requirement q = {
        .slug = CT_SV("core"), .course = CT_SV("core"), .rules = &rule, .n_rules = 1};
    int64_t id;

    CT_OK_("requirement", ct_requirement_add(w->store, &w->clock, w->cat, &q, 0, &id, &err), &err);
}

static void record(struct world *w, int64_t person, enum ct_training_kind kind, const char *on,
                   const char *approved_by)
{
    struct ct_err err = CT_ERR_INIT;
    struct ct_training t = {.person = person,
                            .requirement = 1,
                            .kind = kind,
                            .on = day_in(on),
                            .until = CT_DAY_NONE,
                            .reason = CT_SV("known to the supervisor"),
                            .evidence = CT_SV("a letter"),
                            .approved_by = ct_sv_c(approved_by)};
    int64_t id;

    CT_OK_("training", ct_training_record(w->store, &w->clock, &t, 0, &id, &err), &err);
}

static void a_requirement_gives_its_words(void **state)
{
    struct world *w = *state; /* 2023-11-14 */

    require_core(w, 12);
    record(w, BEN, CT_TRAINING_WAIVER, "2023-11-10", "the director");
    record(w, CARA, CT_TRAINING_CREDIT, "2023-11-11", "");
    record(w, ANNA, CT_TRAINING_CREDIT, "2023-11-12", "the director");
    do_section(w, ANNA, "victims", "opening");
    w->now += 500 * (int64_t)DAY_LONG;
    struct ct_report r = report_of(w, "2023-11-13");
    CT_EQ_I64("not known yet: it was recorded later", person_in(&r, BEN)->status,
              CT_DUE_NOT_STARTED);
    r = report_of(w, "2023-11-14");
    CT_EQ_I64("waived", person_in(&r, BEN)->status, CT_DUE_EXEMPT);
    CT_EQ_I64("nobody has approved", person_in(&r, CARA)->status, CT_DUE_AWAITING);
    const struct ct_report_person *anna = person_in(&r, ANNA);
    CT_EQ_I64("approved", anna->status, CT_DUE_COMPLETED);
    CT_EQ_I64("on its day", anna->completed_on, day_in("2023-11-12"));
    CT_EQ_I64("by the rule", anna->expires_on, day_in("2024-11-12"));
    CT_EQ_SV("elsewhere", anna->source, CT_SV("outside training"));
    const struct ct_report_row *row = &r.rows[1];
    CT_EQ_SV("caseworkers", row->discipline, CT_SV("caseworker"));
    CT_EQ_I64("exempt", row->exempt, 1);
    CT_EQ_I64("of nobody else", row->percent_now, 0);
    r = report_of(w, "2024-11-13");
    CT_EQ_I64("a year later", person_in(&r, ANNA)->status, CT_DUE_EXPIRED);
}

static void what_was_met_twice_tells_the_first_time(void **state)
{
    struct world *w = *state;

    w->now += 400 * (int64_t)DAY_LONG;
    require_core(w, 12);
    record(w, ANNA, CT_TRAINING_CREDIT, "2023-11-12", "the director");
    record(w, ANNA, CT_TRAINING_CREDIT, "2024-11-01", "the director");
    w->now += DAY_LONG;
    struct ct_report r = report_of(w, "2024-12-18");
    CT_EQ_I64("the first time", person_in(&r, ANNA)->completed_on, day_in("2023-11-12"));
    CT_EQ_I64("and the last end", person_in(&r, ANNA)->expires_on, day_in("2025-11-01"));
}

static void what_was_completed_here_goes_before(void **state)
{
    struct world *w = *state;

    require_core(w, 0);
    record(w, BEN, CT_TRAINING_WAIVER, "2023-11-10", "the director");
    do_core(w, BEN);
    w->now += DAY_LONG;
    struct ct_report r = report_of(w, "2023-11-14");
    CT_EQ_I64("completed", person_in(&r, BEN)->status, CT_DUE_COMPLETED);
    CT_EQ_SV("here", person_in(&r, BEN)->source, CT_SV("course"));
}

static int import_run(struct ct_db *db, void *arg, struct ct_err *err)
{
    return ct_db_exec(db, arg, err);
}

static void an_imported_completion_counts_under_its_discipline(void **state)
{
    struct world *w = *state;
    struct ct_err err = CT_ERR_INIT;
    struct ct_report_row *by_agency;
    size_t n;
    char sql[] = "insert into past_completion(person, course, course_title, discipline, on_date,"
                 " score, minutes, source, evidence, withdrawn, at) values"
                 "(2, 'core', 'Core', 'caseworker', '2020-05-01', 88, 60, 'the old system', '', 0,"
                 " 1700000000),"
                 "(3, 'core', 'Core', 'judge', '2020-05-01', 88, 60, 'the old system', '', 0,"
                 " 1700000000)";

    CT_OK_("import", ct_store_write(w->store, import_run, sql, &err), &err);
    do_section(w, CARA, "victims", "opening");
    w->now += 2 * DAY_LONG;
    struct ct_report r = report_of(w, "2023-11-14");
    const struct ct_report_person *ben = person_in(&r, BEN);
    CT_EQ_I64("completed", ben->status, CT_DUE_COMPLETED);
    CT_EQ_I64("then", ben->completed_on, day_in("2020-05-01"));
    CT_EQ_I64("with its score", ben->score, 88);
    CT_EQ_SV("from there", ben->source, CT_SV("the old system"));
    CT_EQ_SV("a row of it", r.rows[1].discipline, CT_SV("caseworker"));
    CT_EQ_I64("its score is in the median", r.rows[1].median, 88);
    ct_report_by_org(&w->arena, &r, CT_ORG_AGENCY, &by_agency, &n);
    CT_EQ_I64("of an agency, too", by_agency[0].median, 88);
    CT_EQ_I64("as another discipline", person_in(&r, CARA)->status, CT_DUE_IN_PROGRESS);
    r = report_of(w, "2023-11-13");
    CT_EQ_I64("not before it was imported", person_in(&r, BEN)->status, CT_DUE_NOT_STARTED);
}

int main(void)
{
#define T(test) cmocka_unit_test_setup_teardown(test, world_open, world_close)
    const struct CMUnitTest tests[] = {
        T(a_requirement_gives_its_words),
        T(what_was_met_twice_tells_the_first_time),
        T(what_was_completed_here_goes_before),
        T(an_imported_completion_counts_under_its_discipline),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
