/*
 * test_explore.c: exploring, against the numbers of the format's own example and against a naive
 * search that only plays.
 */
#include "scenario_make.h"

#include "ct/base/clock.h"

#include "ct/base/banned.h"

static void the_motel_call_is_explored(void **state)
{
    (void)state;
    static const struct {
        const char *name;
        ct_disc_set chair;
        size_t states, endings;
    } cases[] = {
        {"prosecutor", P, 25, 4},
        {"caseworker", C, 25, 4},
        {"advocate", A, 22, 2},
    };
    CT_AUTO_ARENA a = CT_ARENA_INIT;
    const struct ct_scenario *sc = MAKE(&a, make_motel);
    CT_EACH (c, cases) {
        struct ct_exploration x;
        struct ct_err err = CT_ERR_INIT;
        size_t endings = 0;
        CT_OK_(c->name, ct_scenario_explore(&a, sc, c->chair, 0, &x, &err), &err);
        for (size_t i = 0; i < sc->n_scenes; i++) {
            endings += x.ending_reached[i];
            assert_int_equal(x.ending_reached[i], sc->scenes[i].is_ending && x.reached[i]);
        }
        CT_EQ_I64(c->name, x.n_states, c->states);
        CT_EQ_I64(c->name, endings, c->endings);
        assert_true(x.complete && x.can_pass && x.can_fail);
        assert_false(x.stuck.found || x.loop.found);
    }
}

static const struct make_row faulty[] = {
    {ROW_VARIABLE, "trust = 1 (0 to 3)", NULL, NULL, 0},
    {ROW_SCENE, "start", NULL, NULL, 0},
    {ROW_CHOICE, "Wait", "start", "trust -1", 0},
    {ROW_CHOICE, "Talk", "talk", NULL, 0},
    {ROW_CHOICE, "Turn round", "left", NULL, P},
    {ROW_SCENE, "talk", NULL, NULL, 0},
    {ROW_CHOICE, "Ask", "ending", "needs trust >= 1", 0},
    {ROW_SCENE, "left", NULL, NULL, 0},
    {ROW_CHOICE, "Go right", "right", NULL, 0},
    {ROW_SCENE, "right", NULL, NULL, 0},
    {ROW_CHOICE, "Go left", "left", NULL, 0},
    {ROW_SCENE, "attic", NULL, NULL, 0},
    {ROW_CHOICE, "Down", "start", NULL, 0},
    {ROW_ENDING, "ending", NULL, "pass if trust >= 2", 0},
};

static void faults_are_found_with_the_shortest_path(void **state)
{
    (void)state;
    CT_AUTO_ARENA a = CT_ARENA_INIT;
    const struct ct_scenario *sc = MAKE(&a, faulty);
    struct ct_exploration x;
    struct ct_err err = CT_ERR_INIT;
    CT_OK_("explore", ct_scenario_explore(&a, sc, P, 0, &x, &err), &err);
    assert_true(x.stuck.found);
    CT_EQ_SV("stuck where", sc->scenes[x.stuck.scene].anchor, CT_SV("talk"));
    CT_EQ_I64("stuck after", x.stuck.n_steps, 2);
    CT_EQ_SV("first step", x.stuck.steps[0], CT_SV("Wait"));
    CT_EQ_SV("second step", x.stuck.steps[1], CT_SV("Talk"));
    assert_true(x.loop.found);
    CT_EQ_SV("loop where", sc->scenes[x.loop.scene].anchor, CT_SV("left"));
    CT_EQ_I64("loop after", x.loop.n_steps, 1);
    CT_EQ_SV("loop step", x.loop.steps[0], CT_SV("Turn round"));
    assert_true(!x.can_pass && x.can_fail);
    assert_false(x.reached[make_scene_index(sc, "attic")]);
    CT_OK_("explore", ct_scenario_explore(&a, sc, A, 0, &x, &err), &err);
    assert_true(x.stuck.found && !x.loop.found);
}

static void a_dead_end_is_no_loop(void **state)
{
    (void)state;
    static const struct make_row rows[] = {
        {ROW_SCENE, "start", NULL, NULL, 0},     {ROW_CHOICE, "On", "stop", NULL, 0},
        {ROW_SCENE, "stop", NULL, NULL, 0},      {ROW_CHOICE, "On", "ending", NULL, P},
        {ROW_ENDING, "ending", NULL, "pass", 0},
    };
    CT_AUTO_ARENA a = CT_ARENA_INIT;
    struct ct_exploration x;
    struct ct_err err = CT_ERR_INIT;
    CT_OK_("explore", ct_scenario_explore(&a, MAKE(&a, rows), A, 0, &x, &err), &err);
    assert_true(x.stuck.found && !x.loop.found && !x.can_pass && !x.can_fail);
}

