/*
 * filters.c: the fields of the reports' filters as a form: what may be chosen, what was, and what
 * is wrong with it. All reports but the assignments, whose filters are a list of their own.
 */
#include "assignments_priv.h"
#include "filters_priv.h"
#include "pages_priv.h"
#include "people_priv.h"
#include "requirements_priv.h"
#include "view_priv.h"

#include "ct/learn/credit.h"
#include "ct/report/question_report.h"
#include "ct/report/report.h"

#include "ct/base/banned.h"

enum kind { SELECT, DAY, LINE, HIDDEN };
enum source {
    OF_NOTHING,
    OF_AGENCIES,
    OF_UNITS,
    OF_TASK_FORCES,
    OF_COURSES,
    OF_MODULES,
    OF_DISCIPLINES,
    OF_REQUIREMENTS,
    OF_CREDIT,
    OF_COLUMNS,
    OF_PERIODS,
    OF_REFUSED,
    OF_ACCOUNTS
};

struct field {
    const char *name, *label;
    enum kind kind;
    enum source source;
    const char *all; /* of a select: its first choice; NULL: something is always chosen */
};

#define AGENCY     "agency", "Agency", SELECT, OF_AGENCIES, "All agencies"
#define UNIT       "unit", "Unit", SELECT, OF_UNITS, "All units"
#define TASK_FORCE "task_force", "Task force", SELECT, OF_TASK_FORCES, "All"
#define COURSE     "course", "Course", SELECT, OF_COURSES
#define DISCIPLINE "discipline", "Discipline", SELECT, OF_DISCIPLINES, "All disciplines"
#define AS_OF      "as_of", "As of the end of a day", DAY, OF_NOTHING, NULL

enum { FIELDS_MAX = 10 };
static const struct form {
    struct ct_report_place place;
    struct field fields[FIELDS_MAX];        /* up to one without a name */
    struct field module_fields[FIELDS_MAX]; /* of the second form */
} forms[] = {
    {{"/reports/today", "Today"}, {{AGENCY}, {UNIT}, {TASK_FORCE}}, {{.name = NULL}}},
    {{"/reports/completion", "Completion"},
     {{COURSE, "All courses"},
      {DISCIPLINE},
      {AGENCY},
      {UNIT},
      {TASK_FORCE},
      {AS_OF},
      {"by", "By", HIDDEN, OF_NOTHING, NULL}},
     {{.name = NULL}}},
    {{"/reports/coverage", "Coverage of a team"},
     {{AGENCY},
      {UNIT},
      {TASK_FORCE},
      {COURSE, NULL},
      {"of", "Columns", SELECT, OF_COLUMNS, NULL},
      {DISCIPLINE},
      {AS_OF}},
     {{.name = NULL}}},
    {{"/reports/trends", "Trends of a team"},
     {{AGENCY},
      {UNIT},
      {TASK_FORCE},
      {COURSE, "All courses"},
      {"requirement", "Requirement", SELECT, OF_REQUIREMENTS, "All requirements"},
      {DISCIPLINE},
      {"by", "By", SELECT, OF_PERIODS, NULL},
      {"from", "From", DAY, OF_NOTHING, NULL},
      {"until", "Until", DAY, OF_NOTHING, NULL}},
     {{.name = NULL}}},
    {{"/reports/questions", "Which questions people get wrong"},
     {{COURSE, NULL}},
     {{"course", "Course", HIDDEN, OF_COURSES, NULL},
      {"module", "Module", SELECT, OF_MODULES, NULL}}},
    {{"/reports/credit", "Hours and credit"},
     {{AGENCY},
      {UNIT},
      {TASK_FORCE},
      {"type", "Type of credit", SELECT, OF_CREDIT, "All types"},
      {"year", "Credit year, by its end", LINE, OF_NOTHING, NULL},
      {"refused", "What was not earned", SELECT, OF_REFUSED, "Leave it out"},
      {AS_OF}},
     {{.name = NULL}}},
    {{"/reports/assignments", "Assignments"}, {{.name = NULL}}, {{.name = NULL}}},
    {{"/reports/audit", "Audit pack"}, {{.name = NULL}}, {{.name = NULL}}},
    {{"/people", "People"},
     {{"text", "Name or e-mail", LINE, OF_NOTHING, NULL},
      {DISCIPLINE},
      {AGENCY},
      {UNIT},
      {TASK_FORCE},
      {"active", "Accounts", SELECT, OF_ACCOUNTS, NULL}},
     {{.name = NULL}}},
    {{"/people/:person/transcript", "Transcript"}, {{AS_OF}}, {{.name = NULL}}},
    {{"/me/transcript", "Transcript"}, {{AS_OF}}, {{.name = NULL}}},
};

/* Of the page, or of one of its files: the same path, or with an ending. */
static const struct form *form_of(const struct ct_request *rq)
{
    struct ct_sv path = rq->route ? ct_sv_c(rq->route->path) : CT_SV("");

    for (size_t i = 0; i < sizeof forms / sizeof forms[0]; i++) {
        struct ct_sv of = ct_sv_c(forms[i].place.path);
        if (ct_sv_starts(path, of) && (path.n == of.n || path.p[of.n] == '.'))
            return &forms[i];
    }
    return NULL;
}

