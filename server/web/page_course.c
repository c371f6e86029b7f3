/*
 * page_course.c: a course: what it is about, its modules, and how far the person is.
 */
#include "asked_priv.h"
#include "own_day_priv.h"
#include "pages_priv.h"
#include "view_priv.h"

#include "ct/learn/credit.h"

#include "ct/base/banned.h"

static json_t *module_of(const struct ct_request *rq, const struct ct_course *c,
                         const struct ct_module_progress *p)
{
    const struct ct_module *m = p->module;
    bool lesson = m->kind == CT_MODULE_LESSON;
    json_t *model = ct_model_module(rq, c, m);

    ct_view_add_status(model, p->status);
    ct_model_add_number(model, "has_minutes", "minutes", m->minutes ? m->minutes : -1);
    ct_model_add_number(model, "has_best", "best", p->best_score);
    json_object_update_new(
        model,
        json_pack("{s:o, s:b, s:b, s:b, s:i, s:i, s:b, s:b, s:b, s:o, s:b}", "changes_href",
                  ct_model_changes_href(rq, c, p), "is_lesson", lesson, "is_scenario", !lesson,
                  "has_sections", p->sections > 0, "sections_done", (int)p->sections_done,
                  "sections", (int)p->sections, "has_quiz", m->quiz != NULL, "quiz_passed",
                  p->quiz_passed, "is_for_some", m->disciplines != CT_DISC_ALL, "disciplines",
                  m->disciplines != CT_DISC_ALL
                      ? ct_view_disciplines(&rq->cat->disciplines, m->disciplines)
                      : json_array(),
                  "is_for_me", ct_is_mine(rq, m->disciplines)));
    return model;
}

/* All modules in order; those that are not for the person's discipline are looked up one by one. */
static int modules_of(const struct ct_request *rq, const struct ct_course_progress *p, json_t **ret,
                      struct ct_err *err)
{
    const struct ct_course *c = p->course;
    CT_AUTO_JSON *list = json_array();

    for (size_t i = 0; i < c->n_modules; i++) {
        const struct ct_module_progress *known = NULL;
        struct ct_module_progress other;
        for (size_t k = 0; k < p->n_modules && !known; k++)
            if (p->modules[k].module == c->modules[i])
                known = &p->modules[k];
        int r = known ? CT_OK : ct_progress_module(&rq->desk, c, c->modules[i], &other, err);
        if (r < 0)
            return r;
        json_array_append_new(list, module_of(rq, c, known ? known : &other));
    }
    *ret = json_incref(list);
    return CT_OK;
}

/* The course's pass mark; -1 if it has no quiz to pass. */
static int pass_mark_of(const struct ct_course *c)
{
    for (size_t i = 0; i < c->n_modules; i++)
        if (c->modules[i]->quiz)
            return c->pass;
    return -1;
}

/* `is_asked`: by those for whom the person works. */
static json_t *facts_of(const struct ct_request *rq, const struct ct_course_progress *p,
                        bool is_asked, const struct ct_home *home)
{
    const struct ct_course *c = p->course;
    const struct ct_disciplines *d = &rq->cat->disciplines;
    bool has_discipline = rq->desk.who.set != CT_DISC_NONE;
    struct ct_view v = ct_page_view(rq, NULL);

    is_asked |= has_discipline && p->required;
    return json_pack(
        "{s:o, s:o, s:o, s:o, s:b, s:o, s:b, s:b, s:b, s:b, s:o, s:o, s:i, s:i, s:o, s:o}", "title",
        ct_json_sv(c->title), "lang", ct_json_sv(c->lang), "summary", ct_view_text(c->summary),
        "blocks", ct_view_blocks(&v, c->intro, c->n_intro), "has_objectives", c->n_objectives > 0,
        "objectives", ct_model_objectives(c->objectives, c->n_objectives), "is_required", is_asked,
        "is_recommended", has_discipline && !is_asked && p->recommended, "has_required_for",
        c->required_for != 0, "has_recommended_for", c->recommended_for != 0, "required_for",
        ct_view_disciplines(d, c->required_for), "recommended_for",
        ct_view_disciplines(d, c->recommended_for), "modules_done", (int)p->n_completed,
        "modules_total", (int)p->n_modules, "completed", ct_view_own_day(home, p->completed_at),
        "certificate_href", ct_model_certificate(rq, p->certificate));
}

