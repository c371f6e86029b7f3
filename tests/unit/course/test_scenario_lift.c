/*
 * test_scenario_lift.c: scenarios out of Markdown, and all that can be wrong with them.
 */
#include "ct_test.h"

#include "ct/base/file.h"
#include "ct/base/limits.h"
#include "ct/course/module.h"

#include "ct/base/banned.h"

enum { P = 1, C = 2, A = 4 };

static const struct ct_disciplines disciplines = {
    .items = {{{"prosecutor", 10}, {"Prosecutor", 10}, {"prosecutors", 11}},
              {{"caseworker", 10}, {"Caseworker", 10}, {"caseworkers", 11}},
              {{"advocate", 8}, {"Advocate", 8}, {"advocates", 9}},
              {{"judge", 5}, {"Judge", 5}, {"judges", 6}}},
    .n = 4};

struct parsed {
    struct ct_module *module;
    const struct ct_scenario *sc;
    struct ct_problems problems;
};

static struct parsed parse(struct ct_arena *a, struct ct_sv source)
{
    struct parsed p = {.problems = {.arena = a}};
    struct ct_module_context ctx = {.disciplines = &disciplines};
    struct ct_err err = CT_ERR_INIT;
    CT_OK_("parse",
           ct_module_parse(a, source, CT_SV("05-case.md"), &ctx, &p.problems, &p.module, &err),
           &err);
    ct_problems_sort(&p.problems);
    p.sc = p.module->scenario;
    return p;
}

static bool is_idle(const struct ct_problem *p)
{
    return strcmp(p->code, "W70") == 0 || strcmp(p->code, "W72") == 0 ||
           strcmp(p->code, "W75") == 0;
}

/* "3:E41 7:W61", in the order of lines. What has no use is looked at alone, or every example would
 * have to use all that it declares. */
static struct ct_sv codes_of(struct ct_arena *a, const struct ct_problems *p, bool idle)
{
    struct ct_sv s = CT_SV("");
    for (size_t i = 0; i < p->n; i++)
        if (is_idle(&p->items[i]) == idle)
            s = ct_arena_printf(a, "%.*s%s%d:%s", CT_SV_ARG(s), s.n > 0 ? " " : "",
                                p->items[i].line, p->items[i].code);
    return s;
}

static struct ct_sv codes(struct ct_arena *a, const struct ct_problems *p)
{
    return codes_of(a, p, false);
}

static struct ct_sv texts(struct ct_arena *a, const struct ct_problems *p)
{
    struct ct_sv s = CT_SV("");
    for (size_t i = 0; i < p->n; i++)
        if (strcmp(p->items[i].code, "W70") != 0) /* not every example uses all that it declares */
            s = ct_arena_printf(a, "%.*s%.*s\n", CT_SV_ARG(s), CT_SV_ARG(p->items[i].text));
    return s;
}

static const struct ct_scene *scene(const struct ct_scenario *sc, const char *anchor)
{
    for (size_t i = 0; i < sc->n_scenes; i++)
        if (ct_sv_eq_c(sc->scenes[i].anchor, anchor))
            return &sc->scenes[i];
    fail_msg("no scene %s", anchor);
    return NULL;
}

static struct parsed motel(struct ct_arena *a)
{
    struct ct_sv source;
    struct ct_err err = CT_ERR_INIT;
    CT_OK_("read",
           ct_file_read(a, CT_SOURCE_DIR "/tests/unit/course/data/motel-call.md", CT_SOURCE_MAX,
                        &source, &err),
           &err);
    return parse(a, source);
}

