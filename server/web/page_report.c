/*
 * page_report.c: completion by discipline and course, agency, unit, task force or person as a page,
 * or its model as JSON. Its rows are page_report_rows.c, files of it page_report_file.c.
 */
#include "filters_priv.h"
#include "pages_priv.h"
#include "view_priv.h"

#include "ct/base/limits.h"
#include "ct/report/report_completion.h"
#include "ct/text/url.h"

#include "ct/base/banned.h"

enum { PAGES_MAX = 100000, DAY_LENGTH = 64 };

const struct ct_field ct_report_query[] = {
    {"course", CT_FIELD_SLUG, offsetof(struct ct_report_input, course), false, 0, 64},
    {"discipline", CT_FIELD_SLUG, offsetof(struct ct_report_input, discipline), false, 0, 64},
    {"by", CT_FIELD_SLUG, offsetof(struct ct_report_input, by), false, 0, 64},
    {"agency", CT_FIELD_TEXT, offsetof(struct ct_report_input, agency), false, 0, 160},
    {"unit", CT_FIELD_TEXT, offsetof(struct ct_report_input, unit), false, 0, 160},
    {"task_force", CT_FIELD_TEXT, offsetof(struct ct_report_input, task_force), false, 0, 160},
    {"as_of", CT_FIELD_TEXT, offsetof(struct ct_report_input, as_of), false, 0, DAY_LENGTH},
    {"page", CT_FIELD_I64, offsetof(struct ct_report_input, page), false, 1, PAGES_MAX},
    {NULL, CT_FIELD_TEXT, 0, false, 0, 0},
};

/* The same choice at another address, by something else. */
static json_t *href(const struct ct_request *rq, const char *path, const char *by)
{
    struct ct_report_input to = *(const struct ct_report_input *)rq->input;

    to.by = by ? ct_sv_c(by) : to.by;
    to.page = 0;
    return ct_json_sv(ct_report_href(rq, path, &to));
}

static bool has_kind(const struct ct_scope *scope, enum ct_org_kind kind)
{
    for (size_t i = 0; i < scope->n_choices; i++)
        if (scope->choices[i].kind == kind)
            return true;
    return false;
}

/* What a row can be, as far as there is anything of it. */
static json_t *views_of(const struct ct_request *rq, const struct ct_scope *scope,
                        enum ct_report_by by)
{
    static const struct {
        enum ct_report_by by;
        const char *title;
        int kind; /* -1: of no org */
    } views[] = {{CT_BY_DISCIPLINE_COURSE, "Discipline and course", -1},
                 {CT_BY_AGENCY, "Agency", CT_ORG_AGENCY},
                 {CT_BY_UNIT, "Unit", CT_ORG_UNIT},
                 {CT_BY_TASK_FORCE, "Task force", CT_ORG_TASK_FORCE},
                 {CT_BY_PERSON, "Person", -1}};
    json_t *list = json_array();

    for (size_t i = 0; i < sizeof views / sizeof views[0]; i++)
        if (views[i].kind < 0 || has_kind(scope, (enum ct_org_kind)views[i].kind))
            json_array_append_new(
                list, json_pack("{s:o, s:s, s:b}", "href",
                                href(rq, "/reports/completion",
                                     views[i].by ? ct_report_view_name(views[i].by) : ""),
                                "title", views[i].title, "is_here", views[i].by == by));
    return list;
}

static json_t *legend(void)
{
    json_t *list = json_array();

    for (int i = 0; i < CT_DUE_STATUSES; i++)
        if (i != CT_DUE_OVERDUE && i != CT_DUE_WITHDRAWN)
            json_array_append_new(
                list, json_pack("{s:s, s:s}", "status", ct_due_status_name((enum ct_due_status)i),
                                "meaning", ct_due_status_meaning((enum ct_due_status)i)));
    return list;
}

/* -1: no org. */
static int kind_of(enum ct_report_by by)
{
    return by == CT_BY_AGENCY       ? (int)CT_ORG_AGENCY
           : by == CT_BY_UNIT       ? (int)CT_ORG_UNIT
           : by == CT_BY_TASK_FORCE ? (int)CT_ORG_TASK_FORCE
                                    : -1;
}

/* The groups of the view as bars: disciplines, or orgs; null of people. */
static json_t *chart_of(const struct ct_request *rq, const struct ct_report *r, int kind,
                        bool is_groups, const json_t *orgs)
{
    struct ct_report_row *rows = r->by_discipline;
    size_t n = is_groups ? r->n_by_discipline : 0;
    struct ct_sv *labels;

    if (kind >= 0)
        ct_report_by_org(rq->arena, r, (enum ct_org_kind)kind, &rows, &n);
    labels = ct_arena_array(rq->arena, struct ct_sv, n);
    for (size_t i = 0; i < n; i++)
        labels[i] =
            kind < 0 ? rows[i].discipline_name : ct_json_get_sv(json_array_get(orgs, i), "title");
    return ct_model_completion_chart(
        rq, kind < 0 ? CT_SV("How each discipline stands") : CT_SV("How each of them stands"), rows,
        labels, n);
}

