/*
 * view_diff.c: the difference of two texts as diff.mustache wants it.
 */
#include "author_priv.h"
#include "view_priv.h"

#include "ct/base/banned.h"

/* More than anybody reads on a page; the whole of a file of CT_SOURCE_MAX would be no page any
 * more.
 */
enum { LINES_SHOWN = 2000 };

static json_t *spans(const struct ct_diff_line *line)
{
    json_t *list = json_array();

    for (size_t i = 0; i < line->n_spans; i++)
        json_array_append_new(list,
                              json_pack("{s:o, s:b, s:b}", "text", ct_json_sv(line->spans[i].text),
                                        "is_in", line->spans[i].kind == CT_DIFF_IN, "is_out",
                                        line->spans[i].kind == CT_DIFF_OUT));
    return list;
}

static json_t *line_model(const struct ct_diff_line *line)
{
    bool is_in = line->kind == CT_DIFF_IN, is_out = line->kind == CT_DIFF_OUT;

    return json_pack("{s:b, s:b, s:b, s:i, s:b, s:i, s:b, s:b, s:o}", "is_in", is_in, "is_out",
                     is_out, "has_before", line->before > 0, "before", line->before, "has_after",
                     line->after > 0, "after", line->after, "is_same", !is_in && !is_out,
                     "gap_before", line->gap_before, "spans", spans(line));
}

json_t *ct_model_diff(const struct ct_diff *d)
{
    json_t *lines = json_array();

    for (size_t i = 0; i < d->n && i < LINES_SHOWN; i++)
        json_array_append_new(lines, line_model(&d->lines[i]));
    return json_pack("{s:b, s:i, s:i, s:b, s:o}", "is_same", d->n_in == 0 && d->n_out == 0, "n_in",
                     (int)d->n_in, "n_out", (int)d->n_out, "is_cut", d->n > LINES_SHOWN, "lines",
                     lines);
}
