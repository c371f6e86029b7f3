/*
 * page_requirement_person.c: one person under one requirement: the periods, what was recorded
 * beside them, and the forms for recording, approving, correcting and withdrawing. With "-" in the
 * place of the requirement, the same of all that is required of the person.
 */
#include "core_priv.h"
#include "done_priv.h"
#include "pages_priv.h"
#include "records_priv.h"
#include "view_priv.h"

#include "ct/learn/person.h"
#include "ct/text/url.h"

#include "ct/base/banned.h"

enum { N_KINDS = CT_TRAINING_LEAVE + 1 };
static const char *const prefixes[] = {
    [CT_TRAINING_WAIVER] = "waive", [CT_TRAINING_CREDIT] = "credit", [CT_TRAINING_LEAVE] = "leave"};

struct showing {
    struct ct_asker asker;
    const struct ct_requirement *requirement; /* NULL: all */
    struct ct_sight sight;
    struct ct_person person;
    struct ct_assignments report; /* this person's rows */
    struct ct_training *records;  /* with those that were withdrawn */
    size_t n_records;
    struct ct_record_edit *edit; /* a form that was sent; NULL: none */
};

/* Whether the reader is shown this person under this requirement. In the same words whether the
 * person exists or not. */
static int is_shown(const struct showing *s, int64_t person, struct ct_err *err)
{
    if (!ct_asker_names(&s->asker, person))
        return ct_fail(err, CT_NOT_FOUND, "person", "nobody whom you see by name");
    return CT_OK;
}

static int read_all(struct ct_request *rq, struct showing *s, struct ct_err *err)
{
    struct ct_assignment_filter filter = CT_ASSIGNMENT_FILTER_INIT;
    int64_t now = ct_now(rq->desk.clock), id;
    bool all = ct_sv_eq_c(rq->params[0], "-");
    struct ct_sights sights;
    struct ct_db *db = rq->desk.db;
    int r;

    if ((r = ct_param_id(rq->params[1], &id, err)) < 0 ||
        (r = ct_requirement_asker(rq, &s->asker, err)) < 0 ||
        (r = ct_sights_read(db, rq->arena, &s->asker, now, all ? CT_SV_NULL : rq->params[0],
                            &sights, err)) < 0 ||
        (r = is_shown(s, id, err)) < 0 ||
        (r = ct_person_get(db, rq->arena, id, &s->person, err)) < 0)
        return r;
    filter.person = id;
    filter.inactive = true;
    filter.brief = true;
    if (all) {
        s->report = sights.report;
    } else {
        s->sight = sights.items[0];
        s->requirement = s->sight.requirement;
        filter.requirement = s->requirement->slug;
        r = ct_assignments(db, rq->arena, now, &filter, &s->report, err);
    }
    return r < 0 ? r
                 : ct_training_all(db, rq->arena, id, s->requirement ? s->requirement->id : 0,
                                   &s->records, &s->n_records, err);
}

static struct ct_sv href_of(struct ct_request *rq, const struct showing *s)
{
    return ct_href_requirement_person(rq, s->requirement ? s->requirement->slug : CT_SV("-"),
                                      s->person.id);
}

static json_t *period_of(const struct ct_request *rq, const struct ct_assignment *row)
{
    const struct ct_due_period *p = &row->period;
    struct ct_sv href = ct_href_requirement_person(rq, row->requirement->slug, row->person->id);

    return json_pack(
        "{s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:s, s:o, s:o, s:b}", "title",
        ct_json_sv(row->rule->title), "href", ct_json_sv(href), "assigned",
        ct_view_day_number(p->assigned), "due", ct_view_day_number(p->due), "opens",
        ct_view_day_number(p->opens), "completed", ct_view_day_number(p->completed), "expires",
        ct_view_day_number(p->expires), "status", ct_due_status_name(p->status), "progress",
        /* it tells in which quarter somebody came, which a task force does not share */
        row->person->by_task_force ? json_null()
                                   : ct_view_text(ct_requirement_progress(rq->arena, row->rule, p)),
        "since", ct_view_day_number(p->status_on), "is_current", p->is_current);
}

static struct ct_asker_record record_of(const struct ct_request *rq, const struct showing *s,
                                        enum ct_training_kind kind, bool approves)
{
    return (struct ct_asker_record){.kind = kind,
                                    .of = s->requirement,
                                    .day = ct_day_of(ct_now(rq->desk.clock)),
                                    .person = s->person.id,
                                    .approves = approves};
}

