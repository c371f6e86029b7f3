/*
 * page_agencies.c: agencies with their units, task forces, who leads them, and which agencies
 * agreed to have their people named to a task force's lead.
 */
#include "done_priv.h"
#include "form_priv.h"
#include "pages_priv.h"
#include "people_priv.h"
#include "view_priv.h"

#include "ct/learn/person.h"

#include "ct/base/banned.h"

enum { PATH_BYTES = 160, DAY_BYTES = 10, TEXT_BYTES = 1024 };

#define ROW(member) offsetof(struct ct_agency_input, member)
#define END                                                                                        \
    {                                                                                              \
        NULL, CT_FIELD_TEXT, 0, false, 0, 0                                                        \
    }

const struct ct_field ct_agency_add_form[] = {
    {"kind", CT_FIELD_SLUG, ROW(kind), true, 0, 16},
    {"path", CT_FIELD_TEXT, ROW(path), true, 0, PATH_BYTES},
    {"name", CT_FIELD_TEXT, ROW(name), true, 0, TEXT_BYTES},
    {"below", CT_FIELD_TEXT, ROW(below), false, 0, PATH_BYTES},
    {"time_zone", CT_FIELD_TEXT, ROW(time_zone), false, 0, 64},
    {"fiscal_month", CT_FIELD_I64, ROW(fiscal_month), false, 1, 12},
    END,
};
const struct ct_field ct_agency_rename_form[] = {
    {"org", CT_FIELD_I64, ROW(org), true, 1, INT64_MAX},
    {"name", CT_FIELD_TEXT, ROW(name), true, 0, TEXT_BYTES},
    END,
};
const struct ct_field ct_agency_lead_form[] = {
    {"org", CT_FIELD_I64, ROW(org), true, 1, INT64_MAX},
    {"email", CT_FIELD_TEXT, ROW(email), true, 0, TEXT_BYTES},
    {"on", CT_FIELD_TEXT, ROW(on), false, 0, DAY_BYTES},
    {"ends", CT_FIELD_FLAG, ROW(ends), false, 0, 1},
    END,
};
const struct ct_field ct_agency_share_form[] = {
    {"org", CT_FIELD_I64, ROW(org), true, 1, INT64_MAX},
    {"agency", CT_FIELD_I64, ROW(agency), true, 1, INT64_MAX},
    {"note", CT_FIELD_TEXT, ROW(note), false, 0, TEXT_BYTES},
    {"on", CT_FIELD_TEXT, ROW(on), false, 0, DAY_BYTES},
    {"ends", CT_FIELD_FLAG, ROW(ends), false, 0, 1},
    END,
};

struct shelf {
    struct ct_org *orgs;
    struct ct_org_bond *members, *leads, *sharings;
    size_t n_orgs, n_members, n_leads, n_sharings;
};

static int read_shelf(struct ct_request *rq, struct shelf *s, struct ct_err *err)
{
    struct ct_db *db = rq->desk.db;
    struct ct_arena *a = rq->arena;
    int64_t now = ct_now(rq->desk.clock);
    int r;

    if ((r = ct_org_list_as_of(db, a, now, &s->orgs, &s->n_orgs, err)) < 0 ||
        (r = ct_org_bonds(db, a, CT_TIE_MEMBER, now, &s->members, &s->n_members, err)) < 0 ||
        (r = ct_org_bonds(db, a, CT_TIE_LEAD, now, &s->leads, &s->n_leads, err)) < 0)
        return r;
    return ct_org_bonds(db, a, CT_TIE_SHARING, now, &s->sharings, &s->n_sharings, err);
}

static int count_members(const struct shelf *s, int64_t org)
{
    int n = 0;

    for (size_t i = 0; i < s->n_members; i++)
        n += s->members[i].org == org;
    return n;
}

static json_t *leads_of(const struct ct_request *rq, const struct shelf *s, int64_t org)
{
    json_t *list = json_array();

    for (size_t i = 0; i < s->n_leads; i++)
        if (s->leads[i].org == org)
            json_array_append_new(
                list, json_pack("{s:o, s:o, s:o, s:o, s:I}", "name", ct_json_sv(s->leads[i].name),
                                "email", ct_json_sv(s->leads[i].email), "href",
                                ct_json_sv(ct_href_person(rq, s->leads[i].who)), "since",
                                ct_view_day_text(s->leads[i].since), "org", (json_int_t)org));
    return list;
}

