/*
 * assignment_more.c: what a table shows of a period beside how it stands: tries, chairs, active
 * time, credit, versions, newer certificates. Read once for all, or person by person where the rows
 * are of few.
 */
#include "assignment_priv.h"
#include "sql_priv.h"

#include "ct/learn/curriculum.h"
#include "ct/learn/tally.h"

#include <stdlib.h>

#include "ct/base/banned.h"

#define TRIED                                                                                      \
    "select a.person, a.course, a.pass_mark, x.at from attempt_result x"                           \
    " join attempt a on a.id = x.attempt where x.at <= :at"
/* As both tables stand, which is nearly in the order of moments; the rest is done by add_try(). */
static const struct ct_sql TRIES = {TRIED " order by x.attempt"};
static const struct ct_sql TRIES_ONE = {TRIED " and a.person = :person order by x.attempt"};
/* Quarters of an hour that were over. */
#define ACTIVE                                                                                     \
    "select x.person, x.course, x.module, x.quarter, x.seconds from activity_quarter x"            \
    " where x.quarter < :quarter"
static const struct ct_sql DAYS = {ACTIVE};
static const struct ct_sql DAYS_ONE = {ACTIVE " and x.person = :person"};
static const struct ct_sql PARTS = {
    "select p.module, coalesce(e.version, '1') as version from completion_part p"
    " left join edition e on e.hash = p.revision where p.completion = :completion"
    " order by p.module"};

const struct ct_sql *const ct_assignment_more_sql[] = {&TRIES,    &TRIES_ONE, &DAYS,
                                                       &DAYS_ONE, &PARTS,     NULL};

enum { FEW = 40, TEXT_MAX = 4096, CENTS = 100, HOUR = 60 };

/* The place in the list of courses, and the person; false where one of them is not asked for. */
static bool whose(struct ct_everybody *all, struct ct_stmt *st, struct ct_work **ret,
                  const struct ct_home **ret_home)
{
    size_t course = ct_name_at(all->courses, all->n_courses, ct_col_sv(st, "course"));
    struct ct_someone *p =
        course == SIZE_MAX ? NULL : ct_everybody_find(all, ct_col_i64(st, "person"));

    if (!p)
        return false;
    *ret = ct_work_of(all, p, course);
    *ret_home = p->home;
    return true;
}

/* In the order of moments, and of one moment in that of attempts, in which they come. */
static void add_try(struct ct_everybody *all, struct ct_work *w, struct ct_work_try t)
{
    size_t i;

    CT_ARENA_PUSH(all->arena, w->tries, w->n_tries, w->cap_tries, t);
    for (i = w->n_tries - 1; i > 0 && w->tries[i - 1].at > t.at; i--)
        w->tries[i] = w->tries[i - 1];
    w->tries[i] = t;
}

int ct_everybody_tries(struct ct_everybody *all, int64_t person, struct ct_err *err)
{
    const struct ct_home *home;
    struct ct_work *w;
    int r;
    CT_AUTO_STMT st = ct_db_stmt(all->db, person ? &TRIES_ONE : &TRIES);

    if (person)
        ct_bind_i64(&st, ":person", person);
    ct_bind_i64(&st, ":at", all->as_of);
    while ((r = ct_stmt_step(&st, err)) > 0) {
        if (!whose(all, &st, &w, &home))
            continue;
        struct ct_work_try t = {.at = ct_col_i64(&st, "at"),
                                .pass_mark = (int)ct_col_i64(&st, "pass_mark")};
        t.on = ct_home_day(home, t.at);
        add_try(all, w, t);
    }
    return r;
}

/* Quarters of one module come one after the other. */
static void add_day(struct ct_everybody *all, struct ct_work *w, struct ct_work_day d)
{
    struct ct_work_day *last = w->n_days ? &w->days[w->n_days - 1] : NULL;

    if (last && last->on == d.on && last->module == d.module)
        last->seconds += d.seconds;
    else
        CT_ARENA_PUSH(all->arena, w->days, w->n_days, w->cap_days, d);
}

int ct_everybody_days(struct ct_everybody *all, int64_t person, struct ct_err *err)
{
    const struct ct_home *home;
    struct ct_work *w;
    int r;
    CT_AUTO_STMT st = ct_db_stmt(all->db, person ? &DAYS_ONE : &DAYS);

    if (person)
        ct_bind_i64(&st, ":person", person);
    ct_bind_i64(&st, ":quarter", ct_quarter_after(all->as_of));
    while ((r = ct_stmt_step(&st, err)) > 0) {
        struct ct_work_day d = {.seconds = (int)ct_col_i64(&st, "seconds")};
        if (!whose(all, &st, &w, &home))
            continue;
        d.on = ct_home_day(home, ct_col_i64(&st, "quarter") * CT_QUARTER);
        d.module = ct_name_in(all, &all->modules, &all->n_modules, &all->cap_modules,
                              ct_col_sv(&st, "module"));
        add_day(all, w, d);
    }
    return r;
}

