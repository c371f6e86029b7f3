/*
 * test_pdf_report.c: reports over several pages as other programs (poppler's) read them: tagged as
 * tables with heads, in reading order, each page with the head of the table and its number, and
 * names of every script.
 */
#include "ct_pdf.h"

#include "ct/text/pdf_report.h"

#include "ct/base/banned.h"

enum { COLUMNS = 3, ROWS = 120 };

static const struct ct_pdf_column columns[COLUMNS] = {
    {{"Course", 6}, false}, {{"Completed", 9}, false}, {{"Score", 5}, true}};

static struct ct_sv *rows_of(struct ct_arena *a, size_t n)
{
    struct ct_sv *cells = ct_arena_array(a, struct ct_sv, n * COLUMNS);

    for (size_t i = 0; i < n; i++) {
        cells[i * COLUMNS] = ct_arena_printf(a, "Row number %zu", i + 1);
        cells[i * COLUMNS + 1] = CT_SV("2026-11-22");
        cells[i * COLUMNS + 2] = ct_arena_printf(a, "%zu %%", i % 100);
    }
    return cells;
}

static struct ct_pdf_report report_of(const struct ct_pdf_block *blocks, size_t n)
{
    return (struct ct_pdf_report){.title = CT_SV("Transcript: Ben Čapek"),
                                  .author = CT_SV("Site"),
                                  .subject = CT_SV("Transcript"),
                                  .lang = CT_SV("en"),
                                  .foot = CT_SV("Ben Čapek, as of 2026-11-22"),
                                  .created_at = 1770000000,
                                  .blocks = blocks,
                                  .n_blocks = n};
}

static void write_report(const struct ct_pdf_report *report, struct ct_str *out)
{
    struct ct_err err = CT_ERR_INIT;

    CT_OK_("written", ct_pdf_report(report, out, &err), &err);
}

static size_t count(const char *text, const char *part)
{
    size_t n = 0;

    for (const char *p = text; (p = strstr(p, part)); p += strlen(part))
        n++;
    return n;
}

static void a_table_goes_on_over_pages_under_its_head(void **state)
{
    CT_AUTO_ARENA a = CT_ARENA_INIT;
    CT_AUTO_STR pdf = CT_STR_INIT(CT_PDF_MAX);
    const struct ct_pdf_block blocks[] = {
        {.kind = CT_PDF_TITLE, .text = CT_SV("Ben Čapek")},
        {.kind = CT_PDF_TEXT, .text = CT_SV("As recorded by Site.")},
        {.kind = CT_PDF_SECTION, .text = CT_SV("Completed courses")},
        {CT_PDF_TABLE, CT_SV_NULL, columns, COLUMNS, ROWS, rows_of(&a, ROWS)},
        {.kind = CT_PDF_SMALL, .text = CT_SV("Last words.")}};
    const struct ct_pdf_report report = report_of(blocks, 5);

    (void)state;
    write_report(&report, &pdf);
    const char *info = ct_pdf_ask(&a, ct_str_sv(&pdf), "pdfinfo $F 2>&1");
    ct_pdf_has(info, "Title:           Transcript: Ben Čapek\n");
    ct_pdf_has(info, "Tagged:          yes\n");
    ct_pdf_has(info, "Pages:           4\n");
    ct_pdf_has(info, "612 x 792 pts (letter)");
    const char *text = ct_pdf_ask(&a, ct_str_sv(&pdf), "pdftotext -layout $F - 2>&1");
    CT_EQ_I64("a head on each page", (int64_t)count(text, "Completed   "), 4);
    ct_pdf_has(text, "Page 1 of 4");
    ct_pdf_has(text, "Page 4 of 4");
    CT_EQ_I64("whose page it is", (int64_t)count(text, "Ben Čapek, as of 2026-11-22"), 4);
    CT_EQ_I64("every row once", (int64_t)count(text, "Row number "), ROWS);
    const char *fonts = ct_pdf_ask(&a, ct_str_sv(&pdf), "pdffonts $F | tail -n +3");
    assert_null(strstr(fonts, " no  ")); /* all are embedded */
}