static void the_motel_call_is_read(void **state)
{
    (void)state;
    CT_AUTO_ARENA a = CT_ARENA_INIT;
    struct parsed p = motel(&a);
    const struct ct_scenario *sc = p.sc;
    CT_EQ_SV("no problems", texts(&a, &p.problems), CT_SV(""));
    CT_EQ_I64("kind", p.module->kind, CT_MODULE_SCENARIO);
    CT_EQ_SV("title", p.module->title, CT_SV("The motel call"));
    CT_EQ_I64("variables", sc->n_variables, 3);
    CT_EQ_SV("first", sc->variables[0].name, CT_SV("trust"));
    CT_EQ_I64("watches", sc->n_watches, 1);
    assert_ptr_equal(&sc->scenes[sc->watches[0].target],
                     scene(sc, "ending-the-trafficker-is-warned"));
    CT_EQ_I64("scenes and endings", sc->n_scenes, 7);
    CT_EQ_I64("intro", sc->n_intro, 1);
    CT_EQ_SV("the variables are not shown", sc->intro[0].html,
             CT_SV("<p>Mia, 15, is at the station. She says she is 19 and wants to leave.</p>\n"));
    CT_EQ_I64("start", sc->start, 0);
    CT_EQ_I64("chairs", sc->chairs, P | C | A);
}

static void a_scene_has_text_choices_and_passages(void **state)
{
    (void)state;
    CT_AUTO_ARENA a = CT_ARENA_INIT;
    const struct ct_scene *s = scene(motel(&a).sc, "first-words");
    CT_EQ_SV("title", s->title, CT_SV("First words"));
    CT_EQ_I64("blocks", s->n_blocks, 2);
    assert_non_null(s->blocks[0].shown_if);
    CT_EQ_SV("condition", s->blocks[0].shown_if->text, CT_SV("trust >= 2"));
    CT_EQ_I64("passage", s->blocks[1].kind, CT_BLOCK_PASSAGE);
    CT_EQ_I64("for", s->blocks[1].disciplines, P);
    CT_EQ_I64("choices", s->n_choices, 3);
    const struct ct_choice *c = &s->choices[1];
    CT_EQ_SV("plain", c->plain, CT_SV("Ask who the man in the car is"));
    CT_EQ_SV("html", c->html, CT_SV("Ask who the man in the car is"));
    CT_EQ_SV("consequence", c->consequence_html,
             CT_SV("She gives a first name, then goes silent."));
    CT_EQ_I64("effects", c->n_effects, 2);
    assert_true(c->effects[0].variable == 0 && !c->effects[0].set && c->effects[0].value == -1);
    assert_true(c->effects[1].variable == 2 && c->effects[1].value == 1);
    CT_EQ_I64("for everybody", c->chairs, CT_DISC_ALL);
    CT_EQ_I64("for two", s->choices[2].chairs, P | C);
    CT_EQ_I64("any number of times", c->once, -1);
}

static void an_ending_has_an_outcome_and_a_debrief(void **state)
{
    (void)state;
    CT_AUTO_ARENA a = CT_ARENA_INIT;
    struct parsed p = motel(&a);
    const struct ct_scene *s = scene(p.sc, "ending-a-plan-she-chose");
    assert_true(s->is_ending && s->outcome == CT_PASS_IF);
    CT_EQ_SV("title", s->title, CT_SV("A plan she chose"));
    CT_EQ_I64("tests", s->pass_if->n, 2);
    CT_EQ_I64("debrief", s->n_blocks, 2);
    CT_EQ_I64("fail", scene(p.sc, "ending-she-runs")->outcome, CT_FAIL);
    const struct ct_scene *plan = scene(p.sc, "the-plan");
    CT_EQ_I64("once", plan->choices[2].once, 0);
    assert_non_null(plan->choices[0].shown_if);
    assert_non_null(scene(p.sc, "the-phone")->choices[0].needs);
}

static void the_motel_call_has_its_numbers(void **state)
{
    (void)state;
    static const struct {
        const char *name;
        ct_disc_set chair;
        size_t states, endings;
    } cases[] = {{"prosecutor", P, 25, 4}, {"caseworker", C, 25, 4}, {"advocate", A, 22, 2}};
    CT_AUTO_ARENA a = CT_ARENA_INIT;
    const struct ct_scenario *sc = motel(&a).sc;
    CT_EACH (c, cases) {
        struct ct_exploration x;
        struct ct_err err = CT_ERR_INIT;
        size_t endings = 0;
        CT_OK_(c->name, ct_scenario_explore(&a, sc, c->chair, 0, &x, &err), &err);
        for (size_t i = 0; i < sc->n_scenes; i++)
            endings += x.ending_reached[i];
        CT_EQ_I64(c->name, x.n_states, c->states);
        CT_EQ_I64(c->name, endings, c->endings);
        assert_true(x.can_pass && x.can_fail && !x.stuck.found && !x.loop.found);
    }
}

