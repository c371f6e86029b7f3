/*
 * test_certificate_key.c: the file of the signing key: made once, its owner's alone, rotated.
 */
#include "ct_temp.h"
#include "ct_test.h"

#include "ct/base/file.h"
#include "ct/learn/certificate_key.h"

#include <pthread.h>

#include "ct/base/banned.h"

struct place {
    struct ct_temp temp;
    struct ct_arena arena;
    int64_t now;
    struct ct_clock clock;
    char path[256];
};

static int open_place(void **state)
{
    struct place *p = calloc(1, sizeof *p);

    if (!p || ct_secret_init(NULL) < 0)
        return -1;
    ct_temp_make(&p->temp);
    p->now = 1770000000; /* 2026-02-02 */
    p->clock = (struct ct_clock){ct_fixed_now, &p->now};
    snprintf(p->path, sizeof p->path, "%s", ct_temp_path(&p->temp, "site.key"));
    *state = p;
    return 0;
}

static int close_place(void **state)
{
    struct place *p = *state;

    ct_arena_release(&p->arena);
    ct_temp_remove(&p->temp);
    free(p);
    return 0;
}

static struct ct_certificate_keys load(struct place *p)
{
    struct ct_err err = CT_ERR_INIT;
    struct ct_certificate_keys k;

    CT_OK_("load", ct_certificate_keys_load(&p->arena, p->path, &p->clock, &k, &err), &err);
    return k;
}

static void a_key_is_made_once_for_its_owner(void **state)
{
    struct place *p = *state;
    struct ct_dir_entry *entries;
    struct ct_err err = CT_ERR_INIT;
    struct stat st;
    size_t n;

    struct ct_certificate_keys first = load(p), second = load(p);
    assert_memory_equal(first.secret, second.secret, CT_SIGN_KEY);
    CT_EQ_I64("one key", second.n, 1);
    CT_EQ_STR("the same", second.list[0].text, first.list[0].text);
    CT_EQ_I64("length", strlen(first.list[0].text), CT_PUBLIC_KEY_TEXT);
    CT_EQ_I64("stat", stat(p->path, &st), 0);
    CT_EQ_I64("mode", st.st_mode & 0777, 0600);
    CT_OK_("list", ct_dir_list(&p->arena, p->temp.dir, 10, &entries, &n, &err), &err);
    CT_EQ_I64("nothing is left beside it", n, 1);
    CT_EQ_SV("as text", ct_certificate_keys_text(&p->arena, &first),
             ct_arena_printf(&p->arena, "%s since 2026-02-02\n", first.list[0].text));
}

static void a_rotated_key_keeps_the_old_public_one(void **state)
{
    struct place *p = *state;
    struct ct_err err = CT_ERR_INIT;
    struct ct_certificate_keys old = load(p), fresh;
    struct stat st;

    for (size_t i = 1; i < 4; i++) {
        p->now += 86400;
        CT_OK_("rotate", ct_certificate_keys_rotate(&p->arena, p->path, &p->clock, &fresh, &err),
               &err);
        CT_EQ_I64("one more", fresh.n, i + 1);
    }
    CT_EQ_STR("the first is the last of the list", fresh.list[3].text, old.list[0].text);
    assert_string_not_equal(fresh.list[0].text, fresh.list[1].text);
    CT_EQ_I64("since", fresh.list[3].since.day, 2);
    CT_EQ_I64("until", fresh.list[3].until.day, 3);
    CT_EQ_I64("the one in use has no end", fresh.list[0].until.year, 0);
    CT_EQ_I64("stat", stat(p->path, &st), 0);
    CT_EQ_I64("mode", st.st_mode & 0777, 0600);
    struct ct_certificate_keys again = load(p);
    assert_memory_equal(again.secret, fresh.secret, CT_SIGN_KEY);
    assert_memory_not_equal(again.secret, old.secret, CT_SIGN_KEY);
}

static void a_key_that_others_can_read_is_not_used(void **state)
{
    static const struct {
        const char *name;
        mode_t mode;
        int want;
    } cases[] = {{"its owner's", 0600, CT_OK},
                 {"not to be written", 0400, CT_OK},
                 {"the group reads it", 0640, CT_BAD_INPUT},
                 {"everybody reads it", 0604, CT_BAD_INPUT},
                 {"everybody writes it", 0602, CT_BAD_INPUT}};
    struct place *p = *state;

    load(p);
    CT_EACH (c, cases) {
        struct ct_certificate_keys k;
        CT_EQ_I64(c->name, chmod(p->path, c->mode), 0);
        CT_EQ_I64(c->name, ct_certificate_keys_load(&p->arena, p->path, &p->clock, &k, NULL),
                  c->want);
    }
}

#define SECRET "secret TM0Imyj/ltqdtsNG7BFOD1uKMZ81q6Yk2oz27U+4pvs=\n"
#define PUBLIC "public PUAXw+hDiVqStwqnTRt+vJyYLM8uxJaMwM1V8Sr0Zgw="
#define OTHER  "public 11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo="

