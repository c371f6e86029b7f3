/*
 * page_questions.c: how a quiz's questions do, for who wrote them. Numbers, never who.
 */
#include "author_priv.h"
#include "view_priv.h"

#include "ct/learn/question_stats.h"

#include "ct/base/banned.h"

static int percent(size_t part, size_t whole)
{
    return whole ? (int)((part * 100 + whole / 2) / whole) : 0;
}

static void add_share(json_t *model, const struct ct_stats_share *s)
{
    json_object_set_new(model, "people", json_integer((json_int_t)s->people));
    json_object_set_new(model, "right", json_integer(percent(s->right, s->people)));
    json_object_set_new(model, "has_people", json_boolean(s->people > 0));
}

static json_t *disciplines_of(const struct ct_request *rq, const struct ct_question_stats *q)
{
    const struct ct_disciplines *d = &rq->cat->disciplines;
    json_t *list = json_array();

    for (size_t i = 0; i < d->n; i++) {
        if (q->by_discipline[i].people == 0)
            continue;
        json_t *one = json_pack("{s:o}", "discipline", ct_view_discipline(d, d->items[i].slug));
        add_share(one, &q->by_discipline[i]);
        json_array_append_new(list, one);
    }
    return list;
}

/* What `chosen[i]` counts: an option, an item put in its place, a prompt, a gap. */
static struct ct_sv part_text(const struct ct_request *rq, const struct ct_question *q, size_t i)
{
    if (q->kind == CT_Q_GAPS)
        return ct_arena_printf(rq->arena, "Gap %zu", i + 1);
    return i < q->n_options ? q->options[i].plain : CT_SV("");
}

static bool is_pick(const struct ct_question *q)
{
    return q->kind == CT_Q_SINGLE || q->kind == CT_Q_MULTIPLE;
}

static json_t *parts_of(const struct ct_request *rq, const struct ct_question_stats *q)
{
    json_t *list = json_array();

    for (size_t i = 0; i < q->n_chosen; i++)
        json_array_append_new(list, json_pack("{s:o, s:i, s:b, s:I}", "text",
                                              ct_json_sv(part_text(rq, q->question, i)), "share",
                                              percent(q->chosen[i], q->all.people), "is_right",
                                              is_pick(q->question) && q->question->options[i].right,
                                              "people", (json_int_t)q->chosen[i]));
    return list;
}

/* Two decimals with a sign, as the field writes it. */
static json_t *correlation(const struct ct_request *rq, const struct ct_question_stats *q)
{
    if (!q->has_discrimination)
        return json_null();
    return ct_json_sv(ct_arena_printf(rq->arena, "%+.2f", q->discrimination));
}

static json_t *question_of(const struct ct_request *rq, const struct ct_author_file *f,
                           const struct ct_question_stats *q)
{
    json_t *one = json_pack(
        "{s:o, s:i, s:o, s:o, s:b, s:o, s:b, s:o, s:b, s:b, s:b, s:o}", "title",
        ct_json_sv(q->question->title), "line", q->question->line, "discrimination",
        correlation(rq, q), "parts", parts_of(rq, q), "has_parts", q->n_chosen > 0, "disciplines",
        disciplines_of(rq, q), "is_pick", is_pick(q->question), "id", ct_json_sv(q->question->id),
        "nearly_all_fail", q->flag == CT_FLAG_NEARLY_ALL_FAIL, "nearly_all_pass",
        q->flag == CT_FLAG_NEARLY_ALL_PASS, "misleads", q->flag == CT_FLAG_MISLEADS, "href",
        ct_json_sv(ct_arena_printf(rq->arena, "%.*s#line-%d",
                                   CT_SV_ARG(ct_author_href(rq, f, NULL)), q->question->line)));
    json_t *disciplines = json_object_get(one, "disciplines");

    json_object_set_new(one, "has_disciplines", json_boolean(json_array_size(disciplines) > 0));
    json_object_set_new(one, "mean", json_integer((json_int_t)(q->all.mean * 100 + 0.5)));
    add_share(one, &q->all);
    return one;
}

int ct_get_questions(struct ct_request *rq, struct ct_response *rs, struct ct_err *err)
{
    const struct ct_course *course = NULL;
    struct ct_question_stats *list = NULL;
    struct ct_author_file f;
    size_t n = 0, people = 0;
    json_t *questions;
    int r = ct_author_file_of(rq, &f, err);

    if (r < 0)
        return r;
    const struct ct_module *m = ct_author_live_module(rq, &f, &course);
    if (!m)
        return ct_fail(err, CT_NOT_FOUND, "module", "no such module is live");
    if ((r = ct_question_stats(rq->desk.db, rq->arena, rq->cat, course, m, &list, &n, &people,
                               err)) < 0)
        return r;
    questions = json_array();
    for (size_t i = 0; i < n; i++)
        json_array_append_new(questions, question_of(rq, &f, &list[i]));
    return ct_page(rq, rs, "questions",
                   json_pack("{s:s, s:o, s:o, s:I, s:b, s:i, s:o}", "title", "How the questions do",
                             "file", ct_author_model_file(rq, &f), "module",
                             ct_model_module(rq, course, m), "people", (json_int_t)people,
                             "has_people", people > 0, "least", CT_STATS_LEAST, "questions",
                             questions),
                   err);
}
