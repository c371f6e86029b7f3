/*
 * test_page_module.c: the way through a course: what a module's pages say before its text, where a
 * completed one leads to, what the course asks for, and what counts as a decision.
 */
#include "walk.h"

#include "ct/base/banned.h"

#define COURSE "/courses/basics"
#define LESSON COURSE "/seeing"
#define CASE   COURSE "/the-call"
#define FRONT  "---\ncontent-note: From the front matter.\n---\n# Seeing\n\n"
#define NOTE   "> **Content note:** In the text.\n\n"
#define SCENES                                                                                     \
    "## First words\n\n%sWhat now?\n\n- [Take your chair](#second)\n"                              \
    "- [Read a short account first](#outline)\n\n"                                                 \
    "## Outline\n\nAll of it.\n\n- [Take your chair](#second)\n\n"                                 \
    "## Second\n\nShe talks.\n\n- [Stay](#third) `trust +1`\n- [Go](#third)\n\n"                   \
    "## Third\n\nShe sleeps.\n\n- [Stay](#ending-held) `trust +1`\n- [Go](#ending-held)\n\n"       \
    "## Ending: Held\n\n`pass`\n"

static void learn(struct browser *b)
{
    site_person(b->site, "pat@example.org", "Pat", "prosecutor", CT_ROLE_LEARNER);
    browser_sign_in(b, "pat%40example.org");
}

static size_t notes_on(struct browser *b, const char *path)
{
    size_t n = 0;

    CT_EQ_I64(path, browser_get(b, path), 200);
    for (const char *at = b->body; (at = strstr(at, "class=\"note-title\">Content note<")); at++)
        n++;
    return n;
}

static void a_page_gives_one_content_note(void **state)
{
    static const struct {
        const char *name, *text;
        bool on_first, on_second; /* whether the page says what the front matter says */
        size_t notes;             /* on the first section */
    } cases[] = {
        {"the text has none", FRONT "## First\n\na\n\n## Second\n\nb\n", true, false, 1},
        {"the first section has one", FRONT "## First\n\n" NOTE "## Second\n\nb\n", false, false,
         1},
        {"a later one has", FRONT "## First\n\na\n\n## Second\n\n" NOTE, true, false, 1},
        {"another kind of note", FRONT "## First\n\n> **Note:** a\n\n## Second\n\nb\n", true, false,
         1},
        {"neither has one", "# Seeing\n\n## First\n\na\n\n## Second\n\nb\n", false, false, 0},
    };
    AUTO_BROWSER b = {.site = *state};

    learn(&b);
    CT_EACH (c, cases) {
        walk_publish(*state, "content/basics/01-seeing.md", c->text);
        CT_EQ_I64(c->name, notes_on(&b, LESSON "/first"), c->notes);
        CT_EQ_I64(c->name, strstr(b.body, "From the front matter.") != NULL, c->on_first);
        notes_on(&b, LESSON "/second");
        CT_EQ_I64(c->name, strstr(b.body, "From the front matter.") != NULL, c->on_second);
        notes_on(&b, LESSON);
        CT_EQ_I64(c->name, strstr(b.body, "From the front matter.") != NULL, c->text[0] == '-');
    }
    walk_publish(*state, "content/basics/01-seeing.md", FRONT NOTE "## First\n\na\n");
    CT_EQ_I64("a note before the first section", notes_on(&b, LESSON), 1);
}

static void publish_case(struct site *site, const char *note)
{
    char text[1024];

    snprintf(text, sizeof text,
             "---\ncontent-note: From the front matter.\n---\n# Scenario: The call\n\n"
             "`trust = 1 (0 to 3)`\n\nMia is here.\n\n" SCENES,
             note);
    walk_publish(site, "content/basics/02-the-call.md", text);
}

