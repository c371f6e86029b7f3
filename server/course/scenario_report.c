/*
 * scenario_report.c: which ways of playing a scenario go wrong, said in the trainer's own words:
 * the choices that lead there. Nothing is said never to happen where the proof is not complete.
 */
#include "scenario_check_priv.h"

#include "labels_priv.h"

#include "ct/base/banned.h"

enum { STEPS_TEXT_MAX = 400 };

struct ct_sv ct_findings_chairs(const struct ct_findings *f, ct_disc_set set)
{
    struct ct_arena *a = f->s->l->arena;
    if (set == CT_DISC_ALL || set == f->s->sc->chairs)
        return CT_SV("");
    return ct_arena_printf(a, " for %.*s",
                           CT_SV_ARG(ct_discipline_set_name(a, f->s->l->disciplines, set)));
}

struct ct_sv ct_findings_steps(struct ct_arena *a, const struct ct_path *path)
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

const struct ct_path *ct_findings_way(const struct ct_findings *f, size_t scene)
{
    const struct ct_path *best = NULL;
    for (size_t i = 0; i < f->n; i++) {
        const struct ct_path *way = &f->found[i].way[scene];
        if (way->found && (best == NULL || way->n_steps < best->n_steps))
            best = way;
    }
    return best;
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

/* The path that shows a fault from chair i: no open choice in `scene`, or (scene n_scenes) a
 * loop. */
static const struct ct_path *path_of(const struct ct_findings *f, size_t i, size_t scene)
{
    return scene < f->s->n_scenes ? &f->found[i].stuck_in[scene] : &f->found[i].loop;
}

static void say_path(struct ct_findings *f, const struct ct_path *path, bool stuck, ct_disc_set set)
{
    struct ct_scenario_lift *s = f->s;
    struct ct_sv scene = ct_clip(s->scenes[path->scene].title);
    struct ct_sv chairs = ct_findings_chairs(f, set);
    struct ct_sv steps = ct_findings_steps(s->l->arena, path);
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

/* Says each fault once, with all the chairs that meet it in the same way. */
static void report_paths(struct ct_findings *f, size_t scene)
{
    for (size_t i = 0; i < f->n; i++) {
        const struct ct_path *path = path_of(f, i, scene);
        ct_disc_set set = CT_DISC_NONE;
        bool said = !path->found;
        for (size_t k = 0; k < f->n && !said; k++) {
            if (!same_path(path, path_of(f, k, scene)))
                continue;
            said = k < i;
            set |= f->chairs[k];
        }
        if (!said)
            say_path(f, path, scene < f->s->n_scenes, set);
    }
}

/* The ending with a condition that is reached soonest, for whoever cannot pass; SIZE_MAX: none. */
static size_t nearest_condition(const struct ct_findings *f, size_t chair)
{
    size_t best = SIZE_MAX;
    const struct ct_path *way = f->found[chair].way;
    for (size_t i = 0; i < f->s->n_scenes; i++) {
        const struct ct_scene *scene = &f->s->scenes[i];
        if (scene->is_ending && scene->outcome == CT_PASS_IF && way[i].found &&
            (best == SIZE_MAX || way[i].n_steps < way[best].n_steps))
            best = i;
    }
    return best;
}

static void report_passing(struct ct_findings *f)
{
    struct ct_scenario_lift *s = f->s;
    ct_disc_set set = CT_DISC_NONE;
    size_t first = f->n;
    for (size_t i = 0; i < f->n; i++) {
        if (!f->found[i].complete || f->found[i].can_pass)
            continue;
        set |= f->chairs[i];
        first = first < f->n ? first : i;
    }
    if (set == CT_DISC_NONE)
        return;
    struct ct_sv chairs = ct_findings_chairs(f, set);
    size_t ending = nearest_condition(f, first);
    if (ending == SIZE_MAX) {
        ct_scenario_fault(s, "E64", s->title,
                          "passing is impossible%.*s, whatever is chosen: no ending with `pass` "
                          "is ever reached; lead a choice or rule to one",
                          CT_SV_ARG(chairs));
        return;
    }
    struct ct_sv steps = ct_findings_steps(s->l->arena, &f->found[first].way[ending]);
    ct_scenario_fault(s, "E64", s->title,
                      "passing is impossible%.*s, whatever is chosen: \"%.*s\" is reached %.*s, "
                      "but `pass if %.*s` never holds there; ask for less, or let a choice give "
                      "more",
                      CT_SV_ARG(chairs), CT_SV_ARG(ct_clip(s->scenes[ending].title)),
                      CT_SV_ARG(steps), CT_SV_ARG(ct_clip(s->scenes[ending].pass_if->text)));
}

/* What leads to a scene that is never reached, though its own scene is: the choice's or rule's
 * scene, or NULL. */
static const struct ct_path *way_beside(const struct ct_findings *f, size_t target)
{
    const struct ct_path *best = NULL;
    for (size_t i = 0; i < f->s->n_scenes; i++) {
        const struct ct_scene *scene = &f->s->scenes[i];
        const struct ct_path *way = ct_findings_way(f, i);
        bool leads = false;
        for (size_t k = 0; k < scene->n_choices && !leads; k++)
            leads = scene->choices[k].target == target;
        for (size_t k = 0; k < scene->n_rules && !leads; k++)
            leads = scene->rules[k].target == target;
        if (leads && way != NULL && (best == NULL || way->n_steps < best->n_steps))
            best = way;
    }
    return best;
}

static void report_unreached(struct ct_findings *f)
{
    struct ct_scenario_lift *s = f->s;
    for (size_t scene = 0; scene < s->n_scenes; scene++) {
        if (ct_findings_way(f, scene) != NULL)
            continue;
        struct ct_sv title = ct_clip(s->scenes[scene].title);
        const char *nobody = f->n > 1 ? ", from no chair" : "";
        const struct ct_path *near = way_beside(f, scene);
        if (near == NULL)
            ct_lift_problem(s->l, "W61", s->headings[scene],
                            "the scene \"%.*s\" is never reached%s: nothing that is reached leads "
                            "there; lead a choice or rule to `#%.*s`",
                            CT_SV_ARG(title), nobody, CT_SV_ARG(s->scenes[scene].anchor));
        else
            ct_lift_problem(s->l, "W61", s->headings[scene],
                            "the scene \"%.*s\" is never reached%s: \"%.*s\", %.*s, would lead to "
                            "`#%.*s`, but not on any way of playing; see what is asked for there",
                            CT_SV_ARG(title), nobody,
                            CT_SV_ARG(ct_clip(s->scenes[near->scene].title)),
                            CT_SV_ARG(ct_findings_steps(s->l->arena, near)),
                            CT_SV_ARG(s->scenes[scene].anchor));
    }
}

static void report_unproved(struct ct_findings *f)
{
    ct_disc_set set = CT_DISC_NONE;
    size_t states = 0;
    size_t depth = SIZE_MAX;
    for (size_t i = 0; i < f->n; i++) {
        if (f->found[i].complete)
            continue;
        set |= f->chairs[i];
        states = f->found[i].n_states > states ? f->found[i].n_states : states;
        depth = f->found[i].depth < depth ? f->found[i].depth : depth;
    }
    if (set == CT_DISC_NONE)
        return;
    struct ct_sv chairs = ct_findings_chairs(f, set);
    ct_lift_problem(f->s->l, "W69", f->s->title,
                    "not proved%.*s: the scenario has more than %zu states, and only so many were "
                    "looked at: every way of up to %zu choice%s, and longer ones in part; a dead "
                    "end may be among the rest; give the variables smaller ranges, or fewer "
                    "choices `once`",
                    CT_SV_ARG(chairs), states, depth, depth == 1 ? "" : "s");
}

void ct_scenario_report(struct ct_findings *f)
{
    for (size_t scene = 0; scene <= f->s->n_scenes; scene++)
        report_paths(f, scene);
    report_passing(f);
    if (f->complete)
        report_unreached(f);
    report_unproved(f);
}
