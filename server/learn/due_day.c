/*
 * due_day.c: the day on which a first period is due, and how leave moves a due day. What becomes of
 * it is due.c.
 */
#include "due_priv.h"

#include <stdlib.h>

#include "ct/base/banned.h"

int ct_due_until(const struct ct_due_span *s)
{
    return s->until == CT_DAY_NONE ? INT_MAX : s->until;
}

static int cmp_span(const void *pa, const void *pb)
{
    const struct ct_due_span *a = pa, *b = pb;

    return (a->from > b->from) - (a->from < b->from);
}

/* Those that have begun. A leave that goes on lasts until the day that is asked for; a waiver that
 * goes on (`ended` asks for others) moves no due day, as nothing will be due. */
static void add_spans(const struct ct_due_count *k, struct ct_due_stops *to,
                      const struct ct_due_span *spans, size_t n, bool ended)
{
    for (size_t i = 0; i < n; i++) {
        struct ct_due_span s = spans[i];
        if (s.until == CT_DAY_NONE && ended)
            continue;
        if (s.until == CT_DAY_NONE)
            s.until = k->as_of;
        if (s.from <= k->as_of && s.until >= s.from)
            to->spans[to->n++] = s;
    }
}

/* In order, and what touches made one. */
static void join_spans(struct ct_due_stops *to)
{
    size_t n = 0;

    if (to->n)
        qsort(to->spans, to->n, sizeof *to->spans, cmp_span);
    for (size_t i = 0; i < to->n; i++) {
        struct ct_due_span s = to->spans[i];
        if (n && s.from <= to->spans[n - 1].until + 1) {
            if (s.until > to->spans[n - 1].until)
                to->spans[n - 1].until = s.until;
        } else {
            to->spans[n++] = s;
        }
    }
    to->n = n;
}

void ct_due_stand_still(struct ct_due_count *k)
{
    const struct ct_due_history *h = k->h;

    if (h->n_leaves + h->n_waivers == 0)
        return;
    k->leaves.spans = ct_arena_array(k->arena, struct ct_due_span, h->n_leaves);
    k->stops.spans = ct_arena_array(k->arena, struct ct_due_span, h->n_leaves + h->n_waivers);
    add_spans(k, &k->leaves, h->leaves, h->n_leaves, false);
    add_spans(k, &k->stops, h->leaves, h->n_leaves, false);
    add_spans(k, &k->stops, h->waivers, h->n_waivers, true);
    join_spans(&k->leaves);
    join_spans(&k->stops);
}

int ct_due_shift(const struct ct_due_count *k, int start, int due, bool by_calendar)
{
    const struct ct_due_stops *stops = by_calendar ? &k->leaves : &k->stops;

    for (size_t i = 0; i < stops->n; i++) {
        int from = stops->spans[i].from > start ? stops->spans[i].from : start;
        int until = stops->spans[i].until;
        if (until < from || from > due || (by_calendar && until < due))
            continue;
        due += until - from + 1;
    }
    return due;
}

/* So many days after something; after the assignment, where that day is over by then. */
static int days_after(const struct ct_due_period *p, int since, int days)
{
    return since != CT_DAY_NONE && since + days >= p->assigned ? since + days : p->assigned + days;
}

static int took_up(const struct ct_due_history *h, int by)
{
    int since = CT_DAY_NONE;

    for (size_t i = 0; i < h->n_disciplines; i++)
        if (h->disciplines[i] <= by)
            since = h->disciplines[i];
    return since;
}

/* A year that begins on February 29 begins on February 28 where there is none, and on the 29th
 * again in the next leap year. */
static struct ct_due_span personal_year(int anchor, int day)
{
    int months = 12 * (ct_day_date(day).year - ct_day_date(anchor).year);

    if (ct_day_add_months(anchor, months) > day)
        months -= 12;
    return (struct ct_due_span){ct_day_add_months(anchor, months),
                                ct_day_add_months(anchor, months + 12) - 1};
}

static struct ct_due_span year_from_month(int month, int day)
{
    struct ct_date d = ct_day_date(day);

    d.year -= d.month < month;
    d.month = month;
    d.day = 1;
    return (struct ct_due_span){ct_date_day(d), ct_date_day(ct_date_add_months(d, 12)) - 1};
}

struct ct_due_span ct_due_year(struct ct_due_count *k, const struct ct_due_rule *rule, int day)
{
    if (k->year_rule == rule && k->year_anchor == k->anchor && day >= k->year.from &&
        day <= k->year.until)
        return k->year;
    k->year = rule->kind == CT_DUE_PERSONAL ? personal_year(k->anchor, day)
                                            : year_from_month(rule->month, day);
    k->year_rule = rule;
    k->year_anchor = k->anchor;
    return k->year;
}

int ct_due_share(int minutes, int quarter)
{
    int share = ((minutes * (4 - quarter) + 3) / 4 + 14) / 15 * 15;

    return quarter && share < minutes ? share : minutes;
}

void ct_due_first(struct ct_due_count *k, struct ct_due_period *p)
{
    const struct ct_due_rule *r = &k->rules[p->rule];
    bool by_calendar = r->kind == CT_DUE_FIXED || ct_due_is_yearly(r->kind);
    int due = CT_DAY_NONE;
    struct ct_due_span year;

    p->opens = CT_DAY_NONE;
    switch (r->kind) {
    case CT_DUE_FIXED:
        due = r->fixed > p->assigned + r->days ? r->fixed : p->assigned + r->days;
        p->opens = r->window ? due - r->window : CT_DAY_NONE;
        break;
    case CT_DUE_HIRED:
        due = days_after(p, k->h->hired, r->days);
        break;
    case CT_DUE_ASSIGNED:
        due = p->assigned + r->days;
        break;
    case CT_DUE_DISCIPLINE:
        p->opens = took_up(k->h, p->assigned);
        due = days_after(p, p->opens, r->days);
        break;
    case CT_DUE_YEAR:
    case CT_DUE_PERSONAL:
        year = ct_due_year(k, r, p->assigned);
        due = year.until;
        p->opens = r->window ? due - r->window : year.from;
        break;
    }
    p->due = ct_due_shift(k, p->assigned, due, by_calendar);
}

int ct_due_counts_from(const struct ct_due_rule *rule, const struct ct_due_period *p)
{
    return rule->kind == CT_DUE_HIRED || rule->kind == CT_DUE_ASSIGNED ? CT_DAY_NONE : p->opens;
}
