/*
 * page_person.c: one person as an administrator sees them: what is known, since when, and where the
 * person belongs. Changes are page_person_post.c.
 */
#include "form_priv.h"
#include "pages_priv.h"
#include "people_priv.h"
#include "requirements_priv.h"
#include "view_priv.h"

#include "ct/learn/fact.h"
#include "ct/learn/person.h"
#include "ct/text/url.h"

#include "ct/base/banned.h"

static const struct {
    const char *field, *label;
} labels[] = {
    {"name", "Name"},
    {"last_name", "Last name"},
    {"first_name", "First name"},
    {"email", "E-mail address"},
    {"employer_id", "Employer’s number"},
    {"supervisor", "Supervisor"},
    {"licence_body", "Licensing body"},
    {"licence_no", "Licence number"},
    {"hired_on", "Hired on"},
    {"active", "Active"},
};
enum { N_LABELS = sizeof labels / sizeof labels[0] };

static const char *label_of(struct ct_sv field)
{
    for (size_t i = 0; i < N_LABELS; i++)
        if (ct_sv_eq_c(field, labels[i].field))
            return labels[i].label;
    return "Other";
}

struct ct_sv ct_org_title(struct ct_arena *a, const struct ct_org *all, size_t n,
                          const struct ct_org *o)
{
    const struct ct_org *agency = o->agency ? ct_org_by_id(all, n, o->agency) : NULL;

    return agency ? ct_arena_printf(a, "%.*s: %.*s", CT_SV_ARG(agency->name), CT_SV_ARG(o->name))
                  : o->name;
}

static json_t *facts_model(const struct ct_fact *facts, size_t n)
{
    json_t *list = json_array();

    for (size_t i = 0; i < n; i++)
        json_array_append_new(
            list, json_pack("{s:s, s:o, s:o, s:o, s:o}", "label", label_of(facts[i].field), "value",
                            ct_view_text(facts[i].value), "since", ct_view_day_text(facts[i].since),
                            "recorded", ct_view_moment(facts[i].at), "by",
                            ct_view_text(facts[i].by_name)));
    return list;
}

struct places {
    struct ct_org *orgs;
    size_t n_orgs;
    struct ct_org_event *events;
    size_t n_events;
    struct ct_org_bond *members, *leads;
    size_t n_members, n_leads;
};

static int read_places(struct ct_request *rq, int64_t id, struct places *p, struct ct_err *err)
{
    struct ct_db *db = rq->desk.db;
    int64_t now = ct_now(rq->desk.clock);
    int r;

    if ((r = ct_org_list_as_of(db, rq->arena, ct_now(rq->desk.clock), &p->orgs, &p->n_orgs, err)) <
            0 ||
        (r = ct_org_events(db, rq->arena, id, &p->events, &p->n_events, err)) < 0 ||
        (r = ct_org_bonds(db, rq->arena, CT_TIE_MEMBER, now, &p->members, &p->n_members, err)) < 0)
        return r;
    return ct_org_bonds(db, rq->arena, CT_TIE_LEAD, now, &p->leads, &p->n_leads, err);
}

/* What the person belongs to, or leads, today. */
static json_t *bonds_model(const struct ct_request *rq, const struct places *p, int64_t id,
                           const struct ct_org_bond *bonds, size_t n)
{
    json_t *list = json_array();

    for (size_t i = 0; i < p->n_orgs; i++)
        for (size_t k = 0; k < n; k++)
            if (bonds[k].who == id && bonds[k].org == p->orgs[i].id)
                json_array_append_new(
                    list,
                    json_pack("{s:I, s:o, s:s, s:o}", "org", (json_int_t)p->orgs[i].id, "title",
                              ct_json_sv(ct_org_title(rq->arena, p->orgs, p->n_orgs, &p->orgs[i])),
                              "kind", ct_org_kind_name(p->orgs[i].kind), "since",
                              ct_view_day_text(bonds[k].since)));
    return list;
}

