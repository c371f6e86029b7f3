/*
 * event_priv.h: what the files that record a learner's work share: whose it is, where it belongs,
 * the time that it counts for, and JSON as text in a row.
 */
#ifndef CT_LEARN_EVENT_PRIV_H
#define CT_LEARN_EVENT_PRIV_H

#include "ct/learn/learner.h"
#include "ct/text/json.h"

/* The four things by which every record of work is found. */
struct ct_key {
    int64_t person;
    struct ct_sv course, module, discipline; /* discipline: "" for somebody who has none */
};
struct ct_key ct_key_of(const struct ct_desk *d, const struct ct_course *c,
                        const struct ct_module *m);
void ct_key_bind(struct ct_stmt *st,
                 const struct ct_key *k); /* :person :course :module :discipline */

/* Writer-side: adds the time since the person's last event in this module, at most CT_IDLE_CAP. */
int ct_activity_touch(struct ct_db *db, const struct ct_key *k, int64_t at, struct ct_err *err);

/* CT_OK if every field of the form belongs to one of the questions; CT_BAD_INPUT naming one that
 * does not. */
int ct_fields_belong(const struct ct_question *const *questions, size_t n,
                     const struct ct_form *form, struct ct_arena *a, struct ct_err *err);

/* A value as text in the arena, and back (new reference). CT_TOO_BIG; CT_INTERNAL for text that is
 * no JSON, because only ct_json_keep wrote it. */
int ct_json_keep(struct ct_arena *a, const json_t *value, struct ct_sv *ret, struct ct_err *err);
int ct_json_kept(struct ct_sv text, json_t **ret, struct ct_err *err);

#endif
