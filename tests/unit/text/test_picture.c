/*
 * test_picture.c: pictures that are there to their ends, and those that were cut off.
 */
#include "ct_test.h"

#include "../../../server/text/picture_priv.h"

#include "ct/base/arena.h"
#include "ct/text/sniff.h"

#include "ct/base/banned.h"

#define IHDR "\0\0\0\rIHDR\0\0\0\1\0\0\0\1\x08\6\0\0\0\x1f\x15\xc4\x89"
#define IEND "\0\0\0\0IEND\xae\x42\x60\x82"
#define PNG  "\x89PNG\r\n\x1a\n" IHDR "\0\0\0\x08tEXta\0IEND!!\1\2\3\4" IEND

/* A head with a small picture in it, ended as all are; then the picture: two scans with a stuffed
 * FF and a restart, a table between them, and bytes that fill. */
#define SMALL "\xff\xd8\xff\xda\0\2\1\xff\xd9"
#define JPEG                                                                                       \
    "\xff\xd8\xff\xe1\0\x0b" SMALL "\xff\xff\xff\xdb\0\4\xff\xd9\xff\xda\0\3\1ab\xff\0c\xff\xd0"   \
    "d"                                                                                            \
    "\xff\xc4\0\4\xff\xd9\xff\xda\0\2z\xff\xd9"

/* Six bytes of colours for all, a comment with a semicolon, an image with colours of its own. */
#define GIF                                                                                        \
    "GIF89a\1\0\1\0\x80\0\0\1\2\3\4\5\6!\xfe\3a;b\1;\0,\0\0\0\0\1\0\1\0\x80;;;;;;\2\2\x44\1\0;"

#define WEBP "RIFF\x1a\0\0\0WEBPVP8L\x0d\0\0\0\x2f\0\0\0\x10\7\x10\x11\x11\x88\x88\xfe\7\0"

#define BYTES(lit)                                                                                 \
    {                                                                                              \
        "" lit, sizeof(lit) - 1                                                                    \
    }

static const struct {
    const char *name, *type;
    struct ct_sv bytes;
} whole[] = {
    {"a.png", "image/png", BYTES(PNG)},
    {"a.jpg", "image/jpeg", BYTES(JPEG)},
    {"a.gif", "image/gif", BYTES(GIF)},
    {"a.webp", "image/webp", BYTES(WEBP)},
};

/* A copy as long as the bytes, so that reading on would be found. */
static bool is_whole(const char *type, struct ct_sv bytes)
{
    char *copy = malloc(bytes.n ? bytes.n : 1);
    bool r;

    assert_non_null(copy);
    memcpy(copy, bytes.p, bytes.n);
    r = ct_picture_whole(type, ct_sv_n(copy, bytes.n));
    free(copy);
    return r;
}

static void each_byte_of_a_picture_is_needed(void **state)
{
    (void)state;
    CT_EACH (w, whole) {
        for (size_t n = 0; n < w->bytes.n; n++)
            if (is_whole(w->type, ct_sv_sub(w->bytes, 0, n)))
                fail_msg("%s: %zu bytes of %zu are enough", w->name, n, w->bytes.n);
        CT_EQ_I64(w->name, is_whole(w->type, w->bytes), true);
    }
}

static void what_stands_behind_a_picture_does_not_matter(void **state)
{
    (void)state;
    CT_EACH (w, whole) {
        char more[256];
        memcpy(more, w->bytes.p, w->bytes.n);
        for (size_t n = 1; n <= 16; n++) {
            memset(more + w->bytes.n, n % 2 ? 0 : 0xff, n);
            CT_EQ_I64(w->name, is_whole(w->type, ct_sv_n(more, w->bytes.n + n)), true);
        }
    }
}

static void lengths_that_lie(void **state)
{
    static const struct {
        const char *name, *type;
        struct ct_sv bytes;
        bool want;
    } cases[] = {
        {"a PNG chunk longer than all", "image/png",
         BYTES("\x89PNG\r\n\x1a\n\xff\xff\xff\xffIEND\0\0\0\0" IEND), false},
        {"IEND that says it has data", "image/png",
         BYTES("\x89PNG\r\n\x1a\n\0\0\0\x0cIEND\0\0\0\0"), false},
        {"a JPEG segment longer than all", "image/jpeg", BYTES("\xff\xd8\xff\xe0\xff\xff\xff\xd9"),
         false},
        {"a JPEG segment of no length", "image/jpeg", BYTES("\xff\xd8\xff\xe0\0\0\xff\xd9"), true},
        {"a GIF block longer than all", "image/gif", BYTES("GIF89a\1\0\1\0\0\0\0!\xfe\xff;"),
         false},
        {"a GIF whose colours are missing", "image/gif", BYTES("GIF89a\1\0\1\0\x87\0\0;"), false},
        {"a GIF broken in the middle", "image/gif", BYTES("GIF89a\1\0\1\0\0\0\0?"), true},
        {"a WebP longer than all", "image/webp", BYTES("RIFF\xff\xff\xff\xffWEBP"), false},
        {"captions", "text/vtt", BYTES(""), true},
    };

    (void)state;
    CT_EACH (c, cases)
        CT_EQ_I64(c->name, is_whole(c->type, c->bytes), c->want);
}

static void trainers_are_told_of_a_missing_end(void **state)
{
    (void)state;
    CT_EACH (w, whole) {
        CT_AUTO_ARENA a = CT_ARENA_INIT;
        struct ct_err err = CT_ERR_INIT;
        const char *type = NULL;
        struct ct_sv most = ct_sv_sub(w->bytes, 0, w->bytes.n - 1);
        CT_OK_(w->name, ct_sniff(&a, ct_sv_c(w->name), w->bytes, &type, &err), &err);
        CT_EQ_STR(w->name, type, w->type);
        CT_EQ_I64(w->name, ct_sniff(&a, ct_sv_c(w->name), most, &type, &err), CT_BAD_INPUT);
        CT_EQ_STR(w->name, err.what, "file");
        assert_non_null(strstr(err.text, w->name));
        assert_non_null(strstr(err.text, "is cut off: its end is missing"));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_byte_of_a_picture_is_needed),
        cmocka_unit_test(what_stands_behind_a_picture_does_not_matter),
        cmocka_unit_test(lengths_that_lie),
        cmocka_unit_test(trainers_are_told_of_a_missing_end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
