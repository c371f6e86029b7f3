/*
 * cookie.c: reading and setting cookies (RFC 6265).
 */
#include "core_priv.h"

#include "ct/base/banned.h"

struct ct_sv ct_cookie_get(struct ct_sv header, const char *name)
{
    struct ct_sv pair;

    while (ct_sv_split(&header, ';', &pair)) {
        size_t eq = ct_sv_find(pair, '=');
        if (eq != SIZE_MAX && ct_sv_eq_c(ct_sv_trim(ct_sv_sub(pair, 0, eq)), name))
            return ct_sv_trim(ct_sv_sub(pair, eq + 1, SIZE_MAX));
    }
    return CT_SV_NULL;
}

void ct_cookie_set(struct ct_request *rq, struct ct_response *rs, const char *name,
                   struct ct_sv value, int64_t max_age)
{
    const char *secure = rq->secure || rq->app->cfg.secure_cookies ? "; Secure" : "";
    struct ct_sv cookie =
        max_age < 0
            ? ct_arena_printf(rq->arena, "%s=%.*s; Path=/; HttpOnly; SameSite=Lax%s", name,
                              CT_SV_ARG(value), secure)
            : ct_arena_printf(rq->arena, "%s=%.*s; Path=/; HttpOnly; SameSite=Lax; Max-Age=%lld%s",
                              name, CT_SV_ARG(value), (long long)max_age, secure);

    if (rs->n_cookies < sizeof rs->set_cookie / sizeof rs->set_cookie[0])
        rs->set_cookie[rs->n_cookies++] = cookie;
}

struct ct_sv ct_session_token(const struct ct_request *rq)
{
    return ct_cookie_get(rq->cookie, CT_SESSION_COOKIE);
}

void ct_set_session_cookie(struct ct_request *rq, struct ct_response *rs, struct ct_sv token)
{
    ct_cookie_set(rq, rs, CT_SESSION_COOKIE, token, CT_SESSION_AGE);
}

void ct_clear_session_cookie(struct ct_request *rq, struct ct_response *rs)
{
    ct_cookie_set(rq, rs, CT_SESSION_COOKIE, CT_SV(""), 0);
}
