/*
 * progress.c: what the rows about a person's work mean: how far modules and courses are. Where to
 * go on is place.c; making the rows is section.c, practice.c, attempt.c and run.c.
 */
#include "ct/learn/progress.h"
#include "ct/course/count.h"

#include "ct/course/change.h"

#include "record_priv.h"

#include "ct/base/banned.h"

const char *ct_progress_word(enum ct_progress_status s)
{
    switch (s) {
    case CT_NOT_STARTED:
        return "not started";
    case CT_IN_PROGRESS:
        return "in progress";
    case CT_COMPLETED:
        return "completed";
    }
    return "unknown";
}

/* Marks the sections that stand in the rows, and says how many of those marked are for the
 * discipline. */
static size_t mark_sections(const struct ct_course *c, const struct ct_module *m, ct_disc_set set,
                            const struct ct_record_section *rows, size_t n_rows, bool *marks)
{
    size_t n = 0;

    for (size_t i = 0; i < n_rows; i++) {
        if (!ct_sv_eq(rows[i].course, c->slug) || !ct_sv_eq(rows[i].module, m->id))
            continue;
        for (size_t s = 0; s < m->n_sections; s++) {
            if (marks[s] || !ct_sv_eq(rows[i].section, m->sections[s].slug))
                continue;
            marks[s] = true;
            n += ct_disc_has(m->sections[s].disciplines, set);
        }
    }
    return n;
}

static void sum_attempts(const struct ct_course *c, const struct ct_module *m,
                         const struct ct_record *rec, struct ct_module_progress *p)
{
    int own = 0;

    for (size_t i = 0; i < rec->n_attempts; i++) {
        const struct ct_record_attempt *at = &rec->attempts[i];
        if (!ct_sv_eq(at->course, c->slug) || !ct_sv_eq(at->module, m->id))
            continue;
        p->attempts_used += at->submitted;
        if (!at->own)
            continue;
        if (!at->submitted) {
            p->open_attempt = at->id;
            continue;
        }
        own++;
        if (at->score > p->best_score)
            p->best_score = at->score;
        p->quiz_passed = p->quiz_passed || at->passed;
    }
    p->attempts_left = m->attempts == 0 ? -1 : own < m->attempts ? m->attempts - own : 0;
}

/* Completed, and neither completed nor read in the version that is live. */
static bool update_due(const struct ct_course *c, const struct ct_module *m,
                       const struct ct_record *rec)
{
    struct ct_sv live = ct_module_version(m);
    bool completed = false;

    for (size_t i = 0; i < rec->n_completions; i++) {
        const struct ct_record_completion *row = &rec->completions[i];
        if (!row->module.p || !ct_sv_eq(row->module, m->id) || !ct_sv_eq(row->course, c->slug))
            continue;
        if (ct_sv_eq(row->version, live))
            return false;
        completed = true;
    }
    for (size_t i = 0; i < rec->n_updates && completed; i++)
        if (ct_sv_eq(rec->updates[i].module, m->id) && ct_sv_eq(rec->updates[i].course, c->slug) &&
            ct_sv_eq(rec->updates[i].version, live))
            return false;
    return completed;
}

static void read_module(const struct ct_desk *d, const struct ct_course *c,
                        const struct ct_module *m, const struct ct_record *rec,
                        struct ct_module_progress *ret)
{
    struct ct_module_progress p = {.module = m, .best_score = -1};

