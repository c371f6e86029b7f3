/*
 * test_store.c: the one writer and the pool of readers.
 *
 * Where the order of jobs matters, a gate holds the writer in a first job while the others queue
 * up, so that no test depends on speed.
 */
#include "store_test.h"

#include "ct/store/store.h"

#include <pthread.h>
#include <sys/resource.h>

#include "ct/base/banned.h"

enum { GROUP = 256, QUEUE = 4096 }; /* bounds of the writer */

static const struct ct_migration schema[] = {
    {"tables",
     "CREATE TABLE item(id INTEGER PRIMARY KEY, text TEXT) STRICT;"
     "CREATE TABLE part(id INTEGER PRIMARY KEY, item INTEGER NOT NULL"
     "  REFERENCES item(id) DEFERRABLE INITIALLY DEFERRED) STRICT;"
     "CREATE TABLE account(id INTEGER PRIMARY KEY, money INTEGER NOT NULL CHECK(money >= 0)) "
     "STRICT;"
     "INSERT INTO account VALUES(1, 1000), (2, 0)",
     NULL},
};

struct fixture {
    struct ct_store *store;
    struct ct_err err;
    struct folder folder;
};

static int open_store(struct fixture *f, unsigned readers)
{
    const struct ct_store_config cfg = {f->folder.path, schema, 1, readers};
    return ct_store_open(&cfg, &f->store, &f->err);
}

static int set_up(void **state)
{
    struct fixture *f = calloc(1, sizeof *f);
    *state = f;
    return !f || folder_make(&f->folder) != 0 ? -1 : open_store(f, 4);
}

static int set_up_closed(void **state)
{
    struct fixture *f = calloc(1, sizeof *f);
    *state = f;
    return f ? folder_make(&f->folder) : -1;
}

static int tear_down(void **state)
{
    struct fixture *f = *state;
    ct_store_close(f->store);
    folder_remove(&f->folder);
    free(f);
    return 0;
}

static const struct ct_sql ADD = {"INSERT INTO item(id) VALUES(:id)"};
static const struct ct_sql ADD_PART = {"INSERT INTO part(item) VALUES(:item)"};
static const struct ct_sql COUNT = {"SELECT count(*) AS n FROM item"};
static const struct ct_sql COUNT_PARTS = {"SELECT count(*) AS n FROM part"};

static int64_t count(struct ct_store *s, const struct ct_sql *sql)
{
    CT_AUTO_READER r = ct_store_reader(s);
    return number_of(r.db, sql);
}

static bool exists(struct ct_store *s, int64_t id)
{
    static const struct ct_sql FIND = {"SELECT id FROM item WHERE id = :id"};
    CT_AUTO_READER r = ct_store_reader(s);
    CT_AUTO_STMT st = ct_db_stmt(r.db, &FIND);
    ct_bind_i64(&st, ":id", id);
    return ct_stmt_step(&st, NULL) == 1;
}

static int add(struct ct_db *db, int64_t id, struct ct_err *err)
{
    CT_AUTO_STMT st = ct_db_stmt(db, &ADD);
    ct_bind_i64(&st, ":id", id);
    return ct_stmt_run(&st, err);
}

static int add_part(struct ct_db *db, int64_t item, struct ct_err *err)
{
    CT_AUTO_STMT st = ct_db_stmt(db, &ADD_PART);
    ct_bind_i64(&st, ":item", item);
    return ct_stmt_run(&st, err);
}

/* Jobs. The argument is the number of an item. */

static int add_job(struct ct_db *db, void *arg, struct ct_err *err)
{
    return add(db, *(int64_t *)arg, err);
}

static int add_then_fail_job(struct ct_db *db, void *arg, struct ct_err *err)
{
    int r = add(db, *(int64_t *)arg, err);
    return r < 0 ? r : ct_fail(err, CT_DENIED, "item", "not %d", 7);
}

