/*
 * page_agency_change.c: closing an agency, unit or task force, opening it again, and moving a unit:
 * a page that shows whom it hits before it is done. What may be is decided in learn (org_change.h).
 */
#include "core_priv.h"
#include "done_priv.h"
#include "form_priv.h"
#include "pages_priv.h"
#include "people_priv.h"
#include "requirements_priv.h"
#include "view_priv.h"

#include "ct/learn/org_change.h"

#include "ct/base/banned.h"

enum {
    DAY_BYTES = 10,
    ID_BYTES = 20,
    WORD_BYTES = 8,
    NOTE_BYTES = 2 * CT_ORG_NOTE_MAX,
    SHOWN = 100
};

#define ROW(member) offsetof(struct ct_agency_change_input, member)
#define END                                                                                        \
    {                                                                                              \
        NULL, CT_FIELD_TEXT, 0, false, 0, 0                                                        \
    }
#define PLACE_ROWS                                                                                 \
    {"on", CT_FIELD_TEXT, ROW(on), false, 0, DAY_BYTES},                                           \
    {                                                                                              \
        "to", CT_FIELD_TEXT, ROW(to), false, 0, ID_BYTES                                           \
    }

const struct ct_field ct_agency_change_query[] = {PLACE_ROWS, END};
const struct ct_field ct_agency_close_form[] = {
    PLACE_ROWS,
    {"requirements", CT_FIELD_TEXT, ROW(requirements), false, 0, WORD_BYTES},
    {"note", CT_FIELD_TEXT, ROW(note), false, 0, NOTE_BYTES},
    {"seen_people", CT_FIELD_I64, ROW(seen_people), true, 0, INT64_MAX},
    {"seen_asked", CT_FIELD_I64, ROW(seen_asked), true, 0, INT64_MAX},
    END,
};
const struct ct_field ct_agency_move_form[] = {PLACE_ROWS, END};
const struct ct_field ct_agency_undo_form[] = {
    {"on", CT_FIELD_TEXT, ROW(on), true, 0, DAY_BYTES},
    {"seen_people", CT_FIELD_I64, ROW(seen_people), true, 0, INT64_MAX},
    END,
};

struct changing {
    struct ct_request *rq;
    const struct ct_agency_change_input *in;
    int64_t now, to; /* to: 0: nowhere, or directly below the agency */
    bool moves, is_chosen;
    struct ct_org *orgs; /* as they are today */
    size_t n_orgs;
    const struct ct_org *org;
    struct ct_org_outlook look;
};

/* The org of the address, as it is today; where its people or itself are to be. */
static int begin(struct changing *c, struct ct_err *err)
{
    struct ct_request *rq = c->rq;
    int64_t id;
    int r = ct_param_id(rq->params[0], &id, err);

    c->in = rq->input;
    c->now = ct_now(rq->desk.clock);
    if (r < 0 ||
        (r = ct_org_list_as_of(rq->desk.db, rq->arena, c->now, &c->orgs, &c->n_orgs, err)) < 0)
        return r;
    c->org = ct_org_by_id(c->orgs, c->n_orgs, id);
    if (!c->org || (c->moves && c->org->kind != CT_ORG_UNIT))
        return ct_fail(err, CT_NOT_FOUND, "org", "there is no such agency, unit or task force");
    c->is_chosen = c->in->to.n > 0;
    if (c->is_chosen && !ct_sv_i64(c->in->to, &c->to)) /* else people would be put nowhere */
        return ct_fail(err, CT_BAD_INPUT, "to", "the number of one of those offered is wanted");
    return CT_OK;
}

/* Itself, or what stands below it. */
static bool is_below(const struct changing *c, const struct ct_org *o)
{
    while (o && o != c->org && o->agency != c->org->id)
        o = o->parent ? ct_org_by_id(c->orgs, c->n_orgs, o->parent) : NULL;
    return o != NULL;
}

