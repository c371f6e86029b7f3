/*
 * test_page_assignments.c: the assignment report as a manager opens it: filters in the address,
 * rows behind numbers, files of the same, what is wrong said at its filter.
 */
#include "walk.h"

#include "../../../server/web/assignments_priv.h"

#include "ct/learn/org.h"
#include "ct/learn/requirement.h"
#include "ct/text/csv.h"

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

static void require_called(struct site *s, const char *slug, const char *title, int days,
                           int64_t org)
{
    struct ct_err err = CT_ERR_INIT;
    int today = ct_day_of(ct_now(&s->clock));
    struct ct_requirement_rule rule = {
        .due = {.from = today, .kind = CT_DUE_ASSIGNED, .fixed = CT_DAY_NONE, .days = days},
        .title = ct_sv_c(title),
        .orgs = &org,
        .n_orgs = 1};
    struct ct_requirement q = {
        .slug = ct_sv_c(slug), .course = CT_SV("basics"), .rules = &rule, .n_rules = 1};
    const struct ct_catalogue *cat = ct_library_hold(s->library, 0);
    int64_t id = 0;

    CT_OK_(slug, ct_requirement_add(s->store, &s->clock, cat, &q, 0, &id, &err), &err);
    ct_library_release(s->library, 0);
}

static void require(struct site *s, const char *slug, int days, int64_t org)
{
    require_called(s, slug, slug, days, org);
}

/* Mo leads dcs, where Ann and =Bo are; Cy is in pd, which is nobody's. */
struct county {
    int64_t dcs, pd, intake, mo, ann;
};

static struct county make_county(struct site *s)
{
    struct county c = {.mo = site_person(s, "mo@example.org", "Mo Lead", "judge",
                                         CT_ROLE_LEARNER | CT_ROLE_MANAGER)};
    int64_t bo, cy;

    c.ann = site_person(s, "ann@example.org", "Ann <A>", "advocate", CT_ROLE_LEARNER);
    bo = site_person(s, "bo@example.org", "=Bo שרה", "prosecutor", CT_ROLE_LEARNER);
    cy = site_person(s, "cy@example.org", "Cy", "prosecutor", CT_ROLE_LEARNER);
    c.dcs = add_org(s, CT_ORG_AGENCY, "dcs");
    c.intake = add_org(s, CT_ORG_UNIT, "dcs/intake");
    c.pd = add_org(s, CT_ORG_AGENCY, "pd");
    tie(s, CT_TIE_LEAD, c.mo, c.dcs, false);
    tie(s, CT_TIE_MEMBER, c.ann, c.intake, false);
    tie(s, CT_TIE_MEMBER, bo, c.dcs, false);
    tie(s, CT_TIE_MEMBER, cy, c.pd, false);
    require(s, "soon", 10, c.dcs);
    require(s, "later", 90, c.dcs);
    require(s, "theirs", 10, c.pd);
    return c;
}