static void a_case_gives_one_content_note(void **state)
{
    AUTO_BROWSER b = {.site = *state};

    learn(&b);
    publish_case(*state, "");
    CT_EQ_I64("said before the chairs", notes_on(&b, CASE "/play"), 1);
    publish_case(*state, NOTE);
    CT_EQ_I64("left to the first scene", notes_on(&b, CASE "/play"), 0);
    CT_EQ_I64("and said at the door", notes_on(&b, CASE), 1);
}

static void only_decisions_are_counted(void **state)
{
    static const struct {
        const char *choice, *want;
    } steps[] = {
        {"step=0&choice=1", "Decisions so far: 0"},
        {"step=1&choice=0", "Decisions so far: 0"},
        {"step=2&choice=0", "Decisions so far: 1"},
    };
    AUTO_BROWSER b = {.site = *state};
    char url[128], choose[160];

    learn(&b);
    publish_case(*state, "");
    CT_EQ_I64("sit down", browser_post(&b, CASE "/play", "chair=prosecutor"), 303);
    walk_location(&b, url, sizeof url);
    snprintf(choose, sizeof choose, "%s/choose", url);
    CT_EACH (c, steps) {
        CT_EQ_I64(c->choice, browser_post(&b, choose, c->choice), 303);
        CT_EQ_I64(c->choice, browser_get(&b, url), 200);
        if (!strstr(b.body, c->want))
            fail_msg("after %s: not \"%s\"", c->choice, c->want);
    }
}

static void a_completed_module_leads_to_one_that_is_not(void **state)
{
    AUTO_BROWSER b = {.site = *state};

    walk_publish(*state, "content/basics/01-seeing.md", "# Seeing\n\n## First\n\na\n");
    walk_publish(*state, "content/basics/02-the-call.md", "# Hearing\n\n## First\n\na\n");
    walk_publish(*state, "content/basics/03-more.md", "# More\n\n## First\n\na\n");
    learn(&b);
    browser_get(&b, LESSON);
    assert_null(strstr(b.body, "Next: "));
    browser_post(&b, COURSE "/the-call/first/done", "");
    browser_post(&b, LESSON "/first/done", "");
    browser_get(&b, LESSON);
    assert_non_null(strstr(b.body, "Next: <a href=\"" COURSE "/more\">3. More</a>"));
    browser_post(&b, COURSE "/more/first/done", "");
    browser_get(&b, LESSON);
    assert_non_null(strstr(b.body, "Completed on"));
    assert_null(strstr(b.body, "Next: "));
}

static void what_lies_before_is_next_when_nothing_is_behind(void **state)
{
    AUTO_BROWSER b = {.site = *state};

    walk_publish(*state, "content/basics/02-the-call.md", "# Hearing\n\n## First\n\na\n");
    learn(&b);
    browser_post(&b, COURSE "/the-call/first/done", "");
    browser_get(&b, COURSE "/the-call");
    assert_non_null(strstr(b.body, "Next: <a href=\"" LESSON "\">1. Seeing the child</a>"));
}

static void a_pass_mark_is_said_where_there_is_a_quiz(void **state)
{
    AUTO_BROWSER b = {.site = *state};

    learn(&b);
    CT_EQ_I64("course", browser_get(&b, COURSE), 200);
    assert_non_null(strstr(b.body, "Quizzes are passed with 80 %."));
    walk_publish(*state, "content/basics/01-seeing.md", "# Seeing\n\n## First\n\na\n");
    CT_EQ_I64("course", browser_get(&b, COURSE), 200);
    assert_null(strstr(b.body, "Quizzes are passed"));
    walk_tidy(&b, "a course without a quiz");
}

#define SITE(f) cmocka_unit_test_setup_teardown(f, site_open, site_close)

int main(void)
{
    const struct CMUnitTest tests[] = {
        SITE(a_page_gives_one_content_note),
        SITE(a_case_gives_one_content_note),
        SITE(only_decisions_are_counted),
        SITE(a_completed_module_leads_to_one_that_is_not),
        SITE(what_lies_before_is_next_when_nothing_is_behind),
        SITE(a_pass_mark_is_said_where_there_is_a_quiz),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
