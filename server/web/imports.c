/*
 * imports.c: looking at files that were sent to be imported, and importing them, behind the reply.
 *
 * A file is never read into memory: it is mapped, and its pages come and go as it is read.
 */
#include "imports_priv.h"

#include "core_priv.h"

#include "ct/base/file.h"
#include "ct/text/csv.h"
#include "ct/web/files.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "ct/base/banned.h"

enum { OPEN_MODE = 0600, ROW_MAX = 8 * 1024, REFUSED_CELLS = 3 };

static int fail_disk(struct ct_err *err)
{
    const char *reason = strerrordesc_np(errno);

    return ct_fail(err, CT_INTERNAL, "disk", "%s", reason ? reason : "unknown fault");
}

/* ---- a file in memory that is not in memory ---- */

struct mapped {
    void *at;
    size_t n;
};

static void unmap(struct mapped *m)
{
    if (m->n)
        munmap(m->at, m->n);
}

static int map(const char *path, struct mapped *ret, struct ct_err *err)
{
    struct stat st;
    int fd = open(path, O_RDONLY | O_CLOEXEC), r = CT_OK;

    if (fd < 0)
        return ct_fail(err, CT_NOT_FOUND, "file", "the file is not on the disk any more");
    if (fstat(fd, &st) < 0)
        r = fail_disk(err);
    ret->n = r == CT_OK ? (size_t)st.st_size : 0;
    if (ret->n) {
        ret->at = mmap(NULL, ret->n, PROT_READ, MAP_PRIVATE, fd, 0);
        if (ret->at == MAP_FAILED) {
            ret->n = 0;
            r = fail_disk(err);
        }
    }
    close(fd);
    return r;
}

/* ---- keeping what was sent ---- */

static const char *path_of(const struct ct_app *app, struct ct_arena *a, struct ct_sv file)
{
    return ct_path_join(a, ct_files_dir(app->files), file);
}

static int write_bytes(const char *path, struct ct_sv bytes, struct ct_err *err)
{
    int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, OPEN_MODE), r;
    struct ct_sink out = ct_sink_fd(&fd);

    if (fd < 0)
        return fail_disk(err);
    r = ct_sink_write(&out, bytes, err);
    if (close(fd) < 0 && r == CT_OK)
        r = fail_disk(err);
    return r;
}

int ct_import_keep(const struct ct_app *app, struct ct_arena *a, const struct ct_import_job *job,
                   struct ct_sv bytes, int64_t *ret_id, struct ct_err *err)
{
    struct ct_import_job kept = *job;
    char token[CT_TOKEN_TEXT + 1];
    const char *path;
    int64_t order;
    int r;

    kept.file = ct_arena_printf(a, "%s.import", ct_random_token(token));
    kept.size = (int64_t)bytes.n;
    path = path_of(app, a, kept.file);
    if ((r = ct_dir_make(ct_files_dir(app->files), err)) == CT_OK &&
        (r = write_bytes(path, bytes, err)) == CT_OK &&
        (r = ct_import_job_add(app->cfg.store, app->cfg.clock, &kept, ret_id, err)) == CT_OK &&
        (r = ct_order_add_import(app->cfg.store, app->cfg.clock, job->person, *ret_id, false,
                                 &order, err)) < 0)
        ct_import_job_removed(app->cfg.store, app->cfg.clock, *ret_id, NULL);
    if (r < 0)
        unlink(path);
    return r;
}

void ct_imports_expire(const struct ct_app *app)
{
    CT_AUTO_ARENA a = CT_ARENA_INIT;
    struct ct_import_job *jobs;
    size_t n = 0;
    int r;
    {
        CT_AUTO_READER rd = ct_store_reader(app->cfg.store);
        r = ct_import_job_over(rd.db, &a, ct_now(app->cfg.clock), &jobs, &n, NULL);
    }
    for (size_t i = 0; i < n && r == CT_OK; i++) {
        const char *path = path_of(app, &a, jobs[i].file);
        if (unlink(path) == 0 || errno == ENOENT)
            ct_import_job_removed(app->cfg.store, app->cfg.clock, jobs[i].id, NULL);
    }
}

/* ---- the work ---- */

struct work {
    const struct ct_import_making *m;
    struct ct_import_job job;
    int64_t now;
};

static int tell(void *arg, const struct ct_import_state *at, struct ct_err *err)
{
    const struct work *k = arg;
    const struct ct_import_making *m = k->m;

    if (m->stopped(m->arg))
        return ct_fail(err, CT_CONFLICT, "order", "%s", CT_ORDER_STOPPED);
    if (at->writes) /* in the midst of a transaction there is nobody to tell */
        return CT_OK;
    return ct_progress_tell(m->progress, (int64_t)at->done, (int64_t)at->total, err);
}

static int finish(struct ct_db *db, void *arg, const struct ct_import_result *res,
                  struct ct_err *err)
{
    const struct work *k = arg;

    return ct_import_job_finish(db, k->job.id, k->m->order->id, k->now, res, err);
}

static int write_row(struct ct_sink *out, const struct ct_sv *cells, bool first, struct ct_err *err)
{
    CT_AUTO_STR row = CT_STR_INIT(ROW_MAX);

    if (first)
        ct_csv_begin(&row);
    ct_csv_row(&row, cells, REFUSED_CELLS);
    return ct_sink_write(out, ct_str_sv(&row), err);
}

