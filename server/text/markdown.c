/*
 * server/text/markdown.c: the document as a tree. The only file that knows cmark; the guard against
 * slow sources and the reading of pipe tables are next door and know no nodes.
 *
 * A struct ct_md_node is a cmark_node. cmark's user data of each node points at a struct info: the
 * one shared by all nodes of a document, or an own one where cmark cannot say what the node is
 * (tables) or where it stands (what is in their cells).
 */
#include "markdown_priv.h"

#include "ct/base/limits.h"

#include <cmark.h>
#include <stdlib.h>

#include "ct/base/banned.h"

/* SOURCEPOS at parsing: only then does cmark count the lines inside a code span or link. */
enum { PARSE = CMARK_OPT_SOURCEPOS, RENDER = CMARK_OPT_DEFAULT };

/* Each pass finds all tables up to one that runs into other text. What all passes may read: a large
 * source three times, a small one often. */
enum { PASSES_BYTES_MAX = 2 * CT_SOURCE_MAX };

struct info {
    struct ct_md *md;
    bool own;   /* the members below hold */
    bool shell; /* a list made for an item that was unlinked, to keep it tight or loose */
    enum ct_md_type type;
    int line, column, end_line;
};

struct ct_md {
    struct ct_arena arena;
    cmark_node *root;
    struct info common;
    int first_line;
    int shift;                /* lines of cells that were parsed in front of the text */
    struct ct_md_lines lines; /* the text as parsed; its bytes are the caller's, gone afterwards */
    cmark_node **loose;       /* unlinked; some may be in a tree again */
    size_t n_loose, cap_loose;
};

static cmark_node *cm(const struct ct_md_node *n)
{
    return (cmark_node *)(uintptr_t)n; /* cmark knows no const */
}

static struct ct_md_node *ours(cmark_node *n)
{
    return (struct ct_md_node *)n;
}

static struct info *info_of(cmark_node *n)
{
    return n ? cmark_node_get_user_data(n) : NULL;
}

static struct info *own_info(struct ct_md *md, cmark_node *n, enum ct_md_type type)
{
    struct info *in = ct_arena_new(&md->arena, struct info);
    in->md = md;
    in->own = true;
    in->type = type;
    cmark_node_set_user_data(n, in);
    return in;
}

/* ---- parsing --------------------------------------------------------------------------------- */

static enum ct_md_type type_of(cmark_node *n);

static void add_loose(struct ct_md *md, cmark_node *n)
{
    CT_ARENA_PUSH(&md->arena, md->loose, md->n_loose, md->cap_loose, n);
}

bool ct_md_is_paragraph(struct ct_sv line)
{
    cmark_node *doc = cmark_parse_document(line.p, line.n, CMARK_OPT_DEFAULT);
    cmark_node *first = cmark_node_first_child(doc);
    bool is = !first || cmark_node_get_type(first) == CMARK_NODE_PARAGRAPH;
    cmark_node_free(doc);
    return is;
}

/* Feeds the cells of all tables, then the text. The text comes last because a code fence left open
 * would swallow the cells; and its definitions of links are known to the cells all the same. */
static cmark_node *parse_lines(const struct ct_md_lines *lines, int *ret_shift)
{
    int shift = 0;
    cmark_parser *parser = cmark_parser_new(PARSE);
    for (size_t i = 0; i < lines->n; i++) {
        const struct ct_table *t = lines->line[i].table;
        for (size_t r = 0; t && r < t->n_rows; r++) {
            for (size_t c = 0; c < t->n_columns; c++) {
                struct ct_sv text = t->rows[r].cells[c].text;
                if (text.n == 0)
                    continue;
                cmark_parser_feed(parser, CT_MD_NBSP, strlen(CT_MD_NBSP));
                cmark_parser_feed(parser, text.p, text.n);
                cmark_parser_feed(parser, "\n\n", 2);
                shift += 2;
            }
        }
    }
    for (size_t i = 0; i < lines->n; i++)
        cmark_parser_feed(parser, lines->line[i].text.p, lines->line[i].text.n);
    cmark_node *root = cmark_parser_finish(parser);
    cmark_parser_free(parser);
    *ret_shift = shift;
    return root;
}

