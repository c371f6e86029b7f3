/*
 * assignments_priv.h: the pages of the assignment report, and what their files share.
 */
#ifndef CT_WEB_ASSIGNMENTS_PRIV_H
#define CT_WEB_ASSIGNMENTS_PRIV_H

#include "ct/report/assignment_group.h"
#include "ct/web/app.h"
#include "ct/web/route.h"

/* page_assignments.c: the page, and files by the end of the address. page_due.c: what is still to
 * be done as a calendar: the part of ct_get_assignments, and for everybody of the own. */
ct_handler ct_get_assignments, ct_get_due_calendar;
bool ct_calendar_is_asked(const struct ct_request *rq);
int ct_calendar_send(struct ct_request *rq, struct ct_response *rs,
                     const struct ct_assignments *report, bool names, struct ct_err *err);

enum { CT_ASSIGNMENTS_PAGE = 200 }; /* rows of a page */

struct ct_assignments_input {
    struct ct_assignment_query q; /* but for the status, which may be given several times */
    struct ct_form statuses;
    int64_t page;
};
extern const struct ct_field ct_assignments_query[]; /* of the page */
extern const struct ct_field ct_assignments_file_query[];

/* The report as it was asked for by somebody. */
struct ct_assignments_asked {
    struct ct_request *rq;
    struct ct_assignment_query q;
    struct ct_assignment_wish wish;
    struct ct_ask_errors errors;
    struct ct_scope scope;
    struct ct_assignments report;
    struct ct_assignment_groups groups; /* where the wish has some */
    const struct ct_report_choice *choices;
    size_t n_choices;
    int64_t page;
};

/* assignments_href.c: the address of the report with these filters; with one of them changed; of
 * page `page`, from 1 on. In the request's arena. */
struct ct_sv ct_assignments_href(const struct ct_request *rq, const char *path,
                                 const struct ct_assignment_query *q, int64_t page);
struct ct_sv ct_assignments_href_with(const struct ct_assignments_asked *at, enum ct_ask ask,
                                      struct ct_sv text);

/* assignments_form.c: `fields`, `more_fields`, `statuses`, `chosen` and what belongs to them in
 * report-assignments.mustache. */
void ct_model_add_filters(const struct ct_assignments_asked *at, json_t *model);

/* assignments_model.c: rows and pages; groups. */
void ct_model_add_rows(const struct ct_assignments_asked *at, json_t *model);
void ct_model_add_groups(const struct ct_assignments_asked *at, json_t *model);

/* today_group.c: what there is to look at today. */
struct ct_today_group {
    const char *id, *title, *hint;
    unsigned statuses; /* bits */
    bool soon;         /* of these what is due within CT_DUE_SOON days */
};
const struct ct_today_group *ct_today_groups(size_t *ret_n);
bool ct_today_has(const struct ct_today_group *g, const struct ct_assignment *row);
/* All of a group, of the agency, unit and task force of the scope. */
struct ct_sv ct_today_href(const struct ct_request *rq, const struct ct_today_group *g,
                           const struct ct_scope *scope);

/* page_today.c: how many outside trainings wait for approval, of people whom the report shows. */
int ct_today_waiting(const struct ct_request *rq, const struct ct_assignments *report, int *ret_n,
                     struct ct_err *err);

/* What low layers say begins small and has no full stop, so that it can stand in a log: the same as
 * a sentence; null for none. */
json_t *ct_model_sentence(struct ct_arena *a, const char *text);

/* The ten words of status with their meanings. */
json_t *ct_model_legend(void);

#endif
