/*
 * ct/learn/requirement.h: which course is asked of whom, and when it is due.
 *
 * A requirement joins a course to people by rules. A rule holds from a day on and is never
 * overwritten: a change is one more rule with its day and the moment at which it was recorded, and
 * so is the end. What held as of a moment follows from the rows recorded up to it; of two rules of
 * one day the one that was recorded last counts, so that a mistake is corrected by a rule of the
 * same day. A period keeps the rule of the day on which it began (due.h).
 *
 * Whom a rule hits: everybody; or who is in one of its agencies, units (with all below) and task
 * forces, if it names any, and has one of its disciplines, if it names any; and the people whom it
 * names. Who is inactive is not hit.
 */
#ifndef CT_LEARN_REQUIREMENT_H
#define CT_LEARN_REQUIREMENT_H

#include "ct/course/catalogue.h"
#include "ct/learn/due.h"
#include "ct/learn/org.h"

enum {
    CT_REQUIREMENT_SLUG_MAX = 64,
    CT_REQUIREMENT_TITLE_MAX = 200, /* bytes */
    CT_REQUIREMENT_WHOM_MAX = 500,  /* agencies, disciplines, people, of each */
    CT_DUE_DAYS_MAX = 3660,         /* days to complete, of a window, of grace */
    CT_DUE_MONTHS_MAX = 240
};

struct ct_requirement_rule {
    int64_t id;
    struct ct_due_rule due; /* due.from: the day from which it holds */
    bool ends;              /* from that day on nothing is required */
    bool everybody;
    struct ct_sv title;
    const int64_t *orgs, *people; /* ids */
    size_t n_orgs, n_people;
    const struct ct_sv *disciplines; /* slugs */
    size_t n_disciplines;
    /* Of a rule that is told to somebody who may not see all of it (requirement_right.h): how many
     * orgs and people are left out of the lists above. */
    size_t n_hidden_orgs, n_hidden_people;
    int64_t at;           /* recorded */
    struct ct_sv by_name; /* null: whoever had the machine */
};

struct ct_requirement {
    int64_t id;
    struct ct_sv slug, course, course_title; /* the title is that of the day of recording */
    struct ct_requirement_rule *rules;       /* by day; one a day */
    size_t n_rules;
};

/* "fixed", "hired", "assigned", "discipline", "year". */
const char *ct_due_kind_name(enum ct_due_kind kind);
bool ct_due_kind_parse(struct ct_sv name, enum ct_due_kind *ret);

/* Whether a rule can be recorded. CT_OK; CT_BAD_INPUT (what: "title", "due", "days", "month",
 * "every", "window", "early", "grace", "whom", "discipline"): a rule on nobody is one. */
int ct_requirement_check(const struct ct_catalogue *cat, const struct ct_requirement_rule *rule,
                         struct ct_err *err);

/* Adds one. slug and course of *q and its first rule are read; rule.title null: the course's.
 * CT_BAD_INPUT as above, and what: "slug", "course"; CT_NOT_FOUND for an org or person that does
 * not exist; CT_CONFLICT (what: "slug"). `by`: who does it; 0: whoever has the machine. */
int ct_requirement_add(struct ct_store *s, const struct ct_clock *clock,
                       const struct ct_catalogue *cat, const struct ct_requirement *q, int64_t by,
                       int64_t *ret_id, struct ct_err *err);

/* From rule.due.from on this rule; `ends` needs no more than the day. `newest`: the id of the rule
 * that was the newest when who does it looked; CT_CONFLICT (what: "requirement") if somebody has
 * recorded another meanwhile; 0: never mind. */
int ct_requirement_change(struct ct_store *s, const struct ct_clock *clock,
                          const struct ct_catalogue *cat, int64_t requirement,
                          const struct ct_requirement_rule *rule, int64_t newest, int64_t by,
                          struct ct_err *err);

/* All that were recorded up to a moment, by slug, each with the rules recorded by then. */
int ct_requirement_list(struct ct_db *db, struct ct_arena *a, int64_t as_of,
                        struct ct_requirement **ret, size_t *ret_n, struct ct_err *err);
struct ct_requirement *ct_requirement_find(struct ct_requirement *all, size_t n, struct ct_sv slug);

/* Every rule of one, also those that another of the same day has replaced, by moment. */
int ct_requirement_history(struct ct_db *db, struct ct_arena *a, int64_t requirement,
                           struct ct_requirement_rule **ret, size_t *ret_n, struct ct_err *err);

/* The rule that holds on a day; NULL: none yet. It may be one that ends it. */
const struct ct_requirement_rule *ct_requirement_on(const struct ct_requirement *q, int day);

/* The one to tell of: that of the day; before all the first, after the end the last that asked. */
const struct ct_requirement_rule *ct_requirement_asking(const struct ct_requirement *q, int day);

/* "All caseworkers of North County CPS complete “Bridging the Systems” within 30 days of being
 * hired, and again every 12 months; 14 days of grace." */
int ct_requirement_sentence(struct ct_db *db, struct ct_arena *a, const struct ct_catalogue *cat,
                            struct ct_sv course_title, const struct ct_requirement_rule *rule,
                            struct ct_sv *ret, struct ct_err *err);

#endif
