/*
 * files.c: the thread that makes ordered files, and the folder in which they lie.
 *
 * A file is written under a name of its own, flushed, and renamed when it is whole, before the
 * order is ready: whoever is told that there is a file finds all of it.
 */
#include "ct/web/files.h"

#include "core_priv.h"
#include "imports_priv.h"

#include "ct/base/file.h"
#include "ct/learn/order.h"
#include "ct/learn/org.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#include "ct/base/banned.h"

enum {
    IDLE_SECONDS = 60,        /* then what has expired is looked for */
    TELL_EVERY_US = 250000,   /* progress is written so often at most */
    FOLDER_MAX = 100000,      /* entries of the folder that are looked at */
    REPLY_KEPT = 1024 * 1024, /* a larger buffer is given back */
    AT_ONCE = 2,              /* each holds a reader of the database for as long as it takes */
    OPEN_MODE = 0600
};

struct ct_files {
    char *dir;
    const struct ct_app *app;
    struct ct_worker worker;
    pthread_t thread;
    bool runs;
    pthread_mutex_t lock;
    pthread_cond_t news, ended; /* something was ordered; an order came to its end */
    bool woken;                 /* under the lock */
    _Atomic int at_once;        /* files that are made for a reply */
    _Atomic bool stopped;       /* set under the lock */
};

struct ct_files *ct_files_new(const char *dir)
{
    struct ct_files *f = calloc(1, sizeof *f);
    pthread_condattr_t monotonic;

    if (!f || !(f->dir = strdup(dir))) {
        free(f);
        return NULL;
    }
    pthread_mutex_init(&f->lock, NULL);
    pthread_condattr_init(&monotonic);
    pthread_condattr_setclock(&monotonic, CLOCK_MONOTONIC);
    pthread_cond_init(&f->news, &monotonic);
    pthread_cond_init(&f->ended, &monotonic);
    pthread_condattr_destroy(&monotonic);
    return f;
}

void ct_files_stop(struct ct_files *f)
{
    if (!f || !f->runs)
        return;
    pthread_mutex_lock(&f->lock);
    atomic_store(&f->stopped, true);
    pthread_cond_signal(&f->news);
    pthread_mutex_unlock(&f->lock);
    pthread_join(f->thread, NULL);
    ct_worker_release(&f->worker);
    f->runs = false;
}

void ct_files_free(struct ct_files *f)
{
    if (!f)
        return;
    ct_files_stop(f);
    pthread_cond_destroy(&f->ended);
    pthread_cond_destroy(&f->news);
    pthread_mutex_destroy(&f->lock);
    free(f->dir);
    free(f);
}

void ct_files_wake(struct ct_files *f)
{
    if (!f)
        return;
    pthread_mutex_lock(&f->lock);
    f->woken = true;
    pthread_cond_signal(&f->news);
    pthread_mutex_unlock(&f->lock);
}

void ct_files_wait(struct ct_files *f, int milliseconds)
{
    struct timespec until;

    clock_gettime(CLOCK_MONOTONIC, &until);
    until.tv_sec += milliseconds / 1000;
    until.tv_nsec += (long)(milliseconds % 1000) * 1000000;
    until.tv_sec += until.tv_nsec / 1000000000;
    until.tv_nsec %= 1000000000;
    pthread_mutex_lock(&f->lock);
    f->woken = true;
    pthread_cond_signal(&f->news);
    if (f->runs && !atomic_load(&f->stopped))
        pthread_cond_timedwait(&f->ended, &f->lock, &until);
    pthread_mutex_unlock(&f->lock);
}

const char *ct_files_dir(const struct ct_files *f)
{
    return f->dir;
}

const char *ct_files_path(const struct ct_files *f, struct ct_arena *a, int64_t order)
{
    return ct_path_join(a, f->dir, ct_arena_printf(a, "%lld.file", (long long)order));
}

static int fail_disk(struct ct_err *err)
{
    const char *reason = strerrordesc_np(errno);

    return ct_fail(err, CT_INTERNAL, "disk", "%s", reason ? reason : "unknown fault");
}

bool ct_files_enter(struct ct_files *f)
{
    if (atomic_fetch_add(&f->at_once, 1) < AT_ONCE)
        return true;
    ct_files_leave(f);
    return false;
}

void ct_files_leave(struct ct_files *f)
{
    atomic_fetch_sub(&f->at_once, 1);
}

int ct_files_scratch(const struct ct_files *f, int *ret_fd, struct ct_err *err)
{
    CT_AUTO_ARENA a = CT_ARENA_INIT;
    char token[CT_TOKEN_TEXT + 1];
    const char *path;
    int fd;

    if (ct_dir_make(f->dir, err) < 0)
        return CT_INTERNAL;
    path = ct_path_join(&a, f->dir, ct_arena_printf(&a, "%s.part", ct_random_token(token)));
    fd = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, OPEN_MODE);
    if (fd < 0)
        return fail_disk(err);
    unlink(path);
    *ret_fd = fd;
    return CT_OK;
}

