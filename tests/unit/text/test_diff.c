/*
 * test_diff.c: lines and words that differ, as people read them; texts made to take long; merging.
 */
#include "ct/text/diff.h"

#include <time.h>

#include "ct/base/limits.h"
#include "ct/base/str.h"
#include "ct_test.h"

#include "ct/base/banned.h"

#include "ct/base/banned.h"

/* A difference as text: "  " same, "- " out, "+ " in, "..." a gap; words that are gone or new in [
 * ].
 */
static struct ct_sv written(struct ct_arena *a, const struct ct_diff *d)
{
    struct ct_str out = CT_STR_INIT(1 << 20);
    struct ct_sv text;

    for (size_t i = 0; i < d->n; i++) {
        const struct ct_diff_line *line = &d->lines[i];
        bool marks = line->n_spans > 1 || line->spans[0].kind != line->kind;

        ct_str_add_c(&out, line->gap_before ? "...\n" : "");
        ct_str_add_c(&out, line->kind == CT_DIFF_OUT ? "-" : line->kind == CT_DIFF_IN ? "+" : " ");
        for (size_t k = 0; k < line->n_spans; k++) {
            bool mark = marks && line->spans[k].kind != CT_DIFF_SAME;

            ct_str_add_c(&out, mark ? "[" : "");
            ct_str_add_sv(&out, line->spans[k].text);
            ct_str_add_c(&out, mark ? "]" : "");
        }
        ct_str_add_c(&out, "\n");
    }
    text = ct_arena_dup(a, ct_str_sv(&out));
    ct_str_release(&out);
    return text;
}

/* What must hold of every difference: spans make up the line, numbers rise, lines are the texts'.
 */
static void check_sane(const char *name, const struct ct_diff *d)
{
    int before = 0, after = 0;
    size_t n_in = 0, n_out = 0;

    for (size_t i = 0; i < d->n; i++) {
        const struct ct_diff_line *line = &d->lines[i];
        size_t n = 0;

        assert_true(line->n_spans >= 1);
        for (size_t k = 0; k < line->n_spans; k++) {
            assert_true(line->spans[k].kind == CT_DIFF_SAME || line->spans[k].kind == line->kind);
            n += line->spans[k].text.n;
        }
        CT_EQ_I64(name, n, line->text.n);
        CT_EQ_I64(name, line->before > 0, line->kind != CT_DIFF_IN);
        CT_EQ_I64(name, line->after > 0, line->kind != CT_DIFF_OUT);
        assert_true(line->before == 0 || line->before > before);
        assert_true(line->after == 0 || line->after > after);
        before = line->before > 0 ? line->before : before;
        after = line->after > 0 ? line->after : after;
        n_in += line->kind == CT_DIFF_IN;
        n_out += line->kind == CT_DIFF_OUT;
    }
    CT_EQ_I64(name, n_in, d->n_in);
    CT_EQ_I64(name, n_out, d->n_out);
}

static const struct lines_case {
    const char *name, *before, *after, *want;
    size_t context;
} lines_cases[] = {
    {"texts that are the same differ in nothing", "a\nb\n", "a\nb\n", "", 3},
    {"and are shown whole when all lines are wanted", "a\nb\n", "a\nb\n", " a\n b\n", SIZE_MAX},
    {"two empty texts are the same", "", "", "", 3},
    {"everything is new in a new text", "", "a\n\nb\n", "+a\n+\n+b\n", 3},
    {"everything is gone from an emptied text", "a\nb", "", "-a\n-b\n", 3},
    {"line ends do not count", "a\r\nb\r\n", "a\nb\n", "", 3},
    {"a last line without its end does not count", "a\nb", "a\nb\n", "", 3},
    {"an empty line at the end does", "a\n", "a\n\n", " a\n+\n", 3},
    {"a new line in the middle", "a\nb\n", "a\nx\nb\n", " a\n+x\n b\n", 3},
    {"two blanks at a line's end are a line break, so they count", "a\n", "a  \n", "-a\n+a[  ]\n",
     0},
    {"lines further away are left out", "1\n2\n3\n4\n5\n6\n7\n8\n", "1\n2\n3\n4\nx\n6\n7\n8\n",
     "...\n 4\n-5\n+x\n 6\n", 1},
    {"with no lines around, only what differs", "1\n2\n3\n4\n", "1\nx\n3\ny\n",
     "...\n-2\n+x\n...\n-4\n+y\n", 0},
    {"surroundings that touch are told once", "1\n2\n3\n4\n5\n", "x\n2\n3\n4\ny\n",
     "-1\n+x\n 2\n 3\n 4\n-5\n+y\n", 2},
    {"one line between surroundings is a gap", "1\n2\n3\n4\n5\n", "x\n2\n3\n4\ny\n",
     "-1\n+x\n 2\n...\n 4\n-5\n+y\n", 1},
    {"the first line differs", "a\nb\nc\n", "x\nb\nc\n", "-a\n+x\n b\n", 1},
    {"a word in a line", "She says she is 19 and wants to leave.\n",
     "She says she is 18 and wants to leave.\n",
     "-She says she is [19] and wants to leave.\n+She says she is [18] and wants to leave.\n", 3},
    {"words side by side are one change", "Call the hotline by noon today.\n",
     "Call the hotline within one hour.\n",
     "-Call the hotline [by noon today].\n+Call the hotline [within one hour].\n", 3},
    {"a line wrapped elsewhere shows no new words", "one two three four\nfive six seven\n",
     "one two three\nfour five six seven\n",
     "-one two three four\n-five six seven\n+one two three\n+four five six seven\n", 3},
    {"lines with hardly a word in common are told whole", "the cat sat on a mat\n",
     "prosecutors file charges on evidence\n",
     "-the cat sat on a mat\n+prosecutors file charges on evidence\n", 3},
    {"a sign is a piece of its own", "Go to her now.\n", "Go to her now!\n",
     "-Go to her now[.]\n+Go to her now[!]\n", 3},
    {"a word more", "one two four five\n", "one two three four five\n",
     "-one two four five\n+one two [three ]four five\n", 3},
    {"accents stay in one piece", "La señal más común\n", "La señal menos común\n",
     "-La señal [más] común\n+La señal [menos] común\n", 3},
};

