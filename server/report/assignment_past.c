/*
 * assignment_past.c: what one person did for one requirement, put into the order of days.
 */
#include "assignment_priv.h"

#include <stdlib.h>

#include "ct/base/banned.h"

enum { SECONDS_A_HUNDREDTH = 36, MINUTE = 60 };

static int rank_of(const struct ct_past_done *d)
{
    return d->work ? 0 : d->imported ? 1 : 2;
}

/* Of one day what was done here first, then what was imported, then outside training; of each in
 * the order in which it was read. */
static int cmp_done(const void *pa, const void *pb)
{
    const struct ct_past_done *a = pa, *b = pb;
    int c = (a->on > b->on) - (a->on < b->on);

    c = c ? c : rank_of(a) - rank_of(b);
    c = c ? c : (a->work > b->work) - (a->work < b->work);
    c = c ? c : (a->imported > b->imported) - (a->imported < b->imported);
    return c ? c : (a->credit > b->credit) - (a->credit < b->credit);
}

static int cmp_earned(const void *pa, const void *pb)
{
    const struct ct_due_earned *a = pa, *b = pb;

    return (a->day > b->day) - (a->day < b->day);
}

static void add_work(struct ct_past *past, const struct ct_work *w)
{
    for (size_t i = 0; w && i < w->n_done; i++) {
        struct ct_past_done d = {.on = w->done[i].on, .work = &w->done[i]};
        CT_ARENA_PUSH(past->all->arena, past->done, past->n_done, past->cap_done, d);
    }
}

/* Completions of the course that were imported. */
static void add_imported(struct ct_past *past, const struct ct_someone *p,
                         const struct ct_requirement *q)
{
    for (size_t i = 0; i < p->n_imported; i++) {
        struct ct_past_done d = {.on = p->imported[i].on, .imported = &p->imported[i]};
        if (ct_sv_eq(p->imported[i].course, q->course))
            CT_ARENA_PUSH(past->all->arena, past->done, past->n_done, past->cap_done, d);
    }
}

/* Outside training that was recorded for the requirement. */
static void add_outside(struct ct_past *past, const struct ct_training *t, struct ct_due_history *h)
{
    struct ct_arena *a = past->all->arena;
    struct ct_past_done d = {.on = t->on, .credit = t};

    if (t->approved_by.n) {
        CT_ARENA_PUSH(a, past->done, past->n_done, past->cap_done, d);
        return;
    }
    CT_ARENA_PUSH(a, past->outside, past->n_outside, past->cap_outside, t);
    CT_ARENA_PUSH(a, past->waiting, h->n_awaiting, past->cap_waiting, t->on);
}

struct ct_sv ct_past_credit_type(const struct ct_requirement *q)
{
    return q->credit_type.n ? q->credit_type : CT_SV(CT_CREDIT_IN_SERVICE);
}

static bool is_credit(const struct ct_requirement *q, struct ct_sv type)
{
    return ct_sv_eq(type, ct_past_credit_type(q));
}

/* Hours of outside training, whatever requirement it was recorded for: what is approved is among
 * the credits. */
static void add_pending(struct ct_past *past, const struct ct_requirement *q,
                        const struct ct_training *t, struct ct_due_history *h)
{
    struct ct_due_earned e = {.day = t->on, .seconds = t->minutes * MINUTE};

    if (t->approved_by.n || t->minutes == 0 ||
        (!is_credit(q, CT_SV(CT_CREDIT_IN_SERVICE)) && !is_credit(q, t->credit_type)))
        return;
    CT_ARENA_PUSH(past->all->arena, past->outside, past->n_outside, past->cap_outside, t);
    CT_ARENA_PUSH(past->all->arena, past->pending, h->n_pending, past->cap_pending, e);
}

/* A waiver of the requirement. */
static void add_waiver(struct ct_past *past, const struct ct_training *t, struct ct_due_history *h)
{
    struct ct_due_span span = {t->on, t->until};

    CT_ARENA_PUSH(past->all->arena, past->waived, past->n_waived, past->cap_waived, t);
    CT_ARENA_PUSH(past->all->arena, past->waivers, h->n_waivers, past->cap_waivers, span);
}

/* Sorts what is recorded beside completions to where it belongs. Leave is of all requirements. */
static void add_trainings(struct ct_past *past, const struct ct_someone *p,
                          const struct ct_requirement *q, struct ct_due_history *h)
{
    struct ct_arena *a = past->all->arena;

    for (size_t i = 0; i < p->n_trainings; i++) {
        const struct ct_training *t = &p->trainings[i];
        struct ct_due_span span = {t->on, t->until};
        bool own = t->requirement == q->id;
        switch (t->kind) {
        case CT_TRAINING_LEAVE:
            CT_ARENA_PUSH(a, past->leaves, h->n_leaves, past->cap_leaves, span);
            break;
        case CT_TRAINING_WAIVER:
            if (own)
                add_waiver(past, t, h);
            break;
        case CT_TRAINING_CREDIT:
            if (q->kind == CT_REQUIREMENT_HOURS)
                add_pending(past, q, t, h);
            else if (own)
                add_outside(past, t, h);
            break;
        }
    }
}

