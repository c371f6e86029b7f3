/*
 * zone.c: days in time zones, by GLib's GTimeZone: it reads the machine's zone files into an object
 * of its own, which is never changed afterwards.
 */
#include "ct/text/zone.h"

#include <glib.h>

#include "ct/base/banned.h"

enum { NAME_MAX_BYTES = 64, DAY = 86400 };

struct ct_zone {
    GTimeZone *zone;
};

int ct_zone_open(struct ct_sv name, struct ct_zone **ret, struct ct_err *err)
{
    char text[NAME_MAX_BYTES + 1] = "";
    bool fine = name.n > 0 && name.n <= NAME_MAX_BYTES;

    /* A number would be an offset, and a path a file: neither is a zone's name. */
    for (size_t i = 0; fine && i < name.n; i++) {
        char c = name.p[i];
        bool letter = (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
        fine = letter || (i > 0 && ((c >= '0' && c <= '9') || strchr("/_+-", c)));
        text[i] = c;
    }
    GTimeZone *zone = fine ? g_time_zone_new_identifier(text) : NULL;
    if (!zone)
        return ct_fail(err, CT_BAD_INPUT, "time_zone",
                       "no such time zone; it is called as in America/Chicago");
    *ret = g_new(struct ct_zone, 1);
    (*ret)->zone = zone;
    return CT_OK;
}

void ct_zone_free(struct ct_zone *z)
{
    if (!z)
        return;
    g_time_zone_unref(z->zone);
    g_free(z);
}

/* Seconds that the clocks there are ahead of UTC at a moment. */
static int64_t ahead(const struct ct_zone *z, int64_t t)
{
    int interval = g_time_zone_find_interval(z->zone, G_TIME_TYPE_UNIVERSAL, t);

    return interval < 0 ? 0 : g_time_zone_get_offset(z->zone, interval);
}

int ct_zone_day(const struct ct_zone *z, int64_t unix_seconds)
{
    return ct_day_of(unix_seconds + ahead(z, unix_seconds));
}

int64_t ct_zone_day_end(const struct ct_zone *z, int day)
{
    int64_t end = (int64_t)day * DAY + DAY - 1;
    int64_t guess = end - ahead(z, end);
    int64_t t = end - ahead(z, guess);

    /* Where the clocks change within the hours around midnight, one of both is the day's end. */
    if (t < guess && ct_zone_day(z, guess) == day)
        t = guess;
    while (ct_zone_day(z, t) > day)
        t -= 900;
    while (ct_zone_day(z, t + 1) <= day)
        t++;
    return t;
}
