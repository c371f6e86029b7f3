/*
 * throttle.c: buckets of tries by address, in a table of fixed size.
 *
 * An address has one of a few places by its keyed hash, so that nobody can choose addresses that
 * push out another's. Of these the place whose bucket is the fullest is given away: it says least.
 */
#include "ct/web/throttle.h"

#include "ct/base/secret.h"

#include <pthread.h>
#include <stdlib.h>

#include "ct/base/banned.h"

enum { WAYS = 8, KEY = 32, ADDRESS_MAX = 64 };

struct bucket {
    char of[CT_HASH_HEX + 1]; /* "": a free place */
    int64_t empty_until;      /* when the bucket is as good as full: now and less is full */
};

struct ct_throttle {
    pthread_mutex_t mutex;
    char key[KEY];
    struct bucket buckets[CT_THROTTLE_PLACES];
};

struct ct_throttle *ct_throttle_new(void)
{
    struct ct_throttle *t = calloc(1, sizeof *t);

    if (!t)
        return NULL;
    pthread_mutex_init(&t->mutex, NULL);
    ct_random_bytes(t->key, sizeof t->key);
    return t;
}

void ct_throttle_free(struct ct_throttle *t)
{
    if (!t)
        return;
    pthread_mutex_destroy(&t->mutex);
    free(t);
}

/* Of IPv6 the first four groups; a bare "::" in them ends what is looked at. */
static struct ct_sv network_of(struct ct_sv address)
{
    size_t groups = 0;

    if (ct_sv_find(address, '.') != SIZE_MAX) /* also an IPv4 address as IPv6 has it */
        return ct_sv_sub(address, 0, ADDRESS_MAX);
    for (size_t i = 0; i < address.n; i++)
        if (address.p[i] == ':' &&
            (++groups == 4 || (i + 1 < address.n && address.p[i + 1] == ':')))
            return ct_sv_sub(address, 0, i);
    return ct_sv_sub(address, 0, ADDRESS_MAX);
}

/* The bucket of an address: its own, else the least telling of its places. */
static struct bucket *find(struct ct_throttle *t, struct ct_sv address)
{
    char hash[CT_HASH_HEX + 1];
    struct bucket *best = NULL;
    size_t first = 0;

    ct_hash_keyed_hex(ct_sv_n(t->key, sizeof t->key), network_of(address), hash);
    for (size_t i = 0; i < 8; i++)
        first = first * 16 + (size_t)(hash[i] <= '9' ? hash[i] - '0' : hash[i] - 'a' + 10);
    first = first % (CT_THROTTLE_PLACES / WAYS) * WAYS;
    for (size_t i = 0; i < WAYS; i++) {
        struct bucket *b = &t->buckets[first + i];
        if (strcmp(b->of, hash) == 0)
            return b;
        if (!best || b->empty_until < best->empty_until)
            best = b;
    }
    *best = (struct bucket){.empty_until = 0};
    memcpy(best->of, hash, sizeof best->of);
    return best;
}

int ct_throttle_miss(struct ct_throttle *t, struct ct_sv address, int64_t now)
{
    const int64_t most = (int64_t)CT_THROTTLE_TRIES * CT_THROTTLE_SECONDS;
    int64_t wait;

    pthread_mutex_lock(&t->mutex);
    struct bucket *b = find(t, address);
    if (b->empty_until < now)
        b->empty_until = now;
    if (b->empty_until > now + most) /* the clock went back */
        b->empty_until = now + most;
    wait = b->empty_until + CT_THROTTLE_SECONDS - (now + most);
    if (wait <= 0)
        b->empty_until += CT_THROTTLE_SECONDS;
    pthread_mutex_unlock(&t->mutex);
    return wait > 0 ? (int)wait : 0;
}
