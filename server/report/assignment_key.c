/*
 * assignment_key.c: in which groups a row of the assignment report is.
 */
#include "assignment_key_priv.h"

#include "ct/base/banned.h"

/* ---- names ---- */

struct slot {
    struct ct_sv text;
    size_t id; /* one more than the number; 0: free */
};

struct ct_names {
    struct ct_arena *arena;
    struct slot *slots;
    size_t n, cap; /* cap: a power of two */
};

struct ct_names *ct_names_new(struct ct_arena *a)
{
    struct ct_names *names = ct_arena_new(a, struct ct_names);

    names->arena = a;
    names->cap = 64;
    names->slots = ct_arena_array(a, struct slot, names->cap);
    return names;
}

/* FNV-1a: these are no secrets, and nobody chooses many of them. */
static size_t hash_of(struct ct_sv text)
{
    uint64_t h = 14695981039346656037u;

    for (size_t i = 0; i < text.n; i++)
        h = (h ^ (unsigned char)text.p[i]) * 1099511628211u;
    return (size_t)(h ^ (h >> 32));
}

static struct slot *slot_of(struct slot *slots, size_t cap, struct ct_sv text)
{
    size_t at = hash_of(text) & (cap - 1);

    while (slots[at].id && !ct_sv_eq(slots[at].text, text))
        at = (at + 1) & (cap - 1);
    return &slots[at];
}

static void grow(struct ct_names *names)
{
    size_t cap = names->cap * 2;
    struct slot *slots = ct_arena_array(names->arena, struct slot, cap);

    for (size_t i = 0; i < names->cap; i++)
        if (names->slots[i].id)
            *slot_of(slots, cap, names->slots[i].text) = names->slots[i];
    names->slots = slots;
    names->cap = cap;
}

size_t ct_names_id(struct ct_names *names, struct ct_sv text, bool *ret_is_new)
{
    struct slot *slot = slot_of(names->slots, names->cap, text);

    *ret_is_new = slot->id == 0;
    if (slot->id)
        return slot->id - 1;
    if (names->n * 2 >= names->cap) {
        grow(names);
        slot = slot_of(names->slots, names->cap, text);
    }
    *slot = (struct slot){ct_arena_dup(names->arena, text), ++names->n};
    return slot->id - 1;
}

/* ---- keys ---- */

struct ct_keys {
    struct ct_keys_world world;
    enum ct_group_by by;
    struct ct_names *names;
    struct ct_key *keys; /* by number */
    size_t n, cap;
    const struct ct_assignee *person; /* whose `found` are */
    size_t *found, n_found, cap_found;
};

struct ct_keys *ct_keys_new(const struct ct_keys_world *world, enum ct_group_by by)
{
    struct ct_keys *k = ct_arena_new(world->arena, struct ct_keys);

    k->world = *world;
    k->by = by;
    k->names = ct_names_new(world->arena);
    return k;
}

const struct ct_key *ct_keys_get(const struct ct_keys *keys, size_t id)
{
    return &keys->keys[id];
}

static enum ct_org_kind kind_of(enum ct_group_by by)
{
    return by == CT_GROUP_AGENCY ? CT_ORG_AGENCY
           : by == CT_GROUP_UNIT ? CT_ORG_UNIT
                                 : CT_ORG_TASK_FORCE;
}

static void name_org(const struct ct_keys *k, struct ct_key *key)
{
    const struct ct_keys_world *w = &k->world;
    const struct ct_org *o = ct_org_find(w->orgs, w->n_orgs, kind_of(k->by), key->text);
    const struct ct_org *agency =
        o && o->agency ? ct_org_by_id(w->orgs, w->n_orgs, o->agency) : NULL;

    key->org = o;
    if (!o)
        return;
    key->rank = o - w->orgs;
    key->title = agency ? ct_arena_printf(w->arena, "%.*s: %.*s", CT_SV_ARG(agency->name),
                                          CT_SV_ARG(o->name))
                        : o->name;
    key->can_open = ct_org_by_id(w->scope->choices, w->scope->n_choices, o->id) != NULL;
}

static void name_discipline(const struct ct_keys *k, struct ct_key *key)
{
    const struct ct_disciplines *known = k->world.cat ? &k->world.cat->disciplines : NULL;
    int d = known ? ct_discipline_find(known, key->text) : -1;

    if (d >= 0)
        key->rank = d;
    if (known)
        key->title = ct_discipline_called(k->world.arena, known, key->text);
}

static void name_course(const struct ct_keys *k, struct ct_key *key)
{
    const struct ct_catalogue *cat = k->world.cat;
    const struct ct_course *c = cat ? ct_catalogue_course(cat, key->text) : NULL;
    const struct ct_assignments *r = k->world.report;

    if (c) {
        key->rank = c - cat->courses;
        key->title = c->title;
        return;
    }
    for (size_t i = 0; i < r->n_requirements; i++)
        if (ct_sv_eq(r->requirements[i].course, key->text))
            key->title = r->requirements[i].course_title;
}

