/*
 * watch.c: noticing that a trainer saved a file.
 *
 * inotify says when to look, so that an idle server reads nothing; a look a second stands in where
 * inotify cannot be had or has nothing to say (network file systems). A look compares names, sizes
 * and times; only a difference leads to reading.
 */
#include "library_priv.h"

#include <dirent.h>
#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <sys/eventfd.h>
#include <sys/inotify.h>
#include <sys/stat.h>
#include <unistd.h>

#include "ct/base/file.h"

#include "ct/base/banned.h"

enum {
    LOOK_MS = 1000, /* between two looks when nothing was said */
    SETTLE_MS = 50, /* an editor writes in several steps: wait for the dust */
    DEPTH_MAX = 8,  /* folders below the content folder */
    ENTRIES_MAX = 100000
};

struct ct_watch {
    struct ct_library *lib;
    pthread_t thread;
    int inotify; /* -1: none */
    int stop;    /* eventfd */
    void (*notify)(void *arg, const struct ct_catalogue *cat, const struct ct_err *err);
    void *arg;
    uint64_t told; /* the generation that was last told of */
};

static void print_folder(struct ct_arena *a, const char *dir, int depth, struct ct_str *out)
{
    struct ct_dir_entry *entries;
    size_t n;

    if (depth > DEPTH_MAX || ct_dir_list(a, dir, ENTRIES_MAX, &entries, &n, NULL) < 0)
        return;
    for (size_t i = 0; i < n; i++) {
        const char *path = ct_path_join(a, dir, entries[i].name);
        struct stat st;
        if (stat(path, &st) != 0)
            continue;
        ct_str_addf(out, "%s %lld %lld.%ld %llu\n", path, (long long)st.st_size,
                    (long long)st.st_mtim.tv_sec, st.st_mtim.tv_nsec,
                    (unsigned long long)st.st_ino);
        if (entries[i].is_dir && !entries[i].is_link)
            print_folder(a, path, depth + 1, out);
    }
}

void ct_folder_print(const char *dir, char *ret)
{
    CT_AUTO_ARENA a = CT_ARENA_INIT;
    CT_AUTO_STR out = CT_STR_INIT((size_t)64 * 1024 * 1024);

    print_folder(&a, dir, 0, &out);
    ct_hash_hex(ct_str_sv(&out), ret);
}

/* Adds watches for the folder and all below; one that is watched already is not added twice. */
static void watch_folders(struct ct_arena *a, int inotify, const char *dir, int depth)
{
    struct ct_dir_entry *entries;
    size_t n;

    inotify_add_watch(inotify, dir,
                      IN_CLOSE_WRITE | IN_CREATE | IN_DELETE | IN_MOVED_FROM | IN_MOVED_TO |
                          IN_ONLYDIR);
    if (depth >= DEPTH_MAX || ct_dir_list(a, dir, ENTRIES_MAX, &entries, &n, NULL) < 0)
        return;
    for (size_t i = 0; i < n; i++)
        if (entries[i].is_dir && !entries[i].is_link)
            watch_folders(a, inotify, ct_path_join(a, dir, entries[i].name), depth + 1);
}

/* What was published in a browser is told, too; and somebody may publish while this is told. */
static void look(struct ct_watch *w)
{
    size_t slot = w->lib->n_slots - 1;
    struct ct_err err = CT_ERR_INIT;
    struct ct_library_news news;
    bool changed = false;
    int r = ct_library_refresh(w->lib, &changed, &err);
    bool is_new = ct_library_wait(w->lib, w->told, 0, &news);

    w->told = is_new ? news.generation : w->told;
    if (!w->notify || !(is_new || (changed && r < 0)))
        return;
    w->notify(w->arg, ct_library_hold(w->lib, slot), r < 0 ? &err : NULL);
    ct_library_release(w->lib, slot);
}

static void drain(int fd)
{
    char events[4096];

    while (fd >= 0 && read(fd, events, sizeof events) > 0)
        continue;
}

static void *watch(void *arg)
{
    struct ct_watch *w = arg;
    struct pollfd fds[2] = {{w->stop, POLLIN, 0}, {w->inotify, POLLIN, 0}};

    for (;;) {
        CT_AUTO_ARENA a = CT_ARENA_INIT;
        int n = poll(fds, w->inotify >= 0 ? 2 : 1, LOOK_MS);
        if (n < 0 && errno != EINTR)
            return NULL;
        if (fds[0].revents)
            return NULL;
        if (n > 0 && poll(fds, 1, SETTLE_MS) > 0)
            return NULL;
        drain(w->inotify);
        look(w);
        if (n > 0) /* there may be new folders */
            watch_folders(&a, w->inotify, w->lib->dir, 0);
    }
}

int ct_library_watch(struct ct_library *lib,
                     void (*notify)(void *arg, const struct ct_catalogue *cat,
                                    const struct ct_err *err),
                     void *arg, struct ct_err *err)
{
    CT_AUTO_ARENA a = CT_ARENA_INIT;
    struct ct_library_news news;
    struct ct_watch *w = calloc(1, sizeof *w);

    if (!w)
        return ct_fail(err, CT_INTERNAL, "memory", "out of memory");
    *w = (struct ct_watch){.lib = lib, .notify = notify, .arg = arg};
    if (ct_library_wait(lib, 0, 0, &news))
        w->told = news.generation;
    w->stop = eventfd(0, EFD_CLOEXEC);
    w->inotify = inotify_init1(IN_NONBLOCK | IN_CLOEXEC);
    if (w->inotify >= 0)
        watch_folders(&a, w->inotify, lib->dir, 0);
    if (w->stop < 0 || pthread_create(&w->thread, NULL, watch, w) != 0) {
        close(w->stop);
        close(w->inotify);
        free(w);
        return ct_fail(err, CT_INTERNAL, "watch",
                       "cannot start the thread that watches the folder");
    }
    lib->watch = w;
    return CT_OK;
}

void ct_library_unwatch(struct ct_library *lib)
{
    struct ct_watch *w = lib->watch;
    uint64_t one = 1;

    if (!w)
        return;
    lib->watch = NULL;
    if (write(w->stop, &one, sizeof one) == (ssize_t)sizeof one)
        pthread_join(w->thread, NULL);
    close(w->stop);
    if (w->inotify >= 0)
        close(w->inotify);
    free(w);
}
