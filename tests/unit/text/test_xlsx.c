/*
 * test_xlsx.c: workbooks, read back as what they are: a zip with XML in it. unzip and xmllint have
 * to accept them, and cells have to be of the types that they were written as.
 */
#include "ct_test.h"

#include "ct/base/file.h"
#include "ct/text/xlsx.h"

#include <ctype.h>
#include <stdio.h>
#include <unistd.h>

/* Reads what a program prints; the list of banned functions has it, for good reasons elsewhere. */
static FILE *run(const char *command)
{
    return popen(command, "r");
}

#include "ct/base/banned.h"

enum { MAX = 8 * 1024 * 1024, READ_MAX = 64 * 1024 };

static const struct ct_xlsx_column columns[] = {
    {"name", CT_XLSX_TEXT}, {"people", CT_XLSX_INTEGER}, {"percent", CT_XLSX_PERCENT},
    {"on", CT_XLSX_DATE},   {"at", CT_XLSX_MOMENT},
};
enum { N = sizeof columns / sizeof columns[0] };

/* Prints of part `part` of a workbook what the XPath says. */
static const char *ask(const struct ct_str *book, const char *part, const char *xpath)
{
    static char answer[READ_MAX];
    char path[] = "/tmp/crosstrain-test-XXXXXX", command[1024];
    int fd = mkstemp(path);
    FILE *out;
    size_t n;

    assert_true(fd >= 0);
    assert_int_equal(write(fd, book->p, book->n), (ssize_t)book->n);
    close(fd);
    snprintf(command, sizeof command,
             "unzip -qq -t '%s' 2>&1 >/dev/null && unzip -p '%s' '%s' |"
             " xmllint --nonet --xpath '%s' - 2>&1",
             path, path, part, xpath);
    out = run(command);
    assert_non_null(out);
    n = fread(answer, 1, sizeof answer - 1, out);
    while (n > 0 && isspace((unsigned char)answer[n - 1]))
        n--;
    answer[n] = '\0';
    if (pclose(out) != 0)
        print_error("%s: %s\n", command, answer);
    unlink(path);
    return answer;
}

/* XPath with the elements' names as they are, whatever their namespace. */
#define E(name) "*[local-name()=\"" name "\"]"
/* The cell with the address. */
#define CELL(address) "//" E("c") "[@r=\"" address "\"]"

static void make(const struct ct_sv *cells, size_t n_rows, struct ct_str *out)
{
    struct ct_err err = CT_ERR_INIT;
    struct ct_xlsx_sheet sheet = {"Report", columns, N, cells, n_rows, true};
    struct ct_xlsx_book book = {"A report", 1700000000, &sheet, 1};

    CT_OK_("workbook", ct_xlsx_write(&book, out, &err), &err);
}

static void cells_are_of_their_types(void **state)
{
    static const struct {
        const char *name, *xpath, *want;
    } cases[] = {
        {"a text is a string", "string(" CELL("A2") "/@t)", "inlineStr"},
        {"and stands as it was", "string(" CELL("A2") ")", "Čapek & Søn"},
        {"a count is a number", "string(" CELL("B2") "/" E("v") ")", "42"},
        {"without a type of its own", "string(" CELL("B2") "/@t)", ""},
        {"a share is one of one", "string(" CELL("C2") "/" E("v") ")", "0.87"},
        {"a day is a number of days", "string(" CELL("D2") "/" E("v") ")", "46348"},
        {"a moment has its part of the day", "string(" CELL("E2") "/" E("v") ")",
         "46348.39583333334"},
        {"empty cells are not there", "count(//" E("row") "[@r=\"3\"]/" E("c") ")", "0"},
        {"what is no number is a text", "string(" CELL("B4") ")", "many"},
        {"nor is half of one", "string(" CELL("C4") ")", "8.5"},
        {"a day that is none is a text", "string(" CELL("D4") ")", "2026-02-30"},
        {"a moment without a zone is a text", "string(" CELL("E4") ")", "2026-11-22T09:30:00"},
        {"a day before all days is a text", "string(" CELL("D5") ")", "1899-12-31"},
        {"a negative number is one", "string(" CELL("B5") "/" E("v") ")", "-3"},
    };
    static const char *const rows[][N] = {
        {"Čapek & Søn", "42", "87", "2026-11-22", "2026-11-22T09:30:00Z"},
        {"", "", "", "", ""},
        {"x", "many", "8.5", "2026-02-30", "2026-11-22T09:30:00"},
        {"y", "-3", "100", "1899-12-31", "2026-11-22T24:30:00Z"},
    };
    struct ct_sv cells[sizeof rows / sizeof rows[0] * N];
    CT_AUTO_STR out = CT_STR_INIT(MAX);

    (void)state;
    for (size_t i = 0; i < sizeof cells / sizeof cells[0]; i++)
        cells[i] = ct_sv_c(rows[i / N][i % N]);
    make(cells, sizeof rows / sizeof rows[0], &out);
    CT_EACH (c, cases)
        CT_EQ_STR(c->name, ask(&out, "xl/worksheets/sheet1.xml", c->xpath), c->want);
}

