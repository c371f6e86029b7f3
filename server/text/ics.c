/*
 * ics.c: calendars of whole days. The numbers are those of RFC 5545's sections.
 */
#include "ct/text/ics.h"

#include "ct/base/clock.h"

#include "ct/base/banned.h"

enum { LINE_MAX_OCTETS = 75 }; /* 3.1, without the line end */

/* A line that is being written, and how many octets of it stand since its last fold. */
struct line {
    struct ct_str *out;
    size_t n;
};

/* Octets that belong together: a character, or one with its backslash. */
static void put(struct line *l, struct ct_sv piece)
{
    if (l->n + piece.n > LINE_MAX_OCTETS) {
        ct_str_add_c(l->out, "\r\n ");
        l->n = 1;
    }
    ct_str_add_sv(l->out, piece);
    l->n += piece.n;
}

/* 3.3.11 */
static void put_text(struct line *l, struct ct_sv text)
{
    while (text.n) {
        CT_AUTO_STR piece = CT_STR_INIT(16);
        uint32_t rune = ct_sv_rune(&text);
        if (rune == '\\' || rune == ';' || rune == ',')
            ct_str_add_char(&piece, '\\');
        if (rune == '\n')
            ct_str_add_c(&piece, "\\n");
        else if (rune >= 0x20 && rune != 0x7f)
            ct_str_add_rune(&piece, rune);
        put(l, ct_str_sv(&piece));
    }
}

static void add_text(struct ct_str *out, const char *name, struct ct_sv text)
{
    struct line l = {out, 0};

    if (!text.p)
        return;
    put(&l, ct_sv_c(name));
    put(&l, CT_SV(":"));
    put_text(&l, text);
    ct_str_add_c(out, "\r\n");
}

/* 3.3.4 */
static void add_day(struct ct_str *out, const char *name, int day)
{
    struct ct_date d = ct_day_date(day);

    ct_str_addf(out, "%s;VALUE=DATE:%04d%02d%02d\r\n", name, d.year, d.month, d.day);
}

/* 3.3.5, in UTC */
static void add_moment(struct ct_str *out, const char *name, int64_t at)
{
    char text[CT_TIME_TEXT];

    ct_str_addf(out, "%s:", name);
    for (const char *p = ct_time_iso(at, text); *p; p++)
        if (*p != '-' && *p != ':')
            ct_str_add_char(out, *p);
    ct_str_add_c(out, "\r\n");
}

/* 3.6.1: an event that has a day and no time lasts that day. */
static void add_event(struct ct_str *out, const struct ct_ics_day *d, int64_t stamp)
{
    ct_str_add_c(out, "BEGIN:VEVENT\r\n");
    add_text(out, "UID", d->uid);
    add_moment(out, "DTSTAMP", stamp);
    add_day(out, "DTSTART", d->day);
    add_day(out, "DTEND", d->day + 1);
    add_text(out, "SUMMARY", d->summary);
    add_text(out, "DESCRIPTION", d->description);
    add_text(out, "CATEGORIES", d->category);
    ct_str_add_c(out, "TRANSP:TRANSPARENT\r\nEND:VEVENT\r\n");
}

int ct_ics_write(const struct ct_ics_calendar *calendar, struct ct_str *out, struct ct_err *err)
{
    ct_str_add_c(out, "BEGIN:VCALENDAR\r\nPRODID:-//crosstrain//crosstrain//EN\r\nVERSION:2.0\r\n"
                      "CALSCALE:GREGORIAN\r\nMETHOD:PUBLISH\r\n");
    add_text(out, "X-WR-CALNAME", calendar->name);
    for (size_t i = 0; i < calendar->n; i++)
        add_event(out, &calendar->days[i], calendar->stamp);
    ct_str_add_c(out, "END:VCALENDAR\r\n");
    return ct_str_ok(out) ? CT_OK
                          : ct_fail(err, CT_TOO_BIG, "calendar", "over %zu bytes", out->max);
}
