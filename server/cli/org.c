/*
 * org.c: agencies, units and task forces from the machine that the site runs on: adding and naming
 * them, who belongs to them and who leads them. A running server notices within seconds.
 */
#include "org_priv.h"

#include "ct/learn/person.h"

#include "ct/base/banned.h"

int ct_org_find_path(const struct ct_org_call *c, struct ct_db *db, enum ct_org_kind kind,
                     const char *path, int64_t *ret, struct ct_err *err)
{
    const struct ct_org *o;
    struct ct_org *all;
    size_t n;
    int r = ct_org_list(db, c->arena, &all, &n, err);

    if (r < 0)
        return r;
    o = ct_org_find(all, n, kind, ct_sv_c(path));
    if (!o)
        return ct_fail(err, CT_NOT_FOUND, path, "there is no such %s", ct_org_kind_name(kind));
    *ret = o->id;
    return CT_OK;
}

static int find_person(const struct ct_org_call *c, struct ct_db *db, int64_t *ret,
                       struct ct_err *err)
{
    struct ct_err reason = CT_ERR_INIT;
    struct ct_person p;
    int r = ct_person_by_email(db, c->arena, ct_sv_c(c->second), &p, &reason);

    if (r == CT_NOT_FOUND)
        return ct_fail(err, r, c->second, "there is nobody with this e-mail address");
    if (r < 0)
        return ct_fail(err, reason.code, reason.what, "%s", reason.text);
    *ret = p.id;
    return CT_OK;
}

static int add(const struct ct_org_call *c, struct ct_err *err)
{
    struct ct_org_new o = {.kind = c->command->kind,
                           .path = ct_sv_c(c->path),
                           .name = ct_sv_c(c->name),
                           .below = ct_sv_c(c->below),
                           .time_zone = ct_sv_c(c->time_zone),
                           .fiscal_month = c->fiscal_month};
    int64_t id;

    return ct_org_add(c->store, &ct_clock_system, &o, 0, &id, err);
}

static int rename_org(const struct ct_org_call *c, struct ct_err *err)
{
    int64_t id = 0; /* an optimising compiler does not see that CT_OK sets it */
    int r;
    {
        CT_AUTO_READER rd = ct_store_reader(c->store);
        r = ct_org_find_path(c, rd.db, c->command->kind, c->path, &id, err);
    }
    return r < 0 ? r : ct_org_rename(c->store, &ct_clock_system, id, ct_sv_c(c->second), 0, err);
}

static int record(const struct ct_org_call *c, enum ct_org_tie tie, bool ends, struct ct_err *err)
{
    struct ct_org_change change = {
        .tie = tie, .ends = ends, .on = ct_sv_c(c->on), .note = ct_sv_c(c->note)};
    int r;
    {
        CT_AUTO_READER rd = ct_store_reader(c->store);
        if ((r = ct_org_find_path(c, rd.db, c->command->kind, c->path, &change.org, err)) == CT_OK)
            r = tie == CT_TIE_SHARING
                    ? ct_org_find_path(c, rd.db, CT_ORG_AGENCY, c->second, &change.who, err)
                    : find_person(c, rd.db, &change.who, err);
    }
    return r < 0 ? r : ct_org_record(c->store, &ct_clock_system, &change, NULL, err);
}

static int join(const struct ct_org_call *c, struct ct_err *err)
{
    return record(c, CT_TIE_MEMBER, false, err);
}

static int leave(const struct ct_org_call *c, struct ct_err *err)
{
    return record(c, CT_TIE_MEMBER, true, err);
}

static int lead(const struct ct_org_call *c, struct ct_err *err)
{
    return record(c, CT_TIE_LEAD, c->ends, err);
}

static int share(const struct ct_org_call *c, struct ct_err *err)
{
    return record(c, CT_TIE_SHARING, c->ends, err);
}

static const struct verb {
    struct ct_cli_verb is;
    bool needs_name;
    int (*run)(const struct ct_org_call *c, struct ct_err *err);
} verbs[] = {
    {{"add", "a short name", 1, 0}, true, add},
    {{"list", "nothing", 0, 0}, false, ct_org_print},
    {{"rename", "a short name and a NAME", 2, 0}, false, rename_org},
    {{"join", "a short name and an EMAIL", 2, 0}, false, join},
    {{"leave", "a short name and an EMAIL", 2, 0}, false, leave},
    {{"lead", "a short name and an EMAIL", 2, 0}, false, lead},
    {{"close", "a short name", 1, 0}, false, ct_org_cli_close},
    {{"reopen", "a short name", 1, 0}, false, ct_org_cli_reopen},
};
/* Of task forces, and of units only. */
static const struct verb verb_share = {{"share", "a short name and an AGENCY", 2, 0}, false, share};
static const struct verb verb_move = {{"move", "a short name", 1, 0}, false, ct_org_cli_move};

