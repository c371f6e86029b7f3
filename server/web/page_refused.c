/*
 * page_refused.c: what a report, a requirement or a transcript answers when it was asked wrongly,
 * or for people whom the reader does not see, or does not see any more: what it is, the form as it
 * was typed with the mistake at its field, and what the reader leads today. Files and programs get
 * the same as a problem body (answer.c).
 */
#include "assignments_priv.h"
#include "core_priv.h"
#include "filters_priv.h"
#include "pages_priv.h"
#include "people_priv.h"
#include "view_priv.h"

#include "ct/base/limits.h"
#include "ct/report/question_report.h"
#include "ct/text/url.h"

#include "ct/base/banned.h"

bool ct_refuses(const struct ct_request *rq, const struct ct_err *failure)
{
    if (!rq->route || !(rq->route->needs & CT_EXPLAINS) || rq->wants_json || rq->making)
        return false;
    return failure->code == CT_DENIED || failure->code == CT_NOT_FOUND ||
           (failure->code == CT_BAD_INPUT && rq->verb == CT_GET);
}

/* Whether what is above a unit is led, too. */
static bool is_below(const struct ct_scope *scope, const struct ct_org *o)
{
    for (size_t i = 0; i < scope->n_choices; i++) {
        const struct ct_org *above = &scope->choices[i];
        if (scope->leads[i] && o->kind == CT_ORG_UNIT &&
            above->id == (o->parent ? o->parent : o->agency))
            return true;
    }
    return false;
}

/* The same report of one of them; where the report takes none, what there is to do today. */
static json_t *href_of(const struct ct_request *rq, const struct ct_org *o)
{
    static const char *const names[] = {
        [CT_ORG_AGENCY] = "agency", [CT_ORG_UNIT] = "unit", [CT_ORG_TASK_FORCE] = "task_force"};
    const struct ct_report_place *place = ct_report_place(rq);
    bool takes = place && (ct_report_has_field(rq, names[o->kind]) ||
                           strcmp(place->path, "/reports/assignments") == 0);
    CT_AUTO_STR url = CT_STR_INIT(CT_URL_MAX);
    bool first = true;

    ct_str_add_c(&url, takes ? place->path : "/reports/today");
    ct_url_add_query(&url, &first, ct_sv_c(names[o->kind]), o->path);
    return ct_json_sv(ct_arena_dup(rq->arena, ct_str_sv(&url)));
}

static json_t *leads_of(const struct ct_request *rq, const struct ct_scope *scope)
{
    json_t *list = json_array();

    for (size_t i = 0; i < scope->n_choices; i++) {
        const struct ct_org *o = &scope->choices[i];
        if (scope->is_limited && scope->leads[i] && !o->closed_on.p && !is_below(scope, o))
            json_array_append_new(list, json_pack("{s:o, s:o}", "title",
                                                  ct_json_sv(ct_org_title(rq->arena, scope->choices,
                                                                          scope->n_choices, o)),
                                                  "href", href_of(rq, o)));
    }
    return list;
}

/* What there is to choose from, however little of the address is right. */
static int read_facts(struct ct_request *rq, struct ct_filter_facts *f, struct ct_scope *scope,
                      struct ct_err *err)
{
    struct ct_viewer viewer = {.person = rq->session->person,
                               .is_admin = (rq->session->roles & CT_ROLE_ADMIN) != 0,
                               .now = ct_now(rq->desk.clock)};
    const struct ct_scope_wish everything = {.agency = CT_SV_NULL};
    struct ct_err denied = CT_ERR_INIT;
    struct ct_requirement *requirements;
    const struct ct_module *module;
    int r = ct_org_scope(rq->desk.db, rq->arena, &viewer, &everything, viewer.now, scope, &denied);

