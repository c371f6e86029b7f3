/*
 * str.c: the growing text. Each append is all or nothing.
 */
#include "ct/base/str.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "ct/base/banned.h"

char ct_str_empty[1] = ""; /* shared by all that hold nothing; never written */

void ct_str_init(struct ct_str *s, size_t max)
{
    *s = (struct ct_str)CT_STR_INIT(max);
}

void ct_str_release(struct ct_str *s)
{
    if (s->cap)
        free(s->p);
    ct_str_init(s, s->max);
}

void ct_str_reset(struct ct_str *s)
{
    s->n = 0;
    s->failed = false;
    if (s->cap)
        s->p[0] = '\0';
}

bool ct_str_ok(const struct ct_str *s)
{
    return !s->failed;
}

/* Makes room for n more bytes and a NUL. False, and failed from now on, if the text may not hold
 * them. */
static bool reserve(struct ct_str *s, size_t n)
{
    enum { FIRST = 64 };
    if (s->failed || n > s->max - s->n || s->n + n >= SIZE_MAX / 2) {
        s->failed = true;
        return false;
    }
    if (s->n + n < s->cap)
        return true;
    size_t cap = s->cap ? s->cap : FIRST;
    while (cap <= s->n + n)
        cap *= 2;
    if (cap - 1 > s->max)
        cap = s->max + 1;
    char *p = realloc(s->cap ? s->p : NULL, cap);
    if (!p) {
        fputs("crosstrain: out of memory\n", stderr);
        abort();
    }
    s->p = p;
    s->cap = cap;
    p[s->n] = '\0';
    return true;
}

void ct_str_add(struct ct_str *s, const char *p, size_t n)
{
    if (n == 0 || !reserve(s, n))
        return;
    memcpy(s->p + s->n, p, n);
    s->n += n;
    s->p[s->n] = '\0';
}

void ct_str_add_sv(struct ct_str *s, struct ct_sv v)
{
    ct_str_add(s, v.p, v.n);
}

void ct_str_add_c(struct ct_str *s, const char *c)
{
    ct_str_add_sv(s, ct_sv_c(c));
}

void ct_str_add_char(struct ct_str *s, char c)
{
    ct_str_add(s, &c, 1);
}

void ct_str_add_rune(struct ct_str *s, uint32_t rune)
{
    if (rune > 0x10FFFF || (rune >= 0xD800 && rune <= 0xDFFF))
        rune = 0xFFFD;
    size_t n = rune < 0x80 ? 1 : rune < 0x800 ? 2 : rune < 0x10000 ? 3 : 4;
    static const unsigned char lead[] = {0, 0, 0xC0, 0xE0, 0xF0};
    char utf8[4];
    for (size_t i = n; i-- > 1; rune >>= 6)
        utf8[i] = (char)(0x80 | (rune & 0x3F));
    utf8[0] = (char)(lead[n] | rune);
    ct_str_add(s, utf8, n);
}

void ct_str_addf(struct ct_str *s, const char *fmt, ...)
{
    va_list ap, again;
    va_start(ap, fmt);
    va_copy(again, ap);
    int n = vsnprintf(NULL, 0, fmt, ap);
    va_end(ap);
    if (n < 0) {
        s->failed = true;
    } else if (n > 0 && reserve(s, (size_t)n)) {
        vsnprintf(s->p + s->n, (size_t)n + 1, fmt, again);
        s->n += (size_t)n;
    }
    va_end(again);
}

static const char *entity_of(char c)
{
    switch (c) {
    case '&':
        return "&amp;";
    case '<':
        return "&lt;";
    case '>':
        return "&gt;";
    case '"':
        return "&quot;";
    case '\'':
        return "&#39;";
    default:
        return NULL;
    }
}

void ct_str_add_html(struct ct_str *s, struct ct_sv v)
{
    size_t done = 0;
    for (size_t i = 0; i < v.n; i++) {
        const char *entity = entity_of(v.p[i]);
        if (!entity)
            continue;
        ct_str_add(s, v.p + done, i - done);
        ct_str_add_c(s, entity);
        done = i + 1;
    }
    if (done < v.n)
        ct_str_add(s, v.p + done, v.n - done);
}

const char *ct_plural(size_t n, const char *one, const char *many)
{
    return n == 1 ? one : many;
}
