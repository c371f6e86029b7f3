/*
 * state_set.c: the packing of states into words, and the hash table that finds them again.
 */
#include "state_set_priv.h"

#include "ct/base/banned.h"

enum { TABLE_START = 1024 }; /* slots, a power of two */

static unsigned bits_for(uint64_t most)
{
    unsigned bits = 0;
    while (bits < 64 && most >> bits != 0)
        bits++;
    return bits;
}

/* Lays fields into words, none across two. */
static void lay_out(struct ct_state_set *set)
{
    const struct ct_scenario *sc = set->sc;
    unsigned once = 0;
    for (size_t i = 0; i < sc->n_scenes; i++)
        for (size_t k = 0; k < sc->scenes[i].n_choices; k++)
            if (sc->scenes[i].choices[k].once >= (int)once)
                once = (unsigned)sc->scenes[i].choices[k].once + 1;
    size_t word = 0;
    unsigned used = 0;
    for (size_t f = 0; f < sc->n_variables + 2; f++) {
        unsigned bits = bits_for(sc->n_scenes);
        if (f == 1)
            bits = once;
        else if (f > 1)
            bits = bits_for(
                (uint64_t)((int64_t)sc->variables[f - 2].high - (int64_t)sc->variables[f - 2].low));
        if (used + bits > 64 || used == 64) { /* a field of no bits has a place too */
            word++;
            used = 0;
        }
        set->fields[f] = (struct ct_state_field){word, used};
        used += bits;
    }
    set->key_words = word + 1;
}

static void put(const struct ct_state_set *set, uint64_t *key, size_t field, uint64_t value)
{
    key[set->fields[field].word] |= value << set->fields[field].shift;
}

static void pack(const struct ct_state_set *set, const struct ct_state *s, uint64_t *key)
{
    memset(key, 0, set->key_words * sizeof *key);
    put(set, key, 0, s->scene);
    put(set, key, 1, s->used);
    for (size_t i = 0; i < set->sc->n_variables; i++)
        put(set, key, i + 2, (uint64_t)((int64_t)s->variables[i] - set->sc->variables[i].low));
}

/* The field, cut off where the next one of its word begins. */
static uint64_t get(const struct ct_state_set *set, const uint64_t *key, size_t field)
{
    uint64_t value = key[set->fields[field].word] >> set->fields[field].shift;
    if (field + 1 < set->sc->n_variables + 2 &&
        set->fields[field + 1].word == set->fields[field].word) {
        unsigned bits = set->fields[field + 1].shift - set->fields[field].shift;
        value &= ((uint64_t)1 << bits) - 1;
    }
    return value;
}

void ct_state_set_get(const struct ct_state_set *set, size_t state, struct ct_state *s)
{
    const uint64_t *key = set->keys + state * set->key_words;
    *s = (struct ct_state){.scene = (size_t)get(set, key, 0), .used = get(set, key, 1)};
    for (size_t i = 0; i < set->sc->n_variables; i++)
        s->variables[i] = (int)((int64_t)get(set, key, i + 2) + set->sc->variables[i].low);
}

static size_t hash(const uint64_t *key, size_t words)
{
    uint64_t h = 0;
    for (size_t i = 0; i < words; i++) {
        h = (h ^ key[i]) * 0x9e3779b97f4a7c15u;
        h ^= h >> 29;
    }
    return (size_t)(h ^ (h >> 32));
}

/* The slot that holds the key, or the free one where it belongs. */
static size_t slot_of(const struct ct_state_set *set, const uint64_t *key)
{
    size_t i = hash(key, set->key_words) & (set->slots - 1);
    while (set->table[i] != 0 && memcmp(set->keys + (set->table[i] - 1) * set->key_words, key,
                                        set->key_words * sizeof *key) != 0)
        i = (i + 1) & (set->slots - 1);
    return i;
}

/* At most half full, so that a search stays short. */
static void make_room(struct ct_state_set *set)
{
    if (set->slots > 0 && (set->n + 1) * 2 <= set->slots)
        return;
    set->slots = set->slots == 0 ? TABLE_START : set->slots * 2;
    set->table = ct_arena_array(set->arena, uint32_t, set->slots);
    for (size_t i = 0; i < set->n; i++)
        set->table[slot_of(set, set->keys + i * set->key_words)] = (uint32_t)i + 1;
}

void ct_state_set_init(struct ct_state_set *set, struct ct_arena *a, const struct ct_scenario *sc)
{
    *set = (struct ct_state_set){.arena = a, .sc = sc};
    lay_out(set);
}

uint32_t ct_state_set_put(struct ct_state_set *set, const struct ct_state *s, size_t limit,
                          bool *ret_fresh)
{
    uint64_t key[CT_STATE_FIELDS_MAX];
    make_room(set);
    pack(set, s, key);
    size_t slot = slot_of(set, key);
    *ret_fresh = set->table[slot] == 0;
    if (!*ret_fresh)
        return set->table[slot] - 1;
    if (set->n >= limit)
        return CT_NO_STATE;
    set->keys =
        ct_arena_grow(set->arena, set->keys, set->n, &set->cap, set->key_words * sizeof *set->keys);
    memcpy(set->keys + set->n * set->key_words, key, set->key_words * sizeof *key);
    set->table[slot] = (uint32_t)set->n + 1;
    return (uint32_t)set->n++;
}
