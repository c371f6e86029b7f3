/*
 * ct/text/pdf_page.h: one page of boxes and text as a PDF that is read aloud as it is printed:
 * tagged, with title, author and language, its fonts embedded. By cairo and Pango, which shape and
 * order every script that a font of the machine has. Knows nothing of what the page says.
 *
 * The same page gives the same bytes, on machines with the same fonts and libraries.
 */
#ifndef CT_TEXT_PDF_PAGE_H
#define CT_TEXT_PDF_PAGE_H

#include "ct/base/err.h"
#include "ct/base/str.h"

enum { CT_PDF_MAX = 16 * 1024 * 1024 }; /* bytes of a page */

enum ct_pdf_kind {
    CT_PDF_HEADING,
    CT_PDF_PARAGRAPH,
    CT_PDF_SQUARES, /* a figure: a square of dark and light squares */
    CT_PDF_FRAME    /* a decoration: nobody is told of it */
};

enum ct_pdf_face { CT_PDF_SERIF, CT_PDF_SANS, CT_PDF_MONO };

/* What stands in a box. Lengths are points (72 an inch), from the upper left corner. */
struct ct_pdf_item {
    enum ct_pdf_kind kind;
    double x, y, width, height;
    uint32_t colour; /* 0xRRGGBB */
    /* Text: centred in its box, in `size` or as much smaller as it takes to stand on `lines` lines;
     * what does not fit in size_min is broken within words, at last cut with "…". */
    struct ct_sv text; /* SQUARES: what it shows, in words */
    enum ct_pdf_face face;
    bool bold;
    double size, size_min;
    int lines;
    double line;               /* FRAME: its width */
    size_t n;                  /* SQUARES: a side */
    const unsigned char *dark; /* n * n */
};

struct ct_pdf_file { /* attached to the document; name null: none */
    struct ct_sv name, type, description, bytes;
};

struct ct_pdf_page {
    double width, height;
    struct ct_sv title, author, subject, lang; /* lang: "en" */
    int64_t created_at;                        /* also what the attachment says */
    const struct ct_pdf_item *items;           /* in the order in which they are read */
    size_t n_items;
    struct ct_pdf_file file;
};

/* Appends the document. CT_OK; CT_INTERNAL if the machine has no font, or a library fails;
 * CT_TOO_BIG. */
int ct_pdf_write(const struct ct_pdf_page *page, struct ct_str *out, struct ct_err *err);

/* The bytes of the file attached to a document that ct_pdf_write made, a view into `pdf`.
 * CT_NOT_FOUND: there is none, or another program wrote the document anew. */
int ct_pdf_file_of(struct ct_sv pdf, struct ct_sv *ret, struct ct_err *err);

#endif
