/*
 * ct/report/report.h: completion by discipline and course, with the people behind each number.
 *
 * A report is as of a moment, and of a past one it says whenever it is asked what it said then: who
 * was active on that day is in it, also who never signed in, under the discipline and at the places
 * of that day, with what was recorded up to then. Days are those of the person (home.h). Which
 * courses there are, which modules they have and of whom they are required is what the catalogue
 * says that is given: of a past moment that of then (ct_curriculum_as_of).
 *
 * A person counts as required for a course when it is required for the person's discipline; status
 * is that under this discipline, and one of the words of due.h: not started, in progress,
 * completed, update due; where the certificate of the course ends, also expiring (from the day on
 * which it may be renewed) and expired. Of who has not completed it here, a completion that was
 * imported counts under its discipline, and what a requirement that is on the person that day says
 * of outside training and waivers: exempt, awaiting approval, or that it was met elsewhere.
 *
 * A scope (org.h) says whom the report is about and who of them is named. Who is only counted adds
 * to a row's numbers where there are at least CT_REPORT_UNNAMED_MIN of them in the row, and never
 * to its scores; fewer are left out, of the sums too, so that nobody can be told from a number. For
 * the same reason it is never told in which agency they are: by agency, unit or task force they are
 * one row together.
 */
#ifndef CT_REPORT_REPORT_H
#define CT_REPORT_REPORT_H

#include "ct/learn/due.h"
#include "ct/learn/learner.h"
#include "ct/learn/org.h"

struct ct_report_filter {
    struct ct_sv course, discipline; /* slugs; null: all */
    const struct ct_scope *scope;    /* whom the reader may see; NULL: everybody */
    int64_t as_of;                   /* 0: now */
    struct ct_sv time_zone;          /* of the moment, for `day`; null: UTC */
};

enum { CT_REPORT_UNNAMED_MIN = 5 };

struct ct_report_person {
    int64_t id;
    struct ct_sv name, email, discipline, course;
    bool required;
    enum ct_due_status status;
    size_t modules_done, modules;
    int score; /* percent, mean of the best quiz scores; -1: none */
    /* Active, in this course; as of a past moment in quarters of an hour that were over by then,
     * which at the end of a day all were. */
    int minutes;
    int64_t started_at, last_at, completed_at; /* 0: not; completed: the first time */
    int started_on, last_on, completed_on;     /* the same as days, or CT_DAY_NONE */
    int expires_on; /* the last day on which the certificate counts; CT_DAY_NONE: it does not end */
    struct ct_sv source; /* of a completion: "course", "outside training", or what an import said;
                            null: there is none */
    bool signed_in_ever; /* always true as of a past day: of that it is not known */
    bool update_due;     /* a module that they completed changed materially since (update.h) */
    struct ct_sv agency, unit, task_forces; /* as in struct ct_scope_person; "" for none */
    const size_t *orgs; /* the same as places in the report's list, with the units above a unit */
    size_t n_orgs;
};

struct ct_report_row {
    struct ct_sv discipline, discipline_name, course, course_title;
    const struct ct_org *org; /* of ct_report_by_org; else NULL */
    bool required;            /* the course is required for the discipline */
    size_t people; /* required: all of the discipline; else those who began. In a row of several
                    * courses each of them once for every course: people x courses */
    size_t not_started, in_progress;
    size_t completed;         /* whatever came of it since: also update due, expiring, expired */
    size_t expiring, expired; /* of those */
    size_t exempt, awaiting;  /* have not completed */
    size_t update_due; /* of all of them: completed the course or only the module that changed */
    int percent;       /* completed of people, to the nearest (100: all); 0 for nobody */
    int percent_now;   /* the same of who is not exempt, without who has expired */
    int median;        /* of the scores of who completed; -1: none */
    const struct ct_report_person *members; /* people of them, by name */
    size_t n_members;
    const struct ct_report_person *unnamed; /* who is only counted: status and update_due alone */
    size_t n_unnamed;
};

struct ct_report {
    int64_t as_of;
    int day;                /* on which it falls in the filter's time zone */
    struct ct_sv time_zone; /* of its people: "UTC", or "That of each person's agency" */
    bool is_past;           /* not as of now */
    const struct ct_org *orgs;
    size_t n_orgs;
    struct ct_report_row *rows; /* by course, then discipline, in the catalogue's order */
    size_t n;
    struct ct_report_row *by_course; /* the same summed by course; discipline null */
    size_t n_by_course;
    struct ct_report_row *by_discipline; /* summed by discipline; course null */
    size_t n_by_discipline;
    bool left_out; /* somebody who may only be counted is in no row, being one of too few */
};

/* CT_OK; CT_BAD_INPUT (what: "course", "discipline") for what the curriculum has not, and for a
 * discipline that it never had and nobody held by the moment: somebody may hold one that was never
 * published. Null: not chosen. */
int ct_report_check(struct ct_db *db, const struct ct_catalogue *cat, struct ct_sv course,
                    struct ct_sv discipline, int64_t as_of, struct ct_err *err);

/* The moment that a day means: its end where the people of the agency are that is wished for, or of
 * the unit; without one in the time zone of all agencies, where it is the same, else in UTC. */
struct ct_report_moment {
    int64_t as_of; /* never later than now */
    int day;
    struct ct_sv day_text; /* "2026-03-31" */
    struct ct_sv time_zone;
};
/* `day` null: now. CT_BAD_INPUT (what: "as_of") for what is no day, or is still to come. */
int ct_report_moment(struct ct_db *db, struct ct_arena *a, const struct ct_clock *clock,
                     struct ct_sv day, const struct ct_scope_wish *wish,
                     struct ct_report_moment *ret, struct ct_err *err);

/* When the first person was recorded: a report of before has nobody. 0: nobody is. */
int ct_report_first(struct ct_db *db, int64_t *ret, struct ct_err *err);

/* CT_OK; CT_BAD_INPUT (what: "course", "discipline", "time_zone") for a filter that names nothing.
 */
int ct_report_completion(struct ct_db *db, struct ct_arena *a, const struct ct_catalogue *cat,
                         const struct ct_clock *clock, const struct ct_report_filter *filter,
                         struct ct_report *ret, struct ct_err *err);

/* The same summed by agency, unit or task force, in the order of the report's list: a person in
 * several counts in each, and in a unit counts who is in one below it. Behind them one row each, if
 * it has people, of who is in none (org NULL) and of who may only be counted (org NULL, n_unnamed).
 * No row lists anybody. */
void ct_report_by_org(struct ct_arena *a, const struct ct_report *r, enum ct_org_kind kind,
                      struct ct_report_row **ret, size_t *ret_n);

/* What such a row is called: the org's name, or "In no unit", "Other agencies, whose …". */
struct ct_sv ct_report_org_name(const struct ct_report_row *row, enum ct_org_kind kind);

enum ct_report_by {
    CT_BY_DISCIPLINE_COURSE,
    CT_BY_DISCIPLINE,
    CT_BY_COURSE,
    CT_BY_PERSON,
    CT_BY_AGENCY,
    CT_BY_UNIT,
    CT_BY_TASK_FORCE
};
enum { CT_REPORT_VIEWS = CT_BY_TASK_FORCE + 1 };

/* The report as a table of text: header, then rows, for CSV, terminals and JSON alike. Column names
 * are stable. */
struct ct_table {
    const char *const *columns;
    size_t n_columns;
    struct ct_sv *cells; /* n_rows * n_columns */
    size_t n_rows;
};
void ct_report_table(struct ct_arena *a, const struct ct_report *r, enum ct_report_by by,
                     struct ct_table *ret);

#endif
