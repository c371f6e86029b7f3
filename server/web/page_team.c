/*
 * page_team.c: what the pages about a team share: addresses that keep what was asked.
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
