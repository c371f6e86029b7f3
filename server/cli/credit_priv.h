/*
 * server/cli/credit_priv.h: what the files of `crosstrain credit` share. credit.c reads the command
 * line, credit_record.c records, credit_show.c prints.
 */
#ifndef CT_CLI_CREDIT_PRIV_H
#define CT_CLI_CREDIT_PRIV_H

#include "cli_priv.h"

#include "ct/report/credit_report.h"

enum { CT_CREDIT_OPERANDS = 2, CT_CREDIT_WHOM_MAX = 64 };

struct ct_credit_call {
    struct ct_arena *arena;
    struct ct_store *store;
    const struct ct_catalogue *cat;
    const char *data, *database, *content;
    const char *operands[CT_CREDIT_OPERANDS]; /* a type, a course, a number, by the verb */
    /* NULL: not given */
    const char *title, *source, *from, *until, *on, *hour, *step, *round, *basis, *active, *score;
    const char *attest, *max, *year, *state, *body, *number, *hours, *note;
    struct ct_sv disciplines[CT_CREDIT_WHOM_MAX];
    size_t n_disciplines;
    bool everybody, no_approval, approval, repeats, once, dry_run;
    enum ct_cli_format format;
};

/* Each returns an exit status, or a negative status with *err. */
int ct_credit_do_rule(struct ct_credit_call *c, struct ct_err *err);
int ct_credit_do_end(struct ct_credit_call *c, struct ct_err *err);
int ct_credit_do_approve(struct ct_credit_call *c, struct ct_err *err);
int ct_credit_do_correct(struct ct_credit_call *c, struct ct_err *err);
int ct_credit_do_withdraw(struct ct_credit_call *c, struct ct_err *err);
int ct_credit_do_types(struct ct_credit_call *c, struct ct_err *err);
int ct_credit_do_list(struct ct_credit_call *c, struct ct_err *err);

#endif