const struct ct_report_place *ct_report_place(const struct ct_request *rq)
{
    const struct form *f = form_of(rq);

    return f ? &f->place : NULL;
}

static bool has(const struct field *fields, const char *name)
{
    for (size_t i = 0; i < FIELDS_MAX && fields[i].name; i++)
        if (fields[i].kind != HIDDEN && strcmp(fields[i].name, name) == 0)
            return true;
    return false;
}

bool ct_report_has_field(const struct ct_request *rq, const char *name)
{
    const struct form *f = form_of(rq);

    return f && (has(f->fields, name) || has(f->module_fields, name));
}

/* ---- what may be chosen ---- */

struct options {
    struct ct_request *rq;
    const struct ct_filter_facts *facts;
    struct ct_options options;
};

static void offer_courses(struct options *o)
{
    const struct ct_catalogue *cat = o->rq->cat;

    for (size_t i = 0; i < cat->n_courses; i++)
        ct_offer(&o->options, cat->courses[i].slug, cat->courses[i].title);
}

static void offer_modules(struct options *o)
{
    const struct ct_course *c = o->facts->course;

    for (size_t i = 0; c && i < c->n_modules; i++)
        if (ct_question_is_of(c->modules[i]))
            ct_offer(&o->options, c->modules[i]->slug, c->modules[i]->title);
}

static void offer_disciplines(struct options *o)
{
    const struct ct_disciplines *all = &o->rq->cat->disciplines;

    for (size_t i = 0; i < all->n; i++)
        ct_offer(&o->options, all->items[i].slug, all->items[i].name);
    for (size_t i = 0; i < all->n_former; i++)
        ct_offer(&o->options, all->former[i].slug,
                 ct_discipline_called(o->rq->arena, all, all->former[i].slug));
}

static void offer_requirements(struct options *o)
{
    const struct ct_filter_facts *f = o->facts;

    for (size_t i = 0; i < f->n_requirements; i++)
        if (f->requirements[i].n_rules)
            ct_offer(&o->options, f->requirements[i].slug,
                     ct_requirement_label(
                         o->rq, f->scope, f->requirements, f->n_requirements, &f->requirements[i],
                         ct_requirement_asking(&f->requirements[i], f->day)->title, f->day));
}

/* The types of which there are rules; in-service hours are built in. */
static int offer_credit(struct options *o, struct ct_err *err)
{
    const struct ct_credit_rule *built_in = ct_credit_built_in();
    struct ct_request *rq = o->rq;
    struct ct_credit_rule *rules;
    bool own = false;
    size_t n;
    int r = ct_credit_rules(rq->desk.db, rq->arena, ct_now(rq->desk.clock), &rules, &n, err);

    for (size_t i = 0; i < n && r == CT_OK; i++) {
        own = own || ct_sv_eq(rules[i].type, built_in->type);
        if (i + 1 == n || !ct_sv_eq(rules[i].type, rules[i + 1].type))
            ct_offer(&o->options, rules[i].type, rules[i].title);
    }
    if (!own)
        ct_offer(&o->options, built_in->type, built_in->title);
    return r;
}

static void offer_words(struct options *o, const char *const (*words)[2], size_t n)
{
    for (size_t i = 0; i < n; i++)
        ct_offer(&o->options, ct_sv_c(words[i][0]), ct_sv_c(words[i][1]));
}

static int offer_all(struct options *o, enum source source, struct ct_err *err)
{
    static const char *const columns[][2] = {{"modules", "Modules"}, {"objectives", "Objectives"}};
    static const char *const periods[][2] = {
        {"month", "Months"}, {"quarter", "Quarters"}, {"week", "Weeks"}};
    static const char *const accounts[][2] = {
        {"yes", "Active"}, {"no", "Not active"}, {"all", "All"}};
    static const char *const refused[][2] = {{"yes", "Show it, with the reason"}};

    switch (source) {
    case OF_NOTHING:
        break;
    case OF_AGENCIES:
        ct_offer_orgs(&o->options, o->rq->arena, o->facts->scope, CT_ORG_AGENCY);
        break;
    case OF_UNITS:
        ct_offer_orgs(&o->options, o->rq->arena, o->facts->scope, CT_ORG_UNIT);
        break;
    case OF_TASK_FORCES:
        ct_offer_orgs(&o->options, o->rq->arena, o->facts->scope, CT_ORG_TASK_FORCE);
        break;
    case OF_COURSES:
        offer_courses(o);
        break;
    case OF_MODULES:
        offer_modules(o);
        break;
    case OF_DISCIPLINES:
        offer_disciplines(o);
        break;
    case OF_REQUIREMENTS:
        offer_requirements(o);
        break;
    case OF_CREDIT:
        return offer_credit(o, err);
    case OF_COLUMNS:
        offer_words(o, columns, sizeof columns / sizeof columns[0]);
        break;
    case OF_PERIODS:
        offer_words(o, periods, sizeof periods / sizeof periods[0]);
        break;
    case OF_REFUSED:
        offer_words(o, refused, sizeof refused / sizeof refused[0]);
        break;
    case OF_ACCOUNTS:
        offer_words(o, accounts, sizeof accounts / sizeof accounts[0]);
        break;
    }
    return CT_OK;
}

