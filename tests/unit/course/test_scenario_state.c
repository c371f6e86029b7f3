/*
 * test_scenario_state.c: states of runs as they are stored.
 */
#include "scenario_make.h"

#include "ct/base/banned.h"

static void states_are_stored_as_people_read_them(void **state)
{
    (void)state;
    CT_AUTO_ARENA a = CT_ARENA_INIT;
    const struct ct_scenario *sc = MAKE(&a, make_motel);
    struct ct_state s;
    struct ct_err err = CT_ERR_INIT;
    CT_OK_("start", ct_scenario_start(sc, P, &s, &err), &err);
    s.used = 1;
    CT_AUTO_JSON *json = ct_state_json(sc, &s);
    CT_AUTO_STR text = CT_STR_INIT(1000);
    ct_json_write(&text, json);
    CT_EQ_STR("json", text.p,
              "{\"scene\":\"first-words\",\"variables\":{\"trust\":1,\"safety\":2,\"evidence\":0},"
              "\"used\":[0]}");
}

static void every_state_on_the_way_comes_back(void **state)
{
    (void)state;
    CT_AUTO_ARENA a = CT_ARENA_INIT;
    const struct ct_scenario *sc = MAKE(&a, make_motel);
    static const size_t choices[] = {1, 1, 2, 0, 1, 1};
    struct ct_state s;
    struct ct_err err = CT_ERR_INIT;
    CT_OK_("start", ct_scenario_start(sc, P, &s, &err), &err);
    CT_EACH (c, choices) {
        struct ct_state back;
        CT_AUTO_JSON *json = ct_state_json(sc, &s);
        CT_OK_("back", ct_state_from_json(sc, json, &back, &err), &err);
        assert_true(back.scene == s.scene && back.used == s.used);
        assert_memory_equal(back.variables, s.variables, sizeof s.variables);
        CT_OK_("next", ct_scenario_choose(sc, P, &s, *c, &s, &err), &err);
    }
    assert_true(sc->scenes[s.scene].is_ending);
}

static void states_of_another_text_are_refused(void **state)
{
    (void)state;
    static const struct {
        const char *name, *json, *what;
    } cases[] = {
        {"no object", "[]", "scene"},
        {"no such scene", "{\"scene\":\"gone\",\"variables\":{\"x\":1},\"used\":[]}", "scene"},
        {"a junction", "{\"scene\":\"fork\",\"variables\":{\"x\":1},\"used\":[]}", "scene"},
        {"variable gone", "{\"scene\":\"start\",\"variables\":{\"y\":1},\"used\":[]}", "variables"},
        {"variable too many", "{\"scene\":\"start\",\"variables\":{\"x\":1,\"y\":1},\"used\":[]}",
         "variables"},
        {"out of range", "{\"scene\":\"start\",\"variables\":{\"x\":4},\"used\":[]}", "variables"},
        {"no number", "{\"scene\":\"start\",\"variables\":{\"x\":\"1\"},\"used\":[]}", "variables"},
        {"no variables", "{\"scene\":\"start\",\"used\":[]}", "variables"},
        {"choice that is not once", "{\"scene\":\"start\",\"variables\":{\"x\":1},\"used\":[1]}",
         "used"},
        {"choice below nought", "{\"scene\":\"start\",\"variables\":{\"x\":1},\"used\":[-1]}",
         "used"},
        {"choice above all", "{\"scene\":\"start\",\"variables\":{\"x\":1},\"used\":[64]}", "used"},
        {"no choices", "{\"scene\":\"start\",\"variables\":{\"x\":1}}", "used"},
        {"good", "{\"scene\":\"start\",\"variables\":{\"x\":3},\"used\":[0]}", NULL},
    };
    static const struct make_row rows[] = {
        {ROW_VARIABLE, "x = 1 (0 to 3)", NULL, NULL, 0}, {ROW_SCENE, "start", NULL, NULL, 0},
        {ROW_CHOICE, "go", "fork", "once", 0},           {ROW_CHOICE, "end", "ending", NULL, 0},
        {ROW_JUNCTION, "fork", NULL, NULL, 0},           {ROW_RULE, NULL, "start", NULL, 0},
        {ROW_ENDING, "ending", NULL, "pass", 0},
    };
    CT_AUTO_ARENA a = CT_ARENA_INIT;
    const struct ct_scenario *sc = MAKE(&a, rows);
    CT_EACH (c, cases) {
        struct ct_err err = CT_ERR_INIT;
        struct ct_state s = {.scene = 77};
        CT_AUTO_JSON *json = NULL;
        CT_OK_(c->name, ct_json_parse(ct_sv_c(c->json), 1000, &json, &err), &err);
        CT_EQ_I64(c->name, ct_state_from_json(sc, json, &s, &err),
                  c->what != NULL ? CT_BAD_INPUT : CT_OK);
        CT_EQ_STR(c->name, err.what, c->what != NULL ? c->what : "");
        CT_EQ_I64("written only on success", s.scene == 77, c->what != NULL);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(states_are_stored_as_people_read_them),
        cmocka_unit_test(every_state_on_the_way_comes_back),
        cmocka_unit_test(states_of_another_text_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
