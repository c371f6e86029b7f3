/*
 * server/course/names.c: names in use, and slugs made unique among them. A hash table, because a
 * file may hold a hundred thousand headings of the same name.
 */
#include "lift_priv.h"

#include "ct/base/banned.h"

static uint32_t hash_of(struct ct_sv s)
{
    uint32_t h = 2166136261u; /* FNV-1a */
    for (size_t i = 0; i < s.n; i++)
        h = (h ^ (unsigned char)s.p[i]) * 16777619u;
    return h;
}

/* The slot of a name, or the empty one where it would go. */
static size_t slot_of(const struct ct_lift_names *names, struct ct_sv name)
{
    size_t i = hash_of(name) & (names->n_slots - 1);
    while (names->slots[i] && !ct_sv_eq(names->items[names->slots[i] - 1].name, name))
        i = (i + 1) & (names->n_slots - 1);
    return i;
}

size_t ct_lift_name_find(const struct ct_lift_names *names, struct ct_sv name)
{
    if (names->n_slots == 0)
        return SIZE_MAX;
    uint32_t at = names->slots[slot_of(names, name)];
    return at ? at - 1 : SIZE_MAX;
}

bool ct_lift_name_taken(const struct ct_lift_names *names, struct ct_sv name)
{
    return ct_lift_name_find(names, name) != SIZE_MAX;
}

static void make_room(struct ct_lift *l, struct ct_lift_names *names)
{
    if (2 * (names->n + 1) <= names->n_slots)
        return;
    names->n_slots = names->n_slots ? 2 * names->n_slots : 32;
    names->slots = ct_arena_array(l->arena, uint32_t, names->n_slots);
    for (size_t i = names->n; i-- > 0;) /* backwards, so that the first of equal names is found */
        names->slots[slot_of(names, names->items[i].name)] = (uint32_t)(i + 1);
}

void ct_lift_name_add(struct ct_lift *l, struct ct_lift_names *names, struct ct_sv name)
{
    struct ct_lift_name item = {name, 0};
    make_room(l, names);
    size_t slot = slot_of(names, name);
    CT_ARENA_PUSH(l->arena, names->items, names->n, names->cap, item);
    if (!names->slots[slot])
        names->slots[slot] = (uint32_t)names->n;
}

struct ct_sv ct_lift_name_unique(struct ct_lift *l, struct ct_lift_names *names, struct ct_sv base)
{
    struct ct_sv name = base;
    size_t at = ct_lift_name_find(names, base);
    while (ct_lift_name_taken(names, name))
        name = ct_arena_printf(l->arena, "%.*s-%u", CT_SV_ARG(base), ++names->items[at].suffix);
    ct_lift_name_add(l, names, name);
    return name;
}

struct ct_sv ct_lift_slug(struct ct_lift *l, struct ct_lift_names *names, struct ct_sv text)
{
    return ct_lift_name_unique(l, names, ct_url_slug(l->arena, text));
}
