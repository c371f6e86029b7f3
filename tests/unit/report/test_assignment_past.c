/*
 * test_assignment_past.c: who stands how to hours of training and to scenarios, as of any day; what
 * is recorded later changes no earlier answer.
 */
#include "assignment_test.h"
#include "learn/credit_test.h"

#include "ct/base/banned.h"

static int64_t require_kind(struct site *s, struct ct_requirement q,
                            struct ct_requirement_rule rule)
{
    struct ct_err err = CT_ERR_INIT;
    int64_t id = 0;

    q.rules = &rule;
    q.n_rules = 1;
    CT_OK_("require", ct_requirement_add(s->o.store, &s->o.clock, s->cat, &q, 0, &id, &err), &err);
    return id;
}

/* Twelve hours of all people of dcs in a calendar year. */
static int64_t require_hours(struct site *s, struct ct_sv credit_type)
{
    struct ct_requirement_rule rule = yearly(s, "2024-01-01");

    rule.due = (struct ct_due_rule){
        .from = day_in("2024-01-01"), .kind = CT_DUE_YEAR, .fixed = CT_DAY_NONE, .month = 1};
    rule.minutes = 720;
    return require_kind(s,
                        (struct ct_requirement){.kind = CT_REQUIREMENT_HOURS,
                                                .slug = CT_SV("hours"),
                                                .credit_type = credit_type},
                        rule);
}

static int64_t require_play(struct site *s, int chairs)
{
    struct ct_requirement_rule rule = yearly(s, "2024-01-01");

    rule.chairs = chairs;
    return require_kind(s,
                        (struct ct_requirement){.kind = CT_REQUIREMENT_SCENARIO,
                                                .slug = CT_SV("play"),
                                                .course = CT_SV("core"),
                                                .module = CT_SV("motel")},
                        rule);
}

static int64_t train(struct site *s, int64_t requirement, const char *day, int minutes,
                     const char *approved_by)
{
    return record(s, (struct ct_training){.person = s->ann,
                                          .requirement = requirement,
                                          .kind = CT_TRAINING_CREDIT,
                                          .on = day_in(day),
                                          .until = CT_DAY_NONE,
                                          .minutes = minutes,
                                          .reason = CT_SV("State academy"),
                                          .evidence = CT_SV("letter"),
                                          .approved_by = ct_sv_c(approved_by)});
}

/* Ann plays the scenario of a chair; it ends well, or not. */
static void play(struct site *s, const char *chair, const char *day, bool well)
{
    site_exec(s, ct_arena_printf(&s->o.a,
                                 "insert into revision(hash, path, source, first_at) values("
                                 "printf('%%064d', 3), 'core/02-motel.md', 'x', 0)"
                                 " on conflict do nothing;"
                                 "insert into run(person, course, module, discipline, chair,"
                                 " revision, state, started_at) values(%lld, 'core', 'motel',"
                                 " 'caseworker', '%s', printf('%%064d', 3), '{}', %lld);"
                                 "insert into run_result(run, ending, ending_title, passed, at)"
                                 " values(last_insert_rowid(), 'e', 'E', %d, %lld)",
                                 (long long)s->ann, chair, (long long)noon(day) - 600, well,
                                 (long long)noon(day))
                     .p);
}

static struct ct_assignment row_of(struct site *s, const char *day, int64_t person)
{
    struct ct_assignment_filter f = CT_ASSIGNMENT_FILTER_INIT;
    struct ct_assignments r;

    f.person = person;
    f.current = true;
    r = report_of(s, day, f);
    CT_EQ_I64("one row", r.n, 1);
    return r.rows[0];
}

