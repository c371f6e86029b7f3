/*
 * ct/learn/attempt.h: tries of a module's quiz.
 *
 * An attempt is begun on a revision and keeps to it: the questions drawn, their order and the text.
 * Every saved answer is a row; the latest counts. Submitting grades on the server and is final. The
 * best result counts.
 */
#ifndef CT_LEARN_ATTEMPT_H
#define CT_LEARN_ATTEMPT_H

#include "ct/learn/learner.h"

struct ct_attempt {
    int64_t id;
    const struct ct_course *course;
    const struct ct_module *module; /* of the revision it began on */
    struct ct_sv discipline;
    uint64_t seed;
    const struct ct_question **questions; /* drawn, in order of display */
    struct ct_answer *answers;            /* the latest per question; n == 0: none */
    struct ct_grade *grades;              /* per question; NULL while it is open */
    size_t n;
    int64_t started_at, submitted_at; /* 0: open */
    int pass_mark;                    /* percent, as at the start */
    int score;                        /* percent, rounded down; -1 while open */
    bool passed;
    bool show_answers; /* submitted, and feedback and right answers may be shown:
                          at once, or once any attempt was passed */
};

struct ct_tries {
    int used;           /* submitted */
    int left;           /* -1: any number */
    int64_t open;       /* id of the open one; 0: none */
    int64_t wait_until; /* a new one may begin then; 0: now */
    int best;           /* percent; -1: none */
    bool passed;
    struct ct_try {
        int64_t id, submitted_at;
        int score;
        bool passed;
    } * list; /* submitted ones, newest first */
    size_t n;
};
int ct_attempt_tries(const struct ct_desk *d, const struct ct_course *c, const struct ct_module *m,
                     struct ct_tries *ret, struct ct_err *err);

/* Begins one, or returns the open one. CT_NOT_FOUND if the module has no quiz; CT_CONFLICT when no
 * try is left or the waiting time is not over (the text says until when). */
int ct_attempt_begin(const struct ct_desk *d, const struct ct_course *c, const struct ct_module *m,
                     int64_t *ret_id, struct ct_err *err);

/* One's own attempt at this module; CT_NOT_FOUND for anybody else's. */
int ct_attempt_get(const struct ct_desk *d, const struct ct_course *c, struct ct_sv module_id,
                   int64_t id, struct ct_attempt *ret, struct ct_err *err);

/* Saves the answers given in a form, leaving the others as they are; *ret_saved counts new rows: an
 * answer that is the same as the latest makes none. A question none of whose fields is in the form
 * keeps its answer; to take one back, send a blank field. With `submit` grades all that is stored
 * then, closes the attempt, and completes the module if that was what lacked. CT_BAD_INPUT names
 * the field: malformed, or of a question that is not in the attempt. CT_CONFLICT if it was
 * submitted already, or if the person's discipline has changed since it began. */
int ct_attempt_save(const struct ct_desk *d, const struct ct_attempt *at,
                    const struct ct_form *form, bool submit, size_t *ret_saved, struct ct_err *err);

#endif
