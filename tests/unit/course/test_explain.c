/*
 * test_explain.c: the pages about the checker's messages: one for each code, and none that lies.
 * Each example is written into a content folder of its own and checked: what a page calls wrong
 * reports just its code, what it calls right reports nothing.
 */
#include "course/course_test.h"

#include "course/temp_dir.h"

#include "ct/base/file.h"
#include "ct/course/change.h"
#include "ct/course/explain.h"

#include "ct/base/banned.h"

#define CODES CT_SOURCE_DIR "/server/course/codes"

/* What stands beside every example: a course with one more module, pictures, films. */
static const char *const beside[][2] = {
    {"curriculum.md",
     "---\ntitle: C\ndisciplines:\n  - prosecutor (prosecutors)\n  - caseworker (caseworkers)\n"
     "  - advocate (advocates)\ncourses: [example]\n---\nWelcome.\n"},
    {"example/course.md", "---\ntitle: An example\n---\nIntroduction.\n"},
    {"example/02-next.md", "# Next\n\n## One page\n\nShort text.\n"},
    {"example/images/waiting-room.png", "picture"},
    {"example/media/meeting.mp4", "film"},
    {"example/media/talk.mp4", "film"},
    {"example/media/talk.vtt", "WEBVTT\n"},
};

static void make_content(struct temp_dir *t)
{
    temp_make(t);
    for (size_t i = 0; i < sizeof beside / sizeof beside[0]; i++)
        temp_write(t, beside[i][0], beside[i][1]);
}

/* The codes that checking the folder reports, each once: "E11 W18". */
static struct ct_sv codes_of(struct ct_arena *a, const char *dir)
{
    struct ct_problems problems = {.arena = a};
    struct ct_err err = CT_ERR_INIT;
    struct ct_sv out = CT_SV("");
    size_t n = 0;
    CT_OK_(dir, ct_check_path(&problems, dir, NULL, &n, &err), &err);
    for (size_t i = 0; i < problems.n; i++) {
        struct ct_sv code = ct_sv_c(problems.items[i].code);
        if (ct_sv_search(out, code) == SIZE_MAX)
            out =
                ct_arena_printf(a, "%.*s%s%.*s", CT_SV_ARG(out), out.n ? " " : "", CT_SV_ARG(code));
    }
    return out;
}

static struct ct_sv codes_of_file(struct ct_arena *a, struct ct_sv name, struct ct_sv source)
{
    struct temp_dir t;
    bool placed = ct_sv_find(name, '/') != SIZE_MAX || ct_sv_eq_c(name, "curriculum.md") ||
                  ct_sv_eq_c(name, "glossary.md"); /* else a course's */
    struct ct_sv path = ct_arena_printf(a, "%s%.*s", placed ? "" : "example/", CT_SV_ARG(name));
    make_content(&t);
    temp_write(&t, path.p, ct_arena_cstr(a, source));
    struct ct_sv codes = codes_of(a, t.path);
    temp_remove(&t);
    return codes;
}

/* ---- what the blocks of a page cannot show ---- */

static void written_in_an_old_encoding(struct temp_dir *t)
{
    temp_write(t, "example/01-a.md", "# The caf\xe9\n\n## One page\n\nShort text.\n");
}

static void written_in_utf8(struct temp_dir *t)
{
    temp_write(t, "example/01-a.md", "# The caf\xc3\xa9\n\n## One page\n\nShort text.\n");
}

static void a_folder_with_a_blank(struct temp_dir *t)
{
    temp_write(t, "First Steps/course.md", "---\ntitle: First steps\n---\nHello.\n");
}

static void a_folder_with_a_hyphen(struct temp_dir *t)
{
    temp_write(t, "first-steps/course.md", "---\ntitle: First steps\n---\nHello.\n");
}

static void a_link_out(struct temp_dir *t)
{
    temp_link(t, "example/01-a.md", "/etc/passwd");
}

static void a_link_within(struct temp_dir *t)
{
    temp_link(t, "example/01-a.png", "images/waiting-room.png");
}

static const struct {
    const char *code;
    void (*wrong)(struct temp_dir *t);
    void (*right)(struct temp_dir *t);
} folders[] = {
    {"E01", written_in_an_old_encoding, written_in_utf8},
    {"E37", a_folder_with_a_blank, a_folder_with_a_hyphen},
    {"W40", a_link_out, a_link_within},
};

static void check_folder(const char *code, void (*make)(struct temp_dir *t), bool wrong)
{
    CT_AUTO_ARENA a = CT_ARENA_INIT;
    struct temp_dir t;
    make_content(&t);
    make(&t);
    CT_EQ_SV(code, codes_of(&a, t.path), ct_sv_c(wrong ? code : ""));
    temp_remove(&t);
}

static void folders_have_the_faults_that_the_pages_tell_of(void **state)
{
    (void)state;
    CT_EACH (c, folders) {
        check_folder(c->code, c->wrong, true);
        check_folder(c->code, c->right, false);
    }
}

/* ---- W71: what was published before ---- */

#define BEFORE                                                                                     \
    "# T\n\n## S\n\n### Question: When do you call?\n\nSoon?\n\n- (x) Today\n- ( ) Later\n"

