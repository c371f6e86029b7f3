/*
 * server/course/loader.c: single files of the content folder and the modules of a course. What
 * belongs to what is catalogue.c's; the checker uses this too.
 */
#include "loader_priv.h"

#include "ct/base/limits.h"
#include "ct/course/change.h"

#include "labels_priv.h"
#include "mend_priv.h"

#include "ct/base/banned.h"

/* ---- modules ---- */

/* What a text that could be published does to questions of the one that was. The old text is
 * forgotten at once: it would only make the catalogue bigger. */
static void compare_published(struct ct_tree *t, struct ct_sv relative, const struct ct_module *now,
                              const struct ct_module_context *ctx)
{
    CT_AUTO_ARENA a = CT_ARENA_INIT;
    struct ct_tree then = *t;
    struct ct_module_context then_ctx = *ctx;
    struct ct_problems scratch = {.arena = &a};
    struct ct_module *published = NULL;
    then.arena = &a;
    then_ctx.exists = NULL;
    struct ct_sv source = ct_tree_last_good(&then, relative);
    if (!source.p || ct_sv_eq(source, now->source))
        return;
    ct_module_parse(&a, source, now->path, &then_ctx, &scratch, &published, NULL);
    if (published && scratch.n_errors == 0)
        ct_change_check(&a, published, now, t->problems);
}

const struct ct_module *ct_tree_module(struct ct_tree *t, struct ct_sv folder, struct ct_sv file,
                                       const struct ct_module_context *ctx)
{
    struct ct_sv relative = ct_tree_join(t->arena, folder, file), source;
    struct ct_module *m = NULL;
    size_t before = t->problems->n_errors;
    if (ct_tree_source(t, relative, &source))
        ct_module_parse(t->arena, source, ct_tree_shown(t, relative), ctx, t->problems, &m, NULL);
    if (m && (t->anyway || t->problems->n_errors == before)) {
        if (t->problems->n_errors == before)
            compare_published(t, relative, m, ctx);
        return m;
    }
    source = ct_tree_last_good(t, relative);
    if (!source.p)
        return NULL;
    /* It was published with the files of its day; only whether it can be read still counts. */
    struct ct_module_context then = *ctx;
    struct ct_problems scratch = {.arena = t->arena};
    then.exists = NULL;
    m = NULL;
    ct_module_parse(t->arena, source, ct_tree_shown(t, relative), &then, &scratch, &m, NULL);
    return scratch.n_errors == 0 ? m : NULL;
}

/* ---- curriculum.md ---- */

/* What a mend of curriculum.md or course.md is tried with. */
struct trial {
    struct ct_tree *tree;
    struct ct_sv folder, path;
    bool check_files;
    const struct ct_curriculum *around; /* of course.md */
};

static void read_curriculum(struct ct_tree *t, struct ct_problems *problems, bool check_files,
                            struct ct_curriculum *ret, struct ct_text_file *file)
{
    struct ct_source s;
    struct ct_problems unsaid = {.arena = t->arena};
    *ret = (struct ct_curriculum){.pass = 80, .lang = CT_SV("en"), .courses_line = 1};
    if (ct_source_check(file->source, file->path, problems, NULL) < 0)
        return;
    ct_source_split(t->arena, file->source, file->path, problems, &s);
    problems = s.lost ? &unsaid : problems;
    ct_front_curriculum(t->arena, s.front, file->path, problems, ret);
    struct ct_folder here = {t, CT_SV("")};
    struct ct_module_context ctx = ct_course_context(
        t->arena, &ret->disciplines, t->glossary, CT_SV(""), ret->lang, check_files ? &here : NULL);
    ctx.by_line = t->by_line;
    ct_text_parse(t->arena, &s, file->source, file->path, &ctx, problems, &file->blocks,
                  &file->n_blocks, NULL);
}