/* ---- fields ---- */

/* What the address says; where it says nothing and something is always chosen, that. */
static struct ct_sv chosen_of(const struct options *o, const struct field *f)
{
    struct ct_sv typed = ct_form_get(&o->rq->query, f->name);
    const struct ct_filter_facts *facts = o->facts;

    if (typed.n || f->all)
        return typed;
    if (f->source == OF_COURSES && facts->course)
        return facts->course->slug;
    if (f->source == OF_MODULES && facts->module)
        return facts->module->slug;
    return typed;
}

static json_t *error_of(const struct options *o, const struct field *f, enum kind kind)
{
    const struct ct_err *problem = o->facts->problem;
    const char *text = problem && strcmp(problem->what, f->name) == 0 ? problem->text : "";

    /* A day of too many letters is no day, however many it may have. */
    if (*text && f->kind == DAY && kind == LINE)
        text = CT_DAY_HOW;
    return ct_model_sentence(o->rq->arena, text);
}

static int add_field(struct options *o, const struct field *f, json_t *list, struct ct_err *err)
{
    enum kind kind = f->kind;
    int day, r;

    o->options.chosen = chosen_of(o, f);
    o->options.list = json_array();
    o->options.has_chosen = false;
    /* A browser's field for a day holds nothing but days: what is none stands in one for text. */
    if (kind == DAY && o->options.chosen.n && !ct_day_parse(o->options.chosen, &day))
        kind = LINE;
    if (kind == SELECT && (r = offer_all(o, f->source, err)) < 0) {
        json_decref(o->options.list);
        return r;
    }
    /* What an address says is kept, also where it names nothing. */
    if (kind == SELECT && o->options.chosen.n && !o->options.has_chosen)
        ct_offer(&o->options, o->options.chosen, o->options.chosen);
    if ((kind == SELECT && json_array_size(o->options.list) == 0) ||
        (kind == HIDDEN && !o->options.chosen.n)) {
        json_decref(o->options.list);
        return CT_OK;
    }
    json_t *error = error_of(o, f, kind);
    json_array_append_new(
        list,
        json_pack("{s:s, s:s, s:b, s:b, s:b, s:b, s:b, s:s?, s:n, s:o, s:b, s:o, s:b, s:o}", "name",
                  f->name, "label", f->label, "is_select", kind == SELECT, "is_date", kind == DAY,
                  "is_number", false, "is_line", kind == LINE, "is_hidden", kind == HIDDEN, "all",
                  f->all, "hint", "value", ct_view_text(o->options.chosen), "has_options",
                  json_array_size(o->options.list) > 0, "options", o->options.list, "has_error",
                  json_is_string(error), "error", error));
    return CT_OK;
}

static int add_fields(struct ct_request *rq, const struct ct_filter_facts *facts,
                      const struct field *fields, json_t *model, const char *key,
                      struct ct_err *err)
{
    struct options o = {.rq = rq, .facts = facts};
    json_t *list = json_array();
    int r = CT_OK;

    json_object_set_new(model, key, list);
    for (size_t i = 0; i < FIELDS_MAX && fields[i].name && r == CT_OK; i++)
        r = add_field(&o, &fields[i], list, err);
    return r;
}

int ct_model_add_fields(struct ct_request *rq, const struct ct_filter_facts *facts, json_t *model,
                        struct ct_err *err)
{
    static const struct form none = {.place = {NULL, NULL}};
    const struct form *f = form_of(rq);
    int r = add_fields(rq, facts, f ? f->fields : none.fields, model, "fields", err);

    return r < 0 ? r
                 : add_fields(rq, facts, f ? f->module_fields : none.module_fields, model,
                              "module_fields", err);
}

int ct_model_add_before(struct ct_request *rq, int64_t as_of, json_t *model, struct ct_err *err)
{
    int64_t first = 0;
    bool is_past = as_of && as_of < ct_now(rq->desk.clock);
    int r = is_past ? ct_report_first(rq->desk.db, &first, err) : CT_OK;

    json_object_set_new(model, "before_first",
                        is_past && as_of < first ? ct_view_day(first) : json_null());
    return r;
}

int ct_page_report(struct ct_request *rq, struct ct_response *rs, const char *name,
                   const struct ct_filter_facts *facts, json_t *model, struct ct_err *err)
{
    int r;

    if ((r = ct_model_add_fields(rq, facts, model, err)) < 0 ||
        (r = ct_model_add_before(rq, facts->as_of, model, err)) < 0) {
        json_decref(model);
        return r;
    }
    if (facts->scope)
        ct_model_add_scope(rq, facts->scope, model);
    ct_model_add_tabs(model, ct_report_place(rq)->path);
    ct_model_add_save(rq, model);
    return ct_page(rq, rs, name, model, err);
}