static void a_case_may_end_as_it_starts(void **state)
{
    (void)state;
    static const struct make_row rows[] = {
        {ROW_JUNCTION, "fork", NULL, NULL, 0},
        {ROW_RULE, NULL, "ending", NULL, 0},
        {ROW_ENDING, "ending", NULL, "pass", 0},
    };
    CT_AUTO_ARENA a = CT_ARENA_INIT;
    struct ct_exploration x;
    struct ct_err err = CT_ERR_INIT;
    CT_OK_("explore", ct_scenario_explore(&a, MAKE(&a, rows), A, 0, &x, &err), &err);
    CT_EQ_I64("nothing to choose", x.n_states, 0);
    assert_true(x.complete && x.can_pass && !x.can_fail && x.reached[0] && x.reached[1]);
}

/* 4^9 = 262,144 states. */
static const struct make_row vast[] = {
    {ROW_VARIABLE, "a = 0 (0 to 3)", NULL, NULL, 0},
    {ROW_VARIABLE, "b = 0 (0 to 3)", NULL, NULL, 0},
    {ROW_VARIABLE, "c = 0 (0 to 3)", NULL, NULL, 0},
    {ROW_VARIABLE, "d = 0 (0 to 3)", NULL, NULL, 0},
    {ROW_VARIABLE, "e = 0 (0 to 3)", NULL, NULL, 0},
    {ROW_VARIABLE, "f = 0 (0 to 3)", NULL, NULL, 0},
    {ROW_VARIABLE, "g = 0 (0 to 3)", NULL, NULL, 0},
    {ROW_VARIABLE, "h = 0 (0 to 3)", NULL, NULL, 0},
    {ROW_VARIABLE, "i = 0 (0 to 3)", NULL, NULL, 0},
    {ROW_SCENE, "start", NULL, NULL, 0},
    {ROW_CHOICE, "a", "start", "a +1", 0},
    {ROW_CHOICE, "b", "start", "b +1", 0},
    {ROW_CHOICE, "c", "start", "c +1", 0},
    {ROW_CHOICE, "d", "start", "d +1", 0},
    {ROW_CHOICE, "e", "start", "e +1", 0},
    {ROW_CHOICE, "f", "start", "f +1", 0},
    {ROW_CHOICE, "g", "start", "g +1", 0},
    {ROW_CHOICE, "h", "start", "h +1", 0},
    {ROW_CHOICE, "i", "start", "i +1", 0},
    {ROW_CHOICE, "end", "ending", "if a >= 3 and b >= 3 and i >= 3", 0},
    {ROW_ENDING, "ending", NULL, "pass", 0},
};

static void a_limit_is_said(void **state)
{
    (void)state;
    CT_AUTO_ARENA a = CT_ARENA_INIT;
    const struct ct_scenario *sc = MAKE(&a, vast);
    struct ct_exploration x;
    struct ct_err err = CT_ERR_INIT;
    CT_OK_("explore", ct_scenario_explore(&a, sc, P, 100, &x, &err), &err);
    assert_false(x.complete);
    CT_EQ_I64("stopped there", x.n_states, 100);
    assert_in_range(x.depth, 1, 99);
    assert_false(x.can_pass);
    assert_false(x.loop.found || x.stuck.found); /* not proved, so not said */
    const struct ct_scenario *motel = MAKE(&a, make_motel);
    CT_OK_("explore", ct_scenario_explore(&a, motel, P, 25, &x, &err), &err);
    assert_true(x.complete);
    CT_OK_("explore", ct_scenario_explore(&a, motel, P, 24, &x, &err), &err);
    assert_false(x.complete);
}

/* Generous, because it runs under sanitizers and beside others; without them it takes 0.1 s. */
static void a_vast_scenario_takes_no_time(void **state)
{
    (void)state;
    CT_AUTO_ARENA a = CT_ARENA_INIT;
    struct ct_exploration x;
    struct ct_err err = CT_ERR_INIT;
    int64_t before = ct_monotonic_us();
    CT_OK_("explore", ct_scenario_explore(&a, MAKE(&a, vast), P, 0, &x, &err), &err);
    int64_t took = ct_monotonic_us() - before;
    CT_EQ_I64("to the limit", x.n_states, CT_EXPLORE_MAX);
    assert_in_range(took, 0, 20 * 1000 * 1000);
    print_message("%zu states in %lld us\n", x.n_states, (long long)took);
}

