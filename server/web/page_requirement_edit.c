/*
 * page_requirement_edit.c: a requirement is made or changed: the form, what it means, and saving
 * it. Nothing is saved that was not looked at: the button that saves carries a digest of what was
 * shown, and where the form says something else by now, that is shown first.
 */
#include "core_priv.h"
#include "done_priv.h"
#include "pages_priv.h"
#include "requirements_priv.h"
#include "view_priv.h"

#include "ct/text/url.h"

#include "ct/base/banned.h"

int ct_requirement_asker(struct ct_request *rq, struct ct_asker *ret, struct ct_err *err)
{
    struct ct_viewer viewer = {.person = rq->session->person,
                               .is_admin = (rq->session->roles & CT_ROLE_ADMIN) != 0};

    return ct_asker_read(rq->desk.db, rq->arena, &viewer, ct_now(rq->desk.clock), ret, err);
}

int64_t ct_requirement_newest_id(const struct ct_requirement *q)
{
    int64_t id = 0;

    for (size_t i = 0; i < q->n_rules; i++)
        if (q->rules[i].id > id)
            id = q->rules[i].id;
    return id;
}

/* What is shown around the form. */
struct shown {
    bool looks;       /* what it means */
    bool is_unseen;   /* saving was wished for before that was looked at */
    json_t *conflict; /* what somebody else recorded meanwhile; NULL: nothing */
};

static struct ct_sv action_of(struct ct_request *rq, const struct ct_requirement_edit *e)
{
    return e->old ? CT_URL(rq->arena, CT_SV("requirements"), e->old->slug, CT_SV("change"))
                  : CT_SV("/requirements/new");
}

static int show(struct ct_request *rq, struct ct_response *rs, const struct ct_requirement_edit *e,
                const struct shown *s, struct ct_err *err)
{
    json_t *look = json_null(), *credits = NULL, *form;
    struct ct_sv title =
        e->old ? ct_arena_printf(rq->arena, "Change “%.*s”",
                                 CT_SV_ARG(ct_requirement_asking(e->old, INT_MAX)->title))
               : CT_SV("New requirement");
    int r = ct_credit_choices(rq, e->in.credit, &credits, err);

    if (r == CT_OK && s->looks)
        r = ct_requirement_look_model(rq, e, &look, err);
    if (r < 0) {
        json_decref(s->conflict);
        json_decref(credits);
        return r;
    }
    form = ct_requirement_form_model(rq, e);
    json_object_set_new(form, "has_credits", json_boolean(json_array_size(credits) > 0));
    json_object_set_new(form, "credits", credits);
    return ct_page(
        rq, rs, "requirement-edit",
        json_pack("{s:o, s:o, s:o, s:o, s:b, s:b, s:o, s:o, s:b, s:o, s:b, s:o}", "title",
                  ct_json_sv(title), "action", ct_json_sv(action_of(rq, e)), "back_href",
                  e->old ? ct_json_sv(ct_href_requirement(rq, e->old->slug))
                         : ct_json_sv(CT_SV("/requirements")),
                  "form", form, "is_unseen", s->is_unseen, "has_look", s->looks, "look", look,
                  "seen", s->looks ? ct_json_sv(ct_requirement_form_digest(rq, e)) : json_null(),
                  "has_errors", e->errors.n > 0, "errors",
                  ct_form_error_list(rq->arena, &e->errors), "has_conflict", s->conflict != NULL,
                  "conflict", s->conflict ? s->conflict : json_array()),
        err);
}

/* The requirement of the address, if the reader may change it from today on. */
static int find_old(struct ct_request *rq, struct ct_requirement_edit *e, struct ct_sights *sights,
                    struct ct_err *err)
{
    int64_t now = ct_now(rq->desk.clock);
    int r;

    if ((r = ct_requirement_asker(rq, &e->asker, err)) < 0 ||
        (r = ct_sights_read(rq->desk.db, rq->arena, &e->asker, now, rq->params[0], sights, err)) <
            0)
        return r;
    e->old = sights->items[0].requirement;
    return ct_asker_may_change(&e->asker, e->old, ct_day_of(now), err);
}

int ct_get_requirement_new(struct ct_request *rq, struct ct_response *rs, struct ct_err *err)
{
    struct ct_requirement_edit e = {.old = NULL};
    struct shown s = {.looks = false};
    int r = ct_requirement_asker(rq, &e.asker, err);

    if (r < 0)
        return r;
    ct_requirement_form_begin(rq, &e.asker, &e.in);
    return show(rq, rs, &e, &s, err);
}

