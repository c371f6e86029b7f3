/*
 * test_change.c: what of a module is different, section by section, scene by scene, question by
 * question, and W71.
 */
#include "ct/course/change.h"

#include "course/course_test.h"

#include "ct/base/banned.h"

#include "ct/base/banned.h"

/* Two texts of one module. */
struct two {
    struct parsed before, after;
};

static void parse_two(struct two *t, const char *before, const char *after)
{
    test_parse(&t->before, ct_sv_c(before), "01-a.md", "en", false);
    test_parse(&t->after, ct_sv_c(after), "01-a.md", "en", false);
}

static void release_two(struct two *t)
{
    test_release(&t->before);
    test_release(&t->after);
}

static const char *mark(enum ct_change_kind kind)
{
    switch (kind) {
    case CT_CHANGE_NONE:
        return "=";
    case CT_CHANGE_EDITED:
        return "~";
    case CT_CHANGE_ADDED:
        return "+";
    case CT_CHANGE_REMOVED:
        return "-";
    }
    return "?";
}

static struct ct_sv name_of(const struct two *t, const struct ct_part_change *p)
{
    const struct ct_scenario *was = t->before.module->scenario, *is = t->after.module->scenario;

    if (p->after || p->before)
        return p->after ? p->after->slug : p->before->slug;
    return p->scene_after != SIZE_MAX ? is->scenes[p->scene_after].anchor
                                      : was->scenes[p->scene_before].anchor;
}

/* "=a ~b +c -d; ~q1 +q2; intro quiz" */
static struct ct_sv told(struct two *t, ct_disc_set set)
{
    struct ct_arena *a = &t->after.arena;
    struct ct_module_change c;
    struct ct_sv out = CT_SV("");

    ct_module_compare(a, t->before.module, t->after.module, set, &c);
    for (size_t i = 0; i < c.n_parts; i++)
        out = ct_arena_printf(a, "%.*s%s%s%.*s", CT_SV_ARG(out), i ? " " : "",
                              mark(c.parts[i].kind), CT_SV_ARG(name_of(t, &c.parts[i])));
    out = ct_arena_printf(a, "%.*s;", CT_SV_ARG(out));
    for (size_t i = 0; i < c.n_questions; i++) {
        const struct ct_question *q =
            c.questions[i].after ? c.questions[i].after : c.questions[i].before;

        out = ct_arena_printf(a, "%.*s %s%.*s%s", CT_SV_ARG(out), mark(c.questions[i].kind),
                              CT_SV_ARG(q->id), c.questions[i].in_quiz ? "!" : "");
    }
    return ct_arena_printf(a, "%.*s;%s%s%s%s%s%s%s", CT_SV_ARG(out), c.title ? " title" : "",
                           c.content_note ? " note" : "", c.intro ? " intro" : "",
                           c.quiz_rules ? " quiz" : "", c.facts ? " facts" : "",
                           c.material ? " material" : "", c.same ? " same" : "");
}

#define Q(id, text, right, wrong)                                                                  \
    "### Question: Who?\n\n`id: " id "`\n\n" text "\n\n- (x) " right "\n- ( ) " wrong "\n\n"

