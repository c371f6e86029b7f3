/*
 * test_starter.c: texts to start from: each passes the checker, whatever the title.
 */
#include "course/course_test.h"

#include "course/temp_dir.h"
#include "ct/course/starter.h"

#include "ct/base/banned.h"

#define STARTERS CT_SOURCE_DIR "/server/course/starters"

/* As people see it: a module's from its heading, a course's and curriculum's from their front. */
static const struct {
    const char *name, *title, *shown;
} titles[] = {
    {"plain", "First words", "First words"},
    {"quotes and apostrophes", "What \"consent\" isn't", "What \"consent\" isn't"},
    {"a colon", "Tonight: who calls whom", "Tonight: who calls whom"},
    {"a number sign in front", "# 1", "# 1"},
    {"number signs at the end", "The law ##", "The law ##"},
    {"what HTML would escape", "R&D &amp; <b>you</b> > me", "R&D &amp; <b>you</b> > me"},
    {"Mustache", "{{title}} {{{x}}} {{#a}}", "{{title}} {{{x}}} {{#a}}"},
    {"emphasis and code", "*a* _b_ `points: 2`", "*a* _b_ `points: 2`"},
    {"links and pictures", "[x](y) ![z](w) <http://a.example>",
     "[x](y) ![z](w) <http://a.example>"},
    {"backslashes", "a\\ \\n \\", "a\\ \\n \\"},
    {"YAML's own", "- [a, b]: {c} !t &x *y | > % @ '", "- [a, b]: {c} !t &x *y | > % @ '"},
    {"a dash alone", "-", "-"},
    {"front matter", "---", "---"},
    {"three backticks", "```", "```"},
    {"a mark", "(x) the right one", "(x) the right one"},
    {"another script", "Primera reunión \xd0\x9f", "Primera reunión \xd0\x9f"},
    {"blanks around", "  first  ", "first"},
    {"a word that YAML knows", "null", "null"},
    {"a number", "80%", "80%"},
};

/* Titles that a heading must not be taken for. */
static const struct {
    const char *name, *title, *shown;
} keywords[] = {
    {"a scenario's", "Scenario: the call", "Scenario \xe2\x80\x93 the call"},
    {"with a blank that does not break", "Scenario\xc2\xa0: the call",
     "Scenario\xc2\xa0 \xe2\x80\x93 the call"},
    {"a misspelt keyword's", "Qestion: the call", "Qestion \xe2\x80\x93 the call"},
    {"a trainer note's", "Trainer note: x", "Trainer note \xe2\x80\x93 x"},
    {"a passage's", "For prosecuters: x", "For prosecuters \xe2\x80\x93 x"},
    {"in Spanish", "Escenario: x", "Escenario \xe2\x80\x93 x"},
    {"only the first colon", "Hint: a: b", "Hint \xe2\x80\x93 a: b"},
};

static struct ct_sv make(struct ct_arena *a, const char *starter, const char *title)
{
    struct ct_sv text = CT_SV_NULL;
    struct ct_err err = CT_ERR_INIT;
    CT_OK_(title, ct_starter_make(a, STARTERS, ct_sv_c(starter), ct_sv_c(title), &text, &err),
           &err);
    return text;
}

/* The title, if the checker has nothing to say, else what it says. */
static void check_module(const char *name, const char *starter, const char *title,
                         const char *shown)
{
    CT_AUTO_ARENA a = CT_ARENA_INIT;
    struct parsed p;
    struct ct_sv text = make(&a, starter, title);
    test_parse(&p, text, "a/01-x.md", "en", true);
    CT_EQ_SV(name, test_codes(&a, &p.problems), CT_SV(""));
    CT_EQ_SV(name, p.module->title, ct_sv_c(shown));
    CT_EQ_I64(name, p.module->kind,
              strcmp(starter, "scenario") == 0 ? CT_MODULE_SCENARIO : CT_MODULE_LESSON);
    test_release(&p);
}

