/*
 * ct/text/form.h: fields of a query string or of an application/x-www-form-urlencoded body (WHATWG
 * URL, 5.1). Order and repetition are kept; names and values are decoded.
 */
#ifndef CT_TEXT_FORM_H
#define CT_TEXT_FORM_H

#include "ct/base/arena.h"
#include "ct/base/err.h"

struct ct_form_field {
    struct ct_sv name, value;
};

struct ct_form {
    struct ct_form_field *fields;
    size_t n;
};

/* Parses into the arena. One leading '?' is skipped. A NUL follows each name and value. CT_OK;
 * CT_BAD_INPUT for a broken % escape, a NUL or bytes that are not UTF-8 (what: the field, so far as
 * known); CT_TOO_BIG for more than CT_FIELDS_MAX fields. */
int ct_form_parse(struct ct_arena *a, struct ct_sv text, struct ct_form *ret, struct ct_err *err);

/* The first value of a field; the null view if the field is absent. */
struct ct_sv ct_form_get(const struct ct_form *f, const char *name);

#endif
