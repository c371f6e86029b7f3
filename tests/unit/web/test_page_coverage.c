/*
 * test_page_coverage.c: the coverage of a team as its managers are shown it: whom by name, whom as
 * a number, on which day, and as files.
 */
#include "walk.h"

#include "ct/learn/org.h"

#include "ct/base/banned.h"

enum { DAY = 86400 };

static int64_t add_org(struct site *s, enum ct_org_kind kind, const char *path)
{
    struct ct_err err = CT_ERR_INIT;
    struct ct_org_new o = {.kind = kind,
                           .path = ct_sv_c(path),
                           .name = ct_sv_c(path),
                           .time_zone =
                               kind == CT_ORG_AGENCY ? CT_SV("America/Chicago") : CT_SV_NULL};
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

struct county {
    int64_t dcs, intake, pd, mdt, pat, vic, lee, tia;
};

/* Pat is in intake, Vic in the police; both are in the task force, which Tia leads; Lee leads
 * intake. */
static struct county make_county(struct site *s)
{
    struct county c = {.pat = site_person(s, "pat@example.org", "Patxi Zorn", "prosecutor", 1),
                       .vic = site_person(s, "vic@example.org", "Vicenç Quux", "prosecutor", 1),
                       .lee = site_person(s, "lee@example.org", "Lee", "judge", 1),
                       .tia = site_person(s, "tia@example.org", "Tia", "judge", 1)};

    c.dcs = add_org(s, CT_ORG_AGENCY, "dcs");
    c.intake = add_org(s, CT_ORG_UNIT, "dcs/intake");
    c.pd = add_org(s, CT_ORG_AGENCY, "pd");
    c.mdt = add_org(s, CT_ORG_TASK_FORCE, "mdt");
    tie(s, CT_TIE_MEMBER, c.pat, c.intake, false);
    tie(s, CT_TIE_MEMBER, c.vic, c.pd, false);
    tie(s, CT_TIE_MEMBER, c.pat, c.mdt, false);
    tie(s, CT_TIE_MEMBER, c.vic, c.mdt, false);
    tie(s, CT_TIE_MEMBER, c.tia, c.dcs, false);
    tie(s, CT_TIE_LEAD, c.lee, c.intake, false);
    tie(s, CT_TIE_LEAD, c.tia, c.mdt, false);
    site_person(s, "lou@example.org", "Lou", "judge", CT_ROLE_LEARNER);
    site_person(s, "ada@example.org", "Ada", NULL, CT_ROLE_LEARNER | CT_ROLE_ADMIN);
    return c;
}

static void names_are_told_to_who_may_see_them(void **state)
{
    static const struct {
        const char *name, *who, *target;
        int status;
        bool pat, vic;
    } cases[] = {
        {"a unit's lead", "lee", "/reports/coverage", 200, true, false},
        {"objectives", "lee", "/reports/coverage?of=objectives", 200, true, false},
        {"a file", "lee", "/reports/coverage.csv", 200, true, false},
        {"as JSON", "lee", "/reports/coverage.json?of=objectives", 200, true, false},
        {"another agency", "lee", "/reports/coverage?agency=pd", 403, false, false},
        {"another agency's past", "lee", "/reports/coverage?agency=pd&as_of=2023-11-14", 403, false,
         false},
        {"a task force's lead", "tia", "/reports/coverage?task_force=mdt", 200, true, false},
        {"an administrator", "ada", "/reports/coverage?task_force=mdt", 200, true, true},
        {"a learner", "lou", "/reports/coverage", 403, false, false},
        {"no such course", "ada", "/reports/coverage?course=none", 400, false, false},
        {"no such discipline", "ada", "/reports/coverage?discipline=none", 400, false, false},
        {"no such columns", "ada", "/reports/coverage?of=weather", 400, false, false},
        {"no day", "ada", "/reports/coverage?as_of=2023-02-30", 400, false, false},
        {"a day to come", "ada", "/reports/coverage?as_of=2023-11-15", 400, false, false},
    };
    struct site *s = *state;

    make_county(s);
    CT_EACH (c, cases) {
        AUTO_BROWSER b = {.site = s};
        char email[64];
        snprintf(email, sizeof email, "%s%%40example.org", c->who);
        browser_sign_in(&b, email);
        CT_EQ_I64(c->name, browser_get(&b, c->target), c->status);
        CT_EQ_I64(c->name, strstr(b.body, "Patxi Zorn") != NULL, c->pat);
        CT_EQ_I64(c->name, strstr(b.body, "Vicenç Quux") != NULL, c->vic);
    }
}

static void the_matrix_is_a_valid_page(void **state)
{
    AUTO_BROWSER b = {.site = *state};

    make_county(*state);
    browser_sign_in(&b, "ada%40example.org");
    walk_page(&b, "/reports/coverage?task_force=mdt", "report-coverage");
    walk_page(&b, "/reports/coverage?of=objectives&as_of=2023-11-14", "report-coverage.objectives");
    walk_tidy(&b, "/reports/coverage");
    CT_AUTO_JSON *page = walk_json(&b, "/reports/coverage?task_force=mdt");
    CT_EQ_SV("the first column", walk_text(page, "items/0/text"), CT_SV("Seeing the child"));
    CT_EQ_SV("who", walk_text(page, "rows/0/discipline/slug"), CT_SV("prosecutor"));
    CT_EQ_I64("of", walk_int(page, "rows/0/cells/0/people"), 2);
    CT_EQ_SV("who is missing", walk_text(page, "rows/0/missing/0/names/told/0/name"),
             CT_SV("Vicenç Quux"));
    CT_EQ_SV("and who else", walk_text(page, "rows/0/missing/0/names/told/1/name"),
             CT_SV("Patxi Zorn"));
    browser_get(&b, "/reports/coverage?task_force=mdt");
    assert_non_null(
        strstr(b.body, "2 missing: <bdi>Vicenç Quux</bdi>; <bdi>Patxi Zorn</bdi></dd>"));
    CT_EQ_SV("a chair", walk_text(page, "cases/0/chairs/0/chair/slug"), CT_SV("prosecutor"));
    CT_EQ_SV("the file is of the same", walk_text(page, "csv_href"),
             CT_SV("/reports/coverage.csv?task_force=mdt"));
    CT_EQ_SV("the chairs' too", walk_text(page, "chairs_csv_href"),
             CT_SV("/reports/coverage.csv?task_force=mdt&of=chairs"));
}

static void a_past_day_is_told_as_it_was(void **state)
{
    AUTO_BROWSER b = {.site = *state};
    struct site *s = *state;
    struct county c = make_county(s);

    s->now += 10 * DAY;
    tie(s, CT_TIE_MEMBER, c.pat, c.intake, true);
    tie(s, CT_TIE_MEMBER, c.pat, c.mdt, true);
    browser_sign_in(&b, "ada%40example.org");
    CT_EQ_I64("today", browser_get(&b, "/reports/coverage.csv?agency=dcs"), 200);
    assert_null(strstr(b.body, "Patxi Zorn"));
    CT_EQ_I64("then", browser_get(&b, "/reports/coverage.csv?agency=dcs&as_of=2023-11-20"), 200);
    assert_non_null(strstr(b.body, "Patxi Zorn"));
    CT_EQ_I64("as JSON", browser_get(&b, "/reports/coverage.json?agency=dcs&as_of=2023-11-20"),
              200);
    /* Midnight in Chicago, where the agency is. */
    assert_non_null(strstr(b.body, "\"2023-11-21T05:59:59Z\""));
    assert_non_null(strstr(b.body, "America/Chicago"));
    assert_non_null(strstr(b.body, "\"as_of\":\"2023-11-20\""));
}

static void files_have_their_names_and_types(void **state)
{
    static const struct {
        const char *target, *type, *disposition;
    } cases[] = {
        {"/reports/coverage.csv?task_force=mdt", "text/csv; charset=utf-8",
         "attachment; filename=\"coverage-2023-11-14-mdt.csv\""},
        {"/reports/coverage.json?of=chairs", "application/json",
         "attachment; filename=\"coverage-2023-11-14.json\""},
        {"/reports/coverage.xlsx?of=objectives",
         "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
         "attachment; filename=\"coverage-2023-11-14.xlsx\""},
    };
    AUTO_BROWSER b = {.site = *state};

    make_county(*state);
    browser_sign_in(&b, "ada%40example.org");
    CT_EACH (c, cases) {
        CT_EQ_I64(c->target, browser_get(&b, c->target), 200);
        CT_EQ_STR(c->target, b.rs->content_type, c->type);
        CT_EQ_SV(c->target, b.rs->disposition, ct_sv_c(c->disposition));
    }
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, site_open, site_close)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(names_are_told_to_who_may_see_them),
        TEST(the_matrix_is_a_valid_page),
        TEST(a_past_day_is_told_as_it_was),
        TEST(files_have_their_names_and_types),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
