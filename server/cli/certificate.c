/*
 * certificate.c: `crosstrain certificate`: certificates from the machine that the site runs on, and
 * confirming one anywhere.
 */
#include "certificate_priv.h"

#include <stdio.h>

#include "ct/base/banned.h"

static const char help[] =
    "Usage: crosstrain certificate list [--person EMAIL] [--course COURSE] [--format FORMAT]\n"
    "       crosstrain certificate revoke CODE --reason TEXT\n"
    "       crosstrain certificate pdf CODE --output FILE [--site ADDRESS]\n"
    "       crosstrain certificate document CODE [--output FILE]\n"
    "       crosstrain certificate verify FILE [--key PUBLIC]...\n"
    "       crosstrain certificate key [--rotate]\n"
    "Lists certificates with what they are worth today, revokes one for good, prints one as a PDF\n"
    "page or as the small signed document that the page carries.\n"
    "verify confirms either without the site: exit status 0 if it is as the site signed it, 1 if\n"
    "not. Whether it was revoked since, only the site knows. key prints the site's public keys.\n\n"
    "  --person EMAIL         of this person only\n"
    "  --course COURSE        of this course only, by its address\n"
    "  --reason TEXT          why; its holder and administrators read it\n"
    "  --output FILE          where to write it\n"
    "  --site ADDRESS         the site's address, for the QR code: https://training.example.org\n"
    "                         (default: where these records are being served)\n"
    "  --key PUBLIC           a public key that you trust, or a file of them (default: those of\n"
    "                         the records)\n"
    "  --rotate               sign with a new key from now on; the old public key stays "
    "listed\n" CT_HELP_FORMAT CT_HELP_CONTENT CT_HELP_DATA CT_HELP_DEMO CT_HELP_HELP;

static int open_store(const struct ct_certificate_call *c, struct ct_store **ret,
                      struct ct_err *err)
{
    return ct_cli_store_open(c->arena, ct_cli_data(c->arena, c->data), c->database, 2,
                             CT_CLI_MUST_EXIST, ret, err);
}

static struct ct_sv day(struct ct_arena *a, struct ct_date d)
{
    return d.year ? ct_arena_printf(a, "%04d-%02d-%02d", d.year, d.month, d.day) : CT_SV("");
}

enum { N_COLUMNS = 14 };
static const char *const columns[N_COLUMNS] = {
    "certificate_code", "certificate_name", "email",      "course",       "discipline",
    "course_revision",  "minutes",          "score",      "status",       "issued_on",
    "expires_on",       "superseded_by",    "revoked_on", "revoke_reason"};

static void fill_row(struct ct_arena *a, const struct ct_certificate *k, int64_t now,
                     struct ct_sv *cell)
{
    *cell++ = ct_certificate_dashed(a, k->code);
    *cell++ = k->name;
    *cell++ = k->email;
    *cell++ = k->course;
    *cell++ = k->discipline;
    *cell++ = ct_sv_sub(k->revision, 0, 12);
    *cell++ = ct_arena_printf(a, "%d", k->minutes);
    *cell++ = k->score < 0 ? CT_SV("") : ct_arena_printf(a, "%d", k->score);
    *cell++ = ct_sv_c(ct_certificate_status_name(ct_certificate_status(k, now)));
    *cell++ = day(a, k->issued_on);
    *cell++ = day(a, k->expires_on);
    *cell++ = k->superseded_by.p ? ct_certificate_dashed(a, k->superseded_by) : CT_SV("");
    *cell++ = day(a, k->revoked_on);
    *cell = k->revoke_reason.p ? k->revoke_reason : CT_SV("");
}

static int list(const struct ct_certificate_call *c, struct ct_err *err)
{
    const struct ct_certificate_filter filter = {.email = ct_sv_c(c->person),
                                                 .course = ct_sv_c(c->course)};
    CT_AUTO_STORE *store = NULL;
    struct ct_certificate *all;
    size_t n;
    int r = open_store(c, &store, err);

    if (r < 0)
        return r;
    CT_AUTO_READER rd = ct_store_reader(store);
    if ((r = ct_certificate_list(rd.db, c->arena, &filter, &all, &n, err)) < 0)
        return r;
    const struct ct_table t = {columns, N_COLUMNS,
                               ct_arena_array(c->arena, struct ct_sv, n * N_COLUMNS), n};
    for (size_t i = 0; i < n; i++)
        fill_row(c->arena, &all[i], ct_now(&ct_clock_system), &t.cells[i * N_COLUMNS]);
    return ct_cli_print("certificate", &t, c->format);
}

static int revoke_one(const struct ct_certificate_call *c, struct ct_err *err)
{
    CT_AUTO_STORE *store = NULL;
    int r = open_store(c, &store, err);

    return r < 0 ? r
                 : ct_certificate_revoke(store, &ct_clock_system, ct_sv_c(c->operand),
                                         ct_sv_c(c->reason), 0, err);
}

