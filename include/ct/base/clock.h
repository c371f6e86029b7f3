/*
 * ct/base/clock.h: what time it is, as a field that tests can fix, and civil dates.
 *
 * Moments are Unix seconds, UTC. Dates are those of the proleptic Gregorian calendar (ISO 8601).
 */
#ifndef CT_BASE_CLOCK_H
#define CT_BASE_CLOCK_H

#include "ct/base/sv.h"

#include <limits.h>

struct ct_clock {
    int64_t (*now)(void *arg); /* Unix seconds */
    void *arg;
};

extern const struct ct_clock ct_clock_system;

static inline int64_t ct_now(const struct ct_clock *c)
{
    return c->now(c->arg);
}

/* Microseconds of a clock that never goes back, for measuring durations. */
int64_t ct_monotonic_us(void);

struct ct_date {
    int year, month, day; /* month 1..12, day 1..31 */
};

struct ct_date ct_date_of(int64_t unix_seconds);         /* the UTC day of a moment */
bool ct_date_valid(struct ct_date d);                    /* years 1..9999, real day */
bool ct_date_parse(struct ct_sv s, struct ct_date *ret); /* YYYY-MM-DD, a real day; else false */

/* The same day of the month so many months later (earlier: negative), or the last day of a month
 * that has no such day: January 31 and one month is the last of February. Years past 1 and 9999 are
 * the nearest day within. */
struct ct_date ct_date_add_months(struct ct_date d, int months);

int64_t ct_date_begin(struct ct_date d);             /* the first moment of a real day, UTC */
int ct_date_cmp(struct ct_date a, struct ct_date b); /* <0, 0, >0: which comes first */

/* Days as numbers, for counting with them: whole days since 1970-01-01. No real day is CT_DAY_NONE,
 * which is "there is none" wherever a day may be missing. ct_day_date gives the nearest day within
 * the years 1 to 9999. */
#define CT_DAY_NONE INT_MIN
int ct_date_day(struct ct_date d); /* of a valid date */
struct ct_date ct_day_date(int day);
int ct_day_of(int64_t unix_seconds);         /* the UTC day of a moment */
bool ct_day_parse(struct ct_sv s, int *ret); /* YYYY-MM-DD, a real day; else false */
/* What to say of what is none, and of one of which nothing can be told yet. */
#define CT_DAY_HOW     "a day of the calendar is wanted, as in 2026-11-22"
#define CT_DAY_TO_COME "this day is still to come: choose today, or a day before it"
int ct_day_add_months(int day, int months); /* as ct_date_add_months */

enum { CT_TIME_TEXT = 32 };

/* Formats into `buf`, at least CT_TIME_TEXT bytes, and returns it. Moments outside the years 1 to
 * 9999 are written as the nearest moment within (ct_date_of does the same). */
const char *ct_time_date(int64_t t, char *buf); /* 2026-11-22 */
const char *ct_day_text(int day, char *buf);    /* 2026-11-22; "" for CT_DAY_NONE */
const char *ct_time_iso(int64_t t, char *buf);  /* 2026-11-22T09:30:00Z, RFC 3339 */
const char *ct_time_http(int64_t t, char *buf); /* Sun, 22 Nov 2026 09:30:00 GMT, RFC 9110 5.6.7 */

#endif