static json_t *events_model(const struct ct_request *rq, const struct places *p)
{
    json_t *list = json_array();

    for (size_t i = 0; i < p->n_events; i++) {
        const struct ct_org_event *e = &p->events[i];
        const struct ct_org *o = ct_org_by_id(p->orgs, p->n_orgs, e->org);
        const char *what = e->tie == CT_TIE_LEAD ? (e->ends ? "Leads no longer" : "Leads")
                                                 : (e->ends ? "Left" : "Joined");
        if (o)
            json_array_append_new(
                list, json_pack("{s:s, s:o, s:o, s:o, s:o}", "what", what, "title",
                                ct_json_sv(ct_org_title(rq->arena, p->orgs, p->n_orgs, o)), "on",
                                ct_view_day_text(e->on), "recorded", ct_view_moment(e->at), "by",
                                ct_view_text(e->by_name)));
    }
    return list;
}

static json_t *orgs_model(const struct ct_request *rq, const struct places *p)
{
    json_t *list = json_array();

    for (size_t i = 0; i < p->n_orgs; i++) {
        const struct ct_org *o = &p->orgs[i];
        if (!o->closed_on.p) /* one may have left it on a day before, but that is recorded */
            json_array_append_new(
                list,
                json_pack("{s:o, s:o}", "value",
                          ct_json_sv(ct_arena_printf(rq->arena, "%lld", (long long)o->id)), "title",
                          ct_json_sv(ct_org_title(rq->arena, p->orgs, p->n_orgs, o))));
    }
    return list;
}

/* The form by which something is recorded from a day on. */
static json_t *fact_fields(const struct ct_request *rq, const struct ct_person_shown *w)
{
    static const struct ct_form_row rows[] = {
        {"field", "field", "What", NULL, 0, true, NULL},
        {"value", "value", "Value", "text", CT_FACT_MAX, false, NULL},
        {"since", "since", "Since (empty: today)", "date", 0, false, NULL}};
    json_t *list = json_array();

    for (size_t i = 0; i < N_LABELS - 1; i++) /* whether one is active has a button of its own */
        json_array_append_new(
            list, json_pack("{s:s, s:s}", "value", labels[i].field, "title", labels[i].label));
    return ct_form_fields(rq, rows, sizeof rows / sizeof rows[0], &list,
                          w->form == CT_PERSON_FACT ? w->problem : NULL);
}

static json_t *place_fields(const struct ct_request *rq, const struct places *p,
                            const struct ct_person_shown *w)
{
    static const struct ct_form_row rows[] = {
        {"org", "org", "Agency, unit or task force", NULL, 0, true, NULL},
        {"on", "on", "From this day (empty: today)", "date", 0, false, NULL},
        {"ends", "ends", "What happened", NULL, 0, false, NULL}};
    json_t *what = json_pack("[{s:s, s:s}, {s:s, s:s}]", "value", "", "title", "Joined", "value",
                             "1", "title", "Left");

    return ct_form_fields(rq, rows, sizeof rows / sizeof rows[0],
                          (json_t *[]){orgs_model(rq, p), what},
                          w->form == CT_PERSON_PLACE ? w->problem : NULL);
}

/* A problem of a button has no field to stand at. */
static json_t *problem_of(const struct ct_request *rq, const struct ct_person_shown *w)
{
    struct ct_form_errors errors = {.n = 0};

    if (w->form == CT_PERSON_OTHER)
        ct_form_error_add(rq->arena, &errors, "", ct_sv_c(w->problem->text));
    return ct_form_error_of(&errors, "");
}

static json_t *tenures_model(const struct ct_request *rq, const struct ct_tenure *list, size_t n)
{
    json_t *all = json_array();

    for (size_t i = 0; i < n; i++) {
        json_t *d = ct_model_discipline(rq, list[i].discipline);
        json_array_append_new(all,
                              json_pack("{s:o, s:o, s:o}", "slug", ct_json_sv(list[i].discipline),
                                        "discipline", d, "since", ct_view_day(list[i].since)));
    }
    return all;
}

static json_t *disciplines_model(const struct ct_request *rq, struct ct_sv now)
{
    json_t *list = ct_view_disciplines(&rq->cat->disciplines, CT_DISC_ALL), *one;
    size_t i;

    json_array_foreach(list, i, one)
    {
        json_object_set_new(one, "selected",
                            json_boolean(ct_sv_eq(ct_json_get_sv(one, "slug"), now)));
    }
    return list;
}

