/*
 * test_gift.c: question banks in Moodle's GIFT format: what comes out of each kind of question,
 * what is said about what does not, and that all that comes out passes the checker.
 */
#include "course/course_test.h"

#include "ct/base/file.h"
#include "ct/base/limits.h"
#include "ct/course/gift.h"

#include <time.h>

#include "ct/base/banned.h"

#define DATA CT_SOURCE_DIR "/tests/unit/course/data/"

/* "3: sentence", a line each. */
static struct ct_sv notes_of(struct ct_arena *a, const struct ct_gift *g)
{
    struct ct_sv out = CT_SV("");
    for (size_t i = 0; i < g->n_notes; i++)
        out = ct_arena_printf(a, "%.*s%d: %.*s\n", CT_SV_ARG(out), g->notes[i].line,
                              CT_SV_ARG(g->notes[i].text));
    return out;
}

/* Nothing but warnings may be said about what comes out, and the sums are right. */
static void check(const char *name, const struct ct_gift *g)
{
    size_t n = 0;
    for (size_t i = 0; i < g->n_modules; i++) {
        struct parsed p;
        test_parse(&p, g->modules[i].source, "a/01-x.md", "en", true);
        if (p.problems.n_errors > 0)
            print_error("%s: %.*s\n%.*s\n", name, CT_SV_ARG(p.problems.items[0].text),
                        CT_SV_ARG(g->modules[i].source));
        CT_EQ_I64(name, p.problems.n_errors, 0);
        assert_true(g->modules[i].title.n > 0 && g->modules[i].source.n > 0);
        n += g->modules[i].n_questions;
        test_release(&p);
    }
    CT_EQ_I64(name, g->n_questions, n);
    for (size_t i = 1; i < g->n_notes; i++)
        assert_true(g->notes[i - 1].line <= g->notes[i].line);
}

#define HEAD "# Imported questions\n\n"
#define QUIZ HEAD "## Quiz\n\n"

