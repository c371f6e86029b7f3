/*
 * test_question_report.c: what managers are told of a quiz's questions: the hardest first, by
 * discipline and by objective, and nothing of few people.
 */
#include "learn/trial.h"

#include "ct/report/question_report.h"

#include "ct/base/banned.h"

#define QUIZ "basics/02-quiz.md"
#define TEXT                                                                                       \
    "---\nobjectives:\n  - O1 See\n  - O2 Act\n  - O3 Rest\n---\n# Check\n\n## Quiz\n\n"           \
    "### Question: Who\n\n`id: who` `objective: O1`\n\nWho?\n\n- (x) a\n- ( ) b\n- ( ) c\n\n"      \
    "### Question: Signs\n\n`id: signs` `points: 2` `scoring: each` `objective: O1`"               \
    " `objective: O2`\n\nWhich?\n\n- [x] a\n- [ ] b\n- [x] c\n\n"                                  \
    "### Put in order: Steps\n\n`id: steps` `objective: O2`\n\n1. one\n2. two\n3. three\n\n"       \
    "### Question: Mood\n\n`id: mood` `survey`\n\nHow was it?\n\n- ( ) good\n- ( ) bad\n"

static struct ct_question_report report_of(struct studio *t)
{
    struct ct_err err = CT_ERR_INIT;
    struct ct_question_report r = {.people = 0};
    CT_AUTO_READER rd = ct_store_reader(t->store);

    CT_OK_("report",
           ct_question_report(rd.db, &t->a, t->s.cat,
                              ct_catalogue_course(t->s.cat, CT_SV("basics")), quiz_of(t), &r, &err),
           &err);
    return r;
}

/* So many people: "who" is right for the first 4, the others pick b; "signs" for the first 6,
 * "steps" for nobody. Every second is an advocate. */
static void some_try(struct studio *t, int n)
{
    for (int i = 1; i <= n; i++)
        try_quiz(t, (struct trial){.person = 100 + i,
                                   .discipline = i % 2 ? "prosecutor" : "advocate",
                                   .who = i <= 4,
                                   .signs = i <= 6 ? 1 : 0.5,
                                   .who_answer = i <= 4 ? "[0]" : "[1]",
                                   .signs_answer = i <= 6 ? "[0,2]" : "[0]",
                                   .steps_answer = "[0,2,1]"});
}

static struct ct_sv told(struct studio *t, const struct ct_question_row *rows, size_t n)
{
    struct ct_sv all = CT_SV("");

    for (size_t i = 0; i < n; i++) {
        const struct ct_question_row *row = &rows[i];
        struct ct_sv name = row->question ? row->question->id : row->objective->id;
        all = ct_arena_printf(&t->a, "%.*s%s%.*s %zu/%zu", CT_SV_ARG(all), i ? "; " : "",
                              CT_SV_ARG(name), row->all.right, row->all.people);
        for (size_t d = 0; d < t->s.cat->disciplines.n; d++)
            if (row->by_discipline[d].people)
                all = ct_arena_printf(&t->a, "%.*s %.*s %zu/%zu", CT_SV_ARG(all),
                                      CT_SV_ARG(t->s.cat->disciplines.items[d].slug),
                                      row->by_discipline[d].right, row->by_discipline[d].people);
    }
    return all;
}

static void the_hardest_is_first_and_adds_up_by_objective(void **state)
{
    struct studio *t = *state;
    struct ct_question_report r;

    folder_saved(t, QUIZ, TEXT);
    some_try(t, 12);
    r = report_of(t);
    CT_EQ_I64("people", r.people, 12);
    CT_EQ_I64("a survey is no question of it", r.n_questions, 3);
    CT_EQ_SV("questions", told(t, r.questions, r.n_questions),
             CT_SV("steps 0/12 prosecutor 0/6 advocate 0/6;"
                   " who 4/12 prosecutor 2/6 advocate 2/6;"
                   " signs 6/12 prosecutor 3/6 advocate 3/6"));
    CT_EQ_SV("objectives count answers", told(t, r.objectives, r.n_objectives),
             CT_SV("O1 10/24 prosecutor 5/12 advocate 5/12;"
                   " O2 6/24 prosecutor 3/12 advocate 3/12; O3 0/0"));
    CT_EQ_I64("of how many questions", r.objectives[0].n_questions, 2);
    CT_EQ_SV("what is picked instead", r.questions[1].instead->plain, CT_SV("b"));
    CT_EQ_I64("by how many", r.questions[1].n_instead, 8);
}

