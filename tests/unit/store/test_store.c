/*
 * test_store.c: the one writer and the pool of readers: what is written and who sees it, many
 * threads at once, opening and closing. How failures are undone is in test_store_faults.c.
 */
#include "store_test.h"

#include "ct/base/banned.h"

enum { GROUP = 256 }; /* the most jobs of one commit */

static void what_was_written_is_read(void **state)
{
    struct store_fixture *f = *state;
    int64_t id = 7;
    CT_OK_("write", ct_store_write(f->store, add_item_job, &id, &f->err), &f->err);
    assert_true(item_exists(f->store, 7));
    ct_store_close(f->store);
    CT_OK_("open again", store_open(f, 1), &f->err);
    assert_true(item_exists(f->store, 7));
}

static void a_job_s_answer_comes_back(void **state)
{
    struct store_fixture *f = *state;
    CT_EQ_I64("seven", ct_store_write(f->store, seven_job, NULL, &f->err), 7);
    CT_EQ_I64("no fault", f->err.code, CT_OK);
    CT_EQ_I64("without an error object", ct_store_write(f->store, seven_job, NULL, NULL), 7);
}

static void jobs_that_wait_share_a_commit(void **state)
{
    struct store_fixture *f = *state;
    struct gate gate = GATE_INIT;
    gate_close(f->store, &gate);
    for (int64_t i = 0; i < GROUP * 2 + 10; i++)
        write_behind(f->store, add_item_job, i);
    gate_open(&gate);
    ct_store_drain(f->store);
    struct ct_store_stats stats = ct_store_stats(f->store);
    CT_EQ_I64("jobs", stats.jobs, 1 + GROUP * 2 + 10);
    CT_EQ_I64("commits", stats.commits, 1 + 3);
    CT_EQ_I64("items", store_count(f->store, &COUNT_ITEMS), GROUP * 2 + 10);
    assert_true(stats.commit_us > 0);
}

static void a_job_behind_keeps_its_own_argument(void **state)
{
    struct store_fixture *f = *state;
    int64_t id = 1;
    ct_store_write_behind(f->store, add_item_job, &id, sizeof id);
    id = 2;
    ct_store_write_behind(f->store, add_item_job, &id, sizeof id);
    id = 3;
    ct_store_write_behind(f->store, seven_job, NULL, 0);
    ct_store_drain(f->store);
    assert_true(item_exists(f->store, 1) && item_exists(f->store, 2));
    CT_EQ_I64("jobs", ct_store_stats(f->store).jobs, 3);
}

static void draining_an_idle_store_returns(void **state)
{
    struct store_fixture *f = *state;
    ct_store_drain(f->store);
    CT_EQ_I64("jobs", ct_store_stats(f->store).jobs, 0);
}

static void a_reader_sees_one_state(void **state)
{
    struct store_fixture *f = *state;
    int64_t id = 1;
    CT_AUTO_READER r = ct_store_reader(f->store);
    CT_EQ_I64("before", number_of(r.db, &COUNT_ITEMS), 0);
    CT_OK_("written meanwhile", ct_store_write(f->store, add_item_job, &id, &f->err), &f->err);
    CT_EQ_I64("the same state", number_of(r.db, &COUNT_ITEMS), 0);
    CT_EQ_I64("another reader", store_count(f->store, &COUNT_ITEMS), 1);
    ct_store_return(&r);
    assert_null(r.db);
    ct_store_return(&r); /* twice is fine */
    r = ct_store_reader(f->store);
    CT_EQ_I64("borrowed anew", number_of(r.db, &COUNT_ITEMS), 1);
}

static void a_reader_sees_the_last_commit_before_its_first_statement(void **state)
{
    struct store_fixture *f = *state;
    int64_t id = 1;
    CT_AUTO_READER r = ct_store_reader(f->store);
    CT_OK_("written", ct_store_write(f->store, add_item_job, &id, &f->err), &f->err);
    CT_EQ_I64("seen", number_of(r.db, &COUNT_ITEMS), 1);
}

static void a_renewed_reader_sees_what_came_meanwhile_as_one_state(void **state)
{
    struct store_fixture *f = *state;
    int64_t id = 1;
    CT_AUTO_READER r = ct_store_reader(f->store);
    CT_EQ_I64("before", number_of(r.db, &COUNT_ITEMS), 0);
    CT_OK_("written", ct_store_write(f->store, add_item_job, &id, &f->err), &f->err);
    CT_OK_("renewed", ct_store_renew(r.db, &f->err), &f->err);
    CT_EQ_I64("seen", number_of(r.db, &COUNT_ITEMS), 1);
    id = 2;
    CT_OK_("written again", ct_store_write(f->store, add_item_job, &id, &f->err), &f->err);
    CT_EQ_I64("the same state", number_of(r.db, &COUNT_ITEMS), 1);
    CT_EQ_I64("still for reading alone", add_item(r.db, 3, NULL), CT_INTERNAL);
}

