/*
 * test_changes.c: the curriculum changes under people who are at work in it.
 */
#include "walk.h"

#include "ct/base/banned.h"

#define LESSON "/courses/basics/seeing"

static void publish(struct site *s)
{
    struct ct_err err = CT_ERR_INIT;
    bool changed = false;

    CT_OK_("publish", ct_library_refresh(s->library, &changed, &err), &err);
    assert_true(changed);
}

static void take_out(struct site *s, const char *file)
{
    CT_EQ_I64(file, unlink(ct_temp_path(&s->temp, file)), 0);
    publish(s);
}

static void a_try_outlives_its_module(void **state)
{
    struct site *s = *state;
    AUTO_BROWSER b = {.site = s}, other = {.site = s};
    char url[256];

    site_person(s, "pat@example.org", "Pat", "prosecutor", CT_ROLE_LEARNER);
    site_person(s, "ben@example.org", "Ben", "caseworker", CT_ROLE_LEARNER);
    browser_sign_in(&b, "pat%40example.org");
    browser_sign_in(&other, "ben%40example.org");
    CT_EQ_I64("begin", browser_post(&b, LESSON "/quiz", ""), 303);
    walk_location(&b, url, sizeof url);
    take_out(s, "content/basics/01-seeing.md");
    CT_EQ_I64("the module is gone", browser_get(&b, LESSON), 404);
    CT_EQ_I64("its quiz too", browser_get(&b, LESSON "/quiz"), 404);
    CT_EQ_I64("nobody else's", browser_get(&other, url), 404);
    CT_EQ_I64("the try is not", browser_get(&b, url), 200);
    CT_EQ_I64("save", browser_post(&b, url, "action=save&q.hours=24"), 303);
    CT_EQ_I64("hand in", browser_post(&b, url, "action=submit"), 303);
    CT_AUTO_JSON *result = walk_json(&b, url);
    CT_EQ_I64("score", walk_int(result, "score"), 50);
    assert_true(json_is_null(walk_at(result, "again_href")));
    CT_EQ_I64("as a page", browser_get(&b, url), 200);
    walk_tidy(&b, url);
}

static void a_quiz_that_was_taken_out_is_not_offered_again(void **state)
{
    struct site *s = *state;
    AUTO_BROWSER b = {.site = s};
    char url[256];

    site_person(s, "pat@example.org", "Pat", "prosecutor", CT_ROLE_LEARNER);
    browser_sign_in(&b, "pat%40example.org");
    CT_EQ_I64("begin", browser_post(&b, LESSON "/quiz", ""), 303);
    walk_location(&b, url, sizeof url);
    ct_temp_write(&s->temp, "content/basics/01-seeing.md",
                  "# Seeing the child\n\n## What you see\n\nText for all.\n");
    publish(s);
    CT_EQ_I64("hand in", browser_post(&b, url, "action=submit"), 303);
    CT_AUTO_JSON *result = walk_json(&b, url);
    assert_false(walk_flag(result, "is_passed"));
    assert_true(json_is_null(walk_at(result, "again_href")));
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, site_open, site_close)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_try_outlives_its_module),
        TEST(a_quiz_that_was_taken_out_is_not_offered_again),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
