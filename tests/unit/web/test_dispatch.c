/*
 * test_dispatch.c: what is answered before a handler runs, and how failures look.
 */
#include "site.h"

#include "ct/base/banned.h"

static void requests_that_are_none_are_refused(void **state)
{
    static const struct {
        const char *name, *method, *target, *host;
        size_t n_hosts;
        int want;
    } cases[] = {
        {"usual", "GET", "/sign-in", "localhost", 1, 200},
        {"head is get", "HEAD", "/sign-in", "localhost", 1, 200},
        {"two hosts", "GET", "/sign-in", "localhost", 2, 400},
        {"an empty host", "GET", "/sign-in", "", 1, 400},
        {"a host with a slash", "GET", "/sign-in", "a/b", 1, 400},
        {"trace", "TRACE", "/sign-in", "localhost", 1, 405},
        {"put", "PUT", "/sign-in", "localhost", 1, 405},
        {"an unknown method", "BREW", "/sign-in", "localhost", 1, 501},
        {"lower case is another method", "get", "/sign-in", "localhost", 1, 501},
        {"a proxy's form", "GET", "http://a/b", "localhost", 1, 400},
        {"an unknown path", "GET", "/nothing", "localhost", 1, 404},
        {"a broken escape in the query", "GET", "/sign-in?next=%zz", "localhost", 1, 400},
        {"an unknown query field", "GET", "/sign-in?admin=1", "localhost", 1, 400},
        {"up and out", "GET", "/static/../README.md", "localhost", 1, 404},
        {"up and out, escaped", "GET", "/static/..%2fREADME.md", "localhost", 1, 400},
    };
    AUTO_BROWSER b = {.site = *state};

    CT_EACH (c, cases) {
        struct ct_request rq = {.method = ct_sv_c(c->method),
                                .target = ct_sv_c(c->target),
                                .host = ct_sv_c(c->host),
                                .n_hosts = c->n_hosts};
        CT_EQ_I64(c->name, browser_send(&b, &rq), c->want);
        if (c->want == 405)
            assert_true(b.rs->allow.n > 0);
        if (c->want >= 400) {
            assert_non_null(strstr(b.body, "<h1>"));
            assert_true(ct_sv_starts(ct_sv_c(b.rs->content_type), CT_SV("text/html")));
        }
    }
}

static void who_is_not_signed_in_is_led_there_and_back(void **state)
{
    AUTO_BROWSER b = {.site = *state};

    site_person(*state, "zoe@example.org", "Zoë", "advocate", 1);
    CT_EQ_I64("a page", browser_get(&b, "/courses/basics?x=1"), 303);
    CT_EQ_SV("with the way back", browser_location(&b),
             CT_SV("/sign-in?next=%2Fcourses%2Fbasics%3Fx%3D1"));
    b.accept = "application/json";
    CT_EQ_I64("a script", browser_get(&b, "/me"), 401);
    assert_non_null(strstr(b.body, "\"status\":401"));
    b.accept = NULL;
    CT_EQ_I64("sign-in page", browser_get(&b, "/sign-in?next=%2Fme"), 200);
    CT_EQ_I64("a wrong pair",
              browser_post(&b, "/sign-in", "email=zoe%40example.org&password=wrong&next=%2Fme"),
              401);
    CT_EQ_I64("the right pair",
              browser_post(&b, "/sign-in",
                           "email=zoe%40example.org&password=correct+horse+battery&next=%2Fme"),
              303);
    CT_EQ_SV("back", browser_location(&b), CT_SV("/me"));
    CT_EQ_I64("signed in", browser_get(&b, "/me"), 200);
    CT_EQ_I64("out", browser_post(&b, "/sign-out", ""), 303);
    CT_EQ_I64("signed out", browser_get(&b, "/me"), 303);
}

