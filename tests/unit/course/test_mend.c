/*
 * test_mend.c: mends: how they are put in, what each code's mend looks like, and that every mend
 * helps: applied alone, its problem goes and no error comes.
 */
#include "course/course_test.h"

#include "ct/base/file.h"
#include "ct/course/mend.h"

#include "ct/base/banned.h"

#define TEXT(lit)                                                                                  \
    {                                                                                              \
        "" lit, sizeof(lit) - 1                                                                    \
    }
#define TOP  "# T\n\n## S\n\n"
#define ASK  TOP "### Question: Q\n\n"
#define GOOD "- (x) a\n- ( ) b\n"

/* ---- putting in ---- */

static void mends_are_put_in(void **state)
{
    static const struct ct_mend second = {2, 1, TEXT("B"), true, TEXT("x")},
                                two = {2, 2, TEXT("b+c"), true, TEXT("x")},
                                more = {2, 1, TEXT("b1\nb2"), true, TEXT("x")},
                                before = {2, 0, TEXT(""), true, TEXT("x")},
                                out = {2, 1, {NULL, 0}, true, TEXT("x")},
                                last = {3, 1, TEXT("C"), true, TEXT("x")},
                                behind = {4, 0, TEXT("d"), true, TEXT("x")};
    static const struct {
        const char *name, *source;
        const struct ct_mend *mends[3];
        const char *want, *taken;
    } cases[] = {
        {"none", "a\nb\nc\n", {NULL}, "a\nb\nc\n", ""},
        {"a line", "a\nb\nc\n", {&second}, "a\nB\nc\n", "1"},
        {"two lines by one", "a\nb\nc\n", {&two}, "a\nb+c\n", "1"},
        {"a line by two", "a\nb\nc\n", {&more}, "a\nb1\nb2\nc\n", "1"},
        {"an empty line before", "a\nb\nc\n", {&before}, "a\n\nb\nc\n", "1"},
        {"a line taken out", "a\nb\nc\n", {&out}, "a\nc\n", "1"},
        {"the last line has no end", "a\nb\nc", {&last}, "a\nb\nC", "1"},
        {"behind the last line", "a\nb\nc", {&behind}, "a\nb\nc\nd\n", "1"},
        {"CRLF stays CRLF", "a\r\nb\r\nc\r\n", {&more, &last}, "a\r\nb1\r\nb2\r\nC\r\n", "11"},
        {"in any order", "a\nb\nc\n", {&last, &second}, "a\nB\nC\n", "11"},
        {"one that overlaps waits", "a\nb\nc\n", {&two, &last}, "a\nb+c\n", "10"},
        {"before a line and the line itself", "a\nb\nc\n", {&second, &before}, "a\n\nB\nc\n", "11"},
        {"twice the same place", "a\nb\nc\n", {&before, &before}, "a\n\nb\nc\n", "10"},
    };
    (void)state;
    CT_EACH (c, cases) {
        CT_AUTO_ARENA a = CT_ARENA_INIT;
        bool taken[3];
        size_t n = 0;
        while (n < 3 && c->mends[n])
            n++;
        struct ct_sv got = ct_mend_apply(&a, ct_sv_c(c->source), c->mends, n, taken);
        CT_EQ_SV(c->name, got, ct_sv_c(c->want));
        for (size_t i = 0; i < n; i++)
            CT_EQ_I64(c->name, taken[i], c->taken[i] == '1');
    }
}

/* ---- each code ---- */

static const struct ct_problem *find(const struct parsed *p, const char *code)
{
    for (size_t i = 0; i < p->problems.n; i++) {
        if (strcmp(p->problems.items[i].code, code) == 0)
            return &p->problems.items[i];
    }
    return NULL;
}

struct mend_case {
    const char *name, *code, *source;
    const char *want; /* the lines put in, with / between them; NULL: no mend is known */
    int line, n_lines;
    bool safe;
};

