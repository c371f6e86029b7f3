/*
 * report_team.c: `crosstrain report coverage`, `trends` and `questions`: what the pages of these
 * names say, for terminals and cron jobs.
 */
#include "cli_priv.h"

#include "ct/learn/curriculum.h"
#include "ct/report/coverage.h"
#include "ct/report/question_report.h"
#include "ct/report/trend.h"

#include <stdio.h>

#include "ct/base/banned.h"

static const char help[] =
    "Usage: crosstrain report coverage [OPTION]...\n"
    "       crosstrain report trends [OPTION]...\n"
    "       crosstrain report questions [OPTION]...\n"
    "coverage: how many of each discipline have completed each module of a course, and who has "
    "not.\n"
    "trends: how people stood at the end of each month.\n"
    "questions: which questions of a quiz people get wrong at the first try, in numbers alone.\n\n"
    "  --course COURSE        this course, by its address (coverage, questions: else the first)\n"
    "  --of WHAT              coverage: modules (default), objectives or chairs;\n"
    "                         questions: questions (default) or objectives\n"
    "  --module MODULE        questions: this module, by its address (else the first with a quiz)\n"
    "  --by WHAT              trends: month (default), quarter or week\n"
    "  --from DAY, --until DAY  trends: from one day to another (default: a year until today)\n"
    "  --requirement NAME     trends: this requirement only\n"
    "  --as-of DAY            coverage: as it was at the end of that day, as in 2026-03-31\n"
    "  --discipline NAME      coverage, trends: this discipline only, by its short name\n"
    "  --agency AGENCY        coverage, trends: the people of this agency only; likewise:\n"
    "  --unit AGENCY/UNIT  --task-force NAME\n"
    "  --format FORMAT        table (default), csv, json or xlsx\n"
    "  --output FILE          write csv, json or xlsx there\n" CT_HELP_CONTENT CT_HELP_DATA
        CT_HELP_DEMO CT_HELP_HELP;

struct wish {
    struct ct_sv course, of, module, by, from, until, requirement, as_of, discipline;
    struct ct_scope_wish scope;
    struct ct_cli_doc_wish put;
    const char *content, *data;
    bool demo, help;
};

/* What a report is made with. */
struct desk {
    struct ct_arena *arena;
    struct ct_db *db;
    const struct ct_catalogue *cat;
};

/* ---- the reports ---- */

static int make_coverage(struct desk *d, const struct wish *w, struct ct_report_doc *ret,
                         struct ct_err *err)
{
    const struct ct_viewer machine = {.person = 0};
    struct ct_coverage_filter filter = {
        .course = w->course, .discipline = w->discipline, .day = w->as_of};
    struct ct_scope_wish wish = w->scope;
    struct ct_report_moment at;
    struct ct_coverage coverage;
    struct ct_scope scope;
    enum ct_coverage_of of;
    int r;

    if (!ct_coverage_of_parse(w->of, &of))
        return ct_fail(err, CT_BAD_INPUT, "--of", "one of modules, objectives, chairs is wanted");
    if ((r = ct_report_moment(d->db, d->arena, &ct_clock_system, w->as_of, &wish, &at, err)) < 0)
        return r;
    wish.day = at.day_text;
    filter.scope = &scope;
    if ((r = ct_org_scope(d->db, d->arena, &machine, &wish, at.as_of, &scope, err)) < 0 ||
        (r = ct_curriculum_as_of(d->db, d->arena, d->cat, at.as_of, &d->cat, err)) < 0 ||
        (r = ct_coverage(d->db, d->arena, d->cat, at.as_of, &filter, &coverage, err)) < 0)
        return r;
    ct_coverage_doc(d->arena, d->cat, &coverage, &filter, of, ret);
    ret->time_zone = at.time_zone;
    return CT_OK;
}

static int make_trends(struct desk *d, const struct wish *w, struct ct_report_doc *ret,
                       struct ct_err *err)
{
    const struct ct_viewer machine = {.person = 0};
    struct ct_trend_filter filter = {.viewer = &machine,
                                     .wish = w->scope,
                                     .course = w->course,
                                     .discipline = w->discipline,
                                     .requirement = w->requirement,
                                     .from = CT_DAY_NONE};
    struct ct_report_moment at;
    struct ct_trend trend;
    int r;

    if (!ct_trend_by_parse(w->by, &filter.by))
        return ct_fail(err, CT_BAD_INPUT, "--by", "one of month, quarter, week is wanted");
    if (w->from.n && !ct_day_parse(w->from, &filter.from))
        return ct_fail(err, CT_BAD_INPUT, "--from", CT_DAY_HOW);
    if ((r = ct_report_moment(d->db, d->arena, &ct_clock_system, w->until, &w->scope, &at, err)) <
        0)
        return r;
    filter.until = at.day;
    if ((r = ct_curriculum_as_of(d->db, d->arena, d->cat, at.as_of, &d->cat, err)) < 0)
        return r;
    if ((r = ct_trend(d->db, d->arena, d->cat, at.as_of, &filter, &trend, err)) < 0)
        return r;
    ct_trend_doc(d->arena, d->cat, &trend, &filter, ret);
    ret->time_zone = at.time_zone;
    return CT_OK;
}

static int make_questions(struct desk *d, const struct wish *w, struct ct_report_doc *ret,
                          struct ct_err *err)
{
    const struct ct_course *c = NULL;
    const struct ct_module *m = NULL;
    struct ct_question_report report;
    enum ct_question_of of;
    int r;

