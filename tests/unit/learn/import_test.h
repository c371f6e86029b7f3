/*
 * import_test.h: a small curriculum, and files that are imported, for the tests of all imports.
 */
#ifndef CT_TEST_LEARN_IMPORT_TEST_H
#define CT_TEST_LEARN_IMPORT_TEST_H

#include "org_test.h"

#include "ct/learn/import.h"

/* Judges and advocates, and the course "bridges". */
static inline const struct ct_catalogue *import_catalogue(struct ct_arena *a)
{
    struct ct_catalogue *cat = ct_arena_new(a, struct ct_catalogue);
    struct ct_disciplines *d = &cat->disciplines;
    struct ct_course *course = ct_arena_new(a, struct ct_course);

    d->items[d->n++] = (struct ct_discipline){.slug = CT_SV("judge"), .name = CT_SV("Judge")};
    d->items[d->n++] = (struct ct_discipline){.slug = CT_SV("advocate"), .name = CT_SV("Advocate")};
    course->slug = CT_SV("bridges");
    course->title = CT_SV("Bridges");
    cat->courses = course;
    cat->n_courses = 1;
    return cat;
}

static inline int import_file(struct orgs *o, enum ct_import_kind kind, struct ct_sv text,
                              bool dry_run, struct ct_import_result *ret)
{
    struct ct_import_wish wish = {.text = text, .cat = import_catalogue(&o->a), .dry_run = dry_run};
    struct ct_err err = CT_ERR_INIT;

    return ct_import(o->store, &o->clock, &o->a, kind, &wish, ret, &err);
}

/* "2:email 3:unit": the lines and columns that are complained of. */
static inline struct ct_sv problems(struct orgs *o, const struct ct_import_result *res)
{
    struct ct_sv text = CT_SV("");

    for (size_t i = 0; i < res->n_listed; i++)
        text = ct_arena_printf(&o->a, "%.*s%s%zu:%.*s", CT_SV_ARG(text), i ? " " : "",
                               res->problems[i].line, CT_SV_ARG(res->problems[i].column));
    return text;
}

/* Imports a file as it would be and as it is: both say the same, and once more changes nothing. */
static inline void import_expect(struct orgs *o, enum ct_import_kind kind, const char *name,
                                 const char *text, size_t added, size_t changed, size_t unchanged)
{
    struct ct_import_result dry = {0}, done = {0};

    CT_EQ_I64(name, import_file(o, kind, ct_sv_c(text), true, &dry), CT_OK);
    CT_EQ_I64(name, import_file(o, kind, ct_sv_c(text), false, &done), CT_OK);
    CT_EQ_I64(name, done.added, added);
    CT_EQ_I64(name, done.changed, changed);
    CT_EQ_I64(name, done.unchanged, unchanged);
    CT_EQ_I64(name, dry.added, added);
    CT_EQ_I64(name, dry.changed, changed);
    CT_EQ_I64(name, import_file(o, kind, ct_sv_c(text), false, &done), CT_OK);
    CT_EQ_I64(name, done.unchanged, added + changed + unchanged);
}

/* Each file alone over people and places that `settle` makes: what is complained of, and that a
 * file with a problem changes nothing. */
struct import_case {
    const char *name, *text, *want;
};
static inline void import_refuses(enum ct_import_kind kind, void (*settle)(struct orgs *),
                                  const struct import_case *cases, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        const struct import_case *c = &cases[i];
        struct ct_import_result res = {0};
        void *fresh = NULL;
        assert_int_equal(orgs_open(&fresh), 0);
        struct orgs *o = fresh;
        settle(o);
        int dry = import_file(o, kind, ct_sv_c(c->text), true, &res);
        CT_EQ_SV(c->name, problems(o, &res), ct_sv_c(c->want));
        CT_EQ_I64(c->name, dry, *c->want ? CT_BAD_INPUT : CT_OK);
        CT_EQ_I64(c->name, import_file(o, kind, ct_sv_c(c->text), false, &res), dry);
        orgs_close(&fresh);
    }
}

#endif
