/*
 * report_assignments.c: `crosstrain report assignments`: how everybody stands to what is required
 * of them, on any day. CSV and JSON are written a row at a time, however many there are.
 */
#include "cli_priv.h"

#include "ct/base/limits.h"
#include "ct/learn/assignment.h"
#include "ct/learn/person.h"
#include "ct/text/csv.h"
#include "ct/text/json.h"

#include "ct/base/banned.h"

static const char help[] =
    "Usage: crosstrain report assignments [OPTION]...\n"
    "Prints a line for each person, requirement and period, also of who never signed in.\n"
    "CSV and JSON have all columns, a table for eyes has the main ones.\n\n"
    "  --as-of DAY            as it was at the end of this day (default: now)\n"
    "  --requirement NAME     this requirement only; likewise:\n"
    "  --course COURSE  --discipline NAME  --supervisor TEXT  --person EMAIL\n"
    "  --agency AGENCY  --unit AGENCY/UNIT  --task-force NAME\n"
    "  --status STATUS        this status only, as in overdue; as often as needed\n"
    "  --due-from DAY  --due-until DAY  --completed-from DAY  --completed-until DAY\n"
    "  --expires-within DAYS  what was completed and runs out within so many days\n"
    "  --current              the present period only, of who is under a requirement that day\n"
    "  --inactive             also who is inactive\n"
    "  --legend               print what each status means, and end\n" CT_HELP_FORMAT CT_HELP_DATA
        CT_HELP_DEMO CT_HELP_HELP;

struct wish {
    struct ct_assignment_filter filter;
    struct ct_scope_wish scope;
    enum ct_cli_format format;
    const char *as_of, *data, *person;
    bool demo, legend, help;
};

enum {
    OPT_AS_OF = CT_OPT_OWN,
    OPT_REQUIREMENT,
    OPT_COURSE,
    OPT_DISCIPLINE,
    OPT_SUPERVISOR,
    OPT_PERSON,
    OPT_AGENCY,
    OPT_UNIT,
    OPT_TASK_FORCE,
    OPT_STATUS,
    OPT_DUE_FROM,
    OPT_DUE_UNTIL,
    OPT_COMPLETED_FROM,
    OPT_COMPLETED_UNTIL,
    OPT_EXPIRES,
    OPT_CURRENT,
    OPT_INACTIVE,
    OPT_LEGEND
};
static const struct option options[] = {
    {"as-of", required_argument, NULL, OPT_AS_OF},
    {"requirement", required_argument, NULL, OPT_REQUIREMENT},
    {"course", required_argument, NULL, OPT_COURSE},
    {"discipline", required_argument, NULL, OPT_DISCIPLINE},
    {"supervisor", required_argument, NULL, OPT_SUPERVISOR},
    {"person", required_argument, NULL, OPT_PERSON},
    {"agency", required_argument, NULL, OPT_AGENCY},
    {"unit", required_argument, NULL, OPT_UNIT},
    {"task-force", required_argument, NULL, OPT_TASK_FORCE},
    {"status", required_argument, NULL, OPT_STATUS},
    {"due-from", required_argument, NULL, OPT_DUE_FROM},
    {"due-until", required_argument, NULL, OPT_DUE_UNTIL},
    {"completed-from", required_argument, NULL, OPT_COMPLETED_FROM},
    {"completed-until", required_argument, NULL, OPT_COMPLETED_UNTIL},
    {"expires-within", required_argument, NULL, OPT_EXPIRES},
    {"current", no_argument, NULL, OPT_CURRENT},
    {"inactive", no_argument, NULL, OPT_INACTIVE},
    {"legend", no_argument, NULL, OPT_LEGEND},
    {"format", required_argument, NULL, CT_OPT_FORMAT},
    {"data", required_argument, NULL, CT_OPT_DATA},
    {"demo", no_argument, NULL, CT_OPT_DEMO},
    {"help", no_argument, NULL, CT_OPT_HELP},
    {NULL, 0, NULL, 0}};