static const struct compare_case {
    const char *name, *before, *after, *want;
    ct_disc_set set; /* 0: everything */
} compare_cases[] = {
    {"the same text", "# T\n\n## A\n\nx\n", "# T\n\n## A\n\nx\n", "=a;; same", 0},
    {"blank lines and line ends change nothing", "# T\n\n## A\n\nx\n",
     "# T\r\n\r\n\r\n## A\r\n\r\nx\r\n\r\n", "=a;; same", 0},
    {"a section's text", "# T\n\n## A\n\nx\n\n## B\n\ny\n", "# T\n\n## A\n\nx\n\n## B\n\nz\n",
     "=a ~b;;", 0},
    {"a new section in front moves nothing else", "# T\n\n## B\n\ny\n",
     "# T\n\n## A\n\nx\n\n## B\n\ny\n", "+a =b;;", 0},
    {"a section taken out comes last", "# T\n\n## A\n\nx\n\n## B\n\ny\n", "# T\n\n## B\n\ny\n",
     "=b -a;;", 0},
    {"a section renamed is found by its text", "# T\n\n## A\n\none two three four\n",
     "# T\n\n## Z\n\none two three five\n", "~z;;", 0},
    {"one that says something else is another", "# T\n\n## A\n\none two three four\n",
     "# T\n\n## Z\n\nfive six seven eight\n", "+z -a;;", 0},
    {"the title", "# T\n\n## A\n\nx\n", "# U\n\n## A\n\nx\n", "=a;; title", 0},
    {"the introduction", "# T\n\nHello.\n\n## A\n\nx\n", "# T\n\nHi.\n\n## A\n\nx\n", "=a;; intro",
     0},
    {"a content note", "---\ncontent-note: a\n---\n# T\n\n## A\n\nx\n", "# T\n\n## A\n\nx\n",
     "=a;; note", 0},
    {"minutes", "---\nminutes: 5\n---\n# T\n\n## A\n\nx\n",
     "---\nminutes: 6\n---\n# T\n\n## A\n\nx\n", "=a;; facts", 0},
    {"a version alone", "# T\n\n## A\n\nx\n", "---\nversion: 2\n---\n# T\n\n## A\n\nx\n",
     "=a;; material same", 0},
    {"version 1 is the version of none", "# T\n\n## A\n\nx\n",
     "---\nversion: 1\n---\n# T\n\n## A\n\nx\n", "=a;; same", 0},
    {"a question of the quiz", "# T\n\n## A\n\nx\n\n## Quiz\n\n" Q("q", "Who?", "I", "you"),
     "# T\n\n## A\n\nx\n\n## Quiz\n\n" Q("q", "Who?", "I", "they"), "=a; ~q!;", 0},
    {"a practice question is part of its section", "# T\n\n## A\n\n" Q("q", "Who?", "I", "you"),
     "# T\n\n## A\n\n" Q("q", "Whom?", "I", "you"), "~a; ~q;", 0},
    {"questions come and go",
     "# T\n\n## A\n\nx\n\n## Quiz\n\n" Q("q", "Who?", "I", "you") Q("r", "Why?", "so", "no"),
     "# T\n\n## A\n\nx\n\n## Quiz\n\n" Q("r", "Why?", "so", "no") Q("s", "How?", "so", "no"),
     "=a; +s! -q!;", 0},
    {"the rules of the quiz", "# T\n\n## A\n\nx\n\n## Quiz\n\n" Q("q", "Who?", "I", "you"),
     "---\npass: 90%\n---\n# T\n\n## A\n\nx\n\n## Quiz\n\n" Q("q", "Who?", "I", "you"), "=a;; quiz",
     0},
    {"a passage of others", "# T\n\n## A\n\n> **For caseworkers:** x\n",
     "# T\n\n## A\n\n> **For caseworkers:** y\n", "=a;; same", 1},
    {"a passage of one's own", "# T\n\n## A\n\n> **For prosecutors:** x\n",
     "# T\n\n## A\n\n> **For prosecutors:** y\n", "~a;;", 1},
    {"everybody's passages", "# T\n\n## A\n\n> **For caseworkers:** x\n",
     "# T\n\n## A\n\n> **For caseworkers:** y\n", "~a;;", 0},
    {"a section of others is not met", "# T\n\n## A\n\nx\n",
     "# T\n\n## A\n\nx\n\n## For caseworkers: B\n\ny\n", "=a;; same", 1},
    {"a section that became one's own is new", "# T\n\n## A\n\nx\n\n## For caseworkers: B\n\ny\n",
     "# T\n\n## A\n\nx\n\n## For prosecutors: B\n\ny\n", "=a +for-prosecutors-b;;", 1},
};

static void modules_are_compared_part_by_part(void **state)
{
    (void)state;
    CT_EACH (c, compare_cases) {
        struct two t;

        parse_two(&t, c->before, c->after);
        CT_EQ_SV(c->name, told(&t, c->set ? c->set : CT_DISC_ALL), ct_sv_c(c->want));
        release_two(&t);
    }
}

#define SCENARIO(start, words, effect, more)                                                       \
    "# Scenario: S\n\n`trust = " start " (0 to 3)`\n\nHello.\n\n## One\n\nText.\n\n"               \
    "- [" words "](#ending-good) `trust " effect "`\n  > Fine.\n" more                             \
    "\n## Ending: Good\n\n`pass`\n"

static const struct compare_case scenario_cases[] = {
    {"the same case", SCENARIO("1", "Go", "+1", ""), SCENARIO("1", "Go", "+1", ""),
     "=one =ending-good;; same", 0},
    {"a choice's words", SCENARIO("1", "Go", "+1", ""), SCENARIO("1", "Leave", "+1", ""),
     "~one =ending-good;;", 0},
    {"what a choice does", SCENARIO("1", "Go", "+1", ""), SCENARIO("1", "Go", "-1", ""),
     "~one =ending-good;;", 0},
    {"a choice of another chair", SCENARIO("1", "Go", "+1", ""),
     SCENARIO("1", "Go", "+1", "- [Wait](#ending-good) `for: caseworker`\n"),
     "=one =ending-good;; same", 1},
    {"where it starts", SCENARIO("1", "Go", "+1", ""), SCENARIO("2", "Go", "+1", ""),
     "=one =ending-good;; facts", 0},
    {"a lesson that becomes a case", "# T\n\n## One\n\nText.\n", SCENARIO("1", "Go", "+1", ""),
     "+one +ending-good -one;; title intro facts", 0},
};

