/*
 * form_error.c: what is wrong with a form, field by field, for the summary above it and for each
 * field.
 */
#include "form_priv.h"

#include "ct/base/banned.h"

static struct ct_sv as_sentence(struct ct_arena *a, struct ct_sv text)
{
    bool ends = text.n && (text.p[text.n - 1] == '.' || text.p[text.n - 1] == '?');
    struct ct_sv s = ct_arena_printf(a, "%.*s%s", CT_SV_ARG(text), ends ? "" : ".");
    char *first = ct_arena_cstr(a, s);

    if (*first >= 'a' && *first <= 'z')
        *first = (char)(*first - 'a' + 'A');
    return ct_sv_n(first, s.n);
}

void ct_form_error_add(struct ct_arena *a, struct ct_form_errors *e, const char *field,
                       struct ct_sv text)
{
    for (size_t i = 0; i < e->n; i++)
        if (strcmp(e->items[i].field, field) == 0)
            return;
    if (e->n < sizeof e->items / sizeof e->items[0])
        e->items[e->n++] = (struct ct_form_error){field, as_sentence(a, text)};
}

json_t *ct_form_error_of(const struct ct_form_errors *e, const char *field)
{
    for (size_t i = 0; i < e->n; i++)
        if (strcmp(e->items[i].field, field) == 0)
            return ct_json_sv(e->items[i].text);
    return json_null();
}

json_t *ct_form_error_list(struct ct_arena *a, const struct ct_form_errors *e)
{
    json_t *list = json_array();

    for (size_t i = 0; i < e->n; i++)
        json_array_append_new(list,
                              json_pack("{s:o, s:o}", "href",
                                        ct_json_sv(ct_arena_printf(a, "#%s", e->items[i].field)),
                                        "text", ct_json_sv(e->items[i].text)));
    return list;
}
