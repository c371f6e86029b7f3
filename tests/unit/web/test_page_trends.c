/*
 * test_page_trends.c: trends as a page with charts, as files, and what cannot be asked.
 */
#include "walk.h"

#include "ct/base/banned.h"

static void a_manager_sees_charts_and_their_numbers(void **state)
{
    AUTO_BROWSER b = {.site = *state};

    site_person(*state, "ada@example.org", "Ada", NULL, CT_ROLE_LEARNER | CT_ROLE_ADMIN);
    site_person(*state, "pat@example.org", "Pat", "prosecutor", CT_ROLE_LEARNER);
    browser_sign_in(&b, "ada%40example.org");
    walk_page(&b, "/reports/trends?from=2023-11-01&by=week", "report-trends");
    assert_non_null(strstr(b.body, "<svg class=\"chart\" role=\"img\""));
    CT_AUTO_JSON *page = walk_json(&b, "/reports/trends?from=2023-10-31");
    CT_EQ_I64("two months", json_array_size(walk_at(page, "points")), 2);
    CT_EQ_SV("the newest first", walk_text(page, "points/0/label"), CT_SV("Nov 2023"));
    CT_EQ_I64("nothing is required, so that has no chart", json_array_size(walk_at(page, "charts")),
              2);
    CT_EQ_SV("the file is of the same", walk_text(page, "csv_href"),
             CT_SV("/reports/trends.csv?from=2023-10-31"));
}

static void what_is_asked_is_checked(void **state)
{
    static const struct {
        const char *name, *target;
        int status;
    } cases[] = {
        {"a file", "/reports/trends.csv?by=quarter", 200},
        {"as JSON", "/reports/trends.json", 200},
        {"a workbook", "/reports/trends.xlsx?from=2023-11-01", 200},
        {"no such period", "/reports/trends?by=day", 400},
        {"no day", "/reports/trends?from=yesterday", 400},
        {"an end to come", "/reports/trends?until=2024-01-01", 400},
        {"a beginning behind the end", "/reports/trends?from=2023-11-10&until=2023-11-01", 400},
        {"too many periods", "/reports/trends?by=week&from=2000-01-01", 400},
        {"no such course", "/reports/trends?course=none", 400},
        {"no such requirement", "/reports/trends?requirement=none", 400},
        {"no such unit", "/reports/trends?unit=none", 400},
    };
    struct site *s = *state;
    AUTO_BROWSER b = {.site = s}, learner = {.site = s};

    site_person(s, "ada@example.org", "Ada", NULL, CT_ROLE_LEARNER | CT_ROLE_ADMIN);
    site_person(s, "pat@example.org", "Pat", "prosecutor", CT_ROLE_LEARNER);
    browser_sign_in(&b, "ada%40example.org");
    CT_EACH (c, cases)
        CT_EQ_I64(c->name, browser_get(&b, c->target), c->status);
    browser_sign_in(&learner, "pat%40example.org");
    CT_EQ_I64("not for learners", browser_get(&learner, "/reports/trends"), 403);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, site_open, site_close)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_manager_sees_charts_and_their_numbers),
        TEST(what_is_asked_is_checked),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