static void the_page_shows_what_was_asked(void **state)
{
    static const struct {
        const char *name, *query;
        int rows; /* negative: groups */
    } cases[] = {
        {"all that one may see", "", 4},
        {"one agency", "?agency=dcs", 4},
        {"a unit", "?unit=dcs%2Fintake", 2},
        {"who is in no unit", "?unit=-", 2},
        {"a requirement", "?requirement=soon", 2},
        {"due within days", "?due_within=10", 2},
        {"a discipline", "?discipline=prosecutor", 2},
        {"empty fields of a form", "?agency=&unit=&status=&by=&due_from=", 4},
        {"a status", "?status=not+started", 4},
        {"two, as a form sends them", "?status=overdue&status=not+started", 4},
        {"two, as a link has them", "?status=overdue%2Cexpired", 0},
        {"before anything was", "?as_of=2023-11-01", 0},
        {"by discipline", "?by=discipline", -2},
        {"by two", "?by=requirement&then=discipline", -4},
        {"a page behind the last", "?page=7", 4},
    };
    struct site *s = *state;
    AUTO_BROWSER b = {.site = s};

    make_county(s);
    browser_sign_in(&b, "mo%40example.org");
    CT_EACH (c, cases) {
        char target[256];
        snprintf(target, sizeof target, "/reports/assignments%s", c->query);
        CT_AUTO_JSON *page = walk_json(&b, target);
        CT_EQ_I64(c->name, json_array_size(walk_at(page, c->rows < 0 ? "groups" : "rows")),
                  c->rows < 0 ? -c->rows : c->rows);
        CT_EQ_I64(c->name, browser_get(&b, target), 200);
        walk_tidy(&b, target);
        assert_null(strstr(b.body, "cy@example.org"));
    }
    walk_page(&b, "/reports/assignments", "report-assignments");
    assert_non_null(strstr(b.body, "Ann &lt;A&gt;"));
    walk_page(&b, "/reports/assignments?by=agency&then=discipline", "report-assignments.groups");
    CT_EQ_I64("an unknown field", browser_get(&b, "/reports/assignments?moon=1"), 400);
}

static void a_number_leads_to_its_rows(void **state)
{
    struct site *s = *state;
    AUTO_BROWSER b = {.site = s};

    make_county(s);
    browser_sign_in(&b, "mo%40example.org");
    CT_AUTO_JSON *page = walk_json(&b, "/reports/assignments?by=discipline&due_within=10");
    CT_EQ_SV("the second", walk_text(page, "groups/1/title"), CT_SV("Advocate"));
    struct ct_sv href = walk_text(page, "groups/1/statuses/0/href");
    CT_EQ_SV("with what else was asked", href,
             CT_SV("/reports/assignments?discipline=advocate&status=not%20started&due_within=10"));
    CT_AUTO_JSON *rows = walk_json(&b, href.p);
    CT_EQ_I64("as many", json_array_size(walk_at(rows, "rows")),
              json_integer_value(walk_at(page, "groups/1/statuses/0/n")));
    CT_EQ_SV("of this person", walk_text(rows, "rows/0/name"), CT_SV("Ann <A>"));
    CT_AUTO_JSON *by_address = walk_json(&b, "/reports/assignments?person=Ann%40example.org");
    CT_EQ_I64("hers, by the address", json_array_size(walk_at(by_address, "rows")), 2);
    CT_EQ_SV("of her alone", walk_text(by_address, "rows/1/name"), CT_SV("Ann <A>"));
    assert_true(json_is_null(walk_at(page, "groups/1/statuses/4/href")));
    CT_AUTO_JSON *transcript = walk_json(&b, walk_text(rows, "rows/0/href").p);
    CT_EQ_SV("a name leads to the transcript", walk_text(transcript, "name"), CT_SV("Ann <A>"));
    CT_EQ_I64("from there to what is recorded",
              browser_get(&b, walk_text(transcript, "record_href").p), 200);
    CT_AUTO_JSON *person = walk_json(&b, walk_text(transcript, "assignments_href").p);
    CT_EQ_I64("all that is asked of her", json_array_size(walk_at(person, "rows")), 2);
    CT_EQ_SV("which is said", walk_text(person, "chosen/2/text"), CT_SV("Ann <A>"));
}

static void requirements_of_the_same_title_are_told_apart(void **state)
{
    AUTO_BROWSER b = {.site = *state};
    struct county c = make_county(*state);

    require_called(*state, "once", "soon", 20, c.intake);
    browser_sign_in(&b, "mo%40example.org");
    CT_EQ_I64("opens", browser_get(&b, "/reports/assignments"), 200);
    assert_non_null(strstr(b.body, ">soon, dcs, since November 14, 2023<"));
    assert_non_null(strstr(b.body, ">soon, dcs/intake, since November 14, 2023<"));
    assert_non_null(strstr(b.body, ">later<"));
    browser_get(&b, "/reports/trends");
    assert_non_null(strstr(b.body, ">soon, dcs/intake, since November 14, 2023</option>"));
}

