/*
 * test_publish.c: a draft on its way to learners, the history of a file, and bringing a text back,
 * as a trainer's browser meets them.
 */
#include "walk.h"

#include "ct/base/limits.h"
#include "ct/learn/studio.h"

#include "ct/base/banned.h"

#define FILE_URL "/author/files/basics/01-seeing.md"
#define PATH     "basics/01-seeing.md"

/* The text of the file in the folder, into the arena. */
static struct ct_sv folder_text(struct site *s, struct ct_arena *a, char *ret_hash)
{
    struct ct_studio studio = {
        .store = s->store, .library = s->library, .clock = &s->clock, .dir = s->content};
    struct ct_err err = CT_ERR_INIT;
    struct ct_sv text;

    CT_OK_("file", ct_studio_file(&studio, a, CT_SV(PATH), &text, ret_hash, &err), &err);
    return text;
}

static struct ct_sv replaced(struct ct_arena *a, struct ct_sv text, const char *what,
                             const char *by)
{
    size_t at = ct_sv_search(text, ct_sv_c(what));

    assert_true(at != SIZE_MAX);
    return ct_arena_printf(a, "%.*s%s%.*s", (int)at, text.p, by, (int)(text.n - at - strlen(what)),
                           text.p + at + strlen(what));
}

/* Saves a draft in which `what` of the file is replaced. Returns its version. */
static int64_t draft(struct site *s, struct ct_arena *a, int64_t person, const char *what,
                     const char *by)
{
    char hash[CT_HASH_HEX + 1];
    struct ct_sv text = folder_text(s, a, hash);
    struct ct_draft d = {.path = CT_SV(PATH),
                         .base = ct_arena_dup(a, ct_sv_c(hash)),
                         .source = replaced(a, text, what, by),
                         .person = person};
    struct ct_draft there;
    struct ct_err err = CT_ERR_INIT;
    int64_t version;
    {
        CT_AUTO_READER rd = ct_store_reader(s->store);
        if (ct_draft_get(rd.db, a, d.path, &there, NULL) == CT_OK)
            d.version = there.version;
    }
    CT_OK_("save", ct_draft_save(s->store, &s->clock, &d, &version, &err), &err);
    return version;
}

static int64_t open_studio(struct site *s, struct browser *b)
{
    int64_t id = site_person(s, "tess@example.org", "Tess Trainer", "prosecutor",
                             CT_ROLE_LEARNER | CT_ROLE_TRAINER);

    b->site = s;
    browser_sign_in(b, "tess%40example.org");
    return id;
}

static bool shows(const struct browser *b, const char *text)
{
    return strstr(b->body, text) != NULL;
}

static void only_trainers_get_there(void **state)
{
    static const char *const targets[] = {FILE_URL "/publish", FILE_URL "/revisions",
                                          FILE_URL "/compare", FILE_URL "/questions"};
    struct site *s = *state;
    AUTO_BROWSER learner = {.site = s};

    site_person(s, "pat@example.org", "Pat", "prosecutor", CT_ROLE_LEARNER | CT_ROLE_MANAGER);
    browser_sign_in(&learner, "pat%40example.org");
    CT_EACH (t, targets) {
        CT_EQ_I64(*t, browser_get(&learner, *t), 403);
    }
    CT_EQ_I64("publishing", browser_post(&learner, FILE_URL "/publish", "version=1"), 403);
}

static void what_cannot_be_a_file_is_not_found(void **state)
{
    static const char *const targets[] = {
        "/author/files/basics/notes.txt/publish", "/author/files/-/course.md/publish",
        "/author/files/basics/.01-seeing.md/revisions",
        "/author/files/-/curriculum.md/publish", /* it has no draft */
        "/author/files/basics/09-nothing.md/questions"};
    struct site *s = *state;
    AUTO_BROWSER b = {.site = s};

    open_studio(s, &b);
    CT_EACH (t, targets) {
        CT_EQ_I64(*t, browser_get(&b, *t), 404);
    }
}

