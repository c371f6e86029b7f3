/*
 * trend_priv.h: the periods of a trend.
 */
#ifndef CT_LEARN_TREND_PRIV_H
#define CT_LEARN_TREND_PRIV_H

#include "ct/learn/requirement.h"
#include "ct/learn/trend.h"

/* The periods from a day (CT_DAY_NONE: so that there are CT_TREND_POINTS) until another; the last
 * ends with it, and the first begins with `from`. CT_BAD_INPUT (what: "from"). */
int ct_trend_periods(struct ct_arena *a, enum ct_trend_by by, int from, int until,
                     struct ct_trend_point **ret, size_t *ret_n, struct ct_err *err);

#endif
