/*
 * page_people_import.c: people, memberships and past completions from a CSV file: first what
 * would be done and what is wrong, then, at a second press, the import itself. The text of a short
 * one travels in the page between the two; a long one is kept and done behind the reply
 * (page_imports.c).
 */
#include "core_priv.h"
#include "pages_priv.h"
#include "people_priv.h"
#include "view_priv.h"

#include "ct/learn/import.h"

#include "ct/base/banned.h"

enum { PROBLEMS_SHOWN = 500 };

#define ROW(member) offsetof(struct ct_people_import_input, member)

const struct ct_field ct_people_import_form[] = {
    {"file", CT_FIELD_FILE, ROW(file), false, 0, CT_IMPORT_FILE_MAX},
    {"what", CT_FIELD_SLUG, ROW(what), false, 0, 16},
    {"text", CT_FIELD_TEXT, ROW(text), false, 0, CT_PEOPLE_IMPORT_MAX},
    {"action", CT_FIELD_SLUG, ROW(action), false, 0, 16},
    {NULL, CT_FIELD_TEXT, 0, false, 0, 0},
};

static json_t *problems_of(const struct ct_import_result *res)
{
    json_t *list = json_array();

    for (size_t i = 0; i < res->n_listed && i < PROBLEMS_SHOWN; i++)
        json_array_append_new(list, json_pack("{s:I, s:o, s:o}", "line",
                                              (json_int_t)res->problems[i].line, "column",
                                              ct_view_text(res->problems[i].column), "text",
                                              ct_json_sv(res->problems[i].text)));
    return list;
}

struct view {
    enum ct_import_kind what;
    struct ct_sv text;
    const struct ct_import_result *result; /* NULL: nothing was looked at yet */
    bool is_done;
    const char *error; /* or NULL */
};

/* What a file may hold, with its columns. */
static json_t *kinds_of(const struct ct_request *rq, enum ct_import_kind chosen)
{
    static const char *const titles[] = {
        [CT_IMPORT_PEOPLE] = "People: accounts, and where they belong today",
        [CT_IMPORT_MEMBERSHIPS] = "Memberships: who belonged where, from when until when",
        [CT_IMPORT_COMPLETIONS] = "Past completions: courses completed before, or elsewhere",
    };
    json_t *list = json_array();

    for (size_t i = 0; i < sizeof titles / sizeof titles[0]; i++) {
        const char *const *columns = ct_import_columns((enum ct_import_kind)i);
        struct ct_sv names = CT_SV("");
        for (size_t c = 0; columns[c]; c++)
            names =
                ct_arena_printf(rq->arena, "%.*s%s%s", CT_SV_ARG(names), c ? ", " : "", columns[c]);
        json_array_append_new(list, json_pack("{s:s, s:s, s:o, s:b}", "name",
                                              ct_import_kind_name((enum ct_import_kind)i), "title",
                                              titles[i], "columns", ct_json_sv(names), "selected",
                                              (enum ct_import_kind)i == chosen));
    }
    return list;
}

static int show(struct ct_request *rq, struct ct_response *rs, const struct view *v,
                struct ct_err *err)
{
    const struct ct_import_result none = {0}, *res = v->result ? v->result : &none;
    bool looked = v->result && !v->is_done, fine = looked && res->n_problems == 0;
    /* What is not UTF-8 cannot stand in a page; its problems can. */
    bool kept = !v->is_done && ct_sv_utf8(v->text);
    json_t *jobs;
    int r = ct_import_jobs(rq, &jobs, err);

    if (r < 0)
        return r;

    json_t *model =
        json_pack("{s:s, s:o, s:b, s:o, s:o, s:s, s:o, s:o, s:b, s:b, s:b, s:b, s:i, s:i, s:i, s:i,"
                  " s:i, s:b, s:o, s:b}",
                  "title", "Import people", "limit", ct_json_sv(ct_import_max_text(rq)), "has_jobs",
                  json_array_size(jobs) > 0, "jobs", jobs, "kinds", kinds_of(rq, v->what), "what",
                  ct_import_kind_name(v->what), "text", kept ? ct_view_text(v->text) : json_null(),
                  "error", v->error ? json_string(v->error) : json_null(), "is_checked", looked,
                  "is_done", v->is_done, "is_fine", fine, "would_change",
                  fine && res->added + res->changed > 0, "lines", (int)res->lines, "added",
                  (int)res->added, "changed", (int)res->changed, "unchanged", (int)res->unchanged,
                  "n_problems", (int)res->n_problems, "has_problems", res->n_problems > 0,
                  "problems", problems_of(res), "is_cut", res->n_problems > PROBLEMS_SHOWN);
    json_object_set_new(model, "added_word", json_string(ct_import_kind_noun(v->what, res->added)));
    ct_view_add_noun(model, "lines_word", res->lines, "line", "lines");
    return ct_page(rq, rs, "people-import", model, err);
}

int ct_get_people_import(struct ct_request *rq, struct ct_response *rs, struct ct_err *err)
{
    const struct view v = {.what = CT_IMPORT_PEOPLE};

    return show(rq, rs, &v, err);
}

int ct_post_people_import(struct ct_request *rq, struct ct_response *rs, struct ct_err *err)
{
    const struct ct_people_import_input *in = rq->input;
    bool importing = ct_sv_eq_c(in->action, "import");
    struct view v = {.what = CT_IMPORT_PEOPLE,
                     .text = in->file.bytes.n ? in->file.bytes : in->text};
    struct ct_import_wish wish = {
        .text = v.text, .cat = rq->cat, .by = rq->session->person, .dry_run = !importing};
    struct ct_import_result result = {0};
    struct ct_err problem = CT_ERR_INIT;

    if (in->what.n && !ct_import_kind_parse(in->what, &v.what))
        return ct_fail(err, CT_BAD_INPUT, "what", "people, memberships or completions is wanted");
    if (in->file.bytes.n > ct_import_max(rq))
        return ct_fail(err, CT_TOO_BIG, "file", "over %zu bytes", ct_import_max(rq));
    if (in->file.bytes.n > CT_PEOPLE_IMPORT_MAX)
        return ct_import_begin(rq, rs, v.what, in->file.file_name, in->file.bytes, err);
    if (ct_sv_trim(v.text).n == 0) {
        v.error = "Please choose a file or paste its text.";
        rs->status = 400;
        return show(rq, rs, &v, err);
    }
    int r = ct_import(rq->desk.store, rq->desk.clock, rq->arena, v.what, &wish, &result, &problem);
    if (r < 0 && result.n_problems == 0)
        return ct_fail(err, r, problem.what, "%s", problem.text);
    if (result.n_problems > PROBLEMS_SHOWN && in->file.bytes.n && rq->app->files)
        return ct_import_begin(rq, rs, v.what, in->file.file_name, in->file.bytes, err);
    v.is_done = r == CT_OK && importing;
    v.result = &result;
    if (v.is_done)
        ct_sessions_changed(rq->app->sessions);
    return show(rq, rs, &v, err);
}
