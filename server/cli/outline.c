/*
 * outline.c: `crosstrain outline`: how long modules are, how hard they read, which question
 * assesses which objective, and what the proof of a scenario came to.
 */
#include "cli_priv.h"
#include "outline_priv.h"

#include "ct/base/file.h"
#include "ct/base/limits.h"
#include "ct/course/catalogue.h"
#include "ct/course/measure.h"

#include <stdio.h>
#include <sys/stat.h>

#include "ct/base/banned.h"

static const char help[] =
    "Usage: crosstrain outline [OPTION]... [PATH]...\n"
    "Tells of each module how long it takes and how hard it reads, which questions assess each\n"
    "objective, what exploring a scenario found, and how its runs end when it is played at "
    "random,\n"
    "mostly with care (three choices in four) and with care (after which most random runs pass).\n"
    "PATH: a curriculum, a course or a module (default: the content folder).\n\n"
    "  --format FORMAT        text (default), or json: a list of modules\n" CT_HELP_HELP;

static const struct option options[] = {{"format", required_argument, NULL, CT_OPT_FORMAT},
                                        {"help", no_argument, NULL, CT_OPT_HELP},
                                        {NULL, 0, NULL, 0}};

struct outline {
    struct ct_arena *arena;
    json_t *modules; /* what is printed, also as text */
};

/* ---- facts ---- */

static bool names(const struct ct_question *q, struct ct_sv objective)
{
    for (size_t i = 0; i < q->n_objectives; i++)
        if (ct_sv_eq(q->objectives[i], objective))
            return true;
    return false;
}

/* The ids of questions that name an objective; a null view: that name none. */
static void add_ids(json_t *list, const struct ct_question *const *questions, size_t n,
                    struct ct_sv objective)
{
    for (size_t i = 0; i < n; i++)
        if (objective.p == NULL ? questions[i]->n_objectives == 0 : names(questions[i], objective))
            json_array_append_new(list, ct_json_sv(questions[i]->id));
}

static json_t *ids_of(const struct ct_module *m, struct ct_sv objective)
{
    json_t *practice = json_array(), *quiz = json_array();
    add_ids(practice, m->practice, m->n_practice, objective);
    if (m->quiz)
        add_ids(quiz, m->quiz->questions, m->quiz->n_questions, objective);
    return json_pack("{s:o, s:o}", "practice", practice, "quiz", quiz);
}

static json_t *objectives_of(const struct ct_module *m)
{
    json_t *list = json_array();
    for (size_t i = 0; i < m->n_objectives; i++) {
        json_t *o = ids_of(m, m->objectives[i].id);
        ct_json_set_sv(o, "id", m->objectives[i].id);
        ct_json_set_sv(o, "text", m->objectives[i].text);
        json_array_append_new(list, o);
    }
    return list;
}

static json_t *sources_of(const struct ct_module *m)
{
    json_t *list = json_array();
    for (size_t i = 0; i < m->n_sources; i++)
        json_array_append_new(list, ct_json_sv(m->sources[i]));
    return list;
}

static int add_module(struct outline *o, const char *path, struct ct_err *err)
{
    struct ct_problems problems = {.arena = o->arena};
    struct ct_disciplines disciplines;
    struct ct_module *m;
    struct ct_measure x;
    int r = ct_module_load(o->arena, path, &disciplines, &problems, &m, err);
    if (r < 0)
        return r;
    ct_module_measure(o->arena, m, &x);
    json_t *j =
        json_pack("{s:s, s:I, s:I, s:I, s:I, s:I, s:i}", "path", path, "words", (json_int_t)x.words,
                  "prose_words", (json_int_t)x.prose_words, "sentences", (json_int_t)x.sentences,
                  "questions", (json_int_t)x.n_questions, "errors", (json_int_t)problems.n_errors,
                  "minutes_estimated", x.minutes);
    ct_json_set_sv(j, "title", m->title);
    json_object_set_new(j, "minutes", m->minutes > 0 ? json_integer(m->minutes) : json_null());
    json_object_set_new(
        j, "grade", x.has_grade ? json_real((double)(long)(x.grade * 10 + 0.5) / 10) : json_null());
    json_object_set_new(j, "objectives", objectives_of(m));
    json_object_set_new(j, "sources", sources_of(m));
    json_object_set_new(j, "without_objective", ids_of(m, CT_SV_NULL));
    json_object_set_new(j, "chairs",
                        m->scenario ? ct_cli_outline_chairs(o->arena, m->scenario, &disciplines,
                                                            problems.n_errors > 0)
                                    : json_null());
    json_array_append_new(o->modules, j);
    return CT_OK;
}

