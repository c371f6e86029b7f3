/*
 * test_assignment_more.c: what the table of assignments shows beside how people stand: tries,
 * chairs, active time, versions, credit, newer certificates; and that it stays so for a past day.
 */
#include "assignment_test.h"

#include "ct/base/banned.h"

/* Ann completes the course in January of two years; Bob has begun it. The numbers in order: her
 * id, twice noon of a day, and so on, as the rows ask for them. */
static void fill(struct site *s)
{
    static const char rows[] =
        "insert into revision(hash, path, source, first_at) values"
        "(printf('%064d', 1), 'core/01-victims.md', 'a', 0),"
        "(printf('%064d', 2), 'core/02-motel.md', 'b', 0);"
        "insert into edition(hash, version) values(printf('%064d', 2), '2');"
        "insert into completion(id, person, course, course_title, discipline, revision, score,"
        " minutes, at) values"
        "(1, 1, 'core', 'Core', 'caseworker', printf('%064d', 8), 90, 60, 1705773600),"
        "(2, 1, 'core', 'Core', 'caseworker', printf('%064d', 9), 95, 100, 1736532000);"
        "insert into completion_part values(1, 'victims', printf('%064d', 1)),"
        " (1, 'motel', printf('%064d', 2)), (2, 'motel', printf('%064d', 2));"
        "insert into certificate(code, completion, name, discipline_name, minutes, issued_at)"
        " values('C1', 1, 'Ann', 'Caseworker', 60, 1705773600),"
        " ('C2', 2, 'Ann', 'Caseworker', 100, 1736532000);"
        "insert into attempt(id, person, course, module, discipline, revision, seed, pass_mark,"
        " started_at) values"
        "(1, 1, 'core', 'victims', 'caseworker', printf('%064d', 1), 1, 70, 1704394800),"
        "(2, 1, 'core', 'victims', 'caseworker', printf('%064d', 1), 1, 80, 1704394800),"
        "(3, 1, 'core', 'victims', 'caseworker', printf('%064d', 1), 1, 85, 1733162400),"
        "(4, 1, 'core', 'victims', 'caseworker', printf('%064d', 1), 1, 85, 1733162400);"
        "insert into attempt_result(attempt, score, passed, at) values(1, 10, 0, 1704394900),"
        " (2, 90, 1, 1704394900), (3, 95, 1, 1733162500);"
        "insert into run(id, person, course, module, discipline, chair, revision, state,"
        " started_at) values"
        "(1, 1, 'core', 'motel', 'caseworker', 'judge', printf('%064d', 2), '{}', 1704394800),"
        "(2, 1, 'core', 'motel', 'caseworker', 'caseworker', printf('%064d', 2), '{}', 1704394800),"
        "(3, 1, 'core', 'motel', 'caseworker', 'judge', printf('%064d', 2), '{}', 1733162400);"
        "insert into run_result(run, ending, ending_title, passed, at) values"
        "(1, 'e', 'E', 1, 1704394900), (2, 'e', 'E', 1, 1704395000), (3, 'e', 'E', 1, 1733162500);"
        /* Before noon of January 10 in Chicago, in the evening, at night two days later. */
        "insert into activity_quarter values(2, 'core', 'victims', 'caseworker', 1894340, 90),"
        " (2, 'core', 'victims', 'caseworker', 1894380, 600),"
        " (2, 'core', 'motel', 'caseworker', 1894580, 600),"
        " (2, 'other', 'motel', 'caseworker', 1894484, 6000);";

    CT_EQ_I64("Ann is the first", s->ann, 1);
    CT_EQ_I64("Bob is the second", s->bob, 2);
    site_require(s, "yearly", yearly(s, "2024-01-01"));
    site_exec(s, rows);
}

/* The cell of the n-th row of a person in the report of a day. */
static struct ct_sv cell_on(struct site *s, const char *day, int64_t person, size_t nth,
                            const char *column)
{
    struct ct_assignment_filter f = CT_ASSIGNMENT_FILTER_INIT;
    struct ct_assignments r;
    struct ct_table t;

    f.person = person;
    r = report_of(s, day, f);
    assert_true(nth < r.n);
    ct_assignments_table(&s->o.a, &r, &t);
    for (size_t i = 0; i < t.n_columns; i++)
        if (strcmp(t.columns[i], column) == 0)
            return t.cells[nth * t.n_columns + i];
    fail_msg("there is no column %s", column);
    return CT_SV_NULL;
}

