/*
 * test_url.c: addresses built, taken apart and judged; slugs as GitHub makes them.
 */
#include "ct_test.h"

#include "ct/base/limits.h"
#include "ct/text/url.h"

#include "ct/base/banned.h"

enum { MAX = 4096 };

static void segments(void **state)
{
    (void)state;
    static const struct {
        const char *name, *in, *want;
    } cases[] = {
        {"slug", "trauma-informed-care", "trauma-informed-care"},
        {"unreserved", "aZ09-._~", "aZ09-._~"},
        {"slash", "a/b", "a%2Fb"},
        {"blank and plus", "a b+c", "a%20b%2Bc"},
        {"question mark and number sign", "?#", "%3F%23"},
        {"percent sign", "100%", "100%25"},
        {"UTF-8", "é", "%C3%A9"},
        {"colon, which could be a scheme", "javascript:x", "javascript%3Ax"},
        {"one dot", ".", "%2E"},
        {"two dots", "..", "%2E%2E"},
        {"three dots are a name", "...", "..."},
        {"empty", "", ""},
    };
    CT_EACH (c, cases) {
        CT_AUTO_STR out = CT_STR_INIT(MAX);
        CT_AUTO_ARENA a = CT_ARENA_INIT;
        struct ct_err err = CT_ERR_INIT;
        struct ct_sv back = CT_SV_NULL;
        ct_url_add_segment(&out, ct_sv_c(c->in));
        CT_EQ_STR(c->name, out.p, c->want);
        if (ct_sv_find(ct_sv_c(c->in), '/') == SIZE_MAX) {
            CT_OK_(c->name, ct_url_decode_segment(&a, ct_str_sv(&out), &back, &err), &err);
            CT_EQ_SV(c->name, back, ct_sv_c(c->in));
        }
    }
}

static void queries(void **state)
{
    (void)state;
    CT_AUTO_STR out = CT_STR_INIT(MAX);
    bool first = true;
    ct_url_add_query(&out, &first, CT_SV("q"), CT_SV("a b&c=d"));
    ct_url_add_query(&out, &first, CT_SV("é"), CT_SV(""));
    CT_EQ_STR("query", out.p, "?q=a%20b%26c%3Dd&%C3%A9=");
    CT_EQ_I64("cleared", first, false);
}

static void paths(void **state)
{
    (void)state;
    CT_AUTO_ARENA a = CT_ARENA_INIT;
    CT_EQ_SV("three", CT_URL(&a, CT_SV("courses"), CT_SV("a/b"), CT_SV("é")),
             CT_SV("/courses/a%2Fb/%C3%A9"));
    CT_EQ_SV("one", CT_URL(&a, CT_SV("login")), CT_SV("/login"));
    CT_EQ_SV("none", ct_url_path(&a, NULL, 0), CT_SV("/"));
}

static void decoding_refuses(void **state)
{
    (void)state;
    static const struct {
        const char *name;
        struct ct_sv in;
    } cases[] = {
        {"% at the end", {"a%", 2}},
        {"% and one digit", {"a%2", 3}},
        {"% and no digit", {"%zz", 3}},
        {"escaped NUL", {"a%00", 4}},
        {"NUL", {"a\0b", 3}},
        {"escaped slash", {"a%2fb", 5}},
        {"slash", {"a/b", 3}},
        {"not UTF-8", {"%ff", 3}},
        {"overlong slash", {"%c0%af", 6}},
    };
    CT_EACH (c, cases) {
        CT_AUTO_ARENA a = CT_ARENA_INIT;
        struct ct_sv back = CT_SV("before");
        struct ct_err err = CT_ERR_INIT;
        CT_EQ_I64(c->name, ct_url_decode_segment(&a, c->in, &back, &err), CT_BAD_INPUT);
        CT_EQ_SV(c->name, back, CT_SV("before"));
        CT_EQ_STR(c->name, err.what, "path");
    }
    CT_AUTO_ARENA a = CT_ARENA_INIT;
    struct ct_sv back = CT_SV_NULL;
    CT_OK_("plus", ct_url_decode_segment(&a, CT_SV("a+b%2B"), &back, NULL), NULL);
    CT_EQ_SV("plus stays a plus in a path", back, CT_SV("a+b+"));
}

