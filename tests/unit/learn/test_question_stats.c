/*
 * test_question_stats.c: how questions do, with numbers computed by hand; and that few people stay
 * unknown.
 */
#include "trial.h"

#include "ct/learn/question_stats.h"

#include "ct/base/banned.h"

#define QUIZ "basics/02-quiz.md"
#define TEXT(who)                                                                                  \
    "# Check\n\n## Quiz\n\n### Question: Who\n\n`id: who`\n\n" who                                 \
    "\n\n- (x) a\n- ( ) b\n- ( ) c\n\n"                                                            \
    "### Question: Signs\n\n`id: signs` `points: 2` `scoring: each`\n\nWhich?\n\n"                 \
    "- [x] a\n- [ ] b\n- [x] c\n\n"                                                                \
    "### Put in order: Steps\n\n`id: steps`\n\n1. one\n2. two\n3. three\n\n"                       \
    "### Question: Mood\n\n`id: mood` `survey`\n\nHow was it?\n\n- ( ) good\n- ( ) bad\n"

enum { WHO, SIGNS, STEPS, MOOD, N_QUESTIONS };

struct stats {
    struct ct_question_stats *list;
    size_t n, people;
};

static struct stats stats_of(struct studio *t)
{
    struct ct_err err = CT_ERR_INIT;
    struct stats s = {NULL, 0, 0};
    CT_AUTO_READER rd = ct_store_reader(t->store);

    CT_OK_("stats",
           ct_question_stats(rd.db, &t->a, t->s.cat, ct_catalogue_course(t->s.cat, CT_SV("basics")),
                             quiz_of(t), &s.list, &s.n, &s.people, &err),
           &err);
    return s;
}

/* Twelve people. "who" is right for 1-4 and 7-9; all else is right for 1-6. */
static void twelve_try(struct studio *t)
{
    for (int64_t i = 1; i <= 12; i++) {
        bool who = i <= 4 || (i >= 7 && i <= 9), rest = i <= 6;
        try_quiz(t, (struct trial){.person = 100 + i,
                                   .discipline = i % 2 ? "prosecutor" : "advocate",
                                   .who = who,
                                   .signs = rest ? 1 : 0.5,
                                   .steps = rest,
                                   .who_answer = who ? "[0]" : "[1]",
                                   .signs_answer = rest ? "[0,2]" : "[0]",
                                   .steps_answer = rest ? "[0,1,2]" : "[0,2,1]",
                                   .mood_answer = i <= 3 ? "[1]" : NULL});
    }
}

static void expect_near(const char *name, double got, double want)
{
    if (got - want > 1e-6 || want - got > 1e-6)
        fail_msg("%s: got %f, want %f", name, got, want);
}

static void expect_share(const char *name, struct ct_stats_share got, size_t people, size_t right,
                         double mean)
{
    CT_EQ_I64(name, got.people, people);
    CT_EQ_I64(name, got.right, right);
    expect_near(name, got.mean, mean);
}

static void expect_chosen(const char *name, const struct ct_question_stats *s, const char *want)
{
    char got[64] = "";
    size_t n = 0;

    for (size_t i = 0; i < s->n_chosen; i++)
        n += (size_t)snprintf(got + n, sizeof got - n, "%s%zu", i ? " " : "", s->chosen[i]);
    CT_EQ_STR(name, got, want);
}

