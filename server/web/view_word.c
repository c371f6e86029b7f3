/*
 * view_word.c: the definitions of the words that a page links to.
 */
#include "view_priv.h"

#include "ct/base/banned.h"

static struct ct_view_word *find(const struct ct_view_words *w, const struct ct_term *t)
{
    for (size_t i = 0; i < w->n; i++)
        if (w->items[i].term == t)
            return &w->items[i];
    return NULL;
}

/* The way back leads to the first use that the reader sees. */
void ct_view_note_words(const struct ct_view *v, const struct ct_block *b)
{
    for (size_t i = 0; v->words && i < b->n_uses; i++) {
        struct ct_view_word one = {b->uses[i].term, b->uses[i].number, !v->in_closed};
        struct ct_view_word *known = find(v->words, one.term);
        if (!known)
            CT_ARENA_PUSH(v->arena, v->words->items, v->words->n, v->words->cap, one);
        else if (one.is_seen && !known->is_seen)
            *known = one;
    }
}

json_t *ct_view_term(const struct ct_view *v, const struct ct_term *t, int use)
{
    json_t *also = json_array();
    struct ct_view plain = {.arena = v->arena, .disciplines = v->disciplines, .own = v->own};
    struct ct_sv href = ct_arena_printf(v->arena, "/glossary#%.*s", CT_SV_ARG(t->anchor));
    struct ct_sv back = ct_arena_printf(v->arena, "#use-%d", use);

    for (size_t i = 0; i < t->n_also; i++)
        json_array_append_new(also, json_pack("{s:o}", "name", ct_json_sv(t->also[i])));
    return json_pack("{s:o, s:o, s:o, s:o, s:b, s:o, s:o, s:o, s:o, s:o}", "anchor",
                     ct_json_sv(t->anchor), "lang", ct_json_sv(t->lang), "name",
                     ct_json_sv(t->name), "title_html", ct_json_sv(t->title_html), "has_also",
                     t->n_also > 0, "also", also, "blocks",
                     ct_view_blocks(&plain, t->definition, t->n_definition), "source_html",
                     ct_view_text(t->source_html), "href", ct_json_sv(href), "back_href",
                     use ? ct_json_sv(back) : json_null());
}

void ct_view_add_words(json_t *model, const struct ct_view *v, const struct ct_view_words *words)
{
    json_t *list = json_array();

    for (size_t i = 0; i < words->n; i++) {
        json_t *word = ct_view_term(v, words->items[i].term, words->items[i].use);
        json_object_set_new(word, "is_closed", json_boolean(!words->items[i].is_seen));
        json_array_append_new(list, word);
    }
    json_object_set_new(model, "has_definitions", json_boolean(words->n > 0));
    json_object_set_new(model, "definitions", list);
}