static int read_of(struct ct_everybody *all, int64_t person, struct ct_err *err)
{
    int r;

    if ((r = ct_everybody_tries(all, person, err)) < 0 ||
        (r = ct_everybody_days(all, person, err)) < 0 ||
        (!all->has_plays && (r = ct_everybody_plays(all, person, err)) < 0) ||
        (!all->has_credits && (r = ct_everybody_credits(all, person, err)) < 0))
        return r;
    return CT_OK;
}

/* Reads of everybody, or of each where the rows are of few. */
static int read_more(struct ct_everybody *all, const struct ct_assignments *report,
                     struct ct_err *err)
{
    int64_t few[FEW];
    size_t n = 0;
    int r = CT_OK;

    for (size_t i = 0; i < report->n && n <= FEW; i++) {
        size_t k = 0;
        while (k < n && few[k] != report->rows[i].person->id)
            k++;
        if (k == n && ++n <= FEW)
            few[k] = report->rows[i].person->id;
    }
    if (n > FEW)
        return ct_everybody_each(all, read_of, err);
    for (size_t i = 0; i < n && r >= 0; i++)
        r = read_of(all, few[i], err);
    return r;
}

static bool is_in(const struct ct_due_period *p, int day)
{
    return day >= p->from && day <= p->until;
}

/* The module that a scenario's requirement is about; SIZE_MAX: all count. */
static size_t module_of(const struct ct_everybody *all, const struct ct_requirement *q)
{
    return q->module.n ? ct_name_at(all->modules, all->n_modules, q->module) : SIZE_MAX;
}

static void add_text(struct ct_str *to, struct ct_sv text)
{
    if (to->n)
        ct_str_add_c(to, "; ");
    ct_str_add_sv(to, text);
}

static struct ct_sv text_of(struct ct_everybody *all, const struct ct_str *text)
{
    return text->n ? ct_arena_dup(all->arena, ct_str_sv(text)) : CT_SV_NULL;
}

static void add_tries(const struct ct_assignment *row, const struct ct_work *w,
                      struct ct_assignment_more *m)
{
    for (size_t i = 0; i < w->n_tries; i++)
        if (is_in(&row->period, w->tries[i].on)) {
            m->attempts++;
            m->pass_mark = w->tries[i].pass_mark;
        }
}

static void add_chairs(struct ct_everybody *all, const struct ct_assignment *row,
                       const struct ct_work *w, struct ct_assignment_more *m)
{
    CT_AUTO_STR text = CT_STR_INIT(TEXT_MAX);
    size_t module = module_of(all, row->requirement);
    uint64_t seen = 0;

    for (size_t i = 0; i < w->n_passed; i++) {
        const struct ct_work_play *p = &w->passed[i];
        uint64_t bit = UINT64_C(1) << (p->chair & 63);
        if (!is_in(&row->period, p->on) || (seen & bit) ||
            (row->requirement->module.n && p->module != module))
            continue;
        seen |= bit;
        m->n_chairs++;
        add_text(&text, all->chairs[p->chair]);
    }
    m->chairs = text_of(all, &text);
}

/* What the record of a completion says, without what the one before said. */
static int minutes_between(const struct ct_work *w, int64_t completion)
{
    for (size_t i = 0; i < w->n_done; i++) {
        int minutes = w->done[i].minutes;
        if (w->done[i].completion != completion)
            continue;
        for (size_t k = i; k-- > 0;)
            if (ct_sv_eq(w->done[k].discipline, w->done[i].discipline))
                return minutes > w->done[k].minutes ? minutes - w->done[k].minutes : 0;
        return minutes;
    }
    return 0;
}

static void add_minutes(const struct ct_everybody *all, const struct ct_assignment *row,
                        const struct ct_work *w, struct ct_assignment_more *m)
{
    size_t module = module_of(all, row->requirement);
    int64_t seconds = 0;

    m->active_minutes = 0;
    if (row->completion) {
        m->active_minutes = minutes_between(w, row->completion);
        return;
    }
    for (size_t i = 0; i < w->n_days; i++)
        if (is_in(&row->period, w->days[i].on) &&
            (row->requirement->module.n == 0 || w->days[i].module == module))
            seconds += w->days[i].seconds;
    m->active_minutes = seconds ? ct_minutes(seconds) : 0;
}