static const struct mend_case cases[] = {
    {"feedback is indented", "E11", ASK "- (x) a\n> Yes.\n> Well.\n- ( ) b\n", "  > Yes./  > Well.",
     8, 2, true},
    {"behind an empty line it may be meant otherwise", "E11", ASK GOOD "\n> Yes.\n", "  > Yes.", 10,
     1, false},
    {"as far as the text of the option", "E11", ASK "-   (x) a\n> Yes.\n-   ( ) b\n", "    > Yes.",
     8, 1, true},
    {"a tab reaches to the fourth column", "E11", ASK "-\t(x) a\n> Yes.\n-\t( ) b\n", "    > Yes.",
     8, 1, true},
    {"although another bullet follows", "E11", ASK "- (x) a\n> Yes.\n* ( ) b\n", "  > Yes.", 8, 1,
     true},
    {"within a passage", "E11",
     TOP "### For prosecutors: P\n\n#### Question: Q\n\n- (x) a\n> Yes.\n- ( ) b\n", "  > Yes.", 10,
     1, true},
    {"with carriage returns", "E11",
     "# T\r\n\r\n## S\r\n\r\n### Question: Q\r\n\r\n- (x) a\r\n> Yes.\r\n- ( ) b\r\n", "  > Yes.",
     8, 1, true},
    {"the first bullet is kept", "E12", ASK "- (x) a\n* ( ) b\n* ( ) c\n", "- ( ) b/- ( ) c", 8, 2,
     true},
    {"with what stands between", "E12", ASK "* (x) a\n- ( ) b\n  > No.\n- ( ) c\n",
     "* ( ) b/  > No./* ( ) c", 8, 3, true},
    {"a paragraph between is no matter of bullets", "E12", ASK "- (x) a\n\nor\n\n- ( ) b\n", NULL,
     0, 0, false},
    {"no blank behind the dash", "E13", ASK "-(x) a\n-( ) b\n", "- (x) a/- ( ) b", 7, 2, true},
    {"no dash", "E13", ASK "(x) a\n()b\n", "- (x) a/- ( ) b", 7, 2, true},
    {"Word's bullets with marks", "E13", ASK "\xe2\x80\xa2 (x) a\n\xe2\x80\xa2 ( ) b\n",
     "- (x) a/- ( ) b", 7, 2, true},
    {"Word's long dashes with marks", "E13", ASK "\xe2\x80\x93 (x) a\n\xe2\x80\x93 ( ) b\n",
     "- (x) a/- ( ) b", 7, 2, true},
    {"Word's bullets alone do not say which is right", "E13",
     ASK "\xe2\x80\xa2 a\n\xe2\x80\xa2\tb\n", "- ( ) a/- ( ) b", 7, 2, false},
    {"below the feedback of an option", "E13", ASK "- (x) a\n  > Why.\n-( ) b\n- ( ) c\n",
     "- ( ) b", 9, 1, true},
    {"the second line of an option", "E13", ASK "* (x) a\n( ) b\n* ( ) c\n", "* ( ) b", 8, 1, true},
    {"brackets with nothing between", "E15", ASK "- [x] a\n- [] b\n", "- [ ] b", 8, 1, true},
    {"nothing behind the mark", "E15", ASK "- (x)a\n- ( ) b\n", "- (x) a", 7, 1, true},
    {"an option without a mark is probably wrong", "E10", ASK GOOD "- c\n", "- ( ) c", 9, 1, false},
    {"as its neighbours are marked", "E10", ASK "- [x] a\n- [ ] b\n- c\n", "- [ ] c", 9, 1, false},
    {"stars around a label", "E21", TOP "> For prosecutors: text\n", "> **For prosecutors:** text",
     5, 1, false},
    {"a space behind a label", "E21", TOP "> **For prosecutors:**text\n",
     "> **For prosecutors:** text", 5, 1, true},
    {"a space behind a label in feedback", "E21", ASK "- [x] a\n  > **If not chosen:**b\n- [ ] c\n",
     "  > **If not chosen:** b", 8, 1, true},
    {"an empty line between labels", "E22", ASK GOOD "\n> **Hint:** a\n> **Why:** b\n", "", 11, 0,
     true},
    {"a line with nothing but >", "E22", ASK GOOD "\n> **Hint:** a\n>\n> **Why:** b\n", "", 11, 1,
     true},
    {"within an option", "E22", ASK "- [x] a\n  > Yes.\n  > **If not chosen:** No.\n- [ ] b\n", "",
     9, 0, true},
    {"a discipline", "E24", TOP "> **For prosecuters:** a\n", "> **For prosecutors:** a", 5, 1,
     false},
    {"a discipline in a heading", "E24", TOP "### For advokates: a\n\nb\n", "### For advocates: a",
     5, 1, false},
    {"a discipline in front matter", "E24",
     "---\nfor: [prosecuter, caseworker]\n---\n# T\n\n## S\n\na\n",
     "for: [prosecutors, caseworker]", 2, 1, false},
    {"a discipline that resembles none", "E24", "---\nfor: [astronauts]\n---\n# T\n\n## S\n\na\n",
     NULL, 0, 0, false},
    {"a key", "E03", "---\nminuts: 5\n---\n# T\n\n## S\n\na\n", "minutes: 5", 2, 1, false},
    {"a key that resembles none", "E03", "---\ncolour: 5\n---\n# T\n\n## S\n\na\n", NULL, 0, 0,
     false},
    {"a setting", "E51", ASK GOOD "\n`shufle: no`\n", "`shuffle: no`", 10, 1, false},
    {"the second setting of a line", "E51", ASK GOOD "\n`points: 2` `shufle: no`\n",
     "`points: 2` `shuffle: no`", 10, 1, false},
    {"a keyword", "W25", TOP "### Qestion: Q\n\n" GOOD, "### Question: Q", 5, 1, false},
    {"a keyword whose question would have no answer is left", "W25", TOP "### Qestion: Q\n\na\n",
     NULL, 0, 0, false},
    {"a question on the level of sections", "E26", TOP "a\n\n## Question: Q\n\n" GOOD,
     "### Question: Q", 7, 1, false},
    {"a blank behind the signs of a heading", "E26", TOP "a\n\n##Two\n\nb\n", "## Two", 7, 1, true},
    {"another title", "E06", TOP "a\n\n# U\n\nb\n", "## U", 7, 1, false},
    {"dashes below a sentence", "W31", TOP "This is a sentence.\n---\n\nb\n", "", 6, 0, true},
    {"dashes below what may be a heading", "W31", TOP "Perhaps a title\n---\n\nb\n", "", 6, 0,
     false},
    {"dashes below a sentence in a quote", "W31", TOP "> This is a sentence.\n> ---\n>\n> b\n", ">",
     6, 0, true},
    {"a heading's address in other letters", "E47", TOP "[a](#Two-Words)\n\n## Two words\n\nb\n",
     "[a](#two-words)", 5, 1, true},
    {"a heading nearly so", "E47", TOP "[a](#two-wrods)\n\n## Two words\n\nb\n", "[a](#two-words)",
     5, 1, false},
    {"a file with a blank", "E41", TOP "a [b] (c) [d](my file.png)\n",
     "a [b] (c) [d](<my file.png>)", 5, 1, true},
    {"a file with a blank that is not there", "E41", TOP "[a](no file.png)\n", NULL, 0, 0, false},
    {"a link that is parted", "E41", TOP "![x] (a) [b] (02-law.md) c\n",
     "![x] (a) [b](02-law.md) c", 5, 1, true},
    {"no heading like it", "E47", TOP "[a](#elsewhere)\n\n## Two words\n\nb\n", NULL, 0, 0, false},
};

