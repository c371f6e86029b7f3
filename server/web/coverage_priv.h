/*
 * coverage_priv.h: what the two files of the coverage page share.
 */
#ifndef CT_WEB_COVERAGE_PRIV_H
#define CT_WEB_COVERAGE_PRIV_H

#include "team_priv.h"

#include "ct/report/coverage.h"

/* Names of one cell that the page tells; the files tell more. */
enum { CT_COVERAGE_NAMES = 100 };

/* How full a cell is, 0 to 4: level, and is_none, is_few, is_half, is_most, is_all for its mark. */
void ct_coverage_add_level(json_t *cell, size_t part, size_t whole);

/* "Ann Ito; Bob Abel; and 3 more" as coverage-names.mustache has it: each name apart, and how many
 * there are beside them who have no name here; null for nobody. */
json_t *ct_coverage_names(const struct ct_request *rq, const struct ct_coverage_people *people,
                          size_t n_more);

/* page_coverage_chairs.c: has_cases, cases. */
void ct_coverage_add_cases(const struct ct_request *rq, const struct ct_coverage *c, json_t *model);

#endif
