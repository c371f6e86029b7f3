/*
 * folder.c: what stands in the way of a new file, and folders for it.
 */
#include "cli_priv.h"

#include "ct/text/url.h"

#include <errno.h>
#include <sys/stat.h>

#include "ct/base/banned.h"

bool ct_cli_is_folder(const char *path)
{
    struct stat st;
    return stat(path, &st) == 0 && S_ISDIR(st.st_mode);
}

bool ct_cli_is_there(const char *path)
{
    struct stat st;
    return lstat(path, &st) == 0;
}

int ct_cli_make_folder(const char *path, struct ct_err *err)
{
    const char *why;
    if (ct_cli_is_folder(path) || mkdir(path, 0777) == 0)
        return CT_OK;
    why = strerrordesc_np(errno);
    return ct_fail(err, errno == ENOENT ? CT_NOT_FOUND : CT_INTERNAL, path, "%s",
                   errno == ENOENT ? "the folder above it is not there"
                   : why           ? why
                                   : "unknown fault");
}

struct ct_sv ct_cli_title_of(struct ct_arena *a, struct ct_sv name)
{
    char *p = ct_arena_cstr(a, name);
    for (size_t i = 0; i < name.n; i++)
        if (p[i] == '-' || p[i] == '_')
            p[i] = ' ';
    if (name.n > 0 && p[0] >= 'a' && p[0] <= 'z')
        p[0] = (char)(p[0] - 'a' + 'A');
    return ct_sv_n(p, name.n);
}

int ct_cli_check_course(struct ct_arena *a, const char *path, struct ct_err *err)
{
    const char *slash = strrchr(path, '/');
    struct ct_sv name = ct_sv_c(slash ? slash + 1 : path), better = ct_url_name(a, name);
    if (ct_url_is_slug(name))
        return CT_OK;
    if (better.n == 0)
        better = CT_SV("first-contact");
    return ct_fail(err, CT_BAD_INPUT, path,
                   "the folder's name is the course's address, of a-z, 0-9 and -; take %.*s",
                   CT_SV_ARG(better));
}

const char *ct_cli_without_slashes(struct ct_arena *a, const char *path)
{
    struct ct_sv p = ct_sv_c(path);
    while (p.n > 1 && p.p[p.n - 1] == '/')
        p.n--;
    return ct_arena_cstr(a, p);
}
