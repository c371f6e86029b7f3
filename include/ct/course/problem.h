/*
 * ct/course/problem.h: what is wrong with a source, where, and how to mend it.
 *
 * All problems of a run are collected, none ends it. Texts live in the arena given at the start.
 */
#ifndef CT_COURSE_PROBLEM_H
#define CT_COURSE_PROBLEM_H

#include "ct/base/arena.h"
#include "ct/text/json.h"

enum ct_severity { CT_ERROR, CT_WARNING };

/* Lines that make it right, where that is known. */
struct ct_mend {
    int line, n_lines; /* these lines of the file are replaced; n_lines 0: put in before `line` */
    struct ct_sv text; /* by these, parted by \n, none at the end; the null view: taken out */
    bool safe;         /* what the trainer meant is beyond doubt: `check --fix` applies it */
    struct ct_sv done; /* what was done, for a list of mends: "put two spaces before >" */
};

struct ct_problem {
    const char *code;           /* "E11", "W61": static */
    enum ct_severity severity;  /* an error keeps its module from being published */
    struct ct_sv file;          /* path as it was given */
    int line, column;           /* from 1, front matter included; column 0: the whole line; bytes */
    struct ct_sv text;          /* one sentence: what is wrong and how to mend it */
    const struct ct_mend *mend; /* NULL: not known, or not one place alone */
    struct ct_sv written, meant; /* the word that is wrong, and the one it was taken for; or null */
};

struct ct_problems {
    struct ct_arena *arena;
    struct ct_problem *items;
    size_t n, cap;
    size_t n_errors;  /* of severity CT_ERROR */
    size_t n_of_file; /* private: of the last file, how many were kept */
    bool dropped;     /* private: the last one was only counted */
};

/* Adds one; the code's letter is its severity. Beyond CT_PROBLEMS_MAX for a file only counts. */
void ct_problem_add(struct ct_problems *p, const char *code, struct ct_sv file, int line,
                    int column, const char *fmt, ...) __attribute__((format(printf, 6, 7)));

/* Says of the problem added last which word was probably meant: "did you mean". */
void ct_problem_meant(struct ct_problems *p, struct ct_sv written, struct ct_sv meant);

/* By file, line, column, code. */
void ct_problems_sort(struct ct_problems *p);

/* `file:line:column: error E11: sentence` and a newline. A whole line (column 0) is told by its
 * first column, because the tools that read this form want one. */
void ct_problem_write(struct ct_str *out, const struct ct_problem *p);

/* {file, line, column, severity, code, text, expected, mend: {line, lines, text,
 * safe, done} or null}.
 * New reference. */
json_t *ct_problem_json(const struct ct_problem *p);

/* All codes in order: what is wrong, and what was expected instead, in a few words each. The page
 * about each is ct/course/explain.h. */
struct ct_problem_code {
    const char *code, *meaning, *expected;
};
const struct ct_problem_code *ct_problem_codes(size_t *ret_n);
const char *ct_problem_meaning(const char *code);  /* NULL for a code that does not exist */
const char *ct_problem_expected(const char *code); /* the same */

const char *ct_severity_name(enum ct_severity s); /* "error", "warning" */

#endif
