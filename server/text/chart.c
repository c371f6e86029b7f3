/*
 * chart.c: stacked bars, and what all charts have: name, legend, axis. Lines are chart_line.c.
 */
#include "chart_priv.h"

#include <stdio.h>

#include "ct/base/banned.h"

enum { BAR = 20, BAR_ROW = 48, AXIS = 40, LEGEND_NAME_SHORT = 18, TICKS_MAX = 6 };
/* A label's line: so many characters fit a telephone of 320 pixels. */
enum { LABEL_CHARS = 40, LABEL_LINE = 18 };

struct ct_chart_share ct_chart_share(int64_t part, int64_t whole)
{
    struct ct_chart_share share;
    int64_t hundredths = whole > 0 ? part * 10000 / whole : 0;

    snprintf(share.text, sizeof share.text, "%d.%02d%%", (int)(hundredths / 100),
             (int)(hundredths % 100));
    return share;
}

int64_t ct_chart_axis(int64_t most, int64_t *ret_step)
{
    static const int64_t leads[] = {1, 2, 5};
    int64_t power = 1, step;
    size_t lead = 0;

    if (most < 1)
        most = 1;
    while ((step = leads[lead] * power) * (TICKS_MAX - 1) < most)
        if (++lead == sizeof leads / sizeof leads[0]) {
            lead = 0;
            power *= 10;
        }
    *ret_step = step;
    return (most + step - 1) / step * step;
}

void ct_chart_open(struct ct_str *out, const struct ct_chart *c, int height)
{
    ct_str_addf(out,
                "<svg class=\"chart\" role=\"img\" width=\"100%%\" height=\"%d\" "
                "xmlns=\"http://www.w3.org/2000/svg\" "
                "aria-labelledby=\"%s-title\" aria-describedby=\"%s-desc\"><title id=\"%s-title\">",
                height, c->id, c->id, c->id);
    ct_str_add_html(out, c->title);
    ct_str_addf(out, "</title><desc id=\"%s-desc\">", c->id);
    ct_str_add_html(out, c->desc);
    ct_str_add_c(out, "</desc>");
}

void ct_chart_text(struct ct_str *out, const char *x, int y, const char *css, struct ct_sv text)
{
    ct_str_addf(out, "<text x=\"%s\" y=\"%d\" class=\"%s\">", x, y, css);
    ct_str_add_html(out, text);
    ct_str_add_c(out, "</text>");
}

/* Two beside each other where all names are short enough for half a telephone. */
static size_t legend_columns(const struct ct_chart *c)
{
    for (size_t i = 0; i < c->n_series; i++)
        if (c->series[i].name.n > LEGEND_NAME_SHORT)
            return 1;
    return 2;
}

int ct_chart_legend_height(const struct ct_chart *c)
{
    size_t columns = legend_columns(c);

    return c->n_series < 2 ? 0
                           : (int)((c->n_series + columns - 1) / columns) * CT_CHART_LEGEND_LINE +
                                 CT_CHART_LEGEND_LINE / 2;
}

void ct_chart_legend(struct ct_str *out, const struct ct_chart *c,
                     void (*sample)(struct ct_str *out, const struct ct_chart *c, size_t series,
                                    const char *x, int y))
{
    size_t columns = legend_columns(c);

    for (size_t i = 0; i < c->n_series && c->n_series > 1; i++) {
        const char *x = i % columns ? "50%" : "0";
        int y = (int)(i / columns) * CT_CHART_LEGEND_LINE;
        sample(out, c, i, x, y);
        ct_str_addf(out, "<svg x=\"%s\" y=\"%d\" overflow=\"visible\">", x, y);
        ct_chart_text(out, "34", 15, "chart-label", c->series[i].name);
        ct_str_add_c(out, "</svg>");
    }
}

/* What is drawn over the colour of a style, in a square of eight pixels; one has nothing. */
static const char *const patterns[CT_CHART_STYLES] = {
    "<path d=\"M0 4h8\"/>",
    "<path d=\"M-2 6l4 4M-2 -2l12 12M6 -2l4 4\"/>",
    NULL,
    "<circle cx=\"4\" cy=\"4\" r=\"1.6\"/>",
    "<path d=\"M-2 6l4 4M-2 -2l12 12M6 -2l4 4M-2 2l4 -4M-2 10l12 -12M6 10l4 -4\"/>",
    "<path d=\"M-2 2l4 -4M-2 10l12 -12M6 10l4 -4\"/>",
    "<path d=\"M0 4h8M4 0v8\"/>",
    "<path d=\"M4 0v8\"/>",
    "<path d=\"M0 2l4 4l4 -4\"/>",
    "<path d=\"M2 0v8M6 0v8M0 4h8\"/>",
};

static void define_patterns(struct ct_str *out, const struct ct_chart *c)
{
    ct_str_add_c(out, "<defs>");
    for (size_t i = 0; i < c->n_series; i++) {
        unsigned style = c->series[i].style;
        if (patterns[style])
            ct_str_addf(out,
                        "<pattern id=\"%s-p%zu\" class=\"chart-hatch\" width=\"8\" height=\"8\" "
                        "patternUnits=\"userSpaceOnUse\">%s</pattern>",
                        c->id, i, patterns[style]);
    }
    ct_str_add_c(out, "</defs>");
}

