/*
 * test_url_name.c: address parts made of titles and file names.
 */
#include "ct_test.h"

#include "ct/text/url.h"

#include "ct/base/banned.h"

#define TEN "abcdefghi "

static void names(void **state)
{
    (void)state;
    static const struct {
        const char *name, *in, *want;
    } cases[] = {
        {"words", "First words", "first-words"},
        {"accents", "Tür 1", "tur-1"},
        {"letters that are two", "Straße, Œuvre, Þing", "strasse-oeuvre-thing"},
        {"apostrophes part no words", "Don't \xe2\x80\x9cknock\xe2\x80\x9d: it\xe2\x80\x99s open",
         "dont-knock-its-open"},
        {"signs around", "  #1: (the call)!  ", "1-the-call"},
        {"accents that stand by themselves", "Cafe\xcc\x81", "cafe"},
        {"signs of multiplication are no letters", "2\xc3\x97\x33", "2-3"},
        {"another script is dropped", "\xd0\x9f\xd1\x80 one", "one"},
        {"nothing is left", "\xd0\x9f\xd1\x80 ?!", ""},
        {"empty", "", ""},
        {"exactly as long as may be", TEN TEN TEN TEN TEN TEN "abcd",
         "abcdefghi-abcdefghi-abcdefghi-abcdefghi-abcdefghi-abcdefghi-abcd"},
        {"too long: no half word", TEN TEN TEN TEN TEN TEN "abcde",
         "abcdefghi-abcdefghi-abcdefghi-abcdefghi-abcdefghi-abcdefghi"},
        {"one word that is too long",
         "abcdefghijabcdefghijabcdefghijabcdefghijabcdefghijabcdefghijabcdefghij",
         "abcdefghijabcdefghijabcdefghijabcdefghijabcdefghijabcdefghijabcd"},
        {"broken UTF-8",
         "a\xff"
         "b",
         "a-b"},
    };
    CT_EACH (c, cases) {
        CT_AUTO_ARENA a = CT_ARENA_INIT;
        struct ct_sv got = ct_url_name(&a, ct_sv_c(c->in));
        CT_EQ_SV(c->name, got, ct_sv_c(c->want));
        CT_EQ_I64(c->name, got.n == 0 || ct_url_is_slug(got), true);
        CT_EQ_I64(c->name, got.p == NULL, *c->want == '\0');
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(names)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
