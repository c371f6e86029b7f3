/*
 * test_page_report_questions.c: how people do at a quiz, as managers are told: numbers alone, and
 * only to who leads somebody.
 */
#include "walk.h"

#include "ct/learn/org.h"

#include "ct/base/banned.h"

static void the_page_asks_for_a_module_with_a_quiz(void **state)
{
    static const struct {
        const char *name, *target;
        int status;
    } cases[] = {
        {"the first that has one", "/reports/questions", 200},
        {"one by name", "/reports/questions?course=basics&module=seeing", 200},
        {"as CSV", "/reports/questions.csv?of=objectives", 200},
        {"as JSON", "/reports/questions.json", 200},
        {"as a workbook", "/reports/questions.xlsx", 200},
        {"a scenario has none", "/reports/questions?course=basics&module=the-call", 400},
        {"no such course", "/reports/questions?course=none", 400},
        {"no such rows", "/reports/questions?of=weather", 400},
    };
    AUTO_BROWSER b = {.site = *state};

    site_person(*state, "ada@example.org", "Ada", NULL, CT_ROLE_LEARNER | CT_ROLE_ADMIN);
    browser_sign_in(&b, "ada%40example.org");
    walk_page(&b, "/reports/questions", "report-questions");
    CT_EACH (c, cases)
        CT_EQ_I64(c->name, browser_get(&b, c->target), c->status);
    CT_EQ_I64("its name", browser_get(&b, "/reports/questions.csv"), 200);
    CT_EQ_SV("has the module's", b.rs->disposition,
             CT_SV("attachment; filename=\"questions-2023-11-14-seeing.csv\""));
}

static void who_leads_nobody_is_told_nothing(void **state)
{
    struct site *s = *state;
    AUTO_BROWSER nemo = {.site = s}, pat = {.site = s};
    struct ct_org_new dcs = {
        .kind = CT_ORG_AGENCY, .path = CT_SV("dcs"), .name = CT_SV("Children's Services")};
    struct ct_err err = CT_ERR_INIT;
    int64_t id;

    CT_OK_("agency", ct_org_add(s->store, &s->clock, &dcs, 0, &id, &err), &err);
    site_person(s, "nemo@example.org", "Nemo", "judge", CT_ROLE_LEARNER | CT_ROLE_MANAGER);
    site_person(s, "pat@example.org", "Pat", "prosecutor", CT_ROLE_LEARNER);
    browser_sign_in(&nemo, "nemo%40example.org");
    CT_EQ_I64("a manager who leads nothing", browser_get(&nemo, "/reports/questions"), 403);
    CT_EQ_I64("nor in a file", browser_get(&nemo, "/reports/questions.csv"), 403);
    browser_sign_in(&pat, "pat%40example.org");
    CT_EQ_I64("a learner", browser_get(&pat, "/reports/questions"), 403);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, site_open, site_close)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(the_page_asks_for_a_module_with_a_quiz),
        TEST(who_leads_nobody_is_told_nothing),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
