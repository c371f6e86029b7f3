/*
 * report_assignments.c: `crosstrain report assignments`: how everybody stands to what is required
 * of them, on any day. CSV and JSON are written a row at a time, however many there are.
 */
#include "cli_priv.h"

#include "ct/base/file.h"
#include "ct/base/limits.h"
#include "ct/learn/curriculum.h"
#include "ct/learn/person.h"
#include "ct/report/assignment_group.h"
#include "ct/text/csv.h"
#include "ct/text/json.h"

#include "ct/base/banned.h"

static const char help[] =
    "Usage: crosstrain report assignments [OPTION]...\n"
    "Prints a line for each person, requirement and period, also of who never signed in.\n"
    "CSV and JSON have all columns, a table for eyes has the main ones.\n\n"
    "  --by WHAT              count together instead: discipline, agency, unit, task_force,\n"
    "                         course, requirement or supervisor\n"
    "  --then WHAT            and divide each of these\n"
    "  --sort WHAT            the order: name, agency, unit, discipline, course, requirement,\n"
    "                         due, status, since, completed, expires; -due: from the last\n"
    "  --as-of DAY            as it was at the end of this day (default: now)\n"
    "  --requirement NAME     this requirement only; likewise:\n"
    "  --course COURSE  --discipline NAME  --supervisor TEXT  --person EMAIL\n"
    "  --agency AGENCY  --unit AGENCY/UNIT  --task-force NAME  (-: who has none)\n"
    "  --status STATUS        this status only, as in overdue; as often as needed\n"
    "  --due-from DAY  --due-until DAY  --completed-from DAY  --completed-until DAY\n"
    "  --due-within DAYS      due within so many days, or late\n"
    "  --expires-within DAYS  what was completed and runs out within so many days\n"
    "  --current              the present period only, of who is under a requirement that day\n"
    "  --inactive             also who is inactive\n"
    "  --legend               print what each status means, and end\n"
    "  --format FORMAT        table (default), csv, json, xlsx or ics: a calendar of due days\n"
    "  --output FILE          write the file that the page gives for download\n" CT_HELP_CONTENT
        CT_HELP_DATA CT_HELP_DEMO CT_HELP_HELP;

struct wish {
    struct ct_assignment_query q;
    struct ct_assignment_wish asked;
    enum ct_cli_format format;
    bool is_xlsx, is_ics; /* instead */
    const char *content, *data, *person, *output;
    bool demo, legend, help;
};

/* Below these, CT_OPT_OWN and the number of a filter. */
enum { OPT_CURRENT = CT_OPT_OWN + CT_ASKS, OPT_INACTIVE, OPT_LEGEND, OPT_OUTPUT };
#define ASK(name, ask)                                                                             \
    {                                                                                              \
        name, required_argument, NULL, CT_OPT_OWN + (ask)                                          \
    }
static const struct option options[] = {ASK("as-of", CT_ASK_AS_OF),
                                        ASK("requirement", CT_ASK_REQUIREMENT),
                                        ASK("course", CT_ASK_COURSE),
                                        ASK("discipline", CT_ASK_DISCIPLINE),
                                        ASK("supervisor", CT_ASK_SUPERVISOR),
                                        ASK("person", CT_ASK_PERSON),
                                        ASK("agency", CT_ASK_AGENCY),
                                        ASK("unit", CT_ASK_UNIT),
                                        ASK("task-force", CT_ASK_TASK_FORCE),
                                        ASK("status", CT_ASK_STATUS),
                                        ASK("due-from", CT_ASK_DUE_FROM),
                                        ASK("due-until", CT_ASK_DUE_UNTIL),
                                        ASK("due-within", CT_ASK_DUE_WITHIN),
                                        ASK("completed-from", CT_ASK_COMPLETED_FROM),
                                        ASK("completed-until", CT_ASK_COMPLETED_UNTIL),
                                        ASK("expires-within", CT_ASK_EXPIRES_WITHIN),
                                        ASK("by", CT_ASK_BY),
                                        ASK("then", CT_ASK_THEN),
                                        ASK("sort", CT_ASK_SORT),
                                        {"current", no_argument, NULL, OPT_CURRENT},
                                        {"inactive", no_argument, NULL, OPT_INACTIVE},
                                        {"legend", no_argument, NULL, OPT_LEGEND},
                                        {"output", required_argument, NULL, OPT_OUTPUT},
                                        {"format", required_argument, NULL, CT_OPT_FORMAT},
                                        {"content", required_argument, NULL, CT_OPT_CONTENT},
                                        {"data", required_argument, NULL, CT_OPT_DATA},
                                        {"demo", no_argument, NULL, CT_OPT_DEMO},
                                        {"help", no_argument, NULL, CT_OPT_HELP},
                                        {NULL, 0, NULL, 0}};

/* A filter; of the status each time one more, of a person the address, which is looked up later. */
static void read_ask(struct ct_arena *a, struct wish *w, enum ct_ask ask, const char *arg)
{
    struct ct_sv *text = &w->q.text[ask];

    if (ask == CT_ASK_PERSON)
        w->person = arg;
    else if (ask == CT_ASK_STATUS && text->n)
        *text = ct_arena_printf(a, "%.*s,%s", CT_SV_ARG(*text), arg);
    else
        *text = ct_sv_c(arg);
}

