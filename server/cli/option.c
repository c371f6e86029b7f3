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

int ct_cli_fail_option(const char *command, const struct option *options, const struct ct_err *err)
{
    struct ct_err said = *err;
    char name[sizeof said.what];

    for (size_t i = 0; i < sizeof name; i++)
        name[i] = err->what[i] == '_' ? '-' : err->what[i];
    for (const struct option *o = options; o->name; o++)
        if (strcmp(o->name, name) == 0)
            snprintf(said.what, sizeof said.what, "--%.*s", (int)sizeof said.what - 3, o->name);
    return ct_cli_fail(command, &said);
}

const void *ct_cli_verb(const char *command, int argc, char **argv, const char *some,
                        const void *rows, size_t n, size_t size)
{
    const struct ct_cli_verb *v = NULL;
    int given = argc - optind - 1;

    if (given < 0) {
        ct_cli_usage(command, "what to do is missing: %s", some);
        return NULL;
    }
    for (size_t i = 0; !v && i < n; i++) {
        const void *row = (const char *)rows + i * size;
        if (strcmp(((const struct ct_cli_verb *)row)->name, argv[optind]) == 0)
            v = row;
    }
    if (!v)
        ct_cli_usage(command, "there is no '%s %s'", command, argv[optind]);
    else if (given > v->operands + v->optional)
        ct_cli_usage(command, "unexpected argument '%s'",
                     argv[optind + v->operands + v->optional + 1]);
    else if (given < v->operands)
        ct_cli_usage(command, "'%s' needs %s", v->name, v->needs);
    else
        return v;
    return NULL;
}
