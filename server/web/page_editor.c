/*
 * page_editor.c: writing one file: opening it, saving a draft, checking without saving, throwing a
 * draft away.
 */
#include "core_priv.h"
#include "editor_priv.h"
#include "view_priv.h"

#include "ct/base/limits.h"

#include "ct/base/banned.h"

#define ROW(type, member) offsetof(struct type, member)

/* The length of a text is judged by learn, once its line ends are those of a file. */
const struct ct_field ct_editor_form[] = {
    {"source", CT_FIELD_TEXT, ROW(ct_editor_input, source), false, 0, CT_SOURCE_FORM_MAX},
    {"base", CT_FIELD_TEXT, ROW(ct_editor_input, base), false, 0, CT_HASH_HEX},
    {"began", CT_FIELD_TEXT, ROW(ct_editor_input, began), false, 0, CT_SOURCE_FORM_MAX},
    {"version", CT_FIELD_I64, ROW(ct_editor_input, version), true, 0, INT64_MAX},
    {"as", CT_FIELD_SLUG, ROW(ct_editor_input, as), false, 0, 64},
    {"open_all", CT_FIELD_FLAG, ROW(ct_editor_input, open_all), false, 0, 1},
    {"answers", CT_FIELD_FLAG, ROW(ct_editor_input, answers), false, 0, 1},
    {"fragment", CT_FIELD_FLAG, ROW(ct_editor_input, fragment), false, 0, 1},
    {"then", CT_FIELD_TEXT, ROW(ct_editor_input, then), false, 0, 16},
    {NULL, CT_FIELD_TEXT, 0, false, 0, 0},
};

const struct ct_field ct_discard_form[] = {
    {"version", CT_FIELD_I64, ROW(ct_discard_input, version), true, 1, INT64_MAX},
    {NULL, CT_FIELD_TEXT, 0, false, 0, 0},
};

int ct_get_editor(struct ct_request *rq, struct ct_response *rs, struct ct_err *err)
{
    struct ct_editing e;
    int r = ct_editing_open(rq, true, &e, err);

    return r < 0 ? r : ct_editing_show(rq, rs, &e, NULL, err);
}

int ct_post_editor_check(struct ct_request *rq, struct ct_response *rs, struct ct_err *err)
{
    const struct ct_editor_input *in = rq->input;
    struct ct_editing e;
    int r = ct_editing_open(rq, false, &e, err);

    if (r < 0 || (r = ct_editing_take(rq, &e, in, err)) < 0)
        return r;
    return ct_editing_show(rq, rs, &e, in, err);
}

/* Nothing is kept that says no more than the file in the folder does. */
static bool is_unchanged(struct ct_request *rq, const struct ct_editing *e)
{
    return !e->has_draft && e->version == 0 && e->in_folder.p &&
           ct_sv_eq(e->source, ct_arena_unix_lines(rq->arena, e->in_folder));
}

static int save(struct ct_request *rq, const struct ct_editing *e, int64_t *ret_version,
                struct ct_err *err)
{
    struct ct_draft d = {.path = e->file.path,
                         .base = e->base,
                         .source = e->source,
                         .version = e->version,
                         .person = rq->session->person};

    if (!is_unchanged(rq, e))
        return ct_draft_save(rq->desk.store, rq->desk.clock, &d, ret_version, err);
    *ret_version = 0;
    return CT_OK;
}

static int saved(struct ct_request *rq, struct ct_response *rs, const struct ct_editing *e,
                 const struct ct_editor_input *in, int64_t version)
{
    bool on = ct_sv_eq_c(in->then, "publish") && version > 0;

    if (!rq->wants_json)
        return ct_see_other(rq, rs, ct_author_href(rq, &e->file, on ? "publish" : NULL));
    CT_AUTO_JSON *answer =
        json_pack("{s:I, s:o, s:o}", "version", (json_int_t)version, "base", ct_view_text(e->base),
                  "saved", ct_view_moment(ct_now(rq->app->cfg.clock)));
    rs->content_type = "application/json";
    ct_json_write(&rs->body, answer);
    return CT_OK;
}

int ct_post_editor(struct ct_request *rq, struct ct_response *rs, struct ct_err *err)
{
    const struct ct_editor_input *in = rq->input;
    struct ct_err problem = CT_ERR_INIT;
    struct ct_editing e;
    int64_t version;
    int r = ct_editing_open(rq, false, &e, err);

    if (r < 0 || (r = ct_editing_take(rq, &e, in, err)) < 0)
        return r;
    r = save(rq, &e, &version, &problem);
    if (r == CT_CONFLICT)
        return ct_editing_conflict(rq, rs, &e, in, &problem, err);
    if (r < 0)
        return ct_fail(err, r, problem.what, "%s", problem.text);
    return saved(rq, rs, &e, in, version);
}

int ct_post_editor_discard(struct ct_request *rq, struct ct_response *rs, struct ct_err *err)
{
    const struct ct_discard_input *in = rq->input;
    struct ct_editing e;
    int r = ct_editing_open(rq, true, &e, err);

    if (r < 0 ||
        (r = ct_draft_end(rq->desk.store, rq->desk.clock, e.file.path, in->version, err)) < 0)
        return r;
    return ct_see_other(rq, rs,
                        e.in_folder.p ? ct_author_href(rq, &e.file, NULL) : CT_SV("/author"));
}
