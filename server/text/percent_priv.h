/*
 * percent_priv.h: percent-encoding (RFC 3986, 2.1) for form.c and url.c.
 */
#ifndef CT_TEXT_PERCENT_PRIV_H
#define CT_TEXT_PERCENT_PRIV_H

#include "ct/base/arena.h"
#include "ct/base/str.h"

/* Decodes %XX, and '+' as a blank if `plus`, into the arena; a NUL byte follows the result. Returns
 * NULL, or what is wrong, as words that fit behind "...: ": a broken escape, NUL or not UTF-8. */
const char *ct_percent_decode(struct ct_arena *a, struct ct_sv raw, bool plus, struct ct_sv *ret);

/* Appends s with every byte but letters, digits and "-._~" as %XX. */
void ct_percent_encode(struct ct_str *out, struct ct_sv s);

#endif
