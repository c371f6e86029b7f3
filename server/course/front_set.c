/*
 * front_set.c: one line of a source's front matter set, changed or taken out, while every other
 * byte stays as the trainer wrote it. So the source is cut at lines, never written anew.
 */
#include "ct/course/change.h"

#include "ct/base/limits.h"
#include "ct/base/str.h"

#include "module_priv.h"

#include "ct/base/banned.h"

/* Where the front matter stands, as offsets: its first line is behind the ---, `end` is the closing
 * line. */
struct front {
    size_t start; /* of the source without a byte order mark */
    size_t from, end;
    const struct ct_yaml *map; /* NULL: it cannot be read */
    bool there;
    const char *line_end;
};

static size_t line_start(struct ct_sv s, size_t from, int lines)
{
    for (; lines > 0 && from < s.n; lines--) {
        size_t end = ct_sv_find(ct_sv_sub(s, from, SIZE_MAX), '\n');

        from = end == SIZE_MAX ? s.n : from + end + 1;
    }
    return from;
}

static struct front find_front(struct ct_arena *a, struct ct_sv source)
{
    struct ct_problems ignored = {.arena = a};
    struct ct_source parts;
    size_t first_end = ct_sv_find(source, '\n');
    struct front f = {.line_end = "\n"};

    if (first_end != SIZE_MAX && first_end > 0 && source.p[first_end - 1] == '\r')
        f.line_end = "\r\n";
    if (ct_sv_starts(source, CT_SV("\xef\xbb\xbf")))
        f.start = 3;
    ct_source_split(a, source, CT_SV("front"), &ignored, &parts);
    f.there = parts.body_line > 1;
    if (!f.there)
        return f;
    f.map = parts.front;
    f.from = line_start(source, f.start, 1);
    f.end = line_start(source, f.start, parts.body_line - 2);
    return f;
}

static bool is_gap(struct ct_sv line)
{
    line = ct_sv_trim(line);
    return line.n == 0;
}

/* The lines of one key: up to the next key, without the comments and empty lines above that. */
static void find_key(struct ct_sv source, const struct front *f, const struct ct_yaml *v,
                     size_t *ret_from, size_t *ret_end)
{
    size_t end = v->next ? line_start(source, f->start, v->next->key_line - 1) : f->end;

    *ret_from = line_start(source, f->start, v->key_line - 1);
    while (end > *ret_from) {
        size_t last = end - 1; /* where the line before `end` begins */

        while (last > *ret_from && source.p[last - 1] != '\n')
            last--;
        if (last == *ret_from ||
            (!is_gap(ct_sv_sub(source, last, end - last)) && source.p[last] != '#'))
            break;
        end = last;
    }
    *ret_end = end;
}

/* ---- Values ---- */

/* YAML's words for nothing, yes and no would not stay text everywhere. */
static bool is_yaml_word(struct ct_sv s)
{
    static const char *const words[] = {"null", "true", "false", "yes", "no",
                                        "on",   "off",  "y",     "n"};

    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
        if (ct_sv_ieq(s, ct_sv_c(words[i])))
            return true;
    return false;
}

static bool is_plain(struct ct_sv s)
{
    bool opens = s.n > 0 && ((s.p[0] >= '0' && s.p[0] <= '9') || (s.p[0] >= 'A' && s.p[0] <= 'Z') ||
                             (s.p[0] >= 'a' && s.p[0] <= 'z'));

    return opens && s.p[s.n - 1] != ':' && ct_sv_search(s, CT_SV(": ")) == SIZE_MAX &&
           ct_sv_search(s, CT_SV(" #")) == SIZE_MAX && !is_yaml_word(s);
}

/* What YAML takes within a line; its other line ends and the control characters are none of it. */
static bool is_printable(uint32_t rune)
{
    return (rune >= 0x20 && rune <= 0x7e) || (rune >= 0xa0 && rune < 0x2028) ||
           (rune > 0x2029 && rune <= 0xd7ff) || (rune >= 0xe000 && rune < 0xfeff) ||
           (rune > 0xfeff && rune <= 0xfffd) || rune >= 0x10000;
}

static void add_value(struct ct_arena *a, struct ct_str *out, struct ct_sv value)
{
    CT_AUTO_STR text = CT_STR_INIT(4 * CT_SOURCE_MAX);
    struct ct_sv clean;

    for (struct ct_sv rest = value; rest.n > 0;) {
        uint32_t rune = ct_sv_rune(&rest);

        ct_str_add_rune(&text, is_printable(rune) ? rune : ' ');
    }
    clean = ct_sv_trim(ct_arena_dup(a, ct_str_sv(&text)));
    if (is_plain(clean)) {
        ct_str_add_sv(out, clean);
        return;
    }
    ct_str_add_char(out, '"');
    for (size_t i = 0; i < clean.n; i++) {
        if (clean.p[i] == '"' || clean.p[i] == '\\')
            ct_str_add_char(out, '\\');
        ct_str_add_char(out, clean.p[i]);
    }
    ct_str_add_char(out, '"');
}

/* ---- The whole ---- */

static void add_line(struct ct_arena *a, struct ct_str *out, const struct front *f, const char *key,
                     struct ct_sv value)
{
    ct_str_addf(out, "%s: ", key);
    add_value(a, out, value);
    ct_str_add_c(out, f->line_end);
}

static struct ct_sv spliced(struct ct_arena *a, struct ct_sv source, size_t from, size_t end,
                            struct ct_sv by)
{
    char *p = ct_arena_alloc(a, source.n - (end - from) + by.n + 1);

    memcpy(p, source.p, from);
    if (by.n > 0)
        memcpy(p + from, by.p, by.n);
    memcpy(p + from + by.n, source.p + end, source.n - end);
    return ct_sv_n(p, source.n - (end - from) + by.n);
}

struct ct_sv ct_front_set(struct ct_arena *a, struct ct_sv source, const char *key,
                          struct ct_sv value)
{
    CT_AUTO_STR line = CT_STR_INIT(8 * CT_SOURCE_MAX);
    struct front f = find_front(a, source);
    const struct ct_yaml *v = f.map ? ct_yaml_get(f.map, key) : NULL;
    size_t from = f.there ? f.end : f.start, end = from;

    if (!v && !value.p)
        return source;
    if (v)
        find_key(source, &f, v, &from, &end);
    if (!value.p && f.map->first == v && !v->next) { /* nothing would be left between the --- */
        from = f.start;
        end = line_start(source, f.end, 1);
    }
    ct_str_add_c(&line, f.there ? "" : "---");
    ct_str_add_c(&line, f.there ? "" : f.line_end);
    if (value.p)
        add_line(a, &line, &f, key, value);
    ct_str_add_c(&line, f.there ? "" : "---");
    ct_str_add_c(&line, f.there ? "" : f.line_end);
    return spliced(a, source.p ? source : CT_SV(""), from, end, ct_str_sv(&line));
}
