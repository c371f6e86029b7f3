/*
 * org_close.c: closing an agency, unit or task force with what is below it: whom that hits, and
 * recording it. What becomes of requirements is org_close_requirement.c.
 */
#include "org_change_priv.h"
#include "sql_priv.h"

#include <stdlib.h>

#include "ct/base/banned.h"

/* Everything that was recorded of one org, somebody's after somebody's. */
static const struct ct_sql MEMBERS = {
    "select m.person as who, m.org, m.begins, m.on_date, p.name, p.email"
    " from membership_event m join person p on p.id = m.person where m.org = :org"
    " order by m.person, m.on_date, m.at, m.id"};
static const struct ct_sql LEADS = {
    "select m.person as who, m.org, m.begins, m.on_date, p.name, p.email"
    " from lead_event m join person p on p.id = m.person where m.org = :org"
    " order by m.person, m.on_date, m.at, m.id"};
static const struct ct_sql SHARINGS = {
    "select m.agency as who, m.org, m.begins, m.on_date, '' as name, '' as email"
    " from sharing_event m where m.org = :org or m.agency = :org"
    " order by m.agency, m.org, m.on_date, m.at, m.id"};

const struct ct_sql *const ct_org_close_sql[] = {&MEMBERS, &LEADS, &SHARINGS, NULL};

/* A tie that holds on the day of closing, or begins on a day behind it; what follows it, too: where
 * people are put somewhere else, they leave there on the same days. */
struct stay {
    struct ct_org_bond bond; /* since: the day of closing, or of beginning */
    bool begins;
};

struct stays {
    struct stay *items;
    size_t n, cap;
    bool in;     /* of the tie that is being read */
    size_t last; /* behind the stays of those before it */
};

static bool same_tie(const struct ct_org_bond *a, const struct ct_org_bond *b)
{
    return a->who == b->who && a->org == b->org;
}

/* Of rows about one day the last one counts; rows about days up to that of closing are one. */
static void take(struct ct_arena *a, struct stays *s, const struct stay *row, struct ct_sv day)
{
    struct stay one = *row;
    struct stay *last = s->n ? &s->items[s->n - 1] : NULL;

    if (ct_sv_cmp(one.bond.since, day) < 0)
        one.bond.since = day;
    if (last && same_tie(&last->bond, &one.bond) && ct_sv_eq(last->bond.since, one.bond.since))
        last->begins = one.begins;
    else
        CT_ARENA_PUSH(a, s->items, s->n, s->cap, one);
}

static int read_stays(struct ct_db *db, struct ct_arena *a, enum ct_org_tie tie, int64_t org,
                      struct ct_sv day, struct stays *s, struct ct_err *err)
{
    static const struct ct_sql *const of_tie[] = {
        [CT_TIE_MEMBER] = &MEMBERS, [CT_TIE_LEAD] = &LEADS, [CT_TIE_SHARING] = &SHARINGS};
    int r;
    CT_AUTO_STMT st = ct_db_stmt(db, of_tie[tie]);

    ct_bind_i64(&st, ":org", org);
    while ((r = ct_stmt_step(&st, err)) > 0) {
        struct stay row = {.begins = ct_col_i64(&st, "begins") != 0,
                           .bond = {.org = ct_col_i64(&st, "org"),
                                    .who = ct_col_i64(&st, "who"),
                                    .since = ct_col_dup(&st, "on_date", a),
                                    .name = ct_col_dup(&st, "name", a),
                                    .email = ct_col_dup(&st, "email", a)}};
        take(a, s, &row, day);
    }
    return r;
}

static int stays_of(struct ct_db *db, struct ct_arena *a, enum ct_org_tie tie,
                    const struct ct_org_outlook *o, struct stays *ret, struct ct_err *err)
{
    struct stays s = {.n = 0};
    int r = CT_OK;

    for (size_t i = 0; i < o->n_with && r == CT_OK; i++)
        r = read_stays(db, a, tie, o->with[i]->id, o->day, &s, err);
    *ret = s;
    return r;
}

static int cmp_name(const void *pa, const void *pb)
{
    const struct ct_org_bond *a = pa, *b = pb;
    int c = ct_sv_cmp(a->name, b->name);

    return c ? c : (a->who > b->who) - (a->who < b->who);
}

/* Who is there on the day or later, each tie once. */
static void bonds_of(struct ct_arena *a, const struct stays *s, struct ct_org_bond **ret,
                     size_t *ret_n)
{
    struct ct_org_bond *list = NULL;
    size_t n = 0, cap = 0;

    for (size_t i = 0; i < s->n; i++)
        if (s->items[i].begins && (n == 0 || !same_tie(&list[n - 1], &s->items[i].bond)))
            CT_ARENA_PUSH(a, list, n, cap, s->items[i].bond);
    if (n)
        qsort(list, n, sizeof *list, cmp_name);
    *ret = list;
    *ret_n = n;
}

