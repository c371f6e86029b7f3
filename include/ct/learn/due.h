/*
 * ct/learn/due.h: when somebody's training is due, and how that stands on a day. Pure arithmetic of
 * days: it reads no database and no clock. Days are numbers (clock.h).
 *
 * A requirement asks for something once or again and again: each time is a period. Who comes under
 * a requirement has a first period; a rule that asks again has one more for each time that what was
 * completed runs out. A period keeps the rule of the day on which it began, whatever the rule says
 * later. What was completed before the assignment counts, unless it has run out by then.
 *
 * Something is completed by being done (a course; outside training), by passing from so many
 * different chairs (a scenario), or by hours of training in a year. Of the hours of a year who
 * comes under it in the first quarter of that year has to do all, in the second three quarters, in
 * the third half, in the fourth a quarter, rounded up to a quarter of an hour. Hours count for the
 * year in which they were earned, from its first day, also those of before the assignment; in the
 * days of grace also for the year before, where they complete it, and then not for the new one.
 * What is more than was asked for is not carried over. As long as they do not complete the year
 * before, hours in its days of grace are told of both years. Who leaves and comes back in a year
 * has a second period in it, for which all hours of that year count again; but not those that were
 * counted for a year that began before it, as where the rule's years became others meanwhile.
 * Of several completions in a year the first counts; else the last one before the assignment, or
 * the first since.
 *
 * A leave or a waiver whose end is known moves a day by all of it as soon as it has begun, counted
 * from the assignment or from the day after the completion that runs out; one without an end by its
 * days so far. Of several waivers the first one that holds is told, also one that was on a fixed
 * day or the last day of a year when that was due. The window of a year or a fixed day opens so
 * long before the day as it was set, however that has moved. A renewal begins with the completion
 * that it renews, or with the assignment where that is later, and has the rule of that day. A year
 * missed by who leaves in its grace is withdrawn.
 *
 * One word a status, and one meaning a word; these are printed on every report:
 *
 *   not started        required, and nothing was opened yet; there is time left
 *   in progress        begun (of hours: some are earned) and not completed; there is time left
 *   completed          completed, and it counts
 *   awaiting approval  outside training is recorded for it, and nobody has approved that yet
 *   overdue            nothing that counts was completed, and the due day with its grace is over
 *   expiring           completed before and still good, and the time to renew it is open
 *   expired            completed before, and the day by which to renew it, with its grace, is over
 *   update due         completed, and a text of it changed materially since
 *   exempt             waived
 *   withdrawn          no longer required of this person, and not completed until then
 */
#ifndef CT_LEARN_DUE_H
#define CT_LEARN_DUE_H

#include "ct/base/arena.h"
#include "ct/base/clock.h"

enum ct_due_status {
    CT_DUE_NOT_STARTED,
    CT_DUE_IN_PROGRESS,
    CT_DUE_COMPLETED,
    CT_DUE_AWAITING,
    CT_DUE_OVERDUE,
    CT_DUE_EXPIRING,
    CT_DUE_EXPIRED,
    CT_DUE_UPDATE,
    CT_DUE_EXEMPT,
    CT_DUE_WITHDRAWN
};
enum { CT_DUE_STATUSES = CT_DUE_WITHDRAWN + 1 };
const char *ct_due_status_name(enum ct_due_status s);    /* "not started" */
const char *ct_due_status_meaning(enum ct_due_status s); /* the sentence above */
bool ct_due_status_parse(struct ct_sv name, enum ct_due_status *ret);

enum ct_due_kind {
    CT_DUE_FIXED, /* by `fixed`; `days` after the assignment, where that is later */
    CT_DUE_HIRED, /* `days` after being hired; after the assignment, where that is over by then */
    CT_DUE_ASSIGNED,   /* `days` after the assignment */
    CT_DUE_DISCIPLINE, /* `days` after each change of discipline, which asks anew */
    CT_DUE_YEAR,       /* in every year that begins with month `month`, by its last day */
    CT_DUE_PERSONAL    /* in every year that begins on the day of the year on which one was hired;
                        * of who has no such day, on which the requirement came */
};
/* Whether every year asks anew. */
static inline bool ct_due_is_yearly(enum ct_due_kind kind)
{
    return kind == CT_DUE_YEAR || kind == CT_DUE_PERSONAL;
}