static int add_then_fail_silently_job(struct ct_db *db, void *arg, struct ct_err *err)
{
    int r = add(db, *(int64_t *)arg, err);
    return r < 0 ? r : CT_CONFLICT;
}

static bool at_once(void *arg)
{
    (void)arg;
    return true;
}

static int add_then_break_job(struct ct_db *db, void *arg, struct ct_err *err)
{
    int r = add(db, *(int64_t *)arg, err);
    if (r < 0)
        return r;
    ct_db_on_progress(db, 1, at_once, NULL); /* and is not removed: the store must */
    return add(db, *(int64_t *)arg + 100000, err);
}

/* A gate: the writer waits in it until it is opened. */
struct gate {
    pthread_mutex_t mutex;
    pthread_cond_t change;
    bool entered, open;
};

#define GATE_INIT                                                                                  \
    {                                                                                              \
        PTHREAD_MUTEX_INITIALIZER, PTHREAD_COND_INITIALIZER, false, false                          \
    }

static int gate_job(struct ct_db *db, void *arg, struct ct_err *err)
{
    struct gate *g = *(struct gate **)arg;
    (void)db, (void)err;
    pthread_mutex_lock(&g->mutex);
    g->entered = true;
    pthread_cond_broadcast(&g->change);
    while (!g->open)
        pthread_cond_wait(&g->change, &g->mutex);
    pthread_mutex_unlock(&g->mutex);
    return CT_OK;
}

/* Returns when the writer is held, and its queue empty. */
static void gate_close(struct ct_store *s, struct gate *g)
{
    ct_store_write_behind(s, gate_job, &g, sizeof g);
    pthread_mutex_lock(&g->mutex);
    while (!g->entered)
        pthread_cond_wait(&g->change, &g->mutex);
    pthread_mutex_unlock(&g->mutex);
}

static void gate_open(struct gate *g)
{
    pthread_mutex_lock(&g->mutex);
    g->open = true;
    pthread_cond_broadcast(&g->change);
    pthread_mutex_unlock(&g->mutex);
}

static void behind(struct ct_store *s, ct_store_job *job, int64_t id)
{
    ct_store_write_behind(s, job, &id, sizeof id);
}

static void what_was_written_is_read(void **state)
{
    struct fixture *f = *state;
    int64_t id = 7;
    CT_OK_("write", ct_store_write(f->store, add_job, &id, &f->err), &f->err);
    assert_true(exists(f->store, 7));
    ct_store_close(f->store);
    CT_OK_("open again", open_store(f, 1), &f->err);
    assert_true(exists(f->store, 7));
}

static int seven_job(struct ct_db *db, void *arg, struct ct_err *err)
{
    (void)db, (void)arg, (void)err;
    return 7;
}

static void a_job_s_answer_comes_back(void **state)
{
    struct fixture *f = *state;
    CT_EQ_I64("seven", ct_store_write(f->store, seven_job, NULL, &f->err), 7);
    CT_EQ_I64("no fault", f->err.code, CT_OK);
    CT_EQ_I64("without an error object", ct_store_write(f->store, seven_job, NULL, NULL), 7);
}

static void a_failing_job_is_undone_and_says_why(void **state)
{
    struct fixture *f = *state;
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
    assert_false(exists(f->store, 7));
    struct ct_store_stats stats = ct_store_stats(f->store);
    CT_EQ_I64("jobs", stats.jobs, 3);
    CT_EQ_I64("failed", stats.failed, 3);
    CT_EQ_I64("dropped", stats.dropped, 0);
}

static void a_failing_job_leaves_its_neighbours(void **state)
{
    struct fixture *f = *state;
    struct gate gate = GATE_INIT;
    gate_close(f->store, &gate);
    for (int64_t i = 0; i < 30; i++)
        behind(f->store, i % 3 == 1 ? add_then_fail_job : add_job, i);
    gate_open(&gate);
    ct_store_drain(f->store);
    for (int64_t i = 0; i < 30; i++)
        CT_EQ_I64("item", exists(f->store, i), i % 3 != 1);
    struct ct_store_stats stats = ct_store_stats(f->store);
    CT_EQ_I64("failed", stats.failed, 10);
    CT_EQ_I64("dropped", stats.dropped, 10);
    CT_EQ_I64("in one commit", stats.commits, 2);
}

