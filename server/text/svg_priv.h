/*
 * svg_priv.h: whether an SVG is nothing but a picture.
 */
#ifndef CT_TEXT_SVG_PRIV_H
#define CT_TEXT_SVG_PRIV_H

#include "ct/base/arena.h"

/* Reads the bytes as XML with namespaces, and looks at every element and attribute. Returns NULL if
 * all is well, else what is wrong, as the end of a sentence that begins with the file's name
 * ("contains a script"), in the arena; *ret_line: where. *ret_is_svg: whether it is one at all,
 * that is, whether its first element is <svg>. */
const char *ct_svg_fault(struct ct_arena *a, struct ct_sv bytes, bool *ret_is_svg, int *ret_line);

#endif
