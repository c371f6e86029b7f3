/*
 * test_preview_together.c: several pages of the preview at once while a file is saved again and
 * again: what threads share there is the catalogue, the news of it, and Graphviz.
 */
#include "ct_temp.h"
#include "ct_test.h"

#include "ct/web/app.h"

#include <pthread.h>

#include "ct/base/banned.h"

enum { READERS = 4, ROUNDS = 6, SAVES = 12 };

struct fixture {
    struct ct_temp temp;
    char content[128];
    int64_t now;
    struct ct_clock clock;
    struct ct_library *library;
    struct ct_app *app;
};

static void save(struct fixture *f, int n)
{
    char text[256];

    snprintf(text, sizeof text,
             "# Scenario: The call\n\nText %d.\n\n## First\n\n- [Go](#ending-held)\n"
             "- [Stay](#ending-gone)\n\n## Ending: Held\n\n`pass`\n\n## Ending: Gone\n\n`fail`\n",
             n);
    ct_temp_write(&f->temp, "content/basics/01-the-call.md", text);
}

static int set_up(void **state)
{
    struct fixture *f = calloc(1, sizeof *f);
    struct ct_err err = CT_ERR_INIT;

    ct_temp_make(&f->temp);
    f->now = 1700000000;
    f->clock = (struct ct_clock){ct_fixed_now, &f->now};
    snprintf(f->content, sizeof f->content, "%s/content", f->temp.dir);
    ct_temp_write(&f->temp, "content/curriculum.md",
                  "---\ntitle: C\ncourses: [basics]\n---\nHi.\n");
    ct_temp_write(&f->temp, "content/basics/course.md", "---\ntitle: Basics\n---\nHello.\n");
    save(f, 0);
    CT_OK_("library", ct_library_open(NULL, &f->clock, f->content, READERS, &f->library, &err),
           &err);
    struct ct_app_config cfg = {.library = f->library,
                                .clock = &f->clock,
                                .content_dir = f->content,
                                .static_dir = CT_SOURCE_DIR "/static",
                                .templates_dir = CT_SOURCE_DIR "/server/web/templates",
                                .codes_dir = CT_SOURCE_DIR "/server/course/codes",
                                .preview = true};
    CT_OK_("app", ct_app_open(&cfg, &f->app, &err), &err);
    *state = f;
    return 0;
}

static int tear_down(void **state)
{
    struct fixture *f = *state;

    ct_app_close(f->app);
    ct_library_close(f->library);
    ct_temp_remove(&f->temp);
    free(f);
    return 0;
}

static const struct page {
    const char *target, *part;
} pages[] = {
    {"/", "The call"},
    {"/courses/basics/the-call", "Held"},
    {"/courses/basics/the-call/map", "<svg"},
    {"/changes?seen=0", "retry: "},
};

struct reader {
    struct fixture *f;
    size_t number;
    const char *failed; /* the page that was not as it should be */
};

static void *read_on(void *arg)
{
    struct reader *r = arg;
    struct ct_worker worker;

    ct_worker_init(&worker, r->f->app, r->number);
    for (size_t i = 0; i < ROUNDS * sizeof pages / sizeof pages[0]; i++) {
        const struct page *p = &pages[(i + r->number) % (sizeof pages / sizeof pages[0])];
        struct ct_request rq = {.method = CT_SV("GET"),
                                .target = ct_sv_c(p->target),
                                .http_version = CT_SV("1.1"),
                                .host = CT_SV("127.0.0.1:8081"),
                                .n_hosts = 1};
        struct ct_response *rs;

        ct_app_handle(&worker, &rq, &rs);
        if (rs->status != 200 || ct_sv_search(ct_str_sv(&rs->body), ct_sv_c(p->part)) == SIZE_MAX)
            r->failed = p->target;
    }
    ct_worker_release(&worker);
    return NULL;
}

static void pages_are_whole_while_files_are_saved(void **state)
{
    struct fixture *f = *state;
    struct reader readers[READERS];
    pthread_t threads[READERS];
    struct ct_err err = CT_ERR_INIT;
    bool changed;

    save(f, 1); /* news, so that nobody waits for the first */
    CT_OK_("refresh", ct_library_refresh(f->library, &changed, &err), &err);
    for (size_t i = 0; i < READERS; i++) {
        readers[i] = (struct reader){.f = f, .number = i};
        assert_int_equal(pthread_create(&threads[i], NULL, read_on, &readers[i]), 0);
    }
    for (int n = 2; n < SAVES; n++) {
        save(f, n);
        CT_OK_("refresh", ct_library_refresh(f->library, &changed, &err), &err);
        assert_true(changed);
    }
    for (size_t i = 0; i < READERS; i++) {
        pthread_join(threads[i], NULL);
        if (readers[i].failed)
            fail_msg("%s", readers[i].failed);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(pages_are_whole_while_files_are_saved, set_up, tear_down),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
