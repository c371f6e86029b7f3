/*
 * view_parts.c: what a question lets the learner pick, arrange, match or fill in, with what was
 * chosen and, once it may be said, what of it was right.
 */
#include "view_priv.h"

#include "ct/base/banned.h"

static json_t *no_list(void)
{
    return json_array();
}

static struct ct_sv field_of(const struct ct_asked *a, size_t i)
{
    return ct_arena_printf(a->view->arena, "q.%.*s.%zu", CT_SV_ARG(a->q->id), i);
}

static bool picked(const struct ct_answer *answer, size_t option)
{
    for (size_t i = 0; i < answer->n; i++)
        if (answer->parts[i].pick == (int64_t)option)
            return true;
    return false;
}

static json_t *option_feedback(const struct ct_asked *a, const struct ct_option *o, bool chosen)
{
    if (!a->grade || (a->answer.n == 0 && !a->reveals))
        return json_null();
    if (chosen)
        return ct_view_text(o->feedback_html);
    return a->marks && o->right ? ct_view_text(o->not_chosen_html) : json_null();
}

json_t *ct_view_options(const struct ct_asked *a)
{
    const struct ct_question *q = a->q;
    size_t order[CT_OPTIONS_MAX];
    json_t *list;

    if (q->kind != CT_Q_SINGLE && q->kind != CT_Q_MULTIPLE)
        return no_list();
    list = json_array();
    ct_question_order(q, a->seed, 0, order);
    for (size_t place = 0; place < q->n_options; place++) {
        const struct ct_option *o = &q->options[order[place]];
        bool chosen = picked(&a->answer, order[place]);
        json_array_append_new(list,
                              json_pack("{s:i, s:o, s:b, s:b, s:b, s:b, s:o}", "place", (int)place,
                                        "text_html", ct_json_sv(o->html), "chosen", chosen,
                                        "is_hit", a->marks && chosen && o->right, "is_slip",
                                        a->marks && chosen && !o->right, "is_missed",
                                        a->reveals && !chosen && o->right, "feedback_html",
                                        option_feedback(a, o, chosen)));
    }
    return list;
}

/* Whether part i was right. Parts that were not answered count as wrong where answers are shown. */
static bool part_hit(const struct ct_asked *a, size_t i)
{
    return a->marks && a->grade->part_right && i < a->answer.n && a->grade->part_right[i];
}

static bool part_slip(const struct ct_asked *a, size_t i)
{
    return a->marks && !part_hit(a, i) && (a->reveals || a->answer.n > 0);
}

static json_t *positions(size_t n, size_t chosen)
{
    json_t *list = json_array();

    for (size_t i = 1; i <= n; i++)
        json_array_append_new(list, json_pack("{s:i, s:b}", "n", (int)i, "selected", i == chosen));
    return list;
}

/* Where the learner put an item, from 1; 0 if nowhere. */
static size_t position_of(const struct ct_answer *answer, size_t item)
{
    for (size_t i = 0; i < answer->n; i++)
        if (answer->parts[i].pick == (int64_t)item)
            return i + 1;
    return 0;
}

static json_t *order_item(const struct ct_asked *a, size_t place, size_t item)
{
    const struct ct_option *o = &a->q->options[item];
    size_t position = position_of(&a->answer, item);

    return json_pack("{s:o, s:o, s:o, s:o, s:b, s:b}", "field", ct_json_sv(field_of(a, place)),
                     "label", ct_json_sv(o->plain), "text_html", ct_json_sv(o->html), "positions",
                     positions(a->q->n_options, position), "is_hit",
                     position > 0 && part_hit(a, position - 1), "is_slip",
                     position > 0 && part_slip(a, position - 1));
}

json_t *ct_view_items(const struct ct_asked *a)
{
    const struct ct_question *q = a->q;
    size_t order[CT_OPTIONS_MAX], place_of[CT_OPTIONS_MAX];
    json_t *list;

    if (q->kind != CT_Q_ORDER)
        return no_list();
    list = json_array();
    ct_question_order(q, a->seed, 0, order);
    for (size_t place = 0; place < q->n_options; place++)
        place_of[order[place]] = place;
    /* As the learner put them; what was not put anywhere follows in the order of display. */
    for (size_t i = 0; i < a->answer.n; i++)
        if (a->answer.parts[i].pick >= 0 && (size_t)a->answer.parts[i].pick < q->n_options) {
            size_t item = (size_t)a->answer.parts[i].pick;
            json_array_append_new(list, order_item(a, place_of[item], item));
        }
    for (size_t place = 0; place < q->n_options; place++)
        if (position_of(&a->answer, order[place]) == 0)
            json_array_append_new(list, order_item(a, place, order[place]));
    return list;
}

