/*
 * assignments_model.c: the rows of the assignment report, a page of them, or its groups with the
 * way to the rows behind each number.
 */
#include "assignments_priv.h"
#include "pages_priv.h"
#include "requirements_priv.h"
#include "view_priv.h"

#include "ct/base/banned.h"

json_t *ct_model_legend(void)
{
    json_t *list = json_array();

    for (int i = 0; i < CT_DUE_STATUSES; i++)
        json_array_append_new(list, json_pack("{s:s, s:s}", "status",
                                              ct_due_status_name((enum ct_due_status)i), "meaning",
                                              ct_due_status_meaning((enum ct_due_status)i)));
    return list;
}

static json_t *day_of(int day)
{
    return day == CT_DAY_NONE ? json_null() : ct_view_date(ct_day_date(day));
}

/* ---- rows ---- */

/* The heads of the columns, and what the rows are sorted by there. */
static const struct {
    const char *title;
    enum ct_assignment_sort sort;
} heads[] = {
    {"Name", CT_SORT_NAME},
    {"Discipline", CT_SORT_DISCIPLINE},
    {"Where", CT_SORT_UNIT},
    {"Requirement", CT_SORT_REQUIREMENT},
    {"Due", CT_SORT_DUE},
    {"Status", CT_SORT_STATUS},
    {"Completed", CT_SORT_COMPLETED},
    {"Expires", CT_SORT_EXPIRES},
};

static json_t *heads_of(const struct ct_assignments_asked *at)
{
    json_t *list = json_array();

    for (size_t i = 0; i < sizeof heads / sizeof heads[0]; i++) {
        bool is_this = at->wish.sort == heads[i].sort;
        bool turns = is_this && !at->wish.descends;
        struct ct_sv sort =
            ct_arena_printf(at->rq->arena, "%s%s", turns ? "-" : "", ct_sort_name(heads[i].sort));
        json_array_append_new(list,
                              json_pack("{s:s, s:o, s:b, s:b}", "title", heads[i].title, "href",
                                        ct_json_sv(ct_assignments_href_with(at, CT_ASK_SORT, sort)),
                                        "is_ascending", is_this && !at->wish.descends,
                                        "is_descending", is_this && at->wish.descends));
    }
    return list;
}

static json_t *row_of(const struct ct_assignments_asked *at, const struct ct_assignment *row)
{
    const struct ct_assignee *p = row->person;

    return json_pack(
        "{s:o, s:o, s:o, s:o, s:b, s:o, s:o, s:o, s:o, s:o, s:s, s:o, s:o, s:o}", "record_href",
        ct_json_sv(ct_href_requirement_person(at->rq, row->requirement->slug, p->id)), "name",
        ct_json_sv(p->name), "email", ct_json_sv(p->email), "href",
        ct_json_sv(ct_href_transcript(at->rq, p->id, at->q.text[CT_ASK_AS_OF])), "is_active",
        p->active, "discipline", ct_model_discipline(at->rq, p->discipline), "where",
        ct_view_text(p->unit.n ? p->unit : p->agency), "requirement",
        ct_json_sv(ct_requirement_label(at->rq, &at->scope, at->report.requirements,
                                        at->report.n_requirements, row->requirement,
                                        row->rule->title, ct_day_of(at->report.as_of))),
        "requirement_href",
        ct_json_sv(ct_assignments_href_with(at, CT_ASK_REQUIREMENT, row->requirement->slug)), "due",
        day_of(row->period.due), "status", ct_due_status_name(row->period.status), "since",
        day_of(row->period.status_on), "completed", day_of(row->period.completed), "expires",
        day_of(row->period.expires));
}

static json_t *page_href(const struct ct_assignments_asked *at, int64_t page, int64_t pages)
{
    return page < 1 || page > pages
               ? json_null()
               : ct_json_sv(ct_assignments_href(at->rq, "/reports/assignments", &at->q, page));
}

void ct_model_add_rows(const struct ct_assignments_asked *at, json_t *model)
{
    bool shows = at->wish.by == CT_GROUP_NONE && at->errors.n == 0;
    int64_t n = shows ? (int64_t)at->report.n : 0;
    int64_t pages = (n + CT_ASSIGNMENTS_PAGE - 1) / CT_ASSIGNMENTS_PAGE;
    int64_t page = at->page < pages ? at->page : pages > 0 ? pages : 1;
    int64_t from = (page - 1) * CT_ASSIGNMENTS_PAGE;
    int64_t until = from + CT_ASSIGNMENTS_PAGE < n ? from + CT_ASSIGNMENTS_PAGE : n;
    json_t *rows = json_array();

    for (int64_t i = from; i < until; i++)
        json_array_append_new(rows, row_of(at, &at->report.rows[i]));
    json_object_set_new(model, "shows_rows", json_boolean(shows));
    json_object_set_new(model, "has_rows", json_boolean(n > 0));
    json_object_set_new(model, "heads", heads_of(at));
    json_object_set_new(model, "rows", rows);
    json_object_set_new(model, "total", json_integer(n));
    json_object_set_new(model, "total_word",
                        json_string(ct_plural((size_t)n, "assignment", "assignments")));
    json_object_set_new(model, "first", json_integer(n ? from + 1 : 0));
    json_object_set_new(model, "last", json_integer(until));
    json_object_set_new(model, "has_pages", json_boolean(pages > 1));
    json_object_set_new(model, "previous_href", page_href(at, page - 1, pages));
    json_object_set_new(model, "next_href", page_href(at, page + 1, pages));
}

