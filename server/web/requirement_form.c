/*
 * requirement_form.c: the form of a requirement: what was typed becomes a rule, with a sentence for
 * each field that is wrong, and a rule becomes what stands in the form.
 */
#include "requirements_priv.h"

#include "ct/base/limits.h"
#include "ct/base/secret.h"
#include "ct/learn/person.h"
#include "ct/text/url.h"

#include "ct/base/banned.h"

#define ORG_FIELD        "org."
#define DISCIPLINE_FIELD "discipline."
#define ROW(member)      offsetof(struct ct_requirement_input, member)

enum { NUMBER_BYTES = 64, DAY_BYTES = 64, PEOPLE_BYTES = CT_FORM_MAX, TITLE_BYTES = 1024 };

/* What is right is said below, at its field; these only bound it. */
const struct ct_field ct_requirement_form[] = {
    {"ask", CT_FIELD_TEXT, ROW(ask), false, 0, 256},
    {"hours", CT_FIELD_TEXT, ROW(hours), false, 0, NUMBER_BYTES},
    {"credit", CT_FIELD_TEXT, ROW(credit), false, 0, 128},
    {"chairs", CT_FIELD_TEXT, ROW(chairs), false, 0, NUMBER_BYTES},
    {ORG_FIELD, CT_FIELD_FORM, ROW(orgs), false, 0, 0},
    {DISCIPLINE_FIELD, CT_FIELD_FORM, ROW(disciplines), false, 0, 0},
    {"people", CT_FIELD_TEXT, ROW(people), false, 0, PEOPLE_BYTES},
    {"everybody", CT_FIELD_FLAG, ROW(everybody), false, 0, 1},
    {"due", CT_FIELD_TEXT, ROW(due), false, 0, NUMBER_BYTES},
    {"fixed", CT_FIELD_TEXT, ROW(fixed), false, 0, DAY_BYTES},
    {"days", CT_FIELD_TEXT, ROW(days), false, 0, NUMBER_BYTES},
    {"month", CT_FIELD_TEXT, ROW(month), false, 0, NUMBER_BYTES},
    {"every", CT_FIELD_TEXT, ROW(every), false, 0, NUMBER_BYTES},
    {"window", CT_FIELD_TEXT, ROW(window), false, 0, NUMBER_BYTES},
    {"early", CT_FIELD_TEXT, ROW(early), false, 0, NUMBER_BYTES},
    {"grace", CT_FIELD_TEXT, ROW(grace), false, 0, NUMBER_BYTES},
    {"from", CT_FIELD_TEXT, ROW(from), false, 0, DAY_BYTES},
    {"title", CT_FIELD_TEXT, ROW(title), false, 0, TITLE_BYTES},
    {"slug", CT_FIELD_TEXT, ROW(slug), false, 0, TITLE_BYTES},
    {"action", CT_FIELD_TEXT, ROW(action), false, 0, NUMBER_BYTES},
    {"seen", CT_FIELD_TEXT, ROW(seen), false, 0, 128},
    {"newest", CT_FIELD_I64, ROW(newest), false, 0, INT64_MAX},
    {NULL, CT_FIELD_TEXT, 0, false, 0, 0},
};

#undef ROW

static void wrong(struct ct_request *rq, struct ct_requirement_edit *e, const char *field,
                  const char *text)
{
    ct_form_error_add(rq->arena, &e->errors, field, ct_sv_c(text));
}

/* A number of a field; left empty it is 0. */
static void read_number(struct ct_request *rq, struct ct_requirement_edit *e, const char *field,
                        struct ct_sv typed, int max, int *to)
{
    struct ct_sv text = ct_sv_trim(typed);
    int64_t n = 0;

    *to = 0;
    if (text.n && (!ct_sv_i64(text, &n) || n < 0 || n > max))
        ct_form_error_add(
            rq->arena, &e->errors, field,
            ct_arena_printf(rq->arena, "Please type a whole number from 0 to %d.", max));
    else
        *to = (int)n;
}

static void read_day(struct ct_request *rq, struct ct_requirement_edit *e, const char *field,
                     struct ct_sv typed, int *to)
{
    if (ct_sv_trim(typed).n == 0)
        wrong(rq, e, field, "Please choose a day.");
    else if (!ct_day_parse(ct_sv_trim(typed), to))
        wrong(rq, e, field, "Please type a day as in 2027-06-30.");
}

