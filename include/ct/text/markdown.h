/*
 * ct/text/markdown.h: CommonMark as a tree, by cmark, with GitHub's pipe tables added. Knows no
 * courses. The only place that includes <cmark.h>.
 *
 * A document is parsed once, and may then be taken apart: course/ unlinks the nodes that mean
 * something to it (a quote that is feedback, a paragraph of settings), and renders what is left.
 * Whatever of a plain document is not touched renders byte for byte as cmark's safe renderer does:
 * no raw HTML, no javascript: links. Nodes belong to their document and die with it. One thread a
 * document.
 *
 * Lines and columns are those of the parsed text plus `first_line` - 1, counted from 1; columns are
 * bytes. A column of 0 means that there is none worth naming: breaks, empty cells, what cmark lost.
 */
#ifndef CT_TEXT_MARKDOWN_H
#define CT_TEXT_MARKDOWN_H

#include "ct/base/arena.h"
#include "ct/base/err.h"
#include "ct/base/str.h"

struct ct_md;      /* a document */
struct ct_md_node; /* a node of it */

enum ct_md_type {
    CT_MD_DOCUMENT,
    CT_MD_QUOTE,
    CT_MD_LIST,
    CT_MD_ITEM,
    CT_MD_CODE_BLOCK,
    CT_MD_HTML_BLOCK,
    CT_MD_PARAGRAPH,
    CT_MD_HEADING,
    CT_MD_BREAK, /* thematic break */
    CT_MD_TABLE, /* a pipe table: children CT_MD_TABLE_ROW, of those CT_MD_TABLE_CELL */
    CT_MD_TABLE_ROW,
    CT_MD_TABLE_CELL,
    CT_MD_TEXT,
    CT_MD_SOFTBREAK,
    CT_MD_LINEBREAK,
    CT_MD_CODE,
    CT_MD_HTML,
    CT_MD_EMPH,
    CT_MD_STRONG,
    CT_MD_LINK,
    CT_MD_IMAGE
};

/* Parses `text`, whose first line counts as `first_line`. Refuses before cmark sees it what would
 * cost too much time: over CT_SOURCE_MAX bytes, a line over CT_SOURCE_LINE_MAX, nesting over
 * CT_SOURCE_DEPTH_MAX (quotes, lists, emphasis, links: a walker may recurse), and the shapes on
 * which cmark 0.30 is quadratic, unless `trusted` (for tests that run the specification's own
 * examples). Tables are limited for all: in cells, and in how many may run into other text without
 * an empty line. CT_OK with a document to free; CT_TOO_BIG, or CT_BAD_INPUT (not UTF-8, a NUL),
 * with a sentence and the line in *ret_line (may be NULL). */
int ct_md_parse(struct ct_sv text, int first_line, bool trusted, struct ct_md **ret, int *ret_line,
                struct ct_err *err);
void ct_md_free(struct ct_md *md); /* NULL is fine */
static inline void ct_md_freep(struct ct_md **md)
{
    ct_md_free(*md);
}
#define CT_AUTO_MD __attribute__((cleanup(ct_md_freep))) struct ct_md

struct ct_md_node *ct_md_root(struct ct_md *md);

/* Walking. NULL where there is none. */
struct ct_md_node *ct_md_first(const struct ct_md_node *n);
struct ct_md_node *ct_md_last(const struct ct_md_node *n);
struct ct_md_node *ct_md_next(const struct ct_md_node *n);
struct ct_md_node *ct_md_prev(const struct ct_md_node *n);
struct ct_md_node *ct_md_parent(const struct ct_md_node *n);

/* What a node is. */
enum ct_md_type ct_md_type(const struct ct_md_node *n);
int ct_md_line(const struct ct_md_node *n);
int ct_md_column(const struct ct_md_node *n);
int ct_md_end_line(const struct ct_md_node *n);
int ct_md_level(const struct ct_md_node *n);    /* heading: 1..6, else 0 */
bool ct_md_ordered(const struct ct_md_node *n); /* list: numbered */
struct ct_sv
ct_md_literal(const struct ct_md_node *n);           /* text, code, html: borrowed from the node */
struct ct_sv ct_md_url(const struct ct_md_node *n);  /* link, image; borrowed */
struct ct_sv ct_md_info(const struct ct_md_node *n); /* code block: its info string; borrowed */

/* The plain text of a node and all below: literals of text and code, a blank for each line break
 * and between blocks. */
struct ct_sv ct_md_plain(struct ct_arena *a, const struct ct_md_node *n);

/* Taking apart. */
void ct_md_unlink(struct ct_md *md,
                  struct ct_md_node *n); /* out of the tree; freed with the document */
void ct_md_set_literal(struct ct_md_node *n, struct ct_sv text); /* text, code: copied */
void ct_md_set_url(struct ct_md_node *n, struct ct_sv url);      /* link, image: copied */

/* Parts a text node in two: its bytes from `at` on (not at an end) become a text behind it, which
 * is returned. */
struct ct_md_node *ct_md_split(struct ct_md *md, struct ct_md_node *text, size_t at);

/* Puts the inline siblings from `first` to `last` into a new link in their place, which is printed
 * with a class and, unless it is null, an id (all three are escaped; ct_md_url() of it is empty).
 * Returns it. */
struct ct_md_node *ct_md_link(struct ct_md *md, struct ct_md_node *first, struct ct_md_node *last,
                              struct ct_sv url, struct ct_sv css_class, struct ct_sv id);

/* Moves child to the end of parent; nothing happens if parent cannot hold it (a paragraph holds no
 * blocks, a list only items, nothing a document or itself). */
void ct_md_append(struct ct_md_node *parent, struct ct_md_node *child);

/* Renders a node and all below as safe HTML: the root is the whole document. A paragraph has its
 * <p>, wherever it stands. An item is rendered as its contents, without <li>; whether its
 * paragraphs have a <p> says its list, also after the item was unlinked. A full `out` is the
 * caller's to notice. */
void ct_md_html(const struct ct_md_node *n, struct ct_str *out);

/* Renders the children of a node only: the inlines of a paragraph, the blocks of a quote, the <li>
 * of a list. */
void ct_md_html_children(const struct ct_md_node *n, struct ct_str *out);

#endif
