/*
 * server/cli/org_priv.h: what `crosstrain agency`, `unit` and `task-force` share: they do the same
 * to three kinds of things. org.c reads the command line and does it, org_list.c prints.
 */
#ifndef CT_CLI_ORG_PRIV_H
#define CT_CLI_ORG_PRIV_H

#include "cli_priv.h"

#include "ct/learn/org.h"

struct ct_org_command {
    const char *name, *help;
    enum ct_org_kind kind;
};

struct ct_org_call {
    const struct ct_org_command *command;
    struct ct_arena *arena;
    struct ct_store *store;
    const char *data, *database;
    const char *path, *second; /* operands */
    const char *name, *below, *time_zone, *on, *note, *agency;
    int fiscal_month;
    bool ends;
    enum ct_cli_format format;
};

/* The whole of a command. */
int ct_org_command(const struct ct_org_command *command, int argc, char **argv);

/* Each returns an exit status, or a negative status with *err. */
int ct_org_print(const struct ct_org_call *c, struct ct_err *err);

#endif
