/*
 * Every problem that a module can have: for each code a source that triggers it, and a near miss
 * that does not. Files and folders are in test_catalogue.c, front matter in test_front_matter.c.
 */
#include "course/course_test.h"

#include "ct/base/limits.h"

#include "ct/base/banned.h"

#define TOP                                                                                        \
    "---\nobjectives: [O1 One]\n---\n# T\n\n## S\n\n" /* seven lines; the body begins on line 8 */
#define ASK  "### Question: Q\n\n`objective: O1`\n\nWhy?\n\n" /* six lines more */
#define GOOD "- (x) a\n- ( ) b\n"

struct code_case {
    const char *name, *source, *codes;
};

static void check(const struct code_case *cases, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        struct parsed p;
        test_parse(&p, ct_sv_c(cases[i].source), "01-a.md", "en", true);
        CT_EQ_SV(cases[i].name, test_codes(&p.arena, &p.problems), ct_sv_c(cases[i].codes));
        for (size_t k = 0; k < p.problems.n; k++)
            assert_non_null(ct_problem_meaning(p.problems.items[k].code));
        test_release(&p);
    }
}

static void the_file(void **state)
{
    static const struct code_case cases[] = {
        {"E01 not UTF-8", "# T\n\n## S\n\n\xff\n", "E01:5"},
        {"E01 a NUL-free UTF-8 file is fine", "# T\n\n## S\n\n\xc3\xa9\n", ""},
        {"E05 no title", "text\n\n## S\n", "E05:1"},
        {"E05 an empty title", "#\n\n## S\n", "E05:1"},
        {"E06 two titles", "# T\n\n## S\n\n# U\n", "E06:5"},
        {"E07 empty", "", "E07:1"},
        {"E07 only blanks", " \n\n", "E07:1"},
        {"E07 only front matter", "---\nminutes: 3\n---\n", "E07:1"},
        {"E08 no section", "# T\n\ntext\n", "E08:1"},
        {"E09 a section without a title", "# T\n\n##\n\ntext\n", "E09:3"},
        {"E09 a page's own address", "# T\n\n## Play\n", "E09:3"},
        {"E09 a longer name is fine", "# T\n\n## Play it\n", ""},
        {"E09 two of one name get their own addresses", "# T\n\n## S\n\n## S\n", ""},
        {"W31 dashes below a text", "# T\n\n## S\n\ntext\n---\n", "W31:6"},
        {"W31 and more behind them", "# T\n\n## S\n\ntext\n---\n\nmore\n", "W31:6"},
        {"W31 and more directly behind", "# T\n\n## S\n\ntext\n---\nmore\n", "W31:6"},
        {"W31 a line behind a heading", "# T\n\n## S\n---\nmore\n", ""},
        {"W31 an empty line between", "# T\n\n## S\n\ntext\n\n---\n", ""},
        {"W31 a heading that was meant", "# T\n\nS\n-------\n", ""},
        {"W43 text before the title", "text\n\n# T\n\n## S\n", "W43:1"},
    };
    (void)state;
    check(cases, sizeof cases / sizeof cases[0]);
}