/* Where its people may be put, or below what it may stand. */
static bool is_place(const struct changing *c, const struct ct_org *o)
{
    if (o->closed_on.p || is_below(c, o))
        return false;
    if (c->moves)
        return o->kind == CT_ORG_UNIT && o->agency == c->org->agency;
    return (o->kind == CT_ORG_TASK_FORCE) == (c->org->kind == CT_ORG_TASK_FORCE);
}

static json_t *option(const char *value, struct ct_sv title)
{
    return json_pack("{s:s, s:o}", "value", value, "title", ct_json_sv(title));
}

static json_t *places_of(const struct changing *c)
{
    const struct ct_org *agency = ct_org_by_id(c->orgs, c->n_orgs, c->org->agency);
    json_t *list = json_array();

    if (c->moves)
        json_array_append_new(list, option("0", ct_arena_printf(c->rq->arena, "Directly below %.*s",
                                                                CT_SV_ARG(agency->name))));
    else
        json_array_append_new(list, option("", CT_SV("Nowhere")));
    for (size_t i = 0; i < c->n_orgs; i++) {
        const struct ct_org *o = &c->orgs[i];
        if (is_place(c, o))
            json_array_append_new(
                list,
                option(ct_arena_printf(c->rq->arena, "%lld", (long long)o->id).p,
                       c->moves ? o->name : ct_org_title(c->rq->arena, c->orgs, c->n_orgs, o)));
    }
    return list;
}

static json_t *fields_of(const struct changing *c, const struct ct_err *problem)
{
    const struct ct_form_row rows[] = {
        {"change-to", "to", c->moves ? "It stands below" : "Its people are from then on in", NULL,
         0, c->moves, c->in->to.n ? ct_arena_cstr(c->rq->arena, c->in->to) : NULL},
        {"change-on", "on", "From this day (empty: today)", "date", 0, false,
         c->in->on.n ? ct_arena_cstr(c->rq->arena, c->in->on) : NULL}};
    json_t *places = places_of(c);

    return ct_form_fields(c->rq, rows, sizeof rows / sizeof rows[0], &places, problem);
}

/* ---- whom it hits ---- */

static json_t *people_of(const struct changing *c)
{
    json_t *list = json_array();
    int64_t last = 0;

    for (size_t i = 0; i < c->look.n_members && json_array_size(list) < SHOWN; i++) {
        const struct ct_org_bond *b = &c->look.members[i];
        if (b->who == last)
            continue;
        last = b->who;
        json_array_append_new(list, json_pack("{s:o, s:o, s:o}", "name", ct_json_sv(b->name),
                                              "email", ct_json_sv(b->email), "href",
                                              ct_json_sv(ct_href_person(c->rq, b->who))));
    }
    return list;
}

static json_t *leads_of(const struct changing *c)
{
    json_t *list = json_array();

    for (size_t i = 0; i < c->look.n_leads; i++) {
        const struct ct_org_bond *b = &c->look.leads[i];
        json_array_append_new(list, json_pack("{s:o, s:o, s:o, s:b}", "name", ct_json_sv(b->name),
                                              "email", ct_json_sv(b->email), "href",
                                              ct_json_sv(ct_href_person(c->rq, b->who)), "begins",
                                              c->moves && c->look.lead_begins[i]));
    }
    return list;
}

/* "Intake, Night"; null for nothing. */
static json_t *with_of(const struct changing *c)
{
    struct ct_sv all = CT_SV_NULL;

    for (size_t i = 0; i < c->look.n_with; i++)
        if (c->look.with[i]->id != c->org->id)
            all = all.n ? ct_arena_printf(c->rq->arena, "%.*s, %.*s", CT_SV_ARG(all),
                                          CT_SV_ARG(c->look.with[i]->name))
                        : c->look.with[i]->name;
    return ct_view_text(all);
}