/* What is refused, to be mended line by line. */
static int write_refused(struct ct_sink *out, const struct ct_import_result *res,
                         struct ct_err *err)
{
    static const struct ct_sv head[REFUSED_CELLS] = {{"line", 4}, {"column", 6}, {"problem", 7}};
    int r = write_row(out, head, true, err);

    for (size_t i = 0; i < res->n_listed && r == CT_OK; i++) {
        const struct ct_import_problem *p = &res->problems[i];
        char line[24];
        snprintf(line, sizeof line, "%zu", p->line);
        r = write_row(out,
                      (struct ct_sv[]){ct_sv_c(line), p->column.p ? p->column : CT_SV(""), p->text},
                      false, err);
    }
    if (r == CT_OK && res->n_problems > res->n_listed) {
        char more[64];
        snprintf(more, sizeof more, "%zu more, which are not listed",
                 res->n_problems - res->n_listed);
        r = write_row(out, (struct ct_sv[]){CT_SV(""), CT_SV(""), ct_sv_c(more)}, false, err);
    }
    return r;
}

static int import_text(struct work *k, struct ct_sv text, struct ct_err *err)
{
    const struct ct_app *app = k->m->worker->app;
    CT_AUTO_ARENA a = CT_ARENA_INIT;
    struct ct_import_wish wish = {.text = text,
                                  .by = k->m->who->person,
                                  .dry_run = !k->m->order->imports,
                                  .progress = tell,
                                  .finish = finish,
                                  .arg = k};
    struct ct_import_result res = {0};
    struct ct_err wrong = CT_ERR_INIT;
    int r;

    wish.cat = ct_library_hold(app->cfg.library, k->m->worker->slot);
    r = ct_import(app->cfg.store, app->cfg.clock, &a, k->job.kind, &wish, &res, &wrong);
    ct_library_release(app->cfg.library, k->m->worker->slot);
    if (r < 0 && !(r == CT_BAD_INPUT && res.n_problems))
        return ct_fail(err, (enum ct_status)r, wrong.what, "%s", wrong.text);
    bool done = r == CT_OK && k->m->order->imports;
    if ((r = write_refused(k->m->out, &res, err)) < 0)
        return done ? CT_OK : r; /* what is done is done, with an empty list or without one */
    if (done) {
        ct_sessions_changed(app->sessions);
        return CT_OK;
    }
    return ct_import_job_checked(app->cfg.store, app->cfg.clock, k->job.id, &res, err);
}

int ct_import_make(const struct ct_import_making *m, struct ct_err *err)
{
    const struct ct_app *app = m->worker->app;
    CT_AUTO_ARENA a = CT_ARENA_INIT;
    struct work k = {.m = m, .now = ct_now(app->cfg.clock)};
    struct mapped file __attribute__((cleanup(unmap))) = {.n = 0};
    int r;

    if (!(m->who->roles & CT_ROLE_ADMIN))
        return ct_fail(err, CT_DENIED, "role", "who asked for it is no administrator any more");
    {
        CT_AUTO_READER rd = ct_store_reader(app->cfg.store);
        r = ct_import_job_get(rd.db, &a, m->order->import_job, m->order->person, &k.job, err);
    }
    if (r < 0 || (r = map(path_of(app, &a, k.job.file), &file, err)) < 0)
        return r;
    return import_text(&k, ct_sv_n(file.n ? file.at : "", file.n), err);
}

/* ---- the list of what is refused ---- */

int ct_import_refused(const struct ct_app *app, struct ct_arena *a, int64_t order, size_t from,
                      size_t max, struct ct_import_problem **ret, size_t *ret_n, struct ct_err *err)
{
    struct mapped file __attribute__((cleanup(unmap))) = {.n = 0};
    CT_AUTO_ARENA scratch = CT_ARENA_INIT;
    struct ct_sv cells[CT_CSV_CELLS_MAX];
    struct ct_csv_reader reader;
    struct ct_import_problem *list = NULL;
    size_t n, count = 0, cap = 0, at = 0;
    int r = map(ct_files_path(app->files, &scratch, order), &file, err);

    if (r < 0)
        return r;
    ct_csv_open(&reader, ct_sv_n(file.n ? file.at : "", file.n));
    ct_csv_read(&reader, &scratch, cells, &n, NULL); /* the names of the columns */
    for (; count < max; at++, ct_arena_reset(&scratch)) {
        r = ct_csv_read(&reader, &scratch, cells, &n, err);
        if (r <= 0)
            break;
        int64_t line = 0;
        if (at < from || n != REFUSED_CELLS || !ct_sv_i64(cells[0], &line))
            continue;
        struct ct_import_problem p = {.line = (size_t)line,
                                      .column = cells[1].n ? ct_arena_dup(a, cells[1]) : CT_SV_NULL,
                                      .text = ct_arena_dup(a, cells[2])};
        CT_ARENA_PUSH(a, list, count, cap, p);
    }
    *ret = list;
    *ret_n = count;
    return r < 0 ? r : CT_OK;
}
