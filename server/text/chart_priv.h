/*
 * chart_priv.h: what the bars and the lines of chart.c have in common.
 */
#ifndef CT_TEXT_CHART_PRIV_H
#define CT_TEXT_CHART_PRIV_H

#include "ct/text/chart.h"

enum { CT_CHART_LEGEND_LINE = 24 };

/* Hundredths of a per cent of the width, as "12.34%". */
struct ct_chart_share {
    char text[16];
};
struct ct_chart_share ct_chart_share(int64_t part, int64_t whole);

/* The beginning up to the pictured things: <svg>, its name and sentence. */
void ct_chart_open(struct ct_str *out, const struct ct_chart *c, int height);
/* <text> at a share and a pixel; `css`: classes. */
void ct_chart_text(struct ct_str *out, const char *x, int y, const char *css, struct ct_sv text);

/* How high the legend is, and the legend with a sample of each series by `sample`. */
int ct_chart_legend_height(const struct ct_chart *c);
void ct_chart_legend(struct ct_str *out, const struct ct_chart *c,
                     void (*sample)(struct ct_str *out, const struct ct_chart *c, size_t series,
                                    const char *x, int y));

static inline int64_t ct_chart_value(const struct ct_chart *c, size_t label, size_t series)
{
    return c->values[label * c->n_series + series];
}

#endif
