/*
 * test_sweep.c: a job that is interrupted at any of its steps leaves no trace.
 *
 * The store here is a small one of the test's own: it runs jobs at once, on one connection in
 * memory, and has the database interrupt the n-th step of a job.
 */
#include "fixture.h"

#include "ct/base/banned.h"

struct ct_store {
    struct ct_db *db;
    int stop_at, steps; /* 0: never */
};

static bool count_down(void *arg)
{
    struct ct_store *s = arg;

    return ++s->steps == s->stop_at;
}

int ct_store_write(struct ct_store *s, ct_store_job *job, void *arg, struct ct_err *err)
{
    int r = ct_db_exec(s->db, "BEGIN", err);

    if (r < 0)
        return r;
    s->steps = 0;
    ct_db_on_progress(s->db, s->stop_at ? 1 : 0, count_down, s);
    r = job(s->db, arg, err);
    ct_db_on_progress(s->db, 0, NULL, NULL);
    if (r < 0)
        ct_db_exec(s->db, "ROLLBACK", NULL); /* refused where the interruption has undone all */
    else
        r = ct_db_exec(s->db, "COMMIT", err);
    return r;
}

void ct_store_write_behind(struct ct_store *s, ct_store_job *job, const void *arg, size_t size)
{
    void *copy = malloc(size);

    memcpy(copy, arg, size);
    ct_store_write(s, job, copy, NULL);
    free(copy);
}

/* What the fixture calls for worlds with a file; here there is none. */
int ct_store_open(const struct ct_store_config *cfg, struct ct_store **ret, struct ct_err *err)
{
    (void)ret;
    return ct_fail(err, CT_INTERNAL, cfg->path, "not in this test");
}
void ct_store_close(struct ct_store *s)
{
    (void)s;
}
void ct_store_drain(struct ct_store *s)
{
    (void)s;
}
struct ct_reader ct_store_reader(struct ct_store *s)
{
    return (struct ct_reader){s, s->db};
}
void ct_store_return(struct ct_reader *r)
{
    (void)r;
}

/* All rows that learning writes, as one number each. */
static const struct ct_sql ROWS = {
    "select (select count(*) from section_opened) || ' ' || (select count(*) from section_done)"
    " || ' ' || (select count(*) from practice) || ' ' || (select count(*) from attempt)"
    " || ' ' || (select count(*) from attempt_answer) || ' ' || (select count(*) from "
    "attempt_grade)"
    " || ' ' || (select count(*) from attempt_result) || ' ' || (select count(*) from run)"
    " || ' ' || (select count(*) from run_step) || ' ' || (select count(*) from run_result)"
    " || ' ' || (select coalesce(sum(seconds), 0) from activity)"
    " || ' ' || (select count(*) from completion) || ' ' || (select count(*) from completion_part)"
    " || ' ' || (select count(*) from certificate) as rows"};

static struct ct_sv rows_of(struct world *w)
{
    CT_AUTO_STMT st = ct_db_stmt(w->store->db, &ROWS);

    CT_EQ_I64("rows", ct_stmt_step(&st, NULL), 1);
    return ct_col_dup(&st, "rows", &w->arena);
}

static void open_memory(struct world *w, struct ct_store *s)
{
    struct ct_err err = CT_ERR_INIT;

    world_init(w);
    *s = (struct ct_store){0};
    w->store = s;
    CT_OK_("open", ct_db_open(":memory:", false, &s->db, &err), &err);
    CT_OK_("schema", ct_migrate(s->db, ct_learn_migrations, ct_learn_n_migrations, &err), &err);
    CT_OK_("people", world_fill(s->db, w, &err), &err);
}

static void close_memory(struct world *w, struct ct_store *s)
{
    ct_db_close(s->db);
    ct_arena_release(&w->arena);
}

/* Deeds that end in everything being recorded; each is the last of its course. */
static int last_section(struct world *w, struct ct_err *err)
{
    const struct ct_module *m = module_of(w, "victims");
    AUTO_SEAT seat = seat_take(w, BEN);

    return ct_section_done(&seat.d, course_of(w, "victims"), m, &m->sections[2], err);
}

static int last_submit(struct world *w, struct ct_err *err)
{
    size_t saved;

    return save_quiz(w, BEN, "victims", 1, ALL_RIGHT, true, &saved, err);
}

static int last_choice(struct world *w, struct ct_err *err)
{
    return choose(w, BEN, 1, 1, 0, err);
}

static void prepare(struct world *w, char last)
{
    do_section(w, BEN, "victims", "opening");
    if (last != 's')
        do_section(w, BEN, "victims", "practice");
    if (last == 'q')
        begin_quiz(w, BEN, "victims");
    else
        do_quiz(w, BEN, "victims", ALL_RIGHT);
    if (last == 'r')
        choose(w, BEN, start_run(w, BEN, "caseworker"), 0, 0, NULL);
    else
        do_run(w, BEN, "caseworker");
    w->now += 60;
}

static void a_deed_is_recorded_whole_or_not_at_all(void **state)
{
    static const struct {
        const char *name;
        char last;
        int (*deed)(struct world *w, struct ct_err *err);
    } cases[] = {
        {"the last section", 's', last_section},
        {"the submitted quiz", 'q', last_submit},
        {"the last choice", 'r', last_choice},
    };

    (void)state;
    CT_EACH (c, cases) {
        struct ct_store s;
        struct world w;
        int r = CT_INTERNAL;
        open_memory(&w, &s);
        prepare(&w, c->last);
        struct ct_sv before = rows_of(&w);
        for (int n = 1; r < 0; n++) {
            struct ct_err err = CT_ERR_INIT;
            s.stop_at = n;
            r = c->deed(&w, &err);
            s.stop_at = 0;
            if (r < 0) {
                CT_EQ_I64(c->name, r, CT_INTERNAL);
                CT_EQ_SV(c->name, rows_of(&w), before);
            }
        }
        assert_true(s.steps > 100); /* it was a long way */
        assert_false(ct_sv_eq(rows_of(&w), before));
        assert_true(
            ct_sv_ends(rows_of(&w), CT_SV(" 3 2 1"))); /* completions, parts, a certificate */
        close_memory(&w, &s);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_deed_is_recorded_whole_or_not_at_all),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
