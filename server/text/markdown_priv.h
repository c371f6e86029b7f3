/*
 * server/text/markdown_priv.h: what the files behind ct/text/markdown.h say to one another.
 *
 * markdown.c drives cmark and is alone in knowing it. markdown_line.c reads lines as cmark does.
 * markdown_guard.c looks at the raw source before cmark does. table_find.c finds pipe tables in the
 * source, told by markdown.c where cmark saw paragraphs, and takes them out; table.c reads the rows
 * of one table; table_build.c makes its nodes. markdown_place.c mends the lines and columns of
 * inlines; markdown_html.c renders.
 */
#ifndef CT_TEXT_MARKDOWN_PRIV_H
#define CT_TEXT_MARKDOWN_PRIV_H

#include "ct/text/markdown.h"

/* ---- markdown_line.c ------------------------------------------------------------------------- */

/* The source as lines. A table that was found is one line, a thematic break, with `table` set. */
struct ct_md_line {
    struct ct_sv text; /* with its line end */
    int first, last;   /* the lines of the source that it stands for */
    struct ct_table *table;
};

struct ct_md_lines {
    struct ct_md_line *line;
    size_t n;
    size_t n_cells; /* of all tables */
};

/* Takes the next line off, with its line end: LF, CR or CR LF, as cmark. False at the end. */
bool ct_md_line_next(struct ct_sv *rest, struct ct_sv *ret);

/* `text` cut at every line end. */
void ct_md_lines_cut(struct ct_arena *a, struct ct_sv text, struct ct_md_lines *ret);

/* A place in a line. */
struct ct_md_cursor {
    struct ct_sv line; /* without its line end */
    size_t at;         /* byte */
    size_t column;     /* with tabs to multiples of 4; may stand inside a tab */
};

struct ct_md_cursor ct_md_cursor_at(struct ct_sv line);
char ct_md_cursor_peek(const struct ct_md_cursor *c); /* NUL at the end */
bool ct_md_cursor_on_blank(const struct ct_md_cursor *c);

/* Over n columns; a tab may be left half consumed. */
void ct_md_cursor_advance(struct ct_md_cursor *c, size_t n);

/* The columns of blanks here. */
size_t ct_md_cursor_indent(struct ct_md_cursor c);

/* Over ">" and a blank behind it; false where there is none. */
bool ct_md_cursor_skip_quote(struct ct_md_cursor *c);

/* Over an item's marker, which must be there, on its first line. Returns the columns that it takes,
 * by which the item's later lines are indented. */
size_t ct_md_cursor_skip_marker(struct ct_md_cursor *c);

/* ---- markdown_guard.c ------------------------------------------------------------------------ */

/* Whether it is UTF-8 without NUL: CT_OK, or CT_BAD_INPUT with the line. */
int ct_md_guard_utf8(struct ct_sv text, int *ret_line, struct ct_err *err);

/* Whether cmark reads `text` in time that grows with its length only. CT_OK; CT_TOO_BIG with a
 * sentence, and in *ret_line the line (from 1). Linear itself. */
int ct_md_guard(struct ct_sv text, int *ret_line, struct ct_err *err);

/* Whether the tree below root is at most CT_SOURCE_DEPTH_MAX levels of quotes, lists, emphasis and
 * links deep, as walkers rely on. CT_OK or CT_TOO_BIG. */
int ct_md_guard_depth(const struct ct_md_node *root, int *ret_line, struct ct_err *err);

/* ---- table.c --------------------------------------------------------------------------------- */

enum ct_table_align { CT_ALIGN_NONE, CT_ALIGN_LEFT, CT_ALIGN_CENTER, CT_ALIGN_RIGHT };

struct ct_table_cell {
    struct ct_sv text; /* trimmed, "\|" is "|"; in the arena or the source */
    struct ct_sv raw;  /* as it stands in the source, trimmed */
    int column;        /* of raw's first byte in its line, from 1; 0 if the row is too short */
};

struct ct_table_row {
    int line, column;
    struct ct_table_cell *cells; /* as many as the table has columns */
};

struct ct_table {
    int line; /* of the header row, as `column`: of the source before any table was taken out */
    int last; /* line of the last row */
    int column;
    size_t n_columns;
    enum ct_table_align *align;
    struct ct_table_row *rows; /* the first is the header */
    size_t n_rows, cap_rows;
};

/* Whether a line (without its containers' prefix) is a delimiter row; then its alignments. */
bool ct_table_delimiter(struct ct_arena *a, struct ct_sv line, enum ct_table_align **ret_align,
                        size_t *ret_n);

