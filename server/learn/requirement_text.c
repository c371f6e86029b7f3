/*
 * requirement_text.c: a requirement in one sentence of plain English, for whoever is about to save
 * it and for whoever is under it.
 */
#include "sql_priv.h"

#include "ct/learn/certificate.h"
#include "ct/learn/credit.h"
#include "ct/learn/requirement.h"

#include "ct/base/str.h"

#include "ct/base/banned.h"

static const struct ct_sql NAME = {"select name from person where id = :id"};

const struct ct_sql *const ct_requirement_text_sql[] = {&NAME, NULL};

enum { SENTENCE_MAX = 64 * 1024, NAMED_MAX = 5, YEAR_MONTHS = 12 };

/* "a", "a or b", "a, b or c". */
static void add_list(struct ct_str *to, const struct ct_sv *items, size_t n, const char *last)
{
    for (size_t i = 0; i < n; i++) {
        if (i)
            ct_str_add_c(to, i + 1 < n ? ", " : last);
        ct_str_add_sv(to, items[i]);
    }
}

static int org_names(struct ct_db *db, struct ct_arena *a, const struct ct_requirement_rule *rule,
                     struct ct_sv **ret, struct ct_err *err)
{
    struct ct_sv *names = ct_arena_array(a, struct ct_sv, rule->n_orgs);
    struct ct_org *all;
    size_t n;
    int r = ct_org_list(db, a, &all, &n, err);

    for (size_t i = 0; i < rule->n_orgs && r == CT_OK; i++) {
        const struct ct_org *o = ct_org_by_id(all, n, rule->orgs[i]);
        const struct ct_org *of = o ? ct_org_by_id(all, n, o->agency) : NULL;
        if (!o)
            return ct_fail(err, CT_NOT_FOUND, "whom",
                           "there is no such agency, unit or task force");
        names[i] = of ? ct_arena_printf(a, "%.*s (%.*s)", CT_SV_ARG(o->name), CT_SV_ARG(of->name))
                      : o->name;
    }
    *ret = names;
    return r;
}

/* "a or b", "a or 2 other places": what the reader may not know of is counted. */
static void add_orgs(struct ct_arena *a, const struct ct_requirement_rule *rule,
                     const struct ct_sv *orgs, struct ct_str *to)
{
    struct ct_sv *all = ct_arena_array(a, struct ct_sv, rule->n_orgs + 1);
    size_t n = rule->n_orgs, others = rule->n_hidden_orgs;

    for (size_t i = 0; i < n; i++)
        all[i] = orgs[i];
    if (others)
        all[n++] = ct_arena_printf(a, "%zu %s%s", others, rule->n_orgs ? "other " : "",
                                   others == 1 ? "place" : "places");
    ct_str_add_c(to, " of ");
    add_list(to, all, n, " or ");
}

/* Few are named; of many it is said how many. */
static int add_people(struct ct_db *db, struct ct_arena *a, const struct ct_requirement_rule *rule,
                      struct ct_str *to, struct ct_err *err)
{
    struct ct_sv names[NAMED_MAX + 1];
    size_t n = rule->n_people, others = rule->n_hidden_people;
    int r;

    if (n > NAMED_MAX || n == 0) {
        ct_str_addf(to, "%zu named %s", n + others, n + others == 1 ? "person" : "people");
        return CT_OK;
    }
    for (size_t i = 0; i < rule->n_people; i++) {
        CT_AUTO_STMT st = ct_db_stmt(db, &NAME);
        ct_bind_i64(&st, ":id", rule->people[i]);
        if ((r = ct_stmt_step(&st, err)) < 0)
            return r;
        if (r == 0)
            return ct_fail(err, CT_NOT_FOUND, "whom", "there is no such person");
        names[i] = ct_col_dup(&st, "name", a);
    }
    if (others)
        names[n++] =
            ct_arena_printf(a, "%zu %s", others, others == 1 ? "other person" : "other people");
    add_list(to, names, n, " and ");
    return CT_OK;
}