static const struct {
    const char *day;
    int64_t person;
    size_t row;
    const char *column, *want;
} cells[] = {
    {"2024-01-04", 1, 0, "attempts", "0"},
    {"2024-01-04", 1, 0, "pass_mark", ""},
    {"2024-01-05", 1, 0, "attempts", "2"},
    {"2024-01-05", 1, 0, "pass_mark", "80"},
    {"2024-01-05", 1, 0, "chairs", "judge; caseworker"},
    {"2024-01-05", 1, 0, "last_activity_on", "2024-01-04"},
    {"2024-01-19", 1, 0, "course_revision", ""},
    {"2024-01-20", 1, 0, "course_revision", "motel 2; victims 1"},
    {"2024-01-20", 1, 0, "content_hash",
     "0000000000000000000000000000000000000000000000000000000000000008"},
    {"2024-01-20", 1, 0, "active_minutes", "60"},
    {"2024-01-20", 1, 0, "last_activity_on", "2024-01-20"},
    {"2024-01-20", 1, 0, "certificate_code", "C1"},
    {"2025-01-09", 1, 0, "superseded_by", ""},
    {"2025-01-10", 1, 0, "superseded_by", "C2"},
    {"2025-01-10", 1, 1, "superseded_by", ""},
    {"2025-01-10", 1, 0, "attempts", "2"},
    {"2025-01-10", 1, 1, "attempts", "1"},
    {"2025-01-10", 1, 1, "pass_mark", "85"},
    {"2025-01-10", 1, 1, "chairs", "judge"},
    {"2025-01-10", 1, 1, "active_minutes", "40"},
    {"2025-01-10", 1, 1, "course_revision", "2"},
    {"2024-01-20", 1, 0, "kind", "course"},
    {"2024-01-20", 1, 0, "credit_type", "in-service"},
    {"2024-01-20", 1, 0, "credit_year", "2024"},
    {"2024-01-20", 2, 0, "credit_hours", ""},
    {"2024-01-10", 2, 0, "active_minutes", "2"}, /* what was in the morning */
    {"2024-01-11", 2, 0, "active_minutes", "12"},
    {"2024-01-13", 2, 0, "active_minutes", "22"},
    {"2024-01-13", 2, 0, "last_activity_on", "2024-01-12"},
    {"2024-01-13", 2, 0, "course_revision", ""},
};

static void expect_cells(struct site *s)
{
    CT_EACH (c, cells) {
        struct ct_sv name = ct_arena_printf(&s->o.a, "%s, person %d, row %zu: %s", c->day,
                                            (int)c->person, c->row, c->column);
        CT_EQ_SV(name.p, cell_on(s, c->day, c->person, c->row, c->column), ct_sv_c(c->want));
    }
}

static void each_column_tells_of_its_period(void **state)
{
    fill(*state);
    expect_cells(*state);
}

/* Everything again, recorded later. */
static void what_is_recorded_later_changes_no_cell(void **state)
{
    struct site *s = *state;

    fill(s);
    site_exec(s,
              "insert into completion(id, person, course, course_title, discipline, revision,"
              " score, minutes, at) values(3, 1, 'core', 'Core', 'caseworker',"
              " printf('%064d', 9), 99, 500, 1800000000), (4, 2, 'core', 'Core', 'caseworker',"
              " printf('%064d', 9), 99, 500, 1800000000);"
              "insert into certificate(code, completion, name, discipline_name, minutes, issued_at)"
              " values('C3', 3, 'Ann', 'Caseworker', 60, 1800000000);"
              "insert into certificate_revocation(code, reason, at) values('C2', 'r', 1800000000);"
              "insert into attempt_result(attempt, score, passed, at) values(4, 10, 0, 1800000000);"
              "insert into run(id, person, course, module, discipline, chair, revision, state,"
              " started_at) values(9, 1, 'core', 'motel', 'caseworker', 'nobody',"
              " printf('%064d', 2), '{}', 1800000000);"
              "insert into run_result(run, ending, ending_title, passed, at)"
              " values(9, 'e', 'E', 1, 1800000000);"
              "insert into activity_quarter values(1, 'core', 'victims', 'caseworker', 2000000,"
              " 500), (2, 'core', 'victims', 'caseworker', 2000000, 500)");
    expect_cells(s);
}

