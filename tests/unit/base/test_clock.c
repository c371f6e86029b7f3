/*
 * test_clock.c: dates and how moments are written.
 */
#include "ct_test.h"

#include "ct/base/clock.h"

#include <stdio.h>

#include "ct/base/banned.h"

static void moments_are_written(void **state)
{
    (void)state;
    static const struct {
        int64_t t;
        const char *date, *iso, *http;
    } cases[] = {
        {0, "1970-01-01", "1970-01-01T00:00:00Z", "Thu, 01 Jan 1970 00:00:00 GMT"},
        {-1, "1969-12-31", "1969-12-31T23:59:59Z", "Wed, 31 Dec 1969 23:59:59 GMT"},
        {784111777, "1994-11-06", "1994-11-06T08:49:37Z",
         "Sun, 06 Nov 1994 08:49:37 GMT"}, /* RFC 9110's example */
        {951782400, "2000-02-29", "2000-02-29T00:00:00Z", "Tue, 29 Feb 2000 00:00:00 GMT"},
        {1795339800, "2026-11-22", "2026-11-22T09:30:00Z", "Sun, 22 Nov 2026 09:30:00 GMT"},
        {2147483648, "2038-01-19", "2038-01-19T03:14:08Z", "Tue, 19 Jan 2038 03:14:08 GMT"},
        {4107542399, "2100-02-28", "2100-02-28T23:59:59Z", "Sun, 28 Feb 2100 23:59:59 GMT"},
        {4107542400, "2100-03-01", "2100-03-01T00:00:00Z", "Mon, 01 Mar 2100 00:00:00 GMT"},
        {253402300799, "9999-12-31", "9999-12-31T23:59:59Z", "Fri, 31 Dec 9999 23:59:59 GMT"},
        {-62135596800, "0001-01-01", "0001-01-01T00:00:00Z", "Mon, 01 Jan 0001 00:00:00 GMT"},
        {INT64_MAX, "9999-12-31", "9999-12-31T23:59:59Z", "Fri, 31 Dec 9999 23:59:59 GMT"},
        {INT64_MIN, "0001-01-01", "0001-01-01T00:00:00Z", "Mon, 01 Jan 0001 00:00:00 GMT"},
    };
    CT_EACH (c, cases) {
        char buf[CT_TIME_TEXT];
        assert_ptr_equal(ct_time_date(c->t, buf), buf);
        CT_EQ_STR(c->date, buf, c->date);
        CT_EQ_STR(c->iso, ct_time_iso(c->t, buf), c->iso);
        CT_EQ_STR(c->http, ct_time_http(c->t, buf), c->http);
    }
}

static void every_day_follows_the_day_before(void **state)
{
    (void)state;
    struct ct_date before = {0, 12, 31};
    for (int64_t t = -62135596800; t <= 253402214400; t += 86400) {
        struct ct_date d = ct_date_of(t), last = ct_date_of(t + 86399);
        bool next_day = d.day == before.day + 1 && d.month == before.month && d.year == before.year;
        bool next_month = d.day == 1 && d.month == before.month + 1 && d.year == before.year;
        bool next_year = d.day == 1 && d.month == 1 && d.year == before.year + 1;
        if (next_day + next_month + next_year != 1 || !ct_date_valid(d) || last.day != d.day)
            fail_msg("%04d-%02d-%02d", d.year, d.month, d.day);
        /* a month ends only where its next day would not be one */
        struct ct_date more = {before.year, before.month, before.day + 1};
        if (!next_day && ct_date_valid(more))
            fail_msg("%04d-%02d-%02d came too early", d.year, d.month, d.day);
        if (ct_date_day(d) != t / 86400 - (t % 86400 < 0) ||
            ct_date_cmp(ct_day_date(ct_date_day(d)), d) != 0)
            fail_msg("%04d-%02d-%02d has the number %d", d.year, d.month, d.day, ct_date_day(d));
        before = d;
    }
    CT_EQ_I64("the last year", before.year, 9999);
    CT_EQ_I64("its last day", before.month * 100 + before.day, 1231);
}