static int asked_of(const struct changing *c, json_t **ret, struct ct_err *err)
{
    json_t *list = json_array();
    int r = CT_OK;

    for (size_t i = 0; i < c->look.n_asked && r == CT_OK; i++) {
        const struct ct_org_asked *one = &c->look.asked[i];
        struct ct_sv sentence;
        r = ct_requirement_sentence(c->rq->desk.db, c->rq->arena, c->rq->cat, one->requirement,
                                    one->rule, &sentence, err);
        if (r == CT_OK)
            json_array_append_new(
                list,
                json_pack("{s:o, s:o, s:o, s:b, s:b}", "title", ct_json_sv(one->rule->title),
                          "href", ct_json_sv(ct_href_requirement(c->rq, one->requirement->slug)),
                          "sentence", ct_json_sv(sentence), "asks_others", one->asks_others,
                          "begins", one->begins));
    }
    *ret = list;
    return r;
}

static int look_of(const struct changing *c, json_t **ret, struct ct_err *err)
{
    const struct ct_org_outlook *o = &c->look;
    const struct ct_org *to = c->to ? ct_org_by_id(o->orgs, o->n_orgs, c->to) : NULL;
    json_t *asked, *with = with_of(c), *people = people_of(c), *leads = leads_of(c);
    size_t more = o->n_people - json_array_size(people);
    int r = asked_of(c, &asked, err);

    *ret = json_pack("{s:o, s:o, s:i, s:b, s:b, s:o, s:b, s:i, s:b, s:o, s:b, s:i, s:b, s:o, "
                     "s:i, s:o, s:o, "
                     "s:o}",
                     "day", ct_json_sv(o->day), "with", with, "count", (int)o->n_people, "is_one",
                     o->n_people == 1, "has_people", o->n_people > 0, "people", people, "has_more",
                     more > 0, "more", (int)more, "has_leads", o->n_leads > 0, "leads", leads,
                     "has_sharings", o->n_sharings > 0, "sharings", (int)o->n_sharings, "has_asked",
                     o->n_asked > 0, "asked", asked, "asked_count", (int)o->n_asked, "to",
                     to ? ct_json_sv(to->name) : json_null(), "to_value", ct_view_text(c->in->to),
                     "note", ct_view_text(c->in->note));
    return r;
}

/* Whom it hits, unless that cannot be told: then what is wrong is said. */
static int look(struct changing *c, json_t **ret, struct ct_err *problem)
{
    struct ct_request *rq = c->rq;
    const struct ct_org_closing closing = {.org = c->org->id, .on = c->in->on, .to = c->to};
    int r = c->moves
                ? ct_org_move_outlook(rq->desk.db, rq->arena, c->org->id, c->to, c->in->on, c->now,
                                      &c->look, problem)
                : ct_org_close_outlook(rq->desk.db, rq->arena, &closing, c->now, &c->look, problem);

    return r < 0 ? r : look_of(c, ret, problem);
}

/* ---- whom undoing a closing brings back ---- */

static json_t *stays_of(const struct changing *c)
{
    const struct ct_org_outlook *o = &c->look;
    json_t *list = json_array();

    for (size_t i = 0; i < o->n_stays; i++) {
        const struct ct_org_bond *b = &o->stays[i];
        const struct ct_org *place = ct_org_by_id(o->orgs, o->n_orgs, b->org);
        json_array_append_new(
            list,
            json_pack("{s:o, s:o, s:o, s:o}", "name", ct_json_sv(b->name), "email",
                      ct_json_sv(b->email), "href", ct_json_sv(ct_href_person(c->rq, b->who)),
                      "place", ct_json_sv(ct_org_title(c->rq->arena, o->orgs, o->n_orgs, place))));
    }
    return list;
}

static json_t *kept_of(const struct changing *c)
{
    json_t *list = json_array();

    for (size_t i = 0; i < c->look.n_asked; i++) {
        const struct ct_org_asked *one = &c->look.asked[i];
        json_array_append_new(
            list, json_pack("{s:o, s:o}", "title", ct_json_sv(one->rule->title), "href",
                            ct_json_sv(ct_href_requirement(c->rq, one->requirement->slug))));
    }
    return list;
}

