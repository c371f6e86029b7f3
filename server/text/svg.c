/*
 * svg.c: whether an SVG is nothing but a picture: no scripts, no handlers of events, no pages
 * inside it, nothing loaded from elsewhere. Reading the XML is expat's.
 *
 * Without a DOCTYPE there are no entities but XML's five and no default attributes, so what expat
 * tells is all that a browser would see. Names are compared without case, and also where their
 * namespace is not SVG's or missing: rather a harmless picture refused than a live one taken.
 */
#include "svg_priv.h"

#include "ct/base/limits.h"
#include "ct/base/str.h"

#include <expat.h>
#include <stdio.h>

#include "ct/base/banned.h"

/* Stands between namespace and name in what expat tells; no name has a blank in it. */
#define BETWEEN ' '

#define SVG_SPACE "http://www.w3.org/2000/svg"

enum {
    DEPTH_MAX = 256, /* elements in each other */
    NAME_SHOWN = 40
};

struct svg {
    struct ct_arena *arena;
    XML_Parser xml;
    size_t depth;
    bool is_svg;         /* the first element was <svg> */
    bool in_style;       /* a <style> is open */
    struct ct_str style; /* its text */
    const char *fault;
    int line;
};

struct name {
    struct ct_sv space, local; /* space: n 0: none */
};

/* Keeps the first fault, and reads no further. False, so that `return fail(…)` is the way out. */
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
    s->line = s->xml ? (int)XML_GetCurrentLineNumber(s->xml) : 1;
    if (s->xml)
        XML_StopParser(s->xml, XML_FALSE);
    return false;
}

static struct name name_of(const XML_Char *told)
{
    const char *at = strrchr(told, BETWEEN);

    return at ? (struct name){ct_sv_n(told, (size_t)(at - told)), ct_sv_c(at + 1)}
              : (struct name){CT_SV(""), ct_sv_c(told)};
}

/* The beginning of a long name, cut between characters. */
static struct ct_sv shown(struct ct_sv name)
{
    size_t n = name.n < NAME_SHOWN ? name.n : NAME_SHOWN;

