/*
 * ct/course/shares.h: how the runs of a scenario end, by how it is played. For trainers, who want
 * to know whether a case is fair: whether care is rewarded, and what chance alone comes to.
 *
 * The shares are computed from all states that exploring finds, not sampled, so that the same text
 * always gives the same figures.
 */
#ifndef CT_COURSE_SHARES_H
#define CT_COURSE_SHARES_H

#include "ct/course/scenario.h"

enum ct_manner {
    CT_PLAY_RANDOM,  /* every open choice is as likely as the others */
    CT_PLAY_MOSTLY,  /* three times in four with care, else at random */
    CT_PLAY_CAREFUL, /* the open choice after which runs played at random come to most; equally good
                        ones are equally likely. A run comes to 1 in the best ending, which is the
                        first written one that can pass; to 1/2 where it passes in another; else to
                        nothing */
    CT_MANNERS
};

struct ct_shares {
    bool complete;  /* false: more states than the limit; there are no figures then */
    double *ending; /* per scene of the scenario: the share of runs that end in it, 0 to 1 */
    double passed;  /* the share of runs that pass, 0 to 1 */
    double unended; /* the share of runs that had not ended after CT_SHARES_STEPS choices, or that
                       stand where no choice is open; 0 to 1 */
};

enum { CT_SHARES_STEPS = 1000 };

/* Computes the shares from one chair for each manner: ret[CT_MANNERS]. `limit` as in
 * ct_scenario_explore. The figures live in the arena. CT_OK; CT_INTERNAL only for a scenario with
 * errors. */
int ct_scenario_shares(struct ct_arena *a, const struct ct_scenario *sc, ct_disc_set chair,
                       size_t limit, struct ct_shares ret[CT_MANNERS], struct ct_err *err);

#endif
