/*
 * migrate.c: running the steps that a file lacks, all or none.
 */
#include "ct/store/migrate.h"

#include "db_priv.h"

#include "ct/base/banned.h"

int ct_migrate_version(struct ct_db *db, struct ct_err *err)
{
    static const struct ct_sql VERSION = {"PRAGMA user_version"};
    CT_AUTO_STMT st = ct_db_stmt(db, &VERSION);
    int r = ct_stmt_step(&st, err);
    if (r < 0)
        return r;
    if (r == 0)
        return ct_fail(err, CT_INTERNAL, "sql", "the database has no version");
    int64_t version = ct_col_i64(&st, "user_version");
    if (version < 0)
        return ct_fail(err, CT_INTERNAL, "sql", "version %lld is none of ours", (long long)version);
    return (int)version;
}

static int check_version(struct ct_db *db, size_t known, struct ct_err *err)
{
    int version = ct_migrate_version(db, err);
    if (version > 0 && (size_t)version > known)
        return ct_fail(err, CT_CONFLICT, "database",
                       "the database is of version %d, this program knows %zu", version, known);
    return version;
}

static int run_step(struct ct_db *db, const struct ct_migration *step, struct ct_err *err)
{
    struct ct_err fault = CT_ERR_INIT;
    int r = step->sql ? ct_db_exec(db, step->sql, &fault) : CT_OK;
    if (r >= 0 && step->run)
        r = step->run(db, &fault);
    if (r < 0)
        return ct_fail(err, CT_INTERNAL, "sql", "migration “%s”: %s", step->name,
                       fault.code ? fault.text : ct_status_name(r));
    return CT_OK;
}

/* Within a transaction. The version is read again, as another process may have been faster. */
static int run_pending(struct ct_db *db, const struct ct_migration *steps, size_t n,
                       struct ct_err *err)
{
    int r = check_version(db, n, err);
    for (size_t i = r < 0 ? n : (size_t)r; i < n; i++)
        if ((r = run_step(db, &steps[i], err)) < 0)
            return r;
    return r < 0 ? r : ct_db_set_version(db, (int)n, err);
}

int ct_migrate(struct ct_db *db, const struct ct_migration *steps, size_t n, struct ct_err *err)
{
    int version = check_version(db, n, err);
    if (version < 0 || (size_t)version == n)
        return version < 0 ? version : CT_OK;
    int r = ct_db_begin_write(db, err);
    if (r < 0)
        return r;
    r = run_pending(db, steps, n, err);
    if (r >= 0)
        r = ct_db_commit(db, err);
    else
        ct_db_undo_all(db);
    return r < 0 && r != CT_CONFLICT ? CT_INTERNAL : r;
}
