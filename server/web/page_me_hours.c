/*
 * page_me_hours.c: a person's own hours: how many of those that are required this year, all by type
 * and year, and what waits for an attestation.
 */
#include "asked_priv.h"
#include "certificate_priv.h"
#include "own_day_priv.h"
#include "view_priv.h"

#include "ct/report/assignment.h"

#include "ct/base/banned.h"

enum { HUNDREDTHS = 100, MINUTES = 60 };

static json_t *day_of(int day)
{
    return day == CT_DAY_NONE ? json_null() : ct_view_date(ct_day_date(day));
}

/* 450 minutes as "7.5". */
static json_t *hours_of(const struct ct_request *rq, int minutes)
{
    return ct_json_sv(ct_credit_hours(rq->arena, minutes * HUNDREDTHS / MINUTES));
}

/* What is asked of the person in hours, and how that stands. */
static int quotas_of(const struct ct_request *rq, json_t **ret, struct ct_err *err)
{
    struct ct_assignments report;
    int r = ct_asked_read(rq, &report, err);

    *ret = NULL;
    if (r < 0)
        return r;
    *ret = json_array();
    for (size_t i = 0; i < report.n; i++) {
        const struct ct_assignment *row = &report.rows[i];
        const struct ct_due_period *p = &row->period;
        if (row->requirement->kind != CT_REQUIREMENT_HOURS || p->quota <= 0)
            continue;
        json_array_append_new(
            *ret, json_pack("{s:o, s:o, s:o, s:o, s:i, s:i, s:o, s:s}", "title",
                            ct_json_sv(row->rule->title), "earned", hours_of(rq, p->earned),
                            "quota", hours_of(rq, p->quota), "progress",
                            ct_json_sv(ct_requirement_progress(rq->arena, row->rule, p)),
                            "earned_minutes", p->earned > p->quota ? p->quota : p->earned,
                            "quota_minutes", p->quota, "due", day_of(p->due), "status",
                            ct_due_status_name(p->status)));
    }
    return CT_OK;
}

/* Sums by type and year, the latest year first. */
static json_t *sums_of(const struct ct_request *rq, const struct ct_credit *list, size_t n,
                       int today)
{
    json_t *models = json_array();
    int64_t person = rq->desk.who.person;

    for (size_t i = n; i-- > 0;) {
        const struct ct_credit *c = &list[i];
        bool is_last = c->counts;
        for (size_t k = i + 1; k < n && is_last; k++)
            is_last = !(list[k].counts && ct_sv_eq(list[k].type, c->type) &&
                        list[k].year_from == c->year_from && list[k].year_until == c->year_until);
        if (!is_last)
            continue;
        struct ct_sv hours = ct_credit_hours(
            rq->arena, ct_credit_sum(list, n, person, c->type, c->year_from, c->year_until));
        json_array_append_new(
            models,
            json_pack("{s:o, s:o, s:i, s:o, s:o, s:b, s:o}", "credit_type", ct_json_sv(c->type),
                      "title", ct_json_sv(c->rule->title), "credit_year", c->year, "from",
                      day_of(c->year_from), "until", day_of(c->year_until), "is_now",
                      today >= c->year_from && today <= c->year_until, "hours", ct_json_sv(hours)));
    }
    return models;
}

int ct_model_add_hours(const struct ct_request *rq, json_t *model, struct ct_err *err)
{
    CT_AUTO_HOMES *homes = NULL;
    const struct ct_home *home;
    int64_t now = ct_now(rq->desk.clock);
    struct ct_credit *list;
    json_t *quotas = NULL;
    size_t n;
    int r;

    if ((r = ct_own_home(rq, &homes, &home, err)) < 0 ||
        (r = ct_credit_list_all(rq->desk.db, rq->arena, rq->desk.who.person, now, &list, &n, err)) <
            0 ||
        (r = quotas_of(rq, &quotas, err)) < 0)
        return r;
    json_t *sums = sums_of(rq, list, n, home ? ct_home_day(home, now) : ct_day_of(now)),
           *asks = ct_model_attestations(rq, list, n);
    json_object_set_new(model, "has_quotas", json_boolean(json_array_size(quotas) > 0));
    json_object_set_new(model, "quotas", quotas);
    json_object_set_new(model, "has_hours", json_boolean(json_array_size(sums) > 0));
    json_object_set_new(model, "hours", sums);
    json_object_set_new(model, "times", ct_json_sv(ct_credit_times()));
    json_object_set_new(model, "has_asks", json_boolean(json_array_size(asks) > 0));
    json_object_set_new(model, "asks", asks);
    return CT_OK;
}