static void jobs_that_wait_share_a_commit(void **state)
{
    struct fixture *f = *state;
    struct gate gate = GATE_INIT;
    gate_close(f->store, &gate);
    for (int64_t i = 0; i < GROUP * 2 + 10; i++)
        behind(f->store, add_job, i);
    gate_open(&gate);
    ct_store_drain(f->store);
    struct ct_store_stats stats = ct_store_stats(f->store);
    CT_EQ_I64("jobs", stats.jobs, 1 + GROUP * 2 + 10);
    CT_EQ_I64("commits", stats.commits, 1 + 3);
    CT_EQ_I64("items", count(f->store, &COUNT), GROUP * 2 + 10);
    assert_true(stats.commit_us > 0);
}

static void a_full_queue_drops_and_counts(void **state)
{
    struct fixture *f = *state;
    struct gate gate = GATE_INIT;
    gate_close(f->store, &gate);
    for (int64_t i = 0; i < QUEUE + 5; i++)
        behind(f->store, add_job, i);
    CT_EQ_I64("dropped", ct_store_stats(f->store).dropped, 5);
    gate_open(&gate);
    ct_store_drain(f->store);
    CT_EQ_I64("items", count(f->store, &COUNT), QUEUE);
    CT_EQ_I64("none failed", ct_store_stats(f->store).failed, 0);
    behind(f->store, add_job, QUEUE + 5);
    ct_store_drain(f->store);
    assert_true(exists(f->store, QUEUE + 5)); /* there is room again */
}

static void a_job_behind_keeps_its_own_argument(void **state)
{
    struct fixture *f = *state;
    int64_t id = 1;
    ct_store_write_behind(f->store, add_job, &id, sizeof id);
    id = 2;
    ct_store_write_behind(f->store, add_job, &id, sizeof id);
    id = 3;
    ct_store_write_behind(f->store, seven_job, NULL, 0);
    ct_store_drain(f->store);
    assert_true(exists(f->store, 1) && exists(f->store, 2));
    CT_EQ_I64("jobs", ct_store_stats(f->store).jobs, 3);
}

static void draining_an_idle_store_returns(void **state)
{
    struct fixture *f = *state;
    ct_store_drain(f->store);
    CT_EQ_I64("jobs", ct_store_stats(f->store).jobs, 0);
}

static void a_lost_transaction_fails_who_shared_it(void **state)
{
    struct fixture *f = *state;
    struct gate gate = GATE_INIT;
    gate_close(f->store, &gate);
    for (int64_t i = 0; i < 20; i++)
        behind(f->store, i == 8 ? add_then_break_job : add_job, i);
    gate_open(&gate);
    ct_store_drain(f->store);
    for (int64_t i = 0; i < 20; i++)
        CT_EQ_I64("item", exists(f->store, i), i > 8);
    CT_EQ_I64("failed", ct_store_stats(f->store).failed, 9);
    CT_EQ_I64("commits", ct_store_stats(f->store).commits, 2);
}

static int dangling_job(struct ct_db *db, void *arg, struct ct_err *err)
{
    int64_t id = *(int64_t *)arg;
    int r = add(db, id, err);
    return r < 0 ? r : add_part(db, id + 1000, err);
}

static int late_parent_job(struct ct_db *db, void *arg, struct ct_err *err)
{
    int64_t id = *(int64_t *)arg;
    int r = add_part(db, id, err); /* before what it refers to */
    return r < 0 ? r : add(db, id, err);
}

