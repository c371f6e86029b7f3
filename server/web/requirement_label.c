/*
 * requirement_label.c: what a requirement is called where several are: its title, and where another
 * has the same, what parts them: whom it asks, so far as the reader may choose that, and since
 * when.
 */
#include "pages_priv.h"
#include "requirements_priv.h"
#include "view_priv.h"

#include "ct/base/limits.h"

#include "ct/base/banned.h"

static bool is_alone(const struct ct_requirement *all, size_t n, const struct ct_requirement *q,
                     struct ct_sv title, int day)
{
    for (size_t i = 0; i < n; i++)
        if (all[i].id != q->id && all[i].n_rules &&
            ct_sv_eq(ct_requirement_asking(&all[i], day)->title, title))
            return false;
    return true;
}

static void add(struct ct_str *text, struct ct_sv part)
{
    ct_str_add_c(text, ", ");
    ct_str_add_sv(text, part);
}

static void add_whom(const struct ct_request *rq, const struct ct_scope *scope,
                     const struct ct_requirement_rule *rule, struct ct_str *text)
{
    const struct ct_disciplines *known = &rq->cat->disciplines;

    if (rule->everybody)
        add(text, CT_SV("everybody"));
    for (size_t i = 0; i < rule->n_disciplines; i++) {
        int d = ct_discipline_find(known, rule->disciplines[i]);
        add(text, d < 0 ? ct_discipline_name_of(rq->arena, rule->disciplines[i])
                        : known->items[d].plural);
    }
    for (size_t i = 0; scope && i < rule->n_orgs; i++) {
        const struct ct_org *o = ct_org_by_id(scope->choices, scope->n_choices, rule->orgs[i]);
        if (o)
            add(text, o->name);
    }
}

struct ct_sv ct_requirement_label(const struct ct_request *rq, const struct ct_scope *scope,
                                  const struct ct_requirement *all, size_t n,
                                  const struct ct_requirement *q, struct ct_sv title, int day)
{
    CT_AUTO_STR text = CT_STR_INIT(CT_PAGE_MAX);

    if (is_alone(all, n, q, title, day))
        return title;
    ct_str_add_sv(&text, title);
    add_whom(rq, scope, ct_requirement_asking(q, day), &text);
    json_t *since = ct_view_on(q->rules[0].due.from);
    ct_str_add_c(&text, ", since ");
    ct_str_add_sv(&text, ct_json_get_sv(since, "long"));
    json_decref(since);
    return ct_arena_dup(rq->arena, ct_str_sv(&text));
}
