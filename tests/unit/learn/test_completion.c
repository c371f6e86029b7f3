/*
 * test_completion.c: what enters the record, when, with which numbers; certificates.
 */
#include "fixture.h"

#include "ct/learn/certificate.h"

#include "ct/base/banned.h"

static struct ct_completion *list_of(struct world *w, int64_t person, size_t *ret_n)
{
    struct ct_err err = CT_ERR_INIT;
    struct ct_completion *list;
    CT_AUTO_READER reader = ct_store_reader(w->store);

    CT_OK_("list", ct_completion_list(reader.db, &w->arena, person, &list, ret_n, &err), &err);
    return list;
}

static void nothing_is_recorded_before_all_is_done(void **state)
{
    struct world *w = *state;

    do_section(w, BEN, "victims", "opening");
    do_section(w, BEN, "victims", "practice");
    do_quiz(w, BEN, "victims", HALF);
    CT_EQ_I64("rows", number(w, "select count(*) as n from completion"), 0);
}

static void a_course_is_recorded_with_its_last_module(void **state)
{
    struct world *w = *state;
    size_t n;

    w->now += 100;
    do_core(w, BEN);
    struct ct_completion *list = list_of(w, BEN, &n);
    CT_EQ_I64("two modules and the course", n, 3);
    CT_EQ_I64("the course last", list[0].module.p == NULL, true);
    CT_EQ_SV("course", list[0].course, CT_SV("core"));
    CT_EQ_SV("title", list[0].course_title, CT_SV("The core course"));
    CT_EQ_SV("discipline", list[0].discipline, CT_SV("caseworker"));
    CT_EQ_SV("revision", list[0].revision, ct_sv_c(w->cat->courses[0].revision));
    CT_EQ_I64("score", list[0].score, 100);
    CT_EQ_I64("certificate", list[0].certificate.n, 16);
    CT_EQ_SV("the scenario", list[1].module, CT_SV("motel"));
    CT_EQ_I64("which nobody grades", list[1].score, -1);
    CT_EQ_I64("has no certificate", list[1].certificate.n, 0);
    CT_EQ_SV("the lesson", list[2].module, CT_SV("victims"));
    CT_EQ_SV("its title", list[2].module_title, CT_SV("victims"));
    CT_EQ_SV("its text", list[2].revision, ct_sv_c(module_of(w, "victims")->revision));
    CT_EQ_I64("its score", list[2].score, 100);
    CT_EQ_I64("when", list[2].at, w->now);
    CT_EQ_I64("parts", number(w, "select count(*) as n from completion_part"), 2);
    CT_EQ_I64("of it", number(w, "select distinct completion as n from completion_part"),
              list[0].id);
}

static void each_order_of_work_ends_in_one_completion(void **state)
{
    static const char *const orders[] = {"opqm", "mopq", "qmop", "poqm", "mqpo"};

    (void)state;
    CT_EACH (order, orders) {
        void *opened = NULL;
        assert_int_equal(world_open(&opened), 0);
        struct world *w = opened;
        for (const char *d = *order; *d; d++) {
            CT_EQ_I64(*order, number(w, "select count(*) as n from certificate"), 0);
            if (*d == 'o')
                do_section(w, BEN, "victims", "opening");
            if (*d == 'p')
                do_section(w, BEN, "victims", "practice");
            if (*d == 'q')
                do_quiz(w, BEN, "victims", ALL_RIGHT);
            if (*d == 'm')
                do_run(w, BEN, "caseworker");
        }
        CT_EQ_I64(*order, number(w, "select count(*) as n from completion"), 3);
        CT_EQ_I64(*order, number(w, "select count(*) as n from certificate"), 1);
        world_close(&opened);
    }
}

static void a_repeat_on_the_same_text_is_no_new_completion(void **state)
{
    struct world *w = *state;

    do_core(w, BEN);
    do_quiz(w, BEN, "victims", ALL_RIGHT);
    do_run(w, BEN, "prosecutor");
    do_section(w, BEN, "victims", "opening");
    CT_EQ_I64("rows", number(w, "select count(*) as n from completion"), 3);
    CT_EQ_I64("but each try is kept", number(w, "select count(*) as n from attempt_result"), 2);
}

/* The best score as of any moment is the highest that was kept up to it. */
static void of_tries_the_better_ones_are_kept_for_reports(void **state)
{
    static const char *const kept =
        "select count(*) * 1000 + coalesce(max(score), 0) as n from attempt_best where person = 2";
    struct world *w = *state;

    do_quiz(w, BEN, "victims", "");
    CT_EQ_I64("the first, whatever it is", number(w, kept), 1000);
    do_quiz(w, BEN, "victims", HALF);
    CT_EQ_I64("a better one", number(w, kept) / 1000, 2);
    do_quiz(w, BEN, "victims", "");
    CT_EQ_I64("not one that is worse", number(w, kept) / 1000, 2);
    do_quiz(w, BEN, "victims", ALL_RIGHT);
    CT_EQ_I64("the best", number(w, kept), 3100);
    do_quiz(w, BEN, "victims", ALL_RIGHT);
    CT_EQ_I64("once", number(w, kept), 3100);
}