static void nobody_is_sent_to_another_site(void **state)
{
    static const char *const nexts[] = {"%2F%2Fevil.example%2F", "https%3A%2F%2Fevil.example%2F",
                                        "%2F%5Cevil.example", "javascript%3Aalert(1)"};
    AUTO_BROWSER b = {.site = *state};

    site_person(*state, "zoe@example.org", "Zoë", "advocate", 1);
    CT_EACH (next, nexts) {
        char form[512];
        b.session[0] = '\0';
        CT_EQ_I64(*next, browser_get(&b, "/sign-in"), 200);
        snprintf(form, sizeof form,
                 "email=zoe%%40example.org&password=correct+horse+battery&next=%s", *next);
        CT_EQ_I64(*next, browser_post(&b, "/sign-in", form), 303);
        CT_EQ_SV(*next, browser_location(&b), CT_SV("/"));
    }
}

static void forms_need_their_token(void **state)
{
    AUTO_BROWSER b = {.site = *state};
    char other[CT_HASH_HEX + 1];

    site_person(*state, "zoe@example.org", "Zoë", "advocate", 1);
    browser_sign_in(&b, "zoe%40example.org");
    memcpy(other, b.csrf, sizeof other);
    b.csrf[0] = '\0';
    CT_EQ_I64("none", browser_post(&b, "/sign-out", ""), 403);
    assert_non_null(strstr(b.body, "<a class=\"button button-main\" href=\"/sign-out\">Go back"));
    b.csrf[0] = '\0'; /* the page of the refusal brought a good one */
    CT_EQ_I64("above", browser_post(&b, "/runs/7/choose", "step=0&choice=0"), 403);
    assert_non_null(strstr(b.body, "href=\"/runs/7\">Go back"));
    memset(b.csrf, 'a', CT_HASH_HEX);
    CT_EQ_I64("a made-up one", browser_post(&b, "/sign-out", ""), 403);
    CT_EQ_I64("still signed in", browser_get(&b, "/me"), 200);
    CT_EQ_I64("out", browser_post(&b, "/sign-out", ""), 303);
    browser_sign_in(&b, "zoe%40example.org");
    assert_string_not_equal(b.csrf, other);
    memcpy(b.csrf, other, sizeof other);
    CT_EQ_I64("one of an earlier session", browser_post(&b, "/sign-out", ""), 403);
}

static void bodies_are_read_within_limits(void **state)
{
    static const char *const type = "application/x-www-form-urlencoded";
    struct site *s = *state;
    AUTO_BROWSER b = {.site = s};
    char *big = malloc(70000);
    const struct {
        const char *name, *type;
        struct ct_sv body;
        bool too_big;
        int want;
    } cases[] = {
        {"over the form's limit", type, ct_sv_n(big, 70000), false, 413},
        {"over every limit", type, CT_SV_NULL, true, 413},
        {"not a form", "multipart/form-data; boundary=x", CT_SV("--x--"), false, 415},
        {"plain text", "text/plain", CT_SV("email=a"), false, 415},
        {"broken JSON", "application/json", CT_SV("{\"email\":"), false, 400},
        {"JSON, no object", "application/json", CT_SV("[1]"), false, 400},
        {"JSON, nested", "application/json", CT_SV("{\"email\":{}}"), false, 400},
        {"a broken escape", type, CT_SV("email=%f"), false, 400},
    };

    assert_non_null(big);
    memset(big, 'a', 70000);
    browser_get(&b, "/sign-in");
    CT_EACH (c, cases) {
        struct ct_request rq = {.method = CT_SV("POST"),
                                .target = CT_SV("/sign-in"),
                                .content_type = ct_sv_c(c->type),
                                .body = c->body,
                                .body_too_big = c->too_big};
        CT_EQ_I64(c->name, browser_send(&b, &rq), c->want);
    }
    free(big);
}