static int add_whom(struct ct_db *db, struct ct_arena *a, const struct ct_catalogue *cat,
                    const struct ct_requirement_rule *rule, struct ct_str *to, struct ct_err *err)
{
    struct ct_sv *plurals = ct_arena_array(a, struct ct_sv, rule->n_disciplines);
    struct ct_sv *orgs = NULL; /* an optimising compiler does not see that CT_OK sets it */
    int r;

    if (rule->everybody)
        ct_str_add_c(to, "All people");
    for (size_t i = 0; i < rule->n_disciplines; i++)
        plurals[i] = ct_discipline_many(a, &cat->disciplines, rule->disciplines[i]);
    bool somewhere = rule->n_orgs + rule->n_hidden_orgs > 0;
    bool named = rule->n_people + rule->n_hidden_people > 0;
    if (rule->n_disciplines || somewhere)
        ct_str_add_c(to, "All ");
    if (rule->n_disciplines)
        add_list(to, plurals, rule->n_disciplines, " and ");
    else if (somewhere)
        ct_str_add_c(to, "people");
    if (somewhere) {
        if ((r = org_names(db, a, rule, &orgs, err)) < 0)
            return r;
        add_orgs(a, rule, orgs, to);
    }
    if (named && to->n)
        ct_str_add_c(to, ", and ");
    return named ? add_people(db, a, rule, to, err) : CT_OK;
}

static void add_number(struct ct_str *to, int n, const char *one, const char *many)
{
    ct_str_addf(to, "%d %s", n, n == 1 ? one : many);
}

/* "30 June 2027" */
static void add_day(struct ct_str *to, int day)
{
    static const char *const months[] = {"January",   "February", "March",    "April",
                                         "May",       "June",     "July",     "August",
                                         "September", "October",  "November", "December"};
    struct ct_date d = ct_day_date(day);

    ct_str_addf(to, "%d %s %d", d.day, months[d.month - 1], d.year);
}

static void add_due(const struct ct_due_rule *d, struct ct_str *to)
{
    int year = ct_date_day((struct ct_date){2001, d->month ? d->month : 1, 1});
    struct ct_date last = ct_day_date(year - 1);

    switch (d->kind) {
    case CT_DUE_FIXED:
        ct_str_add_c(to, " by ");
        add_day(to, d->fixed);
        ct_str_add_c(to, ", or ");
        add_number(to, d->days, "day", "days");
        ct_str_add_c(to, " after coming under this, if that is later");
        return;
    case CT_DUE_HIRED:
        ct_str_add_c(to, " within ");
        add_number(to, d->days, "day", "days");
        ct_str_add_c(to, " of being hired");
        return;
    case CT_DUE_ASSIGNED:
        ct_str_add_c(to, " within ");
        add_number(to, d->days, "day", "days");
        ct_str_add_c(to, " of coming under this");
        return;
    case CT_DUE_DISCIPLINE:
        ct_str_add_c(to, " within ");
        add_number(to, d->days, "day", "days");
        ct_str_add_c(to, " of each change of discipline");
        return;
    case CT_DUE_PERSONAL:
        ct_str_add_c(to, " every year from the day of being hired (of coming under this, where "
                         "that day is not known)");
        return;
    case CT_DUE_YEAR:
        break;
    }
    if (d->month == 1) {
        ct_str_add_c(to, " every calendar year, by 31 December");
        return;
    }
    ct_str_add_c(to, " every fiscal year, by ");
    CT_AUTO_STR day = CT_STR_INIT(64);
    add_day(&day, ct_date_day(last));
    ct_str_add(to, day.p, day.n - strlen(" 2000")); /* without the year: it is every year */
}

