/*
 * due_done.c: what completes a period: something that was done, or plays of a scenario from so many
 * different chairs, whichever is first. Hours are due_hours.c.
 */
#include "due_priv.h"

#include "ct/base/banned.h"

/* What was done before the assignment and has run out by then. */
static bool has_run_out(const struct ct_due_rule *rule, const struct ct_due_period *p, int day)
{
    return day < p->assigned && rule->every && !ct_due_is_yearly(rule->kind) &&
           ct_day_add_months(day, rule->every) <= p->assigned;
}

int ct_due_good_from(const struct ct_due_rule *rule, int assigned)
{
    int day;

    if (!rule->every || ct_due_is_yearly(rule->kind))
        return CT_DAY_NONE;
    day = ct_day_add_months(assigned, -rule->every);
    if (ct_day_date(assigned).day < 28)
        return day + 1;
    /* Shorter months: at their ends several days fall on the same one. */
    day -= 3;
    while (day < assigned && ct_day_add_months(day, rule->every) <= assigned)
        day++;
    return day;
}

void ct_due_give_back(struct ct_due_count *k, struct ct_due_span year)
{
    if (k->is_new && k->taken_until != CT_DAY_NONE && k->taken_until >= year.from &&
        k->year_from >= year.from)
        k->taken = k->year_from == year.from ? k->taken_before : (struct ct_due_taken){.done = 0};
    k->is_new = false;
    k->year_from = year.from;
    k->taken_before = k->taken;
}

/* The chairs that were played from, until there are enough: a bit each. */
struct chairs {
    uint64_t seen;
    int n;
};

static bool sit(struct chairs *c, const struct ct_due_rule *rule, int chair)
{
    uint64_t bit = UINT64_C(1) << (chair & 63);

    c->n += !(c->seen & bit);
    c->seen |= bit;
    if (c->n < rule->chairs)
        return false;
    *c = (struct chairs){0, 0};
    return true;
}

static bool play_from(const struct ct_due_count *k, const struct ct_due_rule *rule, int from,
                      int last, struct ct_due_found *ret)
{
    struct chairs c = {0, 0};

    for (size_t i = k->taken.play; rule->chairs && i < k->h->n_plays; i++) {
        const struct ct_due_play *play = &k->h->plays[i];
        if (play->day > last)
            break;
        if (play->day >= from && sit(&c, rule, play->chair)) {
            *ret = (struct ct_due_found){play->day, SIZE_MAX, k->taken.done, i + 1};
            return true;
        }
    }
    return false;
}

static bool done_from(const struct ct_due_count *k, int from, int last, struct ct_due_found *ret)
{
    for (size_t i = k->taken.done; i < k->h->n_done && k->h->done[i] <= last; i++)
        if (k->h->done[i] >= from) {
            *ret = (struct ct_due_found){k->h->done[i], i, i + 1, k->taken.play};
            return true;
        }
    return false;
}

bool ct_due_done(const struct ct_due_count *k, const struct ct_due_rule *rule, int from, int last,
                 struct ct_due_found *ret)
{
    struct ct_due_found done, play;
    bool has_done = done_from(k, from, last, &done),
         has_play = play_from(k, rule, from, last, &play);

    if (has_done || has_play)
        *ret = has_done && (!has_play || done.day < play.day) ? done : play;
    return has_done || has_play;
}

/* Of several the last one before the assignment, else the first since: whether `day` is better than
 * what was found. */
static bool is_better(const struct ct_due_period *p, bool found, int best, int day)
{
    if (!found)
        return true;
    if (best >= p->assigned)
        return day < best;
    return day < p->assigned && day > best;
}

bool ct_due_done_first(const struct ct_due_count *k, const struct ct_due_period *p, int last,
                       struct ct_due_found *ret)
{
    const struct ct_due_rule *rule = &k->rules[p->rule];
    int from = ct_due_counts_from(rule, p);
    struct chairs c = {0, 0};
    bool found = false;

    for (size_t i = 0; rule->chairs && i < k->h->n_plays && k->h->plays[i].day <= last; i++) {
        int day = k->h->plays[i].day;
        if (day < from || has_run_out(rule, p, day) || !sit(&c, rule, k->h->plays[i].chair) ||
            !is_better(p, found, ret->day, day))
            continue;
        *ret = (struct ct_due_found){day, SIZE_MAX, 0, i + 1};
        found = true;
    }
    /* Of one day the play counts. */
    for (size_t i = 0; i < k->h->n_done && k->h->done[i] <= last; i++) {
        int day = k->h->done[i];
        if (day < from || has_run_out(rule, p, day) || !is_better(p, found, ret->day, day))
            continue;
        *ret = (struct ct_due_found){day, i, i + 1, 0};
        found = true;
    }
    return found;
}

size_t ct_due_awaiting(const struct ct_due_count *k, int from)
{
    for (size_t i = 0; i < k->h->n_awaiting; i++)
        if (k->h->awaiting[i] >= from && k->h->awaiting[i] <= k->as_of)
            return i;
    return SIZE_MAX;
}
