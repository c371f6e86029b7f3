/*
 * requirement_right.c: who may ask something of whom: what somebody leads, held against a rule.
 * What is shown of requirements is requirement_sight.c.
 */
#include "ct/report/requirement_right.h"

#include <stdlib.h>

#include "ct/base/banned.h"

static int cmp_id(const void *pa, const void *pb)
{
    int64_t a = *(const int64_t *)pa, b = *(const int64_t *)pb;

    return (a > b) - (a < b);
}

/* Who is in several task forces is one. */
static size_t each_once(int64_t *ids, size_t n)
{
    size_t kept = 0;

    for (size_t i = 0; i < n; i++)
        if (kept == 0 || ids[kept - 1] != ids[i])
            ids[kept++] = ids[i];
    return kept;
}

/* Who is counted is known only of a task force that is asked for alone (org.h). */
static int read_counted(struct ct_db *db, struct ct_arena *a, int64_t as_of, struct ct_asker *k,
                        struct ct_err *err)
{
    size_t cap = 0;

    for (size_t i = 0; i < k->scope.n_choices; i++) {
        const struct ct_org *o = &k->scope.choices[i];
        struct ct_scope_wish wish = {.task_force = o->path};
        struct ct_scope force;
        int r;
        if (o->kind != CT_ORG_TASK_FORCE || !k->scope.leads[i])
            continue;
        if ((r = ct_org_scope(db, a, &k->viewer, &wish, as_of, &force, err)) < 0)
            return r;
        for (size_t p = 0; p < force.n; p++)
            if (force.people[p].is_counted && !ct_asker_names(k, force.people[p].id))
                CT_ARENA_PUSH(a, k->counted, k->n_counted, cap, force.people[p].id);
    }
    if (k->n_counted)
        qsort(k->counted, k->n_counted, sizeof *k->counted, cmp_id);
    k->n_counted = each_once(k->counted, k->n_counted);
    return CT_OK;
}

int ct_asker_read(struct ct_db *db, struct ct_arena *a, const struct ct_viewer *viewer,
                  int64_t as_of, struct ct_asker *ret, struct ct_err *err)
{
    struct ct_asker k = {.viewer = *viewer, .asks_all = viewer->is_admin || viewer->person == 0};
    struct ct_scope_wish all = {.agency = CT_SV_NULL};
    int r = ct_org_scope(db, a, viewer, &all, as_of, &k.scope, err);

    if (r < 0 || (!k.asks_all && (r = read_counted(db, a, as_of, &k, err)) < 0))
        return r;
    *ret = k;
    return CT_OK;
}

bool ct_asker_leads(const struct ct_asker *k, int64_t org)
{
    for (size_t i = 0; i < k->scope.n_choices; i++)
        if (k->scope.choices[i].id == org)
            return k->asks_all || k->scope.leads[i];
    return false;
}

bool ct_asker_names(const struct ct_asker *k, int64_t person)
{
    const struct ct_scope_person *p;

    if (k->asks_all || !k->scope.is_limited)
        return true;
    p = ct_scope_find(&k->scope, person);
    return p && !p->is_counted;
}

static size_t unnamed_of(const struct ct_asker *k, const struct ct_assignee *const *people,
                         size_t n, struct ct_sv discipline)
{
    size_t unnamed = 0;

    for (size_t i = 0; i < n; i++)
        unnamed += ct_sv_eq(people[i]->discipline, discipline) && !ct_asker_names(k, people[i]->id);
    return unnamed;
}

size_t ct_asker_unnamed(const struct ct_asker *k, const struct ct_assignee *const *people, size_t n)
{
    struct ct_sv seen[CT_DISCIPLINES_MAX];
    size_t n_seen = 0, all = 0;

    for (size_t i = 0; i < n && n_seen < CT_DISCIPLINES_MAX; i++) {
        size_t at = 0, some;
        while (at < n_seen && !ct_sv_eq(seen[at], people[i]->discipline))
            at++;
        if (at < n_seen)
            continue;
        seen[n_seen++] = people[i]->discipline;
        some = unnamed_of(k, people, n, people[i]->discipline);
        all += some >= CT_REPORT_UNNAMED_MIN ? some : 0;
    }
    return all;
}

