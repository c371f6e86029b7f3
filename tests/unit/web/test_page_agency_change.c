/*
 * test_page_agency_change.c: closing, opening again and moving on pages: whom it hits is shown
 * first, what cannot be is said, and what is closed is in no choice of today.
 */
#include "walk.h"

#include "ct/learn/org.h"

#include "ct/base/banned.h"

static void does(struct browser *b, const char *target, const char *fields)
{
    browser_get(b, "/people");
    CT_EQ_I64(fields, browser_post(b, target, fields), 303);
}

/* Orgs: 1 dcs, 2 dcs/intake, 3 dcs/night below it, 4 dcs/day, 5 mdt. Pat is in night. */
static void make_tree(struct browser *b)
{
    site_person(b->site, "ada@example.org", "Ada Admin", "judge", CT_ROLE_LEARNER | CT_ROLE_ADMIN);
    site_person(b->site, "pat@example.org", "Pat Ōta", "prosecutor", CT_ROLE_LEARNER);
    browser_sign_in(b, "ada%40example.org");
    does(b, "/agencies/add", "kind=agency&path=dcs&name=Alder+DCS");
    does(b, "/agencies/add", "kind=unit&path=dcs%2Fintake&name=Intake&below=");
    does(b, "/agencies/add", "kind=unit&path=dcs%2Fnight&name=Night&below=dcs%2Fintake");
    does(b, "/agencies/add", "kind=unit&path=dcs%2Fday&name=Day&below=");
    does(b, "/agencies/add", "kind=task-force&path=mdt&name=MDT");
    does(b, "/agencies/lead", "org=2&email=ada%40example.org&on=2023-11-01");
    does(b, "/people/2/place", "org=3&on=2023-11-01&ends=");
}

static void closing_shows_whom_it_hits_and_then_does_it(void **state)
{
    AUTO_BROWSER b = {.site = *state};

    make_tree(&b);
    walk_page(&b, "/agencies/2/close", "agency-change");
    CT_AUTO_JSON *page = walk_json(&b, "/agencies/2/close?on=2023-11-20&to=4");
    CT_EQ_SV("what is below it", walk_text(page, "look/with"), CT_SV("Night"));
    CT_EQ_I64("people", walk_int(page, "look/count"), 1);
    CT_EQ_SV("who", walk_text(page, "look/people/0/name"), CT_SV("Pat Ōta"));
    CT_EQ_SV("who leads", walk_text(page, "look/leads/0/email"), CT_SV("ada@example.org"));
    CT_EQ_SV("where they are then", walk_text(page, "look/to"), CT_SV("Day"));
    does(&b, "/agencies/2/close", "on=2023-11-10&to=4&note=merged&seen_people=1&seen_asked=0");
    CT_AUTO_JSON *after = walk_json(&b, "/agencies");
    size_t night = walk_find(walk_at(after, "agencies/0/units"), "path", "dcs/night");
    size_t day = walk_find(walk_at(after, "agencies/0/units"), "path", "dcs/day");
    const json_t *units = walk_at(after, "agencies/0/units");
    CT_EQ_SV("closed", walk_text(json_array_get(units, night), "closed_on/iso"),
             CT_SV("2023-11-10"));
    CT_EQ_I64("put elsewhere", walk_int(json_array_get(units, day), "people"), 1);
    walk_page(&b, "/agencies", "agencies");
}

static void what_is_closed_is_in_no_choice_and_opens_again(void **state)
{
    AUTO_BROWSER b = {.site = *state};

    make_tree(&b);
    does(&b, "/agencies/3/close", "on=2023-11-10&to=&seen_people=1&seen_asked=0");
    static const char *const pages[] = {"/people/2", "/people/invitations", "/agencies/2/close",
                                        "/reports/assignments", "/requirements/new"};
    CT_EACH (page, pages) {
        CT_EQ_I64(*page, browser_get(&b, *page), 200);
        if (strstr(b.body, ">Night</option>") || strstr(b.body, "Alder DCS: Night</option>") ||
            strstr(b.body, "name=\"org.3\""))
            fail_msg("%s offers what is closed", *page);
    }
    CT_EQ_I64("a report of it", browser_get(&b, "/reports/assignments?unit=dcs%2Fnight"), 200);
    assert_non_null(strstr(b.body, "Alder DCS: Night</option>"));
    CT_EQ_I64("a report of before", browser_get(&b, "/reports/assignments?as_of=2023-11-05"), 200);
    assert_non_null(strstr(b.body, "Alder DCS: Night</option>"));
    walk_page(&b, "/agencies/3/close", "agency-change.closed");
    does(&b, "/agencies/3/reopen", "on=");
    CT_EQ_I64("again", browser_get(&b, "/people/2"), 200);
    assert_non_null(strstr(b.body, "Alder DCS: Night</option>"));
}

