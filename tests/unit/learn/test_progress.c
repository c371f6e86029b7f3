/*
 * test_progress.c: what is done, and the status that follows: sections, practice, modules, courses.
 */
#include "fixture.h"

#include "ct/base/banned.h"

static struct ct_module_progress progress_of(struct world *w, int64_t person, const char *module)
{
    struct ct_err err = CT_ERR_INIT;
    struct ct_module_progress p;
    AUTO_SEAT seat = seat_take(w, person);

    CT_OK_(module,
           ct_progress_module(&seat.d, course_of(w, module), module_of(w, module), &p, &err), &err);
    return p;
}

static struct ct_course_progress core_of(struct world *w, int64_t person)
{
    struct ct_err err = CT_ERR_INIT;
    struct ct_course_progress p;
    AUTO_SEAT seat = seat_take(w, person);

    CT_OK_("core", ct_progress_course(&seat.d, &w->cat->courses[0], &p, &err), &err);
    return p;
}

static void open_section(struct world *w, int64_t person, size_t section)
{
    const struct ct_module *m = module_of(w, "victims");
    AUTO_SEAT seat = seat_take(w, person);

    ct_section_opened(&seat.d, course_of(w, "victims"), m, &m->sections[section]);
    ct_store_drain(w->store);
}

static void a_status_has_a_word(void **state)
{
    (void)state;
    CT_EQ_STR("at first", ct_progress_word(CT_NOT_STARTED), "not started");
    CT_EQ_STR("then", ct_progress_word(CT_IN_PROGRESS), "in progress");
    CT_EQ_STR("at last", ct_progress_word(CT_COMPLETED), "completed");
}

static void opening_a_section_is_recorded_once(void **state)
{
    struct world *w = *state;

    CT_EQ_I64("before", progress_of(w, ANNA, "victims").status, CT_NOT_STARTED);
    open_section(w, ANNA, 0);
    w->now += 100;
    open_section(w, ANNA, 0);
    struct ct_module_progress p = progress_of(w, ANNA, "victims");
    CT_EQ_I64("rows", number(w, "select count(*) as n from section_opened"), 1);
    CT_EQ_I64("started", p.status, CT_IN_PROGRESS);
    CT_EQ_I64("opened", p.opened[0], true);
    CT_EQ_I64("not the next", p.opened[1], false);
    CT_EQ_I64("not done", p.sections_done, 0);
    CT_EQ_I64("the second look was no event", p.last_at, 1700000000);
}

static void sections_count_by_discipline(void **state)
{
    static const struct {
        const char *name;
        int64_t person;
        size_t sections, modules;
    } cases[] = {
        {"a prosecutor has all", ANNA, 3, 3},
        {"a caseworker has neither charging nor the law", BEN, 2, 2},
        {"an advocate neither", CARA, 2, 2},
    };
    struct world *w = *state;

    CT_EACH (c, cases) {
        do_section(w, c->person, "victims", "opening");
        struct ct_module_progress p = progress_of(w, c->person, "victims");
        CT_EQ_I64(c->name, p.sections, c->sections);
        CT_EQ_I64(c->name, p.sections_done, 1);
        CT_EQ_I64(c->name, core_of(w, c->person).n_modules, c->modules);
    }
}

static void a_section_of_another_discipline_does_not_count(void **state)
{
    struct world *w = *state;

    do_section(w, BEN, "victims", "charging");
    struct ct_module_progress p = progress_of(w, BEN, "victims");
    CT_EQ_I64("kept", p.done[1], true);
    CT_EQ_I64("not counted", p.sections_done, 0);
}

static void a_lesson_is_complete_with_sections_and_quiz(void **state)
{
    struct world *w = *state;

    do_section(w, BEN, "victims", "opening");
    do_section(w, BEN, "victims", "practice");
    CT_EQ_I64("the quiz lacks", progress_of(w, BEN, "victims").status, CT_IN_PROGRESS);
    do_quiz(w, BEN, "victims", HALF);
    struct ct_module_progress p = progress_of(w, BEN, "victims");
    CT_EQ_I64("failed", p.status, CT_IN_PROGRESS);
    CT_EQ_I64("failed", p.best_score, 50);
    CT_EQ_I64("failed", p.quiz_passed, false);
    CT_EQ_I64("any number of tries", p.attempts_left, -1);
    w->now += 60;
    do_quiz(w, BEN, "victims", ALL_RIGHT);
    p = progress_of(w, BEN, "victims");
    CT_EQ_I64("passed", p.status, CT_COMPLETED);
    CT_EQ_I64("passed", p.best_score, 100);
    CT_EQ_I64("tries", p.attempts_used, 2);
    CT_EQ_I64("when", p.completed_at, w->now);
}

static void the_last_section_completes_too(void **state)
{
    struct world *w = *state;

    do_quiz(w, BEN, "victims", ALL_RIGHT);
    do_section(w, BEN, "victims", "opening");
    CT_EQ_I64("one lacks", progress_of(w, BEN, "victims").status, CT_IN_PROGRESS);
    do_section(w, BEN, "victims", "practice");
    CT_EQ_I64("done", progress_of(w, BEN, "victims").status, CT_COMPLETED);
}

