/*
 * test_sv.c: comparing, cutting and reading views.
 */
#include "ct_test.h"

#include "ct/base/banned.h"

static void comparing(void **state)
{
    (void)state;
    static const struct {
        const char *name;
        struct ct_sv a, b;
        bool same, same_but_case;
        int order;
    } cases[] = {
        {"equal", {"abc", 3}, {"abc", 3}, true, true, 0},
        {"case differs", {"aBc", 3}, {"AbC", 3}, false, true, 1},
        {"shorter is less", {"ab", 2}, {"abc", 3}, false, false, -1},
        {"longer is more", {"abc", 3}, {"ab", 2}, false, false, 1},
        {"empty and null", {"", 0}, {NULL, 0}, true, true, 0},
        {"null is less", {NULL, 0}, {"a", 1}, false, false, -1},
        {"bytes are unsigned", {"\xff", 1}, {"a", 1}, false, false, 1},
        {"a NUL counts", {"a\0b", 3}, {"a\0c", 3}, false, false, -1},
        {"only ASCII has case", {"\xc3\x89", 2}, {"\xc3\xa9", 2}, false, false, -1},
        {"[ is no { ", {"[", 1}, {"{", 1}, false, false, -1},
    };
    CT_EACH (c, cases) {
        CT_EQ_I64(c->name, ct_sv_eq(c->a, c->b), c->same);
        CT_EQ_I64(c->name, ct_sv_ieq(c->a, c->b), c->same_but_case);
        int order = ct_sv_cmp(c->a, c->b);
        CT_EQ_I64(c->name, (order > 0) - (order < 0), c->order);
        order = ct_sv_cmp(c->b, c->a);
        CT_EQ_I64(c->name, (order > 0) - (order < 0), -c->order);
    }
    assert_true(ct_sv_eq_c(CT_SV("abc"), "abc"));
    assert_false(ct_sv_eq_c(CT_SV("abc"), "ab"));
    assert_true(ct_sv_eq_c(CT_SV_NULL, NULL));
}

static void beginnings_and_ends(void **state)
{
    (void)state;
    static const struct {
        const char *name;
        struct ct_sv s, part;
        bool starts, ends;
    } cases[] = {
        {"the whole", {"abc", 3}, {"abc", 3}, true, true},
        {"the front", {"abc", 3}, {"ab", 2}, true, false},
        {"the end", {"abc", 3}, {"bc", 2}, false, true},
        {"nothing is everywhere", {"abc", 3}, {"", 0}, true, true},
        {"nothing in nothing", {NULL, 0}, {NULL, 0}, true, true},
        {"longer", {"abc", 3}, {"abcd", 4}, false, false},
        {"something in nothing", {NULL, 0}, {"a", 1}, false, false},
    };
    CT_EACH (c, cases) {
        CT_EQ_I64(c->name, ct_sv_starts(c->s, c->part), c->starts);
        CT_EQ_I64(c->name, ct_sv_ends(c->s, c->part), c->ends);
    }
}

static void trimming(void **state)
{
    (void)state;
    static const struct {
        const char *name, *s, *want;
    } cases[] = {
        {"nothing to do", "a b", "a b"},
        {"all blanks", " \t\r\n a \t\r\n ", "a"},
        {"only blanks", " \t ", ""},
        {"empty", "", ""},
        {"null", NULL, ""},
        {"a no-break space stays", "\xc2\xa0", "\xc2\xa0"},
    };
    CT_EACH (c, cases)
        CT_EQ_SV(c->name, ct_sv_trim(ct_sv_c(c->s)), ct_sv_c(c->want));
}

static void clipping(void **state)
{
    (void)state;
    static const struct {
        const char *name;
        size_t from, n;
        const char *want;
    } cases[] = {
        {"inside", 1, 2, "bc"},       {"whole", 0, 4, "abcd"},
        {"too many", 2, 100, "cd"},   {"from the end", 4, 1, ""},
        {"beyond the end", 9, 1, ""}, {"largest sizes", SIZE_MAX, SIZE_MAX, ""},
        {"rest", 1, SIZE_MAX, "bcd"}, {"none", 2, 0, ""},
    };
    CT_EACH (c, cases)
        CT_EQ_SV(c->name, ct_sv_sub(CT_SV("abcd"), c->from, c->n), ct_sv_c(c->want));
    assert_null(ct_sv_sub(CT_SV_NULL, 1, 1).p);
}

