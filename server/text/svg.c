/*
 * svg.c: whether an SVG is nothing but a picture: no scripts, no handlers of events, no pages
 * inside it, nothing loaded from elsewhere.
 *
 * It accepts less than XML does, never more: no DOCTYPE, no entities but the five, no instructions,
 * names in ASCII, every element closed. So there is no text that it reads in another way than a
 * browser would. Names are compared without their prefix and without case: whatever a prefix stands
 * for, a name that could do something is refused.
 */
#include "svg_priv.h"

#include "ct/base/str.h"

#include <stdio.h>

#include "ct/base/banned.h"

enum {
    DEPTH_MAX = 256,            /* elements in each other */
    STYLE_MAX = 1024 * 1024,    /* text of a <style> */
    VALUE_MAX = 8 * 1024 * 1024 /* of an attribute: a path can be long */
};

struct svg {
    struct ct_arena *arena;
    struct ct_sv all, rest;
    struct ct_sv open[DEPTH_MAX]; /* names of the elements that are not yet closed */
    size_t depth;
    bool is_svg, ended;  /* the first element was <svg>; it was closed */
    struct ct_str style; /* of the <style> that is open */
    const char *fault;
};

/* Keeps the first fault. False, so that `return fail(…)` is the way out. */
__attribute__((format(printf, 2, 3))) static bool fail(struct svg *s, const char *fmt, ...)
{
    char text[200];
    va_list ap;

    if (s->fault)
        return false;
    va_start(ap, fmt);
    vsnprintf(text, sizeof text, fmt, ap);
    va_end(ap);
    s->fault = ct_arena_cstr(s->arena, ct_sv_c(text));
    return false;
}

