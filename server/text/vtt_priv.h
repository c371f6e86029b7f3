/*
 * vtt_priv.h: whether a text is captions.
 */
#ifndef CT_TEXT_VTT_PRIV_H
#define CT_TEXT_VTT_PRIV_H

#include "ct/base/sv.h"

/* Whether the first line says that it is WebVTT. */
bool ct_vtt_begins(struct ct_sv bytes);

/* NULL if all is well, else what is wrong, as the end of a sentence that begins with the file's
 * name, static; *ret_line: where. */
const char *ct_vtt_fault(struct ct_sv bytes, int *ret_line);

#endif
