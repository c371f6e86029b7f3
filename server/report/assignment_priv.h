/*
 * assignment_priv.h: what the files of the assignment report share: everybody with everything that
 * was recorded of them up to a moment.
 */
#ifndef CT_REPORT_ASSIGNMENT_PRIV_H
#define CT_REPORT_ASSIGNMENT_PRIV_H

#include "ct/learn/credit.h"
#include "ct/learn/home.h"
#include "ct/learn/org_tree.h"
#include "ct/report/assignment.h"

struct ct_active_event {
    bool active;
    int on;
};

struct ct_tenure_event {
    struct ct_sv discipline;
    int64_t at;
    int on; /* the day of it where the person is */
};

struct ct_work_done {
    int on;
    int64_t at, completion;
    int score, minutes;
    struct ct_sv discipline;
    struct ct_sv revision, certificate, revoke_reason;
    int64_t issued_at, revoked_at; /* 0: not */
};

/* A scenario was begun, or passed. */
struct ct_work_play {
    int64_t at;
    int on;
    size_t module, chair; /* their places in the lists of names */
};

/* A quiz was handed in; active time of a day. */
struct ct_work_try {
    int64_t at;
    int on, pass_mark;
};
struct ct_work_day {
    int on, seconds;
    size_t module;
};

/* What somebody did in one course. */
struct ct_work {
    size_t course;
    int64_t started_at, last_at; /* 0: not; brief: the last is not told */
    bool update_due;
    struct ct_work_done *done; /* in the order of moments */
    size_t n_done;
    struct ct_work_play *begun, *passed; /* plays of scenarios, in the order of moments */
    size_t n_begun, cap_begun, n_passed, cap_passed;
    struct ct_work_try *tries;
    struct ct_work_day *days;
    size_t n_tries, cap_tries, n_days, cap_days;
};

/* Somebody. Lists of events are in the order of days, and of one day in that of recording. */
struct ct_someone {
    struct ct_assignee who;
    int hired; /* from which due days count; who.hired is what may be told */
    int64_t created_at;
    int present; /* the first day on which this person is known */
    const struct ct_home *home;
    const struct ct_member_event *members;
    size_t n_members;
    struct ct_active_event *actives;
    size_t n_actives, cap_actives;
    struct ct_tenure_event *tenures;
    size_t n_tenures, cap_tenures;
    struct ct_training *trainings;
    size_t n_trainings;
    struct ct_past_completion *imported;
    size_t n_imported;
    struct ct_work **works;          /* by course; NULL: nothing was done in it */
    const struct ct_credit *credits; /* by day */
    size_t n_credits;
    bool is_named, is_counted; /* to who reads the report */
};

struct ct_everybody {
    struct ct_db *db;
    struct ct_arena *arena;
    int64_t as_of;
    const int64_t *few; /* nobody but these are read at all: ids that ascend, each once; */
    size_t n_few;       /* none: everybody is */
    struct ct_homes *homes;
    const struct ct_org *orgs;
    size_t n_orgs;
    struct ct_org_trees trees; /* where units stood, day by day */
    const size_t *agencies;    /* of each org the place of its agency; SIZE_MAX for a task force */
    struct ct_someone *people; /* by id */
    size_t n, cap;
    uint32_t *places; /* by id: the place in that list, plus one; 0: nobody. NULL: ids lie too far
                       * apart for it */
    size_t n_places;
    /* Of everybody, and each of people has a part; of few those of the last one. */
    struct ct_training *trainings;
    struct ct_past_completion *imported;
    size_t n_trainings, n_imported;
    struct ct_sv *courses; /* those of requirements */
    size_t n_courses;
    struct ct_sv *credit_types; /* of which hours are required */
    size_t n_credit_types;
    int64_t person; /* whose work is read; 0: everybody's */
    bool brief; /* of completions nothing but the days is needed; of all work whether it began, and
                   when */
    bool has_credits, has_plays;    /* were read */
    bool asks_hours, asks_chairs;   /* whether hours, scenarios are among what is required */
    struct ct_sv *modules, *chairs; /* of plays: each name once */
    size_t n_modules, cap_modules, n_chairs, cap_chairs;
};

/* Has nobody else read than whom a scope shows, where that is quicker. NULL: everybody. */
int ct_everybody_choose(struct ct_everybody *all, const struct ct_scope *scope, struct ct_err *err);

/* Has something read of everybody (person 0), or one after the other of the few who are read. */
int ct_everybody_each(struct ct_everybody *all,
                      int (*read)(struct ct_everybody *all, int64_t person, struct ct_err *err),
                      struct ct_err *err);

/* Has what requirements ask for read: first how many at most, then each. */
void ct_everybody_expect(struct ct_everybody *all, size_t n);
void ct_everybody_ask(struct ct_everybody *all, const struct ct_requirement *q);

/* The place of a name in a list; SIZE_MAX: it is not there. */
size_t ct_name_at(const struct ct_sv *names, size_t n, struct ct_sv name);