static const struct verb {
    struct ct_cli_verb is;
    int (*run)(const struct ct_certificate_call *c, struct ct_err *err);
} verbs[] = {
    {{"list", "nothing", 0, 0}, list},
    {{"revoke", "a CODE", 1, 0}, revoke_one},
    {{"pdf", "a CODE", 1, 0}, ct_certificate_print_pdf},
    {{"document", "a CODE", 1, 0}, ct_certificate_print_document},
    {{"verify", "a FILE", 1, 0}, ct_certificate_confirm},
    {{"key", "nothing", 0, 0}, ct_certificate_print_key},
};

enum { OPT_PERSON = CT_OPT_OWN, OPT_COURSE, OPT_REASON, OPT_OUTPUT, OPT_SITE, OPT_KEY, OPT_ROTATE };
static const struct option options[] = {{"person", required_argument, NULL, OPT_PERSON},
                                        {"course", required_argument, NULL, OPT_COURSE},
                                        {"reason", required_argument, NULL, OPT_REASON},
                                        {"output", required_argument, NULL, OPT_OUTPUT},
                                        {"site", required_argument, NULL, OPT_SITE},
                                        {"key", required_argument, NULL, OPT_KEY},
                                        {"rotate", no_argument, NULL, OPT_ROTATE},
                                        {"format", required_argument, NULL, CT_OPT_FORMAT},
                                        {"content", required_argument, NULL, CT_OPT_CONTENT},
                                        {"data", required_argument, NULL, CT_OPT_DATA},
                                        {"demo", no_argument, NULL, CT_OPT_DEMO},
                                        {"help", no_argument, NULL, CT_OPT_HELP},
                                        {NULL, 0, NULL, 0}};

/* Where the value of an option goes; NULL for one that is no text. */
static const char **place_of(struct ct_certificate_call *c, int option)
{
    switch (option) {
    case OPT_PERSON:
        return &c->person;
    case OPT_COURSE:
        return &c->course;
    case OPT_REASON:
        return &c->reason;
    case OPT_OUTPUT:
        return &c->output;
    case OPT_SITE:
        return &c->site;
    case CT_OPT_CONTENT:
        return &c->content;
    case CT_OPT_DATA:
        return &c->data;
    default: /* an option is a number of getopt's, not a value of an enum */
        return NULL;
    }
}

static int read_options(int argc, char **argv, struct ct_certificate_call *call, bool *ret_help)
{
    int c;

    while ((c = ct_cli_option("certificate", argc, argv, options)) != -1) {
        const char **place = place_of(call, c);
        if (c == '?')
            return CT_EXIT_USAGE;
        if (place)
            *place = optarg;
        *ret_help |= c == CT_OPT_HELP;
        call->rotate |= c == OPT_ROTATE;
        if (c == CT_OPT_DEMO)
            call->database = CT_CLI_DEMO;
        if (c == OPT_KEY && call->n_trusted == CT_TRUSTED_MAX)
            return ct_cli_usage("certificate", "at most %d keys; put them in a file",
                                CT_TRUSTED_MAX);
        if (c == OPT_KEY)
            call->trusted[call->n_trusted++] = optarg;
        if (c == CT_OPT_FORMAT && !ct_cli_format_parse(optarg, &call->format))
            return ct_cli_usage("certificate", "--format takes table, csv or json, not '%s'",
                                optarg);
    }
    return CT_EXIT_OK;
}

/* The verb with its operand in place; NULL after a complaint. */
static const struct verb *read_verb(int argc, char **argv, struct ct_certificate_call *c)
{
    const struct verb *v = ct_cli_verb("certificate", argc, argv, "list, revoke, pdf, verify, ...",
                                       verbs, sizeof verbs / sizeof verbs[0], sizeof verbs[0]);

    if (!v)
        return NULL;
    c->operand = ct_cli_operand(argc, argv, 0);
    if (v->run == revoke_one && !c->reason)
        ct_cli_usage("certificate", "'revoke' needs --reason TEXT");
    else if (v->run == ct_certificate_print_pdf && !c->output)
        ct_cli_usage("certificate", "'pdf' needs --output FILE");
    else
        return v;
    return NULL;
}

int ct_cmd_certificate(int argc, char **argv)
{
    CT_AUTO_ARENA a = CT_ARENA_INIT;
    struct ct_err err = CT_ERR_INIT;
    struct ct_certificate_call c = {.arena = &a, .database = CT_CLI_DATABASE};
    const struct verb *v;
    bool wants_help = false;
    int r = read_options(argc, argv, &c, &wants_help);

    if (r != CT_EXIT_OK)
        return r;
    if (wants_help) {
        fputs(help, stdout);
        return CT_EXIT_OK;
    }
    if (!(v = read_verb(argc, argv, &c)))
        return CT_EXIT_USAGE;
    r = v->run(&c, &err);
    return r < 0 ? ct_cli_fail("certificate", &err) : r;
}
