/*
 * ct/learn/import.h: people, memberships and past completions from CSV files (text/csv.h).
 *
 * The first line names the columns, in any order. A person is known by the e-mail address in
 * `email`, else by `employer_id` within `agency`. Every line is looked at before anything is
 * changed; then all of it is done in one transaction, or nothing. The same file once more changes
 * nothing. A file of more than CT_IMPORT_LINES_MAX lines is refused.
 *
 * While that transaction writes nobody else can, so it does nothing but write: what each line comes
 * to was found out before. Only if somebody recorded something about people or places between the
 * looking and the writing is all of it looked at again.
 */
#ifndef CT_LEARN_IMPORT_H
#define CT_LEARN_IMPORT_H

#include "ct/base/clock.h"
#include "ct/course/catalogue.h"
#include "ct/store/store.h"

enum { CT_IMPORT_FILE_MAX = 64 * 1024 * 1024, CT_IMPORT_CELL_MAX = 1000 }; /* bytes */
enum { CT_IMPORT_LINES_MAX = 1000000, CT_IMPORT_LISTED_MAX = 100000 };

struct ct_import_state {
    size_t line;        /* of the file */
    size_t done, total; /* bytes of it that were looked at; of it */
    bool writes;        /* the transaction is open: whoever is told must not use the store */
};

struct ct_import_result;

struct ct_import_wish {
    struct ct_sv text;
    const struct ct_catalogue *cat; /* whose courses and disciplines may be named */
    int64_t by;                     /* who does it; 0: whoever has the machine */
    struct ct_sv on;                /* of people: the day from which it holds; null:
                                     * today */
    bool dry_run;                   /* only say what would be done */
    /* Now and then; a failure gives the import up. May be NULL. */
    int (*progress)(void *arg, const struct ct_import_state *at, struct ct_err *err);
    /* Inside the transaction, when all is done, also where nothing had to be; a failure undoes all.
     * Not called of a dry run. May be NULL. */
    int (*finish)(struct ct_db *db, void *arg, const struct ct_import_result *res,
                  struct ct_err *err);
    void *arg;
};

struct ct_import_problem {
    size_t line;         /* of the file */
    struct ct_sv column; /* or null */
    struct ct_sv text;   /* a sentence without its full stop */
};

struct ct_import_result {
    size_t lines;                       /* with somebody on them */
    size_t added, changed, unchanged;   /* done, or what would be done */
    struct ct_import_problem *problems; /* by line; the first CT_IMPORT_LISTED_MAX */
    size_t n_listed, n_problems;        /* of that list; of all that there are */
};

/* "people", "memberships", "completions". */
enum ct_import_kind { CT_IMPORT_PEOPLE, CT_IMPORT_MEMBERSHIPS, CT_IMPORT_COMPLETIONS };
bool ct_import_kind_parse(struct ct_sv name, enum ct_import_kind *ret);
const char *ct_import_kind_name(enum ct_import_kind kind); /* "people" */
/* The same for so many: "person", "people". */
const char *ct_import_kind_noun(enum ct_import_kind kind, size_t n);

/* The columns that a file may have; NULL behind the last. */
const char *const *ct_import_columns(enum ct_import_kind kind);

/* CT_OK when it was done, or would be; CT_BAD_INPUT (what: "file") when there are problems: nothing
 * was changed then, and *ret is filled; CT_BAD_INPUT (what: "on"); CT_INTERNAL; what the wish's
 * functions failed with.
 *
 * PEOPLE: accounts, what is said of them (fact.h), and where they belong. Columns: email, name,
 * last_name, first_name, certificate_name, discipline, employer_id, agency, unit, task_forces ("; "
 * between several), supervisor, licence_body, licence_no, hired_on, active. An empty cell changes
 * nothing. Somebody new needs an address, a name and a discipline. A unit given ends what the
 * person had in other units of that agency; other task forces are kept. Agencies, units and task
 * forces are there already.
 *
 * MEMBERSHIPS: who belonged where and when, of people who are there already. Columns: email,
 * employer_id, agency, unit, task_force, from, until (the last day; empty: it goes on). A line is
 * of a task force if it names one, else of the unit, else of the agency. A line is refused if what
 * is recorded says that the membership ended in between.
 *
 * COMPLETIONS: courses that were completed before, or elsewhere, of people who are there already
 * (past_completion.h). Columns: email, employer_id, agency, course, completed_on, discipline
 * (empty: the person's on that day), score_percent (0 to 100), hours ("1.5"), source (where that is
 * recorded; needed), evidence, withdrawn ("yes": an earlier line was wrong, and counts no more). A
 * line of the same person, course and day as an earlier one corrects it. */
int ct_import(struct ct_store *s, const struct ct_clock *clock, struct ct_arena *a,
              enum ct_import_kind kind, const struct ct_import_wish *wish,
              struct ct_import_result *ret, struct ct_err *err);

#endif
