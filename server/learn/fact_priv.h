/*
 * fact_priv.h: recording a fact inside another's job.
 */
#ifndef CT_LEARN_FACT_PRIV_H
#define CT_LEARN_FACT_PRIV_H

#include "ct/learn/fact.h"

struct ct_fact_change {
    int64_t person, now, by;
    struct ct_sv field, value, since; /* checked */
};

/* Writer-side: the row, and the account in step with it. */
int ct_fact_put(struct ct_db *db, const struct ct_fact_change *c, bool *ret_changed,
                struct ct_err *err);

/* Writer-side: the row alone, of somebody of whom nothing was said yet. */
int ct_fact_insert(struct ct_db *db, const struct ct_fact_change *c, struct ct_err *err);

/* Writer-side or of a reader: what is known of the change's field on its day. */
int ct_fact_same(struct ct_db *db, const struct ct_fact_change *c, bool *ret, struct ct_err *err);

#endif
