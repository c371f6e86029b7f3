/*
 * server/course/targets_priv.h: the targets of links and pictures: relative or not, there or not.
 */
#ifndef CT_COURSE_TARGETS_PRIV_H
#define CT_COURSE_TARGETS_PRIV_H

#include "lift_priv.h"

enum ct_media { CT_MEDIA_PICTURE, CT_MEDIA_FILM, CT_MEDIA_SOUND };

enum ct_media ct_media_of(struct ct_sv url); /* by its ending */

/* The image that is all of a paragraph; NULL if there is none. */
const struct ct_md_node *ct_media_alone(const struct ct_md_node *paragraph);

/* Without ?query and #fragment. */
struct ct_sv ct_target_path(struct ct_sv url);

/* No scheme, no host, no leading slash, not empty, no #fragment alone. */
bool ct_target_is_relative(struct ct_sv url);

/* Whether the file is there, by the context's callback; true without one. */
bool ct_target_exists(struct ct_lift *l, struct ct_sv url);

/* Reports E41: "[a](my file.md)" and "[a] (https://…)" within a text, which are no links. */
void ct_check_lost_links(struct ct_lift *l, const struct ct_md_node *text);

#endif