static bool broken(struct svg *s)
{
    return fail(s, "is no well-formed XML");
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

static void skip_blanks(struct svg *s)
{
    while (s->rest.n && is_blank(s->rest.p[0]))
        s->rest = ct_sv_sub(s->rest, 1, SIZE_MAX);
}

static bool take(struct svg *s, struct ct_sv what)
{
    if (!ct_sv_starts(s->rest, what))
        return false;
    s->rest = ct_sv_sub(s->rest, what.n, SIZE_MAX);
    return true;
}

/* Takes all up to and with `end`. */
static bool take_until(struct svg *s, struct ct_sv end, struct ct_sv *ret)
{
    size_t at = ct_sv_search(s->rest, end);

    if (at == SIZE_MAX)
        return broken(s);
    *ret = ct_sv_sub(s->rest, 0, at);
    s->rest = ct_sv_sub(s->rest, at + end.n, SIZE_MAX);
    return true;
}

static bool is_name_char(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
           c == ':' || c == '-' || c == '.';
}

static bool take_name(struct svg *s, struct ct_sv *ret)
{
    size_t n = 0;

    while (n < s->rest.n && is_name_char(s->rest.p[n]))
        n++;
    if (n == 0 || (s->rest.p[0] >= '0' && s->rest.p[0] <= '9'))
        return broken(s);
    *ret = ct_sv_sub(s->rest, 0, n);
    s->rest = ct_sv_sub(s->rest, n, SIZE_MAX);
    return true;
}

/* The name without its prefix. */
static struct ct_sv local(struct ct_sv name)
{
    for (size_t i = name.n; i > 0; i--)
        if (name.p[i - 1] == ':')
            return ct_sv_sub(name, i, SIZE_MAX);
    return name;
}

/* ---- text ---- */

/* "&#x41;" and the like, without & and ;. */
static bool character(struct ct_sv ref, uint32_t *ret)
{
    bool hex = ref.n > 1 && ref.p[1] == 'x';
    struct ct_sv digits = ct_sv_sub(ref, hex ? 2 : 1, SIZE_MAX);
    uint32_t rune = 0;

    if (digits.n == 0 || digits.n > 7)
        return false;
    for (size_t i = 0; i < digits.n; i++) {
        static const char all[] = "0123456789abcdefABCDEF";
        const char *at = digits.p[i] ? strchr(all, digits.p[i]) : NULL;
        if (!at || (!hex && at - all > 9))
            return false;
        uint32_t digit = (uint32_t)(at - all);
        rune = rune * (hex ? 16 : 10) + (digit > 15 ? digit - 6 : digit);
    }
    *ret = rune;
    return rune > 0 && rune <= 0x10ffff && (rune < 0xd800 || rune > 0xdfff);
}

static bool add_reference(struct svg *s, struct ct_sv ref, struct ct_str *out)
{
    static const struct {
        const char *name;
        char c;
    } known[] = {{"amp", '&'}, {"lt", '<'}, {"gt", '>'}, {"quot", '"'}, {"apos", '\''}};
    uint32_t rune;

    if (ref.n && ref.p[0] == '#') {
        if (!character(ref, &rune))
            return broken(s);
        ct_str_add_rune(out, rune);
        return true;
    }
    for (size_t i = 0; i < sizeof known / sizeof known[0]; i++) {
        if (ct_sv_eq_c(ref, known[i].name)) {
            ct_str_add_char(out, known[i].c);
            return true;
        }
    }
    return fail(s, "uses an entity that it would have to define");
}

/* Adds text with its references resolved. */
static bool add_text(struct svg *s, struct ct_sv text, struct ct_str *out)
{
    size_t at;

    while ((at = ct_sv_find(text, '&')) != SIZE_MAX) {
        struct ct_sv ref = ct_sv_sub(text, at + 1, 64);
        size_t end = ct_sv_find(ref, ';');
        if (end == SIZE_MAX)
            return broken(s);
        ct_str_add_sv(out, ct_sv_sub(text, 0, at));
        if (!add_reference(s, ct_sv_sub(ref, 0, end), out))
            return false;
        text = ct_sv_sub(text, at + 1 + end + 1, SIZE_MAX);
    }
    ct_str_add_sv(out, text);
    return ct_str_ok(out) || fail(s, "has a text that is too long");
}

/* ---- what could do something ---- */

static char lower(char c)
{
    return (char)(c >= 'A' && c <= 'Z' ? c + 32 : c);
}

static bool in_list(struct ct_sv name, const char *const *list)
{
    for (; *list; list++)
        if (ct_sv_ieq(name, ct_sv_c(*list)))
            return true;
    return false;
}

/* Where `word` (in lower case) stands in the text, whatever its case. */
static size_t find_word(struct ct_sv text, const char *word)
{
    size_t n = strlen(word);

    for (size_t i = 0; i + n <= text.n; i++) {
        size_t k = 0;
        while (k < n && lower(text.p[i + k]) == word[k])
            k++;
        if (k == n)
            return i;
    }
    return SIZE_MAX;
}

static bool is_inside(struct ct_sv target)
{
    target = ct_sv_trim(target);
    return target.n > 0 && target.p[0] == '#';
}

/* Styles, and attributes that are styles: nothing in them names something elsewhere. */
static bool check_style(struct svg *s, struct ct_sv css)
{
    static const char *const loading[] = {"@import",     "@font-face", "@namespace", "@charset",
                                          "image-set(",  "image(",     "src(",       "expression(",
                                          "javascript:", "behavior:",  "-binding"};
    size_t at;

    if (ct_sv_find(css, '\\') != SIZE_MAX) /* writes a letter in another way */
        return fail(s, "has a backslash in a style");
    for (size_t i = 0; i < sizeof loading / sizeof loading[0]; i++)
        if (find_word(css, loading[i]) != SIZE_MAX)
            return fail(s, "has %.*s in a style, which loads something",
                        CT_SV_ARG(ct_sv_c(loading[i])));
    while ((at = find_word(css, "url(")) != SIZE_MAX) {
        css = ct_sv_trim(ct_sv_sub(css, at + 4, SIZE_MAX));
        if (css.n && (css.p[0] == '"' || css.p[0] == '\''))
            css = ct_sv_sub(css, 1, SIZE_MAX);
        if (!is_inside(css))
            return fail(s, "loads something from elsewhere by url(…)");
    }
    return true;
}

/* Kinds of elements that a picture has no need of: these of XHTML would be live in an SVG. */
static bool check_namespace(struct svg *s, struct ct_sv uri)
{
    static const char *const live[] = {
        "http://www.w3.org/1999/xhtml",
        "http://www.w3.org/1998/Math/MathML",
        "http://www.w3.org/1999/XSL/Transform",
        "http://www.w3.org/2001/xml-events",
        "http://www.w3.org/2001/XInclude",
        "http://www.mozilla.org/xbl",
        "http://www.mozilla.org/keymaster/gatekeeper/there.is.only.xul",
        NULL};

    return !in_list(ct_sv_trim(uri), live) ||
           fail(s, "contains pieces of another kind (%.*s)", CT_SV_ARG(ct_sv_trim(uri)));
}

static bool check_attribute(struct svg *s, struct ct_sv name, struct ct_sv value)
{
    static const char *const targets[] = {"href", "src", "base", "data", "action", NULL};
    bool prefixed = ct_sv_find(name, ':') != SIZE_MAX;

    if (ct_sv_eq_c(name, "xmlns") || ct_sv_starts(name, CT_SV("xmlns:")))
        return check_namespace(s, value);
    if (local(name).n > 2 && ct_sv_ieq(ct_sv_sub(local(name), 0, 2), CT_SV("on")))
        return fail(s, "reacts to events (%.*s)", CT_SV_ARG(ct_sv_sub(name, 0, 40)));
    if (in_list(local(name), targets) && !is_inside(value))
        return fail(s, "leads to something elsewhere (%.*s)", CT_SV_ARG(ct_sv_sub(name, 0, 40)));
    return prefixed || check_style(s, value);
}

static bool check_element(struct svg *s, struct ct_sv name)
{
    static const char *const scripts[] = {"script", "handler", "listener", NULL};
    static const char *const pages[] = {"foreignObject", "iframe", "object",   "embed", "audio",
                                        "video",         "source", "track",    "link",  "meta",
                                        "form",          "input",  "template", "html",  "body",
                                        "canvas",        "tref",   NULL};
    static const char *const motions[] = {
        "set", "animate", "animateColor", "animateMotion", "animateTransform", "discard", NULL};

    if (s->depth == 0 && !ct_sv_eq_c(local(name), "svg"))
        return fail(s, "is no SVG picture");
    if (in_list(local(name), scripts))
        return fail(s, "contains a script");
    if (in_list(local(name), pages))
        return fail(s, "contains <%.*s>, which is no part of a picture",
                    CT_SV_ARG(ct_sv_sub(name, 0, 40)));
    if (in_list(local(name), motions)) /* they change attributes, links among them */
        return fail(s, "moves (<%.*s>); learners want pictures that stand still",
                    CT_SV_ARG(ct_sv_sub(name, 0, 40)));
    if (s->depth && ct_sv_ieq(local(s->open[s->depth - 1]), CT_SV("style")))
        return broken(s);
    return true;
}

/* ---- markup ---- */

static bool read_attribute(struct svg *s)
{
    CT_AUTO_STR value = CT_STR_INIT(VALUE_MAX);
    struct ct_sv name, raw;

    if (!take_name(s, &name))
        return false;
    skip_blanks(s);
    if (!take(s, CT_SV("=")))
        return broken(s);
    skip_blanks(s);
    struct ct_sv quote = ct_sv_sub(s->rest, 0, 1);
    if (!ct_sv_eq_c(quote, "\"") && !ct_sv_eq_c(quote, "'"))
        return broken(s);
    s->rest = ct_sv_sub(s->rest, 1, SIZE_MAX);
    if (!take_until(s, quote, &raw))
        return false;
    if (ct_sv_find(raw, '<') != SIZE_MAX)
        return broken(s);
    return add_text(s, raw, &value) && check_attribute(s, name, ct_str_sv(&value));
}

static bool read_start(struct svg *s)
{
    struct ct_sv name;

    if (!take_name(s, &name) || !check_element(s, name))
        return false;
    if (s->depth == 0 && s->ended)
        return broken(s);
    s->is_svg = true;
    for (;;) {
        bool blank = s->rest.n && is_blank(s->rest.p[0]);
        skip_blanks(s);
        if (take(s, CT_SV("/>"))) {
            s->ended |= s->depth == 0;
            return true;
        }
        if (take(s, CT_SV(">")))
            break;
        if (!blank || s->rest.n == 0)
            return broken(s);
        if (!read_attribute(s))
            return false;
    }
    if (s->depth == DEPTH_MAX)
        return fail(s, "has too many elements in each other");
    s->open[s->depth++] = name;
    return true;
}

static bool read_end(struct svg *s)
{
    struct ct_sv name;

    if (!take_name(s, &name))
        return false;
    skip_blanks(s);
    if (!take(s, CT_SV(">")) || s->depth == 0 || !ct_sv_eq(s->open[s->depth - 1], name))
        return broken(s);
    s->depth--;
    s->ended |= s->depth == 0;
    if (ct_sv_ieq(local(name), CT_SV("style"))) {
        bool fine = check_style(s, ct_str_sv(&s->style));
        ct_str_reset(&s->style);
        return fine;
    }
    return true;
}

/* Text between elements; it matters only where it is a style. */
static bool read_text(struct svg *s, struct ct_sv text, bool raw)
{
    bool in_style = s->depth && ct_sv_ieq(local(s->open[s->depth - 1]), CT_SV("style"));
    CT_AUTO_STR scratch = CT_STR_INIT(VALUE_MAX);

    if (s->depth == 0 && ct_sv_trim(text).n)
        return s->is_svg ? broken(s) : fail(s, "is no SVG picture");
    if (!raw)
        return add_text(s, text, in_style ? &s->style : &scratch);
    if (in_style)
        ct_str_add_sv(&s->style, text);
    return ct_str_ok(&s->style) || fail(s, "has a style that is too long");
}

static bool read_declaration(struct svg *s)
{
    struct ct_sv text, value;
    size_t at;

    if (!take(s, CT_SV("<?xml ")))
        return true;
    if (!take_until(s, CT_SV("?>"), &text))
        return false;
    if ((at = ct_sv_search(text, CT_SV("encoding"))) == SIZE_MAX)
        return true;
    value = ct_sv_trim(ct_sv_sub(text, at + 8, SIZE_MAX));
    value = ct_sv_trim(ct_sv_sub(value, value.n && value.p[0] == '=' ? 1 : 0, SIZE_MAX));
    value =
        ct_sv_sub(value, 1, value.n ? ct_sv_find(ct_sv_sub(value, 1, SIZE_MAX), value.p[0]) : 0);
    return ct_sv_ieq(value, CT_SV("utf-8")) || ct_sv_ieq(value, CT_SV("us-ascii")) ||
           fail(s, "is not written in UTF-8");
}

/* One piece of markup, or the text up to it. */
static bool read_piece(struct svg *s)
{
    struct ct_sv text;
    size_t at = ct_sv_find(s->rest, '<');

    if (at != 0) {
        text = ct_sv_sub(s->rest, 0, at);
        s->rest = ct_sv_sub(s->rest, at, SIZE_MAX);
        return read_text(s, text, false);
    }
    if (take(s, CT_SV("<!--")))
        return take_until(s, CT_SV("--"), &text) && (take(s, CT_SV(">")) || broken(s));
    if (take(s, CT_SV("<![CDATA[")))
        return take_until(s, CT_SV("]]>"), &text) && read_text(s, text, true);
    if (ct_sv_starts(s->rest, CT_SV("<!")))
        return fail(s, "has a DOCTYPE or defines entities");
    if (ct_sv_starts(s->rest, CT_SV("<?")))
        return fail(s, "has an instruction to load something (<?…?>)");
    if (take(s, CT_SV("</")))
        return read_end(s);
    take(s, CT_SV("<"));
    return read_start(s);
}

static int line_of(const struct svg *s)
{
    int line = 1;

    for (const char *p = s->all.p; p < s->rest.p; p++)
        line += *p == '\n';
    return line;
}

const char *ct_svg_fault(struct ct_arena *a, struct ct_sv bytes, bool *ret_is_svg, int *ret_line)
{
    struct svg *s = ct_arena_new(a, struct svg);

    ct_str_init(&s->style, STYLE_MAX);
    s->arena = a;
    s->all = s->rest = bytes;
    take(s, CT_SV("\xef\xbb\xbf"));
    if (!ct_sv_utf8(bytes))
        fail(s, "is not written in UTF-8");
    else if (read_declaration(s))
        while (s->rest.n && read_piece(s))
            continue;
    if (!s->fault && (s->depth || !s->ended))
        fail(s, s->is_svg ? "is cut off" : "is no SVG picture");
    ct_str_release(&s->style);
    *ret_is_svg = s->is_svg;
    *ret_line = line_of(s);
    return s->fault;
}