static void shares_options_and_correlations_are_those_computed_by_hand(void **state)
{
    struct studio *t = *state;

    folder_saved(t, QUIZ, TEXT("Who?"));
    twelve_try(t);
    struct stats s = stats_of(t);
    CT_EQ_I64("people", s.people, 12);
    CT_EQ_I64("questions", s.n, N_QUESTIONS);
    CT_EQ_SV("in written order", s.list[SIGNS].question->id, CT_SV("signs"));
    expect_share("who", s.list[WHO].all, 12, 7, 7.0 / 12);
    expect_share("who, of prosecutors: 1 3 7 9 of six", s.list[WHO].by_discipline[0], 6, 4,
                 4.0 / 6);
    expect_share("who, of advocates: 2 4 8 of six", s.list[WHO].by_discipline[1], 6, 3, 0.5);
    expect_share("signs, half right is not right", s.list[SIGNS].all, 12, 6, 0.75);
    expect_share("steps", s.list[STEPS].all, 12, 6, 0.5);
    expect_share("a survey has no right answer", s.list[MOOD].all, 3, 0, 0);
    expect_chosen("who", &s.list[WHO], "7 5 0");
    expect_chosen("signs", &s.list[SIGNS], "12 0 6");
    expect_chosen("steps: the first is in its place always", &s.list[STEPS], "12 6 6");
    expect_chosen("mood", &s.list[MOOD], "0 3");
    /* n 12, sum x 7, y: 6 times 1 and 6 times (2*0.5+0)/3 = 1/3: sum 8, xy: 4 + 3/3 = 5,
     * yy: 6 + 6/9: (12*5 - 7*8) / sqrt((12*7 - 49) * (12*20/3 - 64)) = 4 / sqrt(35 * 16) */
    assert_true(s.list[WHO].has_discrimination);
    expect_near("who", s.list[WHO].discrimination, 0.1690309);
    /* x 1 or 0.5, rest (who + steps) / 2. x: sum 9, xx 7.5; y: 4*1 + 2*0.5 + 3*0.5 = 6.5,
     * yy: 4 + 5*0.25 = 5.25; xy: 4 + 2*0.5 + 3*0.25 = 5.75:
     * (12*5.75 - 9*6.5) / sqrt((90 - 81) * (63 - 42.25)) = 10.5 / sqrt(9 * 20.75) */
    expect_near("signs", s.list[SIGNS].discrimination, 0.7683498);
    assert_false(s.list[MOOD].has_discrimination);
    for (size_t i = 0; i < s.n; i++)
        CT_EQ_I64("nothing to flag", s.list[i].flag, CT_FLAG_NONE);
}

static void only_the_first_submitted_attempt_counts(void **state)
{
    struct studio *t = *state;

    folder_saved(t, QUIZ, TEXT("Who?"));
    try_quiz(t, (struct trial){101, "advocate", 1, 1, 1, "[0]", NULL, NULL, NULL, NULL, true});
    try_quiz(t, (struct trial){101, "advocate", 0, -1, 0, "[1]", NULL, NULL, NULL, NULL, false});
    try_quiz(t, (struct trial){101, "advocate", 1, 1, 1, "[0]", "[0,2]", NULL, NULL, NULL, false});
    struct stats s = stats_of(t);
    CT_EQ_I64("people", s.people, 1);
    expect_share("who", s.list[WHO].all, 1, 0, 0);
    expect_chosen("who", &s.list[WHO], "0 1 0");
    expect_share("signs was drawn the second time only", s.list[SIGNS].all, 1, 1, 1);
    expect_chosen("signs", &s.list[SIGNS], "1 0 1");
    expect_share("steps", s.list[STEPS].all, 1, 0, 0);
    expect_chosen("not answered", &s.list[STEPS], "0 0 0");
}

static void a_question_that_reads_otherwise_now_is_another(void **state)
{
    struct studio *t = *state;
    char old[CT_HASH_HEX + 1];

    folder_saved(t, QUIZ, TEXT("Who, of these?"));
    memcpy(old, quiz_of(t)->revision, sizeof old);
    folder_saved(t, QUIZ, TEXT("Who?"));
    try_quiz(t, (struct trial){101, "advocate", 1, 1, 1, "[0]", NULL, NULL, NULL, old, false});
    try_quiz(t, (struct trial){102, "advocate", 0, 0, 0, "[1]", NULL, NULL, NULL, NULL, false});
    try_quiz(t, (struct trial){101, "advocate", 0, 0, 0, "[1]", NULL, NULL, NULL, NULL, false});
    struct stats s = stats_of(t);
    expect_share("who: both, on the new text", s.list[WHO].all, 2, 0, 0);
    expect_chosen("who", &s.list[WHO], "0 2 0");
    expect_share("signs: the old attempt is the first", s.list[SIGNS].all, 2, 1, 0.5);
}

static void answers_that_cannot_be_read_are_passed_over(void **state)
{
    static const char *const answers[] = {"[9]", "{}",     "[0,1]",  "nonsense",
                                          "[]",  "[null]", "[\"a\"]"};
    struct studio *t = *state;
    int64_t person = 101;

    folder_saved(t, QUIZ, TEXT("Who?"));
    CT_EACH (answer, answers)
        try_quiz(t, (struct trial){person++, "advocate", 0, 0, 0, *answer, NULL, NULL, NULL, NULL,
                                   false});
    struct stats s = stats_of(t);
    CT_EQ_I64("people", s.list[WHO].all.people, 7);
    expect_chosen("who", &s.list[WHO], "0 0 0");
}

