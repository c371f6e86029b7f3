/*
 * test_coverage.c: the cells of a team's matrix, counted against states that were made by hand, on
 * any day, and with people who may only be counted.
 */
#include "learn/require_test.h"

#include "ct/report/coverage.h"

#include "ct/base/banned.h"

static const char revision[] = "1111111111111111111111111111111111111111111111111111111111111111";

static struct ct_objective kept[] = {{{"O1", 2}, {"See the child", 13}},
                                     {{"O2", 2}, {"Know the law", 12}}};
static struct ct_objective of_motel[] = {{{"O1", 2}, {"See the child", 13}}};

/* Modules are victims, law (for prosecutors) and motel; victims and motel share an objective. */
static int open_team(void **state)
{
    int r = site_open(state);
    struct site *s = *state;
    struct ct_course *core = (struct ct_course *)&s->cat->courses[0];
    struct ct_question *who = (struct ct_question *)core->modules[0]->quiz->questions[0];
    struct ct_question *look = (struct ct_question *)core->modules[0]->practice[0];
    struct ct_sv *named = ct_arena_array(&s->o.a, struct ct_sv, 1);

    if (r < 0)
        return r;
    named[0] = CT_SV("O1");
    who->objectives = look->objectives = named;
    who->n_objectives = look->n_objectives = 1;
    ((struct ct_module *)core->modules[0])->objectives = kept;
    ((struct ct_module *)core->modules[0])->n_objectives = 2;
    ((struct ct_module *)core->modules[2])->objectives = of_motel;
    ((struct ct_module *)core->modules[2])->n_objectives = 1;
    site_exec(s, ct_arena_printf(&s->o.a,
                                 "insert into revision(hash, path, source, first_at)"
                                 " values('%s', 'core/03-motel.md', '', 0)",
                                 revision)
                     .p);
    return 0;
}

static void complete(struct site *s, int64_t person, const char *module, const char *discipline,
                     const char *day)
{
    site_exec(s,
              ct_arena_printf(&s->o.a,
                              "insert into completion(person, course, course_title, module,"
                              " module_title, discipline, revision, minutes, at)"
                              " values(%lld, 'core', 'Core', '%s', 'M', '%s', '%s', 5, %lld)",
                              (long long)person, module, discipline, revision, (long long)noon(day))
                  .p);
}

static void play(struct site *s, int64_t person, const char *chair, const char *day, int passed)
{
    site_exec(s, ct_arena_printf(
                     &s->o.a,
                     "insert into run(person, course, module, discipline, chair, revision, state,"
                     " started_at) values(%lld, 'core', 'motel', 'caseworker', '%s', '%s', '{}',"
                     " %lld);"
                     "insert into run_result(run, ending, ending_title, passed, at)"
                     " values((select max(id) from run), 'e', 'E', %d, %lld)",
                     (long long)person, chair, revision, (long long)noon(day) - 60, passed,
                     (long long)noon(day))
                     .p);
}

static struct ct_coverage coverage_of(struct site *s, const char *day,
                                      struct ct_coverage_filter filter)
{
    struct ct_err err = CT_ERR_INIT;
    struct ct_coverage c = {.n = 0};
    CT_AUTO_READER rd = ct_store_reader(s->o.store);

    CT_OK_(day, ct_coverage(rd.db, &s->o.a, s->cat, noon(day), &filter, &c, &err), &err);
    return c;
}

static struct ct_sv told_people(struct site *s, const struct ct_coverage_people *p)
{
    struct ct_sv all = CT_SV("");

    for (size_t i = 0; i < p->n; i++)
        all = ct_arena_printf(&s->o.a, "%.*s%s%.*s", CT_SV_ARG(all), i ? "," : "",
                              CT_SV_ARG(p->items[i]->name));
    return all;
}

/* "caseworker: 1/2 (Bob Abel) - 0/2 (...); judge: ...": n of m and who is missing; - is not asked.
 */
static struct ct_sv told(struct site *s, const struct ct_coverage *c, enum ct_coverage_of of)
{
    size_t n = of == CT_COVERAGE_MODULES ? c->n_modules : c->n_objectives;
    struct ct_sv all = CT_SV("");

