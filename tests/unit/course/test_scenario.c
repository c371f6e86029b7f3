/*
 * test_scenario.c: playing.
 */
#include "scenario_make.h"

#include "ct/base/banned.h"

/* Plays choices by number and says where that leads: "scene 1 2 0", or why not. */
static struct ct_sv play(struct ct_arena *a, const struct ct_scenario *sc, ct_disc_set chair,
                         const char *choices, struct ct_state *ret)
{
    struct ct_err err = CT_ERR_INIT;
    struct ct_sv s = CT_SV("");
    CT_OK_("start", ct_scenario_start(sc, chair, ret, &err), &err);
    for (const char *c = choices; *c != '\0'; c++)
        if (ct_scenario_choose(sc, chair, ret, (size_t)(*c - '0'), ret, &err) < 0)
            return ct_sv_c(ct_status_name(err.code));
    for (size_t i = 0; i < sc->n_variables; i++)
        s = ct_arena_printf(a, "%.*s %d", CT_SV_ARG(s), ret->variables[i]);
    return ct_arena_printf(a, "%.*s%.*s", CT_SV_ARG(sc->scenes[ret->scene].anchor), CT_SV_ARG(s));
}

static void the_motel_call_is_played(void **state)
{
    (void)state;
    static const struct {
        const char *name;
        ct_disc_set chair;
        const char *choices, *want;
        bool passed;
    } cases[] = {
        {"start", P, "", "first-words 1 2 0", false},
        {"effects", P, "1", "the-phone 0 2 1", false},
        {"a watch before the next scene", P, "2", "ending-the-trafficker-is-warned 1 0 0", false},
        {"another's choice", A, "2", "conflict", false},
        {"a choice that is closed", P, "10", "conflict", false},
        {"a choice that is hidden", P, "000", "conflict", false},
        {"no such choice", P, "9", "conflict", false},
        {"effects stop at the range", P, "00200", "the-plan 3 3 0", false},
        {"once", P, "002", "first-words 3 3 0", false},
        {"not twice", P, "002002", "conflict", false},
        {"nothing after an ending", P, "20", "conflict", false},
        {"passed with evidence", C, "011", "ending-a-plan-she-chose 2 2 2", true},
        {"not passed without", C, "001", "ending-a-plan-she-chose 3 3 0", false},
        {"fail is fail", C, "12", "ending-suppressed 0 2 1", false},
    };
    CT_AUTO_ARENA a = CT_ARENA_INIT;
    const struct ct_scenario *sc = MAKE(&a, make_motel);
    CT_EACH (c, cases) {
        struct ct_state s;
        CT_EQ_SV(c->name, play(&a, sc, c->chair, c->choices, &s), ct_sv_c(c->want));
        CT_EQ_I64(c->name, ct_scenario_passed(sc, &s), c->passed);
    }
}

static void choices_stand_open_closed_or_hidden(void **state)
{
    (void)state;
    CT_AUTO_ARENA a = CT_ARENA_INIT;
    const struct ct_scenario *sc = MAKE(&a, make_motel);
    struct ct_state s;
    play(&a, sc, P, "", &s);
    CT_EQ_I64("own", ct_scenario_choice(sc, P, &s, 2), CT_CHOICE_OPEN);
    CT_EQ_I64("another chair's", ct_scenario_choice(sc, A, &s, 2), CT_CHOICE_HIDDEN);
    CT_EQ_I64("of any chair", ct_scenario_choice(sc, CT_DISC_ALL, &s, 2), CT_CHOICE_OPEN);
    CT_EQ_I64("none", ct_scenario_choice(sc, P, &s, 3), CT_CHOICE_HIDDEN);
    play(&a, sc, P, "1", &s);
    CT_EQ_I64("needs fails", ct_scenario_choice(sc, P, &s, 0), CT_CHOICE_CLOSED);
    play(&a, sc, P, "11", &s);
    CT_EQ_I64("if holds", ct_scenario_choice(sc, P, &s, 0), CT_CHOICE_OPEN);
    CT_EQ_I64("if fails", ct_scenario_choice(sc, P, &s, 1), CT_CHOICE_HIDDEN);
    play(&a, sc, P, "11201", &s);
    CT_EQ_I64("used up", ct_scenario_choice(sc, P, &s, 2), CT_CHOICE_HIDDEN);
}