    if (r < 0 && r != CT_DENIED)
        return ct_fail(err, (enum ct_status)r, denied.what, "%s", denied.text);
    f->scope = r == CT_OK ? scope : NULL;
    if (ct_question_choose(rq->cat, ct_form_get(&rq->query, "course"), CT_SV_NULL, &f->course,
                           &module, &denied) < 0)
        f->course = NULL;
    f->day = ct_day_of(viewer.now);
    if (!f->scope || !ct_report_has_field(rq, "requirement"))
        return CT_OK;
    r = ct_requirement_list(rq->desk.db, rq->arena, viewer.now, &requirements, &f->n_requirements,
                            err);
    f->requirements = requirements;
    return r;
}

/* Where what was asked is to be had, of the same people: Today is of no other day. */
static json_t *instead_of(const struct ct_request *rq, const struct ct_report_place *place,
                          const struct ct_err *failure)
{
    static const enum ct_ask kept[] = {CT_ASK_AGENCY, CT_ASK_UNIT, CT_ASK_TASK_FORCE, CT_ASK_AS_OF};
    struct ct_assignment_query q = {.text = {CT_SV_NULL}};

    if (!place || strcmp(place->path, "/reports/today") != 0 || strcmp(failure->what, "as_of") != 0)
        return json_null();
    for (size_t i = 0; i < sizeof kept / sizeof kept[0]; i++)
        q.text[kept[i]] = ct_form_get(&rq->query, ct_ask_info(kept[i])->name);
    return json_pack("{s:s, s:o}", "title", "Assignments as of that day", "href",
                     ct_json_sv(ct_assignments_href(rq, "/reports/assignments", &q, 1)));
}

static json_t *action_of(const struct ct_request *rq, const struct ct_report_place *place)
{
    size_t dot = ct_sv_find(rq->path, '.');

    if (!place && rq->verb != CT_GET)
        return json_null();
    /* The transcript's place has somebody's number in it. */
    return ct_json_sv(dot == SIZE_MAX ? rq->path : ct_sv_sub(rq->path, 0, dot));
}

int ct_page_refused(struct ct_request *rq, struct ct_response *rs, const struct ct_err *failure,
                    struct ct_err *err)
{
    const struct ct_report_place *place = ct_report_place(rq);
    bool is_wrong = failure->code == CT_BAD_INPUT;
    struct ct_filter_facts facts = {.problem = failure};
    struct ct_scope scope;
    int r = read_facts(rq, &facts, &scope, err);

    if (r < 0)
        return r;
    json_t *leads = facts.scope ? leads_of(rq, &scope) : json_array();
    json_t *model =
        json_pack("{s:s, s:b, s:b, s:b, s:o, s:o, s:o, s:o, s:b, s:b, s:b, s:o}", "title",
                  place                                            ? place->title
                  : ct_sv_starts(rq->path, CT_SV("/requirements")) ? "Requirements"
                                                                   : "Reports",
                  "is_wrong", is_wrong, "is_denied", failure->code == CT_DENIED, "is_missing",
                  failure->code == CT_NOT_FOUND, "error",
                  ct_model_sentence(rq->arena, failure->text), "field",
                  is_wrong && !ct_report_has_field(rq, failure->what) ? json_string(failure->what)
                                                                      : json_null(),
                  "instead", instead_of(rq, place, failure), "action", action_of(rq, place),
                  "was_posted", rq->verb == CT_POST, "sees_some", facts.scope != NULL, "has_leads",
                  json_array_size(leads) > 0, "leads", leads);
    if ((r = ct_model_add_fields(rq, &facts, model, err)) < 0) {
        json_decref(model);
        return r;
    }
    bool of_module = strcmp(failure->what, "module") == 0;
    if (!of_module)
        json_object_set_new(model, "module_fields", json_array());
    json_object_set_new(model, "has_module_form", json_boolean(of_module));
    json_object_set_new(model, "has_form",
                        json_boolean(facts.scope && failure->code != CT_NOT_FOUND && !of_module &&
                                     json_array_size(json_object_get(model, "fields")) > 0));
    json_object_set_new(model, "has_tabs",
                        json_boolean(place && ct_sv_starts(rq->path, CT_SV("/reports/"))));
    ct_model_add_tabs(model, place ? place->path : "");
    rs->status = ct_status_http(failure->code);
    return ct_page(rq, rs, "refused", model, err);
}
