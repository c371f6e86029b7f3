/*
 * trend.c: how a team gets on. What was done is read once; each day is then judged from it, which
 * takes a hundredth of reading everything again for every point. Periods are trend_period.c, who is
 * in the team trend_team.c, the rows of files trend_table.c.
 */
#include "assignment_priv.h"
#include "sql_priv.h"
#include "trend_priv.h"

#include "ct/base/banned.h"

static const struct ct_sql FIRSTS = {
    "select x.course, x.person, min(x.at) as at from completion x"
    " where x.module is null and x.at <= :at and (:course is null or x.course = :course)"
    " group by x.course, x.person"};

const struct ct_sql *const ct_trend_sql[] = {&FIRSTS, NULL};

struct counting {
    struct ct_everybody *all;
    const struct ct_catalogue *cat;
    const struct ct_trend_filter *filter;
    struct ct_trend report;
    bool **seen; /* by point, then person: in the team that day, and counted */
};

/* ---- what they completed ---- */

static void count_completion(struct counting *ct, size_t person, int day)
{
    for (size_t k = ct->report.n; k-- > 0 && ct->report.points[k].until >= day;) {
        struct ct_trend_point *point = &ct->report.points[k];
        if (!ct->seen[k][person])
            continue;
        point->completed_ever++;
        point->completed += day >= point->from;
    }
}

/* The first day on which somebody completed a course, where that was imported. */
static int imported_on(const struct ct_someone *p, struct ct_sv course)
{
    for (size_t i = 0; i < p->n_imported; i++)
        if (ct_sv_eq(p->imported[i].course, course))
            return p->imported[i].on;
    return CT_DAY_NONE;
}

/* Courses of which there are only imported completions. */
static void count_imported(struct counting *ct, size_t person, bool *const *recorded)
{
    const struct ct_someone *p = &ct->all->people[person];

    for (size_t c = 0; c < ct->cat->n_courses && p->n_imported; c++) {
        struct ct_sv course = ct->cat->courses[c].slug;
        int day = imported_on(p, course);
        if (day != CT_DAY_NONE && !recorded[c][person] &&
            (!ct->filter->course.p || ct_sv_eq(ct->filter->course, course)))
            count_completion(ct, person, day);
    }
}

static size_t course_at(const struct ct_catalogue *cat, struct ct_sv slug)
{
    size_t i = 0;

    while (i < cat->n_courses && !ct_sv_eq(cat->courses[i].slug, slug))
        i++;
    return i;
}

static int count_completions(struct counting *ct, struct ct_err *err)
{
    bool **recorded = ct_arena_array(ct->all->arena, bool *, ct->cat->n_courses + 1);
    int r;
    CT_AUTO_STMT st = ct_db_stmt(ct->all->db, &FIRSTS);

    for (size_t c = 0; c <= ct->cat->n_courses; c++)
        recorded[c] = ct_arena_array(ct->all->arena, bool, ct->all->n);
    ct_bind_i64(&st, ":at", ct->all->as_of);
    ct_bind_sv(&st, ":course", ct->filter->course);
    while ((r = ct_stmt_step(&st, err)) > 0) {
        const struct ct_someone *p = ct_everybody_find(ct->all, ct_col_i64(&st, "person"));
        if (!p)
            continue;
        struct ct_sv course = ct_col_sv(&st, "course");
        int day = ct_home_day(p->home, ct_col_i64(&st, "at")), other = imported_on(p, course);
        size_t person = (size_t)(p - ct->all->people);
        recorded[course_at(ct->cat, course)][person] = true;
        count_completion(ct, person, other != CT_DAY_NONE && other < day ? other : day);
    }
    for (size_t i = 0; i < ct->all->n && r == CT_OK; i++)
        count_imported(ct, i, recorded);
    return r;
}

/* ---- how they stand ---- */

static enum ct_trend_standing standing_of(enum ct_due_status status)
{
    switch (status) {
    case CT_DUE_COMPLETED:
    case CT_DUE_EXPIRING:
    case CT_DUE_UPDATE:
        return CT_TREND_COMPLETED;
    case CT_DUE_NOT_STARTED:
    case CT_DUE_IN_PROGRESS:
    case CT_DUE_AWAITING:
    case CT_DUE_WITHDRAWN: /* never of a current period */
        return CT_TREND_OPEN;
    case CT_DUE_OVERDUE:
    case CT_DUE_EXPIRED:
        return CT_TREND_OVERDUE;
    case CT_DUE_EXEMPT:
        return CT_TREND_EXEMPT;
    }
    return CT_TREND_OPEN;
}

