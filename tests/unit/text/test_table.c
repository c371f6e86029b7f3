/*
 * test_table.c: pipe tables as part of the tree. What they render to is written down in
 * tests/md/tables.txt.
 */
#include "md_test.h"

#include "ct/base/banned.h"

static const struct {
    const char *name, *md, *want;
} trees[] = {
    {"rows and cells", "| a | `b` |\n|---|---|\n|  | c |\n",
     "document@1:1[table@1:1[row@1:1[cell@1:3[text@1:3] cell@1:7[code@1:8]] "
     "row@3:1[cell@3:0 cell@3:6[text@3:6]]]]"},
    {"columns behind escaped pipes", "a \\| `\\|` *b* | c\n-|-\n",
     "document@1:1[table@1:1[row@1:1[cell@1:1[text@1:1 code@1:7 text@1:10 em@1:11[text@1:12]] "
     "cell@1:17[text@1:17]]]]"},
    {"what follows keeps its lines", "x\n| a |\n|---|\n| b |\n\ny\n\n- z\n",
     "document@1:1[p@1:1[text@1:1] table@2:1[row@2:1[cell@2:3[text@2:3]] "
     "row@4:1[cell@4:3[text@4:3]]] p@6:1[text@6:1] list@8:1[item@8:1[p@8:3[text@8:3]]]]"},
    {"in a quote in an item", "1. > x\n   > | a |\n   > |---|\n   > | *b* |\n",
     "document@1:1[list@1:1[item@1:1[quote@1:4[p@1:6[text@1:6] table@2:6[row@2:6[cell@2:8["
     "text@2:8]] row@4:6[cell@4:8[em@4:8[text@4:9]]]]]]]]"},
    {"a lazy line ends it, and the lines below are found again",
     "> | a |\n> |---|\n| b |\n|---|\n| c |\n",
     "document@1:1[quote@1:1[table@1:3[row@1:3[cell@1:5[text@1:5]]]] table@3:1[row@3:1[cell@3:3["
     "text@3:3]] row@5:1[cell@5:3[text@5:3]]]]"},
    {"with tabs", "-\t| a |\n\t|---|\n\t| b |\n",
     "document@1:1[list@1:1[item@1:1[table@1:3[row@1:3[cell@1:5[text@1:5]] "
     "row@3:2[cell@3:4[text@3:4]]]]]]"},
    {"with CR LF", "| a |\r\n|---|\r\n| b |\r\nc\r\n",
     "document@1:1[table@1:1[row@1:1[cell@1:3[text@1:3]] row@3:1[cell@3:3[text@3:3]] "
     "row@4:1[cell@4:1[text@4:1]]]]"},
    {"at the end without a line end", "|a|\n|-|\n|b|",
     "document@1:1[table@1:1[row@1:1[cell@1:2[text@1:2]] row@3:1[cell@3:2[text@3:2]]]]"},
    {"a no-break space of one's own stays", "|\xC2\xA0|\n|-|\n",
     "document@1:1[table@1:1[row@1:1[cell@1:2[text@1:2]]]]"},
};

static void tables_have_types_lines_and_columns(void **state)
{
    (void)state;
    CT_EACH (c, trees) {
        CT_AUTO_STR out = CT_STR_INIT(CT_PAGE_MAX);
        CT_AUTO_MD *md = md_read(c->name, ct_sv_c(c->md), false);
        md_dump(ct_md_root(md), &out);
        CT_EQ_STR(c->name, out.p, c->want);
    }
}

static void a_table_ends_with_its_last_row(void **state)
{
    (void)state;
    CT_AUTO_MD *md = md_read("end", CT_SV("> | a |\n> |---|\n> | b |\n\nx\n"), false);
    CT_EQ_I64("table", ct_md_end_line(md_at(md, "/0/0")), 3);
    CT_EQ_I64("the quote around it", ct_md_end_line(md_at(md, "/0")), 3);
    CT_EQ_I64("row", ct_md_end_line(md_at(md, "/0/0/0")), 1);
}

