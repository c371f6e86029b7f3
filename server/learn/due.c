/*
 * due.c: the periods of one requirement on one person, and how each stands on a day. When a period
 * is due is due_day.c, what completes it due_done.c, hours due_hours.c.
 */
#include "due_priv.h"

#include "ct/base/banned.h"

static const struct {
    const char *name, *meaning;
} statuses[] = {
    [CT_DUE_NOT_STARTED] = {"not started",
                            "Required, and nothing was opened yet; there is time left."},
    [CT_DUE_IN_PROGRESS] = {"in progress", "Begun and not completed; there is time left."},
    [CT_DUE_COMPLETED] = {"completed", "Completed, and it counts."},
    [CT_DUE_AWAITING] = {"awaiting approval", "Outside training is recorded for it, and nobody has "
                                              "approved that yet."},
    [CT_DUE_OVERDUE] =
        {"overdue",
         "Nothing that counts was completed, and the due day with its days of grace is over."},
    [CT_DUE_EXPIRING] = {"expiring", "Completed before and still good, and the time to renew it is "
                                     "open."},
    [CT_DUE_EXPIRED] = {"expired", "Completed before, and the day by which to renew it, with its "
                                   "grace, is over."},
    [CT_DUE_UPDATE] = {"update due", "Completed, and a text of it changed materially since."},
    [CT_DUE_EXEMPT] = {"exempt", "Waived."},
    [CT_DUE_WITHDRAWN] = {"withdrawn", "No longer required of this person, and not completed until "
                                       "then."},
};

const char *ct_due_status_name(enum ct_due_status s)
{
    return statuses[s].name;
}

const char *ct_due_status_meaning(enum ct_due_status s)
{
    return statuses[s].meaning;
}

bool ct_due_status_parse(struct ct_sv name, enum ct_due_status *ret)
{
    for (size_t i = 0; i < CT_DUE_STATUSES; i++)
        if (ct_sv_eq_c(name, statuses[i].name)) {
            *ret = (enum ct_due_status)i;
            return true;
        }
    return false;
}

/* The version that holds on a day; before all of them the first. */
static size_t rule_on(const struct ct_due_count *k, int day)
{
    size_t i = 0;

    while (i + 1 < k->n_rules && k->rules[i + 1].from <= day)
        i++;
    return i;
}

static void push(struct ct_due_count *k, const struct ct_due_period *p)
{
    CT_ARENA_PUSH(k->arena, k->periods, k->n, k->cap, *p);
}

static bool is_on(const struct ct_due_span *s, int day)
{
    return s->from <= day && day <= ct_due_until(s);
}

/* The first waiver that is on the day that is asked for, or was on a day of the calendar on which
 * it was due (`due`; CT_DAY_NONE: that does not matter); SIZE_MAX: none. */
static size_t waiver_on(const struct ct_due_count *k, int due)
{
    for (size_t i = 0; i < k->h->n_waivers; i++)
        if (is_on(&k->h->waivers[i], k->as_of) ||
            (due != CT_DAY_NONE && due <= k->as_of && is_on(&k->h->waivers[i], due)))
            return i;
    return SIZE_MAX;
}

static void say(struct ct_due_period *p, enum ct_due_status status, int on)
{
    p->status = status;
    p->status_on = on;
}

/* How a period stands that is not completed. `held`: what it renews was completed, and this one is
 * open since `shown`; what counts for it counts from `from`. */
static void settle(const struct ct_due_count *k, struct ct_due_period *p,
                   const struct ct_due_span *span, bool held, int from, int shown)
{
    const struct ct_due_rule *rule = &k->rules[p->rule];
    int limit = p->due + rule->grace, end = ct_due_until(span);
    bool by_calendar = rule->kind == CT_DUE_FIXED || ct_due_is_yearly(rule->kind);
    size_t waiver = waiver_on(k, by_calendar && !held ? p->due : CT_DAY_NONE);
    size_t waits = p->quota ? k->hours_waits : ct_due_awaiting(k, from);
    int awaiting = p->quota            ? k->hours_awaiting
                   : waits == SIZE_MAX ? CT_DAY_NONE
                                       : k->h->awaiting[waits];
    int started = p->quota ? k->hours_begun : k->h->started;

    if (end < k->as_of && (!ct_due_is_yearly(rule->kind) || end <= limit))
        say(p, CT_DUE_WITHDRAWN, end + 1);
    else if (waiver != SIZE_MAX) {
        int since = k->h->waivers[waiver].from;
        say(p, CT_DUE_EXEMPT, since > p->assigned ? since : p->assigned);
        p->waiver = waiver;
    } else if (awaiting != CT_DAY_NONE) {
        say(p, CT_DUE_AWAITING, awaiting);
        p->awaiting = waits;
    } else if (k->as_of > limit)
        say(p, held ? CT_DUE_EXPIRED : CT_DUE_OVERDUE, limit + 1);
    else if (held)
        say(p, CT_DUE_EXPIRING, shown);
    else if (started != CT_DAY_NONE && started <= k->as_of)
        say(p, CT_DUE_IN_PROGRESS, started > p->assigned ? started : p->assigned);
    else
        say(p, CT_DUE_NOT_STARTED, p->assigned);
}

