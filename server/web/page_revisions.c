/*
 * page_revisions.c: what was live under a file's name, when: the list, each text as it was, and
 * bringing one back.
 */
#include "author_priv.h"
#include "core_priv.h"
#include "preview_priv.h"
#include "view_priv.h"

#include "ct/base/banned.h"

const struct ct_field ct_restore_form[] = {
    {"version", CT_FIELD_I64, offsetof(struct ct_restore_input, version), false, 0, INT64_MAX},
    {NULL, CT_FIELD_TEXT, 0, false, 0, 0},
};

static struct ct_sv revision_href(const struct ct_request *rq, const struct ct_author_file *f,
                                  struct ct_sv hash)
{
    return ct_arena_printf(rq->arena, "%.*s/%.*s", CT_SV_ARG(ct_author_href(rq, f, "revisions")),
                           CT_SV_ARG(hash));
}

/* Of one publication, newest being 0. */
static json_t *entry(const struct ct_request *rq, const struct ct_author_file *f,
                     const struct ct_publication *all, size_t n, size_t i)
{
    const struct ct_publication *p = &all[i];
    struct ct_sv href = revision_href(rq, f, p->hash);
    struct ct_sv compare = ct_author_href(rq, f, "compare");
    struct ct_sv before = i + 1 < n
                              ? ct_arena_printf(rq->arena, "%.*s?a=%.*s&b=%.*s", CT_SV_ARG(compare),
                                                CT_SV_ARG(all[i + 1].hash), CT_SV_ARG(p->hash))
                              : CT_SV_NULL;
    struct ct_sv live = i > 0 && !ct_sv_eq(p->hash, all[0].hash)
                            ? ct_arena_printf(rq->arena, "%.*s?a=%.*s&b=%.*s", CT_SV_ARG(compare),
                                              CT_SV_ARG(p->hash), CT_SV_ARG(all[0].hash))
                            : CT_SV_NULL;

    return json_pack("{s:o, s:o, s:o, s:o, s:o, s:o, s:b, s:b, s:o, s:o, s:o}", "hash",
                     ct_json_sv(p->hash), "short", ct_view_revision(p->hash), "href",
                     ct_json_sv(href), "at", ct_view_moment(p->at), "version",
                     ct_json_sv(p->version), "note", ct_view_text(p->note), "is_live", i == 0,
                     "material", p->material, "name", ct_view_text(p->name), "before_href",
                     ct_model_href(before), "live_href", ct_model_href(live));
}

int ct_get_revisions(struct ct_request *rq, struct ct_response *rs, struct ct_err *err)
{
    struct ct_publication *list = NULL;
    struct ct_author_file f;
    json_t *entries;
    size_t n = 0;
    int r = ct_author_file_of(rq, &f, err);

    if (r < 0 || (r = ct_studio_history(rq->desk.db, rq->arena, f.path, &list, &n, err)) < 0)
        return r;
    entries = json_array();
    for (size_t i = 0; i < n; i++)
        json_array_append_new(entries, entry(rq, &f, list, n, i));
    return ct_page(rq, rs, "revisions",
                   json_pack("{s:s, s:o, s:b, s:b, s:o}", "title", "History", "file",
                             ct_author_model_file(rq, &f), "has_revisions", n > 0,
                             "has_two_revisions", n > 1, "revisions", entries),
                   err);
}

/* The publication of a revision under this name; CT_NOT_FOUND. */
static int find_publication(struct ct_request *rq, const struct ct_author_file *f,
                            const struct ct_publication **ret, bool *ret_is_live,
                            struct ct_err *err)
{
    struct ct_publication *list = NULL;
    size_t n = 0;
    int r = ct_studio_history(rq->desk.db, rq->arena, f->path, &list, &n, err);

    for (size_t i = 0; r == CT_OK && i < n; i++)
        if (ct_sv_eq(list[i].hash, rq->params[2])) {
            *ret = &list[i];
            *ret_is_live = ct_sv_eq(list[i].hash, list[0].hash);
            return CT_OK;
        }
    return r < 0 ? r : ct_fail(err, CT_NOT_FOUND, "revision", "no such revision of this file");
}

/* The version of the draft that is there; 0 for none. */
static int draft_version(struct ct_request *rq, const struct ct_author_file *f, int64_t *ret,
                         struct ct_err *err)
{
    struct ct_err none = CT_ERR_INIT;
    struct ct_draft draft;
    int r = ct_draft_get(rq->desk.db, rq->arena, f->path, &draft, &none);

    *ret = r == CT_OK ? draft.version : 0;
    return r == CT_OK || r == CT_NOT_FOUND ? CT_OK : ct_fail(err, r, none.what, "%s", none.text);
}

static json_t *as_it_was(struct ct_request *rq, struct ct_sv path, struct ct_sv source,
                         struct ct_err *err)
{
    struct ct_problems problems = {.arena = rq->arena}; /* of today; they are no concern here */
    struct ct_preview_wish wish = {.open_all = true, .answers = true};
    struct ct_preview view = {
        .arena = rq->arena, .disciplines = &rq->cat->disciplines, .wish = &wish};

    if (ct_check_source(&problems, rq->app->cfg.content_dir, rq->cat, path, source, &view.module,
                        &view.blocks, &view.n_blocks, err) < 0)
        return NULL;
    return ct_preview_model(&view);
}

int ct_get_revision(struct ct_request *rq, struct ct_response *rs, struct ct_err *err)
{
    const struct ct_publication *p = NULL;
    struct ct_author_file f;
    struct ct_sv source, path;
    bool is_live = false;
    int64_t version = 0;
    json_t *preview;
    int r = ct_author_file_of(rq, &f, err);

    if (r < 0 || (r = find_publication(rq, &f, &p, &is_live, err)) < 0 ||
        (r = ct_revision_source(rq->desk.db, rq->arena, p->hash, &source, &path, err)) < 0 ||
        (r = draft_version(rq, &f, &version, err)) < 0)
        return r;
    if (!(preview = as_it_was(rq, f.path, source, err)))
        return err->code;
    return ct_page(rq, rs, "revision",
                   json_pack("{s:s, s:o, s:o, s:o, s:o, s:o, s:o, s:b, s:o, s:b, s:I, s:o, s:o}",
                             "title", "As it was", "file", ct_author_model_file(rq, &f), "short",
                             ct_view_revision(p->hash), "at", ct_view_moment(p->at), "name",
                             ct_view_text(p->name), "note", ct_view_text(p->note), "version",
                             ct_json_sv(p->version), "is_live", is_live, "source",
                             ct_json_sv(source), "has_draft", version > 0, "draft_version",
                             (json_int_t)version, "restore_action",
                             ct_json_sv(ct_arena_printf(rq->arena, "%.*s/restore",
                                                        CT_SV_ARG(revision_href(rq, &f, p->hash)))),
                             "preview", preview),
                   err);
}

int ct_post_restore(struct ct_request *rq, struct ct_response *rs, struct ct_err *err)
{
    const struct ct_restore_input *in = rq->input;
    struct ct_studio studio = ct_author_studio(rq);
    struct ct_author_file f;
    int r = ct_author_file_of(rq, &f, err);

    if (r < 0 || (r = ct_studio_restore(&studio, rq->arena, f.path, rq->params[2],
                                        rq->session->person, in->version, err)) < 0)
        return r;
    return ct_see_other(rq, rs, ct_author_href(rq, &f, NULL));
}