static void every_module_passes_whatever_its_title(void **state)
{
    static const char *const starters[] = {"lesson", "questions", "scenario"};
    (void)state;
    CT_EACH (s, starters) {
        CT_EACH (c, titles)
            check_module(c->name, *s, c->title, c->shown);
        CT_EACH (c, keywords)
            check_module(c->name, *s, c->title, c->shown);
    }
}

static void check_content(const char *name, const char *title, const char *shown)
{
    CT_AUTO_ARENA a = CT_ARENA_INIT;
    struct temp_dir t;
    struct ct_catalogue *cat;
    struct ct_err err = CT_ERR_INIT;
    temp_make(&t);
    struct ct_sv curriculum = make(&a, "curriculum", title), course = make(&a, "course", title);
    temp_write(&t, "curriculum.md", ct_arena_cstr(&a, curriculum));
    temp_write(&t, "one/course.md", ct_arena_cstr(&a, course));
    temp_write(&t, "glossary.md", ct_arena_cstr(&a, make(&a, "glossary", title)));
    temp_write(&t, "one/01-one.md", ct_arena_cstr(&a, make(&a, "lesson", title)));
    struct ct_loader l = {.dir = t.path};
    CT_OK_(name, ct_catalogue_load(&l, &cat, &err), &err);
    CT_EQ_SV(name, test_codes(&a, &cat->problems), CT_SV(""));
    CT_EQ_SV(name, cat->title, ct_sv_c(shown));
    CT_EQ_SV(name, cat->glossary->title, ct_sv_c(shown));
    CT_EQ_I64(name, cat->glossary->n_terms, 1);
    CT_EQ_I64(name, cat->n_courses, 1);
    CT_EQ_SV(name, cat->courses[0].title, ct_sv_c(shown));
    CT_EQ_I64(name, cat->courses[0].n_modules, 1);
    assert_true(cat->n_front > 0);
    for (size_t i = 0; i < cat->n_front; i++)
        assert_true(ct_sv_search(cat->front[i].html, CT_SV("Trainer")) == SIZE_MAX);
    assert_true(ct_sv_search(cat->courses[0].intro_html, CT_SV("Trainer")) == SIZE_MAX);
    ct_catalogue_free(cat);
    temp_remove(&t);
}

static void a_curriculum_and_a_course_pass_whatever_their_title(void **state)
{
    (void)state;
    CT_EACH (c, titles)
        check_content(c->name, c->title, c->shown);
}

static void notes_for_trainers_never_reach_learners(void **state)
{
    static const char *const starters[] = {"lesson", "questions", "scenario"};
    (void)state;
    CT_EACH (s, starters) {
        CT_AUTO_ARENA a = CT_ARENA_INIT;
        struct parsed p;
        struct ct_sv text = make(&a, *s, "First words");
        assert_true(ct_sv_search(text, CT_SV("> **Trainer note:** ")) != SIZE_MAX);
        test_parse(&p, text, "a/01-x.md", "en", true);
        assert_true(ct_sv_search(test_dump(&p), CT_SV("Trainer")) == SIZE_MAX);
        test_release(&p);
    }
}

static void questions_are_of_every_kind(void **state)
{
    CT_AUTO_ARENA a = CT_ARENA_INIT;
    struct parsed p;
    unsigned kinds = 0;
    bool survey = false;
    (void)state;
    test_parse(&p, make(&a, "questions", "All"), "a/01-x.md", "en", true);
    for (size_t i = 0; i < p.module->n_practice; i++) {
        kinds |= 1u << p.module->practice[i]->kind;
        survey = survey || p.module->practice[i]->survey;
    }
    assert_int_equal(kinds, (1u << (CT_Q_REFLECT + 1)) - 1);
    assert_true(survey);
    assert_true(p.module->quiz && p.module->quiz->n_questions > 0);
    test_release(&p);
}

