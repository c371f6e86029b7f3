/*
 * people_import_apply.c: one line of an import: whose it is, and what it changes.
 */
#include "people_import_priv.h"
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
static const struct ct_sql UNITS = {
    "select m.org from membership_event m join org o on o.id = m.org"
    " where m.person = :person and m.begins = 1 and m.on_date <= :day"
    " and (o.id = :agency or o.agency = :agency)"
    " and not exists (select 1 from membership_event l where l.person = m.person"
    " and l.org = m.org and l.on_date <= :day"
    " and (l.on_date, l.at, l.id) > (m.on_date, m.at, m.id))"};

const struct ct_sql *const ct_people_import_apply_sql[] = {&BY_EMAIL, &BY_ID, &BY_NUMBER, &UNITS,
                                                           NULL};

struct known {
    int64_t id; /* 0: nobody yet */
    unsigned roles;
    struct ct_sv discipline;
};

static struct known row_of(struct ct_import_work *w, struct ct_stmt *st)
{
    return (struct known){.id = ct_col_i64(st, "id"),
                          .roles = (unsigned)ct_col_i64(st, "roles"),
                          .discipline = ct_col_dup(st, "discipline", w->scratch)};
}

static int find_by_email(struct ct_import_work *w, struct ct_sv email, struct known *ret,
                         struct ct_err *err)
{
    CT_AUTO_STMT st = ct_db_stmt(w->db, &BY_EMAIL);
    int r;

    ct_bind_sv(&st, ":key", ct_email_key(w->scratch, email));
    if ((r = ct_stmt_step(&st, err)) > 0)
        *ret = row_of(w, &st);
    return r < 0 ? r : CT_OK;
}

static int find_by_id(struct ct_import_work *w, int64_t id, struct known *ret, struct ct_err *err)
{
    CT_AUTO_STMT st = ct_db_stmt(w->db, &BY_ID);
    int r;

    ct_bind_i64(&st, ":id", id);
    if ((r = ct_stmt_step(&st, err)) > 0)
        *ret = row_of(w, &st);
    return r < 0 ? r : CT_OK;
}

static int find_by_number(struct ct_import_work *w, const struct ct_import_line *line, int64_t *ret,
                          struct ct_err *err)
{
    CT_AUTO_STMT st = ct_db_stmt(w->db, &BY_NUMBER);
    int64_t first = 0;
    int r;

    ct_bind_sv(&st, ":number", line->cells[CT_COL_EMPLOYER_ID]);
    ct_bind_i64(&st, ":agency", line->agency);
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

static int find(struct ct_import_work *w, const struct ct_import_line *line, struct known *ret,
                struct ct_err *err)
{
    struct ct_sv email = line->cells[CT_COL_EMAIL];
    bool has_number = line->agency && line->cells[CT_COL_EMPLOYER_ID].n;
    int64_t by_number = 0;
    int r = CT_OK;

    *ret = (struct known){.id = 0};
    if ((email.n && (r = find_by_email(w, email, ret, err)) < 0) ||
        (has_number && (r = find_by_number(w, line, &by_number, err)) < 0))
        return r;
    if (ret->id && by_number && ret->id != by_number)
        return ct_fail(err, CT_CONFLICT, "employer_id",
                       "this number is somebody else's than the e-mail address");
    return ret->id || !by_number ? CT_OK : find_by_id(w, by_number, ret, err);
}

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

static struct ct_fact_change change_of(const struct ct_import_work *w, int64_t person, size_t fact,
                                       struct ct_sv value)
{
    return (struct ct_fact_change){.person = person,
                                   .now = w->now,
                                   .by = w->wish->by,
                                   .field = ct_sv_c(facts[fact].field),
                                   .value = value,
                                   .since = w->on};
}

/* The tie as it should be; *changed is set when it was not. */
static int tie(struct ct_import_work *w, int64_t person, int64_t org, bool ends, bool *changed,
               struct ct_err *err)
{
    struct ct_org_change c = {.tie = CT_TIE_MEMBER,
                              .org = org,
                              .who = person,
                              .ends = ends,
                              .on = w->on,
                              .by = w->wish->by};
    bool holds = false, done = false;
    int r;

