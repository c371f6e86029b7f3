/*
 * chart_line.c: lines over time.
 */
#include "chart_priv.h"

#include <stdio.h>

#include "ct/base/banned.h"

/* The plot begins and ends a little inside, so that marks and numbers have room. */
enum { PLOT = 200, TOP = 14, AXIS = 48, SIDE = 400 /* hundredths of a per cent */, LABELS = 4 };

/* Marks around 0,0, and how a line is dashed. */
static const struct {
    const char *mark, *dash;
} styles[CT_CHART_STYLES] = {
    {"M-4 -4h8v8h-8z", "2 3"},
    {"M0 -5.5L5 4H-5z", "7 3"},
    {"M-4.5 0a4.5 4.5 0 1 0 9 0a4.5 4.5 0 1 0 -9 0z", NULL},
    {"M0 -5.5L5.5 0L0 5.5L-5.5 0z", "1 3"},
    {"M-5 -2h3v-3h4v3h3v4h-3v3h-4v-3h-3z", "9 3 2 3"},
    {"M0 5.5L5 -4H-5z", "5 5"},
    {"M-5 -2.5h10v5h-10z", "9 3 2 3 2 3"},
    {"M-2.5 -5h5v10h-5z", "12 4"},
    {"M-5 -5h10L0 0L5 5h-10L0 0z", "4 2"},
    {"M-5 -5v10L0 0L5 5v-10L0 0z", "3 6"},
};

static struct ct_chart_share across(const struct ct_chart *c, size_t label)
{
    int64_t steps = c->n_labels > 1 ? (int64_t)c->n_labels - 1 : 1;
    int64_t place = c->n_labels > 1 ? (int64_t)label : 0;

    return ct_chart_share(SIDE * steps + (10000 - 2 * SIDE) * place, 10000 * steps);
}

static int down(int top, int64_t value, int64_t end)
{
    return top + PLOT - (int)(value * PLOT / end);
}

static void mark(struct ct_str *out, unsigned style, const char *x, int y)
{
    ct_str_addf(out,
                "<svg x=\"%s\" y=\"%d\" overflow=\"visible\"><path class=\"chart-s%u\" "
                "d=\"%s\"/></svg>",
                x, y, style, styles[style].mark);
}

static void stroke(struct ct_str *out, unsigned style, const char *x1, int y1, const char *x2,
                   int y2)
{
    ct_str_addf(out, "<line class=\"chart-line chart-l%u\" x1=\"%s\" y1=\"%d\" x2=\"%s\" y2=\"%d\"",
                style, x1, y1, x2, y2);
    if (styles[style].dash)
        ct_str_addf(out, " stroke-dasharray=\"%s\"", styles[style].dash);
    ct_str_add_c(out, "/>");
}

static void sample_line(struct ct_str *out, const struct ct_chart *c, size_t series, const char *x,
                        int y)
{
    unsigned style = c->series[series].style;

    ct_str_addf(out, "<svg x=\"%s\" y=\"%d\" overflow=\"visible\">", x, y);
    stroke(out, style, "0", 10, "26", 10);
    mark(out, style, "13", 10);
    ct_str_add_c(out, "</svg>");
}

static void line(struct ct_str *out, const struct ct_chart *c, size_t series, int top, int64_t end)
{
    unsigned style = c->series[series].style;

    for (size_t i = 0; i + 1 < c->n_labels; i++) {
        int64_t a = ct_chart_value(c, i, series), b = ct_chart_value(c, i + 1, series);
        if (a >= 0 && b >= 0)
            stroke(out, style, across(c, i).text, down(top, a, end), across(c, i + 1).text,
                   down(top, b, end));
    }
    /* Marks of many points would be a line again. */
    size_t every = c->n_labels / 30 + 1;
    for (size_t i = 0; i < c->n_labels; i++)
        if (ct_chart_value(c, i, series) >= 0 && (c->n_labels - 1 - i) % every == 0)
            mark(out, style, across(c, i).text, down(top, ct_chart_value(c, i, series), end));
}

static void ticks(struct ct_str *out, int top, int64_t end, int64_t step)
{
    char number[24];

    for (int64_t at = 0; at <= end; at += step) {
        int y = down(top, at, end);
        ct_str_addf(out, "<line class=\"chart-grid\" x1=\"0\" x2=\"100%%\" y1=\"%d\" y2=\"%d\"/>",
                    y, y);
        snprintf(number, sizeof number, "%lld", (long long)at);
        ct_chart_text(out, "0", y - 3, "chart-tick chart-number", ct_sv_c(number));
    }
}

/* The first, the last, and so many between that they have room. */
static void labels(struct ct_str *out, const struct ct_chart *c, int y)
{
    size_t last = c->n_labels - 1, gaps = last < LABELS - 1 ? last : LABELS - 1;

    for (size_t k = 0; k <= gaps; k++) {
        size_t i = gaps ? (k * last + gaps / 2) / gaps : 0;
        const char *css = "chart-tick chart-mid";
        if (i == 0)
            css = "chart-tick";
        else if (i == last)
            css = "chart-tick chart-end";
        ct_chart_text(out,
                      i == 0      ? "0"
                      : i == last ? "100%"
                                  : across(c, i).text,
                      y, css, c->labels[i]);
    }
}

void ct_chart_lines(struct ct_str *out, const struct ct_chart *c)
{
    int top = ct_chart_legend_height(c) + TOP;
    int64_t most = 0, step, end;

    for (size_t i = 0; i < c->n_labels * c->n_series; i++)
        if (c->values[i] > most)
            most = c->values[i];
    end = ct_chart_axis(most, &step);
    ct_chart_open(out, c, top + PLOT + AXIS);
    ct_chart_legend(out, c, sample_line);
    ticks(out, top, end, step);
    for (size_t s = 0; s < c->n_series; s++)
        line(out, c, s, top, end);
    if (c->n_labels)
        labels(out, c, top + PLOT + 18);
    ct_chart_text(out, "50%", top + PLOT + 40, "chart-tick chart-mid", c->unit);
    ct_str_add_c(out, "</svg>");
}
