/*
 * user.c: `crosstrain user`: the people of a site, from the machine that it runs on. A running
 * server notices within seconds.
 */
#include "user_priv.h"

#include "ct/base/secret.h"
#include "ct/learn/certificate.h"

#include <stdio.h>

#include "ct/base/banned.h"

static const char help[] =
    "Usage: crosstrain user add EMAIL --name NAME [--discipline NAME] [--role ROLE]...\n"
    "       crosstrain user list [--format FORMAT]\n"
    "       crosstrain user disable EMAIL\n"
    "       crosstrain user enable EMAIL\n"
    "       crosstrain user set-password EMAIL\n"
    "       crosstrain user set-discipline EMAIL NAME\n"
    "       crosstrain user set-certificate-name EMAIL NAME\n"
    "       crosstrain user set-name EMAIL NAME [--since DAY]\n"
    "       crosstrain user set EMAIL FIELD VALUE [--since DAY]\n"
    "       crosstrain user import FILE.csv [--what WHAT] [--dry-run] [--since DAY]\n"
    "           [--format text|json]\n"
    "Adds and lists people, lets them sign in or not. Records of learning are never touched. "
    "Without\n"
    "--password-stdin, add and set-password print a link, good once and for a week, behind which "
    "the\n"
    "person chooses a password.\n"
    "A FIELD is last_name, first_name, name, email, employer_id, supervisor, licence_body,\n"
    "licence_no, hired_on or active. An import of people reads these as columns, and\n"
    "certificate_name, discipline, agency, unit and task_forces. It is done as a whole or not at "
    "all,\n"
    "and lists every line that cannot be.\n"
    "While it is done a running server keeps no answers; over 100,000 lines want a quiet hour.\n\n"
    "  --name NAME            the person's name\n"
    "  --discipline NAME      the short name of a discipline of the curriculum: prosecutor\n"
    "  --role ROLE            learner (everybody is), trainer, manager or administrator\n"
    "  --since DAY            it holds from this day on, as in 2026-11-22 (default: today)\n"
    "  --what WHAT            what is in the file: people (default); memberships, with the "
    "columns\n"
    "                         email, agency, unit, task_force, from, until; or completions,\n"
    "                         with email, course, completed_on, discipline, score_percent,\n"
    "                         hours, source, evidence, withdrawn\n"
    "  --dry-run              only say what an import would do, and what is wrong\n"
    "  --password-stdin       read the password, one line, from standard input\n" CT_HELP_FORMAT
        CT_HELP_CONTENT CT_HELP_DATA CT_HELP_DEMO CT_HELP_HELP;

/* CT_BAD_INPUT for a slug that the curriculum does not have, with those that it has. */
static int check_discipline(const struct ct_user_call *u, const char *slug, struct ct_err *err)
{
    CT_AUTO_LIBRARY *library = NULL;
    struct ct_sv known = CT_SV_NULL;
    const struct ct_disciplines *d;
    int r = ct_library_open(u->store, &ct_clock_system,
                            u->content ? u->content : ct_cli_content(u->arena), 1, &library, err);

    if (r < 0)
        return r;
    d = &ct_library_hold(library, 0)->disciplines;
    for (size_t i = 0; i < d->n; i++)
        known = ct_arena_printf(u->arena, "%.*s%s%.*s", CT_SV_ARG(known), i ? ", " : "",
                                CT_SV_ARG(d->items[i].slug));
    r = ct_discipline_find(d, ct_sv_c(slug)) >= 0
            ? CT_OK
            : ct_fail(err, CT_BAD_INPUT, "discipline", "there is no '%s'; there are %.*s", slug,
                      CT_SV_ARG(known));
    ct_library_release(library, 0);
    return r;
}

/* One line of standard input, of a length that a password has: asked before anybody is added. */
static int read_password(const struct ct_user_call *u, struct ct_sv *ret, struct ct_err *err)
{
    char line[CT_PASSWORD_MAX + 3];
    struct ct_sv rest;

    if (!fgets(line, sizeof line, stdin))
        return ct_fail(err, CT_BAD_INPUT, "password", "standard input is empty");
    rest = ct_sv_c(line);
    if (rest.n && rest.p[rest.n - 1] == '\n')
        rest.n--;
    *ret = ct_arena_dup(u->arena, rest);
    if (rest.n > CT_PASSWORD_MAX)
        return ct_fail(err, CT_BAD_INPUT, "password", "at most %d bytes", CT_PASSWORD_MAX);
    return ct_sv_runes(rest) >= CT_PASSWORD_MIN
               ? CT_OK
               : ct_fail(err, CT_BAD_INPUT, "password", "at least %d characters", CT_PASSWORD_MIN);
}

