/*
 * view_terms.c: conditions of scenarios in words for their writer.
 */
#include "view_priv.h"

#include "ct/base/banned.h"

static const char *words_of(enum ct_compare op)
{
    switch (op) {
    case CT_LT:
        return "below";
    case CT_LE:
        return "at most";
    case CT_EQ:
        return "is";
    case CT_NE:
        return "is not";
    case CT_GE:
        return "at least";
    case CT_GT:
        return "above";
    }
    return "is";
}

struct ct_sv ct_view_condition(struct ct_arena *a, const struct ct_scenario *sc,
                               const struct ct_condition *c)
{
    struct ct_sv text = CT_SV_NULL;

    for (size_t i = 0; i < c->n; i++) {
        const struct ct_comparison *t = &c->tests[i];
        const struct ct_variable *var =
            t->variable < sc->n_variables ? &sc->variables[t->variable] : NULL;
        struct ct_sv value = var && var->is_flag ? (t->value ? CT_SV("yes") : CT_SV("no"))
                                                 : ct_arena_printf(a, "%d", t->value);
        text = ct_arena_printf(a, "%.*s%s%.*s %s %.*s", CT_SV_ARG(text),
                               i == 0   ? ""
                               : c->any ? " or "
                                        : " and ",
                               CT_SV_ARG(var ? var->name : CT_SV("?")), words_of(t->op),
                               CT_SV_ARG(value));
    }
    return text.n ? text : c->text;
}