/* Read person by person, and of everybody at once. */
static void many_rows_tell_what_few_do(void **state)
{
    struct site *s = *state;
    struct ct_assignment_filter f = CT_ASSIGNMENT_FILTER_INIT;
    struct ct_assignments all, one;
    struct ct_table t, t_one;

    fill(s);
    site_exec(s, "insert into person(email, email_key, name, discipline, roles, created_at)"
                 " with recursive n(i) as (select 1 union all select i + 1 from n where i < 60)"
                 " select 'p' || i || '@x', 'p' || i || '@x', 'P ' || i, 'judge', 1, 0 from n;"
                 "insert into membership_event(person, org, begins, on_date, at)"
                 " select id, 1, 1, '2023-01-01', 0 from person where email like 'p%@x'");
    all = report_of(s, "2025-01-10", f);
    assert_true(all.n > 60);
    f.person = s->ann;
    one = report_of(s, "2025-01-10", f);
    ct_assignments_table(&s->o.a, &all, &t);
    ct_assignments_table(&s->o.a, &one, &t_one);
    size_t seen = 0;
    for (size_t i = 0; i < all.n; i++)
        if (all.rows[i].person->id == s->ann) {
            for (size_t c = 0; c < t.n_columns; c++)
                CT_EQ_SV(t.columns[c], t.cells[i * t.n_columns + c],
                         t_one.cells[seen * t.n_columns + c]);
            seen++;
        }
    CT_EQ_I64("her rows", seen, one.n);
    f.brief = true;
    one = report_of(s, "2025-01-10", f);
    assert_null(one.rows[0].more);
    ct_assignments_table(&s->o.a, &one, &t_one);
}

static void hours_tell_of_their_year(void **state)
{
    struct site *s = *state;
    struct ct_err err = CT_ERR_INIT;
    struct ct_requirement_rule rule = yearly(s, "2024-01-01");
    struct ct_requirement q = {
        .kind = CT_REQUIREMENT_HOURS, .slug = CT_SV("hours"), .rules = &rule, .n_rules = 1};
    int64_t id;

    rule.due = (struct ct_due_rule){
        .from = day_in("2024-01-01"), .kind = CT_DUE_YEAR, .fixed = CT_DAY_NONE, .month = 1};
    rule.minutes = 720;
    CT_OK_("hours", ct_requirement_add(s->o.store, &s->o.clock, s->cat, &q, 0, &id, &err), &err);
    s->o.now = noon("2024-02-01");
    record(s, (struct ct_training){.person = s->ann,
                                   .requirement = id,
                                   .kind = CT_TRAINING_CREDIT,
                                   .on = day_in("2024-01-20"),
                                   .until = CT_DAY_NONE,
                                   .minutes = 450,
                                   .reason = CT_SV("State academy"),
                                   .evidence = CT_SV("letter"),
                                   .approved_by = CT_SV("Chief")});
    static const struct {
        const char *column, *want;
    } wanted[] = {{"kind", "hours"},
                  {"course", ""},
                  {"status", "in progress"},
                  {"credit_hours", "7.5"},
                  {"credit_type", "in-service"},
                  {"credit_year", "2024"},
                  {"active_minutes", ""},
                  {"attempts", ""},
                  {"started_on", "2024-01-20"},
                  {"last_activity_on", "2024-01-20"},
                  {"note", "7.5 of 12 hours"}};
    CT_EACH (w, wanted)
        CT_EQ_SV(w->column, cell_on(s, "2024-02-01", s->ann, 0, w->column), ct_sv_c(w->want));
}

static void an_import_says_what_it_earned(void **state)
{
    struct site *s = *state;

    site_require(s, "yearly", yearly(s, "2024-01-01"));
    site_exec(s, "insert into past_completion(id, corrects, person, course, course_title,"
                 " discipline, on_date, score, minutes, source, evidence, withdrawn, at) values"
                 "(1, null, 1, 'core', 'Core', 'caseworker', '2023-12-20', 70, 60, 'Register', '',"
                 " 0, 1704100000),"
                 "(2, 1, 1, 'core', 'Core', 'caseworker', '2023-12-20', 75, 90, 'Register',"
                 " 'page 7', 0, 1704900000)");
    static const struct {
        const char *day, *column, *want;
    } wanted[] = {
        {"2024-01-02", "credit_hours", "1"},         {"2024-01-20", "credit_hours", "1.5"},
        {"2024-01-20", "credit_type", "in-service"}, {"2024-01-20", "score_percent", "75"},
        {"2024-01-20", "source", "imported"},        {"2024-01-20", "evidence", "page 7"},
        {"2024-01-20", "note", "Register"}};
    CT_EACH (w, wanted)
        CT_EQ_SV(w->column, cell_on(s, w->day, s->ann, 0, w->column), ct_sv_c(w->want));
}

