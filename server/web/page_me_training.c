/*
 * page_me_training.c: what is required of oneself, and the outside training that one records of
 * oneself, which waits until somebody else has approved it.
 */
#include "asked_priv.h"
#include "core_priv.h"
#include "done_priv.h"
#include "pages_priv.h"
#include "records_priv.h"
#include "view_priv.h"

#include "ct/base/str.h"
#include "ct/text/url.h"

#include "ct/base/banned.h"

#define HERE CT_SV("/me/training")

struct showing {
    struct ct_assignments report; /* one's own rows */
    struct ct_training *records;
    size_t n_records;
    struct ct_record_edit *edit; /* a form that was sent; NULL: none */
};

static int read_all(struct ct_request *rq, struct showing *s, struct ct_err *err)
{
    int64_t me = rq->session->person;
    int r = ct_asked_read(rq, &s->report, err);

    return r < 0 ? r
                 : ct_training_all(rq->desk.db, rq->arena, me, 0, &s->records, &s->n_records, err);
}

/* "The course “Core”, again every 12 months" */
static struct ct_sv asks_of(struct ct_request *rq, const struct ct_assignment *row)
{
    const struct ct_requirement *q = row->requirement;
    struct ct_arena *a = rq->arena;
    struct ct_sv text = CT_SV_NULL;

    switch (q->kind) {
    case CT_REQUIREMENT_COURSE:
        text = ct_arena_printf(a, "The course “%.*s”", CT_SV_ARG(q->course_title));
        break;
    case CT_REQUIREMENT_HOURS:
        text = ct_arena_printf(a, "%.*s of training in the year: %.*s",
                               CT_SV_ARG(ct_requirement_hours(a, row->rule->minutes)),
                               CT_SV_ARG(ct_requirement_progress(a, row->rule, &row->period)));
        break;
    case CT_REQUIREMENT_SCENARIO:
        text = ct_arena_printf(a, "“%.*s” with a good ending from %d different chairs",
                               CT_SV_ARG(q->module_title), row->rule->chairs);
        break;
    }
    if (row->rule->due.every)
        text = ct_arena_printf(a, "%.*s, again every %d %s", CT_SV_ARG(text), row->rule->due.every,
                               ct_plural((size_t)row->rule->due.every, "month", "months"));
    return text;
}

static json_t *required_of(struct ct_request *rq, const struct ct_assignment *row)
{
    const struct ct_due_period *p = &row->period;
    bool done = ct_asked_is_met(p->status), begun = p->status == CT_DUE_IN_PROGRESS;

    return json_pack("{s:o, s:o, s:o, s:s, s:o, s:o, s:b, s:b, s:o, s:s}", "name",
                     ct_json_sv(row->rule->title), "asks", ct_json_sv(asks_of(rq, row)), "due",
                     ct_view_day_number(p->due), "status", ct_due_status_name(p->status), "since",
                     ct_view_day_number(p->status_on), "expires", ct_view_day_number(p->expires),
                     "is_late", p->status == CT_DUE_OVERDUE || p->status == CT_DUE_EXPIRED,
                     "is_done", done, "href", ct_model_href(ct_asked_href(rq, row->requirement)),
                     "verb",
                     done    ? "Look again"
                     : begun ? "Continue"
                             : "Begin");
}

/* What it may be for. */
static json_t *choices_of(const struct showing *s, struct ct_sv chosen)
{
    json_t *list = json_array();

    for (size_t i = 0; i < s->report.n; i++) {
        const struct ct_assignment *row = &s->report.rows[i];
        json_array_append_new(list, json_pack("{s:o, s:o, s:b}", "value",
                                              ct_json_sv(row->requirement->slug), "title",
                                              ct_json_sv(row->rule->title), "selected",
                                              ct_sv_eq(chosen, row->requirement->slug)));
    }
    json_array_append_new(list, json_pack("{s:s, s:s, s:b}", "value", "-", "title",
                                          "None of these: only its hours count", "selected",
                                          ct_sv_eq_c(chosen, "-")));
    return list;
}