    for (size_t i = 0; i < c->n; i++) {
        const struct ct_coverage_row *row = &c->rows[i];
        const struct ct_coverage_cell *cells =
            of == CT_COVERAGE_MODULES ? row->modules : row->objectives;
        all = ct_arena_printf(&s->o.a, "%.*s%s%.*s:", CT_SV_ARG(all), i ? "; " : "",
                              CT_SV_ARG(row->discipline));
        for (size_t k = 0; k < n; k++) {
            struct ct_sv names = told_people(s, &cells[k].missing);
            all = cells[k].is_asked
                      ? ct_arena_printf(&s->o.a, "%.*s %zu/%zu(%.*s)", CT_SV_ARG(all),
                                        cells[k].done, cells[k].people, CT_SV_ARG(names))
                      : ct_arena_printf(&s->o.a, "%.*s -", CT_SV_ARG(all));
        }
    }
    return all;
}

static void expect(struct site *s, const char *name, const char *day, enum ct_coverage_of of,
                   const char *want)
{
    struct ct_coverage c = coverage_of(s, day, (struct ct_coverage_filter){.scope = NULL});

    CT_EQ_SV(name, told(s, &c, of), ct_sv_c(want));
}

static void a_cell_is_n_of_m_and_who_is_missing(void **state)
{
    struct site *s = *state;

    complete(s, s->ann, "victims", "caseworker", "2024-01-10");
    complete(s, s->ann, "victims", "caseworker", "2024-01-11");
    complete(s, s->bob, "motel", "caseworker", "2024-01-12");
    expect(s, "by last name; law is of prosecutors alone", "2024-01-20", CT_COVERAGE_MODULES,
           "caseworker: 1/2(Bob Abel) - 1/2(Ann Marie Ito); judge: 0/1(Cy) - 0/1(Cy)");
    expect(s, "the day before the last", "2024-01-11", CT_COVERAGE_MODULES,
           "caseworker: 1/2(Bob Abel) - 0/2(Bob Abel,Ann Marie Ito); judge: 0/1(Cy) - 0/1(Cy)");
    expect(s, "before anything was done", "2024-01-02", CT_COVERAGE_MODULES,
           "caseworker: 0/2(Bob Abel,Ann Marie Ito) - 0/2(Bob Abel,Ann Marie Ito);"
           " judge: 0/1(Cy) - 0/1(Cy)");
    expect(s, "before anybody was there", "2023-12-01", CT_COVERAGE_MODULES, "");
}

static void an_objective_is_covered_when_all_its_modules_are(void **state)
{
    struct site *s = *state;
    struct ct_coverage c;

    complete(s, s->ann, "victims", "caseworker", "2024-01-10");
    complete(s, s->bob, "victims", "caseworker", "2024-01-10");
    complete(s, s->bob, "motel", "caseworker", "2024-01-12");
    expect(s, "both modules; one", "2024-01-20", CT_COVERAGE_OBJECTIVES,
           "caseworker: 1/2(Ann Marie Ito) 2/2(); judge: 0/1(Cy) 0/1(Cy)");
    c = coverage_of(s, "2024-01-20", (struct ct_coverage_filter){.scope = NULL});
    CT_EQ_I64("a sentence is an objective", c.n_objectives, 2);
    CT_EQ_I64("its modules", c.objectives[0].n_modules, 2);
    CT_EQ_I64("the questions that name it", c.objectives[0].n_questions, 2);
    CT_EQ_I64("in a quiz", c.objectives[0].n_graded, 1);
    CT_EQ_I64("none", c.objectives[1].n_questions, 0);
}

static void what_was_learned_goes_along(void **state)
{
    struct site *s = *state;
    struct ct_err err = CT_ERR_INIT;

    complete(s, s->ann, "victims", "caseworker", "2024-01-10");
    s->o.now = noon("2024-02-01");
    CT_OK_("change",
           ct_person_set_discipline(s->o.store, &s->o.clock, s->ann, CT_SV("prosecutor"), &err),
           &err);
    expect(s, "before", "2024-01-31", CT_COVERAGE_MODULES,
           "caseworker: 1/2(Bob Abel) - 0/2(Bob Abel,Ann Marie Ito); judge: 0/1(Cy) - 0/1(Cy)");
    expect(s, "since then", "2024-02-02", CT_COVERAGE_MODULES,
           "prosecutor: 1/1() 0/1(Ann Marie Ito) 0/1(Ann Marie Ito);"
           " caseworker: 0/1(Bob Abel) - 0/1(Bob Abel); judge: 0/1(Cy) - 0/1(Cy)");
}

