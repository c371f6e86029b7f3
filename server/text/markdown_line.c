/*
 * server/text/markdown_line.c: the lines of a source, and a place in a line that moves as cmark's
 * block parser does: over tabs, the prefix of a quote, the marker of an item.
 */
#include "markdown_priv.h"

#include "ct/base/banned.h"

bool ct_md_line_next(struct ct_sv *rest, struct ct_sv *ret)
{
    struct ct_sv s = *rest;
    size_t n = 0;
    if (s.n == 0)
        return false;
    while (n < s.n && s.p[n] != '\n' && s.p[n] != '\r')
        n++;
    if (n < s.n)
        n += s.p[n] == '\r' && n + 1 < s.n && s.p[n + 1] == '\n' ? 2 : 1;
    *ret = ct_sv_sub(s, 0, n);
    *rest = ct_sv_sub(s, n, s.n);
    return true;
}

void ct_md_lines_cut(struct ct_arena *a, struct ct_sv text, struct ct_md_lines *ret)
{
    struct ct_md_line line = {.table = NULL};
    size_t cap = 0;
    *ret = (struct ct_md_lines){NULL, 0, 0};
    while (ct_md_line_next(&text, &line.text)) {
        line.first = line.last = (int)ret->n + 1;
        CT_ARENA_PUSH(a, ret->line, ret->n, cap, line);
    }
}

struct ct_md_cursor ct_md_cursor_at(struct ct_sv s)
{
    while (s.n > 0 && (s.p[s.n - 1] == '\n' || s.p[s.n - 1] == '\r'))
        s.n--;
    return (struct ct_md_cursor){s, 0, 0};
}

char ct_md_cursor_peek(const struct ct_md_cursor *c)
{
    return c->at < c->line.n ? c->line.p[c->at] : '\0';
}

bool ct_md_cursor_on_blank(const struct ct_md_cursor *c)
{
    return ct_md_cursor_peek(c) == ' ' || ct_md_cursor_peek(c) == '\t';
}

/* Over n columns of blanks and other characters; a tab may be left half consumed. */
void ct_md_cursor_advance(struct ct_md_cursor *c, size_t n)
{
    while (n > 0 && c->at < c->line.n) {
        size_t tab = 4 - c->column % 4;
        size_t step = 1;
        if (ct_md_cursor_peek(c) == '\t') {
            step = tab < n ? tab : n;
            c->at += step == tab;
        } else {
            c->at++;
        }
        c->column += step;
        n -= step;
    }
}

size_t ct_md_cursor_indent(struct ct_md_cursor c)
{
    size_t from = c.column;
    while (ct_md_cursor_on_blank(&c))
        ct_md_cursor_advance(&c, 1);
    return c.column - from;
}

/* Over ">" and the blank behind it. */
bool ct_md_cursor_skip_quote(struct ct_md_cursor *c)
{
    struct ct_md_cursor at = *c;
    size_t n = ct_md_cursor_indent(at);
    ct_md_cursor_advance(&at, n);
    if (n > 3 || ct_md_cursor_peek(&at) != '>')
        return false;
    ct_md_cursor_advance(&at, 1);
    if (ct_md_cursor_on_blank(&at))
        ct_md_cursor_advance(&at, 1);
    *c = at;
    return true;
}

/* Over the marker of an item on its first line. Returns the columns that it takes, which its later
 * lines must be indented by. */
size_t ct_md_cursor_skip_marker(struct ct_md_cursor *c)
{
    size_t offset = ct_md_cursor_indent(*c);
    ct_md_cursor_advance(c, offset);
    size_t marker = 1;
    while (ct_md_cursor_peek(c) >= '0' && ct_md_cursor_peek(c) <= '9') {
        ct_md_cursor_advance(c, 1);
        marker++;
    }
    ct_md_cursor_advance(c, 1);
    struct ct_md_cursor behind = *c;
    size_t gap = ct_md_cursor_indent(*c);
    ct_md_cursor_advance(c, gap);
    if (gap >= 5 || gap < 1 || c->at == c->line.n) {
        *c = behind;
        if (ct_md_cursor_on_blank(c))
            ct_md_cursor_advance(c, 1);
        gap = 1;
    } else {
        *c = behind;
        ct_md_cursor_advance(c, gap);
    }
    return offset + marker + gap;
}
