/*
 * page_quiz.c: the quiz's own page, before a try or between two, and beginning one.
 */
#include "pages_priv.h"
#include "view_priv.h"

#include "ct/learn/attempt.h"

#include "ct/base/banned.h"

static int find(struct ct_request *rq, struct ct_spot *ret, struct ct_err *err)
{
    int r = ct_spot_find(rq, CT_SPOT_MODULE, ret, err);

    if (r < 0)
        return r;
    return ret->module->quiz ? CT_OK : ct_fail(err, CT_NOT_FOUND, "quiz", "no quiz here");
}

static json_t *tries_of(const struct ct_request *rq, const struct ct_spot *at,
                        const struct ct_tries *tries)
{
    json_t *list = json_array();

    for (size_t i = 0; i < tries->n; i++) {
        const struct ct_try *t = &tries->list[i];
        json_array_append_new(
            list,
            json_pack("{s:i, s:o, s:o, s:i, s:b}", "number", (int)(tries->n - i), "href",
                      ct_json_sv(ct_href_attempt(rq, at->course, at->module, t->id)), "submitted",
                      ct_view_moment(t->submitted_at), "score", t->score, "is_passed", t->passed));
    }
    return list;
}

static json_t *model_of(const struct ct_request *rq, const struct ct_spot *at,
                        const struct ct_tries *tries)
{
    const struct ct_module *m = at->module;
    const struct ct_quiz *quiz = m->quiz;
    bool waits = tries->wait_until > ct_now(rq->desk.clock);
    bool can_begin = !tries->open && tries->left != 0 && !waits;
    struct ct_view v = ct_page_view(rq, m);
    json_t *model = json_pack(
        "{s:o, s:o, s:o, s:o, s:i, s:i, s:i, s:b, s:o, s:o, s:o, s:b, s:o, s:b, s:o}", "title",
        ct_json_sv(quiz->title), "lang", ct_json_sv(m->lang), "course",
        ct_model_course(rq, at->course), "module", ct_model_module(rq, at->course, m), "questions",
        (int)ct_quiz_size(rq, quiz), "pass_mark", ct_course_pass_mark(at->course, m), "tries_used",
        tries->used, "passed", tries->passed, "start_action",
        can_begin ? ct_json_sv(ct_href_part(rq, at->course, m, CT_SV("quiz"))) : json_null(),
        "wait_until", ct_view_moment(waits ? tries->wait_until : 0), "attempt_href",
        tries->open ? ct_json_sv(ct_href_attempt(rq, at->course, m, tries->open)) : json_null(),
        "shows_after_passing", quiz->show == CT_SHOW_AFTER_PASSING, "blocks",
        ct_view_blocks(&v, quiz->intro, quiz->n_intro), "has_attempts", tries->n > 0, "attempts",
        tries_of(rq, at, tries));

    ct_model_add_number(model, "has_limit", "tries_left", tries->left);
    ct_model_add_number(model, "has_best", "best", tries->best);
    return model;
}

int ct_get_quiz(struct ct_request *rq, struct ct_response *rs, struct ct_err *err)
{
    struct ct_tries tries;
    struct ct_spot at;
    int r;

    if ((r = find(rq, &at, err)) < 0 ||
        (r = ct_attempt_tries(&rq->desk, at.course, at.module, &tries, err)) < 0)
        return r;
    return ct_page(rq, rs, "quiz-start", model_of(rq, &at, &tries), err);
}

int ct_post_quiz(struct ct_request *rq, struct ct_response *rs, struct ct_err *err)
{
    struct ct_spot at;
    int64_t id;
    int r;

    if ((r = find(rq, &at, err)) < 0 ||
        (r = ct_attempt_begin(&rq->desk, at.course, at.module, &id, err)) < 0)
        return r;
    return ct_see_other(rq, rs, ct_href_attempt(rq, at.course, at.module, id));
}