static void passing_another_text_is_a_new_completion(void **state)
{
    static const char *const of_victims =
        "select count(*) as n from completion where module = 'victims'";
    struct world *w = *state;

    do_core(w, BEN);
    world_publish(w, "2");
    do_section(w, BEN, "victims", "opening");
    CT_EQ_I64("a section is no pass", number(w, of_victims), 1);
    do_quiz(w, BEN, "victims", HALF);
    CT_EQ_I64("nor is a failed quiz", number(w, of_victims), 1);
    do_quiz(w, BEN, "victims", ALL_RIGHT);
    CT_EQ_I64("a passed one is", number(w, of_victims), 2);
    do_quiz(w, BEN, "victims", ALL_RIGHT);
    CT_EQ_I64("once", number(w, of_victims), 2);
    do_run(w, BEN, "caseworker");
    CT_EQ_I64("so is a passed run",
              number(w, "select count(*) as n from completion where module = 'motel'"), 2);
    CT_EQ_I64("the course stays as it was",
              number(w, "select count(*) as n from completion where module is null"), 1);
    CT_EQ_I64("with one certificate", number(w, "select count(*) as n from certificate"), 1);
}

/* What the days have less than the whole. */
#define DAYS_LACK                                                                                  \
    "select (select sum(seconds) from activity) - (select coalesce(sum(seconds), 0)"               \
    " from activity_quarter) as n"

static void minutes_are_those_between_events(void **state)
{
    static const struct {
        const char *name;
        int64_t gaps[2]; /* seconds before the second section, and before the quiz is begun */
        int64_t minutes;
    } cases[] = {
        {"nothing measured is a minute", {0, 0}, 1},
        {"a minute", {30, 30}, 1},
        {"rounded up", {30, 31}, 2},
        {"a night counts ten minutes", {40000, 60}, 11},
        {"two nights count twenty", {40000, 50000}, 20},
    };

    (void)state;
    CT_EACH (c, cases) {
        void *opened = NULL;
        assert_int_equal(world_open(&opened), 0);
        struct world *w = opened;
        do_section(w, BEN, "victims", "opening");
        w->now += c->gaps[0];
        do_section(w, BEN, "victims", "practice");
        w->now += c->gaps[1];
        do_quiz(w, BEN, "victims", ALL_RIGHT);
        CT_EQ_I64(c->name, number(w, "select minutes as n from completion"), c->minutes);
        CT_EQ_I64(c->name, number(w, DAYS_LACK), 0);
        world_close(&opened);
    }
}

static void a_clock_that_goes_back_takes_nothing_away(void **state)
{
    struct world *w = *state;

    do_section(w, BEN, "victims", "opening");
    w->now += 120;
    do_section(w, BEN, "victims", "practice");
    w->now -= 1000;
    do_quiz(w, BEN, "victims", ALL_RIGHT);
    CT_EQ_I64("minutes", number(w, "select minutes as n from completion"), 2);
    CT_EQ_I64("by day", number(w, DAYS_LACK), 0);
}

static void active_time_is_that_of_the_quarter_in_which_it_ended(void **state)
{
    struct world *w = *state;

    w->now = 1767225600 - 300; /* five minutes before 2026 */
    do_section(w, BEN, "victims", "opening");
    w->now += 60;
    do_section(w, BEN, "victims", "practice");
    w->now += 300;
    do_section(w, BEN, "victims", "opening");
    w->now += 120;
    do_section(w, BEN, "victims", "practice");
    CT_EQ_I64("the old year",
              number(w, "select sum(seconds) as n from activity_quarter where quarter < 1963584"),
              60);
    CT_EQ_I64("the new one, two events together",
              number(w, "select seconds as n from activity_quarter where quarter = 1963584"), 420);
    CT_EQ_I64("and together", number(w, DAYS_LACK), 0);
}

static void a_course_score_is_the_mean_of_the_best(void **state)
{
    struct world *w = *state;
    size_t n;

    do_quiz(w, DAN, "deep", "q.two=0"); /* 66, passes 60 */
    do_quiz(w, DAN, "feelings", "q.how=Well");
    struct ct_completion *list = list_of(w, DAN, &n);
    CT_EQ_I64("rows", n, 3);
    CT_EQ_I64("rounded down", list[0].score, 83);
    CT_EQ_I64("of the quiz itself", list[1].score, 100);
    CT_EQ_I64("of the quiz itself", list[2].score, 66);
}