static void no_text_becomes_a_formula_or_breaks_the_file(void **state)
{
    static const struct {
        const char *name, *cell, *want;
    } cases[] = {
        {"a formula", "=1+1", "=1+1"},
        {"an old one", "@SUM(A1)", "@SUM(A1)"},
        {"a link", "=HYPERLINK(\"http://x\")", "=HYPERLINK(\"http://x\")"},
        {"braces", "{=1}", "{=1}"},
        {"an address stays text", "https://example.org", "https://example.org"},
        {"markup", "<v>1</v>&amp;", "<v>1</v>&amp;"},
        {"a control character is said as one", "a\x1b[1m", "a_x001B_[1m"},
        {"what looks like one said so is not", "a_x001B_b", "a_x005F_x001B_b"},
        {"bytes that are no text",
         "a\xff"
         "b",
         "a\xef\xbf\xbd"
         "b"},
        {"a character that XML does not know",
         "a\xef\xbf\xbf"
         "b",
         "a\xef\xbf\xbd"
         "b"},
        {"lines", "a\nb", "a\nb"},
        {"blanks at the ends", " a ", "a"}, /* xmllint's answer is trimmed here, not the cell */
        {"right to left", "شيماء", "شيماء"},
    };

    (void)state;
    CT_EACH (c, cases) {
        struct ct_sv cells[N] = {{c->cell, strlen(c->cell)}};
        CT_AUTO_STR out = CT_STR_INIT(MAX);
        make(cells, 1, &out);
        const char *got = ask(&out, "xl/worksheets/sheet1.xml", "string(" CELL("A2") ")");
        while (*got == ' ')
            got++;
        CT_EQ_STR(c->name, got, c->want);
        CT_EQ_STR(c->name, ask(&out, "xl/worksheets/sheet1.xml", "count(//" E("f") ")"), "0");
        CT_EQ_STR(c->name, ask(&out, "xl/worksheets/sheet1.xml", "count(//" E("hyperlink") ")"),
                  "0");
    }
}

static void a_sheet_scrolls_below_its_header_and_can_be_filtered(void **state)
{
    static const struct {
        const char *name, *part, *xpath, *want;
    } cases[] = {
        {"its name", "xl/workbook.xml", "string(//" E("sheet") "/@name)", "Report"},
        {"the first row is frozen", "xl/worksheets/sheet1.xml", "string(//" E("pane") "/@state)",
         "frozen"},
        {"that one alone", "xl/worksheets/sheet1.xml", "string(//" E("pane") "/@ySplit)", "1"},
        {"a filter over all of it", "xl/worksheets/sheet1.xml",
         "string(//" E("autoFilter") "/@ref)", "A1:E3"},
        {"names of columns", "xl/worksheets/sheet1.xml", "string(" CELL("C1") ")", "percent"},
        {"in bold", "xl/styles.xml", "count(//" E("fonts") "/" E("font") "[" E("b") "])", "1"},
        {"a column is as wide as its text and a little", "xl/worksheets/sheet1.xml",
         "string(//" E("col") "[@min=\"1\"]/@width >= 25)", "true"},
        {"but not wider than a page", "xl/worksheets/sheet1.xml",
         "string(//" E("col") "[@min=\"1\"]/@width < 70)", "true"},
        {"texts are of the format for texts", "xl/styles.xml",
         "count(//" E("cellXfs") "/" E("xf") "[@numFmtId=\"49\"])", "1"},
        {"days are written as ISO has them", "xl/styles.xml",
         "string(//" E("numFmt") "[1]/@formatCode)", "yyyy-mm-dd"},
        {"what it is called", "docProps/core.xml", "string(//" E("title") ")", "A report"},
        {"when it was made", "docProps/core.xml", "string(//" E("created") ")",
         "2023-11-14T22:13:20Z"},
    };
    struct ct_sv cells[2 * N] = {CT_SV("Twenty-four letters long"), CT_SV("1")};
    CT_AUTO_STR out = CT_STR_INIT(MAX), again = CT_STR_INIT(MAX);

    (void)state;
    make(cells, 2, &out);
    make(cells, 2, &again);
    CT_EQ_SV("the same bytes again", ct_str_sv(&again), ct_str_sv(&out));
    CT_EACH (c, cases)
        CT_EQ_STR(c->name, ask(&out, c->part, c->xpath), c->want);
}

