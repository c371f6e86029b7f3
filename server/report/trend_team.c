/*
 * trend_team.c: who is in a team at the end of each period, of whom the reader may see.
 */
#include "assignment_priv.h"
#include "trend_priv.h"

#include "ct/base/banned.h"

struct looking {
    struct ct_everybody *all;
    const struct ct_trend_filter *filter;
    struct ct_trend *trend;
    bool *in[3]; /* by org: in it one is in the agency, unit, task force that is wished for */
};

/* Of the tree of a day: in which orgs one is in the one that is wished for. */
static void find_places(struct looking *k, int day)
{
    size_t tree = ct_org_tree_on(&k->all->trees, day);
    const struct ct_scope *scope = &k->trend->scope;
    const struct ct_org *wished[] = {scope->agency, scope->unit, scope->task_force};

    for (size_t w = 0; w < sizeof wished / sizeof wished[0]; w++) {
        if (!wished[w])
            continue;
        k->in[w] = ct_arena_array(k->all->arena, bool, k->all->n_orgs);
        for (size_t i = 0; i < k->all->n_orgs; i++)
            k->in[w][i] = ct_org_is_within(&k->all->trees, tree, i, wished[w]->id);
    }
}

static bool is_wished_for(const struct looking *k, const struct ct_someone *p, int day)
{
    for (size_t w = 0; w < sizeof k->in / sizeof k->in[0]; w++) {
        bool in = !k->in[w];
        for (size_t i = 0; i < p->n_members && p->members[i].on <= day && !in; i++)
            in = p->members[i].begins && k->in[w][p->members[i].org] &&
                 ct_someone_in(p, p->members[i].org, day);
        if (!in)
            return false;
    }
    return true;
}

/* Whom the reader may see of the team on a day. */
static int scope_of(const struct looking *k, int day, struct ct_scope *ret, struct ct_err *err)
{
    struct ct_scope_wish wish = k->filter->wish;
    char text[CT_TIME_TEXT];

    wish.day = ct_sv_c(ct_day_text(day, text));
    return ct_org_scope(k->all->db, k->all->arena, k->filter->viewer, &wish, k->all->as_of, ret,
                        err);
}

static bool is_asked_for(const struct looking *k, const struct ct_someone *p, int day)
{
    return ct_someone_active(p, day) &&
           (!k->filter->discipline.p ||
            ct_sv_eq(k->filter->discipline, ct_someone_discipline(p, day)));
}

/* Who sees everybody is asked once and not for each day: then whom they see is whom they wish for.
 */
static bool sees_all(const struct looking *k)
{
    return k->filter->viewer->is_admin || k->filter->viewer->person == 0 ||
           !k->trend->scope.is_limited;
}

static int look(struct looking *k, struct ct_trend_point *point, bool *seen, struct ct_err *err)
{
    struct ct_scope then = {.n = 0};
    bool all = sees_all(k);
    int r = all ? CT_OK : scope_of(k, point->until, &then, err);

    find_places(k, point->until);
    for (size_t i = 0; i < k->all->n && r == CT_OK; i++) {
        const struct ct_someone *p = &k->all->people[i];
        if (!is_asked_for(k, p, point->until))
            continue;
        const struct ct_scope_person *one = all ? NULL : ct_scope_find(&then, p->who.id);
        k->trend->hides_some |= one && one->is_counted;
        seen[i] = all ? is_wished_for(k, p, point->until) : one && !one->is_counted;
        point->people += seen[i];
    }
    return r;
}

int ct_trend_team(struct ct_everybody *all, const struct ct_trend_filter *filter,
                  struct ct_trend *t, bool ***ret_seen, struct ct_err *err)
{
    struct looking k = {.all = all, .filter = filter, .trend = t};
    bool **seen = ct_arena_array(all->arena, bool *, t->n);
    int r = scope_of(&k, t->points[t->n - 1].until, &t->scope, err);

    if (r < 0)
        return r;
    for (size_t i = 0; i < t->n && r == CT_OK; i++) {
        seen[i] = ct_arena_array(all->arena, bool, all->n);
        r = look(&k, &t->points[i], seen[i], err);
    }
    *ret_seen = seen;
    return r;
}