static void options(void **state)
{
    static const struct code_case cases[] = {
        {"a good question", TOP ASK GOOD, ""},
        {"E10 an option without a mark", TOP ASK GOOD "- c\n", "E10:16"},
        {"E11 feedback not indented", TOP ASK "- (x) a\n> Yes.\n- ( ) b\n", "E11:15"},
        {"E11 behind the last option", TOP ASK GOOD "\n> Yes.\n", "E11:17"},
        {"E11 if not chosen, not indented", TOP ASK "- [x] a\n- [ ] b\n\n> **If not chosen:** c\n",
         "E11:17"},
        {"E11 indented", TOP ASK "- (x) a\n  > Yes.\n- ( ) b\n", ""},
        {"E11 a quote in front of the options is text", TOP ASK "> She said so.\n\n" GOOD, ""},
        {"E12 two bullets", TOP ASK "- (x) a\n* ( ) b\n", "E12:15"},
        {"E12 a paragraph between", TOP ASK "- (x) a\n\nor\n\n- ( ) b\n", "W30:16 E12:18"},
        {"E12 an empty line between", TOP ASK "- (x) a\n\n- ( ) b\n", ""},
        {"E13 no blank behind the dash", TOP ASK "-(x) a\n-( ) b\n", "E13:14"},
        {"E13 no dash", TOP ASK "(x) a\n( ) b\n", "E13:14"},
        {"E13 a bullet of Word", TOP ASK "\xe2\x80\xa2 a\n\xe2\x80\xa2 b\n", "E13:14"},
        {"E13 a long dash of Word", TOP ASK "\xe2\x80\x93 (x) a\n\xe2\x80\x93 ( ) b\n", "E13:14"},
        {"E13 a long dash in a sentence", TOP ASK "\xe2\x80\x93 or so.\n\n" GOOD, ""},
        {"E13 the second line of an option", TOP ASK "- (x) a\n( ) b\n- ( ) c\n", "E13:15"},
        {"E13 below the feedback of an option", TOP ASK "- (x) a\n  > Why a.\n-( ) b\n- ( ) c\n",
         "E13:16"},
        {"E13 brackets in a sentence",
         TOP "### Question: Q\n\n`objective: O1`\n\n(Think.) Why?\n\n" GOOD, ""},
        {"E14 a definition of x", TOP ASK "- [x] a\n- [ ] b\n\n[x]: http://example.org\n",
         "E14:17"},
        {"E14 a definition of y", TOP ASK "- [x] a\n- [ ] b\n\n[y]: http://example.org\n", ""},
        {"E15 nothing between the brackets", TOP ASK "- [x] a\n- [] b\n", "E15:15"},
        {"E15 nothing between round brackets", TOP ASK "- (x) a\n- () b\n", "E15:15"},
        {"E15 no blank behind", TOP ASK "- (x)a\n- ( ) b\n", "E15:14"},
        {"E15 a no-break space is a space",
         TOP ASK "- (x)\xc2\xa0"
                 "a\n- (\xc2\xa0) b\n",
         ""},
        {"E15 a capital X is an x", TOP ASK "- (X) a\n- ( ) b\n", ""},
        {"E16 mixed marks", TOP ASK "- (x) a\n- [ ] b\n", "E16:14"},
        {"E17 nothing right", TOP ASK "- ( ) a\n- ( ) b\n", "E17:14"},
        {"E17 two right of round ones", TOP ASK "- (x) a\n- (x) b\n- ( ) c\n", "E17:14"},
        {"E17 two right of square ones", TOP ASK "- [x] a\n- [x] b\n- [ ] c\n", ""},
        {"E17 a survey needs none",
         TOP "### Question: Q\n\n`survey` `objective: O1`\n\n- ( ) a\n- ( ) b\n", ""},
        {"E17 a survey with one", TOP "### Question: Q\n\n`survey` `objective: O1`\n\n" GOOD,
         "E17:12"},
        {"W18 all right", TOP ASK "- [x] a\n- [x] b\n", "W18:14"},
        {"E19 two the same", TOP ASK "- (x) a b\n- ( ) A b.\n", "E19:14"},
        {"E19 two alike", TOP ASK "- (x) a b\n- ( ) a c\n", ""},
        {"W20 all of the above", TOP ASK GOOD "- ( ) All of the above\n", "W20:14"},
        {"W20 not shuffled", TOP ASK GOOD "- ( ) All of the above\n\n`shuffle: no`\n", ""},
        {"E28 one option", TOP ASK "- (x) a\n", "E28:14 W18:14"},
        {"E28 an option without text", TOP ASK "- (x) a\n- ( )\n", "E28:14"},
        {"E42 options outside a question", TOP "- (x) a\n- ( ) b\n" ASK GOOD, "E42:8"},
        {"E42 things to do", TOP "- [x] a\n- [ ] b\n\n" ASK GOOD, ""},
        {"E42 a remark in brackets", TOP "- (as ever) a\n\n" ASK GOOD, ""},
    };
    (void)state;
    check(cases, sizeof cases / sizeof cases[0]);
}

