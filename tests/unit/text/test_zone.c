/*
 * test_zone.c: on which day a moment falls where somebody works, around the changes of clocks, too.
 */
#include "ct_test.h"

#include "ct/text/zone.h"

#include "ct/base/banned.h"

static void a_moment_falls_on_a_day(void **state)
{
    static const struct {
        const char *name, *zone;
        int64_t at;
        const char *day;
    } cases[] = {
        {"UTC before midnight", "UTC", 1795391999, "2026-11-22"},
        {"UTC at midnight", "UTC", 1795392000, "2026-11-23"},
        {"Chicago in winter, six hours behind", "America/Chicago", 1795413599, "2026-11-22"},
        {"Chicago in winter at midnight", "America/Chicago", 1795413600, "2026-11-23"},
        {"Chicago in summer, five hours behind", "America/Chicago", 1782881999, "2026-06-30"},
        {"Chicago in summer at midnight", "America/Chicago", 1782882000, "2026-07-01"},
        /* 2026-03-08: the clocks go from 2:00 to 3:00; the day has 23 hours. */
        {"the short day begins", "America/Chicago", 1772949600, "2026-03-08"},
        {"before the short day", "America/Chicago", 1772949599, "2026-03-07"},
        {"the short day's last second", "America/Chicago", 1773032399, "2026-03-08"},
        {"after the short day", "America/Chicago", 1773032400, "2026-03-09"},
        /* 2026-11-01: the clocks go from 2:00 to 1:00; the day has 25 hours. */
        {"the long day begins", "America/Chicago", 1793509200, "2026-11-01"},
        {"the long day's last second", "America/Chicago", 1793599199, "2026-11-01"},
        {"after the long day", "America/Chicago", 1793599200, "2026-11-02"},
        {"Phoenix knows no summer time", "America/Phoenix", 1782889199, "2026-06-30"},
        {"Guam is ahead", "Pacific/Guam", 1795356000, "2026-11-23"},
        {"long after the last change in the file", "America/Chicago", 4086507600, "2099-06-30"},
        {"before zones", "UTC", -1, "1969-12-31"},
    };
    char text[CT_TIME_TEXT];

    (void)state;
    CT_EACH (c, cases) {
        struct ct_err err = CT_ERR_INIT;
        struct ct_zone *z = NULL;
        CT_OK_(c->name, ct_zone_open(ct_sv_c(c->zone), &z, &err), &err);
        CT_EQ_STR(c->name, ct_day_text(ct_zone_day(z, c->at), text), c->day);
        ct_zone_free(z);
    }
}

static void every_day_ends_where_the_next_begins(void **state)
{
    static const char *const zones[] = {"UTC",          "America/Chicago", "America/Anchorage",
                                        "Pacific/Guam", "America/Havana",  "Africa/Cairo"};

    (void)state;
    CT_EACH (name, zones) {
        struct ct_err err = CT_ERR_INIT;
        struct ct_zone *z = NULL;
        int first = 20454; /* 2026-01-01 */
        CT_OK_(*name, ct_zone_open(ct_sv_c(*name), &z, &err), &err);
        for (int day = first; day < first + 366; day++) {
            int64_t end = ct_zone_day_end(z, day);
            CT_EQ_I64(*name, ct_zone_day(z, end), day);
            CT_EQ_I64(*name, ct_zone_day(z, end + 1), day + 1);
        }
        ct_zone_free(z);
    }
}

static void what_is_no_zone_is_refused(void **state)
{
    static const char *const names[] = {"",
                                        "Nowhere/Town",
                                        "+05:00",
                                        "../../etc/passwd",
                                        "/etc/localtime",
                                        "America/Chicago ",
                                        "05",
                                        "-"};

    (void)state;
    CT_EACH (name, names) {
        struct ct_err err = CT_ERR_INIT;
        struct ct_zone *z = NULL;
        CT_EQ_I64(*name, ct_zone_open(ct_sv_c(*name), &z, &err), CT_BAD_INPUT);
        CT_EQ_STR(*name, err.what, "time_zone");
        assert_null(z);
    }
    ct_zone_free(NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_moment_falls_on_a_day),
        cmocka_unit_test(every_day_ends_where_the_next_begins),
        cmocka_unit_test(what_is_no_zone_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