static void finding(void **state)
{
    (void)state;
    CT_EQ_I64("first of two", ct_sv_find(CT_SV("a,b,c"), ','), 1);
    CT_EQ_I64("none", ct_sv_find(CT_SV("abc"), ','), SIZE_MAX);
    CT_EQ_I64("in null", ct_sv_find(CT_SV_NULL, ','), SIZE_MAX);
    CT_EQ_I64("a NUL", ct_sv_find(CT_SV("ab\0c"), '\0'), 2);
    CT_EQ_I64("not beyond the end", ct_sv_find(ct_sv_n("abc", 2), 'c'), SIZE_MAX);
    CT_EQ_I64("needle", ct_sv_search(CT_SV("ababc"), CT_SV("abc")), 2);
    CT_EQ_I64("needle at 0", ct_sv_search(CT_SV("abc"), CT_SV("abc")), 0);
    CT_EQ_I64("no needle", ct_sv_search(CT_SV("abc"), CT_SV("bd")), SIZE_MAX);
    CT_EQ_I64("longer needle", ct_sv_search(CT_SV("ab"), CT_SV("abc")), SIZE_MAX);
    CT_EQ_I64("empty needle", ct_sv_search(CT_SV("abc"), CT_SV("")), 0);
    CT_EQ_I64("in null", ct_sv_search(CT_SV_NULL, CT_SV("a")), SIZE_MAX);
    CT_EQ_I64("null in null", ct_sv_search(CT_SV_NULL, CT_SV_NULL), 0);
}

static void splitting(void **state)
{
    (void)state;
    static const struct {
        const char *name, *s, *parts; /* parts joined with | */
        int n;
    } cases[] = {
        {"three", "a,b,c", "a|b|c|", 3},
        {"an empty one between", "a,,b", "a||b|", 3},
        {"one", "abc", "abc|", 1},
        {"an empty one at the end", "a,", "a||", 2},
        {"an empty one in front", ",a", "|a|", 2},
        {"an empty view is one part", "", "|", 1},
        {"a null view is none", NULL, "", 0},
    };
    CT_EACH (c, cases) {
        char joined[64] = "";
        struct ct_sv rest = ct_sv_c(c->s), part = CT_SV_NULL;
        int n = 0;
        size_t at = 0;
        for (; ct_sv_split(&rest, ',', &part); n++) {
            memcpy(joined + at, part.p, part.n);
            at += part.n;
            joined[at++] = '|';
        }
        CT_EQ_STR(c->name, joined, c->parts);
        CT_EQ_I64(c->name, n, c->n);
        assert_false(ct_sv_split(&rest, ',', &part));
    }
}

static void reading_integers(void **state)
{
    (void)state;
    static const struct {
        const char *s;
        bool ok;
        int64_t want;
    } cases[] = {
        {"0", true, 0},
        {"-0", true, 0},
        {"7", true, 7},
        {"+7", true, 7},
        {"-7", true, -7},
        {"007", true, 7},
        {"9223372036854775807", true, INT64_MAX},
        {"+9223372036854775807", true, INT64_MAX},
        {"-9223372036854775808", true, INT64_MIN},
        {"9223372036854775808", false, 0},
        {"-9223372036854775809", false, 0},
        {"99999999999999999999999", false, 0},
        {"", false, 0},
        {NULL, false, 0},
        {"-", false, 0},
        {"+", false, 0},
        {"--1", false, 0},
        {"+-1", false, 0},
        {" 1", false, 0},
        {"1 ", false, 0},
        {"1.0", false, 0},
        {"0x10", false, 0},
        {"1e3", false, 0},
        {"\xd9\xa1", false, 0}, /* an Arabic-Indic one */
    };
    CT_EACH (c, cases) {
        int64_t v = 4711;
        CT_EQ_I64(c->s ? c->s : "null", ct_sv_i64(ct_sv_c(c->s), &v), c->ok);
        CT_EQ_I64(c->s ? c->s : "null", v, c->ok ? c->want : 4711);
    }
    int64_t v = 0;
    assert_false(ct_sv_i64(CT_SV("1\0"), &v));
}

static void reading_numbers(void **state)
{
    (void)state;
    static const struct {
        const char *s;
        bool ok;
        double want;
    } cases[] = {
        {"72", true, 72},
        {"-1.5", true, -1.5},
        {"+1.5", true, 1.5},
        {".5", true, 0.5},
        {"-.5", true, -0.5},
        {"0", true, 0},
        {"00012.50", true, 12.5},
        {"0.1", true, 0.1},
        {"0.3", true, 0.3},
        {"3.14159265358979", true, 3.14159265358979},
        {"123456789.123456", true, 123456789.123456},
        {"9007199254740992", true, 9007199254740992.0},
        {"0.0000000000000000000001", true, 1e-22},
        {"1000000000000000000000000000000000000000", true, 1e39},
        {"0000000000000000000000000000000000000001", true, 1},
        {"10000000000000000000000000000000000000000", false, 0}, /* 41 bytes */
        {"", false, 0},
        {NULL, false, 0},
        {".", false, 0},
        {"-", false, 0},
        {"-.", false, 0},
        {"5.", false, 0},
        {"1.2.3", false, 0},
        {"1..2", false, 0},
        {"1,5", false, 0},
        {"1e3", false, 0},
        {"0x1p3", false, 0},
        {"inf", false, 0},
        {"nan", false, 0},
        {" 1", false, 0},
        {"1 ", false, 0},
        {"1-", false, 0},
    };
    CT_EACH (c, cases) {
        double v = 4711;
        const char *name = c->s ? c->s : "null";
        CT_EQ_I64(name, ct_sv_double(ct_sv_c(c->s), &v), c->ok);
        double want = c->ok ? c->want : 4711, off = v - want;
        if (off < 0 || off > 0)
            print_error("%s: %.17g, not %.17g\n", name, v, want);
        assert_true(memcmp(&v, &want, sizeof v) == 0 ||
                    (c->ok && want > 1e30 && off / want < 1e-15));
    }
}

