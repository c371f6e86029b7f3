/*
 * coverage.c: counting what a team covers. Which columns there are is coverage_item.c, reading
 * coverage_data.c, the rows of files coverage_table.c.
 */
#include "coverage_priv.h"

#include <stdlib.h>

#include "ct/course/count.h"

#include "ct/base/banned.h"

struct counting {
    struct ct_arena *arena;
    const struct ct_catalogue *cat;
    struct ct_report_kinds kinds;
    const struct ct_coverage_member *
        *people;   /* by discipline, then name; without who is left out */
    size_t *first; /* of each discipline; one more at the end */
    struct ct_coverage report;
};

static const char *const names[] = {[CT_COVERAGE_MODULES] = "modules",
                                    [CT_COVERAGE_OBJECTIVES] = "objectives",
                                    [CT_COVERAGE_CHAIRS] = "chairs"};

const char *ct_coverage_of_name(enum ct_coverage_of of)
{
    return names[of];
}

bool ct_coverage_of_parse(struct ct_sv name, enum ct_coverage_of *ret)
{
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        if (ct_sv_eq_c(name, names[i]) || (name.n == 0 && i == CT_COVERAGE_MODULES)) {
            *ret = (enum ct_coverage_of)i;
            return true;
        }
    return false;
}

/* ---- people ---- */

static int cmp_member(const void *pa, const void *pb)
{
    const struct ct_coverage_member *a = *(const struct ct_coverage_member *const *)pa;
    const struct ct_coverage_member *b = *(const struct ct_coverage_member *const *)pb;
    int c = (a->discipline > b->discipline) - (a->discipline < b->discipline);

    if (c == 0)
        c = ct_sv_cmp(a->last_name, b->last_name);
    if (c == 0)
        c = ct_sv_cmp(a->first_name, b->first_name);
    return c ? c : (a->who.id > b->who.id) - (a->who.id < b->who.id);
}

/* Sorts people by discipline, without those who are counted and too few for that. */
static void group(struct counting *ct, const struct ct_coverage_team *team)
{
    size_t n_groups = team->kinds.n, n = 0;
    size_t *counted = ct_arena_array(ct->arena, size_t, n_groups);

    ct->kinds = team->kinds;
    ct->first = ct_arena_array(ct->arena, size_t, n_groups + 1);
    ct->people = ct_arena_array(ct->arena, const struct ct_coverage_member *, team->n);
    for (size_t i = 0; i < team->n; i++)
        counted[team->people[i].discipline] += team->people[i].is_counted;
    for (size_t i = 0; i < team->n; i++) {
        const struct ct_coverage_member *p = &team->people[i];
        if (p->is_counted && counted[p->discipline] < CT_REPORT_UNNAMED_MIN) {
            ct->report.left_out = true;
            continue;
        }
        ct->people[n++] = p;
        ct->first[p->discipline + 1]++;
    }
    for (size_t g = 0; g < n_groups; g++)
        ct->first[g + 1] += ct->first[g];
    if (n)
        qsort(ct->people, n, sizeof *ct->people, cmp_member);
    ct->report.people = n;
}

/* People of a discipline. */
struct slice {
    const struct ct_coverage_member **items;
    size_t n;
};

static struct slice slice_of(const struct counting *ct, size_t discipline)
{
    return (struct slice){ct->people + ct->first[discipline],
                          ct->first[discipline + 1] - ct->first[discipline]};
}

static void add_name(struct ct_arena *a, struct ct_coverage_people *to, size_t room,
                     const struct ct_coverage_member *p)
{
    if (p->is_counted)
        return;
    if (!to->items)
        to->items = ct_arena_array(a, const struct ct_coverage_person *, room);
    to->items[to->n++] = &p->who;
}

/* ---- cells ---- */

static size_t place_of(const struct ct_course *c, const struct ct_module *m)
{
    size_t i = 0;

    while (c->modules[i] != m)
        i++;
    return i;
}

/* Whether somebody has completed all modules of a column that are asked of a discipline. */
static bool covers(const struct counting *ct, const struct ct_coverage_item *item,
                   const struct ct_coverage_member *p, ct_disc_set set)
{
    for (size_t i = 0; i < item->n_modules; i++)
        if (ct_module_counts(item->modules[i], set) &&
            !p->done[place_of(ct->report.course, item->modules[i])])
            return false;
    return true;
}

static struct ct_coverage_cell cell_of(const struct counting *ct,
                                       const struct ct_coverage_item *item, struct slice people,
                                       ct_disc_set set)
{
    struct ct_coverage_cell cell = {.people = people.n};

    for (size_t i = 0; i < item->n_modules; i++)
        cell.is_asked = cell.is_asked || ct_module_counts(item->modules[i], set);
    if (!cell.is_asked)
        return (struct ct_coverage_cell){.people = 0};
    for (size_t i = 0; i < people.n; i++) {
        if (covers(ct, item, people.items[i], set))
            cell.done++;
        else
            add_name(ct->arena, &cell.missing, people.n, people.items[i]);
    }
    return cell;
}