static void hours_are_counted_in_their_year(void **state)
{
    struct site *s = *state;
    int64_t q = require_hours(s, CT_SV_NULL);

    s->o.now = noon("2024-01-20");
    train(s, q, "2024-01-20", 420, "Chief");
    expect(s, "some", "2024-01-20", "bob 2024-12-31 not started; ann 2024-12-31 in progress");
    CT_EQ_I64("earned", row_of(s, "2024-01-20", s->ann).period.earned, 420);
    CT_EQ_I64("since", row_of(s, "2024-01-20", s->ann).started, day_in("2024-01-20"));
    s->o.now = noon("2024-05-02");
    train(s, q, "2024-05-01", 300, "Chief");
    expect(s, "all", "2024-05-02", "bob 2024-12-31 not started; ann 2024-12-31 completed");
    CT_EQ_I64("on the day on which they were reached",
              row_of(s, "2024-05-02", s->ann).period.completed, day_in("2024-05-01"));
    expect(s, "before it was recorded", "2024-05-01",
           "bob 2024-12-31 not started; ann 2024-12-31 in progress");
    expect(s, "the next year", "2025-01-01",
           "bob 2024-12-31 overdue *; bob 2025-12-31 not started;"
           " ann 2024-12-31 completed *; ann 2025-12-31 not started");
}

static void hours_that_wait_for_approval_would_be_enough(void **state)
{
    struct site *s = *state;
    int64_t q = require_hours(s, CT_SV_NULL), id;
    struct ct_assignment row;

    s->o.now = noon("2024-01-20");
    train(s, q, "2024-01-19", 420, "Chief");
    id = train(s, q, "2024-01-20", 300, "");
    row = row_of(s, "2024-01-20", s->ann);
    CT_EQ_I64("waits", row.period.status, CT_DUE_AWAITING);
    CT_EQ_I64("for this one", row.credit->id, id);
    s->o.now = noon("2024-02-20");
    record(s, (struct ct_training){.id = id,
                                   .on = day_in("2024-01-20"),
                                   .until = CT_DAY_NONE,
                                   .minutes = 240,
                                   .reason = CT_SV("it was four hours"),
                                   .evidence = CT_SV("letter"),
                                   .approved_by = CT_SV("Chief")});
    CT_EQ_I64("approved with less", row_of(s, "2024-02-20", s->ann).period.status,
              CT_DUE_IN_PROGRESS);
    CT_EQ_I64("and the past is what it was", row_of(s, "2024-02-19", s->ann).period.status,
              CT_DUE_AWAITING);
}

static void outside_training_for_hours_says_how_many(void **state)
{
    struct site *s = *state;
    struct ct_err err = CT_ERR_INIT;
    struct ct_training t = {.person = s->ann,
                            .requirement = require_hours(s, CT_SV_NULL),
                            .kind = CT_TRAINING_CREDIT,
                            .on = day_in("2023-12-31"),
                            .until = CT_DAY_NONE,
                            .reason = CT_SV("State academy"),
                            .evidence = CT_SV("letter")};

    CT_EQ_I64("without", ct_training_record(s->o.store, &s->o.clock, &t, 0, NULL, &err),
              CT_BAD_INPUT);
    CT_EQ_STR("what", err.what, "minutes");
    ct_err_clear(&err);
    t.minutes = 60;
    CT_OK_("with", ct_training_record(s->o.store, &s->o.clock, &t, 0, NULL, &err), &err);
}

static void hours_of_a_credit_are_those_of_its_kind(void **state)
{
    struct site *s = *state;
    int64_t q;

    credit_save_rule(s, credit_rule("cle", "2024-01-01"));
    q = require_hours(s, CT_SV("cle"));
    s->o.now = noon("2024-01-20");
    train(s, q, "2024-01-20", 720, "Chief");
    expect(s, "of no kind", "2024-01-20", "bob 2024-12-31 not started; ann 2024-12-31 not started");
    expect(s, "nobody is in the report before", "2023-12-31", "");
    s->o.now = noon("2024-01-25");
    record(s, (struct ct_training){.person = s->ann,
                                   .requirement = q,
                                   .kind = CT_TRAINING_CREDIT,
                                   .on = day_in("2024-01-24"),
                                   .until = CT_DAY_NONE,
                                   .minutes = 90,
                                   .credit_type = CT_SV("cle"),
                                   .reason = CT_SV("Bar association"),
                                   .evidence = CT_SV("letter"),
                                   .approved_by = CT_SV("Chief")});
    CT_EQ_I64("of the kind", row_of(s, "2024-01-25", s->ann).period.earned, 90);
}

