/*
 * ct/report/assignment_query.h: what is asked of the assignment report, as texts that people and
 * programs write: fields of an address, options of a command. One list of filters serves both, and
 * says of each what it is called and what it means.
 *
 * An empty text is not asked. Reading finds every text that is no day, no number, no word of
 * status; checking finds what names nothing that there is. Both say it by the filter.
 */
#ifndef CT_REPORT_ASSIGNMENT_QUERY_H
#define CT_REPORT_ASSIGNMENT_QUERY_H

#include "ct/report/assignment.h"
#include "ct/report/report_file.h"

enum ct_ask {
    CT_ASK_AGENCY,
    CT_ASK_UNIT,
    CT_ASK_TASK_FORCE,
    CT_ASK_DISCIPLINE,
    CT_ASK_SUPERVISOR,
    CT_ASK_REQUIREMENT,
    CT_ASK_COURSE,
    CT_ASK_STATUS, /* several with a comma between: "overdue,expired" */
    CT_ASK_DUE_FROM,
    CT_ASK_DUE_UNTIL,
    CT_ASK_DUE_WITHIN,
    CT_ASK_COMPLETED_FROM,
    CT_ASK_COMPLETED_UNTIL,
    CT_ASK_EXPIRES_WITHIN,
    CT_ASK_CURRENT,  /* "no": past periods too */
    CT_ASK_INACTIVE, /* "yes": who is inactive too */
    CT_ASK_AS_OF,
    CT_ASK_PERSON, /* a number, or an address (ct_assignment_query_whom) */
    CT_ASK_BY,
    CT_ASK_THEN,
    CT_ASK_SORT /* "due", or "-due" from the last to the first */
};
enum { CT_ASKS = CT_ASK_SORT + 1 };

struct ct_ask_info {
    const char *name;    /* "due_from": in addresses; an option has dashes */
    const char *label;   /* "Due from" */
    const char *meaning; /* a sentence without its full stop */
    int max;             /* bytes */
};
const struct ct_ask_info *ct_ask_info(enum ct_ask ask);

struct ct_assignment_query {
    struct ct_sv text[CT_ASKS];
    int64_t person; /* whose address the text of CT_ASK_PERSON is; 0: that text is a number */
};

/* By what rows are counted together. */
enum ct_group_by {
    CT_GROUP_NONE,
    CT_GROUP_DISCIPLINE,
    CT_GROUP_AGENCY,
    CT_GROUP_UNIT,
    CT_GROUP_TASK_FORCE,
    CT_GROUP_COURSE,
    CT_GROUP_REQUIREMENT,
    CT_GROUP_SUPERVISOR
};
enum { CT_GROUPS = CT_GROUP_SUPERVISOR + 1 };
const char *ct_group_name(enum ct_group_by by);  /* "task_force", as in addresses; "" for NONE */
const char *ct_group_label(enum ct_group_by by); /* "Task force" */
enum ct_ask ct_group_ask(enum ct_group_by by); /* the filter that chooses one group; not of NONE */

enum ct_assignment_sort {
    CT_SORT_REQUIREMENT, /* the report's own order */
    CT_SORT_NAME,
    CT_SORT_AGENCY,
    CT_SORT_UNIT,
    CT_SORT_DISCIPLINE,
    CT_SORT_COURSE,
    CT_SORT_DUE,
    CT_SORT_STATUS,
    CT_SORT_SINCE,
    CT_SORT_COMPLETED,
    CT_SORT_EXPIRES
};
enum { CT_SORTS = CT_SORT_EXPIRES + 1 };
const char *ct_sort_name(enum ct_assignment_sort sort);

struct ct_assignment_wish {
    struct ct_assignment_filter filter; /* without its scope */
    struct ct_scope_wish scope;
    int as_of; /* CT_DAY_NONE: now */
    enum ct_group_by by, then;
    enum ct_assignment_sort sort;
    bool descends;
};

/* Finds whose address it is where one is asked for. One that nobody has becomes the number of
 * nobody, so that it is answered as that of whom the reader may not see; the text stays as it was
 * typed, as pages show it again. CT_OK; CT_INTERNAL. */
int ct_assignment_query_whom(struct ct_db *db, struct ct_arena *a, struct ct_assignment_query *q,
                             struct ct_err *err);

/* The number of the person who is asked for; 0: none is, or the text is no number. */
int64_t ct_assignment_query_person(const struct ct_assignment_query *q);

/* What is wrong with each filter: code 0 where nothing is. */
struct ct_ask_errors {
    struct ct_err of[CT_ASKS];
    size_t n;
};

/* `now`: a day behind it cannot be told of. What is wrong is left out of the wish. */
void ct_assignment_query_read(const struct ct_assignment_query *q, int64_t now,
                              struct ct_assignment_wish *ret, struct ct_ask_errors *errors);

/* Whether there is what is asked for: disciplines, courses, requirements of the curriculum or of
 * the report; supervisors and people of the report. */
void ct_assignment_query_check(const struct ct_assignment_query *q,
                               const struct ct_assignments *report, const struct ct_catalogue *cat,
                               struct ct_ask_errors *errors);

/* The rows in the order that was asked for; what has no such day comes last. */
void ct_assignments_sort(struct ct_assignments *report, enum ct_assignment_sort sort,
                         bool descends);

/* All filters with what was chosen in words, for a page and for files; in the arena. BY, THEN and
 * SORT choose no rows and are not among them. `scope` and `report` say what things are called. */
void ct_assignment_choices(struct ct_arena *a, const struct ct_assignment_query *q,
                           const struct ct_scope *scope, const struct ct_assignments *report,
                           const struct ct_catalogue *cat, const struct ct_report_choice **ret,
                           size_t *ret_n);

#endif