static void check_curriculum_again(void *arg, struct ct_sv source, struct ct_problems *ret)
{
    const struct trial *trial = arg;
    struct ct_tree t = *trial->tree;
    struct ct_text_file file = {.path = trial->path, .source = source};
    struct ct_curriculum c;
    t.arena = ret->arena;
    read_curriculum(&t, ret, trial->check_files, &c, &file);
}

void ct_tree_parse_curriculum(struct ct_tree *t, struct ct_problems *problems, bool check_files,
                              struct ct_curriculum *ret, struct ct_text_file *file)
{
    size_t before = problems->n;
    struct trial own = {t, CT_SV(""), file->path, check_files, NULL};
    struct ct_mend_trial trial = {check_curriculum_again, &own, file->source};
    read_curriculum(t, problems, check_files, ret, file);
    if (problems->n > before)
        ct_mend_fill(problems, before, &trial);
}

void ct_catalogue_disciplines(struct ct_arena *a, struct ct_sv source, struct ct_disciplines *ret)
{
    struct ct_problems unsaid = {.arena = a};
    struct ct_curriculum c = {.lang = CT_SV("en")};
    struct ct_sv name = CT_SV("curriculum.md");
    struct ct_source s;

    *ret = (struct ct_disciplines){.n = 0};
    if (ct_source_check(source, name, &unsaid, NULL) < 0)
        return;
    ct_source_split(a, source, name, &unsaid, &s);
    ct_front_curriculum(a, s.front, name, &unsaid, &c);
    *ret = c.disciplines;
}

bool ct_tree_curriculum(struct ct_tree *t, struct ct_curriculum *ret, struct ct_text_file *ret_file)
{
    struct ct_sv name = CT_SV("curriculum.md");
    size_t before = t->problems->n_errors;
    *ret_file = (struct ct_text_file){.path = ct_tree_shown(t, name)};
    bool read = ct_tree_source(t, name, &ret_file->source);
    if (read)
        ct_tree_parse_curriculum(t, t->problems, true, ret, ret_file);
    if (read && (t->anyway || t->problems->n_errors == before))
        return true;
    struct ct_sv source = ct_tree_last_good(t, name);
    if (!source.p)
        return false;
    struct ct_problems scratch = {.arena = t->arena};
    *ret_file = (struct ct_text_file){.path = ct_tree_shown(t, name), .source = source};
    ct_tree_parse_curriculum(t, &scratch, false, ret, ret_file);
    return scratch.n_errors == 0;
}

/* ---- course.md ---- */

static void add_html(struct ct_str *out, const struct ct_block *blocks, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        ct_str_add_sv(out, blocks[i].html);
        add_html(out, blocks[i].children, blocks[i].n_children);
    }
}

static void read_course(struct ct_tree *t, struct ct_problems *problems, struct ct_sv folder,
                        bool check_files, const struct ct_curriculum *around, struct ct_course *ret)
{
    struct ct_source s;
    struct ct_problems unsaid = {.arena = t->arena};
    if (ct_source_check(ret->source, ret->path, problems, NULL) < 0)
        return;
    ct_hash_hex(ret->source, ret->own_revision);
    ct_source_split(t->arena, ret->source, ret->path, problems, &s);
    problems = s.lost ? &unsaid : problems;
    ct_front_course(t->arena, s.front, ret->path, &around->disciplines, problems, ret);
    struct ct_folder here = {t, folder};
    struct ct_module_context ctx =
        ct_course_context(t->arena, &around->disciplines, t->glossary, ret->slug, ret->lang,
                          check_files ? &here : NULL);
    ctx.by_line = t->by_line;
    ct_text_parse(t->arena, &s, ret->source, ret->path, &ctx, problems, &ret->intro, &ret->n_intro,
                  NULL);
    CT_AUTO_STR html = CT_STR_INIT(16 * CT_SOURCE_MAX);
    add_html(&html, ret->intro, ret->n_intro);
    ret->intro_html = ct_str_ok(&html) ? ct_arena_dup(t->arena, ct_str_sv(&html)) : CT_SV("");
}

