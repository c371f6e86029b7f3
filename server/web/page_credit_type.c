/*
 * page_credit_type.c: one type of credit: its rule as a form, what was recorded of it, its end.
 */
#include "core_priv.h"
#include "credits_priv.h"
#include "done_priv.h"
#include "pages_priv.h"
#include "view_priv.h"

#include "ct/text/url.h"

#include <stdio.h>

#include "ct/base/banned.h"

/* Lengths are judged by learn, which knows what to say; these only bound them. */
#define ROW(member) offsetof(struct ct_credit_type_input, member)
const struct ct_field ct_credit_type_form[] = {
    {"type", CT_FIELD_TEXT, ROW(type), false, 0, 254},
    {"title", CT_FIELD_TEXT, ROW(title), false, 0, 4096},
    {"source", CT_FIELD_TEXT, ROW(source), false, 0, 8192},
    {"from", CT_FIELD_TEXT, ROW(from), false, 0, 64},
    {"hour", CT_FIELD_TEXT, ROW(hour), false, 0, 64},
    {"step", CT_FIELD_TEXT, ROW(step), false, 0, 64},
    {"round", CT_FIELD_TEXT, ROW(round), false, 0, 64},
    {"basis", CT_FIELD_TEXT, ROW(basis), false, 0, 64},
    {"needs", CT_FIELD_TEXT, ROW(needs), false, 0, 64},
    {"active", CT_FIELD_TEXT, ROW(active), false, 0, 64},
    {"score", CT_FIELD_TEXT, ROW(score), false, 0, 64},
    {"attestation", CT_FIELD_TEXT, ROW(attestation), false, 0, 8192},
    {"repeats", CT_FIELD_TEXT, ROW(repeats), false, 0, 64},
    {"maximum", CT_FIELD_TEXT, ROW(maximum), false, 0, 64},
    {"year", CT_FIELD_TEXT, ROW(year), false, 0, 64},
    {"discipline.", CT_FIELD_FORM, ROW(disciplines), false, 0, 0},
    {"newest", CT_FIELD_I64, ROW(newest), false, 0, INT64_MAX},
    {NULL, CT_FIELD_TEXT, 0, false, 0, 0},
};
const struct ct_field ct_credit_end_form[] = {
    {"on", CT_FIELD_TEXT, offsetof(struct ct_credit_end_input, on), false, 0, 64},
    {"newest", CT_FIELD_I64, offsetof(struct ct_credit_end_input, newest), false, 0, INT64_MAX},
    {NULL, CT_FIELD_TEXT, 0, false, 0, 0},
};

/* A type as it is looked at or changed. */
struct edit {
    struct ct_sv type; /* null: a new one */
    struct ct_credit_rule *history;
    size_t n_history;
    struct ct_credit_type_input in;
    struct ct_form_errors errors, end_errors;
    struct ct_sv end_on;
};

static int open_edit(struct ct_request *rq, struct edit *e, struct ct_err *err)
{
    int r;

    e->type = ct_sv_eq_c(rq->params[0], "new") ? CT_SV_NULL : rq->params[0];
    if (!e->type.p)
        return CT_OK;
    r = ct_credit_rule_history(rq->desk.db, rq->arena, e->type, &e->history, &e->n_history, err);
    if (r == CT_OK && e->n_history == 0)
        r = ct_fail(err, CT_NOT_FOUND, "type", "there is no such type of credit");
    return r;
}

/* ---- the rule as what is typed, and the other way round ---- */

static struct ct_sv or_none(struct ct_request *rq, int number)
{
    return number ? ct_arena_printf(rq->arena, "%d", number) : CT_SV("");
}

