/*
 * order.c: files that were asked for, from the asking to the day on which they are deleted.
 */
#include "ct/learn/order.h"

#include "sql_priv.h"

#include <stdio.h>

#include "ct/base/banned.h"

enum { EXPIRED_AT_ONCE = 100 };

#define COLUMNS                                                                                    \
    "select o.id, o.person, o.target, o.site, o.state, o.done, o.total, o.asked_at, o.changed_at," \
    " coalesce(o.expires_at, 0) as expires_at, coalesce(o.size, 0) as size, o.name, o.type,"       \
    " o.problem, coalesce(o.import_job, 0) as import_job, o.imports, o.sight from file_order o"

static const struct ct_sql SAME = {
    "select id from file_order where person = :person and target = :target"
    " and state in ('waiting', 'making') order by id limit 1"};
static const struct ct_sql OPEN = {"select count(*) as n from file_order where person = :person"
                                   " and state in ('waiting', 'making')"};
static const struct ct_sql ADD = {
    "insert into file_order(person, target, site, state, done, total, asked_at, changed_at,"
    " import_job, imports)"
    " values(:person, :target, :site, 'waiting', 0, 0, :now, :now, :import_job, :imports)"};
static const struct ct_sql OF_IMPORT = {COLUMNS
                                        " where o.import_job = :job order by o.id desc limit 1"};
static const struct ct_sql ONE = {COLUMNS " where o.id = :id and o.person = :person"};
static const struct ct_sql LIST = {COLUMNS " where o.person = :person and o.import_job is null"
                                           " order by o.id desc limit :max"};
static const struct ct_sql CANCEL = {
    "update file_order set state = 'cancelled', changed_at = :now"
    " where id = :id and person = :person and state in ('waiting', 'making')"};
static const struct ct_sql NEXT = {COLUMNS " where o.state = 'waiting' order by o.id limit 1"};
static const struct ct_sql TAKE = {
    "update file_order set state = 'making', changed_at = :now where id = :id"};
static const struct ct_sql TELL = {"update file_order set done = :done, total = :total"
                                   " where id = :id and state = 'making'"};
static const struct ct_sql READY = {
    "update file_order set state = 'ready', changed_at = :now, expires_at = :expires_at,"
    " size = :size, name = :name, type = :type, sight = :sight where id = :id and state = "
    "'making'"};
static const struct ct_sql FAILED = {
    "update file_order set state = 'failed', changed_at = :now, problem = :problem"
    " where id = :id and state in ('waiting', 'making')"};
static const struct ct_sql RECOVER = {
    "update file_order set state = 'failed', changed_at = :now, problem = :problem"
    " where state = 'making'"};
static const struct ct_sql OVER = {"select id from file_order where state = 'ready' and expires_at "
                                   "<= :now order by id limit :max"};
static const struct ct_sql EXPIRE = {
    "update file_order set state = 'expired', changed_at = :now, expires_at = null"
    " where id = :id"};
static const struct ct_sql WITHDRAW = {
    "update file_order set state = 'failed', changed_at = :now, expires_at = null,"
    " problem = :problem where id = :id and state = 'ready'"};
static const struct ct_sql KEPT = {
    "select 1 as yes from file_order where id = :id and state in ('ready', 'making')"};
static const struct ct_sql WHO = {
    "select name, email, discipline, roles, active from person where id = :person"};

const struct ct_sql *const ct_order_sql[] = {
    &SAME,   &OPEN,    &ADD,  &ONE,    &LIST, &CANCEL, &NEXT,      &TAKE,     &TELL, &READY,
    &FAILED, &RECOVER, &OVER, &EXPIRE, &KEPT, &WHO,    &OF_IMPORT, &WITHDRAW, NULL};

static const char *const names[] = {
    [CT_ORDER_WAITING] = "waiting",     [CT_ORDER_MAKING] = "making",
    [CT_ORDER_READY] = "ready",         [CT_ORDER_FAILED] = "failed",
    [CT_ORDER_CANCELLED] = "cancelled", [CT_ORDER_EXPIRED] = "expired"};
