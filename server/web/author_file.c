/*
 * author_file.c: the file that an address of a trainer's page names.
 */
#include "author_priv.h"
#include "preview_priv.h"

#include "ct/course/change.h"
#include "ct/text/url.h"

#include "ct/base/banned.h"

int ct_author_file_of(const struct ct_request *rq, struct ct_author_file *ret, struct ct_err *err)
{
    struct ct_author_file f = {.course = rq->params[0], .file = rq->params[1]};

    if (ct_sv_eq_c(f.course, "-"))
        f.path = f.file;
    else
        f.path = ct_arena_printf(rq->arena, "%.*s/%.*s", CT_SV_ARG(f.course), CT_SV_ARG(f.file));
    if (!ct_studio_path(f.path))
        return ct_fail(err, CT_NOT_FOUND, "file", "no such file of a course");
    *ret = f;
    return CT_OK;
}

struct ct_sv ct_author_href(const struct ct_request *rq, const struct ct_author_file *f,
                            const char *part)
{
    struct ct_sv file = CT_URL(rq->arena, CT_SV("author"), CT_SV("files"), f->course, f->file);

    return part ? ct_arena_printf(rq->arena, "%.*s/%s", CT_SV_ARG(file), part) : file;
}

struct ct_studio ct_author_studio(const struct ct_request *rq)
{
    const struct ct_app_config *cfg = &rq->app->cfg;

    return (struct ct_studio){.store = cfg->store,
                              .library = cfg->library,
                              .clock = cfg->clock,
                              .dir = cfg->content_dir,
                              .cat = rq->cat};
}

const struct ct_module *ct_author_live_module(const struct ct_request *rq,
                                              const struct ct_author_file *f,
                                              const struct ct_course **ret_course)
{
    const struct ct_course *c = ct_catalogue_course(rq->cat, f->course);

    for (size_t i = 0; c && i < c->n_modules; i++) {
        if (!ct_sv_eq(c->modules[i]->path, f->path))
            continue;
        if (ret_course)
            *ret_course = c;
        return c->modules[i];
    }
    return NULL;
}

int ct_author_check(const struct ct_request *rq, const struct ct_author_file *f,
                    struct ct_sv source, struct ct_problems *ret,
                    const struct ct_module **ret_module, const struct ct_block **ret_blocks,
                    size_t *ret_n_blocks, struct ct_err *err)
{
    const struct ct_module *live = ct_author_live_module(rq, f, NULL);
    int r = ct_check_source(ret, rq->app->cfg.content_dir, rq->cat, f->path, source, ret_module,
                            ret_blocks, ret_n_blocks, err);

    /* A text with errors was read as far as it goes: what is missing in it tells nothing. */
    if (r < 0 || !live || !*ret_module || ret->n_errors > 0)
        return r;
    ct_change_check(rq->arena, live, *ret_module, ret);
    ct_problems_sort(ret);
    return CT_OK;
}

static struct ct_sv live_href(const struct ct_request *rq, const struct ct_author_file *f,
                              const struct ct_course *course, const struct ct_module *m)
{
    if (m)
        return ct_href_module(rq, course, m);
    if (ct_sv_eq_c(f->path, "curriculum.md"))
        return CT_SV("/");
    if (ct_sv_eq_c(f->path, "glossary.md"))
        return rq->cat->glossary ? CT_SV("/glossary") : CT_SV_NULL;
    course = ct_sv_eq_c(f->file, "course.md") ? ct_catalogue_course(rq->cat, f->course) : NULL;
    return course ? ct_href_course(rq, course) : CT_SV_NULL;
}

json_t *ct_author_model_file(const struct ct_request *rq, const struct ct_author_file *f)
{
    const struct ct_course *course = NULL;
    const struct ct_module *m = ct_author_live_module(rq, f, &course);
    bool has_quiz = m && m->quiz;

    return json_pack("{s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o}", "course",
                     ct_json_sv(f->course), "file", ct_json_sv(f->file), "path",
                     ct_json_sv(f->path), "href", ct_json_sv(ct_author_href(rq, f, NULL)),
                     "publish_href", ct_json_sv(ct_author_href(rq, f, "publish")), "revisions_href",
                     ct_json_sv(ct_author_href(rq, f, "revisions")), "compare_href",
                     ct_json_sv(ct_author_href(rq, f, "compare")), "questions_href",
                     has_quiz ? ct_json_sv(ct_author_href(rq, f, "questions")) : json_null(),
                     "live_href", ct_model_href(live_href(rq, f, course, m)));
}

json_t *ct_model_problems(const struct ct_problem *items, size_t n)
{
    json_t *list = json_array();

    for (size_t i = 0; i < n; i++)
        json_array_append_new(list, ct_model_problem(&items[i]));
    return list;
}
