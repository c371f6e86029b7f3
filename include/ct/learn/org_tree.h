/*
 * ct/learn/org_tree.h: where units stood, day by day. Units move within their agency, so whether
 * one is below another is a question about a day.
 */
#ifndef CT_LEARN_ORG_TREE_H
#define CT_LEARN_ORG_TREE_H

#include "ct/learn/org.h"

/* Where units stand from one day on until that of the next one. */
struct ct_org_tree {
    int from;
    size_t *above; /* of each org of the list the place of the unit above it; SIZE_MAX: none */
};
struct ct_org_trees {
    const struct ct_org *orgs;
    size_t n_orgs;
    struct ct_org_tree *items; /* by day; the first one holds from the beginning */
    size_t n;
};

/* All trees of a list by what was recorded up to a moment. */
int ct_org_trees_read(struct ct_db *db, struct ct_arena *a, int64_t as_of,
                      const struct ct_org *orgs, size_t n_orgs, struct ct_org_trees *ret,
                      struct ct_err *err);
size_t ct_org_tree_on(const struct ct_org_trees *trees, int day); /* a place in items */

/* Whether an org of the list is another, a unit below it, or a unit of it. */
bool ct_org_is_within(const struct ct_org_trees *trees, size_t tree, size_t org, int64_t above);

#endif
