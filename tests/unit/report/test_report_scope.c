/*
 * test_report_scope.c: the report of those whom its reader may see: who is named, who is only
 * counted, and that a number never tells of one person.
 */
#include "learn/fixture.h"

#include "ct/report/report.h"

#include "ct/base/banned.h"

struct sql {
    const char *text;
};

static int run_sql(struct ct_db *db, void *arg, struct ct_err *err)
{
    return ct_db_exec(db, ((const struct sql *)arg)->text, err);
}

/* `n` more caseworkers, of ids 5 on. */
static void add_caseworkers(struct world *w, int n)
{
    for (int64_t id = 5; id < 5 + n; id++) {
        struct ct_err err = CT_ERR_INIT;
        struct sql sql = {
            ct_arena_printf(&w->arena,
                            "insert into person(id, email, email_key, name, discipline, roles,"
                            " created_at) values(%d, 'p%d@x.org', 'p%d@x.org', 'P%d',"
                            " 'caseworker', 1, 0)",
                            (int)id, (int)id, (int)id, (int)id)
                .p};
        CT_OK_("person", ct_store_write(w->store, run_sql, &sql, &err), &err);
        sql.text =
            ct_arena_printf(&w->arena, "insert into person_discipline values(%d, 'caseworker', 0)",
                            (int)id)
                .p;
        CT_OK_("discipline", ct_store_write(w->store, run_sql, &sql, &err), &err);
        w->discipline[id] = "caseworker";
    }
}

/* Ben is named; of the others the first `counted` are counted. */
static struct ct_report report_of(struct world *w, size_t counted)
{
    struct ct_err err = CT_ERR_INIT;
    struct ct_scope_person *people = ct_arena_array(&w->arena, struct ct_scope_person, counted + 1);
    struct ct_scope *scope = ct_arena_new(&w->arena, struct ct_scope);
    struct ct_report_filter filter = {.scope = scope};
    struct ct_report report;
    CT_AUTO_READER reader = ct_store_reader(w->store);

    people[0] = (struct ct_scope_person){.id = BEN,
                                         .agency = CT_SV("dcs"),
                                         .unit = CT_SV("dcs/intake"),
                                         .task_forces = CT_SV("mdt; north")};
    for (size_t i = 0; i < counted; i++)
        people[i + 1] = (struct ct_scope_person){.id = (int64_t)(5 + i), .is_counted = true};
    *scope = (struct ct_scope){.is_limited = true, .people = people, .n = counted + 1};
    CT_OK_("report",
           ct_report_completion(reader.db, &w->arena, w->cat, &w->clock, &filter, &report, &err),
           &err);
    return report;
}

/* The first row of caseworkers: of the core course, or of all. */
static const struct ct_report_row *caseworkers(const struct ct_report_row *rows, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (ct_sv_eq_c(rows[i].discipline, "caseworker"))
            return &rows[i];
    fail_msg("no row");
    return NULL;
}

static void few_who_may_not_be_named_are_left_out(void **state)
{
    static const struct {
        const char *name;
        size_t counted;
        size_t people, completed, unnamed;
        bool left_out;
    } cases[] = {
        {"nobody else", 0, 1, 0, 0, false}, {"one", 1, 1, 0, 0, true},  {"four", 4, 1, 0, 0, true},
        {"five", 5, 6, 1, 5, false},        {"six", 6, 7, 1, 6, false},
    };
    struct world *w = *state;

    add_caseworkers(w, 7);
    do_core(w, 5);
    CT_EACH (c, cases) {
        struct ct_report r = report_of(w, c->counted);
        const struct ct_report_row *row = caseworkers(r.rows, r.n);
        CT_EQ_I64(c->name, row->people, c->people);
        CT_EQ_I64(c->name, row->completed, c->completed);
        CT_EQ_I64(c->name, row->n_unnamed, c->unnamed);
        CT_EQ_I64(c->name, row->n_members, 1);
        CT_EQ_I64(c->name, row->median, -1); /* Ben has no score; theirs are not told */
        CT_EQ_I64(c->name, r.by_course[0].people, c->people);
        CT_EQ_I64(c->name, caseworkers(r.by_discipline, r.n_by_discipline)->completed,
                  c->completed);
        CT_EQ_I64(c->name, r.left_out, c->left_out);
    }
}

static void nothing_but_the_status_is_kept_of_who_is_counted(void **state)
{
    struct world *w = *state;

    add_caseworkers(w, 5);
    do_core(w, 5);
    struct ct_report r = report_of(w, 5);
    const struct ct_report_row *row = caseworkers(r.rows, r.n);
    CT_EQ_I64("all five", row->n_unnamed, 5);
    for (size_t i = 0; i < row->n_unnamed; i++) {
        const struct ct_report_person *p = &row->unnamed[i];
        CT_EQ_I64("id", p->id, 0);
        assert_null(p->name.p);
        assert_null(p->email.p);
        CT_EQ_I64("score", p->score, -1);
        CT_EQ_I64("completed", p->completed_at, 0);
    }
}

static void where_people_belong_stands_at_the_end_of_their_row(void **state)
{
    struct world *w = *state;
    struct ct_table t;

    add_caseworkers(w, 5);
    struct ct_report r = report_of(w, 5);
    ct_report_table(&w->arena, &r, CT_BY_PERSON, &t);
    CT_EQ_I64("one row: nobody who is only counted", t.n_rows, 1);
    CT_EQ_SV("agency", t.cells[t.n_columns - 5], CT_SV("dcs"));
    CT_EQ_SV("unit", t.cells[t.n_columns - 4], CT_SV("dcs/intake"));
    CT_EQ_SV("task forces", t.cells[t.n_columns - 3], CT_SV("mdt; north"));
}

int main(void)
{
#define T(test) cmocka_unit_test_setup_teardown(test, world_open, world_close)
    const struct CMUnitTest tests[] = {
        T(few_who_may_not_be_named_are_left_out),
        T(nothing_but_the_status_is_kept_of_who_is_counted),
        T(where_people_belong_stands_at_the_end_of_their_row),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
