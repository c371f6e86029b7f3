/*
 * page_section_post.c: what a person does in a section: marks it as done, practises, opens a
 * passage that is meant for others.
 */
#include "pages_priv.h"

#include "ct/base/banned.h"

const struct ct_field ct_practice_form[] = {
    {"question", CT_FIELD_TEXT, offsetof(struct ct_practice_input, question), true, 0, 256},
    {"q.", CT_FIELD_FORM, offsetof(struct ct_practice_input, answers), false, 0, 0},
    {NULL, CT_FIELD_TEXT, 0, false, 0, 0},
};

const struct ct_field ct_opened_form[] = {
    {"passage", CT_FIELD_TEXT, offsetof(struct ct_opened_input, passage), true, 0, 64},
    {NULL, CT_FIELD_TEXT, 0, false, 0, 0},
};

int ct_post_done(struct ct_request *rq, struct ct_response *rs, struct ct_err *err)
{
    struct ct_place next;
    struct ct_spot at;
    int r;

    if ((r = ct_spot_find(rq, CT_SPOT_SECTION, &at, err)) < 0 ||
        (r = ct_section_done(&rq->desk, at.course, at.module, at.section, err)) < 0 ||
        (r = ct_progress_next(&rq->desk, at.course, at.module, at.section, &next, err)) < 0)
        return r;
    return ct_see_other(rq, rs, ct_href_place(rq, &next, at.course));
}

int ct_post_practice(struct ct_request *rq, struct ct_response *rs, struct ct_err *err)
{
    const struct ct_practice_input *in = rq->input;
    const struct ct_question *q;
    struct ct_answer answer;
    struct ct_spot at;
    int r;

    if ((r = ct_spot_find(rq, CT_SPOT_SECTION, &at, err)) < 0 ||
        (r = ct_practice_read(&rq->desk, at.module, in->question, &in->answers, &q, &answer, err)) <
            0 ||
        (r = ct_practice_answer(&rq->desk, at.course, at.module, at.section, q, &answer, err)) < 0)
        return r;
    return ct_see_other(rq, rs, ct_href_question(rq, &at, q));
}

int ct_post_opened(struct ct_request *rq, struct ct_response *rs, struct ct_err *err)
{
    const struct ct_opened_input *in = rq->input;
    struct ct_spot at;
    int r;

    if ((r = ct_spot_find(rq, CT_SPOT_SECTION, &at, err)) < 0 ||
        (r = ct_passage_opened(&rq->desk, at.course, at.module, at.section, in->passage, err)) < 0)
        return r;
    return ct_see_other(rq, rs, ct_href_section(rq, at.course, at.module, at.section));
}
