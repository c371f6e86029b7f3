/*
 * ct/course/scenario.h: a branching case, and the machine that plays it. Pure: state in, state out.
 *
 * A scenario has variables with ranges (flags are variables from 0 to 1), scenes, rules. The
 * learner sits in a chair, which is a discipline. Entering a scene: after a choice its effects are
 * applied (clamped to the range), then the `when` rules of the whole scenario are looked at, then
 * the choice's target is entered; a junction is left at once by the first of its rules that holds.
 */
#ifndef CT_COURSE_SCENARIO_H
#define CT_COURSE_SCENARIO_H

#include "ct/base/err.h"
#include "ct/course/block.h"
#include "ct/course/problem.h"
#include "ct/text/json.h"

enum { CT_VARS_MAX = 16, CT_SCENES_MAX = 400, CT_ONCE_MAX = 64 };

struct ct_variable {
    struct ct_sv name; /* as written: "trust" */
    bool is_flag;      /* no = 0, yes = 1; not shown to learners as a gauge */
    int start, low, high;
    int line, column; /* where it is declared */
};

enum ct_compare { CT_LT, CT_LE, CT_EQ, CT_NE, CT_GE, CT_GT };

struct ct_condition {
    bool any; /* joined by `or`; else by `and` */
    struct ct_comparison {
        size_t variable;
        enum ct_compare op;
        int value;
    } * tests;
    size_t n;          /* 0: always holds */
    struct ct_sv text; /* as written, for the trainer; readable: "trust at least 1" via _reason() */
};

struct ct_effect {
    size_t variable;
    bool set; /* to value; else add value */
    int value;
    int line, column; /* where it stands */
};

struct ct_choice {
    struct ct_sv html, plain;
    size_t target;                       /* scene index */
    ct_disc_set chairs;                  /* for:; CT_DISC_ALL without */
    const struct ct_condition *shown_if; /* if …; NULL: always */
    const struct ct_condition *needs;    /* needs …: shown greyed with its reason when it fails */
    int once;                            /* bit of ct_state.used, -1: any number of times */
    const struct ct_effect *effects;
    size_t n_effects;
    struct ct_sv consequence_html; /* or null */
    int line;
};

struct ct_rule {
    const struct ct_condition *when; /* NULL: always */
    ct_disc_set chairs;
    size_t target;
    struct ct_sv html;
    int line;
};

enum ct_outcome { CT_FAIL, CT_PASS, CT_PASS_IF };

struct ct_scene {
    struct ct_sv anchor; /* "first-words", "ending-she-runs" */
    struct ct_sv title_html, title;
    int line;
    const struct ct_block *blocks; /* an ending's passages are its debrief */
    size_t n_blocks;
    const struct ct_choice *choices;
    size_t n_choices;
    bool is_junction;
    const struct ct_rule *rules; /* junction */
    size_t n_rules;
    bool is_ending;
    enum ct_outcome outcome;            /* ending */
    const struct ct_condition *pass_if; /* CT_PASS_IF */
};

struct ct_scenario {
    const struct ct_variable *variables;
    size_t n_variables;
    const struct ct_scene *scenes;
    size_t n_scenes;
    size_t start;                  /* scene index; may be a junction */
    const struct ct_rule *watches; /* `when` rules of the whole scenario */
    size_t n_watches;
    const struct ct_block *intro; /* what stands under the title */
    size_t n_intro;
    ct_disc_set chairs; /* where a junction seats learners: those that `for:` names; else all that
                           the scenario names; CT_DISC_ALL if it names none */
};

struct ct_state {
    size_t scene;
    int variables[CT_VARS_MAX];
    uint64_t used; /* once-choices taken */
};

bool ct_condition_holds(const struct ct_condition *c, const struct ct_state *s); /* NULL: true */

/* Why a condition does not hold, in words for a learner: "needs trust of at least 1; it is 0",
 * "needs told to be yes", "needs trust of at least 2 and safety of at least 1; trust is 1, safety
 * is 0". Only the comparisons that fail are named; empty if it holds. */