static void an_empty_table_is_a_sheet_too(void **state)
{
    CT_AUTO_STR out = CT_STR_INIT(MAX);

    (void)state;
    make(NULL, 0, &out);
    CT_EQ_STR("its header", ask(&out, "xl/worksheets/sheet1.xml", "count(//" E("row") ")"), "1");
}

static void limits_are_said_by_name(void **state)
{
    static char long_text[CT_XLSX_CELL_MAX + 2];
    struct ct_sv one[N] = {CT_SV("a")}, big[N] = {{long_text, CT_XLSX_CELL_MAX + 1}};
    struct ct_xlsx_sheet fine = {"A", columns, N, one, 1, false}, same[2] = {fine, fine};
    struct ct_xlsx_sheet rows = {"A", columns, N, one, CT_XLSX_ROWS_MAX + 1, false};
    struct ct_xlsx_sheet none = {"A", columns, 0, one, 0, false};
    struct ct_xlsx_sheet cell = {"A", columns, N, big, 1, false};
    struct ct_xlsx_sheet slash = {"A/B", columns, N, one, 1, false};
    const struct {
        const char *name;
        struct ct_xlsx_book book;
        size_t max;
        int want;
        const char *what;
    } cases[] = {
        {"more rows than a spreadsheet has", {"t", 0, &rows, 1}, MAX, CT_TOO_BIG, "rows"},
        {"no columns", {"t", 0, &none, 1}, MAX, CT_TOO_BIG, "columns"},
        {"no sheets", {"t", 0, &fine, 0}, MAX, CT_TOO_BIG, "sheets"},
        {"too long a text", {"t", 0, &cell, 1}, MAX, CT_TOO_BIG, "cell"},
        {"a name that cannot be one", {"t", 0, &slash, 1}, MAX, CT_BAD_INPUT, "sheet"},
        {"two of one name", {"t", 0, same, 2}, MAX, CT_BAD_INPUT, "sheet"},
        {"more bytes than are wanted", {"t", 0, &fine, 1}, 1000, CT_TOO_BIG, "workbook"},
    };

    (void)state;
    memset(long_text, 'a', CT_XLSX_CELL_MAX + 1);
    CT_EACH (c, cases) {
        struct ct_err err = CT_ERR_INIT;
        CT_AUTO_STR out = CT_STR_INIT(c->max);
        CT_EQ_I64(c->name, ct_xlsx_write(&c->book, &out, &err), c->want);
        CT_EQ_STR(c->name, err.what, c->what);
        CT_EQ_I64("nothing was appended", out.n, 0);
    }
}

static void without_a_folder_for_temporary_files_it_says_so(void **state)
{
    struct ct_sv one[N] = {CT_SV("a")};
    struct ct_xlsx_sheet sheet = {"A", columns, N, one, 1, false};
    struct ct_xlsx_book book = {"t", 0, &sheet, 1};
    struct ct_err err = CT_ERR_INIT;
    const char *before = getenv("TMPDIR");
    char kept[256];
    CT_AUTO_STR out = CT_STR_INIT(MAX);

    (void)state;
    snprintf(kept, sizeof kept, "%s", before ? before : "");
    setenv("TMPDIR", "/nonexistent", 1);
    CT_EQ_I64("no folder", ct_xlsx_write(&book, &out, &err), CT_INTERNAL);
    CT_EQ_STR("what", err.what, "xlsx");
    CT_EQ_I64("nothing was appended", out.n, 0);
    if (before)
        setenv("TMPDIR", kept, 1);
    else
        unsetenv("TMPDIR");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(cells_are_of_their_types),
        cmocka_unit_test(no_text_becomes_a_formula_or_breaks_the_file),
        cmocka_unit_test(a_sheet_scrolls_below_its_header_and_can_be_filtered),
        cmocka_unit_test(an_empty_table_is_a_sheet_too),
        cmocka_unit_test(limits_are_said_by_name),
        cmocka_unit_test(without_a_folder_for_temporary_files_it_says_so),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
