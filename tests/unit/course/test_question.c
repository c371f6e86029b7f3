/*
 * test_question.c: the order in which things are shown.
 */
#include "ct_test.h"

#include "question_make.h"

#include "ct/base/banned.h"

static void same_seed_same_order(void **state)
{
    (void)state;
    CT_AUTO_ARENA a = CT_ARENA_INIT;
    CT_EACH (kind, make_kinds) {
        const struct ct_question *q = make_kind(&a, *kind);
        for (unsigned which = 0; which < 4; which++) {
            size_t one[CT_OPTIONS_MAX] = {0};
            size_t two[CT_OPTIONS_MAX] = {0};
            ct_question_order(q, 42, which, one);
            ct_question_order(q, 42, which, two);
            assert_memory_equal(one, two, sizeof one);
        }
    }
}

/* Attempts on people's disks keep only the seed: these numbers may never change. */
static void orders_never_change(void **state)
{
    (void)state;
    CT_AUTO_ARENA a = CT_ARENA_INIT;
    static const struct {
        const char *name;
        uint64_t seed;
        size_t want[5];
    } cases[] = {
        {"seed 0", 0, {4, 3, 1, 0, 2}},
        {"seed 1", 1, {4, 3, 1, 2, 0}},
        {"large seed", UINT64_MAX, {0, 2, 1, 4, 3}},
    };
    const struct ct_question *q = make_question(&a, CT_Q_SINGLE, "school-call", 5, 1);
    CT_EACH (c, cases) {
        size_t got[CT_OPTIONS_MAX];
        ct_question_order(q, c->seed, 0, got);
        for (size_t i = 0; i < 5; i++)
            CT_EQ_I64(c->name, got[i], c->want[i]);
    }
}

static void every_order_is_a_permutation(void **state)
{
    (void)state;
    CT_AUTO_ARENA a = CT_ARENA_INIT;
    for (size_t n = 0; n <= 8; n++) {
        const struct ct_question *q = make_question(&a, CT_Q_MULTIPLE, "q", n, 1);
        for (uint64_t seed = 0; seed < 200; seed++) {
            size_t order[CT_OPTIONS_MAX];
            unsigned seen = 0;
            ct_question_order(q, seed, 0, order);
            for (size_t i = 0; i < n; i++)
                seen |= 1u << order[i];
            CT_EQ_I64("all places filled", seen, (1u << n) - 1);
        }
    }
}

static void every_permutation_comes_about_equally_often(void **state)
{
    (void)state;
    CT_AUTO_ARENA a = CT_ARENA_INIT;
    const struct ct_question *q = make_question(&a, CT_Q_SINGLE, "q", 3, 1);
    int count[27] = {0};
    int different = 0;
    for (uint64_t seed = 0; seed < 6000; seed++) {
        size_t o[CT_OPTIONS_MAX];
        ct_question_order(q, seed, 0, o);
        count[o[0] * 9 + o[1] * 3 + o[2]]++;
    }
    for (size_t i = 0; i < 27; i++) {
        if (count[i] == 0)
            continue;
        different++;
        assert_in_range(count[i], 850, 1150);
    }
    CT_EQ_I64("permutations of three", different, 6);
}

static void questions_of_one_seed_differ(void **state)
{
    (void)state;
    CT_AUTO_ARENA a = CT_ARENA_INIT;
    size_t one[CT_OPTIONS_MAX] = {0};
    size_t two[CT_OPTIONS_MAX] = {0};
    int same = 0;
    const struct ct_question *p = make_question(&a, CT_Q_SINGLE, "p", 8, 1);
    const struct ct_question *q = make_question(&a, CT_Q_SINGLE, "q", 8, 1);
    for (uint64_t seed = 0; seed < 100; seed++) {
        ct_question_order(p, seed, 0, one);
        ct_question_order(q, seed, 0, two);
        same += memcmp(one, two, sizeof one) == 0;
    }
    assert_in_range(same, 0, 2);
}

static void an_ordering_is_never_shown_right(void **state)
{
    (void)state;
    CT_AUTO_ARENA a = CT_ARENA_INIT;
    static const struct {
        const char *name;
        size_t n;
        uint32_t ties[5];
        bool shuffle;
    } cases[] = {
        {"two items", 2, {0}, true},
        {"three items", 3, {0}, true},
        {"five items", 5, {0}, true},
        {"shuffle: no does not show the answer", 4, {0}, false},
        {"a tie within", 4, {0, 1, 1, 0}, true},
        {"two ties", 4, {1, 1, 2, 2}, true},
    };
    CT_EACH (c, cases) {
        struct ct_question *q = make_question(&a, CT_Q_ORDER, "q", c->n, 0);
        q->shuffle = c->shuffle;
        memcpy(q->tie_groups, c->ties, sizeof c->ties);
        for (uint64_t seed = 0; seed < 500; seed++) {
            size_t order[CT_OPTIONS_MAX];
            struct ct_answer ans = {ct_arena_array(&a, struct ct_answer_part, c->n), c->n};
            struct ct_grade grade;
            ct_question_order(q, seed, 0, order);
            for (size_t i = 0; i < c->n; i++)
                ans.parts[i].pick = (int64_t)order[i];
            ct_question_grade(&a, q, &ans, &grade);
            CT_EQ_I64(c->name, grade.right, false);
        }
    }
}

static void where_every_order_is_right_any_will_do(void **state)
{
    (void)state;
    CT_AUTO_ARENA a = CT_ARENA_INIT;
    size_t order[CT_OPTIONS_MAX];
    struct ct_question *q = make_question(&a, CT_Q_ORDER, "q", 3, 0);
    for (size_t i = 0; i < 3; i++)
        q->tie_groups[i] = 1;
    ct_question_order(q, 7, 0, order);
    CT_EQ_I64("permutation", order[0] + order[1] + order[2], 3);
    q = make_question(&a, CT_Q_ORDER, "q", 2, 0);
    q->options[1] = q->options[0];
    ct_question_order(q, 7, 0, order);
    CT_EQ_I64("the same item twice", order[0] + order[1], 1);
    q = make_question(&a, CT_Q_ORDER, "q", 1, 0);
    ct_question_order(q, 7, 0, order);
    CT_EQ_I64("one item", order[0], 0);
}

static void shuffle_no_keeps_the_written_order(void **state)
{
    (void)state;
    CT_AUTO_ARENA a = CT_ARENA_INIT;
    struct ct_question *q = make_question(&a, CT_Q_MATCH, "q", 4, 0);
    int as_written = 0;
    q->shuffle = false;
    for (uint64_t seed = 0; seed < 100; seed++) {
        size_t order[CT_OPTIONS_MAX];
        ct_question_order(q, seed, 0, order);
        for (size_t i = 0; i < 4; i++)
            CT_EQ_I64("prompts as written", order[i], i);
        ct_question_order(q, seed, 1, order);
        bool same = true;
        for (size_t i = 0; i < 6; i++)
            same = same && order[i] == i;
        as_written += same;
    }
    assert_in_range(as_written, 0, 3); /* targets as written would be the answer */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(same_seed_same_order),
        cmocka_unit_test(orders_never_change),
        cmocka_unit_test(every_order_is_a_permutation),
        cmocka_unit_test(every_permutation_comes_about_equally_often),
        cmocka_unit_test(questions_of_one_seed_differ),
        cmocka_unit_test(an_ordering_is_never_shown_right),
        cmocka_unit_test(where_every_order_is_right_any_will_do),
        cmocka_unit_test(shuffle_no_keeps_the_written_order),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
