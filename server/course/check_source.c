/*
 * check_source.c: checking a text that is in no file yet, as if it were: for editors.
 */
#include "loader_priv.h"

#include "ct/base/banned.h"

struct place { /* what a path below the content folder names */
    struct ct_sv course, name;
};

/* "course/01-x.md", "course/course.md", "curriculum.md" or "glossary.md". */
static bool read_place(struct ct_sv path, struct place *ret)
{
    int number;
    struct ct_sv slug, rest = path;
    *ret = (struct place){.course = CT_SV("")};
    if (ct_sv_eq_c(path, "curriculum.md") || ct_sv_eq_c(path, "glossary.md")) {
        ret->name = path;
        return true;
    }
    if (!ct_sv_split(&rest, '/', &ret->course) || !ct_url_is_slug(ret->course))
        return false;
    ret->name = rest;
    return ct_sv_eq_c(rest, "course.md") || ct_module_name_parse(rest, &number, &slug);
}

static void check_curriculum(struct ct_tree *t, struct ct_sv path, struct ct_sv source,
                             const struct ct_block **ret, size_t *ret_n)
{
    struct ct_text_file file = {.path = path, .source = source};
    struct ct_curriculum c;
    ct_tree_parse_curriculum(t, t->problems, true, &c, &file);
    ct_tree_check_courses(t, &c, path);
    *ret = file.blocks;
    *ret_n = file.n_blocks;
}

static void check_glossary(struct ct_tree *t, struct ct_sv path, struct ct_sv source,
                           const struct ct_block **ret, size_t *ret_n)
{
    const struct ct_glossary *g = ct_tree_parse_glossary(t, t->problems, path, source);
    *ret = g->blocks;
    *ret_n = g->n_blocks;
}

static void check_course(struct ct_tree *t, const struct ct_curriculum *around,
                         const struct place *place, struct ct_sv source,
                         const struct ct_block **ret, size_t *ret_n)
{
    struct ct_course c = ct_tree_empty_course(t, place->course, place->course, around);
    c.source = source;
    ct_tree_parse_course(t, t->problems, place->course, true, around, &c);
    *ret = c.intro;
    *ret_n = c.n_intro;
}

/* E39, against the other modules of the course. */
static void check_names(struct ct_tree *t, const struct ct_course *c, const struct ct_module *m)
{
    for (size_t i = 0; c && i < c->n_modules; i++) {
        if (!ct_sv_eq(c->modules[i]->path, m->path) && ct_tree_taken(t, &c->modules[i], 1, m))
            return;
    }
}

static int check_module(struct ct_tree *t, const struct ct_catalogue *cat,
                        const struct place *place, struct ct_sv path, struct ct_sv source,
                        const struct ct_module **ret, struct ct_err *err)
{
    const struct ct_course *course = ct_catalogue_course(cat, place->course);
    struct ct_folder here = {t, place->course};
    struct ct_module_context ctx =
        ct_course_context(t->arena, &cat->disciplines, cat->glossary, place->course,
                          course ? course->lang : cat->lang, &here);
    struct ct_module *m = NULL;
    struct ct_err why = CT_ERR_INIT;
    int r = ct_module_parse(t->arena, source, path, &ctx, t->problems, &m, &why);
    if (r == CT_INTERNAL || !m)
        return ct_fail(err, CT_INTERNAL, "source", "%s", why.text);
    check_names(t, course, m);
    *ret = m;
    return CT_OK;
}

int ct_check_source(struct ct_problems *ret, const char *dir, const struct ct_catalogue *cat,
                    struct ct_sv path, struct ct_sv source, const struct ct_module **ret_module,
                    const struct ct_block **ret_blocks, size_t *ret_n_blocks, struct ct_err *err)
{
    struct place place;
    struct ct_arena *a = ret->arena;
    if (!read_place(path, &place))
        return ct_fail(err, CT_BAD_INPUT, "path",
                       "a module is called course/01-its-name.md, with a-z, 0-9 and -");
    const char *root = ct_real_path(a, dir);
    struct ct_tree t = {.arena = a,
                        .problems = ret,
                        .dir = dir,
                        .root = root ? root : dir,
                        .glossary = cat->glossary,
                        .anyway = true,
                        .by_line = true};
    struct ct_curriculum around = {
        .lang = cat->lang, .disciplines = cat->disciplines, .pass = cat->pass};
    int r = CT_OK;
    path = ct_arena_dup(a, path);
    source = ct_arena_dup(a, source);
    *ret_module = NULL;
    *ret_blocks = NULL;
    *ret_n_blocks = 0;
    if (ct_sv_eq_c(path, "glossary.md"))
        check_glossary(&t, path, source, ret_blocks, ret_n_blocks);
    else if (place.course.n == 0)
        check_curriculum(&t, path, source, ret_blocks, ret_n_blocks);
    else if (ct_sv_eq_c(place.name, "course.md"))
        check_course(&t, &around, &place, source, ret_blocks, ret_n_blocks);
    else
        r = check_module(&t, cat, &place, path, source, ret_module, err);
    ct_problems_sort(ret);
    return r;
}