static json_t *meant_of(const struct ct_request *rq, const struct ct_course *c)
{
    json_t *list = json_array();

    for (size_t i = 0; i < c->n_credit; i++)
        json_array_append_new(
            list, json_pack("{s:o, s:o}", "type", ct_json_sv(c->credit[i].type), "time",
                            ct_json_sv(ct_credit_time(rq->arena, c->credit[i].hundredths))));
    return list;
}

/* What the course gives credit of to who completes it today. */
static int approved_of(const struct ct_request *rq, const struct ct_course *c, json_t **ret,
                       struct ct_err *err)
{
    int64_t now = ct_now(rq->desk.clock);
    int today = ct_day_of(now);
    struct ct_credit_approval *all;
    struct ct_credit_rule *rules;
    size_t n, n_rules;
    int r;

    if ((r = ct_credit_approvals(rq->desk.db, rq->arena, now, &all, &n, err)) < 0 ||
        (r = ct_credit_rules(rq->desk.db, rq->arena, now, &rules, &n_rules, err)) < 0)
        return r;
    *ret = json_array();
    for (size_t i = 0; i < n; i++) {
        const struct ct_credit_approval *v = &all[i];
        const struct ct_credit_rule *rule = ct_credit_rule_on(rules, n_rules, v->type, today);
        if (!ct_sv_eq(v->course, c->slug) || !ct_credit_approval_holds(v, today) || !rule ||
            rule->ends)
            continue;
        json_array_append_new(
            *ret, json_pack("{s:o, s:o, s:o, s:o, s:o}", "title", ct_json_sv(rule->title), "time",
                            ct_json_sv(ct_credit_time(rq->arena, v->hundredths)), "body",
                            ct_json_sv(v->body), "number", ct_json_sv(v->number), "state",
                            ct_view_text(v->state)));
    }
    return CT_OK;
}

static int add_credit(const struct ct_request *rq, json_t *model, const struct ct_course *c,
                      struct ct_err *err)
{
    json_t *approved = NULL, *meant;
    int r = approved_of(rq, c, &approved, err);

    if (r < 0)
        return r;
    meant = meant_of(rq, c);
    json_object_set_new(model, "has_credit",
                        json_boolean(json_array_size(meant) + json_array_size(approved) > 0));
    json_object_set_new(model, "has_meant", json_boolean(json_array_size(meant) > 0));
    json_object_set_new(model, "meant", meant);
    json_object_set_new(model, "has_approved", json_boolean(json_array_size(approved) > 0));
    json_object_set_new(model, "approved", approved);
    return CT_OK;
}

int ct_get_course(struct ct_request *rq, struct ct_response *rs, struct ct_err *err)
{
    struct ct_course_progress p;
    struct ct_assignments own;
    CT_AUTO_HOMES *homes = NULL;
    const struct ct_home *home;
    struct ct_place place;
    struct ct_spot spot;
    CT_AUTO_JSON *model = NULL;
    json_t *modules;
    int minutes, r;

    if ((r = ct_spot_find(rq, CT_SPOT_COURSE, &spot, err)) < 0 ||
        (r = ct_progress_course(&rq->desk, spot.course, &p, err)) < 0 ||
        (r = ct_progress_resume(&rq->desk, spot.course, &place, err)) < 0 ||
        (r = ct_asked_read(rq, &own, err)) < 0 || (r = ct_own_home(rq, &homes, &home, err)) < 0 ||
        (r = modules_of(rq, &p, &modules, err)) < 0)
        return r;
    minutes = ct_stated_minutes(&p);
    model = facts_of(rq, &p, ct_asked_has_course(&own, spot.course->slug), home);
    ct_view_add_noun(model, "modules_word", p.n_modules, "module", "modules");
    ct_view_add_noun(model, "months_word", (size_t)spot.course->recertify, "month", "months");
    ct_view_add_status(model, p.status);
    ct_model_add_number(model, "has_minutes", "minutes", minutes ? minutes : -1);
    ct_model_add_number(model, "has_pass_mark", "pass_mark", pass_mark_of(spot.course));
    ct_model_add_number(model, "has_recertify", "recertify_months",
                        spot.course->recertify ? spot.course->recertify : -1);
    json_object_set_new(model, "resume", ct_model_resume(rq, &place, p.status == CT_NOT_STARTED));
    json_object_set_new(model, "has_modules", json_boolean(spot.course->n_modules > 0));
    json_object_set_new(model, "modules", modules);
    if ((r = add_credit(rq, model, spot.course, err)) < 0)
        return r;
    return ct_page(rq, rs, "course", json_incref(model), err);
}
