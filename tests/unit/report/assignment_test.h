/*
 * assignment_test.h: telling the assignment report in a line, and recording training, for its
 * tests.
 */
#ifndef CT_TEST_REPORT_ASSIGNMENT_TEST_H
#define CT_TEST_REPORT_ASSIGNMENT_TEST_H

#include "learn/require_test.h"

#include "ct/report/assignment.h"

/* "ann 2024-01-31 not started; bob ...": who, due, status; a star behind what is not current. */
static inline struct ct_sv told(struct site *s, const struct ct_assignments *r)
{
    struct ct_sv all = CT_SV("");
    char due[CT_TIME_TEXT];

    for (size_t i = 0; i < r->n; i++) {
        const struct ct_assignment *row = &r->rows[i];
        struct ct_sv local = ct_sv_sub(row->person->email, 0, ct_sv_find(row->person->email, '@'));
        all = ct_arena_printf(&s->o.a, "%.*s%s%.*s %s %s%s", CT_SV_ARG(all), i ? "; " : "",
                              CT_SV_ARG(local), ct_day_text(row->period.due, due),
                              ct_due_status_name(row->period.status),
                              row->period.is_current ? "" : " *");
    }
    return all;
}

static inline struct ct_assignments report_of(struct site *s, const char *day,
                                              struct ct_assignment_filter filter)
{
    struct ct_err err = CT_ERR_INIT;
    struct ct_assignments report = {.n = 0};
    CT_AUTO_READER rd = ct_store_reader(s->o.store);

    CT_OK_(day, ct_assignments(rd.db, &s->o.a, noon(day), &filter, &report, &err), &err);
    return report;
}

static inline void expect(struct site *s, const char *name, const char *day, const char *want)
{
    struct ct_assignment_filter all = CT_ASSIGNMENT_FILTER_INIT;
    struct ct_assignments r = report_of(s, day, all);

    CT_EQ_SV(name, told(s, &r), ct_sv_c(want));
}

static inline int64_t record(struct site *s, struct ct_training t)
{
    struct ct_err err = CT_ERR_INIT;
    int64_t id = 0;

    CT_OK_("record", ct_training_record(s->o.store, &s->o.clock, &t, 0, &id, &err), &err);
    return id;
}

#endif
