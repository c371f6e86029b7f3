/*
 * ct/learn/learner.h: what every function about one person's learning is given.
 */
#ifndef CT_LEARN_LEARNER_H
#define CT_LEARN_LEARNER_H

#include "ct/base/clock.h"
#include "ct/course/catalogue.h"
#include "ct/store/store.h"

struct ct_learner {
    int64_t person;
    struct ct_sv discipline; /* slug, as it is today */
    ct_disc_set set;         /* the same in the catalogue's list; CT_DISC_NONE if it is not in it */
};

/* What the functions of learn work with; borrowed by all of them. `db` is for reading, `store` for
 * writing. */
struct ct_desk {
    struct ct_store *store;
    struct ct_db *db;
    const struct ct_catalogue *cat;
    const struct ct_clock *clock;
    struct ct_arena *arena;
    struct ct_learner who;
};

enum ct_progress_status { CT_NOT_STARTED, CT_IN_PROGRESS, CT_COMPLETED };
const char *
ct_progress_word(enum ct_progress_status s); /* "not started", "in progress", "completed" */

#endif
