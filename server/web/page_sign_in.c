/*
 * page_sign_in.c: signing in and out.
 *
 * A wrong pair gets one answer whatever was wrong with it, so that nobody learns who has an
 * account.
 */
#include "core_priv.h"
#include "pages_priv.h"
#include "view_priv.h"

#include "ct/base/limits.h"
#include "ct/text/url.h"

#include "ct/base/banned.h"

const struct ct_field ct_sign_in_query[] = {
    {"next", CT_FIELD_TEXT, offsetof(struct ct_sign_in_input, next), false, 0, CT_URL_MAX},
    {NULL, CT_FIELD_TEXT, 0, false, 0, 0},
};

/* Neither is marked as required: an empty one gets the same answer as a wrong one. */
const struct ct_field ct_sign_in_form[] = {
    {"email", CT_FIELD_TEXT, offsetof(struct ct_sign_in_input, email), false, 0, 1024},
    {"password", CT_FIELD_TEXT, offsetof(struct ct_sign_in_input, password), false, 0, 1024},
    {"next", CT_FIELD_TEXT, offsetof(struct ct_sign_in_input, next), false, 0, CT_URL_MAX},
    {NULL, CT_FIELD_TEXT, 0, false, 0, 0},
};

static struct ct_sv next_of(const struct ct_sign_in_input *in)
{
    return ct_url_is_local(in->next) ? in->next : CT_SV("/");
}

static json_t *model_of(const struct ct_sign_in_input *in, const char *error)
{
    return json_pack("{s:s, s:o, s:o, s:o}", "title", "Sign in", "error",
                     ct_view_text(ct_sv_c(error)), "email", ct_view_text(in->email), "next",
                     ct_url_is_local(in->next) ? ct_json_sv(in->next) : json_null());
}

int ct_get_sign_in(struct ct_request *rq, struct ct_response *rs, struct ct_err *err)
{
    const struct ct_sign_in_input *in = rq->input;

    if (rq->session)
        return ct_see_other(rq, rs, next_of(in));
    return ct_page(rq, rs, "sign-in", model_of(in, NULL), err);
}

int ct_post_sign_in(struct ct_request *rq, struct ct_response *rs, struct ct_err *err)
{
    const struct ct_sign_in_input *in = rq->input;
    struct ct_metrics *metrics = rq->app->metrics;
    struct ct_err refusal = CT_ERR_INIT;
    char token[CT_TOKEN_TEXT + 1];
    int r = ct_session_open(rq->app->sessions, in->email, in->password, token, &refusal);

    if (r == CT_DENIED) {
        atomic_fetch_add_explicit(&metrics->sign_in_failures, 1, memory_order_relaxed);
        rs->status = 401;
        r = ct_page(rq, rs, "sign-in",
                    model_of(in, "The e-mail address and the password do not belong together. "
                                 "After many wrong tries an address has to wait for some minutes."),
                    err);
        return r < 0 ? r : ct_answered(&refusal, err);
    }
    if (r < 0)
        return ct_fail(err, r, refusal.what, "%s", refusal.text);
    atomic_fetch_add_explicit(&metrics->sign_ins, 1, memory_order_relaxed);
    ct_set_session_cookie(rq, rs, ct_arena_dup(rq->arena, ct_sv_c(token)));
    return ct_see_other(rq, rs, next_of(in));
}

int ct_get_sign_out(struct ct_request *rq, struct ct_response *rs, struct ct_err *err)
{
    if (!rq->session)
        return ct_see_other(rq, rs, CT_SV("/"));
    return ct_page(rq, rs, "sign-out", json_pack("{s:s}", "title", "Sign out"), err);
}

int ct_post_sign_out(struct ct_request *rq, struct ct_response *rs, struct ct_err *err)
{
    int r = ct_session_close(rq->app->sessions, ct_session_token(rq), err);

    if (r < 0)
        return r;
    ct_clear_session_cookie(rq, rs);
    return ct_see_other(rq, rs, CT_SV("/"));
}