static void json_is_taken_as_forms_are(void **state)
{
    AUTO_BROWSER b = {.site = *state, .accept = "application/json"};
    char body[512];
    struct ct_request rq = {.method = CT_SV("POST"),
                            .target = CT_SV("/sign-in"),
                            .content_type = CT_SV("application/json")};

    site_person(*state, "zoe@example.org", "Zoë", "advocate", 1);
    CT_EQ_I64("the page as a model", browser_get(&b, "/sign-in"), 200);
    snprintf(body, sizeof body, "{\"email\":\"zoe@example.org\",\"password\":\"%s\"}",
             SITE_PASSWORD);
    rq.body = ct_sv_c(body);
    rq.csrf_header = ct_sv_c(b.csrf);
    CT_EQ_I64("signed in", browser_send(&b, &rq), 200);
    assert_non_null(strstr(b.body, "\"location\":\"/\""));
    CT_EQ_I64("my record", browser_get(&b, "/me"), 200);
    assert_non_null(strstr(b.body, "\"name\":\"Zoë\""));
}

static void a_learner_does_not_see_reports(void **state)
{
    AUTO_BROWSER b = {.site = *state};

    site_person(*state, "zoe@example.org", "Zoë", "advocate", CT_ROLE_LEARNER);
    site_person(*state, "mia@example.org", "Mia", "", CT_ROLE_LEARNER | CT_ROLE_MANAGER);
    browser_sign_in(&b, "zoe%40example.org");
    CT_EQ_I64("a learner", browser_get(&b, "/reports/completion"), 403);
    CT_EQ_I64("a learner's file", browser_get(&b, "/reports/completion.csv"), 403);
    browser_post(&b, "/sign-out", "");
    browser_sign_in(&b, "mia%40example.org");
    CT_EQ_I64("a manager", browser_get(&b, "/reports/completion"), 200);
}

static void heads_carry_what_protects(void **state)
{
    static const char *const wanted[] = {
        "HTTP/1.1 200 OK\r\n",    "\r\nDate: Tue, 14 Nov 2023 22:13:20 GMT\r\n",
        "default-src 'none'",     "X-Content-Type-Options: nosniff",
        "frame-ancestors 'none'", "Cache-Control: no-store",
        "Referrer-Policy: ",      "\r\nContent-Length: 5\r\n",
        "HttpOnly; SameSite=Lax", "\r\nConnection: close\r\n\r\n",
    };
    struct site *s = *state;
    AUTO_BROWSER b = {.site = s};
    CT_AUTO_STR head = CT_STR_INIT(8192);
    struct ct_request rq = {.method = CT_SV("GET"), .target = CT_SV("/sign-in")};

    browser_send(&b, &rq);
    ct_response_head(s->app, &rq, b.rs, 5, false, &head);
    CT_EACH (w, wanted)
        if (!strstr(head.p, *w))
            fail_msg("no «%s» in\n%s", *w, head.p);
    assert_null(strstr(head.p, "unsafe-inline"));
}

static void a_refusal_with_a_page_of_its_own_is_logged_with_its_reason(void **state)
{
    struct site *s = *state;
    AUTO_BROWSER b = {.site = s};
    struct ct_log log = {.level = CT_LOG_WARN, .clock = &s->clock};
    char line[1024];
    FILE *f = tmpfile();

    assert_non_null(f);
    log.fd = fileno(f);
    s->app->cfg.log = &log;
    browser_get(&b, "/sign-in");
    CT_EQ_I64("a wrong pair", browser_post(&b, "/sign-in", "email=a%40b&password=wrong"), 401);
    CT_EQ_I64("an unknown link", browser_get(&b, "/set-up/secret-token"), 404);
    s->app->cfg.log = NULL;
    rewind(f);
    assert_non_null(fgets(line, sizeof line, f));
    assert_non_null(strstr(line, "status=401"));
    assert_non_null(strstr(line, "what=password"));
    assert_non_null(fgets(line, sizeof line, f));
    assert_non_null(strstr(line, "status=404"));
    assert_non_null(strstr(line, "what=token"));
    assert_null(strstr(line, "secret-token"));
    assert_null(fgets(line, sizeof line, f));
    fclose(f);
}

