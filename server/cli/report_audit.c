/*
 * report_audit.c: `crosstrain report audit`: everything that an auditor asks about a period, in one
 * archive. It is written beside the file that was named and takes its place when it is whole.
 */
#include "cli_priv.h"

#include "ct/base/secret.h"
#include "ct/report/audit.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

#include "ct/base/banned.h"

static const char help[] =
    "Usage: crosstrain report audit --from DAY --until DAY --output FILE.zip [OPTION]...\n"
    "Packs who completed what in a period, how everybody stood to what is required at its end,\n"
    "certificates, the texts as they were passed, and sums to check all of it by.\n\n"
    "  --from DAY  --until DAY  the period, as in 2026-01-01; both days are in it\n"
    "  --output FILE          the archive\n"
    "  --agency AGENCY  --unit AGENCY/UNIT  --task-force NAME   whom it is about (default: all)\n"
    "  --site URL             where certificates can be checked, for their QR codes (default:\n"
    "                         where the records are being served)\n" CT_HELP_CONTENT CT_HELP_DATA
        CT_HELP_DEMO CT_HELP_HELP;

struct wish {
    struct ct_audit audit;
    const char *output, *content, *data, *site;
    bool demo, help;
};

enum {
    OPT_FROM = CT_OPT_OWN,
    OPT_UNTIL,
    OPT_OUTPUT,
    OPT_AGENCY,
    OPT_UNIT,
    OPT_TASK_FORCE,
    OPT_SITE
};
static const struct option options[] = {{"from", required_argument, NULL, OPT_FROM},
                                        {"until", required_argument, NULL, OPT_UNTIL},
                                        {"output", required_argument, NULL, OPT_OUTPUT},
                                        {"agency", required_argument, NULL, OPT_AGENCY},
                                        {"unit", required_argument, NULL, OPT_UNIT},
                                        {"task-force", required_argument, NULL, OPT_TASK_FORCE},
                                        {"site", required_argument, NULL, OPT_SITE},
                                        {"content", required_argument, NULL, CT_OPT_CONTENT},
                                        {"data", required_argument, NULL, CT_OPT_DATA},
                                        {"demo", no_argument, NULL, CT_OPT_DEMO},
                                        {"help", no_argument, NULL, CT_OPT_HELP},
                                        {NULL, 0, NULL, 0}};

/* Where the text of an option goes; NULL for one that is none. */
static const char **text_of(struct wish *w, int option)
{
    return option == OPT_OUTPUT       ? &w->output
           : option == OPT_SITE       ? &w->site
           : option == CT_OPT_CONTENT ? &w->content
           : option == CT_OPT_DATA    ? &w->data
                                      : NULL;
}

static int read_option(struct wish *w, int option, const char *arg)
{
    const char **text = text_of(w, option);
    int *day = option == OPT_FROM ? &w->audit.from : option == OPT_UNTIL ? &w->audit.until : NULL;

    if (day && !ct_day_parse(ct_sv_c(arg), day))
        return ct_cli_usage("report", CT_DAY_HOW ", unlike '%s'", arg);
    if (text)
        *text = arg;
    if (option == OPT_AGENCY)
        w->audit.whom.agency = ct_sv_c(arg);
    if (option == OPT_UNIT)
        w->audit.whom.unit = ct_sv_c(arg);
    if (option == OPT_TASK_FORCE)
        w->audit.whom.task_force = ct_sv_c(arg);
    return CT_EXIT_OK;
}

static int read_options(int argc, char **argv, struct wish *w)
{
    int option, r = CT_EXIT_OK;

    while (r == CT_EXIT_OK && (option = ct_cli_option("report", argc, argv, options)) != -1) {
        if (option == '?')
            return CT_EXIT_USAGE;
        w->demo |= option == CT_OPT_DEMO;
        w->help |= option == CT_OPT_HELP;
        if (optarg)
            r = read_option(w, option, optarg);
    }
    return r;
}

/* How far it is, for eyes alone. */
static int tell(void *arg, int64_t done, int64_t total, struct ct_err *err)
{
    int *last = arg;
    int percent = total ? (int)(done * 100 / total) : 0;

    (void)err;
    if (percent != *last && isatty(STDERR_FILENO))
        fprintf(stderr, "\r%3d %%%s", percent, percent == 100 ? "\n" : "");
    *last = percent;
    return CT_OK;
}

