/*
 * mend_word.c: a word that was taken for another, put right in its line.
 */
#include "mend_priv.h"

#include "ct/text/url.h"

#include "ct/base/banned.h"

static bool is_word_byte(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
           (unsigned char)c >= 0x80;
}

/* Where a word stands by itself in a line, at `from` or behind it; SIZE_MAX: nowhere. */
static size_t find_word(struct ct_sv line, struct ct_sv word, size_t from)
{
    for (size_t i = from; word.n > 0 && i + word.n <= line.n; i++) {
        bool opens = i == 0 || !is_word_byte(line.p[i - 1]) || !is_word_byte(word.p[0]);
        bool closes = i + word.n == line.n || !is_word_byte(line.p[i + word.n]) ||
                      !is_word_byte(word.p[word.n - 1]);
        if (opens && closes && ct_sv_ieq(ct_sv_sub(line, i, word.n), word))
            return i;
    }
    return SIZE_MAX;
}

bool ct_mend_word(struct ct_arena *a, const struct ct_lines *lines, const struct ct_problem *p,
                  struct ct_mend *ret)
{
    struct ct_sv line = ct_lines_at(lines, p->line), written = p->written, meant = p->meant;
    size_t from = p->column > 0 ? (size_t)p->column - 1 : 0;
    bool target = strcmp(p->code, "E41") == 0 || strcmp(p->code, "E47") == 0;
    bool address = target && written.n > 0 && written.p[0] != ']';
    if (!line.p || meant.n == 0)
        return false;
    if (address) {
        ret->safe = ct_sv_eq(ct_url_slug(a, written), meant);
        written = ct_arena_printf(a, "#%.*s", CT_SV_ARG(written));
        meant = ct_arena_printf(a, "#%.*s", CT_SV_ARG(meant));
    } else {
        /* A blank between ] and (, or the one behind ##. */
        ret->safe = target || ct_sv_ends(meant, CT_SV("# "));
    }
    size_t at = find_word(line, written, from);
    if (at == SIZE_MAX)
        at = find_word(line, written, 0);
    if (at == SIZE_MAX)
        return false;
    /* "Prosecuters" at the front of a sentence stays with a capital letter. */
    char first = line.p[at];
    ret->text = ct_arena_printf(a, "%.*s%.*s%.*s", (int)at, line.p, CT_SV_ARG(meant),
                                CT_SV_ARG(ct_sv_sub(line, at + written.n, line.n)));
    if (first >= 'A' && first <= 'Z' && meant.p[0] >= 'a' && meant.p[0] <= 'z') {
        char *p0 = ct_arena_cstr(a, ret->text);
        p0[at] = (char)(p0[at] - 'a' + 'A');
        ret->text = ct_sv_n(p0, ret->text.n);
    }
    ret->n_lines = 1;
    ret->done =
        ct_arena_printf(a, "wrote \"%.*s\" for \"%.*s\"", CT_SV_ARG(meant), CT_SV_ARG(written));
    return true;
}
