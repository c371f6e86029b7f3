/*
 * scenario_make.h: scenarios out of tables, without any Markdown, for the tests of the engine.
 */
#ifndef CT_TEST_SCENARIO_MAKE_H
#define CT_TEST_SCENARIO_MAKE_H

#include "ct_test.h"

#include "../../../server/course/condition_priv.h"

enum make_row_kind {
    ROW_VARIABLE, /* text: "trust = 1 (0 to 3)" */
    ROW_WATCH,    /* text: condition, or NULL; target */
    ROW_SCENE,    /* text: anchor */
    ROW_CHOICE,   /* text; target; chips of the choice, separated by commas */
    ROW_JUNCTION, /* text: anchor */
    ROW_RULE,     /* text: condition, or NULL; target */
    ROW_ENDING    /* text: anchor; chips: "pass", "fail" or "pass if …" */
};

struct make_row {
    enum make_row_kind kind;
    const char *text, *target, *chips;
    ct_disc_set chairs; /* 0: everybody */
};

enum { P = 1, C = 2, A = 4 }; /* prosecutor, caseworker, advocate */

/* Format.md's example, "The motel call". */
static const struct make_row make_motel[] = {
    {ROW_VARIABLE, "trust = 1 (0 to 3)", NULL, NULL, 0},
    {ROW_VARIABLE, "safety = 2 (0 to 3)", NULL, NULL, 0},
    {ROW_VARIABLE, "evidence = 0 (0 to 3)", NULL, NULL, 0},
    {ROW_WATCH, "safety <= 0", "ending-the-trafficker-is-warned", NULL, 0},
    {ROW_SCENE, "first-words", NULL, NULL, 0},
    {ROW_CHOICE, "Tell her she is not in trouble; offer food", "the-phone", "trust +1", 0},
    {ROW_CHOICE, "Ask who the man in the car is", "the-phone", "trust -1, evidence +1", 0},
    {ROW_CHOICE, "Call the number that keeps ringing her", "the-phone", "safety -2", P | C},
    {ROW_SCENE, "the-phone", NULL, NULL, 0},
    {ROW_CHOICE, "Ask whether an advocate may sit with her", "the-plan",
     "needs trust >= 1, trust +1, safety +1", 0},
    {ROW_CHOICE, "Preserve the phone and ask for a warrant", "the-plan", "evidence +2", 0},
    {ROW_CHOICE, "Read her messages now", "ending-suppressed", "trust -1", P | C},
    {ROW_SCENE, "the-plan", NULL, NULL, 0},
    {ROW_CHOICE, "Place her in the first open bed", "ending-she-runs", "if trust <= 1", 0},
    {ROW_CHOICE, "Write the safety plan with her", "ending-a-plan-she-chose", "if trust >= 2", 0},
    {ROW_CHOICE, "Go back and give her time", "first-words", "once, trust +1", 0},
    {ROW_ENDING, "ending-a-plan-she-chose", NULL, "pass if safety >= 2 and evidence >= 1", 0},
    {ROW_ENDING, "ending-she-runs", NULL, "fail", 0},
    {ROW_ENDING, "ending-suppressed", NULL, "fail", 0},
    {ROW_ENDING, "ending-the-trafficker-is-warned", NULL, "fail", 0},
};

struct maker {
    struct ct_arena *arena;
    const struct make_row *rows;
    size_t n_rows;
    struct ct_variables variables;
    int n_once;
};

static inline const struct ct_condition *make_condition(struct maker *m, struct ct_sv text)
{
    struct ct_chip_fault fault = {NULL, CT_SV_NULL};
    const struct ct_condition *c = ct_condition_parse(m->arena, &m->variables, text, &fault);
    if (c == NULL)
        fail_msg("%.*s", CT_SV_ARG(fault.text));
    return c;
}

static inline size_t make_target(const struct maker *m, const char *anchor)
{
    size_t scene = 0;
    for (size_t i = 0; i < m->n_rows; i++) {
        enum make_row_kind k = m->rows[i].kind;
        if (k != ROW_SCENE && k != ROW_JUNCTION && k != ROW_ENDING)
            continue;
        if (strcmp(m->rows[i].text, anchor) == 0)
            return scene;
        scene++;
    }
    fail_msg("no scene %s", anchor);
    return 0;
}

static inline void make_chip(struct maker *m, struct ct_sv chip, struct ct_choice *c,
                             struct ct_effect *effects)
{
    struct ct_chip_fault fault = {NULL, CT_SV_NULL};
    struct ct_sv rest;
    enum ct_chip_kind kind = ct_chip_kind_of(chip, &rest);
    if (kind == CT_CHIP_IF)
        c->shown_if = make_condition(m, rest);
    else if (kind == CT_CHIP_NEEDS)
        c->needs = make_condition(m, rest);
    else if (kind == CT_CHIP_ONCE)
        c->once = m->n_once++;
    else if (ct_effect_parse(m->arena, &m->variables, rest, &effects[c->n_effects], &fault))
        c->n_effects++;
    else
        fail_msg("%.*s", CT_SV_ARG(fault.text));
}

