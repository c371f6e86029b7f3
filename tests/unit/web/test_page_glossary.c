/*
 * test_page_glossary.c: the words of the glossary: all of them on a page, and those that a page
 * links to at its foot.
 */
#include "walk.h"

#include "ct/learn/draft.h"
#include "ct/learn/studio.h"

#include "ct/base/banned.h"

#define SECTION  "/courses/basics/words/a-page"
#define FILE_URL "/author/files/-/glossary.md"

static void put(struct site *s, const char *path, const char *text)
{
    struct ct_err err = CT_ERR_INIT;
    bool changed;

    ct_temp_write(&s->temp, path, text);
    CT_OK_("refresh", ct_library_refresh(s->library, &changed, &err), &err);
}

static void open_learner(struct site *s, struct browser *b, unsigned more)
{
    site_person(s, "pat@example.org", "Pat", "prosecutor", CT_ROLE_LEARNER | more);
    browser_sign_in(b, "pat%40example.org");
}

static bool shows(const struct browser *b, const char *text)
{
    return strstr(b->body, text) != NULL;
}

static void everybody_reads_all_words(void **state)
{
    struct site *s = *state;
    AUTO_BROWSER b = {.site = s};
    CT_AUTO_JSON *model = NULL;

    walk_page(&b, "/glossary", "glossary");
    assert_true(shows(&b, "<h1 lang=\"en\">Words of the county</h1>"));
    assert_true(shows(&b, "id=\"term-gauge\""));
    assert_false(shows(&b, "class=\"letters\""));
    model = walk_json(&b, "/glossary");
    CT_EQ_SV("letter", walk_text(model, "letters/0/letter"), CT_SV("G"));
    CT_EQ_SV("word", walk_text(model, "letters/0/words/0/name"), CT_SV("Gauge"));
    CT_EQ_SV("also", walk_text(model, "letters/0/words/0/also/0/name"), CT_SV("meter"));
    CT_EQ_SV("source", walk_text(model, "letters/0/words/0/source_html"),
             CT_SV("A <em>dictionary</em>."));
    browser_get(&b, "/");
    assert_true(shows(&b, "<a href=\"/glossary\">Glossary</a>"));
}

static void many_words_have_a_row_of_letters(void **state)
{
    enum { MANY = 21 };
    CT_AUTO_STR source = CT_STR_INIT(64 * 1024);
    struct site *s = *state;
    AUTO_BROWSER b = {.site = s};
    CT_AUTO_JSON *model = NULL;

    for (int i = 0; i < MANY; i++)
        ct_str_addf(&source, "## Term: %c%d\n\nText.\n\n> **Source:** a\n\n", 'A' + i % 3, i);
    ct_str_add_c(&source, "## Term: 64A\n\nText.\n\n> **Source:** a\n\n"
                          "## Term: Ñu\n\nText.\n\n> **Source:** a\n");
    put(s, "content/glossary.md", source.p);
    model = walk_json(&b, "/glossary");
    assert_true(walk_flag(model, "has_jumps"));
    CT_EQ_I64("letters", json_array_size(walk_at(model, "letters")), 5);
    CT_EQ_SV("digits", walk_text(model, "letters/0/letter"), CT_SV("0-9"));
    CT_EQ_SV("without accents", walk_text(model, "letters/4/letter"), CT_SV("N"));
    CT_EQ_I64("page", browser_get(&b, "/glossary"), 200);
    walk_tidy(&b, "/glossary");
    assert_true(shows(&b, "<a href=\"#letter-1\">0-9</a>"));
}

static void without_a_glossary_there_is_no_page(void **state)
{
    struct ct_err err = CT_ERR_INIT;
    struct site *s = *state;
    AUTO_BROWSER b = {.site = s};
    bool changed;

    remove(ct_temp_path(&s->temp, "content/glossary.md"));
    CT_OK_("refresh", ct_library_refresh(s->library, &changed, &err), &err);
    CT_EQ_I64("page", browser_get(&b, "/glossary"), 404);
    browser_get(&b, "/");
    assert_false(shows(&b, "href=\"/glossary\""));
}

static void a_page_ends_with_the_definitions_of_its_words(void **state)
{
    struct site *s = *state;
    AUTO_BROWSER b = {.site = s};
    CT_AUTO_JSON *model = NULL, *none = NULL;

    put(s, "content/basics/03-words.md",
        "# Words\n\nThe meter.\n\n## A page\n\n> **For advocates:** The gauge for others.\n\n"
        "Look at the gauge, and at the gauge.\n\n## Another page\n\nNothing.\n");
    open_learner(s, &b, 0);
    CT_EQ_I64("page", browser_get(&b, SECTION), 200);
    walk_tidy(&b, SECTION);
    assert_true(shows(&b, "<a class=\"term\" id=\"use-2\" href=\"#term-gauge\">gauge</a> for"));
    assert_true(shows(&b, "<div class=\"term-definition\" id=\"term-gauge\">"));
    assert_true(shows(&b, "/static/terms.js"));
    model = walk_json(&b, SECTION);
    CT_EQ_I64("one word", json_array_size(walk_at(model, "definitions")), 1);
    CT_EQ_SV("back to where the reader sees it, not into a closed passage",
             walk_text(model, "definitions/0/back_href"), CT_SV("#use-3"));
    CT_EQ_I64("seen by the reader", walk_flag(model, "definitions/0/is_closed"), false);
    CT_EQ_SV("and to all words", walk_text(model, "definitions/0/href"),
             CT_SV("/glossary#term-gauge"));
    browser_get(&b, "/courses/basics/words");
    assert_true(shows(&b, "id=\"use-1\" href=\"#term-gauge\">meter</a>"));
    assert_true(shows(&b, "href=\"#use-1\""));
    none = walk_json(&b, "/courses/basics/words/another-page");
    assert_false(walk_flag(none, "has_definitions"));
    browser_get(&b, "/courses/basics/words/another-page");
    assert_false(shows(&b, "Words on this page"));
    assert_false(shows(&b, "terms.js"));
}