/* A scenario that is sound but for what a case puts in. */
#define TITLE  "# Scenario: S\n\n`x = 1 (0 to 3)` `told = no`\n\n"
#define START  "## Start\n\nText.\n\n"
#define ENDING "\n## Ending: End\n\n`pass`\n"
#define GO     "- [Go](#ending-end)\n"

static void junctions_are_read(void **state)
{
    (void)state;
    CT_AUTO_ARENA a = CT_ARENA_INIT;
    struct parsed p =
        parse(&a, CT_SV(TITLE "- `when x >= 3` `for: judge` [Out](#ending-end)\n\n"
                              "## Where you sit\n\n"
                              "- `for: caseworker` `when x >= 1` [Friday](#friday)\n"
                              "- [The file](#the-file) `when told = yes`\n"
                              "- [The emergency room](#the-file)\n\n"
                              "## Friday\n\nText.\n\n" GO "\n## The file\n\nText.\n\n" GO ENDING));
    CT_EQ_SV("no problems", texts(&a, &p.problems), CT_SV(""));
    const struct ct_scene *j = scene(p.sc, "where-you-sit");
    assert_true(j->is_junction && j->n_choices == 0 && j->n_blocks == 0);
    CT_EQ_I64("rules", j->n_rules, 3);
    CT_EQ_I64("chair", j->rules[0].chairs, C);
    CT_EQ_SV("condition", j->rules[0].when->text, CT_SV("x >= 1"));
    CT_EQ_SV("behind the link too", j->rules[1].when->text, CT_SV("told = yes"));
    assert_true(j->rules[2].when == NULL && j->rules[2].chairs == CT_DISC_ALL);
    CT_EQ_I64("a watch of one chair", p.sc->watches[0].chairs, 8);
    CT_EQ_I64("chairs of rules count", p.sc->chairs, C | 8);
}

/* A debrief for judges gives judges no chair where a junction seats the learners. */
static void where_a_junction_seats_people_passages_do_not(void **state)
{
    (void)state;
    CT_AUTO_ARENA a = CT_ARENA_INIT;
    struct parsed seated =
        parse(&a, CT_SV(TITLE "## Where you sit\n\n- `for: caseworker` [Friday](#friday)\n"
                              "- [The file](#the-file)\n\n"
                              "## Friday\n\nText.\n\n" GO "\n## The file\n\nText.\n\n"
                              "- [Go](#ending-end) `for: prosecutor`\n" GO ENDING
                              "\n> **For judges:** Think.\n"));
    struct parsed standing = parse(&a, CT_SV(TITLE START GO ENDING "\n> **For judges:** Think.\n"));
    CT_EQ_SV("no problems", texts(&a, &seated.problems), CT_SV(""));
    CT_EQ_I64("the named ones", seated.sc->chairs, C | P);
    CT_EQ_I64("who is spoken to", standing.sc->chairs, 8);
}

static void what_is_no_list_of_choices_is_text(void **state)
{
    (void)state;
    CT_AUTO_ARENA a = CT_ARENA_INIT;
    struct parsed p =
        parse(&a, CT_SV(TITLE START
                        "- key cards\n- `code`\n- [Hotline](https://example.org)\n\nThen:\n\n" GO
                        "\n1. [Wait](#start) `once`\n" ENDING));
    CT_EQ_SV("no problems", texts(&a, &p.problems), CT_SV(""));
    const struct ct_scene *s = scene(p.sc, "start");
    CT_EQ_I64("both lists of choices", s->n_choices, 2);
    assert_true(ct_sv_search(s->blocks[0].html, CT_SV("key cards")) != SIZE_MAX);
    CT_EQ_I64("nobody is named", p.sc->chairs, CT_DISC_ALL);
}

