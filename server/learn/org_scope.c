/*
 * org_scope.c: who sees whom. Everything that is shown of people to managers goes through here;
 * what follows from it is counted elsewhere.
 */
#include "org_priv.h"
#include "sql_priv.h"

#include <stdlib.h>

#include "ct/base/banned.h"

static const struct ct_sql ADMINS = {
    "select name, email from person where active = 1 and roles & 8 <> 0"
    " order by name, id limit 1"};

const struct ct_sql *const ct_org_scope_sql[] = {&ADMINS, NULL};

/* An org as the viewer stands to it. */
struct stand {
    bool is_led; /* the viewer leads it, or something above it */
    bool is_own; /* an agency that the viewer belongs to or leads in */
    bool may_choose;
};

struct org_place {
    int64_t id;
    size_t place;
};

struct looking {
    struct ct_db *db;
    struct ct_arena *arena;
    const struct ct_viewer *viewer;
    struct ct_org *orgs, *orgs_now; /* as they stood as of the moment; as they do when asked */
    struct stand *stands;           /* of each org */
    struct org_place *places;       /* by id */
    size_t n_orgs, n_orgs_now;
    bool sees_all;
    struct ct_org_member *members;
    struct ct_org_bond *sharings;
    size_t n_members, n_sharings;
    size_t n_led_task_forces, n_led_others;
    const struct ct_org *agency, *unit, *task_force; /* wished for */
};

static int cmp_place(const void *pa, const void *pb)
{
    const struct org_place *a = pa, *b = pb;

    return (a->id > b->id) - (a->id < b->id);
}

static size_t place_of(const struct looking *k, int64_t id)
{
    const struct org_place wanted = {.id = id};
    const struct org_place *found =
        k->n_orgs ? bsearch(&wanted, k->places, k->n_orgs, sizeof wanted, cmp_place) : NULL;

    return found ? found->place : SIZE_MAX;
}

static void index_orgs(struct looking *k)
{
    k->places = ct_arena_array(k->arena, struct org_place, k->n_orgs);
    for (size_t i = 0; i < k->n_orgs; i++)
        k->places[i] = (struct org_place){k->orgs[i].id, i};
    if (k->n_orgs)
        qsort(k->places, k->n_orgs, sizeof *k->places, cmp_place);
}

/* Of a unit its agency; of an agency itself; 0 for a task force. */
static int64_t agency_of(const struct ct_org *o)
{
    return o->kind == CT_ORG_UNIT ? o->agency : o->kind == CT_ORG_AGENCY ? o->id : 0;
}

static bool is_below(const struct looking *k, const struct ct_org *o, int64_t above)
{
    while (o && o->id != above)
        o = o->parent ? ct_org_by_id(k->orgs, k->n_orgs, o->parent) : NULL;
    return o != NULL;
}

static void own_agency(struct looking *k, const struct ct_org *of)
{
    size_t i = agency_of(of) ? place_of(k, agency_of(of)) : SIZE_MAX;

    if (i == SIZE_MAX)
        return;
    k->stands[i].is_own = true;
    k->stands[i].may_choose = true;
}

/* As units stand when it is asked, wherever they stood. */
static bool is_below_now(const struct looking *k, int64_t id, int64_t above)
{
    const struct ct_org *o = ct_org_by_id(k->orgs_now, k->n_orgs_now, id);

    while (o && o->id != above)
        o = o->parent ? ct_org_by_id(k->orgs_now, k->n_orgs_now, o->parent) : NULL;
    return o != NULL;
}

static void lead(struct looking *k, size_t led)
{
    const struct ct_org *o = &k->orgs[led];

    for (size_t i = 0; i < k->n_orgs; i++) {
        const struct ct_org *other = &k->orgs[i];
        bool below = i == led || (o->kind == CT_ORG_AGENCY && other->agency == o->id) ||
                     (o->kind == CT_ORG_UNIT && is_below_now(k, other->id, o->id));
        k->stands[i].is_led |= below;
        k->stands[i].may_choose |= below;
    }
    own_agency(k, o);
    if (o->kind == CT_ORG_TASK_FORCE)
        k->n_led_task_forces++;
    else
        k->n_led_others++;
}

