/*
 * server/course/lift.c: turns runs of nodes into blocks. Questions are lifted by question_lift.c,
 * quotes read by labels.c, headings by heading.c.
 */
#include "labels_priv.h"

#include "ct/base/limits.h"

#include <stdio.h>

#include "glossary_priv.h"
#include "media_priv.h"

#include "ct/base/banned.h"

/* No source that may be parsed renders to more than this but a table made to do so. */
enum { HTML_MAX = 16 * CT_SOURCE_MAX };

__attribute__((format(printf, 5, 0))) static void
add_problem(struct ct_lift *l, const char *code, int line, int column, const char *fmt, va_list ap)
{
    char text[1024];
    if (vsnprintf(text, sizeof text, fmt, ap) >= 0)
        ct_problem_add(l->problems, code, l->path, line, column, "%s", text);
}

void ct_lift_problem(struct ct_lift *l, const char *code, const struct ct_md_node *n,
                     const char *fmt, ...)
{
    va_list ap;
    va_start(ap, fmt);
    add_problem(l, code, ct_md_line(n), ct_md_column(n), fmt, ap);
    va_end(ap);
}

void ct_lift_problem_at(struct ct_lift *l, const char *code, int line, int column, const char *fmt,
                        ...)
{
    va_list ap;
    va_start(ap, fmt);
    add_problem(l, code, line, column, fmt, ap);
    va_end(ap);
}

struct ct_sv ct_clip(struct ct_sv s)
{
    enum { MOST = 60 };
    size_t n = s.n < MOST ? s.n : MOST;
    while (n > 0 && n < s.n && ((unsigned char)s.p[n] & 0xc0) == 0x80)
        n--;
    return ct_sv_sub(s, 0, n);
}

static struct ct_sv take_html(struct ct_lift *l, struct ct_str *out, const struct ct_md_node *n)
{
    if (ct_str_ok(out))
        return ct_arena_dup(l->arena, ct_str_sv(out));
    ct_lift_problem(l, "E35", n, "this part is too big when it is rendered; split it");
    return CT_SV("");
}

struct ct_sv ct_lift_html(struct ct_lift *l, const struct ct_md_node *n)
{
    CT_AUTO_STR out = CT_STR_INIT(HTML_MAX);
    ct_md_html(n, &out);
    return take_html(l, &out, n);
}

struct ct_sv ct_lift_html_children(struct ct_lift *l, const struct ct_md_node *n)
{
    CT_AUTO_STR out = CT_STR_INIT(HTML_MAX);
    ct_md_html_children(n, &out);
    return take_html(l, &out, n);
}

struct ct_sv ct_lift_html_run(struct ct_lift *l, const struct ct_md_node *first,
                              const struct ct_md_node *end)
{
    CT_AUTO_STR out = CT_STR_INIT(HTML_MAX);
    for (const struct ct_md_node *n = first; n && n != end; n = ct_md_next(n))
        ct_md_html(n, &out);
    return first ? take_html(l, &out, first) : CT_SV("");
}

struct ct_sv ct_lift_html_bare(struct ct_lift *l, const struct ct_md_node *n)
{
    const struct ct_md_node *only = ct_md_first(n);
    if (only && !ct_md_next(only) && ct_md_type(only) == CT_MD_PARAGRAPH)
        return ct_lift_html_children(l, only);
    return ct_lift_html_children(l, n);
}

bool ct_keyword_is_question(enum ct_keyword k)
{
    return k == CT_KEY_QUESTION || k == CT_KEY_ORDER || k == CT_KEY_MATCH || k == CT_KEY_FILL_IN ||
           k == CT_KEY_REFLECT;
}

struct ct_md_node *ct_lift_thing_end(const struct ct_md_node *heading, struct ct_md_node *end)
{
    struct ct_md_node *n = ct_md_next(heading);
    for (; n && n != end; n = ct_md_next(n)) {
        if (ct_md_type(n) == CT_MD_BREAK)
            break;
        if (ct_md_type(n) == CT_MD_HEADING && ct_md_level(n) <= ct_md_level(heading))
            break;
    }
    return n;
}

/* Questions do not nest: the next one, of whatever level, ends a question too. */
static struct ct_md_node *question_end(struct ct_lift *l, const struct ct_md_node *heading,
                                       struct ct_md_node *end)
{
    struct ct_md_node *last = ct_lift_thing_end(heading, end);
    for (struct ct_md_node *n = ct_md_next(heading); n && n != last; n = ct_md_next(n)) {
        if (ct_keyword_is_question(ct_lift_heading_peek(l, n)))
            return n;
    }
    return last;
}

