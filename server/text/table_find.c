/*
 * server/text/table_find.c: which lines of a source are pipe tables.
 *
 * cmark knows no tables: it sees their lines as a paragraph, or as a heading when a row of "="
 * follows. So it is asked first where paragraphs are. Of such a block's lines the prefixes of its
 * containers
 * ("> ", an item's indentation) are taken off as cmark does, and a header row above a delimiter row
 * begins a table. Its lines are replaced by a thematic break, which, like a table, may interrupt a
 * paragraph and cannot be continued: so cmark then reads what is around it as if it knew tables.
 */
#include "markdown_priv.h"

#include "ct/base/banned.h"

/* A quick look: nothing but what a delimiter row and its prefix are made of. */
static bool may_be_delimiter(struct ct_sv line)
{
    struct ct_sv s = ct_sv_trim(line);
    bool dash = false, mark = false;
    for (size_t i = 0; i < s.n; i++) {
        if (!memchr(" \t\v\f>|:-", s.p[i], 8))
            return false;
        dash = dash || s.p[i] == '-';
        mark = mark || s.p[i] == '|' || s.p[i] == ':';
    }
    return dash && mark; /* dashes alone are a heading or a thematic break */
}

bool ct_md_lines_may_hold_table(const struct ct_md_lines *lines)
{
    for (size_t i = 0; i < lines->n; i++)
        if (may_be_delimiter(lines->line[i].text))
            return true;
    return false;
}

/* ---- containers ------------------------------------------------------------------------------ */

struct finder {
    struct ct_arena *a;
    struct ct_md_lines *lines;
    struct ct_md_blocks *blocks;
};

/* Over the prefixes of the containers up to number `up` on the line of `c`. False if the line lacks
 * one: then it continues a paragraph at most. Containers are few: the guard bounds their depth. */
static bool skip_prefix(struct finder *f, size_t up, int line, struct ct_md_cursor *c)
{
    if (up == 0)
        return true;
    struct ct_md_block *b = &f->blocks->block[up - 1];
    if (!skip_prefix(f, b->up, line, c))
        return false;
    if (b->type == CT_MD_QUOTE)
        return ct_md_cursor_skip_quote(c);
    if (line == b->line) {
        ct_md_cursor_skip_marker(c);
        return true;
    }
    if (b->marker_columns < 0) {
        struct ct_md_cursor first = ct_md_cursor_at(f->lines->line[b->line - 1].text);
        if (!skip_prefix(f, b->up, b->line, &first))
            return false;
        b->marker_columns = (int)ct_md_cursor_skip_marker(&first);
    }
    if (ct_md_cursor_indent(*c) < (size_t)b->marker_columns)
        return false;
    ct_md_cursor_advance(c, (size_t)b->marker_columns);
    return true;
}

/* What a line of a block holds, its indentation taken off too; *ret_whole: the line had all its
 * containers and is not indented so far that it would be code. */
static struct ct_sv content(struct finder *f, size_t up, int line, bool *ret_whole, int *ret_column)
{
    struct ct_md_cursor c = ct_md_cursor_at(f->lines->line[line - 1].text);
    *ret_whole = skip_prefix(f, up, line, &c);
    size_t n = ct_md_cursor_indent(c);
    *ret_whole = *ret_whole && n < 4;
    ct_md_cursor_advance(&c, n);
    *ret_column = (int)c.at;
    return ct_sv_sub(c.line, c.at, c.line.n);
}

/* ---- tables ---------------------------------------------------------------------------------- */

/* What other blocks than paragraphs begin with. */
#define OTHER_BLOCK ">#`~<-+*_0123456789"

/* Whether the line goes on with the table above it. */
static bool is_row(struct finder *f, size_t up, int line)
{
    bool whole;
    int column;
    if ((size_t)line > f->lines->n || f->lines->line[line - 1].table)
        return false;
    struct ct_sv s = content(f, up, line, &whole, &column);
    if (!whole || s.n == 0 || ct_table_count(s) == 0)
        return false;
    /* most rows begin as no other block can, and are not worth asking */
    return !memchr(OTHER_BLOCK, s.p[0], strlen(OTHER_BLOCK)) || ct_md_is_paragraph(s);
}

