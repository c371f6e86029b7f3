/*
 * log.c: one event as one line and one write(2).
 *
 * The line is at most 4 KiB, which a pipe takes whole. What does not fit is left out and the line
 * ends in `cut=true`.
 */
#include "ct/base/log.h"

#include <errno.h>
#include <unistd.h>

#include "ct/base/banned.h"

#define CUT_NOTE " cut=true\n"

enum { LINE_MAX_BYTES = 4096, VALUE_MAX = 2048 };

struct line {
    size_t n;
    bool cut;
    char p[LINE_MAX_BYTES];
};

/* All or nothing, and always with room left for the note. */
static void put(struct line *l, struct ct_sv s)
{
    if (l->cut || s.n > sizeof l->p - sizeof "\"" CUT_NOTE - l->n) {
        l->cut = true;
        return;
    }
    if (s.n)
        memcpy(l->p + l->n, s.p, s.n);
    l->n += s.n;
}

static bool is_plain(struct ct_sv v)
{
    for (size_t i = 0; i < v.n; i++) {
        char c = v.p[i];
        bool plain = (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
                     (c != '\0' && strchr("-._:/+@,", c));
        if (!plain)
            return false;
    }
    return v.n > 0;
}

static void put_byte_code(struct line *l, char c)
{
    static const char hex[] = "0123456789abcdef";
    unsigned char u = (unsigned char)c;
    char code[] = {'\\', 'x', hex[u >> 4], hex[u & 15]};
    put(l, ct_sv_n(code, sizeof code));
}

/* One character of a quoted value. Controls, those of Latin-1 too, and broken UTF-8 become codes: a
 * terminal that shows the log must not obey it. */
static void put_char(struct line *l, struct ct_sv c, uint32_t rune)
{
    bool broken = rune == 0xFFFD && c.n == 1;
    if (rune == '"' || rune == '\\') {
        const char escaped[] = {'\\', (char)rune};
        put(l, ct_sv_n(escaped, sizeof escaped)); /* in one piece: the line may be cut anywhere */
    } else if (rune == '\n') {
        put(l, CT_SV("\\n"));
    } else if (rune < 0x20 || (rune >= 0x7F && rune < 0xA0) || broken) {
        for (size_t i = 0; i < c.n; i++)
            put_byte_code(l, c.p[i]);
    } else {
        put(l, c);
    }
}

static void put_value(struct line *l, struct ct_sv v)
{
    struct ct_sv rest = ct_sv_sub(v, 0, VALUE_MAX);
    if (is_plain(v) && v.n == rest.n) {
        put(l, v);
        return;
    }
    put(l, CT_SV("\""));
    while (rest.n && !l->cut) {
        struct ct_sv before = rest;
        uint32_t rune = ct_sv_rune(&rest);
        put_char(l, ct_sv_n(before.p, before.n - rest.n), rune);
    }
    if (v.n > VALUE_MAX)
        l->cut = true;
    else
        put(l, CT_SV("\""));
}

static const char *level_name(enum ct_log_level level)
{
    switch (level) {
    case CT_LOG_ERROR:
        return "error";
    case CT_LOG_WARN:
        return "warn";
    case CT_LOG_INFO:
        return "info";
    }
    return "unknown";
}

static void put_pair(struct line *l, const char *key, struct ct_sv value)
{
    if (l->n)
        put(l, CT_SV(" "));
    put(l, ct_sv_c(key));
    put(l, CT_SV("="));
    put_value(l, value);
}

/* Ends the line; a cut one may have an open quote, or none, and is closed accordingly. */
static void end_line(struct line *l)
{
    bool open = false;
    for (size_t i = 0; l->cut && i < l->n; i++) {
        if (l->p[i] == '\\' && open)
            i++;
        else if (l->p[i] == '"')
            open = !open;
    }
    const char *end = !l->cut ? "\n" : open ? "\"" CUT_NOTE : CUT_NOTE;
    size_t n = strlen(end);
    memcpy(l->p + l->n, end, n);
    l->n += n;
}

void ct_log_event(const struct ct_log *log, enum ct_log_level level, const char *event,
                  const struct ct_log_pair *pairs)
{
    if (log->fd < 0 || level > log->level)
        return;
    char now[CT_TIME_TEXT];
    struct line l;
    l.n = 0;
    l.cut = false;
    put_pair(&l, "time", ct_sv_c(ct_time_iso(ct_now(log->clock), now)));
    put_pair(&l, "level", ct_sv_c(level_name(level)));
    put_pair(&l, "event", ct_sv_c(event));
    for (; pairs && pairs->key; pairs++)
        put_pair(&l, pairs->key, pairs->value);
    end_line(&l);
    /* a log that cannot be written has nowhere to complain to */
    while (write(log->fd, l.p, l.n) < 0 && errno == EINTR)
        continue;
}
