/*
 * curriculum_change.c: recording what the curriculum has and has no more, at each publication.
 */
#include "curriculum_priv.h"

#include "sql_priv.h"

#include "ct/base/banned.h"

/* A row only where the last one says otherwise. */
static const struct ct_sql NOTE = {
    "insert into curriculum_change(kind, slug, present, at) select :kind, :slug, :present, :now"
    " where coalesce((select c.present from curriculum_change c where c.kind = :kind"
    "  and c.slug = :slug order by c.id desc limit 1), -1) <> :present"};
/* What was in the curriculum once, or is named by a requirement or a person. */
static const struct ct_sql NAMED = {
    "select c.kind, c.slug from curriculum_change c where c.present = 1"
    " union select 'course', course from requirement where course is not null"
    " union select 'scenario', course || '/' || module from requirement where module is not null"
    " union select 'discipline', discipline from person_discipline where discipline <> ''"};
static const struct ct_sql GONE = {
    "select c.kind, c.slug from curriculum_change c where c.present = 0 and c.at <= :at"
    " and not exists (select 1 from curriculum_change l where l.kind = c.kind and l.slug = c.slug"
    "  and l.id > c.id and l.at <= :at)"};

const struct ct_sql *const ct_curriculum_change_sql[] = {&NOTE, &NAMED, &GONE, NULL};

static int note(struct ct_db *db, struct ct_sv kind, struct ct_sv slug, bool present, int64_t now,
                struct ct_err *err)
{
    CT_AUTO_STMT st = ct_db_stmt(db, &NOTE);

    ct_bind_sv(&st, ":kind", kind);
    ct_bind_sv(&st, ":slug", slug);
    ct_bind_i64(&st, ":present", present);
    ct_bind_i64(&st, ":now", now);
    return ct_stmt_run(&st, err);
}

/* Whether a catalogue has it. */
static bool is_there(const struct ct_catalogue *cat, struct ct_sv kind, struct ct_sv slug)
{
    struct ct_sv module = slug, course = slug;

    if (ct_sv_eq_c(kind, "discipline"))
        return ct_discipline_find(&cat->disciplines, slug) >= 0;
    if (ct_sv_eq_c(kind, "course"))
        return ct_catalogue_course(cat, slug) != NULL;
    ct_sv_split(&module, '/', &course);
    const struct ct_course *c = ct_catalogue_course(cat, course);
    const struct ct_module *m = c ? ct_course_module_by_id(c, module) : NULL;
    return m && m->kind == CT_MODULE_SCENARIO;
}

static int note_present(struct ct_db *db, struct ct_arena *a, const struct ct_catalogue *cat,
                        int64_t now, struct ct_err *err)
{
    int r = CT_OK;

    for (size_t i = 0; i < cat->disciplines.n && r == CT_OK; i++)
        r = note(db, CT_SV("discipline"), cat->disciplines.items[i].slug, true, now, err);
    for (size_t i = 0; i < cat->n_courses && r == CT_OK; i++) {
        const struct ct_course *c = &cat->courses[i];
        r = note(db, CT_SV("course"), c->slug, true, now, err);
        for (size_t k = 0; k < c->n_modules && r == CT_OK; k++)
            if (c->modules[k]->kind == CT_MODULE_SCENARIO)
                r = note(db, CT_SV("scenario"),
                         ct_arena_printf(a, "%.*s/%.*s", CT_SV_ARG(c->slug),
                                         CT_SV_ARG(c->modules[k]->id)),
                         true, now, err);
    }
    return r;
}

static int read_list(struct ct_stmt *st, struct ct_arena *a, struct ct_gone **ret, size_t *ret_n,
                     struct ct_err *err)
{
    struct ct_gone *list = NULL;
    size_t n = 0, cap = 0;
    int r;

    while ((r = ct_stmt_step(st, err)) > 0) {
        struct ct_gone g = {ct_col_dup(st, "kind", a), ct_col_dup(st, "slug", a)};
        CT_ARENA_PUSH(a, list, n, cap, g);
    }
    *ret = list;
    *ret_n = n;
    return r;
}

int ct_curriculum_note(struct ct_db *db, const struct ct_catalogue *cat, int64_t now,
                       struct ct_err *err)
{
    CT_AUTO_ARENA a = CT_ARENA_INIT;
    struct ct_gone *named;
    size_t n;
    int r = note_present(db, &a, cat, now, err);

    if (r < 0)
        return r;
    {
        CT_AUTO_STMT st = ct_db_stmt(db, &NAMED);
        r = read_list(&st, &a, &named, &n, err);
    }
    for (size_t i = 0; i < n && r >= 0; i++)
        if (!is_there(cat, named[i].kind, named[i].slug))
            r = note(db, named[i].kind, named[i].slug, false, now, err);
    return r < 0 ? r : ct_curriculum_note_texts(db, cat, now, err);
}

int ct_curriculum_gone(struct ct_db *db, struct ct_arena *a, int64_t as_of, struct ct_gone **ret,
                       size_t *ret_n, struct ct_err *err)
{
    CT_AUTO_STMT st = ct_db_stmt(db, &GONE);
    int r;

    ct_bind_i64(&st, ":at", as_of);
    r = read_list(&st, a, ret, ret_n, err);
    return r < 0 ? r : CT_OK;
}