/* From what a completion's time runs: months after a day, so that the end of a month is right also
 * after several renewals. */
struct term {
    int anchor, months;
};

static void complete(struct ct_due_period *p, struct ct_due_found found)
{
    p->done = found.done;
    p->completed = p->until = found.day;
    say(p, CT_DUE_COMPLETED, p->completed);
}

/* When it runs out, by the rule of the day of completion. */
static void run_out(const struct ct_due_count *k, struct ct_due_period *p, size_t rule,
                    struct term *t, bool renews)
{
    const struct ct_due_rule *r = &k->rules[rule];
    int plain;

    if (renews && r->from_expiry && p->completed <= p->due) {
        t->months += r->every;
    } else {
        t->anchor = p->completed;
        t->months = r->every;
    }
    plain = ct_day_add_months(t->anchor, t->months);
    p->expires = ct_due_shift(k, p->completed + 1, plain, false);
    if (p->expires != plain)
        *t = (struct term){p->expires, 0};
}

/* The next day on which a later version asks again of who has completed all; CT_DAY_NONE: none. */
static int asked_again(const struct ct_due_count *k, size_t rule)
{
    for (size_t i = rule + 1; i < k->n_rules; i++)
        if (k->rules[i].every > 0 || ct_due_is_yearly(k->rules[i].kind))
            return k->rules[i].from;
    return CT_DAY_NONE;
}

/* The renewals that follow a completed period, as long as each is completed. *ret_next: the day on
 * which a later version of the rule asks again. */
static void renew(struct ct_due_count *k, const struct ct_due_span *span, struct ct_due_period p,
                  int last, int *ret_next)
{
    struct term t = {0, 0};
    bool renews = false;

    for (;;) {
        size_t rule = rule_on(k, p.completed > span->from ? p.completed : span->from);
        const struct ct_due_rule *r = &k->rules[rule];
        if (r->every == 0 || ct_due_is_yearly(r->kind)) {
            push(k, &p);
            *ret_next = ct_due_is_yearly(r->kind) ? ct_due_year(k, r, p.completed).until + 1
                                                  : asked_again(k, rule);
            return;
        }
        run_out(k, &p, rule, &t, renews);
        push(k, &p);
        struct ct_due_period next = {.rule = rule,
                                     .assigned =
                                         p.completed > span->from ? p.completed : span->from,
                                     .due = p.expires,
                                     .opens = r->window ? p.expires - r->window : CT_DAY_NONE,
                                     .completed = CT_DAY_NONE,
                                     .expires = CT_DAY_NONE,
                                     .done = SIZE_MAX,
                                     .waiver = SIZE_MAX,
                                     .awaiting = SIZE_MAX,
                                     .from = p.completed + 1,
                                     .until = last};
        int from = r->window && next.opens > p.completed ? next.opens : p.completed + 1;
        int shown = p.expires - (r->window ? r->window : CT_DUE_SOON);
        struct ct_due_found found;
        if (shown < next.assigned)
            shown = next.assigned;
        if (!ct_due_done(k, r, from, last, &found)) {
            settle(k, &next, span, true, from, shown);
            if (shown <= last)
                push(k, &next);
            return;
        }
        complete(&next, found);
        p = next;
        renews = true;
    }
}

static struct ct_due_period begun(size_t rule, const struct ct_due_span *span)
{
    return (struct ct_due_period){.rule = rule,
                                  .assigned = span->from,
                                  .completed = CT_DAY_NONE,
                                  .expires = CT_DAY_NONE,
                                  .done = SIZE_MAX,
                                  .waiver = SIZE_MAX,
                                  .awaiting = SIZE_MAX};
}

/* The last day of a span that is looked at. */
static int last_day(const struct ct_due_count *k, const struct ct_due_span *span)
{
    int end = ct_due_until(span);

    return end < k->as_of ? end : k->as_of;
}

