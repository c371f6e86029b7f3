/*
 * page_map.c: a scenario as a picture and as a list that tells the same: what leads where, what is
 * never reached, where somebody gets stuck. Of previews, and of trainers in the browser.
 */
#include "pages_priv.h"
#include "view_priv.h"

#include "ct/base/limits.h"
#include "ct/course/scenario_picture.h"
#include "ct/text/url.h"

#include "ct/base/banned.h"

enum { NAME_BYTES = 200 };

const struct ct_field ct_map_query[] = {
    {"as", CT_FIELD_TEXT, offsetof(struct ct_map_input, as), false, 0, NAME_BYTES},
    {NULL, CT_FIELD_TEXT, 0, false, 0, 0},
};

struct map {
    struct ct_request *rq;
    struct ct_spot spot;
    struct ct_scenario_picture picture;
    struct ct_sv as;    /* the chair's slug; null: all chairs */
    struct ct_sv place; /* put before a scene's anchor: where it stands */
};

static const char *role_words(enum ct_scene_role role)
{
    switch (role) {
    case CT_ROLE_SCENE:
        return "Scene";
    case CT_ROLE_JUNCTION:
        return "Junction, never shown";
    case CT_ROLE_GOOD:
        return "Ending, passed";
    case CT_ROLE_BAD:
        return "Ending, not passed";
    case CT_ROLE_OPEN:
        return "Ending, passed on a condition";
    }
    return "Scene";
}

static struct ct_sv title_of(const struct ct_scene *s)
{
    return s->title.n ? s->title : s->anchor;
}

static json_t *link_model(const struct map *map, const struct ct_scene_link *l)
{
    const struct ct_scenario *sc = map->spot.module->scenario;
    const struct ct_scene *to = l->target < sc->n_scenes ? &sc->scenes[l->target] : NULL;
    struct ct_arena *a = map->rq->arena;
    struct ct_sv chairs = CT_SV_NULL, href = CT_SV_NULL;

    if (l->chairs != CT_DISC_ALL)
        chairs = ct_discipline_set_name(a, &map->rq->cat->disciplines, l->chairs);
    if (to)
        href = ct_arena_printf(a, "#map-%.*s", CT_SV_ARG(to->anchor));
    return json_pack("{s:o, s:o, s:o, s:o, s:o, s:b, s:b}", "text",
                     l->is_rule ? json_null() : ct_view_text(l->text), "target_title",
                     to ? ct_json_sv(title_of(to)) : json_null(), "target_href", ct_view_text(href),
                     "terms", ct_view_text(l->terms), "chairs", ct_view_text(chairs), "is_rule",
                     l->is_rule, "never_open", l->never_open);
}

static json_t *links_model(const struct map *map, const struct ct_scene_link *links, size_t n)
{
    json_t *list = json_array();

    for (size_t i = 0; i < n; i++)
        json_array_append_new(list, link_model(map, &links[i]));
    return list;
}

static json_t *way_model(const struct ct_path *way)
{
    json_t *list = json_array();

    for (size_t i = 0; way->found && i < way->n_steps; i++)
        json_array_append_new(list, json_pack("{s:o}", "text", ct_json_sv(way->steps[i])));
    return list;
}

static json_t *scene_model(const struct map *map, const struct ct_scene_info *info)
{
    const struct ct_scenario *sc = map->spot.module->scenario;
    const struct ct_scene *s = &sc->scenes[info->scene];
    struct ct_sv href =
        ct_arena_printf(map->rq->arena, "%.*s%.*s", CT_SV_ARG(map->place), CT_SV_ARG(s->anchor));
    json_t *way = way_model(&info->way);

    return json_pack("{s:o, s:o, s:o, s:s, s:b, s:b, s:b, s:b, s:b, s:b, s:b, s:o, s:b, s:o}",
                     "anchor", ct_json_sv(s->anchor), "title", ct_json_sv(title_of(s)), "href",
                     ct_json_sv(href), "role", role_words(info->role), "is_good",
                     info->role == CT_ROLE_GOOD, "is_bad", info->role == CT_ROLE_BAD, "is_other",
                     info->role == CT_ROLE_OPEN, "is_start", info->scene == sc->start,
                     "is_unreached", info->unreached, "is_stuck", info->stuck, "has_way",
                     json_array_size(way) > 0, "way", way, "has_links", info->n_links > 0, "links",
                     links_model(map, info->links, info->n_links));
}

