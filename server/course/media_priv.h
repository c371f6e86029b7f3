/*
 * server/course/media_priv.h: links, pictures, films: what they point at, and what a page needs of
 * them.
 */
#ifndef CT_COURSE_MEDIA_PRIV_H
#define CT_COURSE_MEDIA_PRIV_H

#include "lift_priv.h"

struct ct_places {              /* headings of a module that a `#target` can mean */
    struct ct_lift_names slugs; /* of all headings */
    struct ct_sv *sections; /* of each, the section it stands in; the null view before the first */
};

/* Before any lifting, over the whole document: drops trainer notes, checks pictures and links, and
 * rewrites their targets as the context says. `places`: NULL for a scenario, whose `#targets` are
 * scenes. */
void ct_tidy(struct ct_lift *l, const struct ct_places *places);

/* A paragraph that is nothing but a film or sound, as a block. Its target is rewritten already. */
bool ct_lift_media(struct ct_lift *l, const struct ct_md_node *n, struct ct_block *ret);

#endif
