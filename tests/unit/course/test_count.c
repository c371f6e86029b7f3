/*
 * test_count.c: what of a course counts for a discipline.
 */
#include "ct_test.h"

#include "ct/course/count.h"
#include "ct/course/question.h"
#include "ct/course/scenario.h"

#include "ct/base/banned.h"

enum { PROSECUTOR = 1, ADVOCATE = 2, BOTH = 3 };

static const struct ct_quiz quiz;
static const struct ct_scenario scenario;
static const struct ct_section for_prosecutors = {.disciplines = PROSECUTOR};
static const struct ct_section for_both = {.disciplines = BOTH};

static const struct {
    const char *name;
    struct ct_module module;
    ct_disc_set who;
    bool counts, graded;
} cases[] = {
    {"a lesson with a section for the discipline",
     {.disciplines = BOTH, .sections = &for_prosecutors, .n_sections = 1},
     PROSECUTOR,
     true,
     false},
    {"a lesson whose only section is for others",
     {.disciplines = BOTH, .sections = &for_prosecutors, .n_sections = 1},
     ADVOCATE,
     false,
     false},
    {"a quiz below sections for others",
     {.disciplines = BOTH, .sections = &for_prosecutors, .n_sections = 1, .quiz = &quiz},
     ADVOCATE,
     true,
     true},
    {"a quiz of a module for others",
     {.disciplines = PROSECUTOR, .sections = &for_both, .n_sections = 1, .quiz = &quiz},
     ADVOCATE,
     false,
     false},
    {"a lesson without anything", {.disciplines = BOTH}, PROSECUTOR, false, false},
    {"a scenario",
     {.disciplines = BOTH, .kind = CT_MODULE_SCENARIO, .scenario = &scenario},
     ADVOCATE,
     true,
     false},
    {"a scenario that did not parse",
     {.disciplines = BOTH, .kind = CT_MODULE_SCENARIO},
     ADVOCATE,
     false,
     false},
};

static void a_module_counts_for_whom_it_has_something_to_do(void **state)
{
    (void)state;
    CT_EACH (c, cases) {
        CT_EQ_I64(c->name, ct_module_counts(&c->module, c->who), c->counts);
        CT_EQ_I64(c->name, ct_module_graded(&c->module, c->who), c->graded);
    }
}

static void a_course_has_as_many_as_count(void **state)
{
    (void)state;
    const struct ct_module *modules[sizeof cases / sizeof cases[0]];
    size_t n = 0;
    CT_EACH (c, cases)
        modules[n++] = &c->module;
    const struct ct_course course = {
        .modules = modules, .n_modules = n, .required_for = PROSECUTOR};

    CT_EQ_I64("prosecutors", ct_course_counts(&course, PROSECUTOR), 5);
    CT_EQ_I64("advocates", ct_course_counts(&course, ADVOCATE), 2);
    CT_EQ_I64("required", ct_course_required(&course, PROSECUTOR), true);
    CT_EQ_I64("not of others", ct_course_required(&course, ADVOCATE), false);
    CT_EQ_I64("nor of who has no discipline", ct_course_required(&course, CT_DISC_NONE), false);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_module_counts_for_whom_it_has_something_to_do),
        cmocka_unit_test(a_course_has_as_many_as_count),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
