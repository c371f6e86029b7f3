/*
 * test_zip.c: archives that other programs read, that are the same each time, and that say when
 * they could not be written.
 */
#include "zip_test.h"

#include "ct/text/zip.h"

#include "ct/base/banned.h"

enum { LARGE = 3 * 1000 * 1000, AT = 1700000000 };

/* Two files, one of them long and written in pieces. */
static void pack(struct ct_arena *a, struct ct_sink *out, int64_t at)
{
    struct ct_err err = CT_ERR_INIT;
    CT_AUTO_ZIP *z = NULL;
    char piece[1000];

    memset(piece, 'x', sizeof piece);
    CT_OK_("open", ct_zip_open(a, out, at, &z, &err), &err);
    CT_OK_("add", ct_zip_add(z, CT_SV("a/\xc3\xa4\xe2\x82\xac.txt"), CT_SV("abc"), &err), &err);
    CT_OK_("begin", ct_zip_begin(z, CT_SV("a/long.txt"), &err), &err);
    for (int i = 0; i < LARGE / 1000; i++)
        CT_OK_("piece", ct_zip_write(z, ct_sv_n(piece, sizeof piece), &err), &err);
    CT_OK_("end", ct_zip_end(z, &err), &err);
    CT_OK_("empty", ct_zip_add(z, CT_SV("a/empty"), CT_SV_NULL, &err), &err);
    size_t n;
    const struct ct_zip_entry *e = ct_zip_entries(z, &n);
    CT_EQ_I64("entries", (int64_t)n, 3);
    CT_EQ_I64("length", e[1].size, LARGE);
    CT_EQ_STR("sum of abc", e[0].sha256,
              "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    CT_OK_("close", ct_zip_close(z, &err), &err);
}

static void other_programs_read_it(void **state)
{
    CT_AUTO_ARENA a = CT_ARENA_INIT;
    CT_AUTO_STR bytes = CT_STR_INIT(LARGE);
    struct ct_sink out = ct_sink_str(&bytes);
    char *answer = ct_arena_alloc(&a, LARGE + 100);

    (void)state;
    pack(&a, &out, AT);
    CT_EQ_I64("unzip -t", zip_ask(ct_str_sv(&bytes), "-tq", "", answer, LARGE), 0);
    assert_non_null(strstr(answer, "No errors detected"));
    CT_EQ_I64("a file", zip_ask(ct_str_sv(&bytes), "-p", "a/long.txt", answer, LARGE + 100), 0);
    CT_EQ_I64("of its length", (int64_t)strlen(answer), LARGE);
    /* APPNOTE 4.4.4: bit 11 of the flags, which follow signature and version */
    assert_true(((unsigned char)bytes.p[7] & 0x08) != 0);
    assert_memory_equal(bytes.p + 30, "a/\xc3\xa4\xe2\x82\xac.txt", 11);
    assert_true(bytes.n < LARGE / 10);
}

static void the_same_gives_the_same_bytes(void **state)
{
    CT_AUTO_ARENA a = CT_ARENA_INIT;
    CT_AUTO_STR one = CT_STR_INIT(LARGE), two = CT_STR_INIT(LARGE), later = CT_STR_INIT(LARGE);
    struct ct_sink to_one = ct_sink_str(&one), to_two = ct_sink_str(&two),
                   to_later = ct_sink_str(&later);

    (void)state;
    pack(&a, &to_one, AT);
    pack(&a, &to_two, AT);
    pack(&a, &to_later, AT + 86400);
    assert_true(ct_sv_eq(ct_str_sv(&one), ct_str_sv(&two)));
    assert_false(ct_sv_eq(ct_str_sv(&one), ct_str_sv(&later)));
}

static void names_that_lead_elsewhere_are_refused(void **state)
{
    static const char *const names[] = {"",     "/etc/passwd", "../x", "a/../x", "a//b",
                                        "a\\b", "\xff",        ".",    "a/"};
    CT_AUTO_ARENA a = CT_ARENA_INIT;
    CT_AUTO_STR bytes = CT_STR_INIT(LARGE);
    struct ct_sink out = ct_sink_str(&bytes);
    struct ct_err err = CT_ERR_INIT;
    CT_AUTO_ZIP *z = NULL;

    (void)state;
    CT_OK_("open", ct_zip_open(&a, &out, AT, &z, &err), &err);
    CT_EACH (name, names)
        CT_EQ_I64(*name, ct_zip_begin(z, ct_sv_c(*name), &err), CT_BAD_INPUT);
}

static void a_sink_that_is_full_ends_it(void **state)
{
    CT_AUTO_ARENA a = CT_ARENA_INIT;
    (void)state;
    for (size_t max = 0; max < 600; max += 50) {
        CT_AUTO_STR bytes = CT_STR_INIT(max);
        struct ct_sink out = ct_sink_str(&bytes);
        struct ct_err err = CT_ERR_INIT;
        CT_AUTO_ZIP *z = NULL;
        char noise[600];
        ct_random_bytes(noise, sizeof noise);
        int r = ct_zip_open(&a, &out, AT, &z, &err);
        if (r == CT_OK)
            r = ct_zip_add(z, CT_SV("noise"), ct_sv_n(noise, sizeof noise), &err);
        if (r == CT_OK)
            r = ct_zip_close(z, &err);
        CT_EQ_I64("full", r, CT_TOO_BIG);
        CT_EQ_STR("said by the sink", err.what, "file");
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(other_programs_read_it),
        cmocka_unit_test(the_same_gives_the_same_bytes),
        cmocka_unit_test(names_that_lead_elsewhere_are_refused),
        cmocka_unit_test(a_sink_that_is_full_ends_it),
    };
    return ct_secret_init(NULL) < 0 ? 1 : cmocka_run_group_tests(tests, NULL, NULL);
}
