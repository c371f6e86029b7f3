/*
 * test_multipart.c: forms with files, as browsers send them, and as nobody should: cut off
 * anywhere, damaged anywhere.
 */
#include "ct_test.h"

#include "ct/base/str.h"
#include "ct/text/multipart.h"

#include "ct/base/banned.h"

#define TYPE "multipart/form-data; boundary=b"
#define CD   "Content-Disposition: form-data; name="

/* The parts as "name[file|type]=bytes;". */
static void show(const struct ct_part *parts, size_t n, struct ct_str *out)
{
    for (size_t i = 0; i < n; i++) {
        ct_str_addf(out, "%.*s", CT_SV_ARG(parts[i].name));
        if (parts[i].file_name.p)
            ct_str_addf(out, "[%.*s|%.*s]", CT_SV_ARG(parts[i].file_name),
                        CT_SV_ARG(parts[i].type));
        ct_str_addf(out, "=%.*s;", CT_SV_ARG(parts[i].bytes));
    }
}

static void forms_are_taken_apart(void **state)
{
    static const struct {
        const char *name, *type, *body, *want;
    } cases[] = {
        {"a field", TYPE, "--b\r\n" CD "\"a\"\r\n\r\n1\r\n--b--\r\n", "a=1;"},
        {"no line end at the end", TYPE, "--b\r\n" CD "\"a\"\r\n\r\n1\r\n--b--", "a=1;"},
        {"a file and a field", TYPE,
         "--b\r\n" CD "\"f\"; filename=\"Tür 1.PNG\"\r\nContent-Type: image/png\r\n\r\n\x89PNG\r\n"
         "--b\r\n" CD "\"alt\"\r\n\r\nA door.\r\nAjar.\r\n--b--\r\n",
         "f[Tür 1.PNG|image/png]=\x89PNG;alt=A door.\r\nAjar.;"},
        {"nothing in it", TYPE, "--b\r\n" CD "\"a\"\r\n\r\n\r\n--b--\r\n", "a=;"},
        {"no file chosen", TYPE, "--b\r\n" CD "\"f\"; filename=\"\"\r\n\r\n\r\n--b--\r\n",
         "f[|]=;"},
        {"no fields", TYPE, "--b--\r\n", ""},
        {"text around it", TYPE, "Hello.\r\n--b\r\n" CD "\"a\"\r\n\r\n1\r\n--b--\r\nBye.", "a=1;"},
        {"blanks behind the boundary", TYPE, "--b \t\r\n" CD "\"a\"\r\n\r\n1\r\n--b-- \r\n",
         "a=1;"},
        {"a boundary with more behind it is text", TYPE,
         "--b\r\n" CD "\"a\"\r\n\r\n1\r\n--bb\r\n--b-\r\n --b\r\n--b--x\r\n--b--\r\n",
         "a=1\r\n--bb\r\n--b-\r\n --b\r\n--b--x;"},
        {"line ends of its own", TYPE, "--b\r\n" CD "\"a\"\r\n\r\n\r\n\n\r\r\n--b--\r\n",
         "a=\r\n\n\r;"},
        {"quoted boundary", "Multipart/Form-Data ; charset=utf-8; BOUNDARY=\"a b\"",
         "--a b\r\n" CD "\"a\"\r\n\r\n1\r\n--a b--", "a=1;"},
        {"a semicolon behind it", TYPE ";", "--b--", ""},
        {"case of headers", TYPE,
         "--b\r\ncontent-disposition:FORM-DATA;NAME=a;FILENAME=x.png\r\n\r\n1\r\n--b--",
         "a[x.png|]=1;"},
        {"a quote in a name", TYPE,
         "--b\r\n" CD "\"f\"; filename=\"a\\\"b%22.png\"\r\n\r\n1\r\n--b--", "f[a\"b%22.png|]=1;"},
        {"a path of Windows", TYPE,
         "--b\r\n" CD "\"f\"; filename=\"C:\\x\\a.png\"\r\n\r\n1\r\n--b--", "f[C:\\x\\a.png|]=1;"},
        {"a semicolon in a name", TYPE,
         "--b\r\n" CD "\"f\"; filename=\"a;b.png\"\r\n\r\n1\r\n--b--", "f[a;b.png|]=1;"},
        {"other headers and parameters", TYPE,
         "--b\r\nX-A: 1\r\n" CD "\"a\"; x=y\r\nContent-Transfer-Encoding: binary\r\n\r\n1\r\n--b--",
         "a=1;"},
    };

    (void)state;
    CT_EACH (c, cases) {
        CT_AUTO_ARENA a = CT_ARENA_INIT;
        CT_AUTO_STR got = CT_STR_INIT(4096);
        struct ct_err err = CT_ERR_INIT;
        struct ct_part *parts;
        size_t n;
        CT_OK_(c->name,
               ct_multipart_parse(&a, ct_sv_c(c->type), ct_sv_c(c->body), &parts, &n, &err), &err);
        show(parts, n, &got);
        CT_EQ_STR(c->name, got.p, c->want);
    }
}