static void a_draft_shows_what_it_would_change(void **state)
{
    CT_AUTO_ARENA a = CT_ARENA_INIT;
    struct site *s = *state;
    AUTO_BROWSER b = {.site = s};
    int64_t trainer = open_studio(s, &b);

    CT_EQ_I64("no draft, no page", browser_get(&b, FILE_URL "/publish"), 404);
    draft(s, &a, trainer, "Text for all.", "Words for all of you.");
    walk_page(&b, FILE_URL "/publish", "publish");
    assert_true(shows(&b, "<del>Text</del>"));
    assert_true(shows(&b, "What you see"));
    assert_true(shows(&b, "Do people who passed have something new to read?"));
    assert_true(shows(&b, "Tess Trainer"));
    assert_false(shows(&b, "What you do"));
    assert_true(shows(&b, "Nobody has completed this module yet."));
}

static void a_draft_that_changes_nothing_is_not_offered(void **state)
{
    CT_AUTO_ARENA a = CT_ARENA_INIT;
    struct site *s = *state;
    AUTO_BROWSER b = {.site = s};

    draft(s, &a, open_studio(s, &b), "Text for all.", "Text for all.");
    walk_page(&b, FILE_URL "/publish", "publish");
    assert_true(shows(&b, "there is nothing to publish"));
    assert_true(shows(&b, "Nothing would change for learners."));
    assert_false(shows(&b, "type=\"submit\">Publish</button>"));
    assert_false(shows(&b, "A text with errors"));
}

static void an_immaterial_change_keeps_the_version(void **state)
{
    CT_AUTO_ARENA a = CT_ARENA_INIT;
    struct site *s = *state;
    AUTO_BROWSER b = {.site = s};
    int64_t trainer = open_studio(s, &b);
    int64_t version = draft(s, &a, trainer, "Text for all.", "Text for everybody.");
    char form[128], hash[CT_HASH_HEX + 1];

    CT_EQ_I64("page", browser_get(&b, FILE_URL "/publish"), 200);
    snprintf(form, sizeof form, "version=%lld", (long long)version);
    CT_EQ_I64("it has to be said", browser_post(&b, FILE_URL "/publish", form), 400);
    snprintf(form, sizeof form, "version=%lld&material=no", (long long)version);
    CT_EQ_I64("publish", browser_post(&b, FILE_URL "/publish", form), 303);
    struct ct_sv text = folder_text(s, &a, hash);
    assert_true(ct_sv_search(text, CT_SV("Text for everybody.")) != SIZE_MAX);
    assert_true(ct_sv_search(text, CT_SV("version:")) == SIZE_MAX);
    CT_EQ_I64("live", browser_get(&b, "/courses/basics/seeing/what-you-see"), 200);
    assert_true(shows(&b, "Text for everybody."));
    CT_EQ_I64("the draft is over", browser_get(&b, FILE_URL "/publish"), 404);
}

static void a_material_change_says_so_in_the_file(void **state)
{
    CT_AUTO_ARENA a = CT_ARENA_INIT;
    struct site *s = *state;
    AUTO_BROWSER b = {.site = s};
    int64_t trainer = open_studio(s, &b);
    int64_t version = draft(s, &a, trainer, "Text for all.", "Another rule.");
    char form[160], hash[CT_HASH_HEX + 1];

    snprintf(form, sizeof form, "version=%lld&material=yes", (long long)version);
    CT_EQ_I64("a note is needed", browser_post(&b, FILE_URL "/publish", form), 400);
    assert_true(shows(&b, "id=\"note-error\""));
    snprintf(form, sizeof form, "version=%lld&material=yes&note=The+rule+is+new%%3A+24+hours.",
             (long long)version);
    CT_EQ_I64("publish", browser_post(&b, FILE_URL "/publish", form), 303);
    struct ct_sv text = folder_text(s, &a, hash);
    assert_true(ct_sv_search(text, CT_SV("version: 2")) != SIZE_MAX);
    assert_true(ct_sv_search(text, CT_SV("The rule is new: 24 hours.")) != SIZE_MAX);
    walk_page(&b, FILE_URL "/revisions", "revisions");
    assert_true(shows(&b, "Tess Trainer"));
    assert_true(shows(&b, "The rule is new: 24 hours."));
    assert_true(shows(&b, "people were asked to read it"));
}

