/*
 * test_library.c: publishing: saving, breaking and mending files while people read.
 */
#include "ct_content.h"
#include "ct_test.h"

#include "ct/learn/library.h"

#include <pthread.h>

#include "ct/base/banned.h"

struct fixture {
    struct ct_content in;
    struct ct_store *store;
    struct ct_library *lib;
    struct ct_arena a;
};

static void write_module(struct fixture *f, const char *text)
{
    ct_content_write(&f->in, SEEING, text);
}

static int set_up(void **state)
{
    struct fixture *f = calloc(1, sizeof *f);

    ct_content_make(&f->in);
    ct_content_basics(&f->in, FIRST);
    f->store = ct_temp_store(&f->in.temp);
    *state = f;
    return 0;
}

static int tear_down(void **state)
{
    struct fixture *f = *state;

    ct_library_close(f->lib);
    ct_store_close(f->store);
    ct_arena_release(&f->a);
    ct_content_remove(&f->in);
    free(f);
    return 0;
}

static void open_library(struct fixture *f)
{
    struct ct_err err = CT_ERR_INIT;

    CT_OK_("open", ct_library_open(f->store, &f->in.clock, f->in.dir, 8, &f->lib, &err), &err);
}

static bool refresh(struct fixture *f)
{
    struct ct_err err = CT_ERR_INIT;
    bool changed = false;

    CT_OK_("refresh", ct_library_refresh(f->lib, &changed, &err), &err);
    return changed;
}

static const struct ct_module *module_of(const struct ct_catalogue *cat)
{
    return ct_course_module(ct_catalogue_course(cat, CT_SV("basics")), CT_SV("seeing"));
}

static void expect_text(struct fixture *f, const char *name, const char *text)
{
    const struct ct_catalogue *cat = ct_library_hold(f->lib, 0);
    char hash[CT_HASH_HEX + 1];

    assert_non_null(module_of(cat));
    CT_EQ_STR(name, module_of(cat)->revision, ct_hash_hex(ct_sv_c(text), hash));
    ct_library_release(f->lib, 0);
}

static void a_saved_file_is_live_and_its_source_kept(void **state)
{
    struct fixture *f = *state;
    struct ct_err err = CT_ERR_INIT;
    struct ct_sv source, path;
    char hash[CT_HASH_HEX + 1];

    open_library(f);
    expect_text(f, "first", FIRST);
    assert_false(refresh(f));
    write_module(f, SECOND);
    assert_true(refresh(f));
    expect_text(f, "second", SECOND);
    CT_AUTO_READER rd = ct_store_reader(f->store);
    CT_OK_("kept",
           ct_revision_source(rd.db, &f->a, ct_sv_c(ct_hash_hex(ct_sv_c(FIRST), hash)), &source,
                              &path, &err),
           &err);
    CT_EQ_STR("word for word", ct_arena_cstr(&f->a, source), FIRST);
    CT_EQ_SV("where it stood", path, CT_SV("basics/01-seeing.md"));
}

static void a_broken_file_leaves_the_last_good_text_live(void **state)
{
    struct fixture *f = *state;

    open_library(f);
    write_module(f, SECOND);
    assert_true(refresh(f));
    write_module(f, BROKEN);
    assert_true(refresh(f));
    expect_text(f, "last good", SECOND);
    {
        const struct ct_catalogue *cat = ct_library_hold(f->lib, 1);
        assert_true(cat->problems.n_errors > 0);
        ct_library_release(f->lib, 1);
    }
    /* Also for a program that is started anew while the file is broken. */
    ct_library_close(f->lib);
    f->lib = NULL;
    open_library(f);
    expect_text(f, "after a restart", SECOND);
    write_module(f, FIRST);
    assert_true(refresh(f));
    expect_text(f, "mended", FIRST);
}

static void without_a_curriculum_nothing_opens(void **state)
{
    struct fixture *f = *state;
    struct ct_err err = CT_ERR_INIT;

    remove(ct_temp_path(&f->in.temp, "content/curriculum.md"));
    assert_int_equal(ct_library_open(f->store, &f->in.clock, f->in.dir, 8, &f->lib, &err),
                     CT_NOT_FOUND);
    assert_null(f->lib);
    assert_true(err.text[0] != '\0');
}

static void a_held_catalogue_outlives_its_replacement(void **state)
{
    struct fixture *f = *state;
    const struct ct_catalogue *held;

    open_library(f);
    held = ct_library_hold(f->lib, 3);
    write_module(f, SECOND);
    assert_true(refresh(f));
    /* Under the sanitizers a freed catalogue would show here. */
    CT_EQ_SV("still there", module_of(held)->title, CT_SV("Seeing"));
    expect_text(f, "others see the new one", SECOND);
    ct_library_release(f->lib, 3);
    assert_false(refresh(f));
}

static void a_run_can_be_finished_on_an_old_revision(void **state)
{
    struct fixture *f = *state;
    struct ct_err err = CT_ERR_INIT;
    const struct ct_module *m;
    const struct ct_catalogue *cat;
    char hash[CT_HASH_HEX + 1];

    open_library(f);
    write_module(f, SECOND);
    assert_true(refresh(f));
    cat = ct_library_hold(f->lib, 0);
    ct_hash_hex(ct_sv_c(FIRST), hash);
    CT_AUTO_READER rd = ct_store_reader(f->store);
    CT_OK_("old text",
           ct_revision_module(rd.db, &f->a, cat, ct_catalogue_course(cat, CT_SV("basics")),
                              CT_SV("seeing"), ct_sv_c(hash), &m, &err),
           &err);
    CT_EQ_STR("of that revision", m->revision, hash);
    assert_true(m != module_of(cat));
    hash[0] = hash[0] == '0' ? '1' : '0';
    assert_int_equal(ct_revision_module(rd.db, &f->a, cat,
                                        ct_catalogue_course(cat, CT_SV("basics")), CT_SV("seeing"),
                                        ct_sv_c(hash), &m, NULL),
                     CT_NOT_FOUND);
    ct_library_release(f->lib, 0);
}

