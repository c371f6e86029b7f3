/*
 * page_reports.c: the front page of the reports: what there is to look at today, which reports
 * there are, and those that one has kept under a name.
 */
#include "assignments_priv.h"
#include "pages_priv.h"
#include "view_priv.h"
#include "views_priv.h"

#include "ct/learn/saved_view.h"
#include "ct/text/url.h"

#include "ct/base/banned.h"

static const struct {
    const char *href, *title, *line;
} reports[] = {
    {"/reports/today", "Today",
     "Who is late, what is due soon, what runs out, what waits for you."},
    {"/reports/assignments", "Assignments",
     "How each person stands to what is required, on any day, counted by what you choose."},
    {"/reports/completion", "Completion",
     "Who has completed which course, by discipline, agency, unit or task force."},
    {"/reports/coverage", "Coverage", "What a team covers together, and who is missing."},
    {"/reports/trends", "Trends", "How completion has grown, month by month."},
    {"/reports/questions", "Questions", "Which questions people get wrong, and by objective."},
    {"/reports/credit", "Credit", "Hours of credit that people earned, and by whom approved."},
    {"/reports/audit", "Audit pack", "All that an auditor wants of a period, in one file."},
    {"/reports/files", "Your files", "Long files that were made for you."},
    {"/requirements", "Requirements", "What is asked of whom, and by when."},
};

static json_t *reports_of(void)
{
    json_t *list = json_array();

    for (size_t i = 0; i < sizeof reports / sizeof reports[0]; i++)
        json_array_append_new(list, json_pack("{s:s, s:s, s:s}", "href", reports[i].href, "title",
                                              reports[i].title, "line", reports[i].line));
    return list;
}

/* How many of each group of today there are among whom the reader sees by name. */
static json_t *counts_of(const struct ct_request *rq, const struct ct_assignments *report,
                         const struct ct_scope *scope, int waiting)
{
    size_t n;
    const struct ct_today_group *groups = ct_today_groups(&n);
    json_t *list = json_array();

    for (size_t g = 0; g < n; g++) {
        int count = 0;
        for (size_t i = 0; i < report->n; i++)
            count += ct_today_has(&groups[g], &report->rows[i]);
        json_array_append_new(list,
                              json_pack("{s:s, s:i, s:o}", "title", groups[g].title, "count", count,
                                        "href", ct_json_sv(ct_today_href(rq, &groups[g], scope))));
    }
    json_array_append_new(list,
                          json_pack("{s:s, s:i, s:s}", "title", "Waiting for approval", "count",
                                    waiting, "href", "/reports/today#waiting-title"));
    return list;
}

/* Who leads nothing sees nobody, and is told why; the rest of the page is there. */
static int add_today(struct ct_request *rq, json_t *model, struct ct_err *err)
{
    const struct ct_viewer viewer = {.person = rq->session->person,
                                     .is_admin = (rq->session->roles & CT_ROLE_ADMIN) != 0};
    const struct ct_scope_wish everything = {.day = CT_SV_NULL};
    struct ct_assignment_filter filter = CT_ASSIGNMENT_FILTER_INIT;
    int64_t now = ct_now(rq->desk.clock);
    struct ct_assignments report;
    struct ct_scope scope;
    struct ct_err failure = CT_ERR_INIT;
    int waiting;
    int r = ct_org_scope(rq->desk.db, rq->arena, &viewer, &everything, now, &scope, &failure);

    json_object_set_new(model, "as_of", ct_view_moment(now));
    json_object_set_new(model, "denied",
                        ct_model_sentence(rq->arena, r == CT_DENIED ? failure.text : ""));
    json_object_set_new(model, "has_counts", json_boolean(r == CT_OK));
    if (r < 0) {
        json_object_set_new(model, "counts", json_array());
        return r == CT_DENIED ? CT_OK : ct_fail(err, r, failure.what, "%s", failure.text);
    }
    filter.scope = &scope;
    filter.current = filter.brief = true;
    if ((r = ct_assignments(rq->desk.db, rq->arena, now, &filter, &report, err)) < 0 ||
        (r = ct_today_waiting(rq, &report, &waiting, err)) < 0)
        return r;
    json_object_set_new(model, "counts", counts_of(rq, &report, &scope, waiting));
    return CT_OK;
}

static struct ct_sv part_of(const struct ct_request *rq, int64_t view, const char *part)
{
    return CT_URL(rq->arena, CT_SV("reports"), CT_SV("views"),
                  ct_arena_printf(rq->arena, "%lld", (long long)view), ct_sv_c(part));
}

static json_t *view_of(const struct ct_request *rq, const struct ct_saved_view *v,
                       const struct ct_view_problem *problem)
{
    bool is_wrong = problem && problem->view == v->id;

    return json_pack(
        "{s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:b}", "id",
        ct_json_sv(ct_arena_printf(rq->arena, "%lld", (long long)v->id)), "name",
        ct_json_sv(v->name), "typed", is_wrong ? ct_view_text(problem->name) : ct_json_sv(v->name),
        "href", ct_view_opens(rq, v->href) ? ct_json_sv(v->href) : json_null(), "saved",
        ct_view_day(v->saved_at), "rename_href", ct_json_sv(part_of(rq, v->id, "rename")),
        "delete_href", ct_json_sv(part_of(rq, v->id, "delete")), "error",
        ct_model_sentence(rq->arena, is_wrong ? problem->failure->text : ""), "is_wrong", is_wrong);
}

static int add_views(struct ct_request *rq, const struct ct_view_problem *problem, json_t *model,
                     struct ct_err *err)
{
    bool is_new = problem && problem->view == 0;
    struct ct_saved_view *views;
    json_t *list = json_array();
    size_t n;
    int r = ct_saved_views(rq->desk.db, rq->arena, rq->session->person, &views, &n, err);

    for (size_t i = 0; r == CT_OK && i < n; i++)
        json_array_append_new(list, view_of(rq, &views[i], problem));
    json_object_set_new(model, "has_views", json_boolean(json_array_size(list) > 0));
    json_object_set_new(model, "views", list);
    json_object_set_new(model, "is_saving", json_boolean(is_new));
    json_object_set_new(model, "save_href", is_new ? ct_json_sv(problem->href) : json_null());
    json_object_set_new(model, "save_name", is_new ? ct_view_text(problem->name) : json_null());
    json_object_set_new(model, "save_error",
                        ct_model_sentence(rq->arena, is_new ? problem->failure->text : ""));
    return r;
}

int ct_page_reports(struct ct_request *rq, struct ct_response *rs,
                    const struct ct_view_problem *problem, struct ct_err *err)
{
    json_t *model = json_pack("{s:s, s:o}", "title", "Reports", "reports", reports_of());
    int r;

    if ((r = add_today(rq, model, err)) < 0 || (r = add_views(rq, problem, model, err)) < 0) {
        json_decref(model);
        return r;
    }
    ct_model_add_tabs(model, "/reports");
    if (problem)
        rs->status = problem->failure->code == CT_CONFLICT ? 409 : 400;
    r = ct_page(rq, rs, "reports", model, err);
    return r < 0 || !problem ? r : ct_answered(problem->failure, err);
}

int ct_get_reports(struct ct_request *rq, struct ct_response *rs, struct ct_err *err)
{
    return ct_page_reports(rq, rs, NULL, err);
}