static void nobody_tried(void **state)
{
    struct studio *t = *state;
    struct ct_question_stats *list;
    size_t n, people;

    folder_saved(t, QUIZ, TEXT("Who?"));
    struct stats s = stats_of(t);
    CT_EQ_I64("people", s.people, 0);
    CT_EQ_I64("questions", s.n, N_QUESTIONS);
    expect_share("who", s.list[WHO].all, 0, 0, 0);
    assert_false(s.list[WHO].has_discrimination);
    CT_EQ_I64("no flag", s.list[WHO].flag, CT_FLAG_NONE);
    CT_AUTO_READER rd = ct_store_reader(t->store);
    const struct ct_course *c = ct_catalogue_course(t->s.cat, CT_SV("basics"));
    CT_EQ_I64("no quiz",
              ct_question_stats(rd.db, &t->a, t->s.cat, c, ct_course_module(c, CT_SV("seeing")),
                                &list, &n, &people, NULL),
              CT_NOT_FOUND);
}

static void flags_want_ten_people_and_a_reason(void **state)
{
    static const struct {
        const char *name;
        int people, right;   /* so many of the first are right */
        bool rest_for_wrong; /* those who are wrong are good at the rest */
        enum ct_stats_flag want;
    } cases[] = {
        {"nine, all wrong", 9, 0, false, CT_FLAG_NONE},
        {"ten, all wrong", 10, 0, false, CT_FLAG_NEARLY_ALL_FAIL},
        {"one of ten", 10, 1, false, CT_FLAG_NEARLY_ALL_FAIL},
        {"two of ten: a fifth", 10, 2, false, CT_FLAG_NONE},
        {"all of ten", 10, 10, false, CT_FLAG_NEARLY_ALL_PASS},
        {"nineteen of twenty", 20, 19, false, CT_FLAG_NONE},
        {"all of nine", 9, 9, false, CT_FLAG_NONE},
        {"the good get it wrong", 10, 5, true, CT_FLAG_MISLEADS},
        {"nine good ones get it wrong", 9, 5, true, CT_FLAG_NONE},
    };

    CT_EACH (c, cases) {
        void *state_of_case;
        assert_int_equal(studio_open(&state_of_case), 0);
        struct studio *t = state_of_case;
        folder_saved(t, QUIZ, TEXT("Who?"));
        for (int i = 0; i < c->people; i++) {
            bool right = i < c->right, rest = c->rest_for_wrong ? !right : right;
            try_quiz(t, (struct trial){100 + i, "advocate", right, rest, rest, NULL, NULL, NULL,
                                       NULL, NULL, false});
        }
        struct stats s = stats_of(t);
        CT_EQ_I64(c->name, s.list[WHO].flag, c->want);
        CT_EQ_I64(c->name, s.list[WHO].has_discrimination,
                  c->people >= 10 && c->right > 0 && c->right < c->people);
        studio_close(&state_of_case);
    }
    (void)state;
}

static void few_people_stay_unknown(void **state)
{
    static const struct {
        const char *name;
        int people[3]; /* prosecutors, advocates, and of a discipline that is no more */
        size_t want[2];
    } cases[] = {
        {"enough of both", {5, 6, 0}, {5, 6}},
        {"none of one", {5, 0, 0}, {5, 0}},
        {"four alone", {4, 0, 0}, {0, 0}},
        {"four could be had by taking the others off the total", {4, 9, 0}, {0, 0}},
        {"both few", {4, 3, 0}, {0, 0}},
        {"four, and enough of another", {4, 9, 1}, {0, 9}},
        {"a discipline that is no more is hidden, too", {7, 9, 2}, {0, 9}},
        {"it may be large", {7, 9, 5}, {7, 9}},
    };

    CT_EACH (c, cases) {
        static const char *const disciplines[] = {"prosecutor", "advocate", "astronaut"};
        void *state_of_case;
        int64_t person = 100;
        assert_int_equal(studio_open(&state_of_case), 0);
        struct studio *t = state_of_case;
        folder_saved(t, QUIZ, TEXT("Who?"));
        for (size_t d = 0; d < 3; d++)
            for (int i = 0; i < c->people[d]; i++)
                try_quiz(t, (struct trial){person++, disciplines[d], 1, 1, 1, NULL, NULL, NULL,
                                           NULL, NULL, false});
        struct stats s = stats_of(t);
        CT_EQ_I64(c->name, s.list[WHO].all.people, c->people[0] + c->people[1] + c->people[2]);
        for (size_t d = 0; d < 2; d++) {
            const struct ct_stats_share *got = &s.list[WHO].by_discipline[d];
            expect_share(c->name, *got, c->want[d], c->want[d], c->want[d] ? 1 : 0);
        }
        studio_close(&state_of_case);
    }
    (void)state;
}

