/*
 * page_author.c: all courses and modules in order, each with how it stands: for who writes them.
 */
#include "editor_priv.h"
#include "view_priv.h"

#include "ct/base/limits.h"
#include "ct/text/url.h"

#include "ct/base/banned.h"

static struct ct_sv title_of(const struct ct_request *rq, const struct ct_author_row *row)
{
    const struct ct_module *m = ct_author_live_module(rq, &row->file, NULL);

    if (m)
        return m->title;
    if (ct_sv_eq_c(row->file.file, "curriculum.md"))
        return CT_SV("The curriculum: disciplines, order of courses, front page");
    if (ct_sv_eq_c(row->file.file, "glossary.md"))
        return CT_SV("The glossary: words that the texts explain");
    return ct_sv_eq_c(row->file.file, "course.md")
               ? CT_SV("The course: title, summary, introduction")
               : CT_SV_NULL;
}

/* FILE_ROW of author.mustache. */
static json_t *row_model(const struct ct_request *rq, const struct ct_author_row *row)
{
    json_t *model = ct_author_model_file(rq, &row->file);
    bool is_older = row->is_live && row->n_errors > 0;

    json_object_set_new(model, "title", ct_view_text(title_of(rq, row)));
    json_object_set_new(model, "can_open", json_boolean(row->can_open));
    json_object_set_new(model, "is_live", json_boolean(row->is_live && !is_older));
    json_object_set_new(model, "is_older", json_boolean(is_older));
    json_object_set_new(model, "is_new",
                        json_boolean(!row->in_folder && !row->is_live && row->draft));
    json_object_set_new(model, "is_missing",
                        json_boolean(!row->in_folder && !row->is_live && !row->draft &&
                                     !ct_sv_eq_c(row->file.path, "glossary.md")));
    json_object_set_new(model, "is_out", json_boolean(row->in_folder && !row->is_live));
    json_object_set_new(model, "has_errors", json_boolean(row->n_errors > 0));
    json_object_set_new(model, "errors", json_integer((json_int_t)row->n_errors));
    json_object_set_new(model, "has_warnings", json_boolean(row->n_warnings > 0));
    json_object_set_new(model, "warnings", json_integer((json_int_t)row->n_warnings));
    json_object_set_new(model, "draft", ct_model_draft(rq, row->draft));
    json_object_set_new(model, "map_href", ct_author_map_href(rq, &row->file));
    return model;
}

static struct ct_sv new_href(const struct ct_request *rq, struct ct_sv course)
{
    CT_AUTO_STR href = CT_STR_INIT(CT_URL_MAX);
    bool first = true;

    ct_str_add_c(&href, "/author/new");
    ct_url_add_query(&href, &first, CT_SV("course"), course);
    return ct_arena_dup(rq->arena, ct_str_sv(&href));
}

static json_t *course_model(const struct ct_request *rq, const struct ct_author_course *c)
{
    json_t *rows = json_array();

    for (size_t i = 0; i < c->n; i++)
        json_array_append_new(rows, row_model(rq, &c->rows[i]));
    return json_pack("{s:o, s:o, s:b, s:o, s:o, s:o}", "slug", ct_json_sv(c->slug), "title",
                     ct_json_sv(c->live ? c->live->title : c->slug), "is_live", c->live != NULL,
                     "files", rows, "new_href", ct_json_sv(new_href(rq, c->slug)), "uploads_href",
                     ct_json_sv(CT_URL(rq->arena, CT_SV("author"), CT_SV("uploads"), c->slug)));
}

static bool on_shelf(const struct ct_author_shelf *shelf, struct ct_sv path)
{
    if (ct_sv_eq(shelf->curriculum.file.path, path) || ct_sv_eq(shelf->glossary.file.path, path))
        return true;
    for (size_t i = 0; i < shelf->n; i++)
        for (size_t k = 0; k < shelf->courses[i].n; k++)
            if (ct_sv_eq(shelf->courses[i].rows[k].file.path, path))
                return true;
    return false;
}

/* What the checker says about folders and about files that are no texts: it has no row. */
static json_t *others_model(const struct ct_request *rq, const struct ct_author_shelf *shelf)
{
    const struct ct_problems *all = &rq->cat->problems;
    json_t *list = json_array();

    for (size_t i = 0; i < all->n; i++) {
        const struct ct_problem *p = &all->items[i];
        if (!on_shelf(shelf, p->file))
            json_array_append_new(list, json_pack("{s:o, s:s, s:o}", "file", ct_json_sv(p->file),
                                                  "code", p->code, "text", ct_json_sv(p->text)));
    }
    return list;
}

int ct_get_author(struct ct_request *rq, struct ct_response *rs, struct ct_err *err)
{
    struct ct_author_shelf shelf;
    size_t errors = rq->cat->problems.n_errors, all = rq->cat->problems.n;
    json_t *courses, *others;
    int r = ct_author_shelf(rq, &shelf, err);

    if (r < 0)
        return r;
    courses = json_array();
    for (size_t i = 0; i < shelf.n; i++)
        json_array_append_new(courses, course_model(rq, &shelf.courses[i]));
    others = others_model(rq, &shelf);
    return ct_page(rq, rs, "author",
                   json_pack("{s:s, s:b, s:i, s:b, s:i, s:b, s:o, s:o, s:b, s:o, s:b, s:o, s:s}",
                             "title", "Writing", "has_errors", errors > 0, "errors", (int)errors,
                             "has_warnings", all > errors, "warnings", (int)(all - errors),
                             "is_fine", all == 0, "curriculum", row_model(rq, &shelf.curriculum),
                             "glossary", row_model(rq, &shelf.glossary), "has_courses", shelf.n > 0,
                             "courses", courses, "has_others", json_array_size(others) > 0,
                             "others", others, "new_course_href", "/author/new"),
                   err);
}
