/*
 * glossary.md: what is read from it, what the checker says about it, and how it stands beside the
 * other files of a folder. Links from texts are in test_term_link.c.
 */
#include "course/course_test.h"

#include "course/temp_dir.h"

#include "../../../server/course/glossary_priv.h"

#include "ct/base/limits.h"
#include "ct/course/mend.h"

#include "ct/base/banned.h"

#define SOURCE "\n> **Source:** a\n"
#define TERM_A "## Term: A\n\nb\n" SOURCE

struct read {
    struct ct_arena arena;
    struct ct_problems problems;
    struct ct_glossary g;
};

static void parse(struct read *r, const char *source, const char *lang)
{
    memset(r, 0, sizeof *r);
    r->problems.arena = &r->arena;
    struct ct_module_context ctx = {.lang = ct_sv_c(lang)};
    ct_glossary_parse(&r->arena, ct_sv_c(source), CT_SV("glossary.md"), &ctx, &r->problems, &r->g);
    ct_problems_sort(&r->problems);
}

static void faults_are_told_with_their_lines(void **state)
{
    static const struct {
        const char *name, *source, *codes;
    } cases[] = {
        {"a term", TERM_A, ""},
        {"with front matter", "---\ntitle: G\nlang: en\n---\n" TERM_A, ""},
        {"an introduction with a heading", "# Glossary\n\nHello.\n\n" TERM_A, ""},
        {"nothing at all", "", ""},
        {"only an introduction", "Hello.\n", ""},
        {"--- between two terms", TERM_A "\n---\n\n## Term: B\n\nc\n" SOURCE, ""},
        {"terms of other levels", "# Term: A\n\nb\n" SOURCE "\n### Term: B\n\nc\n" SOURCE, ""},
        {"two sources", TERM_A "\n> **Source:** c\n", ""},
        {"E03 an unknown key", "---\ntitle: G\npass: 80%\n---\n" TERM_A, "E03:3"},
        {"E04 a language that nobody knows", "---\nlang: fr\n---\n" TERM_A, "E04:2"},
        {"E01 not UTF-8", "\xff\n", "E01:1"},
        {"E09 without a name", "## Term:\n\nb\n" SOURCE, "E09:1"},
        {"E26 a question above the terms",
         "### Question: Q\n\na\n\n- (x) b\n- ( ) c\n\n---\n\n" TERM_A, "E26:1"},
        {"E50 an empty spelling", "## Term: A\n\n`also: `\n\nb\n" SOURCE, "E50:3"},
        {"E50 a spelling without letters", "## Term: A\n\n`also: --`\n\nb\n" SOURCE, "E50:3"},
        {"E51 another setting", "## Term: A\n\n`id: a`\n\nb\n" SOURCE, "E51:3"},
        {"E51 a misspelt one", "## Term: A\n\n`allso: c`\n\nb\n" SOURCE, "E51:3"},
        {"E76 two terms of a name", TERM_A "\n## Term: A\n\nb\n" SOURCE, "E76:7"},
        {"E76 in other capitals", TERM_A "\n## Term: a\n\nb\n" SOURCE, "E76:7"},
        {"E76 a spelling of another", TERM_A "\n## Term: B\n\n`also: A`\n\nb\n" SOURCE, "E76:9"},
        {"E76 its own name", "## Term: A\n\n`also: A`\n\nb\n" SOURCE, "E76:3"},
        {"E76 blanks are one", "## Term: A b\n\n`also: a  b`\n\nb\n" SOURCE, "E76:3"},
        {"E77 no definition", "## Term: A\n" SOURCE, "E77:1"},
        {"E77 only settings", "## Term: A\n\n`also: b`\n" SOURCE, "E77:1"},
        {"W78 no source", "## Term: A\n\nb\n", "W78:1"},
        {"W78 a quote without the label", "## Term: A\n\nb\n\n> Source: c\n", "W78:1"},
        {"E21 a label that is not bold", "## Term: A\n\nb\n\n> **Source:**c\n", "W78:1 E21:5"},
        {"E79 a heading between terms", TERM_A "\n## B\n\nc\n\n" TERM_A, "E79:7 E76:11"},
        {"E79 a heading in a definition", "## Term: A\n\nb\n\n### More\n\nc\n" SOURCE,
         "W78:1 E79:5"},
        {"E79 a question between terms", TERM_A "\n### Question: Q\n\nWhy?\n\n- (x) c\n", "E79:7"},
        {"E79 a text behind ---", TERM_A "\n---\n\nlost\n", "E79:9"},
    };
    (void)state;
    CT_EACH (c, cases) {
        struct read r;
        parse(&r, c->source, "en");
        CT_EQ_SV(c->name, test_codes(&r.arena, &r.problems), ct_sv_c(c->codes));
        ct_arena_release(&r.arena);
    }
}