/* An opening with a short account to read, two ways that differ, one scene that only goes on. */
static const struct make_row decisions_and_others[] = {
    {ROW_VARIABLE, "trust = 1 (0 to 3)", NULL, NULL, 0},
    {ROW_SCENE, "before-you-begin", NULL, NULL, 0},
    {ROW_CHOICE, "Take your chair", "where-you-sit", NULL, 0},
    {ROW_CHOICE, "Read a short account", "in-outline", NULL, 0},
    {ROW_SCENE, "in-outline", NULL, NULL, 0},
    {ROW_CHOICE, "Take your chair", "where-you-sit", NULL, 0},
    {ROW_JUNCTION, "where-you-sit", NULL, NULL, 0},
    {ROW_RULE, NULL, "a-call", NULL, 0},
    {ROW_SCENE, "a-call", NULL, NULL, 0},
    {ROW_CHOICE, "Report", "left-or-right", "trust +1", 0},
    {ROW_CHOICE, "Wait", "left-or-right", NULL, 0},
    {ROW_SCENE, "left-or-right", NULL, NULL, 0},
    {ROW_CHOICE, "Left", "a-room", NULL, 0},
    {ROW_CHOICE, "Right", "ending-gone", NULL, C},
    {ROW_SCENE, "a-room", NULL, NULL, 0},
    {ROW_CHOICE, "Sit down", "ending-gone", "trust +1", 0},
    {ROW_SCENE, "round", NULL, NULL, 0},
    {ROW_CHOICE, "Round", "round", NULL, 0},
    {ROW_CHOICE, "And round", "round", NULL, 0},
    {ROW_ENDING, "ending-gone", NULL, "pass", 0},
};

static void decisions_are_told_from_reading_on(void **state)
{
    (void)state;
    static const struct {
        const char *name;
        ct_disc_set chair;
        const char *scene;
        bool want;
    } cases[] = {
        {"beginning, with an account to read first", C, "before-you-begin", false},
        {"reading on", C, "in-outline", false},
        {"a junction", C, "where-you-sit", false},
        {"one choice with effects", C, "a-call", true},
        {"different scenes", C, "left-or-right", true},
        {"only one of them for this chair", P, "left-or-right", false},
        {"an effect without a choice", C, "a-room", false},
        {"round in a circle", C, "round", false},
        {"an ending", C, "ending-gone", false},
    };
    CT_AUTO_ARENA a = CT_ARENA_INIT;
    const struct ct_scenario *sc = MAKE(&a, decisions_and_others);
    CT_EACH (c, cases) {
        size_t i = 0;
        while (!ct_sv_eq(sc->scenes[i].anchor, ct_sv_c(c->scene)))
            i++;
        CT_EQ_I64(c->name, ct_scenario_decides(sc, c->chair, i), c->want);
    }
    assert_false(ct_scenario_decides(sc, C, sc->n_scenes));
}

static const struct make_row ending_by_numbers[] = {
    {ROW_VARIABLE, "detained = no", NULL, NULL, 0},
    {ROW_VARIABLE, "trust = 3 (0 to 5)", NULL, NULL, 0},
    {ROW_JUNCTION, "where-you-sit", NULL, NULL, 0},
    {ROW_RULE, NULL, "friday", NULL, C},
    {ROW_RULE, NULL, "deeper", NULL, P},
    {ROW_RULE, NULL, "emergency-room", NULL, 0},
    {ROW_JUNCTION, "deeper", NULL, NULL, 0},
    {ROW_RULE, "trust > 4", "friday", NULL, 0},
    {ROW_RULE, NULL, "the-file", NULL, 0},
    {ROW_SCENE, "friday", NULL, NULL, 0},
    {ROW_CHOICE, "Detain her", "how-it-ends", "detained = yes, trust +1", 0},
    {ROW_CHOICE, "Ask", "how-it-ends", "trust +2", 0},
    {ROW_CHOICE, "Shout", "how-it-ends", "trust -1", 0},
    {ROW_SCENE, "the-file", NULL, NULL, 0},
    {ROW_CHOICE, "Read", "how-it-ends", NULL, 0},
    {ROW_SCENE, "emergency-room", NULL, NULL, 0},
    {ROW_CHOICE, "Wait", "how-it-ends", NULL, 0},
    {ROW_JUNCTION, "how-it-ends", NULL, NULL, 0},
    {ROW_RULE, "detained = yes or trust <= 1", "ending-harmed", NULL, 0},
    {ROW_RULE, "trust >= 5", "ending-bridge", NULL, 0},
    {ROW_RULE, "trust <= 2", "ending-shaky", NULL, 0},
    {ROW_RULE, NULL, "ending-standing", NULL, 0},
    {ROW_ENDING, "ending-harmed", NULL, "fail", 0},
    {ROW_ENDING, "ending-bridge", NULL, "pass", 0},
    {ROW_ENDING, "ending-shaky", NULL, "fail", 0},
    {ROW_ENDING, "ending-standing", NULL, "pass if trust >= 4", 0},
};

