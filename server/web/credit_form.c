/*
 * credit_form.c: a form told as a list of fields, and what is typed into such fields.
 */
#include "credits_priv.h"
#include "view_priv.h"

#include "ct/base/banned.h"

enum { NUMBER_MAX = 1000000 };

json_t *ct_edit_option(struct ct_sv value, struct ct_sv title, struct ct_sv chosen)
{
    return json_pack("{s:o, s:o, s:b}", "value", ct_json_sv(value), "title", ct_json_sv(title),
                     "selected", ct_sv_eq(value, chosen));
}

/* What a field is described by: its hint, what is wrong with it. */
static json_t *described_by(const struct ct_edit_field *f, const json_t *error)
{
    bool is_wrong = json_is_string(error);

    if (!f->hint && !is_wrong)
        return json_null();
    return json_sprintf("%s%s%s%s%s", f->hint ? f->name : "", f->hint ? "-hint" : "",
                        f->hint && is_wrong ? " " : "", is_wrong ? f->name : "",
                        is_wrong ? "-error" : "");
}

json_t *ct_edit_fields(const struct ct_edit_field *fields, size_t n,
                       const struct ct_form_errors *errors)
{
    json_t *list = json_array();

    for (size_t i = 0; i < n; i++) {
        const struct ct_edit_field *f = &fields[i];
        json_t *error = ct_form_error_of(errors, f->name);
        json_t *described = described_by(f, error);
        json_array_append_new(
            list,
            json_pack("{s:s, s:s, s:o, s:o, s:o, s:o, s:b, s:b, s:b, s:b, s:b, s:o}", "name",
                      f->name, "label", f->label, "hint",
                      f->hint ? json_string(f->hint) : json_null(), "value", ct_view_text(f->value),
                      "error", error, "described", described, "is_line", f->kind == CT_EDIT_LINE,
                      "is_area", f->kind == CT_EDIT_AREA, "is_day", f->kind == CT_EDIT_DAY,
                      "is_select", f->kind == CT_EDIT_SELECT, "is_required", f->is_required,
                      "options", f->options ? f->options : json_array()));
    }
    return list;
}

int ct_edit_day(struct ct_arena *a, struct ct_sv typed, const char *field, int otherwise,
                struct ct_form_errors *errors)
{
    struct ct_sv text = ct_sv_trim(typed);
    int day = otherwise;

    if (text.n && !ct_day_parse(text, &day)) {
        ct_form_error_add(a, errors, field, CT_SV(CT_DAY_HOW));
        return CT_DAY_NONE;
    }
    return day;
}

int ct_edit_hours(struct ct_arena *a, struct ct_sv typed, const char *field, int otherwise,
                  struct ct_form_errors *errors)
{
    struct ct_sv text = ct_sv_trim(typed);
    int hundredths = otherwise;

    if (text.n && !ct_credit_hours_parse(text, &hundredths)) {
        ct_form_error_add(a, errors, field, CT_SV("hours are written as in 1.25"));
        return -1;
    }
    return hundredths;
}

int ct_edit_number(struct ct_arena *a, struct ct_sv typed, const char *field, int otherwise,
                   struct ct_form_errors *errors)
{
    struct ct_sv text = ct_sv_trim(typed);
    int64_t number = otherwise;

    if (text.n && (!ct_sv_i64(text, &number) || number < 0 || number > NUMBER_MAX)) {
        ct_form_error_add(a, errors, field, CT_SV("a whole number, as in 80"));
        return -1;
    }
    return (int)number;
}

struct ct_sv ct_edit_day_text(struct ct_arena *a, int day)
{
    char text[CT_TIME_TEXT];

    return ct_arena_dup(a, ct_sv_c(ct_day_text(day, text)));
}
