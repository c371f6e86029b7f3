/*
 * pdf_report.c: a report that flows over pages. It is laid out twice: at first on no paper, to know
 * how many pages there are. Fonts and the document are pdf_pen.c.
 */
#include "ct/text/pdf_report.h"

#include "pdf_priv.h"

#include <cairo-pdf.h>
#include <pango/pangocairo.h>

#include "ct/base/banned.h"

enum { INK = 0x22292b, SOFT = 0x57605f, RULE = 0xb9c0bd, SHADE = 0xeef1ef };
static const double EDGE = 45, FOOT = 26, GAP = 6, CELL_X = 4, CELL_Y = 3;
static const double SIZE_CELL = 8.5, SIZE_FOOT = 8;

static const struct {
    double width, height;
} papers[] = {[CT_PDF_LETTER] = {612, 792}, [CT_PDF_A4] = {595.28, 841.89}};

static const struct {
    const char *tag;
    double size, before;
    bool bold;
    uint32_t colour;
} styles[] = {[CT_PDF_TITLE] = {"H1", 20, 0, true, INK},
              [CT_PDF_SECTION] = {"H2", 12.5, 14, true, INK},
              [CT_PDF_TEXT] = {"P", 9.5, 3, false, INK},
              [CT_PDF_SMALL] = {"P", 8, 2, false, SOFT},
              [CT_PDF_TABLE] = {"Table", 0, 4, false, INK}};

bool ct_pdf_paper_parse(struct ct_sv name, enum ct_pdf_paper *ret)
{
    bool is_a4 = ct_sv_eq_c(name, "a4");

    if (!is_a4 && !ct_sv_eq_c(name, "letter"))
        return false;
    *ret = is_a4 ? CT_PDF_A4 : CT_PDF_LETTER;
    return true;
}

struct flow {
    struct ct_pdf_pen *pen;
    const struct ct_pdf_report *report;
    cairo_t *cr;
    bool draws; /* else it is counted */
    double width, height, y;
    int page, n_pages;
};

static double room(const struct flow *f)
{
    return f->width - 2 * EDGE;
}

static double bottom(const struct flow *f)
{
    return f->height - EDGE - FOOT;
}

static double height_of(PangoLayout *layout)
{
    PangoRectangle size;

    pango_layout_get_extents(layout, NULL, &size);
    return (double)size.height / PANGO_SCALE;
}

static PangoLayout *lay_out(struct flow *f, struct ct_sv text, double size, bool bold, double width)
{
    PangoLayout *layout = ct_pdf_layout(f->pen, text);

    ct_pdf_font(layout, CT_PDF_SANS, bold, size);
    pango_layout_set_wrap(layout, PANGO_WRAP_WORD_CHAR);
    pango_layout_set_width(layout, width < 0 ? -1 : (int)(width * PANGO_SCALE));
    return layout;
}

/* Draws and lets go of it. */
static void put(struct flow *f, PangoLayout *layout, const char *tag, uint32_t colour, double x,
                double y)
{
    if (f->draws) {
        if (tag)
            cairo_tag_begin(f->cr, tag, NULL);
        ct_pdf_colour(f->pen, colour);
        cairo_move_to(f->cr, x, y);
        pango_cairo_show_layout(f->cr, layout);
        if (tag)
            cairo_tag_end(f->cr, tag);
    }
    g_object_unref(layout);
}

/* ---- pages ---- */

/* The foot runs from the left, whatever script its first name is in: a mark that is not seen says
 * so (U+200E). */
static void draw_foot(struct flow *f)
{
    double y = f->height - EDGE;
    struct ct_sv number = ct_arena_printf(&f->pen->arena, "Page %d of %d", f->page, f->n_pages);
    struct ct_sv foot =
        ct_arena_printf(&f->pen->arena, "\xe2\x80\x8e%.*s", CT_SV_ARG(f->report->foot));
    PangoLayout *left = lay_out(f, foot, SIZE_FOOT, false, room(f) * 0.8);
    PangoLayout *right = lay_out(f, number, SIZE_FOOT, false, room(f));

    pango_layout_set_height(left, -1);
    pango_layout_set_ellipsize(left, PANGO_ELLIPSIZE_END);
    pango_layout_set_alignment(right, PANGO_ALIGN_RIGHT);
    put(f, left, NULL, SOFT, EDGE, y - height_of(left));
    put(f, right, NULL, SOFT, EDGE, y - height_of(right));
}

static void turn(struct flow *f)
{
    draw_foot(f);
    if (f->draws)
        cairo_show_page(f->cr);
    f->page++;
    f->y = EDGE;
}

/* ---- tables ---- */

struct grid {
    const struct ct_pdf_block *table;
    double *x, *width; /* of columns, with their margins */
};

