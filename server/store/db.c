/*
 * db.c: the only file that includes <sqlite3.h>: connections and cached statements.
 *
 * A statement is prepared once for each connection and found again by the address of its ct_sql.
 * What must never happen (an unknown name, a statement used twice at once) asserts, and in builds
 * without assertions comes out as CT_INTERNAL rather than as a wrong record.
 */
#include "ct/store/db.h"

#include <assert.h>
#include <fcntl.h>
#include <pthread.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "db_priv.h"

#include "ct/base/banned.h"

enum { BUSY_MS = 5000, TABLE_FIRST = 64 };

enum stage { READY, ROW, DONE };

/* A prepared statement with what SQLite would have to be asked again each time. */
struct cached {
    const struct ct_sql *sql;
    sqlite3_stmt *stmt;
    enum stage stage;
    bool busy;        /* between ct_db_stmt and ct_stmt_end */
    bool step_failed; /* the fault in ct_stmt came from a step, so that a reset forgives it */
    bool *bound;      /* for each parameter, from 0 */
    int n_params;
    char **columns;     /* names, copied: SQLite's own move when it prepares anew */
    const char **asked; /* of each the literal by which it was found last; NULL: not yet */
    int n_columns;
    int next_column; /* the one after the last that was asked for: rows are read in order */
};

struct ct_db {
    sqlite3 *handle;
    struct cached **table; /* open addressing, a power of two, at most half full */
    size_t cap, n;
    bool (*stop)(void *arg);
    void *stop_arg;
    int stop_steps;
};

static void *alloc(size_t n, size_t size)
{
    void *p = calloc(n ? n : 1, size);
    if (!p) {
        fputs("crosstrain: out of memory\n", stderr);
        abort();
    }
    return p;
}

/* SQLite's result as ours. The text is for logs: it may name tables. */
static int fail_sql(struct ct_err *err, sqlite3 *handle, int rc)
{
    const char *text = handle ? sqlite3_errmsg(handle) : sqlite3_errstr(rc);
    switch (rc) {
    case SQLITE_CONSTRAINT_FOREIGNKEY:
        return ct_fail(err, CT_NOT_FOUND, "sql", "%s", text);
    case SQLITE_CONSTRAINT_UNIQUE:
    case SQLITE_CONSTRAINT_PRIMARYKEY:
    case SQLITE_CONSTRAINT_ROWID:
    case SQLITE_CONSTRAINT_CHECK:
    case SQLITE_CONSTRAINT_TRIGGER:
        return ct_fail(err, CT_CONFLICT, "sql", "%s", text);
    case SQLITE_FULL:
        return ct_fail(err, CT_INTERNAL, "disk", "%s", text);
    default:
        return ct_fail(err, CT_INTERNAL, "sql", "%s (%d)", text, rc);
    }
}

static int fail_closed(struct ct_err *err)
{
    return ct_fail(err, CT_INTERNAL, "sql", "no connection to the database");
}

static int set_up(struct ct_db *db, bool read_only, struct ct_err *err)
{
    sqlite3_extended_result_codes(db->handle, 1);
    sqlite3_busy_timeout(db->handle, BUSY_MS);
    /* "x" is then never taken for the text 'x' when no column x exists */
    sqlite3_db_config(db->handle, SQLITE_DBCONFIG_DQS_DML, 0, NULL);
    sqlite3_db_config(db->handle, SQLITE_DBCONFIG_DQS_DDL, 0, NULL);
    int r = ct_db_exec(db,
                       "PRAGMA foreign_keys=ON; PRAGMA trusted_schema=OFF;"
                       "PRAGMA synchronous=FULL; PRAGMA temp_store=MEMORY;",
                       err);
    if (r < 0)
        return r;
    /* A report reads a good part of the file: it is mapped, and its pages are not copied for each
     * reader. What is over two gigabytes is read as before. The writer keeps up to 32 MB of pages:
     * an import comes back to the same ones, and would else write and read each many times while
     * everybody waits. */
    return ct_db_exec(db,
                      read_only ? "PRAGMA query_only=ON; PRAGMA mmap_size=2147418112"
                                : "PRAGMA journal_mode=WAL; PRAGMA cache_size=-32768",
                      err);
}

/* SQLite counts its memory under one lock for all connections unless told otherwise, and readers on
 * many threads would stand in line for it. Nobody asks for the count. */
static void configure(void)
{
    sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
}