/* Null where there is nothing to be undone, or not before what it is below. */
static int undo_of(struct changing *c, json_t **ret, struct ct_err *err)
{
    const struct ct_org_outlook *o = &c->look;
    struct ct_request *rq = c->rq;
    struct ct_err why = CT_ERR_INIT;
    int r = CT_BAD_INPUT;

    if (!c->moves && (c->org->closed_on.p || c->org->closes_on.p))
        r = ct_org_undo_outlook(rq->desk.db, rq->arena, c->org->id, CT_SV_NULL, c->now, &c->look,
                                &why);
    *ret = NULL;
    if (r == CT_BAD_INPUT)
        return CT_OK;
    if (r < 0)
        return ct_fail(err, r, why.what, "%s", why.text);
    json_t *people = people_of(c);
    size_t more = o->n_people - json_array_size(people);
    *ret = json_pack("{s:o, s:o, s:i, s:b, s:b, s:o, s:b, s:i, s:b, s:o, s:b, s:i, s:b, s:o, s:b, "
                     "s:o}",
                     "day", ct_view_day_text(o->day), "with", with_of(c), "count", (int)o->n_people,
                     "is_one", o->n_people == 1, "has_people", o->n_people > 0, "people", people,
                     "has_more", more > 0, "more", (int)more, "has_leads", o->n_leads > 0, "leads",
                     leads_of(c), "has_sharings", o->n_sharings > 0, "sharings", (int)o->n_sharings,
                     "has_stays", o->n_stays > 0, "stays", stays_of(c), "has_kept", o->n_asked > 0,
                     "kept", kept_of(c));
    return CT_OK;
}

static int show(struct changing *c, struct ct_response *rs, const struct ct_err *posted,
                struct ct_err *err)
{
    struct ct_err problem = CT_ERR_INIT;
    struct ct_form_errors errors = {.n = 0};
    bool shows = c->moves ? c->is_chosen : !c->org->closed_on.p;
    json_t *seen = NULL, *undo = NULL;
    int r = undo_of(c, &undo, err);

    if (r < 0)
        return r;
    c->look = (struct ct_org_outlook){.n_asked = 0};
    r = shows ? look(c, &seen, &problem) : CT_OK;

    if (r < 0 && r != CT_BAD_INPUT) {
        json_decref(seen);
        json_decref(undo);
        return ct_fail(err, r, problem.what, "%s", problem.text);
    }
    if (posted)
        problem = *posted;
    if (problem.code != CT_OK) {
        ct_form_error_add(c->rq->arena, &errors, "", ct_sv_c(problem.text));
        rs->status = ct_status_http(problem.code); /* 409: whom it hits now is shown below */
    }
    json_t *model =
        json_pack("{s:o, s:o, s:o, s:s, s:b, s:b, s:o, s:o, s:b, s:o, s:o, s:o}", "title",
                  ct_json_sv(ct_arena_printf(c->rq->arena, "%s %.*s",
                                             c->moves              ? "Move"
                                             : c->org->closed_on.p ? "Open again:"
                                                                   : "Close",
                                             CT_SV_ARG(c->org->name))),
                  "name", ct_json_sv(c->org->name), "path", ct_json_sv(c->org->path), "kind",
                  ct_org_kind_name(c->org->kind), "is_moving", c->moves, "is_closed",
                  c->org->closed_on.p != NULL, "closed_on", ct_view_day_text(c->org->closed_on),
                  "closes_on", ct_view_day_text(c->org->closes_on), "has_look", seen != NULL,
                  "look", seen ? seen : json_null(), "problem", ct_form_error_of(&errors, ""), "on",
                  ct_view_text(c->in->on));
    json_object_set_new(model, "has_undo", json_boolean(undo != NULL));
    json_object_set_new(model, "undo", undo ? undo : json_null());
    json_object_set_new(model, "form", json_pack("{s:o}", "fields", fields_of(c, NULL)));
    json_object_set_new(model, "can_move_asked",
                        json_boolean(c->to != 0 && c->look.n_asked > 0 && !c->moves));
    json_object_set_new(
        model, "href",
        ct_json_sv(ct_arena_printf(c->rq->arena, "/agencies/%lld", (long long)c->org->id)));
    r = ct_page(c->rq, rs, "agency-change", model, err);
    return r < 0 || problem.code == CT_OK ? r : ct_answered(&problem, err);
}