static void local_targets(void **state)
{
    (void)state;
    static const struct {
        const char *name;
        struct ct_sv in;
        bool want;
    } cases[] = {
        {"root", {"/", 1}, true},
        {"path", {"/courses/a", 10}, true},
        {"query and fragment", {"/a?b=//c#d", 10}, true},
        {"two slashes later", {"/a//b", 5}, true},
        {"escaped", {"/caf%C3%A9", 10}, true},
        {"empty", {"", 0}, false},
        {"null", {NULL, 0}, false},
        {"relative", {"a", 1}, false},
        {"host without a scheme", {"//evil.example", 14}, false},
        {"three slashes", {"///evil.example", 15}, false},
        {"scheme", {"https://evil.example", 20}, false},
        {"script", {"javascript:alert(1)", 19}, false},
        {"backslash host", {"/\\evil.example", 14}, false},
        {"two backslashes", {"\\\\evil.example", 14}, false},
        {"backslash later", {"/a\\b", 4}, false},
        {"tab that browsers drop", {"/\t/evil.example", 15}, false},
        {"line break that browsers drop", {"/\n/evil.example", 15}, false},
        {"header injection", {"/a\r\nX: y", 8}, false},
        {"blank in front", {" /a", 3}, false},
        {"blank within", {"/a b", 4}, false},
        {"NUL", {"/a\0b", 4}, false},
        {"delete", {"/a\x7F", 3}, false},
        {"raw UTF-8", {"/é", 3}, false},
    };
    CT_EACH (c, cases)
        CT_EQ_I64(c->name, ct_url_is_local(c->in), c->want);

    static char text[CT_URL_MAX + 1];
    memset(text, '/', 1);
    memset(text + 1, 'a', sizeof text - 1);
    CT_EQ_I64("longest", ct_url_is_local(ct_sv_n(text, CT_URL_MAX)), true);
    CT_EQ_I64("too long", ct_url_is_local(ct_sv_n(text, CT_URL_MAX + 1)), false);
}

static void addresses_elsewhere(void **state)
{
    (void)state;
    static const struct {
        const char *name, *in;
        bool want;
        const char *origin;
    } cases[] = {
        {"a host alone", "https://www.weather.gov", true, "https://www.weather.gov"},
        {"with a path", "https://www.weather.gov/phi/", true, "https://www.weather.gov"},
        {"with a query", "https://a.org?x=1", true, "https://a.org"},
        {"with a place", "https://a.org#now", true, "https://a.org"},
        {"with a port", "https://a.org:8443/x", true, "https://a.org:8443"},
        {"digits", "https://192.0.2.7/", true, "https://192.0.2.7"},
        {"not secured", "http://a.org/", false, NULL},
        {"another scheme", "javascript:alert(1)", false, NULL},
        {"a scheme in capitals", "HTTPS://a.org/", false, NULL},
        {"no scheme", "www.weather.gov", false, NULL},
        {"of this site", "/calendar", false, NULL},
        {"no host", "https:///x", false, NULL},
        {"a host without a dot", "https://localhost/", false, NULL},
        {"an empty label", "https://a..org/", false, NULL},
        {"a dot at the end", "https://a.org./", false, NULL},
        {"a hyphen at the edge", "https://-a.org/", false, NULL},
        {"a user", "https://pat@a.org/", false, NULL},
        {"a user and a password", "https://pat:x@a.org/", false, NULL},
        {"an at sign in the path is none", "https://a.org/@pat", true, "https://a.org"},
        {"a port that is none", "https://a.org:/", false, NULL},
        {"a port in words", "https://a.org:web/", false, NULL},
        {"a port with a sign", "https://a.org:+80/", false, NULL},
        {"a port that is too large", "https://a.org:65536/", false, NULL},
        {"port nought", "https://a.org:0/", false, NULL},
        {"a blank", "https://a.org/a b", false, NULL},
        {"a line break", "https://a.org/\r\nX: y", false, NULL},
        {"a quote", "https://a.org/\"", false, NULL},
        {"what ends a directive", "https://a.org/;x", false, NULL},
        {"a backslash", "https://a.org\\b", false, NULL},
        {"letters that are not ASCII",
         "https://b\xC3\xBC"
         "cher.example/",
         false, NULL},
        {"nothing", "", false, NULL},
    };
    CT_EACH (c, cases) {
        CT_EQ_I64(c->name, ct_url_is_https(ct_sv_c(c->in)), c->want);
        if (c->want)
            CT_EQ_SV(c->name, ct_url_origin(ct_sv_c(c->in)), ct_sv_c(c->origin));
    }
    static char text[CT_URL_MAX + 1];
    memset(text, 'a', sizeof text);
    memcpy(text, "https://a.org/", 14);
    CT_EQ_I64("longest", ct_url_is_https(ct_sv_n(text, CT_URL_MAX)), true);
    CT_EQ_I64("too long", ct_url_is_https(ct_sv_n(text, CT_URL_MAX + 1)), false);
}

