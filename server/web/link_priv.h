/*
 * link_priv.h: what the pages behind one-time links and behind invitations have in common: fields
 * with their problems, a link that leads nowhere any more, and signing in at the end.
 */
#ifndef CT_WEB_LINK_PRIV_H
#define CT_WEB_LINK_PRIV_H

#include "pages_priv.h"

/* What is wrong with a field, or null. */
json_t *ct_link_problem(const struct ct_err *problem, const char *field);

/* A sentence for whatever is wrong with none of name, email and password; else null. */
json_t *ct_link_other_problem(const struct ct_err *problem);

/* Whether both passwords are the same; if not, *err is CT_BAD_INPUT (what: "password"). */
bool ct_link_same_password(const struct ct_set_up_input *in, struct ct_err *err);

/* The page, 404, of a link that does not work any more; `detail` says what to do. */
int ct_link_closed(struct ct_request *rq, struct ct_response *rs, const char *detail,
                   const struct ct_err *missing, struct ct_err *err);

/* Signs a person in and leads to the front page. */
int ct_link_enter(struct ct_request *rq, struct ct_response *rs, int64_t person,
                  struct ct_err *err);

#endif
