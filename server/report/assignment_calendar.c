/*
 * assignment_calendar.c: what is still to be done as a calendar of due days.
 */
#include "ct/report/assignment_group.h"

#include "ct/learn/site.h"
#include "ct/text/ics.h"

#include "ct/base/banned.h"

static bool is_open(enum ct_due_status status)
{
    switch (status) {
    case CT_DUE_NOT_STARTED:
    case CT_DUE_IN_PROGRESS:
    case CT_DUE_AWAITING:
    case CT_DUE_OVERDUE:
    case CT_DUE_EXPIRING:
    case CT_DUE_EXPIRED:
        return true;
    case CT_DUE_COMPLETED:
    case CT_DUE_UPDATE:
    case CT_DUE_EXEMPT:
    case CT_DUE_WITHDRAWN:
        break;
    }
    return false;
}

/* Person, requirement and the day on which the period began never change; a due day may. */
static struct ct_ics_day day_of(struct ct_arena *a, struct ct_sv site,
                                const struct ct_assignment *row, bool names)
{
    char began[CT_TIME_TEXT], since[CT_TIME_TEXT];
    struct ct_sv title = row->rule->title, name = row->person->name;
    const char *status = ct_due_status_name(row->period.status);

    return (struct ct_ics_day){
        .uid = ct_arena_printf(
            a, "%.*s.%s.r%lld.p%lld@%.*s.crosstrain", CT_SV_ARG(row->requirement->slug),
            ct_day_text(row->period.assigned, began), (long long)row->requirement->id,
            (long long)row->person->id, CT_SV_ARG(site)),
        .day = row->period.due,
        .summary = names ? ct_arena_printf(a, "Due: %.*s, %.*s", CT_SV_ARG(title), CT_SV_ARG(name))
                         : ct_arena_printf(a, "Due: %.*s", CT_SV_ARG(title)),
        .description = ct_arena_printf(a, "Status: %s since %s. %s", status,
                                       ct_day_text(row->period.status_on, since),
                                       ct_due_status_meaning(row->period.status)),
        .category = ct_sv_c(status)};
}

int ct_assignments_calendar(struct ct_db *db, struct ct_arena *a,
                            const struct ct_assignments *report, bool names, struct ct_str *out,
                            struct ct_err *err)
{
    struct ct_ics_day *days = ct_arena_array(a, struct ct_ics_day, report->n);
    struct ct_ics_calendar calendar = {
        .name = CT_SV("Training that is due"), .stamp = report->as_of, .days = days};
    struct ct_sv site;
    int r = ct_site_uid(db, a, &site, err);

    if (r < 0)
        return r;
    for (size_t i = 0; i < report->n; i++)
        if (is_open(report->rows[i].period.status) && report->rows[i].period.due != CT_DAY_NONE)
            days[calendar.n++] = day_of(a, site, &report->rows[i], names);
    return ct_ics_write(&calendar, out, err);
}
