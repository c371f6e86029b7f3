/*
 * view_result.c: what is said about an answer, in practice at once, after a quiz when it may be
 * said.
 */
#include "view_priv.h"

#include "ct/base/banned.h"

static struct ct_sv number_text(struct ct_arena *a, double x)
{
    return ct_arena_printf(a, "%.10g", x);
}

/* To the hundredth, so that a third of a point is not a row of digits. */
static struct ct_sv points_text(const struct ct_asked *a)
{
    double points = a->grade->share * a->q->points;
    double rounded = (double)(int64_t)(points * 100.0 + 0.5) / 100.0;

    return number_text(a->view->arena, rounded);
}

static json_t *right_text(const struct ct_asked *a)
{
    const struct ct_question *q = a->q;
    struct ct_arena *arena = a->view->arena;
    struct ct_sv text = CT_SV_NULL;

    if (!a->reveals || a->grade->right)
        return json_null();
    if (q->kind == CT_Q_TEXT && q->n_accepted)
        text = q->accepted[0];
    if (q->kind == CT_Q_NUMBER) {
        text = number_text(arena, q->low);
        if (q->low < q->high)
            text = ct_arena_printf(arena, "%.*s to %.*s", CT_SV_ARG(text),
                                   CT_SV_ARG(number_text(arena, q->high)));
        if (q->unit.n)
            text = ct_arena_printf(arena, "%.*s %.*s", CT_SV_ARG(text), CT_SV_ARG(q->unit));
    }
    return ct_view_text(text);
}

static json_t *right_order(const struct ct_asked *a)
{
    const struct ct_question *q = a->q;
    json_t *list = json_array();

    if (q->kind == CT_Q_ORDER && a->reveals && !a->grade->right)
        for (size_t i = 0; i < q->n_options; i++)
            json_array_append_new(list,
                                  json_pack("{s:o}", "text_html", ct_json_sv(q->options[i].html)));
    return list;
}

json_t *ct_view_result(const struct ct_asked *a)
{
    const struct ct_question *q = a->q;
    const struct ct_grade *g = a->grade;
    bool answered = a->answer.n > 0;
    json_t *order;

    if (!g || (!answered && !a->reveals))
        return json_null();
    order = right_order(a);
    return json_pack("{s:b, s:b, s:b, s:b, s:b, s:b, s:o, s:o, s:o, s:b, s:o, s:o, s:o}",
                     "is_right", g->graded && g->right, "is_partly",
                     g->graded && !g->right && g->share > 0, "is_wrong",
                     g->graded && !g->right && g->share <= 0, "is_kept", !g->graded,
                     "is_unanswered", !answered, "has_points", a->reveals, "points_got",
                     a->reveals ? ct_json_sv(points_text(a)) : json_null(), "feedback_html",
                     g->hit ? ct_view_text(g->hit->html) : json_null(), "right_text", right_text(a),
                     "has_right_order", json_array_size(order) > 0, "right_order", order,
                     "why_html", ct_view_text(q->why_html), "model_html",
                     g->answered ? ct_view_text(q->model_html) : json_null());
}
