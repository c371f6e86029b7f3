/*
 * people_import_apply.c: one line of an import: whose it is, and what it changes.
 */
#include "certificate_priv.h"
#include "import_priv.h"
#include "sql_priv.h"

#include "ct/base/banned.h"

static const struct ct_sql UNITS = {
    "select m.org from membership_event m join org o on o.id = m.org"
    " where m.person = :person and m.begins = 1 and m.on_date <= :day"
    " and (o.id = :agency or o.agency = :agency)"
    " and not exists (select 1 from membership_event l where l.person = m.person"
    " and l.org = m.org and l.on_date <= :day"
    " and (l.on_date, l.at, l.id) > (m.on_date, m.at, m.id))"};

const struct ct_sql *const ct_people_import_apply_sql[] = {&UNITS, NULL};

static const struct {
    enum ct_import_column column;
    const char *field;
} facts[] = {
    {CT_COL_FIRST_NAME, "first_name"},
    {CT_COL_LAST_NAME, "last_name"},
    {CT_COL_NAME, "name"},
    {CT_COL_EMAIL, "email"},
    {CT_COL_EMPLOYER_ID, "employer_id"},
    {CT_COL_SUPERVISOR, "supervisor"},
    {CT_COL_LICENCE_BODY, "licence_body"},
    {CT_COL_LICENCE_NO, "licence_no"},
    {CT_COL_HIRED_ON, "hired_on"},
    {CT_COL_ACTIVE, "active"},
};
enum { N_FACTS = sizeof facts / sizeof facts[0] };

static struct ct_fact_change change_of(const struct ct_import *im, int64_t person, size_t fact,
                                       struct ct_sv value)
{
    return (struct ct_fact_change){.person = person,
                                   .now = im->now,
                                   .by = im->wish->by,
                                   .field = ct_sv_c(facts[fact].field),
                                   .value = value,
                                   .since = im->on};
}

/* The tie as it should be; *changed is set when it was not. */
static int tie(struct ct_import *im, int64_t person, int64_t org, bool ends, bool *changed,
               struct ct_err *err)
{
    struct ct_org_change c = {.tie = CT_TIE_MEMBER,
                              .org = org,
                              .who = person,
                              .ends = ends,
                              .on = im->on,
                              .by = im->wish->by};
    bool holds = false, done = false;
    int r;

    if (im->apply) {
        r = ct_org_tie(im->db, &c, im->now, &done, err);
        *changed = *changed || done;
        return r;
    }
    r = ct_org_holds(im->db, &c, &holds, err);
    *changed = *changed || holds == ends;
    return r;
}

/* Ends what the person has in the agency but for `kept`. */
static int leave_others(struct ct_import *im, int64_t person, int64_t agency, int64_t kept,
                        bool *changed, struct ct_err *err)
{
    enum { MOST = 64 };
    int64_t others[MOST];
    size_t n = 0;
    int r;
    {
        CT_AUTO_STMT st = ct_db_stmt(im->db, &UNITS);
        ct_bind_i64(&st, ":person", person);
        ct_bind_i64(&st, ":agency", agency);
        ct_bind_sv(&st, ":day", im->on);
        while ((r = ct_stmt_step(&st, err)) > 0 && n < MOST)
            if (ct_col_i64(&st, "org") != kept)
                others[n++] = ct_col_i64(&st, "org");
    }
    for (size_t i = 0; i < n && r >= 0; i++)
        r = tie(im, person, others[i], true, changed, err);
    return r < 0 ? r : CT_OK;
}

static int put_ties(struct ct_import *im, const struct ct_import_line *line, int64_t person,
                    bool *changed, struct ct_err *err)
{
    int64_t place = line->unit ? line->unit : line->agency;
    bool in_agency = false;
    int r = CT_OK;

    if (line->unit && (r = leave_others(im, person, line->agency, line->unit, changed, err)) < 0)
        return r;
    if (line->agency && !line->unit) { /* whoever is in a unit of it is in it */
        CT_AUTO_STMT st = ct_db_stmt(im->db, &UNITS);
        ct_bind_i64(&st, ":person", person);
        ct_bind_i64(&st, ":agency", line->agency);
        ct_bind_sv(&st, ":day", im->on);
        if ((r = ct_stmt_step(&st, err)) < 0)
            return r;
        in_agency = r > 0;
    }
    if (place && !in_agency && (r = tie(im, person, place, false, changed, err)) < 0)
        return r;
    for (size_t i = 0; i < line->n_task_forces && r >= 0; i++)
        r = tie(im, person, line->task_forces[i], false, changed, err);
    return r < 0 ? r : CT_OK;
}

