/*
 * test_assignment.c: who stands how to what, as of any day: against histories told by hand, and a
 * generated county against a count of the test's own.
 */
#include "assignment_test.h"

#include "ct/base/banned.h"

static void people_of_an_agency_are_asked_who_never_signed_in_too(void **state)
{
    struct site *s = *state;

    site_require(s, "yearly", yearly(s, "2024-01-01"));
    site_complete(s, s->ann, "2024-01-20");
    expect(s, "before anything", "2023-12-31", "");
    expect(s, "the first day", "2024-01-01",
           "bob 2024-01-31 not started; ann 2024-01-31 not started");
    expect(s, "one completed", "2024-01-20",
           "bob 2024-01-31 not started; ann 2024-01-31 completed");
    expect(s, "the other is late", "2024-02-01",
           "bob 2024-01-31 overdue; ann 2024-01-31 completed");
    expect(s, "a month before it runs out", "2024-12-21",
           "bob 2024-01-31 overdue; ann 2024-01-31 completed *; ann 2025-01-20 expiring");
    expect(s, "run out", "2025-01-21",
           "bob 2024-01-31 overdue; ann 2024-01-31 completed *; ann 2025-01-20 expired");
}

static void a_day_is_that_of_the_agency(void **state)
{
    struct site *s = *state;
    struct ct_assignment_filter all = CT_ASSIGNMENT_FILTER_INIT;
    struct ct_assignments r;
    struct ct_err err = CT_ERR_INIT;
    int64_t end;
    CT_AUTO_READER rd = ct_store_reader(s->o.store);

    CT_OK_("end",
           ct_assignment_moment(rd.db, day_in("2024-01-31"), CT_SV("dcs"), INT64_MAX, &end, &err),
           &err);
    CT_EQ_I64("the day ends at midnight in Chicago", end, noon("2024-01-31") + 12 * 3600 - 1);
    CT_OK_("the same without an agency",
           ct_assignment_moment(rd.db, day_in("2024-01-31"), CT_SV_NULL, INT64_MAX, &end, &err),
           &err);
    CT_EQ_I64("one time zone", end, noon("2024-01-31") + 12 * 3600 - 1);
    CT_OK_("not later than now",
           ct_assignment_moment(rd.db, day_in("2024-01-31"), CT_SV_NULL, 5, &end, &err), &err);
    CT_EQ_I64("now", end, 5);
    CT_EQ_I64("no such agency",
              ct_assignment_moment(rd.db, 0, CT_SV("moon"), INT64_MAX, &end, &err), CT_BAD_INPUT);
    ct_store_return(&rd);
    site_require(s, "yearly", yearly(s, "2024-01-01"));
    rd = ct_store_reader(s->o.store);
    CT_OK_("late on the due day",
           ct_assignments(rd.db, &s->o.a, noon("2024-01-31") + 12 * 3600 - 1, &all, &r, &err),
           &err);
    CT_EQ_I64("not overdue in Chicago", r.by_status[CT_DUE_OVERDUE], 0);
    CT_OK_("a second later",
           ct_assignments(rd.db, &s->o.a, noon("2024-01-31") + 12 * 3600, &all, &r, &err), &err);
    CT_EQ_I64("overdue", r.by_status[CT_DUE_OVERDUE], 2);
}

static void an_evening_is_no_next_day_because_it_is_in_utc(void **state)
{
    struct site *s = *state;
    struct ct_err err = CT_ERR_INIT;
    struct ct_requirement_rule rule = yearly(s, "2024-01-01");

    rule.due.kind = CT_DUE_DISCIPLINE;
    rule.due.days = 10;
    rule.due.every = rule.due.grace = 0;
    rule.n_disciplines = 0;
    site_require(s, "anew", rule);
    s->o.now = noon("2024-03-10") + 9 * 3600;
    CT_OK_("a change at nine in the evening, in Chicago",
           ct_person_set_discipline(s->o.store, &s->o.clock, s->bob, CT_SV("judge"), &err), &err);
    expect(s, "is one of that day", "2024-03-11",
           "bob 2024-01-10 withdrawn *; bob 2024-03-20 not started; ann 2024-01-10 overdue");
}

