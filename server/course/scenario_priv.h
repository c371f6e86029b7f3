/*
 * scenario_priv.h: what the player and the explorer of scenarios share.
 */
#ifndef CT_COURSE_SCENARIO_PRIV_H
#define CT_COURSE_SCENARIO_PRIV_H

#include "ct/course/module.h"

/* What the explorer wants to know of a step. */
struct ct_scenario_notes {
    bool *reached; /* per scene: was met, now or earlier */
    size_t *fresh; /* the scenes that were met for the first time; room for all */
    size_t n_fresh;
    bool *moved; /* of the choice taken, per effect: changed its variable, now or earlier */
};

/* Puts *s into scene `target`, through junctions to the first that is shown. `notes` may be NULL.
 * False if junctions lead in a circle or no rule holds. */
bool ct_scenario_enter(const struct ct_scenario *sc, ct_disc_set chair, size_t target,
                       struct ct_state *s, struct ct_scenario_notes *notes);

/* Takes a choice, which is open, without looking again: effects, watches, entering. */
bool ct_scenario_take(const struct ct_scenario *sc, ct_disc_set chair, const struct ct_state *s,
                      const struct ct_choice *choice, struct ct_state *ret,
                      struct ct_scenario_notes *notes);

/* The state before the first scene is entered. */
void ct_scenario_begin(const struct ct_scenario *sc, struct ct_state *ret);

#endif
