/*
 * json.c: the few things about JSON values that every layer needs and Jansson does not say in
 * views. Not a second vocabulary for Jansson: whoever builds or reads a value uses its functions.
 */
#include "ct/text/json.h"

#include "ct/base/limits.h"

#include <stdlib.h>

#include "ct/base/banned.h"

/* Jansson has one pair of functions for all memory of the process. Each piece begins with a word on
 * where it lies, because it may be let go by a thread, or at a time, that knows of no arena. */
union piece {
    bool in_arena;
    max_align_t align;
};

static _Thread_local struct ct_arena *values;

static void *piece_alloc(size_t n)
{
    union piece *p = values ? ct_arena_alloc(values, sizeof *p + n) : malloc(sizeof *p + n);
    if (!p)
        return NULL;
    p->in_arena = values != NULL;
    return p + 1;
}

static void piece_free(void *ptr)
{
    union piece *p = ptr;
    if (p && !p[-1].in_arena)
        free(p - 1);
}

/* Before any value is made, as Jansson asks. */
__attribute__((constructor)) static void set_memory(void)
{
    json_set_alloc_funcs(piece_alloc, piece_free);
}

void ct_json_use_arena(struct ct_arena *a)
{
#ifdef __SANITIZE_ADDRESS__
    (void)a;
#else
    values = a;
#endif
}

/* Jansson returns NULL for want of memory alone here, and that ends the process as everywhere. */
static json_t *or_abort(json_t *value)
{
    if (!value)
        abort();
    return value;
}

json_t *ct_json_sv(struct ct_sv s)
{
    if (s.n == 0)
        return or_abort(json_stringn_nocheck("", 0));
    if (ct_sv_utf8(s))
        return or_abort(json_stringn_nocheck(s.p, s.n));

    /* Each mended byte, and each NUL (which no page may carry), becomes the three of U+FFFD. */
    CT_AUTO_STR mended = CT_STR_INIT(s.n * 3);
    while (s.n > 0) {
        uint32_t rune = ct_sv_rune(&s);
        ct_str_add_rune(&mended, rune ? rune : 0xFFFD);
    }
    return or_abort(json_stringn_nocheck(mended.p, mended.n));
}

void ct_json_set_sv(json_t *obj, const char *key, struct ct_sv s)
{
    if (s.p)
        json_object_set_new(obj, key, ct_json_sv(s));
}

struct ct_sv ct_json_get_sv(const json_t *obj, const char *key)
{
    const json_t *value = json_object_get(obj, key);
    if (!json_is_string(value))
        return CT_SV_NULL;
    return ct_sv_n(json_string_value(value), json_string_length(value));
}

/* Jansson quotes the place of an error from the document, so its line breaks come along. */
static int parse_failed(const json_error_t *je, struct ct_err *err)
{
    char text[sizeof je->text];
    size_t n = 0;
    for (; n + 1 < sizeof text && je->text[n]; n++)
        text[n] = (unsigned char)je->text[n] < ' ' ? ' ' : je->text[n];
    text[n] = '\0';
    return ct_fail(err, CT_BAD_INPUT, "json", "line %d, column %d: %s", je->line, je->column, text);
}

/* Jansson calls itself for each level, and a worker's stack has 100 kB: a body of a thousand
 * brackets must not end the process. */
static bool too_deep(struct ct_sv text)
{
    size_t depth = 0;
    bool quoted = false;

    for (size_t i = 0; i < text.n; i++) {
        char c = text.p[i];
        if (quoted && c == '\\')
            i++; /* what is escaped ends no text */
        else if (c == '"')
            quoted = !quoted;
        else if (!quoted && (c == '[' || c == '{') && ++depth > CT_JSON_DEPTH_MAX)
            return true;
        else if (!quoted && (c == ']' || c == '}') && depth > 0)
            depth--;
    }
    return false;
}

int ct_json_parse(struct ct_sv text, size_t max, json_t **ret, struct ct_err *err)
{
    if (text.n > max)
        return ct_fail(err, CT_TOO_BIG, "json", "a JSON document over %zu bytes", max);

    if (too_deep(text))
        return ct_fail(err, CT_BAD_INPUT, "json", "more than %d levels", CT_JSON_DEPTH_MAX);

    json_error_t je;
    json_t *value =
        json_loadb(text.p ? text.p : "", text.n, JSON_REJECT_DUPLICATES | JSON_DECODE_ANY, &je);
    if (!value)
        return parse_failed(&je, err);
    *ret = value;
    return CT_OK;
}

static int append(const char *p, size_t n, void *out)
{
    ct_str_add(out, p, n);
    return ct_str_ok(out) ? 0 : -1; /* a full text ends the walk through a large value */
}

void ct_json_write(struct ct_str *out, const json_t *value)
{
    /* Fifteen digits: 1.1 stays 1.1. */
    json_dump_callback(value, append, out,
                       JSON_COMPACT | JSON_ENCODE_ANY | JSON_REAL_PRECISION(15));
}
