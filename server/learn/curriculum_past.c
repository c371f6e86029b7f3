/*
 * curriculum_past.c: the curriculum as it was: when a text was taken out, and all that was live at
 * a moment read again.
 */
#include "curriculum_priv.h"
#include "sql_priv.h"

#include "ct/base/banned.h"

/* A row only where the last one says otherwise; what was published is there until one says that it
 * is not. */
static const struct ct_sql NOTE = {
    "insert into text_change(path, present, at) select :path, :present, :now"
    " where coalesce((select c.present from text_change c where c.path = :path"
    "  order by c.id desc limit 1), 1) <> :present"};
static const struct ct_sql PUBLISHED = {
    "select distinct p.path from publication p order by p.path"};
/* Whether another curriculum was live since: never before the first. */
static const struct ct_sql CHANGED = {
    "select f.at as first_at, exists(select 1 from publication p where p.at > :at and p.at > f.at)"
    " or exists(select 1 from text_change c where c.at > :at) as n"
    " from (select min(p.at) as at from publication p where p.path = 'curriculum.md') f"};
static const struct ct_sql FILES = {
    "select p.path, s.source from publication p join revision s on s.hash = p.hash"
    " where p.id in (select max(l.id) from publication l where l.at <= :at group by l.path)"
    " and coalesce((select c.present from text_change c where c.path = p.path and c.at <= :at"
    "  order by c.id desc limit 1), 1) = 1 order by p.path"};

static const struct ct_sql BEFORE = {
    "select s.source from publication p join revision s on s.hash = p.hash"
    " where p.path = 'curriculum.md' and p.at <= :at order by p.id desc"};

const struct ct_sql *const ct_curriculum_past_sql[] = {&NOTE,  &PUBLISHED, &CHANGED,
                                                       &FILES, &BEFORE,    NULL};

static int note(struct ct_db *db, struct ct_sv path, bool present, int64_t now, struct ct_err *err)
{
    CT_AUTO_STMT st = ct_db_stmt(db, &NOTE);

    ct_bind_sv(&st, ":path", path);
    ct_bind_i64(&st, ":present", present);
    ct_bind_i64(&st, ":now", now);
    return ct_stmt_run(&st, err);
}

int ct_curriculum_note_texts(struct ct_db *db, const struct ct_catalogue *cat, int64_t now,
                             struct ct_err *err)
{
    CT_AUTO_ARENA a = CT_ARENA_INIT;
    struct ct_sv *paths = NULL;
    size_t n = 0, cap = 0;
    int r;
    {
        CT_AUTO_STMT st = ct_db_stmt(db, &PUBLISHED);
        while ((r = ct_stmt_step(&st, err)) > 0)
            CT_ARENA_PUSH(&a, paths, n, cap, ct_col_dup(&st, "path", &a));
    }
    for (size_t i = 0; i < n && r >= 0; i++)
        r = note(db, paths[i], ct_catalogue_has_file(cat, paths[i]), now, err);
    return r < 0 ? r : CT_OK;
}

/* The moment that is meant; *ret_changed: something else was live at it than now. */
static int look(struct ct_db *db, int64_t *at, bool *ret_changed, struct ct_err *err)
{
    CT_AUTO_STMT st = ct_db_stmt(db, &CHANGED);
    int r;

    ct_bind_i64(&st, ":at", *at);
    if ((r = ct_stmt_step(&st, err)) < 0)
        return r;
    *ret_changed = r && !ct_col_null(&st, "first_at") && ct_col_i64(&st, "n");
    if (*ret_changed && *at < ct_col_i64(&st, "first_at"))
        *at = ct_col_i64(&st, "first_at");
    return CT_OK;
}

static int read_files(struct ct_db *db, struct ct_arena *a, int64_t at, struct ct_kept_file **ret,
                      size_t *ret_n, struct ct_err *err)
{
    size_t cap = 0;
    int r;
    CT_AUTO_STMT st = ct_db_stmt(db, &FILES);

    *ret = NULL;
    *ret_n = 0;
    ct_bind_i64(&st, ":at", at);
    while ((r = ct_stmt_step(&st, err)) > 0) {
        struct ct_kept_file f = {ct_col_dup(&st, "path", a), ct_col_dup(&st, "source", a)};
        CT_ARENA_PUSH(a, *ret, *ret_n, cap, f);
    }
    return r;
}

struct former {
    struct ct_discipline *items;
    size_t n, cap;
};

static bool is_in(const struct ct_discipline *items, size_t n, struct ct_sv slug)
{
    for (size_t i = 0; i < n; i++)
        if (ct_sv_eq(items[i].slug, slug))
            return true;
    return false;
}

/* What one text names and neither the present one nor a later one does. */
static void add_former(struct ct_arena *a, struct former *to, const struct ct_disciplines *now,
                       struct ct_sv source)
{
    CT_AUTO_ARENA scratch = CT_ARENA_INIT;
    struct ct_disciplines then;

    ct_catalogue_disciplines(&scratch, source, &then);
    for (size_t i = 0; i < then.n; i++) {
        const struct ct_discipline *d = &then.items[i];
        if (is_in(now->items, now->n, d->slug) || is_in(to->items, to->n, d->slug))
            continue;
        struct ct_discipline own = {ct_arena_dup(a, d->slug), ct_arena_dup(a, d->name),
                                    ct_arena_dup(a, d->plural)};
        CT_ARENA_PUSH(a, to->items, to->n, to->cap, own);
    }
}

int ct_curriculum_former(struct ct_db *db, struct ct_arena *a, const struct ct_disciplines *now,
                         int64_t as_of, const struct ct_discipline **ret, size_t *ret_n,
                         struct ct_err *err)
{
    struct former all = {.items = NULL};
    int r;
    CT_AUTO_STMT st = ct_db_stmt(db, &BEFORE);

    ct_bind_i64(&st, ":at", as_of);
    while ((r = ct_stmt_step(&st, err)) > 0)
        add_former(a, &all, now, ct_col_sv(&st, "source"));
    *ret = all.items;
    *ret_n = all.n;
    return r;
}

int ct_curriculum_as_of(struct ct_db *db, struct ct_arena *a, const struct ct_catalogue *now,
                        int64_t as_of, const struct ct_catalogue **ret, struct ct_err *err)
{
    struct ct_kept_file *files;
    struct ct_err why = CT_ERR_INIT;
    size_t n;
    bool changed;
    int r = look(db, &as_of, &changed, err);

    if (r < 0)
        return r;
    *ret = now;
    if (!changed || (r = read_files(db, a, as_of, &files, &n, err)) < 0)
        return r;
    struct ct_catalogue *past = ct_arena_new(a, struct ct_catalogue);
    if (ct_catalogue_of(a, files, n, ret, &why) < 0)
        return ct_fail(err, CT_INTERNAL, "curriculum", "as it was: %s", why.text);
    *past = **ret;
    past->quick_exit = now->quick_exit;
    *ret = past;
    return ct_curriculum_former(db, a, &past->disciplines, as_of, &past->disciplines.former,
                                &past->disciplines.n_former, err);
}
