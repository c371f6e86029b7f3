/*
 * page_section.c: one page of a lesson, with its practice and how it stands.
 */
#include "pages_priv.h"
#include "view_priv.h"

#include "ct/text/url.h"

#include "ct/base/banned.h"

static json_t *quiz_of(const struct ct_request *rq, const struct ct_spot *at,
                       const struct ct_module_progress *p)
{
    if (!at->module->quiz)
        return json_null();
    return json_pack("{s:o, s:o, s:b}", "href",
                     ct_json_sv(ct_href_part(rq, at->course, at->module, CT_SV("quiz"))), "title",
                     ct_json_sv(at->module->quiz->title), "passed", p->quiz_passed);
}

/* The sections before and behind this one that are the person's own; NULL for none. */
static void neighbours(const struct ct_request *rq, const struct ct_spot *at,
                       const struct ct_section **ret_before, const struct ct_section **ret_behind)
{
    const struct ct_module *m = at->module;
    bool passed = false;

    *ret_before = *ret_behind = NULL;
    for (size_t i = 0; i < m->n_sections && !*ret_behind; i++) {
        const struct ct_section *s = &m->sections[i];
        if (s == at->section)
            passed = true;
        else if (ct_is_mine(rq, s->disciplines))
            *(passed ? ret_behind : ret_before) = s;
    }
}

static json_t *previous_of(const struct ct_request *rq, const struct ct_spot *at,
                           const struct ct_section *s)
{
    if (!s)
        return json_null();
    return json_pack("{s:o, s:o}", "href",
                     ct_json_sv(ct_href_section(rq, at->course, at->module, s)), "title",
                     ct_json_sv(s->title));
}

/* What comes behind, whether or not anything is marked as done. */
static json_t *next_of(const struct ct_request *rq, const struct ct_spot *at,
                       const struct ct_section *s)
{
    const struct ct_module *m = at->module;
    const struct ct_module *module = ct_next_module(rq, at->course, m);
    struct ct_sv title = s         ? s->title
                         : m->quiz ? m->quiz->title
                         : module  ? module->title
                                   : CT_SV_NULL;
    struct ct_sv href = s         ? ct_href_section(rq, at->course, m, s)
                        : m->quiz ? ct_href_part(rq, at->course, m, CT_SV("quiz"))
                        : module  ? ct_href_module(rq, at->course, module)
                                  : ct_href_course(rq, at->course);

    return json_pack("{s:b, s:b, s:b, s:b, s:o, s:o}", "is_section", s != NULL, "is_quiz",
                     !s && m->quiz, "is_module", !s && !m->quiz && module, "is_end",
                     !s && !m->quiz && !module, "title", ct_view_text(title), "href",
                     ct_json_sv(href));
}

static struct ct_sv below(const struct ct_request *rq, const struct ct_spot *at, struct ct_sv part)
{
    return CT_URL(rq->arena, CT_SV("courses"), at->course->slug, at->module->slug,
                  at->section->slug, part);
}

static int blocks_of(const struct ct_request *rq, const struct ct_spot *at, json_t **ret,
                     struct ct_err *err)
{
    struct ct_view v = ct_page_view(rq, at->module);
    struct ct_practised *practised;
    size_t n;
    int r = ct_practice_latest(&rq->desk, at->course, at->module, &practised, &n, err);

    if (r < 0)
        return r;
    v.questions = CT_VIEW_PRACTICE;
    v.desk = &rq->desk;
    v.practice_url = below(rq, at, CT_SV("practice"));
    v.opened_url = below(rq, at, CT_SV("opened"));
    v.practised = practised;
    v.n_practised = n;
    *ret = ct_view_blocks(&v, at->section->blocks, at->section->n_blocks);
    return CT_OK;
}

static bool is_done(const struct ct_spot *at, const struct ct_module_progress *p)
{
    return p->done[at->section - at->module->sections];
}

static json_t *model_of(const struct ct_request *rq, const struct ct_spot *at,
                        const struct ct_module_progress *p, json_t *blocks)
{
    const struct ct_module *m = at->module;
    const struct ct_section *s = at->section, *before, *behind;

    neighbours(rq, at, &before, &behind);
    return json_pack(
        "{s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:i, s:i, s:i, s:o, s:o, s:o, s:o, s:b, s:o, s:o, "
        "s:o}",
        "title", ct_json_sv(s->title), "lang", ct_json_sv(m->lang), "title_html",
        ct_json_sv(s->title_html), "course", ct_model_course(rq, at->course), "module",
        ct_model_module(rq, at->course, m), "module_title_html", ct_json_sv(m->title_html),
        "content_note", before ? json_null() : ct_model_content_note(m, s->blocks, s->n_blocks),
        "section_number", (int)ct_section_number(rq, m, s), "sections_total",
        (int)ct_section_number(rq, m, NULL), "sections_done", (int)p->sections_done, "outline",
        ct_model_sections(rq, at->course, p, at->section), "quiz", quiz_of(rq, at, p), "blocks",
        blocks, "closing",
        behind ? json_null() : ct_model_closing(m, s->blocks, s->n_blocks, !m->quiz), "is_done",
        is_done(at, p), "done_action", ct_json_sv(below(rq, at, CT_SV("done"))), "previous",
        previous_of(rq, at, before), "next", next_of(rq, at, behind));
}

int ct_get_section(struct ct_request *rq, struct ct_response *rs, struct ct_err *err)
{
    struct ct_module_progress p;
    struct ct_spot at;
    json_t *blocks;
    int r;

    if ((r = ct_spot_find(rq, CT_SPOT_SECTION, &at, err)) < 0 ||
        (r = ct_progress_module(&rq->desk, at.course, at.module, &p, err)) < 0 ||
        (r = blocks_of(rq, &at, &blocks, err)) < 0)
        return r;
    r = ct_page(rq, rs, "section", model_of(rq, &at, &p, blocks), err);
    if (r == CT_OK && !rq->head)
        ct_section_opened(&rq->desk, at.course, at.module, at.section);
    return r;
}
