/*
 * server/course/glossary.c: glossary.md as a list of terms. Finding them in texts is
 * glossary_index.c's, linking them term_link.c's.
 */
#include "glossary_priv.h"

#include <stdlib.h>

#include "labels_priv.h"
#include "media_priv.h"
#include "mend_priv.h"

#include "ct/base/limits.h"

#include "ct/base/banned.h"

static const char *const term_keys[] = {"also", NULL};

struct spelling { /* of a term, for finding those that occur twice */
    int line;
    size_t term;
};

struct source {            /* a quote; a term may have several */
    struct ct_sv html;     /* without its label */
    struct ct_block shown; /* with it, in a preview */
};

struct sources {
    struct source *items;
    size_t n, cap;
};

struct reading {
    struct ct_lift *l;
    struct ct_sv lang;
    const struct ct_term **terms;
    size_t n_terms, cap_terms;
    struct ct_block *blocks; /* of the whole file */
    size_t n_blocks, cap_blocks;
    struct ct_lift_names anchors, names;
    struct spelling *spellings; /* of names, in the same order */
    size_t n_spellings, cap_spellings;
};

/* ---- names ---- */

static bool has_word(struct ct_sv name)
{
    for (size_t i = 0; i < name.n; i++) {
        unsigned char c = (unsigned char)name.p[i];
        if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c >= 0x80)
            return true;
    }
    return false;
}

/* E76 for a spelling that was met before; true if it is new. */
static bool add_spelling(struct reading *r, struct ct_sv name, int line, int column)
{
    struct ct_lift *l = r->l;
    struct ct_sv folded = ct_term_fold(l->arena, name);
    struct spelling here = {line, r->n_terms};
    size_t i = ct_lift_name_find(&r->names, folded);
    if (i != SIZE_MAX) {
        bool own = r->spellings[i].term == r->n_terms;
        ct_lift_problem_at(l, "E76", line, column,
                           own ? "\"%.*s\" is written twice for this term, on line %d already; "
                                 "take one of them out"
                               : "\"%.*s\" is the name of another term too, on line %d; a text can "
                                 "lead to one of them only",
                           CT_SV_ARG(ct_clip(name)), r->spellings[i].line);
        return false;
    }
    ct_lift_name_add(l, &r->names, folded);
    CT_ARENA_PUSH(l->arena, r->spellings, r->n_spellings, r->cap_spellings, here);
    return true;
}

static void read_also(struct reading *r, const struct ct_chip *c, struct ct_term *t, size_t *cap,
                      struct ct_sv **also)
{
    struct ct_sv name = ct_sv_trim(c->value);
    if (!has_word(name) || name.n > CT_TERM_NAME_MAX)
        ct_lift_problem_at(r->l, "E50", c->line, c->column,
                           "`%.*s` cannot be read; write another spelling of the term, of at most "
                           "%d characters: `also: mandatory reporter`",
                           CT_SV_ARG(ct_clip(c->text)), CT_TERM_NAME_MAX);
    else if (add_spelling(r, name, c->line, c->column))
        CT_ARENA_PUSH(r->l->arena, *also, t->n_also, *cap, name);
}

/* ---- a term ---- */

static void add_block(struct reading *r, struct ct_block b)
{
    CT_ARENA_PUSH(r->l->arena, r->blocks, r->n_blocks, r->cap_blocks, b);
}

static void add_html(struct reading *r, const struct ct_md_node *n)
{
    add_block(r, (struct ct_block){
                     .kind = CT_BLOCK_HTML, .line = ct_md_line(n), .html = ct_lift_html(r->l, n)});
}

static void read_settings(struct reading *r, struct ct_md_node *n, struct ct_term *t)
{
    struct ct_lift *l = r->l;
    size_t n_chips, cap = t->n_also;
    struct ct_sv *also = (struct ct_sv *)(uintptr_t)t->also; /* of this arena, and growing */
    const struct ct_chip *chips = ct_chips_in(l->arena, n, &n_chips);
    for (size_t i = 0; i < n_chips; i++) {
        if (ct_sv_eq_c(chips[i].key, "also"))
            read_also(r, &chips[i], t, &cap, &also);
        else
            ct_lift_unknown_chip(l, &chips[i], term_keys);
    }
    t->also = also;
}

