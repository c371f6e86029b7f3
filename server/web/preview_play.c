/*
 * preview_play.c: one scene of a scenario, played. All that a run would keep travels in the
 * address: the scene, the variables, the choices that can be taken once, and the line of the choice
 * that led here. So nothing is stored, and the way back is the browser's.
 */
#include "preview_make_priv.h"

#include "pages_priv.h"

#include "ct/base/limits.h"
#include "ct/text/url.h"

#include "ct/base/banned.h"

#define FROM_THE_START "*"

static size_t scene_of(const struct ct_scenario *sc, struct ct_sv anchor)
{
    if (ct_sv_eq_c(anchor, FROM_THE_START))
        return sc->start;
    for (size_t i = 0; i < sc->n_scenes; i++)
        if (ct_sv_eq(sc->scenes[i].anchor, anchor))
            return i;
    return SIZE_MAX;
}

/* What was chosen above the preview, kept within the range; else the start. */
static int value_of(const struct ct_preview_wish *wish, const struct ct_variable *var)
{
    for (size_t i = 0; i < wish->variables.n; i++) {
        const struct ct_form_field *f = &wish->variables.fields[i];
        int64_t x;
        if (!ct_sv_starts(f->name, CT_SV("v.")) ||
            !ct_sv_eq(ct_sv_sub(f->name, 2, SIZE_MAX), var->name) || !ct_sv_i64(f->value, &x))
            continue;
        return x < var->low ? var->low : x > var->high ? var->high : (int)x;
    }
    return var->start;
}

/* The state that the address tells. A junction is left at once, as it is by learners: the machine
 * does that at a start, so the scene is made one. False if there is no such scene to be shown. */
static bool state_of(const struct ct_preview_make *mk, struct ct_state *ret)
{
    const struct ct_preview_wish *wish = mk->p->wish;
    const struct ct_scenario *sc = mk->view.scenario;
    struct ct_variable *variables =
        ct_arena_array(mk->p->arena, struct ct_variable, sc->n_variables + 1);
    struct ct_scenario here = *sc;
    int64_t used = 0;

    for (size_t i = 0; i < sc->n_variables; i++) {
        variables[i] = sc->variables[i];
        variables[i].start = value_of(wish, &variables[i]);
    }
    here.variables = variables;
    here.start = scene_of(sc, wish->scene);
    if (ct_scenario_start(&here, mk->view.own, ret, NULL) < 0)
        return false;
    if (wish->used.n && ct_sv_i64(wish->used, &used))
        ret->used = (uint64_t)used;
    return true;
}

/* The page's address with a state and with what the bar chose. */
static json_t *href_of(const struct ct_preview_make *mk, const struct ct_state *s, int after)
{
    const struct ct_scenario *sc = mk->view.scenario;
    const struct ct_preview_wish *wish = mk->p->wish;
    struct ct_arena *a = mk->p->arena;
    CT_AUTO_STR out = CT_STR_INIT(CT_URL_MAX);
    bool first = true;

    if (!mk->p->href.n)
        return json_null();
    ct_str_add_sv(&out, mk->p->href);
    ct_url_add_query(&out, &first, CT_SV("scene"), sc->scenes[s->scene].anchor);
    if (wish->as.n)
        ct_url_add_query(&out, &first, CT_SV("as"), wish->as);
    if (wish->open_all)
        ct_url_add_query(&out, &first, CT_SV("open"), CT_SV("1"));
    if (wish->answers)
        ct_url_add_query(&out, &first, CT_SV("answers"), CT_SV("1"));
    for (size_t i = 0; i < sc->n_variables; i++)
        ct_url_add_query(&out, &first,
                         ct_arena_printf(a, "v.%.*s", CT_SV_ARG(sc->variables[i].name)),
                         ct_arena_printf(a, "%d", s->variables[i]));
    if (s->used)
        ct_url_add_query(&out, &first, CT_SV("used"),
                         ct_arena_printf(a, "%lld", (long long)s->used));
    ct_url_add_query(&out, &first, CT_SV("after"), ct_arena_printf(a, "%d", after));
    return ct_str_ok(&out) ? ct_json_sv(ct_arena_dup(a, ct_str_sv(&out))) : json_null();
}

