/*
 * url.c: addresses. It knows how one is written, not which ones exist: that is the route table's.
 */
#include "ct/text/url.h"

#include "ct/base/limits.h"
#include "ct/text/unicode.h"

#include "percent_priv.h"

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

static bool is_alnum(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

/* "www.weather.gov": labels of letters, digits and inner hyphens, at least two of them. */
static bool is_host(struct ct_sv host)
{
    struct ct_sv label;
    size_t labels = 0;

    while (ct_sv_split(&host, '.', &label)) {
        if (label.n == 0 || label.n > 63 || label.p[0] == '-' || label.p[label.n - 1] == '-')
            return false;
        for (size_t i = 0; i < label.n; i++)
            if (!is_alnum(label.p[i]) && label.p[i] != '-')
                return false;
        labels++;
    }
    return labels > 1;
}

static const struct ct_sv https = {"https://", 8};

struct ct_sv ct_url_origin(struct ct_sv url)
{
    size_t end = https.n;

    while (end < url.n && url.p[end] != '/' && url.p[end] != '?' && url.p[end] != '#')
        end++;
    return ct_sv_sub(url, 0, end);
}

bool ct_url_is_https(struct ct_sv url)
{
    static const char unwanted[] = "\"'\\<>,;";
    struct ct_sv authority = ct_sv_sub(ct_url_origin(url), https.n, SIZE_MAX);
    size_t colon = ct_sv_find(authority, ':');
    int64_t port = 443;

    if (url.n > CT_URL_MAX || !ct_sv_starts(url, https))
        return false;
    for (size_t i = 0; i < url.n; i++)
        if (url.p[i] <= ' ' || url.p[i] >= 0x7F || strchr(unwanted, url.p[i]))
            return false;
    if (colon != SIZE_MAX &&
        (colon + 1 == authority.n || !is_alnum(authority.p[colon + 1]) ||
         !ct_sv_i64(ct_sv_sub(authority, colon + 1, SIZE_MAX), &port) || port < 1 || port > 65535))
        return false;
    return is_host(ct_sv_sub(authority, 0, colon));
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