/* ---- many ---- */

static int crowd_people(struct ct_db *db, void *arg, struct ct_err *err)
{
    (void)arg;
    return ct_db_exec(db,
                      "with recursive k(i) as (select 1 union all select i + 1 from k where i < "
                      "2000) insert into person(id, email, email_key, name, roles, created_at)"
                      " select 100 + i, 'p@x' || i, 'p@x' || i, 'P', 1, 0 from k",
                      err);
}

/* One more attempt of each of 2,000 people at the live text. */
static int crowd_job(struct ct_db *db, void *arg, struct ct_err *err)
{
    const char *revision = arg;
    static const struct ct_sql attempts = {
        "with recursive k(i) as (select 1 union all select i + 1 from k where i < 2000)"
        " insert into attempt(person, course, module, discipline, revision, seed, pass_mark,"
        " started_at) select 100 + i, 'basics', 'quiz', 'advocate', :revision, 1, 80, 0 from k"};
    CT_AUTO_STMT st = ct_db_stmt(db, &attempts);

    ct_bind_c(&st, ":revision", revision);
    int r = ct_stmt_run(&st, err);
    if (r < 0)
        return r;
    return ct_db_exec(
        db,
        "insert into attempt_result select id, 50, 0, 0 from attempt where id not in"
        " (select attempt from attempt_result);"
        "insert into attempt_grade select a.id, q.column1, a.id % 2, 1 from attempt a,"
        " (values('who'), ('signs'), ('steps')) q where a.id not in"
        " (select attempt from attempt_grade);"
        "insert into attempt_answer(attempt, question, answer, at) select a.id, q.column1,"
        " q.column2, 0 from attempt a, (values('who', '[1]'), ('signs', '[0,2]'),"
        " ('steps', '[0,1,2]')) q where a.id not in (select attempt from attempt_answer)",
        err);
}

static int64_t time_of(struct studio *t, size_t people)
{
    int64_t best = INT64_MAX;

    for (int i = 0; i < 3; i++) {
        int64_t start = ct_monotonic_us(), took;
        struct stats s = stats_of(t);
        took = ct_monotonic_us() - start;
        CT_EQ_I64("people", s.people, people);
        best = took < best ? took : best;
    }
    return best;
}

static void time_grows_with_the_attempts_and_no_faster(void **state)
{
    struct studio *t = *state;
    struct ct_err err = CT_ERR_INIT;
    char revision[CT_HASH_HEX + 1];
    int64_t few, many;

    folder_saved(t, QUIZ, TEXT("Who?"));
    memcpy(revision, quiz_of(t)->revision, sizeof revision);
    CT_OK_("people", ct_store_write(t->store, crowd_people, NULL, &err), &err);
    CT_OK_("few", ct_store_write(t->store, crowd_job, revision, &err), &err);
    few = time_of(t, 2000);
    for (int i = 0; i < 9; i++)
        CT_OK_("more", ct_store_write(t->store, crowd_job, revision, &err), &err);
    many = time_of(t, 2000);
    assert_true(many < 40 * few); /* ten times the rows; a square would be a hundred times */
}

int main(void)
{
#define T(test) cmocka_unit_test_setup_teardown(test, studio_open, studio_close)
    const struct CMUnitTest tests[] = {
        T(shares_options_and_correlations_are_those_computed_by_hand),
        T(only_the_first_submitted_attempt_counts),
        T(a_question_that_reads_otherwise_now_is_another),
        T(answers_that_cannot_be_read_are_passed_over),
        T(nobody_tried),
        cmocka_unit_test(flags_want_ten_people_and_a_reason),
        cmocka_unit_test(few_people_stay_unknown),
        T(time_grows_with_the_attempts_and_no_faster),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
