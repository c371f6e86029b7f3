/*
 * url.c: addresses. It knows how one is written, not which ones exist: that is the route table's.
 */
#include "ct/text/url.h"

#include "ct/base/limits.h"
#include "percent_priv.h"
#include "unicode_priv.h"

#include "ct/base/banned.h"

void ct_url_add_segment(struct ct_str *out, struct ct_sv segment)
{
    /* "." and ".." would be steps in a path and not names. */
    if (ct_sv_eq_c(segment, "."))
        ct_str_add_c(out, "%2E");
    else if (ct_sv_eq_c(segment, ".."))
        ct_str_add_c(out, "%2E%2E");
    else
        ct_percent_encode(out, segment);
}

void ct_url_add_query(struct ct_str *out, bool *first, struct ct_sv name, struct ct_sv value)
{
    ct_str_add_char(out, *first ? '?' : '&');
    *first = false;
    ct_percent_encode(out, name);
    ct_str_add_char(out, '=');
    ct_percent_encode(out, value);
}

struct ct_sv ct_url_path(struct ct_arena *a, const struct ct_sv *segments, size_t n)
{
    size_t max = 1;
    for (size_t i = 0; i < n; i++)
        max += 1 + 3 * segments[i].n;

    CT_AUTO_STR out = CT_STR_INIT(max);
    for (size_t i = 0; i < n; i++) {
        ct_str_add_char(&out, '/');
        ct_url_add_segment(&out, segments[i]);
    }
    if (n == 0)
        ct_str_add_char(&out, '/');
    return ct_arena_dup(a, ct_str_sv(&out));
}

int ct_url_decode_segment(struct ct_arena *a, struct ct_sv raw, struct ct_sv *ret,
                          struct ct_err *err)
{
    struct ct_sv decoded = CT_SV_NULL;
    const char *why = ct_percent_decode(a, raw, false, &decoded);

    if (!why && ct_sv_find(decoded, '/') != SIZE_MAX)
        why = "a slash";
    if (why)
        return ct_fail(err, CT_BAD_INPUT, "path", "%s in a part of the address", why);
    *ret = decoded;
    return CT_OK;
}

bool ct_url_is_local(struct ct_sv target)
{
    if (target.n == 0 || target.n > CT_URL_MAX || target.p[0] != '/')
        return false;
    if (target.n > 1 && target.p[1] == '/')
        return false;
    /* Browsers read a backslash as a slash and drop tabs and line breaks; nothing but what may
     * stand in an address as written is let through. */
    for (size_t i = 0; i < target.n; i++)
        if (target.p[i] <= ' ' || target.p[i] >= 0x7F || target.p[i] == '\\')
            return false;
    return true;
}

struct ct_sv ct_url_slug(struct ct_arena *a, struct ct_sv heading)
{
    /* A code point grows by a byte at most in lower case (U+023A, U+023E; U+0130 becomes two). */
    CT_AUTO_STR out = CT_STR_INIT(heading.n * 2 + 1);

    while (heading.n > 0) {
        uint32_t rune = ct_sv_rune(&heading);
        if (rune == ' ')
            ct_str_add_char(&out, '-');
        else if (rune == 0x130)
            ct_str_add_c(&out, "i\xCC\x87"); /* the one letter whose lower case is two */
        else if (rune == '-' || ct_unicode_is_word(rune))
            ct_str_add_rune(&out, ct_unicode_lower(rune));
    }
    return ct_arena_dup(a, ct_str_sv(&out));
}

bool ct_url_is_slug(struct ct_sv s)
{
    if (s.n == 0 || s.n > 64 || s.p[0] == '-' || s.p[s.n - 1] == '-')
        return false;
    for (size_t i = 0; i < s.n; i++) {
        char c = s.p[i];
        if (!((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-'))
            return false;
    }
    return true;
}