static void few_people_stay_unknown(void **state)
{
    static const struct {
        const char *name;
        int people;
        const char *want;
        bool too_few;
    } cases[] = {
        {"nobody", 0, "who 0/0; signs 0/0; steps 0/0", false},
        {"four", 4, "who 0/0; signs 0/0; steps 0/0", true},
        {"five of two disciplines", 5, "steps 0/5; who 4/5; signs 5/5", false},
        {"ten", 10,
         "steps 0/10 prosecutor 0/5 advocate 0/5; who 4/10 prosecutor 2/5 advocate 2/5;"
         " signs 6/10 prosecutor 3/5 advocate 3/5",
         false},
    };
    struct studio *t = *state;
    int there = 0;

    folder_saved(t, QUIZ, TEXT);
    CT_EACH (c, cases) {
        struct ct_question_report r;
        for (; there < c->people; there++) {
            int i = there + 1;
            try_quiz(t, (struct trial){.person = 100 + i,
                                       .discipline = i % 2 ? "prosecutor" : "advocate",
                                       .who = i <= 4,
                                       .signs = i <= 6});
        }
        r = report_of(t);
        CT_EQ_SV(c->name, told(t, r.questions, r.n_questions), ct_sv_c(c->want));
        CT_EQ_I64(c->name, r.people, c->people < 5 ? 0 : c->people);
        CT_EQ_I64(c->name, r.too_few, c->too_few);
        if (c->people < 5)
            assert_null(r.questions[0].instead);
    }
}

static void a_file_has_a_row_a_question_and_discipline(void **state)
{
    static const struct {
        enum ct_question_of of;
        size_t rows;
        const char *first, *second;
    } cases[] = {
        {CT_OF_QUESTIONS, 9, "basics|quiz|steps|Steps|O2|all|12|0|0|0|",
         "basics|quiz|steps|Steps|O2|prosecutor|6|0|0|0|"},
        {CT_OF_OBJECTIVES, 7, "basics|quiz|O1|See|2|all|24|10|42|54",
         "basics|quiz|O1|See|2|prosecutor|12|5|42|54"},
    };
    struct studio *t = *state;
    struct ct_question_report r;

    folder_saved(t, QUIZ, TEXT);
    some_try(t, 12);
    r = report_of(t);
    CT_EACH (c, cases) {
        const char *const want[] = {c->first, c->second};
        enum ct_question_of of;
        struct ct_report_doc doc;
        ct_question_doc(&t->a, t->s.cat, &r, c->of, &doc);
        CT_EQ_I64(c->first, doc.n_rows, c->rows);
        CT_EQ_SV("which course", doc.choices[0].value, CT_SV("basics"));
        CT_EQ_SV("which module", doc.choices[1].value, CT_SV("quiz"));
        for (size_t row = 0; row < 2; row++) {
            struct ct_sv line = CT_SV("");
            for (size_t i = 0; i < doc.n_columns; i++)
                line = ct_arena_printf(&t->a, "%.*s%s%.*s", CT_SV_ARG(line), i ? "|" : "",
                                       CT_SV_ARG(doc.cells[row * doc.n_columns + i]));
            CT_EQ_SV("row", line, ct_sv_c(want[row]));
        }
        CT_EQ_I64("its name", ct_question_of_parse(doc.view, &of), true);
        CT_EQ_I64("its name", of, c->of);
    }
    enum ct_question_of of;
    CT_EQ_I64("no such view", ct_question_of_parse(CT_SV("weather"), &of), false);
}

int main(void)
{
#define T(test) cmocka_unit_test_setup_teardown(test, studio_open, studio_close)
    const struct CMUnitTest tests[] = {
        T(the_hardest_is_first_and_adds_up_by_objective),
        T(few_people_stay_unknown),
        T(a_file_has_a_row_a_question_and_discipline),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
