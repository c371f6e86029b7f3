/*
 * assignment_group.c: counting the rows of the assignment report together. Which groups a row is in
 * is assignment_key.c; groups as files are assignment_doc.c.
 */
#include "assignment_key_priv.h"

#include <stdlib.h>

#include "ct/base/banned.h"

/* Some of the rows of a group. */
struct tally {
    size_t people, rows, by_status[CT_DUE_STATUSES];
    int64_t last; /* whose row was counted last */
};

struct cell {
    size_t keys[2];
    struct tally named, unnamed;
};

struct counted { /* a row of who may only be counted, in a group */
    const struct ct_assignment *row;
    size_t cell;
};

struct grouping {
    struct ct_arena *arena;
    const struct ct_assignments *report;
    struct ct_keys *keys[2];
    struct ct_names *pairs; /* of two keys to a cell */
    struct cell *cells;
    size_t n, cap;
    struct counted *counted;
    size_t n_counted, cap_counted;
};

static void add_row(struct tally *t, const struct ct_assignment *row)
{
    t->people += t->rows == 0 || t->last != row->person->id;
    t->last = row->person->id;
    t->rows++;
    t->by_status[row->period.status]++;
}

static size_t cell_of(struct grouping *g, size_t first, size_t second)
{
    size_t pair[2] = {first, second};
    bool is_new;
    size_t at = ct_names_id(g->pairs, ct_sv_n((const char *)pair, sizeof pair), &is_new);

    if (is_new) {
        struct cell c = {.keys = {first, second}};
        CT_ARENA_PUSH(g->arena, g->cells, g->n, g->cap, c);
    }
    return at;
}

static void count_row(struct grouping *g, const struct ct_assignment *row)
{
    size_t n[2];
    const size_t *first = ct_keys_of(g->keys[0], row, &n[0]);
    const size_t *second = ct_keys_of(g->keys[1], row, &n[1]);

    for (size_t i = 0; i < n[0]; i++)
        for (size_t k = 0; k < n[1]; k++) {
            size_t at = cell_of(g, first[i], second[k]);
            if (!row->is_counted) {
                add_row(&g->cells[at].named, row);
                continue;
            }
            struct counted one = {row, at};
            add_row(&g->cells[at].unnamed, row);
            CT_ARENA_PUSH(g->arena, g->counted, g->n_counted, g->cap_counted, one);
        }
}

static bool is_told(const struct cell *c)
{
    return c->unnamed.people >= CT_REPORT_UNNAMED_MIN;
}

static void add_tally(struct ct_assignment_group *to, const struct tally *t)
{
    to->people += t->people;
    to->rows += t->rows;
    for (int s = 0; s < CT_DUE_STATUSES; s++)
        to->by_status[s] += t->by_status[s];
}

int ct_assignment_percent(const size_t *by_status)
{
    size_t all = 0, done = by_status[CT_DUE_COMPLETED] + by_status[CT_DUE_EXPIRING] +
                           by_status[CT_DUE_UPDATE];
    int percent;

    for (int s = 0; s < CT_DUE_STATUSES; s++)
        all += s == CT_DUE_EXEMPT || s == CT_DUE_WITHDRAWN ? 0 : by_status[s];
    if (all == 0)
        return -1;
    percent = (int)((done * 200 + all) / (2 * all));
    return percent == 100 && done < all ? 99 : percent;
}

static struct ct_assignment_group group_of(const struct grouping *g, const struct cell *c)
{
    struct ct_assignment_group group = {.named = c->named.people};

    for (int i = 0; i < 2; i++) {
        const struct ct_key *key = ct_keys_get(g->keys[i], c->keys[i]);
        group.key[i] = key->text;
        group.title[i] = key->title;
        group.can_open[i] = key->can_open;
    }
    add_tally(&group, &c->named);
    if (is_told(c)) {
        add_tally(&group, &c->unnamed);
        group.unnamed = c->unnamed.people;
    }
    group.percent = ct_assignment_percent(group.by_status);
    return group;
}

