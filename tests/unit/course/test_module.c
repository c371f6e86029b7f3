/*
 * Modules: plain Markdown comes out as cmark renders it; sections, their addresses, links; and no
 * prefix or mutation of a source brings the reader down.
 */
#include "course/course_test.h"

#include "text/md_test.h"

#include <stdio.h>
#include <unistd.h>

#include "ct/base/banned.h"

/* ---- plain Markdown ---- */

/* Appends blocks; false if one of them is a construct of ours. */
static bool add_plain(struct ct_str *out, const struct ct_block *blocks, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (blocks[i].kind != CT_BLOCK_HTML)
            return false;
        ct_str_add_sv(out, blocks[i].html);
    }
    return true;
}

static bool module_html(struct ct_str *out, const struct ct_module *m)
{
    if (m->quiz || m->kind != CT_MODULE_LESSON)
        return false;
    if (m->title_html.p)
        ct_str_addf(out, "<h1>%.*s</h1>\n", CT_SV_ARG(m->title_html));
    bool plain = add_plain(out, m->intro, m->n_intro);
    for (size_t i = 0; i < m->n_sections && plain; i++) {
        ct_str_addf(out, "<h2>%.*s</h2>\n", CT_SV_ARG(m->sections[i].title_html));
        plain = add_plain(out, m->sections[i].blocks, m->sections[i].n_blocks);
    }
    return plain;
}

/* False if the source holds a construct. */
static bool check_plain(const char *name, struct ct_sv md)
{
    struct parsed p;
    CT_AUTO_STR got = CT_STR_INIT(4 * CT_SOURCE_MAX);
    test_parse(&p, md, "01-a.md", "en", false);
    bool plain = module_html(&got, p.module);
    if (plain) {
        CT_AUTO_MD *tree = md_read(name, md, false);
        CT_EQ_SV(name, ct_str_sv(&got), md_html(&p.arena, ct_md_root(tree)));
    }
    test_release(&p);
    return plain;
}

static void every_example_of_commonmark_comes_out_as_cmark_renders_it(void **state)
{
    CT_AUTO_ARENA a = CT_ARENA_INIT;
    const char *folder = getenv("CT_NODE_MODULES"), *required = getenv("CT_REQUIRE_NODE");
    struct md_example *ex;
    char path[512];
    size_t n_plain = 0;
    (void)state;
    snprintf(path, sizeof path, "%s/commonmark-spec/spec.txt",
             folder ? folder : CT_SOURCE_DIR "/build/node_modules");
    if (access(path, R_OK) != 0 && !(required && strcmp(required, "1") == 0)) {
        print_message("%s is not there: npm install the packages of tests/package.json\n", path);
        skip();
    }
    size_t n = md_examples(&a, path, &ex);
    for (size_t i = 0; i < n; i++) {
        char name[32];
        snprintf(name, sizeof name, "example %zu", i + 1);
        n_plain += check_plain(name, ex[i].md);
    }
    CT_EQ_I64("none of them is a construct of ours", n_plain, n);
}

static void plain_documents_come_out_as_cmark_renders_them(void **state)
{
    static const struct {
        const char *name, *md;
    } cases[] = {
        {"title, text, sections", "# T *e*\n\na\n\n## S\n\nb\n\n- c\n\n### D\n\n---\n\n## E `f`\n"},
        {"text before the title", "a\n\n# T\n\nb\n\n## S\n"},
        {"a title below a section", "## S\n\na\n\n# T\n\nb\n"},
        {"two titles", "# T\n\n# U\n\n## S\n"},
        {"no title, no section", "a\n\nb\n"},
        {"only a line", "---\n"},
        {"setext headings", "T\n=\n\nS\n-----\n\na\n"},
        {"empty headings", "#\n\n##\n\na\n"},
        {"raw HTML", "# T\n\n## S\n\n<div>a</div>\n\n<!-- b -->\n\nc <b>d</b>\n"},
        {"only a definition", "[a]: http://example.org\n"},
        {"tables", "# T\n\n## S\n\n| a | b |\n|---|--:|\n| c | d |\n"},
        {"a quote, code, a checklist", "# T\n\n## S\n\n> a\n\n```\nb\n```\n\n- [ ] c\n- [x] d\n"},
        {"CRLF", "# T\r\n\r\n## S\r\n\r\na\r\nb\r\n"},
        {"a passage as a title stays whole", "# For prosecutors: T\n\n## S\n"},
    };
    (void)state;
    CT_EACH (c, cases)
        assert_true(check_plain(c->name, ct_sv_c(c->md)));
}

/* ---- sections ---- */

static void sections_have_unique_addresses(void **state)
{
    struct parsed p;
    (void)state;
    test_parse(&p,
               CT_SV("# T\n\n## One, two!\n\n## One two\n\n## One two\n\n## !\n\n## \xc3\x89l\n"),
               "01-a.md", "en", false);
    static const char *const want[] = {"one-two", "one-two-1", "one-two-2", "section", "\xc3\xa9l"};
    assert_int_equal(p.module->n_sections, 5);
    for (size_t i = 0; i < 5; i++) {
        CT_EQ_SV("slug", p.module->sections[i].slug, ct_sv_c(want[i]));
        assert_ptr_equal(ct_module_section(p.module, ct_sv_c(want[i])), &p.module->sections[i]);
    }
    assert_null(ct_module_section(p.module, CT_SV("three")));
    test_release(&p);
}

