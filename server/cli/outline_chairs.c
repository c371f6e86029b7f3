/*
 * outline_chairs.c: of each chair of a scenario, what exploring found and how its runs end.
 */
#include "outline_priv.h"

#include "ct/course/shares.h"

#include "ct/base/banned.h"

static json_t *endings(const struct ct_scenario *sc, const struct ct_shares *shares)
{
    json_t *list = json_array();
    for (size_t i = 0; i < sc->n_scenes; i++) {
        if (!sc->scenes[i].is_ending)
            continue;
        json_t *e = json_pack("{s:f}", "share", shares->ending[i]);
        ct_json_set_sv(e, "ending", sc->scenes[i].title);
        json_array_append_new(list, e);
    }
    return list;
}

/* How runs end, by how the case is played; null where there are too many states to tell. */
static json_t *played(struct ct_arena *a, const struct ct_scenario *sc, ct_disc_set chair)
{
    static const char *const names[CT_MANNERS] = {"random", "mostly_careful", "careful"};
    struct ct_shares shares[CT_MANNERS];
    if (ct_scenario_shares(a, sc, chair, 0, shares, NULL) < 0 || !shares[0].complete)
        return json_null();
    json_t *o = json_object();
    for (int m = 0; m < CT_MANNERS; m++)
        json_object_set_new(o, names[m],
                            json_pack("{s:f, s:f, s:o}", "passed", shares[m].passed, "unended",
                                      shares[m].unended, "endings", endings(sc, &shares[m])));
    return o;
}

static int add_chair(struct ct_arena *a, json_t *list, const struct ct_scenario *sc,
                     ct_disc_set chair, struct ct_sv name, struct ct_err *err)
{
    struct ct_exploration x;
    size_t scenes = 0, reached = 0, endings = 0, ended = 0;
    int r = ct_scenario_explore(a, sc, chair, 0, &x, err);
    if (r < 0)
        return r;
    for (size_t i = 0; i < sc->n_scenes; i++) {
        bool ending = sc->scenes[i].is_ending;
        endings += ending;
        ended += ending && x.ending_reached[i];
        scenes += !ending && !sc->scenes[i].is_junction;
        reached += !ending && !sc->scenes[i].is_junction && x.reached[i];
    }
    json_t *c = json_pack("{s:I, s:I, s:I, s:I, s:I, s:b, s:b, s:I}", "states",
                          (json_int_t)x.n_states, "scenes", (json_int_t)scenes, "scenes_reached",
                          (json_int_t)reached, "endings", (json_int_t)endings, "endings_reached",
                          (json_int_t)ended, "can_pass", (int)x.can_pass, "proved", (int)x.complete,
                          "choices_followed", (json_int_t)x.depth);
    ct_json_set_sv(c, "chair", name);
    json_object_set_new(c, "played", played(a, sc, chair));
    json_array_append_new(list, c);
    return CT_OK;
}

json_t *ct_cli_outline_chairs(struct ct_arena *a, const struct ct_scenario *sc,
                              const struct ct_disciplines *d, bool broken)
{
    json_t *list = json_array();
    struct ct_err err = CT_ERR_INIT;
    if (broken)
        return list;
    if (sc->chairs == CT_DISC_ALL) {
        add_chair(a, list, sc, CT_DISC_ALL, CT_SV("everybody"), &err);
        return list;
    }
    for (size_t i = 0; i < d->n; i++)
        if ((sc->chairs >> i & 1u) != 0)
            add_chair(a, list, sc, (ct_disc_set)1 << i, d->items[i].slug, &err);
    return list;
}
