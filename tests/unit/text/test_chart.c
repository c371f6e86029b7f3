/*
 * test_chart.c: charts are whole pictures with a name and a sentence, their pieces are as long as
 * the numbers say, and no two series look the same without colours.
 */
#include "ct_test.h"

#include "../../../server/text/svg_priv.h"

#include "ct/base/arena.h"
#include "ct/text/chart.h"

#include "ct/base/banned.h"

/* As CT_SV, where only constants may stand. */
#define TEXT(lit)                                                                                  \
    {                                                                                              \
        lit, sizeof(lit) - 1                                                                       \
    }

static const struct ct_chart_series two[] = {{TEXT("Completed"), 2}, {TEXT("In progress"), 1}};
static const struct ct_sv rows[] = {TEXT("Prosecutors"), TEXT("Judges & <others>")};
static const int64_t numbers[] = {3, 1, 0, 2};

static struct ct_chart chart_of(const int64_t *values, size_t n_labels)
{
    return (struct ct_chart){.id = "c1",
                             .title = CT_SV("How “they” stand & why"),
                             .desc = CT_SV("3 of 4 completed."),
                             .unit = CT_SV("people"),
                             .series = two,
                             .n_series = 2,
                             .labels = rows,
                             .n_labels = n_labels,
                             .values = values};
}

typedef void draw_fn(struct ct_str *out, const struct ct_chart *c);

static void has(const char *name, const struct ct_str *out, const char *wanted)
{
    if (!strstr(out->p, wanted))
        fail_msg("%s: no %s in %s", name, wanted, out->p);
}

static void hasnt(const char *name, const struct ct_str *out, const char *unwanted)
{
    if (strstr(out->p, unwanted))
        fail_msg("%s: %s in %s", name, unwanted, out->p);
}

static size_t count(const struct ct_str *out, const char *what)
{
    size_t n = 0;

    for (const char *p = out->p; (p = strstr(p, what)); p++)
        n++;
    return n;
}

static void is_picture(const char *name, const struct ct_str *out)
{
    CT_AUTO_ARENA a = CT_ARENA_INIT;
    bool is_svg = false;
    int line = 0;
    const char *fault = ct_svg_fault(&a, ct_str_sv(out), &is_svg, &line);

    assert_true(ct_str_ok(out));
    if (fault)
        fail_msg("%s: %s, line %d: %s", name, fault, line, out->p);
    CT_EQ_I64(name, is_svg, true);
}

static const struct {
    const char *name;
    draw_fn *draw;
} kinds[] = {{"bars", ct_chart_bars}, {"lines", ct_chart_lines}};

static void a_chart_is_a_whole_picture_with_a_name_and_a_sentence(void **state)
{
    (void)state;
    CT_EACH (k, kinds) {
        for (size_t n = 0; n <= 2; n++) {
            struct ct_chart c = chart_of(numbers, n);
            CT_AUTO_STR out = CT_STR_INIT(1 << 20);
            k->draw(&out, &c);
            is_picture(k->name, &out);
            has(k->name, &out, "role=\"img\"");
            has(k->name, &out, "aria-labelledby=\"c1-title\"");
            has(k->name, &out, "<title id=\"c1-title\">How “they” stand &amp; why</title>");
            has(k->name, &out, "<desc id=\"c1-desc\">3 of 4 completed.</desc>");
            has(k->name, &out, ">people</text>");
            hasnt(k->name, &out, "style=\"");
            hasnt(k->name, &out, "<script");
        }
    }
}

static void pieces_are_as_long_as_the_numbers_say(void **state)
{
    struct ct_chart c = chart_of(numbers, 2);
    CT_AUTO_STR out = CT_STR_INIT(1 << 20);

    (void)state;
    ct_chart_bars(&out, &c);
    /* The axis ends at four: three quarters, then one; nothing, then a half. */
    has("three of four", &out, "<rect class=\"chart-s2\" x=\"0.00%\" y=\"58\" width=\"75.00%\"");
    has("behind it", &out, "<rect class=\"chart-s1\" x=\"75.00%\" y=\"58\" width=\"25.00%\"");
    has("the second bar", &out, "<rect class=\"chart-s1\" x=\"0.00%\" y=\"106\" width=\"50.00%\"");
    CT_EQ_I64("a sample and a piece; nought is no piece", count(&out, "<rect class=\"chart-s2\""),
              2);
    has("text is escaped", &out, "Judges &amp; &lt;others&gt;");
}

static void a_long_label_goes_on_in_a_line_of_its_own(void **state)
{
    static const struct ct_sv labels[] = {
        TEXT("Alder County Children’s Services: Ongoing services: Guardian ad litem"),
        TEXT("An-office-whose-name-has-no-space-at-which-it-could-go-on"),
        TEXT("Forty characters, which is just a line.."),
    };
    static const int64_t values[] = {3, 1, 0, 2, 1, 1};
    struct ct_chart c = chart_of(values, 3);
    CT_AUTO_STR out = CT_STR_INIT(1 << 20);

    (void)state;
    c.labels = labels;
    ct_chart_bars(&out, &c);
    is_picture("bars", &out);
    has("as much as fits", &out,
        "y=\"51\" class=\"chart-label\">Alder County Children’s Services:<");
    has("the rest", &out, "y=\"69\" class=\"chart-label\">Ongoing services: Guardian ad litem<");
    has("its bar is below", &out, "x=\"0.00%\" y=\"76\" width=\"75.00%\"");
    has("a word stays whole", &out, "y=\"117\" class=\"chart-label\">An-office-whose-name-has-no");
    has("a line that just fits", &out, "y=\"165\" class=\"chart-label\">Forty characters, which");
    has("the picture is higher", &out, "height=\"238\"");
}