static void deferred_keys_are_settled_by_each_job(void **state)
{
    struct fixture *f = *state;
    struct gate gate = GATE_INIT;
    gate_close(f->store, &gate);
    behind(f->store, late_parent_job, 1);
    behind(f->store, dangling_job, 2);
    behind(f->store, late_parent_job, 3);
    gate_open(&gate);
    ct_store_drain(f->store);
    CT_EQ_I64("items", count(f->store, &COUNT), 2);
    CT_EQ_I64("parts", count(f->store, &COUNT_PARTS), 2);
    assert_false(exists(f->store, 2));
    int64_t id = 5;
    CT_EQ_I64("status", ct_store_write(f->store, dangling_job, &id, &f->err), CT_NOT_FOUND);
    CT_EQ_STR("what", f->err.what, "sql");
}

static int leave_savepoint_job(struct ct_db *db, void *arg, struct ct_err *err)
{
    int64_t id = *(int64_t *)arg;
    int r = add(db, id, err);
    if (r >= 0)
        r = ct_db_savepoint(db, err);
    if (r >= 0)
        r = add(db, id + 1, err);
    if (r < 0)
        return r;
    return id < 100 ? ct_fail(err, CT_CONFLICT, "item", "left early") : CT_OK;
}

static void a_savepoint_left_open_changes_nothing(void **state)
{
    struct fixture *f = *state;
    int64_t id = 1;
    CT_EQ_I64("fails", ct_store_write(f->store, leave_savepoint_job, &id, NULL), CT_CONFLICT);
    CT_EQ_I64("undone as a whole", count(f->store, &COUNT), 0);
    id = 100;
    CT_OK_("succeeds", ct_store_write(f->store, leave_savepoint_job, &id, &f->err), &f->err);
    CT_EQ_I64("kept as a whole", count(f->store, &COUNT), 2);
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
    int r = add(db, s->id, err);
    if (r >= 0)
        r = add_part(db, s->id, err);
    return r < 0 ? r : add(db, s->id + 1, err);
}

static void a_job_broken_at_any_step_leaves_nothing(void **state)
{
    struct fixture *f = *state;
    int64_t n = 1;
    for (int r = CT_INTERNAL; r < 0; n++) {
        struct sweep s = {{n}, 1};
        r = ct_store_write(f->store, sweep_job, &s, NULL);
        CT_EQ_I64("items", count(f->store, &COUNT), r < 0 ? 0 : 2);
        CT_EQ_I64("parts", count(f->store, &COUNT_PARTS), r < 0 ? 0 : 1);
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
    struct fixture *f = *state;
    struct rlimit before;
    int64_t id = 1;
    signal(SIGXFSZ, SIG_IGN);
    limit_files(0, &before);
    int r = ct_store_write(f->store, add_job, &id, &f->err);
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &before), 0);
    CT_EQ_I64("status", r, CT_INTERNAL);
    CT_EQ_STR("what", f->err.what, "sql");
    CT_EQ_I64("nothing", count(f->store, &COUNT), 0);
    CT_OK_("the next is written", ct_store_write(f->store, add_job, &id, NULL), NULL);
    CT_EQ_I64("one", count(f->store, &COUNT), 1);
    CT_EQ_I64("failed", ct_store_stats(f->store).failed, 1);
}

static void a_reader_sees_one_state(void **state)
{
    struct fixture *f = *state;
    int64_t id = 1;
    CT_AUTO_READER r = ct_store_reader(f->store);
    CT_EQ_I64("before", number_of(r.db, &COUNT), 0);
    CT_OK_("written meanwhile", ct_store_write(f->store, add_job, &id, &f->err), &f->err);
    CT_EQ_I64("the same state", number_of(r.db, &COUNT), 0);
    CT_EQ_I64("another reader", count(f->store, &COUNT), 1);
    ct_store_return(&r);
    assert_null(r.db);
    ct_store_return(&r); /* twice is fine */
    r = ct_store_reader(f->store);
    CT_EQ_I64("borrowed anew", number_of(r.db, &COUNT), 1);
}

