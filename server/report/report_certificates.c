/*
 * report_certificates.c: the certificates of completed courses, with their terms and what was
 * revoked, up to a moment. What was completed is report_data.c.
 */
#include "report_priv.h"
#include "sql_priv.h"

#include "ct/base/banned.h"

/* Where no course ends any, nothing needs to be read. */
static const struct ct_sql ANY_TERM = {"select 1 as n from certificate_term where months > 0"
                                       " limit 1"};
/* Three tables by code, read beside each other: to look up each certificate's completion, term and
 * revocation would take four times as long. */
static const struct ct_sql CERTIFICATES = {
    "select k.code, k.completion, k.issued_at from certificate k where k.issued_at <= :at"
    " order by k.code"};
static const struct ct_sql TERMS = {"select t.code, t.months from certificate_term t"
                                    " order by t.code"};
static const struct ct_sql REVOKED = {
    "select v.code from certificate_revocation v where v.at <= :at order by v.code"};

const struct ct_sql *const ct_report_certificates_sql[] = {&ANY_TERM, &CERTIFICATES, &TERMS,
                                                           &REVOKED, NULL};

/* Completed courses by the id of the completion: open addressing, at most half full. */
struct wholes {
    struct ct_report_whole *table;
    size_t mask;
};

static struct ct_report_whole *slot_of(const struct wholes *w, int64_t completion)
{
    size_t at = (size_t)((uint64_t)completion * UINT64_C(0x9E3779B97F4A7C15) >> 32) & w->mask;

    while (w->table[at].work && w->table[at].completion != completion)
        at = (at + 1) & w->mask;
    return &w->table[at];
}

static struct wholes wholes_of(struct ct_arena *a, const struct ct_report_data *data)
{
    size_t size = 2;

    while (size < data->n_wholes * 2)
        size *= 2;
    struct wholes w = {ct_arena_array(a, struct ct_report_whole, size), size - 1};
    for (size_t i = 0; i < data->n_wholes; i++)
        *slot_of(&w, data->wholes[i].completion) = data->wholes[i];
    return w;
}

/* A list by code, at the first row that is not before the one that was asked for. */
struct beside {
    struct ct_stmt *st;
    bool is_over, has_begun;
};

/* Whether a row of this code is there; codes are asked for in their order. */
static int find_beside(struct beside *b, struct ct_sv code, bool *ret, struct ct_err *err)
{
    *ret = false;
    while (!b->is_over) {
        int order = b->has_begun ? ct_sv_cmp(ct_col_sv(b->st, "code"), code) : -1;
        if (order >= 0) {
            *ret = order == 0;
            return CT_OK;
        }
        int r = ct_stmt_step(b->st, err);
        if (r < 0)
            return r;
        b->has_begun = true;
        b->is_over = r == 0;
    }
    return CT_OK;
}

/* The newest that was not revoked; where all were, the newest. They come in any order. */
static void take(struct ct_report_work *w, int64_t issued, int64_t completion, int months,
                 bool revoked)
{
    if (w->issued_at &&
        (w->revoked < revoked ||
         (w->revoked == revoked &&
          (issued < w->issued_at || (issued == w->issued_at && completion < w->issued_by)))))
        return;
    w->issued_at = issued;
    w->issued_by = completion;
    w->months = months;
    w->revoked = revoked;
}

static int read_all(struct ct_db *db, const struct wholes *wholes, int64_t as_of,
                    struct ct_err *err)
{
    CT_AUTO_STMT st = ct_db_stmt(db, &CERTIFICATES);
    CT_AUTO_STMT terms_st = ct_db_stmt(db, &TERMS);
    CT_AUTO_STMT revoked_st = ct_db_stmt(db, &REVOKED);
    struct beside terms = {.st = &terms_st}, revocations = {.st = &revoked_st};
    bool has_term, revoked;
    int r;

    ct_bind_i64(&st, ":at", as_of);
    ct_bind_i64(&revoked_st, ":at", as_of);
    while ((r = ct_stmt_step(&st, err)) > 0) {
        struct ct_sv code = ct_col_sv(&st, "code");
        int64_t completion = ct_col_i64(&st, "completion");
        struct ct_report_work *w = slot_of(wholes, completion)->work;
        if (!w)
            continue;
        if ((r = find_beside(&terms, code, &has_term, err)) < 0 ||
            (r = find_beside(&revocations, code, &revoked, err)) < 0)
            return r;
        take(w, ct_col_i64(&st, "issued_at"), completion,
             has_term ? (int)ct_col_i64(&terms_st, "months") : 0, revoked);
    }
    return r;
}

int ct_report_certificates(struct ct_db *db, struct ct_arena *a, const struct ct_report_data *data,
                           struct ct_err *err)
{
    int r;
    {
        CT_AUTO_STMT st = ct_db_stmt(db, &ANY_TERM);
        if ((r = ct_stmt_step(&st, err)) <= 0)
            return r;
    }
    struct wholes wholes = wholes_of(a, data);
    return read_all(db, &wholes, data->as_of, err);
}
