/*
 * server/cli/check.c: `crosstrain check`: what is wrong with courses, before anybody sees them. How
 * it is told is in check_text.c and check_json.c, how it is mended in check_fix.c.
 */
#include "check_priv.h"

#include "ct/base/clock.h"
#include "ct/base/file.h"
#include "ct/base/limits.h"
#include "ct/learn/studio.h"

#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#include "ct/base/banned.h"

static const char help[] =
    "Usage: crosstrain check [OPTION]... [PATH]...\n"
    "Checks curricula, courses and modules (default: the content folder; -: a module on standard\n"
    "input). Prints a line for each problem, on a terminal also the line that it is about, what "
    "was\n"
    "expected and what to write; ends with 1 if there were errors.\n\n"
    "  --format FORMAT        text (default), json: one document, or sarif: SARIF 2.1.0, for\n"
    "                         editors and code hosts\n"
    "  --excerpt              the whole story, also when it is not read on a terminal\n"
    "  --fix                  mend what is beyond doubt, say what was done, and what is left\n"
    "  --stdin-name PATH      the file that the text on standard input belongs to\n"
    "  --data DIR             compare files with what was last published there: tells questions\n"
    "                         without an id whose text changed (W71)\n"
    "\n`crosstrain explain CODE` tells more about a message. NO_COLOR turns colours "
    "off.\n\n" CT_HELP_HELP;

enum { OPT_EXCERPT = CT_OPT_OWN, OPT_FIX, OPT_STDIN_NAME };
static const struct option options[] = {{"format", required_argument, NULL, CT_OPT_FORMAT},
                                        {"excerpt", no_argument, NULL, OPT_EXCERPT},
                                        {"fix", no_argument, NULL, OPT_FIX},
                                        {"stdin-name", required_argument, NULL, OPT_STDIN_NAME},
                                        {"data", required_argument, NULL, CT_OPT_DATA},
                                        {"help", no_argument, NULL, CT_OPT_HELP},
                                        {NULL, 0, NULL, 0}};

enum { ROUNDS_MAX = 10, STDIN_CHUNK = 64 * 1024 };

struct wish {
    enum ct_check_format format;
    bool excerpt, fix, help;
    const char *stdin_name;
    const char *data;           /* NULL: nothing to compare with */
    struct ct_loader published; /* its last_good */
    struct ct_sv text;          /* from standard input, or null */
};

static bool read_format(const char *text, enum ct_check_format *ret)
{
    static const char *const names[] = {"text", "json", "sarif"};

    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        if (strcmp(text, names[i]) == 0) {
            *ret = (enum ct_check_format)i;
            return true;
        }
    }
    return false;
}

static int read_options(int argc, char **argv, struct wish *w)
{
    int c;

    while ((c = ct_cli_option("check", argc, argv, options)) != -1) {
        if (c == '?')
            return CT_EXIT_USAGE;
        if (c == CT_OPT_FORMAT && !read_format(optarg, &w->format))
            return ct_cli_usage("check", "--format takes text, json or sarif, not '%s'", optarg);
        w->excerpt |= c == OPT_EXCERPT;
        w->fix |= c == OPT_FIX;
        w->help |= c == CT_OPT_HELP;
        if (c == CT_OPT_DATA)
            w->data = optarg;
        if (c == OPT_STDIN_NAME)
            w->stdin_name = optarg;
    }
    return CT_EXIT_OK;
}

static bool is_stdin(const char *path)
{
    return strcmp(path, "-") == 0;
}

/* What does not go together. */
static int judge(const struct wish *w, char *const *paths, size_t n)
{
    bool from_stdin = false;

    for (size_t i = 0; i < n; i++)
        from_stdin |= is_stdin(paths[i]);
    if (from_stdin && n > 1)
        return ct_cli_usage("check", "- stands alone: one text comes on standard input");
    if (from_stdin && w->fix)
        return ct_cli_usage("check", "--fix mends files, not standard input");
    if (w->stdin_name && !from_stdin)
        return ct_cli_usage("check",
                            "--stdin-name names the text on standard input: give - as PATH");
    return CT_EXIT_OK;
}

static int read_stdin(struct ct_arena *a, struct ct_sv *ret, struct ct_err *err)
{
    CT_AUTO_STR in = CT_STR_INIT(CT_SOURCE_MAX + 1);
    char chunk[STDIN_CHUNK];
    size_t n;

    while (ct_str_ok(&in) && (n = fread(chunk, 1, sizeof chunk, stdin)) > 0)
        ct_str_add_sv(&in, ct_sv_n(chunk, n));
    if (ferror(stdin))
        return ct_fail(err, CT_INTERNAL, "standard input", "it cannot be read");
    if (!ct_str_ok(&in))
        return ct_fail(err, CT_TOO_BIG, "standard input", "over %d bytes", CT_SOURCE_MAX);
    *ret = ct_arena_dup(a, ct_str_sv(&in));
    return CT_OK;
}

