/*
 * test_bearer.c: what a token opens, and what it does not: the table says, the dispatcher keeps.
 */
#include "walk.h"

#include "ct/learn/token.h"

#include "ct/base/banned.h"

#define CSV "/reports/completion.csv"

static int64_t manager(struct site *s)
{
    return site_person(s, "mo@example.org", "Mo", "judge", CT_ROLE_LEARNER | CT_ROLE_MANAGER);
}

/* "Bearer ctr_..." of a new token of the person. */
static void make(struct site *s, int64_t person, char *bearer, size_t size)
{
    struct ct_err err = CT_ERR_INIT;
    char text[CT_BEARER_TEXT + 1];
    struct ct_token_wish w = {person, CT_SV("Cron"), CT_TOKEN_REPORTS_READ, 90, person};

    CT_OK_("token", ct_token_make(s->store, &s->clock, &w, text, &err), &err);
    snprintf(bearer, size, "Bearer %s", text);
}

/* A request with an Authorization header, beside whatever cookies the browser has. */
static int ask(struct browser *b, const char *method, const char *target, const char *header)
{
    struct ct_request rq = {.method = ct_sv_c(method),
                            .target = ct_sv_c(target),
                            .remote = CT_SV("192.0.2.7"),
                            .authorization = ct_sv_c(header)};

    ct_store_drain(b->site->store);
    return browser_send(b, &rq);
}

static bool head_has(struct browser *b, const char *text)
{
    CT_AUTO_STR head = CT_STR_INIT(8192);
    struct ct_request rq = {.method = CT_SV("GET"), .target = CT_SV(CSV)};

    ct_response_head(b->site->app, &rq, b->rs, 1, true, &head);
    return strstr(head.p, text) != NULL;
}

static void a_token_opens_what_its_scope_is_for(void **state)
{
    static const struct {
        const char *name, *target;
        int want;
    } cases[] = {
        {"CSV", CSV, 200},
        {"JSON", "/reports/completion.json?by=person", 200},
        {"a workbook", "/reports/completion.xlsx", 200},
        {"with the filters of the page", CSV "?course=basics", 200},
        {"a filter that is none", CSV "?course=none", 400},
        {"assignments", "/reports/assignments.csv?current=no", 200},
        {"counted together", "/reports/assignments.json?by=agency&then=discipline", 200},
        {"as a workbook", "/reports/assignments.xlsx?status=overdue&status=expired", 200},
        {"their due days", "/reports/assignments.ics", 200},
        {"a filter that is wrong", "/reports/assignments.json?status=late", 400},
        {"their page is for people", "/reports/assignments", 403},
        {"saved views are", "/reports", 403},
        {"one's own due days are", "/me/due.ics", 403},
        {"the page is for people", "/reports/completion", 403},
        {"the front page is open to all", "/", 200},
        {"a person's record is not", "/me", 403},
        {"a course is not", "/courses/basics", 403},
        {"the tokens themselves are not", "/me/tokens", 403},
        {"nor is writing", "/author", 403},
        {"nothing is there", "/reports/none", 404},
    };
    struct site *s = *state;
    AUTO_BROWSER b = {.site = s};
    char bearer[CT_BEARER_TEXT + 16];

    make(s, manager(s), bearer, sizeof bearer);
    CT_EACH (c, cases) {
        CT_EQ_I64(c->name, ask(&b, "GET", c->target, bearer), c->want);
        CT_EQ_I64("no cookie", b.rs->n_cookies, 0);
    }
    CT_EQ_I64("the head alone", ask(&b, "HEAD", CSV, bearer), 200);
    CT_EQ_I64("any case of the scheme", (memcpy(bearer, "bEARER", 6), ask(&b, "GET", CSV, bearer)),
              200);
}

static void only_routes_that_read_take_tokens(void **state)
{
    size_t n = 0;

    (void)state;
    for (size_t i = 0; i < ct_n_routes; i++) {
        unsigned scopes = ct_routes[i].needs >> CT_TAKES_SHIFT;
        n += scopes != 0;
        if (scopes && (ct_routes[i].method != CT_GET || !(ct_routes[i].needs & CT_NEEDS_MANAGER) ||
                       (scopes & ~(unsigned)CT_TOKEN_SCOPES_ALL)))
            fail_msg("%s", ct_routes[i].path);
    }
    assert_true(n >= 3);
}

static void whoever_writes_needs_a_session(void **state)
{
    struct site *s = *state;
    AUTO_BROWSER b = {.site = s};
    char bearer[CT_BEARER_TEXT + 16];

    make(s, manager(s), bearer, sizeof bearer);
    for (size_t i = 0; i < ct_n_routes; i++) {
        if (ct_routes[i].method != CT_POST || strchr(ct_routes[i].path, '*'))
            continue;
        int got = ask(&b, "POST", ct_routes[i].path, bearer);
        /* A quick exit leads away whatever fails, having done nothing. */
        CT_EQ_I64(ct_routes[i].path, got == 400 ? 403 : got,
                  ct_routes[i].needs & CT_LEAVES ? 303 : 403);
    }
}