/* The last day on which anything was recorded. */
static void add_last(const struct ct_everybody *all, struct ct_assignment *row,
                     const struct ct_work *w)
{
    size_t module = module_of(all, row->requirement);
    bool one = row->requirement->module.n != 0;
    int last = row->last_activity;

    for (size_t i = 0; !one && i < w->n_tries; i++)
        last = w->tries[i].on > last ? w->tries[i].on : last;
    for (size_t i = 0; i < w->n_days; i++)
        if (w->days[i].on > last && w->days[i].on <= row->person->day &&
            (!one || w->days[i].module == module))
            last = w->days[i].on;
    if (row->completion && row->period.completed > last)
        last = row->period.completed;
    row->last_activity = last;
}

/* The newest certificate since, of the same discipline, that nobody had revoked. */
static void add_newer(const struct ct_assignment *row, const struct ct_work *w,
                      struct ct_assignment_more *m)
{
    size_t own = 0;

    while (own < w->n_done && w->done[own].completion != row->completion)
        own++;
    for (size_t i = w->n_done; i-- > own + 1 && row->certificate.n && !m->superseded_by.p;)
        if (w->done[i].certificate.n && !w->done[i].revoked_at &&
            ct_sv_eq(w->done[i].discipline, w->done[own].discipline))
            m->superseded_by = w->done[i].certificate;
}

/* Which credits a row is about: those of its completion or outside training; of hours all of its
 * year. */
static bool is_about(const struct ct_assignment *row, const struct ct_credit *c)
{
    const struct ct_requirement *q = row->requirement;
    struct ct_sv type = q->credit_type.n ? q->credit_type : CT_SV(CT_CREDIT_IN_SERVICE);

    if (c->why != CT_CREDIT_EARNED)
        return false;
    if (q->kind == CT_REQUIREMENT_HOURS)
        return c->counts && ct_sv_eq(c->type, type) && is_in(&row->period, c->on);
    if (row->period.completed == CT_DAY_NONE)
        return false;
    if (row->imported)
        return c->past == row->imported->id;
    return row->credit ? c->training == row->credit->id
                       : row->completion && c->completion == row->completion;
}

static bool is_in_service(const struct ct_credit *c)
{
    return ct_sv_eq_c(c->type, CT_CREDIT_IN_SERVICE);
}

static void add_once(struct ct_str *to, struct ct_sv text)
{
    struct ct_sv rest = ct_str_sv(to), one;

    while (ct_sv_split(&rest, ';', &one))
        if (ct_sv_eq(ct_sv_trim(one), text))
            return;
    if (text.n)
        add_text(to, text);
}

static struct ct_sv source_of(const struct ct_credit *c)
{
    return c->past       ? CT_SV("imported")
           : c->training ? CT_SV("outside training")
                         : CT_SV("crosstrain");
}

/* Hours of training as such are told only where no other credit was earned, as they are in all. */
static void add_credits(struct ct_everybody *all, const struct ct_assignment *row,
                        const struct ct_someone *p, struct ct_assignment_more *m)
{
    CT_AUTO_STR hours = CT_STR_INIT(TEXT_MAX);
    CT_AUTO_STR types = CT_STR_INIT(TEXT_MAX);
    CT_AUTO_STR bodies = CT_STR_INIT(TEXT_MAX);
    CT_AUTO_STR numbers = CT_STR_INIT(TEXT_MAX);
    CT_AUTO_STR years = CT_STR_INIT(TEXT_MAX);
    CT_AUTO_STR sources = CT_STR_INIT(TEXT_MAX);
    bool is_year = row->requirement->kind == CT_REQUIREMENT_HOURS, others = false;
    char year[CT_TIME_TEXT];

    for (size_t i = 0; i < p->n_credits; i++)
        others = others || (is_about(row, &p->credits[i]) && !is_in_service(&p->credits[i]));
    for (size_t i = 0; i < p->n_credits; i++) {
        const struct ct_credit *c = &p->credits[i];
        if (!is_about(row, c) || (others && is_in_service(c)))
            continue;
        snprintf(year, sizeof year, "%d", c->year);
        if (!is_year) {
            add_text(&hours, ct_credit_hours(all->arena, c->hundredths));
            add_text(&types, c->type);
        }
        add_once(&bodies, c->body);
        add_once(&numbers, c->number);
        add_once(&years, ct_sv_c(year));
        add_once(&sources, source_of(c));
    }
    m->credit_hours = is_year ? ct_credit_hours(all->arena, row->period.earned * CENTS / HOUR)
                              : text_of(all, &hours);
    m->credit_type = is_year ? row->requirement->credit_type : text_of(all, &types);
    if (is_year && !m->credit_type.n)
        m->credit_type = CT_SV(CT_CREDIT_IN_SERVICE);
    if (is_year && row->period.completed != CT_DAY_NONE)
        m->source = text_of(all, &sources);
    m->approval_body = text_of(all, &bodies);
    m->approval_no = text_of(all, &numbers);
    m->credit_year = text_of(all, &years);
}