/* In a preview the spellings stand as the glossary's page has them; settings that are none stay as
 * they were written. */
static void show_spellings(struct reading *r, const struct ct_md_node *n, const struct ct_term *t,
                           size_t before)
{
    CT_AUTO_STR html = CT_STR_INIT(CT_SOURCE_MAX);
    if (t->n_also == before) {
        add_html(r, n);
        return;
    }
    ct_str_add_c(&html, "<p class=\"term-also\">Also:");
    for (size_t i = before; i < t->n_also; i++) {
        ct_str_add_c(&html, " <span>");
        ct_str_add_html(&html, t->also[i]);
        ct_str_add_c(&html, "</span>");
    }
    ct_str_add_c(&html, "</p>\n");
    add_block(r, (struct ct_block){.kind = CT_BLOCK_HTML,
                                   .line = ct_md_line(n),
                                   .html = ct_arena_dup(r->l->arena, ct_str_sv(&html))});
}

/* A quote **Source:**. */
static void read_source(struct reading *r, struct ct_md_node *quote, struct sources *ret)
{
    struct ct_lift *l = r->l;
    struct source s = {.shown = {.kind = CT_BLOCK_HTML, .line = ct_md_line(quote)}};
    s.shown.html = ct_lift_html(l, quote);
    ct_lift_label_check(l, quote);
    ct_lift_label_cut(l, quote);
    s.html = ct_lift_html_bare(l, quote);
    CT_ARENA_PUSH(l->arena, ret->items, ret->n, ret->cap, s);
}

/* "one; another"; null when there is none. */
static struct ct_sv join_sources(struct ct_arena *a, const struct sources *list)
{
    size_t bytes = 1;
    for (size_t i = 0; i < list->n; i++)
        bytes += list->items[i].html.n + strlen("; ");
    CT_AUTO_STR out = CT_STR_INIT(bytes);
    for (size_t i = 0; i < list->n; i++) {
        ct_str_add_c(&out, i > 0 ? "; " : "");
        ct_str_add_sv(&out, list->items[i].html);
    }
    return list->n > 0 ? ct_arena_dup(a, ct_str_sv(&out)) : CT_SV_NULL;
}

/* Takes out what is no definition, in written order; the sources are shown behind it. */
static void take_parts(struct reading *r, struct ct_md_node *first, const struct ct_md_node *end,
                       struct ct_term *t, struct sources *ret_sources)
{
    struct ct_lift *l = r->l;
    bool top = true;
    for (struct ct_md_node *n = first, *next; n && n != end; n = next) {
        next = ct_md_next(n);
        bool settings = ct_chips_only(n) && (top || ct_lift_is_settings(l, n, term_keys));
        if (settings) {
            size_t before = t->n_also;
            read_settings(r, n, t);
            show_spellings(r, n, t, before);
        } else if (ct_lift_label(l, n, NULL) == CT_LABEL_SOURCE) {
            read_source(r, n, ret_sources);
        } else {
            top = false;
            continue;
        }
        ct_md_unlink(l->md, n);
    }
}

static void check_term(struct ct_lift *l, const struct ct_term *t, const struct ct_md_node *heading)
{
    if (t->name.n == 0)
        ct_lift_problem(l, "E09", heading, "this term has no name; write it behind %s:",
                        ct_keyword_name(l->words, CT_KEY_TERM));
    if (t->name.n > 0 && t->n_definition == 0)
        ct_lift_problem(l, "E77", heading,
                        "the term \"%.*s\" has no definition; write one to three sentences below "
                        "its heading",
                        CT_SV_ARG(ct_clip(t->name)));
    if (t->name.n > 0 && !t->source_html.p)
        ct_lift_problem(l, "W78", heading,
                        "the term \"%.*s\" has no source; say below its definition where it comes "
                        "from, `> **%s:** …`",
                        CT_SV_ARG(ct_clip(t->name)), ct_label_name(l->words, CT_LABEL_SOURCE));
}

