/*
 * test_store_faults.c: jobs that fail, transactions and commits that are lost, a queue that is
 * full, a file that cannot be opened, a job inside a job: who learns of it, and what is undone.
 * The rest is in test_store.c.
 */
#include "store_test.h"

#include <sys/resource.h>

#include "ct/base/banned.h"

enum { QUEUE = 4096 }; /* the most jobs that wait */

static const struct ct_sql COUNT_PARTS = {"SELECT count(*) AS n FROM part"};

static int add_part(struct ct_db *db, int64_t item, struct ct_err *err)
{
    static const struct ct_sql ADD_PART = {"INSERT INTO part(item) VALUES(:item)"};
    CT_AUTO_STMT st = ct_db_stmt(db, &ADD_PART);
    ct_bind_i64(&st, ":item", item);
    return ct_stmt_run(&st, err);
}

/* Jobs. The argument is the number of an item. */

static int add_then_fail_job(struct ct_db *db, void *arg, struct ct_err *err)
{
    int r = add_item(db, *(int64_t *)arg, err);
    return r < 0 ? r : ct_fail(err, CT_DENIED, "item", "not %d", 7);
}

static int add_then_fail_silently_job(struct ct_db *db, void *arg, struct ct_err *err)
{
    int r = add_item(db, *(int64_t *)arg, err);
    return r < 0 ? r : CT_CONFLICT;
}

static bool at_once(void *arg)
{
    (void)arg;
    return true;
}

static int add_then_break_job(struct ct_db *db, void *arg, struct ct_err *err)
{
    int r = add_item(db, *(int64_t *)arg, err);
    if (r < 0)
        return r;
    ct_db_on_progress(db, 1, at_once, NULL); /* and is not removed: the store must */
    return add_item(db, *(int64_t *)arg + 100000, err);
}

static void a_failing_job_is_undone_and_says_why(void **state)
{
    struct store_fixture *f = *state;
    int64_t id = 7;
    CT_EQ_I64("status", ct_store_write(f->store, add_then_fail_job, &id, &f->err), CT_DENIED);
    CT_EQ_I64("code", f->err.code, CT_DENIED);
    CT_EQ_STR("what", f->err.what, "item");
    CT_EQ_STR("text", f->err.text, "not 7");
    CT_EQ_I64("a later fault", ct_store_write(f->store, add_then_fail_silently_job, &id, &f->err),
              CT_CONFLICT);
    CT_EQ_STR("the first stays", f->err.text, "not 7");
    ct_err_clear(&f->err);
    ct_store_write(f->store, add_then_fail_silently_job, &id, &f->err);
    CT_EQ_I64("silence is no success", f->err.code, CT_CONFLICT);
    assert_false(item_exists(f->store, 7));
    struct ct_store_stats stats = ct_store_stats(f->store);
    CT_EQ_I64("jobs", stats.jobs, 3);
    CT_EQ_I64("failed", stats.failed, 3);
    CT_EQ_I64("dropped", stats.dropped, 0);
}

static void a_failing_job_leaves_its_neighbours(void **state)
{
    struct store_fixture *f = *state;
    struct gate gate = GATE_INIT;
    gate_close(f->store, &gate);
    for (int64_t i = 0; i < 30; i++)
        write_behind(f->store, i % 3 == 1 ? add_then_fail_job : add_item_job, i);
    gate_open(&gate);
    ct_store_drain(f->store);
    for (int64_t i = 0; i < 30; i++)
        CT_EQ_I64("item", item_exists(f->store, i), i % 3 != 1);
    struct ct_store_stats stats = ct_store_stats(f->store);
    CT_EQ_I64("failed", stats.failed, 10);
    CT_EQ_I64("dropped", stats.dropped, 10);
    CT_EQ_I64("in one commit", stats.commits, 2);
}

static void a_full_queue_drops_and_counts(void **state)
{
    struct store_fixture *f = *state;
    struct gate gate = GATE_INIT;
    gate_close(f->store, &gate);
    for (int64_t i = 0; i < QUEUE + 5; i++)
        write_behind(f->store, add_item_job, i);
    CT_EQ_I64("dropped", ct_store_stats(f->store).dropped, 5);
    gate_open(&gate);
    ct_store_drain(f->store);
    CT_EQ_I64("items", store_count(f->store, &COUNT_ITEMS), QUEUE);
    CT_EQ_I64("none failed", ct_store_stats(f->store).failed, 0);
    write_behind(f->store, add_item_job, QUEUE + 5);
    ct_store_drain(f->store);
    assert_true(item_exists(f->store, QUEUE + 5)); /* there is room again */
}