static void fill(struct ct_request *rq, struct edit *e, const struct ct_credit_rule *rule)
{
    struct ct_arena *a = rq->arena;
    struct ct_form_field *ticks = ct_arena_array(a, struct ct_form_field, rule->n_disciplines);

    for (size_t i = 0; i < rule->n_disciplines; i++)
        ticks[i].name = ct_arena_printf(a, "discipline.%.*s", CT_SV_ARG(rule->disciplines[i]));
    e->in = (struct ct_credit_type_input){
        .type = rule->type,
        .title = rule->title,
        .source = rule->source,
        .from = ct_edit_day_text(a, ct_day_of(ct_now(rq->desk.clock))),
        .hour = ct_arena_printf(a, "%d", rule->hour),
        .step = ct_credit_hours(a, rule->step),
        .round = ct_sv_c(ct_credit_rounding_name(rule->rounding)),
        .basis = ct_sv_c(ct_credit_basis_name(rule->basis)),
        .needs = rule->needs_approval ? CT_SV("approval") : CT_SV("none"),
        .active = or_none(rq, rule->active_share),
        .score = or_none(rq, rule->min_score),
        .attestation = rule->attestation,
        .repeats = rule->repeats ? CT_SV("yes") : CT_SV("no"),
        .maximum = rule->year_max ? ct_credit_hours(a, rule->year_max) : CT_SV(""),
        .year = rule->month ? or_none(rq, rule->month) : ct_sv_c(ct_credit_year_name(rule->year)),
        .disciplines = {ticks, rule->n_disciplines},
    };
}

static void read_year(struct ct_request *rq, struct edit *e, struct ct_credit_rule *rule)
{
    int64_t month;

    if (ct_credit_year_parse(e->in.year, &rule->year))
        return;
    if (!ct_sv_i64(e->in.year, &month) || month < 1 || month > 12) {
        ct_form_error_add(rq->arena, &e->errors, "year", CT_SV("choose a year"));
        return;
    }
    rule->year = CT_CREDIT_FISCAL;
    rule->month = (int)month;
}

static void read_disciplines(struct ct_request *rq, const struct edit *e,
                             struct ct_credit_rule *rule)
{
    const size_t prefix = sizeof "discipline." - 1;
    struct ct_sv *list = ct_arena_array(rq->arena, struct ct_sv, e->in.disciplines.n);

    for (size_t i = 0; i < e->in.disciplines.n; i++)
        list[i] = ct_sv_sub(e->in.disciplines.fields[i].name, prefix, SIZE_MAX);
    rule->disciplines = list;
    rule->n_disciplines = e->in.disciplines.n;
}

static struct ct_credit_rule read_rule(struct ct_request *rq, struct edit *e)
{
    const struct ct_credit_type_input *in = &e->in;
    struct ct_arena *a = rq->arena;
    struct ct_credit_rule rule = {
        .type = e->type.p ? e->type : ct_sv_trim(in->type),
        .title = in->title,
        .source = in->source,
        .from = ct_edit_day(a, in->from, "from", ct_day_of(ct_now(rq->desk.clock)), &e->errors),
        .hour = ct_edit_number(a, in->hour, "hour", 60, &e->errors),
        .step = ct_edit_hours(a, in->step, "step", 25, &e->errors),
        .needs_approval = !ct_sv_eq_c(in->needs, "none"),
        .active_share = ct_edit_number(a, in->active, "active", 0, &e->errors),
        .min_score = ct_edit_number(a, in->score, "score", 0, &e->errors),
        .attestation = ct_arena_dup(a, in->attestation),
        .repeats = ct_sv_eq_c(in->repeats, "yes"),
        .year_max = ct_edit_hours(a, in->maximum, "maximum", 0, &e->errors)};

    /* A text area has lines; an attestation is one. */
    for (size_t i = 0; i < rule.attestation.n; i++)
        if (rule.attestation.p[i] == '\n' || rule.attestation.p[i] == '\r')
            ((char *)(uintptr_t)rule.attestation.p)[i] = ' ';
    if (!ct_credit_rounding_parse(in->round, &rule.rounding))
        ct_form_error_add(a, &e->errors, "round", CT_SV("choose how to round"));
    if (!ct_credit_basis_parse(in->basis, &rule.basis))
        ct_form_error_add(a, &e->errors, "basis", CT_SV("choose what counts"));
    read_year(rq, e, &rule);
    read_disciplines(rq, e, &rule);
    return rule;
}