enum {
    OPT_NAME = CT_OPT_OWN,
    OPT_BELOW,
    OPT_ZONE,
    OPT_FISCAL,
    OPT_ON,
    OPT_NOTE,
    OPT_ENDS,
    OPT_AGENCY,
    OPT_PEOPLE_TO,
    OPT_REQUIREMENTS,
    OPT_DRY_RUN,
    OPT_UNDO
};
static const struct option options[] = {{"name", required_argument, NULL, OPT_NAME},
                                        {"below", required_argument, NULL, OPT_BELOW},
                                        {"time-zone", required_argument, NULL, OPT_ZONE},
                                        {"fiscal-month", required_argument, NULL, OPT_FISCAL},
                                        {"on", required_argument, NULL, OPT_ON},
                                        {"note", required_argument, NULL, OPT_NOTE},
                                        {"ends", no_argument, NULL, OPT_ENDS},
                                        {"agency", required_argument, NULL, OPT_AGENCY},
                                        {"people-to", required_argument, NULL, OPT_PEOPLE_TO},
                                        {"requirements", required_argument, NULL, OPT_REQUIREMENTS},
                                        {"dry-run", no_argument, NULL, OPT_DRY_RUN},
                                        {"undo", no_argument, NULL, OPT_UNDO},
                                        {"format", required_argument, NULL, CT_OPT_FORMAT},
                                        {"data", required_argument, NULL, CT_OPT_DATA},
                                        {"demo", no_argument, NULL, CT_OPT_DEMO},
                                        {"help", no_argument, NULL, CT_OPT_HELP},
                                        {NULL, 0, NULL, 0}};

/* The option's text in the call; NULL for one that takes none. */
static const char **text_of(struct ct_org_call *c, int option)
{
    switch (option) {
    case OPT_NAME:
        return &c->name;
    case OPT_BELOW:
        return &c->below;
    case OPT_ZONE:
        return &c->time_zone;
    case OPT_ON:
        return &c->on;
    case OPT_NOTE:
        return &c->note;
    case OPT_AGENCY:
        return &c->agency;
    case OPT_PEOPLE_TO:
        return &c->people_to;
    case OPT_REQUIREMENTS:
        return &c->requirements;
    case CT_OPT_DATA:
        return &c->data;
    }
    return NULL;
}

static int read_options(int argc, char **argv, struct ct_org_call *c, bool *ret_help)
{
    const char *command = c->command->name;
    int64_t month;
    int option;

    while ((option = ct_cli_option(command, argc, argv, options)) != -1) {
        const char **text = text_of(c, option);
        if (text)
            *text = optarg;
        if (option == '?')
            return CT_EXIT_USAGE;
        if (option == OPT_FISCAL) {
            if (!ct_sv_i64(ct_sv_c(optarg), &month) || month < 1 || month > 12)
                return ct_cli_usage(command, "--fiscal-month takes a number from 1 to 12, not '%s'",
                                    optarg);
            c->fiscal_month = (int)month;
        }
        if (option == CT_OPT_FORMAT && !ct_cli_format_parse(optarg, &c->format))
            return ct_cli_usage(command, "--format takes table, csv or json, not '%s'", optarg);
        if (option == CT_OPT_DEMO)
            c->database = CT_CLI_DEMO;
        c->ends |= option == OPT_ENDS;
        c->dry_run |= option == OPT_DRY_RUN;
        c->undo |= option == OPT_UNDO;
        *ret_help |= option == CT_OPT_HELP;
    }
    return CT_EXIT_OK;
}

/* The verb, with its operands in place; NULL after a complaint. */
static const struct verb *read_verb(int argc, char **argv, struct ct_org_call *c)
{
    enum { COMMON = sizeof verbs / sizeof verbs[0] };
    const char *command = c->command->name;
    struct verb *all = ct_arena_array(c->arena, struct verb, COMMON + 1);
    size_t n = COMMON;
    const struct verb *v;

    memcpy(all, verbs, sizeof verbs);
    if (c->command->kind != CT_ORG_AGENCY)
        all[n++] = c->command->kind == CT_ORG_UNIT ? verb_move : verb_share;
    v = ct_cli_verb(command, argc, argv, "add, list, lead, ...", all, n, sizeof all[0]);
    if (v && v->needs_name && !c->name) {
        ct_cli_usage(command, "'%s' needs --name NAME", v->is.name);
        return NULL;
    }
    if (!v)
        return NULL;
    c->path = ct_cli_operand(argc, argv, 0);
    c->second = ct_cli_operand(argc, argv, 1);
    return v;
}

int ct_org_command(const struct ct_org_command *command, int argc, char **argv)
{
    CT_AUTO_ARENA a = CT_ARENA_INIT;
    CT_AUTO_STORE *store = NULL;
    struct ct_err err = CT_ERR_INIT;
    struct ct_org_call c = {.command = command, .arena = &a, .database = CT_CLI_DATABASE};
    const struct verb *v;
    bool wants_help = false;
    int r = read_options(argc, argv, &c, &wants_help);

    if (r != CT_EXIT_OK)
        return r;
    if (wants_help) {
        fputs(command->help, stdout);
        return CT_EXIT_OK;
    }
    if (!(v = read_verb(argc, argv, &c)))
        return CT_EXIT_USAGE;
    r = ct_cli_store_open(&a, ct_cli_data(&a, c.data), c.database, 2, CT_CLI_MUST_EXIST, &store,
                          &err);
    if (r == CT_OK) {
        c.store = store;
        r = v->run(&c, &err);
    }
    return r < 0 ? ct_cli_fail(command->name, &err) : r;
}