/* The form of a new record of a kind; what was sent where it was this one. */
static int new_form(struct ct_request *rq, const struct showing *s, enum ct_training_kind kind,
                    json_t *model, struct ct_err *err)
{
    struct ct_record_edit e = {.kind = kind,
                               .prefix = ct_sv_c(prefixes[kind]),
                               .action = href_of(rq, s),
                               .is_own = s->person.id == rq->session->person};
    bool is_sent = s->edit && !s->edit->before && s->edit->kind == kind;
    const struct ct_asker_record record = record_of(rq, s, kind, false);
    struct ct_err denied = CT_ERR_INIT;
    json_t *form;
    char name[32];
    int r;

    if (is_sent)
        e = *s->edit;
    else
        ct_record_begin(rq, &e);
    if ((r = ct_record_form_model(rq, &e, &form, err)) < 0)
        return r;
    snprintf(name, sizeof name, "%s_form", prefixes[kind]);
    json_object_set_new(model, name, form);
    snprintf(name, sizeof name, "may_%s", prefixes[kind]);
    json_object_set_new(model, name,
                        json_boolean((s->requirement || kind != CT_TRAINING_WAIVER) &&
                                     ct_asker_may_record(&s->asker, &record, &denied) == CT_OK));
    return CT_OK;
}

static struct ct_sv record_href(struct ct_request *rq, const struct showing *s, int64_t id)
{
    return ct_arena_printf(rq->arena, "%.*s/records/%lld", CT_SV_ARG(href_of(rq, s)),
                           (long long)id);
}

/* What a record is for; null where the page says that already, or the reader does not see it. */
static json_t *title_of(const struct showing *s, int64_t requirement)
{
    for (size_t i = 0; !s->requirement && i < s->report.n; i++)
        if (s->report.rows[i].requirement->id == requirement)
            return ct_json_sv(s->report.rows[i].rule->title);
    return json_null();
}

static int records_of(struct ct_request *rq, const struct showing *s, json_t *list,
                      struct ct_err *err)
{
    bool is_own = s->person.id == rq->session->person;

    for (size_t i = 0; i < s->n_records; i++) {
        const struct ct_training *t = &s->records[i];
        struct ct_record_edit e = {.kind = t->kind,
                                   .before = t,
                                   .prefix =
                                       ct_arena_printf(rq->arena, "record-%lld", (long long)t->id),
                                   .is_own = is_own};
        const struct ct_asker_record record = record_of(rq, s, t->kind, false);
        struct ct_err denied = CT_ERR_INIT;
        json_t *one;
        int r;
        if (ct_asker_may_record(&s->asker, &record, &denied) == CT_OK)
            e.action = record_href(rq, s, t->id);
        if (s->edit && s->edit->before && s->edit->before->id == t->id)
            e = *s->edit;
        else
            ct_record_begin(rq, &e);
        if ((r = ct_record_model(rq, &e, !is_own, &one, err)) < 0)
            return r;
        json_object_set_new(one, "requirement", title_of(s, t->requirement));
        json_array_append_new(list, one);
    }
    return CT_OK;
}

static int show(struct ct_request *rq, struct ct_response *rs, const struct showing *s,
                struct ct_err *err)
{
    json_t *ref = NULL, *periods = json_array(), *records = json_array(), *model;
    bool is_admin = (rq->session->roles & CT_ROLE_ADMIN) != 0;
    int r = s->requirement ? ct_requirement_ref(rq, &s->asker, &s->sight, 0, &ref, err) : CT_OK;

    for (size_t i = 0; i < s->report.n; i++) {
        const struct ct_assignment *row = &s->report.rows[i];
        if (row->person->id == s->person.id && (s->requirement || row->period.is_current))
            json_array_append_new(periods, period_of(rq, row));
    }
    model = json_pack("{s:o, s:o, s:o, s:o, s:b, s:b, s:b, s:b, s:o, s:b, s:o, s:o}", "title",
                      ct_json_sv(s->person.name), "name", ct_json_sv(s->person.name), "email",
                      ct_json_sv(s->person.email), "discipline",
                      ct_model_discipline(rq, s->person.discipline), "is_active", s->person.active,
                      "is_oneself", s->person.id == rq->session->person, "has_discipline",
                      s->person.discipline.n > 0, "has_periods", json_array_size(periods) > 0,
                      "periods", periods, "has_records", s->n_records > 0, "records", records,
                      "requirement", ref ? ref : json_null());
    json_object_set_new(model, "is_all", json_boolean(!s->requirement));
    json_object_set_new(model, "all_href",
                        ct_json_sv(ct_href_requirement_person(rq, CT_SV("-"), s->person.id)));
    json_object_set_new(
        model, "transcript_href",
        ct_json_sv(CT_URL(rq->arena, CT_SV("people"), rq->params[1], CT_SV("transcript"))));
    json_object_set_new(model, "person_href",
                        is_admin ? ct_json_sv(CT_URL(rq->arena, CT_SV("people"), rq->params[1]))
                                 : json_null());
    if (r == CT_OK)
        r = records_of(rq, s, records, err);
    for (int i = 0; i < N_KINDS && r == CT_OK; i++)
        r = new_form(rq, s, (enum ct_training_kind)i, model, err);
    if (r < 0) {
        json_decref(model);
        return r;
    }
    return ct_page(rq, rs, "requirement-person", model, err);
}