enum { N_STATES = sizeof names / sizeof names[0] };

const char *ct_order_state_name(enum ct_order_state s)
{
    return names[s];
}

static enum ct_order_state state_of(struct ct_sv name)
{
    for (size_t i = 0; i < N_STATES; i++)
        if (ct_sv_eq_c(name, names[i]))
            return (enum ct_order_state)i;
    return CT_ORDER_FAILED;
}

static struct ct_order read_row(struct ct_stmt *st, struct ct_arena *a)
{
    return (struct ct_order){
        .id = ct_col_i64(st, "id"),
        .person = ct_col_i64(st, "person"),
        .target = ct_col_dup(st, "target", a),
        .site = ct_col_dup(st, "site", a),
        .state = state_of(ct_col_sv(st, "state")),
        .done = ct_col_i64(st, "done"),
        .total = ct_col_i64(st, "total"),
        .asked_at = ct_col_i64(st, "asked_at"),
        .changed_at = ct_col_i64(st, "changed_at"),
        .expires_at = ct_col_i64(st, "expires_at"),
        .size = ct_col_i64(st, "size"),
        .name = ct_col_dup(st, "name", a),
        .type = ct_col_dup(st, "type", a),
        .problem = ct_col_dup(st, "problem", a),
        .import_job = ct_col_i64(st, "import_job"),
        .imports = ct_col_i64(st, "imports"),
        .sight = ct_col_dup(st, "sight", a),
    };
}

/* What a job is given: an order, and the moment. */
struct change {
    const struct ct_order *o;
    struct ct_sv problem;
    int64_t now, id;
    struct ct_arena *arena;
    struct ct_order taken;
    int64_t *ids;
    size_t n;
};

/* ---- asking ---- */

static int open_same(struct ct_db *db, struct change *c, struct ct_err *err)
{
    CT_AUTO_STMT st = ct_db_stmt(db, &SAME);

    ct_bind_i64(&st, ":person", c->o->person);
    ct_bind_sv(&st, ":target", c->o->target);
    int r = ct_stmt_step(&st, err);
    c->id = r > 0 ? ct_col_i64(&st, "id") : 0;
    return r < 0 ? r : CT_OK;
}

static int check_open(struct ct_db *db, int64_t person, struct ct_err *err)
{
    CT_AUTO_STMT st = ct_db_stmt(db, &OPEN);

    ct_bind_i64(&st, ":person", person);
    int r = ct_stmt_step(&st, err);
    if (r < 0)
        return r;
    return ct_col_i64(&st, "n") < CT_ORDERS_OPEN_MAX
               ? CT_OK
               : ct_fail(err, CT_CONFLICT, "orders",
                         "%d files are being made for you already; wait for one, or cancel one",
                         CT_ORDERS_OPEN_MAX);
}

static int add_job(struct ct_db *db, void *arg, struct ct_err *err)
{
    struct change *c = arg;
    int r = open_same(db, c, err);

    if (r < 0 || c->id)
        return r;
    if ((r = check_open(db, c->o->person, err)) < 0)
        return r;
    CT_AUTO_STMT st = ct_db_stmt(db, &ADD);
    ct_bind_i64(&st, ":person", c->o->person);
    ct_bind_sv(&st, ":target", c->o->target);
    ct_bind_sv(&st, ":site", c->o->site.p ? c->o->site : CT_SV(""));
    ct_bind_i64(&st, ":now", c->now);
    if (c->o->import_job)
        ct_bind_i64(&st, ":import_job", c->o->import_job);
    else
        ct_bind_null(&st, ":import_job");
    ct_bind_i64(&st, ":imports", c->o->imports);
    if ((r = ct_stmt_run(&st, err)) < 0)
        return r;
    c->id = ct_db_last_id(db);
    return CT_OK;
}

