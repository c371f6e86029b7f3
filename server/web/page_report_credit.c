/*
 * page_report_credit.c: hours of credit of the people whom the reader may see by name, or a file of
 * them. What is earned is counted in learn (credit.h).
 */
#include "core_priv.h"
#include "filters_priv.h"
#include "people_priv.h"
#include "team_priv.h"
#include "view_priv.h"

#include "ct/report/credit_report.h"

#include "ct/base/banned.h"

/* A list is for looking at; more than this is for a filter, or for a spreadsheet. */
enum { ROWS_MAX = 200, YEAR_MAX = 9999 };

const struct ct_field ct_report_credit_query[] = {
    {"type", CT_FIELD_SLUG, offsetof(struct ct_team_input, type), false, 0, CT_CREDIT_TYPE_MAX},
    {"year", CT_FIELD_TEXT, offsetof(struct ct_team_input, year), false, 0, 64},
    {"refused", CT_FIELD_TEXT, offsetof(struct ct_team_input, refused), false, 0, 64},
    CT_TEAM_ORGS,
    {"as_of", CT_FIELD_TEXT, offsetof(struct ct_team_input, report.as_of), false, 0, 64},
    {NULL, CT_FIELD_TEXT, 0, false, 0, 0},
};

static struct ct_sv cell(const struct ct_report_doc *doc, size_t row, const char *column)
{
    size_t c = 0;

    while (strcmp(doc->columns[c].name, column) != 0)
        c++;
    return doc->cells[row * doc->n_columns + c];
}

static json_t *row_of(const struct ct_request *rq, const struct ct_report_doc *doc, size_t i)
{
    struct ct_sv last = cell(doc, i, "last_name"), first = cell(doc, i, "first_name");
    struct ct_sv course = cell(doc, i, "course"), unit = cell(doc, i, "unit");
    const struct ct_course *c = ct_catalogue_course(rq->cat, course);
    const struct ct_team_input *in = rq->input;
    int on = CT_DAY_NONE;
    int64_t person = 0;

    ct_sv_i64(cell(doc, i, "person_id"), &person);
    ct_day_parse(cell(doc, i, "completed_on"), &on);
    return json_pack(
        "{s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:b}", "href",
        ct_json_sv(ct_href_transcript(rq, person, in->report.as_of)), "name",
        ct_json_sv(
            ct_sv_trim(ct_arena_printf(rq->arena, "%.*s %.*s", CT_SV_ARG(first), CT_SV_ARG(last)))),
        "email", ct_json_sv(cell(doc, i, "email")), "where",
        ct_view_text(unit.n ? unit : cell(doc, i, "agency")), "on", ct_view_on(on), "course",
        ct_view_text(c ? c->title : course), "type", ct_json_sv(cell(doc, i, "credit_type")),
        "hours", ct_json_sv(cell(doc, i, "credit_hours")), "year",
        ct_json_sv(cell(doc, i, "credit_year")), "body",
        ct_view_text(cell(doc, i, "approval_body")), "number",
        ct_view_text(cell(doc, i, "approval_no")), "reason", ct_view_text(cell(doc, i, "reason")),
        "is_earned", ct_sv_eq_c(cell(doc, i, "status"), ct_credit_why_name(CT_CREDIT_EARNED)));
}

static int send_page(struct ct_request *rq, struct ct_response *rs, const struct ct_report_doc *doc,
                     const struct ct_scope *scope, const struct ct_report_moment *moment,
                     struct ct_err *err)
{
    const struct ct_filter_facts facts = {.scope = scope, .as_of = moment->as_of};
    json_t *rows = json_array();

    int r;

    for (size_t i = 0; i < doc->n_rows && i < ROWS_MAX; i++)
        json_array_append_new(rows, row_of(rq, doc, i));
    if ((r = ct_model_name_places(rq, moment->as_of, rows, err)) < 0) {
        json_decref(rows);
        return r;
    }
    json_t *model = json_pack("{s:s, s:o, s:b, s:i, s:b, s:i}", "title", "Hours and credit", "rows",
                              rows, "has_rows", doc->n_rows > 0, "count", (int)doc->n_rows,
                              "has_more", doc->n_rows > ROWS_MAX, "more",
                              doc->n_rows > ROWS_MAX ? (int)(doc->n_rows - ROWS_MAX) : 0);
    json_object_set_new(model, "shares_some", json_boolean(ct_scope_shares_some(scope)));
    json_object_set_new(model, "times", ct_json_sv(ct_credit_times()));
    ct_model_add_moment(rq, moment, model);
    ct_team_add_files(rq, ct_report_credit_query, "/reports/credit", model);
    return ct_page_report(rq, rs, "report-credit", &facts, model, err);
}

static int read_filter(const struct ct_request *rq, struct ct_credit_filter *ret,
                       struct ct_err *err)
{
    const struct ct_team_input *in = rq->input;
    int64_t year = 0;

    if (in->year.n && (!ct_sv_i64(in->year, &year) || year < 1 || year > YEAR_MAX))
        return ct_fail(err, CT_BAD_INPUT, "year", "a year is written as in 2026");
    if (in->refused.n && !ct_sv_eq_c(in->refused, "yes"))
        return ct_fail(err, CT_BAD_INPUT, "refused", "yes, or nothing, is wanted");
    *ret = (struct ct_credit_filter){.type = in->type.n ? in->type : CT_SV_NULL,
                                     .year = (int)year,
                                     .refused = in->refused.n > 0};
    return CT_OK;
}

int ct_get_report_credit(struct ct_request *rq, struct ct_response *rs, struct ct_err *err)
{
    const struct ct_team_input *in = rq->input;
    struct ct_scope_wish wish = {in->report.agency, in->report.unit, in->report.task_force,
                                 CT_SV_NULL};
    struct ct_report_moment moment;
    struct ct_credit_filter filter;
    struct ct_report_doc doc;
    struct ct_scope scope;
    int r = read_filter(rq, &filter, err);

    if (r < 0 ||
        (r = ct_report_moment(rq->desk.db, rq->arena, rq->desk.clock, in->report.as_of, &wish,
                              &moment, err)) < 0 ||
        (r = ct_report_scope_at(rq, &moment, &scope, err)) < 0)
        return r;
    filter.scope = &scope;
    if ((r = ct_credit_report(rq->desk.db, rq->arena, moment.as_of, &filter, &doc, err)) < 0)
        return r;
    return ct_report_is_file(rq)
               ? ct_report_send(rq, rs, &doc, ct_report_file_part(rq, &scope), err)
               : send_page(rq, rs, &doc, &scope, &moment, err);
}
