/*
 * requirement.c: `crosstrain requirement`: what is asked of whom and when it is due, and what is
 * recorded beside completions, from the machine that the site runs on. Here the command
 * line is read.
 */
#include "requirement_priv.h"

#include "ct/learn/credit.h"

#include "ct/base/banned.h"

static const char help[] =
    "Usage: crosstrain requirement add NAME WHAT WHOM DUE [OPTION]...\n"
    "       crosstrain requirement change NAME [--hours N] [--chairs N] [WHOM] [DUE] [--from DAY]\n"
    "       crosstrain requirement end NAME [--on DAY]\n"
    "       crosstrain requirement list|show [NAME] [--format FORMAT]\n"
    "       crosstrain requirement waive NAME EMAIL --reason TEXT --approved-by WHO\n"
    "           [--on DAY] [--until DAY]\n"
    "       crosstrain requirement credit NAME EMAIL --on DAY --reason TEXT --evidence TEXT\n"
    "           [--hours N] [--credit TYPE] [--approved-by WHO]\n"
    "       crosstrain requirement leave EMAIL --on DAY [--until DAY] --reason TEXT\n"
    "       crosstrain requirement correct NUMBER --reason TEXT [--withdraw] [OPTION]...\n"
    "Asks a course, hours of training or a scenario of people, by a day. Says in a sentence what "
    "it means and whom it hits today;\n"
    "with --dry-run it says so and saves nothing. Nothing is overwritten: a change holds from a "
    "day\n"
    "on, and periods that began before keep the rule of their first day.\n\n"
    "WHAT:\n"
    "  --course COURSE        complete a course\n"
    "  --hours N [--credit TYPE]\n"
    "                         so many hours of training in every year, of any kind or of a "
    "credit,\n"
    "                         as in 12 or 7.5; who begins in a later quarter has a part to do\n"
    "  --scenario COURSE/MODULE --chairs N\n"
    "                         end a scenario well from so many different chairs (default: 1)\n"
    "WHOM, each as often as needed: somebody of any of these places with any of these "
    "disciplines,\n"
    "and the people who are named:\n"
    "  --agency AGENCY  --unit AGENCY/UNIT  --task-force NAME\n"
    "  --discipline NAME  --person EMAIL  --everybody\n"
    "DUE:\n"
    "  --due DAY              by this day\n"
    "  --within DAYS          so many days after ...\n"
    "  --after WHAT           ... hire, assignment (default) or discipline (each change of it)\n"
    "  --yearly YEAR          in every year: calendar, fiscal (that of the agency), personal "
    "(from\n"
    "                         the day of hire) or one from a month, 1 to 12\n"
    "  --every MONTHS         again, so many months after completion\n"
    "  --window DAYS          completing counts from so many days before the day\n"
    "  --early FROM           a renewal in time extends from completion (default) or expiry\n"
    "  --grace DAYS           days after the day until it is overdue\n\n"
    "  --title TEXT           what it is called (default: what is asked for)\n"
    "  --from DAY             from this day on (default: today)\n"
    "  --dry-run              say whom it hits, by name, and save nothing\n"
    "  --on DAY, --until DAY  the first day and the last (default: today, for good)\n"
    "  --withdraw             what was recorded counts no more\n" CT_HELP_FORMAT CT_HELP_CONTENT
        CT_HELP_DATA CT_HELP_DEMO CT_HELP_HELP;

static const struct verb {
    struct ct_cli_verb is;
    int (*run)(struct ct_requirement_call *c, struct ct_err *err);
} verbs[] = {
    {{"add", "a short name", 1, 0}, ct_requirement_do_add},
    {{"change", "a short name", 1, 0}, ct_requirement_do_change},
    {{"end", "a short name", 1, 0}, ct_requirement_do_end},
    {{"list", "nothing", 0, 0}, ct_requirement_do_list},
    {{"show", "a short name", 1, 0}, ct_requirement_do_show},
    {{"waive", "a short name and an EMAIL", 2, 0}, ct_requirement_do_waive},
    {{"credit", "a short name and an EMAIL", 2, 0}, ct_requirement_do_credit},
    {{"leave", "an EMAIL", 1, 0}, ct_requirement_do_leave},
    {{"correct", "the number of what was recorded", 1, 0}, ct_requirement_do_correct},
};

