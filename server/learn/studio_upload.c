/*
 * studio_upload.c: pictures and captions of a course: what is there, and taking a new one in.
 */
#include "studio_priv.h"

#include "ct/base/file.h"
#include "ct/base/limits.h"
#include "ct/text/sniff.h"
#include "ct/text/url.h"

#include <stdlib.h>
#include <sys/stat.h>

#include "ct/base/banned.h"

enum {
    DEPTH_MAX = 4,      /* folders below a course */
    ENTRIES_MAX = 4000, /* of one folder */
    SAME_NAME_MAX = 1000
};

static int no_course(struct ct_err *err)
{
    return ct_fail(err, CT_NOT_FOUND, "course", "no such course");
}

/* The course's folder in *ret. */
static int find_course(const struct ct_studio *s, struct ct_arena *a, struct ct_sv course,
                       const char **ret, struct ct_err *err)
{
    struct stat st;
    bool there;

    if (!ct_url_is_slug(course))
        return no_course(err);
    int r = ct_studio_find(s, a, course, ret, &there, err);
    if (r < 0)
        return r;
    return there && stat(*ret, &st) == 0 && S_ISDIR(st.st_mode) ? CT_OK : no_course(err);
}

/* ---- what is there ---- */

struct listing {
    const struct ct_studio *s;
    struct ct_arena *arena;
    struct ct_sv course;
    struct ct_upload *items;
    size_t n, cap;
};

/* `below`: the path below the course, empty for the course itself. Links that lead out are left
 * out, as the program that shows the course leaves them out. */
static int list_folder(struct listing *l, struct ct_sv below, int depth, struct ct_err *err)
{
    struct ct_sv folder =
        below.n ? ct_arena_printf(l->arena, "%.*s/%.*s", CT_SV_ARG(l->course), CT_SV_ARG(below))
                : l->course;
    struct ct_dir_entry *entries;
    size_t n;
    int r = ct_dir_list(l->arena, ct_path_join(l->arena, l->s->dir, folder), ENTRIES_MAX, &entries,
                        &n, err);

    for (size_t i = 0; r == CT_OK && i < n; i++) {
        struct ct_sv path = below.n ? ct_arena_printf(l->arena, "%.*s/%.*s", CT_SV_ARG(below),
                                                      CT_SV_ARG(entries[i].name))
                                    : entries[i].name;
        const char *real;
        struct stat st;
        bool there;
        struct ct_sv whole =
            ct_arena_printf(l->arena, "%.*s/%.*s", CT_SV_ARG(l->course), CT_SV_ARG(path));
        if (ct_studio_find(l->s, l->arena, whole, &real, &there, NULL) < 0 || !there ||
            stat(real, &st) != 0)
            continue;
        if (S_ISDIR(st.st_mode) && !entries[i].is_link && depth < DEPTH_MAX)
            r = list_folder(l, path, depth + 1, err);
        else if (S_ISREG(st.st_mode) && !ct_sv_ends(path, CT_SV(".md")))
            CT_ARENA_PUSH(l->arena, l->items, l->n, l->cap, ((struct ct_upload){path, st.st_size}));
    }
    return r;
}

static int by_path(const void *a, const void *b)
{
    const struct ct_upload *x = a, *y = b;

    return ct_sv_cmp(x->path, y->path);
}

int ct_studio_uploads(const struct ct_studio *s, struct ct_arena *a, struct ct_sv course,
                      struct ct_upload **ret, size_t *ret_n, struct ct_err *err)
{
    struct listing l = {.s = s, .arena = a, .course = course};
    const char *real;
    int r = find_course(s, a, course, &real, err);

    if (r < 0 || (r = list_folder(&l, CT_SV(""), 0, err)) < 0)
        return r;
    if (l.n)
        qsort(l.items, l.n, sizeof *l.items, by_path);
    *ret = l.items;
    *ret_n = l.n;
    return CT_OK;
}

/* ---- taking in ---- */

/* Browsers of old send a whole path. */
static struct ct_sv base_name(struct ct_sv name)
{
    for (size_t i = name.n; i > 0; i--)
        if (name.p[i - 1] == '/' || name.p[i - 1] == '\\')
            return ct_sv_sub(name, i, SIZE_MAX);
    return name;
}

