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

/* What is found about a line while looking, for the writing. */
enum { TIES_MAX = 64 + CT_IMPORT_FORCES_MAX + 1 };
struct sure {
    int64_t person; /* 0: somebody new */
    struct ct_import_line line;
    bool facts[N_FACTS], discipline; /* of somebody who is there: these are other than they were */
    size_t n_ties;
    struct sure_tie {
        int64_t org;
        bool ends;
    } * ties;
};

/* What is being found about the line at hand. */
struct finding {
    bool unsure; /* what it comes to is more than rows to be added */
    bool facts[N_FACTS], discipline;
    size_t n_ties;
    struct sure_tie ties[TIES_MAX];
};

struct work {
    struct ct_import *im;
    const struct ct_import_line *line;
    int64_t person;
    bool changed;
    struct finding found; /* while looking */
};

static struct ct_org_change tie_of(const struct ct_import *im, int64_t person, int64_t org,
                                   bool ends)
{
    return (struct ct_org_change){.tie = CT_TIE_MEMBER,
                                  .org = org,
                                  .who = person,
                                  .ends = ends,
                                  .on = im->on,
                                  .by = im->wish->by};
}

/* The tie as it should be. */
static int tie(struct work *k, int64_t org, bool ends, struct ct_err *err)
{
    struct ct_org_change c = tie_of(k->im, k->person, org, ends);
    bool holds = false, done = false, will_close = false;
    int r;

    if (k->im->apply) {
        r = ct_org_tie(k->im->db, &c, k->im->now, &done, err);
        k->changed = k->changed || done;
        return r;
    }
    r = k->person ? ct_org_holds(k->im->db, &c, &holds, err) : CT_OK;
    if (r < 0 || holds == !ends ||
        (!ends && (r = ct_org_look_at_begin(k->im->db, &c, &will_close, err)) < 0))
        return r;
    k->found.unsure = k->found.unsure || will_close;
    k->changed = true;
    if (k->found.n_ties == TIES_MAX)
        k->found.unsure = true;
    else
        k->found.ties[k->found.n_ties++] = (struct sure_tie){org, ends};
    return CT_OK;
}

/* Ends what the person has in the agency but for `kept`. */
static int leave_others(struct work *k, int64_t agency, int64_t kept, struct ct_err *err)
{
    enum { MOST = 64 };
    int64_t others[MOST];
    size_t n = 0;
    int r;
    {
        CT_AUTO_STMT st = ct_db_stmt(k->im->db, &UNITS);
        ct_bind_i64(&st, ":person", k->person);
        ct_bind_i64(&st, ":agency", agency);
        ct_bind_sv(&st, ":day", k->im->on);
        while ((r = ct_stmt_step(&st, err)) > 0 && n < MOST)
            if (ct_col_i64(&st, "org") != kept)
                others[n++] = ct_col_i64(&st, "org");
    }
    for (size_t i = 0; i < n && r >= 0; i++)
        r = tie(k, others[i], true, err);
    return r < 0 ? r : CT_OK;
}

static int is_in(struct work *k, int64_t agency, bool *ret, struct ct_err *err)
{
    CT_AUTO_STMT st = ct_db_stmt(k->im->db, &UNITS);

    ct_bind_i64(&st, ":person", k->person);
    ct_bind_i64(&st, ":agency", agency);
    ct_bind_sv(&st, ":day", k->im->on);
    int r = ct_stmt_step(&st, err);
    *ret = r > 0;
    return r < 0 ? r : CT_OK;
}

static int put_ties(struct work *k, struct ct_err *err)
{
    const struct ct_import_line *line = k->line;
    int64_t place = line->unit ? line->unit : line->agency;
    bool in_agency = false;
    int r = CT_OK;

    if (k->person && line->unit && (r = leave_others(k, line->agency, line->unit, err)) < 0)
        return r;
    /* whoever is in a unit of it is in it */
    if (k->person && line->agency && !line->unit &&
        (r = is_in(k, line->agency, &in_agency, err)) < 0)
        return r;
    if (place && !in_agency && (r = tie(k, place, false, err)) < 0)
        return r;
    for (size_t i = 0; i < line->n_task_forces && r >= 0; i++)
        r = tie(k, line->task_forces[i], false, err);
    return r < 0 ? r : CT_OK;
}