static void cases_are_compared_scene_by_scene(void **state)
{
    (void)state;
    CT_EACH (c, scenario_cases) {
        struct two t;

        parse_two(&t, c->before, c->after);
        CT_EQ_SV(c->name, told(&t, c->set ? c->set : CT_DISC_ALL), ct_sv_c(c->want));
        release_two(&t);
    }
}

static const struct same_case {
    const char *name, *before, *after;
    bool same;
} same_cases[] = {
    {"feedback does not count", Q("q", "Who?", "I\n  > Right.", "you"),
     Q("q", "Who?", "I\n  > Well.", "you"), true},
    {"nor points and objectives", Q("q", "Who?", "I", "you"),
     Q("q` `points: 2", "Who?", "I", "you"), true},
    {"nor a hint", Q("q", "Who?", "I", "you"), Q("q", "Who?", "I", "you") "> **Hint:** x\n", true},
    {"the text does", Q("q", "Who?", "I", "you"), Q("q", "Whom?", "I", "you"), false},
    {"an option does", Q("q", "Who?", "I", "you"), Q("q", "Who?", "I", "they"), false},
    {"what is right does", "### Question: Who?\n\n- (x) I\n- ( ) you\n",
     "### Question: Who?\n\n- ( ) I\n- (x) you\n", false},
    {"a number does", "### Question: N\n\nx\n\n`number: 5`\n",
     "### Question: N\n\nx\n\n`number: 6`\n", false},
    {"an accepted text does", "### Question: N\n\nx\n\n`accept: a`\n",
     "### Question: N\n\nx\n\n`accept: b`\n", false},
    {"a gap does", "### Fill in: N\n\nx `a` y\n", "### Fill in: N\n\nx `b` y\n", false},
    {"the kind does", "### Question: N\n\nx\n\n`accept: 5`\n",
     "### Question: N\n\nx\n\n`number: 5`\n", false},
    {"the order does", "### Put in order: N\n\n1. a\n2. b\n", "### Put in order: N\n\n1. b\n2. a\n",
     false},
};

static void questions_are_the_same_when_they_ask_the_same(void **state)
{
    (void)state;
    CT_EACH (c, same_cases) {
        CT_AUTO_ARENA a = CT_ARENA_INIT;
        struct two t;

        parse_two(&t, ct_arena_printf(&a, "# T\n\n## A\n\n%s", c->before).p,
                  ct_arena_printf(&a, "# T\n\n## A\n\n%s", c->after).p);
        CT_EQ_I64(c->name, t.before.module->n_practice, 1);
        CT_EQ_I64(c->name, t.after.module->n_practice, 1);
        CT_EQ_I64(c->name,
                  ct_question_same(t.before.module->practice[0], t.after.module->practice[0]),
                  c->same);
        release_two(&t);
    }
}

/* ---- W71 ---- */

#define LESSON "# T\n\n## A\n\n"

static const struct check_case {
    const char *name, *before, *after, *want, *mended; /* want: codes; mended: a part of the text */
} check_cases[] = {
    {"an unchanged question", LESSON "### Question: Who?\n\nx\n\n- (x) I\n- ( ) you\n",
     LESSON "### Question: Who?\n\nx\n\n- (x) I\n- ( ) you\n", "", NULL},
    {"a changed text", LESSON "### Question: Who?\n\nx\n\n- (x) I\n- ( ) you\n",
     LESSON "### Question: Who?\n\ny\n\n- (x) I\n- ( ) you\n", "W71:5",
     "### Question: Who?\n\n`id: who`\n\ny\n"},
    {"a changed text with an id",
     LESSON "### Question: Who?\n\n`id: who`\n\nx\n\n- (x) I\n- ( ) you\n",
     LESSON "### Question: Who?\n\n`id: who`\n\ny\n\n- (x) I\n- ( ) you\n", "", NULL},
    {"changed feedback is no other question",
     LESSON "### Question: Who?\n\nx\n\n- (x) I\n- ( ) you\n",
     LESSON "### Question: Who?\n\nx\n\n- (x) I\n  > Yes.\n- ( ) you\n", "", NULL},
    {"a new title", LESSON "### Question: Who calls?\n\nWho calls first?\n\n- (x) I\n- ( ) you\n",
     LESSON "### Question: Who rings?\n\nWho calls first?\n\n- (x) I\n- ( ) you\n", "W71:5",
     "### Question: Who rings?\n\n`id: who-calls`\n\nWho calls first?\n"},
    {"a new question",
     LESSON "### Question: Who calls?\n\nWho calls first?\n\n- (x) I\n- ( ) you\n",
     LESSON "### Question: Who calls?\n\nWho calls first?\n\n- (x) I\n- ( ) you\n\n"
            "### Question: When is it due?\n\nHow long is there?\n\n- (x) A day\n- ( ) A year\n",
     "", NULL},
    {"settings that are there take the id",
     LESSON "### Question: N\n\n`points: 2`\n\nx\n\n- (x) I\n- ( ) you\n",
     LESSON "### Question: N\n\n`points: 2`\n\ny\n\n- (x) I\n- ( ) you\n", "W71:5",
     "### Question: N\n\n`id: n` `points: 2`\n\ny\n"},
    {"gaps", LESSON "### Fill in: The law\n\nUnder `18` years.\n",
     LESSON "### Fill in: The law\n\nUnder `16` years.\n", "W71:5",
     "### Fill in: The law\n\n`id: the-law`\n\nUnder"},
    {"a text directly below its heading", LESSON "### Reflect: N\nOne.\n",
     LESSON "### Reflect: N\nTwo.\n", "W71:5", "### Reflect: N\n\n`id: n`\n\nTwo.\n"},
};

