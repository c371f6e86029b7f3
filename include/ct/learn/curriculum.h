/*
 * ct/learn/curriculum.h: what the curriculum was at a moment: which courses, scenarios and
 * disciplines were gone by then, so that a report can say so; and all of it, so that a report of a
 * past day counts the courses and modules that there were, whatever was changed since.
 *
 * Every text that is published is kept (library.h), and when it was live; so is when one was taken
 * out. Of texts that went before that was kept it is not known: they count as live until then.
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

/* Those of former texts of curriculum.md, as far as they were live by a moment, that `now` does not
 * have: to be its `former`. In the arena, the last that went first. */
int ct_curriculum_former(struct ct_db *db, struct ct_arena *a, const struct ct_disciplines *now,
                         int64_t as_of, const struct ct_discipline **ret, size_t *ret_n,
                         struct ct_err *err);

/* The curriculum as of a moment; of days before the first publication that one. `now`: as it is;
 * that is given back where nothing was published or taken out since. Else it is read from what was
 * kept, into the arena, which takes some tens of milliseconds; where the quick exit leads to is
 * that of now. CT_OK; CT_INTERNAL. */
int ct_curriculum_as_of(struct ct_db *db, struct ct_arena *a, const struct ct_catalogue *now,
                        int64_t as_of, const struct ct_catalogue **ret, struct ct_err *err);

/* A module that was live at a moment, as completions name it: whatever file it stood in before, it
 * is the same as long as its id is. */
struct ct_live_module {
    struct ct_sv course, id, version;
    /* It had been published in another version: else there is nothing to read of it. */
    bool changed;
};

/* All of them. Whoever knows (update.h) a text of one, and none of its live version, is to read
 * what changed: so every report tells that an update is due. Of what was not live any more none is.
 */
int ct_curriculum_live(struct ct_db *db, struct ct_arena *a, int64_t as_of,
                       struct ct_live_module **ret, size_t *ret_n, struct ct_err *err);

/* NULL: it was not there. */
const struct ct_live_module *ct_curriculum_find(const struct ct_live_module *list, size_t n,
                                                struct ct_sv course, struct ct_sv id);

#endif
