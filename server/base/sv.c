/*
 * sv.c: comparing, cutting and reading views. ASCII rules only: no locale is ever asked.
 */
#include "ct/base/sv.h"

#include "ct/base/banned.h"

bool ct_sv_eq(struct ct_sv a, struct ct_sv b)
{
    return a.n == b.n && (a.n == 0 || memcmp(a.p, b.p, a.n) == 0);
}

bool ct_sv_eq_c(struct ct_sv a, const char *b)
{
    return ct_sv_eq(a, ct_sv_c(b));
}

static unsigned char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (unsigned char)(c + ('a' - 'A')) : (unsigned char)c;
}

bool ct_sv_ieq(struct ct_sv a, struct ct_sv b)
{
    if (a.n != b.n)
        return false;
    for (size_t i = 0; i < a.n; i++)
        if (lower(a.p[i]) != lower(b.p[i]))
            return false;
    return true;
}

bool ct_sv_starts(struct ct_sv s, struct ct_sv prefix)
{
    return prefix.n <= s.n && ct_sv_eq(ct_sv_n(s.p, prefix.n), prefix);
}

bool ct_sv_ends(struct ct_sv s, struct ct_sv suffix)
{
    return suffix.n <= s.n && ct_sv_eq(ct_sv_sub(s, s.n - suffix.n, suffix.n), suffix);
}

