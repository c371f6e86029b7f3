/*
 * test_page_report_file.c: long reports as files: made while they are sent, or in the background
 * for who is at a browser.
 */
#include "walk.h"

#include "ct/learn/token.h"
#include "ct/web/files.h"

#include "ct/base/banned.h"

#define MANY "/reports/completion.csv?by=person"

static int add_people(struct ct_db *db, void *arg, struct ct_err *err)
{
    (void)arg;
    return ct_db_exec(
        db,
        "with recursive n(i) as (select 1 union all select i + 1 from n where i < 2500)"
        " insert into person(email, email_key, name, discipline, roles, created_at)"
        " select 'p' || i || '@x.org', 'p' || i || '@x.org', 'Person ' || i,"
        " 'caseworker', 1, 1 from n;"
        "insert into person_discipline(person, discipline, since)"
        " select id, discipline, 1 from person",
        err);
}

static void open_admin(struct site *s, struct browser *b)
{
    struct ct_err err = CT_ERR_INIT;

    CT_OK_("people", ct_store_write(s->store, add_people, NULL, &err), &err);
    site_person(s, "ada@example.org", "Ada", "judge", CT_ROLE_LEARNER | CT_ROLE_ADMIN);
    browser_sign_in(b, "ada%40example.org");
}

static void a_long_one_is_made_while_it_is_sent(void **state)
{
    struct site *s = *state;
    AUTO_BROWSER b = {.site = s};
    CT_AUTO_ARENA a = CT_ARENA_INIT;

    open_admin(s, &b);
    CT_EQ_I64("chunks", browser_get(&b, MANY), 200);
    assert_true(b.rs->stream.run != NULL);
    struct ct_sv streamed = ct_arena_dup(&a, ct_sv_c(b.body));
    size_t lines = 0;
    for (size_t i = 0; i < streamed.n; i++)
        lines += streamed.p[i] == '\n';
    assert_true(lines > 2500);
    struct ct_request old = {
        .method = CT_SV("GET"), .target = CT_SV(MANY), .http_version = CT_SV("1.0")};
    CT_EQ_I64("HTTP/1.0", browser_send(&b, &old), 200);
    assert_true(b.rs->stream.run == NULL);
    CT_EQ_SV("has the same, with its length", ct_sv_c(b.body), streamed);
    CT_EQ_I64("JSON", browser_get(&b, "/reports/completion.json?by=person"), 200);
    assert_true(b.rs->stream.run != NULL);
    CT_AUTO_JSON *model = NULL;
    struct ct_err err = CT_ERR_INIT;
    CT_OK_("is whole", ct_json_parse(ct_sv_c(b.body), CT_REPORT_MAX, &model, &err), &err);
    assert_true(json_array_size(json_object_get(model, "rows")) >= 2500);
    CT_EQ_I64("a page is one text", browser_get(&b, "/reports/today"), 200);
    assert_true(b.rs->stream.run == NULL);
}

static void who_is_at_a_browser_is_asked_before_a_long_wait(void **state)
{
    struct site *s = *state;
    AUTO_BROWSER b = {.site = s}, program = {.site = s};
    char location[64], text[CT_BEARER_TEXT + 1], header[CT_BEARER_TEXT + 16];
    struct ct_err err = CT_ERR_INIT;

    s->app->cfg.long_file = 1000;
    open_admin(s, &b);
    CT_EQ_I64("asked", browser_get(&b, MANY), 200);
    CT_EQ_STR("a page", b.rs->content_type, "text/html; charset=utf-8");
    walk_tidy(&b, "report-wait");
    assert_non_null(strstr(b.body, "name=\"target\" value=\"" MANY "\""));
    CT_EQ_I64("a narrow one comes at once",
              browser_get(&b, "/reports/completion.csv?by=person&discipline=judge"), 200);
    CT_EQ_STR("CSV", b.rs->content_type, "text/csv; charset=utf-8");
    browser_get(&b, MANY);
    CT_EQ_I64(
        "made",
        browser_post(&b, "/reports/files", "target=%2Freports%2Fcompletion.csv%3Fby%3Dperson"),
        303);
    walk_location(&b, location, sizeof location);
    assert_true(ct_files_step(s->app, &s->worker));
    browser_get(&b, location);
    assert_non_null(strstr(b.body, "The file is ready"));
    struct ct_token_wish wish = {
        .person = 2501, .name = CT_SV("x"), .scopes = CT_TOKEN_REPORTS_READ, .days = 3};
    CT_OK_("token", ct_token_make(s->store, &s->clock, &wish, text, &err), &err);
    snprintf(header, sizeof header, "Bearer %s", text);
    struct ct_request rq = {
        .method = CT_SV("GET"), .target = CT_SV(MANY), .authorization = ct_sv_c(header)};
    CT_EQ_I64("programs are not asked", browser_send(&program, &rq), 200);
    CT_EQ_STR("but answered", program.rs->content_type, "text/csv; charset=utf-8");
    b.accept = "*/*";
    CT_EQ_I64("nor is curl with a cookie", browser_get(&b, MANY), 200);
    CT_EQ_STR("CSV", b.rs->content_type, "text/csv; charset=utf-8");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_long_one_is_made_while_it_is_sent, site_open, site_close),
        cmocka_unit_test_setup_teardown(who_is_at_a_browser_is_asked_before_a_long_wait, site_open,
                                        site_close),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
