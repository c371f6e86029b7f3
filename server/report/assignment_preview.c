/*
 * assignment_preview.c: whom a rule would hit before it is saved, and which other requirements ask
 * the same of the same people.
 */
#include "assignment_priv.h"

#include <stdlib.h>

#include "ct/base/banned.h"

static int cmp_person(const void *pa, const void *pb)
{
    const struct ct_assignee *const *a = pa, *const *b = pb;
    int c = ct_sv_cmp((*a)->last_name, (*b)->last_name);

    if (c == 0)
        c = ct_sv_cmp((*a)->first_name, (*b)->first_name);
    return c ? c : ((*a)->id > (*b)->id) - ((*a)->id < (*b)->id);
}

/* Whom a rule hits on the day of everybody's moment, as if it held already, whatever the day from
 * which it will. */
static void hit_by(struct ct_everybody *all, const struct ct_requirement_rule *rule,
                   const struct ct_assignee ***ret, size_t *ret_n)
{
    struct ct_requirement_rule *now = ct_arena_new(all->arena, struct ct_requirement_rule);
    struct ct_requirement *q = ct_arena_new(all->arena, struct ct_requirement);
    const struct ct_assignee **list = NULL;
    size_t n = 0, cap = 0;

    *now = *rule;
    now->due.from = INT_MIN + 1;
    *q = (struct ct_requirement){.rules = now, .n_rules = 1};
    struct ct_hit *hit = ct_hit_new(all, q);
    for (size_t i = 0; i < all->n; i++) {
        size_t n_spells;
        const struct ct_due_span *spells = ct_hit_spells(hit, &all->people[i], &n_spells);
        if (n_spells && spells[n_spells - 1].until == CT_DAY_NONE)
            CT_ARENA_PUSH(all->arena, list, n, cap, &all->people[i].who);
    }
    if (n)
        qsort(list, n, sizeof *list, cmp_person);
    *ret = list;
    *ret_n = n;
}

int ct_requirement_preview(struct ct_db *db, struct ct_arena *a,
                           const struct ct_requirement_rule *rule, int64_t as_of,
                           const struct ct_assignee ***ret, size_t *ret_n, struct ct_err *err)
{
    CT_AUTO_EVERYBODY all = {.db = db, .arena = a, .as_of = as_of};
    int r = ct_everybody_read(&all, err);

    if (r < 0)
        return r;
    hit_by(&all, rule, ret, ret_n);
    return CT_OK;
}

static bool asks_the_same(const struct ct_requirement *a, const struct ct_requirement *b)
{
    if (a->kind != b->kind || (a->id && a->id == b->id))
        return false;
    switch (a->kind) {
    case CT_REQUIREMENT_COURSE:
        return ct_sv_eq(a->course, b->course);
    case CT_REQUIREMENT_HOURS:
        return !a->credit_type.n || !b->credit_type.n || ct_sv_eq(a->credit_type, b->credit_type);
    case CT_REQUIREMENT_SCENARIO:
        return ct_sv_eq(a->course, b->course) && ct_sv_eq(a->module, b->module);
    }
    return false;
}

/* The people in both lists, which are in one order. */
static size_t in_both(struct ct_arena *a, const struct ct_assignee **these, size_t n,
                      const struct ct_assignee **those, size_t n_those,
                      const struct ct_assignee ***ret)
{
    const struct ct_assignee **list = NULL;
    size_t n_list = 0, cap = 0;

    for (size_t i = 0, k = 0; i < n && k < n_those;) {
        int c = cmp_person(&these[i], &those[k]);
        if (c == 0)
            CT_ARENA_PUSH(a, list, n_list, cap, these[i]);
        i += c <= 0;
        k += c >= 0;
    }
    *ret = list;
    return n_list;
}

int ct_requirement_overlaps(struct ct_db *db, struct ct_arena *a, const struct ct_requirement *q,
                            const struct ct_requirement_rule *rule, int64_t as_of,
                            struct ct_requirement_overlap **ret, size_t *ret_n, struct ct_err *err)
{
    CT_AUTO_EVERYBODY all = {.db = db, .arena = a, .as_of = as_of};
    struct ct_requirement_overlap *list = NULL;
    const struct ct_assignee **these, **those;
    struct ct_requirement *others;
    size_t n, n_these, n_those, n_list = 0, cap = 0;
    int r;

    if ((r = ct_requirement_list(db, a, as_of, &others, &n, err)) < 0 ||
        (r = ct_everybody_read(&all, err)) < 0)
        return r;
    hit_by(&all, rule, &these, &n_these);
    for (size_t i = 0; i < n; i++) {
        const struct ct_requirement_rule *on = ct_requirement_on(&others[i], ct_day_of(as_of));
        struct ct_requirement_overlap o = {.requirement = &others[i],
                                           .rule = on ? on : &others[i].rules[0]};
        if (!asks_the_same(q, &others[i]) || o.rule->ends)
            continue;
        hit_by(&all, o.rule, &those, &n_those);
        if ((o.n = in_both(a, these, n_these, those, n_those, &o.people)))
            CT_ARENA_PUSH(a, list, n_list, cap, o);
    }
    *ret = list;
    *ret_n = n_list;
    return CT_OK;
}
