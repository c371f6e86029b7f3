/*
 * picture.c: whether a picture was cut off on its way: by its outermost pieces, from length to
 * length up to the mark of its end. Nothing is unpacked, and what is inside may still be broken.
 *
 * To look for the last mark from the end would not do: cameras put a small JPEG, with its own last
 * mark, into the head of each photograph.
 */
#include "picture_priv.h"

#include "ct/base/banned.h"

static size_t byte_at(struct ct_sv s, size_t at)
{
    return at < s.n ? (unsigned char)s.p[at] : 0;
}

/* Chunks: length of the data, name, data, checksum. The last is named IEND. */
static bool whole_png(struct ct_sv s)
{
    enum { SIGNATURE = 8, AROUND = 12 };
    size_t at = SIGNATURE;

    while (at + AROUND <= s.n) {
        size_t n = byte_at(s, at) << 24 | byte_at(s, at + 1) << 16 | byte_at(s, at + 2) << 8 |
                   byte_at(s, at + 3);
        if (n > s.n - at - AROUND)
            return false;
        if (ct_sv_eq_c(ct_sv_sub(s, at + 4, 4), "IEND"))
            return true;
        at += AROUND + n;
    }
    return false;
}

/* Markers: FF and a byte. Most have a length, which counts itself, and data of it. Behind "start of
 * scan" stands the picture, in which FF is followed by 00 or is a marker. */
static bool whole_jpeg(struct ct_sv s)
{
    enum { STUFFED = 0x00, ALONE = 0x01, RESTART = 0xd0, START = 0xd8, END = 0xd9, FILL = 0xff };
    size_t at = 0, found;

    while ((found = ct_sv_find(ct_sv_sub(s, at, SIZE_MAX), '\xff')) != SIZE_MAX) {
        at += found;
        size_t marker = byte_at(s, at + 1);
        if (marker == END)
            return true;
        if (marker == FILL)
            at++;
        else if (marker == STUFFED || marker == ALONE || (marker >= RESTART && marker <= START))
            at += 2;
        else
            at += 2 + (byte_at(s, at + 2) << 8 | byte_at(s, at + 3));
        if (at >= s.n)
            return false;
    }
    return false;
}

/* How many bytes a table of colours takes, as a byte of flags tells. */
static size_t gif_colours(size_t flags)
{
    return flags & 0x80 ? (size_t)3 << ((flags & 7) + 1) : 0;
}

/* Extensions and images, each with a row of blocks behind a head; a block tells its length in its
 * first byte, and an empty one ends the row. The last mark is a semicolon. Where something else
 * stands it is broken, but not cut off. */
static bool whole_gif(struct ct_sv s)
{
    enum { HEAD = 13, FLAGS = 10, EXTENSION = '!', IMAGE = ',', END = ';' };
    size_t at = HEAD + gif_colours(byte_at(s, FLAGS));

    while (at < s.n && byte_at(s, at) != END) {
        if (byte_at(s, at) == EXTENSION)
            at += 2;
        else if (byte_at(s, at) == IMAGE)
            at += 11 + gif_colours(byte_at(s, at + 9));
        else
            return true;
        for (size_t n; at < s.n && (n = byte_at(s, at)) > 0;)
            at += 1 + n;
        at++;
    }
    return at < s.n;
}

/* "RIFF", the length of all that follows, "WEBP". */
static bool whole_webp(struct ct_sv s)
{
    size_t n = byte_at(s, 4) | byte_at(s, 5) << 8 | byte_at(s, 6) << 16 | byte_at(s, 7) << 24;

    return s.n >= 8 && n <= s.n - 8;
}

bool ct_picture_whole(const char *type, struct ct_sv bytes)
{
    if (strcmp(type, "image/png") == 0)
        return whole_png(bytes);
    if (strcmp(type, "image/jpeg") == 0)
        return whole_jpeg(bytes);
    if (strcmp(type, "image/gif") == 0)
        return whole_gif(bytes);
    return strcmp(type, "image/webp") != 0 || whole_webp(bytes);
}
