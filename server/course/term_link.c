/*
 * term_link.c: links from the words of a text to the glossary, made on the tree.
 *
 * The text of a paragraph is laid out flat, so that names are found across line breaks and words
 * are whole across emphasis. A name becomes a link when all of it stands where a link may be, and
 * it takes whole what emphasis it reaches into: "mandated *reporter*".
 */
#include "glossary_priv.h"

#include "ct/base/limits.h"

#include "ct/base/banned.h"

/* In the flat text for what no name reaches across: a hard break, raw HTML. */
#define STOP "\x01"

enum { MATCHES = 8 };

struct piece { /* of the flat text; NULL: no link may be there */
    struct ct_md_node *node;
    size_t from, to;
};

struct laid_out {
    struct ct_linking *k;
    struct piece *pieces;
    size_t n, cap;
};

void ct_linking_init(struct ct_linking *k, const struct ct_glossary *g)
{
    *k = (struct ct_linking){.glossary = g};
    ct_str_init(&k->text, CT_SOURCE_MAX);
}

void ct_linking_release(struct ct_linking *k)
{
    ct_arena_release(&k->scratch);
    ct_str_release(&k->text);
}

void ct_term_page_enter(struct ct_linking *k, struct ct_term_page *p)
{
    *p = (struct ct_term_page){.around = k ? k->page : NULL};
    if (k && k->glossary)
        k->page = p;
}

void ct_term_page_leave(struct ct_linking *k)
{
    if (k && k->page)
        k->page = k->page->around;
}

static bool is_linked(const struct ct_term_page *p, size_t term)
{
    for (; p; p = p->around)
        if (p->linked[term / 64] >> term % 64 & 1)
            return true;
    return false;
}

/* ---- the flat text ---- */

static void add_piece(struct laid_out *f, struct ct_md_node *node, struct ct_sv text)
{
    struct piece p = {node, f->k->text.n, f->k->text.n + text.n};
    if (text.n == 0)
        return;
    ct_str_add_sv(&f->k->text, text);
    CT_ARENA_PUSH(&f->k->scratch, f->pieces, f->n, f->cap, p);
}

static void lay_out(struct laid_out *f, const struct ct_md_node *around, bool may_link)
{
    for (struct ct_md_node *n = ct_md_first(around); n; n = ct_md_next(n)) {
        enum ct_md_type type = ct_md_type(n);
        if (type == CT_MD_TEXT)
            add_piece(f, may_link ? n : NULL, ct_md_literal(n));
        else if (type == CT_MD_SOFTBREAK)
            add_piece(f, may_link ? n : NULL, CT_SV("\n"));
        else if (type == CT_MD_CODE)
            add_piece(f, NULL, ct_md_literal(n));
        else if (type == CT_MD_EMPH || type == CT_MD_STRONG)
            lay_out(f, n, may_link);
        else if (type == CT_MD_LINK || type == CT_MD_IMAGE)
            lay_out(f, n, false);
        else
            add_piece(f, NULL, CT_SV(STOP));
    }
}

/* The piece in which a byte stands; pieces follow each other without gaps. */
static size_t piece_at(const struct laid_out *f, size_t at)
{
    size_t low = 0, high = f->n;
    while (high - low > 1) {
        size_t middle = low + (high - low) / 2;
        if (f->pieces[middle].from <= at)
            low = middle;
        else
            high = middle;
    }
    return low;
}

static size_t depth_of(const struct ct_md_node *n)
{
    size_t depth = 0;
    while ((n = ct_md_parent(n)))
        depth++;
    return depth;
}

/* No link may stand in a link; an empty one has no text that would tell. */
static bool holds_links(const struct ct_md_node *first, const struct ct_md_node *last)
{
    for (const struct ct_md_node *n = first; n; n = n == last ? NULL : ct_md_next(n)) {
        enum ct_md_type type = ct_md_type(n);
        if (type == CT_MD_LINK || type == CT_MD_IMAGE || holds_links(ct_md_first(n), NULL))
            return true;
    }
    return false;
}

/* The siblings that a name reaches from and to: texts, or emphasis of which it takes all. False
 * where it takes a part of an emphasis and something beside it, or where no link may be. */
static bool find_span(const struct laid_out *f, const struct ct_term_match *m,
                      struct ct_md_node **ret_from, struct ct_md_node **ret_to)
{
    const struct piece *first = &f->pieces[piece_at(f, m->from)];
    const struct piece *last = &f->pieces[piece_at(f, m->to - 1)];
    struct ct_md_node *from = first->node, *to = last->node;
    for (const struct piece *p = first; p <= last; p++)
        if (!p->node)
            return false;
    while (ct_md_parent(from) != ct_md_parent(to)) {
        bool up = depth_of(from) >= depth_of(to);
        if (up ? ct_md_prev(from) || (from == first->node && m->from > first->from)
               : ct_md_next(to) || (to == last->node && m->to < last->to))
            return false;
        if (up)
            from = ct_md_parent(from);
        else
            to = ct_md_parent(to);
    }
    *ret_from = from;
    *ret_to = to;
    return !holds_links(from, to);
}

