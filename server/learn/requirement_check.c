/*
 * requirement_check.c: what can be required: rules that make sense, courses and scenarios that
 * there are.
 */
#include "ct/learn/requirement.h"

#include "ct/base/banned.h"

static int check_due(const struct ct_due_rule *d, struct ct_err *err)
{
    if (d->from == CT_DAY_NONE)
        return ct_fail(err, CT_BAD_INPUT, "from", "the day from which it holds is missing");
    if ((d->kind == CT_DUE_FIXED) != (d->fixed != CT_DAY_NONE))
        return ct_fail(err, CT_BAD_INPUT, "due", "a fixed day is written as in 2027-06-30");
    if (d->days < 0 || d->days > CT_DUE_DAYS_MAX)
        return ct_fail(err, CT_BAD_INPUT, "days", "0 to %d days", CT_DUE_DAYS_MAX);
    if (d->kind == CT_DUE_YEAR ? d->month < 1 || d->month > 12 : d->month != 0)
        return ct_fail(err, CT_BAD_INPUT, "month", "a year begins with a month from 1 to 12");
    if (d->every < 0 || d->every > CT_DUE_MONTHS_MAX)
        return ct_fail(err, CT_BAD_INPUT, "every", "0 to %d months", CT_DUE_MONTHS_MAX);
    if (ct_due_is_yearly(d->kind) && d->every)
        return ct_fail(err, CT_BAD_INPUT, "every", "what is due every year needs no months");
    if (d->window < 0 || d->window > CT_DUE_DAYS_MAX)
        return ct_fail(err, CT_BAD_INPUT, "window", "0 to %d days", CT_DUE_DAYS_MAX);
    if (ct_due_is_yearly(d->kind) && d->window > 364)
        return ct_fail(err, CT_BAD_INPUT, "window", "the window is within the year");
    if (d->from_expiry && (d->every == 0 || d->window == 0))
        return ct_fail(
            err, CT_BAD_INPUT, "early",
            "extending from the day by which it was due needs a number of months and a window, or "
            "who completes twice in a week has twice the time");
    if (d->grace < 0 || d->grace > CT_DUE_DAYS_MAX)
        return ct_fail(err, CT_BAD_INPUT, "grace", "0 to %d days", CT_DUE_DAYS_MAX);
    if (ct_due_is_yearly(d->kind) && d->grace > 364)
        return ct_fail(err, CT_BAD_INPUT, "grace", "the days of grace are within the next year");
    return CT_OK;
}

static bool is_plain(struct ct_sv s)
{
    for (size_t i = 0; i < s.n; i++)
        if ((unsigned char)s.p[i] < 0x20 || s.p[i] == 0x7f)
            return false;
    return ct_sv_utf8(s);
}

/* What only hours and scenarios have. */
static int check_kind(const struct ct_requirement *q, const struct ct_requirement_rule *rule,
                      struct ct_err *err)
{
    bool hours = q->kind == CT_REQUIREMENT_HOURS, scenario = q->kind == CT_REQUIREMENT_SCENARIO;

    if (hours ? rule->minutes < 1 || rule->minutes > CT_REQUIREMENT_MINUTES_MAX
              : rule->minutes != 0)
        return ct_fail(err, CT_BAD_INPUT, "minutes",
                       hours ? "more than no hours of training, and at most %d"
                             : "only a requirement of hours has hours",
                       CT_REQUIREMENT_MINUTES_MAX / 60);
    if (scenario ? rule->chairs < 1 || rule->chairs > CT_REQUIREMENT_CHAIRS_MAX : rule->chairs != 0)
        return ct_fail(err, CT_BAD_INPUT, "chairs",
                       scenario ? "a scenario is passed from 1 to %d chairs"
                                : "only a scenario is played from chairs",
                       CT_REQUIREMENT_CHAIRS_MAX);
    if (hours && !ct_due_is_yearly(rule->due.kind))
        return ct_fail(err, CT_BAD_INPUT, "due",
                       "hours are asked for in a year: calendar, fiscal or personal");
    if (hours && rule->due.window)
        return ct_fail(err, CT_BAD_INPUT, "window", "hours count from the first day of the year");
    return CT_OK;
}

