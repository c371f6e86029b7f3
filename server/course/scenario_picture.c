/*
 * scenario_picture.c: a scenario for the eye: its scenes, what leads where, and what exploring
 * found about it. The same facts serve the list that stands beside the drawing.
 */
#include "ct/course/scenario_picture.h"

#include "ct/base/limits.h"
#include "ct/text/graph.h"
#include "ct/text/url.h"

#include "ct/base/banned.h"

enum { TITLE_MAX = 4096 };

/* ---- facts ---- */

static enum ct_scene_role role_of(const struct ct_scene *s)
{
    if (s->is_junction)
        return CT_ROLE_JUNCTION;
    if (!s->is_ending)
        return CT_ROLE_SCENE;
    switch (s->outcome) {
    case CT_PASS:
        return CT_ROLE_GOOD;
    case CT_FAIL:
        return CT_ROLE_BAD;
    case CT_PASS_IF:
        return CT_ROLE_OPEN;
    }
    return CT_ROLE_OPEN;
}

static void add_term(struct ct_str *out, const char *key, const struct ct_condition *c)
{
    if (c == NULL)
        return;
    ct_str_addf(out, "%s%s ", out->n > 0 ? ", " : "", key);
    ct_str_add_sv(out, c->text);
}

static struct ct_sv kept(struct ct_arena *a, const struct ct_str *terms)
{
    return terms->n > 0 ? ct_arena_dup(a, ct_str_sv(terms)) : CT_SV_NULL;
}

/* As a trainer writes it: "trust +1", "told = yes". */
static void add_effect(struct ct_str *out, const struct ct_scenario *sc, const struct ct_effect *e)
{
    const struct ct_variable *v = &sc->variables[e->variable];
    ct_str_addf(out, "%s%.*s ", out->n > 0 ? ", " : "", CT_SV_ARG(v->name));
    if (!e->set)
        ct_str_addf(out, "%+d", e->value);
    else if (v->is_flag)
        ct_str_add_c(out, e->value ? "= yes" : "= no");
    else
        ct_str_addf(out, "= %d", e->value);
}

static struct ct_scene_link link_of_choice(struct ct_arena *a, const struct ct_scenario *sc,
                                           const struct ct_choice *c)
{
    CT_AUTO_STR terms = CT_STR_INIT(TITLE_MAX);
    add_term(&terms, "if", c->shown_if);
    add_term(&terms, "needs", c->needs);
    if (c->once >= 0)
        ct_str_addf(&terms, "%sonce", terms.n > 0 ? ", " : "");
    for (size_t i = 0; i < c->n_effects; i++)
        add_effect(&terms, sc, &c->effects[i]);
    return (struct ct_scene_link){.target = c->target,
                                  .text = c->plain,
                                  .terms = kept(a, &terms),
                                  .chairs = c->chairs,
                                  .line = c->line};
}

static struct ct_scene_link link_of_rule(struct ct_arena *a, const struct ct_scenario *sc,
                                         const struct ct_rule *r)
{
    CT_AUTO_STR terms = CT_STR_INIT(TITLE_MAX);
    add_term(&terms, "when", r->when);
    return (struct ct_scene_link){.target = r->target,
                                  .text = r->target < sc->n_scenes ? sc->scenes[r->target].title
                                                                   : CT_SV_NULL,
                                  .terms = kept(a, &terms),
                                  .chairs = r->chairs,
                                  .is_rule = true,
                                  .line = r->line};
}

static struct ct_scene_link *rules_of(struct ct_arena *a, const struct ct_scenario *sc,
                                      const struct ct_rule *rules, size_t n)
{
    struct ct_scene_link *links = ct_arena_array(a, struct ct_scene_link, n);
    for (size_t i = 0; i < n; i++)
        links[i] = link_of_rule(a, sc, &rules[i]);
    return links;
}

