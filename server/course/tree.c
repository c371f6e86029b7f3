/*
 * tree.c: paths below the content folder, and the sources that stand there. What they say is
 * loader.c's.
 */
#include "loader_priv.h"

#include "ct/base/file.h"
#include "ct/base/limits.h"

#include <stdlib.h>
#include <sys/stat.h>
#include <time.h>

#include "ct/base/banned.h"

/* ---- paths ---- */

char *ct_real_path(struct ct_arena *a, const char *path)
{
    char *real = realpath(path, NULL);
    if (!real)
        return NULL;
    char *copy = ct_arena_cstr(a, ct_sv_c(real));
    free(real);
    return copy;
}

struct ct_sv ct_tree_join(struct ct_arena *a, struct ct_sv folder, struct ct_sv name)
{
    return folder.n == 0 ? name
                         : ct_arena_printf(a, "%.*s/%.*s", CT_SV_ARG(folder), CT_SV_ARG(name));
}

struct ct_sv ct_tree_shown(const struct ct_tree *t, struct ct_sv relative)
{
    return ct_arena_printf(t->arena, "%.*s%.*s", CT_SV_ARG(t->prefix), CT_SV_ARG(relative));
}

/* Whether a path, after all symbolic links, lies below the root. */
static bool is_inside(struct ct_tree *t, const char *path)
{
    const char *real = ct_real_path(t->arena, path);
    size_t n = strlen(t->root);
    return real && strncmp(real, t->root, n) == 0 &&
           (real[n] == '\0' || real[n] == '/' || (n > 0 && t->root[n - 1] == '/'));
}

static bool is_file(const char *path)
{
    struct stat st;
    return stat(path, &st) == 0 && S_ISREG(st.st_mode);
}

/* ---- files that were kept ---- */

static bool is_kept(const struct ct_tree *t)
{
    return t->loader && t->loader->files;
}

static const struct ct_kept_file *kept_file(const struct ct_tree *t, struct ct_sv relative)
{
    for (size_t i = 0; i < t->loader->n_files; i++)
        if (ct_sv_eq(t->loader->files[i].path, relative))
            return &t->loader->files[i];
    return NULL;
}

/* The files of a folder, and the folders in it: paths are in order, so that one follows itself. */
static size_t kept_entries(const struct ct_tree *t, struct ct_sv folder, struct ct_dir_entry **ret)
{
    struct ct_dir_entry *entries =
        ct_arena_array(t->arena, struct ct_dir_entry, t->loader->n_files);
    size_t n = 0;

    for (size_t i = 0; i < t->loader->n_files; i++) {
        struct ct_sv path = t->loader->files[i].path;
        if (folder.n &&
            (!ct_sv_starts(path, folder) || path.n == folder.n || path.p[folder.n] != '/'))
            continue;
        path = folder.n ? ct_sv_sub(path, folder.n + 1, SIZE_MAX) : path;
        size_t slash = ct_sv_find(path, '/');
        struct ct_sv name = ct_sv_sub(path, 0, slash);
        if (n && ct_sv_eq(entries[n - 1].name, name))
            continue;
        entries[n++] = (struct ct_dir_entry){.name = name, .is_dir = slash != SIZE_MAX};
    }
    *ret = entries;
    return n;
}

/* ---- files of a folder ---- */

bool ct_tree_has(struct ct_tree *t, struct ct_sv folder, const char *name)
{
    if (is_kept(t))
        return kept_file(t, ct_tree_join(t->arena, folder, ct_sv_c(name))) != NULL;
    return is_file(ct_path_join(t->arena, t->dir, ct_tree_join(t->arena, folder, ct_sv_c(name))));
}

/* Only one step up, at the front: another course of the same curriculum. */
static bool is_tame(struct ct_sv path)
{
    struct ct_sv part;
    if (path.n == 0 || path.p[0] == '/')
        return false;
    if (ct_sv_starts(path, CT_SV("../")))
        path = ct_sv_sub(path, 3, path.n);
    while (ct_sv_split(&path, '/', &part)) {
        if (ct_sv_eq_c(part, ".."))
            return false;
    }
    return true;
}

static bool exists_beside(void *arg, struct ct_sv path)
{
    const struct ct_folder *f = arg;
    struct ct_tree *t = f->tree;
    if (!is_tame(path))
        return false;
    const char *full = ct_path_join(t->arena, t->dir, ct_tree_join(t->arena, f->path, path));
    return is_file(full) && is_inside(t, full);
}

static bool read_beside(void *arg, struct ct_arena *a, struct ct_sv path, struct ct_sv *ret)
{
    const struct ct_folder *f = arg;
    struct ct_tree *t = f->tree;
    if (!exists_beside(arg, path))
        return false;
    const char *full = ct_path_join(t->arena, t->dir, ct_tree_join(t->arena, f->path, path));
    return ct_file_read(a, full, CT_SOURCE_MAX, ret, NULL) == CT_OK;
}