static void find_with(struct ct_arena *a, struct ct_org_outlook *o)
{
    o->with = ct_arena_array(a, const struct ct_org *, o->n_orgs);
    for (size_t i = 0; i < o->n_orgs; i++) {
        const struct ct_org *one = &o->orgs[i];
        bool below = one == o->org || one->agency == o->org->id ||
                     (one->kind == CT_ORG_UNIT && ct_org_stands_below(o, one, o->org->id));
        if (below && !one->closed_on.p)
            o->with[o->n_with++] = one;
    }
}

int ct_org_members_of(struct ct_db *db, struct ct_arena *a, struct ct_org_outlook *o,
                      struct ct_err *err)
{
    struct stays s;
    int r;

    find_with(a, o);
    if ((r = stays_of(db, a, CT_TIE_MEMBER, o, &s, err)) < 0)
        return r;
    bonds_of(a, &s, &o->members, &o->n_members);
    for (size_t i = 0; i < o->n_members; i++) {
        bool known = false;
        for (size_t k = i; k-- > 0 && cmp_name(&o->members[k], &o->members[i]) == 0;)
            known = true;
        o->n_people += !known;
    }
    return CT_OK;
}

struct ct_org_tree ct_org_tree_of(struct ct_arena *a, const struct ct_org *orgs, size_t n)
{
    struct ct_org_tree tree = {.from = INT_MIN, .above = ct_arena_array(a, size_t, n)};

    for (size_t i = 0; i < n; i++) {
        const struct ct_org *up = orgs[i].parent ? ct_org_by_id(orgs, n, orgs[i].parent) : NULL;
        tree.above[i] = up ? (size_t)(up - orgs) : SIZE_MAX;
    }
    return tree;
}

/* What stands somewhere else on the day and comes to be below it later would be below what is
 * closed. */
static int check_later(struct ct_db *db, struct ct_arena *a, const struct ct_org_outlook *o,
                       struct ct_err *err)
{
    struct ct_org_trees trees;
    int day = CT_DAY_NONE, r = ct_org_trees_read(db, a, INT64_MAX, o->orgs, o->n_orgs, &trees, err);

    ct_day_parse(o->day, &day);
    for (size_t t = 0; r == CT_OK && t < trees.n && o->org->kind == CT_ORG_UNIT; t++) {
        char text[CT_TIME_TEXT];
        for (size_t i = 0; i < o->n_orgs && trees.items[t].from > day; i++)
            if (!o->orgs[i].closed_on.p && ct_org_is_within(&trees, t, i, o->org->id) &&
                !ct_org_stands_below(o, &o->orgs[i], o->org->id))
                return ct_fail(err, CT_BAD_INPUT, "on",
                               "“%.*s” is to stand below it from %s on; move that elsewhere first",
                               CT_SV_ARG(o->orgs[i].path), ct_day_text(trees.items[t].from, text));
    }
    return r;
}

static int check_to(const struct ct_org_outlook *o, int64_t id, struct ct_err *err)
{
    const struct ct_org *to = ct_org_by_id(o->orgs, o->n_orgs, id);
    bool force = o->org->kind == CT_ORG_TASK_FORCE;

    if (id == 0)
        return CT_OK;
    if (!to || force != (to->kind == CT_ORG_TASK_FORCE))
        return ct_fail(err, CT_BAD_INPUT, "to",
                       force ? "its people can be put into another task force"
                             : "its people can be put into an agency or a unit");
    if (to->closed_on.p)
        return ct_fail(err, CT_BAD_INPUT, "to", "this is closed itself on that day");
    for (size_t i = 0; i < o->n_with; i++)
        if (o->with[i] == to)
            return ct_fail(err, CT_BAD_INPUT, "to", "this closes with it");
    return CT_OK;
}

int ct_org_close_outlook(struct ct_db *db, struct ct_arena *a, const struct ct_org_closing *c,
                         int64_t now, struct ct_org_outlook *ret, struct ct_err *err)
{
    struct ct_org_outlook o;
    struct stays leads, sharings;
    struct ct_org_bond *agreements;
    int r;

    if ((r = ct_org_on_day(db, a, c->org, c->on, now, &o, err)) < 0)
        return r;
    if (o.org->closed_on.p)
        return ct_fail(err, CT_BAD_INPUT, "on", "it is closed since %.*s",
                       CT_SV_ARG(o.org->closed_on));
    if ((r = check_later(db, a, &o, err)) < 0 || (r = ct_org_members_of(db, a, &o, err)) < 0 ||
        (r = stays_of(db, a, CT_TIE_LEAD, &o, &leads, err)) < 0 ||
        (r = stays_of(db, a, CT_TIE_SHARING, &o, &sharings, err)) < 0 ||
        (r = ct_org_asked_of(db, a, &o, err)) < 0 || (r = check_to(&o, c->to, err)) < 0)
        return r;
    bonds_of(a, &leads, &o.leads, &o.n_leads);
    bonds_of(a, &sharings, &agreements, &o.n_sharings);
    *ret = o;
    return CT_OK;
}

