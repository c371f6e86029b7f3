/*
 * report.c: `crosstrain report`: completion, for managers who live in terminals and cron jobs. The
 * numbers are those of the page /reports/completion, by the same functions. Like a server's start,
 * it publishes what trainers have saved meanwhile, so that both count by the same text.
 */
#include "cli_priv.h"

#include "ct/learn/curriculum.h"
#include "ct/report/report_completion.h"

#include <stdio.h>

#include "ct/base/banned.h"

static const char help[] =
    "Usage: crosstrain report completion [OPTION]...\n"
    "       crosstrain report assignments [OPTION]... (it has a --help of its own)\n"
    "       crosstrain report transcript EMAIL [OPTION]... (likewise)\n"
    "       crosstrain report credit [OPTION]... (likewise)\n"
    "       crosstrain report audit [OPTION]... (likewise)\n"
    "       crosstrain report coverage|trends|questions [OPTION]... (likewise)\n"
    "Prints who completed what: by default a line for each discipline and course.\n\n"
    "  --by WHAT              discipline, course, person, agency, unit or task-force instead;\n"
    "                         in a row of several courses people are counted once a course\n"
    "  --course COURSE        this course only, by its address\n"
    "  --discipline NAME      this discipline only, by its short name\n"
    "  --agency AGENCY        the people of this agency only, as in alder-dcs\n"
    "  --unit AGENCY/UNIT     the people of this unit and of those below it, as in "
    "alder-dcs/intake\n"
    "  --task-force NAME      the people of this task force only\n"
    "  --as-of DAY            what was so at the end of that day, as in 2026-03-31\n"
    "  --format FORMAT        table (default), csv, json or xlsx\n"
    "  --output FILE          write the file that the page gives for download; csv, json or "
    "xlsx\n" CT_HELP_CONTENT CT_HELP_DATA CT_HELP_DEMO CT_HELP_HELP;

struct wish {
    enum ct_report_by by;
    struct ct_report_filter filter;
    struct ct_scope_wish scope;
    struct ct_sv day; /* null: now */
    enum ct_cli_format format;
    bool is_xlsx;       /* instead */
    const char *output; /* NULL: standard output */
    const char *content, *data;
    bool demo;
};

/* The report of whom was asked for; who has the machine may see everybody. */
static int count(struct ct_arena *a, struct ct_db *db, const struct ct_catalogue **cat,
                 const struct wish *w, struct ct_report_filter *filter, struct ct_report *ret,
                 struct ct_err *err)
{
    const struct ct_viewer machine = {.person = 0};
    struct ct_scope *scope = ct_arena_new(a, struct ct_scope);
    struct ct_scope_wish wish = w->scope;
    struct ct_report_moment at;
    int r = ct_report_moment(db, a, &ct_clock_system, w->day, &wish, &at, err);

    if (r < 0)
        return r;
    wish.day = at.day_text;
    *filter = w->filter;
    filter->scope = scope;
    filter->as_of = at.as_of;
    filter->time_zone = at.time_zone;
    if ((r = ct_org_scope(db, a, &machine, &wish, at.as_of, scope, err)) < 0 ||
        (r = ct_curriculum_as_of(db, a, *cat, at.as_of, cat, err)) < 0)
        return r;
    return ct_report_completion(db, a, *cat, &ct_clock_system, filter, ret, err);
}

static enum ct_report_format format_of(const struct wish *w)
{
    if (w->is_xlsx)
        return CT_REPORT_XLSX;
    return w->format == CT_CLI_JSON ? CT_REPORT_JSON : CT_REPORT_CSV;
}

static int make(struct ct_arena *a, const struct wish *w, struct ct_err *err)
{
    CT_AUTO_STORE *store = NULL;
    CT_AUTO_LIBRARY *library = NULL;
    struct ct_report_filter filter;
    struct ct_report report;
    struct ct_report_doc doc;
    struct ct_table table;
    int r;

    if ((r = ct_cli_open(a, w->data, w->demo ? CT_CLI_DEMO : CT_CLI_DATABASE, w->content, &store,
                         &library, err)) < 0)
        return r;
    CT_AUTO_READER rd = ct_store_reader(store);
    const struct ct_catalogue *cat = ct_library_hold(library, 0);
    r = count(a, rd.db, &cat, w, &filter, &report, err);
    if (r == CT_OK && w->output) {
        ct_report_completion_doc(a, &report, &filter, cat, w->by, &doc);
        r = ct_cli_doc_write(a, &doc, format_of(w), w->output, err);
    } else if (r == CT_OK) {
        ct_report_table(a, &report, w->by, &table);
    }
    ct_library_release(library, 0);
    return r < 0 || w->output ? r : ct_cli_print("report", &table, w->format);
}

static bool read_by(const char *text, enum ct_report_by *ret)
{
    return *text && ct_report_view_parse(ct_sv_c(text), ret);
}

