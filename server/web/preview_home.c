/*
 * preview_home.c: what is in the content folder: courses and modules, and how many problems each
 * file has.
 */
#include "preview_pages_priv.h"
#include "view_priv.h"

#include "ct/base/banned.h"

void ct_preview_problems_of(const struct ct_catalogue *cat, struct ct_sv path,
                            const struct ct_problem **ret_first, size_t *ret_n)
{
    const struct ct_problems *all = &cat->problems;

    *ret_first = NULL;
    *ret_n = 0;
    for (size_t i = 0; i < all->n; i++) {
        if (!ct_sv_eq(all->items[i].file, path))
            continue;
        if (!*ret_first)
            *ret_first = &all->items[i];
        (*ret_n)++;
    }
}

void ct_preview_add_live(const struct ct_request *rq, json_t *model, struct ct_sv path,
                         struct ct_sv title, const struct ct_problem *problems, size_t n)
{
    json_t *count = ct_model_problem_count(problems, n);
    int errors = (int)json_integer_value(json_object_get(count, "errors"));
    uint64_t generation = ct_library_generation(rq->app->cfg.library, rq->cat);

    if (errors)
        title = ct_arena_printf(rq->arena, "(%d %s) %.*s", errors, errors == 1 ? "error" : "errors",
                                CT_SV_ARG(title));
    json_object_set_new(model, "title", ct_json_sv(title));
    json_object_set_new(model, "count", count);
    json_object_set_new(model, "path", ct_view_text(path));
    json_object_set_new(model, "generation", json_integer((json_int_t)generation));
}

static json_t *count_of(const struct ct_request *rq, struct ct_sv path)
{
    const struct ct_problem *problems;
    size_t n;

    ct_preview_problems_of(rq->cat, path, &problems, &n);
    return ct_model_problem_count(problems, n);
}

static json_t *module_of(const struct ct_request *rq, const struct ct_course *c,
                         const struct ct_module *m)
{
    struct ct_sv title = m->title.n ? m->title : m->slug;

    return json_pack("{s:o, s:o, s:o, s:i, s:b, s:b, s:i, s:o, s:o}", "title", ct_json_sv(title),
                     "href", ct_json_sv(ct_href_module(rq, c, m)), "path", ct_json_sv(m->path),
                     "number", m->number, "is_scenario", m->kind == CT_MODULE_SCENARIO,
                     "has_minutes", m->minutes > 0, "minutes", m->minutes, "count",
                     count_of(rq, m->path), "map_href",
                     m->scenario ? ct_json_sv(ct_href_part(rq, c, m, CT_SV("map"))) : json_null());
}

static json_t *course_of(const struct ct_request *rq, const struct ct_course *c)
{
    json_t *modules = json_array();
    struct ct_sv title = c->title.n ? c->title : c->slug;

    for (size_t i = 0; i < c->n_modules; i++)
        json_array_append_new(modules, module_of(rq, c, c->modules[i]));
    return json_pack("{s:o, s:o, s:o, s:o, s:b, s:o}", "title", ct_json_sv(title), "href",
                     ct_json_sv(ct_href_course(rq, c)), "path", ct_json_sv(c->path), "count",
                     count_of(rq, c->path), "has_modules", c->n_modules > 0, "modules", modules);
}

/* What is wrong with files that could not be read at all, and so have no page of their own. */
static json_t *other_problems(const struct ct_catalogue *cat)
{
    json_t *list = json_array();

    for (size_t i = 0; i < cat->problems.n; i++)
        if (!ct_catalogue_has_file(cat, cat->problems.items[i].file))
            json_array_append_new(
                list, json_pack("{s:o, s:o}", "path", ct_json_sv(cat->problems.items[i].file),
                                "problem", ct_model_problem(&cat->problems.items[i])));
    return list;
}

static json_t *glossary_of(const struct ct_request *rq)
{
    const struct ct_glossary *g = rq->cat->glossary;

    if (!g)
        return json_null();
    return json_pack("{s:o, s:s, s:o, s:i, s:o}", "title", ct_json_sv(g->title), "href",
                     "/glossary", "path", ct_json_sv(g->path), "terms", (int)g->n_terms, "count",
                     count_of(rq, g->path));
}

int ct_get_preview_home(struct ct_request *rq, struct ct_response *rs, struct ct_err *err)
{
    const struct ct_catalogue *cat = rq->cat;
    struct ct_preview_wish wish = {.open_all = false};
    struct ct_preview p = {.arena = rq->arena,
                           .disciplines = &cat->disciplines,
                           .wish = &wish,
                           .blocks = cat->front,
                           .n_blocks = cat->n_front};
    json_t *courses = json_array(), *others = other_problems(cat);
    json_t *model;

    for (size_t i = 0; i < cat->n_courses; i++)
        json_array_append_new(courses, course_of(rq, &cat->courses[i]));
    ct_preview_problems_of(cat, cat->path, &p.problems, &p.n_problems);
    model =
        json_pack("{s:o, s:o, s:o, s:b, s:o, s:b, s:o, s:o}", "glossary", glossary_of(rq), "lang",
                  ct_json_sv(cat->lang), "preview", ct_preview_model(&p), "has_courses",
                  cat->n_courses > 0, "courses", courses, "has_others", json_array_size(others) > 0,
                  "others", others, "front", ct_json_sv(cat->path));
    ct_preview_add_live(rq, model, CT_SV_NULL, CT_SV("Preview"), cat->problems.items,
                        cat->problems.n);
    return ct_page(rq, rs, "preview-home", model, err);
}