static int get(struct ct_request *rq, struct ct_response *rs, bool moves, struct ct_err *err)
{
    struct changing c = {.rq = rq, .moves = moves};
    int r = begin(&c, err);

    return r < 0 ? r : show(&c, rs, NULL, err);
}

int ct_get_agency_close(struct ct_request *rq, struct ct_response *rs, struct ct_err *err)
{
    return get(rq, rs, false, err);
}

int ct_get_agency_move(struct ct_request *rq, struct ct_response *rs, struct ct_err *err)
{
    return get(rq, rs, true, err);
}

/* ---- doing it ---- */

static int finish(struct changing *c, struct ct_response *rs, int status, enum ct_done what,
                  const struct ct_err *problem, struct ct_err *err)
{
    if (status >= 0) {
        ct_sessions_changed(c->rq->app->sessions);
        return ct_done(c->rq, rs, what, CT_SV("/agencies"));
    }
    if (status == CT_INTERNAL || status == CT_DENIED || status == CT_NOT_FOUND)
        return ct_fail(err, status, problem->what, "%s", problem->text);
    return show(c, rs, problem, err);
}

int ct_post_agency_close(struct ct_request *rq, struct ct_response *rs, struct ct_err *err)
{
    struct changing c = {.rq = rq};
    struct ct_err problem = CT_ERR_INIT;
    int r = begin(&c, err);

    if (r < 0)
        return r;
    struct ct_org_closing k = {.org = c.org->id,
                               .on = c.in->on,
                               .to = c.to,
                               .note = c.in->note,
                               .asking = ct_sv_eq_c(c.in->requirements, "end") ? CT_ORG_ASKING_ENDS
                                         : ct_sv_eq_c(c.in->requirements, "move")
                                             ? CT_ORG_ASKING_MOVES
                                             : CT_ORG_ASKING_UNSAID,
                               .seen_people = c.in->seen_people,
                               .seen_asked = c.in->seen_asked,
                               .by = rq->session->person};
    r = ct_org_close(rq->desk.store, rq->desk.clock, &k, &problem);
    return finish(&c, rs, r, CT_DONE_ORG_CLOSED, &problem, err);
}

int ct_post_agency_reopen(struct ct_request *rq, struct ct_response *rs, struct ct_err *err)
{
    struct changing c = {.rq = rq};
    struct ct_err problem = CT_ERR_INIT;
    int r = begin(&c, err);

    if (r < 0)
        return r;
    r = ct_org_reopen(rq->desk.store, rq->desk.clock, c.org->id, c.in->on, rq->session->person,
                      &problem);
    return finish(&c, rs, r, CT_DONE_ORG_REOPENED, &problem, err);
}

int ct_post_agency_undo(struct ct_request *rq, struct ct_response *rs, struct ct_err *err)
{
    struct changing c = {.rq = rq};
    struct ct_err problem = CT_ERR_INIT;
    int r = begin(&c, err);

    if (r < 0)
        return r;
    const struct ct_org_undoing u = {.org = c.org->id,
                                     .on = c.in->on,
                                     .seen_people = c.in->seen_people,
                                     .by = rq->session->person};
    r = ct_org_undo(rq->desk.store, rq->desk.clock, &u, &problem);
    return finish(&c, rs, r, CT_DONE_ORG_UNDONE, &problem, err);
}

int ct_post_agency_move(struct ct_request *rq, struct ct_response *rs, struct ct_err *err)
{
    struct changing c = {.rq = rq, .moves = true};
    struct ct_err problem = CT_ERR_INIT;
    int r = begin(&c, err);

    if (r < 0)
        return r;
    r = ct_org_move(rq->desk.store, rq->desk.clock, c.org->id, c.to, c.in->on, rq->session->person,
                    NULL, &problem);
    return finish(&c, rs, r, CT_DONE_ORG_MOVED, &problem, err);
}