static struct ct_sv codes_after_publishing(struct ct_arena *a, const char *now)
{
    struct parsed p, q;
    struct ct_problems problems = {.arena = a};
    test_parse(&p, CT_SV(BEFORE), "01-a.md", "en", false);
    test_parse(&q, ct_sv_c(now), "01-a.md", "en", false);
    ct_change_check(a, p.module, q.module, &problems);
    struct ct_sv codes = CT_SV("");
    for (size_t i = 0; i < problems.n; i++)
        codes = ct_arena_printf(a, "%.*s%s", CT_SV_ARG(codes), problems.items[i].code);
    test_release(&p);
    test_release(&q);
    return codes;
}

static void a_changed_question_without_an_id_is_told(void **state)
{
    static const struct {
        const char *name, *now, *codes;
    } cases[] = {
        {"nothing changed", BEFORE, ""},
        {"another stem",
         "# T\n\n## S\n\n### Question: When do you call?\n\nHow soon?\n\n- (x) Today\n- ( ) "
         "Later\n",
         "W71"},
        {"another stem and an id",
         "# T\n\n## S\n\n### Question: When do you call?\n\n`id: when-do-you-call`\n\nHow soon?\n\n"
         "- (x) Today\n- ( ) Later\n",
         ""},
    };
    (void)state;
    CT_EACH (c, cases) {
        CT_AUTO_ARENA a = CT_ARENA_INIT;
        CT_EQ_SV(c->name, codes_after_publishing(&a, c->now), ct_sv_c(c->codes));
    }
}

/* ---- the pages ---- */

static bool has_folder_of_its_own(const char *code)
{
    CT_EACH (c, folders) {
        if (strcmp(code, c->code) == 0)
            return true;
    }
    return strcmp(code, "W71") == 0;
}

static struct ct_explanation explain(struct ct_arena *a, const char *code)
{
    struct ct_explanation e;
    struct ct_err err = CT_ERR_INIT;
    CT_OK_(code, ct_explain(a, CODES, ct_sv_c(code), &e, &err), &err);
    return e;
}

static void every_code_has_a_page(void **state)
{
    enum { LINES_MAX = 60, COLUMNS_MAX = 100 };
    size_t n;
    const struct ct_problem_code *codes = ct_problem_codes(&n);
    (void)state;
    for (size_t i = 0; i < n; i++) {
        CT_AUTO_ARENA a = CT_ARENA_INIT;
        struct ct_explanation e = explain(&a, codes[i].code);
        struct ct_sv head = ct_arena_printf(&a, "# %s: ", codes[i].code), rest = e.markdown, line;
        int lines = 0;
        assert_ptr_equal(e.code, &codes[i]);
        CT_EQ_SV("the heading has the code", ct_sv_sub(e.markdown, 0, head.n), head);
        CT_EQ_I64("and is one in HTML", ct_sv_search(e.html, CT_SV("<h1>")), 0);
        while (ct_sv_split(&rest, '\n', &line)) {
            lines++;
            if (line.n > COLUMNS_MAX && !ct_sv_starts(line, CT_SV("The team meets")))
                CT_EQ_SV("a line that is not too wide", line, CT_SV(""));
        }
        if (lines > LINES_MAX)
            CT_EQ_I64(codes[i].code, lines, LINES_MAX);
    }
}

static void every_page_has_a_code(void **state)
{
    CT_AUTO_ARENA a = CT_ARENA_INIT;
    struct ct_dir_entry *entries;
    struct ct_err err = CT_ERR_INIT;
    size_t n, n_codes;
    (void)state;
    CT_OK_("list", ct_dir_list(&a, CODES, 1000, &entries, &n, &err), &err);
    for (size_t i = 0; i < n; i++) {
        struct ct_sv name = entries[i].name;
        assert_true(ct_sv_ends(name, CT_SV(".md")));
        if (!ct_problem_meaning(ct_arena_cstr(&a, ct_sv_sub(name, 0, name.n - 3))))
            CT_EQ_SV("a page about a code that does not exist", name, CT_SV(""));
    }
    ct_problem_codes(&n_codes);
    CT_EQ_I64("as many pages as codes", n, n_codes);
}

/* How many examples of a page report something else; each is printed. */
static int count_lies(const char *code)
{
    CT_AUTO_ARENA a = CT_ARENA_INIT;
    struct ct_explanation e = explain(&a, code);
    size_t n_wrong = 0, n_right = 0;
    int lies = 0;
    for (size_t i = 0; i < e.n_examples; i++) {
        const struct ct_example *x = &e.examples[i];
        struct ct_sv got = codes_of_file(&a, x->file, x->source);
        struct ct_sv want = ct_sv_c(x->wrong ? code : "");
        *(x->wrong ? &n_wrong : &n_right) += 1;
        if (ct_sv_eq(got, want))
            continue;
        print_error("%s: a %s example reports «%.*s»\n", code, x->wrong ? "wrong" : "right",
                    CT_SV_ARG(got));
        lies++;
    }
    if ((n_wrong == 0 || n_right == 0) && !(has_folder_of_its_own(code) && e.n_examples == 0)) {
        print_error("%s: %zu wrong examples, %zu right ones\n", code, n_wrong, n_right);
        lies++;
    }
    return lies;
}

