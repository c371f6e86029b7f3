/*
 * test_arena.c: memory that comes zeroed and aligned, and goes away all at once.
 */
#include "ct_test.h"

#include "ct/base/arena.h"

#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include "ct/base/banned.h"

static bool all_zero(const char *p, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (p[i])
            return false;
    return true;
}

static void memory_is_zeroed_aligned_and_apart(void **state)
{
    (void)state;
    static const size_t sizes[] = {0,    1,    7,     15,    16,    17,          100,
                                   4000, 4096, 16384, 16385, 70000, 1024 * 1024, 3};
    CT_AUTO_ARENA a = CT_ARENA_INIT;
    for (int round = 0; round < 50; round++) {
        CT_EACH (n, sizes) {
            char *p = ct_arena_alloc(&a, *n);
            assert_non_null(p);
            assert_true((uintptr_t)p % _Alignof(max_align_t) == 0);
            assert_true(all_zero(p, *n));
            memset(p, 0xAA, *n); /* what overlaps shows in the next check */
        }
        if (round % 10 == 9)
            ct_arena_reset(&a);
    }
}

static void empty_allocations_are_unique(void **state)
{
    (void)state;
    CT_AUTO_ARENA a = CT_ARENA_INIT;
    const char *p = ct_arena_alloc(&a, 0), *q = ct_arena_alloc(&a, 0);
    assert_non_null(p);
    assert_ptr_not_equal(p, q);
}

static void neighbours_do_not_overlap(void **state)
{
    (void)state;
    CT_AUTO_ARENA a = CT_ARENA_INIT;
    enum { N = 2000 };
    unsigned char **p = ct_arena_array(&a, unsigned char *, N);
    for (size_t i = 0; i < N; i++) {
        p[i] = ct_arena_alloc(&a, i);
        memset(p[i], (int)(i % 251), i);
    }
    for (size_t i = 0; i < N; i++)
        for (size_t k = 0; k < i; k++)
            if (p[i][k] != i % 251)
                fail_msg("allocation %zu, byte %zu", i, k);
}

static void used_counts_what_was_handed_out(void **state)
{
    (void)state;
    CT_AUTO_ARENA a = CT_ARENA_INIT;
    CT_EQ_I64("fresh", a.used, 0);
    ct_arena_alloc(&a, 10);
    ct_arena_calloc(&a, 3, 100);
    CT_EQ_I64("after two", a.used, 310);
    ct_arena_reset(&a);
    CT_EQ_I64("after a reset", a.used, 0);
    ct_arena_alloc(&a, 5);
    CT_EQ_I64("after another", a.used, 5);
    ct_arena_release(&a);
    CT_EQ_I64("released", a.used, 0);
    assert_null(a.head);
    ct_arena_alloc(&a, 5);
    CT_EQ_I64("used again", a.used, 5);
}

static void resetting_an_unused_arena_is_fine(void **state)
{
    (void)state;
    CT_AUTO_ARENA a = CT_ARENA_INIT;
    ct_arena_reset(&a);
    ct_arena_release(&a);
    ct_arena_release(&a);
    assert_null(a.head);
}

static void a_big_first_allocation_survives_its_followers(void **state)
{
    (void)state;
    CT_AUTO_ARENA a = CT_ARENA_INIT;
    char *big = ct_arena_alloc(&a, 300000);
    memset(big, 1, 300000);
    char *small = ct_arena_alloc(&a, 10);
    assert_true(all_zero(small, 10));
    assert_int_equal(big[299999], 1);
    ct_arena_reset(&a);
    assert_true(all_zero(ct_arena_alloc(&a, 300000), 300000));
}

struct thing {
    int number;
    const char *name;
};

static void objects_and_arrays(void **state)
{
    (void)state;
    CT_AUTO_ARENA a = CT_ARENA_INIT;
    struct thing *t = ct_arena_new(&a, struct thing);
    CT_EQ_I64("zeroed", t->number, 0);
    assert_null(t->name);
    struct thing *many = ct_arena_array(&a, struct thing, 100);
    assert_true(all_zero((const char *)many, 100 * sizeof *many));
}

