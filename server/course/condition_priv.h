/*
 * condition_priv.h: the chips of a scenario, `if trust >= 2`, `trust +1`, `trust = 1 (0 to 3)`,
 * from text to struct. Where they may stand is for scenario_lift.c to say.
 */
#ifndef CT_COURSE_CONDITION_PRIV_H
#define CT_COURSE_CONDITION_PRIV_H

#include "ct/course/scenario.h"

/* What a chip is, by its first words. */
enum ct_chip_kind {
    CT_CHIP_UNKNOWN,
    CT_CHIP_IF,
    CT_CHIP_NEEDS,
    CT_CHIP_WHEN,
    CT_CHIP_FOR,
    CT_CHIP_ONCE,
    CT_CHIP_PASS,
    CT_CHIP_PASS_IF,
    CT_CHIP_FAIL,
    CT_CHIP_VARIABLE, /* NAME = … (… : with a range */
    CT_CHIP_EFFECT /* NAME + - = …; also `told = no`, which declares a flag where that is meant */
};

/* Tells the kind of a chip; *ret_rest is what follows its keyword, for an effect or variable all of
 * it. */
enum ct_chip_kind ct_chip_kind_of(struct ct_sv text, struct ct_sv *ret_rest);

struct ct_chip_fault { /* why a chip cannot be read */
    const char *code;  /* "E52" */
    struct ct_sv text; /* the sentence */
};

struct ct_variables {
    struct ct_variable items[CT_VARS_MAX];
    size_t n;
};

/* By name, any case; v->n if there is none. */
size_t ct_variable_find(const struct ct_variables *v, struct ct_sv name);

/* Each reads a folded text; false (or NULL) after filling *fault with E52 to E55. */
const struct ct_condition *ct_condition_parse(struct ct_arena *a, const struct ct_variables *v,
                                              struct ct_sv text, struct ct_chip_fault *fault);
bool ct_effect_parse(struct ct_arena *a, const struct ct_variables *v, struct ct_sv text,
                     struct ct_effect *ret, struct ct_chip_fault *fault);
bool ct_variable_parse(struct ct_arena *a, struct ct_sv text, struct ct_variable *ret,
                       struct ct_chip_fault *fault);

#endif