static json_t *sharings_of(const struct shelf *s, int64_t org)
{
    json_t *list = json_array();

    for (size_t i = 0; i < s->n_sharings; i++) {
        const struct ct_org_bond *b = &s->sharings[i];
        const struct ct_org *agency = ct_org_by_id(s->orgs, s->n_orgs, b->who);
        if (b->org == org && agency)
            json_array_append_new(
                list, json_pack("{s:o, s:I, s:I, s:o, s:o}", "name", ct_json_sv(agency->name),
                                "agency", (json_int_t)agency->id, "org", (json_int_t)org, "since",
                                ct_view_day_text(b->since), "note", ct_json_sv(b->note)));
    }
    return list;
}

/* ORG of agencies.mustache. */
static json_t *org_model(const struct ct_request *rq, const struct shelf *s, const struct ct_org *o)
{
    json_t *leads = leads_of(rq, s, o->id), *sharings = sharings_of(s, o->id);
    int people = count_members(s, o->id);
    json_t *model = json_pack(
        "{s:I, s:o, s:o, s:i, s:i, s:b, s:o, s:b, s:o, s:o, s:i, s:o, s:b, s:o, s:o, s:o}", "org",
        (json_int_t)o->id, "path", ct_json_sv(o->path), "name", ct_json_sv(o->name), "people",
        people, "level", o->depth + 1, "has_leads", json_array_size(leads) > 0, "leads", leads,
        "has_sharings", json_array_size(sharings) > 0, "sharings", sharings, "time_zone",
        ct_view_text(o->time_zone), "fiscal_month", o->fiscal_month, "fiscal_begins",
        ct_view_month(o->fiscal_month), "is_unit", o->kind == CT_ORG_UNIT, "closed_on",
        ct_view_day_text(o->closed_on), "closes_on", ct_view_day_text(o->closes_on), "change_href",
        ct_json_sv(ct_arena_printf(rq->arena, "/agencies/%lld", (long long)o->id)));

    ct_view_add_noun(model, "people_word", (size_t)people, "person", "people");
    return model;
}

static json_t *units_of(const struct ct_request *rq, const struct shelf *s, int64_t agency)
{
    json_t *list = json_array();

    for (size_t i = 0; i < s->n_orgs; i++)
        if (s->orgs[i].kind == CT_ORG_UNIT && s->orgs[i].agency == agency)
            json_array_append_new(list, org_model(rq, s, &s->orgs[i]));
    return list;
}

static json_t *list_of(const struct ct_request *rq, const struct shelf *s, enum ct_org_kind kind)
{
    json_t *list = json_array();

    for (size_t i = 0; i < s->n_orgs; i++) {
        if (s->orgs[i].kind != kind)
            continue;
        json_t *one = org_model(rq, s, &s->orgs[i]);
        if (kind == CT_ORG_AGENCY) {
            json_t *units = units_of(rq, s, s->orgs[i].id);
            json_object_set_new(one, "has_units", json_boolean(json_array_size(units) > 0));
            json_object_set_new(one, "units", units);
        }
        json_array_append_new(list, one);
    }
    return list;
}

/* Everything that may be led or, of what is `closed`, too, renamed, for a choice. */
static json_t *choices_of(const struct ct_request *rq, const struct shelf *s, bool closed)
{
    json_t *list = json_array();

    for (size_t i = 0; i < s->n_orgs; i++)
        if (closed || !s->orgs[i].closed_on.p)
            json_array_append_new(
                list,
                json_pack("{s:o, s:o}", "value",
                          ct_json_sv(ct_arena_printf(rq->arena, "%lld", (long long)s->orgs[i].id)),
                          "title",
                          ct_json_sv(ct_org_title(rq->arena, s->orgs, s->n_orgs, &s->orgs[i]))));
    return list;
}

