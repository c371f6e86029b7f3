/*
 * org_close_requirement.c: what becomes of requirements that name something that closes. A rule is
 * not changed: another one holds from the day on (requirement.h).
 */
#include "org_change_priv.h"
#include "requirement_priv.h"

#include "ct/base/banned.h"

static bool closes(const struct ct_org_outlook *o, int64_t org)
{
    for (size_t i = 0; i < o->n_with; i++)
        if (o->with[i]->id == org)
            return true;
    return false;
}

static bool is_hit(const struct ct_org_outlook *o, const struct ct_requirement_rule *rule)
{
    bool hit = false;

    for (size_t i = 0; i < rule->n_orgs && !rule->ends; i++)
        hit = hit || closes(o, rule->orgs[i]);
    return hit;
}

/* Whether a rule holds on a day or later. */
static bool is_ahead(const struct ct_requirement *q, size_t rule, int day)
{
    return q->rules[rule].due.from > day || &q->rules[rule] == ct_requirement_on(q, day);
}

static bool asks_others(const struct ct_org_outlook *o, const struct ct_requirement_rule *rule)
{
    bool others = rule->n_people > 0 || rule->everybody;

    for (size_t i = 0; i < rule->n_orgs; i++)
        others = others || !closes(o, rule->orgs[i]);
    return others;
}

int ct_org_asked_of(struct ct_db *db, struct ct_arena *a, struct ct_org_outlook *o,
                    struct ct_err *err)
{
    struct ct_requirement *all;
    size_t n, cap = 0;
    int day = CT_DAY_NONE, r = ct_requirement_list(db, a, INT64_MAX, &all, &n, err);

    ct_day_parse(o->day, &day);
    for (size_t i = 0; i < n && r == CT_OK; i++) {
        struct ct_org_asked one = {.requirement = &all[i]};
        for (size_t v = 0; v < all[i].n_rules && !one.rule; v++)
            if (is_ahead(&all[i], v, day) && is_hit(o, &all[i].rules[v]))
                one.rule = &all[i].rules[v];
        if (!one.rule)
            continue;
        one.asks_others = asks_others(o, one.rule);
        CT_ARENA_PUSH(a, o->asked, o->n_asked, cap, one);
    }
    return r;
}

/* The rule without what closes; with `to`, unless that is 0, in its place. */
static struct ct_requirement_rule without(struct ct_arena *a, const struct ct_org_outlook *o,
                                          const struct ct_requirement_rule *rule, int64_t to)
{
    struct ct_requirement_rule next = *rule;
    int64_t *orgs = ct_arena_array(a, int64_t, rule->n_orgs + 1);
    bool named = to == 0;

    next.n_orgs = 0;
    for (size_t i = 0; i < rule->n_orgs; i++) {
        if (closes(o, rule->orgs[i]))
            continue;
        named = named || rule->orgs[i] == to;
        orgs[next.n_orgs++] = rule->orgs[i];
    }
    if (!named)
        orgs[next.n_orgs++] = to;
    next.orgs = orgs;
    if (next.n_orgs)
        return next;
    /* Disciplines are those of its places: without any they would be everybody's of a discipline.
     */
    next.n_disciplines = 0;
    next.ends = next.n_people == 0 && !next.everybody;
    return next;
}

int ct_org_close_requirements(struct ct_db *db, struct ct_arena *a, const struct ct_org_outlook *o,
                              const struct ct_org_closing *c, int64_t now, struct ct_err *err)
{
    int day = CT_DAY_NONE, r = CT_OK;

    ct_day_parse(o->day, &day);
    for (size_t i = 0; i < o->n_asked && r == CT_OK; i++) {
        const struct ct_requirement *q = o->asked[i].requirement;
        for (size_t v = 0; v < q->n_rules && r == CT_OK; v++) {
            struct ct_requirement_rule next;
            if (!is_ahead(q, v, day) || !is_hit(o, &q->rules[v]))
                continue;
            next = without(a, o, &q->rules[v], c->asking == CT_ORG_ASKING_MOVES ? c->to : 0);
            next.due.from = next.due.from < day ? day : next.due.from;
            r = ct_requirement_put(db, q->id, &next, now, c->by, err);
        }
    }
    return r;
}