static void who_begins_with_the_quiz_has_begun(void **state)
{
    struct site *s = *state;

    site_require(s, "yearly", yearly(s, "2024-01-01"));
    site_exec(s, ct_arena_printf(&s->o.a,
                                 "insert into activity(person, course, module, discipline,"
                                 " started_at, last_at) values(%lld, 'core', 'm', 'caseworker',"
                                 " %lld, %lld)",
                                 (long long)s->ann, (long long)noon("2024-01-10"),
                                 (long long)noon("2024-01-20"))
                     .p);
    expect(s, "the day before", "2024-01-09",
           "bob 2024-01-31 not started; ann 2024-01-31 not started");
    expect(s, "that day", "2024-01-10", "bob 2024-01-31 not started; ann 2024-01-31 in progress");
}

/* A renewal may be due before the first period, where somebody came with what was about to run out.
 */
static void periods_stand_in_their_order(void **state)
{
    struct site *s = *state;

    site_complete(s, s->ann, "2023-01-10");
    site_require(s, "yearly", yearly(s, "2024-01-01"));
    site_complete(s, s->ann, "2024-02-20");
    expect(s, "the first is told first", "2024-03-01",
           "bob 2024-01-31 overdue; ann 2024-01-31 completed *; ann 2024-01-10 completed");
}

static void who_comes_goes_and_returns(void **state)
{
    struct site *s = *state;
    struct ct_err err = CT_ERR_INIT;

    site_require(s, "yearly", yearly(s, "2024-01-01"));
    s->o.now = noon("2024-02-10");
    orgs_tie(&s->o, CT_TIE_MEMBER, s->cy, s->mdt, false, "2024-02-10");
    orgs_tie(&s->o, CT_TIE_MEMBER, s->bob, s->night, true, "2024-02-10");
    CT_OK_("inactive", ct_person_set_active(s->o.store, &s->o.clock, s->ann, false, 0, &err), &err);
    expect(s, "the day before", "2024-02-09", "bob 2024-01-31 overdue; ann 2024-01-31 overdue");
    expect(s, "one is inactive, one is not in the agency any more", "2024-02-10",
           "bob 2024-01-31 withdrawn *");
    s->o.now = noon("2024-06-01");
    CT_OK_("back", ct_person_set_active(s->o.store, &s->o.clock, s->ann, true, 0, &err), &err);
    expect(s, "on return it is asked anew", "2024-06-01",
           "bob 2024-01-31 withdrawn *; ann 2024-01-31 withdrawn *; ann 2024-07-01 not started");
    expect(s, "and the past is what it was", "2024-02-10", "bob 2024-01-31 withdrawn *");
}

static void waivers_leave_and_outside_training_count(void **state)
{
    struct site *s = *state;
    int64_t q = site_require(s, "yearly", yearly(s, "2024-01-01"));
    int64_t credit;

    s->o.now = noon("2024-01-10");
    record(s, (struct ct_training){.person = s->ann,
                                   .requirement = q,
                                   .kind = CT_TRAINING_WAIVER,
                                   .on = day_in("2024-01-10"),
                                   .until = CT_DAY_NONE,
                                   .reason = CT_SV("teaches it"),
                                   .approved_by = CT_SV("Chief")});
    credit = record(s, (struct ct_training){.person = s->bob,
                                            .requirement = q,
                                            .kind = CT_TRAINING_CREDIT,
                                            .on = day_in("2024-01-08"),
                                            .until = CT_DAY_NONE,
                                            .reason = CT_SV("State academy"),
                                            .evidence = CT_SV("certificate 7")});
    expect(s, "recorded", "2024-01-10", "bob 2024-01-31 awaiting approval; ann 2024-01-31 exempt");
    s->o.now = noon("2024-02-05");
    record(s, (struct ct_training){.id = credit,
                                   .on = day_in("2024-01-08"),
                                   .until = CT_DAY_NONE,
                                   .reason = CT_SV("State academy"),
                                   .evidence = CT_SV("certificate 7"),
                                   .approved_by = CT_SV("Chief")});
    expect(s, "approved", "2024-02-05", "bob 2024-01-31 completed; ann 2024-01-31 exempt");
    expect(s, "the day before it waited", "2024-02-04",
           "bob 2024-01-31 awaiting approval; ann 2024-01-31 exempt");
    s->o.now = noon("2024-03-01");
    record(s, (struct ct_training){
                  .id = credit, .withdrawn = true, .reason = CT_SV("it was somebody else's")});
    record(s, (struct ct_training){.person = s->bob,
                                   .kind = CT_TRAINING_LEAVE,
                                   .on = day_in("2024-01-30"),
                                   .until = CT_DAY_NONE,
                                   .reason = CT_SV("on leave")});
    expect(s, "taken back, and on leave", "2024-03-01",
           "bob 2024-03-03 not started; ann 2024-01-31 exempt");
    expect(s, "the past is what it was", "2024-02-05",
           "bob 2024-01-31 completed; ann 2024-01-31 exempt");
}