/* The rows of the view; of the others none. */
static void add_rows(const struct ct_request *rq, const struct ct_report *r,
                     const struct ct_scope *scope, enum ct_report_by by, json_t *model)
{
    static const struct ct_report nobody = {.n = 0};
    static const char *const titles[] = {
        [CT_ORG_AGENCY] = "Agency", [CT_ORG_UNIT] = "Unit", [CT_ORG_TASK_FORCE] = "Task force"};
    int kind = kind_of(by);
    bool is_people = by == CT_BY_PERSON, is_groups = kind < 0 && !is_people && r->n;
    json_t *rows = is_groups ? ct_model_report_rows(rq, r->rows, r->n) : json_array();
    json_t *orgs = kind < 0 ? json_array() : ct_model_report_orgs(rq, r, scope, kind);

    json_object_set_new(model, "is_groups", json_boolean(is_groups));
    json_object_set_new(model, "is_orgs", json_boolean(kind >= 0 && r->n));
    json_object_set_new(model, "is_people", json_boolean(is_people && r->n));
    json_object_set_new(model, "lists_people",
                        json_boolean(is_groups && json_is_string(json_object_get(
                                                      json_array_get(rows, 0), "anchor"))));
    json_object_set_new(model, "rows", rows);
    json_object_set_new(
        model, "by_discipline",
        ct_model_report_sums(rq, r->by_discipline, is_groups ? r->n_by_discipline : 0));
    json_object_set_new(model, "by_course",
                        ct_model_report_sums(rq, r->by_course, is_groups ? r->n_by_course : 0));
    json_object_set_new(model, "org_title", kind < 0 ? json_null() : json_string(titles[kind]));
    json_object_set_new(model, "orgs", orgs);
    json_object_set_new(model, "chart", chart_of(rq, r, kind, is_groups, orgs));
    ct_model_add_report_people(rq, is_people ? r : &nobody, model);
}

static const char *title_of(enum ct_report_by by)
{
    switch (by) {
    case CT_BY_PERSON:
        return "Completion by person";
    case CT_BY_AGENCY:
        return "Completion by agency";
    case CT_BY_UNIT:
        return "Completion by unit";
    case CT_BY_TASK_FORCE:
        return "Completion by task force";
    case CT_BY_DISCIPLINE_COURSE:
    case CT_BY_DISCIPLINE:
    case CT_BY_COURSE:
        break;
    }
    return "Completion by discipline";
}

static int send_page(struct ct_request *rq, struct ct_response *rs, const struct ct_report *report,
                     const struct ct_scope *scope, const struct ct_report_moment *at,
                     enum ct_report_by by, struct ct_err *err)
{
    const struct ct_report_input *in = rq->input;
    bool of_some = scope->agency || scope->unit || scope->task_force;
    json_t *model = json_pack(
        "{s:s, s:b, s:o, s:o, s:o, s:o, s:o, s:o, s:b, s:b, s:b, s:i, s:o, s:o}", "title",
        title_of(by), "is_filtered", in->course.n || in->discipline.n || in->as_of.n || of_some,
        "csv_href", href(rq, "/reports/completion.csv", NULL), "json_href",
        href(rq, "/reports/completion.json", NULL), "people_csv_href",
        by == CT_BY_PERSON ? json_null() : href(rq, "/reports/completion.csv", "person"),
        "xlsx_href", href(rq, "/reports/completion.xlsx", NULL), "people_xlsx_href",
        by == CT_BY_PERSON ? json_null() : href(rq, "/reports/completion.xlsx", "person"),
        "all_href",
        ct_json_sv(
            ct_report_href(rq, "/reports/completion", &(struct ct_report_input){.by = in->by})),
        "has_rows", report->n > 0, "shares_some", ct_scope_shares_some(scope), "left_out",
        report->left_out, "unnamed_min", CT_REPORT_UNNAMED_MIN, "views", views_of(rq, scope, by),
        "legend", legend());

    ct_model_add_moment(rq, at, model);
    add_rows(rq, report, scope, by, model);
    return ct_page_report(rq, rs, "report-completion",
                          &(struct ct_filter_facts){.scope = scope, .as_of = at->as_of}, model,
                          err);
}

int ct_get_completion_report(struct ct_request *rq, struct ct_response *rs, struct ct_err *err)
{
    const struct ct_report_input *in = rq->input;
    struct ct_report_filter filter = {.course = in->course.n ? in->course : CT_SV_NULL,
                                      .discipline = in->discipline.n ? in->discipline : CT_SV_NULL};
    struct ct_scope scope;
    struct ct_report report;
    struct ct_report_doc doc;
    struct ct_report_moment at;
    enum ct_report_by by = CT_BY_DISCIPLINE_COURSE;
    int r;

    if (!ct_report_view_parse(in->by, &by))
        return ct_fail(err, CT_BAD_INPUT, "by",
                       "one of discipline-course, discipline, course, person, agency, unit, "
                       "task-force is wanted");
    if ((r = ct_report_when(rq, &at, err)) < 0 ||
        (r = ct_report_scope_at(rq, &at, &scope, err)) < 0)
        return r;
    filter.scope = &scope;
    filter.as_of = at.as_of;
    filter.time_zone = at.time_zone;
    if ((r = ct_report_completion(rq->desk.db, rq->arena, rq->cat, rq->desk.clock, &filter, &report,
                                  err)) < 0)
        return r;
    if (!ct_report_is_file(rq))
        return send_page(rq, rs, &report, &scope, &at, by, err);
    ct_report_completion_doc(rq->arena, &report, &filter, rq->cat, by, &doc);
    return ct_report_send(rq, rs, &doc, ct_report_file_part(rq, &scope), err);
}
