/*
 * ct/learn/completion.h: the record. Who finished what, as which discipline, on which text, when.
 *
 * Append only: a repeat is another row, nothing is overwritten. Rows are written by the jobs of
 * progress, attempt and run through completion_priv.h; here they are read. Certificates are
 * certificate.h.
 */
#ifndef CT_LEARN_COMPLETION_H
#define CT_LEARN_COMPLETION_H

#include "ct/learn/learner.h"

struct ct_completion {
    int64_t id;
    struct ct_sv course, course_title;
    struct ct_sv module, module_title; /* null: the whole course */
    struct ct_sv discipline;           /* as it was that day */
    struct ct_sv revision; /* BLAKE2b-256 in hexadecimal, of the module's source or the course */
    int score;             /* percent; -1: nothing was graded */
    int minutes;
    int64_t at;
    int on;                   /* the day of it where the person was (home.h) */
    struct ct_sv certificate; /* code; null: none */
};

/* A person's completions, newest first. */
int ct_completion_list(struct ct_db *db, struct ct_arena *a, int64_t person,
                       struct ct_completion **ret, size_t *ret_n, struct ct_err *err);

#endif