enum {
    OPT_COURSE = CT_OPT_OWN,
    OPT_SCENARIO,
    OPT_HOURS,
    OPT_CREDIT,
    OPT_CHAIRS,
    OPT_TITLE,
    OPT_FROM,
    OPT_DUE,
    OPT_AFTER,
    OPT_YEARLY,
    OPT_EARLY,
    OPT_ON,
    OPT_UNTIL,
    OPT_REASON,
    OPT_EVIDENCE,
    OPT_APPROVED,
    OPT_WITHIN,
    OPT_EVERY,
    OPT_WINDOW,
    OPT_GRACE,
    OPT_AGENCY,
    OPT_UNIT,
    OPT_TASK_FORCE,
    OPT_DISCIPLINE,
    OPT_PERSON,
    OPT_EVERYBODY,
    OPT_DRY_RUN,
    OPT_WITHDRAW
};
static const struct option options[] = {{"course", required_argument, NULL, OPT_COURSE},
                                        {"scenario", required_argument, NULL, OPT_SCENARIO},
                                        {"hours", required_argument, NULL, OPT_HOURS},
                                        {"credit", required_argument, NULL, OPT_CREDIT},
                                        {"chairs", required_argument, NULL, OPT_CHAIRS},
                                        {"title", required_argument, NULL, OPT_TITLE},
                                        {"from", required_argument, NULL, OPT_FROM},
                                        {"due", required_argument, NULL, OPT_DUE},
                                        {"after", required_argument, NULL, OPT_AFTER},
                                        {"yearly", required_argument, NULL, OPT_YEARLY},
                                        {"early", required_argument, NULL, OPT_EARLY},
                                        {"on", required_argument, NULL, OPT_ON},
                                        {"until", required_argument, NULL, OPT_UNTIL},
                                        {"reason", required_argument, NULL, OPT_REASON},
                                        {"evidence", required_argument, NULL, OPT_EVIDENCE},
                                        {"approved-by", required_argument, NULL, OPT_APPROVED},
                                        {"within", required_argument, NULL, OPT_WITHIN},
                                        {"every", required_argument, NULL, OPT_EVERY},
                                        {"window", required_argument, NULL, OPT_WINDOW},
                                        {"grace", required_argument, NULL, OPT_GRACE},
                                        {"agency", required_argument, NULL, OPT_AGENCY},
                                        {"unit", required_argument, NULL, OPT_UNIT},
                                        {"task-force", required_argument, NULL, OPT_TASK_FORCE},
                                        {"discipline", required_argument, NULL, OPT_DISCIPLINE},
                                        {"person", required_argument, NULL, OPT_PERSON},
                                        {"everybody", no_argument, NULL, OPT_EVERYBODY},
                                        {"dry-run", no_argument, NULL, OPT_DRY_RUN},
                                        {"withdraw", no_argument, NULL, OPT_WITHDRAW},
                                        {"format", required_argument, NULL, CT_OPT_FORMAT},
                                        {"content", required_argument, NULL, CT_OPT_CONTENT},
                                        {"data", required_argument, NULL, CT_OPT_DATA},
                                        {"demo", no_argument, NULL, CT_OPT_DEMO},
                                        {"help", no_argument, NULL, CT_OPT_HELP},
                                        {NULL, 0, NULL, 0}};

/* The option's text in the call; NULL for one that has none. */
static const char **text_of(struct ct_requirement_call *c, int option)
{
    const struct {
        int option;
        const char **text;
    } texts[] = {{OPT_COURSE, &c->course},
                 {OPT_TITLE, &c->title},
                 {OPT_SCENARIO, &c->scenario},
                 {OPT_HOURS, &c->hours},
                 {OPT_CREDIT, &c->credit},
                 {OPT_FROM, &c->from},
                 {OPT_DUE, &c->due},
                 {OPT_AFTER, &c->after},
                 {OPT_YEARLY, &c->yearly},
                 {OPT_EARLY, &c->early},
                 {OPT_ON, &c->on},
                 {OPT_UNTIL, &c->until},
                 {OPT_REASON, &c->reason},
                 {OPT_EVIDENCE, &c->evidence},
                 {OPT_APPROVED, &c->approved_by},
                 {CT_OPT_CONTENT, &c->content},
                 {CT_OPT_DATA, &c->data}};

    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++)
        if (texts[i].option == option)
            return texts[i].text;
    return NULL;
}

static int *number_of(struct ct_requirement_call *c, int option)
{
    return option == OPT_WITHIN   ? &c->within
           : option == OPT_EVERY  ? &c->every
           : option == OPT_WINDOW ? &c->window
           : option == OPT_GRACE  ? &c->grace
           : option == OPT_CHAIRS ? &c->chairs
                                  : NULL;
}

