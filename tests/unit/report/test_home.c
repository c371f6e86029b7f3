/*
 * test_home.c: that all reports, the record and the certificate say the same day of a moment, and
 * the credit's year with it, west and east of UTC.
 */
#include "learn/home_test.h"

#include "ct/learn/completion.h"
#include "ct/report/assignment.h"
#include "ct/report/report.h"
#include "ct/report/transcript.h"

#include "ct/base/banned.h"

/* Everything that says when somebody completed the course, and of which year its credit is. */
static struct ct_sv all_days(struct site *s, int64_t person, const char *when)
{
    struct ct_err err = CT_ERR_INIT;
    struct ct_assignment_filter filter = CT_ASSIGNMENT_FILTER_INIT;
    struct ct_report_filter of = {.as_of = moment(s, when)};
    struct ct_report_moment at = {.as_of = of.as_of};
    struct ct_certificate_filter mine = {.text = CT_SV_NULL};
    struct ct_assignments rows;
    struct ct_transcript t;
    struct ct_report r;
    struct ct_completion *done;
    struct ct_certificate *certificates;
    struct ct_credit *credits;
    char d[8][CT_TIME_TEXT] = {""};
    size_t n;
    int year = 0;
    CT_AUTO_READER rd = ct_store_reader(s->o.store);

    s->o.now = of.as_of;
    filter.person = person;
    CT_OK_("rows", ct_assignments(rd.db, &s->o.a, of.as_of, &filter, &rows, &err), &err);
    CT_EQ_I64("one row", rows.n, 1);
    ct_day_text(rows.rows[0].period.completed, d[0]);
    ct_day_text(rows.rows[0].issued, d[1]);
    CT_OK_("credit", ct_credit_list(rd.db, &s->o.a, person, of.as_of, &credits, &n, &err), &err);
    ct_day_text(credits[0].on, d[2]);
    year = credits[0].year;
    CT_OK_("transcript", ct_transcript(rd.db, &s->o.a, s->cat, person, &at, false, &t, &err), &err);
    for (size_t i = 0; i < t.n; i++) {
        if (t.lines[i].kind == CT_TRANSCRIPT_COURSE)
            ct_day_text(t.lines[i].on, d[3]);
        if (t.lines[i].kind == CT_TRANSCRIPT_CREDIT)
            ct_day_text(t.lines[i].on, d[4]);
    }
    CT_OK_("report", ct_report_completion(rd.db, &s->o.a, s->cat, &s->o.clock, &of, &r, &err),
           &err);
    for (size_t i = 0; i < r.n; i++)
        for (size_t k = 0; k < r.rows[i].n_members; k++)
            if (r.rows[i].members[k].id == person && r.rows[i].members[k].completed_at)
                ct_day_text(r.rows[i].members[k].completed_on, d[5]);
    CT_OK_("record", ct_completion_list(rd.db, &s->o.a, person, &done, &n, &err), &err);
    ct_day_text(done[0].on, d[6]);
    CT_OK_("certificates", ct_certificate_list(rd.db, &s->o.a, &mine, &certificates, &n, &err),
           &err);
    for (size_t i = 0; i < n; i++)
        if (certificates[i].person == person)
            ct_day_text(ct_date_day(certificates[i].issued_on), d[7]);
    for (size_t i = 1; i < 8; i++)
        CT_EQ_STR("the same everywhere", d[i], d[0]);
    return ct_arena_printf(&s->o.a, "%s, credit year %d", d[0], year);
}

static void all_reports_say_the_same_day(void **state)
{
    static const struct {
        const char *name, *rows, *at, *want;
    } cases[] = {
        {"west, a minute before the year's end", "dcs+2026-01-01", "2027-01-01 05:59",
         "2026-12-31, credit year 2027"},
        {"west, the new year", "dcs+2026-01-01", "2027-01-01 06:00",
         "2027-01-01, credit year 2027"},
        {"west, the last minute of a fiscal year", "dcs+2026-01-01", "2026-07-01 04:59",
         "2026-06-30, credit year 2026"},
        {"west, a new fiscal year", "dcs+2026-01-01", "2026-07-01 05:00",
         "2026-07-01, credit year 2027"},
        {"west, before the first membership", "dcs+2027-03-01", "2026-07-01 04:59",
         "2026-06-30, credit year 2026"},
        {"east, a minute before the year's end", "tok+2026-01-01", "2026-12-31 14:59",
         "2026-12-31, credit year 2026"},
        {"east, the new year", "tok+2026-01-01", "2026-12-31 15:00",
         "2027-01-01, credit year 2027"},
        {"east, before the first membership", "tok+2027-03-01", "2026-12-31 15:00",
         "2027-01-01, credit year 2027"},
        {"moved west since", "tok+2026-01-01 tok-2027-02-01 lax+2027-02-01", "2026-12-31 15:00",
         "2027-01-01, credit year 2027"},
        {"moved east since", "dcs+2026-01-01 dcs-2027-02-01 tok+2027-02-01", "2027-01-01 05:59",
         "2026-12-31, credit year 2027"},
        {"left since", "dcs+2026-01-01 dcs-2027-02-01", "2026-07-01 04:59",
         "2026-06-30, credit year 2026"},
        {"never in an agency", "", "2027-01-01 00:00", "2027-01-01, credit year 2027"},
    };
    struct site *s = *state;
    struct ct_requirement_rule rule = {.due = {.from = day_in("2024-01-01"),
                                               .kind = CT_DUE_ASSIGNED,
                                               .fixed = CT_DAY_NONE,
                                               .days = 30},
                                       .everybody = true};

    add_agencies(s);
    site_require(s, "once", rule);
    CT_EACH (c, cases) {
        int64_t person =
            site_person(s, ct_arena_printf(&s->o.a, "p%d", (int)(c - cases)).p, "P", "caseworker");
        belong(s, person, c->rows);
        credit_complete(s, person, "core", moment(s, c->at), 60, 60);
        CT_EQ_SV(c->name, all_days(s, person, "2027-04-01 12:00"), ct_sv_c(c->want));
    }
}

int main(void)
{
#define T(test) cmocka_unit_test_setup_teardown(test, site_open, site_close)
    const struct CMUnitTest tests[] = {T(all_reports_say_the_same_day)};

    return cmocka_run_group_tests(tests, NULL, NULL);
}
