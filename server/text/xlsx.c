/*
 * xlsx.c: workbooks by libxlsxwriter, which writes rows as they come into temporary files, so that
 * memory holds the packed workbook alone.
 */
#include "ct/text/xlsx.h"

#include "ct/base/clock.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include <xlsxwriter.h>

#include "ct/base/banned.h"

enum {
    WIDTH_MIN = 8, /* characters of a column */
    WIDTH_MAX = 60,
    FILTER_WIDTH = 3, /* of the arrow beside a name */
    MARKUP = 96,      /* bytes around a cell, at most */
    SLACK = 64 * 1024,
    FIRST_YEAR = 1900 /* before it a spreadsheet knows no dates */
};

struct writing {
    const struct ct_xlsx_book *book;
    lxw_workbook *workbook;
    lxw_format *header, *formats[CT_XLSX_DECIMAL + 1];
    struct ct_str text; /* of one cell */
};

/* ---- limits ---- */

static int check_sheet(const struct ct_xlsx_sheet *s, struct ct_err *err)
{
    if (s->n_columns == 0 || s->n_columns > CT_XLSX_COLUMNS_MAX)
        return ct_fail(err, CT_TOO_BIG, "columns", "%zu columns; a sheet has 1 to %d", s->n_columns,
                       CT_XLSX_COLUMNS_MAX);
    if (s->n_rows > CT_XLSX_ROWS_MAX)
        return ct_fail(err, CT_TOO_BIG, "rows",
                       "%zu rows; a spreadsheet holds %d. Choose fewer, or take CSV", s->n_rows,
                       CT_XLSX_ROWS_MAX);
    for (size_t i = 0; i < s->n_rows * s->n_columns; i++)
        if (s->cells[i].n > CT_XLSX_CELL_MAX && ct_sv_runes(s->cells[i]) > CT_XLSX_CELL_MAX)
            return ct_fail(err, CT_TOO_BIG, "cell", "row %zu of %s: over %d characters",
                           i / s->n_columns + 1, s->columns[i % s->n_columns].name,
                           CT_XLSX_CELL_MAX);
    return CT_OK;
}

static const char *temp_folder(void)
{
    const char *given = getenv("TMPDIR");

    return given && *given ? given : "/tmp";
}

/* What a sheet is as text in a temporary file, at most. */
static size_t bytes_of(const struct ct_xlsx_sheet *s)
{
    size_t n = SLACK;

    for (size_t i = 0; i < s->n_rows * s->n_columns; i++) {
        n += s->cells[i].n + MARKUP;
        for (size_t k = 0; k < s->cells[i].n; k++) /* &quot; _x001F_ */
            n +=
                (unsigned char)s->cells[i].p[k] < 0x20 || strchr("&<>\"", s->cells[i].p[k]) ? 6 : 0;
    }
    return n;
}

/* The library does not notice when a temporary file cannot grow: the workbook would be cut off. Its
 * sheets are laid out there twice: as rows come, and whole. */
static int check_room(const struct ct_xlsx_book *book, struct ct_err *err)
{
    const char *folder = temp_folder();
    struct statvfs room;
    size_t want = 0;

    for (size_t i = 0; i < book->n; i++)
        want += 2 * bytes_of(&book->sheets[i]);
    if (statvfs(folder, &room) != 0 || access(folder, W_OK | X_OK) != 0)
        return ct_fail(err, CT_INTERNAL, "xlsx", "the folder for temporary files cannot be used");
    if ((uint64_t)room.f_bavail * room.f_frsize < want)
        return ct_fail(err, CT_INTERNAL, "xlsx",
                       "the folder for temporary files has no room for %zu bytes", want);
    return CT_OK;
}

static int check(const struct ct_xlsx_book *book, struct ct_err *err)
{
    if (book->n == 0 || book->n > CT_XLSX_SHEETS_MAX)
        return ct_fail(err, CT_TOO_BIG, "sheets", "%zu sheets; a workbook has 1 to %d", book->n,
                       CT_XLSX_SHEETS_MAX);
    for (size_t i = 0; i < book->n; i++) {
        int r = check_sheet(&book->sheets[i], err);
        if (r < 0)
            return r;
    }
    return check_room(book, err);
}

/* ---- cells ---- */

