/*
 * ct/report/assignment_group.h: the rows of the assignment report counted together: by discipline,
 * agency, unit and so on, one or two at a time; and both as documents for files (report_file.h).
 *
 * Who is in two agencies counts in both; a unit has the people of all units below it. So groups may
 * add up to more than all together, where everybody is counted once.
 *
 * Who may only be counted (org.h) is in the numbers of a group that has at least
 * CT_REPORT_UNNAMED_MIN such people, and else in none, nor in the number of all together; of a
 * requirement and discipline with fewer of them in no group at all (assignment.h), so that nobody
 * is told from the difference of two groupings. Of whom a number of an agency, unit or supervisor
 * is made is nobody's business either: in groups by these they are left out.
 */
#ifndef CT_REPORT_ASSIGNMENT_GROUP_H
#define CT_REPORT_ASSIGNMENT_GROUP_H

#include "ct/report/assignment_query.h"

struct ct_assignment_group {
    struct ct_sv key[2];   /* slug, path or text of each part; "" for who has none */
    struct ct_sv title[2]; /* what people call it */
    bool can_open[2];      /* the reader may choose it: always so for what is no org */
    size_t people, rows;   /* people are counted once */
    size_t named, unnamed; /* of the people */
    size_t by_status[CT_DUE_STATUSES];
    int percent; /* ct_assignment_percent; -1: of nothing */
};

struct ct_assignment_groups {
    enum ct_group_by by, then;
    struct ct_assignment_group *groups; /* in the order of the curriculum, the agencies, the text */
    size_t n;
    struct ct_assignment_group all;
    bool left_out; /* somebody who may only be counted is in no number */
};

/* Of assignments that are neither exempt nor withdrawn, how many are completed (completed, expiring
 * or update due), in a hundred, to the nearest; 100 only for all of them. -1 if there are none. */
int ct_assignment_percent(const size_t *by_status);

/* `wish` says by what; `orgs` are all that there are. Rows that are only counted are taken out of
 * the report. */
void ct_assignments_group(struct ct_arena *a, struct ct_assignments *report,
                          const struct ct_assignment_wish *wish, const struct ct_scope *scope,
                          const struct ct_org *orgs, size_t n_orgs, const struct ct_catalogue *cat,
                          struct ct_assignment_groups *ret);

/* The columns of ct_assignments_table with their types and meanings, in their order. */
const struct ct_column *ct_assignments_columns(size_t *ret_n);

/* The columns of a table of groups, in the arena. */
const struct ct_column *ct_assignment_groups_columns(struct ct_arena *a, enum ct_group_by by,
                                                     enum ct_group_by then, size_t *ret_n);

/* The report as a document: its rows, or its groups where the wish has some. The choices are those
 * of ct_assignment_choices. */
void ct_assignments_doc(struct ct_arena *a, const struct ct_assignments *report,
                        struct ct_report_doc *ret);
void ct_assignment_groups_doc(struct ct_arena *a, const struct ct_assignments *report,
                              const struct ct_assignment_groups *groups, struct ct_report_doc *ret);

/* Appends a calendar (text/ics.h) of the due days of what is still to be done: not started, in
 * progress, awaiting approval, overdue, expiring, expired. `names`: each entry says whose it is;
 * else they are one person's. An entry keeps its uid for as long as its period is the same; uids
 * end with the name of the site (site.h), so that no other site has them. CT_OK; CT_TOO_BIG. */
int ct_assignments_calendar(struct ct_db *db, struct ct_arena *a,
                            const struct ct_assignments *report, bool names, struct ct_str *out,
                            struct ct_err *err);

/* The time zone of those whom a report is about; a sentence where there are several. */
struct ct_sv ct_assignments_zone(const struct ct_assignments *report);

#endif