static const struct {
    const char *name, *bank, *want, *notes;
} cases[] = {
    {"one right answer, feedback, and a general one", "::A::Q?{=yes#Right. ~no#No.####Because.}",
     QUIZ "### Question: A\n\n`id: a`\n\nQ?\n\n- (x) yes\n  > Right.\n- ( ) no\n  > No.\n\n"
          "> **Why:** Because.\n",
     ""},
    {"several right answers", "::A::Q?{~%50%a ~%50%b ~%-50%c}",
     QUIZ "### Question: A\n\n`id: a` `scoring: each`\n\nQ?\n\n- [x] a\n- [x] b\n- [ ] c\n", ""},
    {"shares that differ", "::A::Q?{~%75%a ~%25%b ~%-50%c ~%-50%d}",
     QUIZ
     "### Question: A\n\n`id: a` `scoring: each`\n\nQ?\n\n- [x] a\n- [x] b\n- [ ] c\n- [ ] d\n",
     "1: the right answers were worth different shares; here each counts the same\n"
     "1: a wrong pick cost another share; here it takes back what a right one gives\n"},
    {"an answer that is half right", "::A::Q?{=a ~%50%b}",
     QUIZ "### Question: A\n\n`id: a`\n\nQ?\n\n- (x) a\n- ( ) b\n",
     "1: an answer worth 50 percent counts as wrong, and gives nothing\n"},
    {"two right answers of which one is picked", "::A::Q?{=a =b ~c}",
     QUIZ "### Question: A\n\n`id: a`\n\nQ?\n\n- [x] a\n- [x] b\n- [ ] c\n",
     "1: 2 answers are right where one was to be picked; here all of them are to be picked\n"},
    {"no right answer", "::A::Q?{~a ~b}",
     HEAD "## To think about\n\n### Question: A\n\n`id: a` `survey`\n\nQ?\n\n- ( ) a\n- ( ) b\n",
     "1: no answer is right, so the question is a survey\n"},
    {"true", "::A::Q.{T}", QUIZ "### Question: A\n\n`id: a`\n\nQ.\n\n- (x) True\n- ( ) False\n",
     ""},
    {"false, with feedback when wrong and when right", "::A::Q.{FALSE#No.#Right.}",
     QUIZ "### Question: A\n\n`id: a`\n\nQ.\n\n- ( ) True\n  > No.\n- (x) False\n  > Right.\n", ""},
    {"true, with feedback when wrong and when right", "::A::Q.{true#No.#Right.}",
     QUIZ "### Question: A\n\n`id: a`\n\nQ.\n\n- (x) True\n  > Right.\n- ( ) False\n  > No.\n", ""},
    {"short answers", "::A::Q?{=one =two#Fine. =%50%three#Nearly. =*#No.}",
     QUIZ "### Question: A\n\n`id: a` `accept: one` `accept: two`\n\nQ?\n\n> **If two:** Fine.\n\n"
          "> **If three:** Nearly.\n",
     "1: \"three\" was worth 50 percent; here it counts as wrong\n"
     "1: what is told about any other answer, *, was left out\n"},
    {"a short answer without its sign", "::A::Q?{one =two}",
     QUIZ "### Question: A\n\n`id: a` `accept: one` `accept: two`\n\nQ?\n", ""},
    {"a short answer with a pattern", "::A::Q?{=safe*}",
     QUIZ "### Question: A\n\n`id: a` `accept: safe*`\n\nQ?\n",
     "1: \"safe*\" has a * that stood for any text; here it stands for itself\n"},
    {"a short answer with backticks", "::A::Q?{=a`b}",
     QUIZ "### Question: A\n\n`id: a` ``accept: a`b``\n\nQ?\n", ""},
    {"a number with a tolerance", "::A::Q?{#26:2}",
     QUIZ "### Question: A\n\n`id: a` `number: 26 +/- 2`\n\nQ?\n", ""},
    {"a number from and to", "::A::Q?{#-1.5..+3}",
     QUIZ "### Question: A\n\n`id: a` `number: -1.5 to +3`\n\nQ?\n", ""},
    {"a number alone, with feedback", "::A::Q?{#=3#Right. =%0%4#Too many.}",
     QUIZ "### Question: A\n\n`id: a` `number: 3`\n\nQ?\n\n> **If 3:** Right.\n\n"
          "> **If 4:** Too many.\n",
     ""},
    {"several numbers with shares", "::A::Q?{#=1822:0 =%50%1822:2 =1900}",
     QUIZ "### Question: A\n\n`id: a` `number: 1822`\n\nQ?\n",
     "1: \"1822:2\" was worth 50 percent; here it counts as wrong\n"
     "1: \"1900\" was right as well; a question of ours has one number or range\n"},
    {"a number that is none", "::A::Q?{#many}", "", "1: the question was left out: \xe2\x80\xa6"},
    {"matching, with an extra partner", "::A::Q?{=a -> 1 =b -> 2 = -> 3}",
     QUIZ "### Match: A\n\n`id: a` `scoring: each`\n\nQ?\n\n- a\n  - 1\n- b\n  - 2\n\n"
          "> **Extra choices:**\n> - 3\n",
     ""},
    {"matching, with partners that are the same", "::A::Q?{=a -> yes =b -> no =c -> Yes}",
     QUIZ "### Fill in: A\n\n`id: a` `scoring: each`\n\nQ?\n\na: `(x) yes ( ) no`\n\n"
          "b: `( ) yes (x) no`\n\nc: `(x) yes ( ) no`\n",
     ""},
    {"a missing word to pick", "::A::She is {~a =b ~c} here.",
     QUIZ "### Fill in: A\n\n`id: a`\n\nShe is `( ) a (x) b ( ) c` here.\n", ""},
    {"a missing word with a mark in it", "::A::She is {=a ( ) b ~c} here.",
     QUIZ "### Question: A\n\n`id: a`\n\nShe is \\_\\_\\_\\_\\_ here.\n\n- (x) a ( ) b\n- ( ) c\n",
     ""},
    {"a missing word to write", "::A::She is {=a =b}.",
     QUIZ "### Fill in: A\n\n`id: a`\n\nShe is `a | b`.\n", ""},
    {"a missing word with feedback", "::A::She is {=a#Right. ~b} here.",
     QUIZ "### Question: A\n\n`id: a`\n\nShe is \\_\\_\\_\\_\\_ here.\n\n- (x) a\n  > Right.\n"
          "- ( ) b\n",
     ""},
    {"a missing number", "::A::She is {#15} years old.",
     QUIZ "### Question: A\n\n`id: a` `number: 15`\n\nShe is \\_\\_\\_\\_\\_ years old.\n", ""},
    {"an essay", "::A::Write.{}", HEAD "## To think about\n\n### Reflect: A\n\n`id: a`\n\nWrite.\n",
     "1: an essay became a reflection, which nobody grades, in front of the quiz\n"},
    {"an essay with general feedback", "::A::Write.{####Most people do.}",
     HEAD
     "## To think about\n\n### Reflect: A\n\n`id: a`\n\nWrite.\n\n> **Why:** Most people do.\n",
     "1: an essay became a reflection, which nobody grades, in front of the quiz\n"},
    {"a description", "::A::Read this.\nAnd this.",
     HEAD "## To read first\n\n### A\n\nRead this.\\\nAnd this.\n",
     "1: a text without a question stands on a page of its own, in front of the quiz\n"},
    {"no title: the question's first words", "What is it?{T}",
     QUIZ
     "### Question: What is it?\n\n`id: what-is-it`\n\nWhat is it?\n\n- (x) True\n- ( ) False\n",
     ""},
    {"no text: the title", "::A::{T}",
     QUIZ "### Question: A\n\n`id: a`\n\nA\n\n- (x) True\n- ( ) False\n", ""},
    {"an id and tags in a comment", "// [id:the one] [tag:hard]\n::A::Q.{T}",
     QUIZ "### Question: A\n\n`id: the-one`\n\nQ.\n\n- (x) True\n- ( ) False\n",
     "1: tags were left out\n"},
    {"two of the same name", "::A::Q.{T}\n\n::A::Q.{T}",
     QUIZ "### Question: A\n\n`id: a`\n\nQ.\n\n- (x) True\n- ( ) False\n\n"
          "### Question: A\n\n`id: a-1`\n\nQ.\n\n- (x) True\n- ( ) False\n",
     ""},
    {"a name in another script", "::\xd0\x9f::Q.{T}",
     QUIZ "### Question: \xd0\x9f\n\n`id: question`\n\nQ.\n\n- (x) True\n- ( ) False\n", ""},
    {"comments within a question", "// one\n::A::Q?{\n  // two\n  =a\n//three {\n  ~b\n}",
     QUIZ "### Question: A\n\n`id: a`\n\nQ?\n\n- (x) a\n- ( ) b\n", ""},
    {"lines that end as on other machines", "::A::Q?{\r\n=a\r\n~b}\r\n\r\n::B::Q.\r{T}",
     QUIZ "### Question: A\n\n`id: a`\n\nQ?\n\n- (x) a\n- ( ) b\n\n"
          "### Question: B\n\n`id: b`\n\nQ.\n\n- (x) True\n- ( ) False\n",
     ""},
    {"escapes", "::A\\:\\:B::1 \\= 1 \\~ \\# \\{x\\} a\\\\b{=\\#1 ~\\=2}",
     QUIZ "### Question: A::B\n\n`id: a-b`\n\n1 = 1 ~ # {x} a\\\\b\n\n- (x) \\#1\n- ( ) \\=2\n",
     ""},
    {"no closing brace", "::A::Q?{=a ~b", "", "1: the question was left out: its } is missing\n"},
    {"no opening brace", "\n\n::A::Q? =a ~b}", "",
     "3: the question was left out: its { is missing\n"},
    {"two questions without an empty line between", "::A::Q?{T}\n::B::Q?{F}", "",
     "1: the question was left out: it has more than one pair of { }; part questions by an empty "
     "line\n"},
    {"two answers that are the same", "::A::Q?{=a ~a}", "",
     "1: the question was left out: \xe2\x80\xa6"},
    {"one answer to pick", "::A::Q?{~%100%a}", "", "1: the question was left out: \xe2\x80\xa6"},
    {"nothing at all", "", "", ""},
    {"nothing but comments", "// one\n\n// two\n", "", ""},
};