static double text_width(struct flow *f, struct ct_sv text, bool bold, bool a_word)
{
    PangoLayout *layout = lay_out(f, text, SIZE_CELL, bold, a_word ? 0 : -1);
    PangoRectangle size;

    if (a_word)
        pango_layout_set_wrap(layout, PANGO_WRAP_WORD);
    pango_layout_get_extents(layout, NULL, &size);
    g_object_unref(layout);
    return (double)size.width / PANGO_SCALE + 2 * CELL_X + 0.5;
}

static struct ct_sv cell_of(const struct ct_pdf_block *t, size_t row, size_t column)
{
    return t->cells[row * t->n_columns + column];
}

/* What a column would have, and the least without a word being broken. */
static void measure(struct flow *f, const struct ct_pdf_block *t, size_t column, double *ret_whole,
                    double *ret_least)
{
    *ret_whole = text_width(f, t->columns[column].head, true, false);
    *ret_least = text_width(f, t->columns[column].head, true, true);
    for (size_t i = 0; i < t->n_rows; i++) {
        double whole = text_width(f, cell_of(t, i, column), false, false);
        double least = text_width(f, cell_of(t, i, column), false, true);
        *ret_whole = whole > *ret_whole ? whole : *ret_whole;
        *ret_least = least > *ret_least ? least : *ret_least;
    }
    /* One word that is as long as a line leaves the other columns theirs: it is broken. */
    if (*ret_least > room(f) / 3)
        *ret_least = room(f) / 3;
}

/* Columns have what they would have where there is room, else shares of what the least of all
 * leaves; of too little each has its part, and words are broken. */
static struct grid grid_of(struct flow *f, const struct ct_pdf_block *t)
{
    struct ct_arena *a = &f->pen->arena;
    struct grid g = {t, ct_arena_array(a, double, t->n_columns),
                     ct_arena_array(a, double, t->n_columns)};
    double *least = ct_arena_array(a, double, t->n_columns), all = 0, all_least = 0, x = EDGE;

    for (size_t i = 0; i < t->n_columns; i++) {
        measure(f, t, i, &g.width[i], &least[i]);
        all += g.width[i];
        all_least += least[i];
    }
    for (size_t i = 0; i < t->n_columns; i++) {
        double wish = g.width[i] - least[i];
        if (all_least >= room(f))
            g.width[i] = room(f) * least[i] / all_least;
        else if (all > room(f))
            g.width[i] = least[i] + (room(f) - all_least) * wish / (all - all_least);
        else
            g.width[i] += (room(f) - all) * g.width[i] / all;
        g.x[i] = x;
        x += g.width[i];
    }
    return g;
}

static PangoLayout *lay_out_cell(struct flow *f, const struct grid *g, size_t column,
                                 struct ct_sv text, bool bold)
{
    PangoLayout *layout = lay_out(f, text, SIZE_CELL, bold, g->width[column] - 2 * CELL_X);

    if (g->table->columns[column].is_number)
        pango_layout_set_alignment(layout, PANGO_ALIGN_RIGHT);
    /* What does not fit on a page is cut: a cell has a few hundred characters at most. */
    pango_layout_set_height(layout, (int)((bottom(f) - EDGE - 60) * PANGO_SCALE));
    pango_layout_set_ellipsize(layout, PANGO_ELLIPSIZE_END);
    return layout;
}

static double row_height(struct flow *f, const struct grid *g, const struct ct_sv *cells, bool bold)
{
    double height = 0;

    for (size_t i = 0; i < g->table->n_columns; i++) {
        PangoLayout *layout = lay_out_cell(f, g, i, cells[i], bold);
        double one = height_of(layout) + 2 * CELL_Y;
        height = one > height ? one : height;
        g_object_unref(layout);
    }
    return height;
}

static void rule(struct flow *f, double y)
{
    if (!f->draws)
        return;
    ct_pdf_colour(f->pen, RULE);
    cairo_set_line_width(f->cr, 0.5);
    cairo_move_to(f->cr, EDGE, y);
    cairo_line_to(f->cr, f->width - EDGE, y);
    cairo_stroke(f->cr);
}

static const struct ct_sv *heads_of(struct flow *f, const struct ct_pdf_block *t)
{
    struct ct_sv *heads = ct_arena_array(&f->pen->arena, struct ct_sv, t->n_columns);

    for (size_t i = 0; i < t->n_columns; i++)
        heads[i] = t->columns[i].head;
    return heads;
}

