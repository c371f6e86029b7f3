/*
 * test_db_faults.c: which status and which words a fault of a connection or of a statement becomes,
 * and which misuse of them aborts. The rest is in test_db.c.
 */
#include "store_test.h"

#include "ct/base/banned.h"

static const struct ct_sql COUNT_NOTES = {"SELECT count(*) AS n FROM note"};

static int add_note(struct ct_db *db, int64_t person, struct ct_err *err)
{
    static const struct ct_sql ADD_NOTE = {"INSERT INTO note(person, text) VALUES(:person, :text)"};
    CT_AUTO_STMT st = ct_db_stmt(db, &ADD_NOTE);
    ct_bind_i64(&st, ":person", person);
    ct_bind_c(&st, ":text", "a note");
    return ct_stmt_run(&st, err);
}

static void what_cannot_be_opened_says_its_path(void **state)
{
    struct db_fixture *f = *state;
    struct ct_db *db = NULL;
    char path[96];
    snprintf(path, sizeof path, "%s/none/x.db", f->folder.dir);
    CT_EQ_I64("no folder", ct_db_open(path, false, &db, &f->err), CT_INTERNAL);
    CT_EQ_STR("what", f->err.what, path);
    snprintf(path, sizeof path, "%s/x.db", f->folder.dir);
    CT_EQ_I64("read-only makes none", ct_db_open(path, true, &db, NULL), CT_INTERNAL);
    assert_int_not_equal(access(path, F_OK), 0);
    FILE *out = fopen(path, "w");
    assert_non_null(out);
    for (int i = 0; i < 1000; i++)
        fputs("this is no database", out);
    fclose(out);
    CT_EQ_I64("another kind of file", ct_db_open(path, false, &db, NULL), CT_INTERNAL);
    CT_EQ_I64("a folder", ct_db_open(f->folder.dir, false, &db, NULL), CT_INTERNAL);
    assert_null(db);
    ct_db_close(NULL);
}

static void faults_become_statuses(void **state)
{
    struct db_fixture *f = *state;
    static const struct {
        const char *name;
        struct ct_sql sql;
        int want;
    } cases[] = {
        {"unique", {"INSERT INTO person(name) VALUES('Ada')"}, CT_CONFLICT},
        {"primary key", {"INSERT INTO person(id, name) VALUES(1, 'x')"}, CT_CONFLICT},
        {"check", {"INSERT INTO person(name, age) VALUES('x', -1)"}, CT_CONFLICT},
        {"trigger", {"DELETE FROM note"}, CT_CONFLICT},
        {"foreign key", {"INSERT INTO note(person) VALUES(99)"}, CT_NOT_FOUND},
        {"not null", {"INSERT INTO person(name) VALUES(NULL)"}, CT_INTERNAL},
        {"wrong type", {"INSERT INTO person(name, age) VALUES('x', 'old')"}, CT_INTERNAL},
        {"syntax", {"SELEKT 1"}, CT_INTERNAL},
        {"no such table", {"INSERT INTO nowhere VALUES(1)"}, CT_INTERNAL},
        {"double quotes are names", {"INSERT INTO person(name) VALUES(\"text\")"}, CT_INTERNAL},
        {"two statements", {"DELETE FROM person WHERE id=7; DELETE FROM person"}, CT_INTERNAL},
        {"no statement", {" -- nothing"}, CT_INTERNAL},
    };
    CT_OK_("add", add_person(f->db, "Ada", 1, &f->err), &f->err);
    CT_OK_("note", add_note(f->db, 1, &f->err), &f->err);
    CT_EACH (c, cases) {
        struct ct_err err = CT_ERR_INIT;
        CT_AUTO_STMT st = ct_db_stmt(f->db, &c->sql);
        CT_EQ_I64(c->name, ct_stmt_run(&st, &err), c->want);
        CT_EQ_I64(c->name, err.code, c->want);
        CT_EQ_I64(c->name, st.err.code, c->want);
        CT_EQ_STR(c->name, err.what, "sql");
        assert_true(strlen(err.text) > 0);
        CT_EQ_I64("again the same", ct_stmt_step(&st, NULL), c->want);
    }
    CT_EQ_I64("persons", number_of(f->db, &COUNT_PERSONS), 1);
    CT_EQ_I64("notes", number_of(f->db, &COUNT_NOTES), 1);
}

static void binding_to_what_was_not_prepared_is_harmless(void **state)
{
    struct db_fixture *f = *state;
    static const struct ct_sql WRONG = {"SELECT :a FROM nowhere"};
    CT_AUTO_STMT st = ct_db_stmt(f->db, &WRONG);
    assert_null(st.handle);
    ct_bind_i64(&st, ":a", 1);
    ct_bind_c(&st, ":b", "x");
    ct_bind_double(&st, ":c", 1);
    ct_bind_null(&st, ":d");
    ct_stmt_reset(&st);
    CT_EQ_I64("step", ct_stmt_step(&st, &f->err), CT_INTERNAL);
    assert_non_null(strstr(f->err.text, "nowhere"));
}

