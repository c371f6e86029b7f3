/*
 * trend_priv.h: the periods of a trend, and who is in the team at their ends.
 */
#ifndef CT_REPORT_TREND_PRIV_H
#define CT_REPORT_TREND_PRIV_H

#include "ct/learn/requirement.h"
#include "ct/report/trend.h"

/* The periods from a day (CT_DAY_NONE: so that there are CT_TREND_POINTS) until another; the last
 * ends with it, and the first begins with `from`. CT_BAD_INPUT (what: "from"). */
int ct_trend_periods(struct ct_arena *a, enum ct_trend_by by, int from, int until,
                     struct ct_trend_point **ret, size_t *ret_n, struct ct_err *err);

/* Who of `all` is counted on the last day of each point: (*ret_seen)[point][person]. Fills in the
 * points' people, and of the trend its scope and hides_some. What ct_org_scope says. */
struct ct_everybody;
int ct_trend_team(struct ct_everybody *all, const struct ct_trend_filter *filter,
                  struct ct_trend *t, bool ***ret_seen, struct ct_err *err);

#endif
