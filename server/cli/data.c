/*
 * data.c: the folder of records: its database, and the mark of the process that serves it.
 */
#include "cli_priv.h"

#include "ct/base/file.h"
#include "ct/learn/schema.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

#include "ct/base/banned.h"

static int need_folder(const char *dir, struct ct_err *err)
{
    struct ct_err reason = CT_ERR_INIT;

    if (ct_dir_make(dir, &reason) < 0)
        return ct_fail(err, CT_BAD_INPUT, dir,
                       "the folder for records cannot be made (%s); name another with --data",
                       reason.text);
    if (access(dir, W_OK | X_OK) != 0)
        return ct_fail(err, CT_BAD_INPUT, dir,
                       "the folder for records cannot be written; name another with --data");
    return CT_OK;
}

/* The engine speaks of versions and SQL; the person at the terminal wants to know which file. */
static int explain(const char *path, const struct ct_err *reason, struct ct_err *err)
{
    if (reason->code == CT_CONFLICT)
        return ct_fail(err, CT_CONFLICT, path,
                       "%s: it was written by a newer crosstrain; use that one", reason->text);
    return ct_fail(err, CT_INTERNAL, path, "the database cannot be opened: %s", reason->text);
}

int ct_cli_store_open(struct ct_arena *a, const char *dir, const char *name, unsigned readers,
                      enum ct_cli_opening opening, struct ct_store **ret, struct ct_err *err)
{
    const char *path = ct_path_join(a, dir, ct_sv_c(name));
    struct ct_store_config cfg = {path, ct_learn_migrations, ct_learn_n_migrations, readers};
    struct ct_err reason = CT_ERR_INIT;
    int r;

    if (opening == CT_CLI_MUST_EXIST && access(path, F_OK) != 0)
        return ct_fail(
            err, CT_NOT_FOUND, path,
            "there is no database yet; `crosstrain serve` or `crosstrain user add` makes "
            "one, --data names its folder");
    if (opening == CT_CLI_MAY_CREATE && (r = need_folder(dir, err)) < 0)
        return r;
    r = ct_store_open(&cfg, ret, &reason);
    return r < 0 ? explain(path, &reason, err) : CT_OK;
}

static const char *beside(struct ct_arena *a, const char *dir, const char *name, const char *ending)
{
    size_t dot = ct_sv_search(ct_sv_c(name), CT_SV(".db"));
    struct ct_sv stem = ct_sv_sub(ct_sv_c(name), 0, dot);

    return ct_path_join(a, dir, ct_arena_printf(a, "%.*s%s", CT_SV_ARG(stem), ending));
}

const char *ct_cli_key(struct ct_arena *a, const char *dir, const char *name)
{
    return beside(a, dir, name, ".key");
}

const char *ct_cli_files(struct ct_arena *a, const char *dir, const char *name)
{
    return beside(a, dir, name, ".files");
}

static const char *lock_path(struct ct_arena *a, const char *dir, const char *name)
{
    return ct_arena_printf(a, "%s.lock", ct_path_join(a, dir, ct_sv_c(name))).p;
}

int ct_cli_lock(struct ct_arena *a, const char *dir, const char *name, int *ret_fd,
                struct ct_err *err)
{
    const char *path = lock_path(a, dir, name);
    struct flock lock = {.l_type = F_WRLCK, .l_whence = SEEK_SET};
    int r = need_folder(dir, err);
    int fd;

    if (r < 0)
        return r;
    fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (fd < 0)
        return ct_fail(err, CT_BAD_INPUT, path, "cannot be opened: %s", strerror(errno));
    if (fcntl(fd, F_OFD_SETLK, &lock) != 0) {
        struct ct_sv at = ct_cli_served_at(a, dir, name);
        close(fd);
        return ct_fail(
            err, CT_CONFLICT, dir,
            "another crosstrain serves these records already%s%.*s; --data names another "
            "folder",
            at.n ? ", at " : "", CT_SV_ARG(at));
    }
    *ret_fd = fd;
    return CT_OK;
}

void ct_cli_lock_note(int fd, struct ct_sv address)
{
    /* Only an aid: a disk that takes no more text does not keep us from serving. */
    if (ftruncate(fd, 0) == 0 && pwrite(fd, address.p, address.n, 0) != (ssize_t)address.n)
        (void)!ftruncate(fd, 0);
}

struct ct_sv ct_cli_served_at(struct ct_arena *a, const char *dir, const char *name)
{
    char text[128];
    struct flock lock = {.l_type = F_RDLCK, .l_whence = SEEK_SET};
    int fd = open(lock_path(a, dir, name), O_RDONLY | O_CLOEXEC);
    ssize_t n;

    if (fd < 0)
        return CT_SV_NULL;
    /* Asks whether the lock could be had, without taking it. */
    n = fcntl(fd, F_OFD_GETLK, &lock) != 0 || lock.l_type == F_UNLCK ? 0
                                                                     : read(fd, text, sizeof text);
    close(fd);
    return n > 0 ? ct_arena_dup(a, ct_sv_trim(ct_sv_n(text, (size_t)n))) : CT_SV_NULL;
}

int ct_cli_site(struct ct_arena *a, const char *given, const char *dir, const char *name,
                struct ct_sv *ret, struct ct_err *err)
{
    struct ct_sv site = given ? ct_sv_c(given) : ct_cli_served_at(a, dir, name);

    while (site.n && site.p[site.n - 1] == '/')
        site.n--;
    if (site.n == 0)
        return ct_fail(err, CT_BAD_INPUT, "--site",
                       "name the site's address for the QR code, as in "
                       "--site https://training.example.org");
    if (!ct_sv_starts(site, CT_SV("https://")) && !ct_sv_starts(site, CT_SV("http://")))
        return ct_fail(err, CT_BAD_INPUT, "--site", "an address begins with https://");
    *ret = site;
    return CT_OK;
}

int ct_cli_open(struct ct_arena *a, const char *data, const char *database, const char *content,
                struct ct_store **ret_store, struct ct_library **ret_library, struct ct_err *err)
{
    int r =
        ct_cli_store_open(a, ct_cli_data(a, data), database, 2, CT_CLI_MUST_EXIST, ret_store, err);

    return r < 0 ? r
                 : ct_library_open(*ret_store, &ct_clock_system,
                                   content ? content : ct_cli_content(a), 1, ret_library, err);
}
