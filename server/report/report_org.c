/*
 * report_org.c: the completion report summed by agency, unit or task force.
 *
 * Of who may only be counted it is not told where they are: a number of an agency less a number of
 * a discipline would otherwise name one of them. They stay together, in the rows of the report in
 * which there are enough of them.
 */
#include "report_priv.h"

#include "ct/base/banned.h"

/* A row that is being summed, with the scores of who completed. */
struct tally {
    struct ct_report_row row;
    int *scores;
    size_t n_scores, cap;
};

struct tallying {
    struct ct_arena *arena;
    const struct ct_report *report;
    enum ct_org_kind kind;
    struct tally *of_org; /* of each org in the report's list */
    struct tally none, unnamed;
};

static void add(struct tallying *t, struct tally *to, const struct ct_report_person *p)
{
    ct_report_count(&to->row, p);
    to->row.required = to->row.required || p->required;
    if (p->completed_on != CT_DAY_NONE && p->score >= 0)
        CT_ARENA_PUSH(t->arena, to->scores, to->n_scores, to->cap, p->score);
}

static void add_member(struct tallying *t, const struct ct_report_person *p)
{
    bool any = false;

    for (size_t i = 0; i < p->n_orgs; i++) {
        if (t->report->orgs[p->orgs[i]].kind != t->kind)
            continue;
        any = true;
        add(t, &t->of_org[p->orgs[i]], p);
    }
    if (!any)
        add(t, &t->none, p);
}

static void put(struct tally *from, const struct ct_org *org, struct ct_report_row *rows, size_t *n)
{
    if (from->row.people == 0)
        return;
    from->row.org = org;
    ct_report_finish(&from->row, from->scores, from->n_scores);
    rows[(*n)++] = from->row;
}

void ct_report_by_org(struct ct_arena *a, const struct ct_report *r, enum ct_org_kind kind,
                      struct ct_report_row **ret, size_t *ret_n)
{
    struct tallying t = {.arena = a,
                         .report = r,
                         .kind = kind,
                         .of_org = ct_arena_array(a, struct tally, r->n_orgs)};
    struct ct_report_row *rows = ct_arena_array(a, struct ct_report_row, r->n_orgs + 2);
    size_t n = 0;

    for (size_t i = 0; i < r->n; i++) {
        for (size_t k = 0; k < r->rows[i].n_members; k++)
            add_member(&t, &r->rows[i].members[k]);
        for (size_t k = 0; k < r->rows[i].n_unnamed; k++)
            add(&t, &t.unnamed, &r->rows[i].unnamed[k]);
        t.unnamed.row.n_unnamed += r->rows[i].n_unnamed;
    }
    for (size_t i = 0; i < r->n_orgs; i++)
        put(&t.of_org[i], &r->orgs[i], rows, &n);
    put(&t.none, NULL, rows, &n);
    put(&t.unnamed, NULL, rows, &n);
    *ret = rows;
    *ret_n = n;
}
