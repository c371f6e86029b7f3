/*
 * page_coverage.c: the coverage matrix of a team as a page: disciplines by modules or objectives, n
 * of m and who is missing. Files of it are written in learn. The chairs below it are
 * page_coverage_chairs.c.
 */
#include "coverage_priv.h"
#include "filters_priv.h"
#include "view_priv.h"

#include "ct/base/limits.h"

#include "ct/base/banned.h"

const struct ct_field ct_coverage_query[] = {
    {"course", CT_FIELD_SLUG, offsetof(struct ct_team_input, report.course), false, 0, 64},
    {"discipline", CT_FIELD_SLUG, offsetof(struct ct_team_input, report.discipline), false, 0, 64},
    CT_TEAM_ORGS,
    {"of", CT_FIELD_SLUG, offsetof(struct ct_team_input, of), false, 0, 16},
    {"as_of", CT_FIELD_TEXT, offsetof(struct ct_team_input, report.as_of), false, 0, 64},
    {NULL, CT_FIELD_TEXT, 0, false, 0, 0},
};

void ct_coverage_add_level(json_t *cell, size_t part, size_t whole)
{
    static const char *const marks[] = {"is_none", "is_few", "is_half", "is_most", "is_all"};
    size_t level = 0;

    if (whole && part == whole)
        level = 4;
    else if (part)
        level = part * 8 < whole * 3 ? 1 : part * 8 <= whole * 5 ? 2 : 3;
    json_object_set_new(cell, "level", json_integer((json_int_t)level));
    for (size_t i = 0; i < sizeof marks / sizeof marks[0]; i++)
        json_object_set_new(cell, marks[i], json_boolean(i == level));
}

json_t *ct_coverage_names(const struct ct_request *rq, const struct ct_coverage_people *people,
                          size_t n_more)
{
    size_t told = people->n < CT_COVERAGE_NAMES ? people->n : CT_COVERAGE_NAMES;
    CT_AUTO_STR rest = CT_STR_INIT(128);
    json_t *list;

    if (!told && !n_more)
        return json_null();
    list = json_array();
    for (size_t i = 0; i < told; i++)
        json_array_append_new(list, json_pack("{s:b, s:o}", "is_next", i > 0, "name",
                                              ct_json_sv(people->items[i]->name)));
    if (told < people->n)
        ct_str_addf(&rest, "; and %zu more", people->n - told);
    if (n_more)
        ct_str_addf(&rest, "%s%zu without a name", told ? "; " : "", n_more);
    return json_pack("{s:o, s:o}", "told", list, "rest",
                     ct_view_text(ct_arena_dup(rq->arena, ct_str_sv(&rest))));
}

/* What the columns are. */
struct matrix {
    bool is_objectives;
    const struct ct_coverage_item *items;
    size_t n;
};

/* ---- columns ---- */

/* "2", or "2.O3" of an objective: the number of its first module, and what it is called there. */
static struct ct_sv code_of(const struct ct_request *rq, const struct ct_coverage *c,
                            const struct ct_coverage_item *item)
{
    size_t i = 0;

    while (c->modules[i].module != item->module)
        i++;
    return item->objective
               ? ct_arena_printf(rq->arena, "%zu.%.*s", i + 1, CT_SV_ARG(item->objective->id))
               : ct_arena_printf(rq->arena, "%zu", i + 1);
}

static struct ct_sv text_of(const struct ct_coverage_item *item)
{
    return item->objective ? item->objective->text : item->module->title;
}

static json_t *item_of(const struct ct_request *rq, const struct ct_coverage *c,
                       const struct ct_coverage_item *item, size_t i)
{
    CT_AUTO_STR modules = CT_STR_INIT(CT_PAGE_MAX);

    for (size_t m = 0; m < item->n_modules; m++) {
        ct_str_add_c(&modules, m ? "; " : "");
        ct_str_add_sv(&modules, item->modules[m]->title);
    }
    return json_pack("{s:o, s:o, s:o, s:o, s:b, s:i, s:i}", "code",
                     ct_json_sv(code_of(rq, c, item)), "text", ct_json_sv(text_of(item)), "anchor",
                     ct_json_sv(ct_arena_printf(rq->arena, "i%zu", i + 1)), "modules",
                     ct_json_sv(ct_str_sv(&modules)), "has_questions", item->n_questions > 0,
                     "questions", (int)item->n_questions, "graded", (int)item->n_graded);
}

/* ---- rows ---- */

static json_t *cell_of(const struct ct_coverage_cell *cell, struct ct_sv anchor)
{
    json_t *model = json_pack("{s:b, s:i, s:i, s:b, s:o}", "is_asked", cell->is_asked, "done",
                              (int)cell->done, "people", (int)cell->people, "has_missing",
                              cell->done < cell->people, "anchor", ct_view_text(anchor));

    ct_coverage_add_level(model, cell->done, cell->people);
    return model;
}

static json_t *missing_of(const struct ct_request *rq, const struct ct_coverage *c,
                          const struct ct_coverage_item *item, const struct ct_coverage_cell *cell,
                          struct ct_sv anchor)
{
    size_t missing = cell->people - cell->done;

    return json_pack("{s:o, s:o, s:o, s:b, s:i, s:i, s:i, s:o}", "anchor", ct_json_sv(anchor),
                     "code", ct_json_sv(code_of(rq, c, item)), "text", ct_json_sv(text_of(item)),
                     "has_missing", missing > 0, "missing", (int)missing, "done", (int)cell->done,
                     "people", (int)cell->people, "names",
                     ct_coverage_names(rq, &cell->missing, missing - cell->missing.n));
}

