/*
 * page_module.c: the door to a lesson or a scenario.
 */
#include "own_day_priv.h"
#include "pages_priv.h"
#include "view_priv.h"

#include "ct/learn/attempt.h"
#include "ct/learn/run.h"

#include "ct/base/banned.h"

static int quiz_of(const struct ct_request *rq, const struct ct_spot *at, json_t **ret,
                   struct ct_err *err)
{
    const struct ct_module *m = at->module;
    struct ct_tries tries;
    int r;

    *ret = NULL;
    if (!m->quiz)
        return CT_OK;
    if ((r = ct_attempt_tries(&rq->desk, at->course, m, &tries, err)) < 0)
        return r;
    *ret = json_pack("{s:o, s:o, s:i, s:i, s:i, s:b, s:b}", "href",
                     ct_json_sv(ct_href_part(rq, at->course, m, CT_SV("quiz"))), "title",
                     ct_json_sv(m->quiz->title), "pass_mark", ct_course_pass_mark(at->course, m),
                     "questions", (int)ct_quiz_size(rq, m->quiz), "tries_used", tries.used,
                     "passed", tries.passed, "is_open", tries.open != 0);
    ct_model_add_number(*ret, "has_limit", "tries_left", tries.left);
    ct_model_add_number(*ret, "has_best", "best", tries.best);
    return CT_OK;
}

static int scenario_of(const struct ct_request *rq, const struct ct_spot *at,
                       const struct ct_module_progress *p, json_t **ret, struct ct_err *err)
{
    const struct ct_module *m = at->module;
    struct ct_run_summary *runs;
    size_t n, ended = 0;
    json_t *chairs;
    int r;

    *ret = NULL;
    if (!m->scenario)
        return CT_OK;
    if ((r = ct_run_list(&rq->desk, at->course, m, &runs, &n, err)) < 0)
        return r;
    for (size_t i = 0; i < n; i++)
        ended += runs[i].ended_at != 0;
    chairs = ct_model_chairs(rq, m->scenario, runs, n, CT_SV_NULL);
    *ret = json_pack("{s:o, s:i, s:b, s:o, s:o}", "href",
                     ct_json_sv(ct_href_part(rq, at->course, m, CT_SV("play"))), "runs", (int)ended,
                     "has_open_run", p->open_run != 0, "run_href",
                     p->open_run ? ct_json_sv(ct_href_run(rq, p->open_run)) : json_null(), "chairs",
                     chairs);
    return CT_OK;
}

static bool has_section_left(const struct ct_request *rq, const struct ct_module_progress *p)
{
    for (size_t i = 0; i < p->module->n_sections; i++)
        if (ct_is_mine(rq, p->module->sections[i].disciplines) && !p->done[i])
            return true;
    return false;
}

/* Where the main button goes. Nowhere once the module is complete. */
static struct ct_sv start_of(const struct ct_request *rq, const struct ct_course *c,
                             const struct ct_module_progress *p)
{
    const struct ct_module *m = p->module;

    if (p->status == CT_COMPLETED)
        return CT_SV_NULL;
    if (m->kind == CT_MODULE_SCENARIO)
        return p->open_run ? ct_href_run(rq, p->open_run) : ct_href_part(rq, c, m, CT_SV("play"));
    if (p->open_attempt)
        return ct_href_attempt(rq, c, m, p->open_attempt);
    for (size_t i = 0; i < m->n_sections; i++)
        if (ct_is_mine(rq, m->sections[i].disciplines) && !p->done[i])
            return ct_href_section(rq, c, m, &m->sections[i]);
    return m->quiz && !p->quiz_passed && p->attempts_left != 0
               ? ct_href_part(rq, c, m, CT_SV("quiz"))
               : CT_SV_NULL;
}

