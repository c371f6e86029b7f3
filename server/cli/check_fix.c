/*
 * check_fix.c: `crosstrain check --fix`: puts the safe mends into the files.
 */
#include "check_priv.h"

#include "ct/base/file.h"
#include "ct/base/limits.h"
#include "ct/course/mend.h"

#include <limits.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <time.h>

#include "ct/base/banned.h"

/* The real path of a file if it lies in the folder of one of the paths; else NULL. Of a path that
 * is a file, that is the folder that it stands in. */
static const char *real_within(struct ct_arena *a, struct ct_sv file, char *const *paths, size_t n)
{
    char real[PATH_MAX], folder[PATH_MAX];
    struct stat st;

    if (!realpath(ct_arena_cstr(a, file), real))
        return NULL;
    for (size_t i = 0; i < n; i++) {
        struct ct_sv path = ct_sv_c(paths[i]);
        if (stat(paths[i], &st) == 0 && !S_ISDIR(st.st_mode)) {
            while (path.n > 0 && path.p[path.n - 1] != '/')
                path.n--;
        }
        if (!realpath(path.n ? ct_arena_cstr(a, path) : ".", folder))
            continue;
        size_t length = strlen(folder);
        if (strncmp(real, folder, length) == 0 && (real[length] == '/' || length == 1))
            return ct_arena_cstr(a, ct_sv_c(real));
    }
    return NULL;
}

/* Whether the file is still as it was checked: not written since. */
static bool is_untouched(const char *path, const struct timespec *since)
{
    struct stat st;

    if (stat(path, &st) != 0)
        return false;
    return st.st_mtim.tv_sec < since->tv_sec ||
           (st.st_mtim.tv_sec == since->tv_sec && st.st_mtim.tv_nsec <= since->tv_nsec);
}

static void print_done(FILE *told, struct ct_sv file, const struct ct_mend *m)
{
    fprintf(told, "fixed %.*s:%d: %.*s\n", CT_SV_ARG(file), m->line, CT_SV_ARG(m->done));
}

/* Mends one file; the problems from `p` on are its own. */
static int fix_file(struct ct_arena *a, const char *path, const struct ct_problem *p, size_t n,
                    FILE *told, size_t *n_done, struct ct_err *err)
{
    const struct ct_mend **mends = ct_arena_array(a, const struct ct_mend *, n);
    bool *taken = ct_arena_array(a, bool, n);
    size_t n_mends = 0;
    struct ct_sv source;

    for (size_t i = 0; i < n; i++) {
        if (p[i].mend && p[i].mend->safe)
            mends[n_mends++] = p[i].mend;
    }
    int r = ct_file_read(a, path, CT_SOURCE_MAX, &source, err);
    if (r < 0)
        return r;
    r = ct_file_write(path, ct_mend_apply(a, source, mends, n_mends, taken), err);
    for (size_t i = 0; i < n_mends && r == CT_OK; i++) {
        if (!taken[i])
            continue;
        print_done(told, p->file, mends[i]);
        ++*n_done;
    }
    return r;
}

static bool has_safe(const struct ct_problem *p, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (p[i].mend && p[i].mend->safe)
            return true;
    }
    return false;
}

int ct_check_fix(const struct ct_check_result *r, char *const *paths, size_t n_paths, FILE *told,
                 size_t *ret_n, struct ct_err *err)
{
    const struct ct_problems *ps = &r->problems;
    size_t n_done = 0, n = 0;

    for (size_t i = 0; i < ps->n; i += n) {
        CT_AUTO_ARENA a = CT_ARENA_INIT;
        const struct ct_problem *p = &ps->items[i];
        for (n = 1; i + n < ps->n && ct_sv_eq(p[n].file, p->file);)
            n++;
        if (!has_safe(p, n))
            continue;
        const char *real = real_within(&a, p->file, paths, n_paths);
        if (!real) {
            fprintf(stderr,
                    "crosstrain check: %.*s: not fixed: it leads out of the folder that was "
                    "named\n",
                    CT_SV_ARG(p->file));
            continue;
        }
        if (!is_untouched(real, &r->checked))
            continue; /* somebody is writing it: the next round looks at it again */
        int status = fix_file(&a, real, p, n, told, &n_done, err);
        if (status < 0)
            return status;
    }
    *ret_n = n_done;
    return CT_OK;
}
