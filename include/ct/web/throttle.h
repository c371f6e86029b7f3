/*
 * ct/web/throttle.h: how often somebody at an address has guessed wrongly.
 *
 * Each address (of IPv6 its network of 64 bits, which one household has) has a bucket of tries that
 * fills again by itself; a wrong guess takes one. Whoever asks for what is there never takes any
 * and is never refused, so that one who guesses shuts nobody else of the same network out. Safe
 * from any thread.
 */
#ifndef CT_WEB_THROTTLE_H
#define CT_WEB_THROTTLE_H

#include "ct/base/sv.h"

enum {
    CT_THROTTLE_TRIES = 60,   /* in a full bucket */
    CT_THROTTLE_SECONDS = 2,  /* for one of them to come back */
    CT_THROTTLE_PLACES = 4096 /* addresses that are remembered; the fullest buckets are forgotten */
};

struct ct_throttle;

struct ct_throttle *ct_throttle_new(void); /* NULL: out of memory */
void ct_throttle_free(struct ct_throttle *t);

/* Notes a wrong guess from an address at a moment (Unix seconds). Returns 0, or how many seconds to
 * wait before the next is answered as usual. */
int ct_throttle_miss(struct ct_throttle *t, struct ct_sv address, int64_t now);

#endif
