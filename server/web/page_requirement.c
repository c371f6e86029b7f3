/*
 * page_requirement.c: one requirement: how its people stand, what was recorded of it, and its end.
 */
#include "core_priv.h"
#include "done_priv.h"
#include "pages_priv.h"
#include "people_priv.h"
#include "requirements_priv.h"
#include "view_priv.h"

#include "ct/base/limits.h"
#include "ct/text/url.h"

#include "ct/base/banned.h"

enum { PER_PAGE = 200, PAGES_MAX = 100000, DAY_BYTES = 64 };

const struct ct_field ct_requirement_view_query[] = {
    {"status", CT_FIELD_TEXT, offsetof(struct ct_requirement_view_input, status), false, 0, 64},
    {"page", CT_FIELD_I64, offsetof(struct ct_requirement_view_input, page), false, 1, PAGES_MAX},
    {NULL, CT_FIELD_TEXT, 0, false, 0, 0},
};

const struct ct_field ct_requirement_end_form[] = {
    {"on", CT_FIELD_TEXT, offsetof(struct ct_requirement_end_input, on), false, 0, DAY_BYTES},
    {"newest", CT_FIELD_I64, offsetof(struct ct_requirement_end_input, newest), true, 1, INT64_MAX},
    {NULL, CT_FIELD_TEXT, 0, false, 0, 0},
};

/* What is shown beside the requirement itself. */
struct showing {
    struct ct_asker asker;
    struct ct_sights sights;
    struct ct_requirement_view_input in;
    struct ct_sv ends_on; /* as typed */
    struct ct_sv problem; /* what is wrong with that; null: nothing */
    int64_t since;        /* a conflict: what was recorded after this rule is shown; else 0 */
};

struct ct_sv ct_href_requirement_person(const struct ct_request *rq, struct ct_sv slug,
                                        int64_t person)
{
    return CT_URL(rq->arena, CT_SV("requirements"), slug, CT_SV("people"),
                  ct_arena_printf(rq->arena, "%lld", (long long)person));
}

static int read_status(struct ct_sv text, unsigned *ret, struct ct_err *err)
{
    enum ct_due_status status;

    *ret = 0;
    if (text.n == 0)
        return CT_OK;
    if (!ct_due_status_parse(text, &status))
        return ct_fail(err, CT_BAD_INPUT, "status", "no such status");
    *ret = 1u << status;
    return CT_OK;
}

static json_t *row_of(const struct ct_request *rq, const struct ct_assignment *row)
{
    return json_pack(
        "{s:o, s:o, s:o, s:o, s:o, s:o, s:s, s:o}", "href",
        ct_json_sv(ct_href_transcript(rq, row->person->id, CT_SV_NULL)), "record_href",
        ct_json_sv(ct_href_requirement_person(rq, row->requirement->slug, row->person->id)), "name",
        ct_json_sv(row->person->name), "email", ct_json_sv(row->person->email), "where",
        ct_view_text(row->person->unit.n ? row->person->unit : row->person->agency), "due",
        ct_view_day_number(row->period.due), "status", ct_due_status_name(row->period.status),
        "since", ct_view_day_number(row->period.status_on));
}

static json_t *page_href(const struct ct_request *rq, const struct showing *s, int64_t page,
                         size_t total)
{
    CT_AUTO_STR url = CT_STR_INIT(CT_URL_MAX);
    bool first = true;

    if (page < 1 || (size_t)(page - 1) * PER_PAGE >= total)
        return json_null();
    ct_str_add_sv(&url, ct_href_requirement(rq, s->sights.items[0].requirement->slug));
    if (s->in.status.n)
        ct_url_add_query(&url, &first, CT_SV("status"), s->in.status);
    ct_url_add_query(&url, &first, CT_SV("page"),
                     ct_arena_printf(rq->arena, "%lld", (long long)page));
    ct_str_add_c(&url, "#people");
    return ct_json_sv(ct_str_sv(&url));
}

/* The people of one page, of those with a status. */
static void add_people(const struct ct_request *rq, const struct showing *s, unsigned statuses,
                       json_t *model)
{
    const struct ct_assignments *report = &s->sights.report;
    int64_t page = s->in.page ? s->in.page : 1;
    size_t first = (size_t)(page - 1) * PER_PAGE, total = 0;
    json_t *rows = json_array();
    bool shares = false;

    for (size_t i = 0; i < report->n; i++) {
        const struct ct_due_period *p = &report->rows[i].period;
        if (!p->is_current || (statuses && !(statuses & 1u << p->status)))
            continue;
        if (total >= first && total < first + PER_PAGE)
            json_array_append_new(rows, row_of(rq, &report->rows[i]));
        shares = shares || report->rows[i].person->by_task_force;
        total++;
    }
    json_object_set_new(model, "is_filtered", json_boolean(statuses != 0));
    json_object_set_new(model, "chosen", ct_view_text(s->in.status));
    json_object_set_new(model, "has_rows", json_boolean(json_array_size(rows) > 0));
    json_object_set_new(model, "shares_some", json_boolean(shares));
    json_object_set_new(model, "first", json_integer((json_int_t)first + 1));
    json_object_set_new(model, "last",
                        json_integer((json_int_t)first + (json_int_t)json_array_size(rows)));
    json_object_set_new(model, "total", json_integer((json_int_t)total));
    json_object_set_new(model, "rows", rows);
    json_object_set_new(model, "previous_href", page_href(rq, s, page - 1, total));
    json_object_set_new(model, "next_href", page_href(rq, s, page + 1, total));
}

