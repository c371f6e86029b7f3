/*
 * options.c: what a field of a report's form offers to choose from.
 */
#include "filters_priv.h"
#include "people_priv.h"

#include "ct/base/banned.h"

void ct_offer(struct ct_options *o, struct ct_sv value, struct ct_sv title)
{
    bool selected = value.n && ct_sv_eq(value, o->chosen);

    o->has_chosen = o->has_chosen || selected;
    json_array_append_new(o->list, json_pack("{s:o, s:o, s:b}", "value", ct_json_sv(value), "title",
                                             ct_json_sv(title), "selected", selected));
}

void ct_offer_orgs(struct ct_options *o, struct ct_arena *a, const struct ct_scope *scope,
                   enum ct_org_kind kind)
{
    for (size_t i = 0; scope && i < scope->n_choices; i++) {
        const struct ct_org *org = &scope->choices[i];
        if (org->kind == kind && (!org->closed_on.p || ct_sv_eq(org->path, o->chosen)))
            ct_offer(o, org->path, ct_org_title(a, scope->choices, scope->n_choices, org));
    }
}
