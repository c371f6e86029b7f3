/*
 * csv.c: comma-separated records that a spreadsheet opens as what they say. Reading is csv_read.c.
 */
#include "ct/text/csv.h"

#include "ct/base/banned.h"

void ct_csv_begin(struct ct_str *out)
{
    ct_str_add(out, "\xEF\xBB\xBF", 3);
}

/* The characters that OWASP names, and their full-width forms, which some spreadsheets fold. */
static bool looks_like_formula(struct ct_sv cell)
{
    static const struct ct_sv wide[] = {
        {"\xEF\xBC\x9D", 3}, /* = */
        {"\xEF\xBC\x8B", 3}, /* + */
        {"\xEF\xBC\x8D", 3}, /* - */
        {"\xEF\xBC\xA0", 3}, /* @ */
    };
    double number;

    if (cell.n == 0)
        return false;
    if (memchr("=+-@\t\r\n", cell.p[0], 7))
        return !ct_sv_double(cell, &number);
    for (size_t i = 0; i < sizeof wide / sizeof wide[0]; i++)
        if (ct_sv_starts(cell, wide[i]))
            return true;
    return false;
}

/* Blanks at the ends are part of a cell (RFC 4180, 2.4), but some readers trim what is not quoted.
 */
static bool needs_quotes(struct ct_sv cell)
{
    if (cell.n == 0)
        return false;
    if (cell.p[0] == ' ' || cell.p[cell.n - 1] == ' ')
        return true;
    for (size_t i = 0; i < cell.n; i++)
        if (memchr("\",\t\r\n", cell.p[i], 5))
            return true;
    return false;
}

static void add_cell(struct ct_str *out, struct ct_sv cell)
{
    bool formula = looks_like_formula(cell);

    if (!needs_quotes(cell)) {
        if (formula)
            ct_str_add_char(out, '\'');
        ct_str_add_sv(out, cell);
        return;
    }
    ct_str_add_c(out, formula ? "\"'" : "\"");
    for (size_t from = 0; from < cell.n;) {
        struct ct_sv rest = ct_sv_sub(cell, from, cell.n);
        size_t quote = ct_sv_find(rest, '"');
        if (quote == SIZE_MAX) {
            ct_str_add_sv(out, rest);
            break;
        }
        ct_str_add(out, rest.p, quote + 1);
        ct_str_add_char(out, '"');
        from += quote + 1;
    }
    ct_str_add_char(out, '"');
}

void ct_csv_row(struct ct_str *out, const struct ct_sv *cells, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (i > 0)
            ct_str_add_char(out, ',');
        add_cell(out, cells[i]);
    }
    /* A record of one empty cell would otherwise be an empty line, which readers skip. */
    if (n == 1 && cells[0].n == 0)
        ct_str_add_c(out, "\"\"");
    ct_str_add_c(out, "\r\n");
}