/* The blocks that table_find.c needs, with lines of `lines`, from 1. */
static void list_blocks(struct ct_arena *a, cmark_node *root, int shift, struct ct_md_blocks *ret)
{
    size_t up = 0;
    cmark_iter *it = cmark_iter_new(root);
    cmark_event_type ev;
    while ((ev = cmark_iter_next(it)) != CMARK_EVENT_DONE) {
        cmark_node *n = cmark_iter_get_node(it);
        const cmark_node_type type = cmark_node_get_type(n);
        bool container = type == CMARK_NODE_BLOCK_QUOTE || type == CMARK_NODE_ITEM;
        bool text = type == CMARK_NODE_PARAGRAPH || type == CMARK_NODE_HEADING;
        if (ev == CMARK_EVENT_EXIT && container)
            up = ret->block[up - 1].up;
        if (ev == CMARK_EVENT_EXIT || !(container || text))
            continue;
        struct ct_md_block b = {type_of(n),
                                cmark_node_get_start_line(n) - shift,
                                cmark_node_get_start_column(n),
                                cmark_node_get_end_line(n) - shift,
                                up,
                                -1};
        if (text && (b.end_line <= b.line || b.line < 1))
            continue; /* one line is no table; before the first there are only cells */
        CT_ARENA_PUSH(a, ret->block, ret->n, ret->cap, b);
        if (container)
            up = ret->n;
    }
    cmark_iter_free(it);
}

static void mark_nodes(struct ct_md *md)
{
    cmark_iter *it = cmark_iter_new(md->root);
    while (cmark_iter_next(it) != CMARK_EVENT_DONE)
        cmark_node_set_user_data(cmark_iter_get_node(it), &md->common);
    cmark_iter_free(it);
}

/* Puts each table where its thematic break stands. */
static void build_tables(struct ct_md *md)
{
    cmark_node **table = ct_arena_array(&md->arena, cmark_node *, md->lines.n + 1);
    for (size_t i = 0; i < md->lines.n; i++) {
        if (md->lines.line[i].table)
            table[i + 1] = cm(ct_table_build(md, md->lines.line[i].table));
    }
    cmark_iter *it = cmark_iter_new(md->root);
    while (cmark_iter_next(it) != CMARK_EVENT_DONE) {
        cmark_node *n = cmark_iter_get_node(it);
        if (cmark_node_get_type(n) != CMARK_NODE_THEMATIC_BREAK)
            continue;
        size_t line = (size_t)(cmark_node_get_start_line(n) - md->shift);
        if (line <= md->lines.n && table[line]) {
            cmark_node_replace(n, table[line]);
            add_loose(md, n);
            table[line] = NULL;
        }
    }
    cmark_iter_free(it);
    for (size_t i = 0; i <= md->lines.n; i++)
        if (table[i])
            add_loose(md, table[i]); /* cannot be, by how table_find.c works; but must not leak */
}

/* Parses, takes tables out, parses what is left, until no table is found. */
static int parse(struct ct_md *md, struct ct_sv text, int *ret_line, struct ct_err *err)
{
    ct_md_lines_cut(&md->arena, text, &md->lines);
    bool tables = ct_md_lines_may_hold_table(&md->lines);
    for (size_t bytes = text.n;; bytes += text.n) {
        md->root = parse_lines(&md->lines, &md->shift);
        if (!tables)
            break;
        struct ct_md_blocks blocks = {NULL, 0, 0};
        list_blocks(&md->arena, md->root, md->shift, &blocks);
        int found = ct_md_tables_take(&md->arena, &md->lines, &blocks, ret_line, err);
        if (found < 0)
            return found;
        if (found == 0)
            break;
        cmark_node_free(md->root);
        md->root = NULL;
        if (bytes > PASSES_BYTES_MAX) /* *ret_line: of the last such table */
            return ct_fail(err, CT_TOO_BIG, "source",
                           "too many tables run into the text below them: leave an empty line "
                           "after each table");
    }
    mark_nodes(md);
    if (md->lines.n_cells > 0)
        build_tables(md);
    ct_md_place_inlines(md, &md->lines, md->shift);
    return CT_OK;
}

/* ---- the document ---------------------------------------------------------------------------- */

