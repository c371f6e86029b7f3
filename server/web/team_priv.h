/*
 * team_priv.h: what the pages about a team have in common: coverage, trends, questions, credit.
 * They take the filters of the other reports, and a few of their own.
 */
#ifndef CT_WEB_TEAM_PRIV_H
#define CT_WEB_TEAM_PRIV_H

#include "pages_priv.h"

#include "ct/report/report.h"

struct ct_team_input {
    struct ct_report_input report;         /* what page_report_scope.c reads */
    struct ct_sv of;                       /* coverage */
    struct ct_sv requirement, from, until; /* trends */
    struct ct_sv module;                   /* questions */
    struct ct_sv type, year, refused;      /* credit */
};
extern const struct ct_field ct_coverage_query[], ct_trends_query[], ct_questions_query[],
    ct_report_credit_query[];
ct_handler ct_get_coverage, ct_get_trends, ct_get_report_questions, ct_get_report_credit;

/* The address of `path` with all that was asked, where one of the fields says something else:
 * `name` (NULL: none) is `value`; null: it is left out. */
struct ct_sv ct_team_href(const struct ct_request *rq, const struct ct_field *fields,
                          const char *path, const char *name, const char *value);

/* Adds to a model xlsx_href, csv_href and json_href of `path` and what was asked. */
void ct_team_add_files(const struct ct_request *rq, const struct ct_field *fields, const char *path,
                       json_t *model);

/* The field of an agency, unit or task force as ct_report_query has it. */
#define CT_TEAM_ORGS                                                                               \
    {"agency", CT_FIELD_TEXT, offsetof(struct ct_team_input, report.agency), false, 0, 160},       \
        {"unit", CT_FIELD_TEXT, offsetof(struct ct_team_input, report.unit), false, 0, 160},       \
    {                                                                                              \
        "task_force", CT_FIELD_TEXT, offsetof(struct ct_team_input, report.task_force), false, 0,  \
            160                                                                                    \
    }

#endif