/* The source with a mend in it. */
static struct ct_sv mended(struct ct_arena *a, struct ct_sv source, const struct ct_mend *mend)
{
    CT_AUTO_STR out = CT_STR_INIT(1 << 16);
    struct ct_sv line;

    for (int number = 1; ct_sv_split(&source, '\n', &line); number++) {
        if (number == mend->line) {
            ct_str_add_sv(&out, mend->text);
            ct_str_add_c(&out, "\n");
        }
        if (number < mend->line || number >= mend->line + mend->n_lines) {
            ct_str_add_sv(&out, line);
            ct_str_add_c(&out, "\n");
        }
    }
    return ct_arena_dup(a, ct_str_sv(&out));
}

static void questions_without_an_id_are_asked_about(void **state)
{
    (void)state;
    CT_EACH (c, check_cases) {
        CT_AUTO_ARENA a = CT_ARENA_INIT;
        struct ct_problems problems = {.arena = &a};
        struct parsed again;
        struct two t;

        parse_two(&t, c->before, c->after);
        ct_change_check(&a, t.before.module, t.after.module, &problems);
        CT_EQ_SV(c->name, test_codes(&a, &problems), ct_sv_c(c->want));
        if (c->mended) {
            struct ct_sv text = mended(&a, ct_sv_c(c->after), problems.items[0].mend);

            if (ct_sv_search(text, ct_sv_c(c->mended)) == SIZE_MAX)
                fail_msg("%s: %.*s", c->name, CT_SV_ARG(text));
            test_parse(&again, text, "01-a.md", "en", false);
            problems.n = 0;
            ct_change_check(&a, t.before.module, again.module, &problems);
            CT_EQ_SV(c->name, test_codes(&a, &problems), CT_SV(""));
            CT_EQ_SV(c->name, test_codes(&a, &again.problems), test_codes(&a, &t.after.problems));
            CT_EQ_I64(c->name, again.module->practice[0]->id_given, true);
            test_release(&again);
        }
        release_two(&t);
    }
}

static void a_question_in_a_passage_gets_its_id_there(void **state)
{
    CT_AUTO_ARENA a = CT_ARENA_INIT;
    struct ct_problems problems = {.arena = &a};
    struct two t;

    (void)state;
    parse_two(&t,
              LESSON "> **For prosecutors:** Now.\n>\n> ### Question: N\n>\n> x\n>\n> - (x) I\n"
                     "> - ( ) you\n",
              LESSON "> **For prosecutors:** Now.\n>\n> ### Question: N\n>\n> y\n>\n> - (x) I\n"
                     "> - ( ) you\n");
    CT_EQ_I64("a question", t.after.module->n_practice, 1);
    ct_change_check(&a, t.before.module, t.after.module, &problems);
    CT_EQ_SV("asked about", test_codes(&a, &problems), CT_SV("W71:7"));
    CT_EQ_SV("mend", problems.items[0].mend->text, CT_SV(">\n> `id: n`"));
    CT_EQ_I64("below the heading", problems.items[0].mend->line, 8);
    release_two(&t);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(modules_are_compared_part_by_part),
        cmocka_unit_test(cases_are_compared_scene_by_scene),
        cmocka_unit_test(questions_are_the_same_when_they_ask_the_same),
        cmocka_unit_test(questions_without_an_id_are_asked_about),
        cmocka_unit_test(a_question_in_a_passage_gets_its_id_there),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