enum {
    OPT_BY = CT_OPT_OWN,
    OPT_COURSE,
    OPT_DISCIPLINE,
    OPT_AGENCY,
    OPT_UNIT,
    OPT_TASK_FORCE,
    OPT_AS_OF,
    OPT_OUTPUT
};
static const struct option options[] = {{"by", required_argument, NULL, OPT_BY},
                                        {"course", required_argument, NULL, OPT_COURSE},
                                        {"discipline", required_argument, NULL, OPT_DISCIPLINE},
                                        {"agency", required_argument, NULL, OPT_AGENCY},
                                        {"unit", required_argument, NULL, OPT_UNIT},
                                        {"task-force", required_argument, NULL, OPT_TASK_FORCE},
                                        {"as-of", required_argument, NULL, OPT_AS_OF},
                                        {"format", required_argument, NULL, CT_OPT_FORMAT},
                                        {"output", required_argument, NULL, OPT_OUTPUT},
                                        {"content", required_argument, NULL, CT_OPT_CONTENT},
                                        {"data", required_argument, NULL, CT_OPT_DATA},
                                        {"demo", no_argument, NULL, CT_OPT_DEMO},
                                        {"help", no_argument, NULL, CT_OPT_HELP},
                                        {NULL, 0, NULL, 0}};

/* CT_EXIT_OK to go on; *ret_done when everything was said already. */
static int read_options(int argc, char **argv, struct wish *w, bool *ret_done)
{
    int c;

    while ((c = ct_cli_option("report", argc, argv, options)) != -1) {
        if (c == CT_OPT_HELP) {
            fputs(help, stdout);
            *ret_done = true;
            return CT_EXIT_OK;
        }
        if (c == OPT_BY && !read_by(optarg, &w->by))
            return ct_cli_usage(
                "report",
                "--by takes discipline, course, person, agency, unit or task-force, not "
                "'%s'",
                optarg);
        if (c == OPT_AS_OF)
            w->day = ct_sv_c(optarg);
        if (c == CT_OPT_FORMAT)
            w->is_xlsx = strcmp(optarg, "xlsx") == 0;
        if (c == CT_OPT_FORMAT && !w->is_xlsx && !ct_cli_format_parse(optarg, &w->format))
            return ct_cli_usage("report", "--format takes table, csv, json or xlsx, not '%s'",
                                optarg);
        if (c == OPT_OUTPUT)
            w->output = optarg;
        if (c == OPT_COURSE)
            w->filter.course = ct_sv_c(optarg);
        if (c == OPT_DISCIPLINE)
            w->filter.discipline = ct_sv_c(optarg);
        if (c == OPT_AGENCY)
            w->scope.agency = ct_sv_c(optarg);
        if (c == OPT_UNIT)
            w->scope.unit = ct_sv_c(optarg);
        if (c == OPT_TASK_FORCE)
            w->scope.task_force = ct_sv_c(optarg);
        if (c == CT_OPT_CONTENT)
            w->content = optarg;
        if (c == CT_OPT_DATA)
            w->data = optarg;
        w->demo |= c == CT_OPT_DEMO;
        if (c == '?')
            return CT_EXIT_USAGE;
    }
    return CT_EXIT_OK;
}

int ct_cmd_report(int argc, char **argv)
{
    CT_AUTO_ARENA a = CT_ARENA_INIT;
    struct ct_err err = CT_ERR_INIT;
    struct wish wish = {.by = CT_BY_DISCIPLINE_COURSE};
    bool done = false;
    int r;

    if (argc > 1 && strcmp(argv[1], "assignments") == 0)
        return ct_cli_report_assignments(argc - 1, argv + 1);
    if (argc > 1 && strcmp(argv[1], "transcript") == 0)
        return ct_cli_report_transcript(argc - 1, argv + 1);
    if (argc > 1 && strcmp(argv[1], "credit") == 0)
        return ct_cli_report_credit(argc - 1, argv + 1);
    if (argc > 1 && strcmp(argv[1], "audit") == 0)
        return ct_cli_report_audit(argc - 1, argv + 1);
    if (argc > 1 && ct_cli_is_team_report(argv[1]))
        return ct_cli_report_team(argc - 1, argv + 1);
    r = read_options(argc, argv, &wish, &done);
    if (r != CT_EXIT_OK || done)
        return r;
    if (optind == argc)
        return ct_cli_usage("report",
                            "the report is missing: there are 'completion', 'assignments', "
                            "'coverage', 'trends', 'questions', 'credit', 'transcript' and "
                            "'audit'");
    if (strcmp(argv[optind], "completion") != 0)
        return ct_cli_usage("report", "there is no report '%s'", argv[optind]);
    if (optind + 1 < argc)
        return ct_cli_usage("report", "unexpected argument '%s'", argv[optind + 1]);
    if (wish.is_xlsx && !wish.output)
        return ct_cli_usage("report", "a spreadsheet needs --output FILE");
    if (wish.output && !wish.is_xlsx && wish.format == CT_CLI_TABLE)
        return ct_cli_usage("report", "--output needs --format csv, json or xlsx");
    r = make(&a, &wish, &err);
    return r < 0 ? ct_cli_fail_option("report", options, &err) : r;
}
