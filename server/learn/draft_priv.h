/*
 * draft_priv.h: the writer's side of drafts, for publishing.
 */
#ifndef CT_LEARN_DRAFT_PRIV_H
#define CT_LEARN_DRAFT_PRIV_H

#include "ct/learn/draft.h"

/* Writer-side: the draft as it was seen has been published as the text of that hash. It ends; one
 * that was saved anew since stands on that text and goes on. */
int ct_draft_published(struct ct_db *db, const struct ct_draft *seen, struct ct_sv hash,
                       int64_t now, struct ct_err *err);

#endif
