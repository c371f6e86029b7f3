/*
 * preview_page.c: the page of one file, as its readers will see it, with a bar above it.
 */
#include "preview_pages_priv.h"
#include "view_priv.h"

#include "ct/base/banned.h"

static int page(struct ct_request *rq, struct ct_response *rs, struct ct_preview *p,
                const struct ct_course *c, struct ct_sv path, struct ct_sv title,
                struct ct_err *err)
{
    struct ct_preview_wish wish = ct_preview_wish_of(rq->input);
    const struct ct_module *m = p->module;
    bool own_title = m && m->title.n > 0;
    json_t *model;

    p->arena = rq->arena;
    p->disciplines = &rq->cat->disciplines;
    p->wish = &wish;
    p->href = m ? ct_href_module(rq, c, m) : CT_SV_NULL;
    ct_preview_problems_of(rq->cat, path, &p->problems, &p->n_problems);
    model =
        json_pack("{s:o, s:b, s:o, s:o, s:o, s:o}", "lang", ct_json_sv(m ? m->lang : rq->cat->lang),
                  "has_own_title", own_title, "plain_title", ct_json_sv(title), "course",
                  m ? ct_model_course(rq, c) : json_null(), "bar", ct_preview_bar(rq, &wish, c, m),
                  "preview", ct_preview_model(p));
    ct_preview_add_live(rq, model, path, title, p->problems, p->n_problems);
    return ct_page(rq, rs, "preview", model, err);
}

int ct_get_preview_course(struct ct_request *rq, struct ct_response *rs, struct ct_err *err)
{
    struct ct_spot spot;
    struct ct_preview p = {.module = NULL};
    int r = ct_spot_find(rq, CT_SPOT_COURSE, &spot, err);

    if (r < 0)
        return r;
    p.blocks = spot.course->intro;
    p.n_blocks = spot.course->n_intro;
    return page(rq, rs, &p, spot.course, spot.course->path,
                spot.course->title.n ? spot.course->title : spot.course->slug, err);
}

int ct_get_preview_module(struct ct_request *rq, struct ct_response *rs, struct ct_err *err)
{
    struct ct_spot spot;
    struct ct_preview p = {.module = NULL};
    int r = ct_spot_find(rq, CT_SPOT_MODULE, &spot, err);

    if (r < 0)
        return r;
    p.module = spot.module;
    return page(rq, rs, &p, spot.course, spot.module->path,
                spot.module->title.n ? spot.module->title : spot.module->slug, err);
}

int ct_get_preview_glossary(struct ct_request *rq, struct ct_response *rs, struct ct_err *err)
{
    const struct ct_glossary *g = rq->cat->glossary;
    struct ct_preview p = {.module = NULL};

    if (!g)
        return ct_fail(err, CT_NOT_FOUND, "glossary", "there is no glossary.md in this folder");
    p.blocks = g->blocks;
    p.n_blocks = g->n_blocks;
    return page(rq, rs, &p, NULL, g->path, g->title, err);
}