static void series_are_told_apart_without_colours(void **state)
{
    CT_AUTO_STR bars = CT_STR_INIT(1 << 20), lines = CT_STR_INIT(1 << 20);
    struct ct_chart_series all[CT_CHART_STYLES];
    int64_t ones[2 * CT_CHART_STYLES] = {0};
    struct ct_chart c = chart_of(ones, 2);
    const char *seen[CT_CHART_STYLES];
    size_t lengths[CT_CHART_STYLES], n = 0;

    (void)state;
    for (unsigned i = 0; i < CT_CHART_STYLES; i++)
        all[i] = (struct ct_chart_series){CT_SV("Of a style"), i};
    for (size_t i = 0; i < 2 * CT_CHART_STYLES; i++)
        ones[i] = 1;
    c.series = all;
    c.n_series = CT_CHART_STYLES;
    ct_chart_bars(&bars, &c);
    is_picture("bars", &bars);
    CT_EQ_I64("all but one have a pattern", count(&bars, "<pattern "), CT_CHART_STYLES - 1);
    ct_chart_lines(&lines, &c);
    is_picture("lines", &lines);
    for (const char *p = lines.p; n < CT_CHART_STYLES && (p = strstr(p, " d=\"M")); p++) {
        seen[n] = p;
        lengths[n] = strcspn(p + 4, "\"");
        for (size_t k = 0; k < n; k++)
            if (lengths[k] == lengths[n] && strncmp(seen[k], p, lengths[n] + 4) == 0)
                fail_msg("two lines have the mark %.*s", (int)lengths[n], p);
        n++;
    }
    CT_EQ_I64("marks", n, CT_CHART_STYLES);
}

static void a_line_has_a_gap_where_there_is_no_number(void **state)
{
    static const struct ct_sv labels[] = {TEXT("Jan"), TEXT("Feb"), TEXT("Mar"), TEXT("Apr")};
    static const struct ct_chart_series one[] = {{TEXT("People"), 2}};
    static const int64_t values[] = {4, CT_CHART_NONE, 8, 10};
    struct ct_chart c = chart_of(values, 4);
    CT_AUTO_STR out = CT_STR_INIT(1 << 20);

    (void)state;
    c.series = one;
    c.n_series = 1;
    c.labels = labels;
    ct_chart_lines(&out, &c);
    is_picture("gap", &out);
    CT_EQ_I64("strokes", count(&out, "class=\"chart-line"), 1);
    CT_EQ_I64("marks", count(&out, "<path class=\"chart-s2\""), 3);
    has("the last", &out, "x1=\"65.33%\" y1=\"54\" x2=\"96.00%\" y2=\"14\"");
}

static const struct {
    const char *name;
    int64_t most, end, step;
} axes[] = {
    {"nothing", 0, 1, 1},
    {"one", 1, 1, 1},
    {"five", 5, 5, 1},
    {"six", 6, 6, 2},
    {"eleven", 11, 15, 5},
    {"a county", 41, 50, 10},
    {"a state", 19876, 20000, 5000},
    {"a hundred", 100, 100, 20},
};

static void an_axis_ends_at_a_round_number(void **state)
{
    (void)state;
    CT_EACH (x, axes) {
        int64_t step, end = ct_chart_axis(x->most, &step);
        CT_EQ_I64(x->name, end, x->end);
        CT_EQ_I64(x->name, step, x->step);
    }
}

static void a_chart_that_does_not_fit_is_refused(void **state)
{
    struct ct_chart c = chart_of(numbers, 2);

    (void)state;
    CT_EACH (k, kinds) {
        CT_AUTO_STR whole = CT_STR_INIT(1 << 20);
        k->draw(&whole, &c);
        for (size_t max = 0; max < whole.n; max += 97) {
            CT_AUTO_STR out = CT_STR_INIT(max);
            k->draw(&out, &c);
            CT_EQ_I64(k->name, ct_str_ok(&out), false);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_chart_is_a_whole_picture_with_a_name_and_a_sentence),
        cmocka_unit_test(pieces_are_as_long_as_the_numbers_say),
        cmocka_unit_test(a_long_label_goes_on_in_a_line_of_its_own),
        cmocka_unit_test(series_are_told_apart_without_colours),
        cmocka_unit_test(a_line_has_a_gap_where_there_is_no_number),
        cmocka_unit_test(an_axis_ends_at_a_round_number),
        cmocka_unit_test(a_chart_that_does_not_fit_is_refused),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