static void no_cookie_counts_beside_a_token(void **state)
{
    struct site *s = *state;
    AUTO_BROWSER b = {.site = s};

    manager(s);
    browser_sign_in(&b, "mo%40example.org");
    CT_EQ_I64("signed in", browser_get(&b, CSV), 200);
    CT_EQ_I64("a wrong token is not mended by a cookie",
              ask(&b, "GET", CSV, "Bearer ctr_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"), 401);
    CT_EQ_I64("nor is none", ask(&b, "GET", CSV, "Bearer"), 401);
    CT_EQ_I64("a page is not opened by it", ask(&b, "GET", "/me", "Bearer x"), 403);
    CT_EQ_I64("another scheme is a proxy's", ask(&b, "GET", CSV, "Basic bW86bW8="), 200);
    CT_EQ_I64("and a word that begins alike", ask(&b, "GET", CSV, "Bearerly x"), 200);
}

static void refusals_say_why_as_json(void **state)
{
    struct site *s = *state;
    AUTO_BROWSER b = {.site = s};
    char bearer[CT_BEARER_TEXT + 16];

    make(s, manager(s), bearer, sizeof bearer);
    CT_EQ_I64("nobody", browser_get(&b, CSV), 401);
    assert_true(head_has(&b, "\r\nWWW-Authenticate: Bearer realm=\"crosstrain\"\r\n"));
    CT_EQ_I64("a wrong one", ask(&b, "GET", CSV, "Bearer zzz"), 401);
    assert_true(head_has(&b, "error=\"invalid_token\""));
    CT_EQ_STR("as JSON", b.rs->content_type, "application/json");
    assert_non_null(strstr(b.body, "\"status\":401"));
    assert_null(strstr(b.body, "zzz"));
    CT_EQ_I64("for something else", ask(&b, "GET", "/me", bearer), 403);
    assert_true(head_has(&b, "error=\"insufficient_scope\""));
    CT_EQ_STR("as JSON", b.rs->content_type, "application/json");
    CT_EQ_I64("a page of one's own that takes none", browser_get(&b, "/me"), 303);
    assert_false(head_has(&b, "WWW-Authenticate"));
}

static int demote(struct ct_db *db, void *arg, struct ct_err *err)
{
    (void)arg;
    return ct_db_exec(db, "update person set roles = 1", err);
}

static void a_token_has_the_rights_of_its_person_today(void **state)
{
    struct site *s = *state;
    AUTO_BROWSER b = {.site = s};
    char bearer[CT_BEARER_TEXT + 16];
    int64_t id = manager(s);

    make(s, id, bearer, sizeof bearer);
    CT_EQ_I64("a manager", ask(&b, "GET", CSV, bearer), 200);
    CT_EQ_I64("demoted", ct_store_write(s->store, demote, NULL, NULL), CT_OK);
    CT_EQ_I64("no manager any more", ask(&b, "GET", CSV, bearer), 403);
    CT_EQ_I64("disabled", ct_person_set_active(s->store, &s->clock, id, false, 0, NULL), CT_OK);
    CT_EQ_I64("nobody any more", ask(&b, "GET", CSV, bearer), 401);
}

static void who_tries_tokens_is_slowed_down(void **state)
{
    struct site *s = *state;
    AUTO_BROWSER b = {.site = s};
    char bearer[CT_BEARER_TEXT + 16];

    make(s, manager(s), bearer, sizeof bearer);
    for (int i = 0; i < CT_TOKEN_FAILURES_MAX; i++)
        CT_EQ_I64("wrong", ask(&b, "GET", CSV, "Bearer wrong"), 401);
    CT_EQ_I64("too often", ask(&b, "GET", CSV, "Bearer wrong"), 429);
    assert_true(head_has(&b, "\r\nRetry-After: 900\r\n"));
    CT_EQ_I64("a good one is taken", ask(&b, "GET", CSV, bearer), 200);
}

static void no_token_is_in_the_log(void **state)
{
    struct site *s = *state;
    AUTO_BROWSER b = {.site = s};
    struct ct_log log = {.level = CT_LOG_INFO, .clock = &s->clock};
    char bearer[CT_BEARER_TEXT + 16], line[1024];
    FILE *f = tmpfile();
    int lines = 0;

    assert_non_null(f);
    make(s, manager(s), bearer, sizeof bearer);
    log.fd = fileno(f);
    s->app->cfg.log = &log;
    ask(&b, "GET", CSV, bearer);
    bearer[sizeof "Bearer ctr_"] = '!';
    ask(&b, "GET", CSV, bearer);
    s->app->cfg.log = NULL;
    rewind(f);
    for (; fgets(line, sizeof line, f); lines++)
        assert_null(strstr(line, "ctr_"));
    CT_EQ_I64("two requests", lines, 2);
    fclose(f);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, site_open, site_close)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_token_opens_what_its_scope_is_for),
        cmocka_unit_test(only_routes_that_read_take_tokens),
        TEST(whoever_writes_needs_a_session),
        TEST(no_cookie_counts_beside_a_token),
        TEST(refusals_say_why_as_json),
        TEST(a_token_has_the_rights_of_its_person_today),
        TEST(who_tries_tokens_is_slowed_down),
        TEST(no_token_is_in_the_log),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