static void a_question_without_an_id_is_asked_about(void **state)
{
    CT_AUTO_ARENA a = CT_ARENA_INIT;
    struct site *s = *state;
    AUTO_BROWSER b = {.site = s};
    int64_t trainer = open_studio(s, &b);

    draft(s, &a, trainer, "### Question: Two of them\n\n`id: two` `objective: O1`",
          "### Question: Two of them\n\n`objective: O1`");
    CT_EQ_I64("page", browser_get(&b, FILE_URL "/publish"), 200);
    assert_true(shows(&b, "W71"));
    assert_true(shows(&b, "id: two"));
}

static void a_mend_that_is_an_empty_line_is_told(void **state)
{
    CT_AUTO_ARENA a = CT_ARENA_INIT;
    struct site *s = *state;
    AUTO_BROWSER b = {.site = s};
    int64_t trainer = open_studio(s, &b);

    draft(s, &a, trainer, "Text for all.", "Text for all.\n---");
    CT_EQ_I64("page", browser_get(&b, FILE_URL "/publish"), 200);
    assert_true(shows(&b, "W31"));
    assert_true(shows(&b, "put an empty line in front of this one"));
    CT_AUTO_JSON *model = walk_json(&b, FILE_URL "/publish");
    CT_EQ_I64("blank", walk_flag(model, "problems/0/is_blank"), true);
    CT_EQ_I64("not taken out", walk_flag(model, "problems/0/takes_out"), false);
    assert_true(json_is_null(walk_at(model, "problems/0/mend_text")));
}

static void errors_keep_a_draft_from_learners(void **state)
{
    CT_AUTO_ARENA a = CT_ARENA_INIT;
    struct site *s = *state;
    AUTO_BROWSER b = {.site = s};
    int64_t trainer = open_studio(s, &b);
    int64_t version = draft(s, &a, trainer, "- (x) Righteous", "- ( ) Righteous");
    char form[128];

    CT_EQ_I64("page", browser_get(&b, FILE_URL "/publish"), 200);
    assert_true(shows(&b, "E17"));
    assert_false(shows(&b, "name=\"version\""));
    snprintf(form, sizeof form, "version=%lld&material=no", (long long)version);
    CT_EQ_I64("by hand", browser_post(&b, FILE_URL "/publish", form), 400);
    CT_EQ_I64("live as before", browser_get(&b, "/courses/basics/seeing/what-you-see"), 200);
    assert_true(shows(&b, "Righteous"));
}

static void nobody_publishes_what_they_have_not_seen(void **state)
{
    CT_AUTO_ARENA a = CT_ARENA_INIT;
    struct site *s = *state;
    AUTO_BROWSER b = {.site = s};
    int64_t trainer = open_studio(s, &b);
    int64_t other =
        site_person(s, "otto@example.org", "Otto", "advocate", CT_ROLE_LEARNER | CT_ROLE_TRAINER);
    int64_t version = draft(s, &a, trainer, "Text for all.", "Mine.");
    char form[256], hash[CT_HASH_HEX + 1];

    draft(s, &a, other, "Text for all.", "Theirs.");
    snprintf(form, sizeof form, "version=%lld&material=no", (long long)version);
    CT_EQ_I64("newer draft", browser_post(&b, FILE_URL "/publish", form), 409);
    assert_true(shows(&b, "Theirs."));
    ct_temp_write(&s->temp, "content/" PATH,
                  "# Seeing the child\n\n## What you see\n\nFrom the folder.\n");
    snprintf(form, sizeof form, "version=%lld&material=no", (long long)version + 1);
    CT_EQ_I64("file changed", browser_post(&b, FILE_URL "/publish", form), 409);
    assert_true(shows(&b, "From the folder."));
    walk_page(&b, FILE_URL "/publish", "publish.conflict");
    folder_text(s, &a, hash);
    snprintf(form, sizeof form, "version=%lld&material=no&file=%s", (long long)version + 1, hash);
    CT_EQ_I64("seen", browser_post(&b, FILE_URL "/publish", form), 303);
    struct ct_sv text = folder_text(s, &a, hash);
    assert_true(ct_sv_search(text, CT_SV("Theirs.")) != SIZE_MAX);
}

