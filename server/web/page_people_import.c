/*
 * page_people_import.c: people from a CSV file: first what would be done and what is wrong, then,
 * at a second press, the import itself. The text travels in the page between the two.
 */
#include "core_priv.h"
#include "pages_priv.h"
#include "people_priv.h"
#include "view_priv.h"

#include "ct/learn/people_import.h"

#include "ct/base/banned.h"

enum { PROBLEMS_SHOWN = 500 };

#define ROW(member) offsetof(struct ct_people_import_input, member)

const struct ct_field ct_people_import_form[] = {
    {"file", CT_FIELD_FILE, ROW(file), false, 0, CT_PEOPLE_IMPORT_MAX},
    {"text", CT_FIELD_TEXT, ROW(text), false, 0, CT_PEOPLE_IMPORT_MAX},
    {"action", CT_FIELD_SLUG, ROW(action), false, 0, 16},
    {NULL, CT_FIELD_TEXT, 0, false, 0, 0},
};

static json_t *problems_of(const struct ct_import_result *res)
{
    json_t *list = json_array();

    for (size_t i = 0; i < res->n_problems && i < PROBLEMS_SHOWN; i++)
        json_array_append_new(list, json_pack("{s:I, s:o, s:o}", "line",
                                              (json_int_t)res->problems[i].line, "column",
                                              ct_view_text(res->problems[i].column), "text",
                                              ct_json_sv(res->problems[i].text)));
    return list;
}

/* `res` NULL: nothing was looked at yet. */
static int show(struct ct_request *rq, struct ct_response *rs, struct ct_sv text,
                const struct ct_import_result *res, bool is_done, const char *error,
                struct ct_err *err)
{
    const struct ct_import_result none = {0};
    bool looked = res != NULL, fine = looked && res->n_problems == 0;

    if (!res)
        res = &none;
    return ct_page(
        rq, rs, "people-import",
        json_pack("{s:s, s:o, s:o, s:b, s:b, s:b, s:b, s:i, s:i, s:i, s:i, s:i, s:b, s:o, s:b}",
                  "title", "Import people", "text", is_done ? json_null() : ct_view_text(text),
                  "error", error ? ct_json_sv(ct_sv_c(error)) : json_null(), "is_checked",
                  looked && !is_done, "is_done", is_done, "is_fine", fine && !is_done,
                  "would_change", fine && !is_done && res->added + res->changed > 0, "lines",
                  (int)res->lines, "added", (int)res->added, "changed", (int)res->changed,
                  "unchanged", (int)res->unchanged, "n_problems", (int)res->n_problems,
                  "has_problems", res->n_problems > 0, "problems", problems_of(res), "is_cut",
                  res->n_problems > PROBLEMS_SHOWN),
        err);
}

int ct_get_people_import(struct ct_request *rq, struct ct_response *rs, struct ct_err *err)
{
    return show(rq, rs, CT_SV_NULL, NULL, false, NULL, err);
}

int ct_post_people_import(struct ct_request *rq, struct ct_response *rs, struct ct_err *err)
{
    const struct ct_people_import_input *in = rq->input;
    struct ct_sv text = in->file.bytes.n ? in->file.bytes : in->text;
    bool importing = ct_sv_eq_c(in->action, "import");
    struct ct_import_wish wish = {.text = text,
                                  .disciplines = &rq->cat->disciplines,
                                  .by = rq->session->person,
                                  .dry_run = !importing};
    struct ct_import_result result = {0};
    struct ct_err problem = CT_ERR_INIT;

    if (ct_sv_trim(text).n == 0) {
        rs->status = 400;
        return show(rq, rs, CT_SV_NULL, NULL, false, "Please choose a file or paste its text.",
                    err);
    }
    int r = ct_people_import(rq->desk.store, rq->desk.clock, rq->arena, &wish, &result, &problem);
    if (r < 0 && result.n_problems == 0)
        return ct_fail(err, r, problem.what, "%s", problem.text);
    if (r == CT_OK && importing)
        ct_sessions_changed(rq->app->sessions);
    /* What is not UTF-8 cannot stand in a page; its problems can. */
    return show(rq, rs, ct_sv_utf8(text) ? text : CT_SV_NULL, &result, r == CT_OK && importing,
                NULL, err);
}
