/*
 * view_block.c: blocks as blocks.mustache wants them.
 */
#include "view_priv.h"

#include "ct/base/banned.h"

enum { HEADING_OF_NONE = 3, HEADING_LEAST = 3, HEADING_MOST = 6 };

static json_t *new_block(enum ct_block_kind kind)
{
    return json_pack("{s:b, s:b, s:b, s:b, s:b}", "is_html", kind == CT_BLOCK_HTML, "is_note",
                     kind == CT_BLOCK_NOTE, "is_passage", kind == CT_BLOCK_PASSAGE, "is_question",
                     kind == CT_BLOCK_QUESTION, "is_media", kind == CT_BLOCK_MEDIA);
}

static void add_note(json_t *model, const struct ct_view *v, const struct ct_block *b)
{
    json_object_set_new(model, "is_important", json_boolean(b->note == CT_NOTE_IMPORTANT));
    json_object_set_new(model, "is_content", json_boolean(b->note == CT_NOTE_CONTENT));
    json_object_set_new(model, "blocks", ct_view_blocks(v, b->children, b->n_children));
}

static int heading_level(int level)
{
    if (level == 0)
        return HEADING_OF_NONE;
    return level < HEADING_LEAST ? HEADING_LEAST : level > HEADING_MOST ? HEADING_MOST : level;
}

static void add_passage(json_t *model, const struct ct_view *v, const struct ct_block *b)
{
    struct ct_sv name = ct_discipline_set_name(v->arena, v->disciplines, b->disciplines);
    struct ct_view inner = *v;

    json_object_set_new(model, "id", ct_json_sv(b->id));
    json_object_set_new(model, "is_own", json_boolean(ct_disc_has(b->disciplines, v->own)));
    json_object_set_new(model, "is_open", json_boolean(v->open_all));
    json_object_set_new(model, "name", ct_json_sv(name));
    json_object_set_new(model, "disciplines", ct_view_disciplines(v->disciplines, b->disciplines));
    json_object_set_new(model, "has_title", json_boolean(b->title_html.n > 0));
    json_object_set_new(model, "title_html", ct_view_text(b->title_html));
    json_object_set_new(model, "level", json_integer(heading_level(b->level)));
    json_object_set_new(model, "opened_action", ct_view_text(v->opened_url));
    json_object_set_new(model, "is_opened", json_false());
    inner.in_closed = v->in_closed || !(v->open_all || ct_disc_has(b->disciplines, v->own));
    json_object_set_new(model, "blocks", ct_view_blocks(&inner, b->children, b->n_children));
}

static const struct ct_practised *latest(const struct ct_view *v, const struct ct_question *q)
{
    for (size_t i = 0; i < v->n_practised; i++)
        if (ct_sv_eq(v->practised[i].question->id, q->id))
            return &v->practised[i];
    return NULL;
}

static void add_question(json_t *model, const struct ct_view *v, const struct ct_question *q)
{
    const struct ct_practised *p = latest(v, q);
    struct ct_view one = *v;
    uint64_t seed = v->desk && v->module ? ct_practice_seed(v->desk, v->module, q) : 0;

    /* What is asked of another discipline can be read, but not answered. */
    if (one.questions == CT_VIEW_PRACTICE && !ct_disc_has(q->disciplines, v->own))
        one.questions = CT_VIEW_STATIC;
    json_object_set_new(
        model, "question",
        ct_view_question(&one, q, seed, p ? &p->answer : NULL, p ? &p->grade : NULL));
}

static void add_media(json_t *model, const struct ct_block *b)
{
    json_object_set_new(model, "url", ct_json_sv(b->url));
    json_object_set_new(model, "is_video", json_boolean(b->is_video));
    json_object_set_new(model, "captions", ct_view_text(b->captions));
    json_object_set_new(model, "label", ct_view_text(b->label));
}

/* For previews; preview_place.c says which block is the anchor of its line, and puts the problems
 * beside the blocks. */
static void add_line(json_t *model, const struct ct_view *v, const struct ct_block *b)
{
    struct ct_sv terms = CT_SV_NULL;

    if (b->shown_if && v->scenario)
        terms = ct_view_condition(v->arena, v->scenario, b->shown_if);
    json_object_update_new(model, json_pack("{s:i, s:b, s:o, s:o}", "line", b->line, "is_anchor", 0,
                                            "problems", json_array(), "shown_if",
                                            v->state ? json_null() : ct_view_text(terms)));
}

static json_t *block(const struct ct_view *v, const struct ct_block *b)
{
    json_t *model = new_block(b->kind);

    json_object_set_new(model, "has_line", json_boolean(v->by_line));
    if (v->by_line)
        add_line(model, v, b);
    switch (b->kind) {
    case CT_BLOCK_HTML:
        json_object_set_new(model, "body_html", ct_json_sv(b->html));
        ct_view_note_words(v, b);
        break;
    case CT_BLOCK_NOTE:
        add_note(model, v, b);
        break;
    case CT_BLOCK_PASSAGE:
        add_passage(model, v, b);
        break;
    case CT_BLOCK_QUESTION:
        add_question(model, v, b->question);
        break;
    case CT_BLOCK_MEDIA:
        add_media(model, b);
        break;
    }
    return model;
}

json_t *ct_view_blocks(const struct ct_view *v, const struct ct_block *blocks, size_t n)
{
    json_t *list = json_array();

    for (size_t i = 0; i < n; i++)
        if (!v->state || ct_condition_holds(blocks[i].shown_if, v->state))
            json_array_append_new(list, block(v, &blocks[i]));
    return list;
}
