/*
 * test_quiz.c: which questions an attempt asks.
 */
#include "ct_test.h"

#include "ct/course/module.h"
#include "question_make.h"

#include "ct/base/banned.h"

enum { MOST = 16 };

/* Questions whose objectives are the letters of a word each: "A", "AB", "" for none. */
struct fixture {
    struct ct_question items[MOST];
    const struct ct_question *list[MOST];
    struct ct_quiz quiz;
};

static void make_quiz(struct ct_arena *a, struct fixture *f, const char *const *objectives,
                      size_t n)
{
    *f = (struct fixture){.quiz = {.shuffle = true}};
    for (size_t i = 0; i < n; i++) {
        size_t letters = strlen(objectives[i]);
        f->items[i] = *make_question(a, CT_Q_SINGLE, ct_arena_printf(a, "q%zu", i).p, 2, 1);
        f->items[i].objectives = ct_arena_array(a, struct ct_sv, letters);
        f->items[i].n_objectives = letters;
        for (size_t k = 0; k < letters; k++)
            f->items[i].objectives[k] = ct_sv_n(objectives[i] + k, 1);
        f->list[i] = &f->items[i];
    }
    f->quiz.questions = f->list;
    f->quiz.n_questions = n;
}

static size_t index_of(const struct fixture *f, const struct ct_question *q)
{
    return (size_t)(q - f->items);
}

static void a_draw_spreads_over_objectives(void **state)
{
    (void)state;
    static const struct {
        const char *name;
        const char *objectives[MOST];
        size_t n, draw;
        const char *letters; /* and how often each must come: */
        size_t least[4];
    } cases[] = {
        {"one of each", {"A", "A", "A", "A", "B", "C"}, 6, 3, "ABC", {1, 1, 1}},
        {"what one lacks the others give", {"A", "A", "A", "A", "B"}, 5, 4, "AB", {3, 1}},
        {"none is a kind too", {"A", "A", "A", "", ""}, 5, 2, "A", {1}},
        {"two each", {"A", "B", "A", "B", "A", "B", "A", "A"}, 8, 4, "AB", {2, 2}},
        {"a question for two objectives counts for both",
         {"AB", "AB", "AB", "C", "C", "C"},
         6,
         2,
         "ABC",
         {1, 1, 1}},
        {"all of them", {"A", "B", "A"}, 3, 0, "AB", {2, 1}},
        {"more than there are", {"A", "B", "A"}, 3, 9, "AB", {2, 1}},
    };
    CT_AUTO_ARENA a = CT_ARENA_INIT;
    CT_EACH (c, cases) {
        struct fixture f;
        make_quiz(&a, &f, c->objectives, c->n);
        f.quiz.draw = c->draw;
        for (uint64_t seed = 0; seed < 100; seed++) {
            const struct ct_question *got[MOST];
            bool seen[MOST] = {false};
            size_t n = ct_quiz_draw(&f.quiz, CT_DISC_ALL, seed, got);
            CT_EQ_I64(c->name, n, c->draw > 0 && c->draw < c->n ? c->draw : c->n);
            for (size_t i = 0; i < n; i++) {
                CT_EQ_I64("each once", seen[index_of(&f, got[i])], false);
                seen[index_of(&f, got[i])] = true;
            }
            for (size_t k = 0; c->letters[k] != '\0'; k++) {
                size_t count = 0;
                for (size_t i = 0; i < n; i++)
                    for (size_t o = 0; o < got[i]->n_objectives; o++)
                        count += got[i]->objectives[o].p[0] == c->letters[k];
                if (count < c->least[k])
                    CT_EQ_I64(c->name, count, c->least[k]);
            }
        }
    }
}

static void the_same_seed_draws_the_same(void **state)
{
    (void)state;
    CT_AUTO_ARENA a = CT_ARENA_INIT;
    static const char *const objectives[] = {"A", "B", "C", "A", "B", "C", "A", "B"};
    static const size_t want[] = {1, 6, 0, 5};
    struct fixture f;
    make_quiz(&a, &f, objectives, 8);
    f.quiz.draw = 4;
    const struct ct_question *got[MOST];
    CT_EQ_I64("how many", ct_quiz_draw(&f.quiz, CT_DISC_ALL, 7, got), 4);
    for (size_t i = 0; i < 4; i++)
        CT_EQ_I64("for ever", index_of(&f, got[i]), want[i]);
}

static void seeds_draw_differently(void **state)
{
    (void)state;
    CT_AUTO_ARENA a = CT_ARENA_INIT;
    static const char *const objectives[] = {"A", "A", "A", "A", "A", "A"};
    struct fixture f;
    make_quiz(&a, &f, objectives, 6);
    f.quiz.draw = 2;
    int count[6] = {0};
    for (uint64_t seed = 0; seed < 600; seed++) {
        const struct ct_question *got[MOST];
        ct_quiz_draw(&f.quiz, CT_DISC_ALL, seed, got);
        count[index_of(&f, got[0])]++;
        count[index_of(&f, got[1])]++;
    }
    for (size_t i = 0; i < 6; i++)
        assert_in_range(count[i], 140, 260);
}

static void shuffle_no_keeps_the_written_order(void **state)
{
    (void)state;
    CT_AUTO_ARENA a = CT_ARENA_INIT;
    static const char *const objectives[] = {"A", "B", "A", "B", "A", "B"};
    struct fixture f;
    make_quiz(&a, &f, objectives, 6);
    f.quiz.shuffle = false;
    f.quiz.draw = 4;
    for (uint64_t seed = 0; seed < 50; seed++) {
        const struct ct_question *got[MOST];
        size_t n = ct_quiz_draw(&f.quiz, CT_DISC_ALL, seed, got);
        for (size_t i = 1; i < n; i++)
            assert_true(index_of(&f, got[i - 1]) < index_of(&f, got[i]));
    }
}

static void only_what_is_asked_of_a_discipline(void **state)
{
    (void)state;
    CT_AUTO_ARENA a = CT_ARENA_INIT;
    static const char *const objectives[] = {"A", "B", "C"};
    struct fixture f;
    const struct ct_question *got[MOST];
    make_quiz(&a, &f, objectives, 3);
    f.items[0].disciplines = 0x1;
    f.items[1].disciplines = 0x2;
    f.quiz.shuffle = false;
    CT_EQ_I64("prosecutor's and everybody's", ct_quiz_draw(&f.quiz, 0x1, 3, got), 2);
    assert_true(got[0] == &f.items[0] && got[1] == &f.items[2]);
    CT_EQ_I64("only everybody's", ct_quiz_draw(&f.quiz, 0x4, 3, got), 1);
    assert_ptr_equal(got[0], &f.items[2]);
    f.quiz.n_questions = 0;
    CT_EQ_I64("an empty quiz", ct_quiz_draw(&f.quiz, 0x1, 3, got), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_draw_spreads_over_objectives),
        cmocka_unit_test(the_same_seed_draws_the_same),
        cmocka_unit_test(seeds_draw_differently),
        cmocka_unit_test(shuffle_no_keeps_the_written_order),
        cmocka_unit_test(only_what_is_asked_of_a_discipline),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
