/*
 * test_attempt.c: tries of a quiz: beginning, saving, submitting, seeing.
 */
#include "fixture.h"

#include <pthread.h>

#include "ct/base/banned.h"

static struct ct_tries tries_of(struct world *w, int64_t person, const char *module)
{
    struct ct_err err = CT_ERR_INIT;
    struct ct_tries t;
    AUTO_SEAT seat = seat_take(w, person);

    CT_OK_(module, ct_attempt_tries(&seat.d, course_of(w, module), module_of(w, module), &t, &err),
           &err);
    return t;
}

static int begin(struct world *w, int64_t person, const char *module, struct ct_err *err)
{
    int64_t id;
    AUTO_SEAT seat = seat_take(w, person);

    return ct_attempt_begin(&seat.d, course_of(w, module), module_of(w, module), &id, err);
}

static int get(struct world *w, int64_t person, const char *course_module, const char *module_id,
               int64_t id, struct ct_attempt *ret, struct ct_err *err)
{
    AUTO_SEAT seat = seat_take(w, person);

    return ct_attempt_get(&seat.d, course_of(w, course_module), ct_sv_c(module_id), id, ret, err);
}

static struct ct_attempt attempt_of(struct world *w, int64_t person, const char *module, int64_t id)
{
    struct ct_err err = CT_ERR_INIT;
    struct ct_attempt at;

    CT_OK_(module, get(w, person, module, module, id, &at, &err), &err);
    return at;
}

static int save(struct world *w, int64_t person, int64_t id, const char *fields, bool submit,
                size_t *ret_saved)
{
    return save_quiz(w, person, "victims", id, fields, submit, ret_saved, NULL);
}

static void a_new_attempt_asks_what_was_drawn(void **state)
{
    struct world *w = *state;
    struct ct_attempt at = attempt_of(w, ANNA, "victims", begin_quiz(w, ANNA, "victims"));

    CT_EQ_I64("questions", at.n, 4);
    CT_EQ_SV("in written order", at.questions[0]->id, CT_SV("who"));
    CT_EQ_I64("nothing answered", at.answers[0].n, 0);
    CT_EQ_I64("open", at.submitted_at, 0);
    CT_EQ_I64("no score", at.score, -1);
    CT_EQ_I64("no grades", at.grades == NULL, true);
    CT_EQ_I64("no answers shown", at.show_answers, false);
    CT_EQ_I64("the course's mark", at.pass_mark, 80);
    CT_EQ_I64("when", at.started_at, w->now);
    CT_EQ_SV("as whom", at.discipline, CT_SV("prosecutor"));
    assert_true(at.seed >> 63 == 0);
}

static void the_mark_is_that_of_the_start(void **state)
{
    struct world *w = *state;
    int64_t id = begin_quiz(w, ANNA, "victims");

    ((struct ct_module *)module_of(w, "victims"))->pass = 100;
    CT_EQ_I64("as it was", attempt_of(w, ANNA, "victims", id).pass_mark, 80);
}

static void beginning_twice_is_one_attempt(void **state)
{
    struct world *w = *state;
    int64_t id = begin_quiz(w, ANNA, "victims");

    CT_EQ_I64("the same", begin_quiz(w, ANNA, "victims"), id);
    assert_true(begin_quiz(w, BEN, "victims") != id);
    CT_EQ_I64("told", tries_of(w, ANNA, "victims").open, id);
}

static void no_quiz_no_attempt(void **state)
{
    struct world *w = *state;

    CT_EQ_I64("a lesson without", begin(w, ANNA, "law", NULL), CT_NOT_FOUND);
    CT_EQ_I64("a scenario", begin(w, ANNA, "motel", NULL), CT_NOT_FOUND);
}

static void attempts_are_one_s_own(void **state)
{
    static const struct {
        const char *name;
        int64_t person;
        const char *course_of, *module;
        int64_t offset;
        int want;
    } cases[] = {
        {"one's own", ANNA, "victims", "victims", 0, CT_OK},
        {"another's", BEN, "victims", "victims", 0, CT_NOT_FOUND},
        {"of another module", ANNA, "victims", "law", 0, CT_NOT_FOUND},
        {"of another course", ANNA, "deep", "victims", 0, CT_NOT_FOUND},
        {"one that does not exist", ANNA, "victims", "victims", 1, CT_NOT_FOUND},
    };
    struct world *w = *state;
    int64_t id = begin_quiz(w, ANNA, "victims");

    CT_EACH (c, cases) {
        struct ct_attempt at;
        CT_EQ_I64(c->name, get(w, c->person, c->course_of, c->module, id + c->offset, &at, NULL),
                  c->want);
    }
}

