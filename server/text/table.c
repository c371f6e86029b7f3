/*
 * server/text/table.c: the rows of one pipe table, as GitHub's specification has them (GFM 0.29,
 * section 4.10). Text only: where tables stand is table_find.c's business, what is in a cell
 * cmark's.
 *
 * A row is cut at each "|" that no backslash escapes, inside code spans too. That is why "\|" in a
 * cell becomes "|" before the cell is read as inline Markdown.
 */
#include "markdown_priv.h"

#include "ct/base/banned.h"

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\v' || c == '\f';
}

static struct ct_sv trim(struct ct_sv s)
{
    s = ct_sv_trim(s);
    while (s.n > 0 && is_blank(s.p[0]))
        s = ct_sv_sub(s, 1, s.n);
    while (s.n > 0 && is_blank(s.p[s.n - 1]))
        s.n--;
    return s;
}

/* Takes the next cell off a row, untrimmed; what follows the last pipe is a cell unless blank. The
 * first call takes the opening pipe away too. A pipe right behind a backslash is text. */
struct cells {
    struct ct_sv rest;
    size_t at; /* bytes of the line before rest */
};

static struct cells cells_of(struct ct_sv line)
{
    struct cells c = {line, 0};
    while (c.at < line.n && is_blank(line.p[c.at]))
        c.at++;
    if (c.at < line.n && line.p[c.at] == '|')
        c.at++;
    c.rest = ct_sv_sub(line, c.at, line.n);
    return c;
}

static bool next_cell(struct cells *c, struct ct_sv *ret, size_t *ret_at)
{
    struct ct_sv s = c->rest;
    size_t i = 0;
    if (trim(s).n == 0)
        return false;
    while (i < s.n && !(s.p[i] == '|' && !(i > 0 && s.p[i - 1] == '\\')))
        i++;
    *ret = ct_sv_sub(s, 0, i);
    *ret_at = c->at;
    size_t taken = i < s.n ? i + 1 : i;
    c->rest = ct_sv_sub(s, taken, s.n);
    c->at += taken;
    return true;
}

size_t ct_table_count(struct ct_sv line)
{
    struct cells c = cells_of(line);
    struct ct_sv cell;
    size_t at;
    size_t n = 0;
    while (next_cell(&c, &cell, &at))
        n++;
    return n;
}

/* ":-", "--:" ... */
static bool marker(struct ct_sv s, enum ct_table_align *ret)
{
    s = trim(s);
    bool left = s.n > 0 && s.p[0] == ':';
    if (left)
        s = ct_sv_sub(s, 1, s.n);
    bool right = s.n > 0 && s.p[s.n - 1] == ':';
    if (right)
        s.n--;
    for (size_t i = 0; i < s.n; i++)
        if (s.p[i] != '-')
            return false;
    *ret = left && right ? CT_ALIGN_CENTER
           : left        ? CT_ALIGN_LEFT
           : right       ? CT_ALIGN_RIGHT
                         : CT_ALIGN_NONE;
    return s.n > 0;
}

bool ct_table_delimiter(struct ct_arena *a, struct ct_sv line, enum ct_table_align **ret_align,
                        size_t *ret_n)
{
    enum ct_table_align one;
    enum ct_table_align *align = NULL;
    size_t n = 0, cap = 0, at;
    struct ct_sv cell;
    struct cells c = cells_of(line);
    while (next_cell(&c, &cell, &at))
        if (!marker(cell, &one))
            return false;
    for (c = cells_of(line); next_cell(&c, &cell, &at);) {
        marker(cell, &one);
        CT_ARENA_PUSH(a, align, n, cap, one);
    }
    *ret_align = align;
    *ret_n = n;
    return n > 0;
}

/* "\|" becomes "|". */
static struct ct_sv unescape(struct ct_arena *a, struct ct_sv raw)
{
    struct ct_sv pipe = CT_SV("\\|");
    if (ct_sv_search(raw, pipe) == SIZE_MAX)
        return raw;
    char *p = ct_arena_alloc(a, raw.n);
    size_t n = 0;
    for (size_t i = 0; i < raw.n; i++) {
        if (ct_sv_starts(ct_sv_sub(raw, i, 2), pipe))
            i++;
        p[n++] = raw.p[i];
    }
    return ct_sv_n(p, n);
}

void ct_table_add(struct ct_arena *a, struct ct_table *t, struct ct_sv line, int at, int column)
{
    struct ct_table_row row = {at, column + 1,
                               ct_arena_array(a, struct ct_table_cell, t->n_columns)};
    struct cells cells = cells_of(line);
    struct ct_sv raw;
    size_t offset;
    for (size_t i = 0; i < t->n_columns && next_cell(&cells, &raw, &offset); i++) {
        struct ct_sv tight = trim(raw);
        if (tight.n == 0)
            continue;
        row.cells[i].raw = tight;
        row.cells[i].text = unescape(a, tight);
        row.cells[i].column = column + (int)offset + (int)(tight.p - raw.p) + 1;
    }
    CT_ARENA_PUSH(a, t->rows, t->n_rows, t->cap_rows, row);
    t->last = at;
}

size_t ct_table_raw_offset(const struct ct_table_cell *cell, size_t at)
{
    size_t raw = 0;
    while (at-- > 0 && raw < cell->raw.n)
        raw += ct_sv_starts(ct_sv_sub(cell->raw, raw, 2), CT_SV("\\|")) ? 2 : 1;
    return raw;
}
