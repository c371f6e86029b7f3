/*
 * certificate_priv.h: what reading and changing certificates share.
 */
#ifndef CT_LEARN_CERTIFICATE_PRIV_H
#define CT_LEARN_CERTIFICATE_PRIV_H

#include "ct/learn/certificate.h"

/* A code as people type it, as it is stored; "" for what cannot be one. */
struct ct_sv ct_certificate_code(struct ct_arena *a, struct ct_sv typed);

#endif