static void choices_in_a_passage_are_for_its_readers(void **state)
{
    (void)state;
    CT_AUTO_ARENA a = CT_ARENA_INIT;
    struct parsed p =
        parse(&a, CT_SV(TITLE START GO "\n### For prosecutors and judges: The file\n\n"
                                       "Yours.\n\n- [Charge](#ending-end) `for: prosecutor`\n"
                                       "- [Wait](#ending-end)\n" ENDING));
    CT_EQ_SV("no problems", texts(&a, &p.problems), CT_SV(""));
    const struct ct_scene *s = scene(p.sc, "start");
    CT_EQ_I64("all", s->n_choices, 3);
    CT_EQ_I64("outside", s->choices[0].chairs, CT_DISC_ALL);
    CT_EQ_I64("narrowed", s->choices[1].chairs, P);
    CT_EQ_I64("inside", s->choices[2].chairs, P | 8);
}

static void a_choice_is_full_markdown(void **state)
{
    (void)state;
    CT_AUTO_ARENA a = CT_ARENA_INIT;
    struct parsed p =
        parse(&a, CT_SV(TITLE START "- [Say *nothing* <b>](#ending-end) `x +1`, `told = yes`\n"
                                    "  `once`\n"
                                    "  > One.\n  >\n  > Two.\n\n  > Three.\n" ENDING));
    CT_EQ_SV("no problems", texts(&a, &p.problems), CT_SV(""));
    const struct ct_choice *c = &scene(p.sc, "start")->choices[0];
    assert_true(ct_sv_starts(c->html, CT_SV("Say <em>nothing</em>")));
    CT_EQ_I64("effects", c->n_effects, 2);
    CT_EQ_I64("once on the next line", c->once, 0);
    CT_EQ_SV("both quotes", c->consequence_html, CT_SV("<p>One.</p>\n<p>Two.</p>\n\nThree."));
}

static void spanish_endings(void **state)
{
    (void)state;
    CT_AUTO_ARENA a = CT_ARENA_INIT;
    struct parsed p =
        parse(&a, CT_SV("# Scenario: S\n\n`presión = 1 (0 to 3)`\n\n## ¿Qué haces?\n\n"
                        "Texto.\n\n- [Ir](#qué-haces) `presión +1`\n"
                        "- [Fin](#ending-así) `if presión ≥ 2`\n"
                        "- [Ya](#ending-así)\n\n## Ending: Así\n\n`pass`\n"));
    CT_EQ_SV("no problems", texts(&a, &p.problems), CT_SV(""));
}