/* The targets of a prompt, or the options of a gap, as a list to choose from. */
static json_t *choices(const struct ct_asked *a, unsigned which, const struct ct_option *options,
                       size_t n, int64_t pick)
{
    size_t order[CT_OPTIONS_MAX];
    json_t *list = json_array();

    ct_question_order(a->q, a->seed, which, order);
    for (size_t place = 0; place < n; place++)
        json_array_append_new(list, json_pack("{s:i, s:o, s:b}", "place", (int)place, "text",
                                              ct_json_sv(options[order[place]].plain), "selected",
                                              pick == (int64_t)order[place]));
    return list;
}

static int64_t pick_of(const struct ct_answer *answer, size_t i)
{
    return i < answer->n ? answer->parts[i].pick : -1;
}

static json_t *chosen_target(const struct ct_question *q, int64_t pick)
{
    bool chosen = pick >= 0 && (uint64_t)pick < q->n_targets;

    return chosen ? ct_view_text(q->targets[pick].plain) : json_null();
}

json_t *ct_view_prompts(const struct ct_asked *a)
{
    const struct ct_question *q = a->q;
    size_t order[CT_OPTIONS_MAX];
    json_t *list;

    if (q->kind != CT_Q_MATCH)
        return no_list();
    list = json_array();
    ct_question_order(q, a->seed, 0, order);
    for (size_t place = 0; place < q->n_options; place++) {
        size_t i = order[place];
        bool slip = part_slip(a, i);
        int64_t pick = pick_of(&a->answer, i);
        json_array_append_new(
            list,
            json_pack("{s:o, s:o, s:o, s:o, s:b, s:b, s:o, s:o}", "field",
                      ct_json_sv(field_of(a, place)), "label", ct_json_sv(q->options[i].plain),
                      "text_html", ct_json_sv(q->options[i].html), "targets",
                      choices(a, 1, q->targets, q->n_targets, pick), "is_hit", part_hit(a, i),
                      "is_slip", slip, "chosen_text", chosen_target(q, pick), "right_text",
                      a->reveals && slip ? ct_view_text(q->targets[i].plain) : json_null()));
    }
    return list;
}

static struct ct_sv right_of_gap(const struct ct_gap *gap)
{
    if (!gap->is_choice)
        return gap->n ? gap->accepted[0] : CT_SV_NULL;
    for (size_t i = 0; i < gap->n; i++)
        if (gap->options[i].right)
            return gap->options[i].plain;
    return CT_SV_NULL;
}

json_t *ct_view_gaps(const struct ct_asked *a)
{
    const struct ct_question *q = a->q;
    json_t *list = json_array();

    for (size_t i = 0; q->kind == CT_Q_GAPS && i < q->n_gaps; i++) {
        const struct ct_gap *gap = &q->gaps[i];
        bool slip = part_slip(a, i);
        struct ct_sv label = ct_arena_printf(a->view->arena, "Gap %zu", i + 1);
        json_t *options = gap->is_choice ? choices(a, 2 + (unsigned)i, gap->options, gap->n,
                                                   pick_of(&a->answer, i))
                                         : json_array();
        json_array_append_new(
            list,
            json_pack("{s:o, s:o, s:o, s:b, s:o, s:o, s:b, s:b, s:o}", "before_html",
                      ct_json_sv(gap->before_html), "field", ct_json_sv(field_of(a, i)), "label",
                      ct_json_sv(label), "is_choice", gap->is_choice, "options", options, "value",
                      i < a->answer.n ? ct_view_text(a->answer.parts[i].text) : json_null(),
                      "is_hit", part_hit(a, i), "is_slip", slip, "right_text",
                      a->reveals && slip ? ct_view_text(right_of_gap(gap)) : json_null()));
    }
    return list;
}
