/*
 * outline_priv.h: the two halves of `crosstrain outline`: outline.c finds the facts, outline_text.c
 * writes them for eyes.
 */
#ifndef CT_CLI_OUTLINE_PRIV_H
#define CT_CLI_OUTLINE_PRIV_H

#include "ct/text/json.h"

/* Appends the modules, as `--format json` has them, as text. */
void ct_cli_outline_text(struct ct_str *out, const json_t *modules);

#endif