/* Hours of the academy and of an import, of which neither is from here. */
static void hours_say_where_they_were_earned(void **state)
{
    struct site *s = *state;

    site_exec(s,
              "insert into requirement(id, slug, kind, at) values(1, 'hours', 'hours', 0);"
              "insert into requirement_rule(requirement, from_date, ends, everybody, title, kind,"
              " days, month, every, window, from_expiry, grace, minutes, chairs, at, by) values"
              "(1, '2024-01-01', 0, 1, 'Hours', 'year', 0, 1, 0, 0, 0, 0, 120, 0, 0, 2);"
              "insert into training(person, requirement, kind, on_date, reason, evidence,"
              " approved_by, minutes, why, withdrawn, at) values"
              "(1, null, 'outside training', '2024-01-05', 'Academy', 'letter', 'Chief', 60, '',"
              " 0, 0), (1, null, 'outside training', '2024-02-05', 'Academy', 'a bill', '', 60,"
              " '', 0, 0);"
              "insert into past_completion(person, course, course_title, discipline, on_date,"
              " minutes, source, evidence, withdrawn, at) values(1, 'core', 'Core',"
              " 'caseworker', '2024-03-01', 60, 'Register', '', 0, 0);"
              "insert into person_fact(person, field, value, since, at) values"
              "(2, 'name', 'Bob B.', '2020-01-01', 0), (2, 'name', 'Bob C.', '2024-02-10',"
              " 1707566400)");
    static const struct {
        const char *day, *column, *want;
    } wanted[] = {{"2024-02-06", "status", "awaiting approval"},
                  {"2024-02-06", "source", "outside training"},
                  {"2024-02-06", "evidence", "a bill"},
                  {"2024-02-06", "assigned_by", "Bob B."},
                  {"2024-03-02", "assigned_by", "Bob C."},
                  {"2024-03-02", "status", "completed"},
                  {"2024-03-02", "source", "outside training; imported"}};
    CT_EACH (w, wanted)
        CT_EQ_SV(w->column, cell_on(s, w->day, s->ann, 0, w->column), ct_sv_c(w->want));
}

/* The second waiver begins while the first one holds, and goes on. */
static void the_waiver_that_holds_is_told(void **state)
{
    struct site *s = *state;
    struct ct_training t = {.person = s->ann,
                            .requirement = site_require(s, "yearly", yearly(s, "2024-01-01")),
                            .kind = CT_TRAINING_WAIVER,
                            .on = day_in("2024-01-02"),
                            .until = day_in("2024-01-20"),
                            .reason = CT_SV("first"),
                            .approved_by = CT_SV("Chief")};

    record(s, t);
    t.on = day_in("2024-01-10");
    t.until = CT_DAY_NONE;
    t.reason = CT_SV("second");
    record(s, t);
    s->o.now = noon("2024-03-01");
    CT_EQ_SV("since", cell_on(s, "2024-03-01", s->ann, 0, "status_on"), CT_SV("2024-01-10"));
    CT_EQ_SV("by", cell_on(s, "2024-03-01", s->ann, 0, "exempt_reason"), CT_SV("second"));
}

/* A curriculum that has nothing of what is asked for and held; and one that has it again. */
static void what_the_curriculum_has_no_more_is_said(void **state)
{
    struct site *s = *state;

    site_require(s, "yearly", yearly(s, "2024-01-01"));
    site_exec(s, "insert into curriculum_change(kind, slug, present, at) values"
                 "('discipline', 'caseworker', 1, 1704067200), ('course', 'core', 1, 1704067200),"
                 "('discipline', 'caseworker', 0, 1704900000), ('course', 'core', 0, 1705000000),"
                 "('course', 'core', 1, 1706000000)");
    static const struct {
        const char *day, *want;
    } notes[] = {
        {"2024-01-09", ""},
        {"2024-01-10", "the curriculum has this discipline no more"},
        {"2024-01-12", "the curriculum has this course no more; the curriculum has this discipline "
                       "no more"},
        {"2024-01-24", "the curriculum has this discipline no more"},
    };
    CT_EACH (n, notes) {
        CT_EQ_SV(n->day, cell_on(s, n->day, s->ann, 0, "note"), ct_sv_c(n->want));
        CT_EQ_SV(n->day, cell_on(s, n->day, s->ann, 0, "status"), CT_SV("not started"));
        CT_EQ_SV(n->day, cell_on(s, n->day, s->ann, 0, "discipline"), CT_SV("caseworker"));
    }
}

int main(void)
{
#define T(test) cmocka_unit_test_setup_teardown(test, site_open, site_close)
    const struct CMUnitTest tests[] = {
        T(each_column_tells_of_its_period), T(what_is_recorded_later_changes_no_cell),
        T(many_rows_tell_what_few_do),      T(hours_tell_of_their_year),
        T(an_import_says_what_it_earned),   T(hours_say_where_they_were_earned),
        T(the_waiver_that_holds_is_told),   T(what_the_curriculum_has_no_more_is_said),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