static void each_code_has_its_mend(void **state)
{
    (void)state;
    CT_EACH (c, cases) {
        struct parsed p;
        test_parse(&p, ct_sv_c(c->source), "01-a.md", "en", true);
        const struct ct_problem *problem = find(&p, c->code);
        if (!problem)
            print_error("%s: %.*s\n", c->name, CT_SV_ARG(test_codes(&p.arena, &p.problems)));
        assert_non_null(problem);
        if (!c->want) {
            CT_EQ_I64(c->name, problem->mend == NULL, true);
        } else {
            CT_EQ_I64(c->name, problem->mend != NULL, true);
            struct ct_sv got = ct_arena_dup(&p.arena, problem->mend->text);
            char *shown = ct_arena_cstr(&p.arena, got);
            for (char *nl = shown; (nl = strchr(nl, '\n'));)
                *nl = '/';
            CT_EQ_STR(c->name, shown, c->want);
            CT_EQ_I64(c->name, problem->mend->line, c->line);
            CT_EQ_I64(c->name, problem->mend->n_lines, c->n_lines);
            CT_EQ_I64(c->name, problem->mend->safe, c->safe);
            assert_true(problem->mend->done.n > 0);
        }
        test_release(&p);
    }
}

#define SCENARIO "# Scenario: S\n\n`trust = 1 (0 to 3)`\n\nStart.\n\n## One\n\nText.\n\n"
#define ENDING   "\n## Ending: Two words\n\n`pass`\n"

