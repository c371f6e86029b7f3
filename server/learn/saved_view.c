/*
 * saved_view.c: reports that somebody kept under a name.
 */
#include "ct/learn/saved_view.h"

#include "sql_priv.h"

#include <stdlib.h>

#include "ct/base/banned.h"

#define LATEST                                                                                     \
    " join saved_view_name n on n.view = v.id and n.id ="                                          \
    " (select max(m.id) from saved_view_name m where m.view = v.id)"

static const struct ct_sql LIST = {"select v.id, v.href, v.at, n.name from saved_view v" LATEST
                                   " where v.person = :person and n.name is not null"};
static const struct ct_sql FIND = {"select n.name is null as ended from saved_view v" LATEST
                                   " where v.person = :person and v.id = :view"};
static const struct ct_sql ADD = {
    "insert into saved_view(person, href, at) values(:person, :href, :at)"};
static const struct ct_sql NAME = {
    "insert into saved_view_name(view, name, at) values(:view, :name, :at)"};

const struct ct_sql *const ct_saved_view_sql[] = {&LIST, &FIND, &ADD, &NAME, NULL};

static int cmp_name(const void *pa, const void *pb)
{
    const struct ct_saved_view *a = pa, *b = pb;
    int c = ct_sv_cmp(a->name, b->name);

    return c ? c : (a->id > b->id) - (a->id < b->id);
}

int ct_saved_views(struct ct_db *db, struct ct_arena *a, int64_t person, struct ct_saved_view **ret,
                   size_t *ret_n, struct ct_err *err)
{
    struct ct_saved_view *list = NULL;
    size_t n = 0, cap = 0;
    int r;
    CT_AUTO_STMT st = ct_db_stmt(db, &LIST);

    ct_bind_i64(&st, ":person", person);
    while ((r = ct_stmt_step(&st, err)) > 0) {
        struct ct_saved_view v = {.id = ct_col_i64(&st, "id"),
                                  .name = ct_col_dup(&st, "name", a),
                                  .href = ct_col_dup(&st, "href", a),
                                  .saved_at = ct_col_i64(&st, "at")};
        CT_ARENA_PUSH(a, list, n, cap, v);
    }
    if (r < 0)
        return r;
    if (n)
        qsort(list, n, sizeof *list, cmp_name);
    *ret = list;
    *ret_n = n;
    return CT_OK;
}

/* What is done: 0: a new one; without a name: an end. */
struct job {
    int64_t person, view, at, id;
    struct ct_sv name, href;
};

static int check_name(struct ct_sv name, struct ct_err *err)
{
    if (name.n == 0)
        return ct_fail(err, CT_BAD_INPUT, "name", "a name is wanted");
    if (ct_sv_runes(name) > CT_SAVED_VIEW_NAME_MAX)
        return ct_fail(err, CT_BAD_INPUT, "name", "a name of at most %d characters is wanted",
                       CT_SAVED_VIEW_NAME_MAX);
    for (size_t i = 0; i < name.n; i++)
        if ((unsigned char)name.p[i] < ' ' || name.p[i] == 0x7f)
            return ct_fail(err, CT_BAD_INPUT, "name", "a name of one line is wanted");
    return CT_OK;
}

static int find(struct ct_db *db, const struct job *j, bool *ret_ended, struct ct_err *err)
{
    CT_AUTO_STMT st = ct_db_stmt(db, &FIND);
    int r;

    ct_bind_i64(&st, ":person", j->person);
    ct_bind_i64(&st, ":view", j->view);
    r = ct_stmt_step(&st, err);
    if (r < 0)
        return r;
    *ret_ended = r > 0 && ct_col_i64(&st, "ended") != 0;
    return r ? CT_OK : ct_fail(err, CT_NOT_FOUND, "view", "there is no such saved view");
}

static int check_others(struct ct_db *db, const struct job *j, struct ct_err *err)
{
    CT_AUTO_ARENA a = CT_ARENA_INIT;
    struct ct_saved_view *list;
    size_t n;
    int r = ct_saved_views(db, &a, j->person, &list, &n, err);

    if (r < 0)
        return r;
    if (!j->view && n >= CT_SAVED_VIEWS_MAX)
        return ct_fail(err, CT_CONFLICT, "name", "there are %d saved views already; delete one",
                       CT_SAVED_VIEWS_MAX);
    for (size_t i = 0; i < n; i++)
        if (list[i].id != j->view && ct_sv_eq(list[i].name, j->name))
            return ct_fail(err, CT_CONFLICT, "name", "another saved view has this name");
    return CT_OK;
}

static int add(struct ct_db *db, struct job *j, struct ct_err *err)
{
    CT_AUTO_STMT st = ct_db_stmt(db, &ADD);
    int r;

    ct_bind_i64(&st, ":person", j->person);
    ct_bind_sv(&st, ":href", j->href);
    ct_bind_i64(&st, ":at", j->at);
    r = ct_stmt_run(&st, err);
    j->view = j->id = r < 0 ? 0 : ct_db_last_id(db);
    return r;
}

static int write_name(struct ct_db *db, const struct job *j, struct ct_err *err)
{
    CT_AUTO_STMT st = ct_db_stmt(db, &NAME);

    ct_bind_i64(&st, ":view", j->view);
    ct_bind_sv(&st, ":name", j->name);
    ct_bind_i64(&st, ":at", j->at);
    return ct_stmt_run(&st, err);
}

static int save_job(struct ct_db *db, void *arg, struct ct_err *err)
{
    struct job *j = arg;
    bool ended = false;
    int r = CT_OK;

    if (j->view && (r = find(db, j, &ended, err)) < 0)
        return r;
    if (ended)
        return j->name.p ? ct_fail(err, CT_NOT_FOUND, "view", "there is no such saved view")
                         : CT_OK;
    if ((j->name.p && (r = check_others(db, j, err)) < 0) ||
        (!j->view && (r = add(db, j, err)) < 0))
        return r;
    return write_name(db, j, err);
}

int ct_saved_view_add(struct ct_store *s, const struct ct_clock *clock, int64_t person,
                      struct ct_sv name, struct ct_sv href, int64_t *ret_id, struct ct_err *err)
{
    struct job j = {.person = person, .name = ct_sv_trim(name), .href = href, .at = ct_now(clock)};
    int r = check_name(j.name, err);

    if (r < 0)
        return r;
    if (href.n == 0 || href.n > CT_SAVED_VIEW_HREF_MAX)
        return ct_fail(err, CT_BAD_INPUT, "href", "the address of a report is wanted");
    r = ct_store_write(s, save_job, &j, err);
    if (r == CT_OK)
        *ret_id = j.id;
    return r;
}

int ct_saved_view_rename(struct ct_store *s, const struct ct_clock *clock, int64_t person,
                         int64_t view, struct ct_sv name, struct ct_err *err)
{
    struct job j = {.person = person, .view = view, .name = ct_sv_trim(name), .at = ct_now(clock)};
    int r = check_name(j.name, err);

    return r < 0 ? r : ct_store_write(s, save_job, &j, err);
}

int ct_saved_view_delete(struct ct_store *s, const struct ct_clock *clock, int64_t person,
                         int64_t view, struct ct_err *err)
{
    struct job j = {.person = person, .view = view, .name = CT_SV_NULL, .at = ct_now(clock)};

    return ct_store_write(s, save_job, &j, err);
}