static void read_term(struct reading *r, struct ct_md_node *heading, struct ct_md_node *end)
{
    struct ct_lift *l = r->l;
    struct ct_term *t = ct_arena_new(l->arena, struct ct_term);
    struct ct_heading h = ct_lift_heading(l, heading);
    struct ct_block *definition;
    struct sources sources = {.n = 0};
    struct ct_sv slug = ct_url_slug(l->arena, h.title);
    t->name = h.title;
    t->title_html = h.title_html;
    t->lang = r->lang;
    t->line = h.line;
    t->anchor = ct_lift_name_unique(
        l, &r->anchors,
        ct_arena_printf(l->arena, "term-%.*s", CT_SV_ARG(slug.n ? slug : CT_SV("term"))));
    if (t->name.n > 0)
        add_spelling(r, t->name, h.line, 0);
    if (ct_md_first(heading)) /* a place to lead to, where the whole file is shown */
        ct_md_link(l->md, ct_md_first(heading), ct_md_last(heading),
                   ct_arena_printf(l->arena, "#%.*s", CT_SV_ARG(t->anchor)), CT_SV("term-here"),
                   t->anchor);
    add_html(r, heading);
    take_parts(r, ct_md_next(heading), end, t, &sources);
    ct_lift_blocks(l, ct_md_next(heading), end, &definition, &t->n_definition);
    t->definition = definition;
    for (size_t i = 0; i < t->n_definition; i++)
        add_block(r, definition[i]);
    t->source_html = join_sources(l->arena, &sources);
    for (size_t i = 0; i < sources.n; i++)
        add_block(r, sources.items[i].shown);
    check_term(l, t, heading);
    CT_ARENA_PUSH(l->arena, r->terms, r->n_terms, r->cap_terms, t);
}

/* ---- the file ---- */

static bool is_term(struct ct_lift *l, const struct ct_md_node *n)
{
    return ct_lift_heading_peek(l, n) == CT_KEY_TERM;
}

static struct ct_md_node *next_heading_or_break(struct ct_md_node *n)
{
    while (n && ct_md_type(n) != CT_MD_HEADING && ct_md_type(n) != CT_MD_BREAK)
        n = ct_md_next(n);
    return n;
}

/* A heading that is no term, or what stands behind a ---; up to the next heading. */
static struct ct_md_node *report_between(struct reading *r, struct ct_md_node *n)
{
    struct ct_lift *l = r->l;
    const char *term = ct_keyword_name(l->words, CT_KEY_TERM);
    if (ct_md_type(n) != CT_MD_HEADING) {
        ct_lift_problem(l, "E79", n,
                        "this belongs to no term, because --- ended the one above; take that line "
                        "away, or begin a term with `## %s: …`",
                        term);
        return next_heading_or_break(n);
    }
    bool plain = ct_lift_heading_peek(l, n) == CT_KEY_NONE;
    ct_lift_problem(l, "E79", n,
                    plain ? "between the terms stand only terms; write `## %s: …`, or bold text "
                            "within a definition instead of a heading"
                          : "a glossary has only terms, `## %s: …`; questions, quizzes and "
                            "scenarios stand in modules",
                    term);
    if (plain) {
        struct ct_sv signs = ct_sv_n("######", (size_t)ct_md_level(n));
        ct_problem_meant(l->problems, signs,
                         ct_arena_printf(l->arena, "%.*s %s:", CT_SV_ARG(signs), term));
    }
    return next_heading_or_break(ct_md_next(n));
}

static void read_terms(struct reading *r, struct ct_md_node *first)
{
    for (struct ct_md_node *n = first, *end; n; n = end) {
        if (ct_md_type(n) == CT_MD_BREAK) {
            end = ct_md_next(n);
        } else if (!is_term(r->l, n)) {
            end = report_between(r, n);
        } else if (r->n_terms == CT_TERMS_MAX) {
            ct_lift_problem(r->l, "E35", n, "a glossary has at most %d terms", CT_TERMS_MAX);
            return;
        } else {
            end = next_heading_or_break(ct_md_next(n));
            read_term(r, n, end);
        }
    }
}

