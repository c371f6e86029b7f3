/*
 * server/text/markdown_priv.h: what the files behind ct/text/markdown.h say to one another.
 *
 * markdown.c drives cmark and is alone in knowing it. markdown_guard.c looks at the raw source
 * before cmark does. table_find.c finds pipe tables in the source, told by markdown.c where cmark
 * saw paragraphs, and takes them out; table.c reads the rows of one table. markdown.c then builds
 * nodes.
 */
#ifndef CT_TEXT_MARKDOWN_PRIV_H
#define CT_TEXT_MARKDOWN_PRIV_H

#include "ct/text/markdown.h"

/* ---- markdown_guard.c ------------------------------------------------------------------------ */

/* Whether it is UTF-8 without NUL: CT_OK, or CT_BAD_INPUT with the line. */
int ct_md_guard_utf8(struct ct_sv text, int *ret_line, struct ct_err *err);

/* Whether cmark reads `text` in time that grows with its length only. CT_OK; CT_TOO_BIG with a
 * sentence, and in *ret_line the line (from 1). Linear itself. */
int ct_md_guard(struct ct_sv text, int *ret_line, struct ct_err *err);

/* ---- table.c --------------------------------------------------------------------------------- */

enum ct_table_align { CT_ALIGN_NONE, CT_ALIGN_LEFT, CT_ALIGN_CENTER, CT_ALIGN_RIGHT };

struct ct_table_cell {
    struct ct_sv text; /* trimmed, "\|" is "|"; in the arena or the source */
    struct ct_sv raw;  /* as it stands in the source, trimmed */
    int column;        /* of raw's first byte in its line, from 1; 0 if the row is too short */
};

struct ct_table_row {
    int line;
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

/* `text` cut at every line end that cmark knows (LF, CR, CR LF). */
void ct_md_lines_cut(struct ct_arena *a, struct ct_sv text, struct ct_md_lines *ret);

/* Whether any line could be a delimiter row: a quick look that spares most documents the rest. */
bool ct_md_lines_may_hold_table(const struct ct_md_lines *lines);

/* Takes the tables out that can be found with certainty: when the line under a table is not simply
 * the beginning of another block, what follows must be parsed again before it is searched. Returns
 * how many tables it took out, and in *ret_line where the last one begins. CT_TOO_BIG if there are
 * more cells than CT_TABLE_CELLS_MAX. */
int ct_md_tables_take(struct ct_arena *a, struct ct_md_lines *lines, struct ct_md_blocks *blocks,
                      int *ret_line, struct ct_err *err);

enum { CT_TABLE_CELLS_MAX = 100 * 1000 };

/* ---- markdown.c, for table_find.c ------------------------------------------------------------ */

/* Whether a line by itself would be a paragraph (or the definition of a link), not another block.
 */
bool ct_md_is_paragraph(struct ct_sv line);

#endif