static void two_of_a_name_are_told_with_the_other_line(void **state)
{
    struct read r;
    (void)state;
    parse(&r, TERM_A "\n## Term: B\n\n`also: a`\n\nb\n" SOURCE, "en");
    CT_EQ_I64("one problem", r.problems.n, 1);
    assert_true(ct_sv_search(r.problems.items[0].text, CT_SV("on line 1")) != SIZE_MAX);
    ct_arena_release(&r.arena);
}

static void a_heading_between_terms_is_offered_as_one(void **state)
{
    struct read r;
    (void)state;
    parse(&r, TERM_A "\n## B\n\nc\n" SOURCE, "en");
    CT_EQ_I64("one problem", r.problems.n, 1);
    const struct ct_mend *mend = r.problems.items[0].mend;
    assert_non_null(mend);
    CT_EQ_SV("the heading", mend->text, CT_SV("## Term: B"));
    assert_false(mend->safe);
    ct_arena_release(&r.arena);
}

static void a_term_has_its_parts(void **state)
{
    struct read r;
    (void)state;
    parse(
        &r,
        "---\ntitle: Our words\n---\nHello.\n\n## Term: *Zebra*\n\n`also: zorse`, `also: Z`\n\n"
        "A *striped* animal.\n\n> **Note:** It runs.\n\n> **Source:** A [book](https://a.org).\n\n"
        "## Term: Ñu\n\nAn animal.\n" SOURCE "\n## Term: apple\n\nA fruit.\n" SOURCE,
        "en");
    CT_EQ_I64("no problems", r.problems.n, 0);
    CT_EQ_SV("title", r.g.title, CT_SV("Our words"));
    CT_EQ_SV("introduction", r.g.intro[0].html, CT_SV("<p>Hello.</p>\n"));
    CT_EQ_I64("terms", r.g.n_terms, 3);
    CT_EQ_SV("by name", r.g.terms[0]->name, CT_SV("apple"));
    CT_EQ_SV("without accents", r.g.terms[1]->name, CT_SV("Ñu"));
    const struct ct_term *t = r.g.terms[2];
    CT_EQ_SV("name", t->name, CT_SV("Zebra"));
    CT_EQ_SV("with its marks", t->title_html, CT_SV("<em>Zebra</em>"));
    CT_EQ_SV("anchor", t->anchor, CT_SV("term-zebra"));
    CT_EQ_I64("line", t->line, 6);
    CT_EQ_I64("spellings", t->n_also, 2);
    CT_EQ_SV("the second", t->also[1], CT_SV("Z"));
    CT_EQ_I64("definition", t->n_definition, 2);
    CT_EQ_SV("its text", t->definition[0].html, CT_SV("<p>A <em>striped</em> animal.</p>\n"));
    CT_EQ_I64("and note", t->definition[1].kind, CT_BLOCK_NOTE);
    CT_EQ_SV("source", t->source_html, CT_SV("A <a href=\"https://a.org\">book</a>."));
    CT_EQ_SV("in a preview it can be led to", r.g.blocks[1].html,
             CT_SV("<h2><a class=\"term-here\" id=\"term-zebra\" "
                   "href=\"#term-zebra\"><em>Zebra</em></a></h2>\n"));
    ct_arena_release(&r.arena);
}

static void spellings_are_shown_as_readers_see_them(void **state)
{
    struct read r;
    (void)state;
    parse(&r,
          "## Term: A\n\n`also: B & C` `also: D`\n\nb\n" SOURCE
          "\n## Term: E\n\n`id: e`\n\nf\n" SOURCE,
          "en");
    CT_EQ_SV("no settings", r.g.blocks[1].html,
             CT_SV("<p class=\"term-also\">Also: <span>B &amp; C</span> <span>D</span></p>\n"));
    CT_EQ_I64("at their line", r.g.blocks[1].line, 3);
    CT_EQ_SV("what is none stays as it was written", r.g.blocks[5].html,
             CT_SV("<p><code>id: e</code></p>\n"));
    ct_arena_release(&r.arena);
}

