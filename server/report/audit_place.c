/*
 * audit_place.c: tables of an audit pack about agencies, units and task forces: which there were at
 * the end of the period, and what was closed, opened again and moved in it.
 */
#include "audit_priv.h"

#include "ct/learn/org_change.h"

#include "ct/base/banned.h"

#define N_OF(list) (sizeof(list) / sizeof(list)[0])

static bool is_below(const struct ct_scope *s, const struct ct_org *o, const struct ct_org *above)
{
    while (o && o->id != above->id)
        o = o->parent ? ct_org_by_id(s->choices, s->n_choices, o->parent) : NULL;
    return o != NULL;
}

/* Of what was asked for, and there by the end of the period. */
static bool is_told(const struct ct_pack *p, const struct ct_org *o)
{
    const struct ct_scope *s = &p->scope;
    bool any = s->agency || s->unit || s->task_force;

    if (o->at > p->as_of)
        return false;
    if (s->task_force && s->task_force->id == o->id)
        return true;
    if (s->unit)
        return is_below(s, o, s->unit);
    if (s->agency)
        return o->id == s->agency->id || o->agency == s->agency->id;
    return !any;
}

static struct ct_sv path_of(const struct ct_scope *s, int64_t id)
{
    const struct ct_org *o = id ? ct_org_by_id(s->choices, s->n_choices, id) : NULL;

    return o ? o->path : CT_SV("");
}

static int write_place(struct ct_pack_table *file, const struct ct_org *o, struct ct_err *err)
{
    struct ct_pack *p = file->pack;
    const struct ct_sv cells[] = {o->path,
                                  ct_sv_c(ct_org_kind_name(o->kind)),
                                  o->name,
                                  path_of(&p->scope, o->parent),
                                  o->time_zone,
                                  o->fiscal_month ? ct_pack_number(p->arena, o->fiscal_month)
                                                  : CT_SV(""),
                                  o->closed_on.p ? o->closed_on : CT_SV(""),
                                  ct_pack_moment(p->arena, o->at)};

    return ct_pack_table_row(file, cells, err);
}

int ct_pack_places(struct ct_pack *p, struct ct_err *err)
{
    static const char *const columns[] = {"path",      "kind",         "name",      "below",
                                          "time_zone", "fiscal_month", "closed_on", "recorded_at"};
    const struct ct_scope *s = &p->scope;
    struct ct_pack_table file;
    int r = ct_pack_table_begin(p, &file, "agencies-and-units.csv", columns, N_OF(columns), err);

    for (size_t i = 0; i < s->n_choices && r == CT_OK; i++)
        if (is_told(p, &s->choices[i]))
            r = write_place(&file, &s->choices[i], err);
    int ended = ct_pack_table_end(&file, err);
    return r < 0 ? r : ended;
}

static const char *what_of(const struct ct_org_past *past)
{
    switch (past->what) {
    case CT_ORG_CLOSED:
        return "closed";
    case CT_ORG_REOPENED:
        return "opened again";
    case CT_ORG_MOVED:
        break;
    }
    return "moved";
}

static int write_change(struct ct_pack_table *file, const struct ct_org *o,
                        const struct ct_org_past *past, struct ct_err *err)
{
    struct ct_pack *p = file->pack;
    bool moved = past->what == CT_ORG_MOVED;
    const struct ct_sv cells[] = {o->path,
                                  ct_sv_c(ct_org_kind_name(o->kind)),
                                  ct_sv_c(what_of(past)),
                                  moved ? path_of(&p->scope, past->below ? past->below : o->agency)
                                        : CT_SV(""),
                                  past->on,
                                  past->note,
                                  ct_pack_moment(p->arena, past->at),
                                  past->by_name};

    return ct_pack_table_row(file, cells, err);
}

int ct_pack_place_changes(struct ct_pack *p, struct ct_err *err)
{
    static const char *const columns[] = {"path",    "kind", "change",      "below",
                                          "on_date", "note", "recorded_at", "recorded_by"};
    const struct ct_scope *s = &p->scope;
    struct ct_org_past *pasts;
    struct ct_pack_table file;
    size_t n;
    int r = ct_org_pasts(p->q->db, p->arena, p->as_of, &pasts, &n, err);

    if (r < 0)
        return r;
    r = ct_pack_table_begin(p, &file, "changes-of-units.csv", columns, N_OF(columns), err);
    for (size_t i = 0; i < n && r == CT_OK; i++) {
        const struct ct_org *o = ct_org_by_id(s->choices, s->n_choices, pasts[i].org);
        int on = CT_DAY_NONE, recorded = ct_day_of(pasts[i].at);
        ct_day_parse(pasts[i].on, &on);
        if (o && is_told(p, o) &&
            ((on >= p->q->from && on <= p->q->until) ||
             (recorded >= p->q->from && recorded <= p->q->until)))
            r = write_change(&file, o, &pasts[i], err);
    }
    int ended = ct_pack_table_end(&file, err);
    return r < 0 ? r : ended;
}