static void after_a_failure_the_page_tells_what_there_is_now(void **state)
{
    CT_AUTO_ARENA a = CT_ARENA_INIT;
    struct site *s = *state;
    AUTO_BROWSER b = {.site = s};
    int64_t trainer = open_studio(s, &b);
    int64_t version = draft(s, &a, trainer, "- (x) Righteous", "- ( ) Righteous");
    char form[256], hash[CT_HASH_HEX + 1];

    ct_temp_write(&s->temp, "content/" PATH,
                  "# Seeing the child\n\n## What you see\n\nFrom the folder.\n");
    CT_EQ_I64("page", browser_get(&b, FILE_URL "/publish"), 200);
    assert_true(shows(&b, "From the folder."));
    folder_text(s, &a, hash);
    snprintf(form, sizeof form, "version=%lld&material=no&file=%s", (long long)version, hash);
    CT_EQ_I64("it has an error", browser_post(&b, FILE_URL "/publish", form), 400);
    assert_true(shows(&b, "E17"));
    assert_false(shows(&b, "From the folder.")); /* the draft is on this file now */
}

/* Half a million lines that are new, each with the mark of a difference. */
static void a_difference_that_is_too_long_is_shown_in_part(void **state)
{
    struct site *s = *state;
    AUTO_BROWSER b = {.site = s};
    int64_t person = open_studio(s, &b), version;
    CT_AUTO_ARENA a = CT_ARENA_INIT;
    size_t n = CT_SOURCE_MAX - 64;
    char *text = ct_arena_alloc(&a, n);
    struct ct_err err = CT_ERR_INIT;

    for (size_t i = 0; i < n; i++)
        text[i] = i % 2 ? '\n' : 'a';
    struct ct_draft d = {
        .path = CT_SV("basics/09-long.md"), .source = ct_sv_n(text, n), .person = person};
    CT_OK_("save", ct_draft_save(s->store, &s->clock, &d, &version, &err), &err);
    CT_EQ_I64("page", browser_get(&b, "/author/files/basics/09-long.md/publish"), 200);
    assert_true(shows(&b, "The rest is too long to be shown here."));
}