static void each_kind_of_question_comes_out(void **state)
{
    (void)state;
    CT_EACH (c, cases) {
        CT_AUTO_ARENA a = CT_ARENA_INIT;
        struct ct_gift g;
        struct ct_err err = CT_ERR_INIT;
        CT_OK_(c->name, ct_gift_import(&a, ct_sv_c(c->bank), &g, &err), &err);
        CT_EQ_SV(c->name, g.n_modules ? g.modules[0].source : CT_SV(""), ct_sv_c(c->want));
        struct ct_sv notes = notes_of(&a, &g), want = ct_sv_c(c->notes);
        if (ct_sv_ends(want, CT_SV("\xe2\x80\xa6"))) { /* then the checker speaks */
            want.n -= 3;
            assert_true(notes.n > want.n);
            notes.n = want.n;
        }
        CT_EQ_SV(c->name, notes, want);
        check(c->name, &g);
    }
}

/* What an option, which is one line, becomes. */
static const struct {
    const char *name, *text, *want, *notes;
} texts[] = {
    {"Markdown in plain text means nothing", "[plain]*a* _b_ `c` [d](e) <f> &amp; | g\\\\",
     "\\*a\\* \\_b\\_ \\`c\\` \\[d\\](e) \\<f> \\&amp; \\| g\\\\", ""},
    {"a heading", "\\# a", "\\# a", ""},
    {"a quote", "> a", "\\> a", ""},
    {"an item", "- a", "\\- a", ""},
    {"a numbered item", "12. a", "12\\. a", ""},
    {"a year is none", "1999 was", "1999 was", ""},
    {"a line", "---", "\\---", ""},
    {"a right option", "(x) a", "*(x)* a", ""},
    {"a wrong option", "[ ] a", "*\\[ \\]* a", ""},
    {"an option with its bullet", "- (x) a", "\xe2\x80\x93 *(x)* a", ""},
    {"a bullet of Word", "\xe2\x80\xa2 a", "\xe2\x80\x93 a", ""},
    {"bold and italic", "[html]a <b>b</b>, <em>c</em><i>d</i>!", "a **b**, *c* *d*!", ""},
    {"bold around a blank", "[html]a<b> b </b>c", "a **b** c", ""},
    {"bold with a sign at its end", "[html]<b>Wait!</b>now", "**Wait!** now", ""},
    {"bold in italic", "[html]x <i>a <b>b</b> c</i>", "x *a b c*", ""},
    {"bold that never ends", "[html]x <b>a", "x **a**", ""},
    {"code", "[html]a <code>b`c</code>", "a ``b`c``", ""},
    {"code at the start could be a setting", "[html]<code>points: 2</code>", "points: 2", ""},
    {"a link", "[html]see <a class\\=\"x\" href\\='https\\://a.example/b'>the <b>law</b></a>",
     "see [the law](<https://a.example/b>)", ""},
    {"a link that could run something", "[html]<a href\\=\"javascript\\:x\">y</a>", "y", ""},
    {"a link to nowhere we know", "[html]<a href\\=\"mod/page/x\">y</a>", "y", ""},
    {"raised and lowered", "[html]H<sub>2</sub>O 10<sup>30</sup>",
     "H\xe2\x82\x82O 10\xc2\xb3\xe2\x81\xb0", ""},
    {"raised letters", "[html]1<sup>st</sup>", "1st",
     "raised or lowered text stands on the line: \"st\""},
    {"entities", "[html]&lt;a&gt; &amp; &eacute;&\\#233;&nosuch; R&D",
     "\\<a> \\& \xc3\xa9\xc3\xa9\\&nosuch; R\\&D", ""},
    {"tags that mean nothing to us", "[html]<span lang\\=\"en\">a</span><br/>b<hr>c", "a b c",
     "<hr> was taken out, and its text kept"},
    {"a picture", "[html]see <img alt\\=\"a map\" src\\=x> here", "see (a map) here",
     "a picture was left out; put it into the course's images/"},
    {"a script", "[html]a<script>alert(1)</script>b", "ab",
     "what stood between <script> and its end was left out"},
    {"a comment", "[html]a<!-- b -->c", "ac", ""},
    {"what only looks like a tag", "1 < 2, a<b and <3", "1 \\< 2, a\\<b and \\<3", ""},
    {"Markdown", "[markdown]x *a* **b** `c` [d](https\\://a.example)",
     "x *a* **b** `c` [d](<https://a.example>)", ""},
    {"Markdown with a heading", "[markdown]\\# a", "a",
     "a heading was taken out, and its text kept"},
};

