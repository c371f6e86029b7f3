/*
 * change_priv.h: what a part of a module says to learners of one discipline, as a text that can be
 * compared. Lines and places in the file are not in it.
 */
#ifndef CT_COURSE_CHANGE_PRIV_H
#define CT_COURSE_CHANGE_PRIV_H

#include "ct/base/str.h"
#include "ct/course/change.h"

/* More than any source can make. */
enum { CT_CHANGE_TEXT_MAX = 64 * 1024 * 1024 };

void ct_change_blocks(struct ct_str *out, const struct ct_block *blocks, size_t n, ct_disc_set set);
void ct_change_section(struct ct_str *out, const struct ct_section *s, ct_disc_set set);
void ct_change_scene(struct ct_str *out, const struct ct_scenario *sc, const struct ct_scene *scene,
                     ct_disc_set set);
/* What is asked, and which answers are taken. */
void ct_change_question(struct ct_str *out, const struct ct_question *q);
/* Points, objectives and what is said to an answer: the rest of a question. */
void ct_change_feedback(struct ct_str *out, const struct ct_question *q);

/* How much of two texts is the same, 0..1: of the words of both, marks left out. */
double ct_change_alike(struct ct_arena *a, struct ct_sv x, struct ct_sv y);

#endif
