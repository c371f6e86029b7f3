/*
 * test_report.c: the numbers of the report against what people did, and against SQL of the test's
 * own.
 */
#include "learn/fixture.h"

#include "ct/report/report.h"

#include "ct/base/banned.h"

static struct ct_report report_of(struct world *w, const char *course, const char *discipline)
{
    struct ct_err err = CT_ERR_INIT;
    struct ct_report_filter filter = {.course = ct_sv_c(course), .discipline = ct_sv_c(discipline)};
    struct ct_report report;
    CT_AUTO_READER reader = ct_store_reader(w->store);

    CT_OK_("report",
           ct_report_completion(reader.db, &w->arena, w->cat, &w->clock, &filter, &report, &err),
           &err);
    return report;
}

static const struct ct_report_row *row_of(const struct ct_report *r, const char *course,
                                          const char *discipline)
{
    for (size_t i = 0; i < r->n; i++)
        if (ct_sv_eq_c(r->rows[i].course, course) && ct_sv_eq_c(r->rows[i].discipline, discipline))
            return &r->rows[i];
    return NULL;
}

static const struct ct_report_person *member_of(const struct ct_report_row *row, int64_t id)
{
    for (size_t i = 0; row && i < row->n_members; i++)
        if (row->members[i].id == id)
            return &row->members[i];
    return NULL;
}

struct exec {
    const char *sql;
};
static int exec_run(struct ct_db *db, void *arg, struct ct_err *err)
{
    const struct exec *e = arg;

    return ct_db_exec(db, e->sql, err);
}
static void exec(struct world *w, const char *sql)
{
    struct ct_err err = CT_ERR_INIT;
    struct exec e = {sql};

    CT_OK_(sql, ct_store_write(w->store, exec_run, &e, &err), &err);
}

/* Five more caseworkers, of whom nobody ever signed in. */
static void add_caseworkers(struct world *w)
{
    exec(w, "insert into person(id, email, email_key, name, discipline, roles, created_at) values"
            "(5, 'e@x.org', 'e@x.org', 'Eve', 'caseworker', 1, 0),"
            "(6, 'f@x.org', 'f@x.org', 'Finn', 'caseworker', 1, 0),"
            "(7, 'g@x.org', 'g@x.org', 'Gil', 'caseworker', 1, 0),"
            "(8, 'h@x.org', 'h@x.org', 'Abe', 'caseworker', 1, 0),"
            "(9, 'i@x.org', 'i@x.org', 'Ida', 'caseworker', 1, 0)");
    exec(w, "insert into person_discipline select id, discipline, 0 from person where id >= 5");
    for (int64_t id = 5; id <= 9; id++)
        w->discipline[id] = "caseworker";
}

static void who_must_counts_also_unstarted(void **state)
{
    struct world *w = *state;

    add_caseworkers(w);
    exec(w, "update person set signed_in_at = 5 where id = 2");
    do_core(w, BEN);
    do_section(w, 5, "victims", "opening");
    struct ct_report r = report_of(w, NULL, NULL);
    const struct ct_report_row *row = row_of(&r, "core", "caseworker");
    assert_non_null(row);
    CT_EQ_I64("as of", r.as_of, w->now);
    CT_EQ_I64("required", row->required, true);
    CT_EQ_I64("people", row->people, 6);
    CT_EQ_I64("completed", row->completed, 1);
    CT_EQ_I64("in progress", row->in_progress, 1);
    CT_EQ_I64("not started", row->not_started, 4);
    CT_EQ_I64("percent, to the nearest", row->percent, 17);
    CT_EQ_I64("median", row->median, 100);
    CT_EQ_SV("title", row->course_title, CT_SV("The core course"));
    CT_EQ_SV("name", row->discipline_name, CT_SV("Caseworker"));
    CT_EQ_SV("by name", row->members[0].name, CT_SV("Abe"));
    CT_EQ_I64("who signed in", member_of(row, BEN)->signed_in_ever, true);
    CT_EQ_I64("who did not", member_of(row, 6)->signed_in_ever, false);
}

