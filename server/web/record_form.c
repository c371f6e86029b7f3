/*
 * record_form.c: the form of a waiver, of outside training or of leave: what was typed becomes a
 * record, with a sentence for each field that is wrong.
 */
#include "records_priv.h"
#include "view_priv.h"

#include "ct/learn/credit.h"

#include "ct/base/banned.h"

#define ROW(member) offsetof(struct ct_record_input, member)

enum { SHORT_BYTES = 64, LONG_BYTES = 8 * 1024 };

/* What is right is judged below and by learn, at its field; these only bound it. */
const struct ct_field ct_record_form[] = {
    {"what", CT_FIELD_TEXT, ROW(what), false, 0, SHORT_BYTES},
    {"on", CT_FIELD_TEXT, ROW(on), false, 0, SHORT_BYTES},
    {"until", CT_FIELD_TEXT, ROW(until), false, 0, SHORT_BYTES},
    {"reason", CT_FIELD_TEXT, ROW(reason), false, 0, LONG_BYTES},
    {"evidence", CT_FIELD_TEXT, ROW(evidence), false, 0, LONG_BYTES},
    {"hours", CT_FIELD_TEXT, ROW(hours), false, 0, SHORT_BYTES},
    {"credit", CT_FIELD_TEXT, ROW(credit), false, 0, SHORT_BYTES},
    {"approved_by", CT_FIELD_TEXT, ROW(approved_by), false, 0, LONG_BYTES},
    {"why", CT_FIELD_TEXT, ROW(why), false, 0, LONG_BYTES},
    {"approves", CT_FIELD_FLAG, ROW(approves), false, 0, 1},
    {"requirement", CT_FIELD_TEXT, ROW(requirement), false, 0, 2 * SHORT_BYTES},
    {"row", CT_FIELD_I64, ROW(row), false, 0, INT64_MAX},
    {"action", CT_FIELD_TEXT, ROW(action), false, 0, SHORT_BYTES},
    {NULL, CT_FIELD_TEXT, 0, false, 0, 0},
};

#undef ROW

static struct ct_sv day_text(struct ct_request *rq, int day)
{
    char text[CT_TIME_TEXT];

    return ct_arena_dup(rq->arena, ct_sv_c(ct_day_text(day, text)));
}

static struct ct_sv hours_text(struct ct_request *rq, int minutes)
{
    if (minutes == 0)
        return CT_SV_NULL;
    return ct_arena_printf(rq->arena, minutes % 60 ? "%.2f" : "%.0f", minutes / 60.0);
}

void ct_record_begin(struct ct_request *rq, struct ct_record_edit *e)
{
    const struct ct_training *t = e->before;

    e->in = (struct ct_record_input){.requirement = e->in.requirement};
    if (!t) {
        if (e->kind == CT_TRAINING_WAIVER) {
            e->in.on = day_text(rq, ct_day_of(ct_now(rq->desk.clock)));
            e->in.approved_by = ct_arena_dup(rq->arena, ct_sv_c(rq->session->name));
        }
        return;
    }
    e->in.on = day_text(rq, t->on);
    e->in.until = day_text(rq, t->until);
    e->in.reason = t->reason;
    e->in.evidence = t->evidence;
    e->in.hours = hours_text(rq, t->minutes);
    e->in.credit = t->credit_type;
    e->in.approved_by = t->approved_by;
    e->in.approves = t->approved_by.n > 0;
    e->in.row = t->row;
}

static void wrong(struct ct_request *rq, struct ct_record_edit *e, const char *field,
                  const char *text)
{
    ct_form_error_add(rq->arena, &e->errors, field, ct_sv_c(text));
}

static void read_hours(struct ct_request *rq, struct ct_record_edit *e, struct ct_training *t)
{
    struct ct_sv typed = ct_sv_trim(e->in.hours);
    double hours = 0;

    t->minutes = 0;
    if (typed.n == 0)
        return;
    if (!ct_sv_double(typed, &hours) || hours <= 0 || hours > CT_TRAINING_MINUTES_MAX / 60.0)
        wrong(rq, e, "hours", "Please type hours as in 6 or 1.5.");
    else
        t->minutes = (int)(hours * 60 + 0.5);
}

static void read_days(struct ct_request *rq, struct ct_record_edit *e, struct ct_training *t)
{
    struct ct_sv on = ct_sv_trim(e->in.on), until = ct_sv_trim(e->in.until);

    t->until = CT_DAY_NONE;
    if (on.n == 0)
        wrong(rq, e, "on", "Please choose a day.");
    else if (!ct_day_parse(on, &t->on))
        wrong(rq, e, "on", "Please type a day as in 2027-06-30.");
    if (e->kind != CT_TRAINING_CREDIT && until.n && !ct_day_parse(until, &t->until))
        wrong(rq, e, "until", "Please type a day as in 2027-06-30.");
}

