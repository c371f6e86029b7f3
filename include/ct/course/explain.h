/*
 * ct/course/explain.h: the page about each message of the checker: what is wrong, why it matters,
 * how to mend it, with an example that has the fault and one, nearly the same, that has not.
 *
 * The pages are Markdown files, one a code (server/course/codes/E11.md), so that they read in the
 * terminal, in the browser and in any viewer alike. Their examples are fenced blocks whose info
 * string begins with "wrong" or "right" and may name the file they stand for ("wrong course.md");
 * the tests check every one of them, so a page cannot lie.
 */
#ifndef CT_COURSE_EXPLAIN_H
#define CT_COURSE_EXPLAIN_H

#include "ct/base/err.h"
#include "ct/course/problem.h"

struct ct_example {
    bool wrong;
    struct ct_sv file; /* the name it stands for; "01-example.md" where none is given */
    struct ct_sv source;
};

struct ct_explanation {
    const struct ct_problem_code *code;
    struct ct_sv markdown; /* the whole page */
    struct ct_sv html;     /* the same */
    const struct ct_example *examples;
    size_t n_examples;
};

/* Under which heading a code stands in a list of all: "The file", "Options of questions" and so on.
 * Codes of one group stand together in ct_problem_codes(). */
const char *ct_explain_group(const char *code);

/* Reads the page about a code (any case) from the folder `dir`, into the arena. CT_OK; CT_NOT_FOUND
 * (what: "code") for a code that does not exist, with the nearest that does in the text;
 * CT_INTERNAL if its page cannot be read, which is a fault of the installation. */
int ct_explain(struct ct_arena *a, const char *dir, struct ct_sv code, struct ct_explanation *ret,
               struct ct_err *err);

#endif