int ct_order_add(struct ct_store *s, const struct ct_clock *clock, int64_t person,
                 struct ct_sv target, struct ct_sv site, int64_t *ret_id, struct ct_err *err)
{
    struct ct_order o = {.person = person, .target = target, .site = site};
    struct change c = {.o = &o, .now = ct_now(clock)};
    int r = ct_store_write(s, add_job, &c, err);

    if (r == CT_OK)
        *ret_id = c.id;
    return r;
}

int ct_order_add_import(struct ct_store *s, const struct ct_clock *clock, int64_t person,
                        int64_t import_job, bool imports, int64_t *ret_id, struct ct_err *err)
{
    CT_AUTO_ARENA a = CT_ARENA_INIT;
    struct ct_order o = {.person = person,
                         .target = ct_arena_printf(&a, "/people/imports/%lld%s",
                                                   (long long)import_job, imports ? "#import" : ""),
                         .import_job = import_job,
                         .imports = imports};
    struct change c = {.o = &o, .now = ct_now(clock)};
    int r = ct_store_write(s, add_job, &c, err);

    if (r == CT_OK)
        *ret_id = c.id;
    return r;
}

int ct_order_of_import(struct ct_db *db, struct ct_arena *a, int64_t import_job,
                       struct ct_order *ret, struct ct_err *err)
{
    CT_AUTO_STMT st = ct_db_stmt(db, &OF_IMPORT);

    ct_bind_i64(&st, ":job", import_job);
    int r = ct_stmt_step(&st, err);
    if (r > 0)
        *ret = read_row(&st, a);
    return r < 0 ? r : r > 0 ? CT_OK : CT_NOT_FOUND;
}

int ct_order_get(struct ct_db *db, struct ct_arena *a, int64_t id, int64_t person,
                 struct ct_order *ret, struct ct_err *err)
{
    CT_AUTO_STMT st = ct_db_stmt(db, &ONE);

    ct_bind_i64(&st, ":id", id);
    ct_bind_i64(&st, ":person", person);
    int r = ct_stmt_step(&st, err);
    if (r < 0)
        return r;
    if (r == 0)
        return ct_fail(err, CT_NOT_FOUND, "order", "no file of yours has this number");
    *ret = read_row(&st, a);
    return CT_OK;
}

int ct_order_list(struct ct_db *db, struct ct_arena *a, int64_t person, struct ct_order **ret,
                  size_t *ret_n, struct ct_err *err)
{
    struct ct_order *list = NULL;
    size_t n = 0, cap = 0;
    int r;
    CT_AUTO_STMT st = ct_db_stmt(db, &LIST);

    ct_bind_i64(&st, ":person", person);
    ct_bind_i64(&st, ":max", CT_ORDERS_SHOWN);
    while ((r = ct_stmt_step(&st, err)) > 0)
        CT_ARENA_PUSH(a, list, n, cap, read_row(&st, a));
    if (r < 0)
        return r;
    *ret = list;
    *ret_n = n;
    return CT_OK;
}

static int cancel_job(struct ct_db *db, void *arg, struct ct_err *err)
{
    const struct change *c = arg;
    CT_AUTO_ARENA a = CT_ARENA_INIT;
    CT_AUTO_STMT st = ct_db_stmt(db, &CANCEL);
    struct ct_order o;
    int r = ct_order_get(db, &a, c->o->id, c->o->person, &o, err);

    if (r < 0)
        return r;
    ct_bind_i64(&st, ":id", o.id);
    ct_bind_i64(&st, ":person", o.person);
    ct_bind_i64(&st, ":now", c->now);
    if ((r = ct_stmt_run(&st, err)) < 0)
        return r;
    return ct_db_changes(db) ? CT_OK
                             : ct_fail(err, CT_CONFLICT, "order", "it is not being made any more");
}

int ct_order_cancel(struct ct_store *s, const struct ct_clock *clock, int64_t id, int64_t person,
                    struct ct_err *err)
{
    struct ct_order o = {.id = id, .person = person};
    struct change c = {.o = &o, .now = ct_now(clock)};

    return ct_store_write(s, cancel_job, &c, err);
}

/* ---- making ---- */

