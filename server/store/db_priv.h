/*
 * db_priv.h: what the other files of store need of a connection, and nobody else.
 */
#ifndef CT_STORE_DB_PRIV_H
#define CT_STORE_DB_PRIV_H

#include "ct/store/db.h"

/* Whether a transaction is open. A full disk, a read fault or an interruption ends one by itself.
 */
bool ct_db_in_transaction(struct ct_db *db);

/* Runs a statement that begins or ends a transaction or savepoint. What ct_db_on_progress() set
 * does not interrupt it: SQLite would call a BEGIN or COMMIT broken that was done, and what broke
 * the work must not break its undoing. */
int ct_db_control(struct ct_db *db, const struct ct_sql *sql, struct ct_err *err);

/* Begins a transaction that may write at once, rather than be refused at its first write. */
int ct_db_begin_write(struct ct_db *db, struct ct_err *err);

/* Ends the transaction. A commit that fails undoes all. A full disk, a read fault or an interrupted
 * write makes SQLite undo all by itself; ct_db_undo_all() then finds nothing to do. */
int ct_db_commit(struct ct_db *db, struct ct_err *err);
void ct_db_undo_all(struct ct_db *db);

/* Takes the handler of ct_db_on_progress() away for a while, and puts it back. */
void ct_db_hold_progress(struct ct_db *db);
void ct_db_resume_progress(struct ct_db *db);

/* Whether deferred foreign keys are unsatisfied, which would make the commit fail. */
bool ct_db_owes_keys(struct ct_db *db);

/* Sets the number that ct_migrate_version() reads. */
int ct_db_set_version(struct ct_db *db, int version, struct ct_err *err);

#endif
