/*
 * report.c: counting who completed what, by discipline and course. Reading is report_data.c, tables
 * of text are report_table.c.
 */
#include "report_priv.h"

#include "ct/course/count.h"
#include "ct/learn/certificate.h"
#include "ct/learn/tally.h"
#include "ct/text/zone.h"

#include <stdlib.h>

#include "ct/base/banned.h"

struct counting {
    struct ct_arena *arena;
    const struct ct_catalogue *cat;
    struct ct_report_data data;
    size_t *of_discipline; /* people's indexes by discipline, then name */
    size_t *first;         /* where each discipline's begin; one more at the end */
    struct ct_report_row *rows;
    size_t n, cap;
    bool left_out;
};

/* Sorts people by discipline, keeping the order of names within one. */
static void group_people(struct counting *ct)
{
    size_t n_groups = ct->data.kinds.n;
    size_t *at = ct_arena_array(ct->arena, size_t, n_groups);

    ct->first = ct_arena_array(ct->arena, size_t, n_groups + 1);
    ct->of_discipline = ct_arena_array(ct->arena, size_t, ct->data.n);
    for (size_t i = 0; i < ct->data.n; i++)
        ct->first[ct->data.people[i].discipline + 1]++;
    for (size_t g = 0; g < n_groups; g++) {
        ct->first[g + 1] += ct->first[g];
        at[g] = ct->first[g];
    }
    for (size_t i = 0; i < ct->data.n; i++)
        ct->of_discipline[at[ct->data.people[i].discipline]++] = i;
}

static const struct ct_report_work *work_in(const struct ct_report_someone *p, size_t course)
{
    for (const struct ct_report_work *w = p->work; w; w = w->next)
        if (w->course == course)
            return w;
    return NULL;
}

static bool update_due(const struct ct_report_work *w, size_t n_modules)
{
    for (size_t i = 0; w->texts && i < n_modules; i++)
        if (w->texts[i] == CT_REPORT_COMPLETED)
            return true;
    return false;
}

static int day_of(const struct ct_report_someone *p, int64_t at)
{
    return at ? ct_home_day(p->home, at) : CT_DAY_NONE;
}

/* What a completed course is worth on the day: by its certificate, where that ends. */
static enum ct_due_status worth(const struct ct_report_someone *p, const struct ct_report_work *w,
                                bool has_update, int *ret_expires)
{
    struct ct_certificate c = {.months = w->months};

    if (w->issued_at && w->months) {
        c.issued_on = ct_day_date(day_of(p, w->issued_at));
        c.expires_on = ct_certificate_expiry(c.issued_on, c.months);
        *ret_expires = ct_date_day(c.expires_on);
        if (p->day > *ret_expires)
            return CT_DUE_EXPIRED;
        if (p->day >= ct_date_day(ct_certificate_window(&c)))
            return CT_DUE_EXPIRING;
    }
    return has_update ? CT_DUE_UPDATE : CT_DUE_COMPLETED;
}

/* What is beside the course takes the place of what was not completed in it. */
static void stand_in(struct ct_report_person *m, const struct ct_report_work *w)
{
    const struct ct_report_beside *b = &w->beside;

    m->status = b->status;
    m->completed_on = b->on;
    m->expires_on = b->expires;
    m->source = b->source;
    if (m->score < 0)
        m->score = b->score;
    if (!w->started_at)
        m->minutes = 0;
}