static void a_changed_rule_rewrites_nothing(void **state)
{
    struct site *s = *state;
    struct ct_err err = CT_ERR_INIT;
    struct ct_requirement_rule rule = yearly(s, "2024-03-01");
    int64_t q = site_require(s, "yearly", yearly(s, "2024-01-01")), dan;

    s->o.now = noon("2024-03-05");
    rule.title = CT_SV("Yearly");
    rule.due.days = 60;
    CT_OK_("change", ct_requirement_change(s->o.store, &s->o.clock, s->cat, q, &rule, 0, 0, &err),
           &err);
    dan = site_person(s, "dan", "Dan Zed", "caseworker");
    orgs_tie(&s->o, CT_TIE_MEMBER, dan, s->dcs, false, NULL);
    expect(s, "who was asked before keeps the old day", "2024-03-05",
           "bob 2024-01-31 overdue; ann 2024-01-31 overdue; dan 2024-05-04 not started");
    rule.due.from = day_in("2024-01-01");
    rule.due.days = 100;
    s->o.now = noon("2024-03-06");
    CT_OK_("correct", ct_requirement_change(s->o.store, &s->o.clock, s->cat, q, &rule, 0, 0, &err),
           &err);
    expect(s, "a rule of the same day corrects it", "2024-03-06",
           "bob 2024-04-10 not started; ann 2024-04-10 not started; dan 2024-05-04 not started");
    expect(s, "the day before is what it was", "2024-03-05",
           "bob 2024-01-31 overdue; ann 2024-01-31 overdue; dan 2024-05-04 not started");
    rule = (struct ct_requirement_rule){.ends = true, .due = {.from = day_in("2024-03-10")}};
    CT_OK_("end", ct_requirement_change(s->o.store, &s->o.clock, s->cat, q, &rule, 0, 0, &err),
           &err);
    expect(s, "ended", "2024-03-10",
           "bob 2024-04-10 withdrawn *; ann 2024-04-10 withdrawn *; dan 2024-05-04 withdrawn *");
}

static void filters_choose_rows(void **state)
{
    struct site *s = *state;
    struct ct_assignment_filter f = CT_ASSIGNMENT_FILTER_INIT;
    struct ct_assignments r;
    struct ct_err err = CT_ERR_INIT;

    site_require(s, "yearly", yearly(s, "2024-01-01"));
    site_require(s, "other", yearly(s, "2024-01-15"));
    site_complete(s, s->ann, "2024-01-20");
    f.requirement = CT_SV("yearly");
    r = report_of(s, "2024-12-25", f);
    CT_EQ_I64("one requirement", r.n, 3);
    f.current = true;
    r = report_of(s, "2024-12-25", f);
    CT_EQ_I64("the current period", r.n, 2);
    f.statuses = 1u << CT_DUE_OVERDUE;
    r = report_of(s, "2024-12-25", f);
    CT_EQ_SV("a status", told(s, &r), CT_SV("bob 2024-01-31 overdue"));
    f = (struct ct_assignment_filter)CT_ASSIGNMENT_FILTER_INIT;
    f.due_from = day_in("2024-02-14");
    f.due_until = day_in("2024-02-14");
    r = report_of(s, "2024-12-25", f);
    CT_EQ_I64("due on a day", r.n, 2);
    f = (struct ct_assignment_filter)CT_ASSIGNMENT_FILTER_INIT;
    f.completed_from = day_in("2024-01-21");
    r = report_of(s, "2024-12-25", f);
    CT_EQ_I64("completed later", r.n, 0);
    f = (struct ct_assignment_filter)CT_ASSIGNMENT_FILTER_INIT;
    f.expires_within = 26;
    r = report_of(s, "2024-12-25", f);
    CT_EQ_I64("expires within", r.n, 2);
    f.expires_within = 25;
    r = report_of(s, "2024-12-25", f);
    CT_EQ_I64("expires not so soon", r.n, 0);
    f = (struct ct_assignment_filter)CT_ASSIGNMENT_FILTER_INIT;
    f.person = s->bob;
    r = report_of(s, "2024-12-25", f);
    CT_EQ_I64("one person", r.n, 2);
    f = (struct ct_assignment_filter)CT_ASSIGNMENT_FILTER_INIT;
    f.requirement = CT_SV("none");
    CT_AUTO_READER rd = ct_store_reader(s->o.store);
    CT_EQ_I64("no such requirement",
              ct_assignments(rd.db, &s->o.a, noon("2024-12-25"), &f, &r, &err), CT_BAD_INPUT);
}