static void files_that_are_none_are_left_alone(void **state)
{
    static const struct {
        const char *name, *text;
        bool ok;
    } cases[] = {
        {"a whole one", SECRET PUBLIC " 2026-01-02\n", true},
        {"with an earlier one", SECRET PUBLIC " 2026-01-02\n" OTHER " 2025-01-02 2026-01-02\n",
         true},
        {"nothing", "", false},
        {"text", "Hello\n", false},
        {"no secret", PUBLIC " 2026-01-02\n", false},
        {"no public", SECRET, false},
        {"two secrets", SECRET SECRET PUBLIC " 2026-01-02\n", false},
        {"they do not fit", SECRET OTHER " 2026-01-02\n", false},
        {"no day", SECRET PUBLIC "\n", false},
        {"no such day", SECRET PUBLIC " 2026-02-30\n", false},
        {"the first has an end", SECRET PUBLIC " 2026-01-02 2026-01-03\n", false},
        {"an earlier one has none", SECRET PUBLIC " 2026-01-02\n" OTHER " 2025-01-02\n", false},
        {"more words", SECRET PUBLIC " 2026-01-02\n" OTHER " 2025-01-02 2026-01-02 x\n", false},
        {"a short key", SECRET "public AAAA 2026-01-02\n", false},
    };
    struct place *p = *state;

    CT_EACH (c, cases) {
        CT_AUTO_ARENA a = CT_ARENA_INIT;
        struct ct_certificate_keys k;
        struct ct_sv text;
        ct_temp_write(&p->temp, "site.key", c->text);
        CT_EQ_I64(c->name, chmod(p->path, 0600), 0);
        CT_EQ_I64(c->name, ct_certificate_keys_load(&a, p->path, &p->clock, &k, NULL),
                  c->ok ? CT_OK : CT_BAD_INPUT);
        CT_OK_(c->name, ct_file_read(&a, p->path, 4096, &text, NULL), NULL);
        CT_EQ_SV(c->name, text, ct_sv_c(c->text));
    }
}

static void a_folder_that_is_not_there_is_said(void **state)
{
    struct place *p = *state;
    struct ct_certificate_keys k;
    struct ct_err err = CT_ERR_INIT;

    CT_EQ_I64("no folder",
              ct_certificate_keys_load(&p->arena, ct_temp_path(&p->temp, "none/site.key"),
                                       &p->clock, &k, &err),
              CT_NOT_FOUND);
    assert_non_null(strstr(err.what, "none/site.key"));
}

static void *load_in_a_thread(void *arg)
{
    struct place *p = arg;
    CT_AUTO_ARENA a = CT_ARENA_INIT;
    struct ct_certificate_keys *k = calloc(1, sizeof *k);

    if (!k || ct_certificate_keys_load(&a, p->path, &p->clock, k, NULL) < 0) {
        free(k);
        return NULL;
    }
    return k;
}

static void of_many_who_make_it_one_does(void **state)
{
    struct place *p = *state;
    pthread_t threads[16];
    struct ct_certificate_keys *all[16];

    for (size_t i = 0; i < 16; i++)
        assert_int_equal(pthread_create(&threads[i], NULL, load_in_a_thread, p), 0);
    for (size_t i = 0; i < 16; i++) {
        void *got;
        pthread_join(threads[i], &got);
        assert_non_null(got);
        all[i] = got;
    }
    for (size_t i = 0; i < 16; i++)
        assert_memory_equal(all[i]->secret, all[0]->secret, CT_SIGN_KEY);
    for (size_t i = 0; i < 16; i++)
        free(all[i]);
}

static void a_rotation_is_one_at_a_time(void **state)
{
    struct place *p = *state;
    struct ct_certificate_keys old = load(p), k;

    ct_temp_write(&p->temp, "site.key.new", "");
    CT_EQ_I64("another is at it",
              ct_certificate_keys_rotate(&p->arena, p->path, &p->clock, &k, NULL), CT_CONFLICT);
    k = load(p);
    assert_memory_equal(k.secret, old.secret, CT_SIGN_KEY);
}

static void public_keys_are_read_as_they_are_printed(void **state)
{
    static const struct {
        const char *name, *text;
        int n; /* 0: not taken */
    } cases[] = {
        {"one", "PUAXw+hDiVqStwqnTRt+vJyYLM8uxJaMwM1V8Sr0Zgw=", 1},
        {"as printed",
         "PUAXw+hDiVqStwqnTRt+vJyYLM8uxJaMwM1V8Sr0Zgw= since 2026-01-02\n"
         "11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo= since 2025-01-02 until 2026-01-02\n",
         2},
        {"lines of Windows", "PUAXw+hDiVqStwqnTRt+vJyYLM8uxJaMwM1V8Sr0Zgw=\r\n\r\n", 1},
        {"nothing", "", 0},
        {"blank lines", "\n\n", 0},
        {"a short one", "PUAXw+hDiVqStwqnTRt+vJyYLM8uxJaMwM1V8Sr0Zg==", 0},
        {"a word", "key", 0},
    };

    (void)state;
    CT_EACH (c, cases) {
        CT_AUTO_ARENA a = CT_ARENA_INIT;
        struct ct_public_key *list;
        size_t n = 0;
        int r = ct_public_keys_read(&a, ct_sv_c(c->text), &list, &n, NULL);
        CT_EQ_I64(c->name, r, c->n ? CT_OK : CT_BAD_INPUT);
        CT_EQ_I64(c->name, n, c->n);
    }
}

int main(void)
{
#define T(test) cmocka_unit_test_setup_teardown(test, open_place, close_place)
    const struct CMUnitTest tests[] = {
        T(a_key_is_made_once_for_its_owner),
        T(a_rotated_key_keeps_the_old_public_one),
        T(a_key_that_others_can_read_is_not_used),
        T(files_that_are_none_are_left_alone),
        T(a_folder_that_is_not_there_is_said),
        T(of_many_who_make_it_one_does),
        T(a_rotation_is_one_at_a_time),
        T(public_keys_are_read_as_they_are_printed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
