/*
 * today_group.c: what there is to look at today: the groups of the page Today, which the front page
 * of the reports counts too. Each is a choice of assignments, so it has an address. (What waits for
 * approval is no such choice: page_today.c.)
 */
#include "assignments_priv.h"

#include "ct/base/banned.h"

#define BIT(status) (1u << (status))

static const struct ct_today_group groups[] = {
    {"late", "Overdue and expired",
     "Not completed, or not renewed, by the day and its days of grace.",
     BIT(CT_DUE_OVERDUE) | BIT(CT_DUE_EXPIRED), false},
    {"soon", "Due in 30 days",
     "Not completed yet, and there is time left, at least by the days of grace.",
     BIT(CT_DUE_NOT_STARTED) | BIT(CT_DUE_IN_PROGRESS), true},
    {"expiring", "Expiring", "Completed before and still good; to be renewed by the day.",
     BIT(CT_DUE_EXPIRING), false},
};

const struct ct_today_group *ct_today_groups(size_t *ret_n)
{
    *ret_n = sizeof groups / sizeof groups[0];
    return groups;
}

bool ct_today_has(const struct ct_today_group *g, const struct ct_assignment *row)
{
    return (g->statuses & BIT(row->period.status)) &&
           (!g->soon || row->period.due <= row->person->day + CT_DUE_SOON);
}

struct ct_sv ct_today_href(const struct ct_request *rq, const struct ct_today_group *g,
                           const struct ct_scope *scope)
{
    struct ct_assignment_query q = {.text = {CT_SV_NULL}};
    struct ct_sv words = CT_SV("");

    for (int s = 0; s < CT_DUE_STATUSES; s++)
        if (g->statuses & BIT(s))
            words = ct_arena_printf(rq->arena, "%.*s%s%s", CT_SV_ARG(words), words.n ? "," : "",
                                    ct_due_status_name((enum ct_due_status)s));
    q.text[CT_ASK_STATUS] = words;
    if (g->soon)
        q.text[CT_ASK_DUE_WITHIN] = ct_arena_printf(rq->arena, "%d", CT_DUE_SOON);
    if (scope->agency)
        q.text[CT_ASK_AGENCY] = scope->agency->path;
    if (scope->unit)
        q.text[CT_ASK_UNIT] = scope->unit->path;
    if (scope->task_force)
        q.text[CT_ASK_TASK_FORCE] = scope->task_force->path;
    return ct_assignments_href(rq, "/reports/assignments", &q, 1);
}
