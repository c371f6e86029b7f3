/*
 * report_people.c: who is in the completion report: who was active on the day, as which discipline,
 * at which places. What they did is report_data.c.
 */
#include "report_priv.h"
#include "sql_priv.h"

#include <stdlib.h>

#include "ct/base/banned.h"

static const struct ct_sql NEVER = {"select id from person where coalesce(signed_in_at, 0) = 0"};

const struct ct_sql *const ct_report_people_sql[] = {&NEVER, NULL};

/* Orgs by kind and path, to find the places of 20,000 people in. */
struct finding {
    struct ct_arena *arena;
    const struct ct_everybody *all;
    const struct ct_org **sorted;
};

static int cmp_org(const void *pa, const void *pb)
{
    const struct ct_org *const *a = pa, *const *b = pb;

    return (*a)->kind != (*b)->kind ? ((*a)->kind > (*b)->kind) - ((*a)->kind < (*b)->kind)
                                    : ct_sv_cmp((*a)->path, (*b)->path);
}

static struct finding finding_of(struct ct_arena *a, const struct ct_everybody *all)
{
    struct finding f = {a, all, ct_arena_array(a, const struct ct_org *, all->n_orgs)};

    for (size_t i = 0; i < all->n_orgs; i++)
        f.sorted[i] = &all->orgs[i];
    if (all->n_orgs)
        qsort(f.sorted, all->n_orgs, sizeof(const struct ct_org *), cmp_org);
    return f;
}

static const struct ct_org *find_org(const struct finding *f, enum ct_org_kind kind,
                                     struct ct_sv path)
{
    const struct ct_org wanted = {.kind = kind, .path = path}, *key = &wanted;
    const struct ct_org **found = f->all->n_orgs ? bsearch(&key, f->sorted, f->all->n_orgs,
                                                           sizeof(const struct ct_org *), cmp_org)
                                                 : NULL;

    return found ? *found : NULL;
}

static bool is_among(const size_t *orgs, size_t n, size_t org)
{
    for (size_t i = 0; i < n; i++)
        if (orgs[i] == org)
            return true;
    return false;
}

struct placing {
    size_t *orgs, n, cap;
};

/* An org and, of a unit, those above it. */
static void add_org(const struct finding *f, const struct ct_org *o, struct placing *to)
{
    while (o) {
        size_t place = (size_t)(o - f->all->orgs);
        if (!is_among(to->orgs, to->n, place))
            CT_ARENA_PUSH(f->arena, to->orgs, to->n, to->cap, place);
        o = o->parent ? ct_org_by_id(f->all->orgs, f->all->n_orgs, o->parent) : NULL;
    }
}

/* The orgs of a list of paths with "; " between them. */
static void add_paths(const struct finding *f, enum ct_org_kind kind, struct ct_sv paths,
                      struct placing *to)
{
    while (paths.n) {
        size_t end = ct_sv_find(paths, ';');
        struct ct_sv path = ct_sv_trim(ct_sv_sub(paths, 0, end));
        add_org(f, find_org(f, kind, path), to);
        paths = end == SIZE_MAX ? CT_SV("") : ct_sv_sub(paths, end + 1, SIZE_MAX);
    }
}

static void find_places(const struct finding *f, struct ct_report_someone *p)
{
    struct placing to = {.orgs = NULL};

    add_paths(f, CT_ORG_AGENCY, p->agency, &to);
    add_paths(f, CT_ORG_UNIT, p->unit, &to);
    add_paths(f, CT_ORG_TASK_FORCE, p->task_forces, &to);
    p->orgs = to.orgs;
    p->n_orgs = to.n;
}

static struct ct_report_someone someone_of(const struct ct_report_kinds *kinds,
                                           const struct ct_someone *one,
                                           const struct ct_scope_person *place)
{
    const struct ct_assignee *who = &one->who;
    struct ct_report_someone p = {.id = who->id,
                                  .name = who->name,
                                  .email = who->email,
                                  .slug = who->discipline,
                                  .home = one->home,
                                  .day = who->day,
                                  .discipline = ct_report_kind(kinds, who->discipline),
                                  .signed_in_ever = true,
                                  .is_counted = place && place->is_counted,
                                  .agency = place ? place->agency : CT_SV(""),
                                  .unit = place ? place->unit : CT_SV(""),
                                  .task_forces = place ? place->task_forces : CT_SV("")};

    return p;
}

static int cmp_name(const void *pa, const void *pb)
{
    const struct ct_report_someone *a = pa, *b = pb;
    int c = ct_sv_cmp(a->name, b->name);

    return c ? c : (a->id > b->id) - (a->id < b->id);
}

static int cmp_id(const void *pa, const void *pb)
{
    const struct ct_report_someone *const *a = pa, *const *b = pb;

    return ((*a)->id > (*b)->id) - ((*a)->id < (*b)->id);
}

struct ct_report_someone *ct_report_someone(const struct ct_report_data *data, int64_t id)
{
    struct ct_report_someone wanted = {.id = id}, *key = &wanted;
    struct ct_report_someone **found =
        data->n ? bsearch(&key, data->by_id, data->n, sizeof(struct ct_report_someone *), cmp_id)
                : NULL;

    return found ? *found : NULL;
}

static int mark_never(struct ct_db *db, struct ct_report_data *data, struct ct_err *err)
{
    int r;
    CT_AUTO_STMT st = ct_db_stmt(db, &NEVER);

    while ((r = ct_stmt_step(&st, err)) > 0) {
        struct ct_report_someone *p = ct_report_someone(data, ct_col_i64(&st, "id"));
        if (p)
            p->signed_in_ever = false;
    }
    return r;
}

int ct_report_people(struct ct_db *db, struct ct_arena *a, const struct ct_catalogue *cat,
                     const struct ct_report_filter *filter, struct ct_report_data *data,
                     struct ct_err *err)
{
    const struct ct_everybody *all = data->all;
    const struct ct_scope *scope = filter->scope;
    struct finding f = finding_of(a, all);

    ct_everybody_share(all, scope);
    ct_report_kinds_of(a, cat, all, &data->kinds);
    data->people = ct_arena_array(a, struct ct_report_someone, all->n);
    data->by_id = ct_arena_array(a, struct ct_report_someone *, all->n);
    for (size_t i = 0; i < all->n; i++) {
        const struct ct_assignee *who = &all->people[i].who;
        const struct ct_scope_person *place = scope ? ct_scope_find(scope, who->id) : NULL;
        if (!who->active || (scope && scope->is_limited && !place) ||
            (filter->discipline.p && !ct_sv_eq(filter->discipline, who->discipline)))
            continue;
        struct ct_report_someone p = someone_of(&data->kinds, &all->people[i], place);
        find_places(&f, &p);
        data->people[data->n++] = p;
    }
    if (data->n)
        qsort(data->people, data->n, sizeof *data->people, cmp_name);
    for (size_t i = 0; i < data->n; i++)
        data->by_id[i] = &data->people[i];
    if (data->n)
        qsort(data->by_id, data->n, sizeof(struct ct_report_someone *), cmp_id);
    return data->is_past ? CT_OK : mark_never(db, data, err);
}
