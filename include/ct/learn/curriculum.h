/*
 * ct/learn/curriculum.h: which courses, scenarios and disciplines the curriculum had at a moment,
 * so that a report can say of a past day what was gone by then.
 */
#ifndef CT_LEARN_CURRICULUM_H
#define CT_LEARN_CURRICULUM_H

#include "ct/course/catalogue.h"
#include "ct/store/db.h"

/* Writer-side: records what came and what went since the last time. */
int ct_curriculum_note(struct ct_db *db, const struct ct_catalogue *cat, int64_t now,
                       struct ct_err *err);

/* What was gone at a moment. kind: "course", "scenario" (its slug is "course/module"),
 * "discipline". */
struct ct_gone {
    struct ct_sv kind, slug;
};
int ct_curriculum_gone(struct ct_db *db, struct ct_arena *a, int64_t as_of, struct ct_gone **ret,
                       size_t *ret_n, struct ct_err *err);

#endif
