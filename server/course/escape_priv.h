/*
 * escape_priv.h: a plain text as Markdown that says the same.
 */
#ifndef CT_COURSE_ESCAPE_PRIV_H
#define CT_COURSE_ESCAPE_PRIV_H

#include "ct/base/arena.h"

/* One line, for a heading or for a place behind other text of a line. A front that would make the
 * heading something else to the checker, as "Scenario:" or "Hint:", is parted by a dash instead. */
struct ct_sv ct_escape_title(struct ct_arena *a, struct ct_sv title);

#endif
