/*
 * completion_priv.h: the one place that writes completions and certificates, inside the job of the
 * event that may have finished something.
 */
#ifndef CT_LEARN_COMPLETION_PRIV_H
#define CT_LEARN_COMPLETION_PRIV_H

#include "event_priv.h"

struct ct_event {
    const struct ct_catalogue *cat;
    const struct ct_course *course;
    const struct ct_module *module; /* of the revision that it happened on */
    struct ct_key key;
    ct_disc_set set; /* of key.discipline */
    int64_t at;
    bool passed;            /* it passed the module's quiz or scenario itself */
    int score;              /* percent of a quiz just submitted; -1: it was something else */
    struct ct_arena *arena; /* of who waits for the job */
};

/* An event of now, that has passed nothing. */
struct ct_event ct_event_of(const struct ct_desk *d, const struct ct_course *c,
                            const struct ct_module *m);

/* Records the module's completion if everything that its text asks of the discipline is done now,
 * once; again only when the event itself passed another revision. Then the course's, once, with its
 * parts and certificate, if every module that counts is complete. CT_OK whether or not anything was
 * recorded. */
int ct_completion_check(struct ct_db *db, const struct ct_event *e, struct ct_err *err);

/* certificate_renew.c: whether a course that was completed before is completed once more: its last
 * certificate is revoked, or near its end (ct_certificate_window), and every quiz and case that
 * counts was passed again since then. *ret_since: since when. */
int ct_renewal_is_due(struct ct_db *db, const struct ct_event *e, bool *ret, int64_t *ret_since,
                      struct ct_err *err);

#endif
