/*
 * studio.c: the files that trainers write: where they lie, their texts in the folder, live and as
 * they were. Publishing is studio_publish.c, pictures and captions are studio_upload.c.
 */
#include "sql_priv.h"
#include "studio_priv.h"

#include "ct/base/file.h"
#include "ct/base/limits.h"
#include "ct/text/url.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "ct/base/banned.h"

static const struct ct_sql LATEST = {
    "select p.id, p.hash, r.source from publication p join revision r on r.hash = p.hash"
    " where p.path = :path order by p.id desc limit 1"};
static const struct ct_sql HISTORY = {
    "select p.id, p.at, p.hash, coalesce(e.version, '1') as version, e.change, n.note, w.name"
    " from publication p left join edition e on e.hash = p.hash"
    " left join publication_note n on n.publication = p.id left join person w on w.id = n.person"
    " where p.path = :path order by p.id desc"};
static const struct ct_sql OF_PATH = {
    "select r.source from revision r where r.hash = :hash and exists(select 1 from publication p"
    " where p.path = :path and p.hash = :hash)"};

const struct ct_sql *const ct_studio_sql[] = {&LATEST, &HISTORY, &OF_PATH, NULL};

/* ---- paths ---- */

/* "01-seeing.md": a number of at most six digits, then a slug. */
static bool is_module_name(struct ct_sv name)
{
    size_t digits = 0;

    if (!ct_sv_ends(name, CT_SV(".md")))
        return false;
    name = ct_sv_sub(name, 0, name.n - 3);
    while (digits < name.n && name.p[digits] >= '0' && name.p[digits] <= '9')
        digits++;
    return digits >= 1 && digits <= 6 && digits < name.n && name.p[digits] == '-' &&
           ct_url_is_slug(ct_sv_sub(name, digits + 1, SIZE_MAX));
}

bool ct_studio_path(struct ct_sv path)
{
    struct ct_sv course;

    if (ct_sv_eq_c(path, "curriculum.md") || ct_sv_eq_c(path, "glossary.md"))
        return true;
    if (!path.p || !ct_sv_split(&path, '/', &course) || !path.p || !ct_url_is_slug(course))
        return false;
    return ct_sv_eq_c(path, "course.md") || is_module_name(path);
}

static bool is_link(const char *path)
{
    struct stat st;

    return lstat(path, &st) == 0 && S_ISLNK(st.st_mode);
}

static int leads_out(struct ct_err *err)
{
    return ct_fail(err, CT_BAD_INPUT, "path",
                   "a symbolic link leads out of the content folder, or nowhere");
}

/* The real path of what is there, checked to lie at or below the root; NULL if nothing is there. */
static int real_below(struct ct_arena *a, const char *root, const char *path, const char **ret,
                      struct ct_err *err)
{
    char real[PATH_MAX];
    size_t n = strlen(root);

    *ret = NULL;
    if (!realpath(path, real)) {
        int number = errno;
        if (number == ENOENT)
            return is_link(path) ? leads_out(err) : CT_OK;
        if (number == ENOTDIR)
            return ct_fail(err, CT_BAD_INPUT, "path", "a file lies where a folder should be");
        return number == ELOOP ? leads_out(err)
                               : ct_fail(err, CT_INTERNAL, path, "it cannot be reached");
    }
    if (strncmp(real, root, n) != 0 || (real[n] != '\0' && real[n] != '/'))
        return leads_out(err);
    *ret = ct_arena_cstr(a, ct_sv_c(real));
    return CT_OK;
}