static void texts_say_the_same_and_no_more(void **state)
{
    (void)state;
    CT_EACH (c, texts) {
        CT_AUTO_ARENA a = CT_ARENA_INIT;
        struct ct_gift g;
        struct ct_err err = CT_ERR_INIT;
        struct ct_sv bank = ct_arena_printf(&a, "::A::Q?{=%s\n~other}", c->text);
        CT_OK_(c->name, ct_gift_import(&a, bank, &g, &err), &err);
        CT_EQ_I64(c->name, g.n_modules, 1);
        struct ct_sv got = g.modules[0].source;
        got = ct_sv_sub(got, ct_sv_search(got, CT_SV("- (x) ")) + 6, SIZE_MAX);
        CT_EQ_SV(c->name, ct_sv_sub(got, 0, ct_sv_search(got, CT_SV("\n- ( ) other\n"))),
                 ct_sv_c(c->want));
        CT_EQ_SV(c->name, g.n_notes ? g.notes[0].text : CT_SV(""), ct_sv_c(c->notes));
        check(c->name, &g);
    }
}

static void categories_become_modules(void **state)
{
    static const char bank[] = "::A::Q.{T}\n\n$CATEGORY: $course$/top/One/Two: \"x\" // y\n\n"
                               "::B::Q.{T}\n\n$CATEGORY: Empty\n\n$CATEGORY:tom/Scenario: z\n"
                               "::C::Q.{T}\n\n$CATEGORY: $course$/top/One/Two: \"x\" // y\n\n"
                               "::D::Q.{T}\n";
    static const struct {
        const char *title, *heading;
        size_t n;
    } want[] = {
        {"Imported questions", "# Imported questions\n", 1},
        {"Two: \"x\" / y", "# Two: \"x\" / y\n", 2},
        {"Scenario: z", "# Scenario \xe2\x80\x93 z\n", 1},
    };
    CT_AUTO_ARENA a = CT_ARENA_INIT;
    struct ct_gift g;
    struct ct_err err = CT_ERR_INIT;
    (void)state;
    CT_OK_("bank", ct_gift_import(&a, ct_sv_c(bank), &g, &err), &err);
    CT_EQ_SV("notes", notes_of(&a, &g), CT_SV(""));
    CT_EQ_I64("modules", g.n_modules, 3);
    for (size_t i = 0; i < g.n_modules; i++) {
        CT_EQ_SV("title", g.modules[i].title, ct_sv_c(want[i].title));
        CT_EQ_I64("questions", g.modules[i].n_questions, want[i].n);
        assert_true(ct_sv_starts(g.modules[i].source, ct_sv_c(want[i].heading)));
    }
    check("bank", &g);
}