static int read_option(struct ct_arena *a, struct wish *w, int option, const char *arg)
{
    if (option >= CT_OPT_OWN && option < CT_OPT_OWN + CT_ASKS)
        read_ask(a, w, (enum ct_ask)(option - CT_OPT_OWN), arg);
    if (option == CT_OPT_DATA)
        w->data = arg;
    if (option == CT_OPT_CONTENT)
        w->content = arg;
    if (option == OPT_OUTPUT)
        w->output = arg;
    if (option != CT_OPT_FORMAT)
        return CT_EXIT_OK;
    w->is_xlsx = strcmp(arg, "xlsx") == 0;
    w->is_ics = strcmp(arg, "ics") == 0;
    return w->is_xlsx || w->is_ics || ct_cli_format_parse(arg, &w->format)
               ? CT_EXIT_OK
               : ct_cli_usage("report", "--format takes table, csv, json, xlsx or ics, not '%s'",
                              arg);
}

/* What the filters say; the first that is wrong ends it. */
static int read_asked(struct wish *w)
{
    struct ct_ask_errors errors = {.n = 0};

    ct_assignment_query_read(&w->q, ct_now(&ct_clock_system), &w->asked, &errors);
    for (int i = 0; i < CT_ASKS; i++) {
        const char *what = ct_ask_info((enum ct_ask)i)->name;
        if (errors.of[i].code == CT_OK)
            continue;
        for (const struct option *o = options; o->name; o++)
            what = o->val == CT_OPT_OWN + i ? o->name : what;
        return ct_cli_usage("report", "--%s: %s, not '%.*s'", what, errors.of[i].text,
                            CT_SV_ARG(w->q.text[i]));
    }
    return CT_EXIT_OK;
}

