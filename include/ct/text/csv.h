/*
 * ct/text/csv.h: writing CSV as RFC 4180 says: CRLF, quotes doubled, cells quoted where needed.
 *
 * A cell that a spreadsheet could take for a formula (it begins with = + - @ tab, CR or LF and is
 * not a plain number, or with a full-width = + - @) gets an apostrophe in front (OWASP, "CSV
 * Injection").
 */
#ifndef CT_TEXT_CSV_H
#define CT_TEXT_CSV_H

#include "ct/base/str.h"

/* Appends the UTF-8 byte order mark, by which spreadsheets know the encoding. */
void ct_csv_begin(struct ct_str *out);

/* Appends one record of n cells with its CRLF. */
void ct_csv_row(struct ct_str *out, const struct ct_sv *cells, size_t n);

#endif
