/*
 * credit.c: the arithmetic of credit: minutes into hours, whether they count, in which year. Rows
 * are credit_read.c, what people earned credit_list.c.
 */
#include "ct/learn/credit.h"

#include "ct/learn/progress.h"

#include <stdio.h>

#include "ct/base/banned.h"

enum { HUNDRED = 100, MONTHS = 12, FULL_HOUR = 60, QUARTER = 25 };

static const char *const bases[] = {[CT_CREDIT_STATED] = "stated",
                                    [CT_CREDIT_ACTIVE] = "active",
                                    [CT_CREDIT_APPROVED] = "approved"};
static const char *const roundings[] = {[CT_CREDIT_DOWN] = "down", [CT_CREDIT_NEAREST] = "nearest"};
static const char *const years[] = {[CT_CREDIT_CALENDAR] = "calendar",
                                    [CT_CREDIT_FISCAL] = "fiscal",
                                    [CT_CREDIT_PERSONAL] = "personal"};

const char *ct_credit_basis_name(enum ct_credit_basis b)
{
    return bases[b];
}

const char *ct_credit_rounding_name(enum ct_credit_rounding r)
{
    return roundings[r];
}

const char *ct_credit_year_name(enum ct_credit_year y)
{
    return years[y];
}

static bool find(const char *const *names, size_t n, struct ct_sv name, size_t *ret)
{
    for (size_t i = 0; i < n; i++)
        if (ct_sv_eq_c(name, names[i])) {
            *ret = i;
            return true;
        }
    return false;
}

bool ct_credit_basis_parse(struct ct_sv name, enum ct_credit_basis *ret)
{
    size_t i;

    if (!find(bases, sizeof bases / sizeof bases[0], name, &i))
        return false;
    *ret = (enum ct_credit_basis)i;
    return true;
}

bool ct_credit_rounding_parse(struct ct_sv name, enum ct_credit_rounding *ret)
{
    size_t i;

    if (!find(roundings, sizeof roundings / sizeof roundings[0], name, &i))
        return false;
    *ret = (enum ct_credit_rounding)i;
    return true;
}

bool ct_credit_year_parse(struct ct_sv name, enum ct_credit_year *ret)
{
    size_t i;

    if (!find(years, sizeof years / sizeof years[0], name, &i))
        return false;
    *ret = (enum ct_credit_year)i;
    return true;
}

struct ct_sv ct_credit_times(void)
{
    _Static_assert(CT_IDLE_CAP == 10 * 60, "the sentence says ten minutes");
    return CT_SV("Hours of a course are the time that its modules state; hours of credit are what "
                 "the rule of each type makes of a course; active minutes are the time spent at "
                 "work here, with each pause counted for ten minutes at most.");
}

const struct ct_credit_rule *ct_credit_built_in(void)
{
    static const struct ct_credit_rule rule = {
        .type = {CT_CREDIT_IN_SERVICE, sizeof CT_CREDIT_IN_SERVICE - 1},
        .title = {"In-service training", 19},
        .source = {"", 0},
        .from = CT_DAY_NONE, /* which is before every day */
        .hour = FULL_HOUR,
        .step = QUARTER,
        .rounding = CT_CREDIT_DOWN,
        .basis = CT_CREDIT_STATED,
        .year = CT_CREDIT_FISCAL,
    };

    return &rule;
}

const struct ct_credit_rule *ct_credit_rule_on(const struct ct_credit_rule *rules, size_t n,
                                               struct ct_sv type, int day)
{
    const struct ct_credit_rule *rule = NULL;

    if (ct_sv_eq_c(type, CT_CREDIT_IN_SERVICE))
        rule = ct_credit_built_in();
    for (size_t i = 0; i < n; i++)
        if (ct_sv_eq(rules[i].type, type) && rules[i].from <= day)
            rule = &rules[i];
    return rule;
}

/* ---- years ---- */

static struct ct_credit_span span_from(int from)
{
    int until = ct_day_add_months(from, MONTHS) - 1;

    return (struct ct_credit_span){ct_day_date(until).year, from, until};
}

/* A year from the day of a month on: the last such day that is not after `on`. Counted from the
 * first one by months, so that who began on February 29 begins on the 28th of other years and on
 * the 29th again of a leap year. */
