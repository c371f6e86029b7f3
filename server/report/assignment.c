/*
 * assignment.c: joining people, requirements and what people did into the rows of the report. Days
 * and statuses are due.c; reading is assignment_people.c and assignment_work.c.
 */
#include "assignment_key_priv.h"
#include "assignment_priv.h"

#include "ct/text/zone.h"

#include <stdlib.h>

#include "ct/base/banned.h"

/* A requirement of which rows are made. */
struct asked {
    const struct ct_requirement *of;
    struct ct_hit *hit;
    struct ct_due_rule *rules;
    size_t *crowd; /* by discipline: how many of who may only be counted it hits that day */
    size_t cap_crowd;
    size_t n; /* its rows */
};

/* Rows as they are made, so many at a time. */
struct batch {
    struct ct_assignment rows[256];
    size_t n;
    struct batch *next;
};

struct making {
    struct ct_everybody *all;
    const struct ct_assignment_filter *filter;
    const struct ct_someone **people; /* whom rows may tell of, by name */
    size_t n_people;
    struct ct_assignments report;
    struct batch *first, *last;
    struct ct_arena scratch; /* for the periods of one person and requirement */
    struct asked *asked;
    size_t n_asked;
    struct ct_past past;
    struct ct_names *crowds; /* disciplines of who may only be counted */
};

static bool is_within(int day, int from, int until)
{
    if (from == CT_DAY_NONE && until == CT_DAY_NONE)
        return true;
    return day != CT_DAY_NONE && day >= from && (until == CT_DAY_NONE || day <= until);
}

static bool is_wanted(const struct ct_assignment_filter *f, const struct ct_someone *p,
                      const struct ct_due_period *period)
{
    if ((f->current && !period->is_current) ||
        (f->statuses && !(f->statuses & (1u << period->status))) ||
        !is_within(period->due, f->due_from, f->due_until) ||
        !is_within(period->completed, f->completed_from, f->completed_until) ||
        (f->due_within >= 0 &&
         (period->due == CT_DAY_NONE || period->due > p->who.day + f->due_within)))
        return false;
    return f->expires_within < 0 ||
           is_within(period->expires, p->who.day, p->who.day + f->expires_within);
}

static void add_completion(struct ct_assignment *row, const struct ct_someone *p,
                           const struct ct_work_done *d)
{
    row->completion = d->completion;
    row->score = d->score;
    row->revision = d->revision;
    row->certificate = d->certificate;
    row->revoke_reason = d->revoke_reason;
    if (d->issued_at)
        row->issued = ct_home_day(p->home, d->issued_at);
    if (d->revoked_at)
        row->revoked = ct_home_day(p->home, d->revoked_at);
}

/* One with room. */
static struct batch *next_batch(struct making *mk)
{
    struct batch *b = mk->last;

    if (b && b->n < sizeof b->rows / sizeof b->rows[0])
        return b;
    mk->last = ct_arena_new(mk->all->arena, struct batch);
    if (b)
        b->next = mk->last;
    else
        mk->first = mk->last;
    return mk->last;
}

static void add_row(struct making *mk, const struct ct_someone *p, struct asked *asked,
                    const struct ct_due_history *h, const struct ct_due_period *period)
{
    const struct ct_requirement *q = asked->of;
    struct ct_assignment row = {.person = &p->who,
                                .is_counted = p->is_counted,
                                .requirement = q,
                                .rule = &q->rules[period->rule],
                                .period = *period,
                                .started = CT_DAY_NONE,
                                .last_activity = CT_DAY_NONE,
                                .score = -1,
                                .issued = CT_DAY_NONE,
                                .revoked = CT_DAY_NONE};

    ct_past_days(&mk->past, period, h, &row.started, &row.last_activity);
    if (period->completed != CT_DAY_NONE && period->done != SIZE_MAX) {
        const struct ct_past_done *d = &mk->past.done[period->done];
        row.credit = d->credit;
        row.imported = d->imported;
        if (d->imported)
            row.score = d->imported->score;
        if (d->work)
            add_completion(&row, p, d->work);
    } else if (period->awaiting != SIZE_MAX) {
        row.credit = mk->past.outside[period->awaiting];
    } else if (period->waiver != SIZE_MAX) {
        row.waiver = mk->past.waived[period->waiver];
    }
    struct batch *b = next_batch(mk);
    b->rows[b->n++] = row;
    mk->report.n++;
    asked->n++;
    mk->report.by_status[period->status]++;
}