/* ---- settings lines ---- */

bool ct_lift_is_settings(struct ct_lift *l, const struct ct_md_node *n, const char *const *keys)
{
    if (!ct_chips_only(n))
        return false;
    size_t n_chips;
    const struct ct_chip *chips = ct_chips_in(l->arena, n, &n_chips);
    for (size_t i = 0; i < n_chips; i++) {
        for (const char *const *k = keys; *k; k++) {
            if (ct_sv_eq_c(chips[i].key, *k))
                return true;
        }
        if (chips[i].value.p && ct_suggest(chips[i].key, keys).n > 0)
            return true;
    }
    return false;
}

void ct_lift_unknown_chip(struct ct_lift *l, const struct ct_chip *chip, const char *const *keys)
{
    struct ct_sv near = ct_suggest(chip->key, keys), all = CT_SV("");
    for (const char *const *k = keys; *k; k++)
        all = ct_arena_printf(l->arena, "%.*s%s%s", CT_SV_ARG(all), all.n ? ", " : "", *k);
    if (near.n > 0) {
        ct_lift_problem_at(l, "E51", chip->line, chip->column,
                           "unknown setting `%.*s`; did you mean `%.*s`? accepted here: %.*s",
                           CT_SV_ARG(ct_clip(chip->text)), CT_SV_ARG(near), CT_SV_ARG(all));
        ct_problem_meant(l->problems, chip->key, near);
    } else {
        ct_lift_problem_at(l, "E51", chip->line, chip->column,
                           "unknown setting `%.*s`; accepted here: %.*s",
                           CT_SV_ARG(ct_clip(chip->text)), CT_SV_ARG(all));
    }
}

/* ---- blocks ---- */

struct builder {
    struct ct_lift *l;
    struct ct_block *items;
    size_t n, cap;
    struct ct_str html; /* of the HTML nodes since the last other block */
    const struct ct_md_node *html_first;
    struct ct_term_uses uses; /* in it */
};

static void flush(struct builder *b)
{
    if (!b->html_first)
        return;
    struct ct_block block = {.kind = CT_BLOCK_HTML, .line = ct_md_line(b->html_first)};
    block.html = take_html(b->l, &b->html, b->html_first);
    block.uses = b->uses.items;
    block.n_uses = b->uses.n;
    b->uses = (struct ct_term_uses){.n = 0};
    CT_ARENA_PUSH(b->l->arena, b->items, b->n, b->cap, block);
    ct_str_reset(&b->html);
    b->html_first = NULL;
}

static void add_html(struct builder *b, struct ct_md_node *n)
{
    if (b->l->ctx->by_line)
        flush(b);
    if (!b->html_first)
        b->html_first = n;
    ct_link_phones(b->l, n);
    ct_link_terms(b->l, n, &b->uses);
    ct_md_html(n, &b->html);
}

static void add_block(struct builder *b, struct ct_block block)
{
    flush(b);
    CT_ARENA_PUSH(b->l->arena, b->items, b->n, b->cap, block);
}

/* The blocks inside a quote or a heading's passage. */
static void lift_children(struct ct_lift *l, struct ct_md_node *first, struct ct_md_node *end,
                          struct ct_block *block)
{
    struct ct_block *children;
    ct_lift_blocks(l, first, end, &children, &block->n_children);
    block->children = children;
}

static void lift_passage(struct builder *b, struct ct_block *block, const struct ct_md_node *at,
                         struct ct_md_node *first, struct ct_md_node *end)
{
    struct ct_lift *l = b->l;
    struct ct_term_page page;
    ct_disc_set around = l->around;
    l->around = around & block->disciplines;
    if (l->around == CT_DISC_NONE) {
        ct_lift_problem(l, "E44", at,
                        "this passage stands within a passage for others, so nobody is its reader; "
                        "end the one around it first");
        l->around = block->disciplines;
    }
    block->id = ct_arena_printf(l->arena, "p%u", ++l->n_passages);
    ct_term_page_enter(l->linking, &page);
    lift_children(l, first, end, block);
    ct_term_page_leave(l->linking);
    l->around = around;
}