static void links_of_scenarios_are_mended(void **state)
{
    static const struct mend_case links[] = {
        {"a target with a space", "E41", SCENARIO "- [Go](#ending-two words)\n" ENDING,
         "- [Go](#ending-two-words)", 11, 1, true},
        {"a space before the target", "E41",
         SCENARIO "- [Go] (#ending-two-words) `trust +1`\n" ENDING,
         "- [Go](#ending-two-words) `trust +1`", 11, 1, true},
        {"a target without its keyword", "E41", SCENARIO "- [Go](#two-words)\n" ENDING,
         "- [Go](#ending-two-words)", 11, 1, false},
        {"a misspelt target", "E41", SCENARIO "- [Go](#ending-two-wrods)\n" ENDING,
         "- [Go](#ending-two-words)", 11, 1, false},
        {"a misspelt condition", "E51",
         SCENARIO "- [Go](#ending-two-words) `nedes trust >= 1`\n"
                  "- [Or](#ending-two-words)\n" ENDING,
         "- [Go](#ending-two-words) `needs trust >= 1`", 11, 1, false},
        {"a consequence outside its choice", "E11",
         SCENARIO "- [Go](#ending-two-words)\n> She nods.\n" ENDING, "  > She nods.", 12, 1, true},
    };
    (void)state;
    CT_EACH (c, links) {
        struct parsed p;
        test_parse(&p, ct_sv_c(c->source), "01-a.md", "en", true);
        const struct ct_problem *problem = find(&p, c->code);
        if (!problem || !problem->mend)
            print_error("%s: %.*s\n", c->name, CT_SV_ARG(test_codes(&p.arena, &p.problems)));
        assert_non_null(problem);
        assert_non_null(problem->mend);
        CT_EQ_SV(c->name, problem->mend->text, ct_sv_c(c->want));
        CT_EQ_I64(c->name, problem->mend->line, c->line);
        CT_EQ_I64(c->name, problem->mend->safe, c->safe);
        test_release(&p);
    }
}

/* ---- every mend helps ---- */

static size_t count(const struct ct_problems *p, const char *code)
{
    size_t n = 0;
    for (size_t i = 0; i < p->n; i++)
        n += strcmp(p->items[i].code, code) == 0;
    return n;
}

/* What could not be seen before, because the thing could not be read. */
static bool was_hidden(const char *mended, const char *code)
{
    if (strstr("E10 E11 E12 E13", mended))
        return strstr("E10 E11 E12 E15 E16 E17 E19 E28", code) != NULL;
    if (strcmp(mended, "E41") == 0 || strcmp(mended, "E51") == 0)
        return strstr("E24 E50 E51 E52 E53 E54 E55 E56", code) != NULL;
    return false;
}

static bool is_proof(const char *code) /* only told once a scenario can be read */
{
    return strstr("W61 E62 E63 E64 W69 W70 W72 W75 W73 W74", code) != NULL;
}

static size_t check_mends(const char *name, struct ct_sv source)
{
    struct parsed p;
    size_t n_mends = 0;
    test_parse(&p, source, "01-a.md", "en", true);
    for (size_t i = 0; i < p.problems.n; i++) {
        const struct ct_problem *problem = &p.problems.items[i];
        struct parsed after;
        bool taken;
        if (!problem->mend)
            continue;
        n_mends++;
        struct ct_sv mended = ct_mend_apply(&p.arena, source, &problem->mend, 1, &taken);
        assert_true(taken);
        test_parse(&after, mended, "01-a.md", "en", true);
        bool gone = count(&after.problems, problem->code) < count(&p.problems, problem->code);
        if (!gone)
            print_error("%s: %s stays in\n%.*s\n", name, problem->code, CT_SV_ARG(mended));
        assert_true(gone);
        for (size_t k = 0; k < after.problems.n; k++) {
            const char *code = after.problems.items[k].code;
            bool fine = code[0] == 'W' || is_proof(code) || was_hidden(problem->code, code) ||
                        count(&after.problems, code) <= count(&p.problems, code);
            if (!fine)
                print_error("%s: %s came with the mend of %s in\n%.*s\n", name, code, problem->code,
                            CT_SV_ARG(mended));
            assert_true(fine);
        }
        test_release(&after);
    }
    test_release(&p);
    return n_mends;
}

static void every_mend_of_the_cases_helps(void **state)
{
    (void)state;
    CT_EACH (c, cases)
        check_mends(c->name, ct_sv_c(c->source));
}

