/*
 * place.c: where a learner goes on: the next thing to do in a module, a course, the curriculum.
 */
#include "ct/learn/progress.h"

#include "event_priv.h"

#include "ct/base/banned.h"

static bool for_learner(const struct ct_desk *d, const struct ct_section *s)
{
    return ct_disc_has(s->disciplines, d->who.set);
}

static bool to_section(const struct ct_section *s, struct ct_place *ret)
{
    ret->kind = CT_PLACE_SECTION;
    ret->section = s;
    return true;
}

/* The number of the section behind this one; behind the last one for NULL. */
static size_t index_behind(const struct ct_module *m, const struct ct_section *after)
{
    for (size_t i = 0; i < m->n_sections; i++)
        if (after && ct_sv_eq(m->sections[i].slug, after->slug))
            return i + 1;
    return m->n_sections;
}

/* The first section from `from` on, then round from the beginning, that is for the learner and not
 * done. */
static bool undone_section(const struct ct_desk *d, const struct ct_module_progress *p, size_t from,
                           struct ct_place *ret)
{
    const struct ct_module *m = p->module;

    for (size_t k = 0; k < m->n_sections; k++) {
        size_t i = (from + k) % m->n_sections;
        if (for_learner(d, &m->sections[i]) && !p->done[i])
            return to_section(&m->sections[i], ret);
    }
    return false;
}

static bool last_section(const struct ct_desk *d, const struct ct_module *m, struct ct_place *ret)
{
    for (size_t i = m->n_sections; i-- > 0;)
        if (for_learner(d, &m->sections[i]))
            return to_section(&m->sections[i], ret);
    return false;
}

/* What is to be done in a module that is not complete. `after`: the section just done, behind which
 * the next one comes before an open attempt; NULL for who comes back. False: nothing can be done,
 * because no try of the quiz is left. */
static bool place_in(const struct ct_desk *d, const struct ct_course *c,
                     const struct ct_module_progress *p, const struct ct_section *after,
                     struct ct_place *ret)
{
    const struct ct_module *m = p->module;

    *ret = (struct ct_place){.kind = CT_PLACE_NONE, .course = c, .module = m};
    if (after && undone_section(d, p, index_behind(m, after), ret))
        return true;
    if (m->kind == CT_MODULE_SCENARIO) {
        ret->kind = p->open_run ? CT_PLACE_RUN : CT_PLACE_PLAY;
        ret->id = p->open_run;
        return true;
    }
    if (p->open_attempt) {
        ret->kind = CT_PLACE_ATTEMPT;
        ret->id = p->open_attempt;
        return true;
    }
    if (undone_section(d, p, 0, ret))
        return true;
    if (m->quiz && !p->quiz_passed) {
        ret->kind = CT_PLACE_QUIZ;
        return p->attempts_left != 0;
    }
    /* All is done, but a section was taken out since, so that no event has recorded it: marking any
     * section as done once more will. */
    if (last_section(d, m, ret))
        return true;
    ret->kind = CT_PLACE_QUIZ;
    return m->quiz != NULL && p->attempts_left != 0;
}

/* All modules are complete but not the course: one was taken out since, so that no event has
 * recorded it. Marking any section as done once more will. */
static bool place_to_record(const struct ct_desk *d, const struct ct_course_progress *c,
                            struct ct_place *ret)
{
    if (c->status == CT_COMPLETED || c->n_modules == 0 || c->n_completed < c->n_modules)
        return false;
    for (size_t i = c->n_modules; i-- > 0;) {
        *ret = (struct ct_place){.course = c->course, .module = c->modules[i].module};
        if (last_section(d, ret->module, ret))
            return true;
    }
    return false;
}

/* The first module that is not complete and has something to do, from the n-th on and round. */
static bool place_in_course(const struct ct_desk *d, const struct ct_course_progress *c,
                            size_t from, struct ct_place *ret)
{
    for (size_t k = 0; k < c->n_modules; k++) {
        const struct ct_module_progress *m = &c->modules[(from + k) % c->n_modules];
        if (m->status != CT_COMPLETED && place_in(d, c->course, m, NULL, ret))
            return true;
    }
    return place_to_record(d, c, ret);
}

/* The place in the module with the latest event that is not complete, over n courses. */
static bool place_latest(const struct ct_desk *d, const struct ct_course_progress *courses,
                         size_t n, struct ct_place *ret)
{
    int64_t latest = 0;
    struct ct_place place;

    for (size_t i = 0; i < n; i++) {
        for (size_t k = 0; k < courses[i].n_modules; k++) {
            const struct ct_module_progress *m = &courses[i].modules[k];
            if (m->status == CT_COMPLETED || m->last_at <= latest ||
                !place_in(d, courses[i].course, m, NULL, &place))
                continue;
            latest = m->last_at;
            *ret = place;
        }
    }
    return latest > 0;
}

int ct_progress_resume(const struct ct_desk *d, const struct ct_course *within,
                       struct ct_place *ret, struct ct_err *err)
{
    struct ct_course_progress one, *courses = &one;
    size_t n = 1;

    int r =
        within ? ct_progress_course(d, within, &one, err) : ct_progress_all(d, &courses, &n, err);
    if (r < 0)
        return r;
    if (place_latest(d, courses, n, ret))
        return CT_OK;
    for (size_t i = 0; i < n; i++)
        if ((within || (courses[i].required && courses[i].status != CT_COMPLETED)) &&
            place_in_course(d, &courses[i], 0, ret))
            return CT_OK;
    *ret = (struct ct_place){.kind = CT_PLACE_NONE};
    return CT_OK;
}

int ct_progress_next(const struct ct_desk *d, const struct ct_course *c, const struct ct_module *m,
                     const struct ct_section *after, struct ct_place *ret, struct ct_err *err)
{
    struct ct_course_progress course;
    struct ct_module_progress p;
    size_t next_module = 0;

    int r = ct_progress_course(d, c, &course, err);
    if (r < 0 || (r = ct_progress_module(d, c, m, &p, err)) < 0)
        return r;
    *ret = (struct ct_place){.kind = CT_PLACE_NONE, .course = c, .module = m};
    if (p.status == CT_COMPLETED) {
        /* Who reads it again reads on. */
        for (size_t i = index_behind(m, after); i < m->n_sections; i++)
            if (for_learner(d, &m->sections[i])) {
                to_section(&m->sections[i], ret);
                return CT_OK;
            }
    } else if (after && place_in(d, c, &p, after, ret)) {
        return CT_OK;
    }
    for (size_t i = 0; i < course.n_modules; i++)
        if (ct_sv_eq(course.modules[i].module->id, m->id))
            next_module = i + 1;
    if (!place_in_course(d, &course, next_module, ret))
        *ret = (struct ct_place){.kind = CT_PLACE_NONE};
    return CT_OK;
}
