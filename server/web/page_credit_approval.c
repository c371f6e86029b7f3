/*
 * page_credit_approval.c: an approval of a course: recording one, correcting and withdrawing it,
 * what was recorded of it.
 */
#include "certificate_priv.h"
#include "core_priv.h"
#include "credits_priv.h"
#include "done_priv.h"
#include "view_priv.h"

#include "ct/text/url.h"

#include "ct/base/banned.h"

#define ROW(member) offsetof(struct ct_credit_approval_input, member)
const struct ct_field ct_credit_approval_form[] = {
    {"course", CT_FIELD_TEXT, ROW(course), false, 0, 254},
    {"type", CT_FIELD_TEXT, ROW(type), false, 0, 254},
    {"state", CT_FIELD_TEXT, ROW(state), false, 0, 4096},
    {"body", CT_FIELD_TEXT, ROW(body), false, 0, 4096},
    {"number", CT_FIELD_TEXT, ROW(number), false, 0, 4096},
    {"hours", CT_FIELD_TEXT, ROW(hours), false, 0, 64},
    {"from", CT_FIELD_TEXT, ROW(from), false, 0, 64},
    {"until", CT_FIELD_TEXT, ROW(until), false, 0, 64},
    {"note", CT_FIELD_TEXT, ROW(note), false, 0, 8192},
    {"row", CT_FIELD_I64, ROW(row), false, 0, INT64_MAX},
    {NULL, CT_FIELD_TEXT, 0, false, 0, 0},
};
const struct ct_field ct_credit_withdraw_form[] = {
    {"reason", CT_FIELD_TEXT, offsetof(struct ct_credit_withdraw_input, reason), false, 0, 8192},
    {"on", CT_FIELD_TEXT, offsetof(struct ct_credit_withdraw_input, on), false, 0, 64},
    {"row", CT_FIELD_I64, offsetof(struct ct_credit_withdraw_input, row), false, 0, INT64_MAX},
    {NULL, CT_FIELD_TEXT, 0, false, 0, 0},
};

/* An approval as it is looked at or changed. */
struct edit {
    struct ct_credit_approval old; /* id 0: a new one */
    struct ct_credit_approval_input in;
    struct ct_credit_withdraw_input withdraw;
    struct ct_form_errors errors, end_errors;
};

static int open_edit(struct ct_request *rq, struct edit *e, struct ct_err *err)
{
    int64_t id;

    if (ct_sv_eq_c(rq->params[0], "new"))
        return CT_OK;
    if (!ct_sv_i64(rq->params[0], &id))
        return ct_fail(err, CT_NOT_FOUND, "id", "there is no approval of this number");
    return ct_credit_approval_get(rq->desk.db, rq->arena, id, &e->old, err);
}

static json_t *courses_of(struct ct_request *rq, struct ct_sv chosen)
{
    json_t *options = json_array();

    for (size_t i = 0; i < rq->cat->n_courses; i++)
        json_array_append_new(
            options, ct_edit_option(rq->cat->courses[i].slug, rq->cat->courses[i].title, chosen));
    return options;
}

static int types_of(struct ct_request *rq, struct ct_sv chosen, json_t **ret, struct ct_err *err)
{
    struct ct_credit_rule *rules;
    size_t n;
    int r = ct_credit_rules(rq->desk.db, rq->arena, ct_now(rq->desk.clock), &rules, &n, err);

    if (r < 0)
        return r;
    *ret = json_array();
    for (size_t i = 0; i < n; i++)
        if (i == 0 || !ct_sv_eq(rules[i].type, rules[i - 1].type))
            json_array_append_new(*ret, ct_edit_option(rules[i].type, rules[i].title, chosen));
    return CT_OK;
}

/* The course and the type of an approval stay. */
static int fields_of(struct ct_request *rq, const struct edit *e, json_t **ret, struct ct_err *err)
{
    const struct ct_credit_approval_input *in = &e->in;
    json_t *types = NULL, *courses = NULL;
    int r = CT_OK;

    if (!e->old.id && (r = types_of(rq, in->type, &types, err)) < 0)
        return r;
    if (!e->old.id)
        courses = courses_of(rq, in->course);
    const struct ct_edit_field fields[] = {
        {"course", "Course", NULL, CT_EDIT_SELECT, true, in->course, courses},
        {"type", "Type of credit", NULL, CT_EDIT_SELECT, true, in->type, types},
        {"body", "Approved by", "The board or agency, as it calls itself.", CT_EDIT_LINE, true,
         in->body, NULL},
        {"state", "State", "Whose board it is. May be left empty.", CT_EDIT_LINE, false, in->state,
         NULL},
        {"number", "Number of the approval", NULL, CT_EDIT_LINE, true, in->number, NULL},
        {"hours", "Hours approved", "As in 1.5. Nobody earns more by the course.", CT_EDIT_LINE,
         true, in->hours, NULL},
        {"from", "First day of completion", NULL, CT_EDIT_DAY, true, in->from, NULL},
        {"until", "Last day of completion", "Empty: it goes on.", CT_EDIT_DAY, false, in->until,
         NULL},
        {"note", e->old.id ? "Why it is corrected" : "Where the approval is kept", NULL,
         CT_EDIT_LINE, false, in->note, NULL},
    };
    size_t skipped = e->old.id ? 2 : 0;
    *ret = ct_edit_fields(fields + skipped, sizeof fields / sizeof fields[0] - skipped, &e->errors);
    return CT_OK;
}

