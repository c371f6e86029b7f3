/*
 * record_priv.h: all rows about one person's work in one discipline, read at once, from which
 * progress and places are computed without further questions to the database.
 */
#ifndef CT_LEARN_RECORD_PRIV_H
#define CT_LEARN_RECORD_PRIV_H

#include "event_priv.h"

struct ct_record_section {
    struct ct_sv course, module, section;
};

struct ct_record_attempt {
    int64_t id;
    struct ct_sv course, module;
    bool own; /* of the discipline of today; the others are only counted */
    bool submitted;
    int score;
    bool passed;
};

struct ct_record_run {
    int64_t id;
    struct ct_sv course, module;
};

struct ct_record_completion {
    struct ct_sv course, module; /* module null: the course */
    int64_t at;
    struct ct_sv certificate;
    struct ct_sv version; /* of the text, as ct_module_version tells it */
};

struct ct_record_update { /* what changed up to this version was read */
    struct ct_sv course, module, version;
};

struct ct_record_activity {
    struct ct_sv course, module;
    int64_t last_at;
};

struct ct_record {
    struct ct_record_section *opened, *done;
    size_t n_opened, n_done;
    struct ct_record_attempt *attempts; /* oldest first */
    size_t n_attempts;
    struct ct_record_run *open_runs; /* oldest first */
    size_t n_open_runs;
    struct ct_record_completion *completions; /* oldest first */
    size_t n_completions;
    struct ct_record_update *updates;
    size_t n_updates;
    struct ct_record_activity *activities;
    size_t n_activities;
};

/* Reads it, of one course, or of all with course null. */
int ct_record_load(const struct ct_desk *d, struct ct_sv course, struct ct_record *ret,
                   struct ct_err *err);

#endif
