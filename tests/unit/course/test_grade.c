/*
 * test_grade.c: what answers are worth.
 */
#include "ct_test.h"

#include "question_make.h"

#include "ct/base/banned.h"

/* Shares as thousandths, so that they print. */
static int64_t share_of(struct ct_arena *a, const struct ct_question *q,
                        const struct ct_answer *ans)
{
    struct ct_grade grade;
    ct_question_grade(a, q, ans, &grade);
    assert_int_equal(grade.right, grade.share >= 1.0);
    return (int64_t)(grade.share * 1000 + 0.5);
}

static void the_right_answer_gets_all(void **state)
{
    (void)state;
    CT_AUTO_ARENA a = CT_ARENA_INIT;
    CT_EACH (kind, make_kinds) {
        for (int each = 0; each < 2; each++) {
            struct ct_question *q = make_kind(&a, *kind);
            struct ct_answer right = make_right(&a, q);
            struct ct_grade grade;
            q->each = each;
            ct_question_grade(&a, q, &right, &grade);
            CT_EQ_I64(q->id.p, grade.answered, true);
            CT_EQ_I64(q->id.p, grade.graded, q->kind != CT_Q_REFLECT);
            CT_EQ_I64(q->id.p, grade.right, q->kind != CT_Q_REFLECT);
        }
    }
}

static void surveys_are_not_graded(void **state)
{
    (void)state;
    CT_AUTO_ARENA a = CT_ARENA_INIT;
    struct ct_question *q = make_question(&a, CT_Q_SINGLE, "q", 3, 0);
    struct ct_answer ans = make_picks(&a, (const int[]){2}, 1);
    struct ct_grade grade;
    q->survey = true;
    ct_question_grade(&a, q, &ans, &grade);
    assert_true(grade.answered && !grade.graded && !grade.right);
}

static void several_picks(void **state)
{
    (void)state;
    /* right: a, c, e of five */
    static const struct {
        const char *name;
        int picks[5];
        size_t n;
        int64_t all, each;
    } cases[] = {
        {"all right", {0, 2, 4}, 3, 1000, 1000},
        {"one left out", {0, 2}, 2, 0, 667},
        {"one wrong besides", {0, 1, 2, 4}, 4, 0, 667},
        {"one right, one wrong", {0, 1}, 2, 0, 0},
        {"more wrong than right", {1, 3}, 2, 0, 0},
        {"everything ticked", {0, 1, 2, 3, 4}, 5, 0, 333},
        {"not answered", {0}, 0, 0, 0},
    };
    CT_AUTO_ARENA a = CT_ARENA_INIT;
    struct ct_question *q = make_kind(&a, CT_Q_MULTIPLE);
    CT_EACH (c, cases) {
        struct ct_answer ans = make_picks(&a, c->picks, c->n);
        q->each = false;
        CT_EQ_I64(c->name, share_of(&a, q, &ans), c->all);
        q->each = true;
        CT_EQ_I64(c->name, share_of(&a, q, &ans), c->each);
    }
}

static void parts_in_order(void **state)
{
    (void)state;
    static const struct {
        const char *name;
        uint32_t ties[4];
        int picks[4];
        int64_t each;
    } cases[] = {
        {"right", {0}, {0, 1, 2, 3}, 1000},
        {"two swapped", {0}, {0, 2, 1, 3}, 500},
        {"all wrong", {0}, {1, 2, 3, 0}, 0},
        {"tied ones swapped are right", {0, 1, 1, 0}, {0, 2, 1, 3}, 1000},
        {"untied ones beside a tie", {0, 1, 1, 0}, {3, 2, 1, 0}, 500},
        {"two ties do not mix", {1, 1, 2, 2}, {2, 3, 0, 1}, 0},
        {"ties need not be neighbours", {1, 0, 1, 0}, {2, 1, 0, 3}, 1000},
    };
    CT_AUTO_ARENA a = CT_ARENA_INIT;
    CT_EACH (c, cases) {
        struct ct_question *q = make_question(&a, CT_Q_ORDER, "q", 4, 0);
        struct ct_answer ans = make_picks(&a, c->picks, 4);
        memcpy(q->tie_groups, c->ties, sizeof c->ties);
        CT_EQ_I64(c->name, share_of(&a, q, &ans), c->each == 1000 ? 1000 : 0);
        q->each = true;
        CT_EQ_I64(c->name, share_of(&a, q, &ans), c->each);
    }
}

static void items_that_read_the_same_are_the_same(void **state)
{
    (void)state;
    CT_AUTO_ARENA a = CT_ARENA_INIT;
    struct ct_question *q = make_question(&a, CT_Q_ORDER, "q", 3, 0);
    struct ct_answer ans = make_picks(&a, (const int[]){2, 1, 0}, 3);
    q->options[2].plain = q->options[0].plain;
    q->options[2].html = q->options[0].html;
    CT_EQ_I64("order", share_of(&a, q, &ans), 1000);
    q = make_question(&a, CT_Q_MATCH, "q", 3, 0);
    q->targets[2].plain = q->targets[0].plain;
    q->targets[2].html = q->targets[0].html;
    CT_EQ_I64("match", share_of(&a, q, &ans), 1000);
}

