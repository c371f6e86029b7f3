/*
 * ct_temp.h: a folder of its own for a test, with a database and files, gone afterwards.
 */
#ifndef CT_TEMP_H
#define CT_TEMP_H

#include "ct/learn/schema.h"
#include "ct/store/store.h"

#include <errno.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

struct ct_temp {
    char dir[64];
    char path[512]; /* the last one built */
};

static inline void ct_temp_make(struct ct_temp *t)
{
    snprintf(t->dir, sizeof t->dir, "/tmp/crosstrain-test-XXXXXX");
    if (!mkdtemp(t->dir))
        abort();
}

static inline int ct_temp_remove_one(const char *path, const struct stat *st, int flag,
                                     struct FTW *ftw)
{
    (void)st;
    (void)flag;
    (void)ftw;
    return remove(path);
}

static inline void ct_temp_remove(struct ct_temp *t)
{
    nftw(t->dir, ct_temp_remove_one, 16, FTW_DEPTH | FTW_PHYS);
}

static inline const char *ct_temp_path(struct ct_temp *t, const char *name)
{
    snprintf(t->path, sizeof t->path, "%s/%s", t->dir, name);
    return t->path;
}

/* Writes a file below the folder, making its folders. */
static inline void ct_temp_write(struct ct_temp *t, const char *name, const char *text)
{
    FILE *f;

    ct_temp_path(t, name);
    for (char *p = t->path + strlen(t->dir) + 1; (p = strchr(p, '/')); *p++ = '/') {
        *p = '\0';
        if (mkdir(t->path, 0700) != 0 && errno != EEXIST)
            abort();
        *p = '/';
    }
    f = fopen(t->path, "wb");
    if (!f || fputs(text, f) < 0 || fclose(f) != 0)
        abort();
}

/* A store with the program's schema in the folder. */
static inline struct ct_store *ct_temp_store(struct ct_temp *t)
{
    struct ct_err err = CT_ERR_INIT;
    struct ct_store *s;
    struct ct_store_config cfg = {.path = ct_temp_path(t, "test.db"),
                                  .migrations = ct_learn_migrations,
                                  .n_migrations = ct_learn_n_migrations,
                                  .readers = 4};

    if (ct_store_open(&cfg, &s, &err) < 0) {
        fprintf(stderr, "%s: %s\n", err.what, err.text);
        abort();
    }
    return s;
}

/* A clock that stands where the test puts it. */
static inline int64_t ct_fixed_now(void *arg)
{
    return *(int64_t *)arg;
}

#endif
