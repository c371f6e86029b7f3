/*
 * question_stats_priv.h: first attempts as question_stats_read.c finds them, for question_stats.c,
 * which counts.
 */
#ifndef CT_LEARN_QUESTION_STATS_PRIV_H
#define CT_LEARN_QUESTION_STATS_PRIV_H

#include "ct/learn/question_stats.h"

/* A person's first submitted attempt that had a question. */
struct ct_first {
    size_t question; /* index in the live quiz */
    int discipline;  /* of the attempt, by the catalogue's index; -1: no longer known */
    bool graded;     /* false: a survey or reflection, of which only the answer counts */
    double share;
    bool has_rest; /* the attempt had other graded questions */
    double rest;   /* their score, 0..1 */
    bool answered;
    struct ct_answer answer;
};

struct ct_firsts {
    struct ct_first *items;
    size_t n, cap;
    size_t people; /* who has any */
};

/* Reads them from all submitted attempts of the module, in the order of the attempts. `keep` holds
 * the answers. */
int ct_firsts_read(struct ct_db *db, struct ct_arena *keep, const struct ct_catalogue *cat,
                   const struct ct_course *c, const struct ct_module *m, struct ct_firsts *ret,
                   struct ct_err *err);

#endif