static void a_module_finished_by_a_section_has_the_best_score(void **state)
{
    struct world *w = *state;

    do_quiz(w, BEN, "victims", ALL_RIGHT);
    do_quiz(w, BEN, "victims", HALF);
    do_section(w, BEN, "victims", "opening");
    do_section(w, BEN, "victims", "practice");
    CT_EQ_I64("score", number(w, "select score as n from completion"), 100);
}

static void a_failed_try_does_not_finish_a_lesson_passed_before(void **state)
{
    struct world *w = *state;

    do_section(w, BEN, "victims", "opening");
    do_quiz(w, BEN, "victims", ALL_RIGHT);
    do_quiz(w, BEN, "victims", HALF);
    CT_EQ_I64("a section lacks", number(w, "select count(*) as n from completion"), 0);
}

static void a_certificate_is_found_by_its_code(void **state)
{
    struct world *w = *state;
    struct ct_err err = CT_ERR_INIT;
    struct ct_certificate cert;
    size_t n;

    w->now += 500;
    do_core(w, BEN);
    struct ct_sv code = list_of(w, BEN, &n)[0].certificate;
    char low[64];
    size_t len = 0;
    for (size_t i = 0; i < code.n; i++) {
        char c = code.p[i];
        if (i && i % 4 == 0)
            low[len++] = '-';
        low[len++] = c == '0' ? 'o' : c == '1' ? 'l' : c >= 'A' ? (char)(c - 'A' + 'a') : c;
    }
    CT_AUTO_READER reader = ct_store_reader(w->store);
    CT_OK_("as printed", ct_certificate_get(reader.db, &w->arena, code, &cert, &err), &err);
    CT_OK_("as typed", ct_certificate_get(reader.db, &w->arena, ct_sv_n(low, len), &cert, &err),
           &err);
    CT_EQ_SV("code", cert.code, code);
    CT_EQ_SV("name", cert.name, CT_SV("Ben Čapek"));
    CT_EQ_SV("course", cert.course, CT_SV("core"));
    CT_EQ_SV("title", cert.course_title, CT_SV("The core course"));
    CT_EQ_SV("discipline", cert.discipline, CT_SV("caseworker"));
    CT_EQ_SV("its name", cert.discipline_name, CT_SV("Caseworker"));
    CT_EQ_SV("revision", cert.revision, ct_sv_c(w->cat->courses[0].revision));
    CT_EQ_I64("minutes of the modules for caseworkers", cert.minutes, 75);
    CT_EQ_I64("score", cert.score, 100);
    CT_EQ_I64("when", cert.issued_at, w->now);
}

static void no_other_code_is_a_certificate(void **state)
{
    static const struct {
        const char *name, *code;
    } cases[] = {
        {"another", "AAAABBBBCCCCDDDD"},
        {"nothing", ""},
        {"dashes", "----"},
        {"far too long",
         "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"},
        {"SQL", "' or '1'='1"},
    };
    struct world *w = *state;

    do_core(w, BEN);
    CT_AUTO_READER reader = ct_store_reader(w->store);
    CT_EACH (c, cases) {
        struct ct_certificate cert;
        CT_EQ_I64(c->name, ct_certificate_get(reader.db, &w->arena, ct_sv_c(c->code), &cert, NULL),
                  CT_NOT_FOUND);
    }
}

static void who_left_the_discipline_keeps_the_record(void **state)
{
    struct world *w = *state;
    size_t n;

    do_core(w, BEN);
    w->discipline[BEN] = "advocate";
    do_core(w, BEN);
    struct ct_completion *list = list_of(w, BEN, &n);
    CT_EQ_I64("both", n, 6);
    CT_EQ_SV("the new", list[0].discipline, CT_SV("advocate"));
    CT_EQ_SV("the old", list[5].discipline, CT_SV("caseworker"));
    CT_EQ_I64("two certificates", number(w, "select count(*) as n from certificate"), 2);
}

int main(void)
{
#define T(test) cmocka_unit_test_setup_teardown(test, world_open, world_close)
    const struct CMUnitTest tests[] = {
        T(nothing_is_recorded_before_all_is_done),
        T(a_course_is_recorded_with_its_last_module),
        cmocka_unit_test(each_order_of_work_ends_in_one_completion),
        T(a_repeat_on_the_same_text_is_no_new_completion),
        T(of_tries_the_better_ones_are_kept_for_reports),
        T(passing_another_text_is_a_new_completion),
        cmocka_unit_test(minutes_are_those_between_events),
        T(a_clock_that_goes_back_takes_nothing_away),
        T(active_time_is_that_of_the_quarter_in_which_it_ended),
        T(a_course_score_is_the_mean_of_the_best),
        T(a_module_finished_by_a_section_has_the_best_score),
        T(a_failed_try_does_not_finish_a_lesson_passed_before),
        T(a_certificate_is_found_by_its_code),
        T(no_other_code_is_a_certificate),
        T(who_left_the_discipline_keeps_the_record),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
