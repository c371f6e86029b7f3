/*
 * trend_period.c: the months, quarters and weeks of a trend.
 */
#include "trend_priv.h"

#include "ct/base/banned.h"

static const char *const names[] = {
    [CT_TREND_MONTH] = "month", [CT_TREND_QUARTER] = "quarter", [CT_TREND_WEEK] = "week"};

const char *ct_trend_by_name(enum ct_trend_by by)
{
    return names[by];
}

bool ct_trend_by_parse(struct ct_sv name, enum ct_trend_by *ret)
{
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        if (ct_sv_eq_c(name, names[i]) || (name.n == 0 && i == CT_TREND_MONTH)) {
            *ret = (enum ct_trend_by)i;
            return true;
        }
    return false;
}

/* 0 for Monday: the first of January 1970 was a Thursday. */
static int weekday(int day)
{
    return ((day + 3) % 7 + 7) % 7;
}

/* The first day of the period in which a day is. */
static int begin_of(enum ct_trend_by by, int day)
{
    struct ct_date d = ct_day_date(day);

    switch (by) {
    case CT_TREND_MONTH:
        d.day = 1;
        return ct_date_day(d);
    case CT_TREND_QUARTER:
        d.day = 1;
        d.month -= (d.month - 1) % 3;
        return ct_date_day(d);
    case CT_TREND_WEEK:
        return day - weekday(day);
    }
    return day;
}

/* So many periods later (negative: earlier) than one that begins with a day. */
static int step(enum ct_trend_by by, int day, int periods)
{
    switch (by) {
    case CT_TREND_MONTH:
        return ct_day_add_months(day, periods);
    case CT_TREND_QUARTER:
        return ct_day_add_months(day, 3 * periods);
    case CT_TREND_WEEK:
        return day + 7 * periods;
    }
    return day;
}

/* A week is that of the year in which its Thursday is (ISO 8601). */
static struct ct_sv week_label(struct ct_arena *a, int monday)
{
    struct ct_date thursday = ct_day_date(monday + 3);
    int first = ct_date_day((struct ct_date){thursday.year, 1, 1});

    return ct_arena_printf(a, "%04d-W%02d", thursday.year, (monday + 3 - first) / 7 + 1);
}

static struct ct_sv label_of(struct ct_arena *a, enum ct_trend_by by, int begin)
{
    struct ct_date d = ct_day_date(begin);

    switch (by) {
    case CT_TREND_MONTH:
        return ct_arena_printf(a, "%04d-%02d", d.year, d.month);
    case CT_TREND_QUARTER:
        return ct_arena_printf(a, "%04d-Q%d", d.year, (d.month - 1) / 3 + 1);
    case CT_TREND_WEEK:
        return week_label(a, begin);
    }
    return CT_SV("");
}

int ct_trend_periods(struct ct_arena *a, enum ct_trend_by by, int from, int until,
                     struct ct_trend_point **ret, size_t *ret_n, struct ct_err *err)
{
    struct ct_trend_point *points = ct_arena_array(a, struct ct_trend_point, CT_TREND_POINTS_MAX);
    int first = from == CT_DAY_NONE ? step(by, begin_of(by, until), 1 - CT_TREND_POINTS) : from;
    size_t n = 0;

    if (first > until)
        return ct_fail(err, CT_BAD_INPUT, "from", "the beginning is behind the end");
    for (int begin = begin_of(by, first); begin <= until; begin = step(by, begin, 1)) {
        int end = step(by, begin, 1) - 1;
        if (n == CT_TREND_POINTS_MAX)
            return ct_fail(err, CT_BAD_INPUT, "from",
                           "these are more than %d periods; choose longer ones, or a later "
                           "beginning",
                           CT_TREND_POINTS_MAX);
        points[n++] = (struct ct_trend_point){.from = begin < first ? first : begin,
                                              .until = end < until ? end : until,
                                              .label = label_of(a, by, begin)};
    }
    *ret = points;
    *ret_n = n;
    return CT_OK;
}
