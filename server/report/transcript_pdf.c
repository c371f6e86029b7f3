/*
 * transcript_pdf.c: a transcript on paper: which words stand in it. How they are laid out is
 * text/pdf_report.
 */
#include "ct/report/transcript_section.h"

#include "ct/learn/certificate.h"
#include "ct/learn/credit.h"

#include "ct/base/banned.h"

struct paper {
    struct ct_arena *arena;
    const struct ct_catalogue *cat;
    const struct ct_transcript *t;
    struct ct_pdf_block *blocks;
    size_t n, cap;
};

static struct ct_sv day(const struct paper *p, int d)
{
    char text[CT_TIME_TEXT];

    return ct_arena_dup(p->arena, ct_sv_c(ct_day_text(d, text)));
}

/* Two lines of a cell; one of them alone if there is no other. */
static struct ct_sv two(const struct paper *p, struct ct_sv first, struct ct_sv second)
{
    return second.n == 0 ? first
           : first.n == 0
               ? second
               : ct_arena_printf(p->arena, "%.*s\n%.*s", CT_SV_ARG(first), CT_SV_ARG(second));
}

static struct ct_sv status_of(const struct paper *p, const struct ct_transcript_line *l)
{
    struct ct_sv until = CT_SV_NULL;

    if (l->expires != CT_DAY_NONE && l->due != CT_DUE_EXPIRED)
        until = ct_arena_printf(p->arena, "good through %.*s", CT_SV_ARG(day(p, l->expires)));
    else if (l->kind == CT_TRANSCRIPT_REQUIREMENT)
        until = l->note;
    return two(p, l->status, until);
}

static struct ct_sv cell_of(const struct paper *p, const struct ct_transcript_line *l,
                            enum ct_transcript_cell cell)
{
    struct ct_arena *a = p->arena;

    switch (cell) {
    case CT_TRANSCRIPT_CELL_WHAT:
        return l->what;
    case CT_TRANSCRIPT_CELL_ON:
        return day(p, l->on);
    case CT_TRANSCRIPT_CELL_UNTIL:
        return day(p, l->until);
    case CT_TRANSCRIPT_CELL_COMPLETED:
        return day(p, l->completed);
    case CT_TRANSCRIPT_CELL_AS:
        return ct_transcript_discipline(a, p->cat, l->discipline);
    case CT_TRANSCRIPT_CELL_SCORE:
        return l->score < 0 ? CT_SV_NULL : ct_arena_printf(a, "%d %%", l->score);
    case CT_TRANSCRIPT_CELL_HOURS:
        return l->hundredths < 0 ? CT_SV_NULL : ct_credit_hours(a, l->hundredths);
    case CT_TRANSCRIPT_CELL_YEAR:
        return ct_arena_printf(a, "%d", l->year);
    case CT_TRANSCRIPT_CELL_TEXT:
        return two(p,
                   l->version.n ? ct_arena_printf(a, "Version %.*s", CT_SV_ARG(l->version))
                                : CT_SV_NULL,
                   ct_sv_sub(l->hash, 0, CT_TRANSCRIPT_HASH_DIGITS));
    case CT_TRANSCRIPT_CELL_CERTIFICATE:
        return two(p, l->certificate.n ? ct_certificate_dashed(a, l->certificate) : CT_SV_NULL,
                   l->worth);
    case CT_TRANSCRIPT_CELL_STATUS:
        return status_of(p, l);
    case CT_TRANSCRIPT_CELL_EVIDENCE:
        return l->evidence;
    case CT_TRANSCRIPT_CELL_APPROVED:
        return l->approved_by;
    case CT_TRANSCRIPT_CELL_NOTE:
        return l->note;
    case CT_TRANSCRIPT_CELL_NONE:
        break;
    }
    return CT_SV_NULL;
}

static void add(struct paper *p, enum ct_pdf_block_kind kind, struct ct_sv text)
{
    struct ct_pdf_block block = {.kind = kind, .text = text};

    CT_ARENA_PUSH(p->arena, p->blocks, p->n, p->cap, block);
}

/* ---- who it is ---- */

static void add_head(struct paper *p, struct ct_sv site)
{
    const struct ct_assignee *w = &p->t->who;
    struct ct_transcript_fact facts[CT_TRANSCRIPT_FACTS_MAX];
    size_t n = ct_transcript_facts(p->arena, p->cat, w, facts);

    add(p, CT_PDF_TITLE, w->certificate_name);
    add(p, CT_PDF_TEXT,
        ct_arena_printf(p->arena, "Transcript, as recorded by %.*s, as of %.*s (%.*s)",
                        CT_SV_ARG(site), CT_SV_ARG(p->t->day_text), CT_SV_ARG(p->t->time_zone)));
    for (size_t i = 0; i < n; i++)
        add(p, CT_PDF_TEXT,
            ct_arena_printf(p->arena, "%s: %.*s", facts[i].label,
                            CT_SV_ARG(facts[i].text.n ? facts[i].text : day(p, facts[i].day))));
}

