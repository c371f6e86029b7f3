/*
 * check.c: `crosstrain check`: what is wrong with courses, before anybody sees them.
 */
#include "cli_priv.h"

#include "ct/base/file.h"
#include "ct/base/limits.h"

#include <stdio.h>
#include <unistd.h>

#include "ct/base/banned.h"

static const char help[] =
    "Usage: crosstrain check [OPTION]... [PATH]...\n"
    "Checks curricula, courses and modules (default: the content folder). Prints a line for each\n"
    "problem, on a terminal also the line that it is about; ends with 1 if there were errors.\n\n"
    "  --format FORMAT        text (default), or json: one document\n"
    "  --explain              print what each code means and end\n" CT_HELP_HELP;

enum { OPT_EXPLAIN = CT_OPT_OWN };
static const struct option options[] = {{"format", required_argument, NULL, CT_OPT_FORMAT},
                                        {"explain", no_argument, NULL, OPT_EXPLAIN},
                                        {"help", no_argument, NULL, CT_OPT_HELP},
                                        {NULL, 0, NULL, 0}};

struct wish {
    bool json, explain, help;
};

/* The line that a problem is about, with a mark below its place. */
static void put_excerpt(struct ct_str *out, const struct ct_problem *p)
{
    CT_AUTO_ARENA a = CT_ARENA_INIT;
    struct ct_sv rest, line = CT_SV_NULL;

    if (ct_file_read(&a, ct_arena_cstr(&a, p->file), CT_SOURCE_MAX, &rest, NULL) < 0)
        return;
    for (int i = 0; i < p->line; i++)
        if (!ct_sv_split(&rest, '\n', &line))
            return;
    ct_str_add_c(out, "    ");
    for (struct ct_sv all = ct_sv_trim(line); all.n;) {
        uint32_t rune = ct_sv_rune(&all);
        ct_str_add_rune(out, rune < 0x20 || (rune >= 0x7f && rune < 0xa0) ? ' ' : rune);
    }
    ct_str_add_char(out, '\n');
    if (p->column <= 0 || (size_t)p->column > line.n + 1)
        return;
    /* columns are bytes; the mark is to stand below a character */
    struct ct_sv before = ct_sv_sub(line, 0, (size_t)p->column - 1);
    while (before.n && (*before.p == ' ' || *before.p == '\t'))
        before = ct_sv_sub(before, 1, SIZE_MAX);
    ct_str_add_c(out, "    ");
    while (before.n) {
        ct_sv_rune(&before);
        ct_str_add_char(out, ' ');
    }
    ct_str_add_c(out, "^\n");
}

static void print_text(const struct ct_problems *ps, size_t n_files)
{
    bool excerpts = isatty(STDOUT_FILENO);
    size_t n_warnings = ps->n - ps->n_errors;

    for (size_t i = 0; i < ps->n; i++) {
        CT_AUTO_STR line = CT_STR_INIT(CT_SOURCE_MAX);
        ct_problem_write(&line, &ps->items[i]);
        if (excerpts && ps->items[i].line > 0)
            put_excerpt(&line, &ps->items[i]);
        fwrite(line.p, 1, line.n, stdout);
    }
    fflush(stdout);
    fprintf(stderr, "%zu file%s: ", n_files, n_files == 1 ? "" : "s");
    if (ps->n == 0)
        fputs("no problems\n", stderr);
    else
        fprintf(stderr, "%zu error%s, %zu warning%s\n", ps->n_errors, ps->n_errors == 1 ? "" : "s",
                n_warnings, n_warnings == 1 ? "" : "s");
}

static int print_json(const struct ct_problems *ps, size_t n_files)
{
    CT_AUTO_STR out = CT_STR_INIT(CT_REPORT_MAX);
    json_t *list = json_array();
    CT_AUTO_JSON *all = json_pack("{s:I, s:I, s:I, s:o}", "files", (json_int_t)n_files, "errors",
                                  (json_int_t)ps->n_errors, "warnings",
                                  (json_int_t)(ps->n - ps->n_errors), "problems", list);

    for (size_t i = 0; i < ps->n; i++)
        json_array_append_new(list, ct_problem_json(&ps->items[i]));
    ct_json_write(&out, all);
    ct_str_add_char(&out, '\n');
    if (!ct_str_ok(&out)) {
        fprintf(stderr, "crosstrain check: the document is over %d bytes\n", CT_REPORT_MAX);
        return CT_EXIT_FAILED;
    }
    fwrite(out.p, 1, out.n, stdout);
    return CT_EXIT_OK;
}

static int explain(void)
{
    size_t n;
    const struct ct_problem_code *codes = ct_problem_codes(&n);

    for (size_t i = 0; i < n; i++)
        printf("%s  %s\n", codes[i].code, codes[i].meaning);
    return CT_EXIT_OK;
}

static int read_options(int argc, char **argv, struct wish *w)
{
    int c;

    while ((c = ct_cli_option("check", argc, argv, options)) != -1) {
        if (c == '?')
            return CT_EXIT_USAGE;
        if (c == CT_OPT_FORMAT && strcmp(optarg, "text") != 0 && strcmp(optarg, "json") != 0)
            return ct_cli_usage("check", "--format takes text or json, not '%s'", optarg);
        if (c == CT_OPT_FORMAT)
            w->json = strcmp(optarg, "json") == 0;
        if (c == OPT_EXPLAIN)
            w->explain = true;
        if (c == CT_OPT_HELP)
            w->help = true;
    }
    return CT_EXIT_OK;
}

int ct_cmd_check(int argc, char **argv)
{
    CT_AUTO_ARENA a = CT_ARENA_INIT;
    struct ct_problems problems = {.arena = &a};
    struct ct_err err = CT_ERR_INIT;
    struct wish wish = {0};
    size_t n_files = 0;
    int r = read_options(argc, argv, &wish);

    if (r != CT_EXIT_OK)
        return r;
    if (wish.help) {
        fputs(help, stdout);
        return CT_EXIT_OK;
    }
    if (wish.explain)
        return explain();
    for (int i = optind; i < argc || i == optind; i++) {
        size_t n = 0;
        const char *path = i < argc ? argv[i] : ct_cli_content(&a);
        if (ct_check_path(&problems, path, &n, &err) < 0)
            return ct_cli_fail("check", &err);
        n_files += n;
    }
    if (!wish.json)
        print_text(&problems, n_files);
    else if ((r = print_json(&problems, n_files)) != CT_EXIT_OK)
        return r;
    return problems.n_errors ? CT_EXIT_FAILED : CT_EXIT_OK;
}