static void arrays_grow_and_keep_their_items(void **state)
{
    (void)state;
    CT_AUTO_ARENA a = CT_ARENA_INIT;
    int *items = NULL;
    size_t n = 0, cap = 0;
    for (int i = 0; i < 1000; i++) {
        CT_ARENA_PUSH(&a, items, n, cap, i * 3);
        assert_true(cap >= n);
    }
    CT_EQ_I64("count", n, 1000);
    for (size_t i = 0; i < n; i++)
        CT_EQ_I64("item", items[i], (int64_t)i * 3);
    size_t before = cap;
    assert_ptr_equal(ct_arena_grow(&a, items, n, &cap, sizeof *items), items);
    CT_EQ_I64("room left: nothing grew", cap, before);
}

static void texts(void **state)
{
    (void)state;
    CT_AUTO_ARENA a = CT_ARENA_INIT;
    char bytes[] = "hello";
    struct ct_sv copy = ct_arena_dup(&a, ct_sv_n(bytes, 3));
    char *c = ct_arena_cstr(&a, ct_sv_n(bytes, 4));
    bytes[0] = 'x';
    CT_EQ_SV("a copy", copy, CT_SV("hel"));
    CT_EQ_I64("ends in NUL", copy.p[3], 0);
    CT_EQ_STR("C string", c, "hell");
    CT_EQ_STR("C string of null", ct_arena_cstr(&a, CT_SV_NULL), "");
    CT_EQ_STR("a copy of null can be read", ct_arena_dup(&a, CT_SV_NULL).p, "");
}

static void printing_short_and_long(void **state)
{
    (void)state;
    CT_AUTO_ARENA a = CT_ARENA_INIT;
    CT_EQ_SV("short", ct_arena_printf(&a, "%d-%s", 7, "x"), CT_SV("7-x"));
    CT_EQ_SV("empty", ct_arena_printf(&a, "%s", ""), CT_SV(""));
    for (int n = 250; n < 262; n++) { /* around the size that is tried first */
        struct ct_sv s = ct_arena_printf(&a, "%*d", n, 7);
        CT_EQ_I64("length", s.n, n);
        CT_EQ_I64("last", s.p[n - 1], '7');
        CT_EQ_I64("NUL", s.p[n], 0);
    }
}

/* Runs in a child, which must end by SIGABRT; its complaint is not for the log of the tests. */
static void expect_abort(void (*run)(struct ct_arena *a))
{
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        struct ct_arena a = CT_ARENA_INIT;
        signal(SIGABRT, SIG_DFL);
        close(STDERR_FILENO);
        run(&a);
        _exit(0);
    }
    int status = 0;
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFSIGNALED(status));
    assert_int_equal(WTERMSIG(status), SIGABRT);
}

static void array_that_overflows(struct ct_arena *a)
{
    ct_arena_calloc(a, SIZE_MAX / 2, 4);
}

static void size_beyond_all_memory(struct ct_arena *a)
{
    volatile size_t n = SIZE_MAX - 8;
    ct_arena_alloc(a, n);
}

static void impossible_sizes_end_the_process(void **state)
{
    (void)state;
    expect_abort(array_that_overflows);
    expect_abort(size_beyond_all_memory);
}

static void line_ends_become_those_of_unix(void **state)
{
    static const struct {
        const char *name, *text, *want;
    } cases[] = {
        {"nothing", "", ""},
        {"as they are", "a\nb\n", "a\nb\n"},
        {"of Windows", "a\r\n\r\nb\r\n", "a\n\nb\n"},
        {"a lone return stays", "a\rb\r", "a\rb\r"},
        {"of two returns one goes", "a\r\r\nb", "a\r\nb"},
    };
    (void)state;
    CT_EACH (c, cases) {
        CT_AUTO_ARENA a = CT_ARENA_INIT;
        CT_EQ_SV(c->name, ct_arena_unix_lines(&a, ct_sv_c(c->text)), ct_sv_c(c->want));
    }
    CT_AUTO_ARENA a = CT_ARENA_INIT;
    assert_null(ct_arena_unix_lines(&a, CT_SV_NULL).p);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(line_ends_become_those_of_unix),
        cmocka_unit_test(memory_is_zeroed_aligned_and_apart),
        cmocka_unit_test(empty_allocations_are_unique),
        cmocka_unit_test(neighbours_do_not_overlap),
        cmocka_unit_test(used_counts_what_was_handed_out),
        cmocka_unit_test(resetting_an_unused_arena_is_fine),
        cmocka_unit_test(a_big_first_allocation_survives_its_followers),
        cmocka_unit_test(objects_and_arrays),
        cmocka_unit_test(arrays_grow_and_keep_their_items),
        cmocka_unit_test(texts),
        cmocka_unit_test(printing_short_and_long),
        cmocka_unit_test(impossible_sizes_end_the_process),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