/* The table whose delimiter row is on `line`, with all its rows; NULL if there is none. *ret_next:
 * the line under it. */
static struct ct_table *table_at(struct finder *f, const struct ct_md_block *b, int line,
                                 int *ret_next)
{
    bool whole;
    int column;
    size_t n;
    enum ct_table_align *align;
    struct ct_sv s = content(f, b->up, line, &whole, &column);
    if (!whole || !ct_table_delimiter(f->a, s, &align, &n))
        return NULL;
    struct ct_sv head = content(f, b->up, line - 1, &whole, &column);
    if (ct_table_count(head) != n)
        return NULL;

    struct ct_table *t = ct_arena_new(f->a, struct ct_table);
    t->line = f->lines->line[line - 2].first;
    t->column = column + 1;
    t->n_columns = n;
    t->align = align;
    ct_table_add(f->a, t, head, t->line, column);
    f->lines->n_cells += n;
    t->last = f->lines->line[line - 1].last;
    int at = line + 1;
    for (; f->lines->n_cells <= CT_TABLE_CELLS_MAX && is_row(f, b->up, at); at++) {
        s = content(f, b->up, at, &whole, &column);
        ct_table_add(f->a, t, s, f->lines->line[at - 1].first, column);
        f->lines->n_cells += n;
    }
    *ret_next = at;
    return t;
}

/* Puts a thematic break for the lines from `head` to before `next`. Where the header row is the
 * first line of its block, markers of items may stand before it; else the prefix of the delimiter
 * row is taken, for the header row may have been lazy and lack it. */
static void put_break(struct finder *f, const struct ct_md_block *b, struct ct_table *t, int head,
                      int next)
{
    bool whole;
    int column;
    int from = head == b->line ? head : head + 1;
    content(f, b->up, from, &whole, &column);
    struct ct_md_line *line = &f->lines->line[head - 1];
    line->text = ct_arena_printf(f->a, "%.*s___\n", column, f->lines->line[from - 1].text.p);
    line->last = t->last;
    line->table = t;
    for (int at = head + 1; at < next; at++)
        f->lines->line[at - 1].first = 0; /* to be dropped */
}

static void drop_lines(struct ct_md_lines *lines)
{
    size_t n = 0;
    for (size_t i = 0; i < lines->n; i++)
        if (lines->line[i].first > 0)
            lines->line[n++] = lines->line[i];
    lines->n = n;
}

/* Whether what follows a table is what cmark believes it to be: the block ended with the table, or
 * only its underline is left, which by itself ends a table too. */
static bool ends_well(const struct ct_md_block *b, int next)
{
    return next == b->end_line + 1 || (b->type == CT_MD_HEADING && next == b->end_line);
}

int ct_md_tables_take(struct ct_arena *a, struct ct_md_lines *lines, struct ct_md_blocks *blocks,
                      int *ret_line, struct ct_err *err)
{
    struct finder f = {a, lines, blocks};
    int found = 0;
    bool sure = true;
    for (size_t i = 0; i < blocks->n && sure; i++) {
        const struct ct_md_block *b = &blocks->block[i];
        if (b->type == CT_MD_QUOTE || b->type == CT_MD_ITEM)
            continue;
        int end = b->type == CT_MD_HEADING ? b->end_line - 1 : b->end_line;
        for (int line = b->line + 1; line <= end; line++) {
            int next;
            struct ct_table *t = NULL;
            if (may_be_delimiter(lines->line[line - 1].text))
                t = table_at(&f, b, line, &next);
            if (!t)
                continue;
            *ret_line = t->line;
            if (lines->n_cells > CT_TABLE_CELLS_MAX)
                return ct_fail(err, CT_TOO_BIG, "source", "tables of more than %d cells in all",
                               CT_TABLE_CELLS_MAX);
            put_break(&f, b, t, line - 1, next);
            found++;
            sure = ends_well(b, next);
            break;
        }
    }
    drop_lines(lines);
    return found;
}