int ct_md_parse(struct ct_sv text, int first_line, bool trusted, struct ct_md **ret, int *ret_line,
                struct ct_err *err)
{
    int line = 1;
    int r = CT_OK;
    if (ct_sv_starts(text, CT_SV("\xEF\xBB\xBF"))) /* as cmark does */
        text = ct_sv_sub(text, 3, text.n);
    r = ct_md_guard_utf8(text, &line, err);
    if (r == CT_OK && !trusted)
        r = ct_md_guard(text, &line, err);
    if (r < 0) {
        if (ret_line)
            *ret_line = line + first_line - 1;
        return r;
    }

    struct ct_arena arena = CT_ARENA_INIT;
    struct ct_md *md = ct_arena_new(&arena, struct ct_md);
    md->arena = arena;
    md->common.md = md;
    md->first_line = first_line;
    r = parse(md, text, &line, err);
    if (r == CT_OK && !trusted && ct_md_guard_depth(ours(md->root), &line, err) < 0) {
        line -= first_line - 1;
        r = CT_TOO_BIG;
    }
    if (r < 0) {
        if (ret_line)
            *ret_line = line + first_line - 1;
        ct_md_free(md);
        return r;
    }
    *ret = md;
    return CT_OK;
}

void ct_md_free(struct ct_md *md)
{
    if (!md)
        return;
    /* A loose node may have been put into a tree again, or be listed twice; whatever has no parent
     * gets one, so that each is freed once. */
    cmark_node *bin = cmark_node_new(CMARK_NODE_CUSTOM_BLOCK);
    for (size_t i = 0; i < md->n_loose; i++)
        if (!cmark_node_parent(md->loose[i]))
            cmark_node_append_child(bin, md->loose[i]);
    cmark_node_free(bin);
    if (md->root)
        cmark_node_free(md->root);
    struct ct_arena arena = md->arena; /* which holds md */
    ct_arena_release(&arena);
}

struct ct_md_node *ct_md_root(struct ct_md *md)
{
    return ours(md->root);
}

/* ---- walking --------------------------------------------------------------------------------- */

struct ct_md_node *ct_md_first(const struct ct_md_node *n)
{
    return ours(cmark_node_first_child(cm(n)));
}

struct ct_md_node *ct_md_last(const struct ct_md_node *n)
{
    return ours(cmark_node_last_child(cm(n)));
}

struct ct_md_node *ct_md_next(const struct ct_md_node *n)
{
    return ours(cmark_node_next(cm(n)));
}

struct ct_md_node *ct_md_prev(const struct ct_md_node *n)
{
    return ours(cmark_node_previous(cm(n)));
}

struct ct_md_node *ct_md_parent(const struct ct_md_node *n)
{
    cmark_node *up = cmark_node_parent(cm(n));
    return up && info_of(up)->shell ? NULL : ours(up);
}

/* ---- what a node is -------------------------------------------------------------------------- */

static enum ct_md_type type_of(cmark_node *n)
{
    switch (cmark_node_get_type(n)) {
    case CMARK_NODE_BLOCK_QUOTE:
        return CT_MD_QUOTE;
    case CMARK_NODE_LIST:
        return CT_MD_LIST;
    case CMARK_NODE_ITEM:
        return CT_MD_ITEM;
    case CMARK_NODE_CODE_BLOCK:
        return CT_MD_CODE_BLOCK;
    case CMARK_NODE_HTML_BLOCK:
        return CT_MD_HTML_BLOCK;
    case CMARK_NODE_PARAGRAPH:
        return CT_MD_PARAGRAPH;
    case CMARK_NODE_HEADING:
        return CT_MD_HEADING;
    case CMARK_NODE_THEMATIC_BREAK:
        return CT_MD_BREAK;
    case CMARK_NODE_CUSTOM_BLOCK:
    case CMARK_NODE_CUSTOM_INLINE:
        return info_of(n)->type;
    case CMARK_NODE_TEXT:
        return CT_MD_TEXT;
    case CMARK_NODE_SOFTBREAK:
        return CT_MD_SOFTBREAK;
    case CMARK_NODE_LINEBREAK:
        return CT_MD_LINEBREAK;
    case CMARK_NODE_CODE:
        return CT_MD_CODE;
    case CMARK_NODE_HTML_INLINE:
        return CT_MD_HTML;
    case CMARK_NODE_EMPH:
        return CT_MD_EMPH;
    case CMARK_NODE_STRONG:
        return CT_MD_STRONG;
    case CMARK_NODE_LINK:
        return CT_MD_LINK;
    case CMARK_NODE_IMAGE:
        return CT_MD_IMAGE;
    case CMARK_NODE_DOCUMENT:
    case CMARK_NODE_NONE:
        break;
    }
    return CT_MD_DOCUMENT;
}

