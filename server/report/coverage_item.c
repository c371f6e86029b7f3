/*
 * coverage_item.c: what there is to cover: the modules of a course, its objectives, the scenarios
 * with their chairs. Of texts alone; people are coverage.c.
 */
#include "coverage_priv.h"

#include "ct/base/banned.h"

static bool names(const struct ct_question *q, struct ct_sv objective)
{
    for (size_t i = 0; i < q->n_objectives; i++)
        if (ct_sv_eq(q->objectives[i], objective))
            return true;
    return false;
}

static void count_questions(struct ct_coverage_item *item, const struct ct_module *m,
                            struct ct_sv objective)
{
    size_t graded = 0, practice = 0;

    for (size_t i = 0; m->quiz && i < m->quiz->n_questions; i++)
        graded += names(m->quiz->questions[i], objective);
    for (size_t i = 0; i < m->n_practice; i++)
        practice += names(m->practice[i], objective);
    item->n_questions += graded + practice;
    item->n_graded += graded;
}

static void add_module(struct ct_arena *a, struct ct_coverage_item *item, size_t room,
                       const struct ct_module *m)
{
    if (!item->modules)
        item->modules = ct_arena_array(a, const struct ct_module *, room);
    item->modules[item->n_modules++] = m;
}

static struct ct_coverage_item *find_objective(struct ct_coverage_item *items, size_t n,
                                               struct ct_sv text)
{
    for (size_t i = 0; i < n; i++)
        if (ct_sv_eq(items[i].objective->text, text))
            return &items[i];
    return NULL;
}

static void list_objectives(struct ct_arena *a, struct ct_coverage *report)
{
    const struct ct_course *c = report->course;
    size_t n = 0;

    for (size_t i = 0; i < c->n_modules; i++)
        n += c->modules[i]->n_objectives;
    report->objectives = ct_arena_array(a, struct ct_coverage_item, n);
    for (size_t i = 0; i < c->n_modules; i++) {
        const struct ct_module *m = c->modules[i];
        for (size_t o = 0; o < m->n_objectives; o++) {
            struct ct_coverage_item *item =
                find_objective(report->objectives, report->n_objectives, m->objectives[o].text);
            if (!item) {
                item = &report->objectives[report->n_objectives++];
                *item = (struct ct_coverage_item){.module = m, .objective = &m->objectives[o]};
            }
            if (item->n_modules && item->modules[item->n_modules - 1] == m)
                continue; /* the same sentence twice in one module */
            add_module(a, item, c->n_modules, m);
            count_questions(item, m, m->objectives[o].id);
        }
    }
}

static void list_modules(struct ct_arena *a, struct ct_coverage *report)
{
    const struct ct_course *c = report->course;

    report->n_modules = c->n_modules;
    report->modules = ct_arena_array(a, struct ct_coverage_item, c->n_modules);
    for (size_t i = 0; i < c->n_modules; i++) {
        struct ct_coverage_item *item = &report->modules[i];
        item->module = c->modules[i];
        add_module(a, item, 1, c->modules[i]);
        item->n_graded = c->modules[i]->quiz ? c->modules[i]->quiz->n_questions : 0;
        item->n_questions = item->n_graded + c->modules[i]->n_practice;
    }
}

static void add_cases(struct ct_arena *a, const struct ct_catalogue *cat, const struct ct_course *c,
                      struct ct_coverage *report, size_t *cap)
{
    for (size_t i = 0; i < c->n_modules; i++) {
        const struct ct_scenario *sc = c->modules[i]->scenario;
        struct ct_coverage_case k = {.course = c, .module = c->modules[i]};
        size_t *chairs = ct_arena_array(a, size_t, cat->disciplines.n);
        if (!sc)
            continue;
        for (size_t d = 0; d < cat->disciplines.n; d++)
            if (sc->chairs & (ct_disc_set)1 << d)
                chairs[k.n_chairs++] = d;
        k.chairs = chairs;
        CT_ARENA_PUSH(a, report->cases, report->n_cases, *cap, k);
    }
}

void ct_coverage_items(struct ct_arena *a, const struct ct_catalogue *cat,
                       struct ct_coverage *report)
{
    size_t cap = 0, own;

    list_modules(a, report);
    list_objectives(a, report);
    add_cases(a, cat, report->course, report, &cap);
    own = report->n_cases;
    for (size_t i = 0; own == 0 && i < cat->n_courses; i++)
        if (cat->courses[i].required_for | cat->courses[i].recommended_for)
            add_cases(a, cat, &cat->courses[i], report, &cap);
}
