/*
 * certificate_priv.h: what reading and changing certificates share.
 */
#ifndef CT_LEARN_CERTIFICATE_PRIV_H
#define CT_LEARN_CERTIFICATE_PRIV_H

#include "ct/learn/certificate.h"
#include "ct/learn/home.h"

/* A code as people type it, as it is stored; "" for what cannot be one. */
struct ct_sv ct_certificate_code(struct ct_arena *a, struct ct_sv typed);

/* Its days where its person was, from its moments and months. */
void ct_certificate_find_days(struct ct_certificate *c, const struct ct_home *home);

/* Writer-side, or of a reader with !apply: the name that a person's certificates bear from now on,
 * checked. *ret_changed: it is (or would be) another than was recorded. CT_NOT_FOUND. */
int ct_certificate_put_name(struct ct_db *db, int64_t person, struct ct_sv name, int64_t now,
                            int64_t by, bool apply, bool *ret_changed, struct ct_err *err);

#endif
