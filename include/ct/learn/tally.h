/*
 * ct/learn/tally.h: how the record writes what it counts: active time in minutes, several scores as
 * one, and a discipline that somebody does not have.
 */
#ifndef CT_LEARN_TALLY_H
#define CT_LEARN_TALLY_H

#include "ct/base/sv.h"

/* Seconds as active minutes: rounded up, and at least one, because whoever left a record was there.
 */
static inline int ct_minutes(int64_t seconds)
{
    return seconds > 60 ? (int)((seconds + 59) / 60) : 1;
}

/* Active time is kept by quarters of an hour, counted from 1970. As of a moment that of the
 * quarters is told which were over by then: all of it at the end of a day, as time zones differ
 * from UTC by whole quarters, and the same whenever it is asked for. */
enum { CT_QUARTER = 15 * 60 };

/* The first quarter that was not over at a moment: it is over with its last second. */
static inline int64_t ct_quarter_after(int64_t at)
{
    return (at + 1) / CT_QUARTER;
}

/* The score of several quizzes: their mean, rounded down; -1 for none. */
struct ct_mean {
    int sum, n;
};
static inline void ct_mean_add(struct ct_mean *m, int64_t score)
{
    m->sum += (int)score;
    m->n++;
}
static inline int ct_mean_of(struct ct_mean m)
{
    return m.n ? m.sum / m.n : -1;
}

/* The slug of a discipline as rows have it: "" for none. */
static inline struct ct_sv ct_slug_kept(struct ct_sv slug)
{
    return slug.p ? slug : CT_SV("");
}

#endif