static void answers_are_kept_as_they_change(void **state)
{
    /* In turn, on one attempt. */
    static const struct {
        const char *name, *fields;
        size_t saved;
        int64_t rows;
    } cases[] = {
        {"nothing", "", 0, 0},
        {"a blank where nothing was", "q.hours=", 0, 0},
        {"one", "q.who=2", 1, 1},
        {"the same again", "q.who=2", 0, 1},
        {"changed, and two more", "q.who=0&q.signs=2&q.signs=0&q.hours=72", 3, 4},
        {"the same picks in another order", "q.signs=0&q.signs=2", 0, 4},
        {"taken back", "q.hours=", 1, 5},
        {"taken back again", "q.hours=", 0, 5},
    };
    struct world *w = *state;
    int64_t id = begin_quiz(w, ANNA, "victims");

    CT_EACH (c, cases) {
        size_t saved = 99;
        CT_EQ_I64(c->name, save(w, ANNA, id, c->fields, false, &saved), CT_OK);
        CT_EQ_I64(c->name, saved, c->saved);
        CT_EQ_I64(c->name, number(w, "select count(*) as n from attempt_answer"), c->rows);
    }
    struct ct_attempt at = attempt_of(w, ANNA, "victims", id);
    CT_EQ_I64("the latest pick", at.answers[0].parts[0].pick, 0);
    CT_EQ_I64("two signs", at.answers[1].n, 2);
    CT_EQ_I64("no hours", at.answers[2].n, 0);
}

static void bad_fields_are_named_and_nothing_is_kept(void **state)
{
    static const struct {
        const char *name, *fields, *what;
    } cases[] = {
        {"of no question", "q.who=0&q.other=1", "q.other"},
        {"of no question at all", "q.who=0&x=1", "x"},
        {"a place that is not there", "q.hours=72&q.who=9", "q.who"},
        {"no place", "q.who=a", "q.who"},
        {"two picks of one", "q.who=0&q.who=1", "q.who"},
        {"a very long name",
         "q.aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa=1",
         "q.aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"},
    };
    struct world *w = *state;
    int64_t id = begin_quiz(w, ANNA, "victims");

    CT_EACH (c, cases) {
        struct ct_err err = CT_ERR_INIT;
        size_t saved;
        CT_EQ_I64(c->name, save_quiz(w, ANNA, "victims", id, c->fields, true, &saved, &err),
                  CT_BAD_INPUT);
        CT_EQ_STR(c->name, err.what, c->what);
        CT_EQ_I64(c->name, number(w, "select count(*) as n from attempt_answer"), 0);
        CT_EQ_I64(c->name, number(w, "select count(*) as n from attempt_result"), 0);
    }
}

static void a_score_is_the_share_of_the_points(void **state)
{
    static const struct {
        const char *name, *fields;
        int score;
        bool passed;
    } cases[] = {
        {"nothing answered", "", 0, false},
        {"all right", ALL_RIGHT, 100, true},
        {"one of four points", "q.who=0", 25, false},
        {"half of a question that is scored by each", "q.who=0&q.hours=72&q.signs=0", 75, false},
        {"a wrong pick takes away", "q.who=0&q.hours=72&q.signs=0&q.signs=2&q.signs=3", 75, false},
        {"a reflection counts for nothing", "q.team=We+met&q.who=0", 25, false},
    };
    struct world *w = *state;

    CT_EACH (c, cases) {
        int64_t id = do_quiz(w, ANNA, "victims", c->fields);
        struct ct_attempt at = attempt_of(w, ANNA, "victims", id);
        CT_EQ_I64(c->name, at.score, c->score);
        CT_EQ_I64(c->name, at.passed, c->passed);
        CT_EQ_I64(c->name, at.submitted_at, w->now);
        CT_EQ_I64(c->name, at.show_answers, true);
        CT_EQ_I64(c->name, at.grades[3].graded, false);
    }
    CT_EQ_I64("three grades a try, none for the reflection",
              number(w, "select count(*) as n from attempt_grade"), 18);
}

