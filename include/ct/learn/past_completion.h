/*
 * ct/learn/past_completion.h: that a course of the curriculum was completed before there was this
 * site, or in another system, as an import (import.h) recorded it. It has no certificate and no
 * parts; `source` says where it comes from.
 *
 * Rows are only added. A correction is a row that names the first one: of these the last that was
 * recorded up to a moment counts as of that moment. As of a moment before the import nothing of it
 * was known, so reports of those days stay as they were.
 */
#ifndef CT_LEARN_PAST_COMPLETION_H
#define CT_LEARN_PAST_COMPLETION_H

#include "ct/store/store.h"

enum { CT_PAST_TEXT_MAX = 500, CT_PAST_MINUTES_MAX = 60000 }; /* bytes; of what was credited */

struct ct_past_completion {
    int64_t id; /* of the first row */
    int64_t person;
    struct ct_sv course, course_title; /* the title is that of the day of recording */
    struct ct_sv discipline;           /* a slug */
    int on;                            /* the day */
    int score;                         /* percent; -1: none */
    int minutes;                       /* credited; 0: not said */
    struct ct_sv source, evidence;     /* evidence "": none */
    int64_t at;
    struct ct_sv by_name; /* null: whoever had the machine */
};

/* What counts as of a moment, without what was withdrawn, by person, then day. person 0: all. */
int ct_past_completion_list(struct ct_db *db, struct ct_arena *a, int64_t person, int64_t as_of,
                            struct ct_past_completion **ret, size_t *ret_n, struct ct_err *err);

#endif
