/*
 * test_routes.c: what is true of every row of the route table.
 */
#include "walk.h"

#include "ct/base/banned.h"

static bool is(const struct ct_route *route, unsigned needs)
{
    return (route->needs & needs) != 0;
}

/* Two paths are the same address if their literal parts are, whatever their parameters are called.
 */
static bool same_address(const char *x, const char *y)
{
    struct ct_sv a = ct_sv_c(x), b = ct_sv_c(y), part_a, part_b;

    for (;;) {
        bool more = ct_sv_split(&a, '/', &part_a);
        if (more != ct_sv_split(&b, '/', &part_b))
            return false;
        if (!more)
            return true;
        bool free_a = ct_sv_starts(part_a, CT_SV(":")), free_b = ct_sv_starts(part_b, CT_SV(":"));
        if (free_a != free_b || (!free_a && !ct_sv_eq(part_a, part_b)))
            return false;
    }
}

static void no_address_is_there_twice(void **state)
{
    (void)state;
    for (size_t i = 0; i < ct_n_routes; i++)
        for (size_t k = 0; k < i; k++)
            if ((ct_routes[i].method & ct_routes[k].method) &&
                same_address(ct_routes[i].path, ct_routes[k].path))
                fail_msg("%s and %s", ct_routes[i].path, ct_routes[k].path);
}

static void every_row_is_whole(void **state)
{
    (void)state;
    for (size_t i = 0; i < ct_n_routes; i++) {
        const struct ct_route *r = &ct_routes[i];
        assert_true(r->method == CT_GET || r->method == CT_POST);
        assert_true(r->path[0] == '/');
        assert_non_null(r->run);
        assert_true((r->input == NULL) == (r->input_size == 0));
        for (const struct ct_field *f = r->input; f && f->name; f++) {
            assert_true(f->offset < r->input_size);
            assert_true(f->type == CT_FIELD_FORM || f->max > 0);
        }
    }
}

static void every_post_needs_a_token(void **state)
{
    (void)state;
    for (size_t i = 0; i < ct_n_routes; i++)
        if ((ct_routes[i].method & CT_POST) && !is(&ct_routes[i], CT_NEEDS_CSRF))
            fail_msg("POST %s", ct_routes[i].path);
}

/* Whatever is about a person, and every course, is behind the door; these alone stand before it. */
static void only_a_few_are_open_to_all(void **state)
{
    static const char *const open[] = {"/sign-in",
                                       "/sign-out",
                                       "/set-up/:token",
                                       "/join/:token",
                                       "/",
                                       "/static/:file",
                                       "/healthz",
                                       "/metrics",
                                       "/certificates/:code",
                                       "/certificates/key",
                                       "/explain",
                                       "/explain/:code",
                                       "/calendar",
                                       "/leaving-safely",
                                       "/glossary",
                                       "/api",
                                       "/openapi.json"};
    (void)state;
    for (size_t i = 0; i < ct_n_routes; i++) {
        const struct ct_route *r = &ct_routes[i];
        bool listed = false;
        CT_EACH (path, open)
            listed = listed || strcmp(*path, r->path) == 0;
        if (listed ==
            is(r, CT_NEEDS_LEARNER | CT_NEEDS_MANAGER | CT_NEEDS_TRAINER | CT_NEEDS_ADMIN))
            fail_msg("%s", r->path);
        if (strncmp(r->path, "/reports", 8) == 0)
            assert_true(is(r, CT_NEEDS_MANAGER));
        /* Of a person managers see the transcript, as far as they see the person. */
        if (strncmp(r->path, "/people/:person/transcript", 26) == 0)
            assert_true(is(r, CT_NEEDS_MANAGER));
        else if (strncmp(r->path, "/people", 7) == 0 || strncmp(r->path, "/agencies", 9) == 0)
            assert_true(is(r, CT_NEEDS_ADMIN));
    }
}

/* An address of the route that exists on the test site, or NULL where none can be written down. */
static const char *example(const char *path)
{
    static const struct {
        const char *path, *example;
    } examples[] = {
        {"/courses/:course", "/courses/basics"},
        {"/courses/:course/:module", "/courses/basics/seeing"},
        {"/courses/:course/:module/:section", "/courses/basics/seeing/what-you-do"},
        {"/courses/:course/:module/quiz", "/courses/basics/seeing/quiz"},
        {"/courses/:course/:module/play", "/courses/basics/the-call/play"},
        {"/static/:file", "/static/crosstrain.css"},
        {"/explain/:code", "/explain/E62"},
        {"/author/map/:course/:module", "/author/map/basics/the-call"},
        {"/reports/audit.zip", "/reports/audit.zip?from=2023-01-01&until=2023-01-31"},
    };

    CT_EACH (e, examples)
        if (strcmp(e->path, path) == 0)
            return e->example;
    return strchr(path, ':') ? NULL : path;
}