static bool may_correct(const struct ct_training *t)
{
    return t->kind == CT_TRAINING_CREDIT && !t->withdrawn && t->approved_by.n == 0;
}

static struct ct_sv record_href(struct ct_request *rq, int64_t id)
{
    return ct_arena_printf(rq->arena, "/me/training/%lld", (long long)id);
}

/* What a record is for; null: for none, or for what is required no more. */
static json_t *title_of(const struct showing *s, int64_t requirement)
{
    for (size_t i = 0; i < s->report.n; i++)
        if (s->report.rows[i].requirement->id == requirement)
            return ct_json_sv(s->report.rows[i].rule->title);
    return json_null();
}

static int records_of(struct ct_request *rq, const struct showing *s, json_t *list,
                      struct ct_err *err)
{
    for (size_t i = 0; i < s->n_records; i++) {
        const struct ct_training *t = &s->records[i];
        struct ct_record_edit e = {.kind = t->kind,
                                   .before = t,
                                   .prefix =
                                       ct_arena_printf(rq->arena, "record-%lld", (long long)t->id),
                                   .is_own = true};
        json_t *one;
        int r;
        if (may_correct(t))
            e.action = record_href(rq, t->id);
        if (s->edit && s->edit->before && s->edit->before->id == t->id)
            e = *s->edit;
        else
            ct_record_begin(rq, &e);
        if ((r = ct_record_model(rq, &e, false, &one, err)) < 0)
            return r;
        json_object_set_new(one, "requirement", title_of(s, t->requirement));
        json_array_append_new(list, one);
    }
    return CT_OK;
}

static int show(struct ct_request *rq, struct ct_response *rs, const struct showing *s,
                struct ct_err *err)
{
    struct ct_record_edit e = {
        .kind = CT_TRAINING_CREDIT, .prefix = CT_SV("credit"), .action = HERE, .is_own = true};
    CT_AUTO_JSON *required = json_array(), *records = json_array();
    json_t *form;
    int r;

    if (s->edit && !s->edit->before)
        e = *s->edit;
    else
        ct_record_begin(rq, &e);
    e.requirements = choices_of(s, e.in.requirement);
    if ((r = ct_record_form_model(rq, &e, &form, err)) < 0 ||
        (r = records_of(rq, s, records, err)) < 0)
        return r;
    for (int done = 0; done < 2; done++)
        for (size_t i = 0; i < s->report.n; i++)
            if (ct_asked_is_met(s->report.rows[i].period.status) == (done == 1))
                json_array_append_new(required, required_of(rq, &s->report.rows[i]));
    return ct_page(rq, rs, "me-training",
                   json_pack("{s:s, s:b, s:O, s:b, s:O, s:o}", "title", "What is required of me",
                             "has_required", s->report.n > 0, "required", required, "has_records",
                             s->n_records > 0, "records", records, "form", form),
                   err);
}

int ct_get_me_training(struct ct_request *rq, struct ct_response *rs, struct ct_err *err)
{
    struct showing s = {.edit = NULL};
    int r = read_all(rq, &s, err);

    return r < 0 ? r : show(rq, rs, &s, err);
}

/* The page again, with what is wrong, or with what somebody else recorded. */
static int refuse(struct ct_request *rq, struct ct_response *rs, struct showing *s,
                  const struct ct_err *problem, struct ct_err *err)
{
    struct ct_record_edit *e = s->edit;
    int r;

    if (problem->code == CT_INTERNAL)
        return ct_fail(err, problem->code, problem->what, "%s", problem->text);
    if ((r = ct_store_renew(rq->desk.db, err)) < 0 || (r = read_all(rq, s, err)) < 0)
        return r;
    if ((r = ct_record_refused(rq, e, s->records, s->n_records, problem, err)) < 0)
        return r;
    rs->status = ct_status_http(problem->code);
    r = show(rq, rs, s, err);
    return r < 0 ? r : ct_answered(problem, err);
}

