/*
 * explain.c: `crosstrain explain`: the page about a message of the checker, or a list of all
 * messages.
 */
#include "cli_priv.h"

#include "ct/course/explain.h"

#include <unistd.h>

#include "ct/base/banned.h"

#define FOLDER "server/course/codes"

static const char help[] =
    "Usage: crosstrain explain [CODE]...\n"
    "Explains messages of the checker: what each means, how to mend it, an example.\n"
    "Without a CODE, lists all of them.\n\n" CT_HELP_HELP;

static const struct option options[] = {{"help", no_argument, NULL, CT_OPT_HELP},
                                        {NULL, 0, NULL, 0}};

static int list(void)
{
    size_t n;
    const struct ct_problem_code *codes = ct_problem_codes(&n);
    const char *group = NULL;

    for (size_t i = 0; i < n; i++) {
        const char *own = ct_explain_group(codes[i].code);
        if (!group || strcmp(group, own) != 0)
            printf("%s%s\n", group ? "\n" : "", own);
        group = own;
        printf("  %s  %s\n", codes[i].code, codes[i].meaning);
    }
    return CT_EXIT_OK;
}

/* The page as it was written; on a terminal its heading stands out. */
static void print(struct ct_sv markdown)
{
    bool bold = isatty(STDOUT_FILENO);
    struct ct_sv rest = markdown, heading = CT_SV("");

    if (bold && ct_sv_split(&rest, '\n', &heading))
        printf("\033[1m%.*s\033[0m\n", CT_SV_ARG(heading));
    fwrite(rest.p ? rest.p : "", 1, rest.n, stdout);
}

static int explain(char **codes, int n)
{
    CT_AUTO_ARENA a = CT_ARENA_INIT;
    const char *dir = ct_cli_home(&a, FOLDER);
    struct ct_err err = CT_ERR_INIT;
    int status = CT_EXIT_OK;

    if (!dir) {
        ct_fail(&err, CT_NOT_FOUND, FOLDER,
                "this folder of the program is neither beside it nor where it was built");
        return ct_cli_fail("explain", &err);
    }
    for (int i = 0; i < n; i++) {
        struct ct_explanation e;
        ct_err_clear(&err);
        if (ct_explain(&a, dir, ct_sv_c(codes[i]), &e, &err) < 0) {
            status = ct_cli_fail("explain", &err);
            continue;
        }
        if (i > 0)
            putchar('\n');
        print(e.markdown);
    }
    return status;
}

int ct_cmd_explain(int argc, char **argv)
{
    int c;

    while ((c = ct_cli_option("explain", argc, argv, options)) != -1) {
        if (c == '?')
            return CT_EXIT_USAGE;
        if (c == CT_OPT_HELP) {
            fputs(help, stdout);
            return CT_EXIT_OK;
        }
    }
    return optind == argc ? list() : explain(argv + optind, argc - optind);
}