static void a_scope_hides_who_may_not_be_seen(void **state)
{
    struct site *s = *state;
    struct ct_assignment_filter f = CT_ASSIGNMENT_FILTER_INIT;
    struct ct_scope_person seen[] = {{.id = s->ann, .is_counted = true}, {.id = s->bob}};
    struct ct_scope scope = {.is_limited = true, .people = seen, .n = 2};
    struct ct_assignments r;

    site_require(s, "yearly", yearly(s, "2024-01-01"));
    f.scope = &scope;
    r = report_of(s, "2024-01-05", f);
    CT_EQ_SV("who is only counted has no row", told(s, &r), CT_SV("bob 2024-01-31 not started"));
}

static struct ct_sv cell_of(const struct ct_table *t, size_t row, const char *column)
{
    size_t c = 0;

    while (strcmp(t->columns[c], column) != 0)
        c++;
    return t->cells[row * t->n_columns + c];
}

/* Of Ann everything that an agreement to share names does not cover; she has a waiver of one
 * requirement, and met the other elsewhere. */
static void fill_ann(struct site *s)
{
    struct ct_requirement_rule hire = yearly(s, "2024-01-01");

    site_exec(s, "insert into person_fact(person, field, value, since, at) select 1, column1,"
                 " column2, '2024-01-01', 1704067200 from (values('employer_id', 'E-7'),"
                 " ('supervisor', 'Sue'), ('licence_body', 'Board'), ('licence_no', 'L-9'),"
                 " ('hired_on', '2023-12-20'))");
    hire.due.kind = CT_DUE_HIRED;
    int64_t waived = site_require(s, "a-waived", yearly(s, "2024-01-01"));
    int64_t met = site_require(s, "b-met", yearly(s, "2024-01-01"));
    site_require(s, "c-hire", hire);
    s->o.now = noon("2024-01-01"); /* of that day in Chicago, too */
    record(s, (struct ct_training){.person = s->ann,
                                   .requirement = waived,
                                   .kind = CT_TRAINING_WAIVER,
                                   .on = day_in("2024-01-01"),
                                   .until = CT_DAY_NONE,
                                   .reason = CT_SV("illness"),
                                   .evidence = CT_SV("letter 3"),
                                   .approved_by = CT_SV("the director")});
    record(s, (struct ct_training){.person = s->ann,
                                   .requirement = met,
                                   .kind = CT_TRAINING_CREDIT,
                                   .on = day_in("2024-01-01"),
                                   .until = CT_DAY_NONE,
                                   .reason = CT_SV("evening school"),
                                   .evidence = CT_SV("file 7"),
                                   .approved_by = CT_SV("the deputy")});
}

static struct ct_table table_of(struct site *s, struct ct_assignment_filter f)
{
    struct ct_assignments r = report_of(s, "2024-01-05", f);
    struct ct_table t;

    ct_assignments_table(&s->o.a, &r, &t);
    return t;
}

