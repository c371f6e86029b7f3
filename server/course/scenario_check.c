/*
 * scenario_check.c: what shows only when the whole scenario is there: circles of junctions, scenes
 * that nobody reaches, dead ends, loops, endings out of reach. Each is said in the trainer's own
 * words: the choices that lead there.
 */
#include "scenario_lift_priv.h"

#include "labels_priv.h"

#include "ct/base/banned.h"

enum { CHAIRS_MAX = CT_DISCIPLINES_MAX, STEPS_TEXT_MAX = 400 };

/* What exploring found from each chair. */
struct findings {
    struct ct_scenario_lift *s;
    ct_disc_set chairs[CHAIRS_MAX]; /* one discipline each; or one of CT_DISC_ALL */
    struct ct_exploration found[CHAIRS_MAX];
    size_t n;
};

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

static int explore_chair(struct findings *f, ct_disc_set chair, struct ct_err *err)
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

static int explore_all(struct findings *f, struct ct_err *err)
{
    if (f->s->sc->chairs == CT_DISC_ALL)
        return explore_chair(f, CT_DISC_ALL, err);
    for (unsigned i = 0; i < CHAIRS_MAX; i++) {
        ct_disc_set chair = (ct_disc_set)1 << i;
        if ((f->s->sc->chairs & chair) == 0)
            continue;
        int r = explore_chair(f, chair, err);
        if (r < 0)
            return r;
    }
    return CT_OK;
}

/* " for prosecutors", " from the chair of …": nothing where it is so for everybody. */
static struct ct_sv chairs_text(const struct findings *f, ct_disc_set set)
{
    struct ct_arena *a = f->s->l->arena;
    if (set == CT_DISC_ALL || set == f->s->sc->chairs)
        return CT_SV("");
    return ct_arena_printf(a, " for %.*s",
                           CT_SV_ARG(ct_discipline_set_name(a, f->s->l->disciplines, set)));
}

/* "at the start", or the choices that lead there. */
static struct ct_sv steps_text(struct ct_arena *a, const struct ct_path *path)
{
    CT_AUTO_STR out = CT_STR_INIT(2 * STEPS_TEXT_MAX);
    if (path->n_steps == 0)
        return CT_SV("at the start");
    ct_str_add_c(&out, "after ");
    for (size_t i = 0; i < path->n_steps; i++) {
        if (out.n > STEPS_TEXT_MAX) {
            ct_str_addf(&out, " and %zu more", path->n_steps - i);
            break;
        }
        ct_str_addf(&out, "%s\"%.*s\"", i > 0 ? ", " : "", CT_SV_ARG(ct_clip(path->steps[i])));
    }
    return ct_arena_dup(a, ct_str_sv(&out));
}

static bool same_path(const struct ct_path *a, const struct ct_path *b)
{
    if (a->found != b->found || a->scene != b->scene || a->n_steps != b->n_steps)
        return false;
    for (size_t i = 0; i < a->n_steps; i++)
        if (!ct_sv_eq(a->steps[i], b->steps[i]))
            return false;
    return true;
}

static const struct ct_path *path_of(const struct ct_exploration *x, bool stuck)
{
    return stuck ? &x->stuck : &x->loop;
}

/* Says each fault once, with all the chairs that meet it in the same way. */
static void report_paths(struct findings *f, bool stuck)
{
    struct ct_scenario_lift *s = f->s;
    for (size_t i = 0; i < f->n; i++) {
        const struct ct_path *path = path_of(&f->found[i], stuck);
        ct_disc_set set = CT_DISC_NONE;
        bool said = !path->found;
        for (size_t k = 0; k < f->n && !said; k++) {
            if (!same_path(path, path_of(&f->found[k], stuck)))
                continue;
            said = k < i;
            set |= f->chairs[k];
        }
        if (said)
            continue;
        struct ct_sv scene = ct_clip(s->scenes[path->scene].title);
        struct ct_sv chairs = chairs_text(f, set);
        struct ct_sv steps = steps_text(s->l->arena, path);
        if (stuck)
            ct_scenario_fault(s, "E62", s->headings[path->scene],
                              "the scene \"%.*s\" has no open choice%.*s %.*s; give it one that is "
                              "always open",
                              CT_SV_ARG(scene), CT_SV_ARG(chairs), CT_SV_ARG(steps));
        else
            ct_scenario_fault(s, "E63", s->headings[path->scene],
                              "from the scene \"%.*s\" no ending can be reached any more%.*s %.*s: "
                              "the choices go round for ever; let one of them lead out",
                              CT_SV_ARG(scene), CT_SV_ARG(chairs), CT_SV_ARG(steps));
    }
}

static void report_passing(struct findings *f)
{
    ct_disc_set set = CT_DISC_NONE;
    for (size_t i = 0; i < f->n; i++)
        if (f->found[i].complete && !f->found[i].can_pass)
            set |= f->chairs[i];
    if (set == CT_DISC_NONE)
        return;
    struct ct_sv chairs = chairs_text(f, set);
    ct_scenario_fault(f->s, "E64", f->s->title,
                      "passing is impossible%.*s, whatever is chosen; see which endings have "
                      "`pass`, and what their conditions ask for",
                      CT_SV_ARG(chairs));
}

static void report_unreached(struct findings *f)
{
    struct ct_scenario_lift *s = f->s;
    for (size_t scene = 0; scene < s->n_scenes; scene++) {
        bool reached = false;
        for (size_t i = 0; i < f->n && !reached; i++)
            reached = f->found[i].reached[scene] || !f->found[i].complete;
        if (!reached)
            ct_lift_problem(s->l, "W61", s->headings[scene],
                            "the scene \"%.*s\" is never reached%s; lead a choice or rule to "
                            "`#%.*s`, or see whether its conditions ever hold",
                            CT_SV_ARG(ct_clip(s->scenes[scene].title)),
                            f->n > 1 ? ", from no chair" : "", CT_SV_ARG(s->scenes[scene].anchor));
    }
}

static void report_unproved(struct findings *f)
{
    ct_disc_set set = CT_DISC_NONE;
    for (size_t i = 0; i < f->n; i++)
        if (!f->found[i].complete)
            set |= f->chairs[i];
    if (set == CT_DISC_NONE)
        return;
    struct ct_sv chairs = chairs_text(f, set);
    ct_lift_problem(f->s->l, "W69", f->s->title,
                    "not proved%.*s: the scenario has more than %d states, and only so many were "
                    "looked at, so that a dead end may be among the rest; give the variables "
                    "smaller ranges, or fewer choices `once`",
                    CT_SV_ARG(chairs), CT_EXPLORE_MAX);
}

int ct_scenario_check(struct ct_scenario_lift *s, struct ct_err *err)
{
    struct findings f = {.s = s};
    check_circles(s);
    if (s->broken || s->n_scenes == 0)
        return CT_OK;
    int r = explore_all(&f, err);
    if (r < 0)
        return r;
    report_paths(&f, true);
    report_paths(&f, false);
    report_passing(&f);
    report_unreached(&f);
    report_unproved(&f);
    return CT_OK;
}
