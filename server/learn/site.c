/*
 * site.c: what this site is called. It is given its name by the schema's step (schema_org.c).
 */
#include "ct/learn/site.h"

#include "sql_priv.h"

#include "ct/base/banned.h"

static const struct ct_sql UID = {"select uid from site where id = 1"};

const struct ct_sql *const ct_site_sql[] = {&UID, NULL};

int ct_site_uid(struct ct_db *db, struct ct_arena *a, struct ct_sv *ret, struct ct_err *err)
{
    CT_AUTO_STMT st = ct_db_stmt(db, &UID);
    int r = ct_stmt_step(&st, err);

    if (r < 0)
        return r;
    if (r == 0)
        return ct_fail(err, CT_INTERNAL, "site", "the database does not say which site it is of");
    *ret = ct_col_dup(&st, "uid", a);
    return CT_OK;
}