static void a_worse_try_later_changes_nothing(void **state)
{
    struct world *w = *state;

    do_quiz(w, BEN, "victims", ALL_RIGHT);
    do_quiz(w, BEN, "victims", HALF);
    struct ct_module_progress p = progress_of(w, BEN, "victims");
    CT_EQ_I64("best", p.best_score, 100);
    CT_EQ_I64("passed", p.quiz_passed, true);
}

static void open_things_are_told(void **state)
{
    struct world *w = *state;
    int64_t attempt = begin_quiz(w, BEN, "victims");
    int64_t old = start_run(w, BEN, "caseworker"), run = start_run(w, BEN, "caseworker");

    CT_EQ_I64("attempt", progress_of(w, BEN, "victims").open_attempt, attempt);
    CT_EQ_I64("the latest run", progress_of(w, BEN, "motel").open_run, run);
    assert_true(old < run);
    CT_EQ_I64("not somebody else's", progress_of(w, ANNA, "motel").open_run, 0);
}

static void a_new_discipline_begins_anew_and_keeps_the_old(void **state)
{
    struct world *w = *state;

    do_core(w, BEN);
    CT_EQ_I64("as caseworker", core_of(w, BEN).status, CT_COMPLETED);
    w->discipline[BEN] = "prosecutor";
    struct ct_course_progress p = core_of(w, BEN);
    CT_EQ_I64("as prosecutor", p.status, CT_NOT_STARTED);
    CT_EQ_I64("as prosecutor", p.modules[0].sections_done, 0);
    CT_EQ_I64("tries of all disciplines", p.modules[0].attempts_used, 1);
    CT_EQ_I64("but none of them counts", p.modules[0].best_score, -1);
    CT_EQ_I64("nor is used up", p.modules[0].quiz_passed, false);
    CT_EQ_I64("the record stands",
              number(w, "select count(*) as n from completion where discipline = 'caseworker'"), 3);
    w->discipline[BEN] = "caseworker";
    CT_EQ_I64("and back", core_of(w, BEN).status, CT_COMPLETED);
}

static void courses_come_required_first(void **state)
{
    static const struct {
        const char *name;
        int64_t person;
        bool required, recommended;
    } cases[] = {
        {"a prosecutor must", ANNA, true, false},
        {"an advocate should", CARA, false, true},
        {"a judge may", DAN, false, false},
    };
    struct world *w = *state;
    struct ct_course *courses = ct_arena_array(&w->arena, struct ct_course, 2);

    courses[0] = w->cat->courses[1]; /* extra in front */
    courses[1] = w->cat->courses[0];
    CT_EACH (c, cases) {
        struct ct_err err = CT_ERR_INIT;
        struct ct_course_progress *list;
        size_t n, core = c->required || c->recommended ? 0 : 1;
        struct ct_catalogue turned = *w->cat;
        turned.courses = courses;
        AUTO_SEAT seat = seat_take(w, c->person);
        seat.d.cat = &turned;
        CT_OK_(c->name, ct_progress_all(&seat.d, &list, &n, &err), &err);
        CT_EQ_I64(c->name, n, 2);
        CT_EQ_SV(c->name, list[core].course->slug, CT_SV("core"));
        CT_EQ_I64(c->name, list[core].required, c->required);
        CT_EQ_I64(c->name, list[core].recommended, c->recommended);
    }
}

static void who_has_no_discipline_sees_what_is_for_all(void **state)
{
    struct world *w = *state;

    w->discipline[DAN] = NULL;
    struct ct_course_progress p = core_of(w, DAN);
    CT_EQ_I64("modules", p.n_modules, 2);
    CT_EQ_I64("sections", p.modules[0].sections, 2);
    CT_EQ_I64("not required", p.required, false);
    do_section(w, DAN, "victims", "opening");
    CT_EQ_I64("kept", core_of(w, DAN).modules[0].sections_done, 1);
}

static void passages_of_others_are_recorded(void **state)
{
    static const struct {
        const char *name, *passage;
        int64_t person;
        int want;
        int64_t rows;
    } cases[] = {
        {"one's own is nothing new", "p1", BEN, CT_OK, 0},
        {"there is no such passage", "p9", ANNA, CT_BAD_INPUT, 0},
        {"another's", "p1", ANNA, CT_OK, 1},
        {"again", "p1", ANNA, CT_OK, 1},
        {"by a third", "p1", CARA, CT_OK, 2},
    };
    struct world *w = *state;
    const struct ct_module *m = module_of(w, "victims");

    CT_EACH (c, cases) {
        AUTO_SEAT seat = seat_take(w, c->person);
        CT_EQ_I64(c->name,
                  ct_passage_opened(&seat.d, course_of(w, "victims"), m, &m->sections[2],
                                    ct_sv_c(c->passage), NULL),
                  c->want);
        CT_EQ_I64(c->name, number(w, "select count(*) as n from passage_opened"), c->rows);
    }
}