/* A form of this page. Those of SHARE stand at each task force, and have buttons beside them. */
enum form { FORM_AGENCY, FORM_UNIT, FORM_TASK_FORCE, FORM_LEAD, FORM_RENAME, FORM_SHARE };
#define PATH_MAX_OF(slugs) ((slugs) * (CT_ORG_SLUG_MAX + 1) - 1)
static const struct {
    const char *model;
    struct ct_form_row rows[4];
    size_t n;
} forms[] = {
    [FORM_AGENCY] = {"agency_form",
                     {{"agency-path", "path", "Short name, as in alder-dcs", "text", PATH_MAX_OF(1),
                       true, NULL},
                      {"agency-name", "name", "Name", "text", CT_ORG_NAME_MAX, true, NULL},
                      {"agency-zone", "time_zone", "Time zone, as in America/Chicago", "text", 64,
                       false, NULL},
                      {"agency-month", "fiscal_month", "Its fiscal year begins in month (1 to 12)",
                       "number", 12, false, "1"}},
                     4},
    [FORM_UNIT] = {"unit_form",
                   {{"unit-path", "path", "Short name with its agency, as in alder-dcs/intake",
                     "text", PATH_MAX_OF(2), true, NULL},
                    {"unit-name", "name", "Name", "text", CT_ORG_NAME_MAX, true, NULL},
                    {"unit-below", "below",
                     "Below this unit, by its short name (empty: below the agency)", "text",
                     PATH_MAX_OF(2), false, NULL}},
                   3},
    [FORM_TASK_FORCE] = {"task_force_form",
                         {{"force-path", "path", "Short name, as in alder-mdt", "text",
                           PATH_MAX_OF(1), true, NULL},
                          {"force-name", "name", "Name", "text", CT_ORG_NAME_MAX, true, NULL}},
                         2},
    [FORM_LEAD] = {"lead_form",
                   {{"lead-org", "org", "Agency, unit or task force", NULL, 0, true, NULL},
                    {"lead-email", "email", "Who, by e-mail address", "email", CT_EMAIL_MAX, true,
                     NULL},
                    {"lead-on", "on", "From this day (empty: today)", "date", 0, false, NULL}},
                   3},
    [FORM_RENAME] = {"rename_form",
                     {{"rename-org", "org", "Agency, unit or task force", NULL, 0, true, NULL},
                      {"rename-name", "name", "New name", "text", CT_ORG_NAME_MAX, true, NULL}},
                     2},
};

/* What was posted and could not be done. */
struct posted {
    enum form form;
    const struct ct_err *problem; /* NULL: nothing was */
};

/* A problem of a button, or of an agreement, has no field to stand at. */
static json_t *problem_of(const struct ct_request *rq, const struct posted *p)
{
    struct ct_form_errors errors = {.n = 0};

    if (p->problem && p->form == FORM_SHARE)
        ct_form_error_add(rq->arena, &errors, "", ct_sv_c(p->problem->text));
    return ct_form_error_of(&errors, "");
}

static int show(struct ct_request *rq, struct ct_response *rs, const struct posted *p,
                struct ct_err *err)
{
    struct shelf s = {.n_orgs = 0};
    int r = read_shelf(rq, &s, err);

    if (r < 0)
        return r;
    json_t *agencies = list_of(rq, &s, CT_ORG_AGENCY);
    json_t *forces = list_of(rq, &s, CT_ORG_TASK_FORCE);
    json_t *model =
        json_pack("{s:s, s:b, s:o, s:b, s:o, s:b, s:o}", "title", "Agencies and task forces",
                  "has_agencies", json_array_size(agencies) > 0, "agencies", agencies,
                  "has_task_forces", json_array_size(forces) > 0, "task_forces", forces, "has_orgs",
                  s.n_orgs > 0, "problem", problem_of(rq, p));
    for (size_t i = 0; i < FORM_SHARE; i++) {
        const struct ct_err *problem = p->form == (enum form)i ? p->problem : NULL;
        json_t *orgs = forms[i].rows[0].type ? NULL : choices_of(rq, &s, i == FORM_RENAME);
        json_t *fields = ct_form_fields(rq, forms[i].rows, forms[i].n, &orgs, problem);
        json_object_set_new(model, forms[i].model, json_pack("{s:o}", "fields", fields));
    }
    return ct_page(rq, rs, "agencies", model, err);
}

int ct_get_agencies(struct ct_request *rq, struct ct_response *rs, struct ct_err *err)
{
    const struct posted nothing = {.problem = NULL};

    return show(rq, rs, &nothing, err);
}

