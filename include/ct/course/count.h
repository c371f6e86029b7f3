/*
 * ct/course/count.h: what of a course counts for a discipline: for its progress, its completion and
 * its score. Every report and every certificate asks here.
 */
#ifndef CT_COURSE_COUNT_H
#define CT_COURSE_COUNT_H

#include "ct/course/catalogue.h"

/* Whether a module has anything to do for a discipline: it is meant for it, and has a section for
 * it, a quiz or a scenario. Others count neither for a course's progress nor for its completion. */
bool ct_module_counts(const struct ct_module *m, ct_disc_set set);
/* Whether its quiz counts for the course's score. */
bool ct_module_graded(const struct ct_module *m, ct_disc_set set);
/* How many modules of a course count. */
size_t ct_course_counts(const struct ct_course *c, ct_disc_set set);
/* Whether people of a discipline must take the course. */
bool ct_course_required(const struct ct_course *c, ct_disc_set set);

#endif