static struct ct_credit_span span_of(int first, int on)
{
    int years_between = ct_day_date(on).year - ct_day_date(first).year;
    int from = ct_day_add_months(first, years_between * MONTHS);
    int next = ct_day_add_months(first, (years_between + 1) * MONTHS);

    if (from > on) {
        next = from;
        from = ct_day_add_months(first, (years_between - 1) * MONTHS);
    }
    return (struct ct_credit_span){ct_day_date(next - 1).year, from, next - 1};
}

struct ct_credit_span ct_credit_year_of(const struct ct_credit_rule *rule, int on, int hired,
                                        int fiscal_month)
{
    struct ct_date d = ct_day_date(on);
    struct ct_date begin = {d.year, 1, 1};

    switch (rule->year) {
    case CT_CREDIT_CALENDAR:
        break;
    case CT_CREDIT_FISCAL:
        begin.month = rule->month ? rule->month : fiscal_month ? fiscal_month : 1;
        break;
    case CT_CREDIT_PERSONAL:
        if (hired != CT_DAY_NONE)
            return span_of(hired, on);
        break;
    }
    if (d.month < begin.month)
        begin.year--;
    return span_from(ct_date_day(begin));
}

/* ---- hours ---- */

/* Minutes as hundredths of an hour, in whole steps. */
static int hours_of(const struct ct_credit_rule *rule, int minutes)
{
    /* minutes / hour are so many hundredths; a step is `step` of them. */
    int64_t hundredths = (int64_t)minutes * HUNDRED, step = (int64_t)rule->hour * rule->step;
    int64_t steps = rule->rounding == CT_CREDIT_NEAREST ? (2 * hundredths + step) / (2 * step)
                                                        : hundredths / step;

    return (int)(steps * rule->step);
}

static int minutes_that_count(const struct ct_credit_rule *rule, const struct ct_credit_work *w)
{
    if (rule->basis != CT_CREDIT_ACTIVE || w->elsewhere)
        return w->stated;
    return w->active < 0 ? 0 : w->active < w->stated ? w->active : w->stated;
}

/* Hours before the year's maximum. */
static int full_hours(const struct ct_credit_rule *rule, const struct ct_credit_approval *approval,
                      const struct ct_credit_work *w)
{
    int hours;

    if (rule->basis == CT_CREDIT_APPROVED && approval)
        return approval->hundredths;
    hours = hours_of(rule, minutes_that_count(rule, w));
    return approval && hours > approval->hundredths ? approval->hundredths : hours;
}

static bool is_for(const struct ct_credit_rule *rule, struct ct_sv discipline)
{
    for (size_t i = 0; i < rule->n_disciplines; i++)
        if (ct_sv_eq(rule->disciplines[i], discipline))
            return true;
    return rule->n_disciplines == 0;
}

static enum ct_credit_why of_approval(const struct ct_credit_approval *a, int on)
{
    if (!a)
        return CT_CREDIT_NO_APPROVAL;
    if (on < a->from)
        return CT_CREDIT_EARLY;
    if (a->until != CT_DAY_NONE && on > a->until)
        return CT_CREDIT_LATE;
    if (a->withdrawn != CT_DAY_NONE && on >= a->withdrawn)
        return CT_CREDIT_WITHDRAWN;
    return CT_CREDIT_EARNED;
}

bool ct_credit_approval_holds(const struct ct_credit_approval *a, int day)
{
    return of_approval(a, day) == CT_CREDIT_EARNED;
}

/* Minutes that must be active: the share of the stated ones, rounded up. */
static int engagement(const struct ct_credit_rule *rule, const struct ct_credit_work *w)
{
    return (int)(((int64_t)w->stated * rule->active_share + HUNDRED - 1) / HUNDRED);
}

/* What the person did, apart from the hours. Whoever approved training elsewhere has judged it. */
static enum ct_credit_why of_work(const struct ct_credit_rule *rule, const struct ct_credit_work *w)
{
    if (w->revoked)
        return CT_CREDIT_REVOKED;
    if (w->elsewhere)
        return CT_CREDIT_EARNED;
    if (rule->active_share && (w->active < 0 || w->active < engagement(rule, w)))
        return CT_CREDIT_NOT_ENGAGED;
    /* What has no quiz cannot be failed. */
    if (w->score >= 0 && w->score < rule->min_score)
        return CT_CREDIT_SCORE;
    return CT_CREDIT_EARNED;
}

