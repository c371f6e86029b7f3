/*
 * assignments_href.c: the filters of the assignment report as an address.
 */
#include "assignments_priv.h"

#include "ct/base/limits.h"
#include "ct/text/url.h"

#include "ct/base/banned.h"

struct ct_sv ct_assignments_href(const struct ct_request *rq, const char *path,
                                 const struct ct_assignment_query *q, int64_t page)
{
    CT_AUTO_STR url = CT_STR_INIT(4 * CT_URL_MAX);
    bool first = true;

    ct_str_add_c(&url, path);
    for (int ask = 0; ask < CT_ASKS; ask++)
        if (q->text[ask].n)
            ct_url_add_query(&url, &first, ct_sv_c(ct_ask_info((enum ct_ask)ask)->name),
                             q->text[ask]);
    if (page > 1)
        ct_url_add_query(&url, &first, CT_SV("page"),
                         ct_arena_printf(rq->arena, "%lld", (long long)page));
    return ct_arena_dup(rq->arena, ct_str_sv(&url));
}

struct ct_sv ct_assignments_href_with(const struct ct_assignments_asked *at, enum ct_ask ask,
                                      struct ct_sv text)
{
    struct ct_assignment_query q = at->q;

    q.text[ask] = text;
    return ct_assignments_href(at->rq, "/reports/assignments", &q, 1);
}