/* ---- one file ---- */

struct work {
    const struct ct_app *app;
    struct ct_worker *worker;
    const struct ct_order *order;
    struct ct_arena *arena;
    int64_t told_us;
};

static bool is_ending(const struct ct_app *app)
{
    return atomic_load(&app->files->stopped);
}

static int tell(void *arg, int64_t done, int64_t total, struct ct_err *err)
{
    struct work *k = arg;
    int64_t now = ct_monotonic_us();

    if (is_ending(k->app))
        return ct_fail(err, CT_CONFLICT, "order", "%s", CT_ORDER_STOPPED);
    if (k->told_us && now - k->told_us < TELL_EVERY_US)
        return CT_OK;
    k->told_us = now;
    return ct_order_tell(k->app->cfg.store, k->order->id, done, total, err);
}

/* Between steps of the database: long queries end with the program, too. */
static bool stopped(void *arg)
{
    const struct work *k = arg;

    return is_ending(k->app);
}

/* What the handler left to be written: all but what went into the file already. */
static int write_rest(const struct ct_response *rs, struct ct_sink *out, struct ct_err *err)
{
    if (rs->stream.run)
        return rs->stream.run(rs->stream.arg, out, err);
    return ct_sink_write(out, rs->borrowed.p ? rs->borrowed : ct_str_sv(&rs->body), err);
}

/* "completion-2026-11-22.csv" of a Content-Disposition of ours. */
static struct ct_sv name_of(const struct ct_response *rs)
{
    static const struct ct_sv mark = {"filename=\"", 10};
    size_t at = ct_sv_search(rs->disposition, mark);
    struct ct_sv name;

    if (at == SIZE_MAX)
        return CT_SV("report");
    name = ct_sv_sub(rs->disposition, at + mark.n, SIZE_MAX);
    return ct_sv_sub(name, 0, ct_sv_find(name, '"'));
}

static int write_import(struct work *k, const struct ct_session *who, struct ct_sink *out,
                        struct ct_order *made, struct ct_err *err)
{
    struct ct_progress progress = {tell, k};
    struct ct_import_making making = {k->worker, who, k->order, out, &progress, stopped, k};
    int r = ct_import_make(&making, err);

    made->size = out->n;
    made->name = CT_SV("refused.csv");
    made->type = CT_SV("text/csv; charset=utf-8");
    return r;
}

static int write_file(struct work *k, int *fd, struct ct_order *made, struct ct_err *err)
{
    struct ct_sink out = ct_sink_fd(fd);
    struct ct_progress progress = {tell, k};
    struct ct_making making = {&out, &progress, stopped, k};
    struct ct_response *rs;
    struct ct_session who;
    int r;
    {
        CT_AUTO_READER rd = ct_store_reader(k->app->cfg.store);
        struct ct_viewer viewer = {.person = k->order->person, .now = ct_now(k->app->cfg.clock)};
        if ((r = ct_order_session(rd.db, k->order->person, &who, err)) == CT_OK) {
            viewer.is_admin = (who.roles & CT_ROLE_ADMIN) != 0;
            r = ct_org_sight(rd.db, k->arena, &viewer, &made->sight, err);
        }
    }
    if (r == CT_OK && k->order->import_job)
        return write_import(k, &who, &out, made, err);
    if (r < 0 ||
        (r = ct_app_make(k->worker, &who, k->order->site, k->order->target, &making, &rs, err)) <
            0 ||
        (r = write_rest(rs, &out, err)) < 0)
        return r;
    if (fsync(*fd) < 0)
        return fail_disk(err);
    made->size = out.n;
    made->name = name_of(rs);
    made->type = ct_sv_c(rs->content_type);
    return CT_OK;
}

/* Under a name of its own until it is whole. */
static int make(struct work *k, struct ct_order *made, struct ct_err *err)
{
    CT_AUTO_ARENA a = CT_ARENA_INIT;
    const char *path = ct_files_path(k->app->files, &a, k->order->id);

    k->arena = &a;
    const char *part = ct_arena_printf(&a, "%s.part", path).p;
    int r = ct_dir_make(k->app->files->dir, NULL); /* the folder may have been cleared away */
    int fd = r < 0 ? -1 : open(part, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, OPEN_MODE);

    if (fd < 0)
        return fail_disk(err);
    r = write_file(k, &fd, made, err);
    if (close(fd) < 0 && r == CT_OK)
        r = fail_disk(err);
    if (r == CT_OK && rename(part, path) < 0)
        r = fail_disk(err);
    if (r < 0)
        unlink(part);
    if (r == CT_OK && (r = ct_order_ready(k->app->cfg.store, k->app->cfg.clock, made, err)) < 0)
        unlink(path); /* it was cancelled in the last moment */
    return r;
}

/* What a person is told. The text of an internal fault stays in the log, but for a disk that is
 * full, about which somebody can do something. */