/* The code `if …` at the front of a quote in a scene; NULL if there is none. */
static struct ct_md_node *condition_code(struct ct_lift *l, struct ct_md_node *quote)
{
    struct ct_md_node *p = ct_md_first(quote);
    if (!l->hooks || !l->hooks->condition || !p || ct_md_type(p) != CT_MD_PARAGRAPH)
        return NULL;
    struct ct_md_node *code = ct_md_first(p);
    if (!code || ct_md_type(code) != CT_MD_CODE)
        return NULL;
    struct ct_chip chip = ct_chip_of(l->arena, code);
    return ct_sv_starts(chip.key, CT_SV("if ")) ? code : NULL;
}

static const struct ct_condition *take_condition(struct ct_lift *l, struct ct_md_node *quote,
                                                 struct ct_md_node *code)
{
    struct ct_chip chip = ct_chip_of(l->arena, code);
    const struct ct_condition *c = l->hooks->condition(l, &chip, l->hooks->arg);
    struct ct_md_node *p = ct_md_first(quote), *next = ct_md_next(code);
    ct_md_unlink(l->md, code);
    ct_lift_cut_blanks(l, next);
    if (!ct_md_first(p))
        ct_md_unlink(l->md, p);
    return c;
}

/* What a conditional quote without a label says is told as it is, without the quote around it. */
static void add_told(struct builder *b, struct ct_md_node *quote, const struct ct_condition *c)
{
    struct ct_block *told;
    size_t n_told;
    ct_lift_blocks(b->l, ct_md_first(quote), NULL, &told, &n_told);
    for (size_t i = 0; i < n_told; i++) {
        told[i].shown_if = c;
        add_block(b, told[i]);
    }
}

static void report_lost_label(struct ct_lift *l, const struct ct_md_node *quote,
                              enum ct_label label)
{
    ct_lift_problem(l, "W23", quote,
                    "the label \"%s\" means nothing here, so everybody sees this quote; it belongs "
                    "%s",
                    ct_label_name(l->words, label),
                    label == CT_LABEL_FOR ? "in front of a quote that stands by itself"
                                          : "to a question, before the next heading or ---");
}

/* A quote with a label that is a block; false for any other quote. */
static bool lift_labelled(struct builder *b, struct ct_md_node *quote, enum ct_label label,
                          struct ct_sv argument, const struct ct_condition *c)
{
    struct ct_lift *l = b->l;
    struct ct_block block = {.kind = CT_BLOCK_NOTE, .line = ct_md_line(quote), .shown_if = c};
    struct ct_sv unknown;
    switch (label) {
    case CT_LABEL_NOTE:
        block.note = CT_NOTE;
        break;
    case CT_LABEL_IMPORTANT:
        block.note = CT_NOTE_IMPORTANT;
        break;
    case CT_LABEL_CONTENT_NOTE:
        block.note = CT_NOTE_CONTENT;
        break;
    case CT_LABEL_TRAINER_NOTE: /* taken out by ct_tidy already; never let one through */
        return true;
    case CT_LABEL_FOR:
        block.kind = CT_BLOCK_PASSAGE;
        ct_discipline_set_parse(l->disciplines, argument, &block.disciplines, &unknown);
        break;
    case CT_LABEL_HINT:
    case CT_LABEL_WHY:
    case CT_LABEL_IF:
    case CT_LABEL_IF_NOT_CHOSEN:
    case CT_LABEL_EXTRA_CHOICES:
    case CT_LABEL_MODEL_ANSWER:
        if (label != CT_LABEL_IF) /* "**If you are in danger:**" is an ordinary sentence */
            report_lost_label(l, quote, label);
        return false;
    case CT_LABEL_SOURCE: /* of a term; of anything else an ordinary quote */
    case CT_LABEL_NONE:
        return false;
    }
    ct_lift_label_cut(l, quote);
    if (block.kind == CT_BLOCK_PASSAGE)
        lift_passage(b, &block, quote, ct_md_first(quote), NULL);
    else
        lift_children(l, ct_md_first(quote), NULL, &block);
    add_block(b, block);
    return true;
}

static void lift_quote(struct builder *b, struct ct_md_node *quote)
{
    struct ct_lift *l = b->l;
    const struct ct_lift_hooks *hooks = l->hooks;
    ct_lift_label_check(l, quote);
    struct ct_md_node *code = condition_code(l, quote);
    const struct ct_condition *c = code ? take_condition(l, quote, code) : NULL;
    struct ct_sv argument;
    enum ct_label label = ct_lift_label(l, quote, &argument);
    struct ct_term_page page;
    l->hooks = NULL;
    if (c) /* not everybody sees it */
        ct_term_page_enter(l->linking, &page);
    if (!lift_labelled(b, quote, label, argument, c)) {
        if (code) {
            add_told(b, quote, c);
        } else {
            for (struct ct_md_node *n = ct_md_first(quote); n; n = ct_md_next(n))
                ct_lift_strays(l, n);
            add_html(b, quote);
        }
    }
    if (c)
        ct_term_page_leave(l->linking);
    l->hooks = hooks;
}