    p.done = ct_arena_array(d->arena, bool, m->n_sections);
    p.opened = ct_arena_array(d->arena, bool, m->n_sections);
    for (size_t s = 0; s < m->n_sections; s++)
        p.sections += ct_disc_has(m->sections[s].disciplines, d->who.set);
    p.sections_done = mark_sections(c, m, d->who.set, rec->done, rec->n_done, p.done);
    mark_sections(c, m, d->who.set, rec->opened, rec->n_opened, p.opened);
    sum_attempts(c, m, rec, &p);
    for (size_t i = 0; i < rec->n_open_runs; i++)
        if (ct_sv_eq(rec->open_runs[i].course, c->slug) &&
            ct_sv_eq(rec->open_runs[i].module, m->id))
            p.open_run = rec->open_runs[i].id;
    /* The first completion is the day on which it was complete; later ones are of other texts. */
    for (size_t i = rec->n_completions; i-- > 0;)
        if (ct_sv_eq(rec->completions[i].course, c->slug) && rec->completions[i].module.p &&
            ct_sv_eq(rec->completions[i].module, m->id))
            p.completed_at = rec->completions[i].at;
    p.update_due = update_due(c, m, rec);
    for (size_t i = 0; i < rec->n_activities; i++)
        if (ct_sv_eq(rec->activities[i].course, c->slug) &&
            ct_sv_eq(rec->activities[i].module, m->id))
            p.last_at = rec->activities[i].last_at;
    p.status = p.completed_at ? CT_COMPLETED : p.last_at ? CT_IN_PROGRESS : CT_NOT_STARTED;
    *ret = p;
}

static void read_course(const struct ct_desk *d, const struct ct_course *c,
                        const struct ct_record *rec, struct ct_course_progress *ret)
{
    struct ct_course_progress p = {.course = c};

    p.required = ct_course_required(c, d->who.set);
    p.recommended = d->who.set != CT_DISC_NONE && ct_disc_has(c->recommended_for, d->who.set);
    p.modules = ct_arena_array(d->arena, struct ct_module_progress, c->n_modules);
    for (size_t i = 0; i < c->n_modules; i++) {
        if (!ct_module_counts(c->modules[i], d->who.set))
            continue;
        struct ct_module_progress *m = &p.modules[p.n_modules++];
        read_module(d, c, c->modules[i], rec, m);
        p.n_completed += m->status == CT_COMPLETED;
        p.update_due = p.update_due || m->update_due;
    }
    for (size_t i = 0; i < rec->n_activities; i++)
        if (ct_sv_eq(rec->activities[i].course, c->slug) && rec->activities[i].last_at > p.last_at)
            p.last_at = rec->activities[i].last_at;
    for (size_t i = 0; i < rec->n_completions; i++) {
        if (!ct_sv_eq(rec->completions[i].course, c->slug) || rec->completions[i].module.p)
            continue;
        p.completed_at = rec->completions[i].at;
        p.certificate = rec->completions[i].certificate;
    }
    p.status = p.completed_at ? CT_COMPLETED : p.last_at ? CT_IN_PROGRESS : CT_NOT_STARTED;
    *ret = p;
}

int ct_progress_module(const struct ct_desk *d, const struct ct_course *c,
                       const struct ct_module *m, struct ct_module_progress *ret,
                       struct ct_err *err)
{
    struct ct_record rec;
    int r = ct_record_load(d, c->slug, &rec, err);

    if (r < 0)
        return r;
    read_module(d, c, m, &rec, ret);
    return CT_OK;
}

int ct_progress_course(const struct ct_desk *d, const struct ct_course *c,
                       struct ct_course_progress *ret, struct ct_err *err)
{
    struct ct_record rec;
    int r = ct_record_load(d, c->slug, &rec, err);

    if (r < 0)
        return r;
    read_course(d, c, &rec, ret);
    return CT_OK;
}

int ct_progress_all(const struct ct_desk *d, struct ct_course_progress **ret, size_t *ret_n,
                    struct ct_err *err)
{
    struct ct_record rec;
    size_t n = d->cat->n_courses, at = 0;
    int r = ct_record_load(d, CT_SV_NULL, &rec, err);

    if (r < 0)
        return r;
    struct ct_course_progress *read = ct_arena_array(d->arena, struct ct_course_progress, n);
    struct ct_course_progress *list = ct_arena_array(d->arena, struct ct_course_progress, n);
    for (size_t i = 0; i < n; i++)
        read_course(d, &d->cat->courses[i], &rec, &read[i]);
    for (int rank = 0; rank < 3; rank++)
        for (size_t i = 0; i < n; i++)
            if (rank == (read[i].required ? 0 : read[i].recommended ? 1 : 2))
                list[at++] = read[i];
    *ret = list;
    *ret_n = n;
    return CT_OK;
}
