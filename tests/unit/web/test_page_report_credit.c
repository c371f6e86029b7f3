/*
 * test_page_report_credit.c: hours of credit as a page and as files: of whom, and what cannot be
 * asked.
 */
#include "walk.h"

#include "ct/learn/credit.h"
#include "ct/learn/import.h"
#include "ct/learn/org.h"

#include "ct/base/banned.h"

/* Pat, a prosecutor, completed a course elsewhere, of two hours and a half. */
static void completed(struct site *s)
{
    CT_AUTO_ARENA a = CT_ARENA_INIT;
    struct ct_err err = CT_ERR_INIT;
    struct ct_import_result result;
    struct ct_import_wish wish = {.text =
                                      CT_SV("email,course,completed_on,hours,source\n"
                                            "pat@example.org,basics,2023-03-01,2.5,Old records\n"),
                                  .cat = ct_library_hold(s->library, 0)};

    CT_OK_("import",
           ct_import(s->store, &s->clock, &a, CT_IMPORT_COMPLETIONS, &wish, &result, &err), &err);
    ct_library_release(s->library, 0);
}

static void a_manager_sees_hours(void **state)
{
    struct site *s = *state;
    AUTO_BROWSER b = {.site = s};

    site_person(s, "ada@example.org", "Ada", NULL, CT_ROLE_LEARNER | CT_ROLE_ADMIN);
    site_person(s, "pat@example.org", "Pat Ito", "prosecutor", CT_ROLE_LEARNER);
    completed(s);
    browser_sign_in(&b, "ada%40example.org");
    walk_page(&b, "/reports/credit", "report-credit");
    CT_AUTO_JSON *page = walk_json(&b, "/reports/credit?year=2023");
    CT_EQ_I64("one", walk_int(page, "count"), 1);
    CT_EQ_SV("hours", walk_text(page, "rows/0/hours"), CT_SV("2.5"));
    CT_EQ_SV("how its times differ", walk_text(page, "times"), ct_credit_times());
    CT_EQ_SV("who", walk_text(page, "rows/0/name"), CT_SV("Pat Ito"));
    CT_EQ_SV("the file is of the same", walk_text(page, "csv_href"),
             CT_SV("/reports/credit.csv?year=2023"));
    CT_EQ_I64("as CSV", browser_get(&b, "/reports/credit.csv"), 200);
    assert_non_null(strstr(b.body, "2.5,2023,"));
    assert_non_null(strstr(b.body, ",imported,yes,earned"));
    CT_AUTO_JSON *none = walk_json(&b, "/reports/credit?year=2022");
    CT_EQ_I64("another year", walk_int(none, "count"), 0);
    walk_page(&b, "/reports/credit?year=2022", "report-credit");
}

static void what_is_asked_is_checked(void **state)
{
    static const struct {
        const char *name, *target;
        int status;
    } cases[] = {
        {"as JSON", "/reports/credit.json", 200},
        {"a workbook", "/reports/credit.xlsx?type=in-service", 200},
        {"with what was not earned", "/reports/credit?refused=yes", 200},
        {"a word that is none", "/reports/credit?refused=perhaps", 400},
        {"no year", "/reports/credit?year=soon", 400},
        {"no day", "/reports/credit?as_of=yesterday", 400},
        {"a day to come", "/reports/credit?as_of=2999-01-01", 400},
        {"no such unit", "/reports/credit?unit=none", 400},
        {"a field that there is not", "/reports/credit?weather=fine", 400},
    };
    struct site *s = *state;
    AUTO_BROWSER b = {.site = s}, learner = {.site = s};

    site_person(s, "ada@example.org", "Ada", NULL, CT_ROLE_LEARNER | CT_ROLE_ADMIN);
    site_person(s, "pat@example.org", "Pat", "prosecutor", CT_ROLE_LEARNER);
    browser_sign_in(&b, "ada%40example.org");
    CT_EACH (c, cases)
        CT_EQ_I64(c->name, browser_get(&b, c->target), c->status);
    browser_sign_in(&learner, "pat%40example.org");
    CT_EQ_I64("not for learners", browser_get(&learner, "/reports/credit"), 403);
}

/* Who leads another agency sees nothing of Pat. */
static void nobody_else_s_people_are_told(void **state)
{
    struct site *s = *state;
    struct ct_err err = CT_ERR_INIT;
    struct ct_org_new pd = {.kind = CT_ORG_AGENCY, .path = CT_SV("pd"), .name = CT_SV("Police")};
    AUTO_BROWSER b = {.site = s};
    int64_t mo, org;

    site_person(s, "pat@example.org", "Pat", "prosecutor", CT_ROLE_LEARNER);
    mo = site_person(s, "mo@example.org", "Mo", "prosecutor", CT_ROLE_LEARNER | CT_ROLE_MANAGER);
    completed(s);
    CT_OK_("agency", ct_org_add(s->store, &s->clock, &pd, 0, &org, &err), &err);
    struct ct_org_change lead = {.tie = CT_TIE_LEAD, .org = org, .who = mo};
    CT_OK_("lead", ct_org_record(s->store, &s->clock, &lead, NULL, &err), &err);
    browser_sign_in(&b, "mo%40example.org");
    CT_AUTO_JSON *page = walk_json(&b, "/reports/credit");
    CT_EQ_I64("nobody", walk_int(page, "count"), 0);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, site_open, site_close)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_manager_sees_hours),
        TEST(what_is_asked_is_checked),
        TEST(nobody_else_s_people_are_told),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
