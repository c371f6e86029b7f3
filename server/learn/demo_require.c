/*
 * demo_require.c: what Alder County asks of its people, so that the reports of the demonstration
 * have something to say: the core course within thirty days, and again every year.
 */
#include "demo_priv.h"

#include "ct/learn/requirement.h"

#include "ct/base/banned.h"

enum { DAY = 86400, ASKED_DAYS = 90 };

static int64_t then(void *arg)
{
    return *(const int64_t *)arg;
}

/* Whose people are asked: those of all agencies. */
static int find_agencies(struct ct_store *s, struct ct_arena *a, int64_t **ret, size_t *ret_n,
                         struct ct_err *err)
{
    CT_AUTO_READER rd = ct_store_reader(s);
    struct ct_org *all;
    size_t n, cap = 0;
    int r = ct_org_list(rd.db, a, &all, &n, err);

    for (size_t i = 0; r == CT_OK && i < n; i++)
        if (all[i].kind == CT_ORG_AGENCY)
            CT_ARENA_PUSH(a, *ret, *ret_n, cap, all[i].id);
    return r;
}

int ct_demo_require(struct ct_store *s, const struct ct_catalogue *cat, struct ct_arena *a,
                    int64_t today, struct ct_err *err)
{
    int64_t at = today - (int64_t)ASKED_DAYS * DAY, *agencies = NULL, id;
    size_t n = 0;
    struct ct_clock clock = {then, &at};
    struct ct_err there = CT_ERR_INIT;
    int r = find_agencies(s, a, &agencies, &n, err);
    struct ct_requirement_rule rule = {.due = {.from = ct_day_of(at),
                                               .kind = CT_DUE_ASSIGNED,
                                               .fixed = CT_DAY_NONE,
                                               .days = 30,
                                               .every = 12,
                                               .grace = 14},
                                       .orgs = agencies,
                                       .n_orgs = n};
    struct ct_requirement q = {.slug = CT_SV("core-yearly"), .rules = &rule, .n_rules = 1};

    if (r < 0 || n == 0 || cat->n_courses == 0)
        return r;
    q.course = cat->courses[0].slug;
    r = ct_requirement_add(s, &clock, cat, &q, 0, &id, &there);
    if (r == CT_CONFLICT) /* of an earlier run */
        return CT_OK;
    return r < 0 ? ct_fail(err, r, there.what, "%s", there.text) : CT_OK;
}
