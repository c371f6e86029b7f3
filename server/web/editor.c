/*
 * editor.c: a file on the desk of who writes it: the text that is stored or was just sent, what the
 * checker says about it, and how readers will see it.
 */
#include "editor_priv.h"
#include "preview_priv.h"
#include "view_priv.h"

#include "ct/base/limits.h"
#include "ct/text/url.h"

#include "ct/base/banned.h"

enum { EXCERPT_MAX = 240 }; /* bytes of a line beside its problem */

static bool is_module_file(struct ct_sv file)
{
    return !ct_sv_eq_c(file, "course.md") && !ct_sv_eq_c(file, "curriculum.md") &&
           !ct_sv_eq_c(file, "glossary.md");
}

int ct_editing_open(struct ct_request *rq, bool must_exist, struct ct_editing *ret,
                    struct ct_err *err)
{
    struct ct_studio studio = ct_author_studio(rq);
    struct ct_editing e = {.is_stored = true};
    struct ct_err none = CT_ERR_INIT;
    const struct ct_course *course;
    int r = ct_author_file_of(rq, &e.file, err);

    if (r < 0)
        return r;
    r = ct_draft_get(rq->desk.db, rq->arena, e.file.path, &e.draft, &none);
    if (r < 0 && r != CT_NOT_FOUND)
        return ct_fail(err, r, none.what, "%s", none.text);
    e.has_draft = r == CT_OK;
    r = ct_studio_file(&studio, rq->arena, e.file.path, &e.in_folder, e.folder_hash, err);
    if (r < 0)
        return r;
    if (must_exist && !e.has_draft && !e.in_folder.p && is_module_file(e.file.file))
        return ct_fail(err, CT_NOT_FOUND, "file", "no such file, and nobody is writing it");
    course = ct_catalogue_course(rq->cat, e.file.course);
    e.lang = course ? course->lang : rq->cat->lang;
    e.source = e.has_draft ? e.draft.source : e.in_folder;
    e.version = e.has_draft ? e.draft.version : 0;
    e.base = e.has_draft ? e.draft.base : ct_arena_dup(rq->arena, ct_sv_c(e.folder_hash));
    *ret = e;
    return CT_OK;
}

static bool is_hash(struct ct_sv s)
{
    for (size_t i = 0; i < s.n; i++)
        if (!((s.p[i] >= '0' && s.p[i] <= '9') || (s.p[i] >= 'a' && s.p[i] <= 'f')))
            return false;
    return s.n == 0 || s.n == CT_HASH_HEX;
}

int ct_editing_take(struct ct_request *rq, struct ct_editing *e, const struct ct_editor_input *in,
                    struct ct_err *err)
{
    if (!in->source.p)
        return ct_fail(err, CT_BAD_INPUT, "source", "the text is missing");
    if (!is_hash(in->base))
        return ct_fail(err, CT_BAD_INPUT, "base", "not the name of a text");
    e->source = ct_arena_unix_lines(rq->arena, in->source);
    e->version = in->version;
    e->base = in->base.p ? in->base : e->base;
    e->is_stored = false;
    return CT_OK;
}

/* ---- what the checker says ---- */

struct lines { /* problems are sorted, so each line is looked for from the last one on */
    struct ct_sv rest;
    int next; /* the number of the first line of `rest` */
};

static struct ct_sv line_at(struct lines *l, int line)
{
    struct ct_sv text = CT_SV_NULL, rest = l->rest;
    int number = l->next;

    while (number <= line && ct_sv_split(&rest, '\n', &text)) {
        if (number == line)
            break;
        l->rest = rest;
        l->next = ++number;
    }
    if (number != line)
        return CT_SV_NULL;
    text = ct_sv_trim(text);
    if (text.n <= EXCERPT_MAX)
        return text;
    text.n = EXCERPT_MAX;
    while (text.n > 0 && ((unsigned char)text.p[text.n] & 0xc0) == 0x80)
        text.n--; /* no half letters */
    return text;
}

static json_t *problems_model(const struct ct_problems *problems, struct ct_sv source)
{
    struct lines lines = {source, 1};
    json_t *list = json_array();

    for (size_t i = 0; i < problems->n; i++) {
        json_t *one = ct_model_problem(&problems->items[i]);
        json_object_set_new(one, "excerpt", ct_view_text(line_at(&lines, problems->items[i].line)));
        json_array_append_new(list, one);
    }
    return list;
}

