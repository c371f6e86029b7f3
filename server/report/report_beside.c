/*
 * report_beside.c: what stands in place of a completion of the course on this site: a completion
 * that was imported, and what a requirement that is on the person says of waivers and of outside
 * training. Only of who has something of the kind; days and words are due.c's.
 */
#include "report_priv.h"

#include "ct/base/banned.h"

struct asking {
    struct ct_arena *arena;
    const struct ct_catalogue *cat;
    struct ct_report_data *data;
    struct ct_past past;
    struct ct_due_rule *rules; /* of the requirement that is looked at */
};

static bool has_anything(const struct ct_someone *p)
{
    for (size_t i = 0; i < p->n_trainings; i++)
        if (p->trainings[i].kind != CT_TRAINING_LEAVE)
            return true;
    return p->n_imported > 0;
}

static size_t course_of(const struct asking *k, struct ct_sv slug)
{
    for (size_t i = 0; i < k->cat->n_courses; i++)
        if (ct_sv_eq(k->cat->courses[i].slug, slug))
            return i;
    return SIZE_MAX;
}

/* Which of two words says more of somebody. */
static int weight_of(enum ct_due_status s)
{
    switch (s) {
    case CT_DUE_COMPLETED:
        return 5;
    case CT_DUE_EXPIRING:
        return 4;
    case CT_DUE_EXPIRED:
        return 3;
    case CT_DUE_AWAITING:
        return 2;
    case CT_DUE_EXEMPT:
        return 1;
    case CT_DUE_NOT_STARTED:
    case CT_DUE_IN_PROGRESS:
    case CT_DUE_OVERDUE:
    case CT_DUE_UPDATE:
    case CT_DUE_WITHDRAWN:
        break;
    }
    return 0;
}

static void say(struct asking *k, struct ct_report_someone *who, size_t course,
                const struct ct_report_beside *b)
{
    struct ct_report_work *w = ct_report_work_in(k->arena, who, course);

    if (!w->has_beside || weight_of(b->status) > weight_of(w->beside.status))
        w->beside = *b;
    w->has_beside = true;
}

/* What was said of it when it was imported, where that may be told. */
static struct ct_sv source_of(const struct ct_someone *p, const struct ct_past_completion *c)
{
    return p->who.by_task_force ? CT_SV("imported") : c->source;
}

/* How the requirement's last period stands on the day, by what is beside the course alone. */
static void look_at(struct asking *k, const struct ct_requirement *q, size_t course,
                    struct ct_hit *hit, const struct ct_someone *p, struct ct_report_someone *who)
{
    struct ct_report_beside b = {.on = CT_DAY_NONE, .expires = CT_DAY_NONE, .score = -1};
    struct ct_due_period *periods;
    struct ct_due_history h;
    size_t n_spells, n;
    const struct ct_due_span *spells = ct_hit_spells(hit, p, &n_spells);

    if (n_spells == 0)
        return;
    h = ct_past_of(&k->past, p, q);
    h.spells = spells;
    h.n_spells = n_spells;
    ct_due_periods(k->arena, k->rules, q->n_rules, &h, p->who.day, &periods, &n);
    if (n == 0 || !periods[n - 1].is_current || !weight_of(periods[n - 1].status))
        return;
    b.status = periods[n - 1].status;
    for (size_t i = 0; i < n && weight_of(b.status) > weight_of(CT_DUE_AWAITING); i++)
        if (periods[i].completed != CT_DAY_NONE) {
            b.expires = periods[i].expires;
            if (b.on != CT_DAY_NONE)
                continue; /* the first time is told */
            b.on = periods[i].completed;
            const struct ct_past_done *d = &k->past.done[periods[i].done];
            b.source = d->imported ? source_of(p, d->imported) : CT_SV("outside training");
            b.score = d->imported ? d->imported->score : -1;
        }
    say(k, who, course, &b);
}

static void look_at_all(struct asking *k, const struct ct_requirement *q, size_t course)
{
    struct ct_hit *hit = ct_hit_new(k->data->all, q);

    k->rules = ct_arena_array(k->arena, struct ct_due_rule, q->n_rules);
    for (size_t i = 0; i < q->n_rules; i++)
        k->rules[i] = q->rules[i].due;
    for (size_t i = 0; i < k->data->all->n; i++) {
        const struct ct_someone *p = &k->data->all->people[i];
        struct ct_report_someone *who =
            has_anything(p) ? ct_report_someone(k->data, p->who.id) : NULL;
        if (who)
            look_at(k, q, course, hit, p, who);
    }
}

/* What was imported counts without a requirement, too, under the discipline that it was for. */
static void take_imported(struct asking *k, const struct ct_someone *p,
                          struct ct_report_someone *who)
{
    for (size_t i = 0; i < p->n_imported; i++) {
        const struct ct_past_completion *c = &p->imported[i];
        size_t course = course_of(k, c->course);
        struct ct_report_beside b = {.status = CT_DUE_COMPLETED,
                                     .on = c->on,
                                     .expires = CT_DAY_NONE,
                                     .score = c->score,
                                     .source = source_of(p, c)};
        if (course == SIZE_MAX || c->on > p->who.day || !ct_sv_eq(c->discipline, who->slug))
            continue;
        struct ct_report_work *w = ct_report_work_in(k->arena, who, course);
        if (!w->has_beside || weight_of(w->beside.status) < weight_of(CT_DUE_EXPIRED))
            w->beside = b;
        w->has_beside = true;
    }
}

int ct_report_beside(struct ct_db *db, struct ct_arena *a, const struct ct_catalogue *cat,
                     const struct ct_report_filter *filter, struct ct_report_data *data,
                     struct ct_err *err)
{
    struct asking k = {.arena = a, .cat = cat, .data = data, .past = {.all = data->all}};
    struct ct_requirement *list;
    bool any = false;
    size_t n;
    int r;

    for (size_t i = 0; i < data->all->n && !any; i++)
        any = has_anything(&data->all->people[i]);
    if (!any)
        return CT_OK;
    if ((r = ct_requirement_list(db, a, data->as_of, &list, &n, err)) < 0)
        return r;
    for (size_t i = 0; i < n; i++) {
        size_t course =
            list[i].kind == CT_REQUIREMENT_COURSE ? course_of(&k, list[i].course) : SIZE_MAX;
        if (course != SIZE_MAX && list[i].n_rules &&
            (!filter->course.p || ct_sv_eq(filter->course, list[i].course)))
            look_at_all(&k, &list[i], course);
    }
    for (size_t i = 0; i < data->all->n; i++) {
        const struct ct_someone *p = &data->all->people[i];
        struct ct_report_someone *who = p->n_imported ? ct_report_someone(data, p->who.id) : NULL;
        if (who)
            take_imported(&k, p, who);
    }
    return CT_OK;
}