static struct ct_words *words_of(struct ct_requirement_call *c, int option)
{
    return option == OPT_AGENCY       ? &c->agencies
           : option == OPT_UNIT       ? &c->units
           : option == OPT_TASK_FORCE ? &c->task_forces
           : option == OPT_DISCIPLINE ? &c->disciplines
           : option == OPT_PERSON     ? &c->people
                                      : NULL;
}

static int read_options(int argc, char **argv, struct ct_requirement_call *c, bool *ret_help)
{
    int64_t number;
    int option;

    while ((option = ct_cli_option("requirement", argc, argv, options)) != -1) {
        const char **text = text_of(c, option);
        int *to = number_of(c, option);
        struct ct_words *words = words_of(c, option);
        if (option == '?')
            return CT_EXIT_USAGE;
        if (text)
            *text = optarg;
        if (to && (!ct_sv_i64(ct_sv_c(optarg), &number) || number < 0 || number > CT_DUE_DAYS_MAX))
            return ct_cli_usage("requirement", "a number from 0 to %d is wanted, not '%s'",
                                CT_DUE_DAYS_MAX, optarg);
        if (to)
            *to = (int)number;
        if (words)
            CT_ARENA_PUSH(c->arena, words->items, words->n, words->cap, optarg);
        if (option == CT_OPT_FORMAT && !ct_cli_format_parse(optarg, &c->format))
            return ct_cli_usage("requirement", "--format takes table, csv or json, not '%s'",
                                optarg);
        if (option == CT_OPT_DEMO)
            c->database = CT_CLI_DEMO;
        c->everybody |= option == OPT_EVERYBODY;
        c->dry_run |= option == OPT_DRY_RUN;
        c->withdraw |= option == OPT_WITHDRAW;
        *ret_help |= option == CT_OPT_HELP;
    }
    return CT_EXIT_OK;
}

/* The verb, with its operands in place; NULL after a complaint. */
static const struct verb *read_verb(int argc, char **argv, struct ct_requirement_call *c)
{
    const struct verb *v = ct_cli_verb("requirement", argc, argv, "add, list, show, ...", verbs,
                                       sizeof verbs / sizeof verbs[0], sizeof verbs[0]);

    for (int i = 0; v && i < v->is.operands; i++)
        c->operands[i] = ct_cli_operand(argc, argv, i);
    return v;
}

int ct_requirement_day(const char *text, const char *option, int otherwise, int *ret,
                       struct ct_err *err)
{
    *ret = otherwise;
    if (text && !ct_day_parse(ct_sv_c(text), ret))
        return ct_fail(err, CT_BAD_INPUT, option, CT_DAY_HOW);
    return CT_OK;
}

int ct_requirement_minutes(const struct ct_requirement_call *c, int *ret, struct ct_err *err)
{
    int hundredths = 0;

    if (c->hours && (!ct_credit_hours_parse(ct_sv_c(c->hours), &hundredths) || hundredths == 0))
        return ct_fail(err, CT_BAD_INPUT, "hours", "hours are written as in 12 or 7.5");
    *ret = (hundredths * 60 + 50) / 100;
    return CT_OK;
}

int ct_requirement_called(const struct ct_requirement_call *c, struct ct_db *db,
                          struct ct_requirement **ret, struct ct_err *err)
{
    struct ct_requirement *all;
    size_t n;
    int r = ct_requirement_list(db, c->arena, ct_now(&ct_clock_system), &all, &n, err);

    if (r < 0)
        return r;
    *ret = ct_requirement_find(all, n, ct_sv_c(c->operands[0]));
    return *ret ? CT_OK
                : ct_fail(err, CT_NOT_FOUND, c->operands[0], "there is no such requirement");
}

/* Opens the records, and the courses, whose titles and disciplines are told. */
static int run(struct ct_requirement_call *c, const struct verb *v, struct ct_err *err)
{
    CT_AUTO_STORE *store = NULL;
    CT_AUTO_LIBRARY *library = NULL;
    int r;

    if ((r = ct_cli_open(c->arena, c->data, c->database, c->content, &store, &library, err)) < 0)
        return r;
    c->store = store;
    c->cat = ct_library_hold(library, 0);
    r = v->run(c, err);
    ct_library_release(library, 0);
    return r;
}

int ct_cmd_requirement(int argc, char **argv)
{
    CT_AUTO_ARENA a = CT_ARENA_INIT;
    struct ct_err err = CT_ERR_INIT;
    struct ct_requirement_call c = {.arena = &a,
                                    .database = CT_CLI_DATABASE,
                                    .within = -1,
                                    .every = -1,
                                    .window = -1,
                                    .grace = -1,
                                    .chairs = -1};
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
    r = run(&c, v, &err);
    return r < 0 ? ct_cli_fail_option("requirement", options, &err) : r;
}
