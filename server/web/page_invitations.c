/*
 * page_invitations.c: links by which people join by themselves: making, listing and taking them
 * back. What is behind such a link is page_join.c.
 */
#include "done_priv.h"
#include "pages_priv.h"
#include "people_priv.h"
#include "view_priv.h"

#include "ct/learn/invitation.h"

#include "ct/base/banned.h"

#define ROW(member) offsetof(struct ct_invitations_input, member)

const struct ct_field ct_invitations_form[] = {
    {"discipline", CT_FIELD_SLUG, ROW(discipline), true, 0, 64},
    {"org", CT_FIELD_I64, ROW(org), false, 0, INT64_MAX},
    {"uses", CT_FIELD_I64, ROW(uses), true, 1, CT_INVITATION_USES_MAX},
    {"days", CT_FIELD_I64, ROW(days), true, 1, CT_INVITATION_DAYS_MAX},
    {NULL, CT_FIELD_TEXT, 0, false, 0, 0},
};

const struct ct_field ct_invitation_end_form[] = {
    {"invitation", CT_FIELD_I64, ROW(invitation), true, 1, INT64_MAX},
    {NULL, CT_FIELD_TEXT, 0, false, 0, 0},
};

static json_t *list_of(const struct ct_request *rq, const struct ct_invitation *all, size_t n,
                       const struct ct_org *orgs, size_t n_orgs)
{
    json_t *list = json_array();

    for (size_t i = 0; i < n; i++) {
        const struct ct_invitation *in = &all[i];
        const struct ct_org *o = in->org ? ct_org_by_id(orgs, n_orgs, in->org) : NULL;
        json_array_append_new(
            list, json_pack("{s:I, s:o, s:o, s:o, s:i, s:i, s:o, s:o, s:b, s:b, s:o}", "invitation",
                            (json_int_t)in->id, "slug", ct_json_sv(in->discipline), "discipline",
                            ct_model_discipline(rq, in->discipline), "place",
                            o ? ct_json_sv(ct_org_title(rq->arena, orgs, n_orgs, o)) : json_null(),
                            "uses", (int)in->uses, "used", (int)in->used, "made",
                            ct_view_day(in->made_at), "expires", ct_view_day(in->expires_at),
                            "is_open", ct_invitation_is_open(in, ct_now(rq->desk.clock)),
                            "is_revoked", in->is_revoked, "by", ct_view_text(in->by_name)));
    }
    return list;
}

static json_t *places_of(const struct ct_request *rq, const struct ct_org *orgs, size_t n)
{
    json_t *list = json_array();

    for (size_t i = 0; i < n; i++)
        if (orgs[i].kind != CT_ORG_TASK_FORCE && !orgs[i].closed_on.p)
            json_array_append_new(
                list, json_pack("{s:I, s:o}", "org", (json_int_t)orgs[i].id, "title",
                                ct_json_sv(ct_org_title(rq->arena, orgs, n, &orgs[i]))));
    return list;
}

/* `link`: one that was made just now, or null. */
static int show(struct ct_request *rq, struct ct_response *rs, struct ct_sv link,
                struct ct_err *err)
{
    struct ct_invitation *all;
    struct ct_org *orgs;
    size_t n, n_orgs;
    int r;

    if ((r = ct_store_renew(rq->desk.db, err)) < 0 ||
        (r = ct_invitation_list(rq->desk.db, rq->arena, &all, &n, err)) < 0 ||
        (r = ct_org_list_as_of(rq->desk.db, rq->arena, ct_now(rq->desk.clock), &orgs, &n_orgs,
                               err)) < 0)
        return r;
    return ct_page(rq, rs, "invitations",
                   json_pack("{s:s, s:o, s:b, s:o, s:o, s:o, s:i, s:i}", "title", "Invitations",
                             "link", ct_view_text(link), "has_invitations", n > 0, "invitations",
                             list_of(rq, all, n, orgs, n_orgs), "disciplines",
                             ct_view_disciplines(&rq->cat->disciplines, CT_DISC_ALL), "places",
                             places_of(rq, orgs, n_orgs), "uses_max", CT_INVITATION_USES_MAX,
                             "days_max", CT_INVITATION_DAYS_MAX),
                   err);
}

int ct_get_invitations(struct ct_request *rq, struct ct_response *rs, struct ct_err *err)
{
    return show(rq, rs, CT_SV_NULL, err);
}

int ct_post_invitations(struct ct_request *rq, struct ct_response *rs, struct ct_err *err)
{
    const struct ct_invitations_input *in = rq->input;
    struct ct_invitation what = {.org = in->org, .discipline = in->discipline, .uses = in->uses};
    bool over_tls = rq->secure || rq->app->cfg.secure_cookies;
    struct ct_err problem = CT_ERR_INIT;
    char token[CT_TOKEN_TEXT + 1];

    if (ct_discipline_find(&rq->cat->disciplines, in->discipline) < 0)
        return ct_fail(err, CT_BAD_INPUT, "discipline", "no such discipline");
    int r = ct_invitation_make(rq->desk.store, rq->desk.clock, &what, in->days, rq->session->person,
                               token, &problem);
    if (r < 0) /* a place that is not there is wrong input here */
        return ct_fail(err, r == CT_NOT_FOUND ? CT_BAD_INPUT : r, problem.what, "%s", problem.text);
    return show(rq, rs,
                ct_arena_printf(rq->arena, "%s://%.*s/join/%s", over_tls ? "https" : "http",
                                CT_SV_ARG(rq->host), token),
                err);
}

int ct_post_invitation_end(struct ct_request *rq, struct ct_response *rs, struct ct_err *err)
{
    const struct ct_invitations_input *in = rq->input;
    int r = ct_invitation_revoke(rq->desk.store, rq->desk.clock, in->invitation,
                                 rq->session->person, err);

    return r < 0 ? r : ct_done(rq, rs, CT_DONE_INVITATION_ENDED, CT_SV("/people/invitations"));
}
