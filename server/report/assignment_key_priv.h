/*
 * assignment_key_priv.h: in which groups a row of the assignment report is: the keys of one
 * dimension, each with its number, what people call it and where it stands among the others.
 */
#ifndef CT_REPORT_ASSIGNMENT_KEY_PRIV_H
#define CT_REPORT_ASSIGNMENT_KEY_PRIV_H

#include "ct/report/assignment_group.h"

/* Texts to numbers, from 0 on, in the order in which they come. */
struct ct_names;
struct ct_names *ct_names_new(struct ct_arena *a);
size_t ct_names_id(struct ct_names *names, struct ct_sv text, bool *ret_is_new);

struct ct_keys_world {
    struct ct_arena *arena;
    const struct ct_scope *scope;
    const struct ct_org *orgs;
    size_t n_orgs;
    const struct ct_catalogue *cat;
    const struct ct_assignments *report;
};

struct ct_key {
    struct ct_sv text, title;
    int64_t rank;
    bool can_open;
    const struct ct_org *org; /* NULL: none */
};

/* The keys of a dimension. NONE has one key, the empty text, for every row. */
struct ct_keys;
struct ct_keys *ct_keys_new(const struct ct_keys_world *world, enum ct_group_by by);
const struct ct_key *ct_keys_get(const struct ct_keys *keys, size_t id);

/* Those of a row; valid until the next call. Fastest where rows of a person follow each other. */
const size_t *ct_keys_of(struct ct_keys *keys, const struct ct_assignment *row, size_t *ret_n);

#endif
