/*
 * org_close_test.h: what tests about closing and undoing it share: closing in one line, and who is
 * where, as of a moment, told in one.
 */
#ifndef CT_TEST_REPORT_ORG_CLOSE_TEST_H
#define CT_TEST_REPORT_ORG_CLOSE_TEST_H

#include "assignment_test.h"

#include "ct/learn/org_change.h"

#include <stdlib.h>

static inline int try_close(struct site *s, struct ct_org_closing c, struct ct_err *err)
{
    return ct_org_close(s->o.store, &s->o.clock, &c, err);
}

static inline void shut(struct site *s, int64_t org, const char *on, int64_t to,
                        enum ct_org_asking asking)
{
    struct ct_err err = CT_ERR_INIT;
    struct ct_org_closing c = {.org = org,
                               .on = ct_sv_c(on),
                               .to = to,
                               .asking = asking,
                               .seen_people = CT_ORG_UNSEEN,
                               .seen_asked = CT_ORG_UNSEEN};

    CT_OK_(on, try_close(s, c, &err), &err);
}

static inline int cmp_who(const void *pa, const void *pb)
{
    const struct ct_org_bond *a = pa, *b = pb;

    return (a->who > b->who) - (a->who < b->who);
}

/* "ann in dcs/intake; bob in ...", as of a moment. */
static inline struct ct_sv members(struct site *s, const char *day)
{
    struct ct_sv all = CT_SV("");
    struct ct_err err = CT_ERR_INIT;
    struct ct_org_bond *bonds;
    struct ct_org *orgs;
    size_t n, n_orgs;
    CT_AUTO_READER rd = ct_store_reader(s->o.store);

    CT_OK_("orgs", ct_org_list(rd.db, &s->o.a, &orgs, &n_orgs, &err), &err);
    CT_OK_(day, ct_org_bonds(rd.db, &s->o.a, CT_TIE_MEMBER, noon(day), &bonds, &n, &err), &err);
    if (n)
        qsort(bonds, n, sizeof *bonds, cmp_who);
    for (size_t k = 0; k < n_orgs; k++)
        for (size_t i = 0; i < n; i++)
            if (bonds[i].org == orgs[k].id)
                all = ct_arena_printf(&s->o.a, "%.*s%s%.*s in %.*s", CT_SV_ARG(all),
                                      all.n ? "; " : "", CT_SV_ARG(bonds[i].name),
                                      CT_SV_ARG(orgs[k].path));
    return all;
}

static inline struct ct_sv closed(struct site *s, int64_t org, const char *day)
{
    struct ct_err err = CT_ERR_INIT;
    struct ct_org *orgs;
    size_t n;
    CT_AUTO_READER rd = ct_store_reader(s->o.store);

    CT_OK_(day, ct_org_list_as_of(rd.db, &s->o.a, noon(day), &orgs, &n, &err), &err);
    return ct_org_by_id(orgs, n, org)->closed_on;
}

#endif
