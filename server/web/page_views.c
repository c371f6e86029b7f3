/*
 * page_views.c: keeping a report under a name. What is kept is an address, and nothing of it is
 * believed: it is looked up in the route table when it is saved and when it is offered again, and
 * what it shows follows from the rights of whoever opens it.
 */
#include "done_priv.h"
#include "pages_priv.h"
#include "view_priv.h"
#include "views_priv.h"

#include "ct/learn/saved_view.h"
#include "ct/text/form.h"
#include "ct/text/url.h"

#include "ct/base/banned.h"

const struct ct_field ct_view_form[] = {
    {"name", CT_FIELD_TEXT, offsetof(struct ct_view_input, name), false, 0,
     CT_SAVED_VIEW_NAME_MAX * 4},
    {"href", CT_FIELD_TEXT, offsetof(struct ct_view_input, href), true, 0, CT_SAVED_VIEW_HREF_MAX},
    {NULL, CT_FIELD_TEXT, 0, false, 0, 0},
};
const struct ct_field ct_view_name_form[] = {
    {"name", CT_FIELD_TEXT, offsetof(struct ct_view_input, name), false, 0,
     CT_SAVED_VIEW_NAME_MAX * 4},
    {NULL, CT_FIELD_TEXT, 0, false, 0, 0},
};

/* A page of a report: no file, no form, nothing that needs more than a manager. */
static bool is_report(const struct ct_route *route)
{
    return (route->needs & CT_NEEDS_MANAGER) && !(route->needs & CT_NEEDS_ADMIN) && route->input &&
           ct_sv_starts(ct_sv_c(route->path), CT_SV("/reports/")) &&
           ct_sv_find(ct_sv_c(route->path), '.') == SIZE_MAX &&
           ct_sv_find(ct_sv_c(route->path), ':') == SIZE_MAX;
}

bool ct_view_opens(const struct ct_request *rq, struct ct_sv href)
{
    size_t mark = ct_sv_find(href, '?');
    struct ct_sv params[CT_PARAMS_MAX], allow;
    struct ct_form query = {NULL, 0};
    const struct ct_route *route;
    void *input;

    if (!ct_url_is_local(href) || href.n > CT_SAVED_VIEW_HREF_MAX ||
        ct_route_find(rq->app->routes, rq->app->n_routes, rq->arena, CT_GET,
                      ct_sv_sub(href, 0, mark), &route, params, &allow, NULL) < 0 ||
        !is_report(route))
        return false;
    return mark == SIZE_MAX ||
           (ct_form_parse(rq->arena, ct_sv_sub(href, mark + 1, SIZE_MAX), &query, NULL) == CT_OK &&
            ct_input_parse(rq->arena, route->input, route->input_size, &query, &input, NULL) ==
                CT_OK);
}

void ct_model_add_save(const struct ct_request *rq, json_t *model)
{
    json_object_set_new(model, "save_href",
                        ct_view_opens(rq, rq->target) ? ct_json_sv(rq->target) : json_null());
}

/* To the list; or the list with what is wrong. */
static int answer(struct ct_request *rq, struct ct_response *rs, int r, enum ct_done what,
                  const struct ct_view_problem *problem, struct ct_err *err)
{
    if (r == CT_OK)
        return ct_done(rq, rs, what, CT_SV("/reports"));
    if (problem->failure->code != CT_BAD_INPUT && problem->failure->code != CT_CONFLICT)
        return ct_fail(err, problem->failure->code, problem->failure->what, "%s",
                       problem->failure->text);
    return ct_page_reports(rq, rs, problem, err);
}

int ct_post_view(struct ct_request *rq, struct ct_response *rs, struct ct_err *err)
{
    const struct ct_view_input *in = rq->input;
    struct ct_err failure = CT_ERR_INIT;
    struct ct_view_problem problem = {.name = in->name, .href = in->href, .failure = &failure};
    int64_t id = 0;

    if (!ct_view_opens(rq, in->href))
        return ct_fail(err, CT_BAD_INPUT, "href", "this is no address of a report");
    int r = ct_saved_view_add(rq->app->cfg.store, rq->desk.clock, rq->session->person, in->name,
                              in->href, &id, &failure);
    return answer(rq, rs, r, CT_DONE_VIEW, &problem, err);
}

int ct_post_view_rename(struct ct_request *rq, struct ct_response *rs, struct ct_err *err)
{
    const struct ct_view_input *in = rq->input;
    struct ct_err failure = CT_ERR_INIT;
    struct ct_view_problem problem = {.name = in->name, .failure = &failure};
    int r = ct_param_id(rq->params[0], &problem.view, err);

    if (r < 0)
        return r;
    r = ct_saved_view_rename(rq->app->cfg.store, rq->desk.clock, rq->session->person, problem.view,
                             in->name, &failure);
    return answer(rq, rs, r, CT_DONE_VIEW_NAMED, &problem, err);
}

int ct_post_view_delete(struct ct_request *rq, struct ct_response *rs, struct ct_err *err)
{
    struct ct_err failure = CT_ERR_INIT;
    struct ct_view_problem problem = {.failure = &failure};
    int r = ct_param_id(rq->params[0], &problem.view, err);

    if (r < 0)
        return r;
    r = ct_saved_view_delete(rq->app->cfg.store, rq->desk.clock, rq->session->person, problem.view,
                             &failure);
    return answer(rq, rs, r, CT_DONE_VIEW_DELETED, &problem, err);
}
