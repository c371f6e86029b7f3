/*
 * report_priv.h: what the database knows about everybody's work, as the report's arithmetic wants
 * it.
 */
#ifndef CT_LEARN_REPORT_PRIV_H
#define CT_LEARN_REPORT_PRIV_H

#include "event_priv.h"

#include "ct/learn/report.h"

/* One person's work in one course, under the discipline of today. */
struct ct_report_work {
    size_t course; /* index in the catalogue */
    int64_t completed_at, started_at, last_at, seconds;
    size_t modules_done; /* of those in the catalogue that count for the discipline */
    struct ct_mean scores;
    unsigned char *texts; /* by module: CT_REPORT_…; NULL until something is known of them */
    struct ct_report_work *next; /* of the same person */
};

enum { CT_REPORT_COMPLETED = 1, CT_REPORT_KNOWS_LIVE = 2 };

struct ct_report_someone {
    int64_t id;
    struct ct_sv name, email;
    size_t discipline; /* index in the catalogue's list; its n for none, or one that is not in it */
    bool signed_in_ever;
    const struct ct_scope_person *place; /* NULL: belongs nowhere, or there is no scope */
    struct ct_report_work *work;
};

struct ct_report_data {
    struct ct_report_someone *people; /* by name */
    size_t n;
};

/* Reads it in a handful of statements, whatever the number of people. */
int ct_report_read(struct ct_db *db, struct ct_arena *a, const struct ct_catalogue *cat,
                   const struct ct_report_filter *filter, struct ct_report_data *ret,
                   struct ct_err *err);

/* The set of a discipline's index; the empty set for the index of none. */
static inline ct_disc_set ct_report_set(const struct ct_catalogue *cat, size_t discipline)
{
    return discipline < cat->disciplines.n ? (ct_disc_set)1 << discipline : CT_DISC_NONE;
}

#endif
