/*
 * file.c: whole files, read and written, and folders, listed and made, within limits.
 */
#include "ct/base/file.h"

#include "ct/base/secret.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "ct/base/banned.h"

#define CT_AUTO_FD  __attribute__((cleanup(close_fd))) int
#define CT_AUTO_DIR __attribute__((cleanup(close_dir))) DIR *

static void close_fd(const int *fd)
{
    if (*fd >= 0)
        close(*fd);
}

static void close_dir(DIR *const *dir)
{
    if (*dir)
        closedir(*dir);
}

/* In English whatever the locale, and safe between threads, which strerror is not. */
static const char *reason(int number)
{
    const char *text = strerrordesc_np(number);
    return text ? text : "unknown fault";
}

/* A path that leads nowhere, one that people gave wrongly, or a machine that is short of something.
 */
static int fail_open(struct ct_err *err, const char *path, int number)
{
    switch (number) {
    case ENOENT:
    case ENOTDIR:
        return ct_fail(err, CT_NOT_FOUND, path, "%s", reason(number));
    case EMFILE:
    case ENFILE:
    case ENOMEM:
    case EIO:
        return ct_fail(err, CT_INTERNAL, path, "%s", reason(number));
    default:
        return ct_fail(err, CT_BAD_INPUT, path, "%s", reason(number));
    }
}

static ssize_t read_some(int fd, char *p, size_t n)
{
    ssize_t got;
    do
        got = read(fd, p, n);
    while (got < 0 && errno == EINTR);
    return got;
}

/* Reads to the end. `size` is what the file system said, which may be outdated, or 0 in /proc. */
static int read_all(struct ct_arena *a, int fd, const char *path, size_t size, size_t max,
                    struct ct_sv *ret, struct ct_err *err)
{
    size_t cap = size + 1; /* one more, to see the end without another allocation */
    char *p = ct_arena_alloc(a, cap + 1);
    size_t n = 0;
    for (;;) {
        ssize_t got = read_some(fd, p + n, cap - n);
        if (got < 0)
            return ct_fail(err, CT_INTERNAL, path, "%s", reason(errno));
        if (got == 0)
            break;
        n += (size_t)got;
        if (n > max)
            return ct_fail(err, CT_TOO_BIG, path, "over %zu bytes", max);
        if (n == cap) {
            cap = cap < max / 2 ? cap * 2 : max + 1;
            char *grown = ct_arena_alloc(a, cap + 1);
            memcpy(grown, p, n);
            p = grown;
        }
    }
    p[n] = '\0';
    *ret = ct_sv_n(p, n);
    return CT_OK;
}

int ct_file_read(struct ct_arena *a, const char *path, size_t max, struct ct_sv *ret,
                 struct ct_err *err)
{
    /* non-blocking, as a pipe without a writer would otherwise hold us here for ever */
    CT_AUTO_FD fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
    if (fd < 0)
        return fail_open(err, path, errno);
    struct stat st;
    if (fstat(fd, &st) < 0)
        return ct_fail(err, CT_INTERNAL, path, "%s", reason(errno));
    if (!S_ISREG(st.st_mode))
        return ct_fail(err, CT_BAD_INPUT, path, "not a regular file");
    if ((uintmax_t)st.st_size > max)
        return ct_fail(err, CT_TOO_BIG, path, "over %zu bytes", max);
    return read_all(a, fd, path, (size_t)st.st_size, max, ret, err);
}

/* What the entry is. A link is followed; one that leads nowhere is no folder. */
static struct ct_dir_entry entry_of(struct ct_arena *a, DIR *dir, const struct dirent *d)
{
    struct ct_dir_entry e = {ct_arena_dup(a, ct_sv_c(d->d_name)), d->d_type == DT_DIR,
                             d->d_type == DT_LNK};
    struct stat st;
    if (d->d_type == DT_UNKNOWN && fstatat(dirfd(dir), d->d_name, &st, AT_SYMLINK_NOFOLLOW) == 0) {
        e.is_dir = S_ISDIR(st.st_mode);
        e.is_link = S_ISLNK(st.st_mode);
    }
    if (e.is_link)
        e.is_dir = fstatat(dirfd(dir), d->d_name, &st, 0) == 0 && S_ISDIR(st.st_mode);
    return e;
}

static int by_name(const void *a, const void *b)
{
    const struct ct_dir_entry *x = a, *y = b;
    return ct_sv_cmp(x->name, y->name);
}

int ct_dir_list(struct ct_arena *a, const char *path, size_t max, struct ct_dir_entry **ret_entries,
                size_t *ret_n, struct ct_err *err)
{
    CT_AUTO_DIR dir = opendir(path);
    if (!dir)
        return errno == ENOTDIR ? ct_fail(err, CT_BAD_INPUT, path, "not a folder")
                                : fail_open(err, path, errno);
    struct ct_dir_entry *entries = NULL;
    size_t n = 0, cap = 0;
    for (;;) {
        errno = 0;
        const struct dirent *d = readdir(dir);
        if (!d && errno != 0)
            return ct_fail(err, CT_INTERNAL, path, "%s", reason(errno));
        if (!d)
            break;
        if (d->d_name[0] == '.')
            continue;
        if (n == max)
            return ct_fail(err, CT_TOO_BIG, path, "over %zu entries", max);
        CT_ARENA_PUSH(a, entries, n, cap, entry_of(a, dir, d));
    }
    if (n)
        qsort(entries, n, sizeof *entries, by_name);
    *ret_entries = entries;
    *ret_n = n;
    return CT_OK;
}

