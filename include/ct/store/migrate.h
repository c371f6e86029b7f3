/*
 * ct/store/migrate.h: bringing a database to the schema that this program knows.
 *
 * A schema is an append-only array of steps; the number of steps done is the file's version (PRAGMA
 * user_version). All pending steps run in one transaction.
 */
#ifndef CT_STORE_MIGRATE_H
#define CT_STORE_MIGRATE_H

#include "ct/store/db.h"

struct ct_migration {
    const char *name;
    const char *sql;                                  /* or NULL */
    int (*run)(struct ct_db *db, struct ct_err *err); /* after sql; or NULL */
};

/* CT_OK; CT_CONFLICT if the file is of a newer version (the text says both numbers), untouched
 * then; CT_INTERNAL when a step fails, all undone. */
int ct_migrate(struct ct_db *db, const struct ct_migration *steps, size_t n, struct ct_err *err);

/* The version of the file. Negative status on a fault. */
int ct_migrate_version(struct ct_db *db, struct ct_err *err);

#endif
