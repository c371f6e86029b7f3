/*
 * test_csv.c: records that spreadsheets open as what they say.
 */
#include "ct_test.h"

#include "ct/text/csv.h"

#include "ct/base/banned.h"

enum { MAX = 4096 };

static void cells(void **state)
{
    (void)state;
    static const struct {
        const char *name, *cell, *want;
    } cases[] = {
        {"plain", "abc", "abc"},
        {"empty", "", ""},
        {"inner blanks", "a b", "a b"},
        {"any script", "Müller 李", "Müller 李"},
        {"comma", "a,b", "\"a,b\""},
        {"quote", "say \"x\"", "\"say \"\"x\"\"\""},
        {"only a quote", "\"", "\"\"\"\""},
        {"line break", "a\nb", "\"a\nb\""},
        {"Windows line break", "a\r\nb", "\"a\r\nb\""},
        {"blank in front", " a", "\" a\""},
        {"blank behind", "a ", "\"a \""},
        {"semicolon", "a;b", "a;b"},
        {"integer", "42", "42"},
        {"negative integer", "-42", "-42"},
        {"signed decimal", "+4.5", "+4.5"},
        {"formula", "=1+1", "'=1+1"},
        {"formula with a comma", "=SUM(A1,A2)", "\"'=SUM(A1,A2)\""},
        {"formula with quotes", "=HYPERLINK(\"http://x\")", "\"'=HYPERLINK(\"\"http://x\"\")\""},
        {"plus", "+A1", "'+A1"},
        {"minus", "-A1", "'-A1"},
        {"minus and a number, and more", "-1+cmd|' /C calc'!A0", "'-1+cmd|' /C calc'!A0"},
        {"minus alone", "-", "'-"},
        {"exponent is no plain number", "-1e5", "'-1e5"},
        {"at", "@SUM(1)", "'@SUM(1)"},
        {"tab in front", "\t=1", "\"'\t=1\""},
        {"carriage return in front", "\r=1", "\"'\r=1\""},
        {"line feed in front", "\n=1", "\"'\n=1\""},
        {"full-width equals sign", "＝1", "'＝1"},
        {"full-width at", "＠a", "'＠a"},
        {"full-width letter is text", "Ａ", "Ａ"},
        {"equals sign within", "a=1", "a=1"},
    };
    CT_EACH (c, cases) {
        CT_AUTO_STR out = CT_STR_INIT(MAX);
        CT_AUTO_STR want = CT_STR_INIT(MAX);
        const struct ct_sv row[] = {CT_SV("x"), ct_sv_c(c->cell)};
        ct_str_addf(&want, "x,%s\r\n", c->want);
        ct_csv_row(&out, row, 2);
        CT_EQ_STR(c->name, out.p, want.p);
    }
}

static void records(void **state)
{
    (void)state;
    CT_AUTO_STR out = CT_STR_INIT(MAX);
    const struct ct_sv row[] = {CT_SV("a"), CT_SV_NULL, CT_SV("")};

    ct_csv_begin(&out);
    ct_csv_row(&out, row, 3);
    ct_csv_row(&out, row, 1);
    ct_csv_row(&out, row + 1, 1);
    ct_csv_row(&out, NULL, 0);
    CT_EQ_STR("records", out.p,
              "\xEF\xBB\xBF"
              "a,,\r\na\r\n\"\"\r\n\r\n");
}

static void full_output(void **state)
{
    (void)state;
    const struct ct_sv row[] = {CT_SV("a\"b\"c"), CT_SV("=x")};
    const char *want = "\"a\"\"b\"\"c\",'=x\r\n";
    for (size_t max = 0; max <= strlen(want); max++) {
        CT_AUTO_STR out = CT_STR_INIT(max);
        ct_csv_row(&out, row, 2);
        CT_EQ_I64("fits", ct_str_ok(&out), max == strlen(want));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(cells),
        cmocka_unit_test(records),
        cmocka_unit_test(full_output),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
