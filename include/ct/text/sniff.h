/*
 * ct/text/sniff.h: what bytes are, whatever their name says. By libmagic, whose header is included
 * here only (sniff.c).
 */
#ifndef CT_TEXT_SNIFF_H
#define CT_TEXT_SNIFF_H

#include "ct/base/arena.h"
#include "ct/base/err.h"

/* Whether the bytes are what the name's ending says, of those that a course may have: png jpg jpeg
 * gif webp svg, vtt. CT_OK with the media type ("image/png", static); CT_BAD_INPUT (what: "file")
 * with a sentence that names both: "photo.png is no PNG picture but a PDF document"; also for an
 * ending that is none of these, for a broken VTT file, for a picture that was cut off, and for an
 * SVG that could run something or load something from elsewhere. */
int ct_sniff(struct ct_arena *a, struct ct_sv name, struct ct_sv bytes, const char **ret_type,
             struct ct_err *err);

#endif