static void read_kind(struct ct_request *rq, struct ct_requirement_edit *e)
{
    const struct ct_requirement_input *in = &e->in;
    struct ct_due_rule *d = &e->rule.due;
    int64_t month = 0;

    d->fixed = CT_DAY_NONE;
    if (!ct_due_kind_parse(in->due, &d->kind)) {
        wrong(rq, e, "due", "Please choose when it is due.");
        return;
    }
    if (d->kind == CT_DUE_FIXED)
        read_day(rq, e, "fixed", in->fixed, &d->fixed);
    if (d->kind == CT_DUE_PERSONAL)
        return;
    if (d->kind == CT_DUE_YEAR) {
        if (!ct_sv_i64(in->month, &month) || month < 1 || month > 12)
            wrong(rq, e, "month", "Please choose the month in which the year begins.");
        d->month = (int)month;
        return;
    }
    if (d->kind != CT_DUE_FIXED && ct_sv_trim(in->days).n == 0)
        wrong(rq, e, "days", "Please type how many days.");
    read_number(rq, e, "days", in->days, CT_DUE_DAYS_MAX, &d->days);
    read_number(rq, e, "every", in->every, CT_DUE_MONTHS_MAX, &d->every);
    d->from_expiry = d->every && ct_sv_eq_c(in->early, "expiry");
}

static void read_due(struct ct_request *rq, struct ct_requirement_edit *e)
{
    struct ct_due_rule *d = &e->rule.due;

    read_kind(rq, e);
    read_number(rq, e, "window", e->in.window, CT_DUE_DAYS_MAX, &d->window);
    read_number(rq, e, "grace", e->in.grace, CT_DUE_DAYS_MAX, &d->grace);
    read_day(rq, e, "from", e->in.from, &d->from);
}

/* The boxes of agencies, units and task forces. A number that is none's is refused by the rights,
 * and of an administrator by the list of all there are. */
static void read_orgs(struct ct_request *rq, struct ct_requirement_edit *e)
{
    const struct ct_form *boxes = &e->in.orgs;
    const struct ct_scope *scope = &e->asker.scope;
    int64_t *ids = ct_arena_array(rq->arena, int64_t, boxes->n), id;

    for (size_t i = 0; i < boxes->n; i++) {
        struct ct_sv name = boxes->fields[i].name;
        if (!ct_sv_i64(ct_sv_sub(name, strlen(ORG_FIELD), SIZE_MAX), &id) ||
            (e->asker.asks_all && !ct_org_by_id(scope->choices, scope->n_choices, id)))
            wrong(rq, e, "whom", "There is no such agency, unit or task force.");
        else
            ids[e->rule.n_orgs++] = id;
    }
    e->rule.orgs = ids;
}

static void read_disciplines(struct ct_request *rq, struct ct_requirement_edit *e)
{
    const struct ct_form *boxes = &e->in.disciplines;
    struct ct_sv *slugs = ct_arena_array(rq->arena, struct ct_sv, boxes->n);

    for (size_t i = 0; i < boxes->n; i++)
        slugs[e->rule.n_disciplines++] =
            ct_sv_sub(boxes->fields[i].name, strlen(DISCIPLINE_FIELD), SIZE_MAX);
    e->rule.disciplines = slugs;
}