/* While Ada looks at closing Night, Pat is put into Day: the page comes again, with nobody left. */
static void who_changed_between_looking_and_doing_is_shown(void **state)
{
    AUTO_BROWSER b = {.site = *state};

    make_tree(&b);
    CT_AUTO_JSON *looked = walk_json(&b, "/agencies/3/close?on=2023-11-20");
    CT_EQ_I64("one was there", walk_int(looked, "look/count"), 1);
    does(&b, "/people/2/place", "org=3&on=2023-11-12&ends=1");
    CT_EQ_I64("changed",
              browser_post(&b, "/agencies/3/close",
                           "on=2023-11-20&to=&note=merged&seen_people=1&seen_asked=0"),
              409);
    assert_non_null(strstr(b.body, "Whom it hits has changed meanwhile; look at it again."));
    assert_non_null(strstr(b.body, "name=\"seen_people\" value=\"0\""));
    assert_non_null(strstr(b.body, "value=\"merged\"")); /* what was typed stays */
    walk_tidy(&b, "shown again");
    CT_AUTO_JSON *after = walk_json(&b, "/agencies/3/close?on=2023-11-20");
    assert_true(json_is_null(walk_at(after, "closes_on"))); /* nothing was done */
    does(&b, "/agencies/3/close", "on=2023-11-20&to=&note=merged&seen_people=0&seen_asked=0");
}

static void a_closing_by_mistake_is_undone(void **state)
{
    AUTO_BROWSER b = {.site = *state};

    make_tree(&b);
    CT_EQ_I64("open", browser_get(&b, "/agencies/2/close"), 200);
    assert_null(strstr(b.body, "id=\"undo\""));
    does(&b, "/agencies/2/close", "on=2023-11-10&to=&seen_people=1&seen_asked=0");
    walk_page(&b, "/agencies/2/close", "agency-change.closed");
    CT_AUTO_JSON *page = walk_json(&b, "/agencies/2/close");
    assert_true(walk_flag(page, "has_undo"));
    CT_EQ_SV("the day", walk_text(page, "undo/day/iso"), CT_SV("2023-11-10"));
    CT_EQ_SV("with", walk_text(page, "undo/with"), CT_SV("Night"));
    CT_EQ_I64("people", walk_int(page, "undo/count"), 1);
    CT_EQ_SV("who", walk_text(page, "undo/people/0/name"), CT_SV("Pat Ōta"));
    CT_EQ_SV("who leads", walk_text(page, "undo/leads/0/name"), CT_SV("Ada Admin"));
    CT_AUTO_JSON *below = walk_json(&b, "/agencies/3/close");
    assert_false(walk_flag(below, "has_undo"));
    browser_get(&b, "/people");
    CT_EQ_I64("others than were shown",
              browser_post(&b, "/agencies/2/undo", "on=2023-11-10&seen_people=7"), 409);
    assert_non_null(strstr(b.body, "has changed meanwhile"));
    does(&b, "/agencies/2/undo", "on=2023-11-10&seen_people=1");
    CT_EQ_I64("agencies", browser_get(&b, "/agencies"), 200);
    assert_non_null(strstr(b.body, "The closing is undone, under your name."));
    CT_EQ_I64("the person", browser_get(&b, "/people/2"), 200);
    assert_non_null(strstr(b.body, "Alder DCS: Night</th>"));
}

static void moving_shows_whom_it_hits_and_then_does_it(void **state)
{
    AUTO_BROWSER b = {.site = *state};

    make_tree(&b);
    CT_EQ_I64("nothing is chosen yet", browser_get(&b, "/agencies/3/move"), 200);
    assert_null(strstr(b.body, "id=\"look\""));
    CT_AUTO_JSON *page = walk_json(&b, "/agencies/3/move?to=4");
    CT_EQ_SV("below", walk_text(page, "look/to"), CT_SV("Day"));
    CT_EQ_SV("who sees them no more", walk_text(page, "look/leads/0/name"), CT_SV("Ada Admin"));
    assert_false(walk_flag(page, "look/leads/0/begins"));
    walk_page(&b, "/agencies/3/move?to=4", "agency-change.move");
    does(&b, "/agencies/3/move", "to=4&on=");
    CT_AUTO_JSON *after = walk_json(&b, "/agencies");
    CT_EQ_SV("behind it", walk_text(after, "agencies/0/units/0/path"), CT_SV("dcs/day"));
    CT_EQ_SV("it", walk_text(after, "agencies/0/units/1/path"), CT_SV("dcs/night"));
    CT_EQ_I64("below it", walk_int(after, "agencies/0/units/1/level"), 2);
    does(&b, "/agencies/3/move", "to=0&on=");
    CT_AUTO_JSON *again = walk_json(&b, "/agencies");
    CT_EQ_I64("directly below", walk_int(again, "agencies/0/units/2/level"), 1);
}

