/*
 * test_measure.c: words, sentences and grades of texts; minutes; what is assessed; and what the
 * checker warns of.
 */
#include "course_test.h"

#include "ct/course/measure.h"

#include "ct/base/banned.h"

static void measure(struct parsed *p, struct ct_sv source, const char *lang, struct ct_measure *ret)
{
    test_parse(p, source, "03-case.md", lang, false);
    ct_module_measure(&p->arena, p->module, ret);
}

#define LESSON "# T\n\n## S\n\n" /* two words of headings; T itself is no page's text */

static void words_and_sentences_are_counted(void **state)
{
    (void)state;
    static const struct {
        const char *name, *text;
        size_t words, prose, sentences; /* without the section's heading */
    } cases[] = {
        {"nothing", "", 0, 0, 0},
        {"a sentence", "She eats.", 2, 2, 1},
        {"two", "She eats. He waits!", 4, 4, 2},
        {"without a stop", "She eats", 2, 2, 1},
        {"over two lines", "She eats\nand waits.", 4, 4, 1},
        {"two paragraphs", "She eats\n\nHe waits", 4, 4, 2},
        {"items of a list", "- one\n- two things\n- three", 4, 4, 3},
        {"a heading", "### Ask first\n\nShe eats.", 4, 2, 1},
        {"a table", "| a | b |\n|---|---|\n| c | d |\n", 4, 0, 0},
        {"a quote", "> The term means force. It is law.", 7, 7, 2},
        {"code", "See `if x` here.\n\n```\nnone of this\n```", 2, 2, 1},
        {"a statute", "See 18 U.S.C. 1591 and Brady v. Maryland now.", 9, 9, 1},
        {"an hour", "At 9:40 p.m. on Friday she left.", 7, 7, 1},
        {"a title", "Dr. Lee and Ms. Day came. Both sat.", 8, 8, 2},
        {"quotation marks", "\"Go.\" She went. (He did not.)", 6, 6, 3},
        {"curly ones", "“Go.” She went.", 3, 3, 2},
        {"a stop before a small letter", "She said: yes. and went.", 5, 5, 1},
        {"an ellipsis", "She waits… Then she goes.", 5, 5, 2},
        {"dashes", "Phones—two—rang – twice.", 4, 4, 1},
        {"a number", "It is 3.5 percent.", 4, 4, 1},
        {"links", "Read [the law](https://example.org/a.b) now.", 4, 4, 1},
        {"marks alone", "* * *\n\n…", 0, 0, 0},
        {"entities", "R&D <b> \"x\" & y.", 3, 3, 1},
        {"Spanish", "¿Qué pasó? ¡Ven!", 3, 3, 2},
    };
    CT_EACH (c, cases) {
        struct parsed p;
        struct ct_measure m;
        CT_AUTO_ARENA a = CT_ARENA_INIT;
        measure(&p, ct_arena_printf(&a, LESSON "%s\n", c->text), "en", &m);
        CT_EQ_I64(c->name, m.words, c->words + 1);
        CT_EQ_I64(c->name, m.prose_words, c->prose);
        CT_EQ_I64(c->name, m.sentences, c->sentences);
        test_release(&p);
    }
}

static struct ct_sv times(struct ct_arena *a, size_t n, const char *text)
{
    CT_AUTO_STR out = CT_STR_INIT(1024 * 1024);
    for (size_t i = 0; i < n; i++)
        ct_str_add_c(&out, text);
    return ct_arena_dup(a, ct_str_sv(&out));
}

static void grades_follow_their_formulas(void **state)
{
    (void)state;
    CT_AUTO_ARENA a = CT_ARENA_INIT;
    struct parsed p;
    struct ct_measure m;
    /* 120 words, 20 sentences, 140 syllables */
    measure(&p,
            ct_arena_printf(&a, LESSON "%.*s",
                            CT_SV_ARG(times(&a, 20, "The child can see table now. "))),
            "en", &m);
    assert_true(m.has_grade);
    CT_EQ_I64("syllables", m.syllables, 140);
    assert_float_equal((float)m.grade, 0.39F * 6 + 11.8F * 7 / 6 - 15.59F, 0.01F);
    test_release(&p);
    /* 100 words, 10 sentences, 200 syllables: 4.9 * 2 - 20.5 / 10 - 3.407 */
    measure(&p,
            ct_arena_printf(
                &a, LESSON "%.*s",
                CT_SV_ARG(times(&a, 10, "La niña come pan y la mesa tiene cosas bonitas. "))),
            "es", &m);
    CT_EQ_I64("words", m.prose_words, 100);
    assert_true(m.has_grade);
    assert_float_equal((float)m.grade, 4.9F * (float)m.syllables / 100 - 20.5F / 10 - 3.407F,
                       0.01F);
    test_release(&p);
    measure(&p, CT_SV(LESSON "Too short to say.\n"), "en", &m);
    assert_false(m.has_grade);
    test_release(&p);
}

