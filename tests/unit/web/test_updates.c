/*
 * test_updates.c: a module that changes after somebody completed it: what the learner's and the
 * manager's pages say until it was read.
 */
#include "walk.h"

#include "ct/base/banned.h"

#define MODULE  "/courses/basics/seeing"
#define CHANGES MODULE "/changes"
#define CASE    "/courses/basics/the-call"

#define LESSON(front, first, passage, answer)                                                      \
    "---\nminutes: 10\n" front "---\n# Seeing the child\n\n## What you see\n\n" first "\n\n"       \
    "> **For advocates:** " passage "\n\n"                                                         \
    "### Question: Practice one\n\n`id: p1`\n\nPick one.\n\n- (x) Yes\n- ( ) No\n\n"               \
    "## What you do\n\nMore text.\n\n"                                                             \
    "## Quiz\n\n### Question: Hours\n\n`id: hours` `number: " answer "`\n\nHow many hours?\n"

static void publish(struct site *s, const char *file, const char *text)
{
    struct ct_err err = CT_ERR_INIT;
    bool changed = false;

    s->now += 3600;
    ct_temp_write(&s->temp, file, text);
    CT_OK_("publish", ct_library_refresh(s->library, &changed, &err), &err);
    assert_true(changed);
}

static void publish_lesson(struct site *s, const char *text)
{
    publish(s, "content/basics/01-seeing.md", text);
}

static void complete(struct browser *b)
{
    char url[256];

    b->site->now += 60;
    CT_EQ_I64("first", browser_post(b, MODULE "/what-you-see/done", ""), 303);
    CT_EQ_I64("second", browser_post(b, MODULE "/what-you-do/done", ""), 303);
    CT_EQ_I64("quiz", browser_post(b, MODULE "/quiz", ""), 303);
    walk_location(b, url, sizeof url);
    CT_EQ_I64("answer", browser_post(b, url, "action=submit&q.hours=24"), 303);
}

/* What the five pages say of it. */
static void says(struct browser *b, const char *name, bool due)
{
    CT_AUTO_JSON *module = walk_json(b, MODULE), *course = walk_json(b, "/courses/basics");
    CT_AUTO_JSON *home = walk_json(b, "/"), *me = walk_json(b, "/me");
    struct ct_sv href = due ? CT_SV(CHANGES) : CT_SV_NULL;

    CT_EQ_SV(name, walk_text(module, "changes_href"), href);
    CT_EQ_I64(name, walk_flag(module, "is_completed"), true);
    CT_EQ_SV(name, walk_text(course, "modules/0/changes_href"), href);
    CT_EQ_I64(name, walk_flag(home, "has_updates"), due);
    CT_EQ_I64(name, walk_flag(me, "has_updates"), due);
    if (due) {
        CT_EQ_SV(name, walk_text(home, "updates/0/href"), href);
        CT_EQ_SV(name, walk_text(me, "updates/0/href"), href);
    }
}

static void begin(struct site *s, struct browser *learner, struct browser *manager)
{
    *learner = (struct browser){.site = s};
    *manager = (struct browser){.site = s};
    site_person(s, "pat@example.org", "Pat", "prosecutor", CT_ROLE_LEARNER);
    site_person(s, "max@example.org", "Max", "prosecutor", CT_ROLE_MANAGER | CT_ROLE_LEARNER);
    publish_lesson(s, LESSON("", "Text for all.", "Old words.", "24"));
    browser_sign_in(learner, "pat%40example.org");
    browser_sign_in(manager, "max%40example.org");
}

/* What the report's row of prosecutors says. */
static void reports(struct browser *manager, const char *name, int64_t due, int64_t started)
{
    CT_AUTO_JSON *report = walk_json(manager, "/reports/completion");
    const json_t *row = walk_at(report, "rows/0");
    size_t pat = walk_find(walk_at(row, "members"), "name", "Pat");
    char path[64];

    snprintf(path, sizeof path, "members/%zu/update_due", pat);
    CT_EQ_I64(name, walk_flag(row, path), due);
    CT_EQ_I64(name, walk_int(row, "completed") + walk_int(row, "in_progress"), started);
}

