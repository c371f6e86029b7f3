/*
 * new.c: `crosstrain new`: a file or folder to begin with, that passes the checker and explains
 * itself. Never writes over anything.
 */
#include "cli_priv.h"

#include "ct/base/file.h"
#include "ct/base/limits.h"
#include "ct/course/starter.h"
#include "ct/text/url.h"

#include <stdio.h>

#include "ct/base/banned.h"

static const char help[] =
    "Usage: crosstrain new course|module|scenario|curriculum|glossary PATH [OPTION]...\n"
    "Makes a text to begin with, which passes the checker and explains itself:\n\n"
    "  new course content/first-contact              a folder with course.md and a first module\n"
    "  new module content/first-contact              the next module of a course\n"
    "  new module content/first-contact/03-after.md  a module of this name\n"
    "  new scenario content/first-contact            a scenario with choices, in the same way\n"
    "  new curriculum our-content                    curriculum.md, for a content folder of one's "
    "own\n"
    "  new glossary content                          glossary.md in it: words that are explained "
    "once\n\n"
    "It never writes over a file that is there.\n\n"
    "  --title TITLE          what learners read (default: made of the name)\n"
    "  --from STARTER         another text to start from, for a module:\n";

enum { OPT_TITLE = CT_OPT_OWN, OPT_FROM };
static const struct option options[] = {{"title", required_argument, NULL, OPT_TITLE},
                                        {"from", required_argument, NULL, OPT_FROM},
                                        {"help", no_argument, NULL, CT_OPT_HELP},
                                        {NULL, 0, NULL, 0}};

struct wish {
    struct ct_arena *arena;
    const char *starters; /* their folder */
    const char *path;     /* as given, without slashes at its end */
    const char *title;    /* or NULL */
    const char *from;     /* or NULL */
    const char *starter;  /* of the kind that is made */
    bool help;
};

/* ---- paths ---- */

static struct ct_sv name_of(const char *path)
{
    const char *slash = strrchr(path, '/');
    return ct_sv_c(slash ? slash + 1 : path);
}

/* The folder that a path is in; "." for a name alone. */
static const char *folder_of(struct ct_arena *a, const char *path)
{
    const char *slash = strrchr(path, '/');
    if (!slash)
        return ".";
    return slash == path ? "/" : ct_arena_cstr(a, ct_sv_n(path, (size_t)(slash - path)));
}

static const char *join(struct ct_arena *a, const char *folder, struct ct_sv name)
{
    return strcmp(folder, ".") == 0 ? ct_arena_cstr(a, name) : ct_path_join(a, folder, name);
}

/* As a shell reads it back. */
static const char *quoted(struct ct_arena *a, const char *path)
{
    static const char plain[] =
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-./,:+@%";
    CT_AUTO_STR out = CT_STR_INIT(4 * strlen(path) + 3);
    if (strspn(path, plain) == strlen(path))
        return path;
    ct_str_add_char(&out, '\'');
    for (const char *p = path; *p; p++) {
        if (*p == '\'')
            ct_str_add_c(&out, "'\\''");
        else
            ct_str_add_char(&out, *p);
    }
    ct_str_add_char(&out, '\'');
    return ct_arena_cstr(a, ct_str_sv(&out));
}

static struct ct_sv wanted_title(const struct wish *w, struct ct_sv otherwise)
{
    return w->title ? ct_sv_c(w->title) : otherwise;
}

/* ---- writing ---- */

/* The disciplines of the curriculum in a folder; of ours if there is none that can be read. */
static void disciplines_of(const struct wish *w, const char *content, struct ct_disciplines *ret)
{
    struct ct_loader loader = {.dir = content};
    struct ct_catalogue *cat = NULL;
    ct_disciplines_default(ret);
    if (ct_cli_is_there(ct_path_join(w->arena, content, CT_SV("curriculum.md"))) &&
        ct_catalogue_load(&loader, &cat, NULL) == CT_OK)
        *ret = cat->disciplines;
    for (size_t i = 0; i < ret->n; i++) { /* they outlive the catalogue */
        ret->items[i].slug = ct_arena_dup(w->arena, ret->items[i].slug);
        ret->items[i].plural = ct_arena_dup(w->arena, ret->items[i].plural);
    }
    ct_catalogue_free(cat);
}

/* Fills in a starter and writes it where nothing is. */
static int write_new(const struct wish *w, const char *starter, const char *path,
                     struct ct_sv title, const char *content, struct ct_err *err)
{
    struct ct_disciplines disciplines;
    struct ct_sv text;
    int r;
    if (ct_cli_is_there(path))
        return ct_fail(err, CT_CONFLICT, path, "it is there already, and stays as it is");
    disciplines_of(w, content, &disciplines);
    r = ct_starter_fill(w->arena, w->starters, ct_sv_c(starter), title, &disciplines, &text, err);
    if (r < 0 || (r = ct_file_write(path, text, err)) < 0)
        return r;
    printf("Made %s\n", path);
    return CT_OK;
}