static void one_of_something_is_called_so(void **state)
{
    AUTO_BROWSER b = {.site = *state};

    make_county(*state);
    browser_sign_in(&b, "mo%40example.org");
    browser_get(&b, "/reports/assignments?requirement=soon&discipline=advocate");
    assert_non_null(strstr(b.body, ">1 assignment</h2>"));
    browser_get(&b, "/reports/assignments?requirement=soon");
    assert_non_null(strstr(b.body, ">2 assignments</h2>"));
}

static void what_is_wrong_is_said_at_its_filter(void **state)
{
    static const struct {
        const char *name, *query;
        int status;
        const char *said;
    } cases[] = {
        {"no such status", "?status=late", 400, "There is no status &#39;late&#39;."},
        {"no such requirement", "?requirement=moon", 400, "There was no such requirement."},
        {"no such course", "?course=moon", 400, "There is no such course."},
        {"no such discipline", "?discipline=moon", 400, "There is no such discipline."},
        {"nobody's supervisor", "?supervisor=Nemo", 400, "Nobody here has this supervisor."},
        {"no day", "?due_from=yesterday", 400,
         "A day of the calendar is wanted, as in 2026-11-22."},
        {"the other's agency", "?agency=pd", 403, "This agency is not among those that you lead"},
        {"no agency at all, in the same words", "?agency=moon", 403,
         "This agency is not among those that you lead"},
        {"the other's person", "?person=4", 400,
         "There is no such person among those whom you see."},
        {"the same by the address", "?person=cy%40example.org", 400,
         "There is no such person among those whom you see."},
        {"an address that nobody has, in the same words", "?person=nemo%40example.org", 400,
         "There is no such person among those whom you see."},
        {"a name", "?person=Cy", 400, "A person&#39;s number or address is wanted"},
    };
    struct site *s = *state;
    AUTO_BROWSER b = {.site = s};

    make_county(s);
    browser_sign_in(&b, "mo%40example.org");
    CT_EACH (c, cases) {
        char target[256];
        snprintf(target, sizeof target, "/reports/assignments%s", c->query);
        CT_EQ_I64(c->name, browser_get(&b, target), c->status);
        walk_tidy(&b, target);
        if (!strstr(b.body, c->said))
            fail_msg("%s: nothing says %s", c->name, c->said);
        assert_non_null(strstr(b.body, "href=\"/reports/assignments\">Show everything"));
        assert_non_null(strstr(b.body, "<select id=\"f-agency\""));
        assert_null(strstr(b.body, "ann@example.org"));
        /* Whether an address is somebody's, and whose number it has, is not told either. */
        if (strstr(c->query, "%40"))
            assert_non_null(strstr(b.body, "name=\"person\" value=\""));
        if (strstr(c->query, "%40") && !strstr(b.body, "@example.org\""))
            fail_msg("%s: the address is not shown as it was typed", c->name);
        snprintf(target, sizeof target, "/reports/assignments.csv%s", c->query);
        CT_EQ_I64(c->name, browser_get(&b, target), c->status);
        assert_null(strstr(b.body, "person_id"));
    }
}

static void who_has_lost_a_unit_is_told_so(void **state)
{
    struct site *s = *state;
    struct county c = make_county(s);
    AUTO_BROWSER b = {.site = s};

    tie(s, CT_TIE_LEAD, c.mo, c.pd, false);
    tie(s, CT_TIE_LEAD, c.mo, c.dcs, true);
    browser_sign_in(&b, "mo%40example.org");
    CT_EQ_I64("not any more", browser_get(&b, "/reports/assignments?unit=dcs%2Fintake"), 403);
    assert_non_null(strstr(b.body, "if it was a moment ago, that has changed."));
    tie(s, CT_TIE_LEAD, c.mo, c.pd, true);
    CT_EQ_I64("nothing is left", browser_get(&b, "/reports/assignments"), 403);
    assert_non_null(strstr(b.body, "You lead no agency, unit or task force today"));
}