int ct_get_requirement_person(struct ct_request *rq, struct ct_response *rs, struct ct_err *err)
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
    struct ct_record_edit *e = s->edit;
    struct ct_err problem = CT_ERR_INIT;
    struct ct_asker_record record;
    int r;

    ct_record_read(rq, e, t);
    if (e->errors.n) {
        ct_fail(&problem, CT_BAD_INPUT, e->errors.items[0].field, "%.*s",
                CT_SV_ARG(e->errors.items[0].text));
        return refuse(rq, rs, s, &problem, err);
    }
    record = record_of(rq, s, t->kind, t->approved_by.n > 0 && !t->withdrawn);
    if ((r = ct_asker_may_record(&s->asker, &record, err)) < 0)
        return r;
    r = ct_training_record(rq->desk.store, rq->desk.clock, t, rq->session->person, NULL, &problem);
    return r < 0 ? refuse(rq, rs, s, &problem, err)
                 : ct_done(rq, rs, ct_record_done(e, t), href_of(rq, s));
}

static int read_kind(struct ct_sv what, enum ct_training_kind *ret, struct ct_err *err)
{
    for (int i = 0; i < N_KINDS; i++)
        if (ct_sv_eq_c(what, ct_training_kind_name((enum ct_training_kind)i))) {
            *ret = (enum ct_training_kind)i;
            return CT_OK;
        }
    return ct_fail(err, CT_BAD_INPUT, "what", "waiver, outside training or leave is wanted");
}

int ct_post_requirement_person(struct ct_request *rq, struct ct_response *rs, struct ct_err *err)
{
    struct ct_record_edit e = {.in = *(const struct ct_record_input *)rq->input};
    struct showing s = {.edit = &e};
    struct ct_training t = {.until = CT_DAY_NONE, .on = CT_DAY_NONE};
    int r;

    e.in.action = CT_SV_NULL; /* nothing is withdrawn that was not recorded */
    if ((r = read_kind(e.in.what, &e.kind, err)) < 0 || (r = read_all(rq, &s, err)) < 0)
        return r;
    e.prefix = ct_sv_c(prefixes[e.kind]);
    e.action = href_of(rq, &s);
    e.is_own = s.person.id == rq->session->person;
    t.kind = e.kind;
    t.person = s.person.id;
    t.requirement = e.kind == CT_TRAINING_LEAVE || !s.requirement ? 0 : s.requirement->id;
    if (e.kind == CT_TRAINING_WAIVER && !s.requirement)
        return ct_fail(err, CT_BAD_INPUT, "what", "what is waived is one requirement");
    return save(rq, rs, &s, &t, err);
}

/* Approving says nothing new of it: all else stays as it is. */
static int approve(struct ct_request *rq, struct ct_response *rs, struct showing *s,
                   const struct ct_training *before, struct ct_err *err)
{
    struct ct_training t = *before;
    const struct ct_asker_record record = record_of(rq, s, t.kind, true);
    struct ct_err problem = CT_ERR_INIT;
    int r = ct_asker_may_record(&s->asker, &record, err);

    if (r < 0)
        return r;
    if (t.kind != CT_TRAINING_CREDIT || t.withdrawn)
        return ct_fail(err, CT_BAD_INPUT, "action", "there is nothing to approve");
    t.row = s->edit->in.row;
    t.approved_by = ct_arena_dup(rq->arena, ct_sv_c(rq->session->name));
    ct_record_begin(rq, s->edit);
    s->edit->in.row = t.row;
    s->edit->in.approves = true;
    r = ct_training_record(rq->desk.store, rq->desk.clock, &t, rq->session->person, NULL, &problem);
    return r < 0 ? refuse(rq, rs, s, &problem, err)
                 : ct_done(rq, rs, CT_DONE_APPROVED, href_of(rq, s));
}

int ct_post_requirement_record(struct ct_request *rq, struct ct_response *rs, struct ct_err *err)
{
    struct ct_record_edit e = {.in = *(const struct ct_record_input *)rq->input};
    struct showing s = {.edit = &e};
    int64_t id;
    int r;

    if ((r = ct_param_id(rq->params[2], &id, err)) < 0 || (r = read_all(rq, &s, err)) < 0)
        return r;
    for (size_t i = 0; i < s.n_records; i++)
        if (s.records[i].id == id)
            e.before = &s.records[i];
    if (!e.before)
        return ct_fail(err, CT_NOT_FOUND, "record", "nothing is recorded under this number");
    if (e.in.row == 0)
        return ct_fail(err, CT_BAD_INPUT, "row", "the form does not say what it corrects");
    e.kind = e.before->kind;
    e.prefix = ct_arena_printf(rq->arena, "record-%lld", (long long)id);
    e.action = record_href(rq, &s, id);
    e.is_own = s.person.id == rq->session->person;
    if (ct_sv_eq_c(e.in.action, "approve"))
        return approve(rq, rs, &s, e.before, err);
    struct ct_training t = *e.before;
    t.row = e.in.row;
    return save(rq, rs, &s, &t, err);
}
