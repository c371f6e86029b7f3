/*
 * form_priv.h: forms that come back with what was typed and with what is wrong at each field.
 */
#ifndef CT_WEB_FORM_PRIV_H
#define CT_WEB_FORM_PRIV_H

#include "ct/text/json.h"
#include "ct/web/http.h"

/* What is wrong with a form: one sentence for each field that has something. */
struct ct_form_errors {
    struct ct_form_error {
        const char *field;
        struct ct_sv text;
    } items[24];
    size_t n;
};

/* Adds one, its first letter a capital, a full stop behind it; of one field the first counts. */
void ct_form_error_add(struct ct_arena *a, struct ct_form_errors *e, const char *field,
                       struct ct_sv text);
/* The sentence of a field; null for none. New reference. */
json_t *ct_form_error_of(const struct ct_form_errors *e, const char *field);
/* The list for the summary: href, text. New reference. */
json_t *ct_form_error_list(struct ct_arena *a, const struct ct_form_errors *e);

/* form_fields.c: a form of a few fields, as form-fields.mustache shows it. */
struct ct_form_row {
    const char *id, *name, *label;
    const char *type; /* of the input: "text", "email", "date", "number"; NULL: a list of options */
    int max;          /* bytes; of a number the greatest; 0: no bound */
    bool required;
    const char *value; /* at first; NULL: none */
};

/* The list of fields: `problem` is what is wrong with the posted form, whose values are shown
 * again; NULL for a form that was not posted. A problem with what is no field of it stands at the
 * first one. `options`: for each row without a type, in their order, a list of value, title;
 * references are taken over. */
json_t *ct_form_fields(const struct ct_request *rq, const struct ct_form_row *rows, size_t n,
                       json_t *const *options, const struct ct_err *problem);

#endif