static const struct {
    const char *name, *md;
} not_tables[] = {
    {"one row", "| a |"},
    {"no header", "|---|\n| a |"},
    {"a header of more cells", "| a | b |\n|---|"},
    {"a header of fewer cells", "| a |\n|---|---|"},
    {"no dash", "| a |\n|:|"},
    {"a colon inside", "| a |\n|-:-|"},
    {"a letter", "| a |\n|--x|"},
    {"an empty cell in the delimiter row", "| a | b |\n|---||"},
    {"two pipes at the front", "| a |\n||---|"},
    {"an empty line between", "| a |\n\n|---|"},
    {"an underline", "a\n---"},
    {"an escaped pipe", "| a |\n\\|---|"},
    {"a delimiter row indented like code", "| a |\n    |---|"},
    {"a delimiter row outside the quote", "> | a |\n|---|"},
    {"a delimiter row outside the item", "- | a |\n|---|"},
    {"fenced code", "~~~\n| a |\n|---|\n~~~"},
    {"indented code", "    | a |\n    |---|"},
    {"raw html", "<div>\n| a |\n|---|\n</div>"},
    {"a heading over dashes and a pipe", "# | a |\n|---|"},
};

static bool has_table(struct ct_md *md)
{
    CT_AUTO_STR out = CT_STR_INIT(CT_PAGE_MAX);
    md_dump(ct_md_root(md), &out);
    return ct_sv_search(ct_str_sv(&out), CT_SV("table@")) != SIZE_MAX;
}

static void what_is_no_table_stays_as_it_is(void **state)
{
    (void)state;
    CT_EACH (c, not_tables) {
        CT_AUTO_MD *md = md_read(c->name, ct_sv_c(c->md), false);
        CT_EQ_I64(c->name, has_table(md), false);
    }
}

static const struct {
    const char *name, *path, *want;
} unlinked[] = {
    {"the first row of a body", "/0/1",
     "<thead>\n<tr>\n<th>a</th>\n</tr>\n</thead>\n"
     "<tbody>\n<tr>\n<td>c</td>\n</tr>\n</tbody>\n"},
    {"the header", "/0/0", "<tbody>\n<tr>\n<td>b</td>\n</tr>\n<tr>\n<td>c</td>\n</tr>\n</tbody>\n"},
    {"the last row", "/0/2",
     "<thead>\n<tr>\n<th>a</th>\n</tr>\n</thead>\n"
     "<tbody>\n<tr>\n<td>b</td>\n</tr>\n</tbody>\n"},
};

static void a_table_without_a_row_is_whole(void **state)
{
    (void)state;
    CT_EACH (c, unlinked) {
        CT_AUTO_ARENA a = CT_ARENA_INIT;
        CT_AUTO_STR want = CT_STR_INIT(CT_PAGE_MAX);
        CT_AUTO_MD *md = md_read(c->name, CT_SV("|a|\n|-|\n|b|\n|c|\n"), false);
        struct ct_md_node *table = md_at(md, "/0"), *row = md_at(md, c->path);
        ct_md_unlink(md, row);
        ct_str_addf(&want, "<table>\n%s</table>\n", c->want);
        CT_EQ_SV(c->name, md_html(&a, ct_md_root(md)), ct_str_sv(&want));
        ct_md_append(table, row);
        assert_ptr_equal(ct_md_last(table), row);
    }
}

static void rows_may_be_taken_away_one_by_one(void **state)
{
    (void)state;
    CT_AUTO_ARENA a = CT_ARENA_INIT;
    CT_AUTO_MD *md = md_read("all", CT_SV("|a|\n|-|\n|b|\n"), false);
    struct ct_md_node *table = md_at(md, "/0");
    ct_md_unlink(md, ct_md_last(table));
    ct_md_unlink(md, ct_md_first(table));
    CT_EQ_SV("empty", md_html(&a, table), CT_SV("<table>\n</table>\n"));
    ct_md_unlink(md, table);
    CT_EQ_SV("gone", md_html(&a, ct_md_root(md)), CT_SV(""));
}