static int put_certificate_name(struct ct_import *im, const struct ct_import_line *line,
                                int64_t person, bool *changed, struct ct_err *err)
{
    struct ct_sv name = line->cells[CT_COL_CERTIFICATE_NAME];
    bool done = false;
    int r = name.n == 0 ? CT_OK
                        : ct_certificate_put_name(im->db, person, name, im->now, im->wish->by,
                                                  im->apply, &done, err);

    *changed = *changed || done;
    return r;
}

static int add(struct ct_import *im, const struct ct_import_line *line, struct ct_err *err)
{
    struct ct_person p = {.email = line->cells[CT_COL_EMAIL],
                          .name = line->name,
                          .discipline = line->cells[CT_COL_DISCIPLINE],
                          .roles = CT_ROLE_LEARNER};
    bool changed = false;
    int64_t id;
    int r;

    if (p.email.n == 0)
        return ct_fail(err, CT_BAD_INPUT, "email", "somebody new needs an e-mail address");
    if (p.name.n == 0)
        return ct_fail(err, CT_BAD_INPUT, "name", "somebody new needs a name");
    if ((r = ct_person_check(&p, err)) < 0 || !im->apply)
        return r;
    if ((r = ct_person_insert(im->db, im->scratch, &p, im->now, &id, err)) < 0)
        return r;
    for (size_t i = 0; i < N_FACTS; i++) {
        struct ct_fact_change c = change_of(im, id, i, line->cells[facts[i].column]);
        bool of_account = facts[i].column == CT_COL_NAME || facts[i].column == CT_COL_EMAIL;
        if (c.value.n == 0 || of_account)
            continue;
        r = facts[i].column == CT_COL_ACTIVE ? ct_fact_put(im->db, &c, &changed, err)
                                             : ct_fact_insert(im->db, &c, err);
        if (r < 0)
            return r;
    }
    if ((r = put_certificate_name(im, line, id, &changed, err)) < 0)
        return r;
    return put_ties(im, line, id, &changed, err);
}

static int change(struct ct_import *im, const struct ct_import_line *line,
                  const struct ct_import_known *who, bool *changed, struct ct_err *err)
{
    struct ct_sv discipline = line->cells[CT_COL_DISCIPLINE];
    int r = CT_OK;

    if ((who->roles & CT_ROLE_ADMIN) && ct_sv_eq_c(line->cells[CT_COL_ACTIVE], "no"))
        return ct_fail(err, CT_BAD_INPUT, "active",
                       "an administrator is not made inactive by an import");
    for (size_t i = 0; i < N_FACTS; i++) {
        struct ct_fact_change c = change_of(im, who->id, i, line->cells[facts[i].column]);
        bool done = false, same = true;
        if (c.value.n == 0)
            continue;
        r = im->apply ? ct_fact_put(im->db, &c, &done, err) : ct_fact_same(im->db, &c, &same, err);
        if (r < 0)
            return r;
        *changed = *changed || done || !same;
    }
    if (discipline.n && !ct_sv_eq(discipline, who->discipline)) {
        *changed = true;
        if (im->apply &&
            (r = ct_person_put_discipline(im->db, who->id, discipline, im->now, err)) < 0)
            return r;
    }
    if ((r = put_certificate_name(im, line, who->id, changed, err)) < 0)
        return r;
    return put_ties(im, line, who->id, changed, err);
}

int ct_import_apply(struct ct_import *im, const struct ct_import_line *line,
                    enum ct_import_outcome *ret, struct ct_err *err)
{
    struct ct_import_known who;
    bool changed = false;
    int r = ct_import_find(im, line->cells[CT_COL_EMAIL], line->cells[CT_COL_EMPLOYER_ID],
                           line->agency, &who, err);

    if (r < 0)
        return r;
    if (who.id == 0) {
        *ret = CT_IMPORT_ADDED;
        return add(im, line, err);
    }
    r = change(im, line, &who, &changed, err);
    *ret = changed ? CT_IMPORT_CHANGED : CT_IMPORT_UNCHANGED;
    return r;
}
