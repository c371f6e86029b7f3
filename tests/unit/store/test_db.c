/*
 * test_db.c: connections, statements, binds, columns, interruptions. What faults become is in
 * test_db_faults.c.
 */
#include "store_test.h"

#include <sys/stat.h>

#include "ct/base/banned.h"

static const struct ct_sql ALL = {"SELECT id, name, age, score, photo FROM person ORDER BY id"};

static void a_connection_is_set_up(void **state)
{
    struct db_fixture *f = *state;
    static const struct {
        struct ct_sql sql;
        const char *column, *want;
    } cases[] = {
        {{"PRAGMA journal_mode"}, "journal_mode", "wal"},
        {{"PRAGMA synchronous"}, "synchronous", "2"},
        {{"PRAGMA foreign_keys"}, "foreign_keys", "1"},
        {{"PRAGMA trusted_schema"}, "trusted_schema", "0"},
        {{"PRAGMA busy_timeout"}, "timeout", "5000"},
        {{"PRAGMA query_only"}, "query_only", "0"},
    };
    CT_EACH (c, cases) {
        CT_AUTO_STMT st = ct_db_stmt(f->db, &c->sql);
        CT_EQ_I64(c->sql.text, ct_stmt_step(&st, &f->err), 1);
        CT_EQ_SV(c->sql.text, ct_col_sv(&st, c->column), ct_sv_c(c->want));
    }
}

static void the_file_is_for_its_owner_alone(void **state)
{
    struct db_fixture *f = *state;
    struct stat st;
    char wal[80];
    assert_int_equal(stat(f->folder.path, &st), 0);
    CT_EQ_I64("file", st.st_mode & 0777, 0600);
    snprintf(wal, sizeof wal, "%s-wal", f->folder.path);
    assert_int_equal(stat(wal, &st), 0);
    CT_EQ_I64("log", st.st_mode & 0777, 0600);
}

static void a_read_only_connection_reads_only(void **state)
{
    struct db_fixture *f = *state;
    struct ct_db *reader = NULL;
    CT_OK_("add", add_person(f->db, "Ada", 36, &f->err), &f->err);
    CT_OK_("open", ct_db_open(f->folder.path, true, &reader, &f->err), &f->err);
    CT_EQ_I64("reads", number_of(reader, &COUNT_PERSONS), 1);
    CT_EQ_I64("does not write", add_person(reader, "Bob", 1, &f->err), CT_INTERNAL);
    CT_EQ_STR("what", f->err.what, "sql");
    ct_db_close(reader);
}

static void a_database_in_memory(void **state)
{
    (void)state;
    struct ct_err err = CT_ERR_INIT;
    struct ct_db *db = NULL;
    CT_OK_("open", ct_db_open(":memory:", false, &db, &err), &err);
    CT_OK_("exec", ct_db_exec(db, db_schema, &err), &err);
    CT_OK_("add", add_person(db, "Ada", 36, &err), &err);
    CT_EQ_I64("one", number_of(db, &COUNT_PERSONS), 1);
    ct_db_close(db);
    assert_int_not_equal(access(":memory:", F_OK), 0);
}