static void words_of_closed_passages_wait_until_one_is_opened(void **state)
{
    struct site *s = *state;
    AUTO_BROWSER b = {.site = s};
    CT_AUTO_JSON *model = NULL;

    put(s, "content/basics/03-words.md",
        "# Words\n\n## A page\n\n> **For advocates:** The gauge for others.\n\nNothing else.\n");
    open_learner(s, &b, 0);
    CT_EQ_I64("page", browser_get(&b, SECTION), 200);
    walk_tidy(&b, SECTION);
    assert_true(shows(&b, "<div class=\"term-definition term-closed\" id=\"term-gauge\">"));
    model = walk_json(&b, SECTION);
    CT_EQ_I64("known, and closed", walk_flag(model, "definitions/0/is_closed"), true);
}

static void a_scene_tells_only_of_words_that_it_shows(void **state)
{
    struct site *s = *state;
    AUTO_BROWSER b = {.site = s};
    CT_AUTO_JSON *model = NULL;

    put(s, "content/basics/03-words.md",
        "# Scenario: Words\n\n`told = no`\n\n## One\n\n> `if told = yes` The gauge.\n\nText.\n\n"
        "- [Go](#ending-two) `told = yes`\n\n## Ending: Two\n\n`pass`\n\nThe gauge.\n");
    open_learner(s, &b, 0);
    browser_get(&b, "/courses/basics/words/play");
    CT_EQ_I64("play", browser_post(&b, "/courses/basics/words/play", "chair=prosecutor"), 303);
    CT_AUTO_ARENA a = CT_ARENA_INIT;
    const char *run = ct_arena_cstr(&a, b.rs->location);
    model = walk_json(&b, run);
    assert_false(walk_flag(model, "has_definitions"));
    browser_get(&b, run);
    CT_EQ_I64("choose",
              browser_post(&b, ct_arena_printf(&a, "%s/choose", run).p, "step=0&choice=0"), 303);
    CT_EQ_I64("ending", browser_get(&b, run), 200);
    assert_true(shows(&b, "<div class=\"term-definition\" id=\"term-gauge\">"));
}

static void trainers_write_it_like_the_other_files(void **state)
{
    CT_AUTO_ARENA a = CT_ARENA_INIT;
    struct site *s = *state;
    AUTO_BROWSER b = {.site = s};
    CT_AUTO_JSON *shelf = NULL, *editor = NULL, *live = NULL;
    struct ct_err err = CT_ERR_INIT;
    int64_t version;

    open_learner(s, &b, CT_ROLE_TRAINER);
    shelf = walk_json(&b, "/author");
    assert_true(walk_flag(shelf, "glossary/is_live"));
    CT_EQ_SV("its page", walk_text(shelf, "glossary/live_href"), CT_SV("/glossary"));
    editor = walk_json(&b, FILE_URL);
    struct ct_draft d = {.path = CT_SV("glossary.md"),
                         .base = walk_text(editor, "base"),
                         .source = CT_SV("## Term: Dial\n\nText.\n\n> **Source:** a\n"),
                         .person = 1};
    CT_OK_("save", ct_draft_save(s->store, &s->clock, &d, &version, &err), &err);
    CT_EQ_I64("what would change", browser_get(&b, FILE_URL "/publish"), 200);
    CT_EQ_I64("publish",
              browser_post(&b, FILE_URL "/publish",
                           ct_arena_printf(&a, "version=%d&material=no&note=", (int)version).p),
              303);
    live = walk_json(&b, "/glossary");
    CT_EQ_SV("live", walk_text(live, "letters/0/words/0/name"), CT_SV("Dial"));
    CT_EQ_I64("its history", browser_get(&b, FILE_URL "/revisions"), 200);
}

#define ON_SITE(test) cmocka_unit_test_setup_teardown(test, site_open, site_close)

int main(void)
{
    const struct CMUnitTest tests[] = {
        ON_SITE(everybody_reads_all_words),
        ON_SITE(many_words_have_a_row_of_letters),
        ON_SITE(without_a_glossary_there_is_no_page),
        ON_SITE(a_page_ends_with_the_definitions_of_its_words),
        ON_SITE(words_of_closed_passages_wait_until_one_is_opened),
        ON_SITE(a_scene_tells_only_of_words_that_it_shows),
        ON_SITE(trainers_write_it_like_the_other_files),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