static void problems_have_codes_and_lines(void **state)
{
    (void)state;
    static const struct {
        const char *name, *source, *want;
    } cases[] = {
        {"sound", TITLE START GO ENDING, ""},
        {"a target with spaces", TITLE START "- [Go](#ending end)\n" ENDING, "9:E41"},
        {"a target with spaces and chips", TITLE START GO "- [Go](#ending end) `x +1`\n" ENDING,
         "10:E41"},
        {"a blank inside a link", TITLE START "- [Go] (#ending-end)\n" ENDING, "9:E41"},
        {"no such scene", TITLE START GO "- [Go](#nowhere)\n" ENDING, "10:E41"},
        {"unknown chip", TITLE START "- [Go](#ending-end) `maybe`\n" ENDING, "9:E51"},
        {"effect of a rule", TITLE "- `when x >= 3` [Out](#ending-end) `x +1`\n\n" START GO ENDING,
         "5:E51"},
        {"two conditions", TITLE START "- [Go](#ending-end) `if x = 1` `if told = no`\n" ENDING,
         "9:E51"},
        {"setting under the title", "# Scenario: S\n\n`x = 1 (0 to 3)` `once`\n\n" START GO ENDING,
         "3:E51"},
        {"settings in a scene", TITLE START "`x +1`\n\n" GO ENDING, "9:E51"},
        {"pass in a scene", TITLE START "`pass`\n\n" GO ENDING, "9:E51"},
        {"pass behind a choice", TITLE START "- [Go](#ending-end) `pass`\n" ENDING, "9:E51"},
        {"condition in a consequence", TITLE START GO "  > `if x >= 1` So.\n" ENDING, "10:E51"},
        {"undeclared", TITLE START "- [Go](#ending-end) `if y >= 1`\n" ENDING, "9:E52"},
        {"undeclared in an effect", TITLE START "- [Go](#ending-end) `y +1`\n" ENDING, "9:E52"},
        {"undeclared in a quote", TITLE START "> `if y >= 1` Hm.\n\n" GO ENDING, "9:E52"},
        {"undeclared in pass if", TITLE START GO "\n## Ending: End\n\n`pass if y >= 1`\n",
         "13:E52"},
        {"declared twice", "# Scenario: S\n\n`x = 1 (0 to 3)` `X = 1 (0 to 3)`\n\n" START GO ENDING,
         "3:E52"},
        {"effect outside the range", TITLE START "- [Go](#ending-end) `x = 9`\n" ENDING, "9:E53"},
        {"start outside the range", "# Scenario: S\n\n`x = 9 (0 to 3)`\n\n" START GO ENDING,
         "3:E53"},
        {"and mixed with or",
         TITLE START GO "- [Go](#ending-end) `if x = 1 or x = 2 and told = no`\n" ENDING, "10:E54"},
        {"not to be read", TITLE START GO "- [Go](#ending-end) `if x is 1`\n" ENDING, "10:E55"},
        {"variable without a range", "# Scenario: S\n\n`x = 1`\n\n" START GO ENDING, "3:E55"},
        {"last rule with a condition",
         TITLE
         "## Fork\n\n- `when x = 1` [A](#start)\n- `when x = 2` [B](#start)\n\n" START GO ENDING,
         "8:E56"},
        {"last rule for a chair", TITLE "## Fork\n\n- `for: judge` [A](#start)\n\n" START GO ENDING,
         "7:E56"},
        {"rule behind the last",
         TITLE
         "## Fork\n\n- [A](#start)\n- `when x = 1` [A](#start)\n- [B](#start)\n\n" START GO ENDING,
         "7:E56"},
        {"an ending with choices", TITLE START GO ENDING "\n- [Again](#start)\n", "15:E57"},
        {"an ending without outcome", TITLE START GO "\n## Ending: End\n\nSo.\n", "11:E58"},
        {"an ending with two", TITLE START GO ENDING "\n`fail`\n", "15:E58"},
        {"two scenes of one name", TITLE START GO "\n## Start\n\nText.\n\n" GO ENDING, "11:E59"},
        {"a scene without choices", TITLE START GO "\n## Other\n\nText.\n" ENDING, "11:E60"},
        {"no scene at all", TITLE, "1:E60"},
        {"never reached", TITLE START GO "\n## Attic\n\nDust.\n\n- [Down](#start)\n" ENDING,
         "11:W61"},
        {"an ending never reached", TITLE START GO ENDING "\n## Ending: Other\n\n`fail`\n",
         "15:W61"},
        {"no open choice",
         TITLE START GO "- [Deep](#deep)\n\n## Deep\n\nWater.\n\n"
                        "- [Up](#start) `if x >= 2`\n" ENDING,
         "12:E62"},
        {"only a closed choice", TITLE START "- [Go](#ending-end) `needs x >= 2`\n" ENDING,
         "1:E64 5:E62 11:W61"},
        {"a loop",
         TITLE START GO "- [Left](#left)\n\n## Left\n\nL.\n\n- [On](#right)\n\n"
                        "## Right\n\nR.\n\n- [On](#left)\n" ENDING,
         "12:E63"},
        {"a circle of junctions",
         TITLE START GO "- [J](#one)\n\n## One\n\n- `when x = 1` [A](#start)\n- [B](#two)\n\n"
                        "## Two\n\n- `when x = 2` [A](#one)\n- [B](#start)\n" ENDING,
         "12:E63"},
        {"passing impossible", TITLE START GO "\n## Ending: End\n\n`pass if x >= 2`\n", "1:E64"},
        {"passing impossible from a chair",
         TITLE START GO
         "- [Run](#ending-run) `for: judge`\n- [Stay](#start) `for: advocate` `x +1`\n"
         "\n## Ending: End\n\n`pass if x >= 2`\n\n## Ending: Run\n\n`fail`\n",
         "1:E64"},
        {"a chair misspelt", TITLE START "- [Go](#ending-end) `for: prosecuter`\n" ENDING, "9:E24"},
        {"a choice nobody can see",
         TITLE START GO
         "\n### For judges: Yours\n\nY.\n\n- [Go](#ending-end) `for: advocate`\n" ENDING,
         "15:E44"},
        {"a consequence outside its choice", TITLE START GO "> So.\n" ENDING, "10:E11"},
        {"a quote that is none", TITLE START GO "\n> So.\n" ENDING, ""},
        {"text beside a link", TITLE START "- [Go](#ending-end) at once\n" ENDING, "9:E67"},
        {"two links", TITLE START "- [Go](#ending-end) [or](#start)\n" ENDING, "9:E67"},
        {"an item without a link", TITLE START GO "- Stay\n" ENDING, "10:E67"},
        {"a paragraph below a choice", TITLE START GO "\n  So.\n" ENDING, "11:E67"},
        {"a rule among text", TITLE START "- `when x = 1` [A](#ending-end)\n" GO ENDING, "9:E67"},
        {"a choice among rules",
         TITLE "## Fork\n\n- `when x = 1` [A](#start)\n- [B](#start) `once`\n\n" START GO ENDING,
         "8:E67"},
        {"a choice under the title", TITLE GO "\n" START GO ENDING, "5:E67"},
        {"a rule with a quote",
         TITLE "- `when x >= 3` [Out](#ending-end)\n  > So.\n\n" START GO ENDING, "5:E67"},
        {"text behind the end of a scene", TITLE START GO "\n---\n\nLost.\n" ENDING, "13:E67"},
        {"nothing behind the end of a scene", TITLE START GO "\n---\n" ENDING, ""},
        {"a link in a text", TITLE START "See [there](#ending-end).\n\n" GO ENDING, "9:W68"},
        {"a link in a quote", TITLE START "> - [there](#ending-end)\n\n" GO ENDING, "9:W68"},
        {"a scene without a title", TITLE START GO ENDING "\n##\n\nText.\n\n" GO, "15:E09"},
        {"a question at the level of scenes",
         TITLE START GO ENDING "\n## Question: Q\n\nText.\n\n" GO, "15:E26"},
    };
    CT_AUTO_ARENA a = CT_ARENA_INIT;
    CT_EACH (c, cases) {
        struct parsed p = parse(&a, ct_sv_c(c->source));
        CT_EQ_SV(c->name, codes(&a, &p.problems), ct_sv_c(c->want));
    }
}

