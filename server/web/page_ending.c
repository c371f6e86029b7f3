/*
 * page_ending.c: a run that has ended: the ending, the debrief, the way there, and the chairs to
 * play again from.
 */
#include "pages_priv.h"
#include "view_priv.h"

#include "ct/learn/run.h"

#include "ct/base/banned.h"

static json_t *path_of(const struct ct_run *run)
{
    json_t *list = json_array();

    for (size_t i = 0; i < run->n_steps; i++) {
        const struct ct_choice *c = ct_run_choice(run, &run->steps[i]);
        if (c)
            json_array_append_new(
                list, json_pack("{s:o, s:o, s:o}", "scene",
                                ct_json_sv(run->scenario->scenes[run->steps[i].scene].title),
                                "choice", ct_json_sv(c->plain), "consequence_html",
                                ct_view_text(c->consequence_html)));
    }
    return list;
}

/* The gauges tell the whole way: how far each thing is from where it stood at the start. */
static void add_gauges(json_t *model, const struct ct_run *run)
{
    int start[CT_VARS_MAX] = {0};

    for (size_t i = 0; i < run->scenario->n_variables; i++)
        start[i] = run->scenario->variables[i].start;
    ct_model_add_variables(model, run->scenario, &run->state, start);
}

int ct_page_ending(struct ct_request *rq, struct ct_response *rs, const struct ct_run *run,
                   struct ct_err *err)
{
    const struct ct_scene *scene = &run->scenario->scenes[run->state.scene];
    struct ct_run_summary *runs;
    CT_AUTO_JSON *model = NULL;
    json_t *path;
    size_t n;
    int r = ct_run_list(&rq->desk, run->course, run->module, &runs, &n, err);

    if (r < 0)
        return r;
    model = ct_model_scene(rq, run);
    path = path_of(run);
    ct_model_add_consequence(model, run);
    add_gauges(model, run);
    json_object_update_new(
        model,
        json_pack("{s:o, s:b, s:b, s:o, s:o, s:o}", "closing",
                  ct_model_closing(run->module, scene->blocks, scene->n_blocks, true), "is_passed",
                  run->passed, "has_path", json_array_size(path) > 0, "path", path, "chairs",
                  ct_model_chairs(rq, run->scenario, runs, n, run->chair), "action",
                  ct_json_sv(ct_href_part(rq, run->course, run->module, CT_SV("play")))));
    if ((r = ct_model_add_after(rq, run->course, run->module, run->passed, model, err)) < 0)
        return r;
    return ct_page(rq, rs, "run-ending", json_incref(model), err);
}