/* How many cells a line has as a row. */
size_t ct_table_count(struct ct_sv line);

/* Adds a row to a table: `line` begins at byte `column` (from 0) of source line `at`. Cells that
 * lack are empty, surplus ones are dropped. */
void ct_table_add(struct ct_arena *a, struct ct_table *t, struct ct_sv line, int at, int column);

/* The byte of cell->raw from which byte `at` of cell->text came. */
size_t ct_table_raw_offset(const struct ct_table_cell *cell, size_t at);

/* ---- table_find.c ---------------------------------------------------------------------------- */

/* A block that cmark saw: a container, or text in which a table may be. In the order of the
 * document. */
struct ct_md_block {
    enum ct_md_type type; /* QUOTE, ITEM, PARAGRAPH or HEADING (setext) */
    int line, column, end_line;
    size_t up;          /* 1 + index of the container around it, 0: none */
    int marker_columns; /* ITEM: how far its contents are indented; -1 until needed */
};

struct ct_md_blocks {
    struct ct_md_block *block;
    size_t n, cap;
};

/* Whether any line could be a delimiter row: a quick look that spares most documents the rest. */
bool ct_md_lines_may_hold_table(const struct ct_md_lines *lines);

/* Takes the tables out that can be found with certainty: when the line under a table is not simply
 * the beginning of another block, what follows must be parsed again before it is searched. Returns
 * how many tables it took out, and in *ret_line where the last one begins. CT_TOO_BIG if there are
 * more cells than CT_TABLE_CELLS_MAX. */
int ct_md_tables_take(struct ct_arena *a, struct ct_md_lines *lines, struct ct_md_blocks *blocks,
                      int *ret_line, struct ct_err *err);

enum { CT_TABLE_CELLS_MAX = 50 * 1000 };

/* ---- table_build.c --------------------------------------------------------------------------- */

/* The node of a table. Takes the paragraphs of its cells from the front of the document. */
struct ct_md_node *ct_table_build(struct ct_md *md, const struct ct_table *t);

/* Says what is printed around each row: where it stands decides about thead and tbody. */
void ct_table_wrap_rows(struct ct_md_node *table);

/* ---- markdown_html.c ------------------------------------------------------------------------- */

bool ct_md_is_inline(enum ct_md_type type);

/* The node after n in the order of the text, below `top`; NULL at the end. */
struct ct_md_node *ct_md_step(const struct ct_md_node *n, const struct ct_md_node *top);

/* ---- markdown_place.c ------------------------------------------------------------------------ */

/* Corrects the places of all inlines but those in tables, which have theirs. */
void ct_md_place_inlines(struct ct_md *md, const struct ct_md_lines *lines, int shift);

/* ---- markdown.c ------------------------------------------------------------------------------ */

/* Cells are parsed as paragraphs of their own that begin with a no-break space: so no other block
 * can begin there, and for emphasis it counts as a blank, as the beginning of a line does. */
#define CT_MD_NBSP "\xC2\xA0"

/* Whether a line by itself would be a paragraph (or the definition of a link), not another block.
 */
bool ct_md_is_paragraph(struct ct_sv line);

/* A new node for (a part of) a table, and what is printed before and after its children. */
struct ct_md_node *ct_md_make(struct ct_md *md, enum ct_md_type type, int line, int end_line,
                              int column);
void ct_md_wrap(struct ct_md_node *n, const char *before, const char *after);

/* Where cmark says that a node stands: lines of what it parsed, cells in front. */
struct ct_md_raw {
    int line, column, end_line;
};
struct ct_md_raw ct_md_raw(const struct ct_md_node *n);

/* Says where an inline begins, the line as in struct ct_md_raw. */
void ct_md_place_raw(struct ct_md *md, struct ct_md_node *n, int line, int column);

/* Says where a node stands, lines counted from 1. */
void ct_md_place(struct ct_md *md, struct ct_md_node *n, int line, int end_line, int column);

/* Where an inline of a cell's paragraph begins in the text of the cell, from 1; less: unknown. */
int ct_md_place_in_cell(const struct ct_md_node *n);

/* ct_md_append() without looking at the rows of a table. */
void ct_md_attach(struct ct_md_node *parent, struct ct_md_node *child);

/* What cmark prints for a node in safe mode. */
void ct_md_render(const struct ct_md_node *n, struct ct_str *out);

#endif
