/*
 * ct/text/xlsx.h: writing workbooks (Office Open XML, ISO/IEC 29500) by libxlsxwriter. Its .c is
 * the only file that includes <xlsxwriter.h>. Knows no reports.
 *
 * A sheet is a table: a bold header row that stays when one scrolls and is printed on every page, a
 * filter on each column where the sheet asks for it, columns as wide as what is in them. What a
 * cell says is text, and its column says as what it is written. A text is never a formula: it is
 * stored as a string in a cell of the format "Text", so that it stays one even when somebody edits
 * it.
 *
 * One at a time: libxlsxwriter calls gmtime(), whose result is shared by all threads. Who has
 * several threads sees to that.
 */
#ifndef CT_TEXT_XLSX_H
#define CT_TEXT_XLSX_H

#include "ct/base/err.h"
#include "ct/base/str.h"

enum {
    CT_XLSX_ROWS_MAX = 1048575,  /* below the header: what a spreadsheet can hold */
    CT_XLSX_COLUMNS_MAX = 256,   /* far fewer than it can */
    CT_XLSX_CELL_MAX = 32767,    /* characters of a text */
    CT_XLSX_SHEET_NAME_MAX = 31, /* characters; none of []:*?/\ in it */
    CT_XLSX_SHEETS_MAX = 16
};

enum ct_xlsx_type {
    CT_XLSX_TEXT,
    CT_XLSX_INTEGER, /* "42" */
    CT_XLSX_PERCENT, /* "87": of a hundred; written as 0.87 and shown as 87% */
    CT_XLSX_DATE,    /* "2026-11-22" */
    CT_XLSX_MOMENT,  /* "2026-11-22T09:30:00Z": of UTC, to the second */
    CT_XLSX_DECIMAL  /* "1.25": shown with two digits behind the point */
};

struct ct_xlsx_column {
    const char *name;
    enum ct_xlsx_type type;
};

struct ct_xlsx_sheet {
    const char *name;
    const struct ct_xlsx_column *columns;
    size_t n_columns;
    const struct ct_sv *cells; /* n_rows * n_columns. Empty: an empty cell. What is not of its
                                  column's type is written as text, so that nothing is lost */
    size_t n_rows;
    bool has_filter;
};

struct ct_xlsx_book {
    const char *title;  /* of the document */
    int64_t created_at; /* Unix seconds */
    const struct ct_xlsx_sheet *sheets;
    size_t n;
};

/* Appends the workbook. The same book gives the same bytes. CT_OK; CT_BAD_INPUT for a sheet's name
 * that cannot be one; CT_TOO_BIG (what: "rows", "columns", "sheets", "cell" with its place, or
 * "workbook" for what `out` may hold); CT_INTERNAL (what: "xlsx") when it could not be written, for
 * example because the folder for temporary files is full. Then nothing was appended. */
int ct_xlsx_write(const struct ct_xlsx_book *book, struct ct_str *out, struct ct_err *err);

#endif
