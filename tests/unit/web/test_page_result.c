/*
 * test_page_result.c: how a quiz's result says what was right. The words stand beside what they are
 * about, so that a right answer is never read as the mistake.
 */
#include "walk.h"

#include "ct/base/banned.h"

#define LESSON "/courses/basics/seeing"
#define QUIZ(question)                                                                             \
    "# Seeing\n\n## First\n\na\n\n## Quiz\n\n" question "\n### Question: Other\n\n`id: o` "        \
    "`number: 5`\n\nHow many?\n"

static void what_would_be_right_is_marked_as_right(void **state)
{
    static const struct {
        const char *name, *text, *answer;
        const char *want[3];
        const char *never;
    } cases[] = {
        {"a match, answered wrongly",
         QUIZ("### Match: Who?\n\n`id: q` `shuffle: no`\n\n- Prosecutor\n  - Charges\n- "
              "Caseworker\n  - Places\n"),
         "q.q.0=0&q.q.1=0",
         {"<p class=\"outcome outcome-hit\">Right: ",
          "<p class=\"outcome outcome-slip\">Your choice, not right: ",
          "<p class=\"outcome outcome-missed\">Right would be: "},
         "Not right: "},
        {"a match, not answered",
         QUIZ("### Match: Who?\n\n`id: q`\n\n- Prosecutor\n  - Charges\n- Caseworker\n  - "
              "Places\n"),
         "q.o=5",
         {"<p class=\"outcome outcome-slip\">Not answered</p>",
          "<p class=\"outcome outcome-missed\">Right would be: Charges</p>",
          "<p class=\"outcome outcome-missed\">Right would be: Places</p>"},
         "Your choice"},
        {"gaps, whose sentence goes on behind the bracket",
         QUIZ("### Fill in: Law\n\n`id: q`\n\nUnder `18`, and call the `hotline`.\n"),
         "q.q.0=21&q.q.1=hotline",
         {"(<span class=\"outcome outcome-slip\">not right</span>; <span class=\"outcome "
          "outcome-missed\">right would be: 18</span>)</span></span>, and",
          "(<span class=\"outcome outcome-hit\">right</span>)</span></span>.", "value=\"21\""},
         "not right: "},
        {"one right option",
         QUIZ("### Question: Which?\n\n`id: q` `shuffle: no`\n\nOne.\n\n- (x) A\n- ( ) B\n"),
         "q.q=1",
         {"Your choice, not right</p>", "<p class=\"outcome outcome-missed\">The right answer</p>",
          "option is-missed"},
         "Belongs to the right answer"},
        {"several right options",
         QUIZ("### Question: Which?\n\n`id: q` `shuffle: no`\n\nAll.\n\n- [x] A\n- [x] B\n- [ ] "
              "C\n"),
         "q.q=0",
         {"Your choice, and right</p>",
          "<p class=\"outcome outcome-missed\">Belongs to the right answer</p>", "option is-hit"},
         "The right answer<"},
    };
    struct site *site = *state;
    AUTO_BROWSER b = {.site = site};
    char url[128], form[128];

    site_person(site, "pat@example.org", "Pat", "prosecutor", CT_ROLE_LEARNER);
    browser_sign_in(&b, "pat%40example.org");
    CT_EACH (c, cases) {
        walk_publish(site, "content/basics/01-seeing.md", c->text);
        CT_EQ_I64(c->name, browser_post(&b, LESSON "/quiz", ""), 303);
        walk_location(&b, url, sizeof url);
        snprintf(form, sizeof form, "action=submit&%s", c->answer);
        CT_EQ_I64(c->name, browser_post(&b, url, form), 303);
        CT_EQ_I64(c->name, browser_get(&b, url), 200);
        walk_tidy(&b, c->name);
        CT_EACH (want, c->want)
            if (!strstr(b.body, *want))
                fail_msg("%s: not \"%s\" in %s", c->name, *want, strstr(b.body, "review"));
        if (strstr(b.body, c->never))
            fail_msg("%s: \"%s\"", c->name, c->never);
    }
}

static void a_model_answer_is_one_possible_answer(void **state)
{
    AUTO_BROWSER b = {.site = *state};

    site_person(*state, "pat@example.org", "Pat", "prosecutor", CT_ROLE_LEARNER);
    browser_sign_in(&b, "pat%40example.org");
    walk_publish(*state, "content/basics/01-seeing.md",
                 "# Seeing\n\n## First\n\n### Reflect: Yours\n\n`id: r`\n\nThink.\n\n"
                 "> **Model answer:** The author's.\n");
    browser_get(&b, LESSON "/first");
    assert_null(strstr(b.body, "The author"));
    CT_EQ_I64("save", browser_post(&b, LESSON "/first/practice", "question=r&q.r=Mine"), 303);
    CT_EQ_I64("section", browser_get(&b, LESSON "/first"), 200);
    assert_non_null(strstr(b.body, "nobody but you can read this"));
    assert_non_null(strstr(b.body, "<p class=\"why-title\">One possible answer</p>"));
    assert_null(strstr(b.body, "others wrote"));
}

#define SITE(f) cmocka_unit_test_setup_teardown(f, site_open, site_close)

int main(void)
{
    const struct CMUnitTest tests[] = {
        SITE(what_would_be_right_is_marked_as_right),
        SITE(a_model_answer_is_one_possible_answer),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
