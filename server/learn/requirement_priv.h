/*
 * requirement_priv.h: what the files about requirements share.
 */
#ifndef CT_LEARN_REQUIREMENT_PRIV_H
#define CT_LEARN_REQUIREMENT_PRIV_H

#include "ct/learn/requirement.h"

/* Which version of a requirement's rules was recorded last: its id; 0: there is none. */
int ct_requirement_newest(struct ct_db *db, int64_t requirement, int64_t *ret, struct ct_err *err);

/* What kind one is of. CT_NOT_FOUND. */
int ct_requirement_kind(struct ct_db *db, int64_t requirement, enum ct_requirement_kind *ret,
                        struct ct_err *err);

/* Writer-side: another rule of one, that was checked or follows from one that was; of an end (which
 * keeps the texts of the newest rule) the day alone is read. */
int ct_requirement_put(struct ct_db *db, int64_t requirement,
                       const struct ct_requirement_rule *rule, int64_t now, int64_t by,
                       struct ct_err *err);

/* Whether there is a type of credit, or it is null. CT_BAD_INPUT (what: "credit_type"). */
int ct_credit_type_check(struct ct_db *db, struct ct_sv type, struct ct_err *err);

#endif