#define IN_LESSON(text) "# T\n\n## S\n\n" text "\n"

static void links_that_markdown_does_not_see(void **state)
{
    static const struct code_case cases[] = {
        {"E41 a file with a blank", IN_LESSON("a [b](my file.png) c"), "E41:5"},
        {"E41 a picture with a blank", IN_LESSON("![a dog](images/my dog.png)"), "E41:5"},
        {"E41 on its line", IN_LESSON("a\nb [c](my file.md)"), "E41:6"},
        {"E41 formatted", IN_LESSON("[**a** `b`](my file.md)"), "E41:5"},
        {"E41 parentheses in the name", IN_LESSON("[a](my form (2).pdf)"), "E41:5"},
        {"E41 two", IN_LESSON("[a](my file.md) [b](his file.md)"), "E41:5 E41:5"},
        {"E41 in an item", IN_LESSON("- [a](my file.md)"), "E41:5"},
        {"E41 in a quote", IN_LESSON("> [a](my file.md)"), "E41:5"},
        {"E41 on the web", IN_LESSON("[a](https://example.org/my page)"), "E41:5"},
        {"E41 parted", IN_LESSON("[a page] (https://example.org)"), "E41:5"},
        {"E41 parted from a module", IN_LESSON("[a page] (02-law.md)"), "E41:5"},
        {"E41 between < and >", IN_LESSON("[a](<my file.png>) ![a](<my file.png>)"), ""},
        {"E41 with a sign for the blank", IN_LESSON("[a](my%20file.png)"), ""},
        {"E41 a link with a title", IN_LESSON("[a](02-law.md \"The law.md\")"), ""},
        {"E41 a remark", IN_LESSON("He said [sic](as ever) so."), ""},
        {"E41 a remark behind a blank", IN_LESSON("He said [sic] (see 02-law) so."), ""},
        {"E41 a sentence's end", IN_LESSON("[note](we saw it. The end.)"), ""},
        {"E41 a number", IN_LESSON("[1](see Section 4.2)"), ""},
        {"E41 brackets that are meant", IN_LESSON("\\[a\\](my file.md) \\[b\\] (02-law.md)"), ""},
        {"E41 code", IN_LESSON("`[a](my file.md)` and `[a] (02-law.md)`"), ""},
        {"E41 a block of code", IN_LESSON("    [a](my file.md)"), ""},
        {"E41 a parenthesis that is a sentence", IN_LESSON("[a] (see 02-law.md)"), ""},
        {"E41 no parenthesis", IN_LESSON("[a] https://example.org"), ""},
        {"E41 things to do", IN_LESSON("- [x] (https://example.org)\n- [ ] (02-law.md)"), ""},
        {"E41 an option", TOP ASK "- [x] (https://example.org)\n- [ ] (02-law.md)\n", ""},
        {"E41 a link, and then a remark",
         IN_LESSON("[a] (https://example.org)\n\n[a]: https://example.org"), ""},
        {"E41 it does not end", IN_LESSON("[a](my file.md"), ""},
    };
    (void)state;
    check(cases, sizeof cases / sizeof cases[0]);
}