static void many_digits_are_within_a_hair(void **state)
{
    (void)state;
    static const struct {
        const char *s;
        double want;
    } cases[] = {
        {"3.14159265358979323846264338327950288419", 3.14159265358979323846264338327950288419},
        {"0.33333333333333333333333333333333333333", 0.33333333333333333333333333333333333333},
        {"12345678901234567890123456789.123456789", 12345678901234567890123456789.123456789},
        {"0.00000000000000000000000000000000000123", 0.00000000000000000000000000000000000123},
    };
    CT_EACH (c, cases) {
        double v = 0;
        assert_true(ct_sv_double(ct_sv_c(c->s), &v));
        double off = (v - c->want) / c->want;
        if (off > 1e-15 || off < -1e-15)
            fail_msg("%s: %.17g", c->s, v);
    }
}

static void well_formed_utf8(void **state)
{
    (void)state;
    static const struct {
        const char *name;
        struct ct_sv s;
        bool ok;
    } cases[] = {
        {"empty", {"", 0}, true},
        {"null", {NULL, 0}, true},
        {"ASCII", {"a b", 3}, true},
        {"two, three, four bytes", {"é€😀", 9}, true},
        {"lowest of two", {"\xc2\x80", 2}, true},
        {"lowest of three", {"\xe0\xa0\x80", 3}, true},
        {"last before surrogates", {"\xed\x9f\xbf", 3}, true},
        {"first after surrogates", {"\xee\x80\x80", 3}, true},
        {"lowest of four", {"\xf0\x90\x80\x80", 4}, true},
        {"highest", {"\xf4\x8f\xbf\xbf", 4}, true},
        {"NUL", {"a\0b", 3}, false},
        {"lone continuation", {"\x80", 1}, false},
        {"overlong slash", {"\xc0\xaf", 2}, false},
        {"overlong of two", {"\xc1\xbf", 2}, false},
        {"overlong of three", {"\xe0\x9f\xbf", 3}, false},
        {"overlong of four", {"\xf0\x8f\xbf\xbf", 4}, false},
        {"surrogate", {"\xed\xa0\x80", 3}, false},
        {"too high", {"\xf4\x90\x80\x80", 4}, false},
        {"lead of five", {"\xf8\x88\x80\x80\x80", 5}, false},
        {"0xff", {"\xff", 1}, false},
        {"cut after two of three", {"\xe2\x82", 2}, false},
        {"ASCII inside", {"\xe2\x28\xa1", 3}, false},
        {"overlong NUL", {"\xc0\x80", 2}, false},
    };
    CT_EACH (c, cases)
        CT_EQ_I64(c->name, ct_sv_utf8(c->s), c->ok);
}

static void taking_code_points(void **state)
{
    (void)state;
    struct ct_sv s = CT_SV("a\xc3\xa9\xe2\x82\xac\xf0\x9f\x98\x80\xff\xe2\x82z");
    static const uint32_t want[] = {'a', 0xE9, 0x20AC, 0x1F600, 0xFFFD, 0xFFFD, 0xFFFD, 'z', 0, 0};
    CT_EQ_I64("how many", ct_sv_runes(s), 8);
    CT_EQ_I64("none", ct_sv_runes(CT_SV_NULL), 0);
    CT_EACH (w, want)
        CT_EQ_I64("rune", ct_sv_rune(&s), *w);
    CT_EQ_I64("left", s.n, 0);
}

/* Text is looked at eight bytes at a time: what is wrong is found at every place. */
static void a_bad_byte_is_found_wherever_it_stands(void **state)
{
    (void)state;
    for (size_t n = 1; n <= 40; n++) {
        for (size_t at = 0; at < n; at++) {
            char text[40];
            memset(text, 'a', sizeof text);
            assert_true(ct_sv_utf8(ct_sv_n(text, n)));
            text[at] = '\0';
            assert_false(ct_sv_utf8(ct_sv_n(text, n)));
            text[at] = (char)0xff;
            assert_false(ct_sv_utf8(ct_sv_n(text, n)));
            text[at] = 0x01;
            assert_true(ct_sv_utf8(ct_sv_n(text, n)));
            if (at + 1 == n)
                continue;
            memcpy(text + at, "\xc3\xab", 2);
            assert_true(ct_sv_utf8(ct_sv_n(text, n)));
            assert_false(ct_sv_utf8(ct_sv_n(text, at + 1)));
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_bad_byte_is_found_wherever_it_stands),
        cmocka_unit_test(comparing),
        cmocka_unit_test(beginnings_and_ends),
        cmocka_unit_test(trimming),
        cmocka_unit_test(clipping),
        cmocka_unit_test(finding),
        cmocka_unit_test(splitting),
        cmocka_unit_test(reading_integers),
        cmocka_unit_test(reading_numbers),
        cmocka_unit_test(many_digits_are_within_a_hair),
        cmocka_unit_test(well_formed_utf8),
        cmocka_unit_test(taking_code_points),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