/* Wide ranges and all sixteen variables: several words a state. */
static void states_may_need_several_words(void **state)
{
    (void)state;
    CT_AUTO_ARENA a = CT_ARENA_INIT;
    struct make_row rows[CT_VARS_MAX + 5] = {{ROW_SCENE, NULL, NULL, NULL, 0}};
    for (int i = 0; i < CT_VARS_MAX; i++)
        rows[i] = (struct make_row){
            ROW_VARIABLE, ct_arena_printf(&a, "v%c = %d (-1000000 to 1000000)", 'a' + i, i - 8).p,
            NULL, NULL, 0};
    rows[CT_VARS_MAX] = (struct make_row){ROW_SCENE, "start", NULL, NULL, 0};
    rows[CT_VARS_MAX + 1] =
        (struct make_row){ROW_CHOICE, "first", "start", "va = -1000000, once", 0};
    rows[CT_VARS_MAX + 2] =
        (struct make_row){ROW_CHOICE, "last", "start", "vp = 1000000, vo -3, once", 0};
    rows[CT_VARS_MAX + 3] = (struct make_row){
        ROW_CHOICE, "end", "ending", "if va = -1000000 and vp = 1000000 and vo = 3 and vh = -1", 0};
    rows[CT_VARS_MAX + 4] = (struct make_row){ROW_ENDING, "ending", NULL, "pass", 0};
    struct ct_exploration x;
    struct ct_err err = CT_ERR_INIT;
    CT_OK_("explore", ct_scenario_explore(&a, MAKE(&a, rows), P, 0, &x, &err), &err);
    CT_EQ_I64("in either order", x.n_states, 4);
    assert_true(x.can_pass && !x.stuck.found && !x.loop.found);
}

/* The naive search: a list of states, grown by playing, without hashing, packing or edges. */

enum { NAIVE_MAX = 4000 };

struct naive {
    const struct ct_scenario *sc;
    struct ct_state states[NAIVE_MAX];
    size_t distance[NAIVE_MAX];
    size_t n;
    bool pass, fail;
    bool shown[CT_SCENES_MAX];
};

static bool same_state(const struct ct_state *a, const struct ct_state *b, size_t n_variables)
{
    return a->scene == b->scene && a->used == b->used &&
           memcmp(a->variables, b->variables, n_variables * sizeof a->variables[0]) == 0;
}

static size_t naive_find(const struct naive *n, const struct ct_state *s)
{
    size_t i = 0;
    while (i < n->n && !same_state(&n->states[i], s, n->sc->n_variables))
        i++;
    return i;
}

/* Depth first; comes back to a state that a shorter way leads to. */
static void naive_visit(struct naive *n, const struct ct_state *s, size_t distance)
{
    struct ct_err err = CT_ERR_INIT;
    n->shown[s->scene] = true;
    if (n->sc->scenes[s->scene].is_ending) {
        n->pass = n->pass || ct_scenario_passed(n->sc, s);
        n->fail = n->fail || !ct_scenario_passed(n->sc, s);
        return;
    }
    size_t at = naive_find(n, s);
    if (at < n->n && n->distance[at] <= distance)
        return;
    assert_true(at < NAIVE_MAX);
    n->states[at] = *s;
    n->distance[at] = distance;
    if (at == n->n)
        n->n++;
    for (size_t i = 0; i < n->sc->scenes[s->scene].n_choices; i++) {
        struct ct_state next;
        if (ct_scenario_choice(n->sc, P, s, i) != CT_CHOICE_OPEN)
            continue;
        CT_OK_("choose", ct_scenario_choose(n->sc, P, s, i, &next, &err), &err);
        naive_visit(n, &next, distance + 1);
    }
}

enum naive_fate { FATE_MOVES, FATE_ENDS, FATE_STUCK };