static int read_options(struct ct_arena *a, int argc, char **argv, struct wish *w)
{
    int option, r = CT_EXIT_OK;

    w->q.text[CT_ASK_CURRENT] = CT_SV("no");
    while (r == CT_EXIT_OK && (option = ct_cli_option("report", argc, argv, options)) != -1) {
        if (option == '?')
            return CT_EXIT_USAGE;
        if (option == OPT_CURRENT)
            w->q.text[CT_ASK_CURRENT] = CT_SV("yes");
        if (option == OPT_INACTIVE)
            w->q.text[CT_ASK_INACTIVE] = CT_SV("yes");
        w->legend |= option == OPT_LEGEND;
        w->demo |= option == CT_OPT_DEMO;
        w->help |= option == CT_OPT_HELP;
        if (optarg)
            r = read_option(a, w, option, optarg);
    }
    if (r != CT_EXIT_OK || w->help || w->legend)
        return r;
    if (w->is_xlsx && !w->output)
        return ct_cli_usage("report", "a spreadsheet needs --output FILE");
    if (w->output && !w->is_xlsx && !w->is_ics && w->format == CT_CLI_TABLE)
        return ct_cli_usage("report", "--output needs --format csv, json, xlsx or ics");
    return read_asked(w);
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

/* What was counted, ready to be printed. */
struct made {
    struct ct_assignments report;
    struct ct_assignment_groups groups;
    struct ct_report_doc doc;
};

static struct ct_table groups_table(struct ct_arena *a, const struct ct_report_doc *doc)
{
    const char **names = ct_arena_array(a, const char *, doc->n_columns);

    for (size_t i = 0; i < doc->n_columns; i++)
        names[i] = doc->columns[i].name;
    return (struct ct_table){names, doc->n_columns, (struct ct_sv *)(uintptr_t)doc->cells,
                             doc->n_rows};
}

/* Without the short names beside which names stand, but under their heads. */
static struct ct_table names_for_eyes(struct ct_arena *a, const struct ct_table *t)
{
    const char **columns = ct_arena_array(a, const char *, t->n_columns);
    struct ct_table few = {columns, 0, ct_arena_array(a, struct ct_sv, t->n_columns * t->n_rows),
                           t->n_rows};
    size_t *from = ct_arena_array(a, size_t, t->n_columns);

    for (size_t c = 0; c < t->n_columns; c++) {
        struct ct_sv next = ct_sv_c(c + 1 < t->n_columns ? t->columns[c + 1] : "");
        bool is_named = ct_sv_starts(next, ct_sv_c(t->columns[c])) &&
                        (ct_sv_ends(next, CT_SV("_name")) || ct_sv_ends(next, CT_SV("_title")));
        columns[few.n_columns] = t->columns[c];
        c += is_named;
        from[few.n_columns++] = c;
    }
    for (size_t r = 0; r < t->n_rows; r++)
        for (size_t c = 0; c < few.n_columns; c++)
            few.cells[r * few.n_columns + c] = t->cells[r * t->n_columns + from[c]];
    return few;
}

static int print(struct ct_arena *a, const struct made *m, const struct wish *w)
{
    struct ct_table all, few;

    if (m->groups.by != CT_GROUP_NONE) {
        all = groups_table(a, &m->doc);
        few = names_for_eyes(a, &all);
        return ct_cli_print("report", w->format == CT_CLI_TABLE ? &few : &all, w->format);
    }
    ct_assignments_table(a, &m->report, &all);
    switch (w->format) {
    case CT_CLI_TABLE:
        few = for_eyes(a, &all);
        return ct_cli_print("report", &few, w->format);
    case CT_CLI_CSV:
        print_csv(&all, ct_arena_array(a, struct ct_sv, all.n_columns));
        break;
    case CT_CLI_JSON:
        print_json(&all, m->report.as_of);
        break;
    }
    return CT_EXIT_OK;
}

static int write_file(struct ct_arena *a, struct ct_db *db, const struct made *m,
                      const struct wish *w, struct ct_err *err)
{
    enum ct_report_format format = w->is_xlsx                 ? CT_REPORT_XLSX
                                   : w->format == CT_CLI_JSON ? CT_REPORT_JSON
                                                              : CT_REPORT_CSV;
    CT_AUTO_STR out = CT_STR_INIT(CT_REPORT_MAX);
    int r;

    if (!w->is_ics)
        return ct_cli_doc_write(a, &m->doc, format, w->output, err);
    r = ct_assignments_calendar(db, a, &m->report, true, &out, err);
    if (r == CT_OK && !w->output)
        flush(&out);
    return r < 0 || !w->output ? r : ct_file_write(w->output, ct_str_sv(&out), err);
}

/* Whom it is about, as of when. */
static int read_report(struct ct_arena *a, struct ct_db *db, struct wish *w, struct ct_scope *scope,
                       struct made *m, struct ct_err *err)
{
    const struct ct_viewer machine = {.person = 0};
    int64_t as_of = ct_now(&ct_clock_system);
    struct ct_person p;
    int r;

    if (w->asked.as_of != CT_DAY_NONE) {
        w->asked.scope.day = w->q.text[CT_ASK_AS_OF];
        if ((r = ct_assignment_moment(db, w->asked.as_of, w->asked.scope.agency, as_of, &as_of,
                                      err)) < 0)
            return r;
    }
    if ((r = ct_org_scope(db, a, &machine, &w->asked.scope, as_of, scope, err)) < 0 ||
        (w->person && (r = ct_person_by_email(db, a, ct_sv_c(w->person), &p, err)) < 0))
        return r;
    if (w->person) {
        w->asked.filter.person = p.id;
        w->q.text[CT_ASK_PERSON] = ct_arena_printf(a, "%lld", (long long)p.id);
    }
    w->asked.filter.scope = scope;
    w->asked.filter.brief = w->is_ics || w->asked.by != CT_GROUP_NONE;
    return ct_assignments(db, a, as_of, &w->asked.filter, &m->report, err);
}

static int count(struct ct_arena *a, struct ct_db *db, const struct ct_catalogue *cat,
                 struct wish *w, struct made *m, struct ct_err *err)
{
    struct ct_scope scope;
    struct ct_org *orgs;
    size_t n;
    int r;

    if ((r = read_report(a, db, w, &scope, m, err)) < 0 ||
        (r = ct_curriculum_as_of(db, a, cat, m->report.as_of, &cat, err)) < 0 ||
        (r = ct_org_list_as_of(db, a, m->report.as_of, &orgs, &n, err)) < 0)
        return r;
    if (w->asked.by != CT_GROUP_NONE) {
        ct_assignments_group(a, &m->report, &w->asked, &scope, orgs, n, cat, &m->groups);
        ct_assignment_groups_doc(a, &m->report, &m->groups, &m->doc);
    } else {
        ct_assignments_sort(&m->report, w->asked.sort, w->asked.descends);
        ct_assignments_doc(a, &m->report, &m->doc);
    }
    ct_assignment_choices(a, &w->q, &scope, &m->report, cat, &m->doc.choices, &m->doc.n_choices);
    return CT_OK;
}

static int make(struct ct_arena *a, struct wish *w, struct ct_err *err)
{
    CT_AUTO_STORE *store = NULL;
    CT_AUTO_LIBRARY *library = NULL;
    struct made m = {.groups = {.by = CT_GROUP_NONE}};
    int r = ct_cli_open(a, w->data, w->demo ? CT_CLI_DEMO : CT_CLI_DATABASE, w->content, &store,
                        &library, err);

    if (r < 0)
        return r;
    CT_AUTO_READER rd = ct_store_reader(store);
    r = count(a, rd.db, ct_library_hold(library, 0), w, &m, err);
    if (r == CT_OK)
        r = w->output || w->is_ics ? write_file(a, rd.db, &m, w, err) : print(a, &m, w);
    ct_library_release(library, 0);
    return r;
}

int ct_cli_report_assignments(int argc, char **argv)
{
    CT_AUTO_ARENA a = CT_ARENA_INIT;
    struct ct_err err = CT_ERR_INIT;
    struct wish wish = {.format = CT_CLI_TABLE};
    int r = read_options(&a, argc, argv, &wish);

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
    return r < 0 ? ct_cli_fail_option("report", options, &err) : r;
}