static int put_certificate_name(struct work *k, struct ct_err *err)
{
    const struct ct_import *im = k->im;
    struct ct_sv name = k->line->cells[CT_COL_CERTIFICATE_NAME];
    bool done = false;
    int r = name.n == 0 ? CT_OK
                        : ct_certificate_put_name(im->db, k->person, name, im->now, im->wish->by,
                                                  im->apply, &done, err);

    k->changed = k->changed || done;
    k->found.unsure = k->found.unsure || done;
    return r;
}

static int check_new(const struct ct_import_line *line, struct ct_person *p, struct ct_err *err)
{
    *p = (struct ct_person){.email = line->cells[CT_COL_EMAIL],
                            .name = line->name,
                            .discipline = line->cells[CT_COL_DISCIPLINE],
                            .roles = CT_ROLE_LEARNER};
    if (p->email.n == 0)
        return ct_fail(err, CT_BAD_INPUT, "email", "somebody new needs an e-mail address");
    if (p->name.n == 0)
        return ct_fail(err, CT_BAD_INPUT, "name", "somebody new needs a name");
    return ct_person_check(p, err);
}

/* Nothing is known of somebody new; where the places were looked at, nothing is looked up. */
static int insert(struct ct_import *im, const struct ct_import_line *line, bool sure,
                  struct ct_err *err)
{
    struct work k = {.im = im, .line = line};
    struct ct_person p;
    bool changed = false;
    int r = check_new(line, &p, err);

    if (r < 0 || (r = ct_person_insert(im->db, im->scratch, &p, im->now, &k.person, err)) < 0)
        return r;
    for (size_t i = 0; i < N_FACTS; i++) {
        struct ct_fact_change c = change_of(im, k.person, i, line->cells[facts[i].column]);
        bool of_account = facts[i].column == CT_COL_NAME || facts[i].column == CT_COL_EMAIL;
        if (c.value.n == 0 || of_account)
            continue;
        r = facts[i].column == CT_COL_ACTIVE ? ct_fact_put(im->db, &c, &changed, err)
                                             : ct_fact_insert(im->db, &c, err);
        if (r < 0)
            return r;
    }
    if ((r = put_certificate_name(&k, err)) < 0)
        return r;
    int64_t places[CT_IMPORT_FORCES_MAX + 1] = {line->unit ? line->unit : line->agency};
    size_t n = places[0] != 0;
    for (size_t i = 0; i < line->n_task_forces; i++)
        places[n++] = line->task_forces[i];
    for (size_t i = 0; i < n && r == CT_OK; i++) {
        struct ct_org_change c = tie_of(im, k.person, places[i], false);
        r = sure ? ct_org_put_tie(im->db, &c, im->now, err)
                 : ct_org_tie(im->db, &c, im->now, &changed, err);
    }
    return r;
}

/* A fact that is no more than its row: the account says nothing of it. */
static bool is_row(size_t fact)
{
    enum ct_import_column c = facts[fact].column;

    return c == CT_COL_EMPLOYER_ID || c == CT_COL_SUPERVISOR || c == CT_COL_LICENCE_BODY ||
           c == CT_COL_LICENCE_NO || c == CT_COL_HIRED_ON;
}

static int put_facts(struct work *k, struct ct_err *err)
{
    struct ct_import *im = k->im;

    for (size_t i = 0; i < N_FACTS; i++) {
        struct ct_fact_change c = change_of(im, k->person, i, k->line->cells[facts[i].column]);
        bool done = false, same = true;
        if (c.value.n == 0)
            continue;
        int r =
            im->apply ? ct_fact_put(im->db, &c, &done, err) : ct_fact_same(im->db, &c, &same, err);
        if (r < 0)
            return r;
        k->changed = k->changed || done || !same;
        k->found.facts[i] = !same;
        k->found.unsure = k->found.unsure || (!same && !is_row(i));
    }
    return CT_OK;
}