/* Completions of one revision have one set of versions. */
struct versions {
    struct ct_sv revision, text;
};
struct known {
    struct versions *items;
    size_t n, cap;
    struct ct_gone *gone;
    size_t n_gone;
};

/* "2"; "law 2; motel 1" */
static int read_versions(struct ct_everybody *all, int64_t completion, struct ct_sv *ret,
                         struct ct_err *err)
{
    CT_AUTO_STR each = CT_STR_INIT(TEXT_MAX);
    struct ct_sv one = CT_SV_NULL;
    bool same = true;
    int r;
    CT_AUTO_STMT st = ct_db_stmt(all->db, &PARTS);

    ct_bind_i64(&st, ":completion", completion);
    while ((r = ct_stmt_step(&st, err)) > 0) {
        struct ct_sv version = ct_col_dup(&st, "version", all->arena);
        same = same && (!one.p || ct_sv_eq(one, version));
        one = version;
        add_text(&each, ct_col_sv(&st, "module"));
        ct_str_add_c(&each, " ");
        ct_str_add_sv(&each, version);
    }
    *ret = same ? one : text_of(all, &each);
    return r;
}

static int add_versions(struct ct_everybody *all, struct known *known,
                        const struct ct_assignment *row, struct ct_assignment_more *m,
                        struct ct_err *err)
{
    struct versions v = {.revision = row->revision};
    int r;

    for (size_t i = 0; i < known->n; i++)
        if (ct_sv_eq(known->items[i].revision, row->revision)) {
            m->course_revision = known->items[i].text;
            return CT_OK;
        }
    if ((r = read_versions(all, row->completion, &v.text, err)) < 0)
        return r;
    CT_ARENA_PUSH(all->arena, known->items, known->n, known->cap, v);
    m->course_revision = v.text;
    return CT_OK;
}

static bool is_gone(const struct known *known, const char *kind, struct ct_sv slug)
{
    for (size_t i = 0; i < known->n_gone; i++)
        if (ct_sv_eq_c(known->gone[i].kind, kind) && ct_sv_eq(known->gone[i].slug, slug))
            return true;
    return false;
}

/* What a row names and the curriculum had no more. */
static void add_gone(struct ct_everybody *all, const struct known *known,
                     const struct ct_assignment *row, struct ct_assignment_more *m)
{
    const struct ct_requirement *q = row->requirement;
    CT_AUTO_STR text = CT_STR_INIT(TEXT_MAX);

    if (known->n_gone == 0)
        return;
    if (q->course.n && is_gone(known, "course", q->course))
        add_text(&text, CT_SV("the curriculum has this course no more"));
    else if (q->module.n && is_gone(known, "scenario",
                                    ct_arena_printf(all->arena, "%.*s/%.*s", CT_SV_ARG(q->course),
                                                    CT_SV_ARG(q->module))))
        add_text(&text, CT_SV("the curriculum has this scenario no more"));
    if (is_gone(known, "discipline", row->person->discipline))
        add_text(&text, CT_SV("the curriculum has this discipline no more"));
    m->gone = text_of(all, &text);
}

static int add_more(struct ct_everybody *all, struct known *known, struct ct_assignment *row,
                    struct ct_err *err)
{
    const struct ct_someone *p = ct_everybody_find(all, row->person->id);
    const struct ct_work *w = ct_someone_work(all, p, row->requirement->course);
    struct ct_assignment_more *m = ct_arena_new(all->arena, struct ct_assignment_more);
    bool is_hours = row->requirement->kind == CT_REQUIREMENT_HOURS;

    m->pass_mark = -1;
    m->active_minutes = is_hours ? -1 : 0;
    if (w && row->requirement->kind == CT_REQUIREMENT_COURSE)
        add_tries(row, w, m);
    if (w) {
        add_chairs(all, row, w, m);
        add_minutes(all, row, w, m);
        add_last(all, row, w);
    }
    add_credits(all, row, p, m);
    add_gone(all, known, row, m);
    row->more = m;
    if (!w || !row->completion)
        return CT_OK;
    add_newer(row, w, m);
    return add_versions(all, known, row, m, err);
}

int ct_everybody_more(struct ct_everybody *all, struct ct_assignments *report, struct ct_err *err)
{
    struct known known = {.n = 0};
    int r = ct_curriculum_gone(all->db, all->arena, all->as_of, &known.gone, &known.n_gone, err);

    if (r == CT_OK && report->n)
        r = read_more(all, report, err);

    for (size_t i = 0; i < report->n && r >= 0; i++)
        if (!report->rows[i].is_counted)
            r = add_more(all, &known, &report->rows[i], err);
    return r < 0 ? r : CT_OK;
}
