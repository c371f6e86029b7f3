/*
 * bearer.c: programs that come with a token (RFC 6750): what a token opens is said by the route
 * table, and whose rights it has by learn. No cookie counts beside it.
 */
#include "core_priv.h"

#include "ct/learn/token.h"

#include "ct/base/banned.h"

#define REALM "Bearer realm=\"crosstrain\""

enum { NEEDS_SOMEBODY = CT_NEEDS_LEARNER | CT_NEEDS_MANAGER | CT_NEEDS_TRAINER | CT_NEEDS_ADMIN };

/* Another scheme is none of ours: a proxy in front may ask for a password of its own. */
bool ct_bearer_get(struct ct_sv header, struct ct_sv *ret)
{
    static const struct ct_sv scheme = {"Bearer", 6};

    if (!ct_sv_ieq(ct_sv_sub(header, 0, scheme.n), scheme) ||
        (header.n > scheme.n && header.p[scheme.n] != ' '))
        return false;
    *ret = ct_sv_trim(ct_sv_sub(header, scheme.n, SIZE_MAX));
    return true;
}

static unsigned scopes_of(const struct ct_route *route)
{
    return route->needs >> CT_TAKES_SHIFT;
}

void ct_bearer_challenge(const struct ct_request *rq, struct ct_response *rs)
{
    if (rq->route && scopes_of(rq->route) && !rs->challenge.n)
        rs->challenge = CT_SV(REALM);
}

static int refuse(struct ct_response *rs, int r, int *ret_http, struct ct_err *err)
{
    if (r == CT_CONFLICT) {
        *ret_http = 429;
        rs->retry_after = CT_TOKEN_FAILURES_WINDOW;
    } else if (r == CT_DENIED) {
        *ret_http = 401;
        rs->challenge = CT_SV(REALM ", error=\"invalid_token\"");
    }
    return ct_fail(err, r, "token", "the token was not taken");
}

static int refuse_scope(struct ct_request *rq, struct ct_response *rs, struct ct_err *err)
{
    struct ct_sv names = ct_token_scope_names(rq->arena, scopes_of(rq->route));

    rs->challenge =
        ct_arena_printf(rq->arena, REALM ", error=\"insufficient_scope\"%s%.*s%s",
                        names.n ? ", scope=\"" : "", CT_SV_ARG(names), names.n ? "\"" : "");
    return names.n ? ct_fail(err, CT_DENIED, "token", "this needs a token with the scope %.*s",
                             CT_SV_ARG(names))
                   : ct_fail(err, CT_DENIED, "token", "no token opens this address");
}

int ct_bearer_open(struct ct_request *rq, struct ct_response *rs, int *ret_http, struct ct_err *err)
{
    struct ct_session *session = ct_arena_new(rq->arena, struct ct_session);
    struct ct_sv token;
    unsigned scopes = 0;
    int r;

    if (!rq->is_program || !ct_bearer_get(rq->authorization, &token))
        return CT_OK;
    if (rq->verb != CT_GET)
        return ct_fail(err, CT_DENIED, "token", "a token is for reading only");
    if (!(rq->route->needs & NEEDS_SOMEBODY)) /* open to all: nobody asks who it is */
        return CT_OK;
    if (!scopes_of(rq->route))
        return refuse_scope(rq, rs, err);
    r = ct_token_find(rq->app->cfg.store, rq->app->cfg.clock, token, rq->remote, session, &scopes,
                      err);
    if (r < 0)
        return refuse(rs, r, ret_http, err);
    if (!(scopes & scopes_of(rq->route)))
        return refuse_scope(rq, rs, err);
    rq->session = session;
    return CT_OK;
}
