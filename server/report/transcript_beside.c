/*
 * transcript_beside.c: what stands in a transcript beside the courses of this site: what was
 * imported, training elsewhere, requirements and waivers, chairs, credit.
 */
#include "transcript_priv.h"

#include "sql_priv.h"

#include "ct/base/banned.h"

/* Each chair once, with the day of the first good ending: how often somebody tried is nobody's
 * business. */
static const struct ct_sql CHAIRS = {
    "select a.course, a.module, a.chair, max(x.passed) as passed, min(case when x.passed = 1 then "
    "x.at"
    " end) as passed_at, max(x.at) as at from run a join run_result x on x.run = a.id"
    " where a.person = :person and x.at <= :at group by a.course, a.module, a.chair"};

const struct ct_sql *const ct_transcript_beside_sql[] = {&CHAIRS, NULL};

static void add_imported(struct ct_transcribing *k)
{
    for (size_t i = 0; i < k->someone->n_imported; i++) {
        const struct ct_past_completion *c = &k->someone->imported[i];
        struct ct_transcript_line line = CT_TRANSCRIPT_LINE(CT_TRANSCRIPT_BEFORE);
        line.on = c->on;
        line.what = c->course_title;
        line.discipline = c->discipline;
        line.score = c->score;
        line.hundredths = c->minutes ? (c->minutes * 100 + 30) / 60 : -1;
        line.evidence = c->evidence;
        line.note = c->source;
        if (c->on <= k->someone->who.day)
            ct_transcript_add(k, &line);
    }
}

/* What a requirement asks for, as it was called on the day. */
static struct ct_sv title_of(const struct ct_assignments *r, int64_t requirement, int day)
{
    for (size_t i = 0; i < r->n_requirements; i++)
        if (r->requirements[i].id == requirement && r->requirements[i].n_rules)
            return ct_requirement_asking(&r->requirements[i], day)->title;
    return CT_SV("");
}

static void add_training(struct ct_transcribing *k, const struct ct_assignments *r,
                         const struct ct_training *t)
{
    bool outside = t->kind == CT_TRAINING_CREDIT;
    struct ct_transcript_line line =
        CT_TRANSCRIPT_LINE(outside ? CT_TRANSCRIPT_OUTSIDE : CT_TRANSCRIPT_WAIVER);

    line.on = t->on;
    line.until = outside ? CT_DAY_NONE : t->until;
    line.what = title_of(r, t->requirement, k->someone->who.day);
    line.hundredths = outside && t->minutes ? (t->minutes * 100 + 30) / 60 : -1;
    line.evidence = t->evidence;
    line.approved_by = t->approved_by;
    line.note = t->reason;
    line.has_status = true;
    line.due = !outside ? CT_DUE_EXEMPT : t->approved_by.n ? CT_DUE_COMPLETED : CT_DUE_AWAITING;
    line.status = ct_sv_c(ct_due_status_name(line.due));
    ct_transcript_add(k, &line);
}

static void add_requirement(struct ct_transcribing *k, const struct ct_assignment *row)
{
    struct ct_transcript_line line = CT_TRANSCRIPT_LINE(CT_TRANSCRIPT_REQUIREMENT);

    line.on = row->period.assigned;
    line.until = row->period.due;
    line.what = row->rule->title;
    line.score = row->score;
    line.expires = row->period.expires;
    line.has_status = true;
    line.due = row->period.status;
    line.status = ct_sv_c(ct_due_status_name(line.due));
    line.completed = row->period.completed;
    if (!k->by_task_force) /* it tells in which quarter somebody came */
        line.note = ct_requirement_progress(k->arena, row->rule, &row->period);
    ct_transcript_add(k, &line);
}

static int read_requirements(struct ct_transcribing *k, struct ct_err *err)
{
    struct ct_assignment_filter filter = CT_ASSIGNMENT_FILTER_INIT;
    struct ct_assignments r;
    int status;

    filter.person = k->person;
    filter.alone = true;
    filter.inactive = true;
    if ((status = ct_assignments(k->db, k->arena, k->t.as_of, &filter, &r, err)) < 0)
        return status;
    for (size_t i = 0; i < r.n; i++)
        add_requirement(k, &r.rows[i]);
    for (size_t i = 0; i < k->someone->n_trainings; i++) {
        const struct ct_training *t = &k->someone->trainings[i];
        if (t->kind == CT_TRAINING_LEAVE || t->on > k->someone->who.day ||
            (k->by_task_force && !ct_shared_name_covers(t->kind)))
            continue;
        add_training(k, &r, t);
    }
    return CT_OK;
}

static struct ct_sv module_title(const struct ct_transcribing *k, struct ct_sv course,
                                 struct ct_sv module)
{
    const struct ct_course *c = ct_catalogue_course(k->cat, course);
    const struct ct_module *m = c ? ct_course_module_by_id(c, module) : NULL;

    return m ? m->title : ct_arena_dup(k->arena, module);
}

static int read_chairs(struct ct_transcribing *k, struct ct_err *err)
{
    int r;
    CT_AUTO_STMT st = ct_db_stmt(k->db, &CHAIRS);

    ct_bind_i64(&st, ":person", k->person);
    ct_bind_i64(&st, ":at", k->t.as_of);
    while ((r = ct_stmt_step(&st, err)) > 0) {
        struct ct_transcript_line line = CT_TRANSCRIPT_LINE(CT_TRANSCRIPT_CHAIR);
        bool passed = ct_col_i64(&st, "passed") != 0;
        line.on = ct_home_day(k->someone->home, ct_col_i64(&st, passed ? "passed_at" : "at"));
        line.what = module_title(k, ct_col_sv(&st, "course"), ct_col_sv(&st, "module"));
        line.discipline = ct_col_dup(&st, "chair", k->arena);
        line.status = passed ? CT_SV("passed") : CT_SV("not passed");
        ct_transcript_add(k, &line);
    }
    return r;
}

static int read_credit(struct ct_transcribing *k, struct ct_err *err)
{
    struct ct_credit *list;
    size_t n;
    int r = ct_credit_list(k->db, k->arena, k->person, k->t.as_of, &list, &n, err);

    for (size_t i = 0; i < n && r == CT_OK; i++) {
        struct ct_transcript_line line = CT_TRANSCRIPT_LINE(CT_TRANSCRIPT_CREDIT);
        if (list[i].why != CT_CREDIT_EARNED || !list[i].counts)
            continue;
        line.on = list[i].on;
        line.what = list[i].rule ? list[i].rule->title : list[i].type;
        line.hundredths = list[i].hundredths;
        line.certificate = list[i].certificate;
        line.year = list[i].year;
        line.note = list[i].body.n
                        ? ct_arena_printf(k->arena, "%.*s, number %.*s", CT_SV_ARG(list[i].body),
                                          CT_SV_ARG(list[i].number))
                        : CT_SV_NULL;
        ct_transcript_add(k, &line);
    }
    return r;
}

int ct_transcript_beside(struct ct_transcribing *k, struct ct_err *err)
{
    int r;

    add_imported(k);
    if ((r = read_requirements(k, err)) < 0 || (r = read_chairs(k, err)) < 0)
        return r;
    return read_credit(k, err);
}
