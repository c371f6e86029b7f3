/*
 * preview_scenario.c: a scenario as it is written: what it counts, its scenes, and every choice
 * with its conditions and effects, in words and as the trainer wrote them.
 */
#include "preview_make_priv.h"

#include "ct/base/banned.h"

static void add_term(json_t *terms, struct ct_sv words, struct ct_sv written)
{
    json_array_append_new(terms, json_pack("{s:o, s:o}", "words", ct_json_sv(words), "written",
                                           ct_view_text(written)));
}

static void add_condition(json_t *terms, const struct ct_view *v, const char *words,
                          const char *written, const struct ct_condition *c)
{
    struct ct_sv said;

    if (!c)
        return;
    said = ct_view_condition(v->arena, v->scenario, c);
    add_term(terms, ct_arena_printf(v->arena, "%s %.*s", words, CT_SV_ARG(said)),
             ct_arena_printf(v->arena, "%s %.*s", written, CT_SV_ARG(c->text)));
}

static void add_chairs(json_t *terms, const struct ct_view *v, ct_disc_set chairs)
{
    struct ct_sv name;

    if (chairs == CT_DISC_ALL)
        return;
    name = ct_discipline_set_name(v->arena, v->disciplines, chairs);
    add_term(terms, ct_arena_printf(v->arena, "only for %.*s", CT_SV_ARG(name)), CT_SV_NULL);
}

static void add_effect(json_t *terms, const struct ct_view *v, const struct ct_effect *e)
{
    const struct ct_scenario *sc = v->scenario;
    struct ct_arena *a = v->arena;
    const struct ct_variable *var;

    if (e->variable >= sc->n_variables)
        return;
    var = &sc->variables[e->variable];
    if (e->set) {
        struct ct_sv value = var->is_flag ? (e->value ? CT_SV("yes") : CT_SV("no"))
                                          : ct_arena_printf(a, "%d", e->value);
        add_term(terms,
                 ct_arena_printf(a, "%.*s becomes %.*s", CT_SV_ARG(var->name), CT_SV_ARG(value)),
                 ct_arena_printf(a, "%.*s = %.*s", CT_SV_ARG(var->name), CT_SV_ARG(value)));
        return;
    }
    add_term(terms,
             ct_arena_printf(a, "%.*s goes %s by %d", CT_SV_ARG(var->name),
                             e->value < 0 ? "down" : "up", e->value < 0 ? -e->value : e->value),
             ct_arena_printf(a, "%.*s %+d", CT_SV_ARG(var->name), e->value));
}

json_t *ct_preview_choice_terms(const struct ct_view *v, const struct ct_choice *c)
{
    json_t *terms = json_array();

    add_chairs(terms, v, c->chairs);
    add_condition(terms, v, "hidden unless", "if", c->shown_if);
    add_condition(terms, v, "closed unless", "needs", c->needs);
    if (c->once >= 0)
        add_term(terms, CT_SV("only once"), CT_SV("once"));
    for (size_t i = 0; i < c->n_effects; i++)
        add_effect(terms, v, &c->effects[i]);
    return terms;
}

static json_t *choice(struct ct_preview_make *mk, struct ct_sv html, size_t target, int line,
                      json_t *terms, struct ct_sv consequence)
{
    const struct ct_scene *to = ct_preview_target(mk->view.scenario, target);
    struct ct_sv href = to ? ct_arena_printf(mk->p->arena, "#line-%d", to->line) : CT_SV_NULL;
    json_t *model = json_pack("{s:o, s:o, s:o, s:b, s:o, s:o}", "text_html", ct_view_text(html),
                              "target_href", ct_view_text(href), "target_title",
                              to ? ct_view_text(to->title.n ? to->title : to->anchor) : json_null(),
                              "has_terms", json_array_size(terms) > 0, "terms", terms,
                              "consequence_html", ct_view_text(consequence));

    ct_preview_place(mk, model, line);
    return model;
}

static json_t *rule(struct ct_preview_make *mk, const struct ct_rule *r)
{
    json_t *terms = json_array();

    add_chairs(terms, &mk->view, r->chairs);
    add_condition(terms, &mk->view, "when", "when", r->when);
    return choice(mk, r->html, r->target, r->line, terms, CT_SV_NULL);
}

json_t *ct_preview_watches(struct ct_preview_make *mk)
{
    const struct ct_scenario *sc = mk->view.scenario;
    json_t *list = json_array();

    for (size_t i = 0; sc && i < sc->n_watches; i++)
        json_array_append_new(list, rule(mk, &sc->watches[i]));
    return list;
}

json_t *ct_preview_variables(struct ct_preview_make *mk)
{
    const struct ct_scenario *sc = mk->view.scenario;
    json_t *list = json_array();

    for (size_t i = 0; sc && i < sc->n_variables; i++) {
        const struct ct_variable *var = &sc->variables[i];
        struct ct_sv text = var->is_flag
                                ? ct_arena_printf(mk->p->arena, "yes or no; at the start %s",
                                                  var->start ? "yes" : "no")
                                : ct_arena_printf(mk->p->arena, "from %d to %d; at the start %d",
                                                  var->low, var->high, var->start);
        json_array_append_new(
            list, json_pack("{s:o, s:o}", "name", ct_json_sv(var->name), "text", ct_json_sv(text)));
    }
    return list;
}

static struct ct_sv outcome(const struct ct_preview_make *mk, const struct ct_scene *s)
{
    switch (s->outcome) {
    case CT_PASS:
        return CT_SV("Ending: counts as passed");
    case CT_FAIL:
        return CT_SV("Ending: not passed");
    case CT_PASS_IF:
        return s->pass_if
                   ? ct_arena_printf(
                         mk->p->arena, "Ending: passed if %.*s",
                         CT_SV_ARG(ct_view_condition(mk->p->arena, mk->view.scenario, s->pass_if)))
                   : CT_SV("Ending: passed on a condition");
    }
    return CT_SV("Ending");
}

static struct ct_sv role(const struct ct_preview_make *mk, const struct ct_scene *s)
{
    if (s->is_ending)
        return outcome(mk, s);
    return s->is_junction ? CT_SV("Junction: never shown; the first rule that holds is followed")
                          : CT_SV("Scene");
}

json_t *ct_preview_scene(struct ct_preview_make *mk, const struct ct_scene *s)
{
    json_t *part = ct_preview_part(mk, "scene", s->title_html, s->line, json_null());
    json_t *choices = json_array();

    json_object_set_new(part, "anchor", ct_view_text(s->anchor));
    json_object_set_new(part, "over", ct_json_sv(role(mk, s)));
    json_object_set_new(part, "is_good", json_boolean(s->is_ending && s->outcome == CT_PASS));
    json_object_set_new(part, "is_bad", json_boolean(s->is_ending && s->outcome == CT_FAIL));
    json_object_set_new(part, "is_other", json_boolean(s->is_ending && s->outcome == CT_PASS_IF));
    json_object_set_new(part, "blocks", ct_preview_blocks(mk, s->blocks, s->n_blocks));
    for (size_t i = 0; i < s->n_choices; i++) {
        const struct ct_choice *c = &s->choices[i];
        json_array_append_new(choices,
                              choice(mk, c->html, c->target, c->line,
                                     ct_preview_choice_terms(&mk->view, c), c->consequence_html));
    }
    for (size_t i = 0; i < s->n_rules; i++)
        json_array_append_new(choices, rule(mk, &s->rules[i]));
    json_object_set_new(part, "has_choices", json_boolean(json_array_size(choices) > 0));
    json_object_set_new(part, "choices", choices);
    return part;
}
