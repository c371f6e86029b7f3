/*
 * ct/text/csv.h: CSV as RFC 4180 says: CRLF, quotes doubled, cells quoted where needed.
 *
 * A cell that a spreadsheet could take for a formula (it begins with = + - @ tab, CR or LF and is
 * not a plain number, or with a full-width = + - @) gets an apostrophe in front (OWASP, "CSV
 * Injection"). Reading takes that apostrophe off again.
 */
#ifndef CT_TEXT_CSV_H
#define CT_TEXT_CSV_H

#include "ct/base/arena.h"
#include "ct/base/err.h"
#include "ct/base/str.h"

/* Appends the UTF-8 byte order mark, by which spreadsheets know the encoding. */
void ct_csv_begin(struct ct_str *out);

/* Appends one record of n cells with its CRLF. */
void ct_csv_row(struct ct_str *out, const struct ct_sv *cells, size_t n);

enum { CT_CSV_CELLS_MAX = 200 }; /* of a record that is read */

/* Records out of a text in memory, one after the other. A byte order mark is passed over; lines may
 * end with CR LF, LF or CR; cells may be parted by semicolons or tabs, if that is what parts those
 * of the first line. */
struct ct_csv_reader {
    struct ct_sv rest;      /* private */
    char separator;         /* private */
    size_t line, next_line; /* of the record that was read last and of the one behind it, from 1 */
};
void ct_csv_open(struct ct_csv_reader *r, struct ct_sv text);

/* The next record that is not empty; cells point into the text or into the arena, and need not be
 * UTF-8. 1 a record; 0 no more; CT_BAD_INPUT (what: "quotes", "cells") for a record that cannot be
 * read: the next call goes on behind it. */
int ct_csv_read(struct ct_csv_reader *r, struct ct_arena *a, struct ct_sv *cells, size_t *ret_n,
                struct ct_err *err); /* cells[CT_CSV_CELLS_MAX] */

#endif