static bool is_text(struct ct_sv wanted, struct ct_sv text)
{
    return !wanted.p ||
           (ct_sv_eq_c(wanted, CT_ASSIGNMENT_NONE) ? text.n == 0 : ct_sv_eq(wanted, text));
}

static bool is_seen(const struct ct_assignment_filter *f, const struct ct_someone *p)
{
    if ((f->person && f->person != p->who.id) || (!f->inactive && !p->who.active) ||
        !is_text(f->discipline, p->who.discipline) || !is_text(f->supervisor, p->who.supervisor) ||
        (f->no_agency && p->who.agency.n) || (f->no_unit && p->who.unit.n) ||
        (f->no_task_force && p->who.task_forces.n))
        return false;
    /* A supervisor's people, or one person, are no crowd in which nobody is told from a number. */
    return p->is_named || (p->is_counted && f->counted && p->who.active && !f->supervisor.p &&
                           !f->person && !f->no_agency && !f->no_unit && !f->no_task_force);
}

/* What may be said of who is only counted: the discipline. A number of an agency less a number of a
 * discipline would be one of few people. */
static struct ct_assignee without_name(const struct ct_assignee *who)
{
    struct ct_assignee nobody = {.id = who->id,
                                 .discipline = who->discipline,
                                 .time_zone = who->time_zone,
                                 .hired = CT_DAY_NONE,
                                 .day = who->day,
                                 .active = who->active};

    nobody.name = nobody.last_name = nobody.first_name = CT_SV("");
    nobody.certificate_name = nobody.email = nobody.employer_id = CT_SV("");
    nobody.agency = nobody.unit = nobody.task_forces = nobody.supervisor = CT_SV("");
    nobody.licence_body = nobody.licence_no = CT_SV("");
    return nobody;
}

/* Whom the scope shows by name, and who may only be counted. */
static void look(struct making *mk)
{
    const struct ct_scope *scope = mk->filter->scope;
    size_t cap = 0;

    ct_everybody_share(mk->all, scope);
    for (size_t i = 0; i < mk->all->n; i++) {
        struct ct_someone *p = &mk->all->people[i];
        const struct ct_scope_person *seen =
            scope && scope->is_limited ? ct_scope_find(scope, p->who.id) : NULL;
        p->is_counted = seen && seen->is_counted;
        p->is_named = (seen && !seen->is_counted) || !scope || !scope->is_limited;
        if (seen && !seen->is_counted) {
            p->who.agency = seen->agency;
            p->who.unit = seen->unit;
            p->who.task_forces = seen->task_forces;
        }
        if (p->is_counted)
            p->who = without_name(&p->who);
        if (p->is_named)
            CT_ARENA_PUSH(mk->all->arena, mk->report.people, mk->report.n_people, cap, &p->who);
    }
}

static int cmp_someone(const void *pa, const void *pb)
{
    const struct ct_assignee *a = &(*(const struct ct_someone *const *)pa)->who;
    const struct ct_assignee *b = &(*(const struct ct_someone *const *)pb)->who;
    int c = ct_sv_cmp(a->last_name, b->last_name);

    if (c == 0)
        c = ct_sv_cmp(a->first_name, b->first_name);
    return c ? c : (a->id > b->id) - (a->id < b->id);
}

/* People in the order in which rows tell of them. Periods come by their days, so that the rows of
 * each requirement are in order as they are made. */
