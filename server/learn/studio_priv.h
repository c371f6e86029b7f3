/*
 * studio_priv.h: what the files of the studio share: where a path lies on the disk, the lock of the
 * content folder, texts read on the writer.
 *
 * Handlers of the web hold a reader of the database while they call. A thread that waits for a
 * second one may wait for ever, so the studio reads by jobs of the writer.
 */
#ifndef CT_LEARN_STUDIO_PRIV_H
#define CT_LEARN_STUDIO_PRIV_H

#include "ct/learn/studio.h"

/* Where a path below the content folder lies, all symbolic links followed, in *ret_real; the file
 * may be missing, and its folder, too. CT_OK; CT_BAD_INPUT (what: "path") if it lies outside the
 * content folder or a link leads nowhere; CT_INTERNAL without a content folder. */
int ct_studio_find(const struct ct_studio *s, struct ct_arena *a, struct ct_sv path,
                   const char **ret_real, bool *ret_there, struct ct_err *err);

/* Only one changes the content folder at a time, also of several programs. Ends with the scope. */
struct ct_studio_lock {
    int fd;
};
int ct_studio_lock(const struct ct_studio *s, struct ct_studio_lock *ret, struct ct_err *err);
void ct_studio_unlock(struct ct_studio_lock *lock);
#define CT_AUTO_STUDIO_LOCK __attribute__((cleanup(ct_studio_unlock))) struct ct_studio_lock

/* Makes the folder that a file is to lie in, with the mode of the folder above it, if it is not
 * there; *ret_made says. Its own parent is there. CT_INTERNAL. */
int ct_studio_make_folder(struct ct_arena *a, const char *file, bool *ret_made, struct ct_err *err);

/* Takes a folder that was made away again, if it is empty. */
void ct_studio_drop_folder(struct ct_arena *a, const char *file, bool made);

/* The latest publication of a path, as a reader or the writer sees it; id 0 if there is none. */
struct ct_studio_latest {
    int64_t id;
    struct ct_sv hash, source;
};
int ct_studio_latest(struct ct_db *db, struct ct_arena *a, struct ct_sv path,
                     struct ct_studio_latest *ret, struct ct_err *err);

#endif