static void labels_and_headings(void **state)
{
    static const struct code_case cases[] = {
        {"E21 no space", TOP ASK GOOD "\n---\n\n> **For prosecutors:**text\n", "E21:19"},
        {"E21 a space", TOP ASK GOOD "\n---\n\n> **For prosecutors:** text\n", ""},
        {"E21 no stars", TOP ASK GOOD "\n---\n\n> Trainer note: text\n", "E21:19"},
        {"E21 one star", TOP ASK GOOD "\n---\n\n> *For prosecutors:* text\n", "E21:19"},
        {"E21 no stars, and no label", TOP ASK GOOD "\n---\n\n> For example: text\n", ""},
        {"E21 words that also begin a sentence", TOP ASK GOOD "\n---\n\n> Note: text\n", ""},
        {"E21 not the first paragraph", TOP ASK GOOD "\n---\n\n> a\n>\n> Hint: text\n", ""},
        {"E21 a word in feedback", TOP ASK "- (x) a\n  > Hint: text\n- ( ) b\n", ""},
        {"E21 no label", TOP ASK GOOD "\n---\n\n> **Sometimes:**text\n", ""},
        {"E22 two labels", TOP ASK GOOD "\n> **Hint:** a\n> **Why:** b\n", "E22:18"},
        {"E22 a line with > between", TOP ASK GOOD "\n> **Hint:** a\n>\n> **Why:** b\n", "E22:19"},
        {"E22 an empty line between", TOP ASK GOOD "\n> **Hint:** a\n\n> **Why:** b\n", ""},
        {"E22 bold in the text", TOP ASK GOOD "\n> **Hint:** a\n> **so:** b\n", ""},
        {"E22 in feedback", TOP ASK "- [x] a\n  > Yes.\n  > **If not chosen:** No.\n- [ ] b\n",
         "E22:16"},
        {"W23 a hint outside", TOP ASK GOOD "\n---\n\n> **Hint:** a\n", "W23:19"},
        {"W23 a hint within an option", TOP ASK "- (x) a\n  > **Hint:** b\n- ( ) c\n", "W23:15"},
        {"W23 if 24 with options", TOP ASK GOOD "\n> **If 24:** b\n", "W23:17"},
        {"W23 a passage in a list", TOP "- a\n\n  > **For prosecutors:** b\n\n" ASK GOOD, "W23:10"},
        {"W23 a hint as a heading", TOP ASK GOOD "\n#### Hint: a\n", "W23:17 W30:17"},
        {"E24 a misspelt discipline", TOP ASK GOOD "\n---\n\n> **For prosecuters:** a\n", "E24:19"},
        {"E24 in a heading", TOP ASK GOOD "\n### For prosecuters: a\n", "E24:17"},
        {"E24 for example", TOP ASK GOOD "\n---\n\n> **For example:** a\n", ""},
        {"W25 a misspelt keyword", TOP ASK GOOD "\n### Qestion: b\n", "W25:17"},
        {"W25 a misspelt quiz", TOP ASK GOOD "\n## Quizz\n\na\n", "W25:17"},
        {"W25 a section that begins like one", TOP ASK GOOD "\n## Quizzes\n\na\n", ""},
        {"W25 another word", TOP ASK GOOD "\n### Quarrel: b\n", ""},
        {"E26 a question on the level of sections", TOP ASK GOOD "\n## Question: R\n\n" GOOD,
         "E26:17"},
        {"E26 no blank behind the signs", TOP ASK GOOD "\n##Quiz\n", "E26:17 W30:17"},
        {"E26 a word of social media", TOP "#MeToo, and ## alone\n\n" ASK GOOD, ""},
        {"E26 a question in a list", TOP "- ### Question: Q\n\n" ASK GOOD, "E26:8"},
        {"E26 a quiz below a section", TOP ASK GOOD "\n### Quiz\n", "E26:17"},
        {"E26 an ending in a lesson", TOP ASK GOOD "\n## Ending: b\n", "E26:17"},
        {"E26 a trainer note as a heading", TOP ASK GOOD "\n### Trainer note: b\n", "E26:17"},
        {"E26 a trainer note that is no quote", TOP "**Trainer note:** b\n\n" ASK GOOD, "E26:8"},
        {"E26 a question in a passage", TOP "### For prosecutors: a\n\n#" ASK GOOD, ""},
        {"W30 text behind the options", TOP ASK GOOD "\nMore text.\n", "W30:17"},
        {"W30 behind a line", TOP ASK GOOD "\n---\n\nMore text.\n", ""},
        {"W32 a setting outside", TOP "`points: 2`\n\n" ASK GOOD, "W32:8"},
        {"W32 a setting without backticks", TOP "### Question: Q\n\npoints: 2\n\n" GOOD,
         "W65:2 W32:10"},
        {"W32 words with a colon", TOP ASK "Mind the points: 2\n\n" GOOD, ""},
        {"W32 ordinary code", TOP "`git status`\n\n" ASK GOOD, ""},
        {"E44 a passage for nobody",
         TOP ASK GOOD "\n### For prosecutors: a\n\n> **For judges:** b\n", "E44:19"},
    };
    (void)state;
    check(cases, sizeof cases / sizeof cases[0]);
}

