/*
 * page_api.c: how programs read reports: a page for people, and the document for programs. The page
 * is made of the document, so both say the same.
 */
#include "openapi_priv.h"
#include "pages_priv.h"

#include "ct/learn/token.h"

#include "ct/base/banned.h"

int ct_get_openapi(struct ct_request *rq, struct ct_response *rs, struct ct_err *err)
{
    CT_AUTO_JSON *document = ct_openapi(rq->arena, rq->app->routes, rq->app->n_routes);

    if (!document)
        return ct_fail(err, CT_INTERNAL, "model", "the description was not built");
    rs->content_type = "application/json";
    ct_json_write(&rs->body, document);
    return ct_str_ok(&rs->body) ? CT_OK
                                : ct_fail(err, CT_TOO_BIG, "page", "over %zu bytes", rs->body.max);
}

/* Names and what they mean: the parameters of an address behind its question mark. */
static json_t *fields_of(const json_t *op)
{
    json_t *list = json_array(), *one;
    size_t i;

    json_array_foreach(json_object_get(op, "parameters"), i, one)
    {
        if (ct_sv_eq_c(ct_json_get_sv(one, "in"), "query"))
            json_array_append_new(list,
                                  json_pack("{s:O, s:O}", "name", json_object_get(one, "name"),
                                            "meaning", json_object_get(one, "description")));
    }
    return list;
}

static json_t *columns_of(const json_t *row)
{
    json_t *list = json_array(), *column;
    const char *name;

    json_object_foreach(json_object_get(row, "properties"), name, column)
    {
        json_array_append_new(list, json_pack("{s:s, s:O}", "name", name, "meaning",
                                              json_object_get(column, "description")));
    }
    return list;
}

static const json_t *referred(const json_t *document, const json_t *ref)
{
    const json_t *components = json_object_get(document, "components");
    struct ct_sv to = ct_json_get_sv(ref, "$ref");
    struct ct_sv start = CT_SV("#/components/schemas/");

    if (!ct_sv_starts(to, start))
        return NULL;
    return json_object_get(json_object_get(components, "schemas"), to.p + start.n);
}

/* The kinds of row that the JSON file of an address may have. */
static void add_tables(json_t *list, const json_t *document, const json_t *op)
{
    const json_t *ok = json_object_get(json_object_get(op, "responses"), "200");
    const json_t *json = json_object_get(json_object_get(ok, "content"), "application/json");
    const json_t *file = referred(document, json_object_get(json, "schema"));
    const json_t *rows = json_object_get(json_object_get(file, "properties"), "rows");
    json_t *kinds = json_object_get(json_object_get(rows, "items"), "anyOf"), *kind;
    size_t i;

    json_array_foreach(kinds, i, kind)
    {
        const json_t *row = referred(document, kind);
        json_array_append_new(list, json_pack("{s:O?, s:o}", "title", json_object_get(row, "title"),
                                              "columns", columns_of(row)));
    }
}

/* The report in the list whose addresses begin with `base`, in which there is one more now. */
static json_t *report_at(json_t *list, struct ct_sv base, const json_t *op)
{
    struct ct_sv summary = ct_json_get_sv(op, "summary");
    json_t *one;
    size_t i, comma = ct_sv_find(summary, ',');

    json_array_foreach(list, i, one)
    {
        if (ct_sv_eq(ct_json_get_sv(one, "id"), base))
            return one;
    }
    one = json_pack("{s:o, s:o, s:[], s:o, s:[]}", "id", ct_json_sv(base), "summary",
                    ct_json_sv(ct_sv_sub(summary, 0, comma)), "addresses", "fields", fields_of(op),
                    "tables");
    json_array_append_new(list, one);
    return one;
}

/* Every report that a token opens, by the route table. */
static json_t *reports(const struct ct_request *rq, const json_t *document)
{
    json_t *list = json_array(), *paths = json_object_get(document, "paths");

    for (size_t i = 0; i < rq->app->n_routes; i++) {
        const struct ct_route *route = &rq->app->routes[i];
        unsigned scopes = route->needs >> CT_TAKES_SHIFT;
        struct ct_sv path = ct_openapi_path(rq->arena, route->path);
        if (!scopes || route->method != CT_GET)
            continue;
        const json_t *op = json_object_get(json_object_get(paths, path.p), "get");
        json_t *report = report_at(list, ct_sv_sub(path, 0, ct_sv_find(path, '.')), op);
        json_array_append_new(json_object_get(report, "addresses"),
                              json_pack("{s:o, s:o}", "path", ct_json_sv(path), "scopes",
                                        ct_json_sv(ct_token_scope_names(rq->arena, scopes))));
        add_tables(json_object_get(report, "tables"), document, op);
    }
    return list;
}

static json_t *words(void)
{
    json_t *list = json_array();

    for (int i = 0; i < CT_DUE_STATUSES; i++)
        json_array_append_new(list, json_pack("{s:s, s:s}", "word",
                                              ct_due_status_name((enum ct_due_status)i), "meaning",
                                              ct_due_status_meaning((enum ct_due_status)i)));
    return list;
}

int ct_get_api(struct ct_request *rq, struct ct_response *rs, struct ct_err *err)
{
    CT_AUTO_JSON *document = ct_openapi(rq->arena, rq->app->routes, rq->app->n_routes);

    if (!document)
        return ct_fail(err, CT_INTERNAL, "model", "the description was not built");
    return ct_page(rq, rs, "api",
                   json_pack("{s:s, s:o, s:o, s:i, s:i}", "title", "How programs read", "reports",
                             reports(rq, document), "words", words(), "days", CT_TOKEN_DAYS,
                             "days_max", CT_TOKEN_DAYS_MAX),
                   err);
}