static void describe(struct ct_arena *a, const struct ct_scenario *sc,
                     struct ct_scenario_picture *p)
{
    *p = (struct ct_scenario_picture){.scenario = sc, .n = sc->n_scenes};
    p->scenes = ct_arena_array(a, struct ct_scene_info, sc->n_scenes);
    for (size_t i = 0; i < sc->n_scenes; i++) {
        const struct ct_scene *s = &sc->scenes[i];
        struct ct_scene_info *info = &p->scenes[i];
        *info = (struct ct_scene_info){.scene = i, .role = role_of(s)};
        info->n_links = s->is_junction ? s->n_rules : s->n_choices;
        if (s->is_junction) {
            info->links = rules_of(a, sc, s->rules, s->n_rules);
            continue;
        }
        info->links = ct_arena_array(a, struct ct_scene_link, s->n_choices);
        for (size_t k = 0; k < s->n_choices; k++)
            info->links[k] = link_of_choice(a, sc, &s->choices[k]);
    }
    p->watches = rules_of(a, sc, sc->watches, sc->n_watches);
    p->n_watches = sc->n_watches;
}

/* What one chair's exploration adds; `unreached` and `never_open` are taken back by any chair that
 * does reach or open. */
static void join(struct ct_scenario_picture *p, const struct ct_exploration *x, bool *offered)
{
    size_t choice = 0;
    p->complete = p->complete && x->complete;
    p->n_states = x->n_states > p->n_states ? x->n_states : p->n_states;
    for (size_t i = 0; i < p->n; i++) {
        struct ct_scene_info *info = &p->scenes[i];
        if (x->reached[i])
            info->unreached = false;
        if (x->stuck_in[i].found || x->lost_in[i])
            info->stuck = true;
        if (!info->way.found)
            info->way = x->way[i];
        for (size_t k = 0; k < p->scenario->scenes[i].n_choices; k++, choice++) {
            offered[choice] = offered[choice] || x->offered[choice];
            if (x->opened[choice])
                info->links[k].never_open = false;
        }
    }
}

static int explore(struct ct_arena *a, const struct ct_scenario *sc, ct_disc_set chair,
                   struct ct_scenario_picture *p, bool *offered, struct ct_err *err)
{
    struct ct_exploration x;
    int r;
    if (chair != CT_DISC_ALL || sc->chairs == CT_DISC_ALL) {
        if ((r = ct_scenario_explore(a, sc, chair, 0, &x, err)) == CT_OK)
            join(p, &x, offered);
        return r;
    }
    for (unsigned i = 0; i < CT_DISCIPLINES_MAX; i++) {
        ct_disc_set one = sc->chairs & (ct_disc_set)1 << i;
        if (one == CT_DISC_NONE)
            continue;
        if ((r = ct_scenario_explore(a, sc, one, 0, &x, err)) < 0)
            return r;
        join(p, &x, offered);
    }
    return CT_OK;
}

int ct_scenario_picture(struct ct_arena *a, const struct ct_scenario *sc, ct_disc_set chair,
                        struct ct_scenario_picture *ret, struct ct_err *err)
{
    struct ct_scenario_picture found;
    size_t n_choices = 0;
    describe(a, sc, ret);
    describe(a, sc, &found);
    found.complete = true;
    for (size_t i = 0; i < found.n; i++) {
        found.scenes[i].unreached = true;
        for (size_t k = 0; k < sc->scenes[i].n_choices; k++, n_choices++)
            found.scenes[i].links[k].never_open = true;
    }
    bool *offered = ct_arena_array(a, bool, n_choices);
    int r = explore(a, sc, chair, &found, offered, err);
    if (r < 0)
        return r;
    size_t choice = 0;
    for (size_t i = 0; i < found.n; i++) { /* what was not found may be there where it stopped */
        found.scenes[i].unreached = found.scenes[i].unreached && found.complete;
        for (size_t k = 0; k < sc->scenes[i].n_choices; k++, choice++) {
            struct ct_scene_link *l = &found.scenes[i].links[k];
            l->never_open = l->never_open && offered[choice] && found.complete;
        }
    }
    *ret = found;
    return CT_OK;
}

/* ---- drawing ---- */

static const struct {
    const char *css, *words;
    enum ct_graph_shape shape;
} roles[] = {
    [CT_ROLE_SCENE] = {"scene", "scene", CT_SHAPE_BOX},
    [CT_ROLE_JUNCTION] = {"scene-junction", "junction", CT_SHAPE_DIAMOND},
    [CT_ROLE_GOOD] = {"scene-good", "ending, passed", CT_SHAPE_ROUND},
    [CT_ROLE_BAD] = {"scene-bad", "ending, not passed", CT_SHAPE_ROUND},
    [CT_ROLE_OPEN] = {"scene-open", "ending, passed on a condition", CT_SHAPE_ROUND},
};

