/*
 * test_trend.c: periods are those of the calendar, points are what a state made by hand says, and
 * each point is what the assignment report of that day says, where nothing was entered late.
 */
#include "learn/require_test.h"

#include "ct/report/assignment.h"

#include "ct/report/trend.h"

#include "ct/base/banned.h"

enum { LATE = 10 * 3600 }; /* after noon, and still the same day */

static const struct ct_viewer machine = {.person = 0};

static struct ct_trend_filter asked(const char *from, const char *until)
{
    return (struct ct_trend_filter){
        .viewer = &machine, .from = day_in(from), .until = day_in(until)};
}

static struct ct_trend trend_of(struct site *s, struct ct_trend_filter filter, const char *as_of)
{
    struct ct_err err = CT_ERR_INIT;
    struct ct_trend t = {.n = 0};
    CT_AUTO_READER rd = ct_store_reader(s->o.store);

    if (filter.from == day_in(NULL))
        filter.from = CT_DAY_NONE;
    CT_OK_(as_of, ct_trend(rd.db, &s->o.a, s->cat, noon(as_of), &filter, &t, &err), &err);
    return t;
}

/* "2024-01 p2 c1/1 a2:1,1,0,0": people; completed in the period, ever; asked: completed, open,
 * overdue, exempt. */
static struct ct_sv told(struct site *s, const struct ct_trend *t)
{
    struct ct_sv all = CT_SV("");

    for (size_t i = 0; i < t->n; i++) {
        const struct ct_trend_point *p = &t->points[i];
        all = ct_arena_printf(&s->o.a, "%.*s%s%.*s p%zu c%zu/%zu a%zu:%zu,%zu,%zu,%zu",
                              CT_SV_ARG(all), i ? "; " : "", CT_SV_ARG(p->label), p->people,
                              p->completed, p->completed_ever, p->asked,
                              p->standing[CT_TREND_COMPLETED], p->standing[CT_TREND_OPEN],
                              p->standing[CT_TREND_OVERDUE], p->standing[CT_TREND_EXEMPT]);
    }
    return all;
}

static void periods_are_those_of_the_calendar(void **state)
{
    static const struct {
        const char *name;
        enum ct_trend_by by;
        const char *from, *until;
        size_t n;
        const char *first, *last, *last_from;
    } cases[] = {
        {"a year of months", CT_TREND_MONTH, NULL, "2024-03-15", 12, "2023-04", "2024-03",
         "2024-03-01"},
        {"from the middle of one", CT_TREND_MONTH, "2024-01-31", "2024-02-29", 2, "2024-01",
         "2024-02", "2024-02-01"},
        {"one day", CT_TREND_MONTH, "2024-02-29", "2024-02-29", 1, "2024-02", "2024-02",
         "2024-02-29"},
        {"quarters", CT_TREND_QUARTER, "2023-12-31", "2024-04-01", 3, "2023-Q4", "2024-Q2",
         "2024-04-01"},
        {"weeks begin on Mondays", CT_TREND_WEEK, "2024-01-07", "2024-01-08", 2, "2024-W01",
         "2024-W02", "2024-01-08"},
        {"a week of the year before", CT_TREND_WEEK, "2021-01-01", "2021-01-03", 1, "2020-W53",
         "2020-W53", "2021-01-01"},
        {"a Monday in December", CT_TREND_WEEK, "2024-12-30", "2024-12-31", 1, "2025-W01",
         "2025-W01", "2024-12-30"},
    };
    struct site *s = *state;
    char day[CT_TIME_TEXT];

    CT_EACH (c, cases) {
        struct ct_trend_filter filter = asked(c->from, c->until);
        filter.by = c->by;
        struct ct_trend t = trend_of(s, filter, "2025-01-01");
        CT_EQ_I64(c->name, t.n, c->n);
        CT_EQ_SV(c->name, t.points[0].label, ct_sv_c(c->first));
        CT_EQ_SV(c->name, t.points[t.n - 1].label, ct_sv_c(c->last));
        CT_EQ_STR(c->name, ct_day_text(t.points[t.n - 1].from, day), c->last_from);
        CT_EQ_I64(c->name, t.points[t.n - 1].until, day_in(c->until));
        for (size_t i = 1; i < t.n; i++)
            CT_EQ_I64(c->name, t.points[i].from, t.points[i - 1].until + 1);
    }
}

