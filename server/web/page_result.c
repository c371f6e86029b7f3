/*
 * page_result.c: a try that was handed in: the score, and what may be shown of the answers.
 */
#include "pages_priv.h"
#include "view_priv.h"

#include "ct/learn/attempt.h"

#include "ct/base/banned.h"

enum { FULL_SCORE = 100 };

static json_t *questions_of(const struct ct_request *rq, const struct ct_attempt *at)
{
    struct ct_view v = ct_page_view(rq, at->module);
    json_t *list = json_array();

    v.questions = CT_VIEW_RESULT;
    for (size_t i = 0; at->show_answers && i < at->n; i++) {
        json_t *q = ct_view_question(&v, at->questions[i], at->seed, &at->answers[i],
                                     at->grades ? &at->grades[i] : NULL);
        ct_model_add_number(q, "has_number", "number", (int64_t)i + 1);
        json_array_append_new(list, q);
    }
    return list;
}

/* Which try it was, from 1; tries are listed newest first. */
static int number_of(const struct ct_tries *tries, int64_t id)
{
    for (size_t i = 0; i < tries->n; i++)
        if (tries->list[i].id == id)
            return (int)(tries->n - i);
    return 1;
}

/* Surveys and reflections are no part of the score, so they are not counted here either. */
static void count(const struct ct_attempt *at, int *ret_right, int *ret_graded)
{
    *ret_right = *ret_graded = 0;
    for (size_t i = 0; at->grades && i < at->n; i++) {
        *ret_graded += at->grades[i].graded;
        *ret_right += at->grades[i].graded && at->grades[i].right;
    }
}

static json_t *model_of(const struct ct_request *rq, const struct ct_spot *spot,
                        const struct ct_attempt *at, const struct ct_tries *tries)
{
    struct ct_sv title = at->module->quiz ? at->module->quiz->title : CT_SV("Quiz");
    const struct ct_module *live = ct_course_module_by_id(spot->course, at->module->id);
    bool more = tries->left != 0 && live && live->quiz;
    bool waits = more && tries->wait_until > ct_now(rq->desk.clock);
    bool again = more && !waits && tries->best < FULL_SCORE;
    int right, graded;
    json_t *model;

    count(at, &right, &graded);
    model = json_pack(
        "{s:o, s:o, s:o, s:o, s:i, s:o, s:i, s:i, s:b, s:i, s:i, s:b, s:o, s:o, s:o}", "title",
        ct_json_sv(title), "lang", ct_json_sv(at->module->lang), "course",
        ct_model_course(rq, spot->course), "module",
        ct_model_module(rq, spot->course, spot->module), "number", number_of(tries, at->id),
        "submitted", ct_view_moment(at->submitted_at), "score", at->score, "pass_mark",
        at->pass_mark, "is_passed", at->passed, "right", right, "questions_total", graded,
        "shows_answers", at->show_answers, "questions", questions_of(rq, at), "again_href",
        again ? ct_json_sv(ct_href_part(rq, spot->course, spot->module, CT_SV("quiz")))
              : json_null(),
        "wait_until", ct_view_moment(waits ? tries->wait_until : 0));

    ct_model_add_number(model, "has_limit", "tries_left", tries->left);
    return model;
}

int ct_page_result(struct ct_request *rq, struct ct_response *rs, const struct ct_spot *spot,
                   const struct ct_attempt *at, struct ct_err *err)
{
    struct ct_tries tries;
    CT_AUTO_JSON *model = NULL;
    int r = ct_attempt_tries(&rq->desk, spot->course, spot->module, &tries, err);

    if (r < 0)
        return r;
    model = model_of(rq, spot, at, &tries);
    if ((r = ct_model_add_after(rq, spot->course, spot->module, at->passed, model, err)) < 0)
        return r;
    return ct_page(rq, rs, "quiz-result", json_incref(model), err);
}
