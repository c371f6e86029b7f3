/*
 * status_chart.c: groups of people or assignments as bars, a piece for each status. The table that
 * the page has of the same numbers stands beside it.
 */
#include "pages_priv.h"
#include "view_priv.h"

#include "ct/base/limits.h"
#include "ct/report/report.h"
#include "ct/text/chart.h"

#include "ct/base/banned.h"

/* More bars than these are no picture any more. */
enum { BARS_MAX = 30 };

_Static_assert((int)CT_DUE_STATUSES <= (int)CT_CHART_STYLES, "each status has a style of its own");

/* From what is well to what is not, as the pieces of a bar follow each other. */
static const enum ct_due_status order[] = {
    CT_DUE_COMPLETED,   CT_DUE_UPDATE,  CT_DUE_EXPIRING, CT_DUE_AWAITING, CT_DUE_IN_PROGRESS,
    CT_DUE_NOT_STARTED, CT_DUE_EXPIRED, CT_DUE_OVERDUE,  CT_DUE_EXEMPT,   CT_DUE_WITHDRAWN};
enum { N_ORDER = sizeof order / sizeof order[0] };

static size_t total_of(const struct ct_status_bar *bar)
{
    size_t total = 0;

    for (size_t i = 0; i < CT_DUE_STATUSES; i++)
        total += bar->by_status[i];
    return total;
}

/* "Prosecutor: 3 of 7 completed. Judge: ..." */
static struct ct_sv sentence_of(const struct ct_request *rq, const struct ct_status_bar *bars,
                                size_t n)
{
    CT_AUTO_STR text = CT_STR_INIT(CT_PAGE_MAX);

    for (size_t i = 0; i < n; i++)
        ct_str_addf(&text, "%s%.*s: %zu of %zu completed.", i ? " " : "", CT_SV_ARG(bars[i].label),
                    bars[i].by_status[CT_DUE_COMPLETED], total_of(&bars[i]));
    return ct_arena_dup(rq->arena, ct_str_sv(&text));
}

/* "Completed" */
static struct ct_sv name_of(const struct ct_request *rq, enum ct_due_status status)
{
    char *name = ct_arena_cstr(rq->arena, ct_sv_c(ct_due_status_name(status)));

    name[0] = (char)(name[0] - 'a' + 'A');
    return ct_sv_c(name);
}

static size_t series_of(const struct ct_request *rq, const struct ct_status_bar *bars, size_t n,
                        struct ct_chart_series *ret)
{
    size_t n_series = 0;

    for (size_t s = 0; s < N_ORDER; s++) {
        size_t sum = 0;
        for (size_t i = 0; i < n; i++)
            sum += bars[i].by_status[order[s]];
        if (sum)
            ret[n_series++] = (struct ct_chart_series){name_of(rq, order[s]), (unsigned)order[s]};
    }
    return n_series;
}

json_t *ct_model_status_chart(const struct ct_request *rq, const char *id, struct ct_sv title,
                              const char *unit, const struct ct_status_bar *bars, size_t n)
{
    CT_AUTO_STR svg = CT_STR_INIT(CT_PAGE_MAX);
    struct ct_chart_series series[N_ORDER];
    size_t n_series = n <= BARS_MAX ? series_of(rq, bars, n, series) : 0;
    struct ct_sv *labels = ct_arena_array(rq->arena, struct ct_sv, n);
    int64_t *values = ct_arena_array(rq->arena, int64_t, n * n_series);
    struct ct_sv sentence = sentence_of(rq, bars, n);
    struct ct_chart chart = {.id = id,
                             .title = title,
                             .desc = sentence,
                             .unit = ct_sv_c(unit),
                             .series = series,
                             .n_series = n_series,
                             .labels = labels,
                             .n_labels = n,
                             .values = values};

    if (n_series == 0)
        return json_null();
    for (size_t i = 0; i < n; i++) {
        labels[i] = bars[i].label;
        for (size_t s = 0; s < n_series; s++)
            values[i * n_series + s] = (int64_t)bars[i].by_status[series[s].style];
    }
    ct_chart_bars(&svg, &chart);
    return json_pack("{s:o, s:o}", "title", ct_json_sv(title), "chart_html",
                     ct_json_sv(ct_str_sv(&svg)));
}

json_t *ct_model_completion_chart(const struct ct_request *rq, struct ct_sv title,
                                  const struct ct_report_row *rows, const struct ct_sv *labels,
                                  size_t n)
{
    struct ct_status_bar *bars = ct_arena_array(rq->arena, struct ct_status_bar, n);
    size_t n_bars = 0;

    for (size_t i = 0; i < n; i++) {
        const struct ct_report_row *row = &rows[i];
        size_t *by = bars[n_bars].by_status;
        if (row->people == 0)
            continue;
        bars[n_bars++].label = labels[i];
        by[CT_DUE_COMPLETED] = row->completed - row->expiring - row->expired;
        by[CT_DUE_EXPIRING] = row->expiring;
        by[CT_DUE_EXPIRED] = row->expired;
        by[CT_DUE_AWAITING] = row->awaiting;
        by[CT_DUE_IN_PROGRESS] = row->in_progress;
        by[CT_DUE_NOT_STARTED] = row->not_started;
        by[CT_DUE_EXEMPT] = row->exempt;
    }
    return ct_model_status_chart(rq, "completion", title, "People, once a course", bars, n_bars);
}
