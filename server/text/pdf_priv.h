/*
 * pdf_priv.h: what the files that write PDFs share: pdf_pen.c has the document, pdf_page.c and
 * pdf_report.c draw on it, pdf_amend.c adds what cairo does not know.
 */
#ifndef CT_TEXT_PDF_PRIV_H
#define CT_TEXT_PDF_PRIV_H

#include "ct/base/arena.h"
#include "ct/text/pdf_page.h"

/* cairo_t, PangoContext and PangoLayout, for who includes this without their headers. */
struct _cairo;
struct _PangoContext;
struct _PangoLayout;

/* What a document says of itself. */
struct ct_pdf_facts {
    double width, height;
    struct ct_sv title, author, subject, lang;
    int64_t created_at;
    struct ct_pdf_file file;
};

/* What is drawn with. */
struct ct_pdf_pen {
    struct _cairo *cr;
    struct _PangoContext *context;
    struct ct_arena arena; /* gone with the document */
    struct ct_err err;
    /* What was drawn, in its order: what figures show; heads of a row, else of a column. */
    struct ct_sv *figures;
    size_t n_figures, cap_figures;
    bool *heads;
    size_t n_heads, cap_heads;
};

/* Draws a document in a thread of its own and appends it. draw: CT_OK, or a failure in pen->err. */
int ct_pdf_draw(const struct ct_pdf_facts *facts,
                int (*draw)(struct ct_pdf_pen *pen, const void *arg), const void *arg,
                struct ct_str *out, struct ct_err *err);

void ct_pdf_colour(struct ct_pdf_pen *pen, uint32_t colour);
void ct_pdf_font(struct _PangoLayout *layout, enum ct_pdf_face face, bool bold, double size);
struct _PangoLayout *ct_pdf_layout(struct ct_pdf_pen *pen, struct ct_sv text);

/* Notes that a figure, a head of a table, is drawn next. */
void ct_pdf_figure(struct ct_pdf_pen *pen, struct ct_sv what);
void ct_pdf_head(struct ct_pdf_pen *pen, bool of_row);

/* Appends the document that cairo wrote with an update behind it (ISO 32000-1, 7.5.6): the
 * language, that the title is shown, what figures show, whether heads are those of rows or columns,
 * the attached file. CT_INTERNAL if the document is not such as cairo writes. */
int ct_pdf_amend(struct ct_sv pdf, const struct ct_pdf_facts *facts, const struct ct_pdf_pen *drawn,
                 struct ct_str *out, struct ct_err *err);

#endif
