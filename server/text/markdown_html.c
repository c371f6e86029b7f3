/*
 * server/text/markdown_html.c: what parts of a tree say, as HTML and as plain text. The HTML is
 * cmark's; here is decided which nodes it is asked for.
 */
#include "markdown_priv.h"

#include "ct/base/banned.h"

bool ct_md_is_inline(enum ct_md_type type)
{
    return type >= CT_MD_TEXT;
}

struct ct_md_node *ct_md_step(const struct ct_md_node *n, const struct ct_md_node *top)
{
    if (ct_md_first(n))
        return ct_md_first(n);
    while (n != top && !ct_md_next(n))
        n = ct_md_parent(n);
    return n == top ? NULL : ct_md_next(n);
}

struct ct_sv ct_md_plain(struct ct_arena *a, const struct ct_md_node *n)
{
    CT_AUTO_STR s = CT_STR_INIT(SIZE_MAX / 2);
    for (const struct ct_md_node *at = n; at; at = ct_md_step(at, n)) {
        enum ct_md_type type = ct_md_type(at);
        bool text = type == CT_MD_TEXT || type == CT_MD_CODE || type == CT_MD_CODE_BLOCK;
        bool gap = type == CT_MD_SOFTBREAK || type == CT_MD_LINEBREAK || !ct_md_is_inline(type);
        if (gap && s.n > 0 && s.p[s.n - 1] != ' ' && s.p[s.n - 1] != '\n')
            ct_str_add_char(&s, ' ');
        if (text)
            ct_str_add_sv(&s, ct_md_literal(at));
    }
    return ct_arena_dup(a, ct_str_sv(&s));
}

void ct_md_html_children(const struct ct_md_node *n, struct ct_str *out)
{
    size_t start = out->n;
    for (const struct ct_md_node *c = ct_md_first(n); c; c = ct_md_next(c)) {
        /* a tight paragraph ends without a line end; cmark puts one before the next block */
        if (!ct_md_is_inline(ct_md_type(c)) && out->n > start && out->p[out->n - 1] != '\n')
            ct_str_add_char(out, '\n');
        if (ct_md_type(c) == CT_MD_TABLE_ROW)
            ct_md_html(c, out);
        else
            ct_md_render(c, out);
    }
}

void ct_md_html(const struct ct_md_node *n, struct ct_str *out)
{
    switch (ct_md_type(n)) {
    case CT_MD_PARAGRAPH: /* also where cmark would leave <p> out, in a tight list */
        ct_str_add_c(out, "<p>");
        ct_md_html_children(n, out);
        ct_str_add_c(out, "</p>\n");
        break;
    case CT_MD_ITEM:
        ct_md_html_children(n, out);
        break;
    case CT_MD_TABLE_ROW: /* without the thead or tbody of its table */
        ct_str_add_c(out, "<tr>\n");
        ct_md_html_children(n, out);
        ct_str_add_c(out, "</tr>\n");
        break;
    case CT_MD_DOCUMENT:
    case CT_MD_QUOTE:
    case CT_MD_LIST:
    case CT_MD_CODE_BLOCK:
    case CT_MD_HTML_BLOCK:
    case CT_MD_HEADING:
    case CT_MD_BREAK:
    case CT_MD_TABLE:
    case CT_MD_TABLE_CELL:
    case CT_MD_TEXT:
    case CT_MD_SOFTBREAK:
    case CT_MD_LINEBREAK:
    case CT_MD_CODE:
    case CT_MD_HTML:
    case CT_MD_EMPH:
    case CT_MD_STRONG:
    case CT_MD_LINK:
    case CT_MD_IMAGE:
        ct_md_render(n, out);
        break;
    }
}
