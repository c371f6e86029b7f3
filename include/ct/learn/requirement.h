/*
 * ct/learn/requirement.h: what is asked of whom, and when it is due.
 *
 * A requirement joins something to people by rules: a course, hours of training in every year, or
 * a scenario that is passed from so many different chairs. What it is stays as it was recorded; how
 * many hours or chairs is in the rules.
 * A rule holds from a day on and is never
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
    CT_DUE_MONTHS_MAX = 240,
    CT_REQUIREMENT_MINUTES_MAX = 2000 * 60, /* of training in a year */
    CT_REQUIREMENT_CHAIRS_MAX = 32
};

enum ct_requirement_kind {
    CT_REQUIREMENT_COURSE,  /* `course` is completed */
    CT_REQUIREMENT_HOURS,   /* so many `minutes` are earned in every year (due.h) */
    CT_REQUIREMENT_SCENARIO /* `module` of `course` is passed from so many `chairs` */
};
enum { CT_REQUIREMENT_KINDS = CT_REQUIREMENT_SCENARIO + 1 };
const char *
ct_requirement_kind_name(enum ct_requirement_kind k); /* "course", "hours", "scenario" */
bool ct_requirement_kind_parse(struct ct_sv name, enum ct_requirement_kind *ret);

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
    int minutes;          /* of hours: in a year; else 0 */
    int chairs;           /* of a scenario; else 0 */
    int64_t at;           /* recorded */
    struct ct_sv by_name; /* as of the moment that is asked for; null: whoever had the machine */
};

struct ct_requirement {
    int64_t id;
    enum ct_requirement_kind kind;
    struct ct_sv slug;
    struct ct_sv course, course_title; /* titles are those of the day of recording; null of hours */
    struct ct_sv module, module_title; /* of a scenario: the module's id; else null */
    struct ct_sv credit_type;          /* of hours: a credit type's slug; null: any training */
    struct ct_requirement_rule *rules; /* by day; one a day */
    size_t n_rules;
};

/* "fixed", "hired", "assigned", "discipline", "year", "personal". */
const char *ct_due_kind_name(enum ct_due_kind kind);
bool ct_due_kind_parse(struct ct_sv name, enum ct_due_kind *ret);

/* Whether a rule of *q (its kind is read) can be recorded. CT_OK; CT_BAD_INPUT (what: "title",
 * "due", "days", "month", "every", "window", "early", "grace", "minutes", "chairs", "whom",
 * "discipline"): a rule on nobody is one; hours are those of years. A rule of a requirement that
 * was recorded (q->id) may go on naming a discipline that one of q->rules names and that the
 * curriculum has dropped since: people may still have it. */
int ct_requirement_check(const struct ct_catalogue *cat, const struct ct_requirement *q,
                         const struct ct_requirement_rule *rule, struct ct_err *err);

/* Looks up what *q (kind, course, module, credit_type) asks for and sets the titles. CT_BAD_INPUT
 * (what: "course", "module", "credit_type"). */
int ct_requirement_name(const struct ct_catalogue *cat, struct ct_requirement *q,
                        struct ct_err *err);

/* What a rule of *q is called if nobody says otherwise, in the arena: the course's title, the
 * scenario's, "12 hours of training a year". */
struct ct_sv ct_requirement_title(struct ct_arena *a, const struct ct_requirement *q,
                                  const struct ct_requirement_rule *rule);

/* Adds one. slug, kind and what it asks for of *q and its first rule are read; rule.title null:
 * that of ct_requirement_title. CT_BAD_INPUT as above, and what: "slug"; CT_NOT_FOUND for an org
 * or person that does not exist; CT_CONFLICT (what: "slug"). `by`: who does it; 0: whoever has the
 * machine. */
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
 * hired, and again every 12 months; 14 days of grace." Kind, titles and credit type of *q are read.
 */
int ct_requirement_sentence(struct ct_db *db, struct ct_arena *a, const struct ct_catalogue *cat,
                            const struct ct_requirement *q, const struct ct_requirement_rule *rule,
                            struct ct_sv *ret, struct ct_err *err);

/* What keeps people from doing again here what a rule of *q asks again. That the rule's months are
 * over is nothing to the course's certificate: it is the certificate's end (certificate.h) that
 * lets somebody complete a course anew. A sentence or two for who is about to save the rule; null:
 * nothing does. */
struct ct_sv ct_requirement_renewal(struct ct_arena *a, const struct ct_catalogue *cat,
                                    const struct ct_requirement *q,
                                    const struct ct_requirement_rule *rule);

/* How many of the hours that are asked of somebody in a period there are: "7.5 of 12 hours", or
 * where the rule asks fewer of who came late "9 of the 9 hours asked of who began in the second
 * quarter, of 12 hours a year". Null of a period without hours. `rule`: the period's. */
struct ct_sv ct_requirement_progress(struct ct_arena *a, const struct ct_requirement_rule *rule,
                                     const struct ct_due_period *period);

/* 90 as "1.5 hours", 60 as "1 hour", 40 as "40 minutes", 310 as "5 hours and 10 minutes". */
struct ct_sv ct_requirement_hours(struct ct_arena *a, int minutes);

#endif
