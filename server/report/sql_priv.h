/*
 * sql_priv.h: the statements of each file of this floor, so that a test can prepare them all on a
 * fresh schema. Lists end with NULL.
 */
#ifndef CT_REPORT_SQL_PRIV_H
#define CT_REPORT_SQL_PRIV_H

#include "ct/store/db.h"

extern const struct ct_sql *const ct_assignment_more_sql[];
extern const struct ct_sql *const ct_assignment_people_sql[];
extern const struct ct_sql *const ct_assignment_work_sql[];
extern const struct ct_sql *const ct_audit_record_sql[];
extern const struct ct_sql *const ct_audit_work_sql[];
extern const struct ct_sql *const ct_coverage_data_sql[];
extern const struct ct_sql *const ct_report_certificates_sql[];
extern const struct ct_sql *const ct_report_sql[];
extern const struct ct_sql *const ct_report_discipline_sql[];
extern const struct ct_sql *const ct_report_moment_sql[];
extern const struct ct_sql *const ct_report_people_sql[];
extern const struct ct_sql *const ct_transcript_sql[];
extern const struct ct_sql *const ct_transcript_beside_sql[];
extern const struct ct_sql *const ct_trend_sql[];

#endif
