/*
 * test_superseded.c: an attempt and a run that began on a text that was replaced meanwhile go on
 * with it. Through files, the library and the parser, as in life.
 */
#include "county.h"

#include "ct/learn/attempt.h"
#include "ct/learn/completion.h"
#include "ct/learn/progress.h"
#include "ct/learn/run.h"

#include "ct/base/banned.h"

#define LESSON(question)                                                                           \
    "---\n"                                                                                        \
    "id: law\n"                                                                                    \
    "minutes: 10\n"                                                                                \
    "---\n"                                                                                        \
    "# The law\n\n"                                                                                \
    "## Read\n\n"                                                                                  \
    "A child cannot consent.\n\n"                                                                  \
    "## Quiz\n\n"                                                                                  \
    "### Question: Who decides?\n\n" question
static const char lesson_1[] = LESSON("`id: who`\n\n- (x) The prosecutor\n- ( ) The caseworker\n");
static const char lesson_2[] = LESSON("`id: whom`\n\n- ( ) Nobody\n- (x) The judge\n");
#define CASE(words)                                                                                \
    "---\n"                                                                                        \
    "id: motel\n"                                                                                  \
    "minutes: 10\n"                                                                                \
    "---\n"                                                                                        \
    "# Scenario: The motel\n\n"                                                                    \
    "`trust = 1 (0 to 3)`\n\n"                                                                     \
    "She is at the station.\n\n"                                                                   \
    "## First words\n\n"                                                                           \
    "- [" words "](#ending-a-plan) `trust +1`\n"                                                   \
    "- [Ask for names](#ending-she-runs) `trust -1`\n\n"                                           \
    "## Ending: A plan\n\n"                                                                        \
    "`pass`\n\n"                                                                                   \
    "Good.\n\n"                                                                                    \
    "## Ending: She runs\n\n"                                                                      \
    "`fail`\n\n"                                                                                   \
    "Gone.\n"
static const char case_1[] = CASE("Offer food");
static const char case_2[] = CASE("Offer a blanket");

static int open_county(void **state)
{
    return county_open(state, lesson_1, case_1);
}

static void an_attempt_keeps_its_text(void **state)
{
    struct county *c = *state;
    struct ct_err err = CT_ERR_INIT;
    struct ct_attempt at;
    int64_t id;
    char old[CT_HASH_HEX + 1];

    {
        AUTO_REQUEST rq = request(c);
        memcpy(old, rq.law->revision, sizeof old);
        CT_OK_("read", ct_section_done(&rq.d, rq.course, rq.law, &rq.law->sections[0], &err), &err);
        CT_OK_("begin", ct_attempt_begin(&rq.d, rq.course, rq.law, &id, &err), &err);
    }
    county_publish(c, LAW_FILE, lesson_2);
    {
        AUTO_REQUEST rq = request(c);
        size_t order[CT_OPTIONS_MAX], saved;
        assert_false(ct_sv_eq_c(ct_sv_c(old), rq.law->revision));
        CT_OK_("get", ct_attempt_get(&rq.d, rq.course, rq.law->id, id, &at, &err), &err);
        CT_EQ_STR("its text", at.module->revision, old);
        CT_EQ_I64("one question", at.n, 1);
        CT_EQ_SV("the old one", at.questions[0]->id, CT_SV("who"));
        ct_question_order(at.questions[0], at.seed, 0, order);
        struct ct_form_field field = {CT_SV("q.who"), order[0] == 0 ? CT_SV("0") : CT_SV("1")};
        struct ct_form form = {&field, 1};
        CT_OK_("save", ct_attempt_save(&rq.d, &at, &form, true, &saved, &err), &err);
    }
    {
        AUTO_REQUEST rq = request(c);
        struct ct_completion *list;
        size_t n;
        CT_OK_("record", ct_completion_list(rq.d.db, &c->a, 1, &list, &n, &err), &err);
        CT_EQ_I64("complete", n, 1);
        CT_EQ_SV("as it was passed", list[0].revision, ct_sv_c(old));
        CT_OK_("next", ct_attempt_begin(&rq.d, rq.course, rq.law, &id, &err), &err);
    }
    AUTO_REQUEST rq = request(c);
    CT_OK_("get", ct_attempt_get(&rq.d, rq.course, rq.law->id, id, &at, &err), &err);
    CT_EQ_SV("a new one has the new text", at.questions[0]->id, CT_SV("whom"));
}

static void a_run_keeps_its_text(void **state)
{
    struct county *c = *state;
    struct ct_err err = CT_ERR_INIT;
    struct ct_run run;
    int64_t id;

    {
        AUTO_REQUEST rq = request(c);
        CT_OK_("start", ct_run_start(&rq.d, rq.course, rq.motel, CT_SV("prosecutor"), &id, &err),
               &err);
    }
    county_publish(c, MOTEL_FILE, case_2);
    for (int step = 0;; step++) {
        AUTO_REQUEST rq = request(c);
        CT_OK_("get", ct_run_get(&rq.d, id, &run, &err), &err);
        assert_false(ct_sv_eq_c(ct_sv_c(run.module->revision), rq.motel->revision));
        if (run.ended)
            break;
        assert_in_range(step, 0, 9);
        CT_OK_("choose", ct_run_choose(&rq.d, &run, step, 0, &err), &err);
    }
    CT_EQ_I64("passed", run.passed, true);
    assert_true(run.n_steps >= 1);
}

int main(void)
{
#define T(test) cmocka_unit_test_setup_teardown(test, open_county, county_close)
    const struct CMUnitTest tests[] = {
        T(an_attempt_keeps_its_text),
        T(a_run_keeps_its_text),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