static json_t *chairs_model(const struct map *map)
{
    const struct ct_disciplines *d = &map->rq->cat->disciplines;
    ct_disc_set chairs = map->spot.module->scenario->chairs;
    json_t *list = json_array();

    for (size_t i = 0; i < d->n; i++)
        if (chairs & (ct_disc_set)1 << i)
            json_array_append_new(list,
                                  json_pack("{s:o, s:o, s:b}", "slug", ct_json_sv(d->items[i].slug),
                                            "name", ct_json_sv(d->items[i].name), "is_chosen",
                                            ct_sv_eq(d->items[i].slug, map->as)));
    return list;
}

/* Null where it cannot be drawn: the list tells the same. */
static json_t *drawing(const struct map *map)
{
    CT_AUTO_STR svg = CT_STR_INIT(CT_PAGE_MAX);
    const struct ct_catalogue *cat = map->rq->cat; /* its own text has the disciplines */
    const struct ct_sv parts[] = {ct_sv_c(map->spot.module->revision), ct_sv_c(cat->own_revision),
                                  map->as, map->place};
    char key[CT_HASH_HEX + 1];
    int r = ct_drawings_get(map->rq->app->drawings,
                            ct_hash_parts_hex(parts, sizeof parts / sizeof parts[0], key),
                            &map->picture, map->place, &svg, NULL);

    return r == CT_OK ? ct_json_sv(ct_str_sv(&svg)) : json_null();
}

static json_t *map_model(const struct map *map, bool explored)
{
    const struct ct_scenario_picture *p = &map->picture;
    const struct ct_module *m = map->spot.module;
    json_t *scenes = json_array();

    for (size_t i = 0; i < p->n; i++)
        json_array_append_new(scenes, scene_model(map, &p->scenes[i]));
    return json_pack(
        "{s:o, s:o, s:o, s:o, s:o, s:b, s:o, s:b, s:b, s:i, s:o, s:b, s:o, s:b, s:o}", "lang",
        ct_json_sv(m->lang), "module_title", ct_json_sv(m->title.n ? m->title : m->slug), "course",
        ct_model_course(map->rq, map->spot.course), "action", ct_json_sv(map->rq->path),
        "module_href", ct_json_sv(ct_href_module(map->rq, map->spot.course, m)), "is_everybody",
        map->as.n == 0, "chairs", chairs_model(map), "is_explored", explored, "is_proved",
        explored && p->complete, "states", (int)p->n_states, "drawing_html", drawing(map),
        "has_watches", p->n_watches > 0, "watches", links_model(map, p->watches, p->n_watches),
        "has_scenes", p->n > 0, "scenes", scenes);
}

/* The picture of the scenario that an address names, each scene of it a link to `place` and its
 * anchor. */
static int open_map(struct ct_request *rq, struct map *map, bool *ret_explored, struct ct_err *err)
{
    const struct ct_map_input *in = rq->input;
    ct_disc_set chair = ct_discipline_bit(&rq->cat->disciplines, in->as);
    int r;

    *map = (struct map){.rq = rq};
    if ((r = ct_spot_find(rq, CT_SPOT_MODULE, &map->spot, err)) < 0)
        return r;
    if (!map->spot.module->scenario)
        return ct_fail(err, CT_NOT_FOUND, "module", "only a scenario has a picture");
    map->as = chair == CT_DISC_NONE ? CT_SV_NULL : in->as;
    r = ct_scenario_picture(rq->arena, map->spot.module->scenario,
                            chair == CT_DISC_NONE ? CT_DISC_ALL : chair, &map->picture, NULL);
    *ret_explored = r == CT_OK; /* else there are errors; scenes and links are told all the same */
    return CT_OK;
}

json_t *ct_model_map(struct ct_request *rq, bool at_text, struct ct_sv *ret_path,
                     struct ct_sv *ret_title, struct ct_err *err)
{
    struct map map;
    bool explored = false;

    if (open_map(rq, &map, &explored, err) < 0)
        return NULL;
    map.place = CT_SV("#map-");
    if (at_text)
        map.place =
            ct_arena_printf(rq->arena, "%.*s#scene-",
                            CT_SV_ARG(ct_href_module(rq, map.spot.course, map.spot.module)));
    *ret_path = map.spot.module->path;
    *ret_title = ct_arena_printf(
        rq->arena, "Picture of %.*s",
        CT_SV_ARG(map.spot.module->title.n ? map.spot.module->title : map.spot.module->slug));
    return map_model(&map, explored);
}

int ct_get_author_map(struct ct_request *rq, struct ct_response *rs, struct ct_err *err)
{
    struct ct_sv path, title;
    json_t *model = ct_model_map(rq, false, &path, &title, err);

    if (!model)
        return err->code;
    json_object_update_new(model, json_pack("{s:b, s:n, s:i, s:o, s:o}", "is_live", 0, "path",
                                            "generation", 0, "count", json_null(), "title",
                                            ct_json_sv(title)));
    return ct_page(rq, rs, "scenario-map", model, err);
}
