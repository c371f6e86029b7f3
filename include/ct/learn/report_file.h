/*
 * ct/learn/report_file.h: the completion report as files for other programs: CSV, JSON, XLSX. The
 * rows are those of ct_report_table, so a file says what the page says; names of columns are the
 * same in all of them and are never changed, only added to.
 */
#ifndef CT_LEARN_REPORT_FILE_H
#define CT_LEARN_REPORT_FILE_H

#include "ct/learn/report.h"

enum ct_column_type {
    CT_COLUMN_TEXT,
    CT_COLUMN_INTEGER,
    CT_COLUMN_PERCENT, /* a whole number from 0 to 100 */
    CT_COLUMN_DATE,    /* YYYY-MM-DD */
    CT_COLUMN_FLAG     /* yes or no; true or false in JSON */
};

/* What stands in a column. */
struct ct_column {
    const char *name;
    enum ct_column_type type;
    const char *meaning; /* a sentence without its full stop, for people */
};

/* The column `name` of a view; NULL if no view has it. */
const struct ct_column *ct_report_column(enum ct_report_by by, const char *name);

/* The names of a view's columns, in their order. */
const char *const *ct_report_columns(enum ct_report_by by, size_t *ret_n);

/* "discipline-course", "discipline", "course", "person": a view as addresses name it. */
const char *ct_report_view_name(enum ct_report_by by);
/* False if there is none of that name; the empty one is "discipline-course". */
bool ct_report_view_parse(struct ct_sv name, enum ct_report_by *ret);

/* The words of status, and what each means; one meaning a word, in every report. */
struct ct_report_word {
    const char *word, *meaning;
};
const struct ct_report_word *ct_report_words(size_t *ret_n);

enum ct_report_format { CT_REPORT_CSV, CT_REPORT_JSON, CT_REPORT_XLSX };
const char *ct_report_media_type(enum ct_report_format f);

struct ct_report_file {
    const struct ct_report *report;
    const struct ct_report_filter *filter;
    const struct ct_catalogue *cat; /* for the names of what was chosen */
    enum ct_report_by by;
};

/* Appends the file.
 * CSV: RFC 4180 in UTF-8 with a byte order mark, formulas defused (csv.h).
 * JSON: an object of report, by, as_of, time_zone, filters (an object; null: not chosen), left_out,
 * columns and rows; in a row an empty cell is null.
 * XLSX: a sheet "Completion" with typed cells, and a sheet "About" with the filters, the moment,
 * the time zone, what the words of status and the columns mean. One at a time (xlsx.h). CT_OK;
 * CT_TOO_BIG for what `out` or a spreadsheet cannot hold; CT_INTERNAL. */
int ct_report_write(struct ct_arena *a, const struct ct_report_file *file, enum ct_report_format f,
                    struct ct_str *out, struct ct_err *err);

#endif
