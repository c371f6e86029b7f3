/*
 * Lifting questions: each tests/md/course/NAME.md against NAME.txt, a dump of all that was read and
 * the problems. `CT_UPDATE_GOLDENS=1` writes the dumps anew, to be read in review.
 */
#include "course/course_test.h"

#include "ct/base/file.h"
#include "ct/base/limits.h"

#include <stdio.h>

#include "ct/base/banned.h"

#define FOLDER CT_SOURCE_DIR "/tests/md/course"

static void write_golden(const char *path, struct ct_sv text)
{
    FILE *f = fopen(path, "wb");
    assert_non_null(f);
    assert_int_equal(fwrite(text.p, 1, text.n, f), text.n);
    assert_int_equal(fclose(f), 0);
}

static void check_golden(struct ct_arena *a, struct ct_sv name)
{
    struct ct_err err = CT_ERR_INIT;
    struct ct_sv source, want = CT_SV("");
    struct parsed p;
    const char *path = ct_path_join(a, FOLDER, name);
    CT_OK_(path, ct_file_read(a, path, CT_SOURCE_MAX, &source, &err), &err);
    test_parse(&p, source, ct_arena_cstr(a, name), "en", false);
    struct ct_sv got = test_dump(&p);
    const char *golden = ct_arena_printf(a, "%.*stxt", (int)strlen(path) - 2, path).p;
    if (getenv("CT_UPDATE_GOLDENS"))
        write_golden(golden, got);
    CT_OK_(golden, ct_file_read(a, golden, CT_SOURCE_MAX, &want, &err), &err);
    CT_EQ_SV(path, got, want);
    test_release(&p);
}

static void every_golden_is_read_as_it_was(void **state)
{
    CT_AUTO_ARENA a = CT_ARENA_INIT;
    struct ct_err err = CT_ERR_INIT;
    struct ct_dir_entry *entries;
    size_t n = 0, n_checked = 0;
    (void)state;
    CT_OK_(FOLDER, ct_dir_list(&a, FOLDER, 1000, &entries, &n, &err), &err);
    for (size_t i = 0; i < n; i++) {
        if (!ct_sv_ends(entries[i].name, CT_SV(".md")))
            continue;
        check_golden(&a, entries[i].name);
        n_checked++;
    }
    assert_true(n_checked >= 5);
}

/* The question of "# T / ## S / body". */
static const struct ct_question *question_of(struct parsed *p, const char *body)
{
    CT_AUTO_STR source = CT_STR_INIT(100000);
    ct_str_addf(&source, "# T\n\n## S\n\n%s", body);
    test_parse(p, ct_str_sv(&source), "01-a.md", "en", false);
    assert_true(p->module->n_practice > 0);
    return p->module->practice[0];
}

static void a_question_has_defaults(void **state)
{
    struct parsed p;
    (void)state;
    const struct ct_question *q =
        question_of(&p, "### Question: What *now*, then?\n\n- (x) a\n- ( ) b\n");
    CT_EQ_SV("id", q->id, CT_SV("what-now-then"));
    CT_EQ_I64("id given", q->id_given, false);
    CT_EQ_SV("title", q->title, CT_SV("What now, then?"));
    CT_EQ_SV("title html", q->title_html, CT_SV("What <em>now</em>, then?"));
    CT_EQ_I64("points", q->points, 1);
    CT_EQ_I64("shuffled", q->shuffle, true);
    CT_EQ_I64("all or nothing", q->each, false);
    CT_EQ_I64("asked of all", q->disciplines, CT_DISC_ALL);
    CT_EQ_I64("line", q->line, 5);
    CT_EQ_I64("no feedback is null", q->options[0].feedback_html.p == NULL, true);
    test_release(&p);
}

static void settings_may_stand_anywhere_and_be_folded(void **state)
{
    struct parsed p;
    (void)state;
    const struct ct_question *q =
        question_of(&p, "### Question: Q\n\n- [x] a\n- [ ] b\n\n`points:\xc2\xa0"
                        "3`,\n`scoring: each`  \n`shuffle: no` `id: the-id`\n");
    CT_EQ_I64("points", q->points, 3);
    CT_EQ_I64("each", q->each, true);
    CT_EQ_I64("shuffle", q->shuffle, false);
    CT_EQ_SV("id", q->id, CT_SV("the-id"));
    CT_EQ_I64("problems", p.problems.n, 0);
    test_release(&p);
}

