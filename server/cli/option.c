/*
 * option.c: reading options, with complaints in the program's own words.
 */
#include "cli_priv.h"

#include "ct/base/banned.h"

int ct_cli_option(const char *command, int argc, char **argv, const struct option *options)
{
    int c;

    opterr = 0;
    c = getopt_long(argc, argv, ":h", options, NULL);
    if (c == ':') {
        ct_cli_usage(command, "option '%s' needs a value", argv[optind - 1]);
        return '?';
    }
    if (c != '?')
        return c;
    if (optopt > 0 && optopt < CT_OPT_CONTENT && optopt != CT_OPT_HELP)
        ct_cli_usage(command, "there is no option '-%c'", optopt);
    else if (optopt > 0)
        ct_cli_usage(command, "option '%s' takes no value", argv[optind - 1]);
    else
        ct_cli_usage(command, "there is no option '%s'", argv[optind - 1]);
    return '?';
}
