/*
 * page_team.c: what the pages about a team share: addresses that keep what was asked, and lists to
 * choose from.
 */
#include "team_priv.h"
#include "view_priv.h"

#include "ct/base/limits.h"
#include "ct/text/url.h"

#include "ct/base/banned.h"

struct ct_sv ct_team_href(const struct ct_request *rq, const struct ct_field *fields,
                          const char *path, const char *name, const char *value)
{
    CT_AUTO_STR url = CT_STR_INIT(CT_URL_MAX);
    bool first = true;

    ct_str_add_c(&url, path);
    for (const struct ct_field *f = fields; f->name; f++) {
        struct ct_sv chosen = *(const struct ct_sv *)((const char *)rq->input + f->offset);
        if (name && strcmp(f->name, name) == 0)
            chosen = ct_sv_c(value);
        if (chosen.n)
            ct_url_add_query(&url, &first, ct_sv_c(f->name), chosen);
    }
    return ct_arena_dup(rq->arena, ct_str_sv(&url));
}

static json_t *courses_of(const struct ct_request *rq, struct ct_sv chosen)
{
    json_t *list = json_array();

    for (size_t i = 0; i < rq->cat->n_courses; i++) {
        const struct ct_course *c = &rq->cat->courses[i];
        json_array_append_new(list, json_pack("{s:o, s:o, s:b}", "slug", ct_json_sv(c->slug),
                                              "title", ct_json_sv(c->title), "selected",
                                              ct_sv_eq(c->slug, chosen)));
    }
    return list;
}

void ct_team_add_choices(const struct ct_request *rq, json_t *model, struct ct_sv course,
                         struct ct_sv discipline)
{
    json_t *list = ct_view_disciplines(&rq->cat->disciplines, CT_DISC_ALL);
    json_t *one;
    size_t i;

    json_array_foreach(list, i, one)
    {
        bool selected = ct_sv_eq(ct_json_get_sv(one, "slug"), discipline);
        json_object_set_new(one, "selected", json_boolean(selected));
    }
    json_object_set_new(model, "disciplines", list);
    json_object_set_new(model, "courses", courses_of(rq, course));
}

void ct_team_add_files(const struct ct_request *rq, const struct ct_field *fields, const char *path,
                       json_t *model)
{
    static const char *const kinds[][2] = {
        {"xlsx_href", "xlsx"}, {"csv_href", "csv"}, {"json_href", "json"}};

    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++) {
        const char *file = ct_arena_printf(rq->arena, "%s.%s", path, kinds[i][1]).p;
        json_object_set_new(model, kinds[i][0],
                            ct_json_sv(ct_team_href(rq, fields, file, NULL, NULL)));
    }
}
