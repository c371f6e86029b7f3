/*
 * Checking a path: a curriculum, a course, a module, and the context that is found around it.
 */
#include "course/course_test.h"

#include "course/temp_dir.h"

#include "ct/base/banned.h"

/* The problems of a path below the folder, with the folder's own name cut off. */
static struct ct_sv check(struct ct_arena *a, struct temp_dir *t, const char *name, size_t *files)
{
    struct ct_problems problems = {.arena = a};
    struct ct_err err = CT_ERR_INIT;
    struct ct_sv out = CT_SV("");
    const char *path = *name ? ct_arena_printf(a, "%s/%s", t->path, name).p : t->path;
    CT_OK_(name, ct_check_path(&problems, path, NULL, files, &err), &err);
    for (size_t i = 0; i < problems.n; i++) {
        struct ct_sv file = problems.items[i].file;
        assert_true(ct_sv_starts(file, ct_sv_c(t->path)));
        file = ct_sv_sub(file, strlen(t->path) + 1, file.n);
        out = ct_arena_printf(a, "%.*s%s%s %.*s:%d", CT_SV_ARG(out), i ? ", " : "",
                              problems.items[i].code, CT_SV_ARG(file), problems.items[i].line);
    }
    return out;
}

static void each_kind_of_path_is_checked(void **state)
{
    static const struct {
        const char *name, *path, *codes;
        size_t files;
    } cases[] = {
        {"a curriculum", "", "E36 curriculum.md:7, E42 first/02-start.md:5", 4},
        {"a course", "first", "E42 first/02-start.md:5", 3},
        {"a course with a slash", "first/", "E42 first/02-start.md:5", 3},
        {"a module", "first/02-start.md", "E42 first/02-start.md:5", 1},
        {"a module without fault", "first/10-last.md", "", 1},
        {"course.md", "first/course.md", "", 1},
        {"curriculum.md", "curriculum.md", "", 1},
    };
    struct temp_dir t;
    (void)state;
    temp_make(&t);
    temp_write(&t, "curriculum.md", CURRICULUM);
    temp_write(&t, "first/course.md", COURSE);
    temp_write(&t, "first/10-last.md", MODULE "\n> **For caseworkers:** a\n");
    temp_write(&t, "first/02-start.md", BROKEN);
    CT_EACH (c, cases) {
        CT_AUTO_ARENA a = CT_ARENA_INIT;
        size_t files = 0;
        CT_EQ_SV(c->name, check(&a, &t, c->path, &files), ct_sv_c(c->codes));
        CT_EQ_I64(c->name, files, c->files);
    }
    temp_remove(&t);
}

static void a_broken_curriculum_does_not_hide_the_rest(void **state)
{
    struct temp_dir t;
    CT_AUTO_ARENA a = CT_ARENA_INIT;
    size_t files;
    (void)state;
    temp_make(&t);
    temp_write(&t, "curriculum.md", "---\ntitle: C\n---\n");
    temp_write(&t, "first/course.md", "---\ntitle: A\n---\n");
    temp_write(&t, "first/01-a.md", BROKEN);
    CT_EQ_SV("both", check(&a, &t, "", &files), CT_SV("E04 curriculum.md:1, E42 first/01-a.md:5"));
    temp_remove(&t);
}

static void disciplines_come_from_the_curriculum_above_or_are_ours(void **state)
{
    struct temp_dir t;
    CT_AUTO_ARENA a = CT_ARENA_INIT;
    size_t files;
    (void)state;
    temp_make(&t);
    temp_write(&t, "first/01-a.md", MODULE "\n> **For judges:** a\n\n> **For pilotes:** b\n");
    CT_EQ_SV("ours: pilots are not meant", check(&a, &t, "first/01-a.md", &files), CT_SV(""));
    temp_write(&t, "curriculum.md", "---\ntitle: C\ndisciplines:\n  - pilot (pilots)\n---\n");
    CT_EQ_SV("the curriculum's", check(&a, &t, "first/01-a.md", &files),
             CT_SV("E24 first/01-a.md:9"));
    temp_remove(&t);
}

static void a_module_takes_the_language_of_its_course(void **state)
{
    struct temp_dir t;
    CT_AUTO_ARENA a = CT_ARENA_INIT;
    struct ct_problems problems = {.arena = &a};
    struct ct_disciplines d;
    struct ct_module *m = NULL;
    struct ct_err err = CT_ERR_INIT;
    (void)state;
    temp_make(&t);
    temp_write(&t, "curriculum.md", "---\ntitle: C\n---\n"); /* or one above might be found */
    temp_write(&t, "first/course.md", "---\ntitle: A\nlang: es\n---\n");
    temp_write(&t, "first/01-a.md", "# T\n\n## S\n\n### Pregunta: Q\n\n- (x) a\n- ( ) b\n");
    const char *path = ct_arena_printf(&a, "%s/first/01-a.md", t.path).p;
    CT_OK_("load", ct_module_load(&a, path, &d, &problems, &m, &err), &err);
    CT_EQ_I64("problems", problems.n, 0);
    CT_EQ_I64("questions", m->n_practice, 1);
    CT_EQ_SV("lang", m->lang, CT_SV("es"));
    CT_EQ_I64("disciplines", d.n, 11);
    CT_EQ_SV("slug", m->slug, CT_SV("a"));
    temp_remove(&t);
}

static void what_is_not_there_is_not_found(void **state)
{
    CT_AUTO_ARENA a = CT_ARENA_INIT;
    struct ct_problems problems = {.arena = &a};
    struct ct_disciplines d;
    struct ct_module *m = NULL;
    struct ct_err err = CT_ERR_INIT;
    size_t files;
    (void)state;
    CT_EQ_I64("check", ct_check_path(&problems, "/nowhere/x.md", NULL, &files, &err), CT_NOT_FOUND);
    CT_EQ_I64("load", ct_module_load(&a, "/nowhere/x.md", &d, &problems, &m, &err), CT_NOT_FOUND);
}

static void our_own_content_has_no_errors(void **state)
{
    CT_AUTO_ARENA a = CT_ARENA_INIT;
    struct ct_problems problems = {.arena = &a};
    struct ct_err err = CT_ERR_INIT;
    size_t files = 0;
    (void)state;
    CT_OK_("content", ct_check_path(&problems, CT_SOURCE_DIR "/content", NULL, &files, &err), &err);
    assert_true(files >= 5);
    for (size_t i = 0; i < problems.n; i++)
        print_error("%.*s:%d: %s: %.*s\n", CT_SV_ARG(problems.items[i].file),
                    problems.items[i].line, problems.items[i].code,
                    CT_SV_ARG(problems.items[i].text));
    CT_EQ_I64("errors", problems.n_errors, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_kind_of_path_is_checked),
        cmocka_unit_test(a_broken_curriculum_does_not_hide_the_rest),
        cmocka_unit_test(disciplines_come_from_the_curriculum_above_or_are_ours),
        cmocka_unit_test(a_module_takes_the_language_of_its_course),
        cmocka_unit_test(what_is_not_there_is_not_found),
        cmocka_unit_test(our_own_content_has_no_errors),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
