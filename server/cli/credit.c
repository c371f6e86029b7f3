/*
 * credit.c: `crosstrain credit`: what gives hours of credit, from the machine that the site runs
 * on. Here the command line is read. Hours themselves are `crosstrain report credit`.
 */
#include "credit_priv.h"

#include "ct/base/banned.h"

static const char help[] =
    "Usage: crosstrain credit types [--format FORMAT]\n"
    "       crosstrain credit rule TYPE [--title TEXT] [--source TEXT] [OPTION]...\n"
    "       crosstrain credit end TYPE [--on DAY]\n"
    "       crosstrain credit list [--format FORMAT]\n"
    "       crosstrain credit approve COURSE TYPE --body WHO --number NUMBER --hours HOURS\n"
    "           [--state STATE] [--from DAY] [--until DAY] [--note TEXT]\n"
    "       crosstrain credit correct ID [OPTION]...\n"
    "       crosstrain credit withdraw ID --note TEXT [--on DAY]\n"
    "Records the rules by which types of credit (cle, ce, casa, ...) are earned, as your boards\n"
    "have them, and which courses they have approved. Nothing is overwritten: a rule holds for\n"
    "what is completed from its day on, and what a rule's options do not say stays as it was.\n"
    "An approval that is recorded late counts for who completed the course while it was valid:\n"
    "their certificates bear the hours from then on.\n\n"
    "Of a rule:\n"
    "  --title TEXT           what the type is called, as in 'Continuing legal education'\n"
    "  --source TEXT          where your board has written it\n"
    "  --from DAY             from this day on (default: today)\n"
    "  --hour MINUTES         of an hour of credit: 60 (default) or 50\n"
    "  --step HOURS           hours are given in steps of: 0.25 (default), 0.1, 1, ...\n"
    "  --round WAY            down (default) or nearest\n"
    "  --basis WHAT           stated (default): the minutes of the modules; active: those in "
    "which\n"
    "                         something was done; approved: the hours of the approval\n"
    "  --no-approval          every completed course counts; --approval: only approved ones "
    "(default)\n"
    "  --active PERCENT       of the stated minutes must be active\n"
    "  --score PERCENT        must be reached in the quizzes\n"
    "  --attest TEXT          what the learner attests first; '' for nothing\n"
    "  --repeats              the same course counts again in a year; --once: it does not "
    "(default)\n"
    "  --max HOURS            that count a year; 0 for all\n"
    "  --year YEAR            calendar (default), fiscal (the agency's), personal (from the day "
    "of\n"
    "                         hire), or the month in which it begins, 1 to 12\n"
    "  --discipline NAME      only who has it; several times for several; --everybody: all again\n"
    "  --dry-run              say what the rule would mean, and save nothing\n"
    "Of an approval:\n"
    "  --body WHO, --number NUMBER, --hours HOURS, --state STATE\n"
    "  --from DAY, --until DAY  the first and last day of completion (default: today, for good);\n"
    "                         --until '' takes the last day back\n"
    "  --note TEXT            where it is kept; why it was corrected or withdrawn\n"
    "  --on DAY               from this day on (default of withdraw: as if it had never been)\n"
    "\n" CT_HELP_FORMAT CT_HELP_CONTENT CT_HELP_DATA CT_HELP_DEMO CT_HELP_HELP;

static const struct verb {
    struct ct_cli_verb is;
    int (*run)(struct ct_credit_call *c, struct ct_err *err);
} verbs[] = {
    {{"types", "nothing", 0, 0}, ct_credit_do_types},
    {{"rule", "a TYPE", 1, 0}, ct_credit_do_rule},
    {{"end", "a TYPE", 1, 0}, ct_credit_do_end},
    {{"list", "nothing", 0, 0}, ct_credit_do_list},
    {{"approve", "a COURSE and a TYPE", 2, 0}, ct_credit_do_approve},
    {{"correct", "the ID of an approval", 1, 0}, ct_credit_do_correct},
    {{"withdraw", "the ID of an approval", 1, 0}, ct_credit_do_withdraw},
};

