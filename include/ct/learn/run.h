/*
 * ct/learn/run.h: a learner's play of a scenario from one chair, step by step.
 *
 * A run keeps the revision of the text it began on and finishes on it. Each choice is a row with
 * the state after it; the latest is where the run stands.
 */
#ifndef CT_LEARN_RUN_H
#define CT_LEARN_RUN_H

#include "ct/learn/learner.h"

struct ct_run_step {
    size_t scene;  /* where the choice was made */
    size_t choice; /* which */
    struct ct_state after;
    int64_t at;
};

struct ct_run {
    int64_t id;
    const struct ct_course *course;
    const struct ct_module *module; /* of the revision it began on */
    const struct ct_scenario *scenario;
    struct ct_sv discipline, chair; /* slugs: the learner's, and the chair's */
    ct_disc_set chair_set;
    struct ct_state state, before; /* now; before the last choice (now, if none was made) */
    struct ct_run_step *steps;
    size_t n_steps;
    bool ended, passed;
    int64_t started_at, ended_at;
};

/* Starts one from a chair (a discipline's slug). CT_NOT_FOUND if the module is no scenario;
 * CT_BAD_INPUT (what: "chair") if the scenario has no such chair. A run may end at once. */
int ct_run_start(const struct ct_desk *d, const struct ct_course *c, const struct ct_module *m,
                 struct ct_sv chair, int64_t *ret_id, struct ct_err *err);

/* One's own run; CT_NOT_FOUND for anybody else's. */
int ct_run_get(const struct ct_desk *d, int64_t id, struct ct_run *ret, struct ct_err *err);

/* Takes a choice. `step` is the number of choices the page showed as made: CT_CONFLICT if the run
 * has moved on since, if the choice is not open, the run has ended, or the person's discipline has
 * changed since it began; CT_BAD_INPUT (what: "choice") if there is no such choice. Reaching a
 * passing ending completes the module. */
int ct_run_choose(const struct ct_desk *d, const struct ct_run *run, int64_t step, int64_t choice,
                  struct ct_err *err);

struct ct_run_summary {
    int64_t id, started_at, ended_at; /* ended_at 0: still open */
    struct ct_sv chair;
    struct ct_sv ending_title; /* of the revision played, as far as known */
    bool passed;
};
/* One's runs of a module, newest first. */
int ct_run_list(const struct ct_desk *d, const struct ct_course *c, const struct ct_module *m,
                struct ct_run_summary **ret, size_t *ret_n, struct ct_err *err);

#endif
