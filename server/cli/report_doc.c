/*
 * report_doc.c: what the commands about reports do with one that is made: print it, or write it as
 * the file that the page gives for download.
 */
#include "cli_priv.h"

#include "ct/base/file.h"

#include <stdio.h>

#include "ct/base/banned.h"

static const struct {
    const char *name;
    enum ct_report_format format;
} files[] = {{"csv", CT_REPORT_CSV}, {"json", CT_REPORT_JSON}, {"xlsx", CT_REPORT_XLSX}};
enum { N_FILES = sizeof files / sizeof files[0] };

int ct_cli_doc_format(const char *arg, struct ct_cli_doc_wish *w)
{
    w->file = NULL;
    for (size_t i = 0; i < N_FILES; i++)
        if (strcmp(arg, files[i].name) == 0)
            w->file = files[i].name;
    return w->file || strcmp(arg, "table") == 0
               ? CT_EXIT_OK
               : ct_cli_usage("report", "--format takes table, csv, json or xlsx, not '%s'", arg);
}

int ct_cli_doc_check(const struct ct_cli_doc_wish *w)
{
    if (w->output && !w->file)
        return ct_cli_usage("report", "--output needs --format csv, json or xlsx");
    if (w->file && !w->output && strcmp(w->file, "xlsx") == 0)
        return ct_cli_usage("report", "a spreadsheet needs --output FILE");
    return CT_EXIT_OK;
}

static size_t column_of(const struct ct_report_doc *doc, const char *name)
{
    size_t i = 0;

    while (strcmp(doc->columns[i].name, name) != 0)
        i++;
    return i;
}

static int print_table(struct ct_arena *a, const struct ct_report_doc *doc,
                       const struct ct_cli_doc_wish *w)
{
    size_t n = w->n_shown ? w->n_shown : doc->n_columns;
    const char **names = ct_arena_array(a, const char *, n);
    struct ct_table t = {names, n, ct_arena_array(a, struct ct_sv, doc->n_rows * n), doc->n_rows};

    for (size_t c = 0; c < n; c++) {
        size_t from = w->n_shown ? column_of(doc, w->shown[c]) : c;
        names[c] = doc->columns[from].name;
        for (size_t r = 0; r < doc->n_rows; r++)
            t.cells[r * n + c] = doc->cells[r * doc->n_columns + from];
    }
    return ct_cli_print("report", &t, CT_CLI_TABLE);
}

/* ---- as a file ---- */

struct writing {
    struct ct_arena *arena;
    const struct ct_report_doc *doc;
    enum ct_report_format format;
};

static int write_doc(void *arg, struct ct_sink *out, struct ct_err *err)
{
    const struct writing *w = arg;

    return ct_report_stream(w->arena, w->doc, w->format, out, NULL, err);
}

/* Whether all of it was taken is asked at the end, of the whole program. */
static int print_piece(void *arg, struct ct_sv bytes, struct ct_err *err)
{
    FILE *to = arg;

    (void)err;
    fwrite(bytes.p, 1, bytes.n, to);
    return CT_OK;
}

int ct_cli_doc_write(struct ct_arena *a, const struct ct_report_doc *doc,
                     enum ct_report_format format, const char *output, struct ct_err *err)
{
    struct writing w = {a, doc, format};
    struct ct_sink out = {print_piece, stdout, 0};

    return output ? ct_file_make(output, write_doc, &w, err) : write_doc(&w, &out, err);
}

int ct_cli_doc_put(struct ct_arena *a, const struct ct_report_doc *doc,
                   const struct ct_cli_doc_wish *w, struct ct_err *err)
{
    size_t i = 0;

    if (!w->file)
        return print_table(a, doc, w);
    while (strcmp(files[i].name, w->file) != 0)
        i++;
    return ct_cli_doc_write(a, doc, files[i].format, w->output, err);
}