static void name_requirement(const struct ct_keys *k, struct ct_key *key)
{
    const struct ct_assignments *r = k->world.report;
    const struct ct_requirement *q =
        ct_requirement_find(r->requirements, r->n_requirements, key->text);

    if (q && q->n_rules)
        key->title = ct_requirement_asking(q, ct_day_of(r->as_of))->title;
}

static struct ct_key make_key(const struct ct_keys *k, struct ct_sv text)
{
    struct ct_key key = {ct_arena_dup(k->world.arena, text), text, INT64_MAX - 1, true, NULL};

    key.title = key.text;
    if (text.n == 0) {
        key.rank = INT64_MAX; /* who has none comes last */
        key.title = k->by == CT_GROUP_NONE ? CT_SV("") : CT_SV("None");
        return key;
    }
    switch (k->by) {
    case CT_GROUP_AGENCY:
    case CT_GROUP_UNIT:
    case CT_GROUP_TASK_FORCE:
        name_org(k, &key);
        break;
    case CT_GROUP_DISCIPLINE:
        name_discipline(k, &key);
        break;
    case CT_GROUP_COURSE:
        name_course(k, &key);
        break;
    case CT_GROUP_REQUIREMENT:
        name_requirement(k, &key);
        break;
    case CT_GROUP_NONE:
    case CT_GROUP_SUPERVISOR:
        break;
    }
    return key;
}

static size_t key_of(struct ct_keys *k, struct ct_sv text)
{
    bool is_new;
    size_t id = ct_names_id(k->names, text, &is_new);

    if (is_new) {
        struct ct_key key = make_key(k, text);
        CT_ARENA_PUSH(k->world.arena, k->keys, k->n, k->cap, key);
    }
    return id;
}

static void found(struct ct_keys *k, size_t id)
{
    for (size_t i = 0; i < k->n_found; i++)
        if (k->found[i] == id)
            return;
    CT_ARENA_PUSH(k->world.arena, k->found, k->n_found, k->cap_found, id);
}

static bool is_below(const struct ct_keys *k, const struct ct_org *o, const struct ct_org *above)
{
    while (o && o->id != above->id)
        o = o->parent ? ct_org_by_id(k->world.orgs, k->world.n_orgs, o->parent) : NULL;
    return o != NULL;
}

/* Where one agency, unit or task force was asked for, people's others are not looked at. */
static bool is_asked_for(const struct ct_keys *k, const struct ct_org *o)
{
    const struct ct_scope *s = k->world.scope;

    switch (o->kind) {
    case CT_ORG_AGENCY:
        return !s->agency || s->agency->id == o->id;
    case CT_ORG_UNIT:
        return !s->unit || is_below(k, o, s->unit);
    case CT_ORG_TASK_FORCE:
        return !s->task_force || s->task_force->id == o->id;
    }
    return true;
}

/* Each path of a list, and of a unit those above it. */
static void find_orgs(struct ct_keys *k, struct ct_sv paths)
{
    struct ct_sv path;

    while (paths.n && ct_sv_split(&paths, ';', &path)) {
        size_t id = key_of(k, ct_sv_trim(path));
        const struct ct_org *o = k->keys[id].org;
        if (!o)
            continue;
        while (o) {
            if (is_asked_for(k, o))
                found(k, key_of(k, o->path));
            o = o->parent ? ct_org_by_id(k->world.orgs, k->world.n_orgs, o->parent) : NULL;
        }
    }
}

static void find_person_keys(struct ct_keys *k, const struct ct_assignment *row)
{
    const struct ct_assignee *p = row->person;

    switch (k->by) {
    case CT_GROUP_AGENCY:
        find_orgs(k, p->agency);
        break;
    case CT_GROUP_UNIT:
        find_orgs(k, p->unit);
        break;
    case CT_GROUP_TASK_FORCE: /* who may only be counted is so in the one that was asked for */
        find_orgs(k, row->is_counted && k->world.scope->task_force
                         ? k->world.scope->task_force->path
                         : p->task_forces);
        break;
    case CT_GROUP_DISCIPLINE:
        found(k, key_of(k, p->discipline));
        break;
    case CT_GROUP_SUPERVISOR:
        found(k, key_of(k, p->supervisor));
        break;
    case CT_GROUP_NONE:
    case CT_GROUP_COURSE:
    case CT_GROUP_REQUIREMENT:
        break;
    }
    if (k->n_found == 0)
        found(k, key_of(k, CT_SV("")));
}

const size_t *ct_keys_of(struct ct_keys *k, const struct ct_assignment *row, size_t *ret_n)
{
    bool is_of_row = k->by == CT_GROUP_COURSE || k->by == CT_GROUP_REQUIREMENT;

    if (is_of_row || k->person != row->person) {
        k->n_found = 0;
        k->person = row->person;
        if (is_of_row)
            found(k, key_of(k, k->by == CT_GROUP_COURSE ? row->requirement->course
                                                        : row->requirement->slug));
        else
            find_person_keys(k, row);
    }
    *ret_n = k->n_found;
    return k->found;
}
