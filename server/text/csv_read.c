/*
 * csv_read.c: records of a CSV text, one after the other, with the line on which each begins.
 */
#include "ct/text/csv.h"

#include "ct/base/banned.h"

static size_t count(struct ct_sv s, char c)
{
    size_t n = 0;

    for (size_t i = 0; i < s.n; i++)
        n += s.p[i] == c;
    return n;
}

/* What parts the cells of the first line: spreadsheets write semicolons where the comma is decimal.
 */
static char separator_of(struct ct_sv text)
{
    size_t end = 0;

    while (end < text.n && text.p[end] != '\n' && text.p[end] != '\r')
        end++;
    struct ct_sv line = ct_sv_sub(text, 0, end);
    if (count(line, ',') > 0)
        return ',';
    return count(line, ';') > 0 ? ';' : count(line, '\t') > 0 ? '\t' : ',';
}

void ct_csv_open(struct ct_csv_reader *r, struct ct_sv text)
{
    if (ct_sv_starts(text, CT_SV("\xEF\xBB\xBF")))
        text = ct_sv_sub(text, 3, SIZE_MAX);
    *r = (struct ct_csv_reader){.rest = text, .separator = separator_of(text), .next_line = 1};
}

static bool is_end(char c)
{
    return c == '\n' || c == '\r';
}

static void drop(struct ct_csv_reader *r, size_t n)
{
    r->rest.p += n;
    r->rest.n -= n;
}

/* Past the end of the line that `rest` stands in. */
static void drop_line(struct ct_csv_reader *r)
{
    size_t n = 0;

    while (n < r->rest.n && !is_end(r->rest.p[n]))
        n++;
    drop(r, n);
    if (r->rest.n == 0)
        return;
    drop(r, r->rest.n > 1 && r->rest.p[0] == '\r' && r->rest.p[1] == '\n' ? 2 : 1);
    r->next_line++;
}

/* An apostrophe that keeps a spreadsheet from calculating is not part of the cell. */
static struct ct_sv without_guard(struct ct_sv cell)
{
    struct ct_sv rest = ct_sv_sub(cell, 1, SIZE_MAX);
    struct ct_sv wide = ct_sv_sub(rest, 0, 3);
    bool guarded = cell.n > 1 && cell.p[0] == '\'' &&
                   (memchr("=+-@\t\r\n", rest.p[0], 7) || ct_sv_eq_c(wide, "＝") ||
                    ct_sv_eq_c(wide, "＋") || ct_sv_eq_c(wide, "－") || ct_sv_eq_c(wide, "＠"));

    return guarded ? ct_sv_sub(cell, 1, SIZE_MAX) : cell;
}

/* `rest` stands behind the first quote. */
static int read_quoted(struct ct_csv_reader *r, struct ct_arena *a, struct ct_sv *ret,
                       struct ct_err *err)
{
    struct ct_sv s = r->rest;
    size_t n = 0, doubled = 0, lines = 0;

    while (n < s.n && (s.p[n] != '"' || (n + 1 < s.n && s.p[n + 1] == '"'))) {
        if (s.p[n] == '"') {
            doubled++;
            n++;
        } else if (s.p[n] == '\n' || (s.p[n] == '\r' && !(n + 1 < s.n && s.p[n + 1] == '\n'))) {
            lines++;
        }
        n++;
    }
    if (n >= s.n) {
        drop_line(r);
        return ct_fail(err, CT_BAD_INPUT, "quotes",
                       "a quotation mark opens a cell and none closes it");
    }
    char *cell = ct_arena_alloc(a, n + 1);
    size_t out = 0;
    for (size_t i = 0; i < n; i++) {
        cell[out++] = s.p[i];
        i += s.p[i] == '"';
    }
    *ret = ct_sv_n(cell, n - doubled);
    drop(r, n + 1);
    r->next_line += lines;
    if (r->rest.n == 0 || is_end(r->rest.p[0]) || r->rest.p[0] == r->separator)
        return CT_OK;
    drop_line(r);
    return ct_fail(err, CT_BAD_INPUT, "quotes",
                   "behind a closing quotation mark the cell goes on; write quotation marks inside "
                   "a cell twice");
}

static struct ct_sv read_plain(struct ct_csv_reader *r)
{
    size_t n = 0;

    while (n < r->rest.n && !is_end(r->rest.p[n]) && r->rest.p[n] != r->separator)
        n++;
    struct ct_sv cell = ct_sv_sub(r->rest, 0, n);
    drop(r, n);
    return cell;
}

static int read_record(struct ct_csv_reader *r, struct ct_arena *a, struct ct_sv *cells,
                       size_t *ret_n, struct ct_err *err)
{
    size_t n = 0;
    int result;

    for (;;) {
        if (n == CT_CSV_CELLS_MAX) {
            drop_line(r);
            return ct_fail(err, CT_BAD_INPUT, "cells", "more than %d cells", CT_CSV_CELLS_MAX);
        }
        struct ct_sv cell;
        if (r->rest.n && r->rest.p[0] == '"') {
            drop(r, 1);
            if ((result = read_quoted(r, a, &cell, err)) < 0)
                return result;
        } else {
            cell = read_plain(r);
        }
        cells[n++] = without_guard(cell);
        if (r->rest.n == 0 || is_end(r->rest.p[0]))
            break;
        drop(r, 1);
    }
    drop_line(r);
    *ret_n = n;
    return 1;
}

static bool is_empty(const struct ct_sv *cells, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (ct_sv_trim(cells[i]).n)
            return false;
    return true;
}

int ct_csv_read(struct ct_csv_reader *r, struct ct_arena *a, struct ct_sv *cells, size_t *ret_n,
                struct ct_err *err)
{
    while (r->rest.n) {
        r->line = r->next_line;
        int result = read_record(r, a, cells, ret_n, err);
        if (result < 0 || !is_empty(cells, *ret_n))
            return result;
    }
    return 0;
}
