/*
 * server/course/catalogue.c: the whole curriculum, put together from the files that loader.c reads.
 */
#include "ct/course/catalogue.h"

#include "ct/base/file.h"
#include "ct/base/limits.h"

#include "loader_priv.h"

#include "ct/base/banned.h"

/* Whether a folder is meant to be a course: pictures lie in folders too. */
static bool is_course_folder(struct ct_tree *t, const struct ct_dir_entry *e)
{
    if (!e->is_dir)
        return false;
    if (ct_tree_has(t, e->name, "course.md"))
        return true;
    struct ct_dir_entry *inside;
    struct ct_problems *problems = t->problems, scratch = {.arena = t->arena};
    t->problems = &scratch; /* what lies in a folder of pictures concerns nobody */
    size_t n = ct_tree_entries(t, e->name, &inside);
    t->problems = problems;
    for (size_t i = 0; i < n; i++) {
        int number;
        struct ct_sv slug;
        if (!inside[i].is_dir && ct_module_name_parse(inside[i].name, &number, &slug))
            return true;
    }
    return false;
}

struct folders {
    struct ct_sv *items;
    size_t n, cap;
};

static bool has_folder(const struct folders *f, struct ct_sv name)
{
    for (size_t i = 0; i < f->n; i++) {
        if (ct_sv_eq(f->items[i], name))
            return true;
    }
    return false;
}

static void find_folders(struct ct_tree *t, struct folders *ret)
{
    struct ct_dir_entry *entries;
    size_t n = ct_tree_entries(t, CT_SV(""), &entries);
    for (size_t i = 0; i < n && ret->n < CT_COURSES_MAX; i++) {
        struct ct_sv name = entries[i].name,
                     path = ct_arena_printf(t->arena, "%.*s%.*s", CT_SV_ARG(t->prefix),
                                            CT_SV_ARG(name));
        if (!entries[i].is_dir && ct_sv_ends(name, CT_SV(".md")) &&
            !ct_sv_eq_c(name, "curriculum.md") && !ct_sv_eq_c(name, "glossary.md"))
            ct_problem_add(t->problems, "W38", path, 1, 0,
                           "this file is not read: modules stand in the folder of a course");
        if (!is_course_folder(t, &entries[i]))
            continue;
        if (!ct_url_is_slug(name))
            ct_problem_add(t->problems, "E37", path, 1, 0,
                           "a course's folder is its address: name it with a-z, 0-9 and -");
        else
            CT_ARENA_PUSH(t->arena, ret->items, ret->n, ret->cap, name);
    }
}

/* In the order of curriculum.md, then the others by name. */
static void order_folders(struct ct_tree *t, const struct ct_curriculum *c, struct ct_sv file,
                          const struct folders *found, struct folders *ret)
{
    for (size_t i = 0; i < c->n_courses; i++) {
        if (!has_folder(found, c->courses[i]))
            ct_problem_add(t->problems, "E36", file, c->courses_line, 0,
                           "the course \"%.*s\" is not there; put a folder of that name, with a "
                           "course.md in it, beside curriculum.md",
                           CT_SV_ARG(c->courses[i]));
        else if (!has_folder(ret, c->courses[i]))
            CT_ARENA_PUSH(t->arena, ret->items, ret->n, ret->cap, c->courses[i]);
    }
    for (size_t i = 0; i < found->n; i++) {
        if (!has_folder(ret, found->items[i]))
            CT_ARENA_PUSH(t->arena, ret->items, ret->n, ret->cap, found->items[i]);
    }
}

void ct_tree_check_courses(struct ct_tree *t, const struct ct_curriculum *c, struct ct_sv file)
{
    struct folders found = {NULL, 0, 0}, ordered = {NULL, 0, 0};
    struct ct_problems *problems = t->problems, scratch = {.arena = t->arena};
    t->problems = &scratch; /* what is wrong with the folders is not this file's fault */
    find_folders(t, &found);
    t->problems = problems;
    order_folders(t, c, file, &found, &ordered);
}

static void load_courses(struct ct_tree *t, const struct ct_curriculum *around,
                         struct ct_sv curriculum_path, struct ct_catalogue *cat)
{
    struct folders found = {NULL, 0, 0}, ordered = {NULL, 0, 0};
    find_folders(t, &found);
    order_folders(t, around, curriculum_path, &found, &ordered);
    struct ct_course *courses = ct_arena_array(t->arena, struct ct_course, ordered.n);
    for (size_t i = 0; i < ordered.n; i++) {
        struct ct_sv slug = ordered.items[i];
        if (ct_tree_course(t, slug, slug, around, &courses[cat->n_courses]))
            cat->n_courses++;
    }
    cat->courses = courses;
}

static void fill(struct ct_catalogue *cat, const struct ct_curriculum *c,
                 const struct ct_text_file *file)
{
    cat->title = c->title;
    cat->lang = c->lang;
    cat->disciplines = c->disciplines;
    cat->pass = c->pass;
    cat->quick_exit = c->quick_exit;
    cat->front = file->blocks;
    cat->n_front = file->n_blocks;
    cat->path = file->path;
    cat->source = file->source;
    ct_hash_hex(file->source, cat->own_revision);
}

/* Why there can be no catalogue: the first error of curriculum.md. */
static int refuse(struct ct_catalogue *cat, struct ct_err *err)
{
    for (size_t i = 0; i < cat->problems.n; i++) {
        const struct ct_problem *p = &cat->problems.items[i];
        if (p->severity == CT_ERROR && ct_sv_ends(p->file, CT_SV("curriculum.md")))
            return ct_fail(err, CT_BAD_INPUT, "curriculum.md", "%.*s:%d: %s: %.*s",
                           CT_SV_ARG(p->file), p->line, p->code, CT_SV_ARG(p->text));
    }
    return ct_fail(err, CT_BAD_INPUT, "curriculum.md", "it cannot be read");
}

