/*
 * ct/learn/people_import.h: people from a CSV file (text/csv.h): accounts, what is said of them,
 * and where they belong.
 *
 * The first line names the columns, in any order: email, name, last_name, first_name, discipline,
 * employer_id, agency, unit, task_forces ("; " between several), supervisor, licence_body,
 * licence_no, hired_on, active. A person is known by the e-mail address, else by the employer_id
 * within the agency. An empty cell changes nothing. Somebody new needs an address, a name and a
 * discipline. A unit given ends what the person had in other units of that agency; other task
 * forces are kept. Agencies, units and task forces are there already.
 *
 * All or nothing, in one transaction. The same file once more changes nothing.
 */
#ifndef CT_LEARN_PEOPLE_IMPORT_H
#define CT_LEARN_PEOPLE_IMPORT_H

#include "ct/base/clock.h"
#include "ct/course/discipline.h"
#include "ct/store/store.h"

enum { CT_IMPORT_FILE_MAX = 64 * 1024 * 1024, CT_IMPORT_CELL_MAX = 1000 }; /* bytes */

struct ct_import_wish {
    struct ct_sv text;
    const struct ct_disciplines *disciplines;
    int64_t by;                               /* who does it; 0: whoever has the machine */
    struct ct_sv on;                          /* the day from which memberships hold; null: today */
    bool dry_run;                             /* only say what would be done */
    void (*progress)(void *arg, size_t line); /* now and then; may be NULL */
    void *arg;
};

struct ct_import_problem {
    size_t line;         /* of the file */
    struct ct_sv column; /* or null */
    struct ct_sv text;   /* a sentence without its full stop */
};

struct ct_import_result {
    size_t lines;                       /* with somebody on them */
    size_t added, changed, unchanged;   /* people: done, or what would be done */
    struct ct_import_problem *problems; /* by line; all of them */
    size_t n_problems;
};

/* CT_OK when it was done, or would be; CT_BAD_INPUT (what: "file") when there are problems: nothing
 * was changed then, and *ret is filled; CT_BAD_INPUT (what: "on"); CT_INTERNAL. */
int ct_people_import(struct ct_store *s, const struct ct_clock *clock, struct ct_arena *a,
                     const struct ct_import_wish *wish, struct ct_import_result *ret,
                     struct ct_err *err);

#endif