struct waiter {
    pthread_mutex_t mutex;
    pthread_cond_t told;
    int n;
    struct fixture *f;
    struct ct_sv title;  /* of the module that was told of */
    struct ct_temp temp; /* it keeps a path that it has built: one a thread */
};

static void tell(void *arg, const struct ct_catalogue *cat, const struct ct_err *err)
{
    struct waiter *w = arg;

    (void)cat;
    (void)err;
    pthread_mutex_lock(&w->mutex);
    w->n++;
    pthread_cond_signal(&w->told);
    pthread_mutex_unlock(&w->mutex);
}

static void wait_for(struct waiter *w)
{
    struct timespec until;
    int r = 0;

    clock_gettime(CLOCK_REALTIME, &until);
    until.tv_sec += 10; /* generous: a loaded machine is no failure */
    pthread_mutex_lock(&w->mutex);
    while (w->n == 0 && r == 0)
        r = pthread_cond_timedwait(&w->told, &w->mutex, &until);
    pthread_mutex_unlock(&w->mutex);
    assert_int_equal(r, 0);
}

static void saving_is_noticed_within_a_second(void **state)
{
    struct fixture *f = *state;
    struct ct_err err = CT_ERR_INIT;
    struct waiter w = {.mutex = PTHREAD_MUTEX_INITIALIZER, .told = PTHREAD_COND_INITIALIZER};

    open_library(f);
    CT_OK_("watch", ct_library_watch(f->lib, tell, &w, &err), &err);
    write_module(f, SECOND);
    wait_for(&w);
    expect_text(f, "noticed", SECOND);
    ct_library_close(f->lib); /* before the waiter goes */
    f->lib = NULL;
}

/* The watching thread waits for the dust to settle, so who publishes at once is before it. */
static void what_others_publish_is_told_too(void **state)
{
    struct fixture *f = *state;
    struct ct_err err = CT_ERR_INIT;
    struct waiter w = {.mutex = PTHREAD_MUTEX_INITIALIZER, .told = PTHREAD_COND_INITIALIZER};

    open_library(f);
    CT_OK_("watch", ct_library_watch(f->lib, tell, &w, &err), &err);
    write_module(f, SECOND);
    refresh(f);
    wait_for(&w);
    ct_library_close(f->lib);
    f->lib = NULL;
    CT_EQ_I64("once", w.n, 1);
}

/* What is told of is replaced while it is looked at. */
static void tell_and_publish(void *arg, const struct ct_catalogue *cat, const struct ct_err *err)
{
    struct waiter *w = arg;
    if (w->n == 0) {
        ct_temp_write(&w->temp, "content/basics/01-seeing.md", FIRST);
        refresh(w->f);
        w->title = ct_arena_dup(&w->f->a, module_of(cat)->title);
    }
    tell(arg, cat, err);
}

static void a_catalogue_that_is_told_of_is_held(void **state)
{
    struct fixture *f = *state;
    struct ct_err err = CT_ERR_INIT;
    struct waiter w = {.mutex = PTHREAD_MUTEX_INITIALIZER,
                       .told = PTHREAD_COND_INITIALIZER,
                       .f = f,
                       .temp = f->in.temp};

    open_library(f);
    CT_OK_("watch", ct_library_watch(f->lib, tell_and_publish, &w, &err), &err);
    write_module(f, SECOND);
    wait_for(&w);
    ct_library_close(f->lib);
    f->lib = NULL;
    CT_EQ_SV("read afterwards", w.title, CT_SV("Seeing"));
}

enum { READERS = 4, ROUNDS = 200 };
struct reading {
    struct ct_library *lib;
    size_t slot;
    bool wrong;
};

static void *read_on(void *arg)
{
    struct reading *r = arg;

    for (int i = 0; i < ROUNDS * 20; i++) {
        const struct ct_catalogue *cat = ct_library_hold(r->lib, r->slot);
        const struct ct_module *m = module_of(cat);
        if (!m || !ct_sv_eq_c(m->title, "Seeing"))
            r->wrong = true;
        ct_library_release(r->lib, r->slot);
    }
    return NULL;
}

static void readers_and_publisher_do_not_disturb_each_other(void **state)
{
    struct fixture *f = *state;
    pthread_t threads[READERS];
    struct reading readings[READERS];

    open_library(f);
    for (size_t i = 0; i < READERS; i++) {
        readings[i] = (struct reading){f->lib, i, false};
        assert_int_equal(pthread_create(&threads[i], NULL, read_on, &readings[i]), 0);
    }
    for (int i = 0; i < ROUNDS; i++) {
        write_module(f, i % 2 ? FIRST : SECOND);
        refresh(f);
    }
    for (size_t i = 0; i < READERS; i++) {
        pthread_join(threads[i], NULL);
        assert_false(readings[i].wrong);
    }
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_saved_file_is_live_and_its_source_kept),
        TEST(a_broken_file_leaves_the_last_good_text_live),
        TEST(without_a_curriculum_nothing_opens),
        TEST(a_held_catalogue_outlives_its_replacement),
        TEST(a_run_can_be_finished_on_an_old_revision),
        TEST(saving_is_noticed_within_a_second),
        TEST(what_others_publish_is_told_too),
        TEST(a_catalogue_that_is_told_of_is_held),
        TEST(readers_and_publisher_do_not_disturb_each_other),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
