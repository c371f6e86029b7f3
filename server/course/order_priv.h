/*
 * order_priv.h: chance that is the same on every machine for ever, for orders that are stored as a
 * seed.
 *
 * SplitMix64 (Steele, Lea, Flood 2014), because its few lines can never change under us as a
 * library's generator may. Not for secrets.
 */
#ifndef CT_COURSE_ORDER_PRIV_H
#define CT_COURSE_ORDER_PRIV_H

#include "ct/base/sv.h"

struct ct_dice {
    uint64_t state;
};

static inline uint64_t ct_dice_next(struct ct_dice *d)
{
    uint64_t z = d->state += 0x9e3779b97f4a7c15u;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
    return z ^ (z >> 31);
}

/* Uniform in [0, bound); 0 for bound 0 or 1. */
static inline size_t ct_dice_below(struct ct_dice *d, size_t bound)
{
    if (bound < 2)
        return 0;
    /* Numbers below 2^64 mod bound would make the small remainders likelier. */
    uint64_t skip = (uint64_t)(0 - (uint64_t)bound) % bound;
    uint64_t r;
    do
        r = ct_dice_next(d);
    while (r < skip);
    return (size_t)(r % bound);
}

/* Dice for one purpose: the same seed gives each name, and each use of it, an order of its own. */
static inline struct ct_dice ct_dice_for(uint64_t seed, struct ct_sv name, uint64_t use)
{
    uint64_t h = 0xcbf29ce484222325u; /* FNV-1a */
    for (size_t i = 0; i < name.n; i++)
        h = (h ^ (unsigned char)name.p[i]) * 0x100000001b3u;
    struct ct_dice d = {h ^ (use * 0xd6e8feb86659fd93u)};
    d.state = ct_dice_next(&d) ^ seed;
    return d;
}

/* Fisher-Yates. */
static inline void ct_dice_shuffle(struct ct_dice *d, size_t *items, size_t n)
{
    for (size_t i = n; i > 1; i--) {
        size_t j = ct_dice_below(d, i);
        size_t swap = items[i - 1];
        items[i - 1] = items[j];
        items[j] = swap;
    }
}

#endif
