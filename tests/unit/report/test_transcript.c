/*
 * test_transcript.c: what stands in a transcript, as of a day, and what is left out for a reader
 * who is told the name by a task force alone.
 */
#include "learn/fixture.h"

#include "ct/learn/certificate.h"
#include "ct/learn/fact.h"
#include "ct/learn/person.h"
#include "ct/learn/requirement.h"
#include "ct/learn/training.h"
#include "ct/report/report.h"
#include "ct/report/transcript.h"

#include "ct/base/banned.h"

enum { DAY_LONG = 24 * 3600 };

static struct ct_transcript transcript_of(struct world *w, int64_t person, const char *day,
                                          bool by_task_force)
{
    struct ct_err err = CT_ERR_INIT;
    struct ct_report_moment at;
    struct ct_transcript t;
    CT_AUTO_READER rd = ct_store_reader(w->store);

    CT_OK_("moment",
           ct_transcript_moment(rd.db, &w->arena, &w->clock, person, ct_sv_c(day), &at, &err),
           &err);
    CT_OK_("transcript",
           ct_transcript(rd.db, &w->arena, w->cat, person, &at, by_task_force, &t, &err), &err);
    return t;
}

static const struct ct_transcript_line *line_of(const struct ct_transcript *t,
                                                enum ct_transcript_kind kind, size_t nth)
{
    for (size_t i = 0; i < t->n; i++)
        if (t->lines[i].kind == kind && nth-- == 0)
            return &t->lines[i];
    return NULL;
}

static size_t count_of(const struct ct_transcript *t, enum ct_transcript_kind kind)
{
    size_t n = 0;

    for (size_t i = 0; i < t->n; i++)
        n += t->lines[i].kind == kind;
    return n;
}

static int day_in(const char *text)
{
    int day = 0;

    assert_true(ct_day_parse(ct_sv_c(text), &day));
    return day;
}

static int sql_run(struct ct_db *db, void *arg, struct ct_err *err)
{
    return ct_db_exec(db, arg, err);
}
static void exec(struct world *w, const char *sql)
{
    struct ct_err err = CT_ERR_INIT;
    CT_AUTO_ARENA a = CT_ARENA_INIT;

    CT_OK_(sql, ct_store_write(w->store, sql_run, ct_arena_cstr(&a, ct_sv_c(sql)), &err), &err);
}

/* dcs with intake, and the task force; Ben is in intake and in the task force. */
static void place_ben(struct world *w)
{
    static const struct ct_org_new orgs[] = {
        {.kind = CT_ORG_AGENCY,
         .path = {"dcs", 3},
         .name = {"DCS", 3},
         .time_zone = {"America/Chicago", 15}},
        {.kind = CT_ORG_UNIT, .path = {"dcs/intake", 10}, .name = {"Intake", 6}},
        {.kind = CT_ORG_TASK_FORCE, .path = {"mdt", 3}, .name = {"MDT", 3}}};
    static const struct {
        int64_t org;
        bool ends;
        const char *on;
    } ties[] = {{2, false, "2023-10-01"},
                {2, true, "2023-10-11"},
                {2, false, "2023-11-01"},
                {3, false, "2023-11-02"}};
    int64_t id;

    for (size_t i = 0; i < sizeof orgs / sizeof orgs[0]; i++)
        CT_OK_("org", ct_org_add(w->store, &w->clock, &orgs[i], 0, &id, NULL), NULL);
    CT_EACH (t, ties) {
        struct ct_org_change c = {
            .tie = CT_TIE_MEMBER, .org = t->org, .who = BEN, .ends = t->ends, .on = ct_sv_c(t->on)};
        CT_OK_("tie", ct_org_record(w->store, &w->clock, &c, NULL, NULL), NULL);
    }
}

