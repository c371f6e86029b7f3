/*
 * views_priv.h: the front page of the reports, and reports kept under a name.
 */
#ifndef CT_WEB_VIEWS_PRIV_H
#define CT_WEB_VIEWS_PRIV_H

#include "ct/web/app.h"
#include "ct/web/route.h"

/* page_reports.c, page_views.c */
ct_handler ct_get_reports, ct_post_view, ct_post_view_rename, ct_post_view_delete;

struct ct_view_input {
    struct ct_sv name, href;
};
extern const struct ct_field ct_view_form[], ct_view_name_form[];

/* What came of a form about a saved view: nothing, or what is wrong. */
struct ct_view_problem {
    int64_t view; /* 0: a new one */
    struct ct_sv name, href;
    const struct ct_err *failure;
};

/* The front page of the reports; NULL: no form was sent. */
int ct_page_reports(struct ct_request *rq, struct ct_response *rs,
                    const struct ct_view_problem *problem, struct ct_err *err);

/* Whether an address leads to a report's page with fields that it knows. */
bool ct_view_opens(const struct ct_request *rq, struct ct_sv href);

#endif
