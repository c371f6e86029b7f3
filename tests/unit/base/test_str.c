/*
 * test_str.c: the growing text: appends, the limit, the memory of failure.
 */
#include "ct_test.h"

#include "ct/base/str.h"

#include "ct/base/banned.h"

static void a_fresh_text_is_empty(void **state)
{
    (void)state;
    CT_AUTO_STR s = CT_STR_INIT(10);
    CT_EQ_STR("p", s.p, "");
    assert_true(ct_str_ok(&s));
    CT_EQ_I64("n", ct_str_sv(&s).n, 0);
    ct_str_release(&s);
    CT_EQ_STR("released", s.p, "");
}

static void appends_of_every_kind(void **state)
{
    (void)state;
    CT_AUTO_STR s = CT_STR_INIT(1000);
    ct_str_add(&s, "abc", 2);
    ct_str_add_sv(&s, CT_SV("cd"));
    ct_str_add_sv(&s, CT_SV_NULL);
    ct_str_add_c(&s, "ef");
    ct_str_add_c(&s, NULL);
    ct_str_add_char(&s, 'g');
    ct_str_add_rune(&s, 0x20AC);
    ct_str_addf(&s, "%d%%", 42);
    ct_str_add_html(&s, CT_SV("<"));
    CT_EQ_STR("all", s.p, "abcdefg€42%&lt;");
    CT_EQ_I64("n", s.n, strlen(s.p));
    assert_true(ct_str_ok(&s));
}

static void runes(void **state)
{
    (void)state;
    static const struct {
        const char *name;
        uint32_t rune;
        const char *want;
    } cases[] = {
        {"ASCII", 'a', "a"},
        {"last of one", 0x7F, "\x7f"},
        {"first of two", 0x80, "\xc2\x80"},
        {"last of two", 0x7FF, "\xdf\xbf"},
        {"first of three", 0x800, "\xe0\xa0\x80"},
        {"last of three", 0xFFFF, "\xef\xbf\xbf"},
        {"first of four", 0x10000, "\xf0\x90\x80\x80"},
        {"highest", 0x10FFFF, "\xf4\x8f\xbf\xbf"},
        {"too high", 0x110000, "\xef\xbf\xbd"},
        {"surrogate", 0xD800, "\xef\xbf\xbd"},
        {"last surrogate", 0xDFFF, "\xef\xbf\xbd"},
    };
    CT_EACH (c, cases) {
        CT_AUTO_STR s = CT_STR_INIT(4);
        ct_str_add_rune(&s, c->rune);
        CT_EQ_STR(c->name, s.p, c->want);
    }
}

static void html_is_escaped(void **state)
{
    (void)state;
    static const struct {
        const char *name, *in, *want;
    } cases[] = {
        {"plain", "plain", "plain"},
        {"all five", "&<>\"'", "&amp;&lt;&gt;&quot;&#39;"},
        {"between", "a<b>c", "a&lt;b&gt;c"},
        {"an entity again", "&amp;", "&amp;amp;"},
        {"UTF-8 stays", "é€", "é€"},
        {"empty", "", ""},
        {"null", NULL, ""},
    };
    CT_EACH (c, cases) {
        CT_AUTO_STR s = CT_STR_INIT(100);
        ct_str_add_html(&s, ct_sv_c(c->in));
        CT_EQ_STR(c->name, s.p, c->want);
    }
}

/* 31 bytes, each kind of append among them. */
static void compose(struct ct_str *s)
{
    ct_str_add_c(s, "hello ");
    ct_str_add_html(s, CT_SV("a<b&c"));
    ct_str_addf(s, "%05d", 42);
    ct_str_add_rune(s, 0x1F600);
    ct_str_add_char(s, '.');
    ct_str_add(s, "end", 3);
}