static void order_people(struct making *mk)
{
    size_t n = 0;

    mk->people = ct_arena_array(mk->all->arena, const struct ct_someone *, mk->all->n);
    for (size_t i = 0; i < mk->all->n; i++)
        if (is_seen(mk->filter, &mk->all->people[i]))
            mk->people[n++] = &mk->all->people[i];
    mk->n_people = n;
    if (n)
        qsort(mk->people, n, sizeof *mk->people, cmp_someone);
}

static bool is_hit(struct ct_hit *hit, const struct ct_someone *p)
{
    size_t n;
    const struct ct_due_span *spells = ct_hit_spells(hit, p, &n);

    return n && spells[n - 1].until == CT_DAY_NONE;
}

/* How many of those who may only be counted each requirement hits that day, by discipline. */
static void gather_crowds(struct making *mk)
{
    for (size_t i = 0; i < mk->n_people; i++) {
        const struct ct_someone *p = mk->people[i];
        bool is_new;
        size_t at = p->is_counted ? ct_names_id(mk->crowds, p->who.discipline, &is_new) : 0;
        for (size_t k = 0; k < mk->n_asked && p->is_counted; k++) {
            struct asked *q = &mk->asked[k];
            size_t n = at;
            if (is_new)
                CT_ARENA_PUSH(mk->all->arena, q->crowd, n, q->cap_crowd, 0);
            q->crowd[at] += is_hit(q->hit, p);
        }
    }
}

/* Whether somebody may be in rows at all: by name, or as one of enough. */
static bool is_told(struct making *mk, const struct asked *q, const struct ct_someone *p)
{
    bool is_new;

    if (!p->is_counted)
        return true;
    if (!is_hit(q->hit, p))
        return false;
    if (q->crowd[ct_names_id(mk->crowds, p->who.discipline, &is_new)] >= CT_REPORT_UNNAMED_MIN)
        return true;
    mk->report.left_out = true;
    return false;
}

static void count(struct making *mk, struct asked *q, const struct ct_someone *p)
{
    struct ct_due_period *periods;
    struct ct_due_history h;
    const struct ct_due_span *spells;
    size_t n;

    if (!is_told(mk, q, p))
        return;
    spells = ct_hit_spells(q->hit, p, &n);
    if (n == 0)
        return;
    h = ct_past_of(&mk->past, p, q->of);
    h.spells = spells;
    h.n_spells = n;
    ct_due_periods(&mk->scratch, q->rules, q->of->n_rules, &h, p->who.day, &periods, &n);
    for (size_t i = 0; i < n; i++)
        if (is_wanted(mk->filter, p, &periods[i]))
            add_row(mk, p, q, &h, &periods[i]);
    ct_arena_reset(&mk->scratch);
}

/* Puts the rows, which were made person by person, into the order of requirements. */
static void order_rows(struct making *mk)
{
    struct ct_assignments *report = &mk->report;
    size_t *next = ct_arena_array(mk->all->arena, size_t, report->n_requirements);

    report->rows = ct_arena_array(mk->all->arena, struct ct_assignment, report->n);
    for (size_t i = 0, first = 0; i < mk->n_asked; first += mk->asked[i++].n)
        next[mk->asked[i].of - report->requirements] = first;
    for (const struct batch *b = mk->first; b; b = b->next)
        for (size_t i = 0; i < b->n; i++) {
            size_t at = next[b->rows[i].requirement - report->requirements]++;
            report->rows[at] = b->rows[i];
            report->rows[at].nth = at;
        }
}

/* One person after the other, not one requirement: what is known of a person is near at hand
 * then. */
static void count_all(struct making *mk)
{
    gather_crowds(mk);
    for (size_t i = 0; i < mk->n_people; i++)
        for (size_t k = 0; k < mk->n_asked; k++)
            count(mk, &mk->asked[k], mk->people[i]);
    ct_arena_release(&mk->scratch);
    order_rows(mk);
}