static void a_member_tells_the_whole_work(void **state)
{
    struct world *w = *state;
    int64_t start = w->now;

    do_section(w, BEN, "victims", "opening");
    w->now += 90;
    do_section(w, BEN, "victims", "practice");
    do_quiz(w, BEN, "victims", HALF);
    do_quiz(w, BEN, "victims", "q.who=0&q.hours=72&q.signs=0"); /* 75, failed too */
    struct ct_report r = report_of(w, NULL, NULL);
    const struct ct_report_person *p = member_of(row_of(&r, "core", "caseworker"), BEN);
    assert_non_null(p);
    CT_EQ_I64("status", p->status, CT_IN_PROGRESS);
    CT_EQ_I64("modules", p->modules, 2);
    CT_EQ_I64("done", p->modules_done, 0);
    CT_EQ_I64("the best score", p->score, 75);
    CT_EQ_I64("minutes", p->minutes, 2);
    CT_EQ_I64("started", p->started_at, start);
    CT_EQ_I64("last", p->last_at, w->now);
    CT_EQ_I64("completed", p->completed_at, 0);
    CT_EQ_SV("email", p->email, CT_SV("ben@example.org"));
    do_quiz(w, BEN, "victims", ALL_RIGHT);
    do_run(w, BEN, "caseworker");
    r = report_of(w, NULL, NULL);
    p = member_of(row_of(&r, "core", "caseworker"), BEN);
    CT_EQ_I64("status", p->status, CT_COMPLETED);
    CT_EQ_I64("done", p->modules_done, 2);
    CT_EQ_I64("completed", p->completed_at, w->now);
    p = member_of(row_of(&r, "core", "prosecutor"), ANNA);
    CT_EQ_I64("of one who did nothing", p->status, CT_NOT_STARTED);
    CT_EQ_I64("of one who did nothing", p->minutes, 0);
    CT_EQ_I64("of one who did nothing", p->score, -1);
    CT_EQ_I64("modules of a prosecutor", p->modules, 3);
}

static void other_courses_count_who_began(void **state)
{
    struct world *w = *state;
    struct ct_report r = report_of(w, NULL, NULL);

    const struct ct_report_row *row = row_of(&r, "core", "advocate");
    assert_non_null(row); /* recommended: shown with nobody */
    CT_EQ_I64("nobody", row->people, 0);
    CT_EQ_I64("nobody", row->percent, 0);
    CT_EQ_I64("nobody", row->median, -1);
    assert_null(row_of(&r, "extra", "judge"));
    do_quiz(w, DAN, "feelings", "q.how=Well");
    r = report_of(w, NULL, NULL);
    row = row_of(&r, "extra", "judge");
    assert_non_null(row);
    CT_EQ_I64("who began", row->people, 1);
    CT_EQ_I64("in progress", row->in_progress, 1);
    CT_EQ_I64("not required", row->members[0].required, false);
}

static void who_changed_discipline_counts_under_the_new(void **state)
{
    struct world *w = *state;

    do_core(w, BEN);
    exec(w, "insert into person_discipline values(2, 'prosecutor', 1700000000)");
    struct ct_report r = report_of(w, NULL, NULL);
    CT_EQ_I64("no longer a caseworker", row_of(&r, "core", "caseworker")->people, 0);
    const struct ct_report_person *p = member_of(row_of(&r, "core", "prosecutor"), BEN);
    CT_EQ_I64("begins anew", p->status, CT_NOT_STARTED);
    CT_EQ_I64("begins anew", p->modules_done, 0);
}

static void who_is_gone_is_left_out(void **state)
{
    struct world *w = *state;

    do_core(w, BEN);
    exec(w, "insert into person_fact(person, field, value, since, at) values(2, 'active', 'no',"
            " '2023-11-14', 1700000000)");
    struct ct_report r = report_of(w, NULL, NULL);
    CT_EQ_I64("nobody", row_of(&r, "core", "caseworker")->people, 0);
}

