/*
 * server/cli/user_priv.h: what `crosstrain user` was asked for, and its parts: user.c reads the
 * command line and changes people, user_list.c prints them, user_import.c takes them from a file
 * and records what is said of one.
 */
#ifndef CT_CLI_USER_PRIV_H
#define CT_CLI_USER_PRIV_H

#include "cli_priv.h"

#include "ct/learn/import.h"
#include "ct/learn/person.h"

struct ct_user_call {
    struct ct_arena *arena;
    struct ct_store *store;
    const char *content, *data;         /* as given; NULL: the default */
    const char *database;               /* its name in the folder of records */
    const char *email, *second, *third; /* operands; of import `email` is the file */
    const char *name, *discipline, *since;
    unsigned roles;
    bool password_stdin, dry_run;
    enum ct_cli_format format;
    enum ct_import_kind what; /* of import */
};

/* Each returns an exit status, or a negative status with *err. */
int ct_user_list(const struct ct_user_call *u, struct ct_err *err);
int ct_user_import(const struct ct_user_call *u, struct ct_err *err);
int ct_user_set(const struct ct_user_call *u, struct ct_err *err);
int ct_user_set_name(const struct ct_user_call *u, struct ct_err *err);

/* The person of the first operand. CT_NOT_FOUND. */
int ct_user_find(const struct ct_user_call *u, struct ct_person *ret, struct ct_err *err);

#endif