static struct ct_coverage_cell *cells_of(const struct counting *ct,
                                         const struct ct_coverage_item *items, size_t n,
                                         struct slice people, ct_disc_set set)
{
    struct ct_coverage_cell *cells = ct_arena_array(ct->arena, struct ct_coverage_cell, n);

    for (size_t i = 0; i < n; i++)
        cells[i] = cell_of(ct, &items[i], people, set);
    return cells;
}

static void add_row(struct counting *ct, size_t discipline)
{
    ct_disc_set set = ct_report_set(ct->cat, discipline);
    struct slice people = slice_of(ct, discipline);
    const struct ct_course *c = ct->report.course;
    struct ct_coverage_row *row;

    if (people.n == 0)
        return;
    row = &ct->report.rows[ct->report.n++];
    *row = (struct ct_coverage_row){
        .discipline = ct->kinds.items[discipline].slug,
        .discipline_name = ct->kinds.items[discipline].name,
        .required = ct_course_required(c, set),
        .recommended = set && ct_disc_has(c->recommended_for, set),
        .people = people.n,
        .modules = cells_of(ct, ct->report.modules, ct->report.n_modules, people, set),
        .objectives = cells_of(ct, ct->report.objectives, ct->report.n_objectives, people, set)};
    for (size_t i = 0; i < people.n; i++)
        row->n_unnamed += people.items[i]->is_counted;
}

/* ---- chairs ---- */

static struct ct_coverage_chair chair_of(const struct counting *ct, struct slice people,
                                         size_t seat)
{
    struct ct_coverage_chair cell = {.passed = 0};

    for (size_t i = 0; i < people.n; i++) {
        switch ((enum ct_coverage_sat)people.items[i]->sat[seat]) {
        case CT_SAT_NOT:
            break;
        case CT_SAT_PLAYED:
            cell.played++;
            add_name(ct->arena, &cell.who_played, people.n, people.items[i]);
            break;
        case CT_SAT_PASSED:
            cell.played++;
            cell.passed++;
            add_name(ct->arena, &cell.who_passed, people.n, people.items[i]);
            break;
        }
    }
    return cell;
}

/* Seats are numbered through the cases, and rows are those disciplines that have people. */
static void count_chairs(struct counting *ct)
{
    size_t seat = 0;

    for (size_t i = 0; i < ct->report.n_cases; i++) {
        struct ct_coverage_case *k = &ct->report.cases[i];
        k->cells = ct_arena_array(ct->arena, struct ct_coverage_chair, k->n_chairs * ct->report.n);
        for (size_t chair = 0; chair < k->n_chairs; chair++, seat++) {
            size_t row = 0;
            for (size_t d = 0; d < ct->kinds.n; d++)
                if (slice_of(ct, d).n)
                    k->cells[chair * ct->report.n + row++] = chair_of(ct, slice_of(ct, d), seat);
        }
    }
}

static struct ct_coverage_seat *seats_of(struct counting *ct, size_t *ret_n)
{
    struct ct_coverage_seat *seats = NULL;
    size_t n = 0, cap = 0;

    for (size_t i = 0; i < ct->report.n_cases; i++) {
        const struct ct_coverage_case *k = &ct->report.cases[i];
        for (size_t chair = 0; chair < k->n_chairs; chair++) {
            struct ct_coverage_seat seat = {k->course->slug, k->module->id,
                                            ct->cat->disciplines.items[k->chairs[chair]].slug};
            CT_ARENA_PUSH(ct->arena, seats, n, cap, seat);
        }
    }
    *ret_n = n;
    return seats;
}

static const struct ct_course *choose(const struct ct_catalogue *cat,
                                      const struct ct_coverage_filter *f)
{
    return f->course.p      ? ct_catalogue_course(cat, f->course)
           : cat->n_courses ? &cat->courses[0]
                            : NULL;
}

int ct_coverage(struct ct_db *db, struct ct_arena *a, const struct ct_catalogue *cat, int64_t as_of,
                const struct ct_coverage_filter *filter, struct ct_coverage *ret,
                struct ct_err *err)
{
    struct counting ct = {.arena = a, .cat = cat, .report = {.as_of = as_of}};
    struct ct_coverage_team team;
    size_t n_seats;
    int r = ct_report_check(db, cat, filter->course, filter->discipline, as_of, err);

    if (r < 0)
        return r;
    ct.report.course = choose(cat, filter);
    if (ct.report.course) {
        ct_coverage_items(a, cat, &ct.report);
        const struct ct_coverage_seat *seats = seats_of(&ct, &n_seats);
        if ((r = ct_coverage_read(db, a, cat, ct.report.course, seats, n_seats, filter, as_of,
                                  &team, err)) < 0)
            return r;
        group(&ct, &team);
        ct.report.rows = ct_arena_array(a, struct ct_coverage_row, ct.kinds.n);
        for (size_t d = 0; d < ct.kinds.n; d++)
            add_row(&ct, d);
        count_chairs(&ct);
    }
    *ret = ct.report;
    return CT_OK;
}
