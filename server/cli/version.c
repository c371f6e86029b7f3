/*
 * version.c: `crosstrain version`.
 */
#include "ct/cli/command.h"

#include "ct/base/banned.h"

int ct_cmd_version(int argc, char **argv)
{
    if (argc > 1 && strcmp(argv[1], "--help") == 0) {
        puts("Usage: crosstrain version\nPrints the program's version.");
        return CT_EXIT_OK;
    }
    if (argc > 1)
        return ct_cli_usage("version", "unexpected argument '%s'", argv[1]);
    printf("crosstrain %s\n", CT_VERSION);
    return CT_EXIT_OK;
}
