/*
 * page_set_up.c: the page behind a one-time link: the first administrator, or a person's own
 * password.
 */
#include "core_priv.h"
#include "link_priv.h"
#include "pages_priv.h"
#include "view_priv.h"

#include "ct/learn/person.h"
#include "ct/text/url.h"

#include "ct/base/banned.h"

/* Lengths are judged by learn, which knows what to say; these only bound them. */
const struct ct_field ct_set_up_form[] = {
    {"name", CT_FIELD_TEXT, offsetof(struct ct_set_up_input, name), false, 0, 1024},
    {"email", CT_FIELD_TEXT, offsetof(struct ct_set_up_input, email), false, 0, 1024},
    {"password", CT_FIELD_TEXT, offsetof(struct ct_set_up_input, password), false, 0, 4096},
    {"password_again", CT_FIELD_TEXT, offsetof(struct ct_set_up_input, password_again), false, 0,
     4096},
    {NULL, CT_FIELD_TEXT, 0, false, 0, 0},
};

struct guest {
    bool is_admin;
    struct ct_person person; /* name and email: of the person, or as typed */
};

/* `in`: what was typed; NULL before anything was. */
static int find_guest(struct ct_request *rq, const struct ct_set_up_input *in, struct guest *ret,
                      struct ct_err *err)
{
    int64_t id;
    int r = ct_invite_find(rq->desk.db, rq->desk.clock, rq->params[0], &id, err);

    if (r < 0)
        return r;
    *ret = (struct guest){.is_admin = id == 0};
    if (id)
        return ct_person_get(rq->desk.db, rq->arena, id, &ret->person, err);
    if (in)
        ret->person = (struct ct_person){.name = in->name, .email = in->email};
    return CT_OK;
}

static int show(struct ct_request *rq, struct ct_response *rs, const struct guest *g,
                const struct ct_err *problem, struct ct_err *err)
{
    struct ct_sv action = CT_URL(rq->arena, CT_SV("set-up"), rq->params[0]);

    return ct_page(
        rq, rs, "set-up",
        json_pack("{s:s, s:o, s:b, s:o, s:o, s:i, s:o, s:o, s:o, s:o}", "title",
                  g->is_admin ? "Set up this training site" : "Choose your password", "action",
                  ct_json_sv(action), "is_admin", g->is_admin, "name", ct_view_text(g->person.name),
                  "email", ct_view_text(g->person.email), "password_min", CT_PASSWORD_MIN,
                  "error_name", ct_link_problem(problem, "name"), "error_email",
                  ct_link_problem(problem, "email"), "error_password",
                  ct_link_problem(problem, "password"), "error", ct_link_other_problem(problem)),
        err);
}

/* A link that was used is no fault of who follows it again: it says what to do. */
static const char used_up[] =
    "It was used already, or it is older than seven days. If you have chosen a password, sign in "
    "with it. Otherwise ask the administrator of your training for a new link.";

int ct_get_set_up(struct ct_request *rq, struct ct_response *rs, struct ct_err *err)
{
    struct ct_err missing = CT_ERR_INIT;
    struct guest g;
    int r = find_guest(rq, NULL, &g, &missing);

    if (r == CT_NOT_FOUND)
        return ct_link_closed(rq, rs, used_up, &missing, err);
    if (r < 0)
        return ct_fail(err, r, missing.what, "%s", missing.text);
    return show(rq, rs, &g, NULL, err);
}

static int use(struct ct_request *rq, const struct ct_set_up_input *in, int64_t *ret_id,
               struct ct_err *err)
{
    struct ct_person p = {.email = in->email, .name = in->name};

    if (!ct_link_same_password(in, err))
        return CT_BAD_INPUT;
    return ct_invite_use(rq->desk.store, rq->desk.clock, rq->params[0], &p, in->password, ret_id,
                         err);
}

int ct_post_set_up(struct ct_request *rq, struct ct_response *rs, struct ct_err *err)
{
    struct ct_err problem = CT_ERR_INIT;
    struct guest g;
    int64_t id;
    int r = find_guest(rq, rq->input, &g, &problem);

    if (r == CT_OK)
        r = use(rq, rq->input, &id, &problem);
    if (r == CT_NOT_FOUND)
        return ct_link_closed(rq, rs, used_up, &problem, err);
    if (r == CT_BAD_INPUT || r == CT_CONFLICT) {
        rs->status = ct_status_http(r);
        r = show(rq, rs, &g, &problem, err);
        return r < 0 ? r : ct_answered(&problem, err);
    }
    if (r < 0)
        return ct_fail(err, r, problem.what, "%s", problem.text);
    return ct_link_enter(rq, rs, id, err);
}