static int take_job(struct ct_db *db, void *arg, struct ct_err *err)
{
    struct change *c = arg;
    CT_AUTO_STMT take = ct_db_stmt(db, &TAKE);
    int r;
    {
        CT_AUTO_STMT st = ct_db_stmt(db, &NEXT);
        if ((r = ct_stmt_step(&st, err)) <= 0)
            return r;
        c->taken = read_row(&st, c->arena);
    }
    c->taken.state = CT_ORDER_MAKING;
    c->id = c->taken.id;
    ct_bind_i64(&take, ":id", c->id);
    ct_bind_i64(&take, ":now", c->now);
    return ct_stmt_run(&take, err);
}

int ct_order_take(struct ct_store *s, const struct ct_clock *clock, struct ct_arena *a,
                  struct ct_order *ret, struct ct_err *err)
{
    struct change c = {.now = ct_now(clock), .arena = a};
    int r = ct_store_write(s, take_job, &c, err);

    if (r == CT_OK && c.id == 0)
        return CT_NOT_FOUND;
    if (r == CT_OK)
        *ret = c.taken;
    return r;
}

static int fail_if_cancelled(struct ct_db *db, struct ct_err *err)
{
    return ct_db_changes(db) ? CT_OK : ct_fail(err, CT_CONFLICT, "order", "it was cancelled");
}

static int tell_job(struct ct_db *db, void *arg, struct ct_err *err)
{
    const struct change *c = arg;
    CT_AUTO_STMT st = ct_db_stmt(db, &TELL);

    ct_bind_i64(&st, ":id", c->o->id);
    ct_bind_i64(&st, ":done", c->o->done);
    ct_bind_i64(&st, ":total", c->o->total);
    int r = ct_stmt_run(&st, err);
    return r < 0 ? r : fail_if_cancelled(db, err);
}

int ct_order_tell(struct ct_store *s, int64_t id, int64_t done, int64_t total, struct ct_err *err)
{
    struct ct_order o = {.id = id, .done = done, .total = total};
    struct change c = {.o = &o};

    return ct_store_write(s, tell_job, &c, err);
}

static int ready_job(struct ct_db *db, void *arg, struct ct_err *err)
{
    const struct change *c = arg;
    CT_AUTO_STMT st = ct_db_stmt(db, &READY);

    ct_bind_i64(&st, ":id", c->o->id);
    ct_bind_i64(&st, ":now", c->now);
    ct_bind_i64(&st, ":expires_at", c->now + CT_ORDER_KEPT);
    ct_bind_i64(&st, ":size", c->o->size);
    ct_bind_sv(&st, ":name", c->o->name);
    ct_bind_sv(&st, ":type", c->o->type);
    ct_bind_sv(&st, ":sight", c->o->sight.p ? c->o->sight : CT_SV(""));
    int r = ct_stmt_run(&st, err);
    return r < 0 ? r : fail_if_cancelled(db, err);
}

int ct_order_ready(struct ct_store *s, const struct ct_clock *clock, const struct ct_order *o,
                   struct ct_err *err)
{
    struct change c = {.o = o, .now = ct_now(clock)};

    return ct_store_write(s, ready_job, &c, err);
}

static int failed_job(struct ct_db *db, void *arg, struct ct_err *err)
{
    const struct change *c = arg;
    CT_AUTO_STMT st = ct_db_stmt(db, &FAILED);

    ct_bind_i64(&st, ":id", c->id);
    ct_bind_i64(&st, ":now", c->now);
    ct_bind_sv(&st, ":problem", c->problem);
    return ct_stmt_run(&st, err);
}

int ct_order_failed(struct ct_store *s, const struct ct_clock *clock, int64_t id,
                    struct ct_sv problem, struct ct_err *err)
{
    struct change c = {.id = id, .problem = problem, .now = ct_now(clock)};

    return ct_store_write(s, failed_job, &c, err);
}

