/*
 * revision_priv.h: the writer's and the loader's side of published texts.
 */
#ifndef CT_LEARN_REVISION_PRIV_H
#define CT_LEARN_REVISION_PRIV_H

#include "ct/learn/library.h"

/* Writer-side: keeps a source, and notes that it is live under `path` now unless it was already. */
int ct_revision_keep(struct ct_db *db, const char *hash, struct ct_sv path, struct ct_sv source,
                     int64_t now, struct ct_err *err);

/* Writer-side: notes which module a text is under its path, what version it says it is, and what it
 * says is new. */
int ct_edition_keep(struct ct_db *db, const struct ct_module *m, struct ct_err *err);

/* Writer-side: notes the same, from their sources, of the modules published before such notes were
 * kept. Does nothing the next time. */
int ct_edition_fill(struct ct_db *db, struct ct_err *err);

/* The source that was last live under a path, copied. CT_NOT_FOUND if none ever was. */
int ct_revision_last_good(struct ct_db *db, struct ct_arena *a, struct ct_sv path,
                          struct ct_sv *ret_source, struct ct_err *err);

#endif