static int save(struct ct_request *rq, struct ct_response *rs, struct showing *s,
                struct ct_training *t, struct ct_err *err)
{
    struct ct_asker me = {.viewer = {.person = rq->session->person}};
    struct ct_record_edit *e = s->edit;
    const struct ct_asker_record record = {.kind = t->kind, .person = t->person};
    struct ct_err problem = CT_ERR_INIT;
    int r = ct_asker_may_record(&me, &record, err);

    if (r < 0)
        return r;
    ct_record_read(rq, e, t);
    if (e->errors.n) {
        ct_fail(&problem, CT_BAD_INPUT, e->errors.items[0].field, "%.*s",
                CT_SV_ARG(e->errors.items[0].text));
        return refuse(rq, rs, s, &problem, err);
    }
    r = ct_training_record(rq->desk.store, rq->desk.clock, t, rq->session->person, NULL, &problem);
    return r < 0 ? refuse(rq, rs, s, &problem, err)
                 : ct_done(rq, rs, ct_record_done(e, t), CT_SV("/me/training"));
}

/* One of what is required of oneself, or none. */
static void read_requirement(struct ct_request *rq, const struct showing *s,
                             struct ct_record_edit *e, struct ct_training *t)
{
    if (ct_sv_eq_c(e->in.requirement, "-"))
        return;
    for (size_t i = 0; i < s->report.n; i++)
        if (ct_sv_eq(s->report.rows[i].requirement->slug, e->in.requirement)) {
            t->requirement = s->report.rows[i].requirement->id;
            return;
        }
    ct_form_error_add(rq->arena, &e->errors, "requirement",
                      CT_SV("Please choose what it is for: this is not required of you today."));
}

int ct_post_me_training(struct ct_request *rq, struct ct_response *rs, struct ct_err *err)
{
    struct ct_record_edit e = {.in = *(const struct ct_record_input *)rq->input,
                               .kind = CT_TRAINING_CREDIT,
                               .prefix = CT_SV("credit"),
                               .action = HERE,
                               .is_own = true};
    struct showing s = {.edit = &e};
    struct ct_training t = {.kind = CT_TRAINING_CREDIT,
                            .person = rq->session->person,
                            .on = CT_DAY_NONE,
                            .until = CT_DAY_NONE};
    int r = read_all(rq, &s, err);

    if (r < 0)
        return r;
    e.in.action = CT_SV_NULL; /* nothing is withdrawn that was not recorded */
    read_requirement(rq, &s, &e, &t);
    return save(rq, rs, &s, &t, err);
}

int ct_post_me_training_record(struct ct_request *rq, struct ct_response *rs, struct ct_err *err)
{
    struct ct_record_edit e = {.in = *(const struct ct_record_input *)rq->input, .is_own = true};
    struct showing s = {.edit = &e};
    struct ct_training t;
    int64_t id;
    int r;

    if ((r = ct_param_id(rq->params[0], &id, err)) < 0 || (r = read_all(rq, &s, err)) < 0)
        return r;
    for (size_t i = 0; i < s.n_records; i++)
        if (s.records[i].id == id)
            e.before = &s.records[i];
    if (!e.before)
        return ct_fail(err, CT_NOT_FOUND, "record", "nothing is recorded under this number");
    if (e.in.row == 0)
        return ct_fail(err, CT_BAD_INPUT, "row", "the form does not say what it corrects");
    if (e.in.row == e.before->row && !may_correct(e.before))
        return ct_fail(err, CT_DENIED, "record",
                       "only what waits for approval is yours to correct; ask who leads you");
    e.kind = e.before->kind;
    e.prefix = ct_arena_printf(rq->arena, "record-%lld", (long long)id);
    e.action = record_href(rq, id);
    t = *e.before;
    t.row = e.in.row;
    return save(rq, rs, &s, &t, err);
}