static void dates_are_read(void **state)
{
    (void)state;
    static const struct {
        const char *s;
        bool ok;
    } cases[] = {
        {"1970-01-01", true},   {"2026-11-22", true},
        {"0001-01-01", true},   {"9999-12-31", true},
        {"2000-02-29", true},   {"2024-02-29", true},
        {"2023-02-29", false},  {"1900-02-29", false},
        {"2100-02-29", false},  {"2026-04-31", false},
        {"2026-00-01", false},  {"2026-13-01", false},
        {"2026-01-00", false},  {"2026-01-32", false},
        {"0000-01-01", false},  {"", false},
        {NULL, false},          {"2026-1-01", false},
        {"2026-01-1", false},   {"26-01-01", false},
        {"2026/01/01", false},  {"2026-01-01 ", false},
        {" 2026-01-01", false}, {"2026-01-01T", false},
        {"-026-01-01", false},  {"2026-+1-01", false},
        {"2026-0a-01", false},  {"20261-1-01", false},
    };
    CT_EACH (c, cases) {
        struct ct_date d = {-1, -1, -1};
        const char *name = c->s ? c->s : "null";
        CT_EQ_I64(name, ct_date_parse(ct_sv_c(c->s), &d), c->ok);
        if (c->ok) {
            char buf[CT_TIME_TEXT];
            snprintf(buf, sizeof buf, "%04d-%02d-%02d", d.year, d.month, d.day);
            CT_EQ_STR(name, buf, c->s);
        } else {
            CT_EQ_I64(name, d.year, -1);
        }
    }
}

static void impossible_days_are_refused(void **state)
{
    (void)state;
    static const struct {
        const char *name;
        struct ct_date d;
        bool ok;
    } cases[] = {
        {"year 0", {0, 1, 1}, false},
        {"year 1", {1, 1, 1}, true},
        {"year 10000", {10000, 1, 1}, false},
        {"negative", {-5, -5, -5}, false},
        {"month 0", {2000, 0, 1}, false},
        {"month 13", {2000, 13, 1}, false},
        {"day 0", {2000, 1, 0}, false},
        {"30 February", {2000, 2, 30}, false},
        {"29 February 2000", {2000, 2, 29}, true},
        {"29 February 1900", {1900, 2, 29}, false},
        {"31 June", {2000, 6, 31}, false},
        {"31 December", {2000, 12, 31}, true},
    };
    CT_EACH (c, cases)
        CT_EQ_I64(c->name, ct_date_valid(c->d), c->ok);
}

static void a_day_begins_where_it_is_counted_from(void **state)
{
    (void)state;
    for (int64_t t = INT64_C(-62135596800); t < INT64_C(253402300799); t += INT64_C(86400) * 37) {
        CT_EQ_I64("there and back", ct_date_begin(ct_date_of(t)), t);
        CT_EQ_I64("its last second", ct_date_begin(ct_date_of(t + 86399)), t);
    }
    CT_EQ_I64("the epoch", ct_date_begin((struct ct_date){1970, 1, 1}), 0);
    CT_EQ_I64("a leap day", ct_date_begin((struct ct_date){2024, 2, 29}), 1709164800);
}

