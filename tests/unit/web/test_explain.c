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

/* The status of a page of the same site, opened anew as `cfg` says. */
static int status_with(struct site *s, const struct ct_app_config *cfg, const char *target)
{
    struct ct_err err = CT_ERR_INIT;
    struct ct_app *app, *before = s->app;
    struct ct_worker worker = s->worker;
    AUTO_BROWSER b = {.site = s};

    CT_OK_("app", ct_app_open(cfg, &app, &err), &err);
    s->app = app;
    ct_worker_init(&s->worker, app, 0);
    int status = browser_get(&b, target);
    ct_worker_release(&s->worker);
    ct_app_close(app);
    s->app = before;
    s->worker = worker;
    return status;
}

static void pages_that_are_missing_are_our_fault(void **state)
{
    struct site *s = *state;
    struct ct_app_config cfg = s->app->cfg;

    cfg.codes_dir = "/nowhere";
    CT_EQ_I64("another folder", status_with(s, &cfg, "/explain/E11"), 500);
    CT_EQ_I64("the list needs none", status_with(s, &cfg, "/explain"), 200);
    cfg.codes_dir = NULL;
    CT_EQ_I64("no folder", status_with(s, &cfg, "/explain/E11"), 404);
}

static void a_preview_has_them(void **state)
{
    struct site *s = *state;
    struct ct_app_config cfg = s->app->cfg;

    cfg.preview = true;
    CT_EQ_I64("the list", status_with(s, &cfg, "/explain"), 200);
    CT_EQ_I64("a page", status_with(s, &cfg, "/explain/E11"), 200);
    CT_EQ_I64("none that does not exist", status_with(s, &cfg, "/explain/E99"), 404);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(everybody_reads_them, site_open, site_close),
        cmocka_unit_test_setup_teardown(the_list_leads_to_every_page, site_open, site_close),
        cmocka_unit_test_setup_teardown(what_does_not_exist_is_not_found, site_open, site_close),
        cmocka_unit_test_setup_teardown(pages_that_are_missing_are_our_fault, site_open,
                                        site_close),
        cmocka_unit_test_setup_teardown(a_preview_has_them, site_open, site_close),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
