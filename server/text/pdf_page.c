/*
 * pdf_page.c: drawing a page with cairo and Pango.
 *
 * The libraries keep fonts by thread, and a server's threads are many and have small stacks: each
 * page is drawn in a thread of its own, with a map of fonts of its own, and both go away with it.
 */
#include "pdf_priv.h"

#include "ct/base/arena.h"
#include "ct/base/clock.h"

#include <cairo-pdf.h>
#include <pango/pangocairo.h>

#include <pthread.h>

#include "ct/base/banned.h"

enum { STACK = 8 * 1024 * 1024 };
static const double STEP = 0.5; /* points by which text is made smaller */

struct drawing {
    const struct ct_pdf_page *page;
    struct ct_str *out;
    struct ct_arena arena;
    cairo_t *cr;
    PangoFontMap *fonts;
    PangoContext *context;
    struct ct_err err;
    int status;
};

static cairo_status_t take_bytes(void *arg, const unsigned char *bytes, unsigned int n)
{
    struct ct_str *out = arg;

    ct_str_add(out, (const char *)bytes, n);
    return ct_str_ok(out) ? CAIRO_STATUS_SUCCESS : CAIRO_STATUS_WRITE_ERROR;
}

static void set_colour(cairo_t *cr, uint32_t colour)
{
    cairo_set_source_rgb(cr, (double)(colour >> 16 & 0xff) / 255,
                         (double)(colour >> 8 & 0xff) / 255, (double)(colour & 0xff) / 255);
}

/* ---- text ---- */

static void set_font(PangoLayout *layout, const struct ct_pdf_item *item, double size)
{
    static const char *const faces[] = {[CT_PDF_SERIF] = "DejaVu Serif, serif",
                                        [CT_PDF_SANS] = "DejaVu Sans, sans-serif",
                                        [CT_PDF_MONO] = "DejaVu Sans Mono, monospace"};
    PangoFontDescription *font = pango_font_description_new();

    pango_font_description_set_family_static(font, faces[item->face]);
    pango_font_description_set_weight(font, item->bold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
    pango_font_description_set_size(font, (gint)(size * PANGO_SCALE));
    pango_layout_set_font_description(layout, font);
    pango_font_description_free(font);
}

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
        set_font(layout, item, size);
        if (fits(layout, item))
            return;
    }
    set_font(layout, item, item->size_min);
    pango_layout_set_wrap(layout, PANGO_WRAP_WORD_CHAR);
    pango_layout_set_height(layout, -item->lines);
    pango_layout_set_ellipsize(layout, PANGO_ELLIPSIZE_END);
}

/* "fi" is copied out of a page as two letters only if it was drawn as two; what Arabic requires is
 * another feature, and stays. */
static void part_letters(PangoLayout *layout)
{
    PangoAttrList *attributes = pango_attr_list_new();

    pango_attr_list_insert(attributes, pango_attr_font_features_new("liga=0, clig=0"));
    pango_layout_set_attributes(layout, attributes);
    pango_attr_list_unref(attributes);
}

static void draw_text(struct drawing *d, const struct ct_pdf_item *item)
{
    PangoLayout *layout = pango_layout_new(d->context);
    struct ct_sv rest = item->text;
    CT_AUTO_STR text = CT_STR_INIT(CT_PDF_MAX);
    PangoRectangle size;

    while (rest.n) /* Pango wants well-formed UTF-8 */
        ct_str_add_rune(&text, ct_sv_rune(&rest));
    pango_layout_set_text(layout, text.p, (int)text.n);
    pango_layout_set_width(layout, (int)(item->width * PANGO_SCALE));
    pango_layout_set_alignment(layout, PANGO_ALIGN_CENTER);
    part_letters(layout);
    fit(layout, item);
    pango_layout_get_extents(layout, NULL, &size);
    set_colour(d->cr, item->colour);
    cairo_move_to(d->cr, item->x, item->y + (item->height - (double)size.height / PANGO_SCALE) / 2);
    pango_cairo_show_layout(d->cr, layout);
    g_object_unref(layout);
}

/* ---- boxes ---- */

static void draw_squares(struct drawing *d, const struct ct_pdf_item *item)
{
    double side = item->width / (double)item->n;

    set_colour(d->cr, item->colour);
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

static void draw_frame(struct drawing *d, const struct ct_pdf_item *item)
{
    set_colour(d->cr, item->colour);
    cairo_set_line_width(d->cr, item->line);
    cairo_rectangle(d->cr, item->x, item->y, item->width, item->height);
    cairo_stroke(d->cr);
}

static void draw(struct drawing *d, const struct ct_pdf_item *item)
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
        cairo_tag_begin(d->cr, "Figure", NULL);
        draw_squares(d, item);
        cairo_tag_end(d->cr, "Figure");
        return;
    case CT_PDF_FRAME:
        draw_frame(d, item);
        return;
    }
}

