/*
 * pdf_pen.c: a PDF from the first byte to the last: the libraries, fonts, what the document says of
 * itself; what is drawn on its pages is somebody else's.
 *
 * The libraries keep fonts by thread, and a server's threads are many and have small stacks: each
 * document is drawn in a thread of its own, with a map of fonts of its own, and both go away with
 * it.
 */
#include "pdf_priv.h"

#include "ct/base/clock.h"

#include <cairo-pdf.h>
#include <pango/pangocairo.h>

#include <pthread.h>

#include "ct/base/banned.h"

enum { STACK = 8 * 1024 * 1024 };

struct drawing {
    const struct ct_pdf_facts *facts;
    int (*draw)(struct ct_pdf_pen *pen, const void *arg);
    const void *arg;
    struct ct_str *out;
    struct ct_pdf_pen pen;
    PangoFontMap *fonts;
    int status;
};

static cairo_status_t take_bytes(void *arg, const unsigned char *bytes, unsigned int n)
{
    struct ct_str *out = arg;

    ct_str_add(out, (const char *)bytes, n);
    return ct_str_ok(out) ? CAIRO_STATUS_SUCCESS : CAIRO_STATUS_WRITE_ERROR;
}

void ct_pdf_colour(struct ct_pdf_pen *pen, uint32_t colour)
{
    cairo_set_source_rgb(pen->cr, (double)(colour >> 16 & 0xff) / 255,
                         (double)(colour >> 8 & 0xff) / 255, (double)(colour & 0xff) / 255);
}

void ct_pdf_font(struct _PangoLayout *layout, enum ct_pdf_face face, bool bold, double size)
{
    static const char *const faces[] = {[CT_PDF_SERIF] = "DejaVu Serif, serif",
                                        [CT_PDF_SANS] = "DejaVu Sans, sans-serif",
                                        [CT_PDF_MONO] = "DejaVu Sans Mono, monospace"};
    PangoFontDescription *font = pango_font_description_new();

    pango_font_description_set_family_static(font, faces[face]);
    pango_font_description_set_weight(font, bold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
    pango_font_description_set_size(font, (gint)(size * PANGO_SCALE));
    pango_layout_set_font_description(layout, font);
    pango_font_description_free(font);
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

struct _PangoLayout *ct_pdf_layout(struct ct_pdf_pen *pen, struct ct_sv text)
{
    PangoLayout *layout = pango_layout_new(pen->context);
    CT_AUTO_STR plain = CT_STR_INIT(CT_PDF_MAX);

    while (text.n) /* Pango wants well-formed UTF-8 */
        ct_str_add_rune(&plain, ct_sv_rune(&text));
    pango_layout_set_text(layout, plain.n ? plain.p : "", (int)plain.n);
    part_letters(layout);
    return layout;
}

void ct_pdf_figure(struct ct_pdf_pen *pen, struct ct_sv what)
{
    CT_ARENA_PUSH(&pen->arena, pen->figures, pen->n_figures, pen->cap_figures, what);
}

void ct_pdf_head(struct ct_pdf_pen *pen, bool of_row)
{
    CT_ARENA_PUSH(&pen->arena, pen->heads, pen->n_heads, pen->cap_heads, of_row);
}

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
    d->pen.context = pango_font_map_create_context(d->fonts);
    cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE);
    cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF);
    pango_cairo_context_set_font_options(d->pen.context, options);
    pango_context_set_round_glyph_positions(d->pen.context, FALSE);
    pango_context_set_language(
        d->pen.context, pango_language_from_string(ct_arena_cstr(&d->pen.arena, d->facts->lang)));
    pango_cairo_update_context(d->pen.cr, d->pen.context);
    font = pango_font_map_load_font(d->fonts, d->pen.context, wanted);
    pango_font_description_free(wanted);
    cairo_font_options_destroy(options);
    if (!font)
        return ct_fail(&d->pen.err, CT_INTERNAL, "font",
                       "this machine has no font; Debian's package fonts-dejavu-core has some");
    g_object_unref(font);
    return CT_OK;
}

static void set_metadata(struct drawing *d, cairo_surface_t *surface)
{
    const struct ct_pdf_facts *f = d->facts;
    struct ct_arena *a = &d->pen.arena;
    char created[CT_TIME_TEXT];

    cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_TITLE, ct_arena_cstr(a, f->title));
    cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_AUTHOR, ct_arena_cstr(a, f->author));
    cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_SUBJECT,
                                   ct_arena_cstr(a, f->subject));
    cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_CREATOR, "crosstrain");
    cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_CREATE_DATE,
                                   ct_time_iso(f->created_at, created));
}

static void *draw_all(void *arg)
{
    struct drawing *d = arg;
    struct ct_pdf_pen *pen = &d->pen;
    CT_AUTO_STR pdf = CT_STR_INIT(CT_PDF_MAX);
    cairo_surface_t *surface =
        cairo_pdf_surface_create_for_stream(take_bytes, &pdf, d->facts->width, d->facts->height);
    cairo_status_t said;

    /* 1.4 keeps objects where pdf_amend.c can see them; later ones pack them together. */
    cairo_pdf_surface_restrict_to_version(surface, CAIRO_PDF_VERSION_1_4);
    set_metadata(d, surface);
    pen->cr = cairo_create(surface);
    d->status = find_fonts(d);
    if (d->status == CT_OK)
        d->status = d->draw(pen, d->arg);
    cairo_show_page(pen->cr);
    g_object_unref(pen->context);
    g_object_unref(d->fonts);
    cairo_destroy(pen->cr);
    cairo_surface_finish(surface);
    said = cairo_surface_status(surface);
    cairo_surface_destroy(surface);
    if (d->status == CT_OK && !ct_str_ok(&pdf))
        d->status = ct_fail(&pen->err, CT_TOO_BIG, "pdf", "over %d bytes", CT_PDF_MAX);
    if (d->status == CT_OK && said != CAIRO_STATUS_SUCCESS)
        d->status = ct_fail(&pen->err, CT_INTERNAL, "pdf", "%s", cairo_status_to_string(said));
    if (d->status == CT_OK)
        d->status = ct_pdf_amend(ct_str_sv(&pdf), d->facts, pen, d->out, &pen->err);
    return NULL;
}

int ct_pdf_draw(const struct ct_pdf_facts *facts,
                int (*draw)(struct ct_pdf_pen *pen, const void *arg), const void *arg,
                struct ct_str *out, struct ct_err *err)
{
    struct drawing d = {.facts = facts, .draw = draw, .arg = arg, .out = out, .status = CT_OK};
    pthread_attr_t attributes;
    pthread_t thread;
    int failed;

    pthread_attr_init(&attributes);
    pthread_attr_setstacksize(&attributes, STACK);
    failed = pthread_create(&thread, &attributes, draw_all, &d);
    pthread_attr_destroy(&attributes);
    if (failed)
        return ct_fail(err, CT_INTERNAL, "pdf", "no thread could be started to draw it");
    pthread_join(thread, NULL);
    ct_arena_release(&d.pen.arena);
    return d.status < 0 ? ct_fail(err, d.status, d.pen.err.what, "%s", d.pen.err.text) : CT_OK;
}
