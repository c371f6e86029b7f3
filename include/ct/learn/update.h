/*
 * ct/learn/update.h: what holders of a completion have to read after a material change.
 *
 * A completion stands, whatever happens to the text, and whatever file it moves to: a module is the
 * same as long as its id is. When its live text has another version (ct/course/change.h) than the
 * text on which somebody completed it, or which they last read the changes up to, an *update is
 * due*: the person reads what changed and says so. It is told from records, never stored. Changes
 * without a new version change nobody's status. Reports tell the same of everybody
 * (ct_curriculum_live).
 */
#ifndef CT_LEARN_UPDATE_H
#define CT_LEARN_UPDATE_H

#include "ct/learn/learner.h"

struct ct_update {
    const struct ct_module *module; /* live */
    const struct ct_module
        *held;              /* the text that the person knows: of the completion, or read up to */
    int64_t held_at;        /* when it was completed or read */
    struct ct_update_note { /* the material publications since, newest first */
        int64_t at;
        struct ct_sv version, change; /* change: a sentence, or null */
    } * notes;
    size_t n_notes;
    bool due;
};

/* How a person stands to a module in the discipline of today. CT_OK; CT_NOT_FOUND when the person
 * has not completed it. When nothing is due, `held` may be the live module. */
int ct_update_get(const struct ct_desk *d, const struct ct_course *c, const struct ct_module *m,
                  struct ct_update *ret, struct ct_err *err);

/* Records that the person has read what changed up to `revision`, which must be the live one:
 * CT_CONFLICT otherwise. Once more changes nothing. */
int ct_update_read(const struct ct_desk *d, const struct ct_course *c, const struct ct_module *m,
                   struct ct_sv revision, struct ct_err *err);

/* How many people with an account have completed a module, whatever its text and their discipline
 * were: whom a material change asks to read. `module` is its id. */
int ct_update_holders(struct ct_db *db, struct ct_sv course, struct ct_sv module, int64_t *ret,
                      struct ct_err *err);

#endif
