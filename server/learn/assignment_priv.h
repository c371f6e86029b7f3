/*
 * assignment_priv.h: what the files of the assignment report share: everybody with everything that
 * was recorded of them up to a moment.
 */
#ifndef CT_LEARN_ASSIGNMENT_PRIV_H
#define CT_LEARN_ASSIGNMENT_PRIV_H

#include "ct/learn/assignment.h"

/* Something that holds from a day on, until another of the same org. */
struct ct_member_event {
    size_t org; /* its place in the list of orgs */
    bool begins;
    int on;
};

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
    int64_t at;
    int score;
    struct ct_sv revision, certificate, revoke_reason;
    int64_t issued_at, revoked_at; /* 0: not */
};

/* What somebody did in one course. */
struct ct_work {
    size_t course;
    int64_t started_at, last_at; /* 0: not */
    bool update_due;
    struct ct_work_done *done; /* in the order of moments */
    size_t n_done, cap;
    struct ct_work *next;
};

/* Somebody. Lists of events are in the order of days, and of one day in that of recording. */
struct ct_someone {
    struct ct_assignee who;
    int64_t created_at;
    int present; /* the first day on which this person is known */
    const struct ct_zone *zone;
    struct ct_member_event *members;
    size_t n_members, cap_members;
    struct ct_active_event *actives;
    size_t n_actives, cap_actives;
    struct ct_tenure_event *tenures;
    size_t n_tenures, cap_tenures;
    struct ct_training *trainings;
    size_t n_trainings;
    struct ct_work *work;
    bool is_named, is_counted; /* to who reads the report */
};

struct ct_everybody {
    struct ct_db *db;
    struct ct_arena *arena;
    int64_t as_of;
    struct ct_org *orgs;
    size_t n_orgs;
    struct ct_zone **zones; /* of each org that is an agency; else NULL */
    struct ct_zone *utc;
    struct ct_someone *people; /* by id */
    size_t n;
    struct ct_sv *courses; /* those of requirements */
    size_t n_courses;
};

/* Reads people with what is said of them. ct_everybody_end() in any case. */
int ct_everybody_read(struct ct_everybody *all, struct ct_err *err);
void ct_everybody_end(struct ct_everybody *all);
#define CT_AUTO_EVERYBODY __attribute__((cleanup(ct_everybody_end))) struct ct_everybody

/* Opens the time zones of the agencies. */
int ct_everybody_zones(struct ct_everybody *all, struct ct_err *err);

/* Reads what people did in `courses`. */
int ct_everybody_work(struct ct_everybody *all, struct ct_err *err);

/* NULL if there is none. */
struct ct_someone *ct_everybody_find(const struct ct_everybody *all, int64_t person);

/* Whether a person is in an org, whatever is below it, on a day. */
bool ct_someone_in(const struct ct_someone *p, size_t org, int day);
bool ct_someone_active(const struct ct_someone *p, int day);
struct ct_sv ct_someone_discipline(const struct ct_someone *p, int day);

/* The spells in which a requirement is on a person. */
struct ct_hit;
struct ct_hit *ct_hit_new(const struct ct_everybody *all, const struct ct_requirement *q);
const struct ct_due_span *ct_hit_spells(struct ct_hit *hit, const struct ct_someone *p,
                                        size_t *ret_n);

#endif
