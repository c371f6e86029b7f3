/*
 * percent.c: percent-encoding, shared by forms and addresses.
 */
#include "percent_priv.h"

#include "ct/base/banned.h"

static int hex(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'A' && c <= 'F')
        return c - 'A' + 10;
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    return -1;
}

const char *ct_percent_decode(struct ct_arena *a, struct ct_sv raw, bool plus, struct ct_sv *ret)
{
    char *p = ct_arena_alloc(a, raw.n + 1);
    size_t n = 0;

    for (size_t i = 0; i < raw.n; i++) {
        char c = raw.p[i];
        if (c == '%') {
            int high = i + 1 < raw.n ? hex(raw.p[i + 1]) : -1;
            int low = i + 2 < raw.n ? hex(raw.p[i + 2]) : -1;
            if (high < 0 || low < 0)
                return "a % sign without two hexadecimal digits";
            c = (char)(high * 16 + low);
            i += 2;
        } else if (c == '+' && plus) {
            c = ' ';
        }
        p[n++] = c;
    }
    if (!ct_sv_utf8(ct_sv_n(p, n)))
        return memchr(p, '\0', n) ? "a NUL byte" : "bytes that are not UTF-8";
    *ret = ct_sv_n(p, n);
    return NULL;
}

static bool unreserved(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
           c == '.' || c == '_' || c == '~';
}

void ct_percent_encode(struct ct_str *out, struct ct_sv s)
{
    static const char digits[] = "0123456789ABCDEF";
    size_t from = 0;

    for (size_t i = 0; i < s.n; i++) {
        if (unreserved(s.p[i]))
            continue;
        unsigned char c = (unsigned char)s.p[i];
        char escape[3] = {'%', digits[c >> 4], digits[c & 15]};
        ct_str_add_sv(out, ct_sv_sub(s, from, i - from));
        ct_str_add(out, escape, sizeof escape);
        from = i + 1;
    }
    ct_str_add_sv(out, ct_sv_sub(s, from, s.n - from));
}
