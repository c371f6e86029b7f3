/*
 * test_requirement_text.c: what is said of a rule that asks again what cannot be done again here.
 * The sentence that tells a rule is tested in test_requirement.c.
 */
#include "ct_test.h"

#include "ct/learn/requirement.h"

#include "ct/base/banned.h"

enum module { NOTHING, TEXT, QUIZ, CASE };

/* A course of one module whose certificate counts for so many months; 0: for ever. */
static struct ct_catalogue curriculum(struct ct_arena *a, enum module what, int recertify)
{
    struct ct_module *m = ct_arena_new(a, struct ct_module);
    const struct ct_module **list = ct_arena_array(a, const struct ct_module *, 1);
    struct ct_course *c = ct_arena_new(a, struct ct_course);

    m->kind = what == CASE ? CT_MODULE_SCENARIO : CT_MODULE_LESSON;
    m->quiz = what == QUIZ ? ct_arena_new(a, struct ct_quiz) : NULL;
    list[0] = m;
    *c = (struct ct_course){.slug = CT_SV("core"),
                            .recertify = recertify,
                            .modules = list,
                            .n_modules = what != NOTHING};
    return (struct ct_catalogue){.courses = c, .n_courses = 1};
}

static void what_cannot_be_done_again_is_said(void **state)
{
    static const struct {
        const char *name;
        enum ct_requirement_kind kind;
        enum ct_due_kind due;
        int every;
        enum module what;
        int recertify;
        const char *says; /* NULL: nothing */
    } cases[] = {
        {"once", CT_REQUIREMENT_COURSE, CT_DUE_ASSIGNED, 0, QUIZ, 0, NULL},
        {"a certificate that ends in time", CT_REQUIREMENT_COURSE, CT_DUE_ASSIGNED, 12, QUIZ, 12,
         NULL},
        {"one whose last months are early enough", CT_REQUIREMENT_COURSE, CT_DUE_ASSIGNED, 12, CASE,
         14, NULL},
        {"one whose last months are too late", CT_REQUIREMENT_COURSE, CT_DUE_ASSIGNED, 12, CASE, 15,
         "counts for 15 months, and the course can be completed anew in the last 3 of them: too "
         "late for every 12 months."},
        {"one that does not end", CT_REQUIREMENT_COURSE, CT_DUE_ASSIGNED, 12, QUIZ, 0,
         "does not expire, so nobody can complete it here a second time"},
        {"for every year one that does not end", CT_REQUIREMENT_COURSE, CT_DUE_YEAR, 0, QUIZ, 0,
         "“recertify: 12 months”"},
        {"for every year of one's own, too late", CT_REQUIREMENT_COURSE, CT_DUE_PERSONAL, 0, QUIZ,
         24, "too late for every 12 months"},
        {"a course that is only read", CT_REQUIREMENT_COURSE, CT_DUE_ASSIGNED, 12, TEXT, 12,
         "no quiz and no case"},
        {"a course that is still being written", CT_REQUIREMENT_COURSE, CT_DUE_ASSIGNED, 12,
         NOTHING, 12, NULL},
        {"a case can be played whenever one likes", CT_REQUIREMENT_SCENARIO, CT_DUE_ASSIGNED, 12,
         CASE, 0, NULL},
        {"hours", CT_REQUIREMENT_HOURS, CT_DUE_YEAR, 0, QUIZ, 0, NULL},
    };

    (void)state;
    CT_EACH (c, cases) {
        CT_AUTO_ARENA a = CT_ARENA_INIT;
        const struct ct_catalogue cat = curriculum(&a, c->what, c->recertify);
        const struct ct_requirement q = {.kind = c->kind, .course = CT_SV("core")};
        const struct ct_requirement_rule rule = {.due = {.kind = c->due, .every = c->every}};
        struct ct_sv got = ct_requirement_renewal(&a, &cat, &q, &rule);
        if (!c->says && got.n)
            fail_msg("%s: %.*s", c->name, CT_SV_ARG(got));
        if (c->says && ct_sv_search(got, ct_sv_c(c->says)) == SIZE_MAX)
            fail_msg("%s: \"%.*s\" without \"%s\"", c->name, CT_SV_ARG(got), c->says);
    }
}

static void a_course_that_is_gone_says_nothing(void **state)
{
    CT_AUTO_ARENA a = CT_ARENA_INIT;
    const struct ct_catalogue cat = curriculum(&a, QUIZ, 0);
    const struct ct_requirement q = {.course = CT_SV("poetry")};
    const struct ct_requirement_rule rule = {.due = {.kind = CT_DUE_ASSIGNED, .every = 12}};

    (void)state;
    assert_null(ct_requirement_renewal(&a, &cat, &q, &rule).p);
}

static void hours_are_told_with_the_share_that_is_asked(void **state)
{
    static const struct {
        const char *name;
        int year, quota, earned, quarter;
        const char *want;
    } cases[] = {
        {"none is asked", 0, 0, 0, 0, ""},
        {"of a whole year", 720, 720, 450, 0, "7.5 of 12 hours"},
        {"three quarters", 720, 540, 540, 1,
         "9 of the 9 hours asked of who began in the second quarter, of 12 hours a year"},
        {"half", 720, 360, 0, 2,
         "0 of the 6 hours asked of who began in the third quarter, of 12 hours a year"},
        {"a quarter", 120, 30, 15, 3,
         "0.25 of the 30 minutes asked of who began in the fourth quarter, of 2 hours a year"},
        {"so little that all of it is asked", 15, 15, 0, 3, "0 of 15 minutes"},
    };
    CT_AUTO_ARENA a = CT_ARENA_INIT;

    (void)state;
    CT_EACH (c, cases) {
        const struct ct_requirement_rule rule = {.minutes = c->year};
        const struct ct_due_period p = {
            .quota = c->quota, .earned = c->earned, .quarter = c->quarter};
        CT_EQ_SV(c->name, ct_requirement_progress(&a, &rule, &p), ct_sv_c(c->want));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_cannot_be_done_again_is_said),
        cmocka_unit_test(hours_are_told_with_the_share_that_is_asked),
        cmocka_unit_test(a_course_that_is_gone_says_nothing),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
