/*
 * store.c: the writer thread with its queue. Knows SQL only to begin and end transactions. The
 * connections for reading are pool.c.
 *
 * One mutex guards the queue and the counts; it is never held while SQLite works. Jobs that
 * somebody waits for live on the stack of who waits, each with a condition of its own, so that a
 * commit wakes exactly those whose work it made durable.
 */
#include "ct/store/store.h"

#include <assert.h>
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <unistd.h>

#include "ct/base/clock.h"

#include "db_priv.h"
#include "pool_priv.h"

#include "ct/base/banned.h"

enum { QUEUE_MAX = 4096, GROUP_MAX = 256, READERS_MIN = 4 };

struct job {
    struct job *next;
    ct_store_job *run;
    void *arg;
    int result;
    struct ct_err err;
    bool behind; /* nobody waits: on the heap, freed by the writer */
    bool done;
    pthread_cond_t wake;
    max_align_t copy[]; /* the argument of one that nobody waits for */
};

struct ct_store {
    struct ct_db *db; /* the writer's */
    pthread_t writer;
    bool started;

    pthread_mutex_t mutex;   /* for all below */
    pthread_cond_t work;     /* a job waits, or the end has come */
    pthread_cond_t progress; /* a group is done */
    struct job *first, **last;
    size_t waiting;
    uint64_t handed_over, finished; /* jobs, ever */
    bool stopping;
    struct ct_store_stats stats;

    struct ct_pool pool; /* of readers */
};

static const struct ct_sql BEGIN_READ = {"BEGIN"};

/* The name is of no other savepoint: a job that returned early and left one of its own open is
 * still undone or kept as a whole. */
static const struct ct_sql BEGIN_JOB = {"SAVEPOINT ct_job"};
static const struct ct_sql KEEP_JOB = {"RELEASE ct_job"};
static const struct ct_sql UNDO_JOB = {"ROLLBACK TO ct_job"};

static void job_fail(struct job *j, const struct ct_err *why)
{
    j->result = CT_INTERNAL;
    ct_err_clear(&j->err);
    ct_fail(&j->err, CT_INTERNAL, why->what, "%s", why->text);
}

/* One job in its savepoint. A deferred key is settled here, because at the commit it would take the
 * neighbours down. */
static void job_run(struct ct_db *db, struct job *j)
{
    j->result = ct_db_control(db, &BEGIN_JOB, &j->err);
    if (j->result < 0)
        return;
    j->result = j->run(db, j->arg, &j->err);
    ct_db_on_progress(db, 0, NULL, NULL);
    if (j->result >= 0 && ct_db_owes_keys(db))
        j->result = ct_fail(&j->err, CT_NOT_FOUND, "sql", "a deferred foreign key leads nowhere");
    if (j->result >= 0) {
        int r = ct_db_control(db, &KEEP_JOB, &j->err);
        if (r >= 0)
            return;
        j->result = r;
    }
    ct_fail(&j->err, (enum ct_status)j->result, "store", "the job gave no reason");
    if (!ct_db_in_transaction(db))
        return;
    if (ct_db_control(db, &UNDO_JOB, NULL) < 0 || ct_db_control(db, &KEEP_JOB, NULL) < 0)
        ct_db_undo_all(db); /* rather nobody's work than half of one */
}

/* Commits, and counts. */
static int commit(struct ct_store *s, struct ct_err *err)
{
    int64_t begin = ct_monotonic_us();
    int r = ct_db_commit(s->db, err);
    uint64_t took = (uint64_t)(ct_monotonic_us() - begin);
    pthread_mutex_lock(&s->mutex);
    s->stats.commits += r >= 0;
    s->stats.commit_us += took;
    pthread_mutex_unlock(&s->mutex);
    return r;
}

/* Marks as failed what a lost transaction took with it; a job that had failed keeps its own reason.
 */
static void fail_range(struct job *from, const struct job *end, const struct ct_err *why)
{
    for (; from != end; from = from->next)
        if (from->result >= 0)
            job_fail(from, why);
}

/* Runs jobs in one transaction until the end of the group or the loss of the transaction: a full
 * disk or an interruption makes SQLite undo everything. Returns the first job not run. */
