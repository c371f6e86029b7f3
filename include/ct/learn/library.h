/*
 * ct/learn/library.h: the curriculum as it is now, and every text that was ever published.
 *
 * A catalogue is immutable. Publishing reads the content folder, stores the source of every new
 * revision, and swaps one pointer. Whoever uses the catalogue holds it through a slot of its own (a
 * hazard pointer): holding is two atomic operations, never a lock; a catalogue that was replaced is
 * freed by the publisher once no slot points at it.
 */
#ifndef CT_LEARN_LIBRARY_H
#define CT_LEARN_LIBRARY_H

#include "ct/base/clock.h"
#include "ct/course/catalogue.h"
#include "ct/store/store.h"

#include <stdatomic.h>

struct ct_library;

/* Reads `dir` and publishes it. CT_OK; what ct_catalogue_load says; CT_INTERNAL. `slots`: how many
 * holders there can be at once. All arguments outlive the library. `store` NULL: a preview, which
 * keeps nothing and shows broken files as far as they go. */
int ct_library_open(struct ct_store *store, const struct ct_clock *clock, const char *dir,
                    size_t slots, struct ct_library **ret, struct ct_err *err);
void ct_library_close(struct ct_library *lib); /* NULL is fine; stops watching first */

/* Looks at the folder again and publishes it if anything changed. CT_OK; *ret_changed says.
 * Problems are in the catalogue. What cannot be read at all leaves the present catalogue in place.
 * The caller may hold a reader of the database: no other is borrowed. */
int ct_library_refresh(struct ct_library *lib, bool *ret_changed, struct ct_err *err);

/* Starts a thread that refreshes when a file below the folder changes (inotify, and once a second
 * where that is not to be had); `notify` is called from it after each publication or failure (may
 * be NULL). */
int ct_library_watch(struct ct_library *lib,
                     void (*notify)(void *arg, const struct ct_catalogue *cat,
                                    const struct ct_err *err),
                     void *arg, struct ct_err *err);

/* What the latest publication changed, for pages that follow a trainer's pen. */
struct ct_library_news {
    uint64_t generation; /* of the catalogue: 1 for the first, one more for each */
    char path[512];      /* of the file that changed (the first of several); "" for none known */
    int line;            /* its first line that differs, in the new text; 0: not known */
};

/* Waits until the generation is another than `seen`, at most `timeout_ms`; true if it is. For
 * previews and editors only: it keeps a thread. Returns at once for all when the library is closed.
 */
bool ct_library_wait(struct ct_library *lib, uint64_t seen, int timeout_ms,
                     struct ct_library_news *ret);

/* The generation of a catalogue that the caller holds; 0 for one that was replaced meanwhile. Never
 * more than its own, so whoever waits for another than this misses nothing. */
uint64_t ct_library_generation(struct ct_library *lib, const struct ct_catalogue *cat);

/* Ends all waits, now and later, so that a server can stop. */
void ct_library_wake(struct ct_library *lib);

/* Holds the present catalogue. Slot: 0 .. slots-1, one a thread, not nested. */
const struct ct_catalogue *ct_library_hold(struct ct_library *lib, size_t slot);
void ct_library_release(struct ct_library *lib, size_t slot);

/* The source of a revision that was once published, and the path it stood under. CT_NOT_FOUND. */
int ct_revision_source(struct ct_db *db, struct ct_arena *a, struct ct_sv hash,
                       struct ct_sv *ret_source, struct ct_sv *ret_path, struct ct_err *err);

/* The module of that revision: the catalogue's own if it is live, else parsed anew from its stored
 * source into the arena. That is the one place where a request parses; a published source passed
 * the checker's limits, so its cost is bounded (about a millisecond). CT_NOT_FOUND. */
int ct_revision_module(struct ct_db *db, struct ct_arena *a, const struct ct_catalogue *cat,
                       const struct ct_course *course, struct ct_sv module_id, struct ct_sv hash,
                       const struct ct_module **ret, struct ct_err *err);

#endif