static void a_lost_transaction_fails_who_shared_it(void **state)
{
    struct store_fixture *f = *state;
    struct gate gate = GATE_INIT;
    gate_close(f->store, &gate);
    for (int64_t i = 0; i < 20; i++)
        write_behind(f->store, i == 8 ? add_then_break_job : add_item_job, i);
    gate_open(&gate);
    ct_store_drain(f->store);
    for (int64_t i = 0; i < 20; i++)
        CT_EQ_I64("item", item_exists(f->store, i), i > 8);
    CT_EQ_I64("failed", ct_store_stats(f->store).failed, 9);
    CT_EQ_I64("commits", ct_store_stats(f->store).commits, 2);
}

static int dangling_job(struct ct_db *db, void *arg, struct ct_err *err)
{
    int64_t id = *(int64_t *)arg;
    int r = add_item(db, id, err);
    return r < 0 ? r : add_part(db, id + 1000, err);
}

static int late_parent_job(struct ct_db *db, void *arg, struct ct_err *err)
{
    int64_t id = *(int64_t *)arg;
    int r = add_part(db, id, err); /* before what it refers to */
    return r < 0 ? r : add_item(db, id, err);
}

static void deferred_keys_are_settled_by_each_job(void **state)
{
    struct store_fixture *f = *state;
    struct gate gate = GATE_INIT;
    gate_close(f->store, &gate);
    write_behind(f->store, late_parent_job, 1);
    write_behind(f->store, dangling_job, 2);
    write_behind(f->store, late_parent_job, 3);
    gate_open(&gate);
    ct_store_drain(f->store);
    CT_EQ_I64("items", store_count(f->store, &COUNT_ITEMS), 2);
    CT_EQ_I64("parts", store_count(f->store, &COUNT_PARTS), 2);
    assert_false(item_exists(f->store, 2));
    int64_t id = 5;
    CT_EQ_I64("status", ct_store_write(f->store, dangling_job, &id, &f->err), CT_NOT_FOUND);
    CT_EQ_STR("what", f->err.what, "sql");
}

static int leave_savepoint_job(struct ct_db *db, void *arg, struct ct_err *err)
{
    int64_t id = *(int64_t *)arg;
    int r = add_item(db, id, err);
    if (r >= 0)
        r = ct_db_exec(db, "SAVEPOINT own", err);
    if (r >= 0)
        r = add_item(db, id + 1, err);
    if (r < 0)
        return r;
    return id < 100 ? ct_fail(err, CT_CONFLICT, "item", "left early") : CT_OK;
}

static void a_savepoint_left_open_changes_nothing(void **state)
{
    struct store_fixture *f = *state;
    int64_t id = 1;
    CT_EQ_I64("fails", ct_store_write(f->store, leave_savepoint_job, &id, NULL), CT_CONFLICT);
    CT_EQ_I64("undone as a whole", store_count(f->store, &COUNT_ITEMS), 0);
    id = 100;
    CT_OK_("succeeds", ct_store_write(f->store, leave_savepoint_job, &id, &f->err), &f->err);
    CT_EQ_I64("kept as a whole", store_count(f->store, &COUNT_ITEMS), 2);
}

/* Three writes, broken at the n-th step of the machine. */
struct sweep {
    struct fuse fuse;
    int64_t id;
};

static int sweep_job(struct ct_db *db, void *arg, struct ct_err *err)
{
    struct sweep *s = arg;
    ct_db_on_progress(db, 1, fuse_burn, &s->fuse);
    int r = add_item(db, s->id, err);
    if (r >= 0)
        r = add_part(db, s->id, err);
    return r < 0 ? r : add_item(db, s->id + 1, err);
}

static void a_job_broken_at_any_step_leaves_nothing(void **state)
{
    struct store_fixture *f = *state;
    int64_t n = 1;
    for (int r = CT_INTERNAL; r < 0; n++) {
        struct sweep s = {{n}, 1};
        r = ct_store_write(f->store, sweep_job, &s, NULL);
        CT_EQ_I64("items", store_count(f->store, &COUNT_ITEMS), r < 0 ? 0 : 2);
        CT_EQ_I64("parts", store_count(f->store, &COUNT_PARTS), r < 0 ? 0 : 1);
        assert_true(n < 100000);
    }
    assert_true(n > 10);
}

/* Files may not grow beyond what they are: a disk that is full at the commit. */
static void limit_files(rlim_t size, struct rlimit *ret_before)
{
    assert_int_equal(getrlimit(RLIMIT_FSIZE, ret_before), 0);
    struct rlimit now = {size, ret_before->rlim_max};
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &now), 0);
}