static int practise(struct world *w, int64_t person, size_t section, size_t question, int64_t pick)
{
    const struct ct_module *m = module_of(w, "victims");
    struct ct_answer_part part = {pick, CT_SV_NULL};
    struct ct_answer answer = {&part, pick < 0 ? 0 : 1};
    AUTO_SEAT seat = seat_take(w, person);

    return ct_practice_answer(&seat.d, course_of(w, "victims"), m, &m->sections[section],
                              m->practice[question], &answer, NULL);
}

static void practice_is_kept_for_whom_it_is_meant(void **state)
{
    static const struct {
        const char *name;
        int64_t person;
        size_t section, question;
        int64_t pick;
        int want;
    } cases[] = {
        {"everybody's question", ANNA, 2, 0, 1, CT_OK},
        {"in another section", ANNA, 0, 0, 1, CT_BAD_INPUT},
        {"a caseworkers' question, inside a passage", BEN, 2, 1, 0, CT_OK},
        {"which others are not asked", ANNA, 2, 1, 0, CT_BAD_INPUT},
        {"nothing answered", ANNA, 2, 0, -1, CT_BAD_INPUT},
    };
    struct world *w = *state;

    CT_EACH (c, cases)
        CT_EQ_I64(c->name, practise(w, c->person, c->section, c->question, c->pick), c->want);
    CT_EQ_I64("rows", number(w, "select count(*) as n from practice"), 2);
}

static void the_latest_practice_answer_is_shown(void **state)
{
    struct world *w = *state;
    struct ct_err err = CT_ERR_INIT;
    struct ct_practised *list;
    size_t n;

    CT_EQ_I64("wrong", practise(w, BEN, 2, 0, 0), CT_OK);
    CT_EQ_I64("right", practise(w, BEN, 2, 0, 1), CT_OK);
    AUTO_SEAT seat = seat_take(w, BEN);
    CT_OK_("latest",
           ct_practice_latest(&seat.d, course_of(w, "victims"), module_of(w, "victims"), &list, &n,
                              &err),
           &err);
    CT_EQ_I64("one question", n, 1);
    CT_EQ_SV("which", list[0].question->id, CT_SV("look"));
    CT_EQ_I64("what", list[0].answer.parts[0].pick, 1);
    CT_EQ_I64("right", list[0].grade.right, true);
    CT_EQ_I64("both are kept", number(w, "select count(*) as n from practice"), 2);
    CT_EQ_I64("with their shares", number(w, "select sum(share) as n from practice"), 1);
}

static void a_practice_answer_that_no_longer_fits_is_left_out(void **state)
{
    struct world *w = *state;
    struct ct_err err = CT_ERR_INIT;
    struct ct_practised *list;
    size_t n;

    CT_EQ_I64("the fourth option", practise(w, BEN, 2, 0, 3), CT_OK);
    ((struct ct_question *)module_of(w, "victims")->practice[0])->n_options = 2;
    AUTO_SEAT seat = seat_take(w, BEN);
    CT_OK_("latest",
           ct_practice_latest(&seat.d, course_of(w, "victims"), module_of(w, "victims"), &list, &n,
                              &err),
           &err);
    CT_EQ_I64("none fits", n, 0);
}

static void practice_seeds_differ(void **state)
{
    struct world *w = *state;
    const struct ct_module *m = module_of(w, "victims");
    AUTO_SEAT anna = seat_take(w, ANNA);
    AUTO_SEAT ben = seat_take(w, BEN);
    uint64_t seed = ct_practice_seed(&anna.d, m, m->practice[0]);

    assert_true(seed == ct_practice_seed(&anna.d, m, m->practice[0]));
    assert_true(seed != ct_practice_seed(&anna.d, m, m->practice[1]));
    assert_true(seed != ct_practice_seed(&ben.d, m, m->practice[0]));
    assert_true(seed >> 63 == 0);
}

int main(void)
{
#define T(test) cmocka_unit_test_setup_teardown(test, world_open, world_close)
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_status_has_a_word),
        T(opening_a_section_is_recorded_once),
        T(sections_count_by_discipline),
        T(a_section_of_another_discipline_does_not_count),
        T(a_lesson_is_complete_with_sections_and_quiz),
        T(the_last_section_completes_too),
        T(a_worse_try_later_changes_nothing),
        T(open_things_are_told),
        T(a_new_discipline_begins_anew_and_keeps_the_old),
        T(courses_come_required_first),
        T(who_has_no_discipline_sees_what_is_for_all),
        T(passages_of_others_are_recorded),
        T(practice_is_kept_for_whom_it_is_meant),
        T(the_latest_practice_answer_is_shown),
        T(a_practice_answer_that_no_longer_fits_is_left_out),
        T(practice_seeds_differ),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
