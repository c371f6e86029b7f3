/*
 * course_test.h: parsing a source in a test, and its problems as one line: "E11:9 W18:12".
 */
#ifndef CT_COURSE_TEST_H
#define CT_COURSE_TEST_H

#include "ct_test.h"

#include "course/course_dump.h"
#include "ct/base/arena.h"
#include "ct/course/catalogue.h"

struct parsed {
    struct ct_arena arena;
    struct ct_problems problems;
    struct ct_disciplines disciplines;
    struct ct_module *module;
    int status;
};

/* Files that "exist" beside the module in tests. */
static inline bool test_exists(void *arg, struct ct_sv path)
{
    static const char *const files[] = {"images/a.png",   "media/a.mp4",         "media/a.vtt",
                                        "media/b.mp4",    "media/s.mp3",         "02-law.md",
                                        "files/form.pdf", "../other/01-next.md", "my file.png"};
    (void)arg;
    for (size_t i = 0; i < sizeof files / sizeof files[0]; i++) {
        if (ct_sv_eq_c(path, files[i]))
            return true;
    }
    return false;
}

static inline void test_parse(struct parsed *p, struct ct_sv source, const char *path,
                              const char *lang, bool files)
{
    memset(p, 0, sizeof *p);
    p->problems.arena = &p->arena;
    ct_disciplines_default(&p->disciplines);
    struct ct_module_context ctx = {.disciplines = &p->disciplines, .lang = ct_sv_c(lang)};
    if (files) {
        ctx.base_url = CT_SV("/content/core/");
        ctx.link_url = CT_SV("/courses/core/");
        ctx.exists = test_exists;
    }
    p->status =
        ct_module_parse(&p->arena, source, ct_sv_c(path), &ctx, &p->problems, &p->module, NULL);
    ct_problems_sort(&p->problems);
}

static inline void test_release(struct parsed *p)
{
    ct_arena_release(&p->arena);
}

/* The catalogue of a content folder; the caller frees it. */
static inline struct ct_catalogue *test_load(const char *dir)
{
    struct ct_loader l = {.dir = dir};
    struct ct_catalogue *cat = NULL;
    struct ct_err err = CT_ERR_INIT;
    CT_OK_("load", ct_catalogue_load(&l, &cat, &err), &err);
    return cat;
}

/* "E11:9 W18:12", in the arena. */
static inline struct ct_sv test_codes(struct ct_arena *a, const struct ct_problems *problems)
{
    struct ct_sv out = CT_SV("");
    for (size_t i = 0; i < problems->n; i++)
        out = ct_arena_printf(a, "%.*s%s%s:%d", CT_SV_ARG(out), i ? " " : "",
                              problems->items[i].code, problems->items[i].line);
    return out;
}

/* The dump of a source in English without files, then its problems, each on a line. */
static inline struct ct_sv test_dump(struct parsed *p)
{
    CT_AUTO_STR out = CT_STR_INIT(16 * 1024 * 1024);
    dump_module(&out, p->module);
    for (size_t i = 0; i < p->problems.n; i++)
        ct_problem_write(&out, &p->problems.items[i]);
    return ct_arena_dup(&p->arena, ct_str_sv(&out));
}

#endif
