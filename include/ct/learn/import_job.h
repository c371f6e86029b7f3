/*
 * ct/learn/import_job.h: files that were sent to be imported (import.h) and take longer than a
 * reader should wait for a page: what each is, what was found in it, what became of it. Looking at
 * it and importing it are orders (order.h), one after the other, which say how far they are. Knows
 * no HTTP and no disk: the file itself is kept, and taken away, by ct/web/imports.h.
 *
 * That it was imported is recorded in the transaction of the import: a job is done exactly when
 * what is in its file is in the records, whatever happens to the program.
 */
#ifndef CT_LEARN_IMPORT_JOB_H
#define CT_LEARN_IMPORT_JOB_H

#include "ct/learn/import.h"
#include "ct/learn/order.h"

enum {
    CT_IMPORT_KEPT = 24 * 60 * 60, /* seconds that a file is kept that is not imported */
    CT_IMPORT_JOBS_SHOWN = 10
};

struct ct_import_job {
    int64_t id, person;
    enum ct_import_kind kind;
    struct ct_sv file; /* its name on our disk */
    struct ct_sv name; /* as its sender called it; "" if that was not said */
    int64_t size;      /* bytes */
    int64_t sent_at;   /* Unix seconds, as below; 0: not yet */
    int64_t checked_at, done_at, removed_at;
    int64_t lines, added, changed, unchanged, problems; /* as they were looked at, or done */
};

/* CT_OK; CT_INTERNAL. The id of *job is not looked at. */
int ct_import_job_add(struct ct_store *s, const struct ct_clock *clock,
                      const struct ct_import_job *job, int64_t *ret_id, struct ct_err *err);

/* One of a person's own; CT_NOT_FOUND also for somebody else's. */
int ct_import_job_get(struct ct_db *db, struct ct_arena *a, int64_t id, int64_t person,
                      struct ct_import_job *ret, struct ct_err *err);

/* A person's newest CT_IMPORT_JOBS_SHOWN, newest first. */
int ct_import_job_list(struct ct_db *db, struct ct_arena *a, int64_t person,
                       struct ct_import_job **ret, size_t *ret_n, struct ct_err *err);

/* It was looked at. */
int ct_import_job_checked(struct ct_store *s, const struct ct_clock *clock, int64_t id,
                          const struct ct_import_result *res, struct ct_err *err);

/* Writer-side, inside the import: it is done. CT_CONFLICT (what: "order") if the order under which
 * it is done was cancelled, or if it was done before. */
int ct_import_job_finish(struct ct_db *db, int64_t id, int64_t order, int64_t now,
                         const struct ct_import_result *res, struct ct_err *err);

/* Those whose file is there and is to be there no longer, because it was imported or its day is
 * over: at most 100. None that an order is at work on. */
int ct_import_job_over(struct ct_db *db, struct ct_arena *a, int64_t now,
                       struct ct_import_job **ret, size_t *ret_n, struct ct_err *err);
int ct_import_job_removed(struct ct_store *s, const struct ct_clock *clock, int64_t id,
                          struct ct_err *err);

/* Whether a file of this name is kept: what else is in the folder is left over. */
int ct_import_job_is_kept(struct ct_db *db, struct ct_sv file, bool *ret, struct ct_err *err);

#endif
