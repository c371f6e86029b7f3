/*
 * asked_priv.h: what is required of oneself, by one's agency or task force, as one's own pages show
 * it.
 */
#ifndef CT_WEB_ASKED_PRIV_H
#define CT_WEB_ASKED_PRIV_H

#include "pages_priv.h"

#include "ct/report/assignment.h"

/* One's own rows of today: the last period of each; none of who is not signed in. */
int ct_asked_read(const struct ct_request *rq, struct ct_assignments *ret, struct ct_err *err);

/* Whether nothing is left to do for it. */
bool ct_asked_is_met(enum ct_due_status status);

/* Where it is done; the null view where that is no one place, or is there no more. */
struct ct_sv ct_asked_href(const struct ct_request *rq, const struct ct_requirement *q);

/* Whether one of them asks for the whole course today, be it done or not. */
bool ct_asked_has_course(const struct ct_assignments *own, struct ct_sv course);

/* What is left to do: `asked` of asked.mustache. */
json_t *ct_model_asked(const struct ct_request *rq, const struct ct_assignments *own);

#endif