static void a_reader_sees_the_last_commit_before_its_first_statement(void **state)
{
    struct fixture *f = *state;
    int64_t id = 1;
    CT_AUTO_READER r = ct_store_reader(f->store);
    CT_OK_("written", ct_store_write(f->store, add_job, &id, &f->err), &f->err);
    CT_EQ_I64("seen", number_of(r.db, &COUNT), 1);
}

static void a_reader_cannot_write(void **state)
{
    struct fixture *f = *state;
    CT_AUTO_READER r = ct_store_reader(f->store);
    CT_EQ_I64("refused", add(r.db, 1, &f->err), CT_INTERNAL);
}

static void a_reader_given_back_amid_rows_is_clean(void **state)
{
    struct fixture *f = *state;
    static const struct ct_sql ACCOUNTS = {"SELECT id FROM account ORDER BY id"};
    for (int i = 0; i < 20; i++) {
        CT_AUTO_READER r = ct_store_reader(f->store);
        CT_AUTO_STMT st = ct_db_stmt(r.db, &ACCOUNTS);
        CT_EQ_I64("row", ct_stmt_step(&st, &f->err), 1);
        CT_EQ_I64("first", ct_col_i64(&st, "id"), 1);
    }
}

struct borrower {
    struct ct_store *store;
    int64_t seen;
};

static void *borrow_many(void *arg)
{
    struct borrower *b = arg;
    for (int i = 0; i < 200; i++)
        b->seen += count(b->store, &COUNT);
    return NULL;
}

static void more_threads_than_readers(void **state)
{
    struct fixture *f = *state;
    CT_OK_("open", open_store(f, 2), &f->err);
    int64_t id = 1;
    CT_OK_("write", ct_store_write(f->store, add_job, &id, &f->err), &f->err);
    pthread_t threads[12];
    struct borrower borrowers[12];
    struct ct_reader held = ct_store_reader(f->store);
    for (size_t i = 0; i < 12; i++) {
        borrowers[i] = (struct borrower){f->store, 0};
        assert_int_equal(pthread_create(&threads[i], NULL, borrow_many, &borrowers[i]), 0);
    }
    for (size_t i = 0; i < 12; i++) {
        pthread_join(threads[i], NULL);
        CT_EQ_I64("reads", borrowers[i].seen, 200);
    }
    ct_store_return(&held);
}

/* Money moves between two accounts; whoever looks must see the same sum. */

static int move_job(struct ct_db *db, void *arg, struct ct_err *err)
{
    static const struct ct_sql TAKE = {"UPDATE account SET money = money - :sum WHERE id = :from"};
    static const struct ct_sql GIVE = {"UPDATE account SET money = money + :sum WHERE id = :to"};
    const int64_t *m = arg; /* from, to, sum */
    CT_AUTO_STMT give = ct_db_stmt(db, &GIVE);
    ct_bind_i64(&give, ":sum", m[2]);
    ct_bind_i64(&give, ":to", m[1]);
    int r = ct_stmt_run(&give, err);
    if (r < 0)
        return r;
    CT_AUTO_STMT take = ct_db_stmt(db, &TAKE);
    ct_bind_i64(&take, ":sum", m[2]);
    ct_bind_i64(&take, ":from", m[0]);
    return ct_stmt_run(&take, err); /* refuses debts: then the gift is undone too */
}

enum { WRITERS = 8, MOVES = 60, LOOKERS = 4 };

struct mover {
    struct ct_store *store;
    int64_t number, moved; /* to account 2, net, as acknowledged */
    int wrong;
};

static void *move_much(void *arg)
{
    struct mover *m = arg;
    for (int64_t i = 0; i < MOVES; i++) {
        int64_t to = 1 + (m->number + i) % 2, sum = 1 + (m->number * 31 + i * 17) % 400;
        int64_t move[3] = {3 - to, to, sum};
        int r = ct_store_write(m->store, move_job, move, NULL);
        if (r == CT_OK)
            m->moved += to == 2 ? sum : -sum;
        else
            m->wrong += r != CT_CONFLICT;
    }
    return NULL;
}