/* ---- the page ---- */

static json_t *choices_of(const char *const (*list)[2], size_t n, struct ct_sv chosen)
{
    json_t *options = json_array();

    for (size_t i = 0; i < n; i++)
        json_array_append_new(options,
                              ct_edit_option(ct_sv_c(list[i][0]), ct_sv_c(list[i][1]), chosen));
    return options;
}
#define CHOICES(list, chosen) choices_of(list, sizeof(list) / sizeof((list)[0]), chosen)

static const char *const hours[][2] = {{"60", "60 minutes"}, {"50", "50 minutes"}};
static const char *const rounds[][2] = {{"down", "Down"}, {"nearest", "To the nearest"}};
static const char *const bases[][2] = {{"stated", "The minutes that the modules state"},
                                       {"active", "Active minutes, at most the stated ones"},
                                       {"approved", "The hours of the approval"}};
static const char *const needs[][2] = {{"approval", "Only courses that were approved"},
                                       {"none", "Every completed course"}};
static const char *const repeats[][2] = {{"no", "Once a year"}, {"yes", "Each time"}};
static const char *const years[][2] = {{"calendar", "The calendar year"},
                                       {"fiscal", "The fiscal year of the person\u2019s agency"},
                                       {"personal", "A year from the day of hire"},
                                       {"1", "A year from January"},
                                       {"2", "A year from February"},
                                       {"3", "A year from March"},
                                       {"4", "A year from April"},
                                       {"5", "A year from May"},
                                       {"6", "A year from June"},
                                       {"7", "A year from July"},
                                       {"8", "A year from August"},
                                       {"9", "A year from September"},
                                       {"10", "A year from October"},
                                       {"11", "A year from November"},
                                       {"12", "A year from December"}};

static json_t *fields_of(const struct edit *e)
{
    const struct ct_credit_type_input *in = &e->in;
    const struct ct_edit_field fields[] = {
        {"type", "Short name", "Only a-z, 0-9 and -, as in cle. It stays.", CT_EDIT_LINE, true,
         in->type, NULL},
        {"title", "Name", "As it stands on certificates: Continuing legal education.", CT_EDIT_LINE,
         true, in->title, NULL},
        {"source", "Where this is written",
         "The board\u2019s rule or letter, and where you keep it.", CT_EDIT_LINE, true, in->source,
         NULL},
        {"from", "It holds for what is completed from", NULL, CT_EDIT_DAY, true, in->from, NULL},
        {"needs", "What counts", NULL, CT_EDIT_SELECT, true, in->needs, CHOICES(needs, in->needs)},
        {"basis", "Which time counts", NULL, CT_EDIT_SELECT, true, in->basis,
         CHOICES(bases, in->basis)},
        {"hour", "An hour of credit has", NULL, CT_EDIT_SELECT, true, in->hour,
         CHOICES(hours, in->hour)},
        {"step", "In steps of", "Hours, as in 0.25.", CT_EDIT_LINE, true, in->step, NULL},
        {"round", "Rounded", NULL, CT_EDIT_SELECT, true, in->round, CHOICES(rounds, in->round)},
        {"active", "Percent of the stated minutes that must be active",
         "Time between what a person does counts as active, at most ten minutes at a time. "
         "Empty: not asked.",
         CT_EDIT_LINE, false, in->active, NULL},
        {"score", "Percent to reach in the quizzes", "Empty: to pass them is enough.", CT_EDIT_LINE,
         false, in->score, NULL},
        {"attestation", "What the learner attests", "Empty: nothing.", CT_EDIT_AREA, false,
         in->attestation, NULL},
        {"repeats", "The same course counts", NULL, CT_EDIT_SELECT, true, in->repeats,
         CHOICES(repeats, in->repeats)},
        {"maximum", "Hours that count a year, at most", "Empty: all.", CT_EDIT_LINE, false,
         in->maximum, NULL},
        {"year", "Which year", NULL, CT_EDIT_SELECT, true, in->year, CHOICES(years, in->year)},
    };
    size_t skipped = e->type.p ? 1 : 0; /* the short name of a type stays */

    return ct_edit_fields(fields + skipped, sizeof fields / sizeof fields[0] - skipped, &e->errors);
}