static void every_example_is_what_its_page_says(void **state)
{
    size_t n;
    const struct ct_problem_code *codes = ct_problem_codes(&n);
    int lies = 0;
    (void)state;
    for (size_t i = 0; i < n; i++)
        lies += count_lies(codes[i].code);
    assert_int_equal(lies, 0);
}

static void examples_are_parted_from_the_text(void **state)
{
    CT_AUTO_ARENA a = CT_ARENA_INIT;
    struct ct_explanation e = explain(&a, "e36");
    (void)state;
    CT_EQ_STR("in any case", e.code->code, "E36");
    CT_EQ_I64("examples", e.n_examples, 2);
    assert_true(e.examples[0].wrong);
    assert_false(e.examples[1].wrong);
    CT_EQ_SV("the file it stands for", e.examples[0].file, CT_SV("curriculum.md"));
    CT_EQ_SV("its text", ct_sv_sub(e.examples[0].source, 0, 10), CT_SV("---\ntitle:"));
    e = explain(&a, "E11");
    CT_EQ_SV("without a name", e.examples[0].file, CT_SV("01-example.md"));
    assert_true(ct_sv_search(e.html, CT_SV("<code class=\"language-wrong\">")) != SIZE_MAX);
    e = explain(&a, "W40");
    CT_EQ_I64("other code is no example", e.n_examples, 0);
}

static void a_code_that_does_not_exist_names_the_nearest(void **state)
{
    static const struct {
        const char *name, *code, *has;
    } cases[] = {
        {"the other letter", "W62", "E62"},       {"only the number", "11", "E11"},
        {"a number between", "E49", "E48"},       {"far too great", "E99999999999999999999", "E79"},
        {"no number at all", "help", "like E11"}, {"nothing", "", "like E11"},
        {"bytes", "\xff\xfe", "like E11"},        {"a path", "../E11", "E11"},
    };
    (void)state;
    CT_EACH (c, cases) {
        CT_AUTO_ARENA a = CT_ARENA_INIT;
        struct ct_explanation e;
        struct ct_err err = CT_ERR_INIT;
        CT_EQ_I64(c->name, ct_explain(&a, CODES, ct_sv_c(c->code), &e, &err), CT_NOT_FOUND);
        CT_EQ_STR(c->name, err.what, "code");
        if (!strstr(err.text, c->has))
            CT_EQ_STR(c->name, err.text, c->has);
    }
}

static void a_page_that_cannot_be_read_is_our_fault(void **state)
{
    CT_AUTO_ARENA a = CT_ARENA_INIT;
    struct ct_explanation e;
    struct temp_dir t;
    (void)state;
    temp_make(&t);
    temp_write(&t, "E02.md", "# \xff\n");
    for (const char *const *code = (const char *const[]){"E01", "E02", NULL}; *code; code++) {
        struct ct_err err = CT_ERR_INIT;
        CT_EQ_I64(*code, ct_explain(&a, t.path, ct_sv_c(*code), &e, &err), CT_INTERNAL);
        assert_non_null(strstr(err.text, *code));
    }
    CT_AUTO_STR big = CT_STR_INIT(100000);
    for (int i = 0; i < 2000; i++)
        ct_str_add_c(&big, "much text\n");
    temp_write(&t, "E03.md", big.p);
    CT_EQ_I64("too big", ct_explain(&a, t.path, CT_SV("E03"), &e, NULL), CT_INTERNAL);
    temp_remove(&t);
}

static void groups_stand_together(void **state)
{
    size_t n, n_groups = 0;
    const struct ct_problem_code *codes = ct_problem_codes(&n);
    (void)state;
    for (size_t i = 0; i < n; i++) {
        const char *group = ct_explain_group(codes[i].code);
        if (i > 0 && strcmp(group, ct_explain_group(codes[i - 1].code)) == 0)
            continue;
        n_groups++;
        for (size_t k = 0; k + 1 < i; k++) {
            if (strcmp(group, ct_explain_group(codes[k].code)) == 0)
                CT_EQ_STR("a group in two parts", codes[i].code, "");
        }
    }
    CT_EQ_I64("groups", n_groups, 11);
    CT_EQ_STR("the first", ct_explain_group("E01"), "The file");
    CT_EQ_STR("a scenario's", ct_explain_group("E62"), "The module as a whole");
    CT_EQ_STR("the glossary's", ct_explain_group("E76"), "The glossary");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_code_has_a_page),
        cmocka_unit_test(every_page_has_a_code),
        cmocka_unit_test(every_example_is_what_its_page_says),
        cmocka_unit_test(folders_have_the_faults_that_the_pages_tell_of),
        cmocka_unit_test(a_changed_question_without_an_id_is_told),
        cmocka_unit_test(examples_are_parted_from_the_text),
        cmocka_unit_test(a_code_that_does_not_exist_names_the_nearest),
        cmocka_unit_test(a_page_that_cannot_be_read_is_our_fault),
        cmocka_unit_test(groups_stand_together),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
