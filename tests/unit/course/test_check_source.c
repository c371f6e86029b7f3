/*
 * test_check_source.c: checking a text for an editor: as the module, course.md or curriculum.md
 * that it is to be.
 */
#include "course/course_test.h"

#include "course/temp_dir.h"

#include "ct/base/banned.h"

struct result {
    struct ct_problems problems;
    const struct ct_module *module;
    const struct ct_block *blocks;
    size_t n_blocks;
    int status;
};

static struct result check(struct ct_arena *a, struct temp_dir *t, const struct ct_catalogue *cat,
                           const char *path, const char *source)
{
    struct result r = {.problems = {.arena = a}};
    struct ct_err err = CT_ERR_INIT;
    r.status = ct_check_source(&r.problems, t->path, cat, ct_sv_c(path), ct_sv_c(source), &r.module,
                               &r.blocks, &r.n_blocks, &err);
    if (r.status < 0)
        CT_EQ_STR(path, err.what, "path");
    return r;
}

static void a_text_is_checked_as_the_file_it_is_to_be(void **state)
{
    static const struct {
        const char *name, *path, *source, *codes;
        int blocks; /* of the text; of the first section of a module */
    } cases[] = {
        {"a module", "first/02-start.md", "# T\n\n## S\n\none\n\ntwo\n", "", 2},
        {"a new module", "first/33-new.md", MODULE "\n> **For caseworkers:** a\n", "", 2},
        {"a new course", "brand-new/01-a.md", "# T\n\n## S\n\none\n", "", 1},
        {"the curriculum's disciplines", "first/02-start.md",
         "# T\n\n## S\n\n> **For caseworker:** a\n\n> **For caseworkres:** a\n", "E24:7", 2},
        {"broken", "first/02-start.md", BROKEN, "E42:5", 1},
        {"not UTF-8", "first/02-start.md", "\xff\n", "E01:1", -1},
        {"empty", "first/02-start.md", "", "E07:1", -1},
        {"files that are there", "first/02-start.md", "# T\n\n## S\n\n[b](10-last.md)\n", "", 1},
        {"files that are not", "first/02-start.md", "# T\n\n## S\n\n[b](11-last.md)\n", "E47:5", 1},
        {"an address that another has", "first/33-last.md", "# T\n\n## S\n\na\n", "E39:1", 1},
        {"an id that another has", "first/33-new.md", "---\nid: last\n---\n# T\n\n## S\n\na\n",
         "E39:1", 1},
        {"course.md", "first/course.md", "---\ntitle: A\n---\n\na\n\nb\n", "", 2},
        {"course.md with a fault", "first/course.md", "---\ntitel: A\n---\n\na\n", "E04:1 E03:2",
         1},
        {"curriculum.md", "curriculum.md", CURRICULUM "\nc\n", "", 2},
        {"curriculum.md with a course that is not there", "curriculum.md",
         "---\ntitle: C\ndisciplines: [judge (judges)]\ncourses: [nowhere]\n---\na\n", "E36:4", 1},
    };
    struct temp_dir t;
    (void)state;
    temp_content(&t);
    struct ct_catalogue *cat = test_load(t.path);
    CT_EACH (c, cases) {
        CT_AUTO_ARENA a = CT_ARENA_INIT;
        struct result r = check(&a, &t, cat, c->path, c->source);
        CT_EQ_I64(c->name, r.status, CT_OK);
        CT_EQ_SV(c->name, test_codes(&a, &r.problems), ct_sv_c(c->codes));
        if (c->blocks < 0)
            CT_EQ_I64(c->name, r.module->n_sections, 0);
        else
            CT_EQ_I64(c->name, r.module ? r.module->sections[0].n_blocks : r.n_blocks, c->blocks);
    }
    ct_catalogue_free(cat);
    temp_remove(&t);
}

static void a_path_that_no_file_of_a_course_has_is_refused(void **state)
{
    static const char *const paths[] = {"",
                                        "01-a.md",
                                        "course.md",
                                        "first/a.md",
                                        "first/01-A.md",
                                        "first/01-a.txt",
                                        "first/x/01-a.md",
                                        "../01-a.md",
                                        "first/../01-a.md",
                                        "/etc/01-a.md",
                                        "First/01-a.md",
                                        "first/"};
    struct temp_dir t;
    (void)state;
    temp_content(&t);
    struct ct_catalogue *cat = test_load(t.path);
    CT_EACH (p, paths) {
        CT_AUTO_ARENA a = CT_ARENA_INIT;
        CT_EQ_I64(*p, check(&a, &t, cat, *p, "# T\n").status, CT_BAD_INPUT);
    }
    ct_catalogue_free(cat);
    temp_remove(&t);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_text_is_checked_as_the_file_it_is_to_be),
        cmocka_unit_test(a_path_that_no_file_of_a_course_has_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