static bool is_ticked(const struct edit *e, struct ct_sv name)
{
    for (size_t i = 0; i < e->in.disciplines.n; i++)
        if (ct_sv_eq(e->in.disciplines.fields[i].name, name))
            return true;
    return false;
}

static json_t *ticks_of(struct ct_request *rq, const struct edit *e)
{
    json_t *list = json_array();

    for (size_t i = 0; i < rq->cat->disciplines.n; i++) {
        const struct ct_discipline *d = &rq->cat->disciplines.items[i];
        struct ct_sv name = ct_arena_printf(rq->arena, "discipline.%.*s", CT_SV_ARG(d->slug));
        json_array_append_new(list, json_pack("{s:o, s:o, s:b}", "field", ct_json_sv(name), "title",
                                              ct_json_sv(d->name), "checked", is_ticked(e, name)));
    }
    return list;
}

static json_t *history_of(struct ct_request *rq, const struct edit *e)
{
    json_t *list = json_array();

    for (size_t i = e->n_history; i-- > 0;) {
        const struct ct_credit_rule *rule = &e->history[i];
        json_array_append_new(
            list,
            json_pack("{s:o, s:o, s:o, s:o, s:o}", "from", ct_view_date(ct_day_date(rule->from)),
                      "text", ct_json_sv(ct_credit_rule_text(rq->arena, rq->cat, rule)), "note",
                      rule->ends ? json_null() : ct_view_text(rule->source), "recorded",
                      ct_view_moment(rule->at), "by", ct_view_text(rule->by_name)));
    }
    return list;
}

/* What ends it: of one that is there. */
static json_t *end_of(struct ct_request *rq, const struct edit *e)
{
    const struct ct_edit_field fields[] = {
        {"on", "From this day on nothing is earned", NULL, CT_EDIT_DAY, true, e->end_on, NULL}};

    if (!e->type.p)
        return json_null();
    return json_pack(
        "{s:s, s:s, s:s, s:o, s:o}", "title", "End this type", "hint",
        "What was earned before stays.", "submit", "End it", "action",
        ct_json_sv(CT_URL(rq->arena, CT_SV("credits"), CT_SV("types"), e->type, CT_SV("end"))),
        "fields", ct_edit_fields(fields, 1, &e->end_errors));
}

static int show(struct ct_request *rq, struct ct_response *rs, const struct edit *e,
                struct ct_err *err)
{
    const struct ct_form_errors *errors = e->end_errors.n ? &e->end_errors : &e->errors;
    int64_t newest = e->n_history ? e->history[e->n_history - 1].id : 0;
    struct ct_sv title = CT_SV("A new type of credit");

    if (e->type.p)
        title = e->history[e->n_history - 1].title;
    return ct_page(
        rq, rs, "credit-edit",
        json_pack("{s:o, s:o, s:o, s:b, s:o, s:o, s:b, s:o, s:s, s:I, s:b, s:o, s:o}", "title",
                  ct_json_sv(title), "lead", json_null(), "action",
                  ct_json_sv(CT_URL(rq->arena, CT_SV("credits"), CT_SV("types"), rq->params[0])),
                  "has_errors", errors->n > 0, "errors", ct_form_error_list(rq->arena, errors),
                  "fields", fields_of(e), "has_ticks", true, "ticks", ticks_of(rq, e), "version",
                  "newest", "version_value", (json_int_t)newest, "has_history", e->n_history > 0,
                  "history", history_of(rq, e), "end", end_of(rq, e)),
        err);
}

