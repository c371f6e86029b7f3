/*
 * credit_priv.h: what the files about credit share: what people did, as far as credit is counted
 * from it.
 */
#ifndef CT_LEARN_CREDIT_PRIV_H
#define CT_LEARN_CREDIT_PRIV_H

#include "ct/learn/credit.h"

/* A completed course, outside training that was approved, or a course completed before. */
struct ct_credit_done {
    int64_t person, completion, training, past;
    struct ct_sv course, certificate; /* as in struct ct_credit */
    struct ct_sv type;                /* that outside training names; null: none */
    struct ct_credit_work work;       /* without attested, repeated and earned */
};

/* The types whose attestation was given for a completion. */
struct ct_credit_attested {
    int64_t completion;
    struct ct_sv type;
};

struct ct_credit_works {
    struct ct_credit_done *done; /* by person, then day */
    size_t n;
    struct ct_credit_attested *attested; /* by completion */
    size_t n_attested;
    struct ct_credit_licence {
        int64_t person;
        struct ct_sv body;
    } * licences; /* by person */
    size_t n_licences;
};

/* What was done up to a moment. `person`: 0: everybody. `known`: NULL: nothing was read yet. */
int ct_credit_works(struct ct_db *db, struct ct_arena *a, int64_t person, int64_t as_of,
                    const struct ct_credit_known *known, struct ct_credit_works *ret,
                    struct ct_err *err);

bool ct_credit_is_attested(const struct ct_credit_works *w, int64_t completion, struct ct_sv type);
struct ct_sv ct_credit_licence_of(const struct ct_credit_works *w, int64_t person); /* null: none */

#endif
