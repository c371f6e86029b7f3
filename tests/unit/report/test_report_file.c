/*
 * test_report_file.c: any report as files, from documents made by hand: cells of every type, names
 * of every script, formulas, what was asked and what the words mean.
 */
#include "ct_temp.h"
#include "ct_test.h"

#include "ct/learn/due.h"
#include "ct/report/report_file.h"
#include "ct/text/csv.h"
#include "ct/text/json.h"

#include <stdio.h>

/* Reads what a program prints; the list of banned functions has it, for good reasons elsewhere. */
static FILE *run(const char *command)
{
    return popen(command, "r");
}

#include "ct/base/banned.h"

enum { MAX = 4 * 1024 * 1024 };

static const struct ct_column columns[] = {
    {"name", CT_COLUMN_TEXT, "The person's name"},  {"people", CT_COLUMN_INTEGER, "How many"},
    {"percent", CT_COLUMN_PERCENT, "Of a hundred"}, {"on", CT_COLUMN_DATE, "The day"},
    {"active", CT_COLUMN_FLAG, "Whether"},          {"hours", CT_COLUMN_DECIMAL, "Hours"},
    {"at", CT_COLUMN_MOMENT, "The moment"},
};
enum { N = sizeof columns / sizeof columns[0] };

/* Hebrew and Arabic, Chinese, a formula, a formula in full width, a name with what CSV and XML
 * escape. */
static const char *const cells[][N] = {
    {"שרה כהן", "42", "87", "2026-11-22", "yes", "1.15", "2026-11-22T09:30:00Z"},
    {"欧阳 伟", "0", "0", "", "no", "", ""},
    {"=cmd|'/C calc'!A0", "", "", "", "", "", ""},
    {"＝1+1", "many", "x", "soon", "no", "y", "z"},
    {"O'Neil, \"Bo\" <b@x> محمد", "-3", "100", "1999-12-31", "yes", "12", "1999-12-31T23:59:59Z"},
};
enum { ROWS = sizeof cells / sizeof cells[0] };

static const struct ct_report_choice choices[] = {
    {"agency", "Agency", {"dcs", 3}, {"North County", 12}},
    {"status", "Status", {"overdue", 7}, {NULL, 0}},
    {"unit", "Unit", {NULL, 0}, {NULL, 0}},
};

static struct ct_report_doc document(struct ct_arena *a)
{
    struct ct_sv *list = ct_arena_array(a, struct ct_sv, (size_t)ROWS * N);

    for (size_t i = 0; i < (size_t)ROWS * N; i++)
        list[i] = ct_sv_c(cells[i / N][i % N]);
    return (struct ct_report_doc){.name = "task-force",
                                  .title = "A report",
                                  .as_of = 1700000000,
                                  .time_zone = CT_SV("America/Chicago"),
                                  .choices = choices,
                                  .n_choices = 3,
                                  .columns = columns,
                                  .n_columns = N,
                                  .cells = list,
                                  .n_rows = ROWS,
                                  .note = CT_SV("Some are left out."),
                                  .has_statuses = true};
}

static void write_as(struct ct_arena *a, const struct ct_report_doc *doc,
                     enum ct_report_format format, struct ct_str *out)
{
    struct ct_err err = CT_ERR_INIT;

    CT_OK_(ct_report_ending(format), ct_report_write(a, doc, format, out, &err), &err);
}

static void csv_read_back_is_what_was_written(void **state)
{
    CT_AUTO_ARENA a = CT_ARENA_INIT;
    CT_AUTO_STR out = CT_STR_INIT(MAX);
    struct ct_report_doc doc = document(&a);
    struct ct_csv_reader reader;
    struct ct_sv got[CT_CSV_CELLS_MAX];
    size_t n, rows = 0;

    (void)state;
    write_as(&a, &doc, CT_REPORT_CSV, &out);
    assert_true(ct_sv_starts(ct_str_sv(&out), CT_SV("\xEF\xBB\xBF")));
    CT_EQ_I64("defused", ct_sv_search(ct_str_sv(&out), CT_SV("\r\n'=cmd|")) != SIZE_MAX, true);
    CT_EQ_I64("also in full width", ct_sv_search(ct_str_sv(&out), CT_SV("\r\n'＝1")) != SIZE_MAX,
              true);
    ct_csv_open(&reader, ct_str_sv(&out));
    while (ct_csv_read(&reader, &a, got, &n, NULL) == 1) {
        CT_EQ_I64("cells", n, N);
        for (size_t i = 0; i < n; i++)
            CT_EQ_SV(columns[i].name, got[i], ct_sv_c(rows ? cells[rows - 1][i] : columns[i].name));
        rows++;
    }
    CT_EQ_I64("rows", rows, ROWS + 1);
}