/* Everybody once; of who may only be counted those who are in a number of some group. */
static struct ct_assignment_group all_of(const struct grouping *g,
                                         const struct ct_assignment *const *rows, size_t n)
{
    struct ct_assignment_group all = {.people = 0};
    struct tally named = {.people = 0}, unnamed = {.people = 0};
    const struct ct_assignment *last = NULL;

    for (size_t i = 0; i < n; i++)
        if (!rows[i]->is_counted)
            add_row(&named, rows[i]);
    for (size_t i = 0; i < g->n_counted; i++) {
        const struct counted *c = &g->counted[i];
        if (c->row == last || !is_told(&g->cells[c->cell]))
            continue;
        add_row(&unnamed, c->row);
        last = c->row;
    }
    add_tally(&all, &named);
    add_tally(&all, &unnamed);
    all.named = named.people;
    all.unnamed = unnamed.people;
    all.percent = ct_assignment_percent(all.by_status);
    return all;
}

static int cmp_person(const void *pa, const void *pb)
{
    const struct ct_assignment *const *a = pa, *const *b = pb;
    int64_t x = (*a)->person->id, y = (*b)->person->id;

    return x != y ? (x > y) - (x < y) : (*a > *b) - (*a < *b);
}

/* A group with the ranks of its keys, for putting groups in order. */
struct ranked {
    struct ct_assignment_group group;
    int64_t rank[2];
};

static int cmp_ranked(const void *pa, const void *pb)
{
    const struct ranked *a = pa, *b = pb;

    for (int i = 0; i < 2; i++) {
        int c = (a->rank[i] > b->rank[i]) - (a->rank[i] < b->rank[i]);
        if (c == 0)
            c = ct_sv_cmp(a->group.key[i], b->group.key[i]);
        if (c)
            return c;
    }
    return 0;
}

static void put_groups(struct grouping *g, struct ct_assignment_groups *ret)
{
    struct ranked *ranked = ct_arena_array(g->arena, struct ranked, g->n);

    for (size_t i = 0; i < g->n; i++) {
        const struct cell *c = &g->cells[i];
        struct ranked one = {.group = group_of(g, c)};
        ret->left_out = ret->left_out || (c->unnamed.people && !is_told(c));
        for (int k = 0; k < 2; k++)
            one.rank[k] = ct_keys_get(g->keys[k], c->keys[k])->rank;
        if (one.group.rows)
            ranked[ret->n++] = one;
    }
    if (ret->n)
        qsort(ranked, ret->n, sizeof *ranked, cmp_ranked);
    ret->groups = ct_arena_array(g->arena, struct ct_assignment_group, ret->n);
    for (size_t i = 0; i < ret->n; i++)
        ret->groups[i] = ranked[i].group;
}

static void forget_counted(struct ct_assignments *report)
{
    size_t n = 0;

    for (size_t i = 0; i < report->n; i++) {
        if (report->rows[i].is_counted)
            report->by_status[report->rows[i].period.status]--;
        else
            report->rows[n++] = report->rows[i];
    }
    report->n = n;
}

static bool is_private(enum ct_group_by by)
{
    return by == CT_GROUP_AGENCY || by == CT_GROUP_UNIT || by == CT_GROUP_SUPERVISOR;
}

void ct_assignments_group(struct ct_arena *a, struct ct_assignments *report,
                          const struct ct_assignment_wish *wish, const struct ct_scope *scope,
                          const struct ct_org *orgs, size_t n_orgs, const struct ct_catalogue *cat,
                          struct ct_assignment_groups *ret)
{
    const struct ct_assignment **rows = ct_arena_array(a, const struct ct_assignment *, report->n);
    struct grouping g = {.arena = a, .report = report, .pairs = ct_names_new(a)};
    struct ct_keys_world world = {a, scope, orgs, n_orgs, cat, report};
    bool hides = is_private(wish->by) || is_private(wish->then);
    size_t n = 0;

    *ret = (struct ct_assignment_groups){
        .by = wish->by, .then = wish->then, .left_out = report->left_out};
    g.keys[0] = ct_keys_new(&world, wish->by);
    g.keys[1] = ct_keys_new(&world, wish->then);
    for (size_t i = 0; i < report->n; i++) {
        if (hides && report->rows[i].is_counted)
            ret->left_out = true;
        else
            rows[n++] = &report->rows[i];
    }
    if (n)
        qsort(rows, n, sizeof *rows, cmp_person);
    for (size_t i = 0; i < n; i++)
        count_row(&g, rows[i]);
    put_groups(&g, ret);
    ret->all = all_of(&g, rows, n);
    forget_counted(report);
}