/* What is read aloud is each thing once, in order. */
static void it_is_read_aloud_in_order(void **state)
{
    CT_AUTO_ARENA a = CT_ARENA_INIT;
    CT_AUTO_STR pdf = CT_STR_INIT(CT_PDF_MAX);
    const struct ct_pdf_block blocks[] = {
        {.kind = CT_PDF_TITLE, .text = CT_SV("The title")},
        {.kind = CT_PDF_SECTION, .text = CT_SV("A section")},
        {CT_PDF_TABLE, CT_SV_NULL, columns, COLUMNS, ROWS, rows_of(&a, ROWS)},
        {.kind = CT_PDF_SECTION, .text = CT_SV("Another")},
        {.kind = CT_PDF_TEXT, .text = CT_SV("The end.")}};
    const struct ct_pdf_report report = report_of(blocks, 5);
    const char *at;

    (void)state;
    write_report(&report, &pdf);
    const char *tree = ct_pdf_ask(&a, ct_str_sv(&pdf), "pdfinfo -struct-text $F 2>&1");
    at = tree;
    static const char *const order[] = {"Document",     "H1",        "The title",  "H2",
                                        "A section",    "Table",     "TR",         "TH",
                                        "Course",       "Completed", "Score",      "TR",
                                        "Row number 1", "TD",        "2026-11-22", "Row number 120",
                                        "H2",           "Another",   "P",          "The end."};
    CT_EACH (part, order) {
        if (!(at = strstr(at, *part)))
            fail_msg("no %s where it is to be in\n%.2000s", *part, tree);
    }
    CT_EQ_I64("heads that are drawn again are not read", (int64_t)count(tree, "\"Completed\""), 1);
    CT_EQ_I64("rows", (int64_t)count(tree, "TR"), ROWS + 1);
    assert_null(strstr(tree, "Page 1"));
    struct ct_sv bytes = ct_str_sv(&pdf);
    assert_true(ct_sv_search(bytes, CT_SV("/Scope /Column")) != SIZE_MAX);
    assert_true(ct_sv_search(bytes, CT_SV("/Scope /Row")) != SIZE_MAX);
    assert_true(ct_sv_search(bytes, CT_SV("/Lang <FEFF0065006E>")) != SIZE_MAX);
    assert_true(ct_sv_search(bytes, CT_SV("/DisplayDocTitle true")) != SIZE_MAX);
}

static void a_heading_stands_over_its_table(void **state)
{
    CT_AUTO_ARENA a = CT_ARENA_INIT;

    (void)state;
    for (size_t n = 35; n < 42; n++) { /* rows that leave less and less of the page */
        CT_AUTO_STR pdf = CT_STR_INIT(CT_PDF_MAX);
        const struct ct_pdf_block blocks[] = {
            {CT_PDF_TABLE, CT_SV_NULL, columns, COLUMNS, n, rows_of(&a, n)},
            {.kind = CT_PDF_SECTION, .text = CT_SV("The heading")},
            {.kind = CT_PDF_TEXT, .text = CT_SV("Some words.")},
            {CT_PDF_TABLE, CT_SV_NULL, columns, COLUMNS, 2, rows_of(&a, 2)}};
        const struct ct_pdf_report report = report_of(blocks, 4);
        write_report(&report, &pdf);
        const char *text = ct_pdf_ask(&a, ct_str_sv(&pdf), "pdftotext $F - 2>&1");
        const char *heading = strstr(text, "The heading"), *page = strchr(text, '\f');
        assert_non_null(heading);
        assert_non_null(page);
        if (page < strstr(heading, "Row number 1"))
            assert_true(page < heading);
    }
}