static void a_scenario_shows_what_scenarios_can_do(void **state)
{
    CT_AUTO_ARENA a = CT_ARENA_INIT;
    struct parsed p;
    bool needs = false;
    (void)state;
    test_parse(&p, make(&a, "scenario", "All"), "a/01-x.md", "en", true);
    const struct ct_scenario *sc = p.module->scenario;
    for (size_t i = 0; i < sc->n_scenes; i++)
        for (size_t k = 0; k < sc->scenes[i].n_choices; k++)
            needs = needs || sc->scenes[i].choices[k].needs;
    assert_true(needs);
    assert_int_equal(sc->n_variables, 2);
    const char *const chairs[] = {"prosecutor", "caseworker"};
    CT_EACH (chair, chairs) {
        struct ct_exploration e;
        struct ct_err err = CT_ERR_INIT;
        CT_OK_(*chair,
               ct_scenario_explore(&a, sc, ct_discipline_bit(&p.disciplines, ct_sv_c(*chair)), 0,
                                   &e, &err),
               &err);
        assert_true(e.can_pass && e.can_fail);
    }
    test_release(&p);
}

static void disciplines_are_those_of_the_curriculum(void **state)
{
    static const struct {
        const char *name, *slugs[2], *plurals[2];
        size_t n;
    } cases[] = {
        {"two of its own", {"nurse", "school"}, {"nurses", "schools"}, 2},
        {"plurals that Markdown would read", {"nurse", "school"}, {"*nurses*", "the [s]chools"}, 2},
        {"one alone", {"nurse"}, {"nurses"}, 1},
        {"none: those of ours", {"prosecutor"}, {"prosecutors"}, 0},
    };
    static const char *const starters[] = {"lesson", "questions", "scenario"};
    (void)state;
    CT_EACH (c, cases)
        CT_EACH (s, starters) {
            CT_AUTO_ARENA a = CT_ARENA_INIT;
            struct ct_problems problems = {.arena = &a};
            struct ct_disciplines d = {.n = c->n};
            struct ct_module *m;
            struct ct_sv text;
            struct ct_err err = CT_ERR_INIT;
            for (size_t i = 0; i < c->n; i++)
                d.items[i] = (struct ct_discipline){ct_sv_c(c->slugs[i]), ct_sv_c(c->slugs[i]),
                                                    ct_sv_c(c->plurals[i])};
            CT_OK_(c->name, ct_starter_fill(&a, STARTERS, ct_sv_c(*s), CT_SV("T"), &d, &text, &err),
                   &err);
            if (d.n == 0)
                ct_disciplines_default(&d);
            struct ct_module_context ctx = {.disciplines = &d};
            ct_module_parse(&a, text, CT_SV("01-x.md"), &ctx, &problems, &m, NULL);
            CT_EQ_SV(c->name, test_codes(&a, &problems), CT_SV(""));
        }
}

static void what_cannot_be_a_title_is_refused(void **state)
{
    static const struct {
        const char *name, *starter, *title, *what;
        int status;
    } cases[] = {
        {"empty", "lesson", "", "title", CT_BAD_INPUT},
        {"blank", "lesson", " \t\n ", "title", CT_BAD_INPUT},
        {"two lines", "lesson", "a\nb", "title", CT_BAD_INPUT},
        {"a line separator", "lesson",
         "a\xe2\x80\xa8"
         "b",
         "title", CT_BAD_INPUT},
        {"a control character", "lesson", "a\x1b[1mb", "title", CT_BAD_INPUT},
        {"no UTF-8", "lesson", "a\xff", "title", CT_BAD_INPUT},
        {"a starter that is not there", "poem", "T", "starter", CT_NOT_FOUND},
        {"a starter outside the folder", "../../../README", "T", "starter", CT_NOT_FOUND},
        {"no starter at all", "", "T", "starter", CT_NOT_FOUND},
    };
    (void)state;
    CT_EACH (c, cases) {
        CT_AUTO_ARENA a = CT_ARENA_INIT;
        struct ct_err err = CT_ERR_INIT;
        struct ct_sv text;
        int r = ct_starter_make(&a, STARTERS, ct_sv_c(c->starter), ct_sv_c(c->title), &text, &err);
        CT_EQ_I64(c->name, r, c->status);
        CT_EQ_STR(c->name, err.what, c->what);
    }
}