static void each_source_is_kept_and_shown(void **state)
{
    struct read r;
    (void)state;
    parse(&r, "## Term: A\n\nb\n" SOURCE "\n<!-- -->\n\n> **Source:** c\n", "en");
    CT_EQ_SV("in one line", r.g.terms[0]->source_html, CT_SV("a; c"));
    CT_EQ_I64("heading, definition and both", r.g.n_blocks, 4);
    assert_true(ct_sv_search(r.g.blocks[2].html, CT_SV("a</p>")) != SIZE_MAX);
    assert_true(ct_sv_search(r.g.blocks[3].html, CT_SV("c</p>")) != SIZE_MAX);
    ct_arena_release(&r.arena);
}

static void it_may_be_written_in_spanish(void **state)
{
    struct read r;
    (void)state;
    parse(&r,
          "## Término: Niñez\n\n`also: infancia`\n\nTexto.\n\n> **Fuente:** un libro\n\n"
          "## Termino: Ley\n\nTexto.\n\n> **Source:** un libro\n",
          "es");
    CT_EQ_I64("no problems", r.problems.n, 0);
    CT_EQ_SV("its title", r.g.title, CT_SV("Glosario"));
    CT_EQ_I64("terms", r.g.n_terms, 2);
    CT_EQ_SV("the second", r.g.terms[1]->name, CT_SV("Niñez"));
    ct_arena_release(&r.arena);
}

static void names_of_one_address_get_their_own(void **state)
{
    struct read r;
    (void)state;
    parse(&r, "## Term: A b\n\nb\n" SOURCE "\n## Term: A-b\n\nc\n" SOURCE, "en");
    CT_EQ_I64("no problems", r.problems.n, 0);
    assert_false(ct_sv_eq(r.g.terms[0]->anchor, r.g.terms[1]->anchor));
    ct_arena_release(&r.arena);
}

static void there_is_a_limit(void **state)
{
    CT_AUTO_STR source = CT_STR_INIT(1024 * 1024);
    struct read r;
    (void)state;
    for (int i = 0; i <= CT_TERMS_MAX; i++)
        ct_str_addf(&source, "## Term: T%d\n\nb\n" SOURCE "\n", i);
    parse(&r, source.p, "en");
    CT_EQ_I64("terms", r.g.n_terms, CT_TERMS_MAX);
    CT_EQ_I64("one problem", r.problems.n, 1);
    CT_EQ_STR("over the limit", r.problems.items[0].code, "E35");
    ct_arena_release(&r.arena);
}

/* ---- in a folder ---- */

static struct ct_sv html_of_first(const struct ct_catalogue *cat)
{
    return cat->courses[0].modules[0]->sections[0].blocks[0].html;
}

static void all_texts_of_a_folder_lead_to_it(void **state)
{
    struct temp_dir t;
    (void)state;
    temp_content(&t);
    temp_write(&t, "glossary.md",
               "## Term: text\n\nb\n" SOURCE "\n## Term: Welcome\n\nc\n" SOURCE
               "\n## Term: Introduction\n\nd\n" SOURCE);
    struct ct_catalogue *cat = test_load(t.path);
    CT_EQ_I64("no problems", cat->problems.n, 0);
    CT_EQ_I64("terms", cat->glossary->n_terms, 3);
    CT_EQ_SV("its path", cat->glossary->path, CT_SV("glossary.md"));
    CT_EQ_SV("a module", html_of_first(cat),
             CT_SV("<p><a class=\"term\" id=\"use-1\" href=\"#term-text\">text</a></p>\n"));
    CT_EQ_I64("course.md", cat->courses[0].intro[0].n_uses, 1);
    CT_EQ_I64("curriculum.md", cat->front[0].n_uses, 1);

    CT_AUTO_ARENA a = CT_ARENA_INIT;
    const struct ct_module *again;
    const struct ct_module *m = cat->courses[0].modules[0];
    CT_OK_("again", ct_course_reparse(&a, cat, &cat->courses[0], m->source, m->path, &again, NULL),
           NULL);
    CT_EQ_I64("an older text", again->sections[0].blocks[0].n_uses, 1);

    struct ct_problems problems = {.arena = &a};
    const struct ct_module *draft;
    const struct ct_block *blocks;
    size_t n;
    CT_OK_("check",
           ct_check_source(&problems, t.path, cat, m->path, m->source, &draft, &blocks, &n, NULL),
           NULL);
    CT_EQ_I64("a draft", draft->sections[0].blocks[0].n_uses, 1);
    CT_OK_("check",
           ct_check_source(&problems, t.path, cat, CT_SV("glossary.md"), CT_SV("## Term: A\n"),
                           &draft, &blocks, &n, NULL),
           NULL);
    CT_EQ_SV("a draft of the glossary", test_codes(&a, &problems), CT_SV("E77:1 W78:1"));
    CT_EQ_I64("as blocks", n, 1);
    ct_catalogue_free(cat);
    temp_remove(&t);
}

