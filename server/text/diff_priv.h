/*
 * diff_priv.h: what the files of ct/text/diff.h share: texts in pieces, and where two of them
 * differ.
 */
#ifndef CT_TEXT_DIFF_PRIV_H
#define CT_TEXT_DIFF_PRIV_H

#include "ct/text/diff.h"

/* A text in pieces, and the same as lines for libgit2. */
struct ct_diff_pieces {
    struct ct_sv *items;
    size_t n;
    char *text;
    size_t text_n;
};

struct ct_diff_hunk { /* pieces out[out, out + n_out) made room for in[in, in + n_in) */
    size_t out, n_out, in, n_in;
};

struct ct_diff_hunks {
    struct ct_arena *arena;
    struct ct_diff_hunk *items;
    size_t n, cap;
};

/* libgit2 for the length of a scope; false: it would not begin. It counts who uses it. */
#define CT_AUTO_GIT __attribute__((cleanup(ct_diff_end))) bool
bool ct_diff_begin(void);
void ct_diff_end(bool *began);
int ct_diff_not_begun(struct ct_err *err);

/* CT_OK; CT_TOO_BIG over CT_SOURCE_MAX. */
int ct_diff_check_sizes(struct ct_sv a, struct ct_sv b, struct ct_err *err);

/* Room for n pieces of so many bytes together. */
struct ct_diff_pieces ct_diff_pieces_for(struct ct_arena *a, size_t n, size_t bytes);

/* Views without line ends. */
struct ct_diff_pieces ct_diff_split_lines(struct ct_arena *a, struct ct_sv text);

/* Adds words, runs of blanks, signs and line ends; the pieces have room. */
void ct_diff_add_words(struct ct_diff_pieces *p, struct ct_sv text);
void ct_diff_add_piece(struct ct_diff_pieces *p, struct ct_sv piece);
bool ct_diff_is_word(struct ct_sv piece);

/* Where they differ, in order; between CT_AUTO_GIT only. */
int ct_diff_compare(struct ct_arena *a, const struct ct_diff_pieces *before,
                    const struct ct_diff_pieces *after, struct ct_diff_hunks *ret,
                    struct ct_err *err);

/* Two words that changed side by side become one change, not two with a blank between. */
void ct_diff_join_over_blanks(const struct ct_diff_pieces *after, struct ct_diff_hunks *hs);

#endif
