/*
 * mustache_priv.h: a compiled template, made by mustache_compile.c and walked by mustache.c.
 *
 * A template is an array of nodes in the order of its source. A section says where its content
 * ends, so walking needs no pointers and skipping is an assignment.
 */
#ifndef CT_TEXT_MUSTACHE_PRIV_H
#define CT_TEXT_MUSTACHE_PRIV_H

#include "ct/text/mustache.h"

enum ct_mu_kind {
    CT_MU_TEXT,    /* text as it is */
    CT_MU_ESCAPED, /* {{name}} */
    CT_MU_RAW,     /* {{{name}}}, {{&name}} */
    CT_MU_SECTION, /* {{#name}} */
    CT_MU_ABSENT,  /* {{^name}} */
    CT_MU_PARTIAL  /* {{>name}} */
};

struct ct_mu_node {
    enum ct_mu_kind kind;
    bool line_start;         /* the first of its line: indentation of a partial goes before it */
    size_t end;              /* section, absent: index of the first node after its content */
    size_t slot;             /* partial: index in the set */
    struct ct_sv text;       /* text; partial alone on its line: the indentation that it adds */
    const struct ct_sv *key; /* the parts of a name, split at its dots; each ends in a NUL */
    size_t n_keys;           /* 0 for {{.}} */
};

struct ct_mu_template {
    struct ct_arena arena; /* everything below */
    const struct ct_mu_node *nodes;
    size_t n;
};

enum { CT_MU_SECTIONS_MAX = 64, CT_MU_PARTIALS_MAX = 64 };

/* The index of a name in the set, which gets one if it is new: a partial may be added after what
 * uses it, or never. */
size_t ct_mu_slot(struct ct_templates *t, struct ct_sv name);

/* Compiles into *ret, whose arena the caller releases, also after a failure. */
int ct_mu_compile(struct ct_templates *t, const char *name, struct ct_sv source,
                  struct ct_mu_template *ret, struct ct_err *err);

#endif
