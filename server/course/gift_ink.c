/*
 * gift_ink.c: Markdown in which nothing means more than it says: what comes in is text, and only
 * what is asked for becomes formatting. Lists are written with stand-ins for their bullets, and the
 * starts of all lines made safe at the end, when it is known what stands there.
 */
#include "gift_priv.h"

#include "labels_priv.h"

#include "ct/base/banned.h"

#define BULLET "\x01"
#define NUMBER "\x02"

void ct_gift_ink_begin(struct ct_gift_ink *ink, struct ct_arena *a, unsigned how, size_t max)
{
    *ink = (struct ct_gift_ink){.arena = a, .how = how, .line_start = true, .marks = ""};
    ct_str_init(&ink->out, max);
}

static bool has(const struct ct_gift_ink *ink, unsigned how)
{
    return (ink->how & how) != 0;
}

/* Letters and digits of ASCII; CommonMark sees signs in some others. */
static bool is_word(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

static bool is_blank(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

static char last(const struct ct_gift_ink *ink)
{
    return ink->out.n ? ink->out.p[ink->out.n - 1] : ' ';
}

static void close_marks(struct ct_gift_ink *ink)
{
    if (ink->marks_written) {
        ink->closed_sign = !is_word(last(ink));
        ct_str_add_c(&ink->out, ink->marks);
        ink->was_closed = true;
    }
    ink->marks_written = false;
    ink->marks = "";
}

static void break_line(struct ct_gift_ink *ink)
{
    int due = ink->due;
    if (due == 0)
        return;
    ink->due = 0;
    ink->space = false;
    if (ink->line_start)
        return;
    close_marks(ink);
    ink->was_closed = false;
    ink->line_start = true;
    if (has(ink, CT_GIFT_ONE_LINE | CT_GIFT_RAW)) {
        ink->line_start = false;
        ink->space = true;
    } else if (due == 1) {
        ct_str_add_c(&ink->out, "\\\n");
        ct_str_add_c(&ink->out, ink->in_list ? "   " : "");
    } else {
        ct_str_add_c(&ink->out, "\n\n");
        ct_str_add_c(&ink->out, ink->in_list ? "   " : "");
    }
}

/* What is due before a character, which is a letter or not. */
static void before(struct ct_gift_ink *ink, bool word)
{
    break_line(ink);
    bool opens = ink->marks[0] && !ink->marks_written;
    bool touches = !ink->space && !ink->line_start;
    if (touches && ink->was_closed && (opens || (ink->closed_sign && word)))
        ink->space = true;
    if (touches && opens && !word && !is_blank(last(ink)))
        ink->space = true;
    if (ink->space && !ink->line_start)
        ct_str_add_char(&ink->out, ' ');
    ink->space = false;
    ink->was_closed = false;
    if (opens) {
        ct_str_add_c(&ink->out, ink->marks);
        ink->marks_written = true;
    }
    ink->line_start = false;
}

static void put(struct ct_gift_ink *ink, char c, char next)
{
    before(ink, is_word(c));
    if (!has(ink, CT_GIFT_RAW) &&
        (strchr("\\`*_[]<|", c) || (c == '&' && (next == '#' || is_word(next)))))
        ct_str_add_char(&ink->out, '\\');
    ct_str_add_char(&ink->out, c);
}

void ct_gift_ink_text(struct ct_gift_ink *ink, struct ct_sv text)
{
    for (size_t i = 0; i < text.n; i++) {
        char c = text.p[i];
        if (is_blank(c))
            ink->space = true;
        else if ((unsigned char)c >= ' ' && c != 0x7f)
            put(ink, c, i + 1 < text.n ? text.p[i + 1] : '#');
    }
}

void ct_gift_ink_line(struct ct_gift_ink *ink)
{
    if (ink->due < 1)
        ink->due = 1;
}

void ct_gift_ink_paragraph(struct ct_gift_ink *ink)
{
    ink->due = 2;
    ink->in_list = false;
}

void ct_gift_ink_item(struct ct_gift_ink *ink, bool numbered)
{
    bool was = ink->in_list;
    ct_gift_ink_paragraph(ink);
    if (has(ink, CT_GIFT_ONE_LINE | CT_GIFT_RAW | CT_GIFT_BARE | CT_GIFT_NO_LIST)) {
        if (has(ink, CT_GIFT_ONE_LINE | CT_GIFT_RAW))
            return;
        before(ink, false);
        ct_str_add_c(&ink->out, "\xe2\x80\x93 ");
        return;
    }
    break_line(ink);
    if (was && ct_sv_ends(ct_str_sv(&ink->out), CT_SV("\n\n")))
        ink->out.p[--ink->out.n] = '\0'; /* items of a list stand close */
    ct_str_add_c(&ink->out, numbered ? NUMBER : BULLET);
    ink->in_list = true;
    ink->line_start = true;
}

void ct_gift_ink_emphasis(struct ct_gift_ink *ink, bool strong, bool on)
{
    if (has(ink, CT_GIFT_BARE | CT_GIFT_RAW))
        return;
    if (on && ink->depth++ == 0)
        ink->marks = strong && !has(ink, CT_GIFT_IN_QUOTE) ? "**" : "*";
    else if (!on && ink->depth > 0 && --ink->depth == 0)
        close_marks(ink);
}

/* Longer than any run of backticks in it. */
static size_t fence_of(struct ct_sv code)
{
    size_t longest = 0, run = 0;
    for (size_t i = 0; i < code.n; i++) {
        run = code.p[i] == '`' ? run + 1 : 0;
        longest = run > longest ? run : longest;
    }
    return longest + 1;
}

void ct_gift_ink_code(struct ct_gift_ink *ink, struct ct_sv code)
{
    enum { FENCE_MAX = 8 };
    size_t fence = fence_of(code);
    /* Code at the start of a line could be read as settings. */
    bool first = ink->line_start || ink->due > 0;
    if (code.n == 0)
        return;
    if (first || fence > FENCE_MAX || has(ink, CT_GIFT_BARE | CT_GIFT_RAW | CT_GIFT_NO_CODE)) {
        ct_gift_ink_text(ink, code);
        return;
    }
    before(ink, false);
    for (size_t i = 0; i < fence; i++)
        ct_str_add_char(&ink->out, '`');
    bool pad = code.p[0] == '`' || code.p[code.n - 1] == '`';
    ct_str_add_c(&ink->out, pad ? " " : "");
    for (size_t i = 0; i < code.n; i++)
        ct_str_add_char(&ink->out, (unsigned char)code.p[i] < ' ' ? ' ' : code.p[i]);
    ct_str_add_c(&ink->out, pad ? " " : "");
    for (size_t i = 0; i < fence; i++)
        ct_str_add_char(&ink->out, '`');
}

static bool is_web(struct ct_sv url)
{
    if (!ct_sv_starts(url, CT_SV("https://")) && !ct_sv_starts(url, CT_SV("http://")))
        return false;
    for (size_t i = 0; i < url.n; i++)
        if (url.p[i] <= ' ' || url.p[i] >= 0x7f || strchr("<>\\()`", url.p[i]))
            return false;
    return true;
}

void ct_gift_ink_link(struct ct_gift_ink *ink, struct ct_sv text, struct ct_sv url)
{
    struct ct_gift_ink inner;
    struct ct_sv shown;
    if (ct_sv_trim(text).n == 0)
        text = url;
    if (!is_web(url) || has(ink, CT_GIFT_BARE | CT_GIFT_RAW)) {
        ct_gift_ink_text(ink, text);
        return;
    }
    ct_gift_ink_begin(&inner, ink->arena, CT_GIFT_ONE_LINE | CT_GIFT_BARE, ink->out.max);
    ct_gift_ink_text(&inner, text);
    shown = ct_gift_ink_end(&inner);
    ink->space = ink->space || last(ink) == '!'; /* would be a picture */
    before(ink, false);
    ct_str_addf(&ink->out, "[%.*s](<%.*s>)", CT_SV_ARG(shown), CT_SV_ARG(url));
}

/* ---- the starts of lines ---- */

/* What a reader sees of the beginning of a line. */
static struct ct_sv literal(struct ct_arena *a, struct ct_sv line)
{
    enum { ENOUGH = 24 };
    char *p = ct_arena_cstr(a, ct_sv_sub(line, 0, ENOUGH));
    size_t n = 0;
    for (size_t i = 0; i < line.n && i < ENOUGH; i++)
        if (line.p[i] != '\\')
            p[n++] = line.p[i];
    return ct_sv_n(p, n);
}

static size_t digits(struct ct_sv line)
{
    size_t n = 0;
    while (n < line.n && line.p[n] >= '0' && line.p[n] <= '9')
        n++;
    return n;
}

static bool is_mark(struct ct_sv s)
{
    return ct_mark_of(s).kind != CT_MARK_NONE;
}

/* Takes a bullet off the line that Word or a person typed; whether there was one. */
static bool take_bullet(struct ct_arena *a, struct ct_sv *line)
{
    static const char *const bullets[] = {"\xe2\x80\xa2", "\xc2\xb7",     "\xe2\x97\xa6",
                                          "\xe2\x96\xaa", "\xe2\x80\xa3", "\xef\x82\xb7"};
    struct ct_sv seen = literal(a, *line);
    for (size_t i = 0; i < sizeof bullets / sizeof bullets[0]; i++)
        if (ct_sv_starts(*line, ct_sv_c(bullets[i]))) {
            *line = ct_sv_sub(*line, strlen(bullets[i]), SIZE_MAX);
            return true;
        }
    if (seen.n < 2 || !strchr("-*+", seen.p[0]) || !is_mark(ct_sv_sub(seen, 1, SIZE_MAX)))
        return false;
    *line = ct_sv_sub(*line, line->p[0] == '\\' ? 2 : 1, SIZE_MAX);
    return true;
}

/* One line, so that its start is text. */
static void put_line(struct ct_gift_ink *ink, struct ct_str *out, struct ct_sv line)
{
    bool dashed = false; /* a dash alone means nothing to us */
    for (; take_bullet(ink->arena, &line); dashed = true)
        ct_str_add_c(out, "\xe2\x80\x93");
    if (dashed && line.n > 0 && line.p[0] == ' ') {
        ct_str_add_char(out, ' ');
        line = ct_sv_trim(line);
    }
    size_t n = digits(line);
    struct ct_sv seen = literal(ink->arena, line);
    size_t end = ct_sv_find(line, seen.n && seen.p[0] == '[' ? ']' : ')');
    if (is_mark(seen) && end != SIZE_MAX && !has(ink, CT_GIFT_BARE)) {
        ct_str_add_c(out, dashed && !ct_sv_ends(ct_str_sv(out), CT_SV(" ")) ? " " : "");
        ct_str_addf(out, "*%.*s*", (int)(end + 1), line.p); /* in emphasis it is no mark */
        line = ct_sv_sub(line, end + 1, SIZE_MAX);
    } else if (n > 0 && n < line.n && (line.p[n] == '.' || line.p[n] == ')')) {
        ct_str_addf(out, "%.*s\\", (int)n, line.p);
        line = ct_sv_sub(line, n, SIZE_MAX);
    } else if (line.n > 0 && strchr("#>+-=~", line.p[0])) {
        ct_str_add_char(out, '\\');
    }
    ct_str_add_sv(out, line);
}

struct ct_sv ct_gift_ink_end(struct ct_gift_ink *ink)
{
    CT_AUTO_STR out = CT_STR_INIT(2 * ink->out.n + 64);
    close_marks(ink);
    struct ct_sv text = ct_sv_trim(ct_str_sv(&ink->out)), rest = text, line;
    for (bool first = true; !has(ink, CT_GIFT_RAW) && ct_sv_split(&rest, '\n', &line);
         first = false) {
        size_t indent = 0;
        ct_str_add_c(&out, first ? "" : "\n");
        while (indent < line.n && line.p[indent] == ' ')
            indent++;
        ct_str_add(&out, line.p, indent);
        line = ct_sv_sub(line, indent, SIZE_MAX);
        if (ct_sv_starts(line, CT_SV(BULLET)) || ct_sv_starts(line, CT_SV(NUMBER))) {
            ct_str_add_c(&out, ct_sv_starts(line, CT_SV(BULLET)) ? "-  " : "1. ");
            line = ct_sv_sub(line, 1, SIZE_MAX);
        }
        put_line(ink, &out, line);
    }
    text = ct_arena_dup(ink->arena, has(ink, CT_GIFT_RAW) ? text : ct_str_sv(&out));
    bool whole = ct_str_ok(&ink->out) && ct_str_ok(&out);
    ct_str_release(&ink->out);
    return whole ? text : CT_SV("");
}
