/*
 * explore.c: every state that a scenario can get into from one chair, breadth first, so that the
 * first fault found has a shortest path.
 *
 * Endings are no states here: nothing can be done in them, so an edge to one is only noted at where
 * it leaves from.
 */
#include "state_set_priv.h"

#include "ct/base/banned.h"

#define NO_STATE CT_NO_STATE

struct visit { /* how a state was first reached */
    uint32_t parent;
    uint32_t choice;
};

struct explorer {
    struct ct_arena *scratch;
    const struct ct_scenario *sc;
    ct_disc_set chair;
    size_t limit;
    struct ct_exploration *ret;
    struct ct_scenario_notes notes;
    struct visit *first_entry; /* per scene: how it was first reached */
    size_t *first_choice;      /* per scene: its first choice among all */
    size_t *first_effect;      /* per choice: its first effect among all */

    struct ct_state_set states;
    struct visit *visits;
    bool *exits;          /* per state: leads to an ending, is stuck, or was not followed up */
    uint32_t *first_edge; /* per state, in edges; states are followed up in order */
    size_t cap_visits, cap_exits, cap_first;
    uint32_t *edges; /* states led to */
    size_t n_edges, cap_edges;
};

static void note_values(struct explorer *x, const struct ct_state *s)
{
    for (size_t i = 0; i < x->sc->n_variables; i++) {
        if (s->variables[i] < x->ret->lowest[i])
            x->ret->lowest[i] = s->variables[i];
        if (s->variables[i] > x->ret->highest[i])
            x->ret->highest[i] = s->variables[i];
    }
}

/* How many choices lead to a state. */
static size_t depth_of(const struct explorer *x, uint32_t state)
{
    size_t n = 0;
    for (uint32_t i = state; i != NO_STATE && x->visits[i].parent != NO_STATE;
         i = x->visits[i].parent)
        n++;
    return n;
}

/* The index of a state, new or known; NO_STATE when the limit keeps it out. */
static uint32_t add_state(struct explorer *x, const struct ct_state *s, struct visit visit)
{
    bool fresh;
    size_t n = x->states.n;
    uint32_t state = ct_state_set_put(&x->states, s, x->limit, &fresh);
    if (fresh)
        note_values(x, s);
    if (state == NO_STATE) {
        if (x->ret->complete)
            x->ret->depth = depth_of(x, visit.parent);
        x->ret->complete = false;
    } else if (fresh) {
        x->visits = ct_arena_grow(x->scratch, x->visits, n, &x->cap_visits, sizeof *x->visits);
        x->exits = ct_arena_grow(x->scratch, x->exits, n, &x->cap_exits, sizeof *x->exits);
        x->first_edge =
            ct_arena_grow(x->scratch, x->first_edge, n, &x->cap_first, sizeof *x->first_edge);
        x->visits[state] = visit;
        x->exits[state] = false;
    }
    return state;
}

static void note_ending(struct explorer *x, const struct ct_state *s)
{
    note_values(x, s);
    x->ret->ending_reached[s->scene] = true;
    if (ct_scenario_passed(x->sc, s))
        x->ret->can_pass = true;
    else
        x->ret->can_fail = true;
}

/* Breadth first: how a scene is met for the first time is a shortest way to it. */
static void note_entries(struct explorer *x, struct visit visit)
{
    for (size_t i = 0; i < x->notes.n_fresh; i++)
        x->first_entry[x->notes.fresh[i]] = visit;
    x->notes.n_fresh = 0;
}

/* Follows one open choice of a state. */
static bool follow(struct explorer *x, uint32_t from, const struct ct_state *s, size_t choice)
{
    struct ct_state next;
    size_t among_all = x->first_choice[s->scene] + choice;
    x->ret->opened[among_all] = true;
    x->notes.moved = x->ret->moved + x->first_effect[among_all];
    if (!ct_scenario_take(x->sc, x->chair, s, &x->sc->scenes[s->scene].choices[choice], &next,
                          &x->notes))
        return false;
    note_entries(x, (struct visit){from, (uint32_t)choice});
    if (x->sc->scenes[next.scene].is_ending) {
        note_ending(x, &next);
        x->exits[from] = true;
        return true;
    }
    uint32_t to = add_state(x, &next, (struct visit){from, (uint32_t)choice});
    if (to == NO_STATE)
        x->exits[from] = true;
    else
        CT_ARENA_PUSH(x->scratch, x->edges, x->n_edges, x->cap_edges, to);
    return true;
}