/* Where the text of an option goes; NULL for one that is no plain text. */
static struct ct_sv *text_of(struct wish *w, int option)
{
    return option == OPT_REQUIREMENT  ? &w->filter.requirement
           : option == OPT_COURSE     ? &w->filter.course
           : option == OPT_DISCIPLINE ? &w->filter.discipline
           : option == OPT_SUPERVISOR ? &w->filter.supervisor
           : option == OPT_AGENCY     ? &w->scope.agency
           : option == OPT_UNIT       ? &w->scope.unit
           : option == OPT_TASK_FORCE ? &w->scope.task_force
                                      : NULL;
}

static int *day_of(struct wish *w, int option)
{
    return option == OPT_DUE_FROM          ? &w->filter.due_from
           : option == OPT_DUE_UNTIL       ? &w->filter.due_until
           : option == OPT_COMPLETED_FROM  ? &w->filter.completed_from
           : option == OPT_COMPLETED_UNTIL ? &w->filter.completed_until
                                           : NULL;
}

/* One option that has an argument to be read. */
static int read_option(struct wish *w, int option, const char *arg)
{
    struct ct_sv *text = text_of(w, option);
    int *day = day_of(w, option), any;
    enum ct_due_status status;
    int64_t number;

    if (text)
        *text = ct_sv_c(arg);
    if ((day || option == OPT_AS_OF) && !ct_day_parse(ct_sv_c(arg), day ? day : &any))
        return ct_cli_usage("report", "a day is written as in 2026-11-22, not '%s'", arg);
    if (option == OPT_AS_OF)
        w->as_of = arg;
    if (option == OPT_PERSON)
        w->person = arg;
    if (option == OPT_STATUS) {
        if (!ct_due_status_parse(ct_sv_c(arg), &status))
            return ct_cli_usage("report", "there is no status '%s'; --legend lists them", arg);
        w->filter.statuses |= 1u << status;
    }
    if (option == OPT_EXPIRES) {
        if (!ct_sv_i64(ct_sv_c(arg), &number) || number < 0 || number > CT_DUE_DAYS_MAX)
            return ct_cli_usage("report", "--expires-within takes days, not '%s'", arg);
        w->filter.expires_within = (int)number;
    }
    if (option == CT_OPT_FORMAT && !ct_cli_format_parse(arg, &w->format))
        return ct_cli_usage("report", "--format takes table, csv or json, not '%s'", arg);
    if (option == CT_OPT_DATA)
        w->data = arg;
    return CT_EXIT_OK;
}

static int read_options(int argc, char **argv, struct wish *w)
{
    int option, r = CT_EXIT_OK;

    while (r == CT_EXIT_OK && (option = ct_cli_option("report", argc, argv, options)) != -1) {
        if (option == '?')
            return CT_EXIT_USAGE;
        w->filter.current |= option == OPT_CURRENT;
        w->filter.inactive |= option == OPT_INACTIVE;
        w->legend |= option == OPT_LEGEND;
        w->demo |= option == CT_OPT_DEMO;
        w->help |= option == CT_OPT_HELP;
        if (optarg)
            r = read_option(w, option, optarg);
    }
    return r;
}

static void print_legend(void)
{
    for (int i = 0; i < CT_DUE_STATUSES; i++)
        printf("%-18s %s\n", ct_due_status_name((enum ct_due_status)i),
               ct_due_status_meaning((enum ct_due_status)i));
}

/* The columns that fit a screen. */
static struct ct_table for_eyes(struct ct_arena *a, const struct ct_table *t)
{
    static const char *const main_ones[] = {"last_name",      "first_name", "unit",   "discipline",
                                            "requirement_id", "due_on",     "status", "status_on",
                                            "completed_on",   "expires_on"};
    enum { WIDTH = sizeof main_ones / sizeof main_ones[0] };
    struct ct_table few = {main_ones, WIDTH, ct_arena_array(a, struct ct_sv, t->n_rows * WIDTH),
                           t->n_rows};

    for (size_t c = 0, from = 0; c < WIDTH; c++) {
        for (from = 0; strcmp(t->columns[from], main_ones[c]) != 0;)
            from++;
        for (size_t r = 0; r < t->n_rows; r++)
            few.cells[r * WIDTH + c] = t->cells[r * t->n_columns + from];
    }
    return few;
}

static void flush(struct ct_str *out)
{
    fwrite(out->p, 1, out->n, stdout);
    ct_str_reset(out);
}