/* ---- groups ---- */

/* What is asked of the rows behind a group: its parts instead of grouping. */
static struct ct_assignment_query query_of(const struct ct_assignments_asked *at,
                                           const struct ct_assignment_group *g)
{
    const enum ct_group_by by[2] = {at->groups.by, at->groups.then};
    struct ct_assignment_query q = at->q;

    for (int i = 0; i < 2; i++)
        if (g && by[i] != CT_GROUP_NONE)
            q.text[ct_group_ask(by[i])] = g->key[i].n ? g->key[i] : CT_SV(CT_ASSIGNMENT_NONE);
    q.text[CT_ASK_BY] = q.text[CT_ASK_THEN] = CT_SV_NULL;
    return q;
}

static json_t *number_of(const struct ct_assignments_asked *at, const struct ct_assignment_query *q,
                         bool can_open, size_t n)
{
    return json_pack("{s:i, s:o}", "n", (int)n, "href",
                     can_open && n
                         ? ct_json_sv(ct_assignments_href(at->rq, "/reports/assignments", q, 1))
                         : json_null());
}

/* NULL: all together. */
static json_t *group_of(const struct ct_assignments_asked *at, const struct ct_assignment_group *g)
{
    const struct ct_assignment_group *counts = g ? g : &at->groups.all;
    bool can_open = counts->named > 0 && (!g || (g->can_open[0] && g->can_open[1]));
    struct ct_assignment_query q = query_of(at, g);
    json_t *numbers = json_array();
    json_t *model = json_pack("{s:o, s:o, s:b}", "title", g ? ct_json_sv(g->title[0]) : json_null(),
                              "then_title", g ? ct_view_text(g->title[1]) : json_null(),
                              "has_percent", counts->percent >= 0);

    json_object_set_new(model, "people", number_of(at, &q, can_open, counts->people));
    json_object_set_new(model, "assignments", number_of(at, &q, can_open, counts->rows));
    for (int s = 0; s < CT_DUE_STATUSES; s++) {
        unsigned asked = at->wish.filter.statuses;
        q.text[CT_ASK_STATUS] = ct_sv_c(ct_due_status_name((enum ct_due_status)s));
        json_t *number =
            number_of(at, &q, can_open && (!asked || asked & (1u << s)), counts->by_status[s]);
        json_object_set_new(number, "status",
                            json_string(ct_due_status_name((enum ct_due_status)s)));
        json_array_append_new(numbers, number);
    }
    json_object_set_new(model, "statuses", numbers);
    json_object_set_new(model, "percent", json_integer(counts->percent < 0 ? 0 : counts->percent));
    return model;
}

/* The groups as bars. */
static json_t *chart_of(const struct ct_assignments_asked *at, size_t n)
{
    struct ct_arena *a = at->rq->arena;
    struct ct_status_bar *bars = ct_arena_array(a, struct ct_status_bar, n);

    for (size_t i = 0; i < n; i++) {
        const struct ct_assignment_group *g = &at->groups.groups[i];
        bars[i].label = g->title[0];
        if (at->wish.then != CT_GROUP_NONE)
            bars[i].label =
                ct_arena_printf(a, "%.*s: %.*s", CT_SV_ARG(g->title[0]), CT_SV_ARG(g->title[1]));
        memcpy(bars[i].by_status, g->by_status, sizeof bars[i].by_status);
    }
    return ct_model_status_chart(at->rq, "groups", CT_SV("How each group stands"), "Assignments",
                                 bars, n);
}

void ct_model_add_groups(const struct ct_assignments_asked *at, json_t *model)
{
    bool shows = at->wish.by != CT_GROUP_NONE && at->errors.n == 0;
    json_t *list = json_array();

    for (size_t i = 0; shows && i < at->groups.n; i++)
        json_array_append_new(list, group_of(at, &at->groups.groups[i]));
    json_object_set_new(model, "shows_groups", json_boolean(shows));
    json_object_set_new(model, "has_groups", json_boolean(json_array_size(list) > 0));
    json_object_set_new(model, "group_title", ct_view_text(ct_sv_c(ct_group_label(at->wish.by))));
    json_object_set_new(model, "then_group_title",
                        ct_view_text(ct_sv_c(ct_group_label(at->wish.then))));
    json_object_set_new(model, "groups", list);
    json_object_set_new(model, "chart", chart_of(at, shows ? at->groups.n : 0));
    json_object_set_new(model, "all_groups", shows ? group_of(at, NULL) : json_null());
}
