/*
 * url_name.c: address parts made of what people write as titles and file names.
 */
#include "ct/text/url.h"

#include "ct/base/banned.h"

enum { NAME_MAX_BYTES = 64, FIRST_LATIN = 0xC0, END_LATIN = 0x180 };

/* The letters of Latin-1 and Latin Extended-A, from U+00C0 on, without their accents. */
static const char plain[END_LATIN - FIRST_LATIN][3] = {
    "a", "a", "a",  "a",  "a", "a", "ae", "c",  "e",  "e", "e", "e", "i",  "i",  "i", "i", "d", "n",
    "o", "o", "o",  "o",  "o", "",  "o",  "u",  "u",  "u", "u", "y", "th", "ss", "a", "a", "a", "a",
    "a", "a", "ae", "c",  "e", "e", "e",  "e",  "i",  "i", "i", "i", "d",  "n",  "o", "o", "o", "o",
    "o", "",  "o",  "u",  "u", "u", "u",  "y",  "th", "y", "a", "a", "a",  "a",  "a", "a", "c", "c",
    "c", "c", "c",  "c",  "c", "c", "d",  "d",  "d",  "d", "e", "e", "e",  "e",  "e", "e", "e", "e",
    "e", "e", "g",  "g",  "g", "g", "g",  "g",  "g",  "g", "h", "h", "h",  "h",  "i", "i", "i", "i",
    "i", "i", "i",  "i",  "i", "i", "ij", "ij", "j",  "j", "k", "k", "k",  "l",  "l", "l", "l", "l",
    "l", "l", "l",  "l",  "l", "n", "n",  "n",  "n",  "n", "n", "n", "n",  "n",  "o", "o", "o", "o",
    "o", "o", "oe", "oe", "r", "r", "r",  "r",  "r",  "r", "s", "s", "s",  "s",  "s", "s", "s", "s",
    "t", "t", "t",  "t",  "t", "t", "u",  "u",  "u",  "u", "u", "u", "u",  "u",  "u", "u", "u", "u",
    "w", "w", "y",  "y",  "y", "z", "z",  "z",  "z",  "z", "z", "s",
};

static bool is_plain(uint32_t r)
{
    return (r >= 'a' && r <= 'z') || (r >= '0' && r <= '9');
}

/* Apostrophes, accents that stand by themselves and invisible characters part no words. */
static bool is_nothing(uint32_t r)
{
    return r == '\'' || r == 0x2019 || r == 0x2bc || r == 0xad || (r >= 0x300 && r < 0x370) ||
           (r >= 0x200b && r <= 0x200d) || r == 0xfeff;
}

/* At most as long as an address part may be, and no half word if there is a whole one. */
static struct ct_sv cut(struct ct_sv s)
{
    size_t n = NAME_MAX_BYTES;
    if (s.n <= n)
        return s;
    while (n > 0 && s.p[n] != '-')
        n--;
    return ct_sv_sub(s, 0, n ? n : NAME_MAX_BYTES);
}

struct ct_sv ct_url_name(struct ct_arena *a, struct ct_sv text)
{
    CT_AUTO_STR out = CT_STR_INIT(2 * text.n + 1);
    bool gap = false;

    while (text.n > 0) {
        uint32_t r = ct_sv_rune(&text);
        bool latin = r >= FIRST_LATIN && r < END_LATIN && plain[r - FIRST_LATIN][0];
        if (is_nothing(r))
            continue;
        if (r >= 'A' && r <= 'Z')
            r += 'a' - 'A';
        if (!latin && !is_plain(r)) {
            gap = true;
            continue;
        }
        if (gap && out.n > 0)
            ct_str_add_char(&out, '-');
        gap = false;
        if (latin)
            ct_str_add_c(&out, plain[r - FIRST_LATIN]);
        else
            ct_str_add_char(&out, (char)r);
    }
    struct ct_sv name = cut(ct_str_sv(&out));
    return name.n ? ct_arena_dup(a, name) : CT_SV_NULL;
}
