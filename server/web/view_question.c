/*
 * view_question.c: a question as question.mustache wants it.
 *
 * What is right must not leave the server before it may be shown, so everything that depends on it
 * is behind struct ct_asked's `marks` and `reveals`, which are set here alone: by practice once
 * something was answered, and by the result of a try whose answers may be shown. An open quiz has
 * neither.
 */
#include "view_priv.h"

#include "ct/base/banned.h"

static bool is_gradable(const struct ct_question *q)
{
    return !q->survey && q->kind != CT_Q_REFLECT;
}

static struct ct_asked asked(const struct ct_view *v, const struct ct_question *q, uint64_t seed,
                             const struct ct_answer *answer, const struct ct_grade *grade)
{
    struct ct_asked a = {.view = v, .q = q, .seed = seed};
    bool says = v->questions == CT_VIEW_PRACTICE || v->questions == CT_VIEW_RESULT;

    if (answer && v->questions != CT_VIEW_STATIC)
        a.answer = *answer;
    if (says)
        a.grade = grade;
    a.reveals = a.grade && is_gradable(q) && v->questions == CT_VIEW_RESULT;
    a.marks = a.reveals || (a.grade && is_gradable(q) && a.answer.n > 0);
    return a;
}

static void add_kind(json_t *model, const struct ct_question *q)
{
    static const struct {
        enum ct_question_kind kind;
        const char *name;
    } kinds[] = {
        {CT_Q_SINGLE, "is_single"}, {CT_Q_MULTIPLE, "is_multiple"}, {CT_Q_NUMBER, "is_number"},
        {CT_Q_TEXT, "is_text"},     {CT_Q_ORDER, "is_order"},       {CT_Q_MATCH, "is_match"},
        {CT_Q_GAPS, "is_gaps"},     {CT_Q_REFLECT, "is_reflect"},
    };

    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++)
        json_object_set_new(model, kinds[i].name, json_boolean(kinds[i].kind == q->kind));
    json_object_set_new(model, "is_survey", json_boolean(q->survey));
    json_object_set_new(model, "is_shared", json_boolean(q->share_trainer));
    json_object_set_new(model, "has_words", json_boolean(q->words > 0));
    json_object_set_new(model, "words", json_integer(q->words));
}

static json_t *typed_value(const struct ct_asked *a)
{
    bool typed = a->q->kind == CT_Q_NUMBER || a->q->kind == CT_Q_TEXT || a->q->kind == CT_Q_REFLECT;

    return typed && a->answer.n ? ct_view_text(a->answer.parts[0].text) : json_null();
}

/* In a section a question's blocks are its stem; a stem holds no questions, so nothing recurs. */
static json_t *head(const struct ct_asked *a)
{
    const struct ct_view *v = a->view;
    const struct ct_question *q = a->q;
    bool counts = v->questions == CT_VIEW_QUIZ || v->questions == CT_VIEW_RESULT;
    bool practice = v->questions == CT_VIEW_PRACTICE && v->practice_url.n > 0;
    struct ct_sv field = ct_arena_printf(v->arena, "q.%.*s", CT_SV_ARG(q->id));

    return json_pack("{s:o, s:o, s:o, s:b, s:i, s:b, s:i, s:o, s:b, s:o, s:o}", "id",
                     ct_json_sv(q->id), "title_html", ct_json_sv(q->title_html), "title",
                     ct_json_sv(q->title), "has_number", 0, "number", 0, "is_graded",
                     counts && is_gradable(q), "points", q->points, "practice_action",
                     practice ? ct_json_sv(v->practice_url) : json_null(), "locked",
                     !practice && v->questions != CT_VIEW_QUIZ, "field", ct_json_sv(field),
                     "blocks", ct_view_blocks(v, q->stem, q->n_stem));
}

json_t *ct_view_question(const struct ct_view *v, const struct ct_question *q, uint64_t seed,
                         const struct ct_answer *answer, const struct ct_grade *grade)
{
    struct ct_asked a = asked(v, q, seed, answer, grade);
    json_t *model = head(&a);

    add_kind(model, q);
    json_object_set_new(model, "options", ct_view_options(&a));
    json_object_set_new(model, "value", typed_value(&a));
    json_object_set_new(model, "unit", ct_view_text(q->unit));
    json_object_set_new(model, "items", ct_view_items(&a));
    json_object_set_new(model, "prompts", ct_view_prompts(&a));
    json_object_set_new(model, "gaps", ct_view_gaps(&a));
    json_object_set_new(model, "after_html", ct_view_text(q->after_html));
    json_object_set_new(model, "hint_html", ct_view_text(q->hint_html));
    json_object_set_new(model, "result", ct_view_result(&a));
    json_object_set_new(model, "key", v->answers ? ct_view_key(v, q) : json_null());
    return model;
}
