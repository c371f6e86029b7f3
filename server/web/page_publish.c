/*
 * page_publish.c: a draft on its way to learners: what would change, what is wrong with it, whether
 * people who passed have something to read.
 */
#include "author_priv.h"
#include "core_priv.h"
#include "view_priv.h"

#include "ct/course/change.h"
#include "ct/learn/update.h"

#include "ct/base/banned.h"

enum { NOTE_BYTES = 4 * CT_NOTE_MAX, CONTEXT = 3 };

#define NO_FILE "none" /* in the place of a hash */

const struct ct_field ct_publish_form[] = {
    {"version", CT_FIELD_I64, offsetof(struct ct_publish_input, version), true, 1, INT64_MAX},
    {"material", CT_FIELD_TEXT, offsetof(struct ct_publish_input, material), false, 0, 8},
    {"note", CT_FIELD_TEXT, offsetof(struct ct_publish_input, note), false, 0, NOTE_BYTES},
    {"file", CT_FIELD_TEXT, offsetof(struct ct_publish_input, file), false, 0, CT_HASH_HEX},
    {NULL, CT_FIELD_TEXT, 0, false, 0, 0},
};

/* What the page is about. */
struct publishing {
    struct ct_author_file file;
    struct ct_draft draft;
    struct ct_sv live; /* null: nothing is */
    char live_hash[CT_HASH_HEX + 1];
    struct ct_problems problems;
    const struct ct_module *before, *after; /* NULL: none, or no module */
    struct ct_module_change change;
    int64_t holders; /* people who have completed the module */
};

static int gather(struct ct_request *rq, struct publishing *p, struct ct_err *err)
{
    struct ct_problems of_live = {.arena = rq->arena};
    struct ct_err none = CT_ERR_INIT;
    const struct ct_block *blocks;
    size_t n;
    int r = ct_author_file_of(rq, &p->file, err);

    if (r < 0 || (r = ct_draft_get(rq->desk.db, rq->arena, p->file.path, &p->draft, err)) < 0)
        return r;
    p->problems.arena = rq->arena;
    r = ct_author_check(rq, &p->file, p->draft.source, &p->problems, &p->after, &blocks, &n, err);
    if (r < 0)
        return r;
    r = ct_studio_live(rq->desk.db, rq->arena, p->file.path, &p->live, p->live_hash, &none);
    if (r == CT_NOT_FOUND) {
        p->live = CT_SV_NULL;
        return CT_OK;
    }
    if (r < 0)
        return ct_fail(err, r, none.what, "%s", none.text);
    if ((r = ct_check_source(&of_live, rq->app->cfg.content_dir, rq->cat, p->file.path, p->live,
                             &p->before, &blocks, &n, err)) < 0)
        return r;
    if (!p->before || !p->after)
        return CT_OK;
    ct_module_compare(rq->arena, p->before, p->after, CT_DISC_ALL, &p->change);
    return ct_update_holders(rq->desk.db, p->file.course, p->before->id, &p->holders, err);
}

static void add_kind(json_t *model, enum ct_change_kind kind)
{
    json_object_set_new(model, "is_edited", json_boolean(kind == CT_CHANGE_EDITED));
    json_object_set_new(model, "is_added", json_boolean(kind == CT_CHANGE_ADDED));
    json_object_set_new(model, "is_removed", json_boolean(kind == CT_CHANGE_REMOVED));
}

static struct ct_sv part_title(const struct ct_module *before, const struct ct_module *after,
                               const struct ct_part_change *part)
{
    if (part->after || part->before)
        return part->after ? part->after->title : part->before->title;
    if (part->scene_after != SIZE_MAX)
        return after->scenario->scenes[part->scene_after].title;
    return before->scenario->scenes[part->scene_before].title;
}

json_t *ct_model_parts(const struct ct_module *before, const struct ct_module *after,
                       const struct ct_module_change *change)
{
    json_t *list = json_array();

    for (size_t i = 0; i < change->n_parts; i++) {
        const struct ct_part_change *part = &change->parts[i];
        if (part->kind == CT_CHANGE_NONE)
            continue;
        json_t *one = json_pack("{s:o}", "title", ct_json_sv(part_title(before, after, part)));
        add_kind(one, part->kind);
        json_array_append_new(list, one);
    }
    return list;
}

json_t *ct_model_question_changes(const struct ct_module_change *change)
{
    json_t *list = json_array();

    for (size_t i = 0; i < change->n_questions; i++) {
        const struct ct_question_change *c = &change->questions[i];
        const struct ct_question *q = c->after ? c->after : c->before;
        json_t *one = json_pack("{s:o, s:b}", "title", ct_json_sv(q->title), "in_quiz", c->in_quiz);
        add_kind(one, c->kind);
        json_array_append_new(list, one);
    }
    return list;
}

/* The file in the folder when it is not the one that the draft began from; null otherwise. */
static int file_conflict(struct ct_request *rq, const struct publishing *p, json_t **ret,
                         struct ct_err *err)
{
    struct ct_studio studio = ct_author_studio(rq);
    char hash[CT_HASH_HEX + 1];
    struct ct_diff diff;
    struct ct_sv file;
    int r = ct_studio_file(&studio, rq->arena, p->file.path, &file, hash, err);

    *ret = json_null();
    if (r < 0 || ct_sv_eq_c(p->draft.base, hash))
        return r;
    if ((r = ct_diff_lines(rq->arena, file, p->draft.source, CONTEXT, &diff, err)) < 0)
        return r;
    *ret = json_pack("{s:s, s:b, s:o}", "hash", hash[0] ? hash : NO_FILE, "is_gone",
                     hash[0] == '\0', "diff", ct_model_diff(&diff));
    return CT_OK;
}