static bool is_hex(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

/* "_x0041_" stands for a character in a workbook; where somebody wrote just that, its "_" has to be
 * said so too. */
static bool is_escape(struct ct_sv s)
{
    return s.n >= 7 && s.p[0] == '_' && s.p[1] == 'x' && is_hex(s.p[2]) && is_hex(s.p[3]) &&
           is_hex(s.p[4]) && is_hex(s.p[5]) && s.p[6] == '_';
}

/* A cell as a C string of what XML can hold. */
static const char *text_of(struct ct_str *to, struct ct_sv cell)
{
    ct_str_reset(to);
    while (cell.n) {
        uint32_t rune;
        if (is_escape(cell))
            ct_str_add_c(to, "_x005F");
        rune = ct_sv_rune(&cell);
        ct_str_add_rune(to, rune == 0 || rune == 0xfffe || rune == 0xffff ? 0xfffd : rune);
    }
    return to->p;
}

static bool two_digits(struct ct_sv s, size_t at, int max, int *ret)
{
    if (s.n < at + 2 || s.p[at] < '0' || s.p[at] > '9' || s.p[at + 1] < '0' || s.p[at + 1] > '9')
        return false;
    *ret = (s.p[at] - '0') * 10 + (s.p[at + 1] - '0');
    return *ret <= max;
}

/* "2026-11-22" or, as a moment, "2026-11-22T09:30:00Z". */
static bool read_time(struct ct_sv cell, bool moment, lxw_datetime *ret)
{
    struct ct_date day;
    int hour = 0, minute = 0, second = 0;

    if (!ct_date_parse(ct_sv_sub(cell, 0, 10), &day) || day.year < FIRST_YEAR)
        return false;
    if (moment ? cell.n != 20 || cell.p[10] != 'T' || cell.p[13] != ':' || cell.p[16] != ':' ||
                     cell.p[19] != 'Z' || !two_digits(cell, 11, 23, &hour) ||
                     !two_digits(cell, 14, 59, &minute) || !two_digits(cell, 17, 59, &second)
               : cell.n != 10)
        return false;
    *ret = (lxw_datetime){day.year, day.month, day.day, hour, minute, second};
    return true;
}

/* False if the cell is not of its column's type. */
static bool write_typed(struct writing *w, lxw_worksheet *to, lxw_row_t row, lxw_col_t col,
                        enum ct_xlsx_type type, struct ct_sv cell)
{
    lxw_datetime time;
    int64_t number;
    double decimal;

    switch (type) {
    case CT_XLSX_TEXT:
        return false;
    case CT_XLSX_INTEGER:
    case CT_XLSX_PERCENT:
        return ct_sv_i64(cell, &number) &&
               worksheet_write_number(
                   to, row, col, type == CT_XLSX_PERCENT ? (double)number / 100 : (double)number,
                   w->formats[type]) == LXW_NO_ERROR;
    case CT_XLSX_DECIMAL:
        return ct_sv_double(cell, &decimal) &&
               worksheet_write_number(to, row, col, decimal, w->formats[type]) == LXW_NO_ERROR;
    case CT_XLSX_DATE:
    case CT_XLSX_MOMENT:
        return read_time(cell, type == CT_XLSX_MOMENT, &time) &&
               worksheet_write_datetime(to, row, col, &time, w->formats[type]) == LXW_NO_ERROR;
    }
    return false;
}

static int write_cell(struct writing *w, lxw_worksheet *to, size_t row, size_t col,
                      enum ct_xlsx_type type, struct ct_sv cell, struct ct_err *err)
{
    lxw_row_t r = (lxw_row_t)row;
    lxw_col_t c = (lxw_col_t)col;

    if (cell.n == 0 || write_typed(w, to, r, c, type, cell))
        return CT_OK;
    return worksheet_write_string(to, r, c, text_of(&w->text, cell), w->formats[CT_XLSX_TEXT]) ==
                   LXW_NO_ERROR
               ? CT_OK
               : ct_fail(err, CT_TOO_BIG, "cell", "a text that a spreadsheet does not take");
}

/* ---- sheets ---- */

/* Columns of a spreadsheet, about: letters of the East take two. */
static size_t width_of(struct ct_sv text)
{
    size_t n = 0;

    while (text.n)
        n += ct_sv_rune(&text) >= 0x1100 ? 2 : 1;
    return n;
}

static void set_widths(const struct ct_xlsx_sheet *s, lxw_worksheet *to, lxw_format *const *formats)
{
    for (size_t c = 0; c < s->n_columns; c++) {
        size_t width = strlen(s->columns[c].name) + (s->has_filter ? FILTER_WIDTH : 1);
        for (size_t r = 0; r < s->n_rows; r++) {
            size_t own = width_of(s->cells[r * s->n_columns + c]) + 1;
            width = own > width ? own : width;
        }
        width = width < WIDTH_MIN ? WIDTH_MIN : width > WIDTH_MAX ? WIDTH_MAX : width;
        worksheet_set_column(to, (lxw_col_t)c, (lxw_col_t)c, (double)width,
                             formats[s->columns[c].type]);
    }
}

/* One that scrolls below its header, and prints as wide as a page. */
static void set_look(const struct ct_xlsx_sheet *s, lxw_worksheet *to)
{
    worksheet_freeze_panes(to, 1, 0);
    worksheet_repeat_rows(to, 0, 0);
    worksheet_set_landscape(to);
    worksheet_set_paper(to, 1); /* US Letter */
    worksheet_fit_to_pages(to, 1, 0);
    if (s->has_filter)
        worksheet_autofilter(to, 0, 0, (lxw_row_t)s->n_rows, (lxw_col_t)(s->n_columns - 1));
}

static int write_sheet(struct writing *w, const struct ct_xlsx_sheet *s, struct ct_err *err)
{
    lxw_worksheet *to = workbook_validate_sheet_name(w->workbook, s->name) == LXW_NO_ERROR
                            ? workbook_add_worksheet(w->workbook, s->name)
                            : NULL;
    int r = CT_OK;

    if (!to)
        return ct_fail(err, CT_BAD_INPUT, "sheet", "'%s' cannot be the name of a sheet", s->name);
    set_widths(s, to, w->formats);
    set_look(s, to);
    for (size_t c = 0; c < s->n_columns; c++)
        worksheet_write_string(to, 0, (lxw_col_t)c, s->columns[c].name, w->header);
    for (size_t i = 0; r == CT_OK && i < s->n_rows * s->n_columns; i++)
        r = write_cell(w, to, i / s->n_columns + 1, i % s->n_columns,
                       s->columns[i % s->n_columns].type, s->cells[i], err);
    return r;
}

static lxw_format *add_format(struct writing *w, uint8_t known, const char *shown)
{
    lxw_format *f = workbook_add_format(w->workbook);

    if (shown)
        format_set_num_format(f, shown);
    else
        format_set_num_format_index(f, known);
    return f;
}

/* The numbers are those that every spreadsheet knows: "@" (text), "0", "0%", "0.00". */
static void set_formats(struct writing *w)
{
    lxw_doc_properties properties = {.title = (char *)(uintptr_t)w->book->title,
                                     .created = (time_t)w->book->created_at};

    w->formats[CT_XLSX_TEXT] = add_format(w, 49, NULL);
    w->formats[CT_XLSX_INTEGER] = add_format(w, 1, NULL);
    w->formats[CT_XLSX_PERCENT] = add_format(w, 9, NULL);
    w->formats[CT_XLSX_DECIMAL] = add_format(w, 2, NULL);
    w->formats[CT_XLSX_DATE] = add_format(w, 0, "yyyy-mm-dd");
    w->formats[CT_XLSX_MOMENT] = add_format(w, 0, "yyyy-mm-dd hh:mm:ss");
    w->header = workbook_add_format(w->workbook);
    format_set_bold(w->header);
    format_set_bottom(w->header, LXW_BORDER_THIN);
    workbook_set_properties(w->workbook, &properties);
}

/* ---- the file ---- */

/* The whole of what was written to a file without a name. */
static int take_bytes(int fd, struct ct_str *out, struct ct_err *err)
{
    off_t size = lseek(fd, 0, SEEK_END);
    void *bytes;

    if (size <= 0)
        return ct_fail(err, CT_INTERNAL, "xlsx", "the workbook was not written");
    if ((size_t)size > out->max - out->n)
        return ct_fail(err, CT_TOO_BIG, "workbook", "over %zu bytes", out->max);
    bytes = mmap(NULL, (size_t)size, PROT_READ, MAP_SHARED, fd, 0);
    if (bytes == MAP_FAILED)
        return ct_fail(err, CT_INTERNAL, "xlsx", "the workbook cannot be read back");
    ct_str_add(out, bytes, (size_t)size);
    munmap(bytes, (size_t)size);
    return ct_str_ok(out) ? CT_OK
                          : ct_fail(err, CT_TOO_BIG, "workbook", "over %zu bytes", out->max);
}

static int write_book(struct writing *w, struct ct_err *err)
{
    lxw_error failure;
    int r = CT_OK;

    set_formats(w);
    for (size_t i = 0; r == CT_OK && i < w->book->n; i++)
        r = write_sheet(w, &w->book->sheets[i], err);
    failure = workbook_close(w->workbook); /* also after a failure: it lets go of everything */
    if (r == CT_OK && failure != LXW_NO_ERROR)
        r = ct_fail(err, CT_INTERNAL, "xlsx", "%s", lxw_strerror(failure));
    return r;
}

int ct_xlsx_write(const struct ct_xlsx_book *book, struct ct_str *out, struct ct_err *err)
{
    struct writing w = {.book = book, .text = CT_STR_INIT((size_t)16 * CT_XLSX_CELL_MAX)};
    char path[64];
    lxw_workbook_options options = {.constant_memory = LXW_TRUE};
    int fd, r = check(book, err);

    if (r < 0)
        return r;
    fd = memfd_create("workbook", MFD_CLOEXEC);
    if (fd < 0)
        return ct_fail(err, CT_INTERNAL, "xlsx", "no memory for a workbook");
    snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
    options.tmpdir = (char *)(uintptr_t)temp_folder();
    w.workbook = workbook_new_opt(path, &options);
    r = w.workbook ? write_book(&w, err) : ct_fail(err, CT_INTERNAL, "xlsx", "out of memory");
    if (r == CT_OK)
        r = take_bytes(fd, out, err);
    close(fd);
    ct_str_release(&w.text);
    return r;
}
