/*
 * ct/report/coverage.h: what a team can do between them: of each discipline in it how many have
 * completed each module (or objective) of a course, who is missing, and from which chairs its
 * people have played the scenarios.
 *
 * A team is whom the reader may see of a task force, an agency or a unit (org.h), as of a moment:
 * who belonged to it, was active and had which discipline on that day, and what they had completed
 * by then. Only rows that are never changed are read, so a past day stays what it was. Modules and
 * objectives are those of the live text.
 *
 * - A module is asked of a discipline if it is meant for it. It is completed in whatever discipline
 *   that happened, and stays so: what was learned goes along when somebody changes discipline. A
 *   course that was completed without a record of its modules counts for all of them.
 * - An objective is the sentence: the modules of the course that have it in their front matter are
 *   what assesses it, by their questions or by being played. Somebody covers it who has completed
 *   all of these that are asked of the own discipline.
 * - A chair was passed by who reached a passing ending from it, in any discipline, and played by
 * who reached an ending at all.
 *
 * Who may only be counted is in a row where there are at least CT_REPORT_UNNAMED_MIN of them, and
 * then in all of its cells; fewer are in no number at all.
 */
#ifndef CT_REPORT_COVERAGE_H
#define CT_REPORT_COVERAGE_H

#include "ct/learn/learner.h"
#include "ct/report/report.h"
#include "ct/report/report_file.h"

enum ct_coverage_of { CT_COVERAGE_MODULES, CT_COVERAGE_OBJECTIVES, CT_COVERAGE_CHAIRS };
const char *ct_coverage_of_name(enum ct_coverage_of of); /* "modules", "objectives", "chairs" */
bool ct_coverage_of_parse(struct ct_sv name, enum ct_coverage_of *ret); /* "": modules */

struct ct_coverage_filter {
    struct ct_sv course;          /* a slug; null: the first course */
    struct ct_sv discipline;      /* a slug; null: all */
    const struct ct_scope *scope; /* whom the reader may see, as of the same moment; NULL: all */
    struct ct_sv day;             /* that was asked for, to be told in files; null: now */
};

struct ct_coverage_person {
    int64_t id;
    struct ct_sv name;
};

/* Named people, by last name. */
struct ct_coverage_people {
    const struct ct_coverage_person **items;
    size_t n;
};

/* A column. */
struct ct_coverage_item {
    const struct ct_module *module;       /* of an objective the first one that has it */
    const struct ct_objective *objective; /* NULL: the column is the module */
    const struct ct_module **modules;     /* all that have it, in the course's order */
    size_t n_modules;
    size_t n_questions, n_graded; /* that name it in them; of these in quizzes */
};

struct ct_coverage_cell {
    bool is_asked;
    size_t done, people; /* n of m */
    struct ct_coverage_people missing;
};

struct ct_coverage_chair {
    size_t passed, played; /* played to any ending: who passed is among them */
    struct ct_coverage_people who_passed, who_played; /* here who passed is not */
};

struct ct_coverage_case { /* a scenario */
    const struct ct_course *course;
    const struct ct_module *module;
    const size_t *chairs; /* disciplines of the catalogue */
    size_t n_chairs;
    struct ct_coverage_chair *cells; /* [chair * n_rows + row] */
};

struct ct_coverage_row {
    struct ct_sv discipline, discipline_name; /* "none", "No discipline" */
    bool required, recommended;               /* the course, of the discipline */
    size_t people, n_unnamed;                 /* of people */
    struct ct_coverage_cell *modules, *objectives;
};

struct ct_coverage {
    int64_t as_of;
    const struct ct_course *course; /* NULL: there is none */
    struct ct_coverage_item *modules, *objectives;
    size_t n_modules, n_objectives;
    struct ct_coverage_row *rows; /* disciplines that somebody has, in the catalogue's order */
    size_t n;
    struct ct_coverage_case *cases; /* of the course; if it has none, of all that are
                                     * required of or recommended to somebody */
    size_t n_cases;
    size_t people;
    bool left_out; /* somebody who may only be counted is in no number */
};

/* CT_OK; CT_BAD_INPUT (what: "course", "discipline") for a filter that names nothing. */
int ct_coverage(struct ct_db *db, struct ct_arena *a, const struct ct_catalogue *cat, int64_t as_of,
                const struct ct_coverage_filter *filter, struct ct_coverage *ret,
                struct ct_err *err);

/* The coverage as a document, in the arena: a row a cell of the matrix. Of more than 200 names that
 * belong in a cell it has the first 200 and says how many more there are: "...; and 12 more". The
 * time zone is left to who knows it. Names of columns are never changed, only added to. */
void ct_coverage_doc(struct ct_arena *a, const struct ct_catalogue *cat,
                     const struct ct_coverage *c, const struct ct_coverage_filter *filter,
                     enum ct_coverage_of of, struct ct_report_doc *ret);

/* The columns of a view. */
const struct ct_column *ct_coverage_columns(enum ct_coverage_of of, size_t *ret_n);

#endif