static void only_a_material_change_is_told_until_it_was_read(void **state)
{
    struct site *s = *state;
    AUTO_BROWSER b, manager;
    char form[128];

    begin(s, &b, &manager);
    complete(&b);
    says(&b, "at once", false);
    publish_lesson(s, LESSON("", "Text for everybody.", "Old words.", "24"));
    says(&b, "a small change", false);
    reports(&manager, "a small change", false, 1);
    publish_lesson(s, LESSON("version: 2\nchange: Call now\n", "Call now.", "Old words.", "24"));
    says(&b, "a material one", true);
    reports(&manager, "a material one", true, 1);
    walk_page(&b, CHANGES, "changes");
    walk_page(&b, MODULE, "module.completed");
    walk_page(&b, "/", "home");
    walk_page(&b, "/me", "me");
    walk_page(&b, "/courses/basics", "course");
    walk_page(&manager, "/reports/completion", "report-completion");
    {
        CT_AUTO_JSON *page = walk_json(&b, CHANGES);
        snprintf(form, sizeof form, "revision=%.*s", CT_SV_ARG(walk_text(page, "revision")));
    }
    CT_EQ_I64("read", browser_post(&b, CHANGES, form), 303);
    CT_EQ_SV("back to the module", browser_location(&b), CT_SV(MODULE));
    says(&b, "read", false);
    reports(&manager, "read", false, 1);
    walk_page(&b, CHANGES, "changes.read");
    publish_lesson(s, LESSON("version: 3\n", "Call at once.", "Old words.", "24"));
    says(&b, "a second one", true);
}

static void only_what_changed_for_the_discipline_is_shown(void **state)
{
    struct site *s = *state;
    AUTO_BROWSER b, manager;

    begin(s, &b, &manager);
    complete(&b);
    publish_lesson(s, LESSON("version: 2\nchange: Call now\n", "Call now.", "New words.", "24.5"));
    CT_AUTO_JSON *page = walk_json(&b, CHANGES);
    CT_EQ_I64("one section", json_array_size(walk_at(page, "parts")), 1);
    CT_EQ_I64("edited", walk_flag(page, "parts/0/is_edited"), true);
    CT_EQ_SV("its address", walk_text(page, "parts/0/href"), CT_SV(MODULE "/what-you-see"));
    CT_EQ_SV("as it is", walk_text(page, "parts/0/now/blocks/0/body_html"),
             CT_SV("<p>Call now.</p>\n"));
    CT_EQ_SV("as it was", walk_text(page, "parts/0/was/blocks/0/body_html"),
             CT_SV("<p>Text for all.</p>\n"));
    CT_EQ_SV("the note", walk_text(page, "notes/0/change"), CT_SV("Call now"));
    CT_EQ_I64("the quiz", walk_flag(page, "quiz_differs"), true);
    CT_EQ_I64("as a page", browser_get(&b, CHANGES), 200);
    assert_null(strstr(b.body, "24.5"));
    walk_tidy(&b, CHANGES);
}

static void where_only_others_passages_changed_the_notes_stand_alone(void **state)
{
    struct site *s = *state;
    AUTO_BROWSER b, manager;

    begin(s, &b, &manager);
    complete(&b);
    publish_lesson(s, LESSON("version: 2\nchange: For advocates\n", "Text for all.", "New.", "24"));
    CT_AUTO_JSON *page = walk_json(&b, CHANGES);
    CT_EQ_I64("due", walk_flag(page, "is_due"), true);
    CT_EQ_I64("no section", walk_flag(page, "has_parts"), false);
    CT_EQ_I64("a note", walk_flag(page, "has_notes"), true);
    CT_EQ_I64("the same quiz", walk_flag(page, "quiz_differs"), false);
    walk_page(&b, CHANGES, "changes.read");
}

static void a_text_that_changed_again_is_shown_anew(void **state)
{
    struct site *s = *state;
    AUTO_BROWSER b, manager;
    char form[128];

    begin(s, &b, &manager);
    complete(&b);
    publish_lesson(s, LESSON("version: 2\n", "Call now.", "Old words.", "24"));
    {
        CT_AUTO_JSON *page = walk_json(&b, CHANGES);
        snprintf(form, sizeof form, "revision=%.*s", CT_SV_ARG(walk_text(page, "revision")));
    }
    publish_lesson(s, LESSON("version: 3\n", "Call today.", "Old words.", "24"));
    CT_EQ_I64("late", browser_post(&b, CHANGES, form), 409);
    assert_non_null(strstr(b.body, "changed again"));
    assert_non_null(strstr(b.body, "Call today."));
    walk_tidy(&b, CHANGES);
    says(&b, "still", true);
}

