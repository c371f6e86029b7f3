/*
 * page_report_questions.c: which questions people of which discipline get wrong, for managers. Of
 * everybody, in numbers, never who; who leads nothing is refused as in the other reports.
 */
#include "filters_priv.h"
#include "team_priv.h"
#include "view_priv.h"

#include "ct/report/question_report.h"

#include "ct/base/banned.h"

const struct ct_field ct_questions_query[] = {
    {"course", CT_FIELD_SLUG, offsetof(struct ct_team_input, report.course), false, 0, 64},
    {"module", CT_FIELD_SLUG, offsetof(struct ct_team_input, module), false, 0, 64},
    {"of", CT_FIELD_SLUG, offsetof(struct ct_team_input, of), false, 0, 16},
    {NULL, CT_FIELD_TEXT, 0, false, 0, 0},
};

/* Of the discipline of that name; NULL: of everybody. */
static json_t *share_of(const struct ct_stats_share *s, struct ct_sv name)
{
    int right = ct_stats_percent(s);

    return json_pack("{s:o, s:b, s:i, s:i, s:i}", "name", ct_view_text(name), "is_told",
                     s->people > 0, "people", (int)s->people, "right", right, "wrong",
                     s->people ? 100 - right : 0);
}

static json_t *objectives_of(const struct ct_question *q)
{
    json_t *list = json_array();

    for (size_t i = 0; i < q->n_objectives; i++)
        json_array_append_new(list, ct_json_sv(q->objectives[i]));
    return list;
}

/* A question or an objective, with a cell a discipline of which something is told. */
static json_t *row_of(const struct ct_request *rq, const struct ct_question_report *r,
                      const struct ct_question_row *row)
{
    json_t *cells = json_array();

    for (size_t d = 0; d < rq->cat->disciplines.n; d++)
        if (r->told[d])
            json_array_append_new(
                cells, share_of(&row->by_discipline[d], rq->cat->disciplines.items[d].name));
    return json_pack("{s:o, s:o, s:o, s:o, s:o, s:i, s:o, s:i}", "code",
                     row->objective ? ct_json_sv(row->objective->id) : json_null(), "text",
                     ct_json_sv(row->objective ? row->objective->text : row->question->title),
                     "objectives", row->question ? objectives_of(row->question) : json_array(),
                     "all", share_of(&row->all, CT_SV_NULL), "cells", cells, "questions",
                     (int)row->n_questions, "instead",
                     row->instead ? ct_view_text(row->instead->plain) : json_null(), "n_instead",
                     (int)row->n_instead);
}

static json_t *rows_of(const struct ct_request *rq, const struct ct_question_report *r,
                       const struct ct_question_row *rows, size_t n)
{
    json_t *list = json_array();

    for (size_t i = 0; i < n; i++)
        json_array_append_new(list, row_of(rq, r, &rows[i]));
    return list;
}

static json_t *told_disciplines(const struct ct_request *rq, const struct ct_question_report *r)
{
    const struct ct_disciplines *d = &rq->cat->disciplines;
    json_t *list = json_array();

    for (size_t i = 0; i < d->n; i++)
        if (r->told && r->told[i])
            json_array_append_new(list, ct_view_discipline(d, d->items[i].slug));
    return list;
}

static int send_page(struct ct_request *rq, struct ct_response *rs,
                     const struct ct_question_report *r, struct ct_err *err)
{
    static const char *const kinds[][2] = {{"objectives_xlsx_href", "/reports/questions.xlsx"},
                                           {"objectives_csv_href", "/reports/questions.csv"}};
    const struct ct_filter_facts facts = {.course = r->course, .module = r->module};
    json_t *model = json_pack(
        "{s:s, s:o, s:b, s:o, s:b, s:i, s:b, s:i, s:o, s:o, s:b, s:o}", "title",
        "Which questions people get wrong", "as_of", ct_view_moment(ct_now(rq->desk.clock)),
        "has_modules", r->module != NULL, "module_title",
        r->module ? ct_json_sv(r->module->title) : json_null(), "has_people", r->people > 0,
        "people", (int)r->people, "too_few", r->too_few, "least", (int)CT_STATS_LEAST, "told",
        told_disciplines(rq, r), "questions", rows_of(rq, r, r->questions, r->n_questions),
        "has_objectives", r->n_objectives > 0, "objectives",
        rows_of(rq, r, r->objectives, r->n_objectives));

    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++)
        json_object_set_new(
            model, kinds[i][0],
            ct_json_sv(ct_team_href(rq, ct_questions_query, kinds[i][1], "of", "objectives")));
    ct_team_add_files(rq, ct_questions_query, "/reports/questions", model);
    return ct_page_report(rq, rs, "report-questions", &facts, model, err);
}

int ct_get_report_questions(struct ct_request *rq, struct ct_response *rs, struct ct_err *err)
{
    const struct ct_team_input *in = rq->input;
    struct ct_question_report report = {.n_questions = 0};
    enum ct_question_of of;
    struct ct_report_doc doc;
    struct ct_scope scope;
    int r;

    if (!ct_question_of_parse(in->of, &of))
        return ct_fail(err, CT_BAD_INPUT, "of", "one of questions, objectives is wanted");
    if ((r = ct_question_choose(rq->cat, in->report.course, in->module, &report.course,
                                &report.module, err)) < 0 ||
        (r = ct_report_scope(rq, &scope, err)) < 0)
        return r;
    if (report.module && (r = ct_question_report(rq->desk.db, rq->arena, rq->cat, report.course,
                                                 report.module, &report, err)) < 0)
        return r;
    if (!ct_report_is_file(rq))
        return send_page(rq, rs, &report, err);
    if (!report.module)
        return ct_fail(err, CT_NOT_FOUND, "module", "no module of this course has a quiz");
    ct_question_doc(rq->arena, rq->cat, &report, of, &doc);
    doc.as_of = ct_now(rq->desk.clock);
    return ct_report_send(rq, rs, &doc,
                          ct_arena_printf(rq->arena, "-%.*s", CT_SV_ARG(report.module->slug)), err);
}