static void kinds_of_questions(void **state)
{
    static const struct code_case cases[] = {
        {"E27 nothing to answer", TOP ASK, "E27:8"},
        {"E27 two ways", TOP ASK GOOD "\n`number: 3`\n", "E27:8 E51:17"},
        {"E27 nothing to order", TOP "### Put in order: Q\n\n`objective: O1`\n\ntext\n", "E27:8"},
        {"E27 nothing to match", TOP "### Match: Q\n\n`objective: O1`\n\ntext\n", "E27:8"},
        {"E27 no gap", TOP "### Fill in: Q\n\n`objective: O1`\n\ntext\n", "E27:8"},
        {"E28 a list without numbers", TOP "### Put in order: Q\n\n`objective: O1`\n\n- a\n- b\n",
         "E28:12"},
        {"E28 one item to order", TOP "### Put in order: Q\n\n`objective: O1`\n\n1. a\n", "E28:12"},
        {"E28 a prompt without a partner",
         TOP "### Match: Q\n\n`objective: O1`\n\n- a\n  - b\n- c\n", "E28:14"},
        {"E28 two partners",
         TOP "### Match: Q\n\n`objective: O1`\n\n- a\n  - b\n  - c\n- d\n  - e\n", "E28:13"},
        {"E28 extra choices without a list",
         TOP
         "### Match: Q\n\n`objective: O1`\n\n- a\n  - b\n- c\n  - d\n\n> **Extra choices:** e\n",
         "E28:17"},
        {"E28 two items without partners",
         TOP "### Match: Q\n\n`objective: O1`\n\n- a\n- b\n- c\n  - d\n", "E28:12 E28:13"},
        {"E19 two equal partners",
         TOP "### Match: Q\n\n`objective: O1`\n\n- a\n  - b\n- c\n  - B\n", "E19:12"},
        {"a good match", TOP "### Match: Q\n\n`objective: O1`\n\n- a\n  - b\n- c\n  - d\n", ""},
        {"E17 a gap without a right option",
         TOP "### Fill in: Q\n\n`objective: O1`\n\nA `( ) b ( ) c` d.\n", "E17:12"},
        {"E28 a gap with one option", TOP "### Fill in: Q\n\n`objective: O1`\n\nA `(x) b` c.\n",
         "E28:12"},
        {"E28 a gap without an answer", TOP "### Fill in: Q\n\n`objective: O1`\n\nA `|` c.\n",
         "E28:12"},
        {"E29 an unusable id", TOP "### Question: Q\n\n`id: A B` `objective: O1`\n\n" GOOD,
         "E29:10"},
        {"E29 an id twice",
         TOP "### Question: Q\n\n`id: a` `objective: O1`\n\n" GOOD
             "\n### Question: R\n\n`points: 2`\n`id: a`\n\n" GOOD,
         "E29:18"},
        {"E29 two titles alike", TOP ASK GOOD "\n" ASK GOOD, "E29:17"},
        {"E50 points in words", TOP ASK GOOD "\n`points: two`\n", "E50:17"},
        {"E50 a setting twice", TOP ASK GOOD "\n`points: 2` `points: 3`\n", "E50:17"},
        {"E50 a number in words", TOP "### Question: Q\n\n`number: ten` `objective: O1`\n",
         "E50:10"},
        {"E50 a case that is no number",
         TOP "### Question: Q\n\n`number: 10` `objective: O1`\n\n> **If so:** a\n", "E50:12"},
        {"E50 a case with its unit",
         TOP
         "### Question: Q\n\n`number: 10` `unit: hours` `objective: O1`\n\n> **If 5 hours:** a\n",
         ""},
        {"E50 an order of items that are not there",
         TOP "### Put in order: Q\n\n`objective: O1` `order: any 2,9`\n\n1. a\n2. b\n", "E50:10"},
        {"E51 an unknown setting", TOP ASK GOOD "\n`pionts: 2`\n", "E51:17"},
        {"E51 an unknown setting beside a known one", TOP ASK GOOD "\n`points: 2` `colour: red`\n",
         "E51:17"},
        {"E51 a setting of another kind", TOP ASK GOOD "\n`typos: 1`\n", "E51:17"},
        {"E51 ordinary code in a question is text", TOP ASK "`git status`\n\n" GOOD, ""},
        {"W65 an objective that is not assessed", TOP "### Question: Q\n\n" GOOD, "W65:2"},
        {"E66 an unknown objective", TOP ASK GOOD "\n`objective: O9`\n", "E66:17"},
        {"E66 several, any case",
         "---\nobjectives: [O1 a, O2 b]\n---\n# T\n\n## S\n\n### Question: Q\n\n"
         "`objective: o1, o2`\n\n" GOOD,
         ""},
    };
    (void)state;
    check(cases, sizeof cases / sizeof cases[0]);
}

