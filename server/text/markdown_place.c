/*
 * server/text/markdown_place.c: where inlines stand, where cmark 0.30 does not know.
 *
 * It gives breaks no place at all; counts every line's columns from the column of the paragraph's
 * first line; does not notice the line end behind a backslash, so that what follows is on the line
 * before; counts no lines for definitions that began a paragraph; and puts backticks that close
 * nothing behind themselves. But the first inline of a line begins where the line's text begins.
 * (What follows a line end between a link's address and title is taken to be on the line before.)
 */
#include "markdown_priv.h"

#include "ct/base/banned.h"

/* A paragraph or heading, while its inlines are gone through. */
struct place {
    struct ct_md *md;
    const struct ct_md_lines *lines;
    int shift;                      /* lines that were parsed in front of `lines` */
    const struct ct_md_node *block; /* NULL: what comes has its place, or none */
    size_t quotes;                  /* around the block */
    int line;                       /* here */
    int missed;                     /* lines that cmark did not count */
    int origin;                     /* what is too much in cmark's columns on this line */
    bool fresh;                     /* the next inline is the first of its line */
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

static struct ct_sv line_of(const struct place *p, int line)
{
    line -= p->shift;
    return line >= 1 && (size_t)line <= p->lines->n ? p->lines->line[line - 1].text : CT_SV_NULL;
}

/* A line from where its text begins: behind ">" and blanks. */
static struct ct_sv text_of(const struct place *p, int line, int *ret_at)
{
    size_t quotes = p->quotes, at = 0;
    struct ct_sv s = line_of(p, line);
    while (at < s.n && (s.p[at] == ' ' || s.p[at] == '\t' || (s.p[at] == '>' && quotes-- > 0)))
        at++;
    *ret_at = (int)at;
    return ct_sv_sub(s, at, s.n);
}

/* How many of the characters `of` a text begins with. */
static int count(struct ct_sv s, const char *of)
{
    int n = 0;
    while ((size_t)n < s.n && strchr(of, s.p[n]))
        n++;
    return n;
}

/* To the line on which n begins. Of texts cmark knows the line, but for the line ends that it
 * missed; of a link it gives the last. */
static void to_line_of(struct place *p, const struct ct_md_node *n)
{
    int line = ct_md_raw(n).line + p->missed;
    if (is_text(n) && line < p->line)
        p->missed += p->line - line;
    else if (is_text(n))
        p->line = line;
}

/* To the line on which n, without its children, ends. */
static void to_end_of(struct place *p, const struct ct_md_node *n)
{
    struct ct_md_raw raw = ct_md_raw(n);
    if (is_break(n))
        p->line++;
    else if (is_text(n))
        p->line += raw.end_line - raw.line;
}

/* How many lines of a paragraph were definitions of links: those that its text does not fill. */
static int definitions(const struct place *p)
{
    struct place q = *p;
    struct ct_md_raw block = ct_md_raw(p->block);
    struct ct_sv s = line_of(p, block.line);
    if (count(ct_sv_sub(s, (size_t)block.column - 1, s.n), "[") == 0)
        return 0;
    for (const struct ct_md_node *n = ct_md_first(p->block); n; n = ct_md_step(n, p->block)) {
        to_line_of(&q, n);
        to_end_of(&q, n);
    }
    int underline = ct_md_type(p->block) == CT_MD_HEADING && block.end_line > block.line;
    int lines = block.end_line - underline - q.line;
    return lines > 0 ? lines : 0;
}

static void begin(struct place *p, const struct ct_md_node *block)
{
    enum ct_md_type type = ct_md_type(block);
    p->block = type == CT_MD_PARAGRAPH || type == CT_MD_HEADING ? block : NULL;
    if (!p->block)
        return;
    p->line = ct_md_raw(block).line;
    p->missed = 0;
    p->origin = 0;
    p->quotes = 0;
    for (const struct ct_md_node *up = p->block; up; up = ct_md_parent(up))
        p->quotes += ct_md_type(up) == CT_MD_QUOTE;
    p->missed = definitions(p);
    p->line += p->missed;
    p->fresh = p->missed > 0;
}

/* The first inline of a line stands where its text begins. */
static void begin_line(struct place *p, const struct ct_md_node *n)
{
    int at;
    int column = ct_md_raw(n).column;
    struct ct_sv text = text_of(p, p->line, &at);
    bool ticks = ct_md_type(n) == CT_MD_CODE; /* of which cmark gives the end */
    if (ct_md_type(n) == CT_MD_TEXT) {
        struct ct_sv literal = ct_md_literal(n);
        int blanks = count(literal, " \t");
        column += blanks;
        ticks = count(ct_sv_sub(literal, (size_t)blanks, 1), "`") > 0;
    }
    if (ticks)
        column -= count(text, "`");
    p->origin = column - (at + 1);
    p->fresh = false;
}

/* The column of a text that may begin with backticks, which cmark put behind them. */
static int before_ticks(const struct place *p, const struct ct_md_node *n, int column)
{
    struct ct_sv line = line_of(p, p->line);
    int ticks = ct_md_type(n) == CT_MD_TEXT ? count(ct_md_literal(n), "`") : 0;
    int from = column - 1 - ticks;
    if (ticks == 0 || from < 0 || count(ct_sv_sub(line, (size_t)column - 1, 1), "\\&") > 0)
        return column; /* none, or escaped ones */
    return count(ct_sv_sub(line, (size_t)from, (size_t)ticks), "`") == ticks ? from + 1 : column;
}

static void place(struct place *p, struct ct_md_node *n)
{
    struct ct_md_raw raw = ct_md_raw(n);
    int at;
    to_line_of(p, n);
    if (p->fresh && !is_break(n))
        begin_line(p, n);
    int column = is_break(n) ? 0 : before_ticks(p, n, raw.column - p->origin);
    if (p->line != raw.line || column != raw.column)
        ct_md_place_raw(p->md, n, p->line, column > 0 ? column : 0);
    to_end_of(p, n);
    p->fresh = p->fresh || is_break(n);
    if (is_text(n) && raw.end_line != raw.line) { /* the line goes on inside of code */
        text_of(p, p->line, &at);
        p->origin = ct_md_raw(p->block).column - (at + 1);
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