/* What is known of the person and how it came to be. */
static int add_history(struct ct_request *rq, int64_t id, json_t *model, struct ct_err *err)
{
    struct ct_fact *now, *all;
    struct ct_tenure *tenures;
    size_t n_now, n_all, n_tenures;
    struct ct_db *db = rq->desk.db;
    int r;

    if ((r = ct_fact_now(db, rq->arena, id, ct_now(rq->desk.clock), &now, &n_now, err)) < 0 ||
        (r = ct_fact_history(db, rq->arena, id, &all, &n_all, err)) < 0 ||
        (r = ct_person_disciplines(db, rq->arena, id, &tenures, &n_tenures, err)) < 0)
        return r;
    json_object_set_new(model, "has_facts", json_boolean(n_now > 0));
    json_object_set_new(model, "facts", facts_model(now, n_now));
    json_object_set_new(model, "has_history", json_boolean(n_all > 0));
    json_object_set_new(model, "history", facts_model(all, n_all));
    json_object_set_new(model, "has_tenures", json_boolean(n_tenures > 0));
    json_object_set_new(model, "tenures", tenures_model(rq, tenures, n_tenures));
    return CT_OK;
}

static int add_places(struct ct_request *rq, const struct ct_person_shown *w, json_t *model,
                      struct ct_err *err)
{
    struct places p = {.n_orgs = 0};
    int64_t id = w->id;
    int r = read_places(rq, id, &p, err);

    if (r < 0)
        return r;
    json_t *places = bonds_model(rq, &p, id, p.members, p.n_members);
    json_t *leads = bonds_model(rq, &p, id, p.leads, p.n_leads);
    json_object_set_new(model, "has_places", json_boolean(json_array_size(places) > 0));
    json_object_set_new(model, "places", places);
    json_object_set_new(model, "has_leads", json_boolean(json_array_size(leads) > 0));
    json_object_set_new(model, "leads", leads);
    json_object_set_new(model, "has_events", json_boolean(p.n_events > 0));
    json_object_set_new(model, "events", events_model(rq, &p));
    json_object_set_new(model, "has_orgs", json_boolean(p.n_orgs > 0));
    json_object_set_new(model, "place_form", json_pack("{s:o}", "fields", place_fields(rq, &p, w)));
    return CT_OK;
}

int ct_page_person(struct ct_request *rq, struct ct_response *rs, const struct ct_person_shown *w,
                   struct ct_err *err)
{
    struct ct_person p;
    int64_t id = w->id;
    int r = ct_person_get(rq->desk.db, rq->arena, id, &p, err);

    if (r < 0)
        return r;
    json_t *model = json_pack(
        "{s:o, s:o, s:o, s:o, s:b, s:b, s:b, s:o, s:o, s:o, s:o, s:o, s:o}", "title",
        ct_json_sv(p.name), "name", ct_json_sv(p.name), "email", ct_json_sv(p.email), "discipline",
        ct_model_discipline(rq, p.discipline), "is_active", p.active, "has_password",
        p.has_password, "is_oneself", id == rq->session->person, "roles",
        ct_json_sv(ct_roles_name(rq->arena, p.roles)), "created", ct_view_day(p.created_at),
        "signed_in", ct_view_day(p.signed_in_at), "link", ct_view_text(w->link), "href",
        ct_json_sv(ct_href_person(rq, id)), "problem", problem_of(rq, w));
    json_object_set_new(model, "training_href",
                        ct_json_sv(ct_href_requirement_person(rq, CT_SV("-"), id)));
    json_object_set_new(model, "fact_form", json_pack("{s:o}", "fields", fact_fields(rq, w)));
    json_object_set_new(model, "disciplines", disciplines_model(rq, p.discipline));
    if ((r = add_history(rq, id, model, err)) < 0 || (r = add_places(rq, w, model, err)) < 0) {
        json_decref(model);
        return r;
    }
    return ct_page(rq, rs, "person", model, err);
}

int ct_get_person(struct ct_request *rq, struct ct_response *rs, struct ct_err *err)
{
    struct ct_person_shown shown = {.form = CT_PERSON_NO_FORM};
    int r = ct_param_id(rq->params[0], &shown.id, err);

    return r < 0 ? r : ct_page_person(rq, rs, &shown, err);
}
