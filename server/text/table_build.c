/*
 * server/text/table_build.c: nodes for a table that was found. Its cells were parsed as paragraphs
 * in front of the document, in order, those that are empty left out.
 */
#include "markdown_priv.h"

#include "ct/base/banned.h"

static bool is_header(const struct ct_md_node *row)
{
    const struct ct_md_node *table = ct_md_parent(row);
    return ct_md_line(row) == ct_md_line(table);
}

void ct_table_wrap_rows(struct ct_md_node *table)
{
    bool body = false;
    for (struct ct_md_node *row = ct_md_first(table); row; row = ct_md_next(row)) {
        const struct ct_md_node *next = ct_md_next(row);
        if (is_header(row)) {
            ct_md_wrap(row, "<thead>\n<tr>", "</tr>\n</thead>");
            continue;
        }
        ct_md_wrap(row, body ? "<tr>" : "<tbody>\n<tr>", next ? "</tr>" : "</tr>\n</tbody>");
        body = true;
    }
}

static void wrap_cell(struct ct_md_node *cell, bool header, enum ct_table_align align)
{
    static const char *const before[2][4] = {
        {"<td>", "<td align=\"left\">", "<td align=\"center\">", "<td align=\"right\">"},
        {"<th>", "<th align=\"left\">", "<th align=\"center\">", "<th align=\"right\">"}};
    ct_md_wrap(cell, before[header][align], header ? "</th>\n" : "</td>\n");
}

/* Moves the inlines of a paragraph into their cell, says where they stand, and takes off the
 * no-break space that they began with. */
static void fill_cell(struct ct_md *md, struct ct_md_node *cell, struct ct_md_node *from,
                      const struct ct_table_cell *src, int line)
{
    struct ct_md_node *n;
    for (n = ct_md_step(from, from); n; n = ct_md_step(n, from)) {
        int at = ct_md_place_in_cell(n);
        size_t raw = at > 0 ? ct_table_raw_offset(src, (size_t)at - 1) : 0;
        ct_md_place(md, n, line, line, src->column + (int)raw);
    }
    n = ct_md_first(from);
    struct ct_sv text = n ? ct_md_literal(n) : CT_SV_NULL;
    if (ct_sv_starts(text, CT_SV(CT_MD_NBSP))) {
        text = ct_sv_sub(text, strlen(CT_MD_NBSP), text.n);
        if (text.n == 0)
            ct_md_unlink(md, n);
        else
            ct_md_set_literal(n, text);
    }
    while ((n = ct_md_first(from)))
        ct_md_append(cell, n);
}

struct ct_md_node *ct_table_build(struct ct_md *md, const struct ct_table *t)
{
    struct ct_md_node *table = ct_md_make(md, CT_MD_TABLE, t->line, t->last, t->column);
    ct_md_wrap(table, "<table>", "</table>");
    for (size_t r = 0; r < t->n_rows; r++) {
        const struct ct_table_row *src = &t->rows[r];
        struct ct_md_node *row = ct_md_make(md, CT_MD_TABLE_ROW, src->line, src->line, src->column);
        for (size_t c = 0; c < t->n_columns; c++) {
            const struct ct_table_cell *sc = &src->cells[c];
            struct ct_md_node *cell =
                ct_md_make(md, CT_MD_TABLE_CELL, src->line, src->line, sc->column);
            wrap_cell(cell, r == 0, t->align[c]);
            ct_md_append(row, cell);
            if (sc->text.n == 0)
                continue;
            struct ct_md_node *from = ct_md_first(ct_md_root(md));
            fill_cell(md, cell, from, sc, src->line);
            ct_md_unlink(md, from);
        }
        ct_md_attach(table, row);
    }
    ct_table_wrap_rows(table);
    return table;
}
