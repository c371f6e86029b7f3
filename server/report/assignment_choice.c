/*
 * assignment_choice.c: what was asked of the assignment report in words, and its rows in the order
 * that was asked for.
 */
#include "ct/report/assignment_query.h"

#include <stdlib.h>

#include "ct/base/banned.h"

/* ---- words ---- */

struct naming {
    struct ct_arena *arena;
    const struct ct_assignment_query *q;
    const struct ct_scope *scope;
    const struct ct_assignments *report;
    const struct ct_catalogue *cat;
};

static struct ct_sv discipline_name(const struct naming *n, struct ct_sv slug)
{
    return n->cat ? ct_discipline_called(n->arena, &n->cat->disciplines, slug) : slug;
}

static struct ct_sv course_title(const struct naming *n, struct ct_sv slug)
{
    const struct ct_course *c = n->cat ? ct_catalogue_course(n->cat, slug) : NULL;

    for (size_t i = 0; !c && i < n->report->n_requirements; i++)
        if (ct_sv_eq(n->report->requirements[i].course, slug))
            return n->report->requirements[i].course_title;
    return c ? c->title : slug;
}

static struct ct_sv requirement_title(const struct naming *n, struct ct_sv slug)
{
    const struct ct_requirement *q =
        ct_requirement_find(n->report->requirements, n->report->n_requirements, slug);

    return q && q->n_rules ? ct_requirement_asking(q, ct_day_of(n->report->as_of))->title : slug;
}

static struct ct_sv person_name(const struct naming *n, struct ct_sv text)
{
    int64_t id = ct_assignment_query_person(n->q);

    for (size_t i = 0; i < n->report->n_people; i++)
        if (n->report->people[i]->id == id)
            return n->report->people[i]->name;
    return text;
}

static struct ct_sv org_name(const struct ct_org *o, struct ct_sv path)
{
    return o ? o->name : path;
}

/* Of a filter whose text is a name of something; null: the text says it. */
static struct ct_sv words_of(const struct naming *n, enum ct_ask ask, struct ct_sv text)
{
    switch (ask) {
    case CT_ASK_AGENCY:
        return org_name(n->scope->agency, text);
    case CT_ASK_UNIT:
        return org_name(n->scope->unit, text);
    case CT_ASK_TASK_FORCE:
        return org_name(n->scope->task_force, text);
    case CT_ASK_DISCIPLINE:
        return discipline_name(n, text);
    case CT_ASK_REQUIREMENT:
        return requirement_title(n, text);
    case CT_ASK_COURSE:
        return course_title(n, text);
    case CT_ASK_PERSON:
        return person_name(n, text);
    case CT_ASK_SUPERVISOR:
    case CT_ASK_STATUS:
    case CT_ASK_DUE_FROM:
    case CT_ASK_DUE_UNTIL:
    case CT_ASK_DUE_WITHIN:
    case CT_ASK_COMPLETED_FROM:
    case CT_ASK_COMPLETED_UNTIL:
    case CT_ASK_EXPIRES_WITHIN:
    case CT_ASK_CURRENT:
    case CT_ASK_INACTIVE:
    case CT_ASK_AS_OF:
    case CT_ASK_BY:
    case CT_ASK_THEN:
    case CT_ASK_SORT:
        break;
    }
    return CT_SV_NULL;
}

static struct ct_report_choice choice_of(const struct naming *n, enum ct_ask ask)
{
    struct ct_sv text = n->q->text[ask];
    struct ct_report_choice c = {.name = ct_ask_info(ask)->name, .label = ct_ask_info(ask)->label};

    if (text.n)
        c.value = text;
    if (ask == CT_ASK_CURRENT)
        c.text = ct_sv_eq_c(text, "no") ? CT_SV("Past ones too") : CT_SV("The present ones");
    else if (ask == CT_ASK_INACTIVE)
        c.text = ct_sv_eq_c(text, "yes") ? CT_SV("Too") : CT_SV("Left out");
    else if (ask == CT_ASK_AS_OF)
        c.text =
            text.n ? ct_arena_printf(n->arena, "The end of %.*s", CT_SV_ARG(text)) : CT_SV("Now");
    else if (ct_sv_eq_c(text, CT_ASSIGNMENT_NONE))
        c.text = CT_SV("None");
    else if (text.n)
        c.text = words_of(n, ask, text);
    return c;
}