    if (!ct_question_of_parse(w->of, &of))
        return ct_fail(err, CT_BAD_INPUT, "--of", "one of questions, objectives is wanted");
    if ((r = ct_question_choose(d->cat, w->course, w->module, &c, &m, err)) < 0)
        return r;
    if (!m)
        return ct_fail(err, CT_NOT_FOUND, "--course", "no module of this course has a quiz");
    if ((r = ct_question_report(d->db, d->arena, d->cat, c, m, &report, err)) < 0)
        return r;
    ct_question_doc(d->arena, d->cat, &report, of, ret);
    ret->as_of = ct_now(&ct_clock_system);
    return CT_OK;
}

static const struct team_report {
    const char *name;
    int (*make)(struct desk *d, const struct wish *w, struct ct_report_doc *ret,
                struct ct_err *err);
} reports[] = {{"coverage", make_coverage}, {"trends", make_trends}, {"questions", make_questions}};

static int make(struct ct_arena *a, const struct team_report *report, const struct wish *w,
                struct ct_err *err)
{
    CT_AUTO_STORE *store = NULL;
    CT_AUTO_LIBRARY *library = NULL;
    struct ct_report_doc doc;
    int r;

    if ((r = ct_cli_open(a, w->data, w->demo ? CT_CLI_DEMO : CT_CLI_DATABASE, w->content, &store,
                         &library, err)) < 0)
        return r;
    CT_AUTO_READER rd = ct_store_reader(store);
    struct desk d = {a, rd.db, ct_library_hold(library, 0)};
    r = report->make(&d, w, &doc, err);
    if (r == CT_OK)
        r = ct_cli_doc_put(a, &doc, &w->put, err);
    ct_library_release(library, 0);
    return r;
}

/* ---- what is asked ---- */

enum {
    OPT_COURSE = CT_OPT_OWN,
    OPT_OF,
    OPT_MODULE,
    OPT_BY,
    OPT_FROM,
    OPT_UNTIL,
    OPT_REQUIREMENT,
    OPT_AS_OF,
    OPT_DISCIPLINE,
    OPT_AGENCY,
    OPT_UNIT,
    OPT_TASK_FORCE,
    OPT_OUTPUT
};
static const struct option options[] = {{"course", required_argument, NULL, OPT_COURSE},
                                        {"of", required_argument, NULL, OPT_OF},
                                        {"module", required_argument, NULL, OPT_MODULE},
                                        {"by", required_argument, NULL, OPT_BY},
                                        {"from", required_argument, NULL, OPT_FROM},
                                        {"until", required_argument, NULL, OPT_UNTIL},
                                        {"requirement", required_argument, NULL, OPT_REQUIREMENT},
                                        {"as-of", required_argument, NULL, OPT_AS_OF},
                                        {"discipline", required_argument, NULL, OPT_DISCIPLINE},
                                        {"agency", required_argument, NULL, OPT_AGENCY},
                                        {"unit", required_argument, NULL, OPT_UNIT},
                                        {"task-force", required_argument, NULL, OPT_TASK_FORCE},
                                        {"output", required_argument, NULL, OPT_OUTPUT},
                                        {"format", required_argument, NULL, CT_OPT_FORMAT},
                                        {"content", required_argument, NULL, CT_OPT_CONTENT},
                                        {"data", required_argument, NULL, CT_OPT_DATA},
                                        {"demo", no_argument, NULL, CT_OPT_DEMO},
                                        {"help", no_argument, NULL, CT_OPT_HELP},
                                        {NULL, 0, NULL, 0}};

static int read_option(struct wish *w, int option, const char *arg)
{
    const struct {
        int option;
        struct ct_sv *text;
    } texts[] = {{OPT_COURSE, &w->course},
                 {OPT_OF, &w->of},
                 {OPT_MODULE, &w->module},
                 {OPT_BY, &w->by},
                 {OPT_FROM, &w->from},
                 {OPT_UNTIL, &w->until},
                 {OPT_REQUIREMENT, &w->requirement},
                 {OPT_AS_OF, &w->as_of},
                 {OPT_DISCIPLINE, &w->discipline},
                 {OPT_AGENCY, &w->scope.agency},
                 {OPT_UNIT, &w->scope.unit},
                 {OPT_TASK_FORCE, &w->scope.task_force}};

    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++)
        if (texts[i].option == option)
            *texts[i].text = ct_sv_c(arg);
    if (option == OPT_OUTPUT)
        w->put.output = arg;
    if (option == CT_OPT_CONTENT)
        w->content = arg;
    if (option == CT_OPT_DATA)
        w->data = arg;
    return option == CT_OPT_FORMAT ? ct_cli_doc_format(arg, &w->put) : CT_EXIT_OK;
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

static const struct team_report *find(const char *name)
{
    for (size_t i = 0; i < sizeof reports / sizeof reports[0]; i++)
        if (strcmp(reports[i].name, name) == 0)
            return &reports[i];
    return NULL;
}

bool ct_cli_is_team_report(const char *name)
{
    return find(name) != NULL;
}

int ct_cli_report_team(int argc, char **argv)
{
    CT_AUTO_ARENA a = CT_ARENA_INIT;
    const struct team_report *report = find(argv[0]);
    struct ct_err err = CT_ERR_INIT;
    struct wish wish = {.help = false};
    int r = read_options(argc, argv, &wish);

    if (r != CT_EXIT_OK)
        return r;
    if (wish.help) {
        fputs(help, stdout);
        return CT_EXIT_OK;
    }
    if (optind < argc)
        return ct_cli_usage("report", "unexpected argument '%s'", argv[optind]);
    if ((r = ct_cli_doc_check(&wish.put)) != CT_EXIT_OK)
        return r;
    r = make(&a, report, &wish, &err);
    return r < 0 ? ct_cli_fail_option("report", options, &err) : r;
}
