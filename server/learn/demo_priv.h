/*
 * demo_priv.h: the people of Alder County, and what makes them work.
 */
#ifndef CT_LEARN_DEMO_PRIV_H
#define CT_LEARN_DEMO_PRIV_H

#include "ct/learn/demo.h"
#include "ct/learn/person.h"

/* How far somebody is with what is required, and then with what is recommended. */
enum ct_demo_level {
    CT_DEMO_INVITED,   /* never signed in */
    CT_DEMO_SIGNED_IN, /* looked around, did nothing */
    CT_DEMO_STARTED,   /* a section or two */
    CT_DEMO_HALF,      /* half of the modules, and stopped inside the next */
    CT_DEMO_NEARLY,    /* all but the last module, which is begun */
    CT_DEMO_DONE
};

struct ct_demo_person {
    const char *name, *local; /* the address is local@example.org */
    const char *discipline;   /* slug; NULL: none */
    const char *was; /* another discipline, under which some work was done first; or NULL */
    unsigned roles;  /* beside CT_ROLE_LEARNER */
    enum ct_demo_level level;
    int days;  /* since joining */
    int slips; /* tries of each quiz that fail before the one that passes */
    const char
        *shown; /* the role by which the account is offered for signing in; NULL: it is not */
    bool left;  /* no longer with the county */
};

extern const struct ct_demo_person ct_demo_people[];
extern const size_t ct_demo_n_people;

/* One person's time in the demonstration. */
struct ct_demo_life {
    struct ct_store *store;
    const struct ct_catalogue *cat;
    int64_t now, end; /* the person's clock, and the moment past which it does not go */
    struct ct_clock clock;
    struct ct_arena arena; /* of the life; released by whoever made it */
    uint64_t dice;
    int64_t person;
    struct ct_sv discipline;
};

/* Does the work of a level under the life's discipline, from its `now` on. */
int ct_demo_work(struct ct_demo_life *life, enum ct_demo_level level, int slips,
                 struct ct_err *err);

/* An answer in written order: right, or wrong where the question can be answered wrongly. */
struct ct_answer ct_demo_answer(struct ct_arena *a, const struct ct_question *q, bool right);

/* A mistake such as people make: one of the wrong options, one box too few or too many, one gap.
 * `which`: any number; it chooses among them. */
struct ct_answer ct_demo_slip(struct ct_arena *a, const struct ct_question *q, size_t which);

/* What the trainer is writing: the first module of the curriculum with a note that is not yet
 * finished, saved some hours before `today`. In demo_draft.c. */
int ct_demo_write(struct ct_store *s, const struct ct_catalogue *cat, int64_t person, int64_t today,
                  struct ct_err *err);

/* Revokes the newest certificate of somebody, some days after it was issued; records a name that
 * certificates bear since some days. In demo_certificate.c. */
int ct_demo_revoke(struct ct_store *s, int64_t today, struct ct_sv email, int64_t by,
                   struct ct_err *err);
int ct_demo_rename(struct ct_store *s, int64_t today, int64_t person, const char *name, int64_t by,
                   struct ct_err *err);

/* Agencies, units and a task force, and who belongs to and leads them; `people`: ids, in the order
 * of ct_demo_people. Nothing if that was done before. In demo_orgs.c. */
int ct_demo_settle(struct ct_store *s, const int64_t *people, int64_t today, struct ct_err *err);

/* Asks the first course of the people of all agencies. Nothing if that was done before. In
 * demo_require.c. */
int ct_demo_require(struct ct_store *s, const struct ct_catalogue *cat, struct ct_arena *a,
                    int64_t today, struct ct_err *err);

/* A type of credit, approvals of the first two courses, an attestation. Nothing if that was done
 * before. In demo_credit.c. */
int ct_demo_credit(struct ct_store *s, const struct ct_catalogue *cat, struct ct_arena *a,
                   int64_t today, struct ct_err *err);

/* Asks more: of the task force, and hours; records a waiver, outside training and leave. Nothing if
 * that was done before, or where the county is another. In demo_records.c. */
int ct_demo_record(struct ct_store *s, const struct ct_catalogue *cat, struct ct_arena *a,
                   int64_t today, struct ct_err *err);

/* Adds the fields by which a browser would send that answer to `form`, which has room. */
void ct_demo_fields(struct ct_arena *a, const struct ct_question *q, uint64_t seed,
                    const struct ct_answer *answer, struct ct_form *form);
enum { CT_DEMO_FIELDS = CT_OPTIONS_MAX }; /* one question needs no more */

/* A number below n, the same in every run of the program. */
size_t ct_demo_roll(struct ct_demo_life *life, size_t n);

#endif