static json_t *text_of(const struct ct_request *rq, const struct ct_spot *at)
{
    const struct ct_module *m = at->module;
    struct ct_view v = ct_page_view(rq, m);

    return json_pack(
        "{s:o, s:o, s:o, s:o, s:i, s:b, s:b, s:o, s:b, s:o, s:o, s:b, s:o, s:o, s:o, s:o}", "title",
        ct_json_sv(m->title), "lang", ct_json_sv(m->lang), "title_html", ct_json_sv(m->title_html),
        "course", ct_model_course(rq, at->course), "number", m->number, "is_lesson",
        m->kind == CT_MODULE_LESSON, "is_scenario", m->kind == CT_MODULE_SCENARIO, "content_note",
        ct_model_content_note(m, m->intro, m->n_intro), "has_objectives", m->n_objectives > 0,
        "objectives", ct_model_objectives(m->objectives, m->n_objectives), "blocks",
        ct_view_blocks(&v, m->intro, m->n_intro), "has_sources", m->n_sources > 0, "sources",
        ct_model_sources(m), "version", ct_view_text(m->version), "change", ct_view_text(m->change),
        "revision", ct_view_revision(ct_sv_c(m->revision)));
}

/* What a completed module leads to: the next one that is not completed, of those behind it first;
 * NULL when none is left, or while this one is still to be completed. */
static int next_open(const struct ct_request *rq, const struct ct_spot *at,
                     const struct ct_module_progress *here, const struct ct_module **ret,
                     struct ct_err *err)
{
    const struct ct_module *before = NULL, *behind = NULL;
    struct ct_course_progress course;
    int r;

    *ret = NULL;
    if (here->status != CT_COMPLETED)
        return CT_OK;
    if ((r = ct_progress_course(&rq->desk, at->course, &course, err)) < 0)
        return r;
    for (size_t i = 0; i < course.n_modules; i++) {
        const struct ct_module *m = course.modules[i].module;
        if (course.modules[i].status == CT_COMPLETED)
            continue;
        if (m->number < at->module->number && !before)
            before = m;
        if (m->number > at->module->number && !behind)
            behind = m;
    }
    *ret = behind ? behind : before;
    return CT_OK;
}

static json_t *or_null(json_t *model)
{
    return model ? model : json_null();
}

int ct_get_module(struct ct_request *rq, struct ct_response *rs, struct ct_err *err)
{
    struct ct_module_progress p;
    struct ct_spot at;
    CT_AUTO_JSON *quiz = NULL, *scenario = NULL;
    CT_AUTO_HOMES *homes = NULL;
    const struct ct_home *home;
    const struct ct_module *next;
    json_t *model;
    int r;

    if ((r = ct_spot_find(rq, CT_SPOT_MODULE, &at, err)) < 0 ||
        (r = ct_progress_module(&rq->desk, at.course, at.module, &p, err)) < 0 ||
        (r = next_open(rq, &at, &p, &next, err)) < 0 || (r = quiz_of(rq, &at, &quiz, err)) < 0 ||
        (r = scenario_of(rq, &at, &p, &scenario, err)) < 0 ||
        (r = ct_own_home(rq, &homes, &home, err)) < 0)
        return r;
    model = text_of(rq, &at);
    ct_view_add_noun(model, "sections_word", p.sections, "section", "sections");
    ct_view_add_status(model, p.status);
    ct_model_add_number(model, "has_minutes", "minutes",
                        at.module->minutes ? at.module->minutes : -1);
    json_object_update_new(
        model,
        json_pack("{s:o, s:o, s:i, s:i, s:o, s:O, s:O, s:o, s:b, s:b, s:b, s:o}", "completed",
                  ct_view_own_day(home, p.completed_at), "changes_href",
                  ct_model_changes_href(rq, at.course, &p), "sections_done", (int)p.sections_done,
                  "sections_total", (int)p.sections, "sections",
                  ct_model_sections(rq, at.course, &p, NULL), "quiz", or_null(quiz), "scenario",
                  or_null(scenario), "start_href", ct_model_href(start_of(rq, at.course, &p)),
                  "is_begun", p.status != CT_NOT_STARTED, "start_is_attempt", p.open_attempt != 0,
                  "start_is_quiz", at.module->quiz && !p.open_attempt && !has_section_left(rq, &p),
                  "next", ct_model_module(rq, at.course, next)));
    return ct_page(rq, rs, "module", model, err);
}