static void files_have_the_rows_of_the_page(void **state)
{
    struct site *s = *state;
    AUTO_BROWSER b = {.site = s};
    CT_AUTO_ARENA a = CT_ARENA_INIT;
    struct ct_csv_reader reader;
    struct ct_sv got[CT_CSV_CELLS_MAX];
    size_t n, rows = 0;

    make_county(s);
    browser_sign_in(&b, "mo%40example.org");
    CT_AUTO_JSON *page = walk_json(&b, "/reports/assignments?sort=-due&unit=-");
    CT_EQ_SV("the file", walk_text(page, "csv_href"),
             CT_SV("/reports/assignments.csv?unit=-&sort=-due"));
    CT_EQ_I64("a file", browser_get(&b, walk_text(page, "csv_href").p), 200);
    ct_csv_open(&reader, ct_arena_dup(&a, ct_sv_c(b.body)));
    while (ct_csv_read(&reader, &a, got, &n, NULL) == 1) {
        CT_EQ_I64("columns", n, 54);
        if (rows == 0)
            CT_EQ_SV("head", got[15], CT_SV("requirement_id"));
        else
            CT_EQ_SV("in the page's order", got[15], rows == 1 ? CT_SV("later") : CT_SV("soon"));
        rows++;
    }
    CT_EQ_I64("rows", rows - 1, json_array_size(walk_at(page, "rows")));
    assert_non_null(strstr(b.body, "'=Bo"));
    CT_AUTO_JSON *file = walk_json(&b, "/reports/assignments.json?unit=-&by=discipline");
    CT_EQ_SV("grouped", walk_text(file, "by"), CT_SV("discipline"));
    CT_EQ_SV("what was asked", walk_text(file, "filters/unit"), CT_SV("-"));
    CT_EQ_I64("what the words mean", json_object_size(walk_at(file, "legend")), CT_DUE_STATUSES);
    CT_EQ_I64("a group", json_integer_value(walk_at(file, "rows/0/assignments")), 2);
    CT_EQ_I64("a workbook", browser_get(&b, "/reports/assignments.xlsx?by=unit"), 200);
    CT_EQ_SV("is called", b.rs->disposition,
             CT_SV("attachment; filename=\"assignments-2023-11-14.xlsx\""));
}

static void what_is_still_due_is_a_calendar(void **state)
{
    struct site *s = *state;
    AUTO_BROWSER manager = {.site = s}, ann = {.site = s}, nobody = {.site = s};

    make_county(s);
    browser_sign_in(&manager, "mo%40example.org");
    browser_sign_in(&ann, "ann%40example.org");
    CT_EQ_I64("of the people whom one sees",
              browser_get(&manager, "/reports/assignments.ics?requirement=soon&sort=name"), 200);
    CT_EQ_STR("is a calendar", manager.rs->content_type, "text/calendar; charset=utf-8");
    assert_non_null(strstr(manager.body, "DTSTART;VALUE=DATE:20231124\r\n"));
    assert_non_null(strstr(manager.body, "SUMMARY:Due: soon\\, Ann <A>\r\n"));
    assert_non_null(strstr(manager.body, "SUMMARY:Due: soon\\, =Bo שרה\r\n"));
    assert_null(strstr(manager.body, "later"));
    assert_null(strstr(manager.body, "Cy"));
    CT_EQ_I64("a wrong filter", browser_get(&manager, "/reports/assignments.ics?agency=pd"), 403);
    CT_EQ_I64("of oneself", browser_get(&ann, "/me/due.ics"), 200);
    assert_non_null(strstr(ann.body, "UID:soon.2023-11-14.r1.p2@"));
    assert_null(strstr(ann.body, "@crosstrain")); /* the name of the site is in between */
    char *first = strdup(ann.body);
    CT_EQ_I64("fetched again", browser_get(&ann, "/me/due.ics"), 200);
    CT_EQ_STR("it has the same names", ann.body, first);
    free(first);
    assert_non_null(strstr(ann.body, "SUMMARY:Due: later\r\n"));
    assert_null(strstr(ann.body, "p3@"));
    CT_EQ_I64("who is not signed in has none", browser_get(&nobody, "/me/due.ics"), 303);
}

