/*
 * token.c: `crosstrain token`: tokens by which programs read reports, from the machine that the
 * site runs on.
 */
#include "cli_priv.h"

#include "ct/learn/token.h"

#include <stdio.h>

#include "ct/base/banned.h"

static const char help[] =
    "Usage: crosstrain token add EMAIL --name NAME [--scope SCOPE]... [--days N]\n"
    "       crosstrain token list [EMAIL] [--format FORMAT]\n"
    "       crosstrain token revoke ID\n"
    "Tokens by which programs read reports over HTTP in the name of a manager or administrator.\n"
    "`add` prints the token; it is stored as a hash and cannot be shown again.\n\n"
    "  --name NAME            what it is for\n"
    "  --scope SCOPE          what it may be used for: reports:read (default)\n"
    "  --days N               ends after so many days, at most 366 (default: 90)\n" CT_HELP_FORMAT
        CT_HELP_DATA CT_HELP_DEMO CT_HELP_HELP;

struct call {
    struct ct_arena *arena;
    struct ct_store *store;
    const char *data, *database;
    const char *operand; /* an address or a number; NULL: not given */
    const char *name;
    unsigned scopes;
    int64_t days;
    enum ct_cli_format format;
};

static int find(const struct call *c, struct ct_person *ret, struct ct_err *err)
{
    CT_AUTO_READER rd = ct_store_reader(c->store);
    struct ct_err reason = CT_ERR_INIT;
    int r = ct_person_by_email(rd.db, c->arena, ct_sv_c(c->operand), ret, &reason);

    if (r == CT_NOT_FOUND)
        return ct_fail(err, r, c->operand, "there is nobody with this e-mail address");
    return r < 0 ? ct_fail(err, reason.code, reason.what, "%s", reason.text) : r;
}

static int add(const struct call *c, struct ct_err *err)
{
    char text[CT_BEARER_TEXT + 1];
    struct ct_person p;
    int r = find(c, &p, err);

    if (r < 0)
        return r;
    struct ct_token_wish wish = {p.id, ct_sv_c(c->name), c->scopes, c->days, 0};
    if ((r = ct_token_make(c->store, &ct_clock_system, &wish, text, err)) < 0)
        return r;
    puts(text);
    fprintf(stderr,
            "It ends after %lld %s and is not shown again. Send it as\n"
            "  Authorization: Bearer TOKEN\n",
            (long long)c->days, ct_plural((size_t)c->days, "day", "days"));
    return CT_EXIT_OK;
}

static struct ct_sv day(struct ct_arena *a, int64_t at)
{
    char text[CT_TIME_TEXT];

    return at ? ct_arena_dup(a, ct_sv_c(ct_time_date(at, text))) : CT_SV("");
}

static int list(const struct call *c, struct ct_err *err)
{
    static const char *const columns[] = {"id",         "email",   "name",
                                          "scopes",     "state",   "created_at",
                                          "expires_at", "used_on", "revoked_at"};
    enum { N = sizeof columns / sizeof columns[0] };
    struct ct_person p = {.id = 0};
    struct ct_token *tokens;
    size_t n;
    int r = c->operand ? find(c, &p, err) : CT_OK;

    if (r < 0)
        return r;
    CT_AUTO_READER rd = ct_store_reader(c->store);
    if ((r = ct_token_list(rd.db, c->arena, &ct_clock_system, p.id, &tokens, &n, err)) < 0)
        return r;
    struct ct_table t = {columns, N, ct_arena_array(c->arena, struct ct_sv, n * N), n};
    for (size_t i = 0; i < n; i++) {
        struct ct_sv *cell = &t.cells[i * N];
        cell[0] = ct_arena_printf(c->arena, "%lld", (long long)tokens[i].id);
        cell[1] = tokens[i].email;
        cell[2] = tokens[i].name;
        cell[3] = tokens[i].scopes;
        cell[4] = ct_sv_c(ct_token_state_word(tokens[i].state));
        cell[5] = day(c->arena, tokens[i].created_at);
        cell[6] = day(c->arena, tokens[i].expires_at);
        cell[7] = tokens[i].used_on;
        cell[8] = day(c->arena, tokens[i].revoked_at);
    }
    return ct_cli_print("token", &t, c->format);
}

