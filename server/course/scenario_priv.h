/*
 * scenario_priv.h: what the player and the explorer of scenarios share.
 */
#ifndef CT_COURSE_SCENARIO_PRIV_H
#define CT_COURSE_SCENARIO_PRIV_H

#include "ct/course/module.h"

/* Puts *s into scene `target`, through junctions to the first that is shown; marks each scene that
 * is met in `reached` (NULL: nowhere). False if junctions lead in a circle or no rule holds. */
bool ct_scenario_enter(const struct ct_scenario *sc, ct_disc_set chair, size_t target,
                       struct ct_state *s, bool *reached);

/* Takes choice i, which is open, without looking again: effects, watches, entering. */
bool ct_scenario_take(const struct ct_scenario *sc, ct_disc_set chair, const struct ct_state *s,
                      const struct ct_choice *choice, struct ct_state *ret, bool *reached);

/* The state before the first scene is entered. */
void ct_scenario_begin(const struct ct_scenario *sc, struct ct_state *ret);

#endif
