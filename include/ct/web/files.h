/*
 * ct/web/files.h: files that are made behind the reply. One thread makes what was ordered
 * (ct/learn/order.h), one file at a time, oldest order first, as the person who asked, with a
 * reader of its own. Files lie in one folder, readable by their owner alone, until their day is
 * over.
 *
 * What is made is what a GET of the ordered address gives: reports need nothing of their own to be
 * made so, but CT_MAY_WAIT in the route table. A handler that can tell how far it is finds in
 * rq->making whom to tell. Files that were sent to be imported (ct/learn/import_job.h) lie in the
 * same folder, are looked at and imported by the same thread, and end with their day, too.
 */
#ifndef CT_WEB_FILES_H
#define CT_WEB_FILES_H

#include "ct/web/app.h"

/* Nothing runs yet; the folder is made by the start. NULL: out of memory. */
struct ct_files *ct_files_new(const char *dir);
void ct_files_free(struct ct_files *f); /* NULL is fine; stops first */

/* Clears up what an earlier program left (orders that were being made have failed, files that
 * nobody has any more are deleted) and begins to make files. `slot` of the library is the thread's.
 * CT_OK; CT_INTERNAL, also for a folder that cannot be made. */
int ct_files_start(const struct ct_app *app, size_t slot, struct ct_err *err);

/* Gives up what is being made and ends the thread, within a second or two. Before the library is
 * closed. NULL is fine. */
void ct_files_stop(struct ct_files *f);

/* Something was ordered. */
void ct_files_wake(struct ct_files *f);

/* The same, and waits until an order has come to its end, or so long: what is quick is then found
 * done. Returns at once where no thread runs. */
void ct_files_wait(struct ct_files *f, int milliseconds);

/* The folder. */
const char *ct_files_dir(const struct ct_files *f);

/* Makes the next file with a worker, and deletes what has expired; for the thread, and for tests,
 * which have none. True if there was one. */
bool ct_files_step(const struct ct_app *app, struct ct_worker *w);

/* Where the file of an order lies. In the arena. */
const char *ct_files_path(const struct ct_files *f, struct ct_arena *a, int64_t order);

/* A place for making a long file while its client waits: false when all are taken. Each that was
 * entered is left again. */
bool ct_files_enter(struct ct_files *f);
void ct_files_leave(struct ct_files *f);

/* An unnamed file in the folder, gone when it is closed: for what is made before its length is
 * known and then sent. CT_INTERNAL (what: "disk"). */
int ct_files_scratch(const struct ct_files *f, int *ret_fd, struct ct_err *err);

#endif
