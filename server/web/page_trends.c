/*
 * page_trends.c: how a team gets on, as charts with a table behind each, or as a file.
 */
#include "filters_priv.h"
#include "team_priv.h"
#include "view_priv.h"

#include "ct/base/limits.h"
#include "ct/learn/curriculum.h"
#include "ct/learn/requirement.h"
#include "ct/report/trend.h"
#include "ct/text/chart.h"

#include "ct/base/banned.h"

const struct ct_field ct_trends_query[] = {
    {"course", CT_FIELD_SLUG, offsetof(struct ct_team_input, report.course), false, 0, 64},
    {"requirement", CT_FIELD_SLUG, offsetof(struct ct_team_input, requirement), false, 0, 64},
    {"discipline", CT_FIELD_SLUG, offsetof(struct ct_team_input, report.discipline), false, 0, 64},
    CT_TEAM_ORGS,
    {"by", CT_FIELD_SLUG, offsetof(struct ct_team_input, report.by), false, 0, 16},
    {"from", CT_FIELD_TEXT, offsetof(struct ct_team_input, from), false, 0, 64},
    {"until", CT_FIELD_TEXT, offsetof(struct ct_team_input, until), false, 0, 64},
    {NULL, CT_FIELD_TEXT, 0, false, 0, 0},
};

