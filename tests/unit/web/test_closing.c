/*
 * test_closing.c: what a module ends with: its sources, and a line of self-care that is said once;
 * and that a module of which only the quiz is left says so.
 */
#include "walk.h"

#include "ct/base/banned.h"

#define LESSON "/courses/basics/seeing"
#define FRONT  "---\nminutes: 10\nsources: [One, \"Two: three\"]\n---\n# Seeing\n\n## First\n\na\n\n"
#define QUIZ   "## Quiz\n\n### Question: Q\n\n`id: q1`\n\nWhich?\n\n- (x) A\n- ( ) B\n"

static void the_last_section_closes_a_lesson(void **state)
{
    static const struct {
        const char *name, *text;
        bool is_caring;
    } cases[] = {
        {"a lesson with a quiz, whose result cares", FRONT "## Last\n\nb\n\n" QUIZ, false},
        {"one without", FRONT "## Last\n\nc\n", true},
        {"one that cares itself", FRONT "## Last\n\nPause. Breathe. Talk.\n", false},
        {"one that names the same line", FRONT "## Last\n\nStop a while; 988\nis there.\n", false},
        {"one with a number like it", FRONT "## Last\n\nPage 1988, and 988-1.\n", true},
        {"one that cares for some", FRONT "## Last\n\na\n\n> **For judges:** Pause. Breathe.\n",
         true},
        {"even in a note", FRONT "## Last\n\n> **Note:** Pause. Breathe. Talk.\n", false},
        {"one that cares too early", FRONT "Pause. Breathe.\n\n## Last\n\nd\n", true},
    };
    struct site *site = *state;
    AUTO_BROWSER b = {.site = site};

    site_person(site, "pat@example.org", "Pat", "prosecutor", CT_ROLE_LEARNER);
    browser_sign_in(&b, "pat%40example.org");
    CT_EACH (c, cases) {
        walk_publish(site, "content/basics/01-seeing.md", c->text);
        CT_AUTO_JSON *first = walk_json(&b, LESSON "/first");
        assert_true(json_is_null(walk_at(first, "closing")));
        CT_AUTO_JSON *last = walk_json(&b, LESSON "/last");
        CT_EQ_I64(c->name, json_array_size(walk_at(last, "closing/sources")), 2);
        CT_EQ_SV(c->name, walk_text(last, "closing/sources/1"), CT_SV("Two: three"));
        CT_EQ_I64(c->name, walk_flag(last, "closing/is_caring"), c->is_caring);
        CT_EQ_I64(c->name, browser_get(&b, LESSON "/last"), 200);
        walk_tidy(&b, c->name);
        assert_non_null(strstr(b.body, "<li>Two: three</li>"));
        CT_EQ_I64(c->name, strstr(b.body, "class=\"self-care\"") != NULL, c->is_caring);
    }
}

static void many_sources_are_counted(void **state)
{
    struct site *site = *state;
    AUTO_BROWSER b = {.site = site};

    site_person(site, "pat@example.org", "Pat", "prosecutor", CT_ROLE_LEARNER);
    browser_sign_in(&b, "pat%40example.org");
    walk_publish(site, "content/basics/01-seeing.md",
                 "---\nsources: [a, b, c, d, e, f]\n---\n# Seeing\n\n## Last\n\nText.\n");
    CT_EQ_I64("page", browser_get(&b, LESSON "/last"), 200);
    walk_tidy(&b, "many sources");
    assert_non_null(strstr(b.body, "All 6 of this module"));
    assert_non_null(strstr(b.body, "<details open data-fold-on-phone>"));
    walk_publish(site, "content/basics/01-seeing.md", "# Seeing\n\n## Last\n\nText.\n");
    CT_EQ_I64("page", browser_get(&b, LESSON "/last"), 200);
    assert_null(strstr(b.body, "Sources"));
}

static void an_ending_and_a_result_care(void **state)
{
    struct site *site = *state;
    AUTO_BROWSER b = {.site = site};
    char url[128];

    site_person(site, "pat@example.org", "Pat", "prosecutor", CT_ROLE_LEARNER);
    browser_sign_in(&b, "pat%40example.org");
    CT_EQ_I64("play", browser_post(&b, "/courses/basics/the-call/play", "chair=prosecutor"), 303);
    walk_location(&b, url, sizeof url);
    CT_AUTO_JSON *scene = walk_json(&b, url);
    assert_null(json_object_get(scene, "closing"));
    char choose[160];
    snprintf(choose, sizeof choose, "%s/choose", url);
    CT_EQ_I64("choose", browser_post(&b, choose, "step=0&choice=1"), 303);
    CT_EQ_I64("ending", browser_get(&b, url), 200);
    assert_non_null(strstr(b.body, "class=\"self-care\""));
    CT_EQ_I64("begin", browser_post(&b, LESSON "/quiz", ""), 303);
    walk_location(&b, url, sizeof url);
    CT_EQ_I64("open", browser_get(&b, url), 200);
    assert_null(strstr(b.body, "class=\"self-care\""));
    CT_EQ_I64("hand in", browser_post(&b, url, "action=submit"), 303);
    CT_EQ_I64("result", browser_get(&b, url), 200);
    assert_non_null(strstr(b.body, "class=\"self-care\""));
}

static void only_the_quiz_is_left(void **state)
{
    AUTO_BROWSER b = {.site = *state};

    site_person(*state, "pat@example.org", "Pat", "prosecutor", CT_ROLE_LEARNER);
    browser_sign_in(&b, "pat%40example.org");
    browser_get(&b, LESSON);
    assert_non_null(strstr(b.body, ">Start the lesson</a>"));
    browser_post(&b, LESSON "/what-you-see/done", "");
    browser_get(&b, LESSON);
    assert_non_null(strstr(b.body, ">Continue the lesson</a>"));
    browser_post(&b, LESSON "/what-you-do/done", "");
    browser_get(&b, LESSON);
    assert_non_null(strstr(b.body, "href=\"" LESSON "/quiz\">Take the quiz</a>"));
    browser_post(&b, LESSON "/quiz", "");
    browser_get(&b, LESSON);
    assert_non_null(strstr(b.body, ">Continue the quiz</a>"));
}

#define SITE(f) cmocka_unit_test_setup_teardown(f, site_open, site_close)

int main(void)
{
    const struct CMUnitTest tests[] = {
        SITE(the_last_section_closes_a_lesson),
        SITE(many_sources_are_counted),
        SITE(an_ending_and_a_result_care),
        SITE(only_the_quiz_is_left),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