static bool named_before(const struct ct_requirement *q, struct ct_sv discipline)
{
    for (size_t i = 0; q->id && i < q->n_rules; i++)
        for (size_t k = 0; k < q->rules[i].n_disciplines; k++)
            if (ct_sv_eq(q->rules[i].disciplines[k], discipline))
                return true;
    return false;
}

int ct_requirement_check(const struct ct_catalogue *cat, const struct ct_requirement *q,
                         const struct ct_requirement_rule *rule, struct ct_err *err)
{
    bool by_kind = rule->n_orgs || rule->n_disciplines;
    int r = check_kind(q, rule, err);

    if (r < 0)
        return r;
    if (rule->title.n == 0 || rule->title.n > CT_REQUIREMENT_TITLE_MAX || !is_plain(rule->title))
        return ct_fail(err, CT_BAD_INPUT, "title", "a title has 1 to %d bytes on one line",
                       CT_REQUIREMENT_TITLE_MAX);
    if (!rule->everybody && !by_kind && rule->n_people == 0)
        return ct_fail(err, CT_BAD_INPUT, "whom",
                       "say whom: an agency, unit, task force, discipline, people or everybody");
    if (rule->everybody && (by_kind || rule->n_people))
        return ct_fail(err, CT_BAD_INPUT, "whom", "everybody, or some, but not both");
    if (rule->n_orgs > CT_REQUIREMENT_WHOM_MAX || rule->n_people > CT_REQUIREMENT_WHOM_MAX ||
        rule->n_disciplines > CT_DISCIPLINES_MAX)
        return ct_fail(err, CT_BAD_INPUT, "whom", "at most %d of each", CT_REQUIREMENT_WHOM_MAX);
    for (size_t i = 0; i < rule->n_disciplines; i++)
        if (ct_discipline_find(&cat->disciplines, rule->disciplines[i]) < 0 &&
            !named_before(q, rule->disciplines[i]))
            return ct_fail(err, CT_BAD_INPUT, "discipline",
                           "the curriculum knows no discipline '%.*s'",
                           CT_SV_ARG(rule->disciplines[i]));
    return check_due(&rule->due, err);
}

static bool is_type(struct ct_sv s)
{
    for (size_t i = 0; i < s.n; i++)
        if (!((s.p[i] >= 'a' && s.p[i] <= 'z') || (s.p[i] >= '0' && s.p[i] <= '9') ||
              s.p[i] == '-'))
            return false;
    return s.n <= CT_REQUIREMENT_SLUG_MAX;
}

static int name_scenario(const struct ct_course *course, struct ct_requirement *q,
                         struct ct_err *err)
{
    const struct ct_module *m = ct_course_module(course, q->module);

    m = m ? m : ct_course_module_by_id(course, q->module);
    if (!m || m->kind != CT_MODULE_SCENARIO)
        return ct_fail(err, CT_BAD_INPUT, "module", "there is no scenario '%.*s' in this course",
                       CT_SV_ARG(q->module));
    q->module = m->id;
    q->module_title = m->title;
    return CT_OK;
}

int ct_requirement_name(const struct ct_catalogue *cat, struct ct_requirement *q,
                        struct ct_err *err)
{
    const struct ct_course *course = NULL;

    q->course_title = q->module_title = CT_SV_NULL;
    if (q->kind == CT_REQUIREMENT_HOURS) {
        q->course = q->module = CT_SV_NULL;
        if (q->credit_type.n == 0)
            q->credit_type = CT_SV_NULL;
        return is_type(q->credit_type)
                   ? CT_OK
                   : ct_fail(err, CT_BAD_INPUT, "credit_type", "there is no credit '%.*s'",
                             CT_SV_ARG(q->credit_type));
    }
    q->credit_type = CT_SV_NULL;
    if (!(course = ct_catalogue_course(cat, q->course)))
        return ct_fail(err, CT_BAD_INPUT, "course", "there is no course '%.*s'",
                       CT_SV_ARG(q->course));
    q->course = course->slug;
    q->course_title = course->title;
    if (q->kind == CT_REQUIREMENT_SCENARIO)
        return name_scenario(course, q, err);
    q->module = CT_SV_NULL;
    return CT_OK;
}