    while (n < name.n && ((unsigned char)name.p[n] & 0xc0) == 0x80)
        n--;
    return ct_sv_sub(name, 0, n);
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

static bool check_urls(struct svg *s, struct ct_sv css)
{
    size_t at;

    while ((at = find_word(css, "url(")) != SIZE_MAX) {
        css = ct_sv_trim(ct_sv_sub(css, at + 4, SIZE_MAX));
        if (css.n && (css.p[0] == '"' || css.p[0] == '\''))
            css = ct_sv_sub(css, 1, SIZE_MAX);
        if (!is_inside(css))
            return fail(s, "loads something from elsewhere by url(…)");
    }
    return true;
}

/* Styles, and attributes that are styles: nothing in them names something elsewhere. */
static bool check_style(struct svg *s, struct ct_sv css)
{
    static const char *const loading[] = {"@import",     "@font-face", "@namespace", "@charset",
                                          "image-set(",  "image(",     "src(",       "expression(",
                                          "javascript:", "behavior:",  "-binding"};

    if (ct_sv_find(css, '\\') != SIZE_MAX) /* writes a letter in another way */
        return fail(s, "has a backslash in a style");
    for (size_t i = 0; i < sizeof loading / sizeof loading[0]; i++)
        if (find_word(css, loading[i]) != SIZE_MAX)
            return fail(s, "has %.*s in a style, which loads something",
                        CT_SV_ARG(ct_sv_c(loading[i])));
    return check_urls(s, css);
}

/* Kinds of pieces that a picture has no need of: they would be live in an SVG. A drawing program
 * may well name such a kind and use none of it. */
static bool check_space(struct svg *s, struct ct_sv uri)
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

static bool check_attribute(struct svg *s, const struct name *name, struct ct_sv value)
{
    static const char *const targets[] = {"href",   "src",        "base",   "data", "srcset",
                                          "action", "formaction", "poster", "ping", NULL};

    if (!check_space(s, name->space))
        return false;
    if (name->local.n > 2 && ct_sv_ieq(ct_sv_sub(name->local, 0, 2), CT_SV("on")))
        return fail(s, "reacts to events (%.*s)", CT_SV_ARG(shown(name->local)));
    if (in_list(name->local, targets) && !is_inside(value))
        return fail(s, "leads to something elsewhere (%.*s)", CT_SV_ARG(shown(name->local)));
    /* A style has no prefix; what has one may be the name of a file, with backslashes. */
    return name->space.n ? check_urls(s, value) : check_style(s, value);
}

/* What is live as SVG. Elsewhere "source" and "link" say where a picture is from. */
static bool check_picture_element(struct svg *s, struct ct_sv name)
{
    static const char *const pages[] = {"foreignObject", "iframe", "object",   "embed", "audio",
                                        "video",         "source", "track",    "link",  "meta",
                                        "form",          "input",  "template", "html",  "body",
                                        "canvas",        "tref",   NULL};
    static const char *const motions[] = {
        "set", "animate", "animateColor", "animateMotion", "animateTransform", "discard", NULL};

    if (in_list(name, pages))
        return fail(s, "contains <%.*s>, which is no part of a picture", CT_SV_ARG(name));
    if (in_list(name, motions)) /* they change attributes, links among them */
        return fail(s, "moves (<%.*s>); learners want pictures that stand still", CT_SV_ARG(name));
    return true;
}

static bool check_element(struct svg *s, const struct name *name)
{
    static const char *const scripts[] = {"script", "handler", "listener", NULL};
    bool is_svg = ct_sv_eq_c(name->space, SVG_SPACE);

    if (s->depth == 0) {
        s->is_svg = ct_sv_eq_c(name->local, "svg");
        if (!s->is_svg)
            return fail(s, "is no SVG picture");
        if (!is_svg)
            return fail(s, "lacks xmlns=\"" SVG_SPACE "\" in <svg>, without which no browser "
                           "shows it");
    }
    if (s->in_style)
        return fail(s, "has something other than text in a <style>");
    if (s->depth == DEPTH_MAX)
        return fail(s, "has too many elements in each other");
    if (in_list(name->local, scripts))
        return fail(s, "contains a script");
    return check_space(s, name->space) &&
           ((!is_svg && name->space.n) || check_picture_element(s, name->local));
}

/* ---- what expat tells ---- */

static void XMLCALL on_start(void *arg, const XML_Char *told, const XML_Char **attributes)
{
    struct svg *s = arg;
    struct name name = name_of(told);

    if (s->fault || !check_element(s, &name))
        return;
    for (; *attributes; attributes += 2) {
        struct name attribute = name_of(attributes[0]);
        if (!check_attribute(s, &attribute, ct_sv_c(attributes[1])))
            return;
    }
    s->depth++;
    s->in_style = ct_sv_ieq(name.local, CT_SV("style"));
}

/* Nothing stands in a <style> but its text, so the first end is its own. */
static void XMLCALL on_end(void *arg, const XML_Char *told)
{
    struct svg *s = arg;

    (void)told;
    if (s->fault) /* also of an empty element that was refused */
        return;
    s->depth--;
    if (s->in_style && check_style(s, ct_str_sv(&s->style)))
        ct_str_reset(&s->style);
    s->in_style = false;
}

static void XMLCALL on_text(void *arg, const XML_Char *p, int n)
{
    struct svg *s = arg;

    if (s->in_style && !s->fault)
        ct_str_add_sv(&s->style, ct_sv_n(p, (size_t)n));
}

static void XMLCALL on_declaration(void *arg, const XML_Char *version, const XML_Char *encoding,
                                   int standalone)
{
    (void)version, (void)standalone;
    if (encoding && !ct_sv_ieq(ct_sv_c(encoding), CT_SV("utf-8")) &&
        !ct_sv_ieq(ct_sv_c(encoding), CT_SV("us-ascii")))
        fail(arg, "is not written in UTF-8");
}

static void XMLCALL on_doctype(void *arg, const XML_Char *name, const XML_Char *outside,
                               const XML_Char *public, int has_inside)
{
    (void)name, (void)outside, (void)public, (void)has_inside;
    fail(arg, "has a DOCTYPE or defines entities");
}

static void XMLCALL on_instruction(void *arg, const XML_Char *target, const XML_Char *data)
{
    (void)target, (void)data;
    fail(arg, "has an instruction to load something (<?…?>)");
}

static void xml_fault(struct svg *s)
{
    enum XML_Error code = XML_GetErrorCode(s->xml);

    if (!s->is_svg)
        fail(s, "is no SVG picture");
    else if (code == XML_ERROR_NO_ELEMENTS || code == XML_ERROR_UNCLOSED_TOKEN ||
             code == XML_ERROR_UNCLOSED_CDATA_SECTION)
        fail(s, "is cut off");
    else if (code == XML_ERROR_UNDEFINED_ENTITY)
        fail(s, "uses an entity that it would have to define");
    else
        fail(s, "is no well-formed XML (%s)", XML_ErrorString(code));
}

static void read_all(struct svg *s, struct ct_sv bytes)
{
    XML_SetUserData(s->xml, s);
    XML_SetElementHandler(s->xml, on_start, on_end);
    XML_SetCharacterDataHandler(s->xml, on_text);
    XML_SetXmlDeclHandler(s->xml, on_declaration);
    XML_SetStartDoctypeDeclHandler(s->xml, on_doctype);
    XML_SetProcessingInstructionHandler(s->xml, on_instruction);
    if (XML_Parse(s->xml, bytes.n ? bytes.p : "", (int)bytes.n, XML_TRUE) != XML_STATUS_OK)
        xml_fault(s);
}

const char *ct_svg_fault(struct ct_arena *a, struct ct_sv bytes, bool *ret_is_svg, int *ret_line)
{
    struct svg s = {.arena = a, .line = 1};

    ct_str_init(&s.style, CT_UPLOAD_MAX);
    /* With a NUL it could be one of the encodings that need no name. */
    if (!ct_sv_utf8(bytes) || ct_sv_find(bytes, '\0') != SIZE_MAX)
        fail(&s, "is not written in UTF-8");
    else if (bytes.n > CT_UPLOAD_MAX)
        fail(&s, "is too large");
    else if (!(s.xml = XML_ParserCreateNS("UTF-8", BETWEEN)))
        fail(&s, "cannot be read for want of memory");
    else
        read_all(&s, bytes);
    XML_ParserFree(s.xml);
    ct_str_release(&s.style);
    *ret_is_svg = s.is_svg;
    *ret_line = s.line;
    return s.fault;
}
