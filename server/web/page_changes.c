/*
 * page_changes.c: what changed since somebody completed a module, to be read; and saying that it
 * was. The completion itself stands, whatever happens here.
 */
#include "core_priv.h"
#include "own_day_priv.h"
#include "pages_priv.h"
#include "view_priv.h"

#include "ct/course/change.h"
#include "ct/learn/update.h"

#include "ct/base/banned.h"

const struct ct_field ct_update_form[] = {
    {"revision", CT_FIELD_TEXT, offsetof(struct ct_update_input, revision), true, 0, CT_HASH_HEX},
    {NULL, CT_FIELD_TEXT, 0, false, 0, 0},
};

json_t *ct_model_changes_href(const struct ct_request *rq, const struct ct_course *c,
                              const struct ct_module_progress *p)
{
    return p->update_due ? ct_json_sv(ct_href_part(rq, c, p->module, CT_SV("changes")))
                         : json_null();
}

json_t *ct_model_updates(const struct ct_request *rq, const struct ct_course_progress *list,
                         size_t n)
{
    json_t *models = json_array();

    for (size_t i = 0; i < n; i++)
        for (size_t k = 0; k < list[i].n_modules; k++) {
            const struct ct_module_progress *p = &list[i].modules[k];

            if (p->update_due)
                json_array_append_new(models,
                                      json_pack("{s:o, s:o, s:o}", "href",
                                                ct_model_changes_href(rq, list[i].course, p),
                                                "module_title", ct_json_sv(p->module->title),
                                                "course_title", ct_json_sv(list[i].course->title)));
        }
    return models;
}

/* ---- Parts ---- */

/* The old text stands beside the new one, so what names a place in the page gets a name of its
 * own. */
static void rename_places(json_t *value, bool in_question)
{
    const char *key;
    json_t *one;
    size_t i;

    json_array_foreach(value, i, one) rename_places(one, in_question);
    json_object_foreach(value, key, one)
    {
        bool names = strcmp(key, "id") == 0 || strcmp(key, "field") == 0;

        if (in_question && names && json_is_string(one)) {
            json_t *renamed = json_sprintf("was-%s", json_string_value(one));
            json_string_set(one, json_string_value(renamed));
            json_decref(renamed);
        } else {
            rename_places(one, in_question || strcmp(key, "question") == 0);
        }
    }
}

static json_t *choices_of(const struct ct_request *rq, const struct ct_scene *scene)
{
    json_t *list = json_array();

    for (size_t i = 0; i < scene->n_choices; i++)
        if (ct_is_mine(rq, scene->choices[i].chairs))
            json_array_append_new(list,
                                  json_pack("{s:o, s:o}", "text_html",
                                            ct_json_sv(scene->choices[i].html), "consequence_html",
                                            ct_view_text(scene->choices[i].consequence_html)));
    return list;
}

/* A section or a scene as one of the two texts has it; null where it has none. */
static json_t *side_of(const struct ct_request *rq, const struct ct_module *m,
                       const struct ct_section *section, size_t scene_at)
{
    const struct ct_scene *scene =
        m->scenario && scene_at < m->scenario->n_scenes ? &m->scenario->scenes[scene_at] : NULL;
    struct ct_view v = ct_page_view(rq, m);
    json_t *choices;

    if (!section && !scene)
        return json_null();
    choices = scene ? choices_of(rq, scene) : json_array();
    return json_pack("{s:o, s:o, s:b, s:o}", "title_html",
                     ct_json_sv(section ? section->title_html : scene->title_html), "blocks",
                     ct_view_blocks(&v, section ? section->blocks : scene->blocks,
                                    section ? section->n_blocks : scene->n_blocks),
                     "has_choices", json_array_size(choices) > 0, "choices", choices);
}

/* Never shown to anybody: it only leads on. */
static bool is_junction(const struct ct_module *m, size_t scene)
{
    return m->scenario && scene < m->scenario->n_scenes && m->scenario->scenes[scene].is_junction;
}

static json_t *parts_of(const struct ct_request *rq, const struct ct_spot *at,
                        const struct ct_update *u, const struct ct_module_change *change)
{
    json_t *list = json_array();

    for (size_t i = 0; i < change->n_parts; i++) {
        const struct ct_part_change *p = &change->parts[i];
        json_t *was;

        if (p->kind == CT_CHANGE_NONE || is_junction(u->module, p->scene_after) ||
            is_junction(u->held, p->scene_before))
            continue;
        was = side_of(rq, u->held, p->before, p->scene_before);
        rename_places(was, false);
        json_array_append_new(
            list,
            json_pack("{s:b, s:b, s:b, s:o, s:o, s:o}", "is_added", p->kind == CT_CHANGE_ADDED,
                      "is_edited", p->kind == CT_CHANGE_EDITED, "is_removed",
                      p->kind == CT_CHANGE_REMOVED, "href",
                      p->after ? ct_json_sv(ct_href_section(rq, at->course, u->module, p->after))
                               : json_null(),
                      "now", side_of(rq, u->module, p->after, p->scene_after), "was", was));
    }
    return list;
}

