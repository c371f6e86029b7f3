/*
 * ct/base/err.h: how every function in crosstrain says that it failed.
 *
 * A function that can fail returns 0 (CT_OK) or one of six negative codes, which callers branch on,
 * and fills an optional struct ct_err, which people read. The object keeps the FIRST failure: a
 * caller that adds a vaguer one later changes nothing. Low layers never log; whoever ends the work
 * (the dispatcher of web, a command of cli) logs or prints it once.
 */
#ifndef CT_BASE_ERR_H
#define CT_BASE_ERR_H

#include <stdarg.h>

enum ct_status {
    CT_OK = 0,
    CT_BAD_INPUT = -1, /* what a person or file said cannot be accepted; `what` names the field */
    CT_NOT_FOUND = -2, /* there is no such thing, or not for this person */
    CT_DENIED = -3,    /* it exists, and this person may not */
    CT_CONFLICT = -4,  /* it changed meanwhile, or is not open now */
    CT_TOO_BIG = -5,   /* over a stated limit */
    CT_INTERNAL = -6   /* our fault or the machine's: database, disk, library */
};

struct ct_err {
    enum ct_status code; /* CT_OK until something failed */
    char what[64];       /* field, path, or "sql" */
    char text[256];      /* one line, impersonal, no newline; cut, never overrun */
};

#define CT_ERR_INIT                                                                                \
    {                                                                                              \
        CT_OK, "", ""                                                                              \
    }

/* Records a failure unless `err` already holds one, and returns `code` either way, so that
 * `return ct_fail(...)` is the error path. `err` may be NULL. `what` and the text are copied;
 * control characters in them become spaces. `code` is never CT_OK. */
int ct_fail(struct ct_err *err, enum ct_status code, const char *what, const char *fmt, ...)
    __attribute__((format(printf, 4, 5)));

/* Back to CT_OK and empty. */
void ct_err_clear(struct ct_err *err);

/* The code as a word for logs: "ok", "bad-input", "not-found", ... Never NULL. */
const char *ct_status_name(int code);

#endif
