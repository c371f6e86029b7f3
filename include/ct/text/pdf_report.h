/*
 * ct/text/pdf_report.h: headings, paragraphs and tables over as many pages as they take, as a PDF
 * that is read aloud as it is printed: tagged as pdf_page.h has it, heads of tables as heads of
 * their columns and rows. The head of a table is drawn again on each page that it goes on to, and
 * each page says at its foot which one of how many it is; neither is read aloud. Knows nothing of
 * what it says.
 *
 * The same report gives the same bytes, on machines with the same fonts and libraries.
 */
#ifndef CT_TEXT_PDF_REPORT_H
#define CT_TEXT_PDF_REPORT_H

#include "ct/text/pdf_page.h"

enum ct_pdf_paper { CT_PDF_LETTER, CT_PDF_A4 };
bool ct_pdf_paper_parse(struct ct_sv name, enum ct_pdf_paper *ret); /* "letter", "a4" */

enum ct_pdf_block_kind {
    CT_PDF_TITLE,   /* of the whole, once */
    CT_PDF_SECTION, /* a heading; it stands on the page of what follows it */
    CT_PDF_TEXT,
    CT_PDF_SMALL, /* text in small letters */
    CT_PDF_TABLE
};

struct ct_pdf_column {
    struct ct_sv head;
    bool is_number; /* stands at the right */
};

struct ct_pdf_block {
    enum ct_pdf_block_kind kind;
    struct ct_sv text; /* of a table: not used */
    const struct ct_pdf_column *columns;
    size_t n_columns, n_rows;
    const struct ct_sv *cells; /* n_rows * n_columns; the first of a row is its head */
};

struct ct_pdf_report {
    enum ct_pdf_paper paper;
    struct ct_sv title, author, subject, lang; /* as of ct_pdf_page */
    struct ct_sv foot;                         /* at the left of each page's foot */
    int64_t created_at;
    const struct ct_pdf_block *blocks;
    size_t n_blocks;
};

/* Appends the document. As ct_pdf_write. */
int ct_pdf_report(const struct ct_pdf_report *report, struct ct_str *out, struct ct_err *err);

#endif
