/*
 * ct/report/transcript_section.h: a transcript as people read it: its sections, and what their
 * columns are made of; the same on the page and on paper.
 */
#ifndef CT_REPORT_TRANSCRIPT_SECTION_H
#define CT_REPORT_TRANSCRIPT_SECTION_H

#include "ct/report/transcript.h"
#include "ct/text/pdf_report.h"

enum { CT_TRANSCRIPT_CELLS_MAX = 8, CT_TRANSCRIPT_HASH_DIGITS = 12 };

/* What a column is made of. */
enum ct_transcript_cell {
    CT_TRANSCRIPT_CELL_NONE,
    CT_TRANSCRIPT_CELL_WHAT,
    CT_TRANSCRIPT_CELL_ON,
    CT_TRANSCRIPT_CELL_UNTIL,
    CT_TRANSCRIPT_CELL_COMPLETED,
    CT_TRANSCRIPT_CELL_AS,
    CT_TRANSCRIPT_CELL_SCORE,
    CT_TRANSCRIPT_CELL_HOURS,
    CT_TRANSCRIPT_CELL_YEAR,
    CT_TRANSCRIPT_CELL_TEXT,
    CT_TRANSCRIPT_CELL_CERTIFICATE,
    CT_TRANSCRIPT_CELL_STATUS,
    CT_TRANSCRIPT_CELL_EVIDENCE,
    CT_TRANSCRIPT_CELL_APPROVED,
    CT_TRANSCRIPT_CELL_NOTE
};
bool ct_transcript_is_number(enum ct_transcript_cell cell);

struct ct_transcript_section {
    const char *id, *title;
    struct {
        enum ct_transcript_cell cell; /* CELL_NONE behind the last */
        const char *head;
    } columns[CT_TRANSCRIPT_CELLS_MAX];
};
extern const struct ct_transcript_section ct_transcript_sections[CT_TRANSCRIPT_KINDS];

/* "Continuing legal education, credit year 2026: 4.5 hours", a line a type and year. */
size_t ct_transcript_sums(struct ct_arena *a, const struct ct_transcript *t, struct ct_sv **ret);

/* What its hours are (ct_credit_times), if courses or credit stand in it with theirs; else null. */
struct ct_sv ct_transcript_times(const struct ct_transcript *t);

/* What a discipline is called (ct_discipline_called); "" for none. */
struct ct_sv ct_transcript_discipline(struct ct_arena *a, const struct ct_catalogue *cat,
                                      struct ct_sv slug);

/* What is said of the person above the sections: a text, or a day. Returns how many there are. */
enum { CT_TRANSCRIPT_FACTS_MAX = 5 };
struct ct_transcript_fact {
    const char *label;
    struct ct_sv text;
    int day; /* CT_DAY_NONE: it is the text */
};
size_t ct_transcript_facts(struct ct_arena *a, const struct ct_catalogue *cat,
                           const struct ct_assignee *who, struct ct_transcript_fact *ret);

/* Appends it as a PDF (text/pdf_report.h): what the page says, and what the words of status mean.
 * `site`: by whom it is recorded. CT_OK; CT_INTERNAL; CT_TOO_BIG. */
int ct_transcript_pdf(struct ct_arena *a, const struct ct_catalogue *cat,
                      const struct ct_transcript *t, struct ct_sv site, enum ct_pdf_paper paper,
                      struct ct_str *out, struct ct_err *err);

#endif
