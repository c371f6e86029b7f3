/*
 * page_report_rows.c: the rows of the completion report as models: groups with their counts, and
 * the people behind them. The page is page_report.c.
 */
#include "pages_priv.h"
#include "view_priv.h"

#include "ct/base/limits.h"
#include "ct/report/report_completion.h"
#include "ct/text/url.h"

#include "ct/base/banned.h"

/* A page that lists everybody below the table is quick to read through, up to a size. */
enum { LISTED_MAX = 300, PAGE_ROWS = 100 };

struct ct_sv ct_report_href(const struct ct_request *rq, const char *path,
                            const struct ct_report_input *in)
{
    const struct {
        const char *name;
        struct ct_sv value;
    } parts[] = {{"by", in->by},         {"course", in->course}, {"discipline", in->discipline},
                 {"agency", in->agency}, {"unit", in->unit},     {"task_force", in->task_force},
                 {"as_of", in->as_of}};
    CT_AUTO_STR url = CT_STR_INIT(CT_URL_MAX);
    bool first = true;

    ct_str_add_c(&url, path);
    for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++)
        if (parts[i].value.n)
            ct_url_add_query(&url, &first, ct_sv_c(parts[i].name), parts[i].value);
    if (in->page > 1)
        ct_url_add_query(&url, &first, CT_SV("page"),
                         ct_arena_printf(rq->arena, "%lld", (long long)in->page));
    return ct_arena_dup(rq->arena, ct_str_sv(&url));
}

static json_t *person_of(const struct ct_request *rq, const struct ct_report_person *p)
{
    json_t *model = json_pack(
        "{s:o, s:o, s:o, s:i, s:i, s:i, s:o, s:o, s:o, s:o, s:b, s:b, s:o, s:o, s:o, s:o}", "name",
        ct_json_sv(p->name), "transcript_href",
        ct_json_sv(
            ct_href_transcript(rq, p->id, ((const struct ct_report_input *)rq->input)->as_of)),
        "email", ct_json_sv(p->email), "modules_done", (int)p->modules_done, "modules",
        (int)p->modules, "minutes", p->minutes, "started", ct_view_on(p->started_on), "last",
        ct_view_on(p->last_on), "completed", ct_view_on(p->completed_on), "expires",
        ct_view_on(p->expires_on), "never_signed_in", !p->signed_in_ever, "update_due",
        p->update_due && p->status != CT_DUE_UPDATE, "agency", ct_view_text(p->agency), "unit",
        ct_view_text(p->unit), "task_forces", ct_view_text(p->task_forces), "status",
        ct_view_due(p->status));

    ct_model_add_number(model, "has_score", "score", p->score);
    return model;
}

static void add_counted(json_t *model, const char *has, const char *name, size_t n)
{
    json_object_set_new(model, has, json_boolean(n > 0));
    json_object_set_new(model, name, json_integer((json_int_t)n));
}

/* `href`: where its people are listed; null: nowhere. */
static json_t *row_of(const struct ct_request *rq, const struct ct_report_row *row,
                      struct ct_sv href)
{
    json_t *model = json_pack(
        "{s:o, s:o, s:o, s:n, s:b, s:b, s:i, s:i, s:i, s:i, s:i, s:i, s:b, s:n, s:o, s:b, s:[]}",
        "course", ct_view_text(row->course), "course_title", ct_view_text(row->course_title),
        "discipline", ct_model_kind(rq, row->discipline), "title", "required", row->required,
        "has_people", row->people > 0, "people", (int)row->people, "not_started",
        (int)row->not_started, "in_progress", (int)row->in_progress, "completed",
        (int)row->completed, "percent", row->percent, "percent_now", row->percent_now,
        "has_percent_now", row->percent_now != row->percent, "anchor", "people_href",
        ct_model_href(href), "has_members", false, "members");

    add_counted(model, "has_update_due", "update_due", row->update_due);
    add_counted(model, "has_expiring", "expiring", row->expiring);
    add_counted(model, "has_expired", "expired", row->expired);
    add_counted(model, "has_exempt", "exempt", row->exempt);
    add_counted(model, "has_awaiting", "awaiting", row->awaiting);
    add_counted(model, "has_unnamed", "unnamed", row->n_unnamed);
    ct_model_add_number(model, "has_median", "median", row->median);
    return model;
}

static void list_members(const struct ct_request *rq, json_t *model,
                         const struct ct_report_row *row)
{
    json_t *members = json_object_get(model, "members");

    for (size_t i = 0; i < row->n_members; i++)
        json_array_append_new(members, person_of(rq, &row->members[i]));
    json_object_set_new(model, "has_members", json_boolean(row->n_members > 0));
}

