/*
 * gift_text.c: a text as it stands in a GIFT bank, into Markdown: escapes first, then what its
 * format says.
 */
#include "gift_priv.h"

#include "ct/base/limits.h"
#include "ct/text/markdown.h"

#include "ct/base/banned.h"

struct ct_sv ct_gift_unescape(struct ct_arena *a, struct ct_sv raw)
{
    char *p = ct_arena_cstr(a, raw);
    size_t n = 0;
    for (size_t i = 0; i < raw.n; i++) {
        char next = i + 1 < raw.n ? raw.p[i + 1] : '\0';
        if (raw.p[i] != '\\' || !next || !strchr("~=#{}:n\\", next)) {
            p[n++] = raw.p[i];
            continue;
        }
        p[n++] = next == 'n' ? '\n' : next;
        i++;
    }
    p[n] = '\0';
    return ct_sv_n(p, n);
}

/* ---- plain text ---- */

static void put_plain(struct ct_gift_ink *ink, struct ct_sv text)
{
    struct ct_sv line;
    for (bool first = true; text.p && ct_sv_split(&text, '\n', &line); first = false) {
        if (!first && ct_sv_trim(line).n == 0)
            ct_gift_ink_paragraph(ink);
        else if (!first)
            ct_gift_ink_line(ink);
        ct_gift_ink_text(ink, line);
    }
}

/* ---- Markdown ---- */

struct walk {
    struct ct_gift_ink *ink;
    struct ct_gift_notes *notes;
    int line;
};

static void put_nodes(const struct walk *w, const struct ct_md_node *n);

static void lost(const struct walk *w, const char *what)
{
    ct_gift_note(w->notes, w->line, "%s was taken out, and its text kept", what);
}

static void put_emphasis(const struct walk *w, const struct ct_md_node *n, bool strong)
{
    ct_gift_ink_emphasis(w->ink, strong, true);
    put_nodes(w, ct_md_first(n));
    ct_gift_ink_emphasis(w->ink, strong, false);
}

/* What we have no way to write; NULL for what is only a block. */
static const char *name_of(enum ct_md_type type)
{
    return type == CT_MD_QUOTE     ? "a quote"
           : type == CT_MD_HEADING ? "a heading"
           : type == CT_MD_TABLE   ? "a table"
                                   : NULL;
}

static void put_block(const struct walk *w, const struct ct_md_node *n)
{
    if (name_of(ct_md_type(n)))
        lost(w, name_of(ct_md_type(n)));
    ct_gift_ink_paragraph(w->ink);
    put_nodes(w, ct_md_first(n));
}

static void put_node(const struct walk *w, const struct ct_md_node *n)
{
    switch (ct_md_type(n)) {
    case CT_MD_DOCUMENT:
    case CT_MD_LIST:
    case CT_MD_TABLE_ROW:
    case CT_MD_QUOTE:
    case CT_MD_HEADING:
    case CT_MD_TABLE:
        put_block(w, n);
        break;
    case CT_MD_PARAGRAPH:
        if (ct_md_prev(n) || ct_md_type(ct_md_parent(n)) != CT_MD_ITEM)
            ct_gift_ink_paragraph(w->ink);
        put_nodes(w, ct_md_first(n));
        break;
    case CT_MD_ITEM:
        ct_gift_ink_item(w->ink, ct_md_ordered(ct_md_parent(n)));
        put_nodes(w, ct_md_first(n));
        break;
    case CT_MD_CODE_BLOCK:
        lost(w, "a block of code");
        ct_gift_ink_paragraph(w->ink);
        put_plain(w->ink, ct_md_literal(n));
        break;
    case CT_MD_HTML_BLOCK:
    case CT_MD_HTML:
        ct_gift_html(w->ink, ct_md_literal(n), false, w->notes, w->line);
        break;
    case CT_MD_BREAK:
        ct_gift_ink_paragraph(w->ink);
        break;
    case CT_MD_TABLE_CELL:
        put_nodes(w, ct_md_first(n));
        ct_gift_ink_text(w->ink, CT_SV(" "));
        break;
    case CT_MD_TEXT:
        ct_gift_ink_text(w->ink, ct_md_literal(n));
        break;
    case CT_MD_SOFTBREAK:
        ct_gift_ink_text(w->ink, CT_SV(" "));
        break;
    case CT_MD_LINEBREAK:
        ct_gift_ink_line(w->ink);
        break;
    case CT_MD_CODE:
        ct_gift_ink_code(w->ink, ct_md_literal(n));
        break;
    case CT_MD_EMPH:
    case CT_MD_STRONG:
        put_emphasis(w, n, ct_md_type(n) == CT_MD_STRONG);
        break;
    case CT_MD_LINK:
        ct_gift_ink_link(w->ink, ct_md_plain(w->notes->arena, n), ct_md_url(n));
        break;
    case CT_MD_IMAGE:
        ct_gift_note(w->notes, w->line, "a picture was left out; put it into the course's images/");
        ct_gift_ink_text(w->ink, ct_md_plain(w->notes->arena, n));
        break;
    }
}

static void put_nodes(const struct walk *w, const struct ct_md_node *n)
{
    for (; n; n = ct_md_next(n))
        put_node(w, n);
}

static void put_markdown(struct ct_gift_ink *ink, struct ct_sv text, struct ct_gift_notes *notes,
                         int line)
{
    CT_AUTO_MD *md = NULL;
    struct ct_err err = CT_ERR_INIT;
    struct walk w = {ink, notes, line};
    if (ct_md_parse(text, 1, false, &md, NULL, &err) == CT_OK) {
        put_node(&w, ct_md_root(md));
        return;
    }
    ct_gift_note(notes, line, "the Markdown of this text stands as it is written: %s", err.text);
    put_plain(ink, text);
}

/* ---- the whole ---- */

struct ct_sv ct_gift_markdown(struct ct_gift_notes *notes, const struct ct_gift_text *t,
                              unsigned how)
{
    struct ct_gift_ink ink;
    struct ct_sv text = ct_gift_unescape(notes->arena, t->raw);
    if (text.n == 0)
        return CT_SV("");
    ct_gift_ink_begin(&ink, notes->arena, how, 4 * CT_SOURCE_MAX);
    switch (t->format) {
    case CT_GIFT_MOODLE:
        ct_gift_html(&ink, text, true, notes, t->line);
        break;
    case CT_GIFT_HTML:
        ct_gift_html(&ink, text, false, notes, t->line);
        break;
    case CT_GIFT_PLAIN:
        put_plain(&ink, text);
        break;
    case CT_GIFT_MARKDOWN:
        put_markdown(&ink, text, notes, t->line);
        break;
    }
    return ct_gift_ink_end(&ink);
}