static void every_limit_gives_all_or_a_failure(void **state)
{
    (void)state;
    CT_AUTO_STR whole = CT_STR_INIT(1000);
    compose(&whole);
    CT_EQ_STR("whole", whole.p, "hello a&lt;b&amp;c00042😀.end");
    for (size_t max = 0; max <= whole.n + 2; max++) {
        CT_AUTO_STR s = CT_STR_INIT(max);
        compose(&s);
        CT_EQ_I64("ok", ct_str_ok(&s), max >= whole.n);
        assert_true(s.n <= max);
        assert_true(s.cap <= max + 1);
        CT_EQ_I64("NUL", s.p[s.n], 0);
        assert_true(ct_sv_starts(ct_str_sv(&whole), ct_str_sv(&s)));
    }
}

static void failure_sticks_until_a_reset(void **state)
{
    (void)state;
    CT_AUTO_STR s = CT_STR_INIT(4);
    ct_str_add_c(&s, "abc");
    ct_str_add_c(&s, "de");
    assert_false(ct_str_ok(&s));
    ct_str_add_c(&s, "d");
    CT_EQ_STR("nothing more is added", s.p, "abc");
    assert_false(ct_str_ok(&s));
    ct_str_reset(&s);
    assert_true(ct_str_ok(&s));
    CT_EQ_STR("reset", s.p, "");
    ct_str_add_c(&s, "wxyz");
    CT_EQ_STR("used again", s.p, "wxyz");
    assert_true(ct_str_ok(&s));
    ct_str_add_char(&s, '!');
    ct_str_release(&s);
    assert_true(ct_str_ok(&s));
    ct_str_add_c(&s, "abcd");
    CT_EQ_STR("the limit is still known", s.p, "abcd");
}

static void nothing_may_always_be_added(void **state)
{
    (void)state;
    CT_AUTO_STR s = CT_STR_INIT(0);
    ct_str_add(&s, NULL, 0);
    ct_str_addf(&s, "%s", "");
    ct_str_add_html(&s, CT_SV(""));
    assert_true(ct_str_ok(&s));
    CT_EQ_I64("no memory", s.cap, 0);
}

static void the_largest_limit_does_not_overflow(void **state)
{
    (void)state;
    CT_AUTO_STR s = CT_STR_INIT(SIZE_MAX);
    ct_str_add_c(&s, "abc");
    CT_EQ_STR("fine", s.p, "abc");
    ct_str_add(&s, "x", SIZE_MAX - 1);
    assert_false(ct_str_ok(&s));
    CT_EQ_STR("unchanged", s.p, "abc");
}

static void resets_keep_the_memory(void **state)
{
    (void)state;
    CT_AUTO_STR s = CT_STR_INIT(10000);
    for (int i = 0; i < 1000; i++)
        ct_str_addf(&s, "%d,", i);
    const char *p = s.p;
    size_t cap = s.cap;
    ct_str_reset(&s);
    for (int i = 0; i < 1000; i++)
        ct_str_addf(&s, "%d,", i);
    assert_ptr_equal(s.p, p);
    CT_EQ_I64("cap", s.cap, cap);
}

static void initialising_by_call(void **state)
{
    (void)state;
    struct ct_str s;
    ct_str_init(&s, 2);
    ct_str_add_c(&s, "ab");
    assert_true(ct_str_ok(&s));
    ct_str_add_c(&s, "c");
    assert_false(ct_str_ok(&s));
    ct_str_release(&s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_fresh_text_is_empty),
        cmocka_unit_test(appends_of_every_kind),
        cmocka_unit_test(runes),
        cmocka_unit_test(html_is_escaped),
        cmocka_unit_test(every_limit_gives_all_or_a_failure),
        cmocka_unit_test(failure_sticks_until_a_reset),
        cmocka_unit_test(nothing_may_always_be_added),
        cmocka_unit_test(the_largest_limit_does_not_overflow),
        cmocka_unit_test(resets_keep_the_memory),
        cmocka_unit_test(initialising_by_call),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
