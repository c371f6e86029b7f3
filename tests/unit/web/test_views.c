/*
 * test_views.c: the front page of the reports, and reports kept under a name: what is kept is
 * looked up, never believed, and nobody else's.
 */
#include "walk.h"

#include "ct/learn/org.h"

#include "ct/base/banned.h"

static void save(struct browser *b, const char *name, const char *href, int want)
{
    char form[1024];

    browser_get(b, "/reports");
    snprintf(form, sizeof form, "name=%s&href=%s", name, href);
    CT_EQ_I64(href, browser_post(b, "/reports/views", form), want);
}

static void a_view_is_saved_opened_renamed_and_deleted(void **state)
{
    struct site *s = *state;
    AUTO_BROWSER mo = {.site = s}, mia = {.site = s};

    site_person(s, "mo@example.org", "Mo", "judge", CT_ROLE_LEARNER | CT_ROLE_MANAGER);
    site_person(s, "mia@example.org", "Mia", "judge", CT_ROLE_LEARNER | CT_ROLE_MANAGER);
    browser_sign_in(&mo, "mo%40example.org");
    browser_sign_in(&mia, "mia%40example.org");
    CT_AUTO_JSON *page = walk_json(&mo, "/reports/assignments?by=agency&status=overdue");
    CT_EQ_SV("the page offers itself", walk_text(page, "save_href"),
             CT_SV("/reports/assignments?by=agency&status=overdue"));
    save(&mo, "Late+%3Cb%3E",
         "%2Freports%2Fassignments%3Fby%3Dagency%26status%3Doverdue%26status%3Dexpired", 303);
    CT_EQ_SV("to the list", browser_location(&mo), CT_SV("/reports"));
    walk_page(&mo, "/reports", "reports");
    CT_AUTO_JSON *list = walk_json(&mo, "/reports");
    CT_EQ_SV("its name", walk_text(list, "views/0/name"), CT_SV("Late <b>"));
    CT_EQ_SV("its address", walk_text(list, "views/0/href"),
             CT_SV("/reports/assignments?by=agency&status=overdue&status=expired"));
    CT_EQ_I64("it opens", browser_get(&mo, walk_text(list, "views/0/href").p), 200);
    CT_AUTO_JSON *other = walk_json(&mia, "/reports");
    CT_EQ_I64("is nobody else's", json_array_size(walk_at(other, "views")), 0);
    CT_EQ_I64("to rename", browser_post(&mia, "/reports/views/1/rename", "name=Mine"), 404);
    CT_EQ_I64("to delete", browser_post(&mia, "/reports/views/1/delete", ""), 404);
    CT_EQ_I64("renamed", browser_post(&mo, "/reports/views/1/rename", "name=Too+late"), 303);
    browser_get(&mo, "/reports");
    assert_non_null(strstr(mo.body, ">Too late</a>"));
    CT_EQ_I64("deleted", browser_post(&mo, "/reports/views/1/delete", ""), 303);
    browser_get(&mo, "/reports");
    assert_null(strstr(mo.body, "Too late"));
}

static void what_is_no_report_is_not_saved(void **state)
{
    static const struct {
        const char *name, *href;
        int want;
    } cases[] = {
        {"a report", "/reports/completion", 303},
        {"with filters", "/reports/today%3Fagency%3Ddcs", 303},
        {"a filter that was nothing, which the page says", "/reports/assignments%3Fagency%3Dmoon",
         303},
        {"a field that there is not", "/reports/assignments%3Fmoon%3D1", 400},
        {"another site", "https://example.org/reports/today", 400},
        {"another site without a scheme", "//example.org/reports/today", 400},
        {"a script", "javascript:alert(1)", 400},
        {"a file", "/reports/assignments.csv", 400},
        {"another page", "/people", 400},
        {"signing out", "/sign-out", 400},
        {"nowhere", "/reports/moon", 400},
        {"steps upwards", "/reports/../people", 400},
        {"broken escapes", "/reports/today%3Fagency%3D%25zz", 400},
        {"nothing", "", 400},
    };
    struct site *s = *state;
    AUTO_BROWSER b = {.site = s};
    char name[16];
    int i = 0;

    site_person(s, "mo@example.org", "Mo", "judge", CT_ROLE_LEARNER | CT_ROLE_MANAGER);
    browser_sign_in(&b, "mo%40example.org");
    CT_EACH (c, cases) {
        snprintf(name, sizeof name, "n%d", i++);
        save(&b, name, c->href, c->want);
    }
}

static void a_wrong_name_comes_back_with_what_was_typed(void **state)
{
    struct site *s = *state;
    AUTO_BROWSER b = {.site = s};

    site_person(s, "mo@example.org", "Mo", "judge", CT_ROLE_LEARNER | CT_ROLE_MANAGER);
    browser_sign_in(&b, "mo%40example.org");
    save(&b, "One", "/reports/today", 303);
    save(&b, "Two", "/reports/today", 303);
    save(&b, "One", "/reports/completion%3Fby%3Dperson", 409);
    walk_tidy(&b, "/reports/views");
    assert_non_null(strstr(b.body, "Another saved view has this name."));
    assert_non_null(strstr(b.body, "name=\"href\" value=\"/reports/completion?by=person\""));
    save(&b, "+", "/reports/today", 400);
    assert_non_null(strstr(b.body, "A name is wanted."));
    browser_get(&b, "/reports");
    CT_EQ_I64("the other's name", browser_post(&b, "/reports/views/2/rename", "name=One"), 409);
    walk_tidy(&b, "/reports/views/2/rename");
    assert_non_null(strstr(b.body, "id=\"name-2-error\""));
    assert_non_null(strstr(b.body, ">Two</a>"));
}

static void who_leads_nothing_is_told_so_and_keeps_the_views(void **state)
{
    struct site *s = *state;
    struct ct_err err = CT_ERR_INIT;
    struct ct_org_new o = {.kind = CT_ORG_AGENCY, .path = CT_SV("dcs"), .name = CT_SV("DCS")};
    AUTO_BROWSER b = {.site = s}, learner = {.site = s};
    int64_t id;

    site_person(s, "mo@example.org", "Mo", "judge", CT_ROLE_LEARNER | CT_ROLE_MANAGER);
    site_person(s, "li@example.org", "Li", "judge", CT_ROLE_LEARNER);
    browser_sign_in(&b, "mo%40example.org");
    browser_sign_in(&learner, "li%40example.org");
    save(&b, "One", "/reports/today", 303);
    CT_OK_("agency", ct_org_add(s->store, &s->clock, &o, 0, &id, &err), &err);
    CT_EQ_I64("the page is there", browser_get(&b, "/reports"), 200);
    walk_tidy(&b, "/reports");
    assert_non_null(strstr(b.body, "You lead no agency, unit or task force today"));
    assert_non_null(strstr(b.body, ">One</a>"));
    CT_EQ_I64("a learner has none", browser_get(&learner, "/reports"), 403);
    CT_EQ_I64("nor saves any",
              browser_post(&learner, "/reports/views", "name=a&href=/reports/today"), 403);
}

int main(void)
{
#define TEST(test) cmocka_unit_test_setup_teardown(test, site_open, site_close)
    const struct CMUnitTest tests[] = {
        TEST(a_view_is_saved_opened_renamed_and_deleted),
        TEST(what_is_no_report_is_not_saved),
        TEST(a_wrong_name_comes_back_with_what_was_typed),
        TEST(who_leads_nothing_is_told_so_and_keeps_the_views),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