int ct_db_open(const char *path, bool read_only, struct ct_db **ret, struct ct_err *err)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    pthread_once(&once, configure);
    int flags = SQLITE_OPEN_NOMUTEX |
                (read_only ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE);
    if (!read_only && strcmp(path, ":memory:") != 0) {
        /* Records of people: for the owner alone. SQLite gives its side files the same mode. Only a
         * new file is opened here, because closing an old one would drop SQLite's locks on it. */
        int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
        if (fd >= 0)
            close(fd);
    }
    struct ct_db *db = alloc(1, sizeof *db);
    struct ct_err fault = CT_ERR_INIT;
    int rc = sqlite3_open_v2(path, &db->handle, flags, NULL);
    int r = rc == SQLITE_OK ? set_up(db, read_only, &fault) : fail_sql(&fault, db->handle, rc);
    if (r < 0) {
        ct_db_close(db);
        return ct_fail(err, CT_INTERNAL, path, "%s", fault.text);
    }
    *ret = db;
    return CT_OK;
}

static void cached_free(struct cached *c)
{
    sqlite3_finalize(c->stmt);
    for (int i = 0; i < c->n_columns; i++)
        free(c->columns[i]);
    free(c->columns);
    free(c->asked);
    free(c->bound);
    free(c);
}

void ct_db_close(struct ct_db *db)
{
    if (!db)
        return;
    for (size_t i = 0; i < db->cap; i++) {
        if (!db->table[i])
            continue;
        assert(!db->table[i]->busy && "a statement outlives its connection");
        cached_free(db->table[i]);
    }
    free(db->table);
    sqlite3_close(db->handle);
    free(db);
}

/* Where the statement is, or the free place where it belongs. */
static struct cached **slot_of(struct cached **table, size_t cap, const struct ct_sql *sql)
{
    uint64_t hash = (uint64_t)(uintptr_t)sql * UINT64_C(0x9E3779B97F4A7C15);
    size_t at = (size_t)(hash >> 32) & (cap - 1);
    while (table[at] && table[at]->sql != sql)
        at = (at + 1) & (cap - 1);
    return &table[at];
}

static void table_grow(struct ct_db *db)
{
    size_t cap = db->cap ? db->cap * 2 : TABLE_FIRST;
    struct cached **table = alloc(cap, sizeof(struct cached *));
    for (size_t i = 0; i < db->cap; i++)
        if (db->table[i])
            *slot_of(table, cap, db->table[i]->sql) = db->table[i];
    free(db->table);
    db->table = table;
    db->cap = cap;
}

static struct cached *prepare(struct ct_db *db, const struct ct_sql *sql, struct ct_err *err)
{
    sqlite3_stmt *stmt = NULL;
    const char *tail = "";
    int rc = sqlite3_prepare_v3(db->handle, sql->text, -1, SQLITE_PREPARE_PERSISTENT, &stmt, &tail);
    if (rc != SQLITE_OK) {
        fail_sql(err, db->handle, rc);
        return NULL;
    }
    if (!stmt || ct_sv_trim(ct_sv_c(tail)).n) {
        sqlite3_finalize(stmt);
        ct_fail(err, CT_INTERNAL, "sql", "not one statement: %s", sql->text);
        return NULL;
    }
    struct cached *c = alloc(1, sizeof *c);
    c->sql = sql;
    c->stmt = stmt;
    c->n_params = sqlite3_bind_parameter_count(stmt);
    c->bound = alloc((size_t)c->n_params, sizeof *c->bound);
    c->n_columns = sqlite3_column_count(stmt);
    c->columns = alloc((size_t)c->n_columns, sizeof *c->columns);
    c->asked = alloc((size_t)c->n_columns, sizeof *c->asked);
    for (int i = 0; i < c->n_columns; i++) {
        const char *name = sqlite3_column_name(stmt, i);
        size_t n = name ? strlen(name) : 0;
        c->columns[i] = alloc(n + 1, 1);
        if (n)
            memcpy(c->columns[i], name, n);
    }
    return c;
}

struct ct_stmt ct_db_stmt(struct ct_db *db, const struct ct_sql *sql)
{
    struct ct_stmt st = {db, NULL, sql, CT_ERR_INIT};
    if (!db) {
        fail_closed(&st.err);
        return st;
    }
    if (db->n * 2 >= db->cap)
        table_grow(db);
    struct cached **slot = slot_of(db->table, db->cap, sql);
    if (!*slot) {
        *slot = prepare(db, sql, &st.err);
        if (!*slot)
            return st;
        db->n++;
    }
    assert(!(*slot)->busy && "the statement is in use");
    if ((*slot)->busy) {
        ct_fail(&st.err, CT_INTERNAL, "sql", "statement in use: %s", sql->text);
        return st;
    }
    (*slot)->busy = true;
    st.handle = *slot;
    return st;
}