void ct_record_read(struct ct_request *rq, struct ct_record_edit *e, struct ct_training *t)
{
    t->why = ct_sv_trim(e->in.why);
    if (e->before && t->why.n == 0)
        wrong(rq, e, "why", "Please say why it is corrected or withdrawn.");
    t->withdrawn = ct_sv_eq_c(e->in.action, "withdraw");
    if (t->withdrawn)
        return; /* what it was stays */
    t->reason = ct_sv_trim(e->in.reason);
    if (t->reason.n == 0)
        wrong(rq, e, "reason",
              e->kind == CT_TRAINING_CREDIT ? "Please say what it was." : "Please say why.");
    read_days(rq, e, t);
    t->evidence = t->credit_type = t->approved_by = CT_SV_NULL;
    switch (e->kind) {
    case CT_TRAINING_WAIVER:
        t->approved_by = ct_sv_trim(e->in.approved_by);
        if (t->approved_by.n == 0)
            wrong(rq, e, "approved_by", "Please say who approved it.");
        return;
    case CT_TRAINING_LEAVE:
        return;
    case CT_TRAINING_CREDIT:
        break;
    }
    t->evidence = ct_sv_trim(e->in.evidence);
    if (t->evidence.n == 0)
        wrong(rq, e, "evidence", "Please say what shows it, and where that is kept.");
    t->credit_type = ct_sv_trim(e->in.credit);
    read_hours(rq, e, t);
    if (e->in.approves && !e->is_own)
        t->approved_by = ct_arena_dup(rq->arena, ct_sv_c(rq->session->name));
}

enum ct_done ct_record_done(const struct ct_record_edit *e, const struct ct_training *t)
{
    if (e->before)
        return t->withdrawn ? CT_DONE_WITHDRAWN : CT_DONE_CORRECTED;
    switch (e->kind) {
    case CT_TRAINING_WAIVER:
        return CT_DONE_WAIVED;
    case CT_TRAINING_LEAVE:
        return CT_DONE_LEAVE;
    case CT_TRAINING_CREDIT:
        break;
    }
    return t->approved_by.n ? CT_DONE_TRAINING : CT_DONE_TRAINING_WAITS;
}

static void put_error(struct ct_request *rq, struct ct_record_edit *e, const struct ct_err *problem)
{
    static const struct {
        const char *what, *field;
    } fields[] = {
        {"on", "on"},
        {"until", "until"},
        {"reason", "reason"},
        {"evidence", "evidence"},
        {"minutes", "hours"},
        {"credit_type", "credit"},
        {"approved_by", "approved_by"},
        {"why", "why"},
        {"requirement", "requirement"},
    };
    const char *field = "reason";

    for (size_t i = 0; i < sizeof fields / sizeof fields[0]; i++)
        if (strcmp(fields[i].what, problem->what) == 0)
            field = fields[i].field;
    ct_form_error_add(rq->arena, &e->errors, field, ct_sv_c(problem->text));
}

int ct_credit_choices(struct ct_request *rq, struct ct_sv chosen, json_t **ret, struct ct_err *err)
{
    struct ct_credit_rule *rules;
    size_t n;
    int r = ct_credit_rules(rq->desk.db, rq->arena, ct_now(rq->desk.clock), &rules, &n, err);
    json_t *list;

    if (r < 0)
        return r;
    list = json_array();
    for (size_t i = 0; i < n; i++) {
        bool later = false;
        for (size_t k = i + 1; k < n; k++)
            later = later || ct_sv_eq(rules[k].type, rules[i].type);
        if (!later && !rules[i].ends && !ct_sv_eq_c(rules[i].type, CT_CREDIT_IN_SERVICE))
            json_array_append_new(list,
                                  json_pack("{s:o, s:o, s:b}", "value", ct_json_sv(rules[i].type),
                                            "title", ct_json_sv(rules[i].title), "selected",
                                            ct_sv_eq(rules[i].type, chosen)));
    }
    *ret = list;
    return CT_OK;
}

static json_t *errors_of(struct ct_request *rq, const struct ct_record_edit *e)
{
    json_t *list = json_array();

    for (size_t i = 0; i < e->errors.n; i++)
        json_array_append_new(
            list, json_pack("{s:o, s:o}", "href",
                            ct_json_sv(ct_arena_printf(rq->arena, "#%.*s-%s", CT_SV_ARG(e->prefix),
                                                       e->errors.items[i].field)),
                            "text", ct_json_sv(e->errors.items[i].text)));
    return list;
}

int ct_record_form_model(struct ct_request *rq, const struct ct_record_edit *e, json_t **ret,
                         struct ct_err *err)
{
    static const char *const fields[] = {"on",          "until",       "reason",
                                         "evidence",    "hours",       "credit",
                                         "approved_by", "requirement", "why"};
    const struct ct_record_input *in = &e->in;
    json_t *credits, *form;
    char key[64];
    int r = ct_credit_choices(rq, in->credit, &credits, err);

