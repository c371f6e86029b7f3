/*
 * outline_priv.h: the parts of `crosstrain outline`: outline.c and outline_chairs.c find the facts,
 * outline_text.c writes them for eyes.
 */
#ifndef CT_CLI_OUTLINE_PRIV_H
#define CT_CLI_OUTLINE_PRIV_H

#include "ct/course/scenario.h"
#include "ct/text/json.h"

/* What exploring found and how runs end, an object a chair. New reference. An empty list for a
 * scenario that is too broken to be explored. */
json_t *ct_cli_outline_chairs(struct ct_arena *a, const struct ct_scenario *sc,
                              const struct ct_disciplines *d, bool broken);

/* Appends the modules, as `--format json` has them, as text. */
void ct_cli_outline_text(struct ct_str *out, const json_t *modules);

#endif