/* What the viewer leads and belongs to, at the moment of asking. */
static int stand(struct looking *k, int64_t as_of, int64_t now, struct ct_err *err)
{
    struct ct_org_member *members = k->members;
    struct ct_org_bond *leads;
    size_t n_leads, n_members = k->n_members;
    int r;

    for (size_t i = 0; i < k->n_orgs && k->sees_all; i++)
        k->stands[i].may_choose = true;
    if (k->viewer->person == 0)
        return CT_OK;
    if ((r = ct_org_bonds(k->db, k->arena, CT_TIE_LEAD, now, &leads, &n_leads, err)) < 0 ||
        (now != as_of &&
         (r = ct_org_members_on(k->db, k->arena, now, CT_SV_NULL, &members, &n_members, err)) < 0))
        return r;
    for (size_t i = 0; i < n_leads; i++) {
        size_t place = leads[i].who == k->viewer->person ? place_of(k, leads[i].org) : SIZE_MAX;
        if (place != SIZE_MAX)
            lead(k, place);
    }
    for (size_t i = 0; i < n_members; i++) {
        size_t place =
            members[i].person == k->viewer->person ? place_of(k, members[i].org) : SIZE_MAX;
        if (place != SIZE_MAX)
            own_agency(k, &k->orgs[place]);
    }
    return CT_OK;
}

static int deny_who_leads_nothing(struct looking *k, struct ct_err *err)
{
    CT_AUTO_STMT st = ct_db_stmt(k->db, &ADMINS);
    int r = ct_stmt_step(&st, err);

    if (r < 0)
        return r;
    if (r == 0)
        return ct_fail(err, CT_DENIED, "leads",
                       "you lead no agency, unit or task force today, so there is nobody whom you "
                       "may see; ask an administrator to record what you lead");
    return ct_fail(err, CT_DENIED, "leads",
                   "you lead no agency, unit or task force today, so there is nobody whom you may "
                   "see; ask %.*s (%.*s) to record what you lead",
                   CT_SV_ARG(ct_col_sv(&st, "name")), CT_SV_ARG(ct_col_sv(&st, "email")));
}

/* What was wished for, if the viewer may. */
static int choose(struct looking *k, enum ct_org_kind kind, struct ct_sv path, const char *what,
                  const struct ct_org **ret, struct ct_err *err)
{
    const struct ct_org *o;

    if (path.n == 0)
        return CT_OK;
    o = ct_org_find(k->orgs, k->n_orgs, kind, path);
    if (o && k->stands[o - k->orgs].may_choose) {
        *ret = o;
        return CT_OK;
    }
    if (k->sees_all)
        return ct_fail(err, CT_BAD_INPUT, what, "there is no such %s", ct_org_kind_name(kind));
    return ct_fail(err, CT_DENIED, what,
                   "this %s is not among those that you lead today; if it was a moment ago, that "
                   "has changed",
                   ct_org_kind_name(kind));
}

static int choose_all(struct looking *k, const struct ct_scope_wish *wish, struct ct_err *err)
{
    int r;

    if ((r = choose(k, CT_ORG_AGENCY, wish->agency, "agency", &k->agency, err)) < 0 ||
        (r = choose(k, CT_ORG_UNIT, wish->unit, "unit", &k->unit, err)) < 0 ||
        (r = choose(k, CT_ORG_TASK_FORCE, wish->task_force, "task_force", &k->task_force, err)) < 0)
        return r;
    if (k->sees_all || k->agency || k->unit || k->task_force || k->n_led_others ||
        k->n_led_task_forces != 1)
        return CT_OK;
    for (size_t i = 0; i < k->n_orgs; i++)
        if (k->orgs[i].kind == CT_ORG_TASK_FORCE && k->stands[i].is_led)
            k->task_force = &k->orgs[i];
    return CT_OK;
}

/* One person's memberships: places of orgs. */
struct ties {
    size_t *places, n;
};

static bool in_agency(const struct looking *k, const struct ties *t, int64_t agency)
{
    for (size_t i = 0; i < t->n; i++)
        if (agency_of(&k->orgs[t->places[i]]) == agency)
            return true;
    return false;
}

static bool is_shared(const struct looking *k, const struct ties *t, int64_t task_force)
{
    for (size_t i = 0; i < k->n_sharings; i++)
        if (k->sharings[i].org == task_force && in_agency(k, t, k->sharings[i].who))
            return true;
    return false;
}

static bool in_own_agency(const struct looking *k, const struct ties *t)
{
    for (size_t i = 0; i < k->n_orgs; i++)
        if (k->stands[i].is_own && in_agency(k, t, k->orgs[i].id))
            return true;
    return false;
}

/* In a unit or agency that the viewer leads. */
static bool is_in_tree(const struct looking *k, const struct ties *t)
{
    for (size_t i = 0; i < t->n; i++)
        if (k->orgs[t->places[i]].kind != CT_ORG_TASK_FORCE && k->stands[t->places[i]].is_led)
            return true;
    return false;
}