static void a_reader_cannot_write(void **state)
{
    struct store_fixture *f = *state;
    CT_AUTO_READER r = ct_store_reader(f->store);
    CT_EQ_I64("refused", add_item(r.db, 1, &f->err), CT_INTERNAL);
}

static void a_reader_given_back_amid_rows_is_clean(void **state)
{
    struct store_fixture *f = *state;
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
        b->seen += store_count(b->store, &COUNT_ITEMS);
    return NULL;
}

static void more_threads_than_readers(void **state)
{
    struct store_fixture *f = *state;
    CT_OK_("open", store_open(f, 2), &f->err);
    int64_t id = 1;
    CT_OK_("write", ct_store_write(f->store, add_item_job, &id, &f->err), &f->err);
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
    struct store_fixture *f = *state;
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
    CT_EQ_I64("what was acknowledged is there", store_count(f->store, &SECOND), moved);
    struct ct_store_stats stats = ct_store_stats(f->store);
    CT_EQ_I64("jobs", stats.jobs, WRITERS * MOVES);
    assert_true(stats.commits <= stats.jobs);
}

static void *close_store(void *arg)
{
    ct_store_close(arg);
    return NULL;
}

static void closing_finishes_what_waits(void **state)
{
    struct store_fixture *f = *state;
    struct gate gate = GATE_INIT;
    pthread_t closer;
    gate_close(f->store, &gate);
    for (int64_t i = 0; i < GROUP + 50; i++)
        write_behind(f->store, add_item_job, i);
    assert_int_equal(pthread_create(&closer, NULL, close_store, f->store), 0);
    gate_open(&gate);
    pthread_join(closer, NULL);
    f->store = NULL;
    CT_OK_("open again", store_open(f, 1), &f->err);
    CT_EQ_I64("items", store_count(f->store, &COUNT_ITEMS), GROUP + 50);
}

static void closing_folds_the_log_into_the_file(void **state)
{
    struct store_fixture *f = *state;
    int64_t id = 1;
    char wal[80];
    CT_OK_("write", ct_store_write(f->store, add_item_job, &id, &f->err), &f->err);
    ct_store_close(f->store);
    f->store = NULL;
    snprintf(wal, sizeof wal, "%s-wal", f->folder.path);
    assert_int_not_equal(access(wal, F_OK), 0);
    ct_store_close(NULL);
}

static void a_healthy_store_says_so(void **state)
{
    struct store_fixture *f = *state;
    CT_OK_("check", ct_store_check(f->store, &f->err), &f->err);
    CT_EQ_I64("nothing was written", store_count(f->store, &COUNT_ITEMS), 0);
}

static void the_number_of_readers(void **state)
{
    struct store_fixture *f = *state;
    static const unsigned numbers[] = {0, 1, 64, 1000};
    CT_EACH (n, numbers) {
        struct ct_reader held[64];
        unsigned k = *n == 0 ? 4 : *n > 64 ? 64 : *n; /* as many at least, together */
        CT_OK_("open", store_open(f, *n), &f->err);
        for (unsigned i = 0; i < k; i++) {
            held[i] = ct_store_reader(f->store);
            CT_EQ_I64("reads", number_of(held[i].db, &COUNT_ITEMS), 0);
        }
        for (unsigned i = 0; i < k; i++)
            ct_store_return(&held[i]);
        ct_store_close(f->store);
        f->store = NULL;
    }
}

#define WITH_STORE(test) cmocka_unit_test_setup_teardown(test, store_set_up, store_tear_down)
#define CLOSED(test)     cmocka_unit_test_setup_teardown(test, store_set_up_closed, store_tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_STORE(what_was_written_is_read),
        WITH_STORE(a_job_s_answer_comes_back),
        WITH_STORE(jobs_that_wait_share_a_commit),
        WITH_STORE(a_job_behind_keeps_its_own_argument),
        WITH_STORE(draining_an_idle_store_returns),
        WITH_STORE(a_reader_sees_one_state),
        WITH_STORE(a_reader_sees_the_last_commit_before_its_first_statement),
        WITH_STORE(a_renewed_reader_sees_what_came_meanwhile_as_one_state),
        WITH_STORE(a_reader_cannot_write),
        WITH_STORE(a_reader_given_back_amid_rows_is_clean),
        CLOSED(more_threads_than_readers),
        WITH_STORE(many_threads_write_while_many_read),
        WITH_STORE(closing_finishes_what_waits),
        WITH_STORE(closing_folds_the_log_into_the_file),
        WITH_STORE(a_healthy_store_says_so),
        CLOSED(the_number_of_readers),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
