/*
 * home_test.h: agencies in several zones, who belongs to them and moments, for the tests of days.
 */
#ifndef CT_TEST_LEARN_HOME_TEST_H
#define CT_TEST_LEARN_HOME_TEST_H

#include "credit_test.h"

#include "ct/learn/home.h"

/* Agencies beside dcs, which is in Chicago and whose fiscal year begins in July. */
static inline void add_agencies(struct site *s)
{
    static const struct {
        const char *path, *zone;
        int month;
    } agencies[] = {{"akl", "Pacific/Auckland", 4},
                    {"lax", "America/Los_Angeles", 10},
                    {"tok", "Asia/Tokyo", 1},
                    {"zulu", "UTC", 1}};

    CT_EACH (g, agencies) {
        struct ct_err err = CT_ERR_INIT;
        struct ct_org_new o = {.kind = CT_ORG_AGENCY,
                               .path = ct_sv_c(g->path),
                               .name = ct_sv_c(g->path),
                               .time_zone = ct_sv_c(g->zone),
                               .fiscal_month = g->month};
        int64_t id;
        CT_OK_(g->path, ct_org_add(s->o.store, &s->o.clock, &o, 0, &id, &err), &err);
    }
}

static inline int64_t org_called(struct site *s, struct ct_sv path)
{
    struct ct_err err = CT_ERR_INIT;
    struct ct_org *all;
    size_t n;
    CT_AUTO_READER rd = ct_store_reader(s->o.store);

    CT_OK_("orgs", ct_org_list(rd.db, &s->o.a, &all, &n, &err), &err);
    for (size_t i = 0; i < n; i++)
        if (ct_sv_eq(all[i].path, path))
            return all[i].id;
    fail_msg("no org %.*s", CT_SV_ARG(path));
    return 0;
}

/* "dcs+2026-01-01 dcs-2026-07-01": belonging from a day on, and no longer. */
static inline void belong(struct site *s, int64_t person, const char *rows)
{
    struct ct_sv rest = ct_sv_c(rows), one;

    while (rest.n && ct_sv_split(&rest, ' ', &one)) {
        size_t at = one.n - strlen("+2026-01-01");
        orgs_tie(&s->o, CT_TIE_MEMBER, person, org_called(s, ct_sv_sub(one, 0, at)),
                 one.p[at] == '-', ct_arena_dup(&s->o.a, ct_sv_sub(one, at + 1, SIZE_MAX)).p);
    }
}

/* "2026-12-31 23:30", in UTC. */
static inline int64_t moment(struct site *s, const char *text)
{
    int hours = (text[11] - '0') * 10 + text[12] - '0';
    int minutes = (text[14] - '0') * 10 + text[15] - '0';

    return (int64_t)day_in(ct_arena_dup(&s->o.a, ct_sv_n(text, 10)).p) * ORG_DAY + hours * 3600 +
           minutes * 60;
}

#endif