/* What is live under a path of the content folder. */
static struct ct_sv last_published(void *arg, struct ct_arena *a, struct ct_sv path)
{
    CT_AUTO_READER rd = ct_store_reader(arg);
    char hash[CT_HASH_HEX + 1];
    struct ct_sv source;

    return ct_studio_live(rd.db, a, path, &source, hash, NULL) < 0 ? CT_SV_NULL : source;
}

static int check_all(struct ct_arena *a, const struct wish *w, char *const *paths, size_t n,
                     struct ct_check_result *ret, struct ct_err *err)
{
    *ret = (struct ct_check_result){.problems = {.arena = a}, .started = ret->started};
    clock_gettime(CLOCK_REALTIME_COARSE, &ret->checked); /* the clock of the files' times */
    for (size_t i = 0; i < n; i++) {
        size_t n_files = 1;
        int r = is_stdin(paths[i])
                    ? ct_check_text(&ret->problems, w->stdin_name, w->text, &w->published, err)
                    : ct_check_path(&ret->problems, paths[i], &w->published, &n_files, err);
        if (r < 0)
            return r;
        ret->n_files += n_files;
    }
    return CT_OK;
}

/* Checks, and with --fix mends and checks again until there is nothing more to mend. */
static int check_and_fix(struct ct_arena *a, const struct wish *w, char *const *paths, size_t n,
                         struct ct_check_result *ret, struct ct_err *err)
{
    int r = check_all(a, w, paths, n, ret, err);

    for (int round = 0; round < ROUNDS_MAX && w->fix && r == CT_OK; round++) {
        size_t n_fixed = 0;
        r = ct_check_fix(ret, paths, n, w->format == CT_CHECK_TEXT ? stdout : stderr, &n_fixed,
                         err);
        if (r < 0 || n_fixed == 0)
            return r;
        ct_arena_reset(a);
        r = check_all(a, w, paths, n, ret, err);
    }
    return r;
}

static int print(const struct wish *w, const struct ct_check_result *r)
{
    CT_AUTO_CHECK_LINES lines = {.given_name = w->stdin_name ? ct_sv_c(w->stdin_name) : CT_SV_NULL,
                                 .given = w->text};

    switch (w->format) {
    case CT_CHECK_TEXT:
        return ct_check_print_text(r, &lines, w->excerpt);
    case CT_CHECK_JSON:
        return ct_check_print_json(r);
    case CT_CHECK_SARIF:
        return ct_check_print_sarif(r, &lines);
    }
    return CT_EXIT_FAILED;
}

int ct_cmd_check(int argc, char **argv)
{
    CT_AUTO_ARENA a = CT_ARENA_INIT, words = CT_ARENA_INIT;
    struct ct_check_result result = {.started = ct_monotonic_us()};
    struct ct_err err = CT_ERR_INIT;
    struct wish wish = {.format = CT_CHECK_TEXT};
    CT_AUTO_STORE *store = NULL;
    int r = read_options(argc, argv, &wish);

    if (r != CT_EXIT_OK)
        return r;
    if (wish.help) {
        fputs(help, stdout);
        return CT_EXIT_OK;
    }
    char *content = ct_arena_cstr(&words, ct_sv_c(ct_cli_content(&words)));
    char *const *paths = optind < argc ? argv + optind : &content;
    size_t n = optind < argc ? (size_t)(argc - optind) : 1;
    if ((r = judge(&wish, paths, n)) != CT_EXIT_OK)
        return r;
    if (is_stdin(paths[0])) {
        wish.stdin_name = wish.stdin_name ? wish.stdin_name : "01-stdin.md";
        if (read_stdin(&words, &wish.text, &err) < 0)
            return ct_cli_fail("check", &err);
    }
    if (wish.data) {
        if (ct_cli_store_open(&words, wish.data, CT_CLI_DATABASE, 1, CT_CLI_MUST_EXIST, &store,
                              &err) < 0)
            return ct_cli_fail("check", &err);
        wish.published = (struct ct_loader){.last_good = last_published, .arg = store};
    }
    if (check_and_fix(&a, &wish, paths, n, &result, &err) < 0)
        return ct_cli_fail("check", &err);
    r = print(&wish, &result);
    return r != CT_EXIT_OK || result.problems.n_errors ? CT_EXIT_FAILED : CT_EXIT_OK;
}
