/*
 * library_priv.h: the library's insides, for library.c, news.c and watch.c.
 */
#ifndef CT_LEARN_LIBRARY_PRIV_H
#define CT_LEARN_LIBRARY_PRIV_H

#include "ct/base/secret.h"
#include "ct/learn/library.h"

#include <pthread.h>

enum { CT_CACHE_LINE = 64 };

struct ct_retired { /* a replaced catalogue that somebody may still hold */
    struct ct_catalogue *cat;
    struct ct_retired *next;
};

struct ct_library_slot { /* one a cache line, so that workers do not slow each other */
    _Alignas(CT_CACHE_LINE) _Atomic(struct ct_catalogue *) held;
};

struct ct_watch;

struct ct_telling { /* the latest news, and who waits for the next */
    pthread_mutex_t mutex;
    pthread_cond_t told; /* by the monotonic clock */
    struct ct_library_news news;
    size_t waiting;
    bool ended; /* nobody waits any more */
};

struct ct_library {
    struct ct_store *store;
    const struct ct_clock *clock;
    const char *dir;
    _Atomic(struct ct_catalogue *) current;
    struct ct_library_slot *slots;
    size_t n_slots;             /* the last is the watching thread's */
    pthread_mutex_t publishing; /* guards what follows */
    struct ct_retired *retired;
    char print[CT_HASH_HEX + 1]; /* of the folder as last read */
    struct ct_watch *watch;      /* NULL: not watching */
    struct ct_telling telling;   /* guards itself */
};

/* What the folder looks like from outside: names, sizes, times of all files, as one hash. */
void ct_folder_print(const char *dir, char *ret);

/* news.c */
void ct_telling_init(struct ct_telling *t);
void ct_telling_release(struct ct_telling *t); /* ends all waits first */

/* What is different in `now`; `old` NULL: it is the first. Its generation is set when it is told.
 */
void ct_news_of(const struct ct_catalogue *old, const struct ct_catalogue *now,
                struct ct_library_news *ret);
void ct_news_tell(struct ct_telling *t, const struct ct_library_news *news);

/* Stops the watching thread, if there is one. */
void ct_library_unwatch(struct ct_library *lib);

#endif
