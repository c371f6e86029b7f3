/*
 * test_status_chart.c: the bars on the pages of completion and of assignments: a picture with a
 * name, drawn of what the table says, and none where there is nothing to draw.
 */
#include "walk.h"

#include "ct/base/banned.h"

static void a_picture_stands_beside_the_table(void **state)
{
    static const struct {
        const char *name, *target, *wanted;
    } cases[] = {
        {"disciplines", "/reports/completion", "How each discipline stands"},
        {"what it says in words", "/reports/completion", "Prosecutor: 0 of 1 completed."},
        {"who has nobody has no bar", "/reports/completion?discipline=prosecutor",
         "<desc id=\"completion-desc\">Prosecutor: 0 of 1 completed.</desc>"},
        {"a piece of those who have not begun", "/reports/completion", "<rect class=\"chart-s0\""},
    };
    AUTO_BROWSER b = {.site = *state};

    site_person(*state, "ada@example.org", "Ada", NULL, CT_ROLE_LEARNER | CT_ROLE_ADMIN);
    site_person(*state, "pat@example.org", "Pat", "prosecutor", CT_ROLE_LEARNER);
    browser_sign_in(&b, "ada%40example.org");
    CT_EACH (c, cases) {
        CT_EQ_I64(c->name, browser_get(&b, c->target), 200);
        if (!strstr(b.body, c->wanted))
            fail_msg("%s: no %s", c->name, c->wanted);
    }
}

static void nothing_is_drawn_of_nobody(void **state)
{
    AUTO_BROWSER b = {.site = *state};

    site_person(*state, "ada@example.org", "Ada", NULL, CT_ROLE_LEARNER | CT_ROLE_ADMIN);
    browser_sign_in(&b, "ada%40example.org");
    CT_EQ_I64("completion", browser_get(&b, "/reports/completion?discipline=judge"), 200);
    assert_null(strstr(b.body, "<svg class=\"chart\""));
    CT_EQ_I64("assignments", browser_get(&b, "/reports/assignments?by=unit"), 200);
    assert_null(strstr(b.body, "<svg class=\"chart\""));
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, site_open, site_close)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_picture_stands_beside_the_table),
        TEST(nothing_is_drawn_of_nobody),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