struct ct_sv ct_term_letters(struct ct_arena *a, const struct ct_term *t)
{
    struct ct_sv plain = ct_url_name(a, t->name);
    return plain.n ? plain : ct_url_slug(a, t->name);
}

static int by_name(const void *x, const void *y)
{
    const struct ct_term *const *a = x, *const *b = y;
    CT_AUTO_ARENA scratch = CT_ARENA_INIT;
    int order = ct_sv_cmp(ct_term_letters(&scratch, *a), ct_term_letters(&scratch, *b));
    return order ? order : (*a)->line - (*b)->line;
}

static void lift_glossary(struct ct_lift *l, struct ct_glossary *ret)
{
    struct reading r = {.l = l, .lang = ret->lang};
    struct ct_md_node *first = ct_md_first(ct_md_root(l->md)), *term = first;
    struct ct_block *intro;
    while (term && !is_term(l, term))
        term = ct_md_next(term);
    ct_lift_blocks(l, first, term, &intro, &ret->n_intro);
    ret->intro = intro;
    for (size_t i = 0; i < ret->n_intro; i++)
        add_block(&r, intro[i]);
    if (term)
        read_terms(&r, term);
    for (size_t i = 0; i < l->n_questions; i++)
        ct_lift_problem_at(l, "E26", l->questions[i]->line, 0,
                           "a question stands in a module, not in this file");
    if (r.n_terms > 0)
        qsort(r.terms, r.n_terms, sizeof(struct ct_term *), by_name);
    ret->terms = r.terms;
    ret->n_terms = r.n_terms;
    ret->blocks = r.blocks;
    ret->n_blocks = r.n_blocks;
}

static void parse(struct ct_arena *a, const struct ct_module_context *ctx, bool plain,
                  struct ct_problems *problems, struct ct_glossary *ret)
{
    struct ct_source s;
    struct ct_problems unsaid = {.arena = a};
    CT_AUTO_MD *md = NULL;
    ct_hash_hex(ret->source, ret->own_revision);
    ret->lang = ctx->lang.n ? ctx->lang : CT_SV("en");
    if (ct_source_check(ret->source, ret->path, problems, NULL) < 0)
        return;
    ct_source_split(a, ret->source, ret->path, problems, &s);
    problems = s.lost ? &unsaid : problems;
    ct_front_glossary(a, s.front, ret->path, problems, ret);
    if (ct_source_parse(&s, ret->path, problems, &md, NULL) < 0)
        return;
    struct ct_lift l = ct_lift_of(a, md, ret->source, ret->path, ctx, ret->lang, problems);
    l.plain = plain;
    ct_tidy(&l, NULL);
    lift_glossary(&l, ret);
}

struct trial {
    const struct ct_module_context *ctx;
    struct ct_sv path;
};

static void check_again(void *arg, struct ct_sv source, struct ct_problems *ret)
{
    const struct trial *t = arg;
    struct ct_glossary g = {.path = t->path, .source = source};
    parse(ret->arena, t->ctx, true, ret, &g);
}

void ct_glossary_parse(struct ct_arena *a, struct ct_sv source, struct ct_sv path,
                       const struct ct_module_context *ctx, struct ct_problems *problems,
                       struct ct_glossary *ret)
{
    size_t before = problems->n;
    *ret = (struct ct_glossary){.path = path, .source = source};
    parse(a, ctx, false, problems, ret);
    if (ret->title.n == 0)
        ret->title = ct_sv_c(ct_words_glossary(ct_words_of(ret->lang)));
    ret->index = ct_term_index_make(a, ret->terms, ret->n_terms);
    if (problems->n > before) {
        struct trial own = {ctx, path};
        struct ct_mend_trial trial = {check_again, &own, source};
        ct_mend_fill(problems, before, &trial);
    }
}
