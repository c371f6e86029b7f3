/*
 * page_join.c: the page behind an invitation: whoever opens it gives name, address and password,
 * and is a learner from then on.
 */
#include "core_priv.h"
#include "pages_priv.h"
#include "people_priv.h"
#include "view_priv.h"

#include "ct/learn/invitation.h"
#include "ct/text/url.h"

#include "ct/base/banned.h"

static json_t *problem_of(const struct ct_err *problem, const char *field)
{
    return problem && strcmp(problem->what, field) == 0 ? ct_json_sv(ct_sv_c(problem->text))
                                                        : json_null();
}

/* A sentence for whatever is wrong with none of the three fields. */
static json_t *other_problem(const struct ct_err *problem)
{
    static const char *const fields[] = {"name", "email", "password"};

    for (size_t i = 0; problem && i < sizeof fields / sizeof fields[0]; i++)
        if (strcmp(problem->what, fields[i]) == 0)
            return json_null();
    return problem ? ct_json_sv(ct_sv_c(problem->text)) : json_null();
}

/* Where one joins: "Alder County: Intake"; null for nowhere. */
static int place_of(struct ct_request *rq, int64_t org, json_t **ret, struct ct_err *err)
{
    struct ct_org *all;
    size_t n;
    int r = ct_org_list(rq->desk.db, rq->arena, &all, &n, err);

    if (r < 0)
        return r;
    const struct ct_org *o = org ? ct_org_by_id(all, n, org) : NULL;
    *ret = o ? ct_json_sv(ct_org_title(rq->arena, all, n, o)) : json_null();
    return CT_OK;
}

/* `typed`: what was sent; NULL before anything was. */
static int show(struct ct_request *rq, struct ct_response *rs, const struct ct_invitation *in,
                const struct ct_set_up_input *typed, const struct ct_err *problem,
                struct ct_err *err)
{
    json_t *place = NULL;
    int r = place_of(rq, in->org, &place, err);

    if (r < 0)
        return r;
    return ct_page(rq, rs, "join",
                   json_pack("{s:s, s:o, s:o, s:o, s:o, s:o, s:i, s:o, s:o, s:o, s:o}", "title",
                             "Join this training", "action",
                             ct_json_sv(CT_URL(rq->arena, CT_SV("join"), rq->params[0])),
                             "discipline", ct_model_discipline(rq, in->discipline), "place", place,
                             "name", ct_view_text(typed ? typed->name : CT_SV_NULL), "email",
                             ct_view_text(typed ? typed->email : CT_SV_NULL), "password_min",
                             CT_PASSWORD_MIN, "error_name", problem_of(problem, "name"),
                             "error_email", problem_of(problem, "email"), "error_password",
                             problem_of(problem, "password"), "error", other_problem(problem)),
                   err);
}

/* Unknown, used up, too old and taken back look the same. */
static int show_closed(struct ct_request *rq, struct ct_response *rs, const struct ct_err *missing,
                       struct ct_err *err)
{
    static const char *const others[] = {"is_bad_input", "is_sign_in_needed", "is_denied",
                                         "is_not_found", "is_wrong_method",   "is_conflict",
                                         "is_too_big",   "is_busy",           "is_fault"};
    json_t *model = json_pack(
        "{s:s, s:i, s:b, s:s, s:n, s:n, s:n, s:n}", "title", "This link does not work any more",
        "status", 404, "is_notice", 1, "detail",
        "Perhaps enough people have joined by it, or its time is over. If you have joined already, "
        "sign in. Otherwise ask whoever gave you the link for a new one.",
        "field", "back_href", "sign_in_href", "reference");

    for (size_t i = 0; i < sizeof others / sizeof others[0]; i++)
        json_object_set_new(model, others[i], json_false());
    rs->status = 404;
    int r = ct_page(rq, rs, "message", model, err);
    return r < 0 ? r : ct_answered(missing, err);
}

int ct_get_join(struct ct_request *rq, struct ct_response *rs, struct ct_err *err)
{
    struct ct_err missing = CT_ERR_INIT;
    struct ct_invitation in;
    int r =
        ct_invitation_find(rq->desk.db, rq->arena, rq->desk.clock, rq->params[0], &in, &missing);

    if (r == CT_NOT_FOUND)
        return show_closed(rq, rs, &missing, err);
    if (r < 0)
        return ct_fail(err, r, missing.what, "%s", missing.text);
    return show(rq, rs, &in, NULL, NULL, err);
}

static int use(struct ct_request *rq, const struct ct_set_up_input *in, int64_t *ret_id,
               struct ct_err *err)
{
    struct ct_person p = {.email = in->email, .name = in->name};

    if (!ct_sv_eq(in->password, in->password_again))
        return ct_fail(err, CT_BAD_INPUT, "password", "The two passwords are not the same.");
    return ct_invitation_use(rq->desk.store, rq->desk.clock, rq->params[0], &p, in->password,
                             ret_id, err);
}

int ct_post_join(struct ct_request *rq, struct ct_response *rs, struct ct_err *err)
{
    struct ct_err problem = CT_ERR_INIT;
    char token[CT_TOKEN_TEXT + 1];
    struct ct_invitation in;
    int64_t id;
    int r =
        ct_invitation_find(rq->desk.db, rq->arena, rq->desk.clock, rq->params[0], &in, &problem);

    if (r == CT_OK)
        r = use(rq, rq->input, &id, &problem);
    if (r == CT_NOT_FOUND)
        return show_closed(rq, rs, &problem, err);
    if (r == CT_BAD_INPUT || r == CT_CONFLICT) {
        rs->status = ct_status_http(r);
        r = show(rq, rs, &in, rq->input, &problem, err);
        return r < 0 ? r : ct_answered(&problem, err);
    }
    if (r < 0)
        return ct_fail(err, r, problem.what, "%s", problem.text);
    ct_sessions_changed(rq->app->sessions);
    if ((r = ct_session_open_for(rq->app->sessions, id, token, err)) < 0)
        return r;
    ct_set_session_cookie(rq, rs, ct_arena_dup(rq->arena, ct_sv_c(token)));
    return ct_see_other(rq, rs, CT_SV("/"));
}
