/*
 * scenario_check.c: what shows only when the whole scenario is there: circles of junctions, and
 * whatever exploring every state from every chair finds, which scenario_report.c and
 * scenario_idle.c put into words.
 */
#include "scenario_check_priv.h"

#include "labels_priv.h"

#include "ct/base/banned.h"

enum mark { NEW, OPEN, DONE };

/* Depth first among junctions; true if a rule leads back to one that is being looked at. */
static bool circles(const struct ct_scenario_lift *s, size_t at, enum mark *marks)
{
    if (at >= s->n_scenes || !s->scenes[at].is_junction || marks[at] == DONE)
        return false;
    if (marks[at] == OPEN)
        return true;
    marks[at] = OPEN;
    for (size_t i = 0; i < s->scenes[at].n_rules; i++)
        if (circles(s, s->scenes[at].rules[i].target, marks))
            return true;
    marks[at] = DONE;
    return false;
}

/* Nothing changes between junctions, so a circle of them could never be left. */
static void check_circles(struct ct_scenario_lift *s)
{
    enum mark *marks = ct_arena_array(s->l->arena, enum mark, s->n_scenes);
    for (size_t i = 0; i < s->n_scenes; i++) {
        if (!circles(s, i, marks))
            continue;
        ct_scenario_fault(s, "E63", s->headings[i],
                          "the junction \"%.*s\" leads back to itself through rules only; let one "
                          "of them lead to a scene that is shown",
                          CT_SV_ARG(ct_clip(s->scenes[i].title)));
        return; /* the marks of what was open are not to be trusted */
    }
}

/* Whether nothing in the scenario tells two chairs apart. */
static bool same_chair(const struct ct_scenario *sc, ct_disc_set a, ct_disc_set b)
{
    for (size_t i = 0; i < sc->n_scenes; i++) {
        const struct ct_scene *scene = &sc->scenes[i];
        for (size_t k = 0; k < scene->n_choices; k++)
            if (ct_disc_has(scene->choices[k].chairs, a) !=
                ct_disc_has(scene->choices[k].chairs, b))
                return false;
        for (size_t k = 0; k < scene->n_rules; k++)
            if (ct_disc_has(scene->rules[k].chairs, a) != ct_disc_has(scene->rules[k].chairs, b))
                return false;
    }
    for (size_t i = 0; i < sc->n_watches; i++)
        if (ct_disc_has(sc->watches[i].chairs, a) != ct_disc_has(sc->watches[i].chairs, b))
            return false;
    return true;
}

static int explore_chair(struct ct_findings *f, ct_disc_set chair, struct ct_err *err)
{
    size_t at = f->n++;
    f->chairs[at] = chair;
    for (size_t i = 0; i < at; i++) {
        if (same_chair(f->s->sc, f->chairs[i], chair)) {
            f->found[at] = f->found[i];
            return CT_OK;
        }
    }
    return ct_scenario_explore(f->s->l->arena, f->s->sc, chair, 0, &f->found[at], err);
}

static int explore_all(struct ct_findings *f, struct ct_err *err)
{
    if (f->s->sc->chairs == CT_DISC_ALL)
        return explore_chair(f, CT_DISC_ALL, err);
    for (unsigned i = 0; i < CT_DISCIPLINES_MAX; i++) {
        ct_disc_set chair = (ct_disc_set)1 << i;
        if ((f->s->sc->chairs & chair) == 0)
            continue;
        int r = explore_chair(f, chair, err);
        if (r < 0)
            return r;
    }
    return CT_OK;
}

int ct_scenario_check(struct ct_scenario_lift *s, struct ct_err *err)
{
    struct ct_findings f = {.s = s, .complete = true};
    check_circles(s);
    if (s->broken || s->n_scenes == 0 || s->l->plain)
        return CT_OK;
    int r = explore_all(&f, err);
    if (r < 0)
        return r;
    for (size_t i = 0; i < f.n; i++)
        f.complete = f.complete && f.found[i].complete;
    ct_scenario_report(&f);
    if (f.complete)
        ct_scenario_report_idle(&f);
    return CT_OK;
}
