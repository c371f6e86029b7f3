/*
 * due_priv.h: what due.c (periods and how they stand), due_day.c (the days on which they are due),
 * due_done.c (what completes them) and due_hours.c (hours of a year) share.
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
    /* The first that no year has taken: of what was done, of plays, of hours, with the seconds of
     * this one that were. And how that was before the year that was counted last. */
    struct ct_due_taken {
        size_t done, play, earned;
        int seconds;
    } taken, taken_before;
    int told; /* the last day that belongs to the year before, or CT_DAY_NONE */
    /* Whether the years of a spell have not begun yet; the last day of the year that was counted
     * last, in whatever spell, or CT_DAY_NONE. */
    bool is_new;
    int taken_until, year_from; /* and its first day */
    struct ct_due_span year;    /* the one that was asked for last, of that rule and anchor */
    const struct ct_due_rule *year_rule;
    int year_anchor;
    /* Of the hours of the year that was counted last: the day of the first one, and that on which
     * they reach what is asked with those that wait for approval; or CT_DAY_NONE; and the last of
     * these, or SIZE_MAX. */
    int hours_begun, hours_awaiting;
    size_t hours_waits;
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
void ct_due_first(struct ct_due_count *k, struct ct_due_period *p);

/* From which day on something done counts for a first period. */
int ct_due_counts_from(const struct ct_due_rule *rule, const struct ct_due_period *p);

/* What completes a period. */
struct ct_due_found {
    int day;
    size_t done;                 /* its place in `done`; SIZE_MAX: it is none of these */
    size_t next_done, next_play; /* the first of each that it did not take */
};

/* The first completion from a day until another; what years have taken does not count. */
bool ct_due_done(const struct ct_due_count *k, const struct ct_due_rule *rule, int from, int last,
                 struct ct_due_found *ret);

/* That of a first period: of what was done before the assignment the last that has not run out;
 * else the first since. */
bool ct_due_done_first(const struct ct_due_count *k, const struct ct_due_period *p, int last,
                       struct ct_due_found *ret);

/* The first day on which something done had not run out by the day of the assignment; CT_DAY_NONE:
 * nothing runs out. */
int ct_due_good_from(const struct ct_due_rule *rule, int assigned);

/* Outside training since a day that waits for approval: which; SIZE_MAX if there is none. */
size_t ct_due_awaiting(const struct ct_due_count *k, int from);

/* Before a year is counted: gives back what was taken by this year itself, of who comes back in it.
 * What an earlier one took in its days of grace stays taken. */
void ct_due_give_back(struct ct_due_count *k, struct ct_due_span year);

/* The hours of a year: sets what is asked for and what was earned, takes the hours, and finds the
 * day on which they reached it, `last` at the latest. */
bool ct_due_hours(struct ct_due_count *k, struct ct_due_period *p, struct ct_due_span year,
                  int last, struct ct_due_found *ret);

/* The first and the last day of the rule's year in which a day is. */
struct ct_due_span ct_due_year(struct ct_due_count *k, const struct ct_due_rule *rule, int day);

#endif
