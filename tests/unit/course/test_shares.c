/*
 * test_shares.c: how runs end, against shares worked out by hand and against playing every run one
 * by one.
 */
#include "scenario_make.h"

#include "ct/course/shares.h"

#include "ct/base/banned.h"

static void near(const char *name, double got, double want)
{
    if (got < want - 1e-9 || got > want + 1e-9)
        fail_msg("%s: %.12f, not %.12f", name, got, want);
}

static size_t scene_of(const struct ct_scenario *sc, const char *anchor)
{
    for (size_t i = 0; i < sc->n_scenes; i++)
        if (ct_sv_eq_c(sc->scenes[i].anchor, anchor))
            return i;
    fail_msg("no scene %s", anchor);
    return 0;
}

/* Two choices; the second scene has four, of which one may be closed. */
static const struct make_row fork[] = {
    {ROW_VARIABLE, "trust = 1 (0 to 3)", NULL, NULL, 0},
    {ROW_SCENE, "start", NULL, NULL, 0},
    {ROW_CHOICE, "Listen", "room", "trust +1", 0},
    {ROW_CHOICE, "Shout", "room", "trust -1", 0},
    {ROW_SCENE, "room", NULL, NULL, 0},
    {ROW_CHOICE, "Stay", "held", "needs trust >= 2", 0},
    {ROW_CHOICE, "Sit", "shaky", NULL, 0},
    {ROW_CHOICE, "Leave", "lost", NULL, 0},
    {ROW_CHOICE, "Slam the door", "lost", NULL, 0},
    {ROW_ENDING, "held", NULL, "pass", 0},
    {ROW_ENDING, "shaky", NULL, "pass", 0},
    {ROW_ENDING, "lost", NULL, "fail", 0},
};

/* After "Listen" a run comes to (1 + 1/2) / 4, after "Shout" to (1/2) / 3: listening is careful,
 * and then staying. */
static void shares_are_those_worked_out_by_hand(void **state)
{
    (void)state;
    static const struct {
        const char *name;
        enum ct_manner manner;
        double held, shaky, lost, passed;
    } cases[] = {
        {"at random", CT_PLAY_RANDOM, 1. / 8, 7. / 24, 7. / 12, 5. / 12},
        /* Listen: 3/4 + 1/8 = 7/8, then stay: 3/4 + 1/16, else 1/16 each; after Shout sit: 3/4 +
         * 1/12, else 1/12 each. */
        {"mostly with care", CT_PLAY_MOSTLY, 7. / 8 * 13 / 16, 7. / 8 / 16 + 1. / 8 * 10 / 12,
         7. / 8 * 2 / 16 + 1. / 8 * 2 / 12, 7. / 8 * 14 / 16 + 1. / 8 * 10 / 12},
        {"with care", CT_PLAY_CAREFUL, 1, 0, 0, 1},
    };
    CT_AUTO_ARENA a = CT_ARENA_INIT;
    const struct ct_scenario *sc = MAKE(&a, fork);
    struct ct_shares x[CT_MANNERS];
    struct ct_err err = CT_ERR_INIT;
    CT_OK_("shares", ct_scenario_shares(&a, sc, P, 0, x, &err), &err);
    CT_EACH (c, cases) {
        assert_true(x[c->manner].complete);
        near(c->name, x[c->manner].ending[scene_of(sc, "held")], c->held);
        near(c->name, x[c->manner].ending[scene_of(sc, "shaky")], c->shaky);
        near(c->name, x[c->manner].ending[scene_of(sc, "lost")], c->lost);
        near(c->name, x[c->manner].passed, c->passed);
        near(c->name, x[c->manner].unended, 0);
    }
}

/* From "wait" a run goes back with probability 1/2: 1/2 + 1/4 + … of them come out. */
static const struct make_row waiting[] = {
    {ROW_VARIABLE, "trust = 1 (0 to 3)", NULL, NULL, 0},
    {ROW_SCENE, "wait", NULL, NULL, 0},
    {ROW_CHOICE, "Wait", "wait", NULL, 0},
    {ROW_CHOICE, "Go", "gone", NULL, 0},
    {ROW_ENDING, "gone", NULL, "pass", 0},
};

static const struct make_row prison[] = {
    {ROW_VARIABLE, "trust = 1 (0 to 3)", NULL, NULL, 0},
    {ROW_SCENE, "start", NULL, NULL, 0},
    {ROW_CHOICE, "Go in", "round", NULL, 0},
    {ROW_CHOICE, "Go home", "gone", NULL, 0},
    {ROW_CHOICE, "Look", "shut", NULL, 0},
    {ROW_SCENE, "round", NULL, NULL, 0},
    {ROW_CHOICE, "Round", "round", NULL, 0},
    {ROW_SCENE, "shut", NULL, NULL, 0},
    {ROW_CHOICE, "Out", "gone", "needs trust >= 3", 0},
    {ROW_ENDING, "gone", NULL, "pass", 0},
};

