/*
 * revision.c: texts that were once published: storing them, and reading them again.
 */
#include "revision_priv.h"
#include "sql_priv.h"

#include "ct/course/change.h"

#include "ct/base/banned.h"

static const struct ct_sql KEEP = {"insert into revision(hash, path, source, first_at)"
                                   " values(:hash, :path, :source, :now)"
                                   " on conflict(hash) do nothing"};
/* A row only when the path's latest text is another one. */
static const struct ct_sql PUBLISH = {
    "insert into publication(path, hash, at)"
    " select :path, :hash, :now"
    " where not exists(select 1 from publication p where p.path = :path and p.hash = :hash"
    "  and p.id = (select max(id) from publication where path = :path))"};
static const struct ct_sql EDITION = {"insert into edition(hash, version, change)"
                                      " values(:hash, :version, :change)"
                                      " on conflict(hash) do nothing"};
static const struct ct_sql MODULE = {
    "insert into module_text(path, hash, course, module) values(:path, :hash, :course, :module)"
    " on conflict(path, hash) do nothing"};
static const struct ct_sql WITHOUT_EDITION = {
    "select distinct p.path, p.hash from publication p where not exists"
    " (select 1 from module_text t where t.path = p.path and t.hash = p.hash)"};
static const struct ct_sql LAST_GOOD = {
    "select r.source from publication p join revision r on r.hash = p.hash"
    " where p.path = :path order by p.id desc limit 1"};
static const struct ct_sql SOURCE = {"select source, path from revision where hash = :hash"};

const struct ct_sql *const ct_revision_sql[] = {
    &KEEP, &PUBLISH, &EDITION, &MODULE, &WITHOUT_EDITION, &LAST_GOOD, &SOURCE, NULL};

int ct_revision_keep(struct ct_db *db, const char *hash, struct ct_sv path, struct ct_sv source,
                     int64_t now, struct ct_err *err)
{
    CT_AUTO_STMT keep = ct_db_stmt(db, &KEEP);
    CT_AUTO_STMT publish = ct_db_stmt(db, &PUBLISH);
    int r;

    ct_bind_c(&keep, ":hash", hash);
    ct_bind_sv(&keep, ":path", path);
    ct_bind_sv(&keep, ":source", source);
    ct_bind_i64(&keep, ":now", now);
    if ((r = ct_stmt_run(&keep, err)) < 0)
        return r;
    ct_bind_sv(&publish, ":path", path);
    ct_bind_c(&publish, ":hash", hash);
    ct_bind_i64(&publish, ":now", now);
    return ct_stmt_run(&publish, err);
}

static int keep_edition(struct ct_db *db, struct ct_sv path, struct ct_sv hash,
                        const struct ct_edition *e, struct ct_err *err)
{
    struct ct_sv course = ct_sv_sub(path, 0, ct_sv_find(path, '/'));
    CT_AUTO_STMT st = ct_db_stmt(db, &EDITION);
    CT_AUTO_STMT module = ct_db_stmt(db, &MODULE);
    int r;

    ct_bind_sv(&st, ":hash", hash);
    ct_bind_sv(&st, ":version", e->version);
    ct_bind_sv(&st, ":change", e->change);
    if ((r = ct_stmt_run(&st, err)) < 0)
        return r;
    ct_bind_sv(&module, ":path", path);
    ct_bind_sv(&module, ":hash", hash);
    ct_bind_sv(&module, ":course", course);
    ct_bind_sv(&module, ":module", e->id);
    return ct_stmt_run(&module, err);
}

int ct_edition_keep(struct ct_db *db, const struct ct_module *m, struct ct_err *err)
{
    struct ct_edition e = {m->id, ct_module_version(m), m->change};

    return keep_edition(db, m->path, ct_sv_c(m->revision), &e, err);
}

/* Courses, the curriculum and the glossary have no versions. */
static bool is_module(struct ct_sv path)
{
    return !ct_sv_ends(path, CT_SV("/course.md")) && !ct_sv_eq_c(path, "curriculum.md") &&
           !ct_sv_eq_c(path, "glossary.md");
}

/* The arena is for this one. */
static int fill_edition(struct ct_db *db, struct ct_arena *a, struct ct_sv path, struct ct_sv hash,
                        struct ct_err *err)
{
    struct ct_sv source, first_path;
    struct ct_edition e;
    int r = ct_revision_source(db, a, hash, &source, &first_path, err);

    if (r < 0)
        return r;
    ct_front_edition(a, path, source, &e);
    return keep_edition(db, path, hash, &e, err);
}

int ct_edition_fill(struct ct_db *db, struct ct_err *err)
{
    CT_AUTO_ARENA a = CT_ARENA_INIT;
    CT_AUTO_ARENA scratch = CT_ARENA_INIT;
    struct text {
        struct ct_sv path, hash;
    } *texts = NULL;
    size_t n = 0, cap = 0;
    int r;
    {
        CT_AUTO_STMT st = ct_db_stmt(db, &WITHOUT_EDITION);
        while ((r = ct_stmt_step(&st, err)) > 0) {
            struct text t = {ct_col_dup(&st, "path", &a), ct_col_dup(&st, "hash", &a)};
            if (is_module(t.path))
                CT_ARENA_PUSH(&a, texts, n, cap, t);
        }
    }
    for (size_t i = 0; i < n && r == CT_OK; i++) {
        r = fill_edition(db, &scratch, texts[i].path, texts[i].hash, err);
        ct_arena_reset(&scratch);
    }
    return r;
}

int ct_revision_last_good(struct ct_db *db, struct ct_arena *a, struct ct_sv path,
                          struct ct_sv *ret_source, struct ct_err *err)
{
    CT_AUTO_STMT st = ct_db_stmt(db, &LAST_GOOD);
    int r;

    ct_bind_sv(&st, ":path", path);
    if ((r = ct_stmt_step(&st, err)) < 0)
        return r;
    if (r == 0)
        return ct_fail(err, CT_NOT_FOUND, "path", "never published");
    *ret_source = ct_col_dup(&st, "source", a);
    return CT_OK;
}

int ct_revision_source(struct ct_db *db, struct ct_arena *a, struct ct_sv hash,
                       struct ct_sv *ret_source, struct ct_sv *ret_path, struct ct_err *err)
{
    CT_AUTO_STMT st = ct_db_stmt(db, &SOURCE);
    int r;

    ct_bind_sv(&st, ":hash", hash);
    if ((r = ct_stmt_step(&st, err)) < 0)
        return r;
    if (r == 0)
        return ct_fail(err, CT_NOT_FOUND, "revision", "no such revision");
    *ret_source = ct_col_dup(&st, "source", a);
    *ret_path = ct_col_dup(&st, "path", a);
    return CT_OK;
}

int ct_revision_module(struct ct_db *db, struct ct_arena *a, const struct ct_catalogue *cat,
                       const struct ct_course *course, struct ct_sv module_id, struct ct_sv hash,
                       const struct ct_module **ret, struct ct_err *err)
{
    const struct ct_module *live = ct_course_module_by_id(course, module_id);
    struct ct_sv source, path;
    int r;

    if (live && ct_sv_eq_c(hash, live->revision)) {
        *ret = live;
        return CT_OK;
    }
    if ((r = ct_revision_source(db, a, hash, &source, &path, err)) < 0)
        return r;
    return ct_course_reparse(a, cat, course, source, path, ret, err);
}
