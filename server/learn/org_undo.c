/*
 * org_undo.c: taking back the closing of an agency, unit or task force: what closed with it is open
 * from that day on, and whoever it took out is there again. Closing is org_close.c.
 */
#include "org_change_priv.h"
#include "sql_priv.h"

#include <stdlib.h>

#include "ct/base/banned.h"

/* The closing of one day, or (no day) the one that was recorded last. */
static const struct ct_sql CLOSING = {
    "select m.on_date, m.at from org_state_event m where m.org = :org and m.closes = 1"
    " and (:day = '' or m.on_date = :day) order by m.at desc, m.id desc limit 1"};
static const struct ct_sql WITH = {"select m.org from org_state_event m"
                                   " where m.closes = 1 and m.on_date = :day and m.at = :at"};

/* What a closing ended of one org: its own rows, and those by which who was recorded later to have
 * come before the day left with it. */
#define ENDED                                                                                      \
    " m.begins = 0 and ((m.at = :at and m.on_date >= :day) or (m.at > :at and m.on_date = :day))"
static const struct ct_sql MEMBERS = {
    "select m.person as who, m.org, m.on_date, p.name, p.email, '' as note"
    " from membership_event m join person p on p.id = m.person where m.org = :org and" ENDED
    " order by m.person, m.on_date"};
static const struct ct_sql LEADS = {
    "select m.person as who, m.org, m.on_date, p.name, p.email, '' as note"
    " from lead_event m join person p on p.id = m.person where m.org = :org and" ENDED
    " order by m.person, m.on_date"};
static const struct ct_sql SHARINGS = {
    "select m.agency as who, m.org, m.on_date, '' as name, '' as email,"
    " (select b.note from sharing_event b where b.agency = m.agency and b.org = m.org"
    " and b.begins = 1 and b.on_date <= m.on_date order by b.on_date desc, b.at desc, b.id desc"
    " limit 1) as note from sharing_event m where (m.org = :org or m.agency = :org) and" ENDED
    " order by m.agency, m.org, m.on_date"};

/* Where somebody was put by the closing and since; what came back by taking back another closing
 * is not news. */
static const struct ct_sql SINCE = {
    "select m.org, m.begins, m.on_date, m.at from membership_event m where m.person = :who"
    " and m.at >= :at and not exists (select 1 from org_state_event s where s.org = m.org"
    " and s.at = m.at and s.closes = 0) order by m.at, m.id"};

const struct ct_sql *const ct_org_undo_sql[] = {&CLOSING,  &WITH,  &MEMBERS, &LEADS,
                                                &SHARINGS, &SINCE, NULL};

struct bonds {
    struct ct_org_bond *items;
    size_t n, cap;
};

struct undo {
    struct ct_org_outlook o;
    int64_t closed_at;
    struct bonds members, leads, sharings, stays;
    struct bonds placed; /* where the closing put who comes back */
};

static bool is_with(const struct undo *u, int64_t org)
{
    for (size_t i = 0; i < u->o.n_with; i++)
        if (u->o.with[i]->id == org)
            return true;
    return false;
}

static int find_closing(struct ct_db *db, struct ct_arena *a, int64_t org, struct ct_sv on,
                        struct ct_sv *ret_day, int64_t *ret_at, struct ct_err *err)
{
    CT_AUTO_STMT st = ct_db_stmt(db, &CLOSING);
    int r;

    ct_bind_i64(&st, ":org", org);
    ct_bind_sv(&st, ":day", on.n ? on : CT_SV(""));
    if ((r = ct_stmt_step(&st, err)) < 0)
        return r;
    if (r == 0)
        return ct_fail(err, CT_BAD_INPUT, "on", "there is no closing to be undone%s",
                       on.n ? " of that day" : "");
    *ret_day = ct_col_dup(&st, "on_date", a);
    *ret_at = ct_col_i64(&st, "at");
    return CT_OK;
}

/* What closed by that closing and is closed since, from the one that is opened on. */
static int find_with(struct ct_db *db, struct ct_arena *a, struct undo *u, struct ct_err *err)
{
    struct ct_org_outlook *o = &u->o;
    int r;
    CT_AUTO_STMT st = ct_db_stmt(db, &WITH);

    o->with = ct_arena_array(a, const struct ct_org *, o->n_orgs);
    ct_bind_sv(&st, ":day", o->day);
    ct_bind_i64(&st, ":at", u->closed_at);
    while ((r = ct_stmt_step(&st, err)) > 0) {
        const struct ct_org *one = ct_org_by_id(o->orgs, o->n_orgs, ct_col_i64(&st, "org"));
        bool below = one && (one == o->org || one->agency == o->org->id ||
                             (one->kind == CT_ORG_UNIT && ct_org_stands_below(o, one, o->org->id)));
        if (below && ct_sv_eq(one->closed_on, o->day) && !is_with(u, one->id))
            o->with[o->n_with++] = one;
    }
    return r;
}