/* A row; `is_read`: it has tags. A head that is drawn again is a decoration. */
static void draw_row(struct flow *f, const struct grid *g, const struct ct_sv *cells, bool is_head,
                     bool is_read, double height)
{
    bool tags = f->draws && is_read;

    if (f->draws && is_head) {
        ct_pdf_colour(f->pen, SHADE);
        cairo_rectangle(f->cr, EDGE, f->y, room(f), height);
        cairo_fill(f->cr);
    }
    if (tags)
        cairo_tag_begin(f->cr, "TR", NULL);
    for (size_t i = 0; i < g->table->n_columns; i++) {
        bool heads = is_head || i == 0;
        if (tags && heads)
            ct_pdf_head(f->pen, !is_head);
        put(f, lay_out_cell(f, g, i, cells[i], is_head),
            !is_read ? NULL
            : heads  ? "TH"
                     : "TD",
            INK, g->x[i] + CELL_X, f->y + CELL_Y);
    }
    if (tags)
        cairo_tag_end(f->cr, "TR");
    f->y += height;
    rule(f, f->y);
}

static void draw_table(struct flow *f, const struct ct_pdf_block *t)
{
    struct grid g = grid_of(f, t);
    const struct ct_sv *heads = heads_of(f, t);
    double head = row_height(f, &g, heads, true);

    if (f->draws)
        cairo_tag_begin(f->cr, "Table", NULL);
    draw_row(f, &g, heads, true, true, head);
    for (size_t i = 0; i < t->n_rows; i++) {
        const struct ct_sv *cells = &t->cells[i * t->n_columns];
        double height = row_height(f, &g, cells, false);
        if (f->y + height > bottom(f)) {
            turn(f);
            draw_row(f, &g, heads, true, false, head);
        }
        draw_row(f, &g, cells, false, true, height);
    }
    if (f->draws)
        cairo_tag_end(f->cr, "Table");
    f->y += GAP;
}

/* ---- the whole ---- */

static double block_height(struct flow *f, const struct ct_pdf_block *b)
{
    double height = styles[b->kind].before;

    if (b->kind == CT_PDF_TABLE) { /* its head and a row: no less stands on a page */
        struct grid g = grid_of(f, b);
        return height + row_height(f, &g, heads_of(f, b), true) +
               (b->n_rows ? row_height(f, &g, b->cells, false) : 0);
    }
    PangoLayout *layout = lay_out(f, b->text, styles[b->kind].size, styles[b->kind].bold, room(f));
    height += height_of(layout);
    g_object_unref(layout);
    return height;
}

/* A heading takes with it what follows, up to the first rows of a table behind words. */
static double needed(struct flow *f, size_t block)
{
    const struct ct_pdf_report *r = f->report;
    double height = block_height(f, &r->blocks[block]);

    if (r->blocks[block].kind != CT_PDF_SECTION)
        return height;
    for (size_t i = block + 1; i < r->n_blocks; i++) {
        height += block_height(f, &r->blocks[i]);
        if (r->blocks[i].kind != CT_PDF_TEXT)
            break;
    }
    return height;
}

static void flow(struct flow *f)
{
    const struct ct_pdf_report *r = f->report;

    f->page = 1;
    f->y = EDGE;
    if (f->draws)
        cairo_tag_begin(f->cr, "Document", NULL);
    for (size_t i = 0; i < r->n_blocks; i++) {
        const struct ct_pdf_block *b = &r->blocks[i];
        if (f->y > EDGE && f->y + needed(f, i) > bottom(f))
            turn(f);
        f->y += f->y > EDGE ? styles[b->kind].before : 0;
        if (b->kind == CT_PDF_TABLE) {
            draw_table(f, b);
            continue;
        }
        PangoLayout *layout =
            lay_out(f, b->text, styles[b->kind].size, styles[b->kind].bold, room(f));
        double height = height_of(layout);
        put(f, layout, styles[b->kind].tag, styles[b->kind].colour, EDGE, f->y);
        f->y += height;
    }
    draw_foot(f);
    if (f->draws)
        cairo_tag_end(f->cr, "Document");
}

static int draw_report(struct ct_pdf_pen *pen, const void *arg)
{
    const struct ct_pdf_report *report = arg;
    struct flow f = {.pen = pen,
                     .report = report,
                     .cr = pen->cr,
                     .width = papers[report->paper].width,
                     .height = papers[report->paper].height};

    flow(&f);
    f.n_pages = f.page;
    f.draws = true;
    flow(&f);
    return CT_OK;
}

int ct_pdf_report(const struct ct_pdf_report *report, struct ct_str *out, struct ct_err *err)
{
    const struct ct_pdf_facts facts = {.width = papers[report->paper].width,
                                       .height = papers[report->paper].height,
                                       .title = report->title,
                                       .author = report->author,
                                       .subject = report->subject,
                                       .lang = report->lang,
                                       .created_at = report->created_at};

    return ct_pdf_draw(&facts, draw_report, report, out, err);
}
