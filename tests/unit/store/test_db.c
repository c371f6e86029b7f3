/*
 * test_db.c: connections, statements, binds, columns, faults, interruptions.
 */
#include "store_test.h"

#include <sys/stat.h>

#include "ct/base/banned.h"

struct fixture {
    struct ct_db *db;
    struct ct_err err;
    struct folder folder;
};

static const char schema[] =
    "CREATE TABLE person(id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE,"
    "  age INTEGER CHECK(age >= 0), score REAL, photo BLOB) STRICT;"
    "CREATE TABLE note(id INTEGER PRIMARY KEY, person INTEGER NOT NULL REFERENCES person(id),"
    "  text TEXT) STRICT;"
    "CREATE TRIGGER keep BEFORE DELETE ON note BEGIN SELECT RAISE(ABORT, 'append only'); END;";

static const struct ct_sql ADD = {
    "INSERT INTO person(name, age, score) VALUES(:name, :age, :score)"};
static const struct ct_sql ADD_NOTE = {"INSERT INTO note(person, text) VALUES(:person, :text)"};
static const struct ct_sql COUNT = {"SELECT count(*) AS n FROM person"};
static const struct ct_sql COUNT_NOTES = {"SELECT count(*) AS n FROM note"};
static const struct ct_sql ALL = {"SELECT id, name, age, score, photo FROM person ORDER BY id"};

static int set_up(void **state)
{
    struct fixture *f = calloc(1, sizeof *f);
    if (!f || folder_make(&f->folder) != 0)
        return -1;
    *state = f;
    if (ct_db_open(f->folder.path, false, &f->db, &f->err) < 0)
        return -1;
    return ct_db_exec(f->db, schema, &f->err);
}

static int tear_down(void **state)
{
    struct fixture *f = *state;
    ct_db_close(f->db);
    folder_remove(&f->folder);
    free(f);
    return 0;
}

static int add(struct ct_db *db, const char *name, int64_t age, struct ct_err *err)
{
    CT_AUTO_STMT st = ct_db_stmt(db, &ADD);
    ct_bind_c(&st, ":name", name);
    ct_bind_i64(&st, ":age", age);
    ct_bind_null(&st, ":score");
    return ct_stmt_run(&st, err);
}

static int add_note(struct ct_db *db, int64_t person, struct ct_err *err)
{
    CT_AUTO_STMT st = ct_db_stmt(db, &ADD_NOTE);
    ct_bind_i64(&st, ":person", person);
    ct_bind_c(&st, ":text", "a note");
    return ct_stmt_run(&st, err);
}

static void a_connection_is_set_up(void **state)
{
    struct fixture *f = *state;
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
    struct fixture *f = *state;
    struct stat st;
    char wal[80];
    assert_int_equal(stat(f->folder.path, &st), 0);
    CT_EQ_I64("file", st.st_mode & 0777, 0600);
    snprintf(wal, sizeof wal, "%s-wal", f->folder.path);
    assert_int_equal(stat(wal, &st), 0);
    CT_EQ_I64("log", st.st_mode & 0777, 0600);
}

