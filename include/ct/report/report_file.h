/*
 * ct/report/report_file.h: a report as files for other programs: CSV, JSON, XLSX. Knows no report
 * in particular: whoever makes one says in a struct ct_report_doc what it is called, what was
 * asked, what its columns are and what stands in them. Names of columns are the same in all files
 * and are never changed, only added to.
 */
#ifndef CT_REPORT_REPORT_FILE_H
#define CT_REPORT_REPORT_FILE_H

#include "ct/base/arena.h"
#include "ct/base/sink.h"

enum ct_column_type {
    CT_COLUMN_TEXT,
    CT_COLUMN_INTEGER,
    CT_COLUMN_PERCENT, /* a whole number from 0 to 100 */
    CT_COLUMN_DATE,    /* YYYY-MM-DD */
    CT_COLUMN_FLAG,    /* yes or no; true or false in JSON */
    CT_COLUMN_DECIMAL, /* 1.25: at most fifteen digits */
    /* The same, of which a cell may have several, and is a text then, with "; " between. */
    CT_COLUMN_INTEGERS,
    CT_COLUMN_DECIMALS,
    CT_COLUMN_MOMENT /* 2026-11-22T09:30:00Z */
};

/* What stands in a column. */
struct ct_column {
    const char *name;
    enum ct_column_type type;
    const char *meaning; /* a sentence without its full stop, for people */
};

/* A word of status and what it means; one meaning a word. */
struct ct_report_word {
    const char *word, *meaning;
};

/* A filter: its name in addresses, its name for people, what was chosen. */
struct ct_report_choice {
    const char *name, *label;
    struct ct_sv value, text; /* value null: not chosen. text null: the value says it */
};

struct ct_report_doc {
    const char *name;       /* "completion": as in the address */
    const char *title;      /* "Completion by discipline" */
    struct ct_sv view;      /* what a row is, as addresses name it; null: there is one view alone */
    struct ct_sv view_text; /* "A row a discipline and course"; null: nothing is said of it */
    int64_t as_of;
    struct ct_sv
        time_zone; /* in which its days begin: a name, or a sentence where there are several */
    const struct ct_report_choice *choices; /* all filters that there are, chosen or not */
    size_t n_choices;
    const struct ct_column *columns;
    size_t n_columns;
    const struct ct_sv *cells; /* n_rows * n_columns; empty: nothing */
    size_t n_rows;
    /* Of a report with many rows, instead of cells, so that memory never holds them all: puts row i
     * into n_columns cells, which may lie in an arena that is gone with the row. NULL: there are
     * cells. */
    void (*row)(const void *arg, size_t i, struct ct_arena *a, struct ct_sv *cells);
    const void *row_arg;
    struct ct_sv note; /* who or what was left out, a sentence; null: nothing */
    bool has_statuses; /* the ten words of due.h stand in it: a legend says what they mean */
    const struct ct_report_word *words; /* words of its own that the legend has instead, or more */
    size_t n_words;
};

enum ct_report_format { CT_REPORT_CSV, CT_REPORT_JSON, CT_REPORT_XLSX };
const char *ct_report_media_type(enum ct_report_format f);
const char *ct_report_ending(enum ct_report_format f); /* "csv" */

/* Appends the file.
 * CSV: RFC 4180 in UTF-8 with a byte order mark, formulas defused (csv.h).
 * JSON: an object of report, by, as_of, time_zone, filters (an object; null: not chosen), left_out,
 * legend (an object; where there are words of status), columns and rows; in a row an empty cell is
 * null. XLSX: a sheet with typed cells, called by the report's name, and a sheet "About" with the
 * filters, the moment, the time zone, what was left out, what the words of status and the columns
 * mean. One at a time (xlsx.h). CT_OK; CT_TOO_BIG for what `out` or a spreadsheet cannot hold;
 * CT_INTERNAL. */
int ct_report_write(struct ct_arena *a, const struct ct_report_doc *doc, enum ct_report_format f,
                    struct ct_str *out, struct ct_err *err);

/* The same, piece by piece: of CSV and JSON memory holds a piece at a time, and no more rows than
 * that. Who is told of the progress is told in rows. Also what the sink and the progress fail with;
 * what was written until then is no file. */
int ct_report_stream(struct ct_arena *a, const struct ct_report_doc *doc, enum ct_report_format f,
                     struct ct_sink *out, const struct ct_progress *progress, struct ct_err *err);

#endif