static void values_come_back_as_they_went_in(void **state)
{
    struct db_fixture *f = *state;
    static const struct ct_sql ECHO = {
        "SELECT :lowest AS lowest, :highest AS highest, :real AS real, :text AS text,"
        " :empty AS empty, :nul AS nul, :null AS null_, :none AS none, :c AS c, :absent AS "
        "absent"};
    CT_AUTO_ARENA a = CT_ARENA_INIT;
    CT_AUTO_STMT st = ct_db_stmt(f->db, &ECHO);
    char text[] = "é€😀";
    ct_bind_i64(&st, ":lowest", INT64_MIN);
    ct_bind_i64(&st, ":highest", INT64_MAX);
    ct_bind_double(&st, ":real", -0.125);
    ct_bind_sv(&st, ":text", ct_sv_c(text));
    text[0] = 'x'; /* the value was copied */
    ct_bind_sv(&st, ":empty", CT_SV(""));
    ct_bind_sv(&st, ":nul", CT_SV("a\0b"));
    ct_bind_null(&st, ":null");
    ct_bind_sv(&st, ":none", CT_SV_NULL);
    ct_bind_c(&st, ":c", "C");
    ct_bind_c(&st, ":absent", NULL);
    CT_EQ_I64("row", ct_stmt_step(&st, &f->err), 1);
    CT_EQ_I64("lowest", ct_col_i64(&st, "lowest"), INT64_MIN);
    CT_EQ_I64("highest", ct_col_i64(&st, "highest"), INT64_MAX);
    double real = ct_col_double(&st, "real"), want = -0.125;
    assert_memory_equal(&real, &want, sizeof real);
    CT_EQ_SV("text", ct_col_sv(&st, "text"), CT_SV("é€😀"));
    CT_EQ_SV("empty", ct_col_sv(&st, "empty"), CT_SV(""));
    assert_non_null(ct_col_sv(&st, "empty").p);
    assert_false(ct_col_null(&st, "empty"));
    CT_EQ_SV("nul", ct_col_sv(&st, "nul"), CT_SV("a\0b"));
    CT_EQ_SV("c", ct_col_sv(&st, "c"), CT_SV("C"));
    static const char *const nulls[] = {"null_", "none", "absent"};
    CT_EACH (n, nulls) {
        assert_true(ct_col_null(&st, *n));
        assert_null(ct_col_sv(&st, *n).p);
        assert_null(ct_col_dup(&st, *n, &a).p);
        CT_EQ_I64(*n, ct_col_i64(&st, *n), 0);
        assert_true(ct_col_double(&st, *n) < 0.5 && ct_col_double(&st, *n) > -0.5);
    }
    CT_EQ_I64("one row", ct_stmt_step(&st, &f->err), 0);
}

static void blobs_are_read(void **state)
{
    struct db_fixture *f = *state;
    static const struct ct_sql BLOBS = {"SELECT x'00ff10' AS full, x'' AS empty, 12 AS number"};
    CT_AUTO_STMT st = ct_db_stmt(f->db, &BLOBS);
    CT_EQ_I64("row", ct_stmt_step(&st, &f->err), 1);
    CT_EQ_SV("full", ct_col_sv(&st, "full"), CT_SV("\0\xff\x10"));
    CT_EQ_SV("empty", ct_col_sv(&st, "empty"), CT_SV(""));
    assert_non_null(ct_col_sv(&st, "empty").p);
    CT_EQ_SV("a number as text", ct_col_sv(&st, "number"), CT_SV("12"));
}

static void copies_outlive_the_row(void **state)
{
    struct db_fixture *f = *state;
    CT_AUTO_ARENA a = CT_ARENA_INIT;
    struct ct_sv names[3];
    size_t n = 0;
    add_person(f->db, "Ada", 36, &f->err);
    add_person(f->db, "Bob", 7, &f->err);
    add_person(f->db, "Cem", 70, &f->err);
    {
        CT_AUTO_STMT st = ct_db_stmt(f->db, &ALL);
        while (ct_stmt_step(&st, &f->err) > 0)
            names[n++] = ct_col_dup(&st, "name", &a);
    }
    CT_EQ_I64("rows", n, 3);
    CT_EQ_SV("1", names[0], CT_SV("Ada"));
    CT_EQ_SV("2", names[1], CT_SV("Bob"));
    CT_EQ_SV("3", names[2], CT_SV("Cem"));
}

static void columns_may_be_read_in_any_order(void **state)
{
    struct db_fixture *f = *state;
    add_person(f->db, "Ada", 36, &f->err);
    CT_AUTO_STMT st = ct_db_stmt(f->db, &ALL);
    CT_EQ_I64("row", ct_stmt_step(&st, &f->err), 1);
    for (int round = 0; round < 3; round++) {
        assert_true(ct_col_null(&st, "photo"));
        CT_EQ_I64("age", ct_col_i64(&st, "age"), 36);
        CT_EQ_I64("age again", ct_col_i64(&st, "age"), 36);
        CT_EQ_SV("name", ct_col_sv(&st, "name"), CT_SV("Ada"));
        CT_EQ_I64("id", ct_col_i64(&st, "id"), 1);
    }
}

static void a_statement_is_prepared_once(void **state)
{
    struct db_fixture *f = *state;
    static const struct ct_sql same_text = {"SELECT count(*) AS n FROM person"};
    struct ct_stmt st = ct_db_stmt(f->db, &COUNT_PERSONS);
    void *first = st.handle;
    assert_non_null(first);
    ct_stmt_end(&st);
    assert_null(st.handle);
    ct_stmt_end(&st); /* ending twice is fine */
    st = ct_db_stmt(f->db, &COUNT_PERSONS);
    assert_ptr_equal(st.handle, first);
    struct ct_stmt other = ct_db_stmt(f->db, &same_text);
    assert_ptr_not_equal(other.handle, first); /* found by address, not by text */
    ct_stmt_end(&other);
    ct_stmt_end(&st);
}

