/*
 * server/cli/requirement_priv.h: what the files of `crosstrain requirement` share. requirement.c
 * reads the command line, requirement_rule.c makes rules of it, requirement_add.c
 * records them, requirement_show.c prints,
 * requirement_training.c records waivers, outside training and leave.
 */
#ifndef CT_CLI_REQUIREMENT_PRIV_H
#define CT_CLI_REQUIREMENT_PRIV_H

#include "cli_priv.h"

#include "ct/report/assignment.h"

/* Texts that were given several times. */
struct ct_words {
    const char **items;
    size_t n, cap;
};

struct ct_requirement_call {
    struct ct_arena *arena;
    struct ct_store *store;
    const struct ct_catalogue *cat;
    const char *data, *database, *content;
    const char *operands[2]; /* a short name or number or e-mail address, by the verb */
    const char *course, *scenario, *hours, *credit; /* what is asked for */
    const char *title, *from, *due, *after, *yearly, *early;
    const char *on, *until, *reason, *evidence, *approved_by;
    int within, every, window, grace, chairs; /* -1: not given */
    struct ct_words agencies, units, task_forces, disciplines, people;
    bool everybody, dry_run, withdraw;
    enum ct_cli_format format;
};

/* Each returns an exit status, or a negative status with *err. */
int ct_requirement_do_add(struct ct_requirement_call *c, struct ct_err *err);
int ct_requirement_do_change(struct ct_requirement_call *c, struct ct_err *err);
int ct_requirement_do_end(struct ct_requirement_call *c, struct ct_err *err);
int ct_requirement_do_list(struct ct_requirement_call *c, struct ct_err *err);
int ct_requirement_do_show(struct ct_requirement_call *c, struct ct_err *err);
int ct_requirement_do_waive(struct ct_requirement_call *c, struct ct_err *err);
int ct_requirement_do_credit(struct ct_requirement_call *c, struct ct_err *err);
int ct_requirement_do_leave(struct ct_requirement_call *c, struct ct_err *err);
int ct_requirement_do_correct(struct ct_requirement_call *c, struct ct_err *err);

/* The requirement with the short name of operand 0; all of them beside it. */
int ct_requirement_called(const struct ct_requirement_call *c, struct ct_db *db,
                          struct ct_requirement **ret, struct ct_err *err);

/* "2026-11-22" as a day; `otherwise` where nothing was given. CT_BAD_INPUT (what: the option). */
int ct_requirement_day(const char *text, const char *option, int otherwise, int *ret,
                       struct ct_err *err);

int ct_requirement_person(const struct ct_requirement_call *c, struct ct_db *db, const char *email,
                          int64_t *ret, struct ct_err *err);

/* "12" or "7.5" as minutes; 0 where nothing was given. CT_BAD_INPUT (what: "hours"). */
int ct_requirement_minutes(const struct ct_requirement_call *c, int *ret, struct ct_err *err);

/* Changes a rule as the command line asks: whom, when due, how much. */
int ct_requirement_read(const struct ct_requirement_call *c, struct ct_db *db,
                        struct ct_requirement_rule *rule, struct ct_err *err);

/* The sentence of a rule, and how many it hits today, on standard output; with names if wished. */
int ct_requirement_tell(const struct ct_requirement_call *c, struct ct_db *db,
                        const struct ct_requirement *q, const struct ct_requirement_rule *rule,
                        bool names, struct ct_err *err);

#endif
