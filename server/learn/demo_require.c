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

/* The agency by which the people of the demonstration are asked; 0: there is none. */
static int find_agency(struct ct_store *s, struct ct_arena *a, int64_t *ret, struct ct_err *err)
{
    CT_AUTO_READER rd = ct_store_reader(s);
    struct ct_org *all;
    size_t n;
    int r = ct_org_list(rd.db, a, &all, &n, err);

    *ret = 0;
    for (size_t i = 0; i < n && r == CT_OK && *ret == 0; i++)
        if (all[i].kind == CT_ORG_AGENCY)
            *ret = all[i].id;
    return r;
}

int ct_demo_require(struct ct_store *s, const struct ct_catalogue *cat, struct ct_arena *a,
                    int64_t today, struct ct_err *err)
{
    int64_t at = today - (int64_t)ASKED_DAYS * DAY, agency, id;
    struct ct_clock clock = {then, &at};
    struct ct_err there = CT_ERR_INIT;
    int r = find_agency(s, a, &agency, err);
    struct ct_requirement_rule rule = {.due = {.from = ct_day_of(at),
                                               .kind = CT_DUE_ASSIGNED,
                                               .fixed = CT_DAY_NONE,
                                               .days = 30,
                                               .every = 12,
                                               .grace = 14},
                                       .orgs = &agency,
                                       .n_orgs = 1};
    struct ct_requirement q = {.slug = CT_SV("core-yearly"), .rules = &rule, .n_rules = 1};

    if (r < 0 || agency == 0 || cat->n_courses == 0)
        return r;
    q.course = cat->courses[0].slug;
    r = ct_requirement_add(s, &clock, cat, &q, 0, &id, &there);
    if (r == CT_CONFLICT) /* of an earlier run */
        return CT_OK;
    return r < 0 ? ct_fail(err, r, there.what, "%s", there.text) : CT_OK;
}
