/*
 * ct/text/chart.h: numbers as small pictures: stacked bars, and lines over time, as SVG that stands
 * in a page. It knows labels and numbers, and nothing of what they mean.
 *
 * Positions across are shares of the width and those down are pixels, so that a chart is as wide as
 * its place and its letters stay as large as the page's, on a telephone too. Colours are classes
 * ("chart-s0", "chart-s1", ...) of the page's style sheet; every series also has a pattern of its
 * own, or as a line a mark and a dash of its own, so that the picture is read without colours. A
 * screen reader gets the title and the sentence; whoever shows a chart puts the numbers beside it
 * in a table.
 */
#ifndef CT_TEXT_CHART_H
#define CT_TEXT_CHART_H

#include "ct/base/str.h"

/* What is drawn more would be told apart by nobody. */
enum { CT_CHART_STYLES = 10, CT_CHART_NONE = -1 };

struct ct_chart_series {
    struct ct_sv name;
    unsigned style; /* which colour and pattern: below CT_CHART_STYLES */
};

struct ct_chart {
    const char *id;           /* begins its ids: letters, digits, hyphens; another for each chart */
    struct ct_sv title, desc; /* the sentence says in words what is to be seen */
    struct ct_sv unit;        /* what the numbers count: "people"; stands at the axis */
    const struct ct_chart_series *series;
    size_t n_series;
    const struct ct_sv *labels; /* of the bars from the top, of the points from the left */
    size_t n_labels;
    const int64_t *values; /* [label * n_series + series]; CT_CHART_NONE: there is no number */
};

/* Appends an <svg> element: a bar a label, made of a piece for each series. Text is escaped. */
void ct_chart_bars(struct ct_str *out, const struct ct_chart *c);

/* Appends an <svg> element: a line a series, from the left to the right; a gap where there is no
 * number. */
void ct_chart_lines(struct ct_str *out, const struct ct_chart *c);

/* The least end of an axis from nought that holds `most`: 1, 2 or 5 and noughts, in whole steps.
 * *ret_step: between its ticks, which are at most six. */
int64_t ct_chart_axis(int64_t most, int64_t *ret_step);

#endif