static void thirds_are_not_lost_in_rounding(void **state)
{
    struct world *w = *state;
    struct ct_question *signs = (struct ct_question *)module_of(w, "victims")->quiz->questions[1];

    signs->options = make_choices(&w->arena, 4, 0x7);
    signs->points = 7;
    /* (1 + 7 / 3 * 3 + 1) of 9, and with one of three signs (1 + 7 / 3 + 1) of 9 = 48.1… */
    CT_EQ_I64(
        "all thirds",
        attempt_of(w, ANNA, "victims",
                   do_quiz(w, ANNA, "victims", "q.who=0&q.signs=0&q.signs=1&q.signs=2&q.hours=72"))
            .score,
        100);
    CT_EQ_I64(
        "rounded down",
        attempt_of(w, ANNA, "victims", do_quiz(w, ANNA, "victims", "q.who=0&q.signs=0&q.hours=72"))
            .score,
        48);
}

static void a_quiz_with_nothing_graded_is_passed(void **state)
{
    struct world *w = *state;
    struct ct_attempt at =
        attempt_of(w, ANNA, "feelings", do_quiz(w, ANNA, "feelings", "q.how=Sad"));

    CT_EQ_I64("full marks", at.score, 100);
    CT_EQ_I64("passed", at.passed, true);
}

static void submitting_grades_what_was_saved_before(void **state)
{
    struct world *w = *state;
    int64_t id = begin_quiz(w, ANNA, "victims");
    size_t saved;

    CT_EQ_I64("saved", save(w, ANNA, id, "q.who=0&q.signs=0&q.signs=2", false, &saved), CT_OK);
    CT_EQ_I64("submitted", save(w, ANNA, id, "q.hours=72", true, &saved), CT_OK);
    CT_EQ_I64("only the new one", saved, 1);
    CT_EQ_I64("all counts", attempt_of(w, ANNA, "victims", id).score, 100);
}

static void what_was_submitted_is_final(void **state)
{
    struct world *w = *state;
    int64_t id = do_quiz(w, ANNA, "victims", HALF);
    size_t saved;

    CT_EQ_I64("saving", save(w, ANNA, id, ALL_RIGHT, false, &saved), CT_CONFLICT);
    CT_EQ_I64("submitting", save(w, ANNA, id, ALL_RIGHT, true, &saved), CT_CONFLICT);
    CT_EQ_I64("as it was", attempt_of(w, ANNA, "victims", id).score, 50);
}

static void tries_and_waiting_are_limited(void **state)
{
    struct world *w = *state;
    struct ct_err err = CT_ERR_INIT;
    struct ct_tries t = tries_of(w, ANNA, "deep");

    CT_EQ_I64("two tries", t.left, 2);
    CT_EQ_I64("no best", t.best, -1);
    CT_EQ_I64("at once", t.wait_until, 0);
    do_quiz(w, ANNA, "deep", "q.one=0");
    t = tries_of(w, ANNA, "deep");
    CT_EQ_I64("one left", t.left, 1);
    CT_EQ_I64("an hour from now", t.wait_until, w->now + 3600);
    w->now += 3599;
    CT_EQ_I64("a second too early", begin(w, ANNA, "deep", &err), CT_CONFLICT);
    CT_EQ_STR("until when", err.text, "the next try may begin at 2023-11-14T23:13:20Z");
    w->now += 1;
    do_quiz(w, ANNA, "deep", "q.two=0");
    w->now += 3600;
    t = tries_of(w, ANNA, "deep");
    CT_EQ_I64("none left", t.left, 0);
    CT_EQ_I64("used", t.used, 2);
    CT_EQ_I64("newest first", t.list[0].score, 66);
    CT_EQ_I64("oldest last", t.list[1].score, 33);
    CT_EQ_I64("the best", t.best, 66);
    CT_EQ_I64("the module's mark is 60", t.passed, true);
    CT_EQ_I64("no more", begin(w, ANNA, "deep", NULL), CT_CONFLICT);
    CT_EQ_I64("others have theirs", tries_of(w, BEN, "deep").left, 2);
    w->discipline[ANNA] = "judge";
    CT_EQ_I64("and so has she as something else", tries_of(w, ANNA, "deep").left, 2);
}

static void answers_are_shown_after_passing(void **state)
{
    struct world *w = *state;
    int64_t first = do_quiz(w, ANNA, "deep", "q.one=0");

    CT_EQ_I64("failed", attempt_of(w, ANNA, "deep", first).show_answers, false);
    assert_non_null(attempt_of(w, ANNA, "deep", first).grades);
    w->now += 3600;
    int64_t second = do_quiz(w, ANNA, "deep", "q.one=0&q.two=0");
    CT_EQ_I64("passed", attempt_of(w, ANNA, "deep", second).show_answers, true);
    CT_EQ_I64("then of the failed one too", attempt_of(w, ANNA, "deep", first).show_answers, true);
}