/* ---- paths ---- */

static bool is_folder(const char *path)
{
    struct stat st;
    return stat(path, &st) == 0 && S_ISDIR(st.st_mode);
}

/* "01-name.md" */
static bool is_module_name(struct ct_sv name)
{
    return name.n > 4 && name.p[0] >= '0' && name.p[0] <= '9' && ct_sv_ends(name, CT_SV(".md"));
}

/* A module, a course's folder, or (depth 2) a curriculum's. Pictures and the like are passed over.
 */
static int add_path(struct outline *o, const char *path, int depth, struct ct_err *err)
{
    struct ct_dir_entry *entries;
    size_t n;
    int r;
    if (!is_folder(path))
        return add_module(o, path, err);
    if ((r = ct_dir_list(o->arena, path, CT_MODULES_MAX * 4, &entries, &n, err)) < 0)
        return r;
    for (size_t i = 0; i < n; i++) {
        const char *full = ct_path_join(o->arena, path, entries[i].name);
        bool deeper = depth > 1 && is_folder(full);
        if (entries[i].name.p[0] == '.' || (!deeper && !is_module_name(entries[i].name)))
            continue;
        if ((deeper || !is_folder(full)) && (r = add_path(o, full, depth - 1, err)) < 0)
            return r;
    }
    return CT_OK;
}

/* ---- the command ---- */

static int read_options(int argc, char **argv, bool *ret_json, bool *ret_help)
{
    int c;
    while ((c = ct_cli_option("outline", argc, argv, options)) != -1) {
        if (c == '?')
            return CT_EXIT_USAGE;
        if (c == CT_OPT_FORMAT && strcmp(optarg, "text") != 0 && strcmp(optarg, "json") != 0)
            return ct_cli_usage("outline", "--format takes text or json, not '%s'", optarg);
        if (c == CT_OPT_FORMAT)
            *ret_json = strcmp(optarg, "json") == 0;
        if (c == CT_OPT_HELP)
            *ret_help = true;
    }
    return CT_EXIT_OK;
}

int ct_cmd_outline(int argc, char **argv)
{
    CT_AUTO_ARENA a = CT_ARENA_INIT;
    CT_AUTO_JSON *modules = json_array();
    CT_AUTO_STR out = CT_STR_INIT(CT_REPORT_MAX);
    struct outline o = {.arena = &a, .modules = modules};
    struct ct_err err = CT_ERR_INIT;
    bool as_json = false, wants_help = false;
    int r = read_options(argc, argv, &as_json, &wants_help);
    if (r != CT_EXIT_OK)
        return r;
    if (wants_help) {
        fputs(help, stdout);
        return CT_EXIT_OK;
    }
    for (int i = optind; i < argc || i == optind; i++)
        if (add_path(&o, i < argc ? argv[i] : ct_cli_content(&a), 2, &err) < 0)
            return ct_cli_fail("outline", &err);
    if (as_json) {
        ct_json_write(&out, modules);
        ct_str_add_char(&out, '\n');
    } else {
        ct_cli_outline_text(&out, modules);
    }
    fwrite(out.p, 1, out.n, stdout);
    return ct_str_ok(&out) ? CT_EXIT_OK : CT_EXIT_FAILED;
}
