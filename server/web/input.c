/*
 * input.c: fields of a form into the typed struct of a route.
 */
#include "ct/text/url.h"
#include "ct/web/route.h"

#include "ct/base/banned.h"

static const struct ct_field *field_of(const struct ct_field *fields, struct ct_sv name)
{
    for (const struct ct_field *f = fields; f && f->name; f++)
        if (f->type == CT_FIELD_FORM ? ct_sv_starts(name, ct_sv_c(f->name))
                                     : ct_sv_eq_c(name, f->name))
            return f;
    return NULL;
}

static int parse_i64(const struct ct_field *f, struct ct_sv value, int64_t *to, struct ct_err *err)
{
    int64_t v;

    if (!ct_sv_i64(ct_sv_trim(value), &v) || v < f->min || v > f->max)
        return ct_fail(err, CT_BAD_INPUT, f->name, "a whole number from %lld to %lld is wanted",
                       (long long)f->min, (long long)f->max);
    *to = v;
    return CT_OK;
}

static int parse_text(const struct ct_field *f, struct ct_sv value, struct ct_sv *to,
                      struct ct_err *err)
{
    if (f->max && value.n > (size_t)f->max)
        return ct_fail(err, CT_BAD_INPUT, f->name, "at most %lld bytes", (long long)f->max);
    if (f->required && ct_sv_trim(value).n == 0)
        return ct_fail(err, CT_BAD_INPUT, f->name, "this is needed");
    if (f->type == CT_FIELD_SLUG && value.n && !ct_url_is_slug(value))
        return ct_fail(err, CT_BAD_INPUT, f->name, "not a name of anything here");
    *to = value;
    return CT_OK;
}

static int parse_one(const struct ct_field *f, struct ct_sv value, char *input, struct ct_err *err)
{
    void *to = input + f->offset;

    switch (f->type) {
    case CT_FIELD_TEXT:
    case CT_FIELD_SLUG:
        return parse_text(f, value, to, err);
    case CT_FIELD_I64:
        return parse_i64(f, value, to, err);
    case CT_FIELD_FLAG:
        *(bool *)to = ct_sv_eq_c(value, "1") || ct_sv_eq_c(value, "on") || ct_sv_eq_c(value, "yes");
        return CT_OK;
    case CT_FIELD_LIST:
        if (value.n > (size_t)f->max)
            return ct_fail(err, CT_BAD_INPUT, f->name, "at most %lld bytes", (long long)f->max);
        return CT_OK; /* gathered below */
    case CT_FIELD_FORM:
        return CT_OK; /* gathered below */
    case CT_FIELD_FILE:
        return ct_fail(err, CT_BAD_INPUT, f->name, "a file is wanted");
    }
    return CT_OK;
}

static bool is_gathered(const struct ct_field *f)
{
    return f->type == CT_FIELD_FORM || f->type == CT_FIELD_LIST;
}

static void gather(struct ct_arena *a, const struct ct_field *fields, const struct ct_form *form,
                   char *input)
{
    for (const struct ct_field *f = fields; f && f->name; f++) {
        struct ct_form *to = (struct ct_form *)(void *)(input + f->offset);
        if (!is_gathered(f))
            continue;
        to->fields = ct_arena_array(a, struct ct_form_field, form->n);
        for (size_t i = 0; i < form->n; i++)
            if (field_of(fields, form->fields[i].name) == f)
                to->fields[to->n++] = form->fields[i];
    }
}

int ct_input_parse(struct ct_arena *a, const struct ct_field *fields, size_t size,
                   const struct ct_form *form, void **ret, struct ct_err *err)
{
    char *input = ct_arena_alloc(a, size);
    int r;

    for (size_t i = 0; i < form->n; i++) {
        struct ct_sv name = form->fields[i].name;
        const struct ct_field *f = field_of(fields, name);
        if (!f)
            return ct_fail(err, CT_BAD_INPUT, ct_arena_cstr(a, name), "no such field here");
        for (size_t j = 0; j < i && !is_gathered(f); j++)
            if (ct_sv_eq(form->fields[j].name, name))
                return ct_fail(err, CT_BAD_INPUT, f->name, "given twice");
        if ((r = parse_one(f, form->fields[i].value, input, err)) < 0)
            return r;
    }
    for (const struct ct_field *f = fields; f && f->name; f++)
        if (f->required && !is_gathered(f) && f->type != CT_FIELD_FILE &&
            ct_form_get(form, f->name).p == NULL)
            return ct_fail(err, CT_BAD_INPUT, f->name, "this is needed");
    gather(a, fields, form, input);
    *ret = input;
    return CT_OK;
}

bool ct_route_takes_files(const struct ct_route *route)
{
    for (const struct ct_field *f = route->input; f && f->name; f++)
        if (f->type == CT_FIELD_FILE)
            return true;
    return false;
}

static int take_file(const struct ct_field *fields, const struct ct_part *file, char *input,
                     struct ct_err *err)
{
    const struct ct_field *f = field_of(fields, file->name);

    if (!f || f->type != CT_FIELD_FILE)
        return ct_fail(err, CT_BAD_INPUT, f ? f->name : "file", "no file belongs here");
    struct ct_part *to = (struct ct_part *)(void *)(input + f->offset);
    if (to->name.p)
        return ct_fail(err, CT_BAD_INPUT, f->name, "given twice");
    if (file->bytes.n > (size_t)f->max)
        return ct_fail(err, CT_TOO_BIG, f->name, "a file of at most %lld bytes is wanted",
                       (long long)f->max);
    *to = *file;
    return CT_OK;
}

int ct_input_files(const struct ct_field *fields, const struct ct_part *files, size_t n,
                   void *input, struct ct_err *err)
{
    for (size_t i = 0; i < n; i++) {
        int r = take_file(fields, &files[i], input, err);
        if (r < 0)
            return r;
    }
    /* A browser sends an empty part without a name for a field in which nothing was chosen. */
    for (const struct ct_field *f = fields; f && f->name; f++) {
        const struct ct_part *got =
            (const struct ct_part *)(const void *)((const char *)input + f->offset);
        if (f->type == CT_FIELD_FILE && f->required && got->bytes.n == 0)
            return ct_fail(err, CT_BAD_INPUT, f->name, "please choose a file");
    }
    return CT_OK;
}
