/*
 * test_news.c: a preview's library, which keeps nothing, and what it tells those who wait for the
 * next save.
 */
#include "ct_content.h"
#include "ct_test.h"

#include "ct/learn/library.h"

#include <pthread.h>

#include "ct/base/banned.h"

enum { WAITERS = 6, LONG_MS = 60000 };

struct fixture {
    struct ct_content in;
    struct ct_library *lib;
};

static const char text[] = "# Seeing\n\n## One\n\nFirst text.\n\nLast line.\n";
static int set_up(void **state)
{
    struct fixture *f = calloc(1, sizeof *f);
    struct ct_err err = CT_ERR_INIT;

    ct_content_make(&f->in);
    ct_content_basics(&f->in, text);
    CT_OK_("open", ct_library_open(NULL, &f->in.clock, f->in.dir, 8, &f->lib, &err), &err);
    *state = f;
    return 0;
}

static int tear_down(void **state)
{
    struct fixture *f = *state;

    ct_library_close(f->lib);
    ct_content_remove(&f->in);
    free(f);
    return 0;
}

static void refresh(struct fixture *f)
{
    struct ct_err err = CT_ERR_INIT;
    bool changed = false;

    CT_OK_("refresh", ct_library_refresh(f->lib, &changed, &err), &err);
    assert_true(changed);
}

static void news_name_the_file_and_its_first_other_line(void **state)
{
    static const struct {
        const char *name, *file, *now, *path;
        int line;
    } cases[] = {
        {"a line in the middle", "basics/01-seeing.md",
         "# Seeing\n\n## One\n\nAnother text.\n\nLast line.\n", "basics/01-seeing.md", 5},
        {"lines put in", "basics/01-seeing.md",
         "# Seeing\n\n## One\n\nMore.\n\nAnother text.\n\nLast line.\n", "basics/01-seeing.md", 5},
        {"text behind the end", "basics/01-seeing.md",
         "# Seeing\n\n## One\n\nMore.\n\nAnother text.\n\nLast line.\nMore\n",
         "basics/01-seeing.md", 10},
        {"the first line", "basics/01-seeing.md", "# Looking\n\n## One\n\nText.\n",
         "basics/01-seeing.md", 1},
        {"the course", "basics/course.md", "---\ntitle: Basics\n---\nHello you.\n",
         "basics/course.md", 4},
        {"the curriculum", "curriculum.md",
         "---\ntitle: Test country\ndisciplines:\n  - prosecutor (prosecutors)\n"
         "courses: [basics]\n---\nWelcome.\n",
         "curriculum.md", 2},
        {"a glossary", "glossary.md", "## Term: A\n\nb\n\n> **Source:** c\n", "glossary.md", 1},
        {"more of it", "glossary.md", "## Term: A\n\nB\n\n> **Source:** c\n", "glossary.md", 3},
        {"a new module", "basics/02-hearing.md", "# Hearing\n\n## One\n\nText.\n",
         "basics/02-hearing.md", 1},
        {"a broken module", "basics/01-seeing.md", BROKEN, "basics/01-seeing.md", 1},
        {"a picture", "basics/images/a.txt", "no text of ours", "", 0},
    };
    struct fixture *f = *state;
    struct ct_library_news news;

    assert_true(ct_library_wait(f->lib, 0, LONG_MS, &news));
    CT_EQ_I64("the first", (int)news.generation, 1);
    CT_EACH (c, cases) {
        uint64_t before = news.generation;
        ct_content_write(&f->in, c->file, c->now);
        refresh(f);
        assert_true(ct_library_wait(f->lib, before, LONG_MS, &news));
        CT_EQ_I64(c->name, (int)(news.generation - before), 1);
        CT_EQ_STR(c->name, news.path, c->path);
        CT_EQ_I64(c->name, news.line, c->line);
    }
}

static void a_file_that_went_away_is_named(void **state)
{
    struct fixture *f = *state;
    struct ct_library_news news;

    remove(ct_temp_path(&f->in.temp, "content/basics/01-seeing.md"));
    refresh(f);
    assert_true(ct_library_wait(f->lib, 1, LONG_MS, &news));
    CT_EQ_STR("path", news.path, "basics/01-seeing.md");
    CT_EQ_I64("line", news.line, 0);
}

static void without_news_a_wait_ends_by_itself(void **state)
{
    struct fixture *f = *state;
    struct ct_library_news news;

    assert_false(ct_library_wait(f->lib, 1, 1, &news));
    CT_EQ_I64("generation", (int)news.generation, 1);
}

static void a_preview_shows_a_broken_file_as_far_as_it_goes(void **state)
{
    struct fixture *f = *state;
    const struct ct_catalogue *cat;
    const struct ct_module *m;

    ct_content_write(&f->in, "basics/01-seeing.md", BROKEN);
    refresh(f);
    cat = ct_library_hold(f->lib, 0);
    m = ct_course_module(ct_catalogue_course(cat, CT_SV("basics")), CT_SV("seeing"));
    assert_non_null(m);
    CT_EQ_I64("its questions", (int)m->n_practice, 1);
    assert_true(cat->problems.n_errors > 0);
    ct_library_release(f->lib, 0);
}

struct waiter {
    struct ct_library *lib;
    uint64_t seen;
    bool news;
    uint64_t generation;
};

static void *wait_long(void *arg)
{
    struct waiter *w = arg;
    struct ct_library_news news;

    w->news = ct_library_wait(w->lib, w->seen, LONG_MS, &news);
    w->generation = news.generation;
    return NULL;
}

static void start(struct fixture *f, struct waiter *w, pthread_t *threads)
{
    for (size_t i = 0; i < WAITERS; i++) {
        w[i] = (struct waiter){.lib = f->lib, .seen = 1};
        assert_int_equal(pthread_create(&threads[i], NULL, wait_long, &w[i]), 0);
    }
}

static void all_who_wait_are_told(void **state)
{
    struct fixture *f = *state;
    struct waiter w[WAITERS];
    pthread_t threads[WAITERS];

    start(f, w, threads);
    ct_content_write(&f->in, "basics/01-seeing.md", "# Seeing\n\n## One\n\nNew.\n");
    refresh(f);
    for (size_t i = 0; i < WAITERS; i++) {
        pthread_join(threads[i], NULL);
        assert_true(w[i].news);
        CT_EQ_I64("generation", (int)w[i].generation, 2);
    }
}

static void waking_ends_all_waits_now_and_later(void **state)
{
    struct fixture *f = *state;
    struct waiter w[WAITERS];
    pthread_t threads[WAITERS];
    struct ct_library_news news;

    start(f, w, threads);
    ct_library_wake(f->lib);
    for (size_t i = 0; i < WAITERS; i++) {
        pthread_join(threads[i], NULL);
        assert_false(w[i].news);
    }
    assert_false(ct_library_wait(f->lib, 1, LONG_MS, &news));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(news_name_the_file_and_its_first_other_line),
        TEST(a_file_that_went_away_is_named),
        TEST(without_news_a_wait_ends_by_itself),
        TEST(a_preview_shows_a_broken_file_as_far_as_it_goes),
        TEST(all_who_wait_are_told),
        TEST(waking_ends_all_waits_now_and_later),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
