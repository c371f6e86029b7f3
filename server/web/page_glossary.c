/*
 * page_glossary.c: all words of the glossary, by name. For everybody who may see the front page.
 */
#include "pages_priv.h"
#include "view_priv.h"

#include "ct/base/banned.h"

enum { FEW = 20 }; /* words that need no row of letters */

/* "C" of "CAPTA"; words that begin with a digit stand together. */
static struct ct_sv letter_of(struct ct_arena *a, const struct ct_term *t)
{
    struct ct_sv letters = ct_term_letters(a, t), rest = letters;
    uint32_t first = ct_sv_rune(&rest);

    if (first >= 'a' && first <= 'z')
        return ct_arena_printf(a, "%c", (int)first - 'a' + 'A');
    if (first < 0x80)
        return CT_SV("0-9");
    return ct_sv_sub(letters, 0, letters.n - rest.n);
}

static json_t *new_letter(struct ct_arena *a, struct ct_sv letter, size_t number, json_t *words)
{
    struct ct_sv anchor = ct_arena_printf(a, "letter-%zu", number);

    return json_pack("{s:o, s:o, s:o, s:o}", "letter", ct_json_sv(letter), "anchor",
                     ct_json_sv(anchor), "href",
                     ct_json_sv(ct_arena_printf(a, "#%.*s", CT_SV_ARG(anchor))), "words", words);
}

static json_t *letters_of(const struct ct_view *v, const struct ct_glossary *g)
{
    json_t *letters = json_array(), *words = NULL;
    struct ct_sv last = CT_SV_NULL;

    for (size_t i = 0; i < g->n_terms; i++) {
        struct ct_sv letter = letter_of(v->arena, g->terms[i]);
        if (!words || !ct_sv_eq(letter, last)) {
            words = json_array();
            json_array_append_new(
                letters, new_letter(v->arena, letter, json_array_size(letters) + 1, words));
        }
        last = letter;
        json_array_append_new(words, ct_view_term(v, g->terms[i], 0));
    }
    return letters;
}

int ct_get_glossary(struct ct_request *rq, struct ct_response *rs, struct ct_err *err)
{
    const struct ct_glossary *g = rq->cat->glossary;
    struct ct_view v = ct_page_view(rq, NULL);

    if (!g)
        return ct_fail(err, CT_NOT_FOUND, "glossary", "this curriculum has no glossary");
    return ct_page(rq, rs, "glossary",
                   json_pack("{s:o, s:o, s:o, s:b, s:o}", "title", ct_json_sv(g->title), "lang",
                             ct_json_sv(g->lang), "blocks",
                             ct_view_blocks(&v, g->intro, g->n_intro), "has_jumps",
                             g->n_terms > FEW, "letters", letters_of(&v, g)),
                   err);
}
