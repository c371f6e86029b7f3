/*
 * where.c: rows of people say where each is by name. Reports say it by path, which is short, stays,
 * and belongs into files.
 */
#include "people_priv.h"

#include "ct/base/banned.h"

static struct ct_sv name_of(struct ct_arena *a, const struct ct_org *all, size_t n,
                            struct ct_sv path)
{
    for (size_t i = 0; i < n; i++)
        if (all[i].kind != CT_ORG_TASK_FORCE && ct_sv_eq(all[i].path, path))
            return ct_org_title(a, all, n, &all[i]);
    return path;
}

int ct_model_name_places(const struct ct_request *rq, int64_t as_of, json_t *rows,
                         struct ct_err *err)
{
    struct ct_org *all;
    size_t n, i;
    json_t *row;
    int r = ct_org_list_as_of(rq->desk.db, rq->arena, as_of, &all, &n, err);

    if (r < 0)
        return r;
    json_array_foreach(rows, i, row)
    {
        struct ct_sv rest = ct_json_get_sv(row, "where"), path, text = CT_SV_NULL;
        while (rest.n && ct_sv_split(&rest, ';', &path)) {
            struct ct_sv name = name_of(rq->arena, all, n, ct_sv_trim(path));
            text = text.n
                       ? ct_arena_printf(rq->arena, "%.*s; %.*s", CT_SV_ARG(text), CT_SV_ARG(name))
                       : name;
        }
        if (text.n)
            json_object_set_new(row, "where", ct_json_sv(text));
    }
    return CT_OK;
}