/* What one state can do at once; its followers into next[]. */
static enum naive_fate naive_step(const struct naive *n, size_t at, size_t *next, size_t *ret_n)
{
    struct ct_err err = CT_ERR_INIT;
    enum naive_fate fate = FATE_STUCK;
    *ret_n = 0;
    for (size_t i = 0; i < n->sc->scenes[n->states[at].scene].n_choices; i++) {
        struct ct_state s;
        if (ct_scenario_choice(n->sc, P, &n->states[at], i) != CT_CHOICE_OPEN)
            continue;
        CT_OK_("choose", ct_scenario_choose(n->sc, P, &n->states[at], i, &s, &err), &err);
        if (n->sc->scenes[s.scene].is_ending)
            return FATE_ENDS;
        fate = FATE_MOVES;
        next[(*ret_n)++] = naive_find(n, &s);
    }
    return fate;
}

static bool naive_gets_out(const struct naive *n, size_t at, bool *seen)
{
    size_t next[8];
    size_t n_next;
    seen[at] = true;
    if (naive_step(n, at, next, &n_next) != FATE_MOVES)
        return true;
    for (size_t i = 0; i < n_next; i++)
        if (!seen[next[i]] && naive_gets_out(n, next[i], seen))
            return true;
    return false;
}

/* How far the nearest stuck state and the nearest endless one are; SIZE_MAX: there is none. */
static void naive_faults(const struct naive *n, size_t *ret_stuck, size_t *ret_loop)
{
    *ret_stuck = SIZE_MAX;
    *ret_loop = SIZE_MAX;
    for (size_t i = 0; i < n->n; i++) {
        size_t next[8];
        size_t n_next;
        bool seen[NAIVE_MAX] = {false};
        if (naive_step(n, i, next, &n_next) == FATE_STUCK && n->distance[i] < *ret_stuck)
            *ret_stuck = n->distance[i];
        if (n->distance[i] < *ret_loop && !naive_gets_out(n, i, seen))
            *ret_loop = n->distance[i];
    }
}

static uint32_t roll(uint32_t *s, uint32_t bound)
{
    *s = *s * 1664525u + 1013904223u;
    return (*s >> 16) % bound;
}

static const char *const scene_names[] = {"s0", "s1", "s2", "s3", "s4", "s5", "e0", "e1"};

static struct make_row random_choice(uint32_t *dice, const char *name)
{
    static const char *const chips[] = {NULL,
                                        "x +1",
                                        "y -1",
                                        "x -1, y +1",
                                        "once",
                                        "once, x +1",
                                        "if x >= 1",
                                        "needs y >= 1",
                                        "if x = 0 or y = 2, y = 0",
                                        "needs f = yes and y >= 1",
                                        "f = yes",
                                        "f = no, x = 2",
                                        "if f = no",
                                        "needs x >= 2, once"};
    static const ct_disc_set chairs[] = {0, 0, 0, P, A};
    /* Scenes more often than endings, or every walk would be short. */
    const char *target = scene_names[roll(dice, 9) == 0 ? 6 + roll(dice, 2) : roll(dice, 6)];
    return (struct make_row){ROW_CHOICE, name, target, chips[roll(dice, 14)],
                             chairs[roll(dice, 5)]};
}

/* Six scenes, of which the second may be a junction that leads on only, and two endings. */
static size_t random_rows(uint32_t *dice, struct make_row *rows)
{
    static const char *const names[] = {"c0", "c1", "c2", "c3"};
    static const char *const conditions[] = {"x >= 1", "y <= 1", "f = yes", "x = 2 and y = 2"};
    size_t n = 0;
    rows[n++] = (struct make_row){ROW_VARIABLE, "x = 0 (0 to 2)", NULL, NULL, 0};
    rows[n++] = (struct make_row){ROW_VARIABLE, "y = 1 (0 to 2)", NULL, NULL, 0};
    rows[n++] = (struct make_row){ROW_VARIABLE, "f = no", NULL, NULL, 0};
    if (roll(dice, 3) == 0)
        rows[n++] = (struct make_row){ROW_WATCH, conditions[roll(dice, 4)],
                                      scene_names[roll(dice, 8)], NULL, 0};
    for (size_t s = 0; s < 6; s++) {
        bool junction = s == 1 && roll(dice, 2) == 0;
        rows[n++] =
            (struct make_row){junction ? ROW_JUNCTION : ROW_SCENE, scene_names[s], NULL, NULL, 0};
        if (junction) {
            rows[n++] = (struct make_row){ROW_RULE, conditions[roll(dice, 4)],
                                          scene_names[2 + roll(dice, 6)], NULL, 0};
            rows[n++] = (struct make_row){ROW_RULE, NULL, scene_names[2 + roll(dice, 6)], NULL, 0};
        }
        for (size_t c = 0; !junction && c < 1 + roll(dice, 4); c++)
            rows[n++] = random_choice(dice, names[c]);
    }
    rows[n++] = (struct make_row){ROW_ENDING, "e0", NULL, "pass if x >= 1", 0};
    rows[n++] = (struct make_row){ROW_ENDING, "e1", NULL, "fail", 0};
    return n;
}