static int end_token(const struct call *c, struct ct_err *err)
{
    int64_t id;

    if (!ct_sv_i64(ct_sv_c(c->operand), &id))
        return ct_cli_usage("token", "'%s' is no ID; `crosstrain token list` has them", c->operand);
    return ct_token_revoke(c->store, &ct_clock_system, id, 0, 0, err);
}

static const struct verb {
    struct ct_cli_verb is;
    int (*run)(const struct call *c, struct ct_err *err);
} verbs[] = {
    {{"add", "an EMAIL", 1, 0}, add},
    {{"list", "nothing", 0, 1}, list},
    {{"revoke", "an ID", 1, 0}, end_token},
};

enum { OPT_NAME = CT_OPT_OWN, OPT_SCOPE, OPT_DAYS };
static const struct option options[] = {{"name", required_argument, NULL, OPT_NAME},
                                        {"scope", required_argument, NULL, OPT_SCOPE},
                                        {"days", required_argument, NULL, OPT_DAYS},
                                        {"format", required_argument, NULL, CT_OPT_FORMAT},
                                        {"data", required_argument, NULL, CT_OPT_DATA},
                                        {"demo", no_argument, NULL, CT_OPT_DEMO},
                                        {"help", no_argument, NULL, CT_OPT_HELP},
                                        {NULL, 0, NULL, 0}};

static int read_value(struct call *c, int option)
{
    unsigned scopes;

    if (option == OPT_SCOPE && (!ct_token_scope_parse(ct_sv_c(optarg), &scopes) || !scopes))
        return ct_cli_usage("token", "--scope takes reports:read, not '%s'", optarg);
    if (option == OPT_SCOPE)
        c->scopes |= scopes;
    if (option == OPT_DAYS && !ct_sv_i64(ct_sv_c(optarg), &c->days))
        return ct_cli_usage("token", "--days takes a whole number, not '%s'", optarg);
    if (option == CT_OPT_FORMAT && !ct_cli_format_parse(optarg, &c->format))
        return ct_cli_usage("token", "--format takes table, csv or json, not '%s'", optarg);
    if (option == OPT_NAME)
        c->name = optarg;
    if (option == CT_OPT_DATA)
        c->data = optarg;
    if (option == CT_OPT_DEMO)
        c->database = CT_CLI_DEMO;
    return CT_EXIT_OK;
}

static const struct verb *read_verb(int argc, char **argv, struct call *c)
{
    const struct verb *v = ct_cli_verb("token", argc, argv, "add, list or revoke", verbs,
                                       sizeof verbs / sizeof verbs[0], sizeof verbs[0]);

    if (v && v->run == add && !c->name) {
        ct_cli_usage("token", "'add' needs --name NAME");
        return NULL;
    }
    c->operand = v ? ct_cli_operand(argc, argv, 0) : NULL;
    return v;
}

int ct_cmd_token(int argc, char **argv)
{
    CT_AUTO_ARENA a = CT_ARENA_INIT;
    CT_AUTO_STORE *store = NULL;
    struct ct_err err = CT_ERR_INIT;
    struct call c = {.arena = &a, .database = CT_CLI_DATABASE, .days = CT_TOKEN_DAYS};
    const struct verb *v;
    int option, r;

    while ((option = ct_cli_option("token", argc, argv, options)) != -1) {
        if (option == CT_OPT_HELP) {
            fputs(help, stdout);
            return CT_EXIT_OK;
        }
        if (option == '?' || (r = read_value(&c, option)) != CT_EXIT_OK)
            return CT_EXIT_USAGE;
    }
    if (!c.scopes)
        c.scopes = CT_TOKEN_REPORTS_READ;
    if (!(v = read_verb(argc, argv, &c)))
        return CT_EXIT_USAGE;
    r = ct_cli_store_open(&a, ct_cli_data(&a, c.data), c.database, 2, CT_CLI_MUST_EXIST, &store,
                          &err);
    if (r == CT_OK) {
        c.store = store;
        r = v->run(&c, &err);
    }
    return r < 0 ? ct_cli_fail("token", &err) : r;
}
