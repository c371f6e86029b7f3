/*
 * ct/base/sink.h: where bytes go that are made piece by piece, and who is told how far a long piece
 * of work is. Whoever makes the bytes does not know whether they go into a file, a text or to
 * somebody far away.
 */
#ifndef CT_BASE_SINK_H
#define CT_BASE_SINK_H

#include "ct/base/err.h"
#include "ct/base/str.h"

struct ct_sink {
    int (*write)(void *arg, struct ct_sv bytes, struct ct_err *err);
    void *arg;
    int64_t n; /* bytes that were taken */
};

/* CT_OK when all of it was taken; else a failure, after which the work is given up. */
int ct_sink_write(struct ct_sink *s, struct ct_sv bytes, struct ct_err *err);

/* Into an open file, borrowed with its number. CT_INTERNAL (what: "disk") with the reason. */
struct ct_sink ct_sink_fd(int *fd);

/* Onto a text. CT_TOO_BIG when it is full. */
struct ct_sink ct_sink_str(struct ct_str *text);

/* How far somebody is: `done` of `total`, in steps of any kind. A failure means: give it up (it was
 * cancelled, the program ends). */
struct ct_progress {
    int (*tell)(void *arg, int64_t done, int64_t total, struct ct_err *err);
    void *arg;
};

/* NULL is fine: nobody wants to know. */
int ct_progress_tell(const struct ct_progress *p, int64_t done, int64_t total, struct ct_err *err);

#endif
