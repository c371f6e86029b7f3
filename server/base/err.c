/*
 * err.c: keeping the first failure, cut to fit and on one line.
 */
#include "ct/base/err.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>

#include "ct/base/banned.h"

/* A cut may fall within a UTF-8 sequence: takes the broken rest away. */
static void drop_broken_tail(char *s, size_t n)
{
    size_t start = n;
    while (start > 0 && ((unsigned char)s[start - 1] & 0xC0) == 0x80)
        start--;
    if (start == 0)
        return;
    unsigned char lead = (unsigned char)s[start - 1];
    size_t need = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : lead >= 0xC0 ? 2 : 1;
    if (need > n - start + 1)
        s[start - 1] = '\0';
}

/* Names and values come from files and requests, and the text is promised to be one line. */
static void make_one_line(char *s)
{
    for (; *s; s++)
        if ((unsigned char)*s < 0x20 || *s == 0x7F)
            *s = ' ';
}

static void finish(char *s, size_t room, int wanted)
{
    if (wanted < 0)
        s[0] = '\0';
    else if ((size_t)wanted >= room)
        drop_broken_tail(s, room - 1);
    make_one_line(s);
}

int ct_fail(struct ct_err *err, enum ct_status code, const char *what, const char *fmt, ...)
{
    assert(code < 0);
    if (!err || err->code != CT_OK)
        return code;
    va_list ap;
    va_start(ap, fmt);
    int n = vsnprintf(err->text, sizeof err->text, fmt, ap);
    va_end(ap);
    finish(err->text, sizeof err->text, n);
    /* precision keeps a long path from being measured to its end */
    n = snprintf(err->what, sizeof err->what, "%.*s", (int)sizeof err->what, what ? what : "");
    finish(err->what, sizeof err->what, n);
    err->code = code;
    return code;
}

void ct_err_clear(struct ct_err *err)
{
    *err = (struct ct_err)CT_ERR_INIT;
}

const char *ct_status_name(int code)
{
    switch ((enum ct_status)code) {
    case CT_OK:
        return "ok";
    case CT_BAD_INPUT:
        return "bad-input";
    case CT_NOT_FOUND:
        return "not-found";
    case CT_DENIED:
        return "denied";
    case CT_CONFLICT:
        return "conflict";
    case CT_TOO_BIG:
        return "too-big";
    case CT_INTERNAL:
        return "internal";
    }
    return "unknown";
}
