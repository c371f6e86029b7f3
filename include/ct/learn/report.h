/*
 * ct/learn/report.h: completion by discipline and course, with the people behind each number.
 *
 * Everybody active is in it, also who never signed in. A person counts as required for a course
 * when it is required for the person's discipline of today; status is that under this discipline.
 *
 * A scope (org.h) says whom the report is about and who of them is named. Who is only counted adds
 * to a row's numbers where there are at least CT_REPORT_UNNAMED_MIN of them in the row, and never
 * to its scores; fewer are left out, of the sums too, so that nobody can be told from a number.
 */
#ifndef CT_LEARN_REPORT_H
#define CT_LEARN_REPORT_H

#include "ct/learn/learner.h"
#include "ct/learn/org.h"

struct ct_report_filter {
    struct ct_sv course, discipline; /* slugs; null: all */
    const struct ct_scope *scope;    /* whom the reader may see; NULL: everybody */
};

enum { CT_REPORT_UNNAMED_MIN = 5 };

struct ct_report_person {
    int64_t id;
    struct ct_sv name, email, discipline, course;
    bool required;
    enum ct_progress_status status;
    size_t modules_done, modules;
    int score;                                 /* percent, mean of the best quiz scores; -1: none */
    int minutes;                               /* active, in this course */
    int64_t started_at, last_at, completed_at; /* 0: not */
    bool signed_in_ever;
    bool update_due; /* a module that they completed changed materially since (update.h) */
    struct ct_sv agency, unit, task_forces; /* as in struct ct_scope_person; null without a scope */
};

struct ct_report_row {
    struct ct_sv discipline, discipline_name, course, course_title;
    bool required; /* the course is required for the discipline */
    size_t people; /* required: all of the discipline; else those who began */
    size_t not_started, in_progress, completed;
    size_t update_due; /* of all of them: completed the course or only the module that changed */
    int percent;       /* completed of people, to the nearest (100: all); 0 for nobody */
    int median;        /* of the scores of who completed; -1: none */
    const struct ct_report_person *members; /* people of them, by name */
    size_t n_members;
    const struct ct_report_person *unnamed; /* who is only counted: status and update_due alone */
    size_t n_unnamed;
};

struct ct_report {
    int64_t as_of;
    struct ct_report_row *rows; /* by course, then discipline, in the catalogue's order */
    size_t n;
    struct ct_report_row *by_course; /* the same summed by course; discipline null */
    size_t n_by_course;
    struct ct_report_row *by_discipline; /* summed by discipline; course null */
    size_t n_by_discipline;
    bool left_out; /* somebody who may only be counted is in no row, being one of too few */
};

/* CT_OK; CT_BAD_INPUT (what: "course", "discipline") for a filter that names nothing. */
int ct_report_completion(struct ct_db *db, struct ct_arena *a, const struct ct_catalogue *cat,
                         const struct ct_clock *clock, const struct ct_report_filter *filter,
                         struct ct_report *ret, struct ct_err *err);

enum ct_report_by { CT_BY_DISCIPLINE_COURSE, CT_BY_DISCIPLINE, CT_BY_COURSE, CT_BY_PERSON };

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