struct ct_credit_result ct_credit_of(const struct ct_credit_rule *rule,
                                     const struct ct_credit_approval *approval,
                                     const struct ct_credit_work *w)
{
    struct ct_credit_result r = {.why = CT_CREDIT_NO_RULE};
    int hours, left;

    if (!rule || rule->ends)
        return r;
    r.year = w->year ? *w->year : ct_credit_year_of(rule, w->on, w->hired, w->fiscal_month);
    r.why = w->elsewhere || is_for(rule, w->discipline) ? CT_CREDIT_EARNED : CT_CREDIT_DISCIPLINE;
    if (r.why == CT_CREDIT_EARNED && rule->needs_approval && !w->elsewhere)
        r.why = of_approval(approval, w->on);
    if (r.why == CT_CREDIT_EARNED)
        r.why = of_work(rule, w);
    if (r.why != CT_CREDIT_EARNED)
        return r;
    hours = full_hours(rule, rule->needs_approval ? approval : NULL, w);
    left = rule->year_max ? rule->year_max - w->earned : hours;
    if (hours == 0)
        r.why = CT_CREDIT_SHORT;
    else if (w->repeated && !rule->repeats)
        r.why = CT_CREDIT_REPEATED;
    else if (left <= 0)
        r.why = CT_CREDIT_FULL;
    else if (rule->attestation.n && !w->attested && !w->elsewhere)
        r.why = CT_CREDIT_NOT_ATTESTED;
    if (r.why != CT_CREDIT_EARNED && r.why != CT_CREDIT_NOT_ATTESTED)
        return r;
    r.is_limited = left < hours;
    r.hundredths = r.is_limited ? left : hours;
    return r;
}

/* ---- words ---- */

const char *ct_credit_why_name(enum ct_credit_why why)
{
    static const char *const names[] = {[CT_CREDIT_EARNED] = "earned",
                                        [CT_CREDIT_NO_RULE] = "no rule",
                                        [CT_CREDIT_DISCIPLINE] = "other discipline",
                                        [CT_CREDIT_NO_APPROVAL] = "not approved",
                                        [CT_CREDIT_EARLY] = "before approval",
                                        [CT_CREDIT_LATE] = "after approval",
                                        [CT_CREDIT_WITHDRAWN] = "approval withdrawn",
                                        [CT_CREDIT_REVOKED] = "certificate revoked",
                                        [CT_CREDIT_NOT_ENGAGED] = "not engaged",
                                        [CT_CREDIT_SCORE] = "score too low",
                                        [CT_CREDIT_SHORT] = "too short",
                                        [CT_CREDIT_REPEATED] = "counted already",
                                        [CT_CREDIT_FULL] = "year is full",
                                        [CT_CREDIT_NOT_ATTESTED] = "not attested"};

    return names[why];
}

const char *ct_credit_why_meaning(enum ct_credit_why why)
{
    static const char *const meanings[] = {
        [CT_CREDIT_EARNED] = "Counts as hours of this type",
        [CT_CREDIT_NO_RULE] = "There was no rule of this type on that day",
        [CT_CREDIT_DISCIPLINE] = "This type is not for the person's discipline",
        [CT_CREDIT_NO_APPROVAL] = "Nobody has approved the course for this type",
        [CT_CREDIT_EARLY] = "Completed before the approval of the course began",
        [CT_CREDIT_LATE] = "Completed after the approval of the course had ended",
        [CT_CREDIT_WITHDRAWN] = "The approval of the course was withdrawn by then",
        [CT_CREDIT_REVOKED] = "The certificate of the course is revoked",
        [CT_CREDIT_NOT_ENGAGED] = "Fewer active minutes than the rule asks for",
        [CT_CREDIT_SCORE] = "A score below that which the rule asks for",
        [CT_CREDIT_SHORT] = "Less than the smallest part of an hour that the rule counts",
        [CT_CREDIT_REPEATED] = "The same course has counted in this credit year already",
        [CT_CREDIT_FULL] = "The hours that count in the credit year are reached",
        [CT_CREDIT_NOT_ATTESTED] = "Would count; the person has still to attest to it"};

    return meanings[why];
}

static struct ct_sv on_day(struct ct_arena *a, const char *words, int day)
{
    char text[CT_TIME_TEXT];