int ct_get_credit_type(struct ct_request *rq, struct ct_response *rs, struct ct_err *err)
{
    struct ct_credit_rule begin = *ct_credit_built_in();
    struct edit e = {.n_history = 0};
    int r = open_edit(rq, &e, err);

    if (r < 0)
        return r;
    begin.type = begin.title = CT_SV("");
    begin.needs_approval = true;
    begin.year = CT_CREDIT_CALENDAR;
    fill(rq, &e, e.n_history ? &e.history[e.n_history - 1] : &begin);
    e.end_on = ct_edit_day_text(rq->arena, ct_day_of(ct_now(rq->desk.clock)));
    return show(rq, rs, &e, err);
}

/* What learn refuses, at the field that it is about. */
static int refuse(struct ct_request *rq, struct ct_response *rs, struct edit *e,
                  struct ct_form_errors *errors, const struct ct_err *problem, struct ct_err *err)
{
    static const char *const names[][2] = {
        {"month", "year"}, {"discipline", "ticks"}, {"type", "type"}};
    const char *field = problem->what;
    int r;

    if (problem->code != CT_BAD_INPUT && problem->code != CT_CONFLICT)
        return ct_fail(err, problem->code, problem->what, "%s", problem->text);
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        if (strcmp(field, names[i][0]) == 0)
            field = names[i][1];
    if (problem->text[0])
        ct_form_error_add(rq->arena, errors, field, ct_sv_c(problem->text));
    rs->status = ct_status_http(problem->code);
    r = show(rq, rs, e, err);
    return r < 0 ? r : ct_answered(problem, err);
}

int ct_post_credit_type(struct ct_request *rq, struct ct_response *rs, struct ct_err *err)
{
    struct ct_err problem = CT_ERR_INIT;
    struct edit e = {.n_history = 0};
    int r = open_edit(rq, &e, err);

    if (r < 0)
        return r;
    e.in = *(const struct ct_credit_type_input *)rq->input;
    struct ct_credit_rule rule = read_rule(rq, &e);
    if (e.errors.n) {
        problem.code = CT_BAD_INPUT;
        return refuse(rq, rs, &e, &e.errors, &problem, err);
    }
    if (!e.type.p && (r = ct_credit_rule_history(rq->desk.db, rq->arena, rule.type, &e.history,
                                                 &e.n_history, err)) < 0)
        return r;
    if (!e.type.p && e.n_history) {
        e.n_history = 0;
        ct_fail(&problem, CT_CONFLICT, "type", "there is a type of this short name already");
        return refuse(rq, rs, &e, &e.errors, &problem, err);
    }
    if (ct_credit_rule_save(rq->desk.store, rq->desk.clock, &rule, e.in.newest, rq->desk.who.person,
                            NULL, &problem) < 0)
        return refuse(rq, rs, &e, &e.errors, &problem, err);
    return ct_done(rq, rs, CT_DONE_CREDIT, CT_SV("/credits"));
}

int ct_post_credit_type_end(struct ct_request *rq, struct ct_response *rs, struct ct_err *err)
{
    const struct ct_credit_end_input *in = rq->input;
    struct ct_err problem = CT_ERR_INIT;
    struct edit e = {.end_on = in->on};
    int r = open_edit(rq, &e, err);

    if (r < 0)
        return r;
    if (!e.type.p)
        return ct_fail(err, CT_NOT_FOUND, "type", "there is no such type of credit");
    fill(rq, &e, &e.history[e.n_history - 1]);
    struct ct_credit_rule end = {
        .type = e.type,
        .ends = true,
        .from = ct_edit_day(rq->arena, in->on, "on", CT_DAY_NONE, &e.end_errors)};
    if (ct_credit_rule_save(rq->desk.store, rq->desk.clock, &end, in->newest, rq->desk.who.person,
                            NULL, &problem) < 0) {
        if (strcmp(problem.what, "from") == 0)
            snprintf(problem.what, sizeof problem.what, "on");
        return refuse(rq, rs, &e, &e.end_errors, &problem, err);
    }
    return ct_done(rq, rs, CT_DONE_CREDIT, CT_SV("/credits"));
}
