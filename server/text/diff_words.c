/*
 * diff_words.c: texts in words, and the words that differ.
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

static struct ct_sv from_to(const struct ct_diff_pieces *p, size_t from, size_t to)
{
    const char *first;

    if (from >= to)
        return CT_SV_NULL;
    first = p->items[from].p;
    return ct_sv_n(first, (size_t)(p->items[to - 1].p + p->items[to - 1].n - first));
}

static void add_span(struct ct_diff_span *spans, size_t *n, enum ct_diff_kind kind,
                     struct ct_sv text)
{
    if (text.n > 0)
        spans[(*n)++] = (struct ct_diff_span){kind, text};
}

int ct_diff_words(struct ct_arena *a, struct ct_sv before, struct ct_sv after,
                  struct ct_diff_span **ret, size_t *ret_n, struct ct_err *err)
{
    int r = ct_diff_check_sizes(before, after, err);
    CT_AUTO_GIT git = r == CT_OK && ct_diff_begin();
    struct ct_diff_pieces out, in;
    struct ct_diff_hunks hs;
    struct ct_diff_span *spans;
    size_t n = 0, at = 0;

    if (r < 0)
        return r;
    if (!git)
        return ct_diff_not_begun(err);
    out = ct_diff_pieces_for(a, before.n, before.n);
    in = ct_diff_pieces_for(a, after.n, after.n);
    ct_diff_add_words(&out, before);
    ct_diff_add_words(&in, after);
    if ((r = ct_diff_compare(a, &out, &in, &hs, err)) < 0)
        return r;
    ct_diff_join_over_blanks(&in, &hs);
    spans = ct_arena_array(a, struct ct_diff_span, hs.n * 3 + 1);
    for (size_t i = 0; i < hs.n; i++) {
        const struct ct_diff_hunk *h = &hs.items[i];

        add_span(spans, &n, CT_DIFF_SAME, from_to(&in, at, h->in));
        add_span(spans, &n, CT_DIFF_OUT, from_to(&out, h->out, h->out + h->n_out));
        add_span(spans, &n, CT_DIFF_IN, from_to(&in, h->in, h->in + h->n_in));
        at = h->in + h->n_in;
    }
    add_span(spans, &n, CT_DIFF_SAME, from_to(&in, at, in.n));
    *ret = spans;
    *ret_n = n;
    return CT_OK;
}
