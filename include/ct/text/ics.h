/*
 * ct/text/ics.h: writing calendars (iCalendar, RFC 5545) of whole days. Knows no requirements.
 *
 * Who opens the file again gets the same days under the same names: an entry whose `uid` is known
 * replaces the earlier one.
 *
 * It is written here because Debian's libical (3.0.16) breaks a line in the midst of its line end
 * when a text ends at the fold; test_ics.c has that case. Folding and escaping is all there is to
 * it.
 */
#ifndef CT_TEXT_ICS_H
#define CT_TEXT_ICS_H

#include "ct/base/err.h"
#include "ct/base/str.h"

struct ct_ics_day {
    struct ct_sv uid; /* its name in the whole world, and always */
    int day;          /* clock.h */
    struct ct_sv summary, description;
    struct ct_sv category; /* null: none */
};

struct ct_ics_calendar {
    struct ct_sv name;
    int64_t stamp; /* when this was so, Unix seconds */
    const struct ct_ics_day *days;
    size_t n;
};

/* Appends the calendar: CRLF, lines folded at 75 octets and never within a character, texts
 * escaped; control characters are left out, what is no UTF-8 is U+FFFD. Days take no time of the
 * calendar's owner (TRANSP:TRANSPARENT). CT_OK; CT_TOO_BIG for what `out` may hold. */
int ct_ics_write(const struct ct_ics_calendar *calendar, struct ct_str *out, struct ct_err *err);

#endif