static void who_has_no_discipline_has_a_row(void **state)
{
    struct world *w = *state;

    exec(w, "delete from person_discipline where person = 4");
    w->discipline[DAN] = NULL;
    struct ct_report r = report_of(w, NULL, NULL);
    assert_null(row_of(&r, "core", "none"));
    do_section(w, DAN, "victims", "opening");
    r = report_of(w, NULL, NULL);
    const struct ct_report_row *row = row_of(&r, "core", "none");
    assert_non_null(row);
    CT_EQ_I64("people", row->people, 1);
    CT_EQ_I64("never required", row->required, false);
    CT_EQ_SV("last by discipline", r.by_discipline[r.n_by_discipline - 1].discipline,
             CT_SV("none"));
}

static void filters_narrow_or_are_refused(void **state)
{
    static const struct {
        const char *name, *course, *discipline;
        int want;
        size_t rows;
        const char *what;
    } cases[] = {
        {"all", NULL, NULL, CT_OK, 3, ""}, /* required, required, recommended */
        {"a course", "core", NULL, CT_OK, 3, ""},
        {"a course nobody must take", "extra", NULL, CT_OK, 0, ""},
        {"a discipline", NULL, "caseworker", CT_OK, 1, ""},
        {"both", "core", "prosecutor", CT_OK, 1, ""},
        {"no such course", "care", NULL, CT_BAD_INPUT, 0, "course"},
        {"no such discipline", NULL, "astronaut", CT_BAD_INPUT, 0, "discipline"},
        {"an empty name", "", NULL, CT_BAD_INPUT, 0, "course"},
    };
    struct world *w = *state;
    CT_AUTO_READER reader = ct_store_reader(w->store);

    CT_EACH (c, cases) {
        struct ct_err err = CT_ERR_INIT;
        struct ct_report_filter filter = {.course = ct_sv_c(c->course),
                                          .discipline = ct_sv_c(c->discipline)};
        struct ct_report r = {0};
        CT_EQ_I64(c->name,
                  ct_report_completion(reader.db, &w->arena, w->cat, &w->clock, &filter, &r, &err),
                  c->want);
        CT_EQ_I64(c->name, r.n, c->rows);
        CT_EQ_STR(c->name, err.what, c->what);
    }
}

static void a_median_is_the_middle(void **state)
{
    static const struct {
        const char *name;
        int scores[4]; /* of the core's quiz; 0 ends */
        int median;
    } cases[] = {
        {"of one", {80, 0}, 80},
        {"of two, rounded down", {80, 93, 0}, 86},
        {"of three", {93, 80, 100, 0}, 93},
    };

    (void)state;
    CT_EACH (c, cases) {
        void *opened = NULL;
        assert_int_equal(world_open(&opened), 0);
        struct world *w = opened;
        add_caseworkers(w);
        for (int i = 0; c->scores[i]; i++) {
            do_core(w, 5 + i);
            exec(w,
                 ct_arena_printf(&w->arena, "update attempt_best set score = %d where person = %d",
                                 c->scores[i], 5 + i)
                     .p);
        }
        struct ct_report r = report_of(w, NULL, NULL);
        CT_EQ_I64(c->name, row_of(&r, "core", "caseworker")->median, c->median);
        world_close(&opened);
    }
}

static void sums_hold_all_rows(void **state)
{
    struct world *w = *state;

    add_caseworkers(w);
    do_core(w, BEN);
    do_section(w, CARA, "victims", "opening");
    do_quiz(w, BEN, "feelings", "");
    struct ct_report r = report_of(w, NULL, NULL);
    CT_EQ_I64("courses", r.n_by_course, 2);
    CT_EQ_SV("first", r.by_course[0].course, CT_SV("core"));
    CT_EQ_I64("of all disciplines", r.by_course[0].people, 8); /* 1 + 6 + the advocate who began */
    CT_EQ_I64("completed", r.by_course[0].completed, 1);
    CT_EQ_I64("percent", r.by_course[0].percent, 13);
    CT_EQ_SV("by name", r.by_course[0].members[0].name, CT_SV("Abe"));
    CT_EQ_SV("by name", r.by_course[0].members[1].name, CT_SV("Anna Ito"));
    CT_EQ_I64("no discipline", r.by_course[0].discipline.p == NULL, true);
    CT_EQ_I64("disciplines", r.n_by_discipline, 3);
    CT_EQ_SV("second", r.by_discipline[1].discipline, CT_SV("caseworker"));
    CT_EQ_I64("a person once a course", r.by_discipline[1].people, 7);
    CT_EQ_I64("no course", r.by_discipline[1].course.p == NULL, true);
}