struct ct_module_context ct_course_context(struct ct_arena *a, const struct ct_disciplines *d,
                                           const struct ct_glossary *g, struct ct_sv slug,
                                           struct ct_sv lang, struct ct_folder *folder)
{
    const char *between = slug.n ? "/" : ""; /* curriculum.md stands above all courses */
    struct ct_module_context ctx = {.disciplines = d, .glossary = g, .lang = lang};
    ctx.base_url = ct_arena_printf(a, "/content/%.*s%s", CT_SV_ARG(slug), between);
    ctx.link_url = ct_arena_printf(a, "/courses/%.*s%s", CT_SV_ARG(slug), between);
    if (folder && !is_kept(folder->tree)) {
        ctx.by_line = folder->tree->by_line;
        ctx.exists = exists_beside;
        ctx.read = read_beside;
        ctx.arg = folder;
    }
    return ctx;
}

size_t ct_tree_entries(struct ct_tree *t, struct ct_sv folder, struct ct_dir_entry **ret)
{
    enum { ENTRIES_MAX = 4 * CT_MODULES_MAX };
    const char *path = folder.n ? ct_path_join(t->arena, t->dir, folder) : t->dir;
    struct ct_dir_entry *entries;
    struct ct_err err = CT_ERR_INIT;
    size_t n = 0, kept = 0;
    if (is_kept(t))
        return kept_entries(t, folder, ret);
    if (ct_dir_list(t->arena, path, ENTRIES_MAX, &entries, &n, &err) < 0) {
        ct_problem_add(t->problems, "E01", ct_tree_shown(t, folder), 1, 0,
                       "the folder cannot be read: %s", err.text);
        return 0;
    }
    for (size_t i = 0; i < n; i++) {
        struct ct_sv relative = ct_tree_join(t->arena, folder, entries[i].name);
        if (entries[i].is_link && !is_inside(t, ct_path_join(t->arena, t->dir, relative)))
            ct_problem_add(t->problems, "W40", ct_tree_shown(t, relative), 1, 0,
                           "this symbolic link leads out of the content folder, or nowhere, and is "
                           "not followed");
        else
            entries[kept++] = entries[i];
    }
    *ret = entries;
    return kept;
}

/* ---- sources ---- */

static bool same_file(const struct stat *a, const struct stat *b)
{
    return a->st_ino == b->st_ino && a->st_dev == b->st_dev && a->st_size == b->st_size &&
           a->st_mtim.tv_sec == b->st_mtim.tv_sec && a->st_mtim.tv_nsec == b->st_mtim.tv_nsec;
}

static bool is_older(const struct stat *st, const struct timespec *moment)
{
    return st->st_mtim.tv_sec < moment->tv_sec ||
           (st->st_mtim.tv_sec == moment->tv_sec && st->st_mtim.tv_nsec < moment->tv_nsec);
}

/* Reads once; *ret_whole: nobody can have written it meanwhile. */
static int read_once(struct ct_tree *t, const char *path, struct ct_sv *ret, bool *ret_whole,
                     struct ct_err *err)
{
    struct stat before = {.st_size = -1}, after = {.st_size = -2};
    struct timespec start;
    clock_gettime(CLOCK_REALTIME_COARSE, &start); /* the clock of the files' times */
    stat(path, &before);
    int r = ct_file_read(t->arena, path, CT_SOURCE_MAX, ret, err);
    stat(path, &after);
    *ret_whole = same_file(&before, &after) && is_older(&after, &start);
    return r;
}

/* A file that somebody writes in place may be read half. One that was written just now is read
 * twice, and counts as whole when both are the same. */
static int read_whole(struct ct_tree *t, const char *path, struct ct_sv *ret, struct ct_err *err)
{
    struct ct_sv first;
    bool whole;
    int r = read_once(t, path, &first, &whole, err);
    if (r < 0 || whole) {
        *ret = first;
        return r;
    }
    r = read_once(t, path, ret, &whole, err);
    if (r == CT_OK && !whole && !ct_sv_eq(first, *ret))
        return ct_fail(err, CT_CONFLICT, path, "somebody is writing it at this moment");
    return r;
}

bool ct_tree_source(struct ct_tree *t, struct ct_sv relative, struct ct_sv *ret)
{
    struct ct_err err = CT_ERR_INIT;
    if (is_kept(t)) {
        const struct ct_kept_file *file = kept_file(t, relative);
        if (file)
            *ret = file->source;
        return file != NULL;
    }
    const char *path = ct_path_join(t->arena, t->dir, relative);
    int r = is_inside(t, path) ? read_whole(t, path, ret, &err)
                               : ct_fail(&err, CT_NOT_FOUND, path, "there is no such file");
    t->n_files++;
    if (r == CT_OK)
        return true;
    if (r == CT_TOO_BIG)
        ct_source_too_big(ct_tree_shown(t, relative), t->problems);
    else
        ct_problem_add(t->problems, "E01", ct_tree_shown(t, relative), 1, 0,
                       "the file cannot be read: %s", err.text);
    return false;
}

struct ct_sv ct_tree_last_good(struct ct_tree *t, struct ct_sv relative)
{
    if (!t->loader || !t->loader->last_good)
        return CT_SV_NULL;
    return t->loader->last_good(t->loader->arg, t->arena,
                                ct_tree_join(t->arena, t->above, relative));
}
