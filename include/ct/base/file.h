/*
 * ct/base/file.h: reading and writing whole files, listing and making folders, within limits.
 */
#ifndef CT_BASE_FILE_H
#define CT_BASE_FILE_H

#include "ct/base/arena.h"
#include "ct/base/err.h"
#include "ct/base/sink.h"

/* The whole of a regular file, at most `max` bytes, into the arena (a NUL follows). CT_OK;
 * CT_NOT_FOUND; CT_TOO_BIG; CT_BAD_INPUT if it is not a regular file or unreadable; CT_INTERNAL on
 * a read fault. `what` is the path. */
int ct_file_read(struct ct_arena *a, const char *path, size_t max, struct ct_sv *ret,
                 struct ct_err *err);

struct ct_dir_entry {
    struct ct_sv name;
    bool is_dir;
    bool is_link; /* a symbolic link; is_dir then says what it leads to */
};

/* The entries of a folder but those whose name begins with a dot, sorted by bytes, at most `max`.
 * CT_OK; CT_NOT_FOUND; CT_TOO_BIG; CT_BAD_INPUT if it is no folder. */
int ct_dir_list(struct ct_arena *a, const char *path, size_t max, struct ct_dir_entry **ret_entries,
                size_t *ret_n, struct ct_err *err);

/* Writes a whole file so that a reader sees the old bytes or the new ones, never a half: into a
 * hidden file beside it, flushed to the disk, then renamed over it. Keeps the mode of a file that
 * was there, else 0666 less the umask. CT_OK; CT_NOT_FOUND if the folder is not there; CT_INTERNAL
 * with the reason (disk full, no permission): the old file is untouched then. `what` is the path.
 */
int ct_file_write(const char *path, struct ct_sv bytes, struct ct_err *err);

/* The same of bytes that are made piece by piece, however many they are: `make` gives them to the
 * sink. Also what `make` fails with; the old file is untouched then. */
int ct_file_make(const char *path, int (*make)(void *arg, struct ct_sink *out, struct ct_err *err),
                 void *arg, struct ct_err *err);

/* "a/b" from "a" and "b". */
char *ct_path_join(struct ct_arena *a, const char *dir, struct ct_sv name);

/* Creates a folder and its parents, mode 0700. CT_OK also if it was there; else CT_INTERNAL. */
int ct_dir_make(const char *path, struct ct_err *err);

#endif