/* What to do next. `content` is the folder of the curriculum. */
static void say_next(const struct wish *w, const char *content, const char *checked)
{
    const char *curriculum = join(w->arena, content, CT_SV("curriculum.md"));
    puts("\nNext:");
    if (!ct_cli_is_there(curriculum))
        printf("  crosstrain new curriculum %s   (there is no %s yet)\n", quoted(w->arena, content),
               curriculum);
    printf("  crosstrain preview %s   to see it while you write\n", quoted(w->arena, content));
    printf("  crosstrain check %s   to see what is wrong, and where\n", quoted(w->arena, checked));
}

/* ---- the kinds ---- */

static int make_curriculum(struct wish *w, struct ct_err *err)
{
    const char *file = join(w->arena, w->path, CT_SV("curriculum.md"));
    int r = ct_cli_make_folder(w->path, err);
    if (r < 0)
        return r;
    r = write_new(w, "curriculum", file, wanted_title(w, CT_SV("Our courses")), w->path, err);
    if (r < 0)
        return r;
    puts("\nNext:");
    printf("  crosstrain new course %s   (or any other name)\n",
           quoted(w->arena, join(w->arena, w->path, CT_SV("first-course"))));
    printf("  crosstrain preview %s   to see it while you write\n", quoted(w->arena, w->path));
    return CT_OK;
}

static int make_glossary(struct wish *w, struct ct_err *err)
{
    const char *file = join(w->arena, w->path, CT_SV("glossary.md"));
    int r;
    if (!ct_cli_is_there(ct_path_join(w->arena, w->path, CT_SV("curriculum.md"))))
        return ct_fail(err, CT_BAD_INPUT, w->path,
                       "a glossary stands beside curriculum.md, and there is none in this folder");
    if ((r = write_new(w, "glossary", file, wanted_title(w, CT_SV("Glossary")), w->path, err)) < 0)
        return r;
    say_next(w, w->path, file);
    return CT_OK;
}

static int make_course(struct wish *w, struct ct_err *err)
{
    const char *content = folder_of(w->arena, w->path);
    const char *file = ct_path_join(w->arena, w->path, CT_SV("course.md"));
    struct ct_sv title = wanted_title(w, ct_cli_title_of(w->arena, name_of(w->path))), first;
    int r;

    if (ct_cli_is_there(file))
        return ct_fail(err, CT_CONFLICT, file, "it is there already, and stays as it is");
    if ((r = ct_cli_check_course(w->arena, w->path, err)) < 0 ||
        (r = ct_cli_make_folder(w->path, err)) < 0 ||
        (r = write_new(w, "course", file, title, content, err)) < 0 ||
        (r = ct_starter_new_name(w->arena, w->path, CT_SV("The first page"), &first, err)) < 0)
        return r;
    if (ct_sv_starts(first, CT_SV("01-"))) { /* else the folder has modules */
        r = write_new(w, w->starter, ct_path_join(w->arena, w->path, first),
                      CT_SV("The first page"), content, err);
        if (r < 0)
            return r;
    }
    say_next(w, content, w->path);
    printf("The course stands behind those that %s names. To give it another place, put\n"
           "%.*s into its line that begins with `courses:`.\n",
           join(w->arena, content, CT_SV("curriculum.md")), CT_SV_ARG(name_of(w->path)));
    return CT_OK;
}

/* A file in a folder that is there, of a name that is a module's and an address that is free. */
static int check_file(const struct wish *w, const char *folder, struct ct_sv *ret_address,
                      struct ct_err *err)
{
    struct ct_sv name = name_of(w->path), taken = CT_SV_NULL, base = name;
    int r;
    if (ct_cli_is_there(w->path))
        return ct_fail(err, CT_CONFLICT, w->path, "it is there already, and stays as it is");
    if (!ct_cli_is_folder(folder))
        return ct_fail(err, CT_NOT_FOUND, folder,
                       "there is no such folder; `crosstrain new course` makes one");
    if (!ct_starter_address(name, ret_address)) {
        if (ct_sv_ends(base, CT_SV(".md")))
            base.n -= 3;
        r = ct_starter_new_name(w->arena, folder, base.n ? base : name, &taken, NULL);
        return ct_fail(err, CT_BAD_INPUT, w->path,
                       "a module is called by a number and its address, of a-z, 0-9 and -; take "
                       "%.*s, or name a "
                       "folder that is there: `crosstrain new course` makes one",
                       CT_SV_ARG(r < 0 ? CT_SV("01-first-words.md") : taken));
    }
    if ((r = ct_starter_find(w->arena, folder, *ret_address, &taken, err)) < 0)
        return r;
    if (taken.p)
        return ct_fail(err, CT_CONFLICT, w->path, "%.*s has the same address already",
                       CT_SV_ARG(taken));
    return CT_OK;
}