static void every_mend_of_the_test_data_helps(void **state)
{
    static const char *const files[] = {"01-questions.md", "02-lesson.md", "03-una-leccion.md",
                                        "04-mistakes.md", "05-the-motel-call.md"};
    size_t n_mends = 0;
    (void)state;
    CT_EACH (f, files) {
        CT_AUTO_ARENA a = CT_ARENA_INIT;
        struct ct_sv source;
        const char *path = ct_arena_printf(&a, "%s/tests/md/course/%s", CT_SOURCE_DIR, *f).p;
        CT_EQ_I64(*f, ct_file_read(&a, path, 1 << 20, &source, NULL), CT_OK);
        n_mends += check_mends(*f, source);
    }
    assert_true(n_mends >= 5);
}

/* Small numbers that are the same in every run. */
static uint32_t roll(uint32_t *state, uint32_t below)
{
    *state = *state * 1664525u + 1013904223u;
    return (*state >> 8) % below;
}

/* Texts put together from lines that go wrong easily, in every order. */
static void every_mend_of_jumbled_lines_helps(void **state)
{
    static const char *const lines[] = {
        "- (x) right",
        "- ( ) wrong",
        "- [x] right",
        "- [ ] wrong",
        "* (x) star",
        "* ( ) star",
        "-( ) close",
        "(x) bare",
        "( ) bare",
        "\xe2\x80\xa2 (x) word",
        "\xe2\x80\xa2 word",
        "- [] gap",
        "- (x)close",
        "- plain",
        "> feedback",
        "  > feedback",
        "    > deep",
        "> > deeper",
        "\t> tab",
        "-\t(x) tab",
        "> **Hint:** a",
        "> **Why:** b",
        "> **Hint:**close",
        ">",
        "",
        "",
        "",
        "text",
        "A sentence.",
        "---",
        "### Question: Q",
        "### Qestion: Q",
        "## Question: Q",
        "# T",
        "## Quiz",
        "### For prosecuters: P",
        "> **For prosecuters:** a",
        "> **If not chosen:** c",
        "`shufle: no`",
        "`points: 2`",
        "  ( ) indented",
        "> - (x) in a quote",
        "> > in a quote",
        "> * ( ) in a quote",
        "[a](#Two-Words)",
        "## Two words",
        "1. one",
        "1. (x) one",
        "  - ( ) nested",
        "```",
    };
    uint32_t dice = 12345;
    size_t n_mends = 0;
    (void)state;
    for (int round = 0; round < 1500; round++) {
        CT_AUTO_STR source = CT_STR_INIT(10000);
        const char *end = round % 5 == 0 ? "\r\n" : "\n";
        ct_str_addf(&source, "# T%s%s## S%s%s### Question: Q%s%s", end, end, end, end, end, end);
        for (uint32_t n = 2 + roll(&dice, 12); n > 0; n--)
            ct_str_addf(&source, "%s%s", lines[roll(&dice, sizeof lines / sizeof lines[0])], end);
        n_mends += check_mends("jumbled", ct_str_sv(&source));
    }
    assert_true(n_mends > 1000);
}

static void very_many_mends_are_not_all_tried(void **state)
{
    CT_AUTO_STR source = CT_STR_INIT(400000);
    struct parsed p;
    size_t n_mends = 0;
    (void)state;
    ct_str_add_c(&source, TOP);
    for (int i = 0; i < 800; i++)
        ct_str_addf(&source,
                    "### Question: Q%d\n\n`accept: a`\n\n> **Hint:**close text to read\n\n", i);
    test_parse(&p, ct_str_sv(&source), "01-a.md", "en", true);
    for (size_t i = 0; i < p.problems.n; i++)
        n_mends += p.problems.items[i].mend != NULL;
    assert_true(p.problems.n >= 800);
    assert_true(n_mends > 0 && n_mends < 50);
    test_release(&p);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(mends_are_put_in),
        cmocka_unit_test(each_code_has_its_mend),
        cmocka_unit_test(links_of_scenarios_are_mended),
        cmocka_unit_test(every_mend_of_the_cases_helps),
        cmocka_unit_test(every_mend_of_the_test_data_helps),
        cmocka_unit_test(every_mend_of_jumbled_lines_helps),
        cmocka_unit_test(very_many_mends_are_not_all_tried),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