int ct_sv_cmp(struct ct_sv a, struct ct_sv b)
{
    size_t n = a.n < b.n ? a.n : b.n;
    int r = n ? memcmp(a.p, b.p, n) : 0;
    if (r != 0)
        return r;
    return a.n < b.n ? -1 : a.n > b.n;
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

struct ct_sv ct_sv_trim(struct ct_sv s)
{
    while (s.n && is_blank(s.p[s.n - 1]))
        s.n--;
    while (s.n && is_blank(s.p[0])) {
        s.p++;
        s.n--;
    }
    return s;
}

struct ct_sv ct_sv_sub(struct ct_sv s, size_t from, size_t n)
{
    if (!s.p)
        return CT_SV_NULL;
    if (from > s.n)
        from = s.n;
    if (n > s.n - from)
        n = s.n - from;
    return ct_sv_n(s.p + from, n);
}

size_t ct_sv_find(struct ct_sv s, char c)
{
    const char *hit = s.n ? memchr(s.p, c, s.n) : NULL;
    return hit ? (size_t)(hit - s.p) : SIZE_MAX;
}

size_t ct_sv_search(struct ct_sv s, struct ct_sv needle)
{
    if (needle.n == 0)
        return 0;
    const char *hit = s.n ? memmem(s.p, s.n, needle.p, needle.n) : NULL;
    return hit ? (size_t)(hit - s.p) : SIZE_MAX;
}

bool ct_sv_split(struct ct_sv *rest, char sep, struct ct_sv *ret_part)
{
    if (!rest->p)
        return false;
    size_t at = ct_sv_find(*rest, sep);
    if (at == SIZE_MAX) {
        *ret_part = *rest;
        *rest = CT_SV_NULL;
    } else {
        *ret_part = ct_sv_n(rest->p, at);
        *rest = ct_sv_n(rest->p + at + 1, rest->n - at - 1);
    }
    return true;
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* Takes an optional sign off the front; true for a minus. */
static bool take_sign(struct ct_sv *s)
{
    if (s->n == 0 || (s->p[0] != '-' && s->p[0] != '+'))
        return false;
    bool minus = s->p[0] == '-';
    s->p++;
    s->n--;
    return minus;
}

bool ct_sv_i64(struct ct_sv s, int64_t *ret)
{
    bool minus = take_sign(&s);
    if (s.n == 0)
        return false;
    int64_t v = 0; /* counted downwards: the lowest number has no positive twin */
    for (size_t i = 0; i < s.n; i++) {
        if (!is_digit(s.p[i]) || __builtin_mul_overflow(v, (int64_t)10, &v) ||
            __builtin_sub_overflow(v, (int64_t)(s.p[i] - '0'), &v))
            return false;
    }
    if (!minus && v == INT64_MIN)
        return false;
    *ret = minus ? v : -v;
    return true;
}

/* 10 to the n; exact up to 22, which a double holds without rounding. */
static double power_of_ten(int n)
{
    double p = 1.0;
    for (int i = 0; i < n; i++)
        p *= 10.0;
    return p;
}

/* Splits the digits into a whole number and a power of ten. Digits beyond the nineteenth do not fit
 * and are far below what a double can tell apart. False if there is anything but digits and a dot.
 */
static bool read_digits(struct ct_sv s, uint64_t *ret_mantissa, int *ret_exponent)
{
    const uint64_t full = UINT64_MAX / 10 - 1;
    uint64_t mantissa = 0;
    int exponent = 0;
    bool fraction = false;
    for (size_t i = 0; i < s.n; i++) {
        if (s.p[i] == '.' && !fraction) {
            fraction = true;
        } else if (!is_digit(s.p[i])) {
            return false;
        } else if (mantissa < full) {
            mantissa = mantissa * 10 + (uint64_t)(s.p[i] - '0');
            exponent -= fraction;
        } else {
            exponent += !fraction;
        }
    }
    *ret_mantissa = mantissa;
    *ret_exponent = exponent;
    return s.n > 0 && is_digit(s.p[s.n - 1]);
}

bool ct_sv_double(struct ct_sv s, double *ret)
{
    enum { LONGEST = 40, EXACT = 22 };
    if (s.n > LONGEST)
        return false;
    bool minus = take_sign(&s);
    uint64_t mantissa;
    int exponent;
    if (!read_digits(s, &mantissa, &exponent))
        return false;
    double v = (double)mantissa;
    if (exponent > 0)
        v *= power_of_ten(exponent);
    /* One exact division rounds once; only numbers of more than 22 decimals need a second. */
    for (int left = -exponent; left > 0; left -= EXACT)
        v /= power_of_ten(left < EXACT ? left : EXACT);
    *ret = minus ? -v : v;
    return true;
}

/* Length of the well-formed sequence at the front, and its code point; 0 if it is malformed. */
static size_t decode(struct ct_sv s, uint32_t *ret)
{
    static const uint32_t least[] = {0, 0, 0x80, 0x800, 0x10000};
    unsigned char lead = (unsigned char)s.p[0];
    if (lead < 0x80) {
        *ret = lead;
        return 1;
    }
    size_t n = lead >= 0xF8 ? 0 : lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : lead >= 0xC0 ? 2 : 0;
    if (n == 0 || n > s.n)
        return 0;
    uint32_t rune = lead & (0x7Fu >> n);
    for (size_t i = 1; i < n; i++) {
        unsigned char c = (unsigned char)s.p[i];
        if ((c & 0xC0) != 0x80)
            return 0;
        rune = rune << 6 | (c & 0x3Fu);
    }
    if (rune < least[n] || rune > 0x10FFFF || (rune >= 0xD800 && rune <= 0xDFFF))
        return 0;
    *ret = rune;
    return n;
}

/* How many bytes at the front are ASCII but NUL, eight at a time: nearly all text is. */
static size_t plain_prefix(struct ct_sv s)
{
    size_t n = 0;
    for (uint64_t word; n + sizeof word <= s.n; n += sizeof word) {
        memcpy(&word, s.p + n, sizeof word);
        /* a byte above 0x7f has its high bit set; a byte of 0 borrows it from the one above */
        if ((word | (word - 0x0101010101010101u)) & 0x8080808080808080u)
            break;
    }
    return n;
}

bool ct_sv_utf8(struct ct_sv s)
{
    while (s.n > 0) {
        size_t plain = plain_prefix(s);
        s.p += plain;
        s.n -= plain;
        if (s.n == 0)
            break;
        uint32_t rune;
        size_t n = decode(s, &rune);
        if (n == 0 || rune == 0)
            return false;
        s.p += n;
        s.n -= n;
    }
    return true;
}

uint32_t ct_sv_rune(struct ct_sv *s)
{
    if (s->n == 0)
        return 0;
    uint32_t rune;
    size_t n = decode(*s, &rune);
    if (n == 0) {
        rune = 0xFFFD;
        n = 1;
    }
    s->p += n;
    s->n -= n;
    return rune;
}

size_t ct_sv_runes(struct ct_sv s)
{
    size_t n = 0;
    for (; s.n; n++)
        ct_sv_rune(&s);
    return n;
}
