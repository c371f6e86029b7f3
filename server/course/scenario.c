/*
 * scenario.c: playing a scenario. Every function is a step from state to state and keeps nothing.
 */
#include "scenario_priv.h"

#include "ct/base/banned.h"

static bool test_holds(const struct ct_comparison *t, const struct ct_state *s)
{
    int x = s->variables[t->variable];
    switch (t->op) {
    case CT_LT:
        return x < t->value;
    case CT_LE:
        return x <= t->value;
    case CT_EQ:
        return x == t->value;
    case CT_NE:
        return x != t->value;
    case CT_GE:
        return x >= t->value;
    case CT_GT:
        return x > t->value;
    }
    return false;
}

bool ct_condition_holds(const struct ct_condition *c, const struct ct_state *s)
{
    if (c == NULL || c->n == 0)
        return true;
    for (size_t i = 0; i < c->n; i++)
        if (test_holds(&c->tests[i], s) == c->any)
            return c->any;
    return !c->any;
}

/* "trust of at least 1", "told to be yes". */
static void add_wish(struct ct_str *out, const struct ct_variable *v, const struct ct_comparison *t)
{
    static const char *const words[] = {
        [CT_LT] = "less than ",  [CT_LE] = "at most ",  [CT_EQ] = "exactly ",
        [CT_NE] = "other than ", [CT_GE] = "at least ", [CT_GT] = "more than "};
    ct_str_add_sv(out, v->name);
    if (v->is_flag)
        ct_str_addf(out, " to be %s", (t->value != 0) == (t->op == CT_EQ) ? "yes" : "no");
    else
        ct_str_addf(out, " of %s%d", words[t->op], t->value);
}

struct ct_sv ct_condition_reason(struct ct_arena *a, const struct ct_scenario *sc,
                                 const struct ct_condition *c, const struct ct_state *s)
{
    CT_AUTO_STR wishes = CT_STR_INIT(4096);
    CT_AUTO_STR facts = CT_STR_INIT(4096);
    size_t failing = 0;
    size_t numbers = 0;
    for (size_t i = 0; i < c->n; i++)
        failing += !test_holds(&c->tests[i], s);
    for (size_t i = 0; i < c->n; i++) {
        const struct ct_comparison *t = &c->tests[i];
        const struct ct_variable *v = &sc->variables[t->variable];
        if (test_holds(t, s))
            continue;
        ct_str_add_c(&wishes, wishes.n == 0 ? "needs " : c->any ? " or " : " and ");
        add_wish(&wishes, v, t);
        if (v->is_flag)
            continue;
        int value = s->variables[t->variable];
        if (failing == 1)
            ct_str_addf(&facts, "; it is %d", value);
        else
            ct_str_addf(&facts, "%s%.*s is %d", numbers++ > 0 ? ", " : "; ", CT_SV_ARG(v->name),
                        value);
    }
    return ct_arena_printf(a, "%s%s", wishes.p, facts.p);
}

static const struct ct_rule *first_rule(const struct ct_rule *rules, size_t n, ct_disc_set chair,
                                        const struct ct_state *s)
{
    for (size_t i = 0; i < n; i++)
        if (ct_disc_has(rules[i].chairs, chair) && ct_condition_holds(rules[i].when, s))
            return &rules[i];
    return NULL;
}

bool ct_scenario_enter(const struct ct_scenario *sc, ct_disc_set chair, size_t target,
                       struct ct_state *s, struct ct_scenario_notes *notes)
{
    /* More junctions in a row than there are scenes: one of them came twice. */
    for (size_t hops = 0; hops <= sc->n_scenes; hops++) {
        if (target >= sc->n_scenes)
            return false;
        if (notes != NULL && !notes->reached[target]) {
            notes->reached[target] = true;
            notes->fresh[notes->n_fresh++] = target;
        }
        const struct ct_scene *scene = &sc->scenes[target];
        if (!scene->is_junction) {
            s->scene = target;
            return true;
        }
        const struct ct_rule *rule = first_rule(scene->rules, scene->n_rules, chair, s);
        if (rule == NULL)
            return false;
        target = rule->target;
    }
    return false;
}

void ct_scenario_begin(const struct ct_scenario *sc, struct ct_state *ret)
{
    *ret = (struct ct_state){.scene = sc->start};
    for (size_t i = 0; i < sc->n_variables; i++)
        ret->variables[i] = sc->variables[i].start;
}

int ct_scenario_start(const struct ct_scenario *sc, ct_disc_set chair, struct ct_state *ret,
                      struct ct_err *err)
{
    struct ct_state s;
    ct_scenario_begin(sc, &s);
    if (!ct_scenario_enter(sc, chair, sc->start, &s, NULL))
        return ct_fail(err, CT_INTERNAL, "scenario", "no first scene");
    *ret = s;
    return CT_OK;
}

