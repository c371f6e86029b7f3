/*
 * page_model.c: pieces that the models of several pages share.
 */
#include "pages_priv.h"
#include "view_priv.h"

#include "ct/text/url.h"

#include "ct/base/banned.h"

enum { MANY_SOURCES = 5 }; /* more are a screen of their own on a phone */

json_t *ct_model_href(struct ct_sv href)
{
    return ct_view_text(href);
}

json_t *ct_model_course(const struct ct_request *rq, const struct ct_course *c)
{
    return json_pack("{s:o, s:o}", "title", ct_json_sv(c->title), "href",
                     ct_json_sv(ct_href_course(rq, c)));
}

json_t *ct_model_module(const struct ct_request *rq, const struct ct_course *c,
                        const struct ct_module *m)
{
    if (!m)
        return json_null();
    return json_pack("{s:i, s:o, s:o}", "number", m->number, "title", ct_json_sv(m->title), "href",
                     ct_json_sv(ct_href_module(rq, c, m)));
}

json_t *ct_model_discipline(const struct ct_request *rq, struct ct_sv slug)
{
    return slug.n ? ct_view_discipline(&rq->cat->disciplines, slug) : json_null();
}

json_t *ct_model_kind(const struct ct_request *rq, struct ct_sv slug)
{
    return ct_sv_eq_c(slug, "none")
               ? json_pack("{s:s, s:s, s:s, s:i}", "slug", "none", "name", "No discipline",
                           "plural", "people without a discipline", "mark", 12)
               : ct_model_discipline(rq, slug);
}

json_t *ct_model_objectives(const struct ct_objective *list, size_t n)
{
    json_t *model = json_array();

    for (size_t i = 0; i < n; i++)
        json_array_append_new(model, json_pack("{s:o, s:o}", "id", ct_json_sv(list[i].id), "text",
                                               ct_json_sv(list[i].text)));
    return model;
}

json_t *ct_model_sources(const struct ct_module *m)
{
    json_t *list = json_array();

    for (size_t i = 0; i < m->n_sources; i++)
        json_array_append_new(list, ct_json_sv(m->sources[i]));
    return list;
}

/* Whether the number to call in a crisis stands there, and no longer one that has it in it. */
static bool names_lifeline(struct ct_sv html)
{
    const struct ct_sv line = CT_SV("988");

    for (size_t at; (at = ct_sv_search(html, line)) != SIZE_MAX;) {
        char before = at > 0 ? html.p[at - 1] : ' ';
        char after = at + line.n < html.n ? html.p[at + line.n] : ' ';
        if (!strchr("0123456789-,.", before) && !strchr("0123456789-", after))
            return true;
        html = ct_sv_sub(html, at + line.n, html.n);
    }
    return false;
}

/* Authors say it in their own words, which begin like ours or name the same line. What is shown
 * under a condition, or in a passage for some, is not read by all. */
static bool cares(const struct ct_block *blocks, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (!blocks[i].shown_if && blocks[i].kind != CT_BLOCK_PASSAGE &&
            (ct_sv_search(blocks[i].html, CT_SV("Pause. Breathe.")) != SIZE_MAX ||
             names_lifeline(blocks[i].html) || cares(blocks[i].children, blocks[i].n_children)))
            return true;
    return false;
}

json_t *ct_model_closing(const struct ct_module *m, const struct ct_block *blocks, size_t n,
                         bool is_caring)
{
    return json_pack("{s:b, s:b, s:i, s:o, s:b}", "has_sources", m->n_sources > 0, "has_many",
                     m->n_sources > MANY_SOURCES, "n_sources", (int)m->n_sources, "sources",
                     ct_model_sources(m), "is_caring", is_caring && !cares(blocks, n));
}

json_t *ct_model_content_note(const struct ct_module *m, const struct ct_block *blocks, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (blocks[i].kind == CT_BLOCK_NOTE && blocks[i].note == CT_NOTE_CONTENT)
            return json_null();
    return ct_view_text(m->content_note);
}

json_t *ct_model_certificate(const struct ct_request *rq, struct ct_sv code)
{
    if (!code.n)
        return json_null();
    return ct_json_sv(CT_URL(rq->arena, CT_SV("certificates"), code));
}

json_t *ct_model_resume(const struct ct_request *rq, const struct ct_place *p, bool is_start)
{
    bool section = p->kind == CT_PLACE_SECTION;

    if (p->kind == CT_PLACE_NONE)
        return json_null();
    return json_pack("{s:o, s:o, s:b, s:b, s:b, s:b, s:b, s:b, s:o, s:i}", "href",
                     ct_json_sv(ct_href_place(rq, p, NULL)), "module_title",
                     ct_json_sv(p->module->title), "is_start", is_start, "is_section", section,
                     "is_quiz", p->kind == CT_PLACE_QUIZ, "is_attempt", p->kind == CT_PLACE_ATTEMPT,
                     "is_play", p->kind == CT_PLACE_PLAY, "is_run", p->kind == CT_PLACE_RUN,
                     "section_title", section ? ct_json_sv(p->section->title) : json_null(),
                     "section_number",
                     section ? (int)ct_section_number(rq, p->module, p->section) : 0);
}

void ct_model_add_number(json_t *model, const char *has, const char *name, int64_t value)
{
    json_object_set_new(model, has, json_boolean(value >= 0));
    json_object_set_new(model, name, json_integer(value >= 0 ? value : 0));
}

static json_t *next_of(const struct ct_request *rq, const struct ct_place *p,
                       const struct ct_module *m)
{
    bool same = p->module && ct_sv_eq(p->module->id, m->id);
    struct ct_sv title;

    if (p->kind == CT_PLACE_NONE)
        return json_null();
    title = same && p->section ? p->section->title : p->module->title;
    return json_pack("{s:o, s:o}", "title", ct_json_sv(title), "href",
                     ct_json_sv(ct_href_place(rq, p, NULL)));
}

int ct_model_add_after(const struct ct_request *rq, const struct ct_course *c,
                       const struct ct_module *m, bool goes_on, json_t *model, struct ct_err *err)
{
    struct ct_place next = {.kind = CT_PLACE_NONE};
    struct ct_course_progress course;
    struct ct_module_progress module;
    int r;

    if ((r = ct_progress_course(&rq->desk, c, &course, err)) < 0 ||
        (r = ct_progress_module(&rq->desk, c, m, &module, err)) < 0 ||
        (goes_on && (r = ct_progress_next(&rq->desk, c, m, NULL, &next, err)) < 0))
        return r;
    json_object_set_new(model, "is_module_completed", json_boolean(module.status == CT_COMPLETED));
    json_object_set_new(model, "next", next_of(rq, &next, m));
    json_object_set_new(model, "certificate_href", ct_model_certificate(rq, course.certificate));
    return CT_OK;
}

json_t *ct_model_sections(const struct ct_request *rq, const struct ct_course *c,
                          const struct ct_module_progress *p, const struct ct_section *here)
{
    const struct ct_module *m = p->module;
    json_t *list = json_array();
    int number = 0;

    for (size_t i = 0; i < m->n_sections; i++) {
        const struct ct_section *s = &m->sections[i];
        if (!ct_is_mine(rq, s->disciplines))
            continue;
        json_array_append_new(list, json_pack("{s:i, s:o, s:o, s:b, s:b, s:b}", "number", ++number,
                                              "href", ct_json_sv(ct_href_section(rq, c, m, s)),
                                              "title", ct_json_sv(s->title), "is_done", p->done[i],
                                              "is_opened", p->opened[i], "is_here", s == here));
    }
    return list;
}