static void a_failed_commit_fails_its_jobs_and_no_others(void **state)
{
    struct store_fixture *f = *state;
    struct rlimit before;
    int64_t id = 1;
    signal(SIGXFSZ, SIG_IGN);
    limit_files(0, &before);
    int r = ct_store_write(f->store, add_item_job, &id, &f->err);
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &before), 0);
    CT_EQ_I64("status", r, CT_INTERNAL);
    CT_EQ_STR("what", f->err.what, "sql");
    CT_EQ_I64("nothing", store_count(f->store, &COUNT_ITEMS), 0);
    CT_OK_("the next is written", ct_store_write(f->store, add_item_job, &id, NULL), NULL);
    CT_EQ_I64("one", store_count(f->store, &COUNT_ITEMS), 1);
    CT_EQ_I64("failed", ct_store_stats(f->store).failed, 1);
}

/* Many wait for their own job, in one group with one that breaks the transaction. */
struct waiter {
    struct ct_store *store;
    int64_t id;
    int result;
    struct ct_err err;
};

static void *wait_for_one(void *arg)
{
    struct waiter *w = arg;
    w->result =
        ct_store_write(w->store, w->id == 5 ? add_then_break_job : add_item_job, &w->id, &w->err);
    return NULL;
}

static void each_waiter_learns_its_own_result(void **state)
{
    struct store_fixture *f = *state;
    enum { N = 16 };
    struct gate gate = GATE_INIT;
    pthread_t threads[N];
    struct waiter waiters[N] = {0};
    gate_close(f->store, &gate);
    for (int64_t i = 0; i < N; i++) {
        waiters[i].store = f->store;
        waiters[i].id = i;
        assert_int_equal(pthread_create(&threads[i], NULL, wait_for_one, &waiters[i]), 0);
    }
    gate_open(&gate);
    for (size_t i = 0; i < N; i++) {
        pthread_join(threads[i], NULL);
        CT_EQ_I64("acknowledged and there", item_exists(f->store, waiters[i].id),
                  waiters[i].result == CT_OK);
        CT_EQ_I64("the error object agrees", waiters[i].err.code, waiters[i].result);
    }
    CT_EQ_I64("the broken one", waiters[5].result, CT_INTERNAL);
}

static void a_store_that_cannot_open(void **state)
{
    struct store_fixture *f = *state;
    static const struct ct_migration broken[] = {{"broken", "SELEKT", NULL}};
    struct ct_store_config cfg = {"/nowhere/at/all.db", store_schema, 1, 1};
    CT_EQ_I64("no folder", ct_store_open(&cfg, &f->store, NULL), CT_INTERNAL);
    cfg = (struct ct_store_config){f->folder.path, broken, 1, 1};
    CT_EQ_I64("broken step", ct_store_open(&cfg, &f->store, NULL), CT_INTERNAL);
    cfg = (struct ct_store_config){f->folder.path, store_schema, 1, 1};
    CT_OK_("fine", ct_store_open(&cfg, &f->store, &f->err), &f->err);
    ct_store_close(f->store);
    f->store = NULL;
    cfg.n_migrations = 0;
    CT_EQ_I64("newer", ct_store_open(&cfg, &f->store, &f->err), CT_CONFLICT);
    assert_non_null(strstr(f->err.text, "version 1"));
    assert_null(f->store);
}

static int nested_job(struct ct_db *db, void *arg, struct ct_err *err)
{
    (void)db;
    return ct_store_write(((struct store_fixture *)arg)->store, seven_job, NULL, err);
}

static void write_inside_a_job(void *arg)
{
    struct store_fixture *f = arg;
    if (store_open(f, 1) == CT_OK)
        ct_store_write(f->store, nested_job, f, NULL);
}

static void a_job_inside_a_job_asserts(void **state)
{
    expect_abort("nested", write_inside_a_job, *state);
}

#define WITH_STORE(test) cmocka_unit_test_setup_teardown(test, store_set_up, store_tear_down)
#define CLOSED(test)     cmocka_unit_test_setup_teardown(test, store_set_up_closed, store_tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        CLOSED(a_job_inside_a_job_asserts), /* first: it forks, so no thread may be there */
        WITH_STORE(a_failing_job_is_undone_and_says_why),
        WITH_STORE(a_failing_job_leaves_its_neighbours),
        WITH_STORE(a_full_queue_drops_and_counts),
        WITH_STORE(a_lost_transaction_fails_who_shared_it),
        WITH_STORE(deferred_keys_are_settled_by_each_job),
        WITH_STORE(a_savepoint_left_open_changes_nothing),
        WITH_STORE(a_job_broken_at_any_step_leaves_nothing),
        WITH_STORE(a_failed_commit_fails_its_jobs_and_no_others),
        WITH_STORE(each_waiter_learns_its_own_result),
        CLOSED(a_store_that_cannot_open),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
