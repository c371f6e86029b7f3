/*
 * gift_html.c: the HTML that Moodle's editor leaves in texts, as far as Markdown has the same. Tags
 * are found, not checked: whatever is no tag is text.
 */
#include "gift_priv.h"

#include "ct/text/markdown.h"

#include "ct/base/banned.h"

enum tag_does {
    TAG_PARAGRAPH,
    TAG_LINE,
    TAG_STRONG,
    TAG_EM,
    TAG_CODE,
    TAG_LIST,
    TAG_NUMBERS,
    TAG_ITEM,
    TAG_SUPER,
    TAG_SUB,
    TAG_LINK,
    TAG_PICTURE,
    TAG_CELL,
    TAG_NOTHING,
    TAG_HIDDEN, /* what is in it is no text */
    TAG_UNKNOWN
};

static const struct {
    const char *name;
    enum tag_does does;
    bool noted;
} tags[] = {
    {"p", TAG_PARAGRAPH, false},    {"div", TAG_PARAGRAPH, false},
    {"h1", TAG_PARAGRAPH, true},    {"h2", TAG_PARAGRAPH, true},
    {"h3", TAG_PARAGRAPH, true},    {"h4", TAG_PARAGRAPH, true},
    {"h5", TAG_PARAGRAPH, true},    {"h6", TAG_PARAGRAPH, true},
    {"pre", TAG_PARAGRAPH, true},   {"blockquote", TAG_PARAGRAPH, true},
    {"table", TAG_PARAGRAPH, true}, {"tr", TAG_PARAGRAPH, false},
    {"td", TAG_CELL, false},        {"th", TAG_CELL, false},
    {"tbody", TAG_NOTHING, false},  {"thead", TAG_NOTHING, false},
    {"br", TAG_LINE, false},        {"hr", TAG_PARAGRAPH, true},
    {"b", TAG_STRONG, false},       {"strong", TAG_STRONG, false},
    {"i", TAG_EM, false},           {"em", TAG_EM, false},
    {"code", TAG_CODE, false},      {"tt", TAG_CODE, false},
    {"ul", TAG_LIST, false},        {"ol", TAG_NUMBERS, false},
    {"li", TAG_ITEM, false},        {"sup", TAG_SUPER, false},
    {"sub", TAG_SUB, false},        {"a", TAG_LINK, false},
    {"img", TAG_PICTURE, true},     {"span", TAG_NOTHING, false},
    {"font", TAG_NOTHING, false},   {"script", TAG_HIDDEN, true},
    {"style", TAG_HIDDEN, true},
};

struct tag {
    size_t length; /* of all of it, from < to > */
    struct ct_sv name, inside;
    bool closes;
    enum tag_does does;
    bool noted;
};

struct html {
    struct ct_gift_ink *ink;
    struct ct_gift_notes *notes;
    int line;
    bool breaks;
    struct ct_sv rest;
    bool numbers;          /* the list that we are in is numbered */
    enum tag_does raising; /* TAG_SUPER, TAG_SUB: between its tags */
};

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* The end of a tag behind `from`, past quoted values; SIZE_MAX if there is none near. */
static size_t tag_end(struct ct_sv s, size_t from)
{
    enum { TAG_MAX = 4096 };
    char quote = '\0';
    for (size_t i = from; i < s.n && i < TAG_MAX; i++) {
        if (quote)
            quote = s.p[i] == quote ? '\0' : quote;
        else if (s.p[i] == '"' || s.p[i] == '\'')
            quote = s.p[i];
        else if (s.p[i] == '>')
            return i;
    }
    return SIZE_MAX;
}

/* Reads the tag at the beginning of s; false if none is there. */
static bool read_tag(struct ct_sv s, struct tag *ret)
{
    size_t at = 1, end;
    *ret = (struct tag){.does = TAG_UNKNOWN, .noted = true};
    if (s.n < 3)
        return false;
    if (ct_sv_starts(s, CT_SV("<!--"))) {
        end = ct_sv_search(s, CT_SV("-->"));
        *ret = (struct tag){
            end == SIZE_MAX ? s.n : end + 3, CT_SV("!"), CT_SV(""), true, TAG_NOTHING, false};
        return true;
    }
    ret->closes = s.p[1] == '/';
    at += ret->closes;
    if (at >= s.n || !is_letter(s.p[at]) || (end = tag_end(s, at)) == SIZE_MAX)
        return false;
    ret->length = end + 1;
    size_t n = at;
    while (is_letter(s.p[n]) || is_digit(s.p[n]))
        n++;
    ret->name = ct_sv_sub(s, at, n - at);
    ret->inside = ct_sv_sub(s, n, end - n);
    for (size_t i = 0; i < sizeof tags / sizeof tags[0]; i++)
        if (ct_sv_ieq(ret->name, ct_sv_c(tags[i].name))) {
            ret->does = tags[i].does;
            ret->noted = tags[i].noted;
        }
    return true;
}

