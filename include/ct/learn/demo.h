/*
 * ct/learn/demo.h: Alder County, which does not exist: people of every discipline and role, with
 * finished, half-finished and no work, so that every page has something on it.
 *
 * The work is done through the same functions as a learner's, at moments spread over the past
 * weeks, so the records are such as the program itself makes.
 */
#ifndef CT_LEARN_DEMO_H
#define CT_LEARN_DEMO_H

#include "ct/learn/learner.h"

struct ct_demo_account {
    struct ct_sv role;                  /* "prosecutor", "manager", ... */
    struct ct_sv email, name, password; /* made at random for this run */
};

/* Fills an empty database; on one that has the county already only sets new passwords for the
 * accounts it returns. CT_CONFLICT if it holds other people. */
int ct_demo_fill(struct ct_store *s, const struct ct_catalogue *cat, const struct ct_clock *clock,
                 struct ct_arena *a, struct ct_demo_account **ret, size_t *ret_n,
                 struct ct_err *err);

#endif