static void a_mistake_in_a_list_still_gives_all_options(void **state)
{
    static const struct {
        const char *name, *body;
        size_t n;
        const char *feedback;
    } cases[] = {
        {"feedback not indented", "- (x) a\n> Yes.\n- ( ) b\n", 2, "<p>Yes.</p>\n"},
        {"two bullets", "- (x) a\n* ( ) b\n- ( ) c\n", 3, ""},
        {"a mark without a blank", "- (x)a\n- ( ) b\n", 2, ""},
    };
    (void)state;
    CT_EACH (c, cases) {
        CT_AUTO_STR body = CT_STR_INIT(1000);
        struct parsed p;
        ct_str_addf(&body, "### Question: Q\n\n%s", c->body);
        const struct ct_question *q = question_of(&p, body.p);
        CT_EQ_I64(c->name, q->n_options, c->n);
        CT_EQ_SV(c->name, q->options[0].plain, CT_SV("a"));
        CT_EQ_I64(c->name, q->options[0].right, true);
        CT_EQ_SV(c->name, q->options[0].feedback_html, ct_sv_c(c->feedback));
        assert_true(p.problems.n_errors > 0);
        test_release(&p);
    }
}

static void options_are_full_markdown(void **state)
{
    struct parsed p;
    (void)state;
    const struct ct_question *q =
        question_of(&p, "### Question: Q\n\n- (x) *a* `b`\n- ( ) c\n\n  d\n\n  - e\n");
    CT_EQ_SV("inline", q->options[0].html, CT_SV("<em>a</em> <code>b</code>"));
    CT_EQ_SV("plain", q->options[0].plain, CT_SV("a b"));
    CT_EQ_SV("blocks", q->options[1].html, CT_SV("<p>c</p>\n<p>d</p>\n<ul>\n<li>e</li>\n</ul>\n"));
    test_release(&p);
}

static void pieces_of_a_text_with_gaps_join_to_its_html(void **state)
{
    struct parsed p;
    CT_AUTO_STR joined = CT_STR_INIT(10000);
    (void)state;
    const struct ct_question *q = question_of(
        &p,
        "### Fill in: Q\n\nA `b` & *c `d`*.\n\n> She said `e`.\n\n> **Note:** `f` is no gap.\n");
    CT_EQ_I64("gaps", q->n_gaps, 3);
    for (size_t i = 0; i < q->n_gaps; i++) {
        ct_str_add_sv(&joined, q->gaps[i].before_html);
        ct_str_addf(&joined, "[%.*s]", CT_SV_ARG(q->gaps[i].accepted[0]));
    }
    ct_str_add_sv(&joined, q->after_html);
    CT_EQ_STR("html", joined.p,
              "<p>A [b] &amp; <em>c [d]</em>.</p>\n<blockquote>\n<p>She said [e].</p>\n"
              "</blockquote>\n");
    CT_EQ_I64("the note is in the stem", q->n_stem, 1);
    test_release(&p);
}

static void a_question_in_a_passage_is_asked_of_its_disciplines(void **state)
{
    struct parsed p;
    (void)state;
    const struct ct_question *q =
        question_of(&p, "> **For judges:** Text.\n>\n> ### Question: Q\n>\n> - (x) a\n> - ( ) b\n");
    CT_EQ_I64("in a quote", q->disciplines, 1024);
    test_release(&p);
    q = question_of(&p, "### For judges: P\n\n#### Question: Q\n\n- (x) a\n- ( ) b\n");
    CT_EQ_I64("below a heading", q->disciplines, 1024);
    test_release(&p);
    q = question_of(&p, "### For judges: P\n\n### Question: Q\n\n- (x) a\n- ( ) b\n");
    CT_EQ_I64("behind a passage", q->disciplines, CT_DISC_ALL);
    test_release(&p);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_golden_is_read_as_it_was),
        cmocka_unit_test(a_question_has_defaults),
        cmocka_unit_test(settings_may_stand_anywhere_and_be_folded),
        cmocka_unit_test(a_mistake_in_a_list_still_gives_all_options),
        cmocka_unit_test(options_are_full_markdown),
        cmocka_unit_test(pieces_of_a_text_with_gaps_join_to_its_html),
        cmocka_unit_test(a_question_in_a_passage_is_asked_of_its_disciplines),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
