/*
 * scenario_naive.h: an interpreter of scenarios for tests alone, written from the format's
 * description and sharing no code with the program's player, explorer or checker. It keeps a plain
 * list of the states it has met and asks again and again until nothing changes.
 */
#ifndef CT_TEST_SCENARIO_NAIVE_H
#define CT_TEST_SCENARIO_NAIVE_H

#include "ct_test.h"

#include "ct/course/module.h"

enum { NAIVE_STATES = 6000, NAIVE_CHOICES = 16, NAIVE_BUCKETS = 4096 };

struct naive_state {
    size_t scene;
    int values[CT_VARS_MAX];
    bool used[CT_ONCE_MAX];
    size_t distance;
    bool dead, out; /* no open choice; an ending or a dead end can still be reached */
    size_t next[NAIVE_CHOICES], n_next;
    size_t chain; /* the next state of the same bucket, plus 1 */
};

struct naive {
    const struct ct_scenario *sc;
    ct_disc_set chair;
    struct naive_state *states;
    size_t n;
    size_t buckets[NAIVE_BUCKETS]; /* plus 1 */
    /* what is found is joined over the chairs */
    bool met[CT_SCENES_MAX], dead_in[CT_SCENES_MAX];
    bool round_in[CT_SCENES_MAX]; /* of each chair, where the nearest endless state is */
    bool has_round;
    bool offered[CT_SCENES_MAX][NAIVE_CHOICES], opened[CT_SCENES_MAX][NAIVE_CHOICES];
    bool moved[CT_SCENES_MAX][NAIVE_CHOICES][8];
    bool off_low[CT_VARS_MAX], off_high[CT_VARS_MAX]; /* was seen away from that end */
    bool passes;                                      /* from the chair looked at */
    ct_disc_set no_pass;                              /* chairs that cannot pass */
};

static inline bool naive_compare(int x, enum ct_compare op, int y)
{
    return (op == CT_LT && x < y) || (op == CT_LE && x <= y) || (op == CT_EQ && x == y) ||
           (op == CT_NE && x != y) || (op == CT_GE && x >= y) || (op == CT_GT && x > y);
}

static inline bool naive_holds(const struct ct_condition *c, const int *values)
{
    size_t true_ones = 0;
    if (c == NULL)
        return true;
    for (size_t i = 0; i < c->n; i++)
        true_ones += naive_compare(values[c->tests[i].variable], c->tests[i].op, c->tests[i].value);
    return c->any && c->n > 0 ? true_ones > 0 : true_ones == c->n;
}

static inline bool naive_sits(const struct naive *n, ct_disc_set set)
{
    return set == CT_DISC_ALL || (set & n->chair) != 0;
}

static inline const struct ct_rule *naive_rule(const struct naive *n, const struct ct_rule *rules,
                                               size_t n_rules, const int *values)
{
    for (size_t i = 0; i < n_rules; i++)
        if (naive_sits(n, rules[i].chairs) && naive_holds(rules[i].when, values))
            return &rules[i];
    return NULL;
}

/* Through junctions to a scene that is shown. */
static inline size_t naive_arrive(struct naive *n, size_t scene, const int *values)
{
    for (;;) {
        n->met[scene] = true;
        if (!n->sc->scenes[scene].is_junction)
            return scene;
        const struct ct_rule *r =
            naive_rule(n, n->sc->scenes[scene].rules, n->sc->scenes[scene].n_rules, values);
        assert_non_null(r);
        scene = r->target;
    }
}

static inline void naive_see_values(struct naive *n, const int *values)
{
    for (size_t v = 0; v < n->sc->n_variables; v++) {
        n->off_low[v] = n->off_low[v] || values[v] != n->sc->variables[v].low;
        n->off_high[v] = n->off_high[v] || values[v] != n->sc->variables[v].high;
    }
}

static inline bool naive_same(const struct naive_state *a, const struct naive_state *b)
{
    return a->scene == b->scene && memcmp(a->values, b->values, sizeof a->values) == 0 &&
           memcmp(a->used, b->used, sizeof a->used) == 0;
}

/* The place of a state in the list, where it is put if it is new. */
static inline size_t naive_place(struct naive *n, const struct naive_state *s)
{
    size_t sum = s->scene;
    for (size_t i = 0; i < CT_VARS_MAX; i++)
        sum = sum * 31 + (size_t)(s->values[i] + 1000);
    size_t *bucket = &n->buckets[sum % NAIVE_BUCKETS];
    for (size_t at = *bucket; at != 0; at = n->states[at - 1].chain)
        if (naive_same(&n->states[at - 1], s))
            return at - 1;
    assert_true(n->n < NAIVE_STATES);
    n->states[n->n] = *s;
    n->states[n->n].chain = *bucket;
    *bucket = n->n + 1;
    return n->n++;
}

