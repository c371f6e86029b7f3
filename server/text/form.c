/*
 * form.c: application/x-www-form-urlencoded. Forms with files are multipart.c.
 */
#include "ct/text/form.h"

#include "ct/base/limits.h"
#include "percent_priv.h"

#include "ct/base/banned.h"

/* The name goes into a message as far as it can be read. */
static int refuse(struct ct_arena *a, struct ct_sv name, const char *why, struct ct_err *err)
{
    const char *what = ct_sv_utf8(name) && name.n > 0 ? ct_arena_cstr(a, name) : "form";
    return ct_fail(err, CT_BAD_INPUT, what, "%s in a form field", why);
}

static int parse_field(struct ct_arena *a, struct ct_sv pair, struct ct_form_field *ret,
                       struct ct_err *err)
{
    size_t equals = ct_sv_find(pair, '=');
    struct ct_sv name = ct_sv_sub(pair, 0, equals);
    struct ct_sv value = equals == SIZE_MAX ? CT_SV("") : ct_sv_sub(pair, equals + 1, pair.n);
    const char *why;

    if ((why = ct_percent_decode(a, name, true, &ret->name)))
        return refuse(a, name, why, err);
    if ((why = ct_percent_decode(a, value, true, &ret->value)))
        return refuse(a, ret->name, why, err);
    return CT_OK;
}

int ct_form_parse(struct ct_arena *a, struct ct_sv text, struct ct_form *ret, struct ct_err *err)
{
    struct ct_form form = {NULL, 0};
    size_t cap = 0;
    struct ct_sv pair;

    if (text.n > 0 && text.p[0] == '?')
        text = ct_sv_sub(text, 1, text.n);
    while (ct_sv_split(&text, '&', &pair)) {
        struct ct_form_field field;
        if (pair.n == 0)
            continue;
        if (form.n == CT_FIELDS_MAX)
            return ct_fail(err, CT_TOO_BIG, "form", "a form of more than %d fields", CT_FIELDS_MAX);
        int r = parse_field(a, pair, &field, err);
        if (r < 0)
            return r;
        CT_ARENA_PUSH(a, form.fields, form.n, cap, field);
    }
    *ret = form;
    return CT_OK;
}

struct ct_sv ct_form_get(const struct ct_form *f, const char *name)
{
    for (size_t i = 0; i < f->n; i++)
        if (ct_sv_eq_c(f->fields[i].name, name))
            return f->fields[i].value;
    return CT_SV_NULL;
}
