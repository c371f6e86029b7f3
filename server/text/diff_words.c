/*
 * diff_words.c: texts in words, to be compared.
 */
#include "diff_priv.h"

#include "ct/base/banned.h"

static bool is_blank(char c)
{
    return c == ' ' || c == '\t';
}

static bool is_letter(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
           (unsigned char)c >= 0x80; /* a byte of any other script; accents, dashes, quotes */
}

/* A word, a run of blanks, a line's end, or one sign. */
static size_t word_length(struct ct_sv s)
{
    size_t n = 1;

    if (s.p[0] == '\r' && s.n > 1 && s.p[1] == '\n')
        return 2;
    if (is_letter(s.p[0]))
        while (n < s.n && is_letter(s.p[n]))
            n++;
    else if (is_blank(s.p[0]))
        while (n < s.n && is_blank(s.p[n]))
            n++;
    return n;
}

/* A line's end is a blank, so that a line wrapped elsewhere is no change. */
void ct_diff_add_piece(struct ct_diff_pieces *p, struct ct_sv piece)
{
    struct ct_sv told = piece.p[0] == '\n' || piece.p[0] == '\r' ? CT_SV(" ") : piece;

    p->items[p->n++] = piece;
    memcpy(p->text + p->text_n, told.p, told.n);
    p->text_n += told.n;
    p->text[p->text_n++] = '\n';
}

void ct_diff_add_words(struct ct_diff_pieces *p, struct ct_sv text)
{
    while (text.n > 0) {
        size_t n = word_length(text);

        ct_diff_add_piece(p, ct_sv_n(text.p, n));
        text = ct_sv_sub(text, n, SIZE_MAX);
    }
}

bool ct_diff_is_word(struct ct_sv piece)
{
    return piece.n > 0 && is_letter(piece.p[0]);
}

static bool only_blanks(const struct ct_diff_pieces *p, size_t from, size_t to)
{
    for (size_t i = from; i < to; i++)
        if (!is_blank(p->items[i].p[0]))
            return false;
    return true;
}

void ct_diff_join_over_blanks(const struct ct_diff_pieces *after, struct ct_diff_hunks *hs)
{
    size_t n = 0;

    for (size_t i = 0; i < hs->n; i++) {
        struct ct_diff_hunk h = hs->items[i], *last = n > 0 ? &hs->items[n - 1] : NULL;

        if (last && only_blanks(after, last->in + last->n_in, h.in)) {
            last->n_out = h.out + h.n_out - last->out;
            last->n_in = h.in + h.n_in - last->in;
        } else {
            hs->items[n++] = h;
        }
    }
    hs->n = n;
}