static void problems_say_how_to_mend_them(void **state)
{
    (void)state;
    static const struct {
        const char *name, *source, *says;
    } cases[] = {
        {"spaces", TITLE START "- [Go](#ending end)\n" ENDING, "did you mean `#ending-end`?"},
        {"an ending's own name", TITLE START GO "- [Go](#end)\n" ENDING,
         "did you mean `#ending-end`?"},
        {"capitals", TITLE START GO "- [Go](#Ending-End)\n" ENDING, "did you mean `#ending-end`?"},
        {"a slip", TITLE START GO "- [Go](#strat)\n" ENDING, "did you mean `#start`?"},
        {"nothing near", TITLE START GO "- [Go](#elsewhere)\n" ENDING,
         "`#elsewhere` is the address of no scene"},
        {"a chip misspelt", TITLE START "- [Go](#ending-end) `need x >= 1`\n" ENDING,
         "did you mean `needs`?"},
        {"a variable misspelt",
         "# Scenario: S\n\n`trust = 1 (0 to 3)`\n\n" START
         "- [Go](#ending-end) `trusst +1`\n" ENDING,
         "did you mean `trust`?"},
        {"the way into a dead end",
         TITLE START GO "- [Deep *water*](#deep)\n- [Wade](#start) `x +1` `once`\n\n## Deep\n\n"
                        "Water.\n\n- [Up](#start) `if x <= 1`\n" ENDING,
         "the scene \"Deep\" has no open choice after \"Wade\", \"Deep water\""},
        {"a dead end at the start", TITLE START "- [Go](#ending-end) `if x = 2`\n" ENDING,
         "the scene \"Start\" has no open choice at the start"},
        {"a dead end of one chair",
         TITLE START "- [Go](#ending-end) `for: prosecutor`\n\n> **For judges:** J.\n" ENDING,
         "has no open choice for judges at the start"},
        {"a dead end of two chairs",
         TITLE START
         "- [Go](#ending-end) `for: prosecutor`\n\n> **For judges and advocates:** J.\n" ENDING,
         "has no open choice for advocates and judges at the start"},
        {"a choice that is never open",
         TITLE START GO
         "- [Wade](#deep)\n\n## Deep\n\nWater.\n\n- [Dive](#start) `needs x >= 2`\n" GO ENDING,
         "the choice \"Dive\" can never be open: its scene \"Deep\" is shown after \"Wade\", but "
         "`needs x >= 2` holds there in no way of playing"},
        {"an effect without any", TITLE START GO "- [Wade](#start) `told = no`\n" ENDING,
         "this effect of \"Wade\" never changes `told`: whenever the choice is taken, it has that "
         "value already"},
        {"a scene behind a closed choice",
         TITLE START GO "- [Wade](#deep) `if x >= 2`\n\n## Deep\n\nWater.\n\n" GO ENDING,
         "the scene \"Deep\" is never reached: \"Start\", at the start, would lead to `#deep`"},
        {"a scene that nothing leads to", TITLE START GO "\n## Deep\n\nWater.\n\n" GO ENDING,
         "the scene \"Deep\" is never reached: nothing that is reached leads there"},
        {"passing never met",
         TITLE START "- [Go *on*](#ending-end)\n\n## Ending: End\n\n"
                     "`pass if x >= 2`\n",
         "\"End\" is reached after \"Go on\", but `pass if x >= 2` never holds there"},
        {"two dead ends",
         TITLE START GO "- [A](#a)\n- [B](#b)\n\n## A\n\nA.\n\n- [Up](#start) `if x >= 2`\n\n## B"
                        "\n\nB.\n\n- [Up](#start) `if x >= 2`\n" ENDING,
         "the scene \"B\" has no open choice after \"B\""},
        {"passing, from a chair",
         TITLE START GO "- [Stay](#start) `for: advocate` `x +1`\n\n> **For judges:** J.\n"
                        "\n## Ending: End\n\n`pass if x >= 2`\n",
         "passing is impossible for judges"},
    };
    CT_AUTO_ARENA a = CT_ARENA_INIT;
    CT_EACH (c, cases) {
        struct parsed p = parse(&a, ct_sv_c(c->source));
        struct ct_sv said = texts(&a, &p.problems);
        if (ct_sv_search(said, ct_sv_c(c->says)) == SIZE_MAX)
            CT_EQ_SV(c->name, said, ct_sv_c(c->says));
    }
}