static void every_page_opens_for_who_may_all_and_is_valid(void **state)
{
    AUTO_BROWSER b = {.site = *state};
    size_t pages = 0;

    site_person(*state, "mo@example.org", "Mo", "judge",
                CT_ROLE_LEARNER | CT_ROLE_MANAGER | CT_ROLE_TRAINER | CT_ROLE_ADMIN);
    browser_sign_in(&b, "mo%40example.org");
    for (size_t i = 0; i < ct_n_routes; i++) {
        const char *target = example(ct_routes[i].path);
        if (ct_routes[i].method != CT_GET || !target || strcmp(target, "/sign-in") == 0)
            continue;
        CT_EQ_I64(target, browser_get(&b, target), 200);
        if (!ct_sv_starts(ct_sv_c(b.rs->content_type), CT_SV("text/html")))
            continue;
        walk_tidy(&b, target);
        pages++;
    }
    assert_true(pages >= 9);
}

static void no_page_opens_without_signing_in(void **state)
{
    AUTO_BROWSER b = {.site = *state};

    for (size_t i = 0; i < ct_n_routes; i++) {
        const char *target = example(ct_routes[i].path);
        if (ct_routes[i].method != CT_GET || !target ||
            !is(&ct_routes[i], CT_NEEDS_LEARNER | CT_NEEDS_MANAGER | CT_NEEDS_ADMIN))
            continue;
        b.accept = "application/json";
        CT_EQ_I64(target, browser_get(&b, target), 401);
        assert_null(strstr(b.body, "Text for all"));
    }
}

static void no_form_is_taken_without_its_token(void **state)
{
    AUTO_BROWSER b = {.site = *state};

    site_person(*state, "mo@example.org", "Mo", "judge", CT_ROLE_LEARNER | CT_ROLE_MANAGER);
    browser_sign_in(&b, "mo%40example.org");
    b.accept = "application/json"; /* to a browser a quick exit answers with the way out */
    for (size_t i = 0; i < ct_n_routes; i++) {
        char target[128];
        size_t n = 0;
        if (ct_routes[i].method != CT_POST)
            continue;
        /* Parameters stand for themselves: the token is looked at before anything they name. */
        for (const char *p = ct_routes[i].path; *p && n < sizeof target - 1; p++)
            if (*p != ':')
                target[n++] = *p;
        target[n] = '\0';
        memset(b.csrf, '0', CT_HASH_HEX);
        CT_EQ_I64(target, browser_post(&b, target, ""), 403);
    }
}

static void words_of_ours_go_before_sections(void **state)
{
    static const struct {
        const char *path, *route;
    } cases[] = {
        {"/courses/a/b/c", "/courses/:course/:module/:section"},
        {"/courses/a/b/quiz", "/courses/:course/:module/quiz"},
        {"/courses/a/b/play", "/courses/:course/:module/play"},
        {"/courses/a/b/quiz/7", "/courses/:course/:module/quiz/:attempt"},
        {"/reports/completion.csv", "/reports/completion.csv"},
        {"/reports/completion.xlsx", "/reports/completion.xlsx"},
        {"/content/a/images/b.png", "/content/:course/:file*"},
    };

    (void)state;
    CT_EACH (c, cases) {
        CT_AUTO_ARENA a = CT_ARENA_INIT;
        struct ct_sv params[CT_PARAMS_MAX], allow;
        const struct ct_route *route = NULL;
        struct ct_err err = CT_ERR_INIT;
        CT_OK_(c->path,
               ct_route_find(ct_routes, ct_n_routes, &a, CT_GET, ct_sv_c(c->path), &route, params,
                             &allow, &err),
               &err);
        CT_EQ_STR(c->path, route->path, c->route);
    }
}

#define SITE(f) cmocka_unit_test_setup_teardown(f, site_open, site_close)

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(no_address_is_there_twice),
        cmocka_unit_test(every_row_is_whole),
        cmocka_unit_test(every_post_needs_a_token),
        cmocka_unit_test(only_a_few_are_open_to_all),
        cmocka_unit_test(words_of_ours_go_before_sections),
        SITE(every_page_opens_for_who_may_all_and_is_valid),
        SITE(no_page_opens_without_signing_in),
        SITE(no_form_is_taken_without_its_token),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