/* "tur-1" and ".png" from "Tür 1.PNG". The ending is one that ct_sniff knows. */
static void make_name(struct ct_arena *a, struct ct_sv name, struct ct_sv *ret_stem,
                      struct ct_sv *ret_ending)
{
    size_t dot = name.n;
    char *ending;

    while (name.p[dot - 1] != '.')
        dot--;
    ending = ct_arena_cstr(a, ct_sv_sub(name, dot - 1, SIZE_MAX));
    for (char *p = ending; *p; p++)
        *p = (char)(*p >= 'A' && *p <= 'Z' ? *p + 32 : *p);
    *ret_ending = ct_sv_c(ending);
    *ret_stem = ct_url_name(a, ct_sv_sub(name, 0, dot - 1));
    if (ret_stem->n == 0)
        *ret_stem = CT_SV("file");
}

/* Whether the file holds these bytes. */
static bool holds(const char *path, struct ct_sv bytes)
{
    CT_AUTO_ARENA a = CT_ARENA_INIT;
    struct ct_sv there;

    return ct_file_read(&a, path, CT_UPLOAD_MAX, &there, NULL) == CT_OK && ct_sv_eq(there, bytes);
}

static int write_new(struct ct_arena *a, const char *real, struct ct_sv bytes, struct ct_err *err)
{
    struct ct_err fault = CT_ERR_INIT;
    bool made;
    int r = ct_studio_make_folder(a, real, &made, err);

    if (r < 0 || (r = ct_file_write(real, bytes, &fault)) == CT_OK)
        return r;
    ct_studio_drop_folder(a, real, made);
    return ct_fail(err, CT_INTERNAL, fault.what, "%s", fault.text);
}

static int put(const struct ct_studio *s, struct ct_arena *a, struct ct_sv course,
               const char *folder, struct ct_sv name, struct ct_sv bytes, struct ct_sv *ret_path,
               struct ct_err *err)
{
    struct ct_sv stem, ending, path;
    const char *real;
    bool there;
    int r;

    make_name(a, name, &stem, &ending);
    for (int i = 1; i <= SAME_NAME_MAX; i++) {
        path = i == 1
                   ? ct_arena_printf(a, "%s/%.*s%.*s", folder, CT_SV_ARG(stem), CT_SV_ARG(ending))
                   : ct_arena_printf(a, "%s/%.*s-%d%.*s", folder, CT_SV_ARG(stem), i,
                                     CT_SV_ARG(ending));
        struct ct_sv whole = ct_arena_printf(a, "%.*s/%.*s", CT_SV_ARG(course), CT_SV_ARG(path));
        if ((r = ct_studio_find(s, a, whole, &real, &there, err)) < 0)
            return r;
        if (there && !holds(real, bytes))
            continue;
        if (!there && (r = write_new(a, real, bytes, err)) < 0)
            return r;
        *ret_path = path;
        return CT_OK;
    }
    return ct_fail(err, CT_CONFLICT, "file", "over %d files have this name", SAME_NAME_MAX);
}

int ct_studio_upload(const struct ct_studio *s, struct ct_arena *a, struct ct_sv course,
                     struct ct_sv file_name, struct ct_sv bytes, struct ct_sv *ret_path,
                     struct ct_err *err)
{
    struct ct_sv name = base_name(file_name);
    CT_AUTO_STUDIO_LOCK lock = {-1};
    const char *type, *folder;
    int r = find_course(s, a, course, &folder, err);

    if (r < 0)
        return r;
    if (bytes.n > CT_UPLOAD_MAX)
        return ct_fail(err, CT_TOO_BIG, "file", "over %d MB", CT_UPLOAD_MAX / (1024 * 1024));
    if ((r = ct_sniff(a, name, bytes, &type, err)) < 0 || (r = ct_studio_lock(s, &lock, err)) < 0)
        return r;
    folder = strcmp(type, "text/vtt") == 0 ? "media" : "images";
    return put(s, a, course, folder, name, bytes, ret_path, err);
}