static void what_is_too_vast_to_prove_is_said(void **state)
{
    (void)state;
    CT_AUTO_ARENA a = CT_ARENA_INIT;
    struct ct_sv source = CT_SV("# Scenario: S\n\n`a = 0 (0 to 9)` `b = 0 (0 to 9)` "
                                "`c = 0 (0 to 9)` `d = 0 (0 to 9)` `e = 0 (0 to 9)` "
                                "`f = 0 (0 to 9)`\n\n" START);
    for (char v = 'a'; v <= 'f'; v++)
        source = ct_arena_printf(&a, "%.*s- [%c](#start) `%c +1`\n", CT_SV_ARG(source), v, v);
    source = ct_arena_printf(&a, "%.*s%s%s", CT_SV_ARG(source), GO, ENDING);
    struct parsed p = parse(&a, source);
    CT_EQ_SV("a warning, never silence", codes(&a, &p.problems), CT_SV("1:W69"));
    assert_true(ct_sv_search(p.problems.items[0].text, CT_SV("more than 200000 states")) !=
                SIZE_MAX);
    assert_true(ct_sv_search(p.problems.items[0].text, CT_SV("every way of up to ")) != SIZE_MAX);
    CT_EQ_SV("nothing is said to have no use", codes_of(&a, &p.problems, true), CT_SV(""));
}