static void a_point_is_how_its_day_was(void **state)
{
    struct site *s = *state;
    struct ct_trend t;

    site_require(s, "yearly", yearly(s, "2024-01-01"));
    site_complete(s, s->ann, "2024-02-10");
    site_complete(s, s->ann, "2024-03-10");
    t = trend_of(s, asked("2023-12-01", "2024-03-15"), "2024-03-15");
    CT_EQ_SV("begun in Chicago, where all agencies are; open; one late; again is not anew",
             told(s, &t),
             CT_SV("2023-12 p3 c0/0 a0:0,0,0,0; 2024-01 p3 c0/0 a2:0,2,0,0;"
                   " 2024-02 p3 c1/1 a2:1,0,1,0; 2024-03 p3 c0/1 a2:1,0,1,0"));
    t = trend_of(s, asked("2024-01-01", "2024-02-29"), "2024-03-15");
    CT_EQ_SV("the same days are the same", told(s, &t),
             CT_SV("2024-01 p3 c0/0 a2:0,2,0,0; 2024-02 p3 c1/1 a2:1,0,1,0"));
}

static void who_leaves_is_in_the_points_before(void **state)
{
    struct site *s = *state;
    struct ct_trend_filter filter = asked("2024-01-01", "2024-03-31");
    struct ct_trend t;

    site_require(s, "yearly", yearly(s, "2024-01-01"));
    site_complete(s, s->bob, "2024-01-10");
    s->o.now = noon("2024-02-05");
    orgs_tie(&s->o, CT_TIE_MEMBER, s->bob, s->night, true, NULL);
    filter.wish.unit = CT_SV("dcs/intake");
    t = trend_of(s, filter, "2024-03-31");
    CT_EQ_SV("with the units below it", told(s, &t),
             CT_SV("2024-01 p2 c1/1 a2:1,1,0,0; 2024-02 p1 c0/0 a1:0,0,1,0;"
                   " 2024-03 p1 c0/0 a1:0,0,1,0"));
}

static void filters_narrow(void **state)
{
    struct site *s = *state;
    struct ct_trend_filter filter = asked("2024-02-01", "2024-02-29");
    struct ct_trend t;

    site_require(s, "yearly", yearly(s, "2024-01-01"));
    site_complete(s, s->bob, "2024-02-10");
    filter.discipline = CT_SV("judge");
    t = trend_of(s, filter, "2024-03-31");
    CT_EQ_SV("a discipline", told(s, &t), CT_SV("2024-02 p1 c0/0 a0:0,0,0,0"));
    filter = asked("2024-02-01", "2024-02-29");
    filter.course = CT_SV("extra");
    t = trend_of(s, filter, "2024-03-31");
    CT_EQ_SV("another course", told(s, &t), CT_SV("2024-02 p3 c0/0 a0:0,0,0,0"));
    filter = asked("2024-02-01", "2024-02-29");
    filter.requirement = CT_SV("yearly");
    t = trend_of(s, filter, "2024-03-31");
    CT_EQ_SV("a requirement", told(s, &t), CT_SV("2024-02 p3 c1/1 a2:1,0,1,0"));
}

static void an_imported_completion_counts_on_its_day(void **state)
{
    struct site *s = *state;
    struct ct_trend t;

    site_exec(s, ct_arena_printf(&s->o.a,
                                 "insert into past_completion(person, course, course_title,"
                                 " discipline, on_date, minutes, source, evidence, withdrawn, at)"
                                 " values(%lld, 'core', 'Core', 'caseworker', '2024-01-20', 0,"
                                 " 'State portal', '', 0, %lld)",
                                 (long long)s->bob, (long long)noon("2024-03-01"))
                     .p);
    t = trend_of(s, asked("2024-01-01", "2024-02-29"), "2024-03-15");
    CT_EQ_SV("late, but of January", told(s, &t),
             CT_SV("2024-01 p3 c1/1 a0:0,0,0,0; 2024-02 p3 c0/1 a0:0,0,0,0"));
    t = trend_of(s, asked("2024-01-01", "2024-02-29"), "2024-02-29");
    CT_EQ_SV("before it was recorded", told(s, &t),
             CT_SV("2024-01 p3 c0/0 a0:0,0,0,0; 2024-02 p3 c0/0 a0:0,0,0,0"));
    site_complete(s, s->bob, "2024-02-10");
    t = trend_of(s, asked("2024-01-01", "2024-02-29"), "2024-03-15");
    CT_EQ_SV("the first time is once", told(s, &t),
             CT_SV("2024-01 p3 c1/1 a0:0,0,0,0; 2024-02 p3 c0/1 a0:0,0,0,0"));
}