int ct_studio_find(const struct ct_studio *s, struct ct_arena *a, struct ct_sv path,
                   const char **ret_real, bool *ret_there, struct ct_err *err)
{
    const char *full = ct_path_join(a, s->dir, path), *slash = strrchr(full, '/'), *real;
    struct ct_sv folder = ct_sv_n(full, (size_t)(slash - full));
    char root[PATH_MAX];
    int r;

    if (!realpath(s->dir, root))
        return ct_fail(err, CT_INTERNAL, s->dir, "the content folder is not there");
    if ((r = real_below(a, root, full, &real, err)) < 0)
        return r;
    *ret_there = real != NULL;
    *ret_real = real;
    if (real)
        return CT_OK;
    if ((r = real_below(a, root, ct_arena_cstr(a, folder), &real, err)) < 0)
        return r;
    *ret_real = real ? ct_path_join(a, real, ct_sv_c(slash + 1)) : full;
    return CT_OK;
}

/* ---- changing the folder ---- */

int ct_studio_lock(const struct ct_studio *s, struct ct_studio_lock *ret, struct ct_err *err)
{
    int r;

    ret->fd = open(s->dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (ret->fd < 0)
        return ct_fail(err, CT_INTERNAL, s->dir, "the content folder cannot be opened");
    do
        r = flock(ret->fd, LOCK_EX);
    while (r < 0 && errno == EINTR);
    return r < 0 ? ct_fail(err, CT_INTERNAL, s->dir, "the content folder cannot be locked") : CT_OK;
}

void ct_studio_unlock(struct ct_studio_lock *lock)
{
    if (lock->fd >= 0)
        close(lock->fd);
    lock->fd = -1;
}

static const char *folder_of(struct ct_arena *a, const char *path)
{
    const char *slash = strrchr(path, '/');

    return slash ? ct_arena_cstr(a, ct_sv_n(path, (size_t)(slash - path))) : ".";
}

int ct_studio_make_folder(struct ct_arena *a, const char *file, bool *ret_made, struct ct_err *err)
{
    const char *folder = folder_of(a, file);
    struct stat above;

    *ret_made = false;
    if (stat(folder, &above) == 0)
        return CT_OK;
    if (stat(folder_of(a, folder), &above) != 0 || mkdir(folder, above.st_mode & 0777) != 0)
        return ct_fail(err, CT_INTERNAL, folder, "the folder cannot be made");
    *ret_made = true;
    return CT_OK;
}

void ct_studio_drop_folder(struct ct_arena *a, const char *file, bool made)
{
    if (made)
        rmdir(folder_of(a, file));
}

/* ---- texts ---- */

int ct_studio_file(const struct ct_studio *s, struct ct_arena *a, struct ct_sv path,
                   struct ct_sv *ret_source, char *ret_hash, struct ct_err *err)
{
    struct ct_err fault = CT_ERR_INIT;
    const char *real;
    bool there;
    int r;

    if (!ct_studio_path(path))
        return ct_fail(err, CT_BAD_INPUT, "path", "no such file of a course");
    if ((r = ct_studio_find(s, a, path, &real, &there, err)) < 0)
        return r;
    r = there ? ct_file_read(a, real, CT_SOURCE_MAX, ret_source, &fault) : CT_NOT_FOUND;
    if (r == CT_NOT_FOUND) {
        *ret_source = CT_SV_NULL;
        ret_hash[0] = '\0';
        return CT_OK;
    }
    if (r == CT_BAD_INPUT) /* a folder, a pipe, or not ours to read */
        return ct_fail(err, CT_BAD_INPUT, "path", "what lies there cannot be read: %s", fault.text);
    if (r < 0)
        return ct_fail(err, r, fault.what, "%s", fault.text);
    ct_hash_hex(*ret_source, ret_hash);
    return CT_OK;
}

int ct_studio_latest(struct ct_db *db, struct ct_arena *a, struct ct_sv path,
                     struct ct_studio_latest *ret, struct ct_err *err)
{
    CT_AUTO_STMT st = ct_db_stmt(db, &LATEST);
    int r;

    *ret = (struct ct_studio_latest){.id = 0};
    ct_bind_sv(&st, ":path", path);
    if ((r = ct_stmt_step(&st, err)) <= 0)
        return r;
    *ret = (struct ct_studio_latest){.id = ct_col_i64(&st, "id"),
                                     .hash = ct_col_dup(&st, "hash", a),
                                     .source = ct_col_dup(&st, "source", a)};
    return CT_OK;
}

int ct_studio_live(struct ct_db *db, struct ct_arena *a, struct ct_sv path,
                   struct ct_sv *ret_source, char *ret_hash, struct ct_err *err)
{
    struct ct_studio_latest latest;
    int r = ct_studio_latest(db, a, path, &latest, err);

    if (r < 0)
        return r;
    if (latest.id == 0)
        return ct_fail(err, CT_NOT_FOUND, "path", "never published");
    *ret_source = latest.source;
    memcpy(ret_hash, latest.hash.p, CT_HASH_HEX);
    ret_hash[CT_HASH_HEX] = '\0';
    return CT_OK;
}

static struct ct_publication read_publication(struct ct_stmt *st, struct ct_arena *a)
{
    return (struct ct_publication){.id = ct_col_i64(st, "id"),
                                   .at = ct_col_i64(st, "at"),
                                   .hash = ct_col_dup(st, "hash", a),
                                   .version = ct_col_dup(st, "version", a),
                                   .name = ct_col_dup(st, "name", a),
                                   .note = ct_col_dup(st, "note", a)};
}

int ct_studio_history(struct ct_db *db, struct ct_arena *a, struct ct_sv path,
                      struct ct_publication **ret, size_t *ret_n, struct ct_err *err)
{
    CT_AUTO_STMT st = ct_db_stmt(db, &HISTORY);
    struct ct_publication *list = NULL;
    struct ct_sv *changes = NULL;
    size_t n = 0, cap = 0, n_changes = 0, cap_changes = 0;
    int r;

    ct_bind_sv(&st, ":path", path);
    while ((r = ct_stmt_step(&st, err)) > 0) {
        CT_ARENA_PUSH(a, list, n, cap, read_publication(&st, a));
        CT_ARENA_PUSH(a, changes, n_changes, cap_changes, ct_col_dup(&st, "change", a));
    }
    if (r < 0)
        return r;
    for (size_t i = 0; i + 1 < n; i++) {
        list[i].material = !ct_sv_eq(list[i].version, list[i + 1].version);
        if (list[i].material && !list[i].note.p)
            list[i].note = changes[i];
    }
    *ret = list;
    *ret_n = n;
    return CT_OK;
}

/* ---- bringing back ---- */

struct bringing {
    struct ct_arena *arena; /* the caller's, who waits */
    struct ct_sv path, hash, source;
};

static int read_job(struct ct_db *db, void *arg, struct ct_err *err)
{
    struct bringing *b = arg;
    CT_AUTO_STMT st = ct_db_stmt(db, &OF_PATH);
    int r;

    ct_bind_sv(&st, ":path", b->path);
    ct_bind_sv(&st, ":hash", b->hash);
    if ((r = ct_stmt_step(&st, err)) < 0)
        return r;
    if (r == 0)
        return ct_fail(err, CT_NOT_FOUND, "revision", "the file never had this text");
    b->source = ct_col_dup(&st, "source", b->arena);
    return CT_OK;
}

int ct_studio_restore(const struct ct_studio *s, struct ct_arena *a, struct ct_sv path,
                      struct ct_sv hash, int64_t person, int64_t version, struct ct_err *err)
{
    struct bringing b = {.arena = a, .path = path, .hash = hash};
    char base[CT_HASH_HEX + 1];
    struct ct_sv file;
    int64_t saved;
    int r = ct_studio_file(s, a, path, &file, base, err);

    if (r < 0 || (r = ct_store_write(s->store, read_job, &b, err)) < 0)
        return r;
    struct ct_draft d = {.path = path,
                         .base = ct_sv_c(base),
                         .source = b.source,
                         .version = version,
                         .person = person};
    return ct_draft_save(s->store, s->clock, &d, &saved, err);
}
