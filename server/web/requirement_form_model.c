/*
 * requirement_form_model.c: the form of a requirement as a model: what may be chosen, and what was
 * typed.
 */
#include "requirements_priv.h"
#include "view_priv.h"

#include "ct/base/banned.h"

static bool is_ticked(const struct ct_form *boxes, struct ct_sv field)
{
    for (size_t i = 0; i < boxes->n; i++)
        if (ct_sv_eq(boxes->fields[i].name, field))
            return true;
    return false;
}

static json_t *option_of(struct ct_sv value, struct ct_sv title, struct ct_sv chosen)
{
    return json_pack("{s:o, s:o, s:b}", "value", ct_json_sv(value), "title", ct_json_sv(title),
                     "selected", ct_sv_eq(value, chosen));
}

static json_t *group_of(const char *label, json_t *options)
{
    return json_pack("{s:s, s:o}", "label", label, "options", options);
}

static json_t *asks_of(struct ct_request *rq, const struct ct_requirement_edit *e)
{
    json_t *courses = json_array(), *scenarios = json_array(), *hours = json_array(),
           *groups = json_array();

    for (size_t i = 0; i < rq->cat->n_courses; i++) {
        const struct ct_course *c = &rq->cat->courses[i];
        json_array_append_new(
            courses, option_of(ct_arena_printf(rq->arena, "course:%.*s", CT_SV_ARG(c->slug)),
                               c->title, e->in.ask));
        for (size_t k = 0; k < c->n_modules; k++) {
            const struct ct_module *m = c->modules[k];
            if (m->kind == CT_MODULE_SCENARIO)
                json_array_append_new(
                    scenarios, option_of(ct_arena_printf(rq->arena, "scenario:%.*s/%.*s",
                                                         CT_SV_ARG(c->slug), CT_SV_ARG(m->id)),
                                         ct_arena_printf(rq->arena, "%.*s (%.*s)",
                                                         CT_SV_ARG(m->title), CT_SV_ARG(c->title)),
                                         e->in.ask));
        }
    }
    json_array_append_new(
        hours, option_of(CT_SV("hours"), CT_SV("So many hours of training a year"), e->in.ask));
    json_array_append_new(groups, group_of("Complete a course", courses));
    if (json_array_size(scenarios) > 0)
        json_array_append_new(groups, group_of("Play a scenario to a good ending", scenarios));
    else
        json_decref(scenarios);
    json_array_append_new(groups, group_of("Hours", hours));
    return groups;
}

static json_t *orgs_of(struct ct_request *rq, const struct ct_requirement_edit *e)
{
    const struct ct_scope *scope = &e->asker.scope;
    json_t *list = json_array();

    for (size_t i = 0; i < scope->n_choices; i++) {
        const struct ct_org *o = &scope->choices[i];
        const struct ct_org *agency =
            o->agency ? ct_org_by_id(scope->choices, scope->n_choices, o->agency) : NULL;
        struct ct_sv field = ct_arena_printf(rq->arena, "org.%lld", (long long)o->id);
        int depth = o->kind == CT_ORG_UNIT ? 1 + (o->depth > 2 ? 2 : o->depth) : 0;
        bool ticked = is_ticked(&e->in.orgs, field);
        if (ct_asker_leads(&e->asker, o->id) && (!o->closed_on.p || ticked))
            json_array_append_new(list, json_pack("{s:o, s:o, s:s, s:o, s:i, s:b}", "field",
                                                  ct_json_sv(field), "title", ct_json_sv(o->name),
                                                  "kind", ct_org_kind_name(o->kind), "agency",
                                                  agency ? ct_json_sv(agency->name) : json_null(),
                                                  "depth", depth, "checked", ticked));
    }
    return list;
}

static json_t *discipline_of(struct ct_request *rq, const struct ct_requirement_edit *e,
                             struct ct_sv slug, struct ct_sv name, bool is_dropped)
{
    struct ct_sv field = ct_arena_printf(rq->arena, "discipline.%.*s", CT_SV_ARG(slug));

    return json_pack("{s:o, s:o, s:b, s:b}", "field", ct_json_sv(field), "title", ct_json_sv(name),
                     "is_dropped", is_dropped, "checked", is_ticked(&e->in.disciplines, field));
}

/* Those of the curriculum, and what the requirement names that it has dropped. */
static json_t *disciplines_of(struct ct_request *rq, const struct ct_requirement_edit *e)
{
    const struct ct_disciplines *d = &rq->cat->disciplines;
    const struct ct_requirement_rule *rule = e->old ? ct_requirement_asking(e->old, INT_MAX) : NULL;
    json_t *list = json_array();

    for (size_t i = 0; i < d->n; i++)
        json_array_append_new(list,
                              discipline_of(rq, e, d->items[i].slug, d->items[i].plural, false));
    for (size_t i = 0; rule && i < rule->n_disciplines; i++)
        if (ct_discipline_find(d, rule->disciplines[i]) < 0)
            json_array_append_new(
                list, discipline_of(rq, e, rule->disciplines[i], rule->disciplines[i], true));
    return list;
}

