/*
 * import_job.c: files that were sent to be imported, from the sending to the day on which they are
 * taken away.
 */
#include "ct/learn/import_job.h"

#include "sql_priv.h"

#include "ct/base/banned.h"

enum { OVER_AT_ONCE = 100 };

#define COLUMNS                                                                                    \
    "select j.id, j.person, j.kind, j.file, j.name, j.size, j.sent_at,"                            \
    " coalesce(j.checked_at, 0) as checked_at, coalesce(j.done_at, 0) as done_at,"                 \
    " coalesce(j.removed_at, 0) as removed_at, j.lines, j.added, j.changed, j.unchanged,"          \
    " j.problems from import_job j"

static const struct ct_sql ADD = {"insert into import_job(person, kind, file, name, size, sent_at)"
                                  " values(:person, :kind, :file, :name, :size, :now)"};
static const struct ct_sql ONE = {COLUMNS " where j.id = :id and j.person = :person"};
static const struct ct_sql LIST = {COLUMNS
                                   " where j.person = :person order by j.id desc limit :max"};
static const struct ct_sql CHECKED = {
    "update import_job set checked_at = :now, lines = :lines, added = :added, changed = :changed,"
    " unchanged = :unchanged, problems = :problems where id = :id"};
static const struct ct_sql DONE = {
    "update import_job set done_at = :now, lines = :lines, added = :added, changed = :changed,"
    " unchanged = :unchanged, problems = 0 where id = :id and done_at is null and exists"
    " (select 1 from file_order o where o.id = :order and o.state = 'making')"};
static const struct ct_sql OVER = {
    COLUMNS " where j.removed_at is null and (j.done_at is not null or j.sent_at <= :until)"
            " and not exists (select 1 from file_order o where o.import_job = j.id"
            " and o.state in ('waiting', 'making')) order by j.id limit :max"};
static const struct ct_sql REMOVED = {"update import_job set removed_at = :now where id = :id"};
static const struct ct_sql KEPT = {
    "select 1 as yes from import_job where file = :file and removed_at is null"};

const struct ct_sql *const ct_import_job_sql[] = {&ADD,  &ONE,     &LIST, &CHECKED, &DONE,
                                                  &OVER, &REMOVED, &KEPT, NULL};

static struct ct_import_job read_row(struct ct_stmt *st, struct ct_arena *a)
{
    struct ct_import_job job = {
        .id = ct_col_i64(st, "id"),
        .person = ct_col_i64(st, "person"),
        .file = ct_col_dup(st, "file", a),
        .name = ct_col_dup(st, "name", a),
        .size = ct_col_i64(st, "size"),
        .sent_at = ct_col_i64(st, "sent_at"),
        .checked_at = ct_col_i64(st, "checked_at"),
        .done_at = ct_col_i64(st, "done_at"),
        .removed_at = ct_col_i64(st, "removed_at"),
        .lines = ct_col_i64(st, "lines"),
        .added = ct_col_i64(st, "added"),
        .changed = ct_col_i64(st, "changed"),
        .unchanged = ct_col_i64(st, "unchanged"),
        .problems = ct_col_i64(st, "problems"),
    };

    ct_import_kind_parse(ct_col_sv(st, "kind"), &job.kind);
    return job;
}

struct change {
    const struct ct_import_job *job;
    const struct ct_import_result *res;
    int64_t id, now;
};

static int add_job(struct ct_db *db, void *arg, struct ct_err *err)
{
    struct change *c = arg;
    CT_AUTO_STMT st = ct_db_stmt(db, &ADD);

    ct_bind_i64(&st, ":person", c->job->person);
    ct_bind_c(&st, ":kind", ct_import_kind_name(c->job->kind));
    ct_bind_sv(&st, ":file", c->job->file);
    ct_bind_sv(&st, ":name", c->job->name.p ? c->job->name : CT_SV(""));
    ct_bind_i64(&st, ":size", c->job->size);
    ct_bind_i64(&st, ":now", c->now);
    int r = ct_stmt_run(&st, err);
    c->id = ct_db_last_id(db);
    return r;
}

int ct_import_job_add(struct ct_store *s, const struct ct_clock *clock,
                      const struct ct_import_job *job, int64_t *ret_id, struct ct_err *err)
{
    struct change c = {.job = job, .now = ct_now(clock)};
    int r = ct_store_write(s, add_job, &c, err);

    if (r == CT_OK)
        *ret_id = c.id;
    return r;
}

int ct_import_job_get(struct ct_db *db, struct ct_arena *a, int64_t id, int64_t person,
                      struct ct_import_job *ret, struct ct_err *err)
{
    CT_AUTO_STMT st = ct_db_stmt(db, &ONE);