static void a_course_without_its_modules_counts_for_all(void **state)
{
    struct site *s = *state;

    site_complete(s, s->bob, "2024-01-10");
    expect(s, "all", "2024-01-20", CT_COVERAGE_MODULES,
           "caseworker: 1/2(Ann Marie Ito) - 1/2(Ann Marie Ito); judge: 0/1(Cy) - 0/1(Cy)");
    site_complete(s, s->ann, "2024-01-10");
    site_exec(s, ct_arena_printf(&s->o.a,
                                 "insert into completion_part(completion, module, revision)"
                                 " values((select max(id) from completion), 'victims', '%s')",
                                 revision)
                     .p);
    expect(s, "what is recorded with its modules counts by these", "2024-01-20",
           CT_COVERAGE_MODULES,
           "caseworker: 1/2(Ann Marie Ito) - 1/2(Ann Marie Ito); judge: 0/1(Cy) - 0/1(Cy)");
}

static void a_course_completed_elsewhere_counts_since_it_was_recorded(void **state)
{
    struct site *s = *state;

    site_exec(s, ct_arena_printf(&s->o.a,
                                 "insert into past_completion(person, course, course_title,"
                                 " discipline, on_date, minutes, source, evidence, withdrawn, at)"
                                 " values(%lld, 'core', 'Core', 'caseworker', '2023-06-01', 0,"
                                 " 'State portal', '', 0, %lld)",
                                 (long long)s->bob, (long long)noon("2024-01-10"))
                     .p);
    expect(s, "before", "2024-01-09", CT_COVERAGE_OBJECTIVES,
           "caseworker: 0/2(Bob Abel,Ann Marie Ito) 0/2(Bob Abel,Ann Marie Ito);"
           " judge: 0/1(Cy) 0/1(Cy)");
    expect(s, "since", "2024-01-10", CT_COVERAGE_OBJECTIVES,
           "caseworker: 1/2(Ann Marie Ito) 1/2(Ann Marie Ito); judge: 0/1(Cy) 0/1(Cy)");
}

static void who_is_inactive_drops_out_and_stays_in_the_past(void **state)
{
    struct site *s = *state;
    struct ct_err err = CT_ERR_INIT;

    s->o.now = noon("2024-02-01");
    CT_OK_("leaves", ct_person_set_active(s->o.store, &s->o.clock, s->bob, false, 0, &err), &err);
    expect(s, "then", "2024-01-20", CT_COVERAGE_OBJECTIVES,
           "caseworker: 0/2(Bob Abel,Ann Marie Ito) 0/2(Bob Abel,Ann Marie Ito);"
           " judge: 0/1(Cy) 0/1(Cy)");
    expect(s, "later", "2024-02-02", CT_COVERAGE_OBJECTIVES,
           "caseworker: 0/1(Ann Marie Ito) 0/1(Ann Marie Ito); judge: 0/1(Cy) 0/1(Cy)");
}

/* "prosecutor: caseworker 1,2(Bob Abel|Ann Marie Ito)": passed, played, who passed, who played. */
static struct ct_sv told_chairs(struct site *s, const struct ct_coverage *c)
{
    struct ct_sv all = CT_SV("");

    for (size_t i = 0; i < c->n_cases; i++) {
        const struct ct_coverage_case *k = &c->cases[i];
        for (size_t chair = 0; chair < k->n_chairs; chair++) {
            all = ct_arena_printf(&s->o.a, "%.*s%s%.*s:", CT_SV_ARG(all), chair ? "; " : "",
                                  CT_SV_ARG(s->cat->disciplines.items[k->chairs[chair]].slug));
            for (size_t row = 0; row < c->n; row++) {
                const struct ct_coverage_chair *cell = &k->cells[chair * c->n + row];
                all = ct_arena_printf(&s->o.a, "%.*s %zu,%zu(%.*s|%.*s)", CT_SV_ARG(all),
                                      cell->passed, cell->played,
                                      CT_SV_ARG(told_people(s, &cell->who_passed)),
                                      CT_SV_ARG(told_people(s, &cell->who_played)));
            }
        }
    }
    return all;
}

