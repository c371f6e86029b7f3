/*
 * picture_priv.h: whether the file of a raster picture is there to its end.
 */
#ifndef CT_TEXT_PICTURE_PRIV_H
#define CT_TEXT_PICTURE_PRIV_H

#include "ct/base/sv.h"

/* Whether bytes that begin as a picture of this media type (PNG, JPEG, GIF or WebP) go on to its
 * last mark. What stands behind that is not looked at, as browsers do not. True for other types. */
bool ct_picture_whole(const char *type, struct ct_sv bytes);

#endif