struct ct_sv ct_condition_reason(struct ct_arena *a, const struct ct_scenario *sc,
                                 const struct ct_condition *c, const struct ct_state *s);

/* The first scene that is shown from a chair. CT_INTERNAL only for a scenario with errors. */
int ct_scenario_start(const struct ct_scenario *sc, ct_disc_set chair, struct ct_state *ret,
                      struct ct_err *err);

enum ct_openness {
    CT_CHOICE_HIDDEN,
    CT_CHOICE_CLOSED,
    CT_CHOICE_OPEN
}; /* closed: greyed, `needs` fails */

/* How choice i of the current scene stands. Hidden: another chair's, `if` fails, or used up. */
enum ct_openness ct_scenario_choice(const struct ct_scenario *sc, ct_disc_set chair,
                                    const struct ct_state *s, size_t i);

/* Takes choice i of the current scene. CT_OK and the new state; CT_CONFLICT if it is not open or
 * the scene is an ending; CT_INTERNAL only for a scenario with errors. */
int ct_scenario_choose(const struct ct_scenario *sc, ct_disc_set chair, const struct ct_state *s,
                       size_t i, struct ct_state *ret, struct ct_err *err);

/* Whether what is chosen in a scene is a decision, as pages count them ("Decisions so far"): from
 * this chair there are two choices or more, and one of them has effects or they lead to different
 * scenes. A scene without effects that leads to one place alone (a short account of the case before
 * it begins) counts as that place. Beginning, reading on and hearing how it ends are no decisions;
 * owning a mistake is one. */
bool ct_scenario_decides(const struct ct_scenario *sc, ct_disc_set chair, size_t scene);

/* Whether an ending counts as passed in this state. False for a scene that is no ending. */
bool ct_scenario_passed(const struct ct_scenario *sc, const struct ct_state *s);

/* {"scene": anchor, "variables": {name: value}, "used": [n…]} as runs store it. New reference. */
json_t *ct_state_json(const struct ct_scenario *sc, const struct ct_state *s);
int ct_state_from_json(const struct ct_scenario *sc, const json_t *json, struct ct_state *ret,
                       struct ct_err *err);

/* What exploring every state from one chair found. */
struct ct_exploration {
    bool complete;   /* false: stopped at `limit` states; what was found is true then, but what was
                        not found may be there */
    size_t n_states; /* different states in which the learner chooses: (scene, variables, used);
                        neither junctions, which are never shown, nor endings */
    size_t depth;    /* every way of so many choices was followed; complete: the length of the
                        longest of the shortest ways to a state */
    bool *reached;   /* per scene, shown or passed through */
    bool can_pass, can_fail;
    bool *ending_reached; /* per scene */
    bool *offered;        /* per choice, counted through all scenes: its scene was
                             shown to a chair that has it */
    bool *opened;         /* per choice: it was open in some state */
    bool *moved;          /* per effect, counted through all choices: it changed
                             its variable in some state */
    int lowest[CT_VARS_MAX], highest[CT_VARS_MAX]; /* of each variable, in all states and endings */
    struct ct_path *way;      /* per scene: a shortest way to it; not found: never reached */
    struct ct_path *stuck_in; /* per scene: a shortest way to where no choice is open in it */
    bool *lost_in;   /* per scene: it is shown in a state that goes round for ever, as in `loop` */
    struct ct_path { /* the first state found by breadth that shows the fault; steps in order */
        bool found;
        size_t scene;        /* where it is */
        struct ct_sv *steps; /* the choices' plain texts */
        size_t n_steps;
    } stuck,  /* a state, no ending, without an open choice */
        loop; /* a state from which neither an ending nor a stuck state can be reached any
                 more: it goes round for ever */
};

/* Explores breadth first, at most `limit` states (0, or more than that: CT_EXPLORE_MAX). CT_OK;
 * CT_INTERNAL only for a scenario with errors. */
enum { CT_EXPLORE_MAX = 200000 };
int ct_scenario_explore(struct ct_arena *a, const struct ct_scenario *sc, ct_disc_set chair,
                        size_t limit, struct ct_exploration *ret, struct ct_err *err);

#endif