static void a_name_that_is_shared_tells_no_more_than_was_agreed(void **state)
{
    static const struct {
        size_t row;
        const char *column, *in_tree, *shared;
    } cases[] = {
        {0, "last_name", "Ito", "Ito"},
        {0, "email", "ann@example.org", "ann@example.org"},
        {0, "agency", "dcs", "dcs"},
        {0, "task_forces", "", "mdt"},
        {0, "discipline", "caseworker", "caseworker"},
        {0, "employer_id", "E-7", ""},
        {0, "unit", "dcs/intake", ""},
        {0, "supervisor", "Sue", ""},
        {0, "licence_body", "Board", ""},
        {0, "licence_no", "L-9", ""},
        {0, "hired_on", "2023-12-20", ""},
        {0, "status", "exempt", "exempt"},
        {0, "exempt", "yes", "yes"},
        {0, "exempt_reason", "illness", ""},
        {0, "evidence", "letter 3", ""},
        {0, "approved_by", "the director", ""},
        {1, "status", "completed", "completed"},
        {1, "completed_on", "2024-01-01", "2024-01-01"},
        {1, "source", "outside training", "outside training"},
        {1, "evidence", "file 7", ""},
        {1, "note", "evening school", ""},
        {1, "approved_by", "the deputy", "the deputy"},
        {2, "due_on", "2024-01-19", "2024-01-19"}, /* still counted from the day of hire */
    };
    struct site *s = *state;
    struct ct_assignment_filter f = CT_ASSIGNMENT_FILTER_INIT;
    struct ct_scope_person ann = {.id = s->ann,
                                  .agency = CT_SV("dcs"),
                                  .unit = CT_SV("dcs/intake"),
                                  .task_forces = CT_SV("")};
    struct ct_scope scope = {.is_limited = true, .people = &ann, .n = 1};

    fill_ann(s);
    f.scope = &scope;
    struct ct_table all = table_of(s, f);
    ann = (struct ct_scope_person){.id = s->ann,
                                   .by_task_force = true,
                                   .agency = CT_SV("dcs"),
                                   .unit = CT_SV(""),
                                   .task_forces = CT_SV("mdt")};
    struct ct_table shared = table_of(s, f);
    CT_EQ_I64("rows", all.n_rows, 3);
    CT_EQ_I64("as many", shared.n_rows, 3);
    CT_EACH (c, cases) {
        CT_EQ_SV(c->column, cell_of(&all, c->row, c->column), ct_sv_c(c->in_tree));
        CT_EQ_SV(c->column, cell_of(&shared, c->row, c->column), ct_sv_c(c->shared));
    }
}

static void a_name_that_is_shared_is_not_found_by_what_is_not(void **state)
{
    struct site *s = *state;
    struct ct_assignment_filter f = CT_ASSIGNMENT_FILTER_INIT;
    struct ct_scope_person ann = {.id = s->ann, .agency = CT_SV("dcs"), .unit = CT_SV("")};
    struct ct_scope scope = {.is_limited = true, .people = &ann, .n = 1};

    fill_ann(s);
    f.scope = &scope;
    f.supervisor = CT_SV("Sue");
    CT_EQ_I64("who is led is found", table_of(s, f).n_rows, 3);
    ann.by_task_force = true;
    CT_EQ_I64("by the supervisor", table_of(s, f).n_rows, 0);
    struct ct_assignments r = report_of(s, "2024-01-05", f);
    CT_EQ_SV("nor among those to choose from", r.people[0]->supervisor, CT_SV(""));
    f.supervisor = CT_SV(CT_ASSIGNMENT_NONE);
    CT_EQ_I64("none is told", table_of(s, f).n_rows, 3);
}

static void each_target_hits_whom_it_should(void **state)
{
    struct site *s = *state;
    static const struct ct_sv judge = {"judge", 5}, worker = {"caseworker", 10};
    const struct {
        const char *name;
        struct ct_requirement_rule rule;
        const char *want;
    } cases[] = {
        {"an agency with its units", {.orgs = &s->dcs, .n_orgs = 1}, "bob ann "},
        {"a unit with all below", {.orgs = &s->intake, .n_orgs = 1}, "bob ann "},
        {"the unit below alone", {.orgs = &s->night, .n_orgs = 1}, "bob "},
        {"a task force without members", {.orgs = &s->mdt, .n_orgs = 1}, ""},
        {"a discipline", {.disciplines = &judge, .n_disciplines = 1}, "cy "},
        {"a discipline of an agency",
         {.orgs = &s->dcs, .n_orgs = 1, .disciplines = &judge, .n_disciplines = 1},
         ""},
        {"and somebody by name",
         {.orgs = &s->night,
          .n_orgs = 1,
          .disciplines = &worker,
          .n_disciplines = 1,
          .people = &s->cy,
          .n_people = 1},
         "bob cy "},
        {"everybody", {.everybody = true}, "bob cy ann "},
    };

    CT_EACH (c, cases) {
        struct ct_err err = CT_ERR_INIT;
        struct ct_sv got = CT_SV("");
        const struct ct_assignee **who;
        size_t n;
        CT_AUTO_READER rd = ct_store_reader(s->o.store);
        CT_OK_(c->name,
               ct_requirement_preview(rd.db, &s->o.a, &c->rule, noon("2024-01-05"), &who, &n, &err),
               &err);
        for (size_t i = 0; i < n; i++)
            got = ct_arena_printf(&s->o.a, "%.*s%.*s ", CT_SV_ARG(got),
                                  (int)ct_sv_find(who[i]->email, '@'), who[i]->email.p);
        CT_EQ_SV(c->name, got, ct_sv_c(c->want));
    }
}

