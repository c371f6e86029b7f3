/*
 * org_tree.c: where units stand, and what is closed, on which day: reading it. How it is recorded
 * is org_change.c and org_close.c.
 */
#include "ct/learn/org_tree.h"

#include "org_priv.h"
#include "sql_priv.h"

#include "ct/text/zone.h"

#include <stdio.h>

#include "ct/base/banned.h"

static const struct ct_sql MOVES = {"select m.org, m.parent, m.on_date from org_parent_event m"
                                    " where m.at <= :at order by m.on_date, m.at, m.id"};
static const struct ct_sql STATES = {"select m.org, m.closes, m.on_date from org_state_event m"
                                     " where m.at <= :at order by m.on_date, m.at, m.id"};
static const struct ct_sql STATES_OF = {
    "select m.closes, m.on_date from org_state_event m where m.org = :org"
    " order by m.on_date, m.at, m.id"};

const struct ct_sql *const ct_org_tree_sql[] = {&MOVES, &STATES, &STATES_OF, NULL};

static struct ct_org *find(struct ct_org *all, size_t n, int64_t id)
{
    for (size_t i = 0; i < n; i++)
        if (all[i].id == id)
            return &all[i];
    return NULL;
}

struct standing {
    struct ct_arena *arena;
    struct ct_org *all;
    size_t n;
    int64_t as_of;
    struct ct_sv day; /* of all of them; null: of each its own */
    struct zone_day { /* those that were asked for: opening a zone reads a file */
        struct ct_sv zone, day;
    } * days;
    size_t n_days, cap;
};

/* On which day the moment falls in a zone. */
static int find_day(struct standing *s, struct ct_sv name, struct ct_sv *ret, struct ct_err *err)
{
    struct zone_day found = {.zone = name};
    char text[CT_TIME_TEXT];
    struct ct_zone *zone;
    int r;

    for (size_t i = 0; i < s->n_days; i++)
        if (ct_sv_eq(s->days[i].zone, name)) {
            *ret = s->days[i].day;
            return CT_OK;
        }
    if ((r = ct_zone_open(name, &zone, err)) < 0)
        return r;
    found.day = ct_arena_dup(s->arena, ct_sv_c(ct_day_text(ct_zone_day(zone, s->as_of), text)));
    ct_zone_free(zone);
    CT_ARENA_PUSH(s->arena, s->days, s->n_days, s->cap, found);
    *ret = found.day;
    return CT_OK;
}

/* The day where an org is: that of its agency; of a task force in UTC. */
static int day_of(struct standing *s, const struct ct_org *o, struct ct_sv *ret, struct ct_err *err)
{
    const struct ct_org *agency = o->agency ? ct_org_by_id(s->all, s->n, o->agency) : o;

    *ret = s->day;
    if (s->day.n)
        return CT_OK;
    return find_day(s, agency && agency->time_zone.n ? agency->time_zone : CT_SV("UTC"), ret, err);
}

static int place_units(struct ct_db *db, struct standing *s, struct ct_err *err)
{
    CT_AUTO_STMT st = ct_db_stmt(db, &MOVES);
    struct ct_sv day;
    int r;

    for (size_t i = 0; i < s->n; i++)
        s->all[i].parent = s->all[i].made_below;
    ct_bind_i64(&st, ":at", s->as_of);
    while ((r = ct_stmt_step(&st, err)) > 0) {
        struct ct_org *o = find(s->all, s->n, ct_col_i64(&st, "org"));
        if (o && (r = day_of(s, o, &day, err)) < 0)
            return r;
        if (o && ct_sv_cmp(ct_col_sv(&st, "on_date"), day) <= 0)
            o->parent = ct_col_i64(&st, "parent");
    }
    return r;
}

/* A row of a day to come may be taken back by another of that day. */
static void take_state(struct ct_arena *a, struct ct_org *o, bool closes, struct ct_sv on,
                       struct ct_sv day)
{
    bool to_come = ct_sv_cmp(on, day) > 0;

    if (to_come && closes && !o->closes_on.p)
        o->closes_on = ct_arena_dup(a, on);
    else if (to_come && !closes && ct_sv_eq(o->closes_on, on))
        o->closes_on = CT_SV_NULL;
    else if (!to_come && closes && !o->closed_on.p)
        o->closed_on = ct_arena_dup(a, on);
    else if (!to_come && !closes)
        o->closed_on = CT_SV_NULL;
}

int ct_org_stand(struct ct_db *db, struct ct_arena *a, int64_t as_of, struct ct_sv day,
                 struct ct_org *all, size_t n, struct ct_err *err)
{
    struct standing s = {.arena = a, .all = all, .n = n, .as_of = as_of, .day = day};
    int r = place_units(db, &s, err);

