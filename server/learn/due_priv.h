/*
 * due_priv.h: what due.c (periods and how they stand) and due_day.c (the days on which they are
 * due) share.
 */
#ifndef CT_LEARN_DUE_PRIV_H
#define CT_LEARN_DUE_PRIV_H

#include "ct/learn/due.h"

struct ct_due_count {
    struct ct_arena *arena;
    const struct ct_due_rule *rules;
    size_t n_rules;
    const struct ct_due_history *h;
    int as_of;
    /* Days on which the clock stood still, as spans apart, each with an end. */
    struct ct_due_stops {
        struct ct_due_span *spans;
        size_t n;
    } leaves, stops; /* leaves alone; with waivers */
    int anchor;      /* the day on which personal years begin */
    size_t unused;   /* of what was done: the first that no year has taken */
    struct ct_due_period *periods;
    size_t n, cap;
};

/* The last day; a day after all others for a span that goes on. */
int ct_due_until(const struct ct_due_span *s);

/* Puts the days on which the clock stood still into order. */
void ct_due_stand_still(struct ct_due_count *k);

/* A due day later by the days on which the clock stood still since `start`; of a day of the
 * calendar only by a leave that is on this day. */
int ct_due_shift(const struct ct_due_count *k, int start, int due, bool by_calendar);

/* Sets due and opens of a first period that was assigned. */
void ct_due_first(const struct ct_due_count *k, struct ct_due_period *p);

/* From which day on something done counts for a first period. */
int ct_due_counts_from(const struct ct_due_rule *rule, const struct ct_due_period *p);

/* The first and the last day of the rule's year in which a day is. */
struct ct_due_span ct_due_year(const struct ct_due_count *k, const struct ct_due_rule *rule,
                               int day);

#endif
