/*
 * report_file.c: any report as CSV, JSON and XLSX. What is in it is counted elsewhere.
 */
#include "ct/report/report_file.h"

#include "ct/base/limits.h"
#include "ct/learn/due.h"
#include "ct/text/csv.h"
#include "ct/text/json.h"
#include "ct/text/xlsx.h"

#include <ctype.h>

#include "ct/base/banned.h"

const char *ct_report_media_type(enum ct_report_format f)
{
    switch (f) {
    case CT_REPORT_CSV:
        return "text/csv; charset=utf-8";
    case CT_REPORT_JSON:
        return "application/json";
    case CT_REPORT_XLSX:
        return "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
    }
    return "application/octet-stream";
}

const char *ct_report_ending(enum ct_report_format f)
{
    switch (f) {
    case CT_REPORT_CSV:
        return "csv";
    case CT_REPORT_JSON:
        return "json";
    case CT_REPORT_XLSX:
        return "xlsx";
    }
    return "";
}

/* ---- row by row ---- */

enum { PIECE = 64 * 1024, ROW_MAX = 16 * 1024 * 1024, ROWS_A_STEP = 1000 };

/* A file that is being written. */
struct writing {
    const struct ct_report_doc *doc;
    struct ct_sink *out;
    const struct ct_progress *progress;
    struct ct_str piece; /* what the sink has not got yet */
    struct ct_arena row; /* of the row at hand */
    struct ct_sv *cells; /* likewise, where the document makes its rows as they are asked for */
};

static void end_writing(struct writing *w)
{
    ct_str_release(&w->piece);
    ct_arena_release(&w->row);
}
#define AUTO_WRITING __attribute__((cleanup(end_writing))) struct writing

static int flush(struct writing *w, struct ct_err *err)
{
    int r = ct_str_ok(&w->piece)
                ? ct_sink_write(w->out, ct_str_sv(&w->piece), err)
                : ct_fail(err, CT_TOO_BIG, "report", "a row of over %d bytes", ROW_MAX);

    ct_str_reset(&w->piece);
    return r;
}

static const struct ct_sv *row_of(struct writing *w, size_t i)
{
    const struct ct_report_doc *doc = w->doc;

    if (!doc->row)
        return doc->cells + i * doc->n_columns;
    ct_arena_reset(&w->row);
    for (size_t c = 0; c < doc->n_columns; c++)
        w->cells[c] = CT_SV("");
    doc->row(doc->row_arg, i, &w->row, w->cells);
    return w->cells;
}

/* Behind each row. */
static int next(struct writing *w, size_t i, struct ct_err *err)
{
    int r = w->piece.n >= PIECE || !ct_str_ok(&w->piece) ? flush(w, err) : CT_OK;

    if (r == CT_OK && i % ROWS_A_STEP == 0)
        r = ct_progress_tell(w->progress, (int64_t)i, (int64_t)w->doc->n_rows, err);
    return r;
}

/* ---- CSV ---- */

static int write_csv(struct ct_arena *a, struct writing *w, struct ct_err *err)
{
    const struct ct_report_doc *doc = w->doc;
    struct ct_sv *header = ct_arena_array(a, struct ct_sv, doc->n_columns);
    int r = CT_OK;

    for (size_t i = 0; i < doc->n_columns; i++)
        header[i] = ct_sv_c(doc->columns[i].name);
    ct_csv_begin(&w->piece);
    ct_csv_row(&w->piece, header, doc->n_columns);
    for (size_t i = 0; i < doc->n_rows && r == CT_OK; i++) {
        ct_csv_row(&w->piece, row_of(w, i), doc->n_columns);
        r = next(w, i, err);
    }
    return r < 0 ? r : flush(w, err);
}

/* ---- JSON ---- */

static json_t *json_cell(enum ct_column_type type, struct ct_sv cell)
{
    int64_t number;
    double decimal;

    if (cell.n == 0)
        return json_null();
    switch (type) {
    case CT_COLUMN_INTEGER:
    case CT_COLUMN_INTEGERS:
    case CT_COLUMN_PERCENT:
        return ct_sv_i64(cell, &number) ? json_integer(number) : ct_json_sv(cell);
    case CT_COLUMN_DECIMAL:
    case CT_COLUMN_DECIMALS:
        return ct_sv_double(cell, &decimal) ? json_real(decimal) : ct_json_sv(cell);
    case CT_COLUMN_FLAG:
        return json_boolean(ct_sv_eq_c(cell, "yes"));
    case CT_COLUMN_TEXT:
    case CT_COLUMN_DATE:
    case CT_COLUMN_MOMENT:
        break;
    }
    return ct_json_sv(cell);
}