static void *look_often(void *arg)
{
    static const struct ct_sql ONE = {"SELECT money AS n FROM account WHERE id = 1"};
    static const struct ct_sql TWO = {"SELECT money AS n FROM account WHERE id = 2"};
    struct mover *m = arg;
    for (int i = 0; i < 300; i++) {
        CT_AUTO_READER r = ct_store_reader(m->store);
        m->wrong += number_of(r.db, &ONE) + number_of(r.db, &TWO) != 1000;
    }
    return NULL;
}

static void many_threads_write_while_many_read(void **state)
{
    struct fixture *f = *state;
    static const struct ct_sql SECOND = {"SELECT money AS n FROM account WHERE id = 2"};
    pthread_t threads[WRITERS + LOOKERS];
    struct mover movers[WRITERS + LOOKERS];
    int64_t moved = 0;
    for (size_t i = 0; i < WRITERS + LOOKERS; i++) {
        movers[i] = (struct mover){f->store, (int64_t)i, 0, 0};
        assert_int_equal(
            pthread_create(&threads[i], NULL, i < WRITERS ? move_much : look_often, &movers[i]), 0);
    }
    for (size_t i = 0; i < WRITERS + LOOKERS; i++) {
        pthread_join(threads[i], NULL);
        CT_EQ_I64("wrong", movers[i].wrong, 0);
        moved += movers[i].moved;
    }
    CT_EQ_I64("what was acknowledged is there", count(f->store, &SECOND), moved);
    struct ct_store_stats stats = ct_store_stats(f->store);
    CT_EQ_I64("jobs", stats.jobs, WRITERS * MOVES);
    assert_true(stats.commits <= stats.jobs);
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
        ct_store_write(w->store, w->id == 5 ? add_then_break_job : add_job, &w->id, &w->err);
    return NULL;
}

static void each_waiter_learns_its_own_result(void **state)
{
    struct fixture *f = *state;
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
        CT_EQ_I64("acknowledged and there", exists(f->store, waiters[i].id),
                  waiters[i].result == CT_OK);
        CT_EQ_I64("the error object agrees", waiters[i].err.code, waiters[i].result);
    }
    CT_EQ_I64("the broken one", waiters[5].result, CT_INTERNAL);
}

static void *close_store(void *arg)
{
    ct_store_close(arg);
    return NULL;
}

static void closing_finishes_what_waits(void **state)
{
    struct fixture *f = *state;
    struct gate gate = GATE_INIT;
    pthread_t closer;
    gate_close(f->store, &gate);
    for (int64_t i = 0; i < GROUP + 50; i++)
        behind(f->store, add_job, i);
    assert_int_equal(pthread_create(&closer, NULL, close_store, f->store), 0);
    gate_open(&gate);
    pthread_join(closer, NULL);
    f->store = NULL;
    CT_OK_("open again", open_store(f, 1), &f->err);
    CT_EQ_I64("items", count(f->store, &COUNT), GROUP + 50);
}

static void closing_folds_the_log_into_the_file(void **state)
{
    struct fixture *f = *state;
    int64_t id = 1;
    char wal[80];
    CT_OK_("write", ct_store_write(f->store, add_job, &id, &f->err), &f->err);
    ct_store_close(f->store);
    f->store = NULL;
    snprintf(wal, sizeof wal, "%s-wal", f->folder.path);
    assert_int_not_equal(access(wal, F_OK), 0);
    ct_store_close(NULL);
}

static void a_healthy_store_says_so(void **state)
{
    struct fixture *f = *state;
    CT_OK_("check", ct_store_check(f->store, &f->err), &f->err);
    CT_EQ_I64("nothing was written", count(f->store, &COUNT), 0);
}