/* The value of an attribute; the null view if there is none. */
static struct ct_sv attribute(struct ct_sv inside, const char *name)
{
    for (size_t i = 0; i < inside.n; i++) {
        struct ct_sv s = ct_sv_sub(inside, i, SIZE_MAX);
        size_t n = strlen(name);
        bool starts = i == 0 || !is_letter(inside.p[i - 1]);
        if (!starts || !ct_sv_ieq(ct_sv_sub(s, 0, n), ct_sv_c(name)))
            continue;
        s = ct_sv_trim(ct_sv_sub(s, n, SIZE_MAX));
        if (s.n < 2 || s.p[0] != '=')
            continue;
        s = ct_sv_trim(ct_sv_sub(s, 1, SIZE_MAX));
        if (s.n > 0 && (s.p[0] == '"' || s.p[0] == '\'')) {
            char quote = s.p[0];
            s = ct_sv_sub(s, 1, SIZE_MAX);
            return ct_sv_sub(s, 0, ct_sv_find(s, quote));
        }
        return ct_sv_sub(s, 0, ct_sv_find(s, ' '));
    }
    return CT_SV_NULL;
}

/* ---- text ---- */

/* The length of an entity at the beginning of s; 0 if none is there. */
static size_t entity_length(struct ct_sv s)
{
    enum { ENTITY_MAX = 34 };
    size_t n = 1;
    while (n < s.n && n < ENTITY_MAX && (is_letter(s.p[n]) || is_digit(s.p[n]) || s.p[n] == '#'))
        n++;
    return n > 2 && n < s.n && s.p[n] == ';' ? n + 1 : 0;
}

/* Markdown has the same entities, so they are read by who knows them all. */
static struct ct_sv entity(struct ct_arena *a, struct ct_sv name)
{
    CT_AUTO_MD *md = NULL;
    if (ct_md_parse(name, 1, false, &md, NULL, NULL) < 0)
        return name;
    return ct_md_plain(a, ct_md_root(md));
}

/* Digits have raised and lowered forms; anything else stays on the line. */
static void put_raised(struct html *h, struct ct_sv text)
{
    static const char *const super[] = {
        "\xe2\x81\xb0", "\xc2\xb9",     "\xc2\xb2",     "\xc2\xb3",     "\xe2\x81\xb4",
        "\xe2\x81\xb5", "\xe2\x81\xb6", "\xe2\x81\xb7", "\xe2\x81\xb8", "\xe2\x81\xb9"};
    bool all = text.n > 0;
    for (size_t i = 0; i < text.n; i++)
        all = all && is_digit(text.p[i]);
    if (!all) {
        ct_gift_note(h->notes, h->line, "raised or lowered text stands on the line: \"%.*s\"",
                     (int)(text.n < 40 ? text.n : 40), text.p ? text.p : "");
        ct_gift_ink_text(h->ink, text);
        return;
    }
    for (size_t i = 0; i < text.n; i++) {
        char sub[] = {'\xe2', '\x82', (char)('\x80' + (text.p[i] - '0')), '\0'};
        const char *raised = super[text.p[i] - '0'];
        ct_gift_ink_text(h->ink, ct_sv_c(h->raising == TAG_SUPER ? raised : sub));
    }
}

static void put_text(struct html *h, struct ct_sv text)
{
    if (h->raising != TAG_NOTHING) {
        put_raised(h, text);
        return;
    }
    struct ct_sv line;
    for (bool first = true; text.p && ct_sv_split(&text, '\n', &line); first = false) {
        bool empty = ct_sv_trim(line).n == 0;
        if (!first && h->breaks && empty && text.p)
            ct_gift_ink_paragraph(h->ink);
        else if (!first && h->breaks)
            ct_gift_ink_line(h->ink);
        else if (!first)
            ct_gift_ink_text(h->ink, CT_SV(" "));
        ct_gift_ink_text(h->ink, line);
    }
}