/* A piece of a bar: its colour, and its pattern over it. */
static void piece(struct ct_str *out, const struct ct_chart *c, size_t series, const char *x, int y,
                  const char *width, int height)
{
    unsigned style = c->series[series].style;

    ct_str_addf(out, "<rect class=\"chart-s%u\" x=\"%s\" y=\"%d\" width=\"%s\" height=\"%d\"/>",
                style, x, y, width, height);
    if (patterns[style])
        ct_str_addf(out,
                    "<rect x=\"%s\" y=\"%d\" width=\"%s\" height=\"%d\" fill=\"url(#%s-p%zu)\"/>",
                    x, y, width, height, c->id, series);
}

static void sample_bar(struct ct_str *out, const struct ct_chart *c, size_t series, const char *x,
                       int y)
{
    piece(out, c, series, x, y + 2, "26", 16);
}

static int64_t total_of(const struct ct_chart *c, size_t label)
{
    int64_t total = 0;

    for (size_t s = 0; s < c->n_series; s++)
        if (ct_chart_value(c, label, s) > 0)
            total += ct_chart_value(c, label, s);
    return total;
}

/* Takes from the text what stands in one line, up to a space: SVG wraps nothing. */
static struct ct_sv take_line(struct ct_sv *text)
{
    size_t end = text->n, chars = 0;

    for (size_t i = 0; i < text->n; i++) {
        if (text->p[i] == ' ' && (chars <= LABEL_CHARS || end == text->n))
            end = i;
        chars += ((unsigned char)text->p[i] & 0xC0) != 0x80; /* the first byte of a character */
    }
    if (chars <= LABEL_CHARS)
        end = text->n;
    struct ct_sv line = ct_sv_sub(*text, 0, end);
    *text = end < text->n ? ct_sv_sub(*text, end + 1, text->n) : CT_SV("");
    return line;
}

/* A bar with its label above it. */
static int row_height(struct ct_sv label)
{
    int height = BAR_ROW;

    for (take_line(&label); label.n; take_line(&label))
        height += LABEL_LINE;
    return height;
}

/* Gives where the next one begins. */
static int bar(struct ct_str *out, const struct ct_chart *c, size_t label, int64_t end, int y)
{
    struct ct_sv text = c->labels[label];
    int next = y + row_height(text), top = next - BAR_ROW + 22;
    int64_t from = 0;
    char number[24];

    for (int at = y + 15; at < top; at += LABEL_LINE)
        ct_chart_text(out, "0", at, "chart-label", take_line(&text));
    for (size_t s = 0; s < c->n_series; s++) {
        int64_t value = ct_chart_value(c, label, s);
        if (value <= 0)
            continue;
        struct ct_chart_share x = ct_chart_share(from, end), w = ct_chart_share(value, end);
        piece(out, c, s, x.text, top, w.text, BAR);
        /* Where there is room for three figures on a telephone. */
        if (value * 11 >= end) {
            snprintf(number, sizeof number, "%lld", (long long)value);
            ct_chart_text(out, ct_chart_share(2 * from + value, 2 * end).text, top + 15,
                          "chart-number chart-mid", ct_sv_c(number));
        }
        from += value;
    }
    return next;
}

/* Behind the bars: a thin line at each tick, and its number below. */
static void ticks(struct ct_str *out, const struct ct_chart *c, int64_t end, int64_t step, int top,
                  int bottom)
{
    char number[24];

    for (int64_t at = 0; at <= end; at += step) {
        struct ct_chart_share x = ct_chart_share(at, end);
        ct_str_addf(out, "<line class=\"chart-grid\" x1=\"%s\" x2=\"%s\" y1=\"%d\" y2=\"%d\"/>",
                    x.text, x.text, top, bottom);
        snprintf(number, sizeof number, "%lld", (long long)at);
        ct_chart_text(out, x.text, bottom + 16,
                      at == 0     ? "chart-tick"
                      : at == end ? "chart-tick chart-end"
                                  : "chart-tick chart-mid",
                      ct_sv_c(number));
    }
    ct_chart_text(out, "50%", bottom + 34, "chart-tick chart-mid", c->unit);
}

void ct_chart_bars(struct ct_str *out, const struct ct_chart *c)
{
    int top = ct_chart_legend_height(c), bottom = top;
    int64_t most = 0, step, end;

    for (size_t i = 0; i < c->n_labels; i++) {
        bottom += row_height(c->labels[i]);
        if (total_of(c, i) > most)
            most = total_of(c, i);
    }
    end = ct_chart_axis(most, &step);
    ct_chart_open(out, c, bottom + AXIS);
    define_patterns(out, c);
    ct_chart_legend(out, c, sample_bar);
    ticks(out, c, end, step, top, bottom);
    for (size_t i = 0; i < c->n_labels; i++)
        top = bar(out, c, i, end, top);
    ct_str_add_c(out, "</svg>");
}