enum { CT_DUE_SOON = 30 }; /* days: a renewal without a window is expiring so long before */

struct ct_due_rule {
    int from; /* the day from which it holds */
    enum ct_due_kind kind;
    int fixed, days, month; /* as the kind says */
    int every;              /* months after completion; 0: once. A year is every year */
    int window;             /* completing counts from so many days before the due day; 0: any day.
                             * Of a first period only with FIXED and years */
    bool from_expiry; /* renewed in time, it extends from the old expiry, not from completion */
    int grace;        /* days after the due day */
    int quota;        /* minutes of training in each year; 0: not by hours. Only with years */
    int chairs;       /* passed from so many different ones; 0: not by chairs. Both are those of the
                       * requirement's rule */
};

struct ct_due_span {
    int from, until; /* both days included; until CT_DAY_NONE: it goes on */
};

/* Some training of a day. Seconds, as a hundredth of an hour has no whole minutes. */
struct ct_due_earned {
    int day, seconds;
};

/* A scenario was passed from a chair; chairs are numbers from 0 to 63. */
struct ct_due_play {
    int day, chair;
};

/* What is known of one person. Lists are in the order of days. */
struct ct_due_history {
    const struct ct_due_span *spells; /* when the requirement was on the person, who was active */
    size_t n_spells;
    int hired;              /* or CT_DAY_NONE */
    const int *disciplines; /* days on which a discipline was taken up */
    size_t n_disciplines;
    const int *done; /* days of completions and of outside training that was approved */
    size_t n_done;
    const int *awaiting; /* days of outside training that waits for approval */
    size_t n_awaiting;
    const struct ct_due_earned *earned, *pending; /* hours; those that wait for approval */
    size_t n_earned, n_pending;
    const struct ct_due_play *plays;
    size_t n_plays;
    const struct ct_due_span *leaves; /* stop the clock; a fixed day or year's end moves only if the
                                       * leave is on that day */
    size_t n_leaves;
    const struct ct_due_span *waivers; /* exempt; one that ends stopped the clock */
    size_t n_waivers;
    int started;     /* the first day on which something was opened, or CT_DAY_NONE */
    bool update_due; /* of what was completed last */
};

struct ct_due_period {
    size_t rule; /* its index */
    int assigned;
    int due, opens;         /* opens: CT_DAY_NONE where any day counts */
    int completed, expires; /* or CT_DAY_NONE */
    size_t done;            /* which of `done` completed it; SIZE_MAX: none, or hours, or chairs */
    size_t waiver;          /* of an exempt one which of `waivers`, the first one; else SIZE_MAX */
    size_t awaiting;        /* of one that waits which of `awaiting`, the first one; of hours which
                             * of `pending`, the last one that is needed; else SIZE_MAX */
    /* What was done on these days belongs to it. From: the day from which on something counts for
     * it, of a renewal the day after the completion, of a year the day after those of the year
     * before, of hours the day of the first of them; CT_DAY_NONE: any day. Until: its completion;
     * else the last day of the year, or on which it was required, or the day that is asked for. */
    int from, until;
    int quota, earned; /* minutes: asked for in this year, and earned for it; 0 without hours */
    int quarter;       /* of hours: in which of the year the person came under it, 0 to 3 */
    enum ct_due_status status;
    int status_on;   /* the day on which that became so */
    bool is_current; /* the last one, of a requirement that is on the person that day */
};

/* Of the minutes of a whole year, those that are asked of who begins in quarter 0 to 3 of it. */
int ct_due_share(int minutes, int quarter);

/* The periods that have begun by a day, in order, in the arena. What happened later than that day
 * is not looked at. `rules` in the order of their days, at least one. */
void ct_due_periods(struct ct_arena *a, const struct ct_due_rule *rules, size_t n_rules,
                    const struct ct_due_history *h, int as_of, struct ct_due_period **ret,
                    size_t *ret_n);

#endif
