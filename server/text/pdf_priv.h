/*
 * pdf_priv.h: the two halves of writing a PDF: pdf_page.c draws, pdf_amend.c adds what cairo does
 * not know.
 */
#ifndef CT_TEXT_PDF_PRIV_H
#define CT_TEXT_PDF_PRIV_H

#include "ct/text/pdf_page.h"

/* Appends the document that cairo wrote with an update behind it (ISO 32000-1, 7.5.6): the
 * language, that the title is shown, what figures show, the attached file. CT_INTERNAL if the
 * document is not such as cairo writes. */
int ct_pdf_amend(struct ct_sv pdf, const struct ct_pdf_page *page, struct ct_str *out,
                 struct ct_err *err);

#endif
