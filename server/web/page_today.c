/*
 * page_today.c: what a manager has to look at today: who is late, what is due soon, what runs out,
 * which outside training waits for approval. Only of people whom the reader may see by name.
 */
#include "assignments_priv.h"
#include "core_priv.h"
#include "filters_priv.h"
#include "pages_priv.h"
#include "people_priv.h"
#include "requirements_priv.h"
#include "view_priv.h"

#include "ct/report/assignment.h"

#include "ct/base/banned.h"

/* A list is for looking at; more than this is for the filter, or for a spreadsheet. */
enum { ROWS_MAX = 200 };

const struct ct_field ct_today_query[] = {
    {"agency", CT_FIELD_TEXT, offsetof(struct ct_report_input, agency), false, 0, 160},
    {"unit", CT_FIELD_TEXT, offsetof(struct ct_report_input, unit), false, 0, 160},
    {"task_force", CT_FIELD_TEXT, offsetof(struct ct_report_input, task_force), false, 0, 160},
    /* Asked by who tries here what the other reports take, who is told where it is to be had. */
    {"as_of", CT_FIELD_TEXT, offsetof(struct ct_report_input, as_of), false, 0, 64},
    {NULL, CT_FIELD_TEXT, 0, false, 0, 0},
};

/* What waits is told by what is recorded, so that also hours alone and what came too late for its
 * period are there. */
static const struct ct_today_group waiting = {
    "waiting", "Waiting for approval",
    "Outside training that somebody recorded. It counts when it is approved.", 0, false};

static json_t *day_of(int day)
{
    /* Noon, so that no time zone makes it another day. */
    return day == CT_DAY_NONE ? json_null() : ct_view_day((int64_t)day * 86400 + 43200);
}

static json_t *row_of(const struct ct_request *rq, const struct ct_assignment *row)
{
    struct ct_sv href = ct_href_requirement_person(rq, row->requirement->slug, row->person->id);

    return json_pack("{s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:s, s:o}", "href",
                     ct_json_sv(ct_href_transcript(rq, row->person->id, CT_SV_NULL)), "record_href",
                     ct_json_sv(href), "name", ct_json_sv(row->person->name), "email",
                     ct_json_sv(row->person->email), "where",
                     ct_view_text(row->person->unit.n ? row->person->unit : row->person->agency),
                     "requirement", ct_json_sv(row->rule->title), "due", day_of(row->period.due),
                     "status", ct_due_status_name(row->period.status), "since",
                     day_of(row->period.status_on));
}

/* `href`: the same in the report of assignments; null: it has no such choice. */
static json_t *group_with(const struct ct_today_group *g, json_t *rows, size_t n, struct ct_sv href)
{
    return json_pack("{s:s, s:s, s:s, s:i, s:b, s:b, s:i, s:o, s:o}", "id", g->id, "title",
                     g->title, "hint", g->hint, "count", (int)n, "has_rows", n > 0, "has_more",
                     n > ROWS_MAX, "more", n > ROWS_MAX ? (int)(n - ROWS_MAX) : 0, "href",
                     ct_view_text(href), "rows", rows);
}

static json_t *group_of(const struct ct_request *rq, const struct ct_today_group *g,
                        const struct ct_assignments *report, const struct ct_scope *scope)
{
    json_t *rows = json_array();
    size_t n = 0;

    for (size_t i = 0; i < report->n; i++) {
        if (!ct_today_has(g, &report->rows[i]))
            continue;
        if (n++ < ROWS_MAX)
            json_array_append_new(rows, row_of(rq, &report->rows[i]));
    }
    return group_with(g, rows, n, ct_today_href(rq, g, scope));
}

static const struct ct_assignee *person_of(const struct ct_assignments *report, int64_t id)
{
    for (size_t low = 0, high = report->n_people; low < high;) {
        size_t mid = low + (high - low) / 2;
        if (report->people[mid]->id == id)
            return report->people[mid];
        if (report->people[mid]->id < id)
            low = mid + 1;
        else
            high = mid;
    }
    return NULL;
}

/* The first row of somebody for a requirement; NULL: none. Rows are in the order of the list of
 * requirements, so that not all of them need be looked at. */
static const struct ct_assignment *first_row(const struct ct_assignments *report,
                                             const struct ct_requirement *q,
                                             const struct ct_assignee *who)
{
    size_t low = 0, high = report->n;

    while (low < high) {
        size_t mid = low + (high - low) / 2;
        if (report->rows[mid].requirement < q)
            low = mid + 1;
        else
            high = mid;
    }
    for (; low < report->n && report->rows[low].requirement == q; low++)
        if (report->rows[low].person == who)
            return &report->rows[low];
    return NULL;
}

