/*
 * server/text/markdown_place.c: where inlines stand, where cmark 0.30 does not know.
 *
 * It gives breaks no place at all, counts every line's columns from the column of the paragraph's
 * first line, and does not notice the line end behind a backslash: what follows is then on the line
 * before, in a column that goes on counting.
 */
#include "markdown_priv.h"

#include "ct/base/banned.h"

/* A paragraph or heading, while its inlines are gone through. Lines are as cmark counted them. */
struct place {
    struct ct_md *md;
    const struct ct_md_lines *lines;
    int shift;                      /* lines that were parsed in front of `lines` */
    const struct ct_md_node *block; /* NULL: what comes has its place, or none */
    size_t quotes;                  /* around the block */
    int end;                        /* line on which the last text ended */
    int missed;                     /* line ends that cmark did not notice */
    int base;                       /* bytes of the lines that they ended */
};

static bool is_break(const struct ct_md_node *n)
{
    return ct_md_type(n) == CT_MD_SOFTBREAK || ct_md_type(n) == CT_MD_LINEBREAK;
}

static bool is_text(const struct ct_md_node *n)
{
    enum ct_md_type type = ct_md_type(n);
    return type == CT_MD_TEXT || type == CT_MD_CODE || type == CT_MD_HTML;
}

static void begin(struct place *p, const struct ct_md_node *block)
{
    enum ct_md_type type = ct_md_type(block);
    p->block = type == CT_MD_PARAGRAPH || type == CT_MD_HEADING ? block : NULL;
    p->end = ct_md_raw(block).line;
    p->missed = 0;
    p->base = 0;
    p->quotes = 0;
    for (const struct ct_md_node *up = p->block; up; up = ct_md_parent(up))
        p->quotes += ct_md_type(up) == CT_MD_QUOTE;
}

/* A line from where its text begins: behind ">" and blanks. */
static struct ct_sv text_of(const struct place *p, int line, int *ret_at)
{
    size_t quotes = p->quotes, at = 0;
    struct ct_sv s = CT_SV_NULL;
    line -= p->shift;
    if (line >= 1 && (size_t)line <= p->lines->n)
        s = p->lines->line[line - 1].text;
    while (at < s.n && (s.p[at] == ' ' || s.p[at] == '\t' || (s.p[at] == '>' && quotes-- > 0)))
        at++;
    *ret_at = (int)at;
    return ct_sv_sub(s, at, s.n);
}

/* How many blanks begin a text: only behind such a line end cmark leaves them. */
static size_t blanks(struct ct_sv s)
{
    size_t n = 0;
    while (n < s.n && (s.p[n] == ' ' || s.p[n] == '\t'))
        n++;
    return n;
}

/* A line end: cmark missed it if the next text is still on the same line. */
static void pass_break(struct place *p, const struct ct_md_node *n)
{
    const struct ct_md_node *next = n;
    int line = p->end + p->missed, at;
    do
        next = ct_md_step(next, p->block);
    while (next && !is_text(next));
    if (ct_md_type(n) == CT_MD_LINEBREAK && next && ct_md_raw(next).line == p->end) {
        struct ct_sv text = text_of(p, line, &at);
        if (line == ct_md_raw(p->block).line) /* from where the block begins, behind markers */
            p->base = at + 1 - ct_md_raw(p->block).column;
        p->base += (int)text.n + (int)blanks(ct_md_literal(next));
        p->missed++;
    } else {
        p->base = 0;
    }
}

static void place(struct place *p, struct ct_md_node *n)
{
    struct ct_md_raw raw = ct_md_raw(n), block = ct_md_raw(p->block);
    if (is_break(n)) {
        ct_md_place_raw(p->md, n, p->end + p->missed, 0);
        pass_break(p, n);
        return;
    }
    int line = raw.line + p->missed, at;
    if (line != block.line) {
        text_of(p, line, &at);
        ct_md_place_raw(p->md, n, line, at + 1 + raw.column - block.column - p->base);
    }
    if (is_text(n)) {
        if (raw.end_line != raw.line)
            p->base = 0; /* a line end inside of code is noticed */
        p->end = raw.end_line;
    }
}

void ct_md_place_inlines(struct ct_md *md, const struct ct_md_lines *lines, int shift)
{
    struct place p = {.md = md, .lines = lines, .shift = shift};
    struct ct_md_node *root = ct_md_root(md);
    for (struct ct_md_node *n = root; n; n = ct_md_step(n, root)) {
        if (!ct_md_is_inline(ct_md_type(n)))
            begin(&p, n);
        else if (p.block)
            place(&p, n);
    }
}