/* The choices up to and with `last`, which led to `scene`. */
static void trace_visit(const struct explorer *x, struct ct_arena *a, struct visit last,
                        size_t scene, struct ct_path *ret)
{
    struct ct_state s;
    size_t n = last.parent == NO_STATE ? 0 : depth_of(x, last.parent) + 1;
    *ret = (struct ct_path){.found = true, .scene = scene, .n_steps = n};
    ret->steps = ct_arena_array(a, struct ct_sv, n);
    for (struct visit v = last; n > 0; v = x->visits[v.parent]) {
        ct_state_set_get(&x->states, v.parent, &s);
        ret->steps[--n] = x->sc->scenes[s.scene].choices[v.choice].plain;
    }
}

static void trace(const struct explorer *x, struct ct_arena *a, uint32_t state, struct ct_path *ret)
{
    struct ct_state s;
    ct_state_set_get(&x->states, state, &s);
    trace_visit(x, a, x->visits[state], s.scene, ret);
}

static bool expand(struct explorer *x, struct ct_arena *a, uint32_t state)
{
    struct ct_state s;
    size_t open = 0;
    ct_state_set_get(&x->states, state, &s);
    x->first_edge[state] = (uint32_t)x->n_edges;
    for (size_t i = 0; i < x->sc->scenes[s.scene].n_choices; i++) {
        if (ct_scenario_choice(x->sc, x->chair, &s, i) != CT_CHOICE_OPEN)
            continue;
        open++;
        if (!follow(x, state, &s, i))
            return false;
    }
    if (open > 0)
        return true;
    x->exits[state] = true;
    if (!x->ret->stuck_in[s.scene].found)
        trace(x, a, state, &x->ret->stuck_in[s.scene]);
    if (!x->ret->stuck.found)
        x->ret->stuck = x->ret->stuck_in[s.scene];
    return true;
}

static size_t edges_end(const struct explorer *x, size_t state)
{
    return state + 1 < x->states.n ? x->first_edge[state + 1] : x->n_edges;
}

/* Spreads `exits` backwards over the edges: afterwards it marks each state with a way out. */
static void spread_exits(struct explorer *x)
{
    uint32_t *begin =
        ct_arena_array(x->scratch, uint32_t, x->states.n + 1); /* into from, per state */
    uint32_t *fill = ct_arena_array(x->scratch, uint32_t, x->states.n);
    uint32_t *from = ct_arena_array(x->scratch, uint32_t, x->n_edges);
    uint32_t *queue = ct_arena_array(x->scratch, uint32_t, x->states.n);
    size_t n_queue = 0;
    for (size_t e = 0; e < x->n_edges; e++)
        begin[x->edges[e] + 1]++;
    for (size_t i = 0; i < x->states.n; i++) {
        begin[i + 1] += begin[i];
        if (x->exits[i])
            queue[n_queue++] = (uint32_t)i;
    }
    for (size_t i = 0; i < x->states.n; i++)
        for (size_t e = x->first_edge[i]; e < edges_end(x, i); e++)
            from[begin[x->edges[e]] + fill[x->edges[e]]++] = (uint32_t)i;
    for (size_t q = 0; q < n_queue; q++) {
        for (size_t e = begin[queue[q]]; e < begin[queue[q] + 1]; e++) {
            if (!x->exits[from[e]]) {
                x->exits[from[e]] = true;
                queue[n_queue++] = from[e];
            }
        }
    }
}

static void find_loops(struct explorer *x, struct ct_arena *a)
{
    struct ct_state s;
    spread_exits(x);
    for (uint32_t i = 0; i < x->states.n; i++) {
        if (x->exits[i])
            continue;
        if (!x->ret->loop.found)
            trace(x, a, i, &x->ret->loop);
        ct_state_set_get(&x->states, i, &s);
        x->ret->lost_in[s.scene] = true;
    }
}

