/*
 * org_change.c: a unit comes to stand below another, what was closed opens again; what was recorded
 * of either. Closing is org_close.c, undoing that org_undo.c, reading the trees org_tree.c.
 */
#include "org_change_priv.h"
#include "sql_priv.h"

#include <stdlib.h>

#include "ct/base/banned.h"

static const struct ct_sql INSERT_MOVE = {
    "insert into org_parent_event(org, parent, on_date, at, by)"
    " values(:org, :parent, :day, :now, :by)"};
static const struct ct_sql INSERT_STATE = {
    "insert into org_state_event(org, closes, on_date, note, at, by)"
    " values(:org, :closes, :day, :note, :now, :by)"};
static const struct ct_sql PASTS = {
    "select m.org as org, 2 as what, m.parent as below, m.on_date as on_date, '' as note,"
    " m.at as at, m.id as id,"
    " b.name as by_name from org_parent_event m left join person b on b.id = m.by"
    " where m.at <= :at union all select m.org, 1 - m.closes, null, m.on_date, m.note, m.at, m.id,"
    " b.name from org_state_event m left join person b on b.id = m.by where m.at <= :at"
    " order by on_date, at, id"};

const struct ct_sql *const ct_org_change_sql[] = {&INSERT_MOVE, &INSERT_STATE, &PASTS, NULL};

static void bind_id(struct ct_stmt *st, const char *name, int64_t id)
{
    if (id)
        ct_bind_i64(st, name, id);
    else
        ct_bind_null(st, name);
}

int ct_org_state_put(struct ct_db *db, const struct ct_org_state *s, struct ct_err *err)
{
    CT_AUTO_STMT st = ct_db_stmt(db, &INSERT_STATE);

    ct_bind_i64(&st, ":org", s->org);
    ct_bind_i64(&st, ":closes", s->closes);
    ct_bind_sv(&st, ":day", s->day);
    ct_bind_sv(&st, ":note", s->note.p ? s->note : CT_SV(""));
    ct_bind_i64(&st, ":now", s->now);
    bind_id(&st, ":by", s->by);
    return ct_stmt_run(&st, err);
}

int ct_org_on_day(struct ct_db *db, struct ct_arena *a, int64_t org, struct ct_sv on, int64_t now,
                  struct ct_org_outlook *ret, struct ct_err *err)
{
    struct ct_org_outlook o = {.n_orgs = 0};
    int r;

    if ((r = ct_org_day(a, on, now, &o.day, err)) < 0 ||
        (r = ct_org_list_on(db, a, INT64_MAX, o.day, &o.orgs, &o.n_orgs, err)) < 0)
        return r;
    o.org = ct_org_by_id(o.orgs, o.n_orgs, org);
    if (!o.org)
        return ct_fail(err, CT_NOT_FOUND, "org", "there is no such agency, unit or task force");
    *ret = o;
    return CT_OK;
}

bool ct_org_stands_below(const struct ct_org_outlook *o, const struct ct_org *it, int64_t above)
{
    while (it && it->id != above)
        it = it->parent ? ct_org_by_id(o->orgs, o->n_orgs, it->parent) : NULL;
    return it != NULL;
}

/* ---- opening again ---- */

struct reopening {
    int64_t org, by, now;
    struct ct_sv on;
};

int ct_org_check_above(const struct ct_org_outlook *o, struct ct_err *err)
{
    for (size_t i = 0; i < o->n_orgs; i++)
        if (o->orgs[i].closed_on.p &&
            (o->orgs[i].id == o->org->agency || o->orgs[i].id == o->org->parent))
            return ct_fail(err, CT_BAD_INPUT, "on",
                           "what it is below, “%.*s”, is closed on that day; open that first",
                           CT_SV_ARG(o->orgs[i].path));
    return CT_OK;
}

static int reopen_job(struct ct_db *db, void *arg, struct ct_err *err)
{
    CT_AUTO_ARENA a = CT_ARENA_INIT;
    const struct reopening *w = arg;
    struct ct_org_outlook o;
    int r = ct_org_on_day(db, &a, w->org, w->on, w->now, &o, err);

    if (r < 0)
        return r;
    if (!o.org->closed_on.p)
        return ct_fail(err, CT_BAD_INPUT, "on", "it is not closed on that day");
    if (ct_sv_eq(o.org->closed_on, o.day)) {
        const struct ct_org_undoing u = {
            .org = w->org, .on = o.day, .seen_people = CT_ORG_UNSEEN, .by = w->by};
        return ct_org_undo_put(db, &a, &u, w->now, err);
    }
    if ((r = ct_org_check_above(&o, err)) < 0)
        return r;
    struct ct_org_state s = {.org = w->org, .day = o.day, .now = w->now, .by = w->by};
    return ct_org_state_put(db, &s, err);
}

