/*
 * scenario_state.c: states of a run as they are stored, and back. What comes back is checked whole:
 * it may have been stored for another text of the scenario.
 */
#include "ct/course/scenario.h"

#include "ct/base/banned.h"

json_t *ct_state_json(const struct ct_scenario *sc, const struct ct_state *s)
{
    json_t *variables = json_object();
    json_t *used = json_array();
    for (size_t i = 0; i < sc->n_variables; i++) {
        struct ct_sv name = sc->variables[i].name;
        json_object_setn_new(variables, name.p, name.n, json_integer(s->variables[i]));
    }
    for (int i = 0; i < CT_ONCE_MAX; i++)
        if ((s->used >> i & 1u) != 0)
            json_array_append_new(used, json_integer(i));
    json_t *object = json_object();
    json_object_set_new(object, "scene", ct_json_sv(sc->scenes[s->scene].anchor));
    json_object_set_new(object, "variables", variables);
    json_object_set_new(object, "used", used);
    return object;
}

static bool read_scene(const struct ct_scenario *sc, const json_t *json, struct ct_state *s)
{
    struct ct_sv anchor = ct_json_get_sv(json, "scene");
    for (size_t i = 0; i < sc->n_scenes; i++) {
        if (!sc->scenes[i].is_junction && ct_sv_eq(sc->scenes[i].anchor, anchor)) {
            s->scene = i;
            return true;
        }
    }
    return false;
}

static bool read_variables(const struct ct_scenario *sc, const json_t *json, struct ct_state *s)
{
    const json_t *values = json_object_get(json, "variables");
    if (!json_is_object(values) || json_object_size(values) != sc->n_variables)
        return false;
    for (size_t i = 0; i < sc->n_variables; i++) {
        const struct ct_variable *v = &sc->variables[i];
        const json_t *value = json_object_getn(values, v->name.p, v->name.n);
        json_int_t x = json_integer_value(value);
        if (!json_is_integer(value) || x < v->low || x > v->high)
            return false;
        s->variables[i] = (int)x;
    }
    return true;
}

/* The once-choices that there are. */
static uint64_t known_uses(const struct ct_scenario *sc)
{
    uint64_t known = 0;
    for (size_t i = 0; i < sc->n_scenes; i++)
        for (size_t k = 0; k < sc->scenes[i].n_choices; k++)
            if (sc->scenes[i].choices[k].once >= 0)
                known |= (uint64_t)1 << sc->scenes[i].choices[k].once;
    return known;
}

static bool read_used(const struct ct_scenario *sc, const json_t *json, struct ct_state *s)
{
    const json_t *used = json_object_get(json, "used");
    uint64_t known = known_uses(sc);
    if (!json_is_array(used))
        return false;
    for (size_t i = 0; i < json_array_size(used); i++) {
        const json_t *item = json_array_get(used, i);
        json_int_t bit = json_integer_value(item);
        if (!json_is_integer(item) || bit < 0 || bit >= CT_ONCE_MAX || (known >> bit & 1u) == 0)
            return false;
        s->used |= (uint64_t)1 << bit;
    }
    return true;
}

int ct_state_from_json(const struct ct_scenario *sc, const json_t *json, struct ct_state *ret,
                       struct ct_err *err)
{
    struct ct_state s = {.scene = 0};
    if (!read_scene(sc, json, &s))
        return ct_fail(err, CT_BAD_INPUT, "scene", "no such scene in this scenario");
    if (!read_variables(sc, json, &s))
        return ct_fail(err, CT_BAD_INPUT, "variables", "not the variables of this scenario");
    if (!read_used(sc, json, &s))
        return ct_fail(err, CT_BAD_INPUT, "used", "no such choices in this scenario");
    *ret = s;
    return CT_OK;
}