int ct_get_requirement_change(struct ct_request *rq, struct ct_response *rs, struct ct_err *err)
{
    struct ct_requirement_edit e = {.old = NULL};
    struct shown s = {.looks = false};
    struct ct_sights sights;
    int r = find_old(rq, &e, &sights, err);

    if (r < 0 ||
        (r = ct_requirement_form_fill(rq, ct_requirement_asking(e.old, INT_MAX), &e.in, err)) < 0)
        return r;
    e.in.newest = ct_requirement_newest_id(e.old);
    return show(rq, rs, &e, &s, err);
}

/* The same page, as the answer to something that is wrong. */
static int refuse(struct ct_request *rq, struct ct_response *rs, struct ct_requirement_edit *e,
                  const struct ct_err *problem, struct ct_err *err)
{
    struct shown s = {.looks = false};
    int r;

    rs->status = ct_status_http(problem->code);
    r = show(rq, rs, e, &s, err);
    return r < 0 ? r : ct_answered(problem, err);
}

/* Somebody recorded another rule while this one was typed: it is shown, what was typed stays. */
static int collide(struct ct_request *rq, struct ct_response *rs, struct ct_requirement_edit *e,
                   const struct ct_err *problem, struct ct_err *err)
{
    struct shown s = {.looks = true};
    struct ct_sights sights;
    int64_t since = e->in.newest;
    int r = ct_store_renew(rq->desk.db, err);

    if (r < 0 || (r = find_old(rq, e, &sights, err)) < 0 ||
        (r = ct_requirement_history_model(rq, &e->asker, e->old, since, &s.conflict, err)) < 0)
        return r;
    e->in.newest = ct_requirement_newest_id(e->old);
    rs->status = ct_status_http(CT_CONFLICT);
    r = show(rq, rs, e, &s, err);
    return r < 0 ? r : ct_answered(problem, err);
}

static int save(struct ct_request *rq, struct ct_requirement_edit *e, struct ct_err *problem)
{
    struct ct_store *store = rq->desk.store;
    int64_t id, by = rq->session->person;

    if (e->old)
        return ct_requirement_change(store, rq->desk.clock, rq->cat, e->old->id, &e->rule,
                                     e->in.newest, by, problem);
    e->made.rules = &e->rule;
    e->made.n_rules = 1;
    return ct_requirement_add(store, rq->desk.clock, rq->cat, &e->made, by, &id, problem);
}

/* Both forms: to be looked at, or to be saved. */
static int post(struct ct_request *rq, struct ct_response *rs, struct ct_requirement_edit *e,
                struct ct_err *err)
{
    struct ct_err problem = CT_ERR_INIT;
    struct shown s = {.looks = true};
    bool saves = ct_sv_eq_c(e->in.action, "save");
    int r = ct_requirement_form_read(rq, e, err);

    if (r < 0)
        return r;
    if (e->errors.n) {
        ct_fail(&problem, CT_BAD_INPUT, e->errors.items[0].field, "%.*s",
                CT_SV_ARG(e->errors.items[0].text));
        return refuse(rq, rs, e, &problem, err);
    }
    if (e->old && e->in.newest == 0)
        return ct_fail(err, CT_BAD_INPUT, "newest", "the form does not say what it changes");
    if (e->old && (r = ct_asker_may_change(&e->asker, e->old, e->rule.due.from, err)) < 0)
        return r;
    s.is_unseen = saves && !ct_sv_eq(e->in.seen, ct_requirement_form_digest(rq, e));
    if (!saves || s.is_unseen)
        return show(rq, rs, e, &s, err);
    if ((r = save(rq, e, &problem)) == CT_OK)
        return ct_done(rq, rs, CT_DONE_REQUIREMENT, ct_href_requirement(rq, e->made.slug));
    if (r == CT_CONFLICT && e->old)
        return collide(rq, rs, e, &problem, err);
    if (r == CT_INTERNAL)
        return ct_fail(err, r, problem.what, "%s", problem.text);
    ct_requirement_form_wrong(rq, e, &problem);
    return refuse(rq, rs, e, &problem, err);
}

int ct_post_requirement_new(struct ct_request *rq, struct ct_response *rs, struct ct_err *err)
{
    struct ct_requirement_edit e = {.in = *(const struct ct_requirement_input *)rq->input};
    int r = ct_requirement_asker(rq, &e.asker, err);

    return r < 0 ? r : post(rq, rs, &e, err);
}

int ct_post_requirement_change(struct ct_request *rq, struct ct_response *rs, struct ct_err *err)
{
    struct ct_requirement_edit e = {.in = *(const struct ct_requirement_input *)rq->input};
    struct ct_sights sights;
    int r = find_old(rq, &e, &sights, err);

    return r < 0 ? r : post(rq, rs, &e, err);
}
