/*
 * filters_priv.h: the filters of the reports: one list of the fields of each, one way in which a
 * form shows them with what was typed, one page that says what is wrong with one, or that it is not
 * the reader's. What they mean is read by each report; the assignments' are assignment_query.h.
 */
#ifndef CT_WEB_FILTERS_PRIV_H
#define CT_WEB_FILTERS_PRIV_H

#include "ct/learn/org.h"
#include "ct/learn/requirement.h"
#include "ct/text/json.h"
#include "ct/web/http.h"

/* What there is to choose from. */
struct ct_filter_facts {
    const struct ct_scope *scope;   /* agencies, units, task forces; NULL: none */
    const struct ct_course *course; /* which is shown where none was chosen; NULL: all are */
    const struct ct_module *module; /* the same of the modules of this course */
    const struct ct_requirement *requirements;
    size_t n_requirements;
    int day;                      /* by whose words requirements are called */
    int64_t as_of;                /* of what is shown; 0: now */
    const struct ct_err *problem; /* NULL: nothing is wrong */
};

/* options.c: what a field offers, as filters.mustache has it, and whether what was chosen is
 * among it. */
struct ct_options {
    struct ct_sv chosen;
    json_t *list;
    bool has_chosen;
};
void ct_offer(struct ct_options *o, struct ct_sv value, struct ct_sv title);

/* The places of a kind that the scope lets the reader choose; none for NULL. What is closed was
 * chosen before, or is not offered. */
void ct_offer_orgs(struct ct_options *o, struct ct_arena *a, const struct ct_scope *scope,
                   enum ct_org_kind kind);

/* filters.c: `fields` of the report that is asked for, as filters.mustache has them, and
 * `module_fields` (those of a second form, which only the report of questions has; else an empty
 * list). What was chosen is what the address says. CT_OK, or a failure of the database. */
int ct_model_add_fields(struct ct_request *rq, const struct ct_filter_facts *facts, json_t *model,
                        struct ct_err *err);

/* `before_first` of report-before.mustache: where a report is of before anybody was recorded, the
 * day on which somebody first was; else null. */
int ct_model_add_before(struct ct_request *rq, int64_t as_of, json_t *model, struct ct_err *err);

/* The page of a report: its model (stolen) with its fields, whose report it is, the way to the
 * other reports and the form that keeps it under a name. */
int ct_page_report(struct ct_request *rq, struct ct_response *rs, const char *name,
                   const struct ct_filter_facts *facts, json_t *model, struct ct_err *err);

/* The report that an address is of, its files too: where its page is ("/reports/trends"), and what
 * it is called; NULL for any other. */
struct ct_report_place {
    const char *path, *title;
};
const struct ct_report_place *ct_report_place(const struct ct_request *rq);

/* Whether the form of the report has a field of this name. */
bool ct_report_has_field(const struct ct_request *rq, const char *name);

/* page_refused.c: what cannot be shown, or was asked wrongly, at an address that says so
 * (CT_EXPLAINS): with the form as it was typed, and with what the reader leads. To be called once
 * the reader's rights to the address were looked at. False: it is none of this, and is answered as
 * anything else. */
bool ct_refuses(const struct ct_request *rq, const struct ct_err *failure);
int ct_page_refused(struct ct_request *rq, struct ct_response *rs, const struct ct_err *failure,
                    struct ct_err *err);

#endif