static void a_store_that_cannot_open(void **state)
{
    struct fixture *f = *state;
    static const struct ct_migration broken[] = {{"broken", "SELEKT", NULL}};
    struct ct_store_config cfg = {"/nowhere/at/all.db", schema, 1, 1};
    CT_EQ_I64("no folder", ct_store_open(&cfg, &f->store, NULL), CT_INTERNAL);
    cfg = (struct ct_store_config){f->folder.path, broken, 1, 1};
    CT_EQ_I64("broken step", ct_store_open(&cfg, &f->store, NULL), CT_INTERNAL);
    cfg = (struct ct_store_config){f->folder.path, schema, 1, 1};
    CT_OK_("fine", ct_store_open(&cfg, &f->store, &f->err), &f->err);
    ct_store_close(f->store);
    f->store = NULL;
    cfg.n_migrations = 0;
    CT_EQ_I64("newer", ct_store_open(&cfg, &f->store, &f->err), CT_CONFLICT);
    assert_non_null(strstr(f->err.text, "version 1"));
    assert_null(f->store);
}

static void the_number_of_readers(void **state)
{
    struct fixture *f = *state;
    static const unsigned numbers[] = {0, 1, 64, 1000};
    CT_EACH (n, numbers) {
        struct ct_reader held[64];
        unsigned k = *n == 0 ? 4 : *n > 64 ? 64 : *n; /* as many at least, together */
        CT_OK_("open", open_store(f, *n), &f->err);
        for (unsigned i = 0; i < k; i++) {
            held[i] = ct_store_reader(f->store);
            CT_EQ_I64("reads", number_of(held[i].db, &COUNT), 0);
        }
        for (unsigned i = 0; i < k; i++)
            ct_store_return(&held[i]);
        ct_store_close(f->store);
        f->store = NULL;
    }
}

static int nested_job(struct ct_db *db, void *arg, struct ct_err *err)
{
    (void)db;
    return ct_store_write(((struct fixture *)arg)->store, seven_job, NULL, err);
}

static void write_inside_a_job(void *arg)
{
    struct fixture *f = arg;
    if (open_store(f, 1) == CT_OK)
        ct_store_write(f->store, nested_job, f, NULL);
}

static void a_job_inside_a_job_asserts(void **state)
{
    expect_abort("nested", write_inside_a_job, *state);
}

#define WITH_STORE(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)
#define CLOSED(test)     cmocka_unit_test_setup_teardown(test, set_up_closed, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        CLOSED(a_job_inside_a_job_asserts), /* first: it forks, so no thread may be there */
        WITH_STORE(what_was_written_is_read),
        WITH_STORE(a_job_s_answer_comes_back),
        WITH_STORE(a_failing_job_is_undone_and_says_why),
        WITH_STORE(a_failing_job_leaves_its_neighbours),
        WITH_STORE(jobs_that_wait_share_a_commit),
        WITH_STORE(a_full_queue_drops_and_counts),
        WITH_STORE(a_job_behind_keeps_its_own_argument),
        WITH_STORE(draining_an_idle_store_returns),
        WITH_STORE(a_lost_transaction_fails_who_shared_it),
        WITH_STORE(deferred_keys_are_settled_by_each_job),
        WITH_STORE(a_savepoint_left_open_changes_nothing),
        WITH_STORE(a_job_broken_at_any_step_leaves_nothing),
        WITH_STORE(a_failed_commit_fails_its_jobs_and_no_others),
        WITH_STORE(a_reader_sees_one_state),
        WITH_STORE(a_reader_sees_the_last_commit_before_its_first_statement),
        WITH_STORE(a_reader_cannot_write),
        WITH_STORE(a_reader_given_back_amid_rows_is_clean),
        CLOSED(more_threads_than_readers),
        WITH_STORE(many_threads_write_while_many_read),
        WITH_STORE(each_waiter_learns_its_own_result),
        WITH_STORE(closing_finishes_what_waits),
        WITH_STORE(closing_folds_the_log_into_the_file),
        WITH_STORE(a_healthy_store_says_so),
        CLOSED(a_store_that_cannot_open),
        CLOSED(the_number_of_readers),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
