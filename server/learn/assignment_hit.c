/*
 * assignment_hit.c: on which days a requirement is on a person. Between two days on which something
 * changed (membership, discipline, activity, the rules) nothing does, so each of these days is
 * looked at, and no other.
 */
#include "assignment_priv.h"

#include <stdlib.h>

#include "ct/base/banned.h"

struct ct_hit {
    const struct ct_everybody *all;
    const struct ct_requirement *requirement;
    bool **covers; /* by rule, then org: whether being in the org is being in one of the rule's */
    int *days;
    size_t cap_days;
    struct ct_due_span *spells;
    size_t cap_spells;
};

static bool is_under(const struct ct_everybody *all, const struct ct_org *o, int64_t above)
{
    if (o->id == above || (o->kind == CT_ORG_UNIT && o->agency == above))
        return true;
    while (o && o->id != above)
        o = o->parent ? ct_org_by_id(all->orgs, all->n_orgs, o->parent) : NULL;
    return o != NULL;
}

struct ct_hit *ct_hit_new(const struct ct_everybody *all, const struct ct_requirement *q)
{
    struct ct_hit *hit = ct_arena_new(all->arena, struct ct_hit);

    hit->all = all;
    hit->requirement = q;
    hit->covers = ct_arena_array(all->arena, bool *, q->n_rules);
    for (size_t v = 0; v < q->n_rules; v++) {
        hit->covers[v] = ct_arena_array(all->arena, bool, all->n_orgs);
        for (size_t i = 0; i < all->n_orgs; i++)
            for (size_t k = 0; k < q->rules[v].n_orgs; k++)
                hit->covers[v][i] |= is_under(all, &all->orgs[i], q->rules[v].orgs[k]);
    }
    return hit;
}

static bool is_named(const struct ct_requirement_rule *rule, int64_t person)
{
    for (size_t i = 0; i < rule->n_people; i++)
        if (rule->people[i] == person)
            return true;
    return false;
}

static bool has_discipline(const struct ct_requirement_rule *rule, struct ct_sv discipline)
{
    for (size_t i = 0; i < rule->n_disciplines; i++)
        if (ct_sv_eq(rule->disciplines[i], discipline))
            return true;
    return rule->n_disciplines == 0;
}

/* Whether somebody is in one of the rule's places on a day. */
static bool is_placed(const struct ct_hit *hit, size_t version, const struct ct_someone *p, int day)
{
    if (hit->requirement->rules[version].n_orgs == 0)
        return true;
    for (size_t i = 0; i < p->n_members && p->members[i].on <= day; i++)
        if (p->members[i].begins && hit->covers[version][p->members[i].org] &&
            ct_someone_in(p, p->members[i].org, day))
            return true;
    return false;
}

static bool is_hit(const struct ct_hit *hit, const struct ct_someone *p, int day)
{
    const struct ct_requirement_rule *rule = ct_requirement_on(hit->requirement, day);

    if (!rule || rule->ends || !ct_someone_active(p, day))
        return false;
    if (rule->everybody || is_named(rule, p->who.id))
        return true;
    return (rule->n_orgs || rule->n_disciplines) &&
           has_discipline(rule, ct_someone_discipline(p, day)) &&
           is_placed(hit, (size_t)(rule - hit->requirement->rules), p, day);
}

static int cmp_int(const void *pa, const void *pb)
{
    int a = *(const int *)pa, b = *(const int *)pb;

    return (a > b) - (a < b);
}

/* All days on which something changed, in order, some more than once. */
static size_t days_of_change(struct ct_hit *hit, const struct ct_someone *p)
{
    const struct ct_requirement *q = hit->requirement;
    struct ct_arena *a = hit->all->arena;
    size_t n = 0;

    CT_ARENA_PUSH(a, hit->days, n, hit->cap_days, p->present);
    for (size_t i = 0; i < q->n_rules; i++)
        CT_ARENA_PUSH(a, hit->days, n, hit->cap_days, q->rules[i].due.from);
    for (size_t i = 0; i < p->n_members; i++)
        CT_ARENA_PUSH(a, hit->days, n, hit->cap_days, p->members[i].on);
    for (size_t i = 0; i < p->n_actives; i++)
        CT_ARENA_PUSH(a, hit->days, n, hit->cap_days, p->actives[i].on);
    for (size_t i = 0; i < p->n_tenures; i++)
        CT_ARENA_PUSH(a, hit->days, n, hit->cap_days, p->tenures[i].on);
    qsort(hit->days, n, sizeof *hit->days, cmp_int);
    return n;
}

const struct ct_due_span *ct_hit_spells(struct ct_hit *hit, const struct ct_someone *p,
                                        size_t *ret_n)
{
    size_t n_days = days_of_change(hit, p), n = 0;
    bool was = false;

    for (size_t i = 0; i < n_days && hit->days[i] <= p->who.day; i++) {
        bool is = is_hit(hit, p, hit->days[i]);
        if (is && !was) {
            struct ct_due_span s = {hit->days[i], CT_DAY_NONE};
            CT_ARENA_PUSH(hit->all->arena, hit->spells, n, hit->cap_spells, s);
        }
        if (was && !is)
            hit->spells[n - 1].until = hit->days[i] - 1;
        was = is;
    }
    *ret_n = n;
    return hit->spells;
}
