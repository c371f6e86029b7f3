/*
 * page_requirements.c: what is required of whom: all requirements that the reader sees, each with
 * its sentence and how its people stand.
 */
#include "pages_priv.h"
#include "requirements_priv.h"
#include "view_priv.h"

#include "ct/text/url.h"

#include "ct/base/banned.h"

struct ct_sv ct_href_requirement(const struct ct_request *rq, struct ct_sv slug)
{
    return CT_URL(rq->arena, CT_SV("requirements"), slug);
}

json_t *ct_view_day_number(int day)
{
    /* Noon, so that no time zone makes it another day. */
    return day == CT_DAY_NONE ? json_null() : ct_view_day((int64_t)day * 86400 + 43200);
}

static json_t *counts_of(const struct ct_request *rq, const struct ct_sight *sight, unsigned chosen)
{
    struct ct_sv base = ct_href_requirement(rq, sight->requirement->slug);
    json_t *list = json_array();

    for (int i = 0; i < CT_DUE_STATUSES; i++) {
        CT_AUTO_STR url = CT_STR_INIT(512);
        bool first = true;
        const char *name = ct_due_status_name((enum ct_due_status)i);
        if (sight->by_status[i] == 0 && !(chosen & 1u << i))
            continue;
        ct_str_add_sv(&url, base);
        ct_url_add_query(&url, &first, CT_SV("status"), ct_sv_c(name));
        ct_str_add_c(&url, "#people");
        json_array_append_new(list, json_pack("{s:s, s:i, s:o, s:b, s:b}", "status", name, "count",
                                              (int)sight->by_status[i], "href",
                                              ct_json_sv(ct_str_sv(&url)), "is_late",
                                              i == CT_DUE_OVERDUE || i == CT_DUE_EXPIRED,
                                              "is_chosen", (chosen & 1u << i) != 0));
    }
    return list;
}

int ct_requirement_ref(struct ct_request *rq, const struct ct_asker *asker,
                       const struct ct_sight *sight, unsigned chosen, json_t **ret,
                       struct ct_err *err)
{
    const struct ct_requirement *q = sight->requirement;
    const struct ct_requirement_rule *last = &q->rules[q->n_rules - 1];
    int today = ct_day_of(ct_now(rq->desk.clock));
    struct ct_requirement_rule rule =
        ct_asker_told(asker, rq->arena, ct_requirement_asking(q, today));
    struct ct_sv sentence;
    int r = ct_requirement_sentence(rq->desk.db, rq->arena, rq->cat, q, &rule, &sentence, err);

    if (r < 0)
        return r;
    *ret = json_pack(
        "{s:o, s:o, s:o, s:i, s:b, s:b, s:i, s:b, s:o, s:b, s:b, s:o, s:o}", "href",
        ct_json_sv(ct_href_requirement(rq, q->slug)), "name", ct_json_sv(rule.title), "sentence",
        ct_json_sv(sentence), "people", (int)sight->people, "is_one", sight->people == 1,
        "has_unnamed", sight->unnamed > 0, "unnamed", (int)sight->unnamed, "has_counts",
        sight->people > 0, "counts", counts_of(rq, sight, chosen), "may_change", sight->may_change,
        "is_ended", last->ends && last->due.from <= today, "ends",
        ct_view_day_number(last->ends ? last->due.from : CT_DAY_NONE), "begins",
        ct_view_day_number(q->rules[0].due.from > today ? q->rules[0].due.from : CT_DAY_NONE));
    return CT_OK;
}

int ct_get_requirements(struct ct_request *rq, struct ct_response *rs, struct ct_err *err)
{
    int64_t now = ct_now(rq->desk.clock);
    struct ct_asker asker;
    struct ct_sights sights;
    int r = ct_requirement_asker(rq, &asker, err);

    if (r < 0 ||
        (r = ct_sights_read(rq->desk.db, rq->arena, &asker, now, CT_SV_NULL, &sights, err)) < 0)
        return r;
    json_t *current = json_array(), *ended = json_array();
    for (size_t i = 0; i < sights.n && r == CT_OK; i++) {
        json_t *one = NULL;
        r = ct_requirement_ref(rq, &asker, &sights.items[i], 0, &one, err);
        if (one)
            json_array_append_new(json_is_true(json_object_get(one, "is_ended")) ? ended : current,
                                  one);
    }
    if (r < 0) {
        json_decref(current);
        json_decref(ended);
        return r;
    }
    return ct_page(rq, rs, "requirements",
                   json_pack("{s:s, s:o, s:b, s:o, s:b, s:o}", "title", "Requirements", "as_of",
                             ct_view_moment(now), "has_current", json_array_size(current) > 0,
                             "current", current, "has_ended", json_array_size(ended) > 0, "ended",
                             ended),
                   err);
}