static void places_and_disciplines_have_their_days(void **state)
{
    struct world *w = *state;

    place_ben(w);
    w->now += 5 * DAY_LONG;
    CT_OK_("discipline", ct_person_set_discipline(w->store, &w->clock, BEN, CT_SV("judge"), NULL),
           NULL);
    struct ct_transcript t = transcript_of(w, BEN, NULL, false);
    CT_EQ_SV("zone", t.time_zone, CT_SV("America/Chicago"));
    CT_EQ_I64("places", count_of(&t, CT_TRANSCRIPT_PLACE), 3);
    const struct ct_transcript_line *l = line_of(&t, CT_TRANSCRIPT_PLACE, 0);
    CT_EQ_SV("the first time", l->what, CT_SV("DCS: Intake"));
    CT_EQ_I64("from", l->on, day_in("2023-10-01"));
    CT_EQ_I64("through the day before", l->until, day_in("2023-10-10"));
    CT_EQ_I64("again, and still", line_of(&t, CT_TRANSCRIPT_PLACE, 1)->until, CT_DAY_NONE);
    CT_EQ_SV("task force", line_of(&t, CT_TRANSCRIPT_PLACE, 2)->note, CT_SV("task force"));
    l = line_of(&t, CT_TRANSCRIPT_DISCIPLINE, 0);
    CT_EQ_SV("caseworker", l->what, CT_SV("Caseworker"));
    CT_EQ_I64("until", l->until, day_in("2023-11-18"));
    CT_EQ_SV("judge", line_of(&t, CT_TRANSCRIPT_DISCIPLINE, 1)->discipline, CT_SV("judge"));
    t = transcript_of(w, BEN, "2023-11-15", false);
    CT_EQ_I64("as of a day before", count_of(&t, CT_TRANSCRIPT_DISCIPLINE), 1);
    CT_EQ_SV("that day", t.day_text, CT_SV("2023-11-15"));
}

static void a_completed_course_says_what_it_is_worth(void **state)
{
    static const struct {
        const char *name, *day;
        enum ct_due_status due;
        const char *worth;
    } cases[] = {
        {"fresh", "2023-11-14", CT_DUE_COMPLETED, "valid"},
        {"to be renewed", "2024-08-14", CT_DUE_EXPIRING, "valid"},
        {"over", "2024-11-15", CT_DUE_EXPIRED, "expired"},
    };
    struct world *w = *state;

    do_core(w, BEN);
    exec(w, "insert into certificate_term select code, 12 from certificate where true"
            " on conflict do update set months = 12");
    w->now += 500 * (int64_t)DAY_LONG;
    CT_EACH (c, cases) {
        struct ct_transcript t = transcript_of(w, BEN, c->day, false);
        const struct ct_transcript_line *l = line_of(&t, CT_TRANSCRIPT_COURSE, 0);
        assert_non_null(l);
        CT_EQ_I64(c->name, l->due, c->due);
        CT_EQ_SV(c->name, l->status, ct_sv_c(ct_due_status_name(c->due)));
        CT_EQ_SV(c->name, l->worth, ct_sv_c(c->worth));
        CT_EQ_I64("its last day", l->expires, day_in("2024-11-14"));
        CT_EQ_I64("score", l->score, 100);
        CT_EQ_SV("as", l->discipline, CT_SV("caseworker"));
        CT_EQ_I64("a revision", l->hash.n, 64);
        assert_true(l->certificate.n > 0);
    }
}

static void a_revoked_certificate_and_its_reason(void **state)
{
    struct world *w = *state;
    int64_t before = w->now;

    do_core(w, BEN);
    struct ct_transcript t = transcript_of(w, BEN, NULL, false);
    w->now += 3 * DAY_LONG;
    CT_OK_("revoke",
           ct_certificate_revoke(w->store, &w->clock,
                                 line_of(&t, CT_TRANSCRIPT_COURSE, 0)->certificate,
                                 CT_SV("another took the quiz"), 0, NULL),
           NULL);
    t = transcript_of(w, BEN, NULL, false);
    CT_EQ_SV("revoked", line_of(&t, CT_TRANSCRIPT_COURSE, 0)->worth, CT_SV("revoked"));
    CT_EQ_SV("why", line_of(&t, CT_TRANSCRIPT_COURSE, 0)->note, CT_SV("another took the quiz"));
    t = transcript_of(w, BEN, "2023-11-14", false);
    CT_EQ_SV("not yet", line_of(&t, CT_TRANSCRIPT_COURSE, 0)->worth, CT_SV("valid"));
    assert_true(before < w->now);
}