static void matches_and_gaps_tell_their_parts(void **state)
{
    (void)state;
    CT_AUTO_ARENA a = CT_ARENA_INIT;
    struct ct_question *q = make_kind(&a, CT_Q_MATCH);
    struct ct_answer ans = make_picks(&a, (const int[]){0, 5, -1, 3}, 4);
    struct ct_grade grade;
    q->each = true;
    ct_question_grade(&a, q, &ans, &grade);
    CT_EQ_I64("share", (int64_t)(grade.share * 1000), 500);
    const bool want[] = {true, false, false, true};
    assert_memory_equal(grade.part_right, want, sizeof want);

    q = make_kind(&a, CT_Q_GAPS);
    ans = make_right(&a, q);
    ans.parts[0].text = CT_SV("Eighteen.");
    ans.parts[1].pick = 1;
    ct_question_grade(&a, q, &ans, &grade);
    assert_true(grade.part_right[0] && !grade.part_right[1]);
    CT_EQ_I64("all or nothing", (int64_t)grade.share, 0);
    ans.parts[0] = (struct ct_answer_part){-1, CT_SV_NULL};
    ans.parts[1].pick = 0;
    q->each = true;
    CT_EQ_I64("one gap left open", share_of(&a, q, &ans), 500);
}

static void short_texts(void **state)
{
    (void)state;
    static const struct {
        const char *name, *accepted, *answer;
        int typos;
        bool want;
    } cases[] = {
        {"as written", "safety plan", "safety plan", 0, true},
        {"case", "Safety plan", "SAFETY PLAN", 0, true},
        {"blanks", "safety plan", "  safety \t plan ", 0, true},
        {"no-break space", "safety plan", "safety\xc2\xa0plan", 0, true},
        {"final punctuation", "safety plan", "safety plan!?", 0, true},
        {"blank before punctuation", "safety plan", "safety plan .", 0, true},
        {"Spanish question marks", "por qué", "¿Por qué?", 0, true},
        {"curly quotes", "children's bureau", "Children’s Bureau", 0, true},
        {"capital accents", "niñez", "NIÑEZ", 0, true},
        {"Cyrillic capitals", "да", "ДА", 0, true},
        {"punctuation within counts", "e.g. this", "eg this", 0, false},
        {"only punctuation is kept", "?", "!", 0, false},
        {"another word", "safety plan", "safety plane", 0, false},
        {"one typo", "safety plan", "safty plan", 1, true},
        {"a typo counts letters, not bytes", "señora", "senora", 1, true},
        {"two letters swapped are two edits", "safety plan", "safety paln", 1, false},
        {"two edits forgiven", "safety plan", "safety paln", 2, true},
        {"digits are never a typo", "section 18", "section 16", 2, false},
        {"digits the same, letters off", "section 18", "sectoin 18", 2, true},
        {"a missing digit is no typo", "1978", "978", 3, false},
        {"not every letter may be wrong", "no", "if", 3, false},
        {"a letter of a short word", "no", "nu", 3, true},
        {"long words", "mandated reporter law of the state of Washington and others besides",
         "Mandated Reporter Law of the State of Washington and others besides.", 0, true},
    };
    CT_AUTO_ARENA a = CT_ARENA_INIT;
    CT_EACH (c, cases) {
        struct ct_question *q = make_question(&a, CT_Q_TEXT, "q", 0, 0);
        struct ct_answer ans = make_typed(&a, c->answer);
        q->accepted = make_texts(&a, &c->accepted, 1);
        q->n_accepted = 1;
        q->typos = c->typos;
        CT_EQ_I64(c->name, share_of(&a, q, &ans), c->want ? 1000 : 0);
    }
}