static json_t *row_of(const struct ct_request *rq, const struct ct_coverage *c,
                      const struct matrix *mx, size_t i)
{
    const struct ct_coverage_row *row = &c->rows[i];
    const struct ct_coverage_cell *cells = mx->is_objectives ? row->objectives : row->modules;
    json_t *list = json_array(), *missing = json_array();

    for (size_t k = 0; k < mx->n; k++) {
        struct ct_sv anchor = ct_arena_printf(rq->arena, "r%zu-%zu", i + 1, k + 1);
        json_array_append_new(list, cell_of(&cells[k], anchor));
        if (cells[k].is_asked)
            json_array_append_new(missing, missing_of(rq, c, &mx->items[k], &cells[k], anchor));
    }
    json_t *model =
        json_pack("{s:o, s:i, s:b, s:b, s:o, s:b, s:o, s:o}", "discipline",
                  ct_model_kind(rq, row->discipline), "people", (int)row->people, "required",
                  row->required, "recommended", row->recommended && !row->required, "anchor",
                  ct_json_sv(ct_arena_printf(rq->arena, "r%zu", i + 1)), "has_asked",
                  json_array_size(missing) > 0, "cells", list, "missing", missing);
    ct_model_add_number(model, "has_unnamed", "unnamed",
                        row->n_unnamed ? (int64_t)row->n_unnamed : -1);
    return model;
}

/* The whole team: the rows that are shown, added up. */
static json_t *sums_of(const struct ct_coverage *c, const struct matrix *mx)
{
    json_t *list = json_array();

    for (size_t k = 0; k < mx->n; k++) {
        struct ct_coverage_cell sum = {.is_asked = false};
        for (size_t i = 0; i < c->n; i++) {
            const struct ct_coverage_cell *cell =
                mx->is_objectives ? &c->rows[i].objectives[k] : &c->rows[i].modules[k];
            sum.is_asked = sum.is_asked || cell->is_asked;
            sum.done += cell->done;
            sum.people += cell->people;
        }
        json_array_append_new(list, cell_of(&sum, CT_SV_NULL));
    }
    return list;
}

/* ---- the page ---- */

static int send_page(struct ct_request *rq, struct ct_response *rs, const struct ct_coverage *c,
                     const struct ct_scope *scope, const struct ct_report_moment *moment,
                     enum ct_coverage_of of, struct ct_err *err)
{
    bool objectives = of == CT_COVERAGE_OBJECTIVES;
    struct matrix mx = {objectives, objectives ? c->objectives : c->modules,
                        objectives ? c->n_objectives : c->n_modules};
    json_t *items = json_array(), *rows = json_array();
    const struct ct_filter_facts facts = {
        .scope = scope, .course = c->course, .as_of = moment->as_of};

    for (size_t i = 0; i < mx.n; i++)
        json_array_append_new(items, item_of(rq, c, &mx.items[i], i));
    for (size_t i = 0; i < c->n; i++)
        json_array_append_new(rows, row_of(rq, c, &mx, i));
    json_t *model = json_pack("{s:s, s:b, s:o, s:b, s:b, s:i, s:o, s:o, s:o, s:b, s:i}", "title",
                              "Coverage of a team", "is_objectives", objectives, "course_title",
                              c->course ? ct_json_sv(c->course->title) : json_null(), "has_rows",
                              c->n > 0 && mx.n > 0, "has_people", c->n > 0, "people",
                              (int)c->people, "items", items, "rows", rows, "sums", sums_of(c, &mx),
                              "left_out", c->left_out, "unnamed_min", CT_REPORT_UNNAMED_MIN);
    ct_view_add_noun(model, "people_word", c->people, "person", "people");
    ct_model_add_moment(rq, moment, model);
    ct_coverage_add_cases(rq, c, model);
    ct_team_add_files(rq, ct_coverage_query, "/reports/coverage", model);
    return ct_page_report(rq, rs, "report-coverage", &facts, model, err);
}

int ct_get_coverage(struct ct_request *rq, struct ct_response *rs, struct ct_err *err)
{
    const struct ct_team_input *in = rq->input;
    struct ct_coverage_filter filter = {
        .course = in->report.course.n ? in->report.course : CT_SV_NULL,
        .discipline = in->report.discipline.n ? in->report.discipline : CT_SV_NULL,
        .day = in->report.as_of.n ? in->report.as_of : CT_SV_NULL};
    struct ct_report_moment moment;
    struct ct_scope scope;
    struct ct_coverage coverage;
    struct ct_report_doc doc;
    enum ct_coverage_of of;
    int r;

    if (!ct_coverage_of_parse(in->of, &of))
        return ct_fail(err, CT_BAD_INPUT, "of", "one of modules, objectives, chairs is wanted");
    if ((r = ct_report_when(rq, &moment, err)) < 0 ||
        (r = ct_report_scope_at(rq, &moment, &scope, err)) < 0)
        return r;
    filter.scope = &scope;
    if ((r = ct_coverage(rq->desk.db, rq->arena, rq->cat, moment.as_of, &filter, &coverage, err)) <
        0)
        return r;
    if (!ct_report_is_file(rq))
        return send_page(rq, rs, &coverage, &scope, &moment, of, err);
    ct_coverage_doc(rq->arena, rq->cat, &coverage, &filter, of, &doc);
    doc.time_zone = moment.time_zone;
    return ct_report_send(rq, rs, &doc, ct_report_file_part(rq, &scope), err);
}