static void a_manager_sees_the_own_people_alone(void **state)
{
    struct site *s = *state;
    struct ct_trend_filter filter = asked("2024-01-01", "2024-01-31");
    struct ct_viewer lead = {.person = s->cy, .now = noon("2024-03-15")};
    struct ct_trend t;

    orgs_tie(&s->o, CT_TIE_LEAD, s->cy, s->night, false, NULL);
    filter.viewer = &lead;
    t = trend_of(s, filter, "2024-03-15");
    CT_EQ_SV("bob", told(s, &t), CT_SV("2024-01 p1 c0/0 a0:0,0,0,0"));
    CT_EQ_I64("nobody is hidden", t.hides_some, false);
    orgs_tie(&s->o, CT_TIE_MEMBER, s->ann, s->mdt, false, NULL);
    s->o.now = noon("2024-01-02");
    orgs_tie(&s->o, CT_TIE_LEAD, s->bob, s->mdt, false, NULL);
    int64_t pd = orgs_add(&s->o, CT_ORG_AGENCY, "pd", NULL);
    orgs_tie(&s->o, CT_TIE_MEMBER, s->cy, pd, false, NULL);
    orgs_tie(&s->o, CT_TIE_MEMBER, s->cy, s->mdt, false, NULL);
    lead.person = s->bob;
    filter.wish.task_force = CT_SV("mdt");
    t = trend_of(s, filter, "2024-03-15");
    CT_EQ_SV("who may only be counted is not", told(s, &t), CT_SV("2024-01 p1 c0/0 a0:0,0,0,0"));
    CT_EQ_I64("and that is said", t.hides_some, true);
}

static void what_cannot_be_asked_is_said(void **state)
{
    const struct {
        const char *name, *what;
        struct ct_trend_filter filter;
    } cases[] = {
        {"no such course", "course", {.course = CT_SV("none")}},
        {"no such discipline", "discipline", {.discipline = CT_SV("none")}},
        {"no such requirement", "requirement", {.requirement = CT_SV("none")}},
        {"a beginning behind the end", "from", {.from = day_in("2024-02-02")}},
        {"too many periods", "from", {.from = day_in("1999-01-01")}},
        {"no such unit", "unit", {.wish.unit = CT_SV("none")}},
    };
    struct site *s = *state;
    CT_AUTO_READER rd = ct_store_reader(s->o.store);

    CT_EACH (c, cases) {
        struct ct_err err = CT_ERR_INIT;
        struct ct_trend_filter filter = c->filter;
        struct ct_trend t;
        filter.viewer = &machine;
        filter.until = day_in("2024-02-01");
        if (!filter.from)
            filter.from = CT_DAY_NONE;
        CT_EQ_I64(c->name, ct_trend(rd.db, &s->o.a, s->cat, noon("2024-02-01"), &filter, &t, &err),
                  CT_BAD_INPUT);
        CT_EQ_STR(c->name, err.what, c->what);
    }
}

static unsigned next_random(unsigned *seed)
{
    *seed = *seed * 1103515245u + 12345u;
    return *seed >> 16 & 0x7fff;
}

/* People come, complete, leave, are on leave, as chance has it. */
static void make_county(struct site *s, int n)
{
    unsigned seed = 11;

    for (int i = 0; i < n; i++) {
        const char *local = ct_arena_printf(&s->o.a, "one%d", i).p;
        int begin = day_in("2024-01-05") + (int)(next_random(&seed) % 300);
        char day[CT_TIME_TEXT];
        s->o.now = (int64_t)begin * ORG_DAY + 70000;
        int64_t id = site_person(s, local, local, next_random(&seed) % 3 ? "caseworker" : "judge");
        orgs_tie(&s->o, CT_TIE_MEMBER, id, next_random(&seed) % 2 ? s->intake : s->night, false,
                 NULL);
        for (int k = 0, on = begin; k < 3 && next_random(&seed) % 4; k++) {
            on += (int)(next_random(&seed) % 200);
            site_complete(s, id, ct_day_text(on, day));
        }
        s->o.now += (int64_t)(next_random(&seed) % 400) * ORG_DAY;
        if (next_random(&seed) % 5 == 0)
            orgs_tie(&s->o, CT_TIE_MEMBER, id, s->intake, true, NULL);
    }
}