/* Where a thing ended: behind its break, which has done its work and is not shown. */
static struct ct_md_node *after_thing(struct ct_md_node *end_of_thing, struct ct_md_node *end)
{
    if (end_of_thing && end_of_thing != end && ct_md_type(end_of_thing) == CT_MD_BREAK)
        return ct_md_next(end_of_thing);
    return end_of_thing;
}

static struct ct_md_node *lift_question(struct builder *b, struct ct_md_node *heading,
                                        struct ct_md_node *end)
{
    struct ct_block block = {.kind = CT_BLOCK_QUESTION, .line = ct_md_line(heading)};
    struct ct_md_node *stop = question_end(b->l, heading, end);
    flush(b);
    block.question = ct_lift_question(b->l, heading, stop);
    add_block(b, block);
    return after_thing(stop, end);
}

/* Returns where to go on. */
static struct ct_md_node *lift_heading(struct builder *b, struct ct_md_node *heading,
                                       struct ct_md_node *end)
{
    struct ct_lift *l = b->l;
    enum ct_keyword k = ct_lift_heading_peek(l, heading);
    if (ct_keyword_is_question(k)) {
        if (ct_md_level(heading) < 3 && ct_md_parent(heading) == ct_md_root(l->md)) {
            ct_lift_problem(
                l, "E26", heading,
                "a question stands inside a section: write it with three #, `### %s: …`",
                ct_keyword_name(l->words, k));
            ct_problem_meant(l->problems, ct_sv_n("##", (size_t)ct_md_level(heading)),
                             CT_SV("###"));
        }
        return lift_question(b, heading, end);
    }
    if (k != CT_KEY_NONE) {
        ct_lift_problem(l, "E26", heading, "\"%s\" means nothing here; %s",
                        ct_keyword_name(l->words, k),
                        k == CT_KEY_QUIZ   ? "a quiz is a section of its own: `## Quiz`"
                        : k == CT_KEY_TERM ? "terms stand in glossary.md, beside curriculum.md"
                                           : "a scenario is a file of its own, that begins with "
                                             "`# Scenario: …`, and its endings are `## Ending: …`");
    } else if (ct_lift_heading_is_passage(l, heading)) {
        struct ct_heading h = ct_lift_heading(l, heading);
        struct ct_block block = {.kind = CT_BLOCK_PASSAGE,
                                 .line = h.line,
                                 .level = h.level,
                                 .title_html = h.title_html,
                                 .disciplines = h.disciplines};
        struct ct_md_node *stop = ct_lift_thing_end(heading, end);
        lift_passage(b, &block, heading, ct_md_next(heading), stop);
        add_block(b, block);
        return after_thing(stop, end);
    } else {
        ct_lift_heading(l, heading); /* for what it reports; an ordinary heading stays as it is */
    }
    add_html(b, heading);
    return ct_md_next(heading);
}

static void lift_node(struct builder *b, struct ct_md_node *n)
{
    struct ct_block media;
    if (ct_md_type(n) == CT_MD_QUOTE) {
        lift_quote(b, n);
    } else if (ct_lift_media(b->l, n, &media)) {
        add_block(b, media);
    } else {
        ct_lift_strays(b->l, n);
        add_html(b, n);
    }
}

void ct_lift_blocks(struct ct_lift *l, struct ct_md_node *first, struct ct_md_node *end,
                    struct ct_block **ret, size_t *ret_n)
{
    struct builder b = {.l = l};
    ct_str_init(&b.html, HTML_MAX);
    for (struct ct_md_node *n = first, *next; n && n != end; n = next) {
        next = ct_md_next(n);
        if (l->hooks && l->hooks->take && l->hooks->take(l, n, l->hooks->arg))
            continue;
        if (ct_md_type(n) == CT_MD_HEADING)
            next = lift_heading(&b, n, end);
        else
            lift_node(&b, n);
    }
    flush(&b);
    ct_str_release(&b.html);
    *ret = b.items;
    *ret_n = b.n;
}