/* How one person stands to one requirement at the end of each period. */
static void count_person(struct counting *ct, struct ct_arena *scratch,
                         const struct ct_due_rule *rules, size_t n_rules,
                         const struct ct_due_history *h, size_t person)
{
    for (size_t k = 0; k < ct->report.n; k++) {
        struct ct_trend_point *point = &ct->report.points[k];
        struct ct_due_period *periods;
        size_t n;
        if (!ct->seen[k][person] || h->spells[0].from > point->until)
            continue;
        ct_due_periods(scratch, rules, n_rules, h, point->until, &periods, &n);
        if (n && periods[n - 1].is_current) {
            point->asked++;
            point->standing[standing_of(periods[n - 1].status)]++;
        }
        ct_arena_reset(scratch);
    }
}

static void count_requirement(struct counting *ct, struct ct_past *past,
                              const struct ct_requirement *q)
{
    CT_AUTO_ARENA scratch = CT_ARENA_INIT;
    struct ct_hit *hit = ct_hit_new(ct->all, q);
    struct ct_due_rule *rules = ct_arena_array(ct->all->arena, struct ct_due_rule, q->n_rules);

    for (size_t i = 0; i < q->n_rules; i++)
        rules[i] = q->rules[i].due;
    for (size_t i = 0; i < ct->all->n; i++) {
        const struct ct_someone *p = &ct->all->people[i];
        size_t n;
        const struct ct_due_span *spells = ct_hit_spells(hit, p, &n);
        if (n == 0)
            continue;
        struct ct_due_history h = ct_past_of(past, p, q);
        h.spells = spells;
        h.n_spells = n;
        count_person(ct, &scratch, rules, q->n_rules, &h, i);
    }
}

static bool is_asked_for(const struct ct_trend_filter *f, const struct ct_requirement *q)
{
    return q->n_rules && (!f->requirement.p || ct_sv_eq(f->requirement, q->slug)) &&
           (!f->course.p || ct_sv_eq(f->course, q->course));
}

static int count_all(struct counting *ct, struct ct_err *err)
{
    struct ct_past past = {.all = ct->all};
    struct ct_trend *t = &ct->report;
    int r;

    if ((r = ct_everybody_read(ct->all, err)) < 0 || (r = ct_everybody_work(ct->all, err)) < 0 ||
        (r = ct_trend_team(ct->all, ct->filter, t, &ct->seen, err)) < 0 ||
        (r = count_completions(ct, err)) < 0)
        return r;
    for (size_t i = 0; i < t->n_requirements; i++)
        if (is_asked_for(ct->filter, &t->requirements[i]))
            count_requirement(ct, &past, &t->requirements[i]);
    return CT_OK;
}

int ct_trend(struct ct_db *db, struct ct_arena *a, const struct ct_catalogue *cat, int64_t as_of,
             const struct ct_trend_filter *filter, struct ct_trend *ret, struct ct_err *err)
{
    CT_AUTO_EVERYBODY all = {.db = db, .arena = a, .as_of = as_of, .brief = true};
    struct counting ct = {.all = &all, .cat = cat, .filter = filter, .report = {.as_of = as_of}};
    struct ct_trend *t = &ct.report;
    int r;

    if ((r = ct_report_check(db, cat, filter->course, filter->discipline, as_of, err)) < 0 ||
        (r = ct_trend_periods(a, filter->by, filter->from, filter->until, &t->points, &t->n, err)) <
            0 ||
        (r = ct_requirement_list(db, a, as_of, &t->requirements, &t->n_requirements, err)) < 0)
        return r;
    if (filter->requirement.p &&
        !ct_requirement_find(t->requirements, t->n_requirements, filter->requirement))
        return ct_fail(err, CT_BAD_INPUT, "requirement", "there was no such requirement");
    ct_everybody_expect(&all, t->n_requirements);
    for (size_t i = 0; i < t->n_requirements; i++)
        if (is_asked_for(filter, &t->requirements[i]))
            ct_everybody_ask(&all, &t->requirements[i]);
    if ((r = count_all(&ct, err)) < 0)
        return r;
    *ret = *t;
    return CT_OK;
}