static void add_errors(json_t *model, const struct ct_err *problem)
{
    bool of_note = problem && strcmp(problem->what, "note") == 0;

    json_object_set_new(model, "error_note",
                        of_note ? ct_json_sv(ct_sv_c(problem->text)) : json_null());
    json_object_set_new(model, "error",
                        problem && !of_note ? ct_json_sv(ct_sv_c(problem->text)) : json_null());
}

static int show(struct ct_request *rq, struct ct_response *rs, const struct publishing *p,
                const struct ct_publish_input *in, const struct ct_err *problem, struct ct_err *err)
{
    bool is_new = p->live.p == NULL, is_same;
    struct ct_diff diff;
    json_t *conflict, *model;
    int r = ct_diff_lines(rq->arena, p->live, p->draft.source, CONTEXT, &diff, err);

    if (r < 0 || (r = file_conflict(rq, p, &conflict, err)) < 0)
        return r;
    is_same = !is_new && json_is_null(conflict) && ct_sv_eq(p->live, p->draft.source);
    model = json_pack(
        "{s:s, s:o, s:b, s:b, s:o, s:o, s:I, s:o, s:o, s:o, s:o, s:b, s:b, s:o, s:b, s:i}", "title",
        "Publish", "file", ct_author_model_file(rq, &p->file), "is_new", is_new, "asks_material",
        p->before && p->after, "saved", ct_view_moment(p->draft.saved_at), "saved_by",
        ct_view_text(p->draft.name), "version", (json_int_t)p->draft.version, "diff",
        ct_model_diff(&diff), "parts", ct_model_parts(p->before, p->after, &p->change), "questions",
        ct_model_question_changes(&p->change), "conflict", conflict, "has_parts",
        p->change.n_changed > 0, "has_questions", p->change.n_questions > 0, "problems",
        ct_model_problems(p->problems.items, p->problems.n), "has_problems", p->problems.n > 0,
        "n_errors", (int)p->problems.n_errors);
    json_object_set_new(model, "has_holders", json_boolean(p->holders > 0));
    json_object_set_new(model, "holders", json_integer(p->holders));
    json_object_set_new(model, "is_same", json_boolean(is_same));
    json_object_set_new(model, "can_publish", json_boolean(!is_same && p->problems.n_errors == 0));
    json_object_set_new(model, "is_material", json_boolean(in && ct_sv_eq_c(in->material, "yes")));
    json_object_set_new(model, "is_immaterial", json_boolean(in && ct_sv_eq_c(in->material, "no")));
    json_object_set_new(model, "note_max", json_integer(CT_NOTE_MAX));
    json_object_set_new(model, "note", in ? ct_view_text(in->note) : json_null());
    add_errors(model, problem);
    return ct_page(rq, rs, "publish", model, err);
}

int ct_get_publish(struct ct_request *rq, struct ct_response *rs, struct ct_err *err)
{
    struct publishing p = {.live = CT_SV_NULL};
    int r = gather(rq, &p, err);

    return r < 0 ? r : show(rq, rs, &p, NULL, NULL, err);
}

static int publish(struct ct_request *rq, const struct publishing *p,
                   const struct ct_publish_input *in, struct ct_err *problem)
{
    struct ct_studio studio = ct_author_studio(rq);
    struct ct_problems problems = {.arena = rq->arena};
    struct ct_publish_wish wish = {.path = p->file.path,
                                   .version = in->version,
                                   .person = rq->session->person,
                                   .material = ct_sv_eq_c(in->material, "yes"),
                                   .note = ct_sv_trim(in->note)};
    char hash[CT_HASH_HEX + 1];
    struct ct_sv file = ct_sv_eq_c(in->file, NO_FILE) ? CT_SV("") : in->file;
    int r = CT_OK;

    if (p->before && p->after && !wish.material && !ct_sv_eq_c(in->material, "no"))
        return ct_fail(problem, CT_BAD_INPUT, "material",
                       "Say whether people who passed have something new to read.");
    /* The writer has seen the file that lies in the folder, and says that the draft replaces it. */
    if (in->file.n &&
        (r = ct_draft_rebase(studio.store, wish.path, wish.version, file, problem)) < 0)
        return r;
    return ct_studio_publish(&studio, rq->arena, &wish, &problems, hash, problem);
}

static bool is_for_the_writer(int r)
{
    return r == CT_BAD_INPUT || r == CT_CONFLICT || r == CT_INTERNAL;
}

int ct_post_publish(struct ct_request *rq, struct ct_response *rs, struct ct_err *err)
{
    const struct ct_publish_input *in = rq->input;
    struct publishing p = {.live = CT_SV_NULL};
    struct ct_err problem = CT_ERR_INIT;
    int r = gather(rq, &p, err);

    if (r < 0)
        return r;
    r = publish(rq, &p, in, &problem);
    if (r == CT_OK)
        return ct_see_other(rq, rs, ct_author_href(rq, &p.file, "revisions"));
    if (!is_for_the_writer(r))
        return ct_fail(err, r, problem.what, "%s", problem.text);
    /* A newer draft may be why, or the draft was set on another file: the page shows what there is
     * now. */
    struct publishing now = {.live = CT_SV_NULL};
    if ((r = ct_store_renew(rq->desk.db, err)) < 0 || (r = gather(rq, &now, err)) < 0)
        return r;
    rs->status = ct_status_http(problem.code);
    r = show(rq, rs, &now, in, &problem, err);
    return r < 0 ? r : ct_answered(&problem, err);
}
