/*
 * server/course/chips_priv.h: settings lines, the paragraphs that are made of nothing but `code`.
 *
 * Each `code` in one is a chip: "points: 2", "survey", "trust +1". What a chip means is for the
 * reader of its thing to say; this only finds, folds and splits them.
 */
#ifndef CT_COURSE_CHIPS_PRIV_H
#define CT_COURSE_CHIPS_PRIV_H

#include "ct/base/arena.h"
#include "ct/text/markdown.h"

struct ct_chip {
    struct ct_sv text; /* all of it, folded and trimmed: "points: 2" */
    struct ct_sv
        key; /* before the first colon, trimmed, lower case; the whole text without a colon */
    struct ct_sv value; /* behind the first colon, trimmed; the null view without a colon */
    int line, column;   /* column 0: not known */
};

/* What Word and phones make of plain characters, turned back: no-break and thin spaces, curly
 * quotes, dashes and minus signs, "≥" ">=", "≤" "<=", "≠" "!=", "±" "+/-", "…". For marks and chips
 * only. */
struct ct_sv ct_fold(struct ct_arena *a, struct ct_sv s);

/* The chip of one CODE node. */
struct ct_chip ct_chip_of(struct ct_arena *a, const struct ct_md_node *code);

/* Whether a node is a paragraph of CODE with nothing but blanks, commas and line breaks between. */
bool ct_chips_only(const struct ct_md_node *n);

/* All chips among the children of a node (a paragraph, usually), in written order. */
struct ct_chip *ct_chips_in(struct ct_arena *a, const struct ct_md_node *n, size_t *ret_n);

/* Readers of values; false leaves *ret untouched. */
bool ct_chip_int(struct ct_sv value, int low, int high, int *ret); /* "30" within low..high */
bool ct_chip_bool(struct ct_sv value, bool *ret);       /* yes, no, true, false, on, off */
bool ct_chip_seconds(struct ct_sv value, int64_t *ret); /* "1 hour", "30 minutes", "2 days" */
bool ct_chip_months(struct ct_sv value, int *ret);      /* "12 months", "1 year" */
bool ct_chip_percent(struct ct_sv value, int *ret);     /* "80%", "80" */
bool ct_chip_number(struct ct_arena *a, struct ct_sv value, double *ret); /* "1,000.5" */

/* "72", "72 +/- 2", "72 +/- 5%", "70 to 74", ">= 70", "<= 74". */
bool ct_chip_range(struct ct_arena *a, struct ct_sv value, double *ret_low, double *ret_high);

#endif
