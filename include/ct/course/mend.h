/*
 * ct/course/mend.h: putting mends into a source. What a mend is: ct/course/problem.h.
 */
#ifndef CT_COURSE_MEND_H
#define CT_COURSE_MEND_H

#include "ct/course/problem.h"

/* The source with the n mends put in, in the arena. Its line ends stay as they are. Of mends that
 * overlap the first by line is taken, the others wait. taken[i]: whether mends[i] was put in. */
struct ct_sv ct_mend_apply(struct ct_arena *a, struct ct_sv source,
                           const struct ct_mend *const *mends, size_t n, bool *taken);

#endif
