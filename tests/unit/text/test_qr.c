/*
 * test_qr.c: QR codes have the shape that readers look for, and are drawn as they are.
 */
#include "ct_test.h"

#include "ct/text/qr.h"

#include "ct/base/banned.h"

#define ADDRESS "https://training.example.org/certificates/ABCD-EFGH-JKMN-PQRS"

static bool is_dark(const struct ct_qr *qr, size_t x, size_t y)
{
    return qr->dark[y * qr->n + x] == 1;
}

/* The three eyes: a ring of seven modules around a square of three. */
static void a_code_has_three_eyes(void **state)
{
    CT_AUTO_ARENA a = CT_ARENA_INIT;
    struct ct_err err = CT_ERR_INIT;
    struct ct_qr qr;

    (void)state;
    CT_OK_("made", ct_qr_make(&a, CT_SV(ADDRESS), &qr, &err), &err);
    CT_EQ_I64("a side is 21 and a multiple of four more", (qr.n - 21) % 4, 0);
    size_t eyes[][2] = {{0, 0}, {qr.n - 7, 0}, {0, qr.n - 7}};
    CT_EACH (eye, eyes)
        for (size_t y = 0; y < 7; y++)
            for (size_t x = 0; x < 7; x++) {
                bool ring = x == 0 || y == 0 || x == 6 || y == 6;
                bool square = x >= 2 && x <= 4 && y >= 2 && y <= 4;
                CT_EQ_I64("eye", is_dark(&qr, (*eye)[0] + x, (*eye)[1] + y), ring || square);
            }
}

static void what_no_code_holds(void **state)
{
    CT_AUTO_ARENA a = CT_ARENA_INIT;
    struct ct_qr qr;
    char *text = ct_arena_alloc(&a, 4000);

    (void)state;
    memset(text, 'a', 4000);
    CT_EQ_I64("nothing", ct_qr_make(&a, CT_SV(""), &qr, NULL), CT_BAD_INPUT);
    CT_EQ_I64("a zero byte", ct_qr_make(&a, CT_SV("a\0b"), &qr, NULL), CT_BAD_INPUT);
    CT_EQ_I64("too much", ct_qr_make(&a, ct_sv_n(text, 4000), &qr, NULL), CT_TOO_BIG);
    CT_EQ_I64("much", ct_qr_make(&a, ct_sv_n(text, 2000), &qr, NULL), CT_OK);
}

/* The number at *p, which goes behind it and the letter that follows. */
static size_t take(const char **p)
{
    char *end;
    size_t n = strtoul(*p, &end, 10);

    *p = end;
    return n;
}

static void a_drawing_has_each_dark_module_once(void **state)
{
    CT_AUTO_ARENA a = CT_ARENA_INIT;
    CT_AUTO_STR svg = CT_STR_INIT(1 << 20);
    struct ct_err err = CT_ERR_INIT;
    struct ct_qr qr;

    (void)state;
    CT_OK_("made", ct_qr_make(&a, CT_SV(ADDRESS), &qr, &err), &err);
    ct_qr_svg(&qr, CT_SV("Code of \"A & B\""), &svg);
    assert_non_null(strstr(svg.p, "role=\"img\" aria-label=\"Code of &quot;A &amp; B&quot;\""));
    assert_null(strstr(svg.p, "style="));
    unsigned char *drawn = ct_arena_alloc(&a, qr.n * qr.n);
    const char *p = strstr(svg.p, " d=\"");
    assert_non_null(p);
    for (p += 4; *p == 'M'; p = strchr(p, 'z') + 1) {
        const char *q = p + 1;
        size_t x = take(&q), y = take(&q);
        assert_true(*q == 'h');
        q++;
        for (size_t length = take(&q); length; length--)
            drawn[y * qr.n + x++]++;
    }
    assert_memory_equal(drawn, qr.dark, qr.n * qr.n);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_code_has_three_eyes),
        cmocka_unit_test(what_no_code_holds),
        cmocka_unit_test(a_drawing_has_each_dark_module_once),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
