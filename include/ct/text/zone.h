/*
 * ct/text/zone.h: on which day a moment falls where somebody works, by the time zones of IANA that
 * the machine has. No state of the process is asked or changed (no TZ, no tzset), so that agencies
 * of several zones can be counted side by side and by several threads.
 */
#ifndef CT_TEXT_ZONE_H
#define CT_TEXT_ZONE_H

#include "ct/base/clock.h"
#include "ct/base/err.h"

struct ct_zone;

/* "America/Chicago", "UTC". CT_OK, to be freed by ct_zone_free; CT_BAD_INPUT (what: "time_zone")
 * for a name that the machine does not know. */
int ct_zone_open(struct ct_sv name, struct ct_zone **ret, struct ct_err *err);
void ct_zone_free(struct ct_zone *z); /* NULL is fine */

/* The day, as a number (clock.h), on which a moment falls there. */
int ct_zone_day(const struct ct_zone *z, int64_t unix_seconds);

/* The last second of a day there. */
int64_t ct_zone_day_end(const struct ct_zone *z, int day);

#endif
