/*
 * ct/cli/command.h: the commands of the program, one file each.
 *
 * A command gets its own name as argv[0], reads options by the GNU conventions, prints what was
 * asked for on standard output and complaints on standard error. It returns the exit status: 0
 * done; 1 it could not, or found something wrong; 2 it was called wrongly.
 */
#ifndef CT_CLI_COMMAND_H
#define CT_CLI_COMMAND_H

#include "ct/base/arena.h"
#include "ct/base/err.h"

#include <stdio.h>

enum { CT_EXIT_OK = 0, CT_EXIT_FAILED = 1, CT_EXIT_USAGE = 2 };

struct ct_command {
    const char *name;
    int (*run)(int argc, char **argv);
    const char *summary; /* one line for `crosstrain --help` */
};

extern const struct ct_command ct_commands[]; /* ends with a NULL name */

int ct_cmd_serve(int argc, char **argv);
int ct_cmd_check(int argc, char **argv);
int ct_cmd_render(int argc, char **argv);
int ct_cmd_user(int argc, char **argv);
int ct_cmd_agency(int argc, char **argv);
int ct_cmd_unit(int argc, char **argv);
int ct_cmd_task_force(int argc, char **argv);
int ct_cmd_certificate(int argc, char **argv);
int ct_cmd_token(int argc, char **argv);
int ct_cmd_report(int argc, char **argv);
int ct_cmd_requirement(int argc, char **argv);
int ct_cmd_credit(int argc, char **argv);
int ct_cmd_version(int argc, char **argv);
int ct_cmd_preview(int argc, char **argv);
int ct_cmd_explain(int argc, char **argv);
int ct_cmd_outline(int argc, char **argv);
int ct_cmd_new(int argc, char **argv);
int ct_cmd_import(int argc, char **argv);

/* Runs argv[1] as a command; the whole program. */
int ct_cli_main(int argc, char **argv);

/* "crosstrain COMMAND: message" on standard error; returns CT_EXIT_FAILED. */
int ct_cli_fail(const char *command, const struct ct_err *err);

/* The same for a wrong call, with a hint at --help; returns CT_EXIT_USAGE. */
int ct_cli_usage(const char *command, const char *fmt, ...) __attribute__((format(printf, 2, 3)));

/* Flushes standard output; a full disk or closed pipe is a failure: CT_EXIT_FAILED, else `status`.
 */
int ct_cli_end(const char *command, int status);

/* Where the program's own files are: "content", "static", "server/web/templates". Looked for beside
 * the program and in the folders above it, then in the folder that it was built from. Into the
 * arena; NULL if there is none. */
const char *ct_cli_home(struct ct_arena *a, const char *what);

#endif
