/*
 * page_attempt.c: one try of a quiz while it is open: showing it, saving, handing in.
 *
 * The questions are those of the revision that the try began on. No grade goes into the model, so
 * nothing in it can tell which answer is right.
 */
#include "pages_priv.h"
#include "view_priv.h"

#include "ct/learn/attempt.h"
#include "ct/text/url.h"

#include "ct/base/banned.h"

const struct ct_field ct_attempt_form[] = {
    {"action", CT_FIELD_TEXT, offsetof(struct ct_attempt_input, action), true, 0, 16},
    {"q.", CT_FIELD_FORM, offsetof(struct ct_attempt_input, answers), false, 0, 0},
    {NULL, CT_FIELD_TEXT, 0, false, 0, 0},
};

const struct ct_field ct_attempt_exit_form[] = {
    {"q.", CT_FIELD_FORM, offsetof(struct ct_attempt_input, answers), false, 0, 0},
    {NULL, CT_FIELD_TEXT, 0, false, 0, 0},
};

/* A module that was taken out since is still found by its id, which is its address unless its file
 * says otherwise: whoever began a try of it finishes it. */
static int find(struct ct_request *rq, struct ct_spot *at, struct ct_attempt *ret,
                struct ct_err *err)
{
    int64_t id;
    int r;

    if ((r = ct_spot_find(rq, CT_SPOT_COURSE, at, err)) < 0 ||
        (r = ct_param_id(rq->params[2], &id, err)) < 0)
        return r;
    at->module = ct_course_module(at->course, rq->params[1]);
    if ((r = ct_attempt_get(&rq->desk, at->course, at->module ? at->module->id : rq->params[1], id,
                            ret, err)) < 0)
        return r;
    if (!at->module)
        at->module = ret->module;
    return CT_OK;
}

static json_t *questions_of(const struct ct_request *rq, const struct ct_attempt *at)
{
    struct ct_view v = ct_page_view(rq, at->module);
    json_t *list = json_array();

    v.questions = CT_VIEW_QUIZ;
    for (size_t i = 0; i < at->n; i++) {
        json_t *q = ct_view_question(&v, at->questions[i], at->seed, &at->answers[i], NULL);
        ct_model_add_number(q, "has_number", "number", (int64_t)i + 1);
        json_array_append_new(list, q);
    }
    return list;
}

static int show_open(struct ct_request *rq, struct ct_response *rs, const struct ct_spot *spot,
                     const struct ct_attempt *at, struct ct_err *err)
{
    struct ct_sv href = ct_href_attempt(rq, spot->course, spot->module, at->id);
    struct ct_sv title = at->module->quiz ? at->module->quiz->title : CT_SV("Quiz");
    int answered = 0;

    for (size_t i = 0; i < at->n; i++)
        answered += at->answers[i].n > 0;
    if (rq->cat->quick_exit.n) /* without script the quick exit is a button of this form */
        rs->form_origin = ct_url_origin(rq->cat->quick_exit);
    return ct_page(
        rq, rs, "quiz",
        json_pack("{s:b, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:i, s:i, s:i, s:n, s:n, s:o}",
                  "saves_on_exit", true, "title", ct_json_sv(title), "lang",
                  ct_json_sv(at->module->lang), "course", ct_model_course(rq, spot->course),
                  "module", ct_model_module(rq, spot->course, spot->module), "action",
                  ct_json_sv(href), "exit_action",
                  ct_json_sv(ct_arena_printf(rq->arena, "%.*s/exit", CT_SV_ARG(href))), "questions",
                  questions_of(rq, at), "questions_total", (int)at->n, "answered", answered,
                  "pass_mark", at->pass_mark, "saved", "problem", "leave_href",
                  ct_json_sv(ct_href_module(rq, spot->course, spot->module))),
        err);
}

int ct_get_attempt(struct ct_request *rq, struct ct_response *rs, struct ct_err *err)
{
    struct ct_attempt at;
    struct ct_spot spot;
    int r = find(rq, &spot, &at, err);

    if (r < 0)
        return r;
    return at.submitted_at ? ct_page_result(rq, rs, &spot, &at, err)
                           : show_open(rq, rs, &spot, &at, err);
}

int ct_post_attempt(struct ct_request *rq, struct ct_response *rs, struct ct_err *err)
{
    const struct ct_attempt_input *in = rq->input;
    bool submit = ct_sv_eq_c(in->action, "submit");
    struct ct_attempt at;
    struct ct_spot spot;
    size_t saved;
    int r;

    if (!submit && !ct_sv_eq_c(in->action, "save"))
        return ct_fail(err, CT_BAD_INPUT, "action", "\"save\" or \"submit\" is wanted");
    if ((r = find(rq, &spot, &at, err)) == CT_OK)
        r = ct_attempt_save(&rq->desk, &at, &in->answers, submit, &saved, err);
    if (r < 0)
        return r;
    if (submit)
        atomic_fetch_add_explicit(&rq->app->metrics->attempts, 1, memory_order_relaxed);
    return ct_see_other(rq, rs, ct_href_attempt(rq, spot.course, spot.module, at.id));
}

/* The quick exit without script: what is answered is saved on the way out. */
int ct_post_attempt_exit(struct ct_request *rq, struct ct_response *rs, struct ct_err *err)
{
    const struct ct_attempt_input *in = rq->input;
    struct ct_attempt at;
    struct ct_spot spot;
    size_t saved;
    int r;

    if ((r = find(rq, &spot, &at, err)) < 0 ||
        (r = ct_attempt_save(&rq->desk, &at, &in->answers, false, &saved, err)) < 0)
        return r;
    return ct_see_other(rq, rs, ct_exit_href(rq->cat));
}
