/*
 * coverage_priv.h: what the database knows of a team's people, as the counting wants it.
 */
#ifndef CT_REPORT_COVERAGE_PRIV_H
#define CT_REPORT_COVERAGE_PRIV_H

#include "report_priv.h"

#include "ct/report/coverage.h"

enum ct_coverage_sat { CT_SAT_NOT, CT_SAT_PLAYED, CT_SAT_PASSED };

struct ct_coverage_member {
    struct ct_coverage_person who;
    struct ct_sv last_name, first_name;
    size_t discipline; /* index in the list of kinds */
    bool is_counted;
    bool *done;         /* by module of the course */
    unsigned char *sat; /* by seat: enum ct_coverage_sat */
};

/* A chair of a scenario that is counted. */
struct ct_coverage_seat {
    struct ct_sv course, module, chair; /* slug, id, slug */
};

struct ct_coverage_team {
    struct ct_coverage_member *people; /* by id */
    size_t n;
    struct ct_report_kinds kinds;
};

/* What there is to cover: modules, objectives and cases of report->course. */
void ct_coverage_items(struct ct_arena *a, const struct ct_catalogue *cat,
                       struct ct_coverage *report);

/* Reads the people of a scope as of a moment and what they did. */
int ct_coverage_read(struct ct_db *db, struct ct_arena *a, const struct ct_catalogue *cat,
                     const struct ct_course *course, const struct ct_coverage_seat *seats,
                     size_t n_seats, const struct ct_coverage_filter *filter, int64_t as_of,
                     struct ct_coverage_team *ret, struct ct_err *err);

/* To the nearest; but 100 is said of all alone, so that nobody is missed. */
static inline int ct_coverage_percent(size_t part, size_t all)
{
    int percent = all ? (int)((part * 200 + all) / (2 * all)) : 0;

    return percent == 100 && part < all ? 99 : percent;
}

#endif
