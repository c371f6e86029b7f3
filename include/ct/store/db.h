/*
 * ct/store/db.h: one connection to the database, its statements and its transactions, over SQLite.
 * The only place that includes <sqlite3.h>. Knows no tables.
 *
 * SQL is constant text beside its use, in a `static const struct ct_sql`; parameters are named
 * (":learner"); an unknown or missing parameter name is a fault of the program and asserts. Each
 * connection keeps one prepared statement for each ct_sql it has run, found by the struct's
 * address, so it must be static. A statement that is already in use asserts. Text and blobs fetched
 * from a row live until the next step: copy them with ct_col_dup(). Not safe for two threads at
 * once.
 *
 * SQL stays in what SQLite and PostgreSQL share: named parameters, upsert, RETURNING, common table
 * expressions, no engine's own date functions.
 */
#ifndef CT_STORE_DB_H
#define CT_STORE_DB_H

#include "ct/base/arena.h"
#include "ct/base/err.h"

struct ct_db;

struct ct_sql {
    const char *text;
};

struct ct_stmt {
    struct ct_db *db;
    void *handle;             /* private; NULL when it could not be prepared */
    const struct ct_sql *sql; /* private */
    struct ct_err err;        /* the first fault: bind, prepare, step */
};

/* Opens (and creates) the file, or ":memory:". Sets WAL, synchronous=FULL, foreign_keys,
 * busy_timeout 5 s, trusted_schema=OFF, extended result codes; a read-only connection also gets
 * query_only. CT_OK; CT_INTERNAL with the path. Close with ct_db_close (NULL is fine). */
int ct_db_open(const char *path, bool read_only, struct ct_db **ret, struct ct_err *err);
void ct_db_close(struct ct_db *db);

/* A statement ready for its binds. Never fails visibly: a fault is kept and comes out of the first
 * step. Ends at the end of the scope with CT_AUTO_STMT, or with ct_stmt_end(). */
struct ct_stmt ct_db_stmt(struct ct_db *db, const struct ct_sql *sql);
void ct_stmt_end(struct ct_stmt *st);
#define CT_AUTO_STMT __attribute__((cleanup(ct_stmt_end))) struct ct_stmt

void ct_bind_i64(struct ct_stmt *st, const char *name, int64_t v);
void ct_bind_double(struct ct_stmt *st, const char *name, double v);
void ct_bind_sv(struct ct_stmt *st, const char *name,
                struct ct_sv v); /* p == NULL binds NULL; copied */
void ct_bind_c(struct ct_stmt *st, const char *name, const char *v); /* NULL binds NULL; copied */
void ct_bind_null(struct ct_stmt *st, const char *name);

/* Steps to the next row: 1 a row, 0 no more (and again 0 until a reset or a bind), negative a fault
 * (as ct_stmt_run says). */
int ct_stmt_step(struct ct_stmt *st, struct ct_err *err);

/* Runs a statement that returns no rows; again from its beginning if it ran before. CT_OK;
 * CT_NOT_FOUND for a foreign key fault; CT_CONFLICT for a unique, check or primary key fault or a
 * trigger's RAISE; CT_INTERNAL for anything else, what = "sql", or
 * "disk" when it is full. */
int ct_stmt_run(struct ct_stmt *st, struct ct_err *err);

/* Back to its beginning, binds kept, a fault of the last step forgiven, so that a loop binds anew
 * and runs again. */
void ct_stmt_reset(struct ct_stmt *st);

/* Columns of the current row by name, which is a literal (found again by its address); an unknown
 * name asserts. NULL reads as 0, 0.0 or the null
 * view. */
int64_t ct_col_i64(struct ct_stmt *st, const char *name);
double ct_col_double(struct ct_stmt *st, const char *name);
struct ct_sv ct_col_sv(struct ct_stmt *st, const char *name); /* dies at the next step */
struct ct_sv ct_col_dup(struct ct_stmt *st, const char *name, struct ct_arena *a);
bool ct_col_null(struct ct_stmt *st, const char *name);

int64_t ct_db_last_id(struct ct_db *db); /* rowid of the last insert */
int64_t ct_db_changes(struct ct_db *db); /* rows that the last statement changed */

/* Runs several statements without parameters; for schemas and tests. */
int ct_db_exec(struct ct_db *db, const char *sql, struct ct_err *err);

/* Calls `stop` every n virtual machine steps; a true return interrupts with CT_INTERNAL. For tests
 * that break a job at each of its steps, and for time limits. n = 0 removes it. */
void ct_db_on_progress(struct ct_db *db, int n, bool (*stop)(void *arg), void *arg);

#endif