static void add_renewal(const struct ct_due_rule *d, struct ct_str *to)
{
    if (d->every) {
        ct_str_add_c(to, ", and again every ");
        add_number(to, d->every, "month", "months");
    }
    if (d->window) {
        ct_str_add_c(to, d->every ? "; a renewal counts from " : "; completing counts from ");
        add_number(to, d->window, "day", "days");
        ct_str_add_c(to, " before the day");
    }
    if (d->every && d->window)
        ct_str_add_c(to, d->from_expiry ? ", and extends from the day by which it was due"
                                        : ", and extends from its completion");
    if (d->grace) {
        ct_str_add_c(to, "; ");
        add_number(to, d->grace, "day", "days");
        ct_str_add_c(to, " of grace");
    }
    ct_str_add_c(to, ".");
}

struct ct_sv ct_requirement_hours(struct ct_arena *a, int minutes)
{
    CT_AUTO_STR text = CT_STR_INIT(64);
    int hundredths = minutes % 60 * 100 / 60;

    if (minutes < 60 || minutes % 60 * 100 % 60) {
        if (minutes >= 60) {
            add_number(&text, minutes / 60, "hour", "hours");
            ct_str_add_c(&text, " and ");
        }
        add_number(&text, minutes % 60, "minute", "minutes");
    } else if (hundredths == 0) {
        add_number(&text, minutes / 60, "hour", "hours");
    } else {
        ct_str_addf(&text, "%d.%02d", minutes / 60, hundredths);
        text.n -= text.p[text.n - 1] == '0';
        ct_str_add_c(&text, " hours");
    }
    return ct_arena_dup(a, ct_str_sv(&text));
}

struct ct_sv ct_requirement_title(struct ct_arena *a, const struct ct_requirement *q,
                                  const struct ct_requirement_rule *rule)
{
    struct ct_sv title = CT_SV_NULL;

    switch (q->kind) {
    case CT_REQUIREMENT_COURSE:
        title = q->course_title;
        break;
    case CT_REQUIREMENT_HOURS:
        title = ct_arena_printf(a, "%.*s of training a year",
                                CT_SV_ARG(ct_requirement_hours(a, rule->minutes)));
        break;
    case CT_REQUIREMENT_SCENARIO:
        title = q->module_title;
        break;
    }
    return ct_sv_sub(title, 0, CT_REQUIREMENT_TITLE_MAX);
}

/* Who begins in a later quarter of the year has less to do. */
static void add_shares(struct ct_arena *a, int minutes, struct ct_str *to)
{
    static const char *const quarters[] = {"; who begins in the second quarter ", ", in the third ",
                                           ", in the fourth "};

    for (int i = 0; i < 3; i++) {
        ct_str_add_c(to, quarters[i]);
        ct_str_add_sv(to, ct_requirement_hours(a, ct_due_share(minutes, i + 1)));
    }
}

/* What is to be done, as "completes" or "complete", and by when. */
static void add_what(struct ct_arena *a, const struct ct_requirement *q,
                     const struct ct_requirement_rule *rule, bool one, struct ct_str *to)
{
    switch (q->kind) {
    case CT_REQUIREMENT_COURSE:
        ct_str_addf(to, " %s “%.*s”", one ? "completes" : "complete", CT_SV_ARG(q->course_title));
        add_due(&rule->due, to);
        return;
    case CT_REQUIREMENT_HOURS:
        ct_str_addf(to, " %s %.*s of ", one ? "earns" : "earn",
                    CT_SV_ARG(ct_requirement_hours(a, rule->minutes)));
        if (q->credit_type.n)
            ct_str_addf(to, "“%.*s” credit", CT_SV_ARG(q->credit_type));
        else
            ct_str_add_c(to, "training");
        add_due(&rule->due, to);
        add_shares(a, rule->minutes, to);
        return;
    case CT_REQUIREMENT_SCENARIO:
        ct_str_addf(to, " %s “%.*s” with a good ending from ", one ? "plays" : "play",
                    CT_SV_ARG(q->module_title));
        add_number(to, rule->chairs, "chair", "different chairs");
        add_due(&rule->due, to);
        return;
    }
}