static void hundreds_of_statements_are_kept_apart(void **state)
{
    struct db_fixture *f = *state;
    enum { N = 500 };
    static char texts[N][32];
    static struct ct_sql many[N];
    static void *handles[N];
    for (int round = 0; round < 2; round++) {
        for (int i = 0; i < N; i++) {
            snprintf(texts[i], sizeof texts[i], "SELECT %d AS n", i);
            many[i].text = texts[i];
            CT_EQ_I64("own text", number_of(f->db, &many[i]), i);
            struct ct_stmt st = ct_db_stmt(f->db, &many[i]);
            if (round == 0)
                handles[i] = st.handle;
            assert_ptr_equal(st.handle, handles[i]);
            ct_stmt_end(&st);
        }
    }
}

static void a_changed_schema_is_noticed(void **state)
{
    struct db_fixture *f = *state;
    CT_EQ_I64("before", number_of(f->db, &COUNT_PERSONS), 0);
    CT_OK_("add", add_person(f->db, "Ada", 1, &f->err), &f->err);
    CT_OK_("alter", ct_db_exec(f->db, "ALTER TABLE person ADD COLUMN extra TEXT", &f->err),
           &f->err);
    CT_OK_("add", add_person(f->db, "Bob", 2, &f->err), &f->err);
    CT_EQ_I64("after", number_of(f->db, &COUNT_PERSONS), 2);
}

static void binds_do_not_outlive_a_use(void **state)
{
    struct db_fixture *f = *state;
    CT_AUTO_STMT first = ct_db_stmt(f->db, &ADD_PERSON);
    ct_bind_c(&first, ":name", "Ada");
    ct_bind_i64(&first, ":age", 1);
    ct_bind_double(&first, ":score", 0.5);
    CT_OK_("first", ct_stmt_run(&first, &f->err), &f->err);
    ct_stmt_end(&first);
    CT_OK_("second", add_person(f->db, "Bob", 2, &f->err), &f->err);
    static const struct ct_sql SCORES = {"SELECT count(score) AS n FROM person"};
    CT_EQ_I64("only one has a score", number_of(f->db, &SCORES), 1);
}

static void a_loop_binds_anew(void **state)
{
    struct db_fixture *f = *state;
    CT_AUTO_STMT st = ct_db_stmt(f->db, &ADD_PERSON);
    ct_bind_i64(&st, ":age", 30); /* kept for all */
    ct_bind_null(&st, ":score");
    for (int i = 0; i < 10; i++) {
        char name[] = {(char)('a' + i), '\0'};
        ct_stmt_reset(&st);
        ct_bind_c(&st, ":name", name);
        CT_OK_("run", ct_stmt_run(&st, &f->err), &f->err);
    }
    static const struct ct_sql THIRTY = {"SELECT count(*) AS n FROM person WHERE age = 30"};
    CT_EQ_I64("rows", number_of(f->db, &THIRTY), 10);
}

static void a_bind_after_the_end_begins_anew(void **state)
{
    struct db_fixture *f = *state;
    static const struct ct_sql ECHO = {"SELECT :a AS n"};
    CT_AUTO_STMT st = ct_db_stmt(f->db, &ECHO);
    for (int64_t i = 0; i < 3; i++) {
        ct_bind_i64(&st, ":a", i);
        CT_EQ_I64("row", ct_stmt_step(&st, &f->err), 1);
        CT_EQ_I64("value", ct_col_i64(&st, "n"), i);
        CT_EQ_I64("end", ct_stmt_step(&st, &f->err), 0);
    }
}

static void a_second_run_runs_again(void **state)
{
    struct db_fixture *f = *state;
    static const struct ct_sql PLAIN = {"INSERT INTO person(name) VALUES('x' || random())"};
    CT_AUTO_STMT st = ct_db_stmt(f->db, &PLAIN);
    CT_OK_("first", ct_stmt_run(&st, &f->err), &f->err);
    CT_OK_("second", ct_stmt_run(&st, &f->err), &f->err);
    CT_EQ_I64("rows", number_of(f->db, &COUNT_PERSONS), 2);
}

