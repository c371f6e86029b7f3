/*
 * ct/report/assignment.h: the assignment report: how every person stands to every requirement that
 * hits or hit him or her. One row a person, requirement and period, who never signed in included.
 *
 * A report is as of a moment: it uses the rows recorded up to that moment and the days up to the
 * day on which it falls for the person (home.h), so that a past day's report is the same whenever
 * it is asked for. Who is inactive on that day is left out
 * unless asked for, and stays in the reports of earlier days.
 *
 * A completion of the course counts in whatever discipline it was completed, which was the
 * person's on that day. Of what was done on one day a completion here counts first, then one that
 * was imported, then outside training.
 *
 * Hours are those that count of the credit that is asked for (credit.h), whatever requirement
 * outside training was recorded for; outside training that waits for approval waits with all of its
 * minutes. Of a scenario those plays count that ended well.
 */
#ifndef CT_REPORT_ASSIGNMENT_H
#define CT_REPORT_ASSIGNMENT_H

#include "ct/learn/past_completion.h"
#include "ct/learn/requirement.h"
#include "ct/learn/training.h"
#include "ct/report/report.h"

struct ct_assignment_filter {
    const struct ct_scope *scope; /* whom the reader may see by name; NULL: everybody */
    /* Slugs, a text; null: all. CT_ASSIGNMENT_NONE: who, or what, has none. */
    struct ct_sv requirement, course, discipline, supervisor;
    unsigned statuses;       /* bits 1 << status; 0: all */
    int due_from, due_until; /* days, both included; CT_DAY_NONE: no bound */
    int completed_from, completed_until;
    int due_within;     /* due so many days from the day of the report or earlier; negative: all */
    int expires_within; /* days from the day of the report; negative: all */
    int64_t person;     /* 0: all */
    bool alone;    /* nobody but `person` is read, as for one's own pages: quick; nor is anybody in
                    * `people` */
    bool current;  /* only the last period of what hits the person that day */
    bool inactive; /* also who is inactive */
    bool no_agency, no_unit, no_task_force; /* only who is in none */
    bool brief;                             /* how people stand, and no more: rows have no `more` */
    /* Also who may only be counted (org.h): those rows have is_counted. Of a requirement they are
     * told where it hits at least CT_REPORT_UNNAMED_MIN of them in the discipline, whatever else is
     * asked: so that no two numbers differ by fewer people. */
    bool counted;
};
#define CT_ASSIGNMENT_NONE "-"
#define CT_ASSIGNMENT_FILTER_INIT                                                                  \
    {                                                                                              \
        .due_from = CT_DAY_NONE, .due_until = CT_DAY_NONE, .completed_from = CT_DAY_NONE,          \
        .completed_until = CT_DAY_NONE, .due_within = -1, .expires_within = -1                     \
    }

struct ct_assignee {
    int64_t id;
    struct ct_sv name, last_name, first_name, certificate_name, email, employer_id;
    struct ct_sv agency, unit, task_forces; /* paths, "; " between several; "" for none */
    struct ct_sv discipline, supervisor, licence_body, licence_no, time_zone;
    int hired; /* or CT_DAY_NONE */
    int day;   /* the day of the report where the person is */
    bool active;
    /* The reader is told the name by a task force alone (org.h). Of such a person rows and
     * transcripts have what an agreement to share names covers: name and address, agency, the
     * reader's own task forces, discipline, status and training. Unit, supervisor, employer's
     * number, licence and day of hire are empty, and so are the reasons of waivers, and what was
     * written about outside training and imports. To filters, groups and the order of rows they
     * have no unit and no supervisor. */
    bool by_task_force;
};

/*
 * What somebody did for a period, on the days that belong to it (due.h): from what made it count
 * until its completion or the day of the report. Texts null: there is none; of several "; " is
 * between them.
 */
struct ct_assignment_more {
    struct ct_sv course_revision; /* the version of the texts that were passed: "2"; of modules that
                                   * differ "law 2; motel 1" */
    int pass_mark;                /* of the last try, percent; -1: none */
    int attempts;                 /* quizzes of the course that were handed in */
    int n_chairs;
    struct ct_sv chairs; /* from which its scenarios were passed, the first one first */
    /* Of a completed course those that its record says, without those of the completion before;
     * else those of the period's days, in quarters of an hour that were over at the moment of the
     * report, which at the end of a day all were; -1: hours have none. */
    int active_minutes;
    /* What the completion or the outside training earned, "; " between types and bodies; hours of
     * training as such only where it earned nothing else. Of hours those that count for the year,
     * and of which bodies, numbers and credit years those are that were earned on its days. */
    struct ct_sv credit_hours, credit_type, approval_body, approval_no, credit_year;
    /* Of hours that are completed: where they were earned on its days, in their order:
     * "crosstrain", "imported", "outside training"; else null. */
    struct ct_sv source;
    struct ct_sv gone;          /* what the curriculum had no more; null: nothing */
    struct ct_sv superseded_by; /* the code of a newer certificate of the course and discipline */
};