/* Whether somebody is there again already, or an agreement is with what is closed besides. */
static int is_lost(struct ct_db *db, const struct undo *u, enum ct_org_tie tie,
                   const struct ct_org_bond *b, bool *ret, struct ct_err *err)
{
    const struct ct_org_change c = {.tie = tie, .org = b->org, .who = b->who, .on = b->since};
    int64_t other = is_with(u, b->org) ? b->who : b->org;
    int r = ct_org_holds(db, &c, ret, err);

    if (r < 0 || *ret || tie != CT_TIE_SHARING || is_with(u, other))
        return r;
    r = ct_org_check_open(db, other, b->since, NULL);
    *ret = r == CT_BAD_INPUT;
    return *ret ? CT_OK : r;
}

static int read_ended(struct ct_db *db, struct ct_arena *a, const struct undo *u,
                      enum ct_org_tie tie, int64_t org, struct bonds *ret, struct ct_err *err)
{
    static const struct ct_sql *const of_tie[] = {
        [CT_TIE_MEMBER] = &MEMBERS, [CT_TIE_LEAD] = &LEADS, [CT_TIE_SHARING] = &SHARINGS};
    int r;
    CT_AUTO_STMT st = ct_db_stmt(db, of_tie[tie]);

    ct_bind_i64(&st, ":org", org);
    ct_bind_i64(&st, ":at", u->closed_at);
    ct_bind_sv(&st, ":day", u->o.day);
    while ((r = ct_stmt_step(&st, err)) > 0) {
        struct ct_org_bond b = ct_org_bond_of(&st, a);
        CT_ARENA_PUSH(a, ret->items, ret->n, ret->cap, b);
    }
    return r;
}

static bool has(const struct bonds *list, const struct ct_org_bond *b)
{
    for (size_t i = list->n; i-- > 0 && list->items[i].who == b->who;)
        if (list->items[i].org == b->org && ct_sv_eq(list->items[i].since, b->since))
            return true;
    return false;
}

static int find_ended(struct ct_db *db, struct ct_arena *a, const struct undo *u,
                      enum ct_org_tie tie, struct bonds *ret, struct ct_err *err)
{
    int r = CT_OK;

    for (size_t w = 0; w < u->o.n_with && r == CT_OK; w++) {
        struct bonds rows = {.n = 0};
        r = read_ended(db, a, u, tie, u->o.with[w]->id, &rows, err);
        for (size_t i = 0; i < rows.n && r == CT_OK; i++) {
            bool lost = false;
            r = is_lost(db, u, tie, &rows.items[i], &lost, err);
            if (r == CT_OK && !lost && !has(ret, &rows.items[i]))
                CT_ARENA_PUSH(a, ret->items, ret->n, ret->cap, rows.items[i]);
        }
    }
    return r;
}

/* ---- who has been put elsewhere ---- */

struct since {
    struct bonds rows, placed;
    bool *begins;
    size_t n_begins, cap_begins;
};

static int read_since(struct ct_db *db, struct ct_arena *a, const struct undo *u,
                      const struct ct_org_bond *who, struct since *s, struct ct_err *err)
{
    int r;
    CT_AUTO_STMT st = ct_db_stmt(db, &SINCE);

    ct_bind_i64(&st, ":who", who->who);
    ct_bind_i64(&st, ":at", u->closed_at);
    while ((r = ct_stmt_step(&st, err)) > 0) {
        struct ct_org_bond b = *who;
        const struct ct_org *org;
        bool begins = ct_col_i64(&st, "begins") != 0;
        b.org = ct_col_i64(&st, "org");
        b.since = ct_col_dup(&st, "on_date", a);
        org = ct_org_by_id(u->o.orgs, u->o.n_orgs, b.org);
        if (!org || is_with(u, b.org) ||
            (org->kind == CT_ORG_TASK_FORCE) != (u->o.org->kind == CT_ORG_TASK_FORCE))
            continue;
        if (ct_col_i64(&st, "at") > u->closed_at) {
            CT_ARENA_PUSH(a, s->rows.items, s->rows.n, s->rows.cap, b);
            CT_ARENA_PUSH(a, s->begins, s->n_begins, s->cap_begins, begins);
        } else if (begins && ct_sv_cmp(b.since, u->o.day) >= 0)
            CT_ARENA_PUSH(a, s->placed.items, s->placed.n, s->placed.cap, b);
    }
    return r;
}

