/*
 * state_set_priv.h: the states of a scenario, each once, numbered in the order in which they were
 * put in. A state is packed into a few words and found again in a hash table of indices.
 */
#ifndef CT_COURSE_STATE_SET_PRIV_H
#define CT_COURSE_STATE_SET_PRIV_H

#include "scenario_priv.h"

#define CT_NO_STATE UINT32_MAX

enum { CT_STATE_FIELDS_MAX = CT_VARS_MAX + 2 }; /* the scene, the variables, the once-choices */

struct ct_state_set {
    struct ct_arena *arena;
    const struct ct_scenario *sc;
    struct ct_state_field {
        size_t word;
        unsigned shift;
    } fields[CT_STATE_FIELDS_MAX];
    size_t key_words;
    uint64_t *keys; /* key_words each */
    size_t n, cap;
    uint32_t *table; /* indices plus 1; 0: free */
    size_t slots;
};

/* An empty set, whose states live in the arena. The scenario has at most CT_VARS_MAX variables. */
void ct_state_set_init(struct ct_state_set *set, struct ct_arena *a, const struct ct_scenario *sc);

/* The number of a state, which is put in if it is not there yet and fewer than `limit` are;
 * CT_NO_STATE if the limit keeps it out. *ret_fresh: it was not there before. */
uint32_t ct_state_set_put(struct ct_state_set *set, const struct ct_state *s, size_t limit,
                          bool *ret_fresh);

/* A state by its number. */
void ct_state_set_get(const struct ct_state_set *set, size_t state, struct ct_state *ret);

#endif