/* "Mar 2026" of a month; quarters and weeks are called as in files. */
static struct ct_sv label_of(const struct ct_request *rq, enum ct_trend_by by,
                             const struct ct_trend_point *p)
{
    static const char *const months[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                         "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    struct ct_date d = ct_day_date(p->until);

    return by == CT_TREND_MONTH ? ct_arena_printf(rq->arena, "%s %d", months[d.month - 1], d.year)
                                : p->label;
}

/* ---- charts ---- */

/* A line of a chart: its name, style, and the number of each point. */
struct line {
    const char *name;
    unsigned style;
    size_t (*value)(const struct ct_trend_point *p);
};

static size_t completed(const struct ct_trend_point *p)
{
    return p->completed;
}
static size_t completed_ever(const struct ct_trend_point *p)
{
    return p->completed_ever;
}
static size_t standing_completed(const struct ct_trend_point *p)
{
    return p->standing[CT_TREND_COMPLETED];
}
static size_t standing_open(const struct ct_trend_point *p)
{
    return p->standing[CT_TREND_OPEN];
}
static size_t standing_overdue(const struct ct_trend_point *p)
{
    return p->standing[CT_TREND_OVERDUE];
}

/* Styles of statuses are the same in all charts: 2 completed, 1 begun or open, 4 overdue. */
static const struct line standing_lines[] = {{"Completed", 2, standing_completed},
                                             {"Open", 1, standing_open},
                                             {"Overdue", 4, standing_overdue}};
static const struct line ever_lines[] = {{"Completed so far", 2, completed_ever}};
static const struct line in_period_lines[] = {{"Completed in the period", 2, completed}};

static const struct plot {
    const char *id, *title, *unit;
    const struct line *lines;
    size_t n_lines;
} plots[] = {
    {"standing", "How people stand to what is required of them",
     "Requirements at the end of each period", standing_lines, 3},
    {"ever", "Courses completed so far", "Courses completed, at the end of each period", ever_lines,
     1},
    {"in-period", "Courses completed in each period", "Courses completed in the period",
     in_period_lines, 1},
};

/* "Completed: from 3 to 14, at most 15. Overdue: ..." */
static struct ct_sv sentence_of(const struct ct_request *rq, const struct ct_trend *t,
                                const struct plot *plot)
{
    CT_AUTO_STR text = CT_STR_INIT(4096);

    for (size_t s = 0; s < plot->n_lines && t->n; s++) {
        const struct line *line = &plot->lines[s];
        size_t most = 0;
        for (size_t i = 0; i < t->n; i++)
            if (line->value(&t->points[i]) > most)
                most = line->value(&t->points[i]);
        ct_str_addf(&text, "%s%s: from %zu to %zu, at most %zu.", s ? " " : "", line->name,
                    line->value(&t->points[0]), line->value(&t->points[t->n - 1]), most);
    }
    return ct_arena_dup(rq->arena, ct_str_sv(&text));
}

static json_t *chart_of(const struct ct_request *rq, const struct ct_trend *t,
                        const struct plot *plot, const struct ct_sv *labels)
{
    CT_AUTO_STR svg = CT_STR_INIT(CT_PAGE_MAX);
    struct ct_chart_series series[3];
    int64_t *values = ct_arena_array(rq->arena, int64_t, t->n * plot->n_lines);
    struct ct_sv sentence = sentence_of(rq, t, plot);
    struct ct_chart chart = {.id = plot->id,
                             .title = ct_sv_c(plot->title),
                             .desc = sentence,
                             .unit = ct_sv_c(plot->unit),
                             .series = series,
                             .n_series = plot->n_lines,
                             .labels = labels,
                             .n_labels = t->n,
                             .values = values};

    for (size_t s = 0; s < plot->n_lines; s++) {
        series[s] = (struct ct_chart_series){ct_sv_c(plot->lines[s].name), plot->lines[s].style};
        for (size_t i = 0; i < t->n; i++)
            values[i * plot->n_lines + s] = (int64_t)plot->lines[s].value(&t->points[i]);
    }
    ct_chart_lines(&svg, &chart);
    return json_pack("{s:s, s:s, s:o, s:o}", "id", plot->id, "title", plot->title, "sentence",
                     ct_json_sv(sentence), "chart_html", ct_json_sv(ct_str_sv(&svg)));
}

static json_t *charts_of(const struct ct_request *rq, const struct ct_trend *t, enum ct_trend_by by)
{
    struct ct_sv *labels = ct_arena_array(rq->arena, struct ct_sv, t->n);
    bool any_asked = false;
    json_t *list = json_array();

    for (size_t i = 0; i < t->n; i++) {
        labels[i] = label_of(rq, by, &t->points[i]);
        any_asked = any_asked || t->points[i].asked;
    }
    for (size_t i = 0; i < sizeof plots / sizeof plots[0]; i++)
        if (any_asked || plots[i].lines != standing_lines)
            json_array_append_new(list, chart_of(rq, t, &plots[i], labels));
    return list;
}

/* ---- the page ---- */

static json_t *point_of(const struct ct_request *rq, enum ct_trend_by by,
                        const struct ct_trend_point *p)
{
    return json_pack(
        "{s:o, s:o, s:i, s:i, s:i, s:i, s:i, s:i, s:i, s:i}", "label",
        ct_json_sv(label_of(rq, by, p)), "until", ct_view_on(p->until), "people", (int)p->people,
        "completed", (int)p->completed, "completed_ever", (int)p->completed_ever, "asked",
        (int)p->asked, "standing_completed", (int)p->standing[CT_TREND_COMPLETED], "standing_open",
        (int)p->standing[CT_TREND_OPEN], "standing_overdue", (int)p->standing[CT_TREND_OVERDUE],
        "standing_exempt", (int)p->standing[CT_TREND_EXEMPT]);
}

static int send_page(struct ct_request *rq, struct ct_response *rs, const struct ct_trend *t,
                     enum ct_trend_by by, const struct ct_report_moment *moment, struct ct_err *err)
{
    const struct ct_filter_facts facts = {.scope = &t->scope,
                                          .requirements = t->requirements,
                                          .n_requirements = t->n_requirements,
                                          .day = moment->day,
                                          .as_of = moment->as_of};
    json_t *points = json_array();
    size_t people = 0;

    for (size_t i = t->n; i-- > 0;) { /* the newest first, as one looks for it */
        json_array_append_new(points, point_of(rq, by, &t->points[i]));
        people += t->points[i].people;
    }
    json_t *model = json_pack("{s:s, s:o, s:o, s:b, s:b}", "title", "Trends of a team", "charts",
                              charts_of(rq, t, by), "points", points, "has_people", people > 0,
                              "hides_some", t->hides_some);
    ct_model_add_moment(rq, moment, model);
    ct_team_add_files(rq, ct_trends_query, "/reports/trends", model);
    return ct_page_report(rq, rs, "report-trends", &facts, model, err);
}

static struct ct_sv or_null(struct ct_sv text)
{
    return text.n ? text : CT_SV_NULL;
}

/* What was asked, but for the moment. */
static int read_filter(const struct ct_request *rq, struct ct_trend_filter *ret, struct ct_err *err)
{
    const struct ct_team_input *in = rq->input;

    *ret = (struct ct_trend_filter){.wish = {.agency = in->report.agency,
                                             .unit = in->report.unit,
                                             .task_force = in->report.task_force},
                                    .course = or_null(in->report.course),
                                    .discipline = or_null(in->report.discipline),
                                    .requirement = or_null(in->requirement),
                                    .from = CT_DAY_NONE};
    if (!ct_trend_by_parse(in->report.by, &ret->by))
        return ct_fail(err, CT_BAD_INPUT, "by", "one of month, quarter, week is wanted");
    if (in->from.n && !ct_day_parse(in->from, &ret->from))
        return ct_fail(err, CT_BAD_INPUT, "from", CT_DAY_HOW);
    return CT_OK;
}

int ct_get_trends(struct ct_request *rq, struct ct_response *rs, struct ct_err *err)
{
    const struct ct_team_input *in = rq->input;
    struct ct_viewer viewer = {.person = rq->session->person,
                               .is_admin = (rq->session->roles & CT_ROLE_ADMIN) != 0,
                               .now = ct_now(rq->desk.clock)};
    struct ct_err there = CT_ERR_INIT;
    struct ct_report_moment moment;
    struct ct_trend_filter filter;
    struct ct_report_doc doc;
    struct ct_trend trend;
    int r = read_filter(rq, &filter, err);

    if (r < 0)
        return r;
    if ((r = ct_report_moment(rq->desk.db, rq->arena, rq->desk.clock, in->until, &filter.wish,
                              &moment, &there)) < 0)
        return ct_fail(err, r, r == CT_BAD_INPUT ? "until" : there.what, "%s", there.text);
    filter.viewer = &viewer;
    filter.until = moment.day;
    if ((r = ct_curriculum_as_of(rq->desk.db, rq->arena, rq->cat, moment.as_of, &rq->cat, err)) < 0)
        return r;
    if ((r = ct_trend(rq->desk.db, rq->arena, rq->cat, moment.as_of, &filter, &trend, err)) < 0)
        return r;
    if (!ct_report_is_file(rq))
        return send_page(rq, rs, &trend, filter.by, &moment, err);
    ct_trend_doc(rq->arena, rq->cat, &trend, &filter, &doc);
    doc.time_zone = moment.time_zone;
    return ct_report_send(rq, rs, &doc, ct_report_file_part(rq, &trend.scope), err);
}
