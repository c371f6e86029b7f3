/*
 * gift_write.c: a question as Markdown. A question may have several forms, from the closest to the
 * plainest; the first that the checker reads as what was meant is taken, so that nothing comes out
 * of an import that cannot be published.
 */
#include "gift_priv.h"

#include "ct/base/limits.h"
#include "ct/course/module.h"
#include "ct/text/url.h"

#include "escape_priv.h"

#include <stdio.h>

#include "ct/base/banned.h"

enum { TITLE_MAX = 100, LEVELS = 3 };

void ct_gift_item_add(struct ct_str *out, const struct ct_gift_item *item, struct ct_sv id)
{
    if (item->keyword)
        ct_str_addf(out, "### %s: %.*s\n\n`id: %.*s`%.*s\n\n", item->keyword,
                    CT_SV_ARG(item->title), CT_SV_ARG(id), CT_SV_ARG(item->settings));
    else if (item->title.n > 0)
        ct_str_addf(out, "### %.*s\n\n", CT_SV_ARG(item->title));
    ct_str_addf(out, "%.*s\n\n", CT_SV_ARG(ct_sv_trim(item->body)));
}

/* How much was written into a question, accepted words too. Statistics count otherwise: there, a
 * field that takes any of several words is one field. */
static size_t counted(const struct ct_question *q)
{
    switch (q->kind) {
    case CT_Q_SINGLE:
    case CT_Q_MULTIPLE:
    case CT_Q_ORDER:
    case CT_Q_MATCH:
        return q->n_options;
    case CT_Q_TEXT:
        return q->n_accepted;
    case CT_Q_GAPS:
        return q->n_gaps;
    case CT_Q_NUMBER:
    case CT_Q_REFLECT:
        return 0;
    }
    return 0;
}

/* A mark in an answer would part it in two. */
static bool gaps_are_whole(const struct ct_question *q, size_t n)
{
    for (size_t i = 0; i < q->n_gaps; i++)
        if (q->gaps[i].n != n)
            return false;
    return true;
}

/* Whether the checker reads in it what was meant. `why`: what it says first. */
static bool passes(const struct ct_gift_form *f, char *why, size_t size)
{
    CT_AUTO_ARENA a = CT_ARENA_INIT;
    CT_AUTO_STR source = CT_STR_INIT(CT_SOURCE_MAX);
    struct ct_problems problems = {.arena = &a};
    struct ct_disciplines disciplines;
    struct ct_module_context ctx = {.disciplines = &disciplines};
    struct ct_module *m = NULL;
    ct_disciplines_default(&disciplines);
    ct_str_add_c(&source, "# T\n\n## S\n\n");
    ct_gift_item_add(&source, f->item, f->item->id);
    snprintf(why, size, "%s", "it is too long, or would mean something else");
    if (!ct_str_ok(&source) ||
        ct_module_parse(&a, ct_str_sv(&source), CT_SV("01-x.md"), &ctx, &problems, &m, NULL) < 0)
        return false;
    for (size_t i = 0; i < problems.n; i++)
        if (problems.items[i].severity == CT_ERROR) {
            snprintf(why, size, "%.*s", CT_SV_ARG(problems.items[i].text));
            return false;
        }
    if (m->n_sections != 1 || m->quiz || m->n_practice != (f->item->keyword ? 1u : 0u))
        return false;
    return !f->item->keyword ||
           (m->practice[0]->kind == f->kind && counted(m->practice[0]) == f->n &&
            gaps_are_whole(m->practice[0], f->n_of_gap));
}

/* Blocks are parted by one empty line. */
static struct ct_sv tidy(struct ct_arena *a, struct ct_sv s)
{
    char *p = ct_arena_cstr(a, s);
    size_t n = 0;
    for (size_t i = 0; i < s.n; i++)
        if (s.p[i] != '\n' || n < 2 || p[n - 1] != '\n' || p[n - 2] != '\n')
            p[n++] = s.p[i];
    return ct_sv_n(p, n);
}

static bool try_form(struct ct_gift_form *f, char *why, size_t size)
{
    struct ct_arena *a = f->notes->arena;
    f->n = f->n_of_gap = 0;
    f->item->place = f->q->kind == CT_GIFT_DESCRIPTION ? CT_GIFT_READ
                     : f->q->kind == CT_GIFT_ESSAY     ? CT_GIFT_THINK
                                                       : CT_GIFT_ASK;
    ct_str_init(&f->out, CT_SOURCE_MAX);
    ct_str_init(&f->settings, CT_SOURCE_MAX);
    f->item->keyword = ct_gift_form_keyword(f);
    ct_gift_form_write(f);
    f->item->body = tidy(a, ct_str_sv(&f->out));
    f->item->settings = ct_arena_dup(a, ct_str_sv(&f->settings));
    bool whole = ct_str_ok(&f->out) && ct_str_ok(&f->settings);
    ct_str_release(&f->out);
    ct_str_release(&f->settings);
    return passes(f, why, size) && whole;
}

/* The name, or the question's first words. */
static struct ct_sv title_of(const struct ct_gift_form *f)
{
    struct ct_gift_notes nobody = {.arena = f->notes->arena};
    struct ct_sv s = ct_gift_markdown(&nobody, &f->q->name, CT_GIFT_RAW);
    if (s.n == 0 && f->q->kind != CT_GIFT_DESCRIPTION)
        s = ct_gift_markdown(&nobody, &f->q->text, CT_GIFT_RAW);
    if (s.n <= TITLE_MAX)
        return s;
    size_t n = TITLE_MAX;
    while (n > TITLE_MAX / 2 && s.p[n] != ' ')
        n--;
    while (n > 0 && ((unsigned char)s.p[n] & 0xc0) == 0x80)
        n--;
    return ct_arena_printf(f->notes->arena, "%.*s \xe2\x80\xa6", (int)n, s.p);
}

bool ct_gift_write(struct ct_gift_notes *notes, const struct ct_gift_question *q,
                   struct ct_gift_item *ret)
{
    char why[200] = "";
    struct ct_gift_notes own = {.arena = notes->arena};
    struct ct_gift_form f = {.q = q, .notes = &own, .item = ret};
    struct ct_sv title = title_of(&f), id = ct_url_name(notes->arena, q->id.n ? q->id : title);
    *ret = (struct ct_gift_item){.line = q->line};
    if (title.n == 0 && q->kind != CT_GIFT_DESCRIPTION)
        title = CT_SV("Question");
    ret->title = ct_escape_title(notes->arena, title);
    ret->id = id.n ? id : CT_SV("question");
    for (int attempt = 0; attempt < 2 * LEVELS; attempt++) {
        bool second = attempt >= LEVELS;
        f.fill_in = q->kind == CT_GIFT_MATCH ? second : !second;
        f.level = attempt % LEVELS;
        if (f.fill_in && !ct_gift_fits_gap(q))
            continue;
        own.n = 0;
        if (!try_form(&f, why, sizeof why))
            continue;
        if (f.level > 0)
            ct_gift_note(&own, q->line, "%s",
                         f.level == 1 ? "a list became paragraphs"
                                      : "formatting was taken out, for it meant something to us");
        for (size_t i = 0; i < own.n; i++)
            ct_gift_note(notes, own.items[i].line, "%.*s", CT_SV_ARG(own.items[i].text));
        return true;
    }
    ct_gift_note(notes, q->line, "the question was left out: %s", why);
    return false;
}