/* The first period of a span and all that follow from it. */
static void count_chain(struct ct_due_count *k, const struct ct_due_span *span, size_t rule,
                        int *ret_next)
{
    struct ct_due_period p = begun(rule, span);
    struct ct_due_found found;

    k->taken = (struct ct_due_taken){.done = 0};
    p.until = last_day(k, span);
    ct_due_first(k, &p);
    p.from = ct_due_counts_from(&k->rules[rule], &p);
    int from = p.from, still_good = ct_due_good_from(&k->rules[rule], p.assigned);
    if (still_good > p.from)
        p.from = still_good;
    if (!ct_due_done_first(k, &p, p.until, &found)) {
        settle(k, &p, span, false, from, p.assigned);
        push(k, &p);
        return;
    }
    int last = p.until;
    complete(&p, found);
    renew(k, span, p, last, ret_next);
}

/* One year. A completion counts for the year in which it falls, or for the year before in its days
 * of grace; a year that was missed stays so. What somebody did between the end of the year and a
 * completion in its days of grace is not told of the next year again. */
static void count_year(struct ct_due_count *k, const struct ct_due_span *span, size_t rule,
                       int *ret_next)
{
    const struct ct_due_rule *r = &k->rules[rule];
    struct ct_due_period p = begun(rule, span);
    struct ct_due_span year = ct_due_year(k, r, p.assigned);
    int last = last_day(k, span);
    struct ct_due_found found;
    bool done;

    ct_due_give_back(k, year);
    ct_due_first(k, &p);
    *ret_next = year.until + 1;
    p.until = last < year.until ? last : year.until;
    if (p.due + r->grace < last)
        last = p.due + r->grace;
    p.from = k->told != CT_DAY_NONE && k->told >= p.opens ? k->told + 1 : p.opens;
    done = r->quota ? ct_due_hours(k, &p, year, last, &found)
                    : ct_due_done(k, r, p.opens, last, &found);
    if (done) {
        complete(&p, found);
        k->taken.done = found.next_done;
        k->taken.play = found.next_play;
    } else {
        settle(k, &p, span, false, p.opens, p.assigned);
    }
    if (r->quota && k->hours_begun != CT_DAY_NONE)
        p.from = k->hours_begun;
    k->told = p.until;
    k->taken_until = year.until;
    push(k, &p);
}

/* The span's part up to the day before the next change of discipline. */
static struct ct_due_span until_change(const struct ct_due_count *k, struct ct_due_span span)
{
    for (size_t i = 0; i < k->h->n_disciplines; i++) {
        int day = k->h->disciplines[i];
        if (day > span.from && day <= k->as_of && day <= ct_due_until(&span)) {
            span.until = day - 1;
            break;
        }
    }
    return span;
}

static void count_spell(struct ct_due_count *k, struct ct_due_span span)
{
    int end = ct_due_until(&span);

    while (span.from != CT_DAY_NONE && span.from <= end && span.from <= k->as_of) {
        size_t rule = rule_on(k, span.from);
        struct ct_due_span part = span;
        int next = CT_DAY_NONE;
        if (ct_due_is_yearly(k->rules[rule].kind))
            count_year(k, &part, rule, &next);
        else {
            if (k->rules[rule].kind == CT_DUE_DISCIPLINE)
                part = until_change(k, span);
            count_chain(k, &part, rule, &next);
            if (ct_due_until(&part) < end && (next == CT_DAY_NONE || next > part.until))
                next = part.until + 1;
        }
        span.from = next;
    }
    if (k->n && end >= k->as_of)
        k->periods[k->n - 1].is_current = true;
}

void ct_due_periods(struct ct_arena *a, const struct ct_due_rule *rules, size_t n_rules,
                    const struct ct_due_history *h, int as_of, struct ct_due_period **ret,
                    size_t *ret_n)
{
    struct ct_due_count k = {.arena = a,
                             .rules = rules,
                             .n_rules = n_rules,
                             .h = h,
                             .as_of = as_of,
                             .taken_until = CT_DAY_NONE};

    ct_due_stand_still(&k);
    for (size_t i = 0; i < h->n_spells; i++)
        if (h->spells[i].from <= as_of) {
            k.is_new = true;
            k.told = CT_DAY_NONE;
            k.anchor = h->hired == CT_DAY_NONE ? h->spells[i].from : h->hired;
            count_spell(&k, h->spells[i]);
        }
    if (k.n && h->update_due && k.periods[k.n - 1].is_current &&
        k.periods[k.n - 1].status == CT_DUE_COMPLETED)
        k.periods[k.n - 1].status = CT_DUE_UPDATE;
    *ret = k.periods;
    *ret_n = k.n;
}