#define QUESTION(id, objective)                                                                    \
    "### Question: Q\n\n`id: " id "`" objective "\n\nWhich one?\n\n- (x) This\n- ( ) That\n\n"

/* Counted by hand: 102 words, 5 sentences, 145 syllables; grade 9.1. */
#define GETTYSBURG                                                                                 \
    "Four score and seven years ago our fathers brought forth on this continent, a new nation, "   \
    "conceived in Liberty, and dedicated to the proposition that all men are created equal.\n\n"   \
    "Now we are engaged in a great civil war, testing whether that nation, or any nation so "      \
    "conceived and so dedicated, can long endure. We are met on a great battle-field of that "     \
    "war. We have come to dedicate a portion of that field, as a final resting place for those "   \
    "who here gave their lives that that nation might live. It is altogether fitting and proper "  \
    "that we should do this.\n\n"

static void a_known_text_has_its_known_grade(void **state)
{
    (void)state;
    static const struct {
        const char *name, *text;
    } cases[] = {
        {"alone", LESSON GETTYSBURG},
        {"with headings", LESSON "### Go\n\n" GETTYSBURG "### Go on\n\n### Ask\n"},
        {"with a table", LESSON GETTYSBURG "| A | B |\n|---|---|\n| Yes. | No. |\n"},
        {"with a question", LESSON GETTYSBURG QUESTION("a", "")},
        {"with code", LESSON GETTYSBURG "```\nNo. No. No.\n```\n"},
    };
    CT_EACH (c, cases) {
        struct parsed p;
        struct ct_measure m;
        measure(&p, ct_sv_c(c->text), "en", &m);
        CT_EQ_I64(c->name, m.prose_words, 102);
        CT_EQ_I64(c->name, m.sentences, 5);
        if (m.grade < 8.9 || m.grade > 9.4)
            print_error("%s: grade %.2f, %zu syllables\n", c->name, m.grade, m.syllables);
        assert_true(m.has_grade && m.grade >= 8.9 && m.grade <= 9.4);
        test_release(&p);
    }
}

static void the_discipline_with_most_to_read_counts(void **state)
{
    (void)state;
    static const struct {
        const char *name, *text;
        size_t words;
    } cases[] = {
        {"passages",
         LESSON "All read this.\n\n> **For prosecutors:** One two three four.\n\n"
                "> **For advocates:** One two.\n\n> **Note:** Five.\n",
         1 + 3 + 4 + 1},
        {"several passages of one",
         LESSON "> **For prosecutors:** One two.\n\n> **For advocates:** One two three.\n\n"
                "All.\n\n> **For prosecutors:** One two.\n",
         1 + 2 + 1 + 2},
        {"a passage of two",
         LESSON "> **For prosecutors and advocates:** One two.\n\n"
                "> **For advocates:** One two three.\n\n> **For prosecutors:** One.\n",
         1 + 2 + 3},
        {"all alike", LESSON "All read this.\n", 1 + 3},
        /* a question with its options is four words; the quiz asks one of two */
        {"a quiz that draws",
         LESSON "All read this.\n\n## Quiz\n\n`draw: 1`\n\n" QUESTION("a", "") QUESTION("b", ""),
         1 + 3 + 4},
    };
    CT_EACH (c, cases) {
        struct parsed p;
        struct ct_measure m;
        measure(&p, ct_sv_c(c->text), "en", &m);
        CT_EQ_I64(c->name, m.words, c->words);
        test_release(&p);
    }
}

#define FRONT "---\nobjectives:\n  - O1 First\n  - O2 Second\n---\n"