static struct job *run_transaction(struct ct_store *s, struct job *first)
{
    struct ct_err err = CT_ERR_INIT;
    if (ct_db_begin_write(s->db, &err) < 0) {
        fail_range(first, NULL, &err);
        return NULL;
    }
    for (struct job *j = first; j; j = j->next) {
        job_run(s->db, j);
        if (!ct_db_in_transaction(s->db)) {
            ct_fail(&err, CT_INTERNAL, j->err.what[0] ? j->err.what : "sql",
                    "a neighbour's fault undid the transaction: %.100s", j->err.text);
            fail_range(first, j->next, &err);
            return j->next;
        }
    }
    if (commit(s, &err) < 0)
        fail_range(first, NULL, &err);
    return NULL;
}

/* Takes what waits, up to a bound, off the queue. With the mutex held. */
static struct job *take_group(struct ct_store *s, size_t *ret_n)
{
    struct job *group = s->first;
    struct job **end = &s->first;
    size_t n = 0;
    for (; *end && n < GROUP_MAX; n++)
        end = &(*end)->next;
    s->first = *end;
    *end = NULL;
    if (!s->first)
        s->last = &s->first;
    s->waiting -= n;
    *ret_n = n;
    return group;
}

/* Tells everybody the result. With the mutex held; a job on a stack is gone once it is marked done
 * and the mutex let go. */
static void finish_group(struct ct_store *s, struct job *group, size_t n)
{
    for (struct job *j = group, *next; j; j = next) {
        next = j->next;
        s->stats.failed += j->result < 0;
        if (j->behind) {
            s->stats.dropped += j->result < 0;
            free(j);
        } else {
            j->done = true;
            pthread_cond_signal(&j->wake);
        }
    }
    s->stats.jobs += n;
    s->finished += n;
    pthread_cond_broadcast(&s->progress);
}

static void *writer_main(void *arg)
{
    struct ct_store *s = arg;
    pthread_mutex_lock(&s->mutex);
    for (;;) {
        while (!s->first && !s->stopping)
            pthread_cond_wait(&s->work, &s->mutex);
        if (!s->first)
            break;
        size_t n;
        struct job *group = take_group(s, &n);
        pthread_mutex_unlock(&s->mutex);
        for (struct job *j = group; j;)
            j = run_transaction(s, j);
        pthread_mutex_lock(&s->mutex);
        finish_group(s, group, n);
    }
    pthread_mutex_unlock(&s->mutex);
    return NULL;
}

/* With the mutex held. */
static void enqueue(struct ct_store *s, struct job *j)
{
    *s->last = j;
    s->last = &j->next;
    s->waiting++;
    s->handed_over++;
    pthread_cond_signal(&s->work);
}

int ct_store_write(struct ct_store *s, ct_store_job *job, void *arg, struct ct_err *err)
{
    bool inside = pthread_equal(pthread_self(), s->writer);
    assert(!inside && "a job hands a job to its own thread");
    if (inside)
        return ct_fail(err, CT_INTERNAL, "store", "a job inside a job");
    struct job j = {.run = job, .arg = arg, .err = CT_ERR_INIT};
    pthread_cond_init(&j.wake, NULL);
    pthread_mutex_lock(&s->mutex);
    assert(!s->stopping);
    enqueue(s, &j);
    while (!j.done)
        pthread_cond_wait(&j.wake, &s->mutex);
    pthread_mutex_unlock(&s->mutex);
    pthread_cond_destroy(&j.wake);
    return j.result < 0 ? ct_fail(err, (enum ct_status)j.result, j.err.what, "%s", j.err.text)
                        : j.result;
}

void ct_store_write_behind(struct ct_store *s, ct_store_job *job, const void *arg, size_t size)
{
    struct job *j = calloc(1, sizeof *j + size);
    if (j) {
        j->run = job;
        j->arg = j->copy;
        j->behind = true;
        if (size)
            memcpy(j->copy, arg, size);
    }
    pthread_mutex_lock(&s->mutex);
    bool taken = j && s->waiting < QUEUE_MAX;
    if (taken)
        enqueue(s, j);
    else
        s->stats.dropped++;
    pthread_mutex_unlock(&s->mutex);
    if (!taken)
        free(j);
}

void ct_store_drain(struct ct_store *s)
{
    assert(!pthread_equal(pthread_self(), s->writer));
    pthread_mutex_lock(&s->mutex);
    uint64_t until = s->handed_over;
    while (s->finished < until)
        pthread_cond_wait(&s->progress, &s->mutex);
    pthread_mutex_unlock(&s->mutex);
}