    ct_bind_i64(&st, ":id", id);
    ct_bind_i64(&st, ":person", person);
    int r = ct_stmt_step(&st, err);
    if (r < 0)
        return r;
    if (r == 0)
        return ct_fail(err, CT_NOT_FOUND, "import", "there is no such import of yours");
    *ret = read_row(&st, a);
    return CT_OK;
}

static int read_all(struct ct_stmt *st, struct ct_arena *a, struct ct_import_job **ret,
                    size_t *ret_n, struct ct_err *err)
{
    struct ct_import_job *list = NULL;
    size_t n = 0, cap = 0;
    int r;

    while ((r = ct_stmt_step(st, err)) > 0)
        CT_ARENA_PUSH(a, list, n, cap, read_row(st, a));
    if (r < 0)
        return r;
    *ret = list;
    *ret_n = n;
    return CT_OK;
}

int ct_import_job_list(struct ct_db *db, struct ct_arena *a, int64_t person,
                       struct ct_import_job **ret, size_t *ret_n, struct ct_err *err)
{
    CT_AUTO_STMT st = ct_db_stmt(db, &LIST);

    ct_bind_i64(&st, ":person", person);
    ct_bind_i64(&st, ":max", CT_IMPORT_JOBS_SHOWN);
    return read_all(&st, a, ret, ret_n, err);
}

static void bind_counts(struct ct_stmt *st, const struct ct_import_result *res)
{
    ct_bind_i64(st, ":lines", (int64_t)res->lines);
    ct_bind_i64(st, ":added", (int64_t)res->added);
    ct_bind_i64(st, ":changed", (int64_t)res->changed);
    ct_bind_i64(st, ":unchanged", (int64_t)res->unchanged);
}

static int checked_job(struct ct_db *db, void *arg, struct ct_err *err)
{
    const struct change *c = arg;
    CT_AUTO_STMT st = ct_db_stmt(db, &CHECKED);

    ct_bind_i64(&st, ":id", c->id);
    ct_bind_i64(&st, ":now", c->now);
    bind_counts(&st, c->res);
    ct_bind_i64(&st, ":problems", (int64_t)c->res->n_problems);
    return ct_stmt_run(&st, err);
}

int ct_import_job_checked(struct ct_store *s, const struct ct_clock *clock, int64_t id,
                          const struct ct_import_result *res, struct ct_err *err)
{
    struct change c = {.id = id, .now = ct_now(clock), .res = res};

    return ct_store_write(s, checked_job, &c, err);
}

int ct_import_job_finish(struct ct_db *db, int64_t id, int64_t order, int64_t now,
                         const struct ct_import_result *res, struct ct_err *err)
{
    CT_AUTO_STMT st = ct_db_stmt(db, &DONE);

    ct_bind_i64(&st, ":id", id);
    ct_bind_i64(&st, ":order", order);
    ct_bind_i64(&st, ":now", now);
    bind_counts(&st, res);
    int r = ct_stmt_run(&st, err);
    if (r < 0 || ct_db_changes(db))
        return r;
    return ct_fail(err, CT_CONFLICT, "order", "it was cancelled, or was imported before");
}

int ct_import_job_over(struct ct_db *db, struct ct_arena *a, int64_t now,
                       struct ct_import_job **ret, size_t *ret_n, struct ct_err *err)
{
    CT_AUTO_STMT st = ct_db_stmt(db, &OVER);

    ct_bind_i64(&st, ":until", now - CT_IMPORT_KEPT);
    ct_bind_i64(&st, ":max", OVER_AT_ONCE);
    return read_all(&st, a, ret, ret_n, err);
}

static int removed_job(struct ct_db *db, void *arg, struct ct_err *err)
{
    const struct change *c = arg;
    CT_AUTO_STMT st = ct_db_stmt(db, &REMOVED);

    ct_bind_i64(&st, ":id", c->id);
    ct_bind_i64(&st, ":now", c->now);
    return ct_stmt_run(&st, err);
}

int ct_import_job_removed(struct ct_store *s, const struct ct_clock *clock, int64_t id,
                          struct ct_err *err)
{
    struct change c = {.id = id, .now = ct_now(clock)};

    return ct_store_write(s, removed_job, &c, err);
}

int ct_import_job_is_kept(struct ct_db *db, struct ct_sv file, bool *ret, struct ct_err *err)
{
    CT_AUTO_STMT st = ct_db_stmt(db, &KEPT);

    ct_bind_sv(&st, ":file", file);
    int r = ct_stmt_step(&st, err);
    *ret = r > 0;
    return r < 0 ? r : CT_OK;
}