static bool is_in(const struct bonds *list, int64_t org)
{
    for (size_t i = 0; i < list->n; i++)
        if (list->items[i].org == org)
            return true;
    return false;
}

/* Whoever came to be elsewhere since stays there; so does who left where the closing had put them.
 * What was taken back since is nothing. */
static int find_stay(struct ct_db *db, const struct since *s, const struct ct_org_bond **ret,
                     struct ct_err *err)
{
    int r = CT_OK;

    *ret = NULL;
    for (size_t i = 0; i < s->rows.n && r == CT_OK && !*ret; i++) {
        const struct ct_org_bond *b = &s->rows.items[i];
        const struct ct_org_change c = {
            .tie = CT_TIE_MEMBER, .org = b->org, .who = b->who, .on = b->since};
        bool holds = false;
        r = ct_org_holds(db, &c, &holds, err);
        if (r == CT_OK && (s->begins[i] ? holds : !holds && is_in(&s->placed, b->org)))
            *ret = b;
    }
    return r;
}

static int part_members(struct ct_db *db, struct ct_arena *a, const struct bonds *all,
                        struct undo *u, struct ct_err *err)
{
    struct since s = {.n_begins = 0};
    const struct ct_org_bond *stay = NULL;
    int64_t last = 0;
    int r = CT_OK;

    for (size_t i = 0; i < all->n && r == CT_OK; i++) {
        const struct ct_org_bond *b = &all->items[i];
        bool is_new = b->who != last;
        last = b->who;
        if (is_new) {
            s = (struct since){.n_begins = 0};
            if ((r = read_since(db, a, u, b, &s, err)) < 0 ||
                (r = find_stay(db, &s, &stay, err)) < 0)
                return r;
        }
        if (!stay)
            CT_ARENA_PUSH(a, u->members.items, u->members.n, u->members.cap, *b);
        else if (is_new)
            CT_ARENA_PUSH(a, u->stays.items, u->stays.n, u->stays.cap, *stay);
        for (size_t k = 0; is_new && !stay && k < s.placed.n; k++)
            CT_ARENA_PUSH(a, u->placed.items, u->placed.n, u->placed.cap, s.placed.items[k]);
    }
    return r;
}

/* ---- the whole ---- */

static int cmp_name(const void *pa, const void *pb)
{
    const struct ct_org_bond *a = pa, *b = pb;
    int c = ct_sv_cmp(a->name, b->name);

    if (c == 0)
        c = (a->who > b->who) - (a->who < b->who);
    return c ? c : ct_sv_cmp(a->since, b->since);
}

static int cmp_who(const void *pa, const void *pb)
{
    const struct ct_org_bond *a = pa, *b = pb;
    int c = (a->who > b->who) - (a->who < b->who);

    return c ? c : ct_sv_cmp(a->since, b->since);
}

static void sort(struct bonds *list, int (*cmp)(const void *, const void *))
{
    if (list->n)
        qsort(list->items, list->n, sizeof *list->items, cmp);
}

/* Requirements for which the closing recorded another rule: that one goes on. */
static int find_asked(struct ct_db *db, struct ct_arena *a, struct undo *u, struct ct_err *err)
{
    struct ct_requirement *all;
    size_t n, cap = 0;
    int r = ct_requirement_list(db, a, INT64_MAX, &all, &n, err);

    for (size_t i = 0; i < n && r == CT_OK; i++) {
        struct ct_org_asked one = {.requirement = &all[i]};
        for (size_t v = 0; v < all[i].n_rules && !one.rule; v++)
            if (v > 0 && all[i].rules[v].at == u->closed_at)
                one.rule = &all[i].rules[v];
        if (one.rule)
            CT_ARENA_PUSH(a, u->o.asked, u->o.n_asked, cap, one);
    }
    return r;
}

static int find_ties(struct ct_db *db, struct ct_arena *a, struct undo *u, struct ct_err *err)
{
    struct bonds all = {.n = 0};
    int r = find_ended(db, a, u, CT_TIE_MEMBER, &all, err);

    if (r < 0)
        return r;
    sort(&all, cmp_who);
    if ((r = part_members(db, a, &all, u, err)) < 0 ||
        (r = find_ended(db, a, u, CT_TIE_LEAD, &u->leads, err)) < 0 ||
        (r = find_ended(db, a, u, CT_TIE_SHARING, &u->sharings, err)) < 0)
        return r;
    sort(&u->members, cmp_name);
    sort(&u->leads, cmp_name);
    sort(&u->stays, cmp_name);
    for (size_t i = 0; i < u->members.n; i++)
        u->o.n_people += i == 0 || u->members.items[i].who != u->members.items[i - 1].who;
    u->o.members = u->members.items;
    u->o.n_members = u->members.n;
    u->o.leads = u->leads.items;
    u->o.n_leads = u->leads.n;
    u->o.stays = u->stays.items;
    u->o.n_stays = u->stays.n;
    u->o.n_sharings = u->sharings.n;
    return CT_OK;
}

