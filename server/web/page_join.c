/*
 * page_join.c: the page behind an invitation: whoever opens it gives name, address and password,
 * and is a learner from then on.
 */
#include "core_priv.h"
#include "link_priv.h"
#include "pages_priv.h"
#include "people_priv.h"
#include "view_priv.h"

#include "ct/learn/invitation.h"
#include "ct/text/url.h"

#include "ct/base/banned.h"

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
                             CT_PASSWORD_MIN, "error_name", ct_link_problem(problem, "name"),
                             "error_email", ct_link_problem(problem, "email"), "error_password",
                             ct_link_problem(problem, "password"), "error",
                             ct_link_other_problem(problem)),
                   err);
}

/* Unknown, used up, too old and taken back look the same. */
static const char closed[] = "Perhaps enough people have joined by it, or its time is over. If you "
                             "have joined already, sign "
                             "in. Otherwise ask whoever gave you the link for a new one.";

int ct_get_join(struct ct_request *rq, struct ct_response *rs, struct ct_err *err)
{
    struct ct_err missing = CT_ERR_INIT;
    struct ct_invitation in;
    int r =
        ct_invitation_find(rq->desk.db, rq->arena, rq->desk.clock, rq->params[0], &in, &missing);

    if (r == CT_NOT_FOUND)
        return ct_link_closed(rq, rs, closed, &missing, err);
    if (r < 0)
        return ct_fail(err, r, missing.what, "%s", missing.text);
    return show(rq, rs, &in, NULL, NULL, err);
}

static int use(struct ct_request *rq, const struct ct_set_up_input *in, int64_t *ret_id,
               struct ct_err *err)
{
    struct ct_person p = {.email = in->email, .name = in->name};

    if (!ct_link_same_password(in, err))
        return CT_BAD_INPUT;
    return ct_invitation_use(rq->desk.store, rq->desk.clock, rq->params[0], &p, in->password,
                             ret_id, err);
}

int ct_post_join(struct ct_request *rq, struct ct_response *rs, struct ct_err *err)
{
    struct ct_err problem = CT_ERR_INIT;
    struct ct_invitation in;
    int64_t id;
    int r =
        ct_invitation_find(rq->desk.db, rq->arena, rq->desk.clock, rq->params[0], &in, &problem);

    if (r == CT_OK)
        r = use(rq, rq->input, &id, &problem);
    if (r == CT_NOT_FOUND)
        return ct_link_closed(rq, rs, closed, &problem, err);
    if (r == CT_BAD_INPUT || r == CT_CONFLICT) {
        rs->status = ct_status_http(r);
        r = show(rq, rs, &in, rq->input, &problem, err);
        return r < 0 ? r : ct_answered(&problem, err);
    }
    if (r < 0)
        return ct_fail(err, r, problem.what, "%s", problem.text);
    return ct_link_enter(rq, rs, id, err);
}
