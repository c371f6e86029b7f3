/*
 * server/cli/org_priv.h: what `crosstrain agency`, `unit` and `task-force` share: they do the same
 * to three kinds of things. org.c reads the command line and does it, org_change.c closes
 * and moves, org_list.c prints.
 */
#ifndef CT_CLI_ORG_PRIV_H
#define CT_CLI_ORG_PRIV_H

#include "cli_priv.h"

#include "ct/learn/org.h"

#define CT_ORG_HELP_CLOSING                                                                        \
    "What is closed keeps its past: from the day on nobody belongs to it, leads it or can be "     \
    "put\n"                                                                                        \
    "into it, and what is below it closes, too. It is said whom that hits before it is done.\n"    \
    "What is opened again from the very day of its closing on, or with --undo, has the people,\n"  \
    "leads and agreements again that the closing took; from a later day on nobody comes back.\n"
#define CT_ORG_HELP_CLOSE                                                                          \
    "  --people-to PLACE      where its people are from the day of closing on (default: "          \
    "nowhere)\n"                                                                                   \
    "  --requirements WHAT    what becomes of requirements that name it: they end, or move to\n"   \
    "                         where its people are\n"                                              \
    "  --undo                 of reopen: take the last closing back, from its day on\n"            \
    "  --dry-run              say whom it hits, and do nothing\n"

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
    const char *people_to, *requirements;
    bool ends, dry_run, undo;
    enum ct_cli_format format;
};

/* The whole of a command. */
int ct_org_command(const struct ct_org_command *command, int argc, char **argv);

/* The one of this kind and path, as its id. CT_NOT_FOUND. */
int ct_org_find_path(const struct ct_org_call *c, struct ct_db *db, enum ct_org_kind kind,
                     const char *path, int64_t *ret, struct ct_err *err);

/* Each returns an exit status, or a negative status with *err. */
int ct_org_print(const struct ct_org_call *c, struct ct_err *err);
int ct_org_cli_close(const struct ct_org_call *c, struct ct_err *err);
int ct_org_cli_reopen(const struct ct_org_call *c, struct ct_err *err);
int ct_org_cli_move(const struct ct_org_call *c, struct ct_err *err);

#endif
