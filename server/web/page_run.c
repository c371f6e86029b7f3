/*
 * page_run.c: one scene of a run, and choosing in it.
 */
#include "pages_priv.h"
#include "view_priv.h"

#include "ct/learn/run.h"
#include "ct/text/url.h"

#include "ct/base/banned.h"

const struct ct_field ct_choose_form[] = {
    {"step", CT_FIELD_I64, offsetof(struct ct_choose_input, step), true, 0, INT32_MAX},
    {"choice", CT_FIELD_I64, offsetof(struct ct_choose_input, choice), true, 0, INT32_MAX},
    {NULL, CT_FIELD_TEXT, 0, false, 0, 0},
};

static int find(struct ct_request *rq, struct ct_run *ret, struct ct_err *err)
{
    int64_t id;
    int r = ct_param_id(rq->params[0], &id, err);

    return r < 0 ? r : ct_run_get(&rq->desk, id, ret, err);
}

void ct_model_add_variables(json_t *model, const struct ct_scenario *sc, const struct ct_state *now,
                            const int *before)
{
    json_t *list = json_array();

    for (size_t i = 0; i < sc->n_variables; i++) {
        const struct ct_variable *var = &sc->variables[i];
        int change = now->variables[i] - before[i];
        if (var->is_flag)
            continue;
        json_array_append_new(list,
                              json_pack("{s:o, s:i, s:i, s:i, s:b, s:b, s:i}", "name",
                                        ct_json_sv(var->name), "value", now->variables[i], "low",
                                        var->low, "high", var->high, "is_up", change > 0, "is_down",
                                        change < 0, "change", change < 0 ? -change : change));
    }
    json_object_set_new(model, "has_variables", json_boolean(json_array_size(list) > 0));
    json_object_set_new(model, "variables", list);
}

const struct ct_choice *ct_run_choice(const struct ct_run *run, const struct ct_run_step *step)
{
    const struct ct_scenario *sc = run->scenario;

    if (step->scene >= sc->n_scenes || step->choice >= sc->scenes[step->scene].n_choices)
        return NULL;
    return &sc->scenes[step->scene].choices[step->choice];
}

void ct_model_add_consequence(json_t *model, const struct ct_run *run)
{
    const struct ct_choice *c =
        run->n_steps ? ct_run_choice(run, &run->steps[run->n_steps - 1]) : NULL;

    json_object_set_new(model, "chosen", c ? ct_json_sv(c->plain) : json_null());
    json_object_set_new(model, "consequence_html",
                        c ? ct_view_text(c->consequence_html) : json_null());
}

json_t *ct_model_scene(const struct ct_request *rq, const struct ct_run *run)
{
    const struct ct_scene *scene = &run->scenario->scenes[run->state.scene];
    const struct ct_module *m = run->module;
    struct ct_view v = ct_page_view(rq, m);

    /* What is said to the chair is said to who sits in it; what is said to one's own profession,
     * too. */
    v.own |= run->chair_set;
    v.scenario = run->scenario;
    v.state = &run->state;
    return json_pack("{s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o}", "title",
                     ct_json_sv(scene->title.n ? scene->title : m->title), "lang",
                     ct_json_sv(m->lang), "title_html", ct_view_text(scene->title_html), "course",
                     ct_model_course(rq, run->course), "module",
                     ct_model_module(rq, run->course, m), "module_title_html",
                     ct_json_sv(m->title_html), "chair", ct_model_discipline(rq, run->chair),
                     "blocks", ct_view_blocks(&v, scene->blocks, scene->n_blocks));
}

static json_t *choices_of(const struct ct_request *rq, const struct ct_run *run)
{
    const struct ct_scenario *sc = run->scenario;
    const struct ct_scene *scene = &sc->scenes[run->state.scene];
    json_t *list = json_array();

    for (size_t i = 0; i < scene->n_choices; i++) {
        const struct ct_choice *c = &scene->choices[i];
        enum ct_openness how = ct_scenario_choice(sc, run->chair_set, &run->state, i);
        struct ct_sv reason = CT_SV_NULL;
        if (how == CT_CHOICE_HIDDEN)
            continue;
        if (how == CT_CHOICE_CLOSED)
            reason = ct_condition_reason(rq->arena, sc, c->needs, &run->state);
        json_array_append_new(list, json_pack("{s:i, s:o, s:b, s:o}", "index", (int)i, "text_html",
                                              ct_json_sv(c->html), "is_open", how == CT_CHOICE_OPEN,
                                              "reason", ct_view_text(reason)));
    }
    return list;
}

/* Which choices are decisions says ct_scenario_decides(). */
static int decisions_of(const struct ct_run *run)
{
    int n = 0;

    for (size_t i = 0; i < run->n_steps; i++)
        n += ct_scenario_decides(run->scenario, run->chair_set, run->steps[i].scene);
    return n;
}

int ct_get_run(struct ct_request *rq, struct ct_response *rs, struct ct_err *err)
{
    struct ct_sv action;
    struct ct_run run;
    json_t *model;
    int r = find(rq, &run, err);

    if (r < 0)
        return r;
    if (run.ended)
        return ct_page_ending(rq, rs, &run, err);
    action = CT_URL(rq->arena, CT_SV("runs"), rq->params[0], CT_SV("choose"));
    model = ct_model_scene(rq, &run);
    ct_model_add_consequence(model, &run);
    ct_model_add_variables(model, run.scenario, &run.state, run.before.variables);
    json_object_update_new(
        model,
        json_pack("{s:i, s:i, s:o, s:o, s:o}", "step", (int)run.n_steps, "decisions",
                  decisions_of(&run), "choices", choices_of(rq, &run), "action", ct_json_sv(action),
                  "leave_href", ct_json_sv(ct_href_module(rq, run.course, run.module))));
    return ct_page(rq, rs, "run", model, err);
}

int ct_post_choose(struct ct_request *rq, struct ct_response *rs, struct ct_err *err)
{
    const struct ct_choose_input *in = rq->input;
    struct ct_run run;
    int r;

    if ((r = find(rq, &run, err)) < 0 ||
        (r = ct_run_choose(&rq->desk, &run, in->step, in->choice, err)) < 0)
        return r;
    atomic_fetch_add_explicit(&rq->app->metrics->run_steps, 1, memory_order_relaxed);
    return ct_see_other(rq, rs, ct_href_run(rq, run.id));
}
