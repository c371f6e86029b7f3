/*
 * page_report.c: completion by discipline and course as a page, or its model as JSON. Files of it
 * are page_report_file.c's.
 */
#include "pages_priv.h"
#include "view_priv.h"

#include "ct/base/limits.h"
#include "ct/learn/report_completion.h"
#include "ct/text/url.h"

#include "ct/base/banned.h"

const struct ct_field ct_report_query[] = {
    {"course", CT_FIELD_SLUG, offsetof(struct ct_report_input, course), false, 0, 64},
    {"discipline", CT_FIELD_SLUG, offsetof(struct ct_report_input, discipline), false, 0, 64},
    {"by", CT_FIELD_SLUG, offsetof(struct ct_report_input, by), false, 0, 64},
    {"agency", CT_FIELD_TEXT, offsetof(struct ct_report_input, agency), false, 0, 160},
    {"unit", CT_FIELD_TEXT, offsetof(struct ct_report_input, unit), false, 0, 160},
    {"task_force", CT_FIELD_TEXT, offsetof(struct ct_report_input, task_force), false, 0, 160},
    {NULL, CT_FIELD_TEXT, 0, false, 0, 0},
};

static struct ct_sv href(const struct ct_request *rq, const char *path, const char *by)
{
    const struct ct_report_input *in = rq->input;
    CT_AUTO_STR url = CT_STR_INIT(CT_URL_MAX);
    bool first = true;

    ct_str_add_c(&url, path);
    if (in->course.n)
        ct_url_add_query(&url, &first, CT_SV("course"), in->course);
    if (in->discipline.n)
        ct_url_add_query(&url, &first, CT_SV("discipline"), in->discipline);
    if (in->agency.n)
        ct_url_add_query(&url, &first, CT_SV("agency"), in->agency);
    if (in->unit.n)
        ct_url_add_query(&url, &first, CT_SV("unit"), in->unit);
    if (in->task_force.n)
        ct_url_add_query(&url, &first, CT_SV("task_force"), in->task_force);
    if (by)
        ct_url_add_query(&url, &first, CT_SV("by"), ct_sv_c(by));
    return ct_arena_dup(rq->arena, ct_str_sv(&url));
}

static json_t *member_of(const struct ct_report_person *p)
{
    json_t *model =
        json_pack("{s:o, s:o, s:i, s:i, s:i, s:o, s:o, s:o, s:b, s:b, s:o, s:o, s:o}", "name",
                  ct_json_sv(p->name), "email", ct_json_sv(p->email), "modules_done",
                  (int)p->modules_done, "modules", (int)p->modules, "minutes", p->minutes,
                  "started", ct_view_day(p->started_at), "last", ct_view_day(p->last_at),
                  "completed", ct_view_day(p->completed_at), "never_signed_in", !p->signed_in_ever,
                  "update_due", p->update_due, "agency", ct_view_text(p->agency), "unit",
                  ct_view_text(p->unit), "task_forces", ct_view_text(p->task_forces));

    ct_view_add_status(model, p->status);
    ct_model_add_number(model, "has_score", "score", p->score);
    return model;
}

/* `anchor` 0: a sum, which lists nobody. */
static json_t *row_of(const struct ct_request *rq, const struct ct_report_row *row, size_t anchor)
{
    json_t *members = json_array();
    json_t *model;

    for (size_t i = 0; anchor && i < row->n_members; i++)
        json_array_append_new(members, member_of(&row->members[i]));
    model = json_pack(
        "{s:o, s:o, s:o, s:b, s:b, s:i, s:i, s:i, s:i, s:b, s:i, s:i, s:o, s:b, s:o}", "course",
        ct_view_text(row->course), "course_title", ct_view_text(row->course_title), "discipline",
        ct_model_discipline(rq, row->discipline), "required", row->required, "has_people",
        row->people > 0, "people", (int)row->people, "not_started", (int)row->not_started,
        "in_progress", (int)row->in_progress, "completed", (int)row->completed, "has_update_due",
        row->update_due > 0, "update_due", (int)row->update_due, "percent", row->percent, "anchor",
        anchor ? ct_json_sv(ct_arena_printf(rq->arena, "r%zu", anchor)) : json_null(),
        "has_members", json_array_size(members) > 0, "members", members);
    ct_model_add_number(model, "has_median", "median", row->median);
    ct_model_add_number(model, "has_unnamed", "unnamed",
                        row->n_unnamed ? (int64_t)row->n_unnamed : -1);
    return model;
}

