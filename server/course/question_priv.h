/*
 * question_priv.h: what the files about questions share.
 */
#ifndef CT_COURSE_QUESTION_PRIV_H
#define CT_COURSE_QUESTION_PRIV_H

#include "ct/course/question.h"

/* How many things `which` of ct_question_order counts; 0 for one that q has not. */
size_t ct_question_count(const struct ct_question *q, unsigned which);

/* ORDER: whether items i and j may change places: tied by the trainer, or reading the same. */
bool ct_question_tied(const struct ct_question *q, size_t i, size_t j);

/* A short text as it is compared: small letters, single blanks, straight quotes and dashes, without
 * punctuation at its end. */
struct ct_sv ct_text_fold(struct ct_arena *a, struct ct_sv text);

/* Whether two folded texts are the same but for at most `typos` edits, of which none changes a
 * digit. */
bool ct_text_near(struct ct_sv x, struct ct_sv y, int typos);

/* Reads what somebody typed as a number: "72", "72 hours", "1,000", "72.0", "0,5". */
bool ct_number_read(struct ct_arena *a, struct ct_sv text, struct ct_sv unit, double *ret);

#endif
