/*
 * page_report_scope.c: whose report it is: whom the reader may see, and which agency, unit and
 * task force were chosen. What they may see is decided in learn (org.h).
 */
#include "pages_priv.h"
#include "people_priv.h"
#include "view_priv.h"

#include "ct/learn/curriculum.h"
#include "ct/report/report.h"

#include "ct/base/banned.h"

static struct ct_scope_wish wish_of(const struct ct_request *rq)
{
    const struct ct_report_input *in = rq->input;

    return (struct ct_scope_wish){
        .agency = in->agency, .unit = in->unit, .task_force = in->task_force};
}

static int scope_of(struct ct_request *rq, const struct ct_scope_wish *wish, int64_t as_of,
                    struct ct_scope *ret, struct ct_err *err)
{
    struct ct_viewer viewer = {.person = rq->session->person,
                               .is_admin = (rq->session->roles & CT_ROLE_ADMIN) != 0,
                               .now = ct_now(rq->desk.clock)};

    return ct_org_scope(rq->desk.db, rq->arena, &viewer, wish, as_of, ret, err);
}

int ct_report_scope(struct ct_request *rq, struct ct_scope *ret, struct ct_err *err)
{
    struct ct_scope_wish wish = wish_of(rq);

    return scope_of(rq, &wish, ct_now(rq->desk.clock), ret, err);
}

int ct_report_scope_at(struct ct_request *rq, const struct ct_report_moment *at,
                       struct ct_scope *ret, struct ct_err *err)
{
    struct ct_scope_wish wish = wish_of(rq);

    wish.day = at->day_text;
    return scope_of(rq, &wish, at->as_of, ret, err);
}

int ct_report_when(struct ct_request *rq, struct ct_report_moment *ret, struct ct_err *err)
{
    const struct ct_report_input *in = rq->input;
    struct ct_scope_wish wish = wish_of(rq);
    int r = ct_report_moment(rq->desk.db, rq->arena, rq->desk.clock, in->as_of, &wish, ret, err);

    return r < 0 ? r
                 : ct_curriculum_as_of(rq->desk.db, rq->arena, rq->cat, ret->as_of, &rq->cat, err);
}

void ct_model_add_moment(const struct ct_request *rq, const struct ct_report_moment *at,
                         json_t *model)
{
    bool is_past = at->as_of < ct_now(rq->desk.clock);
    json_t *date = is_past ? ct_view_on(at->day) : ct_view_moment(at->as_of);

    if (is_past) {
        struct ct_sv text = ct_arena_printf(rq->arena, "%.*s, end of the day",
                                            CT_SV_ARG(ct_json_get_sv(date, "long")));
        json_object_set_new(date, "long", ct_json_sv(text));
    }
    json_object_set_new(model, "as_of", date);
    json_object_set_new(model, "as_of_day", is_past ? ct_json_sv(at->day_text) : json_null());
    json_object_set_new(model, "time_zone", ct_json_sv(at->time_zone));
}

static const struct ct_org *chosen_of(const struct ct_scope *scope, enum ct_org_kind kind)
{
    switch (kind) {
    case CT_ORG_AGENCY:
        return scope->agency;
    case CT_ORG_UNIT:
        return scope->unit;
    case CT_ORG_TASK_FORCE:
        return scope->task_force;
    }
    return NULL;
}

static const struct {
    const char *label;
    enum ct_org_kind kind;
} filters[] = {
    {"Agency", CT_ORG_AGENCY},
    {"Unit", CT_ORG_UNIT},
    {"Task force", CT_ORG_TASK_FORCE},
};
enum { N_FILTERS = sizeof filters / sizeof filters[0] };

void ct_model_add_scope(const struct ct_request *rq, const struct ct_scope *scope, json_t *model)
{
    json_t *chosen = json_array();

    for (size_t i = 0; i < N_FILTERS; i++) {
        const struct ct_org *o = chosen_of(scope, filters[i].kind);
        if (o)
            json_array_append_new(chosen,
                                  json_pack("{s:s, s:o}", "label", filters[i].label, "title",
                                            ct_json_sv(ct_org_title(rq->arena, scope->choices,
                                                                    scope->n_choices, o))));
    }
    json_object_set_new(model, "has_chosen", json_boolean(json_array_size(chosen) > 0));
    json_object_set_new(model, "chosen", chosen);
}

struct ct_sv ct_report_file_part(const struct ct_request *rq, const struct ct_scope *scope)
{
    struct ct_sv part = CT_SV("");

    for (size_t i = 0; i < N_FILTERS; i++) {
        const struct ct_org *o = chosen_of(scope, filters[i].kind);
        if (o && !(o == scope->agency && scope->unit))
            part = ct_arena_printf(rq->arena, "%.*s-%.*s", CT_SV_ARG(part), CT_SV_ARG(o->path));
    }
    char *text = ct_arena_cstr(rq->arena, part);
    for (size_t i = 0; i < part.n; i++)
        if (text[i] == '/')
            text[i] = '-';
    return ct_sv_n(text, part.n);
}