static void a_reset_forgives_a_failed_step(void **state)
{
    struct db_fixture *f = *state;
    add_person(f->db, "Ada", 1, &f->err);
    CT_AUTO_STMT st = ct_db_stmt(f->db, &ADD_PERSON);
    ct_bind_i64(&st, ":age", 2);
    ct_bind_null(&st, ":score");
    ct_bind_c(&st, ":name", "Ada");
    CT_EQ_I64("conflict", ct_stmt_run(&st, NULL), CT_CONFLICT);
    CT_EQ_I64("still", ct_stmt_run(&st, NULL), CT_CONFLICT);
    ct_stmt_reset(&st);
    ct_bind_c(&st, ":name", "Bob");
    CT_OK_("another name", ct_stmt_run(&st, &f->err), &f->err);
    CT_EQ_I64("persons", number_of(f->db, &COUNT_PERSONS), 2);
}

static void no_connection_is_an_internal_fault(void **state)
{
    (void)state;
    struct ct_err err = CT_ERR_INIT;
    CT_AUTO_STMT st = ct_db_stmt(NULL, &COUNT_PERSONS);
    ct_bind_i64(&st, ":a", 1);
    CT_EQ_I64("step", ct_stmt_step(&st, &err), CT_INTERNAL);
    CT_EQ_STR("what", err.what, "sql");
    CT_EQ_I64("exec", ct_db_exec(NULL, "SELECT 1", NULL), CT_INTERNAL);
}

static void a_full_disk_is_an_internal_fault(void **state)
{
    struct db_fixture *f = *state;
    static const struct ct_sql BIG = {
        "INSERT INTO person(name) VALUES(:name || hex(zeroblob(100000)))"};
    CT_OK_("limit", ct_db_exec(f->db, "PRAGMA max_page_count=10", &f->err), &f->err);
    {
        CT_AUTO_STMT st = ct_db_stmt(f->db, &BIG);
        ct_bind_c(&st, ":name", "x");
        CT_EQ_I64("full", ct_stmt_run(&st, &f->err), CT_INTERNAL);
        CT_EQ_STR("what", f->err.what, "disk");
    }
    CT_EQ_I64("nothing", number_of(f->db, &COUNT_PERSONS), 0);
}

/* What must never happen. */

static void bind_unknown(void *arg)
{
    CT_AUTO_STMT st = ct_db_stmt(((struct db_fixture *)arg)->db, &ADD_PERSON);
    ct_bind_i64(&st, ":nobody", 1);
}

static void leave_unbound(void *arg)
{
    CT_AUTO_STMT st = ct_db_stmt(((struct db_fixture *)arg)->db, &ADD_PERSON);
    ct_bind_c(&st, ":name", "Ada");
    ct_bind_i64(&st, ":age", 1);
    ct_stmt_run(&st, NULL);
}

static void use_twice_at_once(void *arg)
{
    struct db_fixture *f = arg;
    CT_AUTO_STMT first = ct_db_stmt(f->db, &COUNT_PERSONS);
    ct_stmt_step(&first, NULL);
    CT_AUTO_STMT second = ct_db_stmt(f->db, &COUNT_PERSONS);
    ct_stmt_step(&second, NULL);
}

static void read_unknown_column(void *arg)
{
    CT_AUTO_STMT st = ct_db_stmt(((struct db_fixture *)arg)->db, &COUNT_PERSONS);
    ct_stmt_step(&st, NULL);
    ct_col_i64(&st, "m");
}

static void read_without_row(void *arg)
{
    CT_AUTO_STMT st = ct_db_stmt(((struct db_fixture *)arg)->db, &COUNT_PERSONS);
    ct_col_i64(&st, "n");
}

static void run_with_rows(void *arg)
{
    CT_AUTO_STMT st = ct_db_stmt(((struct db_fixture *)arg)->db, &COUNT_PERSONS);
    ct_stmt_run(&st, NULL);
}

static void bind_between_rows(void *arg)
{
    static const struct ct_sql ONE = {"SELECT :a AS a"};
    CT_AUTO_STMT st = ct_db_stmt(((struct db_fixture *)arg)->db, &ONE);
    ct_bind_i64(&st, ":a", 1);
    ct_stmt_step(&st, NULL);
    ct_bind_i64(&st, ":a", 2);
}

static void faults_of_the_program_assert(void **state)
{
    static const struct {
        const char *name;
        void (*run)(void *arg);
    } cases[] = {
        {"an unknown parameter", bind_unknown},       {"an unbound parameter", leave_unbound},
        {"used twice at once", use_twice_at_once},    {"an unknown column", read_unknown_column},
        {"a column without a row", read_without_row}, {"run of a query", run_with_rows},
        {"bound between rows", bind_between_rows},
    };
    CT_EACH (c, cases)
        expect_abort(c->name, c->run, *state);
}

#define WITH_DB(test) cmocka_unit_test_setup_teardown(test, db_set_up, db_tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_DB(what_cannot_be_opened_says_its_path),
        WITH_DB(faults_become_statuses),
        WITH_DB(binding_to_what_was_not_prepared_is_harmless),
        WITH_DB(a_reset_forgives_a_failed_step),
        cmocka_unit_test(no_connection_is_an_internal_fault),
        WITH_DB(a_full_disk_is_an_internal_fault),
        WITH_DB(faults_of_the_program_assert),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