    if (w->apply) {
        r = ct_org_tie(w->db, &c, w->now, &done, err);
        *changed = *changed || done;
        return r;
    }
    r = ct_org_holds(w->db, &c, &holds, err);
    *changed = *changed || holds == ends;
    return r;
}

/* Ends what the person has in the agency but for `kept`. */
static int leave_others(struct ct_import_work *w, int64_t person, int64_t agency, int64_t kept,
                        bool *changed, struct ct_err *err)
{
    enum { MOST = 64 };
    int64_t others[MOST];
    size_t n = 0;
    int r;
    {
        CT_AUTO_STMT st = ct_db_stmt(w->db, &UNITS);
        ct_bind_i64(&st, ":person", person);
        ct_bind_i64(&st, ":agency", agency);
        ct_bind_sv(&st, ":day", w->on);
        while ((r = ct_stmt_step(&st, err)) > 0 && n < MOST)
            if (ct_col_i64(&st, "org") != kept)
                others[n++] = ct_col_i64(&st, "org");
    }
    for (size_t i = 0; i < n && r >= 0; i++)
        r = tie(w, person, others[i], true, changed, err);
    return r < 0 ? r : CT_OK;
}

static int put_ties(struct ct_import_work *w, const struct ct_import_line *line, int64_t person,
                    bool *changed, struct ct_err *err)
{
    int64_t place = line->unit ? line->unit : line->agency;
    bool in_agency = false;
    int r = CT_OK;

    if (line->unit && (r = leave_others(w, person, line->agency, line->unit, changed, err)) < 0)
        return r;
    if (line->agency && !line->unit) { /* whoever is in a unit of it is in it */
        CT_AUTO_STMT st = ct_db_stmt(w->db, &UNITS);
        ct_bind_i64(&st, ":person", person);
        ct_bind_i64(&st, ":agency", line->agency);
        ct_bind_sv(&st, ":day", w->on);
        if ((r = ct_stmt_step(&st, err)) < 0)
            return r;
        in_agency = r > 0;
    }
    if (place && !in_agency && (r = tie(w, person, place, false, changed, err)) < 0)
        return r;
    for (size_t i = 0; i < line->n_task_forces && r >= 0; i++)
        r = tie(w, person, line->task_forces[i], false, changed, err);
    return r < 0 ? r : CT_OK;
}

static int add(struct ct_import_work *w, const struct ct_import_line *line, struct ct_err *err)
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
    if ((r = ct_person_check(&p, err)) < 0 || !w->apply)
        return r;
    if ((r = ct_person_insert(w->db, w->scratch, &p, w->now, &id, err)) < 0)
        return r;
    for (size_t i = 0; i < N_FACTS; i++) {
        struct ct_fact_change c = change_of(w, id, i, line->cells[facts[i].column]);
        bool of_account = facts[i].column == CT_COL_NAME || facts[i].column == CT_COL_EMAIL;
        if (c.value.n == 0 || of_account)
            continue;
        r = facts[i].column == CT_COL_ACTIVE ? ct_fact_put(w->db, &c, &changed, err)
                                             : ct_fact_insert(w->db, &c, err);
        if (r < 0)
            return r;
    }
    return put_ties(w, line, id, &changed, err);
}

static int change(struct ct_import_work *w, const struct ct_import_line *line,
                  const struct known *who, bool *changed, struct ct_err *err)
{
    struct ct_sv discipline = line->cells[CT_COL_DISCIPLINE];
    int r = CT_OK;

    if ((who->roles & CT_ROLE_ADMIN) && ct_sv_eq_c(line->cells[CT_COL_ACTIVE], "no"))
        return ct_fail(err, CT_BAD_INPUT, "active",
                       "an administrator is not made inactive by an import");
    for (size_t i = 0; i < N_FACTS; i++) {
        struct ct_fact_change c = change_of(w, who->id, i, line->cells[facts[i].column]);
        bool done = false, same = true;
        if (c.value.n == 0)
            continue;
        r = w->apply ? ct_fact_put(w->db, &c, &done, err) : ct_fact_same(w->db, &c, &same, err);
        if (r < 0)
            return r;
        *changed = *changed || done || !same;
    }
    if (discipline.n && !ct_sv_eq(discipline, who->discipline)) {
        *changed = true;
        if (w->apply && (r = ct_person_put_discipline(w->db, who->id, discipline, w->now, err)) < 0)
            return r;
    }
    return put_ties(w, line, who->id, changed, err);
}

int ct_import_apply(struct ct_import_work *w, const struct ct_import_line *line,
                    enum ct_import_outcome *ret, struct ct_err *err)
{
    struct known who;
    bool changed = false;
    int r = find(w, line, &who, err);

    if (r < 0)
        return r;
    if (who.id == 0) {
        *ret = CT_IMPORT_ADDED;
        return add(w, line, err);
    }
    r = change(w, line, &who, &changed, err);
    *ret = changed ? CT_IMPORT_CHANGED : CT_IMPORT_UNCHANGED;
    return r;
}