static void lines_that_differ(void **state)
{
    (void)state;
    CT_EACH (c, lines_cases) {
        CT_AUTO_ARENA a = CT_ARENA_INIT;
        struct ct_diff d;
        struct ct_err err = CT_ERR_INIT;

        CT_OK_(c->name,
               ct_diff_lines(&a, ct_sv_c(c->before), ct_sv_c(c->after), c->context, &d, &err),
               &err);
        check_sane(c->name, &d);
        CT_EQ_SV(c->name, written(&a, &d), ct_sv_c(c->want));
    }
}

static void lines_know_their_numbers(void **state)
{
    CT_AUTO_ARENA a = CT_ARENA_INIT;
    struct ct_diff d;
    struct ct_err err = CT_ERR_INIT;

    (void)state;
    CT_OK_("", ct_diff_lines(&a, CT_SV("a\nb\nc\nd\n"), CT_SV("a\nx\ny\nc\nd\n"), 1, &d, &err),
           &err);
    CT_EQ_I64("lines", d.n, 5);
    CT_EQ_I64("same before", d.lines[0].before, 1);
    CT_EQ_I64("same after", d.lines[0].after, 1);
    CT_EQ_I64("out before", d.lines[1].before, 2);
    CT_EQ_I64("out after", d.lines[1].after, 0);
    CT_EQ_I64("in before", d.lines[3].before, 0);
    CT_EQ_I64("in after", d.lines[3].after, 3);
    CT_EQ_I64("behind before", d.lines[4].before, 3);
    CT_EQ_I64("behind after", d.lines[4].after, 4);
}

static const struct merge_case {
    const char *name, *base, *ours, *theirs, *want; /* NULL: both changed the same place */
} merge_cases[] = {
    {"nobody changed anything", "a\nb\n", "a\nb\n", "a\nb\n", "a\nb\n"},
    {"only we did", "a\nb\n", "a\nx\n", "a\nb\n", "a\nx\n"},
    {"only they did", "a\nb\n", "a\nb\n", "x\nb\n", "x\nb\n"},
    {"different places", "a\nb\nc\nd\n", "x\nb\nc\nd\n", "a\nb\nc\ny\n", "x\nb\nc\ny\n"},
    {"the same change", "a\nb\n", "a\nx\n", "a\nx\n", "a\nx\n"},
    {"the same line, differently", "a\nb\nc\n", "a\nx\nc\n", "a\ny\nc\n", NULL},
    {"two new files that differ", "", "a\n", "b\n", NULL},
    {"one took out what the other changed", "a\nb\nc\n", "a\nc\n", "a\nx\nc\n", NULL},
    {"a browser's line ends do not count", "a\nb\nc\nd\n", "x\r\nb\r\nc\r\nd\r\n", "a\nb\nc\ny\n",
     "x\nb\nc\ny\n"},
    {"a file's own line ends stay", "a\r\nb\r\nc\r\n", "x\nb\nc\n", "a\r\nb\r\ny\r\n",
     "x\r\nb\r\ny\r\n"},
    {"no end is put behind a last line that had none", "a\nb\nc", "x\nb\nc", "a\nb\ny", "x\nb\ny"},
    {"what looks like git's marks is only text", "a\n\n\nb\n", "<<<<<<<\n\n\nb\n",
     "a\n\n\n=======\n", "<<<<<<<\n\n\n=======\n"},
};

