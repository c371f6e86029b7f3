/*
 * credits_priv.h: the pages about credit, for administrators: types with their rules, approvals of
 * courses. Both forms are told as a list of fields, which one template shows.
 */
#ifndef CT_WEB_CREDITS_PRIV_H
#define CT_WEB_CREDITS_PRIV_H

#include "requirements_priv.h"

#include "ct/report/credit_report.h"

/* page_credits.c, page_credit_type.c, page_credit_approval.c */
ct_handler ct_get_credits;
ct_handler ct_get_credit_type, ct_post_credit_type, ct_post_credit_type_end;
ct_handler ct_get_credit_approval, ct_post_credit_approval, ct_post_credit_withdraw;

/* As it was typed. */
struct ct_credit_type_input {
    struct ct_sv type, title, source, from, hour, step, round, basis, needs, active, score,
        attestation, repeats, maximum, year;
    struct ct_form disciplines;
    int64_t newest;
};
extern const struct ct_field ct_credit_type_form[];

struct ct_credit_end_input {
    struct ct_sv on;
    int64_t newest;
};
extern const struct ct_field ct_credit_end_form[];

struct ct_credit_approval_input {
    struct ct_sv course, type, state, body, number, hours, from, until, note;
    int64_t row;
};
extern const struct ct_field ct_credit_approval_form[];

struct ct_credit_withdraw_input {
    struct ct_sv reason, on;
    int64_t row;
};
extern const struct ct_field ct_credit_withdraw_form[];

/* ---- credit_form.c: a form as a list of fields (form-field.mustache) ---- */

enum ct_edit_kind { CT_EDIT_LINE, CT_EDIT_AREA, CT_EDIT_DAY, CT_EDIT_SELECT };
struct ct_edit_field {
    const char *name, *label, *hint; /* hint: NULL for none */
    enum ct_edit_kind kind;
    bool is_required;
    struct ct_sv value;
    json_t *options; /* of SELECT: taken over; NULL else */
};

/* An entry of `options`. */
json_t *ct_edit_option(struct ct_sv value, struct ct_sv title, struct ct_sv chosen);

json_t *ct_edit_fields(const struct ct_edit_field *fields, size_t n,
                       const struct ct_form_errors *errors);

/* A day as it was typed: CT_DAY_NONE, with an error at its field, for what is none; `otherwise`
 * where nothing was typed. */
int ct_edit_day(struct ct_arena *a, struct ct_sv typed, const char *field, int otherwise,
                struct ct_form_errors *errors);
/* Hundredths of an hour, a whole number: likewise -1. */
int ct_edit_hours(struct ct_arena *a, struct ct_sv typed, const char *field, int otherwise,
                  struct ct_form_errors *errors);
int ct_edit_number(struct ct_arena *a, struct ct_sv typed, const char *field, int otherwise,
                   struct ct_form_errors *errors);

struct ct_sv ct_edit_day_text(struct ct_arena *a, int day); /* "" for CT_DAY_NONE */

#endif