static void coverage_is_told(void **state)
{
    (void)state;
    struct parsed p;
    struct ct_measure m;
    measure(&p,
            CT_SV(FRONT LESSON QUESTION("a", " `objective: O1`")
                      QUESTION("b", "") "## Quiz\n\n" QUESTION("c", " `objective: O1`")),
            "en", &m);
    CT_EQ_I64("questions", m.n_questions, 3);
    CT_EQ_I64("graded", m.n_graded, 1);
    CT_EQ_I64("unassigned", m.n_unassigned, 1);
    CT_EQ_I64("of O1", m.coverage[0].n_questions, 2);
    CT_EQ_I64("graded of O1", m.coverage[0].n_graded, 1);
    CT_EQ_SV("first", m.coverage[0].questions[0]->id, CT_SV("a"));
    CT_EQ_SV("second", m.coverage[0].questions[1]->id, CT_SV("c"));
    CT_EQ_I64("of O2", m.coverage[1].n_questions, 0);
    /* 3 questions of 45 s and 1 + 3 * 4 words: 135 s + 4 s */
    CT_EQ_I64("minutes", m.minutes, 3);
    test_release(&p);
}

static void a_reflection_takes_longer_than_a_pick(void **state)
{
    static const struct {
        const char *name, *md;
        int seconds; /* without reading */
    } cases[] = {
        {"one pick", QUESTION("a", ""), CT_QUESTION_SECONDS},
        {"one reflection", "### Reflect: R\n\nWhat?\n\n", CT_REFLECTION_SECONDS},
        {"both", QUESTION("a", "") "### Reflect: R\n\nWhat?\n\n",
         CT_QUESTION_SECONDS + CT_REFLECTION_SECONDS},
        {"in a quiz, too", "## Quiz\n\n" QUESTION("a", "") "### Reflect: R\n\nWhat?\n\n",
         CT_QUESTION_SECONDS + CT_REFLECTION_SECONDS},
        {"a quiz that draws one of two",
         "## Quiz\n\n`draw: 1`\n\n" QUESTION("a", "") "### Reflect: R\n\nWhat?\n\n",
         (CT_QUESTION_SECONDS + CT_REFLECTION_SECONDS) / 2},
    };
    (void)state;
    CT_EACH (c, cases) {
        struct parsed p;
        struct ct_measure m;
        CT_AUTO_STR source = CT_STR_INIT(10000);
        ct_str_addf(&source, FRONT LESSON "%s", c->md);
        measure(&p, ct_str_sv(&source), "en", &m);
        int seconds = c->seconds + (int)m.words * 60 / CT_READING_WPM;
        assert_true(m.words < 20);
        CT_EQ_I64(c->name, m.minutes, seconds / 60 + 1);
        test_release(&p);
    }
}

static bool read_captions(void *arg, struct ct_arena *a, struct ct_sv path, struct ct_sv *ret)
{
    (void)a;
    if (!ct_sv_eq_c(path, "media/a.vtt"))
        return false;
    *ret = ct_sv_c(arg);
    return true;
}

static void films_take_their_time(void **state)
{
    (void)state;
    static const struct {
        const char *name, *captions;
        int want;
    } cases[] = {
        {"minutes", "WEBVTT\n\n00:01.000 --> 00:04.000\nHi.\n\n04:00.000 --> 05:30.000\nBye.\n",
         330},
        {"hours", "WEBVTT\n\n00:00:01.000 --> 01:00:05.000 align:left\nHi.\n", 3605},
        {"a begun second", "WEBVTT\n\n00:01.000 --> 00:04.500\nHi.\n", 5},
        {"not in order", "WEBVTT\n\n01:00.000 --> 02:00.000\nB\n\n00:01.000 --> 00:04.000\nA\n",
         120},
        {"no times", "WEBVTT\n", 0},
        {"nonsense", "WEBVTT\n\n --> soon\n --> 99999999999:00\n-->", 0},
        {"days", "WEBVTT\n\n00:00.000 --> 999:00:00.000\n", 0},
    };
    CT_EACH (c, cases) {
        CT_AUTO_ARENA a = CT_ARENA_INIT;
        struct ct_problems problems = {.arena = &a};
        struct ct_disciplines d;
        struct ct_module *module;
        struct ct_measure m;
        ct_disciplines_default(&d);
        struct ct_module_context ctx = {.disciplines = &d,
                                        .exists = test_exists,
                                        .read = read_captions,
                                        .arg = (void *)(uintptr_t)c->captions};
        CT_OK_(c->name,
               ct_module_parse(&a, CT_SV(LESSON "![A talk](media/a.mp4)\n"), CT_SV("01-a.md"), &ctx,
                               &problems, &module, NULL),
               NULL);
        ct_module_measure(&a, module, &m);
        CT_EQ_I64(c->name, m.media_seconds, c->want);
    }
}