/* Many people with every kind of progress, and the same numbers by SQL. */
static void numbers_are_those_of_sql(void **state)
{
    struct world *w = *state;

    exec(w,
         "with recursive n(i) as (select 100 union all select i + 1 from n where i < 400)"
         " insert into person(id, email, email_key, name, discipline, roles, created_at, active)"
         " select i, 'p' || i || '@x.org', 'p' || i || '@x.org', 'P ' || i,"
         " case i % 3 when 0 then 'prosecutor' when 1 then 'caseworker' else 'advocate' end, 1, 0,"
         " i % 10 <> 0 from n");
    exec(w, "insert into person_discipline select id, discipline, 0 from person where id >= 100");
    exec(w, "insert into activity select id, 'core', 'victims', discipline, 1000, 1000 + id, id * 7"
            " from person where id >= 100 and id % 4 <> 1");
    exec(w, "insert into completion(person, course, course_title, module, module_title, discipline,"
            " revision, score, minutes, at) select id, 'core', 'x', null, null, discipline,"
            " hex(randomblob(32)), 90, 1, 2000 from person where id >= 100 and id % 8 = 2");
    struct ct_report r = report_of(w, NULL, NULL);
    static const struct {
        const char *discipline, *people, *completed, *in_progress;
    } cases[] = {
#define ACTIVE(d) "select count(*) as n from person p where active = 1 and discipline = '" d "'"
#define BEGAN                                                                                      \
    " and exists(select 1 from activity a where a.person = p.id and a.discipline = p.discipline)"
#define DONE                                                                                       \
    " exists(select 1 from completion c where c.person = p.id and c.module is null"                \
    " and c.discipline = p.discipline)"
        {"prosecutor", ACTIVE("prosecutor"), ACTIVE("prosecutor") " and" DONE,
         ACTIVE("prosecutor") BEGAN " and not" DONE},
        {"caseworker", ACTIVE("caseworker"), ACTIVE("caseworker") " and" DONE,
         ACTIVE("caseworker") BEGAN " and not" DONE},
        {"advocate", ACTIVE("advocate") BEGAN, ACTIVE("advocate") " and" DONE,
         ACTIVE("advocate") BEGAN " and not" DONE},
    };
    CT_EACH (c, cases) {
        const struct ct_report_row *row = row_of(&r, "core", c->discipline);
        assert_non_null(row);
        assert_true(row->people > 50 && row->completed > 5 && row->in_progress > 5);
        CT_EQ_I64(c->discipline, row->people, number(w, c->people));
        CT_EQ_I64(c->discipline, row->completed, number(w, c->completed));
        CT_EQ_I64(c->discipline, row->in_progress, number(w, c->in_progress));
        CT_EQ_I64(c->discipline, row->not_started, row->people - row->completed - row->in_progress);
    }
}

static struct ct_sv cell(const struct ct_table *t, size_t row, const char *column)
{
    for (size_t i = 0; i < t->n_columns; i++)
        if (strcmp(t->columns[i], column) == 0)
            return t->cells[row * t->n_columns + i];
    fail_msg("no column %s", column);
    return CT_SV_NULL;
}