static void numbers(void **state)
{
    (void)state;
    static const struct {
        const char *name, *answer, *unit;
        double low, high;
        bool want;
    } cases[] = {
        {"bare", "72", NULL, 70, 74, true},
        {"at the lower end", "70", NULL, 70, 74, true},
        {"past the upper end", "74.01", NULL, 70, 74, false},
        {"with its unit", "72 hours", "hours", 70, 74, true},
        {"unit in capitals", "72 HOURS.", "hours", 70, 74, true},
        {"unit in the singular", "1 hour", "hours", 1, 1, true},
        {"unit in the plural", "72hours", "hour", 70, 74, true},
        {"unit in front", "$500", "$", 500, 500, true},
        {"percent", "80 %", "%", 80, 80, true},
        {"another unit", "72 days", "hours", 70, 74, false},
        {"unit where none is known", "72 hours", NULL, 70, 74, false},
        {"only the unit", "hours", "hours", 70, 74, false},
        {"decimals", "72.0", NULL, 72, 72, true},
        {"sums of fractions", "71.9", NULL, 72 - 0.1, 72 + 0.1, true},
        {"thousands", "1,000", NULL, 1000, 1000, true},
        {"millions", "12,345,678", NULL, 12345678, 12345678, true},
        {"thousands with decimals", "1,000.5", NULL, 1000.5, 1000.5, true},
        {"thousands by no-break space",
         "1\xc2\xa0"
         "000",
         NULL, 1000, 1000, true},
        {"decimal comma", "0,5", NULL, 0.5, 0.5, true},
        {"half with three decimals", "0,500", NULL, 0.5, 0.5, true},
        {"groups that are none", "1,00,000", NULL, 100000, 100000, false},
        {"group too long in front", "1234,567", NULL, 1234.567, 1234.567, true},
        {"minus from a phone", "−5", NULL, -5, -5, true},
        {"words", "seventy-two", NULL, 72, 72, false},
        {"two numbers", "70 74", NULL, 70, 74, false},
        {"exponent", "7e1", NULL, 70, 74, false},
        {"far too long", "0000000000000000000000000000000000000000000000000072", NULL, 70, 74,
         false},
    };
    CT_AUTO_ARENA a = CT_ARENA_INIT;
    CT_EACH (c, cases) {
        struct ct_question *q = make_question(&a, CT_Q_NUMBER, "q", 0, 0);
        struct ct_answer ans = make_typed(&a, c->answer);
        q->low = c->low;
        q->high = c->high;
        q->unit = ct_sv_c(c->unit);
        CT_EQ_I64(c->name, share_of(&a, q, &ans), c->want ? 1000 : 0);
    }
}

static void cases_speak_to_an_answer(void **state)
{
    (void)state;
    CT_AUTO_ARENA a = CT_ARENA_INIT;
    struct ct_case at[] = {{.is_range = true, .low = 24, .high = 24},
                           {.is_range = true, .low = 0, .high = 71},
                           {.text = CT_SV("three days")}};
    struct ct_question *q = make_kind(&a, CT_Q_NUMBER);
    q->cases = at;
    q->n_cases = 3;
    static const struct {
        const char *name, *answer;
        int want; /* -1: none */
    } cases[] = {{"exactly", "24 hours", 0},
                 {"the first that fits", "30", 1},
                 {"none", "100", -1},
                 {"in words", "Three days.", 2}};
    CT_EACH (c, cases) {
        struct ct_answer ans = make_typed(&a, c->answer);
        struct ct_grade grade;
        ct_question_grade(&a, q, &ans, &grade);
        assert_ptr_equal(grade.hit, c->want < 0 ? NULL : &at[c->want]);
    }
}

static void cases_forgive_typos_only_of_wrong_answers(void **state)
{
    (void)state;
    CT_AUTO_ARENA a = CT_ARENA_INIT;
    struct ct_case at[] = {{.text = CT_SV("safety plans")}, {.text = CT_SV("case plan")}};
    struct ct_question *q = make_kind(&a, CT_Q_TEXT);
    struct ct_grade grade;
    q->cases = at;
    q->n_cases = 2;
    struct ct_answer ans = make_typed(&a, "safety plan");
    ct_question_grade(&a, q, &ans, &grade);
    assert_true(grade.right && grade.hit == NULL);
    ans = make_typed(&a, "csae plan");
    ct_question_grade(&a, q, &ans, &grade);
    assert_true(grade.hit == NULL);
    ans = make_typed(&a, "cas plan");
    ct_question_grade(&a, q, &ans, &grade);
    assert_ptr_equal(grade.hit, &at[1]);
}

static void a_reflection_counts_its_words(void **state)
{
    (void)state;
    CT_AUTO_ARENA a = CT_ARENA_INIT;
    struct ct_question *q = make_kind(&a, CT_Q_REFLECT);
    struct ct_answer ans = make_typed(&a, "four words are here");
    struct ct_grade grade;
    q->words = 4;
    ct_question_grade(&a, q, &ans, &grade);
    assert_true(grade.answered && !grade.graded);
    q->words = 5;
    ct_question_grade(&a, q, &ans, &grade);
    assert_false(grade.answered);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_right_answer_gets_all),
        cmocka_unit_test(surveys_are_not_graded),
        cmocka_unit_test(several_picks),
        cmocka_unit_test(parts_in_order),
        cmocka_unit_test(items_that_read_the_same_are_the_same),
        cmocka_unit_test(matches_and_gaps_tell_their_parts),
        cmocka_unit_test(short_texts),
        cmocka_unit_test(numbers),
        cmocka_unit_test(cases_speak_to_an_answer),
        cmocka_unit_test(cases_forgive_typos_only_of_wrong_answers),
        cmocka_unit_test(a_reflection_counts_its_words),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
