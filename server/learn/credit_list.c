/*
 * credit_list.c: what people earned as of a moment: each thing that was done against the rules and
 * approvals, in the order of days, because a year's maximum is filled in that order.
 */
#include "credit_priv.h"

#include "ct/base/banned.h"

enum { YEARS = 16 };

struct listing {
    struct ct_arena *arena;
    struct ct_credit_works works;
    struct ct_credit_rule *rules;
    struct ct_credit_approval *approvals;
    size_t n_rules, n_approvals;
    struct ct_sv *types; /* in-service first if it is among them; each once, so that pointers tell
                            them apart */
    size_t n_types;
    struct ct_credit *lines;
    size_t n, cap;
    size_t person_at; /* where the lines of the person begin */
    struct year {     /* those that were asked for last, by rule */
        const struct ct_credit_rule *rule;
        int fiscal_month;
        struct ct_credit_span span;
    } years[YEARS];
    bool all; /* also what was not earned */
};

static bool is_among(struct ct_sv type, const struct ct_sv *types, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (ct_sv_eq(types[i], type))
            return true;
    return false;
}

static void find_types(struct listing *l, const struct ct_credit_known *known)
{
    bool all = !known || known->n_types == 0;
    size_t cap = 0;

    if (all || is_among(CT_SV(CT_CREDIT_IN_SERVICE), known->types, known->n_types))
        CT_ARENA_PUSH(l->arena, l->types, l->n_types, cap, CT_SV(CT_CREDIT_IN_SERVICE));
    for (size_t i = 0; i < l->n_rules; i++)
        if (!is_among(l->rules[i].type, l->types, l->n_types) &&
            (all || is_among(l->rules[i].type, known->types, known->n_types)))
            CT_ARENA_PUSH(l->arena, l->types, l->n_types, cap, l->rules[i].type);
}

static bool same_body(const struct ct_credit_approval *a, const struct ct_credit_approval *b)
{
    if (!a || !b)
        return a == b;
    return a == b || (ct_sv_eq(a->body, b->body) && ct_sv_eq(a->state, b->state));
}

/* Of the approvals by one body the one that holds on a day; else the last that began before it,
 * else the first. They are in the order of their days. */
static const struct ct_credit_approval *best_of(const struct ct_credit_approval *group, size_t n,
                                                int day)
{
    const struct ct_credit_approval *best = &group[0];

    for (size_t i = 0; i < n; i++) {
        if (ct_credit_approval_holds(&group[i], day))
            return &group[i];
        if (group[i].from <= day)
            best = &group[i];
    }
    return best;
}

/* What counted in the year before, and whether the same course did. */
static void add_earlier(const struct listing *l, const struct ct_credit *line,
                        struct ct_credit_work *w)
{
    for (size_t i = l->person_at; i < l->n; i++) {
        const struct ct_credit *e = &l->lines[i];
        if (e->type.p != line->type.p || e->why != CT_CREDIT_EARNED || e->on < line->year_from ||
            e->on > line->year_until || !same_body(e->approval, line->approval))
            continue;
        w->earned += e->hundredths;
        w->repeated = w->repeated || (line->course.n && ct_sv_eq(e->course, line->course));
    }
}

/* The year of a day: of many people's days most are in the year of the one before. */
static struct ct_credit_span year_of(struct listing *l, const struct ct_credit_rule *rule,
                                     const struct ct_credit_work *w)
{
    struct year *y =
        &l->years[((uintptr_t)rule / sizeof *rule + (unsigned)w->fiscal_month) % YEARS];

    if (rule->year == CT_CREDIT_PERSONAL)
        return ct_credit_year_of(rule, w->on, w->hired, w->fiscal_month);
    if (y->rule != rule || y->fiscal_month != w->fiscal_month || w->on < y->span.from ||
        w->on > y->span.until)
        *y = (struct year){rule, w->fiscal_month,
                           ct_credit_year_of(rule, w->on, w->hired, w->fiscal_month)};
    return y->span;
}

static void add_line(struct listing *l, const struct ct_credit_done *d, struct ct_sv type,
                     const struct ct_credit_rule *rule, const struct ct_credit_approval *approval)
{
    struct ct_credit_span year = year_of(l, rule, &d->work);
    struct ct_credit line = {.person = d->person,
                             .on = d->work.on,
                             .type = type,
                             .course = d->course,
                             .body = approval ? approval->body : CT_SV_NULL,
                             .number = approval ? approval->number : CT_SV_NULL,
                             .certificate = d->certificate,
                             .completion = d->completion,
                             .training = d->training,
                             .past = d->past,
                             .year = year.year,
                             .year_from = year.from,
                             .year_until = year.until,
                             .rule = rule,
                             .approval = approval};
    struct ct_credit_work work = d->work;

    work.year = &year;
    if (rule->year_max || !rule->repeats)
        add_earlier(l, &line, &work);
    work.attested = rule->attestation.n && ct_credit_is_attested(&l->works, d->completion, type);
    struct ct_credit_result r = ct_credit_of(rule, approval, &work);
    if (r.why != CT_CREDIT_EARNED && !l->all)
        return;
    line.why = r.why;
    line.hundredths = r.hundredths;
    if (r.why != CT_CREDIT_EARNED || r.is_limited)
        line.why_text = ct_credit_why_text(l->arena, rule, approval, &work, &r);
    CT_ARENA_PUSH(l->arena, l->lines, l->n, l->cap, line);
}

