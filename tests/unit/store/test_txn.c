/*
 * test_txn.c: transactions that are kept or undone, and work that is broken anywhere and leaves
 * nothing.
 */
#include "store_test.h"

#include "../../../server/store/db_priv.h"

#include "ct/base/banned.h"

struct fixture {
    struct ct_db *db;
    struct ct_err err;
};

static const char schema[] =
    "CREATE TABLE person(id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE) STRICT;"
    "CREATE TABLE note(id INTEGER PRIMARY KEY, person INTEGER NOT NULL REFERENCES person(id)) "
    "STRICT;";

static const struct ct_sql COUNT = {"SELECT count(*) AS n FROM person"};
static const struct ct_sql COUNT_NOTES = {"SELECT count(*) AS n FROM note"};

static int set_up(void **state)
{
    struct fixture *f = calloc(1, sizeof *f);
    *state = f;
    if (!f || ct_db_open(":memory:", false, &f->db, &f->err) < 0)
        return -1;
    return ct_db_exec(f->db, schema, &f->err);
}

static int tear_down(void **state)
{
    struct fixture *f = *state;
    ct_db_close(f->db);
    free(f);
    return 0;
}

static int add(struct ct_db *db, const char *name, struct ct_err *err)
{
    static const struct ct_sql ADD = {"INSERT INTO person(name) VALUES(:name)"};
    CT_AUTO_STMT st = ct_db_stmt(db, &ADD);
    ct_bind_c(&st, ":name", name);
    return ct_stmt_run(&st, err);
}

static int add_note(struct ct_db *db, int64_t person, struct ct_err *err)
{
    static const struct ct_sql ADD_NOTE = {"INSERT INTO note(person) VALUES(:person)"};
    CT_AUTO_STMT st = ct_db_stmt(db, &ADD_NOTE);
    ct_bind_i64(&st, ":person", person);
    return ct_stmt_run(&st, err);
}

static void a_transaction_is_kept_or_undone(void **state)
{
    struct fixture *f = *state;
    CT_OK_("begin", ct_db_begin_write(f->db, &f->err), &f->err);
    CT_OK_("add", add(f->db, "Ada", &f->err), &f->err);
    assert_true(ct_db_in_transaction(f->db));
    CT_OK_("keep", ct_db_commit(f->db, &f->err), &f->err);
    CT_EQ_I64("kept", number_of(f->db, &COUNT), 1);
    CT_OK_("again", ct_db_begin_write(f->db, &f->err), &f->err);
    CT_OK_("add", add(f->db, "Bob", &f->err), &f->err);
    ct_db_undo_all(f->db);
    CT_EQ_I64("undone", number_of(f->db, &COUNT), 1);
    assert_false(ct_db_in_transaction(f->db));
    CT_EQ_I64("none is open", ct_db_commit(f->db, NULL), CT_INTERNAL);
    CT_EQ_I64("no connection", ct_db_begin_write(NULL, NULL), CT_INTERNAL);
}

/* Three writes that belong together. */
static int write_all(struct ct_db *db, struct ct_err *err)
{
    int r = ct_db_begin_write(db, err);
    if (r < 0)
        return r;
    r = add(db, "Ada", err);
    if (r >= 0)
        r = add(db, "Bob", err);
    if (r >= 0)
        r = add_note(db, 1, err);
    if (r >= 0)
        r = ct_db_commit(db, err);
    if (r < 0)
        ct_db_undo_all(db);
    return r;
}

static void an_interruption_at_any_step_leaves_nothing(void **state)
{
    struct fixture *f = *state;
    int64_t n = 1;
    for (int r = CT_INTERNAL; r < 0; n++) {
        struct ct_err err = CT_ERR_INIT;
        struct fuse fuse = {n};
        ct_db_on_progress(f->db, 1, fuse_burn, &fuse);
        r = write_all(f->db, &err);
        ct_db_on_progress(f->db, 0, NULL, NULL);
        if (r < 0) {
            CT_EQ_I64("status", r, CT_INTERNAL);
            CT_EQ_STR("what", err.what, "sql");
        }
        CT_EQ_I64("persons", number_of(f->db, &COUNT), r < 0 ? 0 : 2);
        CT_EQ_I64("notes", number_of(f->db, &COUNT_NOTES), r < 0 ? 0 : 1);
        assert_true(n < 100000);
    }
    assert_true(n > 20); /* so many steps were broken */
}

static bool at_once(void *arg)
{
    (void)arg;
    return true;
}

static void undoing_is_not_interrupted(void **state)
{
    struct fixture *f = *state;
    CT_OK_("begin", ct_db_begin_write(f->db, &f->err), &f->err);
    CT_OK_("add", add(f->db, "Ada", &f->err), &f->err);
    ct_db_on_progress(f->db, 1, at_once, NULL);
    ct_db_undo_all(f->db);
    assert_false(ct_db_in_transaction(f->db));
    CT_OK_("begin", ct_db_begin_write(f->db, &f->err), &f->err);
    CT_OK_("keep", ct_db_commit(f->db, &f->err), &f->err);
    CT_EQ_I64("the handler is back", add(f->db, "Bob", NULL), CT_INTERNAL);
    ct_db_on_progress(f->db, 0, NULL, NULL);
    CT_EQ_I64("rows", number_of(f->db, &COUNT), 0);
}

static void a_lost_transaction_needs_no_undoing(void **state)
{
    struct fixture *f = *state;
    CT_OK_("begin", ct_db_begin_write(f->db, &f->err), &f->err);
    CT_OK_("add", add(f->db, "Ada", &f->err), &f->err);
    ct_db_on_progress(f->db, 1, at_once, NULL);
    CT_EQ_I64("broken", add(f->db, "Bob", NULL), CT_INTERNAL);
    ct_db_on_progress(f->db, 0, NULL, NULL);
    ct_db_undo_all(f->db);
    CT_EQ_I64("rows", number_of(f->db, &COUNT), 0);
    CT_OK_("as new", add(f->db, "Ada", &f->err), &f->err);
}

#define WITH_DB(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_DB(a_transaction_is_kept_or_undone),
        WITH_DB(an_interruption_at_any_step_leaves_nothing),
        WITH_DB(undoing_is_not_interrupted),
        WITH_DB(a_lost_transaction_needs_no_undoing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
