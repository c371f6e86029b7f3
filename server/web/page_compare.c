/*
 * page_compare.c: any two texts of a file beside each other: revisions, the draft, what is live.
 */
#include "author_priv.h"
#include "view_priv.h"

#include "ct/course/change.h"

#include "ct/base/banned.h"

enum { CONTEXT = 3 };

const struct ct_field ct_compare_query[] = {
    {"a", CT_FIELD_TEXT, offsetof(struct ct_compare_input, a), false, 0, CT_HASH_HEX},
    {"b", CT_FIELD_TEXT, offsetof(struct ct_compare_input, b), false, 0, CT_HASH_HEX},
    {NULL, CT_FIELD_TEXT, 0, false, 0, 0},
};

#define DRAFT "draft" /* in the place of a hash */

struct side {
    struct ct_sv name; /* hash, or DRAFT */
    struct ct_sv source;
    const struct ct_module *module; /* NULL: it is none */
};

struct comparing {
    struct ct_author_file file;
    struct ct_publication *list;
    size_t n;
    bool has_draft;
    struct ct_draft draft;
};

static int gather(struct ct_request *rq, struct comparing *c, struct ct_err *err)
{
    struct ct_err none =
        CT_ERR_INIT; /* that there is no draft is no fault that may be told later */
    int r = ct_author_file_of(rq, &c->file, err);

    if (r < 0 ||
        (r = ct_studio_history(rq->desk.db, rq->arena, c->file.path, &c->list, &c->n, err)) < 0)
        return r;
    r = ct_draft_get(rq->desk.db, rq->arena, c->file.path, &c->draft, &none);
    c->has_draft = r == CT_OK;
    if (c->n == 0 && !c->has_draft)
        return ct_fail(err, CT_NOT_FOUND, "file", "there is no text of this file");
    return r == CT_OK || r == CT_NOT_FOUND ? CT_OK : ct_fail(err, r, none.what, "%s", none.text);
}

static bool has_hash(const struct comparing *c, struct ct_sv hash)
{
    for (size_t i = 0; i < c->n; i++)
        if (ct_sv_eq(c->list[i].hash, hash))
            return true;
    return false;
}

static int read_side(struct ct_request *rq, const struct comparing *c, struct side *s,
                     struct ct_err *err)
{
    struct ct_problems problems = {.arena = rq->arena};
    const struct ct_block *blocks;
    struct ct_sv path;
    size_t n;
    int r = CT_OK;

    if (ct_sv_eq_c(s->name, DRAFT) && c->has_draft)
        s->source = c->draft.source;
    else if (!has_hash(c, s->name))
        return ct_fail(err, CT_NOT_FOUND, "revision", "no such revision of this file");
    else
        r = ct_revision_source(rq->desk.db, rq->arena, s->name, &s->source, &path, err);
    if (r < 0)
        return r;
    return ct_check_source(&problems, rq->app->cfg.content_dir, rq->cat, c->file.path, s->source,
                           &s->module, &blocks, &n, err);
}

static json_t *choice(struct ct_sv value, json_t *at, struct ct_sv version, struct ct_sv chosen)
{
    return json_pack("{s:o, s:b, s:o, s:o, s:b}", "value", ct_json_sv(value), "is_draft",
                     ct_sv_eq_c(value, DRAFT), "at", at, "version", ct_view_text(version),
                     "selected", ct_sv_eq(value, chosen));
}

/* Every text once, newest first; the draft above all. */
static json_t *choices(const struct comparing *c, struct ct_sv chosen)
{
    json_t *list = json_array();

    if (c->has_draft)
        json_array_append_new(
            list, choice(CT_SV(DRAFT), ct_view_moment(c->draft.saved_at), CT_SV_NULL, chosen));
    for (size_t i = 0; i < c->n; i++) {
        bool again = false;
        for (size_t k = 0; k < i && !again; k++)
            again = ct_sv_eq(c->list[k].hash, c->list[i].hash);
        if (!again)
            json_array_append_new(list, choice(c->list[i].hash, ct_view_moment(c->list[i].at),
                                               c->list[i].version, chosen));
    }
    return list;
}

/* Without a wish: the live text against the one before it, or against the draft. */
static void choose(const struct comparing *c, const struct ct_compare_input *in, struct side *a,
                   struct side *b)
{
    struct ct_sv newest = c->n ? c->list[0].hash : CT_SV(DRAFT);
    struct ct_sv older = c->n > 1 ? c->list[1].hash : newest;

    a->name = in->a.n ? in->a : c->has_draft ? newest : older;
    b->name = in->b.n ? in->b : c->has_draft ? CT_SV(DRAFT) : newest;
}

int ct_get_compare(struct ct_request *rq, struct ct_response *rs, struct ct_err *err)
{
    struct ct_module_change change = {.same = true};
    struct side a = {.source = CT_SV_NULL}, b = {.source = CT_SV_NULL};
    struct comparing c = {.n = 0};
    struct ct_diff diff;
    int r = gather(rq, &c, err);

    if (r < 0)
        return r;
    choose(&c, rq->input, &a, &b);
    if ((r = read_side(rq, &c, &a, err)) < 0 || (r = read_side(rq, &c, &b, err)) < 0 ||
        (r = ct_diff_lines(rq->arena, a.source, b.source, CONTEXT, &diff, err)) < 0)
        return r;
    if (a.module && b.module)
        ct_module_compare(rq->arena, a.module, b.module, CT_DISC_ALL, &change);
    return ct_page(rq, rs, "compare",
                   json_pack("{s:s, s:o, s:o, s:o, s:b, s:b, s:o, s:b, s:o, s:o}", "title",
                             "Compare", "file", ct_author_model_file(rq, &c.file), "from",
                             choices(&c, a.name), "to", choices(&c, b.name), "is_material",
                             change.material, "has_parts", change.n_changed > 0, "parts",
                             ct_model_parts(a.module, b.module, &change), "has_questions",
                             change.n_questions > 0, "questions",
                             ct_model_question_changes(&change), "diff", ct_model_diff(&diff)),
                   err);
}
