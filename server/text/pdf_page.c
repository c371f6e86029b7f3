/*
 * pdf_page.c: drawing a page of boxes with cairo and Pango. Fonts and the document are pdf_pen.c.
 */
#include "pdf_priv.h"

#include <cairo-pdf.h>
#include <pango/pangocairo.h>

#include "ct/base/banned.h"

static const double STEP = 0.5; /* points by which text is made smaller */

/* ---- text ---- */

/* Whether it stands on its lines in its box, no word broken. */
static bool fits(PangoLayout *layout, const struct ct_pdf_item *item)
{
    PangoRectangle size;

    pango_layout_get_extents(layout, NULL, &size);
    return pango_layout_get_line_count(layout) <= item->lines &&
           size.width <= (int)(item->width * PANGO_SCALE) &&
           size.height <= (int)(item->height * PANGO_SCALE);
}

static void fit(PangoLayout *layout, const struct ct_pdf_item *item)
{
    pango_layout_set_wrap(layout, PANGO_WRAP_WORD);
    for (double size = item->size; size >= item->size_min; size -= STEP) {
        ct_pdf_font(layout, item->face, item->bold, size);
        if (fits(layout, item))
            return;
    }
    ct_pdf_font(layout, item->face, item->bold, item->size_min);
    pango_layout_set_wrap(layout, PANGO_WRAP_WORD_CHAR);
    pango_layout_set_height(layout, -item->lines);
    pango_layout_set_ellipsize(layout, PANGO_ELLIPSIZE_END);
}

static void draw_text(struct ct_pdf_pen *d, const struct ct_pdf_item *item)
{
    PangoLayout *layout = ct_pdf_layout(d, item->text);
    PangoRectangle size;

    pango_layout_set_width(layout, (int)(item->width * PANGO_SCALE));
    pango_layout_set_alignment(layout, PANGO_ALIGN_CENTER);
    fit(layout, item);
    pango_layout_get_extents(layout, NULL, &size);
    ct_pdf_colour(d, item->colour);
    cairo_move_to(d->cr, item->x, item->y + (item->height - (double)size.height / PANGO_SCALE) / 2);
    pango_cairo_show_layout(d->cr, layout);
    g_object_unref(layout);
}

/* ---- boxes ---- */

static void draw_squares(struct ct_pdf_pen *d, const struct ct_pdf_item *item)
{
    double side = item->width / (double)item->n;

    ct_pdf_colour(d, item->colour);
    for (size_t y = 0; y < item->n; y++)
        for (size_t x = 0, length; x < item->n; x += length) {
            const unsigned char *row = item->dark + y * item->n;
            for (length = 1; x + length < item->n && row[x + length] == row[x];)
                length++;
            if (row[x])
                cairo_rectangle(d->cr, item->x + side * (double)x, item->y + side * (double)y,
                                side * (double)length, side);
        }
    cairo_fill(d->cr);
}

static void draw_frame(struct ct_pdf_pen *d, const struct ct_pdf_item *item)
{
    ct_pdf_colour(d, item->colour);
    cairo_set_line_width(d->cr, item->line);
    cairo_rectangle(d->cr, item->x, item->y, item->width, item->height);
    cairo_stroke(d->cr);
}

static void draw(struct ct_pdf_pen *d, const struct ct_pdf_item *item)
{
    switch (item->kind) {
    case CT_PDF_HEADING:
        cairo_tag_begin(d->cr, "H1", NULL);
        draw_text(d, item);
        cairo_tag_end(d->cr, "H1");
        return;
    case CT_PDF_PARAGRAPH:
        cairo_tag_begin(d->cr, "P", NULL);
        draw_text(d, item);
        cairo_tag_end(d->cr, "P");
        return;
    case CT_PDF_SQUARES:
        ct_pdf_figure(d, item->text);
        cairo_tag_begin(d->cr, "Figure", NULL);
        draw_squares(d, item);
        cairo_tag_end(d->cr, "Figure");
        return;
    case CT_PDF_FRAME:
        draw_frame(d, item);
        return;
    }
}

static int draw_page(struct ct_pdf_pen *pen, const void *arg)
{
    const struct ct_pdf_page *page = arg;

    cairo_tag_begin(pen->cr, "Document", NULL);
    for (size_t i = 0; i < page->n_items; i++)
        draw(pen, &page->items[i]);
    cairo_tag_end(pen->cr, "Document");
    return CT_OK;
}

int ct_pdf_write(const struct ct_pdf_page *page, struct ct_str *out, struct ct_err *err)
{
    const struct ct_pdf_facts facts = {.width = page->width,
                                       .height = page->height,
                                       .title = page->title,
                                       .author = page->author,
                                       .subject = page->subject,
                                       .lang = page->lang,
                                       .created_at = page->created_at,
                                       .file = page->file};

    return ct_pdf_draw(&facts, draw_page, page, out, err);
}
