/*
 * pool.c: lending connections without a lock.
 */
#include "pool_priv.h"

#include <assert.h>

#include "ct/base/banned.h"

void ct_pool_init(struct ct_pool *p)
{
    pthread_mutex_init(&p->mutex, NULL);
    pthread_cond_init(&p->back, NULL);
    p->n = 0;
}

int ct_pool_open(struct ct_pool *p, const char *path, unsigned n, struct ct_err *err)
{
    for (p->n = 0; p->n < n; p->n++) {
        struct ct_db *db;
        int r = ct_db_open(path, true, &db, err);
        if (r < 0)
            return r;
        atomic_store(&p->idle[p->n], db);
    }
    return CT_OK;
}

void ct_pool_close(struct ct_pool *p)
{
    for (unsigned i = 0; i < p->n; i++) {
        struct ct_db *db = atomic_exchange(&p->idle[i], NULL);
        assert(db && "a reader is still out");
        ct_db_close(db);
    }
    p->n = 0;
    pthread_cond_destroy(&p->back);
    pthread_mutex_destroy(&p->mutex);
}

/* Where a thread begins to look: threads have stacks of their own, so their addresses spread them.
 */
static unsigned first_place(const struct ct_pool *p)
{
    char here;
    return (unsigned)((uintptr_t)&here >> 16) % p->n;
}

static struct ct_db *take_idle(struct ct_pool *p)
{
    unsigned first = first_place(p);
    for (unsigned i = 0; i < p->n; i++) {
        _Atomic(struct ct_db *) *place = &p->idle[(first + i) % p->n];
        struct ct_db *db = atomic_load_explicit(place, memory_order_relaxed);
        if (db && (db = atomic_exchange(place, NULL)))
            return db;
    }
    return NULL;
}

struct ct_db *ct_pool_take(struct ct_pool *p)
{
    struct ct_db *db = take_idle(p);
    if (db)
        return db;
    pthread_mutex_lock(&p->mutex);
    /* Said before looking again: who gives one back after that look sees it and signals. */
    atomic_fetch_add(&p->waiting, 1);
    while (!(db = take_idle(p)))
        pthread_cond_wait(&p->back, &p->mutex);
    atomic_fetch_sub(&p->waiting, 1);
    pthread_mutex_unlock(&p->mutex);
    return db;
}

void ct_pool_give(struct ct_pool *p, struct ct_db *db)
{
    unsigned first = first_place(p);
    for (unsigned i = 0;; i++) { /* one of the places is empty: that of this connection */
        struct ct_db *none = NULL;
        if (atomic_compare_exchange_strong(&p->idle[(first + i) % p->n], &none, db))
            break;
    }
    if (atomic_load(&p->waiting) == 0)
        return;
    pthread_mutex_lock(&p->mutex);
    pthread_cond_signal(&p->back);
    pthread_mutex_unlock(&p->mutex);
}
