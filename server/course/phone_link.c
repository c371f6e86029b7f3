/*
 * phone_link.c: a telephone number that is written in full becomes a link by which a telephone
 * calls it, and which is not broken at its hyphens: "1-888-373-7888", tel:+18883737888. Shorter
 * ones, such as 988, are left alone: three digits may count something.
 */
#include "lift_priv.h"

#include "ct/base/banned.h"

/* A digit stands for itself in the first place, for any digit elsewhere. */
static const char form[] = "1-000-000-0000";
enum { LENGTH = sizeof form - 1 };

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* Whether a longer word or number goes on there. */
static bool goes_on(struct ct_sv s, size_t at)
{
    unsigned char c = at < s.n ? (unsigned char)s.p[at] : ' ';

    return is_digit((char)c) || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z') || c >= 0x80;
}

static bool is_number(struct ct_sv s, size_t at)
{
    if (s.n < LENGTH || at > s.n - LENGTH || s.p[at] != form[0])
        return false;
    for (size_t i = 1; i < LENGTH; i++)
        if (form[i] == '-' ? s.p[at + i] != '-' : !is_digit(s.p[at + i]))
            return false;
    return (at == 0 || (s.p[at - 1] != '-' && s.p[at - 1] != '+' && !goes_on(s, at - 1))) &&
           !goes_on(s, at + LENGTH) &&
           !(at + LENGTH < s.n && s.p[at + LENGTH] == '-' && goes_on(s, at + LENGTH + 1));
}

static struct ct_sv address_of(struct ct_arena *a, struct ct_sv number)
{
    char digits[LENGTH];
    size_t n = 0;

    for (size_t i = 0; i < number.n; i++)
        if (number.p[i] != '-')
            digits[n++] = number.p[i];
    return ct_arena_printf(a, "tel:+%.*s", (int)n, digits);
}

/* Links the numbers of one text; what is split off behind a number is looked through in turn. */
static void link_text(struct ct_lift *l, struct ct_md_node *text)
{
    for (size_t at = 0; at < ct_md_literal(text).n; at++) {
        if (!is_number(ct_md_literal(text), at))
            continue;
        struct ct_md_node *number = at > 0 ? ct_md_split(l->md, text, at) : text;
        bool more = ct_md_literal(number).n > LENGTH;
        struct ct_md_node *rest = more ? ct_md_split(l->md, number, LENGTH) : NULL;
        ct_md_link(l->md, number, number, address_of(l->arena, ct_md_literal(number)), CT_SV("tel"),
                   CT_SV_NULL);
        if (!rest)
            return;
        text = rest;
        at = 0; /* a blank or a sign: never the number's beginning */
    }
}

void ct_link_phones(struct ct_lift *l, struct ct_md_node *n)
{
    struct ct_md_node *next;

    switch (ct_md_type(n)) {
    case CT_MD_TEXT:
        link_text(l, n);
        break;
    case CT_MD_PARAGRAPH:
    case CT_MD_TABLE_CELL:
    case CT_MD_QUOTE:
    case CT_MD_LIST:
    case CT_MD_ITEM:
    case CT_MD_TABLE:
    case CT_MD_TABLE_ROW:
    case CT_MD_EMPH:
    case CT_MD_STRONG:
        for (struct ct_md_node *c = ct_md_first(n); c; c = next) {
            next = ct_md_next(c);
            ct_link_phones(l, c);
        }
        break;
    case CT_MD_DOCUMENT:
    case CT_MD_CODE_BLOCK:
    case CT_MD_HTML_BLOCK:
    case CT_MD_HEADING:
    case CT_MD_BREAK:
    case CT_MD_SOFTBREAK:
    case CT_MD_LINEBREAK:
    case CT_MD_CODE:
    case CT_MD_HTML:
    case CT_MD_LINK:
    case CT_MD_IMAGE:
        break;
    }
}
