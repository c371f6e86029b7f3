/*
 * test_page_tokens.c: a manager makes a token, sees it once, and revokes it.
 */
#include "walk.h"

#include "ct/learn/token.h"

#include "ct/base/banned.h"

#define PAGE "/me/tokens"
#define BOX  "&scope.reports%3Aread=1"

static void open_manager(struct site *s, struct browser *b, const char *email)
{
    char form[64];

    site_person(s, email, "Mo", "judge", CT_ROLE_LEARNER | CT_ROLE_MANAGER);
    snprintf(form, sizeof form, "%.*s%%40example.org", (int)strcspn(email, "@"), email);
    browser_sign_in(b, form);
}

static void a_token_is_shown_once(void **state)
{
    struct site *s = *state;
    AUTO_BROWSER b = {.site = s}, program = {.site = s};
    char header[CT_BEARER_TEXT + 16];

    open_manager(s, &b, "mo@example.org");
    walk_page(&b, PAGE, "tokens");
    CT_EQ_I64("made", browser_post(&b, PAGE, "name=Cron+%26+co&days=30" BOX), 200);
    walk_tidy(&b, "the page with a token");
    const char *made = strstr(b.body, CT_TOKEN_PREFIX);
    assert_non_null(made);
    snprintf(header, sizeof header, "Bearer %.*s", CT_BEARER_TEXT, made);
    assert_non_null(strstr(b.body, "Cron &amp; co"));
    CT_EQ_I64("again", browser_get(&b, PAGE), 200);
    assert_null(strstr(b.body, CT_TOKEN_PREFIX));
    assert_non_null(strstr(b.body, "Cron &amp; co"));
    assert_non_null(strstr(b.body, "December 14, 2023")); /* 30 days later */
    struct ct_request rq = {.method = CT_SV("GET"),
                            .target = CT_SV("/reports/completion.csv"),
                            .authorization = ct_sv_c(header)};
    CT_EQ_I64("it works", browser_send(&program, &rq), 200);
    ct_store_drain(s->store);
    browser_get(&b, PAGE);
    assert_non_null(strstr(b.body, "2023-11-14\">2023-11-14"));
    CT_EQ_I64("revoked", browser_post(&b, PAGE "/1/revoke", ""), 303);
    browser_get(&b, PAGE);
    assert_non_null(strstr(b.body, "revoked"));
    rq = (struct ct_request){.method = CT_SV("GET"),
                             .target = CT_SV("/reports/completion.csv"),
                             .authorization = ct_sv_c(header)};
    CT_EQ_I64("it is over", browser_send(&program, &rq), 401);
}

static void what_is_wrong_stands_at_its_field(void **state)
{
    static const struct {
        const char *name, *form, *says;
    } cases[] = {
        {"no name", "name=+&days=30" BOX, "id=\"name-error\">say what the token is for"},
        {"no box", "name=x&days=30", "say what the token may be used for"},
        {"no days", "name=x&days=" BOX, "id=\"days-error\""},
        {"too many", "name=x&days=367" BOX, "value=\"367\""},
        {"no number", "name=x&days=many" BOX, "value=\"many\""},
    };
    struct site *s = *state;
    AUTO_BROWSER b = {.site = s};

    open_manager(s, &b, "mo@example.org");
    CT_EACH (c, cases) {
        CT_EQ_I64(c->name, browser_post(&b, PAGE, c->form), 400);
        if (!strstr(b.body, c->says))
            fail_msg("%s: no «%s»", c->name, c->says);
        walk_tidy(&b, c->name);
    }
}

static void tokens_are_for_managers_and_their_own(void **state)
{
    struct site *s = *state;
    AUTO_BROWSER b = {.site = s}, other = {.site = s}, learner = {.site = s};

    open_manager(s, &b, "mo@example.org");
    open_manager(s, &other, "max@example.org");
    site_person(s, "lea@example.org", "Lea", "judge", CT_ROLE_LEARNER);
    browser_sign_in(&learner, "lea%40example.org");
    CT_EQ_I64("made", browser_post(&b, PAGE, "name=Cron&days=30" BOX), 200);
    CT_EQ_I64("not another's", browser_post(&other, PAGE "/1/revoke", ""), 404);
    CT_EQ_I64("no number", browser_post(&b, PAGE "/x/revoke", ""), 404);
    CT_EQ_I64("not seen", browser_get(&other, PAGE), 200);
    assert_null(strstr(other.body, "Cron"));
    CT_EQ_I64("not for learners", browser_get(&learner, PAGE), 403);
    browser_get(&learner, "/me");
    assert_null(strstr(learner.body, PAGE));
    browser_get(&b, "/me");
    assert_non_null(strstr(b.body, PAGE));
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, site_open, site_close)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_token_is_shown_once),
        TEST(what_is_wrong_stands_at_its_field),
        TEST(tokens_are_for_managers_and_their_own),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