static void chairs_are_counted_by_who_sat_in_them(void **state)
{
    struct site *s = *state;
    struct ct_coverage c;

    play(s, s->bob, "caseworker", "2024-01-10", 0);
    play(s, s->bob, "caseworker", "2024-01-12", 1);
    play(s, s->bob, "judge", "2024-01-13", 0);
    play(s, s->ann, "judge", "2024-01-13", 1);
    c = coverage_of(s, "2024-01-20", (struct ct_coverage_filter){.scope = NULL});
    CT_EQ_SV("rows are caseworkers and judges", told_chairs(s, &c),
             CT_SV("prosecutor: 0,0(|) 0,0(|); caseworker: 1,1(Bob Abel|) 0,0(|);"
                   " judge: 1,2(Ann Marie Ito|Bob Abel) 0,0(|)"));
    c = coverage_of(s, "2024-01-11", (struct ct_coverage_filter){.scope = NULL});
    CT_EQ_SV("before it was passed", told_chairs(s, &c),
             CT_SV("prosecutor: 0,0(|) 0,0(|); caseworker: 0,1(|Bob Abel) 0,0(|);"
                   " judge: 0,0(|) 0,0(|)"));
    c = coverage_of(s, "2024-01-20", (struct ct_coverage_filter){.course = CT_SV("extra")});
    CT_EQ_I64("a course without scenarios shows those of the others", c.n_cases, 1);
}

/* `counted` people of other agencies beside Ann, all caseworkers, of whom two completed. */
static struct ct_coverage with_counted(struct site *s, int counted)
{
    struct ct_scope *scope = ct_arena_new(&s->o.a, struct ct_scope);

    scope->people = ct_arena_array(&s->o.a, struct ct_scope_person, (size_t)counted + 1);
    scope->is_limited = true;
    scope->people[scope->n++] = (struct ct_scope_person){.id = s->ann};
    for (int i = 0; i < counted; i++) {
        const char *local = ct_arena_printf(&s->o.a, "other%d", i).p;
        int64_t id = site_person(s, local, local, "caseworker");
        scope->people[scope->n++] = (struct ct_scope_person){.id = id, .is_counted = true};
        if (i < 2) {
            complete(s, id, "victims", "caseworker", "2024-01-10");
            play(s, id, "judge", "2024-01-10", i);
        }
    }
    return coverage_of(s, "2024-01-20", (struct ct_coverage_filter){.scope = scope});
}

static void who_may_be_counted_is_counted_in_a_crowd_and_never_named(void **state)
{
    struct site *s = *state;
    struct ct_coverage c = with_counted(s, 5);

    CT_EQ_SV("five", told(s, &c, CT_COVERAGE_MODULES),
             CT_SV("caseworker: 2/6(Ann Marie Ito) - 0/6(Ann Marie Ito)"));
    CT_EQ_SV("chairs", told_chairs(s, &c),
             CT_SV("prosecutor: 0,0(|); caseworker: 0,0(|);"
                   " judge: 1,2(|)"));
    CT_EQ_I64("unnamed", c.rows[0].n_unnamed, 5);
    CT_EQ_I64("nobody is left out", c.left_out, false);
}

static void fewer_than_five_are_in_no_number(void **state)
{
    struct site *s = *state;
    struct ct_coverage c = with_counted(s, 4);

    CT_EQ_SV("four", told(s, &c, CT_COVERAGE_MODULES),
             CT_SV("caseworker: 0/1(Ann Marie Ito) - 0/1(Ann Marie Ito)"));
    CT_EQ_SV("chairs", told_chairs(s, &c),
             CT_SV("prosecutor: 0,0(|); caseworker: 0,0(|); judge: 0,0(|)"));
    CT_EQ_I64("people", c.people, 1);
    CT_EQ_I64("left out", c.left_out, true);
}