static void questions_are_found_by_their_id(void **state)
{
    struct parsed p;
    (void)state;
    test_parse(&p,
               CT_SV("# T\n\n## S\n\n### Question: A\n\n- (x) a\n- ( ) b\n\n## Quiz\n\n"
                     "### Question: B\n\n`id: the-b`\n\n- (x) a\n- ( ) b\n"),
               "01-a.md", "en", false);
    const struct ct_module *m = p.module;
    CT_EQ_I64("practice", m->n_practice, 1);
    CT_EQ_I64("quiz", m->quiz->n_questions, 1);
    assert_ptr_equal(ct_quiz_question(m->quiz, CT_SV("the-b")), m->quiz->questions[0]);
    assert_null(ct_quiz_question(m->quiz, CT_SV("a")));
    assert_null(ct_quiz_question(NULL, CT_SV("a")));
    test_release(&p);
}

static void file_names_give_number_and_address(void **state)
{
    static const struct {
        const char *name, *path;
        int number;
        const char *slug;
    } cases[] = {
        {"a module", "core/03-the-law.md", 3, "the-law"},
        {"no folder", "12-x.md", 12, "x"},
        {"no number", "core/notes.md", 0, "notes"},
        {"capitals are no address", "core/03-The-Law.md", 0, "03-The-Law"},
    };
    (void)state;
    CT_EACH (c, cases) {
        struct parsed p;
        test_parse(&p, CT_SV("# T\n\n## S\n"), c->path, "en", false);
        CT_EQ_I64(c->name, p.module->number, c->number);
        CT_EQ_SV(c->name, p.module->slug, ct_sv_c(c->slug));
        CT_EQ_SV(c->name, p.module->path, ct_sv_c(c->path));
        test_release(&p);
    }
}

/* ---- links ---- */

static void links_get_the_addresses_of_the_site(void **state)
{
    static const struct {
        const char *name, *md, *want;
    } cases[] = {
        {"a picture", "![a](images/a.png)", "<img src=\"/content/core/images/a.png\" alt=\"a\" />"},
        {"a picture of this folder", "![a](./images/a.png)",
         "<img src=\"/content/core/images/a.png\" alt=\"a\" />"},
        {"a picture with a blank", "![a](<my file.png>)",
         "<img src=\"/content/core/my%20file.png\" alt=\"a\" />"},
        {"the same, encoded", "![a](my%20file.png)",
         "<img src=\"/content/core/my%20file.png\" alt=\"a\" />"},
        {"a module", "[a](02-law.md)", "<a href=\"/courses/core/law\">a</a>"},
        {"a place in a module", "[a](02-law.md#who)", "<a href=\"/courses/core/law#who\">a</a>"},
        {"a module of another course", "[a](../other/01-next.md)",
         "<a href=\"/courses/other/next\">a</a>"},
        {"a section of this module", "[a](#next-page)",
         "<a href=\"/courses/core/a/next-page\">a</a>"},
        {"a heading within it", "[a](#deeper)", "<a href=\"/courses/core/a/next-page\">a</a>"},
        {"the title", "[a](#t)", "<a href=\"/courses/core/a\">a</a>"},
        {"the quiz", "[a](#quiz)", "<a href=\"/courses/core/a/quiz\">a</a>"},
        {"a handout", "[a](files/form.pdf)", "<a href=\"/content/core/files/form.pdf\">a</a>"},
        {"another site", "[a](https://example.org/b.md)",
         "<a href=\"https://example.org/b.md\">a</a>"},
        {"an absolute path", "[a](/b)", "<a href=\"/b\">a</a>"},
        {"a script has no target", "[a](javascript:b)", "<a href=\"\">a</a>"},
    };
    (void)state;
    CT_EACH (c, cases) {
        CT_AUTO_STR source = CT_STR_INIT(1000), want = CT_STR_INIT(1000);
        struct parsed p;
        ct_str_addf(&source,
                    "# T\n\n## S\n\n%s\n\n## Next page\n\n### Deeper\n\n## Quiz\n\n"
                    "### Question: Q\n\n- (x) a\n- ( ) b\n",
                    c->md);
        ct_str_addf(&want, "<p>%s</p>\n", c->want);
        test_parse(&p, ct_str_sv(&source), "core/01-a.md", "en", true);
        CT_EQ_SV(c->name, p.module->sections[0].blocks[0].html, ct_str_sv(&want));
        CT_EQ_I64(c->name, p.problems.n, 0);
        test_release(&p);
    }
}

/* ---- whatever comes ---- */

