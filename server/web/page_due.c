/*
 * page_due.c: what is still to be done as a calendar file: of whom a manager sees, and of oneself.
 */
#include "asked_priv.h"
#include "assignments_priv.h"

#include "ct/base/banned.h"

bool ct_calendar_is_asked(const struct ct_request *rq)
{
    return ct_sv_ends(rq->path, CT_SV(".ics"));
}

int ct_calendar_send(struct ct_request *rq, struct ct_response *rs,
                     const struct ct_assignments *report, bool names, struct ct_err *err)
{
    int r = ct_assignments_calendar(rq->desk.db, rq->arena, report, names, &rs->body, err);

    if (r < 0)
        return r;
    rs->content_type = "text/calendar; charset=utf-8";
    rs->disposition = CT_SV("attachment; filename=\"due.ics\"");
    return CT_OK;
}

int ct_get_due_calendar(struct ct_request *rq, struct ct_response *rs, struct ct_err *err)
{
    struct ct_assignments report;
    int r = ct_asked_read(rq, &report, err);

    return r < 0 ? r : ct_calendar_send(rq, rs, &report, false, err);
}
