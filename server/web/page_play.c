/*
 * page_play.c: choosing a chair of a scenario, and sitting down in it.
 */
#include "own_day_priv.h"
#include "pages_priv.h"
#include "view_priv.h"

#include "ct/learn/run.h"

#include "ct/base/banned.h"

const struct ct_field ct_play_form[] = {
    {"chair", CT_FIELD_SLUG, offsetof(struct ct_play_input, chair), true, 0, 64},
    {NULL, CT_FIELD_TEXT, 0, false, 0, 0},
};

static int find(struct ct_request *rq, struct ct_spot *ret, struct ct_err *err)
{
    int r = ct_spot_find(rq, CT_SPOT_MODULE, ret, err);

    if (r < 0)
        return r;
    return ret->module->scenario ? CT_OK : ct_fail(err, CT_NOT_FOUND, "play", "no scenario here");
}

/* Played: to an ending. */
static bool was_played(const struct ct_run_summary *runs, size_t n, struct ct_sv chair, bool passed)
{
    for (size_t i = 0; i < n; i++)
        if (runs[i].ended_at && ct_sv_eq(runs[i].chair, chair) && (runs[i].passed || !passed))
            return true;
    return false;
}

json_t *ct_model_chairs(const struct ct_request *rq, const struct ct_scenario *sc,
                        const struct ct_run_summary *runs, size_t n, struct ct_sv here)
{
    const struct ct_disciplines *d = &rq->cat->disciplines;
    json_t *list = json_array();

    for (size_t i = 0; i < d->n; i++) {
        struct ct_sv slug = d->items[i].slug;
        bool own = ct_sv_eq(slug, rq->desk.who.discipline);
        json_t *chair;
        if (!ct_disc_has(sc->chairs, (ct_disc_set)1 << i))
            continue;
        chair = ct_view_discipline(d, slug);
        json_object_update_new(chair, json_pack("{s:b, s:b, s:b, s:b, s:b}", "is_own", own,
                                                "is_chosen", own, "is_this", ct_sv_eq(slug, here),
                                                "is_played", was_played(runs, n, slug, false),
                                                "is_passed", was_played(runs, n, slug, true)));
        json_array_append_new(list, chair);
    }
    return list;
}

static json_t *run_of(const struct ct_request *rq, const struct ct_home *home,
                      const struct ct_run_summary *run)
{
    bool ended = run->ended_at != 0;

    return json_pack(
        "{s:o, s:o, s:o, s:o, s:b, s:b, s:b}", "href", ct_json_sv(ct_href_run(rq, run->id)),
        "chair", ct_model_discipline(rq, run->chair), "started",
        ct_view_own_day(home, run->started_at), "ending", ct_view_text(run->ending_title),
        "is_open", !ended, "is_passed", ended && run->passed, "is_failed", ended && !run->passed);
}

static json_t *runs_of(const struct ct_request *rq, const struct ct_home *home,
                       const struct ct_run_summary *runs, size_t n)
{
    json_t *list = json_array();

    for (size_t i = 0; i < n; i++)
        json_array_append_new(list, run_of(rq, home, &runs[i]));
    return list;
}

/* The newest one that has not ended. */
static json_t *open_of(const struct ct_request *rq, const struct ct_home *home,
                       const struct ct_run_summary *runs, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (!runs[i].ended_at)
            return run_of(rq, home, &runs[i]);
    return json_null();
}

int ct_get_play(struct ct_request *rq, struct ct_response *rs, struct ct_err *err)
{
    struct ct_run_summary *runs;
    CT_AUTO_HOMES *homes = NULL;
    const struct ct_home *home;
    struct ct_spot at;
    size_t n;
    int r;

    if ((r = find(rq, &at, err)) < 0 || (r = ct_own_home(rq, &homes, &home, err)) < 0 ||
        (r = ct_run_list(&rq->desk, at.course, at.module, &runs, &n, err)) < 0)
        return r;
    const struct ct_module *m = at.module;
    struct ct_view v = ct_page_view(rq, m);
    const struct ct_scene *first = &m->scenario->scenes[m->scenario->start];
    return ct_page(rq, rs, "play-start",
                   json_pack("{s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:b, s:o}",
                             "title", ct_json_sv(m->title), "lang", ct_json_sv(m->lang),
                             "title_html", ct_json_sv(m->title_html), "course",
                             ct_model_course(rq, at.course), "module",
                             ct_model_module(rq, at.course, m), "content_note",
                             ct_model_content_note(m, first->blocks, first->n_blocks), "blocks",
                             ct_view_blocks(&v, m->scenario->intro, m->scenario->n_intro), "action",
                             ct_json_sv(ct_href_part(rq, at.course, m, CT_SV("play"))), "chairs",
                             ct_model_chairs(rq, m->scenario, runs, n, CT_SV_NULL), "open_run",
                             open_of(rq, home, runs, n), "has_runs", n > 0, "runs",
                             runs_of(rq, home, runs, n)),
                   err);
}

int ct_post_play(struct ct_request *rq, struct ct_response *rs, struct ct_err *err)
{
    const struct ct_play_input *in = rq->input;
    struct ct_spot at;
    int64_t id;
    int r;

    if ((r = find(rq, &at, err)) < 0 ||
        (r = ct_run_start(&rq->desk, at.course, at.module, in->chair, &id, err)) < 0)
        return r;
    return ct_see_other(rq, rs, ct_href_run(rq, id));
}