/* SQLite's result is that of the last step, which was reported then. */
static void rewind_statement(struct cached *c)
{
    sqlite3_reset(c->stmt);
    c->stage = READY;
    c->next_column = 0;
}

void ct_stmt_end(struct ct_stmt *st)
{
    struct cached *c = st->handle;
    if (!c)
        return;
    rewind_statement(c);
    sqlite3_clear_bindings(c->stmt);
    memset(c->bound, 0, (size_t)c->n_params * sizeof *c->bound);
    c->step_failed = false;
    c->busy = false;
    st->handle = NULL;
}

void ct_stmt_reset(struct ct_stmt *st)
{
    struct cached *c = st->handle;
    if (!c)
        return;
    rewind_statement(c);
    if (c->step_failed)
        ct_err_clear(&st->err);
    c->step_failed = false;
}

/* The parameter's number, marked as bound; 0 when nothing can be bound. */
static int param(struct ct_stmt *st, const char *name)
{
    struct cached *c = st->handle;
    if (!c)
        return 0;
    assert(c->stage != ROW && "reset before binding anew");
    int i = sqlite3_bind_parameter_index(c->stmt, name);
    assert(i > 0 && "no such parameter");
    if (i == 0) {
        ct_fail(&st->err, CT_INTERNAL, "sql", "no parameter %s", name);
        return 0;
    }
    if (c->stage == DONE)
        c->stage = READY;
    c->bound[i - 1] = true;
    return i;
}

static void check_bind(struct ct_stmt *st, int rc)
{
    if (rc != SQLITE_OK)
        fail_sql(&st->err, st->db->handle, rc);
}

static sqlite3_stmt *stmt_of(const struct ct_stmt *st)
{
    return ((struct cached *)st->handle)->stmt;
}

void ct_bind_i64(struct ct_stmt *st, const char *name, int64_t v)
{
    int i = param(st, name);
    if (i)
        check_bind(st, sqlite3_bind_int64(stmt_of(st), i, v));
}

void ct_bind_double(struct ct_stmt *st, const char *name, double v)
{
    int i = param(st, name);
    if (i)
        check_bind(st, sqlite3_bind_double(stmt_of(st), i, v));
}

void ct_bind_sv(struct ct_stmt *st, const char *name, struct ct_sv v)
{
    int i = param(st, name);
    if (i)
        check_bind(st,
                   sqlite3_bind_text64(stmt_of(st), i, v.p, v.n, SQLITE_TRANSIENT, SQLITE_UTF8));
}

void ct_bind_c(struct ct_stmt *st, const char *name, const char *v)
{
    ct_bind_sv(st, name, ct_sv_c(v));
}

void ct_bind_null(struct ct_stmt *st, const char *name)
{
    int i = param(st, name);
    if (i)
        check_bind(st, sqlite3_bind_null(stmt_of(st), i));
}

static bool all_bound(struct ct_stmt *st)
{
    const struct cached *c = st->handle;
    for (int i = 0; i < c->n_params; i++) {
        assert(c->bound[i] && "a parameter was not bound");
        if (!c->bound[i]) {
            const char *name = sqlite3_bind_parameter_name(c->stmt, i + 1);
            ct_fail(&st->err, CT_INTERNAL, "sql", "parameter %s is missing", name ? name : "?");
            return false;
        }
    }
    return true;
}

static int pass_on(const struct ct_stmt *st, struct ct_err *err)
{
    return ct_fail(err, st->err.code, st->err.what, "%s", st->err.text);
}

int ct_stmt_step(struct ct_stmt *st, struct ct_err *err)
{
    struct cached *c = st->handle;
    if (!c)
        fail_closed(&st->err); /* after ct_stmt_end(); else the first fault is kept */
    if (!c || st->err.code != CT_OK)
        return pass_on(st, err);
    if (c->stage == DONE)
        return 0;
    if (c->stage == READY && !all_bound(st))
        return pass_on(st, err);
    int rc = sqlite3_step(c->stmt);
    c->next_column = 0;
    if (rc == SQLITE_ROW) {
        c->stage = ROW;
        return 1;
    }
    if (rc != SQLITE_DONE) {
        fail_sql(&st->err, st->db->handle, rc);
        c->step_failed = true;
    }
    /* at once, so that no lock is held until the scope ends */
    sqlite3_reset(c->stmt);
    c->stage = DONE;
    return st->err.code == CT_OK ? 0 : pass_on(st, err);
}

int ct_stmt_run(struct ct_stmt *st, struct ct_err *err)
{
    struct cached *c = st->handle;
    /* a second run without a reset runs again: to do nothing would lose a record */
    if (c && c->stage == DONE && st->err.code == CT_OK)
        c->stage = READY;
    int r = ct_stmt_step(st, err);
    assert(r <= 0 && "the statement returns rows");
    return r > 0 ? ct_fail(err, CT_INTERNAL, "sql", "unexpected row: %s", st->sql->text) : r;
}