static struct ct_sv old_glossary(void *arg, struct ct_arena *a, struct ct_sv path)
{
    (void)arg;
    (void)a;
    return ct_sv_eq_c(path, "glossary.md") ? CT_SV("## Term: text\n\nold\n" SOURCE) : CT_SV_NULL;
}

static void a_broken_one_keeps_its_last_good_text(void **state)
{
    static const struct {
        const char *name, *source;
        bool kept, linked;
    } cases[] = {
        {"broken, and published before", "## Term: text\n" SOURCE, true, true},
        {"broken, and never published", "## Term: text\n" SOURCE, false, false},
        {"with a warning", "## Term: text\n\nb\n", false, true},
        {"gone, though published before", NULL, true, false},
    };
    (void)state;
    CT_EACH (c, cases) {
        struct temp_dir t;
        struct ct_catalogue *cat = NULL;
        temp_content(&t);
        if (c->source)
            temp_write(&t, "glossary.md", c->source);
        struct ct_loader l = {.dir = t.path, .last_good = c->kept ? old_glossary : NULL};
        CT_OK_(c->name, ct_catalogue_load(&l, &cat, NULL), NULL);
        CT_EQ_I64(c->name, cat->glossary != NULL, c->linked);
        CT_EQ_I64(c->name, ct_sv_search(html_of_first(cat), CT_SV("term-text")) != SIZE_MAX,
                  c->linked);
        ct_catalogue_free(cat);
        temp_remove(&t);
    }
}

static void a_file_that_is_checked_alone_finds_it(void **state)
{
    CT_AUTO_ARENA a = CT_ARENA_INIT;
    struct ct_problems problems = {.arena = &a};
    struct ct_disciplines d;
    struct ct_module *m;
    struct temp_dir t;
    size_t files;
    (void)state;
    temp_content(&t);
    temp_write(&t, "glossary.md", "## Term: text\n\nb\n");
    CT_OK_("load",
           ct_module_load(&a, ct_arena_printf(&a, "%s/first/02-start.md", t.path).p, &d, &problems,
                          &m, NULL),
           NULL);
    CT_EQ_I64("its link", m->sections[0].blocks[0].n_uses, 1);
    CT_EQ_I64("its problems are its own", problems.n, 0);
    CT_OK_("check",
           ct_check_path(&problems, ct_arena_printf(&a, "%s/glossary.md", t.path).p, NULL, &files,
                         NULL),
           NULL);
    CT_EQ_SV("the glossary alone", test_codes(&a, &problems), CT_SV("W78:1"));
    temp_write(&t, "first/glossary.md", "## Term: text\n");
    problems = (struct ct_problems){.arena = &a};
    CT_OK_("check", ct_check_path(&problems, t.path, NULL, &files, NULL), NULL);
    CT_EQ_SV("one in a course is no file of it", test_codes(&a, &problems), CT_SV("W38:1 W78:1"));
    temp_remove(&t);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(faults_are_told_with_their_lines),
        cmocka_unit_test(two_of_a_name_are_told_with_the_other_line),
        cmocka_unit_test(a_heading_between_terms_is_offered_as_one),
        cmocka_unit_test(a_term_has_its_parts),
        cmocka_unit_test(spellings_are_shown_as_readers_see_them),
        cmocka_unit_test(each_source_is_kept_and_shown),
        cmocka_unit_test(it_may_be_written_in_spanish),
        cmocka_unit_test(names_of_one_address_get_their_own),
        cmocka_unit_test(there_is_a_limit),
        cmocka_unit_test(all_texts_of_a_folder_lead_to_it),
        cmocka_unit_test(a_broken_one_keeps_its_last_good_text),
        cmocka_unit_test(a_file_that_is_checked_alone_finds_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