json_t *ct_model_report_rows(const struct ct_request *rq, const struct ct_report_row *rows,
                             size_t n)
{
    json_t *list = json_array();
    size_t n_people = 0;

    for (size_t i = 0; i < n; i++)
        n_people += rows[i].n_members;
    for (size_t i = 0; i < n; i++) {
        struct ct_report_input to = *(const struct ct_report_input *)rq->input;
        to.by = CT_SV("person");
        to.course = rows[i].course;
        to.discipline = rows[i].discipline;
        to.page = 0;
        /* People without a discipline cannot be chosen by one. */
        bool listed = n_people <= LISTED_MAX, none = ct_sv_eq_c(rows[i].discipline, "none");
        struct ct_sv anchor = ct_arena_printf(rq->arena, "#r%zu", i + 1);
        json_t *model =
            row_of(rq, &rows[i],
                   listed                       ? anchor
                   : none || !rows[i].n_members ? CT_SV_NULL
                                                : ct_report_href(rq, "/reports/completion", &to));
        if (listed) {
            json_object_set_new(model, "anchor", ct_json_sv(ct_sv_sub(anchor, 1, SIZE_MAX)));
            list_members(rq, model, &rows[i]);
        }
        json_array_append_new(list, model);
    }
    return list;
}

json_t *ct_model_report_sums(const struct ct_request *rq, const struct ct_report_row *rows,
                             size_t n)
{
    json_t *list = json_array();

    for (size_t i = 0; i < n; i++)
        json_array_append_new(list, row_of(rq, &rows[i], CT_SV_NULL));
    return list;
}

/* Where the people of an org are listed; null for one that the reader cannot choose. */
static struct ct_sv org_href(const struct ct_request *rq, const struct ct_scope *scope,
                             const struct ct_org *o)
{
    struct ct_report_input to = *(const struct ct_report_input *)rq->input;

    if (!o || !ct_org_by_id(scope->choices, scope->n_choices, o->id))
        return CT_SV_NULL;
    to.by = CT_SV("person");
    to.page = 0;
    switch (o->kind) {
    case CT_ORG_AGENCY:
        to.agency = o->path;
        break;
    case CT_ORG_UNIT:
        to.unit = o->path;
        break;
    case CT_ORG_TASK_FORCE:
        to.task_force = o->path;
        break;
    }
    return ct_report_href(rq, "/reports/completion", &to);
}

/* "Alder County DCS: Intake" of a unit. */
static struct ct_sv org_title(const struct ct_request *rq, const struct ct_report *report,
                              const struct ct_report_row *row, enum ct_org_kind kind)
{
    const struct ct_org *agency = row->org && row->org->agency
                                      ? ct_org_by_id(report->orgs, report->n_orgs, row->org->agency)
                                      : NULL;
    struct ct_sv name = ct_report_org_name(row, kind);

    return agency
               ? ct_arena_printf(rq->arena, "%.*s: %.*s", CT_SV_ARG(agency->name), CT_SV_ARG(name))
               : name;
}

json_t *ct_model_report_orgs(const struct ct_request *rq, const struct ct_report *report,
                             const struct ct_scope *scope, int kind)
{
    struct ct_report_row *rows;
    json_t *list = json_array();
    size_t n;

    ct_report_by_org(rq->arena, report, (enum ct_org_kind)kind, &rows, &n);
    for (size_t i = 0; i < n; i++) {
        json_t *model = row_of(rq, &rows[i], org_href(rq, scope, rows[i].org));
        json_object_set_new(model, "title",
                            ct_json_sv(org_title(rq, report, &rows[i], (enum ct_org_kind)kind)));
        json_array_append_new(list, model);
    }
    return list;
}

static json_t *page_href(const struct ct_request *rq, int64_t page, bool there_is)
{
    struct ct_report_input to = *(const struct ct_report_input *)rq->input;

    to.page = page;
    return there_is ? ct_json_sv(ct_report_href(rq, "/reports/completion", &to)) : json_null();
}

/* One page of the people, in the order in which the file has them. */
void ct_model_add_report_people(const struct ct_request *rq, const struct ct_report *report,
                                json_t *model)
{
    const struct ct_report_input *in = rq->input;
    int64_t page = in->page ? in->page : 1;
    size_t first = (size_t)(page - 1) * PAGE_ROWS, n = 0;
    json_t *list = json_array();

    for (size_t i = 0; i < report->n; i++) {
        for (size_t k = 0; k < report->rows[i].n_members; k++, n++) {
            if (n < first || n >= first + PAGE_ROWS)
                continue;
            json_t *one = person_of(rq, &report->rows[i].members[k]);
            json_object_set_new(one, "course_title", ct_json_sv(report->rows[i].course_title));
            json_object_set_new(one, "discipline", ct_model_kind(rq, report->rows[i].discipline));
            json_array_append_new(list, one);
        }
    }
    size_t last = first + json_array_size(list);
    json_object_set_new(model, "has_people", json_boolean(json_array_size(list) > 0));
    json_object_set_new(model, "first", json_integer((json_int_t)(last > first ? first + 1 : 0)));
    json_object_set_new(model, "last", json_integer((json_int_t)last));
    json_object_set_new(model, "total", json_integer((json_int_t)n));
    json_object_set_new(model, "people", list);
    json_object_set_new(model, "earlier_href", page_href(rq, page - 1, page > 1));
    json_object_set_new(model, "later_href", page_href(rq, page + 1, last < n && last > first));
}