/* Everything up to the end tag, without tags and with entities read. */
static struct ct_sv take_inside(struct html *h, struct ct_sv name)
{
    CT_AUTO_STR out = CT_STR_INIT(2 * h->rest.n + 1);
    struct tag t;
    while (h->rest.n > 0) {
        size_t n = 1;
        if (h->rest.p[0] == '<' && read_tag(h->rest, &t)) {
            h->rest = ct_sv_sub(h->rest, t.length, SIZE_MAX);
            if (t.closes && ct_sv_ieq(t.name, name))
                break;
            continue;
        }
        if (h->rest.p[0] == '&' && (n = entity_length(h->rest)) > 0)
            ct_str_add_sv(&out, entity(h->notes->arena, ct_sv_sub(h->rest, 0, n)));
        else
            ct_str_add(&out, h->rest.p, n = 1);
        h->rest = ct_sv_sub(h->rest, n, SIZE_MAX);
    }
    return ct_arena_dup(h->notes->arena, ct_str_sv(&out));
}

/* ---- tags ---- */

static void put_picture(struct html *h, const struct tag *t)
{
    struct ct_sv alt = attribute(t->inside, "alt");
    if (alt.n > 0)
        ct_gift_ink_text(h->ink, ct_arena_printf(h->notes->arena, " (%.*s) ", CT_SV_ARG(alt)));
}

static void put_tag(struct html *h, const struct tag *t)
{
    switch (t->does) {
    case TAG_PARAGRAPH:
        ct_gift_ink_paragraph(h->ink);
        break;
    case TAG_LINE:
        ct_gift_ink_line(h->ink);
        break;
    case TAG_STRONG:
    case TAG_EM:
        ct_gift_ink_emphasis(h->ink, t->does == TAG_STRONG, !t->closes);
        break;
    case TAG_CODE:
        if (!t->closes)
            ct_gift_ink_code(h->ink, take_inside(h, t->name));
        break;
    case TAG_LIST:
    case TAG_NUMBERS:
        h->numbers = t->does == TAG_NUMBERS && !t->closes;
        ct_gift_ink_paragraph(h->ink);
        break;
    case TAG_ITEM:
        if (!t->closes)
            ct_gift_ink_item(h->ink, h->numbers);
        break;
    case TAG_SUPER:
    case TAG_SUB:
        h->raising = t->closes ? TAG_NOTHING : t->does;
        break;
    case TAG_LINK:
        if (!t->closes && attribute(t->inside, "href").n > 0)
            ct_gift_ink_link(h->ink, take_inside(h, t->name), attribute(t->inside, "href"));
        break;
    case TAG_PICTURE:
        put_picture(h, t);
        break;
    case TAG_CELL:
        ct_gift_ink_text(h->ink, CT_SV(" "));
        break;
    case TAG_HIDDEN:
        if (!t->closes)
            take_inside(h, t->name);
        break;
    case TAG_NOTHING:
    case TAG_UNKNOWN:
        break;
    }
}

static void note_tag(struct html *h, const struct tag *t)
{
    if (!t->noted || t->closes)
        return;
    int n = (int)(t->name.n < 20 ? t->name.n : 20);
    if (t->does == TAG_PICTURE)
        ct_gift_note(h->notes, h->line, "a picture was left out; put it into the course's images/");
    else if (t->does == TAG_HIDDEN)
        ct_gift_note(h->notes, h->line, "what stood between <%.*s> and its end was left out", n,
                     t->name.p);
    else
        ct_gift_note(h->notes, h->line, "<%.*s> was taken out, and its text kept", n, t->name.p);
}

void ct_gift_html(struct ct_gift_ink *ink, struct ct_sv html, bool breaks,
                  struct ct_gift_notes *notes, int line)
{
    struct html h = {ink, notes, line, breaks, html, false, TAG_NOTHING};
    struct tag t;
    while (h.rest.n > 0) {
        size_t n = 0;
        if (h.rest.p[0] == '<' && read_tag(h.rest, &t)) {
            h.rest = ct_sv_sub(h.rest, t.length, SIZE_MAX);
            note_tag(&h, &t);
            put_tag(&h, &t);
        } else if (h.rest.p[0] == '&' && (n = entity_length(h.rest)) > 0) {
            put_text(&h, entity(notes->arena, ct_sv_sub(h.rest, 0, n)));
            h.rest = ct_sv_sub(h.rest, n, SIZE_MAX);
        } else {
            for (n = 1; n < h.rest.n && h.rest.p[n] != '<' && h.rest.p[n] != '&'; n++)
                ;
            put_text(&h, ct_sv_sub(h.rest, 0, n));
            h.rest = ct_sv_sub(h.rest, n, SIZE_MAX);
        }
    }
}