static void json_has_values_of_their_types(void **state)
{
    CT_AUTO_ARENA a = CT_ARENA_INIT;
    CT_AUTO_STR out = CT_STR_INIT(MAX);
    CT_AUTO_JSON *file = NULL;
    struct ct_err err = CT_ERR_INIT;
    struct ct_report_doc doc = document(&a);

    (void)state;
    write_as(&a, &doc, CT_REPORT_JSON, &out);
    CT_EQ_I64("the head",
              ct_sv_starts(ct_str_sv(&out),
                           CT_SV("{\"report\":\"task-force\",\"by\":null,"
                                 "\"as_of\":\"2023-11-14T22:13:20Z\","
                                 "\"time_zone\":\"America/Chicago\",\"filters\":{\"agency\":"
                                 "\"dcs\",\"status\":\"overdue\",\"unit\":null},"
                                 "\"left_out\":true,\"legend\":{\"not started\":\"")),
              true);
    CT_EQ_I64("a row",
              ct_sv_search(ct_str_sv(&out),
                           CT_SV("\n{\"name\":\"שרה כהן\",\"people\":42,\"percent\":87,\"on\":"
                                 "\"2026-11-22\",\"active\":true,\"hours\":1.15,\"at\":"
                                 "\"2026-11-22T09:30:00Z\"},\n")) != SIZE_MAX,
              true);
    CT_EQ_I64("nothing is null, and false is not nothing",
              ct_sv_search(ct_str_sv(&out),
                           CT_SV("\n{\"name\":\"欧阳 伟\",\"people\":0,\"percent\":0,\"on\":null,"
                                 "\"active\":false,\"hours\":null,\"at\":null},\n")) != SIZE_MAX,
              true);
    CT_EQ_I64("what is of another type stays a text",
              ct_sv_search(ct_str_sv(&out), CT_SV("\"people\":\"many\",\"percent\":\"x\","
                                                  "\"on\":\"soon\"")) != SIZE_MAX,
              true);
    CT_OK_("it is JSON", ct_json_parse(ct_str_sv(&out), MAX, &file, &err), &err);
    CT_EQ_I64("rows", json_array_size(json_object_get(file, "rows")), ROWS);
    CT_EQ_I64("words", json_object_size(json_object_get(file, "legend")), CT_DUE_STATUSES);
}

/* Prints of a part of the workbook what the XPath says. */
static const char *ask(struct ct_temp *temp, const struct ct_str *book, const char *part,
                       const char *xpath)
{
    static char answer[8192];
    char command[1024], path[256];
    FILE *f;
    size_t n;

    snprintf(path, sizeof path, "%s", ct_temp_path(temp, "report.xlsx"));
    f = fopen(path, "wb");
    assert_non_null(f);
    CT_EQ_I64("written", fwrite(book->p, 1, book->n, f), book->n);
    fclose(f);
    snprintf(command, sizeof command, "unzip -p '%s' '%s' | xmllint --nonet --xpath '%s' -", path,
             part, xpath);
    f = run(command);
    assert_non_null(f);
    n = fread(answer, 1, sizeof answer - 1, f);
    while (n > 0 && answer[n - 1] == '\n')
        n--;
    answer[n] = '\0';
    assert_int_equal(pclose(f), 0);
    return answer;
}

#define E(name) "*[local-name()=\"" name "\"]"
/* The value beside a text of the sheet About. */
#define ABOUT(what) "string(//" E("row") "[starts-with(., \"" what "\")]/" E("c") "[2])"
#define CELL(at)    "string(//" E("c") "[@r=\"" at "\"])"

static void a_workbook_says_what_it_holds(void **state)
{
    static const struct {
        const char *name, *part, *xpath, *want;
    } cases[] = {
        {"sheets", "workbook", "string(//" E("sheet") "[1]/@name)", "Task force"},
        {"and the other", "workbook", "string(//" E("sheet") "[2]/@name)", "About"},
        {"right to left", "worksheets/sheet1", CELL("A2"), "שרה כהן"},
        {"Chinese", "worksheets/sheet1", CELL("A3"), "欧阳 伟"},
        {"a formula is a text", "worksheets/sheet1", CELL("A4"), "=cmd|'/C calc'!A0"},
        {"no formula at all", "worksheets/sheet1", "count(//" E("f") ")", "0"},
        {"a number", "worksheets/sheet1", "string(//" E("c") "[@r=\"B2\"]/" E("v") ")", "42"},
        {"a share", "worksheets/sheet1", CELL("C2"), "0.87"},
        {"a day", "worksheets/sheet1", CELL("D2"), "46348"},
        {"hours", "worksheets/sheet1", "string(//" E("c") "[@r=\"F2\"]/" E("v") ")", "1.15"},
        {"a moment is no text", "worksheets/sheet1", "string(//" E("c") "[@r=\"G2\"]/@t)", ""},
        {"the header stays", "worksheets/sheet1", "string(//" E("pane") "/@state)", "frozen"},
        {"and has filters", "worksheets/sheet1", "string(//" E("autoFilter") "/@ref)", "A1:G6"},
        {"what was asked", "worksheets/sheet2", ABOUT("Agency"), "North County"},
        {"in its own words", "worksheets/sheet2", ABOUT("Status"), "overdue"},
        {"what was not", "worksheets/sheet2", ABOUT("Unit"), "All"},
        {"in which zone", "worksheets/sheet2", ABOUT("Time zone"), "America/Chicago"},
        {"who is left out", "worksheets/sheet2", ABOUT("Left out"), "Some are left out."},
        {"each word", "worksheets/sheet2", "count(//" E("row") "[starts-with(., \"Status: \")])",
         "10"},
        {"each column", "worksheets/sheet2", "count(//" E("row") "[starts-with(., \"Column: \")])",
         "7"},
    };
    CT_AUTO_ARENA a = CT_ARENA_INIT;
    CT_AUTO_STR out = CT_STR_INIT(MAX);
    struct ct_report_doc doc = document(&a);
    struct ct_temp temp;

    (void)state;
    ct_temp_make(&temp);
    write_as(&a, &doc, CT_REPORT_XLSX, &out);
    CT_EACH (c, cases) {
        char part[64];
        snprintf(part, sizeof part, "xl/%s.xml", c->part);
        CT_EQ_STR(c->name, ask(&temp, &out, part, c->xpath), c->want);
    }
    ct_temp_remove(&temp);
}