static void junctions_are_left_at_once(void **state)
{
    (void)state;
    static const struct {
        const char *name;
        ct_disc_set chair;
        const char *choices, *want;
    } cases[] = {
        {"the first rule of a chair", C, "", "friday 0 3"},
        {"a junction behind a junction", P, "", "the-file 0 3"},
        {"the last rule", A, "", "emergency-room 0 3"},
        {"rules in order", C, "0", "ending-harmed 1 4"},
        {"a later rule", C, "1", "ending-bridge 0 5"},
        {"a rule after one that fails", C, "2", "ending-shaky 0 2"},
        {"no rule but the last", A, "0", "ending-standing 0 3"},
    };
    CT_AUTO_ARENA a = CT_ARENA_INIT;
    const struct ct_scenario *sc = MAKE(&a, ending_by_numbers);
    CT_EACH (c, cases) {
        struct ct_state s;
        CT_EQ_SV(c->name, play(&a, sc, c->chair, c->choices, &s), ct_sv_c(c->want));
    }
}

static void watches_come_before_targets_in_order(void **state)
{
    (void)state;
    static const struct make_row rows[] = {
        {ROW_VARIABLE, "heat = 0 (0 to 3)", NULL, NULL, 0},
        {ROW_WATCH, "heat >= 3", "ending-fire", NULL, 0},
        {ROW_WATCH, "heat >= 2", "smoke", NULL, P},
        {ROW_SCENE, "start", NULL, NULL, 0},
        {ROW_CHOICE, "one", "start", "heat +1", 0},
        {ROW_CHOICE, "three", "ending-done", "heat +3", 0},
        {ROW_CHOICE, "leave", "ending-done", NULL, 0},
        {ROW_SCENE, "smoke", NULL, NULL, 0},
        {ROW_CHOICE, "leave", "ending-done", NULL, 0},
        {ROW_CHOICE, "cool", "start", "heat -1", 0},
        {ROW_ENDING, "ending-fire", NULL, "fail", 0},
        {ROW_ENDING, "ending-done", NULL, "pass", 0},
    };
    static const struct {
        const char *name;
        ct_disc_set chair;
        const char *choices, *want;
    } cases[] = {
        {"not yet", P, "0", "start 1"},
        {"the watch instead of the target", P, "00", "smoke 2"},
        {"a watch for another chair", A, "00", "start 2"},
        {"the first watch first, before an ending too", P, "1", "ending-fire 3"},
        {"as long as it holds", P, "000", "smoke 2"},
        {"and no longer", P, "001", "start 1"},
    };
    CT_AUTO_ARENA a = CT_ARENA_INIT;
    const struct ct_scenario *sc = MAKE(&a, rows);
    CT_EACH (c, cases) {
        struct ct_state s;
        CT_EQ_SV(c->name, play(&a, sc, c->chair, c->choices, &s), ct_sv_c(c->want));
    }
}

static void effects_follow_each_other(void **state)
{
    (void)state;
    static const struct make_row rows[] = {
        {ROW_VARIABLE, "x = 3 (0 to 3)", NULL, NULL, 0},
        {ROW_SCENE, "start", NULL, NULL, 0},
        {ROW_CHOICE, "clamp each", "start", "x +2, x -1", 0},
        {ROW_CHOICE, "set then add", "start", "x = 0, x +1", 0},
        {ROW_CHOICE, "end", "ending", NULL, 0},
        {ROW_ENDING, "ending", NULL, "pass", 0},
    };
    CT_AUTO_ARENA a = CT_ARENA_INIT;
    const struct ct_scenario *sc = MAKE(&a, rows);
    struct ct_state s;
    CT_EQ_SV("each stops at the range", play(&a, sc, P, "0", &s), CT_SV("start 2"));
    CT_EQ_SV("in written order", play(&a, sc, P, "1", &s), CT_SV("start 1"));
}

