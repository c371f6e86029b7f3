/*
 * form_fields.c: the fields of a small form as a view model: what was typed, what is wrong with it.
 */
#include "form_priv.h"
#include "view_priv.h"

#include "ct/base/banned.h"

static bool is_about(const struct ct_form_row *rows, size_t n, const char *what, size_t row)
{
    for (size_t i = 0; i < n; i++)
        if (strcmp(rows[i].name, what) == 0)
            return i == row;
    return row == 0;
}

/* Marks the option that is chosen. */
static json_t *choose(json_t *options, struct ct_sv value)
{
    json_t *one;
    size_t i;

    json_array_foreach(options, i, one)
    {
        json_object_set_new(one, "selected",
                            json_boolean(ct_sv_eq(ct_json_get_sv(one, "value"), value)));
    }
    return options;
}

json_t *ct_form_fields(const struct ct_request *rq, const struct ct_form_row *rows, size_t n,
                       json_t *const *options, const struct ct_err *problem)
{
    json_t *list = json_array();
    size_t at = 0;

    for (size_t i = 0; i < n; i++) {
        const struct ct_form_row *row = &rows[i];
        struct ct_form_errors errors = {.n = 0};
        struct ct_sv value = problem ? ct_form_get(&rq->form, row->name) : ct_sv_c(row->value);
        bool is_number = row->type && strcmp(row->type, "number") == 0;
        if (problem && is_about(rows, n, problem->what, i))
            ct_form_error_add(rq->arena, &errors, row->id, ct_sv_c(problem->text));
        json_array_append_new(
            list,
            json_pack("{s:s, s:s, s:s, s:s?, s:b, s:b, s:b, s:i, s:b, s:o, s:o, s:o}", "id",
                      row->id, "name", row->name, "label", row->label, "type", row->type,
                      "is_number", is_number, "is_list", !row->type, "has_max", row->max > 0, "max",
                      row->max, "required", row->required, "value", ct_view_text(value), "options",
                      row->type ? json_array() : choose(options[at++], value), "error",
                      ct_form_error_of(&errors, row->id)));
    }
    return list;
}
