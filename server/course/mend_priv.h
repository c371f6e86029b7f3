/*
 * mend_priv.h: finding mends for problems: the rules, and the proof that they help.
 */
#ifndef CT_COURSE_MEND_PRIV_H
#define CT_COURSE_MEND_PRIV_H

#include "ct/course/mend.h"

struct ct_lines { /* of a source, without their ends */
    struct ct_sv *items;
    size_t n;
};
struct ct_lines ct_lines_of(struct ct_arena *a, struct ct_sv source);

/* Line n, from 1; the null view outside. */
struct ct_sv ct_lines_at(const struct ct_lines *l, int n);

/* A list's marker at the front of a line, behind quotes' > and blanks. */
struct ct_bullet {
    size_t at;      /* byte of the marker; the line's indentation before it */
    size_t content; /* byte of what follows it and its blanks */
    size_t depth;   /* > before it */
    char sign;      /* - * +, or . ) of a number */
};
bool ct_bullet_of(struct ct_sv line, struct ct_bullet *ret);

/* Column (from 0, tabs every four) of a byte of a line. */
size_t ct_line_column(struct ct_sv line, size_t at);

/* What the line says would mend the problem: a guess until it is proved. False: none is known. */
bool ct_mend_guess(struct ct_arena *a, const struct ct_lines *lines, const struct ct_problem *p,
                   struct ct_mend *ret);

/* The same for words that were taken for others (p->meant). */
bool ct_mend_word(struct ct_arena *a, const struct ct_lines *lines, const struct ct_problem *p,
                  struct ct_mend *ret);

/* Fills the mends of problems[from…], which are those of `source`. Each is tried on the source
 * (`check` says what is wrong with a text) and kept only if its problem goes and no error comes,
 * but for those that could not be seen before. Bounded work: of very many none is tried, nor kept.
 */
struct ct_mend_trial {
    void (*check)(void *arg, struct ct_sv source, struct ct_problems *ret);
    void *arg;
    struct ct_sv source;
};
void ct_mend_fill(struct ct_problems *problems, size_t from, const struct ct_mend_trial *trial);

#endif
