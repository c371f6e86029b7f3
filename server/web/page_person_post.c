/*
 * page_person_post.c: what an administrator changes of one person.
 */
#include "done_priv.h"
#include "pages_priv.h"
#include "people_priv.h"

#include "ct/learn/fact.h"
#include "ct/learn/person.h"

#include "ct/base/banned.h"

enum { DAY_BYTES = 10 };

const struct ct_field ct_person_fact_form[] = {
    {"field", CT_FIELD_TEXT, offsetof(struct ct_person_fact_input, field), true, 0, 64},
    {"value", CT_FIELD_TEXT, offsetof(struct ct_person_fact_input, value), false, 0, 1024},
    {"since", CT_FIELD_TEXT, offsetof(struct ct_person_fact_input, since), false, 0, DAY_BYTES},
    {NULL, CT_FIELD_TEXT, 0, false, 0, 0},
};

const struct ct_field ct_person_place_form[] = {
    {"org", CT_FIELD_I64, offsetof(struct ct_person_place_input, org), true, 1, INT64_MAX},
    {"on", CT_FIELD_TEXT, offsetof(struct ct_person_place_input, on), false, 0, DAY_BYTES},
    {"ends", CT_FIELD_FLAG, offsetof(struct ct_person_place_input, ends), false, 0, 1},
    {NULL, CT_FIELD_TEXT, 0, false, 0, 0},
};

const struct ct_field ct_person_active_form[] = {
    {"active", CT_FIELD_FLAG, offsetof(struct ct_person_active_input, active), false, 0, 1},
    {NULL, CT_FIELD_TEXT, 0, false, 0, 0},
};

const struct ct_field ct_person_discipline_form[] = {
    {"discipline", CT_FIELD_SLUG, offsetof(struct ct_person_discipline_input, discipline), true, 0,
     64},
    {NULL, CT_FIELD_TEXT, 0, false, 0, 0},
};

/* The person of the address. CT_NOT_FOUND. */
static int whom(struct ct_request *rq, int64_t *ret, struct ct_err *err)
{
    struct ct_person p;
    int r = ct_param_id(rq->params[0], ret, err);

    return r < 0 ? r : ct_person_get(rq->desk.db, rq->arena, *ret, &p, err);
}

/* Back to the person, after everybody's rights were looked at anew, or to the form with what is
 * wrong with it. */
static int done(struct ct_request *rq, struct ct_response *rs, int64_t id, int status,
                enum ct_person_form form, enum ct_done what, const struct ct_err *problem,
                struct ct_err *err)
{
    const struct ct_person_shown shown = {.id = id, .form = form, .problem = problem};

    if (status >= 0) {
        ct_sessions_changed(rq->app->sessions);
        return ct_done(rq, rs, what, ct_href_person(rq, id));
    }
    if (status == CT_INTERNAL || status == CT_DENIED)
        return ct_fail(err, status, problem->what, "%s", problem->text);
    rs->status = 400;
    int r = ct_page_person(rq, rs, &shown, err);
    return r < 0 ? r : ct_answered(problem, err);
}

int ct_post_person_fact(struct ct_request *rq, struct ct_response *rs, struct ct_err *err)
{
    const struct ct_person_fact_input *in = rq->input;
    struct ct_err problem = CT_ERR_INIT;
    int64_t id;
    int r = whom(rq, &id, err);

    if (r < 0)
        return r;
    if (ct_sv_eq_c(in->field, "active"))
        r = ct_fail(&problem, CT_BAD_INPUT, "field", "this has a button of its own");
    else
        r = ct_fact_set(rq->desk.store, rq->desk.clock, id, in->field, in->value, in->since,
                        rq->session->person, NULL, &problem);
    /* What is wrong with a fact is said of it by its name; on the form it is the value. */
    if (r < 0 && strcmp(problem.what, "since") != 0)
        snprintf(problem.what, sizeof problem.what, "value");
    return done(rq, rs, id, r, CT_PERSON_FACT, CT_DONE_FACT, &problem, err);
}

int ct_post_person_place(struct ct_request *rq, struct ct_response *rs, struct ct_err *err)
{
    const struct ct_person_place_input *in = rq->input;
    struct ct_err problem = CT_ERR_INIT;
    struct ct_org_change c = {.tie = CT_TIE_MEMBER,
                              .org = in->org,
                              .ends = in->ends,
                              .on = in->on,
                              .by = rq->session->person};
    int r = whom(rq, &c.who, err);

    if (r < 0)
        return r;
    r = ct_org_record(rq->desk.store, rq->desk.clock, &c, NULL, &problem);
    return done(rq, rs, c.who, r, CT_PERSON_PLACE, CT_DONE_PLACE, &problem, err);
}

int ct_post_person_active(struct ct_request *rq, struct ct_response *rs, struct ct_err *err)
{
    const struct ct_person_active_input *in = rq->input;
    struct ct_err problem = CT_ERR_INIT;
    int64_t id;
    int r = whom(rq, &id, err);

    if (r < 0)
        return r;
    if (id == rq->session->person && !in->active)
        r = ct_fail(&problem, CT_BAD_INPUT, "active", "nobody disables the own account");
    else
        r = ct_person_set_active(rq->desk.store, rq->desk.clock, id, in->active,
                                 rq->session->person, &problem);
    return done(rq, rs, id, r, CT_PERSON_OTHER, in->active ? CT_DONE_ENABLED : CT_DONE_DISABLED,
                &problem, err);
}

int ct_post_person_discipline(struct ct_request *rq, struct ct_response *rs, struct ct_err *err)
{
    const struct ct_person_discipline_input *in = rq->input;
    struct ct_err problem = CT_ERR_INIT;
    int64_t id;
    int r = whom(rq, &id, err);

    if (r < 0)
        return r;
    if (ct_discipline_find(&rq->cat->disciplines, in->discipline) < 0)
        r = ct_fail(&problem, CT_BAD_INPUT, "discipline", "no such discipline");
    else
        r = ct_person_set_discipline(rq->desk.store, rq->desk.clock, id, in->discipline, &problem);
    return done(rq, rs, id, r, CT_PERSON_OTHER, CT_DONE_DISCIPLINE, &problem, err);
}

/* The link stands on this page and nowhere else: what is stored is its hash. */
int ct_post_person_link(struct ct_request *rq, struct ct_response *rs, struct ct_err *err)
{
    char token[CT_TOKEN_TEXT + 1];
    bool over_tls = rq->secure || rq->app->cfg.secure_cookies;
    int64_t id;
    int r = whom(rq, &id, err);

    if (r < 0 || (r = ct_invite_make(rq->desk.store, rq->desk.clock, id, token, err)) < 0)
        return r;
    struct ct_sv link = ct_arena_printf(rq->arena, "%s://%.*s/set-up/%s",
                                        over_tls ? "https" : "http", CT_SV_ARG(rq->host), token);
    const struct ct_person_shown shown = {.id = id, .link = link};
    return ct_page_person(rq, rs, &shown, err);
}
