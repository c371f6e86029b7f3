/*
 * server/text/markdown_guard.c: what is said no to before cmark sees it, because cmark cannot be
 * interrupted.
 *
 * cmark 0.30.2 reads nearly everything in linear time. What it does not was found by measuring, and
 * is bounded here, far above what a text for people needs:
 * - each line is held against every open quote and list: lines times depth;
 * - each closed link visits every open "![" of its paragraph: images times brackets;
 * - each use of a defined link copies its address and title: brackets times length.
 * The guard reads the source once. It need not know blocks exactly, only never count too little:
 * text in a code block may count as a quote, for no text comes near the limits.
 */
#include "markdown_priv.h"

#include "ct/base/limits.h"

#include "ct/base/banned.h"

enum {
    NEST_MAX = 64, /* here; exactly CT_SOURCE_DEPTH_MAX once the tree is there */
    LINE_LEVELS_MAX = 4 * 1000 * 1000,  /* the depth of each line, summed up */
    IMAGE_PAIRS_MAX = 20 * 1000 * 1000, /* "![" times "]" of each paragraph, summed up */
    LINK_BYTES_MAX = 32 * 1024 * 1024   /* what all uses of defined links may copy */
};

int ct_md_guard_utf8(struct ct_sv text, int *ret_line, struct ct_err *err)
{
    int line = 1;
    if (ct_sv_utf8(text))
        return CT_OK;
    for (struct ct_sv rest = text, part; ct_sv_split(&rest, '\n', &part); line++)
        if (!ct_sv_utf8(part))
            break;
    *ret_line = line;
    return ct_fail(err, CT_BAD_INPUT, "source", "not UTF-8 text; save the file as UTF-8");
}

struct guard {
    int nest[NEST_MAX]; /* open containers: columns of an item, 0 for a quote */
    size_t depth;
    bool after_blank; /* the line above was empty: this one cannot be lazy */
    char fence;       /* in a fenced code block: its character */
    size_t fence_n;   /* how many */
    size_t fence_depth;
    uint64_t line_levels;
};

/* ---- depth ----------------------------------------------------------------------------------- */

static bool at_end(const struct ct_md_cursor *c)
{
    size_t i = c->at;
    while (i < c->line.n && (c->line.p[i] == ' ' || c->line.p[i] == '\t'))
        i++;
    return i == c->line.n;
}

/* Whether nothing but one of "-*_" and blanks is left: no items, but a thematic break. */
static bool on_break(struct ct_sv s)
{
    size_t n = 0;
    char mark = '\0';
    for (size_t i = 0; i < s.n; i++) {
        if (s.p[i] == ' ' || s.p[i] == '\t')
            continue;
        if (!memchr("-*_", s.p[i], 3) || (mark && mark != s.p[i]))
            return false;
        mark = s.p[i];
        n++;
    }
    return n >= 3;
}

static bool on_marker(struct ct_md_cursor c)
{
    size_t digits = 0;
    ct_md_cursor_advance(&c, ct_md_cursor_indent(c));
    while (ct_md_cursor_peek(&c) >= '0' && ct_md_cursor_peek(&c) <= '9') {
        ct_md_cursor_advance(&c, 1);
        digits++;
    }
    char mark = ct_md_cursor_peek(&c);
    if (mark == '\0' || !memchr(digits ? ".)" : "-+*", mark, digits ? 2 : 3) || digits > 9)
        return false;
    ct_md_cursor_advance(&c, 1);
    return c.at == c.line.n || ct_md_cursor_on_blank(&c);
}

/* Over the prefixes of the containers that are open. Returns how many the line has. */
static size_t match(const struct guard *g, struct ct_md_cursor *c)
{
    for (size_t i = 0; i < g->depth; i++) {
        if (g->nest[i] == 0) {
            if (!ct_md_cursor_skip_quote(c))
                return i;
        } else if (at_end(c)) {
            continue; /* an empty line does not end an item */
        } else if (ct_md_cursor_indent(*c) >= (size_t)g->nest[i]) {
            ct_md_cursor_advance(c, (size_t)g->nest[i]);
        } else {
            return i;
        }
    }
    return g->depth;
}