static json_t *waiting_row(const struct ct_request *rq, const struct ct_assignments *report,
                           const struct ct_training *t, const struct ct_assignee *who)
{
    const struct ct_assignment *row;
    const struct ct_requirement *q = NULL;

    for (size_t i = 0; i < report->n_requirements; i++)
        if (report->requirements[i].id == t->requirement)
            q = &report->requirements[i];
    row = q ? first_row(report, q, who) : NULL;
    return json_pack(
        "{s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:s, s:o}", "href",
        ct_json_sv(ct_href_transcript(rq, who->id, CT_SV_NULL)), "record_href",
        ct_json_sv(ct_href_requirement_person(rq, q && row ? q->slug : CT_SV("-"), who->id)),
        "name", ct_json_sv(who->name), "email", ct_json_sv(who->email), "where",
        ct_view_text(who->unit.n ? who->unit : who->agency), "requirement",
        q ? ct_json_sv(ct_requirement_asking(q, who->day)->title) : json_string("Hours alone"),
        "due", row ? day_of(row->period.due) : json_null(), "status",
        ct_due_status_name(CT_DUE_AWAITING), "since", ct_view_day(t->at));
}

/* Whose outside training it is, if the reader sees the person by name. Who left drops out of
 * today's reports. */
static const struct ct_assignee *who_waits(const struct ct_assignments *report,
                                           const struct ct_training *t)
{
    const struct ct_assignee *who = person_of(report, t->person);

    return who && who->active ? who : NULL;
}

int ct_today_waiting(const struct ct_request *rq, const struct ct_assignments *report, int *ret_n,
                     struct ct_err *err)
{
    struct ct_training *list;
    size_t n;
    int r = ct_training_waiting(rq->desk.db, rq->arena, report->as_of, &list, &n, err);

    *ret_n = 0;
    for (size_t i = 0; r == CT_OK && i < n; i++)
        *ret_n += who_waits(report, &list[i]) != NULL;
    return r;
}

static int waiting_of(const struct ct_request *rq, const struct ct_assignments *report,
                      json_t **ret, struct ct_err *err)
{
    json_t *rows;
    struct ct_training *list;
    size_t n, found = 0;
    int r = ct_training_waiting(rq->desk.db, rq->arena, report->as_of, &list, &n, err);

    if (r < 0)
        return r;
    rows = json_array();
    for (size_t i = 0; i < n; i++) {
        const struct ct_assignee *who = who_waits(report, &list[i]);
        if (who && found++ < ROWS_MAX)
            json_array_append_new(rows, waiting_row(rq, report, &list[i], who));
    }
    *ret = group_with(&waiting, rows, found, CT_SV_NULL);
    return CT_OK;
}

/* Whether somebody may be counted and not named, who is in none of the lists then. */
static bool hides_somebody(const struct ct_scope *scope)
{
    for (size_t i = 0; i < scope->n; i++)
        if (scope->people[i].is_counted)
            return true;
    return false;
}

int ct_get_today(struct ct_request *rq, struct ct_response *rs, struct ct_err *err)
{
    struct ct_assignment_filter filter = CT_ASSIGNMENT_FILTER_INIT;
    struct ct_assignments report;
    struct ct_scope scope;
    size_t n;
    const struct ct_today_group *groups = ct_today_groups(&n);
    json_t *model, *list, *approvals;
    const struct ct_report_input *in = rq->input;
    int r;

    if (in->as_of.n)
        return ct_fail(err, CT_BAD_INPUT, "as_of",
                       "Today is always today. How everybody stood at the end of another day is in "
                       "the report of assignments");
    r = ct_report_scope(rq, &scope, err);
    filter.brief = true;
    filter.scope = &scope;
    filter.current = true;
    if (r < 0 ||
        (r = ct_assignments(rq->desk.db, rq->arena, ct_now(rq->desk.clock), &filter, &report,
                            err)) < 0 ||
        (r = waiting_of(rq, &report, &approvals, err)) < 0)
        return r;
    list = json_array();
    for (size_t i = 0; i < n; i++)
        json_array_append_new(list, group_of(rq, &groups[i], &report, &scope));
    json_array_append_new(list, approvals);
    for (size_t i = 0; i < json_array_size(list) && r >= 0; i++)
        r = ct_model_name_places(rq, report.as_of, json_object_get(json_array_get(list, i), "rows"),
                                 err);
    if (r < 0) {
        json_decref(list);
        return r;
    }
    model = json_pack(
        "{s:s, s:o, s:o, s:b, s:b, s:b, s:b, s:o, s:o}", "title", "Today", "as_of",
        ct_view_moment(report.as_of), "time_zone", ct_json_sv(ct_assignments_zone(&report)),
        "has_requirements", report.n_requirements > 0, "is_filtered",
        scope.agency || scope.unit || scope.task_force, "hides_some", hides_somebody(&scope),
        "shares_some", ct_scope_shares_some(&scope), "groups", list, "legend", ct_model_legend());
    return ct_page_report(rq, rs, "report-today", &(struct ct_filter_facts){.scope = &scope}, model,
                          err);
}