static bool quiz_differs(const struct ct_module_change *change)
{
    bool differs = change->quiz_rules;

    for (size_t i = 0; i < change->n_questions; i++)
        differs = differs || change->questions[i].in_quiz;
    return differs;
}

static json_t *intro_of(const struct ct_request *rq, const struct ct_module *m)
{
    struct ct_view v = ct_page_view(rq, m);
    const struct ct_scenario *sc = m->scenario;
    json_t *blocks = ct_view_blocks(&v, m->intro, m->n_intro);

    if (sc) {
        json_t *more = ct_view_blocks(&v, sc->intro, sc->n_intro);
        json_array_extend(blocks, more);
        json_decref(more);
    }
    return json_pack("{s:o}", "blocks", blocks);
}

static json_t *notes_of(const struct ct_home *home, const struct ct_update *u)
{
    json_t *list = json_array();

    for (size_t i = 0; i < u->n_notes; i++)
        json_array_append_new(list, json_pack("{s:o, s:o, s:o}", "at",
                                              ct_view_own_day(home, u->notes[i].at), "version",
                                              ct_json_sv(u->notes[i].version), "change",
                                              ct_view_text(u->notes[i].change)));
    return list;
}

static int send(struct ct_request *rq, struct ct_response *rs, const struct ct_spot *at,
                const struct ct_update *u, bool late, struct ct_err *err)
{
    const struct ct_module *m = at->module;
    struct ct_module_change change;
    CT_AUTO_HOMES *homes = NULL;
    const struct ct_home *home;
    json_t *parts, *notes;
    int r = ct_own_home(rq, &homes, &home, err);

    if (r < 0)
        return r;
    notes = notes_of(home, u);
    ct_module_compare(rq->arena, u->held, m, rq->desk.who.set, &change);
    parts = parts_of(rq, at, u, &change);
    return ct_page(
        rq, rs, "changes",
        json_pack("{s:o, s:o, s:o, s:o, s:o, s:b, s:b, s:o, s:b, s:o, s:o, s:b, s:o, s:b, s:o,"
                  " s:s}",
                  "title", ct_json_sv(m->title), "lang", ct_json_sv(m->lang), "title_html",
                  ct_json_sv(m->title_html), "course", ct_model_course(rq, at->course), "module",
                  ct_model_module(rq, at->course, m), "is_due", u->due, "is_late", late, "held",
                  ct_view_own_day(home, u->held_at), "has_notes", json_array_size(notes) > 0,
                  "notes", notes, "intro", change.intro ? intro_of(rq, m) : json_null(),
                  "has_parts", json_array_size(parts) > 0, "parts", parts, "quiz_differs",
                  quiz_differs(&change), "action",
                  ct_json_sv(ct_href_part(rq, at->course, m, CT_SV("changes"))), "revision",
                  m->revision),
        err);
}

int ct_get_update(struct ct_request *rq, struct ct_response *rs, struct ct_err *err)
{
    struct ct_spot at;
    struct ct_update u;
    int r;

    if ((r = ct_spot_find(rq, CT_SPOT_MODULE, &at, err)) < 0 ||
        (r = ct_update_get(&rq->desk, at.course, at.module, &u, err)) < 0)
        return r;
    return send(rq, rs, &at, &u, false, err);
}

/* Who read what has changed again since is shown what is new now. */
int ct_post_update(struct ct_request *rq, struct ct_response *rs, struct ct_err *err)
{
    const struct ct_update_input *in = rq->input;
    struct ct_err problem = CT_ERR_INIT;
    struct ct_update u;
    struct ct_spot at;
    int r;

    if ((r = ct_spot_find(rq, CT_SPOT_MODULE, &at, err)) < 0)
        return r;
    r = ct_update_read(&rq->desk, at.course, at.module, in->revision, &problem);
    if (r == CT_OK)
        return ct_see_other(rq, rs, ct_href_module(rq, at.course, at.module));
    if (r != CT_CONFLICT || ct_update_get(&rq->desk, at.course, at.module, &u, NULL) < 0)
        return ct_fail(err, problem.code, problem.what, "%s", problem.text);
    rs->status = ct_status_http(CT_CONFLICT);
    r = send(rq, rs, &at, &u, true, err);
    return r < 0 ? r : ct_answered(&problem, err);
}