enum ct_openness ct_scenario_choice(const struct ct_scenario *sc, ct_disc_set chair,
                                    const struct ct_state *s, size_t i)
{
    if (s->scene >= sc->n_scenes || i >= sc->scenes[s->scene].n_choices)
        return CT_CHOICE_HIDDEN;
    const struct ct_choice *c = &sc->scenes[s->scene].choices[i];
    if (!ct_disc_has(c->chairs, chair) || !ct_condition_holds(c->shown_if, s))
        return CT_CHOICE_HIDDEN;
    if (c->once >= 0 && (s->used >> c->once & 1u) != 0)
        return CT_CHOICE_HIDDEN;
    return ct_condition_holds(c->needs, s) ? CT_CHOICE_OPEN : CT_CHOICE_CLOSED;
}

/* True if it changed something. */
static bool apply(const struct ct_scenario *sc, const struct ct_effect *e, struct ct_state *s)
{
    const struct ct_variable *v = &sc->variables[e->variable];
    int64_t x = e->set ? (int64_t)e->value : (int64_t)s->variables[e->variable] + e->value;
    x = x < v->low ? v->low : x > v->high ? v->high : x;
    bool moved = s->variables[e->variable] != (int)x;
    s->variables[e->variable] = (int)x;
    return moved;
}

bool ct_scenario_take(const struct ct_scenario *sc, ct_disc_set chair, const struct ct_state *s,
                      const struct ct_choice *choice, struct ct_state *ret,
                      struct ct_scenario_notes *notes)
{
    *ret = *s;
    if (choice->once >= 0)
        ret->used |= (uint64_t)1 << choice->once;
    for (size_t i = 0; i < choice->n_effects; i++)
        if (apply(sc, &choice->effects[i], ret) && notes != NULL)
            notes->moved[i] = true;
    const struct ct_rule *watch = first_rule(sc->watches, sc->n_watches, chair, ret);
    return ct_scenario_enter(sc, chair, watch != NULL ? watch->target : choice->target, ret, notes);
}

int ct_scenario_choose(const struct ct_scenario *sc, ct_disc_set chair, const struct ct_state *s,
                       size_t i, struct ct_state *ret, struct ct_err *err)
{
    struct ct_state next;
    if (s->scene >= sc->n_scenes || sc->scenes[s->scene].is_ending)
        return ct_fail(err, CT_CONFLICT, "choice", "the case has ended");
    if (ct_scenario_choice(sc, chair, s, i) != CT_CHOICE_OPEN)
        return ct_fail(err, CT_CONFLICT, "choice", "this choice is not open now");
    if (!ct_scenario_take(sc, chair, s, &sc->scenes[s->scene].choices[i], &next, NULL))
        return ct_fail(err, CT_INTERNAL, "scenario", "scene \"%.*s\" leads nowhere",
                       CT_SV_ARG(sc->scenes[s->scene].anchor));
    *ret = next;
    return CT_OK;
}

/* Where choosing in a scene leads: `choices` of this chair, whether one of them `moves` a variable,
 * and, when they all have one target, that. */
struct ways {
    size_t choices, target;
    bool moves, forks;
};

static struct ways ways_of(const struct ct_scene *scene, ct_disc_set chair)
{
    struct ways w = {.target = SIZE_MAX};
    for (size_t i = 0; i < scene->n_choices; i++) {
        const struct ct_choice *c = &scene->choices[i];
        if (!ct_disc_has(c->chairs, chair))
            continue;
        w.forks |= w.choices > 0 && c->target != w.target;
        w.moves |= c->n_effects > 0;
        w.target = c->target;
        w.choices++;
    }
    return w;
}

/* The first scene from here on that does more than lead on. */
static size_t past_mere_text(const struct ct_scenario *sc, ct_disc_set chair, size_t scene)
{
    for (size_t hops = 0; hops < sc->n_scenes && scene < sc->n_scenes; hops++) {
        struct ways w = ways_of(&sc->scenes[scene], chair);
        if (w.choices == 0 || w.moves || w.forks)
            break;
        scene = w.target;
    }
    return scene;
}

bool ct_scenario_decides(const struct ct_scenario *sc, ct_disc_set chair, size_t scene)
{
    size_t first = SIZE_MAX;
    if (scene >= sc->n_scenes)
        return false;
    const struct ct_scene *s = &sc->scenes[scene];
    struct ways w = ways_of(s, chair);
    if (w.choices < 2 || w.moves)
        return w.choices >= 2;
    for (size_t i = 0; i < s->n_choices; i++) {
        if (!ct_disc_has(s->choices[i].chairs, chair))
            continue;
        size_t target = past_mere_text(sc, chair, s->choices[i].target);
        if (first != SIZE_MAX && target != first)
            return true;
        first = target;
    }
    return false;
}

bool ct_scenario_passed(const struct ct_scenario *sc, const struct ct_state *s)
{
    if (s->scene >= sc->n_scenes || !sc->scenes[s->scene].is_ending)
        return false;
    const struct ct_scene *scene = &sc->scenes[s->scene];
    switch (scene->outcome) {
    case CT_FAIL:
        return false;
    case CT_PASS:
        return true;
    case CT_PASS_IF:
        return ct_condition_holds(scene->pass_if, s);
    }
    return false;
}