static struct ct_sv read_data(struct ct_arena *a, const char *name)
{
    struct ct_sv text;
    struct ct_err err = CT_ERR_INIT;
    CT_OK_(name, ct_file_read(a, ct_arena_printf(a, DATA "%s", name).p, CT_SOURCE_MAX, &text, &err),
           &err);
    return text;
}

static void a_whole_bank_comes_over(void **state)
{
    static const struct {
        const char *name, *kinds;
        size_t modules, questions, left_out;
    } banks[] = {
        {"first-hours.gift", "single multiple single number number text match gaps gaps text", 2,
         12, 0},
        {"formats.gift", "single single single single single single", 1, 6, 0},
    };
    static const char *const kinds[] = {"single", "multiple", "number", "text",
                                        "order",  "match",    "gaps",   "reflect"};
    (void)state;
    CT_EACH (b, banks) {
        CT_AUTO_ARENA a = CT_ARENA_INIT;
        struct ct_gift g;
        struct ct_err err = CT_ERR_INIT;
        struct parsed p;
        struct ct_sv got = CT_SV("");
        CT_OK_(b->name, ct_gift_import(&a, read_data(&a, b->name), &g, &err), &err);
        check(b->name, &g);
        CT_EQ_I64(b->name, g.n_modules, b->modules);
        CT_EQ_I64(b->name, g.n_questions, b->questions);
        CT_EQ_I64(b->name, g.n_left_out, b->left_out);
        test_parse(&p, g.modules[0].source, "a/01-x.md", "en", true);
        CT_EQ_SV(b->name, test_codes(&a, &p.problems), CT_SV(""));
        for (size_t i = 0; i < p.module->quiz->n_questions; i++)
            got = ct_arena_printf(&a, "%.*s%s%s", CT_SV_ARG(got), i ? " " : "",
                                  kinds[p.module->quiz->questions[i]->kind]);
        CT_EQ_SV(b->name, got, ct_sv_c(b->kinds));
        test_release(&p);
    }
}

