/*
 * page_coverage_chairs.c: from which chairs the people of a team have played the scenarios.
 */
#include "coverage_priv.h"
#include "view_priv.h"

#include "ct/base/banned.h"

static json_t *cell_of(const struct ct_coverage_chair *chair, size_t people)
{
    json_t *cell = json_pack("{s:i, s:i, s:i, s:b}", "passed", (int)chair->passed, "played",
                             (int)chair->played, "people", (int)people, "has_more_played",
                             chair->played > chair->passed);

    ct_coverage_add_level(cell, chair->passed, people);
    return cell;
}

/* Who sat in a chair, by the discipline that they have. */
static json_t *who_of(const struct ct_request *rq, const struct ct_coverage_row *row,
                      const struct ct_coverage_chair *chair)
{
    size_t n_played = chair->played - chair->passed;

    return json_pack("{s:o, s:o, s:o}", "discipline", ct_model_kind(rq, row->discipline), "passed",
                     ct_coverage_names(rq, &chair->who_passed, chair->passed - chair->who_passed.n),
                     "played",
                     ct_coverage_names(rq, &chair->who_played, n_played - chair->who_played.n));
}

static json_t *chair_of(const struct ct_request *rq, const struct ct_coverage *c,
                        const struct ct_coverage_case *k, size_t chair)
{
    const struct ct_coverage_chair *cells = &k->cells[chair * c->n];
    json_t *list = json_array(), *who = json_array();

    for (size_t i = 0; i < c->n; i++) {
        json_array_append_new(list, cell_of(&cells[i], c->rows[i].people));
        if (cells[i].played)
            json_array_append_new(who, who_of(rq, &c->rows[i], &cells[i]));
    }
    return json_pack("{s:o, s:o, s:b, s:o}", "chair",
                     ct_model_discipline(rq, rq->cat->disciplines.items[k->chairs[chair]].slug),
                     "cells", list, "has_who", json_array_size(who) > 0, "who", who);
}

static json_t *case_of(const struct ct_request *rq, const struct ct_coverage *c, size_t i)
{
    const struct ct_coverage_case *k = &c->cases[i];
    json_t *chairs = json_array(), *disciplines = json_array();

    for (size_t chair = 0; chair < k->n_chairs; chair++)
        json_array_append_new(chairs, chair_of(rq, c, k, chair));
    for (size_t row = 0; row < c->n; row++)
        json_array_append_new(disciplines,
                              json_pack("{s:o, s:i, s:s}", "discipline",
                                        ct_model_kind(rq, c->rows[row].discipline), "people",
                                        (int)c->rows[row].people, "people_word",
                                        ct_plural(c->rows[row].people, "person", "people")));
    return json_pack("{s:o, s:o, s:o, s:o, s:o}", "anchor",
                     ct_json_sv(ct_arena_printf(rq->arena, "case%zu", i + 1)), "title",
                     ct_json_sv(k->module->title), "course_title",
                     k->course == c->course ? json_null() : ct_json_sv(k->course->title),
                     "disciplines", disciplines, "chairs", chairs);
}

void ct_coverage_add_cases(const struct ct_request *rq, const struct ct_coverage *c, json_t *model)
{
    static const char *const kinds[][2] = {{"chairs_xlsx_href", "/reports/coverage.xlsx"},
                                           {"chairs_csv_href", "/reports/coverage.csv"}};
    json_t *cases = json_array();

    for (size_t i = 0; i < c->n_cases && c->n; i++)
        json_array_append_new(cases, case_of(rq, c, i));
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++)
        json_object_set_new(
            model, kinds[i][0],
            ct_json_sv(ct_team_href(rq, ct_coverage_query, kinds[i][1], "of", "chairs")));
    json_object_set_new(model, "has_cases", json_boolean(json_array_size(cases) > 0));
    json_object_set_new(model, "cases", cases);
}
