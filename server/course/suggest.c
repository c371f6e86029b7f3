/*
 * server/course/suggest.c: edit distance for "did you mean".
 */
#include "suggest_priv.h"

#include "ct/base/banned.h"

enum { RUNES = 64 }; /* longer words are never suggested */

static size_t to_runes(struct ct_sv s, uint32_t *ret)
{
    size_t n = 0;
    while (s.n > 0) {
        if (n == RUNES)
            return RUNES + 1;
        uint32_t r = ct_sv_rune(&s);
        ret[n++] = r >= 'A' && r <= 'Z' ? r - 'A' + 'a' : r;
    }
    return n;
}

static size_t min3(size_t a, size_t b, size_t c)
{
    size_t m = a < b ? a : b;
    return m < c ? m : c;
}

size_t ct_edit_distance(struct ct_sv a, struct ct_sv b, size_t limit)
{
    uint32_t ra[RUNES], rb[RUNES];
    size_t na = to_runes(a, ra), nb = to_runes(b, rb);
    if (na > RUNES || nb > RUNES)
        return limit + 1;
    if (na > nb + limit || nb > na + limit)
        return limit + 1;
    size_t row[RUNES + 1];
    for (size_t j = 0; j <= nb; j++)
        row[j] = j;
    for (size_t i = 1; i <= na; i++) {
        size_t diagonal = row[0];
        row[0] = i;
        for (size_t j = 1; j <= nb; j++) {
            size_t above = row[j];
            row[j] = min3(above + 1, row[j - 1] + 1, diagonal + (ra[i - 1] != rb[j - 1]));
            diagonal = above;
        }
    }
    return row[nb] > limit ? limit + 1 : row[nb];
}

bool ct_is_near(struct ct_sv text, struct ct_sv word)
{
    size_t d = ct_edit_distance(text, word, 2);
    return d <= 2 && 2 * d < (text.n < word.n ? text.n : word.n);
}

struct ct_sv ct_suggest(struct ct_sv text, const char *const *words)
{
    struct ct_sv best = CT_SV_NULL;
    size_t best_distance = 3;
    for (; *words; words++) {
        struct ct_sv word = ct_sv_c(*words);
        size_t d = ct_edit_distance(text, word, 2);
        if (d < best_distance && ct_is_near(text, word)) {
            best = word;
            best_distance = d;
        }
    }
    return best;
}