int ct_org_reopen(struct ct_store *s, const struct ct_clock *clock, int64_t org, struct ct_sv on,
                  int64_t by, struct ct_err *err)
{
    struct reopening w = {.org = org, .by = by, .now = ct_now(clock), .on = on};

    return ct_store_write(s, reopen_job, &w, err);
}

/* ---- moving ---- */

/* Whether a unit would stand below itself in the tree as it is from the day on: every day on which
 * any unit moves later is looked at, until the unit itself moves again. */
static int check_circle(struct ct_db *db, struct ct_arena *a, const struct ct_org_outlook *o,
                        int64_t unit, int64_t below, struct ct_err *err)
{
    struct ct_org_trees trees;
    int day = CT_DAY_NONE, r;
    size_t it = (size_t)(o->org - o->orgs), above;

    if ((r = ct_org_trees_read(db, a, INT64_MAX, o->orgs, o->n_orgs, &trees, err)) < 0)
        return r;
    ct_day_parse(o->day, &day);
    above = (size_t)(ct_org_by_id(o->orgs, o->n_orgs, below) - o->orgs);
    for (size_t t = ct_org_tree_on(&trees, day); t < trees.n; t++) {
        if (trees.items[t].from > day && trees.items[t].above[it] != trees.items[t - 1].above[it])
            return CT_OK;
        if (ct_org_is_within(&trees, t, above, unit))
            return ct_fail(err, CT_BAD_INPUT, "below",
                           "a unit cannot stand below itself: “%.*s” is below it %s",
                           CT_SV_ARG(o->orgs[above].path),
                           trees.items[t].from > day ? "later" : "then");
    }
    return CT_OK;
}

static int check_move(struct ct_db *db, struct ct_arena *a, const struct ct_org_outlook *o,
                      int64_t below, struct ct_err *err)
{
    const struct ct_org *to = below ? ct_org_by_id(o->orgs, o->n_orgs, below) : NULL;

    if (o->org->kind != CT_ORG_UNIT)
        return ct_fail(err, CT_BAD_INPUT, "org", "only units are moved, and within their agency");
    if (o->org->closed_on.p)
        return ct_fail(err, CT_BAD_INPUT, "on", "the unit is closed on that day");
    if (below == 0)
        return CT_OK;
    if (!to || to->kind != CT_ORG_UNIT || to->agency != o->org->agency)
        return ct_fail(err, CT_BAD_INPUT, "below", "there is no such unit in this agency");
    if (to->closed_on.p || to->closes_on.p)
        return ct_fail(err, CT_BAD_INPUT, "below", "“%.*s” is closed from %.*s on",
                       CT_SV_ARG(to->path),
                       CT_SV_ARG(to->closed_on.p ? to->closed_on : to->closes_on));
    return check_circle(db, a, o, o->org->id, below, err);
}

/* Who leads what the unit leaves, or comes to be below: the one that stands above it then. */
static int add_leads(struct ct_db *db, struct ct_arena *a, int64_t now,
                     const struct ct_org_trees *trees, const size_t *tree, size_t unit,
                     struct ct_org_outlook *o, struct ct_err *err)
{
    struct ct_org_bond *leads;
    size_t n, cap = 0, cap_begins = 0, n_begins = 0;
    int r = ct_org_bonds(db, a, CT_TIE_LEAD, now, &leads, &n, err);

    for (size_t i = 0; i < n && r == CT_OK; i++) {
        bool was = ct_org_is_within(trees, tree[0], unit, leads[i].org);
        bool is = ct_org_is_within(trees, tree[1], unit, leads[i].org);
        if (was == is)
            continue;
        CT_ARENA_PUSH(a, o->leads, o->n_leads, cap, leads[i]);
        CT_ARENA_PUSH(a, o->lead_begins, n_begins, cap_begins, is);
    }
    return r;
}

static bool names(const struct ct_org_trees *trees, size_t tree, size_t unit,
                  const struct ct_requirement_rule *rule)
{
    bool in = false;

    for (size_t i = 0; i < rule->n_orgs; i++)
        in = in || ct_org_is_within(trees, tree, unit, rule->orgs[i]);
    return in;
}

static int add_asked(struct ct_db *db, struct ct_arena *a, const struct ct_org_trees *trees,
                     const size_t *tree, size_t unit, struct ct_org_outlook *o, struct ct_err *err)
{
    struct ct_requirement *all;
    size_t n, cap = 0;
    int day = CT_DAY_NONE, r = ct_requirement_list(db, a, INT64_MAX, &all, &n, err);

    ct_day_parse(o->day, &day);
    for (size_t i = 0; i < n && r == CT_OK; i++) {
        const struct ct_requirement_rule *rule = ct_requirement_on(&all[i], day);
        struct ct_org_asked one = {.requirement = &all[i], .rule = rule};
        if (!rule || rule->ends || rule->everybody)
            continue;
        one.begins = names(trees, tree[1], unit, rule);
        if (names(trees, tree[0], unit, rule) != one.begins)
            CT_ARENA_PUSH(a, o->asked, o->n_asked, cap, one);
    }
    return r;
}

