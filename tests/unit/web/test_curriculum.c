/*
 * test_curriculum.c: our own curriculum as pages: every section, quiz and scene that a learner of
 * each discipline comes to is a page, valid HTML, and no open quiz says what is right.
 */
#include "walk.h"

#include "ct/base/banned.h"

#define CONTENT CT_SOURCE_DIR "/content"

static int curriculum_open(void **state)
{
    struct ct_err err = CT_ERR_INIT;
    struct site *s = calloc(1, sizeof *s);

    if (!s || ct_secret_init(&err) < 0)
        return -1;
    ct_temp_make(&s->temp);
    s->now = 1700000000;
    s->clock = (struct ct_clock){ct_fixed_now, &s->now};
    s->store = ct_temp_store(&s->temp);
    CT_OK_("library", ct_library_open(s->store, &s->clock, CONTENT, 4, &s->library, &err), &err);
    struct ct_app_config cfg = {.store = s->store,
                                .library = s->library,
                                .clock = &s->clock,
                                .content_dir = CONTENT,
                                .static_dir = CT_SOURCE_DIR "/static",
                                .templates_dir = CT_SOURCE_DIR "/server/web/templates"};
    CT_OK_("app", ct_app_open(&cfg, &s->app, &err), &err);
    ct_worker_init(&s->worker, s->app, 0);
    *state = s;
    return 0;
}

static void open_page(struct browser *b, struct ct_sv href)
{
    char target[512];

    snprintf(target, sizeof target, "%.*s", CT_SV_ARG(href));
    CT_EQ_I64(target, browser_get(b, target), 200);
    walk_tidy(b, target);
}

static void open_all(struct browser *b, const json_t *list)
{
    json_t *one;
    size_t i;

    json_array_foreach(list, i, one)
    {
        open_page(b, ct_json_get_sv(one, "href"));
    }
}

/* Begins a try, looks at it, and hands it in empty. */
static void try_quiz(struct browser *b, const char *quiz)
{
    static const char *const told[] = {"class=\"outcome", "class=\"why", "class=\"feedback",
                                       "class=\"result"};
    char url[512];

    CT_EQ_I64(quiz, browser_post(b, quiz, ""), 303);
    walk_location(b, url, sizeof url);
    open_page(b, ct_sv_c(url));
    CT_EACH (mark, told)
        assert_null(strstr(b->body, *mark));
    CT_EQ_I64(url, browser_post(b, url, "action=submit"), 303);
    open_page(b, ct_sv_c(url));
}

/* Always takes the n-th open choice, or the last there is, until the case ends. */
static void play(struct browser *b, const char *start, const char *chair, size_t nth)
{
    char url[512], form[128], choose[600];

    snprintf(form, sizeof form, "chair=%s", chair);
    CT_EQ_I64(start, browser_post(b, start, form), 303);
    walk_location(b, url, sizeof url);
    snprintf(choose, sizeof choose, "%s/choose", url);
    for (int step = 0; step < 40; step++) {
        CT_AUTO_JSON *model = walk_json(b, url);
        const json_t *choices = json_object_get(model, "choices");
        int64_t index = -1;
        size_t seen = 0;
        if (!choices)
            break;
        for (size_t i = 0; i < json_array_size(choices); i++)
            if (walk_flag(json_array_get(choices, i), "is_open") && seen++ <= nth)
                index = walk_int(json_array_get(choices, i), "index");
        open_page(b, ct_sv_c(url));
        snprintf(form, sizeof form, "step=%d&choice=%lld", step, (long long)index);
        CT_EQ_I64(choose, browser_post(b, choose, form), 303);
    }
    CT_AUTO_JSON *ending = walk_json(b, url);
    assert_non_null(json_object_get(ending, "is_passed"));
    open_page(b, ct_sv_c(url));
}

static void open_module(struct browser *b, const char *target)
{
    char part[512];

    open_page(b, ct_sv_c(target));
    CT_AUTO_JSON *model = walk_json(b, target);
    open_all(b, walk_at(model, "sections"));
    if (json_is_object(walk_at(model, "quiz"))) {
        snprintf(part, sizeof part, "%s/quiz", target);
        open_page(b, ct_sv_c(part));
        try_quiz(b, part);
    }
    if (!json_is_object(walk_at(model, "scenario")))
        return;
    snprintf(part, sizeof part, "%s/play", target);
    open_page(b, ct_sv_c(part));
    const json_t *chairs = walk_at(model, "scenario/chairs");
    for (size_t i = 0; i < json_array_size(chairs); i++) {
        char chair[80];
        snprintf(chair, sizeof chair, "%.*s",
                 CT_SV_ARG(ct_json_get_sv(json_array_get(chairs, i), "slug")));
        play(b, part, chair, i);
    }
}

static void every_page_of_ours_is_valid(void **state)
{
    static const char *const disciplines[] = {"prosecutor", "caseworker", "advocate", "judge"};

    CT_EACH (discipline, disciplines) {
        AUTO_BROWSER b = {.site = *state};
        char email[64], form[64], target[512];
        snprintf(email, sizeof email, "%s@example.org", *discipline);
        snprintf(form, sizeof form, "%s%%40example.org", *discipline);
        site_person(*state, email, "Someone", *discipline, CT_ROLE_LEARNER);
        browser_sign_in(&b, form);
        walk_tidy(&b, "/");
        CT_AUTO_JSON *home = walk_json(&b, "/");
        const json_t *groups = walk_at(home, "groups");
        for (size_t i = 0; i < json_array_size(groups); i++) {
            const json_t *courses = walk_at(json_array_get(groups, i), "courses");
            for (size_t k = 0; k < json_array_size(courses); k++) {
                snprintf(target, sizeof target, "%.*s",
                         CT_SV_ARG(ct_json_get_sv(json_array_get(courses, k), "href")));
                open_page(&b, ct_sv_c(target));
                CT_AUTO_JSON *course = walk_json(&b, target);
                const json_t *modules = walk_at(course, "modules");
                assert_true(json_array_size(modules) > 0);
                for (size_t m = 0; m < json_array_size(modules); m++) {
                    snprintf(target, sizeof target, "%.*s",
                             CT_SV_ARG(ct_json_get_sv(json_array_get(modules, m), "href")));
                    open_module(&b, target);
                }
            }
        }
        CT_EQ_I64("record", browser_get(&b, "/me"), 200);
        walk_tidy(&b, "/me");
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(every_page_of_ours_is_valid, curriculum_open, site_close),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