static void parse_quietly(struct ct_sv source)
{
    struct parsed p;
    test_parse(&p, source, "01-a.md", "en", true);
    assert_non_null(p.module);
    test_release(&p);
}

static size_t read_corpus(struct ct_arena *a, struct ct_sv *ret, size_t max)
{
    const char *folder = CT_SOURCE_DIR "/tests/md/course";
    struct ct_err err = CT_ERR_INIT;
    struct ct_dir_entry *entries;
    size_t n = 0, n_sources = 0;
    CT_OK_(folder, ct_dir_list(a, folder, 1000, &entries, &n, &err), &err);
    for (size_t i = 0; i < n && n_sources < max; i++) {
        if (!ct_sv_ends(entries[i].name, CT_SV(".md")))
            continue;
        const char *path = ct_path_join(a, folder, entries[i].name);
        CT_OK_(path, ct_file_read(a, path, CT_SOURCE_MAX, &ret[n_sources++], &err), &err);
    }
    return n_sources;
}

static void every_prefix_of_a_source_is_read(void **state)
{
    CT_AUTO_ARENA a = CT_ARENA_INIT;
    struct ct_sv sources[16];
    size_t n = read_corpus(&a, sources, 16);
    (void)state;
    assert_true(n >= 5);
    for (size_t i = 0; i < n; i++) {
        for (size_t k = 0; k < sources[i].n; k++)
            parse_quietly(ct_sv_sub(sources[i], 0, k));
    }
}

/* Shapes on which a careless reader takes minutes: one test's time limit finds it. */
static void long_files_of_one_shape_are_read_in_time(void **state)
{
    static const char *const shapes[] = {
        "### Question: q\n\n- (x) a\n- ( ) b\n\n",
        "## a\n\n",
        "text\n---\n\n",
        "- (x) a\n\n* ( ) b\n\n",
        "> **Hint:** b\n\n",
        "`accept: a` `points: 1`\n\n",
        "[a](#b)\n\n### b\n\n",
        "#### Question: q\n\n",
        "##### For judges: q\n\n#### For judges: q\n\n",
        "- [x] a\n\n",
    };
    (void)state;
    CT_EACH (shape, shapes) {
        CT_AUTO_STR source = CT_STR_INIT(CT_SOURCE_MAX);
        ct_str_add_c(&source, "# T\n\n## S\n\n### Question: Q\n\n- (x) a\n- ( ) b\n\n");
        while (source.n < 200000)
            ct_str_add_c(&source, *shape);
        ct_str_add_c(&source, "[x]: http://example.org\n");
        parse_quietly(ct_str_sv(&source));
    }
}

static uint32_t next_random(uint32_t *seed)
{
    *seed ^= *seed << 13; /* xorshift32: the same mutations on every machine */
    *seed ^= *seed >> 17;
    *seed ^= *seed << 5;
    return *seed;
}

static void mutations_of_a_source_are_read(void **state)
{
    static const char *const pieces[] = {
        "\n",        "> ",    "- ",         "`",      "**",
        ":",         "(x) ",  "[x]",        "#",      "### Question: ",
        "## Quiz\n", "---\n", "1. ",        "|",      "  ",
        "(",         "]",     "![](a.mp4)", "`if a`", "\\",
        "\xc2\xa0",  "<!--"};
    enum { ROUNDS = 1500, PIECES = sizeof pieces / sizeof pieces[0] };
    CT_AUTO_ARENA a = CT_ARENA_INIT;
    struct ct_sv sources[16];
    size_t n = read_corpus(&a, sources, 16);
    uint32_t seed = 2463534242u;
    (void)state;
    for (int round = 0; round < ROUNDS; round++) {
        struct ct_sv s = sources[next_random(&seed) % n];
        CT_AUTO_STR out = CT_STR_INIT(CT_SOURCE_MAX);
        uint32_t edits = 1 + next_random(&seed) % 6;
        size_t at = 0;
        for (uint32_t e = 0; e < edits; e++) {
            size_t to = at + next_random(&seed) % (s.n - at + 1);
            ct_str_add_sv(&out, ct_sv_sub(s, at, to - at));
            if (next_random(&seed) % 3)
                ct_str_add_c(&out, pieces[next_random(&seed) % PIECES]);
            else
                to += next_random(&seed) % 9; /* loses some bytes */
            at = to < s.n ? to : s.n;
        }
        ct_str_add_sv(&out, ct_sv_sub(s, at, s.n));
        parse_quietly(ct_str_sv(&out));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_example_of_commonmark_comes_out_as_cmark_renders_it),
        cmocka_unit_test(plain_documents_come_out_as_cmark_renders_them),
        cmocka_unit_test(sections_have_unique_addresses),
        cmocka_unit_test(questions_are_found_by_their_id),
        cmocka_unit_test(file_names_give_number_and_address),
        cmocka_unit_test(links_get_the_addresses_of_the_site),
        cmocka_unit_test(every_prefix_of_a_source_is_read),
        cmocka_unit_test(long_files_of_one_shape_are_read_in_time),
        cmocka_unit_test(mutations_of_a_source_are_read),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
