/*
 * command.c: the table of commands, and what they share.
 */
#include "ct/cli/command.h"

#include "ct/base/file.h"
#include "ct/base/secret.h"

#include <limits.h>
#include <locale.h>
#include <stdlib.h>
#include <unistd.h>

#include "ct/base/banned.h"

const struct ct_command ct_commands[] = {
    {"serve", ct_cmd_serve, "Serve the courses over HTTP"},
    {"check", ct_cmd_check, "Check courses and say what is wrong, and where"},
    {"explain", ct_cmd_explain, "Explain a message of the checker"},
    {"preview", ct_cmd_preview, "Show courses while they are written"},
    {"outline", ct_cmd_outline, "Tell how long and how hard modules are, and what assesses what"},
    {"render", ct_cmd_render, "Print one module as HTML"},
    {"new", ct_cmd_new, "Make a course, module or scenario to begin with"},
    {"import", ct_cmd_import, "Turn a question bank of Moodle into modules"},
    {"user", ct_cmd_user, "Add, list and disable people, set passwords"},
    {"agency", ct_cmd_agency, "Add agencies, say who leads them"},
    {"unit", ct_cmd_unit, "Add units of agencies, say who belongs to and leads them"},
    {"task-force", ct_cmd_task_force, "Add task forces across agencies, share names with them"},
    {"certificate", ct_cmd_certificate, "List, print, revoke and verify certificates"},
    {"token", ct_cmd_token, "Make tokens by which programs read reports, list and revoke them"},
    {"requirement", ct_cmd_requirement,
     "Ask courses of people, by a day, and waive or credit them"},
    {"credit", ct_cmd_credit, "Record what gives hours of credit, and approvals of courses"},
    {"report", ct_cmd_report, "Print who completed what, per discipline"},
    {"version", ct_cmd_version, "Print the version"},
    {NULL, NULL, NULL},
};

static void help(FILE *to)
{
    fputs("Usage: crosstrain COMMAND [OPTION]...\n"
          "Cross-training courses from a folder of Markdown, with completion per discipline.\n\n",
          to);
    for (const struct ct_command *c = ct_commands; c->name; c++)
        fprintf(to, "  %-11s %s\n", c->name, c->summary);
    fputs("\n`crosstrain COMMAND --help` explains a command.\n"
          "Exit status: 0 done, 1 failed or found something wrong, 2 called wrongly.\n",
          to);
}

int ct_cli_main(int argc, char **argv)
{
    struct ct_err err = CT_ERR_INIT;
    const char *name = argc > 1 ? argv[1] : NULL;

    if (ct_secret_init(&err) < 0)
        return ct_cli_fail("", &err);
    if (!name) {
        help(stderr);
        return CT_EXIT_USAGE;
    }
    if (strcmp(name, "--help") == 0 || strcmp(name, "-h") == 0 || strcmp(name, "help") == 0) {
        help(stdout);
        return ct_cli_end("", CT_EXIT_OK);
    }
    if (strcmp(name, "--version") == 0)
        name = "version";
    for (const struct ct_command *c = ct_commands; c->name; c++)
        if (strcmp(c->name, name) == 0)
            return ct_cli_end(name, c->run(argc - 1, argv + 1));
    fprintf(stderr, "crosstrain: there is no command '%s'; see `crosstrain --help`\n", name);
    return CT_EXIT_USAGE;
}

int ct_cli_fail(const char *command, const struct ct_err *err)
{
    fprintf(stderr, "crosstrain%s%s: ", *command ? " " : "", command);
    if (err->what[0])
        fprintf(stderr, "%s: ", err->what);
    fprintf(stderr, "%s\n", err->text[0] ? err->text : ct_status_name(err->code));
    return CT_EXIT_FAILED;
}

int ct_cli_usage(const char *command, const char *fmt, ...)
{
    va_list args;

    fprintf(stderr, "crosstrain %s: ", command);
    va_start(args, fmt);
    vfprintf(stderr, fmt, args);
    va_end(args);
    fprintf(stderr, "; see `crosstrain %s --help`\n", command);
    return CT_EXIT_USAGE;
}

int ct_cli_end(const char *command, int status)
{
    if (fflush(stdout) == 0 && !ferror(stdout))
        return status;
    fprintf(stderr, "crosstrain%s%s: cannot write to standard output\n", *command ? " " : "",
            command);
    return CT_EXIT_FAILED;
}

const char *ct_cli_home(struct ct_arena *a, const char *what)
{
    char self[PATH_MAX];
    ssize_t n = readlink("/proc/self/exe", self, sizeof self - 1);

    while (n > 0) {
        const char *candidate;
        while (n > 0 && self[n - 1] != '/')
            n--;
        if (n == 0)
            break;
        n--;
        candidate =
            ct_path_join(a, n ? ct_arena_cstr(a, ct_sv_n(self, (size_t)n)) : "/", ct_sv_c(what));
        if (access(candidate, R_OK) == 0)
            return candidate;
    }
    return access(CT_HOME, R_OK) == 0 ? ct_path_join(a, CT_HOME, ct_sv_c(what)) : NULL;
}
