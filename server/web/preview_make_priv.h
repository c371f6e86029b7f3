/*
 * preview_make_priv.h: how the model of a preview is put together, for preview*.c.
 *
 * Places are remembered while the model is made; at the end each problem goes to the place that it
 * belongs to: the last one that begins at or before its line.
 */
#ifndef CT_WEB_PREVIEW_MAKE_PRIV_H
#define CT_WEB_PREVIEW_MAKE_PRIV_H

#include "preview_priv.h"
#include "view_priv.h"

struct ct_preview_place {
    int line;
    json_t *model; /* borrowed: it is part of the model that is being made */
};

struct ct_preview_make {
    const struct ct_preview *p;
    struct ct_view view;
    struct ct_preview_place *places;
    size_t n_places, cap_places;
    bool *seen; /* by line: some place has it as its anchor */
    size_t n_seen;
};

/* Gives a model line, is_anchor (the first of its line) and problems (none yet). */
void ct_preview_place(struct ct_preview_make *mk, json_t *model, int line);

/* BLOCKS in which each block is a place; but not the stem of a question, which belongs to it. */
json_t *ct_preview_blocks(struct ct_preview_make *mk, const struct ct_block *blocks, size_t n);

/* Hands out the problems; returns those that stand before every place. */
json_t *ct_preview_problems(struct ct_preview_make *mk);

/* A part of preview-body.mustache that takes over `blocks`. */
json_t *ct_preview_part(struct ct_preview_make *mk, const char *kind, struct ct_sv title_html,
                        int line, json_t *blocks);

/* preview_facts.c, preview_scenario.c, preview_play.c */
json_t *ct_preview_facts(struct ct_preview_make *mk);
json_t *ct_preview_variables(struct ct_preview_make *mk);
json_t *ct_preview_watches(struct ct_preview_make *mk);
json_t *ct_preview_scene(struct ct_preview_make *mk, const struct ct_scene *s);
json_t *ct_preview_play(struct ct_preview_make *mk);

/* The choices and rules of a scene have terms: [{words, written}]. */
json_t *ct_preview_choice_terms(const struct ct_view *v, const struct ct_choice *c);

/* The scene that a choice leads to; NULL if it leads nowhere yet. */
static inline const struct ct_scene *ct_preview_target(const struct ct_scenario *sc, size_t target)
{
    return target < sc->n_scenes ? &sc->scenes[target] : NULL;
}

#endif