static void bytes_of_any_kind_are_kept(void **state)
{
    static const char body[] = "--b\r\n" CD "\"f\"; filename=\"\xff\xfe\"\r\n\r\n\0\xff\0\r\n--b--";
    CT_AUTO_ARENA a = CT_ARENA_INIT;
    struct ct_err err = CT_ERR_INIT;
    struct ct_part *parts;
    size_t n;

    (void)state;
    CT_OK_("parse",
           ct_multipart_parse(&a, CT_SV(TYPE), ct_sv_n(body, sizeof body - 1), &parts, &n, &err),
           &err);
    CT_EQ_I64("parts", n, 1);
    CT_EQ_SV("bytes", parts[0].bytes, CT_SV("\0\xff\0"));
    CT_EQ_SV("name", parts[0].file_name, CT_SV("\xff\xfe"));
}

static void what_is_no_form_is_refused(void **state)
{
#define PART(head) "--b\r\n" head "\r\n\r\n1\r\n--b--\r\n"
    static const struct {
        const char *name, *type, *body;
    } cases[] = {
        {"another type", "text/plain; boundary=b", "--b--"},
        {"no type", "", "--b--"},
        {"mixed", "multipart/mixed; boundary=b", "--b--"},
        {"no boundary", "multipart/form-data", "--b--"},
        {"an empty boundary", "multipart/form-data; boundary=", "----"},
        {"an empty quoted boundary", "multipart/form-data; boundary=\"\"", "----"},
        {"a boundary that does not end", "multipart/form-data; boundary=\"b", "--b--"},
        {"a boundary that ends in a blank", "multipart/form-data; boundary=\"b \"", "--b --"},
        {"a boundary with a line end", "multipart/form-data; boundary=\"b\r\n\"", "--b\r\n--"},
        {"a boundary with a star", "multipart/form-data; boundary=b*", "--b*--"},
        {"a boundary of 71",
         "multipart/form-data; "
         "boundary=01234567890123456789012345678901234567890123456789012345678901234567890",
         "--01234567890123456789012345678901234567890123456789012345678901234567890--"},
        {"two boundaries", TYPE "; boundary=b", "--b--"},
        {"a parameter without a value", "multipart/form-data; boundary", "--b--"},
        {"empty", TYPE, ""},
        {"another boundary", TYPE, "--c\r\n" CD "\"a\"\r\n\r\n1\r\n--c--\r\n"},
        {"never closed", TYPE, "--b\r\n" CD "\"a\"\r\n\r\n1\r\n"},
        {"line ends of Unix", TYPE, "--b\n" CD "\"a\"\n\n1\n--b--\n"},
        {"no headers", TYPE, "--b\r\n1\r\n--b--\r\n"},
        {"not even a line", TYPE, "--b\r\n--b--\r\n"},
        {"no name", TYPE, PART("Content-Disposition: form-data")},
        {"an empty name", TYPE, PART(CD "\"\"")},
        {"a name that does not end", TYPE, PART(CD "\"a")},
        {"a name that is not UTF-8", TYPE, PART(CD "\"\xff\"")},
        {"an attachment", TYPE, PART("Content-Disposition: attachment; name=\"a\"")},
        {"named twice", TYPE, PART(CD "\"a\"\r\n" CD "\"b\"")},
        {"something behind the quote", TYPE, PART(CD "\"a\"b")},
        {"a folded header", TYPE, PART(CD "\"a\";\r\n filename=\"b\"")},
        {"a header without a colon", TYPE, PART(CD "\"a\"\r\nHello")},
        {"a header without a name", TYPE, PART(": x\r\n" CD "\"a\"")},
        {"encoded", TYPE, PART(CD "\"a\"\r\nContent-Transfer-Encoding: base64")},
    };

    (void)state;
    CT_EACH (c, cases) {
        CT_AUTO_ARENA a = CT_ARENA_INIT;
        struct ct_err err = CT_ERR_INIT;
        struct ct_part *parts = NULL;
        size_t n = 77;
        CT_EQ_I64(c->name,
                  ct_multipart_parse(&a, ct_sv_c(c->type), ct_sv_c(c->body), &parts, &n, &err),
                  CT_BAD_INPUT);
        CT_EQ_STR(c->name, err.what, "body");
        CT_EQ_I64(c->name, n, 77);
    }
}