static void runs_that_go_round_are_followed_or_counted_as_unended(void **state)
{
    (void)state;
    CT_AUTO_ARENA a = CT_ARENA_INIT;
    struct ct_shares x[CT_MANNERS];
    struct ct_err err = CT_ERR_INIT;
    const struct ct_scenario *sc = MAKE(&a, waiting);
    CT_OK_("waiting", ct_scenario_shares(&a, sc, P, 0, x, &err), &err);
    near("all come out", x[CT_PLAY_RANDOM].ending[scene_of(sc, "gone")], 1);
    near("none is left", x[CT_PLAY_RANDOM].unended, 0);
    sc = MAKE(&a, prison);
    CT_OK_("prison", ct_scenario_shares(&a, sc, P, 0, x, &err), &err);
    near("a third goes home", x[CT_PLAY_RANDOM].passed, 1. / 3);
    near("a loop and a scene without an open choice", x[CT_PLAY_RANDOM].unended, 2. / 3);
    near("who takes care goes home", x[CT_PLAY_CAREFUL].passed, 1);
}

static void beyond_the_limit_there_are_no_figures(void **state)
{
    (void)state;
    static const struct {
        const char *name;
        size_t limit;
        bool complete;
    } cases[] = {{"one state too few", 24, false}, {"just enough", 25, true}, {"any", 0, true}};
    CT_AUTO_ARENA a = CT_ARENA_INIT;
    const struct ct_scenario *sc = MAKE(&a, make_motel);
    CT_EACH (c, cases) {
        struct ct_shares x[CT_MANNERS];
        struct ct_err err = CT_ERR_INIT;
        CT_OK_(c->name, ct_scenario_shares(&a, sc, P, c->limit, x, &err), &err);
        CT_EQ_I64(c->name, x[CT_PLAY_CAREFUL].complete, c->complete);
        near(c->name, x[CT_PLAY_CAREFUL].unended + x[CT_PLAY_CAREFUL].passed > 0.5,
             c->complete ? 1 : 0);
    }
}

/* Plays every run, each with its probability. */
static void play_all(const struct ct_scenario *sc, ct_disc_set chair, const struct ct_state *s,
                     double share, double *ret)
{
    struct ct_state next;
    struct ct_err err = CT_ERR_INIT;
    double open = 0;
    if (sc->scenes[s->scene].is_ending) {
        ret[s->scene] += share;
        return;
    }
    for (size_t i = 0; i < sc->scenes[s->scene].n_choices; i++)
        open += ct_scenario_choice(sc, chair, s, i) == CT_CHOICE_OPEN;
    for (size_t i = 0; i < sc->scenes[s->scene].n_choices; i++) {
        if (ct_scenario_choice(sc, chair, s, i) != CT_CHOICE_OPEN)
            continue;
        CT_OK_("choose", ct_scenario_choose(sc, chair, s, i, &next, &err), &err);
        play_all(sc, chair, &next, share / open, ret);
    }
}

static void random_play_agrees_with_playing_every_run(void **state)
{
    (void)state;
    static const struct {
        const char *name;
        ct_disc_set chair;
    } cases[] = {{"prosecutor", P}, {"caseworker", C}, {"advocate", A}};
    CT_AUTO_ARENA a = CT_ARENA_INIT;
    const struct ct_scenario *sc = MAKE(&a, make_motel);
    CT_EACH (c, cases) {
        struct ct_shares x[CT_MANNERS];
        struct ct_state s;
        struct ct_err err = CT_ERR_INIT;
        double *want = ct_arena_array(&a, double, sc->n_scenes);
        CT_OK_(c->name, ct_scenario_shares(&a, sc, c->chair, 0, x, &err), &err);
        CT_OK_(c->name, ct_scenario_start(sc, c->chair, &s, &err), &err);
        play_all(sc, c->chair, &s, 1, want);
        for (size_t i = 0; i < sc->n_scenes; i++)
            near(c->name, x[CT_PLAY_RANDOM].ending[i], want[i]);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(shares_are_those_worked_out_by_hand),
        cmocka_unit_test(runs_that_go_round_are_followed_or_counted_as_unended),
        cmocka_unit_test(beyond_the_limit_there_are_no_figures),
        cmocka_unit_test(random_play_agrees_with_playing_every_run),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