/* ---- recording ---- */

struct closing {
    const struct ct_org_closing *what;
    int64_t now;
};

static int check(const struct ct_org_outlook *o, const struct ct_org_closing *c, struct ct_err *err)
{
    if ((c->seen_people != CT_ORG_UNSEEN && c->seen_people != (int64_t)o->n_people) ||
        (c->seen_asked != CT_ORG_UNSEEN && c->seen_asked != (int64_t)o->n_asked))
        return ct_fail(err, CT_CONFLICT, "seen",
                       "whom it hits has changed meanwhile; look at it again");
    if (o->n_asked && c->asking == CT_ORG_ASKING_UNSAID)
        return ct_fail(err, CT_BAD_INPUT, "requirements",
                       "requirements ask its people: say whether they end or move");
    if (o->n_asked && c->asking == CT_ORG_ASKING_MOVES && c->to == 0)
        return ct_fail(err, CT_BAD_INPUT, "requirements",
                       "requirements can only move to where its people are put");
    return CT_OK;
}

/* Ends what holds on the day or begins later, and, of members, begins and ends it elsewhere. */
static int end_ties(struct ct_db *db, enum ct_org_tie tie, const struct stays *s, int64_t to,
                    const struct closing *k, struct ct_err *err)
{
    bool put = false, done;
    int r = CT_OK;

    for (size_t i = 0; i < s->n && r == CT_OK; i++) {
        const struct stay *one = &s->items[i];
        struct ct_org_change c = {.tie = tie,
                                  .org = one->bond.org,
                                  .who = one->bond.who,
                                  .ends = true,
                                  .on = one->bond.since,
                                  .note = CT_SV(""),
                                  .by = k->what->by};
        if (i == 0 || !same_tie(&s->items[i - 1].bond, &one->bond))
            put = false;
        if (one->begins)
            r = ct_org_tie(db, &c, k->now, &done, err);
        if (r < 0 || !to || tie != CT_TIE_MEMBER || !(one->begins || put))
            continue;
        c.org = to;
        c.ends = !one->begins;
        r = ct_org_tie(db, &c, k->now, &done, err);
        put = one->begins ? put || done : false;
    }
    return r;
}

static int close_all(struct ct_db *db, struct ct_arena *a, const struct ct_org_outlook *o,
                     const struct closing *k, struct ct_err *err)
{
    static const enum ct_org_tie ties[] = {CT_TIE_MEMBER, CT_TIE_LEAD, CT_TIE_SHARING};
    struct stays stays[sizeof ties / sizeof ties[0]];
    int r = CT_OK;

    for (size_t i = 0; i < sizeof ties / sizeof ties[0] && r == CT_OK; i++)
        r = stays_of(db, a, ties[i], o, &stays[i], err);
    for (size_t i = 0; i < o->n_with && r == CT_OK; i++) {
        struct ct_org_state s = {.org = o->with[i]->id,
                                 .closes = true,
                                 .day = o->day,
                                 .note = ct_sv_trim(k->what->note),
                                 .now = k->now,
                                 .by = k->what->by};
        r = ct_org_state_put(db, &s, err);
    }
    for (size_t i = 0; i < sizeof ties / sizeof ties[0] && r == CT_OK; i++)
        r = end_ties(db, ties[i], &stays[i], k->what->to, k, err);
    return r;
}

static int close_job(struct ct_db *db, void *arg, struct ct_err *err)
{
    CT_AUTO_ARENA a = CT_ARENA_INIT;
    const struct closing *k = arg;
    struct ct_org_outlook o;
    int r;

    if ((r = ct_org_close_outlook(db, &a, k->what, k->now, &o, err)) < 0 ||
        (r = check(&o, k->what, err)) < 0 ||
        (r = ct_org_close_requirements(db, &a, &o, k->what, k->now, err)) < 0)
        return r;
    return close_all(db, &a, &o, k, err);
}

int ct_org_close(struct ct_store *s, const struct ct_clock *clock, const struct ct_org_closing *c,
                 struct ct_err *err)
{
    struct closing k = {.what = c, .now = ct_now(clock)};

    if (c->note.n > CT_ORG_NOTE_MAX || !ct_sv_utf8(c->note))
        return ct_fail(err, CT_BAD_INPUT, "note", "at most %d bytes", CT_ORG_NOTE_MAX);
    return ct_store_write(s, close_job, &k, err);
}
