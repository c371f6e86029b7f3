/*
 * ct/web/drawings.h: pictures of scenarios, drawn once for each text and chair. Safe for threads;
 * one a program, because Graphviz can be at work once in a program.
 */
#ifndef CT_WEB_DRAWINGS_H
#define CT_WEB_DRAWINGS_H

#include "ct/base/secret.h"
#include "ct/base/str.h"
#include "ct/course/scenario_picture.h"

struct ct_drawings;

struct ct_drawings *ct_drawings_new(void);    /* NULL: out of memory */
void ct_drawings_free(struct ct_drawings *d); /* NULL is fine */

/* Appends the picture of `p`, as ct_scenario_svg draws it, or as it was drawn before under the same
 * key: CT_HASH_HEX digits made of everything that the picture depends on. What ct_scenario_svg
 * says.
 */
int ct_drawings_get(struct ct_drawings *d, const char *key, const struct ct_scenario_picture *p,
                    struct ct_sv href_prefix, struct ct_str *out, struct ct_err *err);

/* Between these nothing is drawn: for tests of who waits for whom. */
void ct_drawings_lock(struct ct_drawings *d);
void ct_drawings_unlock(struct ct_drawings *d);

#endif
