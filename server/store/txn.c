/*
 * txn.c: the beginnings and ends of transactions, which must not break halfway.
 */
#include "db_priv.h"

#include "ct/base/banned.h"

int ct_db_control(struct ct_db *db, const struct ct_sql *sql, struct ct_err *err)
{
    if (db)
        ct_db_hold_progress(db);
    int r;
    {
        CT_AUTO_STMT st = ct_db_stmt(db, sql); /* says so if there is no connection */
        r = ct_stmt_run(&st, err);
    }
    if (db)
        ct_db_resume_progress(db);
    return r;
}

int ct_db_begin_write(struct ct_db *db, struct ct_err *err)
{
    static const struct ct_sql BEGIN_WRITE = {"BEGIN IMMEDIATE"};
    return ct_db_control(db, &BEGIN_WRITE, err);
}

int ct_db_commit(struct ct_db *db, struct ct_err *err)
{
    static const struct ct_sql COMMIT = {"COMMIT"};
    int r = ct_db_control(db, &COMMIT, err);
    if (r < 0)
        ct_db_undo_all(db);
    return r;
}

void ct_db_undo_all(struct ct_db *db)
{
    static const struct ct_sql UNDO_ALL = {"ROLLBACK"};
    if (ct_db_in_transaction(db))
        ct_db_control(db, &UNDO_ALL, NULL);
}