static bool is_named_in_task_force(const struct looking *k, const struct ties *t)
{
    for (size_t i = 0; i < t->n; i++) {
        const struct ct_org *o = &k->orgs[t->places[i]];
        if (o->kind == CT_ORG_TASK_FORCE && k->stands[t->places[i]].is_led &&
            (in_own_agency(k, t) || is_shared(k, t, o->id)))
            return true;
    }
    return false;
}

static bool is_wished_for(const struct looking *k, const struct ties *t)
{
    bool in_unit = !k->unit, in_force = !k->task_force;

    for (size_t i = 0; i < t->n; i++) {
        const struct ct_org *o = &k->orgs[t->places[i]];
        in_unit = in_unit || (o->kind == CT_ORG_UNIT && is_below(k, o, k->unit->id));
        in_force = in_force || o == k->task_force;
    }
    return in_unit && in_force && (!k->agency || in_agency(k, t, k->agency->id));
}

static void add_path(struct looking *k, struct ct_sv *to, struct ct_sv path)
{
    *to = to->n ? ct_arena_printf(k->arena, "%.*s; %.*s", CT_SV_ARG(*to), CT_SV_ARG(path)) : path;
}

/* Of who is named by a task force alone, no more than the agency and the viewer's task forces. */
static void say_where(struct looking *k, const struct ties *t, bool all, struct ct_scope_person *p)
{
    p->agency = p->unit = p->task_forces = CT_SV("");
    for (size_t i = 0; i < k->n_orgs; i++)
        if (k->orgs[i].kind == CT_ORG_AGENCY && in_agency(k, t, k->orgs[i].id))
            add_path(k, &p->agency, k->orgs[i].path);
    for (size_t i = 0; i < t->n; i++) {
        const struct ct_org *o = &k->orgs[t->places[i]];
        if (o->kind == CT_ORG_UNIT && all)
            add_path(k, &p->unit, o->path);
        if (o->kind == CT_ORG_TASK_FORCE && (all || k->stands[t->places[i]].is_led))
            add_path(k, &p->task_forces, o->path);
    }
}

static bool see(struct looking *k, const struct ties *t, int64_t id, struct ct_scope_person *ret)
{
    bool in_tree = k->sees_all || is_in_tree(k, t);
    bool named = in_tree || is_named_in_task_force(k, t);

    if (!is_wished_for(k, t) || (!named && (!k->task_force || k->agency || k->unit)))
        return false;
    *ret = (struct ct_scope_person){.id = id,
                                    .is_counted = !named,
                                    .by_task_force = named && !in_tree,
                                    .agency = CT_SV(""),
                                    .unit = CT_SV(""),
                                    .task_forces = CT_SV("")};
    if (named)
        say_where(k, t, in_tree, ret);
    return true;
}

static void see_all(struct looking *k, struct ct_scope *scope)
{
    size_t cap = 0;
    struct ties t = {.places = ct_arena_array(k->arena, size_t, k->n_members)};

    for (size_t i = 0; i < k->n_members;) {
        int64_t who = k->members[i].person;
        struct ct_scope_person p;
        for (t.n = 0; i < k->n_members && k->members[i].person == who; i++) {
            size_t place = place_of(k, k->members[i].org);
            if (place != SIZE_MAX)
                t.places[t.n++] = place;
        }
        if (see(k, &t, who, &p))
            CT_ARENA_PUSH(k->arena, scope->people, scope->n, cap, p);
    }
    scope->choices = ct_arena_array(k->arena, struct ct_org, k->n_orgs);
    scope->leads = ct_arena_array(k->arena, bool, k->n_orgs);
    for (size_t i = 0; i < k->n_orgs; i++) {
        if (!k->stands[i].may_choose)
            continue;
        scope->leads[scope->n_choices] = k->stands[i].is_led;
        scope->choices[scope->n_choices++] = k->orgs[i];
    }
}

static int read_orgs(struct looking *k, int64_t as_of, struct ct_sv day, int64_t now,
                     struct ct_err *err)
{
    bool any_agency = false;
    int r = ct_org_list_on(k->db, k->arena, as_of, day, &k->orgs, &k->n_orgs, err);

