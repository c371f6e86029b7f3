/*
 * table.c: printing tables: for eyes, spreadsheets, programs.
 */
#include "cli_priv.h"

#include "ct/base/limits.h"
#include "ct/text/csv.h"
#include "ct/text/json.h"

#include <locale.h>
#include <stdio.h>
#include <wchar.h>

#include "ct/base/banned.h"

bool ct_cli_format_parse(const char *text, enum ct_cli_format *ret)
{
    static const char *const names[] = {
        [CT_CLI_TABLE] = "table", [CT_CLI_CSV] = "csv", [CT_CLI_JSON] = "json"};

    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        if (strcmp(names[i], text) == 0) {
            *ret = (enum ct_cli_format)i;
            return true;
        }
    return false;
}

enum kind { TEXT, NUMBER, DECIMAL, FLAG };

static bool is_one_of(const char *column, const char *const *names, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (strcmp(names[i], column) == 0)
            return true;
    return false;
}

/* What stands in the columns of our tables, by their names: those of ct_report_table, of
 * ct_assignments_table and its groups, and of `user list`. The same as in the files that the pages
 * give (report_file.h). */
static enum kind kind_of(const char *column)
{
    static const char *const numbers[] = {
        "people",       "not_started",       "in_progress",   "completed",   "percent",
        "median_score", "person_id",         "modules_done",  "modules",     "score",
        "minutes",      "fiscal_month",      "score_percent", "late",        "pass_mark",
        "attempts",     "active_minutes",    "overdue",       "expiring",    "expired",
        "withdrawn",    "awaiting_approval", "assignments",   "credit_year", "percent_completed",
        "percent_now"};
    static const char *const decimals[] = {"credit_hours"};
    /* update_due and exempt are yes or no of a person, and a number of several. */
    static const char *const flags[] = {"required", "active", "password", "update_due", "exempt"};

    if (is_one_of(column, numbers, sizeof numbers / sizeof numbers[0]))
        return NUMBER;
    if (is_one_of(column, decimals, sizeof decimals / sizeof decimals[0]))
        return DECIMAL;
    return is_one_of(column, flags, sizeof flags / sizeof flags[0]) ? FLAG : TEXT;
}

/* Columns of a terminal. What cannot be shown is shown as one replacement character. */
static int rune_width(uint32_t rune)
{
    int width = wcwidth((wchar_t)rune);

    return width < 0 ? 1 : width;
}

static size_t width_of(struct ct_sv text)
{
    size_t width = 0;

    while (text.n)
        width += (size_t)rune_width(ct_sv_rune(&text));
    return width;
}

/* A name with an escape sequence in it must not reach the terminal as one. */
static void put_visible(struct ct_str *out, struct ct_sv text)
{
    while (text.n) {
        uint32_t rune = ct_sv_rune(&text);
        ct_str_add_rune(out, wcwidth((wchar_t)rune) < 0 ? 0xfffd : rune);
    }
}

static void put_blanks(struct ct_str *out, size_t n)
{
    while (n-- > 0)
        ct_str_add_char(out, ' ');
}

/* Without blanks at the end of the line. */
static void put_row(struct ct_str *out, const struct ct_table *t, const struct ct_sv *cells,
                    const size_t *widths)
{
    size_t n = t->n_columns;

    while (n > 0 && cells[n - 1].n == 0)
        n--;
    for (size_t c = 0; c < n; c++) {
        size_t blanks = widths[c] - width_of(cells[c]);
        bool right = kind_of(t->columns[c]) == NUMBER;
        if (c)
            put_blanks(out, 2);
        if (right)
            put_blanks(out, blanks);
        put_visible(out, cells[c]);
        if (!right && c + 1 < n)
            put_blanks(out, blanks);
    }
    ct_str_add_char(out, '\n');
}

static void write_table(struct ct_str *out, struct ct_arena *a, const struct ct_table *t,
                        const struct ct_sv *head)
{
    /* Widths are those of Unicode, whatever the caller's locale is. */
    locale_t unicode = newlocale(LC_CTYPE_MASK, "C.UTF-8", (locale_t)0);
    locale_t before = unicode ? uselocale(unicode) : (locale_t)0;
    size_t *widths = ct_arena_array(a, size_t, t->n_columns);

    for (size_t c = 0; c < t->n_columns; c++)
        widths[c] = width_of(head[c]);
    for (size_t i = 0; i < t->n_rows * t->n_columns; i++) {
        size_t width = width_of(t->cells[i]);
        if (width > widths[i % t->n_columns])
            widths[i % t->n_columns] = width;
    }
    put_row(out, t, head, widths);
    for (size_t r = 0; r < t->n_rows; r++)
        put_row(out, t, &t->cells[r * t->n_columns], widths);
    if (unicode) {
        uselocale(before);
        freelocale(unicode);
    }
}

static json_t *json_cell(const char *column, struct ct_sv cell)
{
    int64_t number;
    double decimal;

    if (cell.n == 0)
        return json_null();
    switch (kind_of(column)) {
    case NUMBER:
        return ct_sv_i64(cell, &number) ? json_integer(number) : ct_json_sv(cell);
    case DECIMAL:
        return ct_sv_double(cell, &decimal) ? json_real(decimal) : ct_json_sv(cell);
    case FLAG:
        return ct_sv_i64(cell, &number) ? json_integer(number)
                                        : json_boolean(ct_sv_eq_c(cell, "yes"));
    case TEXT:
        break;
    }
    return ct_json_sv(cell);
}

json_t *ct_cli_json_row(const struct ct_table *t, size_t row)
{
    json_t *object = json_object();

    for (size_t c = 0; c < t->n_columns; c++)
        json_object_set_new(object, t->columns[c],
                            json_cell(t->columns[c], t->cells[row * t->n_columns + c]));
    return object;
}

static void write_json(struct ct_str *out, const struct ct_table *t)
{
    CT_AUTO_JSON *list = json_array();

    for (size_t r = 0; r < t->n_rows; r++)
        json_array_append_new(list, ct_cli_json_row(t, r));
    ct_json_write(out, list);
    ct_str_add_char(out, '\n');
}

int ct_cli_print(const char *command, const struct ct_table *t, enum ct_cli_format format)
{
    CT_AUTO_ARENA a = CT_ARENA_INIT;
    CT_AUTO_STR out = CT_STR_INIT(CT_REPORT_MAX);
    struct ct_sv *head = ct_arena_array(&a, struct ct_sv, t->n_columns);

    for (size_t c = 0; c < t->n_columns; c++)
        head[c] = ct_sv_c(t->columns[c]);
    switch (format) {
    case CT_CLI_TABLE:
        write_table(&out, &a, t, head);
        break;
    case CT_CLI_CSV:
        ct_csv_row(&out, head, t->n_columns);
        for (size_t r = 0; r < t->n_rows; r++)
            ct_csv_row(&out, &t->cells[r * t->n_columns], t->n_columns);
        break;
    case CT_CLI_JSON:
        write_json(&out, t);
        break;
    }
    if (!ct_str_ok(&out)) {
        fprintf(stderr, "crosstrain %s: the table is over %d bytes\n", command, CT_REPORT_MAX);
        return CT_EXIT_FAILED;
    }
    fwrite(out.p, 1, out.n, stdout);
    return CT_EXIT_OK;
}