static struct ct_sv problem_of(const struct ct_app *app, const struct ct_err *err)
{
    if (is_ending(app))
        return CT_SV(CT_ORDER_STOPPED);
    if (err->code == CT_INTERNAL && strcmp(err->what, "disk") == 0)
        return CT_SV("there is not enough room on the server's disk; tell its administrator");
    if (err->code == CT_INTERNAL || !err->text[0])
        return CT_SV("something went wrong on our side; it is in the server's log");
    return ct_sv_c(err->text);
}

static void make_one(const struct ct_app *app, struct ct_worker *w, const struct ct_order *o)
{
    struct work k = {.app = app, .worker = w, .order = o};
    struct ct_order made = {.id = o->id};
    struct ct_err err = CT_ERR_INIT;
    int r = tell(&k, 0, 0, &err);

    k.told_us = 0;
    if (r == CT_OK)
        r = make(&k, &made, &err);
    if (w->response.body.cap > REPLY_KEPT)
        ct_str_release(&w->response.body);
    ct_response_drop_file(&w->response);
    ct_app_sent(w);
    if (r < 0)
        ct_order_failed(app->cfg.store, app->cfg.clock, o->id, problem_of(app, &err), NULL);
    pthread_mutex_lock(&app->files->lock);
    pthread_cond_broadcast(&app->files->ended);
    pthread_mutex_unlock(&app->files->lock);
}

static void delete_expired(const struct ct_app *app)
{
    CT_AUTO_ARENA a = CT_ARENA_INIT;
    int64_t *ids;
    size_t n;

    if (ct_order_expire(app->cfg.store, app->cfg.clock, &a, &ids, &n, NULL) < 0)
        n = 0;
    for (size_t i = 0; i < n; i++)
        unlink(ct_files_path(app->files, &a, ids[i]));
    ct_imports_expire(app);
}

bool ct_files_step(const struct ct_app *app, struct ct_worker *w)
{
    CT_AUTO_ARENA a = CT_ARENA_INIT;
    struct ct_order o;

    delete_expired(app);
    if (ct_order_take(app->cfg.store, app->cfg.clock, &a, &o, NULL) < 0)
        return false;
    make_one(app, w, &o);
    return true;
}

/* ---- the thread ---- */

static void wait_for_news(struct ct_files *f)
{
    struct timespec until;

    clock_gettime(CLOCK_MONOTONIC, &until);
    until.tv_sec += IDLE_SECONDS;
    pthread_mutex_lock(&f->lock);
    while (!f->woken && !atomic_load(&f->stopped))
        if (pthread_cond_timedwait(&f->news, &f->lock, &until) == ETIMEDOUT)
            break;
    f->woken = false;
    pthread_mutex_unlock(&f->lock);
}

static void *run(void *arg)
{
    struct ct_files *f = arg;

    while (!atomic_load(&f->stopped))
        if (!ct_files_step(f->app, &f->worker))
            wait_for_news(f);
    return NULL;
}

/* The number of an order by the name of its file; 0 for what never was a whole file. */
static int64_t order_of(struct ct_sv name)
{
    int64_t id;

    if (!ct_sv_ends(name, CT_SV(".file")) ||
        !ct_sv_i64(ct_sv_sub(name, 0, name.n - strlen(".file")), &id))
        return 0;
    return id;
}

static int sweep(const struct ct_app *app, struct ct_err *err)
{
    CT_AUTO_ARENA a = CT_ARENA_INIT;
    const char *dir = app->files->dir;
    struct ct_dir_entry *entries;
    size_t n;
    int r = ct_dir_list(&a, dir, FOLDER_MAX, &entries, &n, err);
    CT_AUTO_READER rd = ct_store_reader(app->cfg.store);

    for (size_t i = 0; i < n && r == CT_OK; i++) {
        int64_t id = order_of(entries[i].name);
        bool kept = false;
        bool sent = ct_sv_ends(entries[i].name, CT_SV(".import"));
        if ((id && (r = ct_order_is_kept(rd.db, id, &kept, err)) < 0) ||
            (sent && (r = ct_import_job_is_kept(rd.db, entries[i].name, &kept, err)) < 0))
            break;
        if (!kept && (id || sent || ct_sv_ends(entries[i].name, CT_SV(".part"))))
            unlink(ct_path_join(&a, dir, entries[i].name));
    }
    return r;
}

int ct_files_start(const struct ct_app *app, size_t slot, struct ct_err *err)
{
    struct ct_files *f = app->files;
    int r;

    if ((r = ct_dir_make(f->dir, err)) < 0 ||
        (r = ct_order_recover(app->cfg.store, app->cfg.clock, err)) < 0 ||
        (r = sweep(app, err)) < 0)
        return r;
    f->app = app;
    atomic_store(&f->stopped, false);
    ct_worker_init(&f->worker, app, slot);
    if (pthread_create(&f->thread, NULL, run, f) != 0) {
        ct_worker_release(&f->worker);
        return ct_fail(err, CT_INTERNAL, "thread", "no thread could be started");
    }
    f->runs = true;
    return CT_OK;
}