static void a_case_shows_its_scenes_and_choices(void **state)
{
    struct site *s = *state;
    AUTO_BROWSER b, manager;
    char url[256], run[280];

    begin(s, &b, &manager);
    CT_EQ_I64("sit down", browser_post(&b, CASE "/play", "chair=prosecutor"), 303);
    walk_location(&b, url, sizeof url);
    snprintf(run, sizeof run, "%s/choose", url);
    CT_EQ_I64("offer food", browser_post(&b, run, "step=0&choice=0"), 303);
    publish(s, "content/basics/02-the-call.md",
            "---\nminutes: 20\nversion: 2\nchange: A blanket first\n---\n# Scenario: The call\n\n"
            "`trust = 1 (0 to 3)`\n\nMia is here.\n\n## First words\n\nWhat now?\n\n"
            "- [Offer a blanket](#ending-held) `trust +1`\n  > She stays.\n\n"
            "## Ending: Held\n\n`pass`\n\n> **For prosecutors:** Debrief one.\n");
    CT_EQ_I64("nothing is due before it is complete", browser_get(&b, CASE "/changes"), 404);
    CT_EQ_I64("the run goes on in its text", browser_post(&b, run, "step=1&choice=0"), 303);
    CT_AUTO_JSON *page = walk_json(&b, CASE "/changes");
    CT_EQ_I64("due", walk_flag(page, "is_due"), true);
    CT_EQ_SV("the scene", walk_text(walk_at(walk_at(page, "parts"), "0"), "now/title_html"),
             CT_SV("First words"));
    CT_EQ_SV("its choice", walk_text(page, "parts/0/now/choices/0/text_html"),
             CT_SV("Offer a blanket"));
    CT_EQ_SV("what follows", walk_text(page, "parts/0/now/choices/0/consequence_html"),
             CT_SV("She stays."));
    CT_EQ_SV("as it was", walk_text(page, "parts/0/was/choices/0/text_html"), CT_SV("Offer food"));
    walk_page(&b, CASE "/changes", "changes");
}

static void a_quiz_that_began_before_ends_on_its_text(void **state)
{
    struct site *s = *state;
    AUTO_BROWSER b, manager;
    char url[256];

    begin(s, &b, &manager);
    CT_EQ_I64("first", browser_post(&b, MODULE "/what-you-see/done", ""), 303);
    CT_EQ_I64("second", browser_post(&b, MODULE "/what-you-do/done", ""), 303);
    CT_EQ_I64("quiz", browser_post(&b, MODULE "/quiz", ""), 303);
    walk_location(&b, url, sizeof url);
    publish_lesson(s, LESSON("version: 2\n", "Call now.", "Old words.", "48"));
    CT_EQ_I64("answer", browser_post(&b, url, "action=submit&q.hours=24"), 303);
    CT_AUTO_JSON *result = walk_json(&b, url);
    CT_EQ_I64("right by its text", walk_int(result, "score"), 100);
    says(&b, "the new text was not seen", true);
}

static void changes_are_for_who_completed(void **state)
{
    struct site *s = *state;
    AUTO_BROWSER b, manager;

    begin(s, &b, &manager);
    publish_lesson(s, LESSON("version: 2\n", "Call now.", "Old words.", "24"));
    CT_EQ_I64("not begun", browser_get(&b, CHANGES), 404);
    CT_EQ_I64("nor said", browser_post(&b, CHANGES, "revision=x"), 404);
    complete(&b);
    says(&b, "completed on the new text", false);
    CT_EQ_I64("no revision", browser_post(&b, CHANGES, ""), 400);
    CT_EQ_I64("no such module", browser_get(&b, "/courses/basics/none/changes"), 404);
    walk_page(&b, CHANGES, "changes.read");
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, site_open, site_close)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(only_a_material_change_is_told_until_it_was_read),
        TEST(only_what_changed_for_the_discipline_is_shown),
        TEST(where_only_others_passages_changed_the_notes_stand_alone),
        TEST(a_text_that_changed_again_is_shown_anew),
        TEST(a_case_shows_its_scenes_and_choices),
        TEST(a_quiz_that_began_before_ends_on_its_text),
        TEST(changes_are_for_who_completed),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