static inline struct ct_choice make_choice(struct maker *m, const struct make_row *row)
{
    struct ct_effect *effects = ct_arena_array(m->arena, struct ct_effect, 4);
    struct ct_choice c = {.plain = ct_sv_c(row->text),
                          .html = ct_sv_c(row->text),
                          .target = make_target(m, row->target),
                          .chairs = row->chairs != 0 ? row->chairs : CT_DISC_ALL,
                          .once = -1,
                          .effects = effects};
    struct ct_sv rest = ct_sv_c(row->chips);
    struct ct_sv chip;
    while (ct_sv_split(&rest, ',', &chip))
        make_chip(m, ct_sv_trim(chip), &c, effects);
    return c;
}

static inline struct ct_rule make_rule(struct maker *m, const struct make_row *row)
{
    return (struct ct_rule){.when =
                                row->text != NULL ? make_condition(m, ct_sv_c(row->text)) : NULL,
                            .chairs = row->chairs != 0 ? row->chairs : CT_DISC_ALL,
                            .target = make_target(m, row->target)};
}

static inline void make_outcome(struct maker *m, const char *chips, struct ct_scene *s)
{
    struct ct_sv rest;
    enum ct_chip_kind kind = ct_chip_kind_of(ct_sv_c(chips), &rest);
    s->is_ending = true;
    s->outcome = kind == CT_CHIP_PASS ? CT_PASS : kind == CT_CHIP_FAIL ? CT_FAIL : CT_PASS_IF;
    if (kind == CT_CHIP_PASS_IF)
        s->pass_if = make_condition(m, rest);
}

/* The rows from i on that are of one kind. */
static inline size_t make_run(const struct maker *m, size_t i, enum make_row_kind kind)
{
    size_t n = 0;
    while (i + n < m->n_rows && m->rows[i + n].kind == kind)
        n++;
    return n;
}

static inline struct ct_rule *make_rules(struct maker *m, size_t i, size_t n)
{
    struct ct_rule *rules = ct_arena_array(m->arena, struct ct_rule, n);
    for (size_t k = 0; k < n; k++)
        rules[k] = make_rule(m, &m->rows[i + k]);
    return rules;
}

static inline struct ct_scene make_scene(struct maker *m, size_t i)
{
    struct ct_scene s = {.anchor = ct_sv_c(m->rows[i].text), .title = ct_sv_c(m->rows[i].text)};
    if (m->rows[i].kind == ROW_ENDING)
        make_outcome(m, m->rows[i].chips, &s);
    if (m->rows[i].kind == ROW_JUNCTION) {
        s.is_junction = true;
        s.n_rules = make_run(m, i + 1, ROW_RULE);
        s.rules = make_rules(m, i + 1, s.n_rules);
    }
    if (m->rows[i].kind == ROW_SCENE) {
        s.n_choices = make_run(m, i + 1, ROW_CHOICE);
        struct ct_choice *choices = ct_arena_array(m->arena, struct ct_choice, s.n_choices);
        for (size_t k = 0; k < s.n_choices; k++)
            choices[k] = make_choice(m, &m->rows[i + 1 + k]);
        s.choices = choices;
    }
    return s;
}

static inline struct ct_scenario *make_scenario(struct ct_arena *a, const struct make_row *rows,
                                                size_t n_rows)
{
    struct maker m = {.arena = a, .rows = rows, .n_rows = n_rows};
    struct ct_scenario *sc = ct_arena_new(a, struct ct_scenario);
    struct ct_variable *variables = ct_arena_array(a, struct ct_variable, CT_VARS_MAX);
    struct ct_scene *scenes = ct_arena_array(a, struct ct_scene, n_rows);
    struct ct_chip_fault fault = {NULL, CT_SV_NULL};
    for (size_t i = 0; i < n_rows; i++)
        if (rows[i].kind == ROW_VARIABLE)
            assert_true(ct_variable_parse(a, ct_sv_c(rows[i].text),
                                          &m.variables.items[m.variables.n++], &fault));
    for (size_t i = 0; i < n_rows; i++) {
        enum make_row_kind k = rows[i].kind;
        if (k == ROW_WATCH && sc->n_watches == 0) {
            sc->n_watches = make_run(&m, i, ROW_WATCH);
            sc->watches = make_rules(&m, i, sc->n_watches);
        }
        if (k == ROW_SCENE || k == ROW_JUNCTION || k == ROW_ENDING)
            scenes[sc->n_scenes++] = make_scene(&m, i);
    }
    memcpy(variables, m.variables.items, sizeof m.variables.items);
    sc->variables = variables;
    sc->n_variables = m.variables.n;
    sc->scenes = scenes;
    sc->chairs = CT_DISC_ALL;
    return sc;
}

#define MAKE(a, rows) make_scenario((a), (rows), sizeof(rows) / sizeof((rows)[0]))

static inline size_t make_scene_index(const struct ct_scenario *sc, const char *anchor)
{
    for (size_t i = 0; i < sc->n_scenes; i++)
        if (ct_sv_eq_c(sc->scenes[i].anchor, anchor))
            return i;
    fail_msg("no scene %s", anchor);
    return 0;
}

#endif
