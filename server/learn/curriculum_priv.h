/*
 * curriculum_priv.h: what is recorded of the curriculum at each publication.
 */
#ifndef CT_LEARN_CURRICULUM_PRIV_H
#define CT_LEARN_CURRICULUM_PRIV_H

#include "ct/learn/curriculum.h"

/* Writer-side: records which texts were taken out since the last time, and which came back. */
int ct_curriculum_note_texts(struct ct_db *db, const struct ct_catalogue *cat, int64_t now,
                             struct ct_err *err);

#endif
