/*
 * import_place.c: agencies, units and task forces as a line of an import names them.
 */
#include "import_priv.h"

#include "ct/base/banned.h"

int64_t ct_import_org(struct ct_import *im, enum ct_org_kind kind, const char *column,
                      struct ct_sv path)
{
    const struct ct_org *o = ct_org_find(im->orgs, im->n_orgs, kind, path);

    if (!o && path.n)
        ct_import_complain(im, column,
                           kind == CT_ORG_AGENCY ? "there is no such agency; make it first"
                                                 : "there is no such task force; make it first");
    return o ? o->id : 0;
}

const struct ct_org *ct_import_unit(struct ct_import *im, struct ct_sv agency, int64_t agency_id,
                                    struct ct_sv unit)
{
    bool is_short = ct_sv_find(unit, '/') == SIZE_MAX;
    struct ct_sv path =
        is_short ? ct_arena_printf(im->scratch, "%.*s/%.*s", CT_SV_ARG(agency), CT_SV_ARG(unit))
                 : unit;
    const struct ct_org *o = ct_org_find(im->orgs, im->n_orgs, CT_ORG_UNIT, path);

    if (!o)
        ct_import_complain(im, "unit",
                           agency.n || !is_short
                               ? "there is no such unit in this agency"
                               : "a unit needs its agency, in the column agency or as in "
                                 "alder-dcs/intake");
    if (!o || !agency_id || agency_id == o->agency)
        return o;
    ct_import_complain(im, "unit", "this unit is of another agency");
    return NULL;
}
