/*
 * asked.c: what is required of oneself, by one's agency or task force: reading it, and the list of
 * what is left to do.
 */
#include "asked_priv.h"
#include "view_priv.h"

#include "ct/base/banned.h"

int ct_asked_read(const struct ct_request *rq, struct ct_assignments *ret, struct ct_err *err)
{
    struct ct_assignment_filter own = CT_ASSIGNMENT_FILTER_INIT;

    *ret = (struct ct_assignments){.n = 0};
    if (!rq->session)
        return CT_OK;
    own.person = rq->session->person;
    own.alone = true;
    own.current = true;
    own.brief = true;
    return ct_assignments(rq->desk.db, rq->arena, ct_now(rq->desk.clock), &own, ret, err);
}

bool ct_asked_is_met(enum ct_due_status status)
{
    switch (status) {
    case CT_DUE_COMPLETED:
    case CT_DUE_EXEMPT:
        return true;
    case CT_DUE_NOT_STARTED:
    case CT_DUE_IN_PROGRESS:
    case CT_DUE_AWAITING:
    case CT_DUE_OVERDUE:
    case CT_DUE_EXPIRING:
    case CT_DUE_EXPIRED:
    case CT_DUE_UPDATE:
    case CT_DUE_WITHDRAWN:
        return false;
    }
    return false;
}

struct ct_sv ct_asked_href(const struct ct_request *rq, const struct ct_requirement *q)
{
    const struct ct_course *course = q->course.n ? ct_catalogue_course(rq->cat, q->course) : NULL;
    const struct ct_module *module =
        course && q->module.n ? ct_course_module_by_id(course, q->module) : NULL;

    if (module)
        return ct_href_module(rq, course, module);
    return course && q->kind == CT_REQUIREMENT_COURSE ? ct_href_course(rq, course) : CT_SV_NULL;
}

bool ct_asked_has_course(const struct ct_assignments *own, struct ct_sv course)
{
    for (size_t i = 0; i < own->n; i++) {
        const struct ct_assignment *row = &own->rows[i];
        if (row->requirement->kind == CT_REQUIREMENT_COURSE &&
            ct_sv_eq(row->requirement->course, course) && row->period.status != CT_DUE_EXEMPT &&
            row->period.status != CT_DUE_WITHDRAWN)
            return true;
    }
    return false;
}

json_t *ct_model_asked(const struct ct_request *rq, const struct ct_assignments *own)
{
    json_t *list = json_array();

    for (size_t i = 0; i < own->n; i++) {
        const struct ct_assignment *row = &own->rows[i];
        struct ct_sv href = ct_asked_href(rq, row->requirement);
        if (ct_asked_is_met(row->period.status) || row->period.status == CT_DUE_WITHDRAWN)
            continue;
        json_array_append_new(list, json_pack("{s:o, s:o, s:o, s:o}", "href",
                                              ct_json_sv(href.p ? href : CT_SV("/me/training")),
                                              "title", ct_json_sv(row->rule->title), "by",
                                              ct_view_on(row->period.due), "status",
                                              ct_view_due(row->period.status)));
    }
    return list;
}