static void check_course_again(void *arg, struct ct_sv source, struct ct_problems *ret)
{
    const struct trial *trial = arg;
    struct ct_tree t = *trial->tree;
    t.arena = ret->arena;
    struct ct_course c = ct_tree_empty_course(&t, trial->folder, CT_SV("x"), trial->around);
    c.path = trial->path;
    c.source = source;
    read_course(&t, ret, trial->folder, trial->check_files, trial->around, &c);
}

void ct_tree_parse_course(struct ct_tree *t, struct ct_problems *problems, struct ct_sv folder,
                          bool check_files, const struct ct_curriculum *around,
                          struct ct_course *ret)
{
    size_t before = problems->n;
    struct trial own = {t, folder, ret->path, check_files, around};
    struct ct_mend_trial trial = {check_course_again, &own, ret->source};
    read_course(t, problems, folder, check_files, around, ret);
    if (problems->n > before)
        ct_mend_fill(problems, before, &trial);
}

struct ct_course ct_tree_empty_course(const struct ct_tree *t, struct ct_sv folder,
                                      struct ct_sv slug, const struct ct_curriculum *around)
{
    struct ct_sv path = ct_tree_shown(t, ct_tree_join(t->arena, folder, CT_SV("course.md")));
    return (struct ct_course){
        .slug = slug, .title = slug, .lang = around->lang, .pass = around->pass, .path = path};
}

bool ct_tree_course_file(struct ct_tree *t, struct ct_sv folder, struct ct_sv slug,
                         const struct ct_curriculum *around, struct ct_course *ret)
{
    size_t before = t->problems->n_errors;
    *ret = ct_tree_empty_course(t, folder, slug, around);
    if (!ct_tree_has(t, folder, "course.md"))
        ct_problem_add(t->problems, "E37", ret->path, 1, 0,
                       "this folder has no course.md; write one that begins with ---, `title: …` "
                       "and ---");
    else if (ct_tree_source(t, ct_tree_join(t->arena, folder, CT_SV("course.md")), &ret->source))
        ct_tree_parse_course(t, t->problems, folder, true, around, ret);
    return t->problems->n_errors == before;
}

static bool course_last_good(struct ct_tree *t, struct ct_sv folder, struct ct_sv slug,
                             const struct ct_curriculum *around, struct ct_course *ret)
{
    struct ct_sv source = ct_tree_last_good(t, ct_tree_join(t->arena, folder, CT_SV("course.md")));
    if (!source.p)
        return false;
    struct ct_problems scratch = {.arena = t->arena};
    *ret = ct_tree_empty_course(t, folder, slug, around);
    ret->source = source;
    ct_tree_parse_course(t, &scratch, folder, false, around, ret);
    return scratch.n_errors == 0;
}

/* ---- the modules of a course ---- */

/* A name that a module can have, as near to the given one as can be: "01-la-victima.md". */
static struct ct_sv usable_name(struct ct_arena *a, struct ct_sv name)
{
    struct ct_sv rest = ct_sv_sub(name, 0, name.n - strlen(".md"));
    int64_t number = 1;
    size_t digits = 0;
    while (digits < rest.n && digits < 6 && rest.p[digits] >= '0' && rest.p[digits] <= '9')
        digits++;
    if (digits > 0)
        ct_sv_i64(ct_sv_sub(rest, 0, digits), &number);
    struct ct_sv words = ct_url_name(a, ct_sv_sub(rest, digits, rest.n));
    return ct_arena_printf(a, "%02d-%.*s.md", (int)number,
                           CT_SV_ARG(words.n > 0 ? words : CT_SV("its-name")));
}