#define QUIZ "---\nobjectives: [O1 One]\n---\n# T\n\n## Quiz\n\n"

static void the_quiz(void **state)
{
    static const struct code_case cases[] = {
        {"a good quiz",
         QUIZ "`draw: 1` `shuffle: no` `wait: 1 hour` `show: after passing`\n\n" ASK GOOD, ""},
        {"E34 no questions", "# T\n\n## Quiz\n\ntext\n", "E34:3"},
        {"E34 two quizzes", QUIZ ASK GOOD "\n## Quiz: Again\n", "E34:17"},
        {"E34 more drawn than there are", QUIZ "`draw: 2`\n\n" ASK GOOD, "E34:6"},
        {"E34 nothing is graded", QUIZ "### Reflect: R\n\n`objective: O1`\n\ntext\n", "E34:6"},
        {"E50 wait in words", QUIZ "`wait: long`\n\n" ASK GOOD, "E50:8"},
        {"E50 show never", QUIZ "`show: never`\n\n" ASK GOOD, "E50:8"},
        {"E51 an unknown setting", QUIZ "`draw: 1` `passmark: 3`\n\n" ASK GOOD, "E51:8"},
        {"W33 text between questions", QUIZ ASK GOOD "\n---\n\nMore.\n", "W33:19"},
        {"W33 text in front", QUIZ "Ten minutes.\n\n" ASK GOOD, ""},
        {"E26 questions on the level of the quiz are its own all the same",
         QUIZ "## Question: Q\n\n`objective: O1`\n\n" GOOD, "E26:8"},
    };
    (void)state;
    check(cases, sizeof cases / sizeof cases[0]);
}

static void pictures_and_links(void **state)
{
    static const struct code_case cases[] = {
        {"E45 no alternative text", TOP "![](images/a.png)\n\n" ASK GOOD, "E45:8"},
        {"E45 with it", TOP "![A room](images/a.png)\n\n" ASK GOOD, ""},
        {"E46 a film without captions", TOP "![A talk](media/b.mp4)\n\n" ASK GOOD, "E46:8"},
        {"E46 with captions", TOP "![A talk](media/a.mp4)\n\n" ASK GOOD, ""},
        {"E46 a sound needs none", TOP "![A talk](media/s.mp3)\n\n" ASK GOOD, ""},
        {"E47 no such picture", TOP "![A room](images/b.png)\n\n" ASK GOOD, "E47:8"},
        {"E47 no such module", TOP "[law](03-law.md)\n\n" ASK GOOD, "E47:8"},
        {"E47 a module", TOP "[law](02-law.md)\n\n" ASK GOOD, ""},
        {"E47 no such heading", TOP "[there](#nowhere)\n\n" ASK GOOD, "E47:8"},
        {"E47 a heading", TOP "[there](#s)\n\n" ASK GOOD, ""},
        {"E47 no such file", TOP "[form](files/x.pdf)\n\n" ASK GOOD, "E47:8"},
        {"E47 climbing out", TOP "[form](../../etc/passwd)\n\n" ASK GOOD, "E47:8"},
        {"E47 elsewhere",
         TOP "[site](https://example.org/x) [m](mailto:a@example.org)\n\n" ASK GOOD, ""},
        {"E48 a film in a sentence", TOP "See ![a talk](media/a.mp4) here.\n\n" ASK GOOD, "E48:8"},
    };
    (void)state;
    check(cases, sizeof cases / sizeof cases[0]);
}