static void an_attempt_of_an_earlier_discipline_is_only_read(void **state)
{
    struct world *w = *state;
    int64_t id = begin_quiz(w, ANNA, "victims");
    struct ct_err err = CT_ERR_INIT;
    size_t saved;

    w->discipline[ANNA] = "judge";
    CT_EQ_SV("read", attempt_of(w, ANNA, "victims", id).discipline, CT_SV("prosecutor"));
    CT_EQ_I64("not saved", save_quiz(w, ANNA, "victims", id, ALL_RIGHT, true, &saved, &err),
              CT_CONFLICT);
    CT_EQ_STR("why", err.what, "discipline");
    assert_true(begin_quiz(w, ANNA, "victims") != id);
}

struct submitter {
    struct world *w;
    struct ct_desk d;
    struct ct_arena arena;
    struct ct_attempt at;
    struct ct_form form;
    int result;
};

static void *submit_one(void *arg)
{
    struct submitter *s = arg;
    size_t saved;

    s->result = ct_attempt_save(&s->d, &s->at, &s->form, true, &saved, NULL);
    return NULL;
}

static void of_two_submits_at_once_one_conflicts(void **state)
{
    struct world *w = *state;
    struct submitter s[2] = {{.w = w}, {.w = w}};
    pthread_t threads[2];
    int64_t id = begin_quiz(w, ANNA, "victims");
    AUTO_SEAT seat = seat_take(w, ANNA);

    for (int i = 0; i < 2; i++) {
        s[i].d = seat.d;
        s[i].d.arena = &s[i].arena;
        s[i].at = attempt_of(w, ANNA, "victims", id); /* both saw it open */
        s[i].form = make_form(w, i ? ALL_RIGHT : HALF);
    }
    for (int i = 0; i < 2; i++)
        assert_int_equal(pthread_create(&threads[i], NULL, submit_one, &s[i]), 0);
    for (int i = 0; i < 2; i++)
        pthread_join(threads[i], NULL);
    CT_EQ_I64("one of them", s[0].result + s[1].result, CT_CONFLICT);
    CT_EQ_I64("one result", number(w, "select count(*) as n from attempt_result"), 1);
    CT_EQ_I64("the grades of one", number(w, "select count(*) as n from attempt_grade"), 3);
    CT_EQ_I64("whose answers were kept", number(w, "select count(*) as n from attempt_answer"),
              s[0].result == CT_OK ? 2 : 3);
    for (int i = 0; i < 2; i++)
        ct_arena_release(&s[i].arena);
}

static void a_spoiled_record_is_our_fault(void **state)
{
    struct world *w = *state;
    struct ct_err err = CT_ERR_INIT;
    struct ct_attempt at;
    struct ct_db *db;
    int64_t id = begin_quiz(w, ANNA, "victims");

    CT_OK_("open", ct_db_open(ct_temp_path(&w->temp, "test.db"), false, &db, &err), &err);
    CT_OK_("spoil",
           ct_db_exec(db,
                      "insert into attempt_answer(attempt, question, answer, at)"
                      " values(1, 'who', '[17]', 0)",
                      &err),
           &err);
    ct_db_close(db);
    CT_EQ_I64("does not fit", get(w, ANNA, "victims", "victims", id, &at, &err), CT_INTERNAL);
    CT_EQ_STR("which", err.text, "stored answer to who does not fit");
}

int main(void)
{
#define T(test) cmocka_unit_test_setup_teardown(test, world_open, world_close)
    const struct CMUnitTest tests[] = {
        T(a_new_attempt_asks_what_was_drawn),
        T(the_mark_is_that_of_the_start),
        T(beginning_twice_is_one_attempt),
        T(no_quiz_no_attempt),
        T(attempts_are_one_s_own),
        T(answers_are_kept_as_they_change),
        T(bad_fields_are_named_and_nothing_is_kept),
        T(a_score_is_the_share_of_the_points),
        T(thirds_are_not_lost_in_rounding),
        T(a_quiz_with_nothing_graded_is_passed),
        T(submitting_grades_what_was_saved_before),
        T(what_was_submitted_is_final),
        T(tries_and_waiting_are_limited),
        T(answers_are_shown_after_passing),
        T(an_attempt_of_an_earlier_discipline_is_only_read),
        T(of_two_submits_at_once_one_conflicts),
        T(a_spoiled_record_is_our_fault),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