static void a_title_may_have_120_bytes(void **state)
{
    CT_AUTO_ARENA a = CT_ARENA_INIT;
    char title[CT_TITLE_MAX + 2];
    struct ct_err err = CT_ERR_INIT;
    struct ct_sv text;
    (void)state;
    memset(title, '"', CT_TITLE_MAX + 1);
    title[CT_TITLE_MAX + 1] = '\0';
    assert_int_equal(ct_starter_make(&a, STARTERS, CT_SV("course"), ct_sv_c(title), &text, &err),
                     CT_BAD_INPUT);
    title[CT_TITLE_MAX] = '\0';
    check_module("all quotes", "lesson", title, title);
    check_content("all quotes", title, title);
    memset(title, '\\', CT_TITLE_MAX);
    check_module("all backslashes", "lesson", title, title);
    check_content("all backslashes", title, title);
}

static void an_agency_may_put_its_own_beside_them(void **state)
{
    CT_AUTO_ARENA a = CT_ARENA_INIT;
    struct temp_dir t;
    struct ct_starter *list;
    struct ct_sv text;
    size_t n;
    struct ct_err err = CT_ERR_INIT;
    (void)state;
    temp_make(&t);
    temp_write(&t, "debrief.md", "{{! After a hard case\nmore }}\n# {{{title}}} ({{{slug}}})\n");
    temp_write(&t, "plain.md", "# Nothing is filled in\n");
    temp_write(&t, "broken.md", "# {{#open}}\n");
    temp_write(&t, "notes.txt", "no starter");
    temp_write(&t, "Not This.md", "no starter");
    temp_write(&t, "folder.md/x", "no starter");
    CT_OK_("list", ct_starter_list(&a, t.path, &list, &n, &err), &err);
    CT_EQ_I64("of all", n, 3);
    CT_EQ_SV("first", list[0].name, CT_SV("broken"));
    CT_EQ_SV("second", list[1].name, CT_SV("debrief"));
    CT_EQ_SV("its first line", list[1].summary, CT_SV("After a hard case"));
    CT_EQ_SV("third", list[2].name, CT_SV("plain"));
    CT_EQ_SV("no comment", list[2].summary, CT_SV(""));
    CT_OK_("its own", ct_starter_make(&a, t.path, CT_SV("debrief"), CT_SV("A & Ö"), &text, &err),
           &err);
    CT_EQ_SV("filled in", text, CT_SV("# A \\& Ö (a-o)\n"));
    CT_EQ_I64("no template", ct_starter_make(&a, t.path, CT_SV("broken"), CT_SV("T"), &text, &err),
              CT_BAD_INPUT);
    CT_EQ_I64("no folder", ct_starter_list(&a, "/nowhere", &list, &n, &err), CT_NOT_FOUND);
    temp_remove(&t);
}

static void ours_say_what_they_are(void **state)
{
    static const char *const names[] = {"course", "curriculum", "glossary",
                                        "lesson", "questions",  "scenario"};
    CT_AUTO_ARENA a = CT_ARENA_INIT;
    struct ct_starter *list;
    size_t n;
    struct ct_err err = CT_ERR_INIT;
    (void)state;
    CT_OK_("list", ct_starter_list(&a, STARTERS, &list, &n, &err), &err);
    CT_EQ_I64("all", n, sizeof names / sizeof names[0]);
    for (size_t i = 0; i < n; i++) {
        CT_EQ_SV("name", list[i].name, ct_sv_c(names[i]));
        assert_true(list[i].summary.n > 0 && list[i].summary.n < 100);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_module_passes_whatever_its_title),
        cmocka_unit_test(a_curriculum_and_a_course_pass_whatever_their_title),
        cmocka_unit_test(notes_for_trainers_never_reach_learners),
        cmocka_unit_test(questions_are_of_every_kind),
        cmocka_unit_test(a_scenario_shows_what_scenarios_can_do),
        cmocka_unit_test(disciplines_are_those_of_the_curriculum),
        cmocka_unit_test(what_cannot_be_a_title_is_refused),
        cmocka_unit_test(a_title_may_have_120_bytes),
        cmocka_unit_test(an_agency_may_put_its_own_beside_them),
        cmocka_unit_test(ours_say_what_they_are),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
