/*
 * transcript_priv.h: what the files of the transcript share.
 */
#ifndef CT_REPORT_TRANSCRIPT_PRIV_H
#define CT_REPORT_TRANSCRIPT_PRIV_H

#include "assignment_priv.h"

#include "ct/learn/curriculum.h"
#include "ct/report/report.h"
#include "ct/report/transcript.h"

/* A text that the person knows. */
struct ct_transcript_known {
    struct ct_sv course, module, discipline, version;
};

struct ct_transcribing {
    struct ct_db *db;
    struct ct_arena *arena;
    const struct ct_catalogue *cat;
    const struct ct_everybody *all;
    struct ct_someone *someone;
    int64_t person;
    bool by_task_force;
    struct ct_transcript t;
    size_t cap;
    struct ct_transcript_known *known;
    size_t n_known;
    struct ct_live_module *live; /* the modules of the day */
    size_t n_live;
    struct ct_transcript_known *seen; /* courses with a newer certificate */
    size_t n_seen, cap_seen;
};

#define CT_TRANSCRIPT_LINE(what_kind)                                                              \
    {                                                                                              \
        .kind = (what_kind), .on = CT_DAY_NONE, .until = CT_DAY_NONE, .score = -1,                 \
        .hundredths = -1, .expires = CT_DAY_NONE                                                   \
    }

void ct_transcript_add(struct ct_transcribing *k, const struct ct_transcript_line *line);

/* Imports, outside training, requirements, waivers, chairs, credit. */
int ct_transcript_beside(struct ct_transcribing *k, struct ct_err *err);

#endif