static int fail_disk(const char *path, struct ct_err *err)
{
    const char *reason = strerrordesc_np(errno);

    return ct_fail(err, CT_INTERNAL, path, "%s", reason ? reason : "unknown fault");
}

static int write_to(int *fd, const struct ct_audit *q, const char *path, struct ct_err *err)
{
    struct ct_sink out = ct_sink_fd(fd);
    struct ct_err why = CT_ERR_INIT;
    int last = 0;
    struct ct_progress progress = {tell, &last};
    int r = ct_audit_write(q, &out, &progress, &why);

    if (r == CT_OK && fsync(*fd) < 0)
        return fail_disk(path, err);
    if (r < 0) /* of the disk it is said which file */
        ct_fail(err, (enum ct_status)r, strcmp(why.what, "disk") == 0 ? path : why.what, "%s",
                why.text);
    return r;
}

static int write_file(struct ct_arena *a, const struct wish *w, const struct ct_audit *q,
                      struct ct_err *err)
{
    char token[CT_TOKEN_TEXT + 1];
    const char *part = ct_arena_printf(a, "%s.%s.part", w->output, ct_random_token(token)).p;
    int fd = open(part, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    int r;

    if (fd < 0)
        return errno == ENOENT ? ct_fail(err, CT_NOT_FOUND, w->output, "its folder is not there")
                               : fail_disk(w->output, err);
    r = write_to(&fd, q, w->output, err);
    if (close(fd) < 0 && r == CT_OK)
        r = fail_disk(w->output, err);
    if (r == CT_OK && rename(part, w->output) < 0)
        r = fail_disk(w->output, err);
    if (r < 0)
        unlink(part);
    return r;
}

static int make(struct ct_arena *a, struct wish *w, struct ct_err *err)
{
    const char *data = ct_cli_data(a, w->data), *database = w->demo ? CT_CLI_DEMO : CT_CLI_DATABASE;
    CT_AUTO_STORE *store = NULL;
    CT_AUTO_LIBRARY *library = NULL;
    struct ct_audit *q = &w->audit;
    int r;

    if ((r = ct_cli_store_open(a, data, database, 2, CT_CLI_MUST_EXIST, &store, err)) < 0 ||
        (r = ct_cli_site(a, w->site, data, database, &q->site, err)) < 0 ||
        (r = ct_library_open(store, &ct_clock_system, w->content ? w->content : ct_cli_content(a),
                             1, &library, err)) < 0)
        return r;
    CT_AUTO_READER rd = ct_store_reader(store);
    q->db = rd.db;
    q->cat = ct_library_hold(library, 0);
    q->clock = &ct_clock_system;
    q->certificate_key = ct_cli_key(a, data, database);
    q->made_by = CT_SV("the server's administrator");
    r = ct_audit_check(a, q, err);
    if (r == CT_OK)
        r = write_file(a, w, q, err);
    ct_library_release(library, 0);
    return r;
}

int ct_cli_report_audit(int argc, char **argv)
{
    CT_AUTO_ARENA a = CT_ARENA_INIT;
    struct ct_err err = CT_ERR_INIT;
    struct wish w = {.audit = {.from = CT_DAY_NONE, .until = CT_DAY_NONE}};
    int r = read_options(argc, argv, &w);

    if (r != CT_EXIT_OK)
        return r;
    if (w.help) {
        fputs(help, stdout);
        return CT_EXIT_OK;
    }
    if (optind < argc)
        return ct_cli_usage("report", "unexpected argument '%s'", argv[optind]);
    if (w.audit.from == CT_DAY_NONE || w.audit.until == CT_DAY_NONE)
        return ct_cli_usage("report", "an audit pack needs --from DAY and --until DAY");
    if (!w.output)
        return ct_cli_usage("report", "an audit pack needs --output FILE.zip");
    r = make(&a, &w, &err);
    return r < 0 ? ct_cli_fail_option("report", options, &err) : CT_EXIT_OK;
}