/* Whether an entry is a module; another .md file is reported. */
static bool is_module(struct ct_tree *t, struct ct_sv folder, const struct ct_dir_entry *e)
{
    int number;
    struct ct_sv slug;
    if (e->is_dir || !ct_sv_ends(e->name, CT_SV(".md")) || ct_sv_eq_c(e->name, "course.md"))
        return false;
    if (ct_module_name_parse(e->name, &number, &slug))
        return true;
    ct_problem_add(t->problems, "W38", ct_tree_shown(t, ct_tree_join(t->arena, folder, e->name)), 1,
                   0,
                   "this file is not read: a module's name is a number and then a-z, 0-9 and -; "
                   "call it %.*s",
                   CT_SV_ARG(usable_name(t->arena, e->name)));
    return false;
}

/* Later modules must not take the address or name of an earlier one: records are kept under them.
 */
bool ct_tree_taken(struct ct_tree *t, const struct ct_module *const *modules, size_t n,
                   const struct ct_module *m)
{
    for (size_t i = 0; i < n; i++) {
        bool slug = ct_sv_eq(modules[i]->slug, m->slug);
        if (!slug && !ct_sv_eq(modules[i]->id, m->id))
            continue;
        ct_problem_add(t->problems, "E39", m->path, 1, 0,
                       "this module has the same %s, \"%.*s\", as %.*s; change one of them",
                       slug ? "address" : "id", CT_SV_ARG(slug ? m->slug : m->id),
                       CT_SV_ARG(modules[i]->path));
        return true;
    }
    return false;
}

/* By number; names are sorted already, and equal numbers keep that order. */
static void sort_by_number(const struct ct_module **modules, size_t n)
{
    for (size_t i = 1; i < n; i++) {
        const struct ct_module *m = modules[i];
        size_t k = i;
        for (; k > 0 && modules[k - 1]->number > m->number; k--)
            modules[k] = modules[k - 1];
        modules[k] = m;
    }
}

static void load_modules(struct ct_tree *t, struct ct_sv folder, const struct ct_curriculum *around,
                         struct ct_course *c)
{
    struct ct_folder here = {t, folder};
    struct ct_module_context ctx =
        ct_course_context(t->arena, &around->disciplines, t->glossary, c->slug, c->lang, &here);
    struct ct_dir_entry *entries;
    size_t n = ct_tree_entries(t, folder, &entries), cap = 0;
    const struct ct_module **modules = NULL;
    for (size_t i = 0; i < n; i++) {
        if (!is_module(t, folder, &entries[i]))
            continue;
        if (c->n_modules == CT_MODULES_MAX) {
            ct_problem_add(t->problems, "E35", ct_tree_shown(t, folder), 1, 0,
                           "a course has at most %d modules", CT_MODULES_MAX);
            break;
        }
        const struct ct_module *m = ct_tree_module(t, folder, entries[i].name, &ctx);
        if (m && !ct_tree_taken(t, modules, c->n_modules, m))
            CT_ARENA_PUSH(t->arena, modules, c->n_modules, cap, m);
    }
    sort_by_number(modules, c->n_modules);
    c->modules = modules;
}

static void set_revision(struct ct_arena *a, struct ct_course *c)
{
    struct ct_sv *parts = ct_arena_array(a, struct ct_sv, c->n_modules + 1);
    parts[0] = ct_sv_c(c->own_revision);
    for (size_t i = 0; i < c->n_modules; i++)
        parts[i + 1] = ct_sv_c(c->modules[i]->revision);
    ct_hash_parts_hex(parts, c->n_modules + 1, c->revision);
}

bool ct_tree_course(struct ct_tree *t, struct ct_sv folder, struct ct_sv slug,
                    const struct ct_curriculum *around, struct ct_course *ret)
{
    bool usable = ct_tree_course_file(t, folder, slug, around, ret) || t->anyway ||
                  course_last_good(t, folder, slug, around, ret);
    load_modules(t, folder, around, ret);
    set_revision(t->arena, ret);
    return usable;
}