struct ct_assignment {
    const struct ct_assignee *person;
    const struct ct_requirement *requirement;
    const struct ct_requirement_rule *rule;
    struct ct_due_period period;
    size_t nth; /* a later period of the same has a higher one */
    /* The first and the last day on which anything was recorded of the course or the scenario, in
     * whatever period; of hours, of those on the period's days; or CT_DAY_NONE. */
    int started, last_activity;
    int score;                /* percent; -1: none */
    struct ct_sv revision;    /* of a completed course; null: none */
    struct ct_sv certificate; /* its code; null: none */
    int issued, revoked;      /* or CT_DAY_NONE */
    struct ct_sv revoke_reason;
    int64_t completion;               /* the record that completed it; 0: none */
    const struct ct_training *credit; /* the outside training that completed it, or waits */
    const struct ct_past_completion *imported; /* that completed it; its score counts */
    const struct ct_training *waiver;          /* of an exempt one */
    bool is_counted;                           /* the person may be counted, and not be named */
    const struct ct_assignment_more *more;     /* NULL: brief, or the person is only counted */
};

struct ct_assignments {
    int64_t as_of;
    struct ct_assignment *rows; /* by requirement, last name, first name, person, period */
    size_t n;
    size_t by_status[CT_DUE_STATUSES];
    struct ct_requirement *requirements; /* recorded by then */
    size_t n_requirements;
    /* Whom the filter's scope shows by name, by id, whatever else is asked; without requirements
     * nobody. Of who is shown by a task force alone, places are those that the scope tells. */
    const struct ct_assignee **people;
    size_t n_people;
    bool left_out; /* somebody who may only be counted is in no row */
};

/* CT_OK; CT_BAD_INPUT (what: "requirement") for a slug that names none. */
int ct_assignments(struct ct_db *db, struct ct_arena *a, int64_t as_of,
                   const struct ct_assignment_filter *filter, struct ct_assignments *ret,
                   struct ct_err *err);

/* The columns of a completion row, in their order; they are never renamed. Cells of what is not
 * recorded are empty. */
void ct_assignments_table(struct ct_arena *a, const struct ct_assignments *r, struct ct_table *ret);

/* Row i of it, into as many cells as it has columns; the caller has made them empty. For who does
 * not want all rows in memory at once. */
void ct_assignments_row(struct ct_arena *a, const struct ct_assignments *r, size_t i,
                        struct ct_sv *cells);

/* Whom a rule that was not saved would hit on the day of a moment: ids of people, in their order.
 */
int ct_requirement_preview(struct ct_db *db, struct ct_arena *a,
                           const struct ct_requirement_rule *rule, int64_t as_of,
                           const struct ct_assignee ***ret, size_t *ret_n, struct ct_err *err);

/* Another requirement of the same thing (the same course; the same scenario; hours of the same
 * credit, or of any) that hits some of the same people. */
struct ct_requirement_overlap {
    const struct ct_requirement *requirement;
    const struct ct_requirement_rule
        *rule;                         /* that of the day, or the first one if it has not begun */
    const struct ct_assignee **people; /* whom both hit, by last name */
    size_t n;
};

/* Those that a rule of *q would have if it held on the day of a moment; *q itself, by its id, and
 * what has ended is left out. By short name. */
int ct_requirement_overlaps(struct ct_db *db, struct ct_arena *a, const struct ct_requirement *q,
                            const struct ct_requirement_rule *rule, int64_t as_of,
                            struct ct_requirement_overlap **ret, size_t *ret_n, struct ct_err *err);

/* The last second of a day where the people of an agency are; null: where all agencies are that
 * have one time zone, else UTC. Not later than `now`. */
int ct_assignment_moment(struct ct_db *db, int day, struct ct_sv agency, int64_t now, int64_t *ret,
                         struct ct_err *err);

#endif