int ct_asker_may_ask(const struct ct_asker *k, const struct ct_requirement_rule *rule,
                     struct ct_err *err)
{
    if (k->asks_all)
        return CT_OK;
    if (rule->everybody)
        return ct_fail(err, CT_DENIED, "everybody",
                       "Only administrators ask something of everybody.");
    for (size_t i = 0; i < rule->n_orgs; i++)
        if (!ct_asker_leads(k, rule->orgs[i]))
            return ct_fail(err, CT_DENIED, "orgs",
                           "One of these agencies, units or task forces is not among those that "
                           "you lead today. Choose among those that are listed.");
    if (rule->n_disciplines && rule->n_orgs == 0)
        return ct_fail(err, CT_DENIED, "disciplines",
                       "Choose an agency, unit or task force, too: only administrators ask "
                       "something of a discipline wherever it is.");
    for (size_t i = 0; i < rule->n_people; i++)
        if (!ct_asker_names(k, rule->people[i]))
            return ct_fail(err, CT_DENIED, "people",
                           "One of these people is not among those whom you see by name.");
    return CT_OK;
}

int ct_asker_may_change(const struct ct_asker *k, const struct ct_requirement *q, int from,
                        struct ct_err *err)
{
    const struct ct_requirement_rule *now = ct_requirement_on(q, from);
    struct ct_err why = CT_ERR_INIT;
    int r = ct_asker_may_ask(k, ct_requirement_asking(q, from), &why);

    if (r == CT_OK && now && !now->ends)
        r = ct_asker_may_ask(k, now, &why);
    for (size_t i = 0; i < q->n_rules && r == CT_OK; i++)
        if (q->rules[i].due.from > from && !q->rules[i].ends)
            r = ct_asker_may_ask(k, &q->rules[i], &why);
    return r < 0 ? ct_fail(err, CT_DENIED, "requirement",
                           "this requirement asks people whom you do not lead today, so you may "
                           "look at it and not change it")
                 : CT_OK;
}

/* Whether a record would be the business of another agency, of whose people the asker knows by a
 * task force alone. */
static bool is_of_another(const struct ct_asker *k, const struct ct_asker_record *record)
{
    const struct ct_scope_person *p =
        k->scope.is_limited ? ct_scope_find(&k->scope, record->person) : NULL;
    struct ct_err why = CT_ERR_INIT;

    if (!p || !p->by_task_force || k->asks_all)
        return false;
    switch (record->kind) {
    case CT_TRAINING_LEAVE:
        return true;
    case CT_TRAINING_WAIVER:
        return !record->of || ct_asker_may_change(k, record->of, record->day, &why) < 0;
    case CT_TRAINING_CREDIT:
        break;
    }
    return false;
}

int ct_asker_may_record(const struct ct_asker *k, const struct ct_asker_record *record,
                        struct ct_err *err)
{
    bool is_own = record->person == k->viewer.person;

    if (is_own && (record->kind != CT_TRAINING_CREDIT || record->approves))
        return ct_fail(err, CT_DENIED, "person",
                       "nobody waives or approves what is one's own; ask who leads you");
    if (!is_own && !ct_asker_names(k, record->person))
        return ct_fail(err, CT_DENIED, "person",
                       "this person is not among those whom you see by name today; if that was so "
                       "a moment ago, it has changed");
    if (is_of_another(k, record))
        return ct_fail(err, CT_DENIED, "person",
                       "you know this person by a task force: leave, and waivers of what the "
                       "person's agency asks, are for that agency to record");
    return CT_OK;
}

struct ct_requirement_rule ct_asker_told(const struct ct_asker *k, struct ct_arena *a,
                                         const struct ct_requirement_rule *rule)
{
    struct ct_requirement_rule told = *rule;
    int64_t *orgs = ct_arena_array(a, int64_t, rule->n_orgs);
    int64_t *people = ct_arena_array(a, int64_t, rule->n_people);

    told.n_orgs = told.n_people = 0;
    for (size_t i = 0; i < rule->n_orgs; i++)
        if (k->asks_all || ct_org_by_id(k->scope.choices, k->scope.n_choices, rule->orgs[i]))
            orgs[told.n_orgs++] = rule->orgs[i];
    for (size_t i = 0; i < rule->n_people; i++)
        if (ct_asker_names(k, rule->people[i]))
            people[told.n_people++] = rule->people[i];
    told.n_hidden_orgs = rule->n_orgs - told.n_orgs;
    told.n_hidden_people = rule->n_people - told.n_people;
    told.orgs = orgs;
    told.people = people;
    return told;
}
