/*
 * pool_priv.h: the connections for reading, lent to threads one at a time. Taking and giving back a
 * connection are atomic exchanges while there is one for everybody; only who finds none takes a
 * lock, to wait.
 */
#ifndef CT_STORE_POOL_PRIV_H
#define CT_STORE_POOL_PRIV_H

#include "ct/store/db.h"

#include <pthread.h>
#include <stdatomic.h>

enum { CT_POOL_MAX = 64 };

struct ct_pool {
    _Atomic(struct ct_db *) idle[CT_POOL_MAX]; /* NULL: lent out */
    unsigned n;                                /* connections, and places in use of `idle` */
    _Atomic unsigned waiting;                  /* threads that found none */
    pthread_mutex_t mutex;                     /* for waiting alone */
    pthread_cond_t back;
};

/* Empty. */
void ct_pool_init(struct ct_pool *p);

/* Opens n (1..CT_POOL_MAX) connections for reading. On failure what was opened stays for
 * ct_pool_close. */
int ct_pool_open(struct ct_pool *p, const char *path, unsigned n, struct ct_err *err);

/* Closes them; none may be lent out. Also after a failed ct_pool_open, or none. */
void ct_pool_close(struct ct_pool *p);

struct ct_db *ct_pool_take(struct ct_pool *p); /* waits for one; never NULL */
void ct_pool_give(struct ct_pool *p, struct ct_db *db);

#endif