static void slugs_of_headings(void **state)
{
    (void)state;
    static const struct {
        const char *name, *in, *want;
    } cases[] = {
        {"lower case and dashes", "Hello World", "hello-world"},
        {"each blank is a dash", "a  b", "a--b"},
        {"punctuation goes, its blanks stay", "Foo & Bar: a/b (c)", "foo--bar-ab-c"},
        {"apostrophes", "The child's rights", "the-childs-rights"},
        {"typographic quotes and dashes", "“Grooming” – what it is…", "grooming--what-it-is"},
        {"dash and underscore stay", "snake_case - kebab-case", "snake_case---kebab-case"},
        {"digits", "Section 2.1", "section-21"},
        {"nothing is trimmed", " a ", "-a-"},
        {"only punctuation", "?!", ""},
        {"empty", "", ""},
        {"tab and line break go", "a\tb\nc", "abc"},
        {"no-break space goes", "a\xC2\xA0z", "az"},
        {"Latin letters", "ÉTÉ Ñandú Straße", "été-ñandú-straße"},
        {"Latin Extended", "ŁÓDŹ ŽIVOT", "łódź-život"},
        {"Greek", "ΑΒΓ Ω", "αβγ-ω"},
        {"Cyrillic", "Привет МИР", "привет-мир"},
        {"Vietnamese", "TRẺ EM", "trẻ-em"},
        {"Chinese", "保护 儿童!", "保护-儿童"},
        {"Arabic and its digits", "حماية ٣", "حماية-٣"},
        {"Devanagari with marks", "हिन्दी", "हिन्दी"},
        {"Cherokee", "ᎠᎡ", "ꭰꭱ"},
        {"letters beyond the first plane", "𐐀𐐁", "𐐨𐐩"},
        {"dotted capital I", "İSTANBUL", "i̇stanbul"},
        {"emoji goes", "Go 🚀 now", "go--now"},
        {"currency, section and copyright signs go", "€5 § © ®", "5---"},
        {"ordinal and micro are letters", "1ª µ", "1ª-µ"},
        {"fraction and superscript go", "½ x²", "-x"},
        {"Roman numeral", "Ⅳ", "ⅳ"},
        {"circled letter", "Ⓐ", "ⓐ"},
        {"combining accent", "e\xCC\x81", "e\xCC\x81"},
        {"tie is a connector", "a‿b", "a‿b"},
    };
    CT_EACH (c, cases) {
        CT_AUTO_ARENA a = CT_ARENA_INIT;
        CT_EQ_SV(c->name, ct_url_slug(&a, ct_sv_c(c->in)), ct_sv_c(c->want));
    }
}

/* The letters whose lower case takes more bytes (two to three, and U+0130), many of them: the bound
 * that the buffer is made with holds. */
static void slugs_that_grow(void **state)
{
    (void)state;
    static const struct {
        const char *name, *in, *want;
    } cases[] = {
        {"dotted capital I", "İ", "i̇"},
        {"A with stroke", "Ⱥ", "ⱥ"},
        {"T with stroke", "Ⱦ", "ⱦ"},
    };
    CT_EACH (c, cases) {
        CT_AUTO_ARENA a = CT_ARENA_INIT;
        CT_AUTO_STR in = CT_STR_INIT(MAX);
        CT_AUTO_STR want = CT_STR_INIT(MAX);
        for (int i = 0; i < 100; i++) {
            ct_str_add_c(&in, c->in);
            ct_str_add_c(&want, c->want);
        }
        CT_EQ_SV(c->name, ct_url_slug(&a, ct_str_sv(&in)), ct_str_sv(&want));
    }
}

static void address_parts(void **state)
{
    (void)state;
    static const struct {
        const char *name, *in;
        bool want;
    } cases[] = {
        {"letters, digits, dashes", "a1-b2", true},
        {"one letter", "a", true},
        {"digits only", "42", true},
        {"two dashes within", "a--b", true},
        {"64", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", true},
        {"65", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", false},
        {"empty", "", false},
        {"dash", "-", false},
        {"dash in front", "-a", false},
        {"dash behind", "a-", false},
        {"capital", "A", false},
        {"underscore", "a_b", false},
        {"dot", "a.b", false},
        {"slash", "a/b", false},
        {"blank", "a b", false},
        {"accent", "é", false},
    };
    CT_EACH (c, cases)
        CT_EQ_I64(c->name, ct_url_is_slug(ct_sv_c(c->in)), c->want);
    CT_EQ_I64("NUL", ct_url_is_slug(CT_SV("a\0b")), false);
    CT_EQ_I64("null", ct_url_is_slug(CT_SV_NULL), false);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(segments),
        cmocka_unit_test(queries),
        cmocka_unit_test(paths),
        cmocka_unit_test(decoding_refuses),
        cmocka_unit_test(local_targets),
        cmocka_unit_test(slugs_of_headings),
        cmocka_unit_test(addresses_elsewhere),
        cmocka_unit_test(slugs_that_grow),
        cmocka_unit_test(address_parts),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