/* A hidden file that nobody else has, beside the one meant. Its name is in *ret_name. */
static int open_beside(struct ct_arena *a, const char *folder, const char *name,
                       const char **ret_name)
{
    char token[CT_TOKEN_TEXT + 1];
    *ret_name = ct_arena_printf(a, "%s/.%s.%s", folder, name, ct_random_token(token)).p;
    return open(*ret_name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
}

static int keep_mode(int fd, const char *path)
{
    struct stat st;
    return stat(path, &st) == 0 ? fchmod(fd, st.st_mode & 07777) : 0;
}

/* The new name must outlast a power cut, too, so the folder is flushed. */
static int flush_folder(const char *folder)
{
    int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd < 0)
        return -1;
    int r = fsync(fd);
    close(fd);
    return r;
}

/* All of it, and on the disk. */
static int fill(int fd, const char *path,
                int (*make)(void *arg, struct ct_sink *out, struct ct_err *err), void *arg,
                struct ct_err *err)
{
    struct ct_sink out = ct_sink_fd(&fd);
    struct ct_err why = CT_ERR_INIT;
    int r = make(arg, &out, &why);

    if (r < 0) /* of the disk it is said which file */
        return ct_fail(err, (enum ct_status)r, strcmp(why.what, "disk") == 0 ? path : why.what,
                       "%s", why.text);
    if (fsync(fd) < 0 || keep_mode(fd, path) < 0)
        return ct_fail(err, CT_INTERNAL, path, "%s", reason(errno));
    return CT_OK;
}

int ct_file_make(const char *path, int (*make)(void *arg, struct ct_sink *out, struct ct_err *err),
                 void *arg, struct ct_err *err)
{
    CT_AUTO_ARENA a = CT_ARENA_INIT;
    const char *slash = strrchr(path, '/');
    const char *name = slash ? slash + 1 : path;
    const char *folder = slash ? ct_arena_cstr(&a, ct_sv_n(path, (size_t)(slash - path) + 1)) : ".";
    const char *temporary;
    int fd = open_beside(&a, folder, name, &temporary);
    if (fd < 0)
        return errno == ENOENT ? ct_fail(err, CT_NOT_FOUND, path, "its folder is not there")
                               : ct_fail(err, CT_INTERNAL, path, "%s", reason(errno));
    int r = fill(fd, path, make, arg, err);
    if (close(fd) < 0 && r == CT_OK)
        r = ct_fail(err, CT_INTERNAL, path, "%s", reason(errno));
    if (r == CT_OK && rename(temporary, path) < 0)
        r = ct_fail(err, CT_INTERNAL, path, "%s", reason(errno));
    if (r < 0) {
        unlink(temporary);
        return r;
    }
    if (flush_folder(folder) < 0)
        return ct_fail(err, CT_INTERNAL, path, "%s", reason(errno));
    return CT_OK;
}

static int give(void *arg, struct ct_sink *out, struct ct_err *err)
{
    const struct ct_sv *bytes = arg;
    return ct_sink_write(out, *bytes, err);
}

int ct_file_write(const char *path, struct ct_sv bytes, struct ct_err *err)
{
    return ct_file_make(path, give, &bytes, err);
}

char *ct_path_join(struct ct_arena *a, const char *dir, struct ct_sv name)
{
    size_t n = strlen(dir);
    const char *between = n == 0 || dir[n - 1] == '/' ? "" : "/";
    return (char *)ct_arena_printf(a, "%s%s%.*s", dir, between, CT_SV_ARG(name)).p;
}

/* One folder; fine if it is there. */
static int make_one(const char *path, struct ct_err *err)
{
    struct stat st;
    if (mkdir(path, 0700) == 0)
        return CT_OK;
    int number = errno;
    if (stat(path, &st) == 0 && S_ISDIR(st.st_mode))
        return CT_OK;
    return ct_fail(err, CT_INTERNAL, path, "%s", reason(number));
}

int ct_dir_make(const char *path, struct ct_err *err)
{
    if (!path[0])
        return make_one(path, err);
    CT_AUTO_ARENA a = CT_ARENA_INIT;
    char *copy = ct_arena_cstr(&a, ct_sv_c(path));
    /* from the second byte on: the root is there */
    for (char *slash = copy + 1; (slash = strchr(slash, '/')) != NULL; slash++) {
        *slash = '\0';
        int r = make_one(copy, err);
        *slash = '/';
        if (r < 0)
            return r;
    }
    return make_one(path, err);
}