/* ---- the document ---- */

/* Text is laid out as the paper has it, not as the points of some screen. */
static int find_fonts(struct drawing *d)
{
    cairo_font_options_t *options = cairo_font_options_create();
    PangoFontDescription *wanted = pango_font_description_from_string("sans-serif 12");
    PangoFont *font;

    d->fonts = pango_cairo_font_map_new_for_font_type(CAIRO_FONT_TYPE_FT);
    if (!d->fonts)
        d->fonts = pango_cairo_font_map_new();
    pango_cairo_font_map_set_resolution(PANGO_CAIRO_FONT_MAP(d->fonts), 72);
    d->context = pango_font_map_create_context(d->fonts);
    cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE);
    cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF);
    pango_cairo_context_set_font_options(d->context, options);
    pango_context_set_round_glyph_positions(d->context, FALSE);
    pango_context_set_language(d->context,
                               pango_language_from_string(ct_arena_cstr(&d->arena, d->page->lang)));
    pango_cairo_update_context(d->cr, d->context);
    font = pango_font_map_load_font(d->fonts, d->context, wanted);
    pango_font_description_free(wanted);
    cairo_font_options_destroy(options);
    if (!font)
        return ct_fail(&d->err, CT_INTERNAL, "font",
                       "this machine has no font; Debian's package fonts-dejavu-core has some");
    g_object_unref(font);
    return CT_OK;
}

static void set_metadata(struct drawing *d, cairo_surface_t *surface)
{
    const struct ct_pdf_page *page = d->page;
    char created[CT_TIME_TEXT];

    cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_TITLE,
                                   ct_arena_cstr(&d->arena, page->title));
    cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_AUTHOR,
                                   ct_arena_cstr(&d->arena, page->author));
    cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_SUBJECT,
                                   ct_arena_cstr(&d->arena, page->subject));
    cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_CREATOR, "crosstrain");
    cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_CREATE_DATE,
                                   ct_time_iso(page->created_at, created));
}

static void *draw_page(void *arg)
{
    struct drawing *d = arg;
    CT_AUTO_STR pdf = CT_STR_INIT(CT_PDF_MAX);
    cairo_surface_t *surface =
        cairo_pdf_surface_create_for_stream(take_bytes, &pdf, d->page->width, d->page->height);
    cairo_status_t said;

    /* 1.4 keeps objects where pdf_amend.c can see them; later ones pack them together. */
    cairo_pdf_surface_restrict_to_version(surface, CAIRO_PDF_VERSION_1_4);
    set_metadata(d, surface);
    d->cr = cairo_create(surface);
    d->status = find_fonts(d);
    cairo_tag_begin(d->cr, "Document", NULL);
    for (size_t i = 0; d->status == CT_OK && i < d->page->n_items; i++)
        draw(d, &d->page->items[i]);
    cairo_tag_end(d->cr, "Document");
    cairo_show_page(d->cr);
    g_object_unref(d->context);
    g_object_unref(d->fonts);
    cairo_destroy(d->cr);
    cairo_surface_finish(surface);
    said = cairo_surface_status(surface);
    cairo_surface_destroy(surface);
    if (d->status == CT_OK && !ct_str_ok(&pdf))
        d->status = ct_fail(&d->err, CT_TOO_BIG, "pdf", "over %d bytes", CT_PDF_MAX);
    if (d->status == CT_OK && said != CAIRO_STATUS_SUCCESS)
        d->status = ct_fail(&d->err, CT_INTERNAL, "pdf", "%s", cairo_status_to_string(said));
    if (d->status == CT_OK)
        d->status = ct_pdf_amend(ct_str_sv(&pdf), d->page, d->out, &d->err);
    return NULL;
}

int ct_pdf_write(const struct ct_pdf_page *page, struct ct_str *out, struct ct_err *err)
{
    struct drawing d = {.page = page, .out = out, .status = CT_OK};
    pthread_attr_t attributes;
    pthread_t thread;
    int failed;

    pthread_attr_init(&attributes);
    pthread_attr_setstacksize(&attributes, STACK);
    failed = pthread_create(&thread, &attributes, draw_page, &d);
    pthread_attr_destroy(&attributes);
    if (failed)
        return ct_fail(err, CT_INTERNAL, "pdf", "no thread could be started to draw it");
    pthread_join(thread, NULL);
    ct_arena_release(&d.arena);
    return d.status < 0 ? ct_fail(err, d.status, d.err.what, "%s", d.err.text) : CT_OK;
}