static void each_point_is_what_the_assignments_of_its_day_say(void **state)
{
    struct site *s = *state;
    struct ct_trend t;
    size_t seen[CT_TREND_STANDINGS] = {0};

    site_require(s, "yearly", yearly(s, "2024-01-01"));
    make_county(s, 60);
    t = trend_of(s, asked("2024-01-01", "2026-06-30"), "2026-06-30");
    CT_EQ_I64("months", t.n, 30);
    for (size_t i = 0; i < t.n; i++) {
        struct ct_assignment_filter f = CT_ASSIGNMENT_FILTER_INIT;
        struct ct_assignments r;
        struct ct_err err = CT_ERR_INIT;
        const size_t *by = r.by_status;
        CT_AUTO_ARENA a = CT_ARENA_INIT;
        CT_AUTO_READER rd = ct_store_reader(s->o.store);
        char day[CT_TIME_TEXT];
        f.current = true;
        CT_OK_("report",
               ct_assignments(rd.db, &a, noon(ct_day_text(t.points[i].until, day)) + LATE, &f, &r,
                              &err),
               &err);
        CT_EQ_I64(day, t.points[i].asked, r.n);
        CT_EQ_I64(day, t.points[i].standing[CT_TREND_COMPLETED],
                  by[CT_DUE_COMPLETED] + by[CT_DUE_EXPIRING]);
        CT_EQ_I64(day, t.points[i].standing[CT_TREND_OPEN],
                  by[CT_DUE_NOT_STARTED] + by[CT_DUE_IN_PROGRESS]);
        CT_EQ_I64(day, t.points[i].standing[CT_TREND_OVERDUE],
                  by[CT_DUE_OVERDUE] + by[CT_DUE_EXPIRED]);
        for (size_t k = 0; k < CT_TREND_STANDINGS; k++)
            seen[k] += t.points[i].standing[k];
    }
    assert_true(seen[CT_TREND_COMPLETED] > 50 && seen[CT_TREND_OPEN] > 10 &&
                seen[CT_TREND_OVERDUE] > 50);
}

static void a_file_has_a_row_a_period(void **state)
{
    struct site *s = *state;
    struct ct_trend_filter filter = asked("2024-01-01", "2024-02-15");
    struct ct_report_doc doc;
    struct ct_trend t;
    struct ct_sv line = CT_SV("");

    site_require(s, "yearly", yearly(s, "2024-01-01"));
    site_complete(s, s->ann, "2024-02-10");
    t = trend_of(s, filter, "2024-02-15");
    ct_trend_doc(&s->o.a, s->cat, &t, &filter, &doc);
    CT_EQ_I64("rows", doc.n_rows, 2);
    for (size_t i = 0; i < doc.n_columns; i++)
        line = ct_arena_printf(&s->o.a, "%.*s|%.*s", CT_SV_ARG(line),
                               CT_SV_ARG(doc.cells[doc.n_columns + i]));
    CT_EQ_SV("the second", line, CT_SV("|2024-02|2024-02-01|2024-02-15|3|1|1|2|1|0|1|0"));
    CT_EQ_SV("its view", doc.view, CT_SV("month"));
}

int main(void)
{
#define T(test) cmocka_unit_test_setup_teardown(test, site_open, site_close)
    const struct CMUnitTest tests[] = {
        T(periods_are_those_of_the_calendar),
        T(a_point_is_how_its_day_was),
        T(who_leaves_is_in_the_points_before),
        T(filters_narrow),
        T(an_imported_completion_counts_on_its_day),
        T(a_manager_sees_the_own_people_alone),
        T(what_cannot_be_asked_is_said),
        T(each_point_is_what_the_assignments_of_its_day_say),
        T(a_file_has_a_row_a_period),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
