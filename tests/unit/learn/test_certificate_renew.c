/*
 * test_certificate_renew.c: when a completed course leads to a new certificate, and what becomes of
 * the old one.
 */
#include "fixture.h"

#include "ct/learn/certificate.h"

#include "ct/base/banned.h"

enum { DAY = 86400 };

/* The course of the fixture, with a term. Its certificate is issued at world.now. */
static struct world *issue(void **state, int months)
{
    struct world *w = *state;

    ((struct ct_course *)(uintptr_t)&w->cat->courses[0])->recertify = months;
    w->now = ct_date_begin((struct ct_date){2025, 1, 31}) + 9 * 3600;
    do_core(w, BEN);
    return w;
}

static int64_t certificates(struct world *w)
{
    return number(w, "select count(*) as n from certificate");
}

static void go_to(struct world *w, int year, int month, int day)
{
    w->now = ct_date_begin((struct ct_date){year, month, day});
}

static struct ct_certificate *all(struct world *w, size_t *ret_n)
{
    const struct ct_certificate_filter filter = {.max = 0};
    struct ct_err err = CT_ERR_INIT;
    struct ct_certificate *list;
    CT_AUTO_READER reader = ct_store_reader(w->store);

    CT_OK_("list", ct_certificate_list(reader.db, &w->arena, &filter, &list, ret_n, &err), &err);
    return list;
}

static void all_that_is_graded_is_passed_again_within_the_window(void **state)
{
    struct world *w = issue(state, 12);
    size_t n;

    go_to(w, 2025, 10, 30); /* the window opens on the last day of a month of thirty less: 31 */
    do_quiz(w, BEN, "victims", ALL_RIGHT);
    do_run(w, BEN, "caseworker");
    CT_EQ_I64("too early", certificates(w), 1);
    go_to(w, 2025, 10, 31);
    do_quiz(w, BEN, "victims", ALL_RIGHT);
    CT_EQ_I64("the quiz alone", certificates(w), 1);
    do_section(w, BEN, "victims", "opening");
    CT_EQ_I64("a section is no case", certificates(w), 1);
    w->now += 5 * DAY;
    do_run(w, BEN, "caseworker");
    CT_EQ_I64("quiz and case", certificates(w), 2);
    struct ct_certificate *list = all(w, &n);
    CT_EQ_I64("the old one", ct_certificate_status(&list[1], w->now), CT_CERTIFICATE_SUPERSEDED);
    CT_EQ_SV("names the new", list[1].superseded_by, list[0].code);
    CT_EQ_I64("the new one", ct_certificate_status(&list[0], w->now), CT_CERTIFICATE_VALID);
    CT_EQ_I64("counts from its own day", list[0].expires_on.month, 11);
    CT_EQ_I64("score of this time", list[0].score, 100);
    do_quiz(w, BEN, "victims", ALL_RIGHT);
    do_run(w, BEN, "caseworker");
    CT_EQ_I64("and no third", certificates(w), 2);
}

static void one_that_has_expired_is_renewed_the_same_way(void **state)
{
    struct world *w = issue(state, 12);
    size_t n;

    go_to(w, 2027, 6, 1);
    do_run(w, BEN, "caseworker");
    do_quiz(w, BEN, "victims", HALF);
    CT_EQ_I64("a failed quiz", certificates(w), 1);
    do_quiz(w, BEN, "victims", ALL_RIGHT);
    CT_EQ_I64("a passed one", certificates(w), 2);
    CT_EQ_I64("valid", ct_certificate_status(all(w, &n), w->now), CT_CERTIFICATE_VALID);
}

static void one_without_an_end_is_not_made_twice(void **state)
{
    struct world *w = issue(state, 0);

    go_to(w, 2035, 6, 1);
    do_quiz(w, BEN, "victims", ALL_RIGHT);
    do_run(w, BEN, "caseworker");
    CT_EQ_I64("one", certificates(w), 1);
}

static void the_term_is_that_of_the_day_of_issue(void **state)
{
    static const int later[] = {0, 1, 36};

    (void)state;
    CT_EACH (months, later) {
        void *opened = NULL;
        size_t n;
        assert_int_equal(world_open(&opened), 0);
        struct world *w = issue(&opened, 12);
        ((struct ct_course *)(uintptr_t)&w->cat->courses[0])->recertify = *months;
        struct ct_certificate *list = all(w, &n);
        CT_EQ_I64("months", list[0].months, 12);
        CT_EQ_I64("until", list[0].expires_on.year, 2026);
        world_close(&opened);
    }
}

static void a_revoked_one_can_be_earned_again_at_once(void **state)
{
    struct world *w = issue(state, 0);
    struct ct_err err = CT_ERR_INIT;
    size_t n;

    w->now += DAY;
    CT_OK_("revoked",
           ct_certificate_revoke(w->store, &w->clock, all(w, &n)[0].code, CT_SV("Not earned"), 0,
                                 &err),
           &err);
    w->now += DAY;
    do_quiz(w, BEN, "victims", ALL_RIGHT);
    CT_EQ_I64("what was done before does not count", certificates(w), 1);
    do_run(w, BEN, "caseworker");
    struct ct_certificate *list = all(w, &n);
    CT_EQ_I64("two", n, 2);
    CT_EQ_I64("valid", ct_certificate_status(&list[0], w->now), CT_CERTIFICATE_VALID);
    CT_EQ_I64("still revoked", ct_certificate_status(&list[1], w->now), CT_CERTIFICATE_REVOKED);
}

static void a_term_shorter_than_the_window_asks_for_new_work(void **state)
{
    struct world *w = issue(state, 1);

    w->now += 60;
    do_section(w, BEN, "victims", "opening");
    CT_EQ_I64("nothing new", certificates(w), 1);
    do_quiz(w, BEN, "victims", ALL_RIGHT);
    do_run(w, BEN, "caseworker");
    CT_EQ_I64("all anew", certificates(w), 2);
}

int main(void)
{
#define T(test) cmocka_unit_test_setup_teardown(test, world_open, world_close)
    const struct CMUnitTest tests[] = {
        T(all_that_is_graded_is_passed_again_within_the_window),
        T(one_that_has_expired_is_renewed_the_same_way),
        T(one_without_an_end_is_not_made_twice),
        cmocka_unit_test(the_term_is_that_of_the_day_of_issue),
        T(a_revoked_one_can_be_earned_again_at_once),
        T(a_term_shorter_than_the_window_asks_for_new_work),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