enum {
    OPT_TITLE = CT_OPT_OWN,
    OPT_SOURCE,
    OPT_FROM,
    OPT_UNTIL,
    OPT_ON,
    OPT_HOUR,
    OPT_STEP,
    OPT_ROUND,
    OPT_BASIS,
    OPT_ACTIVE,
    OPT_SCORE,
    OPT_ATTEST,
    OPT_MAX,
    OPT_YEAR,
    OPT_STATE,
    OPT_BODY,
    OPT_NUMBER,
    OPT_HOURS,
    OPT_NOTE,
    OPT_DISCIPLINE,
    OPT_EVERYBODY,
    OPT_NO_APPROVAL,
    OPT_APPROVAL,
    OPT_REPEATS,
    OPT_ONCE,
    OPT_DRY_RUN
};
static const struct option options[] = {{"title", required_argument, NULL, OPT_TITLE},
                                        {"source", required_argument, NULL, OPT_SOURCE},
                                        {"from", required_argument, NULL, OPT_FROM},
                                        {"until", required_argument, NULL, OPT_UNTIL},
                                        {"on", required_argument, NULL, OPT_ON},
                                        {"hour", required_argument, NULL, OPT_HOUR},
                                        {"step", required_argument, NULL, OPT_STEP},
                                        {"round", required_argument, NULL, OPT_ROUND},
                                        {"basis", required_argument, NULL, OPT_BASIS},
                                        {"active", required_argument, NULL, OPT_ACTIVE},
                                        {"score", required_argument, NULL, OPT_SCORE},
                                        {"attest", required_argument, NULL, OPT_ATTEST},
                                        {"max", required_argument, NULL, OPT_MAX},
                                        {"year", required_argument, NULL, OPT_YEAR},
                                        {"state", required_argument, NULL, OPT_STATE},
                                        {"body", required_argument, NULL, OPT_BODY},
                                        {"number", required_argument, NULL, OPT_NUMBER},
                                        {"hours", required_argument, NULL, OPT_HOURS},
                                        {"note", required_argument, NULL, OPT_NOTE},
                                        {"discipline", required_argument, NULL, OPT_DISCIPLINE},
                                        {"everybody", no_argument, NULL, OPT_EVERYBODY},
                                        {"no-approval", no_argument, NULL, OPT_NO_APPROVAL},
                                        {"approval", no_argument, NULL, OPT_APPROVAL},
                                        {"repeats", no_argument, NULL, OPT_REPEATS},
                                        {"once", no_argument, NULL, OPT_ONCE},
                                        {"dry-run", no_argument, NULL, OPT_DRY_RUN},
                                        {"format", required_argument, NULL, CT_OPT_FORMAT},
                                        {"content", required_argument, NULL, CT_OPT_CONTENT},
                                        {"data", required_argument, NULL, CT_OPT_DATA},
                                        {"demo", no_argument, NULL, CT_OPT_DEMO},
                                        {"help", no_argument, NULL, CT_OPT_HELP},
                                        {NULL, 0, NULL, 0}};

/* Where the text of an option goes; NULL for one that has none. */
static const char **text_of(struct ct_credit_call *c, int option)
{
    const struct {
        int option;
        const char **text;
    } texts[] = {{OPT_TITLE, &c->title},   {OPT_SOURCE, &c->source}, {OPT_FROM, &c->from},
                 {OPT_UNTIL, &c->until},   {OPT_ON, &c->on},         {OPT_HOUR, &c->hour},
                 {OPT_STEP, &c->step},     {OPT_ROUND, &c->round},   {OPT_BASIS, &c->basis},
                 {OPT_ACTIVE, &c->active}, {OPT_SCORE, &c->score},   {OPT_ATTEST, &c->attest},
                 {OPT_MAX, &c->max},       {OPT_YEAR, &c->year},     {OPT_STATE, &c->state},
                 {OPT_BODY, &c->body},     {OPT_NUMBER, &c->number}, {OPT_HOURS, &c->hours},
                 {OPT_NOTE, &c->note},     {CT_OPT_DATA, &c->data},  {CT_OPT_CONTENT, &c->content}};

    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++)
        if (texts[i].option == option)
            return texts[i].text;
    return NULL;
}

static bool *flag_of(struct ct_credit_call *c, int option)
{
    return option == OPT_EVERYBODY     ? &c->everybody
           : option == OPT_NO_APPROVAL ? &c->no_approval
           : option == OPT_APPROVAL    ? &c->approval
           : option == OPT_REPEATS     ? &c->repeats
           : option == OPT_ONCE        ? &c->once
           : option == OPT_DRY_RUN     ? &c->dry_run
                                       : NULL;
}

static int read_options(int argc, char **argv, struct ct_credit_call *c, bool *ret_help)
{
    int option;

    while ((option = ct_cli_option("credit", argc, argv, options)) != -1) {
        const char **text = text_of(c, option);
        bool *flag = flag_of(c, option);
        if (option == '?')
            return CT_EXIT_USAGE;
        if (text)
            *text = optarg;
        if (flag)
            *flag = true;
        if (option == OPT_DISCIPLINE && c->n_disciplines == CT_CREDIT_WHOM_MAX)
            return ct_cli_usage("credit", "at most %d disciplines", CT_CREDIT_WHOM_MAX);
        if (option == OPT_DISCIPLINE)
            c->disciplines[c->n_disciplines++] = ct_sv_c(optarg);
        if (option == CT_OPT_FORMAT && !ct_cli_format_parse(optarg, &c->format))
            return ct_cli_usage("credit", "--format takes table, csv or json, not '%s'", optarg);
        if (option == CT_OPT_DEMO)
            c->database = CT_CLI_DEMO;
        *ret_help |= option == CT_OPT_HELP;
    }
    return CT_EXIT_OK;
}

/* Opens the records, and the courses, whose titles and disciplines are told. */
static int run(struct ct_credit_call *c, const struct verb *v, struct ct_err *err)
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

int ct_cmd_credit(int argc, char **argv)
{
    CT_AUTO_ARENA a = CT_ARENA_INIT;
    struct ct_err err = CT_ERR_INIT;
    struct ct_credit_call c = {.arena = &a, .database = CT_CLI_DATABASE};
    const struct verb *v;
    bool wants_help = false;
    int r = read_options(argc, argv, &c, &wants_help);

    if (r != CT_EXIT_OK)
        return r;
    if (wants_help) {
        fputs(help, stdout);
        return CT_EXIT_OK;
    }
    if (!(v = ct_cli_verb("credit", argc, argv, "types, rule, approve, list, ...", verbs,
                          sizeof verbs / sizeof verbs[0], sizeof verbs[0])))
        return CT_EXIT_USAGE;
    for (int i = 0; i < v->is.operands; i++)
        c.operands[i] = ct_cli_operand(argc, argv, i);
    r = run(&c, v, &err);
    return r < 0 ? ct_cli_fail_option("credit", options, &err) : r;
}
