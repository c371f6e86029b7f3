/*
 * report_priv.h: what the database knows about everybody's work, as the report's arithmetic wants
 * it.
 */
#ifndef CT_REPORT_REPORT_PRIV_H
#define CT_REPORT_REPORT_PRIV_H

#include "assignment_priv.h"

#include "ct/learn/tally.h"
#include "ct/report/report.h"

/* What stands beside one's own work in a course. */
struct ct_report_beside {
    enum ct_due_status status; /* completed, expiring, expired; awaiting approval, exempt */
    int on, expires;           /* of the first three; or CT_DAY_NONE */
    int score;                 /* percent; -1: none */
    struct ct_sv source;       /* of the first three */
};

/* One person's work in one course, under the discipline of the day. */
struct ct_report_work {
    size_t course; /* index in the catalogue */
    int64_t completed_at, started_at, last_at, seconds;
    int64_t issued_at; /* of the certificate that counts; 0: none */
    int64_t issued_by; /* the completion */
    int months;        /* that it counts; 0: it does not end */
    bool revoked;
    bool has_beside;
    struct ct_report_beside beside;
    size_t modules_done; /* of those in the catalogue that count for the discipline */
    struct ct_mean scores;
    unsigned char *texts; /* by module: CT_REPORT_…; NULL until something is known of them */
    struct ct_report_work *next; /* of the same person */
};

enum { CT_REPORT_COMPLETED = 1, CT_REPORT_KNOWS_LIVE = 2 };

struct ct_report_someone {
    int64_t id;
    struct ct_sv name, email;
    struct ct_sv slug; /* of the discipline; "" for none */
    const struct ct_home *home;
    int day;           /* of the report where the person is */
    size_t discipline; /* index in the list of kinds */
    bool signed_in_ever;
    bool is_counted; /* and not named */
    struct ct_sv agency, unit, task_forces;
    const size_t *orgs;
    size_t n_orgs;
    struct ct_report_work *work;
};

/* The disciplines of a report: those of the catalogue, in its order and with its indexes; those
 * that it does not have and somebody holds; behind them that of nobody: "none". */
struct ct_report_kind {
    struct ct_sv slug, name;
};
struct ct_report_kinds {
    const struct ct_report_kind *items;
    size_t n;
};
void ct_report_kinds_of(struct ct_arena *a, const struct ct_catalogue *cat,
                        const struct ct_everybody *all, struct ct_report_kinds *ret);
/* The index of a slug, "" for none. */
size_t ct_report_kind(const struct ct_report_kinds *kinds, struct ct_sv slug);

/* A completion of a whole course, and the work that it belongs to. */
struct ct_report_whole {
    int64_t completion;
    struct ct_report_work *work;
};

struct ct_report_data {
    int64_t as_of;
    bool is_past;
    const struct ct_everybody *all;
    struct ct_report_kinds kinds;
    struct ct_report_someone *people; /* by name */
    size_t n;
    struct ct_report_someone **by_id;
    struct ct_report_whole *wholes;
    size_t n_wholes;
};

/* Who is in the report: of everybody as read, who was active and is in the filter. */
int ct_report_people(struct ct_db *db, struct ct_arena *a, const struct ct_catalogue *cat,
                     const struct ct_report_filter *filter, struct ct_report_data *data,
                     struct ct_err *err);

/* The one with this id; NULL: nobody. */
struct ct_report_someone *ct_report_someone(const struct ct_report_data *data, int64_t id);

/* The work of somebody in a course, made when it is the first. */
struct ct_report_work *ct_report_work_in(struct ct_arena *a, struct ct_report_someone *p,
                                         size_t course);

/* What stands beside it: imported completions, outside training, waivers. */
int ct_report_beside(struct ct_db *db, struct ct_arena *a, const struct ct_catalogue *cat,
                     const struct ct_report_filter *filter, struct ct_report_data *data,
                     struct ct_err *err);

/* What they did, in a handful of statements, whatever the number of people. */
int ct_report_read(struct ct_db *db, struct ct_arena *a, const struct ct_catalogue *cat,
                   const struct ct_report_filter *filter, struct ct_report_data *data,
                   struct ct_err *err);

/* The certificates of the courses that were completed. */
int ct_report_certificates(struct ct_db *db, struct ct_arena *a, const struct ct_report_data *data,
                           struct ct_err *err);

/* The numbers of a row that follow from its people and from who is only counted. */
void ct_report_count(struct ct_report_row *row, const struct ct_report_person *p);
void ct_report_finish(struct ct_report_row *row, int *scores, size_t n_scores);

/* The set of a discipline's index; the empty set for one that the catalogue does not have. */
static inline ct_disc_set ct_report_set(const struct ct_catalogue *cat, size_t discipline)
{
    return discipline < cat->disciplines.n ? (ct_disc_set)1 << discipline : CT_DISC_NONE;
}

#endif