static void the_end_of_rows_stays_the_end(void **state)
{
    struct db_fixture *f = *state;
    add_person(f->db, "Ada", 1, &f->err);
    CT_AUTO_STMT st = ct_db_stmt(f->db, &ALL);
    CT_EQ_I64("row", ct_stmt_step(&st, &f->err), 1);
    CT_EQ_I64("end", ct_stmt_step(&st, &f->err), 0);
    CT_EQ_I64("still the end", ct_stmt_step(&st, &f->err), 0);
    ct_stmt_reset(&st);
    CT_EQ_I64("from the beginning", ct_stmt_step(&st, &f->err), 1);
}

static void rows_come_out_of_an_insert(void **state)
{
    struct db_fixture *f = *state;
    static const struct ct_sql RETURNING = {
        "INSERT INTO person(name) VALUES(:name) RETURNING id AS n"};
    CT_AUTO_STMT st = ct_db_stmt(f->db, &RETURNING);
    ct_bind_c(&st, ":name", "Ada");
    CT_EQ_I64("row", ct_stmt_step(&st, &f->err), 1);
    CT_EQ_I64("id", ct_col_i64(&st, "n"), 1);
    CT_EQ_I64("end", ct_stmt_step(&st, &f->err), 0);
}

static void ids_and_changes(void **state)
{
    struct db_fixture *f = *state;
    add_person(f->db, "Ada", 1, &f->err);
    add_person(f->db, "Bob", 2, &f->err);
    CT_EQ_I64("last id", ct_db_last_id(f->db), 2);
    CT_EQ_I64("one row", ct_db_changes(f->db), 1);
    CT_OK_("all", ct_db_exec(f->db, "UPDATE person SET age = 3", &f->err), &f->err);
    CT_EQ_I64("two rows", ct_db_changes(f->db), 2);
    CT_OK_("none", ct_db_exec(f->db, "DELETE FROM person WHERE age = 99", &f->err), &f->err);
    CT_EQ_I64("no row", ct_db_changes(f->db), 0);
}

static void exec_runs_several(void **state)
{
    struct db_fixture *f = *state;
    CT_OK_("two",
           ct_db_exec(f->db,
                      "INSERT INTO person(name) VALUES('a'); INSERT INTO person(name) VALUES('b')",
                      &f->err),
           &f->err);
    CT_EQ_I64("rows", number_of(f->db, &COUNT_PERSONS), 2);
    CT_EQ_I64("fault", ct_db_exec(f->db, "INSERT INTO person(name) VALUES('a')", &f->err),
              CT_CONFLICT);
}

static bool never(void *arg)
{
    ++*(int *)arg;
    return false;
}

static void progress_is_called_until_removed(void **state)
{
    struct db_fixture *f = *state;
    int calls = 0;
    ct_db_on_progress(f->db, 1, never, &calls);
    CT_EQ_I64("rows", number_of(f->db, &COUNT_PERSONS), 0);
    assert_true(calls > 0);
    int before = calls;
    ct_db_on_progress(f->db, 0, NULL, NULL);
    CT_EQ_I64("rows", number_of(f->db, &COUNT_PERSONS), 0);
    CT_EQ_I64("calls", calls, before);
}

#define WITH_DB(test) cmocka_unit_test_setup_teardown(test, db_set_up, db_tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_DB(a_connection_is_set_up),
        WITH_DB(the_file_is_for_its_owner_alone),
        WITH_DB(a_read_only_connection_reads_only),
        cmocka_unit_test(a_database_in_memory),
        WITH_DB(values_come_back_as_they_went_in),
        WITH_DB(blobs_are_read),
        WITH_DB(copies_outlive_the_row),
        WITH_DB(columns_may_be_read_in_any_order),
        WITH_DB(a_statement_is_prepared_once),
        WITH_DB(hundreds_of_statements_are_kept_apart),
        WITH_DB(a_changed_schema_is_noticed),
        WITH_DB(binds_do_not_outlive_a_use),
        WITH_DB(a_loop_binds_anew),
        WITH_DB(a_bind_after_the_end_begins_anew),
        WITH_DB(a_second_run_runs_again),
        WITH_DB(the_end_of_rows_stays_the_end),
        WITH_DB(rows_come_out_of_an_insert),
        WITH_DB(ids_and_changes),
        WITH_DB(exec_runs_several),
        WITH_DB(progress_is_called_until_removed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