static struct ct_report_person person_of(const struct ct_report_someone *p,
                                         const struct ct_report_work *w,
                                         const struct ct_report_row *row,
                                         const struct ct_course *course, size_t modules)
{
    struct ct_report_person member = {.id = p->id,
                                      .name = p->name,
                                      .email = p->email,
                                      /* its own, also one that the curriculum has dropped */
                                      .discipline = p->slug.n ? p->slug : row->discipline,
                                      .course = row->course,
                                      .required = row->required,
                                      .status = CT_DUE_NOT_STARTED,
                                      .modules = modules,
                                      .score = -1,
                                      .started_on = CT_DAY_NONE,
                                      .last_on = CT_DAY_NONE,
                                      .completed_on = CT_DAY_NONE,
                                      .expires_on = CT_DAY_NONE,
                                      .signed_in_ever = p->signed_in_ever,
                                      .agency = p->agency,
                                      .unit = p->unit,
                                      .task_forces = p->task_forces,
                                      .orgs = p->orgs,
                                      .n_orgs = p->n_orgs};

    if (!w)
        return member;
    member.source = w->completed_at ? CT_SV("course") : CT_SV_NULL;
    member.update_due = update_due(w, course->n_modules);
    member.status =
        w->completed_at ? worth(p, w, member.update_due, &member.expires_on) : CT_DUE_IN_PROGRESS;
    member.modules_done = w->modules_done;
    member.score = ct_mean_of(w->scores);
    member.minutes = ct_minutes(w->seconds);
    member.started_at = w->started_at;
    member.last_at = w->last_at;
    member.completed_at = w->completed_at;
    member.started_on = day_of(p, w->started_at);
    member.last_on = day_of(p, w->last_at);
    if (member.last_on < member.started_on)
        member.last_on = member.started_on;
    member.completed_on = day_of(p, w->completed_at);
    if (w->has_beside && !w->completed_at)
        stand_in(&member, w);
    return member;
}

/* To the nearest; but 100 is said of all alone, so that nobody is missed. */
static int percent_of(size_t part, size_t all)
{
    int percent = all ? (int)((part * 200 + all) / (2 * all)) : 0;

    return percent == 100 && part < all ? 99 : percent;
}

static int cmp_int(const void *pa, const void *pb)
{
    int a = *(const int *)pa, b = *(const int *)pb;

    return (a > b) - (a < b);
}

void ct_report_count(struct ct_report_row *row, const struct ct_report_person *m)
{
    row->people++;
    row->update_due += m->update_due;
    switch (m->status) {
    case CT_DUE_NOT_STARTED:
        row->not_started++;
        break;
    case CT_DUE_IN_PROGRESS:
        row->in_progress++;
        break;
    case CT_DUE_EXPIRING:
        row->completed++;
        row->expiring++;
        break;
    case CT_DUE_EXPIRED:
        row->completed++;
        row->expired++;
        break;
    case CT_DUE_COMPLETED:
    case CT_DUE_UPDATE:
        row->completed++;
        break;
    case CT_DUE_EXEMPT:
        row->exempt++;
        break;
    case CT_DUE_AWAITING:
        row->awaiting++;
        break;
    case CT_DUE_OVERDUE: /* said of a requirement alone */
    case CT_DUE_WITHDRAWN:
        break;
    }
}

void ct_report_finish(struct ct_report_row *row, int *scores, size_t n)
{
    row->percent = percent_of(row->completed, row->people);
    row->percent_now = percent_of(row->completed - row->expired, row->people - row->exempt);
    row->median = -1;
    if (n == 0)
        return;
    qsort(scores, n, sizeof(int), cmp_int);
    row->median = n % 2 ? scores[n / 2] : (scores[n / 2 - 1] + scores[n / 2]) / 2;
}

/* All numbers of a row follow from its people. A median of few scores would tell one of them, so
 * it is that of who is named. */
static void count_row(struct ct_arena *a, struct ct_report_row *row)
{
    int *scores = ct_arena_array(a, int, row->n_members);
    size_t n = 0;

    for (size_t i = 0; i < row->n_members; i++) {
        const struct ct_report_person *m = &row->members[i];
        ct_report_count(row, m);
        if (m->completed_on != CT_DAY_NONE && m->score >= 0)
            scores[n++] = m->score;
    }
    for (size_t i = 0; i < row->n_unnamed; i++)
        ct_report_count(row, &row->unnamed[i]);
    ct_report_finish(row, scores, n);
}

/* What may be told of somebody who is only counted. */
static struct ct_report_person without_name(const struct ct_report_person *p)
{
    return (struct ct_report_person){.status = p->status,
                                     .update_due = p->update_due,
                                     .score = -1,
                                     .required = p->required,
                                     .started_on = CT_DAY_NONE,
                                     .last_on = CT_DAY_NONE,
                                     .completed_on = CT_DAY_NONE,
                                     .expires_on = CT_DAY_NONE,
                                     .signed_in_ever = true};
}