static int change(struct work *k, const struct ct_import_known *who, struct ct_err *err)
{
    struct ct_sv discipline = k->line->cells[CT_COL_DISCIPLINE];
    struct ct_import *im = k->im;
    int r = CT_OK;

    if ((who->roles & CT_ROLE_ADMIN) && ct_sv_eq_c(k->line->cells[CT_COL_ACTIVE], "no"))
        return ct_fail(err, CT_BAD_INPUT, "active",
                       "an administrator is not made inactive by an import");
    if ((r = put_facts(k, err)) < 0)
        return r;
    if (discipline.n && !ct_sv_eq(discipline, who->discipline)) {
        k->changed = k->found.discipline = true;
        if (im->apply &&
            (r = ct_person_put_discipline(im->db, who->id, discipline, im->now, err)) < 0)
            return r;
    }
    if ((r = put_certificate_name(k, err)) < 0)
        return r;
    return put_ties(k, err);
}

/* What was found, in the arena of the plan. */
static void keep(struct work *k)
{
    struct ct_import *im = k->im;
    struct ct_arena *a = &im->plan->arena;
    struct sure *sure = ct_arena_new(a, struct sure);

    *sure = (struct sure){.person = k->person, .line = *k->line, .n_ties = k->found.n_ties};
    sure->line.name = ct_arena_dup(a, k->line->name);
    for (size_t i = 0; i < CT_COL_N; i++)
        sure->line.cells[i] = ct_arena_dup(a, k->line->cells[i]);
    memcpy(sure->facts, k->found.facts, sizeof sure->facts);
    sure->discipline = k->found.discipline;
    sure->ties = ct_arena_array(a, struct sure_tie, sure->n_ties);
    memcpy(sure->ties, k->found.ties, sure->n_ties * sizeof *sure->ties);
    im->sure = sure;
}

int ct_import_put_person(struct ct_import *im, const void *pointer, struct ct_err *err)
{
    const struct sure *sure = pointer;
    int r = CT_OK;

    if (sure->person == 0)
        return insert(im, &sure->line, true, err);
    for (size_t i = 0; i < N_FACTS && r == CT_OK; i++) {
        struct ct_fact_change c = change_of(im, sure->person, i, sure->line.cells[facts[i].column]);
        if (sure->facts[i])
            r = ct_fact_insert(im->db, &c, err);
    }
    if (r == CT_OK && sure->discipline)
        r = ct_person_put_discipline(im->db, sure->person, sure->line.cells[CT_COL_DISCIPLINE],
                                     im->now, err);
    for (size_t i = 0; i < sure->n_ties && r == CT_OK; i++) {
        struct ct_org_change c = tie_of(im, sure->person, sure->ties[i].org, sure->ties[i].ends);
        r = ct_org_put_tie(im->db, &c, im->now, err);
    }
    return r;
}

int ct_import_apply(struct ct_import *im, const struct ct_import_line *line,
                    enum ct_import_outcome *ret, struct ct_err *err)
{
    struct work k = {.im = im, .line = line};
    struct ct_import_known who;
    struct ct_person p;
    int r = ct_import_find(im, line->cells[CT_COL_EMAIL], line->cells[CT_COL_EMPLOYER_ID],
                           line->agency, &who, err);

    if (r < 0)
        return r;
    k.person = who.id;
    if (who.id)
        r = change(&k, &who, err);
    else
        r = im->apply                                 ? insert(im, line, false, err)
            : (r = check_new(line, &p, err)) == CT_OK ? put_ties(&k, err)
                                                      : r;
    if (r < 0)
        return r;
    *ret = who.id == 0 ? CT_IMPORT_ADDED : k.changed ? CT_IMPORT_CHANGED : CT_IMPORT_UNCHANGED;
    if (im->plan && !im->apply && !k.found.unsure && *ret != CT_IMPORT_UNCHANGED)
        keep(&k);
    return CT_OK;
}