static json_t *rows_of(const struct ct_request *rq, const struct ct_report_row *rows, size_t n,
                       bool with_members)
{
    json_t *list = json_array();

    for (size_t i = 0; i < n; i++)
        json_array_append_new(list, row_of(rq, &rows[i], with_members ? i + 1 : 0));
    return list;
}

static json_t *course_choices(const struct ct_request *rq, struct ct_sv chosen)
{
    json_t *list = json_array();

    for (size_t i = 0; i < rq->cat->n_courses; i++) {
        const struct ct_course *c = &rq->cat->courses[i];
        json_array_append_new(list, json_pack("{s:o, s:o, s:b}", "slug", ct_json_sv(c->slug),
                                              "title", ct_json_sv(c->title), "selected",
                                              ct_sv_eq(c->slug, chosen)));
    }
    return list;
}

static json_t *discipline_choices(const struct ct_request *rq, struct ct_sv chosen)
{
    json_t *list = ct_view_disciplines(&rq->cat->disciplines, CT_DISC_ALL);
    json_t *one;
    size_t i;

    json_array_foreach(list, i, one)
    {
        bool selected = ct_sv_eq(ct_json_get_sv(one, "slug"), chosen);
        json_object_set_new(one, "selected", json_boolean(selected));
    }
    return list;
}

static int send_page(struct ct_request *rq, struct ct_response *rs, const struct ct_report *report,
                     const struct ct_scope *scope, struct ct_err *err)
{
    const struct ct_report_input *in = rq->input;
    bool of_some = scope->agency || scope->unit || scope->task_force;
    json_t *model = json_pack(
        "{s:s, s:o, s:o, s:o, s:b, s:o, s:o, s:o, s:o, s:o, s:b, s:o, s:o, s:o, s:b, s:i}", "title",
        "Completion by discipline", "as_of", ct_view_moment(report->as_of), "courses",
        course_choices(rq, in->course), "disciplines", discipline_choices(rq, in->discipline),
        "is_filtered", in->course.n || in->discipline.n || of_some, "csv_href",
        ct_json_sv(href(rq, "/reports/completion.csv", NULL)), "json_href",
        ct_json_sv(href(rq, "/reports/completion.json", NULL)), "people_csv_href",
        ct_json_sv(href(rq, "/reports/completion.csv", "person")), "xlsx_href",
        ct_json_sv(href(rq, "/reports/completion.xlsx", NULL)), "people_xlsx_href",
        ct_json_sv(href(rq, "/reports/completion.xlsx", "person")), "has_rows", report->n > 0,
        "by_discipline", rows_of(rq, report->by_discipline, report->n_by_discipline, false),
        "by_course", rows_of(rq, report->by_course, report->n_by_course, false), "rows",
        rows_of(rq, report->rows, report->n, true), "left_out", report->left_out, "unnamed_min",
        CT_REPORT_UNNAMED_MIN);

    ct_model_add_scope(rq, scope, model);
    ct_model_add_tabs(model, "/reports/completion");
    return ct_page(rq, rs, "report-completion", model, err);
}

int ct_get_completion_report(struct ct_request *rq, struct ct_response *rs, struct ct_err *err)
{
    const struct ct_report_input *in = rq->input;
    struct ct_report_filter filter = {in->course.n ? in->course : CT_SV_NULL,
                                      in->discipline.n ? in->discipline : CT_SV_NULL, NULL};
    struct ct_scope scope;
    struct ct_report report;
    struct ct_report_doc doc;
    enum ct_report_by by = CT_BY_DISCIPLINE_COURSE;
    int r;

    if (!ct_report_view_parse(in->by, &by))
        return ct_fail(err, CT_BAD_INPUT, "by",
                       "one of discipline-course, discipline, course, person is wanted");
    if ((r = ct_report_scope(rq, &scope, err)) < 0)
        return r;
    filter.scope = &scope;
    if ((r = ct_report_completion(rq->desk.db, rq->arena, rq->cat, rq->desk.clock, &filter, &report,
                                  err)) < 0)
        return r;
    if (!ct_report_is_file(rq))
        return send_page(rq, rs, &report, &scope, err);
    ct_report_completion_doc(rq->arena, &report, &filter, rq->cat, by, &doc);
    return ct_report_send(rq, rs, &doc, ct_report_file_part(rq, &scope), err);
}