enum ct_md_type ct_md_type(const struct ct_md_node *n)
{
    return type_of(cm(n));
}

/* The line of the source for a line as cmark counted it; the last one of a table that it stands for
 * if `end`. */
static int source_line(const struct ct_md *md, int line, bool end)
{
    line -= md->shift;
    if (line < 1)
        line = 1;
    if ((size_t)line <= md->lines.n)
        line = end ? md->lines.line[line - 1].last : md->lines.line[line - 1].first;
    return line + md->first_line - 1;
}

int ct_md_line(const struct ct_md_node *n)
{
    const struct info *in = info_of(cm(n));
    if (in->own)
        return in->line + in->md->first_line - 1;
    return source_line(in->md, cmark_node_get_start_line(cm(n)), false);
}

int ct_md_end_line(const struct ct_md_node *n)
{
    const struct info *in = info_of(cm(n));
    if (in->own)
        return in->end_line + in->md->first_line - 1;
    int start = ct_md_line(n);
    int end = source_line(in->md, cmark_node_get_end_line(cm(n)), true);
    return end < start ? start : end;
}

int ct_md_column(const struct ct_md_node *n)
{
    const struct info *in = info_of(cm(n));
    if (in->own)
        return in->column;
    return cmark_node_get_start_column(cm(n));
}

int ct_md_level(const struct ct_md_node *n)
{
    return cmark_node_get_heading_level(cm(n));
}

bool ct_md_ordered(const struct ct_md_node *n)
{
    return cmark_node_get_list_type(cm(n)) == CMARK_ORDERED_LIST;
}

struct ct_sv ct_md_literal(const struct ct_md_node *n)
{
    return ct_sv_c(cmark_node_get_literal(cm(n)));
}

struct ct_sv ct_md_url(const struct ct_md_node *n)
{
    return ct_sv_c(cmark_node_get_url(cm(n)));
}

struct ct_sv ct_md_info(const struct ct_md_node *n)
{
    return ct_sv_c(cmark_node_get_fence_info(cm(n)));
}

/* ---- taking apart ---------------------------------------------------------------------------- */

/* A list of one, so that cmark still finds whether the item's paragraphs are tight. */
static void put_in_shell(struct ct_md *md, cmark_node *item)
{
    cmark_node *shell = cmark_node_new(CMARK_NODE_LIST);
    cmark_node_set_list_tight(shell, cmark_node_get_list_tight(cmark_node_parent(item)));
    own_info(md, shell, CT_MD_LIST)->shell = true;
    cmark_node_append_child(shell, item);
    add_loose(md, shell);
}

void ct_md_unlink(struct ct_md *md, struct ct_md_node *n)
{
    cmark_node *up = cm(ct_md_parent(n));
    if (!up)
        return;
    if (type_of(cm(n)) == CT_MD_ITEM) {
        put_in_shell(md, cm(n));
        return;
    }
    cmark_node_unlink(cm(n));
    add_loose(md, cm(n));
    if (type_of(up) == CT_MD_TABLE)
        ct_table_wrap_rows(ours(up));
}

void ct_md_append(struct ct_md_node *parent, struct ct_md_node *child)
{
    cmark_node *up = cm(ct_md_parent(child));
    if (cmark_node_append_child(cm(parent), cm(child)) && up && type_of(up) == CT_MD_TABLE)
        ct_table_wrap_rows(ours(up));
    if (ct_md_type(parent) == CT_MD_TABLE)
        ct_table_wrap_rows(parent);
}

void ct_md_set_literal(struct ct_md_node *n, struct ct_sv text)
{
    CT_AUTO_ARENA a = CT_ARENA_INIT;
    cmark_node_set_literal(cm(n), ct_arena_cstr(&a, text));
}

void ct_md_set_url(struct ct_md_node *n, struct ct_sv url)
{
    CT_AUTO_ARENA a = CT_ARENA_INIT;
    cmark_node_set_url(cm(n), ct_arena_cstr(&a, url));
}

