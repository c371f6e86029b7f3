/*
 * view_key.c: what is right in a question and all that is ever said about its answers, for who
 * wrote it. Never made for learners: what they may see of it, and when, is view_question.c's.
 */
#include "view_priv.h"

#include "ct/base/banned.h"

static json_t *option(const struct ct_option *o)
{
    return json_pack("{s:b, s:o, s:o, s:o}", "is_right", o->right, "text_html", ct_json_sv(o->html),
                     "feedback_html", ct_view_text(o->feedback_html), "not_chosen_html",
                     ct_view_text(o->not_chosen_html));
}

static json_t *options(const struct ct_question *q)
{
    json_t *list = json_array();

    if (q->kind == CT_Q_SINGLE || q->kind == CT_Q_MULTIPLE)
        for (size_t i = 0; i < q->n_options; i++)
            json_array_append_new(list, option(&q->options[i]));
    return list;
}

static json_t *order(const struct ct_question *q)
{
    json_t *list = json_array();

    for (size_t i = 0; q->kind == CT_Q_ORDER && i < q->n_options; i++)
        json_array_append_new(list,
                              json_pack("{s:o}", "text_html", ct_json_sv(q->options[i].html)));
    return list;
}

static json_t *pairs(const struct ct_question *q)
{
    json_t *list = json_array();

    for (size_t i = 0; q->kind == CT_Q_MATCH && i < q->n_options && i < q->n_targets; i++)
        json_array_append_new(list,
                              json_pack("{s:o, s:o}", "prompt_html", ct_json_sv(q->options[i].html),
                                        "target_html", ct_json_sv(q->targets[i].html)));
    return list;
}

static json_t *texts(const struct ct_sv *items, size_t n)
{
    json_t *list = json_array();

    for (size_t i = 0; i < n; i++)
        json_array_append_new(list, json_pack("{s:o}", "text", ct_json_sv(items[i])));
    return list;
}

static json_t *gaps(const struct ct_question *q)
{
    json_t *list = json_array();

    for (size_t i = 0; q->kind == CT_Q_GAPS && i < q->n_gaps; i++) {
        const struct ct_gap *gap = &q->gaps[i];
        json_t *rights = json_array();
        for (size_t k = 0; k < gap->n; k++)
            if (!gap->is_choice || gap->options[k].right)
                json_array_append_new(rights,
                                      json_pack("{s:o}", "text",
                                                ct_json_sv(gap->is_choice ? gap->options[k].plain
                                                                          : gap->accepted[k])));
        json_array_append_new(list,
                              json_pack("{s:i, s:o}", "number", (int)i + 1, "rights", rights));
    }
    return list;
}

static struct ct_sv range(struct ct_arena *a, double low, double high)
{
    return low < high ? ct_arena_printf(a, "%.10g to %.10g", low, high)
                      : ct_arena_printf(a, "%.10g", low);
}

static json_t *cases(const struct ct_view *v, const struct ct_question *q)
{
    json_t *list = json_array();

    for (size_t i = 0; i < q->n_cases; i++) {
        const struct ct_case *c = &q->cases[i];
        struct ct_sv when = c->is_range ? range(v->arena, c->low, c->high) : c->text;
        json_array_append_new(list, json_pack("{s:o, s:o}", "when", ct_json_sv(when), "said_html",
                                              ct_json_sv(c->html)));
    }
    return list;
}

static void add_fact(json_t *facts, struct ct_sv text)
{
    json_array_append_new(facts, json_pack("{s:o}", "text", ct_json_sv(text)));
}

static json_t *facts(const struct ct_view *v, const struct ct_question *q)
{
    struct ct_arena *a = v->arena;
    json_t *list = json_array();

    if (q->survey || q->kind == CT_Q_REFLECT)
        add_fact(list, CT_SV("Not graded"));
    else
        add_fact(list, ct_arena_printf(a, "Points: %d", q->points));
    if (q->each)
        add_fact(list, CT_SV("Each right part counts"));
    if (q->typos)
        add_fact(list, ct_arena_printf(a, "Typing errors forgiven: %d", q->typos));
    if (!q->shuffle && q->kind != CT_Q_ORDER && q->n_options)
        add_fact(list, CT_SV("Shown in the written order"));
    for (size_t i = 0; i < q->n_objectives; i++)
        add_fact(list, ct_arena_printf(a, "Assesses %.*s", CT_SV_ARG(q->objectives[i])));
    if (q->disciplines != CT_DISC_ALL)
        add_fact(list, ct_arena_printf(
                           a, "Asked of %.*s",
                           CT_SV_ARG(ct_discipline_set_name(a, v->disciplines, q->disciplines))));
    return list;
}

/* Adds a list and whether there is something in it. */
static void add_list(json_t *key, const char *has, const char *name, json_t *list)
{
    json_object_set_new(key, has, json_boolean(json_array_size(list) > 0));
    json_object_set_new(key, name, list);
}

json_t *ct_view_key(const struct ct_view *v, const struct ct_question *q)
{
    bool text = q->kind == CT_Q_TEXT, number = q->kind == CT_Q_NUMBER && !q->survey;
    size_t extra =
        q->kind == CT_Q_MATCH && q->n_targets > q->n_options ? q->n_options : q->n_targets;
    json_t *key = json_object(), *extras = json_array();

    for (size_t i = extra; i < q->n_targets; i++)
        json_array_append_new(extras,
                              json_pack("{s:o}", "text_html", ct_json_sv(q->targets[i].html)));
    add_list(key, "has_facts", "facts", facts(v, q));
    add_list(key, "has_options", "options", options(q));
    add_list(key, "has_order", "order", order(q));
    add_list(key, "has_pairs", "pairs", pairs(q));
    add_list(key, "has_extras", "extras", extras);
    add_list(key, "has_gaps", "gaps", gaps(q));
    add_list(key, "has_accepted", "accepted", texts(q->accepted, text ? q->n_accepted : 0));
    add_list(key, "has_cases", "cases", cases(v, q));
    json_object_set_new(key, "range",
                        number ? ct_json_sv(range(v->arena, q->low, q->high)) : json_null());
    json_object_set_new(key, "why_html", ct_view_text(q->why_html));
    json_object_set_new(key, "model_html", ct_view_text(q->model_html));
    return key;
}