static void texts_are_no_questions(void **state)
{
    static const struct {
        const char *name, *bank;
        size_t modules, questions;
    } banks[] = {
        {"texts alone", "# A manual\n\nIt says much.\n", 1, 0},
        {"a text and a question", "Read this.\n\nQ.{T}\n", 1, 1},
        {"an essay asks", "Say why.{}\n", 1, 1},
        {"a category of texts", "Q.{T}\n\n$CATEGORY: b\n\nRead this.\n", 2, 1},
    };
    (void)state;
    CT_EACH (b, banks) {
        CT_AUTO_ARENA a = CT_ARENA_INIT;
        struct ct_gift g;
        struct ct_err err = CT_ERR_INIT;
        CT_OK_(b->name, ct_gift_import(&a, ct_sv_c(b->bank), &g, &err), &err);
        CT_EQ_I64(b->name, g.n_modules, b->modules);
        CT_EQ_I64(b->name, g.n_questions, b->questions);
        CT_EQ_I64(b->name, g.n_left_out, 0);
        check(b->name, &g);
    }
}

static void a_question_that_begins_as_an_option_is_kept(void **state)
{
    static const char *const fronts[] = {"- (x) means right?", "-(x) means right?",
                                         "- \\[ \\] means wrong?", "\xe2\x80\xa2 (x)means right?",
                                         "[html]<p>- ( ) a</p><p>- (x) b?</p>"};
    (void)state;
    for (size_t i = 0; i < sizeof fronts / sizeof fronts[0]; i++) {
        CT_AUTO_ARENA a = CT_ARENA_INIT;
        struct ct_gift g;
        struct ct_err err = CT_ERR_INIT;
        struct ct_sv bank = ct_arena_printf(&a, "::A::%s{=yes ~no}", fronts[i]);
        CT_OK_(fronts[i], ct_gift_import(&a, bank, &g, &err), &err);
        CT_EQ_SV(fronts[i], notes_of(&a, &g), CT_SV(""));
        CT_EQ_I64(fronts[i], g.n_questions, 1);
        check(fronts[i], &g);
    }
}

static void what_is_no_bank_is_refused(void **state)
{
    CT_AUTO_ARENA a = CT_ARENA_INIT;
    struct ct_gift g;
    struct ct_err err = CT_ERR_INIT;
    (void)state;
    char *big = ct_arena_alloc(&a, CT_SOURCE_MAX + 1);
    memset(big, ' ', CT_SOURCE_MAX + 1);
    CT_EQ_I64("UTF-8", ct_gift_import(&a, CT_SV("a\nb\xff\n"), &g, &err), CT_BAD_INPUT);
    CT_EQ_STR("its line", err.text, "it is not UTF-8 from line 2 on; export it as UTF-8");
    err = (struct ct_err)CT_ERR_INIT;
    CT_EQ_I64("a NUL", ct_gift_import(&a, CT_SV("a\0b"), &g, &err), CT_BAD_INPUT);
    assert_non_null(strstr(err.text, "UTF-16"));
    CT_EQ_I64("a byte too long", ct_gift_import(&a, ct_sv_n(big, CT_SOURCE_MAX + 1), &g, &err),
              CT_TOO_BIG);
    CT_OK_("as long as may be", ct_gift_import(&a, ct_sv_n(big, CT_SOURCE_MAX), &g, &err), &err);
    CT_EQ_I64("blanks are no question", g.n_modules, 0);
}