static void an_hours_requirement_corrected_later_changes_no_earlier_day(void **state)
{
    struct site *s = *state;
    struct ct_err err = CT_ERR_INIT;
    int64_t q = require_hours(s, CT_SV_NULL), first;
    struct ct_requirement_rule rule = yearly(s, "2024-01-01");

    s->o.now = noon("2024-02-01");
    first = train(s, q, "2024-02-01", 720, "Chief");
    s->o.now = noon("2024-03-01");
    record(s, (struct ct_training){
                  .id = first, .withdrawn = true, .reason = CT_SV("it was somebody else's")});
    rule.due = (struct ct_due_rule){
        .from = day_in("2024-01-01"), .kind = CT_DUE_PERSONAL, .fixed = CT_DAY_NONE};
    rule.minutes = 60;
    rule.title = CT_SV("One hour");
    CT_OK_("correct", ct_requirement_change(s->o.store, &s->o.clock, s->cat, q, &rule, 0, 0, &err),
           &err);
    expect(s, "now", "2024-03-01", "bob 2024-12-31 not started; ann 2024-12-31 not started");
    CT_EQ_I64("an hour is asked", row_of(s, "2024-03-01", s->ann).period.quota, 60);
    expect(s, "the day before", "2024-02-29",
           "bob 2024-12-31 not started; ann 2024-12-31 completed");
    CT_EQ_I64("twelve were asked", row_of(s, "2024-02-29", s->ann).period.quota, 720);
}

static void a_scenario_is_passed_from_so_many_chairs(void **state)
{
    struct site *s = *state;

    require_play(s, 2);
    site_complete(s, s->ann, "2024-01-02"); /* of the course: not what is asked */
    play(s, "caseworker", "2024-01-05", true);
    play(s, "judge", "2024-01-06", false);
    play(s, "caseworker", "2024-01-07", true);
    play(s, "judge", "2024-01-20", true);
    expect(s, "not begun", "2024-01-04", "bob 2024-01-31 not started; ann 2024-01-31 not started");
    expect(s, "one chair", "2024-01-19", "bob 2024-01-31 not started; ann 2024-01-31 in progress");
    expect(s, "two chairs", "2024-01-20", "bob 2024-01-31 not started; ann 2024-01-31 completed");
    CT_EQ_I64("begun", row_of(s, "2024-01-19", s->ann).started, day_in("2024-01-05"));
    CT_EQ_I64("last", row_of(s, "2024-01-19", s->ann).last_activity, day_in("2024-01-07"));
    CT_EQ_I64("no score", row_of(s, "2024-01-20", s->ann).score, -1);
    play(s, "caseworker", "2024-12-30", true);
    play(s, "judge", "2025-01-05", true);
    expect(s, "to be played again", "2025-01-04",
           "bob 2024-01-31 overdue; ann 2024-01-31 completed *; ann 2025-01-20 expiring");
    expect(s, "played again", "2025-01-05",
           "bob 2024-01-31 overdue; ann 2024-01-31 completed *; ann 2025-01-20 completed");
}

static void a_play_recorded_later_changes_no_earlier_moment(void **state)
{
    struct site *s = *state;

    require_play(s, 1);
    expect(s, "not begun", "2024-01-10", "bob 2024-01-31 not started; ann 2024-01-31 not started");
    play(s, "judge", "2024-01-11", true);
    expect(s, "as it was", "2024-01-10", "bob 2024-01-31 not started; ann 2024-01-31 not started");
    expect(s, "and is", "2024-01-11", "bob 2024-01-31 not started; ann 2024-01-31 completed");
}

int main(void)
{
#define T(test) cmocka_unit_test_setup_teardown(test, site_open, site_close)
    const struct CMUnitTest tests[] = {
        T(hours_are_counted_in_their_year),
        T(hours_that_wait_for_approval_would_be_enough),
        T(outside_training_for_hours_says_how_many),
        T(hours_of_a_credit_are_those_of_its_kind),
        T(an_hours_requirement_corrected_later_changes_no_earlier_day),
        T(a_scenario_is_passed_from_so_many_chairs),
        T(a_play_recorded_later_changes_no_earlier_moment),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