struct ct_reader ct_store_reader(struct ct_store *s)
{
    struct ct_reader r = {s, NULL};
    r.db = ct_pool_take(&s->pool);
    /* SQLite takes its view of the data at the first statement that reads */
    if (ct_db_control(r.db, &BEGIN_READ, NULL) < 0)
        ct_store_return(&r);
    return r;
}

void ct_store_return(struct ct_reader *r)
{
    struct ct_store *s = r->store;
    if (!r->db)
        return;
    /* nothing was written, so that undoing is the end that cannot fail for a statement still open
     */
    ct_db_undo_all(r->db);
    ct_pool_give(&s->pool, r->db);
    r->db = NULL;
}

int ct_store_renew(struct ct_db *reader, struct ct_err *err)
{
    ct_db_undo_all(reader);
    return ct_db_control(reader, &BEGIN_READ, err);
}

static int write_nothing(struct ct_db *db, void *arg, struct ct_err *err)
{
    (void)db, (void)arg, (void)err;
    return CT_OK;
}

int ct_store_check(struct ct_store *s, struct ct_err *err)
{
    static const struct ct_sql READ_SOMETHING = {"SELECT count(*) AS n FROM sqlite_schema"};
    {
        CT_AUTO_READER reader = ct_store_reader(s);
        CT_AUTO_STMT st = ct_db_stmt(reader.db, &READ_SOMETHING);
        int r = ct_stmt_step(&st, err);
        if (r < 0)
            return r;
    }
    return ct_store_write(s, write_nothing, NULL, err);
}

struct ct_store_stats ct_store_stats(struct ct_store *s)
{
    pthread_mutex_lock(&s->mutex);
    struct ct_store_stats stats = s->stats;
    pthread_mutex_unlock(&s->mutex);
    return stats;
}

/* One and a half a core: a reader mostly computes, and sometimes waits for the disk. */
static unsigned readers_of(const struct ct_store_config *cfg)
{
    long cores = sysconf(_SC_NPROCESSORS_ONLN);
    unsigned n = cfg->readers;
    if (n == 0)
        n = cores > 0 && cores < CT_POOL_MAX ? (unsigned)cores * 3 / 2 : READERS_MIN;
    if (cfg->readers == 0 && n < READERS_MIN)
        n = READERS_MIN;
    return n < CT_POOL_MAX ? n : CT_POOL_MAX;
}

static int open_databases(struct ct_store *s, const struct ct_store_config *cfg, struct ct_err *err)
{
    int r = ct_db_open(cfg->path, false, &s->db, err);
    if (r >= 0)
        r = ct_migrate(s->db, cfg->migrations, cfg->n_migrations, err);
    return r < 0 ? r : ct_pool_open(&s->pool, cfg->path, readers_of(cfg), err);
}

/* Signals go to the threads that expect them, so the writer takes none. */
static int start_writer(struct ct_store *s, struct ct_err *err)
{
    sigset_t all, before;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    int number = pthread_create(&s->writer, NULL, writer_main, s);
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    if (number != 0)
        return ct_fail(err, CT_INTERNAL, "store", "the writer cannot start: %s",
                       strerrordesc_np(number));
    s->started = true;
    return CT_OK;
}

int ct_store_open(const struct ct_store_config *cfg, struct ct_store **ret, struct ct_err *err)
{
    struct ct_store *s = calloc(1, sizeof *s);
    if (!s)
        return ct_fail(err, CT_INTERNAL, "store", "out of memory");
    pthread_mutex_init(&s->mutex, NULL);
    pthread_cond_init(&s->work, NULL);
    pthread_cond_init(&s->progress, NULL);
    ct_pool_init(&s->pool);
    s->last = &s->first;
    int r = open_databases(s, cfg, err);
    if (r >= 0)
        r = start_writer(s, err);
    if (r < 0) {
        ct_store_close(s);
        return r;
    }
    *ret = s;
    return CT_OK;
}

void ct_store_close(struct ct_store *s)
{
    if (!s)
        return;
    if (s->started) {
        pthread_mutex_lock(&s->mutex);
        s->stopping = true;
        pthread_cond_signal(&s->work);
        pthread_mutex_unlock(&s->mutex);
        pthread_join(s->writer, NULL);
    }
    /* the writer last: the last to close folds the log into the file, which a reader may not */
    ct_pool_close(&s->pool);
    ct_db_close(s->db);
    pthread_cond_destroy(&s->progress);
    pthread_cond_destroy(&s->work);
    pthread_mutex_destroy(&s->mutex);
    free(s);
}
