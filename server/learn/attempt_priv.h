/*
 * attempt_priv.h: what beginning, reading and submitting tries share.
 */
#ifndef CT_LEARN_ATTEMPT_PRIV_H
#define CT_LEARN_ATTEMPT_PRIV_H

#include "completion_priv.h"

#include "ct/learn/attempt.h"

/* Reads the latest stored answer of each question of the attempt into answers[], which has at->n
 * places; n == 0 where there is none. Also writer-side. */
int ct_attempt_answers(struct ct_db *db, struct ct_arena *a, const struct ct_attempt *at,
                       struct ct_answer *answers, struct ct_err *err);

/* Grades answers[] into grades[] and returns the score: of the points that can be had, in percent,
 * rounded down; 100 if nothing is graded. */
int ct_attempt_grade(struct ct_arena *a, const struct ct_attempt *at,
                     const struct ct_answer *answers, struct ct_grade *grades);

#endif