static void a_text_can_be_looked_at_compared_and_brought_back(void **state)
{
    CT_AUTO_ARENA a = CT_ARENA_INIT;
    struct site *s = *state;
    AUTO_BROWSER b = {.site = s};
    int64_t trainer = open_studio(s, &b);
    char first[CT_HASH_HEX + 1], url[256], form[128];
    struct ct_sv text = folder_text(s, &a, first);
    int64_t version = draft(s, &a, trainer, "Text for all.", "Text of today.");

    snprintf(form, sizeof form, "version=%lld&material=no", (long long)version);
    CT_EQ_I64("publish", browser_post(&b, FILE_URL "/publish", form), 303);
    snprintf(url, sizeof url, FILE_URL "/revisions/%s", first);
    walk_page(&b, url, "revision");
    assert_true(shows(&b, "Text for all."));
    assert_false(shows(&b, "Text of today."));
    walk_page(&b, FILE_URL "/compare", "compare");
    assert_true(shows(&b, "of today"));
    CT_EQ_I64("a revision of another file",
              browser_get(&b, "/author/files/basics/02-the-call.md/revisions/"
                              "0000000000000000000000000000000000000000000000000000000000000000"),
              404);
    snprintf(url, sizeof url, FILE_URL "/revisions/%s/restore", first);
    CT_EQ_I64("bring back", browser_post(&b, url, "version=0"), 303);
    {
        CT_AUTO_READER rd = ct_store_reader(s->store);
        struct ct_err err = CT_ERR_INIT;
        struct ct_draft d;
        CT_OK_("draft", ct_draft_get(rd.db, &a, CT_SV(PATH), &d, &err), &err);
        CT_EQ_SV("its text", d.source, text);
        version = d.version;
    }
    snprintf(form, sizeof form, "version=%lld&material=no", (long long)version);
    CT_EQ_I64("publish it", browser_post(&b, FILE_URL "/publish", form), 303);
    CT_EQ_I64("live", browser_get(&b, "/courses/basics/seeing/what-you-see"), 200);
    assert_true(shows(&b, "Text for all."));
}

static void questions_tell_numbers_and_no_names(void **state)
{
    struct site *s = *state;
    AUTO_BROWSER trainer = {.site = s}, b = {.site = s};
    char url[256];

    open_studio(s, &trainer);
    CT_EQ_I64("nobody yet", browser_get(&trainer, FILE_URL "/questions"), 200);
    assert_true(shows(&trainer, "Nobody has handed in this quiz yet."));
    site_person(s, "pat@example.org", "Pat Unmistakable", "prosecutor", CT_ROLE_LEARNER);
    browser_sign_in(&b, "pat%40example.org");
    CT_EQ_I64("begin", browser_post(&b, "/courses/basics/seeing/quiz", ""), 303);
    walk_location(&b, url, sizeof url);
    CT_EQ_I64("hand in", browser_post(&b, url, "action=submit&q.hours=24"), 303);
    walk_page(&trainer, FILE_URL "/questions", "questions");
    assert_true(shows(&trainer, "People who handed in this quiz: 1"));
    assert_true(shows(&trainer, "Hours"));
    assert_false(shows(&trainer, "Unmistakable"));
    CT_AUTO_JSON *model = walk_json(&trainer, FILE_URL "/questions");
    CT_EQ_I64("people", walk_int(model, "people"), 1);
    CT_EQ_I64("questions", json_array_size(walk_at(model, "questions")), 2);
    const json_t *hours = json_array_get(walk_at(model, "questions"), 0);
    CT_EQ_I64("right", walk_int(hours, "right"), 100);
    CT_EQ_I64("too few to tell a discipline apart", json_array_size(walk_at(hours, "disciplines")),
              0);
}

#define SITE_TEST(name) cmocka_unit_test_setup_teardown(name, site_open, site_close)

int main(void)
{
    const struct CMUnitTest tests[] = {
        SITE_TEST(only_trainers_get_there),
        SITE_TEST(what_cannot_be_a_file_is_not_found),
        SITE_TEST(a_draft_shows_what_it_would_change),
        SITE_TEST(a_draft_that_changes_nothing_is_not_offered),
        SITE_TEST(an_immaterial_change_keeps_the_version),
        SITE_TEST(a_material_change_says_so_in_the_file),
        SITE_TEST(a_question_without_an_id_is_asked_about),
        SITE_TEST(a_mend_that_is_an_empty_line_is_told),
        SITE_TEST(errors_keep_a_draft_from_learners),
        SITE_TEST(nobody_publishes_what_they_have_not_seen),
        SITE_TEST(after_a_failure_the_page_tells_what_there_is_now),
        SITE_TEST(a_difference_that_is_too_long_is_shown_in_part),
        SITE_TEST(a_text_can_be_looked_at_compared_and_brought_back),
        SITE_TEST(questions_tell_numbers_and_no_names),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
