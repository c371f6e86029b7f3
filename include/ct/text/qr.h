/*
 * ct/text/qr.h: a text as a QR code (ISO/IEC 18004), by libqrencode. The only place that includes
 * its header.
 */
#ifndef CT_TEXT_QR_H
#define CT_TEXT_QR_H

#include "ct/base/arena.h"
#include "ct/base/err.h"
#include "ct/base/str.h"

enum { CT_QR_QUIET = 4 }; /* modules of white that a code needs on each side */

struct ct_qr {
    size_t n;                  /* modules a side, without the white around it */
    const unsigned char *dark; /* n * n, row by row: 1 dark, 0 light */
};

/* With error correction of level M: a seventh of it may be unreadable. CT_BAD_INPUT for an empty
 * text; CT_TOO_BIG for one that no code holds. */
int ct_qr_make(struct ct_arena *a, struct ct_sv text, struct ct_qr *ret, struct ct_err *err);

/* Appends it as an <svg> element, black on white in any colour scheme. `name`: what a screen reader
 * says of it. */
void ct_qr_svg(const struct ct_qr *qr, struct ct_sv name, struct ct_str *out);

#endif
