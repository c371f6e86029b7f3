/*
 * ct/report/report_completion.h: the completion report as a document to be written to files
 * (report_file.h). The rows are those of ct_report_table, so a file says what the page says.
 */
#ifndef CT_REPORT_REPORT_COMPLETION_H
#define CT_REPORT_REPORT_COMPLETION_H

#include "ct/report/report.h"
#include "ct/report/report_file.h"

/* The column `name` of a view; NULL if no view has it. */
const struct ct_column *ct_report_column(enum ct_report_by by, const char *name);

/* The names of a view's columns, in their order. */
const char *const *ct_report_columns(enum ct_report_by by, size_t *ret_n);

/* "discipline-course", "discipline", "course", "person", "agency", "unit", "task-force": a view as
 * addresses name it. */
const char *ct_report_view_name(enum ct_report_by by);
/* False if there is none of that name; the empty one is "discipline-course". */
bool ct_report_view_parse(struct ct_sv name, enum ct_report_by *ret);

/* The document of a view, in the arena; it points into the report. `cat`: for the names of what was
 * chosen. */
void ct_report_completion_doc(struct ct_arena *a, const struct ct_report *report,
                              const struct ct_report_filter *filter, const struct ct_catalogue *cat,
                              enum ct_report_by by, struct ct_report_doc *ret);

#endif
