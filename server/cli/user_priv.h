/*
 * server/cli/user_priv.h: what `crosstrain user` was asked for, and its two halves: user.c reads
 * the command line and changes people, user_list.c prints them.
 */
#ifndef CT_CLI_USER_PRIV_H
#define CT_CLI_USER_PRIV_H

#include "cli_priv.h"

#include "ct/learn/person.h"

struct ct_user_call {
    struct ct_arena *arena;
    struct ct_store *store;
    const char *content, *data; /* as given; NULL: the default */
    const char *database;       /* its name in the folder of records */
    const char *email, *second; /* operands */
    const char *name, *discipline;
    unsigned roles;
    bool password_stdin;
    enum ct_cli_format format;
};

/* Each returns an exit status, or a negative status with *err. */
int ct_user_list(const struct ct_user_call *u, struct ct_err *err);

#endif
