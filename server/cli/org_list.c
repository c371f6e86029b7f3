/*
 * org_list.c: agencies, units or task forces as a table, with who leads them and how many belong to
 * them today.
 */
#include "org_priv.h"

#include "ct/base/banned.h"

static struct ct_sv leads_of(struct ct_arena *a, const struct ct_org_bond *leads, size_t n,
                             int64_t org)
{
    struct ct_sv text = CT_SV("");

    for (size_t i = 0; i < n; i++)
        if (leads[i].org == org)
            text = text.n ? ct_arena_printf(a, "%.*s; %.*s", CT_SV_ARG(text),
                                            CT_SV_ARG(leads[i].email))
                          : leads[i].email;
    return text;
}

static struct ct_sv number(struct ct_arena *a, size_t n)
{
    return ct_arena_printf(a, "%zu", n);
}

static size_t count(const struct ct_org_bond *members, size_t n, int64_t org)
{
    size_t found = 0;

    for (size_t i = 0; i < n; i++)
        found += members[i].org == org;
    return found;
}

static bool is_listed(const struct ct_org_call *c, const struct ct_org *o)
{
    return o->kind == c->command->kind &&
           (!c->agency || o->kind != CT_ORG_UNIT ||
            (ct_sv_starts(o->path, ct_sv_c(c->agency)) && o->path.p[strlen(c->agency)] == '/'));
}

/* The path of the unit above; "" for none. */
static struct ct_sv above(const struct ct_org *all, size_t n, const struct ct_org *o)
{
    const struct ct_org *parent = o->parent ? ct_org_by_id(all, n, o->parent) : NULL;

    return parent ? parent->path : CT_SV("");
}

/* Also of what closes on a day to come. */
static struct ct_sv closed_on(const struct ct_org *o)
{
    return o->closed_on.p ? o->closed_on : o->closes_on.p ? o->closes_on : CT_SV("");
}

int ct_org_print(const struct ct_org_call *c, struct ct_err *err)
{
    static const char *const of_agencies[] = {"path",   "name",      "below",        "leads",
                                              "people", "time_zone", "fiscal_month", "closed_on"};
    static const char *const of_others[] = {"path",  "name",   "below",
                                            "leads", "people", "closed_on"};
    enum { ALL = sizeof of_agencies / sizeof of_agencies[0], OF_OTHERS = ALL - 2 };
    bool agencies = c->command->kind == CT_ORG_AGENCY;
    size_t width = agencies ? (size_t)ALL : (size_t)OF_OTHERS;
    CT_AUTO_READER rd = ct_store_reader(c->store);
    struct ct_org_bond *leads, *members;
    struct ct_org *orgs;
    size_t n, n_leads, n_members;
    int64_t now = ct_now(&ct_clock_system);
    int r;

    if ((r = ct_org_list_as_of(rd.db, c->arena, now, &orgs, &n, err)) < 0 ||
        (r = ct_org_bonds(rd.db, c->arena, CT_TIE_LEAD, now, &leads, &n_leads, err)) < 0 ||
        (r = ct_org_bonds(rd.db, c->arena, CT_TIE_MEMBER, now, &members, &n_members, err)) < 0)
        return r;
    struct ct_table t = {agencies ? of_agencies : of_others, width,
                         ct_arena_array(c->arena, struct ct_sv, n * ALL), 0};
    for (size_t i = 0; i < n; i++) {
        struct ct_sv *cell = &t.cells[t.n_rows * width];
        if (!is_listed(c, &orgs[i]))
            continue;
        cell[0] = orgs[i].path;
        cell[1] = orgs[i].name;
        cell[2] = above(orgs, n, &orgs[i]);
        cell[3] = leads_of(c->arena, leads, n_leads, orgs[i].id);
        cell[4] = number(c->arena, count(members, n_members, orgs[i].id));
        cell[width - 1] = closed_on(&orgs[i]);
        if (agencies) {
            cell[5] = orgs[i].time_zone;
            cell[6] = number(c->arena, (size_t)orgs[i].fiscal_month);
        }
        t.n_rows++;
    }
    return ct_cli_print(c->command->name, &t, c->format);
}