/* Each of these tables is followed by what makes cmark read on in another way, and so is found in a
 * pass of its own. */
static void many_tables_may_run_into_text(void **state)
{
    (void)state;
    CT_AUTO_STR text = CT_STR_INIT(CT_SOURCE_MAX);
    for (int i = 0; i < 50; i++)
        ct_str_add_c(&text, "| a |\n|---|\n2. x\n\n---\n\n");
    CT_AUTO_MD *md = md_read("fifty", ct_str_sv(&text), false);
    int tables = 0;
    for (struct ct_md_node *n = ct_md_first(ct_md_root(md)); n; n = ct_md_next(n))
        tables += ct_md_type(n) == CT_MD_TABLE;
    CT_EQ_I64("tables", tables, 50);
}

static struct ct_sv repeat(struct ct_str *out, const char *before, const char *unit, size_t n,
                           const char *after)
{
    ct_str_add_c(out, before);
    for (size_t i = 0; i < n; i++)
        ct_str_add_c(out, unit);
    ct_str_add_c(out, after);
    return ct_str_sv(out);
}

static void too_many_cells_are_refused(void **state)
{
    (void)state;
    CT_AUTO_STR rows = CT_STR_INIT(CT_SOURCE_MAX);
    CT_AUTO_MD *md = NULL;
    struct ct_err err = CT_ERR_INIT;
    int line = 0;
    struct ct_sv text = repeat(&rows, "x\n\n|a|b|c|d|\n|-|-|-|-|\n", "|\xC3\xA4\n", 15000, "");
    CT_EQ_I64("status", ct_md_parse(text, 3, false, &md, &line, &err), CT_TOO_BIG);
    CT_EQ_STR("sentence", err.text, "tables of more than 50000 cells in all");
    CT_EQ_I64("line", line, 5);
}

static void tables_that_run_into_text_without_end_are_refused(void **state)
{
    (void)state;
    CT_AUTO_STR rows = CT_STR_INIT(CT_SOURCE_MAX);
    CT_AUTO_MD *md = NULL;
    struct ct_err err = CT_ERR_INIT;
    struct ct_sv text = repeat(&rows, "", "|a|\n|-|\n2. x\n\n", 20000, "");
    CT_EQ_I64("status", ct_md_parse(text, 1, false, &md, NULL, &err), CT_TOO_BIG);
    CT_EQ_STR("sentence", err.text,
              "too many tables run into the text below them: leave an empty line after each table");
}

static void a_large_table_is_read(void **state)
{
    (void)state;
    CT_AUTO_STR rows = CT_STR_INIT(CT_SOURCE_MAX);
    struct ct_sv text = repeat(&rows, "|a|b|c|d|\n|-|-|-|-|\n", "|1|*2*|`3`|[4](5)|\n", 5000, "");
    CT_AUTO_MD *md = md_read("large", text, false);
    struct ct_md_node *last = ct_md_last(md_at(md, "/0"));
    CT_EQ_I64("line of the last row", ct_md_line(last), 5002);
    CT_EQ_I64("its third cell", ct_md_type(ct_md_first(ct_md_prev(ct_md_last(last)))), CT_MD_CODE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(tables_have_types_lines_and_columns),
        cmocka_unit_test(a_table_ends_with_its_last_row),
        cmocka_unit_test(what_is_no_table_stays_as_it_is),
        cmocka_unit_test(a_table_without_a_row_is_whole),
        cmocka_unit_test(rows_may_be_taken_away_one_by_one),
        cmocka_unit_test(many_tables_may_run_into_text),
        cmocka_unit_test(too_many_cells_are_refused),
        cmocka_unit_test(tables_that_run_into_text_without_end_are_refused),
        cmocka_unit_test(a_large_table_is_read),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
