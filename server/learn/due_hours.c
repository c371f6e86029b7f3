/*
 * due_hours.c: hours of training in a year: how many are asked of somebody, on which day they were
 * reached, and which of them the next year cannot have.
 */
#include "due_priv.h"

#include "ct/base/banned.h"

/* In which quarter of a year a day is, 0 to 3. */
static int quarter_of(struct ct_due_span year, int day)
{
    int quarter = 0;

    while (quarter < 3 && ct_day_add_months(year.from, 3 * (quarter + 1)) <= day)
        quarter++;
    return quarter;
}

/* What is left of some training of a day after what the year before took of it. */
static int left_of(const struct ct_due_count *k, size_t i)
{
    return k->h->earned[i].seconds - (i == k->taken.earned ? k->taken.seconds : 0);
}

/* The next year has what was earned after this one, and not what completed this one in its days of
 * grace. */
static void take(struct ct_due_count *k, int after, size_t first, int seconds)
{
    while (first < k->h->n_earned && k->h->earned[first].day <= after) {
        first++;
        seconds = 0;
    }
    k->taken.earned = first;
    k->taken.seconds = seconds;
}

/* The day on which hours from `first` on, together with those that wait for approval, reach what is
 * asked, `last` at the latest; CT_DAY_NONE: they do not. *ret_waits: the last of those that wait.
 */
static int reached_with_pending(const struct ct_due_count *k, const struct ct_due_period *p,
                                size_t first, int last, size_t *ret_waits)
{
    const struct ct_due_history *h = k->h;
    int64_t sum = 0;

    for (size_t i = first, w = 0; i < h->n_earned || w < h->n_pending;) {
        bool waits = i == h->n_earned || (w < h->n_pending && h->pending[w].day < h->earned[i].day);
        int day = waits ? h->pending[w].day : h->earned[i].day;
        if (day > last)
            break;
        if (day >= p->opens) {
            sum += waits ? h->pending[w].seconds : left_of(k, i);
            *ret_waits = waits ? w : *ret_waits;
        }
        if (sum >= (int64_t)p->quota * 60)
            return day;
        w += waits;
        i += !waits;
    }
    return CT_DAY_NONE;
}

bool ct_due_hours(struct ct_due_count *k, struct ct_due_period *p, struct ct_due_span year,
                  int last, struct ct_due_found *ret)
{
    const struct ct_due_history *h = k->h;
    int64_t asked, sum = 0, in_year = 0;
    size_t first = k->taken.earned, at = first;
    int used = k->taken.seconds;
    bool found = false;

    p->quarter = quarter_of(year, p->assigned);
    p->quota = ct_due_share(k->rules[p->rule].quota, p->quarter);
    asked = (int64_t)p->quota * 60;
    k->hours_begun = CT_DAY_NONE;
    for (size_t i = first; i < h->n_earned && h->earned[i].day <= last; i++) {
        int day = h->earned[i].day, left = left_of(k, i);
        if (day < p->opens || left == 0)
            continue;
        if (k->hours_begun == CT_DAY_NONE)
            k->hours_begun = day;
        if (!found && sum + left >= asked) {
            found = true;
            at = i;
            used = (int)(asked - sum) + h->earned[i].seconds - left;
            *ret = (struct ct_due_found){day, SIZE_MAX, k->taken.done, k->taken.play};
        }
        sum += left;
        in_year += day <= year.until ? left : 0;
    }
    k->hours_waits = SIZE_MAX;
    k->hours_awaiting =
        found ? CT_DAY_NONE : reached_with_pending(k, p, first, last, &k->hours_waits);
    if (found && ret->day > year.until)
        p->earned = p->quota;
    else /* those of the days of grace as long as they may still complete it */
        p->earned = (int)((!found && last == k->as_of ? sum : in_year) / 60);
    take(k, year.until, at, used);
    return found;
}