/* Opens and closes fenced code. Whether the line is code or a fence. */
static bool in_fence(struct guard *g, struct ct_md_cursor c)
{
    size_t n = 0;
    size_t blanks = ct_md_cursor_indent(c);
    ct_md_cursor_advance(&c, blanks);
    char mark = ct_md_cursor_peek(&c);
    if (blanks > 3 || (mark != '`' && mark != '~'))
        return g->fence != '\0';
    while (ct_md_cursor_peek(&c) == mark) {
        ct_md_cursor_advance(&c, 1);
        n++;
    }
    if (g->fence) {
        if (g->fence == mark && n >= g->fence_n && at_end(&c))
            g->fence = '\0';
        return true;
    }
    struct ct_sv info = ct_sv_sub(c.line, c.at, c.line.n);
    if (n < 3 || (mark == '`' && ct_sv_find(info, '`') != SIZE_MAX))
        return false;
    g->fence = mark;
    g->fence_n = n;
    g->fence_depth = g->depth;
    return true;
}

/* Follows one line. False if it nests too deep. */
static bool nest_line(struct guard *g, struct ct_sv line)
{
    struct ct_md_cursor c = ct_md_cursor_at(line);
    size_t matched = match(g, &c);
    bool blank = at_end(&c);
    g->line_levels += g->depth + 1;
    if (g->fence && matched < g->fence_depth)
        g->fence = '\0'; /* a fence ends with its container */
    if (matched < g->depth && (blank || g->after_blank))
        g->depth = matched;
    g->after_blank = blank;
    if (blank || in_fence(g, c))
        return true;
    for (;;) {
        int columns = 0;
        if (ct_md_cursor_indent(c) > 3 || on_break(ct_sv_sub(c.line, c.at, c.line.n)))
            break;
        if (on_marker(c))
            columns = (int)ct_md_cursor_skip_marker(&c);
        else if (!ct_md_cursor_skip_quote(&c))
            break;
        if (matched == NEST_MAX)
            return false;
        g->nest[matched++] = columns;
        g->depth = matched;
        g->line_levels++;
    }
    in_fence(g, c);
    return true;
}

static int guard_nesting(struct ct_sv text, int *ret_line, struct ct_err *err)
{
    struct guard g = {.depth = 0};
    struct ct_sv line;
    for (*ret_line = 1; ct_md_line_next(&text, &line); (*ret_line)++) {
        size_t n = ct_md_cursor_at(line).line.n;
        if (n > CT_SOURCE_LINE_MAX)
            return ct_fail(err, CT_TOO_BIG, "source", "a line of %zu bytes; at most %d", n,
                           CT_SOURCE_LINE_MAX);
        if (!nest_line(&g, line))
            return ct_fail(err, CT_TOO_BIG, "source", "quotes and lists nested over %d levels deep",
                           CT_SOURCE_DEPTH_MAX);
        if (g.line_levels > LINE_LEVELS_MAX)
            return ct_fail(err, CT_TOO_BIG, "source",
                           "too many lines inside deeply nested quotes and lists");
    }
    return CT_OK;
}

/* ---- brackets and definitions ---------------------------------------------------------------- */

static bool is_empty_line(struct ct_sv s)
{
    for (size_t i = 0; i < s.n; i++)
        if (!memchr(" \t\r\n>", s.p[i], 5))
            return false;
    return true;
}

static int guard_images(struct ct_sv text, int *ret_line, struct ct_err *err)
{
    uint64_t pairs = 0, images = 0, brackets = 0;
    struct ct_sv line;
    for (*ret_line = 1; ct_md_line_next(&text, &line); (*ret_line)++) {
        for (size_t i = 0; i < line.n; i++) {
            brackets += line.p[i] == ']';
            images += line.p[i] == '!' && i + 1 < line.n && line.p[i + 1] == '[';
        }
        if (pairs + images * brackets > IMAGE_PAIRS_MAX)
            return ct_fail(err, CT_TOO_BIG, "source",
                           "too many images and links in one paragraph; leave an empty line "
                           "between them");
        if (is_empty_line(line)) {
            pairs += images * brackets;
            images = brackets = 0;
        }
    }
    return CT_OK;
}

