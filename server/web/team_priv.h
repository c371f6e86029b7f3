/*
 * team_priv.h: what the pages about a team have in common: coverage, trends, questions. They take
 * the filters of the other reports, and a few of their own.
 */
#ifndef CT_WEB_TEAM_PRIV_H
#define CT_WEB_TEAM_PRIV_H

#include "pages_priv.h"

#include "ct/learn/report.h"

struct ct_team_input {
    struct ct_report_input report; /* ct_report_scope reads it */
    struct ct_sv of, as_of;
    struct ct_sv module, requirement, from, until;
};
extern const struct ct_field ct_coverage_query[];
ct_handler ct_get_coverage;

/* What the day means that was asked for: its end where the people of the agency are that is wished
 * for, or of the unit; without one where all agencies are, if they have one time zone, else in UTC.
 */
struct ct_team_moment {
    int64_t as_of; /* never later than now */
    int day;
    struct ct_sv day_text; /* "2026-03-31" */
    struct ct_sv time_zone;
};

/* The moment of as_of, and whom the reader may see as of then of whom was wished for. What
 * ct_org_scope says; CT_BAD_INPUT (what: "as_of") for what is no day, or is still to come. */
int ct_team_scope(const struct ct_request *rq, struct ct_team_moment *ret_moment,
                  struct ct_scope *ret, struct ct_err *err);

/* The address of `path` with all that was asked, where one of the fields says something else:
 * `name` (NULL: none) is `value`; null: it is left out. */
struct ct_sv ct_team_href(const struct ct_request *rq, const struct ct_field *fields,
                          const char *path, const char *name, const char *value);

/* Adds to a model: courses and disciplines to choose from (slug, title or name, selected),
 * xlsx_href, csv_href and json_href of `path` and what was asked. */
void ct_team_add_choices(const struct ct_request *rq, json_t *model, struct ct_sv course,
                         struct ct_sv discipline);
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