static int look(struct ct_db *db, struct ct_arena *a, int64_t org, struct ct_sv on, int64_t now,
                struct undo *ret, struct ct_err *err)
{
    struct undo u = {.closed_at = 0};
    struct ct_sv day;
    int r;

    if ((r = ct_org_on_day(db, a, org, on, now, &u.o, err)) < 0 ||
        (r = find_closing(db, a, org, on, &day, &u.closed_at, err)) < 0 ||
        (r = ct_org_on_day(db, a, org, day, now, &u.o, err)) < 0)
        return r;
    if (!u.o.org->closed_on.p)
        return ct_fail(err, CT_BAD_INPUT, "on", "the closing on %.*s is undone already",
                       CT_SV_ARG(day));
    if (!ct_sv_eq(u.o.org->closed_on, day))
        return ct_fail(err, CT_BAD_INPUT, "on", "it is closed since %.*s; undo that closing first",
                       CT_SV_ARG(u.o.org->closed_on));
    if ((r = ct_org_check_above(&u.o, err)) < 0 || (r = find_with(db, a, &u, err)) < 0 ||
        (r = find_ties(db, a, &u, err)) < 0 || (r = find_asked(db, a, &u, err)) < 0)
        return r;
    *ret = u;
    return CT_OK;
}

int ct_org_undo_outlook(struct ct_db *db, struct ct_arena *a, int64_t org, struct ct_sv on,
                        int64_t now, struct ct_org_outlook *ret, struct ct_err *err)
{
    struct undo u;
    int r = look(db, a, org, on, now, &u, err);

    if (r < 0)
        return r;
    *ret = u.o;
    return CT_OK;
}

/* ---- recording ---- */

/* Nothing of it can begin in what another closing has closed by then. */
static int put_ties(struct ct_db *db, enum ct_org_tie tie, const struct bonds *list, bool ends,
                    const struct ct_org_undoing *what, int64_t now, struct ct_err *err)
{
    int r = CT_OK;

    for (size_t i = 0; i < list->n && r == CT_OK; i++) {
        const struct ct_org_bond *b = &list->items[i];
        const struct ct_org_change c = {.tie = tie,
                                        .org = b->org,
                                        .who = b->who,
                                        .ends = ends,
                                        .on = b->since,
                                        .note = b->note.p ? b->note : CT_SV(""),
                                        .by = what->by};
        bool done;
        if (!ends && ct_org_check_open(db, b->org, b->since, NULL) == CT_BAD_INPUT)
            continue;
        r = ct_org_tie(db, &c, now, &done, err);
    }
    return r;
}

int ct_org_undo_put(struct ct_db *db, struct ct_arena *a, const struct ct_org_undoing *what,
                    int64_t now, struct ct_err *err)
{
    struct undo u;
    int r = look(db, a, what->org, what->on, now, &u, err);

    if (r < 0)
        return r;
    if (what->seen_people != CT_ORG_UNSEEN && what->seen_people != (int64_t)u.o.n_people)
        return ct_fail(err, CT_CONFLICT, "seen",
                       "whom it brings back has changed meanwhile; look at it again");
    for (size_t i = 0; i < u.o.n_with && r == CT_OK; i++) {
        const struct ct_org_state s = {
            .org = u.o.with[i]->id, .day = u.o.day, .now = now, .by = what->by};
        r = ct_org_state_put(db, &s, err);
    }
    if (r < 0 || (r = put_ties(db, CT_TIE_MEMBER, &u.placed, true, what, now, err)) < 0 ||
        (r = put_ties(db, CT_TIE_MEMBER, &u.members, false, what, now, err)) < 0 ||
        (r = put_ties(db, CT_TIE_LEAD, &u.leads, false, what, now, err)) < 0)
        return r;
    return put_ties(db, CT_TIE_SHARING, &u.sharings, false, what, now, err);
}

struct undo_job {
    const struct ct_org_undoing *what;
    int64_t now;
};

static int undo_job(struct ct_db *db, void *arg, struct ct_err *err)
{
    CT_AUTO_ARENA a = CT_ARENA_INIT;
    const struct undo_job *k = arg;

    return ct_org_undo_put(db, &a, k->what, k->now, err);
}

int ct_org_undo(struct ct_store *s, const struct ct_clock *clock, const struct ct_org_undoing *u,
                struct ct_err *err)
{
    struct undo_job k = {.what = u, .now = ct_now(clock)};

    return ct_store_write(s, undo_job, &k, err);
}
