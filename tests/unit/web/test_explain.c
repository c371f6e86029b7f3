/*
 * test_explain.c: the pages about the checker's messages: for everybody, one for each code.
 */
#include "walk.h"

#include "ct/course/explain.h"

#include "ct/base/banned.h"

static void everybody_reads_them(void **state)
{
    AUTO_BROWSER b = {.site = *state};

    walk_page(&b, "/explain", "explain-list");
    walk_page(&b, "/explain/E11", "explain");
    assert_non_null(strstr(b.body, "<h1>E11: feedback outside its option</h1>"));
    assert_non_null(strstr(b.body, "<code class=\"language-wrong\">"));
    assert_non_null(strstr(b.body, "/static/studio.css"));
    walk_page(&b, "/explain/w18", "explain.warning");
}

static void the_list_leads_to_every_page(void **state)
{
    AUTO_BROWSER b = {.site = *state};
    CT_AUTO_JSON *list = walk_json(&b, "/explain");
    json_t *group, *code;
    size_t i, k, n, seen = 0;

    json_array_foreach(json_object_get(list, "groups"), i, group)
    {
        json_array_foreach(json_object_get(group, "codes"), k, code)
        {
            const char *href = json_string_value(json_object_get(code, "href"));
            CT_AUTO_JSON *page = walk_json(&b, href);
            CT_EQ_SV(href, walk_text(page, "code"), walk_text(code, "code"));
            CT_EQ_I64(href, walk_flag(page, "is_error"), walk_flag(code, "is_error"));
            CT_EQ_I64(href, browser_get(&b, href), 200);
            walk_tidy(&b, href);
            seen++;
        }
    }
    ct_problem_codes(&n);
    CT_EQ_I64("as many as there are codes", seen, n);
}

static void what_does_not_exist_is_not_found(void **state)
{
    static const char *const targets[] = {"/explain/E99", "/explain/E", "/explain/..%2FE11",
                                          "/explain/E11/more", "/explain/%FF"};
    AUTO_BROWSER b = {.site = *state};

    CT_EACH (target, targets) {
        int status = browser_get(&b, *target);
        if (status != 404 && status != 400)
            CT_EQ_I64(*target, status, 404);
    }
    CT_EQ_I64("no fields are taken", browser_get(&b, "/explain?code=E11"), 400);
}

/* Of the same site with another folder of pages, or none. */
static int status_with(struct site *s, const char *codes_dir)
{
    struct ct_app_config cfg = s->app->cfg;
    struct ct_err err = CT_ERR_INIT;
    struct ct_app *app, *before = s->app;
    struct ct_worker worker = s->worker;
    AUTO_BROWSER b = {.site = s};

    cfg.codes_dir = codes_dir;
    CT_OK_("app", ct_app_open(&cfg, &app, &err), &err);
    s->app = app;
    ct_worker_init(&s->worker, app, 0);
    int status = browser_get(&b, "/explain/E11");
    ct_worker_release(&s->worker);
    ct_app_close(app);
    s->app = before;
    s->worker = worker;
    return status;
}

static void pages_that_are_missing_are_our_fault(void **state)
{
    CT_EQ_I64("another folder", status_with(*state, "/nowhere"), 500);
    CT_EQ_I64("no folder", status_with(*state, NULL), 404);
}

/* The table of the preview has them as well. */
static void the_preview_has_them(void **state)
{
    static const char *const paths[] = {"/explain", "/explain/E11"};
    CT_AUTO_ARENA a = CT_ARENA_INIT;

    (void)state;
    CT_EACH (path, paths) {
        struct ct_sv params[CT_PARAMS_MAX], allow;
        const struct ct_route *route;
        CT_EQ_I64(*path,
                  ct_route_find(ct_preview_routes, ct_n_preview_routes, &a, CT_GET, ct_sv_c(*path),
                                &route, params, &allow, NULL),
                  CT_OK);
        CT_EQ_I64(*path, route->needs, CT_NEEDS_NOTHING);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(everybody_reads_them, site_open, site_close),
        cmocka_unit_test_setup_teardown(the_list_leads_to_every_page, site_open, site_close),
        cmocka_unit_test_setup_teardown(what_does_not_exist_is_not_found, site_open, site_close),
        cmocka_unit_test_setup_teardown(pages_that_are_missing_are_our_fault, site_open,
                                        site_close),
        cmocka_unit_test(the_preview_has_them),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
