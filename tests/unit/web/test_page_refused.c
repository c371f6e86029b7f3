/*
 * test_page_refused.c: reports that were asked for wrongly, or of people whom the reader does not
 * see any more, at all addresses alike: pages explain, files and programs get a problem.
 */
#include "walk.h"

#include "ct/learn/org.h"

#include "ct/base/banned.h"

static int64_t add_org(struct site *s, enum ct_org_kind kind, const char *path, const char *name)
{
    struct ct_err err = CT_ERR_INIT;
    struct ct_org_new o = {.kind = kind, .path = ct_sv_c(path), .name = ct_sv_c(name)};
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

/* Lee leads intake, and led night until a moment ago; Nemo leads nothing. */
static int county(void **state)
{
    struct site *s;

    if (site_open(state) < 0)
        return -1;
    s = *state;
    int64_t pat = site_person(s, "pat@example.org", "Pat", "prosecutor", 1);
    int64_t lee = site_person(s, "lee@example.org", "Lee", "judge", 1);
    site_person(s, "nemo@example.org", "Nemo", "judge", CT_ROLE_LEARNER | CT_ROLE_MANAGER);
    site_person(s, "ada@example.org", "Ada", "judge", CT_ROLE_LEARNER | CT_ROLE_ADMIN);
    add_org(s, CT_ORG_AGENCY, "dcs", "Alder County");
    int64_t intake = add_org(s, CT_ORG_UNIT, "dcs/intake", "Intake");
    int64_t night = add_org(s, CT_ORG_UNIT, "dcs/night", "Night desk");
    tie(s, CT_TIE_MEMBER, pat, night, false);
    tie(s, CT_TIE_LEAD, lee, intake, false);
    tie(s, CT_TIE_LEAD, lee, night, false);
    tie(s, CT_TIE_LEAD, lee, night, true);
    return 0;
}

static void what_is_wrong_stands_at_its_field_with_what_was_typed(void **state)
{
    static const struct {
        const char *name, *target, *field, *typed, *says;
    } cases[] = {
        {"no day", "/reports/completion?as_of=2026-02-31", "as_of", "value=\"2026-02-31\"",
         "day of the calendar"},
        {"a day in words", "/reports/coverage?as_of=the+31st+of+February", "as_of",
         "value=\"the 31st of February\"", "day of the calendar"},
        {"a day to come, completion", "/reports/completion?as_of=2099-01-01", "as_of",
         "value=\"2099-01-01\"", "still to come"},
        {"a day to come, coverage", "/reports/coverage?as_of=2099-01-01", "as_of",
         "value=\"2099-01-01\"", "still to come"},
        {"a day to come, trends", "/reports/trends?until=2099-01-01", "until",
         "value=\"2099-01-01\"", "still to come"},
        {"a day to come, credit", "/reports/credit?as_of=2099-01-01", "as_of",
         "value=\"2099-01-01\"", "still to come"},
        {"a day to come, assignments", "/reports/assignments?as_of=2099-01-01", "as_of",
         "value=\"2099-01-01\"", "still to come"},
        {"a day to come, transcript", "/me/transcript?as_of=2099-01-01", "as_of",
         "value=\"2099-01-01\"", "still to come"},
        {"an end before its beginning", "/reports/trends?from=2023-05-01&until=2023-04-01", "from",
         "value=\"2023-05-01\"", "behind the end"},
        {"a year in words", "/reports/credit?year=last", "year", "value=\"last\"", "as in 2026"},
        {"no such course", "/reports/coverage?course=nope", "course",
         "<option value=\"nope\" selected>", "No such course"},
        {"a course that is no name", "/reports/completion?course=No+Pe", "course",
         "<option value=\"No Pe\" selected>", "Not a name of anything here"},
        {"no such discipline", "/reports/trends?discipline=nope", "discipline",
         "<option value=\"nope\" selected>", "No such discipline"},
        {"no such period", "/reports/trends?by=hour", "by", "<option value=\"hour\" selected>",
         "One of month, quarter, week"},
        {"no such requirement", "/reports/trends?requirement=nope", "requirement",
         "<option value=\"nope\" selected>", "no such requirement"},
        {"no such module", "/reports/questions?module=nope", "module",
         "<option value=\"nope\" selected>", "No such module with a quiz"},
        {"a number of days in words", "/reports/assignments?due_within=ten", "due_within",
         "value=\"ten\"", "A number of days"},
    };
    AUTO_BROWSER b = {.site = *state};

    browser_sign_in(&b, "lee%40example.org");
    CT_EACH (c, cases) {
        char id[64];
        snprintf(id, sizeof id, "id=\"f-%s-error\"", c->field);
        CT_EQ_I64(c->name, browser_get(&b, c->target), 400);
        walk_tidy(&b, c->target);
        if (!strstr(b.body, id) || !strstr(b.body, c->typed) || !strstr(b.body, c->says))
            fail_msg("%s: %s, %s, %s", c->name, strstr(b.body, id) ? "" : id,
                     strstr(b.body, c->typed) ? "" : c->typed,
                     strstr(b.body, c->says) ? "" : c->says);
    }
}

static void what_no_field_asks_is_named(void **state)
{
    AUTO_BROWSER b = {.site = *state};

    browser_sign_in(&b, "lee%40example.org");
    CT_EQ_I64("a page in words", browser_get(&b, "/reports/completion?page=two"), 400);
    assert_non_null(strstr(b.body, "<code>page</code>: A whole number"));
    CT_EQ_I64("no such field", browser_get(&b, "/reports/today?shoe=9"), 400);
    assert_non_null(strstr(b.body, "<code>shoe</code>: No such field here."));
    CT_EQ_I64("no such status", browser_get(&b, "/requirements/nope?status=odd"), 404);
}

static void today_of_another_day_leads_to_the_assignments_of_that_day(void **state)
{
    AUTO_BROWSER b = {.site = *state};

    browser_sign_in(&b, "lee%40example.org");
    CT_EQ_I64("refused", browser_get(&b, "/reports/today?unit=dcs%2Fintake&as_of=2023-11-01"), 400);
    walk_tidy(&b, "refused");
    assert_non_null(strstr(b.body, "Today is always today."));
    assert_non_null(strstr(b.body, "href=\"/reports/assignments?unit=dcs%2Fintake&amp;"
                                   "as_of=2023-11-01\">Assignments as of that day</a>"));
    CT_EQ_I64("where it leads",
              browser_get(&b, "/reports/assignments?unit=dcs%2Fintake&as_of=2023-11-01"), 200);
    CT_EQ_I64("another report's mistake", browser_get(&b, "/reports/credit?as_of=soon"), 400);
    assert_null(strstr(b.body, "Assignments as of that day"));
}

static void who_lost_a_unit_is_told_so_and_offered_what_is_left(void **state)
{
    static const struct {
        const char *path, *leads_to;
    } pages[] = {
        {"/reports/today", "/reports/today?unit=dcs%2Fintake"},
        {"/reports/completion", "/reports/completion?unit=dcs%2Fintake"},
        {"/reports/coverage", "/reports/coverage?unit=dcs%2Fintake"},
        {"/reports/trends", "/reports/trends?unit=dcs%2Fintake"},
        {"/reports/credit", "/reports/credit?unit=dcs%2Fintake"},
    };
    AUTO_BROWSER b = {.site = *state};

    browser_sign_in(&b, "lee%40example.org");
    CT_EACH (p, pages) {
        char target[128];
        snprintf(target, sizeof target, "%s?unit=dcs%%2Fnight", p->path);
        CT_EQ_I64(target, browser_get(&b, target), 403);
        walk_tidy(&b, target);
        assert_non_null(strstr(b.body, "This is not yours to see."));
        assert_non_null(strstr(b.body, "is not among those that you lead today"));
        assert_non_null(strstr(b.body, p->leads_to));
        assert_null(strstr(b.body, "Night desk"));
        CT_EQ_I64("what is offered opens", browser_get(&b, p->leads_to), 200);
        /* The same words for a unit that there never was. */
        snprintf(target, sizeof target, "%s?unit=dcs%%2Fmoon", p->path);
        CT_EQ_I64(target, browser_get(&b, target), 403);
        assert_non_null(strstr(b.body, "is not among those that you lead today"));
    }
}

static void who_leads_nothing_is_offered_nothing_that_is_refused(void **state)
{
    static const char *const pages[] = {
        "/reports/today",     "/reports/completion", "/reports/coverage", "/reports/trends",
        "/reports/questions", "/reports/credit",     "/reports/audit",    "/people/2/transcript"};
    AUTO_BROWSER b = {.site = *state};

    browser_sign_in(&b, "nemo%40example.org");
    for (size_t i = 0; i < sizeof pages / sizeof pages[0]; i++) {
        CT_EQ_I64(pages[i], browser_get(&b, pages[i]), 403);
        walk_tidy(&b, pages[i]);
        assert_non_null(strstr(b.body, "You lead no agency, unit or task force today"));
        assert_null(strstr(b.body, "Show everything that you may see"));
        assert_null(strstr(b.body, "<form class=\"filters"));
    }
}

static void somebody_who_is_not_seen_is_told_of_as_nobody(void **state)
{
    static const char *const targets[] = {"/people/2/transcript", "/people/99/transcript",
                                          "/requirements/nope", "/requirements/nope/people/2",
                                          "/requirements/-/people/2"};
    AUTO_BROWSER b = {.site = *state};

    browser_sign_in(&b, "lee%40example.org");
    for (size_t i = 0; i < sizeof targets / sizeof targets[0]; i++) {
        CT_EQ_I64(targets[i], browser_get(&b, targets[i]), 404);
        walk_tidy(&b, targets[i]);
        assert_non_null(strstr(b.body, "There is nothing here that you may see."));
        assert_non_null(strstr(b.body, "/reports/today?unit=dcs%2Fintake"));
        assert_null(strstr(b.body, "This is not yours to see"));
        assert_null(strstr(b.body, "Pat"));
    }
    CT_EQ_I64("a form of it", browser_post(&b, "/requirements/-/people/2", "what=leave"), 404);
    assert_non_null(strstr(b.body, "Nothing was recorded."));
}

static void files_and_programs_get_a_problem_that_names_the_field(void **state)
{
    static const struct {
        const char *target, *field;
        int status;
    } cases[] = {
        {"/reports/completion.csv?as_of=2099-01-01", "as_of", 400},
        {"/reports/completion.xlsx?page=x", "page", 400},
        {"/reports/coverage.csv?as_of=the+first+of+May", "as_of", 400},
        {"/reports/coverage.json?unit=dcs%2Fnight", "unit", 403},
        {"/reports/trends.csv?from=x", "from", 400},
        {"/reports/questions.csv?module=nope", "module", 400},
        {"/reports/credit.json?year=x", "year", 400},
        {"/reports/assignments.csv?due_from=x", "due_from", 400},
        {"/reports/assignments.ics?unit=dcs%2Fnight", "unit", 403},
        {"/reports/audit.zip?from=x", "from", 400},
        {"/me/transcript.csv?as_of=x", "as_of", 400},
    };
    AUTO_BROWSER b = {.site = *state};

    browser_sign_in(&b, "lee%40example.org");
    b.accept = "*/*";
    CT_EACH (c, cases) {
        CT_AUTO_JSON *problem = NULL;
        struct ct_err err = CT_ERR_INIT;
        CT_EQ_I64(c->target, browser_get(&b, c->target), c->status);
        CT_EQ_STR(c->target, b.rs->content_type, "application/json");
        CT_OK_(c->target, ct_json_parse(ct_sv_c(b.body), CT_PAGE_MAX, &problem, &err), &err);
        CT_EQ_SV(c->target, walk_text(problem, "field"), ct_sv_c(c->field));
        assert_true(walk_text(problem, "detail").n > 0);
    }
    b.accept = "text/html,application/xhtml+xml";
    CT_EQ_I64("at a browser", browser_get(&b, "/reports/completion.csv?unit=dcs%2Fnight"), 403);
    assert_non_null(strstr(b.body, "href=\"/reports/completion?unit=dcs%2Fintake\""));
}

static void a_day_before_all_records_is_explained(void **state)
{
    static const char *const pages[] = {
        "/reports/completion?as_of=1990-01-01", "/reports/coverage?as_of=1990-01-01",
        "/reports/trends?until=1990-01-01", "/reports/credit?as_of=1990-01-01",
        "/reports/assignments?as_of=1990-01-01"};
    AUTO_BROWSER b = {.site = *state};

    browser_sign_in(&b, "lee%40example.org");
    for (size_t i = 0; i < sizeof pages / sizeof pages[0]; i++) {
        CT_EQ_I64(pages[i], browser_get(&b, pages[i]), 200);
        walk_tidy(&b, pages[i]);
        assert_non_null(strstr(b.body, "Nothing was recorded yet on that day"));
        assert_non_null(strstr(b.body, "datetime=\"2023-11-14\""));
    }
    browser_get(&b, "/reports/completion");
    assert_null(strstr(b.body, "Nothing was recorded yet on that day"));
}

int main(void)
{
#define TEST(test) cmocka_unit_test_setup_teardown(test, county, site_close)
    const struct CMUnitTest tests[] = {
        TEST(what_is_wrong_stands_at_its_field_with_what_was_typed),
        TEST(what_no_field_asks_is_named),
        TEST(who_lost_a_unit_is_told_so_and_offered_what_is_left),
        TEST(who_leads_nothing_is_offered_nothing_that_is_refused),
        TEST(somebody_who_is_not_seen_is_told_of_as_nobody),
        TEST(today_of_another_day_leads_to_the_assignments_of_that_day),
        TEST(files_and_programs_get_a_problem_that_names_the_field),
        TEST(a_day_before_all_records_is_explained),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
