/*
 * people_import_priv.h: an import as its two halves see it: people_import.c reads lines and says
 * what is wrong with them, people_import_apply.c finds the person of a line and does what it says.
 */
#ifndef CT_LEARN_PEOPLE_IMPORT_PRIV_H
#define CT_LEARN_PEOPLE_IMPORT_PRIV_H

#include "fact_priv.h"
#include "org_priv.h"
#include "person_priv.h"

#include "ct/learn/people_import.h"

enum ct_import_column {
    CT_COL_EMAIL,
    CT_COL_NAME,
    CT_COL_LAST_NAME,
    CT_COL_FIRST_NAME,
    CT_COL_DISCIPLINE,
    CT_COL_EMPLOYER_ID,
    CT_COL_AGENCY,
    CT_COL_UNIT,
    CT_COL_TASK_FORCES,
    CT_COL_SUPERVISOR,
    CT_COL_LICENCE_BODY,
    CT_COL_LICENCE_NO,
    CT_COL_HIRED_ON,
    CT_COL_ACTIVE,
    CT_COL_N
};

enum { CT_IMPORT_FORCES_MAX = 20 }; /* task forces of one person */

struct ct_import_line {
    struct ct_sv cells[CT_COL_N]; /* trimmed; "" for none */
    struct ct_sv name;            /* the account's */
    int64_t agency, unit, task_forces[CT_IMPORT_FORCES_MAX];
    size_t n_task_forces;
};

/* What goes on with one line; all of the import's. */
struct ct_import_work {
    struct ct_db *db;
    const struct ct_import_wish *wish;
    int64_t now;
    struct ct_sv on;
    bool apply; /* else only look */
    const struct ct_org *orgs;
    size_t n_orgs;
    struct ct_arena *scratch; /* of the line */
};

enum ct_import_outcome { CT_IMPORT_ADDED, CT_IMPORT_CHANGED, CT_IMPORT_UNCHANGED };

/* Does what the line says, or finds out what that would be. CT_BAD_INPUT, CT_CONFLICT (what: the
 * column) for a line that cannot be. */
int ct_import_apply(struct ct_import_work *w, const struct ct_import_line *line,
                    enum ct_import_outcome *ret, struct ct_err *err);

#endif