static void many_rows_come_on_pages(void **state)
{
    struct site *s = *state;
    struct county c = make_county(s);
    AUTO_BROWSER b = {.site = s};

    for (int i = 0; i < 101; i++) {
        char email[64];
        snprintf(email, sizeof email, "p%d@example.org", i);
        tie(s, CT_TIE_MEMBER, site_person(s, email, "Many People", "judge", CT_ROLE_LEARNER), c.dcs,
            false);
    }
    browser_sign_in(&b, "mo%40example.org");
    CT_AUTO_JSON *one = walk_json(&b, "/reports/assignments?agency=dcs");
    CT_EQ_I64("a page", json_array_size(walk_at(one, "rows")), CT_ASSIGNMENTS_PAGE);
    CT_EQ_I64("of all", json_integer_value(walk_at(one, "total")), 206);
    struct ct_sv next = walk_text(one, "next_href");
    CT_EQ_SV("and the next", next, CT_SV("/reports/assignments?agency=dcs&page=2"));
    CT_AUTO_JSON *two = walk_json(&b, next.p);
    CT_EQ_I64("the rest", json_array_size(walk_at(two, "rows")), 6);
    CT_EQ_SV("and back", walk_text(two, "previous_href"), CT_SV("/reports/assignments?agency=dcs"));
    assert_true(json_is_null(walk_at(two, "next_href")));
}

static void fields_of_the_route_are_the_filters(void **state)
{
    size_t n = 0;

    (void)state;
    for (const struct ct_field *f = ct_assignments_file_query; f->name; f++) {
        bool known = false;
        for (int ask = 0; ask < CT_ASKS; ask++)
            known = known || (strcmp(ct_ask_info((enum ct_ask)ask)->name, f->name) == 0 &&
                              ct_ask_info((enum ct_ask)ask)->max == f->max);
        if (!known)
            fail_msg("%s is no filter, or of another length", f->name);
        n++;
    }
    CT_EQ_I64("all of them", n, CT_ASKS);
}

static void who_is_no_manager_does_not_see_it(void **state)
{
    struct site *s = *state;
    AUTO_BROWSER b = {.site = s};

    site_person(s, "li@example.org", "Li", "judge", CT_ROLE_LEARNER);
    CT_EQ_I64("nobody is sent to sign in", browser_get(&b, "/reports/assignments"), 303);
    browser_sign_in(&b, "li%40example.org");
    CT_EQ_I64("a learner may not", browser_get(&b, "/reports/assignments"), 403);
    CT_EQ_I64("nor a file", browser_get(&b, "/reports/assignments.json"), 403);
}

int main(void)
{
#define TEST(test) cmocka_unit_test_setup_teardown(test, site_open, site_close)
    const struct CMUnitTest tests[] = {
        TEST(the_page_shows_what_was_asked),
        TEST(a_number_leads_to_its_rows),
        TEST(what_is_wrong_is_said_at_its_filter),
        TEST(requirements_of_the_same_title_are_told_apart),
        TEST(one_of_something_is_called_so),
        TEST(who_has_lost_a_unit_is_told_so),
        TEST(files_have_the_rows_of_the_page),
        TEST(what_is_still_due_is_a_calendar),
        TEST(many_rows_come_on_pages),
        cmocka_unit_test(fields_of_the_route_are_the_filters),
        TEST(who_is_no_manager_does_not_see_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