/* A bank of one piece, repeated up to the limit. */
static struct ct_sv repeated(struct ct_arena *a, const char *front, const char *piece, size_t max)
{
    CT_AUTO_STR s = CT_STR_INIT(CT_SOURCE_MAX);
    ct_str_add_c(&s, front);
    while (s.n + strlen(piece) <= max)
        ct_str_add_c(&s, piece);
    return ct_arena_dup(a, ct_str_sv(&s));
}

enum { SECONDS_MAX = 10 }; /* under sanitizers */

static void big_banks_take_bounded_time(void **state)
{
    static const struct {
        const char *name, *front, *piece;
    } banks[] = {
        {"questions of one name", "", "::A::Q.{T}\n\n"},
        {"descriptions", "", "a\n\n"},
        {"categories", "", "$CATEGORY: a/b\n\n"},
        {"an answer after the other", "Q{", "~a"},
        {"tags that never end", "[html]", "<a "},
        {"tags in tags", "[html]", "<b>x<ul><li>"},
        {"entities", "[html]", "&amp;"},
        {"quotes in quotes", "[markdown]", "> "},
        {"empty items in items", "[markdown]", "* "},
        {"backslashes", "", "\\"},
        {"colons", "::", ":"},
        {"backticks", "", "`a"},
        {"comments", "", "// [id:x] [tag:y]\n"},
        {"lines of one question", "", "(x)\n"},
        {"pairs that are the same", "Q{", "=a -> b "},
    };
    (void)state;
    CT_EACH (b, banks) {
        CT_AUTO_ARENA a = CT_ARENA_INIT;
        struct ct_gift g;
        struct ct_err err = CT_ERR_INIT;
        struct ct_sv bank = repeated(&a, b->front, b->piece, CT_SOURCE_MAX / 8);
        clock_t before = clock(); /* of the processor: the machine may be busy with others */
        CT_OK_(b->name, ct_gift_import(&a, bank, &g, &err), &err);
        double took = (double)(clock() - before) / CLOCKS_PER_SEC;
        if (took >= SECONDS_MAX)
            print_error("%s took %.1f s\n", b->name, took);
        assert_true(took < SECONDS_MAX);
        check(b->name, &g);
        assert_true(g.n_notes <= 1000);
    }
}

static void a_quiz_of_many_questions_draws(void **state)
{
    CT_AUTO_ARENA a = CT_ARENA_INIT;
    struct ct_gift g;
    struct ct_err err = CT_ERR_INIT;
    struct parsed p;
    (void)state;
    CT_OK_("bank", ct_gift_import(&a, repeated(&a, "", "Q.{T}\n\n", 41 * 7), &g, &err), &err);
    CT_EQ_SV("note", notes_of(&a, &g),
             CT_SV("1: the quiz of \"Imported questions\" draws 20 of its 41 questions; its `draw` "
                   "says how many\n"));
    test_parse(&p, g.modules[0].source, "a/01-x.md", "en", true);
    CT_EQ_I64("questions", p.module->quiz->n_questions, 41);
    CT_EQ_I64("draw", p.module->quiz->draw, 20);
    test_release(&p);
}

/* ---- any input ---- */

