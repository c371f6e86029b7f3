/*
 * assignment_hit.c: on which days a requirement is on a person. Between two days on which something
 * changed (membership, discipline, activity, the rules, where units stand) nothing does, so each of
 * these days is looked at, and no other.
 */
#include "assignment_priv.h"

#include "ct/base/banned.h"

struct ct_hit {
    const struct ct_everybody *all;
    const struct ct_requirement *requirement;
    /* By tree and rule, then org: whether being in the org is being in one of the rule's. */
    bool **covers;
    bool **ever; /* by rule, then org: in any tree */
    int *moves;  /* the days on which a unit came to stand where another rule's places cover it */
    size_t n_moves;
    int *days;
    size_t cap_days;
    struct ct_due_span *spells;
    size_t cap_spells;
};

static bool *covered_by(const struct ct_everybody *all, size_t tree,
                        const struct ct_requirement_rule *rule)
{
    bool *covers = ct_arena_array(all->arena, bool, all->n_orgs);

    for (size_t i = 0; i < all->n_orgs; i++)
        for (size_t k = 0; k < rule->n_orgs; k++)
            covers[i] |= ct_org_is_within(&all->trees, tree, i, rule->orgs[k]);
    return covers;
}

static bool is_other_tree(const struct ct_hit *hit, size_t tree)
{
    size_t n = hit->requirement->n_rules;

    for (size_t v = 0; v < n; v++)
        if (memcmp(hit->covers[tree * n + v], hit->covers[(tree - 1) * n + v],
                   hit->all->n_orgs * sizeof(bool)) != 0)
            return true;
    return false;
}

static bool *ever_covered_by(const struct ct_hit *hit, size_t version)
{
    bool *ever = ct_arena_array(hit->all->arena, bool, hit->all->n_orgs);

    for (size_t t = 0; t < hit->all->trees.n; t++)
        for (size_t i = 0; i < hit->all->n_orgs; i++)
            ever[i] |= hit->covers[t * hit->requirement->n_rules + version][i];
    return ever;
}

struct ct_hit *ct_hit_new(const struct ct_everybody *all, const struct ct_requirement *q)
{
    struct ct_hit *hit = ct_arena_new(all->arena, struct ct_hit);

    hit->all = all;
    hit->requirement = q;
    hit->covers = ct_arena_array(all->arena, bool *, all->trees.n * q->n_rules);
    for (size_t t = 0; t < all->trees.n; t++)
        for (size_t v = 0; v < q->n_rules; v++)
            hit->covers[t * q->n_rules + v] = covered_by(all, t, &q->rules[v]);
    hit->ever = ct_arena_array(all->arena, bool *, q->n_rules);
    for (size_t v = 0; v < q->n_rules; v++)
        hit->ever[v] = ever_covered_by(hit, v);
    hit->moves = ct_arena_array(all->arena, int, all->trees.n);
    for (size_t t = 1; t < all->trees.n; t++)
        if (is_other_tree(hit, t))
            hit->moves[hit->n_moves++] = all->trees.items[t].from;
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
    size_t tree = ct_org_tree_on(&hit->all->trees, day);
    const bool *covers = hit->covers[tree * hit->requirement->n_rules + version];

    if (hit->requirement->rules[version].n_orgs == 0)
        return true;
    for (size_t i = 0; i < p->n_members && p->members[i].on <= day; i++)
        if (p->members[i].begins && covers[p->members[i].org] &&
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

/* Whether a version of the rule could be on somebody on some day: most requirements are on few. */
static bool could_be_hit(const struct ct_hit *hit, size_t version, const struct ct_someone *p)
{
    const struct ct_requirement_rule *rule = &hit->requirement->rules[version];
    bool placed = rule->n_orgs == 0, disciplined = rule->n_disciplines == 0;

    if (rule->everybody || is_named(rule, p->who.id))
        return true;
    if (placed && disciplined)
        return false;
    for (size_t i = 0; i < p->n_members && !placed; i++)
        placed = hit->ever[version][p->members[i].org];
    for (size_t i = 0; i < p->n_tenures && placed && !disciplined; i++)
        disciplined = has_discipline(rule, p->tenures[i].discipline);
    return placed && disciplined;
}

static void add_day(struct ct_hit *hit, size_t *n, int day)
{
    size_t i;

    CT_ARENA_PUSH(hit->all->arena, hit->days, *n, hit->cap_days, day);
    for (i = *n - 1; i > 0 && hit->days[i - 1] > day; i--)
        hit->days[i] = hit->days[i - 1];
    hit->days[i] = day;
}

/* All days on which something changed, in order, some more than once. */
static size_t days_of_change(struct ct_hit *hit, const struct ct_someone *p)
{
    const struct ct_requirement *q = hit->requirement;
    size_t n = 0;

    for (size_t i = 0; i < hit->n_moves && p->n_members; i++)
        add_day(hit, &n, hit->moves[i]);
    add_day(hit, &n, p->present);
    for (size_t i = 0; i < q->n_rules; i++)
        add_day(hit, &n, q->rules[i].due.from);
    for (size_t i = 0; i < p->n_members; i++)
        add_day(hit, &n, p->members[i].on);
    for (size_t i = 0; i < p->n_actives; i++)
        add_day(hit, &n, p->actives[i].on);
    for (size_t i = 0; i < p->n_tenures; i++)
        add_day(hit, &n, p->tenures[i].on);
    return n;
}

const struct ct_due_span *ct_hit_spells(struct ct_hit *hit, const struct ct_someone *p,
                                        size_t *ret_n)
{
    size_t n_days, n = 0;
    bool was = false, may_be = false;

    for (size_t v = 0; v < hit->requirement->n_rules && !may_be; v++)
        may_be = could_be_hit(hit, v, p);
    n_days = may_be ? days_of_change(hit, p) : 0;
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
