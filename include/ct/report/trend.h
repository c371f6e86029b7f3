/*
 * ct/report/trend.h: how a team gets on: at the end of each month, quarter or week how many people
 * it has, how many courses they have completed, and how they stand to what is required of them.
 *
 * Each point is about the people who were in the team, active, and had the discipline that is asked
 * for, on that day; who left is in the points before. All points are counted from what is recorded
 * up to one moment, so a completion that was entered late counts on its own day. The report of a
 * past day (assignment.h) says what was known that day, and may differ by what was entered later.
 * Asked for again with the same moment, a trend is the same.
 *
 * Only people whom the reader may see by name are counted.
 */
#ifndef CT_REPORT_TREND_H
#define CT_REPORT_TREND_H

#include "ct/learn/learner.h"
#include "ct/learn/org.h"
#include "ct/report/report_file.h"

enum ct_trend_by { CT_TREND_MONTH, CT_TREND_QUARTER, CT_TREND_WEEK };
const char *ct_trend_by_name(enum ct_trend_by by);                /* "month", ... */
bool ct_trend_by_parse(struct ct_sv name, enum ct_trend_by *ret); /* "": month */

enum { CT_TREND_POINTS_MAX = 60, CT_TREND_POINTS = 12 /* without a beginning */ };

struct ct_trend_filter {
    const struct ct_viewer *viewer;
    struct ct_scope_wish wish;                    /* its day is not read */
    struct ct_sv course, discipline, requirement; /* slugs; null: all */
    enum ct_trend_by by;
    int from, until; /* days; from CT_DAY_NONE: so that there are CT_TREND_POINTS periods */
};

enum ct_trend_standing {
    CT_TREND_COMPLETED, /* completed, expiring, update due */
    CT_TREND_OPEN,      /* not started, in progress, awaiting approval */
    CT_TREND_OVERDUE,   /* overdue, expired */
    CT_TREND_EXEMPT
};
enum { CT_TREND_STANDINGS = CT_TREND_EXEMPT + 1 };

struct ct_trend_point {
    int from, until;    /* the period's days within what was asked for */
    struct ct_sv label; /* "2026-03", "2026-Q1", "2026-W09" */
    size_t people;
    size_t completed; /* courses that these people completed for the first time in the period */
    size_t completed_ever;
    size_t asked; /* of these people, one a person and requirement that is on them that day */
    size_t standing[CT_TREND_STANDINGS]; /* of asked */
};

struct ct_requirement;
struct ct_trend {
    int64_t as_of;
    struct ct_trend_point *points; /* by day */
    size_t n;
    struct ct_scope scope;               /* as of the last day */
    struct ct_requirement *requirements; /* to choose from */
    size_t n_requirements;
    bool hides_some; /* somebody who may only be counted was left out */
};

/* CT_OK; CT_BAD_INPUT (what: "course", "discipline", "requirement", "from" for a beginning behind
 * the end, or too many periods); what ct_org_scope says. */
int ct_trend(struct ct_db *db, struct ct_arena *a, const struct ct_catalogue *cat, int64_t as_of,
             const struct ct_trend_filter *filter, struct ct_trend *ret, struct ct_err *err);

/* A row a period. The time zone is left to who knows it. */
void ct_trend_doc(struct ct_arena *a, const struct ct_catalogue *cat, const struct ct_trend *t,
                  const struct ct_trend_filter *filter, struct ct_report_doc *ret);
const struct ct_column *ct_trend_columns(size_t *ret_n);

#endif
