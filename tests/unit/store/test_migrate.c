/*
 * test_migrate.c: from nothing, from an older file, refused for a newer one, undone when a step
 * fails.
 */
#include "store_test.h"

#include "ct/store/migrate.h"

#include "ct/base/file.h"

#include "ct/base/banned.h"

struct fixture {
    struct ct_db *db;
    struct ct_err err;
    struct folder folder;
};

static int set_up(void **state)
{
    struct fixture *f = calloc(1, sizeof *f);
    if (!f || folder_make(&f->folder) != 0)
        return -1;
    *state = f;
    return ct_db_open(f->folder.path, false, &f->db, &f->err);
}

static int tear_down(void **state)
{
    struct fixture *f = *state;
    ct_db_close(f->db);
    folder_remove(&f->folder);
    free(f);
    return 0;
}

static const struct ct_sql COUNT = {"SELECT count(*) AS n FROM a"};
static const struct ct_sql TABLES = {"SELECT count(*) AS n FROM sqlite_schema"};

static int fill(struct ct_db *db, struct ct_err *err)
{
    return ct_db_exec(db, "INSERT INTO a VALUES(1), (2)", err);
}

static int refuse(struct ct_db *db, struct ct_err *err)
{
    (void)db;
    return ct_fail(err, CT_NOT_FOUND, "x", "no such luck");
}

static int refuse_silently(struct ct_db *db, struct ct_err *err)
{
    (void)db, (void)err;
    return CT_DENIED;
}

static const struct ct_migration steps[] = {
    {"a", "CREATE TABLE a(x INTEGER) STRICT", fill}, /* the code after the text */
    {"b", "CREATE TABLE b(x INTEGER) STRICT; CREATE TABLE c(x INTEGER) STRICT", NULL},
    {"more of a", NULL, fill},
};

static void an_empty_file_has_version_0(void **state)
{
    struct fixture *f = *state;
    CT_EQ_I64("version", ct_migrate_version(f->db, &f->err), 0);
    CT_OK_("no steps", ct_migrate(f->db, NULL, 0, &f->err), &f->err);
    CT_EQ_I64("version", ct_migrate_version(f->db, &f->err), 0);
}

static void from_nothing_all_steps_run(void **state)
{
    struct fixture *f = *state;
    CT_OK_("migrate", ct_migrate(f->db, steps, 3, &f->err), &f->err);
    CT_EQ_I64("version", ct_migrate_version(f->db, &f->err), 3);
    CT_EQ_I64("rows", number_of(f->db, &COUNT), 4);
    CT_OK_("again", ct_migrate(f->db, steps, 3, &f->err), &f->err);
    CT_EQ_I64("each step ran once", number_of(f->db, &COUNT), 4);
}

static void an_older_file_gets_what_it_lacks(void **state)
{
    struct fixture *f = *state;
    for (size_t n = 1; n <= 3; n++) {
        CT_OK_("migrate", ct_migrate(f->db, steps, n, &f->err), &f->err);
        CT_EQ_I64("version", ct_migrate_version(f->db, &f->err), n);
        CT_EQ_I64("rows", number_of(f->db, &COUNT), n < 3 ? 2 : 4);
    }
}

static void a_newer_file_is_refused_and_untouched(void **state)
{
    struct fixture *f = *state;
    CT_AUTO_ARENA a = CT_ARENA_INIT;
    struct ct_sv before, after;
    CT_OK_("migrate", ct_migrate(f->db, steps, 3, &f->err), &f->err);
    CT_OK_("fold the log in", ct_db_exec(f->db, "PRAGMA wal_checkpoint(TRUNCATE)", &f->err),
           &f->err);
    CT_OK_("read", ct_file_read(&a, f->folder.path, 1 << 20, &before, &f->err), &f->err);
    CT_EQ_I64("refused", ct_migrate(f->db, steps, 2, &f->err), CT_CONFLICT);
    assert_non_null(strstr(f->err.text, "version 3"));
    assert_non_null(strstr(f->err.text, "knows 2"));
    CT_OK_("read", ct_file_read(&a, f->folder.path, 1 << 20, &after, NULL), NULL);
    CT_EQ_I64("the same bytes", ct_sv_eq(before, after), true);
    char wal[80];
    snprintf(wal, sizeof wal, "%s-wal", f->folder.path);
    CT_OK_("read", ct_file_read(&a, wal, 1 << 20, &after, NULL), NULL);
    CT_EQ_I64("nothing in the log", after.n, 0);
    CT_EQ_I64("no transaction is left", ct_db_exec(f->db, "COMMIT", NULL), CT_INTERNAL);
}

