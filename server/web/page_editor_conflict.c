/*
 * page_editor_conflict.c: somebody else has saved meanwhile: both texts, what differs, and three
 * ways to go on. Whatever is chosen, nobody covers a text that they have not seen.
 */
#include "core_priv.h"
#include "editor_priv.h"
#include "view_priv.h"

#include "ct/base/banned.h"

enum { CONTEXT = 3 };

/* Both texts brought together, or null. What both began from is what the browser still has of it,
 * else the file in the folder, from which both come in the end. */
static json_t *merged(struct ct_request *rq, const struct ct_editing *e,
                      const struct ct_editor_input *in, struct ct_sv theirs)
{
    struct ct_sv from = in->began.p ? in->began : e->in_folder;
    struct ct_sv text;

    if (!from.p || ct_diff_merge(rq->arena, ct_arena_unix_lines(rq->arena, from), e->source, theirs,
                                 &text, NULL) < 0)
        return json_null();
    return ct_json_sv(text);
}

int ct_editing_conflict(struct ct_request *rq, struct ct_response *rs, const struct ct_editing *e,
                        const struct ct_editor_input *in, const struct ct_err *conflict,
                        struct ct_err *err)
{
    struct ct_editing now;
    struct ct_diff diff;
    json_t *text, *model;
    int r = ct_store_renew(rq->desk.db, err); /* it was read before the other's text was saved */

    if (r < 0 || (r = ct_editing_open(rq, false, &now, err)) < 0 ||
        (r = ct_diff_lines(rq->arena, now.source, e->source, CONTEXT, &diff, err)) < 0)
        return r;
    text = merged(rq, e, in, now.source);
    model = json_pack(
        "{s:s, s:o, s:o, s:o, s:o, s:b, s:o, s:I, s:o, s:o, s:o}", "title",
        "Somebody else has saved", "file", ct_author_model_file(rq, &e->file), "text_lang",
        ct_json_sv(e->lang), "draft", now.has_draft ? ct_model_draft(rq, &now.draft) : json_null(),
        "mine", ct_json_sv(e->source), "has_merged", json_is_string(text), "merged", text,
        "version", (json_int_t)now.version, "base", ct_view_text(now.base), "diff",
        ct_model_diff(&diff), "check_href", ct_json_sv(ct_author_href(rq, &e->file, "check")));
    rs->status = ct_status_http(CT_CONFLICT);
    r = ct_page(rq, rs, "editor-conflict", model, err);
    return r < 0 ? r : ct_answered(conflict, err);
}