int ct_requirement_sentence(struct ct_db *db, struct ct_arena *a, const struct ct_catalogue *cat,
                            const struct ct_requirement *q, const struct ct_requirement_rule *rule,
                            struct ct_sv *ret, struct ct_err *err)
{
    CT_AUTO_STR text = CT_STR_INIT(SENTENCE_MAX);
    bool one = rule->n_people + rule->n_hidden_people == 1 && !rule->n_orgs &&
               !rule->n_hidden_orgs && !rule->n_disciplines;
    int r = add_whom(db, a, cat, rule, &text, err);

    if (r < 0)
        return r;
    add_what(a, q, rule, one, &text);
    add_renewal(&rule->due, &text);
    if (!ct_str_ok(&text))
        return ct_fail(err, CT_TOO_BIG, "whom", "too many to be told in a sentence");
    *ret = ct_arena_dup(a, ct_str_sv(&text));
    return CT_OK;
}

/* Nothing of it is passed, so that nothing can be passed anew. */
static bool is_read_only(const struct ct_course *c)
{
    for (size_t i = 0; i < c->n_modules; i++)
        if (c->modules[i]->kind == CT_MODULE_SCENARIO || c->modules[i]->quiz)
            return false;
    return c->n_modules > 0;
}

#define ELSEWHERE                                                                                  \
    "so nobody can complete it here a second time: what renews it is training elsewhere that "     \
    "somebody records."
#define LET_IT_END                                                                                   \
    " A trainer can let its course.md say “recertify: %d months”, which holds for certificates " \
    "that are issued from then on."

struct ct_sv ct_requirement_renewal(struct ct_arena *a, const struct ct_catalogue *cat,
                                    const struct ct_requirement *q,
                                    const struct ct_requirement_rule *rule)
{
    const struct ct_course *c =
        q->kind == CT_REQUIREMENT_COURSE ? ct_catalogue_course(cat, q->course) : NULL;
    int every = ct_due_is_yearly(rule->due.kind) ? YEAR_MONTHS : rule->due.every;

    if (!c || every == 0)
        return CT_SV_NULL;
    if (is_read_only(c))
        return CT_SV("The course has no quiz and no case, " ELSEWHERE);
    if (c->recertify == 0)
        return ct_arena_printf(a, "The course’s certificate does not expire, " ELSEWHERE LET_IT_END,
                               every);
    if (c->recertify - CT_CERTIFICATE_WINDOW_MONTHS < every)
        return CT_SV_NULL;
    return ct_arena_printf(a,
                           "The course’s certificate counts for %d months, and the course can be "
                           "completed anew in the last %d of them: too late for every "
                           "%d %s." LET_IT_END,
                           c->recertify, CT_CERTIFICATE_WINDOW_MONTHS, every,
                           ct_plural((size_t)every, "month", "months"), every);
}

struct ct_sv ct_requirement_progress(struct ct_arena *a, const struct ct_requirement_rule *rule,
                                     const struct ct_due_period *period)
{
    static const char *const quarters[] = {"first", "second", "third", "fourth"};
    struct ct_sv earned = ct_credit_hours(a, period->earned * 100 / 60);
    struct ct_sv asked = ct_requirement_hours(a, period->quota);

    if (period->quota == 0)
        return CT_SV_NULL;
    if (period->quota == rule->minutes)
        return ct_arena_printf(a, "%.*s of %.*s", CT_SV_ARG(earned), CT_SV_ARG(asked));
    return ct_arena_printf(a,
                           "%.*s of the %.*s asked of who began in the %s quarter, of %.*s a year",
                           CT_SV_ARG(earned), CT_SV_ARG(asked), quarters[period->quarter],
                           CT_SV_ARG(ct_requirement_hours(a, rule->minutes)));
}
