/*
 * test_curriculum_change.c: what came into the curriculum and what went is recorded once, and told
 * as of a moment.
 */
#include "require_test.h"

#include "ct/learn/curriculum.h"

#include "ct/base/banned.h"

struct noting {
    const struct ct_catalogue *cat;
    int64_t now;
};

static int note_job(struct ct_db *db, void *arg, struct ct_err *err)
{
    const struct noting *n = arg;

    return ct_curriculum_note(db, n->cat, n->now, err);
}

static void note(struct site *s, const struct ct_catalogue *cat, int64_t now)
{
    struct ct_err err = CT_ERR_INIT;
    struct noting n = {cat, now};

    CT_OK_("note", ct_store_write(s->o.store, note_job, &n, &err), &err);
}

/* "course core; discipline judge" */
static struct ct_sv gone_at(struct site *s, int64_t at)
{
    struct ct_err err = CT_ERR_INIT;
    struct ct_sv all = CT_SV("");
    struct ct_gone *list;
    size_t n;
    CT_AUTO_READER rd = ct_store_reader(s->o.store);

    CT_OK_("gone", ct_curriculum_gone(rd.db, &s->o.a, at, &list, &n, &err), &err);
    for (size_t i = 0; i < n; i++)
        all = ct_arena_printf(&s->o.a, "%.*s%s%.*s %.*s", CT_SV_ARG(all), i ? "; " : "",
                              CT_SV_ARG(list[i].kind), CT_SV_ARG(list[i].slug));
    return all;
}

static int64_t rows_of(struct site *s)
{
    static const struct ct_sql count = {"select count(*) as n from curriculum_change"};
    struct ct_err err = CT_ERR_INIT;
    CT_AUTO_READER rd = ct_store_reader(s->o.store);
    CT_AUTO_STMT st = ct_db_stmt(rd.db, &count);

    CT_EQ_I64("count", ct_stmt_step(&st, &err), 1);
    return ct_col_i64(&st, "n");
}

static void what_went_is_told_from_then_on(void **state)
{
    struct site *s = *state;
    struct ct_catalogue without = *s->cat;

    note(s, s->cat, 100);
    CT_EQ_SV("all is there", gone_at(s, 100), CT_SV(""));
    int64_t rows = rows_of(s);
    note(s, s->cat, 150);
    CT_EQ_I64("nothing is recorded twice", rows_of(s), rows);
    without.n_courses = 0;
    note(s, &without, 200);
    CT_EQ_SV("as it was", gone_at(s, 199), CT_SV(""));
    assert_true(ct_sv_search(gone_at(s, 200), CT_SV("course core")) != SIZE_MAX);
    assert_true(ct_sv_search(gone_at(s, 200), CT_SV("scenario core/motel")) != SIZE_MAX);
    note(s, s->cat, 300);
    CT_EQ_SV("it came back", gone_at(s, 300), CT_SV(""));
    assert_true(gone_at(s, 299).n > 0);
}

/* Somebody holds a discipline that was taken away before this was kept. */
static void what_people_hold_and_is_not_there_is_gone(void **state)
{
    struct site *s = *state;

    site_exec(s, "insert into person_discipline(person, discipline, since) values(1, 'poet', 5)");
    note(s, s->cat, 100);
    CT_EQ_SV("gone", gone_at(s, 100), CT_SV("discipline poet"));
    CT_EQ_SV("nobody knew before", gone_at(s, 99), CT_SV(""));
}

int main(void)
{
#define T(test) cmocka_unit_test_setup_teardown(test, site_open, site_close)
    const struct CMUnitTest tests[] = {
        T(what_went_is_told_from_then_on),
        T(what_people_hold_and_is_not_there_is_gone),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
