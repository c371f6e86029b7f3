/*
 * preview_bar.c: what a preview can be looked at as: the form above it, an ordinary one that works
 * without script.
 */
#include "preview_pages_priv.h"
#include "view_priv.h"

#include "ct/base/limits.h"
#include "ct/text/url.h"

#include "ct/base/banned.h"

enum { NAME_MAX_BYTES = 200, NUMBER_MAX_BYTES = 20 };

const struct ct_field ct_preview_query[] = {
    {"as", CT_FIELD_TEXT, offsetof(struct ct_preview_input, as), false, 0, NAME_MAX_BYTES},
    {"open", CT_FIELD_FLAG, offsetof(struct ct_preview_input, open), false, 0, 0},
    {"answers", CT_FIELD_FLAG, offsetof(struct ct_preview_input, answers), false, 0, 0},
    {"scene", CT_FIELD_TEXT, offsetof(struct ct_preview_input, scene), false, 0, NAME_MAX_BYTES},
    {"used", CT_FIELD_TEXT, offsetof(struct ct_preview_input, used), false, 0, NUMBER_MAX_BYTES},
    {"after", CT_FIELD_I64, offsetof(struct ct_preview_input, after), false, 0, INT32_MAX},
    {"v.", CT_FIELD_FORM, offsetof(struct ct_preview_input, variables), false, 0, 0},
    {NULL, CT_FIELD_TEXT, 0, false, 0, 0},
};

struct ct_preview_wish ct_preview_wish_of(const struct ct_preview_input *in)
{
    return (struct ct_preview_wish){.as = in->as,
                                    .open_all = in->open,
                                    .answers = in->answers,
                                    .scene = in->scene,
                                    .variables = in->variables,
                                    .used = in->used,
                                    .after = in->after};
}

json_t *ct_preview_disciplines(const struct ct_disciplines *d, struct ct_sv chosen)
{
    json_t *list = json_array();

    for (size_t i = 0; i < d->n; i++)
        json_array_append_new(list,
                              json_pack("{s:o, s:o, s:b}", "slug", ct_json_sv(d->items[i].slug),
                                        "name", ct_json_sv(d->items[i].name), "is_chosen",
                                        ct_sv_eq(d->items[i].slug, chosen)));
    return list;
}

static json_t *scenes(const struct ct_scenario *sc, const struct ct_preview_wish *wish)
{
    json_t *list = json_array();

    for (size_t i = 0; sc && i < sc->n_scenes; i++) {
        const struct ct_scene *s = &sc->scenes[i];
        json_array_append_new(list,
                              json_pack("{s:o, s:o, s:b}", "anchor", ct_json_sv(s->anchor), "title",
                                        ct_json_sv(s->title.n ? s->title : s->anchor), "is_chosen",
                                        ct_sv_eq(s->anchor, wish->scene)));
    }
    return list;
}

static int value_of(const struct ct_request *rq, const struct ct_preview_wish *wish,
                    const struct ct_variable *var)
{
    const char *name = ct_arena_printf(rq->arena, "v.%.*s", CT_SV_ARG(var->name)).p;
    int64_t x;

    if (!ct_sv_i64(ct_form_get(&wish->variables, name), &x))
        return var->start;
    return x < var->low ? var->low : x > var->high ? var->high : (int)x;
}

static json_t *variables(const struct ct_request *rq, const struct ct_scenario *sc,
                         const struct ct_preview_wish *wish)
{
    json_t *list = json_array();

    for (size_t i = 0; sc && i < sc->n_variables; i++) {
        const struct ct_variable *var = &sc->variables[i];
        int value = value_of(rq, wish, var);
        json_array_append_new(
            list,
            json_pack("{s:o, s:o, s:b, s:b, s:i, s:i, s:i}", "name", ct_json_sv(var->name), "field",
                      ct_json_sv(ct_arena_printf(rq->arena, "v.%.*s", CT_SV_ARG(var->name))),
                      "is_flag", var->is_flag, "is_yes", value != 0, "value", value, "low",
                      var->low, "high", var->high));
    }
    return list;
}

json_t *ct_preview_bar(const struct ct_request *rq, const struct ct_preview_wish *wish,
                       const struct ct_course *c, const struct ct_module *m)
{
    const struct ct_scenario *sc = m ? m->scenario : NULL;
    struct ct_sv action = m   ? ct_href_module(rq, c, m)
                          : c ? ct_href_course(rq, c)
                              : CT_SV("/glossary");
    json_t *vars = variables(rq, sc, wish);

    return json_pack(
        "{s:o, s:b, s:o, s:b, s:b, s:b, s:o, s:b, s:b, s:b, s:o, s:o}", "action",
        ct_json_sv(action), "is_everybody", ct_discipline_find(&rq->cat->disciplines, wish->as) < 0,
        "disciplines", ct_preview_disciplines(&rq->cat->disciplines, wish->as), "open",
        wish->open_all, "answers", wish->answers, "has_scenes", sc && sc->n_scenes > 0, "scenes",
        scenes(sc, wish), "is_whole", wish->scene.n == 0, "is_start", ct_sv_eq_c(wish->scene, "*"),
        "has_state", json_array_size(vars) > 0, "state", vars, "map_href",
        sc ? ct_json_sv(ct_href_part(rq, c, m, CT_SV("map"))) : json_null());
}
