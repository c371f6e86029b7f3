/*
 * ct/learn/training.h: what is recorded of a person's training beside completions: that a
 * requirement is waived, that it was met elsewhere, and leave, which stops the clock.
 *
 * Rows are only added. A correction is a row that names the first one: of these the last that was
 * recorded up to a moment counts as of that moment. Outside training counts when somebody has
 * approved it, who is not the person; until then it waits.
 */
#ifndef CT_LEARN_TRAINING_H
#define CT_LEARN_TRAINING_H

#include "ct/base/clock.h"
#include "ct/store/store.h"

enum ct_training_kind { CT_TRAINING_WAIVER, CT_TRAINING_CREDIT, CT_TRAINING_LEAVE };
const char *ct_training_kind_name(enum ct_training_kind kind); /* "waiver", "outside training" */

enum {
    CT_TRAINING_TEXT_MAX = 500,     /* bytes of a reason, evidence, approval */
    CT_TRAINING_MINUTES_MAX = 60000 /* of outside training */
};

struct ct_training {
    int64_t id;  /* of the first row, also of a correction: it is called so for ever */
    int64_t row; /* of the one that counts; who corrects names it */
    int64_t person;
    int64_t requirement; /* 0: leave, or outside training of which the hours alone count */
    enum ct_training_kind kind;
    int on, until; /* days; until CT_DAY_NONE: for good; of outside training not used */
    struct ct_sv reason, evidence, approved_by;
    struct ct_sv why;         /* of a correction: why it was made; null: not said */
    int minutes;              /* that outside training took; 0: not said */
    struct ct_sv credit_type; /* that it gives credit of, beside in-service hours (credit.h); null:
                                 of none */
    bool withdrawn;
    int64_t at;
    struct ct_sv by_name;
};

/* Records a first row (id 0), or a correction of the one with this id: its person, requirement and
 * kind stay. `row`: which one was the last when who corrects looked; CT_CONFLICT (what: "id") if
 * somebody was faster; 0: never mind. `by`: who does it; 0: whoever has the machine.
 *
 * CT_BAD_INPUT (what: "on", "until", "reason", "evidence", "approved_by", "why", "minutes",
 * "credit_type"): a reason is always needed, evidence for outside training, approval for a waiver;
 * an outside training on a day that is still to come where the person is; approval of what is one's
 * own. CT_NOT_FOUND (what: "id"; a person or requirement). */
int ct_training_record(struct ct_store *s, const struct ct_clock *clock,
                       const struct ct_training *t, int64_t by, int64_t *ret_id,
                       struct ct_err *err);

/* What counts as of a moment, without what was withdrawn, by person, then day, and of one day as it
 * was recorded. person, requirement: 0: all. */
int ct_training_list(struct ct_db *db, struct ct_arena *a, int64_t person, int64_t requirement,
                     int64_t as_of, struct ct_training **ret, size_t *ret_n, struct ct_err *err);

/* Of everybody's outside training that counts as of a moment what nobody has approved, in the same
 * order. */
int ct_training_waiting(struct ct_db *db, struct ct_arena *a, int64_t as_of,
                        struct ct_training **ret, size_t *ret_n, struct ct_err *err);

/* Everything of one person as it is now, what was withdrawn among it, by day: what is recorded for
 * a requirement, and leave; requirement 0: for all. */
int ct_training_all(struct ct_db *db, struct ct_arena *a, int64_t person, int64_t requirement,
                    struct ct_training **ret, size_t *ret_n, struct ct_err *err);

/* The one with this id, as it is now. CT_NOT_FOUND. */
int ct_training_get(struct ct_db *db, struct ct_arena *a, int64_t id, struct ct_training *ret,
                    struct ct_err *err);

/* Every row of it, by moment. */
int ct_training_history(struct ct_db *db, struct ct_arena *a, int64_t id, struct ct_training **ret,
                        size_t *ret_n, struct ct_err *err);

#endif