static bool is_asked_for(const struct ct_assignment_filter *f, const struct ct_requirement *q)
{
    return q->n_rules && (!f->requirement.p || ct_sv_eq(f->requirement, q->slug)) &&
           is_text(f->course, q->course);
}

static void ask(struct making *mk, const struct ct_requirement *q)
{
    struct asked asked = {.of = q, .hit = ct_hit_new(mk->all, q)};

    asked.rules = ct_arena_array(mk->all->arena, struct ct_due_rule, q->n_rules);
    for (size_t i = 0; i < q->n_rules; i++)
        asked.rules[i] = q->rules[i].due;
    mk->asked[mk->n_asked++] = asked;
}

static int choose(struct ct_everybody *all, const struct ct_assignment_filter *filter,
                  struct ct_err *err)
{
    if (!filter->alone || !filter->person)
        return ct_everybody_choose(all, filter->scope, err);
    all->few = &filter->person;
    all->n_few = 1;
    return CT_OK;
}

int ct_assignments(struct ct_db *db, struct ct_arena *a, int64_t as_of,
                   const struct ct_assignment_filter *filter, struct ct_assignments *ret,
                   struct ct_err *err)
{
    CT_AUTO_EVERYBODY all = {
        .db = db, .arena = a, .as_of = as_of, .person = filter->person, .brief = filter->brief};
    struct making mk = {.all = &all,
                        .filter = filter,
                        .report = {.as_of = as_of},
                        .scratch = CT_ARENA_INIT,
                        .past = {.all = &all}};
    struct ct_assignments *report = &mk.report;
    bool any = false;
    int r;

    if ((r = choose(&all, filter, err)) < 0 ||
        (r = ct_requirement_list(db, a, as_of, &report->requirements, &report->n_requirements,
                                 err)) < 0)
        return r;
    if (filter->requirement.p &&
        !ct_requirement_find(report->requirements, report->n_requirements, filter->requirement))
        return ct_fail(err, CT_BAD_INPUT, "requirement", "there was no such requirement");
    ct_everybody_expect(&all, report->n_requirements);
    for (size_t i = 0; i < report->n_requirements; i++)
        if (is_asked_for(filter, &report->requirements[i])) {
            ct_everybody_ask(&all, &report->requirements[i]);
            any = true;
        }
    if (report->n_requirements && (r = ct_everybody_read(&all, err)) < 0)
        return r;
    if (any && (r = ct_everybody_work(&all, err)) < 0)
        return r;
    mk.crowds = ct_names_new(a);
    look(&mk);
    order_people(&mk);
    mk.asked = ct_arena_array(a, struct asked, report->n_requirements);
    for (size_t i = 0; i < report->n_requirements; i++)
        if (is_asked_for(filter, &report->requirements[i]))
            ask(&mk, &report->requirements[i]);
    count_all(&mk);
    if (!filter->brief && (r = ct_everybody_more(&all, report, err)) < 0)
        return r;
    *ret = *report;
    return CT_OK;
}

int ct_assignment_moment(struct ct_db *db, int day, struct ct_sv agency, int64_t now, int64_t *ret,
                         struct ct_err *err)
{
    CT_AUTO_ARENA a = CT_ARENA_INIT;
    struct ct_org *orgs;
    struct ct_zone *zone;
    size_t n;
    int r;

    if ((r = ct_org_list(db, &a, &orgs, &n, err)) < 0)
        return r;
    if (agency.n && !ct_org_find(orgs, n, CT_ORG_AGENCY, agency))
        return ct_fail(err, CT_BAD_INPUT, "agency", "there is no such agency");
    if ((r = ct_zone_open(ct_org_zone_as_of(orgs, n, agency, ct_date_begin(ct_day_date(day + 1))),
                          &zone, err)) < 0)
        return r;
    int64_t end = ct_zone_day_end(zone, day);
    ct_zone_free(zone);
    *ret = end < now ? end : now;
    return CT_OK;
}