static json_t *dues_of(const struct ct_requirement_edit *e)
{
    static const struct {
        enum ct_due_kind kind;
        const char *label;
    } dues[] = {
        {CT_DUE_ASSIGNED, "Some days after coming under this requirement"},
        {CT_DUE_HIRED, "Some days after being hired"},
        {CT_DUE_DISCIPLINE, "Some days after each change of discipline"},
        {CT_DUE_FIXED, "By a fixed day"},
        {CT_DUE_YEAR, "In every calendar or fiscal year"},
        {CT_DUE_PERSONAL, "In every year counted from the day of being hired"},
    };
    json_t *list = json_array();

    for (size_t i = 0; i < sizeof dues / sizeof dues[0]; i++) {
        struct ct_sv value = ct_sv_c(ct_due_kind_name(dues[i].kind));
        json_array_append_new(list, option_of(value, ct_sv_c(dues[i].label), e->in.due));
    }
    return list;
}

/* "July (fiscal year of North County CPS)" */
static struct ct_sv month_title(struct ct_request *rq, const struct ct_requirement_edit *e,
                                int month)
{
    static const char *const names[] = {"January",   "February", "March",    "April",
                                        "May",       "June",     "July",     "August",
                                        "September", "October",  "November", "December"};
    const struct ct_scope *scope = &e->asker.scope;
    struct ct_sv title = ct_sv_c(names[month - 1]);
    const struct ct_org *of = NULL;
    size_t n = 0;

    for (size_t i = 0; i < scope->n_choices; i++)
        if (scope->choices[i].kind == CT_ORG_AGENCY && scope->choices[i].fiscal_month == month) {
            of = n++ ? of : &scope->choices[i];
        }
    if (month == 1)
        return CT_SV("January (calendar year)");
    if (n == 0)
        return title;
    return ct_arena_printf(
        rq->arena, n > 1 ? "%.*s (fiscal year of %.*s and others)" : "%.*s (fiscal year of %.*s)",
        CT_SV_ARG(title), CT_SV_ARG(of->name));
}

static json_t *months_of(struct ct_request *rq, const struct ct_requirement_edit *e)
{
    json_t *list = json_array();

    for (int m = 1; m <= 12; m++)
        json_array_append_new(list, option_of(ct_arena_printf(rq->arena, "%d", m),
                                              month_title(rq, e, m), e->in.month));
    return list;
}

static json_t *earlies_of(const struct ct_requirement_edit *e)
{
    json_t *list = json_array();

    json_array_append_new(
        list, option_of(CT_SV("completion"), CT_SV("from the day of completion"), e->in.early));
    json_array_append_new(
        list, option_of(CT_SV("expiry"), CT_SV("from the day by which it was due"), e->in.early));
    return list;
}

static void add_errors(const struct ct_requirement_edit *e, json_t *form)
{
    static const char *const fields[] = {
        "ask",  "hours", "credit", "chairs", "whom",  "disciplines", "people", "due",   "fixed",
        "days", "month", "every",  "window", "early", "grace",       "from",   "title", "slug"};
    char key[64];

    for (size_t i = 0; i < sizeof fields / sizeof fields[0]; i++) {
        snprintf(key, sizeof key, "error_%s", fields[i]);
        json_object_set_new(form, key, ct_form_error_of(&e->errors, fields[i]));
    }
}

/* Whether something in the closed part is not as it is at first, or is wrong. */
static bool is_rare(const struct ct_requirement_edit *e)
{
    static const char *const fields[] = {"window", "early", "grace", "title", "slug"};

    for (size_t i = 0; i < e->errors.n; i++)
        for (size_t k = 0; k < sizeof fields / sizeof fields[0]; k++)
            if (strcmp(e->errors.items[i].field, fields[k]) == 0)
                return true;
    return e->in.window.n || e->in.grace.n || e->in.slug.n || (!e->old && e->in.title.n) ||
           ct_sv_eq_c(e->in.early, "expiry");
}

json_t *ct_requirement_form_model(struct ct_request *rq, const struct ct_requirement_edit *e)
{
    const struct ct_requirement_input *in = &e->in;
    const struct ct_requirement *old = e->old;
    json_t *orgs = orgs_of(rq, e), *form;
    bool hours = old && old->kind == CT_REQUIREMENT_HOURS;
    bool scenario = old && old->kind == CT_REQUIREMENT_SCENARIO;

    form = json_pack("{s:o, s:b, s:b, s:b, s:b, s:o, s:b, s:o, s:b, s:b, s:o, s:o, s:o, s:o}",
                     "asks", old ? json_array() : asks_of(rq, e), "is_new", !old, "takes_hours",
                     !old || hours, "takes_chairs", !old || scenario, "has_orgs",
                     json_array_size(orgs) > 0, "orgs", orgs, "may_all", e->asker.asks_all,
                     "disciplines", disciplines_of(rq, e), "everybody", in->everybody, "opens_rare",
                     is_rare(e), "dues", dues_of(e), "months", months_of(rq, e), "earlies",
                     earlies_of(e), "people", ct_view_text(in->people));
    const struct {
        const char *name;
        struct ct_sv value;
    } typed[] = {{"hours", in->hours}, {"chairs", in->chairs}, {"fixed", in->fixed},
                 {"days", in->days},   {"every", in->every},   {"window", in->window},
                 {"grace", in->grace}, {"from", in->from},     {"slug", in->slug},
                 {"titled", in->title}};
    for (size_t i = 0; i < sizeof typed / sizeof typed[0]; i++)
        json_object_set_new(form, typed[i].name, ct_view_text(typed[i].value));
    json_object_set_new(form, "newest", json_integer(in->newest));
    add_errors(e, form);
    return form;
}