static int write_rows(struct writing *w, struct ct_err *err)
{
    const struct ct_report_doc *doc = w->doc;
    int r = CT_OK;

    for (size_t i = 0; i < doc->n_rows && r == CT_OK; i++) {
        const struct ct_sv *cells = row_of(w, i);
        CT_AUTO_JSON *row = json_object();
        for (size_t c = 0; c < doc->n_columns; c++)
            json_object_set_new(row, doc->columns[c].name,
                                json_cell(doc->columns[c].type, cells[c]));
        ct_str_add_c(&w->piece, i ? ",\n" : "\n");
        ct_json_write(&w->piece, row);
        r = next(w, i, err);
    }
    return r;
}

static json_t *json_filters(const struct ct_report_doc *doc)
{
    json_t *filters = json_object();

    for (size_t i = 0; i < doc->n_choices; i++)
        json_object_set_new(filters, doc->choices[i].name,
                            doc->choices[i].value.p ? ct_json_sv(doc->choices[i].value)
                                                    : json_null());
    return filters;
}

static json_t *json_legend(const struct ct_report_doc *doc)
{
    json_t *legend = json_object();

    for (int i = 0; i < CT_DUE_STATUSES && doc->has_statuses; i++)
        json_object_set_new(legend, ct_due_status_name((enum ct_due_status)i),
                            json_string(ct_due_status_meaning((enum ct_due_status)i)));
    for (size_t i = 0; i < doc->n_words; i++)
        json_object_set_new(legend, doc->words[i].word, json_string(doc->words[i].meaning));
    return legend;
}

static json_t *json_columns(const struct ct_report_doc *doc)
{
    json_t *names = json_array();

    for (size_t c = 0; c < doc->n_columns; c++)
        json_array_append_new(names, json_string(doc->columns[c].name));
    return names;
}

static int write_json(struct writing *w, struct ct_err *err)
{
    const struct ct_report_doc *doc = w->doc;
    struct ct_str *out = &w->piece;
    char moment[CT_TIME_TEXT];
    CT_AUTO_STR text = CT_STR_INIT(out->max);
    CT_AUTO_JSON *head =
        json_pack("{s:s, s:o, s:s, s:o, s:o, s:b}", "report", doc->name, "by",
                  doc->view.p ? ct_json_sv(doc->view) : json_null(), "as_of",
                  ct_time_iso(doc->as_of, moment), "time_zone", ct_json_sv(doc->time_zone),
                  "filters", json_filters(doc), "left_out", doc->note.n > 0);

    if (doc->has_statuses || doc->n_words)
        json_object_set_new(head, "legend", json_legend(doc));
    json_object_set_new(head, "columns", json_columns(doc));
    ct_json_write(&text, head);
    ct_str_add(out, text.p, text.n ? text.n - 1 : 0); /* its last brace comes behind the rows */
    ct_str_add_c(out, ",\"rows\":[");
    int r = write_rows(w, err);
    ct_str_add_c(out, "\n]}\n");
    return r < 0 ? r : flush(w, err);
}

/* ---- XLSX ---- */

static enum ct_xlsx_type sheet_type(enum ct_column_type type)
{
    switch (type) {
    case CT_COLUMN_INTEGER:
    case CT_COLUMN_INTEGERS:
        return CT_XLSX_INTEGER;
    case CT_COLUMN_PERCENT:
        return CT_XLSX_PERCENT;
    case CT_COLUMN_DECIMAL:
    case CT_COLUMN_DECIMALS:
        return CT_XLSX_DECIMAL;
    case CT_COLUMN_DATE:
        return CT_XLSX_DATE;
    case CT_COLUMN_MOMENT:
        return CT_XLSX_MOMENT;
    case CT_COLUMN_TEXT:
    case CT_COLUMN_FLAG:
        break;
    }
    return CT_XLSX_TEXT;
}

/* Pairs of what and its value. */
struct about {
    struct ct_arena *arena;
    struct ct_sv *cells;
    size_t n, cap;
};

static void tell(struct about *to, struct ct_sv what, struct ct_sv value)
{
    CT_ARENA_PUSH(to->arena, to->cells, to->n, to->cap, what);
    CT_ARENA_PUSH(to->arena, to->cells, to->n, to->cap, value);
}

static void tell_choices(struct about *to, const struct ct_report_doc *doc)
{
    for (size_t i = 0; i < doc->n_choices; i++) {
        const struct ct_report_choice *c = &doc->choices[i];
        tell(to, ct_sv_c(c->label), c->text.p ? c->text : c->value.p ? c->value : CT_SV("All"));
    }
}

static void tell_word(struct about *to, const char *word, const char *meaning)
{
    tell(to, ct_arena_printf(to->arena, "Status: %s", word), ct_sv_c(meaning));
}

static void tell_meanings(struct about *to, const struct ct_report_doc *doc)
{
    for (int i = 0; i < CT_DUE_STATUSES && doc->has_statuses; i++)
        tell_word(to, ct_due_status_name((enum ct_due_status)i),
                  ct_due_status_meaning((enum ct_due_status)i));
    for (size_t i = 0; i < doc->n_words; i++)
        tell_word(to, doc->words[i].word, doc->words[i].meaning);
    for (size_t i = 0; i < doc->n_columns; i++)
        if (doc->columns[i].meaning && doc->columns[i].meaning[0])
            tell(to, ct_arena_printf(to->arena, "Column: %s", doc->columns[i].name),
                 ct_arena_printf(to->arena, "%s.", doc->columns[i].meaning));
}