struct canvas {
    struct ct_arena *arena;
    const struct ct_scenario_picture *picture;
    struct ct_graph_node *nodes;
    struct ct_graph_edge *edges;
    size_t n_nodes, n_edges, cap_edges;
};

static struct ct_graph_node node_of(struct canvas *c, size_t i, struct ct_sv href_prefix)
{
    const struct ct_scene_info *info = &c->picture->scenes[i];
    const struct ct_scene *s = &c->picture->scenario->scenes[i];
    bool start = i == c->picture->scenario->start;
    CT_AUTO_STR href = CT_STR_INIT(CT_URL_MAX);
    ct_str_add_sv(&href, href_prefix);
    ct_url_add_segment(&href, s->anchor);
    return (struct ct_graph_node){
        .label = s->title,
        .title = ct_arena_printf(c->arena, "%.*s: %s%s%s%s", CT_SV_ARG(s->title),
                                 roles[info->role].words, start ? ", the start" : "",
                                 info->unreached ? ", never reached" : "",
                                 info->stuck ? ", some ways get stuck here" : ""),
        .href = ct_arena_dup(c->arena, ct_str_sv(&href)),
        .css =
            ct_arena_printf(c->arena, "%s%s%s%s", roles[info->role].css, start ? " is-start" : "",
                            info->unreached ? " is-unreached" : "", info->stuck ? " is-stuck" : ""),
        .shape = roles[info->role].shape};
}

static void add_link_text(struct ct_str *out, const struct ct_scene_link *l)
{
    if (out->n > 0)
        ct_str_add_c(out, "; ");
    ct_str_add_sv(out, l->text);
    if (l->terms.n > 0) {
        ct_str_add_c(out, " (");
        ct_str_add_sv(out, l->terms);
        ct_str_add_c(out, ")");
    }
    if (l->chairs != CT_DISC_ALL) /* whose, the picture does not know */
        ct_str_add_c(out, " – for some chairs");
    if (l->never_open)
        ct_str_add_c(out, " – never open");
}

/* One line for all links from a node to the same scene, told apart in its title. */
static void add_edges(struct canvas *c, size_t from, const struct ct_scene_link *links, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        CT_AUTO_STR title = CT_STR_INIT(CT_SCENES_MAX * TITLE_MAX);
        bool first = true, rules = true, never = true;
        for (size_t k = 0; k < i; k++)
            first = first && links[k].target != links[i].target;
        if (!first || links[i].target >= c->picture->n)
            continue;
        for (size_t k = i; k < n; k++) {
            if (links[k].target != links[i].target)
                continue;
            add_link_text(&title, &links[k]);
            rules = rules && links[k].is_rule;
            never = never && links[k].never_open;
        }
        struct ct_graph_edge e = {.from = from,
                                  .to = links[i].target,
                                  .title = ct_arena_dup(c->arena, ct_str_sv(&title)),
                                  .css = never ? CT_SV("is-never-open") : CT_SV_NULL,
                                  .dashed = rules || never};
        CT_ARENA_PUSH(c->arena, c->edges, c->n_edges, c->cap_edges, e);
    }
}

int ct_scenario_svg(const struct ct_scenario_picture *p, struct ct_sv href_prefix,
                    struct ct_str *out, struct ct_err *err)
{
    CT_AUTO_ARENA scratch = CT_ARENA_INIT;
    struct canvas c = {.arena = &scratch, .picture = p};
    c.nodes = ct_arena_array(&scratch, struct ct_graph_node, p->n + 1);
    for (c.n_nodes = 0; c.n_nodes < p->n; c.n_nodes++) {
        c.nodes[c.n_nodes] = node_of(&c, c.n_nodes, href_prefix);
        add_edges(&c, c.n_nodes, p->scenes[c.n_nodes].links, p->scenes[c.n_nodes].n_links);
    }
    if (p->n_watches > 0) { /* they lead away from every scene: a place of their own */
        c.nodes[c.n_nodes] =
            (struct ct_graph_node){.label = CT_SV("After any choice"),
                                   .title = CT_SV("After any choice: rules of the whole scenario"),
                                   .css = CT_SV("scene-watch"),
                                   .shape = CT_SHAPE_DIAMOND};
        add_edges(&c, c.n_nodes++, p->watches, p->n_watches);
    }
    return ct_graph_svg(c.nodes, c.n_nodes, c.edges, c.n_edges,
                        CT_SV("The scenes of the scenario and what leads where"), out, err);
}
