/*
 * imports_priv.h: files that were sent to be imported, between their pages (page_imports.c), the
 * thread that makes files (files.c) and the work itself (imports.c).
 */
#ifndef CT_WEB_IMPORTS_PRIV_H
#define CT_WEB_IMPORTS_PRIV_H

#include "ct/learn/import_job.h"
#include "ct/web/app.h"

/* An order of an import, as files.c takes it up. */
struct ct_import_making {
    struct ct_worker *worker;
    const struct ct_session *who;
    const struct ct_order *order;
    struct ct_sink *out; /* the lines that are refused, as CSV */
    const struct ct_progress *progress;
    bool (*stopped)(void *arg); /* whether the program ends */
    void *arg;
};

/* Looks at the file, or imports it. CT_OK also of one with problems, which are then in the file and
 * counted in the job; CT_DENIED for who is no administrator any more; CT_NOT_FOUND when the file is
 * gone; CT_CONFLICT when it was cancelled. */
int ct_import_make(const struct ct_import_making *m, struct ct_err *err);

/* Keeps what was sent and orders that it is looked at. CT_INTERNAL (what: "disk"). */
int ct_import_keep(const struct ct_app *app, struct ct_arena *a, const struct ct_import_job *job,
                   struct ct_sv bytes, int64_t *ret_id, struct ct_err *err);

/* Deletes the files of imports that are done, and those whose day is over. */
void ct_imports_expire(const struct ct_app *app);

/* The refused lines of a page, read back. *ret_n problems of at most `max` from number `from`. */
int ct_import_refused(const struct ct_app *app, struct ct_arena *a, int64_t order, size_t from,
                      size_t max, struct ct_import_problem **ret, size_t *ret_n,
                      struct ct_err *err);

#endif