void ct_assignment_choices(struct ct_arena *a, const struct ct_assignment_query *q,
                           const struct ct_scope *scope, const struct ct_assignments *report,
                           const struct ct_catalogue *cat, const struct ct_report_choice **ret,
                           size_t *ret_n)
{
    struct naming n = {a, q, scope, report, cat};
    struct ct_report_choice *all = ct_arena_array(a, struct ct_report_choice, CT_ASK_BY);

    for (int ask = 0; ask < CT_ASK_BY; ask++)
        all[ask] = choice_of(&n, (enum ct_ask)ask);
    /* A lead of one task force is shown that, also if nothing is wished for. */
    if (scope->task_force && !all[CT_ASK_TASK_FORCE].value.n) {
        all[CT_ASK_TASK_FORCE].value = scope->task_force->path;
        all[CT_ASK_TASK_FORCE].text = scope->task_force->name;
    }
    *ret = all;
    *ret_n = CT_ASK_BY;
}

/* ---- order ---- */

struct place {
    struct ct_assignment row;
    size_t at; /* before sorting, so that equal rows keep their order */
    struct ct_sv text;
    int day;
    enum ct_assignment_sort sort;
    bool descends;
};

static int day_to_sort(const struct ct_assignment *row, enum ct_assignment_sort sort)
{
    switch (sort) {
    case CT_SORT_DUE:
        return row->period.due;
    case CT_SORT_SINCE:
        return row->period.status_on;
    case CT_SORT_COMPLETED:
        return row->period.completed;
    case CT_SORT_EXPIRES:
        return row->period.expires;
    case CT_SORT_STATUS:
        return (int)row->period.status;
    case CT_SORT_REQUIREMENT:
    case CT_SORT_NAME:
    case CT_SORT_AGENCY:
    case CT_SORT_UNIT:
    case CT_SORT_DISCIPLINE:
    case CT_SORT_COURSE:
        break;
    }
    return 0;
}

static struct ct_sv text_to_sort(const struct ct_assignment *row, enum ct_assignment_sort sort)
{
    switch (sort) {
    case CT_SORT_AGENCY:
        return row->person->agency;
    case CT_SORT_UNIT:
        return row->person->unit;
    case CT_SORT_DISCIPLINE:
        return row->person->discipline;
    case CT_SORT_COURSE:
        return row->requirement->course;
    case CT_SORT_REQUIREMENT:
        return row->requirement->slug;
    case CT_SORT_NAME:
        return row->person->last_name;
    case CT_SORT_DUE:
    case CT_SORT_STATUS:
    case CT_SORT_SINCE:
    case CT_SORT_COMPLETED:
    case CT_SORT_EXPIRES:
        break;
    }
    return CT_SV("");
}

static int cmp_names(const struct place *a, const struct place *b)
{
    const struct ct_assignee *p = a->row.person, *q = b->row.person;
    int c = a->sort == CT_SORT_NAME ? ct_sv_cmp(p->first_name, q->first_name) : 0;

    if (c == 0 && a->sort == CT_SORT_NAME)
        c = (p->id > q->id) - (p->id < q->id);
    return c;
}

static int cmp_place(const void *pa, const void *pb)
{
    const struct place *a = pa, *b = pb;
    int c = (a->day == CT_DAY_NONE) - (b->day == CT_DAY_NONE); /* nothing comes last, always */

    if (c)
        return c;
    c = (a->day > b->day) - (a->day < b->day);
    if (c == 0)
        c = ct_sv_cmp(a->text, b->text);
    if (c == 0)
        c = cmp_names(a, b);
    if (c)
        return a->descends ? -c : c;
    return (a->at > b->at) - (a->at < b->at);
}

void ct_assignments_sort(struct ct_assignments *report, enum ct_assignment_sort sort, bool descends)
{
    CT_AUTO_ARENA a = CT_ARENA_INIT;
    struct place *places = ct_arena_array(&a, struct place, report->n);

    if (report->n == 0 || (sort == CT_SORT_REQUIREMENT && !descends))
        return;
    for (size_t i = 0; i < report->n; i++)
        places[i] = (struct place){.row = report->rows[i],
                                   .at = i,
                                   .text = text_to_sort(&report->rows[i], sort),
                                   .day = day_to_sort(&report->rows[i], sort),
                                   .sort = sort,
                                   .descends = descends};
    qsort(places, report->n, sizeof *places, cmp_place);
    for (size_t i = 0; i < report->n; i++)
        report->rows[i] = places[i].row;
}
