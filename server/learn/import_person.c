/*
 * import_person.c: whom a line of an import is about.
 */
#include "import_priv.h"
#include "sql_priv.h"

#include "ct/base/banned.h"

static const struct ct_sql BY_EMAIL = {
    "select id, roles, discipline from person where email_key = :key"};
static const struct ct_sql BY_ID = {"select id, roles, discipline from person where id = :id"};
/* Whoever has this number now and belongs to the agency or one of its units. */
static const struct ct_sql BY_NUMBER = {
    "select f.person as id, f.id as fact from person_fact f"
    " where f.field = 'employer_id' and f.value = :number"
    " and not exists (select 1 from person_fact l where l.person = f.person and l.field = f.field"
    " and (l.since, l.at, l.id) > (f.since, f.at, f.id))"
    " and exists (select 1 from membership_event m join org o on o.id = m.org"
    " where m.person = f.person and m.begins = 1 and (o.id = :agency or o.agency = :agency)"
    " and not exists (select 1 from membership_event l where l.person = m.person"
    " and l.org = m.org and (l.on_date, l.at, l.id) > (m.on_date, m.at, m.id)))"};

const struct ct_sql *const ct_import_person_sql[] = {&BY_EMAIL, &BY_ID, &BY_NUMBER, NULL};

static struct ct_import_known row_of(struct ct_import *im, struct ct_stmt *st)
{
    return (struct ct_import_known){.id = ct_col_i64(st, "id"),
                                    .roles = (unsigned)ct_col_i64(st, "roles"),
                                    .discipline = ct_col_dup(st, "discipline", im->scratch)};
}

static int find_by_email(struct ct_import *im, struct ct_sv email, struct ct_import_known *ret,
                         struct ct_err *err)
{
    CT_AUTO_STMT st = ct_db_stmt(im->db, &BY_EMAIL);
    int r;

    ct_bind_sv(&st, ":key", ct_email_key(im->scratch, email));
    if ((r = ct_stmt_step(&st, err)) > 0)
        *ret = row_of(im, &st);
    return r < 0 ? r : CT_OK;
}

static int find_by_id(struct ct_import *im, int64_t id, struct ct_import_known *ret,
                      struct ct_err *err)
{
    CT_AUTO_STMT st = ct_db_stmt(im->db, &BY_ID);
    int r;

    ct_bind_i64(&st, ":id", id);
    if ((r = ct_stmt_step(&st, err)) > 0)
        *ret = row_of(im, &st);
    return r < 0 ? r : CT_OK;
}

static int find_by_number(struct ct_import *im, struct ct_sv number, int64_t agency, int64_t *ret,
                          struct ct_err *err)
{
    CT_AUTO_STMT st = ct_db_stmt(im->db, &BY_NUMBER);
    int64_t first = 0;
    int r;

    ct_bind_sv(&st, ":number", number);
    ct_bind_i64(&st, ":agency", agency);
    while ((r = ct_stmt_step(&st, err)) > 0) {
        int64_t id = ct_col_i64(&st, "id");
        if (first && first != id)
            return ct_fail(err, CT_CONFLICT, "employer_id",
                           "several people of this agency have this number");
        first = id;
    }
    *ret = first;
    return r;
}

int ct_import_find(struct ct_import *im, struct ct_sv email, struct ct_sv number, int64_t agency,
                   struct ct_import_known *ret, struct ct_err *err)
{
    int64_t by_number = 0;
    int r = CT_OK;

    *ret = (struct ct_import_known){.id = 0};
    if ((email.n && (r = find_by_email(im, email, ret, err)) < 0) ||
        (number.n && agency && (r = find_by_number(im, number, agency, &by_number, err)) < 0))
        return r;
    if (ret->id && by_number && ret->id != by_number)
        return ct_fail(err, CT_CONFLICT, "employer_id",
                       "this number is somebody else's than the e-mail address");
    return ret->id || !by_number ? CT_OK : find_by_id(im, by_number, ret, err);
}

int ct_import_somebody(struct ct_import *im, struct ct_sv email, struct ct_sv number,
                       int64_t agency, struct ct_import_known *ret, struct ct_err *err)
{
    int r = ct_import_find(im, email, number, agency, ret, err);

    if (r < 0 || ret->id)
        return r;
    if (email.n)
        return ct_import_complain(im, "email",
                                  "there is nobody with this address; import people first");
    return ct_import_complain(im, "employer_id",
                              number.n && agency
                                  ? "there is nobody with this number in the agency"
                                  : "the line says of nobody: an address, or a number and its "
                                    "agency, is needed");
}