/* Of the lines of one type for one thing done, those of one body count. */
static void choose(struct listing *l, size_t from)
{
    struct ct_sv licence = ct_credit_licence_of(&l->works, l->lines[from].person);
    struct ct_credit *best = NULL;

    for (size_t i = from; i < l->n; i++) {
        struct ct_credit *line = &l->lines[i];
        bool is_own = licence.n && ct_sv_eq(line->body, licence);
        if (line->why != CT_CREDIT_EARNED)
            continue;
        if (is_own || !best || line->hundredths > best->hundredths)
            best = line;
        if (is_own)
            break;
    }
    if (best)
        best->counts = true;
}

static void add_approved(struct listing *l, const struct ct_credit_done *d, struct ct_sv type,
                         const struct ct_credit_rule *rule)
{
    size_t i = 0;

    while (i < l->n_approvals) {
        const struct ct_credit_approval *first = &l->approvals[i];
        size_t n = 1;
        while (i + n < l->n_approvals && ct_sv_eq(first[n].course, first->course) &&
               ct_sv_eq(first[n].type, first->type) && same_body(&first[n], first))
            n++;
        if (ct_sv_eq(first->course, d->course) && ct_sv_eq(first->type, type))
            add_line(l, d, type, rule, best_of(first, n, d->work.on));
        i += n;
    }
}

static bool is_for(const struct ct_credit_rule *rule, struct ct_sv discipline)
{
    for (size_t i = 0; i < rule->n_disciplines; i++)
        if (ct_sv_eq(rule->disciplines[i], discipline))
            return true;
    return rule->n_disciplines == 0;
}

static void add_done(struct listing *l, const struct ct_credit_done *d)
{
    for (size_t t = 0; t < l->n_types; t++) {
        size_t from = l->n;
        const struct ct_credit_rule *rule =
            ct_credit_rule_on(l->rules, l->n_rules, l->types[t], d->work.on);
        if (!rule || rule->ends)
            continue;
        bool elsewhere = d->work.elsewhere;
        if (elsewhere && !ct_sv_eq_c(l->types[t], CT_CREDIT_IN_SERVICE) &&
            !ct_sv_eq(d->type, l->types[t]))
            continue;
        /* Training elsewhere is recorded of a person, not of a discipline. */
        if (!elsewhere && !is_for(rule, d->work.discipline))
            continue;
        if (rule->needs_approval && !elsewhere)
            add_approved(l, d, l->types[t], rule);
        else
            add_line(l, d, l->types[t], rule, NULL);
        if (l->n > from)
            choose(l, from);
    }
}

static int list(struct ct_db *db, struct ct_arena *a, int64_t person, int64_t as_of, bool all,
                const struct ct_credit_known *known, struct ct_credit **ret, size_t *ret_n,
                struct ct_err *err)
{
    struct listing l = {.arena = a, .all = all};
    int r;

    if ((r = ct_credit_rules(db, a, as_of, &l.rules, &l.n_rules, err)) < 0 ||
        (r = ct_credit_approvals(db, a, as_of, &l.approvals, &l.n_approvals, err)) < 0 ||
        (r = ct_credit_works(db, a, person, as_of, known, &l.works, err)) < 0)
        return r;
    find_types(&l, known);
    l.cap = l.n_types > 1 ? 2 * l.works.n : l.works.n; /* at a guess; it grows */
    l.lines = ct_arena_array(a, struct ct_credit, l.cap);
    for (size_t i = 0; i < l.works.n; i++) {
        if (i == 0 || l.works.done[i].person != l.works.done[i - 1].person)
            l.person_at = l.n;
        add_done(&l, &l.works.done[i]);
    }
    *ret = l.lines;
    *ret_n = l.n;
    return CT_OK;
}

int ct_credit_list(struct ct_db *db, struct ct_arena *a, int64_t person, int64_t as_of,
                   struct ct_credit **ret, size_t *ret_n, struct ct_err *err)
{
    return list(db, a, person, as_of, false, NULL, ret, ret_n, err);
}

int ct_credit_list_known(struct ct_db *db, struct ct_arena *a, int64_t person, int64_t as_of,
                         const struct ct_credit_known *known, struct ct_credit **ret, size_t *ret_n,
                         struct ct_err *err)
{
    return list(db, a, person, as_of, false, known, ret, ret_n, err);
}

int ct_credit_list_all(struct ct_db *db, struct ct_arena *a, int64_t person, int64_t as_of,
                       struct ct_credit **ret, size_t *ret_n, struct ct_err *err)
{
    return list(db, a, person, as_of, true, NULL, ret, ret_n, err);
}

int ct_credit_sum(const struct ct_credit *list, size_t n, int64_t person, struct ct_sv type,
                  int from, int until)
{
    struct ct_sv wanted = type.p ? type : CT_SV(CT_CREDIT_IN_SERVICE);
    int sum = 0;

    for (size_t i = 0; i < n; i++)
        if (list[i].person == person && list[i].counts && list[i].on >= from &&
            list[i].on <= until && ct_sv_eq(list[i].type, wanted))
            sum += list[i].hundredths;
    return sum;
}

struct ct_sv ct_credit_line(struct ct_arena *a, const struct ct_credit *c)
{
    struct ct_sv hours = ct_credit_time(a, c->hundredths), by = CT_SV(""), state = CT_SV("");

    if (c->approval)
        by = ct_arena_printf(a, ", %.*s, number %.*s", CT_SV_ARG(c->body), CT_SV_ARG(c->number));
    if (c->approval && c->approval->state.n)
        state = ct_arena_printf(a, ", %.*s", CT_SV_ARG(c->approval->state));
    return ct_arena_printf(a, "%.*s of %.*s%.*s%.*s, credit year %d", CT_SV_ARG(hours),
                           CT_SV_ARG(c->rule->title), CT_SV_ARG(by), CT_SV_ARG(state), c->year);
}
