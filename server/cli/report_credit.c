/*
 * report_credit.c: `crosstrain report credit`: hours of credit that people earned, on any day.
 */
#include "cli_priv.h"

#include "ct/learn/person.h"
#include "ct/report/assignment.h"
#include "ct/report/credit_report.h"

#include <stdio.h>

#include "ct/base/banned.h"

static const char help[] =
    "Usage: crosstrain report credit [OPTION]...\n"
    "Prints a line for each person, thing completed, type of credit and body.\n\n"
    "  --as-of DAY            as it was at the end of this day (default: now)\n"
    "  --person EMAIL         of this person only\n"
    "  --type TYPE            this type of credit only, as in cle\n"
    "  --year YEAR            this credit year only: the calendar year in which it ends\n"
    "  --agency AGENCY        the people of this agency only; likewise:\n"
    "  --unit AGENCY/UNIT  --task-force NAME\n"
    "  --refused              also what was not earned, and why not\n"
    "  --format FORMAT        table (default), csv, json or xlsx\n"
    "  --output FILE          write csv, json or xlsx there\n" CT_HELP_DATA CT_HELP_DEMO
        CT_HELP_HELP;

struct wish {
    struct ct_credit_filter filter;
    struct ct_scope_wish scope;
    struct ct_cli_doc_wish put;
    const char *as_of, *person, *data;
    bool demo, help;
};

enum {
    OPT_AS_OF = CT_OPT_OWN,
    OPT_PERSON,
    OPT_TYPE,
    OPT_YEAR,
    OPT_AGENCY,
    OPT_UNIT,
    OPT_TASK_FORCE,
    OPT_REFUSED,
    OPT_OUTPUT
};
static const struct option options[] = {{"as-of", required_argument, NULL, OPT_AS_OF},
                                        {"person", required_argument, NULL, OPT_PERSON},
                                        {"type", required_argument, NULL, OPT_TYPE},
                                        {"year", required_argument, NULL, OPT_YEAR},
                                        {"agency", required_argument, NULL, OPT_AGENCY},
                                        {"unit", required_argument, NULL, OPT_UNIT},
                                        {"task-force", required_argument, NULL, OPT_TASK_FORCE},
                                        {"refused", no_argument, NULL, OPT_REFUSED},
                                        {"output", required_argument, NULL, OPT_OUTPUT},
                                        {"format", required_argument, NULL, CT_OPT_FORMAT},
                                        {"data", required_argument, NULL, CT_OPT_DATA},
                                        {"demo", no_argument, NULL, CT_OPT_DEMO},
                                        {"help", no_argument, NULL, CT_OPT_HELP},
                                        {NULL, 0, NULL, 0}};

static int read_option(struct wish *w, int option, const char *arg)
{
    int64_t year;
    int day;

    if (option == OPT_AS_OF && !ct_day_parse(ct_sv_c(arg), &day))
        return ct_cli_usage("report", CT_DAY_HOW ", unlike '%s'", arg);
    if (option == OPT_AS_OF)
        w->as_of = arg;
    if (option == OPT_PERSON)
        w->person = arg;
    if (option == OPT_TYPE)
        w->filter.type = ct_sv_c(arg);
    if (option == OPT_AGENCY)
        w->scope.agency = ct_sv_c(arg);
    if (option == OPT_UNIT)
        w->scope.unit = ct_sv_c(arg);
    if (option == OPT_TASK_FORCE)
        w->scope.task_force = ct_sv_c(arg);
    if (option == OPT_OUTPUT)
        w->put.output = arg;
    if (option == CT_OPT_DATA)
        w->data = arg;
    if (option == OPT_YEAR) {
        if (!ct_sv_i64(ct_sv_c(arg), &year) || year < 1 || year > 9999)
            return ct_cli_usage("report", "--year takes a year, not '%s'", arg);
        w->filter.year = (int)year;
    }
    return option == CT_OPT_FORMAT ? ct_cli_doc_format(arg, &w->put) : CT_EXIT_OK;
}

static int read_options(int argc, char **argv, struct wish *w)
{
    int option, r = CT_EXIT_OK;

    while (r == CT_EXIT_OK && (option = ct_cli_option("report", argc, argv, options)) != -1) {
        if (option == '?')
            return CT_EXIT_USAGE;
        w->filter.refused |= option == OPT_REFUSED;
        w->demo |= option == CT_OPT_DEMO;
        w->help |= option == CT_OPT_HELP;
        if (optarg)
            r = read_option(w, option, optarg);
    }
    return r;
}

static int find_whom(struct ct_arena *a, struct ct_db *db, struct wish *w, int64_t as_of,
                     struct ct_err *err)
{
    const struct ct_viewer machine = {.person = 0};
    struct ct_scope *scope = ct_arena_new(a, struct ct_scope);
    struct ct_err reason = CT_ERR_INIT;
    struct ct_person p;
    int r = CT_OK;

    if (w->person && (r = ct_person_by_email(db, a, ct_sv_c(w->person), &p, &reason)) < 0)
        return r == CT_NOT_FOUND
                   ? ct_fail(err, r, w->person, "there is nobody with this e-mail address")
                   : ct_fail(err, reason.code, reason.what, "%s", reason.text);
    if (w->person) {
        w->filter.person = p.id;
        w->filter.email = p.email;
    }
    w->filter.scope = scope;
    return ct_org_scope(db, a, &machine, &w->scope, as_of, scope, err);
}

static int make(struct ct_arena *a, struct wish *w, struct ct_err *err)
{
    CT_AUTO_STORE *store = NULL;
    struct ct_report_doc doc;
    int64_t now = ct_now(&ct_clock_system), as_of = now;
    int day = CT_DAY_NONE;
    int r = ct_cli_store_open(a, ct_cli_data(a, w->data), w->demo ? CT_CLI_DEMO : CT_CLI_DATABASE,
                              2, CT_CLI_MUST_EXIST, &store, err);

    if (r < 0)
        return r;
    CT_AUTO_READER rd = ct_store_reader(store);
    if (w->as_of && ct_day_parse(ct_sv_c(w->as_of), &day) &&
        (r = ct_assignment_moment(rd.db, day, w->scope.agency, now, &as_of, err)) < 0)
        return r;
    if ((r = find_whom(a, rd.db, w, as_of, err)) < 0 ||
        (r = ct_credit_report(rd.db, a, as_of, &w->filter, &doc, err)) < 0)
        return r;
    return ct_cli_doc_put(a, &doc, &w->put, err);
}

int ct_cli_report_credit(int argc, char **argv)
{
    CT_AUTO_ARENA a = CT_ARENA_INIT;
    struct ct_err err = CT_ERR_INIT;
    /* The columns that fit a screen. */
    static const char *const shown[] = {
        "last_name",   "first_name",    "completed_on", "course", "credit_type", "credit_hours",
        "credit_year", "approval_body", "approval_no",  "status", "reason"};
    struct wish w = {.put = {.shown = shown, .n_shown = sizeof shown / sizeof shown[0]}};
    int r = read_options(argc, argv, &w);

    if (r != CT_EXIT_OK)
        return r;
    if (w.help) {
        fputs(help, stdout);
        return CT_EXIT_OK;
    }
    if (optind < argc)
        return ct_cli_usage("report", "unexpected argument '%s'", argv[optind]);
    if ((r = ct_cli_doc_check(&w.put)) != CT_EXIT_OK)
        return r;
    r = make(&a, &w, &err);
    return r < 0 ? ct_cli_fail_option("report", options, &err) : r;
}
