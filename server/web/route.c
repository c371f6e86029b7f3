/*
 * route.c: finding the route of a request. The table itself is routes.c.
 */
#include "ct/web/route.h"

#include "ct/text/url.h"

#include "ct/base/banned.h"

/* Whether a route's path fits; *ret_score is higher the more parts are literal and the earlier. */
static bool fits(struct ct_sv pattern, struct ct_sv path, struct ct_sv *raw, size_t *ret_n,
                 unsigned *ret_score)
{
    struct ct_sv want, got;

    *ret_n = 0;
    *ret_score = 1;
    while (ct_sv_split(&pattern, '/', &want)) {
        bool parameter = want.n > 1 && want.p[0] == ':';
        if (parameter && want.p[want.n - 1] == '*') {
            raw[(*ret_n)++] = path;
            return path.p != NULL && path.n > 0;
        }
        if (!ct_sv_split(&path, '/', &got))
            return false;
        *ret_score = *ret_score * 2 + (parameter ? 0 : 1);
        if (!parameter && !ct_sv_eq(want, got))
            return false;
        if (parameter && got.n == 0)
            return false;
        if (parameter)
            raw[(*ret_n)++] = got;
    }
    return path.p == NULL;
}

static struct ct_sv allow_of(unsigned methods)
{
    if (methods == (CT_GET | CT_POST))
        return CT_SV("GET, HEAD, POST");
    return methods == CT_GET ? CT_SV("GET, HEAD") : CT_SV("POST");
}

int ct_route_find(const struct ct_route *routes, size_t n, struct ct_arena *a, enum ct_method verb,
                  struct ct_sv path, const struct ct_route **ret, struct ct_sv *params,
                  struct ct_sv *ret_allow, struct ct_err *err)
{
    const struct ct_route *best = NULL;
    struct ct_sv raw[CT_PARAMS_MAX], best_raw[CT_PARAMS_MAX];
    size_t n_raw, n_best = 0;
    unsigned score, best_score = 0, methods = 0, methods_score = 0;

    for (size_t i = 0; i < n; i++) {
        if (!fits(ct_sv_c(routes[i].path), path, raw, &n_raw, &score) || score < methods_score)
            continue;
        /* Methods are those of the best path only: of /x/new, not also of /x/:id. */
        methods = score > methods_score ? routes[i].method : methods | routes[i].method;
        methods_score = score;
        if (routes[i].method != (unsigned)verb || score < best_score)
            continue;
        best = &routes[i];
        best_score = score;
        n_best = n_raw;
        memcpy(best_raw, raw, sizeof raw);
    }
    if (!methods)
        return ct_fail(err, CT_NOT_FOUND, "path", "no such page");
    if (!best || best_score < methods_score) {
        *ret_allow = allow_of(methods);
        return ct_fail(err, CT_DENIED, "method", "not a method of this address");
    }
    for (size_t i = 0; i < n_best; i++) {
        bool rest = ct_sv_ends(ct_sv_c(best->path), CT_SV("*")) && i + 1 == n_best;
        int r = rest ? CT_OK : ct_url_decode_segment(a, best_raw[i], &params[i], err);
        if (r < 0)
            return r;
        if (rest)
            params[i] = best_raw[i];
    }
    *ret = best;
    return CT_OK;
}