static int make_module(struct wish *w, struct ct_err *err)
{
    bool scenario = strcmp(w->starter, "scenario") == 0;
    struct ct_sv title = wanted_title(w, scenario ? CT_SV("New scenario") : CT_SV("New module"));
    const char *folder = w->path, *file = w->path, *content;
    struct ct_sv name, address;
    int r;

    if (ct_cli_is_folder(w->path)) {
        if ((r = ct_starter_new_name(w->arena, folder, title, &name, err)) < 0)
            return r;
        file = join(w->arena, folder, name);
    } else {
        folder = folder_of(w->arena, w->path);
        if ((r = check_file(w, folder, &address, err)) < 0)
            return r;
        title = wanted_title(w, ct_cli_title_of(w->arena, address));
    }
    content = strcmp(folder, ".") == 0 ? ".." : folder_of(w->arena, folder);
    if ((r = write_new(w, w->starter, file, title, content, err)) < 0)
        return r;
    say_next(w, content, file);
    if (!ct_cli_is_there(ct_path_join(w->arena, folder, CT_SV("course.md"))))
        printf("%s is no course yet, because it has no course.md.\n", folder);
    return CT_OK;
}

static const struct kind {
    const char *name, *starter; /* starter: of its module */
    int (*make)(struct wish *w, struct ct_err *err);
} kinds[] = {
    {"course", "lesson", make_course},     {"module", "lesson", make_module},
    {"scenario", "scenario", make_module}, {"curriculum", NULL, make_curriculum},
    {"glossary", NULL, make_glossary},
};

/* ---- the call ---- */

static const struct kind *kind_of(const char *name)
{
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++)
        if (strcmp(kinds[i].name, name) == 0)
            return &kinds[i];
    return NULL;
}

/* Those that become no module have a kind of their own. */
static bool is_for_modules(struct ct_sv starter)
{
    return !ct_sv_eq_c(starter, "course") && !ct_sv_eq_c(starter, "curriculum") &&
           !ct_sv_eq_c(starter, "glossary");
}

static void print_starters(const struct wish *w, FILE *to)
{
    struct ct_starter *list;
    size_t n;
    if (!w->starters || ct_starter_list(w->arena, w->starters, &list, &n, NULL) < 0)
        return;
    for (size_t i = 0; i < n; i++)
        if (is_for_modules(list[i].name))
            fprintf(to, "      %-16.*s %.*s\n", CT_SV_ARG(list[i].name),
                    CT_SV_ARG(list[i].summary));
}

static int read_options(int argc, char **argv, struct wish *w)
{
    int c;
    while ((c = ct_cli_option("new", argc, argv, options)) != -1) {
        if (c == '?')
            return CT_EXIT_USAGE;
        if (c == OPT_TITLE)
            w->title = optarg;
        if (c == OPT_FROM)
            w->from = optarg;
        if (c == CT_OPT_HELP)
            w->help = true;
    }
    return CT_EXIT_OK;
}

static int make(struct wish *w, const struct kind *kind)
{
    struct ct_err err = CT_ERR_INIT;
    int r = CT_OK;
    w->starter = w->from ? w->from : kind->starter;
    if (!w->starters)
        r = ct_fail(&err, CT_NOT_FOUND, "starters", "the program's own files are not found");
    else if (w->title)
        r = ct_starter_fill(w->arena, w->starters, CT_SV("lesson"), ct_sv_c(w->title), NULL,
                            &(struct ct_sv){NULL, 0}, &err);
    if (r == CT_OK && kind->starter)
        r = ct_starter_fill(w->arena, w->starters, ct_sv_c(w->starter), CT_SV("T"), NULL,
                            &(struct ct_sv){NULL, 0}, &err);
    if (r == CT_OK)
        r = kind->make(w, &err);
    if (r == CT_OK)
        return CT_EXIT_OK;
    ct_cli_fail("new", &err);
    if (strcmp(err.what, "starter") == 0) {
        fputs("There are:\n", stderr);
        print_starters(w, stderr);
    }
    return CT_EXIT_FAILED;
}

int ct_cmd_new(int argc, char **argv)
{
    CT_AUTO_ARENA a = CT_ARENA_INIT;
    struct wish w = {.arena = &a, .starters = ct_cli_home(&a, "server/course/starters")};
    const struct kind *kind;
    int r = read_options(argc, argv, &w);

    if (r != CT_EXIT_OK)
        return r;
    if (w.help) {
        fputs(help, stdout);
        print_starters(&w, stdout);
        fputs(CT_HELP_HELP, stdout);
        return CT_EXIT_OK;
    }
    if (optind == argc)
        return ct_cli_usage("new", "say what: course, module, scenario or curriculum");
    if (!(kind = kind_of(argv[optind])))
        return ct_cli_usage("new", "there is no '%s' to make", argv[optind]);
    if (optind + 1 == argc || !*argv[optind + 1])
        return ct_cli_usage("new", "new %s needs a PATH", kind->name);
    if (optind + 2 < argc)
        return ct_cli_usage("new", "unexpected argument '%s'", argv[optind + 2]);
    if (w.from && !kind->starter)
        return ct_cli_usage("new", "--from is for modules");
    if (w.from && !is_for_modules(ct_sv_c(w.from)))
        return ct_cli_usage("new", "'%s' becomes no module; use `crosstrain new %s`", w.from,
                            w.from);
    w.path = ct_cli_without_slashes(&a, argv[optind + 1]);
    return make(&w, kind);
}