static void edits_come_together(void **state)
{
    (void)state;
    CT_EACH (c, merge_cases) {
        CT_AUTO_ARENA a = CT_ARENA_INIT;
        struct ct_sv merged = CT_SV_NULL;
        struct ct_err err = CT_ERR_INIT;
        int r = ct_diff_merge(&a, ct_sv_c(c->base), ct_sv_c(c->ours), ct_sv_c(c->theirs), &merged,
                              &err);

        CT_EQ_I64(c->name, r, c->want ? CT_OK : CT_CONFLICT);
        CT_EQ_SV(c->name, merged, ct_sv_c(c->want));
    }
}

/* ---- Texts made to take long ---- */

/* `n` bytes of lines or words of `length` letters out of `letters`, by a generator of numbers. */
static struct ct_sv noise(struct ct_arena *a, size_t n, size_t length, unsigned letters, char end,
                          uint64_t seed)
{
    char *p = ct_arena_alloc(a, n);

    for (size_t i = 0; i < n; i++) {
        seed = seed * 6364136223846793005u + 1442695040888963407u;
        p[i] = (char)('a' + (seed >> 33) % letters);
        if (i % (length + 1) == length)
            p[i] = end;
    }
    return ct_sv_n(p, n);
}

static const struct noise_case {
    const char *name;
    size_t length;
    unsigned letters;
    char end;
} noise_cases[] = {
    {"half a million lines of two letters", 1, 2, '\n'},
    {"half a million lines of all letters", 1, 26, '\n'},
    {"lines of three letters", 3, 16, '\n'},
    {"lines of a sentence", 60, 26, '\n'},
    {"half a million words in one line", 1, 2, ' '},
    {"nothing but line ends and letters", 2, 1, '\n'},
};

static double seconds(void)
{
    struct timespec t;

    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

/* Far above what it takes (a second at most under AddressSanitizer), far below what libgit2 alone
 * would. */
enum { SECONDS_MAX = 10 };

static void hostile_texts_take_bounded_time(void **state)
{
    (void)state;
    CT_EACH (c, noise_cases) {
        CT_AUTO_ARENA a = CT_ARENA_INIT;
        struct ct_sv x = noise(&a, CT_SOURCE_MAX, c->length, c->letters, c->end, 1);
        struct ct_sv y = noise(&a, CT_SOURCE_MAX, c->length, c->letters, c->end, 2), merged;
        struct ct_diff d;
        struct ct_err err = CT_ERR_INIT;
        double began = seconds();

        CT_OK_(c->name, ct_diff_lines(&a, x, y, 3, &d, &err), &err);
        (void)ct_diff_merge(&a, x, y, ct_sv_sub(x, 2, SIZE_MAX), &merged, NULL);
        assert_true(seconds() - began < SECONDS_MAX);
        check_sane(c->name, &d);
    }
}

static void a_change_in_a_long_text_is_found(void **state)
{
    CT_AUTO_ARENA a = CT_ARENA_INIT;
    struct ct_sv x = noise(&a, CT_SOURCE_MAX, 1, 26, '\n', 1);
    char *p = ct_arena_cstr(&a, x);
    struct ct_diff d;
    struct ct_err err = CT_ERR_INIT;

    (void)state;
    p[x.n / 2] = 'A';
    CT_OK_("", ct_diff_lines(&a, x, ct_sv_n(p, x.n), 0, &d, &err), &err);
    CT_EQ_I64("one line", d.n_in + d.n_out, 2);
    CT_EQ_I64("its number", d.lines[1].after, (int64_t)x.n / 4 + 1);
}

static void over_the_limit_is_refused(void **state)
{
    CT_AUTO_ARENA a = CT_ARENA_INIT;
    struct ct_sv big = ct_sv_n(ct_arena_alloc(&a, CT_SOURCE_MAX + 1), CT_SOURCE_MAX + 1);
    struct ct_sv small = CT_SV("a\n"), text;
    struct ct_diff d;

    (void)state;
    CT_EQ_I64("lines", ct_diff_lines(&a, small, big, 3, &d, NULL), CT_TOO_BIG);
    CT_EQ_I64("base", ct_diff_merge(&a, big, small, small, &text, NULL), CT_TOO_BIG);
    CT_EQ_I64("ours", ct_diff_merge(&a, small, big, small, &text, NULL), CT_TOO_BIG);
    CT_EQ_I64("theirs", ct_diff_merge(&a, small, small, big, &text, NULL), CT_TOO_BIG);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lines_that_differ),
        cmocka_unit_test(lines_know_their_numbers),
        cmocka_unit_test(edits_come_together),
        cmocka_unit_test(hostile_texts_take_bounded_time),
        cmocka_unit_test(a_change_in_a_long_text_is_found),
        cmocka_unit_test(over_the_limit_is_refused),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