    if (r < 0) {
        json_decref(e->conflict);
        return r;
    }
    form = json_pack("{s:o, s:o, s:s, s:I, s:b, s:b, s:b, s:b, s:b, s:b, s:o, s:b, s:o, s:b, s:o}",
                     "prefix", ct_json_sv(e->prefix), "action", ct_json_sv(e->action), "what",
                     ct_training_kind_name(e->kind), "row", (json_int_t)in->row, "is_waiver",
                     e->kind == CT_TRAINING_WAIVER, "is_credit", e->kind == CT_TRAINING_CREDIT,
                     "is_leave", e->kind == CT_TRAINING_LEAVE, "is_correction", e->before != NULL,
                     "may_approve", e->kind == CT_TRAINING_CREDIT && !e->is_own, "has_credits",
                     json_array_size(credits) > 0, "credits", credits, "has_errors",
                     e->errors.n > 0, "errors", errors_of(rq, e), "has_conflict",
                     e->conflict != NULL, "conflict", e->conflict ? e->conflict : json_array());
    json_object_set_new(form, "has_requirements", json_boolean(e->requirements != NULL));
    json_object_set_new(form, "requirements", e->requirements ? e->requirements : json_array());
    json_object_set_new(form, "is_open", json_boolean(e->is_open));
    json_object_set_new(form, "approves", json_boolean(in->approves));
    const struct {
        const char *name;
        struct ct_sv value;
    } typed[] = {{"on", in->on},         {"until", in->until},
                 {"reason", in->reason}, {"evidence", in->evidence},
                 {"hours", in->hours},   {"approved_by", in->approved_by},
                 {"why", in->why}};
    for (size_t i = 0; i < sizeof typed / sizeof typed[0]; i++)
        json_object_set_new(form, typed[i].name, ct_view_text(typed[i].value));
    for (size_t i = 0; i < sizeof fields / sizeof fields[0]; i++) {
        snprintf(key, sizeof key, "error_%s", fields[i]);
        json_object_set_new(form, key, ct_form_error_of(&e->errors, fields[i]));
    }
    *ret = form;
    return CT_OK;
}

json_t *ct_record_version(struct ct_request *rq, const struct ct_training *t)
{
    return json_pack(
        "{s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:b, s:b, s:o, s:o}", "on",
        ct_view_day_number(t->on), "until", ct_view_day_number(t->until), "reason",
        ct_view_text(t->reason), "evidence", ct_view_text(t->evidence), "hours",
        t->minutes ? ct_json_sv(ct_requirement_hours(rq->arena, t->minutes)) : json_null(),
        "credit", ct_view_text(t->credit_type), "approved_by", ct_view_text(t->approved_by), "why",
        ct_view_text(t->why), "is_withdrawn", t->withdrawn, "is_waiting",
        t->kind == CT_TRAINING_CREDIT && !t->withdrawn && t->approved_by.n == 0, "recorded",
        ct_view_moment(t->at), "by", ct_view_text(t->by_name));
}

int ct_record_versions(struct ct_request *rq, int64_t id, int64_t since, json_t **ret,
                       struct ct_err *err)
{
    struct ct_training *rows;
    size_t n;
    int r = ct_training_history(rq->desk.db, rq->arena, id, &rows, &n, err);

    if (r < 0)
        return r;
    *ret = json_array();
    for (size_t i = n; i-- > 0;)
        if (rows[i].row > since)
            json_array_append_new(*ret, ct_record_version(rq, &rows[i]));
    return CT_OK;
}

int ct_record_model(struct ct_request *rq, const struct ct_record_edit *e, bool may_approve,
                    json_t **ret, struct ct_err *err)
{
    const struct ct_training *t = e->before;
    json_t *form, *versions, *model;
    int r = ct_record_versions(rq, t->id, 0, &versions, err);

    if (r < 0 || (r = ct_record_form_model(rq, e, &form, err)) < 0)
        return r;
    model = ct_record_version(rq, t);
    json_object_set_new(model, "id", json_integer((json_int_t)t->id));
    json_object_set_new(model, "kind", json_string(ct_training_kind_name(t->kind)));
    json_object_set_new(model, "is_waiver", json_boolean(t->kind == CT_TRAINING_WAIVER));
    json_object_set_new(model, "is_credit", json_boolean(t->kind == CT_TRAINING_CREDIT));
    json_object_set_new(model, "may_approve",
                        json_boolean(may_approve && t->kind == CT_TRAINING_CREDIT &&
                                     !t->withdrawn && t->approved_by.n == 0));
    json_object_set_new(model, "may_correct", json_boolean(e->action.n > 0));
    json_object_set_new(model, "has_versions", json_boolean(json_array_size(versions) > 1));
    json_object_set_new(model, "versions", versions);
    json_object_set_new(model, "form", form);
    *ret = model;
    return CT_OK;
}

int ct_record_refused(struct ct_request *rq, struct ct_record_edit *e,
                      const struct ct_training *list, size_t n, const struct ct_err *problem,
                      struct ct_err *err)
{
    int r = CT_OK;

    e->is_open = true;
    if (problem->code != CT_CONFLICT) {
        if (e->errors.n == 0)
            put_error(rq, e, problem);
        return CT_OK;
    }
    if ((r = ct_record_versions(rq, e->before->id, e->in.row, &e->conflict, err)) < 0)
        return r;
    for (size_t i = 0; i < n; i++)
        if (list[i].id == e->before->id)
            e->in.row = list[i].row;
    return r;
}