    if (r < 0)
        return r;
    CT_AUTO_STMT st = ct_db_stmt(db, &STATES);
    ct_bind_i64(&st, ":at", as_of);
    while ((r = ct_stmt_step(&st, err)) > 0) {
        struct ct_org *o = find(all, n, ct_col_i64(&st, "org"));
        if (o && (r = day_of(&s, o, &day, err)) < 0)
            return r;
        if (o)
            take_state(a, o, ct_col_i64(&st, "closes") != 0, ct_col_sv(&st, "on_date"), day);
    }
    for (size_t i = 0; i < n && r == 0; i++)
        if (all[i].closed_on.p)
            all[i].closes_on = CT_SV_NULL;
    return r;
}

int ct_org_closed(struct ct_db *db, int64_t org, struct ct_sv day, char *ret_since, char *ret_next,
                  struct ct_err *err)
{
    CT_AUTO_ARENA a = CT_ARENA_INIT;
    struct ct_org o = {.id = org};
    int r;
    CT_AUTO_STMT st = ct_db_stmt(db, &STATES_OF);

    ct_bind_i64(&st, ":org", org);
    while ((r = ct_stmt_step(&st, err)) > 0)
        take_state(&a, &o, ct_col_i64(&st, "closes") != 0, ct_col_sv(&st, "on_date"), day);
    if (r < 0)
        return r;
    snprintf(ret_since, CT_TIME_TEXT, "%.*s", CT_SV_ARG(o.closed_on));
    snprintf(ret_next, CT_TIME_TEXT, "%.*s", CT_SV_ARG(o.closes_on));
    return CT_OK;
}

int ct_org_check_open(struct ct_db *db, int64_t org, struct ct_sv day, struct ct_err *err)
{
    char since[CT_TIME_TEXT], next[CT_TIME_TEXT];
    int r = ct_org_closed(db, org, day, since, next, err);

    if (r == CT_OK && since[0])
        return ct_fail(err, CT_BAD_INPUT, "on",
                       "this was closed on %s: from that day on nobody can be put into it", since);
    return r;
}

/* ---- trees by day ---- */

static size_t place_of(const struct ct_org_trees *t, int64_t id)
{
    const struct ct_org *o = id ? ct_org_by_id(t->orgs, t->n_orgs, id) : NULL;

    return o ? (size_t)(o - t->orgs) : SIZE_MAX;
}

/* The tree from a day on, at first as the one before it. */
static struct ct_org_tree *tree_from(struct ct_arena *a, struct ct_org_trees *t, size_t *cap,
                                     int day)
{
    struct ct_org_tree *last = t->n ? &t->items[t->n - 1] : NULL;
    struct ct_org_tree next = {.from = day};

    if (last && last->from == day)
        return last;
    next.above = ct_arena_array(a, size_t, t->n_orgs);
    for (size_t i = 0; i < t->n_orgs; i++)
        next.above[i] = last ? last->above[i] : place_of(t, t->orgs[i].made_below);
    CT_ARENA_PUSH(a, t->items, t->n, *cap, next);
    return &t->items[t->n - 1];
}

int ct_org_trees_read(struct ct_db *db, struct ct_arena *a, int64_t as_of,
                      const struct ct_org *orgs, size_t n_orgs, struct ct_org_trees *ret,
                      struct ct_err *err)
{
    struct ct_org_trees t = {.orgs = orgs, .n_orgs = n_orgs};
    size_t cap = 0;
    int r;
    CT_AUTO_STMT st = ct_db_stmt(db, &MOVES);

    tree_from(a, &t, &cap, INT_MIN);
    ct_bind_i64(&st, ":at", as_of);
    while ((r = ct_stmt_step(&st, err)) > 0) {
        size_t org = place_of(&t, ct_col_i64(&st, "org"));
        int day;
        if (org == SIZE_MAX || !ct_day_parse(ct_col_sv(&st, "on_date"), &day))
            continue;
        tree_from(a, &t, &cap, day)->above[org] = place_of(&t, ct_col_i64(&st, "parent"));
    }
    if (r < 0)
        return r;
    *ret = t;
    return CT_OK;
}

size_t ct_org_tree_on(const struct ct_org_trees *trees, int day)
{
    size_t at = 0;

    while (at + 1 < trees->n && trees->items[at + 1].from <= day)
        at++;
    return at;
}

bool ct_org_is_within(const struct ct_org_trees *trees, size_t tree, size_t org, int64_t above)
{
    const size_t *up = trees->items[tree].above;

    if (trees->orgs[org].kind == CT_ORG_UNIT && trees->orgs[org].agency == above)
        return true;
    while (org != SIZE_MAX && trees->orgs[org].id != above)
        org = up[org];
    return org != SIZE_MAX;
}
