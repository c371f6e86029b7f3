/*
 * page_api.c: how programs read reports: a page for people, and the document for programs.
 */
#include "openapi_priv.h"
#include "pages_priv.h"

#include "ct/learn/report_completion.h"
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

/* The addresses that a token opens, by the route table. */
static json_t *addresses(const struct ct_request *rq)
{
    json_t *list = json_array();

    for (size_t i = 0; i < rq->app->n_routes; i++) {
        unsigned scopes = rq->app->routes[i].needs >> CT_TAKES_SHIFT;
        if (scopes)
            json_array_append_new(list,
                                  json_pack("{s:s, s:o}", "path", rq->app->routes[i].path, "scopes",
                                            ct_json_sv(ct_token_scope_names(rq->arena, scopes))));
    }
    return list;
}

static json_t *filters(void)
{
    static const struct ct_route report = {.input = ct_report_query};
    json_t *list = json_array();

    for (const struct ct_field *f = ct_report_query; f->name; f++) {
        const char *meaning = ct_openapi_field_meaning(&report, f);
        json_array_append_new(list, json_pack("{s:s, s:s?}", "name", f->name, "meaning", meaning));
    }
    return list;
}

static json_t *views(void)
{
    json_t *list = json_array();

    for (enum ct_report_by by = CT_BY_DISCIPLINE_COURSE; by <= CT_BY_TASK_FORCE; by++) {
        size_t n;
        const char *const *names = ct_report_columns(by, &n);
        json_t *columns = json_array();
        for (size_t i = 0; i < n; i++) {
            const struct ct_column *c = ct_report_column(by, names[i]);
            json_array_append_new(columns, json_pack("{s:s, s:s?}", "name", names[i], "meaning",
                                                     c ? c->meaning : NULL));
        }
        json_array_append_new(
            list, json_pack("{s:s, s:o}", "name", ct_report_view_name(by), "columns", columns));
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
    return ct_page(rq, rs, "api",
                   json_pack("{s:s, s:o, s:o, s:o, s:o, s:i, s:i}", "title", "How programs read",
                             "addresses", addresses(rq), "filters", filters(), "views", views(),
                             "words", words(), "days", CT_TOKEN_DAYS, "days_max",
                             CT_TOKEN_DAYS_MAX),
                   err);
}