/* What follows from which scenes were reached. */
static void sum_up(struct explorer *x, struct ct_arena *a)
{
    const struct ct_scenario *sc = x->sc;
    x->ret->n_states = x->states.n;
    if (x->ret->complete && x->states.n > 0)
        x->ret->depth = depth_of(x, (uint32_t)x->states.n - 1);
    for (size_t i = 0; i < sc->n_scenes; i++) {
        if (!x->ret->reached[i])
            continue;
        trace_visit(x, a, x->first_entry[i], i, &x->ret->way[i]);
        for (size_t k = 0; k < sc->scenes[i].n_choices; k++)
            x->ret->offered[x->first_choice[i] + k] =
                ct_disc_has(sc->scenes[i].choices[k].chairs, x->chair);
    }
}

static bool run(struct explorer *x, struct ct_arena *a)
{
    struct ct_state s;
    ct_scenario_begin(x->sc, &s);
    if (!ct_scenario_enter(x->sc, x->chair, x->sc->start, &s, &x->notes))
        return false;
    note_entries(x, (struct visit){NO_STATE, 0});
    if (x->sc->scenes[s.scene].is_ending)
        note_ending(x, &s);
    else
        (void)add_state(x, &s, (struct visit){NO_STATE, 0});
    for (uint32_t i = 0; i < x->states.n; i++)
        if (!expand(x, a, i))
            return false;
    find_loops(x, a);
    sum_up(x, a);
    return true;
}

/* Room for what will be found, all of it "not yet". */
static void prepare(struct explorer *x, struct ct_arena *a)
{
    const struct ct_scenario *sc = x->sc;
    struct ct_exploration *ret = x->ret;
    size_t n_choices = 0, n_effects = 0;
    x->first_choice = ct_arena_array(x->scratch, size_t, sc->n_scenes);
    for (size_t i = 0; i < sc->n_scenes; i++) {
        x->first_choice[i] = n_choices;
        n_choices += sc->scenes[i].n_choices;
    }
    x->first_effect = ct_arena_array(x->scratch, size_t, n_choices);
    for (size_t i = 0; i < sc->n_scenes; i++) {
        for (size_t k = 0; k < sc->scenes[i].n_choices; k++) {
            x->first_effect[x->first_choice[i] + k] = n_effects;
            n_effects += sc->scenes[i].choices[k].n_effects;
        }
    }
    x->first_entry = ct_arena_array(x->scratch, struct visit, sc->n_scenes);
    *ret = (struct ct_exploration){.complete = true};
    ret->reached = ct_arena_array(a, bool, sc->n_scenes);
    ret->ending_reached = ct_arena_array(a, bool, sc->n_scenes);
    ret->offered = ct_arena_array(a, bool, n_choices);
    ret->opened = ct_arena_array(a, bool, n_choices);
    ret->moved = ct_arena_array(a, bool, n_effects);
    ret->way = ct_arena_array(a, struct ct_path, sc->n_scenes);
    ret->stuck_in = ct_arena_array(a, struct ct_path, sc->n_scenes);
    ret->lost_in = ct_arena_array(a, bool, sc->n_scenes);
    for (size_t i = 0; i < sc->n_variables; i++) {
        ret->lowest[i] = sc->variables[i].start;
        ret->highest[i] = sc->variables[i].start;
    }
    x->notes.reached = ret->reached;
    x->notes.fresh = ct_arena_array(x->scratch, size_t, sc->n_scenes);
}

int ct_scenario_explore(struct ct_arena *a, const struct ct_scenario *sc, ct_disc_set chair,
                        size_t limit, struct ct_exploration *ret, struct ct_err *err)
{
    CT_AUTO_ARENA scratch = CT_ARENA_INIT;
    struct ct_exploration found;
    struct explorer x = {.scratch = &scratch, .sc = sc, .chair = chair, .ret = &found};
    x.limit = limit > 0 && limit < CT_EXPLORE_MAX ? limit : CT_EXPLORE_MAX;
    if (sc->n_variables > CT_VARS_MAX)
        return ct_fail(err, CT_INTERNAL, "scenario", "too many variables");
    prepare(&x, a);
    ct_state_set_init(&x.states, &scratch, sc);
    if (!run(&x, a))
        return ct_fail(err, CT_INTERNAL, "scenario", "a junction leads nowhere");
    *ret = found;
    return CT_OK;
}