static json_t *choices_of(const struct ct_preview_make *mk, const struct ct_state *s)
{
    const struct ct_scenario *sc = mk->view.scenario;
    const struct ct_scene *scene = &sc->scenes[s->scene];
    json_t *list = json_array();

    for (size_t i = 0; i < scene->n_choices; i++) {
        const struct ct_choice *c = &scene->choices[i];
        enum ct_openness how = ct_scenario_choice(sc, mk->view.own, s, i);
        struct ct_sv reason = CT_SV_NULL;
        struct ct_state next;
        bool leads = ct_scenario_choose(sc, mk->view.own, s, i, &next, NULL) == CT_OK;
        json_t *terms = ct_preview_choice_terms(&mk->view, c);
        if (how == CT_CHOICE_CLOSED)
            reason = ct_condition_reason(mk->p->arena, sc, c->needs, s);
        json_array_append_new(
            list, json_pack("{s:o, s:b, s:b, s:b, s:o, s:o, s:b, s:o, s:i}", "text_html",
                            ct_json_sv(c->html), "is_open", how == CT_CHOICE_OPEN, "is_hidden",
                            how == CT_CHOICE_HIDDEN, "is_broken", how == CT_CHOICE_OPEN && !leads,
                            "reason", ct_view_text(reason), "href",
                            leads ? href_of(mk, &next, c->line) : json_null(), "has_terms",
                            json_array_size(terms) > 0, "terms", terms, "line", c->line));
    }
    return list;
}

static const struct ct_choice *choice_at(const struct ct_scenario *sc, int64_t line)
{
    for (size_t i = 0; i < sc->n_scenes && line > 0; i++)
        for (size_t k = 0; k < sc->scenes[i].n_choices; k++)
            if (sc->scenes[i].choices[k].line == line)
                return &sc->scenes[i].choices[k];
    return NULL;
}

static json_t *no_scene(void)
{
    return json_pack("{s:b, s:n, s:n, s:n, s:b, s:o, s:o, s:b, s:o, s:b, s:b, s:b, s:i}",
                     "is_found", 0, "title_html", "chosen", "consequence_html", "has_variables", 0,
                     "variables", json_array(), "blocks", json_array(), "has_choices", 0, "choices",
                     json_array(), "is_ending", 0, "is_passed", 0, "is_stuck", 0, "line", 0);
}

json_t *ct_preview_play(struct ct_preview_make *mk)
{
    const struct ct_scenario *sc = mk->view.scenario;
    const struct ct_choice *after = choice_at(sc, mk->p->wish->after);
    int start[CT_VARS_MAX] = {0};
    bool is_open = false;
    struct ct_state s;
    json_t *model = no_scene(), *choices;

    if (!state_of(mk, &s))
        return model;
    mk->view.state = &s;
    for (size_t i = 0; i < sc->n_variables; i++)
        start[i] = s.variables[i];
    choices = choices_of(mk, &s);
    for (size_t i = 0; i < json_array_size(choices); i++)
        is_open = is_open || json_is_true(json_object_get(json_array_get(choices, i), "is_open"));
    ct_model_add_variables(model, sc, &s, start);
    const struct ct_scene *scene = &sc->scenes[s.scene];
    json_object_update_new(
        model, json_pack("{s:b, s:o, s:o, s:o, s:o, s:b, s:o, s:b, s:b, s:b, s:i}", "is_found", 1,
                         "title_html", ct_view_text(scene->title_html), "chosen",
                         after ? ct_view_text(after->plain) : json_null(), "consequence_html",
                         after ? ct_view_text(after->consequence_html) : json_null(), "blocks",
                         ct_view_blocks(&mk->view, scene->blocks, scene->n_blocks), "has_choices",
                         json_array_size(choices) > 0, "choices", choices, "is_ending",
                         scene->is_ending, "is_passed", ct_scenario_passed(sc, &s), "is_stuck",
                         !scene->is_ending && !is_open, "line", scene->line));
    mk->view.state = NULL;
    return model;
}
