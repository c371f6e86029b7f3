/*
 * glossary_priv.h: reading glossary.md, and finding its terms in texts.
 */
#ifndef CT_COURSE_GLOSSARY_PRIV_H
#define CT_COURSE_GLOSSARY_PRIV_H

#include "ct/course/glossary.h"

#include "module_priv.h"

/* Reads ret->source as glossary.md; `path` names it in problems, which are added, with mends. The
 * language is ctx->lang unless the file says its own. Always fills ret, as far as it goes. */
void ct_glossary_parse(struct ct_arena *a, struct ct_sv source, struct ct_sv path,
                       const struct ct_module_context *ctx, struct ct_problems *problems,
                       struct ct_glossary *ret);

/* ---- glossary_index.c: names in a text ---- */

/* Of all names and spellings; those that begin with no letter or digit are never found. */
const struct ct_term_index *ct_term_index_make(struct ct_arena *a, const struct ct_term *const *t,
                                               size_t n);

struct ct_term_match {
    size_t from, to; /* bytes of the text */
    size_t term;     /* which of the index's */
};

/* The names at the word that begins at or behind byte `from`: of all that begin there the longest
 * first, at most `max`. Returns how many, and in *ret_next where to go on looking when none is
 * taken; 0 and *ret_next == text.n at the end of the text. */
size_t ct_term_index_find(const struct ct_term_index *index, struct ct_sv text, size_t from,
                          struct ct_term_match *ret, size_t max, size_t *ret_next);

/* A name as two spellings of it are compared: lower case, one blank for each run of them. */
struct ct_sv ct_term_fold(struct ct_arena *a, struct ct_sv name);

/* ---- term_link.c: links on the tree ---- */

struct ct_term_page { /* of a page, or a page within it: which terms are linked already */
    struct ct_term_page *around;
    uint64_t linked[(CT_TERMS_MAX + 63) / 64];
};

struct ct_linking { /* of one file */
    const struct ct_glossary *glossary;
    struct ct_term_page *page; /* NULL: nothing is linked here */
    int n_uses;                /* so far */
    struct ct_arena scratch;
    struct ct_str text;
};
void ct_linking_init(struct ct_linking *k, const struct ct_glossary *g);
void ct_linking_release(struct ct_linking *k);
#define CT_AUTO_LINKING __attribute__((cleanup(ct_linking_release))) struct ct_linking

/* A page begins, or one within a page, and ends again; both do nothing without a glossary. */
void ct_term_page_enter(struct ct_linking *k, struct ct_term_page *p);
void ct_term_page_leave(struct ct_linking *k);

struct ct_term_uses {
    struct ct_term_use *items;
    size_t n, cap;
};

/* Links the terms in a block of the tree that is about to be rendered as it is, and adds what was
 * linked, in order. */
void ct_link_terms(struct ct_lift *l, struct ct_md_node *n, struct ct_term_uses *uses);

#endif
