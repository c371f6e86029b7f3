/*
 * scenario_check_priv.h: what the parts of the proof of a scenario share: scenario_check.c explores
 * from every chair, scenario_report.c says which ways of playing go wrong, scenario_idle.c what of
 * the scenario has no use.
 */
#ifndef CT_COURSE_SCENARIO_CHECK_PRIV_H
#define CT_COURSE_SCENARIO_CHECK_PRIV_H

#include "scenario_lift_priv.h"

/* What exploring found from each chair. */
struct ct_findings {
    struct ct_scenario_lift *s;
    ct_disc_set chairs[CT_DISCIPLINES_MAX]; /* one discipline each; or one of CT_DISC_ALL */
    struct ct_exploration found[CT_DISCIPLINES_MAX];
    size_t n;
    bool complete; /* from every chair: only then may it be said that something never happens */
};

/* " for prosecutors": nothing where it is so for everybody. */
struct ct_sv ct_findings_chairs(const struct ct_findings *f, ct_disc_set set);

/* "at the start", or the choices that lead there: "after "Wait", "Talk"". */
struct ct_sv ct_findings_steps(struct ct_arena *a, const struct ct_path *path);

/* The shortest of all chairs' shortest ways to a scene; NULL: no chair reaches it. */
const struct ct_path *ct_findings_way(const struct ct_findings *f, size_t scene);

/* Dead ends, loops, passing out of reach, scenes that nobody reaches, and what was not proved. */
void ct_scenario_report(struct ct_findings *f);

/* Variables that stay at an end of their range, choices that are never open, effects that change
 * nothing. Only for a proof that is complete. */
void ct_scenario_report_idle(struct ct_findings *f);

#endif