static json_t *end_of(struct ct_request *rq, const struct edit *e)
{
    const struct ct_edit_field fields[] = {
        {"reason", "Why it is withdrawn", NULL, CT_EDIT_LINE, true, e->withdraw.reason, NULL},
        {"on", "From this day of completion on", "Empty: as if it had never been.", CT_EDIT_DAY,
         false, e->withdraw.on, NULL}};
    struct ct_sv id = rq->params[0];

    if (!e->old.id || e->old.withdrawn != CT_DAY_NONE)
        return json_null();
    return json_pack(
        "{s:s, s:s, s:s, s:o, s:o}", "title", "Withdraw this approval", "hint",
        "The certificates of who completed the course from that day on lose its hours.", "submit",
        "Withdraw it", "action",
        ct_json_sv(CT_URL(rq->arena, CT_SV("credits"), CT_SV("approvals"), id, CT_SV("withdraw"))),
        "fields", ct_edit_fields(fields, 2, &e->end_errors));
}

static struct ct_sv told(struct ct_arena *a, const struct ct_credit_approval *v)
{
    struct ct_sv hours = ct_credit_time(a, v->hundredths), from = ct_edit_day_text(a, v->from);
    struct ct_sv until = ct_edit_day_text(a, v->until), out = ct_edit_day_text(a, v->withdrawn);

    return ct_arena_printf(a, "%.*s by %.*s%s%.*s, number %.*s, from %.*s%s%.*s%s%.*s",
                           CT_SV_ARG(hours), CT_SV_ARG(v->body), v->state.n ? ", " : "",
                           CT_SV_ARG(v->state), CT_SV_ARG(v->number), CT_SV_ARG(from),
                           until.n ? " until " : "", CT_SV_ARG(until),
                           out.n ? "; withdrawn from " : "", CT_SV_ARG(out));
}

static int history_of(struct ct_request *rq, const struct edit *e, json_t **ret, struct ct_err *err)
{
    struct ct_credit_approval *list = NULL;
    size_t n = 0;
    int r = CT_OK;

    if (e->old.id)
        r = ct_credit_approval_history(rq->desk.db, rq->arena, e->old.id, &list, &n, err);
    if (r < 0)
        return r;
    *ret = json_array();
    for (size_t i = n; i-- > 0;)
        json_array_append_new(*ret, json_pack("{s:n, s:o, s:o, s:o, s:o}", "from", "text",
                                              ct_json_sv(told(rq->arena, &list[i])), "note",
                                              ct_view_text(list[i].note), "recorded",
                                              ct_view_moment(list[i].at), "by",
                                              ct_view_text(list[i].by_name)));
    return CT_OK;
}

static int show(struct ct_request *rq, struct ct_response *rs, const struct edit *e,
                struct ct_err *err)
{
    const struct ct_form_errors *errors = e->end_errors.n ? &e->end_errors : &e->errors;
    CT_AUTO_JSON *fields = NULL, *history = NULL;
    struct ct_sv lead = CT_SV("It counts for everybody who completed the course on one of its "
                              "days, also before you record it: their certificates bear the hours "
                              "from now on.");
    struct ct_sv title = CT_SV("A new approval");
    int r;

    if ((r = fields_of(rq, e, &fields, err)) < 0 || (r = history_of(rq, e, &history, err)) < 0)
        return r;
    if (e->old.id)
        title = ct_arena_printf(rq->arena, "%.*s: %.*s",
                                CT_SV_ARG(ct_title_of_course(rq, e->old.course)),
                                CT_SV_ARG(e->old.type));
    if (e->old.id)
        lead = CT_SV("A correction is one more entry. Certificates bear what is recorded last.");
    return ct_page(
        rq, rs, "credit-edit",
        json_pack(
            "{s:o, s:o, s:o, s:b, s:o, s:O, s:b, s:o, s:s, s:I, s:b, s:O, s:o}", "title",
            ct_json_sv(title), "lead", ct_json_sv(lead), "action",
            ct_json_sv(CT_URL(rq->arena, CT_SV("credits"), CT_SV("approvals"), rq->params[0])),
            "has_errors", errors->n > 0, "errors", ct_form_error_list(rq->arena, errors), "fields",
            fields, "has_ticks", false, "ticks", json_array(), "version", "row", "version_value",
            (json_int_t)e->old.row, "has_history", json_array_size(history) > 0, "history", history,
            "end", end_of(rq, e)),
        err);
}

