/*
 * ct/report/credit_report.h: hours of credit as a report, and rules in words.
 */
#ifndef CT_REPORT_CREDIT_REPORT_H
#define CT_REPORT_CREDIT_REPORT_H

#include "ct/course/catalogue.h"
#include "ct/learn/credit.h"
#include "ct/learn/org.h"
#include "ct/report/report_file.h"

struct ct_credit_filter {
    const struct ct_scope *scope; /* whom the reader may see by name; NULL: everybody */
    int64_t person;               /* 0: all */
    struct ct_sv email;           /* as it was given, to be told in the report; null: none */
    struct ct_sv type;            /* null: all */
    int year;                     /* credit year; 0: all */
    bool refused;                 /* also what was not earned, with the reason */
};

/* A row for each person, thing done, type and body, by person, then day: person_id, last_name,
 * first_name, email, agency, unit, completed_on, course, credit_type, credit_hours, credit_year,
 * year_from, year_until, approval_body, approval_no, approval_state, certificate_code, source,
 * counts, status, reason. Names are those of the moment. Of who is named by a task force alone
 * unit, year_from and year_until are empty. */
int ct_credit_report(struct ct_db *db, struct ct_arena *a, int64_t as_of,
                     const struct ct_credit_filter *filter, struct ct_report_doc *ret,
                     struct ct_err *err);

const struct ct_column *ct_credit_columns(size_t *ret_n);

/* What a rule asks, in a few sentences: "An hour of credit has 50 minutes. The stated minutes
 * count, in steps of 0.25 hours, rounded down, and never more hours than were approved. ..." */
struct ct_sv ct_credit_rule_text(struct ct_arena *a, const struct ct_catalogue *cat,
                                 const struct ct_credit_rule *rule);

#endif