static void tables_have_stable_columns(void **state)
{
    static const struct {
        const char *name;
        enum ct_report_by by;
        const char *columns;
        size_t rows;
    } cases[] = {
        {"by discipline and course", CT_BY_DISCIPLINE_COURSE,
         "discipline,course,required,people,not_started,in_progress,completed,percent,median_score,"
         "update_due,expiring,expired,exempt,awaiting_approval,percent_now",
         3},
        {"by discipline", CT_BY_DISCIPLINE,
         "discipline,people,not_started,in_progress,completed,percent,median_score,update_due,"
         "expiring,expired,exempt,awaiting_approval,percent_now",
         3},
        {"by course", CT_BY_COURSE,
         "course,people,not_started,in_progress,completed,percent,median_score,update_due,"
         "expiring,expired,exempt,awaiting_approval,percent_now",
         1},
        {"by person", CT_BY_PERSON,
         "person_id,name,email,discipline,course,required,status,modules_done,modules,score,"
         "minutes,started_at,last_activity_at,completed_at,update_due,agency,unit,task_forces,"
         "expires_on,source",
         2},
    };
    struct world *w = *state;

    do_core(w, BEN);
    struct ct_report r = report_of(w, NULL, NULL);
    CT_EACH (c, cases) {
        struct ct_table t;
        struct ct_sv columns = CT_SV("");
        ct_report_table(&w->arena, &r, c->by, &t);
        for (size_t i = 0; i < t.n_columns; i++)
            columns = ct_arena_printf(&w->arena, "%.*s%s%s", CT_SV_ARG(columns), i ? "," : "",
                                      t.columns[i]);
        CT_EQ_SV(c->name, columns, ct_sv_c(c->columns));
        CT_EQ_I64(c->name, t.n_rows, c->rows);
        for (size_t i = 0; i < t.n_rows * t.n_columns; i++)
            assert_non_null(t.cells[i].p);
    }
}

static void tables_say_what_the_report_says(void **state)
{
    struct world *w = *state;
    struct ct_table t;

    do_core(w, BEN);
    struct ct_report r = report_of(w, NULL, NULL);
    ct_report_table(&w->arena, &r, CT_BY_PERSON, &t);
    CT_EQ_SV("anna", cell(&t, 0, "name"), CT_SV("Anna Ito"));
    CT_EQ_SV("anna", cell(&t, 0, "status"), CT_SV("not started"));
    CT_EQ_SV("anna", cell(&t, 0, "score"), CT_SV(""));
    CT_EQ_SV("anna", cell(&t, 0, "started_at"), CT_SV(""));
    CT_EQ_SV("anna", cell(&t, 0, "minutes"), CT_SV("0"));
    CT_EQ_SV("ben", cell(&t, 1, "person_id"), CT_SV("2"));
    CT_EQ_SV("ben", cell(&t, 1, "name"), CT_SV("Ben Čapek"));
    CT_EQ_SV("ben", cell(&t, 1, "required"), CT_SV("yes"));
    CT_EQ_SV("ben", cell(&t, 1, "status"), CT_SV("completed"));
    CT_EQ_SV("ben", cell(&t, 1, "score"), CT_SV("100"));
    CT_EQ_SV("ben", cell(&t, 1, "completed_at"), CT_SV("2023-11-14"));
    ct_report_table(&w->arena, &r, CT_BY_DISCIPLINE_COURSE, &t);
    CT_EQ_SV("prosecutors", cell(&t, 0, "median_score"), CT_SV(""));
    CT_EQ_SV("caseworkers", cell(&t, 1, "percent"), CT_SV("100"));
    CT_EQ_SV("advocates", cell(&t, 2, "required"), CT_SV("no"));
    CT_EQ_SV("nothing changed", cell(&t, 1, "update_due"), CT_SV("0"));
}

int main(void)
{
#define T(test) cmocka_unit_test_setup_teardown(test, world_open, world_close)
    const struct CMUnitTest tests[] = {
        T(who_must_counts_also_unstarted),
        T(a_member_tells_the_whole_work),
        T(other_courses_count_who_began),
        T(who_changed_discipline_counts_under_the_new),
        T(who_is_gone_is_left_out),
        T(who_has_no_discipline_has_a_row),
        T(filters_narrow_or_are_refused),
        cmocka_unit_test(a_median_is_the_middle),
        T(sums_hold_all_rows),
        T(numbers_are_those_of_sql),
        T(tables_have_stable_columns),
        T(tables_say_what_the_report_says),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
