/*
 * scenario_idle.c: what a scenario has for nothing: variables that never leave an end of their
 * range, choices that are never open, effects that never change anything. Each is mostly a slip: a
 * forgotten effect, a condition that asks for more than can be had.
 */
#include "scenario_check_priv.h"

#include "labels_priv.h"

#include "ct/base/banned.h"

static void report_pinned(struct ct_findings *f)
{
    const struct ct_scenario *sc = f->s->sc;
    for (size_t v = 0; v < sc->n_variables; v++) {
        const struct ct_variable *var = &sc->variables[v];
        int low = var->start, high = var->start;
        for (size_t i = 0; i < f->n; i++) {
            low = f->found[i].lowest[v] < low ? f->found[i].lowest[v] : low;
            high = f->found[i].highest[v] > high ? f->found[i].highest[v] : high;
        }
        if (low != high || (low != var->low && low != var->high))
            continue;
        if (var->is_flag)
            ct_lift_problem_at(f->s->l, "W70", var->line, var->column,
                               "`%.*s` is %s in every way of playing; let a choice say `%.*s = "
                               "%s`, or take it out",
                               CT_SV_ARG(var->name), low != 0 ? "yes" : "no", CT_SV_ARG(var->name),
                               low != 0 ? "no" : "yes");
        else
            ct_lift_problem_at(f->s->l, "W70", var->line, var->column,
                               "`%.*s` stays at %d, one end of its range, in every way of "
                               "playing; let a choice move it, or take it out",
                               CT_SV_ARG(var->name), low);
    }
}

/* " if trust >= 2 and needs evidence >= 1", as far as there are such conditions. */
static struct ct_sv terms_of(struct ct_arena *a, const struct ct_choice *c)
{
    struct ct_sv out = CT_SV("");
    if (c->shown_if != NULL)
        out = ct_arena_printf(a, " `if %.*s`", CT_SV_ARG(ct_clip(c->shown_if->text)));
    if (c->needs != NULL)
        out = ct_arena_printf(a, "%.*s%s `needs %.*s`", CT_SV_ARG(out), out.n ? " and" : "",
                              CT_SV_ARG(ct_clip(c->needs->text)));
    return out;
}

/* The soonest that a chair which is offered the choice comes to its scene; NULL: none does. */
static const struct ct_path *way_of_offer(const struct ct_findings *f, size_t scene, size_t choice)
{
    const struct ct_path *best = NULL;
    for (size_t i = 0; i < f->n; i++) {
        const struct ct_path *way = &f->found[i].way[scene];
        if (f->found[i].offered[choice] && (best == NULL || way->n_steps < best->n_steps))
            best = way;
    }
    return best;
}

static bool is_opened(const struct ct_findings *f, size_t choice)
{
    for (size_t i = 0; i < f->n; i++)
        if (f->found[i].opened[choice])
            return true;
    return false;
}

static bool is_moved(const struct ct_findings *f, size_t effect)
{
    for (size_t i = 0; i < f->n; i++)
        if (f->found[i].moved[effect])
            return true;
    return false;
}

static void report_closed(struct ct_findings *f, size_t scene, const struct ct_choice *c,
                          const struct ct_path *way)
{
    struct ct_arena *a = f->s->l->arena;
    ct_lift_problem_at(f->s->l, "W72", c->line, 0,
                       "the choice \"%.*s\" can never be open: its scene \"%.*s\" is shown %.*s, "
                       "but%.*s holds there in no way of playing; ask for less, or let an earlier "
                       "choice give more",
                       CT_SV_ARG(ct_clip(c->plain)), CT_SV_ARG(ct_clip(f->s->scenes[scene].title)),
                       CT_SV_ARG(ct_findings_steps(a, way)), CT_SV_ARG(terms_of(a, c)));
}

static void report_unmoved(struct ct_findings *f, const struct ct_choice *c,
                           const struct ct_effect *e)
{
    const struct ct_variable *var = &f->s->sc->variables[e->variable];
    const char *why = e->set          ? "it has that value already"
                      : e->value == 0 ? "it adds nothing"
                      : e->value > 0  ? "it is at the upper end of its range already"
                                      : "it is at the lower end of its range already";
    ct_lift_problem_at(f->s->l, "W75", e->line, e->column,
                       "this effect of \"%.*s\" never changes `%.*s`: whenever the choice is "
                       "taken, %s; take the effect out, or see what comes before",
                       CT_SV_ARG(ct_clip(c->plain)), CT_SV_ARG(var->name), why);
}

/* A choice that is never taken says so itself; its effects need not. */
void ct_scenario_report_idle(struct ct_findings *f)
{
    size_t choice = 0, effect = 0;
    report_pinned(f);
    for (size_t scene = 0; scene < f->s->n_scenes; scene++) {
        for (size_t k = 0; k < f->s->scenes[scene].n_choices; k++, choice++) {
            const struct ct_choice *c = &f->s->scenes[scene].choices[k];
            const struct ct_path *way = way_of_offer(f, scene, choice);
            bool opened = is_opened(f, choice);
            if (way != NULL && !opened)
                report_closed(f, scene, c, way);
            for (size_t e = 0; e < c->n_effects; e++, effect++)
                if (opened && !is_moved(f, effect))
                    report_unmoved(f, c, &c->effects[e]);
        }
    }
}