static void what_asks_the_same_of_the_same_people_is_found(void **state)
{
    struct site *s = *state;
    struct ct_err err = CT_ERR_INIT;
    struct ct_requirement q = {.course = CT_SV("core")};
    struct ct_requirement_rule night = {.orgs = &s->night, .n_orgs = 1},
                               cy = {.people = &s->cy, .n_people = 1};
    struct ct_requirement_rule later = yearly(s, "2024-06-01"), ends = yearly(s, "2024-01-01");
    struct ct_requirement_overlap *o;
    size_t n;

    q.id = site_require(s, "first", yearly(s, "2024-01-01"));
    site_require(s, "later", later);
    int64_t ended = site_require(s, "over", ends);
    ends = (struct ct_requirement_rule){.ends = true, .due = {.from = day_in("2024-01-02")}};
    CT_OK_("end", ct_requirement_change(s->o.store, &s->o.clock, s->cat, ended, &ends, 0, 0, &err),
           &err);
    CT_AUTO_READER rd = ct_store_reader(s->o.store);
    CT_OK_("overlaps",
           ct_requirement_overlaps(rd.db, &s->o.a, &q, &night, noon("2024-01-05"), &o, &n, &err),
           &err);
    CT_EQ_I64("not itself, not what has ended", n, 1);
    CT_EQ_SV("what begins later", o[0].requirement->slug, CT_SV("later"));
    CT_EQ_I64("one person", o[0].n, 1);
    CT_EQ_I64("who", o[0].people[0]->id, s->bob);
    q.id = 0;
    CT_OK_("a new one",
           ct_requirement_overlaps(rd.db, &s->o.a, &q, &night, noon("2024-01-05"), &o, &n, &err),
           &err);
    CT_EQ_I64("both", n, 2);
    CT_OK_("of others",
           ct_requirement_overlaps(rd.db, &s->o.a, &q, &cy, noon("2024-01-05"), &o, &n, &err),
           &err);
    CT_EQ_I64("none", n, 0);
    q.course = CT_SV("other");
    CT_OK_("of another course",
           ct_requirement_overlaps(rd.db, &s->o.a, &q, &night, noon("2024-01-05"), &o, &n, &err),
           &err);
    CT_EQ_I64("none", n, 0);
}

static struct ct_sv cell(const struct ct_table *t, size_t row, const char *column)
{
    for (size_t i = 0; i < t->n_columns; i++)
        if (strcmp(t->columns[i], column) == 0)
            return t->cells[row * t->n_columns + i];
    fail_msg("there is no column %s", column);
    return CT_SV_NULL;
}

