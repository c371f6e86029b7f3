/*
 * db_priv.h: what the other files of store need of a connection, and nobody else.
 */
#ifndef CT_STORE_DB_PRIV_H
#define CT_STORE_DB_PRIV_H

#include "ct/store/db.h"

/* Whether a transaction is open. A full disk, a read fault or an interruption ends one by itself.
 */
bool ct_db_in_transaction(struct ct_db *db);

/* Whether deferred foreign keys are unsatisfied, which would make the commit fail. */
bool ct_db_owes_keys(struct ct_db *db);

/* Sets the number that ct_migrate_version() reads. */
int ct_db_set_version(struct ct_db *db, int version, struct ct_err *err);

#endif