static void a_scenario_takes_its_mean_run(void **state)
{
    (void)state;
    CT_AUTO_ARENA a = CT_ARENA_INIT;
    struct parsed p;
    struct ct_measure m;
    struct ct_sv text = times(&a, 400, "word "); /* two minutes */
    measure(&p,
            ct_arena_printf(&a,
                            "# Scenario: S\n\n## Start\n\n%.*s\n\n- [Left](#ending-left)\n- "
                            "[Right](#ending-right)\n\n## Ending: Left\n\n`pass`\n\n%.*s\n\n"
                            "## Ending: Right\n\n`fail`\n\n%.*s\n",
                            CT_SV_ARG(text), CT_SV_ARG(text), CT_SV_ARG(text)),
            "en", &m);
    CT_EQ_I64("all words", m.words, 3 * 400 + 2 + 3);
    CT_EQ_I64("two of three texts, one choice", m.minutes, 5);
    test_release(&p);
}

static void the_checker_warns(void **state)
{
    (void)state;
    CT_AUTO_ARENA a = CT_ARENA_INIT;
    struct ct_sv plain = times(&a, 500, "She can see it. "); /* 2,000 words: ten minutes */
    struct ct_sv hard = times(
        &a, 6,
        "Interdisciplinary collaboration notwithstanding confidentiality obligations necessitates "
        "considerable organizational preparation, administrative documentation, institutional "
        "accountability, and deliberate communication between participating representatives "
        "throughout investigations.\n\n");
    const struct {
        const char *name;
        int minutes;
        struct ct_sv text;
        const char *want;
    } cases[] = {
        {"as stated", 10, plain, ""},
        {"twice as stated", 20, plain, ""},
        {"not twice", 22, plain, ""},
        {"more than twice", 23, plain, "W73:2"},
        {"less than half, but near", 4, plain, ""},
        {"too short to be measured", 60, CT_SV("Soon."), ""},
        {"hard", 1, hard, "W74:5"},
    };
    CT_EACH (c, cases) {
        struct parsed p;
        struct ct_sv source = ct_arena_printf(&a, "---\nminutes: %d\n---\n\n" LESSON "%.*s\n",
                                              c->minutes, CT_SV_ARG(c->text));
        if (c->text.n > 60000) /* lines have an end */
            fail();
        test_parse(&p, source, "03-case.md", "en", false);
        struct ct_sv codes = test_codes(&p.arena, &p.problems);
        if (strcmp(c->name, "hard") == 0) {
            assert_true(ct_sv_search(codes, CT_SV("W74:")) != SIZE_MAX);
            struct ct_sv text = p.problems.items[0].text;
            assert_true(ct_sv_search(text, CT_SV("begin in line 9 (2")) != SIZE_MAX);
        } else {
            CT_EQ_SV(c->name, codes, ct_sv_c(c->want));
        }
        test_release(&p);
    }
}

static void the_longest_sentences_are_named_by_line(void **state)
{
    (void)state;
    struct parsed p;
    struct ct_measure m;
    measure(&p,
            CT_SV(LESSON "One two three. She **asks** whether *you* know what it\nmeans. No.\n\n"
                         "> Here are [six words](a.md) and two.\n\n- Four words in all\n"),
            "en", &m);
    CT_EQ_I64("longest", m.longest[0].words, 8);
    CT_EQ_I64("its line", m.longest[0].line, 5);
    CT_EQ_I64("second", m.longest[1].words, 6);
    CT_EQ_I64("its line", m.longest[1].line, 8);
    CT_EQ_I64("third", m.longest[2].words, 4);
    CT_EQ_I64("its line", m.longest[2].line, 10);
    test_release(&p);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(words_and_sentences_are_counted),
        cmocka_unit_test(grades_follow_their_formulas),
        cmocka_unit_test(a_known_text_has_its_known_grade),
        cmocka_unit_test(the_discipline_with_most_to_read_counts),
        cmocka_unit_test(coverage_is_told),
        cmocka_unit_test(a_reflection_takes_longer_than_a_pick),
        cmocka_unit_test(films_take_their_time),
        cmocka_unit_test(a_scenario_takes_its_mean_run),
        cmocka_unit_test(the_checker_warns),
        cmocka_unit_test(the_longest_sentences_are_named_by_line),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
