/*
 * shares.c: how the runs of a scenario end. First all states and the ways between them; then what
 * a run from each state comes to when it is played at random; from that, which choice is the
 * careful one; and last, for each manner of playing, how the runs spread over the endings.
 */
#include "ct/course/shares.h"

#include "state_set_priv.h"

#include "ct/base/banned.h"

#define NOTHING 1e-12 /* a share too small to tell of */

struct way {       /* an open choice of a state */
    uint32_t to;   /* a state; CT_NO_STATE: it ends the run */
    size_t ending; /* then the scene */
    bool passes;
};

struct graph {
    struct ct_arena *arena;
    const struct ct_scenario *sc;
    ct_disc_set chair;
    size_t limit;
    struct ct_state_set states;
    struct way *ways;
    size_t n_ways, cap_ways;
    size_t *first; /* per state: its first way; states are followed up in order */
    size_t n_first, cap_first;
    size_t best;   /* the ending that careful play wants; n_scenes: none passes */
    double *worth; /* per state: what runs played at random from it come to */
};

static size_t ways_end(const struct graph *g, size_t state)
{
    return state + 1 < g->states.n ? g->first[state + 1] : g->n_ways;
}

/* ---- the states and the ways between them ---- */

/* Where a state that was just entered belongs. False if the limit keeps it out. */
static bool place(struct graph *g, const struct ct_state *s, struct way *ret)
{
    bool fresh;
    *ret = (struct way){.to = CT_NO_STATE, .ending = s->scene};
    if (g->sc->scenes[s->scene].is_ending) {
        ret->passes = ct_scenario_passed(g->sc, s);
        return true;
    }
    ret->to = ct_state_set_put(&g->states, s, g->limit, &fresh);
    return ret->to != CT_NO_STATE;
}

static int follow_up(struct graph *g, size_t state, bool *ret_fits, struct ct_err *err)
{
    struct ct_state s, next;
    struct way way;
    ct_state_set_get(&g->states, state, &s);
    CT_ARENA_PUSH(g->arena, g->first, g->n_first, g->cap_first, g->n_ways);
    for (size_t i = 0; *ret_fits && i < g->sc->scenes[s.scene].n_choices; i++) {
        if (ct_scenario_choice(g->sc, g->chair, &s, i) != CT_CHOICE_OPEN)
            continue;
        if (!ct_scenario_take(g->sc, g->chair, &s, &g->sc->scenes[s.scene].choices[i], &next, NULL))
            return ct_fail(err, CT_INTERNAL, "scenario", "a junction leads nowhere");
        *ret_fits = place(g, &next, &way);
        CT_ARENA_PUSH(g->arena, g->ways, g->n_ways, g->cap_ways, way);
    }
    return CT_OK;
}

/* *ret_start: where a run begins. *ret_fits: all states are there. */
static int build(struct graph *g, struct way *ret_start, bool *ret_fits, struct ct_err *err)
{
    struct ct_state s;
    int r = ct_scenario_start(g->sc, g->chair, &s, err);
    if (r < 0)
        return r;
    *ret_fits = place(g, &s, ret_start);
    for (size_t i = 0; *ret_fits && i < g->states.n; i++)
        if ((r = follow_up(g, i, ret_fits, err)) < 0)
            return r;
    return CT_OK;
}

/* ---- what a state is worth ---- */

static size_t best_ending(const struct ct_scenario *sc)
{
    size_t i = 0;
    while (i < sc->n_scenes && (!sc->scenes[i].is_ending || sc->scenes[i].outcome == CT_FAIL))
        i++;
    return i;
}

static double worth_of(const struct graph *g, const struct way *way)
{
    if (way->to != CT_NO_STATE)
        return g->worth[way->to];
    if (!way->passes)
        return 0;
    return way->ending == g->best ? 1 : 0.5;
}

/* Backwards, because most ways lead on to later states; again until nothing moves, for those that
 * lead back. */
static void find_worth(struct graph *g)
{
    double moved = 1;
    g->worth = ct_arena_array(g->arena, double, g->states.n);
    for (int round = 0; round < CT_SHARES_STEPS && moved > NOTHING; round++) {
        moved = 0;
        for (size_t i = g->states.n; i-- > 0;) {
            double sum = 0, n = (double)(ways_end(g, i) - g->first[i]);
            for (size_t w = g->first[i]; w < ways_end(g, i); w++)
                sum += worth_of(g, &g->ways[w]);
            double worth = n > 0 ? sum / n : 0;
            double by = worth > g->worth[i] ? worth - g->worth[i] : g->worth[i] - worth;
            moved = by > moved ? by : moved;
            g->worth[i] = worth;
        }
    }
}