static int print_link(const struct ct_user_call *u, int64_t id, struct ct_err *err)
{
    char token[CT_TOKEN_TEXT + 1];
    struct ct_sv site = ct_cli_served_at(u->arena, ct_cli_data(u->arena, u->data), u->database);
    int r = ct_invite_make(u->store, &ct_clock_system, id, token, err);

    if (r < 0)
        return r;
    printf("%.*s/set-up/%s\n", CT_SV_ARG(site), token);
    fputs(site.n ? "The link lets this person choose a password, once, within a week.\n"
                 : "At your site's address this lets the person choose a password, once, within a "
                   "week.\n",
          stderr);
    return CT_EXIT_OK;
}

static int give_password(const struct ct_user_call *u, int64_t id, struct ct_sv password,
                         struct ct_err *err)
{
    return u->password_stdin ? ct_person_set_password(u->store, id, password, err)
                             : print_link(u, id, err);
}

static int add(const struct ct_user_call *u, struct ct_err *err)
{
    struct ct_person p = {.email = ct_sv_c(u->email),
                          .name = ct_sv_c(u->name),
                          .discipline = ct_sv_c(u->discipline),
                          .roles = u->roles | CT_ROLE_LEARNER};
    struct ct_sv password = CT_SV_NULL;
    int64_t id;
    int r = CT_OK;

    if (u->discipline)
        r = check_discipline(u, u->discipline, err);
    if (r == CT_OK && u->password_stdin)
        r = read_password(u, &password, err);
    if (r == CT_OK)
        r = ct_person_add(u->store, &ct_clock_system, &p, &id, err);
    return r < 0 ? r : give_password(u, id, password, err);
}

int ct_user_find(const struct ct_user_call *u, struct ct_person *ret, struct ct_err *err)
{
    CT_AUTO_READER rd = ct_store_reader(u->store);
    struct ct_err reason = CT_ERR_INIT;
    int r = ct_person_by_email(rd.db, u->arena, ct_sv_c(u->email), ret, &reason);

    if (r == CT_NOT_FOUND)
        return ct_fail(err, r, u->email, "there is nobody with this e-mail address");
    return r < 0 ? ct_fail(err, reason.code, reason.what, "%s", reason.text) : r;
}

static int set_active(const struct ct_user_call *u, bool active, struct ct_err *err)
{
    struct ct_person p;
    int r = ct_user_find(u, &p, err);

    return r < 0 ? r : ct_person_set_active(u->store, &ct_clock_system, p.id, active, 0, err);
}

static int disable(const struct ct_user_call *u, struct ct_err *err)
{
    return set_active(u, false, err);
}

static int enable(const struct ct_user_call *u, struct ct_err *err)
{
    return set_active(u, true, err);
}

static int set_password(const struct ct_user_call *u, struct ct_err *err)
{
    struct ct_sv password = CT_SV_NULL;
    struct ct_person p;
    int r = ct_user_find(u, &p, err);

    if (r == CT_OK && u->password_stdin)
        r = read_password(u, &password, err);
    return r < 0 ? r : give_password(u, p.id, password, err);
}

static int set_discipline(const struct ct_user_call *u, struct ct_err *err)
{
    struct ct_person p;
    int r = ct_user_find(u, &p, err);

    if (r == CT_OK)
        r = check_discipline(u, u->second, err);
    return r < 0 ? r
                 : ct_person_set_discipline(u->store, &ct_clock_system, p.id, ct_sv_c(u->second),
                                            err);
}

/* Of all certificates of the person, under their codes. */
static int set_certificate_name(const struct ct_user_call *u, struct ct_err *err)
{
    struct ct_person p;
    int r = ct_user_find(u, &p, err);

    return r < 0 ? r
                 : ct_certificate_set_name(u->store, &ct_clock_system, p.id, ct_sv_c(u->second), 0,
                                           err);
}

static const struct verb {
    struct ct_cli_verb is;
    enum ct_cli_opening opening;
    int (*run)(const struct ct_user_call *u, struct ct_err *err);
} verbs[] = {
    {{"add", "an EMAIL", 1, 0}, CT_CLI_MAY_CREATE, add},
    {{"list", "nothing", 0, 0}, CT_CLI_MUST_EXIST, ct_user_list},
    {{"disable", "an EMAIL", 1, 0}, CT_CLI_MUST_EXIST, disable},
    {{"enable", "an EMAIL", 1, 0}, CT_CLI_MUST_EXIST, enable},
    {{"set-password", "an EMAIL", 1, 0}, CT_CLI_MUST_EXIST, set_password},
    {{"set-discipline", "an EMAIL and a discipline", 2, 0}, CT_CLI_MUST_EXIST, set_discipline},
    {{"set-certificate-name", "an EMAIL and a NAME", 2, 0},
     CT_CLI_MUST_EXIST,
     set_certificate_name},
    {{"set-name", "an EMAIL and a NAME", 2, 0}, CT_CLI_MUST_EXIST, ct_user_set_name},
    {{"set", "an EMAIL, a FIELD and a VALUE", 3, 0}, CT_CLI_MUST_EXIST, ct_user_set},
    {{"import", "a FILE", 1, 0}, CT_CLI_MAY_CREATE, ct_user_import},
};