static int recover_job(struct ct_db *db, void *arg, struct ct_err *err)
{
    const struct change *c = arg;
    CT_AUTO_STMT st = ct_db_stmt(db, &RECOVER);

    ct_bind_i64(&st, ":now", c->now);
    ct_bind_c(&st, ":problem", CT_ORDER_STOPPED);
    return ct_stmt_run(&st, err);
}

int ct_order_recover(struct ct_store *s, const struct ct_clock *clock, struct ct_err *err)
{
    struct change c = {.now = ct_now(clock)};

    return ct_store_write(s, recover_job, &c, err);
}

static int expire_job(struct ct_db *db, void *arg, struct ct_err *err)
{
    struct change *c = arg;
    size_t cap = 0;
    int r;
    {
        CT_AUTO_STMT over = ct_db_stmt(db, &OVER);
        ct_bind_i64(&over, ":now", c->now);
        ct_bind_i64(&over, ":max", EXPIRED_AT_ONCE);
        while ((r = ct_stmt_step(&over, err)) > 0)
            CT_ARENA_PUSH(c->arena, c->ids, c->n, cap, ct_col_i64(&over, "id"));
    }
    for (size_t i = 0; i < c->n && r == CT_OK; i++) {
        CT_AUTO_STMT st = ct_db_stmt(db, &EXPIRE);
        ct_bind_i64(&st, ":id", c->ids[i]);
        ct_bind_i64(&st, ":now", c->now);
        r = ct_stmt_run(&st, err);
    }
    return r;
}

int ct_order_expire(struct ct_store *s, const struct ct_clock *clock, struct ct_arena *a,
                    int64_t **ret_ids, size_t *ret_n, struct ct_err *err)
{
    struct change c = {.now = ct_now(clock), .arena = a};
    int r = ct_store_write(s, expire_job, &c, err);

    if (r < 0)
        return r;
    *ret_ids = c.ids;
    *ret_n = c.n;
    return CT_OK;
}

static int withdraw_job(struct ct_db *db, void *arg, struct ct_err *err)
{
    const struct change *c = arg;
    CT_AUTO_STMT st = ct_db_stmt(db, &WITHDRAW);

    ct_bind_i64(&st, ":id", c->id);
    ct_bind_i64(&st, ":now", c->now);
    ct_bind_sv(&st, ":problem", c->problem);
    return ct_stmt_run(&st, err);
}

int ct_order_withdraw(struct ct_store *s, const struct ct_clock *clock, int64_t id,
                      struct ct_sv problem, struct ct_err *err)
{
    struct change c = {.id = id, .problem = problem, .now = ct_now(clock)};

    return ct_store_write(s, withdraw_job, &c, err);
}

int ct_order_is_kept(struct ct_db *db, int64_t id, bool *ret, struct ct_err *err)
{
    CT_AUTO_STMT st = ct_db_stmt(db, &KEPT);

    ct_bind_i64(&st, ":id", id);
    int r = ct_stmt_step(&st, err);
    *ret = r > 0;
    return r < 0 ? r : CT_OK;
}

static void copy_text(char *to, size_t size, struct ct_sv from)
{
    snprintf(to, size, "%.*s", CT_SV_ARG(from));
}

int ct_order_session(struct ct_db *db, int64_t person, struct ct_session *ret, struct ct_err *err)
{
    CT_AUTO_STMT st = ct_db_stmt(db, &WHO);

    ct_bind_i64(&st, ":person", person);
    int r = ct_stmt_step(&st, err);
    if (r < 0)
        return r;
    if (r == 0 || !ct_col_i64(&st, "active"))
        return ct_fail(err, CT_DENIED, "person", "who asked for it may not sign in any more");
    *ret = (struct ct_session){.person = person, .roles = (unsigned)ct_col_i64(&st, "roles")};
    copy_text(ret->name, sizeof ret->name, ct_col_sv(&st, "name"));
    copy_text(ret->email, sizeof ret->email, ct_col_sv(&st, "email"));
    copy_text(ret->discipline, sizeof ret->discipline, ct_col_sv(&st, "discipline"));
    return CT_OK;
}