static void what_cannot_be_is_said(void **state)
{
    static const struct {
        const char *name, *target, *fields;
        int want;
        const char *says;
    } cases[] = {
        {"nothing", "/agencies/99/close", "on=&to=&seen_people=0&seen_asked=0", 404, ""},
        {"no number", "/agencies/x/close", "on=&to=&seen_people=0&seen_asked=0", 404, ""},
        {"an agency is not moved", "/agencies/1/move", "on=&to=0", 404, ""},
        {"below itself", "/agencies/2/move", "on=&to=3", 400, "A unit cannot stand below itself"},
        {"no day", "/agencies/3/close", "on=2023-02-30&to=&seen_people=1&seen_asked=0", 400,
         "A day of the calendar is wanted, as in"},
        {"to itself", "/agencies/3/close", "on=&to=3&seen_people=1&seen_asked=0", 400,
         "This closes with it"},
        {"others than were shown", "/agencies/3/close", "on=&to=&seen_people=0&seen_asked=0", 409,
         "has changed meanwhile"},
        {"what was never closed", "/agencies/3/undo", "on=2023-11-10&seen_people=1", 400,
         "There is no closing to be undone of that day"},
        {"what is open", "/agencies/3/reopen", "on=", 400, "It is not closed on that day"},
    };
    AUTO_BROWSER b = {.site = *state};

    make_tree(&b);
    CT_EACH (c, cases) {
        browser_get(&b, "/people");
        CT_EQ_I64(c->name, browser_post(&b, c->target, c->fields), c->want);
        if (!strstr(b.body, c->says))
            fail_msg("%s: does not say %s", c->name, c->says);
    }
    CT_EQ_I64("looked at", browser_get(&b, "/agencies/2/move?to=3"), 400);
    assert_null(strstr(b.body, "id=\"look\""));
}

#define LOOK                                                                                       \
    "slug=night&ask=course%3Abasics&org.3=1&due=assigned&days=30&month=1&early=completion"         \
    "&from=2023-11-01&action=look"
#define RULE                                                                                       \
    "slug=night&ask=course%%3Abasics&org.3=1&due=assigned&days=30&month=1&early=completion"        \
    "&from=2023-11-01"

static void requirements_that_ask_its_people_are_asked_about(void **state)
{
    AUTO_BROWSER b = {.site = *state};

    make_tree(&b);
    CT_EQ_I64("look", browser_get(&b, "/requirements/new"), 200);
    CT_EQ_I64("require", browser_post(&b, "/requirements/new", LOOK), 200);
    const char *seen = strstr(b.body, "name=\"seen\" value=\"");
    char fields[512];
    assert_non_null(seen);
    snprintf(fields, sizeof fields, RULE "&action=save&seen=%.*s", (int)strcspn(seen + 19, "\""),
             seen + 19);
    CT_EQ_I64("save", browser_post(&b, "/requirements/new", fields), 303);
    CT_EQ_I64("asked", browser_get(&b, "/agencies/3/close?to=4"), 200);
    assert_non_null(strstr(b.body, "They ask the people of Day instead."));
    CT_EQ_I64("unsaid",
              browser_post(&b, "/agencies/3/close", "on=&to=4&seen_people=1&seen_asked=1"), 400);
    assert_non_null(strstr(b.body, "Requirements ask its people"));
    CT_EQ_I64("said",
              browser_post(&b, "/agencies/3/close",
                           "on=&to=4&seen_people=1&seen_asked=1&requirements=move"),
              303);
    CT_EQ_I64("the requirement", browser_get(&b, "/requirements/night"), 200);
    assert_non_null(strstr(b.body, "Day"));
}

static void a_place_that_is_no_number_is_not_taken_for_nowhere(void **state)
{
    static const char *const cases[] = {"day", "4x", "99999999999999999999", "+"};
    AUTO_BROWSER b = {.site = *state};
    char form[80], at[80];

    make_tree(&b);
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        snprintf(at, sizeof at, "/agencies/3/close?to=%s", cases[i]);
        CT_EQ_I64(cases[i], browser_get(&b, at), 400);
        snprintf(form, sizeof form, "on=&to=%s&seen_people=1&seen_asked=0", cases[i]);
        CT_EQ_I64(cases[i], browser_post(&b, "/agencies/3/close", form), 400);
        snprintf(form, sizeof form, "on=&to=%s", cases[i]);
        CT_EQ_I64(cases[i], browser_post(&b, "/agencies/3/move", form), 400);
    }
    CT_AUTO_JSON *page = walk_json(&b, "/agencies/3/close");
    CT_EQ_I64("Pat is where Pat was", walk_int(page, "look/count"), 1);
    CT_AUTO_JSON *all = walk_json(&b, "/agencies");
    const json_t *units = walk_at(all, "agencies/0/units");
    size_t night = walk_find(units, "path", "dcs/night");
    CT_EQ_I64("and so is the unit", walk_int(json_array_get(units, night), "level"), 2);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, site_open, site_close)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(closing_shows_whom_it_hits_and_then_does_it),
        TEST(what_is_closed_is_in_no_choice_and_opens_again),
        TEST(who_changed_between_looking_and_doing_is_shown),
        TEST(a_closing_by_mistake_is_undone),
        TEST(moving_shows_whom_it_hits_and_then_does_it),
        TEST(what_cannot_be_is_said),
        TEST(requirements_that_ask_its_people_are_asked_about),
        TEST(a_place_that_is_no_number_is_not_taken_for_nowhere),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