struct ct_md_node *ct_md_split(struct ct_md *md, struct ct_md_node *text, size_t at)
{
    CT_AUTO_ARENA a = CT_ARENA_INIT;
    struct ct_sv all = ct_arena_dup(&a, ct_md_literal(text));
    int line = ct_md_line(text) - md->first_line + 1, column = ct_md_column(text);
    cmark_node *tail = cmark_node_new(CMARK_NODE_TEXT);

    cmark_node_set_literal(tail, all.p + at); /* a copy in the arena ends in a NUL */
    ct_md_set_literal(text, ct_sv_sub(all, 0, at));
    cmark_node_insert_after(cm(text), tail);
    ct_md_place(md, ours(tail), line, line, column > 0 ? column + (int)at : 0);
    return ours(tail);
}

struct ct_md_node *ct_md_link(struct ct_md *md, struct ct_md_node *first, struct ct_md_node *last,
                              struct ct_sv url, struct ct_sv css_class, struct ct_sv id)
{
    /* Escaped, a character is six at most; half a tag would take what follows into it. */
    CT_AUTO_STR before = CT_STR_INIT(64 + 6 * (url.n + css_class.n + id.n));
    cmark_node *link = cmark_node_new(CMARK_NODE_CUSTOM_INLINE);
    int line = ct_md_line(first) - md->first_line + 1;

    ct_str_add_c(&before, "<a class=\"");
    ct_str_add_html(&before, css_class);
    if (id.n > 0) {
        ct_str_add_c(&before, "\" id=\"");
        ct_str_add_html(&before, id);
    }
    ct_str_add_c(&before, "\" href=\"");
    ct_str_add_html(&before, url);
    ct_str_add_c(&before, "\">");
    own_info(md, link, CT_MD_LINK);
    ct_md_place(md, ours(link), line, ct_md_end_line(last) - md->first_line + 1,
                ct_md_column(first));
    ct_md_wrap(ours(link), before.p, "</a>");
    cmark_node_insert_before(cm(first), link);
    for (struct ct_md_node *n = first, *next; n; n = next) {
        next = n == last ? NULL : ct_md_next(n);
        cmark_node_append_child(link, cm(n));
    }
    return ours(link);
}

/* ---- for the files next door ----------------------------------------------------------------- */

struct ct_md_node *ct_md_make(struct ct_md *md, enum ct_md_type type, int line, int end_line,
                              int column)
{
    cmark_node_type made =
        type == CT_MD_TABLE_CELL ? CMARK_NODE_CUSTOM_INLINE : CMARK_NODE_CUSTOM_BLOCK;
    cmark_node *n = cmark_node_new(made);
    own_info(md, n, type);
    ct_md_place(md, ours(n), line, end_line, column);
    return ours(n);
}

void ct_md_place(struct ct_md *md, struct ct_md_node *n, int line, int end_line, int column)
{
    struct info *in = info_of(cm(n));
    if (!in || !in->own)
        in = own_info(md, cm(n), ct_md_type(n));
    in->line = line;
    in->end_line = end_line;
    in->column = column;
}

struct ct_md_raw ct_md_raw(const struct ct_md_node *n)
{
    return (struct ct_md_raw){cmark_node_get_start_line(cm(n)), cmark_node_get_start_column(cm(n)),
                              cmark_node_get_end_line(cm(n))};
}

void ct_md_place_raw(struct ct_md *md, struct ct_md_node *n, int line, int column)
{
    int end = cmark_node_get_end_line(cm(n)) - cmark_node_get_start_line(cm(n)) + line;
    line = source_line(md, line, false) - md->first_line + 1;
    ct_md_place(md, n, line, source_line(md, end, true) - md->first_line + 1, column);
}

int ct_md_place_in_cell(const struct ct_md_node *n)
{
    return cmark_node_get_start_column(cm(n)) - (int)strlen(CT_MD_NBSP);
}

void ct_md_attach(struct ct_md_node *parent, struct ct_md_node *child)
{
    cmark_node_append_child(cm(parent), cm(child));
}

void ct_md_wrap(struct ct_md_node *n, const char *before, const char *after)
{
    cmark_node_set_on_enter(cm(n), before);
    cmark_node_set_on_exit(cm(n), after);
}

void ct_md_render(const struct ct_md_node *n, struct ct_str *out)
{
    char *html = cmark_render_html(cm(n), RENDER);
    ct_str_add_c(out, html);
    free(html);
}