static void add_hours(struct ct_past *past, const struct ct_someone *p,
                      const struct ct_requirement *q, struct ct_due_history *h)
{
    for (size_t i = 0; i < p->n_credits; i++) {
        const struct ct_credit *c = &p->credits[i];
        struct ct_due_earned e = {.day = c->on, .seconds = c->hundredths * SECONDS_A_HUNDREDTH};
        if (c->counts && c->why == CT_CREDIT_EARNED && is_credit(q, c->type))
            CT_ARENA_PUSH(past->all->arena, past->earned, h->n_earned, past->cap_earned, e);
    }
    /* Who moved to another time zone may have one a day earlier than that before it. */
    if (h->n_earned)
        qsort(past->earned, h->n_earned, sizeof *past->earned, cmp_earned);
}

/* Plays of the scenario; there are fewer disciplines than bits for chairs. */
static void add_plays(struct ct_past *past, const struct ct_work *w, const struct ct_requirement *q,
                      struct ct_due_history *h)
{
    size_t module = ct_name_at(past->all->modules, past->all->n_modules, q->module);

    h->started = CT_DAY_NONE;
    past->last = CT_DAY_NONE;
    for (size_t i = 0; w && i < w->n_begun; i++) {
        const struct ct_work_play *b = &w->begun[i];
        if (b->module != module)
            continue;
        if (h->started == CT_DAY_NONE)
            h->started = b->on;
        past->last = b->on;
    }
    for (size_t i = 0; w && i < w->n_passed; i++) {
        const struct ct_work_play *d = &w->passed[i];
        struct ct_due_play play = {.day = d->on, .chair = (int)d->chair};
        if (d->module != module)
            continue;
        CT_ARENA_PUSH(past->all->arena, past->plays, h->n_plays, past->cap_plays, play);
        past->last = d->on > past->last ? d->on : past->last;
    }
}

static void add_course(struct ct_past *past, const struct ct_someone *p, const struct ct_work *w,
                       struct ct_due_history *h)
{
    add_work(past, w);
    h->update_due = w && w->update_due;
    if (w && w->started_at) {
        h->started = ct_home_day(p->home, w->started_at);
        past->last = ct_home_day(p->home, w->last_at);
    }
}

struct ct_due_history ct_past_of(struct ct_past *past, const struct ct_someone *p,
                                 const struct ct_requirement *q)
{
    struct ct_arena *a = past->all->arena;
    struct ct_due_history h = {.hired = p->hired, .started = CT_DAY_NONE};
    const struct ct_work *w;

    if (past->of != q) {
        past->of = q;
        past->course = q->course.n ? ct_name_at(past->all->courses, past->all->n_courses, q->course)
                                   : SIZE_MAX;
    }
    w = ct_someone_at(p, past->course);
    past->n_done = past->n_outside = past->n_waived = 0;
    past->last = CT_DAY_NONE;
    add_trainings(past, p, q, &h);
    switch (q->kind) {
    case CT_REQUIREMENT_COURSE:
        add_course(past, p, w, &h);
        add_imported(past, p, q);
        break;
    case CT_REQUIREMENT_HOURS:
        add_hours(past, p, q, &h);
        break;
    case CT_REQUIREMENT_SCENARIO:
        add_plays(past, w, q, &h);
        break;
    }
    if (past->n_done)
        qsort(past->done, past->n_done, sizeof *past->done, cmp_done);
    for (size_t i = 0; i < past->n_done; i++)
        CT_ARENA_PUSH(a, past->days, h.n_done, past->cap_days, past->done[i].on);
    for (size_t i = 0; i < p->n_tenures; i++)
        CT_ARENA_PUSH(a, past->disciplines, h.n_disciplines, past->cap_disciplines,
                      p->tenures[i].on);
    h.leaves = past->leaves;
    h.waivers = past->waivers;
    h.awaiting = past->waiting;
    h.disciplines = past->disciplines;
    h.done = past->days;
    h.earned = past->earned;
    h.pending = past->pending;
    h.plays = past->plays;
    return h;
}

void ct_past_days(const struct ct_past *past, const struct ct_due_period *period,
                  const struct ct_due_history *h, int *ret_first, int *ret_last)
{
    *ret_first = h->started;
    *ret_last = past->last;
    for (size_t i = 0; period->quota && i < h->n_earned; i++) {
        int day = h->earned[i].day;
        if (day < period->from || day > period->until)
            continue;
        *ret_first = *ret_first == CT_DAY_NONE ? day : *ret_first;
        *ret_last = day;
    }
}