/* ---- sections ---- */

static void fill_row(const struct paper *p, const struct ct_transcript_section *s,
                     const struct ct_transcript_line *l, struct ct_sv *cells, size_t n)
{
    for (size_t i = 0; i < n; i++)
        cells[i] = cell_of(p, l, s->columns[i].cell);
}

static struct ct_pdf_block table_of(const struct paper *p, enum ct_transcript_kind kind)
{
    const struct ct_transcript_section *s = &ct_transcript_sections[kind];
    struct ct_pdf_column *columns =
        ct_arena_array(p->arena, struct ct_pdf_column, CT_TRANSCRIPT_CELLS_MAX);
    struct ct_pdf_block table = {.kind = CT_PDF_TABLE, .columns = columns};
    struct ct_sv *cells;

    for (; table.n_columns < CT_TRANSCRIPT_CELLS_MAX && s->columns[table.n_columns].cell;
         table.n_columns++)
        columns[table.n_columns] =
            (struct ct_pdf_column){ct_sv_c(s->columns[table.n_columns].head),
                                   ct_transcript_is_number(s->columns[table.n_columns].cell)};
    cells = ct_arena_array(p->arena, struct ct_sv, p->t->n * table.n_columns);
    for (size_t i = 0; i < p->t->n; i++)
        if (p->t->lines[i].kind == kind)
            fill_row(p, s, &p->t->lines[i], cells + table.n_rows++ * table.n_columns,
                     table.n_columns);
    table.cells = cells;
    return table;
}

static void add_sections(struct paper *p)
{
    bool any = false;

    for (int kind = 0; kind < CT_TRANSCRIPT_KINDS; kind++) {
        struct ct_pdf_block table = table_of(p, (enum ct_transcript_kind)kind);
        struct ct_sv *sums;
        size_t n = kind == CT_TRANSCRIPT_CREDIT ? ct_transcript_sums(p->arena, p->t, &sums) : 0;
        if (table.n_rows == 0)
            continue;
        any = true;
        add(p, CT_PDF_SECTION, ct_sv_c(ct_transcript_sections[kind].title));
        for (size_t i = 0; i < n; i++)
            add(p, CT_PDF_TEXT, sums[i]);
        CT_ARENA_PUSH(p->arena, p->blocks, p->n, p->cap, table);
    }
    if (!any)
        add(p, CT_PDF_TEXT, CT_SV("Nothing is recorded yet."));
    if (ct_transcript_times(p->t).n)
        add(p, CT_PDF_TEXT, ct_transcript_times(p->t));
}

static void add_legend(struct paper *p)
{
    static const struct ct_pdf_column columns[] = {{{"Status", 6}, false}, {{"Meaning", 7}, false}};
    struct ct_sv *cells = ct_arena_array(p->arena, struct ct_sv, 2 * CT_DUE_STATUSES);
    struct ct_pdf_block table = {CT_PDF_TABLE, CT_SV_NULL, columns, 2, CT_DUE_STATUSES, cells};

    for (int i = 0; i < CT_DUE_STATUSES; i++) {
        cells[2 * i] = ct_sv_c(ct_due_status_name((enum ct_due_status)i));
        cells[2 * i + 1] = ct_sv_c(ct_due_status_meaning((enum ct_due_status)i));
    }
    add(p, CT_PDF_SECTION, CT_SV("What the words of status mean"));
    CT_ARENA_PUSH(p->arena, p->blocks, p->n, p->cap, table);
}

int ct_transcript_pdf(struct ct_arena *a, const struct ct_catalogue *cat,
                      const struct ct_transcript *t, struct ct_sv site, enum ct_pdf_paper paper,
                      struct ct_str *out, struct ct_err *err)
{
    struct paper p = {.arena = a, .cat = cat, .t = t};

    add_head(&p, site);
    add_sections(&p);
    add_legend(&p);
    const struct ct_pdf_report report = {
        .paper = paper,
        .title = ct_arena_printf(a, "Transcript: %.*s", CT_SV_ARG(t->who.certificate_name)),
        .author = site,
        .subject = ct_arena_printf(a, "Training record as of %.*s", CT_SV_ARG(t->day_text)),
        .lang = cat->lang.n ? cat->lang : CT_SV("en"),
        .foot = ct_arena_printf(a, "%.*s: transcript, as of %.*s",
                                CT_SV_ARG(t->who.certificate_name), CT_SV_ARG(t->day_text)),
        .created_at = t->as_of,
        .blocks = p.blocks,
        .n_blocks = p.n};
    return ct_pdf_report(&report, out, err);
}