int ct_org_move_outlook(struct ct_db *db, struct ct_arena *a, int64_t unit, int64_t below,
                        struct ct_sv on, int64_t now, struct ct_org_outlook *ret,
                        struct ct_err *err)
{
    struct ct_org_outlook o;
    struct ct_org_trees trees;
    struct ct_org *moved;
    size_t tree[2] = {0, 1}, at;
    int r;

    if ((r = ct_org_on_day(db, a, unit, on, now, &o, err)) < 0 ||
        (r = check_move(db, a, &o, below, err)) < 0 || (r = ct_org_members_of(db, a, &o, err)) < 0)
        return r;
    /* The same people seen from two trees: with the unit where it is, and where it will be. */
    at = (size_t)(o.org - o.orgs);
    moved = ct_arena_array(a, struct ct_org, o.n_orgs);
    memcpy(moved, o.orgs, o.n_orgs * sizeof *moved);
    moved[at].parent = below;
    trees = (struct ct_org_trees){.orgs = o.orgs,
                                  .n_orgs = o.n_orgs,
                                  .items = ct_arena_array(a, struct ct_org_tree, 2),
                                  .n = 2};
    trees.items[0] = ct_org_tree_of(a, o.orgs, o.n_orgs);
    trees.items[1] = ct_org_tree_of(a, moved, o.n_orgs);
    if ((r = add_leads(db, a, now, &trees, tree, at, &o, err)) < 0 ||
        (r = add_asked(db, a, &trees, tree, at, &o, err)) < 0)
        return r;
    *ret = o;
    return CT_OK;
}

struct moving {
    int64_t unit, below, by, now;
    struct ct_sv on;
    bool changed;
};

static int move_job(struct ct_db *db, void *arg, struct ct_err *err)
{
    CT_AUTO_ARENA a = CT_ARENA_INIT;
    struct moving *w = arg;
    struct ct_org_outlook o;
    int r;

    if ((r = ct_org_on_day(db, &a, w->unit, w->on, w->now, &o, err)) < 0 ||
        (r = check_move(db, &a, &o, w->below, err)) < 0 || o.org->parent == w->below)
        return r;
    CT_AUTO_STMT st = ct_db_stmt(db, &INSERT_MOVE);
    ct_bind_i64(&st, ":org", w->unit);
    bind_id(&st, ":parent", w->below);
    ct_bind_sv(&st, ":day", o.day);
    ct_bind_i64(&st, ":now", w->now);
    bind_id(&st, ":by", w->by);
    w->changed = true;
    return ct_stmt_run(&st, err);
}

int ct_org_move(struct ct_store *s, const struct ct_clock *clock, int64_t unit, int64_t below,
                struct ct_sv on, int64_t by, bool *ret_changed, struct ct_err *err)
{
    struct moving w = {.unit = unit, .below = below, .by = by, .now = ct_now(clock), .on = on};
    int r = ct_store_write(s, move_job, &w, err);

    if (r < 0)
        return r;
    if (ret_changed)
        *ret_changed = w.changed;
    return CT_OK;
}

/* ---- looking back ---- */

int ct_org_pasts(struct ct_db *db, struct ct_arena *a, int64_t as_of, struct ct_org_past **ret,
                 size_t *ret_n, struct ct_err *err)
{
    struct ct_org_past *list = NULL;
    size_t n = 0, cap = 0;
    int r;
    CT_AUTO_STMT st = ct_db_stmt(db, &PASTS);

    ct_bind_i64(&st, ":at", as_of);
    while ((r = ct_stmt_step(&st, err)) > 0) {
        int64_t what = ct_col_i64(&st, "what");
        struct ct_org_past p = {.org = ct_col_i64(&st, "org"),
                                .what = what == 2   ? CT_ORG_MOVED
                                        : what == 1 ? CT_ORG_REOPENED
                                                    : CT_ORG_CLOSED,
                                .below = ct_col_i64(&st, "below"),
                                .on = ct_col_dup(&st, "on_date", a),
                                .note = ct_col_dup(&st, "note", a),
                                .by_name = ct_col_dup(&st, "by_name", a),
                                .at = ct_col_i64(&st, "at")};
        CT_ARENA_PUSH(a, list, n, cap, p);
    }
    if (r < 0)
        return r;
    *ret = list;
    *ret_n = n;
    return CT_OK;
}