enum {
    OPT_NAME = CT_OPT_OWN,
    OPT_DISCIPLINE,
    OPT_ROLE,
    OPT_PASSWORD,
    OPT_SINCE,
    OPT_DRY_RUN,
    OPT_WHAT
};
static const struct option options[] = {{"name", required_argument, NULL, OPT_NAME},
                                        {"discipline", required_argument, NULL, OPT_DISCIPLINE},
                                        {"role", required_argument, NULL, OPT_ROLE},
                                        {"password-stdin", no_argument, NULL, OPT_PASSWORD},
                                        {"since", required_argument, NULL, OPT_SINCE},
                                        {"what", required_argument, NULL, OPT_WHAT},
                                        {"dry-run", no_argument, NULL, OPT_DRY_RUN},
                                        {"format", required_argument, NULL, CT_OPT_FORMAT},
                                        {"content", required_argument, NULL, CT_OPT_CONTENT},
                                        {"data", required_argument, NULL, CT_OPT_DATA},
                                        {"demo", no_argument, NULL, CT_OPT_DEMO},
                                        {"help", no_argument, NULL, CT_OPT_HELP},
                                        {NULL, 0, NULL, 0}};

static int read_value(struct ct_user_call *u, int c)
{
    unsigned roles;

    if (c == OPT_ROLE && !ct_roles_parse(ct_sv_c(optarg), &roles))
        return ct_cli_usage(
            "user", "--role takes learner, trainer, manager or administrator, not '%s'", optarg);
    if (c == OPT_ROLE)
        u->roles |= roles;
    if (c == CT_OPT_FORMAT && strcmp(optarg, "text") != 0 &&
        !ct_cli_format_parse(optarg, &u->format))
        return ct_cli_usage("user", "--format takes table, csv or json, not '%s'", optarg);
    if (c == OPT_WHAT && !ct_import_kind_parse(ct_sv_c(optarg), &u->what))
        return ct_cli_usage("user", "--what takes people, memberships or completions, not '%s'",
                            optarg);
    if (c == OPT_NAME)
        u->name = optarg;
    if (c == OPT_DISCIPLINE)
        u->discipline = optarg;
    if (c == OPT_SINCE)
        u->since = optarg;
    if (c == OPT_DRY_RUN)
        u->dry_run = true;
    if (c == OPT_PASSWORD)
        u->password_stdin = true;
    if (c == CT_OPT_CONTENT)
        u->content = optarg;
    if (c == CT_OPT_DATA)
        u->data = optarg;
    if (c == CT_OPT_DEMO)
        u->database = CT_CLI_DEMO;
    return CT_EXIT_OK;
}

static int read_options(int argc, char **argv, struct ct_user_call *u, bool *ret_help)
{
    int c, r;

    while ((c = ct_cli_option("user", argc, argv, options)) != -1) {
        if (c == CT_OPT_HELP)
            *ret_help = true;
        if (c == '?')
            return CT_EXIT_USAGE;
        if ((r = read_value(u, c)) != CT_EXIT_OK)
            return r;
    }
    return CT_EXIT_OK;
}

/* The verb, with its operands in place; NULL after a complaint. */
static const struct verb *read_verb(int argc, char **argv, struct ct_user_call *u)
{
    const struct verb *v = ct_cli_verb("user", argc, argv, "add, list, disable, ...", verbs,
                                       sizeof verbs / sizeof verbs[0], sizeof verbs[0]);

    if (v && v->run == add && !u->name) {
        ct_cli_usage("user", "'add' needs --name NAME");
        return NULL;
    }
    if (v && v->run == ct_user_import && u->since && u->what != CT_IMPORT_PEOPLE) {
        ct_cli_usage("user", "--since is for people; these lines have days of their own");
        return NULL;
    }
    if (!v)
        return NULL;
    u->email = ct_cli_operand(argc, argv, 0);
    u->second = ct_cli_operand(argc, argv, 1);
    u->third = ct_cli_operand(argc, argv, 2);
    return v;
}

int ct_cmd_user(int argc, char **argv)
{
    CT_AUTO_ARENA a = CT_ARENA_INIT;
    CT_AUTO_STORE *store = NULL;
    struct ct_err err = CT_ERR_INIT;
    struct ct_user_call u = {.arena = &a, .database = CT_CLI_DATABASE};
    const struct verb *v;
    bool wants_help = false;
    int r = read_options(argc, argv, &u, &wants_help);

    if (r != CT_EXIT_OK)
        return r;
    if (wants_help) {
        fputs(help, stdout);
        return CT_EXIT_OK;
    }
    if (!(v = read_verb(argc, argv, &u)))
        return CT_EXIT_USAGE;
    r = ct_cli_store_open(&a, ct_cli_data(&a, u.data), u.database, 2, v->opening, &store, &err);
    if (r == CT_OK) {
        u.store = store;
        r = v->run(&u, &err);
    }
    return r < 0 ? ct_cli_fail("user", &err) : r;
}