/* Puts the people of a row into it: who is named, and who is counted if they are enough. */
static void put_people(struct counting *ct, struct ct_report_row *row, size_t course,
                       size_t discipline)
{
    const struct ct_course *c = &ct->cat->courses[course];
    size_t modules = ct_course_counts(c, ct_report_set(ct->cat, discipline));
    size_t first = ct->first[discipline], n = ct->first[discipline + 1] - first, n_counted = 0;
    struct ct_report_person *members = ct_arena_array(ct->arena, struct ct_report_person, n);
    struct ct_report_person *unnamed = ct_arena_array(ct->arena, struct ct_report_person, n);

    row->members = members;
    row->unnamed = unnamed;
    for (size_t i = 0; i < n; i++) {
        const struct ct_report_someone *p = &ct->data.people[ct->of_discipline[first + i]];
        const struct ct_report_work *w = work_in(p, course);
        n_counted += p->is_counted;
        if (!row->required && !w)
            continue;
        struct ct_report_person one = person_of(p, w, row, c, modules);
        if (p->is_counted)
            unnamed[row->n_unnamed++] = without_name(&one);
        else
            members[row->n_members++] = one;
    }
    /* How many of too few began would tell who did, so that is said of the discipline as a whole.
     */
    ct->left_out = ct->left_out || (n_counted > 0 && n_counted < CT_REPORT_UNNAMED_MIN);
    if (row->n_unnamed < CT_REPORT_UNNAMED_MIN)
        row->n_unnamed = 0;
}

/* One row: a course and a discipline, known or not. Left out when nobody must, should or does take
 * it.
 */
static void add_row(struct counting *ct, size_t course, size_t discipline)
{
    const struct ct_course *c = &ct->cat->courses[course];
    bool known = discipline < ct->cat->disciplines.n;
    ct_disc_set set = ct_report_set(ct->cat, discipline);
    struct ct_report_row row = {.discipline = ct->data.kinds.items[discipline].slug,
                                .discipline_name = ct->data.kinds.items[discipline].name,
                                .course = c->slug,
                                .course_title = c->title,
                                .required = ct_course_required(c, set)};

    put_people(ct, &row, course, discipline);
    if (row.n_members + row.n_unnamed == 0 && !row.required &&
        (!known || !ct_disc_has(c->recommended_for, set)))
        return;
    count_row(ct->arena, &row);
    CT_ARENA_PUSH(ct->arena, ct->rows, ct->n, ct->cap, row);
}

static int cmp_name(const void *pa, const void *pb)
{
    const struct ct_report_person *a = pa, *b = pb;
    int c = ct_sv_cmp(a->name, b->name);

    if (c == 0)
        c = (a->id > b->id) - (a->id < b->id);
    return c ? c : ct_sv_cmp(a->course, b->course);
}

static void append(struct ct_report_person *to, size_t *n, const struct ct_report_person *from,
                   size_t n_from)
{
    if (n_from)
        memcpy(to + *n, from, n_from * sizeof *to);
    *n += n_from;
}

/* Rows i with the same key summed into one. */
static struct ct_report_row sum_rows(const struct counting *ct, const bool *belongs)
{
    struct ct_report_row sum = {0};
    struct ct_report_person *members, *unnamed;
    size_t n = 0, n_unnamed = 0;

    for (size_t i = 0; i < ct->n; i++) {
        n += belongs[i] ? ct->rows[i].n_members : 0;
        n_unnamed += belongs[i] ? ct->rows[i].n_unnamed : 0;
    }
    sum.members = members = ct_arena_array(ct->arena, struct ct_report_person, n);
    sum.unnamed = unnamed = ct_arena_array(ct->arena, struct ct_report_person, n_unnamed);
    for (size_t i = 0; i < ct->n; i++) {
        if (!belongs[i])
            continue;
        sum.required = sum.required || ct->rows[i].required;
        append(members, &sum.n_members, ct->rows[i].members, ct->rows[i].n_members);
        append(unnamed, &sum.n_unnamed, ct->rows[i].unnamed, ct->rows[i].n_unnamed);
    }
    if (n)
        qsort(members, n, sizeof *members, cmp_name);
    count_row(ct->arena, &sum);
    return sum;
}

static void sum_by_course(const struct counting *ct, struct ct_report *ret)
{
    bool *belongs = ct_arena_array(ct->arena, bool, ct->n);

    ret->by_course = ct_arena_array(ct->arena, struct ct_report_row, ct->cat->n_courses);
    for (size_t c = 0; c < ct->cat->n_courses; c++) {
        bool any = false;
        for (size_t i = 0; i < ct->n; i++)
            any |= belongs[i] = ct_sv_eq(ct->rows[i].course, ct->cat->courses[c].slug);
        if (!any)
            continue;
        struct ct_report_row *row = &ret->by_course[ret->n_by_course++];
        *row = sum_rows(ct, belongs);
        row->course = ct->cat->courses[c].slug;
        row->course_title = ct->cat->courses[c].title;
    }
}