int ct_tree_catalogue(struct ct_tree *t, struct ct_catalogue *cat, struct ct_err *err)
{
    struct ct_curriculum around;
    struct ct_text_file file;
    ct_tree_glossary(t);
    cat->glossary = t->glossary;
    if (!ct_tree_curriculum(t, &around, &file))
        return refuse(cat, err);
    if (t->anyway && around.disciplines.n == 0) /* they are what is broken: the courses go on */
        ct_disciplines_default(&around.disciplines);
    fill(cat, &around, &file);
    load_courses(t, &around, file.path, cat);
    ct_problems_sort(&cat->problems);
    return CT_OK;
}

static struct ct_catalogue *new_catalogue(void)
{
    struct ct_arena arena = CT_ARENA_INIT;
    struct ct_catalogue *cat = ct_arena_new(&arena, struct ct_catalogue);
    cat->arena = arena; /* it lives in its own arena, which it owns from here on */
    cat->problems.arena = &cat->arena;
    return cat;
}

static bool has_last_curriculum(const struct ct_loader *l, struct ct_arena *a)
{
    return l->last_good && l->last_good(l->arg, a, CT_SV("curriculum.md")).p != NULL;
}

int ct_catalogue_load(const struct ct_loader *l, struct ct_catalogue **ret, struct ct_err *err)
{
    struct ct_catalogue *cat = new_catalogue();
    struct ct_tree t = {.arena = &cat->arena,
                        .problems = &cat->problems,
                        .dir = l->dir,
                        .root = ct_real_path(&cat->arena, l->dir),
                        .loader = l,
                        .anyway = l->anyway,
                        .by_line = l->by_line};
    int r = CT_OK;
    if (!t.root)
        r = ct_fail(err, CT_NOT_FOUND, l->dir, "there is no such folder");
    else if (!ct_tree_has(&t, CT_SV(""), "curriculum.md") && !has_last_curriculum(l, t.arena))
        r = ct_fail(err, CT_NOT_FOUND, l->dir, "there is no curriculum.md in this folder");
    else
        r = ct_tree_catalogue(&t, cat, err);
    if (r < 0) {
        ct_catalogue_free(cat);
        return r;
    }
    *ret = cat;
    return CT_OK;
}

int ct_catalogue_of(struct ct_arena *a, const struct ct_kept_file *files, size_t n,
                    const struct ct_catalogue **ret, struct ct_err *err)
{
    const struct ct_loader l = {.dir = "", .files = files, .n_files = n, .anyway = true};
    struct ct_catalogue *cat = ct_arena_new(a, struct ct_catalogue);
    struct ct_tree t = {
        .arena = a, .problems = &cat->problems, .dir = "", .loader = &l, .anyway = true};
    int r;

    cat->problems.arena = a;
    if (!ct_tree_has(&t, CT_SV(""), "curriculum.md"))
        return ct_fail(err, CT_BAD_INPUT, "curriculum.md", "it was not kept");
    if ((r = ct_tree_catalogue(&t, cat, err)) == CT_OK)
        *ret = cat;
    return r;
}

void ct_catalogue_free(struct ct_catalogue *c)
{
    if (!c)
        return;
    struct ct_arena arena = c->arena;
    ct_arena_release(&arena);
}

const struct ct_course *ct_catalogue_course(const struct ct_catalogue *c, struct ct_sv slug)
{
    for (size_t i = 0; i < c->n_courses; i++) {
        if (ct_sv_eq(c->courses[i].slug, slug))
            return &c->courses[i];
    }
    return NULL;
}

bool ct_catalogue_has_file(const struct ct_catalogue *cat, struct ct_sv path)
{
    if (ct_sv_eq(cat->path, path) || (cat->glossary && ct_sv_eq(cat->glossary->path, path)))
        return true;
    for (size_t i = 0; i < cat->n_courses; i++) {
        const struct ct_course *c = &cat->courses[i];
        if (ct_sv_eq(c->path, path))
            return true;
        for (size_t k = 0; k < c->n_modules; k++)
            if (ct_sv_eq(c->modules[k]->path, path))
                return true;
    }
    return false;
}

const struct ct_module *ct_course_module(const struct ct_course *c, struct ct_sv slug)
{
    for (size_t i = 0; i < c->n_modules; i++) {
        if (ct_sv_eq(c->modules[i]->slug, slug))
            return c->modules[i];
    }
    return NULL;
}

const struct ct_module *ct_course_module_by_id(const struct ct_course *c, struct ct_sv id)
{
    for (size_t i = 0; i < c->n_modules; i++) {
        if (ct_sv_eq(c->modules[i]->id, id))
            return c->modules[i];
    }
    return NULL;
}

int ct_course_pass_mark(const struct ct_course *c, const struct ct_module *m)
{
    return m->pass >= 0 ? m->pass : c->pass;
}

int ct_course_reparse(struct ct_arena *a, const struct ct_catalogue *cat,
                      const struct ct_course *course, struct ct_sv source, struct ct_sv path,
                      const struct ct_module **ret, struct ct_err *err)
{
    struct ct_module_context ctx =
        ct_course_context(a, &cat->disciplines, cat->glossary, course->slug, course->lang, NULL);
    struct ct_problems scratch = {.arena = a};
    struct ct_module *m = NULL;
    int r = ct_module_parse(a, source, path, &ctx, &scratch, &m, err);
    if (r == CT_OK)
        *ret = m;
    return r;
}