static void what_is_begun_and_which_chairs(void **state)
{
    struct world *w = *state;

    do_section(w, BEN, "victims", "opening");
    do_run(w, BEN, "caseworker");
    w->now += DAY_LONG;
    do_run(w, BEN, "caseworker");
    struct ct_transcript t = transcript_of(w, BEN, NULL, false);
    const struct ct_transcript_line *l = line_of(&t, CT_TRANSCRIPT_PROGRESS, 0);
    CT_EQ_SV("course", l->what, CT_SV("The core course"));
    CT_EQ_I64("in progress", l->due, CT_DUE_IN_PROGRESS);
    CT_EQ_I64("each chair once", count_of(&t, CT_TRANSCRIPT_CHAIR), 1);
    l = line_of(&t, CT_TRANSCRIPT_CHAIR, 0);
    CT_EQ_SV("passed", l->status, CT_SV("passed"));
    CT_EQ_I64("the first time", l->on, day_in("2023-11-14"));
}

static void what_is_begun_has_its_last_day(void **state)
{
    struct world *w = *state; /* 2023-11-14 */

    do_section(w, BEN, "victims", "opening");
    w->now += 2 * DAY_LONG;
    do_section(w, BEN, "victims", "practice");
    w->now += 3600;
    struct ct_transcript t = transcript_of(w, BEN, NULL, false);
    CT_EQ_I64("begun", line_of(&t, CT_TRANSCRIPT_PROGRESS, 0)->on, day_in("2023-11-14"));
    CT_EQ_I64("today", line_of(&t, CT_TRANSCRIPT_PROGRESS, 0)->until, day_in("2023-11-16"));
    t = transcript_of(w, BEN, "2023-11-15", false);
    CT_EQ_I64("until then", line_of(&t, CT_TRANSCRIPT_PROGRESS, 0)->until, day_in("2023-11-14"));
}

static void record_training(struct world *w, enum ct_training_kind kind, const char *approved_by)
{
    struct ct_err err = CT_ERR_INIT;
    struct ct_training t = {.person = BEN,
                            .requirement = 1,
                            .kind = kind,
                            .on = day_in("2023-11-10"),
                            .until = CT_DAY_NONE,
                            .reason = CT_SV("a course at the academy"),
                            .evidence = CT_SV("file 7"),
                            .approved_by = ct_sv_c(approved_by)};
    int64_t id;

    CT_OK_("training", ct_training_record(w->store, &w->clock, &t, 0, &id, &err), &err);
}

static void require_core(struct world *w)
{
    struct ct_err err = CT_ERR_INIT;
    struct ct_requirement_rule rule = {.due = {.from = day_in("2023-11-01"),
                                               .kind = CT_DUE_ASSIGNED,
                                               .days = 5,
                                               .fixed = CT_DAY_NONE},
                                       .everybody = true};
    struct ct_requirement q = {
        .slug = CT_SV("core"), .course = CT_SV("core"), .rules = &rule, .n_rules = 1};
    int64_t id;

    CT_OK_("requirement", ct_requirement_add(w->store, &w->clock, w->cat, &q, 0, &id, &err), &err);
}

static void requirements_training_and_waivers(void **state)
{
    struct world *w = *state;

    place_ben(w);
    require_core(w);
    struct ct_transcript t = transcript_of(w, BEN, NULL, false);
    CT_EQ_I64("late", line_of(&t, CT_TRANSCRIPT_REQUIREMENT, 0)->due, CT_DUE_OVERDUE);
    record_training(w, CT_TRAINING_CREDIT, "");
    t = transcript_of(w, BEN, NULL, false);
    const struct ct_transcript_line *l = line_of(&t, CT_TRANSCRIPT_OUTSIDE, 0);
    CT_EQ_I64("waits", l->due, CT_DUE_AWAITING);
    CT_EQ_SV("evidence", l->evidence, CT_SV("file 7"));
    CT_EQ_I64("the requirement, too", line_of(&t, CT_TRANSCRIPT_REQUIREMENT, 0)->due,
              CT_DUE_AWAITING);
    record_training(w, CT_TRAINING_WAIVER, "the director");
    t = transcript_of(w, BEN, NULL, false);
    CT_EQ_SV("approved", line_of(&t, CT_TRANSCRIPT_WAIVER, 0)->approved_by, CT_SV("the director"));
}

