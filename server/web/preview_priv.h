/*
 * preview_priv.h: a text shown to its writer: as a discipline sees it, with the problems beside the
 * blocks they belong to. Used by `crosstrain preview` and by the editor in the browser; both put
 * the same fragment, preview-body.mustache, into their pages.
 */
#ifndef CT_WEB_PREVIEW_PRIV_H
#define CT_WEB_PREVIEW_PRIV_H

#include "ct/web/app.h"

/* What the bar above a preview chose; read from a query or a form. */
struct ct_preview_wish {
    struct ct_sv as;    /* discipline's slug; null: all passages are one's own */
    bool open_all;      /* passages of the others stand open */
    bool answers;       /* right answers and all feedback are shown */
    struct ct_sv scene; /* scenario: the anchor to jump to, "*" for the start; null: the whole text
                           in written order */
    struct ct_form variables; /* scenario: "v.NAME" */
    struct ct_sv used;        /* scenario: choices that can be taken once and were, as a number */
    int64_t after;            /* scenario: the line of the choice that led to the scene; 0: none */
};

struct ct_preview {
    struct ct_arena *arena;
    const struct ct_disciplines *disciplines;
    const struct ct_preview_wish *wish;
    const struct ct_module *module; /* parsed by_line; NULL: blocks of course.md, curriculum.md */
    const struct ct_block *blocks;
    size_t n_blocks;
    const struct ct_problem *problems; /* of this file, sorted */
    size_t n_problems;
    struct ct_sv href; /* the address of the page, to which the links of a played scene lead with
                          their state; null: choices are no links */
};

/* The model of preview-body.mustache. New reference. */
json_t *ct_preview_model(const struct ct_preview *p);

/* One problem as pages show it: {code, is_error, line, has_column, column, text, expected,
 * explain_href, has_mend, mend_text (null: lines are taken out), mend_done, is_safe, takes_out,
 * mend_line, mend_lines}. New reference. */
json_t *ct_model_problem(const struct ct_problem *p);

/* COUNT: {has_errors, errors, is_one_error, has_warnings, warnings, is_one_warning, is_fine}: how
 * many of them there are. New reference. */
json_t *ct_model_problem_count(const struct ct_problem *problems, size_t n);

#endif
