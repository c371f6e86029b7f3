/*
 * import.c: `crosstrain import`: questions of other programs as modules of ours.
 */
#include "cli_priv.h"

#include "ct/base/file.h"
#include "ct/base/limits.h"
#include "ct/course/gift.h"
#include "ct/course/starter.h"
#include "ct/text/url.h"

#include <stdio.h>

#include "ct/base/banned.h"

static const char help[] =
    "Usage: crosstrain import gift FILE [OPTION]...\n"
    "Turns a question bank that Moodle exported in its GIFT format into modules: one for each\n"
    "category, with its questions as a quiz. What could not be carried over as it was is listed,\n"
    "FILE:LINE: what, and what stands there instead.\n\n"
    "  --into FOLDER          a course's folder; its next numbers are taken (default: a new "
    "course\n"
    "                         in this folder, called as the file is)\n" CT_HELP_HELP;

enum { OPT_INTO = CT_OPT_OWN };
static const struct option options[] = {{"into", required_argument, NULL, OPT_INTO},
                                        {"help", no_argument, NULL, CT_OPT_HELP},
                                        {NULL, 0, NULL, 0}};

/* "safety-questions" of "banks/Safety questions.gift.txt". */
static struct ct_sv name_of(struct ct_arena *a, const char *file)
{
    const char *slash = strrchr(file, '/');
    struct ct_sv name = ct_sv_c(slash ? slash + 1 : file);
    struct ct_sv slug = ct_url_name(a, ct_sv_sub(name, 0, ct_sv_find(name, '.')));
    return slug.n ? slug : CT_SV("imported-questions");
}

/* The course that the modules go into, with a course.md if it has none. */
static int make_course(struct ct_arena *a, const char *folder, struct ct_sv name,
                       struct ct_err *err)
{
    const char *starters = ct_cli_home(a, "server/course/starters");
    const char *file = ct_path_join(a, folder, CT_SV("course.md"));
    struct ct_sv text;
    int r = CT_OK;
    if (ct_cli_is_there(file))
        return r;
    if ((r = ct_cli_check_course(a, folder, err)) < 0 || (r = ct_cli_make_folder(folder, err)) < 0)
        return r;
    if (!starters)
        return ct_fail(err, CT_NOT_FOUND, "starters", "the program's own files are not found");
    r = ct_starter_make(a, starters, CT_SV("course"), ct_cli_title_of(a, name), &text, err);
    if (r < 0 || (r = ct_file_write(file, text, err)) < 0)
        return r;
    printf("Made %s\n", file);
    return CT_OK;
}

static int write_module(struct ct_arena *a, const char *folder, const struct ct_gift_module *m,
                        struct ct_err *err)
{
    struct ct_sv name;
    struct ct_sv title = ct_url_name(a, m->title).n ? m->title : CT_SV("Imported questions");
    int r = ct_starter_new_name(a, folder, title, &name, err);
    if (r < 0)
        return r;
    const char *path = ct_path_join(a, folder, name);
    if ((r = ct_file_write(path, m->source, err)) < 0)
        return r;
    if (m->n_questions == 0)
        printf("Made %s: texts without a question\n", path);
    else
        printf("Made %s: %zu question%s\n", path, m->n_questions, m->n_questions == 1 ? "" : "s");
    return CT_OK;
}

static int import(struct ct_arena *a, const char *file, const char *into, struct ct_err *err)
{
    struct ct_gift gift;
    struct ct_sv bank, name = name_of(a, file);
    const char *folder = into ? ct_cli_without_slashes(a, into) : ct_arena_cstr(a, name);
    struct ct_err why = CT_ERR_INIT;
    int r = ct_file_read(a, file, CT_SOURCE_MAX, &bank, err);
    if (r < 0)
        return r;
    if ((r = ct_gift_import(a, bank, &gift, &why)) < 0)
        return ct_fail(err, (enum ct_status)r, file, "%s", why.text);
    if (gift.n_questions == 0 && gift.n_left_out == 0)
        return ct_fail(err, CT_BAD_INPUT, file,
                       "it has no question: a question of a GIFT bank has its answers in braces, "
                       "{ }, and no braces stand here");
    for (size_t i = 0; i < gift.n_notes; i++)
        printf("%s:%d: %.*s\n", file, gift.notes[i].line, CT_SV_ARG(gift.notes[i].text));
    if (gift.n_questions == 0)
        return ct_fail(err, CT_BAD_INPUT, file,
                       "there is no question in it that could be carried "
                       "over");
    if ((r = make_course(a, folder, name, err)) < 0)
        return r;
    for (size_t i = 0; i < gift.n_modules; i++)
        if ((r = write_module(a, folder, &gift.modules[i], err)) < 0)
            return r;
    fflush(stdout);
    fprintf(stderr, "%zu question%s in %zu module%s, %zu left out, %zu note%s\n", gift.n_questions,
            gift.n_questions == 1 ? "" : "s", gift.n_modules, gift.n_modules == 1 ? "" : "s",
            gift.n_left_out, gift.n_notes, gift.n_notes == 1 ? "" : "s");
    return CT_OK;
}

int ct_cmd_import(int argc, char **argv)
{
    CT_AUTO_ARENA a = CT_ARENA_INIT;
    struct ct_err err = CT_ERR_INIT;
    const char *into = NULL;
    int c;

    while ((c = ct_cli_option("import", argc, argv, options)) != -1) {
        if (c == '?')
            return CT_EXIT_USAGE;
        if (c == OPT_INTO)
            into = optarg;
        if (c == CT_OPT_HELP) {
            fputs(help, stdout);
            return CT_EXIT_OK;
        }
    }
    if (optind == argc)
        return ct_cli_usage("import", "say what: gift");
    if (strcmp(argv[optind], "gift") != 0)
        return ct_cli_usage("import", "'%s' cannot be imported, but gift can", argv[optind]);
    if (optind + 1 == argc)
        return ct_cli_usage("import", "import gift needs a FILE");
    if (optind + 2 < argc)
        return ct_cli_usage("import", "unexpected argument '%s'", argv[optind + 2]);
    if (import(&a, argv[optind + 1], into, &err) < 0)
        return ct_cli_fail("import", &err);
    return CT_EXIT_OK;
}
