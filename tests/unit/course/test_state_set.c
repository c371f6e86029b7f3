/*
 * test_state_set.c: states go in once and come out as they were, at the edges of their ranges too.
 */
#include "scenario_make.h"

#include "../../../server/course/state_set_priv.h"

#include "ct/base/banned.h"

/* Ranges that need 1 to 33 bits, so that fields share words and do not. */
static const struct ct_variable variables[] = {
    {.low = 0, .high = 1},  {.low = -1000000000, .high = 1000000000},
    {.low = 5, .high = 5},  {.low = INT32_MIN, .high = INT32_MAX},
    {.low = -3, .high = 4},
};

static const struct ct_choice last_once[] = {{.once = CT_ONCE_MAX - 1}};
static const struct ct_scene scenes[] = {{.choices = last_once, .n_choices = 1}, {.line = 2}};
static const struct ct_scenario wide = {
    .variables = variables, .n_variables = 5, .scenes = scenes, .n_scenes = 2};

static void states_come_out_as_they_went_in(void **state)
{
    (void)state;
    static const struct ct_state cases[] = {
        {0, {0, -1000000000, 5, INT32_MIN, -3}, 0},
        {1, {1, 1000000000, 5, INT32_MAX, 4}, UINT64_MAX},
        {1, {0, 0, 5, 0, 0}, (uint64_t)1 << 63},
        {0, {1, -1, 5, -1, -1}, 1},
    };
    CT_AUTO_ARENA a = CT_ARENA_INIT;
    struct ct_state_set set;
    bool fresh;
    ct_state_set_init(&set, &a, &wide);
    for (uint32_t round = 0; round < 2; round++) {
        for (uint32_t i = 0; i < 4; i++) {
            struct ct_state got;
            CT_EQ_I64("its number", ct_state_set_put(&set, &cases[i], 10, &fresh), i);
            CT_EQ_I64("new only once", fresh, round == 0);
            ct_state_set_get(&set, i, &got);
            CT_EQ_I64("scene", got.scene, cases[i].scene);
            assert_true(got.used == cases[i].used);
            for (size_t v = 0; v < wide.n_variables; v++)
                CT_EQ_I64("variable", got.variables[v], cases[i].variables[v]);
        }
    }
}

/* A variable that cannot move needs no bits; the word before it may be full. */
static void a_field_of_no_bits_leaves_a_full_word_alone(void **state)
{
    (void)state;
    static const struct ct_variable still[] = {{.low = 5, .high = 5}, {.low = 7, .high = 7}};
    static const struct ct_scenario sc = {
        .variables = still, .n_variables = 2, .scenes = scenes, .n_scenes = 2};
    static const struct ct_state put = {1, {5, 7}, UINT64_MAX - 1};
    CT_AUTO_ARENA a = CT_ARENA_INIT;
    struct ct_state_set set;
    struct ct_state got;
    bool fresh;
    ct_state_set_init(&set, &a, &sc);
    CT_EQ_I64("its number", ct_state_set_put(&set, &put, 10, &fresh), 0);
    ct_state_set_get(&set, 0, &got);
    CT_EQ_I64("scene", got.scene, put.scene);
    assert_true(got.used == put.used);
    CT_EQ_I64("first", got.variables[0], 5);
    CT_EQ_I64("second", got.variables[1], 7);
}

static void a_full_set_knows_what_it_has_and_takes_no_more(void **state)
{
    (void)state;
    CT_AUTO_ARENA a = CT_ARENA_INIT;
    struct ct_state_set set;
    struct ct_state s = {0, {0, 0, 5, 0, 0}, 0};
    bool fresh;
    ct_state_set_init(&set, &a, &wide);
    for (int i = 0; i < 5000; i++) {
        s.variables[1] = i;
        CT_EQ_I64("put", ct_state_set_put(&set, &s, 5000, &fresh), i);
    }
    s.variables[1] = 5000;
    assert_true(ct_state_set_put(&set, &s, 5000, &fresh) == CT_NO_STATE);
    assert_true(fresh);
    s.variables[1] = 4321;
    CT_EQ_I64("one that is there", ct_state_set_put(&set, &s, 5000, &fresh), 4321);
    assert_false(fresh);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(states_come_out_as_they_went_in),
        cmocka_unit_test(a_field_of_no_bits_leaves_a_full_word_alone),
        cmocka_unit_test(a_full_set_knows_what_it_has_and_takes_no_more),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
