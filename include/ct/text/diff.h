/*
 * ct/text/diff.h: what changed between two texts, by line and within lines by word. By libgit2,
 * whose header is included here only (diff.c).
 */
#ifndef CT_TEXT_DIFF_H
#define CT_TEXT_DIFF_H

#include "ct/base/arena.h"
#include "ct/base/err.h"

enum ct_diff_kind { CT_DIFF_SAME, CT_DIFF_OUT, CT_DIFF_IN };

struct ct_diff_span {
    enum ct_diff_kind kind;
    struct ct_sv text;
};

struct ct_diff_line {
    enum ct_diff_kind kind;
    int before, after; /* its number in each text; 0 where it is not in it */
    struct ct_sv text; /* without its line end */
    const struct ct_diff_span
        *spans; /* the line in pieces: what of it is new or gone; at least one */
    size_t n_spans;
    bool gap_before; /* lines that are the same were left out in front of it */
};

struct ct_diff {
    struct ct_diff_line *lines;
    size_t n;
    size_t n_in, n_out; /* lines put in and taken out; both 0: the texts are the same */
};

/* The lines that differ, each with `context` lines around it (SIZE_MAX: all lines). Line ends CRLF
 * and LF count as the same. Views point into `before` and `after`, or into the arena. CT_OK;
 * CT_TOO_BIG over CT_SOURCE_MAX; CT_INTERNAL. */
int ct_diff_lines(struct ct_arena *a, struct ct_sv before, struct ct_sv after, size_t context,
                  struct ct_diff *ret, struct ct_err *err);

/* Brings two edits of one base together. CT_OK with the text when they touch different places;
 * CT_CONFLICT when they do not; CT_TOO_BIG; CT_INTERNAL. */
int ct_diff_merge(struct ct_arena *a, struct ct_sv base, struct ct_sv ours, struct ct_sv theirs,
                  struct ct_sv *ret, struct ct_err *err);

#endif