static void sum_by_discipline(const struct counting *ct, struct ct_report *ret)
{
    size_t n_groups = ct->data.kinds.n;
    bool *belongs = ct_arena_array(ct->arena, bool, ct->n);

    ret->by_discipline = ct_arena_array(ct->arena, struct ct_report_row, n_groups);
    for (size_t g = 0; g < n_groups; g++) {
        const struct ct_report_kind *kind = &ct->data.kinds.items[g];
        bool any = false;
        for (size_t i = 0; i < ct->n; i++)
            any |= belongs[i] = ct_sv_eq(ct->rows[i].discipline, kind->slug);
        if (!any)
            continue;
        struct ct_report_row *row = &ret->by_discipline[ret->n_by_discipline++];
        *row = sum_rows(ct, belongs);
        row->discipline = kind->slug;
        row->discipline_name = kind->name;
    }
}

static void count_rows(struct counting *ct, const struct ct_report_filter *filter)
{
    const struct ct_report_kinds *kinds = &ct->data.kinds;

    group_people(ct);
    for (size_t c = 0; c < ct->cat->n_courses; c++) {
        if (filter->course.p && !ct_sv_eq(filter->course, ct->cat->courses[c].slug))
            continue;
        for (size_t g = 0; g < kinds->n; g++)
            if (!filter->discipline.p ||
                (g + 1 < kinds->n && ct_sv_eq(filter->discipline, kinds->items[g].slug)))
                add_row(ct, c, g);
    }
}

/* In which zone the days of people are. */
static struct ct_sv zone_of(const struct ct_report_data *data, struct ct_sv zone)
{
    struct ct_sv first = CT_SV_NULL;

    for (size_t i = 0; i < data->n; i++) {
        struct ct_sv one = ct_home_zone(data->people[i].home, data->as_of);
        if (first.p && !ct_sv_eq(first, one))
            return CT_SV("That of each person's agency");
        first = one;
    }
    return first.p ? first : zone;
}

static void free_zone(struct ct_zone **z)
{
    ct_zone_free(*z);
}

int ct_report_completion(struct ct_db *db, struct ct_arena *a, const struct ct_catalogue *cat,
                         const struct ct_clock *clock, const struct ct_report_filter *filter,
                         struct ct_report *ret, struct ct_err *err)
{
    int64_t now = ct_now(clock), as_of = filter->as_of ? filter->as_of : now;
    struct ct_sv zone_name = filter->time_zone.n ? filter->time_zone : CT_SV("UTC");
    CT_AUTO_EVERYBODY all = {.db = db, .arena = a, .as_of = as_of};
    __attribute__((cleanup(free_zone))) struct ct_zone *zone = NULL;
    struct counting ct = {.arena = a, .cat = cat, .data = {.as_of = as_of, .all = &all}};
    int r;

    ct.data.is_past = as_of < now;
    if ((r = ct_report_check(db, cat, filter->course, filter->discipline, as_of, err)) < 0 ||
        (r = ct_zone_open(zone_name, &zone, err)) < 0 || (r = ct_everybody_read(&all, err)) < 0 ||
        (r = ct_report_people(db, a, cat, filter, &ct.data, err)) < 0)
        return r;
    if ((r = ct_report_read(db, a, cat, filter, &ct.data, err)) < 0 ||
        (r = ct_report_beside(db, a, cat, filter, &ct.data, err)) < 0)
        return r;
    count_rows(&ct, filter);
    struct ct_report report = {.as_of = as_of,
                               .day = ct_zone_day(zone, as_of),
                               .time_zone = zone_of(&ct.data, zone_name),
                               .is_past = ct.data.is_past,
                               .orgs = all.orgs,
                               .n_orgs = all.n_orgs,
                               .rows = ct.rows,
                               .n = ct.n,
                               .left_out = ct.left_out};
    sum_by_course(&ct, &report);
    sum_by_discipline(&ct, &report);
    *ret = report;
    return CT_OK;
}