static void what_cannot_be_opened_says_its_path(void **state)
{
    struct fixture *f = *state;
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

static void a_read_only_connection_reads_only(void **state)
{
    struct fixture *f = *state;
    struct ct_db *reader = NULL;
    CT_OK_("add", add(f->db, "Ada", 36, &f->err), &f->err);
    CT_OK_("open", ct_db_open(f->folder.path, true, &reader, &f->err), &f->err);
    CT_EQ_I64("reads", number_of(reader, &COUNT), 1);
    CT_EQ_I64("does not write", add(reader, "Bob", 1, &f->err), CT_INTERNAL);
    CT_EQ_STR("what", f->err.what, "sql");
    ct_db_close(reader);
}

static void a_database_in_memory(void **state)
{
    (void)state;
    struct ct_err err = CT_ERR_INIT;
    struct ct_db *db = NULL;
    CT_OK_("open", ct_db_open(":memory:", false, &db, &err), &err);
    CT_OK_("exec", ct_db_exec(db, schema, &err), &err);
    CT_OK_("add", add(db, "Ada", 36, &err), &err);
    CT_EQ_I64("one", number_of(db, &COUNT), 1);
    ct_db_close(db);
    assert_int_not_equal(access(":memory:", F_OK), 0);
}

static void values_come_back_as_they_went_in(void **state)
{
    struct fixture *f = *state;
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
    struct fixture *f = *state;
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
    struct fixture *f = *state;
    CT_AUTO_ARENA a = CT_ARENA_INIT;
    struct ct_sv names[3];
    size_t n = 0;
    add(f->db, "Ada", 36, &f->err);
    add(f->db, "Bob", 7, &f->err);
    add(f->db, "Cem", 70, &f->err);
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
    struct fixture *f = *state;
    add(f->db, "Ada", 36, &f->err);
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
    struct fixture *f = *state;
    static const struct ct_sql same_text = {"SELECT count(*) AS n FROM person"};
    struct ct_stmt st = ct_db_stmt(f->db, &COUNT);
    void *first = st.handle;
    assert_non_null(first);
    ct_stmt_end(&st);
    assert_null(st.handle);
    ct_stmt_end(&st); /* ending twice is fine */
    st = ct_db_stmt(f->db, &COUNT);
    assert_ptr_equal(st.handle, first);
    struct ct_stmt other = ct_db_stmt(f->db, &same_text);
    assert_ptr_not_equal(other.handle, first); /* found by address, not by text */
    ct_stmt_end(&other);
    ct_stmt_end(&st);
}

static void hundreds_of_statements_are_kept_apart(void **state)
{
    struct fixture *f = *state;
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
    struct fixture *f = *state;
    CT_EQ_I64("before", number_of(f->db, &COUNT), 0);
    CT_OK_("add", add(f->db, "Ada", 1, &f->err), &f->err);
    CT_OK_("alter", ct_db_exec(f->db, "ALTER TABLE person ADD COLUMN extra TEXT", &f->err),
           &f->err);
    CT_OK_("add", add(f->db, "Bob", 2, &f->err), &f->err);
    CT_EQ_I64("after", number_of(f->db, &COUNT), 2);
}

static void binds_do_not_outlive_a_use(void **state)
{
    struct fixture *f = *state;
    CT_AUTO_STMT first = ct_db_stmt(f->db, &ADD);
    ct_bind_c(&first, ":name", "Ada");
    ct_bind_i64(&first, ":age", 1);
    ct_bind_double(&first, ":score", 0.5);
    CT_OK_("first", ct_stmt_run(&first, &f->err), &f->err);
    ct_stmt_end(&first);
    CT_OK_("second", add(f->db, "Bob", 2, &f->err), &f->err);
    static const struct ct_sql SCORES = {"SELECT count(score) AS n FROM person"};
    CT_EQ_I64("only one has a score", number_of(f->db, &SCORES), 1);
}

static void a_loop_binds_anew(void **state)
{
    struct fixture *f = *state;
    CT_AUTO_STMT st = ct_db_stmt(f->db, &ADD);
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
    struct fixture *f = *state;
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
    struct fixture *f = *state;
    static const struct ct_sql PLAIN = {"INSERT INTO person(name) VALUES('x' || random())"};
    CT_AUTO_STMT st = ct_db_stmt(f->db, &PLAIN);
    CT_OK_("first", ct_stmt_run(&st, &f->err), &f->err);
    CT_OK_("second", ct_stmt_run(&st, &f->err), &f->err);
    CT_EQ_I64("rows", number_of(f->db, &COUNT), 2);
}

static void the_end_of_rows_stays_the_end(void **state)
{
    struct fixture *f = *state;
    add(f->db, "Ada", 1, &f->err);
    CT_AUTO_STMT st = ct_db_stmt(f->db, &ALL);
    CT_EQ_I64("row", ct_stmt_step(&st, &f->err), 1);
    CT_EQ_I64("end", ct_stmt_step(&st, &f->err), 0);
    CT_EQ_I64("still the end", ct_stmt_step(&st, &f->err), 0);
    ct_stmt_reset(&st);
    CT_EQ_I64("from the beginning", ct_stmt_step(&st, &f->err), 1);
}

static void rows_come_out_of_an_insert(void **state)
{
    struct fixture *f = *state;
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
    struct fixture *f = *state;
    add(f->db, "Ada", 1, &f->err);
    add(f->db, "Bob", 2, &f->err);
    CT_EQ_I64("last id", ct_db_last_id(f->db), 2);
    CT_EQ_I64("one row", ct_db_changes(f->db), 1);
    CT_OK_("all", ct_db_exec(f->db, "UPDATE person SET age = 3", &f->err), &f->err);
    CT_EQ_I64("two rows", ct_db_changes(f->db), 2);
    CT_OK_("none", ct_db_exec(f->db, "DELETE FROM person WHERE age = 99", &f->err), &f->err);
    CT_EQ_I64("no row", ct_db_changes(f->db), 0);
}

static void faults_become_statuses(void **state)
{
    struct fixture *f = *state;
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
    CT_OK_("add", add(f->db, "Ada", 1, &f->err), &f->err);
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
    CT_EQ_I64("persons", number_of(f->db, &COUNT), 1);
    CT_EQ_I64("notes", number_of(f->db, &COUNT_NOTES), 1);
}

static void binding_to_what_was_not_prepared_is_harmless(void **state)
{
    struct fixture *f = *state;
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
    struct fixture *f = *state;
    add(f->db, "Ada", 1, &f->err);
    CT_AUTO_STMT st = ct_db_stmt(f->db, &ADD);
    ct_bind_i64(&st, ":age", 2);
    ct_bind_null(&st, ":score");
    ct_bind_c(&st, ":name", "Ada");
    CT_EQ_I64("conflict", ct_stmt_run(&st, NULL), CT_CONFLICT);
    CT_EQ_I64("still", ct_stmt_run(&st, NULL), CT_CONFLICT);
    ct_stmt_reset(&st);
    ct_bind_c(&st, ":name", "Bob");
    CT_OK_("another name", ct_stmt_run(&st, &f->err), &f->err);
    CT_EQ_I64("persons", number_of(f->db, &COUNT), 2);
}

static void no_connection_is_an_internal_fault(void **state)
{
    (void)state;
    struct ct_err err = CT_ERR_INIT;
    CT_AUTO_STMT st = ct_db_stmt(NULL, &COUNT);
    ct_bind_i64(&st, ":a", 1);
    CT_EQ_I64("step", ct_stmt_step(&st, &err), CT_INTERNAL);
    CT_EQ_STR("what", err.what, "sql");
    CT_EQ_I64("exec", ct_db_exec(NULL, "SELECT 1", NULL), CT_INTERNAL);
    CT_EQ_I64("savepoint", ct_db_savepoint(NULL, NULL), CT_INTERNAL);
    CT_EQ_I64("release", ct_db_release(NULL, NULL), CT_INTERNAL);
    CT_EQ_I64("rollback", ct_db_rollback(NULL, NULL), CT_INTERNAL);
}

static void exec_runs_several(void **state)
{
    struct fixture *f = *state;
    CT_OK_("two",
           ct_db_exec(f->db,
                      "INSERT INTO person(name) VALUES('a'); INSERT INTO person(name) VALUES('b')",
                      &f->err),
           &f->err);
    CT_EQ_I64("rows", number_of(f->db, &COUNT), 2);
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
    struct fixture *f = *state;
    int calls = 0;
    ct_db_on_progress(f->db, 1, never, &calls);
    CT_EQ_I64("rows", number_of(f->db, &COUNT), 0);
    assert_true(calls > 0);
    int before = calls;
    ct_db_on_progress(f->db, 0, NULL, NULL);
    CT_EQ_I64("rows", number_of(f->db, &COUNT), 0);
    CT_EQ_I64("calls", calls, before);
}

static void a_full_disk_is_an_internal_fault(void **state)
{
    struct fixture *f = *state;
    static const struct ct_sql BIG = {
        "INSERT INTO person(name) VALUES(:name || hex(zeroblob(100000)))"};
    CT_OK_("limit", ct_db_exec(f->db, "PRAGMA max_page_count=10", &f->err), &f->err);
    {
        CT_AUTO_STMT st = ct_db_stmt(f->db, &BIG);
        ct_bind_c(&st, ":name", "x");
        CT_EQ_I64("full", ct_stmt_run(&st, &f->err), CT_INTERNAL);
        CT_EQ_STR("what", f->err.what, "sql");
    }
    CT_EQ_I64("nothing", number_of(f->db, &COUNT), 0);
}

/* What must never happen. */

static void bind_unknown(void *arg)
{
    CT_AUTO_STMT st = ct_db_stmt(((struct fixture *)arg)->db, &ADD);
    ct_bind_i64(&st, ":nobody", 1);
}

static void leave_unbound(void *arg)
{
    CT_AUTO_STMT st = ct_db_stmt(((struct fixture *)arg)->db, &ADD);
    ct_bind_c(&st, ":name", "Ada");
    ct_bind_i64(&st, ":age", 1);
    ct_stmt_run(&st, NULL);
}

static void use_twice_at_once(void *arg)
{
    struct fixture *f = arg;
    CT_AUTO_STMT first = ct_db_stmt(f->db, &COUNT);
    ct_stmt_step(&first, NULL);
    CT_AUTO_STMT second = ct_db_stmt(f->db, &COUNT);
    ct_stmt_step(&second, NULL);
}

static void read_unknown_column(void *arg)
{
    CT_AUTO_STMT st = ct_db_stmt(((struct fixture *)arg)->db, &COUNT);
    ct_stmt_step(&st, NULL);
    ct_col_i64(&st, "m");
}

static void read_without_row(void *arg)
{
    CT_AUTO_STMT st = ct_db_stmt(((struct fixture *)arg)->db, &COUNT);
    ct_col_i64(&st, "n");
}

static void run_with_rows(void *arg)
{
    CT_AUTO_STMT st = ct_db_stmt(((struct fixture *)arg)->db, &COUNT);
    ct_stmt_run(&st, NULL);
}

static void bind_between_rows(void *arg)
{
    static const struct ct_sql ONE = {"SELECT :a AS a"};
    CT_AUTO_STMT st = ct_db_stmt(((struct fixture *)arg)->db, &ONE);
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

#define WITH_DB(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_DB(a_connection_is_set_up),
        WITH_DB(the_file_is_for_its_owner_alone),
        WITH_DB(what_cannot_be_opened_says_its_path),
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
        WITH_DB(faults_become_statuses),
        WITH_DB(binding_to_what_was_not_prepared_is_harmless),
        WITH_DB(a_reset_forgives_a_failed_step),
        cmocka_unit_test(no_connection_is_an_internal_fault),
        WITH_DB(exec_runs_several),
        WITH_DB(progress_is_called_until_removed),
        WITH_DB(a_full_disk_is_an_internal_fault),
        WITH_DB(faults_of_the_program_assert),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