/* ---- finding and linking ---- */

/* Those that become links, in order. */
static size_t choose(struct laid_out *f, struct ct_term_match **ret)
{
    const struct ct_linking *k = f->k;
    struct ct_term_match found[MATCHES], *list = NULL;
    size_t n_list = 0, cap = 0, next;
    for (size_t at = 0; at < k->text.n; at = next) {
        size_t n =
            ct_term_index_find(k->glossary->index, ct_str_sv(&k->text), at, found, MATCHES, &next);
        for (size_t i = 0; i < n; i++) {
            struct ct_md_node *from, *to;
            if (!find_span(f, &found[i], &from, &to))
                continue;
            next = found[i].to; /* also when it is linked: no shorter name within it */
            if (!is_linked(k->page, found[i].term)) {
                k->page->linked[found[i].term / 64] |= (uint64_t)1 << found[i].term % 64;
                CT_ARENA_PUSH(&f->k->scratch, list, n_list, cap, found[i]);
            }
            break;
        }
    }
    *ret = list;
    return n_list;
}

/* From the back, so that what stands before keeps its place. */
static void put_link(struct ct_lift *l, const struct laid_out *f, const struct ct_term_match *m,
                     const struct ct_term_use *use)
{
    const struct piece *first = &f->pieces[piece_at(f, m->from)];
    const struct piece *last = &f->pieces[piece_at(f, m->to - 1)];
    struct ct_md_node *from, *to;
    if (!find_span(f, m, &from, &to))
        return;
    if (to == last->node && ct_md_literal(to).n > m->to - last->from)
        ct_md_split(l->md, to, m->to - last->from);
    if (from == first->node && m->from > first->from) {
        from = ct_md_split(l->md, from, m->from - first->from);
        to = first == last ? from : to;
    }
    ct_md_link(l->md, from, to,
               ct_arena_printf(&f->k->scratch, "#%.*s", CT_SV_ARG(use->term->anchor)),
               CT_SV("term"), ct_arena_printf(&f->k->scratch, "use-%d", use->number));
}

static void link_inlines(struct ct_lift *l, struct ct_md_node *around, struct ct_term_uses *uses)
{
    struct ct_linking *k = l->linking;
    struct laid_out f = {.k = k};
    struct ct_term_match *list;
    size_t n, before = uses->n;
    ct_str_reset(&k->text);
    lay_out(&f, around, true);
    if (f.n > 0 && ct_str_ok(&k->text) && (n = choose(&f, &list)) > 0) {
        for (size_t i = 0; i < n; i++) {
            struct ct_term_use use = {k->glossary->terms[list[i].term], ++k->n_uses};
            CT_ARENA_PUSH(l->arena, uses->items, uses->n, uses->cap, use);
        }
        for (size_t i = n; i-- > 0;)
            put_link(l, &f, &list[i], &uses->items[before + i]);
    }
    ct_arena_reset(&k->scratch);
}

void ct_link_terms(struct ct_lift *l, struct ct_md_node *n, struct ct_term_uses *uses)
{
    if (!l->linking || !l->linking->page)
        return;
    switch (ct_md_type(n)) {
    case CT_MD_PARAGRAPH:
    case CT_MD_TABLE_CELL:
        link_inlines(l, n, uses);
        break;
    case CT_MD_QUOTE:
    case CT_MD_LIST:
    case CT_MD_ITEM:
    case CT_MD_TABLE:
    case CT_MD_TABLE_ROW:
        for (struct ct_md_node *c = ct_md_first(n); c; c = ct_md_next(c))
            ct_link_terms(l, c, uses);
        break;
    case CT_MD_DOCUMENT:
    case CT_MD_CODE_BLOCK:
    case CT_MD_HTML_BLOCK:
    case CT_MD_HEADING:
    case CT_MD_BREAK:
    case CT_MD_TEXT:
    case CT_MD_SOFTBREAK:
    case CT_MD_LINEBREAK:
    case CT_MD_CODE:
    case CT_MD_HTML:
    case CT_MD_EMPH:
    case CT_MD_STRONG:
    case CT_MD_LINK:
    case CT_MD_IMAGE:
        break;
    }
}

/* ---- without them ---- */

/* Only we write a link with a class, and no link stands in a link. */
void ct_term_add_unlinked(struct ct_str *out, const struct ct_block *b)
{
    const struct ct_sv open = CT_SV("<a class=\"term\" "), close = CT_SV("</a>");
    struct ct_sv rest = b->html;
    for (size_t i = 0; i < b->n_uses; i++) {
        size_t at = ct_sv_search(rest, open);
        ct_str_add_sv(out, ct_sv_sub(rest, 0, at));
        rest = ct_sv_sub(rest, at, rest.n);
        rest = ct_sv_sub(rest, ct_sv_find(rest, '>') + 1, rest.n);
        at = ct_sv_search(rest, close);
        ct_str_add_sv(out, ct_sv_sub(rest, 0, at));
        rest = ct_sv_sub(rest, at + close.n, rest.n);
    }
    ct_str_add_sv(out, rest);
}