static void a_task_force_is_told_less(void **state)
{
    struct world *w = *state;

    place_ben(w);
    CT_OK_("number",
           ct_fact_set(w->store, &w->clock, BEN, CT_SV("employer_id"), CT_SV("E-7"), CT_SV_NULL, 0,
                       NULL, NULL),
           NULL);
    do_core(w, BEN);
    require_core(w);
    record_training(w, CT_TRAINING_WAIVER, "the director");
    record_training(w, CT_TRAINING_CREDIT, "the director");
    struct ct_transcript t = transcript_of(w, BEN, NULL, false);
    CT_EQ_I64("a waiver", count_of(&t, CT_TRANSCRIPT_WAIVER), 1);
    CT_EQ_SV("evidence", line_of(&t, CT_TRANSCRIPT_OUTSIDE, 0)->evidence, CT_SV("file 7"));
    CT_EQ_SV("number", t.who.employer_id, CT_SV("E-7"));
    t = transcript_of(w, BEN, NULL, true);
    CT_EQ_SV("no number", t.who.employer_id, CT_SV(""));
    CT_EQ_I64("no unit", count_of(&t, CT_TRANSCRIPT_PLACE), 0);
    CT_EQ_I64("courses", count_of(&t, CT_TRANSCRIPT_COURSE), 1);
    CT_EQ_I64("no waivers", count_of(&t, CT_TRANSCRIPT_WAIVER), 0);
    const struct ct_transcript_line *l = line_of(&t, CT_TRANSCRIPT_OUTSIDE, 0);
    CT_EQ_I64("what was done elsewhere", l->due, CT_DUE_COMPLETED);
    CT_EQ_SV("without evidence", l->evidence, CT_SV(""));
    CT_EQ_SV("without a note", l->note, CT_SV(""));
}

static void nobody_has_none(void **state)
{
    struct world *w = *state;
    struct ct_err err = CT_ERR_INIT;
    struct ct_report_moment at;
    struct ct_transcript t;
    CT_AUTO_READER rd = ct_store_reader(w->store);

    CT_OK_("moment", ct_transcript_moment(rd.db, &w->arena, &w->clock, 77, CT_SV_NULL, &at, NULL),
           NULL);
    CT_EQ_I64("nobody", ct_transcript(rd.db, &w->arena, w->cat, 77, &at, false, &t, &err),
              CT_NOT_FOUND);
}

static void its_file_has_a_row_an_entry(void **state)
{
    struct world *w = *state;
    struct ct_err err = CT_ERR_INIT;
    struct ct_report_doc doc;
    CT_AUTO_STR out = CT_STR_INIT(1024 * 1024);

    do_core(w, BEN);
    struct ct_transcript t = transcript_of(w, BEN, NULL, false);
    ct_transcript_doc(&w->arena, &t, CT_SV("Bridges"), &doc);
    CT_EQ_I64("rows", doc.n_rows, t.n);
    CT_EQ_STR("the first column", doc.columns[0].name, "section");
    CT_OK_("csv", ct_report_write(&w->arena, &doc, CT_REPORT_CSV, &out, &err), &err);
    assert_non_null(strstr(out.p, "completed course,2023-11-14,,The core course,caseworker,"
                                  "completed,"));
}

int main(void)
{
#define T(test) cmocka_unit_test_setup_teardown(test, world_open, world_close)
    const struct CMUnitTest tests[] = {
        T(places_and_disciplines_have_their_days),
        T(a_completed_course_says_what_it_is_worth),
        T(a_revoked_certificate_and_its_reason),
        T(what_is_begun_and_which_chairs),
        T(what_is_begun_has_its_last_day),
        T(requirements_training_and_waivers),
        T(a_task_force_is_told_less),
        T(nobody_has_none),
        T(its_file_has_a_row_an_entry),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