static void there_are_limits(void **state)
{
    CT_AUTO_ARENA a = CT_ARENA_INIT;
    CT_AUTO_STR body = CT_STR_INIT(1 << 20);
    struct ct_err err = CT_ERR_INIT;
    struct ct_part *parts;
    size_t n = 0;

    (void)state;
    for (int i = 0; i < 32; i++)
        ct_str_add_c(&body, "--b\r\n" CD "\"a\"\r\n\r\n1\r\n");
    struct ct_sv most = ct_arena_printf(&a, "%s--b--", body.p);
    CT_OK_("as many parts as may be", ct_multipart_parse(&a, CT_SV(TYPE), most, &parts, &n, &err),
           &err);
    CT_EQ_I64("as many parts as may be", n, 32);
    ct_str_add_c(&body, "--b\r\n" CD "\"a\"\r\n\r\n1\r\n--b--");
    CT_EQ_I64("one more", ct_multipart_parse(&a, CT_SV(TYPE), ct_str_sv(&body), &parts, &n, NULL),
              CT_TOO_BIG);
    ct_str_reset(&body);
    ct_str_add_c(&body, "--b\r\n" CD "\"a\"\r\n");
    for (int i = 0; i < 1000; i++)
        ct_str_add_c(&body, "X-Header: 1\r\n");
    ct_str_add_c(&body, "\r\n1\r\n--b--");
    CT_EQ_I64("too many headers",
              ct_multipart_parse(&a, CT_SV(TYPE), ct_str_sv(&body), &parts, &n, NULL),
              CT_BAD_INPUT);
}

static const char sample[] = "--b\r\n" CD "\"csrf\"\r\n\r\n0123456789abcdef\r\n--b\r\n" CD
                             "\"file\"; filename=\"a \\\"b\\\".png\"\r\nContent-Type: "
                             "image/png\r\n\r\n\x89PNG\r\n\r\n--bx\r\n"
                             "\r\n--b\r\n" CD "\"alt\"\r\n\r\nA door\r\n--b--\r\n";

static void a_body_cut_off_anywhere_is_refused(void **state)
{
    size_t whole = sizeof sample - 1 - 2; /* the last line end may be missing */

    (void)state;
    for (size_t length = 0; length < whole; length++) {
        CT_AUTO_ARENA a = CT_ARENA_INIT;
        char *copy = ct_arena_alloc(&a, length); /* of that size, so that overruns show */
        struct ct_part *parts;
        size_t n;
        memcpy(copy, sample, length);
        CT_EQ_I64("cut off",
                  ct_multipart_parse(&a, CT_SV(TYPE), ct_sv_n(copy, length), &parts, &n, NULL),
                  CT_BAD_INPUT);
    }
}

static uint32_t next(uint32_t *seed)
{
    *seed ^= *seed << 13;
    *seed ^= *seed >> 17;
    return *seed ^= *seed << 5;
}

/* Bytes replaced, pieces doubled and taken out, by a fixed sequence. */
static struct ct_sv damage(struct ct_arena *a, uint32_t *seed)
{
    static const char bytes[] = "\r\n-b\";:=\\ \0\xffx";
    size_t n = sizeof sample - 1, from = next(seed) % n, length = next(seed) % (n - from);
    char *copy = ct_arena_alloc(a, 2 * n);

    memcpy(copy, sample, n);
    if (next(seed) % 2) {
        memmove(copy + from, copy + from + length, n - from - length);
        n -= length;
    } else {
        memmove(copy + from + length, copy + from, n - from);
        n += length;
    }
    for (uint32_t k = next(seed) % 6; k && n; k--)
        copy[next(seed) % n] = bytes[next(seed) % (sizeof bytes - 1)];
    return ct_arena_dup(a, ct_sv_n(copy, n));
}

static void a_damaged_body_does_no_harm(void **state)
{
    uint32_t seed = 2463534242u;
    size_t whole = 0, refused = 0;

    (void)state;
    for (int i = 0; i < 20000; i++) {
        CT_AUTO_ARENA a = CT_ARENA_INIT;
        CT_AUTO_STR seen = CT_STR_INIT(1 << 16);
        struct ct_sv body = damage(&a, &seed);
        struct ct_part *parts = NULL;
        size_t n = 0;
        int r = ct_multipart_parse(&a, CT_SV(TYPE), body, &parts, &n, NULL);
        assert_true(r == CT_OK || r == CT_BAD_INPUT);
        show(parts, n, &seen); /* reads all of it */
        for (size_t k = 0; k < n; k++)
            assert_true(parts[k].bytes.p >= body.p &&
                        parts[k].bytes.p + parts[k].bytes.n <= body.p + body.n);
        whole += r == CT_OK;
        refused += r < 0;
    }
    assert_true(whole > 1000);
    assert_true(refused > 1000);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(forms_are_taken_apart),
        cmocka_unit_test(bytes_of_any_kind_are_kept),
        cmocka_unit_test(what_is_no_form_is_refused),
        cmocka_unit_test(there_are_limits),
        cmocka_unit_test(a_body_cut_off_anywhere_is_refused),
        cmocka_unit_test(a_damaged_body_does_no_harm),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