static const enum ct_done dones[] = {
    [FORM_AGENCY] = CT_DONE_ORG, [FORM_UNIT] = CT_DONE_ORG,         [FORM_TASK_FORCE] = CT_DONE_ORG,
    [FORM_LEAD] = CT_DONE_LEAD,  [FORM_RENAME] = CT_DONE_ORG_NAMED, [FORM_SHARE] = CT_DONE_SHARING,
};

/* On to the page, or back to the form with what is wrong with it. */
static int done(struct ct_request *rq, struct ct_response *rs, int status, enum form form,
                const struct ct_err *problem, struct ct_err *err)
{
    const struct posted p = {form, problem};

    if (status >= 0) {
        ct_sessions_changed(rq->app->sessions);
        return ct_done(rq, rs, dones[form], CT_SV("/agencies"));
    }
    if (status == CT_INTERNAL || status == CT_DENIED)
        return ct_fail(err, status, problem->what, "%s", problem->text);
    rs->status = 400;
    int r = show(rq, rs, &p, err);
    return r < 0 ? r : ct_answered(problem, err);
}

int ct_post_agency_add(struct ct_request *rq, struct ct_response *rs, struct ct_err *err)
{
    static const struct {
        const char *name;
        enum ct_org_kind kind;
        enum form form;
    } kinds[] = {{"agency", CT_ORG_AGENCY, FORM_AGENCY},
                 {"unit", CT_ORG_UNIT, FORM_UNIT},
                 {"task-force", CT_ORG_TASK_FORCE, FORM_TASK_FORCE}};
    const struct ct_agency_input *in = rq->input;
    struct ct_org_new o = {.path = ct_sv_trim(in->path),
                           .name = in->name,
                           .below = ct_sv_trim(in->below),
                           .time_zone = ct_sv_trim(in->time_zone),
                           .fiscal_month = (int)in->fiscal_month};
    struct ct_err problem = CT_ERR_INIT;
    size_t i = 0;
    int64_t id;

    while (i < 3 && !ct_sv_eq_c(in->kind, kinds[i].name))
        i++;
    if (i == 3)
        return ct_fail(err, CT_BAD_INPUT, "kind", "agency, unit or task-force is wanted");
    o.kind = kinds[i].kind;
    int r = ct_org_add(rq->desk.store, rq->desk.clock, &o, rq->session->person, &id, &problem);
    return done(rq, rs, r, kinds[i].form, &problem, err);
}

int ct_post_agency_rename(struct ct_request *rq, struct ct_response *rs, struct ct_err *err)
{
    const struct ct_agency_input *in = rq->input;
    struct ct_err problem = CT_ERR_INIT;
    int r = ct_org_rename(rq->desk.store, rq->desk.clock, in->org, in->name, rq->session->person,
                          &problem);

    return done(rq, rs, r, FORM_RENAME, &problem, err);
}

int ct_post_agency_lead(struct ct_request *rq, struct ct_response *rs, struct ct_err *err)
{
    const struct ct_agency_input *in = rq->input;
    struct ct_err problem = CT_ERR_INIT;
    struct ct_person p;

    if (ct_person_by_email(rq->desk.db, rq->arena, in->email, &p, NULL) < 0)
        return done(
            rq, rs,
            ct_fail(&problem, CT_BAD_INPUT, "email", "there is nobody with this e-mail address"),
            FORM_LEAD, &problem, err);
    struct ct_org_change c = {.tie = CT_TIE_LEAD,
                              .org = in->org,
                              .who = p.id,
                              .ends = in->ends,
                              .on = in->on,
                              .by = rq->session->person};
    int r = ct_org_record(rq->desk.store, rq->desk.clock, &c, NULL, &problem);
    return done(rq, rs, r, FORM_LEAD, &problem, err);
}

int ct_post_agency_share(struct ct_request *rq, struct ct_response *rs, struct ct_err *err)
{
    const struct ct_agency_input *in = rq->input;
    struct ct_err problem = CT_ERR_INIT;
    struct ct_org_change c = {.tie = CT_TIE_SHARING,
                              .org = in->org,
                              .who = in->agency,
                              .ends = in->ends,
                              .on = in->on,
                              .note = in->note,
                              .by = rq->session->person};
    int r = ct_org_record(rq->desk.store, rq->desk.clock, &c, NULL, &problem);

    return done(rq, rs, r, FORM_SHARE, &problem, err);
}