/* ---- playing ---- */

/* How likely each way of a state is to be taken: ret[], from its first way on. */
static void weigh(const struct graph *g, size_t state, enum ct_manner manner, double *ret)
{
    static const double care[CT_MANNERS] = {0, 0.75, 1};
    size_t first = g->first[state], n = ways_end(g, state) - first, n_best = 0;
    double best = 0;
    for (size_t i = 0; i < n; i++)
        best = worth_of(g, &g->ways[first + i]) > best ? worth_of(g, &g->ways[first + i]) : best;
    for (size_t i = 0; i < n; i++)
        n_best += worth_of(g, &g->ways[first + i]) > best - NOTHING;
    for (size_t i = 0; i < n; i++) {
        bool is_best = worth_of(g, &g->ways[first + i]) > best - NOTHING;
        ret[first + i] = (1 - care[manner]) / (double)n;
        ret[first + i] += is_best ? care[manner] / (double)n_best : 0;
    }
}

static void arrive(struct ct_shares *ret, const struct way *way, double share, double *next)
{
    if (way->to != CT_NO_STATE) {
        next[way->to] += share;
        return;
    }
    ret->ending[way->ending] += share;
    ret->passed += way->passes ? share : 0;
}

/* One choice of every run that has not ended. The share of those that go on. */
static double step(const struct graph *g, const double *weights, const double *now, double *next,
                   struct ct_shares *ret)
{
    double left = 0;
    memset(next, 0, g->states.n * sizeof *next);
    for (size_t i = 0; i < g->states.n; i++) {
        if (now[i] <= 0)
            continue;
        if (ways_end(g, i) == g->first[i])
            ret->unended += now[i];
        for (size_t w = g->first[i]; w < ways_end(g, i); w++)
            arrive(ret, &g->ways[w], now[i] * weights[w], next);
    }
    for (size_t i = 0; i < g->states.n; i++)
        left += next[i];
    return left;
}

static void play(struct graph *g, const struct way *start, enum ct_manner manner,
                 struct ct_shares *ret)
{
    double *now = ct_arena_array(g->arena, double, g->states.n);
    double *next = ct_arena_array(g->arena, double, g->states.n);
    double *weights = ct_arena_array(g->arena, double, g->n_ways);
    double left = start->to == CT_NO_STATE ? 0 : 1;
    for (size_t i = 0; i < g->states.n; i++)
        weigh(g, i, manner, weights);
    arrive(ret, start, 1, now);
    for (int steps = 0; steps < CT_SHARES_STEPS && left > NOTHING; steps++) {
        left = step(g, weights, now, next, ret);
        double *swap = now;
        now = next;
        next = swap;
    }
    ret->unended += left > NOTHING ? left : 0;
}

int ct_scenario_shares(struct ct_arena *a, const struct ct_scenario *sc, ct_disc_set chair,
                       size_t limit, struct ct_shares ret[CT_MANNERS], struct ct_err *err)
{
    CT_AUTO_ARENA scratch = CT_ARENA_INIT;
    struct graph g = {.arena = &scratch, .sc = sc, .chair = chair, .best = best_ending(sc)};
    struct way start;
    bool fits;
    g.limit = limit > 0 && limit < CT_EXPLORE_MAX ? limit : CT_EXPLORE_MAX;
    if (sc->n_variables > CT_VARS_MAX)
        return ct_fail(err, CT_INTERNAL, "scenario", "too many variables");
    ct_state_set_init(&g.states, &scratch, sc);
    int r = build(&g, &start, &fits, err);
    if (r < 0)
        return r;
    if (fits)
        find_worth(&g);
    for (int m = 0; m < CT_MANNERS; m++) {
        ret[m] = (struct ct_shares){.complete = fits};
        ret[m].ending = ct_arena_array(a, double, sc->n_scenes);
        if (fits)
            play(&g, &start, (enum ct_manner)m, &ret[m]);
    }
    return CT_OK;
}