static void print_csv(const struct ct_table *t, struct ct_sv *head)
{
    CT_AUTO_STR out = CT_STR_INIT(CT_REPORT_MAX);

    for (size_t c = 0; c < t->n_columns; c++)
        head[c] = ct_sv_c(t->columns[c]);
    ct_csv_row(&out, head, t->n_columns);
    for (size_t r = 0; r < t->n_rows; r++) {
        flush(&out);
        ct_csv_row(&out, &t->cells[r * t->n_columns], t->n_columns);
    }
    flush(&out);
}

/* {"as_of": ..., "legend": {status: meaning}, "rows": [...]} */
static void print_json(const struct ct_table *t, int64_t as_of)
{
    CT_AUTO_STR out = CT_STR_INIT(CT_REPORT_MAX);
    CT_AUTO_JSON *legend = json_object();
    char at[CT_TIME_TEXT];

    for (int i = 0; i < CT_DUE_STATUSES; i++)
        json_object_set_new(legend, ct_due_status_name((enum ct_due_status)i),
                            json_string(ct_due_status_meaning((enum ct_due_status)i)));
    ct_str_addf(&out, "{\"as_of\":\"%s\",\"legend\":", ct_time_iso(as_of, at));
    ct_json_write(&out, legend);
    ct_str_add_c(&out, ",\"rows\":[");
    for (size_t r = 0; r < t->n_rows; r++) {
        CT_AUTO_JSON *row = ct_cli_json_row(t, r);
        ct_str_add_c(&out, r ? ",\n" : "\n");
        ct_json_write(&out, row);
        flush(&out);
    }
    ct_str_add_c(&out, "]}\n");
    flush(&out);
}

static int print(struct ct_arena *a, const struct ct_assignments *report, enum ct_cli_format format)
{
    struct ct_table all, few;

    ct_assignments_table(a, report, &all);
    switch (format) {
    case CT_CLI_TABLE:
        few = for_eyes(a, &all);
        return ct_cli_print("report", &few, format);
    case CT_CLI_CSV:
        print_csv(&all, ct_arena_array(a, struct ct_sv, all.n_columns));
        break;
    case CT_CLI_JSON:
        print_json(&all, report->as_of);
        break;
    }
    return CT_EXIT_OK;
}

static int make(struct ct_arena *a, struct wish *w, struct ct_err *err)
{
    const struct ct_viewer machine = {.person = 0};
    CT_AUTO_STORE *store = NULL;
    struct ct_assignments report;
    struct ct_scope scope;
    struct ct_person p;
    int64_t as_of = ct_now(&ct_clock_system);
    int day = CT_DAY_NONE, r;

    if ((r = ct_cli_store_open(a, ct_cli_data(a, w->data), w->demo ? CT_CLI_DEMO : CT_CLI_DATABASE,
                               2, CT_CLI_MUST_EXIST, &store, err)) < 0)
        return r;
    CT_AUTO_READER rd = ct_store_reader(store);
    ct_day_parse(ct_sv_c(w->as_of), &day);
    if (w->as_of && (r = ct_assignment_moment(rd.db, day, w->scope.agency, as_of, &as_of, err)) < 0)
        return r;
    if ((r = ct_org_scope(rd.db, a, &machine, &w->scope, as_of, &scope, err)) < 0 ||
        (w->person && (r = ct_person_by_email(rd.db, a, ct_sv_c(w->person), &p, err)) < 0))
        return r;
    w->filter.person = w->person ? p.id : 0;
    w->filter.scope = &scope;
    if ((r = ct_assignments(rd.db, a, as_of, &w->filter, &report, err)) < 0)
        return r;
    return print(a, &report, w->format);
}

int ct_cli_report_assignments(int argc, char **argv)
{
    CT_AUTO_ARENA a = CT_ARENA_INIT;
    struct ct_err err = CT_ERR_INIT;
    struct wish wish = {.filter = CT_ASSIGNMENT_FILTER_INIT};
    int r = read_options(argc, argv, &wish);

    if (r != CT_EXIT_OK)
        return r;
    if (optind < argc)
        return ct_cli_usage("report", "unexpected argument '%s'", argv[optind]);
    if (wish.help)
        fputs(help, stdout);
    else if (wish.legend)
        print_legend();
    if (wish.help || wish.legend)
        return CT_EXIT_OK;
    r = make(&a, &wish, &err);
    return r < 0 ? ct_cli_fail("report", &err) : r;
}
