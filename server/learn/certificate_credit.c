/*
 * certificate_credit.c: the credit that a certificate bears, and how it was reissued. Both follow
 * from rows that are only added to, so nothing is stored for it: what a certificate bore at a
 * moment is what is computed as of that moment.
 */
#include "ct/learn/certificate.h"
#include "ct/learn/home.h"

#include "sql_priv.h"

#include "ct/base/banned.h"

/* When something was recorded that may have changed what the certificates of a person bear. */
static const struct ct_sql MOMENTS = {
    "select at from credit_rule where at > :since and at <= :at"
    " union select v.at from credit_approval v where v.at > :since and v.at <= :at and v.course in"
    "  (select c.course from completion c where c.person = :person and c.module is null)"
    " union select s.at from attestation s where s.person = :person and s.at > :since"
    "  and s.at <= :at"
    " order by at"};

const struct ct_sql *const ct_certificate_credit_sql[] = {&MOMENTS, NULL};

/* The lines of one certificate with one outcome. */
static void pick(struct ct_arena *a, const struct ct_credit *list, size_t n, struct ct_sv code,
                 enum ct_credit_why why, const struct ct_credit **ret, size_t *ret_n)
{
    struct ct_credit *lines = NULL;
    size_t cap = 0;

    *ret_n = 0;
    for (size_t i = 0; i < n; i++)
        if (list[i].rule->id && list[i].why == why && ct_sv_eq(list[i].certificate, code))
            CT_ARENA_PUSH(a, lines, *ret_n, cap, list[i]);
    *ret = lines;
}

/* Those that are neither borne nor wait for a word. */
static void pick_refused(struct ct_arena *a, const struct ct_credit *list, size_t n,
                         struct ct_certificate *c)
{
    struct ct_credit *lines = NULL;
    size_t cap = 0;

    c->n_refused = 0;
    for (size_t i = 0; i < n; i++)
        if (list[i].rule->id && list[i].why != CT_CREDIT_EARNED &&
            list[i].why != CT_CREDIT_NOT_ATTESTED && ct_sv_eq(list[i].certificate, c->code))
            CT_ARENA_PUSH(a, lines, c->n_refused, cap, list[i]);
    c->refused = lines;
}

static bool same_line(const struct ct_credit *a, const struct ct_credit *b)
{
    return a->hundredths == b->hundredths && a->year == b->year && ct_sv_eq(a->type, b->type) &&
           ct_sv_eq(a->rule->title, b->rule->title) && ct_sv_eq(a->body, b->body) &&
           ct_sv_eq(a->number, b->number) &&
           (!a->approval || !b->approval || ct_sv_eq(a->approval->state, b->approval->state));
}

static bool same_credit(const struct ct_certificate_issue *a, const struct ct_certificate_issue *b)
{
    for (size_t i = 0; i < a->n_credit && i < b->n_credit; i++)
        if (!same_line(&a->credit[i], &b->credit[i]))
            return false;
    return a->n_credit == b->n_credit;
}

static int read_moments(struct ct_db *db, struct ct_arena *a, const struct ct_certificate *c,
                        int64_t as_of, int64_t **ret, size_t *ret_n, struct ct_err *err)
{
    int64_t *list = NULL;
    size_t n = 0, cap = 0;
    int r;
    CT_AUTO_STMT st = ct_db_stmt(db, &MOMENTS);

    CT_ARENA_PUSH(a, list, n, cap, c->issued_at);
    ct_bind_i64(&st, ":person", c->person);
    ct_bind_i64(&st, ":since", c->issued_at);
    ct_bind_i64(&st, ":at", as_of);
    while ((r = ct_stmt_step(&st, err)) > 0)
        CT_ARENA_PUSH(a, list, n, cap, ct_col_i64(&st, "at"));
    *ret = list;
    *ret_n = n;
    return r;
}

int ct_certificate_issues(struct ct_db *db, struct ct_arena *a, const struct ct_certificate *c,
                          int64_t as_of, struct ct_certificate_issue **ret, size_t *ret_n,
                          struct ct_err *err)
{
    struct ct_certificate_issue *list = NULL;
    size_t n = 0, cap = 0, n_moments;
    int64_t *moments;
    int r = read_moments(db, a, c, as_of, &moments, &n_moments, err);

    for (size_t i = 0; i < n_moments && r >= 0; i++) {
        struct ct_certificate_issue issue = {.at = moments[i]};
        struct ct_credit *all;
        size_t n_all;
        if ((r = ct_credit_list(db, a, c->person, moments[i], &all, &n_all, err)) < 0)
            break;
        pick(a, all, n_all, c->code, CT_CREDIT_EARNED, &issue.credit, &issue.n_credit);
        if (n == 0 || !same_credit(&list[n - 1], &issue))
            CT_ARENA_PUSH(a, list, n, cap, issue);
    }
    if (r < 0)
        return r;
    for (size_t i = 0; i < n / 2; i++) {
        struct ct_certificate_issue swapped = list[i];
        list[i] = list[n - 1 - i];
        list[n - 1 - i] = swapped;
    }
    *ret = list;
    *ret_n = n;
    return CT_OK;
}

int ct_certificate_credit(struct ct_db *db, struct ct_arena *a, struct ct_certificate *c,
                          int64_t as_of, struct ct_err *err)
{
    struct ct_certificate_issue *issues;
    CT_AUTO_HOMES *homes = NULL;
    struct ct_credit *all;
    size_t n, n_all;
    int r;

    if ((r = ct_homes_read(db, a, c->person, INT64_MAX, &homes, err)) < 0 ||
        (r = ct_certificate_issues(db, a, c, as_of, &issues, &n, err)) < 0 ||
        (r = ct_credit_list_all(db, a, c->person, as_of, &all, &n_all, err)) < 0)
        return r;
    pick(a, all, n_all, c->code, CT_CREDIT_EARNED, &c->credit, &c->n_credit);
    pick(a, all, n_all, c->code, CT_CREDIT_NOT_ATTESTED, &c->asked, &c->n_asked);
    pick_refused(a, all, n_all, c);
    c->reissued_at = n > 1 ? issues[0].at : 0;
    c->reissued_on = (struct ct_date){0, 0, 0};
    if (c->reissued_at)
        c->reissued_on = ct_day_date(ct_home_day(ct_home_of(homes, c->person), c->reissued_at));
    return CT_OK;
}
