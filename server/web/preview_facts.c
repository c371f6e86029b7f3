/*
 * preview_facts.c: what a trainer wants to know of a module before reading it: how long it is, and
 * which question assesses which objective.
 */
#include "preview_make_priv.h"

#include "ct/course/measure.h"

#include "ct/base/banned.h"

static int rounded(double x)
{
    return x > 0 ? (int)(x + 0.5) : 0;
}

static bool names(const struct ct_question *q, struct ct_sv objective)
{
    for (size_t i = 0; i < q->n_objectives; i++)
        if (ct_sv_eq(q->objectives[i], objective))
            return true;
    return false;
}

static void add_questions(struct ct_preview_make *mk, json_t *list,
                          const struct ct_question *const *questions, size_t n, bool graded,
                          struct ct_sv objective)
{
    for (size_t i = 0; i < n; i++) {
        const struct ct_question *q = questions[i];
        if (!names(q, objective))
            continue;
        json_array_append_new(
            list, json_pack("{s:o, s:o, s:b}", "title", ct_json_sv(q->title.n ? q->title : q->id),
                            "href", ct_json_sv(ct_arena_printf(mk->p->arena, "#line-%d", q->line)),
                            "is_graded", graded));
    }
}

static json_t *objectives(struct ct_preview_make *mk)
{
    const struct ct_module *m = mk->p->module;
    json_t *list = json_array();

    for (size_t i = 0; i < m->n_objectives; i++) {
        const struct ct_objective *o = &m->objectives[i];
        json_t *questions = json_array();
        add_questions(mk, questions, m->practice, m->n_practice, false, o->id);
        if (m->quiz)
            add_questions(mk, questions, m->quiz->questions, m->quiz->n_questions, true, o->id);
        bool has = json_array_size(questions) > 0;
        /* A case assesses by being played. */
        json_array_append_new(list, json_pack("{s:o, s:o, s:b, s:o, s:b}", "id",
                                              ct_view_text(o->id), "text", ct_json_sv(o->text),
                                              "has_questions", has, "questions", questions,
                                              "is_unassessed", !has && !m->scenario));
    }
    return list;
}

json_t *ct_preview_facts(struct ct_preview_make *mk)
{
    const struct ct_module *m = mk->p->module;
    json_t *list = objectives(mk);
    struct ct_measure measure;

    ct_module_measure(mk->p->arena, m, &measure);
    return json_pack("{s:b, s:i, s:b, s:i, s:b, s:i, s:b, s:o, s:o, s:b, s:o}", "has_stated",
                     m->minutes > 0, "stated", m->minutes, "has_estimate", measure.minutes > 0,
                     "estimate", measure.minutes, "has_grade", measure.has_grade, "grade",
                     rounded(measure.grade), "is_for_some", m->disciplines != CT_DISC_ALL,
                     "disciplines", ct_view_disciplines(mk->p->disciplines, m->disciplines),
                     "version", ct_view_text(m->version), "has_objectives",
                     json_array_size(list) > 0, "objectives", list);
}
