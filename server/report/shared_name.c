/*
 * shared_name.c: what is said of somebody whose name a reader is told by a task force alone. The
 * one place for all reports; who that is, ct_org_scope decides (org.h).
 */
#include "assignment_priv.h"

#include "ct/base/banned.h"

/* What was written by hand about training is the agency's business. That outside training was
 * approved is no more than its status. */
static void share_trainings(struct ct_someone *p)
{
    for (size_t i = 0; i < p->n_trainings; i++) {
        struct ct_training *t = &p->trainings[i];
        t->reason = t->evidence = CT_SV("");
        if (!ct_shared_name_covers(t->kind))
            t->approved_by = CT_SV("");
    }
    for (size_t i = 0; i < p->n_imported; i++)
        p->imported[i].source = p->imported[i].evidence = CT_SV("");
}

void ct_someone_share(struct ct_someone *p)
{
    struct ct_assignee *who = &p->who;

    who->by_task_force = true;
    who->unit = who->task_forces = who->employer_id = who->supervisor = CT_SV("");
    who->licence_body = who->licence_no = CT_SV("");
    who->hired = CT_DAY_NONE;
    share_trainings(p);
}

void ct_everybody_share(const struct ct_everybody *all, const struct ct_scope *scope)
{
    for (size_t i = 0; scope && scope->is_limited && i < scope->n; i++) {
        struct ct_someone *p =
            scope->people[i].by_task_force ? ct_everybody_find(all, scope->people[i].id) : NULL;
        if (p)
            ct_someone_share(p);
    }
}

bool ct_shared_name_covers(enum ct_training_kind kind)
{
    switch (kind) {
    case CT_TRAINING_CREDIT:
        return true;
    case CT_TRAINING_WAIVER:
    case CT_TRAINING_LEAVE:
        break;
    }
    return false;
}