static void what_does_not_fit_is_refused_whole(void **state)
{
    static const enum ct_report_format formats[] = {CT_REPORT_CSV, CT_REPORT_JSON, CT_REPORT_XLSX};
    CT_AUTO_ARENA a = CT_ARENA_INIT;
    struct ct_report_doc doc = document(&a);

    (void)state;
    CT_EACH (f, formats) {
        struct ct_err err = CT_ERR_INIT;
        CT_AUTO_STR out = CT_STR_INIT(100);
        CT_EQ_I64(ct_report_media_type(*f), ct_report_write(&a, &doc, *f, &out, &err), CT_TOO_BIG);
    }
}

/* The same document, its rows made as they are asked for. */
static void put_row(const void *arg, size_t i, struct ct_arena *a, struct ct_sv *to)
{
    (void)arg;
    for (size_t c = 0; c < N; c++)
        if (*cells[i][c])
            to[c] = ct_arena_dup(a, ct_sv_c(cells[i][c]));
}

static void rows_may_be_made_as_they_are_asked_for(void **state)
{
    static const enum ct_report_format formats[] = {CT_REPORT_CSV, CT_REPORT_JSON, CT_REPORT_XLSX};
    CT_AUTO_ARENA a = CT_ARENA_INIT;
    struct ct_err err = CT_ERR_INIT;

    (void)state;
    CT_EACH (f, formats) {
        CT_AUTO_STR whole = CT_STR_INIT(MAX), asked = CT_STR_INIT(MAX);
        struct ct_report_doc doc = document(&a);
        struct ct_sink out = ct_sink_str(&asked);
        CT_OK_("whole", ct_report_write(&a, &doc, *f, &whole, &err), &err);
        doc.cells = NULL;
        doc.row = put_row;
        CT_OK_("asked", ct_report_stream(&a, &doc, *f, &out, NULL, &err), &err);
        assert_true(ct_sv_eq(ct_str_sv(&whole), ct_str_sv(&asked)));
        CT_EQ_I64("counted", out.n, (int64_t)asked.n);
    }
}

static int stop_at(void *arg, int64_t done, int64_t total, struct ct_err *err)
{
    const int64_t *most = arg;

    CT_EQ_I64("of all rows", total, 100000);
    return done < *most ? CT_OK : ct_fail(err, CT_CONFLICT, "order", "it was cancelled");
}

static void put_number(const void *arg, size_t i, struct ct_arena *a, struct ct_sv *to)
{
    (void)arg;
    to[0] = ct_arena_printf(a, "%zu", i);
}

static void many_rows_are_stopped_wherever_one_wants(void **state)
{
    CT_AUTO_ARENA a = CT_ARENA_INIT;
    struct ct_report_doc doc = document(&a);
    int64_t most = 50000;
    struct ct_progress progress = {stop_at, &most};

    (void)state;
    doc.row = put_number;
    doc.n_rows = 100000;
    for (enum ct_report_format f = CT_REPORT_CSV; f <= CT_REPORT_JSON; f++) {
        CT_AUTO_STR text = CT_STR_INIT((size_t)16 * MAX), few = CT_STR_INIT(MAX / 16);
        struct ct_sink out = ct_sink_str(&text), full = ct_sink_str(&few);
        struct ct_err err = CT_ERR_INIT;
        CT_EQ_I64("cancelled", ct_report_stream(&a, &doc, f, &out, &progress, &err), CT_CONFLICT);
        ct_err_clear(&err);
        CT_EQ_I64("no room", ct_report_stream(&a, &doc, f, &full, NULL, &err), CT_TOO_BIG);
        ct_err_clear(&err);
        ct_str_reset(&text);
        CT_OK_("whole", ct_report_stream(&a, &doc, f, &out, NULL, &err), &err);
        assert_true(text.n > 1000000);
    }
    assert_true(a.used < 1000000); /* no row is kept */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rows_may_be_made_as_they_are_asked_for),
        cmocka_unit_test(many_rows_are_stopped_wherever_one_wants),
        cmocka_unit_test(csv_read_back_is_what_was_written),
        cmocka_unit_test(json_has_values_of_their_types),
        cmocka_unit_test(a_workbook_says_what_it_holds),
        cmocka_unit_test(what_does_not_fit_is_refused_whole),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
