/*
 * requirement_sight.c: requirements as somebody sees them: which, of whom, and how these stand.
 */
#include "ct/report/requirement_right.h"

#include <stdlib.h>

#include "ct/base/banned.h"

/* Who is counted counts only where the requirement asks a task force that the asker leads: of how
 * people of other agencies stand to their own agency's requirements nothing is said. */
static bool counts_in(const struct ct_asker *k, const struct ct_requirement_rule *rule)
{
    for (size_t i = 0; i < rule->n_orgs; i++) {
        const struct ct_org *o = ct_org_by_id(k->scope.choices, k->scope.n_choices, rule->orgs[i]);
        if (o && o->kind == CT_ORG_TASK_FORCE && ct_asker_leads(k, o->id))
            return true;
    }
    return false;
}

static int cmp_seen(const void *pa, const void *pb)
{
    const struct ct_scope_person *a = pa, *b = pb;

    return (a->id > b->id) - (a->id < b->id);
}

/* Everybody who is named or counted. */
static struct ct_scope all_seen(const struct ct_asker *k, struct ct_arena *a)
{
    struct ct_scope s = {.is_limited = !k->asks_all && k->scope.is_limited};

    s.people = ct_arena_array(a, struct ct_scope_person, k->scope.n + k->n_counted);
    for (size_t i = 0; i < k->scope.n; i++)
        if (!k->scope.people[i].is_counted)
            s.people[s.n++] = k->scope.people[i];
    for (size_t i = 0; i < k->n_counted; i++)
        s.people[s.n++] = (struct ct_scope_person){.id = k->counted[i], .is_counted = true};
    if (s.n)
        qsort(s.people, s.n, sizeof *s.people, cmp_seen);
    return s;
}

/* Sorts the rows into what the asker names, which stay, and what is only counted. */
static void sort_rows(const struct ct_asker *k, struct ct_sights *sights, struct ct_sight *of,
                      bool *hits)
{
    struct ct_assignments *report = &sights->report;
    size_t kept = 0;

    for (size_t i = 0; i < report->n; i++) {
        const struct ct_assignment *row = &report->rows[i];
        size_t at = (size_t)(row->requirement - report->requirements);
        bool named = ct_asker_names(k, row->person->id);
        if (!named && !counts_in(k, row->rule))
            continue;
        hits[at] = true;
        if (row->period.is_current) {
            of[at].people++;
            of[at].unnamed += !named;
            of[at].by_status[row->period.status]++;
        }
        if (named)
            report->rows[kept++] = *row;
    }
    report->n = kept;
    memset(report->by_status, 0, sizeof report->by_status);
    for (size_t i = 0; i < kept; i++)
        report->by_status[report->rows[i].period.status]++;
}

static int missing(struct ct_err *err)
{
    return ct_fail(err, CT_NOT_FOUND, "requirement", "there is no such requirement");
}

int ct_sights_read(struct ct_db *db, struct ct_arena *a, const struct ct_asker *k, int64_t as_of,
                   struct ct_sv slug, struct ct_sights *ret, struct ct_err *err)
{
    struct ct_assignment_filter filter = CT_ASSIGNMENT_FILTER_INIT;
    struct ct_scope seen = all_seen(k, a);
    struct ct_sights s = {.n = 0};
    struct ct_err why = CT_ERR_INIT;
    struct ct_sight *of;
    bool *hits;
    int r, today = ct_day_of(as_of);

    filter.scope = &seen;
    filter.requirement = slug;
    filter.brief = true;
    filter.counted = true;
    r = ct_assignments(db, a, as_of, &filter, &s.report, &why);
    if (r == CT_BAD_INPUT)
        return missing(err);
    if (r < 0)
        return ct_fail(err, why.code, why.what, "%s", why.text);
    of = ct_arena_array(a, struct ct_sight, s.report.n_requirements);
    hits = ct_arena_array(a, bool, s.report.n_requirements);
    sort_rows(k, &s, of, hits);
    s.items = of;
    for (size_t i = 0; i < s.report.n_requirements; i++) {
        const struct ct_requirement *q = &s.report.requirements[i];
        struct ct_sight one = of[i];
        struct ct_err denied = CT_ERR_INIT;
        if (q->n_rules == 0 || (slug.p && !ct_sv_eq(slug, q->slug)))
            continue;
        one.requirement = q;
        one.may_change = ct_asker_may_change(k, q, today, &denied) == CT_OK;
        if (hits[i] || one.may_change)
            s.items[s.n++] = one;
    }
    if (slug.p && s.n == 0)
        return missing(err);
    *ret = s;
    return CT_OK;
}
