/*
 * test_page_report_scope.c: the completion report as managers of units and task forces are shown
 * it.
 */
#include "walk.h"

#include "ct/learn/org.h"

#include "ct/base/banned.h"

static int64_t add_org(struct site *s, enum ct_org_kind kind, const char *path)
{
    struct ct_err err = CT_ERR_INIT;
    struct ct_org_new o = {.kind = kind, .path = ct_sv_c(path), .name = ct_sv_c(path)};
    int64_t id = 0;

    CT_OK_(path, ct_org_add(s->store, &s->clock, &o, 0, &id, &err), &err);
    return id;
}

static void tie(struct site *s, enum ct_org_tie what, int64_t who, int64_t org, bool ends)
{
    struct ct_err err = CT_ERR_INIT;
    struct ct_org_change c = {.tie = what, .who = who, .org = org, .ends = ends};

    CT_OK_("tie", ct_org_record(s->store, &s->clock, &c, NULL, &err), &err);
}

/* Pat is in intake, Vic in vice, of another agency; Lee leads intake, Tia the task force of both.
 */
struct county {
    int64_t dcs, intake, pd, vice, mdt, pat, vic, lee, tia, nemo;
};

static struct county make_county(struct site *s)
{
    struct county c = {.pat = site_person(s, "pat@example.org", "Pat", "prosecutor", 1),
                       .vic = site_person(s, "vic@example.org", "Vic", "prosecutor", 1),
                       .lee = site_person(s, "lee@example.org", "Lee", "judge", 1),
                       .tia = site_person(s, "tia@example.org", "Tia", "judge", 1),
                       .nemo = site_person(s, "nemo@example.org", "Nemo", "judge", 5)};

    c.dcs = add_org(s, CT_ORG_AGENCY, "dcs");
    c.intake = add_org(s, CT_ORG_UNIT, "dcs/intake");
    c.pd = add_org(s, CT_ORG_AGENCY, "pd");
    c.vice = add_org(s, CT_ORG_UNIT, "pd/vice");
    c.mdt = add_org(s, CT_ORG_TASK_FORCE, "mdt");
    tie(s, CT_TIE_MEMBER, c.pat, c.intake, false);
    tie(s, CT_TIE_MEMBER, c.vic, c.vice, false);
    tie(s, CT_TIE_MEMBER, c.pat, c.mdt, false);
    tie(s, CT_TIE_MEMBER, c.vic, c.mdt, false);
    tie(s, CT_TIE_MEMBER, c.tia, c.dcs, false);
    tie(s, CT_TIE_LEAD, c.lee, c.intake, false);
    tie(s, CT_TIE_LEAD, c.tia, c.mdt, false);
    return c;
}

static void nobody_is_shown_whom_the_reader_may_not_see(void **state)
{
    static const struct {
        const char *name, *who, *target;
        int status;
        bool pat, vic;
    } cases[] = {
        {"a unit's lead", "lee", "/reports/completion", 200, true, false},
        {"the same as JSON", "lee", "/reports/completion.json?by=person", 200, true, false},
        {"the same as a file", "lee", "/reports/completion.csv?by=person", 200, true, false},
        {"the own unit", "lee", "/reports/completion?unit=dcs%2Fintake", 200, true, false},
        {"another unit", "lee", "/reports/completion?unit=pd%2Fvice", 403, false, false},
        {"another unit as a file", "lee", "/reports/completion.csv?by=person&unit=pd%2Fvice", 403,
         false, false},
        {"a task force that another leads", "lee", "/reports/completion.json?task_force=mdt", 403,
         false, false},
        {"a task force's lead", "tia", "/reports/completion?task_force=mdt", 200, true, false},
        {"its file", "tia", "/reports/completion.csv?by=person&task_force=mdt", 200, true, false},
        {"who leads nothing", "nemo", "/reports/completion", 403, false, false},
        {"who leads nothing, a file", "nemo", "/reports/completion.csv?by=person", 403, false,
         false},
        {"an administrator", "ada", "/reports/completion", 200, true, true},
        {"an administrator, an agency", "ada", "/reports/completion?agency=pd", 200, false, true},
        {"an administrator, none", "ada", "/reports/completion?agency=moon", 400, false, false},
    };
    struct site *s = *state;

    make_county(s);
    site_person(s, "ada@example.org", "Ada", "judge", CT_ROLE_LEARNER | CT_ROLE_ADMIN);
    CT_EACH (c, cases) {
        AUTO_BROWSER b = {.site = s};
        char email[64];
        snprintf(email, sizeof email, "%s%%40example.org", c->who);
        browser_sign_in(&b, email);
        CT_EQ_I64(c->name, browser_get(&b, c->target), c->status);
        CT_EQ_I64(c->name, strstr(b.body, "pat@example.org") != NULL, c->pat);
        CT_EQ_I64(c->name, strstr(b.body, "vic@example.org") != NULL, c->vic);
    }
}

static void who_leads_nothing_is_told_whom_to_ask(void **state)
{
    AUTO_BROWSER b = {.site = *state};

    make_county(*state);
    site_person(*state, "ada@example.org", "Ada Admin", "judge", CT_ROLE_LEARNER | CT_ROLE_ADMIN);
    browser_sign_in(&b, "nemo%40example.org");
    CT_EQ_I64("no report", browser_get(&b, "/reports/completion"), 403);
    assert_non_null(strstr(b.body, "You lead no agency, unit or task force today"));
    assert_non_null(strstr(b.body, "Ada Admin (ada@example.org)"));
}

static void a_unit_that_was_lost_is_refused_with_a_word(void **state)
{
    AUTO_BROWSER b = {.site = *state};
    struct county c = make_county(*state);

    tie(*state, CT_TIE_LEAD, c.lee, c.vice, false);
    browser_sign_in(&b, "lee%40example.org");
    CT_EQ_I64("before", browser_get(&b, "/reports/completion?unit=dcs%2Fintake"), 200);
    tie(*state, CT_TIE_LEAD, c.lee, c.intake, true);
    CT_EQ_I64("after", browser_get(&b, "/reports/completion?unit=dcs%2Fintake"), 403);
    assert_non_null(strstr(b.body, "not among those that you lead today"));
}

static void the_page_says_whose_report_it_is(void **state)
{
    AUTO_BROWSER b = {.site = *state};

    make_county(*state);
    browser_sign_in(&b, "lee%40example.org");
    walk_page(&b, "/reports/completion?unit=dcs%2Fintake", "report-completion");
    CT_AUTO_JSON *page = walk_json(&b, "/reports/completion?unit=dcs%2Fintake");
    CT_EQ_SV("label", walk_text(page, "chosen/0/label"), CT_SV("Unit"));
    CT_EQ_SV("title", walk_text(page, "chosen/0/title"), CT_SV("dcs: dcs/intake"));
    CT_EQ_SV("the file is of the same", walk_text(page, "csv_href"),
             CT_SV("/reports/completion.csv?unit=dcs%2Fintake"));
    CT_EQ_I64("file", browser_get(&b, "/reports/completion.csv?unit=dcs%2Fintake"), 200);
    CT_EQ_SV("its name", b.rs->disposition,
             CT_SV("attachment; filename=\"completion-2023-11-14-dcs-intake.csv\""));
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, site_open, site_close)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(nobody_is_shown_whom_the_reader_may_not_see),
        TEST(who_leads_nothing_is_told_whom_to_ask),
        TEST(a_unit_that_was_lost_is_refused_with_a_word),
        TEST(the_page_says_whose_report_it_is),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