static inline bool naive_is_open(const struct naive *n, const struct ct_choice *c,
                                 const struct naive_state *s)
{
    return naive_sits(n, c->chairs) && naive_holds(c->shown_if, s->values) &&
           naive_holds(c->needs, s->values) && (c->once < 0 || !s->used[c->once]);
}

/* The state behind a choice, not yet in the list. */
static inline struct naive_state naive_after(struct naive *n, const struct naive_state *s,
                                             size_t choice)
{
    const struct ct_choice *c = &n->sc->scenes[s->scene].choices[choice];
    struct naive_state t = {.distance = s->distance + 1};
    memcpy(t.values, s->values, sizeof t.values);
    memcpy(t.used, s->used, sizeof t.used);
    if (c->once >= 0)
        t.used[c->once] = true;
    for (size_t e = 0; e < c->n_effects; e++) {
        const struct ct_effect *f = &c->effects[e];
        const struct ct_variable *v = &n->sc->variables[f->variable];
        int x = f->set ? f->value : t.values[f->variable] + f->value;
        if (x > v->high)
            x = v->high;
        if (x < v->low)
            x = v->low;
        if (x != t.values[f->variable])
            n->moved[s->scene][choice][e] = true;
        t.values[f->variable] = x;
    }
    const struct ct_rule *watch = naive_rule(n, n->sc->watches, n->sc->n_watches, t.values);
    t.scene = naive_arrive(n, watch != NULL ? watch->target : c->target, t.values);
    return t;
}

static inline bool naive_end(struct naive *n, const struct naive_state *s)
{
    const struct ct_scene *scene = &n->sc->scenes[s->scene];
    naive_see_values(n, s->values);
    if (!scene->is_ending)
        return false;
    if (scene->outcome == CT_PASS ||
        (scene->outcome == CT_PASS_IF && naive_holds(scene->pass_if, s->values)))
        n->passes = true;
    return true;
}

static inline void naive_look(struct naive *n, size_t at)
{
    const struct ct_scene *scene = &n->sc->scenes[n->states[at].scene];
    size_t where = n->states[at].scene;
    bool any = false;
    assert_true(scene->n_choices <= NAIVE_CHOICES);
    for (size_t i = 0; i < scene->n_choices; i++) {
        assert_true(scene->choices[i].n_effects <= 8);
        if (naive_sits(n, scene->choices[i].chairs))
            n->offered[where][i] = true;
        if (!naive_is_open(n, &scene->choices[i], &n->states[at]))
            continue;
        any = true;
        n->opened[where][i] = true;
        struct naive_state t = naive_after(n, &n->states[at], i);
        if (naive_end(n, &t)) {
            n->states[at].out = true;
            continue;
        }
        size_t to = naive_place(n, &t);
        n->states[at].next[n->states[at].n_next++] = to;
    }
    if (!any) {
        n->states[at].dead = n->states[at].out = true;
        n->dead_in[where] = true;
    }
}

/* Whoever leads to a state with a way out has one, over and over until nothing changes. */
static inline void naive_rounds(struct naive *n)
{
    bool changed = true;
    size_t nearest = SIZE_MAX;
    while (changed) {
        changed = false;
        for (size_t i = 0; i < n->n; i++)
            for (size_t k = 0; k < n->states[i].n_next && !n->states[i].out; k++)
                if (n->states[n->states[i].next[k]].out)
                    changed = n->states[i].out = true;
    }
    for (size_t i = 0; i < n->n; i++)
        if (!n->states[i].out && n->states[i].distance < nearest)
            nearest = n->states[i].distance;
    for (size_t i = 0; i < n->n; i++)
        if (!n->states[i].out && n->states[i].distance == nearest)
            n->has_round = n->round_in[n->states[i].scene] = true;
}

static inline void naive_chair(struct naive *n, ct_disc_set chair)
{
    struct naive_state s = {.distance = 0};
    n->chair = chair;
    n->n = 0;
    n->passes = false;
    memset(n->buckets, 0, sizeof n->buckets);
    for (size_t v = 0; v < n->sc->n_variables; v++)
        s.values[v] = n->sc->variables[v].start;
    s.scene = naive_arrive(n, n->sc->start, s.values);
    if (!naive_end(n, &s))
        naive_place(n, &s);
    for (size_t i = 0; i < n->n; i++) /* the list grows while it is gone through */
        naive_look(n, i);
    naive_rounds(n);
    if (!n->passes)
        n->no_pass |= chair;
}

/* From every chair that the scenario has. `states` has room for NAIVE_STATES. */
static inline void naive_explore(struct naive *n, const struct ct_scenario *sc,
                                 struct naive_state *states)
{
    memset(n, 0, sizeof *n);
    n->sc = sc;
    n->states = states;
    if (sc->chairs == CT_DISC_ALL) {
        naive_chair(n, CT_DISC_ALL);
        return;
    }
    for (unsigned i = 0; i < 32; i++)
        if ((sc->chairs >> i & 1u) != 0)
            naive_chair(n, (ct_disc_set)1 << i);
}

#endif