static bool splits(char c)
{
    return c == ',' || c == ';' || c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

static bool next_address(struct ct_sv *rest, struct ct_sv *ret)
{
    size_t n = 0;

    while (rest->n && splits(rest->p[0]))
        *rest = ct_sv_sub(*rest, 1, SIZE_MAX);
    while (n < rest->n && !splits(rest->p[n]))
        n++;
    *ret = ct_sv_sub(*rest, 0, n);
    *rest = ct_sv_sub(*rest, n, SIZE_MAX);
    return n > 0;
}

/* Addresses, one a line or with commas between. Of somebody whom the asker does not see is said
 * what is said of somebody who does not exist. */
static int read_people(struct ct_request *rq, struct ct_requirement_edit *e, struct ct_err *err)
{
    struct ct_sv rest = e->in.people, address, unknown = CT_SV("");
    int64_t *ids = NULL;
    size_t cap = 0, n = 0, n_unknown = 0;
    enum { TOLD = 5 };

    while (next_address(&rest, &address)) {
        struct ct_err why = CT_ERR_INIT;
        struct ct_person p;
        bool known = false;
        int r = ct_person_by_email(rq->desk.db, rq->arena, address, &p, &why);
        if (r < 0 && r != CT_NOT_FOUND && r != CT_BAD_INPUT)
            return ct_fail(err, r, why.what, "%s", why.text);
        for (size_t i = 0; r == CT_OK && i < n; i++)
            known = known || ids[i] == p.id;
        if (known)
            continue;
        if (r == CT_OK && ct_asker_names(&e->asker, p.id))
            CT_ARENA_PUSH(rq->arena, ids, n, cap, p.id);
        else if (n_unknown++ < TOLD)
            unknown = ct_arena_printf(rq->arena, "%.*s%s%.*s", CT_SV_ARG(unknown),
                                      unknown.n ? ", " : "", CT_SV_ARG(address));
    }
    if (n_unknown)
        ct_form_error_add(rq->arena, &e->errors, "people",
                          ct_arena_printf(rq->arena,
                                          "Among those whom you see by name nobody has the "
                                          "address %.*s%s.",
                                          CT_SV_ARG(unknown), n_unknown > TOLD ? ", …" : ""));
    e->rule.people = ids;
    e->rule.n_people = n;
    return CT_OK;
}

/* "course:core", "scenario:core/the-motel", "hours". */
static void read_ask(struct ct_request *rq, struct ct_requirement_edit *e)
{
    struct ct_requirement *q = &e->made;
    struct ct_sv rest = e->in.ask, kind = CT_SV_NULL;
    struct ct_err problem = CT_ERR_INIT;

    ct_sv_split(&rest, ':', &kind);
    if (!ct_requirement_kind_parse(kind, &q->kind)) {
        wrong(rq, e, "ask", "Please choose what is required.");
        return;
    }
    if (q->kind != CT_REQUIREMENT_HOURS)
        ct_sv_split(&rest, '/', &q->course);
    if (q->kind == CT_REQUIREMENT_SCENARIO)
        q->module = rest;
    if (q->kind == CT_REQUIREMENT_HOURS)
        q->credit_type = ct_sv_trim(e->in.credit);
    if (ct_requirement_name(rq->cat, q, &problem) < 0)
        ct_requirement_form_wrong(rq, e, &problem);
}

/* "12", "1.5". */
static void read_hours(struct ct_request *rq, struct ct_requirement_edit *e)
{
    double hours = 0;

    if (!ct_sv_double(ct_sv_trim(e->in.hours), &hours) || hours <= 0 ||
        hours > CT_REQUIREMENT_MINUTES_MAX / 60.0)
        wrong(rq, e, "hours", "Please type how many hours a year, as in 12 or 1.5.");
    else
        e->rule.minutes = (int)(hours * 60 + 0.5);
}

static void read_what(struct ct_request *rq, struct ct_requirement_edit *e)
{
    if (e->old)
        e->made = *e->old;
    else
        read_ask(rq, e);
    switch (e->made.kind) {
    case CT_REQUIREMENT_COURSE:
        return;
    case CT_REQUIREMENT_HOURS:
        read_hours(rq, e);
        return;
    case CT_REQUIREMENT_SCENARIO:
        read_number(rq, e, "chairs", e->in.chairs, CT_REQUIREMENT_CHAIRS_MAX, &e->rule.chairs);
        if (e->rule.chairs == 0)
            wrong(rq, e, "chairs", "Please type from how many different chairs.");
        return;
    }
}

static void read_names(struct ct_request *rq, struct ct_requirement_edit *e)
{
    struct ct_sv *slug = &e->made.slug;

    e->rule.title = ct_sv_trim(e->in.title);
    if (e->rule.title.n == 0)
        e->rule.title = ct_requirement_title(rq->arena, &e->made, &e->rule);
    if (e->old)
        return;
    *slug = ct_sv_trim(e->in.slug);
    if (slug->n == 0)
        *slug = ct_sv_sub(ct_url_name(rq->arena, e->rule.title), 0, CT_REQUIREMENT_SLUG_MAX);
    if (slug->n == 0 && e->rule.title.n)
        wrong(rq, e, "slug", "Please type a short name: none can be made of the title.");
}

/* The field at which the page shows what learn says of a rule. */
static const char *field_of(const char *what)
{
    static const struct {
        const char *what, *field;
    } fields[] = {
        {"everybody", "whom"}, {"orgs", "whom"},     {"disciplines", "disciplines"},
        {"whom", "whom"},      {"people", "people"}, {"discipline", "disciplines"},
        {"due", "fixed"},      {"days", "days"},     {"month", "month"},
        {"every", "every"},    {"window", "window"}, {"early", "early"},
        {"grace", "grace"},    {"from", "from"},     {"title", "title"},
        {"slug", "slug"},      {"course", "ask"},    {"module", "ask"},
        {"minutes", "hours"},  {"chairs", "chairs"}, {"credit_type", "credit"},
    };

    for (size_t i = 0; i < sizeof fields / sizeof fields[0]; i++)
        if (strcmp(fields[i].what, what) == 0)
            return fields[i].field;
    return "whom";
}

void ct_requirement_form_wrong(struct ct_request *rq, struct ct_requirement_edit *e,
                               const struct ct_err *problem)
{
    bool wants_year = e->made.kind == CT_REQUIREMENT_HOURS && strcmp(problem->what, "due") == 0;

    ct_form_error_add(rq->arena, &e->errors, wants_year ? "due" : field_of(problem->what),
                      ct_sv_c(problem->text));
}

int ct_requirement_form_read(struct ct_request *rq, struct ct_requirement_edit *e,
                             struct ct_err *err)
{
    struct ct_err problem = CT_ERR_INIT;
    int r;

    e->rule = (struct ct_requirement_rule){.everybody = e->in.everybody};
    read_what(rq, e);
    read_names(rq, e);
    read_orgs(rq, e);
    read_disciplines(rq, e);
    read_due(rq, e);
    if ((r = read_people(rq, e, err)) < 0)
        return r;
    if (ct_asker_may_ask(&e->asker, &e->rule, &problem) < 0)
        ct_requirement_form_wrong(rq, e, &problem);
    problem = (struct ct_err)CT_ERR_INIT;
    if (e->errors.n == 0 && ct_requirement_check(rq->cat, &e->made, &e->rule, &problem) < 0)
        ct_requirement_form_wrong(rq, e, &problem);
    return CT_OK;
}

static struct ct_sv number_text(struct ct_request *rq, int n)
{
    return n ? ct_arena_printf(rq->arena, "%d", n) : CT_SV_NULL;
}

static struct ct_sv day_text(struct ct_request *rq, int day)
{
    char text[CT_TIME_TEXT];

    return ct_arena_dup(rq->arena, ct_sv_c(ct_day_text(day, text)));
}

static struct ct_sv hours_text(struct ct_request *rq, int minutes)
{
    if (minutes % 60 == 0)
        return number_text(rq, minutes / 60);
    return ct_arena_printf(rq->arena, "%.2f", minutes / 60.0);
}

static struct ct_form boxes(struct ct_request *rq, size_t n)
{
    return (struct ct_form){.fields = ct_arena_array(rq->arena, struct ct_form_field, n)};
}

static void tick(struct ct_form *f, struct ct_sv name)
{
    f->fields[f->n++] = (struct ct_form_field){name, CT_SV("1")};
}

static int fill_people(struct ct_request *rq, const struct ct_requirement_rule *rule,
                       struct ct_sv *ret, struct ct_err *err)
{
    CT_AUTO_STR text = CT_STR_INIT(PEOPLE_BYTES);

    for (size_t i = 0; i < rule->n_people; i++) {
        struct ct_person p;
        int r = ct_person_get(rq->desk.db, rq->arena, rule->people[i], &p, err);
        if (r < 0)
            return r;
        ct_str_addf(&text, "%.*s\n", CT_SV_ARG(p.email));
    }
    *ret = ct_arena_dup(rq->arena, ct_str_sv(&text));
    return CT_OK;
}

int ct_requirement_form_fill(struct ct_request *rq, const struct ct_requirement_rule *rule,
                             struct ct_requirement_input *ret, struct ct_err *err)
{
    const struct ct_due_rule *d = &rule->due;
    struct ct_requirement_input in = {.due = ct_sv_c(ct_due_kind_name(d->kind)),
                                      .fixed = day_text(rq, d->fixed),
                                      .days = number_text(rq, d->days),
                                      .month = number_text(rq, d->month),
                                      .every = number_text(rq, d->every),
                                      .window = number_text(rq, d->window),
                                      .early =
                                          d->from_expiry ? CT_SV("expiry") : CT_SV("completion"),
                                      .grace = number_text(rq, d->grace),
                                      .from = day_text(rq, ct_day_of(ct_now(rq->desk.clock))),
                                      .title = rule->title,
                                      .hours = hours_text(rq, rule->minutes),
                                      .chairs = number_text(rq, rule->chairs),
                                      .everybody = rule->everybody,
                                      .orgs = boxes(rq, rule->n_orgs),
                                      .disciplines = boxes(rq, rule->n_disciplines)};
    int r = fill_people(rq, rule, &in.people, err);

    if (r < 0)
        return r;
    for (size_t i = 0; i < rule->n_orgs; i++)
        tick(&in.orgs, ct_arena_printf(rq->arena, ORG_FIELD "%lld", (long long)rule->orgs[i]));
    for (size_t i = 0; i < rule->n_disciplines; i++)
        tick(&in.disciplines,
             ct_arena_printf(rq->arena, DISCIPLINE_FIELD "%.*s", CT_SV_ARG(rule->disciplines[i])));
    *ret = in;
    return CT_OK;
}

void ct_requirement_form_begin(struct ct_request *rq, const struct ct_asker *asker,
                               struct ct_requirement_input *ret)
{
    const struct ct_scope *scope = &asker->scope;
    size_t n = 0, last = 0;

    *ret = (struct ct_requirement_input){
        .ask = rq->cat->n_courses
                   ? ct_arena_printf(rq->arena, "course:%.*s", CT_SV_ARG(rq->cat->courses[0].slug))
                   : CT_SV_NULL,
        .due = CT_SV("assigned"),
        .days = CT_SV("30"),
        .month = CT_SV("1"),
        .early = CT_SV("completion"),
        .from = day_text(rq, ct_day_of(ct_now(rq->desk.clock))),
        .orgs = boxes(rq, 1)};
    for (size_t i = 0; i < scope->n_choices; i++)
        if (!scope->choices[i].closed_on.p && ct_asker_leads(asker, scope->choices[i].id)) {
            n++;
            last = i;
        }
    if (n == 1) /* there is nothing else to choose */
        tick(&ret->orgs,
             ct_arena_printf(rq->arena, ORG_FIELD "%lld", (long long)scope->choices[last].id));
}

struct ct_sv ct_requirement_form_digest(struct ct_request *rq, const struct ct_requirement_edit *e)
{
    const struct ct_requirement_input *in = &e->in;
    const struct ct_sv typed[] = {
        in->ask,   in->hours, in->credit, in->chairs, in->people, in->due,  in->fixed, in->days,
        in->month, in->every, in->window, in->early,  in->grace,  in->from, in->title, in->slug};
    enum { N_TYPED = sizeof typed / sizeof typed[0] };
    struct ct_sv *parts =
        ct_arena_array(rq->arena, struct ct_sv, N_TYPED + 2 + in->orgs.n + in->disciplines.n);
    char hex[CT_HASH_HEX + 1];
    size_t n = 0;

    for (size_t i = 0; i < N_TYPED; i++)
        parts[n++] = typed[i].p ? typed[i] : CT_SV("");
    parts[n++] = in->everybody ? CT_SV("everybody") : CT_SV("");
    parts[n++] = ct_arena_printf(rq->arena, "%lld", (long long)in->newest);
    for (size_t i = 0; i < in->orgs.n; i++)
        parts[n++] = in->orgs.fields[i].name;
    for (size_t i = 0; i < in->disciplines.n; i++)
        parts[n++] = in->disciplines.fields[i].name;
    return ct_arena_dup(rq->arena, ct_sv_c(ct_hash_parts_hex(parts, n, hex)));
}