static void a_failing_step_undoes_all(void **state)
{
    struct fixture *f = *state;
    static const struct {
        const char *name;
        struct ct_migration third;
        const char *text;
    } cases[] = {
        {"wrong SQL", {"third", "CREATE TABLE d(x INTEGER) STRICT; SELEKT", NULL}, "SELEKT"},
        {"a constraint",
         {"third", "CREATE TABLE d(x UNIQUE); INSERT INTO d VALUES(1),(1)", NULL},
         "UNIQUE"},
        {"code that fails", {"third", "CREATE TABLE d(x INTEGER) STRICT", refuse}, "no such luck"},
        {"code that fails silently", {"third", NULL, refuse_silently}, "denied"},
    };
    CT_EACH (c, cases) {
        struct ct_err err = CT_ERR_INIT;
        const struct ct_migration all[] = {steps[0], steps[1], c->third};
        CT_EQ_I64(c->name, ct_migrate(f->db, all, 3, &err), CT_INTERNAL);
        CT_EQ_I64(c->name, err.code, CT_INTERNAL);
        assert_non_null(strstr(err.text, "third"));
        assert_non_null(strstr(err.text, c->text));
        CT_EQ_I64(c->name, ct_migrate_version(f->db, &f->err), 0);
        CT_EQ_I64(c->name, number_of(f->db, &TABLES), 0);
    }
    CT_OK_("the first two stay", ct_migrate(f->db, steps, 2, &f->err), &f->err);
    const struct ct_migration all[] = {steps[0], steps[1], cases[0].third};
    CT_EQ_I64("the third fails", ct_migrate(f->db, all, 3, NULL), CT_INTERNAL);
    CT_EQ_I64("version", ct_migrate_version(f->db, &f->err), 2);
    CT_EQ_I64("tables", number_of(f->db, &TABLES), 3);
}

static void an_interruption_at_any_step_leaves_nothing(void **state)
{
    struct fixture *f = *state;
    int64_t n = 1;
    for (int r = CT_INTERNAL; r < 0; n++) {
        struct fuse fuse = {n};
        ct_db_on_progress(f->db, 1, fuse_burn, &fuse);
        r = ct_migrate(f->db, steps, 3, NULL);
        ct_db_on_progress(f->db, 0, NULL, NULL);
        if (r < 0)
            CT_EQ_I64("status", r, CT_INTERNAL);
        if (ct_migrate_version(f->db, &f->err) == 0)
            CT_EQ_I64("tables", number_of(f->db, &TABLES), 0);
        else
            CT_EQ_I64("tables", number_of(f->db, &TABLES), 3);
        assert_true(n < 100000);
    }
    assert_true(n > 20);
    CT_EQ_I64("version", ct_migrate_version(f->db, &f->err), 3);
}

static void a_foreign_version_is_refused(void **state)
{
    struct fixture *f = *state;
    CT_OK_("set", ct_db_exec(f->db, "PRAGMA user_version=-5", &f->err), &f->err);
    CT_EQ_I64("version", ct_migrate_version(f->db, NULL), CT_INTERNAL);
    CT_EQ_I64("migrate", ct_migrate(f->db, steps, 3, NULL), CT_INTERNAL);
    CT_EQ_I64("tables", number_of(f->db, &TABLES), 0);
}

#define WITH_DB(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_DB(an_empty_file_has_version_0),
        WITH_DB(from_nothing_all_steps_run),
        WITH_DB(an_older_file_gets_what_it_lacks),
        WITH_DB(a_newer_file_is_refused_and_untouched),
        WITH_DB(a_failing_step_undoes_all),
        WITH_DB(an_interruption_at_any_step_leaves_nothing),
        WITH_DB(a_foreign_version_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
