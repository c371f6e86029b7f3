/*
 * page_credits.c: what gives credit: the types with their rules of today and to come, and the
 * approvals of courses.
 */
#include "certificate_priv.h"
#include "credits_priv.h"
#include "view_priv.h"

#include "ct/text/url.h"

#include "ct/base/banned.h"

static json_t *day_of(int day)
{
    return day == CT_DAY_NONE ? json_null() : ct_view_date(ct_day_date(day));
}

/* Each type with the rule of today, or the first that is to come. */
static json_t *types_of(const struct ct_request *rq, const struct ct_credit_rule *rules, size_t n)
{
    json_t *list = json_array();
    int today = ct_day_of(ct_now(rq->desk.clock));

    for (size_t i = 0; i < n; i++) {
        size_t last = i;
        while (last + 1 < n && ct_sv_eq(rules[last + 1].type, rules[i].type))
            last++;
        const struct ct_credit_rule *rule = ct_credit_rule_on(rules, n, rules[i].type, today);
        if (!rule || !rule->id)
            rule = &rules[i];
        const struct ct_credit_rule *next = &rules[last];
        bool has_next = next->from > today && next != rule;
        json_array_append_new(
            list,
            json_pack("{s:o, s:o, s:o, s:o, s:o, s:b, s:b, s:b, s:o, s:b, s:o}", "credit_type",
                      ct_json_sv(rule->type), "title", ct_json_sv(rule->title), "text",
                      ct_json_sv(ct_credit_rule_text(rq->arena, rq->cat, rule)), "source",
                      ct_view_text(rule->source), "from", day_of(rule->from), "is_later",
                      rule->from > today, "is_ended", rule->ends, "has_next", has_next, "next",
                      has_next ? day_of(next->from) : json_null(), "next_ends",
                      has_next && next->ends, "href",
                      ct_json_sv(CT_URL(rq->arena, CT_SV("credits"), CT_SV("types"), rule->type))));
        i = last;
    }
    return list;
}

static json_t *approvals_of(const struct ct_request *rq, const struct ct_credit_approval *all,
                            size_t n)
{
    json_t *list = json_array();
    int today = ct_day_of(ct_now(rq->desk.clock));

    for (size_t i = 0; i < n; i++) {
        const struct ct_credit_approval *v = &all[i];
        bool withdrawn = v->withdrawn != CT_DAY_NONE && v->withdrawn <= today;
        bool holds = ct_credit_approval_holds(v, today);
        json_array_append_new(
            list,
            json_pack("{s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:b, s:b, s:b, s:o, s:o}",
                      "course_title", ct_json_sv(ct_title_of_course(rq, v->course)), "credit_type",
                      ct_json_sv(v->type), "body", ct_json_sv(v->body), "number",
                      ct_json_sv(v->number), "state", ct_view_text(v->state), "hours",
                      ct_json_sv(ct_credit_hours(rq->arena, v->hundredths)), "from",
                      day_of(v->from), "until", day_of(v->until), "is_valid", holds, "is_withdrawn",
                      withdrawn, "is_later", !withdrawn && !holds && v->from > today, "withdrawn",
                      day_of(v->withdrawn), "href",
                      ct_json_sv(CT_URL(rq->arena, CT_SV("credits"), CT_SV("approvals"),
                                        ct_arena_printf(rq->arena, "%lld", (long long)v->id)))));
    }
    return list;
}

int ct_get_credits(struct ct_request *rq, struct ct_response *rs, struct ct_err *err)
{
    int64_t now = ct_now(rq->desk.clock);
    struct ct_credit_rule *rules;
    struct ct_credit_approval *approvals;
    size_t n_rules, n_approvals;
    int r;

    if ((r = ct_credit_rules(rq->desk.db, rq->arena, now, &rules, &n_rules, err)) < 0 ||
        (r = ct_credit_approvals(rq->desk.db, rq->arena, now, &approvals, &n_approvals, err)) < 0)
        return r;
    return ct_page(rq, rs, "credits",
                   json_pack("{s:s, s:b, s:o, s:b, s:o}", "title", "Hours and credit", "has_types",
                             n_rules > 0, "types", types_of(rq, rules, n_rules), "has_approvals",
                             n_approvals > 0, "approvals",
                             approvals_of(rq, approvals, n_approvals)),
                   err);
}
