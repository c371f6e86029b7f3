/*
 * clock.c: the system's clock, and days counted by hand so that no time zone or locale is asked.
 */
#include "ct/base/clock.h"

#include <stdio.h>
#include <time.h>

#include "ct/base/banned.h"

enum { DAY = 86400 };

/* First and last second of the years that we write. */
#define EARLIEST (-INT64_C(62135596800))
#define LATEST   INT64_C(253402300799)

static int64_t system_now(void *arg)
{
    (void)arg;
    struct timespec t;
    clock_gettime(CLOCK_REALTIME, &t);
    return (int64_t)t.tv_sec;
}

const struct ct_clock ct_clock_system = {system_now, NULL};

int64_t ct_monotonic_us(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000000 + t.tv_nsec / 1000;
}

static int64_t clip(int64_t t)
{
    return t < EARLIEST ? EARLIEST : t > LATEST ? LATEST : t;
}

/* Whole days since 1970-01-01, rounded down. */
static int64_t day_number(int64_t t)
{
    return (t >= 0 ? t : t - (DAY - 1)) / DAY;
}

static bool is_leap(int year)
{
    return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

static int days_in_month(int year, int month)
{
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    return days[month - 1] + (month == 2 && is_leap(year));
}

/* Howard Hinnant's civil_from_days: years begin in March, so that the leap day comes last, and 400
 * years are one era of 146,097 days. Due dates ask for millions of them: small numbers without a
 * sign are divided fastest. */
static struct ct_date date_of(int day)
{
    unsigned z = (unsigned)(day + 719468);
    unsigned era = z / 146097;
    unsigned in_era = z - era * 146097;
    unsigned year = (in_era - in_era / 1460 + in_era / 36524 - in_era / 146096) / 365;
    unsigned in_year = in_era - (365 * year + year / 4 - year / 100);
    unsigned march = (5 * in_year + 2) / 153;
    unsigned month = march < 10 ? march + 3 : march - 9;

    return (struct ct_date){
        .year = (int)(year + era * 400) + (month <= 2),
        .month = (int)month,
        .day = (int)(in_year - (153 * march + 2) / 5) + 1,
    };
}

struct ct_date ct_date_of(int64_t unix_seconds)
{
    return date_of((int)day_number(clip(unix_seconds)));
}

bool ct_date_valid(struct ct_date d)
{
    return d.year >= 1 && d.year <= 9999 && d.month >= 1 && d.month <= 12 && d.day >= 1 &&
           d.day <= days_in_month(d.year, d.month);
}

struct ct_date ct_date_add_months(struct ct_date d, int months)
{
    int64_t count = (int64_t)d.year * 12 + d.month - 1 + months;
    int last;

    if (count < 12)
        return (struct ct_date){1, 1, 1};
    if (count >= (int64_t)10000 * 12)
        return (struct ct_date){9999, 12, 31};
    d.year = (int)(count / 12);
    d.month = (int)(count % 12) + 1;
    last = days_in_month(d.year, d.month);
    if (d.day > last)
        d.day = last;
    return d;
}

int ct_date_cmp(struct ct_date a, struct ct_date b)
{
    if (a.year != b.year)
        return a.year < b.year ? -1 : 1;
    if (a.month != b.month)
        return a.month < b.month ? -1 : 1;
    return a.day < b.day ? -1 : a.day > b.day;
}

/* Howard Hinnant's days_from_civil, the way back of ct_date_of. */
int ct_date_day(struct ct_date d)
{
    int year = d.year - (d.month <= 2);
    int era = (year >= 0 ? year : year - 399) / 400;
    int in_era = year - era * 400;
    int in_year = (153 * (d.month > 2 ? d.month - 3 : d.month + 9) + 2) / 5 + d.day - 1;

    return era * 146097 + in_era * 365 + in_era / 4 - in_era / 100 + in_year - 719468;
}

int64_t ct_date_begin(struct ct_date d)
{
    return (int64_t)ct_date_day(d) * DAY;
}

struct ct_date ct_day_date(int day)
{
    const int first = (int)(EARLIEST / DAY), last = (int)(LATEST / DAY);

    return date_of(day < first ? first : day > last ? last : day);
}

int ct_day_of(int64_t unix_seconds)
{
    return (int)day_number(clip(unix_seconds));
}

int ct_day_add_months(int day, int months)
{
    return ct_date_day(ct_date_add_months(ct_day_date(day), months));
}

static bool read_number(struct ct_sv s, int *ret)
{
    int v = 0;
    for (size_t i = 0; i < s.n; i++) {
        if (s.p[i] < '0' || s.p[i] > '9')
            return false;
        v = v * 10 + (s.p[i] - '0');
    }
    *ret = v;
    return true;
}

bool ct_date_parse(struct ct_sv s, struct ct_date *ret)
{
    struct ct_date d;
    if (s.n != 10 || s.p[4] != '-' || s.p[7] != '-' || !read_number(ct_sv_sub(s, 0, 4), &d.year) ||
        !read_number(ct_sv_sub(s, 5, 2), &d.month) || !read_number(ct_sv_sub(s, 8, 2), &d.day) ||
        !ct_date_valid(d))
        return false;
    *ret = d;
    return true;
}

bool ct_day_parse(struct ct_sv s, int *ret)
{
    struct ct_date d;

    if (!ct_date_parse(s, &d))
        return false;
    *ret = ct_date_day(d);
    return true;
}

/* A moment as its fields. Unsigned and reduced, so that the compiler sees that each fits its place.
 */
struct fields {
    unsigned year, month, day, hour, minute, second;
    unsigned weekday; /* 0 Monday */
};

static struct fields fields_of(int64_t t)
{
    t = clip(t);
    struct ct_date d = ct_date_of(t);
    unsigned s = (unsigned)(t - day_number(t) * DAY);
    return (struct fields){
        .year = (unsigned)d.year % 10000,
        .month = (unsigned)d.month % 13,
        .day = (unsigned)d.day % 32,
        .hour = s / 3600 % 24,
        .minute = s / 60 % 60,
        .second = s % 60,
        /* 0001-01-01, where the clipped days begin, was a Monday */
        .weekday = (unsigned)((day_number(t) - EARLIEST / DAY) % 7),
    };
}

const char *ct_time_date(int64_t t, char *buf)
{
    struct fields f = fields_of(t);
    snprintf(buf, CT_TIME_TEXT, "%04u-%02u-%02u", f.year, f.month, f.day);
    return buf;
}

const char *ct_day_text(int day, char *buf)
{
    if (day == CT_DAY_NONE)
        *buf = '\0';
    else
        ct_time_date((int64_t)day * DAY, buf);
    return buf;
}

const char *ct_time_iso(int64_t t, char *buf)
{
    struct fields f = fields_of(t);
    snprintf(buf, CT_TIME_TEXT, "%04u-%02u-%02uT%02u:%02u:%02uZ", f.year, f.month, f.day, f.hour,
             f.minute, f.second);
    return buf;
}

const char *ct_time_http(int64_t t, char *buf)
{
    static const char *const days[] = {"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"};
    static const char *const months[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                         "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    struct fields f = fields_of(t);
    snprintf(buf, CT_TIME_TEXT, "%.3s, %02u %.3s %04u %02u:%02u:%02u GMT", days[f.weekday], f.day,
             months[f.month - 1], f.year, f.hour, f.minute, f.second);
    return buf;
}