static void names_of_every_script_are_there(void **state)
{
    static const char *const names[] = {"María-José Ñúñez", "שרה כהן", "محمد", "山田太郎", "Ōta"};
    CT_AUTO_ARENA a = CT_ARENA_INIT;
    CT_AUTO_STR pdf = CT_STR_INIT(CT_PDF_MAX);
    struct ct_sv *cells = rows_of(&a, 5);

    (void)state;
    for (size_t i = 0; i < 5; i++)
        cells[i * COLUMNS] = ct_sv_c(names[i]);
    const struct ct_pdf_block blocks[] = {{.kind = CT_PDF_TITLE, .text = ct_sv_c(names[1])},
                                          {CT_PDF_TABLE, CT_SV_NULL, columns, COLUMNS, 5, cells}};
    struct ct_pdf_report report = report_of(blocks, 2);
    report.paper = CT_PDF_A4;
    write_report(&report, &pdf);
    const char *text = ct_pdf_ask(&a, ct_str_sv(&pdf), "pdftotext $F - 2>&1");
    ct_pdf_has(text, "María-José Ñúñez");
    ct_pdf_has(text, "山田太郎");
    ct_pdf_has(text, "Ōta");
    ct_pdf_has(text, "שרה");
    ct_pdf_has(ct_pdf_ask(&a, ct_str_sv(&pdf), "pdfinfo $F 2>&1"), "(A4)");
}

static void what_is_too_wide_or_too_long_stays_on_the_page(void **state)
{
    CT_AUTO_ARENA a = CT_ARENA_INIT;
    CT_AUTO_STR pdf = CT_STR_INIT(CT_PDF_MAX);
    struct ct_sv *cells = rows_of(&a, 3);
    char *word = ct_arena_alloc(&a, 6001);

    (void)state;
    memset(word, 'W', 6000);
    word[6000] = '\0';
    cells[0] = ct_sv_c(word);
    cells[4] = CT_SV_NULL;
    const struct ct_pdf_block blocks[] = {{CT_PDF_TABLE, CT_SV_NULL, columns, COLUMNS, 3, cells}};
    const struct ct_pdf_report report = report_of(blocks, 1);
    write_report(&report, &pdf);
    const char *boxes = ct_pdf_ask(&a, ct_str_sv(&pdf),
                                   "pdftotext -bbox $F - | sed -n 's/.*<word "
                                   ".*xMax=\"\\([0-9]*\\).*yMax=\"\\([0-9]*\\).*/\\1 \\2/p'"
                                   " | awk '$1 > 612 || $2 > 792' | wc -l");
    CT_EQ_STR("nothing is outside", boxes, "0\n");
}

static void the_same_report_gives_the_same_bytes(void **state)
{
    CT_AUTO_ARENA a = CT_ARENA_INIT;
    CT_AUTO_STR one = CT_STR_INIT(CT_PDF_MAX);
    CT_AUTO_STR two = CT_STR_INIT(CT_PDF_MAX);
    CT_AUTO_STR small = CT_STR_INIT(100);
    struct ct_err err = CT_ERR_INIT;
    const struct ct_pdf_block blocks[] = {
        {CT_PDF_TABLE, CT_SV_NULL, columns, COLUMNS, ROWS, rows_of(&a, ROWS)}};
    const struct ct_pdf_report report = report_of(blocks, 1);

    (void)state;
    write_report(&report, &one);
    write_report(&report, &two);
    assert_true(ct_sv_eq(ct_str_sv(&one), ct_str_sv(&two)));
    CT_EQ_I64("too big", ct_pdf_report(&report, &small, &err), CT_TOO_BIG);
}

static void papers_have_names(void **state)
{
    enum ct_pdf_paper paper = CT_PDF_LETTER;

    (void)state;
    assert_true(ct_pdf_paper_parse(CT_SV("a4"), &paper) && paper == CT_PDF_A4);
    assert_true(ct_pdf_paper_parse(CT_SV("letter"), &paper) && paper == CT_PDF_LETTER);
    assert_false(ct_pdf_paper_parse(CT_SV("A5"), &paper));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_table_goes_on_over_pages_under_its_head),
        cmocka_unit_test(it_is_read_aloud_in_order),
        cmocka_unit_test(a_heading_stands_over_its_table),
        cmocka_unit_test(names_of_every_script_are_there),
        cmocka_unit_test(what_is_too_wide_or_too_long_stays_on_the_page),
        cmocka_unit_test(the_same_report_gives_the_same_bytes),
        cmocka_unit_test(papers_have_names),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
