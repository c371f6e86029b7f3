/*
 * ct/learn/question_stats.h: how a module's quiz questions do, from submitted attempts. Numbers
 * only, never who.
 *
 * An attempt counts for a question of the live text when the question reads the same in the
 * revision that the attempt was on (ct_question_same). "First" is a person's first submitted
 * attempt that had the question. Numbers of a discipline with fewer than CT_STATS_LEAST people are
 * not told, because with few people numbers are names.
 */
#ifndef CT_LEARN_QUESTION_STATS_H
#define CT_LEARN_QUESTION_STATS_H

#include "ct/learn/learner.h"

enum {
    CT_STATS_LEAST = 5,      /* people, for numbers of a discipline */
    CT_STATS_FLAG_LEAST = 10 /* people, for a flag */
};

enum ct_stats_flag {
    CT_FLAG_NONE,
    CT_FLAG_NEARLY_ALL_FAIL, /* under 20 % right at first */
    CT_FLAG_NEARLY_ALL_PASS, /* over 95 % */
    CT_FLAG_MISLEADS         /* those good at the rest get it wrong: discrimination under -0.1 */
};

struct ct_stats_share {
    size_t people, right; /* first attempts; fully right ones */
    double mean;          /* 0..1 of the points */
};

struct ct_question_stats {
    const struct ct_question *question;
    struct ct_stats_share all;
    struct ct_stats_share *by_discipline; /* by the catalogue's index; people 0 where not told */
    size_t
        *chosen; /* SINGLE, MULTIPLE: per option; ORDER, MATCH, GAPS: per part, how often right */
    size_t n_chosen;
    bool has_discrimination;
    double discrimination; /* -1..1: point-biserial with the score of the rest of the attempt, first
                              attempts; told from 10 people on */
    enum ct_stats_flag flag;
};

/* The statistics of the live quiz, in written order. CT_OK also when nobody tried; CT_NOT_FOUND for
 * a module without a quiz. */
int ct_question_stats(struct ct_db *db, struct ct_arena *a, const struct ct_catalogue *cat,
                      const struct ct_course *c, const struct ct_module *m,
                      struct ct_question_stats **ret, size_t *ret_n, size_t *ret_people,
                      struct ct_err *err);

#endif