static struct about about_of(struct ct_arena *a, const struct ct_report_doc *doc)
{
    struct about about = {.arena = a};
    char moment[CT_TIME_TEXT];

    tell(&about, CT_SV("Report"), ct_sv_c(doc->title));
    if (doc->view_text.p)
        tell(&about, CT_SV("View"), doc->view_text);
    tell(&about, CT_SV("Rows"), ct_arena_printf(a, "%zu", doc->n_rows));
    tell(&about, CT_SV("As of"), ct_arena_dup(a, ct_sv_c(ct_time_iso(doc->as_of, moment))));
    tell(&about, CT_SV("Time zone"), doc->time_zone);
    tell_choices(&about, doc);
    if (doc->note.n)
        tell(&about, CT_SV("Left out"), doc->note);
    tell_meanings(&about, doc);
    return about;
}

/* "completion" is a sheet "Completion". */
static const char *sheet_name(struct ct_arena *a, const char *name)
{
    char *sheet = ct_arena_cstr(a, ct_sv_sub(ct_sv_c(name), 0, CT_XLSX_SHEET_NAME_MAX));

    sheet[0] = (char)toupper((unsigned char)sheet[0]);
    for (char *p = sheet; *p; p++)
        *p = *p == '-' ? ' ' : *p;
    return sheet;
}

/* A spreadsheet is packed as a whole: all its cells are needed at once. */
static const struct ct_sv *all_cells(struct ct_arena *a, const struct ct_report_doc *doc)
{
    struct ct_sv *cells;

    if (!doc->row)
        return doc->cells;
    cells = ct_arena_array(a, struct ct_sv, doc->n_rows * doc->n_columns);
    for (size_t i = 0; i < doc->n_rows * doc->n_columns; i++)
        cells[i] = CT_SV("");
    for (size_t i = 0; i < doc->n_rows; i++)
        doc->row(doc->row_arg, i, a, cells + i * doc->n_columns);
    return cells;
}

static int write_xlsx(struct ct_arena *a, const struct ct_report_doc *doc, struct ct_str *out,
                      struct ct_err *err)
{
    /* The value of "As of" is a moment; what is none is written as text. */
    static const struct ct_xlsx_column about_columns[] = {{"what", CT_XLSX_TEXT},
                                                          {"value", CT_XLSX_MOMENT}};
    struct ct_xlsx_column *columns = ct_arena_array(a, struct ct_xlsx_column, doc->n_columns);
    struct about about = about_of(a, doc);

    for (size_t c = 0; c < doc->n_columns; c++)
        columns[c] =
            (struct ct_xlsx_column){doc->columns[c].name, sheet_type(doc->columns[c].type)};
    const struct ct_xlsx_sheet sheets[] = {
        {sheet_name(a, doc->name), columns, doc->n_columns, all_cells(a, doc), doc->n_rows, true},
        {"About", about_columns, 2, about.cells, about.n / 2, false},
    };
    struct ct_xlsx_book book = {doc->title, doc->as_of, sheets, 2};
    return ct_xlsx_write(&book, out, err);
}

static int stream_xlsx(struct ct_arena *a, const struct ct_report_doc *doc, struct ct_sink *out,
                       struct ct_err *err)
{
    CT_AUTO_STR book = CT_STR_INIT(CT_REPORT_MAX);
    int r = write_xlsx(a, doc, &book, err);

    return r < 0 ? r : ct_sink_write(out, ct_str_sv(&book), err);
}

int ct_report_stream(struct ct_arena *a, const struct ct_report_doc *doc, enum ct_report_format f,
                     struct ct_sink *out, const struct ct_progress *progress, struct ct_err *err)
{
    AUTO_WRITING w = {.doc = doc, .out = out, .progress = progress, .row = CT_ARENA_INIT};

    ct_str_init(&w.piece, ROW_MAX);
    w.cells = ct_arena_array(a, struct ct_sv, doc->n_columns);
    switch (f) {
    case CT_REPORT_CSV:
        return write_csv(a, &w, err);
    case CT_REPORT_JSON:
        return write_json(&w, err);
    case CT_REPORT_XLSX:
        return stream_xlsx(a, doc, out, err);
    }
    return CT_OK;
}

int ct_report_write(struct ct_arena *a, const struct ct_report_doc *doc, enum ct_report_format f,
                    struct ct_str *out, struct ct_err *err)
{
    struct ct_sink sink = ct_sink_str(out);

    /* What a spreadsheet may hold is what the text may: it is written there at once. */
    return f == CT_REPORT_XLSX ? write_xlsx(a, doc, out, err)
                               : ct_report_stream(a, doc, f, &sink, NULL, err);
}