static bool is_space(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static size_t skip_spaces(struct ct_sv s, size_t i)
{
    while (i < s.n && is_space(s.p[i]))
        i++;
    return i;
}

/* How many bytes a definition has whose "]:" is before `s`: an address, and behind it perhaps a
 * title in quotes or parentheses, which ends at an empty line at the latest. */
static size_t definition_length(struct ct_sv s)
{
    size_t i = skip_spaces(s, 0);
    if (i < s.n && s.p[i] == '<')
        while (i < s.n && s.p[i] != '>' && s.p[i] != '\n' && s.p[i] != '\r')
            i++;
    while (i < s.n && !is_space(s.p[i]))
        i++;
    size_t title = skip_spaces(s, i);
    if (title >= s.n || !memchr("\"'(", s.p[title], 3))
        return i;
    char close = s.p[title] == '(' ? ')' : s.p[title];
    bool empty = false; /* nothing on this line yet */
    for (i = title + 1; i < s.n && s.p[i] != close; i++) {
        if (s.p[i] == '\n' && empty)
            break;
        empty = s.p[i] == '\n' || (empty && is_space(s.p[i]));
        i += s.p[i] == '\\';
    }
    return i < s.n ? i : s.n;
}

static int guard_definitions(struct ct_sv text, int *ret_line, struct ct_err *err)
{
    uint64_t longest = 0, brackets = 0, looked_at = 0;
    int line = 1;
    *ret_line = 1;
    for (size_t i = 0; i < text.n; i++) {
        line += text.p[i] == '\n';
        if (text.p[i] != ']')
            continue;
        brackets++;
        if (i + 1 == text.n || text.p[i + 1] != ':')
            continue;
        size_t n = definition_length(ct_sv_sub(text, i + 2, text.n));
        looked_at += n;
        if (n > longest) {
            longest = n;
            *ret_line = line;
        }
        if (looked_at > LINK_BYTES_MAX)
            break; /* titles in titles: looking alone takes too long */
    }
    if (looked_at > LINK_BYTES_MAX || longest * brackets > LINK_BYTES_MAX)
        return ct_fail(err, CT_TOO_BIG, "source",
                       "the definition of a link is too long to be used so often");
    return CT_OK;
}

int ct_md_guard(struct ct_sv text, int *ret_line, struct ct_err *err)
{
    *ret_line = 1;
    if (text.n > CT_SOURCE_MAX)
        return ct_fail(err, CT_TOO_BIG, "source", "%zu bytes; at most %d", text.n, CT_SOURCE_MAX);
    int r = guard_nesting(text, ret_line, err);
    if (r == CT_OK)
        r = guard_images(text, ret_line, err);
    if (r == CT_OK)
        r = guard_definitions(text, ret_line, err);
    return r;
}

static int levels(const struct ct_md_node *n)
{
    enum ct_md_type type = ct_md_type(n);
    return type == CT_MD_QUOTE || type == CT_MD_LIST || type >= CT_MD_EMPH;
}

int ct_md_guard_depth(const struct ct_md_node *root, int *ret_line, struct ct_err *err)
{
    int depth = 0;
    const struct ct_md_node *n = root;
    while (n) {
        depth += levels(n);
        if (depth > CT_SOURCE_DEPTH_MAX) {
            *ret_line = ct_md_line(n);
            return ct_fail(err, CT_TOO_BIG, "source",
                           "quotes, lists and emphasis nested over %d levels deep",
                           CT_SOURCE_DEPTH_MAX);
        }
        if (ct_md_first(n)) {
            n = ct_md_first(n);
            continue;
        }
        for (;; n = ct_md_parent(n)) { /* leave n, and whatever ends with it */
            depth -= levels(n);
            if (n == root || ct_md_next(n))
                break;
        }
        n = n == root ? NULL : ct_md_next(n);
    }
    return CT_OK;
}