/* What editor-check.mustache shows. */
static int add_check(struct ct_request *rq, const struct ct_editing *e,
                     const struct ct_editor_input *in, json_t *model, struct ct_err *err)
{
    struct ct_problems problems = {.arena = rq->arena};
    struct ct_preview_wish wish = {.as = CT_SV_NULL};
    struct ct_preview p = {.arena = rq->arena, .disciplines = &rq->cat->disciplines, .wish = &wish};
    size_t errors, warnings;
    int r =
        ct_author_check(rq, &e->file, e->source, &problems, &p.module, &p.blocks, &p.n_blocks, err);

    if (r < 0)
        return r;
    if (in) {
        wish.as = in->as.n ? in->as : CT_SV_NULL;
        wish.open_all = in->open_all;
        wish.answers = in->answers;
    }
    p.problems = problems.items;
    p.n_problems = problems.n;
    errors = problems.n_errors;
    warnings = problems.n - errors;
    json_object_set_new(model, "problems", problems_model(&problems, e->source));
    json_object_set_new(model, "has_problems", json_boolean(problems.n > 0));
    json_object_set_new(model, "has_errors", json_boolean(errors > 0));
    json_object_set_new(model, "errors", json_integer((json_int_t)errors));
    json_object_set_new(model, "has_warnings", json_boolean(warnings > 0));
    json_object_set_new(model, "warnings", json_integer((json_int_t)warnings));
    json_object_set_new(model, "preview", ct_preview_model(&p));
    return CT_OK;
}

/* ---- the page ---- */

static json_t *disciplines_model(const struct ct_request *rq, const struct ct_editor_input *in)
{
    const struct ct_disciplines *d = &rq->cat->disciplines;
    json_t *list = json_array();

    for (size_t i = 0; i < d->n; i++)
        json_array_append_new(list,
                              json_pack("{s:o, s:o, s:b}", "slug", ct_json_sv(d->items[i].slug),
                                        "name", ct_json_sv(d->items[i].name), "is_chosen",
                                        in && ct_sv_eq(in->as, d->items[i].slug)));
    return list;
}

static json_t *uploads_href(const struct ct_request *rq, const struct ct_author_file *f)
{
    /* A course that is a draft alone has no folder yet to put a picture into. */
    if (!ct_catalogue_course(rq->cat, f->course))
        return json_null();
    return ct_json_sv(CT_URL(rq->arena, CT_SV("author"), CT_SV("uploads"), f->course));
}

static json_t *page_model(struct ct_request *rq, const struct ct_editing *e,
                          const struct ct_editor_input *in)
{
    bool moved = e->has_draft && !ct_sv_eq_c(e->draft.base, e->folder_hash);

    return json_pack(
        "{s:o, s:o, s:o, s:o, s:I, s:o, s:b, s:b, s:b, s:o, s:o, s:b, s:b, s:o, s:o, s:o, s:o}",
        "title", ct_json_sv(e->file.file), "file", ct_author_model_file(rq, &e->file), "text_lang",
        ct_json_sv(e->lang), "source", ct_json_sv(e->source), "version", (json_int_t)e->version,
        "base", ct_view_text(e->base), "is_stored", e->is_stored, "is_new", !e->in_folder.p,
        "is_moved", moved, "draft", e->has_draft ? ct_model_draft(rq, &e->draft) : json_null(),
        "disciplines", disciplines_model(rq, in), "open_all", in && in->open_all, "answers",
        in && in->answers, "uploads_href", uploads_href(rq, &e->file), "map_href",
        ct_author_map_href(rq, &e->file), "check_href",
        ct_json_sv(ct_author_href(rq, &e->file, "check")), "discard_href",
        ct_json_sv(ct_author_href(rq, &e->file, "discard")));
}

int ct_editing_show(struct ct_request *rq, struct ct_response *rs, const struct ct_editing *e,
                    const struct ct_editor_input *in, struct ct_err *err)
{
    bool fragment = in && in->fragment;
    json_t *model =
        fragment ? json_pack("{s:o}", "title", ct_json_sv(e->file.file)) : page_model(rq, e, in);
    int r = add_check(rq, e, in, model, err);

    if (r < 0) {
        json_decref(model);
        return r;
    }
    return ct_page(rq, rs, fragment ? "editor-check" : "editor", model, err);
}