static void months_are_added_to_days(void **state)
{
    static const struct {
        const char *name;
        struct ct_date from;
        int months;
        struct ct_date want;
    } cases[] = {
        {"a year", {2026, 2, 3}, 12, {2027, 2, 3}},
        {"nothing", {2026, 2, 3}, 0, {2026, 2, 3}},
        {"over the end of the year", {2026, 11, 30}, 2, {2027, 1, 30}},
        {"January 31 and a month", {2026, 1, 31}, 1, {2026, 2, 28}},
        {"the same in a leap year", {2028, 1, 31}, 1, {2028, 2, 29}},
        {"February 29 and a year", {2024, 2, 29}, 12, {2025, 2, 28}},
        {"February 29 and four years", {2024, 2, 29}, 48, {2028, 2, 29}},
        {"February 28 and a year, to a leap year", {2027, 2, 28}, 12, {2028, 2, 28}},
        {"March 31 and a month", {2026, 3, 31}, 1, {2026, 4, 30}},
        {"to December", {2026, 1, 15}, 11, {2026, 12, 15}},
        {"back over the year", {2026, 3, 31}, -4, {2025, 11, 30}},
        {"back to February", {2026, 5, 31}, -3, {2026, 2, 28}},
        {"before all years", {1, 5, 31}, -5, {1, 1, 1}},
        {"after all years", {9999, 5, 31}, 8, {9999, 12, 31}},
    };
    (void)state;
    CT_EACH (c, cases) {
        struct ct_date got = ct_date_add_months(c->from, c->months);
        CT_EQ_I64(c->name, ct_date_cmp(got, c->want), 0);
        CT_EQ_I64(c->name, ct_date_valid(got), 1);
        CT_EQ_I64(c->name, ct_date_cmp(c->from, got) < 0, c->months > 0);
    }
}

static void days_are_numbers(void **state)
{
    static const struct {
        const char *text;
        int day, months;
        const char *later;
    } cases[] = {
        {"1970-01-01", 0, 1, "1970-02-01"},        {"1969-12-31", -1, 2, "1970-02-28"},
        {"2000-02-29", 11016, 12, "2001-02-28"},   {"2026-11-22", 20779, -12, "2025-11-22"},
        {"0001-01-01", -719162, -1, "0001-01-01"}, {"9999-12-31", 2932896, 1, "9999-12-31"},
    };
    char buf[CT_TIME_TEXT];
    int day;

    (void)state;
    CT_EACH (c, cases) {
        assert_true(ct_day_parse(ct_sv_c(c->text), &day));
        CT_EQ_I64(c->text, day, c->day);
        CT_EQ_STR(c->text, ct_day_text(day, buf), c->text);
        CT_EQ_STR(c->later, ct_day_text(ct_day_add_months(day, c->months), buf), c->later);
        CT_EQ_I64(c->text, ct_day_of((int64_t)day * 86400), day);
        CT_EQ_I64(c->text, ct_day_of((int64_t)day * 86400 + 86399), day);
    }
    day = 7;
    assert_false(ct_day_parse(CT_SV("2026-02-29"), &day));
    CT_EQ_I64("untouched", day, 7);
    CT_EQ_STR("none", ct_day_text(CT_DAY_NONE, buf), "");
}

static int64_t fixed(void *arg)
{
    return *(int64_t *)arg;
}

static void a_clock_is_a_field(void **state)
{
    (void)state;
    int64_t t = 12345;
    const struct ct_clock c = {fixed, &t};
    CT_EQ_I64("fixed", ct_now(&c), 12345);
    assert_true(ct_now(&ct_clock_system) > 1700000000);
}

static void the_monotonic_clock_does_not_go_back(void **state)
{
    (void)state;
    int64_t before = ct_monotonic_us(), begin = before;
    for (int i = 0; i < 10000; i++) {
        int64_t now = ct_monotonic_us();
        assert_true(now >= before);
        before = now;
    }
    assert_true(before > begin);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(moments_are_written),
        cmocka_unit_test(every_day_follows_the_day_before),
        cmocka_unit_test(dates_are_read),
        cmocka_unit_test(impossible_days_are_refused),
        cmocka_unit_test(a_day_begins_where_it_is_counted_from),
        cmocka_unit_test(months_are_added_to_days),
        cmocka_unit_test(days_are_numbers),
        cmocka_unit_test(a_clock_is_a_field),
        cmocka_unit_test(the_monotonic_clock_does_not_go_back),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