    return ct_arena_printf(a, "%s %s", words, ct_day_text(day, text));
}

static struct ct_sv engaged_text(struct ct_arena *a, const struct ct_credit_rule *rule,
                                 const struct ct_credit_work *w)
{
    if (w->active < 0)
        return CT_SV("nobody knows how long it took");
    return ct_arena_printf(a, "engaged %d of %d minutes, and %d are needed", w->active, w->stated,
                           engagement(rule, w));
}

static struct ct_sv year_text(struct ct_arena *a, const struct ct_credit_rule *rule,
                              const char *words)
{
    struct ct_sv most = ct_credit_time(a, rule->year_max);

    return ct_arena_printf(a, "%s: at most %.*s a year count", words, CT_SV_ARG(most));
}

struct ct_sv ct_credit_why_text(struct ct_arena *a, const struct ct_credit_rule *rule,
                                const struct ct_credit_approval *approval,
                                const struct ct_credit_work *w, const struct ct_credit_result *r)
{
    switch (r->why) {
    case CT_CREDIT_EARNED:
        return r->is_limited ? year_text(a, rule, "the year is full with it") : CT_SV_NULL;
    case CT_CREDIT_NO_RULE:
        return on_day(a, "nothing gave credit of this type on", w->on);
    case CT_CREDIT_DISCIPLINE:
        return CT_SV("credit of this type is for other disciplines");
    case CT_CREDIT_NO_APPROVAL:
        return CT_SV("no approval of the course is recorded");
    case CT_CREDIT_EARLY:
        return on_day(a, "the approval begins on", approval->from);
    case CT_CREDIT_LATE:
        return on_day(a, "the approval ended on", approval->until);
    case CT_CREDIT_WITHDRAWN:
        return on_day(a, "the approval was withdrawn from", approval->withdrawn);
    case CT_CREDIT_REVOKED:
        return CT_SV("the certificate was revoked");
    case CT_CREDIT_NOT_ENGAGED:
        return engaged_text(a, rule, w);
    case CT_CREDIT_SCORE:
        return ct_arena_printf(a, "%d percent in the quizzes, and %d are needed", w->score,
                               rule->min_score);
    case CT_CREDIT_SHORT:
        return ct_arena_printf(a, "%d %s less than the smallest step", minutes_that_count(rule, w),
                               minutes_that_count(rule, w) == 1 ? "minute is" : "minutes are");
    case CT_CREDIT_REPEATED:
        return CT_SV("the same course counted in this year already");
    case CT_CREDIT_FULL:
        return year_text(a, rule, "the year was full before");
    case CT_CREDIT_NOT_ATTESTED:
        return CT_SV("the attestation is missing");
    }
    return CT_SV_NULL;
}

struct ct_sv ct_credit_hours(struct ct_arena *a, int hundredths)
{
    int rest = hundredths % HUNDRED;

    if (rest == 0)
        return ct_arena_printf(a, "%d", hundredths / HUNDRED);
    if (rest % 10 == 0)
        return ct_arena_printf(a, "%d.%d", hundredths / HUNDRED, rest / 10);
    return ct_arena_printf(a, "%d.%02d", hundredths / HUNDRED, rest);
}

struct ct_sv ct_credit_time(struct ct_arena *a, int hundredths)
{
    struct ct_sv hours = ct_credit_hours(a, hundredths);

    return ct_arena_printf(a, "%.*s hour%s", CT_SV_ARG(hours), hundredths == HUNDRED ? "" : "s");
}

bool ct_credit_hours_parse(struct ct_sv text, int *ret)
{
    struct ct_sv rest = ct_sv_trim(text), whole = CT_SV_NULL, part = rest;
    int64_t hours = 0, hundredths = 0;

    ct_sv_split(&rest, '.', &whole);
    part = rest;
    if (whole.n == 0 || whole.n > 6 || whole.p[0] < '0' || whole.p[0] > '9' ||
        !ct_sv_i64(whole, &hours))
        return false;
    if (part.p && (part.n == 0 || part.n > 2 || part.p[0] < '0' || part.p[0] > '9' ||
                   !ct_sv_i64(part, &hundredths)))
        return false;
    if (part.n == 1)
        hundredths *= 10;
    *ret = (int)(hours * HUNDRED + hundredths);
    return true;
}
