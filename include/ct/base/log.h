/*
 * ct/base/log.h: one line an event, as logfmt (key=value), to a file descriptor.
 *
 * Only web and cli log. A line is written with one write(2), so lines of threads never mix.
 * A value of other than letters, digits and -._:/+@, is quoted; in quotes " and \ get a backslash,
 * a line feed is \n, other controls and broken UTF-8 are \xNN: a request cannot forge a second
 * line. A line is at most 4 KiB and one value 2 KiB; what is beyond is left out and the line ends
 * in cut=true.
 */
#ifndef CT_BASE_LOG_H
#define CT_BASE_LOG_H

#include "ct/base/clock.h"
#include "ct/base/sv.h"

enum ct_log_level { CT_LOG_ERROR, CT_LOG_WARN, CT_LOG_INFO };

struct ct_log {
    int fd; /* -1: nowhere */
    enum ct_log_level level;
    const struct ct_clock *clock;
};

struct ct_log_pair {
    const char *key;
    struct ct_sv value;
};

/* Writes `time=… level=… event=…` and the pairs; the list ends with a NULL key. */
void ct_log_event(const struct ct_log *log, enum ct_log_level level, const char *event,
                  const struct ct_log_pair *pairs);

#endif