static void what_may_be_kept_by_a_cache_carries_no_cookie(void **state)
{
    AUTO_BROWSER b = {.site = *state};

    CT_EQ_I64("a static file", browser_get(&b, "/static/crosstrain.css"), 200);
    CT_EQ_I64("cookies", b.rs->n_cookies, 0);
    CT_EQ_I64("none such", browser_get(&b, "/static/none.css"), 404);
    CT_EQ_I64("a page has a form token, so it sets one", b.rs->n_cookies, 1);
}

static void health_and_metrics_answer_machines(void **state)
{
    AUTO_BROWSER b = {.site = *state};

    CT_EQ_I64("healthz", browser_get(&b, "/healthz"), 200);
    CT_EQ_STR("healthz", b.body, "ok\n");
    browser_get(&b, "/nothing");
    CT_EQ_I64("metrics", browser_get(&b, "/metrics"), 200);
    assert_non_null(strstr(b.body, "crosstrain_requests_total{status=\"4xx\"} 1\n"));
}

static void files_are_sent_in_parts_and_only_from_the_folder(void **state)
{
    static const struct {
        const char *name, *target, *range;
        int want;
        int64_t offset, length;
    } cases[] = {
        {"whole", "/content/basics/images/a.png", NULL, 200, 0, 10},
        {"first bytes", "/content/basics/images/a.png", "bytes=0-3", 206, 0, 4},
        {"from the middle", "/content/basics/images/a.png", "bytes=4-", 206, 4, 6},
        {"the last bytes", "/content/basics/images/a.png", "bytes=-3", 206, 7, 3},
        {"beyond the end", "/content/basics/images/a.png", "bytes=10-", 416, 0, 0},
        {"several ranges are ignored", "/content/basics/images/a.png", "bytes=0-1,3-4", 200, 0, 10},
        {"a source is not sent", "/content/basics/course.md", NULL, 404, 0, 0},
        {"nothing hidden", "/content/basics/images/.a.png", NULL, 404, 0, 0},
        {"not up", "/content/basics/../../test.db", NULL, 404, 0, 0},
        {"not by a link out", "/content/basics/images/out.png", NULL, 404, 0, 0},
        {"nothing there", "/content/basics/images/b.png", NULL, 404, 0, 0},
    };
    struct site *s = *state;
    AUTO_BROWSER b = {.site = s};

    site_person(s, "zoe@example.org", "Zoë", "advocate", 1);
    ct_temp_write(&s->temp, "content/basics/images/a.png", "0123456789");
    ct_temp_write(&s->temp, "content/basics/images/.a.png", "0123456789");
    ct_temp_write(&s->temp, "outside.png", "secret");
    assert_int_equal(
        symlink("../../../outside.png", ct_temp_path(&s->temp, "content/basics/images/out.png")),
        0);
    browser_sign_in(&b, "zoe%40example.org");
    CT_EACH (c, cases) {
        struct ct_request rq = {
            .method = CT_SV("GET"), .target = ct_sv_c(c->target), .range = ct_sv_c(c->range)};
        CT_EQ_I64(c->name, browser_send(&b, &rq), c->want);
        if (c->want >= 400 && c->want != 416)
            continue;
        CT_EQ_I64(c->name, b.rs->file_offset, c->offset);
        CT_EQ_I64(c->name, b.rs->file_length, c->length);
    }
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, site_open, site_close)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(requests_that_are_none_are_refused),
        TEST(who_is_not_signed_in_is_led_there_and_back),
        TEST(nobody_is_sent_to_another_site),
        TEST(forms_need_their_token),
        TEST(bodies_are_read_within_limits),
        TEST(json_is_taken_as_forms_are),
        TEST(a_learner_does_not_see_reports),
        TEST(heads_carry_what_protects),
        TEST(a_refusal_with_a_page_of_its_own_is_logged_with_its_reason),
        TEST(what_may_be_kept_by_a_cache_carries_no_cookie),
        TEST(health_and_metrics_answer_machines),
        TEST(files_are_sent_in_parts_and_only_from_the_folder),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