/* Plays a path by the names of its choices; true if it leads to its scene. */
static bool replays(const struct ct_scenario *sc, const struct ct_path *path)
{
    struct ct_state s;
    struct ct_err err = CT_ERR_INIT;
    CT_OK_("start", ct_scenario_start(sc, P, &s, &err), &err);
    for (size_t i = 0; i < path->n_steps; i++) {
        const struct ct_scene *scene = &sc->scenes[s.scene];
        size_t c = 0;
        while (c < scene->n_choices && !ct_sv_eq(scene->choices[c].plain, path->steps[i]))
            c++;
        if (ct_scenario_choose(sc, P, &s, c, &s, &err) < 0)
            return false;
    }
    return s.scene == path->scene;
}

static void agree_on(const struct ct_scenario *sc, struct naive *n, const struct ct_exploration *x)
{
    struct ct_state s;
    struct ct_err err = CT_ERR_INIT;
    size_t stuck;
    size_t loop;
    *n = (struct naive){.sc = sc};
    CT_OK_("start", ct_scenario_start(sc, P, &s, &err), &err);
    naive_visit(n, &s, 0);
    naive_faults(n, &stuck, &loop);
    CT_EQ_I64("states", x->n_states, n->n);
    CT_EQ_I64("pass", x->can_pass, n->pass);
    CT_EQ_I64("fail", x->can_fail, n->fail);
    for (size_t i = 0; i < sc->n_scenes; i++) {
        if (!sc->scenes[i].is_junction)
            CT_EQ_I64("reached", x->reached[i], n->shown[i]);
        CT_EQ_I64("has a way", x->way[i].found, x->reached[i]);
        if (x->reached[i] && !sc->scenes[i].is_junction)
            assert_true(replays(sc, &x->way[i]));
    }
    size_t deepest = 0;
    for (size_t i = 0; i < n->n; i++) {
        deepest = n->distance[i] > deepest ? n->distance[i] : deepest;
        if (x->way[n->states[i].scene].n_steps > n->distance[i])
            fail_msg("a shorter way than the shortest");
        for (size_t v = 0; v < sc->n_variables; v++)
            assert_in_range(n->states[i].variables[v], x->lowest[v], x->highest[v]);
    }
    CT_EQ_I64("depth", x->depth, deepest);
    CT_EQ_I64("stuck", x->stuck.found ? x->stuck.n_steps : SIZE_MAX, stuck);
    CT_EQ_I64("loop", x->loop.found ? x->loop.n_steps : SIZE_MAX, loop);
    assert_true(!x->stuck.found || replays(sc, &x->stuck));
    assert_true(!x->loop.found || replays(sc, &x->loop));
}

static void the_naive_search_finds_the_same(void **state)
{
    (void)state;
    struct naive *n = malloc(sizeof *n);
    uint32_t dice = 20261122;
    size_t stuck = 0;
    size_t loops = 0;
    size_t sound = 0;
    assert_non_null(n);
    for (int round = 0; round < 300; round++) {
        CT_AUTO_ARENA a = CT_ARENA_INIT;
        struct make_row rows[64];
        struct ct_exploration x;
        struct ct_err err = CT_ERR_INIT;
        const struct ct_scenario *sc = make_scenario(&a, rows, random_rows(&dice, rows));
        CT_OK_("explore", ct_scenario_explore(&a, sc, P, 0, &x, &err), &err);
        agree_on(sc, n, &x);
        stuck += x.stuck.found;
        loops += x.loop.found;
        sound += !x.stuck.found && !x.loop.found;
    }
    free(n);
    /* The comparison is worth something only if all sorts came up. */
    assert_true(stuck >= 20 && loops >= 20 && sound >= 20);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_motel_call_is_explored),
        cmocka_unit_test(faults_are_found_with_the_shortest_path),
        cmocka_unit_test(a_dead_end_is_no_loop),
        cmocka_unit_test(a_case_may_end_as_it_starts),
        cmocka_unit_test(a_limit_is_said),
        cmocka_unit_test(a_vast_scenario_takes_no_time),
        cmocka_unit_test(states_may_need_several_words),
        cmocka_unit_test(the_naive_search_finds_the_same),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