/* Adds `text` n times, each with its number in the place of its @. */
static void add_many(struct ct_str *s, const char *text, int n)
{
    for (int i = 0; i < n; i++) {
        for (const char *c = text; *c; c++) {
            if (*c == '@')
                ct_str_addf(s, "%d", i);
            else
                ct_str_add_char(s, *c);
        }
    }
}

static void limits(void **state)
{
    static const struct {
        const char *name, *head, *item;
        int n;
        const char *codes;
    } cases[] = {
        {"E35 too many options", "### Question: Q\n\n- (x) right\n", "- ( ) @\n", 32, "E35:39"},
        {"E35 as many as may be", "### Question: Q\n\n- (x) right\n", "- ( ) @\n", 31, ""},
        {"E35 too many items", "### Put in order: Q\n\n", "1. i@\n", 33, "E35:39"},
        {"E35 too many pairs", "### Match: Q\n\n", "- i@\n  - j@\n", 33, "E35:71"},
        {"E35 too many gaps", "### Fill in: Q\n\n", "A `@` b.\n", 33, "E35:39"},
        {"E35 too many hints", "### Question: Q\n\n`accept: a`\n\n", "> **Hint:** @\n\n", 65,
         "E35:137 W23:137 W30:137"},
        {"E35 too many settings", "### Question: Q\n\n", "`accept: a@`\n", 129, "E35:135"},
        {"E35 too many quotes of an option", "### Question: Q\n\n- ( ) b\n- (x) a\n", "  > @\n\n",
         17, "E35:41"},
    };
    (void)state;
    CT_EACH (c, cases) {
        CT_AUTO_STR source = CT_STR_INIT(100000);
        struct parsed p;
        ct_str_add_c(&source, "# T\n\n## S\n\n");
        ct_str_add_c(&source, c->head);
        add_many(&source, c->item, c->n);
        test_parse(&p, ct_str_sv(&source), "01-a.md", "en", false);
        CT_EQ_SV(c->name, test_codes(&p.arena, &p.problems), ct_sv_c(c->codes));
        test_release(&p);
    }
}

static void what_cannot_be_parsed_is_refused_with_a_status(void **state)
{
    struct parsed p;
    CT_AUTO_STR big = CT_STR_INIT(2 * CT_SOURCE_MAX);
    (void)state;
    test_parse(&p, CT_SV("# T\n\xc3\n"), "01-a.md", "en", false);
    CT_EQ_I64("not UTF-8", p.status, CT_BAD_INPUT);
    assert_non_null(p.module);
    test_release(&p);
    while (big.n <= CT_SOURCE_MAX)
        ct_str_add_c(&big, "# some text that makes it big\n\n");
    test_parse(&p, ct_str_sv(&big), "01-a.md", "en", false);
    CT_EQ_I64("too big", p.status, CT_TOO_BIG);
    CT_EQ_SV("and a problem", test_codes(&p.arena, &p.problems), CT_SV("E01:1"));
    test_release(&p);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_file),
        cmocka_unit_test(options),
        cmocka_unit_test(links_that_markdown_does_not_see),
        cmocka_unit_test(labels_and_headings),
        cmocka_unit_test(kinds_of_questions),
        cmocka_unit_test(the_quiz),
        cmocka_unit_test(pictures_and_links),
        cmocka_unit_test(limits),
        cmocka_unit_test(what_cannot_be_parsed_is_refused_with_a_status),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