/* Reads people with what is said of them. ct_everybody_end() in any case. */
int ct_everybody_read(struct ct_everybody *all, struct ct_err *err);
void ct_everybody_end(struct ct_everybody *all);
#define CT_AUTO_EVERYBODY __attribute__((cleanup(ct_everybody_end))) struct ct_everybody

/* Reads what people did in `courses`. */
int ct_everybody_work(struct ct_everybody *all, struct ct_err *err);

/* The same of everybody, or of one person: plays; credits. */
int ct_everybody_plays(struct ct_everybody *all, int64_t person, struct ct_err *err);
int ct_everybody_credits(struct ct_everybody *all, int64_t person, struct ct_err *err);

/* Reads tries and active time of everybody (person 0), or of one. */
int ct_everybody_tries(struct ct_everybody *all, int64_t person, struct ct_err *err);
int ct_everybody_days(struct ct_everybody *all, int64_t person, struct ct_err *err);

/* The place of what was done in a course, made if need be. */
struct ct_work *ct_work_of(struct ct_everybody *all, struct ct_someone *p, size_t course);
size_t ct_name_in(struct ct_everybody *all, struct ct_sv **names, size_t *n, size_t *cap,
                  struct ct_sv name);

/* Gives the rows of a report what a table shows beside how people stand. */
int ct_everybody_more(struct ct_everybody *all, struct ct_assignments *report, struct ct_err *err);

/* What was done in a course; NULL: nothing. */
struct ct_work *ct_someone_work(const struct ct_everybody *all, const struct ct_someone *p,
                                struct ct_sv course);

/* The same by the course's place in the list. */
struct ct_work *ct_someone_at(const struct ct_someone *p, size_t course);

/* NULL if there is none. */
struct ct_someone *ct_everybody_find(const struct ct_everybody *all, int64_t person);

/* The same where rows come in the order of people: `before` is what this said of the row before. */
struct ct_someone *ct_everybody_next(const struct ct_everybody *all, struct ct_someone *before,
                                     int64_t person);

/* Whether a person is in an org, whatever is below it, on a day. */
bool ct_someone_in(const struct ct_someone *p, size_t org, int day);
bool ct_someone_active(const struct ct_someone *p, int day);
struct ct_sv ct_someone_discipline(const struct ct_someone *p, int day);

/* ---- shared_name.c ---- */

/* Leaves out of what was read of a person whatever an agreement to share names does not cover:
 * unit, task forces, supervisor, numbers, licence, day of hire, and what was written about waivers,
 * outside training and imports. How the person stands is counted as before. Who knows the reader's
 * own task forces may put these back. */
void ct_someone_share(struct ct_someone *p);

/* Does so with all whom a scope names by a task force alone. NULL: nobody. */
void ct_everybody_share(const struct ct_everybody *all, const struct ct_scope *scope);

/* Whether records of a kind may be listed of such a person: outside training alone. */
bool ct_shared_name_covers(enum ct_training_kind kind);

/* The spells in which a requirement is on a person. */
struct ct_hit;
struct ct_hit *ct_hit_new(const struct ct_everybody *all, const struct ct_requirement *q);
const struct ct_due_span *ct_hit_spells(struct ct_hit *hit, const struct ct_someone *p,
                                        size_t *ret_n);

/* What one person did for one requirement, as due.h wants it; the lists are used again for the
 * next. */
struct ct_past {
    const struct ct_everybody *all;
    const struct ct_requirement *of; /* the last one that was asked for, with its course's place */
    size_t course;
    /* What counts as done, in the order of days: one of work, outside training, and a completion
     * that was imported. */
    struct ct_past_done {
        int on;
        const struct ct_work_done *work;
        const struct ct_training *credit;
        const struct ct_past_completion *imported;
    } * done;
    size_t n_done, cap_done;
    int *days, *waiting, *disciplines;
    size_t cap_days, cap_waiting, cap_disciplines;
    struct ct_due_span *leaves, *waivers;
    size_t cap_leaves, cap_waivers;
    /* Of which training these are: those that wait, whether done or hours; the waivers. */
    const struct ct_training **outside, **waived;
    size_t n_outside, cap_outside, n_waived, cap_waived;
    struct ct_due_earned *earned, *pending;
    size_t cap_earned, cap_pending;
    struct ct_due_play *plays;
    size_t cap_plays;
    int last; /* the last day on which anything was done, or CT_DAY_NONE */
};
struct ct_due_history ct_past_of(struct ct_past *past, const struct ct_someone *p,
                                 const struct ct_requirement *q);

/* Of which credit a requirement of hours asks for. */
struct ct_sv ct_past_credit_type(const struct ct_requirement *q);

/* The first and the last day of work, of hours those of the period; or CT_DAY_NONE. */
void ct_past_days(const struct ct_past *past, const struct ct_due_period *period,
                  const struct ct_due_history *h, int *ret_first, int *ret_last);

#endif
