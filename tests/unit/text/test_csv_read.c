/*
 * test_csv_read.c: reading CSV: what spreadsheets write, and what is broken.
 */
#include "ct_test.h"

#include "ct/text/csv.h"

#include "ct/base/banned.h"

/* "1:a|b 3:c": lines and cells; "4!quotes" where a record cannot be read. */
static struct ct_sv records(struct ct_arena *a, struct ct_sv text)
{
    struct ct_csv_reader r;
    struct ct_sv cells[CT_CSV_CELLS_MAX], out = CT_SV("");
    struct ct_err err = CT_ERR_INIT;
    size_t n;
    int result;

    ct_csv_open(&r, text);
    while ((result = ct_csv_read(&r, a, cells, &n, &err)) != 0) {
        out = ct_arena_printf(a, "%.*s%s%zu", CT_SV_ARG(out), out.n ? " " : "", r.line);
        if (result < 0)
            out = ct_arena_printf(a, "%.*s!%s", CT_SV_ARG(out), err.what);
        for (size_t i = 0; result > 0 && i < n; i++)
            out = ct_arena_printf(a, "%.*s%s%.*s", CT_SV_ARG(out), i ? "|" : ":",
                                  CT_SV_ARG(cells[i]));
        ct_err_clear(&err);
    }
    return out;
}

static void records_are_read(void **state)
{
    static const struct {
        const char *name, *text, *want;
    } cases[] = {
        {"nothing", "", ""},
        {"one line without an end", "a,b", "1:a|b"},
        {"lines of Windows", "a,b\r\nc,d\r\n", "1:a|b 2:c|d"},
        {"lines of an old Mac", "a,b\rc,d\r", "1:a|b 2:c|d"},
        {"a byte order mark",
         "\xEF\xBB\xBF"
         "a,b\n",
         "1:a|b"},
        {"empty cells", ",a,,\n", "1:|a||"},
        {"empty lines and lines of commas", "a\n\n,,\n  \nb\n", "1:a 5:b"},
        {"quotes", "\"a,b\",\"say \"\"yes\"\"\"\n", "1:a,b|say \"yes\""},
        {"an empty cell in quotes", "\"\",b\n", "1:|b"},
        {"a line break inside quotes", "\"a\r\nb\",c\nd\n", "1:a\r\nb|c 3:d"},
        {"quotes inside a plain cell", "a\"b,c\n", "1:a\"b|c"},
        {"semicolons", "a;b\nc,d;e\n", "1:a|b 2:c,d|e"},
        {"tabs", "a\tb\nc\td\n", "1:a|b 2:c|d"},
        {"a guarded formula", "'=1+1,'-x,'tis\n", "1:=1+1|-x|'tis"},
        {"a quote that nothing closes", "a\n\"b\nc\n", "1:a 2!quotes 3:c"},
        {"text behind a closing quote", "\"a\"b,c\nd\n", "1!quotes 2:d"},
        {"bytes that are not UTF-8 are the caller's", "Jos\xe9\n", "1:Jos\xe9"},
    };
    CT_AUTO_ARENA a = CT_ARENA_INIT;

    (void)state;
    CT_EACH (c, cases)
        CT_EQ_SV(c->name, records(&a, ct_sv_c(c->text)), ct_sv_c(c->want));
}

static void too_many_cells_are_refused(void **state)
{
    CT_AUTO_ARENA a = CT_ARENA_INIT;
    char text[2 * CT_CSV_CELLS_MAX + 4];

    (void)state;
    memset(text, ',', sizeof text);
    text[0] = 'x';
    memcpy(text + sizeof text - 3, "\ny\n", 3);
    CT_EQ_SV("record", records(&a, ct_sv_n(text, sizeof text)), CT_SV("1!cells 2:y"));
    memset(text, ',', CT_CSV_CELLS_MAX - 1);
    struct ct_sv cells[CT_CSV_CELLS_MAX];
    struct ct_csv_reader r;
    struct ct_err err = CT_ERR_INIT;
    size_t n = 0;
    text[0] = 'x';
    text[1] = ',';
    ct_csv_open(&r, ct_sv_n(text, CT_CSV_CELLS_MAX));
    CT_EQ_I64("the most", ct_csv_read(&r, &a, cells, &n, &err), 1);
    CT_EQ_I64("cells", n, CT_CSV_CELLS_MAX);
}

static void what_is_written_is_read_again(void **state)
{
    static const char *const texts[] = {
        "plain",      "with, comma", "\"quoted\"", "=1+1",    "-5",
        "two\nlines", " blanks ",    "+49 30",     "@handle", "\xd7\x9b\xd7\x94\xd7\x9f"};
    enum { N = sizeof texts / sizeof texts[0] };
    struct ct_sv cells[N], back[CT_CSV_CELLS_MAX];
    CT_AUTO_ARENA a = CT_ARENA_INIT;
    CT_AUTO_STR out = CT_STR_INIT(4096);
    struct ct_csv_reader r;
    struct ct_err err = CT_ERR_INIT;
    size_t n = 0;

    (void)state;
    for (size_t i = 0; i < N; i++)
        cells[i] = ct_sv_c(texts[i]);
    ct_csv_begin(&out);
    ct_csv_row(&out, cells, N);
    ct_csv_open(&r, ct_str_sv(&out));
    CT_EQ_I64("a record", ct_csv_read(&r, &a, back, &n, &err), 1);
    CT_EQ_I64("cells", n, N);
    for (size_t i = 0; i < N; i++)
        CT_EQ_SV(texts[i], back[i], cells[i]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(records_are_read),
        cmocka_unit_test(too_many_cells_are_refused),
        cmocka_unit_test(what_is_written_is_read_again),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