static void a_filter_that_names_nothing_is_said(void **state)
{
    static const struct {
        const char *name, *what;
        struct ct_coverage_filter filter;
    } cases[] = {{"no such course", "course", {.course = {"nothing", 7}}},
                 {"no such discipline", "discipline", {.discipline = {"baker", 5}}}};
    struct site *s = *state;
    CT_AUTO_READER rd = ct_store_reader(s->o.store);

    CT_EACH (k, cases) {
        struct ct_err err = CT_ERR_INIT;
        struct ct_coverage c;
        CT_EQ_I64(k->name, ct_coverage(rd.db, &s->o.a, s->cat, s->o.now, &k->filter, &c, &err),
                  CT_BAD_INPUT);
        CT_EQ_STR(k->name, err.what, k->what);
    }
}

static struct ct_sv csv_line(struct site *s, const struct ct_report_doc *doc, size_t row)
{
    struct ct_sv all = CT_SV("");

    for (size_t i = 0; i < doc->n_columns; i++)
        all = ct_arena_printf(&s->o.a, "%.*s%s%.*s", CT_SV_ARG(all), i ? "|" : "",
                              CT_SV_ARG(doc->cells[row * doc->n_columns + i]));
    return all;
}

static void a_file_has_a_row_a_cell(void **state)
{
    static const struct {
        enum ct_coverage_of of;
        size_t rows;
        const char *first;
    } cases[] = {
        {CT_COVERAGE_MODULES, 6, "caseworker|core|1|victims|victims|yes|2|1|50|Ann Marie Ito"},
        {CT_COVERAGE_OBJECTIVES, 4,
         "caseworker|core|See the child|victims; motel|2|1|yes|2|0|0|Bob Abel; Ann Marie Ito"},
        {CT_COVERAGE_CHAIRS, 6, "caseworker|core|motel|motel|prosecutor|2|1|1|Bob Abel|"},
    };
    struct site *s = *state;
    struct ct_coverage_filter filter = {.course = CT_SV("core"), .day = CT_SV("2024-01-20")};
    struct ct_coverage c;
    struct ct_report_doc doc;

    complete(s, s->bob, "victims", "caseworker", "2024-01-10");
    play(s, s->bob, "prosecutor", "2024-01-10", 1);
    c = coverage_of(s, "2024-01-20", filter);
    CT_EACH (k, cases) {
        const char *name = ct_coverage_of_name(k->of);
        enum ct_coverage_of of;
        ct_coverage_doc(&s->o.a, s->cat, &c, &filter, k->of, &doc);
        CT_EQ_I64(name, doc.n_rows, k->rows);
        CT_EQ_SV(name, csv_line(s, &doc, 0), ct_sv_c(k->first));
        CT_EQ_SV(name, doc.view, ct_sv_c(name));
        CT_EQ_I64(name, ct_coverage_of_parse(doc.view, &of), true);
        CT_EQ_I64(name, of, k->of);
    }
    CT_EQ_SV("the day is told", doc.choices[5].value, CT_SV("2024-01-20"));
    ct_coverage_doc(&s->o.a, s->cat, &c, &filter, CT_COVERAGE_MODULES, &doc);
    CT_EQ_SV("what is not asked is empty", csv_line(s, &doc, 1),
             CT_SV("caseworker|core|2|law|law|no||||"));
}

static void an_empty_curriculum_has_an_empty_matrix(void **state)
{
    struct site *s = *state;
    struct ct_coverage c;

    s->cat->n_courses = 0;
    c = coverage_of(s, "2024-01-20", (struct ct_coverage_filter){.scope = NULL});
    CT_EQ_I64("rows", c.n, 0);
    assert_null(c.course);
}

int main(void)
{
#define T(test) cmocka_unit_test_setup_teardown(test, open_team, site_close)
    const struct CMUnitTest tests[] = {
        T(a_cell_is_n_of_m_and_who_is_missing),
        T(an_objective_is_covered_when_all_its_modules_are),
        T(what_was_learned_goes_along),
        T(a_course_without_its_modules_counts_for_all),
        T(a_course_completed_elsewhere_counts_since_it_was_recorded),
        T(who_is_inactive_drops_out_and_stays_in_the_past),
        T(chairs_are_counted_by_who_sat_in_them),
        T(who_may_be_counted_is_counted_in_a_crowd_and_never_named),
        T(fewer_than_five_are_in_no_number),
        T(a_filter_that_names_nothing_is_said),
        T(a_file_has_a_row_a_cell),
        T(an_empty_curriculum_has_an_empty_matrix),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
