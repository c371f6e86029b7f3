/*
 * server/course/check.c: checking whatever path a trainer names: a curriculum, a course, a module.
 * Finds the curriculum around it, whose disciplines it needs.
 */
#include "ct/base/file.h"
#include "ct/base/limits.h"

#include <sys/stat.h>

#include "loader_priv.h"

#include "ct/base/banned.h"

enum { LEVELS_MAX = 16 };

static char *parent_of(struct ct_arena *a, const char *real)
{
    const char *slash = strrchr(real, '/');
    if (!slash || slash == real)
        return ct_arena_cstr(a, CT_SV("/"));
    return ct_arena_cstr(a, ct_sv_n(real, (size_t)(slash - real)));
}

static struct ct_sv base_name(const char *path)
{
    const char *slash = strrchr(path, '/');
    return ct_sv_c(slash ? slash + 1 : path);
}

/* The nearest folder, from `dir` (a real path) upward, with a curriculum.md; NULL if there is none.
 */
static const char *find_root(struct ct_arena *a, const char *dir)
{
    for (int i = 0; i < LEVELS_MAX; i++) {
        struct ct_tree t = {.arena = a, .dir = dir};
        if (ct_tree_has(&t, CT_SV(""), "curriculum.md"))
            return dir;
        if (strcmp(dir, "/") == 0)
            break;
        dir = parent_of(a, dir);
    }
    return NULL;
}

/* What stands around a folder; its own problems are another check's. */
static void read_around(struct ct_arena *a, const char *root, struct ct_curriculum *ret,
                        const struct ct_glossary **ret_glossary)
{
    struct ct_problems scratch = {.arena = a};
    struct ct_tree t = {
        .arena = a, .problems = &scratch, .dir = root, .root = root, .anyway = true};
    struct ct_text_file file;
    *ret_glossary = NULL;
    if (root) {
        ct_tree_glossary(&t);
        *ret_glossary = t.glossary;
    }
    if (root && ct_tree_curriculum(&t, ret, &file) && ret->disciplines.n > 0)
        return;
    *ret = (struct ct_curriculum){.pass = 80, .lang = CT_SV("en")};
    ct_disciplines_default(&ret->disciplines);
}

/* Where a folder stands in its curriculum's: "course". Both are real paths. */
static struct ct_sv above_of(const char *root, const char *dir)
{
    size_t n = root ? strlen(root) : 0;
    return root && strlen(dir) > n ? ct_sv_c(dir + n + 1) : CT_SV("");
}

static struct ct_tree tree_of(struct ct_problems *problems, const char *dir, struct ct_sv prefix,
                              const struct ct_loader *published)
{
    const char *root = find_root(problems->arena, dir);
    return (struct ct_tree){.arena = problems->arena,
                            .problems = problems,
                            .dir = dir,
                            .prefix = prefix,
                            .root = root ? root : dir,
                            .above = above_of(root, dir),
                            .loader = published,
                            .anyway = true};
}

static int check_folder(struct ct_problems *ret, const char *path, const char *real,
                        const struct ct_loader *published, size_t *ret_files, struct ct_err *err)
{
    struct ct_sv given = ct_sv_c(path);
    const char *slash = ct_sv_ends(given, CT_SV("/")) ? "" : "/";
    struct ct_tree t = tree_of(
        ret, real, ct_arena_printf(ret->arena, "%.*s%s", CT_SV_ARG(given), slash), published);
    int r = CT_OK;
    if (ct_tree_has(&t, CT_SV(""), "curriculum.md")) {
        struct ct_catalogue cat = {.problems = {.arena = ret->arena}};
        t.problems = &cat.problems;
        r = ct_tree_catalogue(&t, &cat, err);
        for (size_t i = 0; i < cat.problems.n; i++)
            CT_ARENA_PUSH(ret->arena, ret->items, ret->n, ret->cap, cat.problems.items[i]);
        ret->n_errors += cat.problems.n_errors;
    } else {
        struct ct_curriculum around;
        struct ct_course course;
        read_around(ret->arena, find_root(ret->arena, real), &around, &t.glossary);
        ct_tree_course(&t, CT_SV(""), base_name(real), &around, &course);
    }
    *ret_files = t.n_files;
    return r;
}

/* A module's language is its course's, unless it says its own. */
static struct ct_sv lang_around(struct ct_arena *a, const char *dir,
                                const struct ct_curriculum *around)
{
    struct ct_problems scratch = {.arena = a};
    struct ct_tree t = tree_of(&scratch, dir, CT_SV(""), NULL);
    struct ct_course course;
    if (!ct_tree_has(&t, CT_SV(""), "course.md"))
        return around->lang;
    ct_tree_course_file(&t, CT_SV(""), base_name(dir), around, &course);
    return course.lang;
}

/* The path as given up to its file's name. */
static struct ct_sv prefix_of(const char *path)
{
    struct ct_sv name = base_name(path);
    return ct_sv_n(path, strlen(path) - name.n);
}

/* A file, or the text that is to stand in it: `source` is null for the file itself. */
struct subject {
    const char *dir; /* real */
    struct ct_sv name;
    const char *path; /* as it was given */
    struct ct_sv source;
};