static void junctions_in_a_circle_do_not_hang(void **state)
{
    (void)state;
    static const struct make_row rows[] = {
        {ROW_SCENE, "start", NULL, NULL, 0},  {ROW_CHOICE, "go", "one", NULL, 0},
        {ROW_CHOICE, "fall", "two", NULL, 0}, {ROW_JUNCTION, "one", NULL, NULL, 0},
        {ROW_RULE, NULL, "other", NULL, 0},   {ROW_JUNCTION, "other", NULL, NULL, 0},
        {ROW_RULE, NULL, "one", NULL, 0},     {ROW_JUNCTION, "two", NULL, NULL, 0},
        {ROW_RULE, NULL, "ending", NULL, P},  {ROW_ENDING, "ending", NULL, "pass", 0},
    };
    CT_AUTO_ARENA a = CT_ARENA_INIT;
    struct ct_scenario *sc = MAKE(&a, rows);
    struct ct_state s;
    struct ct_err err = CT_ERR_INIT;
    struct ct_exploration x;
    CT_EQ_SV("circle", play(&a, sc, P, "0", &s), CT_SV("internal"));
    CT_EQ_SV("no rule holds", play(&a, sc, A, "1", &s), CT_SV("internal"));
    CT_EQ_SV("one holds", play(&a, sc, P, "1", &s), CT_SV("ending"));
    CT_EQ_I64("explorer", ct_scenario_explore(&a, sc, P, 0, &x, &err), CT_INTERNAL);
    sc->start = make_scene_index(sc, "one");
    CT_EQ_I64("start", ct_scenario_start(sc, P, &s, &err), CT_INTERNAL);
}

static void reasons_are_words(void **state)
{
    (void)state;
    static const struct {
        const char *condition, *want;
    } cases[] = {
        {"trust >= 2", "needs trust of at least 2; it is 1"},
        {"trust > 1", "needs trust of more than 1; it is 1"},
        {"trust < 1", "needs trust of less than 1; it is 1"},
        {"trust <= 0", "needs trust of at most 0; it is 1"},
        {"trust = 3", "needs trust of exactly 3; it is 1"},
        {"trust != 1", "needs trust of other than 1; it is 1"},
        {"told = yes", "needs told to be yes"},
        {"told != no", "needs told to be yes"},
        {"asked = no", "needs asked to be no"},
        {"trust >= 2 and safety >= 1", "needs trust of at least 2; it is 1"},
        {"trust >= 2 and safety >= 3",
         "needs trust of at least 2 and safety of at least 3; trust is 1, safety is 2"},
        {"trust >= 2 or told = yes", "needs trust of at least 2 or told to be yes; trust is 1"},
        {"trust >= 1", ""},
    };
    static const struct make_row rows[] = {
        {ROW_VARIABLE, "trust = 1 (0 to 3)", NULL, NULL, 0},
        {ROW_VARIABLE, "safety = 2 (0 to 3)", NULL, NULL, 0},
        {ROW_VARIABLE, "told = no", NULL, NULL, 0},
        {ROW_VARIABLE, "asked = yes", NULL, NULL, 0},
        {ROW_ENDING, "ending", NULL, "pass", 0},
    };
    CT_AUTO_ARENA a = CT_ARENA_INIT;
    const struct ct_scenario *sc = MAKE(&a, rows);
    struct maker m = {.arena = &a};
    struct ct_state s;
    struct ct_err err = CT_ERR_INIT;
    memcpy(m.variables.items, sc->variables, sizeof m.variables.items);
    m.variables.n = sc->n_variables;
    CT_OK_("start", ct_scenario_start(sc, P, &s, &err), &err);
    CT_EACH (c, cases)
        CT_EQ_SV(c->condition,
                 ct_condition_reason(&a, sc, make_condition(&m, ct_sv_c(c->condition)), &s),
                 ct_sv_c(c->want));
}

static void no_condition_holds_always(void **state)
{
    (void)state;
    struct ct_state s = {.scene = 0};
    struct ct_condition none = {.n = 0};
    assert_true(ct_condition_holds(NULL, &s));
    assert_true(ct_condition_holds(&none, &s));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_motel_call_is_played),
        cmocka_unit_test(choices_stand_open_closed_or_hidden),
        cmocka_unit_test(decisions_are_told_from_reading_on),
        cmocka_unit_test(junctions_are_left_at_once),
        cmocka_unit_test(watches_come_before_targets_in_order),
        cmocka_unit_test(effects_follow_each_other),
        cmocka_unit_test(junctions_in_a_circle_do_not_hang),
        cmocka_unit_test(reasons_are_words),
        cmocka_unit_test(no_condition_holds_always),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