static void fill(struct ct_request *rq, struct edit *e)
{
    const struct ct_credit_approval *v = &e->old;

    e->in = (struct ct_credit_approval_input){
        .state = v->state,
        .body = v->body,
        .number = v->number,
        .hours = v->id ? ct_credit_hours(rq->arena, v->hundredths) : CT_SV(""),
        .from = ct_edit_day_text(rq->arena, v->id ? v->from : ct_day_of(ct_now(rq->desk.clock))),
        .until = v->id ? ct_edit_day_text(rq->arena, v->until) : CT_SV("")};
}

int ct_get_credit_approval(struct ct_request *rq, struct ct_response *rs, struct ct_err *err)
{
    struct edit e = {.old = {.id = 0}};
    int r = open_edit(rq, &e, err);

    if (r < 0)
        return r;
    fill(rq, &e);
    return show(rq, rs, &e, err);
}

static int refuse(struct ct_request *rq, struct ct_response *rs, struct edit *e,
                  struct ct_form_errors *errors, const struct ct_err *problem, struct ct_err *err)
{
    const char *field = problem->what;
    int r;

    if (problem->code != CT_BAD_INPUT && problem->code != CT_CONFLICT)
        return ct_fail(err, problem->code, problem->what, "%s", problem->text);
    /* The forms have no field for the number of the entry, and another one for why it goes. */
    if (strcmp(field, "id") == 0)
        field = errors == &e->end_errors ? "reason" : "body";
    if (strcmp(field, "note") == 0 && errors == &e->end_errors)
        field = "reason";
    if (problem->text[0])
        ct_form_error_add(rq->arena, errors, field, ct_sv_c(problem->text));
    rs->status = ct_status_http(problem->code);
    r = show(rq, rs, e, err);
    return r < 0 ? r : ct_answered(problem, err);
}

int ct_post_credit_approval(struct ct_request *rq, struct ct_response *rs, struct ct_err *err)
{
    struct ct_err problem = CT_ERR_INIT;
    struct edit e = {.old = {.id = 0}};
    int r = open_edit(rq, &e, err);

    if (r < 0)
        return r;
    e.in = *(const struct ct_credit_approval_input *)rq->input;
    const struct ct_course *course = ct_catalogue_course(rq->cat, e.in.course);
    const struct ct_credit_approval v = {
        .id = e.old.id,
        .row = e.in.row,
        .course = e.in.course,
        .course_title = course ? course->title : CT_SV_NULL,
        .type = e.in.type,
        .state = e.in.state,
        .body = e.in.body,
        .number = e.in.number,
        .hundredths = ct_edit_hours(rq->arena, e.in.hours, "hours", 0, &e.errors),
        .from = ct_edit_day(rq->arena, e.in.from, "from", CT_DAY_NONE, &e.errors),
        .until = ct_edit_day(rq->arena, e.in.until, "until", CT_DAY_NONE, &e.errors),
        .withdrawn = CT_DAY_NONE,
        .note = e.in.note};
    if (!v.id && !course)
        ct_form_error_add(rq->arena, &e.errors, "course", CT_SV("choose a course"));
    if (e.errors.n) {
        problem.code = CT_BAD_INPUT;
        return refuse(rq, rs, &e, &e.errors, &problem, err);
    }
    if (ct_credit_approval_save(rq->desk.store, rq->desk.clock, &v, rq->desk.who.person, NULL,
                                &problem) < 0)
        return refuse(rq, rs, &e, &e.errors, &problem, err);
    return ct_done(rq, rs, CT_DONE_CREDIT, CT_SV("/credits"));
}

int ct_post_credit_withdraw(struct ct_request *rq, struct ct_response *rs, struct ct_err *err)
{
    struct ct_err problem = CT_ERR_INIT;
    struct edit e = {.old = {.id = 0}};
    int r = open_edit(rq, &e, err);

    if (r < 0)
        return r;
    if (!e.old.id)
        return ct_fail(err, CT_NOT_FOUND, "id", "there is no approval of this number");
    fill(rq, &e);
    e.withdraw = *(const struct ct_credit_withdraw_input *)rq->input;
    struct ct_credit_approval v = e.old;
    v.row = e.withdraw.row;
    v.note = e.withdraw.reason;
    v.withdrawn = ct_edit_day(rq->arena, e.withdraw.on, "on", v.from, &e.end_errors);
    if (e.end_errors.n) {
        problem.code = CT_BAD_INPUT;
        return refuse(rq, rs, &e, &e.end_errors, &problem, err);
    }
    if (ct_credit_approval_save(rq->desk.store, rq->desk.clock, &v, rq->desk.who.person, NULL,
                                &problem) < 0)
        return refuse(rq, rs, &e, &e.end_errors, &problem, err);
    return ct_done(rq, rs, CT_DONE_CREDIT, CT_SV("/credits"));
}