static void check_curriculum(struct ct_tree *t, const struct subject *s)
{
    struct ct_curriculum c;
    struct ct_text_file file = {.path = ct_sv_c(s->path), .source = s->source};
    if (s->source.p)
        ct_tree_parse_curriculum(t, t->problems, true, &c, &file);
    else
        ct_tree_curriculum(t, &c, &file);
}

static void check_glossary(struct ct_tree *t, const struct subject *s)
{
    struct ct_sv source = s->source;
    if (source.p || ct_tree_source(t, s->name, &source))
        ct_tree_parse_glossary(t, t->problems, ct_sv_c(s->path), source);
}

static void check_course(struct ct_tree *t, const struct subject *s,
                         const struct ct_curriculum *around)
{
    struct ct_sv slug = base_name(s->dir);
    struct ct_course course = ct_tree_empty_course(t, CT_SV(""), slug, around);
    if (!s->source.p) {
        ct_tree_course_file(t, CT_SV(""), slug, around, &course);
        return;
    }
    course.path = ct_sv_c(s->path);
    course.source = s->source;
    ct_tree_parse_course(t, t->problems, CT_SV(""), true, around, &course);
}

static int check_module(struct ct_tree *t, const struct subject *s,
                        const struct ct_curriculum *around, struct ct_err *err)
{
    struct ct_arena *a = t->arena;
    struct ct_folder here = {t, CT_SV("")};
    struct ct_module_context ctx =
        ct_course_context(a, &around->disciplines, t->glossary, base_name(s->dir),
                          lang_around(a, s->dir, around), &here);
    struct ct_module *m;
    struct ct_err why = CT_ERR_INIT;
    if (!s->source.p)
        ct_tree_module(t, CT_SV(""), s->name, &ctx);
    else if (ct_module_parse(a, s->source, ct_sv_c(s->path), &ctx, t->problems, &m, &why) ==
             CT_INTERNAL)
        return ct_fail(err, CT_INTERNAL, s->path, "%s", why.text);
    return CT_OK;
}

static int check_one(struct ct_problems *ret, const struct subject *s,
                     const struct ct_loader *published, struct ct_err *err)
{
    struct ct_arena *a = ret->arena;
    struct ct_tree t = tree_of(ret, s->dir, prefix_of(s->path), published);
    struct ct_curriculum around;
    int r = CT_OK;
    if (ct_sv_eq_c(s->name, "curriculum.md")) {
        check_curriculum(&t, s);
        return CT_OK;
    }
    if (ct_sv_eq_c(s->name, "glossary.md")) {
        check_glossary(&t, s);
        return CT_OK;
    }
    read_around(a, find_root(a, s->dir), &around, &t.glossary);
    if (ct_sv_eq_c(s->name, "course.md"))
        check_course(&t, s, &around);
    else
        r = check_module(&t, s, &around, err);
    return r;
}

int ct_check_path(struct ct_problems *ret, const char *path, const struct ct_loader *published,
                  size_t *ret_files, struct ct_err *err)
{
    const char *real = ct_real_path(ret->arena, path);
    struct stat st;
    if (!real || stat(real, &st) != 0)
        return ct_fail(err, CT_NOT_FOUND, path, "there is no such file or folder");
    int r = CT_OK;
    *ret_files = 1;
    if (S_ISDIR(st.st_mode)) {
        r = check_folder(ret, path, real, published, ret_files, err);
    } else {
        struct subject s = {parent_of(ret->arena, real), base_name(real), path, CT_SV_NULL};
        r = check_one(ret, &s, published, err);
    }
    ct_problems_sort(ret);
    return r;
}

int ct_check_text(struct ct_problems *ret, const char *path, struct ct_sv source,
                  const struct ct_loader *published, struct ct_err *err)
{
    struct ct_sv folder = prefix_of(path);
    struct subject s = {NULL, base_name(path), path, source.p ? source : CT_SV("")};
    s.dir = ct_real_path(ret->arena, folder.n ? ct_arena_cstr(ret->arena, folder) : ".");
    if (!s.dir) /* a folder that is to be made yet */
        s.dir = ct_real_path(ret->arena, ".");
    if (!s.dir)
        return ct_fail(err, CT_INTERNAL, path, "the folder that we are in is gone");
    int r = check_one(ret, &s, published, err);
    ct_problems_sort(ret);
    return r;
}

int ct_module_load(struct ct_arena *a, const char *path, struct ct_disciplines *ret_disciplines,
                   struct ct_problems *problems, struct ct_module **ret, struct ct_err *err)
{
    const char *real = ct_real_path(a, path);
    struct ct_sv source;
    struct ct_curriculum around;
    if (!real)
        return ct_fail(err, CT_NOT_FOUND, path, "there is no such file");
    const char *dir = parent_of(a, real);
    int r = ct_file_read(a, real, CT_SOURCE_MAX, &source, err);
    if (r < 0)
        return r;
    struct ct_tree t = tree_of(problems, dir, prefix_of(path), NULL);
    read_around(a, find_root(a, dir), &around, &t.glossary);
    *ret_disciplines = around.disciplines;
    struct ct_folder here = {&t, CT_SV("")};
    struct ct_module_context ctx = ct_course_context(a, ret_disciplines, t.glossary, base_name(dir),
                                                     lang_around(a, dir, &around), &here);
    ctx.base_url = ctx.link_url = CT_SV_NULL; /* a file by itself has no addresses */
    return ct_module_parse(a, source, ct_sv_c(path), &ctx, problems, ret, err);
}