static void limits_are_kept(void **state)
{
    (void)state;
    CT_AUTO_ARENA a = CT_ARENA_INIT;
    struct ct_sv many = CT_SV("# Scenario: S\n\n");
    for (int i = 0; i <= CT_VARS_MAX; i++)
        many = ct_arena_printf(&a, "%.*s`v%d = no` ", CT_SV_ARG(many), i);
    struct parsed p = parse(&a, ct_arena_printf(&a, "%.*s\n\n" START GO ENDING, CT_SV_ARG(many)));
    CT_EQ_SV("variables", codes(&a, &p.problems), CT_SV("3:E35"));
    CT_EQ_I64("no more than there is room for", p.sc->n_variables, CT_VARS_MAX);

    many = CT_SV(TITLE START GO);
    for (int i = 0; i <= CT_ONCE_MAX; i++)
        many = ct_arena_printf(&a, "%.*s- [Go %d](#ending-end) `once`\n", CT_SV_ARG(many), i);
    p = parse(&a, ct_arena_printf(&a, "%.*s" ENDING, CT_SV_ARG(many)));
    CT_EQ_SV("once", codes(&a, &p.problems), CT_SV("74:E35"));

    many = CT_SV(TITLE START GO ENDING);
    for (int i = 0; i < CT_SCENES_MAX; i++)
        many = ct_arena_printf(&a, "%.*s\n## Scene %d\n\nText.\n\n" GO, CT_SV_ARG(many), i);
    p = parse(&a, many);
    CT_EQ_I64("scenes", p.sc->n_scenes, CT_SCENES_MAX);
    CT_EQ_I64("one error", p.problems.n_errors, 1);
}

static void long_words_are_cut_between_characters(void **state)
{
    (void)state;
    CT_AUTO_ARENA a = CT_ARENA_INIT;
    for (size_t shift = 0; shift < 4; shift++) {
        char *word = ct_arena_alloc(&a, 4001);
        for (size_t i = 0; i < 4000; i++)
            word[i] = i % 2 == 0 ? '\xc3' : '\xa9';
        struct parsed p =
            parse(&a, ct_arena_printf(&a, TITLE START "- [Go](#ending-end) `if %.*s%s y`\n" ENDING,
                                      (int)shift, "abc", word));
        CT_EQ_SV("one problem", codes(&a, &p.problems), CT_SV("9:E55"));
        assert_true(ct_sv_utf8(p.problems.items[0].text));
    }
}

/* Whatever is cut away or doubled, the reader holds, and what it made can be played without a
 * crash. */
static void broken_scenarios_do_no_harm(void **state)
{
    (void)state;
    CT_AUTO_ARENA a = CT_ARENA_INIT;
    struct ct_sv source = motel(&a).module->source;
    for (size_t cut = 0; cut < source.n; cut += 7) {
        CT_AUTO_ARENA b = CT_ARENA_INIT;
        struct ct_state s;
        struct ct_err err = CT_ERR_INIT;
        struct ct_sv kept = ct_arena_printf(&b, "# Scenario: S\n\n%.*s%.*s", (int)(source.n - cut),
                                            source.p + cut, (int)(cut / 2), source.p);
        const struct ct_scenario *sc = parse(&b, kept).sc;
        for (ct_disc_set chair = P; chair <= A; chair <<= 1) {
            if (ct_scenario_start(sc, chair, &s, &err) < 0)
                continue;
            for (size_t i = 0; i < 40; i++)
                (void)ct_scenario_choose(sc, chair, &s, i % 3, &s, &err);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_motel_call_is_read),
        cmocka_unit_test(a_scene_has_text_choices_and_passages),
        cmocka_unit_test(an_ending_has_an_outcome_and_a_debrief),
        cmocka_unit_test(the_motel_call_has_its_numbers),
        cmocka_unit_test(junctions_are_read),
        cmocka_unit_test(where_a_junction_seats_people_passages_do_not),
        cmocka_unit_test(what_is_no_list_of_choices_is_text),
        cmocka_unit_test(choices_in_a_passage_are_for_its_readers),
        cmocka_unit_test(a_choice_is_full_markdown),
        cmocka_unit_test(spanish_endings),
        cmocka_unit_test(problems_have_codes_and_lines),
        cmocka_unit_test(problems_say_how_to_mend_them),
        cmocka_unit_test(what_is_too_vast_to_prove_is_said),
        cmocka_unit_test(limits_are_kept),
        cmocka_unit_test(long_words_are_cut_between_characters),
        cmocka_unit_test(broken_scenarios_do_no_harm),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