static void columns_are_those_that_were_promised(void **state)
{
    static const char promised[] =
        "person_id, last_name, first_name, certificate_name, email, employer_id, agency, unit, "
        "task_forces, discipline, supervisor, licence_body, licence_no, hired_on, active, "
        "requirement_id, requirement, kind, course, course_revision, content_hash, assigned_on, "
        "assigned_by, due_on, window_opens_on, status, status_on, started_on, last_activity_on, "
        "completed_on, score_percent, pass_mark, attempts, chairs, active_minutes, credit_hours, "
        "credit_type, approval_body, approval_no, credit_year, certificate_code, issued_on, "
        "expires_on, superseded_by, revoked_on, revoke_reason, exempt, exempt_reason, source, "
        "evidence, approved_by, note, as_of, time_zone, ";
    struct site *s = *state;
    struct ct_assignment_filter all = CT_ASSIGNMENT_FILTER_INIT;
    struct ct_err err = CT_ERR_INIT;
    struct ct_assignments r;
    struct ct_table t;
    struct ct_sv names = CT_SV("");

    site_require(s, "yearly", yearly(s, "2024-01-01"));
    site_complete(s, s->ann, "2024-01-20");
    CT_OK_("hired",
           ct_fact_set(s->o.store, &s->o.clock, s->ann, CT_SV("hired_on"), CT_SV("2020-02-03"),
                       CT_SV("2024-01-01"), 0, NULL, &err),
           &err);
    r = report_of(s, "2024-02-01", all);
    ct_assignments_table(&s->o.a, &r, &t);
    for (size_t i = 0; i < t.n_columns; i++)
        names = ct_arena_printf(&s->o.a, "%.*s%s, ", CT_SV_ARG(names), t.columns[i]);
    CT_EQ_SV("columns", names, ct_sv_c(promised));
    const struct {
        const char *column, *want;
    } cells[] = {{"last_name", "Ito"},
                 {"first_name", "Ann Marie"},
                 {"agency", "dcs"},
                 {"unit", "dcs/intake"},
                 {"discipline", "caseworker"},
                 {"hired_on", "2020-02-03"},
                 {"requirement_id", "yearly"},
                 {"assigned_on", "2024-01-01"},
                 {"due_on", "2024-01-31"},
                 {"status", "completed"},
                 {"score_percent", "90"},
                 {"completed_on", "2024-01-20"},
                 {"expires_on", "2025-01-20"},
                 {"source", "crosstrain"},
                 {"exempt", "no"},
                 {"active", "yes"},
                 {"as_of", "2024-02-01T18:00:00Z"},
                 {"time_zone", "America/Chicago"},
                 {"attempts", "0"}};
    CT_EACH (c, cells)
        CT_EQ_SV(c->column, cell(&t, 1, c->column), ct_sv_c(c->want));
}

/* Somebody reads the news of a text, or not. */
static void a_changed_text_is_due(void **state)
{
    struct site *s = *state;

    site_require(s, "yearly", yearly(s, "2024-01-01"));
    site_complete(s, s->ann, "2024-01-20");
    site_exec(s, "insert into revision(hash, path, source, first_at) values"
                 "(printf('%064d', 1), 'core/01-victims.md', 'a', 0),"
                 "(printf('%064d', 2), 'core/01-victims.md', 'b', 0);"
                 "insert into edition(hash, version) values(printf('%064d', 2), '2');"
                 "insert into publication(path, hash, at) values"
                 "('core/01-victims.md', printf('%064d', 1), 1704067200),"
                 "('core/01-victims.md', printf('%064d', 2), 1709251200);" /* 2024-03-01 */
                 "insert into module_text(path, hash, course, module) select path, hash, 'core',"
                 " 'victims' from publication;"
                 "insert into completion(person, course, course_title, module, module_title,"
                 " discipline, revision, minutes, at) select id, 'core', 'Core', 'victims', 'V',"
                 " 'caseworker', printf('%064d', 1), 1, 1705700000 from person"
                 " where email like 'ann@%'");
    expect(s, "before the change", "2024-02-29",
           "bob 2024-01-31 overdue; ann 2024-01-31 completed");
    expect(s, "after it", "2024-03-01", "bob 2024-01-31 overdue; ann 2024-01-31 update due");
    site_exec(s, "insert into update_read(person, course, module, discipline, revision, at)"
                 " select id, 'core', 'victims', 'caseworker', printf('%064d', 2), 1709380000"
                 " from person where email like 'ann@%'");
    expect(s, "it was read", "2024-03-02", "bob 2024-01-31 overdue; ann 2024-01-31 completed");
    expect(s, "not yet then", "2024-03-01", "bob 2024-01-31 overdue; ann 2024-01-31 update due");
}

int main(void)
{
#define T(test) cmocka_unit_test_setup_teardown(test, site_open, site_close)
    const struct CMUnitTest tests[] = {
        T(people_of_an_agency_are_asked_who_never_signed_in_too),
        T(a_day_is_that_of_the_agency),
        T(an_evening_is_no_next_day_because_it_is_in_utc),
        T(who_begins_with_the_quiz_has_begun),
        T(periods_stand_in_their_order),
        T(who_comes_goes_and_returns),
        T(waivers_leave_and_outside_training_count),
        T(a_changed_rule_rewrites_nothing),
        T(filters_choose_rows),
        T(a_scope_hides_who_may_not_be_seen),
        T(a_name_that_is_shared_tells_no_more_than_was_agreed),
        T(a_name_that_is_shared_is_not_found_by_what_is_not),
        T(each_target_hits_whom_it_should),
        T(what_asks_the_same_of_the_same_people_is_found),
        T(columns_are_those_that_were_promised),
        T(a_changed_text_is_due),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