/* The column's number, -1 if there is none or no row. Columns are mostly read in their order and by
 * the literals of the row before, so that a report's million cells need no comparing of names. */
static int column(struct ct_stmt *st, const char *name)
{
    struct cached *c = st->handle;
    assert(c && c->stage == ROW && "there is no row");
    if (!c || c->stage != ROW)
        return -1;
    if (c->next_column < c->n_columns && c->asked[c->next_column] == name) {
        assert(strcmp(c->columns[c->next_column], name) == 0 && "the name is no literal");
        return c->next_column++;
    }
    for (int k = 0; k < c->n_columns; k++) {
        int i = (c->next_column + k) % c->n_columns;
        if (strcmp(c->columns[i], name) == 0) {
            c->asked[i] = name;
            c->next_column = i + 1;
            return i;
        }
    }
    assert(false && "no such column");
    return -1;
}

int64_t ct_col_i64(struct ct_stmt *st, const char *name)
{
    int i = column(st, name);
    return i < 0 ? 0 : sqlite3_column_int64(stmt_of(st), i);
}

double ct_col_double(struct ct_stmt *st, const char *name)
{
    int i = column(st, name);
    return i < 0 ? 0 : sqlite3_column_double(stmt_of(st), i);
}

bool ct_col_null(struct ct_stmt *st, const char *name)
{
    int i = column(st, name);
    return i < 0 || sqlite3_column_type(stmt_of(st), i) == SQLITE_NULL;
}

struct ct_sv ct_col_sv(struct ct_stmt *st, const char *name)
{
    int i = column(st, name);
    if (i < 0)
        return CT_SV_NULL;
    sqlite3_stmt *stmt = stmt_of(st);
    int type = sqlite3_column_type(stmt, i);
    if (type == SQLITE_NULL)
        return CT_SV_NULL;
    const void *p = type == SQLITE_BLOB ? sqlite3_column_blob(stmt, i)
                                        : (const void *)sqlite3_column_text(stmt, i);
    size_t n = (size_t)sqlite3_column_bytes(stmt, i);
    /* an empty blob comes as NULL, but is not the null view */
    return p ? ct_sv_n(p, n) : ct_sv_n("", 0);
}

struct ct_sv ct_col_dup(struct ct_stmt *st, const char *name, struct ct_arena *a)
{
    struct ct_sv v = ct_col_sv(st, name);
    return v.p ? ct_arena_dup(a, v) : v;
}

int64_t ct_db_last_id(struct ct_db *db)
{
    return db ? sqlite3_last_insert_rowid(db->handle) : 0;
}

int64_t ct_db_changes(struct ct_db *db)
{
    return db ? sqlite3_changes64(db->handle) : 0;
}

int ct_db_exec(struct ct_db *db, const char *sql, struct ct_err *err)
{
    if (!db)
        return fail_closed(err);
    int rc = sqlite3_exec(db->handle, sql, NULL, NULL, NULL);
    return rc == SQLITE_OK ? CT_OK : fail_sql(err, db->handle, rc);
}

static int on_step(void *arg)
{
    const struct ct_db *db = arg;
    return db->stop(db->stop_arg);
}

void ct_db_on_progress(struct ct_db *db, int n, bool (*stop)(void *arg), void *arg)
{
    db->stop = n > 0 ? stop : NULL;
    db->stop_arg = arg;
    db->stop_steps = n;
    sqlite3_progress_handler(db->handle, n, db->stop ? on_step : NULL, db);
}

void ct_db_hold_progress(struct ct_db *db)
{
    sqlite3_progress_handler(db->handle, 0, NULL, NULL);
}

void ct_db_resume_progress(struct ct_db *db)
{
    if (db->stop)
        sqlite3_progress_handler(db->handle, db->stop_steps, on_step, db);
}

bool ct_db_in_transaction(struct ct_db *db)
{
    return !sqlite3_get_autocommit(db->handle);
}

bool ct_db_owes_keys(struct ct_db *db)
{
    int now = 0, highest = 0;
    sqlite3_db_status(db->handle, SQLITE_DBSTATUS_DEFERRED_FKS, &now, &highest, 0);
    return now != 0;
}

int ct_db_set_version(struct ct_db *db, int version, struct ct_err *err)
{
    /* a pragma takes no parameters; a number cannot bring SQL of its own */
    char sql[64];
    snprintf(sql, sizeof sql, "PRAGMA user_version=%d", version);
    return ct_db_exec(db, sql, err);
}