    k->orgs_now = k->orgs;
    k->n_orgs_now = k->n_orgs;
    if (r == CT_OK && (now != as_of || day.n))
        r = ct_org_list_as_of(k->db, k->arena, now, &k->orgs_now, &k->n_orgs_now, err);
    if (r < 0 ||
        (r = ct_org_members_on(k->db, k->arena, as_of, day, &k->members, &k->n_members, err)) < 0 ||
        (r = ct_org_bonds(k->db, k->arena, CT_TIE_SHARING, now, &k->sharings, &k->n_sharings,
                          err)) < 0)
        return r;
    for (size_t i = 0; i < k->n_orgs; i++)
        any_agency = any_agency || k->orgs[i].kind == CT_ORG_AGENCY;
    index_orgs(k);
    k->stands = ct_arena_array(k->arena, struct stand, k->n_orgs);
    k->sees_all = k->viewer->is_admin || k->viewer->person == 0 || !any_agency;
    return CT_OK;
}

int ct_org_scope(struct ct_db *db, struct ct_arena *a, const struct ct_viewer *viewer,
                 const struct ct_scope_wish *wish, int64_t as_of, struct ct_scope *ret,
                 struct ct_err *err)
{
    struct looking k = {.db = db, .arena = a, .viewer = viewer};
    struct ct_scope scope = {.people = NULL};
    int64_t now = viewer->now ? viewer->now : as_of;
    int r;

    if ((r = read_orgs(&k, as_of, wish->day, now, err)) < 0 || (r = stand(&k, as_of, now, err)) < 0)
        return r;
    if (!k.sees_all && k.n_led_others + k.n_led_task_forces == 0)
        return deny_who_leads_nothing(&k, err);
    if ((r = choose_all(&k, wish, err)) < 0)
        return r;
    scope.is_limited = !k.sees_all || k.agency || k.unit || k.task_force;
    scope.agency = k.agency;
    scope.unit = k.unit;
    scope.task_force = k.task_force;
    see_all(&k, &scope);
    *ret = scope;
    return CT_OK;
}

int ct_org_sight(struct ct_db *db, struct ct_arena *a, const struct ct_viewer *viewer,
                 struct ct_sv *ret, struct ct_err *err)
{
    struct looking k = {.db = db, .arena = a, .viewer = viewer};
    struct ct_sv text = CT_SV("");
    int r;

    if ((r = read_orgs(&k, viewer->now, CT_SV_NULL, viewer->now, err)) < 0 ||
        (r = stand(&k, viewer->now, viewer->now, err)) < 0)
        return r;
    if (k.sees_all) {
        *ret = CT_SV("all");
        return CT_OK;
    }
    for (size_t i = 0; i < k.n_orgs; i++)
        if (k.stands[i].is_led || k.stands[i].is_own)
            text = ct_arena_printf(a, "%.*s%s%s%lld", CT_SV_ARG(text), text.n ? " " : "",
                                   k.stands[i].is_led ? "leads" : "own", (long long)k.orgs[i].id);
    for (size_t i = 0; i < k.n_sharings; i++) {
        size_t at = place_of(&k, k.sharings[i].org);
        if (at != SIZE_MAX && k.stands[at].is_led)
            text = ct_arena_printf(a, "%.*s%sshares%lld:%lld", CT_SV_ARG(text), text.n ? " " : "",
                                   (long long)k.sharings[i].org, (long long)k.sharings[i].who);
    }
    *ret = text;
    return CT_OK;
}

/* Who leads something need not only belong to it. */
static bool has_word(struct ct_sv words, struct ct_sv word)
{
    bool own = ct_sv_starts(word, CT_SV("own"));
    struct ct_sv one;

    while (ct_sv_split(&words, ' ', &one)) {
        if (ct_sv_eq(one, word) || (own && ct_sv_starts(one, CT_SV("leads")) &&
                                    ct_sv_eq(ct_sv_sub(one, strlen("leads"), SIZE_MAX),
                                             ct_sv_sub(word, strlen("own"), SIZE_MAX))))
            return true;
    }
    return false;
}

bool ct_org_sight_covers(struct ct_sv now, struct ct_sv then)
{
    struct ct_sv word;

    if (then.n == 0)
        return false;
    if (ct_sv_eq_c(now, "all"))
        return true;
    while (ct_sv_split(&then, ' ', &word))
        if (!has_word(now, word))
            return false;
    return true;
}

static int cmp_person(const void *key, const void *item)
{
    int64_t id = *(const int64_t *)key;
    const struct ct_scope_person *p = item;

    return (id > p->id) - (id < p->id);
}

const struct ct_scope_person *ct_scope_find(const struct ct_scope *scope, int64_t person)
{
    return scope->n ? bsearch(&person, scope->people, scope->n, sizeof *scope->people, cmp_person)
                    : NULL;
}

bool ct_scope_shares_some(const struct ct_scope *scope)
{
    for (size_t i = 0; scope->is_limited && i < scope->n; i++)
        if (scope->people[i].by_task_force)
            return true;
    return false;
}
