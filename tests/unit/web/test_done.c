/*
 * test_done.c: what was just done is said once, at the top of the page that follows, in sentences
 * that no address and no stranger chooses.
 */
#include "walk.h"

#include "ct/base/banned.h"

#define SAVED "The view is saved, and stands under your views."

static int manager(void **state)
{
    if (site_open(state) < 0)
        return -1;
    site_person(*state, "mo@example.org", "Mo", "judge", CT_ROLE_LEARNER | CT_ROLE_MANAGER);
    return 0;
}

static void save_view(struct browser *b)
{
    browser_get(b, "/reports");
    CT_EQ_I64("saved", browser_post(b, "/reports/views", "name=Mine&href=%2Freports%2Fcompletion"),
              303);
}

static void it_is_said_once_on_the_page_that_follows(void **state)
{
    AUTO_BROWSER b = {.site = *state};

    browser_sign_in(&b, "mo%40example.org");
    save_view(&b);
    CT_EQ_SV("the address says nothing of it", browser_location(&b), CT_SV("/reports"));
    browser_get(&b, "/reports");
    assert_non_null(strstr(b.body, "role=\"status\" tabindex=\"-1\">" SAVED));
    walk_tidy(&b, "/reports");
    browser_get(&b, "/reports");
    assert_null(strstr(b.body, SAVED));
}

static void a_page_that_fails_in_between_does_not_use_it_up(void **state)
{
    AUTO_BROWSER b = {.site = *state};

    browser_sign_in(&b, "mo%40example.org");
    save_view(&b);
    CT_EQ_I64("nothing there", browser_get(&b, "/nothing/there"), 404);
    assert_null(strstr(b.body, SAVED));
    browser_get(&b, "/reports");
    assert_non_null(strstr(b.body, SAVED));
}

static void what_is_no_word_of_ours_says_nothing(void **state)
{
    static const char *const words[] = {"hello", "", "view-", "<b>", "views", "0"};
    AUTO_BROWSER b = {.site = *state};

    browser_sign_in(&b, "mo%40example.org");
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
        snprintf(b.done, sizeof b.done, "%s", words[i]);
        CT_EQ_I64(words[i], browser_get(&b, "/reports"), 200);
        assert_null(strstr(b.body, "just-done"));
        CT_EQ_STR("and is taken away", b.done, "");
    }
}

static void a_program_is_left_no_word(void **state)
{
    AUTO_BROWSER b = {.site = *state};

    browser_sign_in(&b, "mo%40example.org");
    browser_get(&b, "/reports");
    b.accept = "application/json";
    CT_EQ_I64("saved", browser_post(&b, "/reports/views", "name=Mine&href=%2Freports%2Fcompletion"),
              200);
    CT_EQ_STR("no cookie", b.done, "");
}

int main(void)
{
#define TEST(test) cmocka_unit_test_setup_teardown(test, manager, site_close)
    const struct CMUnitTest tests[] = {
        TEST(it_is_said_once_on_the_page_that_follows),
        TEST(a_page_that_fails_in_between_does_not_use_it_up),
        TEST(what_is_no_word_of_ours_says_nothing),
        TEST(a_program_is_left_no_word),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
