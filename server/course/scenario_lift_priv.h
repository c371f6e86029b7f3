/*
 * scenario_lift_priv.h: what the readers of a scenario share: scenario_lift.c (the whole, scenes,
 * endings), scenario_items.c (lists of choices and rules), scenario_check.c (what only shows when
 * all of it is there).
 */
#ifndef CT_COURSE_SCENARIO_LIFT_PRIV_H
#define CT_COURSE_SCENARIO_LIFT_PRIV_H

#include "condition_priv.h"
#include "lift_priv.h"

/* An item of a list. What it is, a choice or a rule, depends on the scene around it, so it is read
 * as both. */
struct ct_scenario_item {
    const struct ct_md_node *node;
    bool is_rule;  /* says `when`, or has chips in front of its link */
    bool has_when; /* says `when`, legible or not */
    bool bare;     /* a link and nothing else: a choice, or the last rule of a junction */
    struct ct_choice choice;
    struct ct_rule rule;
};

struct ct_scenario_lift {
    struct ct_lift *l;
    struct ct_scenario *sc;
    struct ct_md_node *title;
    struct ct_variables variables;
    struct ct_scene *scenes;
    struct ct_md_node **headings; /* of the scenes */
    struct ct_lift_names anchors; /* of the scenes */
    size_t n_scenes;
    size_t at; /* the scene being read; n_scenes: what stands under the title */
    struct ct_scenario_item *items; /* of the scene being read */
    size_t n_items, cap_items;
    bool has_list;     /* the scene being read has a list of choices, however faulty */
    size_t n_outcomes; /* pass and fail lines of the scene being read */
    int n_once;
    ct_disc_set chairs;  /* named by `for:` so far */
    ct_disc_set readers; /* named by passages so far */
    bool broken;         /* an error of ours: not to be explored */
};

/* Adds an error at a node, at a chip, and remembers that there was one. */
void ct_scenario_fault(struct ct_scenario_lift *s, const char *code, const struct ct_md_node *n,
                       const char *fmt, ...) __attribute__((format(printf, 4, 5)));
void ct_scenario_chip_fault(struct ct_scenario_lift *s, const char *code,
                            const struct ct_chip *chip, const char *fmt, ...)
    __attribute__((format(printf, 4, 5)));

/* Reads a condition; NULL after a fault. */
const struct ct_condition *ct_scenario_condition(struct ct_scenario_lift *s,
                                                 const struct ct_chip *chip, struct ct_sv text);

/* Reads a list of choices or rules into s->items. False for a list that is neither, which is then
 * ordinary text. */
bool ct_scenario_list(struct ct_scenario_lift *s, struct ct_md_node *list);

/* The scene that the items make: choices, or the rules of a junction. `has_text`: it shows
 * something. */
void ct_scenario_place_items(struct ct_scenario_lift *s, struct ct_scene *scene, bool has_text);

/* The items under the title: rules of the whole scenario. */
void ct_scenario_place_watches(struct ct_scenario_lift *s);

/* Whether a text leads to a scene: "#…". */
bool ct_scenario_is_target(struct ct_sv url);

/* After everything was read: circles of junctions, and what exploring finds. CT_OK; CT_INTERNAL. */
int ct_scenario_check(struct ct_scenario_lift *s, struct ct_err *err);

#endif
