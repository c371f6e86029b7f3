/*
 * server/course/question_lift_priv.h: a question while it is being lifted.
 */
#ifndef CT_COURSE_QUESTION_LIFT_PRIV_H
#define CT_COURSE_QUESTION_LIFT_PRIV_H

#include "labels_priv.h"

enum {
    CT_LABELS_MAX = 64,
    CT_CHIPS_MAX = 128,
    CT_FEEDBACK_MAX = 16
}; /* of a question, an option */

struct ct_pending_case { /* "**If 24:**", before the kind of the question is known */
    struct ct_sv argument, html;
    const struct ct_md_node *quote;
};

struct ct_reading {
    struct ct_lift *l;
    struct ct_question *q;
    enum ct_keyword keyword;
    const struct ct_md_node *heading;
    bool broken; /* something was reported that explains a missing answer */

    /* from settings lines */
    struct ct_chip *chips; /* those whose keys are known */
    size_t n_chips, cap_chips;
    bool has_number;
    struct ct_sv id; /* or null */
    int id_line, id_column;
    size_t cap_accepted;

    /* from the body */
    struct ct_md_node *answer; /* the list of items or prompts, before it is taken */
    bool answered;             /* options or labels were met: text behind them is misplaced */
    bool reported_behind;
    size_t n_labels;
    struct ct_md_node *list;  /* options, items or prompts; out of the tree */
    struct ct_md_node *extra; /* the quote of extra choices; out of the tree */
    struct ct_pending_case *cases;
    size_t n_cases, cap_cases;
};

/* Reads one chip of a settings line. */
void ct_question_chip(struct ct_reading *r, const struct ct_chip *chip);

/* When the kind is known: reports settings that mean nothing for it, and applies `order: any …`. */
void ct_question_chips_end(struct ct_reading *r);

/* Whether a list's items carry marks: one of them is enough. */
bool ct_is_option_list(struct ct_lift *l, const struct ct_md_node *list);

/* The kinds that have a list: r->list into options and targets; they set the kind. */
void ct_lift_options(struct ct_reading *r);
void ct_lift_order(struct ct_reading *r);
void ct_lift_match(struct ct_reading *r);

/* Fill in: takes all paragraphs from `first` up to `end` out of the tree and makes gaps of their
 * code. */
void ct_lift_gaps(struct ct_reading *r, struct ct_md_node *first, struct ct_md_node *end);

/* An item as an option: feedback quotes taken out, the rest rendered. */
struct ct_option ct_option_of_item(struct ct_reading *r, struct ct_md_node *item);

/* Reports options that read the same (E19), among n. */
void ct_check_duplicates(struct ct_reading *r, const struct ct_option *options, size_t n,
                         const struct ct_md_node *at);

/* Reports E13: options in a paragraph, because their "- " is missing. */
void ct_check_lost_options(struct ct_reading *r, const struct ct_md_node *paragraph, bool in_item);

#endif
