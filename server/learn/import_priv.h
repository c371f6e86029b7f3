/*
 * import_priv.h: what the files of importing share. import.c reads a file and its lines; each kind
 * of import says what its columns are and what a line does.
 */
#ifndef CT_LEARN_IMPORT_PRIV_H
#define CT_LEARN_IMPORT_PRIV_H

#include "fact_priv.h"
#include "org_priv.h"
#include "person_priv.h"

#include "ct/learn/import.h"
#include "ct/text/csv.h"

enum { CT_IMPORT_TELL_LINES = 500 };

enum ct_import_outcome { CT_IMPORT_ADDED, CT_IMPORT_CHANGED, CT_IMPORT_UNCHANGED };

struct ct_import;

struct ct_import_file {
    const char *name;
    const char *const *columns; /* NULL behind the last */
    size_t n;
    const char *const *needed; /* columns that must be there; NULL behind the last */
    /* Does what a line says, or with !im->apply finds out what that would be. Cells in the order of
     * `columns`, trimmed, "" for none. CT_BAD_INPUT when it has complained itself; CT_CONFLICT or
     * CT_BAD_INPUT (what: the column) with a reason; CT_INTERNAL. */
    int (*take)(struct ct_import *im, const struct ct_sv *cells, enum ct_import_outcome *ret,
                struct ct_err *err);
    /* Does what `take` found to be sure, and looks at nothing. */
    int (*put)(struct ct_import *im, const void *sure, struct ct_err *err);
};

/* A line that changes something, between the looking and the writing. */
struct ct_import_step {
    size_t line;
    enum ct_import_outcome outcome;
    const void *sure;          /* for ct_import_file.put; or NULL: what the line comes to depends */
    const struct ct_sv *cells; /* on a line before it, and these are taken once more */
};

struct ct_import_plan {
    struct ct_arena arena; /* of all that is below, and of the places */
    struct ct_import_step *steps;
    size_t n, cap;
    int64_t stamp; /* ct_import_stamp of what was looked at */
};

struct ct_import {
    struct ct_db *db;
    const struct ct_import_file *file;
    const struct ct_import_wish *wish;
    int64_t now;
    struct ct_sv on;
    bool apply;                  /* else only look */
    struct ct_import_plan *plan; /* what is found is kept here; NULL: it is not wanted */
    const void *sure;            /* of the line, in the plan's arena; `take` may set it */
    const struct ct_org *orgs;
    size_t n_orgs;
    struct ct_arena *scratch; /* of the line */
    struct ct_arena *keys;    /* of this pass */
    struct ct_arena *arena;   /* of the result */
    size_t line;
    /* The column of each cell of a line; file->n for one that is none. */
    size_t of_cell[CT_CSV_CELLS_MAX];
    size_t n_cells;
    struct ct_import_seen {
        struct {
            struct ct_sv key;
            size_t line;
        } * slots;
        size_t cap, n;
    } seen;
    struct ct_import_result result;
    size_t cap;
};

/* import.c: the whole file once, from its first line. CT_BAD_INPUT if anything is wrong with it. */
int ct_import_pass(struct ct_import *im, struct ct_err *err);

/* One line whose cells are in their order; counts what became of it. */
int ct_import_take(struct ct_import *im, const struct ct_sv *cells, enum ct_import_outcome *ret,
                   struct ct_err *err);

/* import_write.c: does what a plan says, or all of it anew if the plan is out of date; a job of the
 * store. */
int ct_import_write(struct ct_store *s, struct ct_import *im, struct ct_err *err);

/* Is another number whenever something was recorded about people or places. */
int ct_import_stamp(struct ct_db *db, int64_t *ret, struct ct_err *err);

/* Adds a problem of this line; gives CT_BAD_INPUT. column NULL: the whole line. */
int ct_import_complain(struct ct_import *im, const char *column, const char *text);

/* The line that had the key before; 0 if none did, and then it is this one's. */
size_t ct_import_seen(struct ct_import *im, struct ct_sv key);

/* "TRUE", "1", "y" as spreadsheets and people write it: "yes", "no", or the cell as it was. */
struct ct_sv ct_import_yes_or_no(struct ct_sv cell);

/* import_place.c: the org that a cell names; 0 after a complaint of that column, or for "". */
int64_t ct_import_org(struct ct_import *im, enum ct_org_kind kind, const char *column,
                      struct ct_sv path);
/* The unit of a cell, "intake" of the agency or "alder-dcs/intake". NULL after a complaint. */
const struct ct_org *ct_import_unit(struct ct_import *im, struct ct_sv agency, int64_t agency_id,
                                    struct ct_sv unit);

/* import_person.c: by whom a line is about. */
struct ct_import_known {
    int64_t id; /* 0: nobody yet */
    unsigned roles;
    struct ct_sv discipline;
};
int ct_import_find(struct ct_import *im, struct ct_sv email, struct ct_sv number, int64_t agency,
                   struct ct_import_known *ret, struct ct_err *err);

/* The same of a line about somebody who must be there: CT_BAD_INPUT after a complaint. */
int ct_import_somebody(struct ct_import *im, struct ct_sv email, struct ct_sv number,
                       int64_t agency, struct ct_import_known *ret, struct ct_err *err);

extern const struct ct_import_file ct_import_people, ct_import_memberships, ct_import_completions;

/* ---- people: people_import.c reads a line, people_import_apply.c does it ---- */

enum ct_import_column {
    CT_COL_EMAIL,
    CT_COL_NAME,
    CT_COL_LAST_NAME,
    CT_COL_FIRST_NAME,
    CT_COL_CERTIFICATE_NAME,
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

/* Does what the line says, or finds out what that would be. CT_BAD_INPUT, CT_CONFLICT (what: the
 * column) for a line that cannot be. */
int ct_import_apply(struct ct_import *im, const struct ct_import_line *line,
                    enum ct_import_outcome *ret, struct ct_err *err);
int ct_import_put_person(struct ct_import *im, const void *sure, struct ct_err *err);

#endif