static json_t *report_href(const struct ct_requirement *q)
{
    CT_AUTO_STR url = CT_STR_INIT(CT_URL_MAX);
    bool first = true;

    ct_str_add_c(&url, "/reports/assignments");
    ct_url_add_query(&url, &first, CT_SV("requirement"), q->slug);
    return ct_json_sv(ct_str_sv(&url));
}

static int show(struct ct_request *rq, struct ct_response *rs, const struct showing *s,
                struct ct_err *err)
{
    const struct ct_sight *sight = &s->sights.items[0];
    const struct ct_requirement *q = sight->requirement;
    CT_AUTO_JSON *ref = NULL, *history = NULL, *meanwhile = NULL;
    unsigned statuses;
    int r;

    if ((r = read_status(s->in.status, &statuses, err)) < 0 ||
        (r = ct_requirement_ref(rq, &s->asker, sight, statuses, &ref, err)) < 0 ||
        (r = ct_requirement_history_model(rq, &s->asker, q, 0, &history, err)) < 0 ||
        (s->since &&
         (r = ct_requirement_history_model(rq, &s->asker, q, s->since, &meanwhile, err)) < 0))
        return r;
    json_t *model = json_pack(
        "{s:O, s:o, s:O, s:O, s:o, s:o, s:I, s:o, s:o, s:b, s:o}", "title",
        json_object_get(ref, "name"), "as_of", ct_view_moment(s->sights.report.as_of),
        "requirement", ref, "history", history, "change_href",
        ct_json_sv(CT_URL(rq->arena, CT_SV("requirements"), q->slug, CT_SV("change"))), "end_href",
        ct_json_sv(CT_URL(rq->arena, CT_SV("requirements"), q->slug, CT_SV("end"))), "newest",
        (json_int_t)ct_requirement_newest_id(q), "ends_on", ct_view_text(s->ends_on), "error_on",
        ct_view_text(s->problem), "has_conflict", s->since != 0, "conflict",
        meanwhile ? json_incref(meanwhile) : json_array());
    json_object_set_new(model, "report_href", report_href(q));
    json_object_set_new(model, "all_href",
                        ct_json_sv(ct_arena_printf(rq->arena, "%.*s#people",
                                                   CT_SV_ARG(ct_href_requirement(rq, q->slug)))));
    add_people(rq, s, statuses, model);
    r = ct_model_name_places(rq, s->sights.report.as_of, json_object_get(model, "rows"), err);
    if (r < 0) {
        json_decref(model);
        return r;
    }
    return ct_page(rq, rs, "requirement", model, err);
}

static int read_all(struct ct_request *rq, struct showing *s, struct ct_err *err)
{
    int r = ct_requirement_asker(rq, &s->asker, err);

    return r < 0 ? r
                 : ct_sights_read(rq->desk.db, rq->arena, &s->asker, ct_now(rq->desk.clock),
                                  rq->params[0], &s->sights, err);
}

int ct_get_requirement(struct ct_request *rq, struct ct_response *rs, struct ct_err *err)
{
    struct showing s = {.in = *(const struct ct_requirement_view_input *)rq->input};
    int r = read_all(rq, &s, err);

    return r < 0 ? r : show(rq, rs, &s, err);
}

/* The page again, with what is wrong, or with what somebody else recorded. */
static int refuse_end(struct ct_request *rq, struct ct_response *rs, struct showing *s,
                      const struct ct_err *problem, struct ct_err *err)
{
    const struct ct_requirement_end_input *in = rq->input;
    int r;

    if (problem->code == CT_INTERNAL)
        return ct_fail(err, problem->code, problem->what, "%s", problem->text);
    if ((r = ct_store_renew(rq->desk.db, err)) < 0 || (r = read_all(rq, s, err)) < 0)
        return r;
    if (problem->code == CT_CONFLICT)
        s->since = in->newest;
    else
        s->problem = ct_sv_c(problem->text);
    rs->status = ct_status_http(problem->code);
    r = show(rq, rs, s, err);
    return r < 0 ? r : ct_answered(problem, err);
}

int ct_post_requirement_end(struct ct_request *rq, struct ct_response *rs, struct ct_err *err)
{
    const struct ct_requirement_end_input *in = rq->input;
    struct ct_requirement_rule rule = {.ends = true};
    struct ct_err problem = CT_ERR_INIT;
    struct showing s = {.ends_on = in->on};
    const struct ct_requirement *q;
    int r = read_all(rq, &s, err);

    if (r < 0)
        return r;
    q = s.sights.items[0].requirement;
    if (!ct_day_parse(ct_sv_trim(in->on), &rule.due.from)) {
        /* Whoever may not change it is told so whatever was typed. */
        if ((r = ct_asker_may_change(&s.asker, q, ct_day_of(ct_now(rq->desk.clock)), err)) < 0)
            return r;
        ct_fail(&problem, CT_BAD_INPUT, "on",
                "Please choose the first day on which nothing is "
                "required any more.");
        return refuse_end(rq, rs, &s, &problem, err);
    }
    if ((r = ct_asker_may_change(&s.asker, q, rule.due.from, err)) < 0)
        return r;
    r = ct_requirement_change(rq->desk.store, rq->desk.clock, rq->cat, q->id, &rule, in->newest,
                              rq->session->person, &problem);
    return r < 0 ? refuse_end(rq, rs, &s, &problem, err)
                 : ct_done(rq, rs, CT_DONE_REQUIREMENT_ENDS, ct_href_requirement(rq, q->slug));
}