static const char *const pieces[] = {
    "=",         "~",           "{",
    "}",         "#",           "####",
    "->",        "::",          "\n",
    "\n\n",      "%50%",        "%-50%",
    "%100%",     "%",           "T",
    "FALSE",     "[html]",      "[plain]",
    "[moodle]",  "[markdown]",  "//",
    "\n// x\n",  "\\",          "\\n",
    "\\~",       "\\=",         "\\#",
    "\\{",       "\\}",         "\\:",
    "..",        ":",           "1",
    "26",        "1..5",        "3:2",
    "1e9",       "-.5",         "*",
    "**",        "_",           "`",
    "``",        "```\n",       "<b>",
    "</b>",      "<p>",         "</p>",
    "<ul>",      "<li>",        "</ul>",
    "<br>",      "<code>",      "</code>",
    "<img>",     "<!--",        "-->",
    "<a href=",  "<sup>",       "&amp;",
    "&#x28;",    "&#40;x)",     "(x)",
    "( ) ",      "[x]",         "[ ] ",
    "[x]: ",     "- ",          "1. ",
    "> ",        "### ",        "## Quiz\n",
    "---\n",     "---",         "===\n",
    "|",         "| - | - |",   "Question:",
    "Hint:",     "**Hint:** ",  "For prosecuters: ",
    "points: 2", "id: x",       "number: 3",
    "accept: y", "\xc3\xa9",    "\xe2\x80\xa2 ",
    "\xc2\xa0",  "a",           "b ",
    "word ",     "$CATEGORY: ", "/",
    "\"",        "'",           "\t",
    "    ",      "~~~\n",       "http://a.example ",
    "[a](b)",    "![a](b)",     "<",
    "&",
};

static uint32_t next_random(uint32_t *seed)
{
    *seed = *seed * 1664525u + 1013904223u;
    return *seed >> 8;
}

static void import_any(const char *name, struct ct_sv bank)
{
    CT_AUTO_ARENA a = CT_ARENA_INIT;
    struct ct_gift g;
    struct ct_err err = CT_ERR_INIT;
    CT_OK_(name, ct_gift_import(&a, bank, &g, &err), &err);
    check(name, &g);
}

static void whatever_comes_in_what_comes_out_passes(void **state)
{
    enum { ROUNDS = 2000, PIECES = sizeof pieces / sizeof pieces[0] };
    uint32_t seed = 20130130;
    (void)state;
    for (int round = 0; round < ROUNDS; round++) {
        CT_AUTO_STR bank = CT_STR_INIT(CT_SOURCE_MAX);
        CT_AUTO_ARENA a = CT_ARENA_INIT;
        uint32_t n = 1 + next_random(&seed) % 40;
        if (round % 2) /* a question around it, so that more of them come through */
            ct_str_add_c(&bank, "::T::Q {=a");
        for (uint32_t i = 0; i < n; i++)
            ct_str_add_c(&bank, pieces[next_random(&seed) % PIECES]);
        if (round % 2)
            ct_str_add_c(&bank, " ~other}");
        import_any(ct_arena_printf(&a, "round %d: %s", round, bank.p).p, ct_str_sv(&bank));
    }
}

static void a_bank_with_pieces_put_in_passes(void **state)
{
    enum { ROUNDS = 100, PIECES = sizeof pieces / sizeof pieces[0] };
    static const char *const files[] = {"first-hours.gift", "formats.gift"};
    uint32_t seed = 1865;
    (void)state;
    for (int round = 0; round < ROUNDS; round++) {
        CT_AUTO_ARENA a = CT_ARENA_INIT;
        struct ct_sv text = read_data(&a, files[round % 2]);
        for (int i = 0; i < 3; i++) {
            size_t at = next_random(&seed) % text.n;
            while (at > 0 && ((unsigned char)text.p[at] & 0xc0) == 0x80)
                at--;
            text = ct_arena_printf(&a, "%.*s%s%.*s", (int)at, text.p,
                                   pieces[next_random(&seed) % PIECES],
                                   CT_SV_ARG(ct_sv_sub(text, at, SIZE_MAX)));
        }
        import_any(ct_arena_printf(&a, "round %d", round).p, text);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_kind_of_question_comes_out),
        cmocka_unit_test(texts_say_the_same_and_no_more),
        cmocka_unit_test(categories_become_modules),
        cmocka_unit_test(a_whole_bank_comes_over),
        cmocka_unit_test(texts_are_no_questions),
        cmocka_unit_test(a_question_that_begins_as_an_option_is_kept),
        cmocka_unit_test(what_is_no_bank_is_refused),
        cmocka_unit_test(big_banks_take_bounded_time),
        cmocka_unit_test(a_quiz_of_many_questions_draws),
        cmocka_unit_test(whatever_comes_in_what_comes_out_passes),
        cmocka_unit_test(a_bank_with_pieces_put_in_passes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
